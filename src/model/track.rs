//! Who read what: the one mechanism by which rows and findings know when they are out of date.
//!
//! While a closure runs under [`track`], every accessor of the project notes what it hands out. A change of the project says
//! in the same words what it touched ([`crate::model::op::Changes`]). What was derived from a project is stale exactly if the
//! two sets meet, so no view and no rule has to declare what it depends on, and none can forget to.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::hash::BuildHasher;

use crate::model::item::{AnyId, Kind};
use crate::model::relation::Relation;

/// Something that can be read from a project and changed in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// The fields of an item, or that there is no such item.
    Item(AnyId),
    /// Which items refer to this one by this relation, and in which order.
    List(AnyId, Relation),
    /// All items of a kind.
    All(Kind),
    /// Which items of a kind there are, and in which order; not what they say.
    Members(Kind),
}

thread_local! {
    static TRACKING: Cell<bool> = const { Cell::new(false) };
    static READS: RefCell<Vec<Read>> = const { RefCell::new(Vec::new()) };
    /// The number of the closure that is tracked, so that none takes a read of another for its own.
    static TRACK: Cell<u64> = const { Cell::new(0) };
    /// The number that was given last.
    static NEWEST: Cell<u64> = const { Cell::new(0) };
    /// Reads noted lately, each in the place that follows from it. What derives a row reads the same few items again and
    /// again; most of these repetitions end here.
    static LATELY: RefCell<[(u64, Option<Read>); LATELY_PLACES]> = const { RefCell::new([(0, None); LATELY_PLACES]) };
}

const LATELY_PLACES: usize = 512;

/// Runs `derive` and returns what it read, sorted and without repetition.
pub fn track<R>(derive: impl FnOnce() -> R) -> (R, Vec<Read>) {
    let outer = READS.take();
    let was_tracking = TRACKING.replace(true);
    let outer_track = TRACK.get();
    NEWEST.set(NEWEST.get() + 1);
    TRACK.set(NEWEST.get());
    let result = derive();
    TRACK.set(outer_track);
    TRACKING.set(was_tracking);
    let mut reads = READS.replace(outer);
    reads.sort_unstable();
    reads.dedup();
    if was_tracking {
        READS.with_borrow_mut(|outer| outer.extend_from_slice(&reads));
    }
    (result, reads)
}

/// Notes a read. Costs next to nothing where nobody tracks.
pub(crate) fn note(read: Read) {
    if TRACKING.get() && !is_noted(read) {
        READS.with_borrow_mut(|reads| reads.push(read));
    }
}

/// Whether a read was noted lately for what is tracked now; it is from now on.
fn is_noted(read: Read) -> bool {
    let noted = (TRACK.get(), Some(read));
    LATELY.with_borrow_mut(|lately| std::mem::replace(&mut lately[place(read)], noted) == noted)
}

fn place(read: Read) -> usize {
    let number = match read {
        Read::Item(id) => id.raw() << 7,
        Read::List(id, relation) => (id.raw() << 7) | (relation as u64 + 1),
        Read::All(kind) => kind as u64,
        Read::Members(kind) => (kind as u64) | (1 << 6),
    };
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % LATELY_PLACES
}

/// Whether something derived from `reads` is out of date after `touched`.
pub fn is_stale(reads: &[Read], touched: &HashSet<Read, impl BuildHasher>) -> bool {
    if reads.len() <= touched.len() {
        reads.iter().any(|read| touched.contains(read))
    } else {
        touched.iter().any(|read| reads.binary_search(read).is_ok())
    }
}
