//! The records of a workbook (MS-XLS 2.1.4), gone through once: what calamine does not hand out is taken note of, what would
//! need memory beyond the contents is taken out.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::super::super::workbook::At;
use super::super::budget::{MOST_CELLS, MOST_SHEETS, too_large};
use super::super::error::Fault;
use super::super::number_format::NumberFormat;

/// Cells of the rectangle of all used rows and columns, over all sheets.
const MOST_DENSE: usize = 8_000_000;
/// Records that go on with the same contents. A text of 40 MB needs a third of them.
const MOST_CONTINUED: usize = 16_000;
/// A type that no reader knows: the record is passed over.
const NOTHING: u16 = 0xFFFF;

/// What a sheet says beside the values of its cells.
#[derive(Default)]
pub struct Facts {
    /// Hidden rows.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns.
    pub hidden_columns: BTreeSet<u32>,
    /// Number formats of the cell formats.
    formats: Rc<[NumberFormat]>,
    /// Cell formats of the cells whose number format matters.
    cells: HashMap<At, u16>,
    /// The used rows and columns, in order: the first of them is row 0 of the prepared stream.
    rows: Vec<u16>,
    columns: Vec<u16>,
}

impl Facts {
    /// Where a cell of the prepared stream really stands.
    pub fn place(&self, (row, column): (u32, u32)) -> At {
        let at = |list: &[u16], index: u32| list.get(index as usize).map_or(index, |place| u32::from(*place));
        At::new(at(&self.rows, row), at(&self.columns, column))
    }

    /// The number format of a cell.
    pub fn number_format(&self, at: At) -> &NumberFormat {
        const PLAIN: &NumberFormat = &NumberFormat::Plain;
        self.cells.get(&at).and_then(|format| self.formats.get(usize::from(*format))).unwrap_or(PLAIN)
    }
}

/// A record: its type, and where its data lie in the stream.
#[derive(Clone, Copy)]
struct Record {
    kind: u16,
    start: usize,
    len: usize,
}

/// The record at a place of the stream; `None` at its end, or where it is cut off, which calamine reports.
fn record(stream: &[u8], at: usize) -> Option<Record> {
    let head = stream.get(at..at.checked_add(4)?)?;
    let (kind, len) = (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
    (at + 4 + len <= stream.len()).then_some(Record { kind, start: at + 4, len })
}

impl Record {
    fn end(self) -> usize {
        self.start + self.len
    }

    fn data(self, stream: &[u8]) -> &[u8] {
        &stream[self.start..self.end()]
    }

    /// A number of two bytes in the data.
    fn number(self, stream: &[u8], at: usize) -> Option<u16> {
        let bytes = self.data(stream).get(at..at + 2)?;
        Some(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn set_number(self, stream: &mut [u8], at: usize, number: u16) {
        stream[self.start + at..self.start + at + 2].copy_from_slice(&number.to_le_bytes());
    }

    fn take_out(self, stream: &mut [u8]) {
        stream[self.start - 4..self.start - 2].copy_from_slice(&NOTHING.to_le_bytes());
    }
}

/// Types of records (MS-XLS 2.3).
mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000A;
    pub const EXTERN_SHEET: u16 = 0x0017;
    pub const LBL: u16 = 0x0018;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FILE_PASS: u16 = 0x002F;
    pub const CONTINUE: u16 = 0x003C;
    pub const CODE_PAGE: u16 = 0x0042;
    pub const COL_INFO: u16 = 0x007D;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MUL_RK: u16 = 0x00BD;
    pub const R_STRING: u16 = 0x00D6;
    pub const XF: u16 = 0x00E0;
    pub const MSO_DRAWING_GROUP: u16 = 0x00EB;
    pub const MERGE_CELLS: u16 = 0x00E5;
    pub const LABEL_SST: u16 = 0x00FD;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_ERR: u16 = 0x0205;
    pub const ROW: u16 = 0x0208;
    pub const RK: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BOF: u16 = 0x0809;
}

/// What the part of the stream for the whole workbook says.
#[derive(Default)]
struct Globals {
    /// Where the sheets begin, in the order of their tabs.
    sheets: Vec<usize>,
    /// Number formats by the number of the cell format.
    formats: Rc<[NumberFormat]>,
    /// Whether it is Excel 97 or later.
    wide: bool,
}

/// Takes note of what the sheets say beside their values, in the order of their tabs, and makes the stream safe to read.
pub fn prepare(stream: &mut [u8]) -> Result<Vec<Facts>, Fault> {
    check(stream)?;
    let globals = globals(stream)?;
    let mut order: Vec<usize> = (0..globals.sheets.len()).collect();
    order.sort_by_key(|index| globals.sheets[*index]);
    let mut facts: Vec<Facts> = Vec::new();
    facts.resize_with(globals.sheets.len(), Facts::default);
    let (mut behind, mut dense, mut cells) = (0, 0_usize, 0_usize);
    for index in order {
        let start = globals.sheets[index];
        if start > stream.len() {
            return Err(Fault::damaged("workbook", "a sheet is missing"));
        }
        if start < behind {
            return Err(Fault::damaged("workbook", "two sheets in the same place"));
        }
        let sheet = walk(stream, start, &globals.formats);
        behind = sheet.end;
        cells += sheet.cells.len();
        facts[index] = squeeze(stream, sheet);
        dense = dense.saturating_add(facts[index].rows.len().saturating_mul(facts[index].columns.len()));
        if cells > MOST_CELLS || dense > MOST_DENSE {
            return Err(too_large(format!("it has more than {MOST_CELLS} cells with contents")));
        }
    }
    Ok(facts)
}

/// Least bytes of a record that calamine takes for granted.
fn least(record: Record, stream: &[u8]) -> usize {
    match record.kind {
        kind::CODE_PAGE | kind::DATE_MODE | kind::FILE_PASS | kind::BOF => 2,
        kind::BOUND_SHEET => 8,
        kind::MERGE_CELLS => 2 + 8 * usize::from(record.number(stream, 0).unwrap_or(0)),
        // From the first to the last column, a number each.
        kind::MUL_RK => {
            match (record.number(stream, 2), record.len.checked_sub(2).and_then(|at| record.number(stream, at))) {
                (Some(first), Some(last)) if first <= last => 6 + 6 * (usize::from(last - first) + 1),
                _ => usize::MAX,
            }
        }
        kind::FORMULA => 22,
        _ => 0,
    }
}

/// Refuses what calamine would stumble over, and texts that go on in so many records that reading them takes for ever.
fn check(stream: &[u8]) -> Result<(), Fault> {
    let (mut at, mut continued) = (0, 0);
    while let Some(record) = record(stream, at) {
        if record.len < least(record, stream) {
            return Err(Fault::damaged("workbook", format!("a record that is too short, at byte {at}")));
        }
        continued = if record.kind == kind::CONTINUE { continued + 1 } else { 0 };
        if continued > MOST_CONTINUED {
            return Err(Fault::damaged("workbook", "a text in too many pieces"));
        }
        at = record.end();
    }
    Ok(())
}

fn globals(stream: &mut [u8]) -> Result<Globals, Fault> {
    let mut globals = Globals::default();
    let mut codes: HashMap<u16, NumberFormat> = HashMap::new();
    let mut cell_formats = Vec::new();
    let mut at = 0;
    while let Some(record) = record(stream, at) {
        at = record.end();
        match record.kind {
            kind::BOF => globals.wide = record.number(stream, 0) != Some(0x0500),
            kind::FORMAT => {
                if let (Some(id), Some(code)) =
                    (record.number(stream, 0), format_code(record.data(stream), globals.wide))
                {
                    codes.insert(id, NumberFormat::of(&code));
                }
            }
            kind::XF => cell_formats.push(record.number(stream, 2).unwrap_or(0)),
            kind::BOUND_SHEET => {
                if globals.sheets.len() >= MOST_SHEETS {
                    return Err(too_large(format!("it has more than {MOST_SHEETS} sheets")));
                }
                let place = record.data(stream).get(..4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
                globals.sheets.push(place as usize);
            }
            // Names and references to other sheets are wanted for the wording of formulas alone, pictures for nothing.
            kind::LBL | kind::EXTERN_SHEET | kind::MSO_DRAWING_GROUP => record.take_out(stream),
            kind::FILE_PASS => return Err(Fault::Protected),
            kind::EOF => break,
            _ => {}
        }
    }
    let format = |id: &u16| codes.get(id).cloned().unwrap_or_else(|| NumberFormat::built_in(u32::from(*id)));
    globals.formats = cell_formats.iter().map(format).collect();
    Ok(globals)
}

/// The code in a format record. Characters beyond Latin-1 of Excel 95 do not matter here.
fn format_code(data: &[u8], wide: bool) -> Option<String> {
    if !wide {
        return Some(data.get(3..)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let characters = data.get(5..)?;
    Some(if data[4] & 1 == 0 {
        characters.iter().map(|byte| char::from(*byte)).collect()
    } else {
        let units = characters.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    })
}

/// A sheet as it stands in the stream.
struct Walked {
    facts: Facts,
    /// The records of cells.
    cells: Vec<Record>,
    /// Where the next part of the stream begins.
    end: usize,
}

/// Goes through the records of a sheet as calamine will: over charts within, up to the end of the sheet.
fn walk(stream: &mut [u8], start: usize, formats: &Rc<[NumberFormat]>) -> Walked {
    let facts = Facts { formats: Rc::clone(formats), ..Facts::default() };
    let mut walked = Walked { facts, cells: Vec::new(), end: start };
    let (mut begun, mut depth) = (false, 0_usize);
    while let Some(record) = record(stream, walked.end) {
        walked.end = record.end();
        if depth > 0 {
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF => depth -= 1,
                _ => {}
            }
            continue;
        }
        let number = |at| record.number(stream, at);
        match record.kind {
            kind::BOF if begun => depth = 1,
            kind::BOF => begun = true,
            kind::EOF => break,
            kind::DIMENSIONS => record.take_out(stream),
            kind::ROW if number(12).is_some_and(|flags| flags & 0x20 != 0) => {
                walked.facts.hidden_rows.extend(number(0).map(u32::from));
            }
            kind::COL_INFO if number(8).is_some_and(|flags| flags & 1 != 0) => {
                if let (Some(first), Some(last)) = (number(0), number(2)) {
                    walked.facts.hidden_columns.extend((u32::from(first)..=u32::from(last)).take(256));
                }
            }
            kind::NUMBER | kind::RK | kind::MUL_RK | kind::FORMULA if record.len >= 10 => {
                note_formats(&mut walked.facts, record, stream);
                // What a formula computes does not matter, only that there is one: it becomes the whole number 0.
                if record.kind == kind::FORMULA {
                    let zero: &[u8] = if record.len < 25 { &[] } else { &[0x1E, 0, 0] };
                    record.set_number(stream, 20, zero.len() as u16);
                    stream[record.start + 22..][..zero.len()].copy_from_slice(zero);
                }
                walked.cells.push(record);
            }
            kind::LABEL | kind::R_STRING | kind::BOOL_ERR | kind::LABEL_SST if record.len >= 6 => {
                walked.cells.push(record);
            }
            _ => {}
        }
    }
    walked
}

/// Takes note of the number formats of a record's cells.
fn note_formats(facts: &mut Facts, record: Record, stream: &[u8]) {
    let (Some(row), Some(column)) = (record.number(stream, 0), record.number(stream, 2)) else { return };
    // Several numbers in neighbouring cells: a format and four bytes each.
    let count = if record.kind == kind::MUL_RK { (record.len - 6) / 6 } else { 1 };
    for index in 0..count {
        let Some(format) = record.number(stream, 4 + 6 * index) else { return };
        if facts.formats.get(usize::from(format)).is_some_and(|format| *format != NumberFormat::Plain) {
            facts.cells.insert(At::new(u32::from(row), u32::from(column) + index as u32), format);
        }
    }
}

/// Moves the used rows and columns of a sheet together.
fn squeeze(stream: &mut [u8], sheet: Walked) -> Facts {
    let Walked { mut facts, cells, .. } = sheet;
    let (mut rows, mut columns) = (BTreeSet::new(), BTreeSet::new());
    for cell in &cells {
        rows.extend(cell.number(stream, 0));
        if let Some(first) = cell.number(stream, 2) {
            let more = if cell.kind == kind::MUL_RK { (cell.len - 6) / 6 } else { 1 };
            columns.extend((first..=u16::MAX).take(more));
        }
    }
    facts.rows = rows.into_iter().collect();
    facts.columns = columns.into_iter().collect();
    for cell in &cells {
        for (at, list) in [(0, &facts.rows), (2, &facts.columns)] {
            let index = cell.number(stream, at).and_then(|number| list.binary_search(&number).ok());
            if let Some(index) = index {
                cell.set_number(stream, at, index as u16);
            }
        }
        if cell.kind == kind::MUL_RK {
            let (first, last) = (cell.number(stream, 2), cell.len - 2);
            if let Some(first) = first {
                cell.set_number(stream, last, first.saturating_add(((cell.len - 6) / 6) as u16).saturating_sub(1));
            }
        }
    }
    facts
}
