//! People's words.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Words that a person wrote: a plain string in the file, with room for language variants later. Copies share the bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<str>);

impl Text {
    /// The words as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is written: empty, white space, or one of the marks people put into cells that they owe
    /// (`-`, `?`, `tbd`, `tbc`).
    pub fn is_blank(&self) -> bool {
        is_blank(&self.0)
    }
}

/// See [`Text::is_blank`].
pub fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || ["-", "–", "?", "tbd", "tbc", "t.b.d.", "t.b.c."].iter().any(|mark| text.eq_ignore_ascii_case(mark))
}

/// The text as comparisons see it: case folded, white space and punctuation collapsed.
pub fn normalized(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}

/// The text in double quotes for a message, cut in the middle of nowhere but at a word, if it is long.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return format!("“{line}”");
    }
    let cut: String = line.chars().take(LONGEST).collect();
    let end = cut.rfind(' ').filter(|end| *end > LONGEST / 2).unwrap_or(cut.len());
    format!("“{}…”", &cut[..end])
}

/// A number of things.
pub fn counted(count: usize, noun: &str) -> String {
    match (count, noun) {
        (1, noun) => format!("1 {noun}"),
        (count, noun) if noun.ends_with('s') || noun == "equipment" => format!("{count} {noun}"),
        (count, "person") => format!("{count} people"),
        (count, "characteristic at a step") => format!("{count} characteristics at steps"),
        (count, noun) => format!("{count} {noun}s"),
    }
}

/// The noun of a kind of item with its article.
pub fn with_article(noun: &str) -> String {
    match noun.chars().next() {
        // Equipment is not counted.
        Some('e') => noun.to_owned(),
        Some('a' | 'i' | 'o') => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Arc::from(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Arc::from(text))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_marks_are_blank() {
        for text in ["", "  ", "-", "TBD", "tbc", "?"] {
            assert!(is_blank(text), "{text}");
        }
        assert!(!is_blank("n/a"));
    }

    #[test]
    fn comparison_ignores_case_space_and_punctuation() {
        assert_eq!(normalized("Torque  too low."), normalized("torque, too LOW"));
    }

    #[test]
    fn long_quotes_end_at_a_word() {
        assert_eq!(quoted("short\none"), "“short one”");
        assert!(quoted(&"word ".repeat(40)).ends_with("word…”"));
    }
}
