//! The cavities and moulds that people name among the streams of a process, so that each is looked for among the results.
//!
//! Streams are free text, such as "tool 4711, cavities 1 to 4; press A". Cavities and moulds are found by their nouns; what
//! follows a noun as numbers or single letters, in a list or from one to another, is what it counts.

use std::collections::BTreeSet;
use std::fmt;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// A cavity or nest of a tool.
    Cavity,
    /// A mould.
    Mould,
}

/// A cavity or mould by its number or letter, in capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// What it is.
    pub stream: Stream,
    /// Its number or letter.
    pub number: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = match self.stream {
            Stream::Cavity => "cavity",
            Stream::Mould => "mould",
        };
        write!(f, "{noun} {}", self.number)
    }
}

/// A longer run is no list of cavities but a slip.
const LONGEST_RUN: u32 = 128;

/// The cavities and moulds that a text names.
pub fn places(text: &str) -> BTreeSet<Place> {
    let mut found = BTreeSet::new();
    let mut stream = None;
    let (mut last, mut runs) = (None, false);
    for word in words(text) {
        if let Some(named) = noun(&word) {
            (stream, last, runs) = (Some(named), None, false);
            continue;
        }
        let Some(named) = stream else { continue };
        if is_number(&word) {
            let number = word.to_uppercase();
            for number in run(last.take().filter(|_| runs), number.clone()) {
                found.insert(Place { stream: named, number });
            }
            (last, runs) = (Some(number), false);
        } else if matches!(word.as_str(), "to" | "bis" | "-" | "–") {
            runs = true;
        } else if !matches!(word.as_str(), "and" | "und" | "&" | "+" | "/" | "," | "." | "no" | "nr" | "#") {
            stream = None;
        }
    }
    found
}

/// Whether results of a stream are those of a place: it is named, or the stream is nothing but its number.
pub fn is_from(stream: &str, place: &Place) -> bool {
    let named = places(stream);
    if named.is_empty() { stream.trim().to_uppercase() == place.number } else { named.contains(place) }
}

/// Words in small letters, and everything between them sign by sign.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut goes_on = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            match words.last_mut().filter(|_| goes_on) {
                Some(word) => word.extend(c.to_lowercase()),
                None => words.push(c.to_lowercase().collect()),
            }
        } else if !c.is_whitespace() {
            words.push(c.to_string());
        }
        goes_on = c.is_alphanumeric();
    }
    words
}

fn noun(word: &str) -> Option<Stream> {
    match word {
        "cavity" | "cavities" | "cav" | "cavs" | "nest" | "nests" | "kavität" | "kavitäten" | "nester" | "formnest"
        | "formnester" => Some(Stream::Cavity),
        "mould" | "moulds" | "mold" | "molds" => Some(Stream::Mould),
        _ => None,
    }
}

/// Whether a word counts cavities: a number, perhaps with a letter, or one letter.
fn is_number(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    letters <= 1 && digits <= 4 && letters + digits == word.chars().count() && letters + digits > 0
}

/// The numbers behind `first` to the last one; only the last one if there is no first.
fn run(first: Option<String>, last: String) -> Vec<String> {
    let ends = first.and_then(|first| Some((first.parse::<u32>().ok()?, last.parse::<u32>().ok()?)));
    match ends {
        Some((first, end)) if first < end && end - first <= LONGEST_RUN => {
            (first + 1..=end).map(|number| number.to_string()).collect()
        }
        _ => vec![last],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<String> {
        places(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn cavities_are_found_among_other_streams() {
        assert_eq!(named("Line 3; housing tool 4711, cavities 1 and 2; presses A and B"), ["cavity 1", "cavity 2"]);
        assert_eq!(named("Tool T-6605, cavities 1 to 4"), ["cavity 1", "cavity 2", "cavity 3", "cavity 4"]);
        assert_eq!(named("Cav. 1-3, 7a / mold B"), ["cavity 1", "cavity 2", "cavity 3", "cavity 7A", "mould B"]);
        assert_eq!(named("Kavität 2 und 3"), ["cavity 2", "cavity 3"]);
        assert_eq!(named("Moulding machine 4, line 2"), Vec::<String>::new());
        assert_eq!(named("cavities 1 to 4000").len(), 2, "a slip");
        assert_eq!(named(""), Vec::<String>::new());
    }

    #[test]
    fn a_result_is_from_a_cavity_that_its_stream_names() {
        let second = Place { stream: Stream::Cavity, number: "2".to_owned() };
        for stream in ["Cavity 2", "2", "tool 4711, cavities 1 & 2", " cav 2 "] {
            assert!(is_from(stream, &second), "{stream}");
        }
        for stream in ["", "Cavity 1", "22", "mould 2", "Press 2"] {
            assert!(!is_from(stream, &second), "{stream}");
        }
    }
}
