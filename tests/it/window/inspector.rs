//! The inspector and the failure net: what hangs on the selected cell, and the ways from there.

use eframe::egui::Key;

use goldthread::model::fmea::Failure;

use super::rig::Window;

const MODE: &str = "2. Failure mode";
const CAUSE: &str = "3. Failure cause";
const LINE: &str = "20 Stamp and bend bracket, line 2";

/// The sample with the cursor on a cell of the PFMEA and the inspector open.
fn inspecting(heading: &str, row: &str) -> Window {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    window.select(heading, row);
    if !window.says("Hide the inspector") {
        window.press(Key::F10);
    }
    window
}

/// The name of the entry of the inspector or card of the net that begins so.
fn entry(window: &Window, words: &str) -> String {
    let names = window.names();
    let found = names.iter().find(|name| name.starts_with(words));
    found.cloned().unwrap_or_else(|| panic!("nothing begins with “{words}” among\n{}", names.join("\n")))
}

#[test]
fn the_chain_leads_to_effects_and_back_to_the_cause() {
    let mut window = inspecting(CAUSE, LINE);
    let cause = window.cell(CAUSE, LINE).unwrap();
    let mode = window.cell(MODE, LINE).unwrap();
    assert!(window.says("Effects") && window.says("Causes"));
    let line = entry(&window, &format!("{cause}, "));
    assert!(line.contains("O 3") && line.ends_with("AP L"), "{line}");
    window.click(&entry(&window, &format!("{mode}, ")));
    assert!(window.cursor().unwrap().contains(&mode));
    window.click(&entry(&window, &format!("{cause}, ")));
    assert!(window.cursor().unwrap().contains(&cause));
}

#[test]
fn the_net_follows_the_selection_and_its_cards_lead_there() {
    let mut window = inspecting(CAUSE, LINE);
    window.press(Key::F7);
    let cause = window.cell(CAUSE, LINE).unwrap();
    let mode = window.cell(MODE, LINE).unwrap();
    window.click(&entry(&window, &format!("Failure mode: {mode}")));
    assert!(window.cursor().unwrap().contains(&mode));
    window.click(&entry(&window, &format!("Cause: {cause}")));
    assert!(window.cursor().unwrap().contains(&cause));
    window.press(Key::F7);
    assert!(!window.says("Failure mode: "));
}

#[test]
fn what_was_changed_is_shown_with_what_it_was_and_goes_with_undo() {
    let mut window = inspecting("Occurrence", LINE);
    let before = window.cell("Occurrence", LINE).unwrap();
    window.write("Occurrence", LINE, "10");
    window.select("Occurrence", LINE);
    assert!(window.says("Changed since it was opened"));
    assert!(window.says(&format!("Occurrence: {before}  10")), "{}", window.names().join("\n"));
    window.command(Key::Z);
    window.select("Occurrence", LINE);
    assert!(!window.says("Changed since it was opened"));
}

#[test]
fn a_suspect_link_is_said_and_accepted_in_the_inspector() {
    let mut window = inspecting("Severity", LINE);
    window.write("Severity", LINE, "9");
    // In all modes that have the effect.
    window.press(Key::Enter);
    let suspect = |window: &Window| {
        let project = window.desk().project();
        let is_suspect = |mode: &&Failure| mode.effects.links().any(|(_, link)| project.is_suspect(link));
        project.all::<Failure>().find(is_suspect).map(|mode| mode.text.to_string())
    };
    // The mode in whose line it was typed counts as reviewed; another mode with the same effect does not.
    let other = suspect(&window).expect("the effect is shared");
    window.select(MODE, &other);
    assert!(window.says("Changed since the review: severity"), "{}", window.names().join("\n"));
    window.click("Accept the change");
    assert!(!window.says("Changed since the review: severity"));
    assert_ne!(suspect(&window), Some(other));
}
