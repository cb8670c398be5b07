//! The fields that people edit, by the terms of the trade, and their texts.

use crate::base::clock::Date;
use crate::base::{Id, Text};
use crate::model::item::{AnyId, Item};
use crate::model::project::Project;
use crate::model::project_data::{UserField, UserFieldType};
use crate::model::rating::Rating;
use crate::model::report_profile::ReportProfile;
use crate::model::risk::{AssessmentState, Statement};

macro_rules! fields {
    ($($name:ident, $label:literal;)*) => {
        /// A field of an item. One name serves every kind of item that has such a field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $(#[doc = concat!("The ", $label, ".")] $name,)*
            /// The severity of a later assessment, by its place among the assessments of the risk.
            SeverityAfter(u8),
            /// The occurrence of a later assessment.
            OccurrenceAfter(u8),
            /// The detection of a later assessment.
            DetectionAfter(u8),
            /// A user-defined field.
            User(Id<UserField>),
        }

        impl Field {
            /// Every field that has a name of its own; the others belong to an assessment or are user-defined.
            pub const NAMED: &'static [Self] = &[$(Self::$name,)*];

            /// What people call the field, in small letters.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                    Self::SeverityAfter(_) => "severity after action",
                    Self::OccurrenceAfter(_) => "occurrence after action",
                    Self::DetectionAfter(_) => "detection after action",
                    Self::User(_) => "own field",
                }
            }
        }
    };
}

fields! {
    Name, "name";
    Number, "number";
    Text, "text";
    Kind, "kind";
    Note, "note";
    Organisation, "organisation";
    Plant, "plant";
    EngineeringLocation, "engineering location";
    SupplierCode, "supplier code";
    Customer, "customer";
    Programme, "model year and programme";
    ClassSet, "class set";
    ChangeLevel, "change level";
    ChangeDate, "change date";
    Drawing, "drawing";
    Role, "role";
    Discipline, "discipline";
    Contact, "contact";
    Clause, "clause";
    Requirement, "requirement";
    Title, "title";
    Phase, "phase";
    RatingProfile, "rating profile";
    Responsibility, "responsibility";
    PreparedBy, "prepared by";
    KeyContact, "key contact";
    StartDate, "start date";
    RevisionDate, "revision date";
    KeyDate, "key date";
    ReviewDate, "review date";
    Confidentiality, "confidentiality";
    Scope, "scope";
    SafeLaunchExit, "safe-launch exit criteria";
    LinkedDocuments, "linked documents";
    Intent, "intent";
    Timing, "timing";
    Tasks, "tasks";
    Tools, "tools";
    InScope, "in scope";
    OutOfScope, "out of scope";
    Baseline, "baseline and lessons learned";
    Description, "description";
    Area, "area";
    Manual, "manual";
    Outsourced, "outsourced";
    NoAnalysisBecause, "reason for no risk analysis";
    NoPlanRowBecause, "reason for no control-plan row";
    NokDisposition, "disposition of nonconforming product";
    SourcesOfVariation, "sources of variation";
    WorkInstruction, "work instruction";
    Route, "route";
    Label, "label";
    ValueType, "type of value";
    Choices, "choices";
    Specification, "specification";
    SpecialClass, "special-characteristic class";
    PassThrough, "pass-through characteristic";
    Source, "source";
    Balloon, "balloon number";
    LocalSpecification, "local specification";
    LocalReason, "reason for the local specification";
    AssetNumber, "asset number";
    ChallengePart, "challenge part";
    VerificationFrequency, "verification frequency";
    Severity, "severity";
    Occurrence, "occurrence";
    OccurrenceRationale, "rationale of the occurrence";
    Detection, "detection";
    DetectionRationale, "rationale of the detection";
    Remarks, "remarks";
    IssueNumber, "issue number";
    History, "history";
    FilterCode, "filter code";
    Justification, "justification";
    ManagementReview, "management review";
    Means, "means of control";
    Detects, "what is detected";
    Evidence, "evidence";
    Owner, "responsible person";
    TargetDate, "target completion date";
    Status, "status";
    ActionTaken, "action taken";
    CompletionDate, "completion date";
    MeasurementTechnique, "measurement technique";
    SampleSize, "sample size";
    SampleFrequency, "sample frequency";
    ControlMethod, "control method";
    Responsible, "responsible";
    ReactionPlan, "reaction plan";
    ReactionPlanOwner, "owner of the reaction plan";
    Phases, "phases";
    Subject, "subject";
    Part, "part";
    Characteristic, "characteristic";
    SubmissionLevel, "submission level";
    Reasons, "reasons for submission";
    OtherReason, "other reason";
    Date, "date";
    Division, "customer and division";
    Buyer, "buyer and buyer code";
    Application, "application";
    Street, "street";
    City, "city";
    Region, "region";
    PostalCode, "postal code";
    Country, "country";
    SubstancesReported, "substances of concern reported";
    ReportFormat, "format of the material report";
    ReportNumber, "number of the material report";
    ReportDate, "date of the material report";
    PolymersMarked, "polymeric parts marked";
    ResultsFor, "results for";
    RequirementsMet, "requirements met";
    Explanation, "explanation and comments";
    RateParts, "parts at the production rate";
    RateHours, "hours at the production rate";
    ToolsTagged, "customer tools tagged and numbered";
    Signatory, "name of who signs";
    SignatoryTitle, "title of who signs";
    Phone, "phone";
    Fax, "fax";
    Mail, "e-mail";
    SignatureDate, "date of the signature";
    WeightDecimals, "decimals of the weight";
    WeightParts, "number of parts weighed";
    OwnNumber, "organisation's part number";
    FurtherChanges, "additional engineering changes";
    FurtherChangesDate, "date of the additional engineering changes";
    SafetyRegulation, "safety or government regulation";
    PurchaseOrder, "purchase order number";
    Weight, "weight";
    CheckingAid, "checking aid number";
    CheckingAidLevel, "change level of the checking aid";
    CheckingAidDate, "date of the change level of the checking aid";
    Streams, "mould, cavity, production process";
    Retention, "submit or retain";
    NotApplicableBecause, "reason why not applicable";
    Laboratory, "laboratory or facility";
    MaterialSupplier, "material supplier";
    TestDate, "test date";
    Quantity, "quantity tested";
    Readings, "results";
    Stream, "cavity or machine";
    Verdict, "verdict";
    Paper, "paper";
    Orientation, "orientation";
    TextSize, "text size";
    Language, "language";
    Logo, "logo";
    Footer, "footer text";
    PageNumbers, "page numbers";
}

impl Field {
    /// Whether it is a calendar date.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Self::ChangeDate
                | Self::StartDate
                | Self::RevisionDate
                | Self::KeyDate
                | Self::ReviewDate
                | Self::TargetDate
                | Self::CompletionDate
                | Self::Date
                | Self::ReportDate
                | Self::SignatureDate
                | Self::FurtherChangesDate
                | Self::CheckingAidDate
                | Self::TestDate
        )
    }
}

fn date(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn rating(rating: Option<&Rating>) -> String {
    rating.map(ToString::to_string).unwrap_or_default()
}

fn flag(yes: bool) -> String {
    if yes { "Yes" } else { "No" }.to_owned()
}

/// A statement as forms print it: the words, then who and when in brackets.
pub fn statement_text(statement: &Statement) -> String {
    let signed: Vec<String> =
        [statement.by.to_string(), date(statement.on)].into_iter().filter(|part| !part.is_empty()).collect();
    if signed.is_empty() { statement.text.to_string() } else { format!("{} ({})", statement.text, signed.join(", ")) }
}

impl Project {
    /// The text of a field as an editor shows it; `None` if the item does not exist or has no such field.
    pub fn field_text(&self, id: AnyId, field: Field) -> Option<String> {
        self.text_in(&self.item(id)?, field)
    }

    /// The text of a field of an item that need not be in the project, as an editor shows it; `None` if it has no such field.
    pub fn text_in(&self, item: &Item, field: Field) -> Option<String> {
        match field {
            Field::Note => return Some(item.meta().map(|meta| meta.note.to_string()).unwrap_or_default()),
            Field::User(own) => {
                return Some(item.meta().and_then(|meta| meta.value(own)).map(Text::to_string).unwrap_or_default());
            }
            _ => {}
        }
        match item {
            Item::ProjectData(data) => match field {
                Field::Name => Some(data.name.to_string()),
                Field::Organisation => Some(data.organisation.to_string()),
                Field::Plant => Some(data.plant.to_string()),
                Field::EngineeringLocation => Some(data.engineering_location.to_string()),
                Field::SupplierCode => Some(data.supplier_code.to_string()),
                Field::Customer => Some(data.customer.to_string()),
                Field::Programme => Some(data.programme.to_string()),
                Field::ClassSet => Some(data.class_set.to_string()),
                _ => None,
            },
            Item::Part(part) => match field {
                Field::Number => Some(part.number.to_string()),
                Field::Name => Some(part.name.to_string()),
                Field::ChangeLevel => Some(part.change_level.to_string()),
                Field::ChangeDate => Some(date(part.change_date)),
                Field::Drawing => Some(part.drawing.to_string()),
                _ => None,
            },
            Item::Person(person) => match field {
                Field::Name => Some(person.name.to_string()),
                Field::Role => Some(person.role.to_string()),
                Field::Discipline => Some(person.discipline.to_string()),
                Field::Contact => Some(person.contact.to_string()),
                _ => None,
            },
            Item::CustomerRequirement(requirement) => match field {
                Field::Customer => Some(requirement.customer.to_string()),
                Field::Clause => Some(requirement.clause.to_string()),
                Field::Requirement => Some(requirement.requirement.to_string()),
                _ => None,
            },
            Item::UserField(own) => match (field, &own.value_type) {
                (Field::Name, _) => Some(own.name.to_string()),
                (Field::ValueType, value_type) => Some(value_type.name().to_owned()),
                (Field::Choices, UserFieldType::Choice(values)) => {
                    Some(values.iter().map(Text::as_str).collect::<Vec<_>>().join("; "))
                }
                (Field::Choices, _) => Some(String::new()),
                _ => None,
            },
            Item::Attachment(attachment) => match field {
                Field::Title => Some(attachment.title.to_string()),
                Field::Source => Some(attachment.path.to_string()),
                _ => None,
            },
            Item::FindingApproval(approval) => (field == Field::Justification).then(|| approval.reason.to_string()),
            Item::ReportProfile(profile) => profile_field(profile, field),
            Item::Document(_) | Item::Step(_) | Item::FlowEdge(_) => flow_field(item, field),
            Item::Characteristic(_) | Item::StepCharacteristic(_) | Item::Equipment(_) => resource_field(item, field),
            Item::Element(_) | Item::Function(_) | Item::Failure(_) | Item::Risk(_) => fmea_field(item, field),
            Item::Control(_) | Item::Action(_) => self.control_or_action_field(item, field),
            Item::PlanRow(_) => self.row_field(item, field),
            Item::Submission(_) | Item::Warrant(_) | Item::PpapElement(_) | Item::TestResult(_) => {
                self.ppap_field(item, field)
            }
        }
    }

    fn control_or_action_field(&self, item: &Item, field: Field) -> Option<String> {
        Some(match (item, field) {
            (Item::Control(control), Field::Text) => control.text.to_string(),
            (Item::Control(control), Field::Means) => control.means.map_or("", |means| means.name()).to_owned(),
            (Item::Control(control), Field::Evidence) => control.evidence.to_string(),
            (Item::Control(control), Field::NoPlanRowBecause) => control.no_plan_row_because.to_string(),
            (Item::Action(action), Field::Text) => action.text.to_string(),
            (Item::Action(action), Field::Owner) => match &action.owner {
                None => String::new(),
                Some(owner) => match owner.present() {
                    Some(person) => self.label(person.into()),
                    None => owner.last_label().map(Text::to_string).unwrap_or_default(),
                },
            },
            (Item::Action(action), Field::TargetDate) => date(action.target_date),
            (Item::Action(action), Field::Status) => action.status.name().to_owned(),
            (Item::Action(action), Field::ActionTaken) => action.action_taken.to_string(),
            (Item::Action(action), Field::CompletionDate) => date(action.completion_date),
            (Item::Action(action), Field::Remarks) => action.remarks.to_string(),
            _ => return None,
        })
    }

    fn row_field(&self, item: &Item, field: Field) -> Option<String> {
        let Item::PlanRow(row) = item else { return None };
        Some(match field {
            Field::MeasurementTechnique => row.measurement_technique.to_string(),
            Field::SampleSize => row.sample_size.to_string(),
            Field::SampleFrequency => row.sample_frequency.to_string(),
            Field::ControlMethod => row.control_method.to_string(),
            Field::Responsible => row.responsible.to_string(),
            Field::ReactionPlan => row.reaction_plan.to_string(),
            Field::ReactionPlanOwner => row.reaction_plan_owner.to_string(),
            Field::Phases => row.phases.iter().map(|phase| phase.name()).collect::<Vec<_>>().join(", "),
            Field::Subject => self.subject_text(&row.subject),
            _ => return None,
        })
    }

    /// What a control-plan row controls, in words.
    pub fn subject_text(&self, subject: &crate::model::control_plan::Subject) -> String {
        use crate::model::control_plan::Subject;
        match subject {
            Subject::Characteristic(link) => self.target_text(&link.to),
            Subject::ErrorProofing(device) => self.target_text(device),
            Subject::SetUp(text) | Subject::Restart(text) => text.to_string(),
            Subject::Open => String::new(),
        }
    }

    /// The label of what a reference points at, or what it was last called.
    pub fn target_text<T: crate::model::item::Entity>(&self, reference: &crate::model::reference::Ref<T>) -> String {
        match reference.present() {
            Some(id) => self.label(T::any(id)),
            None => reference.last_label().map(Text::to_string).unwrap_or_default(),
        }
    }
}

fn profile_field(profile: &ReportProfile, field: Field) -> Option<String> {
    Some(match field {
        Field::Name => profile.name.to_string(),
        Field::Paper => profile.paper.name().to_owned(),
        Field::Orientation => profile.orientation.name().to_owned(),
        Field::TextSize => profile.text_size.to_string(),
        Field::Language => profile.language.to_string(),
        Field::Logo => profile.logo.to_string(),
        Field::Footer => profile.footer.to_string(),
        Field::Confidentiality => profile.confidentiality.to_string(),
        Field::PageNumbers => profile.page_numbers.name().to_owned(),
        _ => return None,
    })
}

fn flow_field(item: &Item, field: Field) -> Option<String> {
    Some(match (item, field) {
        (Item::Document(document), Field::Title) => document.title.to_string(),
        (Item::Document(document), Field::Number) => document.number.to_string(),
        (Item::Document(document), Field::Phase) => document.phase.map_or("", |phase| phase.name()).to_owned(),
        (Item::Document(document), Field::RatingProfile) => document.rating_profile.to_string(),
        (Item::Document(document), Field::Responsibility) => document.header.responsibility.to_string(),
        (Item::Document(document), Field::PreparedBy) => document.header.prepared_by.to_string(),
        (Item::Document(document), Field::KeyContact) => document.header.key_contact.to_string(),
        (Item::Document(document), Field::Programme) => document.header.programme.to_string(),
        (Item::Document(document), Field::StartDate) => date(document.header.start_date),
        (Item::Document(document), Field::RevisionDate) => date(document.header.revision_date),
        (Item::Document(document), Field::KeyDate) => date(document.header.key_date),
        (Item::Document(document), Field::ReviewDate) => date(document.header.review_date),
        (Item::Document(document), Field::Confidentiality) => document.header.confidentiality.to_string(),
        (Item::Document(document), Field::Scope) => document.header.scope.to_string(),
        (Item::Document(document), Field::SafeLaunchExit) => document.header.safe_launch_exit.to_string(),
        (Item::Document(document), Field::LinkedDocuments) => document.header.linked_documents.to_string(),
        (Item::Document(document), Field::Intent) => document.header.planning.intent.to_string(),
        (Item::Document(document), Field::Timing) => document.header.planning.timing.to_string(),
        (Item::Document(document), Field::Tasks) => document.header.planning.tasks.to_string(),
        (Item::Document(document), Field::Tools) => document.header.planning.tools.to_string(),
        (Item::Document(document), Field::InScope) => document.header.planning.in_scope.to_string(),
        (Item::Document(document), Field::OutOfScope) => document.header.planning.out_of_scope.to_string(),
        (Item::Document(document), Field::Baseline) => document.header.planning.baseline.to_string(),
        (Item::Step(step), Field::Number) => step.number.to_string(),
        (Item::Step(step), Field::Name) => step.name.to_string(),
        (Item::Step(step), Field::Description) => step.description.to_string(),
        (Item::Step(step), Field::Area) => step.area.to_string(),
        (Item::Step(step), Field::Kind) => step.kind.name().to_owned(),
        (Item::Step(step), Field::Manual) => flag(step.manual),
        (Item::Step(step), Field::Outsourced) => flag(step.outsourced),
        (Item::Step(step), Field::NoAnalysisBecause) => step.no_analysis_because.to_string(),
        (Item::Step(step), Field::NoPlanRowBecause) => step.no_plan_row_because.to_string(),
        (Item::Step(step), Field::NokDisposition) => step.nok_disposition.to_string(),
        (Item::Step(step), Field::SourcesOfVariation) => step.sources_of_variation.to_string(),
        (Item::Step(step), Field::WorkInstruction) => step.work_instruction.to_string(),
        (Item::FlowEdge(edge), Field::Route) => edge.route.name().to_owned(),
        (Item::FlowEdge(edge), Field::Label) => edge.label.to_string(),
        _ => return None,
    })
}

fn resource_field(item: &Item, field: Field) -> Option<String> {
    Some(match (item, field) {
        (Item::Characteristic(characteristic), Field::Kind) => characteristic.kind.name().to_owned(),
        (Item::Characteristic(characteristic), Field::Number) => characteristic.number.to_string(),
        (Item::Characteristic(characteristic), Field::Name) => characteristic.name.to_string(),
        (Item::Characteristic(characteristic), Field::Specification) => characteristic.specification_text(),
        (Item::Characteristic(characteristic), Field::SpecialClass) => characteristic.class.to_string(),
        (Item::Characteristic(characteristic), Field::PassThrough) => flag(characteristic.pass_through),
        (Item::Characteristic(characteristic), Field::Source) => characteristic.source.to_string(),
        (Item::Characteristic(characteristic), Field::Balloon) => characteristic.balloon.to_string(),
        (Item::StepCharacteristic(at_step), Field::Role) => at_step.role.name().to_owned(),
        (Item::StepCharacteristic(at_step), Field::LocalSpecification) => {
            at_step.local_specification.as_ref().map(ToString::to_string).unwrap_or_default()
        }
        (Item::StepCharacteristic(at_step), Field::LocalReason) => at_step.local_reason.to_string(),
        (Item::Equipment(equipment), Field::Kind) => equipment.kind.name().to_owned(),
        (Item::Equipment(equipment), Field::Name) => equipment.name.to_string(),
        (Item::Equipment(equipment), Field::AssetNumber) => equipment.asset_number.to_string(),
        (Item::Equipment(equipment), Field::ChallengePart) => equipment.challenge_part.to_string(),
        (Item::Equipment(equipment), Field::VerificationFrequency) => equipment.verification_frequency.to_string(),
        _ => return None,
    })
}

fn fmea_field(item: &Item, field: Field) -> Option<String> {
    Some(match (item, field) {
        (Item::Element(element), Field::Name) => element.name.to_string(),
        (Item::Element(element), Field::Kind) => match element.kind {
            crate::model::fmea::ElementKind::Work(category) => category.name().to_owned(),
            kind => kind.process_name().to_owned(),
        },
        (Item::Function(function), Field::Text) => function.text.to_string(),
        (Item::Failure(failure), Field::Text) => failure.text.to_string(),
        (Item::Failure(failure), Field::Severity) => rating(failure.severity.as_ref()),
        (Item::Failure(failure), Field::SpecialClass) => failure.class.to_string(),
        (Item::Risk(risk), _) => return risk_field(risk, field),
        _ => return None,
    })
}

fn risk_field(risk: &crate::model::risk::Risk, field: Field) -> Option<String> {
    let current = risk.assessments.iter().find(|assessment| assessment.state == AssessmentState::Current);
    let later = |at: u8| risk.assessments.get(usize::from(at));
    Some(match field {
        Field::Occurrence => rating(current.and_then(|current| current.occurrence.as_ref())),
        Field::OccurrenceRationale => {
            current.map(|current| current.occurrence_rationale.to_string()).unwrap_or_default()
        }
        Field::Detection => rating(current.and_then(|current| current.detection.as_ref())),
        Field::DetectionRationale => current.map(|current| current.detection_rationale.to_string()).unwrap_or_default(),
        Field::SeverityAfter(at) => rating(later(at).and_then(|later| later.severity_override.as_ref())),
        Field::OccurrenceAfter(at) => rating(later(at).and_then(|later| later.occurrence.as_ref())),
        Field::DetectionAfter(at) => rating(later(at).and_then(|later| later.detection.as_ref())),
        Field::Remarks => risk.remarks.to_string(),
        Field::IssueNumber => risk.issue_number.to_string(),
        Field::History => risk.history.to_string(),
        Field::FilterCode => risk.filter_code.to_string(),
        Field::SpecialClass => risk.class.to_string(),
        Field::Justification => risk.justification.as_ref().map(|given| given.text.to_string()).unwrap_or_default(),
        Field::ManagementReview => {
            risk.management_review.as_ref().map(|given| given.text.to_string()).unwrap_or_default()
        }
        _ => return None,
    })
}
