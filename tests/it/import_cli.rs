//! The import as scripts see it: files in, a project, a summary, a report and exit codes out.

use std::fs;
use std::path::{Path, PathBuf};

use goldthread::model::document::DocumentKind;
use goldthread::model::risk::Risk;
use goldthread::store;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{code, goldthread, stderr, stdout};

const PFMEA: &str = "Process Step,Failure Mode,Potential Effect of Failure,Severity,Potential Cause,Occurrence,Current Controls Detection,Detection,RPN,Gate\n\
    10 Press,Too shallow,Noise,7,Stop worn,3,Gauge,4,84,G1\n\
    10 Press,Too shallow,Noise,7,Not seated,2,Gauge,4,50,G2\n\
    20 Pack,Wrong label,Sorting,4,Mix-up,2,Scanner,2,16,G1\n";

fn written(text: &str) -> (TempDir, PathBuf, String) {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("pfmea.csv");
    fs::write(&file, text).unwrap();
    let project = scratch.path().join("project");
    (scratch, project, file.display().to_string())
}

fn report(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn a_file_becomes_a_project_with_a_report() {
    let (scratch, project, file) = written(PFMEA);
    let folder = project.display().to_string();
    let json = scratch.path().join("report.json");
    let done =
        goldthread(&["import", &file, "-o", &folder, "--report", &json.display().to_string(), "--today", "2026-11-24"]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    let summary = stdout(&done);
    for wanted in [
        "PFMEA: headings in row 1, 3 lines",
        "“Failure Mode” → Failure mode",
        "2 failure modes",
        "3 failure causes",
        "computed here with another result: I3",
    ] {
        assert!(summary.contains(wanted), "{wanted}: {summary}");
    }
    let report = report(&json);
    let sheet = &report["sheets"][0];
    let table = &sheet["tables"][0];
    assert_eq!((table["kind"].as_str(), table["rows"].as_u64()), (Some("pfmea"), Some(3)));
    assert_eq!(table["heading_rows"], serde_json::json!([1, 1]));
    assert_eq!(table["mapping"]["failure_mode"], serde_json::json!(["B"]));
    assert_eq!(table["mapping"]["own"], serde_json::json!(["J"]));
    let left = sheet["not_imported"].as_array().unwrap();
    assert_eq!(sheet["cells"].as_u64().unwrap(), sheet["imported"].as_u64().unwrap() + left.len() as u64);
    let wrong = left.iter().find(|cell| cell["cell"] == "I3").unwrap();
    assert_eq!((wrong["value"].as_str(), wrong["reason"].as_str()), (Some("50"), Some("computed here as 56")));
    // What was written opens again, without a breach, in its canonical form.
    let opened = store::open::open(&project, goldthread::app::library().unwrap()).unwrap();
    assert_eq!(opened.findings, vec![]);
    assert_eq!(opened.project.count::<Risk>(), 3);
    assert_eq!(code(&goldthread(&["fmt", "--check", &folder])), 0);
}

#[test]
fn a_second_file_is_added_to_the_project_and_the_same_one_brings_nothing() {
    let (scratch, project, file) = written(PFMEA);
    let folder = project.display().to_string();
    let other = scratch.path().join("other.csv").display().to_string();
    fs::copy(&file, &other).unwrap();
    for (file, count) in [(&file, 1), (&file, 1), (&other, 2)] {
        let done = goldthread(&["import", file, "-o", &folder]);
        assert_eq!(code(&done), 0, "{}", stderr(&done));
        let opened = store::open::open(&project, goldthread::app::library().unwrap()).unwrap();
        assert_eq!(opened.project.documents_of(DocumentKind::ProcessFmea).len(), count);
        assert_eq!(opened.project.count::<Risk>(), 3 * count);
        assert_eq!(opened.project.count::<goldthread::model::flow::Step>(), 2);
    }
    // A changed rating is said, and the project keeps its own.
    let changed = fs::read_to_string(&file).unwrap().replace("Sorting,4", "Sorting,5");
    fs::write(&file, changed).unwrap();
    let done = goldthread(&["import", &file, "-o", &folder]);
    let said = stdout(&done);
    assert!(said.contains("the project says otherwise, and keeps it: 1"), "{said}");
    assert!(said.contains("severity: “4”; the file: “5”"), "{said}");
}

#[test]
fn a_file_without_a_table_writes_nothing() {
    let (scratch, project, file) = written("Date,Weather\n2026-01-01,sunny\n2026-01-02,rainy\n");
    let json = scratch.path().join("report.json");
    let done =
        goldthread(&["import", &file, "-o", &project.display().to_string(), "--report", &json.display().to_string()]);
    assert_eq!(code(&done), 1);
    assert!(stderr(&done).contains("no project was written"), "{}", stderr(&done));
    assert!(!project.exists());
    assert_eq!(report(&json)["sheets"][0]["tables"], serde_json::json!([]));
}

#[test]
fn what_cannot_be_done_is_said() {
    let (scratch, project, file) = written(PFMEA);
    let folder = project.display().to_string();
    let missing = goldthread(&["import", &scratch.path().join("no.xlsx").display().to_string(), "-o", &folder]);
    assert_eq!(code(&missing), 2);
    let unknown = goldthread(&["import", &file, "--sheet", "Nowhere", "-o", &folder]);
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("has no sheet “Nowhere”; it has “pfmea”"), "{}", stderr(&unknown));
    fs::create_dir(&project).unwrap();
    fs::write(project.join("letter.txt"), "something else").unwrap();
    let taken = goldthread(&["import", &file, "-o", &folder]);
    assert_eq!(code(&taken), 2, "{}", stdout(&taken));
    assert_eq!(fs::read_dir(&project).unwrap().count(), 1);
}

#[test]
fn a_mapping_goes_before_what_is_found_and_a_report_is_one() {
    let (scratch, project, file) = written(PFMEA);
    let mapping = scratch.path().join("mapping.json");
    fs::write(&mapping, r#"{"sheets": [{"mapping": {"remarks": ["J"], "ignored": ["I"]}}]}"#).unwrap();
    let json = scratch.path().join("report.json");
    let (mapping, json) = (mapping.display().to_string(), json.display().to_string());
    let folder = project.display().to_string();
    let done = goldthread(&["import", &file, "--as", "dfmea", "--mapping", &mapping, "-o", &folder, "--report", &json]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    let first = report(Path::new(&json));
    let table = &first["sheets"][0]["tables"][0];
    assert_eq!(table["kind"], "dfmea");
    assert_eq!(
        (&table["mapping"]["remarks"], &table["mapping"]["ignored"]),
        (&serde_json::json!(["J"]), &serde_json::json!(["I"]))
    );
    let other = scratch.path().join("other").display().to_string();
    let again = goldthread(&["import", &file, "--mapping", &json, "-o", &other, "--report", &format!("{json}.2")]);
    assert_eq!(code(&again), 0, "{}", stderr(&again));
    let second = report(Path::new(&format!("{json}.2")));
    assert_eq!(second["sheets"][0]["tables"][0]["mapping"], table["mapping"]);
    assert_eq!(second["sheets"][0]["tables"][0]["kind"], "dfmea");
}
