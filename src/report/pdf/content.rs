//! The content stream of a page, written from the display list.

use std::io::Write;

use crate::base::fonts::{Face, Style, fonts};
use crate::model::symbol::{Paint, SymbolShape};

use super::super::display::{Direction, Item, Page, Region, TextItem};
use super::super::doc::Rgb;
use super::codes::Codes;
use super::glyphs::SystemGlyphs;
use super::pictures::{self, Pictures};
use super::system_fonts;

/// How letters inside of symbols are set.
pub(super) const LABEL_STYLE: Style = Style::Medium;
/// Width of the lines of a symbol, in parts of its side.
const SYMBOL_LINE: f32 = 0.065;

/// The name of a font among the resources of a page.
pub(super) fn font_name(face: Face) -> &'static str {
    match face {
        Face::Regular => "F1",
        Face::Medium => "F2",
        Face::Bold => "F3",
        Face::Italic => "F4",
        Face::Math => "F5",
        Face::Symbols => "F6",
    }
}

/// The operators that paint a page.
pub(super) fn content(page: &Page, codes: &Codes, glyphs: &SystemGlyphs, pictures: &Pictures<'_>) -> Vec<u8> {
    let mut writer = Writer {
        out: Vec::with_capacity(page.items.len() * 64),
        codes,
        glyphs,
        pictures,
        height: page.height,
        fill: None,
        stroke: None,
        width: None,
        font: None,
        in_text: false,
        artifact: false,
    };
    for item in &page.items {
        writer.item(item);
    }
    writer.leave_text();
    writer.set_artifact(false);
    writer.out
}

/// Writes the operators of a page.
pub(super) struct Writer<'c> {
    pub out: Vec<u8>,
    codes: &'c Codes,
    pub glyphs: &'c SystemGlyphs,
    pictures: &'c Pictures<'c>,
    pub height: f32,
    fill: Option<Rgb>,
    stroke: Option<Rgb>,
    width: Option<f32>,
    font: Option<(Font, f32)>,
    in_text: bool,
    artifact: bool,
}

/// A font that is selected.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Font {
    Bundled(Face),
    System(usize),
}

impl Writer<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Text(text) => self.text(text),
            Item::Line { ends: [x1, y1, x2, y2], width, colour } => {
                self.leave_text();
                self.stroke_with(*colour, *width);
                let bottom = self.height;
                self.numbers(&[*x1, bottom - y1]);
                self.out.extend_from_slice(b"m ");
                self.numbers(&[*x2, bottom - y2]);
                self.out.extend_from_slice(b"l S\n");
            }
            Item::Rect { area: [x, y, width, height], colour } => {
                self.leave_text();
                self.fill_with(*colour);
                self.numbers(&[*x, self.height - y - height, *width, *height]);
                self.out.extend_from_slice(b"re f\n");
            }
            Item::Picture { area: [x, y, width, height], picture } => {
                let Some(number) = self.pictures.number(picture) else { return };
                self.set_artifact(true);
                self.leave_text();
                self.out.extend_from_slice(b"q ");
                self.numbers(&[*width, 0.0, 0.0, *height, *x, self.height - y - height]);
                let _ = writeln!(self.out, "cm /{} Do Q", pictures::name(number));
            }
            Item::Symbol { x, y, side, shape, text, colour, .. } => {
                self.set_artifact(false);
                self.leave_text();
                self.begin_actual(text);
                self.symbol(*x, *y, *side, shape, *colour);
                self.leave_text();
                self.out.extend_from_slice(b"EMC\n");
            }
        }
    }

    /// Begins what is found and copied as these words.
    pub(super) fn begin_actual(&mut self, words: &str) {
        self.out.extend_from_slice(b"/Span <</ActualText <FEFF");
        for unit in words.encode_utf16() {
            // Writing into memory cannot fail.
            let _ = write!(self.out, "{unit:04X}");
        }
        self.out.extend_from_slice(b">>> BDC\n");
    }

    /// Marks what is not part of the words of the document, such as a watermark.
    fn set_artifact(&mut self, artifact: bool) {
        if self.artifact != artifact {
            self.leave_text();
            self.out.extend_from_slice(if artifact { b"/Artifact BMC\n" } else { b"EMC\n" });
            self.artifact = artifact;
        }
    }

    fn leave_text(&mut self) {
        if self.in_text {
            self.out.extend_from_slice(b"ET\n");
            self.in_text = false;
        }
    }

    fn enter_text(&mut self) {
        if !self.in_text {
            self.out.extend_from_slice(b"BT\n");
            self.in_text = true;
        }
    }

    fn text(&mut self, item: &TextItem) {
        let watermark = item.region == Region::Page && item.direction == Direction::Diagonal;
        self.set_artifact(watermark);
        self.fill_with(item.colour);
        self.enter_text();
        let (cosine, sine) = item.direction.vector();
        self.numbers(&[cosine, sine, -sine, cosine, item.x, self.height - item.y]);
        self.out.extend_from_slice(b"Tm\n");
        match &item.shaped {
            Some(shaped) => self.shaped(item, shaped),
            None => self.show(item.style, item.size, &item.text),
        }
        if item.hyphen {
            self.out.extend_from_slice(b"/Span <</ActualText <FEFF>>> BDC\n");
            self.show(item.style, item.size, "-");
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    /// Shows a text at the pen, font by font.
    pub(super) fn show(&mut self, style: Style, size: f32, text: &str) {
        let mut open = false;
        for character in text.chars() {
            let Some(code) = self.codes.get(style, character) else { continue };
            if self.font != Some((Font::Bundled(code.face), size)) {
                if open {
                    self.out.extend_from_slice(b") Tj\n");
                    open = false;
                }
                self.font = Some((Font::Bundled(code.face), size));
                let _ = write!(self.out, "/{} ", font_name(code.face));
                self.numbers(&[size]);
                self.out.extend_from_slice(b"Tf\n");
            }
            if !open {
                self.out.push(b'(');
                open = true;
            }
            for byte in code.code.to_be_bytes() {
                match byte {
                    b'(' | b')' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
                    b'\r' => self.out.extend_from_slice(b"\\r"),
                    b'\n' => self.out.extend_from_slice(b"\\n"),
                    _ => self.out.push(byte),
                }
            }
        }
        if open {
            self.out.extend_from_slice(b") Tj\n");
        }
    }

    /// Selects a font of the system.
    pub(super) fn system_font(&mut self, number: usize, size: f32) {
        if self.font != Some((Font::System(number), size)) {
            self.font = Some((Font::System(number), size));
            let _ = write!(self.out, "/{} ", system_fonts::font_name(number));
            self.numbers(&[size]);
            self.out.extend_from_slice(b"Tf\n");
        }
    }

    fn symbol(&mut self, x: f32, y: f32, side: f32, shape: &SymbolShape, colour: Rgb) {
        // Lines stay within the square.
        let line = SYMBOL_LINE * side;
        let (left, top, side) = (x + line / 2.0, self.height - y - line / 2.0, side - line);
        for outline in shape.outlines() {
            match outline.paint {
                Paint::Line => self.stroke_with(colour, line),
                Paint::Solid => self.fill_with(colour),
            }
            for (index, [px, py]) in outline.points.iter().enumerate() {
                self.numbers(&[left + px * side, top - py * side]);
                self.out.extend_from_slice(if index == 0 { b"m " } else { b"l " });
            }
            self.out.extend_from_slice(match (outline.paint, outline.closed) {
                (Paint::Solid, _) => b"h f\n",
                (Paint::Line, true) => b"h S\n",
                (Paint::Line, false) => b"S  \n",
            });
        }
        if let Some(label) = shape.label() {
            let area = shape.label_area();
            let (width, height) = ((area.max[0] - area.min[0]) * side, (area.max[1] - area.min[1]) * side);
            let capitals = fonts().metrics(LABEL_STYLE.face()).cap_height;
            let per_point = fonts().width(LABEL_STYLE, label).max(0.01);
            let size = (width / per_point).min(height / capitals);
            let text_x = left + area.min[0] * side + (width - per_point * size) / 2.0;
            let text_y = top - area.max[1] * side + (height - capitals * size) / 2.0;
            self.fill_with(colour);
            self.enter_text();
            self.numbers(&[1.0, 0.0, 0.0, 1.0, text_x, text_y]);
            self.out.extend_from_slice(b"Tm\n");
            self.show(LABEL_STYLE, size, label);
        }
    }

    fn fill_with(&mut self, colour: Rgb) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.colour(colour);
            self.out.extend_from_slice(b"rg\n");
        }
    }

    fn stroke_with(&mut self, colour: Rgb, width: f32) {
        if self.stroke != Some(colour) {
            self.stroke = Some(colour);
            self.colour(colour);
            self.out.extend_from_slice(b"RG\n");
        }
        if self.width != Some(width) {
            self.width = Some(width);
            self.numbers(&[width]);
            self.out.extend_from_slice(b"w\n");
        }
    }

    fn colour(&mut self, Rgb(red, green, blue): Rgb) {
        self.numbers(&[red, green, blue].map(|part| f32::from(part) / 255.0));
    }

    /// Numbers with three decimals, a blank behind each.
    pub(super) fn numbers(&mut self, values: &[f32]) {
        for value in values {
            let thousandths = (f64::from(*value) * 1000.0).round() as i64;
            if thousandths < 0 {
                self.out.push(b'-');
            }
            let (whole, rest) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
            integer(&mut self.out, whole);
            if rest > 0 {
                let digits = [b'.', b'0' + (rest / 100) as u8, b'0' + (rest / 10 % 10) as u8, b'0' + (rest % 10) as u8];
                let length = if rest % 100 == 0 {
                    2
                } else if rest % 10 == 0 {
                    3
                } else {
                    4
                };
                self.out.extend_from_slice(&digits[..length]);
            }
            self.out.push(b' ');
        }
    }
}

fn integer(out: &mut Vec<u8>, value: u64) {
    if value >= 10 {
        integer(out, value / 10);
    }
    out.push(b'0' + (value % 10) as u8);
}
