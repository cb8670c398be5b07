//! Every key of the program.

use eframe::egui::{Context, Grid, RichText};

use super::DialogContext;
use super::frame::{self, MEDIUM};
use crate::app::registry::{Menu, MenuCommand};
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::section;
use crate::ui::request::Request;

/// The keys that the grid of a form takes itself.
const IN_A_FORM: [(&str, &str); 10] = [
    ("Arrow keys, Tab", "Go to another cell; with Shift select a range, with Ctrl go to the end"),
    ("Home, End", "First or last cell of the row; with Ctrl of the form"),
    ("Enter, F2", "Edit the cell; typing replaces its text"),
    ("Alt+Enter", "New line in the cell, such as another control"),
    ("Space", "Open the list of a rating, a class or another choice"),
    ("Tab … Enter", "Along the row, then back to where the tabs began, a row down"),
    ("Escape", "Leave the cell as it was"),
    ("Ctrl+Enter", "While typing in a range: write the text into every selected cell"),
    ("Ctrl+A", "Select all"),
    ("Shift+F10", "Menu of the cell"),
];

/// The list, made from the commands of the program.
#[derive(Debug)]
pub(super) struct Shortcuts;

impl Shortcuts {
    #[allow(clippy::unused_self, reason = "every dialog is shown in the same way")]
    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, _: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "shortcuts", "Keyboard shortcuts", MEDIUM, |ui| {
            let tokens = Tokens::of(ui);
            frame::body(ui, |ui| {
                section(ui, "In a form");
                Grid::new("in a form").num_columns(2).min_col_width(150.0).spacing([16.0, 6.0]).show(ui, |ui| {
                    for (keys, what) in IN_A_FORM {
                        ui.label(RichText::new(keys).font(font(Weight::Medium, size::CHROME_TEXT)));
                        ui.label(RichText::new(what).color(tokens.quiet));
                        ui.end_row();
                    }
                });
                for menu in Menu::ALL {
                    let keyed: Vec<_> = MenuCommand::ALL
                        .iter()
                        .filter(|command| command.menu() == menu)
                        .filter_map(|command| Some((command, command.shortcut()?)))
                        .collect();
                    if keyed.is_empty() {
                        continue;
                    }
                    section(ui, menu.name());
                    Grid::new(menu.name()).num_columns(3).min_col_width(150.0).spacing([16.0, 6.0]).show(ui, |ui| {
                        for (command, shortcut) in keyed {
                            ui.label(RichText::new(shortcut.words()).font(font(Weight::Medium, size::CHROME_TEXT)));
                            ui.label(command.text().trim_end_matches('…'));
                            ui.label(RichText::new(command.hint()).color(tokens.quiet));
                            ui.end_row();
                        }
                    });
                }
            });
            frame::stays_open(ui)
        });
        shown.inner && !shown.closed
    }
}
