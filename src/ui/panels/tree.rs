//! The project tree: documents with their steps.

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Rect, Response, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::app::desk::Desk;
use crate::model::document::DocumentKind;
use crate::model::form::ListKind;
use crate::model::item::Kind;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{Severity, Tokens, Weight, font, paint_severity, size, widgets};
use crate::ui::page::Page;
use crate::ui::request::Request;
use crate::ui::views::form::FormTab;
use crate::ui::views::source::severity;
use crate::ui::workspace::Tab;

/// Shows the tree; the documents that are open list their blocks.
pub fn show(ui: &mut Ui, desk: &Desk, tabs: &[Tab], active: usize, queue: &mut Vec<Request>) {
    let project = desk.project();
    let name = if project.data().name.is_blank() { "Project" } else { project.data().name.as_str() };
    if ui.push_id("project", |ui| widgets::list_row(ui, None, name, "", false)).inner.clicked() {
        queue.push(Request::Show(Dialog::project_properties()));
    }
    ui.add_space(size::STEP);
    let documents = project.documents();
    for (at, tab) in tabs.iter().enumerate() {
        let title = match tab.page {
            Page::Document(document) => match project.get(document) {
                Some(document) => super::tabs::short_name(document, &documents),
                None => continue,
            },
            Page::List(list) => list.name().to_owned(),
            Page::Overview | Page::Preview => tab.page.name(desk),
        };
        let remark = tab.shown().map(|form| remark(tab.page, form.cells.view.order().len())).unwrap_or_default();
        let chosen = at == active;
        if ui.push_id(tab.page, |ui| widgets::list_row(ui, None, &title, &remark, chosen)).inner.clicked() {
            queue.push(Request::ShowPage(tab.page));
        }
        if let (true, Page::Document(_), Some(form)) = (chosen, tab.page, tab.shown()) {
            steps(ui, desk, form, tabs.len() - at - 1, queue);
        }
    }
    if !documents.iter().any(|document| document.kind == DocumentKind::ProcessFlow) {
        ui.add_space(size::STEP);
        let unread = project.may_be_unread(Kind::Step);
        let text = if unread { "The process flow could not be read." } else { "The project has no process flow yet." };
        widgets::caption(ui, text);
    }
}

fn remark(page: Page, count: usize) -> String {
    let noun = match page {
        Page::Document(_) => "step",
        Page::List(ListKind::Actions) => "action",
        Page::List(ListKind::PpapElements) => "element",
        // The open row is none yet.
        Page::List(ListKind::Results(_)) => return count.saturating_sub(1).to_string(),
        Page::Overview | Page::Preview => return String::new(),
        Page::List(ListKind::Characteristics | ListKind::CharacteristicMatrix) => return count.to_string(),
    };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The steps of the active document; only those in sight are laid out. They leave room for the pages `below` them.
fn steps(ui: &mut Ui, desk: &Desk, form: &FormTab, below: usize, queue: &mut Vec<Request>) {
    /// Height of a page in the tree with the space below it.
    const PAGE: f32 = 28.0;
    let order = form.cells.view.order();
    let room = (ui.available_height() - PAGE * below as f32).max(120.0);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt("steps").max_height(room).auto_shrink([false, true]).show_rows(
            ui,
            ROW,
            order.len(),
            |ui, rows| {
                for key in &order[rows] {
                    let label = desk.project().label(*key);
                    let marked = desk.checker().worst_at(*key).map(severity);
                    if ui.push_id(key.to_string(), |ui| step(ui, &label, marked)).inner.clicked() {
                        queue.push(Request::ShowItem(*key, None));
                    }
                }
            },
        );
    });
}

/// Height of a step in the tree, in points.
const ROW: f32 = 23.0;

/// A step on one line; where the tree is too narrow the tooltip has all of it.
fn step(ui: &mut Ui, label: &str, marked: Option<Severity>) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, f32::from(size::CORNER), tokens.hover);
    }
    let left = 18.0;
    let mut job = LayoutJob::simple_singleline(label.to_owned(), font(Weight::Regular, 12.5), tokens.text);
    job.wrap = TextWrapping::truncate_at_width(rect.width() - left - 22.0);
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.left() + left, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, tokens.text);
    if let Some(severity) = marked {
        let place = Rect::from_center_size(pos2(rect.right() - 12.0, rect.center().y), Vec2::splat(12.0));
        paint_severity(ui.painter(), place, severity, tokens);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    response.on_hover_text(label)
}
