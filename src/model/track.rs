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
}

/// Runs `derive` and returns what it read, sorted and without repetition.
pub fn track<R>(derive: impl FnOnce() -> R) -> (R, Vec<Read>) {
    let outer = READS.take();
    let was_tracking = TRACKING.replace(true);
    let result = derive();
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
    if TRACKING.get() {
        READS.with_borrow_mut(|reads| {
            if reads.last() != Some(&read) {
                reads.push(read);
            }
        });
    }
}

/// Whether something derived from `reads` is out of date after `touched`.
pub fn is_stale(reads: &[Read], touched: &HashSet<Read, impl BuildHasher>) -> bool {
    if reads.len() <= touched.len() {
        reads.iter().any(|read| touched.contains(read))
    } else {
        touched.iter().any(|read| reads.binary_search(read).is_ok())
    }
}
