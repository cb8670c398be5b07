//! Editing in place: the field keeps the place of its cell, grows over the neighbours and never scrolls the grid.

use eframe::egui::{
    Align2, Area, Event, Frame, Id, Key, Label, Margin, Order, Rect, RichText, ScrollArea, Sense, Stroke, TextEdit, Ui,
    UiBuilder, pos2, text::CCursorRange, text_edit::TextEditState, vec2,
};
use eframe::egui::{KeyboardShortcut, Modifiers, Role, WidgetInfo};

use super::address::{CellAddress, Place};
use super::columns::Geometry;
use super::keys::FILTER;
use super::source::{EditKind, EditOption, GridSource};
use super::state::GridState;
use crate::ui::kit::{Tokens, Weight, font, size};

/// The most options that are laid out at once.
const MOST_OPTIONS: usize = 200;

/// What was typed and not taken, and why.
pub(super) struct Refused {
    pub(super) text: String,
    pub(super) reason: String,
}

/// An edit under way.
pub(super) struct Editing {
    pub(super) at: CellAddress,
    pub(super) place: Place,
    kind: EditKind,
    text: String,
    original: String,
    serial: u64,
    options: Vec<EditOption>,
    /// Indexes of the options that fit what was typed.
    fitting: Vec<usize>,
    /// Which of the fitting options is lit; `by_hand` if arrows or the pointer chose it.
    lit: Option<usize>,
    by_hand: bool,
    /// The text the options were asked for.
    asked: Option<String>,
    list_closed: bool,
    had_focus: bool,
    height: f32,
    pub(super) popup_rect: Option<Rect>,
    /// Shown beside the field until something else is typed.
    pub(super) refused: Option<Refused>,
}

/// How the person left the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// Enter, or Shift+Enter upwards.
    Down { back: bool },
    /// Tab, or Shift+Tab backwards.
    Along { back: bool },
    /// Ctrl+Enter while several cells are selected: into all of them.
    Fill,
    /// The focus went elsewhere.
    Unfocused,
    /// An option was clicked.
    Chosen,
    /// Escape.
    GiveUp,
}

impl Editing {
    pub(super) fn new(
        at: CellAddress,
        place: Place,
        kind: EditKind,
        original: String,
        typed: Option<String>,
        serial: u64,
    ) -> Self {
        Self {
            at,
            place,
            kind,
            text: typed.unwrap_or_else(|| original.clone()),
            original,
            serial,
            options: Vec::new(),
            fitting: Vec::new(),
            lit: None,
            by_hand: false,
            asked: None,
            list_closed: false,
            had_focus: false,
            height: 0.0,
            popup_rect: None,
            refused: None,
        }
    }

    /// Whether a commit would change anything.
    pub(super) fn changed(&self) -> bool {
        self.value() != self.original
    }

    /// What a commit says: the option that is lit, or what was typed.
    pub(super) fn value(&self) -> String {
        let lit = self.lit.and_then(|lit| self.options.get(*self.fitting.get(lit)?));
        match lit {
            Some(option) if self.by_hand || self.kind == EditKind::Choice && self.touched() => option.value.clone(),
            _ if self.kind == EditKind::Text => self.text.clone(),
            _ => self.text.trim().to_owned(),
        }
    }

    fn touched(&self) -> bool {
        self.text != self.original && !self.text.is_empty()
    }

    fn list_is_open(&self) -> bool {
        !self.list_closed && !self.fitting.is_empty()
    }

    /// Asks for options when the text changed, and finds those that fit.
    fn find_options(&mut self, source: &dyn GridSource) {
        if self.asked.as_ref() == Some(&self.text) {
            return;
        }
        let first = self.asked.is_none();
        if first || self.kind == EditKind::Text {
            self.options = source.options(&self.at, &self.text);
        }
        self.asked = Some(self.text.clone());
        let typed = self.text.trim().to_lowercase();
        let all = self.text == self.original || typed.is_empty() || self.kind == EditKind::Text;
        self.fitting.clear();
        if all {
            self.fitting.extend(0..self.options.len());
        } else {
            let starts = |option: &EditOption| option.value.to_lowercase().starts_with(&typed);
            let holds = |option: &EditOption| option.label.to_lowercase().contains(&typed);
            self.fitting.extend((0..self.options.len()).filter(|&index| starts(&self.options[index])));
            let more =
                (0..self.options.len()).filter(|&index| !starts(&self.options[index]) && holds(&self.options[index]));
            self.fitting.extend(more.collect::<Vec<_>>());
        }
        self.fitting.truncate(MOST_OPTIONS);
        let exact = self.fitting.iter().position(|&index| {
            let option = &self.options[index];
            option.value.to_lowercase() == typed || option.label.to_lowercase() == typed
        });
        self.by_hand = false;
        self.lit = match self.kind {
            EditKind::Choice if self.touched() => exact.or(if self.fitting.is_empty() { None } else { Some(0) }),
            EditKind::Choice | EditKind::Rating => exact,
            EditKind::Text | EditKind::None => None,
        };
        // Completions of a text appear once something was typed.
        if first && self.kind == EditKind::Text && !self.touched() {
            self.list_closed = true;
        } else if !first {
            self.list_closed = false;
        }
    }

    fn light(&mut self, down: bool) {
        let count = self.fitting.len();
        self.by_hand = true;
        self.lit = Some(match (self.lit, down) {
            (None, true) => 0,
            (None, false) => count.saturating_sub(1),
            (Some(lit), true) => (lit + 1).min(count.saturating_sub(1)),
            (Some(lit), false) => lit.saturating_sub(1),
        });
    }
}

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
            kept.push(event);
            continue;
        };
        match key {
            Key::Enter if modifiers.command && is_range => leave = Some(Leave::Fill),
            Key::Enter if !modifiers.alt => leave = Some(Leave::Down { back: modifiers.shift }),
            Key::Tab => leave = Some(Leave::Along { back: modifiers.shift }),
            Key::Escape if editing.list_is_open() && editing.kind == EditKind::Text => editing.list_closed = true,
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
        matches!(event, Event::Text(_) | Event::Paste(_) | Event::Copy | Event::Cut | Event::Key { pressed: true, .. })
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
    let narrowest = if editing.kind == EditKind::Text { 160.0 * metrics.zoom } else { 30.0 };
    let width = cell.width().max(narrowest).min(geometry.body.width());
    let height = cell.height().max(metrics.lowest_row()).max(editing.height).min(geometry.body.height());
    let clip = geometry.clip(geometry.body, editing.place.column);
    let left = cell.left().min(clip.right() - width).max(clip.left());
    let top = cell.top().max(geometry.body.top()).min(geometry.body.bottom() - height).max(geometry.body.top());
    let place = Rect::from_min_size(pos2(left, top), vec2(width, height));

    if !editing.had_focus {
        ui.memory_mut(|memory| memory.request_focus(field));
        if editing.text == editing.original && editing.kind != EditKind::Text {
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
            let align = if editing.kind == EditKind::Text { Align2::LEFT_TOP } else { Align2::CENTER_TOP };
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
    if editing.kind != EditKind::Text && editing.text.contains('\n') {
        editing.text.retain(|char| char != '\n');
    }
    editing.find_options(source);
    let (chosen, popup_rect) = show_list(ui, id, editing, field_rect, tokens);
    editing.popup_rect = popup_rect;
    editing.refused = editing.refused.take().filter(|refused| refused.text == editing.text);
    if let Some(refused) = &editing.refused {
        show_reason(ui, id, refused, field_rect, popup_rect, tokens);
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

/// Shows the options below the field, or above it if there is no room; returns the one that was clicked.
fn show_list(
    ui: &Ui,
    id: Id,
    editing: &mut Editing,
    field: Rect,
    tokens: &'static Tokens,
) -> (Option<usize>, Option<Rect>) {
    if !editing.list_is_open() {
        return (None, None);
    }
    let row = 24.0;
    let screen = ui.ctx().content_rect();
    let wanted = (editing.fitting.len() as f32 * row + 8.0).min(12.0 * row);
    let below = screen.bottom() - field.bottom() - 8.0;
    let above = field.top() - screen.top() - 8.0;
    let (pivot, at, room) = if below >= wanted.min(6.0 * row) || below >= above {
        (Align2::LEFT_TOP, field.left_bottom() + vec2(0.0, 2.0), below)
    } else {
        (Align2::LEFT_BOTTOM, field.left_top() - vec2(0.0, 2.0), above)
    };
    let mut chosen = None;
    let width = field.width().clamp(260.0, 420.0);
    let area = Area::new(id.with(("options", editing.serial)))
        .order(Order::Foreground)
        .fixed_pos(at)
        .pivot(pivot)
        .constrain(true)
        .fade_in(false);
    let shown = area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().max_height(wanted.min(room).max(3.0 * row)).show(ui, |ui| {
                for (order, &index) in editing.fitting.iter().enumerate() {
                    let lit = editing.lit == Some(order);
                    let response = option_row(ui, &editing.options[index], lit, tokens);
                    if lit && editing.by_hand {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        chosen = Some(order);
                    }
                }
            });
        });
    });
    (chosen, Some(shown.response.rect))
}

fn option_row(ui: &mut Ui, option: &EditOption, lit: bool, tokens: &Tokens) -> eframe::egui::Response {
    let pad = vec2(6.0, 4.0);
    let id = font(Weight::Regular, size::GRID_TEXT);
    let galley = ui.painter().layout(option.label.clone(), id, tokens.text, ui.available_width() - 2.0 * pad.x);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + 2.0 * pad.y), Sense::CLICK);
    let fill = match (lit, response.hovered()) {
        (true, _) => Some(tokens.selection_fill()),
        (false, true) => Some(tokens.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, f32::from(size::CORNER), fill);
    }
    ui.painter().galley(rect.min + pad, galley, tokens.text);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, lit, &option.label));
    response
}
