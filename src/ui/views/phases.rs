//! The phases of a control plan as tabs above its rows, with the exit criteria where the safe launch is shown.

use std::collections::HashMap;

use eframe::egui::{Align2, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::desk::Desk;
use crate::base::Id;
use crate::model::control_plan::PlanRow;
use crate::model::document::{Document, Phase};
use crate::model::field::Field;
use crate::model::op::Changes;
use crate::model::relation::Relation;
use crate::model::{AnyId, Project};
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{Tokens, Weight, font, size, widgets};
use crate::ui::request::Request;

/// Height of the tabs in points.
const BAR: f32 = 28.0;

/// How many rows of a plan serve which phase; an edit costs the rows it touches.
pub struct PhaseTabs {
    plan: Id<Document>,
    /// The phases each row names; none for all of them.
    rows: HashMap<Id<PlanRow>, Vec<Phase>>,
    serving: [usize; Phase::ALL.len()],
    naming: [usize; Phase::ALL.len()],
    /// The phase the plan is kept for.
    kept_for: Option<Phase>,
}

impl PhaseTabs {
    /// The tabs of a plan.
    pub fn new(project: &Project, plan: Id<Document>) -> Self {
        let kept_for = project.get(plan).and_then(|plan| plan.phase);
        let (serving, naming) = ([0; Phase::ALL.len()], [0; Phase::ALL.len()]);
        let mut tabs = Self { plan, rows: HashMap::new(), serving, naming, kept_for };
        for row in project.children::<PlanRow>(plan, Relation::RowInPlan) {
            tabs.add(row);
        }
        tabs
    }

    fn add(&mut self, row: &PlanRow) {
        for (at, phase) in Phase::ALL.into_iter().enumerate() {
            self.serving[at] += usize::from(row.serves(phase));
            self.naming[at] += usize::from(row.phases.contains(&phase));
        }
        self.rows.insert(row.id, row.phases.clone());
    }

    fn take_out(&mut self, row: Id<PlanRow>) {
        let Some(phases) = self.rows.remove(&row) else { return };
        for (at, phase) in Phase::ALL.iter().enumerate() {
            self.serving[at] -= usize::from(phases.is_empty() || phases.contains(phase));
            self.naming[at] -= usize::from(phases.contains(phase));
        }
    }

    /// Takes over a change of the project.
    pub fn update(&mut self, project: &Project, changes: &Changes) {
        self.kept_for = project.get(self.plan).and_then(|plan| plan.phase);
        for item in &changes.items {
            let AnyId::PlanRow(id) = *item else { continue };
            self.take_out(id);
            if let Some(row) = project.get(id).filter(|row| row.plan == self.plan) {
                self.add(row);
            }
        }
    }

    /// Shows the tabs; the phase that was chosen, if one was.
    pub fn show(
        &self,
        ui: &mut Ui,
        desk: &Desk,
        shown: Option<Phase>,
        queue: &mut Vec<Request>,
    ) -> Option<Option<Phase>> {
        let mut chosen = None;
        widgets::strip(ui, BAR, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if tab(ui, "All", self.rows.len(), "The rows of every phase", shown.is_none()) {
                chosen = Some(None);
            }
            for (at, phase) in Phase::ALL.into_iter().enumerate() {
                let is_shown = shown == Some(phase);
                let count = self.serving[at];
                if self.naming[at] == 0 && self.kept_for != Some(phase) && !is_shown {
                    continue;
                }
                let hint = format!("Only the rows that serve this phase; new rows get it ({})", phase.name());
                if tab(ui, phase.name(), count, &hint, is_shown) {
                    chosen = Some(Some(phase));
                }
            }
        });
        if shown == Some(Phase::SafeLaunch) {
            self.exit_criteria(ui, desk, queue);
        }
        chosen
    }

    fn exit_criteria(&self, ui: &mut Ui, desk: &Desk, queue: &mut Vec<Request>) {
        let criteria = desk.project().field_text(self.plan.into(), Field::SafeLaunchExit).unwrap_or_default();
        widgets::strip(ui, BAR, |ui| {
            let text = if criteria.trim().is_empty() {
                "Exit criteria of the safe launch: none given yet".to_owned()
            } else {
                format!("Exit criteria of the safe launch: {criteria}")
            };
            let room = ui.available_width() - 80.0;
            ui.scope(|ui| {
                ui.set_max_width(room);
                ui.add(eframe::egui::Label::new(&text).truncate()).on_hover_text(&criteria);
            });
            if widgets::text_button(ui, "Edit…", "Write the exit criteria in the document properties").clicked() {
                queue.push(Request::Show(Dialog::document_properties(self.plan)));
            }
        });
    }
}

fn tab(ui: &mut Ui, name: &str, count: usize, hint: &str, active: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (weight, color) = if active { (Weight::Medium, tokens.text) } else { (Weight::Regular, tokens.quiet) };
    let title = ui.painter().layout_no_wrap(name.to_owned(), font(weight, 12.5), color);
    let number =
        ui.painter().layout_no_wrap(count.to_string(), font(Weight::Regular, size::CAPTION_TEXT), tokens.quiet);
    let breadth = title.size().x + number.size().x + 26.0;
    let (rect, response) = ui.allocate_exact_size(vec2(breadth, BAR - 2.0), Sense::click());
    if response.hovered() && !active {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 3.0)), f32::from(size::CORNER), tokens.hover);
    }
    if response.has_focus() {
        let edge = Stroke::new(1.0, tokens.selection);
        ui.painter().rect_stroke(rect, f32::from(size::CORNER), edge, eframe::egui::StrokeKind::Inside);
    }
    let at = Align2::LEFT_CENTER.pos_in_rect(&rect.shrink2(vec2(10.0, 0.0)));
    let title_breadth = title.size().x;
    ui.painter().galley(at - vec2(0.0, title.size().y / 2.0), title, color);
    ui.painter().galley(at + vec2(title_breadth + 6.0, -number.size().y / 2.0), number, tokens.quiet);
    if active {
        ui.painter().hline(rect.x_range().shrink(6.0), rect.bottom() - 1.0, Stroke::new(2.0, tokens.gold));
    }
    let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let spoken = format!("Phase {name}, {rows}");
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), active, &spoken));
    response.on_hover_text(hint).clicked()
}
