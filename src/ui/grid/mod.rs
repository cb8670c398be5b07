//! The grid: forms with merged cells, painted cell by cell, edited in place.
//!
//! A view implements [`GridSource`], keeps a [`GridState`], shows a [`Grid`] every frame and turns its [`GridEvent`]s
//! into commands. A frame costs what is in sight, not what exists.
//!
//! *Invariant:* the grid knows no domain, changes no data, and addresses cells by name, never by row number.

mod access;
mod address;
mod bars;
mod clipboard;
mod columns;
mod draft;
mod editor;
mod event;
mod fenwick;
mod heading;
mod html;
mod keys;
mod paint;
mod pass;
mod pointer;
mod popup;
mod row_drag;
mod rows;
mod scroll;
mod source;
mod state;
mod text;
mod tsv;

use eframe::egui::{Rect, Sense, Ui, pos2};

pub use address::{CellAddress, CellRange, ColumnKey, RowId};
pub use clipboard::{Cells, use_system as use_system_clipboard};
pub use event::{GridEvent, GridOutput};
pub use source::{
    Block, BlockKey, Cell, CellAlign, CellFinding, Column, Content, EditKind, EditOption, GridSource, Group,
    LineWeight, Look, Mark, OverviewMark, Part, PartStyle, Question, Remark, Row, Tip,
};
pub use state::{GridAct, GridState, Kept};

use self::address::Place;
use self::columns::{Columns, Geometry, Metrics};
use self::draft::Leave;
use self::pass::Pass;
use self::state::{Cursor, Headings};
use self::text::Setter;
use crate::ui::kit::{Tokens, size};

/// A grid to be shown. It takes all the room there is.
pub struct Grid<'a> {
    salt: &'a str,
    name: &'a str,
}

impl<'a> Grid<'a> {
    /// A grid; `salt` tells it from others in the window, `name` is what a screen reader calls it.
    pub fn new(salt: &'a str, name: &'a str) -> Self {
        Self { salt, name }
    }

    /// Shows the rows of `source` and returns what the person did.
    pub fn show(self, ui: &mut Ui, source: &dyn GridSource, state: &mut GridState) -> GridOutput {
        let rect = pass::snap(ui, ui.available_rect_before_wrap());
        let id = ui.make_persistent_id(self.salt);
        let response = ui.interact(rect, id, Sense::click_and_drag());
        ui.advance_cursor_after_rect(rect);
        ui.ctx().allow_widget_id_changes_in(rect);

        let listened = access::is_on(ui, id);
        let cells = listened.then(|| access::container(ui, id, rect));
        let by_key = editor::take_keys(ui, state);
        take_pinch(ui, &response, state);
        let geometry = lay_out(ui, rect, source, state);
        let tokens = Tokens::of(ui);
        let (visible, events) = (Vec::new(), Vec::new());
        let mut pass = Pass { ui, id, response: &response, source, state, geometry, tokens, visible, events };
        sync(&mut pass);
        grant_wishes(&mut pass);
        keys::handle(&mut pass);
        bars::handle(&mut pass);
        pass.look();
        pointer::handle(&mut pass);
        let nodes = if listened { access::nodes(&mut pass) } else { Vec::new() };
        pass.look();
        paint::paint(&mut pass);
        heading::paint(pass.ui, source.columns(), &pass.geometry, pass.geometry.margin);
        row_drag::handle(&mut pass);
        heading::handle(&mut pass);
        heading::resize(pass.ui, id, source.columns(), &pass.geometry, pass.state);
        bars::paint(&mut pass);
        pass.state.selection = pass.selected_range();
        count_lines(&mut pass);
        if let Some(cells) = &cells {
            access::write(&pass, cells, self.name, &nodes);
        }

        let edited = pass.state.editing.as_ref().map(|editing| editing.place);
        let seen = edited.and_then(|place| pass.seen(place).map(|seen| (seen.rect, editor_label(&seen, source))));
        let Pass { geometry, visible, events, state, .. } = pass;
        let by_pointer = match (seen, edited) {
            (Some((cell, label)), _) => editor::show(ui, id, source, state, &geometry, cell, &label),
            // The cell went out of sight: what was typed is not lost.
            (None, Some(_)) => Some(Leave::Unfocused),
            (None, None) => None,
        };
        let mut pass = Pass { ui, id, response: &response, source, state, geometry, tokens, visible, events };
        if let Some(leave) = by_key.or(by_pointer) {
            finish(&mut pass, leave);
        }
        if std::mem::take(&mut pass.state.wanted.focus) {
            if !pass.ui.memory(|memory| memory.has_focus(id)) {
                pass.ui.ctx().request_repaint();
            }
            pass.ui.memory_mut(|memory| {
                memory.request_focus(id);
                memory.set_focus_lock_filter(id, keys::FILTER);
            });
        }
        prepare(&pass);
        let events = pass.events;
        GridOutput { events, response }
    }
}

/// Gets the blocks beside those in sight ready, so that none has to be made in the frame in which it comes into sight.
fn prepare(pass: &Pass<'_, '_>) {
    let (Some(first), Some(last)) = (pass.visible.first(), pass.visible.last()) else { return };
    let below = Some(last.index + 1).filter(|next| *next < pass.state.rows.block_count());
    let beside = [below, first.index.checked_sub(1)];
    if beside.into_iter().flatten().any(|index| pass.source.prepare(index, pass.ui.ctx())) {
        pass.ui.ctx().request_repaint();
    }
}

/// Counts the rows up to the cursor, unless it stands where it stood.
fn count_lines(pass: &mut Pass<'_, '_>) {
    let Some(cursor) = pass.state.cursor else {
        pass.state.line = None;
        return;
    };
    let (position, revision) = (cursor.place.position, pass.source.revision());
    if pass.state.line.is_none_or(|(at, counted, _)| (at, counted) != (position, revision)) {
        let line = pass.state.rows.count_between(address::Position::default(), position);
        pass.state.line = Some((position, revision, line));
    }
}

/// Zooms with the wheel and Ctrl, or with two fingers, once enough has gathered.
fn take_pinch(ui: &Ui, response: &eframe::egui::Response, state: &mut GridState) {
    let by = ui.input(eframe::egui::InputState::zoom_delta);
    if !response.contains_pointer() || (by - 1.0).abs() < f32::EPSILON {
        return;
    }
    let gathered = if state.pinched > 0.0 { state.pinched * by } else { by };
    state.pinched = gathered;
    if !(0.9..=1.11).contains(&gathered) {
        state.kept.step_zoom(gathered > 1.0);
        state.pinched = 1.0;
    }
}

/// Places headings, margin, cells and bars, and forgets heights that no longer hold.
fn lay_out(ui: &Ui, rect: Rect, source: &dyn GridSource, state: &mut GridState) -> Geometry {
    let metrics = Metrics::new(state.kept.zoom());
    let room = (rect.width() - metrics.margin - size::SCROLL_BAR).max(40.0);
    let columns = Columns::new(source.columns(), source.frozen_columns(), &state.kept, room);
    let (group_height, heading_height) = heading_heights(ui, source, state, &columns.widths, &metrics);
    let bar = if columns.total > room { size::SCROLL_BAR } else { 0.0 };
    let left = rect.left() + metrics.margin;
    let right = (rect.right() - size::SCROLL_BAR).max(left);
    let top = (rect.top() + heading_height).min(rect.bottom());
    let bottom = (rect.bottom() - bar).max(top);
    let body = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
    let setter = Setter { ui, source_columns: source.columns(), columns: &columns, metrics };
    if state.texts.begin_frame(&setter) {
        state.rows.forget_heights();
    }
    let scroll_x = state.scroll_x.clamp(0.0, (columns.total - body.width()).max(0.0));
    state.scroll_x = scroll_x;
    Geometry {
        heading: Rect::from_min_max(pos2(left, rect.top()), pos2(right, top)),
        group_height,
        margin: Rect::from_min_max(pos2(rect.left(), top), pos2(left, bottom)),
        body,
        vertical_bar: Rect::from_min_max(pos2(right, rect.top()), pos2(rect.right(), bottom)),
        horizontal_bar: Rect::from_min_max(pos2(rect.left(), bottom), rect.max),
        columns,
        metrics,
        scroll_x,
    }
}

/// The heights of the headings, laid out again only where columns, breadths or size may have changed.
fn heading_heights(
    ui: &Ui,
    source: &dyn GridSource,
    state: &mut GridState,
    widths: &[f32],
    metrics: &Metrics,
) -> (f32, f32) {
    let zoom = state.kept.zoom() * ui.pixels_per_point();
    let said = || source.columns().iter().map(|column| &column.heading);
    if let Some(known) = &state.headings
        && (known.zoom - zoom).abs() < f32::EPSILON
        && known.widths == widths
        && said().eq(&known.said)
    {
        return known.heights;
    }
    let heights = heading::heights(ui, source.columns(), widths, metrics);
    state.headings = Some(Headings { said: said().cloned().collect(), zoom, widths: widths.to_vec(), heights });
    heights
}

/// Takes over a changed source: rows are found again by name, wherever they stand now.
fn sync(pass: &mut Pass<'_, '_>) {
    let lowest = pass.geometry.metrics.lowest_row();
    if !pass.state.rows.sync(pass.source, lowest) {
        return;
    }
    if let Some(position) = pass.state.anchor_row.and_then(|row| pass.state.rows.position(pass.source, row)) {
        pass.state.anchor.position = position;
    }
    let find = |pass: &Pass<'_, '_>, cursor: Cursor| {
        if let Some(place) = pass.place(&cursor.address) {
            return Some(Cursor { place, ..cursor });
        }
        // The cell is gone: the one that stands in its place now.
        let position = pass.state.rows.clamp(cursor.place.position)?;
        let column = cursor.place.column.min(pass.geometry.columns.len().saturating_sub(1));
        let place = Place { position, column };
        Some(Cursor { address: pass.address(place)?, place })
    };
    // A range whose other corner is gone shrinks to the cursor.
    pass.state.corner = pass.state.corner.and_then(|corner| pass.place(&corner.address).map(|_| corner));
    pass.state.corner = pass.state.corner.and_then(|corner| find(pass, corner));
    let before = pass.state.cursor;
    pass.state.cursor = before.and_then(|cursor| find(pass, cursor));
    if let Some(cursor) = pass.state.cursor
        && before.map(|cursor| cursor.address) != Some(cursor.address)
    {
        pass.events.push(GridEvent::CursorMoved(cursor.address));
    }
    if let Some(at) = pass.state.editing.as_ref().map(|editing| editing.at) {
        match pass.place(&at) {
            Some(place) => pass.state.editing.as_mut().into_iter().for_each(|editing| editing.place = place),
            None => pass.state.cancel_edit(),
        }
    }
}

/// Does what the view asked for. A cell that the source does not have yet is waited for during a few frames.
fn grant_wishes(pass: &mut Pass<'_, '_>) {
    if let Some(place) = pass.state.wanted.cursor.and_then(|at| pass.place(&at)) {
        pass.move_cursor(place, false);
        pass.state.wanted.cursor = None;
    }
    if let Some(place) = pass.state.wanted.reveal.and_then(|at| pass.place(&at)) {
        pass.reveal(place);
        pass.state.wanted.reveal = None;
    }
    if let Some(act) = pass.state.wanted.act.take() {
        keys::act(pass, act);
    }
    if let Some(place) = pass.state.wanted.top.and_then(|at| pass.place(&at)) {
        let anchor = pass.walk(|walker, _| walker.settle(scroll::Anchor { position: place.position, offset: 0.0 }));
        pass.set_anchor(anchor);
        pass.state.wanted.top = None;
    }
    let edit = pass.state.wanted.edit.take();
    if let Some((at, opened)) = edit {
        match pass.place(&at) {
            Some(place) => {
                pass.move_cursor(place, false);
                pass.begin_edit(place, opened.as_ref().map(|opened| opened.text.clone()));
                if let (Some(editing), Some(opened)) = (&mut pass.state.editing, opened) {
                    editing.cursor = Some(opened.text.chars().count());
                    let text = opened.text;
                    editing.refused = opened.reason.map(|reason| draft::Refused { text, reason });
                }
            }
            None => pass.state.wanted.edit = Some((at, opened)),
        }
    }
    let wanted = &mut pass.state.wanted;
    if wanted.cursor.is_some() || wanted.reveal.is_some() || wanted.top.is_some() || wanted.edit.is_some() {
        wanted.waited += 1;
        pass.ui.ctx().request_repaint();
        if wanted.waited > state::PATIENCE {
            *wanted = state::Wanted { focus: wanted.focus, ..state::Wanted::default() };
        }
    } else {
        wanted.waited = 0;
    }
}

/// Ends the edit under way in the way the person left it.
fn finish(pass: &mut Pass<'_, '_>, leave: Leave) {
    let Some(place) = pass.state.editing.as_ref().map(|editing| editing.place) else { return };
    if leave == Leave::GiveUp {
        pass.state.cancel_edit();
        return;
    }
    if let Leave::Answered(answer) = leave {
        let leave = pass.state.editing.as_mut().and_then(|editing| editing.ask.take()).map(|ask| ask.leave);
        pass.commit(answer);
        return go_on(pass, place, leave.unwrap_or(Leave::Chosen));
    }
    if pass.asks(leave) {
        return;
    }
    if leave == Leave::Fill {
        fill_range(pass, place);
        return;
    }
    pass.commit(0);
    go_on(pass, place, leave);
}

/// Moves on after a commit.
fn go_on(pass: &mut Pass<'_, '_>, place: Place, leave: Leave) {
    match leave {
        Leave::Down { back } => {
            let target = keys::enter(pass, place, back);
            pass.go(target, false);
        }
        Leave::Along { back } => {
            keys::tab(pass, place, !back);
        }
        // Whoever took the focus keeps it.
        Leave::Unfocused => pass.state.wanted.focus = false,
        Leave::Chosen | Leave::GiveUp | Leave::Fill | Leave::Answered(_) => {}
    }
    pass.ui.ctx().request_repaint();
}

/// Writes what was typed into every selected cell; the selection stays.
fn fill_range(pass: &mut Pass<'_, '_>, place: Place) {
    let Some(editing) = pass.state.editing.take() else { return };
    pass.state.wanted.focus = true;
    if let (Some((first, _)), Some(range)) = (pass.selected(), pass.selected_range())
        && let Some(at) = pass.cell_address(first)
    {
        pass.events.push(GridEvent::Paste { at, range, rows: vec![vec![Some(editing.value())]] });
    }
    pass.reveal(place);
    pass.ui.ctx().request_repaint();
}

fn editor_label(seen: &pass::Seen<'_>, source: &dyn GridSource) -> String {
    let heading = source.columns().get(seen.cell.column).map_or_else(String::new, Column::spoken);
    let row = seen.visible.block.rows().get(seen.cell.rows.start).map_or("", |row| &row.label);
    format!("Edit {heading}, {row}")
}
