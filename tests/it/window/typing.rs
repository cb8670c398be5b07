//! Typing in a form: facts that several rows show, completion, ratings and classes.

use eframe::egui::{Event, Key, Modifiers};

use super::rig::Window;

const SEVERITY: &str = "Severity";
const EFFECTS: &str = "1. Failure effects";
const LINE: &str = "10 Receive purchased parts, line 1";

fn fmea() -> Window {
    let mut window = Window::on_sample("electric-parking-brake");
    window.show("PFMEA");
    window
}

/// Types letter by letter; what is looked up off the frame is waited for.
fn type_until(window: &mut Window, text: &str, said: &str) {
    window.enter(text);
    for _ in 0..500 {
        if window.says(said) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.harness.run_steps(3);
    }
    panic!("“{said}” never came among\n{}", window.names().join("\n"));
}

fn undo_label(window: &Window) -> String {
    window.desk().history().undo_label().unwrap_or_default().to_owned()
}

/// What every severity cell says.
fn severities(window: &Window) -> Vec<String> {
    window.names().into_iter().filter(|name| name.starts_with(SEVERITY) && name.contains(", line ")).collect()
}

#[test]
fn a_shared_fact_says_so_and_is_changed_everywhere_or_here_only() {
    let mut window = fmea();
    let before = severities(&window);
    window.select(SEVERITY, LINE);
    window.press(Key::F2);
    assert!(window.says("used "), "the editor says so from the start");
    window.press(Key::Escape);
    window.enter("2");
    window.press(Key::Enter);
    assert!(window.says("Change in all "), "{}", window.names().join("\n"));
    assert_eq!(undo_label(&window), "");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(undo_label(&window).ends_with("here only"), "{}", undo_label(&window));
    let differ = |window: &Window| {
        let after = severities(window);
        let others: Vec<_> =
            after.iter().filter(|name| !before.contains(name) && !name.contains(LINE)).cloned().collect();
        others
    };
    assert_eq!(differ(&window), Vec::<String>::new(), "no other row differs");
    window.command(Key::Z);
    window.select(SEVERITY, LINE);
    window.enter("2");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(!undo_label(&window).ends_with("here only") && !undo_label(&window).is_empty());
    assert!(!window.says("Change in all "));
}

#[test]
fn an_entry_is_completed_by_what_the_project_says_and_linked() {
    let mut window = fmea();
    let before = window.cell(EFFECTS, LINE).unwrap();
    window.select(EFFECTS, LINE);
    window.press(Key::F2);
    window.harness.key_press_modifiers(Modifiers::ALT, Key::Enter);
    window.harness.run();
    type_until(&mut window, "End user: parkd veh", "Parked vehicle rolls away on a slope, used ");
    assert!(window.says("new text"));
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(window.says("linked, used "), "{}", window.names().join("\n"));
    window.press(Key::Enter);
    let after = window.cell(EFFECTS, LINE).unwrap();
    assert_eq!(
        after,
        format!("{before}\nEnd user: Parked vehicle rolls away on a slope (10)"),
        "with its severity: it is the same effect"
    );

    window.show("Control plan");
    let reaction = "Reaction plan";
    let line = "20 Inspect incoming parts, line 1";
    window.select(reaction, line);
    let words: String = window.cell(reaction, line).unwrap().split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    type_until(&mut window, &words, ", used ");
    window.press(Key::Enter);
    assert_eq!(window.cell(reaction, line).as_deref(), Some(words.as_str()), "Enter alone keeps what was typed");
}

#[test]
fn the_name_of_another_characteristic_links_it_instead_of_renaming() {
    let mut window = Window::on_sample("electric-parking-brake");
    window.show("Control plan");
    let names = window.names();
    let cells: Vec<(String, String)> = names
        .iter()
        .filter(|name| name.starts_with("Product, ") && name.contains(", line "))
        .filter_map(|name| name.strip_prefix("Product, ")?.split_once(": "))
        .map(|(row, text)| (row.to_owned(), text.to_owned()))
        .filter(|(_, text)| !text.starts_with('+') && !text.contains('\n') && !text.contains(", "))
        .collect();
    let (row, first) = cells.first().cloned().expect("a row with a product characteristic");
    let other = cells.iter().map(|(_, text)| text).find(|text| **text != first).cloned().expect("another one");
    let count = |window: &Window| window.desk().project().count::<goldthread::model::characteristic::Characteristic>();
    let before = count(&window);
    let rows = |window: &Window, name: &str| {
        let project = window.desk().project();
        let named = |row: &&goldthread::model::control_plan::PlanRow| project.label(row.id.into()).contains(name);
        project.all::<goldthread::model::control_plan::PlanRow>().filter(named).count()
    };
    let of_first = rows(&window, &first);
    assert!(of_first > 1, "the cell covers several rows");
    window.select("Product", &row);
    type_until(&mut window, &other, "linked, used ");
    window.press(Key::Enter);
    assert_eq!(window.cell("Product", &row).as_deref(), Some(other.as_str()));
    assert_eq!(count(&window), before);
    assert_eq!(rows(&window, &first), 0, "every row of the merged cell");
    let all = window.desk().project().all::<goldthread::model::characteristic::Characteristic>();
    assert!(all.into_iter().any(|known| *known.name == *first), "the former keeps its name");
}

#[test]
fn a_rating_says_what_it_leads_to_and_what_is_not_on_the_scale() {
    let mut window = fmea();
    window.select("Occurrence", LINE);
    window.enter("1");
    assert!(window.says("AP "), "{}", window.names().join("\n"));
    window.enter("0");
    assert!(window.names().iter().any(|name| name.starts_with("AP ") && name.contains(" → ")));
    window.enter("0");
    assert!(window.says("Not on the scale from 1 to 10"));
    window.press(Key::Escape);
    window.enter(" ");
    assert!(window.names().iter().any(|name| name.starts_with("10  ")), "the scale with its criteria");
    window.press(Key::Escape);
    assert!(!window.desk().is_dirty());
}

#[test]
fn a_class_is_chosen_from_the_classes_with_their_meanings() {
    let mut window = fmea();
    let row = "20 Inspect incoming parts, line 4";
    window.select("Special characteristics", row);
    window.enter(" ");
    let option = window.names().into_iter().find(|name| name.starts_with("SC – ")).expect("classes with meanings");
    window.click(&option);
    assert!(window.cell("Special characteristics", row).unwrap().starts_with("SC"));
    window.menu("Help", "Special characteristics");
    assert!(window.says("Asks for: "), "the legend with what each class asks for");
}

#[test]
fn letters_of_other_keyboards_and_input_methods_arrive_as_they_are() {
    use eframe::egui::ImeEvent;
    let mut window = Window::on_sample("stamped-bracket");
    window.show("Process flow");
    let row = "20 Stamp and bend bracket, line 1";
    window.select("Area / line", row);
    // AltGr+Q on a German keyboard: Windows reports Ctrl and Alt together.
    let alt_gr = Modifiers { alt: true, ctrl: true, command: true, ..Modifiers::NONE };
    for (key, text) in [(Key::Q, "@"), (Key::E, "€"), (Key::Num7, "{")] {
        window.harness.key_press_modifiers(alt_gr, key);
        window.harness.event(Event::Text(text.to_owned()));
        window.harness.run();
    }
    // A dead key: the accent comes with its letter.
    window.enter("éñÅ");
    window.press(Key::Enter);
    assert_eq!(window.cell("Area / line", row).as_deref(), Some("@€{éñÅ"));

    window.select("Area / line", row);
    window.press(Key::F2);
    window.command(Key::A);
    let preedit = ImeEvent::Preedit { text: "Zh".to_owned(), active_range_chars: None };
    for event in [preedit.clone(), ImeEvent::Commit("Ж".to_owned())] {
        window.harness.event(Event::Ime(event));
        window.harness.run();
    }
    window.press(Key::Enter);
    assert_eq!(window.cell("Area / line", row).as_deref(), Some("Ж"));

    // Composing starts an edit, as typing does.
    window.select("Area / line", row);
    for event in [preedit, ImeEvent::Commit("Ω".to_owned())] {
        window.harness.event(Event::Ime(event));
        window.harness.run();
    }
    window.press(Key::Enter);
    assert_eq!(window.cell("Area / line", row).as_deref(), Some("Ω"));
}
