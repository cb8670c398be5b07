//! Workbooks of LibreOffice and other programs with the OpenDocument format, read in one pass over `content.xml`.
//!
//! There a cell holds its value and the text that people see; where the two say different things (`5%`, `OP 10`, `007`) the
//! text is what the workbook says. calamine hands out neither spans nor hidden rows of this format.

use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};

use super::super::workbook::{Area, At, Sheet, Value, number_text};
use super::budget::{Budget, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, too_large};
use super::days::written;
use super::error::Fault;
use super::package::Package;
use super::xml::{Events, append, attribute, line_feeds};

const CONTENT: &str = "content.xml";

/// Reads every sheet of a workbook.
pub fn read(package: &mut Package<'_>, budget: &mut Budget) -> Result<Vec<Sheet>, Fault> {
    if let Some(manifest) = package.bytes("META-INF/manifest.xml", budget)? {
        let encrypted = b"encryption-data";
        if manifest.windows(encrypted.len()).any(|part| part == encrypted) {
            return Err(Fault::Protected);
        }
    }
    let text = package.text(CONTENT, budget)?.ok_or_else(|| Fault::damaged(CONTENT, "this part is missing"))?;
    read_flat(&text, budget)
}

/// Reads every sheet of a workbook in one file.
pub fn read_flat(text: &str, budget: &mut Budget) -> Result<Vec<Sheet>, Fault> {
    let mut events = Events::of(text, CONTENT);
    let mut sheets = Vec::new();
    let mut hidden_styles: HashSet<String> = HashSet::new();
    let mut style = None;
    loop {
        match events.next()? {
            Event::Start(e) => match e.name().as_ref() {
                "style:style" => style = attribute(&e, "name").map(Cow::into_owned),
                "style:table-properties" if attribute(&e, "display").is_some_and(|display| display == "false") => {
                    hidden_styles.extend(style.take());
                }
                "table:tracked-changes" | "office:annotation" => events.skip(&e)?,
                "table:table" => {
                    if sheets.len() >= MOST_SHEETS {
                        return Err(too_large(format!("it has more than {MOST_SHEETS} sheets")));
                    }
                    let mut sheet = Sheet::named(attribute(&e, "name").unwrap_or_default());
                    sheet.hidden =
                        attribute(&e, "style-name").is_some_and(|name| hidden_styles.contains(name.as_ref()));
                    Reading { events: &mut events, sheet: &mut sheet, budget, hidden: Vec::new() }.table()?;
                    sheets.push(sheet);
                }
                _ => {}
            },
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// A sheet while it is read.
struct Reading<'r, 'x> {
    events: &'r mut Events<'x>,
    sheet: &'r mut Sheet,
    budget: &'r mut Budget,
    /// Hidden rows as they are repeated, which may reach to the end of the sheet.
    hidden: Vec<(u32, u32)>,
}

/// What a cell says.
struct Found {
    value: Value,
    formula: bool,
    rows: u32,
    columns: u32,
}

impl Reading<'_, '_> {
    /// Reads up to the end of the table.
    fn table(mut self) -> Result<(), Fault> {
        let (mut row, mut column) = (0_u32, 0_u32);
        loop {
            match self.events.next()? {
                Event::Start(e) => match e.name().as_ref() {
                    "table:table-column" => {
                        let last = column.saturating_add(repeats(&e, "number-columns-repeated")).min(MOST_COLUMNS);
                        if is_hidden(&e) {
                            self.sheet.hidden_columns.extend(column..last);
                        }
                        column = last;
                    }
                    "table:table-row" => {
                        let count = repeats(&e, "number-rows-repeated");
                        if is_hidden(&e) {
                            self.hidden.push((row, row.saturating_add(count)));
                        }
                        self.row(row, count)?;
                        row = row.saturating_add(count);
                    }
                    // Drawings may hold tables of their own.
                    "table:shapes" | "office:forms" | "office:annotation" => self.events.skip(&e)?,
                    _ => {}
                },
                Event::End(e) if e.name().as_ref() == "table:table" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        // Behind the last row with contents there is nothing to hide.
        let end = self.sheet.last_row().map_or(0, |row| row + 1);
        for (first, last) in std::mem::take(&mut self.hidden) {
            self.sheet.hidden_rows.extend(first..last.min(end));
        }
        Ok(())
    }

    /// Reads a row that stands `count` times.
    fn row(&mut self, row: u32, count: u32) -> Result<(), Fault> {
        let mut column = 0_u32;
        loop {
            match self.events.next()? {
                Event::Start(e) => match e.name().as_ref() {
                    "table:table-cell" | "table:covered-table-cell" => {
                        let width = repeats(&e, "number-columns-repeated");
                        let found = self.cell(&e)?;
                        self.write(At::new(row, column), (count, width), &found)?;
                        column = column.saturating_add(width);
                    }
                    _ => self.events.skip(&e)?,
                },
                Event::End(e) if e.name().as_ref() == "table:table-row" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn write(&mut self, at: At, (rows, columns): (u32, u32), found: &Found) -> Result<(), Fault> {
        if found.value.is_empty() && !found.formula && found.rows == 1 && found.columns == 1 {
            return Ok(());
        }
        for row in at.row..at.row.saturating_add(rows) {
            for column in at.column..at.column.saturating_add(columns) {
                let at = At::new(row, column);
                self.budget.write(self.sheet, at, found.value.clone(), found.formula)?;
                if found.rows > 1 || found.columns > 1 {
                    let last = At::new(
                        row.saturating_add(found.rows - 1).min(MOST_ROWS - 1),
                        column.saturating_add(found.columns - 1).min(MOST_COLUMNS - 1),
                    );
                    if row <= last.row && column <= last.column {
                        self.budget.merge(self.sheet, Area { first: at, last })?;
                    } else {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads a cell up to its end.
    fn cell(&mut self, start: &BytesStart<'_>) -> Result<Found, Fault> {
        let mut found = Found { value: Value::Text(String::new()), formula: false, rows: 1, columns: 1 };
        let (mut kind, mut fault, mut written_value) = (String::new(), false, String::new());
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = super::xml::plain(attribute.value);
            match attribute.key.as_ref() {
                "office:value-type" => kind = value.into_owned(),
                "calcext:value-type" => fault = value == "error",
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => written_value = value.into_owned(),
                "table:formula" => found.formula = true,
                "table:number-rows-spanned" => found.rows = value.parse().unwrap_or(1).max(1),
                "table:number-columns-spanned" => found.columns = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        let name = start.name();
        let text = self.paragraphs(name.as_ref())?;
        found.value = if fault {
            Value::Fault(text)
        } else {
            match kind.as_str() {
                "float" | "percentage" | "currency" => number(&written_value, text),
                "date" => written(&written_value).unwrap_or(Value::Text(text)),
                "boolean" => Value::Truth(written_value == "true"),
                "string" if text.is_empty() => Value::Text(written_value),
                _ => Value::Text(text),
            }
        };
        Ok(found)
    }

    /// The text of a cell, a line for each paragraph, without notes and drawings.
    fn paragraphs(&mut self, cell: &str) -> Result<String, Fault> {
        let (mut text, mut paragraphs, mut inside) = (String::new(), 0, false);
        loop {
            let event = self.events.next()?;
            match &event {
                Event::Start(e) => match e.name().as_ref() {
                    "text:p" | "text:h" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        inside = true;
                    }
                    "text:s" => {
                        let count = attribute(e, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                        text.extend(std::iter::repeat_n(' ', count.min(1000)));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "office:annotation" | "draw:frame" | "draw:custom-shape" | "table:table" | "text:ruby-text" => {
                        self.events.skip(e)?;
                    }
                    _ => {}
                },
                Event::End(e) => match e.name().as_ref() {
                    "text:p" | "text:h" => inside = false,
                    name if name == cell => return Ok(line_feeds(text)),
                    _ => {}
                },
                Event::Eof => return Ok(text),
                event if inside => append(event, &mut text),
                _ => {}
            }
        }
    }
}

fn repeats(e: &BytesStart<'_>, name: &str) -> u32 {
    attribute(e, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn is_hidden(e: &BytesStart<'_>) -> bool {
    attribute(e, "visibility").is_some_and(|visibility| visibility != "visible")
}

/// A number, or the text that people see if that says more: words around it, percent, leading zeros.
fn number(value: &str, text: String) -> Value {
    let Some(number) = value.parse::<f64>().ok().filter(|number| number.is_finite()) else { return Value::Text(text) };
    let shown = text.trim();
    let plain = shown.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".,'’-+Ee".contains(c));
    let digits = shown.trim_start_matches('-');
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
    if shown.is_empty() || (plain && !leading_zero) {
        return Value::Number(number);
    }
    // Shown with fewer digits than there are: no digit may be lost.
    if shown.ends_with('%') && !shown.replace(',', ".").starts_with(&number_text(number * 100.0)) {
        return Value::Text(format!("{}%", number_text(number * 100.0)));
    }
    Value::Text(text)
}
