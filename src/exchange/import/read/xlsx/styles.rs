//! The number formats of the cell formats; of fonts, fills and borders nothing is wanted.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::budget::Budget;
use super::super::error::Fault;
use super::super::number_format::NumberFormat;
use super::super::package::Package;
use super::super::xml::{Events, attribute};

/// Cell formats that a workbook may have by the limits of Excel. Further ones are read as the general format.
const MOST_FORMATS: usize = 65_490;

/// The number format of each cell format.
#[derive(Debug, Default)]
pub struct Styles {
    formats: Vec<NumberFormat>,
    /// Index in `formats` by number of the cell format.
    cells: Vec<u32>,
}

impl Styles {
    /// Reads their part; none if there is no such part.
    pub fn read(package: &mut Package<'_>, part: &str, budget: &mut Budget) -> Result<Self, Fault> {
        let mut styles = Self::default();
        let Some(text) = package.text(part, budget)? else { return Ok(styles) };
        let mut events = Events::of(&text, part);
        let mut codes: HashMap<u32, NumberFormat> = HashMap::new();
        let mut known: HashMap<u32, u32> = HashMap::new();
        let mut in_cell_formats = false;
        loop {
            match events.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "cellXfs" => in_cell_formats = true,
                    "numFmt" if codes.len() < MOST_FORMATS => {
                        let id = attribute(&e, "numFmtId").and_then(|id| id.parse().ok());
                        if let (Some(id), Some(code)) = (id, attribute(&e, "formatCode")) {
                            codes.insert(id, NumberFormat::of(&code));
                        }
                    }
                    "xf" if in_cell_formats && styles.cells.len() < MOST_FORMATS => {
                        let id = attribute(&e, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        let formats = &mut styles.formats;
                        let index = *known.entry(id).or_insert_with(|| {
                            formats.push(codes.get(&id).cloned().unwrap_or_else(|| NumberFormat::built_in(id)));
                            formats.len() as u32 - 1
                        });
                        styles.cells.push(index);
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The number format of a cell format.
    pub fn number_format(&self, cell_format: usize) -> &NumberFormat {
        const PLAIN: &NumberFormat = &NumberFormat::Plain;
        self.cells.get(cell_format).and_then(|index| self.formats.get(*index as usize)).unwrap_or(PLAIN)
    }
}
