//! Questions that need one answer, and messages that need none.

use eframe::egui::{Context, Label};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, SMALL};
use crate::ui::request::{After, Request};

/// What shall become of unsaved changes.
#[derive(Debug)]
pub(super) struct Unsaved {
    after: After,
}

impl Unsaved {
    pub(super) fn new(after: After) -> Self {
        Self { after }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let name = cx.desk.map(|desk| desk.project().data().name.to_string()).unwrap_or_default();
        let name = if name.trim().is_empty() { "the project".to_owned() } else { format!("“{name}”") };
        let before = match &self.after {
            After::Start => "closing it",
            After::Quit => "quitting",
            After::Open(_) => "opening another project",
            After::NewProject => "making another project",
        };
        let shown = frame::show(ctx, "unsaved", &format!("Save {name} before {before}?"), SMALL, |ui| {
            ui.label("There are changes that are not in the project folder yet. They are lost if you discard them.");
            Buttons { primary: Some("Save"), refusal: None, other: Some("Discard changes"), cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::SaveAnd(self.after.clone())),
            Answer::Other => queue.push(Request::Discard(self.after.clone())),
            Answer::Cancel => queue.push(Request::Nothing),
            Answer::Open => return !shown.closed,
        }
        false
    }
}

/// Whether what was saved automatically shall be taken over.
#[derive(Debug)]
pub(super) struct Restore {
    when: String,
}

impl Restore {
    pub(super) fn new(when: String) -> Self {
        Self { when }
    }

    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "restore", "Restore unsaved changes?", SMALL, |ui| {
            ui.label(format!("The program ended without saving. Changes from {} were kept automatically.", self.when));
            ui.label("Restored changes are not saved yet, so you can look at them first.");
            Buttons {
                primary: Some("Restore changes"),
                refusal: None,
                other: Some("Drop them"),
                cancel: "Decide later",
            }
            .show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::Restore(true)),
            Answer::Other => queue.push(Request::Restore(false)),
            Answer::Cancel => queue.push(Request::Nothing),
            Answer::Open => return !shown.closed,
        }
        false
    }
}

/// Something that needs to be read.
#[derive(Debug)]
pub(super) struct Message {
    title: String,
    text: String,
}

impl Message {
    pub(super) fn new(title: String, text: String) -> Self {
        Self { title, text }
    }

    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, _: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "message", &self.title, SMALL, |ui| {
            frame::body(ui, |ui| ui.add(Label::new(&self.text).wrap().selectable(true)));
            frame::stays_open(ui)
        });
        shown.inner && !shown.closed
    }
}
