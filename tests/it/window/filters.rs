//! Filter and order of lines: what is asked is shown as chips, groups stay whole, and edits hit what they show.

use eframe::egui::{Key, Modifiers};
use goldthread::model::risk::Risk;

use super::navigation::{wait_for, wait_until};
use super::rig::Window;

const CAUSE: &str = "3. Failure cause";
const LINE: &str = "20 Stamp and bend bracket, line 1";

/// The PFMEA with the dialog about a column open.
fn dialog(sample: &str, heading: &str, row: &str) -> Window {
    let mut window = Window::on_sample(sample);
    window.show("PFMEA");
    window.select(heading, row);
    ask(&mut window);
    window
}

fn ask(window: &mut Window) {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.harness.run();
    // The dialog is at rest once the values are counted.
    wait_until(window, "the values are counted", |window| window.says("Find a value") && !window.says("Counting…"));
}

fn all(window: &mut Window) {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    window.harness.run();
}

fn is_line_with_clearance(name: &str) -> bool {
    name.starts_with(CAUSE) && name.contains(", line ") && name.contains("learance")
}

fn lines(window: &Window) -> usize {
    window.names().iter().filter(|name| name.starts_with(CAUSE) && name.contains(", line ")).count()
}

#[test]
fn only_lines_with_the_words_are_shown_and_an_edit_hits_the_line_that_is_seen() {
    let mut window = dialog("stamped-bracket", CAUSE, LINE);
    window.fill("Has the words", "clearance");
    window.click("Show these lines");
    wait_for(&mut window, "group partly shown");
    assert!(window.says(": has “clearance”"));
    let name = window.names().into_iter().find(|name| is_line_with_clearance(name)).unwrap();
    let row = name.split_once(", ").unwrap().1.split(": ").next().unwrap().to_owned();
    let shown = lines(&window);
    assert!((1..10).contains(&shown), "{shown} lines");
    let before = window.desk().project().clone();
    window.write("Occurrence", &row, "9");
    let changed: Vec<String> = window
        .desk()
        .project()
        .all::<Risk>()
        .filter(|risk| before.get(risk.id) != Some(*risk))
        .map(|risk| window.desk().project().label(risk.cause.into()))
        .collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].to_lowercase().contains("clearance"), "{changed:?}");

    // What no longer fits stays under the hands until the filter is applied again.
    window.write(CAUSE, &row, "Something else");
    assert!(window.says("Something else") && window.says("Apply again"));
    all(&mut window);
    assert!(!window.says("Apply again"));
    assert!(lines(&window) > shown);
}

#[test]
fn a_new_line_is_shown_although_the_filter_does_not_know_it() {
    let mut window = dialog("stamped-bracket", CAUSE, LINE);
    window.fill("Has the words", "clearance");
    window.click("Show these lines");
    wait_for(&mut window, "partly shown");
    let shown = lines(&window);
    let name = window.names().into_iter().find(|name| is_line_with_clearance(name)).unwrap();
    let row = name.split_once(", ").unwrap().1.split(": ").next().unwrap().to_owned();
    window.select(CAUSE, &row);
    window.command(Key::Enter);
    window.enter("Die cracked");
    window.press(Key::Enter);
    assert!(window.says("Die cracked"));
    assert_eq!(lines(&window), shown + 1);
}

#[test]
fn what_is_hidden_is_uncovered_for_whoever_goes_there() {
    let mut window = dialog("stamped-bracket", CAUSE, LINE);
    window.fill("Has the words", "clearance");
    window.click("Show these lines");
    wait_for(&mut window, "partly shown");
    window.command(Key::G);
    window.enter("coil");
    wait_for(&mut window, "failure cause · PFMEA");
    window.press(Key::Enter);
    assert!(window.cursor().unwrap().to_lowercase().contains("coil"), "{:?}", window.cursor());
}

#[test]
fn values_are_ticked_and_sorting_keeps_modes_together() {
    let mut window = dialog("electric-parking-brake", "AP", "10 Receive purchased parts, line 1");
    wait_for(&mut window, "H, 4 lines");
    window.click("H, 4 lines");
    window.click("Show these lines");
    wait_for(&mut window, "4 of ");
    // A line per action; the causes are merged over theirs.
    assert_eq!(lines(&window), 3);
    all(&mut window);
    window.select("Occurrence", "20 Inspect incoming parts, line 1");
    ask(&mut window);
    window.click("Descending");
    window.click("Show these lines");
    assert!(window.says("↓ Occurrence"));
    wait_for(&mut window, "111 of 111 lines");
    window.select("Occurrence", "10 Receive purchased parts, line 1");
    window.command(Key::Home);
    // The step with the highest occurrence stands first, with all its lines.
    let shown = window.names();
    let first = shown.iter().find(|name| name.starts_with("Occurrence") && name.contains(", line 1: ")).unwrap();
    let step = first.split_once(", ").unwrap().1.split(", line").next().unwrap();
    let of_step = shown.iter().filter(|name| name.starts_with("Occurrence") && name.contains(step));
    let highest = of_step.filter_map(|name| name.rsplit(": ").next()?.parse::<i64>().ok()).max();
    let all = window.desk().project().all::<Risk>().filter_map(|risk| risk.current()?.occurrence.clone()?.number());
    assert_eq!(highest, all.max());
}

#[test]
fn a_cell_of_the_heat_map_leads_to_its_lines() {
    let mut window = Window::on_sample("electric-parking-brake");
    window.click("Overview");
    wait_for(&mut window, "Where the risk lies");
    let cell = window.names().into_iter().find(|name| name.starts_with("Severity 10, occurrence 4")).unwrap();
    window.click(&cell);
    wait_for(&mut window, "2 of ");
    // Two actions rest on the one cause.
    assert_eq!(lines(&window), 1);
}
