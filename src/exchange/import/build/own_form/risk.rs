//! A line of an FMEA: cause, controls and ratings.

use crate::base::{Id, Text};
use crate::exchange::import::build::Builder;
use crate::exchange::import::build::ratings::{Computed, compare};
use crate::exchange::import::table::{Field, Record};
use crate::exchange::import::workbook::{At, Value};
use crate::model::applicability::Applicability;
use crate::model::fmea::{Control, ControlKind, FailureRole};
use crate::model::item::Kind;
use crate::model::rating::Rating;
use crate::model::reference::Ref;
use crate::model::risk::{Action, Assessment, AssessmentState, Risk};

use super::effects::rating;
use super::fmea::OwnFmea;
use super::remarks::risk_remarks;

/// A line whose rows are read.
pub(super) struct Line {
    pub id: Id<Risk>,
    /// The severity of its mode.
    pub severity: Option<Rating>,
    /// What its remarks say, which tell of its actions, too.
    remarks: String,
    pub actions: Vec<Id<Action>>,
    /// Results that follow from ratings here: those in force, and those of the later assessments in their order.
    computed: Vec<Computed>,
    pub computed_later: Vec<Vec<Computed>>,
}

const TEXTS: [Field; 3] = [Field::IssueNumber, Field::History, Field::FilterCode];

impl<'t> Builder<'t> {
    /// What a row says of its line; `goes_on` if that is the line of the row above.
    pub(super) fn own_risk(&mut self, f: &mut OwnFmea<'t>, record: &'t Record, goes_on: bool) {
        if !goes_on || f.lines.is_empty() {
            self.begin_own_risk(f, record);
        }
        self.own_optimisation(f, record);
    }

    fn begin_own_risk(&mut self, f: &mut OwnFmea<'t>, record: &'t Record) {
        let anchor = self.work_anchor(f, record, false);
        let (Some(anchor), Some(mode)) = (anchor, f.mode) else { return };
        self.told(&f.cells, record, &[Field::Cause], Kind::Failure);
        self.told(&f.cells, record, &[Field::Occurrence, Field::Detection, Field::Class, Field::Remarks], Kind::Risk);
        self.told(&f.cells, record, &TEXTS, Kind::Risk);
        let (text, at) = (f.cells.text(record, Field::Cause), f.cells.at(record, Field::Cause));
        let cause = self.failure(anchor, FailureRole::Cause, &text, f.cells.sheet, at);
        let order = self.next_order(mode, Kind::Risk);
        let mut risk = Risk::unrated(self.ids.next_id(), f.document, mode, cause, order);
        risk.meta = self.begun(&f.cells, record, Field::Cause);
        let [issue, history, filter] = TEXTS.map(|field| Text::from(f.cells.text(record, field)));
        (risk.issue_number, risk.history, risk.filter_code) = (issue, history, filter);
        risk.class = Text::from(f.cells.text(record, Field::Class));
        risk.applicability = self.applies_to(&f.cells, record, Kind::Risk);
        self.own_cells(&f.cells, record, Kind::Risk, &mut risk.meta);
        for (field, kind) in
            [(Field::PreventionControl, ControlKind::Prevention), (Field::DetectionControl, ControlKind::Detection)]
        {
            self.told(&f.cells, record, &[field], Kind::Control);
            for text in f.cells.lines(record, field) {
                let control = self.own_control(f, (field, kind), record, text, &risk.controls);
                risk.controls.push(Ref::Item(control));
            }
        }
        let rated = [Field::Occurrence, Field::Detection].map(|field| rating(&f.cells.text(record, field)));
        if rated.iter().any(Option::is_some) {
            let [occurrence, detection] = rated;
            let current = Assessment::blank(AssessmentState::Current);
            risk.assessments.push(Assessment { occurrence, detection, ..current });
        }
        f.lines.push(Line {
            id: risk.id,
            severity: rating(&f.cells.text(record, Field::Severity)),
            remarks: f.cells.text(record, Field::Remarks),
            actions: Vec::new(),
            computed: computed(f, record, [Field::Rpn, Field::ActionPriority]),
            computed_later: Vec::new(),
        });
        self.risks.put(risk);
    }

    /// The control with these words: one for all lines of the FMEA, but for a line that names it twice.
    fn own_control(
        &mut self,
        f: &mut OwnFmea<'t>,
        (field, kind): (Field, ControlKind),
        record: &'t Record,
        text: String,
        of_line: &[Ref<Control>],
    ) -> Id<Control> {
        let place = (kind, text);
        if let Some(known) = f.controls.get(&place).filter(|known| of_line.iter().all(|of| of.id() != **known)) {
            return *known;
        }
        let control = Control {
            id: self.ids.next_id(),
            fmea: f.document,
            kind,
            text: Text::from(place.1.as_str()),
            means: None,
            detects: None,
            equipment: None,
            evidence: Text::default(),
            no_plan_row_because: Text::default(),
            applicability: Applicability::AllParts,
            meta: self.begun(&f.cells, record, field),
        };
        f.controls.insert(place, control.id);
        self.controls.put(control)
    }

    /// Settles what needs the whole line: remarks, severities after actions, and what the form computed.
    pub(super) fn finish_own_lines(&mut self, f: &mut OwnFmea<'t>) {
        let profile = self.documents.get(f.document).map(|document| document.rating_profile.clone());
        let profile = profile.and_then(|name| self.project.library().profiles.get(&name).cloned());
        let library = self.project.library();
        for line in std::mem::take(&mut f.lines) {
            let states: Vec<_> =
                line.actions.iter().filter_map(|id| self.actions.get(*id)).map(|action| action.status).collect();
            let remarks = risk_remarks(&line.remarks, &states);
            let mut said = remarks.of_actions.into_iter().peekable();
            for id in &line.actions {
                if let Some(action) = self.actions.get_mut(*id)
                    && let Some((_, remark)) = said.next_if(|(status, _)| *status == action.status)
                {
                    action.remarks = Text::from(remark);
                }
            }
            let Some(risk) = self.risks.get_mut(line.id) else { continue };
            risk.remarks = Text::from(remarks.remarks);
            risk.justification = remarks.justification;
            risk.management_review = remarks.review;
            let now = risk.current();
            let now = [
                line.severity.as_ref(),
                now.and_then(|now| now.occurrence.as_ref()),
                now.and_then(|now| now.detection.as_ref()),
            ];
            for cell in &line.computed {
                self.account.left(f.cells.sheet, cell.at, compare(cell, library, profile.as_deref(), now));
            }
            let later = risk.assessments.iter().filter(|assessment| assessment.state.is_later());
            for (assessment, cells) in later.zip(&line.computed_later) {
                let severity = assessment.severity_override.as_ref().or(line.severity.as_ref());
                let then = [severity, assessment.occurrence.as_ref(), assessment.detection.as_ref()];
                for cell in cells {
                    self.account.left(f.cells.sheet, cell.at, compare(cell, library, profile.as_deref(), then));
                }
            }
        }
    }
}

/// The cells of a row that are computed here.
pub(super) fn computed(f: &OwnFmea<'_>, record: &Record, fields: [Field; 2]) -> Vec<Computed> {
    let cell = |field| {
        let position = f.cells.table.position(field)?;
        let entry = record.entries.get(position)?.as_ref()?;
        let (at, value): (At, Value) = (entry.at, entry.value.clone());
        Some(Computed { at, field, value })
    };
    fields.into_iter().filter_map(cell).collect()
}
