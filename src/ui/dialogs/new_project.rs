//! A project to be made.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{ComboBox, Context, TextEdit, Ui};

use super::DialogContext;
use super::folder_field::FolderField;
use super::frame::{self, Answer, Buttons, First, MEDIUM, named};
use crate::app::settings::Settings;
use crate::model::profile::{Method, RatingProfile};
use crate::store::assets;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, field_row};
use crate::ui::request::{NewProject, Request};

/// Asks for folder and names.
#[derive(Debug)]
pub(super) struct NewProjectDialog {
    folder: FolderField,
    name: String,
    organisation: String,
    customer: String,
    profile: String,
    profiles: Vec<Arc<RatingProfile>>,
    first: First,
}

impl NewProjectDialog {
    pub(super) fn new(settings: &Settings) -> Self {
        let known = assets::profiles().unwrap_or_default();
        let mut profiles: Vec<_> =
            known.iter().filter(|profile| profile.applies_to().contains(&Method::ProcessFmea)).cloned().collect();
        // The newer handbook first: it is what most customers ask for today.
        profiles.reverse();
        let beside = settings.recent.first().and_then(|recent| recent.parent()).map(PathBuf::from);
        let home = directories::UserDirs::new()
            .map(|folders| folders.document_dir().unwrap_or_else(|| folders.home_dir()).to_path_buf());
        let folder = beside.or(home).map(|folder| folder.join("new-project")).unwrap_or_default();
        Self {
            folder: FolderField::new(&folder),
            name: String::new(),
            organisation: String::new(),
            customer: String::new(),
            profile: profiles.first().map(|profile| profile.id().to_owned()).unwrap_or_default(),
            profiles,
            first: First::default(),
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "new project", "New project", MEDIUM, |ui| {
            frame::body(ui, |ui| self.fields(ui));
            let refusal = self.refusal();
            Buttons { primary: Some("Create project"), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }
                .show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::CreateProject(NewProject {
                folder: self.folder.path(),
                name: self.name.trim().to_owned(),
                organisation: self.organisation.trim().to_owned(),
                customer: self.customer.trim().to_owned(),
                rating_profile: self.profile.clone(),
            })),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn fields(&mut self, ui: &mut Ui) {
        for (label, value, hint) in [
            ("Project name", &mut self.name, "Parking brake actuator, assembly line 3"),
            ("Organisation", &mut self.organisation, "Your company"),
            ("Customer", &mut self.customer, "Who receives the parts"),
        ] {
            let response = field_row(ui, label, |ui| {
                named(ui.add(TextEdit::singleline(value).hint_text(hint).desired_width(f32::INFINITY)), label)
            });
            self.first.claim(&response);
        }
        self.folder.show(ui, "Folder of the new project");
        field_row(ui, "Rating profile", |ui| {
            let chosen = self.profiles.iter().find(|profile| profile.id() == self.profile);
            let combo = ComboBox::from_id_salt("rating profile").width(ui.available_width());
            let shown = combo
                .selected_text(chosen.map_or(String::new(), |profile| profile.name().to_string()))
                .show_ui(ui, |ui| {
                    for profile in &self.profiles {
                        let id = profile.id().to_owned();
                        ui.selectable_value(&mut self.profile, id, profile.name().as_str());
                    }
                });
            named(shown.response, "Rating profile")
        });
        ui.add_space(2.0 * size::STEP);
        caption(
            ui,
            "A process flow, a process FMEA and a control plan are made, all three empty and linked with each other. \
             Customers differ in the profile they ask for; it can be changed later in the properties of the FMEA.",
        );
    }

    fn refusal(&mut self) -> Option<String> {
        if self.name.trim().is_empty() {
            return Some("Give the project a name".to_owned());
        }
        self.folder.refusal()
    }
}
