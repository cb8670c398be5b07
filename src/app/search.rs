//! Finding items by their words.

use crate::app::lookup::{IsCurrent, Question};
use crate::base::text::normalized;
use crate::model::{AnyId, Kind, Project};

/// How many hits are worth showing.
const MOST: usize = 60;

/// An item that has the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The item.
    pub item: AnyId,
    /// What people call it.
    pub label: String,
    /// What it is, and where it stands.
    pub remark: String,
}

/// The items with these words, the closest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words(String);

impl Words {
    /// The question as it was typed.
    pub fn new(typed: &str) -> Self {
        Self(normalized(typed))
    }
}

impl Question for Words {
    type Answer = Vec<Hit>;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Vec<Hit>> {
        if self.0.is_empty() { Some(Vec::new()) } else { find(project, &self.0, is_current) }
    }
}

/// How well a text answers a question: every word has to be found; the lower, the better.
///
/// Both have to be normalised.
pub fn rank(question: &str, text: &str) -> Option<u32> {
    let starts_word = |word: &str| text.starts_with(word) || text.contains(&format!(" {word}"));
    let mut worst = 0;
    for word in question.split(' ') {
        if !text.contains(word) {
            return None;
        }
        worst += u32::from(!starts_word(word));
    }
    let length = (text.len() as u32).min(400);
    Some(match () {
        () if text == question => 0,
        () if text.starts_with(question) => 1_000 + length,
        () if text.contains(question) => 2_000 + worst * 1_000 + length,
        () => 4_000 + worst * 1_000 + length,
    })
}

/// The kinds of items that people look for.
fn is_sought(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Document
            | Kind::Step
            | Kind::Characteristic
            | Kind::Equipment
            | Kind::Element
            | Kind::Function
            | Kind::Failure
            | Kind::Control
            | Kind::Action
            | Kind::PlanRow
            | Kind::Part
            | Kind::Person
            | Kind::PpapElement
            | Kind::TestResult
    )
}

fn find(project: &Project, question: &str, is_current: IsCurrent<'_>) -> Option<Vec<Hit>> {
    let mut found: Vec<(u32, AnyId, String)> = Vec::new();
    for (count, item) in project.items().enumerate() {
        if count % 512 == 0 && !is_current() {
            return None;
        }
        let id = item.id();
        if !is_sought(id.kind()) {
            continue;
        }
        let label = project.label(id);
        if let Some(rank) = rank(question, &normalized(&label)) {
            found.push((rank, id, label));
        }
    }
    found.sort_by(|left, right| (left.0, &left.2, left.1).cmp(&(right.0, &right.2, right.1)));
    found.truncate(MOST);
    Some(found.into_iter().map(|(_, item, label)| Hit { remark: remark(project, item), item, label }).collect())
}

/// What the item is, and in which document it lives.
fn remark(project: &Project, item: AnyId) -> String {
    use crate::model::home::Home;
    let noun = match item {
        AnyId::Failure(failure) => project.get(failure).map_or("failure", |failure| failure.role.name()),
        _ => item.kind().noun(),
    };
    match project.home(item) {
        Some(Home::Document(document)) if AnyId::from(document) != item => match project.get(document) {
            Some(document) => format!("{noun} · {}", document.kind.name()),
            None => noun.to_owned(),
        },
        _ => noun.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::app::lookup::Lookup;

    #[test]
    fn the_closest_text_comes_first() {
        let texts = ["torque", "torque too low", "screwdriver torque", "low torque of the screw", "detorque"];
        let mut ranked: Vec<_> = texts.iter().filter_map(|text| Some((rank("torque", text)?, *text))).collect();
        ranked.sort_unstable();
        let order: Vec<&str> = ranked.into_iter().map(|(_, text)| text).collect();
        assert_eq!(order[..3], ["torque", "torque too low", "screwdriver torque"]);
        assert_eq!(order.last(), Some(&"detorque"));
        assert_eq!(rank("torque high", "torque too low"), None);
    }

    #[test]
    fn items_are_found_off_the_frame() {
        let (sender, woken) = channel();
        let today = "2026-11-24".parse().unwrap();
        let project = crate::app::generate::generate(crate::app::library().unwrap(), 30, 1, today);
        let step = project.all_in_order::<crate::model::flow::Step>()[0].name.to_string();
        let mut lookup = Lookup::new(project, move || sender.send(()).unwrap_or_default());
        lookup.ask(Words::new(&step));
        woken.recv().unwrap();
        let hits = lookup.take_answer().unwrap();
        assert!(hits.iter().any(|hit| hit.label.contains(&step) && hit.remark.starts_with("process step")));
        lookup.ask(Words::new(" - "));
        woken.recv().unwrap();
        assert_eq!(lookup.take_answer(), Some(Vec::new()));
    }
}
