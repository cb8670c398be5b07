//! Letters that need more than their place in the line: marks stand over the letter before them, and what is higher than a
//! line is set smaller.

use super::super::fonts::{REACH, Style, fonts};

/// How much higher a mark stands over a capital letter than over a small one, in parts of the font size.
const LIFT: f32 = 0.18;
/// The first combining mark; nothing before it needs more than its place.
const FIRST: char = '\u{300}';
/// Marks whose ink begins above this stand over their letter; the others under it or through it.
const OVER: f32 = 0.4;

/// A part of a text that is set at one place and size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run<'t> {
    /// The letters.
    pub text: &'t str,
    /// Their size, in parts of the font size.
    pub scale: f32,
    /// How far they stand right of the pen and above the baseline, in parts of the font size.
    pub shift: [f32; 2],
}

/// The parts of a text. Nearly every text is one.
pub fn runs(style: Style, text: &str) -> Vec<Run<'_>> {
    if text.is_ascii() {
        return vec![Run { text, scale: 1.0, shift: [0.0, 0.0] }];
    }
    let mut runs = Vec::with_capacity(1);
    let mut base = None;
    let mut from = 0;
    let mut current = (1.0, [0.0, 0.0]);
    for (at, character) in text.char_indices() {
        let wanted = place(style, character, &mut base);
        if wanted != current {
            if at > from {
                runs.push(Run { text: &text[from..at], scale: current.0, shift: current.1 });
            }
            (from, current) = (at, wanted);
        }
    }
    runs.push(Run { text: &text[from..], scale: current.0, shift: current.1 });
    runs
}

/// Size and shift of a character behind a base letter; the character may become the base of the next.
fn place(style: Style, character: char, base: &mut Option<(char, f32)>) -> (f32, [f32; 2]) {
    let plain = (1.0, [0.0, 0.0]);
    let Some(glyph) = fonts().glyph(style, character) else { return plain };
    // Letters of everyday keep their places.
    let ink = if character < FIRST { None } else { fonts().reaching(glyph) };
    if glyph.advance > 0 {
        *base = Some((character, f32::from(glyph.advance) / 1000.0));
        let [up, down, _] = REACH;
        let scale = ink.map_or(1.0, |[_, bottom, _, top]| (up / top.max(up)).min(down / (-bottom).max(down)));
        return (scale, [0.0, 0.0]);
    }
    // The fonts have marks either behind the pen, where they stand over the letter, or before it, to be moved there.
    let (Some([left, bottom, right, top]), Some((letter, width))) = (ink, *base) else { return plain };
    let middle = f32::midpoint(left, right);
    let lifted = letter.is_uppercase() && bottom > OVER && top + LIFT < REACH[0];
    let aside = if middle > 0.0 { -(width / 2.0 + middle) } else { 0.0 };
    (1.0, [aside, if lifted { LIFT } else { 0.0 }])
}

/// How far a line moves to the right because its first letter, or a mark before it, reaches out to the left, in parts of the
/// font size.
pub fn overhang(style: Style, text: &str) -> f32 {
    let mut farthest = 0.0_f32;
    for glyph in text.chars().filter_map(|character| fonts().glyph(style, character)) {
        if let Some([left, ..]) = fonts().reaching(glyph) {
            farthest = farthest.max(-left - REACH[2]);
        }
        if glyph.advance > 0 {
            break;
        }
    }
    farthest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_over_its_letter() {
        let whole = runs(Style::Regular, "Prüfung");
        assert_eq!(whole.len(), 1);
        let parts = runs(Style::Regular, "x\u{302}y");
        let texts: Vec<&str> = parts.iter().map(|run| run.text).collect();
        assert_eq!(texts, ["x", "\u{302}", "y"]);
        let glyph = fonts().glyph(Style::Regular, '\u{302}').unwrap();
        let [left, _, right, _] = fonts().reaching(glyph).unwrap();
        let width = fonts().width(Style::Regular, "x");
        let middle = f32::midpoint(left, right) + parts[1].shift[0];
        assert!((middle + width / 2.0).abs() < 0.01, "{middle} is not the middle of {width}");
    }

    #[test]
    fn a_line_that_begins_with_marks_leaves_them_room() {
        let reaches = overhang(Style::Regular, "\u{338}A");
        assert!(reaches > 0.2, "{reaches}");
        assert_eq!(overhang(Style::Regular, "\u{300}\u{338}A").to_bits(), reaches.to_bits(), "whichever comes first");
        assert!(overhang(Style::Regular, "A\u{338}") <= 0.0);
    }

    #[test]
    fn what_is_higher_than_a_line_is_set_smaller() {
        let parts = runs(Style::Regular, "a⌠b");
        assert!(parts.len() == 3 && parts[1].scale < 0.9 && parts[1].scale > 0.6, "{parts:?}");
    }
}
