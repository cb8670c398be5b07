//! Chooses where a failure cause, a failure mode, a control-plan row or a process step goes.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, Answer, Buttons, MEDIUM};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::edit::{Command, Destination, destinations};
use crate::model::AnyId;
use crate::model::project::Project;
use crate::ui::request::Request;

/// The dialog with what was chosen.
#[derive(Debug)]
pub(super) struct MoveTo {
    item: AnyId,
    listed: Option<u64>,
    places: Vec<Destination>,
    entries: Vec<Entry>,
    chosen: Option<Destination>,
    picker: Picker,
}

impl MoveTo {
    pub(super) fn new(item: AnyId) -> Self {
        Self { item, listed: None, places: Vec::new(), entries: Vec::new(), chosen: None, picker: Picker::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let project = desk.project();
        if !project.contains(self.item) {
            return false;
        }
        self.list(project);
        let title = format!("Move {} to", crate::base::text::quoted(&project.label(self.item)));
        let mut done = false;
        let shown = frame::show(ctx, "move to", &title, MEDIUM, |ui| {
            let purpose = Purpose {
                filter: "Find the place it goes to",
                empty: "There is no other place for it yet.",
                several: false,
                height: (frame::room(ctx) - 60.0).clamp(90.0, 360.0),
            };
            let (places, chosen) = (&self.places, self.chosen);
            let is_chosen = |at: usize| chosen.is_some() && places.get(at).copied() == chosen;
            match self.picker.show(ui, purpose, &self.entries, is_chosen) {
                Some(Picked::Entry(at)) => self.chosen = self.places.get(at).copied(),
                Some(Picked::Done(at)) => (self.chosen, done) = (self.places.get(at).copied(), true),
                None => {}
            }
            let refusal = match self.command() {
                None => Some("Choose the place it goes to".to_owned()),
                Some(command) => desk.can(&command).err().map(|refusal| refusal.reason),
            };
            done = done && refusal.is_none();
            Buttons { primary: Some("Move"), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Open if !done => return !shown.closed,
            Answer::Primary | Answer::Open => queue.extend(self.command().map(Request::Run)),
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn command(&self) -> Option<Command> {
        self.chosen.map(|to| Command::MoveTo { item: self.item, to })
    }

    fn list(&mut self, project: &Project) {
        if self.listed == Some(project.revision()) {
            return;
        }
        self.listed = Some(project.revision());
        let found = destinations(project, self.item);
        self.entries = found.iter().map(|(_, text)| Entry { text: text.clone(), remark: String::new() }).collect();
        self.places = found.into_iter().map(|(place, _)| place).collect();
        self.picker.renew();
    }
}
