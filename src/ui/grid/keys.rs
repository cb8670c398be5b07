//! The keyboard while no cell is being edited.

use eframe::egui::{Event, EventFilter, ImeEvent, Key, Modifiers, pos2};

use super::address::{Place, Position};
use super::editor;
use super::event::GridEvent;
use super::pass::Pass;
use super::source::EditKind;
use super::state::GridAct;
use super::{clipboard, html};

/// Keys that arrows, Tab and Escape act on the grid instead of moving the focus.
pub(super) const FILTER: EventFilter =
    EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };

/// The most rows that are copied at once: more than people look at, and few enough for one frame.
const MOST_COPIED: usize = 20_000;

/// For how many seconds a paste that was asked for is waited for.
const PASTE_WITHIN: f64 = 1.0;

/// Where a key leads.
#[derive(Clone, Copy)]
enum Way {
    Left,
    Right,
    Up,
    Down,
}

/// Takes the events that mean something to the grid; the others stay for whoever comes later.
pub(super) fn handle(pass: &mut Pass<'_, '_>) {
    let id = pass.id;
    if !pass.ui.memory(|memory| memory.has_focus(id)) || pass.state.editing.is_some() {
        return;
    }
    pass.ui.memory_mut(|memory| memory.set_focus_lock_filter(id, FILTER));
    if pass.state.cursor.is_none()
        && let Some(position) = pass.state.rows.clamp(pass.state.anchor.position)
    {
        pass.move_cursor(Place { position, column: 0 }, false);
    }
    let mut events = pass.ui.input_mut(|input| std::mem::take(&mut input.events)).into_iter();
    let mut left = Vec::new();
    for event in events.by_ref() {
        if !take(pass, &event) {
            left.push(event);
        }
        if pass.state.editing.is_some() {
            break;
        }
    }
    // What follows the start of an edit in the same frame belongs to its editor, which shows up in this frame.
    left.extend(editor::defer(pass.ui, pass.state, events));
    pass.ui.input_mut(|input| input.events = left);
}

fn take(pass: &mut Pass<'_, '_>, event: &Event) -> bool {
    let Some(cursor) = pass.state.cursor else { return false };
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => press(pass, cursor.place, *key, *modifiers),
        Event::Text(text) if !text.chars().any(char::is_control) && !text.is_empty() => {
            let opens_list = text == " "
                && pass
                    .seen(cursor.place)
                    .is_some_and(|seen| matches!(seen.cell.content.edit, EditKind::Rating | EditKind::Choice));
            pass.begin_edit(cursor.place, if opens_list { None } else { Some(text.clone()) });
            true
        }
        // Composing replaces the text as typing does; the editor goes on with it.
        Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) if !text.is_empty() => {
            pass.begin_edit(cursor.place, Some(String::new()));
            false
        }
        Event::Copy => {
            copy(pass);
            true
        }
        Event::Cut => {
            copy(pass);
            // What was not copied stays.
            if matches!(pass.events.last(), Some(GridEvent::TooMany { .. })) {
                return true;
            }
            act(pass, GridAct::Clear);
            true
        }
        Event::Paste(text) => {
            paste(pass, text);
            true
        }
        _ => false,
    }
}

fn press(pass: &mut Pass<'_, '_>, place: Place, key: Key, modifiers: Modifiers) -> bool {
    let shift = modifiers.shift;
    // With AltGr, Windows reports Ctrl and Alt together: that is a letter, not a shortcut.
    let command = modifiers.command && !modifiers.alt;
    if modifiers.alt && !matches!(key, Key::ArrowUp | Key::ArrowDown) {
        return false;
    }
    match key {
        Key::ArrowUp | Key::ArrowDown if modifiers.alt => return pass_on(pass, place, key, modifiers),
        Key::ArrowLeft => go(pass, place, Way::Left, command, shift),
        Key::ArrowRight => go(pass, place, Way::Right, command, shift),
        Key::ArrowUp => go(pass, place, Way::Up, command, shift),
        Key::ArrowDown => go(pass, place, Way::Down, command, shift),
        Key::Home | Key::End => {
            let rows = &pass.state.rows;
            let end = key == Key::End;
            let position = match (command, end) {
                (false, _) => Some(place.position),
                (true, false) => rows.first(),
                (true, true) => rows.last(),
            };
            let column = if end { pass.geometry.columns.len().saturating_sub(1) } else { 0 };
            if let Some(position) = position {
                pass.go(Place { position, column }, shift);
            }
        }
        Key::PageUp => page(pass, place, -1.0, shift),
        Key::PageDown => page(pass, place, 1.0, shift),
        Key::Tab if !command => {
            tab(pass, place, !shift);
        }
        Key::Enter if command => return pass_on(pass, place, key, modifiers),
        Key::Enter | Key::F2 => pass.begin_edit(place, None),
        Key::Backspace => pass.begin_edit(place, Some(String::new())),
        Key::Delete => act(pass, GridAct::Clear),
        Key::Escape => {
            if pass.state.corner.take().is_none() {
                return false;
            }
        }
        Key::A if command => select_all(pass),
        Key::D if command && !shift => act(pass, GridAct::FillDown),
        Key::R if command && !shift => act(pass, GridAct::FillRight),
        Key::F10 if shift => context_menu(pass, place),
        Key::Insert | Key::Plus | Key::Minus => {
            return (key == Key::Insert || command) && pass_on(pass, place, key, modifiers);
        }
        _ => return false,
    }
    true
}

fn pass_on(pass: &mut Pass<'_, '_>, place: Place, key: Key, modifiers: Modifiers) -> bool {
    if let Some(at) = pass.cell_address(place) {
        pass.events.push(GridEvent::Key { key, modifiers, at });
    }
    true
}

fn go(pass: &mut Pass<'_, '_>, place: Place, way: Way, far: bool, extend: bool) {
    if let Some(target) = if far { far_step(pass, place, way) } else { step(pass, place, way) } {
        pass.go(target, extend);
    }
}

/// The neighbour; a merged cell is left as a whole.
fn step(pass: &Pass<'_, '_>, place: Place, way: Way) -> Option<Place> {
    let (first, last) = pass.cell_rows(place);
    Some(match way {
        Way::Left => Place { column: place.column.checked_sub(1)?, ..place },
        Way::Right if place.column + 1 < pass.geometry.columns.len() => Place { column: place.column + 1, ..place },
        Way::Right => return None,
        Way::Up => Place { position: pass.state.rows.previous(first)?, ..place },
        Way::Down => Place { position: pass.state.rows.next(last)?, ..place },
    })
}

/// The edge of the block, or the next block from there; the first or last column.
fn far_step(pass: &Pass<'_, '_>, place: Place, way: Way) -> Option<Place> {
    let rows = &pass.state.rows;
    let Position { block, row } = place.position;
    let position = match way {
        Way::Left => return Some(Place { column: 0, ..place }),
        Way::Right => return Some(Place { column: pass.geometry.columns.len().checked_sub(1)?, ..place }),
        Way::Up if row > 0 => Position { block, row: 0 },
        Way::Up => Position { row: 0, ..rows.previous(place.position)? },
        Way::Down => {
            let end = Position { block, row: rows.row_count(block).saturating_sub(1) };
            rows.next(end).unwrap_or(end)
        }
    };
    Some(Place { position, ..place })
}

/// The next or previous cell, going on in the next or previous row.
pub(super) fn along(pass: &Pass<'_, '_>, place: Place, forward: bool) -> Place {
    if let Some(next) = step(pass, place, if forward { Way::Right } else { Way::Left }) {
        return next;
    }
    let rows = &pass.state.rows;
    let last_column = pass.geometry.columns.len().saturating_sub(1);
    let (position, column) =
        if forward { (rows.next(place.position), 0) } else { (rows.previous(place.position), last_column) };
    position.map_or(place, |position| Place { position, column })
}

/// Goes along and remembers where that began.
pub(super) fn tab(pass: &mut Pass<'_, '_>, place: Place, forward: bool) {
    let from = pass.state.tabs_from.or_else(|| pass.source.columns().get(place.column).map(|column| column.key));
    let target = along(pass, place, forward);
    pass.go(target, false);
    pass.state.tabs_from = from;
}

/// Where Enter leads after an edit: down, and after Tab back to the column where the tabs began.
pub(super) fn enter(pass: &Pass<'_, '_>, place: Place, back: bool) -> Place {
    let from = pass.state.tabs_from.and_then(|key| pass.source.columns().iter().position(|column| column.key == key));
    down(pass, Place { column: from.unwrap_or(place.column), ..place }, back)
}

/// The cell below or above.
fn down(pass: &Pass<'_, '_>, place: Place, back: bool) -> Place {
    step(pass, place, if back { Way::Up } else { Way::Down }).unwrap_or(place)
}

fn page(pass: &mut Pass<'_, '_>, place: Place, direction: f32, extend: bool) {
    let by = (pass.geometry.body.height() - pass.geometry.metrics.lowest_row()).max(20.0) * direction;
    let anchor = pass.walk(|walker, anchor| walker.scroll(anchor, by));
    pass.set_anchor(anchor);
    let y = pass.state.rows.y_of(place.position) + f64::from(by);
    let position = if y < 0.0 { pass.state.rows.first() } else { pass.state.rows.at(y).map(|found| found.0) };
    if let Some(position) = position {
        pass.go(Place { position, ..place }, extend);
    }
}

fn select_all(pass: &mut Pass<'_, '_>) {
    if let (Some(first), Some(last)) = (pass.state.rows.first(), pass.state.rows.last()) {
        pass.move_cursor(Place { position: first, column: 0 }, false);
        let column = pass.geometry.columns.len().saturating_sub(1);
        pass.move_cursor(Place { position: last, column }, true);
    }
}

pub(super) fn act(pass: &mut Pass<'_, '_>, act: GridAct) {
    let Some(range) = pass.selected_range() else { return };
    pass.events.push(match act {
        GridAct::Clear => GridEvent::Delete(range),
        GridAct::FillDown | GridAct::FillRight => GridEvent::Fill { range, down: act == GridAct::FillDown },
    });
}

fn context_menu(pass: &mut Pass<'_, '_>, place: Place) {
    let position = pass.seen(place).map_or(pass.geometry.body.left_top(), |seen| {
        let rect = seen.rect.intersect(pass.geometry.body);
        pos2(rect.left() + 8.0, rect.bottom().min(rect.top() + 24.0))
    });
    if let Some(at) = pass.cell_address(place) {
        pass.events.push(GridEvent::ContextMenu { at, position });
    }
}

fn copy(pass: &mut Pass<'_, '_>) {
    let Some((first, last)) = pass.selected() else { return };
    let count = pass.state.rows.count_between(first.position, last.position);
    if count > MOST_COPIED {
        pass.events.push(GridEvent::TooMany { rows: count, most: MOST_COPIED });
        return;
    }
    let (mut shown, mut written) = (Vec::new(), Vec::new());
    let mut here = Some(first.position);
    let mut block = pass.source.block(first.position.block);
    let mut block_index = first.position.block;
    while let Some(position) = here.filter(|position| *position <= last.position) {
        if position.block != block_index {
            block_index = position.block;
            block = pass.source.block(block_index);
        }
        let (mut shown_row, mut written_row) = (Vec::new(), Vec::new());
        for column in first.column..=last.column {
            // A merged cell is written once, in the first of its rows that is selected.
            let cell = block.cell(position.row, column);
            let starts = cell.is_none_or(|cell| cell.rows.start == position.row || position == first.position);
            let text = cell.filter(|_| starts).map(|cell| cell.content.plain_text()).unwrap_or_default();
            let end = if position.block == last.position.block { last.position.row + 1 } else { block.rows().len() };
            let rows = cell.map_or(1, |cell| cell.rows.end.min(end).saturating_sub(position.row));
            let at = pass.address(Place { position, column });
            let edited = at.filter(|_| starts).and_then(|at| pass.source.edit_text(&at));
            // What follows from other cells is shown to others and not pasted again.
            let writes = starts && cell.is_none_or(|cell| cell.content.edit != EditKind::None);
            written_row.push(writes.then(|| edited.unwrap_or_else(|| text.clone())));
            shown_row.push(html::Cell { text, rows: if starts { rows } else { 0 } });
        }
        shown.push(shown_row);
        written.push(written_row);
        here = pass.state.rows.next(position);
    }
    let (rows, columns) = (shown.len(), last.column - first.column + 1);
    clipboard::copy(pass.ui.ctx(), &shown, written);
    pass.events.push(GridEvent::Copied { rows, columns });
}

fn paste(pass: &mut Pass<'_, '_>, text: &str) {
    let rows = clipboard::pasted(pass.ui.ctx(), text);
    let Some((first, last)) = pass.selected() else { return };
    let now = pass.ui.input(|input| input.time);
    let as_rows = pass.state.rows_asked.take().is_some_and(|asked| now - asked < PASTE_WITHIN);
    let (Some(at), Some(range), false) = (pass.cell_address(first), pass.selected_range(), rows.is_empty()) else {
        return;
    };
    if as_rows {
        let last = pass.address(Place { position: last.position, column: first.column });
        pass.events.push(GridEvent::PasteRows { at: last.unwrap_or(at), rows });
    } else {
        pass.events.push(GridEvent::Paste { at, range, rows });
    }
}
