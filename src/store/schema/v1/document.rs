//! The document at the head of a flow, an FMEA or a control plan.

use crate::base::clock::Date;
use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::document::{Approval, Document, DocumentKind, DocumentState, Header, Phase, Planning, Revision};
use crate::model::project_data::Person;
use crate::model::reference::Ref;
use crate::store::schema::v1::record::{Stored, choice, record};

record! {
    /// A document. The name of its file is the name of the file.
    DocumentFile of Document home file = file {
        id: Id<Document>,
        order: OrderKey,
        kind: DocumentKind,
        ;
        title: Text,
        number: Text,
        phase: Option<Phase>,
        rating_profile: Text,
        header: Header,
        team: Vec<Ref<Person>>,
        approvals: Vec<Approval>,
        applicability: Applicability,
        revisions: Vec<Revision>,
        state: DocumentState,
        ; meta
    }
}

choice! {
    /// What a document is.
    DocumentKindFile of DocumentKind { ProcessFlow, ProcessFmea, DesignFmea, FmeaMsr, ControlPlan }
}

choice! {
    /// The phase of a control plan.
    PhaseFile of Phase { Prototype, PreLaunch, SafeLaunch, Production }
}

choice! {
    /// Whether a document is being worked on; left out while it is.
    DocumentStateFile of DocumentState default Draft { Draft, Released }
}

record! {
    /// Header fields of the forms.
    HeaderFile of Header {
        ;
        responsibility: Text,
        prepared_by: Text,
        key_contact: Text,
        programme: Text,
        start_date: Option<Date>,
        revision_date: Option<Date>,
        key_date: Option<Date>,
        review_date: Option<Date>,
        confidentiality: Text,
        scope: Text,
        safe_launch_exit: Text,
        linked_documents: Text,
        planning: Planning,
    }
}

impl Default for HeaderFile {
    fn default() -> Self {
        Header::default().to_file()
    }
}

record! {
    /// Planning and preparation.
    PlanningFile of Planning {
        ;
        intent: Text,
        timing: Text,
        tasks: Text,
        tools: Text,
        in_scope: Text,
        out_of_scope: Text,
        baseline: Text,
    }
}

impl Default for PlanningFile {
    fn default() -> Self {
        Planning::default().to_file()
    }
}

record! {
    /// An approval.
    ApprovalFile of Approval {
        ;
        role: Text,
        name: Text,
        date: Option<Date>,
    }
}

record! {
    /// A release.
    RevisionFile of Revision {
        ;
        number: Text,
        date: Option<Date>,
        author: Text,
        note: Text,
        content_hash: Text,
    }
}
