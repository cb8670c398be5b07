//! The PPAP submission in the window: made from the menu, filled in its lists, undone.

use eframe::egui::Key;
use goldthread::model::ppap::{ElementStatus, PpapElement, TestResult, Verdict};
use goldthread::model::relation::Relation;

use super::rig::Window;

/// The small sample with a submission just made, its dialog closed.
fn submitting() -> Window {
    let mut window = Window::on_sample("stamped-bracket");
    assert!(!window.says("PPAP elements"), "there are no pages of a submission before there is one");
    window.menu("File", "PPAP submission…");
    assert!(window.says("Submission level"), "its dialog opens as soon as it is made");
    window.press(Key::Escape);
    window
}

fn element(window: &Window, key: &str) -> PpapElement {
    let project = window.desk().project();
    let submission = project.submission().expect("there is one").id;
    let mut all = project.children::<PpapElement>(submission, Relation::PpapElementInSubmission);
    all.find(|element| *element.key == *key).expect("the element").clone()
}

fn results(window: &Window) -> Vec<TestResult> {
    window.desk().project().all_in_order::<TestResult>().into_iter().cloned().collect()
}

#[test]
fn a_submission_brings_its_pages_along_and_takes_them_away() {
    let mut window = submitting();
    window.click("PPAP elements");
    let row = "15 Master sample";
    window.write("Status", row, "Ready");
    window.write("Remarks", row, "Shelf 12");
    assert_eq!(element(&window, "15").status, ElementStatus::Ready);
    assert_eq!(&*element(&window, "15").remarks, "Shelf 12");
    assert_eq!(window.cell("S / R / *", row).as_deref(), Some("R"));
    for _ in 0..3 {
        window.command(Key::Z);
    }
    assert!(!window.says("PPAP elements"), "undone with its pages");
}

#[test]
fn the_open_row_takes_results_and_is_no_row_itself() {
    let mut window = submitting();
    window.click("Dimensional results");
    let open = "Sensor bracket, line 1";
    window.write("Dimension / specification", open, "Hole diameter");
    let row = "Hole diameter, line 1";
    window.write("Specification / limits", row, "6.5 ± 0.1 mm");
    window.write("Measurement results", row, "6,48 6,52");
    let made = results(&window);
    assert_eq!(made.len(), 1);
    assert_eq!(window.desk().project().verdict(&made[0]), Some(Verdict::Ok));
    assert_eq!(window.cell("OK / NOK", row).as_deref(), Some("OK"));
    window.write("Measurement results", row, "6,48 6,72");
    assert_eq!(window.cell("OK / NOK", row).as_deref(), Some("NOK"));
    assert!(window.findings().iter().any(|finding| finding.starts_with("PPA-30")), "{:?}", window.findings());

    window.select("Dimension / specification", open);
    window.command(Key::Minus);
    assert!(window.desk().project().submission().is_some(), "the open row stands for nothing that could be deleted");
    window.select("Dimension / specification", row);
    window.command(Key::Minus);
    assert_eq!(results(&window).len(), 0);
}

#[test]
fn every_product_characteristic_gets_its_line_at_once() {
    let mut window = submitting();
    window.click("Dimensional results");
    window.menu("Insert", "Results of the characteristics");
    let project = window.desk().project();
    let products = project
        .all::<goldthread::model::characteristic::Characteristic>()
        .filter(|known| known.kind == goldthread::model::characteristic::CharacteristicKind::Product)
        .count();
    let made = results(&window);
    assert_eq!(made.len(), products);
    assert!(made.iter().all(|result| result.characteristic.is_some()));
    window.command(Key::Z);
    assert_eq!(results(&window).len(), 0, "one change");
}

/// The numbers of the elements in their order.
fn numbers(window: &Window) -> Vec<String> {
    let project = window.desk().project();
    let submission = project.submission().expect("there is one").id;
    let all = project.children::<PpapElement>(submission, Relation::PpapElementInSubmission);
    all.map(|element| element.key.to_string()).collect()
}

#[test]
fn a_customer_asks_for_elements_of_his_own() {
    let mut window = submitting();
    window.click("PPAP elements");
    window.select("Status", "17 Compliance with customer-specific requirements");
    window.menu("Insert", "Further PPAP element");
    window.enter("Capacity study");
    window.press(Key::Enter);
    let row = "19 Capacity study";
    assert_eq!(element(&window, "19").name(), "Capacity study");
    assert_eq!(window.cell("S / R / *", row).as_deref(), Some("S"), "who asks for it wants to see it");
    let behind = |window: &Window, key: &str| {
        let all = numbers(window);
        all[all.iter().position(|known| known == key).unwrap() - 1].clone()
    };
    assert_eq!(behind(&window, "19"), "17", "behind the row of the cursor");
    // Its number and its letter are those of the customer, and no two elements have the same.
    window.write("S / R / *", row, "R");
    window.write("No.", row, "12");
    assert!(window.says("12 is “Qualified laboratory documentation” in the manual"));
    window.command(Key::A);
    window.enter("C1");
    window.press(Key::Enter);
    assert_eq!(window.cell("S / R / *", "C1 Capacity study").as_deref(), Some("R"));
    // In its place, and gone again.
    window.select("Status", "C1 Capacity study");
    window.menu("Edit", "Move up");
    assert_eq!(behind(&window, "C1"), "16");
    window.select("Status", "C1 Capacity study");
    window.command(Key::Minus);
    assert!(!numbers(&window).contains(&"C1".to_owned()));
    window.command(Key::Z);
    assert_eq!(behind(&window, "C1"), "16");
    for _ in 0..5 {
        window.command(Key::Z);
    }
    assert_eq!(numbers(&window).len(), 21, "as it was before");
}

#[test]
fn an_element_of_the_manual_stays_on_record() {
    let mut window = submitting();
    window.click("PPAP elements");
    window.select("Status", "13 Appearance approval report");
    window.command(Key::Minus);
    assert!(window.says("Set its status to “Not applicable” and say why"));
    assert_eq!(numbers(&window).len(), 21);
}
