//! Fields of items in dialogs: what is typed stays a draft until the field is left, then it is one change that can be
//! undone. What the project refuses stays where it was typed, with the reason.

use std::collections::HashMap;

use eframe::egui::{Align, ComboBox, Key, Modifiers, Response, RichText, Stroke, StrokeKind, TextEdit, Ui};

use super::frame::named;
use crate::app::desk::Desk;
use crate::edit::{Command, choices};
use crate::model::AnyId;
use crate::model::field::Field;
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::field_row;
use crate::ui::request::Request;

/// A field of an item.
pub(super) type At = (AnyId, Field);

/// What is typed and not committed.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    open: Option<(At, String)>,
    refused: HashMap<At, (String, String)>,
}

/// How a text field looks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look<'t> {
    /// Its name for screen readers.
    pub name: &'t str,
    /// A quiet prompt in the empty field.
    pub hint: &'t str,
    /// Number of lines; 0 and 1 for a field of one line.
    pub rows: usize,
}

impl Drafts {
    /// A text field.
    pub(super) fn text(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        at: At,
        look: Look<'_>,
        queue: &mut Vec<Request>,
    ) -> Response {
        let known = desk.shown_text(at.0, at.1).unwrap_or_default();
        let open = self.open.as_mut().filter(|(open, _)| *open == at).map(|(_, text)| std::mem::take(text));
        let is_open = open.is_some();
        let refusal = self.refused.get(&at).cloned();
        let mut text = open.or_else(|| refusal.as_ref().map(|(text, _)| text.clone())).unwrap_or_else(|| known.clone());
        let edit = if look.rows > 1 {
            TextEdit::multiline(&mut text).desired_rows(look.rows)
        } else {
            TextEdit::singleline(&mut text)
        };
        let id = ui.make_persistent_id(("field", at));
        let response = ui.add(edit.id(id).hint_text(look.hint.to_owned()).desired_width(f32::INFINITY));
        if response.has_focus() {
            if !is_open {
                self.settle(desk, queue);
            }
            self.open = Some((at, text));
        } else if is_open {
            let escaped = || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            if text != known && escaped() {
                self.open = None;
                self.refused.remove(&at);
            } else {
                self.open = Some((at, text));
                self.settle(desk, queue);
            }
        }
        let response = named(response, look.name);
        let response = if look.rows > 1 { response } else { whole_on_hover(ui, response, &known) };
        match refusal {
            Some((_, reason)) => {
                let tokens = Tokens::of(ui);
                let edge = Stroke::new(1.0, tokens.error);
                ui.painter().rect_stroke(response.rect, f32::from(size::CORNER), edge, StrokeKind::Inside);
                response.on_hover_text(reason)
            }
            None => response,
        }
    }

    /// A labelled text field, with the reason below it if the project refuses what was typed.
    pub(super) fn row(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        at: At,
        look: Look<'_>,
        queue: &mut Vec<Request>,
    ) -> Response {
        let response = field_row(ui, look.name, |ui| self.text(ui, desk, at, look, queue));
        if let Some((_, reason)) = self.refused.get(&at) {
            refusal(ui, reason);
        }
        response
    }

    /// Commits what is still being typed, as when a dialog closes.
    pub(super) fn settle(&mut self, desk: &Desk, queue: &mut Vec<Request>) {
        let Some(((item, field), text)) = self.open.take() else { return };
        if desk.shown_text(item, field).is_none_or(|known| known == text.trim()) {
            self.refused.remove(&(item, field));
            return;
        }
        let command = Command::SetField { item, field, text: desk.read_text(field, &text), via: None };
        match desk.can(&command) {
            Ok(()) => {
                self.refused.remove(&(item, field));
                queue.push(Request::Run(command));
            }
            Err(refusal) => {
                self.refused.insert((item, field), (text, refusal.reason));
            }
        }
    }

    /// Why what was typed into a field is not taken over, if it is not.
    pub(super) fn refusal_of(&self, at: At) -> Option<&str> {
        self.refused.get(&at).map(|(_, reason)| reason.as_str())
    }

    /// Why something that was typed is not taken over, if anything is not.
    pub(super) fn refusal(&self) -> Option<&str> {
        self.refused.values().next().map(|(_, reason)| reason.as_str())
    }
}

/// Shows a text that is too long for its field when the pointer rests there.
fn whole_on_hover(ui: &Ui, response: Response, text: &str) -> Response {
    if !response.hovered() || response.has_focus() {
        return response;
    }
    let galley =
        ui.painter().layout_no_wrap(text.to_owned(), font(Weight::Regular, size::CHROME_TEXT), Tokens::of(ui).text);
    let room = response.rect.width() - 4.0 * size::STEP;
    if galley.size().x > room { response.on_hover_text(text) } else { response }
}

/// A reason, in the colour of errors.
pub(super) fn refusal(ui: &mut Ui, reason: &str) {
    let tokens = Tokens::of(ui);
    let text = RichText::new(reason).font(font(Weight::Regular, size::CAPTION_TEXT)).color(tokens.error);
    ui.with_layout(eframe::egui::Layout::top_down(Align::LEFT), |ui| ui.label(text));
}

/// A value as it is written and as people see it.
pub(super) type Choice = (String, String);

/// A field that takes one of a few values; a choice is one change.
pub(super) fn choice(
    ui: &mut Ui,
    desk: &Desk,
    at: At,
    name: &str,
    options: &[Choice],
    queue: &mut Vec<Request>,
) -> Response {
    let known = desk.project().field_text(at.0, at.1).unwrap_or_default();
    let shown = options.iter().find(|(value, _)| *value == known).map_or(known.as_str(), |(_, shown)| shown.as_str());
    let combo = ComboBox::from_id_salt(("choice", at)).selected_text(shown.to_owned()).truncate();
    let response = combo.width(ui.available_width()).show_ui(ui, |ui| {
        for (value, shown) in options {
            if ui.selectable_label(*value == known, shown.as_str()).clicked() && *value != known {
                let (item, field) = at;
                queue.push(Request::Run(Command::SetField { item, field, text: value.clone(), via: None }));
            }
        }
    });
    named(response.response, name)
}

/// The values of a field as the editor offers them; special-characteristic classes may also be left blank.
pub(super) fn options_of(desk: &Desk, (item, field): At) -> Vec<Choice> {
    let offered = choices(desk.project(), item, field);
    let blank =
        matches!(field, Field::SpecialClass | Field::Phase | Field::Means).then(|| (String::new(), "None".to_owned()));
    blank.into_iter().chain(offered.into_iter().map(|value| (value.clone(), value))).collect()
}

/// A tick box for a field that is yes or no.
pub(super) fn flag(ui: &mut Ui, desk: &Desk, at: At, name: &str, queue: &mut Vec<Request>) -> Response {
    let mut on = desk.project().field_text(at.0, at.1).as_deref() == Some("Yes");
    let response = named(ui.checkbox(&mut on, ""), name);
    if response.changed() {
        let text = if on { "Yes" } else { "No" }.to_owned();
        queue.push(Request::Run(Command::SetField { item: at.0, field: at.1, text, via: None }));
    }
    response
}
