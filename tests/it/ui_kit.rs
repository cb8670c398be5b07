//! The small widgets of the window: found by name, and as they look in both themes.

use eframe::egui::{self, vec2};
use egui_kittest::{Harness, SnapshotOptions, kittest::Queryable};
use goldthread::ui::kit::theme;
use goldthread::ui::kit::widgets::{
    ChipAction, badge, caption, chip, empty_state, field_row, icon_button, list_row, primary_button, section,
    text_button, toolbar,
};
use goldthread::ui::kit::{Icon, Severity, Tone, severity_icon};

use crate::cpu_renderer::CpuRenderer;

/// What the person did.
#[derive(Default)]
struct Done {
    name: String,
    added: usize,
    chip: Option<ChipAction>,
    chosen: bool,
    started: bool,
}

fn window(theme: egui::Theme) -> Harness<'static, Done> {
    Harness::builder()
        .with_size(vec2(520.0, 480.0))
        .with_theme(theme)
        .with_context_setup(theme::install)
        .with_render_cursor(false)
        .renderer(CpuRenderer::default())
        .build_ui_state(show, Done::default())
}

fn show(ui: &mut egui::Ui, done: &mut Done) {
    toolbar(ui, |ui| {
        for (icon, name) in [
            (Icon::Plus, "Add a cause"),
            (Icon::Minus, "Remove"),
            (Icon::Undo, "Undo"),
            (Icon::Redo, "Redo"),
            (Icon::Search, "Search"),
            (Icon::Filter, "Filter"),
            (Icon::Save, "Save"),
            (Icon::Check, "Accept"),
            (Icon::ChevronDown, "More"),
            (Icon::ChevronRight, "Open"),
        ] {
            if icon_button(ui, icon, name).clicked() && icon == Icon::Plus {
                done.added += 1;
            }
        }
        if let Some(action) = chip(ui, "AP H", true) {
            done.chip = Some(action);
        }
    });
    section(ui, "Header");
    field_row(ui, "Customer", |ui| ui.text_edit_singleline(&mut done.name));
    ui.horizontal(|ui| {
        for (letter, tone) in [("H", Tone::High), ("M", Tone::Medium), ("L", Tone::Low)] {
            badge(ui, letter, tone);
        }
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            severity_icon(ui, severity);
        }
        text_button(ui, "Delete 3 causes", "");
        primary_button(ui, "Release");
    });
    section(ui, "Findings");
    let rows = [
        (Severity::Error, "Detection of “Bit worn” is not rated", "PFMEA line 42"),
        (Severity::Warning, "Step 30 is in no control plan row, although it has a special characteristic", "Flow"),
    ];
    for (severity, text, place) in rows {
        if list_row(ui, Some(severity), text, place, severity == Severity::Error).clicked() {
            done.chosen = true;
        }
    }
    caption(ui, "2 of 14 findings");
    if empty_state(ui, "No steps yet", "A process flow begins with the receipt of the parts.", Some("Add a step")) {
        done.started = true;
    }
}

#[test]
fn every_widget_is_found_by_its_name_and_answers() {
    let mut harness = window(egui::Theme::Light);
    for name in ["Add a cause", "Remove AP H", "Add a step"] {
        harness.get_by_label(name).click();
        harness.run();
    }
    let row = "Warning, Step 30 is in no control plan row, although it has a special characteristic, Flow";
    harness.get_by_label(row).click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::TextInput, "Customer").click();
    harness.run();
    harness.get_by_role_and_label(egui::Role::TextInput, "Customer").type_text("Nordbrake");
    harness.run();
    let done = harness.state();
    assert_eq!((done.added, done.chip, done.chosen, done.started), (1, Some(ChipAction::Remove), true, true));
    assert_eq!(done.name, "Nordbrake");
}

#[test]
fn the_kit_looks_as_it_should_in_light() {
    window(egui::Theme::Light).snapshot_options("kit_light", &SnapshotOptions::new().threshold(0.1));
}

#[test]
fn the_kit_looks_as_it_should_in_dark() {
    window(egui::Theme::Dark).snapshot_options("kit_dark", &SnapshotOptions::new().threshold(0.1));
}
