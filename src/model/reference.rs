//! How items point at each other: containment by plain identity, everything else by references that survive the loss of
//! their target, and links that also remember what they were reviewed against.

use crate::base::clock::Date;
use crate::base::{Id, Text};
use crate::model::item::{AnyId, Entity};
use crate::model::relation::Relation;

/// A reference that outlives its target: when the target is deleted, its identity and last label stay until a person
/// decides.
#[derive(Debug, Clone, PartialEq)]
pub enum Ref<T> {
    /// The target exists.
    Item(Id<T>),
    /// The target was deleted, or its document could not be read.
    Missing {
        /// The identity the target had. Identities are never reused, so the reference heals when the target returns.
        id: Id<T>,
        /// What the target was called when it was last seen; empty if it never was.
        last_label: Text,
    },
}

impl<T> Ref<T> {
    /// The identity of a target that exists.
    pub fn present(&self) -> Option<Id<T>> {
        match self {
            Self::Item(id) => Some(*id),
            Self::Missing { .. } => None,
        }
    }

    /// The identity, whether the target exists or not.
    pub fn id(&self) -> Id<T> {
        match self {
            Self::Item(id) | Self::Missing { id, .. } => *id,
        }
    }

    /// What a lost target was called.
    pub fn last_label(&self) -> Option<&Text> {
        match self {
            Self::Item(_) => None,
            Self::Missing { last_label, .. } => Some(last_label),
        }
    }
}

impl<T> From<Id<T>> for Ref<T> {
    fn from(id: Id<T>) -> Self {
        Self::Item(id)
    }
}

/// What a link was reviewed against: the values of the declared fields of its target at that time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// Which list of fields was compared; a newer scheme never makes an old review suspect.
    pub scheme: u16,
    /// Who reviewed.
    pub by: Text,
    /// The day of the review.
    pub on: Option<Date>,
    /// Field name and value, in the order of the scheme.
    pub values: Vec<(Text, Text)>,
}

/// A reviewed reference: suspect as soon as the meaning of its target differs from what was reviewed.
#[derive(Debug, Clone, PartialEq)]
pub struct Link<T> {
    /// The target.
    pub to: Ref<T>,
    /// What the link was reviewed against.
    pub reviewed: Review,
}

/// Anything that holds references: visited for the reverse index and told when a target goes.
pub trait Reference {
    /// Calls `found` for every target that exists.
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId));
    /// Turns every reference to `target` into a missing one that remembers `label`.
    fn detach(&mut self, target: AnyId, label: &Text);
    /// Turns every reference to something that `exists` denies into a missing one, and heals those whose target is back.
    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool;
}

impl<T: Entity> Reference for Id<T> {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        found(relation, T::any(*self));
    }

    // Containment: the item goes with its container, so there is nothing to detach.
    fn detach(&mut self, _: AnyId, _: &Text) {}

    fn reconcile(&mut self, _: &dyn Fn(AnyId) -> bool) -> bool {
        false
    }
}

impl<T: Entity> Reference for Ref<T> {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        if let Self::Item(id) = self {
            found(relation, T::any(*id));
        }
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        if let Self::Item(id) = *self
            && T::any(id) == target
        {
            *self = Self::Missing { id, last_label: label.clone() };
        }
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        let id = self.id();
        match (&self, exists(T::any(id))) {
            (Self::Item(_), false) => *self = Self::Missing { id, last_label: Text::default() },
            (Self::Missing { .. }, true) => *self = Self::Item(id),
            _ => return false,
        }
        true
    }
}

impl<T: Entity> Reference for Link<T> {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        self.to.visit(relation, found);
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        self.to.detach(target, label);
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        self.to.reconcile(exists)
    }
}

impl<R: Reference> Reference for Option<R> {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        if let Some(inner) = self {
            inner.visit(relation, found);
        }
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        if let Some(inner) = self {
            inner.detach(target, label);
        }
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        self.as_mut().is_some_and(|inner| inner.reconcile(exists))
    }
}

impl<R: Reference> Reference for Vec<R> {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        for inner in self {
            inner.visit(relation, found);
        }
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        for inner in self {
            inner.detach(target, label);
        }
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        let mut changed = false;
        for inner in self {
            changed |= inner.reconcile(exists);
        }
        changed
    }
}
