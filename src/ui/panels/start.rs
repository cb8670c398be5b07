//! The start screen: samples to learn on, recent projects, new and open.

use std::path::Path;

use eframe::egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Stroke, Ui, vec2};

use crate::app::registry::MenuCommand;
use crate::app::samples::SAMPLES;
use crate::app::settings::Settings;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{Tokens, Weight, font, size, widgets};
use crate::ui::request::Request;

/// Shows the start screen.
pub fn show(ui: &mut Ui, settings: &Settings, queue: &mut Vec<Request>) {
    let tokens = Tokens::of(ui);
    ScrollArea::vertical().show(ui, |ui| {
        ui.add_space((ui.available_height() * 0.08).max(16.0));
        let width = ui.available_width().min(920.0);
        let left = (ui.available_width() - width) / 2.0;
        ui.horizontal_top(|ui| {
            ui.add_space(left);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.label(RichText::new("Goldthread").font(font(Weight::Medium, 28.0)).color(tokens.text));
                ui.label(
                    RichText::new(
                        "Process flow, FMEA and control plan: one fact, written once, the same in every document.",
                    )
                    .color(tokens.quiet),
                );
                ui.add_space(6.0 * size::STEP);
                ui.horizontal(|ui| {
                    if widgets::primary_button(ui, "New project…").clicked() {
                        queue.push(Request::Show(Dialog::new_project(settings)));
                    }
                    if widgets::text_button(ui, "Open project folder…", "A folder with a project.ron").clicked() {
                        queue.push(Request::Menu(MenuCommand::OpenProject));
                    }
                    if widgets::text_button(ui, "Import a spreadsheet…", MenuCommand::ImportSpreadsheet.hint())
                        .clicked()
                    {
                        queue.push(Request::Menu(MenuCommand::ImportSpreadsheet));
                    }
                    widgets::caption(ui, "or drop a project folder or a spreadsheet onto the window");
                });
                ui.add_space(6.0 * size::STEP);
                ui.spacing_mut().item_spacing.x = 8.0 * size::STEP;
                ui.columns(2, |columns| {
                    // Columns justify their contents, which would stretch words and buttons.
                    let plain = Layout::top_down(Align::LEFT);
                    columns[0].with_layout(plain, |ui| samples(ui, queue));
                    columns[1].with_layout(plain, |ui| recent(ui, settings, queue));
                });
            });
        });
        ui.add_space(24.0);
    });
}

fn samples(ui: &mut Ui, queue: &mut Vec<Request>) {
    let tokens = Tokens::of(ui);
    widgets::section(ui, "Samples");
    ui.add_space(size::STEP);
    for sample in SAMPLES {
        let frame = Frame::NONE
            .fill(tokens.paper)
            .stroke(Stroke::new(1.0, tokens.line))
            .corner_radius(size::CORNER)
            .inner_margin(Margin::same(12));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(sample.title).font(font(Weight::Medium, 14.0)).color(tokens.text));
            ui.label(RichText::new(sample.summary).color(tokens.quiet));
            ui.add_space(size::STEP);
            let name = format!("Open {}", sample.title);
            if widgets::text_button(ui, &name, "Opens your own copy: change what you like").clicked() {
                queue.push(Request::OpenSample(sample.name));
            }
        });
        ui.add_space(2.0 * size::STEP);
    }
    ui.add_space(size::STEP);
    widgets::caption(
        ui,
        "Try this: open a sample, change the name of a step in the process flow, and see it change in the PFMEA and the control plan.",
    );
}

fn recent(ui: &mut Ui, settings: &Settings, queue: &mut Vec<Request>) {
    widgets::section(ui, "Recent projects");
    ui.add_space(size::STEP);
    if settings.recent.is_empty() {
        widgets::caption(ui, "Projects that you open appear here.");
    }
    for folder in &settings.recent {
        let name =
            folder.file_name().map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into_owned());
        let response = ui.push_id(folder, |ui| widgets::list_row(ui, None, &name, &parent(folder), false)).inner;
        if response.on_hover_text(folder.display().to_string()).clicked() {
            queue.push(Request::Open(folder.clone()));
        }
    }
    ui.allocate_space(vec2(0.0, size::STEP));
}

/// The end of the path above a folder, short enough for a remark.
fn parent(folder: &Path) -> String {
    let text = folder.parent().map(|parent| parent.display().to_string()).unwrap_or_default();
    let count = text.chars().count();
    if count <= 36 { text } else { format!("…{}", text.chars().skip(count - 35).collect::<String>()) }
}
