//! The process flow as its diagram, to be worked on: beside the table, or alone.
//!
//! *Invariant:* a frame looks at steps and lines in sight only; what is chosen here is the row of the cursor in the table.

mod bar;
mod camera;
mod drawing;
mod hands;
mod keys;
mod menus;
mod naming;
mod overview;
mod paint;

use std::sync::Arc;

use eframe::egui::{Response, Role, Sense, Ui, UiBuilder, WidgetInfo};

use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::Changes;
use crate::model::document::Document;
use crate::model::flow::{FlowEdge, Step};
use crate::ui::kit::Tokens;
use crate::ui::request::Request;

use super::names::number_of;

use self::camera::{Camera, Fit};
use self::drawing::{Drawing, Things};
use self::hands::Hand;
use self::naming::Naming;
use self::overview::Overview;
use self::paint::{Brush, Standing};

/// What of a process flow is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// The diagram with the table beside it.
    #[default]
    Both,
    /// The diagram alone.
    Diagram,
    /// The table alone.
    Table,
}

impl Shown {
    /// All of them in the order in which a key goes through them.
    pub const ALL: [Self; 3] = [Self::Both, Self::Diagram, Self::Table];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Both => "Diagram and table",
            Self::Diagram => "Diagram",
            Self::Table => "Table",
        }
    }

    /// The word by which settings keep it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Diagram => "diagram",
            Self::Table => "table",
        }
    }

    /// The one that settings name so.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.key() == key)
    }

    /// The next one, all around.
    pub fn next(self) -> Self {
        match self {
            Self::Both => Self::Diagram,
            Self::Diagram => Self::Table,
            Self::Table => Self::Both,
        }
    }
}

/// How the diagram is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A zoom larger.
    Larger,
    /// A zoom smaller.
    Smaller,
    /// 100 %.
    Normal,
    /// As broad as the room.
    Breadth,
    /// Everything in sight.
    Whole,
}

/// What a frame of the diagram tells the form.
#[derive(Debug, Default)]
pub struct Told {
    /// The step that was chosen.
    pub chosen: Option<Id<Step>>,
    /// The fact under the pointer, if the pointer is over the diagram.
    pub lit: Option<Option<u64>>,
}

/// What a frame works on.
#[derive(Clone, Copy)]
struct Scene<'a> {
    desk: &'a Desk,
    /// The whole ground of the diagram.
    canvas: &'a Response,
    /// What is in sight.
    things: &'a Things,
    /// The step of the cursor.
    selected: Option<Id<Step>>,
}

/// The diagram of a process flow.
pub struct FlowDiagram {
    /// What of the flow is shown.
    pub shown: Shown,
    drawing: Drawing,
    camera: Camera,
    overview: Overview,
    /// The step that was brought into sight last.
    followed: Option<Id<Step>>,
    /// The connection that was chosen.
    edge: Option<Id<FlowEdge>>,
    hand: Option<Hand>,
    naming: Option<Naming>,
    wants_focus: bool,
    has_focus: bool,
}

impl FlowDiagram {
    /// The diagram of a flow.
    pub fn new(flow: Id<Document>) -> Self {
        Self {
            shown: Shown::default(),
            drawing: Drawing::new(flow),
            camera: Camera::default(),
            overview: Overview::default(),
            followed: None,
            edge: None,
            hand: None,
            naming: None,
            wants_focus: false,
            has_focus: false,
        }
    }

    /// Takes over a change of the project.
    pub fn update(&mut self, changes: &Changes) {
        self.drawing.update(changes);
    }

    /// Whether the diagram is shown.
    pub fn shows_diagram(&self) -> bool {
        self.shown != Shown::Table
    }

    /// Whether the table is shown.
    pub fn shows_table(&self) -> bool {
        self.shown != Shown::Diagram
    }

    /// Whether an edit that was asked for belongs into the diagram: it is shown alone, or was worked in last.
    pub fn takes_edits(&self) -> bool {
        self.shown == Shown::Diagram || (self.shows_diagram() && self.has_focus)
    }

    /// Opens the name of a step for editing.
    pub fn edit_name(&mut self, step: Id<Step>) {
        self.naming = Some(Naming::of_step(step));
    }

    /// Ends the edit under way and hands it over.
    pub fn take_draft(&mut self) -> Option<Command> {
        self.naming.take().and_then(Naming::command)
    }

    /// Gives the keyboard to the diagram in the next frame.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Looks at the diagram in another way.
    pub fn look(&mut self, look: Look) {
        match look {
            Look::Larger => self.camera.step(true, None),
            Look::Smaller => self.camera.step(false, None),
            Look::Normal => self.camera.normal(),
            Look::Breadth => self.camera.fit(Fit::Breadth),
            Look::Whole => self.camera.fit(Fit::Whole),
        }
    }

    /// How broad the whole diagram is at 100 %, in points on screen.
    pub fn breadth(&mut self, desk: &Desk) -> f32 {
        self.drawing.refresh(desk);
        Camera::default().scale() * self.drawing.diagram.size[0]
    }

    /// Shows the diagram in all the room there is.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        selected: Option<Id<Step>>,
        lit: Option<u64>,
        queue: &mut Vec<Request>,
    ) -> Told {
        self.drawing.refresh(desk);
        let room = ui.available_rect_before_wrap();
        let canvas = ui.allocate_rect(room, Sense::click_and_drag());
        canvas.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Process flow diagram"));
        ui.painter().rect_filled(room, 0.0, Tokens::of(ui).paper);
        if std::mem::take(&mut self.wants_focus) {
            canvas.request_focus();
        }
        self.has_focus = canvas.has_focus() || self.naming.is_some() || (self.has_focus && no_focus(ui));
        self.camera.begin(room, self.drawing.diagram.size);
        self.follow(selected);
        self.turn_wheel(ui, &canvas);
        let mut told = Told::default();
        ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
            ui.set_clip_rect(room.intersect(ui.clip_rect()));
            let things = self.drawing.in_sight(self.camera.sight());
            let scene = Scene { desk, canvas: &canvas, things: &things, selected };
            self.work(ui, scene, queue, &mut told);
            self.paint(ui, scene, told.lit.flatten().or(lit));
            self.drawing.forget_others(&things.nodes);
            self.paint_hand(ui, &things);
            self.offer_insertion(ui, scene, queue);
            self.show_naming(ui, desk, &canvas, queue);
            self.overview.show(ui, room, &self.drawing.diagram, self.drawing.revision, &mut self.camera);
        });
        told
    }

    /// Brings the step of the cursor into sight when the cursor came to it.
    fn follow(&mut self, selected: Option<Id<Step>>) {
        if self.followed == selected {
            return;
        }
        self.followed = selected;
        if let Some(at) = selected.and_then(|step| self.drawing.place(step)) {
            self.camera.show(self.drawing.diagram.nodes[at].area);
        }
    }

    fn turn_wheel(&mut self, ui: &Ui, canvas: &Response) {
        if canvas.dragged() && self.hand.is_none() {
            self.camera.pan(canvas.drag_delta());
        }
        let Some(at) = ui.input(|input| input.pointer.hover_pos()).filter(|_| canvas.contains_pointer()) else {
            return;
        };
        let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta, input.zoom_delta()));
        if (pinch - 1.0).abs() > f32::EPSILON {
            self.camera.pinch(pinch, at);
        } else if wheel != eframe::egui::Vec2::ZERO {
            self.camera.pan(wheel);
        }
    }

    fn paint(&mut self, ui: &Ui, scene: Scene<'_>, lit: Option<u64>) {
        let Scene { desk, things, selected, .. } = scene;
        let brush = Brush { painter: ui.painter(), camera: &self.camera, tokens: Tokens::of(ui) };
        let chosen = self.edge.and_then(|edge| self.drawing.line(edge));
        let under = self.line_for_drop(ui, things);
        let target = self.node_for_drop(ui, things);
        let diagram = Arc::clone(&self.drawing.diagram);
        things.groups.iter().for_each(|at| brush.group(diagram.groups[*at]));
        for at in things.lines.iter().filter(|at| Some(**at) != chosen && Some(**at) != under) {
            brush.line(&diagram.lines[*at], false);
        }
        for (point, route) in things.joins.iter().map(|at| diagram.joins[*at]) {
            brush.join(point, route);
        }
        for at in [chosen, under].into_iter().flatten().filter(|at| things.lines.contains(at)) {
            brush.line(&diagram.lines[at], true);
        }
        let named = self.naming.as_ref().and_then(Naming::step);
        for at in &things.nodes {
            let node = &diagram.nodes[*at];
            let standing = Standing {
                selected: selected == Some(node.step),
                lit: lit == Some(number_of(node.step.into())),
                target: target == Some(*at),
            };
            brush.ground(node, standing);
            if brush.is_small() {
                brush.symbol(node.symbol.area, self.drawing.symbol(desk, &node.symbol.key), &node.symbol.key);
                let label = desk.project().get(node.step).map(Step::label).unwrap_or_default();
                brush.caption(&label, node, self.drawing.is_last_in_row(*at));
                continue;
            }
            for mark in node.further.iter().chain([&node.symbol]) {
                brush.symbol(mark.area, self.drawing.symbol(desk, &mark.key), &mark.key);
            }
            for mark in node.characteristics.iter().filter_map(|hanging| hanging.class.as_ref()) {
                brush.symbol(mark.area, self.drawing.class(desk, &mark.key), &mark.key);
            }
            brush.node_words(node, named == Some(node.step));
            let is_leaf = node.depth == 0 && !self.has_parts(*at);
            let counts = self.drawing.counts(desk, *at);
            brush.counts(node, counts, is_leaf);
        }
    }

    /// Whether a step has sub-steps; they follow it in the diagram.
    fn has_parts(&self, at: usize) -> bool {
        self.drawing.diagram.nodes.get(at + 1).is_some_and(|next| next.depth > self.drawing.diagram.nodes[at].depth)
    }
}

/// Whether the keyboard belongs to nothing.
fn no_focus(ui: &Ui) -> bool {
    ui.memory(|memory| memory.focused().is_none())
}
