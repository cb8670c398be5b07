//! The panels around the document: tree, inspector, failure net, find and replace, findings.

use eframe::egui::{Context, Frame, Margin, Panel, Ui};

use crate::app::desk::Desk;
use crate::app::inspect::Subject;
use crate::app::settings::Settings;
use crate::base::Id;
use crate::edit::Command;
use crate::model::AnyId;
use crate::model::fmea::Failure;
use crate::ui::kit::{Severity, Tokens, widgets};
use crate::ui::page::Page;
use crate::ui::panels::find::FindPanel;
use crate::ui::panels::proposals::{Goal, ProposalsPanel};
use crate::ui::panels::{findings, tree};
use crate::ui::request::Request;

use super::Workspace;

/// From this breadth on a window has room for the inspector without being asked, in points.
const ROOMY: f32 = 1600.0;

impl Workspace {
    /// The tree at the left and the inspector at the right.
    pub(super) fn show_sides(&mut self, ui: &mut Ui, settings: &Settings, queue: &mut Vec<Request>) {
        let side = Frame::NONE.fill(Tokens::of(ui).panel).inner_margin(Margin::same(6));
        if self.tree_open {
            let panel = Panel::left("tree").resizable(true).default_size(212.0).size_range(140.0..=420.0);
            panel.frame(side).show(ui, |ui| tree::show(ui, &self.desk, &self.tabs, self.active, queue));
        }
        self.inspector_open = settings.inspector_open.unwrap_or_else(|| ui.ctx().content_rect().width() >= ROOMY);
        if self.inspector_open && self.page().is_some_and(Page::is_form) {
            let subject = self.subject();
            let panel = Panel::right("inspector").resizable(true).default_size(288.0).size_range(200.0..=520.0);
            panel.frame(side).show(ui, |ui| self.inspector.show(ui, &self.desk, subject, queue));
        }
    }

    /// What the inspector looks at: the selected cell.
    fn subject(&self) -> Option<Subject> {
        self.selected().map(|selected| Subject { item: selected.shown, row: selected.row })
    }

    /// The failure that the selected cell stands for, in an FMEA.
    fn selected_failure(&self) -> Option<Id<Failure>> {
        let selected = self.selected()?;
        match (selected.shown, selected.row) {
            (AnyId::Failure(failure), _) => Some(failure),
            (_, AnyId::Risk(risk)) => self.desk.project().get(risk).map(|risk| risk.mode),
            _ => None,
        }
    }

    /// The failure net below the document.
    pub(super) fn show_net(&mut self, ui: &mut Ui, settings: &Settings, queue: &mut Vec<Request>) {
        if !settings.failure_net_open || !self.page().is_some_and(Page::is_form) {
            return;
        }
        let failure = self.selected_failure();
        let frame = Frame::NONE.fill(Tokens::of(ui).ground).inner_margin(Margin::symmetric(8, 4));
        let panel = Panel::bottom("failure net").resizable(true).default_size(232.0).size_range(120.0..=560.0);
        panel.frame(frame).show(ui, |ui| self.net.show(ui, &self.desk, failure, queue));
    }

    /// Where accepted proposals go: the control plan that is shown, in the phase that is shown.
    pub(super) fn goal(&self) -> Option<Goal> {
        self.document().filter(|_| self.shows_phases()).map(|plan| Goal { plan, phase: self.phase() })
    }

    /// What the control plan that is shown lacks, below it.
    pub(super) fn show_proposals(&mut self, ui: &mut Ui, settings: &mut Settings, queue: &mut Vec<Request>) {
        let Some(goal) = self.goal() else { return };
        let panel = self.proposals.get_or_insert_with(|| ProposalsPanel::new(ui.ctx(), &self.desk));
        panel.renew(&self.desk);
        let frame = Frame::NONE.fill(Tokens::of(ui).panel).inner_margin(Margin::symmetric(6, 2));
        let is_open = settings.proposals_open;
        let clicked = if is_open {
            let area = Panel::bottom("proposals").resizable(true).default_size(190.0).size_range(90.0..=460.0);
            let shown = area.frame(frame).show(ui, |ui| {
                let clicked = panel.head(ui, is_open);
                panel.show(ui, goal, queue);
                clicked
            });
            shown.inner
        } else {
            let line = Panel::bottom("proposals line").exact_size(30.0).frame(frame);
            line.show(ui, |ui| panel.head(ui, is_open)).inner
        };
        if clicked {
            settings.proposals_open = !is_open;
        }
    }

    /// Adds every proposed row to the control plan that is shown.
    ///
    /// # Errors
    /// If no control plan is shown, or if nothing is proposed.
    pub fn accept_all_proposals(&self) -> Result<Command, String> {
        let goal = self.goal().ok_or("Show a control plan first")?;
        let proposed = self.proposals.as_ref().and_then(|panel| panel.accept_all(goal));
        proposed.ok_or_else(|| "The control plan lacks nothing that flow and FMEA ask for".to_owned())
    }

    /// Opens find and replace, or puts the cursor into it.
    pub fn open_find(&mut self, ctx: &Context) {
        match &mut self.find {
            Some(panel) => panel.take_focus(),
            None => self.find = Some(FindPanel::new(ctx, &self.desk)),
        }
    }

    pub(super) fn show_find(&mut self, ui: &mut Ui, queue: &mut Vec<Request>) {
        let Some(mut panel) = self.find.take() else { return };
        let frame = Frame::NONE.fill(Tokens::of(ui).panel).inner_margin(Margin::symmetric(6, 4));
        let area = Panel::bottom("find").resizable(true).default_size(170.0).size_range(90.0..=420.0).frame(frame);
        let page = self.page();
        if area.show(ui, |ui| panel.show(ui, &self.desk, page, queue)).inner {
            self.find = Some(panel);
        }
    }

    pub(super) fn show_findings(&mut self, ui: &mut Ui, settings: &mut Settings, queue: &mut Vec<Request>) {
        let tokens = Tokens::of(ui);
        let frame = Frame::NONE.fill(tokens.panel).inner_margin(Margin::symmetric(6, 2));
        let head = |ui: &mut Ui, desk: &Desk, settings: &mut Settings| {
            let counts = findings::counts(desk);
            let worst = match (counts.errors, counts.warnings) {
                (0, 0) => Severity::Info,
                (0, _) => Severity::Warning,
                _ => Severity::Error,
            };
            let text = format!("Findings   {}", findings::summary(desk));
            let remark = if settings.findings_open { "hide (F8)" } else { "show (F8)" };
            if widgets::list_row(ui, Some(worst), &text, remark, false).clicked() {
                settings.findings_open = !settings.findings_open;
            }
        };
        if settings.findings_open {
            self.list_findings();
            Panel::bottom("findings").resizable(true).default_size(150.0).size_range(80.0..=420.0).frame(frame).show(
                ui,
                |ui| {
                    head(ui, &self.desk, settings);
                    findings::show(ui, &self.listing.findings, self.listing.chosen, queue);
                },
            );
        } else {
            Panel::bottom("findings line").exact_size(30.0).frame(frame).show(ui, |ui| head(ui, &self.desk, settings));
        }
    }
}
