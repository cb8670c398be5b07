//! The law of the checker: after any sequence of changes it holds what a check from scratch would find.

use std::sync::Arc;

use goldthread::base::{IdSource, Text};
use goldthread::model::finding::Severity;
use goldthread::model::flow::StepKind;
use goldthread::model::fmea::{ControlMeans, FailureRole};
use goldthread::model::op::Changes;
use goldthread::model::ppap::{ElementStatus, Level, ResultSet, Verdict};
use goldthread::model::project_data::{Approved, FindingApproval};
use goldthread::model::rating::Rating;
use goldthread::model::relation::OnDelete;
use goldthread::model::risk::ActionStatus;
use goldthread::model::{AnyId, Item, Kind, Op, Project};
use goldthread::rules::{Checker, Counts, Reported, fingerprint};
use proptest::prelude::*;

use crate::fixture::random_project;
use crate::rules_fixture::{good, today};

/// What a finding says, without its fixes, which quote whole items.
type Said = (&'static str, String, Option<AnyId>, bool);

fn said(checker: &Checker, project: &Project) -> Vec<Said> {
    let incremental = |reported: &&&Reported| reported.finding.code != "DOC-12";
    let words = |reported: &&Reported| {
        let finding = &reported.finding;
        (finding.code, finding.message.to_string(), finding.item(), reported.approved.is_some())
    };
    checker.findings(project).iter().filter(incremental).map(words).collect()
}

/// Makes random changes, undone ones among them.
struct Meddler {
    random: IdSource,
    undo: Vec<Vec<Op>>,
}

impl Meddler {
    fn below(&mut self, end: usize) -> usize {
        (self.random.next_u64() % end.max(1) as u64) as usize
    }

    fn any_item(&mut self, project: &Project) -> Item {
        // First a kind, so that the rare ones get their share.
        loop {
            let kind = Kind::ALL[self.below(Kind::ALL.len())];
            let items: Vec<Item> = project.items().filter(|item| item.id().kind() == kind).collect();
            if !items.is_empty() {
                return items[self.below(items.len())].clone();
            }
        }
    }

    fn ops(&mut self, project: &Project, checker: &Checker) -> Vec<Op> {
        let item = self.any_item(project);
        match self.below(10) {
            0 => self.undo.pop().unwrap_or_default(),
            1 => removal(project, item.id()),
            2 => {
                vec![Op::Put(self.twin_of(project, &item, AnyId::of(item.id().kind(), self.random.clone().next_u64())))]
            }
            3 => vec![Op::Put(self.twin_of(project, &item, item.id()))],
            4 => self.approval(project, checker),
            _ => vec![Op::Put(self.edited(item))],
        }
    }

    /// A copy of another item of the same kind under a given identity.
    fn twin_of(&mut self, project: &Project, item: &Item, id: AnyId) -> Item {
        let kind = item.id().kind();
        let peers: Vec<Item> = project.items().filter(|peer| peer.id().kind() == kind).collect();
        let mut twin = peers[self.below(peers.len())].clone();
        set_id(&mut twin, id);
        twin
    }

    fn approval(&mut self, project: &Project, checker: &Checker) -> Vec<Op> {
        let findings = checker.findings(project);
        let Some(reported) = findings.get(self.below(findings.len())) else { return Vec::new() };
        let Some(item) = reported.finding.item() else { return Vec::new() };
        let approval = FindingApproval {
            id: self.random.next_id(),
            code: Text::from(reported.finding.code),
            item: Approved(item),
            fingerprint: Text::from(fingerprint(&reported.finding)),
            reason: Text::from("accepted"),
            by: Text::default(),
            on: None,
            meta: None,
        };
        vec![Op::Put(approval.into())]
    }

    /// The item with something that rules look at changed.
    fn edited(&mut self, item: Item) -> Item {
        let text = Text::from(["", "20", "Other words", "Torque too low", "regularly"][self.below(5)]);
        let class = Text::from(["", "CC", "SC", "XX"][self.below(4)]);
        let rating =
            [None, Some(Rating::Number(1)), Some(Rating::Number(9)), Rating::parse("x")][self.below(4)].clone();
        let which = self.below(6);
        match item {
            Item::ProjectData(data) => edit(&data, |data| match which {
                0 => data.class_set = Text::from("ford"),
                1 => data.class_set = Text::from("generic"),
                _ => data.plant = text,
            }),
            Item::Document(document) => edit(&document, |document| match which {
                0 => document.rating_profile = Text::from("aiag-4-pfmea"),
                1 => document.rating_profile = Text::from("aiag-vda-2019-pfmea"),
                2 => document.state = goldthread::model::document::DocumentState::Released,
                3 => document.team.clear(),
                4 => document.header.key_contact = text,
                _ => document.title = text,
            }),
            Item::Step(step) => edit(&step, |step| match which {
                0 => step.number = text,
                1 => step.kind = StepKind::ALL[text.len() % StepKind::ALL.len()],
                2 => step.no_analysis_because = text,
                3 => step.no_plan_row_because = text,
                4 => step.equipment.clear(),
                _ => step.nok_disposition = text,
            }),
            Item::Characteristic(characteristic) => edit(&characteristic, |characteristic| match which {
                0 | 1 => characteristic.class = class,
                2 => characteristic.specifications.clear(),
                _ => characteristic.name = text,
            }),
            Item::Equipment(equipment) => edit(&equipment, |equipment| equipment.challenge_part = text),
            Item::Failure(failure) => edit(&failure, |failure| match which {
                0 => failure.severity = rating,
                1 => failure.class = class,
                2 => failure.role = FailureRole::Effect,
                3 => failure.characteristic = None,
                _ => failure.text = text,
            }),
            Item::Risk(risk) => edit(&risk, |risk| match (which, risk.assessments.first_mut()) {
                (0, Some(first)) => first.occurrence = rating,
                (1, Some(first)) => first.detection = rating,
                (2, Some(first)) => first.actions.clear(),
                (3, _) => risk.class = class,
                (4, _) => risk.justification = None,
                _ => risk.controls.clear(),
            }),
            Item::Control(control) => edit(&control, |control| match which {
                0 => control.means = Some(ControlMeans::ALL[text.len() % ControlMeans::ALL.len()]),
                1 => control.no_plan_row_because = text,
                _ => control.text = text,
            }),
            Item::Action(action) => edit(&action, |action| match which {
                0 => action.status = ActionStatus::ALL[text.len() % ActionStatus::ALL.len()],
                1 => action.owner = None,
                2 => action.target_date = Some(today()),
                _ => action.action_taken = text,
            }),
            Item::PlanRow(row) => edit(&row, |row| match which {
                0 => row.reaction_plan = text,
                1 => row.sample_frequency = text,
                2 => row.controls.clear(),
                3 => row.subject = goldthread::model::control_plan::Subject::Open,
                _ => row.control_method = text,
            }),
            Item::Submission(submission) => edit(&submission, |submission| match which {
                0 => submission.level = Level::ALL[text.len() % Level::ALL.len()],
                1 => submission.reasons.clear(),
                2 => submission.requirements_met = Some(false),
                3 => submission.results_for = vec![ResultSet::Dimensional],
                _ => submission.explanation = text,
            }),
            Item::Warrant(warrant) => edit(&warrant, |warrant| match which {
                0 => warrant.part = None,
                1 => warrant.weight = None,
                2 => warrant.safety_regulation = Some(true),
                _ => warrant.change_level = text,
            }),
            Item::PpapElement(element) => edit(&element, |element| match which {
                0 => element.documents.clear(),
                1 => element.not_applicable_because = text,
                2 => element.due = Some(today()),
                _ => element.status = ElementStatus::ALL[text.len() % ElementStatus::ALL.len()],
            }),
            Item::TestResult(result) => edit(&result, |result| match which {
                0 => result.readings = Text::from("8.6 8.4"),
                1 => result.verdict = Some(Verdict::Ok),
                2 => result.characteristic = None,
                _ => result.specification = text,
            }),
            other => other,
        }
    }
}

fn edit<T: Clone + Into<Item>>(item: &Arc<T>, change: impl FnOnce(&mut T)) -> Item {
    let mut item = T::clone(item);
    change(&mut item);
    item.into()
}

macro_rules! set_ids {
    ($($kind:ident),*) => {
        fn set_id(item: &mut Item, id: AnyId) {
            match (item, id) {
                $((Item::$kind(item), AnyId::$kind(id)) => Arc::make_mut(item).id = id,)*
                (item, id) => panic!("{:?} cannot become {id}", item.id()),
            }
        }
    };
}
set_ids!(
    ProjectData,
    Part,
    Person,
    CustomerRequirement,
    UserField,
    Attachment,
    FindingApproval,
    ReportProfile,
    Document,
    Step,
    FlowEdge,
    Characteristic,
    StepCharacteristic,
    Equipment,
    Element,
    Function,
    Failure,
    Risk,
    Control,
    Action,
    PlanRow,
    Submission,
    Warrant,
    PpapElement,
    TestResult
);

/// Removes an item with all it contains, and leaves missing references behind.
fn removal(project: &Project, id: AnyId) -> Vec<Op> {
    let mut gone = vec![id];
    let mut at = 0;
    while at < gone.len() {
        let contained = project.referrers(gone[at]);
        let contained = contained.into_iter().filter(|(relation, _)| relation.on_delete() == OnDelete::Cascade);
        for (_, item) in contained {
            if !gone.contains(&item) {
                gone.push(item);
            }
        }
        at += 1;
    }
    let mut kept: Vec<Item> = Vec::new();
    for target in &gone {
        let label = Text::from(project.label(*target));
        for (_, holder) in project.referrers(*target) {
            if gone.contains(&holder) {
                continue;
            }
            if kept.iter().all(|item| item.id() != holder) {
                kept.extend(project.item(holder));
            }
            for item in kept.iter_mut().filter(|item| item.id() == holder) {
                item.detach(*target, &label);
            }
        }
    }
    gone.iter().rev().map(|id| Op::Remove(*id)).chain(kept.into_iter().map(Op::Put)).collect()
}

fn hold(mut project: Project, seed: u64, changes: usize) -> Result<(), TestCaseError> {
    let mut meddler = Meddler { random: IdSource::seeded(seed), undo: Vec::new() };
    let mut checker = Checker::full(&project, today());
    let mut made = 0;
    for _ in 0..changes {
        // Sometimes several changes are checked at once, sometimes each a little before the next comes.
        let bit_by_bit = meddler.below(2) == 0;
        let mut touched = Changes::default();
        for _ in 0..=meddler.below(2) {
            let ops = meddler.ops(&project, &checker);
            if let Ok(applied) = project.apply(&ops) {
                made += usize::from(!applied.changes.is_empty());
                meddler.undo.push(applied.inverse);
                if bit_by_bit {
                    checker.note(&project, &applied.changes, today());
                    checker.catch_up(&project, meddler.below(6));
                } else {
                    touched.merge(applied.changes);
                }
            }
        }
        if bit_by_bit {
            while checker.is_behind() {
                checker.catch_up(&project, 1 + meddler.below(9));
            }
        } else {
            checker.update(&project, &touched, today());
        }
        let scratch = Checker::full(&project, today());
        prop_assert_eq!(said(&checker, &project), said(&scratch, &project));
        let mut counts = Counts::default();
        for reported in checker.findings(&project) {
            match (reported.approved, reported.finding.severity) {
                (Some(_), _) => counts.approved += 1,
                (None, Severity::Error) => counts.errors += 1,
                (None, Severity::Warning) => counts.warnings += 1,
                (None, Severity::Info) => counts.infos += 1,
            }
            let item = reported.finding.item().unwrap();
            prop_assert!(checker.at(item).any(|at| at == reported));
        }
        prop_assert_eq!(checker.counts(), counts);
    }
    prop_assert!(made > 0, "no change was made");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn checked_edit_by_edit_is_checked_from_scratch(seed in any::<u64>()) {
        hold(good().project, seed, 40)?;
    }

    #[test]
    fn so_it_is_in_projects_that_nobody_would_draw(seed in any::<u64>()) {
        let library = good().project.library().clone();
        let project = Project::from_items(library, random_project(seed, 6).items());
        hold(project, seed, 25)?;
    }
}

#[test]
fn a_new_day_is_a_new_check() {
    let bench = good();
    let mut checker = Checker::full(&bench.project, today());
    let later = crate::rules_fixture::day(2026, 12, 31);
    checker.update(&bench.project, &Changes::default(), later);
    assert_eq!(said(&checker, &bench.project), said(&Checker::full(&bench.project, later), &bench.project));
    assert_eq!((checker.today(), checker.counts().warnings), (later, 1), "the open action is overdue");
}
