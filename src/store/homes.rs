//! Which item stands in which file.

use std::collections::BTreeMap;
use std::fmt;

use crate::base::Id;
use crate::model::document::Document;
use crate::model::item::{AnyId, Item};
use crate::model::project::Project;
use crate::store::schema::v1::files::FileKind;

/// The name of a project file, such as `fmea-line.ron`. Sorted with `project.ron` first and the control plans last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    kind: FileKind,
    name: String,
}

impl FileName {
    /// The name, if it is one that a project file can have: small letters, digits and dashes, with the ending `.ron`.
    pub fn new(name: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let stem = name.strip_suffix(".ron").filter(|stem| stem.chars().all(plain))?;
        let kind = FileKind::of(name).filter(|_| !stem.ends_with('-'))?;
        Some(Self { kind, name: name.to_owned() })
    }

    /// `project.ron`.
    pub fn project() -> Self {
        Self { kind: FileKind::Project, name: "project.ron".to_owned() }
    }

    /// `characteristics.ron`.
    pub fn characteristics() -> Self {
        Self { kind: FileKind::Characteristics, name: "characteristics.ron".to_owned() }
    }

    /// `equipment.ron`.
    pub fn equipment() -> Self {
        Self { kind: FileKind::Equipment, name: "equipment.ron".to_owned() }
    }

    /// The file of a document, if its name can be that of a file of its kind.
    pub fn of_document(document: &Document) -> Option<Self> {
        Self::new(&format!("{}.ron", document.file)).filter(|name| name.kind.holds(document.kind))
    }

    /// What the file is.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The name with its ending.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The name without its ending.
    pub fn stem(&self) -> &str {
        self.name.strip_suffix(".ron").unwrap_or(&self.name)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// The document whose file holds an item; `None` for what the documents share, and for items whose container is unknown.
pub fn document_of(project: &Project, item: &Item) -> Option<Id<Document>> {
    let of_element = |element: Id<_>| project.get(element).map(|element: &crate::model::fmea::Element| element.fmea);
    match item {
        Item::Document(document) => Some(document.id),
        Item::Step(step) => Some(step.flow),
        Item::FlowEdge(edge) => Some(edge.flow),
        Item::StepCharacteristic(role) => project.get(role.step).map(|step| step.flow),
        Item::Element(element) => Some(element.fmea),
        Item::Function(function) => of_element(function.element),
        Item::Failure(failure) => project.element_of(failure).map(|element| element.fmea),
        Item::Risk(risk) => Some(risk.fmea),
        Item::Control(control) => Some(control.fmea),
        Item::Action(action) => Some(action.fmea),
        Item::PlanRow(row) => Some(row.plan),
        Item::ProjectData(_)
        | Item::Part(_)
        | Item::Person(_)
        | Item::CustomerRequirement(_)
        | Item::UserField(_)
        | Item::Attachment(_)
        | Item::FindingApproval(_)
        | Item::Characteristic(_)
        | Item::Equipment(_) => None,
    }
}

/// The file that holds an item; `None` if its document is unknown or has no name for a file.
pub fn home(project: &Project, item: &Item) -> Option<FileName> {
    match item.id() {
        AnyId::Characteristic(_) => Some(FileName::characteristics()),
        AnyId::Equipment(_) => Some(FileName::equipment()),
        AnyId::ProjectData(_)
        | AnyId::Part(_)
        | AnyId::Person(_)
        | AnyId::CustomerRequirement(_)
        | AnyId::UserField(_)
        | AnyId::Attachment(_)
        | AnyId::FindingApproval(_) => Some(FileName::project()),
        _ => FileName::of_document(project.get(document_of(project, item)?)?),
    }
}

/// Every item of a project by its file. Items without a file are left out; a project that [`home`] finds whole has none.
pub fn by_file(project: &Project) -> BTreeMap<FileName, Vec<Item>> {
    let names: BTreeMap<Id<Document>, Option<FileName>> =
        project.all::<Document>().map(|document| (document.id, FileName::of_document(document))).collect();
    let mut files: BTreeMap<FileName, Vec<Item>> = BTreeMap::new();
    for item in project.items() {
        let name = match document_of(project, &item) {
            Some(document) => names.get(&document).cloned().flatten(),
            None => home(project, &item),
        };
        if let Some(name) = name {
            files.entry(name).or_default().push(item);
        }
    }
    files
}
