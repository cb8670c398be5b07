//! Forms that this program exported come in as they left: every cell is where its item begins, so that equal words in two
//! cells are two items, and nothing has to be guessed.
//!
//! What no form shows does not come with it: sub-steps stand beside their step, the characteristics of a function are found by
//! their words, an effect that is rated through another one is rated itself.

mod cells;
mod characteristics;
mod effects;
mod flow;
mod fmea;
mod machines;
mod optimisation;
mod plan;
mod remarks;
mod risk;
mod steps;
mod structure;
mod title;

use crate::base::Id;
use crate::exchange::import::table::{OwnForm, Table};
use crate::model::document::{Document, DocumentKind};

use super::Builder;

pub(super) use machines::Machines;

/// Builds the document of a table that this program wrote; none if it has to be joined with one of the project.
pub(super) fn build<'t>(builder: &mut Builder<'t>, table: &'t Table, own: &'t OwnForm) -> Option<Id<Document>> {
    if builder.is_new() && builder.project.library().class_sets.set(&own.class_set).is_some() {
        builder.data.class_set = own.class_set.clone();
    }
    match own.document {
        // A project has one flow: that of the project is joined with this one as with any other.
        DocumentKind::ProcessFlow => builder.step_book.flow().is_none().then(|| flow::build(builder, table, own)),
        DocumentKind::ControlPlan => Some(plan::build(builder, table, own)),
        _ => Some(fmea::build(builder, table, own)),
    }
}
