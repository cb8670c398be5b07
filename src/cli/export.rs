//! `export`.

use std::path::Path;

use crate::app::export::{self, Format, PdfOptions};
use crate::app::printing::Printable;
use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::model::Project;
use crate::model::document::{Document, DocumentKind, Phase};
use crate::store::{self, assets};

use super::{ExportFormat, Verdict, output};

/// The name that stands for every document.
const ALL: &str = "all";

/// Writes documents.
pub(super) fn export(
    folder: &Path,
    to: ExportFormat,
    selection: &str,
    phase: Option<Phase>,
    target: &Path,
    (today, language): (Date, &str),
) -> Result<Verdict, String> {
    let language = language_of(language)?;
    let opened = store::open::open(folder, crate::app::library()?).map_err(|error| error.to_string())?;
    let broken: Vec<String> = opened.folder.broken().map(|name| name.as_str().to_owned()).collect();
    if !broken.is_empty() {
        output::progress(&format!(
            "goldthread: warning: not exported, because it cannot be read: {}",
            broken.join(", ")
        ));
    }
    // What rests on a file that cannot be read is blank in the others.
    let verdict = if broken.is_empty() { Verdict::Clean } else { Verdict::Findings };
    let project = &opened.project;
    let format = match to {
        ExportFormat::Pdf => Format::Pdf,
        ExportFormat::Csv => Format::Csv,
    };
    let to_stdout = target == Path::new("-");
    if selection == ALL {
        if to_stdout {
            return Err("all documents go to a folder: name one with -o, or one document with --document".to_owned());
        }
        let written = export::all_to_folder(project, format, phase, (today, language), target)
            .map_err(|error| error.to_string())?;
        written.iter().for_each(say);
        return Ok(verdict);
    }
    let document = find(project, selection)?;
    let kind = match document {
        Printable::Document(document) => project.get(document).map(|document| document.kind),
        _ => None,
    };
    if phase.is_some() && kind.is_none() {
        let name = document.name(project).to_lowercase();
        return Err(format!("only a control plan has phases, not: {name}"));
    }
    if let (Some(_), Some(kind)) = (phase, kind.filter(|kind| *kind != DocumentKind::ControlPlan)) {
        return Err(format!("only a control plan has phases; the {} has none", kind.name()));
    }
    match (format, to_stdout) {
        (Format::Pdf, true) => {
            let options = PdfOptions { phase, language, ..PdfOptions::default() };
            let printed = export::printed(project, document, today, &options).map_err(|error| error.to_string())?;
            warn(&printed.warnings);
            output::data(&printed.bytes)?;
        }
        (Format::Csv, true) => {
            output::data(&export::csv_bytes(project, document, phase).map_err(|error| error.to_string())?)?;
        }
        (Format::Pdf, false) => {
            say(&export::pdf_to_file(project, document, phase, (today, language), target)
                .map_err(|error| error.to_string())?);
        }
        (Format::Csv, false) => {
            say(&export::csv_to_file(project, document, phase, target).map_err(|error| error.to_string())?);
        }
    }
    Ok(verdict)
}

/// A language by its tag.
fn language_of(tag: &str) -> Result<&'static str, String> {
    let known = || assets::languages().collect::<Vec<_>>().join(", ");
    let found = assets::languages().find(|known| known.eq_ignore_ascii_case(tag));
    found.ok_or_else(|| format!("reports are not printed in {}; --language takes: {}", quoted(tag), known()))
}

/// Says what was written, and what is not in it as it should be.
fn say(written: &export::Written) {
    output::progress(&format!("wrote {}", written.path.display()));
    warn(&written.warnings);
}

fn warn(warnings: &[String]) {
    for warning in warnings {
        output::progress(&format!("goldthread: warning: {warning}"));
    }
}

/// What a name means: the document of that file, a list, or else the first document of its kind.
fn find(project: &Project, name: &str) -> Result<Printable, String> {
    if let Some(named) = project.documents().iter().find(|document| *document.file == *name) {
        return Ok(named.id.into());
    }
    if let Some(other) = Printable::others().find(|other| other.file_name(project) == name) {
        return Ok(other);
    }
    let names = |documents: &[&Document]| {
        documents.iter().map(|document| document.file.to_string()).collect::<Vec<_>>().join(", ")
    };
    let kind = match name {
        "process-flow" => DocumentKind::ProcessFlow,
        "pfmea" => DocumentKind::ProcessFmea,
        "control-plan" => DocumentKind::ControlPlan,
        _ => {
            let lists: Vec<String> = Printable::others().map(|other| other.file_name(project)).collect();
            let lists = lists.join(", ");
            let known = names(&project.documents());
            return Err(format!(
                "there is no document {}; --document takes all, process-flow, pfmea, control-plan, {lists}, or one of: \
                 {known}",
                quoted(name)
            ));
        }
    };
    let documents = project.documents_of(kind);
    match documents.as_slice() {
        [] => Err(format!("the project has no {name}")),
        [only] => Ok(only.id.into()),
        several @ [first, ..] => {
            output::progress(&format!(
                "goldthread: warning: there are several; this is {}. Choose one with --document: {}",
                first.file,
                names(several)
            ));
            Ok(first.id.into())
        }
    }
}
