//! XML Spreadsheets of Excel 2002 and 2003, which web systems still hand out, mostly as `.xls`.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::super::workbook::{Area, At, Sheet, Value};
use super::budget::{Budget, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, too_large};
use super::days::{Epoch, written};
use super::error::Fault;
use super::number_format::NumberFormat;
use super::xml::{Events, append, attribute, line_feeds, says_yes};

/// Reads every sheet of a workbook.
pub fn read(text: &str, budget: &mut Budget) -> Result<Vec<Sheet>, Fault> {
    let mut events = Events::of(text, "workbook");
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut formats = HashMap::new();
    let mut style = String::new();
    loop {
        let event = events.next()?;
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "Style" => style = attribute(e, "ID").unwrap_or_default().into_owned(),
                "NumberFormat" => {
                    let code = attribute(e, "Format").unwrap_or_default();
                    formats.insert(style.clone(), number_format(&code));
                }
                "Worksheet" => {
                    if sheets.len() >= MOST_SHEETS {
                        return Err(too_large(format!("it has more than {MOST_SHEETS} sheets")));
                    }
                    sheets.push(Sheet::named(attribute(e, "Name").unwrap_or_default()));
                }
                "Table" => {
                    if let Some(sheet) = sheets.last_mut() {
                        Reading { events: &mut events, sheet, budget, formats: &formats }.table()?;
                    }
                }
                "Visible" => {
                    if let Some(sheet) = sheets.last_mut() {
                        sheet.hidden = true;
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// Formats may be called by a name. Those of days need none, for the cells say that they hold days.
fn number_format(code: &str) -> NumberFormat {
    match code {
        "Percent" => NumberFormat::of("0.00%"),
        "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Scientific" | "Yes/No"
        | "True/False" | "On/Off" | "General Date" | "Long Date" | "Medium Date" | "Short Date" | "Long Time"
        | "Medium Time" | "Short Time" => NumberFormat::Plain,
        code => NumberFormat::of(code),
    }
}

/// A sheet while it is read.
struct Reading<'r, 'x> {
    events: &'r mut Events<'x>,
    sheet: &'r mut Sheet,
    budget: &'r mut Budget,
    formats: &'r HashMap<String, NumberFormat>,
}

impl Reading<'_, '_> {
    fn table(&mut self) -> Result<(), Fault> {
        let (mut row, mut column, mut described) = (0_u32, 0_u32, 0_u32);
        loop {
            match self.events.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "Column" => {
                        let first = number(&e, "Index").map_or(described, |index| index.saturating_sub(1));
                        described = first.saturating_add(number(&e, "Span").unwrap_or(0)).saturating_add(1);
                        if hidden(&e) {
                            self.sheet.hidden_columns.extend(first..described.min(MOST_COLUMNS));
                        }
                    }
                    "Row" => {
                        row = number(&e, "Index").map_or(row, |index| index.saturating_sub(1));
                        column = 0;
                        if hidden(&e) && row < MOST_ROWS {
                            self.sheet.hidden_rows.insert(row);
                        }
                    }
                    "Cell" => {
                        column = number(&e, "Index").map_or(column, |index| index.saturating_sub(1));
                        let across = number(&e, "MergeAcross").unwrap_or(0);
                        self.cell(&e, At::new(row, column), across)?;
                        column = column.saturating_add(across).saturating_add(1);
                    }
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "Row" => row = row.saturating_add(1),
                    "Table" => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn cell(&mut self, start: &BytesStart<'_>, at: At, across: u32) -> Result<(), Fault> {
        let formula = attribute(start, "Formula").is_some();
        let format = attribute(start, "StyleID").and_then(|style| self.formats.get(style.as_ref()));
        let down = number(start, "MergeDown").unwrap_or(0);
        let (mut kind, mut text, mut inside) = (String::new(), String::new(), false);
        loop {
            let event = self.events.next()?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "Data" => {
                        kind = attribute(e, "Type").unwrap_or_default().into_owned();
                        inside = true;
                    }
                    "Comment" => self.events.skip(e)?,
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "Data" => inside = false,
                    "Cell" => break,
                    _ => {}
                },
                Event::Eof => break,
                event if inside => append(event, &mut text),
                _ => {}
            }
        }
        let text = line_feeds(text);
        let value = match (kind.as_str(), text.trim().parse::<f64>()) {
            ("Number", Ok(number)) if number.is_finite() => {
                format.map_or(Value::Number(number), |format| format.shown(number, Epoch::From1900))
            }
            ("DateTime", _) => written(&text).unwrap_or(Value::Text(text)),
            ("Boolean", _) => Value::Truth(says_yes(&text)),
            ("Error", _) => Value::Fault(text),
            _ => Value::Text(text),
        };
        self.budget.write(self.sheet, at, value, formula)?;
        if down > 0 || across > 0 {
            let last = At::new(
                at.row.saturating_add(down).min(MOST_ROWS - 1),
                at.column.saturating_add(across).min(MOST_COLUMNS - 1),
            );
            if at.row <= last.row && at.column <= last.column {
                self.budget.merge(self.sheet, Area { first: at, last })?;
            }
        }
        Ok(())
    }
}

fn number(e: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(e, name)?.parse().ok()
}

fn hidden(e: &BytesStart<'_>) -> bool {
    attribute(e, "Hidden").is_some_and(|value| says_yes(&value))
}
