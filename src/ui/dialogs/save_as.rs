//! Another folder for the open project: where the old one may not be written, or to start from it.

use std::path::Path;

use eframe::egui::Context;

use super::DialogContext;
use super::folder_field::FolderField;
use super::frame::{self, Answer, Buttons, First, MEDIUM};
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// Asks for the folder.
#[derive(Debug)]
pub(super) struct SaveAs {
    folder: FolderField,
    first: First,
}

impl SaveAs {
    /// Proposes a folder beside the present one.
    pub(super) fn new(present: &Path) -> Self {
        let present = std::path::absolute(present).unwrap_or_else(|_| present.to_owned());
        let name = present.file_name().map_or_else(|| "project".to_owned(), |name| name.to_string_lossy().into_owned());
        let beside = present.parent().unwrap_or(&present).join(format!("{name}-copy"));
        Self { folder: FolderField::new(&beside), first: First::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "save as", "Save project as", MEDIUM, |ui| {
            frame::body(ui, |ui| {
                let field = self.folder.show(ui, "Folder for the project");
                self.first.claim(&field);
                ui.add_space(2.0 * size::STEP);
                caption(
                    ui,
                    "Every document and attachment goes to the new folder, and you go on there. The old folder stays as \
                     it is.",
                );
            });
            let refusal = self.folder.refusal();
            Buttons { primary: Some("Save project"), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }
                .show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::SaveTo(self.folder.path())),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }
}
