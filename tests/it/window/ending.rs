//! An export that is ended from the foot of the window, while it waits at the gate of the jobs.

use std::fs;
use std::sync::PoisonError;

use eframe::egui::Key;
use goldthread::app::export::Format;
use goldthread::app::printing::Printable;
use goldthread::model::document::DocumentKind;
use goldthread::ui::request::{ExportTarget, Request};

use super::rig::Window;

/// Waits for what a job says; what turns meanwhile never comes to rest.
fn wait_for(window: &mut Window, words: &str) {
    for _ in 0..500 {
        if window.says(words) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.harness.run_steps(2);
    }
    panic!("“{words}” never came among\n{}", window.names().join("\n"));
}

/// Starts an export while no job may begin, ends it by `end`, lets it go and looks at what lies on the disk.
fn ended(request: impl Fn(&Window, std::path::PathBuf) -> Request, end: impl Fn(&mut Window)) {
    let mut window = Window::on_sample("connector-housing");
    let target = window.scratch().join("target.pdf");
    fs::write(&target, "what was there").unwrap();
    let gate = window.root().job_gate();
    let held = gate.lock().unwrap_or_else(PoisonError::into_inner);
    let asked = request(&window, target.clone());
    window.harness.state_mut().as_mut().unwrap().ask(asked);
    window.harness.run_steps(4);
    assert!(window.names().iter().any(|name| name.starts_with("Exporting") && name.ends_with("0 %")));
    assert!(window.says("End"));
    end(&mut window);
    window.harness.run_steps(4);
    assert!(!window.names().iter().any(|name| name == "End"), "it is asked for once");
    assert!(!window.says("The export was ended"), "it has not come to its end yet");
    drop(held);
    wait_for(&mut window, "The export was ended; what was not complete was not written");
    assert_eq!(fs::read(&target).unwrap(), b"what was there");
    let beside = fs::read_dir(window.scratch()).unwrap().count();
    assert_eq!(beside, 2, "nothing but the project and the old file");
    assert!(!window.says("Exporting"));
}

fn click_end(window: &mut Window) {
    window.get("End").click();
}

fn plan(window: &Window, path: std::path::PathBuf) -> Request {
    let plan = window.desk().project().documents_of(DocumentKind::ControlPlan)[0].id;
    let (format, phase, language, profile) = (Format::Pdf, None, "en", None);
    Request::Export(ExportTarget { what: Some(Printable::Document(plan)), format, phase, language, profile, path })
}

#[test]
fn a_click_ends_an_export_and_the_old_file_stays() {
    ended(plan, click_end);
}

#[test]
fn the_package_is_ended_too() {
    ended(|_, path| Request::ExportPackage { path, as_draft: false }, click_end);
}

#[test]
fn escape_ends_an_export() {
    ended(plan, |window| window.harness.key_press(Key::Escape));
}

#[test]
fn an_export_that_nobody_ends_says_where_it_is() {
    let mut window = Window::on_sample("stamped-bracket");
    let target = window.scratch().join("plan.pdf");
    let asked = plan(&window, target.clone());
    window.harness.state_mut().as_mut().unwrap().ask(asked);
    wait_for(&mut window, "Exported to");
    assert!(window.says(&format!("Exported to {}", target.display())));
    assert!(fs::read(&target).unwrap().starts_with(b"%PDF"));
}
