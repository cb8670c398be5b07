//! What a column is taken for: the list to choose from, by groups of the forms, narrowed down as one types.

use eframe::egui::{Popup, PopupCloseBehavior, Response, RichText, ScrollArea, TextEdit, Ui};

use crate::base::text::normalized;
use crate::exchange::import::table::{Certainty, Column, Field, Meaning, TableKind};
use crate::ui::kit::tokens::{Pair, Tokens};
use crate::ui::kit::widgets::{named, section};

/// Fields from the first to the last, under a heading.
type Group = (&'static str, Field, Field);

const STRUCTURE: Group = ("Structure and function", Field::LineNumber, Field::Requirement);
const FAILURE: Group = ("Failure", Field::Effect, Field::Cause);
const RISK: Group = ("Risk", Field::PreventionControl, Field::FilterCode);
const OPTIMISATION: Group = ("Optimisation", Field::PreventionAction, Field::Remarks);
const CONTROL: Group = ("Characteristics and control", Field::CharacteristicNumber, Field::ErrorProofing);
const FLOW: Group = ("Process flow", Field::StepKind, Field::NextStep);

/// The groups, those that the form is made of first.
fn groups(kind: TableKind) -> [Group; 6] {
    match kind {
        TableKind::ProcessFmea | TableKind::DesignFmea => [STRUCTURE, FAILURE, RISK, OPTIMISATION, CONTROL, FLOW],
        TableKind::ControlPlan => [STRUCTURE, CONTROL, FLOW, FAILURE, RISK, OPTIMISATION],
        TableKind::ProcessFlow => [STRUCTURE, FLOW, CONTROL, FAILURE, RISK, OPTIMISATION],
    }
}

/// What the chooser of a column remembers.
#[derive(Debug, Default)]
pub(super) struct Chooser {
    filter: String,
    /// The column whose list is open.
    open: Option<u32>,
}

impl Chooser {
    /// The list below the heading of a column; what was chosen.
    pub(super) fn show(
        &mut self,
        anchor: &Response,
        column: u32,
        kind: TableKind,
        now: Option<Meaning>,
    ) -> Option<Meaning> {
        let mut chosen = None;
        let popup = Popup::menu(anchor).close_behavior(PopupCloseBehavior::CloseOnClickOutside).width(300.0);
        popup.show(|ui| {
            let field = TextEdit::singleline(&mut self.filter).hint_text("Find a field").desired_width(f32::INFINITY);
            let field = named(ui.add(field), "Find a field");
            if self.open != Some(column) {
                self.open = Some(column);
                self.filter.clear();
                field.request_focus();
            }
            let wanted = normalized(&self.filter);
            let fits = |name: &str| wanted.split(' ').all(|word| normalized(name).contains(word));
            ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                for (meaning, name) in [(Meaning::Ignored, name(Meaning::Ignored)), (Meaning::Own, name(Meaning::Own))]
                {
                    if fits(name) && ui.selectable_label(now == Some(meaning), name).clicked() {
                        chosen = Some(meaning);
                    }
                }
                for (title, first, last) in groups(kind) {
                    let within = |field: &&Field| (first..=last).contains(*field) && fits(field.name());
                    let fields: Vec<Field> = Field::ALL.iter().filter(within).copied().collect();
                    if fields.is_empty() {
                        continue;
                    }
                    section(ui, title);
                    for field in fields {
                        let meaning = Meaning::Field(field);
                        if ui.selectable_label(now == Some(meaning), field.name()).clicked() {
                            chosen = Some(meaning);
                        }
                    }
                }
            });
            if chosen.is_some() {
                ui.close();
            }
        });
        if self.open == Some(column) && chosen.is_some() {
            self.open = None;
        }
        chosen
    }
}

/// What people call a meaning.
pub(super) fn name(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Field(field) => field.name(),
        Meaning::Own => "Own field",
        Meaning::Ignored => "Do not import",
    }
}

/// What stands above a column: its meaning, with a mark where that is not sure.
pub(super) fn words(column: Option<&Column>) -> String {
    match column {
        None => "–".to_owned(),
        Some(column) if matches!(column.meaning, Meaning::Field(_)) && column.certainty != Certainty::Sure => {
            format!("{} ?", name(column.meaning))
        }
        Some(column) => name(column.meaning).to_owned(),
    }
}

/// The colours of a column by how sure its meaning is.
pub(super) fn colors(tokens: &Tokens, column: Option<&Column>) -> Pair {
    match column.map(|column| (column.meaning, column.certainty)) {
        None | Some((Meaning::Ignored, _)) => Pair { text: tokens.quiet, fill: tokens.ground },
        Some((Meaning::Own, Certainty::Guessed | Certainty::Likely)) => Pair { text: tokens.text, fill: tokens.ground },
        Some((_, Certainty::Sure)) => tokens.low,
        Some((_, Certainty::Likely)) => tokens.medium,
        Some((_, Certainty::Guessed)) => tokens.high,
    }
}

/// Why a column is taken for what it is, for a tooltip.
pub(super) fn tip(ui: &mut Ui, letters: &str, column: Option<&Column>) {
    let Some(column) = column else {
        ui.label(format!("Column {letters} is not part of the table. Click to say what it holds."));
        return;
    };
    let heading = column.heading.split_whitespace().collect::<Vec<_>>().join(" ");
    ui.label(RichText::new(format!("{letters}  {heading}")).strong());
    let certainty = match column.certainty {
        Certainty::Sure => "sure",
        Certainty::Likely => "likely",
        Certainty::Guessed => "guessed",
    };
    ui.label(format!("{} ({certainty}): {}", name(column.meaning), column.why));
}
