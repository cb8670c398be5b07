//! Characters that no font can show, and where they stand: paper has a box there, and somebody has to know.

use crate::base::system_fonts::passed_over;
use crate::base::text::quoted;
use crate::model::Project;
use crate::model::form::Form;
use crate::report::doc::{Cell, Piece, Report, Section};

/// How many characters are named one by one.
const MOST: usize = 8;

/// A sentence per character that prints as a box, with the first cell of the form in which it stands, or of a report that
/// is no form.
pub(super) fn warnings(
    project: &Project,
    name: &str,
    (form, report): (Option<&Form>, &Report),
    missing: &[char],
) -> Vec<String> {
    if missing.is_empty() {
        return Vec::new();
    }
    let mut places: Vec<Option<String>> = vec![None; missing.len()];
    let blocks = form.into_iter().flat_map(|form| form.blocks(project).into_iter().map(move |key| (form, key)));
    for (form, key) in blocks {
        if places.iter().all(Option::is_some) {
            break;
        }
        for cell in &form.block(project, key).cells {
            let text = cell.text();
            for (place, character) in places.iter_mut().zip(missing) {
                if place.is_none() && text.contains(*character) {
                    let heading = form.columns[cell.column].heading.replace('\u{ad}', "");
                    *place = Some(format!("{}, {heading}", quoted(&project.label(key))));
                }
            }
        }
    }
    for (place, character) in places.iter_mut().zip(missing).filter(|(place, _)| place.is_none()) {
        *place = report.sections.iter().find_map(|section| in_section(section, *character));
    }
    let sentence = |(character, place): (&char, &Option<String>)| {
        let code = u32::from(*character);
        let place = place.as_deref().unwrap_or("the header or the legend");
        let barred = barred(&passed_over(*character));
        format!("{name}: “{character}” (U+{code:04X}) prints as an empty box, first in {place}{barred}")
    };
    let mut said: Vec<String> = missing.iter().zip(&places).take(MOST).map(sentence).collect();
    if missing.len() > MOST {
        said.push(format!("{name}: and {} more characters print as empty boxes", missing.len() - MOST));
    }
    said
}

/// That fonts of the system have a character but may not be embedded; blank if there are none.
fn barred(families: &[&str]) -> String {
    /// How many are named.
    const NAMED: usize = 3;
    let named = families.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match families.len() {
        0 => String::new(),
        1 => format!("; {named} has it, but its rights do not let it be embedded"),
        count if count <= NAMED => format!("; {named} have it, but their rights do not let them be embedded"),
        count => format!("; {named} and {} more have it, but their rights do not let them be embedded", count - NAMED),
    }
}

/// The heading under which a character stands in a section.
fn in_section(section: &Section, character: char) -> Option<String> {
    let holds = |cell: &&Cell| {
        let pieces = cell.content.iter().flat_map(|paragraph| &paragraph.pieces);
        pieces.into_iter().any(|piece| matches!(piece, Piece::Text { text, .. } if text.contains(character)))
    };
    let cell = section.table.rows.iter().flat_map(|row| &row.cells).find(holds)?;
    let heading = section.table.columns.get(cell.column).map_or("", |column| column.title.as_str());
    let named = [section.title.as_deref().unwrap_or_default(), heading];
    let named: Vec<String> =
        named.iter().filter(|name| !name.is_empty()).map(|name| name.replace('\u{ad}', "")).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// That some characters print as boxes, in few words; blank if all have a glyph.
pub fn remark(missing: &[char]) -> String {
    let Some(first) = missing.first() else { return String::new() };
    let code = u32::from(*first);
    match missing.len() {
        1 => format!("“{first}” (U+{code:04X}) prints as an empty box"),
        count => format!("“{first}” (U+{code:04X}) and {} more print as empty boxes", count - 1),
    }
}
