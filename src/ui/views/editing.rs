//! What an editor of a form offers and says: scales, classes, completions, how often a fact is used, what a rating leads to,
//! and the question whether a change of a shared fact is meant for all of its places.

use crate::app::completion::{Suggestion, TextKind};
use crate::app::desk::Desk;
use crate::base::text::{normalized, quoted};
use crate::edit::{Command, choices, plan, shared_facts, uses};
use crate::model::applicability::ALL_PARTS;
use crate::model::characteristic::{Characteristic, CharacteristicRole};
use crate::model::field::Field;
use crate::model::fmea::Failure;
use crate::model::form::{Cell, ColumnKind, List, NewItem, RowId, Target};
use crate::model::home::Home;
use crate::model::profile::{Scale, ScaleRole};
use crate::model::project_data::{Attachment, Part};
use crate::model::rating::Rating;
use crate::model::risk::Risk;
use crate::model::severity::Evaluated;
use crate::model::{AnyId, Project};
use crate::ui::grid::{CellAddress, EditOption, Question, Remark};

use super::source::{FormSource, tone};

/// From how many letters on a text is completed.
const LETTERS: usize = 2;
/// How many completions are offered.
const MOST: usize = 12;

/// The command that writes a text into a cell; `rows` are the items of all rows that it covers.
pub fn write(desk: &Desk, cell: &Cell, row: RowId, rows: &[AnyId], text: String) -> Option<Command> {
    match cell.target {
        Target::Derived => None,
        Target::Field { item, field } => {
            let linked = link_of(desk.project(), item, field, rows, &text);
            Some(linked.unwrap_or(Command::SetField { item, field, text, via: Some(row.item) }))
        }
        Target::List { owner, list } => {
            Some(Command::SetList { owner, list, lines: text.lines().map(str::to_owned).collect() })
        }
        Target::Create { .. } if text.trim().is_empty() => None,
        Target::Create { under, what } => Some(Command::Create { under, what, text, after: None }),
    }
}

/// The name of another characteristic in a row of the control plan links that one; the former is not renamed.
fn link_of(project: &Project, item: AnyId, field: Field, rows: &[AnyId], text: &str) -> Option<Command> {
    let (AnyId::Characteristic(former), Field::Name) = (item, field) else { return None };
    let in_plan = |row: &AnyId| if let AnyId::PlanRow(row) = row { Some(*row) } else { None };
    let rows: Vec<_> = rows.iter().filter_map(in_plan).collect();
    if rows.is_empty() {
        return None;
    }
    let (former, wanted) = (project.get(former)?, normalized(text));
    let is_other = |found: &&Characteristic| {
        found.id != former.id && found.kind == former.kind && normalized(&found.name) == wanted && !wanted.is_empty()
    };
    let other = project.all::<Characteristic>().find(is_other)?;
    let mut commands: Vec<Command> =
        rows.into_iter().map(|row| Command::SetSubject { row, characteristic: other.id }).collect();
    match commands.len() {
        1 => commands.pop(),
        count => {
            let label = format!("Link {} in {count} rows", quoted(&project.label(other.id.into())));
            Some(Command::Several { label, commands })
        }
    }
}

/// What can be chosen in a cell, or what completes the text typed so far.
pub(super) fn options(source: &FormSource<'_>, at: &CellAddress, typed: &str) -> Vec<EditOption> {
    let Some((cell, _)) = source.cell(at) else { return Vec::new() };
    let desk = source.desk();
    let named = |name: String| EditOption::new(name.clone(), name);
    let of_field = match cell.target {
        Target::Field { item, field } => match (scale_role(field), field) {
            (Some(role), _) => scale(source, item, role).map(scale_options).unwrap_or_default(),
            (None, Field::SpecialClass) => class_options(desk, choices(desk.project(), item, field)),
            (None, Field::Part) => {
                let every = part_options(desk.project(), typed);
                every.into_iter().filter(|option| option.value != ALL_PARTS).collect()
            }
            (None, Field::Characteristic) => characteristic_options(desk.project(), typed),
            (None, _) => choices(desk.project(), item, field).into_iter().map(named).collect(),
        },
        Target::List { list: List::Parts, .. } => part_options(desk.project(), typed),
        Target::List { list: List::Documents, .. } => {
            let documents = desk.project().documents().into_iter();
            documents.map(|document| named(desk.project().document_name(&document.id.into()))).collect()
        }
        Target::List { list: List::Attachments, .. } => {
            let files = desk.project().all::<Attachment>();
            files.map(|file| named(desk.project().label(file.id.into()))).collect()
        }
        Target::Create { what: NewItem::Result { field: Field::Requirement | Field::Characteristic, .. }, .. } => {
            characteristic_options(desk.project(), typed)
        }
        Target::Create { what: NewItem::RoleOf { .. }, .. } => {
            CharacteristicRole::ALL.map(|role| named(role.name().to_owned())).to_vec()
        }
        _ => Vec::new(),
    };
    if of_field.is_empty() { completions(source, &cell, typed) } else { of_field }
}

/// The parts that a line can name, those first that were begun to be typed; every part if nothing fits.
fn part_options(project: &Project, typed: &str) -> Vec<EditOption> {
    let words = normalized(typed);
    let parts = project.all_in_order::<Part>();
    let named = parts.iter().map(|part| (project.part_text(&part.id.into()), project.label(part.id.into())));
    let every: Vec<(String, String)> = std::iter::once((ALL_PARTS.into(), ALL_PARTS.into())).chain(named).collect();
    let fits = |(_, label): &&(String, String)| normalized(label).contains(&words);
    let fitting: Vec<_> = every.iter().filter(fits).cloned().collect();
    let shown = if fitting.is_empty() || project.part_called(typed).is_some() { every } else { fitting };
    shown.into_iter().map(|(text, label)| EditOption::new(text, label)).collect()
}

/// The product and process characteristics that were begun to be typed.
fn characteristic_options(project: &Project, typed: &str) -> Vec<EditOption> {
    let words = normalized(typed);
    let all = project.all_in_order::<Characteristic>();
    let fitting = all.iter().map(|known| known.label()).filter(|label| normalized(label).contains(&words));
    fitting.take(MOST).map(|label| EditOption::new(label.clone(), label)).collect()
}

fn completions(source: &FormSource<'_>, cell: &Cell, typed: &str) -> Vec<EditOption> {
    let desk = source.desk();
    let project = desk.project();
    let Some(kind) = TextKind::of(project, &cell.target) else { return Vec::new() };
    // Even where nothing is typed yet: the index is there when it is needed.
    desk.prepare_completion();
    let (before, words) = entry(&cell.target, typed);
    if words.trim().chars().count() < LETTERS {
        return Vec::new();
    }
    let found = desk.complete(kind, words, MOST);
    let others = found.into_iter().filter(|found| found.text.trim() != words.trim());
    others
        .map(|found| {
            let linked = is_linked(source, cell, &found);
            let times = if linked { uses(project, found.item) } else { found.times };
            EditOption {
                remark: if times > 1 { format!("used {times}×") } else { String::new() },
                linked,
                ..EditOption::new(format!("{before}{}", found.text), &*found.text)
            }
        })
        .collect()
}

/// An entry of a list, cut into what stands before its words and the words: the level of an effect is no part of them, nor
/// is its severity.
fn entry<'t>(target: &Target, line: &'t str) -> (&'t str, &'t str) {
    if !matches!(target, Target::List { list: List::Effects, .. }) {
        return ("", line);
    }
    let start = line.find(':').map_or(0, |at| at + 1);
    let start = start + line[start..].len() - line[start..].trim_start().len();
    let words = &line[start..];
    let end = words.trim_end().strip_suffix(')').and_then(|words| words.rfind('(')).unwrap_or(words.len());
    (&line[..start], words[..end].trim_end())
}

/// Whether choosing a text refers to the item that says it, instead of copying the words.
fn is_linked(source: &FormSource<'_>, cell: &Cell, found: &Suggestion) -> bool {
    let project = source.desk().project();
    let of_this_fmea = || match project.home(found.item) {
        Some(Home::Document(home)) => Some(home) == source.document(),
        _ => false,
    };
    match &cell.target {
        Target::List { list: List::Effects | List::Controls(_), .. } => of_this_fmea(),
        Target::List { list: List::Equipment, .. } => true,
        Target::Create { what, .. } => matches!(
            what,
            NewItem::ProductCharacteristic
                | NewItem::ProcessCharacteristic
                | NewItem::ProductSubject
                | NewItem::ProcessSubject
        ),
        Target::Field { item: AnyId::Characteristic(_), field: Field::Name } => {
            source.form().kind == crate::model::form::FormKind::ControlPlan
        }
        _ => false,
    }
}

/// What to know about the text in an editor.
pub(super) fn remarks(source: &FormSource<'_>, at: &CellAddress, text: &str, line: &str) -> Vec<Remark> {
    let Some((cell, row)) = source.cell(at) else { return Vec::new() };
    let desk = source.desk();
    let project = desk.project();
    let mut found = Vec::new();
    match cell.target {
        Target::Field { item, field } => {
            let changed = project.field_text(item, field).is_some_and(|known| known.trim() != text.trim());
            if let (true, Some(known)) = (changed, known_at(source, &cell, text)) {
                found
                    .push(Remark::Words {
                        text: format!("linked, used {}×", uses(project, known.item)), linked: true
                    });
            } else if row.item != item && uses(project, item) > 1 {
                found.push(Remark::Words { text: used(project, item), linked: true });
            }
            if let Some(scale) = scale_role(field).and_then(|role| scale(source, item, role)) {
                found.extend(off_the_scale(scale, text));
                if changed && !text.trim().is_empty() {
                    found.extend(consequence(source, &cell, row, field, text));
                }
            }
        }
        Target::List { .. } => found.extend(line_remark(source, &cell, text, line)),
        Target::Create { .. } if !text.trim().is_empty() => found.extend(new_or_linked(source, &cell, text)),
        Target::Create { .. } | Target::Derived => {}
    }
    found
}

fn used(project: &Project, item: AnyId) -> String {
    let times = uses(project, item);
    match item {
        AnyId::Step(_) | AnyId::Element(_) => format!("used {times}×, changes everywhere"),
        _ => format!("used {times}×"),
    }
}

/// The known text that a cell would refer to, if it says exactly that.
fn known_at(source: &FormSource<'_>, cell: &Cell, words: &str) -> Option<Suggestion> {
    let desk = source.desk();
    let kind = TextKind::of(desk.project(), &cell.target)?;
    let known = desk.known_text(kind, words)?;
    let is_self = matches!(cell.target, Target::Field { item, .. } if item == known.item);
    (!is_self && is_linked(source, cell, &known)).then_some(known)
}

fn new_or_linked(source: &FormSource<'_>, cell: &Cell, words: &str) -> Option<Remark> {
    if let Some(known) = known_at(source, cell, words) {
        let text = format!("linked, used {}×", uses(source.desk().project(), known.item));
        return Some(Remark::Words { text, linked: true });
    }
    let can_link = TextKind::of(source.desk().project(), &cell.target).is_some_and(|kind| {
        use crate::model::fmea::FailureRole;
        matches!(
            kind,
            TextKind::Failure(FailureRole::Effect)
                | TextKind::Control(_)
                | TextKind::Characteristic(_)
                | TextKind::Equipment
        )
    });
    can_link.then(|| Remark::Words { text: "new text".to_owned(), linked: false })
}

/// About the line of the cursor in a list: how often its fact is used, or what a new line would be.
fn line_remark(source: &FormSource<'_>, cell: &Cell, text: &str, line: &str) -> Option<Remark> {
    if line.trim().is_empty() {
        return None;
    }
    let project = source.desk().project();
    let in_place = text.lines().position(|known| known == line);
    let same = cell.parts.iter().find(|part| part.text.trim() == line.trim());
    let rewritten = || {
        let few = text.lines().filter(|line| !line.trim().is_empty()).count() <= cell.parts.len();
        in_place.filter(|_| few).and_then(|at| cell.parts.get(at))
    };
    if let Some(item) = same.and_then(|part| part.item) {
        let times = uses(project, item);
        return (times > 1).then(|| Remark::Words { text: format!("used {times}×"), linked: true });
    }
    let (_, words) = entry(&cell.target, line);
    let known = new_or_linked(source, cell, words)?;
    match (&known, rewritten().and_then(|part| part.item)) {
        (Remark::Words { linked: false, .. }, Some(item)) if uses(project, item) > 1 => {
            Some(Remark::Words { text: format!("used {}×", uses(project, item)), linked: true })
        }
        _ => Some(known),
    }
}

/// Asked before a fact that other rows show too is rewritten.
pub(super) fn question(source: &FormSource<'_>, at: &CellAddress, text: &str) -> Option<Question> {
    let (cell, row) = source.cell(at)?;
    let desk = source.desk();
    let project = desk.project();
    let rows = source.items_at(at);
    let command = write(desk, &cell, row, &rows, text.to_owned())?;
    let planned = plan(project, &command, &mut desk.author().clone()).ok()?;
    let facts = shared_facts(project, &planned.ops, &rows);
    if facts.is_empty() || facts.iter().any(|fact| !fact.can_be_own) {
        return None;
    }
    let (words, all) = match facts.as_slice() {
        [fact] => {
            let name = quoted(&project.label(fact.item));
            (format!("{name} is used {}×", fact.uses), format!("Change in all {}", fact.uses))
        }
        facts => (format!("{} entries are used elsewhere too", facts.len()), "Change everywhere".to_owned()),
    };
    Some(Question { words, answers: vec![all, "Only here".to_owned()] })
}

fn scale_role(field: Field) -> Option<ScaleRole> {
    match field {
        Field::Severity | Field::SeverityAfter(_) => Some(ScaleRole::Severity),
        Field::Occurrence | Field::OccurrenceAfter(_) => Some(ScaleRole::Occurrence),
        Field::Detection | Field::DetectionAfter(_) => Some(ScaleRole::Detection),
        _ => None,
    }
}

/// The scale by which a cell is rated.
fn scale<'s>(source: &'s FormSource<'_>, item: AnyId, role: ScaleRole) -> Option<&'s Scale> {
    let project = source.desk().project();
    let home = || match project.home(item) {
        Some(Home::Document(document)) => Some(document),
        _ => None,
    };
    source.document().or_else(home).and_then(|fmea| project.profile(fmea)).and_then(|profile| profile.scale(role))
}

/// The values of a scale with their criteria, the worst first.
fn scale_options(scale: &Scale) -> Vec<EditOption> {
    let option = |level: &crate::model::profile::Level| {
        let criteria = level.criteria.iter().map(crate::base::Text::as_str).filter(|text| !text.is_empty());
        let criteria: Vec<&str> = criteria.take(2).collect();
        let label = format!("{}  {} – {}", level.value, level.label, criteria.join(" · "));
        EditOption::new(level.value.to_string(), label)
    };
    scale.levels().iter().rev().map(option).collect()
}

fn off_the_scale(scale: &Scale, text: &str) -> Option<Remark> {
    let rating = Rating::parse(text)?;
    let levels = scale.levels();
    let (first, last) = (levels.first()?, levels.last()?);
    (!scale.fits(&rating)).then(|| Remark::Warning(format!("Not on the scale from {} to {}", first.value, last.value)))
}

/// The classes with their symbols and meanings.
fn class_options(desk: &Desk, codes: Vec<String>) -> Vec<EditOption> {
    let option = |code: String| {
        let meaning = desk.project().class(&code).map(|class| class.meaning.to_string()).unwrap_or_default();
        let label = if meaning.is_empty() { code.clone() } else { format!("{code} – {meaning}") };
        let symbol = super::marks::symbol(desk, &code, ColumnKind::Class).map(Into::into);
        EditOption { symbol, ..EditOption::new(code, label) }
    };
    codes.into_iter().map(option).collect()
}

/// The priority or the number that a rating would lead to.
fn consequence(source: &FormSource<'_>, cell: &Cell, row: RowId, field: Field, text: &str) -> Option<Remark> {
    let desk = source.desk();
    let project = desk.project();
    let risk = match (row.item, row.part) {
        (AnyId::Risk(risk), _) | (_, Some(AnyId::Risk(risk))) => risk,
        (AnyId::Failure(mode), _) => risk_of(project, mode)?,
        _ => return None,
    };
    let command = write(desk, cell, row, &[], text.to_owned())?;
    let planned = plan(project, &command, &mut desk.author().clone()).ok()?;
    let mut after = project.clone();
    after.apply(&planned.ops).ok()?;
    let evaluated = |project: &Project| -> Option<Evaluated> {
        let risk: &Risk = project.get(risk)?;
        match field {
            Field::SeverityAfter(at) | Field::OccurrenceAfter(at) | Field::DetectionAfter(at) => {
                risk.assessments.get(usize::from(at)).map(|later| project.evaluate(risk, later))
            }
            _ => Some(project.evaluate_current(risk)),
        }
    };
    let (before, after) = (evaluated(project)?, evaluated(&after)?);
    let by_priority = |evaluated: &Evaluated| evaluated.priority.is_some() && !evaluated.priority_is_indicative;
    if by_priority(&before) || by_priority(&after) {
        let said = |evaluated: &Evaluated| match evaluated.priority {
            Some(priority) => (priority.letter().to_string(), Some(tone(priority))),
            None => (String::new(), None),
        };
        return Some(Remark::Change { what: "AP".to_owned(), before: said(&before), after: said(&after) });
    }
    let said = |evaluated: &Evaluated| (evaluated.rpn.map(|rpn| rpn.to_string()).unwrap_or_default(), None);
    after.rpn.map(|_| Remark::Change { what: "RPN".to_owned(), before: said(&before), after: said(&after) })
}

/// The first risk of a mode.
fn risk_of(project: &Project, mode: crate::base::Id<Failure>) -> Option<crate::base::Id<Risk>> {
    use crate::model::relation::Relation;
    project.children::<Risk>(mode, Relation::RiskOfMode).next().map(|risk| risk.id)
}
