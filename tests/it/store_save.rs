//! Saving: all or nothing, never over somebody else's work, and what was not saved can be restored.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use goldthread::base::Text;
use goldthread::model::document::{Document, DocumentKind};
use goldthread::model::equipment::Equipment;
use goldthread::model::flow::Step;
use goldthread::model::item::{Entity, Item};
use goldthread::model::op::Op;
use goldthread::model::ppap::PpapElement;
use goldthread::model::project::{Library, Project};
use goldthread::store::create::create;
use goldthread::store::disk::{Disk, SystemDisk};
use goldthread::store::error::StoreError;
use goldthread::store::homes::FileName;
use goldthread::store::lock::{Holder, Lock, LockState, state};
use goldthread::store::open::{Opened, open_on};
use tempfile::TempDir;

use crate::fixture::random_project;
use crate::store::{opened, snapshot, sorted};

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    create(folder.path(), &random_project(5, 6)).unwrap();
    folder
}

fn put(project: &mut Project, item: impl Into<Item>) {
    project.apply(&[Op::Put(item.into())]).unwrap();
}

/// Changes the flow, the equipment and a control plan.
fn change_three_files(project: &mut Project, name: &str) {
    let step = project.all::<Step>().next().unwrap().clone();
    put(project, Step { name: Text::from(name), ..step });
    let equipment = project.all::<Equipment>().next().unwrap().clone();
    put(project, Equipment { name: Text::from(name), ..equipment });
    let plan = project.documents_of(DocumentKind::ControlPlan)[0].clone();
    put(project, Document { title: Text::from(name), ..plan });
}

/// A disk that fails at the n-th change, and from then on if it is broken for good.
#[derive(Debug)]
struct FailingDisk {
    left: AtomicUsize,
    for_good: bool,
    kind: io::ErrorKind,
}

impl FailingDisk {
    fn after(changes: usize, for_good: bool, kind: io::ErrorKind) -> Arc<Self> {
        Arc::new(Self { left: AtomicUsize::new(changes), for_good, kind })
    }

    fn change(&self) -> io::Result<()> {
        let left = self.left.load(Ordering::SeqCst);
        if left == 0 {
            if !self.for_good {
                self.left.store(usize::MAX, Ordering::SeqCst);
            }
            return Err(self.kind.into());
        }
        self.left.store(left.saturating_sub(1), Ordering::SeqCst);
        Ok(())
    }
}

impl Disk for FailingDisk {
    fn files(&self, folder: &Path) -> io::Result<Vec<String>> {
        SystemDisk.files(folder)
    }
    fn read(&self, path: &Path, at_most: u64) -> io::Result<Vec<u8>> {
        SystemDisk.read(path, at_most)
    }
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.change() {
            // A full disk leaves half of the file behind.
            SystemDisk.write(path, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        SystemDisk.write(path, bytes)
    }
    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        SystemDisk.replace(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        SystemDisk.remove(path)
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        SystemDisk.make_folder(path)
    }
    fn is_read_only(&self, path: &Path) -> bool {
        SystemDisk.is_read_only(path)
    }
}

fn opened_on(disk: Arc<dyn Disk>, folder: &Path) -> Opened {
    open_on(disk, folder, Library::default()).unwrap()
}

#[test]
fn only_what_changed_is_written() {
    let folder = folder();
    let before = snapshot(folder.path());
    let mut opened = opened(folder.path());
    assert!(!opened.folder.is_dirty(&opened.project));
    change_three_files(&mut opened.project, "Changed");
    assert!(opened.folder.is_dirty(&opened.project));
    let saved = opened.folder.save(&opened.project).unwrap();
    assert_eq!(saved.written.len(), 3);
    assert!(!opened.folder.is_dirty(&opened.project));
    let after = snapshot(folder.path());
    let differing: Vec<_> = before.iter().zip(&after).filter(|(old, new)| old != new).map(|(old, _)| &*old.0).collect();
    let written: Vec<_> = saved.written.iter().map(FileName::as_str).collect();
    assert_eq!(differing.len(), 3);
    assert!(differing.iter().all(|name| written.contains(name)));
    let again = self::opened(folder.path());
    assert_eq!(again.findings, vec![]);
    assert_eq!(sorted(again.project.items()), sorted(opened.project.items()));
    assert_eq!(opened.folder.save(&opened.project).unwrap().written, vec![]);
}

#[test]
fn a_changed_cell_is_one_line_beside_the_stamp() {
    let folder = folder();
    let path = folder.path().join("process-flow.ron");
    let mut opened = opened(folder.path());
    let step = opened.project.all::<Step>().next().unwrap().clone();
    put(&mut opened.project, Step { name: Text::from("First"), ..step.clone() });
    opened.folder.save(&opened.project).unwrap();
    let before = fs::read_to_string(&path).unwrap();
    put(&mut opened.project, Step { name: Text::from("Second"), ..step });
    opened.folder.save(&opened.project).unwrap();
    let after = fs::read_to_string(&path).unwrap();
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(changed.len(), 2, "{changed:?}");
    assert!(changed[0].0.contains("save:") && changed[1].1.contains("Second"));
}

#[test]
fn a_failure_at_any_point_leaves_the_files_as_they_were() {
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied] {
        let mut failures = 0;
        for changes in 0.. {
            let folder = folder();
            let before = snapshot(folder.path());
            let mut opened = opened_on(FailingDisk::after(changes, false, kind), folder.path());
            change_three_files(&mut opened.project, "Changed");
            match opened.folder.save(&opened.project) {
                Ok(saved) => {
                    assert_eq!(saved.written.len(), 3);
                    break;
                }
                Err(error) => {
                    failures += 1;
                    assert!(matches!(error, StoreError::System { .. }), "{error}");
                    let message = error.to_string();
                    assert!(message.contains(".ron") && message.contains("as they were"), "{message}");
                    assert_eq!(snapshot(folder.path()), before, "failure {changes}");
                    // The next try works.
                    assert_eq!(opened.folder.save(&opened.project).unwrap().written.len(), 3);
                    assert_eq!(sorted(self::opened(folder.path()).project.items()), sorted(opened.project.items()));
                }
            }
        }
        assert_eq!(failures, 6, "three writes and three replacements");
    }
}

#[test]
fn a_disk_that_dies_while_files_are_replaced_is_told_on_the_next_opening() {
    let folder = folder();
    let mut opened = opened_on(FailingDisk::after(4, true, io::ErrorKind::Other), folder.path());
    change_three_files(&mut opened.project, "Changed");
    let error = opened.folder.save(&opened.project).unwrap_err();
    assert!(matches!(error, StoreError::HalfSaved { .. }), "{error}");
    let again = self::opened(folder.path());
    let codes: Vec<_> = again.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["FIL-09", "FIL-09"], "{:#?}", again.findings);
}

#[test]
fn an_old_copy_of_one_file_is_told() {
    let folder = folder();
    let path = folder.path().join("equipment.ron");
    let old = fs::read(&path).unwrap();
    let mut opened = opened(folder.path());
    change_three_files(&mut opened.project, "Changed");
    opened.folder.save(&opened.project).unwrap();
    fs::write(&path, old).unwrap();
    let again = self::opened(folder.path());
    assert!(again.findings.iter().all(|finding| finding.code == "FIL-09" && finding.message.contains("equipment.ron")));
    assert!(!again.findings.is_empty());
}

#[test]
fn what_changed_on_disk_is_not_overwritten() {
    let folder = folder();
    let mut opened = opened(folder.path());
    change_three_files(&mut opened.project, "Mine");
    let path = folder.path().join("equipment.ron");
    fs::write(&path, fs::read_to_string(&path).unwrap().replacen("kind:", "kind: ", 1)).unwrap();
    let before = snapshot(folder.path());
    let error = opened.folder.save(&opened.project).unwrap_err();
    assert!(matches!(&error, StoreError::ChangedOnDisk(changed) if *changed == path), "{error}");
    assert_eq!(snapshot(folder.path()), before);

    fs::remove_file(&path).unwrap();
    assert!(matches!(opened.folder.save(&opened.project), Err(StoreError::ChangedOnDisk(_))));

    // Elsewhere it can be saved.
    let other = tempfile::tempdir().unwrap();
    let saved_as = opened.folder.save_as(&other.path().join("copy"), &opened.project).unwrap();
    assert_eq!(sorted(self::opened(saved_as.path()).project.items()), sorted(opened.project.items()));
}

#[test]
fn a_file_that_appeared_is_not_overwritten() {
    let folder = folder();
    let mut opened = opened(folder.path());
    let fmea = opened.project.documents_of(DocumentKind::ProcessFmea)[0].clone();
    let id = goldthread::base::Id::from_raw(77);
    put(&mut opened.project, Document::draft(id, fmea.order, DocumentKind::ProcessFmea, "fmea-new", "New"));
    fs::write(folder.path().join("fmea-new.ron"), "somebody else's").unwrap();
    assert!(matches!(opened.folder.save(&opened.project), Err(StoreError::ChangedOnDisk(_))));
    assert_eq!(fs::read(folder.path().join("fmea-new.ron")).unwrap(), b"somebody else's");
}

#[test]
fn a_write_protected_file_is_left_alone() {
    let folder = folder();
    let path = folder.path().join("equipment.ron");
    let mut rights = fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).unwrap();
    let before = snapshot(folder.path());
    let mut opened = opened(folder.path());
    change_three_files(&mut opened.project, "Mine");
    assert!(matches!(opened.folder.save(&opened.project), Err(StoreError::Protected(_))));
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn a_folder_open_for_reading_is_not_written() {
    let folder = folder();
    let mut opened = opened(folder.path());
    change_three_files(&mut opened.project, "Mine");
    opened.folder.set_read_only(true);
    assert!(matches!(opened.folder.save(&opened.project), Err(StoreError::ReadOnly(_))));
}

#[test]
fn the_file_goes_with_its_document() {
    let folder = folder();
    let mut opened = opened(folder.path());
    let plan = opened.project.documents_of(DocumentKind::ControlPlan)[0].clone();
    let gone: Vec<Op> = opened
        .project
        .items()
        .filter(|item| opened.project.home_of(item) == Some(goldthread::model::home::Home::Document(plan.id)))
        .map(|item| Op::Remove(item.id()))
        .collect();
    let approvals: Vec<Op> = opened
        .project
        .all::<goldthread::model::project_data::FindingApproval>()
        .filter(|approval| gone.contains(&Op::Remove(approval.item.0)))
        .map(|approval| Op::Remove(approval.id.into()))
        .collect();
    let elements = opened.project.all::<PpapElement>().map(|element| {
        let mut element = element.clone();
        element.detach(plan.id.into(), &Text::from("the plan"));
        Op::Put(element.into())
    });
    let elements = elements.collect();
    opened.project.apply(&[elements, gone, approvals].concat()).unwrap();
    let saved = opened.folder.save(&opened.project).unwrap();
    let file = format!("{}.ron", plan.file);
    assert_eq!(saved.removed.iter().map(FileName::as_str).collect::<Vec<_>>(), [file.as_str()]);
    assert!(!folder.path().join(&file).exists());
    assert_eq!(sorted(self::opened(folder.path()).project.items()), sorted(opened.project.items()));
}

#[test]
fn two_documents_never_share_a_file() {
    let folder = folder();
    let before = snapshot(folder.path());
    let mut opened = opened(folder.path());
    let fmea = opened.project.documents_of(DocumentKind::ProcessFmea)[0].clone();
    for file in [&*fmea.file, "fmea-Ä", "control-plan-9"] {
        let id = goldthread::base::Id::from_raw(78);
        let other = Document::draft(id, fmea.order.clone(), DocumentKind::ProcessFmea, file, "Other");
        put(&mut opened.project, other);
        assert!(matches!(opened.folder.save(&opened.project), Err(StoreError::NoFile { .. })), "{file}");
    }
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn a_new_project_needs_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let project = Project::new(Library::default());
    let deep = folder.path().join("customers/one");
    create(&deep, &project).unwrap();
    assert_eq!(opened(&deep).findings, vec![]);
    assert!(matches!(create(&deep, &project), Err(StoreError::NotEmpty(_))));
    let file = deep.join("project.ron");
    assert!(matches!(create(&file, &project), Err(StoreError::NotAFolder(_))));
}

#[test]
fn save_as_takes_along_what_is_not_its_own() {
    let folder = folder();
    fs::create_dir(folder.path().join("attachments")).unwrap();
    fs::write(folder.path().join("attachments/photo.png"), b"photo").unwrap();
    let broken = folder.path().join("fmea-line.ron");
    fs::write(&broken, "(format: 1, broken").unwrap();
    let opened = opened(folder.path());
    let other = tempfile::tempdir().unwrap();
    let copy = opened.folder.save_as(other.path(), &opened.project).unwrap();
    assert_eq!(fs::read(other.path().join("attachments/photo.png")).unwrap(), b"photo");
    assert_eq!(fs::read(other.path().join("fmea-line.ron")).unwrap(), b"(format: 1, broken");
    assert_eq!(copy.broken().count(), 1);
    assert!(matches!(opened.folder.save_as(&folder.path().join("x"), &opened.project), Err(StoreError::Within(_))));
}

#[test]
fn unsaved_changes_are_restored_after_a_crash() {
    let folder = folder();
    let before = snapshot(folder.path());
    let mut crashed = opened(folder.path());
    change_three_files(&mut crashed.project, "Unsaved");
    crashed.folder.autosave(&crashed.project, "10:30").unwrap();
    assert_eq!(snapshot(folder.path()), before, "the files of the project are not touched");
    let unsaved = sorted(crashed.project.items());
    drop(crashed);

    let again = opened(folder.path());
    assert_eq!(sorted(again.project.items()), sorted(random_project(5, 6).items()), "nothing happens unasked");
    let autosave = again.folder.autosaved().unwrap();
    assert_eq!((autosave.at.as_str(), autosave.files().count()), ("10:30", 3));
    let mut restored = again.folder.restore(&autosave, Library::default()).unwrap();
    assert_eq!(sorted(restored.project.items()), unsaved);
    assert!(restored.folder.is_dirty(&restored.project));
    assert_eq!(snapshot(folder.path()), before);
    restored.folder.save(&restored.project).unwrap();
    assert_eq!(sorted(opened(folder.path()).project.items()), unsaved);
    assert!(opened(folder.path()).folder.autosaved().is_none(), "cleared by the save");
}

#[test]
fn an_autosave_that_is_out_of_date_or_in_part_is_not_offered() {
    let folder = folder();
    let mut first = opened(folder.path());
    change_three_files(&mut first.project, "Unsaved");
    first.folder.autosave(&first.project, "10:30").unwrap();
    let file = folder.path().join(".goldthread/autosave/equipment.ron");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..9]).unwrap();
    assert!(first.folder.autosaved().is_none(), "written in part");
    fs::write(&file, &whole).unwrap();
    assert!(first.folder.autosaved().is_some());
    first.folder.discard_autosave();
    assert!(first.folder.autosaved().is_none(), "given up");

    first.folder.autosave(&first.project, "10:31").unwrap();
    let kept = tempfile::tempdir().unwrap();
    let place = folder.path().join(".goldthread/autosave");
    for entry in fs::read_dir(&place).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), kept.path().join(entry.file_name())).unwrap();
    }
    first.folder.save(&first.project).unwrap();
    for entry in fs::read_dir(kept.path()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), place.join(entry.file_name())).unwrap();
    }
    assert!(opened(folder.path()).folder.autosaved().is_none(), "saved since");

    first.folder.autosave(&first.project, "10:32").unwrap();
    assert!(!place.join("autosave.ron").exists(), "nothing is unsaved");
}

#[test]
fn a_failing_autosave_touches_nothing() {
    let folder = folder();
    let before = snapshot(folder.path());
    for changes in 0..5 {
        let disk = FailingDisk::after(changes, true, io::ErrorKind::StorageFull);
        let mut opened = opened_on(disk, folder.path());
        change_three_files(&mut opened.project, "Unsaved");
        if opened.folder.autosave(&opened.project, "10:30").is_err() {
            assert!(opened.folder.autosaved().is_none());
        }
    }
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn the_second_one_is_told_who_holds_the_folder() {
    let folder = folder();
    let before = snapshot(folder.path());
    let me = Holder::this_process("09:15");
    assert_eq!(state(folder.path()), LockState::Unlocked);
    let lock = Lock::take(folder.path(), &me).unwrap();
    assert_eq!(lock.left_by, None);
    assert_eq!(state(folder.path()), LockState::ThisApp);
    assert_eq!(Lock::take(folder.path(), &me).unwrap_err(), LockState::ThisApp);

    // As if another program held it: the lock is the same, the plain text says somebody else.
    let other = Holder { user: "anna".into(), host: "line-3".into(), process: 4711, since: "08:00".into() };
    let info = folder.path().join(".goldthread/lock.ron");
    let mine = fs::read(&info).unwrap();
    let theirs = "(user: \"anna\", host: \"line-3\", process: 4711, since: \"08:00\")";
    fs::write(&info, theirs).unwrap();
    assert_eq!(state(folder.path()), LockState::Other(Some(other.clone())));
    assert_eq!(Lock::take(folder.path(), &me).unwrap_err(), LockState::Other(Some(other.clone())));
    assert_eq!(other.to_string(), "anna at line-3 since 08:00");
    fs::write(&info, mine).unwrap();
    drop(lock);
    assert_eq!(state(folder.path()), LockState::Unlocked);

    // As after a crash: the plain text is left, the lock is not.
    fs::write(&info, theirs).unwrap();
    assert_eq!(state(folder.path()), LockState::Stale(other.clone()));
    let lock = Lock::take(folder.path(), &me).unwrap();
    assert_eq!(lock.left_by, Some(other));
    drop(lock);
    assert_eq!(state(folder.path()), LockState::Unlocked);
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn a_folder_that_cannot_be_locked_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".goldthread"), "a file stands in the way").unwrap();
    assert!(matches!(Lock::take(folder.path(), &Holder::this_process("")), Err(LockState::Unknown(_))));
}
