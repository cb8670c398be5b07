//! The settings of the person who uses the program.

use eframe::egui::{ComboBox, Context, Slider, TextEdit, Ui};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, SMALL, named};
use crate::app::local::DateStyle;
use crate::app::settings::{Settings, Theme, WorkbookResults};
use crate::store::assets;
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, field_row, section};
use crate::ui::request::Request;

/// The dialog with the settings as they were chosen so far.
#[derive(Debug)]
pub(super) struct Preferences {
    settings: Settings,
}

impl Preferences {
    pub(super) fn new(settings: &Settings) -> Self {
        Self { settings: settings.clone() }
    }

    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "settings", "Settings", SMALL, |ui| {
            frame::body(ui, |ui| self.fields(ui));
            let refusal =
                self.settings.author.trim().is_empty().then_some("Enter the name that reviews and releases carry");
            Buttons { primary: Some("Use these settings"), refusal, other: None, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::UseSettings(Box::new(self.settings.clone()))),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn fields(&mut self, ui: &mut Ui) {
        let settings = &mut self.settings;
        section(ui, "Person");
        field_row(ui, "Your name", |ui| {
            let edit = TextEdit::singleline(&mut settings.author).hint_text("As reviews and releases print it");
            named(ui.add(edit.desired_width(f32::INFINITY)), "Your name")
        });
        section(ui, "Appearance");
        field_row(ui, "Theme", |ui| {
            ui.horizontal(|ui| {
                for (theme, name) in [(Theme::System, "As the system"), (Theme::Light, "Light"), (Theme::Dark, "Dark")]
                {
                    ui.selectable_value(&mut settings.theme, theme, name);
                }
            })
            .response
        });
        field_row(ui, "Size of everything", |ui| {
            // The rail of a slider has to stand out from the panel.
            ui.visuals_mut().widgets.inactive.bg_fill = Tokens::of(ui).pressed;
            let mut percent = settings.scale * 100.0;
            let slider = Slider::new(&mut percent, 80.0..=200.0).step_by(10.0).suffix(" %").fixed_decimals(0);
            let response = named(ui.add(slider), "Size of everything");
            settings.scale = percent / 100.0;
            response
        });
        section(ui, "Reports");
        field_row(ui, "Language of reports", |ui| {
            let named_language =
                |tag: &'static str| assets::language(tag).map_or(tag.to_owned(), |known| known.name.clone());
            let chosen = named_language(settings.language());
            let combo = ComboBox::from_id_salt("language").selected_text(chosen).width(150.0);
            let shown = combo.show_ui(ui, |ui| {
                for tag in assets::languages() {
                    ui.selectable_value(&mut settings.report_language, tag.to_owned(), named_language(tag));
                }
            });
            named(shown.response, "Language of reports")
        });
        field_row(ui, "RPN and AP in Excel", |ui| {
            let shown = ui.horizontal(|ui| {
                use WorkbookResults::{Formulas, Values};
                for (results, name) in [(Values, "Values"), (Formulas, "Formulas")] {
                    ui.selectable_value(&mut settings.workbook_results, results, name);
                }
            });
            shown.response.on_hover_text("Formulas follow when somebody changes a rating in the workbook")
        });
        section(ui, "Dates and numbers");
        field_row(ui, "Dates", |ui| {
            let combo = ComboBox::from_id_salt("dates").selected_text(settings.local.dates.example()).width(150.0);
            let shown = combo.show_ui(ui, |ui| {
                for style in DateStyle::ALL {
                    ui.selectable_value(&mut settings.local.dates, style, style.example());
                }
            });
            named(shown.response, "Dates")
        });
        field_row(ui, "Decimals", |ui| {
            ui.horizontal(|ui| {
                ui.selectable_value(&mut settings.local.decimal_comma, false, "12.5");
                ui.selectable_value(&mut settings.local.decimal_comma, true, "12,5");
            })
            .response
        });
        ui.add_space(size::STEP);
        caption(
            ui,
            "Files, reports and exports always write 2026-11-24 and 12.5, so that they mean the same everywhere.",
        );
    }
}
