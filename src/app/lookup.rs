//! Questions that somebody asks while typing, answered off the frame from a snapshot of the project. A newer question ends
//! an older one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::model::Project;

/// Whether the question is still the latest; who answers asks this now and then and gives up if it is not.
pub type IsCurrent<'a> = &'a dyn Fn() -> bool;

/// A way to answer questions of one kind.
pub trait Question: Clone + PartialEq + Send + 'static {
    /// What an answer is.
    type Answer: Send + 'static;

    /// The answer; none if the question is not the latest any more.
    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Self::Answer>;
}

/// The latest question and its answer.
pub struct Lookup<Q: Question> {
    project: Arc<Project>,
    latest: Arc<AtomicU64>,
    sender: Sender<(u64, Q::Answer)>,
    answers: Receiver<(u64, Q::Answer)>,
    question: Option<Q>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl<Q: Question> std::fmt::Debug for Lookup<Q> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lookup").finish_non_exhaustive()
    }
}

impl<Q: Question> Lookup<Q> {
    /// A lookup in a snapshot; `wake` is called when an answer is there.
    pub fn new(project: Project, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, answers) = channel();
        let wake = Arc::new(wake);
        Self { project: Arc::new(project), latest: Arc::default(), sender, answers, question: None, wake }
    }

    /// Takes a newer snapshot, unless this one is as new; the question is then answered again when it is asked again.
    pub fn renew(&mut self, project: &Project) {
        if self.project.revision() != project.revision() {
            self.project = Arc::new(project.clone());
            self.question = None;
        }
    }

    /// Asks, unless that is what was asked last.
    pub fn ask(&mut self, question: Q) {
        if self.question.as_ref() == Some(&question) {
            return;
        }
        self.question = Some(question.clone());
        let number = self.latest.fetch_add(1, Ordering::Relaxed) + 1;
        let (project, latest, sender) = (Arc::clone(&self.project), Arc::clone(&self.latest), self.sender.clone());
        let wake = Arc::clone(&self.wake);
        thread::spawn(move || {
            if let Some(answer) = question.answer(&project, &|| latest.load(Ordering::Relaxed) == number) {
                // Nobody listens any more once the lookup is gone.
                sender.send((number, answer)).unwrap_or_default();
                wake();
            }
        });
    }

    /// The answer to the latest question, if it came in since the last call.
    pub fn take_answer(&mut self) -> Option<Q::Answer> {
        let latest = self.latest.load(Ordering::Relaxed);
        self.answers.try_iter().filter(|(number, _)| *number == latest).last().map(|(_, answer)| answer)
    }
}

impl<Q: Question> Drop for Lookup<Q> {
    /// Nobody waits any more: an answer under way is given up.
    fn drop(&mut self) {
        self.latest.fetch_add(1, Ordering::Relaxed);
    }
}
