//! The whole diagram in small, with what is in sight.

use eframe::egui::{
    CursorIcon, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, epaint::Mesh, pos2, vec2,
};

use crate::report::diagram::Diagram;
use crate::ui::kit::{Tokens, size};

use super::camera::Camera;

/// The largest breadth and the share of the height that it may take.
const BREADTH: f32 = 132.0;
const SHARE: f32 = 0.42;

/// The small picture, painted once for each layout and place.
#[derive(Debug, Default)]
pub(super) struct Overview {
    painted: Option<(u64, Rect, bool, Shape)>,
}

impl Overview {
    /// Shows the picture in the lower right corner, unless everything is in sight; a press in it moves there.
    pub fn show(&mut self, ui: &Ui, room: Rect, diagram: &Diagram, revision: u64, camera: &mut Camera) {
        if camera.shows_all() || room.width() < 3.0 * BREADTH || room.height() < 240.0 {
            return;
        }
        let tokens = Tokens::of(ui);
        let [width, height] = diagram.size;
        let scale = (BREADTH / width).min(room.height() * SHARE / height);
        let extent = vec2((width * scale).max(12.0), height * scale);
        let rect = Rect::from_min_size(room.max - extent - vec2(12.0, 12.0), extent);
        let response = ui.interact(rect, ui.scope_id().with("flow overview"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Overview of the diagram"));
        ui.painter().rect(
            rect,
            f32::from(size::CORNER),
            tokens.panel,
            Stroke::new(1.0, tokens.strong_line),
            StrokeKind::Outside,
        );
        let dark = ui.visuals().dark_mode;
        if self
            .painted
            .as_ref()
            .is_none_or(|(known, at, was_dark, _)| (*known, *at, *was_dark) != (revision, rect, dark))
        {
            self.painted = Some((revision, rect, dark, picture(diagram, rect.min, scale, tokens)));
        }
        if let Some((.., picture)) = &self.painted {
            ui.painter().add(picture.clone());
        }
        let sight = camera.sight();
        let place = |point: [f32; 2]| rect.min + vec2(point[0], point[1]) * scale;
        let seen = Rect::from_min_max(place(sight.min), place(sight.max)).intersect(rect);
        ui.painter().rect(seen, 0.0, tokens.selection_fill(), Stroke::new(1.0, tokens.selection), StrokeKind::Inside);
        if let Some(at) = response.interact_pointer_pos() {
            let far = (at - rect.min) / scale;
            camera.center_on([far.x, far.y]);
        }
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
}

/// Steps as small blocks, the lines between them as thin ones.
fn picture(diagram: &Diagram, corner: Pos2, scale: f32, tokens: &Tokens) -> Shape {
    let mut mesh = Mesh::default();
    for line in &diagram.lines {
        for ends in line.stroke.windows(2) {
            let ([x0, y0], [x1, y1]) = (ends[0], ends[1]);
            let low = corner + vec2(x0.min(x1), y0.min(y1)) * scale;
            let high = corner + vec2(x0.max(x1), y0.max(y1)) * scale;
            mesh.add_colored_rect(Rect::from_min_max(low, high + vec2(0.6, 0.6)), tokens.strong_line);
        }
    }
    for node in &diagram.nodes {
        let (symbol, name) = (node.symbol.area, node.name);
        let at = |x: f32, y: f32| pos2(corner.x + x * scale, corner.y + y * scale);
        let block = Rect::from_min_max(at(symbol.min[0], symbol.min[1]), at(symbol.max[0], symbol.max[1]));
        mesh.add_colored_rect(block.expand2(vec2(0.0, (1.0 - block.height()).max(0.0) / 2.0)), tokens.text);
        if scale > 0.05 {
            let words = Rect::from_min_max(at(name.min[0], name.min[1]), at(name.max[0], name.max[1]));
            mesh.add_colored_rect(words.shrink2(vec2(0.0, words.height() * 0.25)), tokens.line);
        }
    }
    Shape::mesh(mesh)
}
