//! The cells of a form by the fields of their columns.

use std::collections::HashMap;

use crate::base::clock::Date;
use crate::base::{Id, Text};
use crate::exchange::import::account::As;
use crate::exchange::import::build::Builder;
use crate::exchange::import::table::{Entry, Field, Left, Meaning, OwnForm, Record, Table};
use crate::exchange::import::workbook::{At, Sheet, Value};
use crate::model::applicability::{ALL_PARTS, Applicability, NO_PART};
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::meta::Meta;
use crate::model::project_data::{Part, UserField, UserFieldType};
use crate::model::reference::Ref;

/// A form of this program, cell by cell.
pub(super) struct Cells<'t> {
    pub table: &'t Table,
    /// Index of the sheet.
    pub sheet: usize,
    grid: &'t Sheet,
    positions: HashMap<Field, usize>,
    /// The user-defined fields: position, what they belong to, the field, and its name.
    own: Vec<(usize, Kind, Id<UserField>, String)>,
}

impl<'t> Cells<'t> {
    /// The cells of a table; `on` is what a field belongs to that somebody added in the workbook.
    pub fn new(builder: &mut Builder<'t>, table: &'t Table, own_form: &OwnForm, on: Kind) -> Self {
        let grid = &builder.workbook.sheets[table.sheet];
        let (mut positions, mut own) = (HashMap::new(), Vec::new());
        let mut times: HashMap<(Kind, &str), usize> = HashMap::new();
        for (position, column) in table.columns.iter().enumerate() {
            match column.meaning {
                Meaning::Field(field) => {
                    positions.entry(field).or_insert(position);
                }
                Meaning::Own => {
                    let known = own_form.own_fields.get(&column.column).cloned();
                    let (on, value_type) = known.unwrap_or((on, UserFieldType::Text));
                    let nth = times.entry((on, &column.heading)).or_default();
                    let field = builder.own_field(on, &column.heading, value_type, *nth);
                    *nth += 1;
                    own.push((position, on, field, column.heading.clone()));
                }
                Meaning::Ignored => {}
            }
        }
        Self { table, sheet: table.sheet, grid, positions, own }
    }

    /// Whether the form has a column for a field.
    pub fn has(&self, field: Field) -> bool {
        self.positions.contains_key(&field)
    }

    fn entry(&self, record: &'t Record, field: Field) -> Option<&'t Entry> {
        record.entries.get(*self.positions.get(&field)?)?.as_ref()
    }

    /// What the form prints in a field.
    pub fn text(&self, record: &'t Record, field: Field) -> String {
        self.entry(record, field).map(|entry| entry.value.to_string()).unwrap_or_default()
    }

    /// The lines of a cell that shows a list; none if it is blank.
    pub fn lines(&self, record: &'t Record, field: Field) -> Vec<String> {
        let text = self.text(record, field);
        if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() }
    }

    /// The day that a cell says.
    pub fn day(&self, record: &'t Record, field: Field) -> Option<Date> {
        match &self.entry(record, field)?.value {
            Value::Date(day) => Some(*day),
            value => value.to_string().parse().ok(),
        }
    }

    /// The cell of a field in a row.
    pub fn at(&self, record: &Record, field: Field) -> At {
        let column = self.positions.get(&field).and_then(|position| self.table.columns.get(*position));
        At::new(record.row, column.map_or(0, |column| column.column))
    }

    /// Whether the cell of a field begins in this row: also a blank one may be merged.
    pub fn begins(&self, record: &Record, field: Field) -> bool {
        self.grid.merge_of(self.at(record, field)).is_none_or(|area| area.first.row == record.row)
    }

    /// Whether a row says something in user-defined fields of a kind.
    pub fn says_own(&self, record: &'t Record, kind: Kind) -> bool {
        self.own
            .iter()
            .any(|(position, on, ..)| *on == kind && record.entries.get(*position).is_some_and(Option::is_some))
    }

    /// Whether a row says something in one of some fields.
    pub fn says(&self, record: &'t Record, fields: &[Field]) -> bool {
        fields.iter().any(|field| self.entry(record, *field).is_some())
    }
}

impl<'t> Builder<'t> {
    /// Tells that what a row says in some fields stands in the project, at items of a kind.
    pub(super) fn told(&mut self, cells: &Cells<'t>, record: &'t Record, fields: &[Field], item: Kind) {
        for field in fields {
            if let Some(entry) = cells.entry(record, *field) {
                self.account.imported(cells.sheet, entry.at, As::Field(*field), item);
            }
        }
    }

    /// Where an item begins.
    pub(super) fn begun(&self, cells: &Cells<'_>, record: &Record, field: Field) -> Option<Box<Meta>> {
        self.origin(cells.sheet, cells.at(record, field))
    }

    /// What a row says in user-defined fields of a kind.
    pub(super) fn own_cells(
        &mut self,
        cells: &Cells<'t>,
        record: &'t Record,
        kind: Kind,
        meta: &mut Option<Box<Meta>>,
    ) {
        for (position, on, field, name) in &cells.own {
            let Some(entry) = record.entries.get(*position).and_then(Option::as_ref).filter(|_| *on == kind) else {
                continue;
            };
            self.account.imported(cells.sheet, entry.at, As::Own(name.clone()), kind);
            let values = &mut meta.get_or_insert_default().values;
            if values.iter().all(|(known, _)| known != field) {
                values.push((*field, Text::from(entry.value.to_string())));
            }
        }
    }

    /// What a further row of an item says again in user-defined fields of a kind.
    pub(super) fn repeated_own_cells(
        &mut self,
        cells: &Cells<'t>,
        record: &'t Record,
        kind: Kind,
        meta: Option<&Meta>,
    ) {
        for (position, on, field, name) in &cells.own {
            let Some(entry) = record.entries.get(*position).and_then(Option::as_ref).filter(|_| *on == kind) else {
                continue;
            };
            if meta.and_then(|meta| meta.value(*field)).is_some_and(|known| **known == *entry.value.to_string()) {
                self.account.imported(cells.sheet, entry.at, As::Own(name.clone()), kind);
            } else if self.account.fate(cells.sheet, entry.at).is_none() {
                let reason = format!("the first row of the {} says something else", kind.noun());
                self.account.left(cells.sheet, entry.at, Left::Other(reason));
            }
        }
    }

    /// The field of this name, or the n-th one of that name, made if there is none.
    fn own_field(&mut self, on: Kind, name: &str, value_type: UserFieldType, nth: usize) -> Id<UserField> {
        let same = |field: &&UserField| field.on == on && *field.name == *name;
        let known =
            self.project.all_in_order::<UserField>().into_iter().filter(same).chain(self.fields.iter().filter(same));
        if let Some(known) = known.map(|field| field.id).nth(nth) {
            return known;
        }
        let field = UserField {
            id: self.ids.next_id(),
            order: self.next_in_list::<UserField>(),
            on,
            name: Text::from(name),
            value_type,
            meta: None,
        };
        self.fields.put(field)
    }

    /// The parts that a row applies to.
    pub(super) fn applies_to(&mut self, cells: &Cells<'t>, record: &'t Record, item: Kind) -> Applicability {
        self.told(cells, record, &[Field::AppliesTo], item);
        let lines = cells.lines(record, Field::AppliesTo);
        match lines.as_slice() {
            // A part that is gone, of which nobody knows what it was called.
            [] if cells.has(Field::AppliesTo) => Applicability::Parts(vec![self.lost("").to]),
            [] => Applicability::AllParts,
            [only] if only == ALL_PARTS => Applicability::AllParts,
            [only] if only == NO_PART => Applicability::Parts(Vec::new()),
            _ => Applicability::Parts(lines.iter().map(|line| Ref::Item(self.part_named(line))).collect()),
        }
    }

    /// The item of the project, or of the workbook, that our forms call so.
    pub(super) fn labelled<T: Entity>(&mut self, label: &str, of: impl Fn(&T) -> String) -> Option<AnyId> {
        let project = self.project;
        // What the project has is listed when it is first asked for.
        if self.known.listed.insert(T::KIND) {
            for item in project.all::<T>() {
                self.known.labels.entry((T::KIND, of(item))).or_insert_with(|| T::any(item.id()));
            }
        }
        self.known.labels.get(&(T::KIND, label.to_owned())).copied()
    }

    /// The part of this number, made if there is none.
    fn part_named(&mut self, number: &str) -> Id<Part> {
        let same = |part: &&Part| *part.number == *number;
        let known = self.project.all::<Part>().find(same).or_else(|| self.parts.iter().find(same));
        if let Some(known) = known {
            return known.id;
        }
        self.new_part(number, None)
    }
}
