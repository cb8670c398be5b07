//! The first steps: one line above the pages that says what to try next, and goes on when it was tried.

use eframe::egui::{RichText, Ui};

use crate::app::desk::Desk;
use crate::app::registry::MenuCommand;
use crate::model::document::DocumentKind;
use crate::model::{AnyId, Changes};
use crate::ui::kit::icons::Icon;
use crate::ui::kit::{Tokens, Weight, font, size, widgets};
use crate::ui::page::Page;
use crate::ui::request::Request;

/// What a person did that a step waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Changed a process step.
    ChangedStep,
    /// Changed a rating.
    ChangedRisk,
    /// Showed a document of a kind.
    Showed(DocumentKind),
    /// Took a change back.
    Undid,
    /// Opened the list of findings.
    OpenedFindings,
    /// Looked for a command.
    OpenedPalette,
}

/// Where a step is tried.
#[derive(Debug, Clone, Copy)]
enum Where {
    Document(DocumentKind),
    Command(MenuCommand),
}

struct Step {
    text: &'static str,
    at: Where,
    awaits: Did,
}

const STEPS: [Step; 6] = [
    Step {
        text: "Change the name of a step in the process flow: click it, type, press Enter.",
        at: Where::Document(DocumentKind::ProcessFlow),
        awaits: Did::ChangedStep,
    },
    Step {
        text: "Look at the PFMEA: the step has its new name there, too. It is one thing, and the gold mark says so.",
        at: Where::Document(DocumentKind::ProcessFmea),
        awaits: Did::Showed(DocumentKind::ProcessFmea),
    },
    Step {
        text: "Type another occurrence into a column O of the PFMEA: the action priority follows.",
        at: Where::Document(DocumentKind::ProcessFmea),
        awaits: Did::ChangedRisk,
    },
    Step {
        text: "Take it back with Ctrl+Z. Everything can be taken back, one gesture at a time.",
        at: Where::Command(MenuCommand::Undo),
        awaits: Did::Undid,
    },
    Step {
        text: "Press F8 for the findings: what is missing or does not fit together, with a way to its cell.",
        at: Where::Command(MenuCommand::ToggleFindings),
        awaits: Did::OpenedFindings,
    },
    Step {
        text: "Press Ctrl+Shift+P and type a few letters: every command, page and item is found there.",
        at: Where::Command(MenuCommand::Palette),
        awaits: Did::OpenedPalette,
    },
];

/// How far a person has come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Guide {
    at: usize,
}

impl Guide {
    /// Goes on if that is what the step waits for.
    pub fn note(&mut self, did: Did) {
        if STEPS.get(self.at).is_some_and(|step| step.awaits == did) {
            self.at += 1;
        }
    }

    /// Goes on if a change is what the step waits for.
    pub fn note_changes(&mut self, changes: &Changes) {
        if changes.items.iter().any(|item| matches!(item, AnyId::Step(_))) {
            self.note(Did::ChangedStep);
        }
        if changes.items.iter().any(|item| matches!(item, AnyId::Risk(_))) {
            self.note(Did::ChangedRisk);
        }
    }

    /// Shows the line; whether it stays.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, queue: &mut Vec<Request>) -> bool {
        let tokens = Tokens::of(ui);
        let mut stays = true;
        widgets::strip(ui, size::TOOLBAR, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * size::STEP;
            let (number, text) = match STEPS.get(self.at) {
                Some(step) => (format!("First steps {} of {}", self.at + 1, STEPS.len()), step.text),
                None => {
                    ("First steps".to_owned(), "That is how it goes. Help → First steps shows them again at any time.")
                }
            };
            ui.label(RichText::new(number).font(font(Weight::Medium, size::CAPTION_TEXT)).color(tokens.gold));
            let buttons = 210.0;
            let room = (ui.available_width() - buttons).max(120.0);
            ui.scope(|ui| {
                ui.set_max_width(room);
                ui.add(eframe::egui::Label::new(text).truncate());
            });
            if let Some(step) = STEPS.get(self.at) {
                if widgets::text_button(ui, "Show me", "Go where this is tried").clicked() {
                    queue.extend(step.at.request(desk));
                }
                if widgets::text_button(ui, "Next", "Leave this out").clicked() {
                    self.at += 1;
                }
            }
            if widgets::icon_button(ui, Icon::Cross, "Close the first steps").clicked() {
                stays = false;
            }
        });
        stays
    }
}

impl Where {
    fn request(self, desk: &Desk) -> Option<Request> {
        match self {
            Self::Document(kind) => {
                let document = desk.project().documents_of(kind).first().map(|document| document.id)?;
                Some(Request::ShowPage(Page::Document(document)))
            }
            Self::Command(command) => Some(Request::Menu(command)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_goes_on_when_it_was_tried_and_only_then() {
        let mut guide = Guide::default();
        guide.note(Did::Undid);
        assert_eq!(guide.at, 0);
        for step in &STEPS {
            guide.note(step.awaits);
        }
        assert_eq!(guide.at, STEPS.len());
        guide.note(Did::OpenedPalette);
        assert_eq!(guide.at, STEPS.len());
    }
}
