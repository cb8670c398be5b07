//! Where one fact appears.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, MEDIUM};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::base::OrderKey;
use crate::model::Project;
use crate::model::home::Home;
use crate::model::item::{AnyId, Item};
use crate::model::relation::Relation;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog with the places.
#[derive(Debug)]
pub(super) struct UsedIn {
    item: AnyId,
    listed: Option<u64>,
    places: Vec<AnyId>,
    entries: Vec<Entry>,
    picker: Picker,
}

impl UsedIn {
    pub(super) fn new(item: AnyId) -> Self {
        Self { item, listed: None, places: Vec::new(), entries: Vec::new(), picker: Picker::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let project = desk.project();
        if self.listed != Some(project.revision()) {
            self.listed = Some(project.revision());
            let found = places(project, self.item);
            self.places = found.iter().map(|place| place.item).collect();
            self.entries = found.into_iter().map(|place| place.entry).collect();
            self.picker.renew();
        }
        let title = format!("Where “{}” appears", project.label(self.item));
        let mut jump = None;
        let shown = frame::show(ctx, "used in", &title, MEDIUM, |ui| {
            let count = match self.places.len() {
                1 => "One place".to_owned(),
                count => format!("{count} places"),
            };
            let noun = self.item.kind().noun();
            caption(ui, &format!("{count}. It is one {noun}: a change shows in all of them. Choose one to go there."));
            let purpose = Purpose {
                filter: "Find a place",
                empty: "It appears nowhere else yet.",
                several: false,
                height: (frame::room(ctx) - 40.0).min(364.0),
            };
            if let Some(Picked::Entry(at) | Picked::Done(at)) = self.picker.show(ui, purpose, &self.entries, |_| false)
            {
                jump = self.places.get(at).copied();
            }
            frame::stays_open(ui)
        });
        if let Some(place) = jump {
            queue.push(Request::ShowItem(place, None));
            return false;
        }
        shown.inner && !shown.closed
    }
}

struct Place {
    item: AnyId,
    entry: Entry,
    order: (bool, Option<OrderKey>),
}

/// Where an item is written, then where it is shown, document by document.
fn places(project: &Project, item: AnyId) -> Vec<Place> {
    let mut shown: Vec<AnyId> = Vec::new();
    if matches!(project.home(item), Some(Home::Document(_))) {
        shown.push(item);
    }
    for (relation, source) in project.referrers(item) {
        if is_appearance(relation) && !shown.contains(&source) {
            shown.push(source);
        }
    }
    let mut places: Vec<Place> = shown
        .into_iter()
        .map(|place| {
            let document = match project.home(place) {
                Some(Home::Document(document)) => project.get(document),
                _ => None,
            };
            let remark = document.map_or("Project", |document| match document.title.as_str() {
                "" => document.kind.name(),
                title => title,
            });
            let remark = remark.to_owned();
            let order = (document.is_none(), document.map(|document| document.order.clone()));
            Place { item: place, entry: Entry { text: words(project, place), remark }, order }
        })
        .collect();
    places.sort_by(|left, right| left.order.cmp(&right.order).then_with(|| left.entry.text.cmp(&right.entry.text)));
    places
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
