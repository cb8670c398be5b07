//! User-defined fields: what values of a type look like, and what becomes of values when the type changes.

use crate::base::decimal::Decimal;
use crate::base::text::{normalized, quoted};
use crate::base::{Id, Text};
use crate::model::project::Project;
use crate::model::project_data::{UserField, UserFieldType};

use super::dates::read_date;
use super::plan::Refusal;

/// A value as it is kept, read from what was typed.
pub(super) fn value(project: &Project, field: Id<UserField>, text: &str) -> Result<Text, Refusal> {
    match project.get(field) {
        Some(declared) => read(&declared.value_type, text),
        None => Ok(Text::from(text)),
    }
}

fn read(value_type: &UserFieldType, text: &str) -> Result<Text, Refusal> {
    if text.is_empty() {
        return Ok(Text::default());
    }
    match value_type {
        UserFieldType::Text => Ok(Text::from(text)),
        UserFieldType::Number => Decimal::parse(text)
            .map(|number| Text::from(number.as_str()))
            .map_err(|_| Refusal::new(format!("{} is not a number. Write it as 12.5", quoted(text)))),
        UserFieldType::Date => Ok(read_date(text)?.map(|date| Text::from(date.to_string())).unwrap_or_default()),
        UserFieldType::Choice(values) => {
            let wanted = normalized(text);
            let found = values.iter().find(|value| normalized(value) == wanted);
            found.cloned().ok_or_else(|| {
                let known: Vec<&str> = values.iter().map(Text::as_str).collect();
                Refusal::new(format!("{} is none of the choices: {}", quoted(text), known.join(", ")))
            })
        }
    }
}

/// The type that a field shall have, by its name.
pub(super) fn typed(project: &Project, field: &UserField, name: &str) -> Result<UserFieldType, Refusal> {
    let wanted = normalized(name);
    let found = UserFieldType::names().into_iter().find(|known| normalized(known) == wanted);
    let value_type = match found {
        Some("Number") => UserFieldType::Number,
        Some("Date") => UserFieldType::Date,
        // What is there already is a good beginning of a list.
        Some("Choice") => match &field.value_type {
            UserFieldType::Choice(values) => UserFieldType::Choice(values.clone()),
            _ => UserFieldType::Choice(values_of(project, field.id)),
        },
        Some(_) => UserFieldType::Text,
        None => return Err(Refusal::new(format!("{} is none of text, number, date and choice", quoted(name)))),
    };
    fits(project, field.id, &value_type)?;
    Ok(value_type)
}

/// The choices that a field shall have, separated by semicolons or line ends.
pub(super) fn choices(project: &Project, field: &UserField, text: &str) -> Result<UserFieldType, Refusal> {
    let mut values: Vec<Text> = Vec::new();
    for value in text.split([';', '\n']).map(str::trim).filter(|value| !value.is_empty()) {
        if values.iter().all(|known| normalized(known) != normalized(value)) {
            values.push(Text::from(value));
        }
    }
    let value_type = UserFieldType::Choice(values);
    fits(project, field.id, &value_type)?;
    Ok(value_type)
}

/// The different values that items have in a field, in the order of the alphabet.
fn values_of(project: &Project, field: Id<UserField>) -> Vec<Text> {
    let mut values: Vec<Text> = project.items().filter_map(|item| item.meta()?.value(field).cloned()).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Values that are there already keep their meaning, or the type is refused.
fn fits(project: &Project, field: Id<UserField>, value_type: &UserFieldType) -> Result<(), Refusal> {
    let bad: Vec<Text> =
        values_of(project, field).into_iter().filter(|value| read(value_type, value).is_err()).collect();
    let Some(first) = bad.first() else { return Ok(()) };
    let more = if bad.len() > 1 { format!(" and {} other values", bad.len() - 1) } else { String::new() };
    Err(Refusal::new(format!("{}{more} would not fit. Change what they say first", quoted(first))))
}
