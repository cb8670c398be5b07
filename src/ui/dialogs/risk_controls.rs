//! The controls of a risk: by what means they work, what proves them, and why no control-plan row carries one out.

use eframe::egui::Context;

use super::DialogContext;
use super::fields::Drafts;
use super::frame::{self, LARGE};
use super::records::{Edit, RecordColumn, RecordState, RecordTable};
use crate::base::Id;
use crate::base::text::quoted;
use crate::model::field::Field;
use crate::model::item::Kind;
use crate::model::risk::Risk;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

const fn column(field: Field, heading: &'static str, breadth: f32, edit: Edit) -> RecordColumn {
    RecordColumn { field, heading, breadth, edit }
}

const CONTROLS: RecordTable = RecordTable {
    kind: Kind::Control,
    columns: &[
        column(Field::Kind, "Kind", 130.0, Edit::No),
        column(Field::Text, "Control", 0.0, Edit::Text),
        column(Field::Means, "Means", 140.0, Edit::Choice),
        column(Field::Evidence, "Evidence that it works", 230.0, Edit::Text),
        column(Field::NoPlanRowBecause, "No control-plan row because", 200.0, Edit::Text),
        column(Field::Name, "Applies to", 110.0, Edit::Parts),
    ],
    add: None,
    purpose: "A control is shared by every risk that relies on it. Means decide how good a rating can be.",
    arranged: false,
};

/// The dialog with what was typed into it.
#[derive(Debug)]
pub(super) struct RiskControls {
    risk: Id<Risk>,
    drafts: Drafts,
    records: RecordState,
}

impl RiskControls {
    pub(super) fn new(risk: Id<Risk>) -> Self {
        Self { risk, drafts: Drafts::default(), records: RecordState::within(risk) }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let Some(risk) = desk.project().get(self.risk) else { return false };
        let shown = frame::show(ctx, "risk controls", "Controls of the failure cause", LARGE, |ui| {
            let cause = quoted(&desk.project().label(risk.cause.into()));
            let none = if risk.controls.is_empty() { ". Write its controls in the FMEA first." } else { "" };
            caption(ui, &format!("{cause}{none}"));
            frame::steady_body(ui, 320.0, |ui| {
                CONTROLS.show(ui, desk, &mut self.records, &mut self.drafts, queue);
            });
            frame::stays_open(ui)
        });
        let stays = shown.inner && !shown.closed;
        if !stays {
            self.drafts.settle(desk, queue);
        }
        stays
    }
}
