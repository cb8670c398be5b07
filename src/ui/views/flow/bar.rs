//! The line above the diagram.

use eframe::egui::{Align, Layout, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

use crate::model::flow::Route;
use crate::report::diagram::{dashed, dashes};
use crate::ui::kit::icons::Icon;
use crate::ui::kit::{Tokens, size, widgets};

use super::paint::ink;
use super::{FlowDiagram, Look, Shown};

impl FlowDiagram {
    /// The line above the diagram: what is shown, how large, and what the lines mean.
    pub fn bar(&mut self, ui: &mut Ui) {
        widgets::strip(ui, size::MENU_BAR, |ui| {
            ui.spacing_mut().item_spacing.x = size::STEP;
            for shown in Shown::ALL {
                if ui.selectable_label(self.shown == shown, shown.name()).clicked() {
                    self.shown = shown;
                }
            }
            if !self.shows_diagram() {
                return;
            }
            let has_room = ui.available_width() > 620.0;
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::text_button(ui, "Whole", "Show the whole diagram").clicked() {
                    self.look(Look::Whole);
                }
                if widgets::text_button(ui, "Width", "Show the whole width of the diagram, as far as it can be read")
                    .clicked()
                {
                    self.look(Look::Breadth);
                }
                if widgets::icon_button(ui, Icon::Plus, "Larger diagram").clicked() {
                    self.look(Look::Larger);
                }
                let percent = format!("{} %", self.camera.percent());
                if widgets::text_button(ui, &percent, "Show the diagram at 100 %").clicked() {
                    self.look(Look::Normal);
                }
                if widgets::icon_button(ui, Icon::Minus, "Smaller diagram").clicked() {
                    self.look(Look::Smaller);
                }
                if has_room {
                    ui.add_space(3.0 * size::STEP);
                    legend(ui);
                }
            });
        });
    }
}

/// What the lines mean, from right to left.
fn legend(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    for route in Route::ALL.into_iter().rev() {
        ui.label(RichText::new(route.name()).size(size::CAPTION_TEXT).color(tokens.quiet));
        let (rect, _) = ui.allocate_exact_size(vec2(26.0, 12.0), Sense::hover());
        sample(ui, rect, route);
        ui.add_space(size::STEP);
    }
}

fn sample(ui: &Ui, rect: Rect, route: Route) {
    let stroke = Stroke::new(1.5, ink(Tokens::of(ui), route));
    let ends = [rect.left_center(), rect.right_center()].map(|at| [at.x, at.y]);
    for piece in dashed(&ends, dashes(route)) {
        ui.painter().line_segment(piece.map(|[x, y]| pos2(x, y)), stroke);
    }
}
