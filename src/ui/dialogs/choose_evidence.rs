//! What proves a PPAP element: documents of the project, files that are attached already, and files to be attached.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, MEDIUM};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::Project;
use crate::model::form::List;
use crate::model::item::AnyId;
use crate::model::ppap::PpapElement;
use crate::model::project_data::Attachment;
use crate::model::reference::Ref;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, text_button};
use crate::ui::request::Request;

/// The dialog. What is ticked is done at once and can be undone.
#[derive(Debug)]
pub(super) struct ChooseEvidence {
    element: Id<PpapElement>,
    listed: Option<u64>,
    ids: Vec<AnyId>,
    entries: Vec<Entry>,
    picker: Picker,
}

impl ChooseEvidence {
    pub(super) fn new(element: Id<PpapElement>) -> Self {
        Self { element, listed: None, ids: Vec::new(), entries: Vec::new(), picker: Picker::default() }
    }

    /// The documents of the project, then its attached files.
    fn list(&mut self, project: &Project) {
        if self.listed.replace(project.revision()) == Some(project.revision()) {
            return;
        }
        let documents = project.documents().into_iter().map(|document| {
            (
                AnyId::from(document.id),
                Entry { text: project.document_label(document), remark: document.number.to_string() },
            )
        });
        let mut files: Vec<&Attachment> = project.all().collect();
        files.sort_by(|left, right| left.title.cmp(&right.title).then_with(|| left.path.cmp(&right.path)));
        let files = files.into_iter().map(|file| {
            (AnyId::from(file.id), Entry { text: project.label(file.id.into()), remark: file.path.to_string() })
        });
        (self.ids, self.entries) = documents.chain(files).unzip();
        self.picker.renew();
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let project = desk.project();
        let Some(element) = project.get(self.element) else { return false };
        self.list(project);
        let title = format!("Evidence of element {}", project.label(self.element.into()));
        let shown = frame::show(ctx, "choose evidence", &title, MEDIUM, |ui| {
            ui.horizontal(|ui| {
                let hint = "Copies a file into the folder “attachments” of the project";
                if text_button(ui, "Attach file…", hint).clicked() {
                    attach(desk, self.element, queue);
                }
                caption(ui, "Tick what proves the element.");
            });
            ui.add_space(size::STEP);
            let purpose = Purpose {
                filter: "Find a document or file",
                empty: "The project has neither documents nor attached files yet.",
                several: true,
                height: (frame::room(ctx) - 60.0).min(364.0),
            };
            let ids = &self.ids;
            let is_ticked = |at: usize| ids.get(at).is_some_and(|id| proves(element, *id));
            if let Some(Picked::Entry(at) | Picked::Done(at)) = self.picker.show(ui, purpose, &self.entries, is_ticked)
                && let Some(id) = self.ids.get(at)
            {
                queue.extend(toggled(project, element, *id).map(Request::Run));
            }
            frame::stays_open(ui)
        });
        shown.inner && !shown.closed
    }
}

fn attach(desk: &Desk, element: Id<PpapElement>, queue: &mut Vec<Request>) {
    let picker = rfd::FileDialog::new().set_title("File to attach").set_directory(desk.folder());
    queue.extend(picker.pick_file().map(|file| Request::Attach(element, file)));
}

fn proves(element: &PpapElement, id: AnyId) -> bool {
    match id {
        AnyId::Document(document) => element.documents.contains(&Ref::Item(document)),
        AnyId::Attachment(file) => element.attachments.contains(&Ref::Item(file)),
        _ => false,
    }
}

/// The command that takes something to the evidence of an element, or away from it.
fn toggled(project: &Project, element: &PpapElement, id: AnyId) -> Option<Command> {
    let is_there = proves(element, id);
    let texts = |held: Vec<(Option<AnyId>, String)>, name: String| {
        let mut lines: Vec<String> =
            held.into_iter().filter(|(held, _)| !is_there || *held != Some(id)).map(|(_, text)| text).collect();
        if !is_there {
            lines.push(name);
        }
        lines
    };
    let (list, lines) = match id {
        AnyId::Document(document) => {
            let held = element.documents.iter();
            let held = held.map(|held| (held.present().map(AnyId::from), project.document_name(held)));
            (List::Documents, texts(held.collect(), project.document_name(&document.into())))
        }
        AnyId::Attachment(_) => {
            let held = element.attachments.iter();
            let held = held.map(|held| (held.present().map(AnyId::from), project.target_text(held)));
            (List::Attachments, texts(held.collect(), project.label(id)))
        }
        _ => return None,
    };
    Some(Command::SetList { owner: element.id.into(), list, lines })
}
