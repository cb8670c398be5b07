//! Bad input: a clear message names file and place, the rest opens, nothing on disk is lost or changed.

use std::fs;
use std::path::Path;

use goldthread::base::{Id, Text};
use goldthread::model::document::{Document, DocumentKind};
use goldthread::model::equipment::Equipment;
use goldthread::model::finding::{Finding, Place};
use goldthread::model::flow::Step;
use goldthread::model::item::{Item, Kind};
use goldthread::model::op::Op;
use goldthread::model::project::Library;
use goldthread::model::rating::Rating;
use goldthread::model::reference::Ref;
use goldthread::rules::Checker;
use goldthread::store::codes::{FILE_CODES, FileCode};
use goldthread::store::create::create;
use goldthread::store::error::StoreError;
use goldthread::store::homes::FileName;
use goldthread::store::open::{Opened, open};
use tempfile::TempDir;

use crate::fixture::random_project;
use crate::store::{opened, snapshot, sorted};

/// A project of which every file is in a folder, and the folder.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    create(folder.path(), &random_project(11, 6)).unwrap();
    folder
}

/// Opens a folder after a change of one file, and holds that saving what was opened leaves every byte as it is.
fn open_broken(folder: &Path, file: &str, change: impl FnOnce(String) -> Vec<u8>) -> Opened {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    let bytes = change(text.clone());
    assert_ne!(bytes, text.as_bytes(), "the change did something");
    fs::write(&path, bytes).unwrap();
    let before = snapshot(folder);
    let mut opened = opened(folder);
    assert_eq!(opened.project.violations(), vec![]);
    opened.folder.save(&opened.project).unwrap();
    assert_eq!(snapshot(folder), before, "nothing on disk is changed");
    opened
}

fn position(finding: &Finding) -> (String, Option<(usize, usize)>) {
    match &finding.place {
        Place::File { path, position } => (path.to_string(), *position),
        Place::Item { .. } => panic!("a finding about a file is at a file"),
    }
}

/// The one finding, which names the file and has a catalogue entry.
#[track_caller]
fn only<'a>(opened: &'a Opened, code: &str, file: &str) -> &'a Finding {
    assert_eq!(opened.findings.len(), 1, "{:#?}", opened.findings);
    let finding = &opened.findings[0];
    assert_eq!(finding.code, code, "{}", finding.message);
    assert_eq!(position(finding).0, file);
    assert!(!finding.help.is_empty() && FileCode::of(code).is_some());
    finding
}

fn line_of(text: &str, needle: &str) -> usize {
    text[..text.find(needle).unwrap()].matches('\n').count() + 1
}

fn kinds(opened: &Opened) -> Vec<DocumentKind> {
    opened.project.documents().iter().map(|document| document.kind).collect()
}

#[test]
fn the_catalogue_has_each_code_once() {
    let codes: Vec<_> = FILE_CODES.iter().map(|code| code.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    assert_eq!(FileCode::of("fil-04").unwrap().code, "FIL-04");
}

#[test]
fn an_unknown_field_is_told_with_its_place() {
    let folder = folder();
    let mut line = 0;
    let opened = open_broken(folder.path(), "fmea-line.ron", |text| {
        line = line_of(&text, "risks: [") + 2;
        text.replacen("risks: [\n        (\n", "risks: [\n        (\n            serverity: Some(7),\n", 1).into()
    });
    let finding = only(&opened, "FIL-01", "fmea-line.ron");
    assert!(finding.message.contains("serverity"), "{}", finding.message);
    assert_eq!(position(finding).1.unwrap().0, line);
    assert!(!kinds(&opened).contains(&DocumentKind::ProcessFmea));
    assert_eq!(kinds(&opened).len(), 5, "the other documents are open");
}

#[test]
fn a_truncated_file_is_left_alone() {
    for file in ["project.ron", "characteristics.ron", "process-flow.ron", "fmea-msr.ron", "control-plan.ron"] {
        let folder = folder();
        let opened = open_broken(folder.path(), file, |text| text[..text.len() / 2].trim_end().as_bytes().to_vec());
        only(&opened, "FIL-01", file);
        assert_eq!(opened.folder.broken().map(FileName::as_str).collect::<Vec<_>>(), [file]);
    }
    let folder = folder();
    let opened = open_broken(folder.path(), "equipment.ron", |_| Vec::new());
    assert!(only(&opened, "FIL-01", "equipment.ron").message.contains("is empty"));
}

#[test]
fn a_newer_format_is_refused_before_its_syntax_is_looked_at() {
    let folder = folder();
    let opened = open_broken(folder.path(), "fmea-line.ron", |_| b"(format: 2, {tomorrow's = syntax}".to_vec());
    assert!(only(&opened, "FIL-02", "fmea-line.ron").message.contains("format 2"));
    let huge = format!("(format: {}0,)", u64::MAX);
    let opened = open_broken(folder.path(), "fmea-line.ron", |_| huge.into_bytes());
    only(&opened, "FIL-02", "fmea-line.ron");
    let opened = open_broken(folder.path(), "fmea-line.ron", |text| {
        text.replace("format: 2", "format: 0").replace("format: 184467440737095516150", "format: 0").into()
    });
    only(&opened, "FIL-01", "fmea-line.ron");
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    let folder = folder();
    let opened = open_broken(folder.path(), "control-plan.ron", |text| {
        let mut bytes = text.into_bytes();
        bytes.splice(2..2, *b"\n\n\xc3\xa9 \xfc");
        bytes
    });
    assert_eq!(position(only(&opened, "FIL-03", "control-plan.ron")).1, Some((4, 3)));
}

#[test]
fn text_of_two_bytes_a_letter_is_told_with_or_without_its_mark() {
    let folder = folder();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let opened = open_broken(folder.path(), "control-plan.ron", |text| wide(&text));
    only(&opened, "FIL-03", "control-plan.ron");
    let folder = self::folder();
    let opened = open_broken(folder.path(), "control-plan.ron", |text| wide(&format!("\u{feff}{text}")));
    only(&opened, "FIL-03", "control-plan.ron");
}

#[test]
fn what_breaks_the_syntax_is_told_without_the_names_of_the_code() {
    let folder = folder();
    let told = |folder: &Path, change: &dyn Fn(String) -> String| {
        let good = fs::read_to_string(folder.join("process-flow.ron")).unwrap();
        let opened = open_broken(folder, "process-flow.ron", |text| change(text).into());
        fs::write(folder.join("process-flow.ron"), good).unwrap();
        only(&opened, "FIL-01", "process-flow.ron").message.clone()
    };
    let kind = told(folder.path(), &|text| {
        text.replacen("kind: Receiving", "kind: Recieving", 1).replacen("kind: Operation", "kind: Opreation", 1)
    });
    assert!(kind.contains(" is not one of `Operation`, `Inspection`") && !kind.contains("File"), "{kind}");
    let field = told(folder.path(), &|text| text.replacen("steps: [", "stepps: [", 1));
    assert!(field.contains("there is no field `stepps` here; there are ") && !field.contains("File`"), "{field}");
    let cut = told(folder.path(), &|text| text[..text.len() / 3].trim_end().to_owned());
    assert!(cut.contains("process-flow.ron cannot be read: "), "{cut}");
}

#[test]
fn what_hangs_on_a_broken_file_is_not_called_deleted() {
    let folder = folder();
    let deleted = |opened: &Opened| {
        let checker = Checker::full(&opened.project, "2026-11-24".parse().unwrap());
        let findings = checker.findings(&opened.project);
        findings.iter().filter(|reported| reported.finding.code == "LNK-15").count()
    };
    let before = deleted(&opened(folder.path()));
    let opened = open_broken(folder.path(), "process-flow.ron", |_| b"(format: 1,".to_vec());
    assert!(opened.project.may_be_unread(Kind::Step) && !opened.project.may_be_unread(Kind::Equipment));
    assert!(deleted(&opened) <= before, "a fix would remove links that heal when the file is back");
    // Without the file nobody knows better: they are told.
    fs::remove_file(folder.path().join("process-flow.ron")).unwrap();
    assert!(deleted(&self::opened(folder.path())) > before);
}

#[test]
fn a_merge_conflict_is_told_with_its_place() {
    let folder = folder();
    let opened = open_broken(folder.path(), "process-flow.ron", |text| {
        text.replacen("    save:", "<<<<<<< ours\n    save: \"2-a\",\n=======\n>>>>>>> theirs\n    save:", 1).into()
    });
    assert_eq!(position(only(&opened, "FIL-04", "process-flow.ron")).1, Some((3, 1)));
}

#[test]
fn ratings_outside_the_scale_are_kept_as_they_were_written() {
    let folder = folder();
    let values = ["-7", "0", "11", "\"n/a\"", "\"7-8\"", "99999999999", "\"7.5\""];
    for value in values {
        let opened = open_broken(folder.path(), "fmea-line.ron", |text| {
            let at = text.find("severity: Some(").unwrap() + "severity: Some(".len();
            let end = at + text[at..].find(')').unwrap();
            format!("{}{value}{}", &text[..at], &text[end..]).into()
        });
        assert_eq!(opened.findings, vec![], "{value}");
        let kept = Rating::parse(value.trim_matches('"')).unwrap();
        assert!(
            opened
                .project
                .all::<goldthread::model::fmea::Failure>()
                .any(|failure| failure.severity == Some(kept.clone()))
        );
    }
}

#[test]
fn a_link_of_the_wrong_kind_is_told_with_its_place() {
    let folder = folder();
    let mut line = 0;
    let opened = open_broken(folder.path(), "process-flow.ron", |text| {
        let at = text.find("            from: \"step_").unwrap();
        line = line_of(&text, "            from: \"step_");
        format!("{}{}", &text[..at], text[at..].replacen("step_", "char_", 1)).into()
    });
    let finding = only(&opened, "FIL-01", "process-flow.ron");
    assert_eq!(position(finding).1.unwrap().0, line);
}

#[test]
fn an_identity_that_stands_twice_is_told_with_its_place() {
    let folder = folder();
    let mut line = 0;
    let opened = open_broken(folder.path(), "equipment.ron", |text| {
        let start = text.find("        (\n").unwrap();
        let end = start + text[start..].find("        ),\n").unwrap() + "        ),\n".len();
        line = line_of(&text, "        ),\n") + 2;
        format!("{}{}{}", &text[..end], &text[start..end], &text[end..]).into()
    });
    let finding = only(&opened, "FIL-05", "equipment.ron");
    assert_eq!(position(finding).1.unwrap().0, line);
}

#[test]
fn a_copied_file_does_not_displace_the_original() {
    let folder = folder();
    fs::copy(folder.path().join("fmea-line.ron"), folder.path().join("fmea-line-copy.ron")).unwrap();
    let before = snapshot(folder.path());
    let mut opened = opened(folder.path());
    only(&opened, "FIL-05", "fmea-line-copy.ron");
    assert_eq!(sorted(opened.project.items()), sorted(random_project(11, 6).items()));
    opened.folder.save(&opened.project).unwrap();
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn an_unknown_target_is_told_where_it_is_named() {
    let folder = folder();
    let mut line = 0;
    let opened = open_broken(folder.path(), "process-flow.ron", |text| {
        let at = text.find("            equipment: [\n                \"eq_").unwrap();
        line = text[..at].matches('\n').count() + 2;
        let start = at + text[at..].find("\"eq_").unwrap();
        format!("{}\"eq_0000000001\"{}", &text[..start], &text[start + 15..]).into()
    });
    let finding = only(&opened, "FIL-06", "process-flow.ron");
    assert_eq!(position(finding).1, Some((line, 17)));
    let lost: Ref<Equipment> = Ref::Missing { id: Id::from_raw(1), last_label: Text::default() };
    assert!(opened.project.all::<Step>().any(|step| step.equipment.contains(&lost)));
}

#[test]
fn an_item_without_its_container_is_kept_in_the_file() {
    let folder = folder();
    let opened = open_broken(folder.path(), "process-flow.ron", |text| {
        let at = text.find("            from: \"step_").unwrap() + "            from: ".len();
        format!("{}\"step_0000000001\"{}", &text[..at], &text[at + 17..]).into()
    });
    let finding = only(&opened, "FIL-06", "process-flow.ron");
    assert!(finding.message.contains("not shown"), "{}", finding.message);
    // A change of the same document does not lose the item that is not shown.
    let mut opened = opened;
    let step = opened.project.all::<Step>().next().unwrap().clone();
    rename(&mut opened, &step);
    opened.folder.save(&opened.project).unwrap();
    assert!(fs::read_to_string(folder.path().join("process-flow.ron")).unwrap().contains("\"step_0000000001\""));
}

fn rename(opened: &mut Opened, step: &Step) {
    let renamed = Step { name: Text::from("Renamed"), ..step.clone() };
    opened.project.apply(&[Op::Put(Item::from(renamed))]).unwrap();
}

#[test]
fn a_cycle_in_the_structure_tree_closes_the_document() {
    let folder = folder();
    let opened = open_broken(folder.path(), "fmea-design.ron", |text| {
        let id = &text[text.find("\"elem_").unwrap()..][..17];
        let id = id[..id[1..].find('"').unwrap() + 2].to_owned();
        let at = text.find("elements: [").unwrap();
        let item = at + text[at..].find("        ),").unwrap();
        let first = &text[at..item];
        let without: String = first.split_inclusive('\n').filter(|line| !line.contains("parent:")).collect();
        let with =
            without.replacen("            kind:", &format!("            parent: Some({id}),\n            kind:"), 1);
        // Fields may stand in any order; reading does not mind.
        format!("{}{with}{}", &text[..at], &text[item..]).into()
    });
    let finding = only(&opened, "FIL-07", "fmea-design.ron");
    assert!(finding.message.contains("inside itself"), "{}", finding.message);
    assert!(position(finding).1.is_some());
    assert!(!kinds(&opened).contains(&DocumentKind::DesignFmea));
}

#[test]
fn a_cycle_in_the_failure_net_closes_the_document() {
    let folder = folder();
    let opened = open_broken(folder.path(), "fmea-line.ron", |text| {
        let at = text.find("            mode: \"").unwrap() + "            mode: ".len();
        let mode = text[at..at + 17].to_owned();
        let cause = text.find("            cause: \"").unwrap() + "            cause: ".len();
        format!("{}{mode}{}", &text[..cause], &text[cause + 17..]).into()
    });
    let finding = only(&opened, "FIL-07", "fmea-line.ron");
    assert!(finding.message.contains("cause itself"), "{}", finding.message);
}

#[test]
fn a_document_in_the_wrong_file_is_told() {
    let folder = folder();
    let opened = open_broken(folder.path(), "control-plan.ron", |text| {
        text.replacen("kind: ControlPlan", "kind: DesignFmea", 1).into()
    });
    only(&opened, "FIL-07", "control-plan.ron");
}

#[test]
fn deep_nesting_ends_in_a_message() {
    let folder = folder();
    let nested = format!("(format: 1, save: \"1-a\", parts: {}", "[(".repeat(1_000_000));
    let opened = open_broken(folder.path(), "project.ron", |_| nested.into_bytes());
    only(&opened, "FIL-01", "project.ron");
    let wrapped = format!("(format: 1, save: \"1-a\", project: {}", "Some(".repeat(1_000_000));
    let opened = open_broken(folder.path(), "project.ron", |_| wrapped.into_bytes());
    only(&opened, "FIL-01", "project.ron");
}

#[test]
fn a_huge_cell_is_read_and_a_huge_value_of_the_wrong_kind_gives_a_short_message() {
    const CELL: usize = 200 << 20;
    let folder = folder();
    let path = folder.path().join("equipment.ron");
    let small = fs::read_to_string(&path).unwrap();
    let name = small.find("            name: \"").unwrap() + "            name: ".len();
    fs::write(&path, format!("{}\"{}{}", &small[..name], "x".repeat(CELL), &small[name + 1..])).unwrap();
    let opened = opened(folder.path());
    assert_eq!(opened.findings, vec![]);
    assert!(opened.project.all::<Equipment>().any(|equipment| equipment.name.len() >= CELL));

    let id = small.find("            id: \"").unwrap() + "            id: ".len();
    fs::write(&path, format!("{}\"{}{}", &small[..id], "x".repeat(CELL / 20), &small[id + 1..])).unwrap();
    let opened = self::opened(folder.path());
    let finding = only(&opened, "FIL-01", "equipment.ron");
    assert!(finding.message.chars().count() < 400);
}

#[test]
fn a_file_that_is_too_large_is_not_opened() {
    let folder = folder();
    let path = folder.path().join("fmea-line.ron");
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    // A file with a hole takes no room.
    file.set_len((256 << 20) + 1).unwrap();
    only(&opened(folder.path()), "FIL-08", "fmea-line.ron");
}

#[test]
fn links_into_a_broken_document_heal_when_it_is_back() {
    let folder = folder();
    let flow = folder.path().join("process-flow.ron");
    let good = fs::read_to_string(&flow).unwrap();
    let mut opened =
        open_broken(folder.path(), "process-flow.ron", |text| text.replacen("steps: [", "steps: {", 1).into());
    only(&opened, "FIL-01", "process-flow.ron");

    // A document beside it is changed and saved.
    let plan = opened.project.documents_of(DocumentKind::ControlPlan)[0].clone();
    let changed = Document { title: Text::from("Changed"), ..plan.clone() };
    opened.project.apply(&[Op::Put(Item::from(changed.clone()))]).unwrap();
    let saved = opened.folder.save(&opened.project).unwrap();
    assert_eq!(saved.written.iter().map(FileName::stem).collect::<Vec<_>>(), [&*plan.file]);

    fs::write(&flow, &good).unwrap();
    let healed = self::opened(folder.path());
    assert_eq!(healed.findings, vec![]);
    let original = random_project(11, 6);
    let expected: Vec<Item> = original
        .items()
        .map(|item| if item.id() == plan.id.into() { Item::from(changed.clone()) } else { item })
        .collect();
    assert_eq!(sorted(healed.project.items()), sorted(expected));
}

#[test]
fn roles_of_characteristics_survive_a_broken_list() {
    let folder = folder();
    let list = folder.path().join("characteristics.ron");
    let good = fs::read_to_string(&list).unwrap();
    let mut opened = open_broken(folder.path(), "characteristics.ron", |text| format!("{text}]").into());
    only(&opened, "FIL-01", "characteristics.ron");
    let step = opened.project.all::<Step>().next().unwrap().clone();
    rename(&mut opened, &step);
    opened.folder.save(&opened.project).unwrap();
    fs::write(&list, good).unwrap();
    let healed = self::opened(folder.path());
    assert_eq!(healed.findings, vec![]);
    assert_eq!(healed.project.arenas().len(), random_project(11, 6).arenas().len());
}

#[test]
fn changes_of_what_could_not_be_read_are_kept_back() {
    let folder = folder();
    let mut opened =
        open_broken(folder.path(), "project.ron", |text| text.replacen("project: (", "project: [", 1).into());
    let before = snapshot(folder.path());
    let mut data = opened.project.data().clone();
    data.name = Text::from("New name");
    opened.project.apply(&[Op::Put(Item::from(data))]).unwrap();
    let saved = opened.folder.save(&opened.project).unwrap();
    assert_eq!(saved.kept_back.iter().map(FileName::as_str).collect::<Vec<_>>(), ["project.ron"]);
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn a_folder_that_is_none_is_told() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(open(&folder.path().join("none"), Library::default()), Err(StoreError::NoFolder(_))));
    assert!(matches!(open(folder.path(), Library::default()), Err(StoreError::NoProject(_))));
    let project = self::folder();
    fs::write(project.path().join("FMEA Line.ron"), "").unwrap();
    only(&opened(project.path()), "FIL-12", "FMEA Line.ron");
}

#[test]
fn a_broken_profile_of_the_project_is_told() {
    let folder = folder();
    fs::create_dir(folder.path().join("profiles")).unwrap();
    fs::write(folder.path().join("profiles/own.ron"), "(format: 1, id: 5)").unwrap();
    let opened = opened(folder.path());
    assert!(only(&opened, "FIL-13", "profiles/own.ron").message.contains("profiles/own.ron"));
}
