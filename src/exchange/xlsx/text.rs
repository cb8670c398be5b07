//! The limits of spreadsheets: how long a cell may be, and what a sheet may be called (Excel specifications and limits).

use std::collections::BTreeSet;

/// The most UTF-16 units that a cell holds.
pub(super) const MOST_UNITS: usize = 32_767;

/// The most characters in the name of a sheet.
const MOST_IN_NAME: usize = 31;

/// The length of a text as spreadsheets count it.
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// Whether a cell can hold the text.
pub(super) fn fits(text: &str) -> bool {
    // A byte of UTF-8 is at most one unit of UTF-16.
    text.len() <= MOST_UNITS || units(text) <= MOST_UNITS
}

/// The text in pieces of at most `most` units, cut between characters.
pub(super) fn pieces(text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut begin, mut have) = (0, 0);
    for (at, character) in text.char_indices() {
        if have + character.len_utf16() > most {
            pieces.push(&text[begin..at]);
            (begin, have) = (at, 0);
        }
        have += character.len_utf16();
    }
    pieces.push(&text[begin..]);
    pieces
}

/// A name that a sheet may have, different from those in `taken`, which it joins. Names differ by more than their case; the
/// name `History` belongs to the program.
pub(super) fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let forbidden = |c: char| c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\');
    let plain: String = wanted.chars().map(|c| if forbidden(c) { ' ' } else { c }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_matches('\'').trim();
    let plain = if plain.is_empty() { "Sheet" } else { plain };
    let mut copy = 1;
    loop {
        let end = if copy == 1 { String::new() } else { format!(" ({copy})") };
        let room = MOST_IN_NAME - end.len();
        let stem = pieces(plain, room)[0].trim_end().trim_end_matches('\'');
        let name = format!("{stem}{end}");
        let folded = name.to_lowercase();
        if folded != "history" && taken.insert(folded) {
            return name;
        }
        copy += 1;
    }
}

/// Whether a spreadsheet would take the text for a formula if somebody typed it.
pub(super) fn looks_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_what_spreadsheets_take() {
        let mut taken = BTreeSet::new();
        for (wanted, name) in [
            ("PFMEA", "PFMEA"),
            ("pfmea", "pfmea (2)"),
            ("Press / weld: line [2]?", "Press weld line 2"),
            ("", "Sheet"),
            ("'quoted'", "quoted"),
            ("History", "History (2)"),
            ("An analysis with a name that is much too long", "An analysis with a name that is"),
            ("An analysis with a name that is even longer", "An analysis with a name tha (2)"),
            ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"),
        ] {
            let given = sheet_name(wanted, &mut taken);
            assert_eq!(given, name);
            assert!(units(&given) <= MOST_IN_NAME);
        }
    }

    #[test]
    fn texts_are_cut_between_characters_and_nothing_is_lost() {
        let text = "aé😀b".repeat(5);
        for most in 2..9 {
            let cut = pieces(&text, most);
            assert_eq!(cut.concat(), text);
            assert!(cut.iter().all(|piece| units(piece) <= most && !piece.is_empty()), "{cut:?}");
        }
        assert!(fits(&"x".repeat(MOST_UNITS)) && !fits(&"x".repeat(MOST_UNITS + 1)));
        assert!(fits(&"é".repeat(MOST_UNITS)) && !fits(&"😀".repeat(MOST_UNITS / 2 + 1)));
    }
}
