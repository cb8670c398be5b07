//! A workbook comes home: what was changed in it is looked at, ticked, taken over, and taken back.

use std::fs;
use std::io::{Cursor, Read, Write};

use eframe::egui::{Key, vec2};
use goldthread::app::export::PdfOptions;
use goldthread::app::printing::Printable;
use goldthread::app::settings::Theme;
use goldthread::app::workbook::{forms, xlsx_bytes};
use goldthread::base::clock::Date;
use goldthread::model::Project;
use goldthread::model::fmea::{Failure, FailureRole};
use goldthread::model::risk::Risk;
use goldthread::report::Progress;
use goldthread::ui::request::Request;

use super::looks::look;
use super::navigation::wait_for;
use super::rig::{Start, Window, copy_of};

/// The workbook of a project, with some of its texts written otherwise.
fn edited(project: &Project, texts: &[(String, String)]) -> Vec<u8> {
    let today = Date::constant(2026, 11, 24);
    let all: Vec<Printable> = forms(project).into_iter().filter(|what| what.document().is_some()).collect();
    let made = xlsx_bytes(project, &all, today, &PdfOptions::default(), &Progress::default()).unwrap().bytes;
    let mut from = zip::ZipArchive::new(Cursor::new(made)).unwrap();
    let mut into = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/sharedStrings.xml" {
            let mut text = String::from_utf8(bytes).unwrap();
            for (was, is) in texts {
                assert!(text.contains(&format!(">{was}<")), "{was}");
                text = text.replace(&format!(">{was}<"), &format!(">{is}<"));
            }
            bytes = text.into_bytes();
        }
        into.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        into.write_all(&bytes).unwrap();
    }
    into.finish().unwrap().into_inner()
}

/// Causes that stand in one line only, with plain words.
fn causes(project: &Project) -> Vec<Failure> {
    let lines = |cause: &Failure| project.all::<Risk>().filter(|risk| risk.cause == cause.id).count();
    let same = |cause: &Failure| project.all::<Failure>().filter(|other| other.text == cause.text).count();
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || " ,-".contains(c));
    let causes = project.all::<Failure>().filter(|failure| failure.role == FailureRole::Cause);
    causes.filter(|cause| lines(cause) == 1 && same(cause) == 1 && plain(&cause.text)).cloned().collect()
}

fn came_home(mut window: Window, count: usize) -> (Window, Vec<Failure>) {
    let project = window.desk().project().clone();
    let causes: Vec<Failure> = causes(&project).into_iter().take(count).collect();
    assert_eq!(causes.len(), count);
    let texts: Vec<_> = causes.iter().map(|cause| (cause.text.to_string(), format!("{} again", cause.text))).collect();
    let path = window.scratch().join("from customer.xlsx");
    fs::write(&path, edited(&project, &texts)).unwrap();
    window.harness.state_mut().as_mut().unwrap().ask(Request::ImportFile(path));
    window.harness.run();
    wait_for(&mut window, "Changed cells (");
    (window, causes)
}

fn said(window: &Window, cause: &Failure) -> String {
    window.desk().project().get(cause.id).unwrap().text.to_string()
}

#[test]
fn what_was_changed_is_taken_over_as_it_is_ticked_and_one_undo_takes_it_back() {
    let (mut window, causes) = came_home(Window::on_sample("stamped-bracket"), 2);
    assert!(window.says("Changed cells (2)"), "{:?}", window.names());
    assert!(window.says("was exported from this project on 2026-11-24"));
    assert!(window.says("Take over 2 changes"));
    let ticks: Vec<String> = window.names().into_iter().filter(|name| name.starts_with("Take over PFMEA")).collect();
    assert_eq!(ticks.len(), 2, "{:?}", window.names());
    window.click(&ticks[1]);
    assert!(window.says("Take over 1 change"));
    window.click("Take over 1 change");
    let now = [said(&window, &causes[0]), said(&window, &causes[1])];
    let changed = causes.iter().zip(&now).filter(|(cause, now)| *cause.text != ***now).count();
    assert_eq!(changed, 1, "{now:?}");
    assert!(window.says("Took over 1 cell from from customer.xlsx"), "{:?}", window.names());
    window.command(Key::Z);
    assert!(causes.iter().all(|cause| *cause.text == *said(&window, cause)));
}

#[test]
fn a_conflict_is_not_ticked_and_a_second_copy_is_there_for_who_wants_it() {
    let mut window = Window::on_sample("stamped-bracket");
    let cause = causes(window.desk().project())[0].clone();
    let bytes = edited(window.desk().project(), &[(cause.text.to_string(), "Of the customer".to_owned())]);
    window.show("PFMEA");
    window.write("3. Failure cause (FC) of the work element", &cause.text, "Of us");
    let path = window.scratch().join("book.xlsx");
    fs::write(&path, bytes).unwrap();
    window.harness.state_mut().as_mut().unwrap().ask(Request::ImportFile(path));
    window.harness.run();
    wait_for(&mut window, "Changed cells (1)");
    assert!(window.says("Take over 0 changes"), "{:?}", window.names());
    window.click("Take over all");
    assert!(window.says("Take over 1 change"));
    window.click("Keep mine everywhere");
    assert!(window.says("Take over 0 changes"));
    window.click("Import as a second copy…");
    wait_for(&mut window, "cells imported");
    assert!(window.says("What becomes of it"));
}

fn looks(theme: Theme, name: &str) {
    let (scratch, folder) = copy_of("electric-parking-brake");
    let start = Start { size: vec2(1366.0, 768.0), theme, folder: Some(folder), ..Start::default() };
    let (mut window, _) = came_home(Window::start(scratch, start), 40);
    look(&mut window, &format!("home_{name}"));
}

#[test]
fn it_looks_as_it_should_in_light() {
    looks(Theme::Light, "light");
}

#[test]
fn it_looks_as_it_should_in_dark() {
    looks(Theme::Dark, "dark");
}
