//! What the frame asks for. Frames only read; requests are carried out between them.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::Pos2;

use crate::app::arrange::{Filter, Sort};
use crate::app::export::Format;
use crate::app::layout::Layout;
use crate::app::printing::Printable;
use crate::app::registry::MenuCommand;
use crate::app::settings::{KeptFilter, Settings};
use crate::base::Id;
use crate::edit::{CellBatch, Command};
use crate::model::AnyId;
use crate::model::document::Phase;
use crate::model::field::Field;
use crate::model::ppap::PpapElement;
use crate::model::report_profile::ReportProfile;
use crate::ui::dialogs::{Dialog, Imported, TakenOver};
use crate::ui::grid::CellAddress;
use crate::ui::page::Page;
use crate::ui::workspace::Subject;

/// Something to be done after the frame.
#[derive(Debug)]
pub enum Request {
    /// A change of the project.
    Run(Command),
    /// A change of the project that makes a row; its editor opens.
    RunAndEdit(Command),
    /// Texts into cells: a paste, a fill, a clearing.
    Write(Box<CellBatch>),
    /// Copy a file into the project folder and let it prove a PPAP element.
    Attach(Id<PpapElement>, PathBuf),
    /// Put the cursor on a cell of a page.
    ShowCell(Page, CellAddress),
    /// A command of the program.
    Menu(MenuCommand),
    /// Show a dialog.
    Show(Dialog),
    /// Open the project in a folder.
    Open(PathBuf),
    /// Show what is in a spreadsheet, to import it.
    ImportFile(PathBuf),
    /// Import a spreadsheet that was looked at.
    Import(Arc<Imported>),
    /// Take over what was changed in a workbook that came home.
    TakeOver(Arc<TakenOver>),
    /// Ask where the account of an import goes.
    AskLossReport(Arc<Imported>),
    /// Write the account of an import to a file.
    SaveLossReport(Arc<Imported>, PathBuf),
    /// Copy a sample to the place of samples, unless it is there, and open it.
    OpenSample(&'static str),
    /// Make a project in an empty folder.
    CreateProject(NewProject),
    /// Show a page.
    ShowPage(Page),
    /// Show an item, and if possible one of its fields, in the document where it stands.
    ShowItem(AnyId, Option<Field>),
    /// Show the lines of a page that fulfil a filter, or of the page that is shown.
    Arrange {
        /// The page; none for the one that is shown.
        page: Option<Page>,
        /// Which lines.
        filter: Filter,
        /// In which order.
        sort: Option<Sort>,
    },
    /// Show other columns of the form that is shown, or in another order.
    SetLayout(Layout),
    /// Keep a filter under its name.
    KeepFilter(KeptFilter),
    /// Forget a filter that was kept.
    ForgetFilter(KeptFilter),
    /// Open a file or a folder with the program that the system has for it.
    OpenFile(PathBuf),
    /// Take over settings.
    UseSettings(Box<Settings>),
    /// Write the settings, which changed.
    KeepSettings,
    /// Open the menu of a cell or of a column.
    OpenContext(Subject, Pos2),
    /// Open the list of findings.
    ShowFindings,
    /// Write a document to a file.
    Export(ExportTarget),
    /// Ask where the PPAP package goes.
    AskPackage {
        /// Whatever stands in the way.
        as_draft: bool,
    },
    /// Write the PPAP package to a file.
    ExportPackage {
        /// Where to.
        path: PathBuf,
        /// Whatever stands in the way.
        as_draft: bool,
    },
    /// End what goes on in the background, as far as it may be ended.
    EndJob,
    /// Print reports in another language, by its tag.
    SetReportLanguage(&'static str),
    /// Print reports of the project by another report profile.
    SetReportProfile(Id<ReportProfile>),
    /// Copy a picture into the project folder and make it the logo of a report profile.
    TakeLogo(Id<ReportProfile>, PathBuf),
    /// Close the project, whatever was not saved.
    Discard(After),
    /// Save, then close the project if that succeeded.
    SaveAnd(After),
    /// Write the project to another folder and go on there.
    SaveTo(PathBuf),
    /// Take over, or drop, what was saved automatically before a crash.
    Restore(bool),
    /// Say something at the foot of the window.
    Notice(String),
    /// Close the dialog that asks.
    Nothing,
}

/// What follows the closing of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// The start screen.
    Start,
    /// The window closes.
    Quit,
    /// The project in a folder is opened.
    Open(PathBuf),
    /// A project is made.
    NewProject,
}

/// A project to be made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewProject {
    /// The folder, which is made if it does not exist and must be empty if it does.
    pub folder: PathBuf,
    /// Name of the project.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Customer.
    pub customer: String,
    /// Rating profile of the process FMEA.
    pub rating_profile: String,
}

/// What to write where.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportTarget {
    /// The document or the list; none for every document: a folder of files, or one workbook.
    pub what: Option<Printable>,
    /// What is written.
    pub format: Format,
    /// Only the control-plan rows of this phase.
    pub phase: Option<Phase>,
    /// The tag of the language, where the report profile says none.
    pub language: &'static str,
    /// The report profile; none for the usual one.
    pub profile: Option<Id<ReportProfile>>,
    /// The file, or the folder for all documents.
    pub path: PathBuf,
}
