//! Cells of risk analysis and optimization (steps 5 and 6): controls, ratings, priority, actions and the rating after them.

use crate::model::field::{Field, statement_text};
use crate::model::fmea::{Control, ControlKind};
use crate::model::form::shared::parts_cell;
use crate::model::form::table::{Filled, List, NewItem, Part, Target};
use crate::model::form::tip::Tip;
use crate::model::rating::Rating;
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::risk::{ActionKind, Assessment, Risk};
use crate::model::severity::Evaluated;

use super::Context;
use super::rows::Entry;

impl Context<'_> {
    pub(super) fn risk_cell(&self, key: &str, entry: &Entry<'_>, risk: &Risk) -> Filled {
        let text =
            |field| Filled::field(risk.id, field, self.project.field_text(risk.id.into(), field).unwrap_or_default());
        match key {
            "issue_number" => text(Field::IssueNumber),
            "history" => text(Field::History),
            "filter_code" => text(Field::FilterCode),
            "applies_to" => parts_cell(self.project, risk.id.into(), &risk.applicability),
            "remarks" => self.remarks(risk),
            "prevention_control" => self.controls(risk, &risk.controls, ControlKind::Prevention),
            "detection_control" => self.controls(risk, &risk.controls, ControlKind::Detection),
            "occurrence" => text(Field::Occurrence).prompted("O"),
            "detection" => text(Field::Detection).prompted("D"),
            "action_priority" => priority(&self.project.evaluate_current(risk)),
            "rpn" => rpn(&self.project.evaluate_current(risk)),
            "special_class" => self.class(entry, risk),
            "control_plan" => self.plan_rows(risk),
            "prevention_action" => self.action_text(entry, risk, Some(ActionKind::Prevention)),
            "detection_action" => self.action_text(entry, risk, Some(ActionKind::Detection)),
            "recommended_action" => self.action_text(entry, risk, None),
            "responsible" => self.action_field(entry, Field::Owner),
            "target_date" => self.action_field(entry, Field::TargetDate),
            "status" => self.action_field(entry, Field::Status),
            "action_taken" => self.action_field(entry, Field::ActionTaken),
            "completion_date" => self.action_field(entry, Field::CompletionDate),
            _ => self.after(key, entry, risk),
        }
    }

    fn controls(&self, risk: &Risk, controls: &[Ref<Control>], kind: ControlKind) -> Filled {
        let mut parts = Vec::new();
        for reference in controls {
            match reference.present().and_then(|id| self.project.get(id)) {
                Some(control) if control.kind == kind => parts.push(Part {
                    item: Some(control.id.into()),
                    uses: self.project.sources(control.id, Relation::RiskControl).len()
                        + self.project.sources(control.id, Relation::RowControl).len(),
                    ..Part::plain(control.text.as_str())
                }),
                // Of a lost control nobody knows the kind; it shows with the prevention controls.
                None if kind == ControlKind::Prevention => {
                    let label = reference.last_label().map(ToString::to_string).unwrap_or_default();
                    parts.push(Part { missing: true, ..Part::plain(label) });
                }
                Some(_) | None => {}
            }
        }
        let prompt = if kind == ControlKind::Prevention { "+ prevention" } else { "+ detection" };
        Filled::new(parts, Target::List { owner: risk.id.into(), list: List::Controls(kind) }).prompted(prompt)
    }

    /// The control-plan rows that cover the cause, by their numbers.
    fn plan_rows(&self, risk: &Risk) -> Filled {
        let rows = self.project.rows_covering(risk);
        let numbers: Vec<String> = rows.into_iter().map(|(row, _)| self.plan_rows.of(row)).collect();
        let parts = if numbers.is_empty() { Vec::new() } else { vec![Part::plain(numbers.join(", "))] };
        Filled::new(parts, Target::Derived).tipped(Tip::RowsCovering(risk.id))
    }

    /// The class of the characteristic of cause or mode, or of the function's; else that of the line.
    fn class(&self, entry: &Entry<'_>, risk: &Risk) -> Filled {
        let of_failure =
            [entry.cause, entry.mode].into_iter().flatten().filter_map(|failure| failure.characteristic.as_ref());
        for link in of_failure {
            if let Some(characteristic) = link.to.present().and_then(|id| self.project.get(id))
                && !characteristic.class.is_blank()
            {
                let mut filled = Filled::field(characteristic.id, Field::SpecialClass, characteristic.class.as_str());
                for part in &mut filled.parts {
                    part.symbol = Some(characteristic.class.to_string());
                    part.item = Some(characteristic.id.into());
                    part.uses = 2;
                }
                return filled;
            }
        }
        let mut filled = Filled::field(risk.id, Field::SpecialClass, risk.class.as_str());
        for part in &mut filled.parts {
            part.symbol = Some(risk.class.to_string());
        }
        filled
    }

    fn action_text(&self, entry: &Entry<'_>, risk: &Risk, kind: Option<ActionKind>) -> Filled {
        match (entry.action, kind) {
            (Some(action), Some(kind)) if action.kind != kind => Filled::empty(),
            (Some(action), _) => {
                let mut filled = Filled::field(action.id, Field::Text, action.text.as_str());
                if let Some(part) = filled.parts.first_mut() {
                    part.item = Some(action.id.into());
                    part.uses = self.project.sources(action.id, Relation::RiskAction).len();
                }
                filled
            }
            (None, kind) => Filled::create(risk.id, NewItem::Action(kind.unwrap_or(ActionKind::Prevention)), ""),
        }
    }

    fn action_field(&self, entry: &Entry<'_>, field: Field) -> Filled {
        entry.action.map_or_else(Filled::empty, |action| {
            Filled::field(action.id, field, self.project.field_text(action.id.into(), field).unwrap_or_default())
        })
    }

    fn after(&self, key: &str, entry: &Entry<'_>, risk: &Risk) -> Filled {
        let Some((at, later)) = entry.later else { return Filled::empty() };
        let index = u8::try_from(at).unwrap_or(u8::MAX);
        let evaluated = || self.project.evaluate(risk, later);
        let rating = |rating: Option<&Rating>| rating.map(ToString::to_string).unwrap_or_default();
        match key {
            "severity_after" => {
                // Severity stays unless the design changed; it is shown as soon as the assessment is rated.
                let shown = if is_rated(later) { rating(evaluated().severity.as_ref()) } else { String::new() };
                Filled::field(risk.id, Field::SeverityAfter(index), shown)
            }
            "occurrence_after" => {
                Filled::field(risk.id, Field::OccurrenceAfter(index), rating(later.occurrence.as_ref()))
            }
            "detection_after" => Filled::field(risk.id, Field::DetectionAfter(index), rating(later.detection.as_ref())),
            "action_priority_after" => priority(&evaluated()),
            "rpn_after" => rpn(&evaluated()),
            "special_class_after" if is_rated(later) => Filled { target: Target::Derived, ..self.class(entry, risk) },
            _ => Filled::empty(),
        }
    }

    /// The remarks of the line, then what else a reader has to know: statements, and why an action was given up.
    fn remarks(&self, risk: &Risk) -> Filled {
        let mut filled = Filled::field(risk.id, Field::Remarks, risk.remarks.as_str());
        if let Some(justification) = &risk.justification {
            filled.parts.push(Part::plain(format!("Justification: {}", statement_text(justification))));
        }
        if let Some(review) = &risk.management_review {
            filled.parts.push(Part::plain(format!("Management review: {}", statement_text(review))));
        }
        for action in risk.assessments.iter().flat_map(|assessment| &assessment.actions) {
            if let Some(action) = action.present().and_then(|id| self.project.get(id))
                && !action.remarks.is_blank()
            {
                filled.parts.push(Part::plain(format!("{}: {}", action.status.name(), action.remarks)));
            }
        }
        filled
    }
}

pub(in crate::model::form) fn is_rated(assessment: &Assessment) -> bool {
    assessment.occurrence.is_some() || assessment.detection.is_some() || assessment.severity_override.is_some()
}

pub(in crate::model::form) fn priority(evaluated: &Evaluated) -> Filled {
    let parts = evaluated.priority.map(|priority| Part::plain(priority.letter().to_string())).into_iter().collect();
    Filled {
        priority: evaluated.priority,
        indicative: evaluated.priority_is_indicative && evaluated.priority.is_some(),
        ..Filled::new(parts, Target::Derived)
    }
}

pub(in crate::model::form) fn rpn(evaluated: &Evaluated) -> Filled {
    let parts = evaluated.rpn.map(|rpn| Part::plain(rpn.to_string())).into_iter().collect();
    Filled { indicative: evaluated.rpn_is_indicative && evaluated.rpn.is_some(), ..Filled::new(parts, Target::Derived) }
}
