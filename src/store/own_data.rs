//! Rating profiles and class sets that a project brings along, in its folders `profiles` and `classes`.

use std::path::Path;
use std::sync::Arc;

use crate::model::finding::Finding;
use crate::model::project::Library;
use crate::store::assets::{AssetError, read_class_set, read_profile};
use crate::store::codes::OWN_DATA;
use crate::store::disk::Disk;
use crate::store::error::reason;
use crate::store::read::LARGEST_FILE;

/// The library with what the project adds to it, and what is wrong with the files.
pub fn with_own(mut library: Library, disk: &dyn Disk, folder: &Path) -> (Library, Vec<Finding>) {
    let mut findings = Vec::new();
    for (path, text) in texts(disk, folder, "profiles", &mut findings) {
        let added = read_profile(&path, &text).map_err(|error| described(&error)).and_then(|profile| {
            Arc::make_mut(&mut library.profiles).add(profile).map_err(|error| (None, error.to_string()))
        });
        report(&path, added, &mut findings);
    }
    for (path, text) in texts(disk, folder, "classes", &mut findings) {
        let added = read_class_set(&path, &text)
            .map_err(|error| described(&error))
            .and_then(|set| Arc::make_mut(&mut library.class_sets).add(set).map_err(|error| (None, error.to_string())));
        report(&path, added, &mut findings);
    }
    (library, findings)
}

type Problem = (Option<(usize, usize)>, String);

fn described(error: &AssetError) -> Problem {
    let position = match error {
        AssetError::Malformed { line, column, .. } => Some((*line, *column)),
        AssetError::NoFormat { .. } => Some((1, 1)),
        AssetError::UnknownFormat { .. } | AssetError::Inconsistent { .. } => None,
    };
    (position, error.to_string())
}

fn report(path: &str, added: Result<(), Problem>, findings: &mut Vec<Finding>) {
    if let Err((position, problem)) = added {
        findings.push(OWN_DATA.at(path, position, format!("{path} cannot be used: {problem}")));
    }
}

/// Path below the project folder, and text, of every such file in a folder. A project without the folder has none.
fn texts(disk: &dyn Disk, folder: &Path, name: &str, findings: &mut Vec<Finding>) -> Vec<(String, String)> {
    let names = disk.files(&folder.join(name)).unwrap_or_default();
    let mut texts = Vec::new();
    for file in names.iter().filter(|file| file.strip_suffix(".ron").is_some()) {
        let path = format!("{name}/{file}");
        let read = disk.read(&folder.join(name).join(file), LARGEST_FILE).map_err(|error| reason(&error));
        match read.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())) {
            Ok(text) => texts.push((path, text)),
            Err(problem) => report(&path, Err((None, problem)), findings),
        }
    }
    texts
}
