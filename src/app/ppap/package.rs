//! The package: cover, checklist, warrants and everything that proves the elements, bound as one PDF.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::app::export::{ExportError, PdfOptions, Written, write_whole};
use crate::app::printing::Printable;
use crate::app::unprintable;
use crate::base::clock::Date;
use crate::base::{Id, hex};
use crate::model::Project;
use crate::model::document::{Document, Revision};
use crate::model::finding::Finding;
use crate::model::form::ListKind;
use crate::model::item::AnyId;
use crate::model::language::Language;
use crate::model::ppap::{ElementStatus, PpapElement, ResultKind, Submission, TestResult, Warrant};
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::release::ReleaseState;
use crate::report::bind::{BindError, Content, Entry, Foot, ForeignPdf, Volume, bind};
use crate::report::display::{Item, TextItem};
use crate::report::doc::{Piece, Report};
use crate::report::forms::{
    CONTENTS, ContentsLine, FormPaper, Front, FrozenDocument, PACKAGE, front_report, picture_report,
};
use crate::report::{LayoutError, PdfError, Progress};
use crate::store::assets;

use super::evidence::{self, Evidence};
use super::gate::{Gate, Obstacle, asked_for, bound, documents, elements};

/// The element under which the warrants are bound.
const WARRANT: &str = "18";

/// What stands across every page of a package that is not to be submitted.
const WATERMARK: &str = "NOT FOR SUBMISSION";

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// Something stands in the way.
    #[error("{}", stopped(.0))]
    Stopped(Gate),
    /// There is nothing to submit, even as a draft.
    #[error("the project has no PPAP submission; make one under File → PPAP submission")]
    NoSubmission,
    /// A report cannot be made, or the file cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
}

fn stopped(gate: &Gate) -> String {
    let count = gate.obstacles.len();
    let things = if count == 1 { "1 thing stands".to_owned() } else { format!("{count} things stand") };
    let lines: Vec<String> = gate.obstacles.iter().map(|obstacle| format!("\n  {obstacle}")).collect();
    format!("{things} in the way of the submission; mend them, or make a draft:{}", lines.concat())
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_language(&Language::english()))
    }
}

impl Obstacle {
    /// Code and sentence in a language.
    fn in_language(&self, language: &Language) -> String {
        let text = self.text.in_language(language);
        if self.code.is_empty() { text } else { format!("{} {text}", self.code) }
    }
}

/// A package.
#[derive(Debug, Clone)]
pub struct Package {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// What tells it from any other package.
    pub identity: String,
    /// What to know about it, a sentence each.
    pub warnings: Vec<String>,
}

/// What is bound, before it is laid out: the lines of the contents, and the volumes they lead to.
#[derive(Default)]
struct Bound {
    lines: Vec<ContentsLine>,
    volumes: Vec<(String, Source)>,
    /// The volumes of documents and attachments: what proves two elements is bound once.
    known: HashMap<AnyId, usize>,
}

impl Bound {
    /// Adds a line that leads to a volume of its own, and tells which that is.
    fn push(&mut self, line: ContentsLine, content: Source) -> usize {
        let volume = self.volumes.len();
        self.volumes.push((line.title.clone(), content));
        self.lines.push(ContentsLine { volume: Some(volume), ..line });
        volume
    }

    /// Adds a line that leads to what is bound already, if it is.
    fn push_again(&mut self, of: AnyId, line: ContentsLine) -> bool {
        let Some(volume) = self.known.get(&of).copied() else { return false };
        self.lines.push(ContentsLine { volume: Some(volume), ..line });
        true
    }
}

enum Source {
    Report(Box<Report>),
    Pdf(Box<ForeignPdf>),
}

/// Makes the package of a project whose files lie in the folder of the options, for a day, as a draft or not, with what is
/// wrong with the files of the project. A draft is made whatever stands in the way: what cannot be bound is left out and
/// named, and every page says that it is not for submission.
///
/// # Errors
/// If there is no submission, if something stands in the way and no draft is asked for, or if a form does not fit its paper.
pub fn package(
    project: &Project,
    (today, as_draft, of_files): (Date, bool, &[Finding]),
    options: &PdfOptions,
    progress: &Progress,
) -> Result<Package, PackageError> {
    let submission = project.submission().ok_or(PackageError::NoSubmission)?;
    let gate = Gate::of(project, &options.folder, today, of_files);
    if !gate.is_open() && !as_draft {
        return Err(PackageError::Stopped(gate));
    }
    let language = assets::language(options.language).map_err(ExportError::from)?;
    let flow_symbols = assets::process_flow_symbols().map_err(ExportError::from)?;
    let paper = FormPaper {
        kind: None,
        phase: None,
        today,
        page: options.page,
        body_size: options.body_size,
        flow_symbols: &flow_symbols,
        language: Arc::clone(&language),
        profile: options.profile_in(project),
        logo: options.logo(project).ok().flatten(),
        progress: Some(progress),
    };
    let maker = Maker { project, submission, today, options, paper: &paper, progress };
    let mut warnings = options.warnings(project);
    let Bound { lines: contents, volumes, .. } = maker.bound(&mut warnings)?;
    let frozen: Vec<FrozenDocument> =
        documents(project, submission).into_iter().filter_map(|document| maker.frozen(document)).collect();
    let identity = identity(submission, &frozen, &attached(project, submission), &volumes);
    let obstacles = gate.obstacles.iter().map(|obstacle| obstacle.in_language(&language)).collect();
    let entries: Vec<Entry> = contents.iter().map(|line| entry(line, &language)).collect();
    let front = Front { identity: identity.clone(), contents, documents: frozen, obstacles };

    let foot = Foot {
        identity: identity.clone(),
        watermark: (!gate.is_open()).then(|| language.word(WATERMARK).into_owned()),
        words: Arc::clone(&language),
    };
    let is_unfit = |content: &Source| matches!(content, Source::Pdf(file) if !file.conforms());
    let unfit: Vec<&str> =
        volumes.iter().filter(|(_, content)| is_unfit(content)).map(|(title, _)| title.as_str()).collect();
    if !unfit.is_empty() {
        let names = unfit.join(", ");
        warnings.push(format!("the package is no PDF/A, because these attachments are none: {names}"));
    }
    let volumes: Vec<Volume<'_>> = volumes.iter().map(|(title, content)| volume(title, content)).collect();
    let make_front = |pages: &[usize]| front_report(project, submission, &front, pages, &paper);
    let bound = bind(&make_front, (CONTENTS, &entries), &volumes, &foot, progress).map_err(
        |BindError { volume, reason }| match reason {
            PdfError::Layout(LayoutError::Ended) => ExportError::Ended,
            reason => ExportError::Report { document: volume, reason },
        },
    )?;
    warnings.extend(unprintable::warnings(project, PACKAGE, (None, &make_front(&[])), &bound.missing));
    Ok(Package { bytes: bound.bytes, pages: bound.pages, identity, warnings })
}

/// Makes the package and writes it.
///
/// # Errors
/// See [`package`]; also if the file cannot be written: one that was there stays as it was.
pub fn package_to_file(
    project: &Project,
    wanted: (Date, bool, &[Finding]),
    options: &PdfOptions,
    path: &Path,
    progress: &Progress,
) -> Result<Written, PackageError> {
    let package = package(project, wanted, options, progress)?;
    if progress.is_ended() {
        return Err(ExportError::Ended.into());
    }
    write_whole(path, &package.bytes)?;
    Ok(Written { path: path.to_owned(), warnings: package.warnings })
}

/// A line of the contents as bookmarks name it.
fn entry(line: &ContentsLine, language: &Language) -> Entry {
    let element = language.word(&line.element_title);
    let words = [line.element.as_str(), &element];
    Entry {
        chapter: words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
        title: language.word(&line.title).into_owned(),
        volume: line.volume,
    }
}

fn volume<'e>(title: &str, content: &'e Source) -> Volume<'e> {
    let content = match content {
        Source::Report(report) => Content::Report(report.clone()),
        Source::Pdf(file) => Content::Pdf(file),
    };
    Volume { title: title.to_owned(), content }
}

/// The words that a report prints in its tables and drawings.
fn words(content: &Source) -> Vec<String> {
    let Source::Report(report) = content else { return Vec::new() };
    let rows = report.sections.iter().flat_map(|section| &section.table.rows);
    let paragraphs = rows.flat_map(|row| &row.cells).flat_map(|cell| &cell.content);
    let pieces = paragraphs.flat_map(|paragraph| &paragraph.pieces);
    let in_tables = pieces.map(|(Piece::Text { text, .. } | Piece::Symbol { text, .. })| text.to_string());
    let drawings = report.sections.iter().filter_map(|section| section.drawing.as_ref());
    let height = report.page.height();
    let parts = drawings.flat_map(|drawing| drawing.parts(report.page.width(), height, height));
    let in_drawings = parts.flat_map(|part| part.items).filter_map(|item| match item {
        Item::Text(TextItem { text, .. }) => Some(text),
        _ => None,
    });
    in_tables.chain(in_drawings).collect()
}

/// Path and hash of each attachment that is handed over.
fn attached(project: &Project, submission: &Submission) -> Vec<(String, String)> {
    let attachments =
        bound(project, submission).into_iter().flat_map(|element| evidence::attachments(project, element));
    attachments.map(|known| (known.path.to_string(), known.hash.to_string())).collect()
}

/// The state that is bound as one short text: a hash over the revisions of the documents, the attachments, and all words of
/// the reports, so that two packages with different warrants or results are never called the same.
fn identity(
    submission: &Submission,
    documents: &[FrozenDocument],
    attached: &[(String, String)],
    volumes: &[(String, Source)],
) -> String {
    let mut hash = Sha256::new();
    let of_documents = documents.iter().flat_map(|known| [&known.title, &known.revision, &known.hash]);
    let of_files = attached.iter().flat_map(|(path, hash)| [path, hash]);
    for text in of_documents.chain(of_files).cloned().chain(volumes.iter().flat_map(|(_, content)| words(content))) {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    let digits = hex(&hash.finalize()[..6]);
    let title = if submission.title.is_blank() { "PPAP" } else { submission.title.as_str() };
    format!("{title} · {digits}")
}

struct Maker<'p> {
    project: &'p Project,
    submission: &'p Submission,
    today: Date,
    options: &'p PdfOptions,
    paper: &'p FormPaper<'p>,
    progress: &'p Progress,
}

impl Maker<'_> {
    /// Everything that is bound, in order: the checklist, the warrants, then the elements.
    fn bound(&self, warnings: &mut Vec<String>) -> Result<Bound, ExportError> {
        let mut made = Bound::default();
        let name = ListKind::PpapElements.name().to_owned();
        let checklist = ContentsLine { element_title: name.clone(), title: name, ..ContentsLine::default() };
        made.push(checklist, self.printed(ListKind::PpapElements.into())?);
        let warrants = elements(self.project, self.submission).into_iter().find(|element| *element.key == *WARRANT);
        let mut warrants_are_bound = false;
        if self.project.children::<Warrant>(self.submission.id, Relation::WarrantInSubmission).next().is_some() {
            let line = warrants.map(line).unwrap_or_default();
            let title = crate::report::forms::WARRANT.to_owned();
            made.push(ContentsLine { title, ..line }, self.printed(Printable::Warrant)?);
            warrants_are_bound = true;
        }
        for element in asked_for(self.project, self.submission) {
            let lines = made.lines.len();
            if element.status != ElementStatus::NotApplicable {
                self.element(element, &mut made, warnings)?;
            }
            let is_shown = made.lines.len() > lines || (warrants_are_bound && *element.key == *WARRANT);
            if !is_shown {
                made.lines.push(ContentsLine { title: self.remark(element), ..line(element) });
            }
        }
        Ok(made)
    }

    /// What the contents say of an element of which nothing is bound: why, where its evidence is, or how far it is.
    fn remark(&self, element: &PpapElement) -> String {
        let say = |words: &str| self.paper.language.word(words).into_owned();
        match element.status {
            ElementStatus::NotApplicable => say(&format!("Not applicable: {}", element.not_applicable_because)),
            _ if !element.remarks.is_blank() => element.remarks.to_string(),
            status => say(status.name()),
        }
    }

    /// What proves an element.
    fn element(&self, element: &PpapElement, made: &mut Bound, warnings: &mut Vec<String>) -> Result<(), ExportError> {
        let documents =
            element.documents.iter().filter_map(Ref::present).filter(|id| self.project.contains((*id).into()));
        for document in documents {
            let revision = self.frozen(document).map(|frozen| frozen.revision).unwrap_or_default();
            let title = self.project.document_name(&document.into());
            let line = ContentsLine { title, revision, ..line(element) };
            if !made.push_again(document.into(), line.clone()) {
                let volume = made.push(line, self.printed(Printable::Document(document))?);
                made.known.insert(document.into(), volume);
            }
        }
        for kind in results_of(element) {
            let mut results = self.project.children::<TestResult>(self.submission.id, Relation::ResultInSubmission);
            if results.any(|result| result.kind == *kind) {
                let line = ContentsLine { title: kind.name().to_owned(), ..line(element) };
                made.push(line, self.printed(ListKind::Results(*kind).into())?);
            }
        }
        for attachment in evidence::attachments(self.project, element) {
            let title = evidence::title(attachment).to_owned();
            let line = ContentsLine { title: title.clone(), ..line(element) };
            if made.push_again(attachment.id.into(), line.clone()) {
                continue;
            }
            let content = match evidence::read(&self.options.folder, attachment) {
                Ok(Evidence::Pdf(file)) => Source::Pdf(file),
                Ok(Evidence::Picture(picture)) => {
                    Source::Report(Box::new(picture_report(self.project, &title, Arc::new(picture), self.paper)))
                }
                Err(reason) => {
                    warnings.push(reason.to_string());
                    continue;
                }
            };
            let volume = made.push(line, content);
            made.known.insert(attachment.id.into(), volume);
        }
        Ok(())
    }

    fn printed(&self, what: Printable) -> Result<Source, ExportError> {
        let report = what.report_watched(self.project, self.today, self.options, self.progress)?;
        if self.progress.is_ended() {
            return Err(ExportError::Ended);
        }
        Ok(Source::Report(Box::new(report)))
    }

    /// A document in the state that is bound.
    fn frozen(&self, id: Id<Document>) -> Option<FrozenDocument> {
        let document = self.project.get(id)?;
        let say = |words: &str| self.paper.language.word(words).into_owned();
        let (revision, released_by, hash) = match self.project.release_state(document) {
            ReleaseState::Released(Revision { number, date, author, content_hash, .. }) => {
                let date = date.map(|date| format!(" ({date})")).unwrap_or_default();
                (format!("{number}{date}"), author.to_string(), content_hash.to_string())
            }
            ReleaseState::Changed(Revision { number, .. }) => {
                let words = format!("{} {number}", say("Changed since revision"));
                (words, String::new(), self.project.content_hash(document))
            }
            ReleaseState::Draft(_) => (say("Draft"), String::new(), self.project.content_hash(document)),
        };
        Some(FrozenDocument { title: self.project.document_name(&id.into()), revision, released_by, hash })
    }
}

/// The results that prove an element.
fn results_of(element: &PpapElement) -> &'static [ResultKind] {
    match &*element.key {
        "9" => &[ResultKind::Dimensional],
        "10" => &[ResultKind::Material, ResultKind::Performance],
        _ => &[],
    }
}

fn line(element: &PpapElement) -> ContentsLine {
    ContentsLine {
        element: element.key.to_string(),
        element_title: element.name().to_owned(),
        ..ContentsLine::default()
    }
}
