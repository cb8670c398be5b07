//! Work off the frame: a thread per job, results taken between frames.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What a job has to say: a message, or the reason why it failed.
pub type Outcome = Result<String, String>;

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
        self.finished.try_iter().filter(|outcome| !matches!(outcome, Ok(said) if said.is_empty())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_and_faults_arrive() {
        let (wake, woken) = channel();
        let jobs = Jobs::new(move || wake.send(()).unwrap_or_default());
        jobs.start("good", || Ok("done".to_owned()));
        woken.recv().unwrap();
        assert_eq!(jobs.take_finished(), vec![Ok("done".to_owned())]);
        jobs.start("bad", || Err("no".to_owned()));
        woken.recv().unwrap();
        assert_eq!(jobs.take_finished(), vec![Err("no".to_owned())]);
        assert_eq!(jobs.running(), None);
    }
}
