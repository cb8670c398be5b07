//! Tests over the whole crate, one binary for all of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod action_priority;
mod cli;
mod cli_bad_input;
mod coverage;
mod cpu_renderer;
mod diagram;
mod edit_cells;
mod edit_commands;
mod edit_laws;
mod edit_parts;
mod edit_shared;
mod fixture;
mod generate;
mod import_build;
mod import_cli;
mod import_find;
mod import_read;
mod languages;
mod lists;
mod ppap;
mod ppap_package;
mod proposals;
mod rating_profiles;
mod real_window;
mod report_engine;
mod report_forms;
mod report_profiles;
mod report_steps;
mod rules;
mod rules_fixture;
mod rules_law;
mod samples;
mod store;
mod store_bad_input;
mod store_save;
mod symbols;
mod system_fonts;
mod tidy;
mod ui_dialogs;
mod ui_grid;
mod ui_kit;
mod window;
mod workbook;
