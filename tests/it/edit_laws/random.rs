//! Random commands, sensible and senseless, every variant of them.

use goldthread::base::clock::Date;
use goldthread::base::{Id, IdSource, Text};
use goldthread::edit::{Command, Destination};
use goldthread::model::document::{Approval, Document, DocumentKind, Phase};
use goldthread::model::field::Field;
use goldthread::model::flow::{Route, Step};
use goldthread::model::fmea::{Anchor, ControlKind, EffectLevel, Element, Failure};
use goldthread::model::form::{FormKind, List, ListKind, NewItem};
use goldthread::model::item::{AnyId, Entity, Item, Kind};
use goldthread::model::plan_gap::Gap;
use goldthread::model::ppap::ResultKind;
use goldthread::model::project_data::{UserField, UserFieldType};
use goldthread::model::reference::{Link, Ref, Review};
use goldthread::model::risk::ActionKind;
use goldthread::model::{Op, Project};

/// Number of variants of [`Command`].
pub const VARIANTS: usize = 41;

/// The number of a variant. A new variant does not compile until it stands here, and is not found until it is made below.
pub fn variant(command: &Command) -> usize {
    match command {
        Command::SetField { .. } => 0,
        Command::SetList { .. } => 1,
        Command::Create { .. } => 2,
        Command::Insert { .. } => 3,
        Command::Delete { .. } => 4,
        Command::Move { .. } => 5,
        Command::Renumber { .. } => 6,
        Command::Connect { .. } => 7,
        Command::Disconnect { .. } => 8,
        Command::AnalyseMissingSteps { .. } => 9,
        Command::SetEffectLevel { .. } => 10,
        Command::SetPhases { .. } => 11,
        Command::SetSubject { .. } => 12,
        Command::SetDevice { .. } => 13,
        Command::SetCheck { .. } => 14,
        Command::SetCarriedOut { .. } => 15,
        Command::SetFailureCharacteristic { .. } => 16,
        Command::Justify { .. } => 17,
        Command::ReviewByManagement { .. } => 18,
        Command::Promote { .. } => 19,
        Command::AcceptLinks { .. } => 20,
        Command::Fix { .. } => 21,
        Command::AddRecord { .. } => 22,
        Command::AddUserField { .. } => 23,
        Command::AddDocument { .. } => 24,
        Command::SetTeam { .. } => 25,
        Command::SetApprovals { .. } => 26,
        Command::Release { .. } => 27,
        Command::StartDraft { .. } => 28,
        Command::Several { .. } => 29,
        Command::OnlyHere { .. } => 30,
        Command::AcceptProposals { .. } => 31,
        Command::DismissProposal { .. } => 32,
        Command::ProposeAgain { .. } => 33,
        Command::InsertStepInto { .. } => 34,
        Command::MoveStepInto { .. } => 35,
        Command::Duplicate { .. } => 36,
        Command::MoveTo { .. } => 37,
        Command::Attach { .. } => 38,
        Command::SetLeftOut { .. } => 39,
        Command::Import { .. } => 40,
    }
}

/// Whether the command releases a document or starts its next draft.
pub fn changes_state(command: &Command) -> bool {
    match command {
        Command::Release { .. } | Command::StartDraft { .. } => true,
        Command::Several { commands, .. } => commands.iter().any(changes_state),
        Command::OnlyHere { command, .. } => changes_state(command),
        _ => false,
    }
}

/// The fields that only the PPAP submission has.
const OF_SUBMISSION: &[Field] = &[
    Field::Part,
    Field::Characteristic,
    Field::SubmissionLevel,
    Field::Reasons,
    Field::OtherReason,
    Field::Date,
    Field::Division,
    Field::Buyer,
    Field::Application,
    Field::Street,
    Field::City,
    Field::Region,
    Field::PostalCode,
    Field::Country,
    Field::SubstancesReported,
    Field::ReportFormat,
    Field::ReportNumber,
    Field::ReportDate,
    Field::PolymersMarked,
    Field::ResultsFor,
    Field::RequirementsMet,
    Field::Explanation,
    Field::RateParts,
    Field::RateHours,
    Field::ToolsTagged,
    Field::Signatory,
    Field::SignatoryTitle,
    Field::Phone,
    Field::Fax,
    Field::Mail,
    Field::SignatureDate,
    Field::WeightDecimals,
    Field::WeightParts,
    Field::OwnNumber,
    Field::FurtherChanges,
    Field::FurtherChangesDate,
    Field::SafetyRegulation,
    Field::PurchaseOrder,
    Field::Weight,
    Field::CheckingAid,
    Field::CheckingAidLevel,
    Field::CheckingAidDate,
    Field::Streams,
    Field::Retention,
    Field::NotApplicableBecause,
    Field::Laboratory,
    Field::MaterialSupplier,
    Field::TestDate,
    Field::Quantity,
    Field::Readings,
    Field::Stream,
    Field::Verdict,
];

/// Every field that some item has, and some that few have.
pub fn fields(project: &Project) -> Vec<Field> {
    let mut fields = vec![
        Field::Name,
        Field::Number,
        Field::Text,
        Field::Kind,
        Field::Note,
        Field::Organisation,
        Field::Plant,
        Field::EngineeringLocation,
        Field::SupplierCode,
        Field::Customer,
        Field::Programme,
        Field::ClassSet,
        Field::ChangeLevel,
        Field::ChangeDate,
        Field::Drawing,
        Field::Role,
        Field::Discipline,
        Field::Contact,
        Field::Clause,
        Field::Requirement,
        Field::Title,
        Field::Phase,
        Field::RatingProfile,
        Field::Responsibility,
        Field::PreparedBy,
        Field::KeyContact,
        Field::StartDate,
        Field::RevisionDate,
        Field::KeyDate,
        Field::ReviewDate,
        Field::Confidentiality,
        Field::Scope,
        Field::SafeLaunchExit,
        Field::LinkedDocuments,
        Field::Intent,
        Field::Timing,
        Field::Tasks,
        Field::Tools,
        Field::InScope,
        Field::OutOfScope,
        Field::Baseline,
        Field::Description,
        Field::Area,
        Field::Manual,
        Field::Outsourced,
        Field::NoAnalysisBecause,
        Field::NoPlanRowBecause,
        Field::NokDisposition,
        Field::SourcesOfVariation,
        Field::WorkInstruction,
        Field::Route,
        Field::Label,
        Field::Specification,
        Field::SpecialClass,
        Field::PassThrough,
        Field::Source,
        Field::Balloon,
        Field::LocalSpecification,
        Field::LocalReason,
        Field::AssetNumber,
        Field::ChallengePart,
        Field::VerificationFrequency,
        Field::Severity,
        Field::Occurrence,
        Field::OccurrenceRationale,
        Field::Detection,
        Field::DetectionRationale,
        Field::Remarks,
        Field::IssueNumber,
        Field::History,
        Field::FilterCode,
        Field::Justification,
        Field::ManagementReview,
        Field::Means,
        Field::Detects,
        Field::Evidence,
        Field::Owner,
        Field::TargetDate,
        Field::Status,
        Field::ActionTaken,
        Field::CompletionDate,
        Field::MeasurementTechnique,
        Field::SampleSize,
        Field::SampleFrequency,
        Field::ControlMethod,
        Field::Responsible,
        Field::ReactionPlan,
        Field::ReactionPlanOwner,
        Field::Phases,
        Field::Subject,
        Field::Paper,
        Field::Orientation,
        Field::TextSize,
        Field::Language,
        Field::Logo,
        Field::Footer,
        Field::PageNumbers,
    ];
    fields.extend(OF_SUBMISSION);
    fields.extend(
        (0..4).flat_map(|at| [Field::SeverityAfter(at), Field::OccurrenceAfter(at), Field::DetectionAfter(at)]),
    );
    fields.extend(project.all::<UserField>().map(|field| Field::User(field.id)));
    fields
}

/// A stream of random choices.
pub struct Choices(pub IdSource);

impl Choices {
    pub fn below(&mut self, end: usize) -> usize {
        (self.0.next_u64() % end.max(1) as u64) as usize
    }

    pub fn one_of<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// An item of a kind; now and then one that does not exist.
    fn id<T: Entity>(&mut self, project: &Project) -> Id<T> {
        let known: Vec<Id<T>> = project.all::<T>().map(Entity::id).collect();
        if known.is_empty() || self.below(40) == 0 { self.0.next_id() } else { self.one_of(&known) }
    }

    /// Something that a row is proposed for, or anything that might be.
    fn gap(&mut self, project: &Project) -> Gap {
        let proposed: Vec<Gap> =
            project.plan_proposals(&|| true).unwrap_or_default().iter().map(|proposal| proposal.gap).collect();
        if !proposed.is_empty() && self.below(4) > 0 {
            return self.one_of(&proposed);
        }
        match self.below(5) {
            0 => Gap::Device(self.id(project)),
            1 => Gap::Control(self.id(project)),
            2 => Gap::Characteristic(self.id(project)),
            3 => Gap::Cause(self.id(project)),
            _ => Gap::SetUp(self.id(project)),
        }
    }

    fn dismissed(&mut self, project: &Project) -> Gap {
        let dismissed = project.dismissed_gaps();
        if dismissed.is_empty() { self.gap(project) } else { self.one_of(&dismissed) }
    }

    fn any(&mut self, project: &Project) -> AnyId {
        let items: Vec<AnyId> = project.items().map(|item| item.id()).collect();
        match self.below(40) {
            0 => AnyId::Risk(self.0.next_id()),
            _ => self.one_of(&items),
        }
    }

    fn text(&mut self, project: &Project) -> String {
        let known = [
            "",
            " ",
            "7",
            "10",
            "1",
            "99",
            "Yes",
            "No",
            "2026-05-01",
            "31.12.2026",
            "8.0 ± 0.5 Nm",
            "max 3 mm",
            "tbd",
            "Completed",
            "Machine",
            "Machine: press 3",
            "End user: does not hold (10)",
            "your plant: scrap (7)",
            "ship-to: not known",
            "End user: not applicable: not built in",
            "x\ny",
            "aiag-4-pfmea",
            "CC",
            "Production",
            "A4",
            "Portrait",
            "3 / 12",
            "7.5",
            "attachments/logo.png",
            "../logo.png",
        ];
        match self.below(4) {
            0 => {
                let any = self.any(project);
                project.label(any)
            }
            1 => format!("words {}", self.below(50)),
            _ => self.one_of(&known).to_owned(),
        }
    }

    fn list(&mut self) -> List {
        self.one_of(&[
            List::Functions,
            List::Requirements,
            List::Effects,
            List::Controls(ControlKind::Prevention),
            List::Controls(ControlKind::Detection),
            List::Equipment,
            List::CarriedOut,
            List::Parts,
            List::Documents,
            List::Attachments,
        ])
    }

    /// A list that an item has, mostly.
    fn list_of(&mut self, owner: AnyId) -> List {
        match owner {
            _ if self.below(10) == 0 => self.list(),
            AnyId::Element(_) => List::Functions,
            AnyId::Function(_) => List::Requirements,
            AnyId::Failure(_) => List::Effects,
            AnyId::Risk(_) => self.one_of(&[
                List::Controls(ControlKind::Prevention),
                List::Controls(ControlKind::Detection),
                List::Parts,
            ]),
            AnyId::Step(_) | AnyId::PlanRow(_) => self.one_of(&[List::Equipment, List::Parts]),
            AnyId::Document(_) | AnyId::Control(_) => List::Parts,
            AnyId::PpapElement(_) => self.one_of(&[List::Documents, List::Attachments]),
            _ => self.list(),
        }
    }

    fn what(&mut self, project: &Project) -> NewItem {
        match self.below(17) {
            0 => NewItem::ProcessItem,
            1 => NewItem::WorkElement,
            2 => NewItem::Function,
            3 => NewItem::Mode,
            4 => NewItem::Cause,
            5 => NewItem::Effect(EffectLevel::EndUser),
            6 => NewItem::Action(self.one_of(&[ActionKind::Prevention, ActionKind::Detection])),
            7 => NewItem::Step,
            8 => NewItem::ProductCharacteristic,
            9 => NewItem::ProcessCharacteristic,
            10 => NewItem::PlanRow { plan: self.id(project), phase: None },
            11 => NewItem::ProductSubject,
            12 => NewItem::Warrant,
            13 => NewItem::PpapElement,
            14 | 15 => NewItem::Result {
                kind: self.one_of(&ResultKind::ALL),
                field: self.one_of(&[Field::Number, Field::Requirement, Field::Readings, Field::Verdict, Field::Name]),
            },
            _ => NewItem::ProcessSubject,
        }
    }

    /// Changes that no command makes, most of which break something.
    fn ops(&mut self, project: &Project) -> Vec<Op> {
        (0..=self.below(3))
            .map(|_| {
                let id = self.any(project);
                match (self.below(4), project.item(id)) {
                    (0, _) | (_, None) => Op::Remove(id),
                    (_, Some(item)) => Op::Put(self.bent(project, item)),
                }
            })
            .collect()
    }

    /// An item with one of its references bent to somewhere else.
    fn bent(&mut self, project: &Project, item: Item) -> Item {
        match item {
            Item::Element(old) => {
                let mut new = (*old).clone();
                match self.below(2) {
                    0 => new.parent = Some(self.id(project)),
                    _ => new.fmea = self.id(project),
                }
                new.into()
            }
            Item::Step(old) => {
                let mut new = (*old).clone();
                match self.below(2) {
                    0 => new.parent = Some(self.id(project)),
                    _ => new.flow = self.id(project),
                }
                new.into()
            }
            Item::Document(old) => {
                let mut new = (*old).clone();
                new.kind = self.one_of(&DocumentKind::ALL);
                new.into()
            }
            Item::Risk(old) => {
                let mut new = (*old).clone();
                match self.below(2) {
                    0 => new.mode = self.id(project),
                    _ => new.cause = self.id(project),
                }
                new.assessments.extend(old.assessments.first().cloned());
                new.into()
            }
            Item::FlowEdge(old) => {
                let mut new = (*old).clone();
                new.to = self.id(project);
                new.into()
            }
            Item::Failure(old) => {
                let mut new = (*old).clone();
                match self.below(3) {
                    0 => new.anchor = Anchor::Element(self.id::<Element>(project)),
                    1 => new.anchor = Anchor::Function(self.id(project)),
                    _ => {
                        let effect = self.id::<Failure>(project);
                        // Sometimes to something that never was.
                        let to = Ref::Item(effect);
                        let link = Link { to, reviewed: Review::default() };
                        new.effects.end_user = goldthread::model::fmea::LevelEffects::Effects(vec![link]);
                    }
                }
                new.into()
            }
            Item::PlanRow(old) => {
                let mut new = (*old).clone();
                new.plan = self.id(project);
                new.into()
            }
            other => other,
        }
    }

    /// Columns that a report leaves out.
    fn import(&mut self, project: &Project) -> Command {
        let items = self.ops(project).into_iter().filter_map(|op| match op {
            Op::Put(item) => Some(item),
            Op::Remove(_) => None,
        });
        let items = items.collect();
        Command::Import { label: self.text(project), items }
    }

    fn left_out(&mut self, project: &Project) -> Command {
        Command::SetLeftOut {
            profile: self.id(project),
            form: self.one_of(&[FormKind::ProcessFlow, FormKind::FmeaAiagVda, FormKind::List(ListKind::Actions)]),
            columns: (0..self.below(4))
                .map(|_| Text::from(self.one_of(&["severity", "remarks", "history", " "])))
                .collect(),
        }
    }

    /// A command of any kind.
    pub fn command(&mut self, project: &Project) -> Command {
        // Half of all are what people do all day.
        let which = match self.below(6) {
            0 | 1 => 0,
            2 => 1 + self.below(4),
            _ => self.below(VARIANTS),
        };
        match which {
            0 => {
                let item = self.any(project);
                let known: Vec<Field> =
                    fields(project).into_iter().filter(|field| project.field_text(item, *field).is_some()).collect();
                let all = fields(project);
                let field =
                    if known.is_empty() || self.below(20) == 0 { self.one_of(&all) } else { self.one_of(&known) };
                let text = self.text(project);
                let via = (self.below(2) == 0).then(|| self.any(project));
                Command::SetField { item, field, text, via }
            }
            1 => {
                let owner = self.any(project);
                let lines = (0..self.below(4)).map(|_| self.text(project)).collect();
                Command::SetList { owner, list: self.list_of(owner), lines }
            }
            2 => Command::Create {
                under: self.any(project),
                what: self.what(project),
                text: self.text(project),
                after: (self.below(2) == 0).then(|| self.any(project)),
            },
            3 => Command::Insert {
                near: self.any(project),
                what: self.what(project),
                document: self.id(project),
                above: self.below(3) == 0,
            },
            4 => Command::Delete { items: (0..self.below(3)).map(|_| self.any(project)).collect() },
            5 => Command::Move { item: self.any(project), up: self.below(2) == 0 },
            6 => Command::Renumber { flow: self.id(project) },
            7 => Command::Connect {
                from: self.id::<Step>(project),
                to: self.id(project),
                route: self.one_of(&Route::ALL),
                label: self.text(project),
            },
            8 => Command::Disconnect { edge: self.id(project) },
            9 => Command::AnalyseMissingSteps { fmea: self.id(project) },
            10 => Command::SetEffectLevel {
                mode: self.id(project),
                level: self.one_of(&EffectLevel::ALL),
                not_applicable_because: (self.below(2) == 0).then(|| self.text(project)),
            },
            11 => Command::SetPhases {
                row: self.id(project),
                phases: (0..self.below(3)).map(|_| self.one_of(&Phase::ALL)).collect(),
            },
            12 => Command::SetSubject { row: self.id(project), characteristic: self.id(project) },
            13 => Command::SetDevice { row: self.id(project), device: self.id(project) },
            14 => Command::SetCheck { row: self.id(project), restart: self.below(2) == 0, text: self.text(project) },
            15 => Command::SetCarriedOut {
                row: self.id(project),
                controls: (0..self.below(3)).map(|_| self.id(project)).collect(),
            },
            16 => Command::SetFailureCharacteristic {
                failure: self.id(project),
                characteristic: (self.below(3) > 0).then(|| self.id(project)),
            },
            17 => Command::Justify { risk: self.id(project), text: self.text(project) },
            18 => Command::ReviewByManagement { risk: self.id(project), text: self.text(project) },
            19 => Command::Promote { risk: self.id(project) },
            20 => Command::AcceptLinks { item: self.any(project) },
            21 => Command::Fix { title: self.text(project), ops: self.ops(project) },
            40 => self.import(project),
            22 => Command::AddRecord { kind: self.one_of(Kind::ALL) },
            23 => Command::AddUserField {
                on: self.one_of(Kind::ALL),
                name: self.text(project),
                value_type: self.one_of(&[
                    UserFieldType::Text,
                    UserFieldType::Number,
                    UserFieldType::Date,
                    UserFieldType::Choice(vec![Text::from("Early"), Text::from("Late")]),
                ]),
            },
            24 => Command::AddDocument { kind: self.one_of(&DocumentKind::ALL), title: self.text(project) },
            25 => Command::SetTeam {
                document: self.id(project),
                people: (0..self.below(3)).map(|_| self.id(project)).collect(),
            },
            26 => Command::SetApprovals {
                document: self.id(project),
                approvals: vec![Approval { name: Text::from(self.text(project)), ..Approval::default() }],
            },
            31 => Command::AcceptProposals {
                plan: (self.below(3) > 0).then(|| self.id(project)),
                phase: (self.below(2) == 0).then(|| self.one_of(&Phase::ALL)),
                gaps: (0..self.below(3)).map(|_| self.gap(project)).collect(),
            },
            32 => Command::DismissProposal { gap: self.gap(project), reason: self.text(project) },
            33 => Command::ProposeAgain { gap: self.dismissed(project) },
            37 => {
                let item = self.any(project);
                // Things move among their like, mostly.
                let alike: Vec<AnyId> =
                    project.items().map(|item| item.id()).filter(|other| other.kind() == item.kind()).collect();
                let other =
                    if alike.is_empty() || self.below(4) == 0 { self.any(project) } else { self.one_of(&alike) };
                let to = match self.below(3) {
                    0 => Destination::Before(other),
                    1 => Destination::Behind(other),
                    _ => Destination::Into(other),
                };
                Command::MoveTo { item, to }
            }
            38 => Command::Attach {
                element: self.id(project),
                path: format!("attachments/{}.pdf", self.below(4)),
                title: self.text(project),
                hash: "0".repeat(64),
            },
            39 => self.left_out(project),
            36 => Command::Duplicate { item: self.any(project) },
            34 => Command::InsertStepInto { edge: self.id(project) },
            35 => Command::MoveStepInto { step: self.id(project), edge: self.id(project) },
            27 => Command::Release {
                document: self.id::<Document>(project),
                number: format!("{}", self.below(1000)),
                date: Date::new(2026, 11, 24).unwrap(),
                author: "Jana".to_owned(),
                note: self.text(project),
                content_hash: "0".repeat(64),
            },
            28 => Command::StartDraft { document: self.id(project) },
            30 => Command::OnlyHere {
                command: Box::new(self.command(project)),
                rows: (0..=self.below(2)).map(|_| self.any(project)).collect(),
            },
            _ => Command::Several {
                label: "several".to_owned(),
                commands: (0..self.below(4)).map(|_| self.command(project)).collect(),
            },
        }
    }
}
