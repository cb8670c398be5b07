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
            let counts = counts(rest, *separator, true);
            counts.check()?;
            return Ok((Self { separator: *separator, quoted: counts.closed }, rest));
        }
        let ending = file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
        let mut best: Option<(f64, Self, Counts)> = None;
        for separator in SEPARATORS {
            let mut found = counts(text, separator, true);
            let quoted = found.closed;
            if !quoted {
                found = counts(text, separator, false);
            }
            let hint = if separator == b'\t' && matches!(ending.as_str(), "tsv" | "tab") { 2.0 } else { 1.0 };
            let merit = found.consistency() * hint;
            if best.as_ref().is_none_or(|(least, ..)| merit > *least) {
                best = Some((merit, Self { separator, quoted }, found));
            }
        }
        let Some((_, layout, counts)) = best else { return Ok((Self { separator: b',', quoted: true }, text)) };
        counts.check()?;
        Ok((layout, text))
    }
}

/// How many fields the records have.
#[derive(Default)]
struct Counts {
    /// Those of the first records.
    fields: Vec<usize>,
    /// The most of all records.
    most: usize,
    /// How many separators there are, and how many of them may be decimal commas.
    separators: usize,
    between_digits: usize,
    /// Whether the last quote was closed.
    closed: bool,
}

/// Counts fields by the rules of RFC 4180, tolerant as spreadsheet programs are: a quote opens only at the beginning of a field.
fn counts(text: &str, separator: u8, quotes: bool) -> Counts {
    let mut counts = Counts::default();
    let (mut count, mut at_start, mut quoted, mut blank) = (1, true, false, true);
    let mut bytes = text.bytes().peekable();
    let mut last = b'\n';
    while let Some(byte) = bytes.next() {
        let before = std::mem::replace(&mut last, byte);
        if quoted {
            if byte == b'"' {
                if bytes.peek() == Some(&b'"') {
                    bytes.next();
                } else {
                    quoted = false;
                }
            }
            continue;
        }
        match byte {
            b'"' if quotes && at_start => (quoted, at_start, blank) = (true, false, false),
            b'\n' => {
                counts.record(count, blank);
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
    counts.closed = !quoted;
    counts
}

impl Counts {
    fn record(&mut self, fields: usize, blank: bool) {
        self.most = self.most.max(fields);
        if !blank && self.fields.len() < LOOKED_AT {
            self.fields.push(fields);
        }
    }

    fn check(&self) -> Result<(), Fault> {
        if self.most > MOST_COLUMNS as usize {
            return Err(too_large(format!("a line has {} columns, where a sheet has {MOST_COLUMNS}", self.most)));
        }
        Ok(())
    }

    /// How well the records agree on a number of fields, times how many there are: nothing for a separator that is not there.
    fn consistency(&self) -> f64 {
        let mut best = 0.0_f64;
        let mut seen = BTreeMap::new();
        for count in &self.fields {
            *seen.entry(*count).or_insert(0_usize) += 1;
        }
        for (count, records) in seen {
            if count > 1 {
                let share = records as f64 / self.fields.len() as f64;
                best = best.max(share * share.sqrt() * (count as f64).ln());
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
        let (lines, _) = layout("a;b\n\"4\n tube\";x\n5\";y\n");
        assert!(lines.quoted);
    }
}
