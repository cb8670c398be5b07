//! The forms of the trade on paper: from a document of a project to the page model.
//!
//! *Invariant:* the paper shows the same tables as the grid and the flat export (`model::form`); what is added here is the
//! header of the form, its state of release and the legend.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::clock::Date;
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::form::{Block, Form, FormKind, FormOptions};
use crate::model::item::AnyId;
use crate::model::language::Language;
use crate::model::project::Project;
use crate::model::report_profile::ReportProfile;
use crate::model::symbol::SymbolSet;

use super::diagram::{Chart, Drawing, PaperDiagram, arrange};
use super::doc::{Field, Header, Report, Section};
use super::paper::{PageSetup, Paper};
use super::picture::Picture;
use super::progress::{Part, Progress};

mod boxes;
mod columns;
mod findings;
mod frame;
mod header;
mod legend;
mod list;
mod package;
mod planning;
mod release;
mod results;
mod sheet;
mod submission;
mod summary;
mod symbols;
mod table;
mod warrant;
mod wording;

use columns::PrintedColumns;
pub use findings::{ApprovalLine, FINDINGS, FindingLine, findings_report};
pub use frame::{Framed, framed_form, framed_list};
pub use list::{PaperList, list_report};
pub use package::{CONTENTS, ContentsLine, Front, FrozenDocument, PACKAGE, front_report, picture_report};
pub use planning::planning_report;
use release::Release;
pub use results::results_report;
pub use summary::{RISK_SUMMARY, risk_summary};
use symbols::Symbols;
pub use warrant::{WARRANT, warrant_report};
pub use wording::has_words_of_program;

/// Size of body text in points, if nothing else is asked for.
pub const BODY_SIZE: f32 = 6.5;

/// How a form is printed.
#[derive(Debug, Clone)]
pub struct FormPaper<'a> {
    /// The form; none takes the usual one of the document.
    pub kind: Option<FormKind>,
    /// Only the control-plan rows of this phase.
    pub phase: Option<Phase>,
    /// The day of printing.
    pub today: Date,
    /// The sheet.
    pub page: PageSetup,
    /// Size of body text in points, at least 6.
    pub body_size: f32,
    /// The drawn symbols of process-flow steps.
    pub flow_symbols: &'a SymbolSet,
    /// The language of everything that no person wrote.
    pub language: Arc<Language>,
    /// Where columns, confidentiality, footer and page numbers come from, if from anywhere.
    pub profile: Option<&'a ReportProfile>,
    /// The picture in the header.
    pub logo: Option<Arc<Picture>>,
    /// Whoever watches how far the report is.
    pub progress: Option<&'a Progress>,
}

impl<'a> FormPaper<'a> {
    /// The usual form on A3 landscape.
    pub fn new(today: Date, flow_symbols: &'a SymbolSet) -> Self {
        Self {
            kind: None,
            phase: None,
            today,
            page: PageSetup::default(),
            body_size: BODY_SIZE,
            flow_symbols,
            language: Arc::default(),
            profile: None,
            logo: None,
            progress: None,
        }
    }

    /// The confidentiality of what does not say one itself.
    fn confidentiality(&self) -> &'a str {
        self.profile.map_or("", |profile| &profile.confidentiality)
    }

    /// The blocks of a form, filled by all processors; some are blank if nobody waits for the report any more.
    fn blocks(&self, project: &Project, form: &Form, keys: Vec<AnyId>) -> Vec<Block> {
        if let Some(progress) = self.progress {
            progress.begin(Part::Form, keys.len());
        }
        let goes_on = || self.progress.is_none_or(Progress::step);
        let block = |key| if goes_on() { form.block(project, key) } else { Block::empty(key) };
        keys.into_par_iter().map(block).collect()
    }
}

/// A document as a report.
pub fn form_report(project: &Project, document: &Document, paper: &FormPaper<'_>) -> Report {
    let kind = paper.kind.unwrap_or_else(|| Form::usual_kind(project, document));
    let form = Form::new(project, document, kind, FormOptions { phase: paper.phase, ..FormOptions::default() });
    let mut blocks = paper.blocks(project, &form, form.blocks(project));
    let symbols = Symbols::of(project, &form, &blocks, paper.flow_symbols);
    wording::translate_cells(&mut blocks, &form, &paper.language);
    let columns = PrintedColumns::of(&form, paper.profile);
    let mut sections = diagram(project, document, kind, paper);
    let mut worksheet = columns.printed(table::section(&form, &blocks, &symbols));
    if !sections.is_empty() {
        worksheet.title = Some("Worksheet".to_owned());
        worksheet.new_page = true;
    }
    sections.push(worksheet);
    sections.extend(legend::sections(project, document, (&form, &columns), &blocks, &symbols));
    let fields = header::fields(project, document, kind, (paper.phase, confidentiality(document, paper)));
    of_document(project, document, title(document.kind, kind), (fields, sections), paper)
}

/// A report on an FMEA beside its form: its first and its last step. It says of which analysis and in which state.
fn sheet_of(
    project: &Project,
    document: &Document,
    title: &str,
    sections: Vec<Section>,
    paper: &FormPaper<'_>,
) -> Report {
    let fields =
        header::identifying(project, document, Form::usual_kind(project, document), confidentiality(document, paper));
    let report = of_document(project, document, title, (fields, sections), paper);
    Report { body_size: report.body_size.max(sheet::SHEET_SIZE), ..report }
}

/// A report that stands and falls with a document: it has its number, its state of release and its watermark.
fn of_document(
    project: &Project,
    document: &Document,
    title: &str,
    (fields, sections): (Vec<Vec<Field>>, Vec<Section>),
    paper: &FormPaper<'_>,
) -> Report {
    let release = Release::of(project, document);
    let confidentiality = confidentiality(document, paper);
    let shell = shell(project, title, paper);
    let mut report = Report {
        number: document.number.to_string(),
        author: document.header.prepared_by.to_string(),
        subject: document.title.to_string(),
        header: Header {
            corner: std::iter::once(release.corner()).chain(shell.header.corner).collect(),
            fields,
            ..shell.header
        },
        sections,
        footer_left: confidentiality.to_owned(),
        footer_center: release.identity(&document.number),
        watermark: release.watermark().map(str::to_owned),
        ..shell
    };
    wording::translate(&mut report);
    report
}

/// The confidentiality of a document: its own, or that of the profile.
fn confidentiality<'t>(document: &'t Document, paper: &FormPaper<'t>) -> &'t str {
    let own = &document.header.confidentiality;
    if own.is_blank() { paper.confidentiality() } else { own }
}

/// A report over the whole project. It is no released document, so it says when it was printed and has no watermark.
fn of_project(project: &Project, title: &str, sections: Vec<Section>, paper: &FormPaper<'_>) -> Report {
    let mut report = Report { sections, ..shell(project, title, paper) };
    wording::translate(&mut report);
    report
}

/// What every report of a project begins with, in English.
fn shell(project: &Project, title: &str, paper: &FormPaper<'_>) -> Report {
    let data = project.data();
    Report {
        title: title.to_owned(),
        number: data.name.to_string(),
        words: Arc::clone(&paper.language),
        subject: data.name.to_string(),
        date: Some(paper.today),
        page: paper.page,
        body_size: paper.body_size,
        header: Header {
            logo: paper.logo.clone(),
            organisation: data.organisation.to_string(),
            organisation_detail: data.plant.to_string(),
            corner: vec![format!("Printed {}", paper.today)],
            fields: header::of_project(project),
            fields_on_every_page: false,
        },
        footer_left: paper.confidentiality().to_owned(),
        footer_center: title.to_owned(),
        footer_text: paper.profile.map(|profile| profile.footer.to_string()).unwrap_or_default(),
        page_numbers: paper.profile.map(|profile| profile.page_numbers).unwrap_or_default(),
        ..Report::default()
    }
}

/// The diagram in front of the worksheet of a process flow that has steps.
fn diagram(project: &Project, document: &Document, kind: FormKind, paper: &FormPaper<'_>) -> Vec<Section> {
    if kind != FormKind::ProcessFlow {
        return Vec::new();
    }
    let diagram = Arc::new(arrange(&Chart::of(project, document.id)));
    if diagram.nodes.is_empty() {
        return Vec::new();
    }
    let drawing = Drawing::new(project, &diagram, paper.flow_symbols);
    let words = Arc::clone(&paper.language);
    vec![Section::drawn("Process flow diagram", Arc::new(PaperDiagram { diagram, drawing, words }))]
}

/// What the form is called.
fn title(document: DocumentKind, form: FormKind) -> &'static str {
    match (form, document) {
        (FormKind::ProcessFlow, _) => "Process flow",
        (FormKind::ControlPlan, _) => "Control plan",
        (FormKind::List(list), _) => list.name(),
        (FormKind::FmeaFourthEdition, DocumentKind::DesignFmea) => {
            "Potential failure mode and effects analysis (design FMEA)"
        }
        (FormKind::FmeaFourthEdition, _) => "Potential failure mode and effects analysis (process FMEA)",
        (FormKind::FmeaAiagVda, DocumentKind::DesignFmea) => "Design failure mode and effects analysis (DFMEA)",
        (FormKind::FmeaAiagVda, DocumentKind::FmeaMsr) => "FMEA for monitoring and system response (FMEA-MSR)",
        (FormKind::FmeaAiagVda, _) => "Process failure mode and effects analysis (PFMEA)",
    }
}

/// The sheet for forms that are handed over one by one: A4, or Letter where the larger sheet is one of that family.
fn small_sheet(paper: &FormPaper<'_>) -> Paper {
    match paper.page.paper {
        Paper::Letter | Paper::Tabloid => Paper::Letter,
        Paper::A4 | Paper::A3 => Paper::A4,
    }
}

/// The columns in which some row says something.
fn used_columns(blocks: &[Block]) -> BTreeSet<usize> {
    let cells = blocks.iter().flat_map(|block| &block.cells);
    cells.filter(|cell| !cell.parts.is_empty()).map(|cell| cell.column).collect()
}
