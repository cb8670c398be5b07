//! The PPAP submission and the warrants of its parts: every field of the part submission warrant, page by page.

use eframe::egui::{Context, ScrollArea, Ui};

use super::DialogContext;
use super::fields::{Choice, Drafts, Look, choice};
use super::frame::{self, First, LARGE, named};
use super::warrants::Warrants;
use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::{Command, choices};
use crate::model::field::Field;
use crate::model::item::AnyId;
use crate::model::ppap::{BETWEEN, Level, Reason, ResultSet, Submission, Warrant};
use crate::ui::kit::widgets::{caption, field_row, section};
use crate::ui::request::Request;

/// A page of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// Occasion, level, reasons.
    Occasion,
    /// Manufacturing site and customer.
    Addresses,
    /// Materials reporting and results.
    Results,
    /// Declaration and signature.
    Declaration,
    /// What differs from part to part.
    Warrants,
}

const PAGES: [(Page, &str); 5] = [
    (Page::Occasion, "Submission"),
    (Page::Addresses, "Site and customer"),
    (Page::Results, "Materials and results"),
    (Page::Declaration, "Declaration and signature"),
    (Page::Warrants, "Warrants of the parts"),
];

/// How a field is edited.
#[derive(Debug, Clone, Copy)]
enum Edit {
    /// As text with so many lines.
    Text(usize),
    /// By choosing.
    Choice,
}

/// A field with its name and a prompt.
type Asked = (Field, &'static str, &'static str, Edit);

const DATE: &str = "2026-11-24";

const ADDRESSES: &[Asked] = &[
    (Field::Street, "Street address", "Of the manufacturing site", Edit::Text(1)),
    (Field::City, "City", "", Edit::Text(1)),
    (Field::Region, "Region", "", Edit::Text(1)),
    (Field::PostalCode, "Postal code", "", Edit::Text(1)),
    (Field::Country, "Country", "", Edit::Text(1)),
    (Field::SupplierCode, "Supplier code", "Where it differs from the project’s", Edit::Text(1)),
    (Field::Division, "Customer and division", "Where it differs from the customer of the project", Edit::Text(1)),
    (Field::Buyer, "Buyer and buyer code", "", Edit::Text(1)),
    (Field::Application, "Application", "Where it differs from the programme of the project", Edit::Text(1)),
];

const MATERIALS: &[Asked] = &[
    (Field::SubstancesReported, "Substances reported", "", Edit::Choice),
    (Field::ReportFormat, "Reported by", "", Edit::Choice),
    (Field::ReportNumber, "Identity and version", "Of the report", Edit::Text(1)),
    (Field::ReportDate, "Date of the report", DATE, Edit::Text(1)),
    (Field::PolymersMarked, "Polymeric parts marked", "", Edit::Choice),
];

const CONFORMITY: &[Asked] = &[
    (Field::RequirementsMet, "All requirements met", "", Edit::Choice),
    (Field::Explanation, "Explanation and comments", "What is not met and why", Edit::Text(3)),
];

const DECLARATION: &[Asked] = &[
    (Field::RateParts, "Production rate: parts", "300", Edit::Text(1)),
    (Field::RateHours, "Production rate: hours", "8", Edit::Text(1)),
    (Field::ToolsTagged, "Customer tools tagged", "", Edit::Choice),
];

const SIGNATURE: &[Asked] = &[
    (Field::Signatory, "Name", "", Edit::Text(1)),
    (Field::SignatoryTitle, "Title", "", Edit::Text(1)),
    (Field::Phone, "Phone", "", Edit::Text(1)),
    (Field::Fax, "Fax", "n/a", Edit::Text(1)),
    (Field::Mail, "E-mail", "", Edit::Text(1)),
    (Field::SignatureDate, "Date", DATE, Edit::Text(1)),
];

/// The dialog with what was typed into it.
#[derive(Debug)]
pub(super) struct SubmissionDialog {
    submission: Id<Submission>,
    page: Page,
    shown: Page,
    drafts: Drafts,
    warrants: Warrants,
    first: First,
}

impl SubmissionDialog {
    pub(super) fn new(submission: Id<Submission>, warrant: Option<Id<Warrant>>) -> Self {
        let page = if warrant.is_some() { Page::Warrants } else { Page::Occasion };
        Self {
            submission,
            page,
            shown: page,
            drafts: Drafts::default(),
            warrants: Warrants::at(warrant),
            first: First::default(),
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let Some(submission) = desk.project().get(self.submission) else { return false };
        let shown = frame::show(ctx, "submission", "PPAP submission", LARGE, |ui| {
            frame::tabs(ui, &PAGES, &mut self.page);
            if self.shown != self.page {
                self.drafts.settle(desk, queue);
                self.drafts = Drafts::default();
                self.shown = self.page;
            }
            frame::steady_body(ui, 470.0, |ui| {
                if self.page == Page::Warrants {
                    return self.warrants.show(ui, desk, self.submission, &mut self.drafts, queue);
                }
                ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| match self.page {
                    Page::Occasion => self.occasion(ui, desk, submission, queue),
                    Page::Addresses => self.fields(ui, desk, ADDRESSES, queue),
                    Page::Results => self.results(ui, desk, submission, queue),
                    Page::Declaration => {
                        self.fields(ui, desk, DECLARATION, queue);
                        section(ui, "Signature of the organisation");
                        self.fields(ui, desk, SIGNATURE, queue);
                    }
                    Page::Warrants => {}
                });
            });
            frame::stays_open(ui)
        });
        let stays = shown.inner && !shown.closed;
        if !stays {
            self.drafts.settle(desk, queue);
        }
        stays
    }

    fn fields(&mut self, ui: &mut Ui, desk: &Desk, asked: &[Asked], queue: &mut Vec<Request>) {
        for (field, name, hint, edit) in asked {
            let at = (self.submission.into(), *field);
            match edit {
                Edit::Text(rows) => {
                    let response = self.drafts.row(ui, desk, at, Look { name, hint, rows: *rows }, queue);
                    self.first.claim(&response);
                }
                Edit::Choice => {
                    field_row(ui, name, |ui| choice(ui, desk, at, name, &with_blank(desk, at), queue));
                }
            }
        }
    }

    fn occasion(&mut self, ui: &mut Ui, desk: &Desk, submission: &Submission, queue: &mut Vec<Request>) {
        let id = AnyId::from(self.submission);
        let title = Look { name: "Title", hint: "", rows: 1 };
        let response = self.drafts.row(ui, desk, (id, Field::Title), title, queue);
        self.first.claim(&response);
        let levels: Vec<Choice> = Level::ALL
            .into_iter()
            .map(|level| (level.name().to_owned(), format!("{} – {}", level.name(), level.meaning())))
            .collect();
        let at = (id, Field::SubmissionLevel);
        field_row(ui, "Submission level", |ui| choice(ui, desk, at, "Submission level", &levels, queue));
        self.drafts.row(ui, desk, (id, Field::Date), Look { name: "Date", hint: DATE, rows: 1 }, queue);
        section(ui, "Reason for submission");
        if submission.reasons.is_empty() {
            caption(ui, "Tick at least one.");
        }
        tick(ui, (id, Field::Reasons), &Reason::ALL, &submission.reasons, Reason::name, queue);
        let other = Look { name: "Other reason", hint: "If “Other” is ticked", rows: 1 };
        self.drafts.row(ui, desk, (id, Field::OtherReason), other, queue);
        section(ui, "Weights");
        for (field, name) in
            [(Field::WeightDecimals, "Digits behind the point"), (Field::WeightParts, "Mean of how many parts")]
        {
            self.drafts.row(ui, desk, (id, field), Look { name, hint: "", rows: 1 }, queue);
        }
        let note = Look { name: "Notes", hint: "", rows: 2 };
        self.drafts.row(ui, desk, (id, Field::Note), note, queue);
    }

    fn results(&mut self, ui: &mut Ui, desk: &Desk, submission: &Submission, queue: &mut Vec<Request>) {
        section(ui, "Materials reporting");
        self.fields(ui, desk, MATERIALS, queue);
        section(ui, "Results are submitted for");
        let at = (AnyId::from(self.submission), Field::ResultsFor);
        tick(ui, at, &ResultSet::ALL, &submission.results_for, ResultSet::name, queue);
        section(ui, "Conformity");
        self.fields(ui, desk, CONFORMITY, queue);
    }
}

/// The values of a field, and that nobody answered yet.
pub(super) fn with_blank(desk: &Desk, at: (AnyId, Field)) -> Vec<Choice> {
    let offered = choices(desk.project(), at.0, at.1);
    let blank = (String::new(), "–".to_owned());
    std::iter::once(blank).chain(offered.into_iter().map(|value| (value.clone(), value))).collect()
}

/// A tick box for each of a few values, in two columns; a tick is one change.
fn tick<T: Copy + PartialEq>(
    ui: &mut Ui,
    (item, field): (AnyId, Field),
    all: &[T],
    ticked: &[T],
    name: impl Fn(T) -> &'static str,
    queue: &mut Vec<Request>,
) {
    let half = all.len().div_ceil(2);
    ui.columns(2, |columns| {
        for (ui, part) in columns.iter_mut().zip(all.chunks(half)) {
            for value in part {
                let mut on = ticked.contains(value);
                let label = name(*value);
                let response = named(ui.checkbox(&mut on, label), label);
                if response.changed() {
                    let left = all.iter().filter(|other| if *other == value { on } else { ticked.contains(other) });
                    let text = left.map(|other| name(*other)).collect::<Vec<_>>().join(BETWEEN);
                    queue.push(Request::Run(Command::SetField { item, field, text, via: None }));
                }
            }
        }
    });
}
