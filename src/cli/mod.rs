//! The command line: the same code as the window, without one.
//!
//! Data goes to standard output or to files, everything else to standard error. Exit codes: 0 clean, 1 findings of error
//! severity (or a check that failed), 2 could not run.

mod check;
mod export;
mod fmt;
mod import;
mod new;
mod output;
mod ppap;
mod returned;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::base::clock::{self, Date};
use crate::exchange::import::table::TableKind;
use crate::model::document::Phase;
use crate::model::form::FormKind;
use crate::model::report_profile::{Orientation, Paper, TextSize};

/// What the process ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Nothing to complain about.
    Clean,
    /// It ran, and found something.
    Findings,
}

/// What the help says of the fonts.
const FONTS: &str = "Fonts: characters that the fonts of the program do not have are shown with fonts of the system. \
    GOLDTHREAD_FONTS names folders to look in instead; empty, it allows none, so that every machine prints the same pages.";

/// Linked process flow, FMEA and control plan: editor and command line.
#[derive(Debug, Parser)]
#[command(name = "goldthread", version, about, max_term_width = 100, args_conflicts_with_subcommands = true)]
#[command(after_long_help = FONTS)]
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
    /// Write documents as PDF, as Excel workbook, or their tables as CSV or JSON
    Export {
        /// Project folder
        folder: PathBuf,
        /// Format
        #[arg(long, value_enum)]
        to: ExportFormat,
        /// Which document or list: all documents, ppap for the PPAP package, process-flow, pfmea, control-plan, characteristics,
        /// special-characteristics, characteristic-matrix, actions, risk-summary, findings, warrant, ppap-elements,
        /// dimensional-results, material-results, performance-results, or the name of a document's file,
        /// such as fmea-line; the first and the last step of an FMEA are fmea-line-planning and fmea-line-results
        #[arg(long, value_name = "NAME", default_value = "all")]
        document: String,
        /// Only the control-plan rows of this phase
        #[arg(long, value_enum)]
        phase: Option<PhaseOption>,
        /// Report profile of the project, by its name: paper, columns, logo, footer; the first one if it is not given
        #[arg(long, value_name = "NAME")]
        profile: Option<String>,
        /// Language of the reports: en or de; as the profile says, or en, if it is not given
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
        /// Paper of the reports instead of that of the profile
        #[arg(long, value_enum)]
        paper: Option<PaperOption>,
        /// How the paper lies instead of as the profile says
        #[arg(long, value_enum)]
        orientation: Option<OrientationOption>,
        /// Size of body text in points, from 6 to 14, instead of that of the profile
        #[arg(long, value_name = "POINTS", value_parser = text_size)]
        text_size: Option<TextSize>,
        /// Form of the FMEAs; that of their rating profile if it is not given
        #[arg(long, value_enum)]
        form: Option<FormOption>,
        /// In a workbook, write risk priority numbers and action priorities as formulas over their ratings
        #[arg(long)]
        formulas: bool,
        /// File, folder for all documents (a file that ends in .xlsx takes them as one workbook), or - for standard output
        #[arg(short, long, value_name = "PATH")]
        output: PathBuf,
        /// Day that the reports print, as 2026-11-24; today if it is not given
        #[arg(long, value_name = "DATE", value_parser = day)]
        today: Option<Date>,
    },
    /// Check the PPAP submission of a project, or write its package: one PDF with everything that is handed to the customer
    Ppap {
        /// Project folder
        folder: PathBuf,
        /// Only say what stands in the way of the submission; fail if something does
        #[arg(long, conflicts_with_all = ["output", "draft"], required_unless_present = "output")]
        check: bool,
        /// File of the package, or - for standard output
        #[arg(short, long, value_name = "PATH")]
        output: Option<PathBuf>,
        /// Make the package whatever stands in the way; every page says that it is not for submission
        #[arg(long)]
        draft: bool,
        /// Report profile of the project, by its name; the first one if it is not given
        #[arg(long, value_name = "NAME")]
        profile: Option<String>,
        /// Language of the reports: en or de; as the profile says, or en, if it is not given
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
        /// Day of the package, as 2026-11-24; today if it is not given
        #[arg(long, value_name = "DATE", value_parser = day)]
        today: Option<Date>,
    },
    /// Import FMEAs, control plans and process flows from a spreadsheet: xlsx, xlsm, xls, ods, csv or tsv
    Import {
        /// The spreadsheet
        file: PathBuf,
        /// Only this sheet; may be given several times
        #[arg(long = "sheet", value_name = "NAME")]
        sheets: Vec<String>,
        /// Which form it holds
        #[arg(long = "as", value_enum, default_value_t = ImportKind::Auto)]
        kind: ImportKind,
        /// JSON or RON file that says what sheets and columns mean; the report of an import is one
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// Write a report for programs: what was understood, and what became of every cell; - for standard output
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
        /// Project folder; made if it does not exist, else the documents are added to its project
        #[arg(short, long, value_name = "DIR", required_unless_present = "into")]
        output: Option<PathBuf>,
        /// Compare a workbook that was exported from the project of this folder with what the project says now
        #[arg(long, value_name = "DIR", conflicts_with_all = ["output", "sheets", "mapping", "report", "kind"])]
        into: Option<PathBuf>,
        /// With --into: only print what was changed in the workbook; fail if something was
        #[arg(long, requires = "into", conflicts_with = "accept")]
        check: bool,
        /// With --into: take over what was changed in the workbook, and save
        #[arg(long, requires = "into")]
        accept: bool,
        /// With --accept: also make the rows that were added in the workbook, and delete those that were deleted there
        #[arg(long, requires = "accept")]
        rows: bool,
        /// Day of the import, as 2026-11-24; today if it is not given
        #[arg(long, value_name = "DATE", value_parser = day)]
        today: Option<Date>,
    },
    /// Print the schema of the tables that export writes as JSON and CSV, as JSON Schema
    Schema,
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
    /// The form as an Excel workbook.
    Xlsx,
    /// The flat form as JSON, for programs.
    Json,
}

/// Which form a spreadsheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ImportKind {
    /// Whatever is found.
    Auto,
    /// Process FMEA.
    Pfmea,
    /// Design FMEA.
    Dfmea,
    /// Control plan.
    ControlPlan,
    /// Process flow worksheet.
    ProcessFlow,
}

impl ImportKind {
    fn kind(self) -> Option<TableKind> {
        match self {
            Self::Auto => None,
            Self::Pfmea => Some(TableKind::ProcessFmea),
            Self::Dfmea => Some(TableKind::DesignFmea),
            Self::ControlPlan => Some(TableKind::ControlPlan),
            Self::ProcessFlow => Some(TableKind::ProcessFlow),
        }
    }
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

/// A form of an FMEA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormOption {
    /// AIAG & VDA, 2019
    AiagVda,
    /// AIAG, 4th edition
    FourthEdition,
}

impl FormOption {
    fn form(self) -> FormKind {
        match self {
            Self::AiagVda => FormKind::FmeaAiagVda,
            Self::FourthEdition => FormKind::FmeaFourthEdition,
        }
    }
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaperOption {
    /// ISO A4.
    A4,
    /// ISO A3.
    A3,
    /// 8½ × 11 inches.
    Letter,
    /// 11 × 17 inches.
    Tabloid,
}

impl PaperOption {
    fn paper(self) -> Paper {
        match self {
            Self::A4 => Paper::A4,
            Self::A3 => Paper::A3,
            Self::Letter => Paper::Letter,
            Self::Tabloid => Paper::Tabloid,
        }
    }
}

/// Which side of the paper lies at the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OrientationOption {
    /// The long one.
    Landscape,
    /// The short one.
    Portrait,
}

impl OrientationOption {
    fn orientation(self) -> Orientation {
        match self {
            Self::Landscape => Orientation::Landscape,
            Self::Portrait => Orientation::Portrait,
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

/// A size of text.
fn text_size(text: &str) -> Result<TextSize, String> {
    TextSize::parse(text).ok_or_else(|| {
        format!("this is not a size from {} to {} points, such as 6.5", TextSize::SMALLEST, TextSize::LARGEST)
    })
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
        Command::Export {
            folder,
            to,
            document,
            phase,
            profile,
            language,
            paper,
            orientation,
            text_size,
            form,
            formulas,
            output,
            today,
        } => {
            let wishes = export::Wishes {
                form: form.map(FormOption::form),
                formulas,
                profile,
                language,
                paper: paper.map(PaperOption::paper),
                orientation: orientation.map(OrientationOption::orientation),
                text_size,
            };
            let phase = phase.map(PhaseOption::phase);
            export::export(&folder, to, &document, phase, &output, (on(today), &wishes))
        }
        Command::Ppap { folder, check: _, output, draft, profile, language, today } => {
            let wishes = export::Wishes { profile, language, ..export::Wishes::default() };
            let asked = match &output {
                Some(target) => ppap::Asked::Package { target, as_draft: draft },
                None => ppap::Asked::Check,
            };
            ppap::ppap(&folder, &asked, (on(today), &wishes))
        }
        Command::Import { file, into: Some(folder), accept, rows, today, .. } => {
            let take_over = match (accept, rows) {
                (false, _) => returned::TakeOver::Nothing,
                (true, false) => returned::TakeOver::Cells,
                (true, true) => returned::TakeOver::CellsAndRows,
            };
            returned::returned(&file, &folder, take_over, on(today))
        }
        Command::Import { file, sheets, kind, mapping, report, output, today, .. } => {
            let kind = kind.kind();
            let output = output.ok_or("name the folder of the project with -o")?;
            import::import(import::Arguments { file, sheets, kind, mapping, report, output, today: on(today) })
        }
        Command::Schema => export::schema(),
        Command::Fmt { folder, check } => fmt::fmt(&folder, check),
        Command::Explain { code } => check::explain(&code),
        Command::Generate { causes, output, seed, today } => new::generate(&output, causes as usize, seed, on(today)),
    }
}
