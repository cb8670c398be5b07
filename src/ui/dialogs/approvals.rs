//! The approvals in the header of a form: a short list that is one change whenever one of its fields is left.

use eframe::egui::{Grid, TextEdit, Ui};

use super::fields::refusal;
use super::frame::named;
use crate::app::desk::Desk;
use crate::base::Text;
use crate::edit::Command;
use crate::model::document::{Approval, Document, DocumentKind};
use crate::ui::kit::icons::Icon;
use crate::ui::kit::widgets::{caption, icon_button, text_button};
use crate::ui::request::Request;

/// The approvals that the control-plan form of the AIAG has room for.
const CONTROL_PLAN: [&str; 4] =
    ["Supplier/plant approval", "Customer engineering approval", "Customer quality approval", "Other approval"];
/// Approvals of the other documents.
const COMMON: [&str; 2] = ["Process owner approval", "Quality approval"];

/// The list as it is being typed.
#[derive(Debug, Default)]
pub(super) struct Approvals {
    /// Role, name and date of each.
    rows: Vec<[String; 3]>,
    /// The revision of the project that the list was read from.
    read_from: Option<u64>,
    problem: Option<String>,
}

impl Approvals {
    /// Shows the list.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &Desk, document: &Document, queue: &mut Vec<Request>) {
        let revision = desk.project().revision();
        if self.read_from != Some(revision) {
            self.read_from = Some(revision);
            self.rows = document.approvals.iter().map(|approval| as_typed(desk, approval)).collect();
            self.problem = None;
        }
        let mut changed = false;
        let mut removed = None;
        Grid::new("approvals").num_columns(4).spacing([8.0, 6.0]).show(ui, |ui| {
            for heading in ["Approval", "Name", "Date"] {
                caption(ui, heading);
            }
            ui.end_row();
            for (place, row) in self.rows.iter_mut().enumerate() {
                for (text, (heading, breadth, hint)) in row.iter_mut().zip([
                    ("Approval", 260.0, ""),
                    ("Name", 200.0, ""),
                    ("Date", 110.0, desk.local().dates.example()),
                ]) {
                    let field = TextEdit::singleline(text).hint_text(hint);
                    let field = ui.add_sized([breadth, ui.spacing().interact_size.y], field);
                    let response = named(field, &format!("{heading}, row {}", place + 1));
                    changed |= response.lost_focus();
                }
                if icon_button(ui, Icon::Cross, &format!("Delete approval {}", place + 1)).clicked() {
                    removed = Some(place);
                }
                ui.end_row();
            }
        });
        if let Some(place) = removed {
            self.rows.remove(place);
            changed = true;
        }
        ui.horizontal(|ui| {
            if text_button(ui, "Add approval", "").clicked() {
                self.rows.push(Default::default());
                changed = true;
            }
            if self.rows.is_empty() && text_button(ui, "Add the usual approvals", "As the form has them").clicked() {
                let usual: &[&str] = if document.kind == DocumentKind::ControlPlan { &CONTROL_PLAN } else { &COMMON };
                self.rows = usual.iter().map(|role| [(*role).to_owned(), String::new(), String::new()]).collect();
                changed = true;
            }
        });
        if changed {
            self.commit(desk, document, queue);
        }
        if let Some(problem) = &self.problem {
            refusal(ui, problem);
        }
    }

    /// Commits what is still being typed, as when the dialog closes.
    pub(super) fn commit(&mut self, desk: &Desk, document: &Document, queue: &mut Vec<Request>) {
        if self.read_from.is_none() {
            return;
        }
        match self.rows.iter().map(|row| as_meant(desk, row)).collect::<Result<Vec<_>, _>>() {
            Ok(approvals) => {
                self.problem = None;
                if approvals != document.approvals {
                    queue.push(Request::Run(Command::SetApprovals { document: document.id, approvals }));
                }
            }
            Err(problem) => self.problem = Some(problem),
        }
    }
}

fn as_typed(desk: &Desk, approval: &Approval) -> [String; 3] {
    [approval.role.to_string(), approval.name.to_string(), desk.shown_date(approval.date)]
}

fn as_meant(desk: &Desk, [role, name, date]: &[String; 3]) -> Result<Approval, String> {
    let date = desk.read_date(date)?;
    Ok(Approval { role: Text::from(role.trim()), name: Text::from(name.trim()), date })
}
