//! Projects of the window: opened, made, saved, restored and left.

use std::path::Path;

use eframe::egui::{Context, ViewportCommand};

use crate::app::desk::{self, Desk};
use crate::base::{Id, clock};
use crate::edit::Command;
use crate::model::ppap::PpapElement;
use crate::report::bind;
use crate::store::attachments::Attached;
use crate::ui::dialogs::Dialog;
use crate::ui::request::{After, NewProject};
use crate::ui::workspace::Workspace;

use super::Root;

impl Root {
    pub(super) fn open(&mut self, folder: &Path) {
        if self.workspace.as_ref().is_some_and(|workspace| workspace.desk.folder() == folder) {
            return self.notice("The project is open already");
        }
        if self.is_dirty() {
            self.dialog = Some(Dialog::unsaved(After::Open(folder.to_owned())));
            return;
        }
        let author = match desk::author(&self.settings, self.today.unwrap_or_else(clock::today)) {
            Ok(author) => author,
            Err(reason) => return self.notice(reason),
        };
        match Desk::open(folder, author) {
            Ok(opened) => {
                self.settings.remember(folder);
                self.keep_settings();
                self.show_desk(opened);
            }
            Err(reason) => self.dialog = Some(Dialog::message("The project could not be opened", reason)),
        }
    }

    pub(super) fn show_desk(&mut self, mut opened: Desk) {
        opened.set_local(self.settings.local);
        let notices = opened.notices().to_vec();
        let restorable = opened.restorable();
        if let Some(before) = self.workspace.take() {
            before.desk.close();
        }
        self.workspace = Some(Box::new(Workspace::new(opened, self.settings.views.clone())));
        self.dialog = None;
        if let Some(when) = restorable {
            self.dialog = Some(Dialog::restore(when));
        } else if !notices.is_empty() {
            self.dialog = Some(Dialog::message("The project is open, but", notices.join("\n\n")));
        }
    }

    pub(super) fn create(&mut self, wanted: &NewProject) {
        let author = match desk::author(&self.settings, self.today.unwrap_or_else(clock::today)) {
            Ok(author) => author,
            Err(reason) => return self.notice(reason),
        };
        let start = desk::NewProject {
            name: &wanted.name,
            organisation: &wanted.organisation,
            customer: &wanted.customer,
            rating_profile: &wanted.rating_profile,
        };
        match Desk::create(&wanted.folder, &start, author) {
            Ok(created) => {
                self.settings.remember(&wanted.folder);
                self.keep_settings();
                self.show_desk(created);
            }
            Err(reason) => self.dialog = Some(Dialog::message("The project could not be made", reason)),
        }
    }

    pub(super) fn restore(&mut self, take: bool) {
        let Some(workspace) = self.workspace.take() else { return };
        match workspace.desk.restore(take) {
            Ok(mut desk) => {
                desk.set_local(self.settings.local);
                self.workspace = Some(Box::new(Workspace::new(desk, self.settings.views.clone())));
                if take {
                    self.notice("Restored. Save to keep it");
                }
            }
            Err(reason) => self.dialog = Some(Dialog::message("The automatic copy could not be restored", reason)),
        }
    }

    /// Saves; whether that succeeded.
    pub(super) fn save(&mut self) -> bool {
        let Some(workspace) = &mut self.workspace else { return true };
        match workspace.desk.save() {
            Ok(()) => {
                workspace.status.saved_at = Some(clock::time_of_day());
                workspace.status.notice = None;
                true
            }
            Err(reason) => {
                self.dialog = Some(Dialog::message("The project was not saved", reason));
                false
            }
        }
    }

    /// Copies a file into the project folder and lets it prove a PPAP element.
    pub(super) fn attach(&mut self, element: Id<PpapElement>, file: &Path) {
        let Some(workspace) = &mut self.workspace else { return };
        match workspace.desk.attach(file, bind::LARGEST) {
            Ok(Attached { path, title, hash }) => workspace.run(&Command::Attach { element, path, title, hash }),
            Err(reason) => self.dialog = Some(Dialog::message("The file was not attached", reason)),
        }
    }

    pub(super) fn save_to(&mut self, folder: &Path) {
        let Some(workspace) = &mut self.workspace else { return };
        match workspace.desk.save_as(folder) {
            Ok(()) => {
                workspace.status.saved_at = Some(clock::time_of_day());
                workspace.status.notice = Some(format!("The project lies in {} now", folder.display()));
                self.settings.remember(folder);
                self.keep_settings();
            }
            Err(reason) => self.dialog = Some(Dialog::message("The project was not saved", reason)),
        }
    }

    pub(super) fn leave(&mut self, ctx: &Context, after: After) {
        if let Some(workspace) = self.workspace.take() {
            workspace.desk.close();
        }
        self.dialog = None;
        match after {
            After::Start => {}
            After::Quit => {
                self.quits = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            After::Open(folder) => self.open(&folder),
            After::NewProject => self.dialog = Some(Dialog::new_project(&self.settings)),
        }
    }
}
