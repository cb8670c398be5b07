//! Columns of a form as columns of the grid.

use std::sync::Arc;

use crate::model::form::{self, Align, ColumnKind, Form};
use crate::ui::grid::{CellAlign, Column, Group};

use super::names::column_key;

/// Breadth of a character of grid text in points, on average.
const CHARACTER: f32 = 7.0;
/// Space beside the text of a cell in points.
const PADDING: f32 = 14.0;

/// The columns of the grid for a form.
pub fn columns(form: &Form) -> Vec<Column> {
    form.columns
        .iter()
        .map(|column| Column {
            key: column_key(&column.key),
            heading: Arc::from(&*column.heading),
            group: form.groups.get(column.group).map(|group| Group {
                heading: Arc::from(group.heading.as_str()),
                tint: group.step.unwrap_or_else(|| u8::try_from(column.group).unwrap_or(0)),
            }),
            width: column.width.mul_add(CHARACTER, PADDING).max(least_width(column)),
            align: match column.align {
                Align::Centre => CellAlign::Center,
                Align::Start => CellAlign::Left,
            },
            filtered: false,
            sorted: None,
        })
        .collect()
}

/// Wide enough for the longest word of the heading and for what stands in every cell of the kind.
fn least_width(column: &form::Column) -> f32 {
    let longest = column.heading.split([' ', '\u{ad}', '/']).map(|word| word.chars().count()).max().unwrap_or(0);
    let for_heading = (longest as f32).mul_add(6.6, PADDING);
    let for_cells = match column.kind {
        ColumnKind::Date => 98.0,
        // The letter of a role.
        ColumnKind::Choice if column.align == Align::Centre => 44.0,
        // The longest status is a long word.
        ColumnKind::Choice if column.key == "status" => 106.0,
        ColumnKind::Choice => 84.0,
        ColumnKind::Text | ColumnKind::Number => 60.0,
        ColumnKind::Rating | ColumnKind::Priority | ColumnKind::Class | ColumnKind::Symbol => 44.0,
    };
    for_heading.max(for_cells)
}
