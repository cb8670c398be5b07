//! What the inspector says of the selected cell: who else uses the fact, its findings, its links with their review state,
//! what changed since the project was opened.

use crate::app::appearances::{appearance, appearing_at};
use crate::app::desk::Desk;
use crate::base::text::quoted;
use crate::edit::Command;
use crate::model::field::Field;
use crate::model::finding::{Fix, Place, Severity};
use crate::model::item::{AnyId, Item};
use crate::model::project_data::UserField;
use crate::model::review::{HeldLink, SuspectField};

/// How many entries of a section are listed; the others are counted.
const MOST: usize = 12;

/// A cell as the inspector looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The item that the cell shows or edits.
    pub item: AnyId,
    /// The item of the row.
    pub row: AnyId,
}

/// What the inspector says.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// What kind of thing it is, such as "Failure cause".
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Places where else it shows.
    pub used_in: Listed<(AnyId, String, String)>,
    /// Open findings of the item and of its row.
    pub findings: Listed<FindingLine>,
    /// The links that item and row hold.
    pub links: Listed<LinkLine>,
    /// Fields that differ from what they were when the project was opened.
    pub changes: Listed<ChangeLine>,
}

/// The first entries of a list, and how many more there are.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<T> {
    /// Those that are shown.
    pub shown: Vec<T>,
    /// How many more there are.
    pub more: usize,
}

impl<T> Listed<T> {
    fn of(items: impl IntoIterator<Item = T>) -> Self {
        let mut items = items.into_iter();
        let shown = items.by_ref().take(MOST).collect();
        Self { shown, more: items.count() }
    }

    /// Whether there is nothing to list.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }
}

/// An open finding.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingLine {
    /// How grave it is.
    pub severity: Severity,
    /// Its code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The field it is about.
    pub field: Option<Field>,
    /// The item it is at.
    pub item: AnyId,
    /// The first way to mend it.
    pub fix: Option<Fix>,
}

/// A link with its review state.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkLine {
    /// Where it leads; none if the target is missing.
    pub target: Option<AnyId>,
    /// What the target is: "process step", "characteristic" and so on.
    pub kind: &'static str,
    /// What the target is called.
    pub label: String,
    /// "Reviewed 2026-10-05 by …", what changed since, or that the target was deleted.
    pub state: String,
    /// The link is suspect or its target is missing.
    pub is_doubtful: bool,
    /// Accepts what changed.
    pub accept: Option<Command>,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// The field.
    pub field: String,
    /// Its text when the project was opened; none if the item is new.
    pub before: Option<String>,
    /// Its text now.
    pub now: String,
}

impl Inspection {
    /// What there is to say of a cell; none if its item is gone.
    pub fn of(desk: &Desk, subject: Subject) -> Option<Self> {
        let project = desk.project();
        let item = project.item(subject.item)?;
        let kind = match &item {
            Item::Failure(failure) => failure.role.name(),
            Item::Control(control) => control.kind.name(),
            Item::Action(action) => action.kind.name(),
            Item::Risk(_) => "risk",
            _ => subject.item.kind().noun(),
        };
        let mut both = vec![subject.item];
        both.extend(Some(subject.row).filter(|row| *row != subject.item && project.contains(*row)));
        if let Item::Risk(risk) = &item {
            both.extend([AnyId::from(risk.mode), risk.cause.into()]);
        }
        both.dedup();
        let places = appearing_at(project, subject.item);
        let used = if places.len() > 1 { places } else { Vec::new() };
        let (shown, more) = used.split_at(used.len().min(MOST));
        Some(Self {
            kind: capitalised(kind),
            title: project.label(subject.item),
            used_in: Listed {
                shown: shown
                    .iter()
                    .map(|place| appearance(project, *place))
                    .map(|place| (place.item, place.text, place.document))
                    .collect(),
                more: more.len(),
            },
            findings: Listed::of(both.iter().flat_map(|item| findings(desk, *item))),
            links: Listed::of(both.iter().flat_map(|item| links(desk, *item))),
            changes: Listed::of(changes(desk, subject.item)),
        })
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn findings(desk: &Desk, item: AnyId) -> impl Iterator<Item = FindingLine> {
    desk.checker().at(item).filter(|reported| reported.approved.is_none()).map(move |reported| {
        let finding = &reported.finding;
        let field = match &finding.place {
            Place::Item { field, .. } => *field,
            Place::File { .. } => None,
        };
        FindingLine {
            severity: finding.severity,
            code: finding.code,
            message: finding.message.to_string(),
            help: finding.help.to_string(),
            field,
            item,
            fix: finding.fixes.first().cloned(),
        }
    })
}

fn links(desk: &Desk, holder: AnyId) -> impl Iterator<Item = LinkLine> {
    let project = desk.project();
    project.held_links(holder).into_iter().map(move |link| {
        let is_suspect = !link.changed.is_empty();
        LinkLine {
            target: link.target,
            kind: link.target.map_or("missing", |target| match project.item(target) {
                Some(Item::Failure(failure)) => failure.role.name(),
                _ => target.kind().noun(),
            }),
            label: link.label.clone(),
            state: state(desk, &link),
            is_doubtful: is_suspect || link.target.is_none(),
            accept: is_suspect.then_some(Command::AcceptLinks { item: holder }),
        }
    })
}

fn state(desk: &Desk, link: &HeldLink) -> String {
    if link.target.is_none() {
        return "Deleted: choose another, or take the link away".to_owned();
    }
    if !link.changed.is_empty() {
        let changes: Vec<String> = link.changed.iter().map(changed).collect();
        return format!("Changed since the review: {}", changes.join(", "));
    }
    let on = link.reviewed.on.map(|day| format!(" {}", desk.shown_date(Some(day)))).unwrap_or_default();
    let by = if link.reviewed.by.is_blank() { String::new() } else { format!(" by {}", link.reviewed.by) };
    if on.is_empty() && by.is_empty() { "Reviewed".to_owned() } else { format!("Reviewed{on}{by}") }
}

fn changed(field: &SuspectField) -> String {
    // Equipment is compared by identity, which is never shown.
    if &*field.field == "equipment" {
        return "other equipment".to_owned();
    }
    let value = |text: &str| if text.trim().is_empty() { "blank".to_owned() } else { quoted(text) };
    format!("{} {} → {}", field.field, value(&field.reviewed), value(&field.now))
}

/// The fields of an item that differ from what they were when the project was opened.
fn changes(desk: &Desk, item: AnyId) -> Vec<ChangeLine> {
    let (now, then) = (desk.project(), desk.as_opened());
    if now.item(item) == then.item(item) {
        return Vec::new();
    }
    let is_new = !then.contains(item);
    let own = now.members::<UserField>().into_iter().map(Field::User);
    let places: Vec<u8> = match now.item(item) {
        Some(Item::Risk(risk)) => risk.later().filter_map(|(at, _)| u8::try_from(at).ok()).collect(),
        _ => Vec::new(),
    };
    let of_place = |at| [Field::SeverityAfter(at), Field::OccurrenceAfter(at), Field::DetectionAfter(at)];
    let later = places.into_iter().flat_map(of_place);
    let mut found = Vec::new();
    for field in Field::NAMED.iter().copied().chain(later).chain(own) {
        let Some(text) = now.field_text(item, field) else { continue };
        let before = then.field_text(item, field).unwrap_or_default();
        if before != text {
            let name = match field {
                Field::User(own) => now.label(own.into()),
                _ => field.label().to_owned(),
            };
            let [before, now] = [before, text].map(|text| desk.shown_value(field, &text));
            found.push(ChangeLine { field: capitalised(&name), before: (!is_new).then_some(before), now });
        }
    }
    found
}
