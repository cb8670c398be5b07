//! Scripts that write words behind each other without blanks: Thai, Lao, Burmese, Khmer. Only knowledge of the language tells
//! where a word ends.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

/// The bytes of a text at which a word of such a script ends and another begins.
pub(super) fn word_ends(text: &str) -> Vec<usize> {
    // Nearly every text is of letters that come long before these.
    if text.is_ascii() || !text.contains(has_no_blanks) {
        return Vec::new();
    }
    let segmenter = LineSegmenter::new_lstm(LineBreakOptions::default());
    let ends = |run: Range<usize>| {
        let within = |at: &usize| *at > 0 && *at < run.len();
        segmenter.segment_str(&text[run.clone()]).filter(within).map(|at| run.start + at).collect::<Vec<_>>()
    };
    runs(text).into_iter().flat_map(ends).collect()
}

/// The parts of a text that are letters of such scripts only.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| has_no_blanks(*letter)) {
        let end = at + letter.len_utf8();
        match runs.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => runs.push(at..end),
        }
    }
    runs
}

fn has_no_blanks(letter: char) -> bool {
    matches!(letter, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e80}'..='\u{ecf}' | '\u{edc}'..='\u{edf}'
        | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{108f}' | '\u{1780}'..='\u{17d3}')
}
