//! Findings from a read-only project: what is missing, contradictory or out of date in people's documents.
//!
//! A rule says what it is checked per — an item of one kind, or a document — and is handed that item. Everything a check
//! reads is noted by the model ([`crate::model::track`]), so that after an edit exactly those checks run again that read what
//! the edit touched. The [`Checker`] keeps the findings between edits.
//!
//! Some rules of the trade are absent because the model leaves no room for the fault: the action priority and the severity of
//! a mode are computed (RAT-03, RAT-05), and number, specification and class of a characteristic are written once
//! (STR-03, LNK-01, LNK-10, SC-04).
//!
//! *Invariant:* a rule never edits, saves or prints. What mends a finding is offered as a list of `Op`s.

mod action;
mod approval;
mod catalogue;
mod checker;
mod control_plan;
mod document;
mod flow;
mod ground;
mod linkage;
mod peers;
mod place;
mod ppap;
mod rating;
mod risk_case;
mod rule;
mod special_characteristic;
mod structure;

pub use approval::{Reported, fingerprint};
pub use catalogue::{catalogue, explain, family, rule};
pub use checker::{Checker, Counts, release_obstacles};
pub use place::document_of;
pub use rule::{Check, Docs, Rule};
