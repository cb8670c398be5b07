//! Numbers by which the grid knows items: the same item always has the same one.

use std::collections::HashSet;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::model::form::{Block, RowId};
use crate::model::{AnyId, Kind};

/// Bits of the random part of an identity.
const RAW_BITS: u32 = crate::base::id::ID_BITS;

/// The number of an item: its kind and the random part of its identity.
pub fn number_of(id: AnyId) -> u64 {
    (id.kind() as u64) << RAW_BITS | id.raw()
}

/// The item with a number.
pub fn item_of(number: u64) -> Option<AnyId> {
    let kind = Kind::ALL.get(usize::try_from(number >> RAW_BITS).ok()?)?;
    Some(AnyId::of(*kind, number & ((1 << RAW_BITS) - 1)))
}

/// The number of a row. Two rows of one item differ by their second item.
pub fn row_number(row: &RowId) -> u64 {
    match row.part {
        None => number_of(row.item),
        Some(part) => number_of(row.item).rotate_left(7) ^ number_of(part).wrapping_mul(0x9e37_79b9_7f4a_7c15),
    }
}

/// The place of a row within its block.
pub fn row_place(block: &Block, number: u64) -> Option<usize> {
    block.rows.iter().position(|row| row_number(&row.id) == number)
}

/// A column key that lives as long as the program. There are few: the columns of the forms and the own fields of projects.
pub fn column_key(key: &str) -> &'static str {
    static KEYS: OnceLock<Mutex<HashSet<&'static str>>> = OnceLock::new();
    let mut keys = KEYS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = keys.get(key) {
        return known;
    }
    let kept: &'static str = Box::leak(key.to_owned().into_boxed_str());
    keys.insert(kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::IdSource;

    #[test]
    fn numbers_name_items() {
        let mut ids = IdSource::seeded(1);
        for kind in Kind::ALL {
            let id = AnyId::of(*kind, ids.next_u64());
            assert_eq!(item_of(number_of(id)), Some(id));
        }
        assert_eq!(column_key("severity"), column_key(&String::from("severity")));
    }
}
