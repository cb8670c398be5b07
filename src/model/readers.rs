//! Who read what, turned around: from something that changed to what was derived from it, be it a finding or a row.

use std::collections::HashMap;

use rayon::slice::ParallelSliceMut;

use crate::base::id::ID_BITS;
use crate::model::track::Read;

/// The place of something derived in the list of its keeper; never used again for another.
pub type Slot = u32;

/// A read packed into one number: relation, kind and the random bits of the identity side by side, so that two different
/// reads never share a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadKey(u64);

impl From<Read> for ReadKey {
    fn from(read: Read) -> Self {
        const KIND_BITS: u32 = 5;
        let pack = |relation: u64, kind: u64, raw: u64| Self((relation << KIND_BITS | kind) << ID_BITS | raw);
        match read {
            Read::Item(id) => pack(0, id.kind() as u64, id.raw()),
            Read::List(id, relation) => pack(relation as u64 + 1, id.kind() as u64, id.raw()),
            Read::All(kind) => pack(u64::MAX >> (ID_BITS + KIND_BITS), kind as u64, 0),
            Read::Members(kind) => pack(u64::MAX >> (ID_BITS + KIND_BITS), kind as u64, 1),
        }
    }
}

/// One number for a sorted list of reads. Two lists that follow each other at the same slot share it only if they are equal,
/// or once in 2⁶⁴ times.
pub fn digest(reads: &[(ReadKey, Slot)]) -> u64 {
    reads.iter().fold(reads.len() as u64, |digest, (ReadKey(key), _)| {
        let mixed = (digest ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    })
}

/// The reads of all slots, turned around. Reads that a slot has given up since are kept: they cost a needless look now and
/// then, never a missed one.
#[derive(Debug, Clone, Default)]
pub struct Readers {
    base: Vec<(ReadKey, Slot)>,
    later: HashMap<ReadKey, Vec<Slot>>,
}

impl Readers {
    /// From the reads of every slot.
    pub fn new(mut base: Vec<(ReadKey, Slot)>) -> Self {
        base.par_sort_unstable();
        Self { base, later: HashMap::new() }
    }

    /// The slots that read this.
    pub fn of(&self, key: ReadKey) -> impl Iterator<Item = Slot> {
        let start = self.base.partition_point(|(read, _)| *read < key);
        let base = self.base[start..].iter().take_while(move |(read, _)| *read == key).map(|(_, slot)| *slot);
        base.chain(self.later.get(&key).into_iter().flatten().copied())
    }

    /// Notes that a slot read this.
    pub fn add(&mut self, key: ReadKey, slot: Slot) {
        if self.base.binary_search(&(key, slot)).is_ok() {
            return;
        }
        let slots = self.later.entry(key).or_default();
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::model::flow::Step;
    use crate::model::fmea::Failure;
    use crate::model::item::{AnyId, Kind};
    use crate::model::relation::Relation;
    use std::collections::HashSet;

    #[test]
    fn different_reads_have_different_keys() {
        let ids = [
            AnyId::Step(Id::<Step>::MIN),
            AnyId::Step(Id::<Step>::MAX),
            AnyId::Failure(Id::<Failure>::MIN),
            AnyId::Failure(Id::<Failure>::MAX),
        ];
        let mut reads: Vec<Read> = ids.into_iter().map(Read::Item).collect();
        reads.extend(Kind::ALL.iter().flat_map(|kind| [Read::All(*kind), Read::Members(*kind)]));
        for relation in Relation::ALL {
            reads.extend(ids.into_iter().map(|id| Read::List(id, *relation)));
        }
        let keys: HashSet<ReadKey> = reads.iter().map(|read| ReadKey::from(*read)).collect();
        assert_eq!(keys.len(), reads.len());
    }

    #[test]
    fn a_digest_tells_reads_apart() {
        let reads: Vec<(ReadKey, Slot)> =
            (0..100).map(|raw| (ReadKey::from(Read::Item(Id::<Step>::from_raw(raw).into())), 1)).collect();
        let lists = (0..100).flat_map(|end| [&reads[..end], &reads[end..]]);
        let distinct: HashSet<u64> = lists.map(digest).collect();
        assert_eq!(distinct.len(), 200);
    }

    #[test]
    fn later_reads_are_found_beside_the_first_ones() {
        let key = |raw| ReadKey::from(Read::Item(Id::<Step>::from_raw(raw).into()));
        let mut readers = Readers::new(vec![(key(2), 7), (key(1), 3), (key(1), 1)]);
        readers.add(key(1), 9);
        readers.add(key(1), 9);
        readers.add(key(1), 3);
        assert_eq!(readers.of(key(1)).collect::<Vec<_>>(), [1, 3, 9]);
        assert_eq!(readers.of(key(2)).collect::<Vec<_>>(), [7]);
        assert_eq!(readers.of(key(3)).count(), 0);
    }
}
