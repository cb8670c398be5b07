//! `export`.

use std::path::Path;

use crate::app::export::{self, Format, PdfOptions};
use crate::app::printing::Printable;
use crate::app::workbook;
use crate::base::Id;
use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::exchange::schema;
use crate::model::Project;
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::form::FormKind;
use crate::model::report_profile::{Orientation, Paper, ReportProfile, TextSize};
use crate::report::Progress;
use crate::store::{self, assets};

use super::{ExportFormat, Verdict, output, ppap};

/// The name that stands for every document.
const ALL: &str = "all";

/// The name of the PPAP package.
const PACKAGE: &str = "ppap";

/// What is said about the paper on the command line. It counts more than what the profile says.
#[derive(Default)]
pub(super) struct Wishes {
    /// The name of a report profile; none for the usual one.
    pub profile: Option<String>,
    /// The tag of a language.
    pub language: Option<String>,
    /// The size of the sheet.
    pub paper: Option<Paper>,
    /// How it lies.
    pub orientation: Option<Orientation>,
    /// Size of body text.
    pub text_size: Option<TextSize>,
    /// Results that follow from ratings as formulas of a workbook.
    pub formulas: bool,
    /// The form of FMEAs instead of that of their rating profile.
    pub form: Option<FormKind>,
}

impl Wishes {
    /// How a project is printed.
    pub(super) fn options(&self, project: &Project, folder: &Path, phase: Option<Phase>) -> Result<PdfOptions, String> {
        let profile = self.profile.as_deref().map(|name| profile_named(project, name)).transpose()?;
        let formulas = self.formulas;
        let kind = self.form;
        let mut options =
            PdfOptions { kind, phase, formulas, ..PdfOptions::by_profile(project, folder, profile, "en") };
        if let Some(tag) = &self.language {
            options.language = language_of(tag)?;
        }
        options.page.paper = self.paper.unwrap_or(options.page.paper);
        if let Some(orientation) = self.orientation {
            options.page.landscape = orientation == Orientation::Landscape;
        }
        options.body_size = self.text_size.map_or(options.body_size, TextSize::points);
        Ok(options)
    }

    /// The option that says something about paper, if there is one.
    fn of_paper(&self) -> Option<&'static str> {
        let said = [
            (self.profile.is_some(), "--profile"),
            (self.paper.is_some(), "--paper"),
            (self.orientation.is_some(), "--orientation"),
            (self.text_size.is_some(), "--text-size"),
        ];
        said.into_iter().find(|(said, _)| *said).map(|(_, name)| name)
    }
}

/// A report profile by its name.
fn profile_named(project: &Project, name: &str) -> Result<Id<ReportProfile>, String> {
    if let Some(found) = project.report_profile_named(name) {
        return Ok(found.id);
    }
    let known: Vec<String> = project.report_profiles().iter().map(|profile| quoted(&profile.name)).collect();
    Err(match known.as_slice() {
        [] => format!("there is no report profile {}; the project has none: leave --profile out", quoted(name)),
        _ => format!("there is no report profile {}; --profile takes: {}", quoted(name), known.join(", ")),
    })
}

/// Writes documents.
pub(super) fn export(
    folder: &Path,
    to: ExportFormat,
    selection: &str,
    phase: Option<Phase>,
    target: &Path,
    (today, wishes): (Date, &Wishes),
) -> Result<Verdict, String> {
    let without_paper = match to {
        ExportFormat::Csv => Some("CSV"),
        ExportFormat::Json => Some("JSON"),
        ExportFormat::Pdf | ExportFormat::Xlsx => None,
    };
    if let (Some(format), Some(option)) = (without_paper, wishes.of_paper()) {
        return Err(format!("{option} is about paper, which {format} does not have; leave it out, or take --to pdf"));
    }
    if wishes.formulas && to != ExportFormat::Xlsx {
        return Err("--formulas is about workbooks; leave it out, or take --to xlsx".to_owned());
    }
    wishes.language.as_deref().map(language_of).transpose()?;
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
    let options = wishes.options(project, folder, phase)?;
    let format = match to {
        ExportFormat::Pdf => Format::Pdf,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Xlsx => Format::Xlsx,
        ExportFormat::Json => Format::Json,
    };
    let to_stdout = target == Path::new("-");
    if selection == PACKAGE {
        if to != ExportFormat::Pdf {
            return Err("the PPAP package is a PDF; take --to pdf".to_owned());
        }
        return ppap::ppap(folder, &ppap::Asked::Package { target, as_draft: false }, (today, wishes));
    }
    if selection == ALL {
        if format == Format::Xlsx && is_workbook(target) {
            let forms = workbook::forms(project);
            let work = |progress: &Progress| workbook::xlsx_to_file(project, &forms, today, &options, target, progress);
            say(&output::watched(work).map_err(|error| error.to_string())?);
            return Ok(verdict);
        }
        if to_stdout {
            return Err("all documents go to a folder: name one with -o, or one document with --document".to_owned());
        }
        let work = |progress: &Progress| export::all_to_folder(project, format, today, &options, target, progress);
        let written = output::watched(work).map_err(|error| error.to_string())?;
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
            let work = |progress: &Progress| export::printed(project, document, today, &options, progress);
            let printed = output::watched(work).map_err(|error| error.to_string())?;
            warn(&printed.warnings);
            output::data(&printed.bytes)?;
        }
        (Format::Xlsx, true) => {
            let work = |progress: &Progress| workbook::xlsx_bytes(project, &[document], today, &options, progress);
            let made = output::watched(work).map_err(|error| error.to_string())?;
            warn(&made.warnings);
            output::data(&made.bytes)?;
        }
        (Format::Xlsx, false) => {
            let work =
                |progress: &Progress| workbook::xlsx_to_file(project, &[document], today, &options, target, progress);
            say(&output::watched(work).map_err(|error| error.to_string())?);
        }
        (Format::Csv, true) => {
            output::data(&export::csv_bytes(project, document, phase).map_err(|error| error.to_string())?)?;
        }
        (Format::Json, true) => {
            output::data(&export::json_bytes(project, document, phase).map_err(|error| error.to_string())?)?;
        }
        (Format::Json, false) => {
            say(&export::json_to_file(project, document, phase, target).map_err(|error| error.to_string())?);
        }
        (Format::Pdf, false) => {
            let work = |progress: &Progress| export::pdf_to_file(project, document, today, &options, target, progress);
            say(&output::watched(work).map_err(|error| error.to_string())?);
        }
        (Format::Csv, false) => {
            say(&export::csv_to_file(project, document, phase, target).map_err(|error| error.to_string())?);
        }
    }
    Ok(verdict)
}

/// Prints the schema of the tables.
pub(super) fn schema() -> Result<Verdict, String> {
    let mut text = serde_json::to_vec_pretty(&schema::schema()).map_err(|error| error.to_string())?;
    text.push(b'\n');
    output::data(&text)?;
    Ok(Verdict::Clean)
}

/// Whether a path names a workbook rather than a folder.
fn is_workbook(target: &Path) -> bool {
    target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) && !target.is_dir()
}

/// A language by its tag.
fn language_of(tag: &str) -> Result<&'static str, String> {
    let known = || assets::languages().collect::<Vec<_>>().join(", ");
    let found = assets::languages().find(|known| known.eq_ignore_ascii_case(tag));
    found.ok_or_else(|| format!("reports are not printed in {}; --language takes: {}", quoted(tag), known()))
}

/// Says what was written, and what is not in it as it should be.
pub(super) fn say(written: &export::Written) {
    output::progress(&format!("wrote {}", written.path.display()));
    warn(&written.warnings);
}

pub(super) fn warn(warnings: &[String]) {
    for warning in warnings {
        output::progress(&format!("goldthread: warning: {warning}"));
    }
}

/// What a name means: the document of that file, a list, or else the first document of its kind.
fn find(project: &Project, name: &str) -> Result<Printable, String> {
    if let Some(named) = project.documents().iter().find(|document| *document.file == *name) {
        return Ok(named.id.into());
    }
    let others = || Printable::all(project).into_iter().filter(|what| !matches!(what, Printable::Document(_)));
    if let Some(other) = others().find(|other| other.file_name(project) == name) {
        return Ok(other);
    }
    let names = |documents: &[&Document]| {
        documents.iter().map(|document| document.file.to_string()).collect::<Vec<_>>().join(", ")
    };
    let kind = match name {
        "process-flow" => DocumentKind::ProcessFlow,
        "pfmea" => DocumentKind::ProcessFmea,
        "control-plan" => DocumentKind::ControlPlan,
        _ if Printable::is_of_submission(name) => return Err("the project has no PPAP submission".to_owned()),
        _ => {
            let others = others().map(|other| other.file_name(project)).collect::<Vec<_>>().join(", ");
            let known = names(&project.documents());
            return Err(format!(
                "there is no document {}; --document takes all, ppap, process-flow, pfmea, control-plan, {others}, or one of: \
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
