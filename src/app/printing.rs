//! What can be printed: a document in its form, or a list over the whole project.

use crate::app::export::{ExportError, PdfOptions};
use crate::base::Id;
use crate::base::clock::Date;
use crate::model::Project;
use crate::model::document::Document;
use crate::model::form::{Form, FormOptions, ListKind};
use crate::model::home::Home;
use crate::model::item::AnyId;
use crate::model::overview::Overview;
use crate::report::doc::Report;
use crate::report::forms::{
    ApprovalLine, FINDINGS, FindingLine, FormPaper, PaperList, RISK_SUMMARY, findings_report, form_report, list_report,
    risk_summary,
};
use crate::rules::Checker;
use crate::store::assets;

/// The name of the risk summary as the command line and files have it.
const SUMMARY_KEY: &str = "risk-summary";

/// That of the findings.
const FINDINGS_KEY: &str = "findings";

/// Something that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Printable {
    /// A document.
    Document(Id<Document>),
    /// A list.
    List(PaperList),
    /// How the project stands.
    RiskSummary,
    /// What the rules say, and what was accepted.
    Findings,
}

impl From<Id<Document>> for Printable {
    fn from(document: Id<Document>) -> Self {
        Self::Document(document)
    }
}

impl From<ListKind> for Printable {
    fn from(list: ListKind) -> Self {
        Self::List(PaperList::Whole(list))
    }
}

impl Printable {
    /// What is printed besides documents.
    pub fn others() -> impl Iterator<Item = Self> {
        PaperList::ALL.into_iter().map(Self::List).chain([Self::RiskSummary, Self::Findings])
    }

    /// What people call it; blank if it is gone.
    pub fn name(self, project: &Project) -> String {
        match self {
            Self::Document(document) => {
                project.get(document).map(|document| project.document_label(document)).unwrap_or_default()
            }
            Self::List(list) => list.name().to_owned(),
            Self::RiskSummary => RISK_SUMMARY.to_owned(),
            Self::Findings => FINDINGS.to_owned(),
        }
    }

    /// A name for a file of it, without the ending.
    pub fn file_name(self, project: &Project) -> String {
        match self {
            Self::Document(document) => {
                project.get(document).map(|document| document.file.to_string()).unwrap_or_default()
            }
            Self::List(list) => list.key().to_owned(),
            Self::RiskSummary => SUMMARY_KEY.to_owned(),
            Self::Findings => FINDINGS_KEY.to_owned(),
        }
    }

    /// The form whose rows it shows; none for what is no form.
    ///
    /// # Errors
    /// If the document is gone.
    pub fn form(self, project: &Project, options: &PdfOptions) -> Result<Option<Form>, ExportError> {
        match self {
            Self::Document(document) => {
                let document = project.get(document).ok_or(ExportError::NoDocument)?;
                let kind = options.kind.unwrap_or_else(|| Form::usual_kind(project, document));
                let phase = options.phase;
                Ok(Some(Form::new(project, document, kind, FormOptions { phase, ..FormOptions::default() })))
            }
            Self::List(list) => Ok(Some(list.form(project))),
            Self::RiskSummary | Self::Findings => Ok(None),
        }
    }

    /// The blocks of its form, in order.
    pub fn blocks(self, project: &Project, form: &Form) -> Vec<AnyId> {
        match self {
            Self::Document(_) | Self::RiskSummary | Self::Findings => form.blocks(project),
            Self::List(list) => list.blocks(project, form),
        }
    }

    /// The report.
    ///
    /// # Errors
    /// If the document is gone, or a file that ships with the program is broken.
    pub fn report(self, project: &Project, today: Date, options: &PdfOptions) -> Result<Report, ExportError> {
        let flow_symbols = assets::process_flow_symbols()?;
        let language = assets::language(options.language)?;
        let PdfOptions { kind, phase, page, body_size, .. } = *options;
        let paper = FormPaper { kind, phase, today, page, body_size, flow_symbols: &flow_symbols, language };
        match self {
            Self::Document(document) => {
                let document = project.get(document).ok_or(ExportError::NoDocument)?;
                Ok(form_report(project, document, &paper))
            }
            Self::List(list) => Ok(list_report(project, list, &paper)),
            Self::RiskSummary => {
                let overview = Overview::of(project, today, &|| true).unwrap_or_default();
                Ok(risk_summary(project, &overview, &paper))
            }
            Self::Findings => Ok(findings_report(project, &findings(project, today), &paper)),
        }
    }
}

/// What the rules say of a project on a day.
fn findings(project: &Project, today: Date) -> Vec<FindingLine> {
    let checker = Checker::full(project, today);
    let line = |reported: &crate::rules::Reported| {
        let finding = &reported.finding;
        let home = finding.item().and_then(|item| project.home(item));
        let document = match home {
            Some(Home::Document(document)) => Printable::Document(document).name(project),
            _ => String::new(),
        };
        let approval = reported.approved.and_then(|approval| project.get(approval));
        FindingLine {
            severity: finding.severity,
            code: finding.code,
            document,
            message: finding.message.clone(),
            help: finding.help.clone(),
            approval: approval.map(|approval| ApprovalLine {
                reason: approval.reason.to_string(),
                by: approval.by.to_string(),
                on: approval.on,
            }),
        }
    };
    checker.findings(project).into_iter().map(line).collect()
}
