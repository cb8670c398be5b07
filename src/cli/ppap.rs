//! `ppap`.

use std::path::Path;

use crate::app::ppap::{Gate, PackageError, package, package_to_file};
use crate::base::clock::Date;
use crate::report::Progress;
use crate::store;

use super::export::{Wishes, say, warn};
use super::{Verdict, output};

/// What is asked for.
pub(super) enum Asked<'a> {
    /// Whether anything stands in the way.
    Check,
    /// The package in a file, or on standard output if that is `-`.
    Package {
        /// Where.
        target: &'a Path,
        /// Whatever stands in the way.
        as_draft: bool,
    },
}

/// Checks the submission of a project, or writes its package.
pub(super) fn ppap(folder: &Path, asked: &Asked<'_>, (today, wishes): (Date, &Wishes)) -> Result<Verdict, String> {
    let opened = store::open::open(folder, crate::app::library()?).map_err(|error| error.to_string())?;
    let project = &opened.project;
    let (target, as_draft) = match asked {
        Asked::Check => return check(&Gate::of(project, folder, today, &opened.findings)),
        Asked::Package { target, as_draft } => (*target, *as_draft),
    };
    let options = wishes.options(project, folder, None)?;
    let wanted = (today, as_draft, opened.findings.as_slice());
    if target == Path::new("-") {
        let work = |progress: &Progress| package(project, wanted, &options, progress);
        let made = output::watched(work).map_err(|error| refused(&error))?;
        warn(&made.warnings);
        output::data(&made.bytes)?;
    } else {
        let work = |progress: &Progress| package_to_file(project, wanted, &options, target, progress);
        say(&output::watched(work).map_err(|error| refused(&error))?);
    }
    Ok(Verdict::Clean)
}

fn check(gate: &Gate) -> Result<Verdict, String> {
    if gate.is_open() {
        output::data(b"ready for submission: nothing stands in the way\n")?;
        return Ok(Verdict::Clean);
    }
    let lines: Vec<String> = gate.obstacles.iter().map(|obstacle| format!("{obstacle}\n")).collect();
    output::data(lines.concat().as_bytes())?;
    let count = lines.len();
    let things = if count == 1 { "1 thing stands".to_owned() } else { format!("{count} things stand") };
    output::progress(&format!("{things} in the way of the submission"));
    Ok(Verdict::Findings)
}

fn refused(error: &PackageError) -> String {
    match error {
        PackageError::Stopped(_) => format!("{error}\nWith --draft a package is made that says so on every page"),
        PackageError::NoSubmission | PackageError::Export(_) => error.to_string(),
    }
}
