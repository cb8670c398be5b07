//! The import of a spreadsheet: looked at, changed by hand, imported, and taken back.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use eframe::egui::{Key, vec2};
use goldthread::app::settings::Theme;
use goldthread::model::flow::Step;
use goldthread::model::fmea::{Control, Failure};
use goldthread::model::rating::Rating;
use goldthread::model::risk::Risk;
use goldthread::ui::request::Request;

use super::looks::look;
use super::navigation::{wait_for, wait_until};
use super::rig::{Start, Window};

const PFMEA: &str = "\
Process FMEA;;;;;;;;;
Part number;4711-08;;;;;;;;
;;;;;;;;;
Process step;Function;Failure mode;Failure effect;S;Failure cause;O;Detection control;D;RPN
10 Press bearing;Hold the shaft;Bore too small;Rotor blocks;8;Tool worn;4;Plug gauge 100 %;3;96
;;;Assembly stops;5;Wrong blank;2;Plug gauge 100 %;3;40
20 Tighten screw;Clamp the cover;Torque too low;Cover comes loose;9;Bit worn;3;Angle monitoring;2;54
;;Torque too high;Thread strips;7;Wrong program;2;Angle monitoring;2;28
";

/// A workbook with these sheets: name, and cells as text with semicolons.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut parts = Vec::new();
    let (mut names, mut relations) = (String::new(), String::new());
    for (number, (name, cells)) in (1..).zip(sheets) {
        write!(names, r#"<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>"#).unwrap();
        write!(
            relations,
            r#"<Relationship Id="r{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        )
        .unwrap();
        let mut rows = String::new();
        for (row, line) in (1..).zip(cells.lines()) {
            write!(rows, r#"<row r="{row}">"#).unwrap();
            for (letter, cell) in ('A'..).zip(line.split(';')).filter(|(_, cell)| !cell.is_empty()) {
                match cell.parse::<f64>() {
                    Ok(number) => write!(rows, r#"<c r="{letter}{row}"><v>{number}</v></c>"#).unwrap(),
                    Err(_) => {
                        write!(rows, r#"<c r="{letter}{row}" t="inlineStr"><is><t>{cell}</t></is></c>"#).unwrap();
                    }
                }
            }
            rows.push_str("</row>");
        }
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    let document =
        r#"<Relationship Id="r1" Type=""#.to_owned() + OFFICE + r#"/officeDocument" Target="xl/workbook.xml"/>"#;
    parts.push(("_rels/.rels".into(), format!("<Relationships>{document}</Relationships>")));
    parts.push(("xl/workbook.xml".into(), format!("<workbook><sheets>{names}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{relations}</Relationships>")));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn write(window: &Window, name: &str, bytes: &[u8]) -> PathBuf {
    let path = window.scratch().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// Opens the import as the picker of files does.
fn opened(mut window: Window, name: &str, bytes: &[u8]) -> Window {
    let path = write(&window, name, bytes);
    window.harness.state_mut().as_mut().unwrap().ask(Request::ImportFile(path));
    window.harness.run();
    window
}

fn start(theme: Theme) -> Window {
    Window::start(tempfile::tempdir().unwrap(), Start { size: vec2(1366.0, 768.0), theme, ..Start::default() })
}

fn looked_at(name: &str, bytes: &[u8]) -> Window {
    let mut window = opened(start(Theme::Light), name, bytes);
    wait_for(&mut window, "cells imported");
    window
}

/// Waits until what was said is looked at.
fn settle(window: &mut Window) {
    wait_until(window, "the answer", |window| !window.says("Looking again"));
}

#[test]
fn a_text_file_is_looked_at_imported_and_taken_back() {
    let mut window = looked_at("line 3.csv", PFMEA.as_bytes());
    assert!(window.says("line 3, PFMEA, 4 lines"), "{:?}", window.names());
    assert!(window.says("Column C: Failure mode"));
    assert!(window.says("Failure mode: Bore too small"), "the tree");
    assert!(window.says("Failure cause: Tool worn S 8 O 4 D 3"), "with ratings");
    assert!(window.says("F5: Tool worn"), "the cells");
    window.fill("Folder", &window.scratch().join("made").display().to_string());
    window.click("Import");
    assert_eq!(window.desk().project().count::<Failure>(), 4 + 4 + 4 - 1, "{:?}", window.names());
    assert!(window.says("Imported 4 lines from line 3.csv"), "{:?}", window.names());
    window.click("Show");
    assert!(window.says("B4, Function, heading"), "what was left is shown again: {:?}", window.names());
    window.press(Key::Escape);
    assert!(!window.desk().is_dirty(), "a new project is saved");
    assert!(window.scratch().join("made/project.ron").exists());
    window.command(Key::Z);
    assert_eq!(window.desk().project().count::<Failure>(), 0, "one undo takes all of it back");
    assert!(window.desk().project().documents().is_empty());
}

#[test]
fn another_meaning_of_a_column_changes_what_becomes_of_it() {
    let mut window = looked_at("line.csv", PFMEA.as_bytes());
    assert!(window.says("Failure effect: Rotor blocks"));
    window.click("Column D: Failure effect");
    window.click("Do not import");
    settle(&mut window);
    assert!(window.says("Column D: Do not import"), "{:?}", window.names());
    assert!(!window.says("Failure effect: Rotor blocks"));
    window.click_button("Not imported (");
    assert!(window.says("D5, Rotor blocks, in a column that is not imported"), "{:?}", window.names());
    window.click("D5, Rotor blocks, in a column that is not imported");
    window.click("As found");
    settle(&mut window);
    assert!(window.says("Column D: Failure effect"), "{:?}", window.names());
}

#[test]
fn a_proposal_that_is_not_wanted_stays_out_with_what_only_it_uses() {
    let mut window = looked_at("line.csv", PFMEA.as_bytes());
    window.click("Import Failure mode: Bore too small");
    assert!(window.says("left out"), "{:?}", window.names());
    window.fill("Folder", &window.scratch().join("made").display().to_string());
    window.click("Import");
    let project = window.desk().project().clone();
    let said: Vec<String> = project.all::<Failure>().map(|failure| failure.text.to_string()).collect();
    assert!(!said.iter().any(|text| ["Bore too small", "Tool worn", "Wrong blank", "Rotor blocks"].contains(&&**text)));
    assert!(said.iter().any(|text| text == "Torque too low") && project.count::<Risk>() == 2, "{said:?}");
    let controls: Vec<String> = project.all::<Control>().map(|control| control.text.to_string()).collect();
    assert_eq!(controls, ["Angle monitoring"], "the plug gauge was for the other mode only");
    assert_eq!(project.violations(), []);
    window.click("Show");
    assert!(window.says("Bore too small, the proposal was not taken over"), "{:?}", window.names());
}

#[test]
fn what_the_project_says_otherwise_is_kept_or_taken_over() {
    let mut window = looked_at("line.csv", PFMEA.as_bytes());
    window.fill("Folder", &window.scratch().join("made").display().to_string());
    window.click("Import");
    let again = PFMEA.replace("10 Press bearing", "10 Press in the bearing").replace("20 Tighten screw", "20 Screw");
    let plan = "Process step;Product characteristic;Specification;Control method;Sample size;Frequency;Reaction plan\n\
                10 Press in the bearing;Bore;8 mm;Plug gauge;5;each shift;Stop\n\
                20 Screw;Torque;8 Nm;Angle monitoring;100 %;each part;Stop\n";
    let bytes = workbook(&[("FMEA", &again), ("Plan", plan)]);
    let mut window = opened(window, "next.xlsx", &bytes);
    wait_for(&mut window, "cells imported");
    window.click("Into “line”");
    settle(&mut window);
    window.click_button("Differences (");
    let ticks: Vec<String> =
        window.names().into_iter().filter(|name| name.starts_with("Take over ") && name.contains("name")).collect();
    assert_eq!(
        ticks,
        ["Take over 10 Press bearing · name", "Take over 20 Tighten screw · name"],
        "{:?}",
        window.names()
    );
    window.click(&ticks[0]);
    window.click("Import");
    let project = window.desk().project();
    let names: Vec<String> = project.all_in_order::<Step>().iter().map(|step| step.name.to_string()).collect();
    assert_eq!(names, ["Press in the bearing", "Tighten screw"], "one is taken over, one is kept");
    window.command(Key::Z);
    let names: Vec<String> =
        window.desk().project().all_in_order::<Step>().iter().map(|step| step.name.to_string()).collect();
    assert_eq!(names, ["Press bearing", "Tighten screw"], "one undo takes all of it back");
}

#[test]
fn a_file_that_came_in_before_shows_what_is_new_in_it() {
    let mut window = looked_at("line.csv", PFMEA.as_bytes());
    window.fill("Folder", &window.scratch().join("made").display().to_string());
    window.click("Import");
    let mut window = opened(window, "line.csv", PFMEA.as_bytes());
    wait_for(&mut window, "cells imported");
    window.click("Into “line”");
    settle(&mut window);
    assert!(window.says("The project has all of it already"), "{:?}", window.names());
    assert!(!window.says("Failure mode: Bore too small"), "nothing new is nothing to look at");
    window.press(Key::Escape);

    let next = PFMEA.replace("Tool worn;4", "Tool worn;6").replace(
        "20 Tighten",
        "10 Press bearing;Hold the shaft;Bore too small;Rotor blocks;8;Blank too soft;3;Hardness test;4;96\n20 Tighten",
    );
    let mut window = opened(window, "line.csv", next.as_bytes());
    wait_for(&mut window, "cells imported");
    window.click("Into “line”");
    settle(&mut window);
    assert!(window.says("Failure cause: Blank too soft S 8 O 3 D 4"), "{:?}", window.names());
    assert!(!window.says("Failure cause: Tool worn"), "what is there already is not shown");
    window.click_button("Differences (1)");
    assert!(window.says("Take over Tool worn · occurrence"), "{:?}", window.names());
    window.click("Take over all");
    window.click("Import");
    let project = window.desk().project();
    assert_eq!((project.count::<Risk>(), project.documents().len()), (5, 2));
    let worn = project.all::<Risk>().find(|risk| *project.get(risk.cause).unwrap().text == *"Tool worn").unwrap();
    assert_eq!(worn.current().unwrap().occurrence, Some(Rating::Number(6)));
    window.command(Key::Z);
    assert_eq!(window.desk().project().count::<Risk>(), 4, "one undo takes all of it back");
}

#[test]
fn a_proposal_comes_in_again() {
    let mut window = looked_at("line.csv", PFMEA.as_bytes());
    window.click("Import Element: 10 Press bearing");
    window.click("Import all of it");
    assert!(!window.says("left out"), "{:?}", window.names());
    window.click("Import Element: 10 Press bearing");
    window.click("Import Failure cause: Tool worn");
    window.fill("Folder", &window.scratch().join("made").display().to_string());
    window.click("Import");
    let project = window.desk().project();
    assert!(
        project.all::<Failure>().any(|failure| *failure.text == *"Bore too small"),
        "a cause brings its mode again"
    );
    assert_eq!(project.count::<Risk>(), 3, "but not the other cause of it");
}

#[test]
fn what_was_said_of_headings_is_known_the_next_time() {
    let mut window = looked_at("line.csv", PFMEA.as_bytes());
    window.click("Column D: Failure effect");
    window.click("Do not import");
    settle(&mut window);
    window.fill("Folder", &window.scratch().join("made").display().to_string());
    window.click("Import");
    let mut window = opened(window, "next.csv", PFMEA.as_bytes());
    wait_for(&mut window, "cells imported");
    assert!(window.says("Column D: Do not import"), "{:?}", window.names());
    assert!(window.says("as you said last time"));
    // What is there already is used.
    window.click("Into “line”");
    settle(&mut window);
    assert!(window.says("Used as they are: 2 process steps"), "{:?}", window.names());
}

#[test]
fn lines_of_a_cell_are_split_where_a_person_says_so() {
    let text = PFMEA.replace("4;Plug gauge 100 %;3;96", "4;\"Plug gauge 100 %\nCamera\";3;96");
    let mut window = looked_at("line.csv", text.as_bytes());
    window.click("Split cells by line");
    settle(&mut window);
    window.fill("Folder", &window.scratch().join("made").display().to_string());
    window.click("Import");
    let project = window.desk().project();
    let mut controls: Vec<String> = project.all::<Control>().map(|control| control.text.to_string()).collect();
    controls.sort();
    assert_eq!(controls, ["Angle monitoring", "Camera", "Plug gauge 100 %"]);
    // It is known the next time.
    let mut window = opened(window, "next.csv", text.as_bytes());
    wait_for(&mut window, "Columns as you said last time");
}

#[test]
fn a_sheet_that_is_not_ticked_stays_out() {
    let bytes = workbook(&[("FMEA", PFMEA), ("Notes", "Hello;world\nmore;words\n")]);
    let mut window = looked_at("two.xlsx", &bytes);
    assert!(window.says("Notes, no form found"), "{:?}", window.names());
    window.click("Import sheet FMEA");
    settle(&mut window);
    wait_for(&mut window, "Tick a sheet to import");
    window.click("Import");
    assert!(window.root().desk().is_none(), "nothing can be imported");
    window.press(Key::Escape);
    assert!(!window.says("Sheets"), "Escape closes");
}

#[test]
fn a_file_that_cannot_be_read_says_so() {
    let mut window = opened(start(Theme::Light), "broken.xlsx", b"PK\x03\x04 this is no workbook");
    wait_for(&mut window, "The file could not be read");
    assert!(window.says("Choose another file…"));
    window.click("Cancel");
    assert!(!window.says("The file could not be read"));
}

fn looks(theme: Theme, name: &str) {
    let mut window = opened(start(theme), "line 3.csv", PFMEA.as_bytes());
    wait_for(&mut window, "cells imported");
    settle(&mut window);
    window.fill("Folder", "/projects/line-3");
    window.click("C5: Bore too small");
    look(&mut window, &format!("import_{name}"));
}

#[test]
fn it_looks_as_it_should_in_light() {
    looks(Theme::Light, "light");
}

#[test]
fn it_looks_as_it_should_in_dark() {
    looks(Theme::Dark, "dark");
}
