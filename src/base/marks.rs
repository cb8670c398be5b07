//! Letters with marks: composed where Unicode has the whole letter, because paper sets letter by letter and knows no anchors
//! for marks.

use std::borrow::Cow;

use unicode_normalization::char::compose;

use crate::base::fonts::{Style, fonts};

/// The text with letters and the marks behind them as one character, where there is one and it has a glyph. Nothing else
/// changes: signs that Unicode counts as doubles of others stay what somebody wrote.
pub fn composed(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_mark) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for character in text.chars() {
        let joined = whole.chars().next_back().filter(|_| is_mark(character)).and_then(|base| compose(base, character));
        match joined.filter(|joined| !fonts().is_missing(Style::Regular, *joined)) {
            Some(joined) => {
                whole.pop();
                whole.push(joined);
            }
            None => whole.push(character),
        }
    }
    Cow::Owned(whole)
}

/// A combining mark of the scripts that the bundled fonts have.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_their_marks_become_one() {
        assert_eq!(composed("Pru\u{308}fung Z\u{30c}ilina"), "Prüfung Žilina");
        assert_eq!(composed("e\u{302}\u{301}"), "ế");
        for kept in ["\u{301}", "x\u{302}", "Ω Å", "Prüfung", ""] {
            assert_eq!(composed(kept), kept);
        }
    }
}
