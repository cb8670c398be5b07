//! The report engine on a form like the process FMEA.

mod form;
mod in_file;
mod on_paper;
