//! The report engine on a form like the process FMEA.

pub mod archive;
pub mod bound;
pub mod form;
pub mod in_file;
pub mod never_cut;
mod on_paper;
