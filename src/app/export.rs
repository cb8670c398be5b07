//! Documents as files for others: the form as PDF, the flat form as CSV.
//!
//! *Invariant:* a file is written whole or not at all; one that was there before stays until the new one is complete.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::logo::{LogoError, logo};
use crate::app::printing::Printable;
use crate::app::unprintable;
use crate::app::workbook::{self, xlsx_to_file};
use crate::base::Id;
use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::exchange::flat::{self, FlatError};
use crate::exchange::json;
use crate::exchange::xlsx::XlsxError;
use crate::model::Project;
use crate::model::document::{Document, Phase};
use crate::model::form::{Form, FormKind};
use crate::model::report_profile::{Orientation, ReportProfile};
use crate::report::forms::BODY_SIZE;
use crate::report::paper::{PageSetup, Paper};
use crate::report::picture::Picture;
use crate::report::{LayoutError, PdfError, Progress, to_pdf_watched};
use crate::store::assets::{self, AssetError};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The form on paper.
    Pdf,
    /// The flat form, one line per cause or row.
    Csv,
    /// The form as a workbook.
    Xlsx,
    /// The flat form as JSON, for programs.
    Json,
}

impl Format {
    /// The ending of the file's name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}

/// How a form is printed, on paper or as a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfOptions {
    /// The form; none takes the usual one of the document.
    pub kind: Option<FormKind>,
    /// Only the control-plan rows of this phase.
    pub phase: Option<Phase>,
    /// The sheet.
    pub page: PageSetup,
    /// Size of body text in points, at least 6.
    pub body_size: f32,
    /// The tag of the language, one of [`languages`](crate::store::assets::languages).
    pub language: &'static str,
    /// The report profile for columns, logo, footer, confidentiality and page numbers; none prints without one.
    pub profile: Option<Id<ReportProfile>>,
    /// The folder of the project, where the logo lies.
    pub folder: PathBuf,
    /// Of a workbook: what follows from ratings is a formula over them.
    pub formulas: bool,
}

impl Default for PdfOptions {
    fn default() -> Self {
        Self {
            kind: None,
            phase: None,
            page: PageSetup::default(),
            body_size: BODY_SIZE,
            language: "en",
            profile: None,
            folder: PathBuf::new(),
            formulas: false,
        }
    }
}

impl PdfOptions {
    /// As a report profile of the project in a folder says: the chosen one if it is still there, else the usual one; without
    /// any profile as the program prints. `language` counts where the profile says none.
    pub fn by_profile(
        project: &Project,
        folder: &Path,
        chosen: Option<Id<ReportProfile>>,
        language: &'static str,
    ) -> Self {
        let plain = Self { language, folder: folder.to_owned(), ..Self::default() };
        let Some(profile) = profile_in_force(project, chosen) else { return plain };
        let page = match profile.orientation {
            Orientation::Landscape => PageSetup::landscape(profile.paper),
            Orientation::Portrait => PageSetup::portrait(profile.paper),
        };
        Self {
            page,
            body_size: profile.text_size.points(),
            language: language_of(profile).unwrap_or(language),
            profile: Some(profile.id),
            ..plain
        }
    }

    /// The form of a document: the wanted one if it is of its kind, else the usual one.
    pub fn form_of(&self, project: &Project, document: &Document) -> FormKind {
        let wanted = self.kind.filter(|kind| {
            matches!(kind, FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition) && document.kind.is_fmea()
        });
        wanted.unwrap_or_else(|| Form::usual_kind(project, document))
    }

    /// The logo of the profile.
    ///
    /// # Errors
    /// If the file of the logo is missing or broken.
    pub fn logo(&self, project: &Project) -> Result<Option<Arc<Picture>>, LogoError> {
        self.profile_in(project).map_or(Ok(None), |profile| logo(profile, &self.folder))
    }

    /// The profile, if it is still there.
    pub fn profile_in<'p>(&self, project: &'p Project) -> Option<&'p ReportProfile> {
        self.profile.and_then(|profile| project.get(profile))
    }

    /// What of the profile does not reach the paper, a sentence each.
    pub fn warnings(&self, project: &Project) -> Vec<String> {
        let Some(profile) = self.profile_in(project) else { return Vec::new() };
        let mut warnings = Vec::new();
        if !profile.language.is_blank() && language_of(profile).is_none() {
            let known = assets::languages().collect::<Vec<_>>().join(", ");
            let (name, language) = (quoted(&profile.name), quoted(&profile.language));
            warnings.push(format!(
                "the report profile {name} asks for reports in {language}, which there are not; choose one of: {known}"
            ));
        }
        warnings.extend(self.logo(project).err().map(|error| error.to_string()));
        warnings
    }
}

/// The report profile that is printed by: the chosen one if it is still there, else the usual one.
pub fn profile_in_force(project: &Project, chosen: Option<Id<ReportProfile>>) -> Option<&ReportProfile> {
    chosen.and_then(|chosen| project.get(chosen)).or_else(|| project.report_profiles().first().copied())
}

/// The language that a profile asks for, if there is one and reports know it.
pub fn language_of(profile: &ReportProfile) -> Option<&'static str> {
    assets::languages().find(|tag| tag.eq_ignore_ascii_case(&profile.language))
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The document was deleted.
    #[error("the document does not exist any more")]
    NoDocument,
    /// It has no rows that could be written flat.
    #[error("the {} has no flat form; export it as PDF", document.to_lowercase())]
    NoFlatForm {
        /// What was to be exported.
        document: String,
    },
    /// The form does not fit on the paper.
    #[error("{document} does not fit on {}{}", paper.name(), proposal(*larger))]
    TooNarrow {
        /// The document.
        document: String,
        /// The paper that was asked for.
        paper: Paper,
        /// A larger paper to propose.
        larger: Option<Paper>,
    },
    /// The report could not be made.
    #[error("{document} cannot be printed: {reason}")]
    Report {
        /// The document.
        document: String,
        /// What went wrong.
        reason: PdfError,
    },
    /// Nobody waits for it any more.
    #[error("the export was ended; what was not complete was not written")]
    Ended,
    /// The flat form could not be made.
    #[error(transparent)]
    Flat(#[from] FlatError),
    /// The JSON could not be made.
    #[error("the table could not be written as JSON: {0}")]
    Json(String),
    /// The workbook could not be made.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
    /// A file that ships with the program is broken.
    #[error(transparent)]
    Asset(#[from] AssetError),
    /// The target is a file of a project.
    #[error("{} was not written: files that end in .ron hold projects; choose another name", .0.display())]
    ProjectFile(PathBuf),
    /// The file could not be written; one that was there before is as it was.
    #[error("{} was not written: {}", file.display(), remedy(reason))]
    Write {
        /// The file, or the folder for it.
        file: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

fn proposal(larger: Option<Paper>) -> String {
    larger.map_or_else(|| "; use larger paper".to_owned(), |paper| format!("; print it on {}", paper.name()))
}

/// What to do about an error of the system.
fn remedy(reason: &io::Error) -> String {
    let advice = match reason.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy => {
            "it is open in another program, or you may not write there; close it or choose another place"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full; make room or choose another place"
        }
        io::ErrorKind::ReadOnlyFilesystem => "that place is read-only; choose another place",
        io::ErrorKind::NotFound => "the folder does not exist; choose another place",
        io::ErrorKind::IsADirectory => "there is a folder of that name; choose another name",
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "there is a file where a folder is needed; choose another place"
        }
        _ => return reason.to_string(),
    };
    advice.to_owned()
}

/// The flat form of a document or a list, in UTF-8 with LF line ends; of a control plan only the rows of a phase, if one is
/// named.
///
/// # Errors
/// If there is no such document.
pub fn csv_bytes(project: &Project, what: impl Into<Printable>, phase: Option<Phase>) -> Result<Vec<u8>, ExportError> {
    let what = what.into();
    let form = what.form(project, &PdfOptions { phase, ..PdfOptions::default() })?;
    let form = form.ok_or_else(|| ExportError::NoFlatForm { document: what.name(project) })?;
    let mut bytes = Vec::new();
    flat::write(project, &form, &what.blocks(project, &form), &mut bytes)?;
    Ok(bytes)
}

/// The flat form of a document or a list as JSON, for programs; of a control plan only the rows of a phase, if one is named.
///
/// # Errors
/// If there is no such document.
pub fn json_bytes(project: &Project, what: impl Into<Printable>, phase: Option<Phase>) -> Result<Vec<u8>, ExportError> {
    let what = what.into();
    let form = what.form(project, &PdfOptions { phase, ..PdfOptions::default() })?;
    let form = form.ok_or_else(|| ExportError::NoFlatForm { document: what.name(project) })?;
    let rows = json::rows(project, &form, &what.blocks(project, &form));
    let mut bytes = serde_json::to_vec_pretty(&rows).map_err(|error| ExportError::Json(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A document or a list as PDF. The same project, day and options give the same bytes.
///
/// # Errors
/// If there is no such document, or if its form does not fit on the paper.
pub fn pdf_bytes(
    project: &Project,
    what: impl Into<Printable>,
    today: Date,
    options: &PdfOptions,
) -> Result<Vec<u8>, ExportError> {
    printed(project, what, today, options, &Progress::default()).map(|printed| printed.bytes)
}

/// A document or a list on paper.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// What is not on it as it should be, a sentence each: characters that no font can show.
    pub warnings: Vec<String>,
}

/// A document or a list as PDF, with what to know about it, for somebody who watches how far it is and may end it.
///
/// # Errors
/// See [`pdf_bytes`]; [`ExportError::Ended`] if it was ended.
pub fn printed(
    project: &Project,
    what: impl Into<Printable>,
    today: Date,
    options: &PdfOptions,
    progress: &Progress,
) -> Result<Printed, ExportError> {
    let what = what.into();
    let report = what.report_watched(project, today, options, progress)?;
    if progress.is_ended() {
        return Err(ExportError::Ended);
    }
    let pdf = to_pdf_watched(&report, progress).map_err(|error| refused(project, what, error))?;
    let form = what.form(project, options)?;
    let mut warnings = options.warnings(project);
    warnings.extend(unprintable::warnings(project, &what.name(project), (form.as_ref(), &report), &pdf.missing));
    Ok(Printed { bytes: pdf.bytes, warnings })
}

/// Why a report cannot be printed, in the words of a person who prints.
pub fn refused(project: &Project, what: Printable, error: PdfError) -> ExportError {
    let document = what.name(project);
    match error {
        PdfError::Layout(LayoutError::TooNarrow { paper, larger, .. }) => {
            ExportError::TooNarrow { document, paper, larger }
        }
        PdfError::Layout(LayoutError::Ended) => ExportError::Ended,
        reason => ExportError::Report { document, reason },
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// See [`Printed::warnings`].
    pub warnings: Vec<String>,
}

/// Writes the flat form of a document or a list.
///
/// # Errors
/// If there is no such document, or if the file cannot be written; a file that was there stays as it was.
pub fn csv_to_file(
    project: &Project,
    what: impl Into<Printable>,
    phase: Option<Phase>,
    path: &Path,
) -> Result<Written, ExportError> {
    write_whole(path, &csv_bytes(project, what, phase)?)?;
    Ok(Written { path: path.to_owned(), warnings: Vec::new() })
}

/// Writes the flat form of a document or a list as JSON.
///
/// # Errors
/// If there is no such document, or if the file cannot be written; a file that was there stays as it was.
pub fn json_to_file(
    project: &Project,
    what: impl Into<Printable>,
    phase: Option<Phase>,
    path: &Path,
) -> Result<Written, ExportError> {
    write_whole(path, &json_bytes(project, what, phase)?)?;
    Ok(Written { path: path.to_owned(), warnings: Vec::new() })
}

/// Writes a document or a list.
///
/// # Errors
/// If there is no such document, if its form does not fit on the paper, or if the file cannot be written; a file that was
/// there stays as it was, also if the work is ended.
pub fn pdf_to_file(
    project: &Project,
    what: impl Into<Printable>,
    today: Date,
    options: &PdfOptions,
    path: &Path,
    progress: &Progress,
) -> Result<Written, ExportError> {
    let printed = printed(project, what, today, options, progress)?;
    if progress.is_ended() {
        return Err(ExportError::Ended);
    }
    write_whole(path, &printed.bytes)?;
    Ok(Written { path: path.to_owned(), warnings: printed.warnings })
}

/// Writes every document into a folder, which is made if it does not exist, and names the files. They are called as the
/// files of the project are. Of control plans only the rows of the phase are written, if the options name one. On paper each
/// FMEA has reports on its first and its last step beside it.
///
/// # Errors
/// Those of a single document. Files that were complete before the failure or the end stay.
pub fn all_to_folder(
    project: &Project,
    format: Format,
    today: Date,
    options: &PdfOptions,
    folder: &Path,
    progress: &Progress,
) -> Result<Vec<Written>, ExportError> {
    fs::create_dir_all(folder).map_err(|reason| ExportError::Write { file: folder.to_owned(), reason })?;
    let mut names = BTreeSet::new();
    let mut written = Vec::new();
    let is_written = |what: &Printable| format == Format::Pdf || matches!(what, Printable::Document(_));
    let all: Vec<Printable> = match format {
        // Programs want the lists, too.
        Format::Json => workbook::forms(project),
        _ => Printable::of_documents(project).into_iter().filter(is_written).collect(),
    };
    for (at, what) in all.iter().copied().enumerate() {
        progress.begin_report(at, all.len());
        if progress.is_ended() {
            return Err(ExportError::Ended);
        }
        let kind =
            what.document().and_then(|document| project.get(document)).map_or("", |document| document.kind.name());
        let stem = file_stem(&what.file_name(project), kind, &mut names);
        let path = folder.join(format!("{stem}.{}", format.extension()));
        written.push(match format {
            Format::Pdf => pdf_to_file(project, what, today, options, &path, progress)?,
            Format::Csv => csv_to_file(project, what, options.phase, &path)?,
            Format::Json => json_to_file(project, what, options.phase, &path)?,
            Format::Xlsx => xlsx_to_file(project, &[what], today, options, &path, progress)?,
        });
    }
    Ok(written)
}

/// A file name without its ending, different from those in `taken`, which it joins; made of another name if it is blank.
fn file_stem(name: &str, other: &str, taken: &mut BTreeSet<String>) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let stem = |text: &str| text.chars().map(|c| if is_safe(c) { c } else { '-' }).collect::<String>();
    let stem = stem(if name.trim().is_empty() { other } else { name.trim() });
    let mut name = stem.clone();
    let mut copy = 1;
    while !taken.insert(name.to_lowercase()) {
        copy += 1;
        name = format!("{stem}-{copy}");
    }
    name
}

/// Writes a file beside the target and puts it in the target's place when it is complete.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    // A slip of the tongue must not cost a document.
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) {
        return Err(ExportError::ProjectFile(path.to_owned()));
    }
    let write = || -> io::Result<()> {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".goldthread-").suffix(".tmp");
        // Others may read what was exported as far as the person's settings say, not only the person.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|reason| ExportError::Write { file: path.to_owned(), reason })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::model::document::Document;

    #[test]
    fn names_are_safe_and_different() {
        let mut taken = BTreeSet::new();
        let mut stem = |name| file_stem(name, "Control plan", &mut taken);
        assert_eq!(stem("control-plan"), "control-plan");
        assert_eq!(stem("Control-Plan"), "Control-Plan-2");
        assert_eq!(stem("../a b"), "---a-b");
        assert_eq!(stem(" "), "Control-plan-3");
    }

    #[test]
    fn a_failed_export_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.pdf");
        write_whole(&target, b"one").unwrap();
        write_whole(&target, b"two").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"two");
        let sub = folder.path().join("sub");
        fs::create_dir(&sub).unwrap();
        let error = write_whole(&sub, b"three").unwrap_err().to_string();
        assert!(error.contains("sub was not written: there is a folder of that name"), "{error}");
        let error = write_whole(&folder.path().join("none/plan.pdf"), b"three").unwrap_err().to_string();
        assert!(error.contains("the folder does not exist"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_document_that_is_gone_is_refused() {
        let project = Project::default();
        assert!(matches!(csv_bytes(&project, Id::<Document>::MIN, None), Err(ExportError::NoDocument)));
        let folder = tempfile::tempdir().unwrap();
        assert!(
            all_to_folder(
                &project,
                Format::Csv,
                Date::constant(2026, 1, 1),
                &PdfOptions::default(),
                folder.path(),
                &Progress::default()
            )
            .unwrap()
            .is_empty()
        );
    }
}
