//! Where an import goes: into a new project, or into the one that is open.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::Ui;

use crate::app::desk::Desk;
use crate::app::import::outcome::Outcome;
use crate::app::import::session::Session;
use crate::app::settings::Settings;
use crate::model::item::Kind;
use crate::ui::dialogs::DialogContext;
use crate::ui::dialogs::folder_field::FolderField;
use crate::ui::kit::widgets::caption;

/// Where an import goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// The open project.
    Open,
    /// A new project in this folder.
    New(PathBuf),
}

/// An import that a person looked at and wants.
#[derive(Debug)]
pub struct Imported {
    /// The file.
    pub path: PathBuf,
    /// What the person said of it.
    pub session: Session,
    /// What becomes of it.
    pub outcome: Arc<Outcome>,
    /// What is taken over of what the project has otherwise.
    pub taken: BTreeSet<usize>,
    /// Where it goes.
    pub into: Destination,
}

/// The choice where it goes.
#[derive(Debug)]
pub(super) struct Target {
    is_new: bool,
    folder: FolderField,
}

impl Target {
    pub(super) fn new(file: &Path, settings: &Settings, has_project: bool) -> Self {
        let name = file.file_stem().map_or_else(|| "import".to_owned(), |name| name.to_string_lossy().into_owned());
        let beside = settings.recent.first().and_then(|recent| recent.parent()).or_else(|| file.parent());
        let folder = beside.map(|folder| folder.join(free_name(folder, &name))).unwrap_or_default();
        Self { is_new: !has_project, folder: FolderField::new(&folder) }
    }

    pub(super) fn is_open(&self, cx: DialogContext<'_>) -> bool {
        !self.is_new && cx.desk.is_some()
    }

    pub(super) fn destination(&self, cx: DialogContext<'_>) -> Destination {
        if self.is_open(cx) { Destination::Open } else { Destination::New(self.folder.path()) }
    }

    pub(super) fn verb(&self, cx: DialogContext<'_>) -> &'static str {
        let is_unsaved = cx.desk.is_some_and(Desk::is_dirty);
        if is_unsaved && !self.is_open(cx) { "Save open project and import" } else { "Import" }
    }

    pub(super) fn refusal(&mut self, cx: DialogContext<'_>) -> Option<String> {
        if self.is_open(cx) {
            return None;
        }
        match cx.desk {
            Some(desk) if desk.is_dirty() && desk.is_read_only() => Some(
                "The open project has changes and is open for reading only. Save it to another folder first".to_owned(),
            ),
            _ => self.folder.refusal(),
        }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, cx: DialogContext<'_>, outcome: Option<&Outcome>) {
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.is_new, true, "Into a new project");
            let open = ui.add_enabled_ui(cx.desk.is_some(), |ui| {
                let name = cx.desk.map(|desk| desk.project().data().name.to_string()).unwrap_or_default();
                let words =
                    if name.is_empty() { "Into the open project".to_owned() } else { format!("Into “{name}”") };
                ui.radio_value(&mut self.is_new, false, words)
            });
            open.inner.on_disabled_hover_text("No project is open");
        });
        if self.is_open(cx) {
            let words = outcome.map(news).unwrap_or_default();
            caption(ui, &words).on_hover_text(
                "What the project has already is used, and not changed but for what is linked to it. One undo takes all of it back.",
            );
        } else {
            self.folder.show(ui, "Folder of the new project");
        }
    }
}

/// What is new in the open project, and what of it is used.
fn news(outcome: &Outcome) -> String {
    let list = |counts: &[(Kind, usize)]| {
        let words = counts.iter().map(|(kind, count)| crate::base::text::counted(*count, kind.noun()));
        words.collect::<Vec<_>>().join(", ")
    };
    match (outcome.new.as_slice(), outcome.used.as_slice()) {
        ([], _) => "Nothing is new.".to_owned(),
        (new, []) => format!("New: {}. Nothing that is there already is used.", list(new)),
        (new, used) => format!("New: {}. Used as they are: {}.", list(new), list(used)),
    }
}

/// A name that no folder has yet.
fn free_name(folder: &Path, name: &str) -> String {
    let mut free = name.to_owned();
    for number in 2..100 {
        if !folder.join(&free).exists() {
            break;
        }
        free = format!("{name}-{number}");
    }
    free
}
