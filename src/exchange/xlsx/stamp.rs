//! The stamp of a workbook: a hidden sheet that says of which project it is and what its sheets show, and two hidden columns
//! beside each form. By them an edited workbook is recognised when it comes home.
//!
//! The first hidden column holds the identity of the row. The second one holds a mark per column: by it, what somebody changed
//! in the workbook is told from what changed in the project since.

use std::borrow::Cow;

use crate::base::{Decimal, Text};
use crate::model::document::DocumentKind;
use crate::model::form::{ColumnKind, RowId};
use crate::model::item::{AnyId, Kind};
use crate::model::project_data::{UserField, UserFieldType};

use super::book::{Stamp, StampOfBook, StampOfSheet};

/// The name of the hidden sheet.
pub const SHEET: &str = "goldthread";
/// The name of the hidden sheet in which formulas look action priorities up.
pub const PRIORITIES: &str = "goldthread priorities";
/// The headings of the hidden columns.
pub const HIDDEN: [&str; 2] = ["goldthread:row", "goldthread:marks"];
/// The version of the stamp.
pub const FORMAT: &str = "1";
/// How many letters a mark has.
pub const MARK: usize = 4;
/// The mark of a column in which no cell begins in the row.
pub const NO_MARK: &str = "....";

/// A text as it is compared: line ends and white space at the ends do not count, for spreadsheets change them; a number of a
/// column of numbers is the number, however many zeros it has.
pub fn comparable(text: &str, kind: ColumnKind) -> Cow<'_, str> {
    let text = text.trim();
    if kind.is_number()
        && let Ok(number) = Decimal::parse(text)
    {
        return Cow::Owned(number.value().to_string());
    }
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

/// The mark of a text that is [`comparable`]: different for different texts, as far as a person can make them.
pub fn mark(text: &str) -> [u8; MARK] {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // FNV-1a.
    let hash = text
        .trim()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let folded = hash ^ (hash >> 24) ^ (hash >> 48);
    std::array::from_fn(|at| LETTERS[(folded >> (6 * at)) as usize & 63])
}

/// The identity of a row as text.
pub fn row_text(row: RowId) -> String {
    row.part.map_or_else(|| row.item.to_string(), |part| format!("{} {part}", row.item))
}

/// The row that a text identifies.
pub fn row_of(text: &str) -> Option<RowId> {
    let mut ids = text.split_whitespace().map(str::parse::<AnyId>);
    let item = ids.next()?.ok()?;
    let part = ids.next().transpose().ok()?;
    ids.next().is_none().then_some(RowId { item, part })
}

/// The word for a kind of document.
pub const fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::ProcessFlow => "process-flow",
        DocumentKind::ProcessFmea => "pfmea",
        DocumentKind::DesignFmea => "dfmea",
        DocumentKind::FmeaMsr => "fmea-msr",
        DocumentKind::ControlPlan => "control-plan",
    }
}

/// The kind of document that a word stands for.
pub fn kind_of(word: &str) -> Option<DocumentKind> {
    DocumentKind::ALL.into_iter().find(|kind| kind_word(*kind) == word)
}

/// What a user-defined field is, as text: what it belongs to, what it holds, and a line for each of its choices.
pub fn own_field_text(field: &UserField) -> String {
    let (word, choices): (_, &[Text]) = match &field.value_type {
        UserFieldType::Text => ("text", &[]),
        UserFieldType::Number => ("number", &[]),
        UserFieldType::Date => ("date", &[]),
        UserFieldType::Choice(choices) => ("choice", choices),
    };
    let head = format!("{} {word}", field.on.prefix());
    std::iter::once(head).chain(choices.iter().map(Text::to_string)).collect::<Vec<_>>().join("\n")
}

/// What [`own_field_text`] says: what the field belongs to and what it holds.
pub fn own_field_of(text: &str) -> Option<(Kind, UserFieldType)> {
    let mut lines = text.lines();
    let (on, word) = lines.next()?.split_once(' ')?;
    let on = Kind::ALL.iter().copied().find(|kind| kind.prefix() == on)?;
    let value_type = match word {
        "number" => UserFieldType::Number,
        "date" => UserFieldType::Date,
        "choice" => UserFieldType::Choice(lines.map(Text::from).collect()),
        _ => UserFieldType::Text,
    };
    Some((on, value_type))
}

/// The lines of the hidden sheet.
pub(super) fn lines(book: &StampOfBook) -> Vec<Vec<String>> {
    let line = |key: &str, value: &str| vec![key.to_owned(), value.to_owned()];
    let mut lines = vec![
        line("stamp", FORMAT),
        line("program", &book.program),
        line("project", &book.project),
        line("project name", &book.project_name),
        line("exported", &book.day),
        line("language", &book.language),
        line("classes", &book.class_set),
        line("long texts", &book.long_texts),
    ];
    for (name, sheet) in &book.sheets {
        let Stamp { what, document, form, phase, state, content, kind, rating_profile } = &sheet.stamp;
        let mut of_sheet = line("sheet", name);
        of_sheet.extend([what, document, form, phase, state, content, kind, rating_profile].map(Clone::clone));
        lines.push(of_sheet);
        let mut columns = line("columns", name);
        columns.extend(sheet.columns.iter().cloned());
        lines.push(columns);
        let mut headings = line("headings", name);
        headings.extend(sheet.headings.iter().cloned());
        lines.push(headings);
        if sheet.own_fields.iter().any(|field| !field.is_empty()) {
            let mut own = line("own fields", name);
            own.extend(sheet.own_fields.iter().cloned());
            lines.push(own);
        }
    }
    lines
}

/// Reads the lines of a hidden sheet; none if they are no stamp of this version.
pub fn read(lines: impl IntoIterator<Item = Vec<String>>) -> Option<StampOfBook> {
    let mut book = StampOfBook::default();
    let mut lines = lines.into_iter();
    if lines.next()? != ["stamp", FORMAT] {
        return None;
    }
    for line in lines {
        let mut values = line.into_iter();
        let key = values.next().unwrap_or_default();
        let mut next = || values.next().unwrap_or_default();
        match key.as_str() {
            "program" => book.program = next(),
            "project" => book.project = next(),
            "project name" => book.project_name = next(),
            "exported" => book.day = next(),
            "language" => book.language = next(),
            "classes" => book.class_set = next(),
            "long texts" => book.long_texts = next(),
            "sheet" => {
                let name = next();
                let [what, document, form, phase, state, content, kind, rating_profile] =
                    std::array::from_fn(|_| next());
                let stamp = Stamp { what, document, form, phase, state, content, kind, rating_profile };
                book.sheets.insert(name, StampOfSheet { stamp, ..StampOfSheet::default() });
            }
            "columns" => {
                if let Some(sheet) = book.sheets.get_mut(&next()) {
                    sheet.columns = values.collect();
                }
            }
            "headings" => {
                if let Some(sheet) = book.sheets.get_mut(&next()) {
                    sheet.headings = values.collect();
                }
            }
            "own fields" => {
                if let Some(sheet) = book.sheets.get_mut(&next()) {
                    sheet.own_fields = values.collect();
                }
            }
            // A later version of the program may say more.
            _ => {}
        }
    }
    // Blank cells at the end of a line are not kept.
    for sheet in book.sheets.values_mut() {
        sheet.headings.resize(sheet.columns.len(), String::new());
        sheet.own_fields.resize(sheet.columns.len(), String::new());
    }
    (!book.project.is_empty()).then_some(book)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_reads_back() {
        let sheet = |what: &str, document: &str| StampOfSheet {
            stamp: Stamp { what: what.into(), document: document.into(), content: "ab".into(), ..Stamp::default() },
            columns: vec!["severity".into(), "user:field_1".into()],
            headings: vec!["S".into(), "Own".into()],
            own_fields: vec![String::new(), if document.is_empty() { String::new() } else { "risk text".into() }],
        };
        let book = StampOfBook {
            project: "project_1".into(),
            project_name: "Bracket".into(),
            day: "2026-11-24".into(),
            program: "0.1.0".into(),
            language: "de".into(),
            class_set: "aiag".into(),
            long_texts: "Lange Texte".into(),
            sheets: [("PFMEA".to_owned(), sheet("fmea", "doc_1")), ("Maßnahmen".to_owned(), sheet("actions", ""))]
                .into(),
        };
        assert_eq!(read(lines(&book)), Some(book.clone()));
        let mut later = lines(&book);
        later.push(vec!["colour".into(), "blue".into()]);
        assert_eq!(read(later), Some(book));
        assert_eq!(read([vec!["stamp".to_owned(), "2".to_owned()]]), None);
        assert_eq!(read([vec!["stamp".to_owned(), FORMAT.to_owned()]]), None);
        assert_eq!(read([]), None);
    }

    #[test]
    fn marks_tell_texts_apart_but_not_their_ends() {
        let text = |text| comparable(text, ColumnKind::Text).into_owned();
        assert_eq!(text(" torque\r\nlow "), "torque\nlow");
        assert_eq!(text("7.0"), "7.0");
        assert_eq!(comparable("7.0", ColumnKind::Rating), "7");
        let texts: std::collections::BTreeSet<_> = (0..2000).map(|at| mark(&format!("cause {at}"))).collect();
        assert!(texts.len() > 1998, "{}", texts.len());
        assert!(mark("x").iter().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(letter)));
    }
}
