//! The part submission warrant (data content of form CFG-1001, AIAG PPAP, 4th edition, March 2006), a page for each part.
//!
//! The form is drawn in boxes; labels and declaration are in our own words.

use std::sync::Arc;

use crate::base::clock::Date;
use crate::base::text::is_blank;
use crate::model::language::Language;
use crate::model::ppap::{Answer, Level, Reason, ReportFormat, ResultSet, Submission, Warrant};
use crate::model::project::Project;
use crate::model::relation::Relation;
use crate::report::doc::{Report, Section};
use crate::report::paper::PageSetup;

use super::boxes::{Box, Sheet, SheetRow};
use super::{FormPaper, of_project, small_sheet};

/// What people call it.
pub const WARRANT: &str = "Part submission warrant";

/// What the foot of the form names as its pattern.
const PATTERN: &str = "Data content: CFG-1001, AIAG PPAP 4th edition, March 2006";

/// The warrants of the submission as a report.
pub fn warrant_report(project: &Project, paper: &FormPaper<'_>) -> Report {
    let words = &*paper.language;
    let mut sections = Vec::new();
    if let Some(submission) = project.submission() {
        for warrant in project.children::<Warrant>(submission.id, Relation::WarrantInSubmission) {
            let form = Form { project, submission, warrant, words };
            let sheet = Sheet { rows: form.rows(), growth: 90.0 };
            let title = project.label(warrant.id.into());
            sections.push(Section { new_page: true, ..Section::drawn(&title, Arc::new(sheet)) });
        }
    }
    let page = PageSetup::portrait(small_sheet(paper));
    let mut report = of_project(project, WARRANT, sections, &FormPaper { page, ..paper.clone() });
    report.header.fields.clear();
    report.footer_center = words.word(PATTERN).into_owned();
    report
}

struct Form<'p> {
    project: &'p Project,
    submission: &'p Submission,
    warrant: &'p Warrant,
    words: &'p Language,
}

impl Form<'_> {
    fn say(&self, words: &str) -> String {
        self.words.word(words).into_owned()
    }

    /// A box of words under a label.
    fn field(&self, label: &str, text: impl AsRef<str>, weight: f32) -> Box {
        Box::words(&self.say(label), text.as_ref(), weight)
    }

    fn dated(&self, label: &str, date: Option<Date>, weight: f32) -> Box {
        self.field(label, date.map(|date| date.to_string()).unwrap_or_default(), weight)
    }

    fn bar(&self, words: &str) -> SheetRow {
        SheetRow::Bar(self.say(words))
    }

    fn answers(&self, label: &str, given: Option<Answer>, weight: f32) -> Box {
        let ticks = Answer::ALL.into_iter().map(|answer| (given == Some(answer), self.say(answer.name())));
        Box::ticks(&self.say(label), ticks.collect(), weight)
    }

    fn yes_or_no(&self, label: &str, given: Option<bool>, weight: f32) -> Box {
        let ticks = [(true, "Yes"), (false, "No")].map(|(yes, word)| (given == Some(yes), self.say(word)));
        Box::ticks(&self.say(label), ticks.to_vec(), weight)
    }

    fn rows(&self) -> Vec<SheetRow> {
        let mut rows = self.part();
        rows.extend(self.addresses());
        rows.extend(self.materials());
        rows.extend(self.occasion());
        rows.extend(self.results());
        rows.extend(self.declaration());
        rows.extend(self.signatures());
        rows
    }

    fn part(&self) -> Vec<SheetRow> {
        let (project, warrant) = (self.project, self.warrant);
        let part = project.warranted_part(warrant);
        let (level, dated) = project.warrant_level(warrant);
        let name = part.map(|part| part.name.to_string()).unwrap_or_default();
        let number = part.map(|part| part.number.to_string()).unwrap_or_default();
        let own_number = if warrant.own_number.is_blank() { number.clone() } else { warrant.own_number.to_string() };
        let weight = warrant.weight.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![
            SheetRow::Boxes(vec![self.field("Part name", name, 1.0), self.field("Customer part number", number, 1.0)]),
            SheetRow::Boxes(vec![
                self.field("Shown on drawing number", &*project.warrant_drawing(warrant), 1.0),
                self.field("Organization part number", own_number, 1.0),
            ]),
            SheetRow::Boxes(vec![
                self.field("Engineering change level", &*level, 1.4),
                self.dated("Dated", dated, 0.6),
                self.field("Additional engineering changes", &*warrant.further_changes, 1.4),
                self.dated("Dated", warrant.further_changes_date, 0.6),
            ]),
            SheetRow::Boxes(vec![
                self.yes_or_no("Safety and/or government regulation", warrant.safety_regulation, 1.4),
                self.field("Purchase order number", &*warrant.purchase_order, 1.6),
                self.field("Weight (kg)", weight, 1.0),
            ]),
            SheetRow::Boxes(vec![
                self.field("Checking aid number", &*warrant.checking_aid, 1.6),
                self.field("Engineering change level of the checking aid", &*warrant.checking_aid_level, 1.7),
                self.dated("Dated", warrant.checking_aid_date, 0.7),
            ]),
        ]
    }

    fn addresses(&self) -> Vec<SheetRow> {
        let (submission, data) = (self.submission, self.project.data());
        let or = |own: &str, shared: &str| if is_blank(own) { shared.to_owned() } else { own.to_owned() };
        let code = or(&submission.supplier_code, &data.supplier_code);
        let named = [data.organisation.as_str(), code.as_str()];
        let named = named.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" / ");
        let site = &submission.site;
        vec![
            self.bar("Manufacturing organization and submittal to the customer"),
            SheetRow::Boxes(vec![
                self.field("Organization name and supplier / vendor code", named, 1.0),
                self.field("Customer name / division", or(&submission.division, &data.customer), 1.0),
            ]),
            SheetRow::Boxes(vec![
                self.field("Street address", &*site.street, 1.0),
                self.field("Buyer / buyer code", &*submission.buyer, 1.0),
            ]),
            SheetRow::Boxes(vec![
                self.field("City", &*site.city, 0.32),
                self.field("Region", &*site.region, 0.24),
                self.field("Postal code", &*site.postal_code, 0.2),
                self.field("Country", &*site.country, 0.24),
                self.field("Application", or(&submission.application, &data.programme), 1.0),
            ]),
        ]
    }

    fn materials(&self) -> Vec<SheetRow> {
        let submission = self.submission;
        let formats = ReportFormat::ALL;
        let formats = formats.into_iter().map(|it| (submission.report_format == Some(it), self.say(it.name())));
        vec![
            self.bar("Materials reporting"),
            SheetRow::Boxes(vec![
                self.answers(
                    "Substances of concern that the customer asks about are reported",
                    submission.substances_reported,
                    1.2,
                ),
                Box::ticks(&self.say("Reported by"), formats.collect(), 1.0),
                self.field("Identity and version", &*submission.report_number, 0.8),
                self.dated("Dated", submission.report_date, 0.5),
            ]),
            SheetRow::Boxes(vec![self.answers(
                "Polymeric parts are identified with the ISO marking codes",
                submission.polymers_marked,
                1.0,
            )]),
        ]
    }

    fn occasion(&self) -> Vec<SheetRow> {
        let submission = self.submission;
        let reason = |reason: Reason| {
            let mut words = self.say(reason.name());
            if reason == Reason::Other && !submission.other_reason.is_blank() {
                words = format!("{words}: {}", submission.other_reason);
            }
            (submission.reasons.contains(&reason), words)
        };
        let (left, right) = Reason::ALL.split_at(5);
        let levels = Level::ALL.into_iter().map(|level| {
            let words = format!("{} – {}", level.name(), self.say(level.meaning()));
            (submission.level == level, words)
        });
        vec![
            self.bar("Reason for submission"),
            SheetRow::Boxes(vec![
                Box::list(left.iter().copied().map(reason).collect(), 1.0),
                Box::list(right.iter().copied().map(reason).collect(), 1.0),
            ]),
            self.bar("Requested submission level"),
            SheetRow::Boxes(vec![Box::list(levels.collect(), 1.0)]),
        ]
    }

    fn results(&self) -> Vec<SheetRow> {
        let submission = self.submission;
        let sets = ResultSet::ALL.into_iter().map(|set| (submission.results_for.contains(&set), self.say(set.name())));
        vec![
            self.bar("Submission results"),
            SheetRow::Boxes(vec![Box::ticks(&self.say("The results are those of"), sets.collect(), 1.0)]),
            SheetRow::Boxes(vec![
                self.yes_or_no(
                    "All requirements of drawing and specification are met (if not, explain below)",
                    submission.requirements_met,
                    1.0,
                ),
                self.field("Mold / cavity / production process", &*self.warrant.streams, 1.0),
            ]),
        ]
    }

    fn declaration(&self) -> Vec<SheetRow> {
        let submission = self.submission;
        let number = |given: &Option<crate::base::Decimal>| given.as_ref().map(ToString::to_string).unwrap_or_default();
        let says = [
            "We declare that the samples stand for our series parts, that these come from a process which meets the \
             requirements of the PPAP manual, 4th edition, and that the samples were made at the production rate named here.",
            "The records that prove this are kept and can be inspected. Whatever deviates from this declaration is explained \
             below.",
        ]
        .map(|words| self.say(words))
        .join(" ");
        vec![
            self.bar("Declaration"),
            SheetRow::Boxes(vec![
                Box::words("", &says, 3.0),
                self.field("Production rate: parts", number(&submission.rate_parts), 0.55),
                self.field("in hours", number(&submission.rate_hours), 0.45),
            ]),
            SheetRow::Growing(vec![self.field("Explanation / comments", &*submission.explanation, 1.0).room(2)]),
            SheetRow::Boxes(vec![self.answers(
                "Each tool that the customer owns is tagged and numbered",
                submission.tools_tagged,
                1.0,
            )]),
        ]
    }

    fn signatures(&self) -> Vec<SheetRow> {
        let signature = &self.submission.signature;
        let dispositions = ["Approved", "Rejected", "Other"].map(|word| (false, self.say(word))).to_vec();
        vec![
            SheetRow::Boxes(vec![
                self.field("Authorized signature of the organization", "", 3.0).room(2),
                self.dated("Date", signature.date, 1.0),
            ]),
            SheetRow::Boxes(vec![
                self.field("Print name", &*signature.name, 1.2),
                self.field("Title", &*signature.title, 1.2),
                self.field("Phone", &*signature.phone, 0.9),
                self.field("Fax", &*signature.fax, 0.7),
                self.field("E-mail", &*signature.mail, 1.4),
            ]),
            self.bar("For customer use only (if applicable)"),
            SheetRow::Boxes(vec![
                Box::ticks(&self.say("Part warrant disposition"), dispositions, 1.4),
                self.field("Customer signature", "", 1.6).room(2),
                self.field("Date", "", 0.7),
            ]),
            SheetRow::Boxes(vec![
                self.field("Print name", "", 1.4),
                self.field("Customer tracking number (optional)", "", 1.4),
            ]),
        ]
    }
}
