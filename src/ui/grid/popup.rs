//! What opens beside an editor: a list to choose from, and a line of remarks.

use eframe::egui::{
    Align2, Area, Color32, Frame, Id, Margin, Order, Rect, Response, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::source::{EditOption, Remark};
use crate::ui::kit::{SymbolColors, Tokens, Weight, font, paint_symbol, size, symbol::symbol_size};

/// Height of a row of a list, if its words need one line.
const ROW: f32 = 24.0;

/// A list beside a field.
pub(super) struct List<'l> {
    /// Above the rows.
    pub(super) heading: Option<&'l str>,
    /// The rows.
    pub(super) rows: Vec<&'l EditOption>,
    /// The one that is lit.
    pub(super) lit: Option<usize>,
    /// Keep the lit row in sight.
    pub(super) follow: bool,
}

impl List<'_> {
    /// Shows the list below the field, or above it if there is no room; which row was clicked, and where the list stands.
    pub(super) fn show(&self, ui: &Ui, id: Id, field: Rect, tokens: &'static Tokens) -> (Option<usize>, Rect) {
        let screen = ui.ctx().content_rect();
        let heading = if self.heading.is_some() { ROW } else { 0.0 };
        let wanted = (self.rows.len() as f32 * ROW + heading + 8.0).min(12.0 * ROW);
        let below = screen.bottom() - field.bottom() - 8.0;
        let above = field.top() - screen.top() - 8.0;
        let (pivot, at, room) = if below >= wanted.min(6.0 * ROW) || below >= above {
            (Align2::LEFT_TOP, field.left_bottom() + vec2(0.0, 2.0), below)
        } else {
            (Align2::LEFT_BOTTOM, field.left_top() - vec2(0.0, 2.0), above)
        };
        let mut chosen = None;
        let is_wide = self.heading.is_some() || self.rows.iter().any(|row| !row.remark.is_empty());
        let width = field.width().clamp(if is_wide { 340.0 } else { 260.0 }, 460.0);
        let area =
            Area::new(id).order(Order::Foreground).fixed_pos(at).pivot(pivot).constrain(true).fade_in(false).show(
                ui.ctx(),
                |ui| {
                    Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
                        ui.set_width(width);
                        ui.spacing_mut().item_spacing.y = 0.0;
                        if let Some(heading) = self.heading {
                            let text = ui.painter().layout(
                                heading.to_owned(),
                                font(Weight::Regular, size::CAPTION_TEXT),
                                tokens.quiet,
                                width - 12.0,
                            );
                            let (rect, response) =
                                ui.allocate_exact_size(vec2(width, text.size().y + 8.0), Sense::hover());
                            ui.painter().galley(rect.min + vec2(6.0, 4.0), text, tokens.quiet);
                            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, heading));
                        }
                        ScrollArea::vertical().max_height(room.clamp(3.0 * ROW, 12.0 * ROW)).show(ui, |ui| {
                            for (order, option) in self.rows.iter().enumerate() {
                                let lit = self.lit == Some(order);
                                let response = row(ui, option, lit, tokens);
                                if lit && self.follow {
                                    response.scroll_to_me(None);
                                }
                                if response.clicked() {
                                    chosen = Some(order);
                                }
                            }
                        });
                    });
                },
            );
        (chosen, area.response.rect)
    }
}

fn row(ui: &mut Ui, option: &EditOption, lit: bool, tokens: &Tokens) -> Response {
    let pad = vec2(6.0, 4.0);
    let width = ui.available_width();
    let painter = ui.painter().clone();
    let quiet =
        |text: &str| painter.layout_no_wrap(text.to_owned(), font(Weight::Regular, size::CAPTION_TEXT), tokens.quiet);
    let remark = (!option.remark.is_empty()).then(|| quiet(&option.remark));
    let behind = remark.as_ref().map_or(0.0, |remark| remark.size().x + 10.0);
    let side = size::GRID_TEXT * 1.3;
    let drawn = option.symbol.as_ref().map_or(Vec2::ZERO, |symbol| symbol_size(symbol, side) + vec2(6.0, 0.0));
    let id = font(Weight::Regular, size::GRID_TEXT);
    let room = (width - 2.0 * pad.x - behind - drawn.x).max(40.0);
    let galley = painter.layout(option.label.clone(), id, tokens.text, room);
    let height = galley.size().y.max(drawn.y) + 2.0 * pad.y;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::CLICK);
    let fill = match (lit, response.hovered()) {
        (true, _) => Some(tokens.selection_fill()),
        (false, true) => Some(tokens.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        painter.rect_filled(rect, f32::from(size::CORNER), fill);
    }
    if option.linked {
        let thread = Rect::from_min_size(rect.min + vec2(0.0, 3.0), vec2(size::THREAD, rect.height() - 6.0));
        painter.rect_filled(thread, 0.0, tokens.gold);
    }
    let mut left = rect.min + pad;
    if let Some(symbol) = &option.symbol {
        let colors = SymbolColors { ink: tokens.text, paper: tokens.paper };
        let at = Rect::from_min_size(pos2(left.x, rect.center().y - drawn.y / 2.0), drawn - vec2(6.0, 0.0));
        paint_symbol(&painter, at, symbol, colors);
        left.x += drawn.x;
    }
    painter.galley(left, galley, tokens.text);
    if let Some(remark) = remark {
        let at = pos2(rect.right() - pad.x - remark.size().x, rect.center().y - remark.size().y / 2.0);
        painter.galley(at, remark, tokens.quiet);
    }
    let spoken =
        if option.remark.is_empty() { option.label.clone() } else { format!("{}, {}", option.label, option.remark) };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, lit, &spoken));
    response
}

/// Shows remarks above the field, or below it where a list stands above.
pub(super) fn show_remarks(
    ui: &Ui,
    id: Id,
    remarks: &[Remark],
    field: Rect,
    list: Option<Rect>,
    tokens: &'static Tokens,
) {
    if remarks.is_empty() {
        return;
    }
    let (pivot, at) = if list.is_some_and(|list| list.top() < field.top()) {
        (Align2::LEFT_TOP, field.left_bottom() + vec2(0.0, 2.0))
    } else {
        (Align2::LEFT_BOTTOM, field.left_top() - vec2(0.0, 2.0))
    };
    let area = Area::new(id).order(Order::Foreground).fixed_pos(at).pivot(pivot).constrain(true);
    area.interactable(false).fade_in(false).show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(Margin::symmetric(6, 3));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
            ui.spacing_mut().interact_size.y = 0.0;
            ui.horizontal(|ui| {
                for remark in remarks {
                    paint_remark(ui, remark, tokens);
                }
            });
        });
    });
}

fn paint_remark(ui: &mut Ui, remark: &Remark, tokens: &Tokens) {
    let words = |ui: &Ui, text: &str, color: Color32| {
        ui.painter().layout_no_wrap(text.to_owned(), font(Weight::Regular, size::CAPTION_TEXT), color)
    };
    // Pieces from left to right, each with the ground it stands on.
    let mut pieces = Vec::new();
    let mut thread = false;
    match remark {
        Remark::Words { text, linked } => {
            thread = *linked;
            pieces.push((words(ui, text, tokens.text), tokens.text, None));
        }
        Remark::Warning(text) => pieces.push((words(ui, text, tokens.warning), tokens.warning, None)),
        Remark::Change { what, before, after } => {
            pieces.push((words(ui, what, tokens.quiet), tokens.quiet, None));
            for (at, (text, tone)) in [before, after].into_iter().enumerate() {
                if at > 0 {
                    pieces.push((words(ui, "→", tokens.quiet), tokens.quiet, None));
                }
                let (color, fill) = match tone {
                    Some(tone) => (tokens.tone(*tone).text, Some(tokens.tone(*tone).fill)),
                    None => (tokens.text, None),
                };
                pieces.push((words(ui, if text.is_empty() { "–" } else { text }, color), color, fill));
            }
        }
    }
    let gap = 6.0;
    let lead = if thread { size::THREAD + 5.0 } else { 0.0 };
    let width: f32 = pieces.iter().map(|(galley, ..)| galley.size().x + gap).sum::<f32>() - gap + lead;
    let height = pieces.iter().map(|(galley, ..)| galley.size().y).fold(0.0, f32::max);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height + 2.0), Sense::hover());
    if thread {
        ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(size::THREAD, rect.height())), 0.0, tokens.gold);
    }
    let mut left = rect.left() + lead;
    for (galley, color, fill) in pieces {
        let at = pos2(left, rect.center().y - galley.size().y / 2.0);
        if let Some(fill) = fill {
            let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(4.0, 1.0));
            ui.painter().rect_filled(ground, f32::from(size::CORNER), fill);
        }
        left += galley.size().x + gap;
        ui.painter().galley(at, galley, color);
    }
    let spoken = remark.spoken();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
}
