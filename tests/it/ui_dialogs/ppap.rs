//! The dialogs of the PPAP submission: its fields, its warrants, and the evidence of its elements.

use eframe::egui::Theme;
use egui_kittest::kittest::Queryable;
use goldthread::edit::Command;
use goldthread::model::field::Field;
use goldthread::model::form::{List, NewItem};
use goldthread::model::item::{AnyId, Kind};
use goldthread::model::ppap::{Level, PpapElement, Reason, ResultSet, Warrant};
use goldthread::ui::dialogs::Dialog;

use super::window::{Rig, desk, document, fill, press, window};
use super::{exact, set};

/// A desk whose project is being submitted.
fn submitting(name: &str) -> Rig {
    let mut rig = desk(name);
    if rig.desk.project().submission().is_none() {
        rig.desk.run(&Command::AddRecord { kind: Kind::Submission }).unwrap();
    }
    rig
}

#[test]
fn every_page_of_a_submission_is_filled_by_keyboard_and_ticks() {
    let submission = |desk: &goldthread::app::desk::Desk| desk.project().submission().unwrap().id;
    let mut harness =
        window(submitting("stamped-bracket"), Theme::Light, |desk, _| Dialog::submission(submission(desk), None));
    fill(&mut harness, "Title", "Bracket, first samples");
    press(&mut harness, "Initial submission");
    press(&mut harness, "Other");
    fill(&mut harness, "Other reason", "New supplier code");
    press(&mut harness, "Site and customer");
    fill(&mut harness, "City", "Oberlohe");
    fill(&mut harness, "Buyer and buyer code", "T. Roth / 12");
    press(&mut harness, "Materials and results");
    press(&mut harness, "Dimensional measurements");
    fill(&mut harness, "Identity and version", "7001 / 1");
    press(&mut harness, "Declaration and signature");
    fill(&mut harness, "Production rate: parts", "600");
    fill(&mut harness, "Production rate: hours", "some");
    assert!(harness.query_by_label_contains("is not a number").is_some(), "the reason stands below the field");
    fill(&mut harness, "Production rate: hours", "2,5");
    let made = harness.state().desk.project().submission().unwrap().clone();
    assert_eq!(&*made.title, "Bracket, first samples");
    assert_eq!(
        (made.reasons.as_slice(), &*made.other_reason),
        ([Reason::Initial, Reason::Other].as_slice(), "New supplier code")
    );
    assert_eq!((&*made.site.city, &*made.buyer, &*made.report_number), ("Oberlohe", "T. Roth / 12", "7001 / 1"));
    assert_eq!((made.results_for.as_slice(), made.level), ([ResultSet::Dimensional].as_slice(), Level::Three));
    assert_eq!(made.rate_hours.unwrap().as_str(), "2.5");
}

#[test]
fn a_warrant_is_added_for_the_next_part_and_filled() {
    let mut rig = submitting("electric-parking-brake");
    let warrants: Vec<AnyId> = rig.desk.project().members::<Warrant>().into_iter().map(AnyId::from).collect();
    rig.desk.run(&Command::Delete { items: vec![warrants[1]] }).unwrap();
    let mut harness =
        window(rig, Theme::Light, |desk, _| Dialog::submission(desk.project().submission().unwrap().id, None));
    press(&mut harness, "Warrants of the parts");
    press(&mut harness, "Add warrant");
    fill(&mut harness, "Weight in kg", "1.8455");
    let window = harness.state();
    let project = window.desk.project();
    let made = *project.members::<Warrant>().last().unwrap();
    let under = project.submission().unwrap().id.into();
    let create = Command::Create { under, what: NewItem::Warrant, text: String::new(), after: None };
    assert_eq!(window.commands(), [&create, &set(made, Field::Weight, "1.8455")]);
    assert_eq!(project.label(made.into()), "31.0472.02 EPB actuator, right");
}

#[test]
fn what_proves_an_element_is_ticked() {
    let rig = submitting("stamped-bracket");
    let element = rig.desk.project().all_in_order::<PpapElement>()[0].id;
    let plan = document(&rig.desk, goldthread::model::document::DocumentKind::ControlPlan);
    let label = rig.desk.project().label(plan.into());
    let mut harness = window(rig, Theme::Light, |_, _| Dialog::choose_evidence(element));
    let shown = format!("{label}, {}", harness.state().desk.project().get(plan).unwrap().number);
    press(&mut harness, &shown);
    let window = harness.state();
    let list = Command::SetList {
        owner: element.into(),
        list: List::Documents,
        lines: vec![window.desk.project().document_name(&plan.into())],
    };
    assert_eq!(window.commands(), [&list]);
    assert_eq!(window.desk.project().get(element).unwrap().documents.len(), 1);
}

#[test]
fn the_pages_of_a_submission_look_as_they_should() {
    let mut harness = window(desk("electric-parking-brake"), Theme::Light, |desk, _| {
        Dialog::submission(desk.project().submission().unwrap().id, None)
    });
    harness.snapshot_options("dialog_submission_light", &exact());
    press(&mut harness, "Warrants of the parts");
    harness.snapshot_options("dialog_warrants_light", &exact());
}
