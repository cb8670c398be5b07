//! From a project to the bytes of its files: which files a change touches, and what they hold.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::model::document::Document;
use crate::model::home::Home;
use crate::model::item::{AnyId, Arena, Arenas, Entity, Item};
use crate::model::project::Project;
use crate::model::relation::OnDelete;
use crate::store::error::StoreError;
use crate::store::folder::Folder;
use crate::store::homes::{FileName, by_file, file_of};
use crate::store::schema::v1::files::{Contents, Stamp, write};

/// What a project asks of the files of its folder.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Files that hold something, with their bytes under the stamp they have on disk.
    pub texts: BTreeMap<FileName, String>,
    /// Files whose contents are gone: those of deleted documents, and of a deleted submission.
    pub gone: BTreeSet<FileName>,
    /// Files that something was changed in but that could not be read, and are never written.
    pub kept_back: BTreeSet<FileName>,
}

/// Renders the files that differ between the project as it was saved and as it is now.
///
/// # Errors
/// If a document has no file of its own.
pub fn changed_files(folder: &Folder, project: &Project) -> Result<Wanted, StoreError> {
    check_names(project)?;
    let mut wanted = Wanted::default();
    let mut dirty = dirty_files(&folder.saved, project);
    if !folder.files.contains_key(&FileName::project()) {
        // Nothing was written yet: even an empty project has its own file.
        dirty.insert(FileName::project());
    }
    let documents: BTreeSet<FileName> = project.all::<Document>().filter_map(FileName::of_document).collect();
    for name in folder.saved.all::<Document>().filter_map(FileName::of_document) {
        if !documents.contains(&name) {
            dirty.remove(&name);
            wanted.gone.insert(name);
        }
    }
    if is_gone(folder, project, &FileName::ppap()) && dirty.remove(&FileName::ppap()) {
        wanted.gone.insert(FileName::ppap());
    }
    for name in folder.broken() {
        if dirty.remove(name) || wanted.gone.remove(name) {
            wanted.kept_back.insert(name.clone());
        }
    }
    let mut items = if dirty.is_empty() { BTreeMap::new() } else { by_file(project) };
    let parts: Vec<(FileName, Contents)> = dirty
        .into_iter()
        .map(|name| {
            let mut items = items.remove(&name).unwrap_or_default();
            items.extend(still_aside(folder, project, &name));
            let stamp = folder.files.get(&name).map_or_else(Stamp::default, |file| file.stamp.clone());
            (name, Contents { stamp, items })
        })
        .collect();
    wanted.texts = parts
        .into_par_iter()
        .map(|(name, contents)| {
            let text = write(name.kind(), &contents)
                .map_err(|source| StoreError::Contents { file: name.to_string(), source })?;
            Ok((name, text))
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(wanted)
}

/// Whether nothing is left of what a file is there for: `ppap.ron` exists only while something is submitted.
fn is_gone(folder: &Folder, project: &Project, name: &FileName) -> bool {
    project.arenas().submissions.is_empty() && still_aside(folder, project, name).next().is_none()
}

/// Two documents in one file, or one in none, would lose one of them.
fn check_names(project: &Project) -> Result<(), StoreError> {
    let mut names = BTreeSet::new();
    for document in project.all::<Document>() {
        let name = FileName::of_document(document);
        if !name.is_some_and(|name| names.insert(name)) {
            let label = project.document_label(document);
            return Err(StoreError::NoFile { label, file: document.file.to_string() });
        }
    }
    Ok(())
}

/// The items of a file that could not stand when it was read, without those whose container was deleted since.
pub(super) fn still_aside<'a>(
    folder: &'a Folder,
    project: &'a Project,
    name: &FileName,
) -> impl Iterator<Item = Item> + 'a {
    let aside = folder.set_aside.get(name).map_or(&[][..], Vec::as_slice);
    aside
        .iter()
        .filter(|item| !project.contains(item.id()))
        .filter(|item| !lost_container(folder, project, item))
        .cloned()
}

fn lost_container(folder: &Folder, project: &Project, item: &Item) -> bool {
    let mut lost = false;
    item.visit(&mut |relation, target| {
        lost |= relation.on_delete() == OnDelete::Cascade && folder.saved.contains(target) && !project.contains(target);
    });
    lost
}

/// The files of all items that differ between two states of a project.
pub fn dirty_files(before: &Project, after: &Project) -> BTreeSet<FileName> {
    let mut homes: BTreeSet<(bool, Home)> = BTreeSet::new();
    for id in changed_items(before.arenas(), after.arenas()) {
        homes.extend(before.home(id).map(|home| (false, home)));
        homes.extend(after.home(id).map(|home| (true, home)));
    }
    let file = |(is_after, home)| file_of(if is_after { after } else { before }, home);
    homes.into_iter().filter_map(file).collect()
}

/// The items that differ. Shared parts of the arenas are not even looked at.
fn changed_items(before: &Arenas, after: &Arenas) -> Vec<AnyId> {
    fn differing<T: Entity>(before: &Arena<T>, after: &Arena<T>, changed: &mut Vec<AnyId>) {
        use imbl::ordmap::DiffItem;
        changed.extend(before.diff(after).map(|difference| match difference {
            DiffItem::Add(id, _) | DiffItem::Remove(id, _) | DiffItem::Update { new: (id, _), .. } => T::any(*id),
        }));
    }
    // Every arena by name, so that a new one cannot be forgotten.
    let Arenas {
        project_data,
        parts,
        people,
        customer_requirements,
        user_fields,
        attachments,
        finding_approvals,
        report_profiles,
        documents,
        steps,
        flow_edges,
        characteristics,
        step_characteristics,
        equipment,
        elements,
        functions,
        failures,
        risks,
        controls,
        actions,
        plan_rows,
        submissions,
        warrants,
        ppap_elements,
        test_results,
    } = before;
    let mut changed = Vec::new();
    differing(project_data, &after.project_data, &mut changed);
    differing(parts, &after.parts, &mut changed);
    differing(people, &after.people, &mut changed);
    differing(customer_requirements, &after.customer_requirements, &mut changed);
    differing(user_fields, &after.user_fields, &mut changed);
    differing(attachments, &after.attachments, &mut changed);
    differing(finding_approvals, &after.finding_approvals, &mut changed);
    differing(report_profiles, &after.report_profiles, &mut changed);
    differing(documents, &after.documents, &mut changed);
    differing(steps, &after.steps, &mut changed);
    differing(flow_edges, &after.flow_edges, &mut changed);
    differing(characteristics, &after.characteristics, &mut changed);
    differing(step_characteristics, &after.step_characteristics, &mut changed);
    differing(equipment, &after.equipment, &mut changed);
    differing(elements, &after.elements, &mut changed);
    differing(functions, &after.functions, &mut changed);
    differing(failures, &after.failures, &mut changed);
    differing(risks, &after.risks, &mut changed);
    differing(controls, &after.controls, &mut changed);
    differing(actions, &after.actions, &mut changed);
    differing(plan_rows, &after.plan_rows, &mut changed);
    differing(submissions, &after.submissions, &mut changed);
    differing(warrants, &after.warrants, &mut changed);
    differing(ppap_elements, &after.ppap_elements, &mut changed);
    differing(test_results, &after.test_results, &mut changed);
    changed
}
