//! Finding items by their words, off the frame: a thread per open question reads a snapshot of the project.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

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

/// Looks for items while somebody types.
pub struct Search {
    project: Arc<Project>,
    asked: Arc<AtomicU64>,
    sender: Sender<(u64, Vec<Hit>)>,
    answers: Receiver<(u64, Vec<Hit>)>,
    question: String,
    wake: Arc<dyn Fn() + Send + Sync>,
    /// What was found for the latest question that was answered.
    pub hits: Vec<Hit>,
}

impl Search {
    /// A search over a snapshot; `wake` is called when an answer is there.
    pub fn new(project: Project, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, answers) = channel();
        Self {
            project: Arc::new(project),
            asked: Arc::default(),
            sender,
            answers,
            question: String::new(),
            wake: Arc::new(wake),
            hits: Vec::new(),
        }
    }

    /// Asks for the items with these words, unless that is what was asked last. A newer question ends an older one.
    pub fn ask(&mut self, question: &str) {
        let question = normalized(question);
        if question == self.question {
            return;
        }
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        self.question.clone_from(&question);
        if question.is_empty() {
            self.hits.clear();
            return;
        }
        let (project, asked, sender) = (Arc::clone(&self.project), Arc::clone(&self.asked), self.sender.clone());
        let wake = Arc::clone(&self.wake);
        thread::spawn(move || {
            let is_current = || asked.load(Ordering::Relaxed) == number;
            if let Some(hits) = find(&project, &question, is_current) {
                // Nobody listens any more once the search is closed.
                sender.send((number, hits)).unwrap_or_default();
                wake();
            }
        });
    }

    /// Takes the answers that came in; whether there is something new.
    pub fn listen(&mut self) -> bool {
        let current = self.asked.load(Ordering::Relaxed);
        let newest = self.answers.try_iter().filter(|(number, _)| *number == current).last();
        newest.is_some_and(|(_, hits)| {
            self.hits = hits;
            true
        })
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
    )
}

fn find(project: &Project, question: &str, is_current: impl Fn() -> bool) -> Option<Vec<Hit>> {
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
    use super::*;

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
        let project =
            crate::app::generate::generate(crate::app::library().unwrap(), 30, 1, "2026-11-24".parse().unwrap());
        let step = project.all_in_order::<crate::model::flow::Step>()[0].name.to_string();
        let mut search = Search::new(project, move || sender.send(()).unwrap_or_default());
        search.ask(&step);
        woken.recv().unwrap();
        assert!(search.listen());
        assert!(search.hits.iter().any(|hit| hit.label.contains(&step) && hit.remark.starts_with("process step")));
        search.ask("");
        assert!(search.hits.is_empty());
    }
}
