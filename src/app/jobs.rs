//! Work off the frame: a thread per job, results taken between frames.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What became of a job that succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// What there is to say; blank for nothing.
    pub text: String,
    /// A file or folder that the person may want to open.
    pub made: Option<PathBuf>,
}

/// What a job has to say, or the reason why it failed.
pub type Outcome = Result<Done, String>;

/// The jobs of the window.
pub struct Jobs {
    sender: Sender<Outcome>,
    finished: Receiver<Outcome>,
    running: Arc<Mutex<Vec<&'static str>>>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Jobs {
    /// No jobs yet. `wake` is called whenever one ends.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, finished) = channel();
        Self { sender, finished, running: Arc::default(), wake: Arc::new(wake) }
    }

    /// Starts a job with a name for the foot of the window.
    pub fn start(&self, name: &'static str, work: impl FnOnce() -> Outcome + Send + 'static) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(name);
        let (sender, running, wake) = (self.sender.clone(), Arc::clone(&self.running), Arc::clone(&self.wake));
        thread::spawn(move || {
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|_| {
                Err("The work stopped because of a fault in the program; nothing was changed".to_owned())
            });
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = running.iter().position(|known| *known == name) {
                running.remove(at);
            }
            drop(running);
            // Nobody listens any more once the window is closed.
            sender.send(outcome).unwrap_or_default();
            wake();
        });
    }

    /// The name of a job that runs.
    pub fn running(&self) -> Option<&'static str> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).first().copied()
    }

    /// What the jobs that ended since the last call had to say.
    pub fn take_finished(&self) -> Vec<Outcome> {
        self.finished.try_iter().filter(|outcome| !matches!(outcome, Ok(done) if done.text.is_empty())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_and_faults_arrive() {
        let (wake, woken) = channel();
        let jobs = Jobs::new(move || wake.send(()).unwrap_or_default());
        jobs.start("good", || Ok(Done { text: "done".to_owned(), made: None }));
        woken.recv().unwrap();
        assert_eq!(jobs.take_finished(), vec![Ok(Done { text: "done".to_owned(), made: None })]);
        jobs.start("bad", || Err("no".to_owned()));
        woken.recv().unwrap();
        assert_eq!(jobs.take_finished(), vec![Err("no".to_owned())]);
        assert_eq!(jobs.running(), None);
    }
}
