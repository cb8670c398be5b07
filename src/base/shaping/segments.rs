//! Parts of a text that are set at once: one direction, one style, one face, one script.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::super::fonts::{REACH, Style, fonts};
use super::super::system_fonts::{SystemFace, Tradition};
use super::glyphs::shape;
use super::{Ink, Part, runs};

/// A part of a text that is set at once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// The piece it belongs to.
    pub piece: usize,
    /// How it is set; `None` for a drawn symbol.
    pub style: Option<Style>,
    /// Whether it runs to the left.
    pub runs_left: bool,
    /// The font of the system, or `None` for the bundled ones.
    face: Option<SystemFace>,
    script: Script,
}

/// A segment that is set.
#[derive(Debug, Default)]
pub(super) struct Set {
    pub parts: Vec<Part>,
    pub width: f32,
    /// The farthest ink at the left and at the right, from the start.
    pub reach: [f32; 2],
}

/// Adds the segments of a part of a text that has one style and one direction, in the order of the text.
pub(super) fn part(
    text: &str,
    part: Range<usize>,
    (piece, style): (usize, Option<Style>),
    runs_left: bool,
    tradition: Tradition,
    segments: &mut Vec<Segment>,
) {
    let from = segments.len();
    let Some(set_in) = style else {
        segments.push(Segment { range: part, piece, style, runs_left, face: None, script: Script::Common });
        return;
    };
    for (at, grapheme) in text[part.clone()].grapheme_indices(true) {
        let range = part.start + at..part.start + at + grapheme.len();
        let last = segments[from..].last_mut();
        let (face, script) = match last.as_ref() {
            Some(last) => choose(grapheme, set_in, runs_left, (last.face, last.script), tradition),
            None => choose(grapheme, set_in, runs_left, (None, Script::Common), tradition),
        };
        match last {
            Some(last) if last.face == face && (face.is_none() || last.script == script) => last.range.end = range.end,
            _ => segments.push(Segment { range, piece, style, runs_left, face, script }),
        }
    }
}

/// The face of a letter with its marks, behind something of this face and script.
fn choose(
    grapheme: &str,
    style: Style,
    runs_left: bool,
    (last_face, last_script): (Option<SystemFace>, Script),
    tradition: Tradition,
) -> (Option<SystemFace>, Script) {
    let mut characters = grapheme.chars();
    if let (Some(only), None) = (characters.next(), characters.next())
        && !runs_left
        && only.is_ascii()
    {
        return (None, Script::Latin);
    }
    let visible: Vec<char> = grapheme.chars().filter(|c| fonts().glyph(style, *c).is_some()).collect();
    let Some(first) = visible.first() else { return (last_face, last_script) };
    let own = first.script();
    let is_shared = matches!(own, Script::Common | Script::Inherited);
    let is_bundled = visible.iter().all(|character| !fonts().is_missing(style, *character));
    // Blanks and brackets between words that run to the left are set with them, and turned as they are.
    if is_shared
        && (runs_left || !is_bundled)
        && let Some(face) = last_face
        && visible.iter().all(|character| face.covers(*character))
    {
        return (Some(face), last_script);
    }
    if is_bundled {
        return (None, own);
    }
    let script = if is_shared { last_script } else { own };
    let script = if script == Script::Latin { Script::Common } else { script };
    (SystemFace::find(&visible, script, tradition, style), script)
}

impl Segment {
    /// Sets the segment, whose text this is.
    pub fn set(&self, text: &str, style: Style, tradition: Tradition) -> Set {
        match self.face {
            Some(face) => self.set_shaped(text, face, tradition),
            None if self.runs_left => set_leftward(text, style),
            None => set_plain(text, style),
        }
    }

    fn set_shaped(&self, text: &str, face: SystemFace, tradition: Tradition) -> Set {
        let clusters = shape(text, face, self.script, self.runs_left, tradition);
        // What is higher or deeper than a line has room for makes the whole segment smaller.
        let (mut top, mut bottom) = (REACH[0], -REACH[1]);
        for glyph in clusters.iter().flat_map(|cluster| &cluster.glyphs) {
            let [_, low, _, high] = face.ink(glyph.id);
            top = top.max(high + glyph.shift[1]);
            bottom = bottom.min(low + glyph.shift[1]);
        }
        let scale = (REACH[0] / top).min(REACH[1] / -bottom);
        let mut set = Set::default();
        for mut cluster in clusters {
            for glyph in &mut cluster.glyphs {
                let [left, _, right, _] = face.ink(glyph.id);
                glyph.shift = glyph.shift.map(|part| part * scale);
                if right > left {
                    let pen = set.width + glyph.shift[0];
                    set.reach = [set.reach[0].min(pen + left * scale), set.reach[1].max(pen + right * scale)];
                }
            }
            let width = cluster.width * scale;
            let ink = Ink::Glyphs { face, glyphs: cluster.glyphs };
            set.parts.push(Part { range: cluster.range, at: [set.width, 0.0], scale, width, ink });
            set.width += width;
        }
        set
    }
}

/// Characters with bundled glyphs.
fn set_plain(text: &str, style: Style) -> Set {
    let mut set = Set::default();
    let mut from = 0;
    for run in runs(style, text) {
        let width = fonts().width(style, run.text);
        let mut pen = set.width + run.shift[0];
        for glyph in run.text.chars().filter_map(|character| fonts().glyph(style, character)) {
            if let Some([left, _, right, _]) = fonts().reaching(glyph) {
                set.reach = [set.reach[0].min(pen + left), set.reach[1].max(pen + right)];
            }
            pen += f32::from(glyph.advance) / 1000.0;
        }
        let at = [set.width + run.shift[0], run.shift[1]];
        let range = from..from + run.text.len();
        from = range.end;
        set.parts.push(Part { range, at, scale: run.scale, width, ink: Ink::Text });
        set.width += width;
    }
    set
}

/// Characters with bundled glyphs that run to the left: each in front of the one before it, and brackets turned.
fn set_leftward(text: &str, style: Style) -> Set {
    let mut set = Set::default();
    for (from, grapheme) in text.grapheme_indices(true).collect::<Vec<_>>().into_iter().rev() {
        let plain = set_plain(grapheme, style);
        let turned = grapheme.chars().next().and_then(mirrored).filter(|_| plain.parts.len() == 1);
        set.reach = [set.reach[0].min(set.width + plain.reach[0]), set.reach[1].max(set.width + plain.reach[1])];
        set.parts.extend(plain.parts.into_iter().map(|part| Part {
            range: from + part.range.start..from + part.range.end,
            at: [set.width + part.at[0], part.at[1]],
            ink: turned.map_or(Ink::Text, Ink::Mirrored),
            ..part
        }));
        set.width += plain.width;
    }
    set
}

/// The character that looks like this one in a mirror.
fn mirrored(character: char) -> Option<char> {
    const PAIRS: [(char, char); 18] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
        ('≤', '≥'),
        ('≦', '≧'),
        ('≪', '≫'),
        ('⟨', '⟩'),
        ('⟦', '⟧'),
        ('⟪', '⟫'),
        ('⌈', '⌉'),
        ('⌊', '⌋'),
        ('∈', '∋'),
        ('⊂', '⊃'),
        ('⊆', '⊇'),
        ('≺', '≻'),
    ];
    PAIRS.iter().find_map(|(left, right)| match character {
        c if c == *left => Some(*right),
        c if c == *right => Some(*left),
        _ => None,
    })
}
