//! Scroll bars with a ruler: ticks for findings and for the cursor. Wheel and touchpad.

use eframe::egui::{Rect, Sense, pos2, vec2};

use super::pass::Pass;
use super::state::Drag;
use crate::ui::kit::Severity;

/// The shortest a thumb gets.
const SHORTEST_THUMB: f32 = 28.0;

/// Moves the view by the wheel and by the thumbs.
pub(super) fn handle(pass: &mut Pass<'_, '_>) {
    wheel(pass);
    vertical(pass);
    horizontal(pass);
}

fn wheel(pass: &mut Pass<'_, '_>) {
    if !pass.response.contains_pointer() {
        return;
    }
    let delta = pass.ui.input(eframe::egui::InputState::smooth_scroll_delta);
    if delta == vec2(0.0, 0.0) {
        return;
    }
    pass.ui.input_mut(|input| input.smooth_scroll_delta = vec2(0.0, 0.0));
    if delta.y != 0.0 {
        let anchor = pass.walk(|walker, anchor| walker.scroll(anchor, -delta.y));
        pass.set_anchor(anchor);
    }
    if delta.x != 0.0 {
        pass.set_scroll_x(pass.geometry.scroll_x - delta.x);
    }
}

/// The thumb in a track: `share` of the content is in sight, `place` of the rest is above.
fn thumb(from: f32, length: f32, share: f64, place: f64) -> (f32, f32) {
    let size = ((f64::from(length) * share) as f32).max(SHORTEST_THUMB).min(length);
    (from + ((f64::from(length - size)) * place.clamp(0.0, 1.0)) as f32, size)
}

/// Where the view is: its top, its height and the height of everything.
fn extent(pass: &Pass<'_, '_>) -> (f64, f64, f64) {
    let height = f64::from(pass.geometry.body.height());
    let total = pass.state.rows.total().max(height);
    let top = pass.state.rows.y_of(pass.state.anchor.position) + f64::from(pass.state.anchor.offset);
    (top, height, total)
}

fn vertical_thumb(pass: &Pass<'_, '_>) -> Rect {
    let track = pass.geometry.vertical_bar;
    let (top, height, total) = extent(pass);
    let place = if total > height { top / (total - height) } else { 0.0 };
    let (from, size) = thumb(track.top(), track.height(), height / total, place);
    Rect::from_min_size(pos2(track.left(), from), vec2(track.width(), size))
}

fn vertical(pass: &mut Pass<'_, '_>) {
    let track = pass.geometry.vertical_bar;
    let response = pass.ui.interact(track, pass.id.with("vertical"), Sense::CLICK | Sense::DRAG);
    let Some(pos) = response.interact_pointer_pos() else {
        if matches!(pass.state.drag, Drag::Vertical { .. }) {
            pass.state.drag = Drag::None;
        }
        return;
    };
    let thumb = vertical_thumb(pass);
    if response.is_pointer_button_down_on() && pass.ui.input(|input| input.pointer.any_pressed()) {
        // A press beside the thumb brings its middle to the pointer, as in a ruler.
        let grab = if thumb.contains(pos) { pos.y - thumb.top() } else { thumb.height() / 2.0 };
        pass.state.drag = Drag::Vertical { grab };
    }
    let Drag::Vertical { grab } = pass.state.drag else { return };
    let room = track.height() - thumb.height();
    let (_, height, total) = extent(pass);
    if room > 0.0 {
        let place = ((pos.y - grab - track.top()) / room).clamp(0.0, 1.0);
        let anchor = if place >= 1.0 {
            pass.walk(|walker, _| {
                let last = walker.rows.last().unwrap_or_default();
                let offset = walker.measure(last);
                walker.settle(super::scroll::Anchor { position: last, offset })
            })
        } else {
            pass.walk(|walker, _| walker.scroll_to_y(f64::from(place) * (total - height)))
        };
        pass.set_anchor(anchor);
    }
    if response.drag_stopped() || !response.is_pointer_button_down_on() {
        pass.state.drag = Drag::None;
    }
}

fn horizontal_thumb(pass: &Pass<'_, '_>) -> Rect {
    let track = pass.geometry.horizontal_bar;
    let longest = f64::from(pass.geometry.longest_scroll_x());
    let view = f64::from(pass.geometry.body.width());
    let place = if longest > 0.0 { f64::from(pass.geometry.scroll_x) / longest } else { 0.0 };
    let (from, size) = thumb(track.left(), track.width(), view / (view + longest), place);
    Rect::from_min_size(pos2(from, track.top()), vec2(size, track.height()))
}

fn horizontal(pass: &mut Pass<'_, '_>) {
    let track = pass.geometry.horizontal_bar;
    if track.height() <= 0.0 {
        return;
    }
    let response = pass.ui.interact(track, pass.id.with("horizontal"), Sense::CLICK | Sense::DRAG);
    let Some(pos) = response.interact_pointer_pos() else {
        if matches!(pass.state.drag, Drag::Horizontal { .. }) {
            pass.state.drag = Drag::None;
        }
        return;
    };
    let thumb = horizontal_thumb(pass);
    if response.is_pointer_button_down_on() && pass.ui.input(|input| input.pointer.any_pressed()) {
        let grab = if thumb.contains(pos) { pos.x - thumb.left() } else { thumb.width() / 2.0 };
        pass.state.drag = Drag::Horizontal { grab };
    }
    let Drag::Horizontal { grab } = pass.state.drag else { return };
    let room = track.width() - thumb.width();
    if room > 0.0 {
        let place = ((pos.x - grab - track.left()) / room).clamp(0.0, 1.0);
        pass.set_scroll_x(place * pass.geometry.longest_scroll_x());
    }
    if response.drag_stopped() || !response.is_pointer_button_down_on() {
        pass.state.drag = Drag::None;
    }
}

/// Paints both bars.
pub(super) fn paint(pass: &mut Pass<'_, '_>) {
    let tokens = pass.tokens;
    let painter = pass.ui.painter();
    let track = pass.geometry.vertical_bar;
    painter.rect_filled(track, 0.0, tokens.panel);
    let edge = Rect::from_min_max(track.min, pos2(track.left() + 1.0, track.bottom()));
    painter.rect_filled(edge, 0.0, tokens.line);
    let (_, height, total) = extent(pass);
    if total > height {
        let color = if matches!(pass.state.drag, Drag::Vertical { .. }) { tokens.quiet } else { tokens.strong_line };
        painter.rect_filled(vertical_thumb(pass).shrink2(vec2(3.0, 1.0)), 3.0, color.gamma_multiply(0.75));
    }
    let revision = pass.source.revision();
    if pass.state.overview.revision != Some(revision) {
        pass.state.overview.marks = pass.source.overview();
        pass.state.overview.marks.sort_by_key(|mark| mark.severity);
        pass.state.overview.revision = Some(revision);
    }
    let y = |position| track.top() + (pass.state.rows.y_of(position) / total * f64::from(track.height())) as f32;
    let mut last: Option<(Severity, f32)> = None;
    for mark in &pass.state.overview.marks {
        let at = y(super::address::Position { block: mark.block, row: mark.row }).floor();
        if last == Some((mark.severity, at)) || mark.block >= pass.state.rows.block_count() {
            continue;
        }
        last = Some((mark.severity, at));
        // Shape as well as colour: the worse, the broader.
        let width = match mark.severity {
            Severity::Info => 3.0,
            Severity::Warning => 5.0,
            Severity::Error => 7.0,
        };
        let at = Rect::from_min_size(pos2(track.right() - width - 1.0, at), vec2(width, 2.0));
        painter.rect_filled(at, 0.0, tokens.severity(mark.severity));
    }
    if let Some(cursor) = pass.state.cursor {
        let at =
            Rect::from_min_size(pos2(track.left() + 1.0, y(cursor.place.position)), vec2(track.width() - 1.0, 2.0));
        painter.rect_filled(at, 0.0, tokens.selection);
    }
    let track = pass.geometry.horizontal_bar;
    if track.height() > 0.0 {
        painter.rect_filled(track, 0.0, tokens.panel);
        let edge = Rect::from_min_max(track.min, pos2(track.right(), track.top() + 1.0));
        painter.rect_filled(edge, 0.0, tokens.line);
        let color = if matches!(pass.state.drag, Drag::Horizontal { .. }) { tokens.quiet } else { tokens.strong_line };
        painter.rect_filled(horizontal_thumb(pass).shrink2(vec2(1.0, 3.0)), 3.0, color.gamma_multiply(0.75));
    }
}
