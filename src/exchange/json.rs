//! The flat form as JSON for other programs: an array of objects, one per line of the flat form, under the same headings.
//!
//! Ratings and numbers are numbers where they are whole or decimal ones, days are `YYYY-MM-DD`, and what is not filled in is
//! `null`. Every object says by `row_id`, `second_row_id` and `block_id` which items of the project it shows; these never change.
//! [`schema`](super::schema) describes the objects.

use serde_json::{Map, Number, Value};

use crate::base::decimal::Decimal;
use crate::model::form::{ColumnKind, Form};
use crate::model::{AnyId, Project};

use super::flat;

/// The keys of the identities, before those of the columns.
pub const IDENTITIES: [(&str, &str); 3] = [
    (
        "row_id",
        "Identity of the item that the line shows: a risk (cause), a step, a control-plan row, an action, a characteristic",
    ),
    ("second_row_id", "Identity of a second item that tells lines of one item apart; null where there is none"),
    ("block_id", "Identity of the process step, structure element or entry under which the line stands"),
];

/// The lines of blocks of a form.
pub fn rows(project: &Project, form: &Form, blocks: &[AnyId]) -> Value {
    let headings = flat::headings(form);
    let mut rows = Vec::new();
    for key in blocks {
        for (id, line) in flat::records(form, &form.block(project, *key)) {
            let mut row = Map::new();
            let part = id.part.map_or(Value::Null, |part| Value::String(part.to_string()));
            let identities = [Value::String(id.item.to_string()), part, Value::String(key.to_string())];
            row.extend(IDENTITIES.iter().zip(identities).map(|((key, _), value)| ((*key).to_owned(), value)));
            let values = form.columns.iter().zip(line).map(|(column, text)| value(column.kind, text));
            row.extend(headings.iter().cloned().zip(values));
            rows.push(Value::Object(row));
        }
    }
    Value::Array(rows)
}

fn value(kind: ColumnKind, text: String) -> Value {
    if text.is_empty() {
        return Value::Null;
    }
    let number = if kind.is_number() { number(&text) } else { None };
    number.map_or(Value::String(text), Value::Number)
}

/// A text that is nothing but a number.
fn number(text: &str) -> Option<Number> {
    let decimal = Decimal::parse(text).ok()?;
    match decimal.as_str().parse::<i64>() {
        Ok(whole) => Some(whole.into()),
        Err(_) => Number::from_f64(decimal.value()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_types_of_their_columns() {
        let of = |kind, text: &str| value(kind, text.to_owned()).to_string();
        assert_eq!(of(ColumnKind::Rating, "7"), "7");
        assert_eq!(of(ColumnKind::Rating, "A"), "\"A\"");
        assert_eq!(of(ColumnKind::Number, "8.50"), "8.5");
        assert_eq!(of(ColumnKind::Number, ""), "null");
        assert_eq!(of(ColumnKind::Text, "10"), "\"10\"");
        assert_eq!(of(ColumnKind::Date, "2026-11-24"), "\"2026-11-24\"");
    }
}
