//! What a project *is*: items, links, derived values, and the one way to change them.
//!
//! *Invariant:* nothing here knows of files, of the time, of a screen or of rules.

pub mod applicability;
pub mod characteristic;
pub mod class;
pub mod control_plan;
pub mod coverage;
pub mod document;
pub mod equipment;
pub mod field;
pub mod finding;
pub mod flow;
pub mod fmea;
pub mod form;
pub mod home;
pub mod index;
pub mod item;
pub mod language;
pub mod message;
pub mod meta;
pub mod need;
pub mod op;
pub mod overview;
pub mod plan_gap;
pub mod ppap;
pub mod profile;
pub mod project;
pub mod project_data;
pub mod rating;
pub mod readers;
pub mod reference;
pub mod relation;
pub mod release;
pub mod report_profile;
pub mod results;
pub mod review;
pub mod risk;
pub mod severity;
pub mod specification;
pub mod symbol;
pub mod track;
pub mod violation;

pub use item::{AnyId, Entity, Item, Kind};
pub use op::{Changes, Op, OpError};
pub use project::{Library, Project};
