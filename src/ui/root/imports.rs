//! Spreadsheets of the window: chosen, looked at, and made one entry of the history of a project.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::desk::{self, Desk};
use crate::app::import::command_with;
use crate::app::jobs::Done;
use crate::app::returned::accept;
use crate::base::clock;
use crate::exchange::import::report::report;
use crate::ui::dialogs::{Destination, Dialog, Imported, TakenOver};
use crate::ui::request::Request;

use super::Root;

/// Endings of the files that can be read.
const ENDINGS: [&str; 7] = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt"];

/// Whether a file is a spreadsheet by its ending.
pub(super) fn is_spreadsheet(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    path.is_file() && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

impl Root {
    pub(super) fn ask_import(&mut self) {
        let picker = rfd::FileDialog::new().set_title("Import a spreadsheet").add_filter("Spreadsheets", &ENDINGS);
        if let Some(path) = picker.pick_file() {
            self.queue.push(Request::ImportFile(path));
        }
    }

    pub(super) fn look_at_import(&mut self, path: PathBuf) {
        let today = self.today.unwrap_or_else(clock::today);
        self.dialog = Some(Dialog::import(path, today, &self.settings, self.workspace.is_some()));
    }

    /// Imports what a person looked at, as one entry of the history, and shows the document.
    pub(super) fn import(&mut self, imported: &Arc<Imported>) {
        if let Err(reason) = self.prepare_import(&imported.into) {
            self.dialog = Some(Dialog::message("The spreadsheet was not imported", reason));
            return;
        }
        imported.session.keep(&mut self.settings.import_mappings);
        self.keep_settings();
        let Some(workspace) = &mut self.workspace else { return };
        let outcome = &imported.outcome;
        let before = workspace.desk.history().state();
        workspace.run(&command_with(&imported.session.opened.workbook, &outcome.built, &imported.taken));
        if workspace.desk.history().state() == before {
            // The status says why.
            return;
        }
        if matches!(imported.into, Destination::New(_)) && !self.save() {
            return;
        }
        let Some(workspace) = &mut self.workspace else { return };
        let plural =
            |count: usize, noun: &str| if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") };
        let notice = format!(
            "Imported {} from {}: {}, {} not imported",
            plural(outcome.lines(), "line"),
            imported.session.opened.workbook.file,
            plural(outcome.cells.imported, "cell"),
            outcome.not_imported(),
        );
        workspace.status.imported = Some((notice.clone(), Arc::clone(imported)));
        workspace.status.notice = Some(notice);
    }

    /// Takes over what was changed in a workbook that came home, as one entry of the history.
    pub(super) fn take_over(&mut self, taken: &TakenOver) {
        let author = desk::author(&self.settings, self.today.unwrap_or_else(clock::today));
        let (Some(workspace), Ok(mut author)) = (&mut self.workspace, author) else { return };
        let accepted = accept(workspace.desk.project(), &taken.returned, &taken.chosen, &mut author);
        let refused: Vec<String> =
            accepted.refused.iter().map(|refused| format!("{}: {}", refused.place, refused.reason)).collect();
        workspace.take_returned(accepted, &taken.returned.file);
        if !refused.is_empty() {
            let title = "Not everything was taken over";
            self.dialog = Some(Dialog::message(title, refused.join("\n")));
        }
    }

    /// Opens the project that the import goes into.
    fn prepare_import(&mut self, into: &Destination) -> Result<(), String> {
        let Destination::New(folder) = into else { return Ok(()) };
        if let Some(workspace) = &mut self.workspace
            && workspace.desk.is_dirty()
        {
            workspace.desk.save()?;
        }
        let author = desk::author(&self.settings, self.today.unwrap_or_else(clock::today))?;
        let created = Desk::create_empty(folder, author)?;
        self.settings.remember(folder);
        self.show_desk(created);
        Ok(())
    }

    pub(super) fn ask_loss_report(&mut self, imported: &Arc<Imported>) {
        let name = imported.path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut picker = rfd::FileDialog::new().set_file_name(format!("{name}-import.json"));
        if let Some(folder) = imported.path.parent() {
            picker = picker.set_directory(folder);
        }
        if let Some(path) = picker.add_filter("JSON", &["json"]).save_file() {
            self.queue.push(Request::SaveLossReport(Arc::clone(imported), path));
        }
    }

    /// Writes the account of an import, off the frame.
    pub(super) fn save_loss_report(&mut self, imported: Arc<Imported>, path: PathBuf) {
        self.jobs.start("Writing the loss report…", move || {
            let outcome = &imported.outcome;
            let made = report(&imported.session.opened.workbook, &outcome.understood, &outcome.built);
            let mut text = serde_json::to_string_pretty(&made)
                .map_err(|error| format!("The report cannot be written: {error}"))?;
            text.push('\n');
            fs::write(&path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
            Ok(Done { text: format!("Loss report written to {}", path.display()), made: Some(path) })
        });
    }
}
