//! Tables in HTML, which many web systems hand out as `.xls`.
//!
//! The lines of all tables follow each other on one sheet, as Excel shows them; a text between two tables is a line of its own.

use std::collections::BTreeMap;

use super::super::workbook::{Area, At, Sheet};
use super::budget::{Budget, MOST_CELLS, MOST_COLUMNS, MOST_MERGED, MOST_ROWS, too_large};
use super::error::Fault;
use super::text::numbers::Marks;
use super::text::sheet_name;

/// Reads the tables of a page as a sheet that is named like the file.
pub fn read(file: &str, text: &str, budget: &mut Budget) -> Result<Sheet, Fault> {
    let cells = Scan::default().run(text)?;
    let mut marks = Marks::default();
    for cell in &cells {
        marks.see(&cell.text);
    }
    let numbers = marks.numbers(false);
    let mut sheet = Sheet::named(sheet_name(file));
    for cell in &cells {
        budget.write(&mut sheet, cell.at, numbers.value(&cell.text), false)?;
        if cell.rows > 1 || cell.columns > 1 {
            let last = At::new(
                cell.at.row.saturating_add(cell.rows - 1).min(MOST_ROWS - 1),
                cell.at.column.saturating_add(cell.columns - 1).min(MOST_COLUMNS - 1),
            );
            if cell.at.row <= last.row && cell.at.column <= last.column {
                budget.merge(&mut sheet, Area { first: cell.at, last })?;
            }
        }
    }
    Ok(sheet)
}

/// A cell with a text, or over several rows or columns.
#[derive(Debug)]
struct Cell {
    at: At,
    rows: u32,
    columns: u32,
    text: String,
}

/// The page while it is gone through.
#[derive(Default)]
struct Scan {
    cells: Vec<Cell>,
    row: u32,
    column: u32,
    /// Up to which row cells further up reach down, by column.
    taken: BTreeMap<u32, u32>,
    /// The cell that is open.
    open: Option<Cell>,
    /// Text outside of cells.
    between: String,
    /// Cells that spans cover.
    covered: u64,
    /// Whether the row has begun.
    in_row: bool,
}

/// Elements whose contents nobody sees.
const UNSEEN: [&str; 4] = ["style", "script", "title", "noscript"];

impl Scan {
    fn run(mut self, text: &str) -> Result<Vec<Cell>, Fault> {
        let mut rest = text;
        while let Some(place) = rest.find('<') {
            self.text(&rest[..place]);
            rest = &rest[place..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
                continue;
            }
            let Some((tag, behind)) = rest[1..].split_once('>') else { break };
            rest = behind;
            let name: String =
                tag.chars().take_while(|c| *c == '/' || c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
            if name.is_empty() && !tag.starts_with(['!', '?']) {
                // A sign, not a tag: "< 5 mm".
                self.text("<");
                self.text(tag);
                self.text(">");
                continue;
            }
            if UNSEEN.contains(&name.as_str()) {
                let end = format!("</{name}");
                rest = find_ignoring_case(rest, &end).map_or("", |place| &rest[place..]);
                continue;
            }
            self.tag(&name, tag)?;
        }
        self.text(rest);
        self.close_row();
        self.close_between();
        Ok(self.cells)
    }

    fn text(&mut self, text: &str) {
        let target = self.open.as_mut().map_or(&mut self.between, |cell| &mut cell.text);
        // Line ends and blanks in a row are one blank.
        let mut blank = target.is_empty() || target.ends_with(['\n', ' ']);
        for c in unescape(text).chars() {
            if matches!(c, ' ' | '\n' | '\t' | '\u{c}') {
                if !blank {
                    target.push(' ');
                }
                blank = true;
            } else {
                target.push(if c == '\u{a0}' { ' ' } else { c });
                blank = false;
            }
        }
    }

    fn tag(&mut self, name: &str, tag: &str) -> Result<(), Fault> {
        match name {
            "table" => {
                self.close_row();
                self.close_between();
                self.taken.clear();
            }
            "/table" => {
                self.close_row();
                self.taken.clear();
            }
            "tr" => {
                self.close_row();
                self.close_between();
                self.in_row = true;
            }
            "/tr" => self.close_row(),
            "td" | "th" => {
                self.close_cell();
                self.in_row = true;
                self.open_cell(span(tag, "rowspan"), span(tag, "colspan"))?;
            }
            "/td" | "/th" => self.close_cell(),
            "br" | "br/" | "p" | "/p" | "div" | "/div" | "li" | "h1" | "h2" | "h3" | "h4" => {
                self.line_break(name == "br");
            }
            _ => {}
        }
        Ok(())
    }

    /// A break; around blocks only where there is text before.
    fn line_break(&mut self, always: bool) {
        let target = self.open.as_mut().map_or(&mut self.between, |cell| &mut cell.text);
        target.truncate(target.trim_end_matches(' ').len());
        if always || !(target.is_empty() || target.ends_with('\n')) {
            target.push('\n');
        }
    }

    fn open_cell(&mut self, rows: u32, columns: u32) -> Result<(), Fault> {
        self.covered += u64::from(rows) * u64::from(columns) - 1;
        if self.covered > MOST_MERGED || self.cells.len() > MOST_CELLS {
            return Err(too_large(format!("it has more than {MOST_CELLS} cells")));
        }
        while self.taken.get(&self.column).is_some_and(|last| *last >= self.row) {
            self.column += 1;
        }
        if self.column >= MOST_COLUMNS {
            return Err(too_large(format!("it has more than {MOST_COLUMNS} columns")));
        }
        let at = At::new(self.row, self.column);
        if rows > 1 {
            for column in self.column..self.column.saturating_add(columns) {
                self.taken.insert(column, self.row.saturating_add(rows - 1));
            }
        }
        self.column = self.column.saturating_add(columns);
        self.open = Some(Cell { at, rows, columns, text: String::new() });
        Ok(())
    }

    fn close_cell(&mut self) {
        let Some(Cell { at, rows, columns, text }) = self.open.take() else { return };
        let text = text.trim().to_owned();
        if !text.is_empty() || rows > 1 || columns > 1 {
            self.cells.push(Cell { at, rows, columns, text });
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if self.in_row {
            self.row = self.row.saturating_add(1);
            self.column = 0;
            self.in_row = false;
        }
    }

    /// A text outside of cells takes a row.
    fn close_between(&mut self) {
        let text = std::mem::take(&mut self.between);
        let text = text.trim();
        if !text.is_empty() {
            let at = At::new(self.row, 0);
            self.cells.push(Cell { at, rows: 1, columns: 1, text: text.to_owned() });
            self.row = self.row.saturating_add(1);
        }
    }
}

/// A span in the attributes of a tag; browsers know none above a thousand columns, and no more rows than 65,534.
fn span(tag: &str, name: &str) -> u32 {
    let Some(place) = find_ignoring_case(tag, name) else { return 1 };
    let digits: String = tag[place + name.len()..]
        .trim_start_matches([' ', '=', '"', '\''])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(1).clamp(1, 1000)
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// A text with its references resolved, as far as they are known.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('&') {
        plain.push_str(&rest[..place]);
        rest = &rest[place..];
        let name = rest[1..].split(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).next().unwrap_or_default();
        match character(name) {
            Some(c) => {
                plain.push(c);
                rest = &rest[1 + name.len()..];
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || *c == '\n' || *c == '\t');
    }
    let (_, c) = NAMED.iter().find(|(known, _)| *known == name)?;
    Some(*c)
}

/// The named characters that tables of the trade use.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("micro", 'µ'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("times", '×'),
    ("divide", '÷'),
    ("middot", '·'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("rarr", '→'),
    ("larr", '←'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("euro", '€'),
    ("reg", '®'),
    ("copy", '©'),
    ("trade", '™'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("Eacute", 'É'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("uacute", 'ú'),
    ("ugrave", 'ù'),
    ("ucirc", 'û'),
    ("ccedil", 'ç'),
    ("Ccedil", 'Ç'),
    ("ntilde", 'ñ'),
    ("Oslash", 'Ø'),
    ("oslash", 'ø'),
];
