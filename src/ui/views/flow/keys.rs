//! What keys do on the diagram: the commands of a step, its name, and going from step to step.

use eframe::egui::{Event, EventFilter, Key, Modifiers, Ui};

use crate::app::registry::MenuCommand;
use crate::edit::Command;
use crate::report::diagram::Point;
use crate::ui::request::Request;

use super::naming::Naming;
use super::{FlowDiagram, Scene, Told};

impl FlowDiagram {
    /// Takes the keys that are pressed while the diagram has the keyboard.
    pub(super) fn keys(&mut self, ui: &Ui, scene: Scene<'_>, queue: &mut Vec<Request>, told: &mut Told) {
        let Scene { canvas, selected, .. } = scene;
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
        let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let commands = [
            // Those with more keys held first: a key that is asked for may have others held beside it.
            (Modifiers::ALT | Modifiers::SHIFT, Key::ArrowDown, MenuCommand::Duplicate),
            (Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter, MenuCommand::InsertAbove),
            (Modifiers::ALT, Key::ArrowUp, MenuCommand::MoveUp),
            (Modifiers::ALT, Key::ArrowDown, MenuCommand::MoveDown),
            (Modifiers::COMMAND, Key::Minus, MenuCommand::DeleteRow),
            (Modifiers::COMMAND, Key::Enter, MenuCommand::InsertStep),
            (Modifiers::NONE, Key::Insert, MenuCommand::InsertStep),
        ];
        for (modifiers, key, command) in commands {
            if pressed(modifiers, key) {
                queue.push(Request::Menu(command));
                return;
            }
        }
        if (pressed(Modifiers::NONE, Key::Delete) || pressed(Modifiers::NONE, Key::Backspace))
            && let Some(edge) = self.edge.take()
        {
            queue.push(Request::Run(Command::Disconnect { edge }));
            return;
        }
        if pressed(Modifiers::NONE, Key::Escape) {
            self.edge = None;
        }
        if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::F2) {
            self.naming = self.edge.map(Naming::of_edge).or_else(|| selected.map(Naming::of_step));
            return;
        }
        if let Some(step) = selected {
            let typed = ui.input_mut(|input| {
                let mut typed = String::new();
                input.events.retain(|event| match event {
                    Event::Text(text) => {
                        typed.push_str(text);
                        false
                    }
                    _ => true,
                });
                typed
            });
            if !typed.trim().is_empty() {
                self.naming = Some(Naming::typed(step, typed));
                return;
            }
        }
        let nodes = &self.drawing.diagram.nodes;
        let ways = [
            (Key::ArrowUp, [0.0, -1.0]),
            (Key::ArrowDown, [0.0, 1.0]),
            (Key::ArrowLeft, [-1.0, 0.0]),
            (Key::ArrowRight, [1.0, 0.0]),
        ];
        for (key, way) in ways {
            if pressed(Modifiers::NONE, key) {
                let here = selected.and_then(|step| self.drawing.place(step));
                told.chosen = match here {
                    Some(here) => self.beside(here, way).map(|at| nodes[at].step).or(told.chosen),
                    None => nodes.first().map(|node| node.step),
                };
            }
        }
        if pressed(Modifiers::NONE, Key::Home) {
            told.chosen = nodes.first().map(|node| node.step);
        }
        if pressed(Modifiers::NONE, Key::End) {
            told.chosen = nodes.iter().max_by(|a, b| a.area.min[1].total_cmp(&b.area.min[1])).map(|node| node.step);
        }
    }

    /// The step that stands next in a direction.
    fn beside(&self, here: usize, way: Point) -> Option<usize> {
        let nodes = &self.drawing.diagram.nodes;
        let from = nodes[here].symbol.area.center();
        let far = |at: usize| {
            let to = nodes[at].symbol.area.center();
            let (x, y) = (to[0] - from[0], to[1] - from[1]);
            let along = x * way[0] + y * way[1];
            let across = (x * way[1]).abs() + (y * way[0]).abs();
            (along > 1.0).then_some(along + 3.0 * across)
        };
        let near = (0..nodes.len()).filter_map(|at| Some((at, far(at)?)));
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    }
}
