//! Goldthread: one model with three faces for automotive quality planning.

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
