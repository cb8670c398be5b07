//! The pages in the middle of the window: one, or two side by side with the selection in step.

use eframe::egui::{CentralPanel, Frame, Panel, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::app::settings::Settings;
use crate::base::Id;
use crate::model::AnyId;
use crate::model::flow::Step;
use crate::model::form::{Form, FormKind, ListKind};
use crate::model::relation::Relation;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{Tokens, Weight, font, size, widgets};
use crate::ui::page::Page;
use crate::ui::panels;
use crate::ui::request::Request;

use super::{Tab, Workspace};

/// Two pages side by side; the active one is that of the workspace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Split {
    /// The page beside the active one.
    pub other: Page,
    /// The active page stands at the right.
    active_right: bool,
    /// The row whose step the other page shows.
    followed: Option<AnyId>,
}

impl Workspace {
    /// Shows the page, or both.
    pub(super) fn show_pages(&mut self, ui: &mut Ui, settings: &Settings, queue: &mut Vec<Request>) {
        if self.desk.project().documents().is_empty() {
            let text = "A project holds a process flow, FMEAs and control plans.";
            if widgets::empty_state(ui, "No documents yet", text, Some("Add a document")) {
                queue.push(Request::Show(Dialog::add_document()));
            }
            return;
        }
        let Some((split, other)) = self.split.and_then(|split| Some((split, self.tab_of(split.other)?))) else {
            self.split = None;
            self.show_page_at(ui, self.active, settings, queue);
            self.settle_selection(None);
            return;
        };
        let (left, right) = if split.active_right { (other, self.active) } else { (self.active, other) };
        let half = ui.available_width() / 2.0;
        let panel =
            Panel::right("beside").resizable(true).show_separator_line(false).frame(Frame::NONE).default_size(half);
        let shown = panel.size_range(240.0..=(2.0 * half - 240.0).max(240.0)).show(ui, |ui| {
            self.show_side(ui, right, split.active_right, settings, queue);
        });
        let right_rect = shown.response.rect;
        CentralPanel::no_frame().show(ui, |ui| self.show_side(ui, left, !split.active_right, settings, queue));
        let pointer = ui.input(|input| (input.pointer.interact_pos(), input.pointer.any_pressed()));
        let hovered = match pointer.0 {
            Some(at) if right_rect.contains(at) => right,
            _ => left,
        };
        self.settle_selection(Some(hovered));
        let inside = pointer.0.is_some_and(|at| ui.max_rect().contains(at) && !is_covered(ui, at));
        if pointer.1 && inside && hovered != self.active {
            self.activate_other();
        }
        self.keep_in_step();
    }

    /// A page under a line with its name.
    fn show_side(&mut self, ui: &mut Ui, at: usize, is_active: bool, settings: &Settings, queue: &mut Vec<Request>) {
        const LINE: f32 = 24.0;
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        let name = self.tabs.get(at).map(|tab| tab.page.name(&self.desk)).unwrap_or_default();
        let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
        ui.painter().rect_filled(line, 0.0, tokens.panel);
        let weight = if is_active { Weight::Medium } else { Weight::Regular };
        let color = if is_active { tokens.text } else { tokens.quiet };
        let galley = ui.painter().layout_no_wrap(name, font(weight, size::CAPTION_TEXT + 1.0), color);
        ui.painter().galley(pos2(line.left() + 10.0, line.center().y - galley.size().y / 2.0), galley, color);
        let edge = if is_active { Stroke::new(2.0, tokens.gold) } else { Stroke::new(1.0, tokens.line) };
        ui.painter().hline(line.x_range(), line.bottom() - edge.width / 2.0, edge);
        let rect = ui.available_rect_before_wrap();
        ui.painter().vline(rect.right() - 0.5, rect.y_range(), Stroke::new(1.0, tokens.strong_line));
        let inner = Rect::from_min_max(rect.min, pos2(rect.right() - 1.0, rect.bottom()));
        ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(inner), |ui| {
            self.show_page_at(ui, at, settings, queue);
        });
    }

    fn show_page_at(&mut self, ui: &mut Ui, at: usize, settings: &Settings, queue: &mut Vec<Request>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let followed = self.followed(settings.language(), settings.report_profile(self.desk.folder()));
        let Some(tab) = self.tabs.get_mut(at) else { return };
        if let Some(document) = tab.page.document() {
            panels::released::show(ui, &self.desk, document, queue);
        }
        if let Some(preview) = tab.preview(ui.ctx(), &self.desk) {
            match followed {
                Some(followed) => preview.show(ui, &self.desk, followed, queue),
                None => drop(widgets::empty_state(ui, "Nothing to print yet", "Add a document first.", None)),
            }
        } else if let Some(overview) = tab.overview(ui.ctx(), &self.desk) {
            overview.show(ui, &self.desk, queue);
        } else if let Some(form) = tab.form(&self.desk, &self.views) {
            form.show(ui, &self.desk, settings, queue);
        }
    }

    /// Looks up the row under the cursor and lights the fact under the pointer up in every page.
    fn settle_selection(&mut self, hovered: Option<usize>) {
        let source = self.tabs.get(hovered.unwrap_or(self.active)).and_then(Tab::shown);
        if let Some(highlight) = source.map(|form| form.grid.highlight) {
            for form in self.tabs.iter_mut().filter_map(Tab::shown_mut) {
                form.grid.highlight = highlight;
            }
        }
        self.printed_last = self.page().filter(|page| *page != Page::Preview).or(self.printed_last);
        if self.page().is_some_and(Page::is_form) {
            self.look_up_selection();
        } else {
            self.selected = None;
        }
        self.note_place();
    }

    fn tab_of(&self, page: Page) -> Option<usize> {
        self.tabs.iter().position(|tab| tab.page == page)
    }

    /// Puts another page beside the active one, or shows the active one alone.
    pub(super) fn toggle_split(&mut self) {
        if self.split.take().is_some() {
            return;
        }
        let here = self.page();
        let other =
            self.before.filter(|before| Some(*before) != here && self.tab_of(*before).is_some()).or_else(|| {
                let next = (self.active + 1) % self.tabs.len().max(1);
                self.tabs.get(next).map(|tab| tab.page).filter(|page| Some(*page) != here)
            });
        self.split = other.map(|other| Split { other, active_right: false, followed: None });
    }

    /// Whether two pages are shown.
    pub fn is_split(&self) -> bool {
        self.split.is_some()
    }

    /// Makes the other of two pages the active one.
    pub(super) fn activate_other(&mut self) {
        let Some(split) = &mut self.split else { return };
        let (Some(now), other) = (self.tabs.get(self.active).map(|tab| tab.page), split.other) else { return };
        (split.other, split.active_right) = (now, !split.active_right);
        if let Some(at) = self.tab_of(other) {
            self.active = at;
        }
        if let Some((_, form)) = self.form_mut() {
            form.grid.focus();
        }
    }

    /// Lets the other page show the step in which the cursor stands.
    fn keep_in_step(&mut self) {
        let (Some(split), Some(selected)) = (self.split, self.selected()) else { return };
        if split.followed == Some(selected.row) {
            return;
        }
        if let Some(split) = &mut self.split {
            split.followed = Some(selected.row);
        }
        let step = self.step_of(selected.block);
        let project = self.desk.project();
        let Some(form) = self.tab_of(split.other).and_then(|at| self.tabs[at].shown_mut()) else { return };
        if let Some(counterpart) = counterpart(project, form.cells.view.form(), selected.block, step) {
            form.reveal(counterpart);
        }
    }
}

/// Whether a menu or dialog lies above the pages at a place.
fn is_covered(ui: &Ui, at: Pos2) -> bool {
    ui.ctx().layer_id_at(at).is_some_and(|layer| layer != ui.layer_id())
}

/// What stands in a form for the same thing as a block of another form: the same item, or the same process step.
fn counterpart(project: &crate::model::Project, form: &Form, block: AnyId, step: Option<Id<Step>>) -> Option<AnyId> {
    match form.kind {
        FormKind::ProcessFlow | FormKind::ControlPlan => step.map(AnyId::from),
        FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition => {
            let analysing = project.sources(step?, Relation::ElementStep).iter().map(|source| source.id);
            let here = |item: &AnyId| match item {
                AnyId::Element(element) => project.get(*element).map(|element| element.fmea) == form.document,
                _ => false,
            };
            analysing.into_iter().find(here)
        }
        FormKind::List(ListKind::Characteristics | ListKind::CharacteristicMatrix) => {
            matches!(block, AnyId::Characteristic(_)).then_some(block)
        }
        FormKind::List(ListKind::Actions) => matches!(block, AnyId::Action(_)).then_some(block),
        FormKind::List(ListKind::PpapElements) => matches!(block, AnyId::PpapElement(_)).then_some(block),
        FormKind::List(ListKind::Results(_)) => matches!(block, AnyId::TestResult(_)).then_some(block),
    }
}
