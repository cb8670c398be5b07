//! Pages of the display list on screen: what the PDF has, with the fonts that the PDF has, in the colours of paper.

use std::collections::HashMap;

use eframe::egui::emath::Rot2;
use eframe::egui::epaint::TextShape;
use eframe::egui::{
    Color32, ColorImage, Context, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Ui, pos2, vec2,
};

use crate::base::fonts::Style;
use crate::base::shaping::{Ink, Shaped};
use crate::base::system_fonts::{SystemFace, character_of, numbered};
use crate::report::display::{Item, Page, TextItem};
use crate::report::doc::Rgb;
use crate::report::picture::Picture;
use crate::ui::drawn::drawn;
use crate::ui::kit::symbol::{SymbolColors, paint_symbol};
use crate::ui::kit::system_fonts::{self, numbered_font};
use crate::ui::kit::{Symbol, Tokens, Weight, font};

/// Words smaller than this on screen are left out: they would only be grey.
const LEAST_WORDS: f32 = 2.0;
/// How many pages are kept ready.
const KEPT: usize = 8;

/// Pages ready to be painted at a scale.
#[derive(Default)]
pub(super) struct Sheets {
    scale: f32,
    pixels: f32,
    fill: f32,
    fonts: u64,
    ready: HashMap<usize, Ready>,
}

/// What is painted of a page, from its upper left corner on.
struct Ready {
    shapes: Vec<Shape>,
    symbols: Vec<(Rect, Symbol, Color32)>,
    /// Kept for as long as the shapes that show them.
    textures: Vec<TextureHandle>,
}

impl Sheets {
    /// The pages are others now.
    pub(super) fn forget(&mut self) {
        self.ready.clear();
    }

    /// Forgets what no longer holds.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is not general enough in its lifetimes"
    )]
    pub(super) fn begin(&mut self, ctx: &Context, scale: f32) {
        // When the atlas of glyphs runs full, the toolkit starts a new one, and old words point at nothing.
        let (fill, pixels) = (ctx.fonts(|fonts| fonts.font_atlas_fill_ratio()), ctx.pixels_per_point());
        let fonts = system_fonts::generation();
        let holds = (self.scale, self.pixels, self.fonts) == (scale, pixels, fonts) && fill >= self.fill;
        if !holds || self.ready.len() > KEPT {
            self.ready.clear();
        }
        (self.scale, self.pixels, self.fill, self.fonts) = (scale, pixels, fill, fonts);
    }

    /// Paints a page into a rectangle.
    pub(super) fn paint(&mut self, ui: &Ui, number: usize, page: &Page, rect: Rect, scale: f32) {
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, Color32::WHITE);
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, Tokens::of(ui).strong_line), StrokeKind::Outside);
        let ready = self.ready.entry(number).or_insert_with(|| Ready::new(painter, page, scale));
        let by = rect.min.to_vec2();
        painter.extend(ready.shapes.iter().map(|shape| {
            let mut shape = shape.clone();
            shape.translate(by);
            shape
        }));
        for (area, symbol, ink) in &ready.symbols {
            let colors = SymbolColors { ink: *ink, paper: Color32::WHITE };
            paint_symbol(painter, area.translate(by), symbol, colors);
        }
    }
}

impl Ready {
    fn new(painter: &Painter, page: &Page, scale: f32) -> Self {
        let mut ready =
            Self { shapes: Vec::with_capacity(page.items.len()), symbols: Vec::new(), textures: Vec::new() };
        for item in &page.items {
            match item {
                Item::Text(text) => words(painter, text, scale, &mut ready.shapes),
                Item::Line { ends: [x0, y0, x1, y1], width, colour } => {
                    let ends = [pos2(*x0, *y0) * scale, pos2(*x1, *y1) * scale];
                    // A hairline of paper is a fine line on screen.
                    ready.shapes.push(Shape::line_segment(ends, Stroke::new((width * scale).max(0.6), ink(*colour))));
                }
                Item::Rect { area: [x, y, width, height], colour } => {
                    let area = Rect::from_min_size(pos2(*x, *y) * scale, vec2(*width, *height) * scale);
                    ready.shapes.push(Shape::rect_filled(area, 0.0, ink(*colour)));
                }
                Item::Picture { area: [x, y, width, height], picture } => {
                    let area = Rect::from_min_size(pos2(*x, *y) * scale, vec2(*width, *height) * scale);
                    let texture = texture(painter.ctx(), picture, area);
                    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                    ready.shapes.push(Shape::image(texture.id(), area, whole, Color32::WHITE));
                    ready.textures.push(texture);
                }
                Item::Symbol { x, y, side, shape, text, colour, .. } => {
                    let area = Rect::from_min_size(pos2(*x, *y) * scale, vec2(*side, *side) * scale);
                    ready.symbols.push((area, drawn(shape, text), ink(*colour)));
                }
            }
        }
        ready
    }
}

/// A picture with as many pixels as the screen shows of it: a graphics card would leave some out.
fn texture(ctx: &Context, picture: &Picture, area: Rect) -> TextureHandle {
    let pixels = ctx.pixels_per_point();
    let side = |points: f32| (points * pixels).ceil().max(1.0) as u32;
    let (width, height, rgba) = picture.reduced(side(area.width()), side(area.height()));
    let image = ColorImage::from_rgba_unmultiplied([width as usize, height as usize], &rgba);
    ctx.load_texture("logo", image, TextureOptions::LINEAR)
}

fn ink(Rgb(red, green, blue): Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// The words of an item as shapes: on one line with the bundled fonts, or glyph by glyph where they are shaped.
fn words(painter: &Painter, item: &TextItem, scale: f32, shapes: &mut Vec<Shape>) {
    let points = item.size * scale;
    if points < LEAST_WORDS {
        return;
    }
    let weight = match item.style {
        Style::Regular => Weight::Regular,
        Style::Medium => Weight::Medium,
        Style::Bold => Weight::Bold,
        Style::Italic => Weight::Italic,
    };
    let Some(shaped) = &item.shaped else {
        let text = if item.hyphen { format!("{}-", item.text) } else { item.text.clone() };
        shapes.extend(line(painter, item, text, font(weight, points), pos2(item.x, item.y) * scale));
        return;
    };
    let (cosine, sine) = item.direction.vector();
    let place = |[right, up]: [f32; 2]| {
        let (right, up) = (right * item.size, up * item.size);
        pos2(item.x + cosine * right - sine * up, item.y - sine * right - cosine * up) * scale
    };
    for row in rows(shaped, &item.text) {
        let font = match row.face {
            // Without the font there is nothing to draw them with.
            Some(face) if numbered(face).is_none() => continue,
            Some(face) => numbered_font(face, points * row.scale),
            None => font(weight, points * row.scale),
        };
        shapes.extend(line(painter, item, row.text, font, place(row.at)));
    }
}

/// Characters that the toolkit sets one behind the other.
struct SetRow {
    face: Option<SystemFace>,
    text: String,
    at: [f32; 2],
    scale: f32,
    /// Where the pen is behind them.
    pen: f32,
}

/// What is drawn, glyphs that follow each other together: each on its own would be moved to the next pixel.
fn rows(shaped: &Shaped, text: &str) -> Vec<SetRow> {
    /// Glyphs that stand closer to where the pen is than this part of the font size follow it.
    const CLOSE: f32 = 0.002;
    let mut rows: Vec<SetRow> = Vec::new();
    for part in &shaped.parts {
        let mut add = |face: Option<SystemFace>, text: &str, at: [f32; 2], width: f32| {
            let near = |one: f32, other: f32| (one - other).abs() < CLOSE;
            let scale = part.scale;
            match rows.last_mut() {
                Some(last)
                    if face.is_some()
                        && last.face == face
                        && near(last.scale, scale)
                        && near(last.at[1], at[1])
                        && near(last.pen, at[0]) =>
                {
                    last.text.push_str(text);
                    last.pen = at[0] + width;
                }
                _ => rows.push(SetRow { face, text: text.to_owned(), at, scale, pen: at[0] + width }),
            }
        };
        match &part.ink {
            Ink::Text => add(None, text.get(part.range.clone()).unwrap_or_default(), part.at, part.width),
            Ink::Mirrored(character) => add(None, character.encode_utf8(&mut [0; 4]), part.at, part.width),
            Ink::Glyphs { face, glyphs } => {
                for glyph in glyphs {
                    let Some(character) = character_of(glyph.id) else { continue };
                    let at = [part.at[0] + glyph.shift[0], part.at[1] + glyph.shift[1]];
                    let width = f32::from(face.advance(glyph.id)) / 1000.0 * part.scale;
                    add(Some(*face), character.encode_utf8(&mut [0; 4]), at, width);
                }
            }
        }
    }
    rows
}

/// A text on one line, from its place on the baseline on.
fn line(painter: &Painter, item: &TextItem, text: String, font: FontId, at: Pos2) -> Option<Shape> {
    if text.is_empty() {
        return None;
    }
    let color = ink(item.colour);
    let galley = painter.layout_no_wrap(text, font, color);
    let row = galley.rows.first()?;
    let baseline = row.pos.y + row.row.glyphs.first()?.pos.y;
    let (cosine, sine) = item.direction.vector();
    // The screen turns clockwise, paper the other way.
    let angle = -sine.atan2(cosine);
    let corner = Rot2::from_angle(angle) * vec2(0.0, baseline);
    Some(TextShape::new(at - corner, galley, color).with_angle(angle).into())
}
