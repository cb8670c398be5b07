//! Texts that a line writes into its steps.

use crate::base::{Id, Text};
use crate::exchange::import::table::Field;
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::field;
use crate::model::flow::Step;
use crate::model::item::Kind;
use crate::model::reference::Ref;

use super::lines::Said;
use super::{Builder, key};

impl Builder<'_> {
    /// Writes a text into the steps of a line, where they are new and say nothing else; whether it stands there now.
    pub fn step_text(&mut self, sheet: usize, steps: &[Id<Step>], said: &Said<'_>) -> bool {
        if let [step] = steps
            && let Some(field) = field_of(said.field)
            && self.steps.get(*step).is_none()
            && self.project.contains((*step).into())
        {
            if self.differs(sheet, said, *step, field, &said.text) {
                return true;
            }
            let stands = self.step_says(*step, said);
            if stands {
                self.take(sheet, said, Kind::Step);
            }
            return stands;
        }
        if said.field == Field::Equipment && self.lists_equipment(steps, &said.text) {
            self.take(sheet, said, Kind::Step);
            return true;
        }
        let mut stands = !steps.is_empty();
        let equipment = (said.field == Field::Equipment && !steps.is_empty()).then(|| {
            let by_hand = super::words::is_by_hand(&said.text);
            let origin = self.origin(sheet, said.at);
            (!by_hand).then(|| self.equipment(&said.text, EquipmentKind::Machine, origin))
        });
        for id in steps {
            let Some(step) = self.steps.get_mut(*id) else {
                stands &= match equipment {
                    Some(equipment) => self.step_has(*id, equipment),
                    None => self.step_says(*id, said),
                };
                continue;
            };
            if let Some(equipment) = equipment {
                match equipment {
                    Some(equipment) if step.equipment.iter().all(|known| known.id() != equipment) => {
                        step.equipment.push(equipment.into());
                    }
                    Some(_) => {}
                    None => step.manual = true,
                }
                continue;
            }
            let text = match said.field {
                Field::StepDescription => &mut step.description,
                Field::Area => &mut step.area,
                Field::VariationSource => &mut step.sources_of_variation,
                Field::ControlMethod => &mut step.work_instruction,
                Field::NokDisposition => &mut step.nok_disposition,
                _ => return false,
            };
            if text.is_empty() {
                *text = Text::from(said.text.as_str());
            } else if key(text) != key(&said.text) {
                stands = false;
            }
        }
        if stands {
            self.take(sheet, said, Kind::Step);
        }
        stands
    }

    /// Whether a step of the project says the same already.
    fn step_says(&self, step: Id<Step>, said: &Said<'_>) -> bool {
        let known = field_of(said.field).and_then(|field| self.project.field_text(step.into(), field));
        known.is_some_and(|known| key(&known) == key(&said.text))
    }

    /// Whether a cell lists, line by line, equipment that steps of the project have.
    fn lists_equipment(&self, steps: &[Id<Step>], text: &str) -> bool {
        let lists = |step: &Id<Step>| {
            let step = self.project.get(*step).filter(|step| self.steps.get(step.id).is_none());
            step.is_some_and(|step| self.lists(&step.equipment.iter().collect::<Vec<_>>(), text))
        };
        !steps.is_empty() && steps.iter().all(lists)
    }

    /// Whether a text names, line by line, some of these pieces of equipment of the project.
    pub fn lists(&self, there: &[&Ref<Equipment>], text: &str) -> bool {
        let there = there.iter().filter_map(|known| self.project.get(known.present()?));
        let there: Vec<String> = there.flat_map(|known| [key(&known.name), key(&known.label())]).collect();
        text.lines().all(|line| there.contains(&key(line)))
    }

    /// Whether a step of the project has this equipment, or is done by hand.
    fn step_has(&self, step: Id<Step>, equipment: Option<Id<Equipment>>) -> bool {
        let has = |step: &Step| match equipment {
            Some(equipment) => step.equipment.iter().any(|known| known.id() == equipment),
            None => step.manual,
        };
        self.project.get(step).is_some_and(has)
    }
}

/// The field of a step that a column speaks of.
fn field_of(field: Field) -> Option<field::Field> {
    Some(match field {
        Field::StepDescription => field::Field::Description,
        Field::Area => field::Field::Area,
        Field::VariationSource => field::Field::SourcesOfVariation,
        Field::ControlMethod => field::Field::WorkInstruction,
        Field::NokDisposition => field::Field::NokDisposition,
        _ => return None,
    })
}
