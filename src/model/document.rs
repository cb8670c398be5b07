//! Documents: what the forms print in their headers, who stands behind them and what was released when.

use crate::base::clock::Date;
use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::item::entity;
use crate::model::meta::Meta;
use crate::model::project::Project;
use crate::model::project_data::Person;
use crate::model::reference::Ref;

/// What a document is. A project holds one process flow and any number of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// Process flow diagram.
    ProcessFlow,
    /// Process FMEA.
    ProcessFmea,
    /// Design FMEA.
    DesignFmea,
    /// FMEA for monitoring and system response, a supplement to a design FMEA.
    FmeaMsr,
    /// Control plan.
    ControlPlan,
}

impl DocumentKind {
    /// Every kind, in the order of the trade.
    pub const ALL: [Self; 5] =
        [Self::ProcessFlow, Self::DesignFmea, Self::FmeaMsr, Self::ProcessFmea, Self::ControlPlan];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ProcessFlow => "Process flow",
            Self::ProcessFmea => "PFMEA",
            Self::DesignFmea => "DFMEA",
            Self::FmeaMsr => "FMEA-MSR",
            Self::ControlPlan => "Control plan",
        }
    }

    /// Whether it is an FMEA of one of the three types.
    pub fn is_fmea(self) -> bool {
        matches!(self, Self::ProcessFmea | Self::DesignFmea | Self::FmeaMsr)
    }
}

/// The phase of a control plan (IATF 16949, Annex A.1; safe launch: AIAG control plan manual, 2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Prototype build.
    Prototype,
    /// After prototype, before full production.
    PreLaunch,
    /// Extra containment after the start of production, with exit criteria.
    SafeLaunch,
    /// Production.
    Production,
}

impl Phase {
    /// Every phase in the order of time.
    pub const ALL: [Self; 4] = [Self::Prototype, Self::PreLaunch, Self::SafeLaunch, Self::Production];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prototype => "Prototype",
            Self::PreLaunch => "Pre-launch",
            Self::SafeLaunch => "Safe launch",
            Self::Production => "Production",
        }
    }
}

/// A document of the project.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Identity.
    pub id: Id<Self>,
    /// Place among the documents.
    pub order: OrderKey,
    /// What it is.
    pub kind: DocumentKind,
    /// The name of its file without the ending, fixed when the document is made.
    pub file: Text,
    /// Title: the subject of the analysis or the description of the flow or plan.
    pub title: Text,
    /// Document number, such as the FMEA or control-plan number.
    pub number: Text,
    /// The phase a control plan is kept for at the moment; its rows say which phases they serve.
    pub phase: Option<Phase>,
    /// Identity of the rating profile of an FMEA, such as `aiag-vda-2019-pfmea`.
    pub rating_profile: Text,
    /// Header fields of the form.
    pub header: Header,
    /// The cross-functional team.
    pub team: Vec<Ref<Person>>,
    /// Approvals by the organisation and by the customer.
    pub approvals: Vec<Approval>,
    /// Which parts the document covers.
    pub applicability: Applicability,
    /// What was released, oldest first.
    pub revisions: Vec<Revision>,
    /// Whether it is being worked on.
    pub state: DocumentState,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Document, documents, order: order; team => TeamMember, applicability => AppliesToPart);

impl Document {
    /// The latest released revision.
    pub fn latest_revision(&self) -> Option<&Revision> {
        self.revisions.last()
    }

    /// A new draft without contents.
    pub fn draft(id: Id<Self>, order: OrderKey, kind: DocumentKind, file: &str, title: &str) -> Self {
        Self {
            id,
            order,
            kind,
            file: Text::from(file),
            title: Text::from(title),
            number: Text::default(),
            phase: (kind == DocumentKind::ControlPlan).then_some(Phase::Production),
            rating_profile: Text::from(match kind {
                DocumentKind::ProcessFmea => "aiag-vda-2019-pfmea",
                DocumentKind::DesignFmea => "aiag-vda-2019-dfmea",
                DocumentKind::FmeaMsr => "aiag-vda-2019-msr",
                DocumentKind::ProcessFlow | DocumentKind::ControlPlan => "",
            }),
            header: Header::default(),
            team: Vec::new(),
            approvals: Vec::new(),
            applicability: Applicability::AllParts,
            revisions: Vec::new(),
            state: DocumentState::Draft,
            meta: None,
        }
    }
}

impl Project {
    /// A file name that no document of the project has: by kind and title, in plain letters.
    pub fn free_file(&self, kind: DocumentKind, title: &str) -> String {
        free_file(kind, title, |name| self.documents().iter().any(|document| *document.file == *name))
    }
}

/// A file name that is not taken: by kind and title of the document, in plain letters.
pub fn free_file(kind: DocumentKind, title: &str, taken: impl Fn(&str) -> bool) -> String {
    let slug: String = title
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect::<String>()
        .split('-')
        .filter(|word| !word.is_empty())
        .take(6)
        .collect::<Vec<_>>()
        .join("-");
    let slug = if slug.is_empty() { "1".to_owned() } else { slug };
    let base = match kind {
        DocumentKind::ProcessFlow => "process-flow".to_owned(),
        DocumentKind::ControlPlan => "control-plan".to_owned(),
        DocumentKind::ProcessFmea | DocumentKind::DesignFmea | DocumentKind::FmeaMsr => format!("fmea-{slug}"),
    };
    if !taken(&base) {
        return base;
    }
    let mut count = 2_usize;
    while taken(&format!("{base}-{count}")) {
        count += 1;
    }
    format!("{base}-{count}")
}

/// Header fields of the forms that are not shared by the whole project.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    /// Process or design responsibility: the owner of the analysis.
    pub responsibility: Text,
    /// Who prepared the document.
    pub prepared_by: Text,
    /// Key contact with phone, for the control plan.
    pub key_contact: Text,
    /// Model year and programme, where it differs from the project's.
    pub programme: Text,
    /// Date of the first issue or start of the analysis.
    pub start_date: Option<Date>,
    /// Date of the latest revision.
    pub revision_date: Option<Date>,
    /// Key date (AIAG 4th edition): when the first analysis is due.
    pub key_date: Option<Date>,
    /// Date of the last review.
    pub review_date: Option<Date>,
    /// Business use, proprietary or confidential.
    pub confidentiality: Text,
    /// What is analysed, described or planned, in a sentence or two for the header of the form.
    pub scope: Text,
    /// Exit criteria of a safe launch.
    pub safe_launch_exit: Text,
    /// Other documents this one rests on.
    pub linked_documents: Text,
    /// Planning and preparation of an FMEA.
    pub planning: Planning,
}

/// Planning and preparation of an FMEA (AIAG & VDA 2019, step 1): of the five T – intent, timing, team, tasks, tools – what
/// the dates of the header and the team of the document do not say, the boundaries, and what the analysis starts from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Planning {
    /// Why the analysis is made, and what for.
    pub intent: Text,
    /// When it has to be ready, beside the dates of the header: gateways, samples, meetings.
    pub timing: Text,
    /// What is to be done, and by whom it is expected.
    pub tasks: Text,
    /// By which method and with which program it is done.
    pub tools: Text,
    /// What is inside the boundaries.
    pub in_scope: Text,
    /// What is outside, and where it is treated instead.
    pub out_of_scope: Text,
    /// What it starts from: foundation and family FMEAs, lessons learned.
    pub baseline: Text,
}

/// An approval in the header of a form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Approval {
    /// What is approved, such as "Customer engineering approval".
    pub role: Text,
    /// Who approved.
    pub name: Text,
    /// When.
    pub date: Option<Date>,
}

/// Whether a document is being worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DocumentState {
    /// Prints DRAFT.
    #[default]
    Draft,
    /// Equal to its latest revision, unless something it shares with other documents changed since.
    Released,
}

/// A release of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// Revision number or letter.
    pub number: Text,
    /// Date of release.
    pub date: Option<Date>,
    /// Who released.
    pub author: Text,
    /// What changed.
    pub note: Text,
    /// SHA-256 over the printed contents that the revision froze, in hexadecimal digits.
    pub content_hash: Text,
}
