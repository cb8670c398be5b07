//! Words of the diagram edited in their place.

use eframe::egui::{Key, Rect, Response, TextEdit, Ui, pos2, vec2};

use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::AnyId;
use crate::model::field::Field;
use crate::model::flow::{FlowEdge, Step};
use crate::ui::kit::{Weight, font, size};
use crate::ui::request::Request;

use super::FlowDiagram;

/// An edit under way: the name of a step, or the label of a connection.
#[derive(Debug)]
pub(super) struct Naming {
    item: AnyId,
    field: Field,
    /// What was there before, and what is typed; none until the field is shown.
    texts: Option<(String, String)>,
    /// What was typed already, over what was there.
    typed: Option<String>,
}

impl Naming {
    /// The name of a step.
    pub fn of_step(step: Id<Step>) -> Self {
        Self { item: step.into(), field: Field::Name, texts: None, typed: None }
    }

    /// The name of a step over which somebody begins to type.
    pub fn typed(step: Id<Step>, text: String) -> Self {
        Self { typed: Some(text), ..Self::of_step(step) }
    }

    /// The label of a connection.
    pub fn of_edge(edge: Id<FlowEdge>) -> Self {
        Self { item: edge.into(), field: Field::Label, texts: None, typed: None }
    }

    /// The step whose name it is.
    pub fn step(&self) -> Option<Id<Step>> {
        match self.item {
            AnyId::Step(step) => Some(step),
            _ => None,
        }
    }

    /// The change that was typed, if it is one.
    pub fn command(self) -> Option<Command> {
        let (before, text) = self.texts?;
        let (item, field) = (self.item, self.field);
        (before != text).then_some(Command::SetField { item, field, text, via: None })
    }
}

impl FlowDiagram {
    /// Shows the field of the edit under way in the place of the words.
    pub(super) fn show_naming(&mut self, ui: &mut Ui, desk: &Desk, canvas: &Response, queue: &mut Vec<Request>) {
        let Some(rect) = self.naming.as_ref().and_then(|naming| self.place_of(naming)) else {
            self.naming = None;
            return;
        };
        let Some(naming) = &mut self.naming else { return };
        let is_new = naming.texts.is_none();
        let (_, text) = naming.texts.get_or_insert_with(|| {
            let before = desk.project().field_text(naming.item, naming.field).unwrap_or_default();
            let text = naming.typed.take().unwrap_or_else(|| before.clone());
            (before, text)
        });
        let points = (rect.height() * 0.72).clamp(size::CAPTION_TEXT, 20.0);
        let edit = TextEdit::singleline(text).font(font(Weight::Regular, points)).desired_width(rect.width());
        let hint = if naming.field == Field::Name { "Name of the process step" } else { "Label of the connection" };
        let response = ui.put(rect, edit.hint_text(hint));
        response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::TextInput, true, hint));
        if is_new {
            response.request_focus();
            return;
        }
        let escaped = ui.input(|input| input.key_pressed(Key::Escape));
        if response.lost_focus() {
            let naming = self.naming.take();
            if !escaped {
                queue.extend(naming.and_then(Naming::command).map(Request::Run));
            }
            canvas.request_focus();
        }
    }

    /// Where the words stand that are edited.
    fn place_of(&self, naming: &Naming) -> Option<Rect> {
        let diagram = &self.drawing.diagram;
        let (corner, least) = match naming.item {
            AnyId::Step(step) => {
                let node = &diagram.nodes[self.drawing.place(step)?];
                (self.camera.area(node.name).min, 172.0)
            }
            AnyId::FlowEdge(edge) => {
                let line = &diagram.lines[self.drawing.line(edge)?];
                let corner = match &line.label {
                    Some((area, _)) => area.min,
                    None => super::hands::middle(&line.stroke),
                };
                (self.camera.at(corner), 90.0)
            }
            _ => return None,
        };
        let scale = self.camera.scale();
        let extent = vec2((least * scale).max(170.0), (13.0 * scale).max(22.0));
        Some(Rect::from_min_size(pos2(corner.x - 4.0, corner.y - 3.0), extent))
    }
}
