//! The import of a spreadsheet, in one window where everything is live: the sheets, what each column is taken for, what would
//! become of it, and what would be left.
//!
//! Reading, understanding and building run off the frame; what was found stays in view until the answer to the latest change
//! is there.

mod account;
mod choices;
mod differs;
mod home;
mod left;
mod mapping;
mod preview;
mod sheets;
mod target;
mod ticked;
mod tree;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Align, Context, Layout, Rect, RichText, Stroke, Ui, UiBuilder, pos2, vec2};

use super::DialogContext;
use super::frame;
use crate::app::import::outcome::{Ask, Outcome};
use crate::app::import::session::{ReadFile, Session};
use crate::app::lookup::Lookup;
use crate::app::settings::Settings;
use crate::base::Text;
use crate::base::clock::Date;
use crate::exchange::import::workbook::At;
use crate::model::Project;
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, primary_button, text_button};
use crate::ui::request::Request;

pub(super) use account::ImportAccount;
pub use home::TakenOver;
pub use target::{Destination, Imported};

/// What is shown below the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tab {
    #[default]
    Made,
    Differs,
    Left,
    Remarks,
}

/// The dialog.
#[derive(Debug)]
pub(super) struct Import {
    path: PathBuf,
    today: Date,
    reading: Option<Lookup<ReadFile>>,
    /// Why the file could not be read.
    error: Option<String>,
    session: Option<Session>,
    asking: Option<(bool, Lookup<Ask>)>,
    /// Whether the latest question waits for its answer.
    waits: bool,
    asked: Option<Ask>,
    outcome: Option<Arc<Outcome>>,
    /// The sheet that is shown.
    sheet: usize,
    /// The table of it that is shown.
    table: usize,
    /// The cell that is marked.
    marked: Option<At>,
    /// Brings the marked cell into view.
    reveals: bool,
    tab: Tab,
    preview: preview::Extent,
    mapping: mapping::Chooser,
    tree: tree::Tree,
    left: left::LeftList,
    target: target::Target,
    home: home::Home,
    /// What is taken over of what the project has otherwise.
    taken: BTreeSet<usize>,
}

impl Import {
    pub(super) fn new(path: PathBuf, today: Date, settings: &Settings, has_project: bool) -> Self {
        Self {
            target: target::Target::new(&path, settings, has_project),
            path,
            today,
            reading: None,
            error: None,
            session: None,
            asking: None,
            waits: true,
            asked: None,
            outcome: None,
            sheet: 0,
            table: 0,
            marked: None,
            reveals: false,
            tab: Tab::default(),
            preview: preview::Extent::default(),
            mapping: mapping::Chooser::default(),
            tree: tree::Tree::default(),
            left: left::LeftList::default(),
            home: home::Home::default(),
            taken: BTreeSet::new(),
        }
    }

    /// Whether the file still has to be compared with the open project, from which it may come.
    fn compares(&mut self, ctx: &Context, cx: DialogContext<'_>) -> bool {
        match (&self.session, cx.desk) {
            (Some(session), Some(desk)) => self.home.ask(ctx, desk.project(), &session.opened, self.today),
            _ => false,
        }
    }

    fn file_name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Reads the file, off the frame.
    fn read(&mut self, ctx: &Context, settings: &Settings) {
        if self.session.is_some() || self.error.is_some() {
            return;
        }
        if self.reading.is_none() {
            match crate::app::library() {
                Ok(library) => {
                    let wake = ctx.clone();
                    self.reading = Some(Lookup::new(Project::new(library), move || wake.request_repaint()));
                }
                Err(reason) => self.error = Some(reason),
            }
        }
        let Some(lookup) = &mut self.reading else { return };
        lookup.ask(ReadFile { path: self.path.clone(), attempt: 0 });
        match lookup.take_answer() {
            Some(Ok(opened)) => {
                self.sheet = opened.found.tables.first().map_or(0, |table| table.sheet);
                self.session = Some(Session::new(opened, &settings.import_mappings));
            }
            Some(Err(reason)) => self.error = Some(reason),
            None => {}
        }
    }

    /// Asks what becomes of it, off the frame, whenever something new was said.
    fn ask(&mut self, ctx: &Context, cx: DialogContext<'_>) {
        let Some(session) = &self.session else { return };
        let into_open = self.target.is_open(cx);
        if self.asking.as_ref().is_none_or(|(open, _)| *open != into_open) {
            let project = match (cx.desk.filter(|_| into_open), crate::app::library()) {
                (Some(desk), _) => desk.project().clone(),
                (None, Ok(library)) => Project::new(library),
                (None, Err(reason)) => {
                    self.error = Some(reason);
                    return;
                }
            };
            let wake = ctx.clone();
            self.asking = Some((into_open, Lookup::new(project, move || wake.request_repaint())));
            self.asked = None;
        }
        let Some((_, lookup)) = &mut self.asking else { return };
        let ask = Ask {
            opened: Arc::clone(&session.opened),
            choices: session.choices.clone(),
            author: Text::from(cx.settings.author.as_str()),
            today: self.today,
        };
        if self.asked.as_ref() != Some(&ask) {
            lookup.ask(ask.clone());
            self.asked = Some(ask);
            self.waits = true;
        }
        match lookup.take_answer() {
            Some(Ok(outcome)) => {
                self.waits = false;
                self.tree.renew();
                self.taken.clear();
                self.left.renew();
                self.outcome = Some(outcome);
            }
            Some(Err(reason)) => self.error = Some(reason),
            None => {}
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        self.read(ctx, cx.settings);
        let compares = self.compares(ctx, cx);
        let returned = self.home.returned();
        if !compares && returned.is_none() {
            self.ask(ctx, cx);
        }
        let mut stays = true;
        let title = match returned {
            Some(_) => format!("Compare {} with the project", self.file_name()),
            None => format!("Import {}", self.file_name()),
        };
        let shown = frame::show(ctx, "import", &title, f32::INFINITY, |ui| {
            let room = vec2(ui.available_width(), (ctx.content_rect().height() - 100.0).max(320.0));
            let (whole, _) = ui.allocate_exact_size(room, eframe::egui::Sense::hover());
            let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - 64.0), whole.max);
            let body = Rect::from_min_max(whole.min, pos2(whole.right(), foot.top() - 2.0 * size::STEP));
            if let Some(returned) = returned {
                within(ui, body, "home", |ui| self.home.body(ui, &returned));
                within(ui, foot, "foot", |ui| match self.home.foot(ui, &returned) {
                    home::Answer::Open => {}
                    home::Answer::Cancel => stays = false,
                    home::Answer::TakeOver(taken) => {
                        queue.push(Request::TakeOver(taken));
                        stays = false;
                    }
                });
                return;
            }
            match (&self.error, &self.session, &self.outcome) {
                (Some(reason), ..) => {
                    let reason = reason.clone();
                    within(ui, body, "body", |ui| failed(ui, &reason, queue));
                }
                (None, Some(_), Some(outcome)) => {
                    let outcome = Arc::clone(outcome);
                    self.body(ui, body, &outcome);
                }
                (None, session, _) => {
                    let words = match session {
                        None => "Reading the file…",
                        Some(_) if compares => "Comparing with the project…",
                        Some(_) => "Finding the forms…",
                    };
                    within(ui, body, "body", |ui| {
                        ui.label(words);
                    });
                }
            }
            within(ui, foot, "foot", |ui| stays = self.foot(ui, cx, queue));
        });
        stays && !shown.closed
    }

    fn body(&mut self, ui: &mut Ui, body: Rect, outcome: &Outcome) {
        const SHEETS: f32 = 216.0;
        let gap = 3.0 * size::STEP;
        let left = Rect::from_min_size(body.min, vec2(SHEETS, body.height()));
        let right = Rect::from_min_max(pos2(left.right() + gap, body.top()), body.max);
        let above = Rect::from_min_size(right.min, vec2(right.width(), (right.height() * 0.5).floor()));
        let below = Rect::from_min_max(pos2(right.left(), above.bottom() + gap), right.max);
        within(ui, left, "sheets", |ui| self.show_sheets(ui, outcome));
        within(ui, above, "preview", |ui| self.show_preview(ui, outcome));
        within(ui, below, "result", |ui| self.show_result(ui, outcome));
    }

    fn show_result(&mut self, ui: &mut Ui, outcome: &Outcome) {
        let (left, remarks) = (left_title(outcome), remarks_title(outcome));
        let differs = format!("Differences ({})", outcome.built.differences.len());
        let mut tabs =
            vec![(Tab::Made, "What becomes of it"), (Tab::Left, left.as_str()), (Tab::Remarks, remarks.as_str())];
        // A new project has nothing that a file could say otherwise.
        if !outcome.built.differences.is_empty() || self.tab == Tab::Differs {
            tabs.insert(1, (Tab::Differs, differs.as_str()));
        }
        frame::tabs(ui, &tabs, &mut self.tab);
        let goes = match self.tab {
            Tab::Made => self.tree.show(ui, outcome, self.session.as_ref()),
            Tab::Differs => differs::show(ui, outcome, self.session.as_ref(), &mut self.taken),
            Tab::Left => self.left.show(ui, outcome, self.session.as_ref()),
            Tab::Remarks => left::remarks(ui, outcome, self.session.as_ref()),
        };
        if let Some((sheet, at)) = goes {
            self.show_cell(sheet, at, outcome);
        }
    }

    /// Marks a cell and brings it into view.
    fn show_cell(&mut self, sheet: usize, at: At, outcome: &Outcome) {
        self.sheet = sheet;
        self.table = outcome.tables_of(sheet).position(|table| at.row <= last_row(table)).unwrap_or(0);
        (self.marked, self.reveals) = (Some(at), true);
    }

    fn foot(&mut self, ui: &mut Ui, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let tokens = Tokens::of(ui);
        let rect = ui.max_rect();
        ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, tokens.line));
        let buttons = Rect::from_min_max(pos2(rect.right() - 430.0, rect.top() + 8.0), rect.max);
        let target =
            Rect::from_min_max(pos2(rect.left(), rect.top() + 6.0), pos2(buttons.left() - 12.0, rect.bottom()));
        let news = self.outcome.clone();
        within(ui, target, "target", |ui| self.target.show(ui, cx, news.as_deref()));
        let refusal = self.refusal(cx);
        let mut stays = true;
        within(ui, buttons, "buttons", |ui| {
            ui.allocate_ui_with_layout(vec2(ui.available_width(), 28.0), Layout::right_to_left(Align::Center), |ui| {
                let words = self.target.verb(cx);
                let button = ui.add_enabled_ui(refusal.is_none(), |ui| primary_button(ui, words)).inner;
                let button = button.on_disabled_hover_text(refusal.as_deref().unwrap_or_default());
                if button.clicked() || (refusal.is_none() && frame::confirmed(ui)) {
                    stays = !self.import(cx, queue);
                }
                if text_button(ui, "Cancel", "").clicked() {
                    stays = false;
                }
                let has_outcome = self.session.is_some() && self.outcome.is_some();
                if has_outcome
                    && text_button(ui, "Save loss report…", "Every cell that is not imported, as JSON").clicked()
                    && let Some(imported) = self.imported(cx)
                {
                    queue.push(Request::AskLossReport(imported));
                }
            });
            ui.with_layout(Layout::top_down(Align::RIGHT), |ui| {
                caption(ui, refusal.as_deref().unwrap_or(" "));
            });
        });
        stays
    }

    /// Why nothing can be imported now.
    fn refusal(&mut self, cx: DialogContext<'_>) -> Option<String> {
        if self.error.is_some() {
            return Some("The file could not be read".to_owned());
        }
        let Some(outcome) = self.outcome.as_ref().filter(|_| !self.waits) else {
            return Some("Wait until everything was looked at".to_owned());
        };
        let brings_nothing = outcome.built.items.is_empty() && self.taken.is_empty() && self.target.is_open(cx);
        let nothing = brings_nothing.then(|| match outcome.built.differences.len() {
            0 => "The project has all of it already".to_owned(),
            _ => "The project has all of it already; tick what to take over of the differences".to_owned(),
        });
        outcome.refusal.clone().or_else(|| self.target.refusal(cx)).or(nothing)
    }

    fn imported(&self, cx: DialogContext<'_>) -> Option<Arc<Imported>> {
        let (session, outcome) = (self.session.clone()?, self.outcome.clone()?);
        let left_out = &self.tree.left_out;
        let is_whole = left_out.is_empty() && self.taken.is_empty();
        let chosen = || Arc::new(outcome.as_chosen(&session.opened.workbook, left_out, &self.taken));
        let outcome = if is_whole { outcome } else { chosen() };
        let (taken, into) = (self.taken.clone(), self.target.destination(cx));
        Some(Arc::new(Imported { path: self.path.clone(), session, outcome, taken, into }))
    }

    fn import(&self, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(imported) = self.imported(cx) else { return false };
        queue.push(Request::Import(imported));
        true
    }
}

/// Says why the file could not be read, and what to do.
fn failed(ui: &mut Ui, reason: &str, queue: &mut Vec<Request>) {
    let tokens = Tokens::of(ui);
    ui.label(RichText::new("The file could not be read").font(font(Weight::Medium, 14.0)).color(tokens.text));
    ui.label(RichText::new(reason).color(tokens.error));
    ui.add_space(2.0 * size::STEP);
    caption(
        ui,
        "Spreadsheets of these kinds can be read: xlsx, xlsm, xls, ods, and text with separators: csv, tsv, txt. If the file is open \
         in another program or protected by a password, save a copy without protection and import that.",
    );
    ui.add_space(2.0 * size::STEP);
    if primary_button(ui, "Choose another file…").clicked() {
        queue.push(Request::Menu(crate::app::registry::MenuCommand::ImportSpreadsheet));
    }
}

/// The tab of what is left, with how much that is.
fn left_title(outcome: &Outcome) -> String {
    format!("Not imported ({})", outcome.left.len())
}

/// The tab of the remarks, with how many there are.
fn remarks_title(outcome: &Outcome) -> String {
    format!("Remarks ({})", outcome.built.account.remarks.len())
}

/// The last row that a table takes up.
fn last_row(table: &crate::exchange::import::table::Table) -> u32 {
    table.records.last().map_or(*table.heading_rows.end(), |record| record.row)
}

/// Shows something in a part of the dialog and nowhere else.
fn within<T>(ui: &mut Ui, rect: Rect, name: &str, add: impl FnOnce(&mut Ui) -> T) -> T {
    let mut part = ui.new_child(UiBuilder::new().id_salt(name).max_rect(rect).layout(Layout::top_down(Align::LEFT)));
    part.set_clip_rect(ui.clip_rect().intersect(rect.expand(2.0)));
    add(&mut part)
}
