//! A face with its glyphs by number.
//!
//! What is shaped is a row of glyphs, but the toolkit of the window shows characters. So it is given the face with another
//! map of characters: a private one for each glyph. Then the screen shows what paper shows, drawn and kept as all its letters.

use skrifa::raw::TableProvider;
use skrifa::raw::types::Tag;
use write_fonts::FontBuilder;

use super::SystemFace;
use super::listing::Loaded;

/// The character of glyph 0. The private planes have one for nearly every glyph that a font can have.
const FIRST: u32 = 0x000f_0000;

/// The character that stands for a glyph; `None` for one of the last two that a font can have.
pub fn character_of(glyph: u16) -> Option<char> {
    char::from_u32(FIRST + u32::from(glyph))
}

/// The face as a font file of its own, in which [`character_of`] finds each glyph; made once.
pub fn numbered(face: SystemFace) -> Option<&'static [u8]> {
    let loaded = face.loaded()?;
    loaded.numbered.get_or_init(|| made(loaded)).as_deref()
}

fn made(loaded: &Loaded) -> Option<Vec<u8>> {
    let font = loaded.font()?;
    let glyphs = u32::from(font.maxp().ok()?.num_glyphs()).min(0xfffe);
    let mut builder = FontBuilder::new();
    for record in font.table_directory().table_records() {
        // Rules of shaping would be followed a second time, and signatures no longer hold.
        let is_left_out = [b"cmap", b"GSUB", b"GPOS", b"GDEF", b"kern", b"morx", b"kerx", b"DSIG", b"BASE", b"JSTF"]
            .contains(&&record.tag().to_be_bytes());
        if let (false, Some(data)) = (is_left_out, font.data_for_tag(record.tag())) {
            builder.add_raw(write_fonts::types::Tag::new(&record.tag().to_be_bytes()), data.as_bytes().to_vec());
        }
    }
    builder.add_raw(write_fonts::types::Tag::new(&Tag::new(b"cmap").to_be_bytes()), map(glyphs));
    Some(builder.build())
}

/// A map of characters with a single group (format 12).
fn map(glyphs: u32) -> Vec<u8> {
    let mut table = Vec::new();
    let mut halves = |values: &[u16]| values.iter().for_each(|value| table.extend(value.to_be_bytes()));
    // Version 0 with one map, for Windows and all of Unicode, behind this header of twelve bytes; format 12.
    halves(&[0, 1, 3, 10, 0, 12, 12, 0]);
    let last = FIRST + glyphs.saturating_sub(1);
    for value in [28, 0, 1, FIRST, last, 0_u32] {
        table.extend(value.to_be_bytes());
    }
    table
}
