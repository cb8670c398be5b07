//! The command line: the same code as the window, without one.
//!
//! Data goes to standard output or to files, everything else to standard error. Exit codes: 0 clean, 1 findings of error
//! severity (or a check that failed), 2 could not run.

mod check;
mod export;
mod fmt;
mod new;
mod output;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::base::clock::{self, Date};
use crate::model::document::Phase;

/// What the process ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Nothing to complain about.
    Clean,
    /// It ran, and found something.
    Findings,
}

/// Linked process flow, FMEA and control plan: editor and command line.
#[derive(Debug, Parser)]
#[command(name = "goldthread", version, about, max_term_width = 100, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Project folder to open in the editor
    project: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a project in an empty folder: an empty one, or a copy of a sample
    New {
        /// Folder; made if it does not exist
        folder: PathBuf,
        /// Copy this sample: electric-parking-brake, connector-housing, stamped-bracket
        #[arg(long, value_name = "NAME")]
        sample: Option<String>,
    },
    /// Check a project against the rules
    Check {
        /// Project folder
        folder: PathBuf,
        /// How to print the findings
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
        /// Also fail on warnings and on files that are not canonical
        #[arg(long)]
        strict: bool,
        /// Day for the rules, as 2026-11-24; today if it is not given
        #[arg(long, value_name = "DATE", value_parser = day)]
        today: Option<Date>,
    },
    /// Write documents as PDF or as flat CSV
    Export {
        /// Project folder
        folder: PathBuf,
        /// Format
        #[arg(long, value_enum)]
        to: ExportFormat,
        /// Which document or list: all documents, process-flow, pfmea, control-plan, characteristics,
        /// special-characteristics, characteristic-matrix, actions, risk-summary, findings, or the name of a document's file, such as fmea-line
        #[arg(long, value_name = "NAME", default_value = "all")]
        document: String,
        /// Only the control-plan rows of this phase
        #[arg(long, value_enum)]
        phase: Option<PhaseOption>,
        /// Language of the reports: en or de
        #[arg(long, value_name = "TAG", default_value = "en")]
        language: String,
        /// File, folder for all documents, or - for standard output
        #[arg(short, long, value_name = "PATH")]
        output: PathBuf,
        /// Day that the reports print, as 2026-11-24; today if it is not given
        #[arg(long, value_name = "DATE", value_parser = day)]
        today: Option<Date>,
    },
    /// Write every file of a project in its canonical form
    Fmt {
        /// Project folder
        folder: PathBuf,
        /// Change nothing; fail if a file is not canonical
        #[arg(long)]
        check: bool,
    },
    /// Explain the code of a finding
    Explain {
        /// Code, such as LNK-04
        code: String,
    },
    /// Make a consistent project of any size, to see how it scales
    Generate {
        /// Number of failure causes, at most 1000000
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=1_000_000))]
        causes: u32,
        /// Folder; made if it does not exist
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// Number that fixes the contents
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Day of its dates, as 2026-11-24; today if it is not given
        #[arg(long, value_name = "DATE", value_parser = day)]
        today: Option<Date>,
    },
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What documents are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// The form on paper.
    Pdf,
    /// The flat form.
    Csv,
}

/// A phase of a control plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PhaseOption {
    /// Prototype build.
    Prototype,
    /// Before full production.
    PreLaunch,
    /// Extra containment after the start of production.
    SafeLaunch,
    /// Production.
    Production,
}

impl PhaseOption {
    fn phase(self) -> Phase {
        match self {
            Self::Prototype => Phase::Prototype,
            Self::PreLaunch => Phase::PreLaunch,
            Self::SafeLaunch => Phase::SafeLaunch,
            Self::Production => Phase::Production,
        }
    }
}

/// What the arguments asked for.
#[derive(Debug)]
pub enum Asked {
    /// A command, which is done; the process ends with this code.
    Done(ExitCode),
    /// The editor, with a project if one is named.
    Editor(Option<PathBuf>),
}

/// Runs the program with these arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Asked {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; where they cannot be printed there is nobody to tell.
            error.print().unwrap_or_default();
            return Asked::Done(ExitCode::from(if error.use_stderr() { 2 } else { 0 }));
        }
    };
    let Some(command) = arguments.command else { return Asked::Editor(arguments.project) };
    let done = std::panic::catch_unwind(|| dispatch(command));
    Asked::Done(match done {
        Ok(Ok(Verdict::Clean)) => ExitCode::SUCCESS,
        Ok(Ok(Verdict::Findings)) => ExitCode::from(1),
        Ok(Err(message)) => failed(&message),
        Err(_) => failed("a fault in the program stopped it; the files of the project are as they were"),
    })
}

/// A day as it stands in the files.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "this is not a day; write year, month and day like 2026-11-24".to_owned())
}

/// Says why the program could not run, and what the process ends with.
pub fn failed(message: &str) -> ExitCode {
    output::error(message);
    ExitCode::from(2)
}

fn dispatch(command: Command) -> Result<Verdict, String> {
    let on = |today: Option<Date>| today.unwrap_or_else(clock::today);
    match command {
        Command::New { folder, sample } => new::new(&folder, sample.as_deref()),
        Command::Check { folder, format, strict, today } => check::check(&folder, format, strict, on(today)),
        Command::Export { folder, to, document, phase, language, output, today } => {
            let phase = phase.map(PhaseOption::phase);
            export::export(&folder, to, &document, phase, &output, (on(today), &language))
        }
        Command::Fmt { folder, check } => fmt::fmt(&folder, check),
        Command::Explain { code } => check::explain(&code),
        Command::Generate { causes, output, seed, today } => new::generate(&output, causes as usize, seed, on(today)),
    }
}
