//! Whatever the bytes of a spreadsheet: a workbook or an error, never a panic, never more than 1 GB.
//!
//! The cases are random, but the same in every run.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bombs;
mod damage;
mod seeds;
