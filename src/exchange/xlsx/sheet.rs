//! A form as a sheet: head, headings, rows with merged cells, notes; what stays in sight and how it is printed.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, Format, Formula, IgnoreError, Worksheet, XlsxError,
};

use crate::model::form::{Block, Cell, ColumnKind, Rule};
use crate::model::rating::Priority;
use crate::model::report_profile::{PageNumbers, Paper};

use super::book::{Page, Sheet};
use super::formulas::formula;
use super::heights::{BODY, HIGHEST, Heights, height, width};
use super::looks::{self, Look, Looks, ValueLook};
use super::stamp::{self, HIDDEN};
use super::text::{fits, looks_like_a_formula, pieces};
use super::typed::{Typed, typed};
use super::{head, text};

/// The highest a turned heading makes the row of headings, in points.
const HIGHEST_HEADING: f32 = 120.0;
/// The most characters of a foot.
const MOST_IN_FOOT: usize = 255;

/// A text that its cell cannot hold.
#[derive(Debug)]
pub(super) struct Long {
    /// The cell: sheet, column and row, as spreadsheets write it.
    pub at: String,
    /// The heading of its column.
    pub heading: String,
    /// The whole text.
    pub text: String,
}

/// What writing a sheet leaves to be said.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Texts that their cells cannot hold.
    pub long: Vec<Long>,
    /// Sentences about what is not as it should be.
    pub warnings: Vec<String>,
}

/// How a sheet is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner<'a> {
    /// The name of its tab.
    pub name: &'a str,
    /// Results that follow from ratings as formulas.
    pub formulas: bool,
    /// The column of the hidden sheet in which its action priorities are looked up.
    pub priorities: Option<usize>,
    /// The name of the sheet for long texts.
    pub long_texts: &'a str,
    /// How a page is numbered, with `{page}` and `{pages}`.
    pub page: &'a str,
}

/// Writes a form. `goes_on` is asked at every block; if nobody waits any more, what is there is not whole.
pub(super) fn write(
    sheet: &Sheet<'_>,
    manner: Manner<'_>,
    goes_on: &dyn Fn() -> bool,
) -> Result<(Worksheet, Left), XlsxError> {
    let mut worksheet = Worksheet::new();
    worksheet.set_name(manner.name)?;
    let widths: Vec<f32> = sheet.columns.iter().map(|column| column.width).collect();
    for (at, width) in widths.iter().enumerate() {
        worksheet.set_column_width_pixels(at as u16, (width / 72.0 * 96.0).round() as u32)?;
    }
    let first_heading = head::write(&mut worksheet, &sheet.head, &widths)?;
    let first = headings(&mut worksheet, sheet, first_heading)?;
    let mut rows = Rows { sheet, manner, looks: Looks::default(), left: Left::default(), has_merges: false };
    let mut next = first;
    for (at, block) in sheet.blocks.iter().enumerate() {
        if !goes_on() {
            break;
        }
        rows.block(&mut worksheet, block, next, at + 1 == sheet.blocks.len())?;
        next += block.rows.len() as u32;
    }
    let Rows { mut left, has_merges, .. } = rows;
    let end = notes(&mut worksheet, sheet, next, &widths)?;
    let last_column = sheet.columns.len().saturating_sub(1) as u16;
    if next > first {
        colours(&mut worksheet, sheet, first, next - 1)?;
        worksheet.ignore_error_range(first, 0, next - 1, last_column, IgnoreError::NumberStoredAsText)?;
        // A filter over merged cells would hide all of their rows but the first.
        if !has_merges {
            worksheet.autofilter(first - 1, 0, next - 1, last_column)?;
        }
    }
    for (at, heading) in HIDDEN.into_iter().enumerate() {
        let column = last_column + 1 + at as u16;
        worksheet.write_string(first - 1, column, heading)?;
        worksheet.set_column_hidden(column)?;
    }
    worksheet.set_freeze_panes(first, 0)?;
    worksheet.set_repeat_rows(first_heading, first - 1)?;
    worksheet.set_print_area(0, 0, end.max(first) - 1, last_column)?;
    print(&mut worksheet, &sheet.page, manner, &mut left);
    Ok((worksheet, left))
}

/// The headings in two rows, or in one where the upper ones say nothing; the first row behind them.
fn headings(worksheet: &mut Worksheet, sheet: &Sheet<'_>, first: u32) -> Result<u32, XlsxError> {
    let says = |group: usize| sheet.groups.get(group).is_some_and(|group| !group.heading.trim().is_empty());
    let mut row = first;
    if sheet.columns.iter().any(|column| says(column.group)) {
        let mut begin = 0;
        let mut highest = 0.0_f32;
        for members in sheet.columns.chunk_by(|left, right| left.group == right.group) {
            let Some(group) = sheet.groups.get(members[0].group) else { continue };
            let look = looks::heading(group.tint, false);
            let (from, to) = (begin, begin + members.len() - 1);
            if from == to {
                worksheet.write_string_with_format(row, from as u16, &group.heading, &look)?;
            } else {
                worksheet.merge_range(row, from as u16, row, to as u16, &group.heading, &look)?;
            }
            let wide: f32 = members.iter().map(|column| column.width).sum();
            highest = highest.max(height(&group.heading, wide / HEAVIER, BODY));
            begin = to + 1;
        }
        worksheet.set_row_height(row, f64::from(highest.clamp(16.0, 60.0)))?;
        row += 1;
    }
    let mut highest = 24.0_f32;
    for (at, column) in sheet.columns.iter().enumerate() {
        let tint = sheet.groups.get(column.group).map_or([0xe6, 0xe8, 0xeb], |group| group.tint);
        worksheet.write_string_with_format(row, at as u16, &column.heading, &looks::heading(tint, column.turned))?;
        let needed = if column.turned {
            width(&column.heading, BODY) + 8.0
        } else {
            height(&column.heading, column.width / HEAVIER, BODY)
        };
        highest = highest.max(needed.min(HIGHEST_HEADING));
    }
    worksheet.set_row_height(row, f64::from(highest))?;
    Ok(row + 1)
}

/// How much wider bold letters run.
const HEAVIER: f32 = 1.12;

/// The rows of the form while they are written.
struct Rows<'s> {
    sheet: &'s Sheet<'s>,
    manner: Manner<'s>,
    looks: Looks,
    left: Left,
    has_merges: bool,
}

impl Rows<'_> {
    /// Writes a block from a row on.
    fn block(&mut self, worksheet: &mut Worksheet, block: &Block, first: u32, is_last: bool) -> Result<(), XlsxError> {
        let count = block.rows.len();
        let mut heights = Heights::new(count);
        let mut marks: Vec<Vec<u8>> = vec![Vec::with_capacity(self.sheet.columns.len() * stamp::MARK); count];
        for at in 0..self.sheet.columns.len() {
            let form_column = self.sheet.columns[at].at;
            let kind = self.sheet.form.columns[form_column].kind;
            let begin = block.cells.partition_point(|cell| cell.column < form_column);
            let cells = block.cells[begin..].iter().take_while(|cell| cell.column == form_column);
            let mut row = 0;
            for cell in cells {
                // A row without a cell is blank.
                while row < cell.row {
                    self.blank(worksheet, block, (first, row, at), is_last)?;
                    row += 1;
                }
                let need = self.cell(worksheet, block, cell, (first, at), is_last)?;
                heights.need(cell.row, cell.rows, need);
                if let Some(of_row) = marks.get_mut(cell.row) {
                    of_row.resize(at * stamp::MARK, NO);
                    of_row.extend(stamp::mark(&stamp::comparable(&cell.text(), kind)));
                }
                row = cell.row + cell.rows;
            }
            while row < count {
                self.blank(worksheet, block, (first, row, at), is_last)?;
                row += 1;
            }
        }
        let behind = self.sheet.columns.len() as u16;
        for (row, (high, mut of_row)) in heights.rows().into_iter().zip(marks).enumerate() {
            let to = first + row as u32;
            worksheet.set_row_height(to, f64::from(high))?;
            of_row.resize(self.sheet.columns.len() * stamp::MARK, NO);
            worksheet.write_string(to, behind, stamp::row_text(block.rows[row].id))?;
            worksheet.write_string(to, behind + 1, String::from_utf8_lossy(&of_row))?;
        }
        Ok(())
    }

    fn look(&self, block: &Block, (row, rows): (usize, usize), at: usize, is_last: bool) -> Look {
        Look {
            rule: block.rows.get(row).map_or(Rule::Hair, |row| row.rule),
            last: is_last && row + rows == block.rows.len(),
            align: self.sheet.columns[at].align,
            value: ValueLook::Text,
            indicative: false,
        }
    }

    fn blank(
        &mut self,
        worksheet: &mut Worksheet,
        block: &Block,
        (first, row, at): (u32, usize, usize),
        is_last: bool,
    ) -> Result<(), XlsxError> {
        let look = self.look(block, (row, 1), at, is_last);
        worksheet.write_blank(first + row as u32, at as u16, self.looks.of(look))?;
        Ok(())
    }

    /// Writes a cell; how high it has to be.
    fn cell(
        &mut self,
        worksheet: &mut Worksheet,
        block: &Block,
        cell: &Cell,
        (first, at): (u32, usize),
        is_last: bool,
    ) -> Result<f32, XlsxError> {
        let column = &self.sheet.columns[at];
        let declared = &self.sheet.form.columns[column.at];
        let value = typed(cell, declared.kind);
        let mut look = self.look(block, (cell.row, cell.rows), at, is_last);
        look.indicative = cell.indicative;
        look.value = match &value {
            Typed::Text(text) if looks_like_a_formula(text) => ValueLook::Quoted,
            Typed::Empty | Typed::Text(_) => ValueLook::Text,
            Typed::Number(_, decimals) => ValueLook::Number(*decimals),
            Typed::Day(_) => ValueLook::Day,
        };
        let (row, place) = (first + cell.row as u32, at as u16);
        let formula =
            self.manner.formulas.then(|| formula(self.sheet, block, cell, (first, at), self.manner.priorities));
        let format = self.looks.of(look);
        if cell.rows > 1 {
            self.has_merges = true;
            worksheet.merge_range(row, place, row + cell.rows as u32 - 1, place, "", format)?;
        }
        if let Some(formula) = formula.flatten() {
            worksheet.write_formula_with_format(row, place, formula, format)?;
            return Ok(0.0);
        }
        let text = match value {
            Typed::Empty => {
                if cell.rows <= 1 {
                    worksheet.write_blank(row, place, format)?;
                }
                return Ok(0.0);
            }
            Typed::Number(number, _) => {
                worksheet.write_number_with_format(row, place, number, format)?;
                return Ok(0.0);
            }
            Typed::Day(day) => {
                worksheet.write_number_with_format(row, place, day, format)?;
                return Ok(0.0);
            }
            Typed::Text(text) => text,
        };
        let needed = height(&text, column.width, BODY);
        if fits(&text) {
            worksheet.write_string_with_format(row, place, text, format)?;
            return Ok(needed);
        }
        let pointer = format!(" … [{}: {}]", self.manner.long_texts, address(row, place));
        let begin = pieces(&text, text::MOST_UNITS - text::units(&pointer))[0];
        worksheet.write_string_with_format(row, place, format!("{begin}{pointer}"), format)?;
        self.left.long.push(Long {
            at: format!("{}!{}", self.manner.name, address(row, place)),
            heading: column.heading.clone(),
            text: text.into_owned(),
        });
        Ok(needed)
    }
}

/// The letter of a mark in a column without a cell.
const NO: u8 = b'.';

/// The address of a cell: `C12`.
pub(super) fn address(row: u32, column: u16) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(row, column)
}

/// The grounds of the action priorities follow their letters, and the signs of classes and steps their names, also those that
/// somebody changes in the workbook.
fn colours(worksheet: &mut Worksheet, sheet: &Sheet<'_>, first: u32, last: u32) -> Result<(), XlsxError> {
    let formats: Vec<(String, Format)> = Priority::ALL
        .into_iter()
        .map(|priority| (format!("\"{}\"", priority.letter()), looks::priority(priority)))
        .collect();
    for (at, column) in sheet.columns.iter().enumerate() {
        let signs =
            column.signs.iter().map(|(text, sign)| (format!("\"{}\"", text.replace('"', "\"\"")), looks::sign(sign)));
        let is_priority = sheet.form.columns[column.at].kind == ColumnKind::Priority;
        let formats = formats.iter().filter(|_| is_priority).cloned();
        for (text, format) in formats.chain(signs) {
            let rule = ConditionalFormatCellRule::EqualTo(Formula::new(text));
            let condition = ConditionalFormatCell::new().set_rule(rule).set_format(format);
            worksheet.add_conditional_format(first, at as u16, last, at as u16, &condition)?;
        }
    }
    Ok(())
}

/// What stands behind the form, a row each with a free one before; the row behind the last.
fn notes(worksheet: &mut Worksheet, sheet: &Sheet<'_>, next: u32, widths: &[f32]) -> Result<u32, XlsxError> {
    let mut row = next;
    let (wide, last) = (widths.iter().sum(), widths.len().saturating_sub(1) as u16);
    for note in &sheet.notes {
        if note.title {
            row += 1;
        }
        let look = looks::note(note.title);
        let shown = if fits(&note.text) { note.text.as_str() } else { pieces(&note.text, text::MOST_UNITS)[0] };
        if last == 0 {
            worksheet.write_string_with_format(row, 0, shown, &look)?;
        } else {
            worksheet.merge_range(row, 0, row, last, shown, &look)?;
        }
        worksheet.set_row_height(row, f64::from(height(shown, wide, BODY).min(HIGHEST)))?;
        row += 1;
    }
    Ok(row)
}

/// Paper, margins and foot.
fn print(worksheet: &mut Worksheet, page: &Page, manner: Manner<'_>, left: &mut Left) {
    worksheet.set_paper_size(match page.paper {
        Paper::Letter => 1,
        Paper::Tabloid => 3,
        Paper::A3 => 8,
        Paper::A4 => 9,
    });
    if page.landscape {
        worksheet.set_landscape();
    } else {
        worksheet.set_portrait();
    }
    let margin = f64::from(page.margin) / 72.0;
    worksheet.set_margins(margin, margin, margin, margin + 0.35, margin / 2.0, margin);
    worksheet.set_print_fit_to_pages(1, 0);
    let (foot, is_whole) = foot(page, manner.page);
    if !is_whole {
        left.warnings.push(format!(
            "{}: the foot of the pages is longer than the {MOST_IN_FOOT} characters that spreadsheets print; it ends with …",
            manner.name
        ));
    }
    worksheet.set_footer(foot);
}

/// The foot of the pages in the code of spreadsheets, and whether all of it has room.
fn foot(page: &Page, numbers: &str) -> (String, bool) {
    let numbers = match page.numbers {
        PageNumbers::PageOfPages => numbers.to_owned(),
        PageNumbers::NumberOfPages => "{page} / {pages}".to_owned(),
        PageNumbers::Page => numbers.split("{page}").next().unwrap_or_default().to_owned() + "{page}",
        PageNumbers::Number => "{page}".to_owned(),
    };
    let numbers = numbers.replace('&', "&&").replace("{pages}", "&N").replace("{page}", "&P");
    let font = format!("&\"{},Regular\"&8 ", looks::FONT);
    let [left, centre] = page.foot.each_ref().map(|text| text.replace('&', "&&"));
    let code = |text: &str| {
        let lines = if text.is_empty() { left.clone() } else { format!("{left}\n{text}") };
        format!("&L{font}{lines}&C{font}{centre}&R{font}{numbers}")
    };
    let text = page.foot_text.trim();
    let whole = code(&text.replace('&', "&&"));
    let length = whole.chars().count();
    if length <= MOST_IN_FOOT {
        return (whole, true);
    }
    // The rest names the document; the further line gives way, then the confidentiality.
    let room = text.chars().count().saturating_sub(length - MOST_IN_FOOT + 1 + text.matches('&').count());
    let cut = code(&format!("{}…", text.chars().take(room).collect::<String>().replace('&', "&&")));
    if cut.chars().count() <= MOST_IN_FOOT {
        return (cut, false);
    }
    (format!("&C{font}{}&R{font}{numbers}", centre.chars().take(120).collect::<String>()), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(numbers: PageNumbers) -> Page {
        Page {
            paper: Paper::A3,
            landscape: true,
            margin: 28.0,
            foot: ["Internal & secret".into(), "P-1 · draft".into()],
            foot_text: String::new(),
            numbers,
        }
    }

    #[test]
    fn the_foot_numbers_pages_and_keeps_within_its_length() {
        let (foot_of_form, is_whole) = foot(&page(PageNumbers::PageOfPages), "Seite {page} von {pages}");
        assert!(is_whole && foot_of_form.ends_with("Seite &P von &N"), "{foot_of_form}");
        assert!(foot_of_form.contains("Internal && secret"), "{foot_of_form}");
        assert!(foot(&page(PageNumbers::Page), "Page {page} of {pages}").0.ends_with("Page &P"));
        let long = Page { foot_text: "x & y ".repeat(99), ..page(PageNumbers::Number) };
        let (cut, is_whole) = foot(&long, "");
        assert!(!is_whole && cut.chars().count() <= MOST_IN_FOOT && cut.contains("P-1 · draft"), "{cut}");
        let wide = Page { foot: ["x".repeat(300), "y".into()], ..page(PageNumbers::Number) };
        assert!(foot(&wide, "").0.chars().count() <= MOST_IN_FOOT);
    }
}
