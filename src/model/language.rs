//! The words of the forms in another language, as data: what a person wrote is never translated.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// What stands in a pattern for words that are not part of it.
const GAP: char = '…';

/// A language of reports. Its terms are looked up by their English words; a term that begins or ends with `…` is a pattern
/// for what stands before or behind other words.
#[derive(Debug, Clone, PartialEq)]
pub struct Language {
    /// BCP 47 tag, such as `de`.
    pub tag: String,
    /// What its speakers call it.
    pub name: String,
    terms: BTreeMap<String, String>,
    /// The English words by their terms; of several for one term the first.
    english: BTreeMap<String, String>,
    /// What the program says about the words of people, by its English words, and the words of the program in it.
    sentences: BTreeMap<String, String>,
    /// Patterns for the beginning of a text, the longest first.
    leads: Vec<(String, String)>,
    /// Patterns for the end of a text, the longest first.
    ends: Vec<(String, String)>,
}

impl Language {
    /// The language in which the program is written.
    pub fn english() -> Self {
        Self::new("en".to_owned(), "English".to_owned(), BTreeMap::new())
    }

    /// A language from its terms by their English words.
    pub fn new(tag: String, name: String, all: BTreeMap<String, String>) -> Self {
        let (mut leads, mut ends, mut terms) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (english, term) in all {
            if let (Some(english), Some(term)) = (english.strip_suffix(GAP), term.strip_suffix(GAP)) {
                leads.push((english.to_owned(), term.to_owned()));
            } else if let (Some(english), Some(term)) = (english.strip_prefix(GAP), term.strip_prefix(GAP)) {
                ends.push((english.to_owned(), term.to_owned()));
            } else {
                terms.insert(english, term);
            }
        }
        for patterns in [&mut leads, &mut ends] {
            patterns.sort_by_key(|(english, _)| std::cmp::Reverse(english.len()));
        }
        let plain = |text: &str| text.replace('\u{ad}', "");
        let mut back = BTreeMap::new();
        for (english, term) in &terms {
            back.entry(plain(term)).or_insert_with(|| plain(english));
        }
        Self { tag, name, terms, english: back, sentences: BTreeMap::new(), leads, ends }
    }

    /// The language with sentences by their English words.
    #[must_use]
    pub fn with_sentences(self, sentences: BTreeMap<String, String>) -> Self {
        Self { sentences, ..self }
    }

    /// Whether it has a term or a pattern for these words.
    pub fn knows(&self, words: &str) -> bool {
        self.found(words.trim()).is_some()
    }

    /// The words in this language; as they are if it has no term for them. Soft hyphens of the English words do not count.
    pub fn word<'w>(&self, words: &'w str) -> Cow<'w, str> {
        let inner = words.trim();
        match self.found(inner) {
            Some(found) => {
                let start = words.len() - words.trim_start().len();
                Cow::Owned(format!("{}{found}{}", &words[..start], &words[start + inner.len()..]))
            }
            None => Cow::Borrowed(words),
        }
    }

    /// A sentence with gaps in this language, by its English words.
    pub fn sentence(&self, english: &str) -> Option<&str> {
        self.sentences.get(english).map(String::as_str)
    }

    /// A word of the program within a sentence.
    pub fn word_in_sentence<'w>(&self, english: &'w str) -> Cow<'w, str> {
        match self.sentence(english) {
            Some(word) => Cow::Owned(word.to_owned()),
            None => self.word(english),
        }
    }

    /// Several of its words with commas between them.
    pub fn list<'w>(&self, words: &'w str) -> Cow<'w, str> {
        if self.terms.is_empty() || !words.contains(", ") {
            return self.word(words);
        }
        Cow::Owned(words.split(", ").map(|word| self.word(word)).collect::<Vec<_>>().join(", "))
    }

    /// The English words for words of this language, the inverse of [`list`](Self::list): terms and patterns are found, what a
    /// person wrote stays. Of terms that this language has one word for, the first one is taken.
    pub fn english_of(&self, words: &str) -> String {
        if self.terms.is_empty() || words.trim().is_empty() {
            return words.to_owned();
        }
        let plain = words.replace('\u{ad}', "");
        let words = plain.as_str();
        if let Some(english) = self.english_term(words) {
            return english;
        }
        let chunks = words.split(", ").map(|chunk| self.english_chunk(chunk));
        chunks.collect::<Vec<_>>().join(", ")
    }

    fn english_chunk(&self, words: &str) -> String {
        let plain = |text: &str| text.replace('\u{ad}', "");
        if let Some(english) = self.english_term(words) {
            return english;
        }
        let behind = |(english, term): &(String, String)| {
            Some(format!("{}{}", plain(english), words.strip_prefix(plain(term).as_str())?))
        };
        if let Some(found) = self.leads.iter().find_map(behind) {
            return found;
        }
        let before = |(english, term): &(String, String)| {
            let rest = words.strip_suffix(plain(term).as_str())?;
            Some(format!("{}{}", self.english_chunk(rest), plain(english)))
        };
        self.ends.iter().find_map(before).unwrap_or_else(|| words.to_owned())
    }

    fn english_term(&self, words: &str) -> Option<String> {
        self.english.get(words.trim()).cloned()
    }

    fn found(&self, words: &str) -> Option<String> {
        if self.terms.is_empty() || words.is_empty() {
            return None;
        }
        let plain;
        let words = if words.contains('\u{ad}') {
            plain = words.replace('\u{ad}', "");
            &plain
        } else {
            words
        };
        if let Some(term) = self.terms.get(words) {
            return Some(term.clone());
        }
        let lead =
            self.leads.iter().find_map(|(english, term)| Some(format!("{term}{}", words.strip_prefix(&**english)?)));
        lead.or_else(|| {
            self.ends.iter().find_map(|(english, term)| {
                let before = words.strip_suffix(&**english)?;
                Some(format!("{}{term}", self.word(before)))
            })
        })
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::english()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german() -> Language {
        let terms = [
            ("Process step", "Prozessschritt"),
            ("Revision …", "Stand …"),
            ("… / date", "… / Datum"),
            ("Open", "Offen"),
        ];
        let terms = terms.into_iter().map(|(english, term)| (english.to_owned(), term.to_owned())).collect();
        Language::new("de".into(), "Deutsch".into(), terms)
    }

    #[test]
    fn terms_and_patterns_are_found_and_other_words_stay() {
        let german = german();
        for (english, expected) in [
            ("Process step", "Prozessschritt"),
            ("Pro\u{ad}cess step", "Prozessschritt"),
            (" Process step ", " Prozessschritt "),
            ("Revision B", "Stand B"),
            ("Process step / date", "Prozessschritt / Datum"),
            ("Somebody / date", "Somebody / Datum"),
            ("The process step", "The process step"),
            ("", ""),
        ] {
            assert_eq!(german.word(english), expected);
            assert_eq!(Language::english().word(english), english);
        }
        assert_eq!(german.list("Open, Process step, mine"), "Offen, Prozessschritt, mine");
        assert_eq!(german.english_of("Offen, Prozessschritt, meins"), "Open, Process step, meins");
        assert_eq!(german.english_of("Stand B"), "Revision B");
        assert_eq!(german.english_of("Prozessschritt / Datum"), "Process step / date");
        assert!(german.knows("Revision C") && !german.knows("Closed"));
    }
}
