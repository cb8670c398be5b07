//! The overview: its figures are those of the project, and they lead to what is behind them.

use eframe::egui::Key;

use super::navigation::wait_for;
use super::rig::Window;

fn overview(sample: &str) -> Window {
    let mut window = Window::on_sample(sample);
    window.click("Overview");
    wait_for(&mut window, "Where the risk lies");
    window
}

fn named(window: &Window, words: &str) -> Vec<String> {
    window.names().into_iter().filter(|name| name.contains(words)).collect()
}

#[test]
fn the_figures_follow_an_edit() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    let line = "20 Stamp and bend bracket, line 2";
    assert_eq!(window.cell("AP", line).as_deref(), Some("L"));
    window.click("Overview");
    wait_for(&mut window, "Now: ");
    let before = named(&window, "Now: ");
    window.show("PFMEA");
    window.write("Occurrence", line, "10");
    assert_eq!(window.cell("AP", line).as_deref(), Some("H"));
    window.click("Overview");
    for _ in 0..500 {
        if named(&window, "Now: ") != before {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.harness.run();
    }
    assert!(named(&window, "Now: ").iter().any(|name| name.ends_with("AP H")), "{:?}", named(&window, "Now: "));
    assert!(window.says("occurrence 10: 1 line, up to AP H"));
}

#[test]
fn a_step_leads_to_its_lines_and_a_status_to_the_actions() {
    let mut window = overview("electric-parking-brake");
    let step = named(&window, "% of all up to here").remove(0);
    let label = step.split(':').next().unwrap().to_owned();
    window.click(&step);
    assert!(window.cursor().unwrap().contains(&label), "{:?} for {label}", window.cursor());
    window.click("Overview");
    wait_for(&mut window, "Where the risk lies");
    window.click(&named(&window, "Decision pending, ").remove(0));
    assert!(window.says("Target completion date"));
}

#[test]
fn a_fourth_edition_project_counts_risk_priority_numbers() {
    let window = overview("connector-housing");
    assert!(window.says("Risk priority number"));
    assert!(named(&window, "% of all up to here").iter().all(|name| name.contains("RPN ")));
}

#[test]
fn findings_are_counted_by_family_and_open_the_list() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    window.select("Reaction plan", "20 Stamp and bend bracket, line 1");
    window.press(Key::Delete);
    window.click("Overview");
    wait_for(&mut window, "Where the risk lies");
    let family = named(&window, "Control plan, ");
    assert!(!window.says("hide (F8)"));
    window.click(family.iter().find(|name| name.starts_with("Error")).expect("an error of the control plan"));
    assert!(window.says("hide (F8)"));
}
