//! Shaped words in a content stream: glyph by glyph from left to right, each with what it says.

use std::io::Write;

use crate::base::shaping::{Ink, Part, PlacedGlyph, Shaped};
use crate::base::system_fonts::SystemFace;

use super::super::display::TextItem;
use super::content::Writer;

/// Glyphs that stand closer to where the pen is than this part of the font size follow it.
const CLOSE: f32 = 0.002;

/// Glyphs that are not yet written.
struct Open {
    /// Where the pen will be, right of the start of the item and above its baseline.
    pen: [f32; 2],
    number: usize,
    scale: f32,
}

impl Writer<'_> {
    /// Shows shaped words.
    pub(super) fn shaped(&mut self, item: &TextItem, shaped: &Shaped) {
        let mut open: Option<Open> = None;
        for part in &shaped.parts {
            let words = item.text.get(part.range.clone()).unwrap_or_default();
            match &part.ink {
                Ink::Glyphs { face, glyphs } => self.glyphs(item, part, (*face, glyphs, words), &mut open),
                Ink::Text => {
                    self.close(&mut open);
                    self.move_to(item, part.at);
                    self.show(item.style, item.size * part.scale, words);
                }
                Ink::Mirrored(character) => {
                    self.close(&mut open);
                    self.move_to(item, part.at);
                    self.begin_actual(words);
                    self.show(item.style, item.size * part.scale, character.encode_utf8(&mut [0; 4]));
                    self.out.extend_from_slice(b"EMC\n");
                }
            }
        }
        self.close(&mut open);
    }

    fn glyphs(
        &mut self,
        item: &TextItem,
        part: &Part,
        (face, glyphs, words): (SystemFace, &[PlacedGlyph], &str),
        open: &mut Option<Open>,
    ) {
        let says_itself = match glyphs {
            [] => return,
            [only] => self.glyphs.get(face, only.id).is_some_and(|(_, code)| code.text == words),
            _ => false,
        };
        if !says_itself {
            self.close(open);
            // Where the words begin, before they are named: some programs take the place from there.
            self.move_to(item, [part.at[0] + glyphs[0].shift[0], part.at[1] + glyphs[0].shift[1]]);
            self.begin_actual(words);
        }
        for glyph in glyphs {
            let Some((number, code)) = self.glyphs.get(face, glyph.id) else { continue };
            let at = [part.at[0] + glyph.shift[0], part.at[1] + glyph.shift[1]];
            let follows = open.as_ref().is_some_and(|open| {
                let near = |one: f32, other: f32| (one - other).abs() < CLOSE;
                open.number == number
                    && near(open.scale, part.scale)
                    && near(open.pen[0], at[0])
                    && near(open.pen[1], at[1])
            });
            if !follows {
                self.close(open);
                self.move_to(item, at);
                self.system_font(number, item.size * part.scale);
                self.out.push(b'<');
            }
            // Writing into memory cannot fail.
            let _ = write!(self.out, "{:04X}", code.code);
            let pen = [at[0] + f32::from(code.advance) / 1000.0 * part.scale, at[1]];
            *open = Some(Open { pen, number, scale: part.scale });
        }
        if !says_itself {
            self.close(open);
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    fn close(&mut self, open: &mut Option<Open>) {
        if open.take().is_some() {
            self.out.extend_from_slice(b"> Tj\n");
        }
    }

    /// Puts the pen right of the start of an item and above its baseline.
    fn move_to(&mut self, item: &TextItem, [right, up]: [f32; 2]) {
        let (cosine, sine) = item.direction.vector();
        let (right, up) = (right * item.size, up * item.size);
        let x = item.x + cosine * right - sine * up;
        let y = self.height - item.y + sine * right + cosine * up;
        self.numbers(&[cosine, sine, -sine, cosine, x, y]);
        self.out.extend_from_slice(b"Tm\n");
    }
}
