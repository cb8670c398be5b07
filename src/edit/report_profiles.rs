//! Report profiles: what a person says about the paper.

use crate::base::text::{normalized, quoted};
use crate::base::{Id, Text};
use crate::model::field::Field;
use crate::model::form::FormKind;
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::report_profile::{LeftOut, Orientation, PageNumbers, Paper, ReportProfile, TextSize, is_path_below};

use super::plan::{Refusal, Transaction, existing};
use super::set_field::read_choice;

/// The name of a new profile: one that no other has.
pub(super) fn new_name(project: &Project) -> String {
    let is_free = |name: &String| project.report_profile_named(name).is_none();
    let numbered = (2..).map(|number| format!("Report profile {number}"));
    std::iter::once("Report profile".to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// The values a field can be chosen from.
pub(super) fn choices(field: Field) -> Vec<String> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match field {
        Field::Paper => names(&Paper::ALL.map(Paper::name)),
        Field::Orientation => names(&Orientation::ALL.map(Orientation::name)),
        Field::PageNumbers => names(&PageNumbers::ALL.map(PageNumbers::name)),
        _ => Vec::new(),
    }
}

/// Writes a text into a field of a profile.
pub(super) fn set(project: &Project, profile: &mut ReportProfile, field: Field, text: &str) -> Result<(), Refusal> {
    match field {
        Field::Name => {
            profile.name = Text::from(name(project, profile.id, text)?);
        }
        Field::Paper => profile.paper = read_choice(text, &Paper::ALL, Paper::name)?,
        Field::Orientation => profile.orientation = read_choice(text, &Orientation::ALL, Orientation::name)?,
        Field::PageNumbers => profile.page_numbers = read_choice(text, &PageNumbers::ALL, PageNumbers::name)?,
        Field::TextSize => {
            profile.text_size = TextSize::parse(text).ok_or_else(|| {
                let (least, most) = (TextSize::SMALLEST, TextSize::LARGEST);
                Refusal::new(format!("{} is not a size from {least} to {most} points. Write it as 6.5", quoted(text)))
            })?;
        }
        Field::Language => profile.language = Text::from(text),
        Field::Logo => {
            if !text.is_empty() && !is_path_below(text) {
                return Err(Refusal::new(format!(
                    "{} does not lie in the project folder. Write the path from there on, such as attachments/logo.png",
                    quoted(text)
                )));
            }
            profile.logo = Text::from(text);
        }
        Field::Footer => profile.footer = Text::from(text),
        Field::Confidentiality => profile.confidentiality = Text::from(text),
        _ => return Err(Refusal::new(format!("A report profile has no {}", field.label()))),
    }
    Ok(())
}

/// A name by which a profile can be told from the others.
fn name<'t>(project: &Project, id: Id<ReportProfile>, text: &'t str) -> Result<&'t str, Refusal> {
    if text.is_empty() {
        return Err(Refusal::new("A report profile is chosen by its name. Give it one"));
    }
    let wanted = normalized(text);
    let others = project.all::<ReportProfile>().filter(|profile| profile.id != id);
    match others.map(|profile| normalized(&profile.name)).find(|known| *known == wanted) {
        Some(_) => Err(Refusal::new(format!("There is a report profile {} already", quoted(text)))),
        None => Ok(text),
    }
}

/// Plans which columns of a form are not printed.
pub(super) fn set_left_out(
    project: &Project,
    id: Id<ReportProfile>,
    form: FormKind,
    columns: &[Text],
) -> Result<Transaction, Refusal> {
    let mut profile = existing(project, id)?.clone();
    let mut left_out: Vec<Text> = Vec::new();
    for column in columns {
        if !column.is_blank() && !left_out.contains(column) {
            left_out.push(column.clone());
        }
    }
    match profile.left_out.iter_mut().find(|known| known.form == form) {
        Some(known) => known.columns = left_out,
        None => profile.left_out.push(LeftOut { form, columns: left_out }),
    }
    profile.left_out.retain(|left_out| !left_out.columns.is_empty());
    let label = format!("Choose the printed columns of {}", quoted(&profile.name));
    Ok(Transaction::new(label, vec![Op::Put(profile.into())]).focus(id, None))
}
