//! Editing in place: the field keeps the place of its cell, grows over the neighbours and never scrolls the grid.

use std::time::Duration;

use eframe::egui::{
    Align2, Area, Event, Frame, Id, Key, Label, Margin, Order, Rect, RichText, ScrollArea, Stroke, TextEdit, Ui,
    UiBuilder, pos2,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
    vec2,
};
use eframe::egui::{KeyboardShortcut, Modifiers};

use super::columns::Geometry;
use super::draft::{Editing, Leave, Refused};
use super::keys::FILTER;
use super::popup::{self, List};
use super::source::{EditKind, GridSource};
use super::state::GridState;
use crate::ui::kit::{Tokens, Weight, font, size};

/// How long to wait until options that are being found are asked for again.
const WAIT: Duration = Duration::from_millis(30);

/// Takes the keys that leave the editor or walk its list. What follows a leaving key in the same frame is kept for the
/// next one, so that fast typing and scanners lose nothing.
pub(super) fn take_keys(ui: &Ui, state: &mut GridState) -> Option<Leave> {
    if !state.deferred.is_empty() {
        let mut events = std::mem::take(&mut state.deferred);
        ui.input_mut(|input| {
            events.append(&mut input.events);
            input.events = events;
        });
    }
    let is_range = state.is_range();
    let editing = state.editing.as_mut().filter(|editing| editing.had_focus)?;
    let mut leave = None;
    let mut kept = Vec::new();
    let mut events = ui.input_mut(|input| std::mem::take(&mut input.events)).into_iter();
    for event in events.by_ref() {
        let Event::Key { key, pressed: true, modifiers, .. } = &event else {
            if matches!(event, Event::Text(_) | Event::Paste(_) | Event::Cut) {
                editing.ask = None;
            }
            kept.push(event);
            continue;
        };
        if let Some(ask) = &mut editing.ask {
            match key {
                Key::ArrowDown | Key::ArrowUp => ask.light(*key == Key::ArrowDown),
                Key::Enter => leave = Some(Leave::Answered(ask.lit)),
                // Back to the text, which is not lost.
                _ => editing.ask = None,
            }
            if leave.is_some() {
                break;
            }
            continue;
        }
        let chooses = editing.kind == EditKind::Lines && editing.list_is_open() && editing.by_hand;
        match key {
            Key::Enter | Key::Tab if chooses => editing.cursor = editing.take_line(),
            Key::Enter if modifiers.command && is_range => leave = Some(Leave::Fill),
            Key::Enter if !modifiers.alt => leave = Some(Leave::Down { back: modifiers.shift }),
            Key::Tab => leave = Some(Leave::Along { back: modifiers.shift }),
            Key::Escape if editing.list_is_open() && editing.is_text() => editing.list_closed = true,
            Key::Escape => leave = Some(Leave::GiveUp),
            Key::ArrowDown | Key::ArrowUp if editing.list_is_open() => editing.light(*key == Key::ArrowDown),
            _ => kept.push(event),
        }
        if leave.is_some() {
            break;
        }
    }
    kept.extend(defer(ui, state, events));
    ui.input_mut(|input| input.events = kept);
    leave
}

/// Keeps words and presses for the next frame and gives back what may be handled at once: releases, movements.
pub(super) fn defer(ui: &Ui, state: &mut GridState, events: impl Iterator<Item = Event>) -> Vec<Event> {
    let (wait, at_once): (Vec<Event>, Vec<Event>) = events.partition(|event| {
        matches!(
            event,
            Event::Text(_)
                | Event::Ime(_)
                | Event::Paste(_)
                | Event::Copy
                | Event::Cut
                | Event::Key { pressed: true, .. }
        )
    });
    if !wait.is_empty() {
        state.deferred.extend(wait);
        ui.ctx().request_repaint();
    }
    at_once
}

/// Shows the field over its cell; `cell` is where the cell stands now. Returns how the person left it by pointer.
pub(super) fn show(
    ui: &mut Ui,
    id: Id,
    source: &dyn GridSource,
    state: &mut GridState,
    geometry: &Geometry,
    cell: Rect,
    label: &str,
) -> Option<Leave> {
    let tokens = Tokens::of(ui);
    let editing = state.editing.as_mut()?;
    let field = id.with(("field", editing.serial));
    let metrics = &geometry.metrics;
    let narrowest = if editing.is_text() { 160.0 * metrics.zoom } else { 30.0 };
    let width = cell.width().max(narrowest).min(geometry.body.width());
    let height = cell.height().max(metrics.lowest_row()).max(editing.height).min(geometry.body.height());
    let clip = geometry.clip(geometry.body, editing.place.column);
    let left = cell.left().min(clip.right() - width).max(clip.left());
    let top = cell.top().max(geometry.body.top()).min(geometry.body.bottom() - height).max(geometry.body.top());
    let place = Rect::from_min_size(pos2(left, top), vec2(width, height));

    if std::mem::take(&mut editing.refocus) {
        ui.memory_mut(|memory| memory.request_focus(field));
    }
    if let Some(at) = editing.cursor.take() {
        let mut text = TextEditState::load(ui.ctx(), field).unwrap_or_default();
        text.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(at))));
        text.store(ui.ctx(), field);
    }
    if !editing.had_focus {
        ui.memory_mut(|memory| memory.request_focus(field));
        if editing.text == editing.original && !editing.is_text() {
            // The first letter replaces a rating or a choice; F2 and Enter keep it to look at.
            let mut text = TextEditState::default();
            text.cursor.set_char_range(Some(CCursorRange::select_all_str(&editing.text)));
            text.store(ui.ctx(), field);
        }
    }
    let frame = Frame::NONE.fill(tokens.paper).stroke(Stroke::new(2.0, tokens.selection));
    let margin = Margin::symmetric((metrics.pad_x - 2.0) as i8, (metrics.pad_y - 2.0) as i8);
    let room = place.height();
    let all = Rect::from_min_size(place.min, vec2(width, geometry.body.height()));
    let mut inner = ui.new_child(UiBuilder::new().scope_id(id.with("editor")).max_rect(all));
    let regular = font(Weight::Regular, metrics.text);
    let row_height = ui.fonts_mut(|fonts| fonts.row_height(&regular));
    inner.spacing_mut().extra_text_line_spacing = metrics.line_height - row_height;
    inner.set_clip_rect(geometry.body.expand(2.0).intersect(ui.clip_rect()));
    let shown = frame.show(&mut inner, |ui| {
        ui.set_min_height(cell.height().min(room) - 4.0);
        ScrollArea::vertical().max_height(geometry.body.height() - 4.0).show(ui, |ui| {
            let align = if editing.is_text() { Align2::LEFT_TOP } else { Align2::CENTER_TOP };
            let edit = TextEdit::multiline(&mut editing.text)
                .id(field)
                .font(regular.clone())
                .frame(Frame::NONE.inner_margin(margin))
                .desired_width(width - 4.0)
                .desired_rows(1)
                .align(align)
                .event_filter(FILTER)
                .return_key(KeyboardShortcut::new(Modifiers::ALT, Key::Enter));
            ui.add(edit).accessible_name(label)
        })
    });
    let field_rect = shown.response.rect;
    editing.height = field_rect.height();
    if !editing.is_text() && editing.text.contains('\n') {
        editing.text.retain(|char| char != '\n');
    }
    editing.line = line_of_cursor(ui, field, &editing.text);
    editing.find_options(source);
    if source.options_are_pending() {
        ui.ctx().request_repaint_after(WAIT);
    }
    // A list opens below the words, not below all of a high cell.
    let words = shown.inner.inner.rect.bottom() + f32::from(margin.bottom);
    let is_high = field_rect.bottom() > words + 2.0 * metrics.lowest_row();
    let beside = if is_high { field_rect.with_max_y(words) } else { field_rect };
    let (chosen, popup_rect) = show_list(ui, id, editing, beside, tokens);
    editing.popup_rect = popup_rect;
    editing.refused = editing.refused.take().filter(|refused| refused.text == editing.text);
    match &editing.refused {
        Some(refused) => show_reason(ui, id, refused, field_rect, popup_rect, tokens),
        None => popup::show_remarks(ui, id.with("remarks"), &editing.remarks, field_rect, popup_rect, tokens),
    }
    if let (Some(answer), true) = (chosen, editing.ask.is_some()) {
        return Some(Leave::Answered(answer));
    }
    if let (Some(lit), EditKind::Lines) = (chosen, editing.kind) {
        editing.lit = Some(lit);
        editing.cursor = editing.take_line();
        editing.refocus = true;
        ui.ctx().request_repaint();
        return None;
    }
    if let Some(lit) = chosen {
        editing.lit = Some(lit);
        editing.by_hand = true;
        return Some(Leave::Chosen);
    }
    if !editing.had_focus {
        // The click that opened the field was beside it and took the focus away again.
        ui.memory_mut(|memory| memory.request_focus(field));
    }
    let focused = ui.memory(|memory| memory.has_focus(field));
    if editing.had_focus && !focused {
        let on_list = ui.input(|input| input.pointer.interact_pos().zip(popup_rect));
        if on_list.is_some_and(|(pos, rect)| rect.contains(pos)) {
            ui.memory_mut(|memory| memory.request_focus(field));
            return None;
        }
        return Some(Leave::Unfocused);
    }
    editing.had_focus = true;
    None
}

/// Shows why what was typed was not taken: above the field, or below it where the options are above.
fn show_reason(ui: &Ui, id: Id, refused: &Refused, field: Rect, popup: Option<Rect>, tokens: &'static Tokens) {
    let below = popup.is_some_and(|popup| popup.top() < field.top());
    let (pivot, at) = if below {
        (Align2::LEFT_TOP, field.left_bottom() + vec2(0.0, 2.0))
    } else {
        (Align2::LEFT_BOTTOM, field.left_top() - vec2(0.0, 2.0))
    };
    let area = Area::new(id.with("refused"))
        .order(Order::Foreground)
        .fixed_pos(at)
        .pivot(pivot)
        .constrain(true)
        .interactable(false)
        .fade_in(false);
    area.show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(Margin::symmetric(8, 5));
        frame.stroke(Stroke::new(1.0, tokens.error)).show(ui, |ui| {
            ui.set_max_width(420.0);
            let text = RichText::new(&refused.reason).font(font(Weight::Regular, size::GRID_TEXT)).color(tokens.error);
            ui.add(Label::new(text).wrap());
            let hint =
                RichText::new("Esc gives up").font(font(Weight::Regular, size::CAPTION_TEXT)).color(tokens.quiet);
            ui.label(hint);
        });
    });
}

/// Shows what is asked, or the options; which row was clicked, and where the list stands.
fn show_list(
    ui: &Ui,
    id: Id,
    editing: &Editing,
    field: Rect,
    tokens: &'static Tokens,
) -> (Option<usize>, Option<Rect>) {
    let list = match &editing.ask {
        Some(ask) => {
            List { heading: Some(&ask.words), rows: ask.answers.iter().collect(), lit: Some(ask.lit), follow: true }
        }
        None if !editing.list_is_open() => return (None, None),
        None => List {
            heading: None,
            rows: editing.fitting.iter().map(|index| &editing.options[*index]).collect(),
            lit: editing.lit,
            follow: editing.by_hand,
        },
    };
    let (chosen, rect) = list.show(ui, id.with(("options", editing.serial, editing.ask.is_some())), field, tokens);
    (chosen, Some(rect))
}

/// The line of the text in which the cursor of a field stands.
fn line_of_cursor(ui: &Ui, field: Id, text: &str) -> usize {
    let cursor = TextEditState::load(ui.ctx(), field).and_then(|state| state.cursor.char_range());
    let end = cursor.map_or(usize::MAX, |range| range.primary.index.into());
    text.chars().take(end).filter(|char| *char == '\n').count()
}
