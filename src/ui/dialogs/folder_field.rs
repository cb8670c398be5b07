//! The field for the folder of a project that is about to be made.

use std::path::{Path, PathBuf};

use eframe::egui::{Response, TextEdit, Ui};

use super::frame::named;
use crate::ui::kit::widgets::{field_row, text_button};

/// A folder as it was typed, and what is wrong with it.
#[derive(Debug)]
pub(super) struct FolderField {
    text: String,
    /// The last folder that was looked at, and what is wrong with it.
    looked_at: Option<(String, Option<String>)>,
}

impl FolderField {
    pub(super) fn new(folder: &Path) -> Self {
        Self { text: folder.display().to_string(), looked_at: None }
    }

    /// The folder.
    pub(super) fn path(&self) -> PathBuf {
        PathBuf::from(self.text.trim())
    }

    /// Shows the field; `title` is what the picker of the system says.
    pub(super) fn show(&mut self, ui: &mut Ui, title: &str) -> Response {
        field_row(ui, "Folder", |ui| {
            let breadth = (ui.available_width() - 96.0).max(120.0);
            let field = ui.add(TextEdit::singleline(&mut self.text).desired_width(breadth));
            if text_button(ui, "Browse…", "Choose a folder").clicked() {
                let start = existing_parent(Path::new(self.text.trim()));
                let picker = rfd::FileDialog::new().set_title(title).set_directory(start);
                if let Some(folder) = picker.pick_folder() {
                    self.text = folder.display().to_string();
                }
            }
            named(field, "Folder")
        })
    }

    /// Why no project can be made there; the disk is asked when the folder changed.
    pub(super) fn refusal(&mut self) -> Option<String> {
        let folder = self.text.trim().to_owned();
        if folder.is_empty() {
            return Some("Choose a folder".to_owned());
        }
        match &self.looked_at {
            Some((looked_at, problem)) if *looked_at == folder => problem.clone(),
            _ => {
                let problem = problem_of(Path::new(&folder));
                self.looked_at = Some((folder, problem.clone()));
                problem
            }
        }
    }
}

/// The nearest folder above that exists, for the picker to start in.
fn existing_parent(folder: &Path) -> &Path {
    folder.ancestors().find(|ancestor| ancestor.is_dir()).unwrap_or(Path::new("."))
}

fn problem_of(folder: &Path) -> Option<String> {
    if !folder.is_absolute() {
        return Some("Write the folder from its drive or root on".to_owned());
    }
    if folder.is_file() {
        return Some("There is a file of this name. Choose another folder".to_owned());
    }
    let mut entries = std::fs::read_dir(folder).ok()?;
    entries.next().map(|_| "The folder is not empty. Choose another or a new one".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_or_empty_folders_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(problem_of(folder.path()), None);
        assert_eq!(problem_of(&folder.path().join("deep/new")), None);
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert!(problem_of(&file).is_some());
        assert!(problem_of(folder.path()).is_some());
        assert!(problem_of(Path::new("relative")).is_some());
        assert_eq!(existing_parent(&folder.path().join("deep/new")), folder.path());
    }
}
