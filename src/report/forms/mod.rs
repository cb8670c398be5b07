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
use crate::model::language::Language;
use crate::model::project::Project;
use crate::model::symbol::SymbolSet;

use super::diagram::{Chart, Drawing, PaperDiagram, arrange};
use super::doc::{Header, Report, Section};
use super::paper::PageSetup;

mod findings;
mod header;
mod legend;
mod list;
mod release;
mod summary;
mod symbols;
mod table;
mod wording;

pub use findings::{ApprovalLine, FINDINGS, FindingLine, findings_report};
pub use list::{PaperList, list_report};
use release::Release;
pub use summary::{RISK_SUMMARY, risk_summary};
use symbols::Symbols;

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
        }
    }
}

/// A document as a report.
pub fn form_report(project: &Project, document: &Document, paper: &FormPaper<'_>) -> Report {
    let kind = paper.kind.unwrap_or_else(|| Form::usual_kind(project, document));
    let form = Form::new(project, document, kind, FormOptions { phase: paper.phase, ..FormOptions::default() });
    let mut blocks: Vec<Block> = form.blocks(project).into_par_iter().map(|key| form.block(project, key)).collect();
    let symbols = Symbols::of(project, &form, &blocks, paper.flow_symbols);
    wording::translate_cells(&mut blocks, &form, &paper.language);
    let release = Release::of(project, document);
    let shell = shell(project, title(document.kind, kind), paper);
    let mut sections = diagram(project, document, kind, paper);
    let mut worksheet = table::section(&form, &blocks, &symbols);
    if !sections.is_empty() {
        worksheet.title = Some("Worksheet".to_owned());
        worksheet.new_page = true;
    }
    sections.push(worksheet);
    sections.extend(legend::sections(project, document, &form, &blocks, &symbols));
    let mut report = Report {
        number: document.number.to_string(),
        author: document.header.prepared_by.to_string(),
        subject: document.title.to_string(),
        header: Header {
            corner: std::iter::once(release.corner()).chain(shell.header.corner).collect(),
            fields: header::fields(project, document, kind, paper.phase),
            ..shell.header
        },
        sections,
        footer_left: document.header.confidentiality.to_string(),
        footer_center: release.identity(&document.number),
        watermark: release.watermark().map(str::to_owned),
        ..shell
    };
    wording::translate(&mut report);
    report
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
            organisation: data.organisation.to_string(),
            organisation_detail: data.plant.to_string(),
            corner: vec![format!("Printed {}", paper.today)],
            fields: header::of_project(project),
            fields_on_every_page: false,
        },
        footer_center: title.to_owned(),
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

/// The columns in which some row says something.
fn used_columns(blocks: &[Block]) -> BTreeSet<usize> {
    let cells = blocks.iter().flat_map(|block| &block.cells);
    cells.filter(|cell| !cell.parts.is_empty()).map(|cell| cell.column).collect()
}
