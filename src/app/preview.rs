//! A report laid out for the screen, off the frame.

use std::path::PathBuf;

use crate::app::export::{PdfOptions, refused};
use crate::app::lookup::{IsCurrent, Question};
use crate::app::printing::Printable;
use crate::base::Id;
use crate::base::clock::Date;
use crate::base::system_fonts::numbered;
use crate::model::Project;
use crate::model::document::Phase;
use crate::model::report_profile::ReportProfile;
use crate::report::display::Display;
use crate::report::{PdfError, lay_out};

/// Asks for the pages of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct PagesOf {
    /// What is printed.
    pub what: Printable,
    /// Only the control-plan rows of this phase.
    pub phase: Option<Phase>,
    /// The day of printing.
    pub today: Date,
    /// The tag of the language, where the profile says none.
    pub language: &'static str,
    /// The report profile; none for the usual one.
    pub profile: Option<Id<ReportProfile>>,
    /// The folder of the project.
    pub folder: PathBuf,
}

/// The pages of a report on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// What is painted.
    pub display: Display,
    /// What of the report profile is not on them, a sentence each.
    pub warnings: Vec<String>,
}

impl Question for PagesOf {
    /// The pages, or why there are none.
    type Answer = Result<Pages, String>;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Self::Answer> {
        let by_profile = PdfOptions::by_profile(project, &self.folder, self.profile, self.language);
        let options = PdfOptions { phase: self.phase, ..by_profile };
        let report = match self.what.report(project, self.today, &options) {
            Ok(report) => report,
            Err(error) => return Some(Err(error.to_string())),
        };
        if !is_current() {
            return None;
        }
        let display =
            lay_out(&report).map_err(|error| refused(project, self.what, PdfError::Layout(error)).to_string());
        // The window will want the fonts of the system by number, and has no time to make them.
        if let Ok(display) = &display {
            for face in display.system_faces() {
                numbered(face);
            }
        }
        Some(display.map(|display| Pages { display, warnings: options.warnings(project) }))
    }
}
