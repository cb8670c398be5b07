//! Characteristics that the lines of an FMEA name.

use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Record};
use crate::model::characteristic::{Characteristic, CharacteristicKind};
use crate::model::fmea::Function;
use crate::model::item::Kind;

use super::fmea::Fmea;
use super::lines::Said;
use super::specifications::specification;
use super::structure::Place;
use super::{Builder, link};

impl Builder<'_> {
    /// Characteristics of a line that names no failure.
    pub fn structure_characteristics<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
        function: Option<Id<Function>>,
    ) {
        let found = self.characteristics_of(f, record, place);
        for id in found.into_iter().flatten() {
            self.link_function(function, id);
        }
    }

    fn link_function(&mut self, function: Option<Id<Function>>, id: Id<Characteristic>) {
        if let Some(function) = function.and_then(|function| self.functions.get_mut(function))
            && function.characteristics.iter().all(|known| known.to.id() != id)
        {
            function.characteristics.push(link(id));
        }
    }

    /// The product and the process characteristic of an FMEA line, and whether cells of number and specification are told.
    fn characteristics_of<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
    ) -> [Option<Id<Characteristic>>; 2] {
        let sheet = f.lines.sheet;
        let product =
            f.lines.said(record, Field::ProductCharacteristic).or_else(|| f.lines.said(record, Field::Characteristic));
        let process = f.lines.said(record, Field::ProcessCharacteristic);
        let number = f.lines.said(record, Field::CharacteristicNumber);
        let number_text = number.as_ref().map(|number| number.text.as_str()).unwrap_or_default();
        let mut found = [None, None];
        for (slot, said, kind, number_text) in [
            (0, &product, CharacteristicKind::Product, number_text),
            (1, &process, CharacteristicKind::Process, if product.is_some() { "" } else { number_text }),
        ] {
            let Some(said) = said else { continue };
            let id = self.characteristic((sheet, said.at), &place.steps, kind, number_text, &said.text);
            self.tell_name(sheet, said, id, Kind::Characteristic);
            found[slot] = Some(id);
        }
        let main = found[0].or(found[1]);
        if let (Some(number), Some(_)) = (&number, main) {
            self.take(sheet, number, Kind::Characteristic);
        }
        if let (Some(main), Some(said)) = (main, specification(&f.lines, record))
            && self.specify(main, &place.steps, &said.specification)
        {
            for cell in &said.cells {
                self.take(sheet, cell, Kind::Characteristic);
            }
        }
        found
    }

    /// Characteristics and class of an FMEA line; whether the line names a characteristic, so that number and specification are told.
    pub fn fmea_characteristics<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
        function: Option<Id<Function>>,
        mode: usize,
        line: Option<usize>,
    ) -> bool {
        let found = self.characteristics_of(f, record, place);
        let [product, process] = found;
        if let Some(product) = product {
            self.link_function(function, product);
            if let Some(mode) = self.failures.get_mut(f.modes[mode].id)
                && mode.characteristic.is_none()
            {
                mode.characteristic = Some(link(product));
            }
        }
        if let Some(process) = process {
            let cause = line.and_then(|line| self.risks.get(f.risks[line].id)).map(|risk| risk.cause);
            match cause.and_then(|cause| self.failures.get_mut(cause)) {
                Some(cause) if cause.characteristic.is_none() => cause.characteristic = Some(link(process)),
                _ => self.link_function(function, process),
            }
        }
        if let Some(said) = f.lines.said(record, Field::Class) {
            self.class_of_line(f, &said, product.xor(process), line);
        }
        let spec_told = [Field::Specification, Field::Nominal, Field::LowerLimit, Field::UpperLimit, Field::Unit]
            .iter()
            .filter_map(|field| f.lines.said(record, *field))
            .all(|said| self.is_told(f.lines.sheet, &said));
        (product.is_some() || process.is_some()) && spec_told
    }

    /// The class of a line stands at its only characteristic, else at the line.
    fn class_of_line(
        &mut self,
        f: &Fmea<'_>,
        said: &Said<'_>,
        characteristic: Option<Id<Characteristic>>,
        line: Option<usize>,
    ) {
        let sheet = f.lines.sheet;
        if characteristic.is_some_and(|id| self.classify(id, &said.text)) {
            self.take(sheet, said, Kind::Characteristic);
            return;
        }
        let code = self.class_code(&said.text);
        let Some(line) = line else { return };
        let id = f.risks[line].id;
        let Some(risk) = self.risks.get_mut(id) else { return };
        if risk.class.is_empty() || *risk.class == *code {
            risk.class = Text::from(code);
            self.take(sheet, said, Kind::Risk);
        } else {
            self.keep_beside(f, said, id.into());
        }
    }
}
