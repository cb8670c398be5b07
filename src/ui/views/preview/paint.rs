//! Pages of the display list on screen: what the PDF has, with the fonts that the PDF has, in the colours of paper.

use std::collections::HashMap;

use eframe::egui::emath::Rot2;
use eframe::egui::epaint::TextShape;
use eframe::egui::{
    Color32, ColorImage, Context, Painter, Rect, Shape, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, pos2,
    vec2,
};

use crate::base::fonts::Style;
use crate::report::display::{Item, Page, TextItem};
use crate::report::doc::Rgb;
use crate::report::picture::Picture;
use crate::ui::drawn::drawn;
use crate::ui::kit::symbol::{SymbolColors, paint_symbol};
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
        let holds = (self.scale, self.pixels) == (scale, pixels) && fill >= self.fill;
        if !holds || self.ready.len() > KEPT {
            self.ready.clear();
        }
        (self.scale, self.pixels, self.fill) = (scale, pixels, fill);
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
                Item::Text(text) => ready.shapes.extend(words(painter, text, scale)),
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

fn words(painter: &Painter, item: &TextItem, scale: f32) -> Option<Shape> {
    let points = item.size * scale;
    if points < LEAST_WORDS || item.text.is_empty() {
        return None;
    }
    let weight = match item.style {
        Style::Regular => Weight::Regular,
        Style::Medium => Weight::Medium,
        Style::Bold => Weight::Bold,
        Style::Italic => Weight::Italic,
    };
    let text = if item.hyphen { format!("{}-", item.text) } else { item.text.clone() };
    let color = ink(item.colour);
    let galley = painter.layout_no_wrap(text, font(weight, points), color);
    let row = galley.rows.first()?;
    let baseline = row.pos.y + row.row.glyphs.first()?.pos.y;
    let (cosine, sine) = item.direction.vector();
    // The screen turns clockwise, paper the other way.
    let angle = -sine.atan2(cosine);
    let corner = Rot2::from_angle(angle) * vec2(0.0, baseline);
    let at = pos2(item.x, item.y) * scale - corner;
    Some(TextShape::new(at, galley, color).with_angle(angle).into())
}
