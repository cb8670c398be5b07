//! What the values of a column look like.

use crate::exchange::import::workbook::{Cell, Value};

/// How many values tell enough.
const ENOUGH: usize = 400;

/// Counts over the first few hundred values of a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Values looked at.
    pub filled: usize,
    /// Numbers.
    pub numbers: usize,
    /// Numbers from 0 to 10.
    pub ratings: usize,
    /// Letters and words of coarse scales, such as H, medium, alto.
    pub levels: usize,
    /// Texts of at most six characters that are no number.
    pub codes: usize,
    /// Texts of at least two words or twelve characters.
    pub sentences: usize,
    /// Days, and texts that end as one.
    pub dates: usize,
    /// Ticks: x, ✓, ●.
    pub ticks: usize,
    /// Different values.
    pub distinct: usize,
    /// Values that follow the one before: a running number.
    pub running: usize,
    /// Cells in which a formula stands.
    pub formulas: usize,
}

impl Profile {
    /// Looks at the values of a column from top to bottom.
    pub fn of<'c>(cells: impl Iterator<Item = &'c Cell>) -> Self {
        let mut profile = Self::default();
        let mut seen = std::collections::HashSet::new();
        let mut before: Option<f64> = None;
        for cell in cells.take(ENOUGH) {
            profile.filled += 1;
            profile.formulas += usize::from(cell.formula);
            let text = cell.value.to_string();
            let text = text.trim();
            match cell.value.number().or_else(|| trailing_number(text)) {
                Some(number) => {
                    profile.running += usize::from(before.is_some_and(|before| (number - before - 1.0).abs() < 1e-9));
                    before = Some(number);
                }
                None => before = None,
            }
            match cell.value.number() {
                Some(number) => {
                    profile.numbers += 1;
                    profile.ratings += usize::from((0.0..=10.0).contains(&number));
                }
                None if matches!(cell.value, Value::Date(_)) || ends_as_date(text) => profile.dates += 1,
                None if is_tick(text) => profile.ticks += 1,
                None if is_level(text) => profile.levels += 1,
                None if text.chars().count() <= 6 && !text.chars().any(super::words::is_ideograph) => {
                    profile.codes += 1;
                }
                None => {
                    let long = text.split_whitespace().nth(1).is_some() || text.chars().count() >= 12;
                    let dense = text.chars().filter(|c| super::words::is_ideograph(*c)).count() >= 4;
                    profile.sentences += usize::from(long || dense);
                }
            }
            if seen.insert(text.to_owned()) {
                profile.distinct += 1;
            }
        }
        profile
    }

    fn share(&self, count: usize) -> f32 {
        if self.filled == 0 { 0.0 } else { count as f32 / self.filled as f32 }
    }

    /// Share of values that can be ratings: numbers, letters and words of coarse scales.
    pub fn rating_share(&self) -> f32 {
        self.share(self.numbers + self.levels)
    }

    /// Share of numbers.
    pub fn number_share(&self) -> f32 {
        self.share(self.numbers)
    }

    /// Share of values that are words.
    pub fn word_share(&self) -> f32 {
        self.share(self.filled - self.numbers - self.dates - self.ticks)
    }

    /// Share of texts of several words.
    pub fn sentence_share(&self) -> f32 {
        self.share(self.sentences)
    }

    /// Share of days.
    pub fn date_share(&self) -> f32 {
        self.share(self.dates)
    }

    /// Share of short values: numbers, codes, levels.
    pub fn short_share(&self) -> f32 {
        self.share(self.numbers + self.codes + self.levels)
    }

    /// Share of ticks.
    pub fn tick_share(&self) -> f32 {
        self.share(self.ticks)
    }

    /// Whether every value is another one and most follow the one before: a running number.
    pub fn is_running(&self) -> bool {
        self.filled >= 3 && self.distinct == self.filled && self.running * 10 >= (self.filled - 1) * 8
    }

    /// Whether every line has a value of its own.
    pub fn is_unique(&self) -> bool {
        self.filled >= 3 && self.distinct == self.filled
    }
}

/// The number at the end of an identity such as `FM12`.
fn trailing_number(text: &str) -> Option<f64> {
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0 && digits <= 9 && text.chars().count() <= 12)
        .then(|| text[text.len() - digits..].parse().ok())
        .flatten()
}

fn is_tick(text: &str) -> bool {
    matches!(
        text,
        "x" | "X"
            | "✓"
            | "✔"
            | "√"
            | "●"
            | "•"
            | "○"
            | "■"
            | "□"
            | "▼"
            | "▽"
            | "△"
            | "▲"
            | "→"
            | "⇒"
            | "◇"
            | "◆"
            | "☑"
            | "☒"
    )
}

/// Whether a text is a value of a coarse scale.
fn is_level(text: &str) -> bool {
    const LEVELS: [&str; 45] = [
        "h",
        "m",
        "l",
        "vh",
        "vl",
        "high",
        "medium",
        "low",
        "very high",
        "very low",
        "moderate",
        "hoch",
        "mittel",
        "niedrig",
        "gering",
        "alto",
        "alta",
        "medio",
        "media",
        "bajo",
        "baja",
        "basso",
        "bassa",
        "medio/bajo",
        "élevé",
        "moyen",
        "faible",
        "wysoki",
        "średni",
        "niski",
        "tinggi",
        "sedang",
        "rendah",
        "高",
        "中",
        "低",
        "a",
        "b",
        "c",
        "d",
        "e",
        "critical",
        "none",
        "minor",
        "major",
    ];
    let text = text.to_lowercase();
    let text = text.trim_end_matches('%').trim();
    LEVELS.contains(&text)
}

/// Whether a text is or ends as a day: 12.03.2026, 3/12/26, 2026-03-12, Mar 2026, KW 12.
fn ends_as_date(text: &str) -> bool {
    let tail: String = text.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    let numbers: Vec<&str> = tail.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let marks = tail.chars().filter(|c| matches!(c, '.' | '/' | '-')).count();
    numbers.len() == 3
        && marks == 2
        && numbers.iter().all(|number| number.len() <= 4)
        && text.chars().count() <= 80
        && tail.chars().last().is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Profile {
        let cells: Vec<Cell> = texts
            .iter()
            .map(|text| Cell {
                value: text.parse().map_or_else(|_| Value::Text((*text).to_owned()), Value::Number),
                formula: false,
            })
            .collect();
        Profile::of(cells.iter())
    }

    #[test]
    fn kinds_of_values_are_told_apart() {
        assert!(of(&["1", "7", "10", "H"]).rating_share() > 0.99);
        assert!(of(&["Visual inspection after each ply", "None"]).rating_share() < 0.6);
        assert!(of(&["FM1", "FM2", "FM3", "FM4"]).is_running());
        assert!(!of(&["10", "20", "30", "40"]).is_running());
        assert!(of(&["Miller, 12.03.2026", "Kim 3/4/26"]).date_share() > 0.99);
        assert!(of(&["1/2", "10-20-30x"]).date_share() < 0.1);
    }
}
