//! Where one fact appears: where it is written, and who shows it.

use crate::model::Project;
use crate::model::home::Home;
use crate::model::item::{AnyId, Item};
use crate::model::relation::Relation;

/// A place where a fact shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// The item that shows it.
    pub item: AnyId,
    /// What stands there, in a line.
    pub text: String,
    /// The document, or "Project".
    pub document: String,
}

/// The items that show a fact: itself if it lives in a document, then those that refer to it.
pub fn appearing_at(project: &Project, item: AnyId) -> Vec<AnyId> {
    let mut shown: Vec<AnyId> = Vec::new();
    if matches!(project.home(item), Some(Home::Document(_))) {
        shown.push(item);
    }
    let mut users: Vec<AnyId> = project
        .referrers(item)
        .into_iter()
        .filter(|(relation, _)| is_appearance(*relation))
        .map(|(_, source)| source)
        .collect();
    users.sort_unstable();
    users.dedup();
    users.retain(|user| *user != item);
    shown.extend(users);
    shown
}

/// What stands at a place, and in which document.
pub fn appearance(project: &Project, item: AnyId) -> Appearance {
    let document = match project.home(item) {
        Some(Home::Document(document)) => project.get(document),
        _ => None,
    };
    let name = document.map_or("Project", |document| match document.title.as_str() {
        "" => document.kind.name(),
        title => title,
    });
    Appearance { item, text: words(project, item), document: name.to_owned() }
}

/// Every place where a fact shows, document by document.
pub fn appearances(project: &Project, item: AnyId) -> Vec<Appearance> {
    let order = |item: AnyId| match project.home(item) {
        Some(Home::Document(document)) => (false, project.get(document).map(|document| document.order.clone())),
        _ => (true, None),
    };
    let mut places: Vec<_> =
        appearing_at(project, item).into_iter().map(|place| (order(place), appearance(project, place))).collect();
    places.sort_by(|(left, one), (right, other)| left.cmp(right).then_with(|| one.text.cmp(&other.text)));
    places.into_iter().map(|(_, place)| place).collect()
}

/// Whether the holder of such a reference shows the fact, rather than being a part of it.
fn is_appearance(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::StepEquipment
            | Relation::StepAlternateFor
            | Relation::RoleOfCharacteristic
            | Relation::ElementStep
            | Relation::FunctionCharacteristic
            | Relation::FailureCharacteristic
            | Relation::ModeEffect
            | Relation::RiskOfMode
            | Relation::RiskOfCause
            | Relation::RiskControl
            | Relation::RiskAction
            | Relation::ControlEquipment
            | Relation::ActionOwner
            | Relation::RowStep
            | Relation::RowCharacteristic
            | Relation::RowDevice
            | Relation::RowEquipment
            | Relation::RowControl
            | Relation::TeamMember
            | Relation::AppliesToPart
            | Relation::WarrantPart
            | Relation::PpapElementDocument
            | Relation::ResultPart
            | Relation::ResultCharacteristic
    )
}

/// What stands at a place, in a line.
fn words(project: &Project, id: AnyId) -> String {
    let label = project.label(id);
    match project.item(id) {
        Some(Item::Risk(risk)) => format!("{} ← {label}", project.label(risk.mode.into())),
        Some(Item::StepCharacteristic(role)) => format!("{label} at step {}", project.label(role.step.into())),
        Some(Item::Failure(failure)) => format!("{label} ({})", failure.role.name()),
        Some(Item::Element(element)) => format!("{label} ({})", element.kind.process_name().to_lowercase()),
        Some(Item::PlanRow(_)) => format!("Row at {label}"),
        Some(Item::Document(_)) => label,
        _ => format!("{label} ({})", id.kind().noun()),
    }
}
