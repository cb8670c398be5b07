//! Forms as workbooks: the same header, headings, foot and legend as the paper, in the same words.

mod priorities;
mod signs;

use std::io::Cursor;
use std::path::Path;

use crate::app::export::{ExportError, PdfOptions, Printed, Written, write_whole};
use crate::app::printing::Printable;
use crate::base::clock::Date;
use crate::base::fonts::{Style, fonts};
use crate::exchange::xlsx;
use crate::exchange::xlsx::XlsxError;
use crate::exchange::xlsx::book::{
    Align, Book, Column, Field, Group, Head, Note, Page, Properties, Sheet, Stamp, Words,
};
use crate::exchange::xlsx::stamp::{kind_word, own_field_text};
use crate::model::Project;
use crate::model::form::FormKind;
use crate::model::item::AnyId;
use crate::model::language::Language;
use crate::report::Progress;
use crate::report::doc::{self, Paragraph, Piece, Report, Section};
use crate::report::forms::{FormPaper, Framed, framed_form, framed_list};
use crate::report::picture::Picture;
use crate::report::progress::Part;
use crate::store::assets;

use priorities::priorities;
use signs::signs;

/// The size of body text in a workbook, in points, by which the paper's widths are scaled.
const BODY: f32 = 8.0;
/// What a cell of a spreadsheet needs beside its text, in points.
const CELL_EDGE: f32 = 8.0;
/// The narrowest column: two digits.
const NARROWEST: f32 = 18.0;
/// As far as a word of a heading makes its column wider, in points.
const WIDEST_WORD: f32 = 60.0;

/// What of a project goes into a workbook of everything: the documents, then the lists that have lines.
pub fn forms(project: &Project) -> Vec<Printable> {
    let has_lines = |what: &Printable| match what {
        Printable::Document(_) => true,
        Printable::List(list) => !list.blocks(project, &list.form(project)).is_empty(),
        _ => false,
    };
    Printable::all(project).into_iter().filter(has_lines).collect()
}

/// Forms as one workbook, a sheet each. The same project, day and options give the same bytes.
///
/// # Errors
/// If a document is gone, if something has no form, if a form has more rows than a sheet, or if the work was ended.
pub fn xlsx_bytes(
    project: &Project,
    forms: &[Printable],
    today: Date,
    options: &PdfOptions,
    progress: &Progress,
) -> Result<Printed, ExportError> {
    let language = assets::language(options.language)?;
    let mut framed = Vec::with_capacity(forms.len());
    for (at, what) in forms.iter().enumerate() {
        progress.begin_report(at, forms.len());
        if progress.is_ended() {
            return Err(ExportError::Ended);
        }
        framed.push(frame(project, *what, today, options, progress)?);
    }
    if progress.is_ended() {
        return Err(ExportError::Ended);
    }
    progress.begin_report(forms.len().saturating_sub(1), forms.len().max(1));
    progress.begin(Part::Rows, framed.iter().map(|framed| framed.blocks.len()).sum());
    let sheets = forms.iter().zip(&framed);
    let sheets: Vec<Sheet<'_>> =
        sheets.map(|(what, framed)| sheet(project, *what, framed, (options, &language))).collect();
    let data = project.data();
    let (title, subject, author) = match framed.as_slice() {
        [only] => (only.report.title.clone(), only.report.subject.clone(), only.report.author.clone()),
        _ => (data.name.to_string(), data.name.to_string(), String::new()),
    };
    let wanted = Book {
        properties: Properties { title, subject, author, company: data.organisation.to_string() },
        day: today,
        project: [AnyId::from(data.id).to_string(), data.name.to_string()],
        language: language.tag.clone(),
        class_set: data.class_set.to_string(),
        words: Words {
            long_texts: language.word("Long texts").into_owned(),
            page: language.word("Page {page} of {pages}").into_owned(),
        },
        formulas: options.formulas,
        sheets,
    };
    let goes_on = || progress.step();
    let made = xlsx::write(&wanted, &goes_on).map_err(|error| match error {
        XlsxError::Ended => ExportError::Ended,
        error => ExportError::Workbook(error),
    })?;
    // Thousands of cells are let go of by all processors.
    rayon::spawn(move || drop(framed));
    let mut warnings = options.warnings(project);
    warnings.extend(made.warnings);
    Ok(Printed { bytes: made.bytes, warnings })
}

/// Writes forms as one workbook.
///
/// # Errors
/// See [`xlsx_bytes`]; or if the file cannot be written. A file that was there stays as it was, also if the work is ended.
pub fn xlsx_to_file(
    project: &Project,
    forms: &[Printable],
    today: Date,
    options: &PdfOptions,
    path: &Path,
    progress: &Progress,
) -> Result<Written, ExportError> {
    let made = xlsx_bytes(project, forms, today, options, progress)?;
    if progress.is_ended() {
        return Err(ExportError::Ended);
    }
    write_whole(path, &made.bytes)?;
    Ok(Written { path: path.to_owned(), warnings: made.warnings })
}

pub(super) fn frame(
    project: &Project,
    what: Printable,
    today: Date,
    options: &PdfOptions,
    progress: &Progress,
) -> Result<Framed, ExportError> {
    let flow_symbols = assets::process_flow_symbols()?;
    let language = assets::language(options.language)?;
    let &PdfOptions { kind, phase, page, body_size, .. } = options;
    let (profile, logo) = (options.profile_in(project), options.logo(project).ok().flatten());
    let (flow_symbols, progress) = (&flow_symbols, Some(progress));
    let paper = FormPaper { kind, phase, today, page, body_size, flow_symbols, language, profile, logo, progress };
    match what {
        Printable::Document(document) => {
            let document = project.get(document).ok_or(ExportError::NoDocument)?;
            let kind = Some(options.form_of(project, document));
            Ok(framed_form(project, document, &FormPaper { kind, ..paper }))
        }
        Printable::List(list) => Ok(framed_list(project, list, &paper)),
        _ => Err(ExportError::NoFlatForm { document: what.name(project) }),
    }
}

fn sheet<'f>(
    project: &Project,
    what: Printable,
    framed: &'f Framed,
    (options, language): (&PdfOptions, &Language),
) -> Sheet<'f> {
    let report = &framed.report;
    let table = report.sections.first().map(|section| &section.table);
    let columns = table.map_or(&[][..], |table| &table.columns);
    let widths = widths(columns, report);
    let document = what.document().and_then(|document| project.get(document));
    let name = document
        .map_or_else(|| report.title.clone(), |document| language.word(&project.document_label(document)).into_owned());
    let columns = framed.printed.iter().zip(columns).zip(&widths).map(|((at, column), width)| Column {
        at: *at,
        heading: if column.turned { without_soft_hyphens(&column.title) } else { hyphenated(&column.title, *width) },
        turned: column.turned,
        group: column.group.unwrap_or_default(),
        width: *width,
        align: match column.align {
            doc::Align::Left => Align::Left,
            doc::Align::Center => Align::Centre,
            doc::Align::Right => Align::Right,
        },
        own_field: own_field(project, &framed.form.columns[*at].key),
        signs: signs(project, framed.form.columns[*at].kind, language),
    });
    let groups = table.map_or(&[][..], |table| &table.groups).iter().map(|group| Group {
        heading: without_soft_hyphens(&group.title),
        tint: [group.tint.0, group.tint.1, group.tint.2],
    });
    Sheet {
        name: without_soft_hyphens(&name),
        form: &framed.form,
        blocks: &framed.blocks,
        columns: columns.collect(),
        groups: groups.collect(),
        head: head(report),
        priorities: if options.formulas { priorities(project, document, &framed.form) } else { None },
        notes: report.sections.iter().skip(1).flat_map(notes).collect(),
        page: Page {
            paper: report.page.paper,
            landscape: report.page.landscape,
            margin: report.page.margin,
            foot: [report.footer_left.clone(), report.footer_center.clone()],
            foot_text: report.footer_text.clone(),
            numbers: report.page_numbers,
        },
        stamp: Stamp {
            what: what.file_name(project),
            document: what.document().map(|document| AnyId::from(document).to_string()).unwrap_or_default(),
            form: form_key(framed.form.kind).to_owned(),
            phase: options.phase.map(|phase| phase.name().to_owned()).unwrap_or_default(),
            state: what.document().map(|_| report.footer_center.clone()).unwrap_or_default(),
            content: framed.content.clone(),
            kind: document.map(|document| kind_word(document.kind).to_owned()).unwrap_or_default(),
            rating_profile: document.map(|document| document.rating_profile.to_string()).unwrap_or_default(),
        },
    }
}

/// What a column of a user-defined field says in the stamp.
fn own_field(project: &Project, key: &str) -> String {
    match key.strip_prefix("user:").and_then(|id| id.parse().ok()) {
        Some(AnyId::UserField(field)) => project.get(field).map(own_field_text).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The name of a form in stamps and on the command line.
pub(super) fn form_key(kind: FormKind) -> &'static str {
    match kind {
        FormKind::ProcessFlow => "process-flow",
        FormKind::FmeaAiagVda => "aiag-vda",
        FormKind::FmeaFourthEdition => "fourth-edition",
        FormKind::ControlPlan => "control-plan",
        FormKind::List(_) => "list",
    }
}

/// The widths of the columns in points: what the paper asks for at least, and the same shares of what is left of its width.
fn widths(columns: &[doc::Column], report: &Report) -> Vec<f32> {
    let character = average_character() * BODY;
    let word = |column: &doc::Column| {
        let plain = without_soft_hyphens(&column.title);
        let widest = plain.split([' ', '/']).map(|word| fonts().width(Style::Medium, word) * BODY).fold(0.0, f32::max);
        if column.turned { 0.0 } else { (widest * 1.1 + CELL_EDGE).min(WIDEST_WORD) }
    };
    let least: Vec<f32> = columns
        .iter()
        .map(|column| (column.characters * character + CELL_EDGE).max(NARROWEST).max(word(column)))
        .collect();
    let shares: f32 = columns.iter().map(|column| column.weight).sum();
    let whole = report.page.width() * BODY / report.body_size.max(1.0);
    let rest = (whole - least.iter().sum::<f32>()).max(0.0);
    let share = |column: &doc::Column| if shares > 0.0 { column.weight / shares * rest } else { 0.0 };
    columns.iter().zip(least).map(|(column, least)| least + share(column)).collect()
}

/// The width of an average character, in parts of the size.
fn average_character() -> f32 {
    const SOME: &str = "the torque of the screw is not reached at station";
    fonts().width(Style::Regular, SOME) / SOME.len() as f32
}

fn head(report: &Report) -> Head {
    let header = &report.header;
    let field = |field: &doc::Field| Field {
        label: without_soft_hyphens(&field.label),
        value: lines(&field.value),
        weight: field.weight,
    };
    let fields = header.fields.iter().map(|row| row.iter().map(field).collect());
    Head {
        logo: header.logo.as_deref().and_then(png),
        organisation: header.organisation.clone(),
        detail: header.organisation_detail.clone(),
        title: without_soft_hyphens(&report.title),
        number: report.number.clone(),
        corner: header.corner.clone(),
        fields: fields.collect(),
    }
}

/// A picture as the file that workbooks hold; none if it cannot be made.
fn png(picture: &Picture) -> Option<(Vec<u8>, u32, u32)> {
    let (width, height) = picture.size();
    let pixels = image::RgbaImage::from_raw(width, height, picture.rgba().to_vec())?;
    let mut bytes = Vec::new();
    pixels.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).ok()?;
    Some((bytes, width, height))
}

/// What stands behind the form, line by line; of a table a line per row.
fn notes(section: &Section) -> Vec<Note> {
    let title = section.title.iter().map(|title| Note { text: without_soft_hyphens(title), title: true });
    let table = &section.table;
    let has_headings = !table.bare && table.columns.iter().any(|column| !column.title.is_empty());
    let row = |row: &doc::Row| {
        let cells = row.cells.iter().map(|cell| {
            let text = lines(&cell.content).replace('\n', " ").trim().to_owned();
            let heading = table.columns.get(cell.column).filter(|_| has_headings).map(|column| column.title.as_str());
            match heading {
                Some(heading) if !heading.is_empty() && !text.is_empty() => {
                    format!("{}: {text}", without_soft_hyphens(heading))
                }
                _ => text,
            }
        });
        let said: Vec<String> = cells.filter(|text| !text.is_empty()).collect();
        Note { text: said.join(" · "), title: false }
    };
    let rows = table.rows.iter().map(row).filter(|note| !note.text.is_empty());
    title.chain(rows).collect()
}

fn lines(paragraphs: &[Paragraph]) -> String {
    let line = |paragraph: &Paragraph| {
        let mut line = String::new();
        for (at, piece) in paragraph.pieces.iter().enumerate() {
            let next = match paragraph.pieces.get(at + 1) {
                Some(Piece::Text { text, .. }) => text.trim_start(),
                _ => "",
            };
            match piece {
                Piece::Text { text, .. } => line.push_str(text),
                // Drawn in front of its own name, as legends have it.
                Piece::Symbol { text, .. } if next.starts_with(&**text) => {}
                Piece::Symbol { text, .. } => line.push_str(match &**text {
                    "[x]" => "☒",
                    "[ ]" => "☐",
                    text => text,
                }),
            }
        }
        line.replace('\u{a0}', " ").trim().to_owned()
    };
    without_soft_hyphens(&paragraphs.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// A heading with hyphens where it says that words wider than the column may be broken: spreadsheets break them anywhere.
fn hyphenated(heading: &str, width: f32) -> String {
    let wide = |text: &str| fonts().width(Style::Medium, text) * BODY;
    let room = width - CELL_EDGE / 2.0;
    let word = |word: &str| {
        let mut line = String::new();
        let mut lines = String::new();
        for part in word.split('\u{ad}') {
            if !line.is_empty() && wide(&line) + wide(part) > room {
                lines.push_str(&line);
                lines.push_str("-\n");
                line.clear();
            }
            line.push_str(part);
        }
        lines + &line
    };
    let is_wide = |word: &str| word.contains('\u{ad}') && wide(&without_soft_hyphens(word)) > room;
    let words = heading.split(' ').map(|said| if is_wide(said) { word(said) } else { without_soft_hyphens(said) });
    words.collect::<Vec<_>>().join(" ")
}

/// Spreadsheets show soft hyphens.
fn without_soft_hyphens(text: &str) -> String {
    text.replace('\u{ad}', "")
}
