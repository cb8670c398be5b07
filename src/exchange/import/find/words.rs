//! Headings as comparisons see them: no case, no accents, no punctuation, no filling words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that a heading may have or not without meaning something else.
const FILLING: [&str; 57] = [
    "potential",
    "potentially",
    "current",
    "actual",
    "existing",
    "the",
    "of",
    "and",
    "or",
    "for",
    "to",
    "in",
    "on",
    "a",
    "an",
    "s",
    "es",
    "de",
    "la",
    "le",
    "les",
    "des",
    "du",
    "d",
    "l",
    "del",
    "della",
    "di",
    "da",
    "do",
    "dos",
    "das",
    "der",
    "die",
    "und",
    "el",
    "los",
    "las",
    "y",
    "e",
    "et",
    "i",
    "o",
    "potentielle",
    "potentielles",
    "potentiell",
    "potenziale",
    "potenziali",
    "potencial",
    "potenciales",
    "moglich",
    "mogliche",
    "aktuelle",
    "derzeitige",
    "actuel",
    "potentials",
    "if",
];

/// Words that say of which document a heading is, which the table says better.
const DOCUMENT: [&str; 12] = [
    "process",
    "design",
    "pfmea",
    "dfmea",
    "fmea",
    "product",
    "initial",
    "optional",
    "opcional",
    "step",
    "as",
    "applicable",
];

/// The words of a text: folded, split at punctuation, white space and changes of case. Chinese, Japanese and Korean signs are
/// words of their own, because nothing stands between their words.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before_was_lower = false;
    for c in text.nfkc() {
        if is_invisible(c) {
            continue;
        }
        if is_ideograph(c) {
            take(&mut word, &mut words);
            words.push(c.to_string());
            before_was_lower = false;
            continue;
        }
        if !c.is_alphanumeric() && c != '#' {
            // An apostrophe within a word parts it as in "l'effet", a mark above a letter does not.
            if !is_combining_mark(c) {
                take(&mut word, &mut words);
            }
            before_was_lower = false;
            continue;
        }
        if c.is_uppercase() && before_was_lower {
            take(&mut word, &mut words);
        }
        before_was_lower = c.is_lowercase();
        word.extend(c.to_lowercase().flat_map(plain));
    }
    take(&mut word, &mut words);
    words
}

fn take(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// A small letter without its accent.
fn plain(c: char) -> Vec<char> {
    match c {
        'ł' => vec!['l'],
        'ß' => vec!['s', 's'],
        'ø' => vec!['o'],
        'æ' => vec!['a', 'e'],
        'œ' => vec!['o', 'e'],
        'đ' => vec!['d'],
        'ı' => vec!['i'],
        // Hangul falls apart into its letters when it is decomposed, and is no accent.
        c if is_ideograph(c) => vec![c],
        c => c.nfd().filter(|part| !is_combining_mark(*part)).collect(),
    }
}

/// Whether nothing is seen of a character: zero-width space and joiners, soft hyphen, byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}' | '\u{2060}')
}

/// Whether a character is a word of its own.
pub fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0x20000..=0x2ffff)
}

/// The words joined, as the vocabulary keeps its phrases.
pub fn joined(words: &[String]) -> String {
    words.join(" ")
}

/// The words without those that only fill, and without an ordinal before or a scale behind.
pub fn essential(words: &[String]) -> Vec<String> {
    let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
    let first = usize::from(words.len() > 1 && words.first().is_some_and(is_number));
    let mut kept: Vec<String> =
        words[first..].iter().filter(|word| !FILLING.contains(&word.as_str())).cloned().collect();
    while kept.len() > 1 && kept.last().is_some_and(is_number) {
        kept.pop();
    }
    // A heading of filling words alone, such as "O", is what it is.
    if kept.is_empty() { words[first..].to_vec() } else { kept }
}

/// The essential words without those that say of which document they are.
pub fn bare(words: &[String]) -> Vec<String> {
    let kept: Vec<String> = essential(words).into_iter().filter(|word| !DOCUMENT.contains(&word.as_str())).collect();
    if kept.is_empty() { essential(words) } else { kept }
}

/// The parts of a heading that may each say the same in another language, or add to it: between slashes, brackets, lines, and
/// where the script changes.
pub fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut ideographs = None;
    for c in text.chars() {
        if matches!(
            c,
            '/' | '\\' | '|' | '(' | ')' | '[' | ']' | '\n' | '\r' | ';' | '（' | '）' | '／' | '–' | '—' | ':'
        ) {
            parts.push(String::new());
            ideographs = None;
            continue;
        }
        if c.is_alphabetic() {
            let now = is_ideograph(c);
            if ideographs.is_some_and(|before| before != now) {
                parts.push(String::new());
            }
            ideographs = Some(now);
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        joined(&words(text))
    }

    #[test]
    fn spellings_fall_together() {
        for spelling in [
            "Failure Mode",
            "FAILURE_MODE",
            "failure-mode",
            "FailureMode",
            "Failure\u{200b} Mode:",
            "ＦＡＩＬＵＲＥ mode",
        ] {
            assert_eq!(folded(spelling), "failure mode", "{spelling}");
        }
        assert_eq!(folded("Gravité"), "gravite");
        assert_eq!(folded("Możliwa przyczyna"), "mozliwa przyczyna");
        assert_eq!(folded("Vermeidungsmaßnahme"), "vermeidungsmassnahme");
        assert_eq!(folded("失效模式"), "失 效 模 式");
        assert_eq!(folded("공정명"), "공 정 명");
    }

    #[test]
    fn what_only_fills_is_left_out() {
        assert_eq!(joined(&essential(&words("Potential Effect(s) of Failure"))), "effect failure");
        assert_eq!(joined(&essential(&words("2. Failure Mode (FM)"))), "failure mode fm");
        assert_eq!(joined(&essential(&words("Severity (1-10)"))), "severity");
        assert_eq!(joined(&essential(&words("O"))), "o");
        assert_eq!(joined(&bare(&words("Current Process Controls"))), "controls");
    }

    #[test]
    fn two_languages_are_two_parts() {
        assert_eq!(parts("공정명 / 작업설명 Process Name"), ["공정명 ", " 작업설명 ", "Process Name"]);
        assert_eq!(parts("严重度(S)"), ["严重度", "S"]);
    }
}
