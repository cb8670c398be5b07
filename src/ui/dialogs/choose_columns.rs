//! Which columns of a form are shown, in which order, and which of them stay while the others scroll.

use eframe::egui::{ComboBox, Context, RichText, ScrollArea, Ui};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, MEDIUM};
use crate::app::layout::{Layout, Preset};
use crate::model::form::Form;
use crate::ui::kit::icons::Icon;
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, icon_button};
use crate::ui::request::Request;
use crate::ui::views::arranging::heading;

/// The dialog with the layout as it was chosen so far.
#[derive(Debug)]
pub(super) struct ChooseColumns {
    form: Form,
    layout: Layout,
}

impl ChooseColumns {
    pub(super) fn new(form: Form, layout: Layout) -> Self {
        Self { form, layout }
    }

    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "columns", "Columns", MEDIUM, |ui| {
            ui.horizontal(|ui| {
                caption(ui, "Begin with");
                let now = self.layout.preset(&self.form);
                for preset in Preset::of(&self.form) {
                    if ui.selectable_label(now == Some(preset), preset.name()).clicked() {
                        self.layout = preset.layout(&self.form);
                    }
                }
            });
            self.frozen(ui);
            ui.add_space(size::STEP);
            let height = (frame::room(ctx) - 100.0).clamp(100.0, 420.0);
            ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| self.list(ui));
            Buttons { primary: Some("Show these columns"), refusal: None, other: None, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::SetLayout(self.layout.clone())),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn frozen(&mut self, ui: &mut Ui) {
        let order: Vec<usize> =
            self.layout.of(&self.form).into_iter().filter(|(_, shown)| *shown).map(|(at, _)| at).collect();
        let count = self.layout.frozen_count(&self.form);
        let name = |at: usize| heading(&self.form, &self.form.columns[at].key);
        let now = count.checked_sub(1).and_then(|last| order.get(last)).map_or("None".to_owned(), |at| name(*at));
        let mut chosen = None;
        ui.horizontal(|ui| {
            let label = ui.label("Stay in sight while the others scroll: up to");
            let list = ComboBox::from_id_salt("frozen").selected_text(now).width(220.0).show_ui(ui, |ui| {
                if ui.selectable_label(count == 0, "None").clicked() {
                    chosen = Some(String::new());
                }
                for (place, at) in order.iter().enumerate() {
                    if ui.selectable_label(place + 1 == count, name(*at)).clicked() {
                        chosen = Some(self.form.columns[*at].key.to_string());
                    }
                }
            });
            list.response.labelled_by(label.id);
        });
        if chosen.is_some() {
            self.layout.frozen = chosen;
        }
    }

    fn list(&mut self, ui: &mut Ui) {
        let order = self.layout.of(&self.form);
        let key = |place: usize| order.get(place).map(|(at, _)| self.form.columns[*at].key.to_string());
        let mut changed = None;
        for (place, (at, shown)) in order.iter().enumerate() {
            let column = &self.form.columns[*at];
            let name = heading(&self.form, &column.key);
            ui.horizontal(|ui| {
                let mut is_shown = *shown;
                ui.add_enabled_ui(place > 0, |ui| {
                    if icon_button(ui, Icon::ChevronUp, &format!("Move {name} before the one above")).clicked() {
                        changed = Some(Change::Move(column.key.to_string(), key(place - 1)));
                    }
                });
                ui.add_enabled_ui(place + 1 < order.len(), |ui| {
                    if icon_button(ui, Icon::ChevronDown, &format!("Move {name} behind the one below")).clicked() {
                        changed = Some(Change::Move(column.key.to_string(), key(place + 2)));
                    }
                });
                if ui.checkbox(&mut is_shown, &name).changed() {
                    changed = Some(Change::Show(column.key.to_string(), is_shown));
                }
                if let Some(group) = self.form.groups.get(column.group) {
                    let quiet = Tokens::of(ui).quiet;
                    ui.label(RichText::new(&group.heading).size(size::CAPTION_TEXT).color(quiet));
                }
            });
        }
        match changed {
            Some(Change::Move(key, before)) => self.layout.move_column(&self.form, &key, before.as_deref()),
            Some(Change::Show(key, shown)) => self.layout.show_column(&self.form, &key, shown),
            None => {}
        }
    }
}

enum Change {
    Move(String, Option<String>),
    Show(String, bool),
}
