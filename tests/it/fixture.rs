//! Random projects for laws: seeded, without a breach of the structure, and with every kind of item and every optional field
//! now filled and now blank.

use goldthread::base::clock::Date;
use goldthread::base::{Decimal, Id, IdSource, OrderKey, Text};
use goldthread::model::applicability::Applicability;
use goldthread::model::characteristic::{
    Characteristic, CharacteristicKind, CharacteristicRole, PartSpecification, StepCharacteristic,
};
use goldthread::model::control_plan::{PlanRow, Subject};
use goldthread::model::document::{Approval, Document, DocumentKind, DocumentState, Header, Phase, Planning, Revision};
use goldthread::model::equipment::{Equipment, EquipmentKind};
use goldthread::model::flow::{FlowEdge, Route, Step, StepKind};
use goldthread::model::fmea::{
    Anchor, Control, ControlKind, ControlMeans, Detects, Element, ElementKind, Failure, FailureRole, Function,
    LevelEffects, ModeEffects, WorkCategory,
};
use goldthread::model::form::{FormKind, ListKind};
use goldthread::model::item::{AnyId, Entity, Item, Kind};
use goldthread::model::meta::{Meta, Origin};
use goldthread::model::ppap::{
    Answer, ElementStatus, Level, PpapElement, Reason, ReportFormat, ResultKind, ResultSet, Retention,
    STANDARD_ELEMENTS, Signature, Site, Submission, TestResult, Verdict, Warrant, WeightRule,
};
use goldthread::model::project::{Library, Project};
use goldthread::model::project_data::{
    Approved, Attachment, CustomerRequirement, FindingApproval, Part, Person, ProjectData, UserField, UserFieldType,
};
use goldthread::model::rating::Rating;
use goldthread::model::reference::{Link, Ref, Review};
use goldthread::model::report_profile::{LeftOut, Orientation, PageNumbers, Paper, ReportProfile, TextSize};
use goldthread::model::risk::{
    Action, ActionKind, ActionStatus, Assessment, AssessmentState, MonitoringAssessment, Risk, Statement,
};
use goldthread::model::specification::Specification;

/// A random project. `size` is roughly the number of items of each kind.
pub fn random_project(seed: u64, size: usize) -> Project {
    let mut maker =
        Maker { random: IdSource::seeded(seed), size: size.max(1), items: Vec::new(), own_fields: Vec::new() };
    maker.project();
    Project::from_items(Library::default(), maker.items)
}

struct Maker {
    random: IdSource,
    size: usize,
    items: Vec<Item>,
    own_fields: Vec<Id<UserField>>,
}

/// What the shared lists hold.
struct Shared {
    parts: Vec<Id<Part>>,
    people: Vec<Id<Person>>,
    attachments: Vec<Id<Attachment>>,
    characteristics: Vec<Id<Characteristic>>,
    equipment: Vec<Id<Equipment>>,
}

impl Maker {
    fn below(&mut self, end: usize) -> usize {
        (self.random.next_u64() % end.max(1) as u64) as usize
    }

    fn flip(&mut self) -> bool {
        self.below(2) == 0
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.flip() { Some(make(self)) } else { None }
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn some<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| make(self)).collect()
    }

    fn count(&mut self) -> usize {
        1 + self.below(self.size)
    }

    fn text(&mut self) -> Text {
        const WORDS: [&str; 14] = [
            "",
            "Press-fit bushing",
            "torque too low",
            "Größe ±0.5\u{a0}µm",
            "operator's gauge",
            "a \"quoted\" \\ word",
            "two\nlines",
            "tab\tand\r\nreturn",
            "日本語",
            "-",
            "n/a",
            "e\u{301}\u{202e}",
            "// no comment (id: \"step_0000000000\")",
            "<<<<<<< ours",
        ];
        let (first, second) = (self.pick(&WORDS), self.pick(&WORDS));
        Text::from(format!("{first}{second}"))
    }

    fn order(&mut self) -> OrderKey {
        let count = 1 + self.below(70);
        OrderKey::run(None, count).pop().unwrap()
    }

    fn date(&mut self) -> Date {
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        format!("2026-{month:02}-{day:02}").parse().unwrap()
    }

    fn rating(&mut self) -> Rating {
        match self.below(6) {
            0 => Rating::Other(Text::from("n/a")),
            1 => Rating::Number(-3),
            2 => Rating::Number(11),
            number => Rating::Number(number as i64),
        }
    }

    fn meta(&mut self) -> Option<Box<Meta>> {
        let own_fields = self.own_fields.clone();
        let meta = Meta {
            note: self.text(),
            external: self.some(|maker| (maker.text(), maker.text())),
            origin: self.maybe(|maker| {
                if maker.flip() {
                    Origin::Cell { file: maker.text(), sheet: maker.text(), cell: maker.text() }
                } else {
                    Origin::Foundation { id: maker.text(), revision: maker.text() }
                }
            }),
            values: if own_fields.is_empty() {
                Vec::new()
            } else {
                self.some(|maker| (maker.pick(&own_fields), maker.text()))
            },
        };
        (self.flip() && !meta.is_empty()).then(|| Box::new(meta))
    }

    fn reference<T: Entity>(&mut self, targets: &[Id<T>]) -> Ref<T> {
        if targets.is_empty() || self.below(6) == 0 {
            // A target that was deleted.
            return Ref::Missing {
                id: self.random.next_id(),
                last_label: Text::from(format!("lost {}", self.below(9))),
            };
        }
        Ref::Item(self.pick(targets))
    }

    fn link<T: Entity>(&mut self, targets: &[Id<T>]) -> Link<T> {
        let reviewed = if self.below(5) == 0 {
            Review::default()
        } else {
            Review {
                scheme: 1,
                by: self.text(),
                on: self.maybe(Self::date),
                values: self.some(|maker| (maker.text(), maker.text())),
            }
        };
        Link { to: self.reference(targets), reviewed }
    }

    fn applicability(&mut self, shared: &Shared) -> Applicability {
        if self.flip() {
            Applicability::AllParts
        } else {
            Applicability::Parts(self.some(|maker| maker.reference(&shared.parts)))
        }
    }

    fn specification(&mut self) -> Specification {
        if self.flip() {
            return Specification::Words(self.text());
        }
        let number = |text| Some(Decimal::parse(text).unwrap());
        let (nominal, lower, upper) = match self.below(3) {
            0 => (number("8.50"), number("8.0"), number("9")),
            1 => (None, number("-20"), None),
            _ => (None, None, number("0.2")),
        };
        Specification::Limits { nominal, lower, upper, unit: self.text() }
    }

    fn statement(&mut self) -> Statement {
        Statement { text: self.text(), by: self.text(), on: self.maybe(Self::date) }
    }

    fn put<T: Entity>(&mut self, item: T) -> Id<T> {
        let id = item.id();
        self.items.push(item.item());
        id
    }

    fn many<T: Entity>(&mut self, mut make: impl FnMut(&mut Self, Id<T>) -> T) -> Vec<Id<T>> {
        (0..self.count())
            .map(|_| {
                let id = self.random.next_id();
                let item = make(self, id);
                self.put(item)
            })
            .collect()
    }

    fn project(&mut self) {
        self.own_fields = self.many(|maker, id| UserField {
            id,
            order: maker.order(),
            on: maker.pick(Kind::ALL),
            name: maker.text(),
            value_type: match maker.below(4) {
                0 => UserFieldType::Text,
                1 => UserFieldType::Number,
                2 => UserFieldType::Date,
                _ => UserFieldType::Choice(maker.some(Self::text)),
            },
            meta: None,
        });
        let data = ProjectData {
            id: ProjectData::ID,
            name: self.text(),
            organisation: self.text(),
            plant: self.text(),
            engineering_location: self.text(),
            supplier_code: self.text(),
            customer: self.text(),
            programme: self.text(),
            class_set: self.text(),
            meta: self.meta(),
        };
        self.put(data);
        let shared = self.shared();
        let steps = self.flow(&shared);
        let mut controls = Vec::new();
        for (kind, file) in [
            (DocumentKind::ProcessFmea, "fmea-line"),
            (DocumentKind::DesignFmea, "fmea-design"),
            (DocumentKind::FmeaMsr, "fmea-msr"),
        ] {
            controls.extend(self.fmea(kind, file, &shared, &steps));
        }
        for file in ["control-plan", "control-plan-safe-launch"] {
            self.plan(file, &shared, &steps, &controls);
        }
        self.submission(&shared);
        let targets: Vec<AnyId> = self.items.iter().map(Item::id).collect();
        self.many(|maker, id| FindingApproval {
            id,
            code: maker.text(),
            item: Approved(maker.pick(&targets)),
            fingerprint: maker.text(),
            reason: maker.text(),
            by: maker.text(),
            on: maker.maybe(Self::date),
            meta: maker.meta(),
        });
    }

    fn shared(&mut self) -> Shared {
        let parts = self.many(|maker, id| Part {
            id,
            order: maker.order(),
            number: maker.text(),
            name: maker.text(),
            change_level: maker.text(),
            change_date: maker.maybe(Self::date),
            drawing: maker.text(),
            meta: maker.meta(),
        });
        let people = self.many(|maker, id| Person {
            id,
            order: maker.order(),
            name: maker.text(),
            role: maker.text(),
            discipline: maker.text(),
            contact: maker.text(),
            meta: maker.meta(),
        });
        let attachments = self.many(|maker, id| Attachment {
            id,
            path: maker.text(),
            title: maker.text(),
            hash: maker.text(),
            meta: maker.meta(),
        });
        self.many(|maker, id| CustomerRequirement {
            id,
            order: maker.order(),
            customer: maker.text(),
            clause: maker.text(),
            requirement: maker.text(),
            attachments: maker.some(|maker| maker.reference(&attachments)),
            meta: maker.meta(),
        });
        self.many(|maker, id| ReportProfile {
            id,
            order: maker.order(),
            name: maker.text(),
            paper: maker.pick(&Paper::ALL),
            orientation: maker.pick(&Orientation::ALL),
            text_size: maker.pick(&["6", "6.5", "7.2", "14"].map(|size| TextSize::parse(size).unwrap())),
            language: maker.text(),
            logo: maker.text(),
            footer: maker.text(),
            confidentiality: maker.text(),
            page_numbers: maker.pick(&PageNumbers::ALL),
            left_out: maker.some(|maker| LeftOut {
                form: maker.pick(&[
                    FormKind::ProcessFlow,
                    FormKind::FmeaAiagVda,
                    FormKind::FmeaFourthEdition,
                    FormKind::ControlPlan,
                    FormKind::List(ListKind::Actions),
                    FormKind::List(ListKind::Characteristics),
                    FormKind::List(ListKind::CharacteristicMatrix),
                ]),
                columns: maker.some(Self::text),
            }),
            meta: maker.meta(),
        });
        let equipment = self.many(|maker, id| Equipment {
            id,
            order: maker.order(),
            kind: maker.pick(&EquipmentKind::ALL),
            name: maker.text(),
            asset_number: maker.text(),
            challenge_part: maker.text(),
            verification_frequency: maker.text(),
            meta: maker.meta(),
        });
        let mut shared = Shared { parts, people, attachments, characteristics: Vec::new(), equipment };
        shared.characteristics = self.many(|maker, id| Characteristic {
            id,
            order: maker.order(),
            kind: maker.pick(&CharacteristicKind::ALL),
            number: maker.text(),
            name: maker.text(),
            specifications: maker.some(|maker| PartSpecification {
                applicability: maker.applicability(&shared),
                specification: maker.specification(),
            }),
            class: maker.text(),
            pass_through: maker.flip(),
            source: maker.text(),
            balloon: maker.text(),
            meta: maker.meta(),
        });
        shared
    }

    fn document(&mut self, kind: DocumentKind, file: &str, shared: &Shared) -> Id<Document> {
        let document = Document {
            id: self.random.next_id(),
            order: self.order(),
            kind,
            file: Text::from(file),
            title: self.text(),
            number: self.text(),
            phase: self.maybe(|maker| maker.pick(&Phase::ALL)),
            rating_profile: self.text(),
            header: Header {
                responsibility: self.text(),
                prepared_by: self.text(),
                key_contact: self.text(),
                programme: self.text(),
                start_date: self.maybe(Self::date),
                revision_date: self.maybe(Self::date),
                key_date: self.maybe(Self::date),
                review_date: self.maybe(Self::date),
                confidentiality: self.text(),
                scope: self.text(),
                safe_launch_exit: self.text(),
                linked_documents: self.text(),
                planning: Planning {
                    intent: self.text(),
                    timing: self.text(),
                    tasks: self.text(),
                    tools: self.text(),
                    in_scope: self.text(),
                    out_of_scope: self.text(),
                    baseline: self.text(),
                },
            },
            team: self.some(|maker| maker.reference(&shared.people)),
            approvals: self.some(|maker| Approval {
                role: maker.text(),
                name: maker.text(),
                date: maker.maybe(Self::date),
            }),
            applicability: self.applicability(shared),
            revisions: self.some(|maker| Revision {
                number: maker.text(),
                date: maker.maybe(Self::date),
                author: maker.text(),
                note: maker.text(),
                content_hash: maker.text(),
            }),
            state: if self.flip() { DocumentState::Draft } else { DocumentState::Released },
            meta: self.meta(),
        };
        self.put(document)
    }

    fn flow(&mut self, shared: &Shared) -> Vec<Id<Step>> {
        let flow = self.document(DocumentKind::ProcessFlow, "process-flow", shared);
        let mut steps: Vec<Id<Step>> = Vec::new();
        for _ in 0..=self.count() {
            let step = Step {
                id: self.random.next_id(),
                flow,
                parent: if steps.is_empty() { None } else { self.maybe(|maker| maker.pick(&steps)) },
                order: self.order(),
                number: self.text(),
                name: self.text(),
                description: self.text(),
                area: self.text(),
                kind: self.pick(&StepKind::ALL),
                further_kinds: self.some(|maker| maker.pick(&StepKind::ALL)),
                manual: self.flip(),
                outsourced: self.flip(),
                alternate_for: self.maybe(|maker| maker.reference(&steps)),
                no_analysis_because: self.text(),
                no_plan_row_because: self.text(),
                nok_disposition: self.text(),
                sources_of_variation: self.text(),
                work_instruction: self.text(),
                equipment: self.some(|maker| maker.reference(&shared.equipment)),
                applicability: self.applicability(shared),
                meta: self.meta(),
            };
            steps.push(self.put(step));
        }
        self.many(|maker, id| {
            let from = maker.below(steps.len());
            FlowEdge {
                id,
                flow,
                from: steps[from],
                to: steps[(from + 1) % steps.len()],
                order: maker.order(),
                route: maker.pick(&Route::ALL),
                label: maker.text(),
                meta: maker.meta(),
            }
        });
        self.many(|maker, id| StepCharacteristic {
            id,
            step: maker.pick(&steps),
            characteristic: maker.pick(&shared.characteristics),
            order: maker.order(),
            role: maker.pick(&CharacteristicRole::ALL),
            local_specification: maker.maybe(Self::specification),
            local_reason: maker.text(),
            meta: maker.meta(),
        });
        steps
    }

    fn fmea(&mut self, kind: DocumentKind, file: &str, shared: &Shared, steps: &[Id<Step>]) -> Vec<Id<Control>> {
        let fmea = self.document(kind, file, shared);
        let mut elements: Vec<Id<Element>> = Vec::new();
        for _ in 0..self.count() {
            let element = Element {
                id: self.random.next_id(),
                fmea,
                parent: if elements.is_empty() { None } else { self.maybe(|maker| maker.pick(&elements)) },
                order: self.order(),
                kind: match self.below(4) {
                    0 => ElementKind::Higher,
                    1 => ElementKind::Focus,
                    2 => ElementKind::Lower,
                    _ => ElementKind::Work(self.pick(&WorkCategory::ALL)),
                },
                name: self.text(),
                steps: self.some(|maker| maker.link(steps)),
                meta: self.meta(),
            };
            elements.push(self.put(element));
        }
        let functions = self.many(|maker, id| Function {
            id,
            element: maker.pick(&elements),
            order: maker.order(),
            text: maker.text(),
            requirements: maker.some(Self::text),
            characteristics: maker.some(|maker| maker.link(&shared.characteristics)),
            meta: maker.meta(),
        });
        // Effects first, then modes, then causes, so that nothing causes itself.
        let mut effects = Vec::new();
        let failures = |maker: &mut Self, role: FailureRole, effects: &[Id<Failure>]| -> Vec<Id<Failure>> {
            maker.many(|maker, id| Failure {
                id,
                anchor: if maker.flip() {
                    Anchor::Function(maker.pick(&functions))
                } else {
                    Anchor::Element(maker.pick(&elements))
                },
                order: maker.order(),
                role,
                text: maker.text(),
                severity: maker.maybe(Self::rating),
                class: maker.text(),
                characteristic: maker.maybe(|maker| maker.link(&shared.characteristics)),
                effects: if effects.is_empty() {
                    ModeEffects::default()
                } else {
                    ModeEffects {
                        your_plant: maker.level(effects),
                        ship_to_plant: maker.level(effects),
                        end_user: maker.level(effects),
                    }
                },
                meta: maker.meta(),
            })
        };
        effects.extend(failures(self, FailureRole::Effect, &[]));
        let modes = failures(self, FailureRole::Mode, &effects);
        let causes = failures(self, FailureRole::Cause, &[]);
        let controls = self.many(|maker, id| Control {
            id,
            fmea,
            kind: if maker.flip() { ControlKind::Prevention } else { ControlKind::Detection },
            text: maker.text(),
            means: maker.maybe(|maker| maker.pick(&ControlMeans::ALL)),
            detects: maker.maybe(|maker| if maker.flip() { Detects::Mode } else { Detects::Cause }),
            equipment: maker.maybe(|maker| maker.reference(&shared.equipment)),
            evidence: maker.text(),
            no_plan_row_because: maker.text(),
            applicability: maker.applicability(shared),
            meta: maker.meta(),
        });
        let actions = self.many(|maker, id| Action {
            id,
            fmea,
            kind: maker.pick(&[
                ActionKind::Prevention,
                ActionKind::Detection,
                ActionKind::Monitoring,
                ActionKind::Response,
            ]),
            text: maker.text(),
            owner: maker.maybe(|maker| maker.reference(&shared.people)),
            target_date: maker.maybe(Self::date),
            status: maker.pick(&ActionStatus::ALL),
            action_taken: maker.text(),
            evidence: maker.some(|maker| maker.reference(&shared.attachments)),
            completion_date: maker.maybe(Self::date),
            remarks: maker.text(),
            meta: maker.meta(),
        });
        for cause in causes {
            let risk = Risk {
                id: self.random.next_id(),
                fmea,
                mode: self.pick(&modes),
                cause,
                order: self.order(),
                controls: self.some(|maker| maker.reference(&controls)),
                remarks: self.text(),
                issue_number: self.text(),
                history: self.text(),
                filter_code: self.text(),
                class: self.text(),
                justification: self.maybe(Self::statement),
                management_review: self.maybe(Self::statement),
                assessments: self.assessments(&controls, &actions),
                applicability: self.applicability(shared),
                meta: self.meta(),
            };
            self.put(risk);
        }
        controls
    }

    fn level(&mut self, effects: &[Id<Failure>]) -> LevelEffects {
        match self.below(5) {
            0 => LevelEffects::NotConsidered,
            1 => LevelEffects::NotKnown,
            2 => LevelEffects::NotApplicable { because: self.text() },
            _ => LevelEffects::Effects(self.some(|maker| maker.link(effects))),
        }
    }

    fn assessments(&mut self, controls: &[Id<Control>], actions: &[Id<Action>]) -> Vec<Assessment> {
        let states =
            [AssessmentState::Former, AssessmentState::Current, AssessmentState::Planned, AssessmentState::Reached];
        let first = self.below(states.len());
        let last = first + self.below(states.len() - first + 1);
        states[first..last]
            .iter()
            .map(|state| Assessment {
                state: *state,
                date: self.maybe(Self::date),
                profile: self.text(),
                occurrence: self.maybe(Self::rating),
                occurrence_rationale: self.text(),
                detection: self.maybe(Self::rating),
                detection_rationale: self.text(),
                monitoring: self.maybe(|maker| {
                    Box::new(MonitoringAssessment {
                        frequency: maker.maybe(Self::rating),
                        frequency_rationale: maker.text(),
                        monitoring: maker.maybe(Self::rating),
                        diagnostic_monitoring: maker.text(),
                        system_response: maker.text(),
                        mitigated_effect: maker.text(),
                        mitigated_severity: maker.maybe(Self::rating),
                    })
                }),
                severity_override: self.maybe(Self::rating),
                controls: self.some(|maker| maker.reference(controls)),
                actions: self.some(|maker| maker.reference(actions)),
            })
            .collect()
    }

    fn submission(&mut self, shared: &Shared) {
        let documents: Vec<Id<Document>> = self
            .items
            .iter()
            .filter_map(|item| if let Item::Document(document) = item { Some(document.id) } else { None })
            .collect();
        let number =
            |maker: &mut Self| Decimal::parse(&format!("{}.{:03}", maker.below(20), maker.below(999))).unwrap();
        let submissions = self.many(|maker, id| Submission {
            id,
            order: maker.order(),
            title: maker.text(),
            level: maker.pick(&Level::ALL),
            reasons: maker.some(|maker| maker.pick(&Reason::ALL)),
            other_reason: maker.text(),
            date: maker.maybe(Self::date),
            division: maker.text(),
            buyer: maker.text(),
            application: maker.text(),
            site: Site {
                street: maker.text(),
                city: maker.text(),
                region: maker.text(),
                postal_code: maker.text(),
                country: maker.text(),
            },
            supplier_code: maker.text(),
            substances_reported: maker.maybe(|maker| maker.pick(&Answer::ALL)),
            report_format: maker.maybe(|maker| maker.pick(&ReportFormat::ALL)),
            report_number: maker.text(),
            report_date: maker.maybe(Self::date),
            polymers_marked: maker.maybe(|maker| maker.pick(&Answer::ALL)),
            results_for: maker.some(|maker| maker.pick(&ResultSet::ALL)),
            requirements_met: maker.maybe(Self::flip),
            explanation: maker.text(),
            rate_parts: maker.maybe(number),
            rate_hours: maker.maybe(number),
            tools_tagged: maker.maybe(|maker| maker.pick(&Answer::ALL)),
            signature: Signature {
                name: maker.text(),
                title: maker.text(),
                phone: maker.text(),
                fax: maker.text(),
                mail: maker.text(),
                date: maker.maybe(Self::date),
            },
            weight: if maker.flip() { WeightRule::default() } else { WeightRule { decimals: 3, parts: 5 } },
            meta: maker.meta(),
        });
        self.many(|maker, id| Warrant {
            id,
            submission: maker.pick(&submissions),
            order: maker.order(),
            part: maker.maybe(|maker| maker.reference(&shared.parts)),
            own_number: maker.text(),
            drawing: maker.text(),
            change_level: maker.text(),
            change_date: maker.maybe(Self::date),
            further_changes: maker.text(),
            further_changes_date: maker.maybe(Self::date),
            safety_regulation: maker.maybe(Self::flip),
            purchase_order: maker.text(),
            weight: maker.maybe(number),
            checking_aid: maker.text(),
            checking_aid_level: maker.text(),
            checking_aid_date: maker.maybe(Self::date),
            streams: maker.text(),
            meta: maker.meta(),
        });
        self.many(|maker, id| PpapElement {
            id,
            submission: maker.pick(&submissions),
            order: maker.order(),
            key: Text::from(maker.pick(&STANDARD_ELEMENTS).key),
            title: maker.text(),
            status: maker.pick(&ElementStatus::ALL),
            retention: maker.maybe(|maker| maker.pick(&Retention::ALL)),
            documents: maker.some(|maker| maker.reference(&documents)),
            attachments: maker.some(|maker| maker.reference(&shared.attachments)),
            remarks: maker.text(),
            not_applicable_because: maker.text(),
            responsible: maker.text(),
            due: maker.maybe(Self::date),
            meta: maker.meta(),
        });
        self.many(|maker, id| TestResult {
            id,
            submission: maker.pick(&submissions),
            order: maker.order(),
            kind: maker.pick(&ResultKind::ALL),
            part: maker.maybe(|maker| maker.reference(&shared.parts)),
            characteristic: maker.maybe(|maker| maker.reference(&shared.characteristics)),
            number: maker.text(),
            requirement: maker.text(),
            specification: maker.text(),
            laboratory: maker.text(),
            material_supplier: maker.text(),
            test_date: maker.maybe(Self::date),
            quantity: maker.text(),
            readings: if maker.flip() { Text::from("8.2; 8,7") } else { maker.text() },
            stream: maker.text(),
            verdict: maker.maybe(|maker| maker.pick(&Verdict::ALL)),
            meta: maker.meta(),
        });
    }

    fn plan(&mut self, file: &str, shared: &Shared, steps: &[Id<Step>], controls: &[Id<Control>]) {
        let plan = self.document(DocumentKind::ControlPlan, file, shared);
        self.many(|maker, id| PlanRow {
            id,
            plan,
            step: maker.link(steps),
            order: maker.order(),
            subject: match maker.below(5) {
                0 => Subject::Characteristic(maker.link(&shared.characteristics)),
                1 => Subject::ErrorProofing(maker.reference(&shared.equipment)),
                2 => Subject::SetUp(maker.text()),
                3 => Subject::Restart(maker.text()),
                _ => Subject::Open,
            },
            equipment: maker.some(|maker| maker.reference(&shared.equipment)),
            measurement_technique: maker.text(),
            sample_size: maker.text(),
            sample_frequency: maker.text(),
            control_method: maker.text(),
            responsible: maker.text(),
            reaction_plan: maker.text(),
            reaction_plan_owner: maker.text(),
            phases: maker.some(|maker| maker.pick(&Phase::ALL)),
            controls: maker.some(|maker| maker.link(controls)),
            applicability: maker.applicability(shared),
            meta: maker.meta(),
        });
    }
}
