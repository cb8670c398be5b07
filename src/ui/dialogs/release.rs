//! Release of a document: its contents are frozen as a revision.

use eframe::egui::{Context, TextEdit, Ui};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, First, MEDIUM, named};
use crate::app::desk::Desk;
use crate::app::settings::Settings;
use crate::base::Id;
use crate::edit::Command;
use crate::model::document::{Document, DocumentState};
use crate::model::finding::{Finding, Place};
use crate::rules::release_obstacles;
use crate::ui::kit::tokens::{Severity, size};
use crate::ui::kit::widgets::{caption, field_row, list_row};
use crate::ui::request::Request;

/// Asks for number, date, author and note.
#[derive(Debug)]
pub(super) struct Release {
    document: Id<Document>,
    number: String,
    date: String,
    author: String,
    note: String,
    /// What stands in the way, and the hash of the contents; found when the dialog is shown first.
    prepared: Option<(Vec<Finding>, String)>,
    first: First,
}

impl Release {
    pub(super) fn new(desk: &Desk, settings: &Settings, document: Id<Document>) -> Self {
        let known = desk.project().get(document);
        let last = known.and_then(Document::latest_revision).map(|last| last.number.to_string());
        let author = desk.author().name.to_string();
        Self {
            document,
            number: last.as_deref().map_or_else(|| "1".to_owned(), next_number),
            date: desk.shown_date(Some(desk.author().today)),
            author: if author.trim().is_empty() { settings.author.clone() } else { author },
            note: if last.is_none() { "First issue".to_owned() } else { String::new() },
            prepared: None,
            first: First::default(),
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let Some(document) = desk.project().get(self.document) else { return false };
        let title = format!("Release {}", document.kind.name());
        let (found, content_hash) = self.prepared.take().unwrap_or_else(|| {
            let found = release_obstacles(desk.project(), self.document, desk.author().today);
            (found, desk.content_hash(self.document).unwrap_or_default())
        });
        let command = self.command(desk, &content_hash);
        let mut jump = None;
        let shown = frame::show(ctx, "release", &title, MEDIUM, |ui| {
            frame::body(ui, |ui| {
                if found.is_empty() {
                    self.fields(ui, document);
                } else {
                    jump = obstacles(ui, &found);
                }
            });
            let refusal = match (&command, found.len()) {
                (_, 1) => Some("Mend the error first".to_owned()),
                (_, 2..) => Some("Mend the errors first".to_owned()),
                (Ok(command), _) => desk.can(command).err().map(|refusal| refusal.reason),
                (Err(problem), _) => Some(problem.clone()),
            };
            Buttons { primary: Some("Release"), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }.show(ui)
        });
        self.prepared = Some((found, content_hash));
        if let Some(request) = jump {
            queue.push(request);
            return false;
        }
        match shown.inner {
            Answer::Primary => queue.extend(command.ok().map(Request::Run)),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn fields(&mut self, ui: &mut Ui, document: &Document) {
        if !document.title.is_blank() {
            field_row(ui, "Document", |ui| ui.label(document.title.as_str()));
        }
        if document.state == DocumentState::Draft {
            caption(
                ui,
                "The contents are frozen with a hash, and the document no longer prints DRAFT. To change it afterwards, \
                 start its next draft.",
            );
        }
        ui.add_space(size::STEP);
        for (name, value, rows) in [
            ("Revision", &mut self.number, 1),
            ("Date", &mut self.date, 1),
            ("Author", &mut self.author, 1),
            ("What changed", &mut self.note, 4),
        ] {
            let response = field_row(ui, name, |ui| {
                let edit =
                    if rows > 1 { TextEdit::multiline(value).desired_rows(rows) } else { TextEdit::singleline(value) };
                named(ui.add(edit.desired_width(f32::INFINITY)), name)
            });
            self.first.claim(&response);
        }
    }

    fn command(&self, desk: &Desk, content_hash: &str) -> Result<Command, String> {
        let date = desk.read_date(&self.date)?.ok_or("Give the date of the release")?;
        Ok(Command::Release {
            document: self.document,
            number: self.number.trim().to_owned(),
            date,
            author: self.author.trim().to_owned(),
            note: self.note.trim().to_owned(),
            content_hash: content_hash.to_owned(),
        })
    }
}

/// Lists the errors that stand in the way; where to go if one was chosen.
fn obstacles(ui: &mut Ui, found: &[Finding]) -> Option<Request> {
    caption(ui, "Errors stand in the way of a release. Choose one to go there.");
    let mut jump = None;
    for finding in found {
        if list_row(ui, Some(Severity::Error), &finding.message, finding.code, false).clicked()
            && let Place::Item { item, field } = finding.place
        {
            jump = Some(Request::ShowItem(item, field));
        }
        if !finding.help.is_empty() {
            ui.indent(finding.code, |ui| caption(ui, &finding.help));
        }
    }
    jump
}

/// The number behind a revision: the last digits or the last letter counted up; blank if there are neither.
fn next_number(last: &str) -> String {
    let last = last.trim();
    let digits = last.len() - last.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, tail) = last.split_at(last.len() - digits);
    if let Ok(number) = tail.parse::<u64>() {
        return format!("{head}{:0breadth$}", number.saturating_add(1), breadth = digits);
    }
    match head.chars().last() {
        Some(letter @ ('A'..='Y' | 'a'..='y')) => {
            format!("{}{}", &head[..head.len() - 1], char::from(letter as u8 + 1))
        }
        Some(letter @ ('Z' | 'z')) => {
            let first = if letter == 'Z' { 'A' } else { 'a' };
            format!("{}{first}{first}", &head[..head.len() - 1])
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::next_number;

    #[test]
    fn revisions_are_counted_as_people_write_them() {
        for (last, next) in [
            ("1", "2"),
            ("09", "10"),
            ("007", "008"),
            ("A", "B"),
            ("Z", "AA"),
            ("1.9", "1.10"),
            ("Rev C", "Rev D"),
            ("", ""),
            ("?", ""),
        ] {
            assert_eq!(next_number(last), next, "after {last}");
        }
    }
}
