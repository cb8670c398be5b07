//! `export`.

use std::path::Path;

use crate::app::export::{self, Format, PdfOptions};
use crate::base::Id;
use crate::base::clock::Date;
use crate::model::Project;
use crate::model::document::{Document, DocumentKind};
use crate::store;

use super::{ExportFormat, Selection, Verdict, output};

/// Writes documents.
pub(super) fn export(
    folder: &Path,
    to: ExportFormat,
    selection: Selection,
    target: &Path,
    today: Date,
) -> Result<Verdict, String> {
    let opened = store::open::open(folder, crate::app::library()?).map_err(|error| error.to_string())?;
    let broken: Vec<String> = opened.folder.broken().map(|name| name.as_str().to_owned()).collect();
    if !broken.is_empty() {
        output::progress(&format!(
            "goldthread: warning: not exported, because it cannot be read: {}",
            broken.join(", ")
        ));
    }
    let project = &opened.project;
    let format = match to {
        ExportFormat::Pdf => Format::Pdf,
        ExportFormat::Csv => Format::Csv,
    };
    let to_stdout = target == Path::new("-");
    let Some(kind) = wanted(selection) else {
        if to_stdout {
            return Err("all documents go to a folder: name one with -o, or one document with --document".to_owned());
        }
        let written = export::all_to_folder(project, format, today, target).map_err(|error| error.to_string())?;
        for path in written {
            output::progress(&format!("wrote {}", path.display()));
        }
        return Ok(if broken.is_empty() { Verdict::Clean } else { Verdict::Findings });
    };
    let document = find(project, kind)?;
    match (format, to_stdout) {
        (Format::Pdf, true) => output::data(
            &export::pdf_bytes(project, document, today, &PdfOptions::default()).map_err(|error| error.to_string())?,
        )?,
        (Format::Csv, true) => output::data(&export::csv_bytes(project, document).map_err(|error| error.to_string())?)?,
        (Format::Pdf, false) => {
            export::pdf_to_file(project, document, today, target).map_err(|error| error.to_string())?;
        }
        (Format::Csv, false) => export::csv_to_file(project, document, target).map_err(|error| error.to_string())?,
    }
    if !to_stdout {
        output::progress(&format!("wrote {}", target.display()));
    }
    Ok(Verdict::Clean)
}

fn wanted(selection: Selection) -> Option<DocumentKind> {
    match selection {
        Selection::All => None,
        Selection::ProcessFlow => Some(DocumentKind::ProcessFlow),
        Selection::Pfmea => Some(DocumentKind::ProcessFmea),
        Selection::ControlPlan => Some(DocumentKind::ControlPlan),
    }
}

fn find(project: &Project, kind: DocumentKind) -> Result<Id<Document>, String> {
    match project.documents_of(kind).as_slice() {
        [] => Err(format!("the project has no {}", kind.name())),
        [only] => Ok(only.id),
        [first, ..] => {
            let label = project.document_label(first);
            output::progress(&format!("goldthread: warning: there are several; this is {label}"));
            Ok(first.id)
        }
    }
}
