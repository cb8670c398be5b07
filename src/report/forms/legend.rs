//! What stands behind the form: revisions, what its symbols and marks mean, and what is not yet confirmed.

use crate::base::fonts::Style;
use crate::model::characteristic::CharacteristicRole;
use crate::model::class::Confidence;
use crate::model::document::Document;
use crate::model::form::{Block, CONTROLLED, Form, FormKind, ListKind};
use crate::model::profile::RatingProfile;
use crate::model::project::Project;
use crate::report::doc::{Cell, Column, Paragraph, Piece, Rgb, Row, Section, Table};

use super::columns::PrintedColumns;
use super::symbols::Symbols;
use super::table::INDICATIVE;

/// What the letters of the ratings mean, where the action priority counts.
const AP: &str = "S severity · O occurrence · D detection · AP action priority: H high, M medium, L low.";

/// The same where the risk priority number counts.
const RPN: &str = "RPN risk priority number: severity × occurrence × detection.";

/// The sections behind the form, as far as there is something to say.
pub(super) fn sections(
    project: &Project,
    document: &Document,
    (form, columns): (&Form, &PrintedColumns),
    blocks: &[Block],
    symbols: &Symbols,
) -> Vec<Section> {
    let mut sections = Vec::new();
    if !document.revisions.is_empty() {
        sections.push(revisions(document));
    }
    let mut notes: Vec<Paragraph> = columns.note().into_iter().collect();
    notes.extend(self::notes(project, document, form, blocks));
    notes.extend(class_notes(project, symbols));
    notes.extend(step_symbols(form, blocks, symbols));
    if !notes.is_empty() {
        sections.push(Section::prose(Some("Notes and legend"), notes));
    }
    sections
}

/// What the symbols and letters of a list mean.
pub(super) fn of_list(
    project: &Project,
    (form, columns): (&Form, &PrintedColumns),
    symbols: &Symbols,
) -> Option<Section> {
    let mut notes: Vec<Paragraph> = columns.note().into_iter().collect();
    notes.extend(class_notes(project, symbols));
    if form.kind == FormKind::List(ListKind::CharacteristicMatrix) {
        let roles = CharacteristicRole::ALL.map(|role| format!("{} {}", role.letter(), role.name().to_lowercase()));
        let controlled = format!("{CONTROLLED} controlled by the control plan");
        notes.push(Paragraph::plain(&format!("{} · {controlled}.", roles.join(" · "))));
    }
    (!notes.is_empty()).then(|| Section::prose(Some("Legend"), notes))
}

/// What stands behind the results of an FMEA: how it is rated, and what the classes mean.
pub(super) fn of_results(
    project: &Project,
    document: &Document,
    symbols: &Symbols,
    by_number: bool,
) -> Option<Section> {
    let mut notes = method(project, document);
    notes.push(Paragraph::plain(if by_number { RPN } else { AP }));
    notes.extend(class_notes(project, symbols));
    (!notes.is_empty()).then(|| Section::prose(Some("Notes and legend"), notes))
}

fn revisions(document: &Document) -> Section {
    let narrow = |title: &str, characters: f32| Column { characters, ..Column::text(title, None, 0.0) };
    let columns = vec![
        narrow("Revision", 8.0),
        narrow("Date", 11.0),
        narrow("Author", 24.0),
        Column { characters: 40.0, ..Column::text("Change", None, 1.0) },
    ];
    let row = |revision: &crate::model::document::Revision| Row {
        cells: vec![
            Cell::plain(0, &revision.number),
            Cell::plain(1, &revision.date.map(|date| date.to_string()).unwrap_or_default()),
            Cell::plain(2, &revision.author),
            Cell::plain(3, &revision.note),
        ],
        starts_group: true,
        ..Row::default()
    };
    let rows = document.revisions.iter().map(row).collect();
    Section {
        title: Some("Revisions".to_owned()),
        table: Table { columns, rows, ..Table::default() },
        ..Section::default()
    }
}

fn notes(project: &Project, document: &Document, form: &Form, blocks: &[Block]) -> Vec<Paragraph> {
    let mut notes = Vec::new();
    if let FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition = form.kind {
        notes.extend(method(project, document));
        notes.push(Paragraph::plain(if form.kind == FormKind::FmeaFourthEdition { RPN } else { AP }));
    }
    let is_indicative = blocks.iter().flat_map(|block| &block.cells).any(|cell| cell.indicative);
    if is_indicative {
        notes.push(labelled(INDICATIVE, "indicative: the rating profile evaluates by another method."));
    }
    notes
}

/// By which profile an FMEA is rated, and what of it is in doubt.
fn method(project: &Project, document: &Document) -> Vec<Paragraph> {
    let mut notes = Vec::new();
    if let Some(profile) = project.profile(document.id) {
        notes.push(labelled("Rated by", &format!("{}, {}", profile.name(), profile.edition())));
        notes.extend(doubts(profile));
    } else if !document.rating_profile.is_blank() {
        notes.push(labelled("Rated by", &format!("“{}”, which is not known here", document.rating_profile)));
    }
    notes
}

/// What of the profile nobody compared with the handbook yet.
fn doubts(profile: &RatingProfile) -> Vec<Paragraph> {
    let doubts: Vec<&str> = match profile.output_note() {
        Some(note) => vec![note.as_str()],
        None => profile.unverified().iter().map(crate::base::Text::as_str).collect(),
    };
    doubts.into_iter().map(|doubt| labelled("Not verified:", doubt)).collect()
}

/// The classes that the form shows, with their meaning.
fn class_notes(project: &Project, symbols: &Symbols) -> Vec<Paragraph> {
    let mut notes = Vec::new();
    for (code, shape) in &symbols.classes {
        let class = project.class(code);
        let meaning = class.map_or("a class that the class set does not have", |class| class.meaning.as_str());
        let mut note = Paragraph::default();
        if let Some(shape) = shape {
            note = note.with_symbol(shape.clone(), code).with_text(" ");
        }
        note = note.with_text(&format!("{code}: {meaning}"));
        if class.is_some_and(|class| class.confidence == Confidence::Unverified) {
            note = note.with_text(" Not verified; to be confirmed with the customer.");
        }
        notes.push(note);
    }
    notes
}

/// The symbols of the steps on one line.
fn step_symbols(form: &Form, blocks: &[Block], symbols: &Symbols) -> Option<Paragraph> {
    let column = form.column("symbol").filter(|_| !symbols.steps.is_empty())?;
    let mut line = Paragraph::default();
    let mut seen = Vec::new();
    let parts = blocks.iter().flat_map(|block| &block.cells).filter(|cell| cell.column == column);
    for part in parts.flat_map(|cell| &cell.parts) {
        let Some(key) = part.symbol.as_deref().filter(|key| !seen.contains(key)) else { continue };
        if let Some(Some(shape)) = symbols.steps.get(key) {
            let gap = if seen.is_empty() { "" } else { "    " };
            line = line.with_text(gap).with_symbol(shape.clone(), "").with_text(&format!(" {}", part.text));
            seen.push(key);
        }
    }
    Some(line).filter(|_| !seen.is_empty())
}

fn labelled(label: &str, text: &str) -> Paragraph {
    let mut paragraph = Paragraph::styled(label, Style::Medium, Rgb::TEXT);
    let text = format!(" {text}");
    paragraph.pieces.push(Piece::Text { text: text.into(), style: Style::Regular, colour: Rgb::TEXT });
    paragraph
}
