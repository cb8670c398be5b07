//! The command line with what it should not be given: it says why, and nothing on disk is lost or changed.

use std::fs;
use std::path::Path;

use goldthread::app::desk::{Desk, author};
use goldthread::app::settings::Settings;
use goldthread::edit::Command;
use goldthread::model::document::DocumentKind;
use goldthread::store::lock::{Holder, Lock};

use crate::cli::{code, goldthread, replace_in, sample, stderr, stdout};
use crate::store::snapshot;

/// Runs a command that has to fail with a message, and holds that the folder stays as it is.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str], words: &str) {
    let before = snapshot(folder);
    let output = goldthread(arguments);
    let said = stderr(&output);
    assert_eq!(code(&output), 2, "{arguments:?}: {said}");
    assert!(said.contains(words), "{arguments:?}: {said}");
    assert!(!said.contains("os error") && !said.contains("panicked"), "{arguments:?}: {said}");
    assert_eq!(snapshot(folder), before, "{arguments:?}");
}

#[test]
fn an_export_never_takes_the_place_of_a_project_file() {
    let (_scratch, path) = sample("stamped-bracket");
    let target = format!("{path}/project.ron");
    let folder = Path::new(&path);
    refused(
        folder,
        &["export", &path, "--to", "csv", "--document", "pfmea", "-o", &target],
        "files that end in .ron hold projects",
    );
}

#[test]
fn fmt_writes_no_file_that_is_protected_or_that_somebody_holds() {
    let (_scratch, path) = sample("stamped-bracket");
    let equipment = Path::new(&path).join("equipment.ron");
    replace_in(&equipment, "    ", "\t");
    let lock = Lock::take(Path::new(&path), &Holder::this_process("08:15")).unwrap();
    refused(Path::new(&path), &["fmt", &path], "since 08:15. Nothing was changed");
    assert_eq!(code(&goldthread(&["fmt", &path, "--check"])), 1, "to look is allowed");
    drop(lock);
    let open = fs::metadata(&equipment).unwrap().permissions();
    let mut closed = open.clone();
    closed.set_readonly(true);
    fs::set_permissions(&equipment, closed).unwrap();
    refused(Path::new(&path), &["fmt", &path], "equipment.ron is write-protected");
    fs::set_permissions(&equipment, open).unwrap();
    assert_eq!(code(&goldthread(&["fmt", &path])), 0);
}

#[test]
fn a_folder_in_the_place_of_a_file_and_a_file_in_the_place_of_a_folder_are_told() {
    let (scratch, path) = sample("stamped-bracket");
    let flow = Path::new(&path).join("process-flow.ron");
    fs::remove_file(&flow).unwrap();
    fs::create_dir(&flow).unwrap();
    let checked = goldthread(&["check", &path, "--today", "2026-11-24"]);
    assert_eq!(code(&checked), 1);
    let said = stdout(&checked);
    assert!(said.starts_with("FIL-11 error: process-flow.ron: process-flow.ron cannot be opened: there is a folder"));
    assert!(said.contains(": 1 error, 0 warnings"), "what hangs on it is not counted again: {said}");

    let file = scratch.path().join("file");
    fs::write(&file, "mine").unwrap();
    let file = file.display().to_string();
    for arguments in [
        vec!["check", &file],
        vec!["fmt", &file],
        vec!["export", &file, "--to", "csv", "-o", "-"],
        vec!["new", &file],
        vec!["new", &file, "--sample", "stamped-bracket"],
        vec!["generate", "--causes", "5", "-o", &file],
    ] {
        refused(scratch.path(), &arguments, "is a file, not a folder");
    }
}

#[cfg(unix)]
#[test]
fn a_device_in_the_place_of_a_file_is_not_read() {
    let (_scratch, path) = sample("stamped-bracket");
    std::os::unix::fs::symlink("/dev/zero", Path::new(&path).join("fmea-endless.ron")).unwrap();
    let checked = goldthread(&["check", &path, "--today", "2026-11-24"]);
    let said = stdout(&checked);
    assert!(said.starts_with("FIL-11 error: fmea-endless.ron: ") && said.contains("a device or a pipe"), "{said}");
    assert_eq!(code(&checked), 1);
}

#[test]
fn a_sample_is_copied_into_an_empty_folder_only() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("letter.txt"), "mine").unwrap();
    let path = scratch.path().display().to_string();
    refused(scratch.path(), &["new", &path, "--sample", "stamped-bracket"], "is not empty");
}

#[test]
fn values_that_make_no_sense_are_told_in_plain_words() {
    let (_scratch, path) = sample("stamped-bracket");
    let folder = Path::new(&path);
    for day in ["tomorrow", "2026-02-30", "", "24.11.2026"] {
        refused(folder, &["check", &path, "--today", day], "write year, month and day like 2026-11-24");
    }
    refused(folder, &["generate", "--causes", "999999999", "-o", &path], "1000000");
    refused(folder, &["explain", "nonsense"], "there are: ");
    refused(folder, &["explain", "RAT-2"], "did you mean RAT-");
}

#[test]
fn each_document_can_be_chosen_by_the_name_of_its_file() {
    let (scratch, path) = sample("stamped-bracket");
    let author = author(&Settings::default(), "2026-11-24".parse().unwrap()).unwrap();
    let mut desk = Desk::open(Path::new(&path), author).unwrap();
    for kind in [DocumentKind::ControlPlan, DocumentKind::ProcessFmea] {
        desk.run(&Command::AddDocument { kind, title: "Second".to_owned() }).unwrap();
    }
    desk.save().unwrap();
    let files: Vec<String> = desk.project().documents().iter().map(|document| document.file.to_string()).collect();
    desk.close();
    assert_eq!(files.len(), 5, "{files:?}");

    let out = scratch.path().join("out");
    let all = goldthread(&["export", &path, "--to", "csv", "-o", &out.display().to_string()]);
    assert_eq!(code(&all), 0, "{}", stderr(&all));
    for file in &files {
        let one = goldthread(&["export", &path, "--to", "csv", "--document", file, "-o", "-"]);
        assert_eq!((code(&one), stderr(&one).as_str()), (0, ""), "{file}");
        assert_eq!(one.stdout, fs::read(out.join(format!("{file}.csv"))).unwrap(), "{file}");
    }
    let first = goldthread(&["export", &path, "--to", "csv", "--document", "pfmea", "-o", "-"]);
    assert!(stderr(&first).contains("there are several; this is fmea-stamped-bracket"), "{}", stderr(&first));
    let none = ["export", path.as_str(), "--to", "csv", "--document", "control-plan-none", "-o", "-"];
    refused(Path::new(&path), &none, "fmea-stamped-bracket");
}

#[test]
fn an_export_that_lacks_something_is_no_clean_one() {
    let (_scratch, path) = sample("stamped-bracket");
    fs::write(Path::new(&path).join("process-flow.ron"), "(format: 1,").unwrap();
    let plan = goldthread(&["export", &path, "--to", "csv", "--document", "control-plan", "-o", "-"]);
    assert_eq!(code(&plan), 1);
    assert!(stderr(&plan).contains("process-flow.ron"), "{}", stderr(&plan));
    assert!(!plan.stdout.is_empty());
    let flow = ["export", path.as_str(), "--to", "csv", "--document", "process-flow", "-o", "-"];
    refused(Path::new(&path), &flow, "the project has no process-flow");
}

#[test]
fn a_finding_about_contents_names_file_and_line_too() {
    let (_scratch, path) = sample("stamped-bracket");
    let fmea = Path::new(&path).join("fmea-stamped-bracket.ron");
    let text = fs::read_to_string(&fmea).unwrap();
    let at = text.find("severity: Some(").unwrap();
    let end = at + text[at..].find(')').unwrap();
    fs::write(&fmea, format!("{}severity: Some(11{}", &text[..at], &text[end..])).unwrap();
    let item = text[..at].rfind("            id: \"").unwrap();
    let line = text[..item].matches('\n').count() + 1;
    let checked = goldthread(&["check", &path, "--today", "2026-11-24"]);
    let place = format!("RAT-02 error: fmea-stamped-bracket.ron:{line}:17: PFMEA");
    assert!(stdout(&checked).contains(&place), "{place} in {}", stdout(&checked));
    assert!(stdout(&checked).contains("Choose a value of the scale: 1 to 10."), "{}", stdout(&checked));
    let json = goldthread(&["check", &path, "--today", "2026-11-24", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let finding = &report["findings"][0];
    assert_eq!(
        (finding["file"].as_str(), finding["line"].as_u64()),
        (Some("fmea-stamped-bracket.ron"), Some(line as u64))
    );
    assert!(finding["document"].as_str().unwrap().starts_with("PFMEA"));
}
