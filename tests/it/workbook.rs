//! Forms as workbooks, read back by another library: every word of the form is there, merged as the form says, as number or
//! day where it is one; and the workbook knows where it comes from.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use goldthread::app::export::PdfOptions;
use goldthread::app::printing::Printable;
use goldthread::app::samples::{SAMPLES, sample};
use goldthread::app::workbook::{forms, xlsx_bytes};
use goldthread::base::clock::Date;
use goldthread::base::{Id, IdSource, Text};
use goldthread::edit::{Author, Command, History, plan};
use goldthread::exchange::flat;
use goldthread::exchange::xlsx::stamp;
use goldthread::model::document::DocumentKind;
use goldthread::model::field::Field;
use goldthread::model::form::FormKind;
use goldthread::model::project::Project;
use goldthread::model::risk::Risk;
use goldthread::report::Progress;

use super::samples::opened;

const TODAY: Date = Date::constant(2026, 11, 24);

type Book = Xlsx<Cursor<Vec<u8>>>;

fn written(project: &Project, what: &[Printable], options: &PdfOptions) -> (Book, Vec<String>) {
    let made = xlsx_bytes(project, what, TODAY, options, &Progress::default()).unwrap();
    (Xlsx::new(Cursor::new(made.bytes)).unwrap(), made.warnings)
}

fn set(project: &mut Project, item: Id<Risk>, field: Field, text: &str) {
    let mut author = Author { name: Text::from("T"), today: TODAY, ids: IdSource::seeded(1) };
    let command = Command::SetField { item: item.into(), field, text: text.to_owned(), via: None };
    let transaction = plan(project, &command, &mut author).unwrap();
    History::default().commit(project, transaction).unwrap();
}

/// What a cell says, as the form would print it.
fn text(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::DateTime(day) => {
            let days = jiff::Span::new().days(day.as_f64() as i64);
            Date::constant(1899, 12, 30).checked_add(days).unwrap().to_string()
        }
        other => panic!("{other:?}"),
    }
}

fn rows(book: &mut Book, sheet: &str) -> Vec<Vec<String>> {
    let range = book.worksheet_range(sheet).unwrap();
    let (height, width) = (range.end().unwrap().0 + 1, range.end().unwrap().1 + 1);
    let at = |row, column| range.get_value((row, column)).map(text).unwrap_or_default();
    (0..height).map(|row| (0..width).map(|column| at(row, column)).collect()).collect()
}

/// The lines of the form on a sheet, by the identities of their rows, and the row of its headings.
fn lines(rows: &[Vec<String>]) -> (usize, Vec<(String, Vec<String>)>) {
    let headings = rows.iter().position(|row| row.iter().any(|text| text == stamp::HIDDEN[0])).unwrap();
    let place = rows[headings].iter().position(|text| text == stamp::HIDDEN[0]).unwrap();
    let lines = rows[headings + 1..].iter().filter(|row| !row[place].is_empty());
    (headings, lines.map(|row| (row[place].clone(), row[..place].to_vec())).collect())
}

#[test]
fn every_word_of_every_form_stands_in_the_workbook_merged_as_the_form_says() {
    for known in SAMPLES {
        let project = opened(known);
        for what in forms(&project) {
            let options = PdfOptions::default();
            let form = what.form(&project, &options).unwrap().unwrap();
            let (mut book, warnings) = written(&project, &[what], &options);
            assert_eq!(warnings, Vec::<String>::new());
            let sheet = book.sheet_names()[0].clone();
            let merged: BTreeMap<(u32, u32), u32> = book
                .merge_cells_by_sheet_name(&sheet)
                .unwrap()
                .into_iter()
                .map(|area| (area.start, area.end.0 - area.start.0 + 1))
                .collect();
            let rows = rows(&mut book, &sheet);
            let (headings, lines) = lines(&rows);
            let mut first = headings + 1;
            for key in what.blocks(&project, &form) {
                let block = form.block(&project, key);
                for (at, row) in block.rows.iter().enumerate() {
                    assert_eq!(lines[first - headings - 1 + at].0, stamp::row_text(row.id), "{sheet}");
                }
                for cell in &block.cells {
                    let place = (u32::try_from(first + cell.row).unwrap(), u32::try_from(cell.column).unwrap());
                    let found = &rows[place.0 as usize][cell.column];
                    assert_eq!(*found, cell.text(), "{sheet}, {place:?}");
                    let over = merged.get(&place).copied().unwrap_or(1);
                    assert_eq!(over as usize, cell.rows, "{sheet}, {place:?}");
                }
                first += block.rows.len();
            }
            assert_eq!(lines.len(), first - headings - 1, "{sheet} has no other rows");
            // The flat form has the same words.
            let all: std::collections::BTreeSet<&str> = rows.iter().flatten().map(String::as_str).collect();
            for key in what.blocks(&project, &form) {
                for text in
                    flat::lines(&form, &form.block(&project, key)).iter().flatten().flat_map(|text| text.lines())
                {
                    assert!(all.contains(text) || all.iter().any(|cell| cell.contains(text)), "{sheet}: {text}");
                }
            }
        }
    }
}

#[test]
fn the_whole_project_is_one_workbook_that_knows_where_it_comes_from() {
    let project = opened(sample("electric-parking-brake").unwrap());
    let all = forms(&project);
    for language in ["en", "de"] {
        let options = PdfOptions { language, ..PdfOptions::default() };
        let (mut book, _) = written(&project, &all, &options);
        let names = book.sheet_names().clone();
        assert_eq!(names.len(), all.len() + 1);
        assert!(names.iter().all(|name| name.chars().count() <= 31 && !name.contains(['/', ':', '?', '*', '[', ']'])));
        let lines = rows(&mut book, stamp::SHEET).into_iter().map(|mut row| {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
            row
        });
        let said = stamp::read(lines).unwrap();
        assert_eq!(said.project_name, project.data().name.as_str());
        assert_eq!((said.language.as_str(), said.day.as_str()), (language, "2026-11-24"));
        for (name, what) in names.iter().zip(&all) {
            let of_sheet = &said.sheets[name];
            assert_eq!(of_sheet.stamp.what, what.file_name(&project));
            let form = what.form(&project, &options).unwrap().unwrap();
            let keys: Vec<&str> = form.columns.iter().map(|column| &*column.key).collect();
            assert_eq!(of_sheet.columns, keys);
            if let Some(document) = what.document() {
                assert_eq!(of_sheet.stamp.document, document.to_string());
                assert_eq!(of_sheet.stamp.content, form.content_hash(&project));
            }
        }
    }
}

#[test]
fn the_same_project_day_and_options_give_the_same_bytes() {
    let project = opened(sample("stamped-bracket").unwrap());
    let bytes = || {
        let all = forms(&project);
        xlsx_bytes(&project, &all, TODAY, &PdfOptions::default(), &Progress::default()).unwrap().bytes
    };
    assert!(bytes() == bytes());
}

#[test]
fn ratings_are_numbers_and_the_risk_priority_number_a_formula_if_asked() {
    let project = opened(sample("connector-housing").unwrap());
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0].id;
    let options = PdfOptions { kind: Some(FormKind::FmeaFourthEdition), formulas: true, ..PdfOptions::default() };
    let (mut book, _) = written(&project, &[fmea.into()], &options);
    let sheet = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&sheet).unwrap();
    let numbers = range.used_cells().filter(|(_, _, data)| matches!(data, Data::Float(_))).count();
    assert!(numbers > 20, "{numbers}");
    let formulas = book.worksheet_formula(&sheet).unwrap();
    let found: Vec<&String> = formulas.used_cells().map(|(_, _, formula)| formula).collect();
    assert!(!found.is_empty());
    assert!(found.iter().all(|formula| formula.starts_with("IF(COUNT(")), "{found:?}");
    // Without being asked there are values only.
    let (mut book, _) = written(&project, &[fmea.into()], &PdfOptions { formulas: false, ..options });
    assert_eq!(book.worksheet_formula(&sheet).unwrap().used_cells().count(), 0);
}

#[test]
fn action_priorities_are_looked_up_by_their_ratings_if_asked() {
    let project = opened(sample("electric-parking-brake").unwrap());
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0].id;
    let options = PdfOptions { formulas: true, ..PdfOptions::default() };
    let (mut book, _) = written(&project, &[fmea.into()], &options);
    let names = book.sheet_names().clone();
    assert_eq!(names[1..], [stamp::PRIORITIES, stamp::SHEET]);
    let table: Vec<String> = rows(&mut book, stamp::PRIORITIES).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(table.len(), 1000);
    let formulas = book.worksheet_formula(&names[0]).unwrap();
    let origin = formulas.start().unwrap();
    let rows = rows(&mut book, &names[0]);
    let mut found = 0;
    for (row, column, formula) in formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
        let (row, column) = (row + origin.0 as usize, column + origin.1 as usize);
        assert!(formula.starts_with("IF(AND(COUNT(") && formula.contains(stamp::PRIORITIES), "{formula}");
        // The cells that the formula names, and what stands in the line that they lead to.
        let named = formula.split("COUNT(").nth(1).unwrap().split(')').next().unwrap();
        let rating = |address: &str| -> usize {
            let letters = address.trim_end_matches(|c: char| c.is_ascii_digit());
            let column = letters.bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1) - 1;
            let row: usize = address[letters.len()..].parse().unwrap();
            rows[row - 1][column].parse().unwrap()
        };
        let [severity, occurrence, detection] = [0, 1, 2].map(|at| rating(named.split(',').nth(at).unwrap()));
        let line = (severity - 1) * 100 + (occurrence - 1) * 10 + detection - 1;
        assert_eq!(rows[row][column], table[line], "{formula}");
        found += 1;
    }
    assert!(found > 100, "{found}");
    // What nobody rated has no formula, and without being asked there is no table.
    let (book, _) = written(&project, &[fmea.into()], &PdfOptions::default());
    assert_eq!(book.sheet_names().len(), 2);
}

#[test]
fn symbols_show_in_front_of_texts_that_stay_what_they_are() {
    let project = opened(sample("electric-parking-brake").unwrap());
    let flow = project.documents_of(DocumentKind::ProcessFlow)[0].id;
    let made = xlsx_bytes(&project, &[flow.into()], TODAY, &PdfOptions::default(), &Progress::default()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(made.bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    assert!(part("xl/styles.xml").contains("&quot;○ &quot;@"));
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<formula>\"Operation\"</formula>"), "as long as the cell says so");
    assert!(!part("xl/sharedStrings.xml").contains('○'));
}

#[test]
fn texts_stay_texts_and_none_is_cut() {
    let mut project = opened(sample("stamped-bracket").unwrap());
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0].id;
    let risks: Vec<_> = project.all::<Risk>().map(|risk| risk.id).collect();
    let nasty = "=HYPERLINK(\"http://x\")";
    let long = format!("begin {} end", "é".repeat(40_000));
    set(&mut project, risks[0], Field::FilterCode, nasty);
    set(&mut project, risks[1], Field::FilterCode, &long);
    set(&mut project, risks[2], Field::FilterCode, "@sum _x0041_ <b>&amp;");
    let (mut book, warnings) = written(&project, &[fmea.into()], &PdfOptions::default());
    let sheet = book.sheet_names()[0].clone();
    let words: Vec<String> = rows(&mut book, &sheet).into_iter().flatten().collect();
    assert!(words.iter().any(|text| text == nasty));
    assert!(words.iter().any(|text| text == "@sum _x0041_ <b>&amp;"), "escapes of the format stay as they are written");
    assert_eq!(book.worksheet_formula(&sheet).unwrap().used_cells().count(), 0);
    assert!(
        warnings.len() == 1 && warnings[0].contains("Filter code") && warnings[0].contains("Long texts"),
        "{warnings:?}"
    );
    let pieces: Vec<String> = rows(&mut book, "Long texts").into_iter().map(|row| row[2].clone()).collect();
    assert_eq!(pieces.concat(), long);
    assert!(words.iter().any(|text| text.starts_with("begin") && text.contains("… [Long texts: ")));
}

#[test]
fn what_has_no_form_is_refused() {
    let project = opened(sample("stamped-bracket").unwrap());
    let refused = xlsx_bytes(&project, &[Printable::RiskSummary], TODAY, &PdfOptions::default(), &Progress::default());
    assert!(refused.unwrap_err().to_string().contains("risk summary has no flat form"));
}
