//! Lines of the risk analysis: causes with controls and ratings.
//!
//! A cause cell is a line. A row that only goes on with the cause above adds its controls and actions to that line; a row
//! that rates the same cause otherwise is a line of its own, because a line has one rating in force.

use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Record};
use crate::exchange::import::workbook::At;
use crate::model::applicability::Applicability;
use crate::model::fmea::{Control, ControlKind, FailureRole};
use crate::model::item::Kind;
use crate::model::profile::ScaleRole;
use crate::model::rating::Rating;
use crate::model::reference::Ref;
use crate::model::risk::{Assessment, AssessmentState, Risk};

use super::fmea::Fmea;
use super::lines::Said;
use super::ratings::{Computed, compare};
use super::shared::add_line;
use super::structure::Place;
use super::{Builder, key, words};

/// A line while its rows are read.
pub(super) struct Line {
    pub id: Id<Risk>,
    pub mode: usize,
    /// The work element and function that it names.
    works: String,
    cause_at: Option<At>,
    signature: Signature,
    computed: Vec<Computed>,
    /// Assessments after actions, in the order of those of the risk.
    pub later: Vec<Later>,
}

/// An assessment after actions.
#[derive(Default)]
pub(super) struct Later {
    /// The severity that the row says, which is an override if it differs from that of the mode.
    pub severity: Option<Rating>,
    /// Ratings of the row, to tell whether another row says the same.
    pub ratings: [Option<Rating>; 3],
    pub computed: Vec<Computed>,
}

/// What tells two lines of the same cause apart.
#[derive(PartialEq, Clone)]
struct Signature {
    occurrence: Option<Rating>,
    detection: Option<Rating>,
    controls: [Option<String>; 3],
}

const CONTROLS: [Field; 3] = [Field::PreventionControl, Field::DetectionControl, Field::Control];

impl Builder<'_> {
    /// Says how undivided controls are taken.
    pub fn remark_controls(&mut self, f: &Fmea<'_>) {
        if f.lines.has(Field::Control) {
            let kind = f.undivided().name();
            let text = format!(
                "“{}” does not tell prevention from detection: it is taken for {kind}s",
                f.lines.heading(Field::Control)
            );
            self.account.remark(f.lines.sheet, None, text);
        }
    }

    /// The line that a record belongs to, made if it is new.
    pub fn risk_line<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record, place: &Place, mode: usize) -> usize {
        let sheet = f.lines.sheet;
        let cause = f.lines.said(record, Field::Cause);
        let signature = signature(f, record);
        let cause_key = cause.as_ref().map(|said| key(&said.text)).unwrap_or_default();
        if let Some(said) = &cause {
            self.take(sheet, said, Kind::Failure);
        }
        let works = works_of(f, record);
        let known = f.modes[mode].lines.get(&(works.clone(), cause_key.clone())).copied();
        let last = f.risks.len().checked_sub(1).filter(|last| f.risks[*last].mode == mode && cause.is_none());
        if let Some(line) = known.or(last) {
            let before = &f.risks[line];
            let agrees = before.signature.agrees(&signature);
            let goes_on = match &cause {
                Some(said) if before.cause_at == Some(said.at) => agrees,
                Some(_) => before.signature == signature,
                None => {
                    let says_no_rating = signature.occurrence.is_none() && signature.detection.is_none();
                    (says_no_rating || before.signature == signature) && (works.is_empty() || before.works == works)
                }
            };
            if goes_on {
                let line = &mut f.risks[line];
                line.signature.complete(&signature);
                return known.or(last).unwrap_or_default();
            }
        }
        let anchor = self.cause_anchor(f, record, place);
        let at = cause.as_ref().map_or_else(
            || At::new(record.row, f.lines.table.columns.first().map_or(0, |column| column.column)),
            |said| said.at,
        );
        let text = cause.as_ref().map(|said| said.text.as_str()).unwrap_or_default();
        let failure = self.failure(anchor, FailureRole::Cause, text, sheet, at);
        let mode_id = f.modes[mode].id;
        let order = self.next_order(mode_id, Kind::Risk);
        let mut risk = Risk::unrated(self.ids.next_id(), f.document, mode_id, failure, order);
        risk.meta = self.origin(sheet, at);
        let id = self.risks.put(risk);
        let line = f.risks.len();
        f.risks.push(Line {
            id,
            mode,
            works: works.clone(),
            cause_at: cause.map(|said| said.at),
            signature,
            computed: Vec::new(),
            later: Vec::new(),
        });
        // A row that names no work element goes on with the cause wherever that stands.
        f.modes[mode].lines.insert((String::new(), cause_key.clone()), line);
        f.modes[mode].lines.insert((works, cause_key), line);
        line
    }

    /// Takes in what a record says of its line.
    pub fn risk_details<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record, line: usize) {
        let sheet = f.lines.sheet;
        let id = f.risks[line].id;
        // The structure below the step is said again by every row of a cause.
        for field in [Field::WorkElement, Field::WorkCategory] {
            if let Some(said) = f.lines.said(record, field) {
                self.take(sheet, &said, Kind::Element);
            }
        }
        if let Some(said) = f.lines.said(record, Field::LowerFunction) {
            self.take(sheet, &said, Kind::Function);
        }
        self.current_ratings(f, record, id);
        for (field, kind) in [
            (Field::PreventionControl, ControlKind::Prevention),
            (Field::DetectionControl, ControlKind::Detection),
            (Field::Control, f.undivided()),
        ] {
            let said = f.lines.said(record, field);
            for said in said.map(|said| f.lines.entries(&said)).unwrap_or_default() {
                if let Some(control) = self.control(f, &said, kind)
                    && let Some(risk) = self.risks.get_mut(id)
                    && risk.controls.iter().all(|known| known.id() != control)
                {
                    risk.controls.push(Ref::Item(control));
                }
            }
        }
        for field in [Field::IssueNumber, Field::History, Field::FilterCode, Field::Remarks] {
            let Some(said) = f.lines.said(record, field) else { continue };
            self.take(sheet, &said, Kind::Risk);
            let Some(risk) = self.risks.get_mut(id) else { continue };
            let text = match field {
                Field::IssueNumber => &mut risk.issue_number,
                Field::History => &mut risk.history,
                Field::FilterCode => &mut risk.filter_code,
                _ => &mut risk.remarks,
            };
            add_line(text, &said.text);
        }
        for field in [Field::Rpn, Field::ActionPriority] {
            if let Some(said) = f.lines.decided(record, field) {
                f.risks[line].computed.push(Computed { at: said.at, field, value: said.value.clone() });
            }
        }
        self.optimisation(f, record, line);
    }

    fn current_ratings<'t>(&mut self, f: &Fmea<'t>, record: &'t Record, id: Id<Risk>) {
        let sheet = f.lines.sheet;
        let occurrence = f.lines.decided(record, Field::Occurrence);
        let detection = f.lines.decided(record, Field::Detection);
        if occurrence.is_none() && detection.is_none() {
            return;
        }
        let mut read = |said: &Option<Said<'_>>, role| {
            let said = said.as_ref()?;
            self.take(sheet, said, Kind::Risk);
            self.rating(sheet, said, role, f.profile.as_deref())
        };
        let (occurrence, detection) =
            (read(&occurrence, ScaleRole::Occurrence), read(&detection, ScaleRole::Detection));
        let Some(risk) = self.risks.get_mut(id) else { return };
        if risk.assessments.is_empty() {
            risk.assessments.push(Assessment::blank(AssessmentState::Current));
        } else if risk.current().is_none() {
            risk.assessments.insert(0, Assessment::blank(AssessmentState::Current));
        }
        if let Some(current) = risk.assessments.iter_mut().find(|entry| entry.state == AssessmentState::Current) {
            current.occurrence = current.occurrence.take().or(occurrence);
            current.detection = current.detection.take().or(detection);
        }
    }

    /// The control with these words, made if it is new; nothing if the cell says that there is none.
    pub fn control(&mut self, f: &mut Fmea<'_>, said: &Said<'_>, kind: ControlKind) -> Option<Id<Control>> {
        if words::is_none(&said.text) {
            self.leave(f.lines.sheet, said, "says that there is no control");
            return None;
        }
        self.take(f.lines.sheet, said, Kind::Control);
        let control_key = (kind, key(&said.text));
        if let Some(known) = f.controls.get(&control_key) {
            return Some(*known);
        }
        let control = Control {
            id: self.ids.next_id(),
            fmea: f.document,
            kind,
            text: Text::from(said.text.as_str()),
            means: None,
            detects: None,
            equipment: None,
            evidence: Text::default(),
            no_plan_row_because: Text::default(),
            applicability: Applicability::AllParts,
            meta: self.origin(f.lines.sheet, said.at),
        };
        f.controls.insert(control_key, control.id);
        Some(self.controls.put(control))
    }

    /// Tells of cells that say that there is no control or no action, in a line that has no risk.
    pub fn leave_nothings<'t>(&mut self, f: &Fmea<'t>, record: &'t Record) {
        let fields = [
            Field::PreventionControl,
            Field::DetectionControl,
            Field::Control,
            Field::PreventionAction,
            Field::DetectionAction,
            Field::Action,
            Field::ActionTaken,
            Field::ActionTakenAndDate,
            Field::ImplementedPrevention,
            Field::ImplementedDetection,
        ];
        for field in fields {
            if let Some(said) = f.lines.said(record, field).filter(|said| words::is_none(&said.text)) {
                self.leave(f.lines.sheet, &said, "says that there is none");
            }
        }
    }

    /// Tells of results in a line without ratings.
    pub fn leave_computed<'t>(&mut self, f: &Fmea<'t>, record: &'t Record) {
        for field in [Field::Rpn, Field::ActionPriority, Field::LaterRpn, Field::LaterActionPriority] {
            if let Some(said) = f.lines.said(record, field) {
                self.leave(f.lines.sheet, &said, "stands in a line without a failure cause and without ratings");
            }
        }
    }

    /// Compares what the sheet computed with what follows here, and settles severities after actions.
    pub fn finish_risks(&mut self, f: &mut Fmea<'_>) {
        let library = self.project.library();
        let profile = f.profile.as_deref();
        for line in &f.risks {
            let severity = f.modes[line.mode].severity.as_ref();
            let Some(risk) = self.risks.get_mut(line.id) else { continue };
            let current = risk.current();
            let ratings = [
                severity,
                current.and_then(|current| current.occurrence.as_ref()),
                current.and_then(|current| current.detection.as_ref()),
            ];
            for cell in &line.computed {
                self.account.left(f.lines.sheet, cell.at, compare(cell, library, profile, ratings));
            }
            let mut assessments = risk.assessments.iter_mut().filter(|entry| entry.state.is_later());
            for later in &line.later {
                let Some(assessment) = assessments.next() else { break };
                if later.severity.is_some() && later.severity.as_ref() != severity {
                    assessment.severity_override.clone_from(&later.severity);
                }
                let ratings = [
                    assessment.severity_override.as_ref().or(severity),
                    assessment.occurrence.as_ref(),
                    assessment.detection.as_ref(),
                ];
                for cell in &later.computed {
                    self.account.left(f.lines.sheet, cell.at, compare(cell, library, profile, ratings));
                }
            }
        }
    }
}

impl Fmea<'_> {
    /// What undivided controls are.
    pub fn undivided(&self) -> ControlKind {
        if self.lines.has(Field::Detection) || !self.lines.has(Field::Occurrence) {
            ControlKind::Detection
        } else {
            ControlKind::Prevention
        }
    }
}

/// The work element and function that a row names.
fn works_of<'t>(f: &Fmea<'t>, record: &'t Record) -> String {
    let fields = [Field::WorkElement, Field::WorkCategory, Field::LowerFunction];
    let said: Vec<String> =
        fields.iter().filter_map(|field| f.lines.said(record, *field)).map(|said| key(&said.text)).collect();
    said.join("\u{1}")
}

fn signature<'t>(f: &Fmea<'t>, record: &'t Record) -> Signature {
    let rating = |field| f.lines.decided(record, field).and_then(|said| super::ratings::rating(said.value));
    Signature {
        occurrence: rating(Field::Occurrence),
        detection: rating(Field::Detection),
        controls: CONTROLS.map(|field| f.lines.said(record, field).map(|said| key(&said.text))),
    }
}

impl Signature {
    /// Whether no rating of one is another one in the other.
    fn agrees(&self, other: &Self) -> bool {
        let fits = |left: &Option<Rating>, right: &Option<Rating>| left.is_none() || right.is_none() || left == right;
        fits(&self.occurrence, &other.occurrence) && fits(&self.detection, &other.detection)
    }

    fn complete(&mut self, other: &Self) {
        self.occurrence = self.occurrence.take().or_else(|| other.occurrence.clone());
        self.detection = self.detection.take().or_else(|| other.detection.clone());
    }
}
