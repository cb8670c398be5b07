//! What was read from another program comes in: all of it, or nothing.

use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;

use super::plan::Transaction;

/// Plans to bring items in. Those that are as they are in the project already are left out.
pub(super) fn plan(project: &Project, label: &str, items: &[Item]) -> Transaction {
    let news = items.iter().filter(|item| project.item(item.id()).as_ref() != Some(*item));
    let ops: Vec<Op> = news.cloned().map(Op::Put).collect();
    let document = ops.iter().map(Op::id).find(|id| matches!(id, AnyId::Document(_)) && !project.contains(*id));
    let transaction = Transaction::new(label, ops);
    match document {
        Some(document) => transaction.focus(document, None),
        None => transaction,
    }
}
