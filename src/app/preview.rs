//! A report laid out for the screen, off the frame.

use crate::app::export::{PdfOptions, refused};
use crate::app::lookup::{IsCurrent, Question};
use crate::app::printing::Printable;
use crate::base::clock::Date;
use crate::model::Project;
use crate::model::document::Phase;
use crate::report::display::Display;
use crate::report::{PdfError, lay_out};

/// Asks for the pages of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PagesOf {
    /// What is printed.
    pub what: Printable,
    /// Only the control-plan rows of this phase.
    pub phase: Option<Phase>,
    /// The day of printing.
    pub today: Date,
    /// The tag of the language.
    pub language: &'static str,
}

impl Question for PagesOf {
    /// The pages, or why there are none.
    type Answer = Result<Display, String>;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Self::Answer> {
        let options = PdfOptions { phase: self.phase, language: self.language, ..PdfOptions::default() };
        let report = match self.what.report(project, self.today, &options) {
            Ok(report) => report,
            Err(error) => return Some(Err(error.to_string())),
        };
        if !is_current() {
            return None;
        }
        let pages = lay_out(&report).map_err(|error| refused(project, self.what, PdfError::Layout(error)).to_string());
        Some(pages)
    }
}
