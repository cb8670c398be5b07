//! Generated projects: as many causes as asked for, consistent and complete, the same for the same seed.

use goldthread::app::generate::generate;
use goldthread::app::library;
use goldthread::base::clock::Date;
use goldthread::model::control_plan::{PlanRow, Subject};
use goldthread::model::fmea::{Control, EffectLevel, Element, Failure, FailureRole, Function, LevelEffects};
use goldthread::model::form::{Form, FormOptions};
use goldthread::model::index::Index;
use goldthread::model::rating::Priority;
use goldthread::model::relation::Relation;
use goldthread::model::risk::Risk;
use goldthread::model::{Item, Project};
use goldthread::rules::Checker;

pub fn today() -> Date {
    Date::new(2026, 11, 24).unwrap()
}

/// A generated project with the bundled library.
pub fn generated(causes: usize, seed: u64) -> Project {
    generate(library().unwrap(), causes, seed, today())
}

const SIZES: [usize; 8] = [0, 1, 3, 7, 40, 333, 1000, 2500];

#[test]
fn there_are_as_many_causes_as_asked_for() {
    for causes in SIZES {
        let project = generated(causes, 1);
        assert_eq!(project.count::<Risk>(), causes);
        let failures = project.all::<Failure>().filter(|failure| failure.role == FailureRole::Cause).count();
        assert_eq!(failures, causes);
        assert_eq!(project.violations(), []);
        assert_eq!(*project.index(), Index::build(project.arenas()));
    }
}

#[test]
fn the_same_seed_gives_the_same_project() {
    let items = |seed| generated(300, seed).items().collect::<Vec<Item>>();
    assert_eq!(items(7), items(7));
    assert_ne!(items(7), items(8));
}

#[test]
fn no_link_is_missing_or_suspect() {
    for causes in SIZES {
        let project = generated(causes, 2);
        for element in project.all::<Element>() {
            assert!(element.steps.iter().all(|link| link.to.present().is_some() && !project.is_suspect(link)));
        }
        for function in project.all::<Function>() {
            assert!(function.characteristics.iter().all(|link| !project.is_suspect(link)));
        }
        for failure in project.all::<Failure>() {
            assert!(failure.effects.links().all(|(_, link)| !project.is_suspect(link)), "{}", failure.text);
            assert!(failure.characteristic.iter().all(|link| !project.is_suspect(link)), "{}", failure.text);
        }
        for row in project.all::<PlanRow>() {
            assert!(!project.is_suspect(&row.step));
            assert!(row.controls.iter().all(|link| !project.is_suspect(link)));
            assert!(!matches!(&row.subject, Subject::Characteristic(link) if project.is_suspect(link)));
        }
    }
}

#[test]
fn every_mode_is_analysed_and_every_urgent_line_is_answered() {
    let project = generated(1500, 3);
    for mode in project.all::<Failure>().filter(|failure| failure.role == FailureRole::Mode) {
        let causes = project.sources(mode.id, Relation::RiskOfMode).len();
        assert!((1..=6).contains(&causes), "{} has {causes} causes", mode.text);
        assert!(EffectLevel::ALL.iter().all(|level| *mode.effects.at(*level) != LevelEffects::NotConsidered));
    }
    let mut priorities = [0; 3];
    for risk in project.all::<Risk>() {
        let rated = project.evaluate_current(risk);
        let priority = rated.priority.expect("every line is rated");
        priorities[priority as usize] += 1;
        if priority > Priority::Low {
            assert!(risk.justification.is_some() || risk.later().any(|(_, later)| !later.actions.is_empty()));
            let grave = rated.severity.and_then(|severity| severity.number()).is_some_and(|severity| severity >= 9);
            assert!(!grave || risk.management_review.is_some());
        }
    }
    assert!(priorities.iter().all(|count| *count > 50), "low, medium and high all occur: {priorities:?}");
}

#[test]
fn the_plan_is_complete_and_carries_every_control() {
    for causes in [7, 40, 1000] {
        let project = generated(causes, 4);
        for row in project.all::<PlanRow>() {
            let texts = [
                &row.measurement_technique,
                &row.sample_size,
                &row.sample_frequency,
                &row.control_method,
                &row.responsible,
                &row.reaction_plan,
                &row.reaction_plan_owner,
            ];
            assert!(texts.iter().all(|text| !text.is_blank()));
        }
        for control in project.all::<Control>() {
            let carried = !project.sources(control.id, Relation::RowControl).is_empty();
            assert!(carried || !control.no_plan_row_because.is_blank(), "{causes}: {}", control.text);
            assert!(!project.sources(control.id, Relation::RiskControl).is_empty(), "{} is used", control.text);
        }
    }
    let project = generated(9000, 5);
    let rows = project.count::<PlanRow>();
    assert!((2500..4500).contains(&rows), "{rows} rows for 9000 causes");
}

#[test]
fn causes_of_a_station_differ() {
    let project = generated(1400, 6);
    for focus in project.all::<Element>().filter(|element| !element.steps.is_empty()) {
        let mut texts: Vec<&str> = project
            .children::<Element>(focus.id, Relation::SubElement)
            .flat_map(|work| project.children::<Function>(work.id, Relation::FunctionOfElement))
            .flat_map(|function| project.children::<Failure>(function.id, Relation::FailureOfFunction))
            .map(|cause| cause.text.as_str())
            .collect();
        let count = texts.len();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), count);
    }
}

#[test]
fn the_forms_show_every_cause() {
    let project = generated(500, 9);
    for document in project.documents() {
        let form = Form::new(&project, document, Form::usual_kind(&project, document), FormOptions::default());
        let rows: usize = form.blocks(&project).iter().map(|key| form.block(&project, *key).rows.len()).sum();
        assert!(!document.kind.is_fmea() || rows >= 500, "{rows} rows");
        assert!(rows > 0);
    }
}

#[test]
fn no_rule_finds_anything() {
    for causes in SIZES {
        let project = generated(causes, 10);
        let found: Vec<String> = Checker::full(&project, today())
            .findings(&project)
            .into_iter()
            .map(|found| format!("{} {}", found.finding.code, found.finding.message))
            .collect();
        assert!(
            found.is_empty(),
            "{causes} causes: {} findings, such as\n{}",
            found.len(),
            found[..found.len().min(8)].join("\n")
        );
    }
}
