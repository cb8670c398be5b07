//! The process steps that FMEA and control plan speak of: found in the flow by number and name, and made only where there is no
//! flow.

use crate::base::{Id, OrderKey, Text};
use crate::exchange::import::build::{Builder, link};
use crate::exchange::import::table::Field;
use crate::model::flow::Step;
use crate::model::reference::{Link, Ref, Review};

use super::cells::Cells;
use crate::exchange::import::table::Record;

/// The steps of the flow in their order.
pub(super) struct Steps {
    known: Vec<(Id<Step>, Text, Text)>,
    /// Where the last one was found: documents speak of steps in the order of the flow.
    cursor: usize,
    title: String,
}

impl Steps {
    /// Those that the project has, and those that the workbook brought.
    pub fn of(builder: &Builder<'_>, title: &str) -> Self {
        let known = builder.project.all_in_order::<Step>().into_iter().map(|step| step.id);
        let of_workbook = builder.steps.iter().map(|step| step.id).filter(|id| builder.project.get(*id).is_none());
        let look = |id| builder.steps.look(builder.project, id);
        let known = known.chain(of_workbook).filter_map(look);
        let known: Vec<_> = known.map(|step| (step.id, step.number.clone(), step.name.clone())).collect();
        Self { known, cursor: 0, title: title.to_owned() }
    }

    /// Whether some step goes by this number, blank or not.
    pub fn has_number(&self, number: &str) -> bool {
        self.known.iter().any(|(_, known, _)| **known == *number)
    }

    /// Whether some step has this name and no number.
    pub fn has_unnumbered(&self, name: &str) -> bool {
        self.known.iter().any(|(_, number, known)| number.is_empty() && **known == *name)
    }

    fn find(&mut self, fits: impl Fn(&str, &str) -> bool) -> Option<Id<Step>> {
        let from_here = self.known.iter().enumerate().skip(self.cursor);
        let around = from_here.chain(self.known.iter().enumerate().take(self.cursor));
        let (at, (id, ..)) = around.into_iter().find(|(_, (_, number, name))| fits(number, name))?;
        let id = *id;
        self.cursor = at;
        Some(id)
    }
}

impl<'t> Builder<'t> {
    /// The step of this number and name; none if the flow has none.
    pub(super) fn own_step(
        &mut self,
        steps: &mut Steps,
        (cells, record): (&Cells<'t>, &'t Record),
        number: &str,
        name: &str,
    ) -> Option<Id<Step>> {
        if let Some(known) = steps.find(|n, text| n == number && text == name) {
            return Some(known);
        }
        if self.step_book.is_given() {
            return steps.find(|n, _| !number.is_empty() && n == number);
        }
        let flow = self.flow(&steps.title);
        let id = self.ids.next_id();
        let meta = self.begun(cells, record, Field::StepNumber);
        self.steps.put(Step { meta, ..Step::operation(id, flow, OrderKey::first(), number, name) });
        self.step_book.append(id, number, name);
        steps.known.push((id, Text::from(number), Text::from(name)));
        Some(id)
    }

    /// A link to the step of a row, or to one that is gone.
    pub(super) fn own_step_link(
        &mut self,
        steps: &mut Steps,
        at: (&Cells<'t>, &'t Record),
        number: &str,
        name: &str,
    ) -> Link<Step> {
        match self.own_step(steps, at, number, name) {
            Some(step) => link(step),
            None => self.lost(if number.is_empty() { name } else { number }),
        }
    }

    /// A link to something that is gone, of which the form knows what it was called.
    pub(super) fn lost<T>(&mut self, label: &str) -> Link<T> {
        Link { to: Ref::Missing { id: self.ids.next_id(), last_label: Text::from(label) }, reviewed: Review::default() }
    }
}
