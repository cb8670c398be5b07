//! What flow and FMEA ask for and the control plan lacks: proposals, accepted or dismissed.

use std::collections::BTreeSet;

use goldthread::edit::{Command, History, plan};
use goldthread::model::control_plan::{PlanRow, Subject};
use goldthread::model::field::Field;
use goldthread::model::finding::Severity;
use goldthread::model::item::AnyId;
use goldthread::model::plan_gap::{Gap, Proposal};
use goldthread::model::{Item, Project};
use goldthread::rules::Checker;

use crate::coverage::sample;
use crate::edit_laws::author;
use crate::fixture::random_project;
use crate::generate::{generated, today};

fn proposals(project: &Project) -> Vec<Proposal> {
    project.plan_proposals(&|| true).unwrap()
}

fn change(project: &mut Project, command: &Command) {
    let transaction = plan(project, command, &mut author()).unwrap();
    project.apply(&transaction.ops).unwrap();
}

/// A project without every `nth` of its control-plan rows.
fn without_rows(mut project: Project, nth: usize) -> Project {
    let items: Vec<AnyId> = project.all::<PlanRow>().step_by(nth).map(|row| row.id.into()).collect();
    change(&mut project, &Command::Delete { items });
    project
}

fn accept(gaps: Vec<Gap>) -> Command {
    Command::AcceptProposals { plan: None, phase: None, gaps }
}

fn accept_all(project: &Project) -> Command {
    accept(proposals(project).iter().map(|proposal| proposal.gap).collect())
}

/// The open errors by code, item and words.
fn errors(project: &Project) -> BTreeSet<(String, Option<AnyId>, String)> {
    let checker = Checker::full(project, today());
    let open = checker.open().filter(|finding| finding.severity == Severity::Error);
    open.map(|finding| (finding.code.to_owned(), finding.item(), finding.message.to_string())).collect()
}

/// Errors that say of a new row what nobody wrote yet, and that it is not complete yet.
const STILL_BLANK: [&str; 6] = ["CP-01", "CP-02", "CP-03", "CP-04", "CP-05", "SC-06"];

#[test]
fn accepting_every_proposal_leaves_none_and_nothing_wrong_but_what_is_still_blank() {
    for project in [
        without_rows(sample("electric-parking-brake"), 3),
        without_rows(sample("connector-housing"), 1),
        without_rows(sample("stamped-bracket"), 2),
        without_rows(generated(60, 5), 2),
    ] {
        let before = project.clone();
        let errors_before = errors(&project);
        let proposed = proposals(&project);
        assert!(proposed.len() > 3, "{}", proposed.len());
        let mut project = project;
        change(&mut project, &accept_all(&before));
        assert_eq!(proposals(&project), []);
        let kept = |row: &&PlanRow| project.get(row.id) == Some(row);
        assert_eq!(before.all::<PlanRow>().filter(kept).count(), before.count::<PlanRow>(), "rows stay as they are");
        for (code, item, message) in errors(&project).difference(&errors_before) {
            let is_new =
                !item.is_some_and(|item| before.contains(item) && item.kind() == goldthread::model::Kind::PlanRow);
            assert!(STILL_BLANK.contains(&code.as_str()) && is_new, "{code} {message}");
        }
    }
}

#[test]
fn a_proposal_closes_its_gap_and_takes_over_what_the_model_knows() {
    let project = without_rows(sample("electric-parking-brake"), 2);
    let mut kinds = BTreeSet::new();
    for proposal in proposals(&project) {
        let mut after = project.clone();
        change(&mut after, &accept(vec![proposal.gap]));
        assert!(!after.is_gap(proposal.gap), "{:?}", proposal.gap);
        let row = after.all::<PlanRow>().find(|row| project.get(row.id).is_none()).unwrap();
        assert_eq!(row.step.to.present(), Some(proposal.step));
        assert!(!project.gap_reason(proposal.gap).is_empty());
        match proposal.gap {
            Gap::Control(control) => {
                assert!(row.controls.iter().any(|link| link.to.present() == Some(control)));
                let text = &project.get(control).unwrap().text;
                assert!(row.measurement_technique == *text || row.control_method == *text, "{text}");
            }
            Gap::Device(device) => assert_eq!(row.subject, Subject::ErrorProofing(device.into())),
            Gap::Characteristic(_) | Gap::Cause(_) => assert!(matches!(row.subject, Subject::Characteristic(_))),
            Gap::SetUp(_) => assert!(matches!(row.subject, Subject::SetUp(_))),
        }
        kinds.insert(proposal.gap.item().kind());
    }
    assert!(kinds.len() >= 3, "{kinds:?}");
}

#[test]
fn accepting_is_one_step_of_undo() {
    let mut project = without_rows(sample("electric-parking-brake"), 4);
    let before: Vec<Item> = project.items().collect();
    let transaction = plan(&project, &accept_all(&project), &mut author()).unwrap();
    let mut history = History::default();
    history.commit(&mut project, transaction).unwrap();
    assert!(project.arenas().len() > before.len());
    history.undo(&mut project).unwrap();
    assert_eq!(project.items().collect::<Vec<_>>(), before);
    assert_eq!(history.undo_label(), None);
}

#[test]
fn a_dismissed_proposal_stays_away_until_what_it_rests_on_changes() {
    let mut project = without_rows(sample("electric-parking-brake"), 2);
    let is_control = |proposal: &Proposal| matches!(proposal.gap, Gap::Control(_));
    let gap = proposals(&project).into_iter().find(is_control).unwrap().gap;
    let Gap::Control(control) = gap else { unreachable!() };
    let shown = |project: &Project| proposals(project).iter().any(|proposal| proposal.gap == gap);
    let silenced = |project: &Project| {
        let checker = Checker::full(project, today());
        let found: Vec<bool> = checker
            .at(control.into())
            .filter(|reported| reported.finding.code == "LNK-04")
            .map(|reported| reported.approved.is_some())
            .collect();
        assert_eq!(found.len(), 1);
        found[0]
    };
    assert!(shown(&project) && !silenced(&project));
    let nothing = plan(&project, &Command::DismissProposal { gap, reason: " ".to_owned() }, &mut author());
    assert!(nothing.is_err(), "without a reason");

    change(&mut project, &Command::DismissProposal { gap, reason: "Done by the supplier".to_owned() });
    assert!(!shown(&project) && silenced(&project), "the finding is approved with the same words");
    let dismissal = project.gap_dismissal(gap).unwrap();
    assert_eq!((dismissal.reason.as_str(), dismissal.by.as_str()), ("Done by the supplier", "Jana"));
    assert_eq!(dismissal.on, Some(today()));
    assert!(project.dismissed_gaps().contains(&gap));

    let write = |text: &str| {
        let (item, field, text) = (control.into(), Field::Text, text.to_owned());
        Command::SetField { item, field, text, via: None }
    };
    let text = project.get(control).unwrap().text.to_string();
    change(&mut project, &write("Look at every second part"));
    assert!(shown(&project) && !silenced(&project), "it is about another control now");
    change(&mut project, &write(&text));
    assert!(!shown(&project), "the dismissal was about these words");
    change(&mut project, &Command::ProposeAgain { gap });
    assert!(shown(&project));
}

#[test]
fn the_fix_of_a_finding_is_the_proposal() {
    let project = without_rows(sample("electric-parking-brake"), 2);
    let checker = Checker::full(&project, today());
    let mut codes = BTreeSet::new();
    for finding in checker.open() {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.gap.is_some()) else { continue };
        let gap = fix.gap.unwrap();
        assert_eq!(project.gap_code(gap), finding.code);
        assert_eq!(Some(gap.item()), finding.item());
        let by_fix = plan(&project, &Command::from(fix), &mut author()).unwrap();
        assert_eq!(by_fix, plan(&project, &accept(vec![gap]), &mut author()).unwrap());
        codes.insert(finding.code);
    }
    assert!(codes.contains("LNK-04") && codes.contains("LNK-06"), "{codes:?}");
}

#[test]
fn nothing_is_left_to_propose_whatever_a_project_holds() {
    for seed in 0..12 {
        let random = random_project(seed, 3);
        let library = goldthread::app::library().unwrap();
        let mut project = Project::from_items(library, random.items());
        let mut author = author();
        if let Ok(transaction) = plan(&project, &accept_all(&project), &mut author) {
            project.apply(&transaction.ops).unwrap();
            assert_eq!(proposals(&project), [], "seed {seed}");
        }
    }
}
