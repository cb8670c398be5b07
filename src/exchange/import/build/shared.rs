//! What all documents share: people, equipment, own fields, the documents themselves; and notes for what has no field.

use std::collections::{HashMap, HashSet};

use crate::base::{Id, Text};
use crate::exchange::import::account::As;
use crate::exchange::import::table::{Left, Record};
use crate::exchange::import::workbook::Value;
use crate::model::Project;
use crate::model::document::{Document, DocumentKind, free_file};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::item::{AnyId, Kind};
use crate::model::meta::Meta;
use crate::model::project_data::{Part, Person, UserField, UserFieldType};

use super::lines::{Lines, Said, is_dash, written};
use super::{Builder, key};

/// What shared items are found by.
pub(super) struct Known {
    people: HashMap<String, Id<Person>>,
    equipment: HashMap<String, Id<Equipment>>,
    fields: HashMap<(Kind, String), Id<UserField>>,
    /// By exactly what our own forms call them.
    pub labels: HashMap<(Kind, String), AnyId>,
    /// The kinds of which those of the project are among the labels.
    pub listed: HashSet<Kind>,
}

impl Known {
    pub fn new(project: &Project) -> Self {
        let equipment = project.all::<Equipment>();
        Self {
            people: project.all::<Person>().map(|person| (key(&person.name), person.id)).collect(),
            equipment: equipment
                .flat_map(|found| [(key(&found.name), found.id), (key(&found.label()), found.id)])
                .collect(),
            labels: HashMap::new(),
            listed: HashSet::new(),
            fields: project.all::<UserField>().map(|field| ((field.on, key(&field.name)), field.id)).collect(),
        }
    }
}

impl Builder<'_> {
    /// A new document.
    pub fn new_document(&mut self, kind: DocumentKind, title: &str) -> Id<Document> {
        let order = self.next_in_list::<Document>();
        let taken = |name: &str| {
            let mut files = self.project.all::<Document>().chain(self.documents.iter());
            files.any(|document| *document.file == *name)
        };
        let file = free_file(kind, title, taken);
        let document = Document::draft(self.ids.next_id(), order, kind, &file, title);
        self.documents.put(document)
    }

    /// The person of this name.
    pub fn person(&mut self, name: &str, origin: Option<Box<Meta>>) -> Id<Person> {
        let name_key = key(name);
        if let Some(known) = self.known.people.get(&name_key) {
            return *known;
        }
        let person = self.new_person(name, origin);
        self.known.people.insert(name_key, person);
        person
    }

    /// A further person.
    pub fn new_person(&mut self, name: &str, meta: Option<Box<Meta>>) -> Id<Person> {
        let person = Person {
            id: self.ids.next_id(),
            order: self.next_in_list::<Person>(),
            name: Text::from(name),
            role: Text::default(),
            discipline: Text::default(),
            contact: Text::default(),
            meta,
        };
        self.people.put(person)
    }

    /// A further part.
    pub fn new_part(&mut self, number: &str, meta: Option<Box<Meta>>) -> Id<Part> {
        let part = Part {
            id: self.ids.next_id(),
            order: self.next_in_list::<Part>(),
            number: Text::from(number),
            name: Text::default(),
            change_level: Text::default(),
            change_date: None,
            drawing: Text::default(),
            meta,
        };
        self.parts.put(part)
    }

    /// A further piece of equipment, by name and number.
    pub fn new_equipment(
        &mut self,
        (name, asset_number): (&str, &str),
        kind: EquipmentKind,
        meta: Option<Box<Meta>>,
    ) -> Id<Equipment> {
        let equipment = Equipment {
            id: self.ids.next_id(),
            order: self.next_in_list::<Equipment>(),
            kind,
            name: Text::from(name),
            asset_number: Text::from(asset_number),
            challenge_part: Text::default(),
            verification_frequency: Text::default(),
            meta,
        };
        self.equipment.put(equipment)
    }

    /// The equipment of this name, or name and asset number.
    pub fn equipment(&mut self, name: &str, kind: EquipmentKind, origin: Option<Box<Meta>>) -> Id<Equipment> {
        let name_key = key(name);
        if let Some(known) = self.known.equipment.get(&name_key) {
            return *known;
        }
        let equipment = self.new_equipment((name, ""), kind, origin);
        self.known.equipment.insert(name_key, equipment);
        equipment
    }

    /// The user-defined field of this name, if there is one.
    pub fn user_field_of(&self, on: Kind, name: &str) -> Option<Id<UserField>> {
        self.known.fields.get(&(on, key(name))).copied()
    }

    /// The user-defined field of this name, made if it is new.
    pub fn user_field(&mut self, on: Kind, name: &str) -> Id<UserField> {
        let field_key = (on, key(name));
        if let Some(known) = self.known.fields.get(&field_key) {
            return *known;
        }
        let field = UserField {
            id: self.ids.next_id(),
            order: self.next_in_list::<UserField>(),
            on,
            name: Text::from(name),
            value_type: UserFieldType::Text,
            meta: None,
        };
        self.known.fields.insert(field_key, field.id);
        self.fields.put(field)
    }

    /// What a line says in columns that become user-defined fields of a kind, and tells of it.
    pub fn own_values(&mut self, lines: &Lines<'_>, record: &Record, on: Kind) -> Vec<(Id<UserField>, Text)> {
        let mut values = Vec::new();
        for (position, name) in &lines.own {
            if let Some(said) = Lines::own(record, *position) {
                let field = self.user_field(on, name);
                self.account.imported(lines.sheet, said.at, As::Own(name.clone()), on);
                values.push((field, Text::from(said.text)));
            }
        }
        values
    }

    /// Leaves all that a line says, for one reason.
    pub fn leave_line(&mut self, lines: &Lines<'_>, record: &Record, reason: &str) {
        for entry in record.entries.iter().flatten() {
            if !matches!(entry.value, Value::Fault(_)) && !is_dash(&written(&entry.value)) {
                self.account.left(lines.sheet, entry.at, Left::Other(reason.to_owned()));
            }
        }
    }

    /// A value under the heading of its column, as that of a user-defined field.
    pub fn kept(&mut self, lines: &Lines<'_>, said: &Said<'_>, on: Kind) -> (Id<UserField>, Text) {
        let name = lines.heading(said.field);
        let field = self.user_field(on, &name);
        self.account.imported(lines.sheet, said.at, As::Own(name), on);
        (field, Text::from(said.text.as_str()))
    }
}

/// Adds values of user-defined fields; further values of a field go below those it has.
pub(super) fn add_values(meta: &mut Option<Box<Meta>>, values: Vec<(Id<UserField>, Text)>) {
    if values.is_empty() {
        return;
    }
    let meta = meta.get_or_insert_default();
    for (field, value) in values {
        match meta.values.iter_mut().find(|(known, _)| *known == field) {
            Some((_, known)) => add_line(known, &value),
            None => meta.values.push((field, value)),
        }
    }
}

/// Adds a line to a text, unless the text has it.
pub(super) fn add_line(text: &mut Text, line: &str) {
    if text.is_empty() {
        *text = Text::from(line);
    } else if **text != *line && !text.lines().any(|known| known == line) && !text.ends_with(&format!("\n{line}")) {
        *text = Text::from(format!("{text}\n{line}"));
    }
}

/// Adds a line to the note of an item.
pub(super) fn add_note(meta: &mut Option<Box<Meta>>, line: &str) {
    add_line(&mut meta.get_or_insert_default().note, line);
}
