//! The process-flow worksheet.

use std::collections::HashMap;

use crate::base::{Id, OrderKey, Text};
use crate::exchange::import::build::{Builder, shared::add_note};
use crate::exchange::import::table::{Field, OwnForm, Record, Table};
use crate::exchange::import::workbook::At;
use crate::model::characteristic::{Characteristic, CharacteristicRole};
use crate::model::document::Document;
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::flow::{FlowEdge, Route, Step, StepKind};
use crate::model::item::{AnyId, Kind};
use crate::model::reference::Ref;

use super::cells::Cells;
use super::characteristics::{Called, FIELDS, specification};
use super::remarks::step_remarks;

/// What a flow or a control plan prints for a step without machines.
pub(super) const MANUAL: &str = "Manual";

const OF_STEP: [Field; 10] = [
    Field::StepNumber,
    Field::Step,
    Field::StepKind,
    Field::StepDescription,
    Field::Area,
    Field::Equipment,
    Field::VariationSource,
    Field::ControlMethod,
    Field::NokDisposition,
    Field::Remarks,
];

/// Builds the flow of a worksheet.
pub(super) fn build<'t>(builder: &mut Builder<'t>, table: &'t Table, own: &OwnForm) -> Id<Document> {
    let title = builder.own_title(table);
    let flow = builder.flow(&title);
    builder.own_header(flow, table);
    let cells = Cells::new(builder, table, own, Kind::Step);
    let everywhere = specifications(&cells);
    let mut known: HashMap<(Called, bool), Id<Characteristic>> = HashMap::new();
    let mut steps: Vec<(Id<Step>, &Record)> = Vec::new();
    for (at, record) in table.records.iter().enumerate() {
        let step = match steps.last() {
            Some((step, _)) if !cells.begins(record, Field::StepNumber) => *step,
            _ => {
                let step = builder.worksheet_step(&cells, record, flow);
                steps.push((step, record));
                step
            }
        };
        let is_listed = own.rows.get(at).copied().flatten().is_some_and(|row| row.part.is_some());
        let (called, said) = Called::read(&cells, record);
        if is_listed || !called.is_blank() || !said.is_empty() {
            builder.worksheet_characteristic(&cells, record, step, (called, said), &everywhere, &mut known);
        }
    }
    builder.steps_named = steps.len();
    builder.alternates(&cells, &steps);
    for (step, record) in &steps {
        builder.worksheet_edges(&cells, record, flow, *step, &steps);
    }
    flow
}

/// The specification that holds everywhere, by characteristic: what most steps print, and rather one line than several,
/// because a step that has another one says why below it.
fn specifications(cells: &Cells<'_>) -> HashMap<(Called, bool), String> {
    let mut printed: HashMap<(Called, bool), Vec<(String, usize)>> = HashMap::new();
    for record in &cells.table.records {
        let (called, said) = Called::read(cells, record);
        let texts = printed.entry((called, said.is_empty())).or_default();
        match texts.iter_mut().find(|(text, _)| *text == said) {
            Some((_, times)) => *times += 1,
            None => texts.push((said, 1)),
        }
    }
    let best = |texts: Vec<(String, usize)>| {
        let texts = texts.into_iter().rev();
        texts.max_by_key(|(text, times)| (!text.contains('\n'), *times)).map(|(text, _)| text).unwrap_or_default()
    };
    printed.into_iter().map(|(called, texts)| (called, best(texts))).collect()
}

impl<'t> Builder<'t> {
    fn worksheet_step(&mut self, cells: &Cells<'t>, record: &'t Record, flow: Id<Document>) -> Id<Step> {
        self.told(cells, record, &OF_STEP, Kind::Step);
        let text = |field| cells.text(record, field);
        let (number, name) = (text(Field::StepNumber), text(Field::Step));
        let id = self.ids.next_id();
        let mut step = Step::operation(id, flow, OrderKey::first(), &number, &name);
        step.meta = self.begun(cells, record, Field::StepNumber);
        let mut kinds = cells.lines(record, Field::StepKind).into_iter().filter_map(|line| kind(&line));
        step.kind = kinds.next().unwrap_or(StepKind::Operation);
        step.further_kinds = kinds.collect();
        step.description = Text::from(text(Field::StepDescription));
        step.area = Text::from(text(Field::Area));
        step.sources_of_variation = Text::from(text(Field::VariationSource));
        step.work_instruction = Text::from(text(Field::ControlMethod));
        step.nok_disposition = Text::from(text(Field::NokDisposition));
        let equipment = cells.lines(record, Field::Equipment);
        if equipment == [MANUAL] {
            step.manual = true;
        } else {
            step.equipment = equipment.iter().map(|line| self.own_equipment(cells, record, line).into()).collect();
        }
        let remarks = step_remarks(&text(Field::Remarks));
        step.outsourced = remarks.outsourced;
        step.no_analysis_because = Text::from(remarks.no_analysis);
        step.no_plan_row_because = Text::from(remarks.no_plan_row);
        if !remarks.note.is_empty() {
            add_note(&mut step.meta, &remarks.note);
        }
        step.applicability = self.applies_to(cells, record, Kind::Step);
        self.own_cells(cells, record, Kind::Step, &mut step.meta);
        self.step_book.append(id, &number, &name);
        self.steps.put(step)
    }

    /// The equipment that a form calls so: its name, with its number in brackets.
    pub(super) fn own_equipment(&mut self, cells: &Cells<'t>, record: &'t Record, label: &str) -> Id<Equipment> {
        self.equipment_called((cells.sheet, cells.at(record, Field::Equipment)), label)
    }

    /// The equipment that a cell calls so.
    pub(super) fn equipment_called(&mut self, (sheet, at): (usize, At), label: &str) -> Id<Equipment> {
        if let Some(AnyId::Equipment(known)) = self.labelled(label, Equipment::label) {
            return known;
        }
        let numbered = label.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        let numbered = numbered.filter(|(name, number)| !name.is_empty() && !number.is_empty());
        let meta = self.origin(sheet, at);
        let made = self.new_equipment(numbered.unwrap_or((label, "")), EquipmentKind::Machine, meta);
        self.known.labels.insert((Kind::Equipment, label.to_owned()), made.into());
        made
    }

    fn worksheet_characteristic(
        &mut self,
        cells: &Cells<'t>,
        record: &'t Record,
        step: Id<Step>,
        (called, said): (Called, String),
        everywhere: &HashMap<(Called, bool), String>,
        known: &mut HashMap<(Called, bool), Id<Characteristic>>,
    ) {
        self.told(cells, record, &FIELDS, Kind::Characteristic);
        self.told(cells, record, &[Field::CharacteristicRole], Kind::StepCharacteristic);
        let is_blank = called.is_blank();
        let place = (called, said.is_empty());
        let general = everywhere.get(&place).cloned().unwrap_or_default();
        let id = match known.get(&place).filter(|_| !is_blank) {
            Some(id) => *id,
            None => {
                let made = self.new_characteristic((cells, record), &place.0, &general);
                known.insert(place, made);
                made
            }
        };
        let role = cells.text(record, Field::CharacteristicRole);
        let role = CharacteristicRole::ALL.into_iter().find(|known| known.name() == role);
        let role = self.own_role((cells, record), step, id, role.unwrap_or(CharacteristicRole::Created));
        if said != general
            && let Some(role) = self.roles.get_mut(role)
        {
            let (here, reason) = said.split_once('\n').unwrap_or((&said, ""));
            role.local_specification = Some(specification(here));
            role.local_reason = Text::from(reason);
        }
    }

    /// Which step stands in for which, now that all are known.
    fn alternates(&mut self, cells: &Cells<'t>, steps: &[(Id<Step>, &'t Record)]) {
        for (id, record) in steps {
            let Some(main) = step_remarks(&cells.text(record, Field::Remarks)).alternate_for else { continue };
            let target = self.steps.iter().find(|step| step.label() == main).map(|step| step.id);
            let target = target.map_or_else(|| self.lost::<Step>(&main).to, Ref::Item);
            if let Some(step) = self.steps.get_mut(*id) {
                step.alternate_for = Some(target);
            }
        }
    }

    /// The connections that a step names, a line each: `→ 30`, `NOK → 90 (scrap)`.
    fn worksheet_edges(
        &mut self,
        cells: &Cells<'t>,
        record: &'t Record,
        flow: Id<Document>,
        from: Id<Step>,
        steps: &[(Id<Step>, &Record)],
    ) {
        self.told(cells, record, &[Field::NextStep], Kind::FlowEdge);
        let text = cells.text(record, Field::NextStep);
        let mut left = text.as_str();
        while let Some((route, rest)) = route(left) {
            // Labels may have line ends: the next line that begins with a route ends this one.
            let end = rest.match_indices('\n').find(|(at, _)| route_begins(&rest[at + 1..])).map(|(at, _)| at);
            let (line, next) = end.map_or((rest, ""), |end| (&rest[..end], &rest[end + 1..]));
            left = next;
            let targets = steps.iter().filter(|(id, _)| *id != from).filter_map(|(id, _)| self.steps.get(*id));
            let fits = |step: &&Step| label_behind(line, &step.number).is_some();
            // The longest number that fits, for a number may begin like another one; of equal numbers the first.
            let Some(to) = targets.filter(fits).reduce(longer) else { continue };
            let (to, label) = (to.id, label_behind(line, &to.number).unwrap_or_default().to_owned());
            let edge = FlowEdge {
                id: self.ids.next_id(),
                flow,
                from,
                to,
                order: self.next_order(AnyId::from(from), Kind::FlowEdge),
                route,
                label: Text::from(label),
                meta: self.begun(cells, record, Field::NextStep),
            };
            self.edges.put(edge);
        }
    }
}

fn longer<'s>(best: &'s Step, next: &'s Step) -> &'s Step {
    if next.number.len() > best.number.len() { next } else { best }
}

fn kind(name: &str) -> Option<StepKind> {
    StepKind::ALL.into_iter().find(|kind| kind.name() == name)
}

/// The route with which a text begins, and what stands behind its arrow.
fn route(text: &str) -> Option<(Route, &str)> {
    if let Some(rest) = text.strip_prefix("→ ") {
        return Some((Route::Main, rest));
    }
    // Spreadsheets drop white space at the end.
    if text == "→" {
        return Some((Route::Main, ""));
    }
    let named = Route::ALL.into_iter().filter(|route| *route != Route::Main);
    named.into_iter().find_map(|route| {
        let rest = text.strip_prefix(route.name())?.strip_prefix(" →")?;
        Some((route, rest.strip_prefix(' ').unwrap_or(rest)))
    })
}

fn route_begins(text: &str) -> bool {
    route(text).is_some()
}

/// The label behind a number, blank if there is none; nothing if the line does not begin with this number.
fn label_behind<'l>(line: &'l str, number: &str) -> Option<&'l str> {
    let rest = line.strip_prefix(number)?;
    if rest.is_empty() {
        return Some("");
    }
    rest.strip_prefix(" (")?.strip_suffix(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_read_back() {
        assert_eq!(route("→ 30 (OK)"), Some((Route::Main, "30 (OK)")));
        assert_eq!(route("NOK → 90"), Some((Route::Nok, "90")));
        assert_eq!(route("30"), None);
        assert_eq!(label_behind("30 (OK (late))", "30"), Some("OK (late)"));
        assert_eq!(label_behind("30", "30"), Some(""));
        assert_eq!(label_behind("300", "30"), None);
        assert_eq!(label_behind("30 A (x)", "30 A"), Some("x"));
    }
}
