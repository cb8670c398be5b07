//! Which control-plan rows cover which causes: asked from either side, the answer is the same.

use std::collections::BTreeSet;

use goldthread::model::Project;
use goldthread::model::control_plan::PlanRow;
use goldthread::model::coverage::CoverReason;
use goldthread::model::document::{DocumentKind, Phase};
use goldthread::model::form::{Form, FormKind, FormOptions};
use goldthread::model::risk::Risk;

use crate::edit_laws::author;
use crate::generate::generated;
use crate::samples::in_work;

pub fn sample(name: &str) -> Project {
    in_work(name)
}

#[test]
fn rows_and_causes_agree_on_who_covers_whom() {
    let mut reasons = [0, 0];
    for project in [sample("electric-parking-brake"), sample("connector-housing"), generated(60, 3)] {
        let mut from_rows = BTreeSet::new();
        for row in project.all::<PlanRow>() {
            from_rows.extend(project.risks_covered(row).into_iter().map(|(risk, reason)| (row.id, risk, reason)));
        }
        let mut from_risks = BTreeSet::new();
        let mut by_pairs = BTreeSet::new();
        for risk in project.all::<Risk>() {
            from_risks.extend(project.rows_covering(risk).into_iter().map(|(row, reason)| (row.id, risk.id, reason)));
            let covers = |row: &PlanRow| Some((row.id, risk.id, project.cover_reason(row, risk)?));
            by_pairs.extend(project.all::<PlanRow>().filter_map(covers));
        }
        assert_eq!(from_rows, by_pairs);
        assert_eq!(from_risks, by_pairs);
        for (_, _, reason) in by_pairs {
            reasons[usize::from(matches!(reason, CoverReason::Control(_)))] += 1;
        }
    }
    assert!(reasons.iter().all(|count| *count > 10), "{reasons:?}");
}

#[test]
fn a_row_covers_by_its_control_or_by_step_and_characteristic_and_no_longer_without() {
    use goldthread::edit::{Command, plan};
    let mut project = sample("electric-parking-brake");
    let covering = |project: &Project, row| {
        let row = project.get(row).unwrap();
        project.risks_covered(row).into_iter().map(|(_, reason)| matches!(reason, CoverReason::Control(_))).collect()
    };
    let both = |row: &&PlanRow| {
        let reasons: Vec<bool> = covering(&project, row.id);
        reasons.contains(&true) && reasons.contains(&false)
    };
    let row = project.all::<PlanRow>().find(both).unwrap().id;
    let none = Command::SetCarriedOut { row, controls: Vec::new() };
    let transaction = plan(&project, &none, &mut author()).unwrap();
    project.apply(&transaction.ops).unwrap();
    let reasons: Vec<bool> = covering(&project, row);
    assert!(!reasons.is_empty() && !reasons.contains(&true), "by characteristic only: {reasons:?}");
}

#[test]
fn an_editor_shows_coverage_in_both_forms_and_paper_does_not() {
    let project = sample("electric-parking-brake");
    let document = |kind| project.documents_of(kind)[0];
    for (kind, form, column) in [
        (DocumentKind::ProcessFmea, FormKind::FmeaAiagVda, "control_plan"),
        (DocumentKind::ControlPlan, FormKind::ControlPlan, "causes"),
    ] {
        let on_paper = Form::new(&project, document(kind), form, FormOptions::default());
        assert_eq!(on_paper.column(column), None);
        let options = FormOptions { prompts: true, phase: None };
        let form = Form::new(&project, document(kind), form, options);
        let at = form.column(column).unwrap();
        let blocks: Vec<_> = form.blocks(&project).into_iter().map(|key| form.block(&project, key)).collect();
        let cells = || blocks.iter().flat_map(|block| &block.cells).filter(|cell| cell.column == at);
        assert!(cells().any(|cell| !cell.parts.is_empty()));
        let says_why = |cell: &goldthread::model::form::Cell| {
            cell.parts.is_empty() || cell.tip.as_ref().is_some_and(|tip| tip.words(&project).contains("because it"))
        };
        assert!(cells().all(says_why));
    }
}

#[test]
fn a_phase_shows_its_rows_only() {
    let project = sample("electric-parking-brake");
    let plan = project.documents_of(DocumentKind::ControlPlan)[0];
    let rows = |phase| {
        let form = Form::new(&project, plan, FormKind::ControlPlan, FormOptions { prompts: false, phase });
        form.blocks(&project).into_iter().map(|key| form.row_count(&project, key)).sum::<usize>()
    };
    let serving = |phase| project.all::<PlanRow>().filter(|row| row.serves(phase)).count();
    for phase in Phase::ALL {
        assert_eq!(rows(Some(phase)), serving(phase), "{phase:?}");
    }
    assert_eq!(rows(None), project.count::<PlanRow>());
    assert!(rows(Some(Phase::PreLaunch)) < rows(None));
}
