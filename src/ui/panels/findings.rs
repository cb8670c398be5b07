//! The list of findings: what is wrong or missing, where, and what can be done at once.

use eframe::egui::{ScrollArea, Ui};

use crate::app::desk::Desk;
use crate::edit::Command;
use crate::model::finding::{Place, Severity};
use crate::rules::{Counts, Reported};
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{size, widgets};
use crate::ui::request::Request;
use crate::ui::views::source::severity;

/// Height of a row of the list in points.
const ROW: f32 = 26.0;

/// How many findings there are, those of the files included.
pub fn counts(desk: &Desk) -> Counts {
    let mut counts = desk.counts();
    for finding in desk.file_findings() {
        match finding.severity {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Info => counts.infos += 1,
        }
    }
    counts
}

/// One line with the counts.
pub fn summary(desk: &Desk) -> String {
    let counts = counts(desk);
    if desk.checker().is_behind() {
        return "Checking…".to_owned();
    }
    if counts.errors + counts.warnings + counts.infos == 0 {
        return "No findings".to_owned();
    }
    let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let mut parts = vec![plural(counts.errors, "error"), plural(counts.warnings, "warning")];
    if counts.infos > 0 {
        parts.push(format!("{} to know", counts.infos));
    }
    if counts.approved > 0 {
        parts.push(format!("{} approved", counts.approved));
    }
    parts.join(" · ")
}

/// Shows the findings; only rows in sight are laid out.
pub fn show(ui: &mut Ui, findings: &[Reported], chosen: Option<usize>, queue: &mut Vec<Request>) {
    if findings.is_empty() {
        widgets::caption(ui, "Nothing to complain about: every rule is kept.");
        return;
    }
    ScrollArea::vertical().id_salt("findings").auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        findings.len(),
        |ui, rows| {
            for at in rows {
                row(ui, at, &findings[at], chosen == Some(at), queue);
            }
        },
    );
}

fn row(ui: &mut Ui, at: usize, reported: &Reported, chosen: bool, queue: &mut Vec<Request>) {
    let finding = &reported.finding;
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        let fix = finding.fixes.first();
        let room = ui.available_width() - fix.map_or(0.0, |fix| fix.title.chars().count() as f32 * 7.5 + 28.0);
        let said = match &finding.place {
            Place::File { path, position: Some((line, column)) } => {
                format!("{path}:{line}:{column}: {}", finding.message)
            }
            _ => finding.message.to_string(),
        };
        let message = one_line(&said, (room / 7.0) as usize);
        let response = ui
            .allocate_ui(eframe::egui::vec2(room.max(120.0), ROW), |ui| {
                ui.push_id(at, |ui| {
                    widgets::list_row(ui, Some(severity(finding.severity)), &message, finding.code, chosen)
                })
                .inner
            })
            .inner;
        let more = if finding.help.is_empty() { said.clone() } else { format!("{said}\n\n{}", finding.help) };
        if response.on_hover_text(more).clicked() {
            queue.push(match &finding.place {
                Place::Item { item, field } => Request::ShowItem(*item, *field),
                Place::File { path, .. } => {
                    let text = format!("{said}\n\n{}", finding.help);
                    Request::Show(Dialog::message(path.to_string(), text))
                }
            });
        }
        ui.add_space(size::STEP);
        if let Some(fix) = fix
            && widgets::text_button(ui, &fix.title, "Mend this finding; undo takes it back").clicked()
        {
            queue.push(Request::Run(Command::from(fix)));
        }
    });
}

/// The message cut to the room there is; the full one stands in the tooltip.
fn one_line(message: &str, room: usize) -> String {
    let room = room.clamp(40, 400);
    if message.chars().count() <= room {
        return message.to_owned();
    }
    format!("{}…", message.chars().take(room - 1).collect::<String>().trim_end())
}
