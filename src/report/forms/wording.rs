//! The words of a report in its language: headings, labels and the values that the program gives. What a person wrote stays
//! as it is.

use crate::model::form::{Block, Column, ColumnKind, Form};
use crate::model::language::Language;
use crate::report::doc::{Paragraph, Piece, Report, Section};

/// Columns in whose texts words of the program stand beside those of people.
const MIXED: [&str; 9] = [
    "failure_effect",
    "work_element",
    "remarks",
    "process_characteristic",
    "next_steps",
    "equipment",
    "applies_to",
    "specification",
    "ppap_element",
];

/// Whether the cells of a column hold words that the program gives, alone or beside those of people.
pub fn has_words_of_program(column: &Column) -> bool {
    let is_mixed = || MIXED.contains(&&*column.key);
    !column.is_own() && (is_mixed() || matches!(column.kind, ColumnKind::Choice | ColumnKind::Symbol))
}

/// Says the values of cells that the program gives in another language.
pub(super) fn translate_cells(blocks: &mut [Block], form: &Form, language: &Language) {
    if *language == Language::english() {
        return;
    }
    let concerned: Vec<bool> = form.columns.iter().map(has_words_of_program).collect();
    for cell in blocks.iter_mut().flat_map(|block| &mut block.cells).filter(|cell| concerned[cell.column]) {
        for part in &mut cell.parts {
            part.text = language.list(&part.text).into_owned();
        }
    }
}

/// Says what stands around the cells in another language.
pub(super) fn translate(report: &mut Report) {
    let language = report.words.clone();
    let put = |text: &mut String| *text = language.word(text).into_owned();
    report.language.clone_from(&language.tag);
    put(&mut report.title);
    report.header.corner.iter_mut().for_each(put);
    report.watermark.iter_mut().for_each(put);
    // The identity of a revision has its parts one behind the other.
    report.footer_center =
        report.footer_center.split(" · ").map(|part| language.word(part)).collect::<Vec<_>>().join(" · ");
    for field in report.header.fields.iter_mut().flatten() {
        put(&mut field.label);
        let drawn =
            |paragraph: &&mut Paragraph| paragraph.pieces.iter().any(|piece| matches!(piece, Piece::Symbol { .. }));
        field.value.iter_mut().filter(drawn).for_each(|paragraph| translate_pieces(paragraph, &language));
    }
    for section in &mut report.sections {
        translate_section(section, &language);
    }
}

fn translate_section(section: &mut Section, language: &Language) {
    let put = |text: &mut String| *text = language.word(text).into_owned();
    section.title.iter_mut().for_each(put);
    section.table.columns.iter_mut().for_each(|column| put(&mut column.title));
    section.table.groups.iter_mut().for_each(|group| put(&mut group.title));
    if section.table.bare {
        let cells = section.table.rows.iter_mut().flat_map(|row| &mut row.cells);
        for paragraph in cells.flat_map(|cell| &mut cell.content) {
            translate_pieces(paragraph, language);
        }
    }
}

fn translate_pieces(paragraph: &mut Paragraph, language: &Language) {
    for piece in &mut paragraph.pieces {
        if let Piece::Text { text, .. } = piece
            && language.knows(text.trim_start_matches('\u{a0}'))
        {
            let inner = text.trim_start_matches('\u{a0}');
            let start = &text[..text.len() - inner.len()];
            *text = format!("{start}{}", language.word(inner)).into();
        }
    }
}
