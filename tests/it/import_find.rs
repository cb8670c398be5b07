//! Which tables are found in sheets and what their columns are taken for: the layouts that the trade uses, in eight languages.

mod layouts;
mod lines;
mod own;
mod sheets;
