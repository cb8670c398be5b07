//! Which columns of each form a report profile prints.

use eframe::egui::{ComboBox, PopupCloseBehavior, RichText, Ui};

use crate::app::desk::Desk;
use crate::app::layout::Preset;
use crate::base::{Id, Text};
use crate::edit::Command;
use crate::model::Project;
use crate::model::form::{Form, FormKind, FormOptions, ListKind};
use crate::model::report_profile::ReportProfile;
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::field_row;
use crate::ui::request::Request;
use crate::ui::views::arranging::heading;

/// The forms of the project, each with its columns, as they were at a revision of it.
#[derive(Debug, Default)]
pub(super) struct Forms {
    revision: Option<u64>,
    forms: Vec<Form>,
}

impl Forms {
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &Desk, id: Id<ReportProfile>, queue: &mut Vec<Request>) {
        let project = desk.project();
        if self.revision != Some(project.revision()) {
            (self.revision, self.forms) = (Some(project.revision()), forms(project));
        }
        let Some(profile) = project.get(id) else { return };
        for form in &self.forms {
            if let Some(columns) = chosen(ui, form, profile) {
                queue.push(Request::Run(Command::SetLeftOut { profile: id, form: form.kind, columns }));
            }
        }
    }
}

/// The forms that the project prints; the matrix of characteristics is printed whole.
fn forms(project: &Project) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    for document in project.documents() {
        let kind = Form::usual_kind(project, document);
        if forms.iter().all(|form| form.kind != kind) {
            forms.push(Form::new(project, document, kind, FormOptions::default()));
        }
    }
    let list = |list| Form::list(project, list, FormOptions::default());
    forms.extend([ListKind::Characteristics, ListKind::Actions].map(list));
    forms
}

/// What people call a form.
fn name(kind: FormKind) -> &'static str {
    match kind {
        FormKind::ProcessFlow => "Process flow",
        FormKind::FmeaAiagVda => "FMEA (AIAG & VDA)",
        FormKind::FmeaFourthEdition => "FMEA (4th edition)",
        FormKind::ControlPlan => "Control plan",
        FormKind::List(list) => list.name(),
    }
}

/// A field that opens the list of columns; what is left out, if that was changed.
fn chosen(ui: &mut Ui, form: &Form, profile: &ReportProfile) -> Option<Vec<Text>> {
    let left_out = profile.left_out_of(form.kind);
    let is_left_out = |key: &str| left_out.iter().any(|left_out| left_out.as_str() == key);
    let count = form.columns.iter().filter(|column| is_left_out(&column.key)).count();
    let whole = form.columns.len();
    let shown = match count {
        0 => "Every column".to_owned(),
        _ => format!("{} of {whole} columns", whole - count),
    };
    let mut changed = None;
    let name = name(form.kind);
    field_row(ui, name, |ui| {
        let combo = ComboBox::from_id_salt(("printed columns", name)).selected_text(shown).height(420.0);
        let combo = combo.width(ui.available_width()).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let shown = combo.show_ui(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                for preset in Preset::of(form).into_iter().rev() {
                    if ui.selectable_label(false, preset.name()).clicked() {
                        let hidden = preset.layout(form).of(form).into_iter().filter(|(_, shown)| !shown);
                        changed = Some(hidden.map(|(at, _)| Text::from(&*form.columns[at].key)).collect());
                    }
                }
            });
            ui.separator();
            for column in &form.columns {
                let mut is_printed = !is_left_out(&column.key);
                // The last one stays: a form without columns is none.
                let is_last = is_printed && count + 1 == whole;
                ui.horizontal(|ui| {
                    let words = heading(form, &column.key);
                    let ticked = ui.add_enabled_ui(!is_last, |ui| ui.checkbox(&mut is_printed, words)).inner;
                    if ticked.changed() {
                        let others = left_out.iter().filter(|key| key.as_str() != &*column.key).cloned();
                        let this = (!is_printed).then(|| Text::from(&*column.key));
                        changed = Some(others.chain(this).collect());
                    }
                    if let Some(group) = form.groups.get(column.group) {
                        let quiet = Tokens::of(ui).quiet;
                        ui.label(RichText::new(&group.heading).size(size::CAPTION_TEXT).color(quiet));
                    }
                });
            }
        });
        shown.response
    });
    changed
}
