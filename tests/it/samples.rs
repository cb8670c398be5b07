//! The samples: they load, are whole, and hold what they promise.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use goldthread::app::library;
use goldthread::app::samples::{SAMPLES, Sample, sample};
use goldthread::exchange::flat;
use goldthread::model::characteristic::Characteristic;
use goldthread::model::control_plan::{PlanRow, Subject};
use goldthread::model::document::{Document, DocumentState, Phase};
use goldthread::model::flow::{Step, StepKind};
use goldthread::model::fmea::{
    Control, ControlKind, EffectLevel, Element, Failure, FailureRole, Function, LevelEffects,
};
use goldthread::model::form::{Form, FormKind, FormOptions};
use goldthread::model::op::Op;
use goldthread::model::project::Project;
use goldthread::model::reference::Link;
use goldthread::model::relation::Relation;
use goldthread::model::review::Reviewed;
use goldthread::model::risk::{Action, ActionStatus, AssessmentState, Risk};
use goldthread::rules::Checker;
use goldthread::store::canonical::not_canonical;
use goldthread::store::open::open;

/// The folder of a sample.
fn folder(sample: &Sample) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample.name)
}

/// The project of a sample.
pub fn opened(sample: &Sample) -> Project {
    open(&folder(sample), library().unwrap()).unwrap().project
}

fn named(name: &str) -> Project {
    opened(sample(name).unwrap())
}

/// The project of a sample while its documents are being worked on: what a sample shows as released is edited here.
pub fn in_work(name: &str) -> Project {
    let mut project = named(name);
    let documents: Vec<Document> = project.all::<Document>().cloned().collect();
    let drafts = documents.into_iter().map(|document| Document { state: DocumentState::Draft, ..document });
    let ops: Vec<Op> = drafts.map(|document| Op::Put(document.into())).collect();
    project.apply(&ops).unwrap();
    project
}

/// Puts the documents in the folder of a sample back to drafts, see [`in_work`].
pub fn put_back_to_drafts(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "ron") {
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replacen("        state: Released,\n", "", 1)).unwrap();
        }
    }
}

fn causes(project: &Project) -> usize {
    project.all::<Failure>().filter(|failure| failure.role == FailureRole::Cause).count()
}

#[test]
fn every_sample_opens_without_a_finding() {
    for sample in SAMPLES {
        let opened = open(&folder(sample), library().unwrap()).unwrap();
        assert_eq!(opened.findings, vec![], "{}", sample.name);
        assert_eq!(opened.project.violations(), vec![], "{}", sample.name);
        let lost = opened.project.items().find(|item| format!("{item:?}").contains("Missing {"));
        assert_eq!(lost, None, "{}", sample.name);
    }
}

#[test]
fn every_sample_is_canonical() {
    for sample in SAMPLES {
        assert_eq!(not_canonical(&folder(sample)).unwrap(), vec![], "{}", sample.name);
    }
}

#[test]
fn the_check_of_every_sample_is_clean_before_and_after_its_release() {
    let today = "2026-11-24".parse().unwrap();
    for sample in SAMPLES {
        let mut project = opened(sample);
        for state in [DocumentState::Draft, DocumentState::Released] {
            let documents: Vec<Document> = project.all::<Document>().cloned().collect();
            let ops: Vec<Op> =
                documents.into_iter().map(|document| Op::Put(Document { state, ..document }.into())).collect();
            project.apply(&ops).unwrap();
            let checker = Checker::full(&project, today);
            let found: Vec<String> = checker
                .findings(&project)
                .into_iter()
                .map(|one| format!("{} {}", one.finding.code, one.finding.message))
                .collect();
            assert_eq!(found, Vec::<String>::new(), "{} {state:?}", sample.name);
        }
    }
}

/// Counts a link that was reviewed in every field that counts and has not changed since.
fn reviewed<T: Reviewed>(project: &Project, link: &Link<T>, at: &str, links: &mut usize) {
    let target = project.get(link.to.id()).unwrap();
    assert_eq!(link.reviewed.values.len(), target.review_values().len(), "{at}");
    assert!(!link.reviewed.by.is_blank() && link.reviewed.on.is_some(), "{at}");
    assert!(!project.is_suspect(link), "{at}");
    *links += 1;
}

#[test]
fn every_link_of_a_sample_is_reviewed_and_none_is_suspect() {
    for sample in SAMPLES {
        let project = opened(sample);
        let mut links = 0;
        for element in project.all::<Element>() {
            for link in &element.steps {
                reviewed(&project, link, &project.element_label(element), &mut links);
            }
        }
        for function in project.all::<Function>() {
            for link in &function.characteristics {
                reviewed(&project, link, &function.text, &mut links);
            }
        }
        for failure in project.all::<Failure>() {
            if let Some(link) = &failure.characteristic {
                reviewed(&project, link, &failure.text, &mut links);
            }
            for (_, link) in failure.effects.links() {
                reviewed(&project, link, &failure.text, &mut links);
            }
        }
        for row in project.all::<PlanRow>() {
            let label = project.label(row.id.into());
            reviewed(&project, &row.step, &label, &mut links);
            if let Subject::Characteristic(link) = &row.subject {
                reviewed(&project, link, &label, &mut links);
            }
            for link in &row.controls {
                reviewed(&project, link, &label, &mut links);
            }
        }
        assert!(links > 80, "{} has {links} links", sample.name);
    }
}

#[test]
fn every_form_of_a_sample_is_filled() {
    for sample in SAMPLES {
        let project = opened(sample);
        let documents = project.documents();
        assert_eq!(documents.len(), 3, "{}", sample.name);
        for document in documents {
            let kind = Form::usual_kind(&project, document);
            let form = Form::new(&project, document, kind, FormOptions::default());
            let mut columns = BTreeSet::new();
            let mut lines = 0;
            for key in form.blocks(&project) {
                for line in flat::lines(&form, &form.block(&project, key)) {
                    lines += 1;
                    columns.extend(line.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(at, _)| at));
                }
            }
            assert!(lines >= 10, "{}: {} has {lines} lines", sample.name, document.title);
            let empty: Vec<&str> = form
                .columns
                .iter()
                .enumerate()
                .filter(|(at, _)| !columns.contains(at))
                .map(|(_, column)| &*column.key)
                .collect();
            // The big sample shows every column at work; the others need not.
            let may_be_empty: &[&str] = match sample.name {
                "electric-parking-brake" => &[],
                _ => &["issue_number", "history", "filter_code", "detection_action"],
            };
            assert!(
                empty.iter().all(|key| may_be_empty.contains(key)),
                "{}: nothing stands in {empty:?} of {}",
                sample.name,
                document.title
            );
        }
    }
}

#[test]
fn the_three_forms_agree_on_steps_and_characteristics() {
    for sample in SAMPLES {
        let project = opened(sample);
        for step in project.all::<Step>() {
            let analysed = !project.sources(step.id, Relation::ElementStep).is_empty();
            assert_eq!(analysed, step.no_analysis_because.is_blank(), "{}: {}", sample.name, step.label());
            let planned = !project.sources(step.id, Relation::RowStep).is_empty();
            assert_eq!(planned, step.no_plan_row_because.is_blank(), "{}: {}", sample.name, step.label());
        }
        for characteristic in project.all::<Characteristic>() {
            for relation in [Relation::RoleOfCharacteristic, Relation::RowCharacteristic] {
                let uses = project.sources(characteristic.id, relation);
                assert!(!uses.is_empty(), "{}: {} {relation:?}", sample.name, characteristic.label());
            }
        }
        for control in project.all::<Control>() {
            let carried_out = !project.sources(control.id, Relation::RowControl).is_empty();
            assert_eq!(carried_out, control.no_plan_row_because.is_blank(), "{}: {}", sample.name, control.text);
        }
    }
}

#[test]
fn every_mode_has_considered_every_level() {
    for sample in SAMPLES {
        let project = opened(sample);
        for mode in project.all::<Failure>().filter(|failure| failure.role == FailureRole::Mode) {
            for level in EffectLevel::ALL {
                assert_ne!(*mode.effects.at(level), LevelEffects::NotConsidered, "{}: {}", sample.name, mode.text);
            }
            assert!(project.mode_severity(mode, None).is_some(), "{}: {}", sample.name, mode.text);
        }
    }
}

#[test]
fn the_parking_brake_is_a_whole_line() {
    let project = named("electric-parking-brake");
    assert!(project.count::<Step>() >= 16);
    assert!(causes(&project) >= 80);
    assert!(project.count::<PlanRow>() >= 50);
    assert!(project.count::<Action>() >= 15);
    let kinds: BTreeSet<StepKind> = project.all::<Step>().map(|step| step.kind).collect();
    for kind in [
        StepKind::Operation,
        StepKind::Inspection,
        StepKind::Transport,
        StepKind::Storage,
        StepKind::Decision,
        StepKind::Rework,
        StepKind::Scrap,
        StepKind::Receiving,
        StepKind::Shipping,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    assert!(project.all::<Step>().any(|step| step.outsourced));
    assert!(project.all::<Step>().any(|step| step.alternate_for.is_some()));
    let states: BTreeSet<ActionStatus> = project.all::<Action>().map(|action| action.status).collect();
    assert_eq!(states.len(), ActionStatus::ALL.len());
    let assessed: BTreeSet<AssessmentState> =
        project.all::<Risk>().flat_map(|risk| &risk.assessments).map(|assessment| assessment.state).collect();
    for state in [AssessmentState::Current, AssessmentState::Planned, AssessmentState::Reached] {
        assert!(assessed.contains(&state), "{state:?}");
    }
    let classes: BTreeSet<String> = project.all::<Characteristic>().map(|one| one.class.to_string()).collect();
    assert!(classes.contains("CC") && classes.contains("SC"));
    for phase in [Phase::PreLaunch, Phase::Production] {
        let only_here = |row: &&PlanRow| row.phases == [phase];
        assert!(project.all::<PlanRow>().filter(only_here).count() > 3, "{phase:?}");
        assert!(project.all::<PlanRow>().filter(|row| row.serves(phase)).count() >= 50, "{phase:?}");
    }
    let several =
        project.all::<Characteristic>().filter(|one| project.sources(one.id, Relation::RowCharacteristic).len() > 1);
    assert!(several.count() > 10);
    let shared = |kind: ControlKind| {
        let of_kind = project.all::<Control>().filter(move |control| control.kind == kind);
        of_kind.filter(|control| project.sources(control.id, Relation::RiskControl).len() > 1).count()
    };
    assert!(shared(ControlKind::Prevention) > 5 && shared(ControlKind::Detection) > 5);
    let rows: Vec<&PlanRow> = project.all::<PlanRow>().collect();
    assert!(rows.iter().any(|row| matches!(row.subject, Subject::ErrorProofing(_))));
    assert!(rows.iter().any(|row| matches!(row.subject, Subject::SetUp(_))));
    assert!(rows.iter().any(|row| matches!(row.subject, Subject::Restart(_))));
}

#[test]
fn the_connector_housing_uses_the_fourth_edition() {
    let project = named("connector-housing");
    assert!((8..=10).contains(&project.count::<Step>()));
    assert!((28..=36).contains(&causes(&project)));
    let fmea = project.documents().into_iter().find(|document| document.kind.is_fmea()).unwrap();
    assert_eq!(Form::usual_kind(&project, fmea), FormKind::FmeaFourthEdition);
    assert!(!project.all::<Element>().any(|element| element.kind.is_lower()), "causes stand at the steps");
    let of_steps =
        |function: &&Function| project.get(function.element).is_some_and(|element| !element.steps.is_empty());
    assert!(project.all::<Function>().filter(of_steps).all(|function| !function.requirements.is_empty()));
    for risk in project.all::<Risk>() {
        assert!(project.evaluate_current(risk).rpn.is_some(), "{}", project.label(risk.id.into()));
    }
}

#[test]
fn the_bracket_is_small() {
    let project = named("stamped-bracket");
    assert_eq!((project.count::<Step>(), causes(&project)), (5, 10));
}

#[test]
fn documents_of_a_sample_are_dated_by_their_latest_revision() {
    for sample in SAMPLES {
        let project = opened(sample);
        for document in project.all::<Document>() {
            let is_brake = sample.name == "electric-parking-brake";
            assert_eq!(document.state == DocumentState::Released, is_brake, "{}: {}", sample.name, document.title);
            let latest = document.latest_revision().unwrap();
            assert_eq!(latest.date, document.header.revision_date, "{}: {}", sample.name, document.title);
            assert!(document.header.start_date < latest.date, "{}: {}", sample.name, document.title);
        }
    }
}

/// Whoever changes what a form prints or what the sample says writes the new hash into its latest revision, so that the
/// sample stays a submission that can be handed over.
#[test]
fn released_documents_of_a_sample_are_what_their_revision_froze() {
    let mut others = Vec::new();
    for sample in SAMPLES {
        let project = opened(sample);
        for document in project.all::<Document>().filter(|known| known.state == DocumentState::Released) {
            let hash = project.content_hash(document);
            if *document.latest_revision().unwrap().content_hash != *hash {
                others.push(format!("{}/{}.ron: {hash}", sample.name, document.file));
            }
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}
