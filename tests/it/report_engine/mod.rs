//! The report engine on a form like the process FMEA.

mod archive;
mod form;
pub mod in_file;
mod on_paper;
