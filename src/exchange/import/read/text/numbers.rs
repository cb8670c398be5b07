//! Which fields of a text are numbers.
//!
//! A field is a number only if nothing is lost by taking it for one: `007`, `1.10`, `+5`, `1e5`, `1/2` and `10-20` stay texts. Which
//! sign is the decimal mark is decided once for the file; where a file uses both, decimals stay texts.

use super::super::super::workbook::Value;

/// What the numbers of a file look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// Decimal point or comma, if the file settles on one.
    mark: Option<char>,
}

/// A field with digits and marks alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `12`
    Whole,
    /// `1,5` with this mark.
    Decimal(char),
    /// `1,234`: with decimals, or grouped by thousands.
    Either(char),
    /// `1.234,5` or `1.234.567`, with this mark for decimals.
    Grouped(char),
}

/// The decimal marks that were seen in a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marks {
    points: usize,
    commas: usize,
}

impl Marks {
    /// Looks at a field.
    pub fn see(&mut self, field: &str) {
        match shape(field.trim()) {
            Some(Shape::Decimal('.') | Shape::Grouped('.')) => self.points += 1,
            Some(Shape::Decimal(_) | Shape::Grouped(_)) => self.commas += 1,
            Some(Shape::Whole | Shape::Either(_)) | None => {}
        }
    }

    /// What the numbers look like, now that every field was seen. Where commas separate fields, a point marks decimals.
    pub fn numbers(self, commas_separate: bool) -> Numbers {
        let mark = match (self.points, self.commas) {
            (0, 0) => commas_separate.then_some('.'),
            (_, 0) => Some('.'),
            (0, _) => Some(','),
            _ => None,
        };
        Numbers { mark }
    }
}

impl Numbers {
    /// What a field says.
    pub fn value(self, field: &str) -> Value {
        self.number(field).map_or_else(|| Value::Text(field.to_owned()), Value::Number)
    }

    /// The number that a field is.
    fn number(self, field: &str) -> Option<f64> {
        let field = field.trim();
        let shape = shape(field)?;
        let plain: String = match (shape, self.mark) {
            (Shape::Whole, _) => field.to_owned(),
            (Shape::Decimal(used) | Shape::Grouped(used), Some(mark)) if used == mark => unify(field, mark),
            // What is not the decimal mark groups thousands.
            (Shape::Either(_), Some(mark)) => unify(field, mark),
            _ => return None,
        };
        let number: f64 = plain.parse().ok()?;
        // 1.10 is not 1.1 where it numbers a step, and sixteen digits are no quantity.
        (number.to_string() == plain && plain.len() <= 16).then_some(number)
    }
}

/// The number with a decimal point and without groups.
fn unify(field: &str, mark: char) -> String {
    field
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '-' || *c == mark)
        .map(|c| if c == ',' { '.' } else { c })
        .collect()
}

fn shape(field: &str) -> Option<Shape> {
    let digits = field.strip_prefix('-').unwrap_or(field);
    let starts_and_ends = digits.bytes().next()?.is_ascii_digit() && digits.bytes().last()?.is_ascii_digit();
    if !starts_and_ends || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        return None;
    }
    let Some(last) = digits.rfind(['.', ',']) else { return Some(Shape::Whole) };
    let mark = char::from(digits.as_bytes()[last]);
    let (whole, behind) = (&digits[..last], &digits[last + 1..]);
    let other = if mark == '.' { ',' } else { '.' };
    let grouped = |sign: char| {
        let mut groups = whole.split(sign);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
    };
    match (whole.contains(mark), whole.contains(other)) {
        (false, false) if behind.len() == 3 && whole.len() <= 3 && whole != "0" => Some(Shape::Either(mark)),
        (false, false) => Some(Shape::Decimal(mark)),
        (false, true) if grouped(other) => Some(Shape::Grouped(mark)),
        (true, false) if grouped(mark) && behind.len() == 3 => Some(Shape::Grouped(other)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(separator: u8, fields: &[&str]) -> Vec<Option<f64>> {
        let mut marks = Marks::default();
        for field in fields {
            marks.see(field);
        }
        let numbers = marks.numbers(separator == b',');
        fields.iter().map(|field| numbers.number(field)).collect()
    }

    #[test]
    fn the_file_says_what_the_decimal_mark_is() {
        assert_eq!(read(b';', &["3,5", "1.234,5", "1.234", "7"]), [Some(3.5), Some(1234.5), Some(1234.0), Some(7.0)]);
        assert_eq!(read(b',', &["3.5", "1,234.5", "1,234", "-7"]), [Some(3.5), Some(1234.5), Some(1234.0), Some(-7.0)]);
        assert_eq!(read(b';', &["3,5", "3.5", "8"]), [None, None, Some(8.0)]);
        assert_eq!(read(b';', &["1.000", "8"]), [None, Some(8.0)]);
        assert_eq!(read(b',', &["1.125", "8"]), [Some(1.125), Some(8.0)]);
        assert_eq!(read(b';', &["0,125"]), [Some(0.125)]);
    }

    #[test]
    fn what_would_lose_something_stays_text() {
        let texts = [
            "007",
            "1.10",
            "+5",
            "1e5",
            "1/2",
            "10-20",
            "5%",
            "1.2.3",
            "01.02.2024",
            "-",
            "",
            "1234567890123456789",
            "--5",
            "1,2,3",
            "NaN",
            "inf",
            "٣",
        ];
        assert!(read(b',', &texts).iter().all(Option::is_none), "{:?}", read(b',', &texts));
    }
}
