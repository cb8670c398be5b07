//! Header, planning, team, approvals and revisions of a document.

use eframe::egui::{Context, Grid, Response, RichText, ScrollArea, Ui, vec2};

use super::DialogContext;
use super::approvals::Approvals;
use super::document_fields::{HeaderField, PLANNING, header_fields};
use super::fields::{Choice, Drafts, Look, choice, options_of};
use super::frame::{self, First, MEDIUM, named};
use super::parts::parts_field;
use super::project_properties::{ProjectProperties, Tab};
use super::rating_scales::RatingScales;
use crate::app::desk::Desk;
use crate::base::{Id, Text};
use crate::edit::Command;
use crate::model::document::{Document, DocumentKind, DocumentState};
use crate::model::field::Field;
use crate::model::profile::Method;
use crate::model::project_data::{Part, Person};
use crate::model::reference::Ref;
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, Tone, size};
use crate::ui::kit::widgets::{badge, caption, field_row, section, text_button};
use crate::ui::request::Request;

/// Room for the button beside the rating profile.
const SCALES_BUTTON: f32 = 118.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Header,
    Planning,
    Team,
    Revisions,
}

const PAGES: [(Page, &str); 4] = [
    (Page::Header, "Header"),
    (Page::Planning, "Planning"),
    (Page::Team, "Team and approvals"),
    (Page::Revisions, "Revisions"),
];

/// The pages that a kind of document has: only an FMEA has a step of planning.
fn pages(kind: DocumentKind) -> Vec<(Page, &'static str)> {
    PAGES.into_iter().filter(|(page, _)| *page != Page::Planning || kind.is_fmea()).collect()
}

/// The dialog with what was typed into it.
#[derive(Debug)]
pub(super) struct DocumentProperties {
    document: Id<Document>,
    page: Page,
    shown: Page,
    drafts: Drafts,
    approvals: Approvals,
    /// The scales, over this dialog.
    scales: Option<RatingScales>,
    first: First,
}

impl DocumentProperties {
    pub(super) fn new(document: Id<Document>) -> Self {
        Self {
            document,
            page: Page::Header,
            shown: Page::Header,
            drafts: Drafts::default(),
            approvals: Approvals::default(),
            scales: None,
            first: First::default(),
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let Some(document) = desk.project().get(self.document) else { return false };
        let title = format!("{} properties", document.kind.name());
        let shown = frame::show(ctx, "document properties", &title, MEDIUM, |ui| {
            frame::tabs(ui, &pages(document.kind), &mut self.page);
            if self.shown != self.page {
                self.leave(desk, document, queue);
                self.shown = self.page;
            }
            let stays = frame::steady_body(ui, 480.0, |ui| {
                ScrollArea::vertical()
                    .auto_shrink([false, false])
                    .show(ui, |ui| self.page(ui, desk, document, queue))
                    .inner
            });
            frame::stays_open(ui) && stays
        });
        if let Some(scales) = &mut self.scales
            && !scales.show(ctx, cx, queue)
        {
            self.scales = None;
        }
        let stays = shown.inner && !shown.closed;
        if !stays {
            self.leave(desk, document, queue);
        }
        stays
    }

    fn leave(&mut self, desk: &Desk, document: &Document, queue: &mut Vec<Request>) {
        self.drafts.settle(desk, queue);
        if self.shown == Page::Team {
            self.approvals.commit(desk, document, queue);
        }
        self.drafts = Drafts::default();
        self.approvals = Approvals::default();
    }

    /// Shows the page; whether the dialog stays open.
    fn page(&mut self, ui: &mut Ui, desk: &Desk, document: &Document, queue: &mut Vec<Request>) -> bool {
        match self.page {
            Page::Header => self.header(ui, desk, document, queue),
            Page::Planning => self.planning(ui, desk, document, queue),
            Page::Team => return self.team(ui, desk, document, queue),
            Page::Revisions => revisions(ui, desk, document),
        }
        true
    }

    fn header(&mut self, ui: &mut Ui, desk: &Desk, document: &Document, queue: &mut Vec<Request>) {
        for header in header_fields(document.kind) {
            let response = self.text(ui, desk, document, header, queue);
            self.first.claim(&response);
            if header.field == Field::Title {
                self.kind_fields(ui, desk, document, queue);
            }
        }
        if self.drafts.refusal().is_none() {
            caption(ui, "Organisation, customer, plant and parts are written once, in the project properties.");
        }
    }

    /// The first step of an FMEA.
    fn planning(&mut self, ui: &mut Ui, desk: &Desk, document: &Document, queue: &mut Vec<Request>) {
        for planned in PLANNING {
            self.text(ui, desk, document, planned, queue);
        }
        if self.drafts.refusal().is_none() {
            caption(ui, "Dates stand in the header, people in the team. The sheet for step 1 prints all of it.");
        }
    }

    fn text(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        document: &Document,
        shown: HeaderField,
        queue: &mut Vec<Request>,
    ) -> Response {
        let look = Look { name: shown.name, hint: shown.hint, rows: shown.rows };
        self.drafts.row(ui, desk, (document.id.into(), shown.field), look, queue)
    }

    fn kind_fields(&mut self, ui: &mut Ui, desk: &Desk, document: &Document, queue: &mut Vec<Request>) {
        let id = document.id.into();
        if desk.project().members::<Part>().len() > 1 {
            field_row(ui, "Parts", |ui| parts_field(ui, desk, id, "Parts", queue));
        }
        if document.kind == DocumentKind::ControlPlan {
            let phases = options_of(desk, (id, Field::Phase));
            field_row(ui, "Phase", |ui| choice(ui, desk, (id, Field::Phase), "Phase", &phases, queue));
        }
        if document.kind.is_fmea() {
            let profiles = profiles(desk, document.kind);
            field_row(ui, "Rating profile", |ui| {
                let gap = ui.spacing().item_spacing.x;
                let combo = vec2(ui.available_width() - SCALES_BUTTON - gap, ui.spacing().interact_size.y);
                let chosen = ui.allocate_ui(combo, |ui| {
                    ui.set_max_width(combo.x);
                    choice(ui, desk, (id, Field::RatingProfile), "Rating profile", &profiles, queue)
                });
                if text_button(ui, "Read the scales", "Scales, criteria and priorities of the profile").clicked() {
                    self.scales = Some(RatingScales::new(document.rating_profile.to_string()));
                }
                chosen.inner
            });
        }
    }

    fn team(&mut self, ui: &mut Ui, desk: &Desk, document: &Document, queue: &mut Vec<Request>) -> bool {
        section(ui, "Cross-functional team");
        let people = desk.project().all_in_order::<Person>();
        let mut stays = true;
        if people.is_empty() {
            caption(ui, "The project names no people yet.");
        }
        let mut team: Vec<Id<Person>> = document.team.iter().map(Ref::id).collect();
        for person in &people {
            let mut member = team.contains(&person.id);
            let words = [&person.name, &person.role, &person.discipline];
            let words: Vec<&str> = words.into_iter().map(Text::as_str).filter(|text| !text.is_empty()).collect();
            if ui.checkbox(&mut member, words.join(", ")).changed() {
                team.retain(|known| *known != person.id);
                if member {
                    team.push(person.id);
                }
                let people = team.clone();
                queue.push(Request::Run(Command::SetTeam { document: document.id, people }));
            }
        }
        if text_button(ui, "Edit people…", "Add people in the project properties").clicked() {
            queue.push(Request::Show(ProjectProperties::on(Tab::People).into()));
            stays = false;
        }
        ui.add_space(2.0 * size::STEP);
        section(ui, "Approvals");
        self.approvals.show(ui, desk, document, queue);
        stays
    }
}

/// The rating profiles for a kind of FMEA.
fn profiles(desk: &Desk, kind: DocumentKind) -> Vec<Choice> {
    let method = match kind {
        DocumentKind::DesignFmea => Method::DesignFmea,
        DocumentKind::FmeaMsr => Method::MonitoringSystemResponse,
        DocumentKind::ProcessFmea | DocumentKind::ProcessFlow | DocumentKind::ControlPlan => Method::ProcessFmea,
    };
    let known = desk.project().library().profiles.iter();
    let fitting = known.filter(|profile| profile.applies_to().contains(&method));
    fitting.map(|profile| (profile.id().to_owned(), profile.name().to_string())).collect()
}

fn revisions(ui: &mut Ui, desk: &Desk, document: &Document) {
    ui.horizontal(|ui| match (document.state, document.latest_revision()) {
        (DocumentState::Released, Some(latest)) => {
            badge(ui, "Released", Tone::Low);
            ui.label(format!("as revision {}", latest.number));
        }
        (DocumentState::Draft, Some(latest)) => {
            badge(ui, "Draft", Tone::Medium);
            ui.label(format!("after revision {}. It prints DRAFT.", latest.number));
        }
        (_, None) => {
            badge(ui, "Draft", Tone::Medium);
            ui.label("Not released yet. It prints DRAFT.");
        }
    });
    ui.add_space(2.0 * size::STEP);
    if document.revisions.is_empty() {
        caption(ui, "A release freezes the contents with number, date, author, note and a content hash.");
        return;
    }
    let tokens = Tokens::of(ui);
    Grid::new("revisions").num_columns(5).spacing([16.0, 8.0]).show(ui, |ui| {
        for heading in ["Revision", "Date", "Author", "Change note", "Content hash"] {
            caption(ui, heading);
        }
        ui.end_row();
        for revision in document.revisions.iter().rev() {
            ui.label(RichText::new(revision.number.as_str()).font(font(Weight::Medium, size::CHROME_TEXT)));
            ui.label(desk.shown_date(revision.date));
            ui.label(revision.author.as_str());
            ui.scope(|ui| {
                ui.set_max_width(270.0);
                ui.add(eframe::egui::Label::new(revision.note.as_str()).wrap());
            });
            let short: String = revision.content_hash.chars().take(12).collect();
            let hash = ui.label(RichText::new(short).color(tokens.quiet));
            named(hash, "Content hash").on_hover_text(revision.content_hash.as_str());
            ui.end_row();
        }
    });
}
