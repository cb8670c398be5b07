//! Report profiles: how the paper of the project looks, with the first page as it will be.

mod columns;
mod effect;

use eframe::egui::{Align, Context, Layout, ScrollArea, TextWrapMode, Ui, vec2};

use super::DialogContext;
use super::fields::{Choice, Drafts, Look, choice, options_of, refusal};
use super::frame::{self, First, LARGE};
use crate::app::desk::Desk;
use crate::app::export::profile_in_force;
use crate::app::logo;
use crate::base::Id;
use crate::edit::Command;
use crate::model::field::Field;
use crate::model::item::{AnyId, Kind};
use crate::model::report_profile::ReportProfile;
use crate::store::assets;
use crate::ui::kit::icons::Icon;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, field_row, icon_button, list_row, section, text_button};
use crate::ui::request::Request;

use columns::Forms;
use effect::Effect;

/// Height of the body.
const HEIGHT: f32 = 520.0;
/// Breadth of the list of profiles, and of the fields.
const LIST: f32 = 210.0;
const FIELDS: f32 = 450.0;
const GAP: f32 = 16.0;

/// The dialog with what was typed into it.
#[derive(Debug, Default)]
pub(super) struct ReportProfiles {
    /// The profile that is edited, if it was chosen.
    selected: Option<Id<ReportProfile>>,
    /// How many profiles there were when one was asked for.
    grows_from: Option<usize>,
    drafts: Drafts,
    first: First,
    /// Why the picture that was chosen is not taken.
    bad_logo: Option<String>,
    forms: Forms,
    effect: Effect,
}

/// The profiles in order, the one that is edited and the one that is printed by.
#[derive(Clone, Copy)]
struct Listed<'a> {
    profiles: &'a [Id<ReportProfile>],
    selected: Option<Id<ReportProfile>>,
    in_force: Option<Id<ReportProfile>>,
}

impl ReportProfiles {
    /// With the profile that is printed by.
    pub(super) fn new(selected: Option<Id<ReportProfile>>) -> Self {
        Self { selected, ..Self::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let in_force = profile_in_force(desk.project(), cx.settings.report_profile(desk.folder()));
        let in_force = in_force.map(|profile| profile.id);
        let shown = frame::show(ctx, "report profiles", "Report profiles", LARGE, |ui| {
            frame::steady_body(ui, HEIGHT, |ui| self.body(ui, desk, in_force, cx.settings.language(), queue));
            frame::stays_open(ui)
        });
        let stays = shown.inner && !shown.closed;
        if !stays {
            self.drafts.settle(desk, queue);
        }
        stays
    }

    fn body(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        in_force: Option<Id<ReportProfile>>,
        language: &'static str,
        queue: &mut Vec<Request>,
    ) {
        let profiles: Vec<Id<ReportProfile>> = desk.project().report_profiles().iter().map(|found| found.id).collect();
        if self.grows_from.is_some_and(|before| profiles.len() > before) {
            self.grows_from = None;
            self.select(desk, profiles.last().copied(), queue);
        }
        let selected = self.selected.filter(|selected| profiles.contains(selected)).or(profiles.first().copied());
        let room = ui.available_size();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.allocate_ui_with_layout(vec2(LIST, room.y), Layout::top_down(Align::LEFT), |ui| {
                ui.set_width(LIST);
                ui.spacing_mut().item_spacing.x = size::STEP;
                self.list(ui, desk, Listed { profiles: &profiles, selected, in_force }, queue);
            });
            let Some(selected) = selected else {
                ui.vertical(|ui| {
                    caption(
                        ui,
                        "A report profile says how the paper looks for a customer or a purpose: size and columns, logo \
                         and footer, confidentiality and page numbers. Without one, reports are on A3 and show everything.",
                    )
                });
                return;
            };
            ui.allocate_ui_with_layout(vec2(FIELDS, room.y), Layout::top_down(Align::LEFT), |ui| {
                ui.set_width(FIELDS);
                ui.spacing_mut().item_spacing.x = size::STEP;
                ScrollArea::vertical().id_salt("fields").auto_shrink([false, false]).show(ui, |ui| {
                    ui.set_width(FIELDS - 14.0);
                    self.fields(ui, desk, selected, queue);
                });
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.x = size::STEP;
                self.effect.show(ui, desk, selected, language);
            });
        });
    }

    fn select(&mut self, desk: &Desk, profile: Option<Id<ReportProfile>>, queue: &mut Vec<Request>) {
        self.drafts.settle(desk, queue);
        (self.selected, self.drafts, self.bad_logo, self.first) = (profile, Drafts::default(), None, First::default());
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        Listed { profiles, selected, in_force }: Listed<'_>,
        queue: &mut Vec<Request>,
    ) {
        let height = ui.available_height() - 70.0;
        ScrollArea::vertical().id_salt("profiles").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for profile in profiles {
                let name = desk.project().label((*profile).into());
                let remark = if in_force == Some(*profile) { "printed by" } else { "" };
                if list_row(ui, None, &name, remark, selected == Some(*profile)).clicked() {
                    self.select(desk, Some(*profile), queue);
                }
            }
        });
        ui.add_space(size::STEP);
        ui.horizontal(|ui| {
            if text_button(ui, "Add profile", "").clicked() {
                self.drafts.settle(desk, queue);
                queue.push(Request::Run(Command::AddRecord { kind: Kind::ReportProfile }));
                self.grows_from = Some(profiles.len());
            }
            let Some(selected) = selected else { return };
            let item = AnyId::from(selected);
            ui.spacing_mut().item_spacing.x = 0.0;
            let ends = [profiles.first() == Some(&selected), profiles.last() == Some(&selected)];
            for (up, icon, name, blocked) in [
                (true, Icon::ChevronUp, "Move profile up", ends[0]),
                (false, Icon::ChevronDown, "Move profile down", ends[1]),
            ] {
                if ui.add_enabled_ui(!blocked, |ui| icon_button(ui, icon, name)).inner.clicked() {
                    queue.push(Request::Run(Command::Move { item, up }));
                }
            }
            if icon_button(ui, Icon::Cross, "Delete profile").clicked() {
                self.select(desk, None, &mut Vec::new());
                queue.push(Request::Run(Command::Delete { items: vec![item] }));
            }
        });
        if let Some(selected) = selected.filter(|selected| in_force != Some(*selected))
            && text_button(ui, "Print by this profile", "Preview and export use it from now on").clicked()
        {
            queue.push(Request::SetReportProfile(selected));
        }
    }

    fn fields(&mut self, ui: &mut Ui, desk: &Desk, selected: Id<ReportProfile>, queue: &mut Vec<Request>) {
        let item = AnyId::from(selected);
        ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
        let name = Look { name: "Profile name", hint: "A customer, or what the paper is for", rows: 1 };
        let response = self.drafts.row(ui, desk, (item, Field::Name), name, queue);
        self.first.claim(&response);
        section(ui, "Paper");
        let chosen = |ui: &mut Ui, field: Field, name: &str, queue: &mut Vec<Request>| {
            let at = (item, field);
            field_row(ui, name, |ui| choice(ui, desk, at, name, &options_of(desk, at), queue));
        };
        chosen(ui, Field::Paper, "Paper", queue);
        chosen(ui, Field::Orientation, "Orientation", queue);
        let text_size = Look { name: "Text size in points", hint: "6.5", rows: 1 };
        self.drafts.row(ui, desk, (item, Field::TextSize), text_size, queue);
        field_row(ui, "Language", |ui| choice(ui, desk, (item, Field::Language), "Language", &languages(), queue));
        section(ui, "Header and footer");
        self.logo(ui, desk, selected, queue);
        chosen(ui, Field::PageNumbers, "Page numbers", queue);
        let confidentiality = Look { name: "Confidentiality", hint: "Where a document says none of its own", rows: 1 };
        self.drafts.row(ui, desk, (item, Field::Confidentiality), confidentiality, queue);
        let footer = Look { name: "Footer text", hint: "At the foot of every page", rows: 2 };
        self.drafts.row(ui, desk, (item, Field::Footer), footer, queue);
        section(ui, "Columns");
        self.forms.show(ui, desk, selected, queue);
        caption(ui, "The legend of the report names the columns that are left out.");
    }

    fn logo(&mut self, ui: &mut Ui, desk: &Desk, selected: Id<ReportProfile>, queue: &mut Vec<Request>) {
        let at = (AnyId::from(selected), Field::Logo);
        field_row(ui, "Logo", |ui| {
            let breadth = (ui.available_width() - 84.0).max(100.0);
            let look = Look { name: "Logo", hint: "attachments/logo.png", rows: 1 };
            let size = vec2(breadth, ui.spacing().interact_size.y);
            let field = ui.allocate_ui(size, |ui| self.drafts.text(ui, desk, at, look, queue)).inner;
            if text_button(ui, "Choose…", "Copy a PNG or JPEG file into the project and print it").clicked() {
                self.pick_logo(selected, queue);
            }
            field
        });
        if let Some(reason) = self.drafts.refusal_of(at) {
            refusal(ui, reason);
        }
        if let Some(reason) = &self.bad_logo {
            refusal(ui, reason);
        }
    }

    fn pick_logo(&mut self, selected: Id<ReportProfile>, queue: &mut Vec<Request>) {
        let picker = rfd::FileDialog::new().set_title("Logo").add_filter("PNG, JPEG", &["png", "jpg", "jpeg"]);
        let Some(file) = picker.pick_file() else { return };
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        // A picture that cannot be printed is not copied.
        self.bad_logo = logo::read(&file, &name).err().map(|error| error.to_string());
        if self.bad_logo.is_none() {
            queue.push(Request::TakeLogo(selected, file));
        }
    }
}

/// The languages of reports, and none.
fn languages() -> Vec<Choice> {
    let name = |tag: &str| assets::language(tag).map_or(tag.to_owned(), |known| known.name.clone());
    let known = assets::languages().map(|tag| (tag.to_owned(), name(tag)));
    std::iter::once((String::new(), "As chosen in the preview".to_owned())).chain(known).collect()
}
