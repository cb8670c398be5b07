//! What a control-plan row covers, or which rows cover a cause, each with the reason and as a way there.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, MEDIUM};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::model::Project;
use crate::model::coverage::CoverReason;
use crate::model::item::AnyId;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog with the other side.
#[derive(Debug)]
pub(super) struct Coverage {
    item: AnyId,
    listed: Option<u64>,
    places: Vec<AnyId>,
    entries: Vec<Entry>,
    picker: Picker,
}

/// The rows that cover a risk, or the risks that a row covers.
pub(super) fn other_side(project: &Project, item: AnyId) -> Vec<(AnyId, CoverReason)> {
    match item {
        AnyId::PlanRow(row) => {
            let covered = project.get(row).map(|row| project.risks_covered(row)).unwrap_or_default();
            covered.into_iter().map(|(risk, reason)| (risk.into(), reason)).collect()
        }
        AnyId::Risk(risk) => {
            let rows = project.get(risk).map(|risk| project.rows_covering(risk)).unwrap_or_default();
            rows.into_iter().map(|(row, reason)| (row.id.into(), reason)).collect()
        }
        _ => Vec::new(),
    }
}

impl Coverage {
    pub(super) fn new(item: AnyId) -> Self {
        Self { item, listed: None, places: Vec::new(), entries: Vec::new(), picker: Picker::default() }
    }

    fn list(&mut self, project: &Project) {
        if self.listed == Some(project.revision()) {
            return;
        }
        self.listed = Some(project.revision());
        let found = other_side(project, self.item);
        self.places = found.iter().map(|(place, _)| *place).collect();
        self.entries = found
            .into_iter()
            .map(|(place, reason)| Entry { text: words(project, place), remark: why(project, reason) })
            .collect();
        self.picker.renew();
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let project = desk.project();
        self.list(project);
        let of_row = matches!(self.item, AnyId::PlanRow(_));
        let title = if of_row { "Failure causes that the row covers" } else { "Control-plan rows of the cause" };
        let mut jump = None;
        let shown = frame::show(ctx, "coverage", title, MEDIUM, |ui| {
            caption(ui, &format!("{}. Choose one to go there.", words(project, self.item)));
            let purpose = Purpose {
                filter: "Find",
                empty: if of_row {
                    "The row covers no failure cause. Link the controls it carries out, or choose a characteristic that \
                     failures of its step name."
                } else {
                    "No row covers the cause. A row does if it carries out one of its controls, or controls its \
                     characteristic at the same step."
                },
                several: false,
                height: (frame::room(ctx) - 40.0).min(364.0),
            };
            if let Some(Picked::Entry(at) | Picked::Done(at)) = self.picker.show(ui, purpose, &self.entries, |_| false)
            {
                jump = self.places.get(at).copied();
            }
            frame::stays_open(ui)
        });
        if let Some(place) = jump {
            queue.push(Request::ShowItem(place, None));
            return false;
        }
        shown.inner && !shown.closed
    }
}

fn words(project: &Project, item: AnyId) -> String {
    match item {
        AnyId::Risk(risk) => match project.get(risk) {
            Some(risk) => format!("{} ← {}", project.label(risk.mode.into()), project.label(risk.cause.into())),
            None => String::new(),
        },
        AnyId::PlanRow(row) => match project.get(row) {
            Some(row) => {
                let words =
                    [project.row_number(row), project.subject_text(&row.subject), row.control_method.to_string()];
                let words: Vec<String> = words.into_iter().filter(|word| !word.trim().is_empty()).collect();
                words.join(" · ")
            }
            None => String::new(),
        },
        _ => project.label(item),
    }
}

fn why(project: &Project, reason: CoverReason) -> String {
    match reason {
        CoverReason::Control(control) => format!("by its control “{}”", project.label(control.into())),
        CoverReason::Characteristic(_) => "by step and characteristic".to_owned(),
    }
}
