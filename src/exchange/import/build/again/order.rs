//! Where further items go among those that the project has: behind the one that stands above them in the file.

use std::collections::HashMap;

use crate::base::OrderKey;
use crate::model::item::{AnyId, Kind};

/// The places below the items of a document.
#[derive(Default)]
pub(super) struct Places(HashMap<(AnyId, Kind), Siblings>);

struct Siblings {
    orders: Vec<OrderKey>,
    /// The one that the file named last.
    last: Option<OrderKey>,
}

impl Places {
    /// Notes that the file names an item of the project here.
    pub fn met(&mut self, parent: AnyId, kind: Kind, order: &OrderKey, siblings: impl FnOnce() -> Vec<OrderKey>) {
        self.siblings(parent, kind, siblings).last = Some(order.clone());
    }

    /// A place for a further item: behind the one that the file named last, or behind all.
    pub fn next(&mut self, parent: AnyId, kind: Kind, siblings: impl FnOnce() -> Vec<OrderKey>) -> OrderKey {
        let found = self.siblings(parent, kind, siblings);
        let order = match &found.last {
            Some(last) => OrderKey::between(Some(last), found.orders.iter().filter(|order| *order > last).min()),
            None => OrderKey::after(found.orders.iter().max()),
        };
        found.orders.push(order.clone());
        found.last = Some(order.clone());
        order
    }

    fn siblings(&mut self, parent: AnyId, kind: Kind, orders: impl FnOnce() -> Vec<OrderKey>) -> &mut Siblings {
        self.0.entry((parent, kind)).or_insert_with(|| Siblings { orders: orders(), last: None })
    }
}
