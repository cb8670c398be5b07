//! Column headings in two levels, and dragging their edges.

use std::sync::Arc;

use eframe::egui::{
    Align, Color32, CursorIcon, Galley, Id, Painter, Rect, Sense, Stroke, StrokeKind, Ui, pos2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::columns::{Geometry, Metrics, NARROWEST};
use super::event::GridEvent;
use super::pass::Pass;
use super::source::{CellAlign, Column};
use super::state::{Drag, GridState};
use crate::ui::kit::{Icon, Tokens, Weight, font, paint_icon};

/// Where a word of a heading may be broken.
const SOFT_HYPHEN: char = '\u{ad}';

/// How near to the edge of a column the pointer must be to drag it.
const REACH: f32 = 4.0;

/// The heights of the group headings and of the whole heading.
pub(super) fn heights(ui: &Ui, columns: &[Column], widths: &[f32], metrics: &Metrics) -> (f32, f32) {
    let groups =
        if columns.iter().any(|column| column.group.is_some()) { (metrics.heading * 1.9).round() } else { 0.0 };
    let tallest = columns
        .iter()
        .zip(widths)
        .map(|(column, width)| set(ui, &column.heading, metrics, column.align, *width).size().y)
        .fold(metrics.heading * 1.3, f32::max);
    (groups, groups + (tallest + 2.0 * metrics.pad_y).ceil())
}

/// Paints the headings.
pub(super) fn paint(ui: &Ui, columns: &[Column], geometry: &Geometry, margin: Rect) {
    let tokens = Tokens::of(ui);
    let whole = Rect::from_min_max(pos2(margin.left(), geometry.heading.top()), geometry.heading.max);
    ui.painter().rect_filled(whole, 0.0, tokens.panel);
    let line = |painter: &Painter, rect: Rect, color: Color32| {
        painter.rect_filled(rect, 0.0, color);
    };
    for (index, column) in columns.iter().enumerate() {
        if !geometry.is_column_visible(index) {
            continue;
        }
        let clip = geometry.clip(geometry.heading, index).intersect(ui.clip_rect());
        let painter = ui.painter().with_clip_rect(clip);
        let (left, right) = geometry.column_x(index);
        let (left, right) = (left.round(), right.round());
        let top = if column.group.is_some() {
            geometry.heading.top() + geometry.group_height
        } else {
            geometry.heading.top()
        };
        let rect = Rect::from_min_max(pos2(left, top), pos2(right, geometry.heading.bottom()));
        if let Some(group) = &column.group {
            painter.rect_filled(rect, 0.0, tokens.tint(group.tint));
        }
        let galley = set(ui, &column.heading, &geometry.metrics, column.align, right - left);
        let x = match column.align {
            CellAlign::Left => left + geometry.metrics.pad_x,
            CellAlign::Center => rect.center().x,
            CellAlign::Right => right - geometry.metrics.pad_x,
        };
        painter.galley(pos2(x, rect.top() + geometry.metrics.pad_y), galley, tokens.text);
        marks(&painter, column, rect, tokens);
        let group_ends = columns.get(index + 1).is_none_or(|next| next.group != column.group);
        let color = if group_ends { tokens.strong_line } else { tokens.line };
        line(&painter, Rect::from_min_max(pos2(right - 1.0, top), rect.max), color);
    }
    groups(ui, columns, geometry, tokens);
    let bottom = Rect::from_min_max(pos2(whole.left(), whole.bottom() - 1.0), whole.max);
    line(ui.painter(), bottom, tokens.strong_line);
}

/// Signs in the lower right corner: by which columns rows are chosen and sorted.
fn marks(painter: &Painter, column: &Column, heading: Rect, tokens: &Tokens) {
    let sorted = column.sorted.map(|descending| if descending { Icon::ChevronDown } else { Icon::ChevronUp });
    let mut right = heading.right() - 4.0;
    for icon in [sorted, column.filtered.then_some(Icon::Filter)].into_iter().flatten() {
        let at = Rect::from_min_size(pos2(right - 11.0, heading.bottom() - 14.0), vec2(11.0, 11.0));
        painter.rect_filled(at.expand(1.0), 2.0, tokens.selection);
        paint_icon(painter, at.shrink(1.0), icon, tokens.paper);
        right -= 15.0;
    }
}

/// Lets headings be clicked, and columns be dragged by them to another place.
pub(super) fn handle(pass: &mut Pass<'_, '_>) {
    let columns = pass.source.columns();
    let mut over = None;
    for (index, column) in columns.iter().enumerate() {
        if !pass.geometry.is_column_visible(index) {
            continue;
        }
        let (left, right) = pass.geometry.column_x(index);
        let whole = Rect::from_x_y_ranges(left..=right, pass.geometry.heading.y_range());
        let rect = whole.intersect(pass.geometry.clip(pass.geometry.heading, index));
        let below = Rect::from_min_max(pos2(rect.left(), rect.top() + pass.geometry.group_height), rect.max);
        let response = pass.ui.interact(below, pass.id.with(("head", column.key)), Sense::CLICK | Sense::DRAG);
        if pass.state.drag == Drag::None && response.hovered() {
            pass.ui.painter().rect_stroke(below, 0.0, Stroke::new(1.0, pass.tokens.selection), StrokeKind::Inside);
        }
        if response.clicked() {
            pass.events.push(GridEvent::HeadingClicked(column.key));
        }
        if response.secondary_clicked()
            && let Some(position) = response.interact_pointer_pos()
        {
            pass.events.push(GridEvent::HeadingMenu { column: column.key, position });
        }
        if response.drag_started() {
            pass.state.drag = Drag::Heading { key: column.key };
        }
        let pointer = pass.ui.input(|input| input.pointer.latest_pos());
        if let Some(at) = pointer.filter(|at| (rect.left()..=rect.right()).contains(&at.x)) {
            over = Some(if at.x < rect.center().x { index } else { index + 1 });
        }
    }
    let Drag::Heading { key } = pass.state.drag else { return };
    pass.ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let from = columns.iter().position(|column| column.key == key);
    let moves = over.filter(|to| from.is_some_and(|from| *to != from && *to != from + 1));
    if let Some(to) = moves {
        let x =
            if to < columns.len() { pass.geometry.column_x(to).0 } else { pass.geometry.column_x(columns.len() - 1).1 };
        let y = pass.geometry.heading.top()..=pass.geometry.body.bottom();
        pass.ui.painter().vline(x, y, Stroke::new(2.0, pass.tokens.selection));
    }
    if !pass.ui.input(|input| input.pointer.any_down()) {
        pass.state.drag = Drag::None;
        if let Some(to) = moves {
            let before = columns.get(to).map(|column| column.key);
            pass.events.push(GridEvent::ColumnMoved { column: key, before });
        }
    }
}

fn groups(ui: &Ui, columns: &[Column], geometry: &Geometry, tokens: &Tokens) {
    let mut first = 0;
    while first < columns.len() {
        let frozen = first < geometry.columns.frozen;
        let same = |index: &usize| {
            columns[*index].group == columns[first].group && (*index < geometry.columns.frozen) == frozen
        };
        let count = (first..columns.len()).take_while(same).count();
        let last = first + count - 1;
        if let Some(group) = &columns[first].group {
            let clip = geometry.clip(geometry.heading, first).intersect(ui.clip_rect());
            let painter = ui.painter().with_clip_rect(clip);
            let (left, right) = (geometry.column_x(first).0.round(), geometry.column_x(last).1.round());
            let top = geometry.heading.top();
            let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + geometry.group_height));
            painter.rect_filled(rect, 0.0, tokens.tint(group.tint));
            let galley = set(ui, &group.heading, &geometry.metrics, CellAlign::Left, f32::INFINITY);
            // The words stay in sight while their columns scroll by.
            let lowest = (right - geometry.metrics.pad_x - galley.size().x).max(left + geometry.metrics.pad_x);
            let x = (left + geometry.metrics.pad_x).max(clip.left() + geometry.metrics.pad_x).min(lowest);
            let inside = painter.with_clip_rect(rect.intersect(clip));
            // Beside its frozen columns a group has said its name; it says it again only where there is room.
            let said = first > 0 && columns[first - 1].group == columns[first].group;
            let has_room = galley.size().x <= right - left - 2.0 * geometry.metrics.pad_x;
            if !has_room {
                // A column that was moved alone may be too narrow for the name of its group.
                let id = ui.scope_id().with(("group of columns", first));
                ui.interact(rect.intersect(clip), id, Sense::hover()).on_hover_text(&*group.heading);
            }
            if !said || has_room {
                inside.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, tokens.text);
            }
            let end = Rect::from_min_max(pos2(right - 1.0, top), rect.max);
            painter.rect_filled(end, 0.0, tokens.strong_line);
            let below = Rect::from_min_max(pos2(left, rect.bottom() - 1.0), rect.max);
            painter.rect_filled(below, 0.0, tokens.line);
        }
        first = last + 1;
    }
}

/// Lets edges of columns be dragged; a double click gives the breadth of the start back.
pub(super) fn resize(ui: &Ui, id: Id, columns: &[Column], geometry: &Geometry, state: &mut GridState) {
    for (index, column) in columns.iter().enumerate() {
        let (_, right) = geometry.column_x(index);
        let clip = geometry.clip(geometry.heading, index);
        if right < clip.left() || right > clip.right() + REACH {
            continue;
        }
        let rect = Rect::from_min_max(
            pos2(right - REACH, geometry.heading.top()),
            pos2(right + REACH, geometry.heading.bottom()),
        );
        let response = ui.interact(rect, id.with(("edge", column.key)), Sense::CLICK | Sense::DRAG);
        let width = geometry.columns.widths[index] / geometry.metrics.zoom;
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeColumn);
            let edge = Rect::from_min_max(pos2(right - 1.0, rect.top()), pos2(right + 1.0, rect.bottom()));
            ui.painter().with_clip_rect(geometry.heading).rect_filled(edge, 0.0, Tokens::of(ui).selection);
        }
        if response.drag_started() {
            state.drag = Drag::Column { key: column.key, width };
        }
        if response.double_clicked() {
            state.kept.widths.remove(column.key);
        } else if response.dragged()
            && let Drag::Column { key, width } = state.drag
            && key == column.key
            && let Some(delta) = response.total_drag_delta()
        {
            let width = (width + delta.x / geometry.metrics.zoom).max(NARROWEST).round();
            if state.kept.widths.insert(key.to_owned(), width) != Some(width) {
                ui.ctx().request_repaint();
            }
        }
        if response.drag_stopped() {
            state.drag = Drag::None;
        }
    }
}

/// Breaks the words that are broader than the room at their soft hyphens; elsewhere these do not show.
fn hyphenated(ui: &Ui, text: &str, format: &TextFormat, room: f32) -> String {
    let breadth = |word: &str| {
        ui.painter().layout_no_wrap(word.to_owned(), format.font_id.clone(), Color32::PLACEHOLDER).size().x
    };
    let words = text.split(' ').map(|word| {
        let whole = word.replace(SOFT_HYPHEN, "");
        if whole.len() == word.len() || breadth(&whole) <= room { whole } else { word.replace(SOFT_HYPHEN, "-\n") }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn set(ui: &Ui, text: &str, metrics: &Metrics, align: CellAlign, width: f32) -> Arc<Galley> {
    let format = TextFormat {
        font_id: font(Weight::Medium, metrics.heading),
        color: Color32::PLACEHOLDER,
        ..TextFormat::default()
    };
    let room = (width - 2.0 * metrics.pad_x).max(8.0);
    let mut job = LayoutJob::single_section(hyphenated(ui, text, &format, room), format);
    job.wrap.max_width = room;
    job.halign = match align {
        CellAlign::Left => Align::LEFT,
        CellAlign::Center => Align::Center,
        CellAlign::Right => Align::RIGHT,
    };
    ui.painter().layout_job(job)
}
