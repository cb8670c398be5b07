//! A project of which a file is broken: the rest is open, and what is missing is not called deleted.

use std::fs;

use eframe::egui::Key;

use super::rig::{Start, Window, copy_of};

#[test]
fn a_broken_document_leaves_the_others_open_and_is_never_written() {
    let (scratch, folder) = copy_of("stamped-bracket");
    let flow = folder.join("process-flow.ron");
    let good = fs::read_to_string(&flow).unwrap();
    let broken = good.replacen("kind: Operation", "kind: Opreation", 1);
    fs::write(&flow, &broken).unwrap();
    let line = broken.lines().position(|line| line.contains("Opreation")).unwrap() + 1;

    let mut window = Window::start(scratch, Start { folder: Some(folder), findings_open: true, ..Start::default() });
    assert!(window.says("These files could not be read and will not be written: process-flow.ron"));
    window.click("Close");
    assert!(window.says(&format!("process-flow.ron:{line}:")), "the finding says where");
    assert!(window.says("The process flow could not be read."));
    window.show("Control plan");
    assert!(window.says("(could not be read)") && !window.says("(deleted)"));
    window.write("Sample frequency", "line 1", "Every hour");
    window.command(Key::S);
    assert!(!window.desk().is_dirty());
    assert_eq!(fs::read_to_string(&flow).unwrap(), broken);

    fs::write(&flow, good).unwrap();
    let folder = window.folder();
    let scratch = window.crash();
    let mut window = Window::start(scratch, Start { folder: Some(folder), ..Start::default() });
    window.show("Control plan");
    assert!(!window.says("(could not be read)"));
    assert!(window.cell("Sample frequency", "20 Stamp and bend bracket, line 1").is_some());
}
