//! The documents of the project as tabs.

use eframe::egui::scroll_area::ScrollBarVisibility;
use eframe::egui::{Align2, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::desk::Desk;
use crate::model::document::{Document, DocumentState};
use crate::model::form::ListKind;
use crate::model::ppap::ResultKind;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{Icon, Tokens, Weight, font, size, widgets};
use crate::ui::page::Page;
use crate::ui::request::Request;
use crate::ui::workspace::Tab;

/// Shows a tab per page: the documents, then the lists.
pub fn show(ui: &mut Ui, desk: &Desk, tabs: &[Tab], active: usize, queue: &mut Vec<Request>) {
    let documents = desk.project().documents();
    // Where the window is too narrow for all tabs they scroll, and the active one is kept in sight.
    let width = ui.available_width();
    let bar = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let mut lists = false;
        for (at, shown) in tabs.iter().enumerate() {
            let clicked = match shown.page {
                Page::Document(document) => desk
                    .project()
                    .get(document)
                    .is_some_and(|document| document_tab(ui, document, &documents, at == active)),
                Page::List(list) => {
                    if !std::mem::replace(&mut lists, true) {
                        add_document(ui, queue);
                        ui.separator();
                    }
                    tab(ui, list.name(), "", list_hint(list), at == active)
                }
                Page::Overview => {
                    let hint = "How the project stands: priorities, where the risk lies, late actions, findings";
                    tab(ui, "Overview", "", hint, at == active)
                }
                Page::Preview => {
                    let hint = "The printed pages of the document or list that was looked at last (Ctrl+F2)";
                    tab(ui, "Preview", "", hint, at == active)
                }
            };
            if clicked {
                queue.push(Request::ShowPage(shown.page));
            }
        }
    };
    widgets::toolbar(ui, |ui| {
        let area = ScrollArea::horizontal().scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
        area.max_width(width - 16.0).show(ui, |ui| ui.horizontal_centered(bar));
    });
}

fn add_document(ui: &mut Ui, queue: &mut Vec<Request>) {
    if widgets::icon_button(ui, Icon::Plus, "Add document").clicked() {
        queue.push(Request::Show(Dialog::add_document()));
    }
}

fn list_hint(list: ListKind) -> &'static str {
    match list {
        ListKind::Actions => "The actions of all FMEAs: who, until when, how far",
        ListKind::Characteristics => "Every characteristic: what it is, where it is made and how it is controlled",
        ListKind::PpapElements => {
            "The elements of the PPAP submission: what is asked for, what proves it, how far it is"
        }
        ListKind::Results(ResultKind::Dimensional) => "What was measured, judged by the limits",
        ListKind::Results(ResultKind::Material) => "Results of material tests, judged by the limits",
        ListKind::Results(ResultKind::Performance) => "Results of performance tests, judged by the limits",
        ListKind::CharacteristicMatrix => {
            "Which step creates (C), changes (X), measures (M) or passes on (P) a characteristic; ● where it is controlled"
        }
    }
}

/// The name of a document among the others: its kind, and its title where there are several of the kind.
pub fn short_name(document: &Document, all: &[&Document]) -> String {
    let alike = all.iter().filter(|other| other.kind == document.kind).count();
    if alike > 1 && !document.title.is_blank() {
        format!("{} {}", document.kind.name(), document.title)
    } else {
        document.kind.name().to_owned()
    }
}

fn document_tab(ui: &mut Ui, document: &Document, all: &[&Document], active: bool) -> bool {
    let name = short_name(document, all);
    let state = match document.state {
        DocumentState::Draft => "draft".to_owned(),
        DocumentState::Released => {
            document.latest_revision().map(|revision| format!("rev. {}", revision.number)).unwrap_or_default()
        }
    };
    tab(ui, &name, &state, &format!("{name} {} – {state}", document.number), active)
}

/// A tab with its name and a quiet remark; whether it was clicked.
fn tab(ui: &mut Ui, name: &str, remark: &str, hint: &str, active: bool) -> bool {
    let tokens = Tokens::of(ui);
    let weight = if active { Weight::Medium } else { Weight::Regular };
    let color = if active { tokens.text } else { tokens.quiet };
    let title = ui.painter().layout_no_wrap(name.to_owned(), font(weight, size::CHROME_TEXT), color);
    let spoken = if remark.is_empty() { name.to_owned() } else { format!("{name}, {remark}") };
    let remark =
        ui.painter().layout_no_wrap(remark.to_owned(), font(Weight::Regular, size::CAPTION_TEXT), tokens.quiet);
    let width = title.size().x + remark.size().x + 30.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::TOOLBAR - 2.0), Sense::click());
    if response.hovered() && !active {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 3.0)), f32::from(size::CORNER), tokens.hover);
    }
    let at = Align2::LEFT_CENTER.pos_in_rect(&rect.shrink2(vec2(12.0, 0.0)));
    let width = title.size().x;
    ui.painter().galley(at - vec2(0.0, title.size().y / 2.0), title, color);
    ui.painter().galley(at + vec2(width + 6.0, -remark.size().y / 2.0), remark, tokens.quiet);
    let was_active = ui.data_mut(|data| {
        let known = data.get_temp_mut_or_default::<bool>(response.id);
        std::mem::replace(known, active)
    });
    if active && !was_active {
        response.scroll_to_me(None);
    }
    if active {
        let bottom = rect.bottom() - 1.0;
        ui.painter().hline(rect.x_range().shrink(8.0), bottom, Stroke::new(2.0, tokens.gold));
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), active, &spoken));
    response.on_hover_text(hint).clicked()
}
