//! Breaking of text into lines by the Unicode rules.
//!
//! Numbers stay with their unit where a no-break space joins them. A word that is wider than the line breaks between two
//! visible characters, with a hyphen where both are letters. A soft hyphen shows only where a line ends at it.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::unspaced;

/// One line of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The bytes of the text on this line, without the white space at its end.
    pub range: Range<usize>,
    /// The width, with the hyphen if there is one.
    pub width: f32,
    /// Whether a hyphen that is not in the text closes the line.
    pub hyphen: bool,
}

/// Measures that line breaking needs, in one unit of length.
pub trait Measure {
    /// How far the character at this byte of the text moves the pen.
    fn advance(&self, at: usize, character: char) -> f32;
    /// The width of a hyphen behind the character at this byte.
    fn hyphen(&self, at: usize) -> f32;
}

/// The lines of a text in a width. There is at least one line, empty if the text is. No line is wider than the width,
/// except one that holds a single character that is.
pub fn break_lines(text: &str, width: f32, measure: &impl Measure) -> Vec<Line> {
    let mut lines = Vec::with_capacity(1);
    // Most cells hold one short line: their sum is all that is needed.
    if let Some(line) = single_line(text, width, measure) {
        lines.push(line);
        return lines;
    }
    let mut filler = Filler { text, width, measure, lines, start: 0, end: 0, used: 0.0, pending: 0.0, soft: false };
    let stops: Vec<(usize, bool)> = breaks(text).collect();
    let (mut from, mut at) = (0, 0);
    while at < stops.len() {
        // A compound such as "follow-up" is parted at its hyphens only if it is wider than a line.
        let hyphens = stops[at..].iter().take_while(|(to, forced)| !forced && text[..*to].ends_with('-')).count();
        let end = (at + hyphens).min(stops.len() - 1);
        if end > at && span(text, from..from + text[from..stops[end].0].trim_end().len(), measure) <= width {
            at = end;
        }
        let (to, forced) = stops[at];
        filler.word(from..to);
        if forced {
            filler.close(to);
        }
        from = to;
        at += 1;
    }
    if filler.start < text.len() || filler.lines.is_empty() {
        filler.close(text.len());
    }
    filler.lines
}

/// What a text asks of the width of its column.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Extent {
    /// The widest part that may not be broken.
    pub word: f32,
    /// The sum of all words, as if on one line.
    pub total: f32,
}

/// Measures a text that is not yet broken.
pub fn extent(text: &str, measure: &impl Measure) -> Extent {
    let mut extent = Extent::default();
    let mut from = 0;
    for (to, _) in breaks(text) {
        let word = text[from..to].trim_end();
        let wide = span(text, from..from + word.len(), measure);
        let hyphen = if word.ends_with(SOFT_HYPHEN) { measure.hyphen(from) } else { 0.0 };
        extent.word = extent.word.max(wide + hyphen);
        extent.total += wide + span(text, from + word.len()..to, measure);
        from = to;
    }
    extent
}

const SOFT_HYPHEN: char = '\u{ad}';

/// Whether words of the script of a letter are parted with a hyphen: those of Latin, Greek, Cyrillic, Armenian and Georgian.
fn takes_hyphen(letter: char) -> bool {
    matches!(letter, '\0'..='\u{58f}' | '\u{10a0}'..='\u{10ff}' | '\u{1c80}'..='\u{1cbf}' | '\u{1d00}'..='\u{1fff}'
        | '\u{2c60}'..='\u{2d2f}' | '\u{a640}'..='\u{a69f}' | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}'
        | '\u{fb00}'..='\u{fb17}')
}

/// Characters that end a line.
const LINE_ENDS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Where lines may or must end, the end of the text included. A blank does not part "100 %" or "≤ 0.1".
fn breaks(text: &str) -> impl Iterator<Item = (usize, bool)> + '_ {
    let mut words = unspaced::word_ends(text).into_iter().peekable();
    let mut rules = by_rules(text).peekable();
    std::iter::from_fn(move || match (words.peek(), rules.peek()) {
        (Some(word), Some((at, _))) if word < at => words.next().map(|at| (at, false)),
        (Some(word), Some((at, _))) if word == at => {
            words.next();
            rules.next()
        }
        _ => rules.next(),
    })
}

/// Where lines may or must end by the rules that need no knowledge of the language.
fn by_rules(text: &str) -> impl Iterator<Item = (usize, bool)> + '_ {
    linebreaks(text).filter_map(move |(at, opportunity)| {
        if at == text.len() {
            return Some((at, text.ends_with(LINE_ENDS)));
        }
        let forced = opportunity == BreakOpportunity::Mandatory;
        (forced || !joins(&text[..at], &text[at..])).then_some((at, forced))
    })
}

/// Whether a blank between both parts belongs to one quantity.
fn joins(before: &str, after: &str) -> bool {
    let Some(last) = before.strip_suffix(' ').and_then(|before| before.chars().next_back()) else { return false };
    let Some(next) = after.chars().next() else { return false };
    (last.is_ascii_digit() && matches!(next, '%' | '‰' | '°'))
        || (next.is_ascii_digit() && matches!(last, '≤' | '≥' | '<' | '>' | '±'))
}

fn span(text: &str, range: Range<usize>, measure: &impl Measure) -> f32 {
    text[range.clone()].char_indices().map(|(at, c)| measure.advance(range.start + at, c)).sum()
}

fn single_line(text: &str, width: f32, measure: &impl Measure) -> Option<Line> {
    let mut used = 0.0;
    for (at, character) in text.char_indices() {
        if LINE_ENDS.contains(&character) {
            return None;
        }
        used += measure.advance(at, character);
        if used > width {
            return None;
        }
    }
    let end = text.trim_end().len();
    Some(Line { range: 0..end, width: span(text, 0..end, measure), hyphen: false })
}

struct Filler<'a, M> {
    text: &'a str,
    width: f32,
    measure: &'a M,
    lines: Vec<Line>,
    /// Where the current line starts and where its visible part ends.
    start: usize,
    end: usize,
    used: f32,
    /// White space behind `end`, which counts only when another word follows.
    pending: f32,
    /// Whether the line would show a hyphen if it ended here.
    soft: bool,
}

impl<'a, M: Measure> Filler<'a, M> {
    /// Adds the text up to the next place where a line may break.
    fn word(&mut self, range: Range<usize>) {
        let word = self.text[range.clone()].trim_end();
        let visible = range.start..range.start + word.len();
        let soft = word.ends_with(SOFT_HYPHEN);
        let wide = span(self.text, visible.clone(), self.measure);
        let room = wide + if soft { self.measure.hyphen(range.start) } else { 0.0 };
        let space = span(self.text, visible.end..range.end, self.measure);
        if word.is_empty() {
            self.pending += space;
            return;
        }
        if self.used + self.pending + room > self.width {
            if self.end > self.start {
                self.close(range.start);
            } else {
                // Only white space stands on the line; it goes.
                self.start = range.start;
                self.pending = 0.0;
            }
        }
        if self.used + self.pending + room <= self.width {
            self.used += self.pending + wide;
            self.end = visible.end;
            self.soft = soft;
        } else {
            self.split(visible);
        }
        self.pending = space;
    }

    /// Breaks a word that is wider than a line; the line is empty.
    fn split(&mut self, word: Range<usize>) {
        let mut before: Option<char> = None;
        for (at, grapheme) in self.parts(&word) {
            let wide = span(self.text, at..at + grapheme.len(), self.measure);
            let rest_follows = at + grapheme.len() < word.end;
            let hyphen = if rest_follows { self.measure.hyphen(at) } else { 0.0 };
            let letters = |c: char| c.is_alphabetic() && takes_hyphen(c);
            let room = if grapheme.chars().all(letters) && rest_follows { wide + hyphen } else { wide };
            if self.used + room > self.width && at > self.start && before.is_some() {
                let joined = before.is_some_and(letters) && grapheme.starts_with(letters);
                self.close_at(at, joined && self.used + self.measure.hyphen(self.start) <= self.width);
            }
            self.used += wide;
            self.end = at + grapheme.len();
            before = grapheme.chars().next_back();
        }
        self.soft = false;
    }

    /// The visible characters of a word; one that is wider than the line comes in pieces.
    fn parts(&self, word: &Range<usize>) -> Vec<(usize, &'a str)> {
        let mut parts = Vec::new();
        for (at, grapheme) in self.text[word.clone()].grapheme_indices(true) {
            let at = word.start + at;
            if span(self.text, at..at + grapheme.len(), self.measure) <= self.width {
                parts.push((at, grapheme));
            } else {
                let pieces = grapheme.char_indices().map(|(from, c)| (at + from, &grapheme[from..from + c.len_utf8()]));
                parts.extend(pieces);
            }
        }
        parts
    }

    fn close(&mut self, next: usize) {
        let soft = self.soft && next < self.text.len();
        self.close_at(next, soft);
    }

    fn close_at(&mut self, next: usize, hyphen: bool) {
        let end = self.end.max(self.start);
        let wide = self.used + if hyphen { self.measure.hyphen(self.start) } else { 0.0 };
        self.lines.push(Line { range: self.start..end, width: wide, hyphen });
        self.start = next;
        self.end = next;
        self.used = 0.0;
        self.pending = 0.0;
        self.soft = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every visible character is one wide.
    struct Fixed;
    impl Measure for Fixed {
        fn advance(&self, _: usize, character: char) -> f32 {
            if character.is_control() || character == SOFT_HYPHEN { 0.0 } else { 1.0 }
        }
        fn hyphen(&self, _: usize) -> f32 {
            1.0
        }
    }

    fn lines(text: &str, width: f32) -> Vec<String> {
        let shown = |line: Line| format!("{}{}", &text[line.range], if line.hyphen { "-" } else { "" });
        break_lines(text, width, &Fixed).into_iter().map(shown).collect()
    }

    #[test]
    fn words_wrap_and_newlines_stay() {
        assert_eq!(lines("torque too low at station", 10.0), ["torque too", "low at", "station"]);
        assert_eq!(lines("a\n\nb\n", 10.0), ["a", "", "b"]);
        assert_eq!(lines("a\r\nb", 10.0), ["a", "b"]);
        assert_eq!(lines("", 10.0), [""]);
        assert_eq!(lines("\n", 10.0), [""]);
    }

    #[test]
    fn a_no_break_space_keeps_number_and_unit() {
        assert_eq!(lines("within 8 Nm", 9.0), ["within 8", "Nm"]);
        assert_eq!(lines("within 8\u{a0}Nm", 9.0), ["within", "8\u{a0}Nm"]);
    }

    #[test]
    fn a_blank_within_a_quantity_is_no_place_to_break() {
        assert_eq!(lines("checked 100 % of parts", 12.0), ["checked", "100 % of", "parts"]);
        assert_eq!(lines("a gap of ≤ 0.1 mm", 11.0), ["a gap of", "≤ 0.1 mm"]);
    }

    #[test]
    fn long_words_break_with_a_hyphen_between_letters_only() {
        assert_eq!(lines("Parkbremse", 6.0), ["Parkb-", "remse"]);
        assert_eq!(lines("0123456789", 6.0), ["012345", "6789"]);
        assert_eq!(lines("see Parkbremse", 6.0), ["see", "Parkb-", "remse"]);
    }

    #[test]
    fn a_soft_hyphen_shows_only_where_it_is_used() {
        assert_eq!(lines("park\u{ad}bremse", 20.0), ["park\u{ad}bremse"]);
        assert_eq!(lines("park\u{ad}bremse", 7.0), ["park\u{ad}-", "bremse"]);
    }

    #[test]
    fn a_compound_is_parted_at_its_hyphen_only_if_it_is_wider_than_a_line() {
        assert_eq!(lines("a set-up check", 9.0), ["a set-up", "check"]);
        assert_eq!(lines("the first-off", 9.0), ["the", "first-off"]);
        assert_eq!(lines("the first-off", 8.0), ["the", "first-", "off"]);
        assert_eq!(lines("end-of-line test", 7.0), ["end-", "of-line", "test"]);
        assert_eq!(lines("x set-\nup", 9.0), ["x set-", "up"]);
    }

    #[test]
    fn words_without_blanks_between_them_are_told_apart() {
        // "Check weight before release", its last two words on one line.
        assert_eq!(lines("ตรวจสอบน้ำหนักก่อนปล่อย", 9.0), ["ตรวจสอบ", "น้ำหนัก", "ก่อนปล่อย"]);
    }

    #[test]
    fn no_hyphen_parts_a_word_of_a_script_that_has_none() {
        assert_eq!(lines("אבגדהוזח", 5.0), ["אבגדה", "וזח"]);
    }

    #[test]
    fn letters_with_marks_stay_whole() {
        assert_eq!(lines("e\u{301}e\u{301}", 3.0), ["e\u{301}", "e\u{301}"]);
    }

    proptest! {
        #[test]
        fn every_character_is_on_a_line(text in "\\PC{0,12}([ \\n\u{a0}\u{ad}-]\\PC{0,12}){0,6}", width in 1.0_f32..30.0) {
            let lines = break_lines(&text, width, &Fixed);
            let shown: String = lines.iter().map(|line| &text[line.range.clone()]).collect();
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(visible(&shown), visible(&text));
            for line in &lines {
                let single = text[line.range.clone()].chars().count() <= 1;
                prop_assert!(line.width <= width + 0.001 || single, "{:?} in {}", line, width);
            }
        }
    }
}
