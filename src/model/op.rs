//! Primitive changes: the only way a project is ever changed.

use std::collections::HashSet;

use crate::model::item::{AnyId, Item};
use crate::model::track::Read;
use crate::model::violation::Violation;

/// A primitive, invertible change.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// Inserts an item, or replaces the one with the same identity.
    Put(Item),
    /// Removes an item.
    Remove(AnyId),
}

impl Op {
    /// The identity the change is about.
    pub fn id(&self) -> AnyId {
        match self {
            Self::Put(item) => item.id(),
            Self::Remove(id) => *id,
        }
    }
}

/// What a change touched, in the words in which derived values note what they read.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Everything touched.
    pub touched: HashSet<Read>,
    /// The items inserted, replaced or removed.
    pub items: HashSet<AnyId>,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds what another change touched.
    pub fn merge(&mut self, other: Self) {
        self.touched.extend(other.touched);
        self.items.extend(other.items);
    }
}

/// A change that was made.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// The changes that take it back, in the order in which to apply them.
    pub inverse: Vec<Op>,
    /// What it touched.
    pub changes: Changes,
}

/// Why a change was refused; the project is as it was.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OpError {
    /// The item to remove does not exist.
    #[error("there is nothing to remove: the {} is gone already", .0.kind().noun())]
    Unknown(AnyId),
    /// The project would be inconsistent afterwards.
    #[error("{0}")]
    Violation(Violation),
}
