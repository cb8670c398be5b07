//! The header of a form of this program, field by field, by the words of its labels.

use crate::base::clock::Date;
use crate::base::{Id, Text};
use crate::exchange::import::account::As;
use crate::exchange::import::build::shared::add_line;
use crate::exchange::import::build::title::phase;
use crate::exchange::import::build::{Builder, key};
use crate::exchange::import::table::{Table, TitleFact};
use crate::exchange::import::workbook::{At, Value};
use crate::model::document::{Approval, Document};
use crate::model::item::{AnyId, Kind};
use crate::model::project_data::{Part, Person, ProjectData};
use crate::model::reference::Ref;

/// The labels of the title of a document.
const TITLE: [&str; 4] = ["Subject", "Item", "Description", "Description of the plan"];

/// What the header calls the document; nothing if it is blank.
pub(super) fn title(table: &Table) -> Option<String> {
    let fact = table.title.iter().find(|fact| TITLE.contains(&fact.label.as_str()))?;
    Some(fact.value.to_string())
}

impl<'t> Builder<'t> {
    /// The title of a form: that of its header, or else of its sheet.
    pub(super) fn own_title(&self, table: &Table) -> String {
        title(table).unwrap_or_else(|| self.title_of(table))
    }

    /// Takes the facts of a header over into a new document.
    pub(super) fn own_header(&mut self, id: Id<Document>, table: &'t Table) {
        let first = table.columns.first().map(|column| column.column).unwrap_or_default();
        let meta = self.origin(table.sheet, At::new(*table.heading_rows.start(), first));
        if let Some(document) = self.documents.get_mut(id) {
            document.meta = meta;
        }
        for fact in &table.title {
            let item = self.own_fact(id, fact, table);
            self.account.imported(table.sheet, fact.at, As::Title(fact.field), item);
        }
    }

    fn own_fact(&mut self, id: Id<Document>, fact: &TitleFact, table: &Table) -> Kind {
        let text = fact.value.to_string();
        let text = text.as_str();
        let is_new = self.is_new();
        let data = &mut self.data;
        let mut of_project = |slot: fn(&mut ProjectData) -> &mut Text, text: &str| {
            let slot = slot(data);
            if slot.is_empty() && is_new {
                *slot = Text::from(text);
            }
            Kind::ProjectData
        };
        match fact.label.as_str() {
            "Organization / plant" => {
                let (organisation, plant) = text.split_once(" / ").unwrap_or((text, ""));
                of_project(|data| &mut data.organisation, organisation);
                of_project(|data| &mut data.plant, plant)
            }
            "Company name" => of_project(|data| &mut data.organisation, text),
            "Manufacturing location" => of_project(|data| &mut data.plant, text),
            "Engineering location" => of_project(|data| &mut data.engineering_location, text),
            "Customer" | "Customer name" => of_project(|data| &mut data.customer, text),
            "Model year(s) / program(s)" => of_project(|data| &mut data.programme, text),
            "Organization code" => of_project(|data| &mut data.supplier_code, text),
            "Part number, name / change level" => {
                for line in text.lines() {
                    let (named, level) = line.rsplit_once(" / ").unwrap_or((line, ""));
                    let (number, name) = named.split_once(' ').unwrap_or((named, ""));
                    self.own_part(number, name, level, fact, table);
                }
                Kind::Part
            }
            "Part number / latest change level" => {
                let names = table.title.iter().find(|fact| fact.label == "Part name / description");
                let names = names.map(|fact| fact.value.to_string()).unwrap_or_default();
                for (at, line) in text.lines().enumerate() {
                    let (number, level) = line.rsplit_once(" / ").unwrap_or((line, ""));
                    // Names that are the same are said once.
                    let has_each = names.lines().count() == text.lines().count();
                    let name = names.lines().nth(if has_each { at } else { 0 }).unwrap_or_default();
                    self.own_part(number, name, level, fact, table);
                }
                Kind::Part
            }
            "Part name / description" => Kind::Part,
            "Core team" | "Cross-functional team" => {
                for member in text.split(", ") {
                    let person = self.member(member, fact, table);
                    if let Some(document) = self.documents.get_mut(id) {
                        document.team.push(Ref::Item(person));
                    }
                }
                Kind::Person
            }
            _ => {
                if let Some(document) = self.documents.get_mut(id) {
                    of_document(document, fact, text);
                }
                Kind::Document
            }
        }
    }

    /// The part of this number, completed by what the header says of it.
    fn own_part(&mut self, number: &str, name: &str, level: &str, fact: &TitleFact, table: &Table) {
        let (level, day) = match level.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
            Some((level, day)) if day.parse::<Date>().is_ok() => (level.trim(), day.parse::<Date>().ok()),
            _ => (level, None),
        };
        let same = |part: &&Part| *part.number == *number;
        if self.project.all::<Part>().any(|part| same(&part)) {
            return;
        }
        let known = self.parts.iter().find(same).map(|part| part.id);
        let id = known.unwrap_or_else(|| {
            let meta = self.origin(table.sheet, fact.at);
            self.new_part(number, meta)
        });
        if let Some(part) = self.parts.get_mut(id) {
            for (slot, text) in [(&mut part.name, name), (&mut part.change_level, level)] {
                if slot.is_empty() {
                    *slot = Text::from(text);
                }
            }
            part.change_date = part.change_date.or(day);
        }
    }

    /// A member of a team: the name, with the discipline in brackets.
    fn member(&mut self, text: &str, fact: &TitleFact, table: &Table) -> Id<Person> {
        let split = text.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        let (name, discipline) = split.unwrap_or((text, ""));
        let known = match self.labelled(name, |person: &Person| person.name.to_string()) {
            Some(AnyId::Person(known)) => Some(known),
            _ => None,
        };
        let id = known.unwrap_or_else(|| {
            let meta = self.origin(table.sheet, fact.at);
            let person = self.new_person(name, meta);
            self.known.labels.insert((Kind::Person, name.to_owned()), person.into());
            person
        });
        if let Some(person) = self.people.get_mut(id)
            && person.discipline.is_empty()
        {
            person.discipline = Text::from(discipline);
        }
        id
    }
}

/// Takes over a fact of the document itself. What is none of its fields is an approval, or stays in its note.
fn of_document(document: &mut Document, fact: &TitleFact, text: &str) {
    let day = || match &fact.value {
        Value::Date(day) => Some(*day),
        value => value.to_string().parse().ok(),
    };
    let header = &mut document.header;
    match fact.label.as_str() {
        label if TITLE.contains(&label) => document.title = Text::from(text),
        "FMEA number" | "Flow number" | "Control plan number" => document.number = Text::from(text),
        label if label.ends_with(" ID number") => document.number = Text::from(text),
        "Confidentiality level" => header.confidentiality = Text::from(text),
        "Process responsibility" | "Design responsibility" => header.responsibility = Text::from(text),
        "Prepared by" => header.prepared_by = Text::from(text),
        "Key contact / phone" => header.key_contact = Text::from(text),
        "Key date" => header.key_date = day(),
        label if label.ends_with("(orig.)") || label.ends_with("start date") => header.start_date = day(),
        label if label.ends_with("(rev.)") || label.ends_with("revision date") => header.revision_date = day(),
        "Scope" => header.scope = Text::from(text),
        "Linked documents" => header.linked_documents = Text::from(text),
        "Exit criteria of safe launch" => header.safe_launch_exit = Text::from(text),
        "Control plan type" => document.phase = phase(text),
        label => {
            let role = label.strip_suffix(" (if required)").unwrap_or(label);
            let Some(role) = role.strip_suffix(" / date") else {
                let note = &mut document.meta.get_or_insert_default().note;
                add_line(note, &format!("{label}: {text}"));
                return;
            };
            document.approvals.extend(text.lines().map(|line| approval(role, line)));
        }
    }
}

/// An approval as a header prints it: who and when, and which if the box does not say it.
fn approval(role: &str, line: &str) -> Approval {
    let (role, line) = match line.split_once(": ") {
        Some((other, rest)) if key(role) == "other approval" => (other, rest),
        _ => (role, line),
    };
    let dated = line.rsplit_once(" / ").and_then(|(name, day)| Some((name, day.parse::<Date>().ok()?)));
    let (name, date) = match (dated, line.parse::<Date>()) {
        (Some((name, day)), _) => (name, Some(day)),
        (None, Ok(day)) => ("", Some(day)),
        (None, Err(_)) => (line, None),
    };
    Approval { role: Text::from(role), name: Text::from(name), date }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approvals_read_back() {
        let day = Some(Date::constant(2026, 10, 6));
        let read = |role, line| {
            let Approval { role, name, date } = approval(role, line);
            (role.to_string(), name.to_string(), date)
        };
        assert_eq!(read("Plant manager", "S. Brock / 2026-10-06"), ("Plant manager".into(), "S. Brock".into(), day));
        assert_eq!(
            read("Other approval", "Product safety: L. Thoma / 2026-10-06"),
            ("Product safety".into(), "L. Thoma".into(), day)
        );
        assert_eq!(read("Process owner", "A / B"), ("Process owner".into(), "A / B".into(), None));
    }
}
