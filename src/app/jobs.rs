//! Work off the frame: a thread per job, results taken between frames.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::report::Progress;

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

/// A job that runs.
#[derive(Debug, Clone)]
struct Running {
    name: &'static str,
    /// How far it is, for one that takes long and may be ended.
    progress: Option<Arc<Progress>>,
}

/// The jobs of the window.
pub struct Jobs {
    sender: Sender<Outcome>,
    finished: Receiver<Outcome>,
    running: Arc<Mutex<Vec<Running>>>,
    wake: Arc<dyn Fn() + Send + Sync>,
    gate: Gate,
}

/// What a job that may be ended passes before it begins: whoever holds the lock keeps it waiting there, so that a test can
/// look at a job that runs, however fast it is.
pub type Gate = Arc<Mutex<()>>;

impl Jobs {
    /// No jobs yet. `wake` is called whenever one ends.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, finished) = channel();
        Self { sender, finished, running: Arc::default(), wake: Arc::new(wake), gate: Gate::default() }
    }

    /// Starts a job with a name for the foot of the window.
    pub fn start(&self, name: &'static str, work: impl FnOnce() -> Outcome + Send + 'static) {
        self.run(Running { name, progress: None }, work);
    }

    /// Starts a job that says how far it is and may be ended.
    pub fn start_watched(&self, name: &'static str, work: impl FnOnce(&Progress) -> Outcome + Send + 'static) {
        let wake = Arc::clone(&self.wake);
        let progress = Arc::new(Progress::new(move |_| wake()));
        let (watched, gate) = (Arc::clone(&progress), Arc::clone(&self.gate));
        self.run(Running { name, progress: Some(progress) }, move || {
            drop(gate.lock().unwrap_or_else(PoisonError::into_inner));
            work(&watched)
        });
    }

    /// The gate of the jobs that may be ended.
    pub fn gate(&self) -> Gate {
        Arc::clone(&self.gate)
    }

    fn run(&self, job: Running, work: impl FnOnce() -> Outcome + Send + 'static) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(job.clone());
        let (sender, running, wake) = (self.sender.clone(), Arc::clone(&self.running), Arc::clone(&self.wake));
        thread::spawn(move || {
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|_| {
                Err("The work stopped because of a fault in the program; nothing was changed".to_owned())
            });
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            let same = |known: &Running| match (&known.progress, &job.progress) {
                (Some(known), Some(own)) => Arc::ptr_eq(known, own),
                (None, None) => known.name == job.name,
                _ => false,
            };
            if let Some(at) = running.iter().position(same) {
                running.remove(at);
            }
            drop(running);
            // Nobody listens any more once the window is closed.
            sender.send(outcome).unwrap_or_default();
            wake();
        });
    }

    /// The name of a job that runs, and how far it is if it says so. Those that may be ended come first.
    pub fn running(&self) -> Option<String> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let job = running.iter().find(|job| job.progress.is_some()).or_else(|| running.first())?;
        let percent = job.progress.as_ref().map(|progress| format!(" {} %", progress.percent()));
        Some(format!("{}{}", job.name, percent.unwrap_or_default()))
    }

    /// Whether a job runs that may be ended.
    pub fn may_end(&self) -> bool {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.iter().filter_map(|job| job.progress.as_ref()).any(|progress| !progress.is_ended())
    }

    /// Ends the jobs that may be ended; they say when they have.
    pub fn end(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.iter().filter_map(|job| job.progress.as_ref()).for_each(|progress| progress.end());
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

    #[test]
    fn a_job_that_is_watched_says_how_far_it_is_and_ends_when_asked() {
        use crate::report::progress::Part;
        let (wake, woken) = channel();
        let jobs = Jobs::new(move || wake.send(()).unwrap_or_default());
        let (go, gone) = channel::<()>();
        jobs.start_watched("Exporting…", move |progress| {
            progress.begin(Part::File, 2);
            gone.recv().unwrap_or_default();
            if progress.step() { Ok(Done::default()) } else { Err("ended".to_owned()) }
        });
        woken.recv().unwrap();
        assert_eq!(jobs.running().as_deref(), Some("Exporting… 65 %"));
        assert!(jobs.may_end());
        jobs.end();
        assert!(!jobs.may_end());
        go.send(()).unwrap();
        let ended = std::iter::from_fn(|| woken.recv().ok()).find_map(|()| jobs.take_finished().pop());
        assert_eq!(ended, Some(Err("ended".to_owned())));
    }
}
