//! Items of `ppap.ron`: the PPAP submission with its warrants, elements and results.

use crate::base::clock::Date;
use crate::base::{Decimal, Id, OrderKey, Text};
use crate::model::characteristic::Characteristic;
use crate::model::document::Document;
use crate::model::ppap::{
    Answer, ElementStatus, Level, PpapElement, Reason, ReportFormat, ResultKind, ResultSet, Retention, Signature, Site,
    Submission, TestResult, Verdict, Warrant, WeightRule,
};
use crate::model::project_data::{Attachment, Part};
use crate::model::reference::Ref;
use crate::store::schema::v1::record::{Stored, choice, record};

record! {
    /// The submission as a whole.
    SubmissionFile of Submission {
        id: Id<Submission>,
        order: OrderKey,
        level: Level,
        ;
        title: Text,
        reasons: Vec<Reason>,
        other_reason: Text,
        date: Option<Date>,
        division: Text,
        buyer: Text,
        application: Text,
        site: Site,
        supplier_code: Text,
        substances_reported: Option<Answer>,
        report_format: Option<ReportFormat>,
        report_number: Text,
        report_date: Option<Date>,
        polymers_marked: Option<Answer>,
        results_for: Vec<ResultSet>,
        requirements_met: Option<bool>,
        explanation: Text,
        rate_parts: Option<Decimal>,
        rate_hours: Option<Decimal>,
        tools_tagged: Option<Answer>,
        signature: Signature,
        weight: WeightRule,
        ; meta
    }
}

record! {
    /// The address of the manufacturing site.
    SiteFile of Site {
        ;
        street: Text,
        city: Text,
        region: Text,
        postal_code: Text,
        country: Text,
    }
}

impl Default for SiteFile {
    fn default() -> Self {
        Site::default().to_file()
    }
}

record! {
    /// Who signs.
    SignatureFile of Signature {
        ;
        name: Text,
        title: Text,
        phone: Text,
        fax: Text,
        mail: Text,
        date: Option<Date>,
    }
}

impl Default for SignatureFile {
    fn default() -> Self {
        Signature::default().to_file()
    }
}

record! {
    /// How weights are given; left out while it is the usual way.
    WeightRuleFile of WeightRule {
        decimals: u16,
        parts: u16,
        ;
    }
}

impl Default for WeightRuleFile {
    fn default() -> Self {
        WeightRule::default().to_file()
    }
}

record! {
    /// The warrant of a part.
    WarrantFile of Warrant {
        id: Id<Warrant>,
        submission: Id<Submission>,
        order: OrderKey,
        ;
        part: Option<Ref<Part>>,
        own_number: Text,
        drawing: Text,
        change_level: Text,
        change_date: Option<Date>,
        further_changes: Text,
        further_changes_date: Option<Date>,
        safety_regulation: Option<bool>,
        purchase_order: Text,
        weight: Option<Decimal>,
        checking_aid: Text,
        checking_aid_level: Text,
        checking_aid_date: Option<Date>,
        streams: Text,
        ; meta
    }
}

record! {
    /// An element with its evidence.
    PpapElementFile of PpapElement {
        id: Id<PpapElement>,
        submission: Id<Submission>,
        order: OrderKey,
        key: Text,
        ;
        title: Text,
        status: ElementStatus,
        retention: Option<Retention>,
        documents: Vec<Ref<Document>>,
        attachments: Vec<Ref<Attachment>>,
        remarks: Text,
        not_applicable_because: Text,
        responsible: Text,
        due: Option<Date>,
        ; meta
    }
}

record! {
    /// A line of a result form.
    TestResultFile of TestResult {
        id: Id<TestResult>,
        submission: Id<Submission>,
        order: OrderKey,
        kind: ResultKind,
        ;
        part: Option<Ref<Part>>,
        characteristic: Option<Ref<Characteristic>>,
        number: Text,
        requirement: Text,
        specification: Text,
        laboratory: Text,
        material_supplier: Text,
        test_date: Option<Date>,
        quantity: Text,
        readings: Text,
        stream: Text,
        verdict: Option<Verdict>,
        ; meta
    }
}

choice! {
    /// Submission level.
    LevelFile of Level { One, Two, Three, Four, Five }
}

choice! {
    /// Reason for submission.
    ReasonFile of Reason {
        Initial, EngineeringChange, Tooling, Correction, ToolingInactive, OptionalConstruction, SourceChange, ProcessChange,
        AdditionalLocation, Other,
    }
}

choice! {
    /// An answer of the warrant.
    AnswerFile of Answer { Yes, No, NotApplicable }
}

choice! {
    /// Form of the material report.
    ReportFormatFile of ReportFormat { Imds, Other }
}

choice! {
    /// A set of results.
    ResultSetFile of ResultSet { Dimensional, MaterialAndFunctional, Appearance, Statistical }
}

choice! {
    /// How far an element is; left out while it is open.
    ElementStatusFile of ElementStatus default Open { Open, InWork, Ready, NotApplicable }
}

choice! {
    /// What becomes of an element.
    RetentionFile of Retention { Submit, Retain, OnRequest }
}

choice! {
    /// On which form a result stands.
    ResultKindFile of ResultKind { Dimensional, Material, Performance }
}

choice! {
    /// Whether a result is in order, as a person says.
    VerdictFile of Verdict { Ok, NotOk }
}
