//! The header block: facts of the document, of the project and of the part.

use crate::base::clock::Date;
use crate::base::dates;
use crate::base::text::normalized;
use crate::base::{Id, Text};
use crate::exchange::import::account::As;
use crate::exchange::import::table::{Left, Table, TitleFact, TitleField};
use crate::exchange::import::workbook::{At, Value};
use crate::model::document::{Approval, Document, Phase};
use crate::model::item::Kind;
use crate::model::project_data::Part;
use crate::model::reference::Ref;

use super::lines::{is_dash, written};
use super::shared::add_note;
use super::{Builder, key, words};

impl Builder<'_> {
    /// The title of the document of a table: its subject, the part, or the name of the sheet.
    pub fn title_of(&self, table: &Table) -> String {
        let said = |field| {
            let fact = table.title.iter().find(|fact| fact.field == field)?;
            let text = written(&fact.value);
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!is_dash(&text)).then_some(line)
        };
        let of_sheet = || {
            let sheet =
                self.workbook.sheets.get(table.sheet).map(|sheet| sheet.name.trim().to_owned()).unwrap_or_default();
            let stem = self.workbook.file.rsplit_once('.').map_or(&*self.workbook.file, |(stem, _)| stem).to_owned();
            let says_nothing =
                ["", "sheet1", "sheet", "tabelle1", "feuil1", "hoja1", "foglio1", "planilha1", "arkusz1"];
            if says_nothing.contains(&sheet.to_lowercase().as_str()) || self.workbook.sheets.len() == 1 {
                stem
            } else {
                sheet
            }
        };
        said(TitleField::Subject).or_else(|| said(TitleField::PartName)).unwrap_or_else(of_sheet)
    }

    /// Leaves the header of a table without lines.
    pub fn leave_title(&mut self, table: &Table) {
        for fact in &table.title {
            self.account.left(table.sheet, fact.at, Left::Other("the table below has no lines".to_owned()));
        }
    }

    /// Takes the facts of a header over into a new document.
    pub fn header(&mut self, id: Id<Document>, table: &Table) {
        let origin = table
            .columns
            .first()
            .and_then(|column| self.origin(table.sheet, At::new(*table.heading_rows.start(), column.column)));
        if let Some(document) = self.documents.get_mut(id) {
            document.meta = origin;
        }
        self.part(id, table);
        for fact in &table.title {
            let text = written(&fact.value);
            if is_dash(&text) {
                self.account.left(table.sheet, fact.at, Left::Other("a sign that nothing is written".to_owned()));
                continue;
            }
            let item = self.fact(id, table, fact, &text);
            self.account.imported(table.sheet, fact.at, As::Title(fact.field), item);
        }
        if let Some(document) = self.documents.get(id)
            && table.title.is_empty()
            && document.title.is_empty()
        {
            self.account.remark(table.sheet, None, "there is no header block above the table");
        }
    }

    /// Takes over one fact; the kind of item that holds it now. What no field can hold is noted at the document.
    fn fact(&mut self, id: Id<Document>, table: &Table, fact: &TitleFact, text: &str) -> Kind {
        use TitleField as F;
        let is_new = self.is_new();
        let of_project = match fact.field {
            F::Organisation => Some(&mut self.data.organisation),
            F::Plant => Some(&mut self.data.plant),
            F::SupplierCode => Some(&mut self.data.supplier_code),
            F::Customer => Some(&mut self.data.customer),
            F::Programme => Some(&mut self.data.programme),
            _ => None,
        };
        if let Some(known) = of_project {
            if known.is_empty() && is_new {
                *known = Text::from(text);
            }
            if key(known) == key(text) {
                return Kind::ProjectData;
            }
        }
        if matches!(fact.field, F::PartNumber | F::PartName | F::PartNumberAndChangeLevel | F::ChangeLevel | F::Drawing)
        {
            return Kind::Part;
        }
        if fact.field == F::Team {
            self.team(id, table, fact, text);
            return Kind::Person;
        }
        let day = || match &fact.value {
            Value::Date(day) => Some(*day),
            _ => dates::read(text).day(),
        };
        let Some(document) = self.documents.get_mut(id) else { return Kind::Document };
        let header = &mut document.header;
        let set_day = |slot: &mut Option<Date>| {
            *slot = day();
            slot.is_some()
        };
        let stands = match fact.field {
            F::DocumentNumber => set(&mut document.number, text),
            F::Subject => key(&document.title) == key(text) || set(&mut header.scope, text),
            F::Responsibility => set(&mut header.responsibility, text),
            F::PreparedBy => set(&mut header.prepared_by, text),
            F::KeyContact => set(&mut header.key_contact, text),
            F::Confidentiality => set(&mut header.confidentiality, text),
            F::Programme => set(&mut header.programme, text),
            F::StartDate => set_day(&mut header.start_date),
            F::RevisionDate => set_day(&mut header.revision_date),
            F::KeyDate => set_day(&mut header.key_date),
            F::ApprovedBy => {
                document.approvals.push(Approval {
                    role: Text::from(fact.label.as_str()),
                    name: Text::from(text),
                    date: None,
                });
                true
            }
            F::Phase => match phase(text) {
                Some(phase) => {
                    document.phase = Some(phase);
                    true
                }
                None => false,
            },
            _ => false,
        };
        if !stands {
            add_note(&mut document.meta, &format!("{}: {text}", fact.label));
        }
        Kind::Document
    }

    /// The phase of a control plan by the boxes ticked above it, where no label names it.
    pub fn ticked_phase(&mut self, id: Id<Document>, table: &Table) -> Option<Phase> {
        let sheet = self.workbook.sheets.get(table.sheet)?;
        let above = sheet.cells().take_while(|(at, _)| at.row < *table.heading_rows.start());
        let beside = |at: At| {
            let next = [at.column.checked_sub(1), at.column.checked_add(1)].into_iter().flatten();
            next.filter_map(|column| sheet.cell(At::new(at.row, column)).map(|cell| (At::new(at.row, column), cell)))
                .find(|(_, cell)| is_tick_mark(&cell.value.to_string()))
                .map(|(at, _)| at)
        };
        let mut found: Vec<(Phase, At, Option<At>)> = Vec::new();
        for (at, cell) in above {
            let text = cell.value.to_string();
            if let Some(phase) = phase(&text).filter(|_| text.chars().count() <= 120) {
                let tick = beside(at);
                if tick.is_some() || has_tick(&text) {
                    found.push((phase, at, tick));
                }
            }
        }
        let [(phase, at, tick)] = found[..] else { return None };
        self.documents.get_mut(id)?.phase = Some(phase);
        for at in [Some(at), tick].into_iter().flatten() {
            self.account.imported(table.sheet, at, As::Title(TitleField::Phase), Kind::Document);
        }
        Some(phase)
    }

    fn team(&mut self, id: Id<Document>, table: &Table, fact: &TitleFact, text: &str) {
        let separators: &[char] = if text.contains(['\n', ';']) { &['\n', ';'] } else { &[','] };
        let names: Vec<&str> = text
            .split(separators)
            .map(|name| name.trim().trim_end_matches(','))
            .filter(|name| !name.is_empty())
            .collect();
        for name in names {
            let origin = self.origin(table.sheet, fact.at);
            let person = self.person(name, origin);
            if let Some(document) = self.documents.get_mut(id)
                && document.team.iter().all(|known| known.id() != person)
            {
                document.team.push(Ref::Item(person));
            }
        }
    }

    /// The part that a header names, made if the project has none of this number or name.
    fn part(&mut self, id: Id<Document>, table: &Table) {
        use TitleField as F;
        let said = |field: F| {
            let fact = table.title.iter().find(|fact| fact.field == field)?;
            let text = written(&fact.value);
            (!is_dash(&text)).then_some((text, fact))
        };
        let joined = said(F::PartNumberAndChangeLevel);
        let (number, level) = match &joined {
            Some((text, _)) => match text.split_once([' ', '/']) {
                Some((number, level)) if text.matches('/').count() == 1 && text.contains('/') => {
                    let (number, level) = text.split_once('/').unwrap_or((number, level));
                    (Some(number.trim().to_owned()), Some(level.trim().to_owned()))
                }
                _ => (Some(text.clone()), None),
            },
            None => (None, None),
        };
        let number = said(F::PartNumber).map(|(text, _)| text).or(number);
        let level = said(F::ChangeLevel).map(|(text, _)| text).or(level);
        let name = said(F::PartName).map(|(text, _)| text);
        let drawing = said(F::Drawing).map(|(text, _)| text);
        if [&number, &level, &name, &drawing].iter().all(|text| text.is_none()) {
            return;
        }
        let wanted = number.as_deref().map(key).unwrap_or_default();
        let wanted_name = name.as_deref().map(key).unwrap_or_default();
        let same = |part: &&Part| {
            if wanted.is_empty() {
                !wanted_name.is_empty() && key(&part.name) == wanted_name
            } else {
                key(&part.number) == wanted
            }
        };
        let known = self.parts.iter().find(same).or_else(|| self.project.all::<Part>().find(same)).map(|part| part.id);
        let part = known.unwrap_or_else(|| {
            let first = [F::PartNumber, F::PartNumberAndChangeLevel, F::PartName, F::ChangeLevel, F::Drawing];
            let at = first.into_iter().find_map(said).map(|(_, fact)| fact.at);
            let meta = at.and_then(|at| self.origin(table.sheet, at));
            self.new_part("", meta)
        });
        let facts =
            [(number, "Part number", 0), (name, "Part name", 1), (level, "Change level", 2), (drawing, "Drawing", 3)];
        let mut notes = Vec::new();
        for (text, label, field) in facts {
            let Some(text) = text else { continue };
            let of = |part: &Part| {
                [&part.number, &part.name, &part.change_level, &part.drawing].map(Text::clone)[field].clone()
            };
            if let Some(part) = self.parts.get_mut(part) {
                let slot = match field {
                    0 => &mut part.number,
                    1 => &mut part.name,
                    2 => &mut part.change_level,
                    _ => &mut part.drawing,
                };
                if slot.is_empty() {
                    *slot = Text::from(text.as_str());
                }
            }
            let known = self.parts.look(self.project, part).map(of).unwrap_or_default();
            if key(&known) != key(&text) {
                notes.push(format!("{label}: {text}"));
            }
        }
        if let Some(document) = self.documents.get_mut(id) {
            for note in notes {
                add_note(&mut document.meta, &note);
            }
        }
    }
}

/// Writes a text where none stands; whether it stands there now.
fn set(slot: &mut Text, text: &str) -> bool {
    if slot.is_empty() {
        *slot = Text::from(text);
    }
    key(slot) == key(text)
}

/// Signs in a box that is ticked.
const TICKS: [char; 9] = ['☒', '☑', '✓', '✔', '✗', '✘', '■', '◉', '●'];

/// Boxes that are not.
const BOXES: [char; 5] = ['☐', '□', '○', '◯', '▢'];

/// Whether a text holds a ticked box.
fn has_tick(text: &str) -> bool {
    text.contains(TICKS) || normalized(text).split(' ').any(|word| word == "x")
}

/// Whether a text is a tick and nothing else.
fn is_tick_mark(text: &str) -> bool {
    text.trim().chars().count() <= 3 && has_tick(text)
}

/// The phase a text names: the only one, or the only one with a tick at it.
pub(super) fn phase(text: &str) -> Option<Phase> {
    let mut text = text.to_owned();
    for (written, sign) in
        [("[x]", "☒"), ("[X]", "☒"), ("(x)", "☒"), ("(X)", "☒"), ("[ ]", "☐"), ("( )", "☐"), ("[]", "☐")]
    {
        text = text.replace(written, sign);
    }
    let is_box = |c: char| TICKS.contains(&c) || BOXES.contains(&c);
    let found: Vec<Phase> = if text.contains(is_box) {
        // Boxes stand all in front of their names, or all behind them.
        let names: Vec<&str> = text.split(is_box).collect();
        let boxes: Vec<bool> = text.chars().filter(|c| is_box(*c)).map(|c| TICKS.contains(&c)).collect();
        let behind = usize::from(named_phase(names[0]).is_none());
        let ticked = boxes.iter().enumerate().filter(|(_, ticked)| **ticked);
        ticked.filter_map(|(at, _)| names.get(at + behind).and_then(|name| named_phase(name))).collect()
    } else {
        let pieces: Vec<&str> = text.split([',', ';', '\n', '|']).collect();
        let is_ticked = has_tick(&text);
        pieces.iter().filter(|piece| !is_ticked || has_tick(piece)).filter_map(|piece| named_phase(piece)).collect()
    };
    match found[..] {
        [first, ref others @ ..] if others.iter().all(|other| *other == first) => Some(first),
        _ => None,
    }
}

/// The phase that a piece of text names.
fn named_phase(piece: &str) -> Option<Phase> {
    let padded = format!(" {} ", normalized(piece));
    let says = |names: &str| names.split('|').any(|name| padded.contains(&format!(" {} ", normalized(name))));
    words::PHASES.iter().find(|(_, names)| says(names)).map(|(phase, _)| *phase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_is_the_one_that_is_ticked_or_alone() {
        for (text, wanted) in [
            ("Production", Some(Phase::Production)),
            ("Pre-Launch", Some(Phase::PreLaunch)),
            ("Serie", Some(Phase::Production)),
            ("☐ Prototype ☐ Pre-launch ☒ Production", Some(Phase::Production)),
            ("[x] Prototype, [ ] Pre-launch, [ ] Production", Some(Phase::Prototype)),
            ("☒ Prototype ☒ Pre-launch", None),
            ("☐ Prototype ☐ Production", None),
            ("Prototype ☐ Pre-launch ☒ Production ☐", Some(Phase::PreLaunch)),
            ("Prototype, Production x", Some(Phase::Production)),
            ("Prototype / Pre-launch\nProduction", None),
            ("something", None),
            ("", None),
        ] {
            assert_eq!(phase(text), wanted, "{text}");
        }
    }
}
