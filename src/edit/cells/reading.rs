//! What a text from elsewhere means in a cell: taken where it is clear, refused with the reason where it is not.

use crate::base::text::{normalized, quoted};
use crate::model::field::Field;
use crate::model::form::{Cell, Form, Target};
use crate::model::home::Home;
use crate::model::item::AnyId;
use crate::model::profile::ScaleRole;
use crate::model::project::Project;
use crate::model::rating::Rating;

use super::super::plan::Refusal;
use super::MOST_CHARACTERS;

/// The text as the cell takes it.
pub(super) fn read(project: &Project, form: &Form, cell: &Cell, text: &str) -> Result<String, Refusal> {
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        return Err(Refusal::new(format!("A cell takes at most {MOST_CHARACTERS} characters")));
    }
    // Control characters but line breaks and tabs come from broken files, never from a person.
    let text: String = text.chars().filter(|char| !char.is_control() || matches!(char, '\n' | '\t')).collect();
    match &cell.target {
        Target::Derived if cell.parts.is_empty() => {
            Err(Refusal::new("The row has nothing yet that this could belong to"))
        }
        Target::Derived => Err(Refusal::new("The cell follows from others")),
        Target::Field { item, field } => match field {
            Field::Severity | Field::SeverityAfter(_) => rating(project, form, *item, ScaleRole::Severity, &text),
            Field::Occurrence | Field::OccurrenceAfter(_) => rating(project, form, *item, ScaleRole::Occurrence, &text),
            Field::Detection | Field::DetectionAfter(_) => rating(project, form, *item, ScaleRole::Detection, &text),
            Field::SpecialClass => class(project, text),
            _ => Ok(text),
        },
        Target::List { .. } | Target::Create { .. } => Ok(text),
    }
}

/// A value of the scale; `7.0` and `7,0` are how spreadsheets may write 7.
fn rating(project: &Project, form: &Form, item: AnyId, role: ScaleRole, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let home = || match project.home(item) {
        Some(Home::Document(document)) => Some(document),
        _ => None,
    };
    let scale = form.document.or_else(home).and_then(|fmea| project.profile(fmea)).and_then(|found| found.scale(role));
    let Some(scale) = scale else { return Ok(text.to_owned()) };
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    if Rating::parse(whole).is_some_and(|rating| scale.fits(&rating)) {
        return Ok(whole.to_owned());
    }
    let ends = |at: Option<&crate::model::profile::Level>| at.map(|level| level.value.to_string()).unwrap_or_default();
    let (first, last) = (ends(scale.levels().first()), ends(scale.levels().last()));
    Err(Refusal::new(format!("{} is not a value of the scale from {first} to {last}", quoted(text))))
}

/// The code of a class, from its code, its printed text or its meaning.
fn class(project: &Project, text: String) -> Result<String, Refusal> {
    let wanted = normalized(&text);
    let Some(set) = project.class_set() else { return Ok(text) };
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    let names =
        |class: &crate::model::class::SpecialClass| [&class.code, &class.text_fallback].map(ToString::to_string);
    let fits = |name: &String| name.trim() == text.trim() || (!wanted.is_empty() && normalized(name) == wanted);
    match set.classes.iter().find(|class| names(class).iter().any(fits)) {
        Some(class) => Ok(class.code.to_string()),
        None => {
            let codes: Vec<&str> =
                set.classes.iter().filter(|class| class.enabled).map(|class| class.code.as_str()).collect();
            Err(Refusal::new(format!("{} is no class of the project. It has: {}", quoted(&text), codes.join(", "))))
        }
    }
}
