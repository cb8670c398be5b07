//! The command line as scripts see it: output, files, exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

pub fn goldthread(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_goldthread")).args(arguments).output().unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A copy of a sample, made by the command under test.
pub fn sample(name: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name).display().to_string();
    assert_eq!(code(&goldthread(&["new", &path, "--sample", name])), 0);
    (folder, path)
}

pub fn replace_in(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} holds no {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_sample_is_clean_and_canonical() {
    let (_folder, path) = sample("stamped-bracket");
    let checked = goldthread(&["check", &path, "--strict", "--today", "2026-11-24"]);
    assert_eq!(stdout(&checked), "Sensor bracket: 0 errors, 0 warnings, 0 to know, 0 approved\n");
    assert_eq!((code(&checked), stderr(&checked).as_str()), (0, ""));
    assert_eq!(code(&goldthread(&["fmt", &path, "--check"])), 0);
}

#[test]
fn errors_fail_the_check_and_are_told_to_programs_too() {
    let (_folder, path) = sample("stamped-bracket");
    let plan = Path::new(&path).join("control-plan.ron");
    let text = fs::read_to_string(&plan).unwrap();
    let line = text.lines().find(|line| line.trim_start().starts_with("reaction_plan: ")).unwrap();
    replace_in(&plan, &format!("{line}\n"), "");
    let checked = goldthread(&["check", &path, "--today", "2026-11-24"]);
    assert_eq!(code(&checked), 1, "{}", stdout(&checked));
    assert!(stdout(&checked).contains("CP-01 error"), "{}", stdout(&checked));
    let json = goldthread(&["check", &path, "--format", "json", "--today", "2026-11-24"]);
    assert_eq!(code(&json), 1);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report["errors"], 1);
    assert_eq!(report["findings"][0]["code"], "CP-01");
    assert_eq!(report["findings"][0]["severity"], "error");
}

#[test]
fn a_broken_file_is_named_with_line_and_column() {
    let (_folder, path) = sample("stamped-bracket");
    let flow = Path::new(&path).join("process-flow.ron");
    replace_in(&flow, "kind: Operation", "kind: Opreation");
    let before = fs::read(&flow).unwrap();
    let checked = goldthread(&["check", &path, "--today", "2026-11-24"]);
    assert_eq!(code(&checked), 1);
    let said = stdout(&checked);
    let line =
        String::from_utf8(before.clone()).unwrap().lines().position(|line| line.contains("Opreation")).unwrap() + 1;
    assert!(said.contains(&format!("process-flow.ron:{line}:")), "{said}");
    let formatted = goldthread(&["fmt", &path]);
    assert_eq!(code(&formatted), 1);
    assert_eq!(fs::read(&flow).unwrap(), before, "a broken file is never written");
}

#[test]
fn what_cannot_run_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().display().to_string();
    let missing = folder.path().join("nowhere").display().to_string();
    for arguments in [
        vec!["check", &missing],
        vec!["check", &empty],
        vec!["fmt", &empty],
        vec!["export", &empty, "--to", "pdf", "-o", "out"],
        vec!["new", &missing, "--sample", "no-such-sample"],
        vec!["explain", "LNK-99"],
        vec!["check", &empty, "--today", "tomorrow"],
        vec!["export", &empty, "--to", "docx", "-o", "out"],
    ] {
        let output = goldthread(&arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains("error"), "{arguments:?}: {}", stderr(&output));
        assert!(!stderr(&output).contains("panicked"), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
}

#[test]
fn exports_go_to_files_or_to_standard_output() {
    let (folder, path) = sample("stamped-bracket");
    let out = folder.path().join("out");
    let exported =
        goldthread(&["export", &path, "--to", "pdf", "-o", &out.display().to_string(), "--today", "2026-11-24"]);
    assert_eq!(code(&exported), 0, "{}", stderr(&exported));
    let mut names: Vec<String> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let expected = [
        "control-plan.pdf",
        "fmea-stamped-bracket-planning.pdf",
        "fmea-stamped-bracket-results.pdf",
        "fmea-stamped-bracket.pdf",
        "process-flow.pdf",
    ];
    assert_eq!(names, expected);
    for name in &names {
        assert!(fs::read(out.join(name)).unwrap().starts_with(b"%PDF-"), "{name}");
    }
    let to_stdout =
        goldthread(&["export", &path, "--to", "pdf", "--document", "pfmea", "-o", "-", "--today", "2026-11-24"]);
    assert_eq!(to_stdout.stdout, fs::read(out.join("fmea-stamped-bracket.pdf")).unwrap(), "the same bytes each time");
    let csv = goldthread(&["export", &path, "--to", "csv", "--document", "pfmea", "-o", "-"]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    for heading in [
        "process_step_number",
        "process_step",
        "failure_effect",
        "severity",
        "failure_mode",
        "failure_cause",
        "prevention_control",
        "occurrence",
        "detection_control",
        "detection",
        "action_priority",
    ] {
        assert!(headings.iter().any(|known| known == heading), "{heading}");
    }
    assert_eq!(reader.records().count(), 10, "a line per cause");
    let all = goldthread(&["export", &path, "--to", "csv", "-o", "-"]);
    assert_eq!(code(&all), 2);
}

#[test]
fn the_first_and_the_last_step_of_an_fmea_are_exported_by_name() {
    let (_folder, path) = sample("stamped-bracket");
    let export = |to: &str, name: &str| goldthread(&["export", &path, "--to", to, "--document", name, "-o", "-"]);
    for name in ["fmea-stamped-bracket-planning", "fmea-stamped-bracket-results"] {
        let pdf = export("pdf", name);
        assert_eq!(code(&pdf), 0, "{}", stderr(&pdf));
        assert!(pdf.stdout.starts_with(b"%PDF-"), "{name}");
        let flat = export("csv", name);
        assert_eq!(code(&flat), 2);
        assert!(stderr(&flat).contains("has no flat form"), "{}", stderr(&flat));
    }
    let unknown = export("pdf", "control-plan-results");
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("fmea-stamped-bracket-planning, fmea-stamped-bracket-results"));
    let help = stdout(&goldthread(&["export", "--help"]));
    assert!(help.contains("-planning") && help.contains("-results"), "{help}");
    let phase = goldthread(&[
        "export",
        &path,
        "--to",
        "pdf",
        "--document",
        "fmea-stamped-bracket-results",
        "--phase",
        "production",
        "-o",
        "-",
    ]);
    assert!(stderr(&phase).contains("only a control plan has phases"), "{}", stderr(&phase));
}

#[test]
fn a_control_plan_is_exported_by_phase() {
    let (_folder, path) = sample("electric-parking-brake");
    let rows = |more: &[&str]| {
        let arguments = ["export", &path, "--to", "csv", "--document", "control-plan", "-o", "-"];
        let written = goldthread(&[&arguments[..], more].concat());
        assert_eq!(code(&written), 0, "{}", stderr(&written));
        csv::Reader::from_reader(written.stdout.as_slice()).records().count()
    };
    let all = rows(&[]);
    let production = rows(&["--phase", "production"]);
    assert!(0 < production && production < all, "{production} of {all}");
    let of_flow =
        goldthread(&["export", &path, "--to", "csv", "--document", "pfmea", "--phase", "production", "-o", "-"]);
    assert_eq!(code(&of_flow), 2);
    assert!(stderr(&of_flow).contains("only a control plan has phases"), "{}", stderr(&of_flow));
}

#[test]
fn fmt_brings_files_into_canonical_form() {
    let (_folder, path) = sample("stamped-bracket");
    let equipment = Path::new(&path).join("equipment.ron");
    let canonical = fs::read_to_string(&equipment).unwrap();
    fs::write(&equipment, canonical.replace("    ", "\t")).unwrap();
    assert_eq!(code(&goldthread(&["fmt", &path, "--check"])), 1);
    assert_eq!(code(&goldthread(&["check", &path, "--strict", "--today", "2026-11-24"])), 1);
    assert_eq!(code(&goldthread(&["fmt", &path])), 0);
    assert_eq!(fs::read_to_string(&equipment).unwrap(), canonical);
}

#[test]
fn codes_are_explained_and_near_ones_proposed() {
    for known in ["CP-01", "lnk-20", "FIL-01"] {
        let explained = goldthread(&["explain", known]);
        assert_eq!(code(&explained), 0, "{known}: {}", stderr(&explained));
        assert!(stdout(&explained).contains(&known.to_uppercase()), "{}", stdout(&explained));
    }
    assert!(stderr(&goldthread(&["explain", "CP-0l"])).contains("did you mean CP-0"));
}

#[test]
fn an_empty_project_is_made_and_a_full_folder_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bracket").display().to_string();
    assert_eq!(code(&goldthread(&["new", &path])), 0);
    let checked = goldthread(&["check", &path]);
    assert_ne!(code(&checked), 2, "{}", stderr(&checked));
    assert_eq!(code(&goldthread(&["new", &path])), 2);
    assert_eq!(code(&goldthread(&["new", &path, "--sample", "stamped-bracket"])), 2);
    assert_eq!(code(&goldthread(&["fmt", &path, "--check"])), 0);
}

#[test]
fn a_generated_project_is_clean_and_fixed_by_its_seed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let generate = |name: &str, seed: &str| {
        let arguments = ["generate", "--causes", "60", "-o", &path(name), "--seed", seed, "--today", "2026-11-24"];
        assert_eq!(code(&goldthread(&arguments)), 0);
        fs::read(folder.path().join(name).join("process-flow.ron")).unwrap()
    };
    let first = generate("first", "1");
    assert_ne!(first, generate("third", "2"));
    let checked = goldthread(&["check", &path("first"), "--today", "2026-11-24"]);
    assert_eq!(code(&checked), 0, "{}", stdout(&checked));
    let flat =
        |name: &str| goldthread(&["export", &path(name), "--to", "csv", "--document", "pfmea", "-o", "-"]).stdout;
    generate("second", "1");
    assert_eq!(flat("first"), flat("second"));
    assert_eq!(csv::Reader::from_reader(flat("first").as_slice()).records().count(), 60);
}

#[test]
fn the_forms_of_a_submission_are_exported_by_name_where_there_is_one() {
    let (folder, path) = sample("connector-housing");
    for name in ["warrant", "ppap-elements", "dimensional-results", "material-results", "performance-results"] {
        let target = folder.path().join(format!("{name}.pdf")).display().to_string();
        let exported = goldthread(&["export", &path, "--to", "pdf", "--document", name, "-o", &target]);
        assert_eq!(code(&exported), 0, "{name}: {}", stderr(&exported));
        assert!(fs::read(&target).unwrap().starts_with(b"%PDF"), "{name}");
    }
    let (folder, path) = sample("stamped-bracket");
    let target = folder.path().join("warrant.pdf").display().to_string();
    let refused = goldthread(&["export", &path, "--to", "pdf", "--document", "warrant", "-o", &target]);
    assert_ne!(code(&refused), 0);
    assert!(stderr(&refused).contains("the project has no PPAP submission"), "{}", stderr(&refused));
    assert!(!Path::new(&target).exists());
}

#[test]
fn a_check_names_attachments_and_logos_that_are_not_on_disk() {
    let (_folder, path) = sample("electric-parking-brake");
    let before = goldthread(&["check", &path, "--today", "2026-11-24"]);
    assert!(!stdout(&before).contains("FIL-14"), "{}", stdout(&before));
    let attachments = Path::new(&path).join("attachments");
    fs::remove_file(attachments.join("logo.png")).unwrap();
    fs::remove_file(attachments.join("msa-26-031.pdf")).unwrap();
    // A folder is no file.
    fs::create_dir(attachments.join("msa-26-031.pdf")).unwrap();
    let checked = goldthread(&["check", &path, "--today", "2026-11-24"]);
    let said = stdout(&checked);
    let named: Vec<&str> = said.lines().filter(|line| line.starts_with("FIL-14 warning: project.ron:")).collect();
    assert_eq!(named.len(), 3, "an attachment, and the logo of two profiles: {said}");
    assert!(named.iter().any(|line| line.ends_with("is missing on disk: attachments/msa-26-031.pdf")), "{named:?}");
    assert!(named.iter().any(|line| line.contains("logo of the report profile")), "{named:?}");
    assert_eq!(code(&checked), 0, "nothing is lost yet");
    assert_eq!(code(&goldthread(&["check", &path, "--strict", "--today", "2026-11-24"])), 1);
    let json = stdout(&goldthread(&["check", &path, "--format", "json", "--today", "2026-11-24"]));
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    let found = report["findings"].as_array().unwrap();
    assert_eq!(found.iter().filter(|one| one["code"] == "FIL-14" && one["line"].is_u64()).count(), 3, "{json}");
}
