//! The pointer over the cells: cursor, ranges, gold threads, findings, tooltips.

use eframe::egui::{CursorIcon, PointerButton, Pos2};

use super::address::{ColumnKey, Place, Position};
use super::draft::Leave;
use super::event::GridEvent;
use super::pass::{Pass, Seen};
use super::source::{EditKind, Mark, Tip};
use super::state::Drag;

/// How far right of the left edge of a cell its gold thread can be pointed at.
const THREAD_REACH: f32 = 9.0;

/// Reads presses, drags, double clicks and hovering.
pub(super) fn handle(pass: &mut Pass<'_, '_>) {
    let hover = pass.response.hover_pos().filter(|pos| pass.geometry.body.contains(*pos));
    let mark = hover.and_then(|pos| thread_at(pass, pos));
    let fact = mark.map(|(mark, _)| mark.fact);
    if fact != pass.state.hovered_fact {
        pass.state.hovered_fact = fact;
        pass.events.push(GridEvent::Hover(fact));
    }
    if mark.is_some() {
        pass.ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    let (pressed, shift, secondary) = pass.ui.input(|input| {
        (
            input.pointer.button_pressed(PointerButton::Primary),
            input.modifiers.shift,
            input.pointer.button_pressed(PointerButton::Secondary),
        )
    });
    let down = pass.response.is_pointer_button_down_on();
    let at = pass.response.interact_pointer_pos();
    // A quick click can be pressed and released within one frame.
    let hit = down || pass.response.clicked() || pass.response.secondary_clicked();
    match at {
        Some(pos) if (pressed || secondary) && hit => press(pass, pos, shift, secondary),
        Some(pos) if down && matches!(pass.state.drag, Drag::Cells { .. }) => drag(pass, pos),
        _ => {}
    }
    if pass.response.double_clicked()
        && let Some(cursor) = pass.state.cursor
        && pass.state.editing.is_none()
        && hover.is_some()
    {
        pass.begin_edit(cursor.place, None);
    } else if pass.response.clicked_by(PointerButton::Primary)
        && pass.state.drag == (Drag::Cells { again: true })
        && pass.state.corner.is_none()
        && pass.state.editing.is_none()
        && let Some(cursor) = pass.state.cursor
        && pass.seen(cursor.place).is_some_and(|seen| seen.cell.content.edit == EditKind::Rating)
    {
        pass.begin_edit(cursor.place, None);
    }
    if !down && matches!(pass.state.drag, Drag::Cells { .. }) {
        pass.state.drag = Drag::None;
    }
    show_tip(pass, hover);
}

fn press(pass: &mut Pass<'_, '_>, pos: Pos2, shift: bool, secondary: bool) {
    if pass.state.popup_rect().is_some_and(|rect| rect.contains(pos)) {
        return;
    }
    if pass.asks(Leave::Unfocused) {
        return;
    }
    pass.commit(0);
    pass.state.wanted.focus = true;
    if pass.geometry.margin.contains(pos) {
        press_margin(pass, pos);
        return;
    }
    if !pass.geometry.body.contains(pos) {
        return;
    }
    let thread = thread_at(pass, pos);
    let Some(place) = place_at(pass, pos) else { return };
    if secondary {
        let inside = pass.selected().is_some_and(|(first, last)| {
            (first.position..=last.position).contains(&place.position)
                && (first.column..=last.column).contains(&place.column)
        });
        if !inside {
            pass.move_cursor(place, false);
        }
        if let Some(at) = pass.cell_address(place) {
            pass.events.push(GridEvent::ContextMenu { at, position: pos });
        }
        return;
    }
    let same_cell = pass.state.cursor.is_some_and(|cursor| {
        cursor.place.column == place.column && pass.cell_rows(cursor.place) == pass.cell_rows(place)
    });
    pass.move_cursor(place, shift);
    pass.state.drag = Drag::Cells { again: same_cell && !shift };
    if let (Some((mark, _)), Some(at)) = (thread, pass.cell_address(place)) {
        pass.state.drag = Drag::None;
        pass.events.push(GridEvent::MarkClicked { fact: mark.fact, at, position: pos });
    }
}

fn press_margin(pass: &mut Pass<'_, '_>, pos: Pos2) {
    let Some(position) = pass.row_at(pos.y) else { return };
    let worst = pass
        .source
        .block(position.block)
        .cells()
        .iter()
        .filter(|cell| cell.rows.start == position.row)
        .filter_map(|cell| cell.content.finding.as_ref().map(|finding| (finding.severity, cell.column)))
        .reduce(|worst, next| if next.0 > worst.0 { next } else { worst });
    if let Some((_, column)) = worst {
        let place = Place { position, column };
        pass.go(place, false);
        if let Some(at) = pass.cell_address(place) {
            pass.events.push(GridEvent::FindingClicked(at));
        }
        return;
    }
    // The margin beside a row without findings selects the row, or drags it to another place.
    let beside = beside_cursor(pass, position);
    if let Some(row) = pass.state.rows.row_id(pass.source, position) {
        pass.state.drag = Drag::Row { row, column: beside, from: pos.y };
    }
    if beside.is_some() {
        return;
    }
    pass.move_cursor(Place { position, column: 0 }, false);
    let column = pass.geometry.columns.len().saturating_sub(1);
    pass.move_cursor(Place { position, column }, true);
}

/// The column of the cursor, if its cell is one over several rows and a row is among them.
fn beside_cursor(pass: &Pass<'_, '_>, position: Position) -> Option<ColumnKey> {
    let place = pass.state.cursor?.place;
    let (first, last) = pass.cell_rows(place);
    let is_beside = first < last && (first..=last).contains(&position);
    let column = pass.source.columns().get(place.column).map(|column| column.key);
    column.filter(|_| is_beside && pass.state.corner.is_none())
}

/// Extends the range to the pointer and scrolls when it is dragged beyond an edge.
fn drag(pass: &mut Pass<'_, '_>, pos: Pos2) {
    let body = pass.geometry.body;
    let beyond = |value: f32, low: f32, high: f32| (value - high).max(0.0) - (low - value).max(0.0);
    let dy = beyond(pos.y, body.top(), body.bottom());
    let dx = beyond(pos.x, pass.geometry.scrolled_body().left().min(body.right()), body.right());
    let moved = pass.ui.input(|input| input.pointer.is_decidedly_dragging());
    if !moved {
        return;
    }
    if dy.abs() > 0.0 || (dx > 0.0 || (dx < 0.0 && pos.x < body.left())) {
        let anchor = pass.walk(|walker, anchor| walker.scroll(anchor, (dy * 0.3).clamp(-60.0, 60.0)));
        pass.set_anchor(anchor);
        let scroll_x = pass.geometry.scroll_x + (dx * 0.3).clamp(-60.0, 60.0);
        pass.set_scroll_x(scroll_x);
        pass.look();
        pass.ui.ctx().request_repaint();
    }
    let inside = pos.clamp(body.min, (body.max - eframe::egui::vec2(1.0, 1.0)).max(body.min));
    if let Some(place) = place_at(pass, inside) {
        let already = pass.state.cursor.is_some_and(|cursor| cursor.place == place);
        if !already {
            pass.move_cursor(place, true);
        }
    }
}

fn place_at(pass: &Pass<'_, '_>, pos: Pos2) -> Option<Place> {
    Some(Place { position: pass.row_at(pos.y)?, column: pass.geometry.column_at(pos.x)? })
}

fn seen_at<'b>(pass: &'b Pass<'_, '_>, pos: Pos2) -> Option<Seen<'b>> {
    let seen = pass.seen(place_at(pass, pos)?)?;
    seen.rect.contains(pos).then_some(seen)
}

/// The gold thread at a point: that of the part the point is beside.
fn thread_at(pass: &mut Pass<'_, '_>, pos: Pos2) -> Option<(Mark, Place)> {
    let place = place_at(pass, pos)?;
    let (left, _) = pass.geometry.column_x(place.column);
    if pos.x > left + THREAD_REACH {
        return None;
    }
    let seen = seen_at(pass, pos)?;
    let (rect, block, index) = (seen.rect, std::sync::Arc::clone(&seen.visible.block), seen.cell_index);
    let text = pass.walk(|walker, _| walker.texts.get(walker.setter, &block, index))?;
    let parts: Vec<_> = block.cells().get(index)?.content.shown_parts().collect();
    let top = super::paint::text_top(&pass.geometry, rect, text.size.y);
    let part = text
        .parts
        .iter()
        .zip(parts)
        .find(|(placed, _)| pos.y >= top + placed.y - 2.0 && pos.y < top + placed.y + placed.height + 2.0)?;
    part.1.mark.map(|mark| (mark, place))
}

fn show_tip(pass: &mut Pass<'_, '_>, hover: Option<Pos2>) {
    let Some(pos) = hover.filter(|_| pass.state.editing.is_none() && pass.state.drag == Drag::None) else { return };
    let Some((seen, place)) = seen_at(pass, pos).zip(place_at(pass, pos)) else { return };
    let content = &seen.cell.content;
    if content.tip.is_none() && content.finding.is_none() {
        return;
    }
    let tokens = pass.tokens;
    pass.response.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(360.0);
        match &content.tip {
            Some(Tip::Words(words)) => {
                ui.label(words.as_ref());
            }
            Some(Tip::Asked) => {
                if let Some(words) = pass.cell_address(place).and_then(|at| pass.source.tip(&at)) {
                    ui.label(words);
                }
            }
            None => {}
        }
        if let Some(finding) = &content.finding {
            ui.horizontal_top(|ui| {
                crate::ui::kit::severity_icon(ui, finding.severity);
                ui.colored_label(tokens.text, finding.text.as_ref());
            });
        }
    });
}
