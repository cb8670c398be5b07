//! Goldthread: one model with three faces for automotive quality planning.
//!
//! The process flow, the FMEA and the control plan of a product speak of the same steps, characteristics, effects and
//! controls. Here each of these facts is written once and every document that shows it shows the same one. A project is a
//! folder of RON text files; reports leave as PDF.
//!
//! # The map
//!
//! Layers point one way; a test reads the sources and holds it:
//!
//! ```text
//! base  <  model  <  rules, edit, store, report, exchange  <  app  <  cli, ui
//! ```
//!
//! - [`base`]: identities, order keys, words, numbers, the day, fonts and line breaking. Knows no domain.
//! - [`model`]: what a project *is*. Items of two dozen kinds ([`model::item`]), references between them ([`model::relation`]), the
//!   reverse index, reviewed links ([`model::review`]), ratings and their profiles, and the forms of the trade as neutral
//!   tables ([`model::form`]), which the grid, the paper and the flat export all show.
//! - [`edit`]: what a person means. A [`edit::Command`] is planned without side effects into a transaction, or refused with
//!   a reason; the history takes it back.
//! - [`rules`]: findings about a project, rechecked by what a change touched. A file per family; [`rules::explain`].
//! - [`store`]: the files. Strict reading with line and column, canonical writing, safe saving, lock, autosave; the data that
//!   ships with the program.
//! - [`report`]: page model, layout, display list, PDF bytes; a builder per form; and [`report::diagram`], which lays the
//!   process flow out for screen and paper alike.
//! - [`exchange`]: other formats. Out: the flat CSV and Excel workbooks. In: [`exchange::import`], which reads a spreadsheet,
//!   finds the forms in it, builds items, and accounts for every cell.
//! - [`app`]: the open project ([`app::desk`]), its forms as views keep them, jobs, settings, the registry of commands.
//! - [`cli`] and [`ui`]: two skins over `app`.
//!
//! # Invariants
//!
//! - [`model::Project::apply`] is the only mutator. It does a list of changes or none, returns the inverse, and leaves a
//!   structure without dangling references, cycles or duplicates, or it refuses.
//! - Every change that a person makes goes through [`edit::plan`], whichever menu, key, dialog or command line it came from.
//! - Whoever derives something from a project does so under [`model::track`], and derives it again if and only if a change
//!   touched what was read. No view and no rule declares its dependencies.
//! - A frame reads; what people do is queued and carried out between frames.
//! - What cannot be read is never written. What is deleted leaves its last label where it was used.
//! - The same project, day and options give the same bytes, in files and in reports.

pub mod app;
pub mod base;
pub mod cli;
pub mod edit;
pub mod exchange;
pub mod model;
pub mod report;
pub mod rules;
pub mod store;
pub mod ui;
