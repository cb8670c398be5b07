//! Dragging a row by the margin to another place, or what the merged cell with the cursor stands for.

use eframe::egui::{CursorIcon, Pos2, Rect, Stroke, StrokeKind, TextStyle, Vec2, pos2, vec2};

use super::address::{ColumnKey, Place, Position};
use super::event::GridEvent;
use super::pass::Pass;
use super::state::Drag;
use crate::ui::kit::tokens::size;

/// How far the pointer has to move before a press in the margin becomes a drag.
const THRESHOLD: f32 = 6.0;
/// Room around the words beside the pointer.
const PAD: Vec2 = vec2(6.0, 3.0);

/// Shows where the row would go, scrolls at the edges, and tells where it was dropped. Done after the rows are painted.
pub(super) fn handle(pass: &mut Pass<'_, '_>) {
    let Drag::Row { row, column, from } = pass.state.drag else { return };
    let (down, at) = pass.ui.input(|input| (input.pointer.primary_down(), input.pointer.latest_pos()));
    let Some(at) = at else { return };
    let moved = (at.y - from).abs() > THRESHOLD;
    let target = if moved { target(pass, at.y, column) } else { None };
    if !down {
        pass.state.drag = Drag::None;
        if let Some((position, behind)) = target
            && let Some(at) = pass.state.rows.row_id(pass.source, position)
            && at != row
        {
            pass.events.push(GridEvent::RowMoved { row, column, at, behind });
        }
        return;
    }
    if !moved {
        return;
    }
    pass.ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let body = pass.geometry.body;
    let beyond = (at.y - body.bottom()).max(0.0) - (body.top() - at.y).max(0.0);
    if beyond.abs() > 0.0 {
        let anchor = pass.walk(|walker, anchor| walker.scroll(anchor, (beyond * 0.3).clamp(-60.0, 60.0)));
        // At the ends there is nowhere to go.
        if anchor != pass.state.anchor {
            pass.set_anchor(anchor);
            pass.ui.ctx().request_repaint();
        }
    }
    if let Some((position, behind)) = target
        && let Some(rect) = rect_at(pass, position, column)
    {
        let y = if behind { rect.bottom() } else { rect.top() };
        let x = pass.geometry.margin.left()..=body.right();
        pass.ui.painter().hline(x, y, Stroke::new(2.0, pass.tokens.selection));
    }
    if let Some(words) = pass.source.dragged(&row, column) {
        show_words(pass, at, &words);
    }
}

/// Says beside the pointer what is being moved.
fn show_words(pass: &Pass<'_, '_>, at: Pos2, words: &str) {
    let painter = pass.ui.painter();
    let font = TextStyle::Small.resolve(pass.ui.style());
    let text = painter.layout_no_wrap(words.to_owned(), font, pass.tokens.text);
    let ground = Rect::from_min_size(at + vec2(14.0, 10.0), text.size() + 2.0 * PAD);
    let stroke = Stroke::new(1.0, pass.tokens.strong_line);
    painter.rect(ground, size::CORNER, pass.tokens.panel, stroke, StrokeKind::Inside);
    painter.galley(ground.min + PAD, text, pass.tokens.text);
}

/// The row under the pointer, and whether the pointer is over its lower half.
fn target(pass: &Pass<'_, '_>, y: f32, column: Option<ColumnKey>) -> Option<(Position, bool)> {
    let y = y.clamp(pass.geometry.body.top(), (pass.geometry.body.bottom() - 1.0).max(pass.geometry.body.top()));
    let position = pass.row_at(y)?;
    let rect = rect_at(pass, position, column)?;
    Some((position, y > rect.center().y))
}

/// The row, or the merged cell of a column that covers it.
fn rect_at(pass: &Pass<'_, '_>, position: Position, column: Option<ColumnKey>) -> Option<Rect> {
    let column = column.and_then(|key| pass.source.columns().iter().position(|column| column.key == key));
    match column {
        Some(column) => pass.seen(Place { position, column }).map(|seen| seen.rect),
        None => row_rect(pass, position),
    }
}

fn row_rect(pass: &Pass<'_, '_>, position: Position) -> Option<Rect> {
    let visible = pass.visible.iter().find(|visible| visible.index == position.block)?;
    let start = *pass.state.rows.starts(visible.index).get(position.row)?;
    let body = pass.geometry.body;
    let top = body.top() + visible.top + start;
    Some(Rect::from_min_max(pos2(body.left(), top), pos2(body.right(), top + pass.state.rows.height(position))))
}
