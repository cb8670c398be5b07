//! How cells look. A format is made once for each look, however many cells have it.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::model::form::Rule;
use crate::model::rating::Priority;

use super::book::{Align, Colour};
use super::heights::BODY;

/// The font of workbooks: there, or replaced by one with the same widths, on every system.
pub(super) const FONT: &str = "Arial";
/// Ink of body text.
const INK: Colour = [0x1a, 0x1d, 0x21];
/// Ink of labels.
const QUIET: Colour = [0x59, 0x62, 0x6d];
/// Lines.
const LINE: Colour = [0x6b, 0x73, 0x7c];
/// The ground of labels.
const LABEL: Colour = [0xf4, 0xf5, 0xf6];

/// What a cell of the form looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Look {
    /// The line above.
    pub rule: Rule,
    /// Whether the form ends below it.
    pub last: bool,
    /// Where the text stands.
    pub align: Align,
    /// How its value is written.
    pub value: ValueLook,
    /// Whether the value is marked as following from another method.
    pub indicative: bool,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ValueLook {
    /// Text.
    Text,
    /// Text that would be taken for a formula if somebody typed it.
    Quoted,
    /// A number with so many decimals.
    Number(u8),
    /// A day.
    Day,
}

/// The formats of a workbook.
#[derive(Debug, Default)]
pub(super) struct Looks {
    known: HashMap<Look, Format>,
}

impl Looks {
    /// The format of a look.
    pub(super) fn of(&mut self, look: Look) -> &Format {
        self.known.entry(look).or_insert_with(|| format(look))
    }
}

fn format(look: Look) -> Format {
    let format = body().set_align(match look.align {
        Align::Left => FormatAlign::Left,
        Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    });
    let mark = if look.indicative { "\"*\"" } else { "" };
    let format = match look.value {
        ValueLook::Text if look.indicative => format.set_num_format(format!("@{mark}")),
        ValueLook::Text => format,
        ValueLook::Quoted => format.set_quote_prefix(),
        ValueLook::Number(0) => format.set_num_format(format!("0{mark}")),
        ValueLook::Number(decimals) => format.set_num_format(format!("0.{}{mark}", "0".repeat(usize::from(decimals)))),
        ValueLook::Day => format.set_num_format("yyyy-mm-dd"),
    };
    let above = match look.rule {
        Rule::Hair => FormatBorder::Hair,
        Rule::Mode => FormatBorder::Thin,
        Rule::Step => FormatBorder::Medium,
    };
    let below = if look.last { FormatBorder::Medium } else { FormatBorder::Hair };
    sides(format)
        .set_border_top(above)
        .set_border_top_color(colour(LINE))
        .set_border_bottom(below)
        .set_border_bottom_color(colour(LINE))
}

/// Body text: wrapped, at the top of the cell.
pub(super) fn body() -> Format {
    sized(f64::from(BODY)).set_text_wrap().set_align(FormatAlign::Top)
}

fn sized(size: f64) -> Format {
    Format::new().set_font_name(FONT).set_font_size(size).set_font_color(colour(INK))
}

fn sides(format: Format) -> Format {
    let (line, ink) = (FormatBorder::Thin, colour(LINE));
    format.set_border_left(line).set_border_right(line).set_border_left_color(ink).set_border_right_color(ink)
}

fn boxed(format: Format) -> Format {
    let (line, ink) = (FormatBorder::Thin, colour(LINE));
    sides(format).set_border_top(line).set_border_bottom(line).set_border_top_color(ink).set_border_bottom_color(ink)
}

/// A heading on its ground.
pub(super) fn heading(tint: Colour, turned: bool) -> Format {
    let format = boxed(sized(f64::from(BODY)).set_bold().set_text_wrap().set_background_color(colour(tint)));
    let format = format.set_align(FormatAlign::Center);
    if turned {
        format.set_rotation(90).set_align(FormatAlign::Bottom)
    } else {
        format.set_align(FormatAlign::VerticalCenter)
    }
}

/// The title of the form.
pub(super) fn title() -> Format {
    sized(13.0).set_bold().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

/// A line beside the title.
pub(super) fn strip(align: Align, bold: bool) -> Format {
    let format = sized(9.0).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let format = match align {
        Align::Left => format.set_align(FormatAlign::Left),
        Align::Centre => format.set_align(FormatAlign::Center),
        Align::Right => format.set_align(FormatAlign::Right),
    };
    if bold { format.set_bold() } else { format }
}

/// The label of a field of the header.
pub(super) fn label() -> Format {
    let format = sized(6.5).set_font_color(colour(QUIET)).set_text_wrap().set_align(FormatAlign::Top);
    let ink = colour(LINE);
    sides(format).set_border_top(FormatBorder::Thin).set_border_top_color(ink).set_background_color(colour(LABEL))
}

/// The value of a field of the header.
pub(super) fn field(day: bool) -> Format {
    let format = sides(body()).set_align(FormatAlign::Left).set_border_bottom(FormatBorder::Thin);
    let format = format.set_border_bottom_color(colour(LINE));
    if day { format.set_num_format("yyyy-mm-dd") } else { format }
}

/// A line behind the form.
pub(super) fn note(title: bool) -> Format {
    if title { body().set_bold() } else { body() }
}

/// A text that shows otherwise than it is written.
pub(super) fn sign(text: &str) -> Format {
    Format::new().set_num_format(format!("General;General;General;{text}"))
}

/// The ground and the ink of an action priority, the same as on paper.
pub(super) fn priority(priority: Priority) -> Format {
    let ground = match priority {
        Priority::High => [0xfb, 0xe6, 0xe4],
        Priority::Medium => [0xff, 0xf0, 0xcf],
        Priority::Low => [0xe4, 0xf3, 0xe8],
    };
    Format::new().set_background_color(colour(ground))
}

fn colour([red, green, blue]: Colour) -> Color {
    Color::RGB(u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue))
}
