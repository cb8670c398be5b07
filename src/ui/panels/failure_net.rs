//! The failure net of the selected failure: effects at the left, causes at the right, lines between; each card is a way there.

use eframe::egui::epaint::CubicBezierShape;
use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Align2, Color32, CursorIcon, Pos2, Rect, Role, ScrollArea, Sense, Shape, Stroke, StrokeKind, TextFormat, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::app::desk::Desk;
use crate::app::failure_net::{FailureNet, Node};
use crate::app::registry::MenuCommand;
use crate::base::Id;
use crate::model::fmea::{Failure, FailureRole};
use crate::ui::kit::{Icon, Tokens, Weight, font, size, widgets};
use crate::ui::panels::inspector::{remark_of, show};
use crate::ui::request::Request;
use crate::ui::views::source::tone;

/// Height of a card in points.
const CARD: f32 = 56.0;
/// Space between cards of a column.
const GAP: f32 = 8.0;
/// Space between columns, for the lines.
const LINES: f32 = 44.0;

/// The net that is shown, made again when the failure or the project changes.
#[derive(Default)]
pub struct NetPanel {
    of: Option<(Id<Failure>, u64)>,
    net: FailureNet,
}

impl NetPanel {
    /// Shows the net around a failure.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, failure: Option<Id<Failure>>, queue: &mut Vec<Request>) {
        let key = failure.map(|failure| (failure, desk.project().revision()));
        if self.of != key {
            self.of = key;
            self.net = failure.map(|failure| FailureNet::around(desk.project(), failure)).unwrap_or_default();
        }
        ui.horizontal(|ui| {
            let count: usize = self.net.columns.iter().map(Vec::len).sum();
            let text = match (count, self.net.left_out) {
                (0, _) => "Failure net".to_owned(),
                (count, 0) => format!("Failure net   {count} failures, effects ← mode ← causes"),
                (count, more) => format!("Failure net   {count} failures and {more} more, effects ← mode ← causes"),
            };
            widgets::caption(ui, &text);
            ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
                if widgets::icon_button(ui, Icon::Cross, "Hide the failure net (F7)").clicked() {
                    queue.push(Request::Menu(MenuCommand::ToggleFailureNet));
                }
            });
        });
        if self.net.columns.is_empty() {
            // The panel keeps its height while nothing is selected.
            ui.set_min_height(ui.available_height());
            widgets::caption(
                ui,
                "Select an effect, a failure mode or a cause of an FMEA to see what it hangs together with.",
            );
            return;
        }
        ScrollArea::both().id_salt("failure net").auto_shrink([false, false]).show(ui, |ui| {
            self.paint(ui, queue);
        });
    }

    fn paint(&self, ui: &mut Ui, queue: &mut Vec<Request>) {
        let columns = self.net.columns.len() as f32;
        let room = ui.available_width() - 16.0;
        let card = ((room - LINES * (columns - 1.0)) / columns).clamp(170.0, 320.0);
        let tallest = self.net.columns.iter().map(Vec::len).max().unwrap_or_default() as f32;
        let height = (tallest * (CARD + GAP) - GAP).max(ui.available_height() - 8.0);
        let breadth = columns * card + (columns - 1.0) * LINES;
        let (area, _) = ui.allocate_exact_size(vec2(breadth.max(room), height), Sense::hover());
        let left = area.left() + ((area.width() - breadth) / 2.0).max(0.0);
        let place = |(column, row): (usize, usize)| {
            let count = self.net.columns[column].len() as f32;
            let top = area.center().y - (count * (CARD + GAP) - GAP) / 2.0;
            Rect::from_min_size(
                pos2(left + column as f32 * (card + LINES), top + row as f32 * (CARD + GAP)),
                vec2(card, CARD),
            )
        };
        let tokens = Tokens::of(ui);
        // The line that gives the severity lies above the others.
        for edge in self.net.edges.iter().filter(|edge| !edge.gives_severity) {
            line(ui, place(edge.from), place(edge.to), Stroke::new(1.0, tokens.strong_line));
        }
        for edge in self.net.edges.iter().filter(|edge| edge.gives_severity) {
            line(ui, place(edge.from), place(edge.to), Stroke::new(2.5, tokens.gold));
        }
        for (column, nodes) in self.net.columns.iter().enumerate() {
            for (row, node) in nodes.iter().enumerate() {
                let is_middle = column == self.net.middle;
                if show_card(ui, place((column, row)), node, is_middle) {
                    queue.push(show(node));
                }
            }
        }
    }
}

/// A card of a failure; whether it was chosen.
fn show_card(ui: &mut Ui, rect: Rect, node: &Node, is_middle: bool) -> bool {
    if !ui.is_rect_visible(rect) {
        return false;
    }
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, ui.scope_id().with((node.failure.raw(), "card")), Sense::click());
    let fill = if response.hovered() { tokens.hover } else { tokens.paper };
    let edge = match (is_middle, response.has_focus()) {
        (true, _) | (_, true) => Stroke::new(2.0, tokens.selection),
        _ => Stroke::new(1.0, tokens.strong_line),
    };
    let painter = ui.painter().with_clip_rect(rect.expand(2.0).intersect(ui.clip_rect()));
    painter.rect(rect, f32::from(size::CORNER), fill, edge, StrokeKind::Inside);
    let badge = node.priority.map(|priority| (priority.letter(), tokens.tone(tone(priority))));
    let right = if badge.is_some() { 34.0 } else { 8.0 };
    let text = |text: &str, points: f32, color: Color32, rows: usize| {
        let mut job =
            LayoutJob::single_section(text.to_owned(), TextFormat::simple(font(Weight::Regular, points), color));
        job.wrap = TextWrapping { max_width: rect.width() - 8.0 - right, max_rows: rows, ..TextWrapping::default() };
        ui.painter().layout_job(job)
    };
    let remark = remark_of(node);
    let words = text(&node.text, 12.0, tokens.text, 2);
    let below = text(&remark, size::CAPTION_TEXT, tokens.quiet, 1);
    let has_room = words.size().y + below.size().y <= CARD - 6.0;
    let height = words.size().y + below.size().y;
    let top = if has_room { rect.center().y - height / 2.0 } else { rect.top() + 4.0 };
    let below_top = if has_room { top + words.size().y } else { rect.bottom() - 4.0 - below.size().y };
    painter.galley(pos2(rect.left() + 8.0, top), words, tokens.text);
    painter.galley(pos2(rect.left() + 8.0, below_top), below, tokens.quiet);
    if let Some((letter, pair)) = badge {
        let at = Rect::from_min_size(rect.right_top() + vec2(-28.0, 6.0), vec2(20.0, 18.0));
        painter.rect_filled(at, f32::from(size::CORNER), pair.fill);
        painter.text(at.center(), Align2::CENTER_CENTER, letter, font(Weight::Medium, 12.0), pair.text);
    }
    let role = match node.role {
        FailureRole::Effect => "Effect",
        FailureRole::Mode => "Failure mode",
        FailureRole::Cause => "Cause",
    };
    let urgency = badge.map(|(letter, _)| format!(", AP {letter}")).unwrap_or_default();
    let name = format!("{role}: {}, {remark}{urgency}", node.text);
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), is_middle, &name));
    response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(format!("{}\n{remark}{urgency}", node.text))
        .clicked()
}

/// A line from a cause at the right to what it leads to at the left, with a head.
fn line(ui: &Ui, from: Rect, to: Rect, stroke: Stroke) {
    let (start, end) = (from.left_center(), to.right_center() + vec2(5.0, 0.0));
    let bend = (start.x - end.x) / 2.0;
    let points = [start, start - vec2(bend, 0.0), end + vec2(bend, 0.0), end];
    ui.painter().add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
    let head: Vec<Pos2> = vec![end - vec2(5.0, 0.0), end + vec2(2.0, -3.5), end + vec2(2.0, 3.5)];
    ui.painter().add(Shape::convex_polygon(head, stroke.color, Stroke::NONE));
}
