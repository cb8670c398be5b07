//! The phases that a control-plan row serves.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, Answer, Buttons, SMALL};
use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::control_plan::PlanRow;
use crate::model::document::Phase;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog with what was ticked.
#[derive(Debug)]
pub(super) struct ChoosePhases {
    row: Id<PlanRow>,
    ticked: [bool; Phase::ALL.len()],
}

impl ChoosePhases {
    /// Starts with what the row has; a row without phases serves all of them.
    pub(super) fn new(desk: &Desk, row: Id<PlanRow>) -> Self {
        let known = desk.project().get(row);
        Self { row, ticked: Phase::ALL.map(|phase| known.is_some_and(|row| row.serves(phase))) }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let name = desk.project().label(self.row.into());
        let shown = frame::show(ctx, "choose phases", "Phases of the row", SMALL, |ui| {
            caption(ui, &format!("In which phases is the row at {name} carried out?"));
            ui.add_space(size::STEP);
            for (phase, ticked) in Phase::ALL.into_iter().zip(&mut self.ticked) {
                ui.checkbox(ticked, phase.name());
            }
            let none = (!self.ticked.contains(&true)).then(|| "Choose at least one phase".to_owned());
            let refusal = none.or_else(|| desk.can(&self.command()).err().map(|refusal| refusal.reason));
            Buttons { primary: Some("Set phases"), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }.show(ui)
        });
        match shown.inner {
            Answer::Primary => queue.push(Request::Run(self.command())),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    /// A row of every phase names none, so that it also serves those that come later.
    fn command(&self) -> Command {
        let chosen = Phase::ALL.into_iter().zip(self.ticked).filter(|(_, ticked)| *ticked).map(|(phase, _)| phase);
        let phases = if self.ticked.contains(&false) { chosen.collect() } else { Vec::new() };
        Command::SetPhases { row: self.row, phases }
    }
}
