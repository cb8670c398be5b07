//! The project: arenas, reverse index, rating profiles, and `apply`, the only mutator.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::{Id, Text};
use crate::model::class::{ClassSet, ClassSets, SpecialClass};
use crate::model::document::{Document, DocumentKind};
use crate::model::index::{Index, Source};
use crate::model::item::{AnyId, Arenas, Entity, Item, Kind};
use crate::model::op::{Applied, Op, OpError};
use crate::model::profile::{ProfileSet, RatingProfile};
use crate::model::project_data::ProjectData;
use crate::model::relation::Relation;
use crate::model::track::{Read, note};
use crate::model::violation::Violation;

/// The data that a project brings along without being able to change it: rating profiles and class sets.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Rating profiles by identity.
    pub profiles: Arc<ProfileSet>,
    /// Sets of special-characteristic classes.
    pub class_sets: Arc<ClassSets>,
}

/// The linked documents of a project. A clone is a snapshot: it costs a few pointers and never changes.
#[derive(Debug, Clone, Default)]
pub struct Project {
    arenas: Arenas,
    index: Index,
    library: Library,
    revision: u64,
    /// See [`Project::may_be_unread`].
    unread: Vec<Kind>,
}

impl Project {
    /// A project with nothing in it but its own record.
    pub fn new(library: Library) -> Self {
        Self::from_items(library, [ProjectData::default().into()])
    }

    /// A project of these items. The structure is not checked: whoever reads items from outside asks for
    /// [`Project::violations`].
    pub fn from_items(library: Library, items: impl IntoIterator<Item = Item>) -> Self {
        let mut arenas = Arenas::default();
        for item in items {
            arenas.put(item);
        }
        if arenas.project_data.is_empty() {
            arenas.put(ProjectData::default().into());
        }
        let index = Index::build(&arenas);
        Self { arenas, index, library, revision: 0, unread: Vec::new() }
    }

    /// The same project, of which items of these kinds may be missing because something that holds them could not be read.
    pub fn with_unread(self, kinds: Vec<Kind>) -> Self {
        Self { unread: kinds, ..self }
    }

    /// Whether something could not be read.
    pub fn has_unread(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Whether an item of this kind that is not here may exist: what holds it could not be read. A link to it is then no
    /// link to something deleted, and heals by itself.
    pub fn may_be_unread(&self, kind: Kind) -> bool {
        self.unread.contains(&kind)
    }

    /// Every breach of the structure in the whole project.
    pub fn violations(&self) -> Vec<Violation> {
        self.arenas.items().flat_map(|item| self.violations_of(item.id())).collect()
    }

    /// Counts the changes since the project was opened.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The item with this identity.
    pub fn get<T: Entity>(&self, id: Id<T>) -> Option<&T> {
        note(Read::Item(T::any(id)));
        T::arena(&self.arenas).get(&id).map(AsRef::as_ref)
    }

    /// The item with this identity, shared.
    pub fn get_shared<T: Entity>(&self, id: Id<T>) -> Option<Arc<T>> {
        note(Read::Item(T::any(id)));
        T::arena(&self.arenas).get(&id).cloned()
    }

    /// All items of a kind, in the order of identities.
    pub fn all<T: Entity>(&self) -> impl Iterator<Item = &T> {
        note(Read::All(T::KIND));
        T::arena(&self.arenas).values().map(AsRef::as_ref)
    }

    /// Number of items of a kind.
    pub fn count<T: Entity>(&self) -> usize {
        note(Read::All(T::KIND));
        T::arena(&self.arenas).len()
    }

    /// All items of a kind in the order people gave them.
    pub fn all_in_order<T: Entity>(&self) -> Vec<&T> {
        let mut items: Vec<&T> = self.all().collect();
        items.sort_by(|left, right| left.order().cmp(&right.order()).then_with(|| left.id().cmp(&right.id())));
        items
    }

    /// The identities of all items of a kind in the order people gave them, for whoever lists them and reads them later.
    pub fn members<T: Entity>(&self) -> Vec<Id<T>> {
        note(Read::Members(T::KIND));
        let mut items: Vec<&Arc<T>> = T::arena(&self.arenas).values().collect();
        items.sort_by(|left, right| left.order().cmp(&right.order()).then_with(|| left.id().cmp(&right.id())));
        items.into_iter().map(|item| item.id()).collect()
    }

    /// The item with this identity, of any kind.
    pub fn item(&self, id: AnyId) -> Option<Item> {
        note(Read::Item(id));
        self.arenas.get(id)
    }

    /// Whether the item exists.
    pub fn contains(&self, id: AnyId) -> bool {
        note(Read::Item(id));
        self.arenas.contains(id)
    }

    /// Every item of every kind.
    pub fn items(&self) -> impl Iterator<Item = Item> + '_ {
        self.arenas.items()
    }

    /// Who refers to `target` by `relation`, in the order of siblings.
    pub fn sources(&self, target: impl Into<AnyId>, relation: Relation) -> &[Source] {
        let target = target.into();
        note(Read::List(target, relation));
        self.index.sources(target, relation)
    }

    /// The items of one kind that refer to `target` by `relation`, in the order of siblings.
    pub fn children<T: Entity>(&self, target: impl Into<AnyId>, relation: Relation) -> impl Iterator<Item = &T> {
        self.sources(target, relation).iter().filter_map(move |source| {
            let item = T::arena(&self.arenas).get(&Id::from_raw(source.id.raw()))?;
            note(Read::Item(source.id));
            (T::any(item.id()) == source.id).then_some(item.as_ref())
        })
    }

    /// Everything that refers to `target`.
    pub fn referrers(&self, target: AnyId) -> Vec<(Relation, AnyId)> {
        self.index.all_sources(target).map(|(relation, source)| (relation, source.id)).collect()
    }

    /// The record of the project itself.
    pub fn data(&self) -> &ProjectData {
        static NONE: std::sync::LazyLock<ProjectData> = std::sync::LazyLock::new(ProjectData::default);
        self.get(ProjectData::ID).unwrap_or(&NONE)
    }

    /// The documents in the order people gave them.
    pub fn documents(&self) -> Vec<&Document> {
        self.all_in_order()
    }

    /// The documents of one kind.
    pub fn documents_of(&self, kind: DocumentKind) -> Vec<&Document> {
        self.documents().into_iter().filter(|document| document.kind == kind).collect()
    }

    /// Rating profiles and class sets.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The rating profile of a document, if it names one that is known.
    pub fn profile(&self, document: Id<Document>) -> Option<&RatingProfile> {
        self.profile_named(&self.get(document)?.rating_profile)
    }

    /// A rating profile by its identity.
    pub fn profile_named(&self, name: &str) -> Option<&RatingProfile> {
        self.library.profiles.get(name).map(AsRef::as_ref)
    }

    /// The class set in use, if it is known.
    pub fn class_set(&self) -> Option<&ClassSet> {
        self.library.class_sets.set(&self.data().class_set)
    }

    /// The special-characteristic class with this code in the set in use.
    pub fn class(&self, code: &str) -> Option<&SpecialClass> {
        let code = code.trim();
        self.class_set()?.classes.iter().find(|class| class.code.eq_ignore_ascii_case(code) || class.id == code)
    }

    /// The reverse index, for comparison with one built from scratch.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The arenas, for whoever writes them down.
    pub fn arenas(&self) -> &Arenas {
        &self.arenas
    }

    /// Makes a list of changes: all of them, or none.
    ///
    /// Changes that change nothing leave no trace.
    ///
    /// # Errors
    /// If an item to remove does not exist, or if the structure of the project would be broken afterwards; the project is then
    /// as it was before.
    pub fn apply(&mut self, ops: &[Op]) -> Result<Applied, OpError> {
        let before = self.clone();
        let result = self.apply_unguarded(ops).and_then(|(applied, moved)| {
            self.first_violation(&applied, &moved).map_or(Ok(applied), |violation| Err(OpError::Violation(violation)))
        });
        match &result {
            Ok(applied) if !applied.changes.is_empty() => self.revision += 1,
            Ok(_) => {}
            Err(_) => *self = before,
        }
        result
    }

    /// The changes made, and the items whose contents may not fit them any more.
    fn apply_unguarded(&mut self, ops: &[Op]) -> Result<(Applied, Vec<AnyId>), OpError> {
        let mut applied = Applied::default();
        let mut moved = Vec::new();
        let mut first: HashMap<AnyId, Option<Item>> = HashMap::new();
        for op in ops {
            let id = op.id();
            let (old, new) = match op {
                Op::Put(item) => (self.arenas.put(item.clone()), Some(item)),
                Op::Remove(id) => (Some(self.arenas.remove(*id).ok_or(OpError::Unknown(*id))?), None),
            };
            if old.as_ref() == new {
                continue;
            }
            applied.changes.items.insert(id);
            first.entry(id).or_insert_with(|| old.clone());
            if old.as_ref().zip(new).is_some_and(|(old, new)| changes_container(old, new)) {
                moved.push(id);
            }
            let touched = &mut applied.changes.touched;
            touched.insert(Read::Item(id));
            touched.insert(Read::All(id.kind()));
            if old.as_ref().map(Item::order) != new.map(Item::order) {
                touched.insert(Read::Members(id.kind()));
            }
            for (target, relation) in self.index.exchange(old.as_ref(), new) {
                touched.insert(Read::List(target, relation));
            }
            applied.inverse.push(old.map_or(Op::Remove(id), Op::Put));
        }
        // What was changed to and fro in one go has not changed.
        if first.iter().all(|(id, before)| self.arenas.get(*id) == *before) {
            return Ok((Applied::default(), Vec::new()));
        }
        applied.inverse.reverse();
        Ok((applied, moved))
    }

    /// Checks what was touched, those whose references may have lost their target, and the contents of what moved.
    fn first_violation(&self, applied: &Applied, moved: &[AnyId]) -> Option<Violation> {
        let mut affected: Vec<AnyId> = Vec::new();
        for id in moved {
            affected.extend(self.index.all_sources(*id).map(|(_, source)| source.id));
        }
        for id in &applied.changes.items {
            if self.arenas.contains(*id) {
                affected.push(*id);
            } else {
                affected.extend(self.index.all_sources(*id).map(|(_, source)| source.id));
            }
        }
        affected.sort_unstable();
        affected.dedup();
        affected.into_iter().find_map(|id| self.violations_of(id).into_iter().next())
    }

    /// What people call an item, for messages and for references that lose their target. Never an identity.
    pub fn label(&self, id: AnyId) -> String {
        let label = match self.item(id) {
            None => String::new(),
            Some(Item::ProjectData(data)) => data.name.to_string(),
            Some(Item::Part(part)) => format!("{} {}", part.number, part.name).trim().to_owned(),
            Some(Item::Person(person)) => person.name.to_string(),
            Some(Item::CustomerRequirement(requirement)) => requirement.clause.to_string(),
            Some(Item::UserField(field)) => field.name.to_string(),
            Some(Item::Attachment(attachment)) => attachment.title.to_string(),
            Some(Item::FindingApproval(approval)) => approval.code.to_string(),
            Some(Item::ReportProfile(profile)) => profile.name.to_string(),
            Some(Item::Document(document)) => self.document_label(&document),
            Some(Item::Step(step)) => step.label(),
            Some(Item::FlowEdge(edge)) => format!("{} → {}", self.label(edge.from.into()), self.label(edge.to.into())),
            Some(Item::Characteristic(characteristic)) => characteristic.label(),
            Some(Item::StepCharacteristic(role)) => self.label(role.characteristic.into()),
            Some(Item::Equipment(equipment)) => equipment.label(),
            Some(Item::Element(element)) => self.element_label(&element),
            Some(Item::Function(function)) => function.text.to_string(),
            Some(Item::Failure(failure)) => failure.text.to_string(),
            Some(Item::Risk(risk)) => self.label(risk.cause.into()),
            Some(Item::Control(control)) => control.text.to_string(),
            Some(Item::Action(action)) => action.text.to_string(),
            Some(Item::PlanRow(row)) => self.row_label(&row),
            Some(Item::Submission(submission)) => submission.title.to_string(),
            Some(Item::Warrant(warrant)) => {
                warrant.part.as_ref().map(|part| self.target_text(part)).unwrap_or_default()
            }
            Some(Item::PpapElement(element)) => format!("{} {}", element.key, element.name()).trim().to_owned(),
            Some(Item::TestResult(result)) => {
                format!("{} {}", self.result_number(&result), self.result_requirement(&result)).trim().to_owned()
            }
        };
        if label.trim().is_empty() { format!("unnamed {}", id.kind().noun()) } else { label }
    }

    /// Kind and title of a document.
    pub fn document_label(&self, document: &Document) -> String {
        let (kind, title) = (document.kind.name(), document.title.as_str());
        let says_the_kind = title.to_lowercase().starts_with(&kind.to_lowercase());
        match (document.title.is_blank(), says_the_kind) {
            (true, _) => kind.to_owned(),
            (false, true) => title.to_owned(),
            (false, false) => format!("{kind} {title}"),
        }
    }

    /// The name of an element with the numbers of its steps: its own name, or that of its steps.
    pub fn element_label(&self, element: &crate::model::fmea::Element) -> String {
        let steps = element.steps.iter().filter_map(|link| link.to.present().and_then(|step| self.get(step)));
        if element.name.is_blank() {
            return steps.map(crate::model::flow::Step::label).collect::<Vec<_>>().join(" & ");
        }
        let numbers: Vec<&str> = steps.map(|step| step.number.as_str()).filter(|number| !number.is_empty()).collect();
        format!("{} {}", numbers.join(" & "), element.name).trim_start().to_owned()
    }

    fn row_label(&self, row: &crate::model::control_plan::PlanRow) -> String {
        use crate::model::control_plan::Subject;
        let step = row.step.to.present().and_then(|step| self.get(step)).map_or_else(
            || row.step.to.last_label().map(Text::to_string).unwrap_or_default(),
            |step| step.number.to_string(),
        );
        let subject = match &row.subject {
            Subject::Characteristic(link) => link.to.present().map(|id| self.label(id.into())),
            Subject::ErrorProofing(device) => device.present().map(|id| self.label(id.into())),
            Subject::SetUp(text) | Subject::Restart(text) => Some(text.to_string()),
            Subject::Open => None,
        };
        match subject {
            Some(subject) => format!("step {step}, {subject}"),
            None => format!("step {step}"),
        }
    }
}

/// Whether an item changed something that its contents have to fit.
fn changes_container(old: &Item, new: &Item) -> bool {
    match (old, new) {
        (Item::Document(old), Item::Document(new)) => old.kind != new.kind,
        (Item::Step(old), Item::Step(new)) => old.flow != new.flow,
        (Item::Element(old), Item::Element(new)) => old.fmea != new.fmea,
        _ => false,
    }
}
