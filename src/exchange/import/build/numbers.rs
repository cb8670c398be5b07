//! Step numbers as people write them: `10`, `10A`, `OP 30`, `30 & 40`, `20 – 40`, alone or in front of a name.

/// Words in front of a number that say nothing but that it is one.
const PREFIXES: [&str; 22] = [
    "operation",
    "operación",
    "operación nº",
    "opération",
    "process",
    "station",
    "schritt",
    "step",
    "opn",
    "op",
    "stn",
    "st",
    "ag",
    "no",
    "nr",
    "n°",
    "nº",
    "№",
    "#",
    "etape",
    "étape",
    "工序",
];

/// What a text says about steps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct StepText {
    /// The numbers as they are written.
    pub numbers: Vec<String>,
    /// What stands behind them.
    pub name: String,
}

/// The number without words in front of it, without leading noughts and in capitals: what two spellings have in common.
pub(super) fn number_key(number: &str) -> String {
    let lower = number.trim().to_lowercase();
    let bare = without_prefix(&lower).trim_start_matches([' ', '.', '-', ':', '_']).trim();
    let bare = bare.strip_suffix(".0").filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(bare);
    let short = bare.trim_start_matches('0');
    let key = if short.is_empty() || !short.starts_with(|c: char| c.is_ascii_digit()) { bare } else { short };
    key.split_whitespace().collect::<String>().to_uppercase()
}

fn without_prefix(lower: &str) -> &str {
    let fits = |prefix: &&str| {
        lower.strip_prefix(*prefix).is_some_and(|rest| {
            rest.trim_start_matches([' ', '.', '-', ':', '_']).starts_with(|c: char| c.is_ascii_digit())
        })
    };
    PREFIXES.iter().find(|prefix| fits(prefix)).map_or(lower, |prefix| &lower[prefix.len()..])
}

/// Whether a text is a step number and nothing else.
pub(super) fn is_number(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let bare = without_prefix(&lower).trim_start_matches([' ', '.', '-', ':', '_']);
    is_bare(bare)
}

/// Digits in groups, with up to two letters behind or one in front.
fn is_bare(text: &str) -> bool {
    let text = text.strip_prefix(|c: char| c.is_alphabetic()).unwrap_or(text);
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic());
    let letters = text[digits.len()..].chars().count();
    letters <= 2
        && digits.chars().count() <= 10
        && digits
            .split(['.', '-', '_'])
            .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The numbers in a cell of step numbers: several if they are parted by signs or words, each a number of its own. A range is one
/// number, see [`range`].
pub(super) fn split_numbers(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let mut plain = text.replace(['&', ';', '+', '\n', '\r'], "\u{1}");
    for word in [" and ", " und ", " et ", " y ", " e ", " i ", " u. ", "、", "和", ", "] {
        plain = plain.replace(word, "\u{1}");
    }
    let several = parts(&plain, '\u{1}');
    if several.len() > 1 {
        return several;
    }
    for sign in ['/', ','] {
        let several = parts(text, sign);
        if several.len() > 1 && several.iter().all(|part| (2..=5).contains(&number_key(part).len())) {
            return several;
        }
    }
    vec![text.to_owned()]
}

fn parts(text: &str, sign: char) -> Vec<String> {
    let parts: Vec<String> =
        text.split(sign).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if parts.iter().all(|part| is_number(part)) { parts } else { Vec::new() }
}

/// The ends of a range such as `20-40`.
pub(super) fn range(number: &str) -> Option<(u64, u64)> {
    let key = number_key(number);
    let (first, last) = key.split_once(['-', '–', '…'])?;
    let (first, last) = (first.trim().parse().ok()?, number_key(last).parse().ok()?);
    (first < last).then_some((first, last))
}

/// Splits a number with a word such as `OP` in front off a name, or any number if `bare` numbers count.
pub(super) fn split_name(text: &str, bare: bool) -> Option<StepText> {
    let text = text.trim();
    let lower = text.to_lowercase();
    // Letters that change their length in small ones would shift what follows.
    let prefix = if lower.len() == text.len() { text.len() - without_prefix(&lower).len() } else { 0 };
    if prefix == 0 && !bare {
        return None;
    }
    let start = text[prefix..].find(|c: char| c.is_ascii_digit()).map(|at| at + prefix)?;
    if !text[prefix..start].chars().all(|c| matches!(c, ' ' | '.' | '-' | ':' | '_')) {
        return None;
    }
    let mut end = number_end(text, start);
    // Further numbers: "30 & 40 Press".
    while let Some((_, next)) = next_number(text, end) {
        end = number_end(text, next);
    }
    let rest = &text[end..];
    let name = rest
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '.' | ')' | '/' | '|'));
    let is_parted = rest.is_empty()
        || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '.' | ')' | '|'));
    // "10-Weld" is a number and a name, "2-piece housing" is not.
    let is_hyphen = rest.starts_with('-') && rest[1..].starts_with(char::is_alphanumeric) && end - start < 2;
    let goes_on = name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '±' | '°'));
    if !is_parted || is_hyphen || goes_on || !name.is_empty() && name.len() == rest.len() {
        return None;
    }
    let head = text[..end].trim();
    let numbers = split_numbers(head);
    numbers.iter().all(|number| is_number(number)).then(|| StepText { numbers, name: name.trim().to_owned() })
}

/// The end of the number that starts at a place: digits, groups of them, and one letter.
fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let bytes = text.as_bytes();
    while end < bytes.len() {
        let digit_behind = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if bytes[end].is_ascii_digit() || (matches!(bytes[end], b'.' | b'-' | b'_') && digit_behind) {
            end += 1;
        } else {
            break;
        }
    }
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    if is_letter(bytes.get(end)) && !is_letter(bytes.get(end + 1)) && text.is_char_boundary(end + 1) {
        end += 1;
    }
    end
}

fn next_number(text: &str, end: usize) -> Option<(usize, usize)> {
    let rest = &text[end..];
    let sign = rest.trim_start();
    let behind =
        sign.strip_prefix(['&', '+']).or_else(|| sign.strip_prefix("and ")).or_else(|| sign.strip_prefix("und "))?;
    let start = text.len() - behind.trim_start().len();
    text[start..].starts_with(|c: char| c.is_ascii_digit()).then_some((end, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_number_are_one() {
        for (text, wanted) in [
            ("10", "10"),
            ("010", "10"),
            ("10.0", "10"),
            ("OP 30", "30"),
            ("Op.30", "30"),
            ("OP-30a", "30A"),
            ("10A", "10A"),
            ("10.1", "10.1"),
            ("0", "0"),
            ("Station 5", "5"),
            ("P100", "P100"),
            ("№ 7", "7"),
        ] {
            assert_eq!(number_key(text), wanted, "{text}");
        }
    }

    #[test]
    fn several_numbers_are_told_apart() {
        for (text, wanted) in [
            ("30 & 40", &["30", "40"][..]),
            ("30, 40", &["30", "40"]),
            ("OP30 + OP40", &["OP30", "OP40"]),
            ("10/20", &["10", "20"]),
            ("30 und 40", &["30", "40"]),
            ("10\n20\n30", &["10", "20", "30"]),
            ("30-40", &["30-40"]),
            ("4711-08/15", &["4711-08/15"]),
            ("10", &["10"]),
            ("1,5", &["1,5"]),
            ("wash & dry", &["wash & dry"]),
        ] {
            assert_eq!(split_numbers(text), wanted, "{text}");
        }
        assert_eq!(range("20-40"), Some((20, 40)));
        assert_eq!(range("OP20 – OP40"), Some((20, 40)));
        assert_eq!(range("40-20"), None);
        assert_eq!(range("10"), None);
    }

    #[test]
    fn numbers_are_split_off_names() {
        let split = |text: &str, bare| split_name(text, bare).map(|found| (found.numbers.join("|"), found.name));
        let found = |number: &str, name: &str| Some((number.to_owned(), name.to_owned()));
        assert_eq!(split("10 Press fit bushing", true), found("10", "Press fit bushing"));
        assert_eq!(split("10 Press fit bushing", false), None);
        assert_eq!(split("OP 30: Weld", false), found("OP 30", "Weld"));
        assert_eq!(split("OP30A - Weld", false), found("OP30A", "Weld"));
        assert_eq!(split("10. Receiving", true), found("10", "Receiving"));
        assert_eq!(split("10.1 Receiving", true), found("10.1", "Receiving"));
        assert_eq!(split("30 & 40 Press", true), found("30|40", "Press"));
        assert_eq!(split("10-Weld", true), found("10", "Weld"));
        assert_eq!(split("10", true), found("10", ""));
        for text in ["2-piece housing", "100% inspection", "Press 10", "10 % sampling", "3D", "", "№", "İ10 x"] {
            assert!(split(text, true).is_none_or(|(_, name)| name.is_empty()), "{text}: {:?}", split(text, true));
        }
    }
}
