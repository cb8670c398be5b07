//! A workbook that this program made comes home: what somebody changed in it, cell by cell, beside what the project says now;
//! and what of that is taken over, as one change.
//!
//! A cell that the workbook left as it was is no difference, whatever the project says since: the mark that it left with tells
//! who changed what.

mod accept;
mod question;

use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::app::export::{ExportError, PdfOptions};
use crate::app::printing::Printable;
use crate::app::workbook::{form_key, frame};
use crate::base::clock::Date;
use crate::base::text::quoted;
use crate::exchange::import::workbook::Workbook;
use crate::exchange::xlsx::book::{Stamp, StampOfBook};
use crate::exchange::xlsx::returned::{NewRow, ReturnedCell, ReturnedRow, ReturnedSheet, sheets_of, stamp_of};
use crate::exchange::xlsx::stamp::{comparable, mark};
use crate::model::Project;
use crate::model::document::Phase;
use crate::model::form::{Cell, ColumnKind, Form, FormKind, FormRow, RowId, Target};
use crate::model::item::AnyId;
use crate::model::language::Language;
use crate::report::Progress;
use crate::report::forms::{Framed, has_words_of_program};
use crate::store::assets;

pub use accept::{Accepted, Chosen, accept};
pub use question::Compare;

/// A workbook that came home, compared with its project.
#[derive(Debug, Clone)]
pub struct Returned {
    /// The name of the file.
    pub file: String,
    /// What its stamp says.
    pub stamp: StampOfBook,
    /// What was changed in it, sheet by sheet from top to bottom.
    pub differences: Vec<Difference>,
    /// Rows that somebody added.
    pub added: Vec<AddedRow>,
    /// Rows of the project that the workbook does not have.
    pub lacking: Vec<LackingRow>,
    /// How many cells changed in the project only, since the workbook left.
    pub changed_here: usize,
    /// What could not be compared, a sentence each.
    pub remarks: Vec<String>,
    forms: Vec<Form>,
}

/// A cell that the workbook has otherwise than the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The sheet.
    pub sheet: String,
    /// The address of the cell on it.
    pub cell: String,
    /// What the row shows, in words.
    pub row: String,
    /// The heading of the column.
    pub heading: String,
    /// The item that an edit would change: that of the cell, or of the row.
    pub item: AnyId,
    /// What the project says.
    pub here: String,
    /// What the workbook says.
    pub there: String,
    /// Whether the project changed the cell, too, since the workbook left.
    pub both: bool,
    /// Why it cannot be taken over; none if it can.
    pub refused: Option<String>,
    /// What is written into the cell.
    typed: String,
    /// The form, and where the cell is in it.
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    form: usize,
    block: AnyId,
    row: RowId,
    column: usize,
}

/// A row that somebody added in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedRow {
    /// The sheet.
    pub sheet: String,
    /// The address of its first cell.
    pub cell: String,
    /// What stands in it: heading and text.
    pub texts: Vec<(String, String)>,
    /// What the row above it shows, in words; blank if there is none.
    pub behind: String,
    /// What is written into a new row, by column of the form.
    typed: Vec<(usize, String)>,
    /// The form, and the row behind which it stands; none if no row of the project stands above it.
    place: Option<(usize, AnyId, RowId)>,
}

impl AddedRow {
    /// Whether it can become a row of the project.
    pub fn has_place(&self) -> bool {
        self.place.is_some()
    }
}

/// A row of the project that the workbook does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackingRow {
    /// The sheet.
    pub sheet: String,
    /// What it shows, in words.
    pub row: String,
    /// The item.
    pub item: AnyId,
    /// Whether it was certainly deleted in the workbook: the form is in the project as it left. Else it may be new here.
    pub deleted_there: bool,
}

/// Whether a workbook was made by this program and knows what it shows.
pub fn is_stamped(workbook: &Workbook) -> bool {
    stamp_of(workbook).is_some()
}

/// Compares a workbook with the project that it came from.
///
/// # Errors
/// If it has no stamp, or if nothing of what it shows is in the project.
pub fn compare(project: &Project, workbook: &Workbook, today: Date) -> Result<Returned, String> {
    let file = &workbook.file;
    let stamp = stamp_of(workbook).ok_or_else(|| {
        format!(
            "{file} was not exported by this program, or its hidden sheet is gone; import it as any other spreadsheet"
        )
    })?;
    let (sheets, remarks) = sheets_of(workbook, &stamp);
    let mut returned = Returned {
        file: file.clone(),
        stamp,
        differences: Vec::new(),
        added: Vec::new(),
        lacking: Vec::new(),
        changed_here: 0,
        remarks,
        forms: Vec::new(),
    };
    for sheet in &sheets {
        let Some((what, options)) = shown(project, &sheet.stamp.stamp, &returned.stamp.language) else {
            returned.remarks.push(format!("What the sheet {} shows is not in this project", quoted(&sheet.name)));
            continue;
        };
        let framed = frame(project, what, today, &options, &Progress::default())
            .map_err(|error: ExportError| error.to_string())?;
        let language = assets::language(options.language).map_err(|error| error.to_string())?;
        compare_sheet(project, sheet, &framed, &language, &mut returned);
        returned.forms.push(framed.form);
    }
    if returned.forms.is_empty() {
        let name = quoted(&returned.stamp.project_name);
        return Err(format!("{file} does not come from this project but from {name}: {}", returned.remarks.join("; ")));
    }
    Ok(returned)
}

/// What a sheet shows, and how.
fn shown(project: &Project, stamp: &Stamp, language: &str) -> Option<(Printable, PdfOptions)> {
    let language = assets::languages().find(|tag| *tag == language)?;
    let what = if stamp.document.is_empty() {
        let lists = Printable::all(project).into_iter().filter(|what| matches!(what, Printable::List(_)));
        lists.into_iter().find(|list| list.file_name(project) == stamp.what)?
    } else {
        let AnyId::Document(document) = stamp.document.parse().ok()? else { return None };
        project.get(document)?;
        document.into()
    };
    let kinds = [FormKind::ProcessFlow, FormKind::FmeaAiagVda, FormKind::FmeaFourthEdition, FormKind::ControlPlan];
    let kind = kinds.into_iter().find(|kind| form_key(*kind) == stamp.form);
    let phase = Phase::ALL.into_iter().find(|phase| phase.name() == stamp.phase);
    Some((what, PdfOptions { kind, phase, language, ..PdfOptions::default() }))
}

fn compare_sheet(
    project: &Project,
    sheet: &ReturnedSheet,
    framed: &Framed,
    language: &Language,
    returned: &mut Returned,
) {
    let form = &framed.form;
    let columns: Vec<Option<usize>> = sheet.stamp.columns.iter().map(|key| form.column(key)).collect();
    // The form may show an item in several rows; the first of the workbook is the first of the form.
    let mut places: HashMap<RowId, VecDeque<(usize, usize)>> = HashMap::new();
    for (at, block) in framed.blocks.iter().enumerate() {
        for (row, shown) in block.rows.iter().enumerate() {
            places.entry(shown.id).or_default().push_back((at, row));
        }
    }
    let heading = |column: usize| sheet.stamp.headings.get(column).cloned().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let blocks: HashMap<RowId, AnyId> =
        framed.blocks.iter().flat_map(|block| block.rows.iter().map(|row| (row.id, block.key))).collect();
    let number = returned.forms.len();
    let in_english = |form_column: usize, text: String| {
        let is_of_program = has_words_of_program(&form.columns[form_column]);
        let lines = text.split('\n').map(|line| language.english_of(line));
        if is_of_program { lines.collect::<Vec<_>>().join("\n") } else { text }
    };
    let added = |at: String, texts: Vec<(usize, String)>, behind: Option<RowId>| {
        let place = behind.and_then(|row| Some((number, *blocks.get(&row)?, row)));
        let typed = texts.iter().filter_map(|(column, text)| {
            let column = columns.get(*column).copied().flatten()?;
            Some((column, in_english(column, text.clone())))
        });
        AddedRow {
            sheet: sheet.name.clone(),
            cell: at,
            behind: place.map(|(_, _, row)| project.label(row.item)).unwrap_or_default(),
            typed: typed.collect(),
            texts: texts.into_iter().map(|(column, text)| (heading(column), text)).collect(),
            place,
        }
    };
    for ReturnedRow { id, cells } in &sheet.rows {
        let Some((at, row)) = places.get_mut(id).and_then(VecDeque::pop_front) else {
            if seen.contains(id) {
                // A copy of a row.
                let texts = cells.iter().filter(|cell| !cell.text.trim().is_empty());
                let texts = texts.map(|cell| (cell.column, cell.text.clone())).collect();
                let at = cells.first().map(|cell| cell.at.to_string()).unwrap_or_default();
                returned.added.push(added(at, texts, Some(*id)));
            } else {
                let row = cells.first().map_or(0, |cell| cell.at.row + 1);
                let sheet = quoted(&sheet.name);
                returned.remarks.push(format!("{sheet}, row {row}: what it shows is not in the project any more"));
            }
            continue;
        };
        seen.insert(*id);
        let block = &framed.blocks[at];
        for ReturnedCell { column, at, text, formula, mark: left_with } in cells {
            let Some(form_column) = columns.get(*column).copied().flatten() else { continue };
            let kind = form.columns[form_column].kind;
            let Some(cell) = block.cell_at(row, form_column) else { continue };
            // What is reckoned there follows from ratings that are compared themselves.
            if *formula && cell.target == Target::Derived {
                continue;
            }
            let shown = cell.text();
            let (here, there) = (comparable(&shown, kind), comparable(text, kind));
            let is_mark = |text: &str| mark(text) == left_with.as_bytes();
            // What a cell could not hold left with a pointer to the whole.
            if here == there || (shown.len() > LONGEST && !is_mark(&there)) {
                continue;
            }
            if is_mark(&there) {
                returned.changed_here += 1;
                continue;
            }
            let (item, own) = match &cell.target {
                Target::Derived => (id.item, Err("The cell follows from others")),
                Target::Field { item, field } => {
                    let own = project.field_text(*item, *field).unwrap_or_default();
                    (*item, without_others(&there, cell, &own, kind))
                }
                Target::List { owner, .. } => (*owner, Ok(there.to_string())),
                Target::Create { under, .. } => (*under, Ok(there.to_string())),
            };
            let (typed, refused) = match own {
                Ok(own) => (in_english(form_column, own), None),
                Err(reason) => (String::new(), Some(reason.to_owned())),
            };
            returned.differences.push(Difference {
                sheet: sheet.name.clone(),
                cell: at.to_string(),
                row: project.label(id.item),
                heading: heading(*column),
                item,
                here: shown.clone(),
                there: text.clone(),
                typed,
                both: !is_mark(&here),
                refused,
                place: Place { form: returned.forms.len(), block: block.key, row: *id, column: form_column },
            });
        }
    }
    let is_as_left = framed.content == sheet.stamp.stamp.content;
    let lacking = |row: &&FormRow| places.get(&row.id).is_some_and(|left| !left.is_empty()) && !seen.contains(&row.id);
    let shown: BTreeSet<AnyId> = seen.iter().map(|id| id.item).collect();
    for row in framed.blocks.iter().flat_map(|block| &block.rows).filter(lacking) {
        // Of an item that other rows show, only what this row showed of it is gone.
        let item = row.id.part.filter(|_| shown.contains(&row.id.item)).unwrap_or(row.id.item);
        if returned.lacking.iter().any(|known| known.item == item && known.sheet == sheet.name) {
            continue;
        }
        returned.lacking.push(LackingRow {
            sheet: sheet.name.clone(),
            row: project.label(item),
            item,
            deleted_there: is_as_left,
        });
    }
    for NewRow { at, texts, behind } in &sheet.added {
        returned.added.push(added(at.to_string(), texts.clone(), *behind));
    }
    returned.remarks.extend(sheet.beside.iter().map(|(at, text)| {
        format!("{}, {at}: {} stands beside the cells of the form", quoted(&sheet.name), quoted(text))
    }));
}

/// As many bytes fit into a cell in any case.
const LONGEST: usize = 32_767;

/// What a cell says of its own field, where it also shows what stands elsewhere: a justification behind the remarks, a word in
/// front of a set-up check. Those have to be as they left.
fn without_others(there: &str, cell: &Cell, own: &str, kind: ColumnKind) -> Result<String, &'static str> {
    const CHANGED: &str =
        "The cell also shows what stands elsewhere, and that was changed or is gone; change it in the project";
    if kind.is_number() {
        return Ok(there.to_owned());
    }
    if let [only] = cell.parts.as_slice() {
        // A word of the program in front of it.
        return match only.text.strip_suffix(own).filter(|_| !own.is_empty()) {
            Some(lead) => there.strip_prefix(lead).map(str::to_owned).ok_or(CHANGED),
            None => Ok(there.to_owned()),
        };
    }
    let mut rest = there.to_owned();
    for other in cell.parts.iter().map(|part| part.text.as_str()).skip_while(|text| *text == own) {
        let at = rest.find(other).ok_or(CHANGED)?;
        rest.replace_range(at..at + other.len(), "");
    }
    let lines = rest.split('\n').filter(|line| !line.trim().is_empty());
    Ok(lines.collect::<Vec<_>>().join("\n"))
}
