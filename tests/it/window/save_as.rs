//! The project goes to another folder, which is the way out where the old one may not be written.

use std::fs;

use eframe::egui::Key;
use goldthread::store::lock::{Holder, Lock};

use super::STEP;
use super::navigation::wait_for;
use super::rig::{Start, Window, copy_of};
use crate::store::snapshot;

#[test]
fn changes_that_may_not_be_saved_go_to_another_folder() {
    let (scratch, folder) = copy_of("stamped-bracket");
    fs::create_dir(folder.join("attachments")).unwrap();
    fs::write(folder.join("attachments/photo.txt"), "burr").unwrap();
    let lock = Lock::take(
        &folder,
        &Holder { user: "R. Roe".into(), host: "elsewhere".into(), process: 1, since: "08:15".into() },
    );
    let before = snapshot(&folder);
    let mut window = Window::start(scratch, Start { folder: Some(folder.clone()), ..Start::default() });
    assert!(window.says("open elsewhere: R. Roe at elsewhere since 08:15"));
    window.click("Close");
    window.show("Process flow");
    window.write("Operation", STEP, "Stamp, trim and bend bracket");
    window.command(Key::S);
    assert!(window.desk().is_dirty() && window.says("Save as…"), "the reason names the way out");

    window.menu("File", "Save as…");
    window.fill("Folder", &folder.join("within").display().to_string());
    window.click("Save project");
    assert!(window.says("lies within the project"));
    window.click("Close");
    let target = window.scratch().join("mine");
    window.menu("File", "Save as…");
    window.fill("Folder", &target.display().to_string());
    window.click("Save project");
    assert!(!window.desk().is_dirty() && !window.desk().is_read_only());
    assert_eq!(window.folder(), target);
    assert_eq!(snapshot(&folder), before);
    assert_eq!(fs::read_to_string(target.join("attachments/photo.txt")).unwrap(), "burr");
    drop(lock);

    window.write("Operation", "20 Stamp, trim and bend bracket, line 1", "Stamp bracket");
    window.command(Key::S);
    assert!(!window.desk().is_dirty());
    assert!(fs::read_to_string(target.join("process-flow.ron")).unwrap().contains("\"Stamp bracket\""));
}

#[test]
fn a_file_that_another_program_changed_is_told_when_the_window_is_looked_at_again() {
    let mut window = Window::on_sample("stamped-bracket");
    let file = window.folder().join("process-flow.ron");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("Inspect bracket", "Inspect by camera")).unwrap();
    assert!(!window.says("was changed by another program"));
    window.harness.input_mut().focused = false;
    window.harness.run();
    window.harness.input_mut().focused = true;
    window.harness.run();
    wait_for(&mut window, "process-flow.ron was changed by another program");
    window.menu("File", "Read again from disk");
    window.show("Process flow");
    assert!(window.cell("Operation", "30 Inspect by camera, line 1").is_some());
}
