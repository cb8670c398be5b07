//! Copying, pasting, filling and clearing as hands from a spreadsheet do it.

use eframe::egui::{Event, Key, Modifiers, OutputCommand};

use super::rig::Window;

const STEP: &str = "20 Stamp and bend bracket, line";

fn line(at: usize) -> String {
    format!("{STEP} {at}")
}

fn paste(window: &mut Window, text: &str) {
    window.harness.event(Event::Paste(text.to_owned()));
    // What goes on off the frame turns a wheel at the foot of the window, so the frames do not end by themselves.
    window.harness.run_steps(6);
}

fn copy(window: &mut Window) -> String {
    window.harness.event(Event::Copy);
    window.harness.step();
    let commands = &window.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("something was copied");
    window.harness.run();
    copied
}

fn extend(window: &mut Window, key: Key, times: usize) {
    for _ in 0..times {
        window.harness.key_press_modifiers(Modifiers::SHIFT, key);
    }
    window.harness.run();
}

fn occurrences(window: &Window) -> Vec<String> {
    (1..=4).map(|at| window.cell("Occurrence", &line(at)).unwrap_or_default()).collect()
}

#[test]
fn clear_values_are_pasted_and_the_others_listed_with_a_way_to_their_cells() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    let before = occurrences(&window);
    window.select("Occurrence", &line(1));
    paste(&mut window, "9\r\n7-8\r\n8\r\n");
    let after = occurrences(&window);
    assert_eq!((after[0].as_str(), &after[1], after[2].as_str()), ("9", &before[1], "8"));
    assert!(window.says("1 text was not taken over"));
    assert!(window.says("Pasted 2 cells · 1 not taken over"));
    assert_eq!(window.desk().history().undo_label(), Some("Paste 2 cells"));
    let refused =
        window.names().into_iter().find(|name| name.contains("“7-8” is not a value")).expect("the refused text");
    window.click(&refused);
    assert!(window.cursor().unwrap().starts_with("Occurrence"), "{:?}", window.cursor());
    assert!(window.cursor().unwrap().contains(&line(2)));
    window.command(Key::Z);
    assert_eq!(occurrences(&window), before);
    window.click("Close the list of texts that were not taken over");
    assert!(!window.says("not taken over. "));
}

#[test]
fn one_value_fills_a_range_and_keys_fill_down_and_right() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    window.select("Occurrence", &line(1));
    extend(&mut window, Key::ArrowDown, 2);
    paste(&mut window, "6");
    assert_eq!(occurrences(&window)[..3], ["6", "6", "6"]);
    window.write("Occurrence", &line(1), "5");
    window.select("Occurrence", &line(1));
    extend(&mut window, Key::ArrowDown, 2);
    window.command(Key::D);
    assert_eq!(occurrences(&window)[..3], ["5", "5", "5"]);
    assert_eq!(window.desk().history().undo_label(), Some("Fill 2 cells"));
    window.write("Occurrence", &line(1), "4");
    window.select("Occurrence", &line(2));
    window.command(Key::D);
    assert_eq!(occurrences(&window)[..3], ["4", "4", "5"], "a single row takes from the one above");

    window.select("Occurrence", &line(1));
    extend(&mut window, Key::ArrowDown, 2);
    window.enter("7");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.harness.run();
    assert_eq!(occurrences(&window)[..3], ["7", "7", "7"], "Ctrl+Enter writes into the whole range");
    window.menu("Edit", "Clear cells");
    assert!(occurrences(&window)[..3].iter().all(|cell| cell.starts_with('O')), "empty cells say what belongs there");

    window.show("Control plan");
    window.write("Sample size", &line(1), "twice");
    window.select("Sample size", &line(1));
    extend(&mut window, Key::ArrowRight, 1);
    window.command(Key::R);
    assert_eq!(window.cell("Sample frequency", &line(1)).as_deref(), Some("twice"));
}

#[test]
fn what_is_cut_can_be_pasted_and_one_column_goes_from_cell_to_cell() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Control plan");
    let text = window.cell("Reaction plan", &line(1)).unwrap();
    window.select("Reaction plan", &line(1));
    window.harness.event(Event::Cut);
    window.harness.run();
    assert_ne!(window.cell("Reaction plan", &line(1)).unwrap_or_default(), text);
    assert_eq!(window.desk().history().undo_label(), Some("Clear 1 cell"));
    paste(&mut window, &text);
    assert_eq!(window.cell("Reaction plan", &line(1)).as_deref(), Some(text.as_str()));

    window.show("PFMEA");
    window.select("2. Failure mode", &line(1));
    paste(&mut window, "First mode\nSecond mode\n");
    assert!(window.cell("2. Failure mode", "First mode").is_some());
    assert!(window.cell("2. Failure mode", "Second mode").is_some(), "merged cells count as one");
    assert_eq!(window.desk().history().undo_label(), Some("Paste 2 cells"));
}

#[test]
fn a_block_copied_here_says_what_merged_cells_say_once() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    window.select("2. Failure mode", &line(1));
    extend(&mut window, Key::ArrowRight, 1);
    let copied = copy(&mut window);
    let lines = copied.lines().count();
    assert!(copied.contains('\t'), "{copied}");
    paste(&mut window, &copied);
    assert!(!window.desk().is_dirty(), "the same texts change nothing");
    assert!(lines >= 1);
}

#[test]
fn facts_that_other_rows_show_are_asked_about_once() {
    let mut window = Window::on_sample("electric-parking-brake");
    window.show("PFMEA");
    let severity = "Severity";
    let names = window.names();
    let cell = names.iter().find(|name| name.starts_with(severity) && name.contains(", line 1: "));
    let row = cell.and_then(|name| name.split_once(", ")?.1.split_once(": ").map(|(row, _)| row.to_owned())).unwrap();
    let before = window.cell(severity, &row).unwrap();
    window.select(severity, &row);
    paste(&mut window, "2");
    assert!(window.says("rewrite something that other rows show too"), "{}", window.names().join("\n"));
    assert_eq!(window.cell(severity, &row).unwrap(), before, "nothing changed yet");
    window.click("Cancel");
    assert!(!window.desk().is_dirty());
    paste(&mut window, "2");
    window.click("Only here");
    assert!(window.desk().is_dirty());
    assert!(window.desk().history().undo_label().is_some_and(|label| label == "Paste 1 cell"));
}

#[test]
fn thousands_of_rows_are_written_off_the_frame_or_refused_with_the_reason() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    window.select("Occurrence", &line(1));
    paste(&mut window, &"5\n".repeat(600));
    for _ in 0..2_000 {
        if window.desk().is_dirty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.harness.run_steps(3);
    }
    assert!(window.says("added "), "{}", window.names().join("\n"));
    window.command(Key::Z);
    assert!(!window.desk().is_dirty(), "one step back");
    window.select("Occurrence", &line(1));
    paste(&mut window, &"5\n".repeat(50_000));
    for _ in 0..2_000 {
        if window.says("Do it in parts") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.harness.run_steps(3);
    }
    panic!("never refused among\n{}", window.names().join("\n"));
}

#[test]
fn what_was_copied_becomes_rows_of_its_own_behind_the_row_of_the_cursor() {
    let mut window = Window::on_sample("stamped-bracket");
    window.show("PFMEA");
    let risks = |window: &Window| window.desk().project().count::<goldthread::model::risk::Risk>();
    let (before, second) = (risks(&window), window.cell("3. Failure cause", &line(2)).unwrap());
    window.select("3. Failure cause", &line(1));
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    window.harness.step();
    paste(&mut window, "Coil too thin\r\nWrong coil\r\n");
    assert_eq!(risks(&window), before + 2);
    let causes = [2, 3, 4].map(|at| window.cell("3. Failure cause", &line(at)).unwrap_or_default());
    assert_eq!(causes, ["Coil too thin".to_owned(), "Wrong coil".to_owned(), second.clone()]);
    assert_eq!(window.desk().history().undo_label(), Some("Paste 2 cells and add 2 rows"));

    // The next paste writes into cells again.
    window.select("3. Failure cause", &line(2));
    paste(&mut window, "Coil too thick\r\n");
    assert_eq!(risks(&window), before + 2);
    assert_eq!(window.cell("3. Failure cause", &line(2)).as_deref(), Some("Coil too thick"));
}
