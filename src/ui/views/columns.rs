//! Columns of a form as columns of the grid.

use std::sync::Arc;

use crate::model::form::{self, Align, ColumnKind, Form, FormKind, ListKind};
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
        ColumnKind::Choice => 84.0,
        ColumnKind::Text => 60.0,
        ColumnKind::Rating | ColumnKind::Priority | ColumnKind::Class | ColumnKind::Symbol => 44.0,
    };
    for_heading.max(for_cells)
}

/// Which columns an editor shows at first: those that people rarely fill wait until they are asked for.
pub fn is_shown_first(key: &str) -> bool {
    !matches!(key, "issue_number" | "history" | "filter_code" | "special_class_after")
}

/// How many columns stay while the others scroll: up to the name of what the rows are about.
pub fn frozen(form: &Form) -> usize {
    let last = match form.kind {
        FormKind::List(ListKind::Actions) => "action",
        FormKind::List(ListKind::Characteristics | ListKind::CharacteristicMatrix) => "characteristic",
        FormKind::ControlPlan => "plan_row",
        _ => "process_step",
    };
    form.column(last).map_or(0, |last| last + 1)
}
