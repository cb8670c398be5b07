//! The process flow of a generated project: stations in lines, inspections with rework, receiving and shipping.

use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::characteristic::{
    Characteristic, CharacteristicKind, CharacteristicRole, PartSpecification, StepCharacteristic,
};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::flow::{FlowEdge, Route, Step, StepKind};
use crate::model::reference::Ref;
use crate::model::specification::Specification;

use super::Maker;
use super::words::{FEATURES, INSPECTIONS, OBJECTS, OPERATIONS, PARAMETERS};

/// How many stations make a line, which is a process item of the FMEA.
pub(super) const STATIONS_PER_LINE: usize = 25;
/// How many causes a station has, on average.
const CAUSES_PER_STATION: usize = 70;
/// Every so many-th station is an inspection, and every so many-th inspection has a rework station.
const INSPECTION_EVERY: usize = 6;
const REWORK_EVERY: usize = 3;
/// How many causes share a product characteristic, on average.
const CAUSES_PER_FEATURE: usize = 10;

/// How grave a violation of a characteristic is, which decides its class and its effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gravity {
    Critical,
    Significant,
    Plain,
}

/// A step with what belongs to it.
pub(super) struct Station {
    pub step: Step,
    /// How many causes its analysis gets.
    pub causes: usize,
    /// Its product characteristics.
    pub features: Vec<(Characteristic, Gravity)>,
    /// Its process characteristic.
    pub parameter: Option<Characteristic>,
    pub gauge: Id<Equipment>,
    /// Its error-proofing device.
    pub device: Option<Id<Equipment>>,
    pub line: usize,
}

impl Station {
    /// Whether it moves or keeps loads instead of changing parts.
    pub fn handles_loads(&self) -> bool {
        matches!(self.step.kind, StepKind::Receiving | StepKind::Storage | StepKind::Transport | StepKind::Shipping)
    }
}

impl Maker {
    /// Makes the flow and spreads the causes over its stations.
    pub(super) fn flow(&mut self, causes: usize) -> Vec<Station> {
        let count = (causes / CAUSES_PER_STATION).max(5);
        let kinds = kinds(count);
        let mut stations: Vec<Station> = Vec::with_capacity(count);
        let mut order = None;
        let mut number = 0;
        for (at, kind) in kinds.iter().enumerate() {
            number += if *kind == StepKind::Rework { 5 } else { 10 - number % 10 };
            let key = OrderKey::after(order.as_ref());
            order = Some(key.clone());
            let share = causes / count + usize::from(at < causes % count);
            let station = self.station(at, *kind, key, number, share);
            stations.push(station);
        }
        self.connect(&stations);
        for station in &stations {
            self.put(station.step.clone());
        }
        stations
    }

    fn station(&mut self, at: usize, kind: StepKind, order: OrderKey, number: usize, causes: usize) -> Station {
        let line = at / STATIONS_PER_LINE;
        let object = OBJECTS[at % OBJECTS.len()];
        let name = match kind {
            StepKind::Receiving => "Receive parts".to_owned(),
            StepKind::Storage => "Store parts".to_owned(),
            StepKind::Transport => format!("Transport to line {}", line + 1),
            StepKind::Shipping => "Ship actuators".to_owned(),
            StepKind::Rework => format!("Rework {object}"),
            StepKind::Inspection => format!("{} {object}", INSPECTIONS[at / INSPECTION_EVERY % INSPECTIONS.len()]),
            _ => format!("{} {object}", OPERATIONS[at % OPERATIONS.len()]),
        };
        let mut step = Step::operation(self.ids.next_id(), self.flow, order, &number.to_string(), &name);
        step.kind = kind;
        step.area = Text::from(format!("Line {}", line + 1));
        step.description = Text::from(format!("{name} by the work instruction of the station"));
        step.work_instruction = Text::from(format!("WI-{number}"));
        step.sources_of_variation = Text::from("Supplier lot, tool wear, start of shift");
        step.nok_disposition = Text::from("Red box at the station, decision by quality within the shift");
        if causes == 0 {
            step.no_analysis_because = Text::from("Covered by the analysis of the plant's logistics");
            step.no_plan_row_because = Text::from("Covered by the control plan of the plant's logistics");
        }
        let mut station = Station {
            step,
            causes,
            features: Vec::new(),
            parameter: None,
            gauge: self.equipment(EquipmentKind::Gauge, &format!("Gauge {number}")),
            device: None,
            line,
        };
        station.step.equipment.push(Ref::Item(station.gauge));
        if station.handles_loads() {
            station.step.manual = true;
        } else {
            let machine = self.equipment(EquipmentKind::Machine, &format!("Station {number}"));
            station.step.equipment.push(Ref::Item(machine));
            if at % 4 == 2 && causes > 0 {
                let device = self.equipment(EquipmentKind::ErrorProofing, &format!("Presence check {number}"));
                station.step.equipment.push(Ref::Item(device));
                station.device = Some(device);
            }
        }
        if causes > 0 {
            self.characteristics(&mut station);
        }
        station
    }

    fn equipment(&mut self, kind: EquipmentKind, name: &str) -> Id<Equipment> {
        let key = OrderKey::after(self.last_equipment.as_ref());
        self.last_equipment = Some(key.clone());
        let checked = kind == EquipmentKind::ErrorProofing;
        let equipment = Equipment {
            id: self.ids.next_id(),
            order: key,
            kind,
            name: Text::from(name),
            asset_number: Text::from(format!("{}", 10_000 + self.below(90_000))),
            challenge_part: Text::from(if checked { "Master without the part" } else { "" }),
            verification_frequency: Text::from(if checked { "At the start of each shift" } else { "" }),
            meta: None,
        };
        let id = equipment.id;
        self.put(equipment);
        id
    }

    fn characteristics(&mut self, station: &mut Station) {
        let mut order = None;
        let role = match station.step.kind {
            StepKind::Operation | StepKind::Rework => CharacteristicRole::Created,
            StepKind::Storage | StepKind::Transport | StepKind::Shipping => CharacteristicRole::PassedThrough,
            _ => CharacteristicRole::Measured,
        };
        let first = self.below(FEATURES.len());
        let count = if station.handles_loads() { 1 } else { station.causes.div_ceil(CAUSES_PER_FEATURE) };
        for at in 0..count {
            let gravity = match self.below(20) {
                0 | 1 => Gravity::Critical,
                2..=5 => Gravity::Significant,
                _ => Gravity::Plain,
            };
            let (name, specification, gravity) = if station.handles_loads() {
                let words = "Label, papers and contents agree";
                ("Identification of the load".to_owned(), Specification::Words(Text::from(words)), Gravity::Plain)
            } else {
                let feature = &FEATURES[(first + at) % FEATURES.len()];
                let again = at / FEATURES.len();
                let name =
                    if again == 0 { feature.name.to_owned() } else { format!("{}, side {}", feature.name, again + 1) };
                (name, self.specification(feature), gravity)
            };
            let class = match gravity {
                Gravity::Critical => "CC",
                Gravity::Significant => "SC",
                Gravity::Plain => "",
            };
            let kind = CharacteristicKind::Product;
            let number = format!("{}.{}", station.step.number, at + 1);
            let characteristic = self.characteristic(kind, &number, &name, specification, class);
            self.at_step(&station.step, &characteristic, role, &mut order);
            station.features.push((characteristic, gravity));
        }
        if !station.handles_loads() {
            let parameter = &PARAMETERS[self.below(PARAMETERS.len())];
            let specification = self.specification(parameter);
            let number = format!("{}.P", station.step.number);
            let characteristic =
                self.characteristic(CharacteristicKind::Process, &number, parameter.name, specification, "");
            self.at_step(&station.step, &characteristic, CharacteristicRole::Created, &mut order);
            station.parameter = Some(characteristic);
        }
    }

    fn characteristic(
        &mut self,
        kind: CharacteristicKind,
        number: &str,
        name: &str,
        specification: Specification,
        class: &str,
    ) -> Characteristic {
        let key = OrderKey::after(self.last_characteristic.as_ref());
        self.last_characteristic = Some(key.clone());
        let on_drawing = kind == CharacteristicKind::Product;
        let characteristic = Characteristic {
            id: self.ids.next_id(),
            order: key,
            kind,
            number: Text::from(number),
            name: Text::from(name),
            specifications: vec![PartSpecification { applicability: Applicability::AllParts, specification }],
            class: Text::from(class),
            pass_through: false,
            source: Text::from(if on_drawing { "Drawing AC-2040" } else { "" }),
            balloon: Text::from(if on_drawing { number } else { "" }),
            meta: None,
        };
        self.put(characteristic.clone());
        characteristic
    }

    fn at_step(
        &mut self,
        step: &Step,
        characteristic: &Characteristic,
        role: CharacteristicRole,
        order: &mut Option<OrderKey>,
    ) {
        let key = OrderKey::after(order.as_ref());
        *order = Some(key.clone());
        let at_step = StepCharacteristic {
            id: self.ids.next_id(),
            step: step.id,
            characteristic: characteristic.id,
            order: key,
            role,
            local_specification: None,
            local_reason: Text::default(),
            meta: None,
        };
        self.put(at_step);
    }

    /// The main line leads past rework stations; these hang on the inspection before them.
    fn connect(&mut self, stations: &[Station]) {
        let mut before: Option<&Station> = None;
        for station in stations {
            match before {
                Some(inspection) if station.step.kind == StepKind::Rework => {
                    self.edge(&inspection.step, &station.step, Route::Nok, "NOK", 1);
                    self.edge(&station.step, &inspection.step, Route::ReworkReturn, "", 0);
                }
                Some(last) => self.edge(&last.step, &station.step, Route::Main, "", 0),
                None => {}
            }
            if station.step.kind != StepKind::Rework {
                before = Some(station);
            }
        }
    }

    fn edge(&mut self, from: &Step, to: &Step, route: Route, label: &str, place: usize) {
        let edge = FlowEdge {
            id: self.ids.next_id(),
            flow: self.flow,
            from: from.id,
            to: to.id,
            order: OrderKey::run(None, place + 1).pop().unwrap_or_else(OrderKey::first),
            route,
            label: Text::from(label),
            meta: None,
        };
        self.put(edge);
    }
}

/// The kinds of the steps, from receiving to shipping.
fn kinds(count: usize) -> Vec<StepKind> {
    let mut inspections = 0;
    let mut kinds = vec![StepKind::Receiving, StepKind::Storage];
    while kinds.len() + 2 < count {
        let at = kinds.len();
        if kinds.last() == Some(&StepKind::Inspection) && inspections % REWORK_EVERY == 0 {
            kinds.push(StepKind::Rework);
            inspections += 1;
        } else if at % INSPECTION_EVERY == INSPECTION_EVERY - 1 {
            kinds.push(StepKind::Inspection);
            inspections += 1;
        } else if at % STATIONS_PER_LINE == 0 {
            kinds.push(StepKind::Transport);
        } else {
            kinds.push(StepKind::Operation);
        }
    }
    kinds.push(StepKind::Inspection);
    kinds.push(StepKind::Shipping);
    kinds
}
