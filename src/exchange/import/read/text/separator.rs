//! Which character separates the fields, and whether quotes enclose them.

use std::collections::BTreeMap;

use super::super::budget::{MOST_COLUMNS, too_large};
use super::super::error::Fault;

/// How the fields of a text are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Between two fields.
    pub separator: u8,
    /// Whether quotes enclose fields.
    pub quoted: bool,
}

/// The separators that are in use, the likelier first.
const SEPARATORS: [u8; 4] = *b",;\t|";
/// Records that are looked at.
const LOOKED_AT: usize = 1000;

impl Layout {
    /// The layout of a text, and the text without the line `sep=;` that Excel puts first.
    ///
    /// # Errors
    /// A record has more fields than a sheet has columns.
    pub fn of<'t>(text: &'t str, file: &str) -> Result<(Self, &'t str), Fault> {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let named = first.trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
        if let Some([separator]) = named {
            return Ok((Self::checked(rest, *separator)?, rest));
        }
        let ending = file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
        let mut best = (0.0, SEPARATORS[0]);
        for separator in SEPARATORS {
            let mut found = counts(text, separator, true, LOOKED_AT);
            if !found.closed {
                found = counts(text, separator, false, LOOKED_AT);
            }
            let hint = if separator == b'\t' && matches!(ending.as_str(), "tsv" | "tab") { 2.0 } else { 1.0 };
            let merit = found.consistency() * hint;
            if merit > best.0 {
                best = (merit, separator);
            }
        }
        Ok((Self::checked(text, best.1)?, text))
    }

    /// The layout with a separator: quotes enclose fields if each is closed again.
    fn checked(text: &str, separator: u8) -> Result<Self, Fault> {
        let mut counts = counts(text, separator, true, usize::MAX);
        let quoted = counts.closed;
        if !quoted {
            counts = self::counts(text, separator, false, usize::MAX);
        }
        if counts.most > MOST_COLUMNS as usize {
            return Err(too_large(format!("a line has {} columns, where a sheet has {MOST_COLUMNS}", counts.most)));
        }
        Ok(Self { separator, quoted })
    }
}

/// How many fields the records have.
#[derive(Default)]
struct Counts {
    /// How many records there are with each number of fields.
    fields: BTreeMap<usize, usize>,
    /// How many records there are.
    records: usize,
    /// The most fields of a record.
    most: usize,
    /// How many separators there are, and how many of them may be decimal commas.
    separators: usize,
    between_digits: usize,
    /// Whether a quote reached over lines to another in the middle of a field: both are inches, or ditto marks.
    torn: bool,
    /// Whether every quote was closed where a field ends.
    closed: bool,
}

/// Counts the fields of the first records by the rules of RFC 4180, tolerant as spreadsheet programs are: a quote opens only at
/// the beginning of a field.
fn counts(text: &str, separator: u8, quotes: bool, most_records: usize) -> Counts {
    let mut counts = Counts::default();
    let (mut count, mut at_start, mut quoted, mut blank) = (1, true, false, true);
    let mut bytes = text.bytes().peekable();
    let (mut last, mut lines) = (b'\n', false);
    while let Some(byte) = bytes.next() {
        let before = std::mem::replace(&mut last, byte);
        if quoted {
            if byte == b'"' {
                if bytes.peek() == Some(&b'"') {
                    bytes.next();
                } else {
                    quoted = false;
                    let ends = bytes.peek().is_none_or(|next| *next == b'\n' || *next == separator);
                    counts.torn |= lines && !ends;
                }
            }
            lines |= byte == b'\n';
            continue;
        }
        match byte {
            b'"' if quotes && at_start => (quoted, at_start, blank, lines) = (true, false, false, false),
            b'\n' => {
                counts.record(count, blank);
                if counts.records >= most_records {
                    counts.closed = !counts.torn;
                    return counts;
                }
                (count, at_start, blank) = (1, true, true);
            }
            byte if byte == separator => {
                counts.separators += 1;
                if byte == b',' && before.is_ascii_digit() && bytes.peek().is_some_and(u8::is_ascii_digit) {
                    counts.between_digits += 1;
                }
                (count, at_start, blank) = (count + 1, true, false);
            }
            _ => (at_start, blank) = (false, false),
        }
    }
    counts.record(count, blank);
    counts.closed = !quoted && !counts.torn;
    counts
}

impl Counts {
    fn record(&mut self, fields: usize, blank: bool) {
        if blank {
            return;
        }
        self.records += 1;
        self.most = self.most.max(fields);
        *self.fields.entry(fields).or_default() += 1;
    }

    /// How well the records agree on a number of fields, times how many there are: nothing for a separator that is not there.
    fn consistency(&self) -> f64 {
        let mut best = 0.0_f64;
        for (count, records) in &self.fields {
            if *count > 1 {
                let share = *records as f64 / self.records as f64;
                best = best.max(share * share.sqrt() * (*count as f64).ln());
            }
        }
        // Where most commas stand between digits they are decimal marks, unless nothing else separates fields.
        if self.between_digits * 2 > self.separators { best / 2.0 } else { best }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> (Layout, &str) {
        Layout::of(text, "x.csv").expect("a sheet has as many columns")
    }

    fn separator(text: &str) -> char {
        char::from(layout(text).0.separator)
    }

    #[test]
    fn the_separator_is_the_one_that_is_consistent() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n", ','),
            ("a;b;c\n1,5;2,5;3,5\n2,0;3,1;4,4\n", ';'),
            ("a\tb\tc\n1,5\t2;5\t3\n", '\t'),
            ("a|b|c\n1|2|3\n", '|'),
            ("\"a;b;c\",d\n\"e;f\",g\n", ','),
            ("FMEA;;;\nPart, No;12,3;;\nStep;Mode;Effect, local;S\n10;torn, bent;leak, noise;8\n", ';'),
            ("10;3,5\n20;4,5\n", ';'),
            ("1,2\n3,4\n", ','),
            ("only text\nand more\n", ','),
            ("", ','),
        ] {
            assert_eq!(separator(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_separator_that_is_named_is_no_data() {
        let (layout, text) = layout("sep=;\na,b;c\n");
        assert_eq!((layout.separator, text), (b';', "a,b;c\n"));
    }

    #[test]
    fn a_quote_that_never_closes_is_an_inch() {
        let (inch, _) = layout("a;b\n\"4 tube;x\n5;y\n");
        assert!(!inch.quoted);
        let (inches, _) = layout("a;b\n\"4 tube;x\n5;y\n\"6 tube;z\n");
        assert!(!inches.quoted);
        let (lines, _) = layout("a;b\n\"4\n tube\";x\n5\";y\n");
        assert!(lines.quoted);
    }
}
