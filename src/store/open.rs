//! Opens a project: every file by itself, then all together.
//!
//! A file that is broken leaves the others open. What hangs on it is not lost: links into it become missing ones that heal
//! when it is back, and items that cannot stand without it are set aside and written back with their file.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::text::with_article;
use crate::model::finding::Finding;
use crate::model::item::{AnyId, Item, Kind};
use crate::model::project::{Library, Project};
use crate::model::relation::OnDelete;
use crate::store::codes::{DANGLING, DUPLICATE, MIXED, STRUCTURE, UNKNOWN_NAME};
use crate::store::disk::{Disk, SystemDisk};
use crate::store::error::{READING, StoreError};
use crate::store::folder::{Folder, OnDisk};
use crate::store::homes::FileName;
use crate::store::own_data;
use crate::store::read::{Places, bytes_of, contents_of, words_for};
use crate::store::schema::v1::files::{FileKind, Stamp};

/// A project that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Everything that could be read. It has no breach of the structure.
    pub project: Project,
    /// The folder it came from, for saving.
    pub folder: Folder,
    /// What is wrong with the files.
    pub findings: Vec<Finding>,
}

/// Opens the project in a folder. Nothing on disk is changed.
///
/// # Errors
/// If there is no such folder, it cannot be listed, or it holds no `project.ron`. What is wrong with the files themselves is
/// told by findings.
pub fn open(folder: &Path, library: Library) -> Result<Opened, StoreError> {
    open_on(Arc::new(SystemDisk), folder, library)
}

/// Opens the project in a folder of a given disk. See [`open()`].
///
/// # Errors
/// See [`open()`].
pub fn open_on(disk: Arc<dyn Disk>, folder: &Path, library: Library) -> Result<Opened, StoreError> {
    open_with(disk, folder, library, &BTreeMap::new())
}

/// Opens a project with some of its files replaced, or removed, in memory; the folder still knows what is on disk.
pub(super) fn open_with(
    disk: Arc<dyn Disk>,
    folder: &Path,
    library: Library,
    instead: &BTreeMap<FileName, Option<Vec<u8>>>,
) -> Result<Opened, StoreError> {
    if !folder.is_dir() {
        return Err(StoreError::no_folder(folder));
    }
    let listed = disk.files(folder).map_err(StoreError::system(READING, folder))?;
    let mut names: BTreeSet<FileName> = listed.iter().filter_map(|name| FileName::new(name)).collect();
    if !names.contains(&FileName::project()) {
        return Err(StoreError::NoProject(folder.to_owned()));
    }
    let mut findings: Vec<Finding> = unknown_names(&listed);
    let (library, own) = own_data::with_own(library, disk.as_ref(), folder);
    findings.extend(own);
    names.extend(instead.keys().cloned());

    let files: Vec<File> = names
        .into_par_iter()
        .filter(|name| instead.get(name) != Some(&None))
        .map(|name| {
            let bytes = match instead.get(&name) {
                Some(Some(bytes)) => Ok(bytes.clone()),
                _ => bytes_of(disk.as_ref(), folder, &name),
            };
            File::read(name, bytes)
        })
        .collect();
    let assembled = assemble(files, &library);
    findings.extend(assembled.findings);
    let on_disk = assembled.on_disk;
    let folder = Folder::new(disk, folder, on_disk, assembled.set_aside, assembled.project.clone());
    Ok(Opened { project: assembled.project, folder, findings })
}

/// A file on its way into the project.
struct File {
    name: FileName,
    bytes: Vec<u8>,
    /// Whether the system gave the bytes at all.
    was_read: bool,
    stamp: Option<Stamp>,
    /// The items, until they are taken into the project.
    items: Vec<Item>,
    /// The identities of the items, for good.
    ids: Vec<AnyId>,
    broken: Option<Finding>,
}

impl File {
    fn read(name: FileName, bytes: Result<Vec<u8>, Box<Finding>>) -> Self {
        let mut file = Self {
            name,
            bytes: Vec::new(),
            was_read: true,
            stamp: None,
            items: Vec::new(),
            ids: Vec::new(),
            broken: None,
        };
        match bytes {
            Ok(bytes) => file.bytes = bytes,
            Err(finding) => {
                file.was_read = false;
                file.broken = Some(*finding);
                return file;
            }
        }
        match contents_of(&file.name, &file.bytes) {
            Ok(contents) => {
                file.stamp = Some(contents.stamp);
                file.ids = contents.items.iter().map(Item::id).collect();
                file.items = contents.items;
            }
            Err(finding) => file.broken = Some(*finding),
        }
        file
    }

    /// Brings back the items that were taken, unless the file is broken.
    fn read_again(&mut self) {
        if self.broken.is_none()
            && let Ok(contents) = contents_of(&self.name, &self.bytes)
        {
            self.items = contents.items;
        }
    }

    fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

struct Assembled {
    project: Project,
    set_aside: BTreeMap<FileName, Vec<Item>>,
    on_disk: BTreeMap<FileName, OnDisk>,
    findings: Vec<Finding>,
}

fn assemble(mut files: Vec<File>, library: &Library) -> Assembled {
    // The shorter of two names is more likely the original than the copy.
    files.sort_by_key(|file| (file.name.kind(), file.name.as_str().len(), file.name.as_str().to_owned()));
    break_copies(&mut files);
    let (project, set_aside, lost) = loop {
        let (mut items, ids, set_aside) = standing(&mut files);
        let lost = lost_targets(&files, &items, &set_aside, &ids);
        reconcile(&mut items, &ids);
        let project = Project::from_items(library.clone(), items.into_iter().map(|(_, item)| item));
        let violations = project.structural_violations();
        if violations.is_empty() {
            break (project, set_aside, lost);
        }
        // Every file with a breach is taken out; what is left is looked at again. Each turn takes out one at least.
        let homes = homes_of(&files);
        for violation in violations {
            let Some(file) = homes.get(&violation.item).and_then(|at| files.get_mut(*at)) else { continue };
            if file.broken.is_none() {
                let position = Places::of(&file.text()).definitions(violation.item).next();
                file.broken = Some(STRUCTURE.at(file.name.as_str(), position, violation.to_string()));
            }
        }
        for file in &mut files {
            file.read_again();
        }
    };
    let mut findings: Vec<Finding> = files.iter().filter_map(|file| file.broken.clone()).collect();
    findings.extend(dangling(&files, &lost));
    findings.extend(mixed(&files));
    let broken = |kind: &FileKind| files.iter().any(|file| file.broken.is_some() && file.name.kind() == *kind);
    let unread = |item: &Kind| FileKind::ALL.iter().any(|file| file.may_hold(*item) && broken(file));
    let project = project.with_unread(Kind::ALL.iter().copied().filter(unread).collect());
    let on_disk = files
        .iter()
        .map(|file| {
            let stamp = file.stamp.clone().unwrap_or_default();
            let state = OnDisk::new(file.was_read.then_some(&file.bytes), stamp, file.broken.is_some());
            (file.name.clone(), state)
        })
        .collect();
    Assembled { project, set_aside: set_aside.by_file(&files), on_disk, findings }
}

/// Breaks every file that brings an identity which an earlier file brought.
fn break_copies(files: &mut [File]) {
    let mut known: HashMap<AnyId, usize> = HashMap::new();
    for at in 0..files.len() {
        let file = &files[at];
        let twice = file.ids.iter().copied().find(|id| known.contains_key(id));
        if let Some(id) = twice.filter(|_| file.broken.is_none()) {
            let first = known.get(&id).and_then(|at| files.get(*at)).map_or("", |first| first.name.as_str());
            let message = format!("{} holds an item with an identity that stands in {first}, too: `{id}`", file.name);
            let position = Places::of(&file.text()).definitions(id).next();
            files[at].broken = Some(DUPLICATE.at(files[at].name.as_str(), position, message));
        } else if file.broken.is_none() {
            known.extend(file.ids.iter().map(|id| (*id, at)));
        }
    }
}

/// Items that cannot stand, by the place of their file in the list.
struct SetAside(Vec<(usize, Item)>);

impl SetAside {
    fn by_file(self, files: &[File]) -> BTreeMap<FileName, Vec<Item>> {
        let mut by_file: BTreeMap<FileName, Vec<Item>> = BTreeMap::new();
        for (at, item) in self.0 {
            if let Some(file) = files.get(at) {
                by_file.entry(file.name.clone()).or_default().push(item);
            }
        }
        by_file
    }
}

/// An item with the place of its file in the list.
type Placed = (usize, Item);

/// Takes the items out of the files that are whole: those that stand with their identities, and those that lack what contains
/// them.
fn standing(files: &mut [File]) -> (Vec<Placed>, HashSet<AnyId>, SetAside) {
    let whole = files.iter_mut().enumerate().filter(|(_, file)| file.broken.is_none());
    let mut items: Vec<Placed> =
        whole.flat_map(|(at, file)| std::mem::take(&mut file.items).into_iter().map(move |item| (at, item))).collect();
    let mut ids: HashSet<AnyId> = items.iter().map(|(_, item)| item.id()).collect();
    let mut set_aside = Vec::new();
    loop {
        let lacking: Vec<bool> = items.par_iter().map(|(_, item)| lacks_container(item, &ids)).collect();
        if !lacking.contains(&true) {
            return (items, ids, SetAside(set_aside));
        }
        let mut lacking = lacking.into_iter();
        let lacks = items.extract_if(.., |_| lacking.next().unwrap_or(false));
        set_aside.extend(lacks.inspect(|(_, item)| {
            ids.remove(&item.id());
        }));
    }
}

fn lacks_container(item: &Item, ids: &HashSet<AnyId>) -> bool {
    let mut lacks = false;
    item.visit(&mut |relation, target| lacks |= relation.on_delete() == OnDelete::Cascade && !ids.contains(&target));
    lacks
}

/// Turns every link to what does not exist into a missing one, and heals those whose target is back.
fn reconcile(items: &mut [Placed], ids: &HashSet<AnyId>) {
    let exists = |id| ids.contains(&id);
    items.par_iter_mut().for_each(|(_, item)| {
        item.reconcile(&exists);
    });
}

/// The place in the list of the file of each item.
fn homes_of(files: &[File]) -> HashMap<AnyId, usize> {
    let whole = files.iter().enumerate().filter(|(_, file)| file.broken.is_none());
    whole.flat_map(|(at, file)| file.ids.iter().map(move |id| (*id, at))).collect()
}

/// A link to what is in no file.
struct Lost {
    /// The place of the file in the list.
    file: usize,
    item: AnyId,
    words: String,
    is_set_aside: bool,
    target: AnyId,
}

/// Every link to what is in no file. While a file that may hold such items is broken, nobody knows, and its own finding says
/// enough.
fn lost_targets(files: &[File], items: &[Placed], set_aside: &SetAside, ids: &HashSet<AnyId>) -> Vec<Lost> {
    let unknown: BTreeSet<FileKind> =
        files.iter().filter(|file| file.broken.is_some()).map(|file| file.name.kind()).collect();
    let aside: HashSet<AnyId> = set_aside.0.iter().map(|(_, item)| item.id()).collect();
    let is_known = |target: AnyId| {
        ids.contains(&target)
            || aside.contains(&target)
            || FileKind::ALL.iter().any(|kind| kind.may_hold(target.kind()) && unknown.contains(kind))
    };
    let of_item = |(at, item): &Placed, is_set_aside: bool| {
        let mut targets: Vec<AnyId> = Vec::new();
        item.visit(&mut |_, target| {
            if !is_known(target) && !targets.contains(&target) {
                targets.push(target);
            }
        });
        let (file, item_id) = (*at, item.id());
        let words = if targets.is_empty() { String::new() } else { words_for(item) };
        targets.into_iter().map(move |target| Lost { file, item: item_id, words: words.clone(), is_set_aside, target })
    };
    let mut lost: Vec<Lost> = items.par_iter().flat_map_iter(|placed| of_item(placed, false)).collect();
    lost.extend(set_aside.0.iter().flat_map(|placed| of_item(placed, true)));
    lost
}

/// Findings for links to what is in no file, with their places.
fn dangling(files: &[File], lost: &[Lost]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let lost: Vec<&Lost> = lost.iter().filter(|lost| lost.file == at).collect();
        if lost.is_empty() {
            continue;
        }
        let text = file.text();
        let places = Places::of(&text);
        for Lost { item, words, is_set_aside, target, .. } in lost {
            let position = places.reference(*item, *target);
            let noun = with_article(target.kind().noun());
            let shown = if *is_set_aside { " and is not shown without it" } else { "" };
            let message = format!("{words} refers to {noun} that does not exist{shown}");
            findings.push(DANGLING.at(file.name.as_str(), position, message));
        }
    }
    findings
}

/// Findings for files that are older than others which the same save wrote.
fn mixed(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let Some(stamp) = &file.stamp else { continue };
        for partner in &stamp.saved_with {
            let found = files.iter().find(|other| other.name.as_str() == partner);
            let older = match found {
                Some(other) => other.stamp.as_ref().is_some_and(|other| other.number() < stamp.number()),
                None => true,
            };
            if older {
                let state = if found.is_some() { "is from an earlier save" } else { "is gone" };
                let message = format!("{partner} was saved together with {}, but {state}", file.name);
                if !findings.iter().any(|known: &Finding| *known.message == message) {
                    findings.push(MIXED.at(partner, None, message));
                }
            }
        }
    }
    findings
}

fn unknown_names(listed: &[String]) -> Vec<Finding> {
    listed
        .iter()
        .filter(|name| name.to_ascii_lowercase().ends_with(".ron") && FileName::new(name).is_none())
        .filter(|name| !name.starts_with('.'))
        .map(|name| {
            UNKNOWN_NAME.at(name, None, format!("{name} is not read: no document of a project has such a name"))
        })
        .collect()
}
