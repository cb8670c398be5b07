//! The report engine on a form like the process FMEA.

mod archive;
pub mod bound;
pub mod form;
pub mod in_file;
mod never_cut;
mod on_paper;
