//! Laws that hold whatever a person does: undo and redo, the reverse index, refusals, released documents, projections.

mod random;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;

use goldthread::base::{Id, IdSource, OrderKey, Text};
use goldthread::edit::{Author, Command, History, plan};
use goldthread::model::document::{Document, DocumentState};
use goldthread::model::form::{Form, FormKind, FormOptions, KeptBlock, Target};
use goldthread::model::home::Home;
use goldthread::model::index::Index;
use goldthread::model::item::AnyId;
use goldthread::model::op::Changes;
use goldthread::model::track::{Read, is_stale, track};
use goldthread::model::{Item, Library, Project};
use goldthread::store::create::create;
use goldthread::store::open::open;
use proptest::prelude::*;

use crate::fixture::random_project;
use crate::generate::{generated, today};
use random::{Choices, VARIANTS, changes_state, fields, variant};

pub fn author() -> Author {
    Author { name: Text::from("Jana"), today: today(), ids: IdSource::seeded(99) }
}

/// A small project: a generated one, which is consistent, or a random one, which has every kind of item.
fn start(seed: u64) -> Project {
    if seed.is_multiple_of(2) {
        return generated(12, seed);
    }
    let random = random_project(seed, 3);
    Project::from_items(goldthread::app::library().unwrap_or_else(|_| Library::default()), random.items())
}

/// A small project after random commands.
pub fn random_commands(seed: u64, commands: usize) -> Project {
    let mut project = start(seed);
    let mut choices = Choices(IdSource::seeded(seed));
    let mut author = author();
    let mut history = History::default();
    for _ in 0..commands {
        if let Ok(transaction) = plan(&project, &choices.command(&project), &mut author) {
            history.commit(&mut project, transaction).unwrap();
        }
    }
    project
}

fn items(project: &Project) -> Vec<Item> {
    project.items().collect()
}

fn assert_same(left: &Project, right: &Project, when: &str) {
    for (left, right) in left.items().zip(right.items()) {
        assert_eq!(left, right, "{when}");
    }
    assert_eq!(left.arenas().len(), right.arenas().len(), "{when}");
    assert_eq!(left.index(), right.index(), "{when}");
}

/// The files of a project, written into a new folder, and the project that they are read as.
fn on_disk(project: &Project) -> (BTreeMap<String, Vec<u8>>, Project) {
    let folder = tempfile::tempdir().unwrap();
    create(folder.path(), project).unwrap();
    let files = fs::read_dir(folder.path()).unwrap().map(|entry| {
        let entry = entry.unwrap();
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
    });
    let files = files.collect();
    let opened = open(folder.path(), project.library().clone()).unwrap();
    assert_eq!(opened.findings, []);
    (files, opened.project)
}

/// The contents of the released documents: their own record and all items at home in them.
fn released(project: &Project) -> Vec<Item> {
    let is_released = |id| project.get::<Document>(id).is_some_and(|found| found.state == DocumentState::Released);
    let home = |item: &Item| match project.home_of(item) {
        Some(Home::Document(document)) => is_released(document),
        _ => false,
    };
    let mut found: Vec<Item> = items(project).into_iter().filter(home).collect();
    for item in &mut found {
        // The place among the other documents is printed nowhere.
        if let Item::Document(document) = item {
            *item = Document { order: OrderKey::first(), ..(**document).clone() }.into();
        }
    }
    found
}

/// Runs random commands and checks every law after each of them.
fn run(seed: u64, commands: usize) {
    let mut project = start(seed);
    assert_eq!(project.violations(), [], "seed {seed}");
    let mut choices = Choices(IdSource::seeded(seed));
    let mut author = author();
    let mut history = History::default();
    let mut states = vec![project.clone()];
    let mut views = Views::new(&project);
    for _ in 0..commands {
        let command = choices.command(&project);
        let before = project.clone();
        let Ok(transaction) = plan(&project, &command, &mut author) else { continue };
        let committed = history.commit(&mut project, transaction);
        let committed = committed.unwrap_or_else(|error| panic!("{command:?} was planned, but not made: {error}"));
        let changed: HashSet<AnyId> = items(&before)
            .iter()
            .chain(&items(&project))
            .map(Item::id)
            .filter(|id| before.item(*id) != project.item(*id))
            .collect();
        assert!(changed.is_subset(&committed.changes.items), "{command:?} reports all that changed");
        if changed.is_empty() {
            assert!(committed.changes.is_empty(), "{command:?} has no effect, but leaves a trace");
        } else {
            states.push(project.clone());
        }
        assert_eq!(history.entries().count(), states.len() - 1, "{command:?}: an entry for each effect");
        assert_eq!(project.violations(), [], "{command:?}");
        assert_eq!(*project.index(), Index::build(project.arenas()), "{command:?}");
        if !changes_state(&command) {
            let now = released(&project);
            assert!(released(&before).iter().all(|item| now.contains(item)), "{command:?} changes what was released");
            assert_eq!(now.len(), released(&before).len(), "{command:?} adds to what was released");
        }
        views.update(&project, &committed.changes);
        views.check(&project, &format!("{command:?}"));
    }
    let end = project.clone();
    let (start_files, end_files) = (on_disk(&states[0]), on_disk(&end));
    assert_same(&end_files.1, &end, "saved and opened again");
    for state in states.iter().rev().skip(1) {
        let undone = history.undo(&mut project).unwrap().expect("there is something to undo");
        assert_same(&project, state, "undo");
        views.update(&project, &undone.changes);
    }
    views.check(&project, "undo of everything");
    assert_eq!(on_disk(&project).0, start_files.0, "undo of everything gives the same bytes");
    assert!(history.undo(&mut project).unwrap().is_none());
    for state in &states[1..] {
        history.redo(&mut project).unwrap().expect("there is something to redo");
        assert_same(&project, state, "redo");
    }
    assert_same(&project, &end, "redo of everything");
    assert_eq!(on_disk(&project).0, end_files.0, "redo of everything gives the same bytes");
    assert!(history.redo(&mut project).unwrap().is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_after_any_commands(seed in any::<u64>(), commands in 1..30_usize) {
        run(seed, commands);
    }
}

#[test]
fn laws_hold_after_a_long_day() {
    for seed in 1..3 {
        run(seed, 120);
    }
}

#[test]
fn the_random_commands_are_of_every_kind_and_many_are_made() {
    let (mut seen, mut made) = ([0; VARIANTS], [0; VARIANTS]);
    for seed in 0..9 {
        let mut project = start(seed);
        let (mut choices, mut author) = (Choices(IdSource::seeded(seed)), author());
        for _ in 0..800 {
            let command = choices.command(&project);
            seen[variant(&command)] += 1;
            let released = changes_state(&command);
            if let Ok(transaction) = plan(&project, &command, &mut author) {
                made[variant(&command)] += 1;
                if !released {
                    History::default().commit(&mut project, transaction).unwrap();
                }
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
    let never: Vec<usize> = (0..VARIANTS).filter(|at| made[*at] == 0).collect();
    assert!(never.len() <= 1, "variants that were never made: {never:?}");
}

#[test]
fn a_refused_change_changes_nothing() {
    let mut refused = 0;
    for seed in 0..24 {
        let mut project = start(seed);
        let (mut choices, before) = (Choices(IdSource::seeded(seed)), start(seed));
        for _ in 0..60 {
            let Command::Fix { ops, .. } = choices.command(&project) else { continue };
            let revision = project.revision();
            if project.apply(&ops).is_err() {
                refused += 1;
                assert_eq!(project.revision(), revision);
                assert_same(&project, &before, "refused");
            } else {
                project = before.clone();
            }
        }
    }
    assert!(refused > 5, "{refused} refusals are too few to say anything");
}

#[test]
fn writing_back_what_a_field_shows_changes_nothing() {
    for seed in 0..9 {
        let project = start(seed);
        for item in project.items() {
            for field in fields(&project) {
                let Some(text) = project.field_text(item.id(), field) else { continue };
                let command = Command::SetField { item: item.id(), field, text, via: Some(item.id()) };
                let Ok(transaction) = plan(&project, &command, &mut author()) else { continue };
                let mut after = project.clone();
                after.apply(&transaction.ops).unwrap();
                assert_eq!(after.item(item.id()), Some(item.clone()), "{command:?}");
                assert_eq!(after.revision(), project.revision(), "{command:?}");
            }
        }
    }
}

#[test]
fn writing_back_the_lines_of_a_cell_changes_nothing() {
    let mut checked = 0;
    for seed in [0, 2, 4] {
        let project = generated(40, seed);
        for document in project.documents() {
            let form = Form::new(&project, document, Form::usual_kind(&project, document), FormOptions::default());
            for key in form.blocks(&project) {
                for cell in form.block(&project, key).cells {
                    let Target::List { owner, list } = cell.target else { continue };
                    let lines = cell.text().lines().map(str::to_owned).collect();
                    let command = Command::SetList { owner, list, lines };
                    let Ok(transaction) = plan(&project, &command, &mut author()) else { continue };
                    let mut after = project.clone();
                    after.apply(&transaction.ops).unwrap();
                    assert_same(&after, &project, &format!("{command:?}"));
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked} cells");
}

/// Whatever people do, the lists over the whole project show the same as lists made afresh.
#[test]
fn lists_follow_every_change() {
    use goldthread::app::form_view::FormView;
    use goldthread::model::form::ListKind;
    for seed in 0..9 {
        let mut project = start(seed);
        let mut choices = Choices(IdSource::seeded(seed));
        let mut author = author();
        let mut views = ListKind::ALL.map(|list| (list, FormView::list(&project, list, OPTIONS)));
        for _ in 0..60 {
            let command = choices.command(&project);
            let Ok(transaction) = plan(&project, &command, &mut author) else { continue };
            let Ok(applied) = project.apply(&transaction.ops) else { continue };
            for (list, view) in &mut views {
                view.update(&project, &applied.changes);
                let fresh = Form::list(&project, *list, OPTIONS);
                assert_eq!(view.form(), &fresh, "{command:?}");
                let (mut kept, mut made) = (view.order().to_vec(), fresh.blocks(&project));
                if *list == ListKind::Actions {
                    // The order of actions holds while their dates and states change.
                    kept.sort_unstable();
                    made.sort_unstable();
                }
                assert_eq!(kept, made, "{list:?} after {command:?}");
                for key in made {
                    assert_eq!(*view.block(&project, key), fresh.block(&project, key), "{list:?} after {command:?}");
                }
            }
        }
    }
}

/// Whatever people do, the view of a form shows the same as a form made afresh, and says which blocks changed.
#[test]
fn forms_follow_every_change() {
    use goldthread::app::form_view::FormView;
    for seed in 0..4 {
        let mut project = start(seed);
        let mut choices = Choices(IdSource::seeded(seed + 70));
        let mut author = author();
        let mut views: Vec<(Id<Document>, FormView)> = Vec::new();
        let mut named = 0;
        for document in project.documents() {
            for kind in kinds(document) {
                views.push((document.id, FormView::new(&project, document, *kind, OPTIONS)));
            }
        }
        for _ in 0..60 {
            let command = choices.command(&project);
            let Ok(transaction) = plan(&project, &command, &mut author) else { continue };
            let before = project.clone();
            let Ok(applied) = project.apply(&transaction.ops) else { continue };
            views.retain(|(document, _)| project.get(*document).is_some());
            for (document, view) in &mut views {
                let order = view.order().to_vec();
                let was: Vec<_> = order.iter().map(|key| view.block(&before, *key)).collect();
                view.update(&project, &applied.changes);
                let fresh = Form::new(&project, project.get(*document).unwrap(), view.form().kind, OPTIONS);
                assert_eq!(view.form(), &fresh, "{command:?}");
                assert_eq!(view.order(), fresh.blocks(&project), "{command:?}");
                let changed = view.changed().map(<[AnyId]>::to_vec);
                for key in fresh.blocks(&project) {
                    assert_eq!(*view.block(&project, key), fresh.block(&project, key), "{command:?}");
                }
                let Some(changed) = changed else { continue };
                named += changed.len();
                assert_eq!(view.order(), order, "{command:?}");
                for (key, was) in order.iter().zip(was) {
                    assert!(*view.block(&project, *key) == *was || changed.contains(key), "{command:?}");
                }
            }
        }
        assert!(named > 0, "some changes are said block by block");
    }
}

/// Every form of every document, projected again only where what it read was touched.
struct Views {
    open: HashMap<(AnyId, FormKind), View>,
}

struct View {
    form: Form,
    form_reads: Vec<Read>,
    keys: Vec<AnyId>,
    key_reads: Vec<Read>,
    blocks: HashMap<AnyId, KeptBlock>,
}

const OPTIONS: FormOptions = FormOptions { prompts: true, phase: None };

fn kinds(document: &Document) -> &'static [FormKind] {
    use goldthread::model::document::DocumentKind;
    match document.kind {
        DocumentKind::ProcessFlow => &[FormKind::ProcessFlow],
        DocumentKind::ControlPlan => &[FormKind::ControlPlan],
        _ => &[FormKind::FmeaAiagVda, FormKind::FmeaFourthEdition],
    }
}

impl View {
    fn new(project: &Project, document: &Document, kind: FormKind) -> Self {
        let (form, form_reads) = track(|| Form::new(project, document, kind, OPTIONS));
        let (keys, key_reads) = track(|| form.blocks(project));
        let blocks = keys.iter().map(|key| (*key, KeptBlock::new(project, &form, *key))).collect();
        Self { form, form_reads, keys, key_reads, blocks }
    }
}

impl Views {
    fn new(project: &Project) -> Self {
        let mut views = Self { open: HashMap::new() };
        views.update(project, &Changes::default());
        views
    }

    fn update(&mut self, project: &Project, changes: &Changes) {
        let mut open = HashMap::new();
        for document in project.documents() {
            for kind in kinds(document) {
                let key = (AnyId::from(document.id), *kind);
                // Which kind of document it is decides about the form; its columns follow from own fields.
                let kept = self.open.remove(&key).filter(|view| {
                    !is_stale(&view.form_reads, &changes.touched) && !changes.items.contains(&document.id.into())
                });
                let view = match kept {
                    None => View::new(project, document, *kind),
                    Some(mut view) => {
                        if is_stale(&view.key_reads, &changes.touched) {
                            (view.keys, view.key_reads) = track(|| view.form.blocks(project));
                        }
                        let View { form, keys, blocks, .. } = &mut view;
                        let mut before = std::mem::take(blocks);
                        for key in keys {
                            let known = before.remove(key).map(|mut block| {
                                block.touch(&changes.touched);
                                block.renewed(project, form).0
                            });
                            blocks.insert(*key, known.unwrap_or_else(|| KeptBlock::new(project, form, *key)));
                        }
                        view
                    }
                };
                open.insert(key, view);
            }
        }
        self.open = open;
    }

    fn check(&self, project: &Project, when: &str) {
        for document in project.documents() {
            for kind in kinds(document) {
                let form = Form::new(project, document, *kind, OPTIONS);
                let view = &self.open[&(document.id.into(), *kind)];
                assert_eq!(view.form, form, "{when}");
                assert_eq!(view.keys, form.blocks(project), "{when}");
                for key in &view.keys {
                    assert_eq!(**view.blocks[key].block(), form.block(project, *key), "{when}");
                }
            }
        }
    }
}

#[test]
fn laws_hold_where_a_link_was_asked_for_to_what_is_gone() {
    run(9_446_155_850_200_662_778, 24);
}
