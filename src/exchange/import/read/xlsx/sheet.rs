//! One sheet: its cells, merged areas, hidden rows and columns, in one pass.

use quick_xml::events::{BytesStart, Event};

use super::super::super::workbook::{Area, At, Sheet, Value};
use super::super::budget::{Budget, MOST_COLUMNS, MOST_ROWS, too_large};
use super::super::days::{Epoch, written};
use super::super::error::Fault;
use super::super::xml::{Events, append, attribute, says_yes};
use super::strings::{Strings, collect, readable};
use super::styles::Styles;

/// What reading a sheet needs of its workbook.
pub struct Reading<'b> {
    /// The shared strings.
    pub strings: &'b Strings,
    /// The cell formats.
    pub styles: &'b Styles,
    /// How days are counted.
    pub epoch: Epoch,
}

/// What the start of a cell says.
struct Open {
    at: At,
    kind: Kind,
    format: usize,
}

/// The types of a cell (ECMA-376 part 1, 18.18.11).
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    Shared,
    Text,
    Inline,
    Truth,
    Fault,
    Day,
}

impl Reading<'_> {
    /// Fills a sheet from the text of its part.
    pub fn fill(&self, sheet: &mut Sheet, text: &str, budget: &mut Budget) -> Result<(), Fault> {
        let place = format!("sheet “{}”", sheet.name);
        let mut events = Events::of(text, &place);
        let mut next = At::new(0, 0);
        let mut in_data = false;
        loop {
            match events.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "sheetData" => in_data = true,
                    "row" if in_data => {
                        let (number, hidden) = row_start(&e, next.row);
                        next = At::new(number, 0);
                        if hidden && number < MOST_ROWS {
                            sheet.hidden_rows.insert(number);
                        }
                    }
                    "c" if in_data => {
                        let open = cell_start(&e, next, sheet)?;
                        next = At::new(open.at.row, open.at.column.saturating_add(1));
                        self.cell(&open, &mut events, sheet, budget)?;
                    }
                    "col" if !in_data => hide_columns(&e, sheet),
                    "mergeCell" => {
                        if let Some(area) = attribute(&e, "ref").and_then(|reference| area(&reference)) {
                            budget.merge(sheet, area)?;
                        }
                    }
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "sheetData" => in_data = false,
                    "row" if in_data => next = At::new(next.row.saturating_add(1), 0),
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads the inside of a cell and writes it.
    fn cell(&self, open: &Open, events: &mut Events<'_>, sheet: &mut Sheet, budget: &mut Budget) -> Result<(), Fault> {
        let mut formula = false;
        let mut text = String::new();
        let mut inside = false;
        loop {
            let event = events.next()?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "f" => {
                        formula = true;
                        events.skip(e)?;
                    }
                    "v" => inside = open.kind != Kind::Inline || text.is_empty(),
                    "is" => {
                        text.clear();
                        collect(events, "is", &mut text)?;
                    }
                    "extLst" => events.skip(e)?,
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "v" => inside = false,
                    "c" => break,
                    _ => {}
                },
                Event::Eof => break,
                event if inside => append(event, &mut text),
                _ => {}
            }
        }
        if text.is_empty() && !formula {
            return Ok(());
        }
        let value = self.value(open, text, sheet)?;
        budget.write(sheet, open.at, value, formula)
    }

    fn value(&self, open: &Open, text: String, sheet: &Sheet) -> Result<Value, Fault> {
        if text.is_empty() {
            return Ok(Value::Text(text));
        }
        Ok(match open.kind {
            Kind::Shared => {
                let string = text.trim().parse().ok().and_then(|index| self.strings.get(index)).ok_or_else(|| {
                    Fault::damaged(
                        format!("sheet “{}”, cell {}", sheet.name, open.at),
                        format!("there is no shared text number {text}"),
                    )
                })?;
                Budget::fits(sheet, open.at, string)?;
                Value::Text(readable(string))
            }
            Kind::Text | Kind::Inline => Value::Text(readable(&text)),
            Kind::Truth => match text.trim() {
                "0" | "false" => Value::Truth(false),
                "1" | "true" => Value::Truth(true),
                _ => Value::Text(text),
            },
            Kind::Fault => Value::Fault(text),
            Kind::Day => written(&text).unwrap_or(Value::Text(text)),
            Kind::Number => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => self.styles.number_format(open.format).shown(number, self.epoch),
                _ => Value::Text(text),
            },
        })
    }
}

/// Number of a row, and whether it is hidden.
fn row_start(e: &BytesStart<'_>, expected: u32) -> (u32, bool) {
    let (mut number, mut hidden) = (expected, false);
    for attribute in e.attributes().with_checks(false).flatten() {
        match attribute.key.local_name().as_ref() {
            "r" => number = attribute.value.parse().map_or(expected, |number: u32| number.saturating_sub(1)),
            "hidden" => hidden |= says_yes(&attribute.value),
            "ht" => hidden |= attribute.value.parse() == Ok(0.0),
            _ => {}
        }
    }
    (number, hidden)
}

/// What the start of a cell says; cells may leave out where they stand.
fn cell_start(e: &BytesStart<'_>, expected: At, sheet: &Sheet) -> Result<Open, Fault> {
    let mut open = Open { at: expected, kind: Kind::Number, format: 0 };
    for attribute in e.attributes().with_checks(false).flatten() {
        match attribute.key.local_name().as_ref() {
            "r" => {
                open.at = place(&attribute.value).ok_or_else(|| {
                    if attribute.value.bytes().all(|b| b.is_ascii_alphanumeric()) {
                        too_large(format!("sheet “{}” has a cell at {}", sheet.name, attribute.value))
                    } else {
                        Fault::damaged(
                            format!("sheet “{}”", sheet.name),
                            format!("“{}” is no place of a cell", attribute.value),
                        )
                    }
                })?;
            }
            "s" => open.format = attribute.value.parse().unwrap_or(0),
            "t" => {
                open.kind = match attribute.value.as_ref() {
                    "s" => Kind::Shared,
                    "str" => Kind::Text,
                    "inlineStr" | "is" => Kind::Inline,
                    "b" => Kind::Truth,
                    "e" => Kind::Fault,
                    "d" => Kind::Day,
                    _ => Kind::Number,
                }
            }
            _ => {}
        }
    }
    Ok(open)
}

fn hide_columns(e: &BytesStart<'_>, sheet: &mut Sheet) {
    let hidden = attribute(e, "hidden").is_some_and(|value| says_yes(&value))
        || attribute(e, "width").is_some_and(|width| width.parse() == Ok(0.0));
    let number = |name| attribute(e, name).and_then(|number| number.parse::<u32>().ok());
    if let (true, Some(first), Some(last)) = (hidden, number("min"), number("max")) {
        sheet.hidden_columns.extend(first.saturating_sub(1)..last.min(MOST_COLUMNS));
    }
}

/// The place that `C12` names, within the limits of a sheet.
fn place(reference: &str) -> Option<At> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes() {
        column = column * 26 + u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|n| *n < 26)?) + 1;
    }
    let row: u32 = digits.parse().ok()?;
    let at = At::new(row.checked_sub(1)?, column - 1);
    (at.row < MOST_ROWS && at.column < MOST_COLUMNS).then_some(at)
}

/// The area that `A1:C3` names.
fn area(reference: &str) -> Option<Area> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let (a, b) = (place(first)?, place(last)?);
    Some(Area {
        first: At::new(a.row.min(b.row), a.column.min(b.column)),
        last: At::new(a.row.max(b.row), a.column.max(b.column)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_named() {
        for at in [At::new(0, 0), At::new(11, 2), At::new(99, 26), At::new(1_048_575, 16_383)] {
            assert_eq!(place(&at.to_string()), Some(at));
        }
        for wrong in ["", "A", "1", "A0", "AAAA1", "XFE1", "A1048577", "Ä1", "A1B", "A-1", "A99999999999"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
        assert_eq!(area("C3:A1").map(|area| (area.first, area.last)), Some((At::new(0, 0), At::new(2, 2))));
    }
}
