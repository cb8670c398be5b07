//! The control plan of a generated project: about a row for three causes, complete in every column.

use crate::base::{OrderKey, Text};
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::Phase;
use crate::model::flow::StepKind;
use crate::model::reference::Ref;

use super::Maker;
use super::analysis::{Analysed, Carrier, KnownControl};
use super::flow::{Gravity, Station};

/// How many causes a row answers, on average.
const CAUSES_PER_ROW: usize = 3;

/// The controls of a characteristic, in the order in which a plan gets them.
const TURNS: [Carrier; 4] = [Carrier::FullAutomatic, Carrier::Sample, Carrier::FirstOff, Carrier::Visual];

/// Technique, sample size, frequency, method, and who does it.
fn words(carrier: Carrier, station: &Station) -> (String, &'static str, &'static str, &'static str, &'static str) {
    let number = &station.step.number;
    match carrier {
        Carrier::FullAutomatic => (
            format!("Measuring unit of station {number}"),
            "100 %",
            "Each part",
            "Automatic check that stops and rejects the part",
            "Station",
        ),
        Carrier::Sample => {
            (format!("Gauge {number}"), "5 parts", "Every 2 hours", "Average and range chart", "Quality inspector")
        }
        Carrier::FirstOff => {
            (format!("Gauge {number}"), "1 part", "At set-up and tool change", "Set-up record", "Setter")
        }
        Carrier::Parameter => {
            ("Sensor of the station".to_owned(), "100 %", "Continuous", "Parameter window with interlock", "Station")
        }
        Carrier::Device => {
            ("Challenge part".to_owned(), "1 check", "At the start of each shift", "Verification record", "Operator")
        }
        Carrier::Visual | Carrier::Elsewhere => {
            ("Visual against limit sample".to_owned(), "100 %", "Each part", "Defect record", "Operator")
        }
    }
}

impl Maker {
    /// Makes the rows of a station.
    pub(super) fn plan_rows(&mut self, station: &Station, analysed: &Analysed) {
        if station.causes == 0 {
            return;
        }
        let wanted = station.causes.div_ceil(CAUSES_PER_ROW);
        let mut planned: Vec<(Subject, Carrier)> = Vec::new();
        if let Some(parameter) = &station.parameter {
            planned.push((Subject::Characteristic(self.link(parameter)), Carrier::Parameter));
        }
        if let Some(device) = station.device {
            planned.push((Subject::ErrorProofing(Ref::Item(device)), Carrier::Device));
        }
        if station.step.kind == StepKind::Operation && wanted > 4 {
            planned.push((Subject::SetUp(Text::from("First-off released by quality")), Carrier::FirstOff));
            planned.push((Subject::Restart(Text::from("First parts after a shutdown")), Carrier::Sample));
        }
        for (turn, (feature, carrier)) in turns(station).into_iter().enumerate() {
            let needed = turn < station.features.len();
            let carries = |known: &KnownControl| known.carrier == carrier;
            let missing =
                || analysed.controls.iter().any(carries) && !planned.iter().any(|(_, planned)| *planned == carrier);
            if needed || planned.len() < wanted || missing() {
                planned.push((Subject::Characteristic(self.link(feature)), carrier));
            }
        }
        // Rows of a subject stand together.
        let mut rows: Vec<(Subject, Carrier)> = Vec::with_capacity(planned.len());
        for (subject, carrier) in planned {
            let behind = rows.iter().rposition(|(known, _)| same(known, &subject)).map_or(rows.len(), |at| at + 1);
            rows.insert(behind, (subject, carrier));
        }
        let mut order = None;
        for (subject, carrier) in rows {
            let key = OrderKey::after(order.as_ref());
            order = Some(key.clone());
            self.plan_row(station, analysed, subject, carrier, key);
        }
    }

    fn plan_row(
        &mut self,
        station: &Station,
        analysed: &Analysed,
        subject: Subject,
        carrier: Carrier,
        order: OrderKey,
    ) {
        let (technique, size, frequency, method, responsible) = words(carrier, station);
        let carried = analysed.controls.iter().filter(|known| known.carrier == carrier);
        let row = PlanRow {
            subject,
            measurement_technique: Text::from(technique),
            sample_size: Text::from(size),
            sample_frequency: Text::from(frequency),
            control_method: Text::from(method),
            responsible: Text::from(responsible),
            reaction_plan: Text::from(
                "Stop the station, segregate all parts since the last good check, tell the shift lead",
            ),
            reaction_plan_owner: Text::from("Shift lead"),
            phases: if carrier == Carrier::FirstOff { vec![Phase::PreLaunch, Phase::Production] } else { Vec::new() },
            controls: carried.map(|known| self.link(&known.control)).collect(),
            ..PlanRow::empty(self.ids.next_id(), self.plan, self.link(&station.step), order)
        };
        self.put(row);
    }
}

fn same(left: &Subject, right: &Subject) -> bool {
    match (left, right) {
        (Subject::Characteristic(left), Subject::Characteristic(right)) => left.to == right.to,
        _ => false,
    }
}

/// Characteristics and kinds of control, in turns: first one for each, then the next ones. A critical characteristic is
/// checked by the machine first.
fn turns(station: &Station) -> Vec<(&Characteristic, Carrier)> {
    if station.handles_loads() {
        let first = station.features.iter().map(|(feature, _)| (feature, Carrier::Visual));
        return first.collect();
    }
    let mut turns = Vec::new();
    for round in 0..TURNS.len() {
        for (at, (feature, gravity)) in station.features.iter().enumerate() {
            let shift = if *gravity == Gravity::Critical { 0 } else { at };
            turns.push((feature, TURNS[(round + shift) % TURNS.len()]));
        }
    }
    turns
}
