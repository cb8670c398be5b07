//! The files: the same contents give the same bytes, and the bytes give back the same contents.

use std::fs;
use std::path::Path;

use goldthread::model::item::{AnyId, Item};
use goldthread::model::project::{Library, Project};
use goldthread::store::canonical::{canonical, forms, not_canonical, put_in_form};
use goldthread::store::create::create;
use goldthread::store::homes::{FileName, by_file};
use goldthread::store::open::{Opened, open};
use goldthread::store::schema::v1::files::{self, Contents, FileKind, Stamp};
use proptest::prelude::*;

use crate::fixture::random_project;

/// Every file of a project, as text.
fn written(project: &Project) -> Vec<(FileName, String)> {
    let stamp = Stamp { save: "1-test".to_owned(), saved_with: Vec::new() };
    by_file(project)
        .into_iter()
        .map(|(name, items)| {
            let text = files::write(name.kind(), &Contents { stamp: stamp.clone(), items }).unwrap();
            (name, text)
        })
        .collect()
}

fn read(files: &[(FileName, String)]) -> Vec<Item> {
    files.iter().flat_map(|(name, text)| files::read(name.kind(), name.stem(), text).unwrap().items).collect()
}

pub fn sorted(items: impl IntoIterator<Item = Item>) -> Vec<(AnyId, Item)> {
    let mut items: Vec<_> = items.into_iter().map(|item| (item.id(), item)).collect();
    items.sort_by_key(|(id, _)| *id);
    items
}

/// Name and bytes of every file in a folder and below it, but for the program's own.
pub fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                if name != ".goldthread" {
                    open.push(path);
                }
            } else {
                files.push((name, fs::read(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

pub fn opened(folder: &Path) -> Opened {
    open(folder, Library::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn reading_and_writing_are_inverse(seed in any::<u64>(), size in 1..12_usize) {
        let project = random_project(seed, size);
        prop_assert_eq!(project.violations(), vec![]);
        let files = written(&project);
        let items = read(&files);
        prop_assert_eq!(sorted(items.clone()), sorted(project.items()));
        let again = written(&Project::from_items(Library::default(), items));
        prop_assert_eq!(&files, &again);
        for (name, text) in files {
            let form = canonical(&name, text.as_bytes()).unwrap();
            prop_assert_eq!(String::from_utf8(form).unwrap(), text);
        }
    }

}

proptest! {
    #[test]
    fn both_readers_agree_on_damaged_files(
        seed in any::<u64>(),
        damages in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, 0..60_usize, any::<prop::sample::Index>()), 1..3),
    ) {
        const SIGNS: &[&str] = &[
            ",", "(", ")", "[", "]", "\"", "\\", "\n", "\r", ":", "0", "-", ".", " ", "//", "/* */", "Some", "None", "None,", "7", "é",
            "\\n", "\\u{41}", "\\x41", "r#\"", "\t", "_", "1_0", "0x1", "()", "true", "+", "7.0", "\\'", "'a'", "1u8",
        ];
        for (name, text) in written(&random_project(seed, 2)) {
            let quick = files::read_quickly(name.kind(), name.stem(), &text).unwrap();
            prop_assert_eq!(quick, files::read_in_full(name.kind(), name.stem(), &text).unwrap());
            let mut damaged = text.clone();
            for (place, kind, length, sign) in &damages {
                let start = damaged.floor_char_boundary(place.index(damaged.len()));
                let end = damaged.floor_char_boundary((start + length).min(damaged.len())).max(start);
                let span = damaged[start..end].to_owned();
                match kind {
                    0 => damaged.replace_range(start..end, ""),
                    1 => damaged.insert_str(start, &span),
                    2 => damaged.insert_str(start, SIGNS[sign.index(SIGNS.len())]),
                    _ => damaged.replace_range(start..end.min(damaged.ceil_char_boundary(start + 1)), SIGNS[sign.index(SIGNS.len())]),
                }
            }
            if let Ok(quick) = files::read_quickly(name.kind(), name.stem(), &damaged) {
                let full = files::read_in_full(name.kind(), name.stem(), &damaged);
                prop_assert_eq!(Ok(quick), full, "{}", damaged);
            }
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_project_survives_its_folder(seed in any::<u64>(), size in 1..8_usize) {
        let project = random_project(seed, size);
        let folder = tempfile::tempdir().unwrap();
        create(folder.path(), &project).unwrap();
        let before = snapshot(folder.path());
        let mut opened = opened(folder.path());
        prop_assert_eq!(&opened.findings, &vec![]);
        prop_assert_eq!(sorted(opened.project.items()), sorted(project.items()));
        let saved = opened.folder.save(&opened.project).unwrap();
        prop_assert_eq!(saved, goldthread::store::save::Saved::default());
        prop_assert_eq!(snapshot(folder.path()), before);
    }
}

#[test]
fn every_kind_of_file_is_written() {
    let kinds: Vec<FileKind> = written(&random_project(1, 5)).iter().map(|(name, _)| name.kind()).collect();
    for kind in [
        FileKind::Project,
        FileKind::Characteristics,
        FileKind::Equipment,
        FileKind::ProcessFlow,
        FileKind::Fmea,
        FileKind::ControlPlan,
        FileKind::Ppap,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

#[test]
fn the_same_project_gives_the_same_folder() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    create(first.path(), &random_project(7, 4)).unwrap();
    create(second.path(), &random_project(7, 4)).unwrap();
    assert_eq!(snapshot(first.path()), snapshot(second.path()));
}

#[test]
fn hand_written_files_are_put_in_form() {
    let folder = tempfile::tempdir().unwrap();
    create(folder.path(), &random_project(7, 4)).unwrap();
    let before = snapshot(folder.path());
    assert_eq!(not_canonical(folder.path()).unwrap(), vec![]);

    let path = folder.path().join("equipment.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n  // a comment\r\n"))).unwrap();
    let findings = not_canonical(folder.path()).unwrap();
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["FIL-10"]);
    assert_eq!(opened(folder.path()).findings, vec![], "the contents are in order");
    for form in forms(folder.path()).unwrap() {
        if let Some(bytes) = form.state.unwrap() {
            put_in_form(folder.path(), &form.name, &bytes).unwrap();
        }
    }
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn names_of_files_are_told_apart() {
    for (name, kind) in [
        ("project.ron", Some(FileKind::Project)),
        ("process-flow.ron", Some(FileKind::ProcessFlow)),
        ("fmea-line-2.ron", Some(FileKind::Fmea)),
        ("control-plan.ron", Some(FileKind::ControlPlan)),
        ("control-plan-safe-launch.ron", Some(FileKind::ControlPlan)),
        ("ppap.ron", Some(FileKind::Ppap)),
        ("ppap-2.ron", None),
        ("fmea-.ron", None),
        ("fmea.ron", None),
        ("FMEA-line.ron", None),
        ("fmea-../x.ron", None),
        ("fmea-line.ron.orig", None),
        ("process-flow-2.ron", None),
    ] {
        assert_eq!(FileName::new(name).map(|name| name.kind()), kind, "{name}");
    }
}
