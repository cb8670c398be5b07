//! How far a report is, for whoever waits for it, and whether anybody still does.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The parts of the work, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The cells of the form are filled.
    Form,
    /// The texts of the rows are broken into lines.
    Rows,
    /// The pages are painted.
    Pages,
    /// The pages are written.
    File,
}

impl Part {
    /// Where the part begins and ends, in hundredths of the whole: what it takes of the time for a form of thousands of rows.
    const fn share(self) -> (usize, usize) {
        match self {
            Self::Form => (0, 20),
            Self::Rows => (20, 50),
            Self::Pages => (50, 65),
            Self::File => (65, 100),
        }
    }
}

/// Who is told that another hundredth is done.
type Listener = Box<dyn Fn(&Progress) + Send + Sync>;

/// How far the work is. Whoever works counts its steps and stops when nobody waits any more; whoever waits reads and may end
/// it. Shared by all threads that work.
#[derive(Default)]
pub struct Progress {
    is_ended: AtomicBool,
    /// The reports that are done, and how many there are.
    reports: [AtomicUsize; 2],
    /// The part at work: where it begins, where it ends, its steps and how many of them are done.
    part: [AtomicUsize; 4],
    /// The last hundredth that was told.
    told: AtomicUsize,
    listener: Option<Listener>,
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress").field("percent", &self.percent()).field("is_ended", &self.is_ended()).finish()
    }
}

impl Progress {
    /// Work that has not begun. `listener` is called for each hundredth, from whichever thread has done it.
    pub fn new(listener: impl Fn(&Self) + Send + Sync + 'static) -> Self {
        Self { listener: Some(Box::new(listener)), ..Self::default() }
    }

    /// Ends the work: whoever does it gives up at the next step.
    pub fn end(&self) {
        self.is_ended.store(true, Ordering::Relaxed);
    }

    /// Whether nobody waits any more.
    pub fn is_ended(&self) -> bool {
        self.is_ended.load(Ordering::Relaxed)
    }

    /// Begins a report, counted from 0, of so many.
    pub fn begin_report(&self, at: usize, count: usize) {
        self.reports[0].store(at, Ordering::Relaxed);
        self.reports[1].store(count, Ordering::Relaxed);
        self.begin(Part::Form, 0);
    }

    /// Begins a part of so many steps.
    pub fn begin(&self, part: Part, steps: usize) {
        let (from, to) = part.share();
        for (place, value) in self.part.iter().zip([from, to, steps, 0]) {
            place.store(value, Ordering::Relaxed);
        }
        self.tell();
    }

    /// Counts a step of the part. Whether to go on.
    pub fn step(&self) -> bool {
        self.part[3].fetch_add(1, Ordering::Relaxed);
        self.tell();
        !self.is_ended()
    }

    /// How much of everything is done, from 0 to 100.
    pub fn percent(&self) -> usize {
        let [from, to, steps, done] = self.part.each_ref().map(|value| value.load(Ordering::Relaxed));
        let here = from + (to - from) * done.min(steps) / steps.max(1);
        let [at, count] = self.reports.each_ref().map(|value| value.load(Ordering::Relaxed));
        ((at * 100 + here) / count.max(1)).min(100)
    }

    fn tell(&self) {
        let Some(listener) = &self.listener else { return };
        let percent = self.percent();
        if self.told.fetch_max(percent, Ordering::Relaxed) < percent {
            listener(self);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::Mutex;

    #[test]
    fn hundredths_are_told_once_and_in_order() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&heard);
        let progress = Progress::new(move |progress| hears.lock().unwrap().push(progress.percent()));
        for report in 0..2 {
            progress.begin_report(report, 2);
            for part in [Part::Form, Part::Rows, Part::Pages, Part::File] {
                progress.begin(part, 400);
                (0..400).for_each(|_| assert!(progress.step()));
            }
        }
        let heard = heard.lock().unwrap();
        assert!(heard.is_sorted() && heard.len() > 90, "{heard:?}");
        assert_eq!(heard.last(), Some(&100));
    }

    #[test]
    fn work_that_nobody_waits_for_does_not_go_on() {
        let progress = Progress::default();
        assert!(progress.step());
        progress.end();
        assert!(!progress.step() && progress.is_ended());
    }
}
