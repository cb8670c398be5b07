//! What the pointer does on the diagram: choose, name, connect, move, insert.

use eframe::egui::{CursorIcon, Key, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::Project;
use crate::model::flow::{FlowEdge, Route, Step, StepKind};
use crate::model::relation::Relation;
use crate::report::diagram::Point;
use crate::ui::kit::Tokens;
use crate::ui::kit::icons::{Icon, paint_icon};
use crate::ui::request::Request;

use super::drawing::Things;
use super::naming::Naming;
use super::{FlowDiagram, Scene, Told, menus, number_of};

/// How near the pointer has to come to a line, in points on screen.
const REACH: f32 = 6.0;

/// The same for a step that is about to be dropped: nobody aims while dragging.
const DROP_REACH: f32 = 26.0;

/// What the pointer drags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    /// A line from the symbol of a step to another step.
    Connect(Id<Step>),
    /// A step to another place in the line.
    Move(Id<Step>),
}

impl FlowDiagram {
    /// Takes what pointer and keys do.
    pub(super) fn work(&mut self, ui: &Ui, scene: Scene<'_>, queue: &mut Vec<Request>, told: &mut Told) {
        let Scene { desk, canvas, things, .. } = scene;
        if canvas.contains_pointer() {
            told.lit = Some(None);
        }
        for at in &things.nodes {
            self.work_on_step(ui, scene, *at, queue, told);
        }
        if canvas.clicked() || canvas.secondary_clicked() {
            canvas.request_focus();
            self.edge = self.line_under(ui, things).map(|at| self.drawing.diagram.lines[at].edge);
        }
        if canvas.double_clicked()
            && let Some(edge) = self.edge
        {
            self.naming = Some(Naming::of_edge(edge));
        }
        let (edge, mut names) = (self.edge, None);
        canvas.context_menu(|ui| match edge {
            Some(edge) => names = menus::line(ui, desk, edge, queue),
            None => menus::ground(ui, queue),
        });
        if let Some(edge) = names {
            self.naming = Some(Naming::of_edge(edge));
        }
        self.drop(ui, desk, things, queue);
        if canvas.has_focus() && self.naming.is_none() {
            self.keys(ui, scene, queue, told);
        }
    }

    fn work_on_step(&mut self, ui: &Ui, scene: Scene<'_>, at: usize, queue: &mut Vec<Request>, told: &mut Told) {
        let Scene { desk, canvas, .. } = scene;
        let node = &self.drawing.diagram.nodes[at];
        let (step, symbol) = (node.step, self.camera.area(node.symbol.area));
        let rect = self.camera.area(node.area.grown(4.0)).intersect(canvas.rect);
        let response = ui.interact(rect, canvas.id.with(step.raw()), Sense::CLICK | Sense::DRAG);
        let name = spoken(desk.project(), step);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if response.contains_pointer() {
            told.lit = Some(Some(number_of(step.into())));
        }
        if response.clicked() || response.secondary_clicked() || response.drag_started() {
            (told.chosen, self.edge) = (Some(step), None);
            canvas.request_focus();
        }
        if response.double_clicked() {
            self.naming = Some(Naming::of_step(step));
        }
        if response.drag_started() {
            let from = ui.input(|input| input.pointer.press_origin());
            let connects = from.is_some_and(|from| symbol.expand(2.0).contains(from));
            self.hand = Some(if connects { Hand::Connect(step) } else { Hand::Move(step) });
        }
        let mut names = false;
        response.context_menu(|ui| names = menus::step(ui, desk, step, queue));
        if names {
            self.naming = Some(Naming::of_step(step));
        }
        if self.hand.is_none() && response.hovered() {
            let on_symbol = ui.input(|input| input.pointer.hover_pos()).is_some_and(|at| symbol.contains(at));
            let (icon, hint) = if on_symbol {
                (CursorIcon::Crosshair, "Drag to another step to connect them")
            } else {
                (CursorIcon::Grab, "Double-click to edit the name; drag onto a line to move the step there")
            };
            response.on_hover_cursor(icon).on_hover_text(hint);
        }
    }

    /// Ends a drag where the button is released.
    fn drop(&mut self, ui: &Ui, desk: &Desk, things: &Things, queue: &mut Vec<Request>) {
        if self.hand.is_none() {
            return;
        }
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.hand = None;
            return;
        }
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        if !ui.input(|input| input.pointer.any_released()) {
            return;
        }
        let (node, line) = (self.node_for_drop(ui, things), self.line_for_drop(ui, things));
        match (self.hand.take(), node, line) {
            (Some(Hand::Connect(from)), Some(at), _) => {
                let to = self.drawing.diagram.nodes[at].step;
                let (route, label) = (likely_route(desk.project(), from, to), String::new());
                queue.push(Request::Run(Command::Connect { from, to, route, label }));
            }
            (Some(Hand::Move(step)), _, Some(at)) => {
                queue.push(Request::Run(Command::MoveStepInto { step, edge: self.drawing.diagram.lines[at].edge }));
            }
            _ => {}
        }
    }

    /// The step on which the line that is dragged would be dropped.
    pub(super) fn node_for_drop(&self, ui: &Ui, things: &Things) -> Option<usize> {
        let Some(Hand::Connect(from)) = self.hand else { return None };
        let under = self.camera.under(ui.input(|input| input.pointer.latest_pos())?);
        let nodes = &self.drawing.diagram.nodes;
        let found = things.nodes.iter().copied().find(|at| nodes[*at].area.grown(4.0).contains(under));
        found.filter(|at| nodes[*at].step != from)
    }

    /// The line on which the step that is dragged would be dropped.
    pub(super) fn line_for_drop(&self, ui: &Ui, things: &Things) -> Option<usize> {
        let Some(Hand::Move(step)) = self.hand else { return None };
        let lines = &self.drawing.diagram.lines;
        let place = self.drawing.place(step)?;
        let others = |at: usize| lines[at].from != place && lines[at].to != place;
        let at = ui.input(|input| input.pointer.latest_pos())?;
        let under = self.camera.under(at);
        // The main line is meant where it is near.
        let main = |at: usize| others(at) && lines[at].route == Route::Main;
        self.nearest_line(things, under, DROP_REACH, main)
            .or_else(|| self.nearest_line(things, under, DROP_REACH, others))
    }

    /// The line under the pointer, unless a step is.
    fn line_under(&self, ui: &Ui, things: &Things) -> Option<usize> {
        let at = ui.input(|input| input.pointer.latest_pos())?;
        let (under, diagram) = (self.camera.under(at), &self.drawing.diagram);
        if things.nodes.iter().any(|node| diagram.nodes[*node].area.grown(4.0).contains(under)) {
            return None;
        }
        self.nearest_line(things, under, REACH, |_| true)
    }

    /// The line nearest to a point of the drawing, among those that are asked for.
    fn nearest_line(&self, things: &Things, under: Point, reach: f32, asked: impl Fn(usize) -> bool) -> Option<usize> {
        let (diagram, reach) = (&self.drawing.diagram, reach / self.camera.scale());
        let far = |line: usize| {
            let line = &diagram.lines[line];
            let in_label = line.label.as_ref().is_some_and(|(area, _)| area.contains(under));
            if in_label { 0.0 } else { distance(&line.stroke, under) }
        };
        let asked = things.lines.iter().copied().filter(|line| asked(*line));
        let near = asked.map(|line| (line, far(line))).filter(|(_, far)| *far <= reach);
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(line, _)| line)
    }

    /// What is dragged, up to the pointer.
    pub(super) fn paint_hand(&self, ui: &Ui, things: &Things) {
        let (Some(hand), Some(at)) = (self.hand, ui.input(|input| input.pointer.latest_pos())) else { return };
        let tokens = Tokens::of(ui);
        match hand {
            Hand::Connect(from) => {
                let Some(from) = self.drawing.place(from) else { return };
                let start = self.camera.area(self.drawing.diagram.nodes[from].symbol.area).center();
                ui.painter().line_segment([start, at], Stroke::new(2.0, tokens.selection));
                ui.painter().circle_filled(at, 4.0, tokens.selection);
            }
            Hand::Move(step) => {
                let Some(node) = self.drawing.place(step).map(|at| &self.drawing.diagram.nodes[at]) else { return };
                let ghost = Rect::from_center_size(at, self.camera.area(node.symbol.area).size());
                let color = if self.line_for_drop(ui, things).is_some() { tokens.selection } else { tokens.quiet };
                ui.painter().rect_stroke(ghost, 4.0, Stroke::new(2.0, color), eframe::egui::StrokeKind::Inside);
            }
        }
    }

    /// A sign on the line under the pointer, or on the chosen one, by which a step is made there.
    pub(super) fn offer_insertion(&self, ui: &Ui, scene: Scene<'_>, queue: &mut Vec<Request>) {
        let Scene { desk, canvas, things, .. } = scene;
        let near = || if canvas.contains_pointer() { self.line_under(ui, things) } else { None };
        let chosen = || self.edge.and_then(|edge| self.drawing.line(edge)).filter(|at| things.lines.contains(at));
        let Some(at) = near().or_else(chosen).filter(|_| self.hand.is_none() && self.naming.is_none()) else { return };
        let line = &self.drawing.diagram.lines[at];
        let rect = Rect::from_center_size(self.camera.at(self.free_place(at)), Vec2::splat(18.0));
        let response = ui.interact(rect.expand(3.0), canvas.id.with("insert"), Sense::click());
        let nodes = &self.drawing.diagram.nodes;
        let number =
            |at: usize| desk.project().get(nodes[at].step).map(|step| step.number.to_string()).unwrap_or_default();
        let name = format!("Add a process step between {} and {}", number(line.from), number(line.to));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let tokens = Tokens::of(ui);
        let fill = if response.hovered() { tokens.selection } else { tokens.paper };
        let ink = if response.hovered() { tokens.paper } else { tokens.selection };
        ui.painter().circle(rect.center(), 9.0, fill, Stroke::new(1.5, tokens.selection));
        paint_icon(ui.painter(), rect.shrink(4.0), Icon::Plus, ink);
        if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&name).clicked() {
            queue.push(Request::RunAndEdit(Command::InsertStepInto { edge: line.edge }));
        }
    }

    /// A place on a line where no step stands.
    fn free_place(&self, at: usize) -> Point {
        let (line, nodes) = (&self.drawing.diagram.lines[at], &self.drawing.diagram.nodes);
        match line.stroke.as_slice() {
            [start, end] if start[1] < end[1] => {
                let below = nodes[line.from].area.max[1].clamp(start[1], end[1]);
                [end[0], f32::midpoint(below, end[1])]
            }
            stroke => middle(stroke),
        }
    }
}

/// The middle of the longest piece of a line.
pub(super) fn middle(points: &[Point]) -> Point {
    let length = |ends: &&[Point]| (ends[1][0] - ends[0][0]).abs() + (ends[1][1] - ends[0][1]).abs();
    let longest = points.windows(2).max_by(|a, b| length(a).total_cmp(&length(b)));
    longest.map_or_else(
        || points.first().copied().unwrap_or_default(),
        |ends| [f32::midpoint(ends[0][0], ends[1][0]), f32::midpoint(ends[0][1], ends[1][1])],
    )
}

/// How far a point lies from a line.
fn distance(points: &[Point], [x, y]: Point) -> f32 {
    let to_piece = |ends: &[Point]| {
        let ([x0, y0], [x1, y1]) = (ends[0], ends[1]);
        let (dx, dy) = (x1 - x0, y1 - y0);
        let length = dx * dx + dy * dy;
        let along = if length > 0.0 { (((x - x0) * dx + (y - y0) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        (x - x0 - along * dx).hypot(y - y0 - along * dy)
    };
    points.windows(2).map(to_piece).fold(f32::INFINITY, f32::min)
}

/// The route that a new connection most likely takes.
fn likely_route(project: &Project, from: Id<Step>, to: Id<Step>) -> Route {
    let kind = |step: Id<Step>| project.get(step).map(|step| step.kind);
    let leaves = |route: Route| project.children::<FlowEdge>(from, Relation::EdgeFrom).any(|edge| edge.route == route);
    match (kind(from), kind(to)) {
        (_, Some(StepKind::Rework | StepKind::Scrap)) => Route::Nok,
        (Some(StepKind::Rework), _) => Route::ReworkReturn,
        _ if leaves(Route::Main) => Route::Alternate,
        _ => Route::Main,
    }
}

/// A step in a sentence.
fn spoken(project: &Project, step: Id<Step>) -> String {
    let Some(step) = project.get(step) else { return String::new() };
    let outsourced = if step.outsourced { ", outsourced" } else { "" };
    format!("Step {}, {}{outsourced}", step.label(), step.kind.name().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_as_far_as_its_nearest_piece() {
        let line = [[0.0, 0.0], [0.0, 10.0], [20.0, 10.0]];
        for (at, far) in [([3.0, 5.0], 3.0), ([10.0, 14.0], 4.0), ([23.0, 14.0], 5.0), ([0.0, 0.0], 0.0)] {
            assert!((distance(&line, at) - far).abs() < 1e-4, "{at:?}");
        }
        assert!(distance(&[middle(&line), [10.0, 10.0]], [10.0, 10.0]) < 1e-4);
        assert!(distance(&[], [0.0, 0.0]).is_infinite());
    }
}
