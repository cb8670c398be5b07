//! The items that an import makes, as an indented list: what a person looks at before saying yes.
//!
//! The list is made once, off the frame; its words are made for the rows in sight.

use crate::base::Id;
use crate::model::Project;
use crate::model::characteristic::StepCharacteristic;
use crate::model::control_plan::PlanRow;
use crate::model::document::{Document, DocumentKind};
use crate::model::flow::Step;
use crate::model::fmea::{ControlKind, EffectLevel, Element, Failure, FailureRole, Function};
use crate::model::item::AnyId;
use crate::model::meta::Origin;
use crate::model::rating::Priority;
use crate::model::relation::Relation;
use crate::model::risk::Risk;

/// A row of the outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// How far it is indented.
    pub depth: u8,
    /// The item.
    pub item: AnyId,
    /// The level, where the item is an effect.
    pub level: Option<EffectLevel>,
    /// How many of the rows behind it belong below it.
    pub below: usize,
    /// Whether the project does not have it yet.
    pub is_new: bool,
    /// Whether the project has it, and more is linked to it.
    pub is_extended: bool,
}

impl Row {
    /// Whether nothing comes in with it.
    fn is_as_before(&self) -> bool {
        !self.is_new && !self.is_extended
    }
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words {
    /// What it is: `Failure mode`.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
    /// Its ratings: letter and value; the risk priority number behind them if it is what counts.
    pub ratings: Vec<(&'static str, String)>,
    /// Its action priority, if the scales are made for one.
    pub priority: Option<Priority>,
    /// What else is to be known.
    pub remark: String,
}

/// The outline of documents in a project, compared with the project before: all of a new document; of one that was there already
/// what is new, and what it stands below.
pub fn outline(before: &Project, after: &Project, documents: &[Id<Document>]) -> Vec<Row> {
    let mut list = List { before, after, rows: Vec::new(), is_below_new: false };
    for document in documents.iter().filter_map(|id| after.get(*id)) {
        list.with(0, document.id, None, |list| match document.kind {
            DocumentKind::ProcessFlow => list.steps(after.children(document.id, Relation::TopStepInFlow), 1),
            DocumentKind::ControlPlan => list.plan(document.id),
            _ => list.elements(after.children(document.id, Relation::RootElement), 1),
        });
    }
    list.rows
}

struct List<'p> {
    before: &'p Project,
    after: &'p Project,
    rows: Vec<Row>,
    /// What stands below something new is shown, be it new or not.
    is_below_new: bool,
}

impl<'p> List<'p> {
    fn with(&mut self, depth: u8, item: impl Into<AnyId>, level: Option<EffectLevel>, below: impl FnOnce(&mut Self)) {
        let item = item.into();
        let at = self.rows.len();
        let before = self.before.item(item);
        let is_new = before.is_none();
        // Steps, characteristics and documents are used as they are.
        let can_be_extended =
            matches!(item, AnyId::Function(_) | AnyId::Failure(_) | AnyId::Risk(_) | AnyId::PlanRow(_));
        let is_extended = can_be_extended && !is_new && before != self.after.item(item);
        let row = Row { depth, item, level, below: 0, is_new, is_extended };
        self.rows.push(row);
        let was_below_new = self.is_below_new;
        self.is_below_new |= is_new;
        below(self);
        self.is_below_new = was_below_new;
        let count = self.rows.len() - at - 1;
        if count == 0 && depth > 0 && row.is_as_before() && !self.is_below_new {
            self.rows.truncate(at);
        } else {
            self.rows[at].below = count;
        }
    }

    fn row(&mut self, depth: u8, item: impl Into<AnyId>) {
        self.with(depth, item, None, |_| {});
    }

    fn steps(&mut self, steps: impl Iterator<Item = &'p Step>, depth: u8) {
        let after = self.after;
        for step in steps {
            self.with(depth, step.id, None, |list| {
                for role in after.children::<StepCharacteristic>(step.id, Relation::CharacteristicAtStep) {
                    list.row(depth.saturating_add(1), role.characteristic);
                }
                list.steps(after.children(step.id, Relation::SubStep), depth.saturating_add(1));
            });
        }
    }

    fn plan(&mut self, plan: Id<Document>) {
        let rows: Vec<&PlanRow> = self.after.children(plan, Relation::RowInPlan).collect();
        for rows in rows.chunk_by(|one, next| one.step.to.present() == next.step.to.present()) {
            match rows.first().and_then(|row| row.step.to.present()) {
                Some(step) => self.with(1, step, None, |list| rows.iter().for_each(|row| list.row(2, row.id))),
                None => rows.iter().for_each(|row| self.row(1, row.id)),
            }
        }
    }

    fn elements(&mut self, elements: impl Iterator<Item = &'p Element>, depth: u8) {
        let after = self.after;
        let deeper = depth.saturating_add(1);
        for element in elements {
            self.with(depth, element.id, None, |list| {
                for function in after.children::<Function>(element.id, Relation::FunctionOfElement) {
                    list.with(deeper, function.id, None, |list| {
                        list.modes(after.children(function.id, Relation::FailureOfFunction), deeper.saturating_add(1));
                    });
                }
                list.modes(after.children(element.id, Relation::FailureOfElement), deeper);
                list.elements(after.children(element.id, Relation::SubElement), deeper);
            });
        }
    }

    fn modes(&mut self, failures: impl Iterator<Item = &'p Failure>, depth: u8) {
        let after = self.after;
        for mode in failures.filter(|failure| failure.role == FailureRole::Mode) {
            self.with(depth, mode.id, None, |list| {
                for (level, link) in mode.effects.links() {
                    if let Some(effect) = link.to.present() {
                        list.with(depth.saturating_add(1), effect, Some(level), |_| {});
                    }
                }
                for risk in after.children::<Risk>(mode.id, Relation::RiskOfMode) {
                    list.row(depth.saturating_add(1), risk.id);
                }
            });
        }
    }
}

/// What a row says.
pub fn words(project: &Project, row: &Row) -> Words {
    let plain = |kind, remark: String| Words { kind, text: project.label(row.item), remark, ..Words::default() };
    match row.item {
        AnyId::Element(_) => plain("Element", String::new()),
        AnyId::Function(id) => {
            let requirements = project.get(id).map(|function| function.requirements.iter().map(ToString::to_string));
            plain("Function", requirements.map(|all| all.collect::<Vec<_>>().join(" · ")).unwrap_or_default())
        }
        AnyId::Failure(id) => project.get(id).map_or_else(Words::default, |failure| failure_words(row, failure)),
        AnyId::Risk(id) => project.get(id).map_or_else(Words::default, |risk| risk_words(project, risk)),
        AnyId::Step(id) => {
            let step = project.get(id);
            plain(
                "Step",
                step.map(|step| joined([step.kind.name(), &step.area, &step.description])).unwrap_or_default(),
            )
        }
        AnyId::PlanRow(id) => {
            let row = project.get(id);
            let remark = row.map(|row| {
                joined([
                    row.measurement_technique.as_str(),
                    &row.sample_size,
                    &row.sample_frequency,
                    &row.control_method,
                    &row.reaction_plan,
                ])
            });
            plain("Control", remark.unwrap_or_default())
        }
        AnyId::Characteristic(_) => plain("Characteristic", String::new()),
        AnyId::Document(id) => {
            let number = project.get(id).map(|document| document.number.to_string()).unwrap_or_default();
            plain("Document", number)
        }
        _ => plain("", String::new()),
    }
}

fn failure_words(row: &Row, failure: &Failure) -> Words {
    let is_mode = row.level.is_none();
    let severity = if is_mode { None } else { failure.severity.as_ref().map(ToString::to_string) };
    Words {
        kind: if is_mode { "Failure mode" } else { "Failure effect" },
        text: said(&failure.text),
        ratings: severity.map(|severity| ("S", severity)).into_iter().collect(),
        priority: None,
        remark: row.level.map_or("", EffectLevel::name).to_owned(),
    }
}

fn risk_words(project: &Project, risk: &Risk) -> Words {
    let current = risk.current();
    let evaluated = project.evaluate_current(risk);
    let mut ratings = Vec::new();
    for (letter, rating) in [
        ("S", evaluated.severity.as_ref()),
        ("O", current.and_then(|current| current.occurrence.as_ref())),
        ("D", current.and_then(|current| current.detection.as_ref())),
    ] {
        ratings.extend(rating.map(|rating| (letter, rating.to_string())));
    }
    // Scales that are not made for action priorities are judged by the risk priority number.
    let by_number = evaluated.priority_is_indicative;
    ratings.extend(evaluated.rpn.filter(|_| by_number).map(|rpn| ("RPN", rpn.to_string())));
    let mut remarks = Vec::new();
    for (kind, label) in [(ControlKind::Prevention, "PC"), (ControlKind::Detection, "DC")] {
        let controls = risk.controls.iter().filter_map(|control| project.get(control.present()?));
        let texts: Vec<&str> =
            controls.filter(|control| control.kind == kind).map(|control| control.text.as_str()).collect();
        if !texts.is_empty() {
            remarks.push(format!("{label}: {}", texts.join("; ")));
        }
    }
    let actions = risk.assessments.iter().map(|assessment| assessment.actions.len()).sum::<usize>();
    match actions {
        0 => {}
        1 => remarks.push("1 action".to_owned()),
        _ => remarks.push(format!("{actions} actions")),
    }
    Words {
        kind: "Failure cause",
        text: project.get(risk.cause).map(|cause| said(&cause.text)).unwrap_or_default(),
        ratings,
        priority: evaluated.priority.filter(|_| !by_number),
        remark: remarks.join(" · "),
    }
}

/// Words, or that there are none: the form had none, and none are made up.
fn said(text: &str) -> String {
    if text.trim().is_empty() { "(nothing written)".to_owned() } else { text.to_owned() }
}

fn joined<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Sheet and cell that an item came from.
pub fn origin(project: &Project, item: AnyId) -> Option<(String, String)> {
    match project.item(item)?.meta()?.origin.clone()? {
        Origin::Cell { sheet, cell, .. } => Some((sheet.to_string(), cell.to_string())),
        Origin::Foundation { .. } => None,
    }
}
