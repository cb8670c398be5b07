//! Which item stands in which file.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::document::Document;
use crate::model::home::Home;
use crate::model::item::Item;
use crate::model::project::Project;
use crate::store::schema::v1::files::FileKind;

/// The name of a project file, such as `fmea-line.ron`. Sorted with `project.ron` first and `ppap.ron` last.
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

    /// `ppap.ron`.
    pub fn ppap() -> Self {
        Self { kind: FileKind::Ppap, name: "ppap.ron".to_owned() }
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

/// The file of a home; `None` if it is a document that does not exist or has no name for a file.
pub fn file_of(project: &Project, home: Home) -> Option<FileName> {
    match home {
        Home::Project => Some(FileName::project()),
        Home::Characteristics => Some(FileName::characteristics()),
        Home::Equipment => Some(FileName::equipment()),
        Home::Ppap => Some(FileName::ppap()),
        Home::Document(document) => FileName::of_document(project.get(document)?),
    }
}

/// Every item of a project by its file. Items of a document that has no name for a file are left out.
pub fn by_file(project: &Project) -> BTreeMap<FileName, Vec<Item>> {
    let mut homes: BTreeMap<Home, Vec<Item>> = BTreeMap::new();
    for item in project.items() {
        if let Some(home) = project.home_of(&item) {
            homes.entry(home).or_default().push(item);
        }
    }
    let mut files: BTreeMap<FileName, Vec<Item>> = BTreeMap::new();
    for (home, items) in homes {
        if let Some(name) = file_of(project, home) {
            files.entry(name).or_default().extend(items);
        }
    }
    files
}
