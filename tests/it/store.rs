//! The files: the same contents give the same bytes, and the bytes give back the same contents.

use goldthread::model::item::{AnyId, Item};
use goldthread::model::project::{Library, Project};
use goldthread::store::homes::{FileName, by_file};
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

fn sorted(items: impl IntoIterator<Item = Item>) -> Vec<(AnyId, Item)> {
    let mut items: Vec<_> = items.into_iter().map(|item| (item.id(), item)).collect();
    items.sort_by_key(|(id, _)| *id);
    items
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
        prop_assert_eq!(files, again);
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
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}
