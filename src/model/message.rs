//! Sentences of the program about the words of people, in whichever language somebody reads them.
//!
//! A sentence is written in English once, where it is said, with a gap for each thing it speaks of: `says!`. Another
//! language has the same sentence with the same gaps, in an order of its own; it is looked up by the English one. What people
//! wrote stands in the gaps and is never translated.

use std::fmt;
use std::ops::Deref;

use crate::base::clock::Date;
use crate::base::{Decimal, Text};

use super::language::Language;
use super::rating::Rating;

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    text: String,
    template: &'static str,
    gaps: Vec<(&'static str, Argument)>,
}

/// What stands in a gap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Argument {
    /// Words of people, names, numbers: the same in every language.
    Said(String),
    /// A word of the program.
    Term(String),
    /// A part of the sentence with gaps of its own.
    Part(Message),
}

/// A word of the program that stands in a gap.
#[derive(Debug, Clone, Copy)]
pub struct Term<'w>(pub &'w str);

/// A sentence from its English words with `{gaps}`, and what stands in them: `gap = value`, or `gap` alone for a variable of
/// that name. Text and numbers stay what they are; a [`Term`] and another message are translated.
macro_rules! says {
    (@ $gap:ident) => { $crate::model::message::Argument::from($gap) };
    (@ $gap:ident = $value:expr) => { $crate::model::message::Argument::from($value) };
    ($template:literal $(, $gap:ident $(= $value:expr)?)* $(,)?) => {
        $crate::model::message::Message::new(
            $template,
            vec![$((stringify!($gap), $crate::model::message::says!(@ $gap $(= $value)?))),*],
        )
    };
}

pub(crate) use says;

impl Message {
    /// A sentence with what stands in its gaps.
    pub fn new(template: &'static str, gaps: Vec<(&'static str, Argument)>) -> Self {
        let text = filled(template, |gap| gaps.iter().find(|(name, _)| *name == gap).map(|(_, what)| what.to_string()));
        Self { text, template, gaps }
    }

    /// Words that are the same in every language, such as those of another program.
    pub fn said(text: impl Into<String>) -> Self {
        Self { text: text.into(), template: "", gaps: Vec::new() }
    }

    /// Several as one, with `join` between two of them.
    pub fn joined(parts: impl IntoIterator<Item = Self>, join: impl Fn(Self, Self) -> Self) -> Self {
        parts.into_iter().reduce(join).unwrap_or_else(|| Self::said(""))
    }

    /// The English words with their gaps; blank if there is nothing to translate.
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// The parts of the sentence that have gaps of their own.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        self.gaps.iter().filter_map(|(_, what)| if let Argument::Part(part) = what { Some(part) } else { None })
    }

    /// The words of the program in its gaps.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.gaps
            .iter()
            .filter_map(|(_, what)| if let Argument::Term(term) = what { Some(term.as_str()) } else { None })
    }

    /// The sentence in a language; in English if the language does not know it.
    pub fn in_language(&self, language: &Language) -> String {
        let Some(template) = language.sentence(self.template) else { return self.text.clone() };
        filled(template, |gap| {
            let (_, what) = self.gaps.iter().find(|(name, _)| *name == gap)?;
            Some(match what {
                Argument::Said(words) => requoted(words, language),
                Argument::Term(term) => language.word_in_sentence(term).into_owned(),
                Argument::Part(part) => part.in_language(language),
            })
        })
    }
}

/// Words in the quotation marks of a language, if they stand in such.
fn requoted(words: &str, language: &Language) -> String {
    let inner = words.strip_prefix('“').and_then(|words| words.strip_suffix('”'));
    match (inner, language.sentence("“…”").and_then(|quotes| quotes.split_once('…'))) {
        (Some(inner), Some((open, close))) => format!("{open}{inner}{close}"),
        _ => words.to_owned(),
    }
}

/// The names of the gaps in the words of a sentence, in their order.
pub fn gaps(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// The words with every gap filled. A gap that nothing stands in stays as it is.
fn filled(template: &str, of: impl Fn(&str) -> Option<String>) -> String {
    let mut pieces = template.split('{');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let found = piece.split_once('}').and_then(|(gap, rest)| Some((of(gap)?, rest)));
        if let Some((words, rest)) = found {
            text.push_str(&words);
            text.push_str(rest);
        } else {
            text.push('{');
            text.push_str(piece);
        }
    }
    text
}

impl From<&'static str> for Message {
    fn from(words: &'static str) -> Self {
        Self::new(words, Vec::new())
    }
}

impl From<String> for Message {
    fn from(words: String) -> Self {
        Self::said(words)
    }
}

impl From<Term<'_>> for Argument {
    fn from(Term(word): Term<'_>) -> Self {
        Self::Term(word.to_owned())
    }
}

impl From<Message> for Argument {
    fn from(part: Message) -> Self {
        Self::Part(part)
    }
}

macro_rules! said {
    ($($from:ty),* $(,)?) => {
        $(impl From<$from> for Argument {
            fn from(words: $from) -> Self {
                Self::Said(words.to_string())
            }
        })*
    };
}

said!(String, &String, &str, Text, &Text, Date, &Rating, &Decimal, u16, i64, usize);

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for Message {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

/// In English.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said(words) | Self::Term(words) => f.write_str(words),
            Self::Part(part) => part.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_sentence_is_said_in_the_order_of_each_language() {
        let terms = [
            ("{row} has no {field}", "{field} fehlt: {row}"),
            ("The row {name}", "Zeile {name}"),
            ("Reaction plan", "Reaktionsplan"),
            ("“…”", "„…“"),
        ];
        let terms = terms.into_iter().map(|(english, term)| (english.to_owned(), term.to_owned())).collect();
        let german = Language::new("de".into(), "Deutsch".into(), BTreeMap::new()).with_sentences(terms);
        let row = says!("The row {name}", name = "“{10} {row}”");
        let message = says!("{row} has no {field}", row, field = Term("Reaction plan"));
        assert_eq!(message, "The row “{10} {row}” has no Reaction plan");
        assert_eq!(message.in_language(&german), "Reaktionsplan fehlt: Zeile „{10} {row}“");
        assert_eq!(message.in_language(&Language::english()), message.to_string());
        assert_eq!(Message::said("{row}").in_language(&german), "{row}");
        assert_eq!(says!("Unknown {gap}", gap = 3_usize).in_language(&german), "Unknown 3");
        let several =
            Message::joined(["a", "b", "c"].map(Message::from), |left, right| says!("{left}, {right}", left, right));
        assert_eq!(several, "a, b, c");
        assert_eq!(gaps(message.template()).collect::<Vec<_>>(), ["row", "field"]);
    }
}
