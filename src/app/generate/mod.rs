//! Generated projects of any size: complete, consistent and realistic in shape, the same for the same seed.
//!
//! Benches measure with them, and whoever wants to see how the program scales opens one. Nothing here takes longer than in
//! proportion to the number of causes.

mod analysis;
mod flow;
mod plan;
mod words;

use crate::base::clock::Date;
use crate::base::{Decimal, Id, IdSource, OrderKey, Text};
use crate::model::document::{Approval, Document, DocumentKind};
use crate::model::item::Item;
use crate::model::project::{Library, Project};
use crate::model::project_data::{CustomerRequirement, Part, Person, ProjectData};
use crate::model::reference::{Link, Ref};
use crate::model::review::{Reviewed, review};
use crate::model::specification::Specification;

use words::Feature;

/// The rating profile of the FMEA.
const PROFILE: &str = "aiag-vda-2019-pfmea";

/// A consistent project with this many failure causes: process flow, PFMEA and control plan with what they share.
///
/// The same arguments give the same project, identities included. Dates lie around `today`: actions in work are due after it.
pub fn generate(library: Library, causes: usize, seed: u64, today: Date) -> Project {
    let mut maker = Maker::new(library, seed, today);
    maker.records(causes);
    let stations = maker.flow(causes);
    for line in stations.chunks(flow::STATIONS_PER_LINE) {
        let mut process_item = maker.process_item(line);
        for station in line {
            let analysed = maker.analysis(station, &mut process_item);
            maker.plan_rows(station, &analysed);
        }
    }
    Project::from_items(maker.library, maker.items)
}

/// What is being made.
struct Maker {
    library: Library,
    ids: IdSource,
    /// A stream of its own, so that one more choice does not change every identity.
    choices: IdSource,
    today: Date,
    items: Vec<Item>,
    flow: Id<Document>,
    fmea: Id<Document>,
    plan: Id<Document>,
    people: Vec<Person>,
    /// The last place in each of the shared lists.
    last_characteristic: Option<OrderKey>,
    last_equipment: Option<OrderKey>,
    last_element: Option<OrderKey>,
}

impl Maker {
    fn new(library: Library, seed: u64, today: Date) -> Self {
        let mut ids = IdSource::seeded(seed);
        let choices = IdSource::seeded(ids.next_u64());
        let (flow, fmea, plan) = (ids.next_id(), ids.next_id(), ids.next_id());
        Self {
            library,
            ids,
            choices,
            today,
            items: Vec::new(),
            flow,
            fmea,
            plan,
            people: Vec::new(),
            last_characteristic: None,
            last_equipment: None,
            last_element: None,
        }
    }

    /// A number from 0 up to, but not including, `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.choices.next_u64() % end.max(1) as u64) as usize
    }

    /// The day this many days after today, or before it.
    fn day(&self, days: i64) -> Date {
        self.today.saturating_add(jiff::Span::new().days(days))
    }

    fn put(&mut self, item: impl Into<Item>) {
        self.items.push(item.into());
    }

    /// The name under which links are reviewed.
    fn reviewer(&self) -> Text {
        self.people.first().map(|person| person.name.clone()).unwrap_or_default()
    }

    /// A link to an item, born reviewed.
    fn link<T: Reviewed>(&self, target: &T) -> Link<T> {
        Link { to: Ref::Item(target.id()), reviewed: review(target, &self.reviewer(), Some(self.day(-20))) }
    }

    /// Project, part, people, requirement and documents.
    fn records(&mut self, causes: usize) {
        let title = format!("Actuator line, {causes} causes");
        self.put(ProjectData {
            name: Text::from(title.as_str()),
            organisation: Text::from("Example Drives"),
            plant: Text::from("Plant 2"),
            engineering_location: Text::from("Development centre"),
            supplier_code: Text::from("104711"),
            customer: Text::from("Example Motors"),
            programme: Text::from("Model year 2027"),
            ..ProjectData::default()
        });
        let part = Part {
            id: self.ids.next_id(),
            order: OrderKey::first(),
            number: Text::from("AC-2040-01"),
            name: Text::from("Actuator"),
            change_level: Text::from("C"),
            change_date: Some(self.day(-200)),
            drawing: Text::from("AC-2040"),
            meta: None,
        };
        self.put(part);
        let mut order = None;
        for (name, role, discipline) in [
            ("Jana Novak", "Moderator", "Quality"),
            ("Luis Ortega", "Process owner", "Process engineering"),
            ("Mei Tanaka", "Team member", "Production"),
            ("Ole Hansen", "Team member", "Maintenance"),
            ("Priya Nair", "Team member", "Product development"),
        ] {
            let key = OrderKey::after(order.as_ref());
            order = Some(key.clone());
            let person = Person {
                id: self.ids.next_id(),
                order: key,
                name: Text::from(name),
                role: Text::from(role),
                discipline: Text::from(discipline),
                contact: Text::from(format!("extension {}", 400 + self.people.len())),
                meta: None,
            };
            self.people.push(person.clone());
            self.put(person);
        }
        let requirement = CustomerRequirement {
            id: self.ids.next_id(),
            order: OrderKey::first(),
            customer: Text::from("Example Motors"),
            clause: Text::from("8.3.3.3"),
            requirement: Text::from(
                "Special characteristics carry the symbols of the customer in all three documents.",
            ),
            attachments: Vec::new(),
            meta: None,
        };
        self.put(requirement);
        self.documents(&title);
    }

    fn documents(&mut self, title: &str) {
        let kinds = [
            (self.flow, DocumentKind::ProcessFlow, "process-flow", "PF-2040"),
            (self.fmea, DocumentKind::ProcessFmea, "fmea-actuator-line", "PFMEA-2040"),
            (self.plan, DocumentKind::ControlPlan, "control-plan", "CP-2040"),
        ];
        let mut order = None;
        for (id, kind, file, number) in kinds {
            let key = OrderKey::after(order.as_ref());
            order = Some(key.clone());
            let mut document = Document::draft(id, key, kind, file, title);
            document.number = Text::from(number);
            document.team = self.people.iter().map(|person| Ref::Item(person.id)).collect();
            let header = &mut document.header;
            header.responsibility = Text::from("Luis Ortega");
            header.prepared_by = Text::from("Jana Novak");
            header.key_contact = Text::from("Jana Novak, extension 400");
            header.start_date = Some(self.day(-180));
            header.revision_date = Some(self.day(-10));
            header.key_date = Some(self.day(-90));
            header.review_date = Some(self.day(-10));
            header.confidentiality = Text::from("Business use");
            header.scope = Text::from("The whole line from receiving to shipping, with lessons of the line before.");
            header.linked_documents = Text::from("PF-2040, PFMEA-2040, CP-2040");
            document.approvals = vec![Approval {
                role: Text::from("Plant approval"),
                name: Text::from("Mei Tanaka"),
                date: Some(self.day(-10)),
            }];
            self.put(document);
        }
    }

    /// The specification of a measurable characteristic, moved a little so that not all are alike.
    fn specification(&mut self, feature: &Feature) -> Specification {
        let nominal = feature.nominal + feature.tolerance * self.below(5) as f64;
        let places = feature.places;
        let number = |value: f64| Decimal::parse(&format!("{value:.places$}")).ok();
        Specification::Limits {
            nominal: number(nominal),
            lower: number(nominal - feature.tolerance),
            upper: number(nominal + feature.tolerance),
            unit: Text::from(feature.unit),
        }
    }
}
