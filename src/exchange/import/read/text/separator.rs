//! Which character separates the fields, and whether quotes enclose them.

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
    pub fn of<'t>(text: &'t str, file: &str) -> (Self, &'t str) {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let named = first.trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
        if let Some([separator]) = named {
            return (Self { separator: *separator, quoted: counts(rest, *separator, true).closed }, rest);
        }
        let ending = file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
        let best = SEPARATORS
            .iter()
            .map(|separator| {
                let quoted = counts(text, *separator, true);
                let closed = quoted.closed;
                let counts = if closed { quoted } else { counts(text, *separator, false) };
                let hint = if *separator == b'\t' && matches!(ending.as_str(), "tsv" | "tab") { 2.0 } else { 1.0 };
                (counts.consistency() * hint, Self { separator: *separator, quoted: closed })
            })
            // The first of equals.
            .rev()
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(Self { separator: b',', quoted: true }, |(_, layout)| layout);
        (best, text)
    }
}

/// How many fields the records have.
struct Counts {
    fields: Vec<usize>,
    /// Whether the last quote was closed.
    closed: bool,
}

/// Counts fields by the rules of RFC 4180, tolerant as spreadsheet programs are: a quote opens only at the beginning of a field.
fn counts(text: &str, separator: u8, quotes: bool) -> Counts {
    let mut fields = Vec::new();
    let (mut count, mut at_start, mut quoted, mut blank) = (1, true, false, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
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
                if !blank {
                    fields.push(count);
                }
                (count, at_start, blank) = (1, true, true);
            }
            byte if byte == separator => (count, at_start, blank) = (count + 1, true, false),
            _ => (at_start, blank) = (false, false),
        }
    }
    if !blank {
        fields.push(count);
    }
    Counts { fields, closed: !quoted }
}

impl Counts {
    /// How well the records agree on a number of fields, times how many there are: nothing for a separator that is not there.
    fn consistency(&self) -> f64 {
        let looked_at = &self.fields[..self.fields.len().min(LOOKED_AT)];
        let mut best = 0.0_f64;
        let mut seen = std::collections::BTreeMap::new();
        for count in looked_at {
            *seen.entry(*count).or_insert(0_usize) += 1;
        }
        for (count, records) in seen {
            if count > 1 {
                let share = records as f64 / looked_at.len() as f64;
                best = best.max(share * share.sqrt() * (count as f64).ln());
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn separator(text: &str) -> char {
        char::from(Layout::of(text, "x.csv").0.separator)
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
            ("only text\nand more\n", ','),
            ("", ','),
        ] {
            assert_eq!(separator(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_separator_that_is_named_is_no_data() {
        let (layout, text) = Layout::of("sep=;\na,b;c\n", "x.csv");
        assert_eq!((layout.separator, text), (b';', "a,b;c\n"));
    }

    #[test]
    fn a_quote_that_never_closes_is_an_inch() {
        let (layout, _) = Layout::of("a;b\n\"4 tube;x\n5;y\n", "x.csv");
        assert!(!layout.quoted);
        let (layout, _) = Layout::of("a;b\n\"4\n tube\";x\n5\";y\n", "x.csv");
        assert!(layout.quoted);
    }
}
