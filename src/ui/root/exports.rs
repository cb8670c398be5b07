//! Documents written to files: where to, and off the frame.

use crate::app::export;
use crate::app::jobs::Done;
use crate::ui::request::{ExportTarget, Request};

use super::Root;

impl Root {
    pub(super) fn ask_export(&mut self, flat: bool, all: bool) {
        let Some(workspace) = &self.workspace else { return };
        let Some(printed) = workspace.printed() else { return self.notice("The project has no documents yet") };
        let folder = workspace.desk.folder().to_owned();
        let phase = printed.phase.filter(|_| !all);
        let path = if all {
            rfd::FileDialog::new().set_title("Folder for the PDF files").set_directory(folder).pick_folder()
        } else {
            let name = printed.what.file_name(workspace.desk.project());
            let name = phase.map_or(name.clone(), |phase| format!("{name}, {}", phase.name().to_lowercase()));
            let ending = if flat { "csv" } else { "pdf" };
            let picker = rfd::FileDialog::new().set_directory(folder).set_file_name(format!("{name}.{ending}"));
            picker.add_filter(ending.to_uppercase(), &[ending]).save_file()
        };
        if let Some(path) = path {
            self.queue.push(Request::Export(ExportTarget {
                what: (!all).then_some(printed.what),
                flat,
                phase,
                language: self.settings.language(),
                path,
            }));
        }
    }

    /// Writes documents off the frame, from a snapshot.
    pub(super) fn export(&mut self, target: ExportTarget) {
        let Some(workspace) = &self.workspace else { return };
        let snapshot = workspace.desk.project().clone();
        let on = (workspace.desk.author().today, target.language);
        self.jobs.start("Exporting…", move || {
            let written = match (target.what, target.flat) {
                (Some(what), true) => {
                    export::csv_to_file(&snapshot, what, target.phase, &target.path).map(|written| vec![written])
                }
                (Some(what), false) => {
                    export::pdf_to_file(&snapshot, what, target.phase, on, &target.path).map(|written| vec![written])
                }
                (None, _) => export::all_to_folder(&snapshot, export::Format::Pdf, None, on, &target.path),
            };
            let written = written.map_err(|error| error.to_string())?;
            let warnings: Vec<&str> = written.iter().flat_map(|file| &file.warnings).map(String::as_str).collect();
            let exported = format!("Exported to {}", target.path.display());
            let text = if warnings.is_empty() { exported } else { format!("{exported}. {}", warnings.join(". ")) };
            Ok(Done { text, made: Some(target.path) })
        });
    }
}
