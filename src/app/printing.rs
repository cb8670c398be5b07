//! What can be printed: a document in its form, the first and the last step of an FMEA, or a list over the whole project.

use crate::app::export::{ExportError, PdfOptions};
use crate::base::Id;
use crate::base::clock::Date;
use crate::model::Project;
use crate::model::document::Document;
use crate::model::form::{Form, FormKind, FormOptions, ListKind};
use crate::model::home::Home;
use crate::model::item::AnyId;
use crate::model::language::Language;
use crate::model::overview::Overview;
use crate::model::results::Results;
use crate::report::Progress;
use crate::report::doc::Report;
use crate::report::forms::{
    ApprovalLine, FINDINGS, FindingLine, FormPaper, PaperList, RISK_SUMMARY, WARRANT, findings_report, form_report,
    list_report, planning_report, results_report, risk_summary, warrant_report,
};
use crate::rules::Checker;
use crate::store::assets;

/// The name of the risk summary as the command line and files have it.
const SUMMARY_KEY: &str = "risk-summary";

/// That of the findings.
const FINDINGS_KEY: &str = "findings";

/// That of the part submission warrants.
const WARRANT_KEY: &str = "warrant";

/// Something that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Printable {
    /// A document.
    Document(Id<Document>),
    /// Planning and preparation of an FMEA: its first step.
    Planning(Id<Document>),
    /// Results of an FMEA: its last step.
    Results(Id<Document>),
    /// A list.
    List(PaperList),
    /// How the project stands.
    RiskSummary,
    /// What the rules say, and what was accepted.
    Findings,
    /// The part submission warrants.
    Warrant,
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
    /// Everything of a project that can be printed: the documents, each FMEA with its first and its last step, then the
    /// lists and reports over the whole project.
    pub fn all(project: &Project) -> Vec<Self> {
        let lists = PaperList::ALL.into_iter().filter(|list| list.is_in(project)).map(Self::List);
        let warrant = project.submission().map(|_| Self::Warrant);
        let others = lists.chain([Self::RiskSummary, Self::Findings]).chain(warrant);
        Self::of_documents(project).into_iter().chain(others).collect()
    }

    /// The documents of a project, each FMEA with its first and its last step.
    pub fn of_documents(project: &Project) -> Vec<Self> {
        let of = |document: &Document| {
            let steps = [Self::Planning(document.id), Self::Results(document.id)];
            let is_fmea = document.kind.is_fmea();
            std::iter::once(Self::Document(document.id)).chain(steps.into_iter().filter(move |_| is_fmea))
        };
        project.documents().into_iter().flat_map(of).collect()
    }

    /// Whether it belongs to a PPAP submission and has this name on the command line, whether there is one or not.
    pub fn is_of_submission(name: &str) -> bool {
        let lists =
            PaperList::ALL.into_iter().filter(|list| matches!(list, PaperList::Whole(list) if list.is_of_submission()));
        name == WARRANT_KEY || lists.map(PaperList::key).any(|key| key == name)
    }

    /// What people call it; blank if it is gone.
    pub fn name(self, project: &Project) -> String {
        match self {
            Self::Document(document) => {
                project.get(document).map(|document| project.document_label(document)).unwrap_or_default()
            }
            Self::Planning(document) | Self::Results(document) => self.step_name(project, document),
            Self::List(list) => list.name().to_owned(),
            Self::RiskSummary => RISK_SUMMARY.to_owned(),
            Self::Findings => FINDINGS.to_owned(),
            Self::Warrant => WARRANT.to_owned(),
        }
    }

    /// The name of a step, with the FMEA where the project has several.
    fn step_name(self, project: &Project, document: Id<Document>) -> String {
        let Some(document) = project.get(document) else { return String::new() };
        let title = self.step_title(project, document);
        let fmeas = project.documents().into_iter().filter(|document| document.kind.is_fmea());
        if fmeas.count() > 1 { format!("{title}, {}", project.document_label(document)) } else { title.to_owned() }
    }

    /// The title of the report on a step. The 4th edition does not count steps.
    fn step_title(self, project: &Project, document: &Document) -> &'static str {
        let counts_steps = Form::usual_kind(project, document) != FormKind::FmeaFourthEdition;
        match (self, counts_steps) {
            (Self::Results(_), true) => "Results documentation (step 7)",
            (Self::Results(_), false) => "Results documentation",
            (_, true) => "Planning and preparation (step 1)",
            (_, false) => "Planning and preparation",
        }
    }

    /// The document that it is, or that it is about; none for what is about the whole project.
    pub fn document(self) -> Option<Id<Document>> {
        match self {
            Self::Document(document) | Self::Planning(document) | Self::Results(document) => Some(document),
            Self::List(_) | Self::RiskSummary | Self::Findings | Self::Warrant => None,
        }
    }

    /// A name for a file of it, without the ending.
    pub fn file_name(self, project: &Project) -> String {
        let file = |document| project.get(document).map(|known: &Document| known.file.to_string()).unwrap_or_default();
        match self {
            Self::Document(document) => file(document),
            Self::Planning(document) => format!("{}-planning", file(document)),
            Self::Results(document) => format!("{}-results", file(document)),
            Self::List(list) => list.key().to_owned(),
            Self::RiskSummary => SUMMARY_KEY.to_owned(),
            Self::Findings => FINDINGS_KEY.to_owned(),
            Self::Warrant => WARRANT_KEY.to_owned(),
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
                let kind = options.form_of(project, document);
                let phase = options.phase;
                Ok(Some(Form::new(project, document, kind, FormOptions { phase, ..FormOptions::default() })))
            }
            Self::List(list) => Ok(Some(list.form(project))),
            Self::Planning(_) | Self::Results(_) | Self::RiskSummary | Self::Findings | Self::Warrant => Ok(None),
        }
    }

    /// The blocks of its form, in order.
    pub fn blocks(self, project: &Project, form: &Form) -> Vec<AnyId> {
        match self {
            Self::List(list) => list.blocks(project, form),
            _ => form.blocks(project),
        }
    }

    /// The report.
    ///
    /// # Errors
    /// If the document is gone, or a file that ships with the program is broken.
    pub fn report(self, project: &Project, today: Date, options: &PdfOptions) -> Result<Report, ExportError> {
        self.report_watched(project, today, options, &Progress::default())
    }

    /// The report for somebody who watches how far it is. If he ends it, what is there is not whole.
    ///
    /// # Errors
    /// Those of [`report`](Self::report).
    pub fn report_watched(
        self,
        project: &Project,
        today: Date,
        options: &PdfOptions,
        watched: &Progress,
    ) -> Result<Report, ExportError> {
        let flow_symbols = assets::process_flow_symbols()?;
        let language = assets::language(options.language)?;
        let &PdfOptions { kind, phase, page, body_size, .. } = options;
        // What is wrong with a logo is told beside the report.
        let (profile, logo) = (options.profile_in(project), options.logo(project).ok().flatten());
        let (flow_symbols, progress) = (&flow_symbols, Some(watched));
        let paper = FormPaper { kind, phase, today, page, body_size, flow_symbols, language, profile, logo, progress };
        match self {
            Self::Document(document) => {
                let document = project.get(document).ok_or(ExportError::NoDocument)?;
                let kind = Some(options.form_of(project, document));
                Ok(form_report(project, document, &FormPaper { kind, ..paper }))
            }
            Self::Planning(id) => {
                let document = project.get(id).ok_or(ExportError::NoDocument)?;
                Ok(planning_report(project, document, self.step_title(project, document), &paper))
            }
            Self::Results(id) => {
                let document = project.get(id).ok_or(ExportError::NoDocument)?;
                let results = Results::of(project, document, &|| !watched.is_ended()).ok_or(ExportError::Ended)?;
                Ok(results_report(project, document, &results, self.step_title(project, document), &paper))
            }
            Self::List(list) => Ok(list_report(project, list, &paper)),
            Self::RiskSummary => {
                let overview = Overview::of(project, today, &|| !watched.is_ended()).ok_or(ExportError::Ended)?;
                Ok(risk_summary(project, &overview, &paper))
            }
            Self::Findings => Ok(findings_report(project, &findings(project, today, &paper.language), &paper)),
            Self::Warrant => Ok(warrant_report(project, &paper)),
        }
    }
}

/// What the rules say of a project on a day, in a language.
fn findings(project: &Project, today: Date, language: &Language) -> Vec<FindingLine> {
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
            message: finding.message.in_language(language),
            help: finding.help.in_language(language),
            approval: approval.map(|approval| ApprovalLine {
                reason: approval.reason.to_string(),
                by: approval.by.to_string(),
                on: approval.on,
            }),
        }
    };
    checker.findings(project).into_iter().map(line).collect()
}
