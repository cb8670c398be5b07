//! Texts of one kind with an index of their words, found by beginnings of words, in any order, with a slip of the finger.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::sync::Arc;

use fst::automaton::{Automaton, Levenshtein, Str};
use fst::{IntoStreamer, Map, Streamer};

use crate::base::text::normalized;
use crate::model::AnyId;

/// From how many letters on a word may have a slip.
const LONG_ENOUGH: usize = 4;
/// The most words that are looked for; who typed more wrote his own text.
const MOST_WORDS: usize = 8;

/// A text of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The words.
    pub text: Arc<str>,
    /// The item that says so; the first of several.
    pub item: AnyId,
    /// How many items say so.
    pub times: u32,
}

/// Texts and their words.
#[derive(Debug, Default)]
pub(super) struct Pool {
    texts: Vec<Known>,
    /// For each word its place among the occurrences; none for a pool without words.
    words: Option<Map<Vec<u8>>>,
    occurrences: Vec<Vec<u32>>,
    /// For each text the place of its first word.
    first: Vec<u32>,
}

/// How well a text fits: the more, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit(u64);

impl Pool {
    /// A pool of texts; equal ones are one.
    pub(super) fn new(texts: impl Iterator<Item = (Arc<str>, AnyId)>) -> Self {
        let mut known: Vec<Known> = Vec::new();
        let mut places: HashMap<Arc<str>, usize> = HashMap::new();
        for (text, item) in texts {
            match places.get(&text) {
                Some(at) => known[*at].times += 1,
                None => {
                    places.insert(Arc::clone(&text), known.len());
                    known.push(Known { text, item, times: 1 });
                }
            }
        }
        let mut by_word: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut first_words = Vec::with_capacity(known.len());
        for (at, found) in known.iter().enumerate() {
            let words = normalized(&found.text);
            first_words.push(words.split(' ').next().unwrap_or_default().to_owned());
            for word in words.split(' ').filter(|word| !word.is_empty()) {
                let places = by_word.entry(word.to_owned()).or_default();
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        let numbered = by_word.keys().enumerate().map(|(at, word)| (word.as_str(), at as u64));
        // The keys are in order and there are no two alike, so this cannot fail.
        let words = Map::from_iter(numbered).ok();
        let place = |word: &String| words.as_ref().and_then(|words| words.get(word)).map_or(u32::MAX, |at| at as u32);
        let first = first_words.iter().map(place).collect();
        Self { texts: known, first, occurrences: by_word.into_values().collect(), words }
    }

    /// The text that says the same, whatever its capitals and its punctuation.
    pub(super) fn same(&self, text: &str) -> Option<&Known> {
        let wanted = normalized(text);
        let word = wanted.split(' ').next().filter(|word| !word.is_empty())?;
        let at = self.words.as_ref()?.get(word)?;
        let places = self.occurrences.get(usize::try_from(at).ok()?)?;
        places.iter().filter_map(|at| self.texts.get(*at as usize)).find(|known| normalized(&known.text) == wanted)
    }

    /// The texts that have all words of what was typed, the best first.
    pub(super) fn find(&self, typed: &str, most: usize) -> Vec<(Fit, &Known)> {
        let typed = normalized(typed);
        let wanted: Vec<&str> = typed.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
        let Some(words) = self.words.as_ref().filter(|_| !wanted.is_empty()) else { return Vec::new() };
        // How many of the words each text has, and how well.
        let mut has = vec![0_u8; self.texts.len()];
        let mut points = vec![0_u16; self.texts.len()];
        for (order, word) in wanted.iter().enumerate() {
            let order = order as u8;
            let mut take = |known: &[u8], at: u64, slip: bool| {
                let worth = match (slip, known.len() == word.len()) {
                    (true, _) => 2,
                    (false, true) => 8,
                    (false, false) => 6,
                };
                for text in self.occurrences.get(at as usize).into_iter().flatten() {
                    let text = *text as usize;
                    if has[text] == order {
                        has[text] = order + 1;
                        let leads = order == 0 && u64::from(self.first[text]) == at;
                        points[text] += worth + if leads { 4 } else { 0 };
                    }
                }
            };
            let mut beginning = words.search(Str::new(word).starts_with()).into_stream();
            while let Some((known, at)) = beginning.next() {
                take(known, at, false);
            }
            if word.chars().count() >= LONG_ENOUGH
                && let Ok(slip) = Levenshtein::new(word, 1)
            {
                let mut near = words.search(slip.starts_with()).into_stream();
                while let Some((known, at)) = near.next() {
                    take(known, at, true);
                }
            }
        }
        let all = wanted.len() as u8;
        let mut best: BinaryHeap<Reverse<(Fit, Reverse<usize>)>> = BinaryHeap::with_capacity(most + 1);
        for at in (0..self.texts.len()).filter(|at| has[*at] == all) {
            let known = &self.texts[at];
            let (times, length) = (known.times.min(0xffff), 0xffff - known.text.len().min(0xffff));
            let fit = Fit(u64::from(points[at]) << 32 | u64::from(times) << 16 | length as u64);
            best.push(Reverse((fit, Reverse(at))));
            if best.len() > most {
                best.pop();
            }
        }
        best.into_sorted_vec().into_iter().map(|Reverse((fit, Reverse(at)))| (fit, &self.texts[at])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::IdSource;
    use crate::model::Kind;

    fn pool(texts: &[&str]) -> Pool {
        let mut ids = IdSource::seeded(1);
        Pool::new(texts.iter().map(|text| (Arc::from(*text), AnyId::of(Kind::Control, ids.next_u64()))))
    }

    fn found<'p>(pool: &'p Pool, typed: &str) -> Vec<&'p str> {
        pool.find(typed, 4).into_iter().map(|(_, known)| &*known.text).collect()
    }

    #[test]
    fn words_are_found_by_their_beginnings_in_any_order() {
        let pool = pool(&[
            "Torque monitoring of the screwdriver",
            "Screw missing",
            "Torque wrench calibrated",
            "Visual check",
        ]);
        assert_eq!(found(&pool, "to"), ["Torque wrench calibrated", "Torque monitoring of the screwdriver"]);
        assert_eq!(found(&pool, "scr tor"), ["Torque monitoring of the screwdriver"]);
        assert_eq!(found(&pool, "screw"), ["Screw missing", "Torque monitoring of the screwdriver"]);
        assert_eq!(found(&pool, "VISUAL, check!"), ["Visual check"]);
        assert!(found(&pool, "").is_empty() && found(&pool, "…").is_empty() && found(&pool, "xyz").is_empty());
    }

    #[test]
    fn a_slip_is_forgiven_in_words_long_enough() {
        let pool = pool(&["Torque too low", "Turbine stops", "Größe falsch"]);
        for typed in ["Torqe", "Torqeu", "Torquue", "Tirque", "torqe to"] {
            assert_eq!(found(&pool, typed), ["Torque too low"], "{typed}");
        }
        assert_eq!(found(&pool, "Grösse"), Vec::<&str>::new(), "two letters for one are two slips");
        assert_eq!(found(&pool, "Größ"), ["Größe falsch"]);
        assert!(found(&pool, "txr").is_empty());
    }

    #[test]
    fn what_is_said_often_comes_before_what_is_said_once() {
        let pool = pool(&["Check by hand", "Check by eye", "Check by eye", "Check by eye"]);
        assert_eq!(found(&pool, "check"), ["Check by eye", "Check by hand"]);
        assert_eq!(pool.same("check BY eye.").map(|known| known.times), Some(3));
        assert_eq!(pool.same("check"), None);
    }
}
