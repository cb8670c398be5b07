//! Documents written to files: where to, and off the frame.

use std::path::{Path, PathBuf};

use crate::app::export::{self, ExportError, Format, PdfOptions, Written};
use crate::app::jobs::Done;
use crate::app::ppap::{PackageError, package_to_file};
use crate::app::settings::WorkbookResults;
use crate::app::workbook;
use crate::base::Id;
use crate::edit::Command;
use crate::model::field::Field;
use crate::model::report_profile::ReportProfile;
use crate::ui::dialogs::Dialog;
use crate::ui::request::{ExportTarget, Request};

use super::Root;

impl Root {
    pub(super) fn ask_export(&mut self, format: Format, all: bool) {
        let Some(workspace) = &self.workspace else { return };
        let Some(printed) = workspace.printed() else { return self.notice("The project has no documents yet") };
        let folder = workspace.desk.folder().to_owned();
        let phase = printed.phase.filter(|_| !all);
        let ending = format.extension();
        let path = if all && format == Format::Pdf {
            rfd::FileDialog::new().set_title("Folder for the PDF files").set_directory(folder).pick_folder()
        } else {
            let project = workspace.desk.project();
            let name = if all { project.data().name.to_string() } else { printed.what.file_name(project) };
            let name = phase.map_or(name.clone(), |phase| format!("{name}, {}", phase.name().to_lowercase()));
            let picker = rfd::FileDialog::new().set_directory(folder).set_file_name(format!("{name}.{ending}"));
            let filter = if format == Format::Xlsx { "Excel workbook".to_owned() } else { ending.to_uppercase() };
            picker.add_filter(filter, &[ending]).save_file()
        };
        if let Some(path) = path {
            self.queue.push(Request::Export(ExportTarget {
                what: (!all).then_some(printed.what),
                format,
                phase,
                language: self.settings.language(),
                profile: self.settings.report_profile(workspace.desk.folder()),
                path,
            }));
        }
    }

    pub(super) fn ask_package(&mut self, as_draft: bool) {
        let Some(workspace) = &self.workspace else { return };
        let name = if as_draft { "ppap-draft.pdf" } else { "ppap.pdf" };
        let picker = rfd::FileDialog::new().set_directory(workspace.desk.folder()).set_file_name(name);
        if let Some(path) = picker.add_filter("PDF", &["pdf"]).save_file() {
            self.queue.push(Request::ExportPackage { path, as_draft });
        }
    }

    /// Writes the PPAP package off the frame, from a snapshot.
    pub(super) fn export_package(&mut self, path: PathBuf, as_draft: bool) {
        let Some(workspace) = &self.workspace else { return };
        let desk = &workspace.desk;
        let (snapshot, today, of_files) = (desk.project().clone(), desk.author().today, desk.file_findings().to_vec());
        let profile = self.settings.report_profile(desk.folder());
        let options = PdfOptions::by_profile(&snapshot, desk.folder(), profile, self.settings.language());
        self.jobs.start_watched("Exporting the PPAP package…", move |progress| {
            let wanted = (today, as_draft, of_files.as_slice());
            match package_to_file(&snapshot, wanted, &options, &path, progress) {
                Ok(written) => Ok(done(&[written], path)),
                Err(PackageError::Export(ended @ ExportError::Ended)) => {
                    Ok(Done { text: sentence(&ended), made: None })
                }
                Err(error) => Err(error.to_string()),
            }
        });
    }

    /// Copies a picture into the project folder and makes it the logo of a report profile.
    pub(super) fn take_logo(&mut self, profile: Id<ReportProfile>, file: &Path) {
        let Some(workspace) = &mut self.workspace else { return };
        match workspace.desk.attach_logo(file) {
            Ok(text) => {
                workspace.run(&Command::SetField { item: profile.into(), field: Field::Logo, text, via: None });
            }
            Err(reason) => self.dialog = Some(Dialog::message("The logo was not taken", reason)),
        }
    }

    /// Writes documents off the frame, from a snapshot.
    pub(super) fn export(&mut self, target: ExportTarget) {
        let Some(workspace) = &self.workspace else { return };
        let snapshot = workspace.desk.project().clone();
        let today = workspace.desk.author().today;
        let by_profile = PdfOptions::by_profile(&snapshot, workspace.desk.folder(), target.profile, target.language);
        let formulas = self.settings.workbook_results == WorkbookResults::Formulas;
        let options = PdfOptions { phase: target.phase, formulas, ..by_profile };
        self.jobs.start_watched("Exporting…", move |progress| {
            let written = match (target.what, target.format) {
                (Some(what), Format::Json) => {
                    export::json_to_file(&snapshot, what, target.phase, &target.path).map(|written| vec![written])
                }
                (Some(what), Format::Csv) => {
                    export::csv_to_file(&snapshot, what, target.phase, &target.path).map(|written| vec![written])
                }
                (Some(what), Format::Pdf) => {
                    export::pdf_to_file(&snapshot, what, today, &options, &target.path, progress)
                        .map(|written| vec![written])
                }
                (what, Format::Xlsx) => {
                    let forms = what.map_or_else(|| workbook::forms(&snapshot), |what| vec![what]);
                    workbook::xlsx_to_file(&snapshot, &forms, today, &options, &target.path, progress)
                        .map(|written| vec![written])
                }
                (None, format) => export::all_to_folder(&snapshot, format, today, &options, &target.path, progress),
            };
            let written = match written {
                // Whoever ended it knows.
                Err(ended @ ExportError::Ended) => return Ok(Done { text: sentence(&ended), made: None }),
                done => done.map_err(|error| error.to_string())?,
            };
            Ok(done(&written, target.path))
        });
    }
}

/// What is said of files that were written, with what to know about them.
fn done(written: &[Written], path: PathBuf) -> Done {
    let warnings: Vec<&str> = written.iter().flat_map(|file| &file.warnings).map(String::as_str).collect();
    let exported = format!("Exported to {}", path.display());
    let text = if warnings.is_empty() { exported } else { format!("{exported}. {}", warnings.join(". ")) };
    Done { text, made: Some(path) }
}

/// What an error says, as a sentence of its own.
fn sentence(error: &ExportError) -> String {
    let words = error.to_string();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
