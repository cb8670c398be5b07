//! From characters to the glyphs of a font of the system, by the rules of their script.

use std::collections::BTreeSet;
use std::ops::Range;

use harfrust::{BufferFlags, Direction, Language, Script as ScriptTag, Tag, UnicodeBuffer};
use unicode_script::Script;

use super::super::system_fonts::{SystemFace, Tradition};
use super::PlacedGlyph;

/// Characters that are drawn together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cluster {
    /// Their bytes.
    pub range: Range<usize>,
    /// How far they move the pen, in parts of the font size.
    pub width: f32,
    /// What is drawn, from left to right.
    pub glyphs: Vec<PlacedGlyph>,
}

/// The clusters of a text from left to right.
pub(super) fn shape(
    text: &str,
    face: SystemFace,
    script: Script,
    runs_left: bool,
    tradition: Tradition,
) -> Vec<Cluster> {
    let mut buffer = UnicodeBuffer::new();
    for (at, character) in text.char_indices() {
        // Controls show nothing; fonts have boxes for them.
        if !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}') {
            buffer.add(character, at as u32);
        }
    }
    let direction = if runs_left { Direction::RightToLeft } else { Direction::LeftToRight };
    buffer.set_direction(direction);
    if let Some(tag) = ScriptTag::from_iso15924_tag(Tag::from_u32(script.as_iso15924_tag())) {
        buffer.set_script(tag);
    }
    if let Some(language) = language(tradition) {
        buffer.set_language(language);
    }
    buffer
        .set_flags(BufferFlags::BEGINNING_OF_TEXT | BufferFlags::END_OF_TEXT | BufferFlags::REMOVE_DEFAULT_IGNORABLES);
    let Some((shaped, units)) = face.shape(buffer, (script, runs_left, tradition)) else { return Vec::new() };
    let starts: BTreeSet<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    // Characters that leave no glyph belong to what stands before them, or to the first.
    let range = |start: usize| {
        let from = if starts.first() == Some(&start) { 0 } else { start };
        from..starts.range(start + 1..).next().copied().unwrap_or(text.len())
    };
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut current = None;
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        if current != Some(info.cluster) {
            current = Some(info.cluster);
            clusters.push(Cluster { range: range(info.cluster as usize), width: 0.0, glyphs: Vec::new() });
        }
        if let Some(cluster) = clusters.last_mut() {
            let part = |value: i32| value as f32 / units;
            let shift = [cluster.width + part(position.x_offset), part(position.y_offset)];
            cluster.glyphs.push(PlacedGlyph { id: info.glyph_id as u16, shift });
            cluster.width += part(position.x_advance);
        }
    }
    if clusters.is_empty() && !text.is_empty() {
        clusters.push(Cluster { range: 0..text.len(), width: 0.0, glyphs: Vec::new() });
    }
    clusters
}

/// What tells a font for several traditions which forms to take.
fn language(tradition: Tradition) -> Option<Language> {
    let tag = match tradition {
        Tradition::None => return None,
        Tradition::Simplified => "zh-Hans",
        Tradition::Traditional => "zh-Hant",
        Tradition::Japanese => "ja",
        Tradition::Korean => "ko",
    };
    Language::new(tag)
}
