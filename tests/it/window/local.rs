//! Settings of the person: dates as the place writes them; what the foot of the window counts.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use goldthread::model::document::DocumentKind;
use goldthread::model::risk::Action;

use super::navigation::wait_for;
use super::rig::Window;

#[test]
fn dates_are_shown_and_typed_as_the_place_writes_them_and_kept_as_iso() {
    let mut window = Window::on_sample("electric-parking-brake");
    window.click("Actions");
    let due = |window: &Window| {
        let mut dates: Vec<_> =
            window.desk().project().all::<Action>().filter_map(|action| action.target_date).collect();
        dates.sort_unstable();
        dates.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let before = due(&window);
    let first = window.cell("Target completion date", ", line 1").expect("the first action has a date");
    assert!(first.starts_with("202") && first.contains('-'), "{first}");
    window.menu("File", "Settings…");
    let dates = window
        .harness
        .query_all_by_role(Role::ComboBox)
        .find(|node| node.accesskit_node().label().as_deref() == Some("Dates"));
    dates.expect("a list of date styles").click();
    window.harness.run();
    window.click("11/24/2026");
    window.click("Use these settings");
    let [year, month, day] = first.split('-').collect::<Vec<_>>()[..] else { panic!("{first}") };
    let shown = window.cell("Target completion date", ", line 1").unwrap();
    assert_eq!(shown, format!("{month}/{day}/{year}"));
    window.write("Target completion date", ", line 1", "3/4/2027");
    let after = due(&window);
    assert!(after.contains(&"2027-03-04".to_owned()) && after.len() == before.len(), "{after:?}");
    assert_eq!(window.cell("Target completion date", ", line 1").as_deref(), Some("03/04/2027"));

    // Dialogs write them in the same way.
    window.show("PFMEA");
    window.menu("Edit", "Document properties…");
    window.fill("Start date", "5/6/2026");
    window.press(Key::Tab);
    let start = |window: &Window| {
        let project = window.desk().project();
        project.documents_of(DocumentKind::ProcessFmea)[0].header.start_date.map(|date| date.to_string())
    };
    assert_eq!(start(&window).as_deref(), Some("2026-05-06"));
    window.fill("Start date", "5/32/2026");
    window.press(Key::Tab);
    assert!(window.says("is not a date"), "{:?}", window.names());
    assert_eq!(start(&window).as_deref(), Some("2026-05-06"));
}

#[test]
fn the_foot_of_the_window_counts_lines_selected_numbers_and_priorities() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    wait_for(&mut window, "AP H ");
    window.select("Occurrence", "20 Stamp and bend bracket, line 1");
    let number = |line: usize| {
        let row = format!("20 Stamp and bend bracket, line {line}");
        window.cell("Occurrence", &row).unwrap().parse::<u32>().unwrap()
    };
    let sum = number(1) + number(2);
    assert!(window.says(" of 10"), "{:?}", window.names());
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.harness.run();
    assert!(window.says(&format!("2 lines × 1 column selected · Sum {sum} · Average ")), "{:?}", window.names());
}
