//! An open project on screen: its tabs, panels and the commands that need to know what is selected.

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Ui};

use crate::app::desk::Desk;
use crate::app::registry::MenuCommand;
use crate::app::settings::Settings;
use crate::base::Id;
use crate::edit::{Command, Committed, Focus};
use crate::model::document::{Document, DocumentKind, DocumentState};
use crate::model::field::Field;
use crate::model::finding::Place;
use crate::model::flow::Step;
use crate::model::home::Home;
use crate::model::{AnyId, Item};
use crate::rules::Reported;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{Tokens, size};
use crate::ui::panels::{findings, status, tabs, tree};
use crate::ui::request::Request;
use crate::ui::views::events::{deleted_at, inserted_by};
use crate::ui::views::form::FormTab;
use crate::ui::views::names::item_of;
use crate::ui::views::source::FormSource;

/// A document on screen.
pub struct Tab {
    /// The form.
    pub form: FormTab,
}

/// An open project on screen.
pub struct Workspace {
    /// The project.
    pub desk: Desk,
    /// Its documents.
    pub tabs: Vec<Tab>,
    /// The one that is shown.
    pub active: usize,
    /// What the foot of the window says.
    pub status: status::Status,
    /// The place in the list of findings.
    chosen_finding: Option<usize>,
    selected: Option<Selected>,
    /// The findings as they are listed, and the revision of the project they are of.
    listed: (Option<u64>, Vec<Reported>),
    tree_open: bool,
}

impl Workspace {
    /// Shows a project, the FMEA first.
    pub fn new(desk: Desk) -> Self {
        let mut workspace = Self {
            desk,
            tabs: Vec::new(),
            active: 0,
            status: status::Status::default(),
            chosen_finding: None,
            selected: None,
            listed: (None, Vec::new()),
            tree_open: true,
        };
        workspace.open_tabs();
        workspace
    }

    /// One tab per document, in the order of the documents.
    fn open_tabs(&mut self) {
        let shown = self.document();
        let documents: Vec<Document> = self.desk.project().documents().into_iter().cloned().collect();
        let mut before = std::mem::take(&mut self.tabs);
        for document in &documents {
            let known = before.iter().position(|tab| tab.form.document == document.id);
            let tab = match known {
                Some(at) => before.swap_remove(at),
                None => Tab { form: FormTab::new(&self.desk, document) },
            };
            self.tabs.push(tab);
        }
        self.active = shown
            .and_then(|shown| self.tabs.iter().position(|tab| tab.form.document == shown))
            .unwrap_or_else(|| self.active.min(self.tabs.len().saturating_sub(1)));
    }

    /// The document that is shown.
    pub fn document(&self) -> Option<Id<Document>> {
        self.tabs.get(self.active).map(|tab| tab.form.document)
    }

    /// Takes what changed over into every tab.
    fn follow(&mut self) {
        let changes = self.desk.take_changes();
        if changes.is_empty() {
            return;
        }
        let documents = self.desk.project().documents().len();
        let all_open = self.tabs.iter().all(|tab| self.desk.project().get(tab.form.document).is_some());
        if documents != self.tabs.len() || !all_open {
            self.open_tabs();
        }
        for tab in &mut self.tabs {
            tab.form.update(&self.desk, &changes);
        }
    }

    /// Does a command and shows where it was.
    pub fn run(&mut self, command: &Command) {
        let result = self.desk.run(command);
        let opens = matches!(command, Command::Create { .. } | Command::Insert { .. });
        self.settle(result, opens);
    }

    fn settle(&mut self, result: Result<Committed, crate::edit::Refusal>, show: bool) {
        match result {
            Ok(committed) => {
                self.status.notice = None;
                self.follow();
                if let Some(Focus { item, field }) = committed.focus.filter(|_| show) {
                    self.show_item(item, field);
                }
            }
            Err(refusal) => self.status.notice = Some(refusal.reason),
        }
    }

    /// Shows a document.
    pub fn show_document(&mut self, document: Id<Document>) {
        if let Some(at) = self.tabs.iter().position(|tab| tab.form.document == document) {
            self.active = at;
        }
    }

    /// Shows an item in the document where it lives, or where it is used if it lives in a list that all documents share.
    pub fn show_item(&mut self, item: AnyId, field: Option<Field>) {
        let project = self.desk.project();
        let home = match project.home(item) {
            Some(Home::Document(document)) => Some(document),
            _ => None,
        };
        let here = self.document();
        let user = project.referrers(item).into_iter().filter_map(|(_, user)| match project.home(user) {
            Some(Home::Document(document)) => Some((document, user)),
            _ => None,
        });
        let user = user.min_by_key(|(document, _)| Some(*document) != here);
        match (home, user, item) {
            (Some(_), _, AnyId::Document(document)) => self.show_document(document),
            (Some(document), ..) => {
                // A step stands in every document: stay in the one that is shown if it has the step.
                let stays = matches!(item, AnyId::Step(_))
                    && self.tabs.get(self.active).is_some_and(|tab| tab.form.cells.view.place(item).is_some());
                if !stays {
                    self.show_document(document);
                }
                self.go_to(item, field);
            }
            (None, Some((document, user)), _) => {
                self.show_document(document);
                self.go_to(user, field);
            }
            (None, None, _) => self.status.notice = Some("Not used in any document yet".to_owned()),
        }
    }

    fn go_to(&mut self, item: AnyId, field: Option<Field>) {
        if let Some(tab) = self.tabs.get_mut(self.active) {
            tab.form.go_to(item, field);
        }
    }

    /// What was typed and not committed yet, as a command. Saving and every other command take it over first.
    pub fn commit_draft(&mut self) {
        let Some(tab) = self.tabs.get_mut(self.active) else { return };
        let Some((at, text)) = tab.form.grid.take_draft() else { return };
        let mut queue = Vec::new();
        {
            let source = FormSource::new(&self.desk, &mut tab.form.cells);
            crate::ui::views::events::commit(&source, &at, text, &mut queue);
        }
        for request in queue {
            if let Request::Run(command) = request {
                self.run(&command);
            }
        }
    }

    /// Looks up the row under the cursor; done once a frame, so that menus and keys need not.
    fn look_up_selection(&mut self) {
        self.selected = None;
        let Some(tab) = self.tabs.get_mut(self.active) else { return };
        let Some(at) = tab.form.grid.cursor().copied() else { return };
        let source = FormSource::new(&self.desk, &mut tab.form.cells);
        let Some((_, row)) = source.cell(&at) else { return };
        if let (Some(deleted), Some(block)) = (deleted_at(&self.desk, &source, &at), item_of(at.row.block)) {
            self.selected = Some(Selected { row: row.item, part: row.part, deleted, block });
        }
    }

    /// The row under the cursor, if what it shows still exists.
    fn selected(&self) -> Option<Selected> {
        self.selected.filter(|selected| self.desk.project().contains(selected.row))
    }

    /// The change that a command of the menu makes here, or the dialog it opens.
    ///
    /// # Errors
    /// The reason why it cannot be done here.
    pub fn meaning(&self, command: MenuCommand, settings: &Settings) -> Result<Meaning, String> {
        let document = self.document().ok_or("The project has no documents yet")?;
        let kind = self.desk.project().get(document).map(|document| document.kind);
        let selected = || self.selected().ok_or_else(|| "Select a row first".to_owned());
        let risk = || match selected()?.row {
            AnyId::Risk(risk) => Ok(risk),
            _ => Err("Select a row with a failure cause first".to_owned()),
        };
        let row = || match selected()?.row {
            AnyId::PlanRow(row) => Ok(row),
            _ => Err("Select a row of the control plan first".to_owned()),
        };
        if let Some(what) = inserted_by(command, document) {
            let fits = match command {
                MenuCommand::InsertStep
                | MenuCommand::InsertProductCharacteristic
                | MenuCommand::InsertProcessCharacteristic => kind == Some(DocumentKind::ProcessFlow),
                MenuCommand::InsertPlanRow => kind == Some(DocumentKind::ControlPlan),
                _ => kind.is_some_and(DocumentKind::is_fmea),
            };
            if !fits {
                return Err("This document has no such rows".to_owned());
            }
            if command == MenuCommand::InsertStep {
                let near = self.selected().map_or(AnyId::from(document), |selected| selected.row);
                return Ok(Meaning::Change(Command::Insert { near, what, document }));
            }
            return Ok(Meaning::Change(Command::Insert { near: selected()?.row, what, document }));
        }
        Ok(match command {
            MenuCommand::DeleteRow => Meaning::Change(Command::Delete { items: vec![selected()?.deleted] }),
            MenuCommand::MoveUp | MenuCommand::MoveDown => Meaning::Change(Command::Move {
                item: selected()?.moved(self.desk.project()),
                up: command == MenuCommand::MoveUp,
            }),
            MenuCommand::Renumber if kind == Some(DocumentKind::ProcessFlow) => {
                Meaning::Change(Command::Renumber { flow: document })
            }
            MenuCommand::Renumber => return Err("Only the process flow has steps to number".to_owned()),
            MenuCommand::AnalyseMissing if kind == Some(DocumentKind::ProcessFmea) => {
                Meaning::Change(Command::AnalyseMissingSteps { fmea: document })
            }
            MenuCommand::AnalyseMissing => return Err("Only a PFMEA analyses the steps of the process flow".to_owned()),
            MenuCommand::AcceptLinks => {
                Meaning::Change(Command::AcceptLinks { item: self.suspect_holder(&selected()?) })
            }
            MenuCommand::Promote => Meaning::Change(Command::Promote { risk: risk()? }),
            MenuCommand::StartDraft => Meaning::Change(Command::StartDraft { document }),
            MenuCommand::Justify => Meaning::Dialog(Dialog::justify(&self.desk, risk()?)),
            MenuCommand::ManagementReview => Meaning::Dialog(Dialog::management_review(&self.desk, risk()?)),
            MenuCommand::ConnectSteps => match selected()?.block {
                AnyId::Step(step) => Meaning::Dialog(Dialog::connect_steps(step)),
                _ => return Err("Select a row of the process flow first".to_owned()),
            },
            MenuCommand::StepProperties => match self.step_of(selected()?.block) {
                Some(step) => Meaning::Dialog(Dialog::step_properties(step)),
                None => return Err("Select a row of a process step first".to_owned()),
            },
            MenuCommand::RiskControls => Meaning::Dialog(Dialog::risk_controls(risk()?)),
            MenuCommand::ChooseControls => Meaning::Dialog(Dialog::choose_controls(&self.desk, row()?)),
            MenuCommand::ChooseCheck => Meaning::Dialog(Dialog::choose_check(row()?)),
            MenuCommand::ChooseCharacteristic => match (selected()?.row, selected()?.deleted) {
                (AnyId::PlanRow(row), _) => Meaning::Dialog(Dialog::choose_characteristic_of_row(row)),
                (_, AnyId::Failure(failure)) => Meaning::Dialog(Dialog::choose_characteristic_of_failure(failure)),
                (AnyId::Risk(risk), _) => match self.desk.project().get(risk) {
                    Some(risk) => Meaning::Dialog(Dialog::choose_characteristic_of_failure(risk.cause)),
                    None => return Err("Select a failure first".to_owned()),
                },
                _ => return Err("Select a failure mode, a failure cause or a row of the control plan first".to_owned()),
            },
            MenuCommand::DocumentProperties => Meaning::Dialog(Dialog::document_properties(document)),
            MenuCommand::ProjectProperties => Meaning::Dialog(Dialog::project_properties()),
            MenuCommand::AddDocument => Meaning::Dialog(Dialog::add_document()),
            MenuCommand::RatingScales => {
                let profile = self.desk.project().get(document).map(|document| document.rating_profile.to_string());
                match profile.filter(|profile| !profile.is_empty()) {
                    Some(profile) => Meaning::Dialog(Dialog::rating_scales(profile)),
                    None => return Err("Only an FMEA has rating scales".to_owned()),
                }
            }
            MenuCommand::Release => {
                let released =
                    self.desk.project().get(document).is_some_and(|document| document.state == DocumentState::Released);
                if released {
                    return Err("The document is released already. Start its next draft first".to_owned());
                }
                Meaning::Dialog(Dialog::release(&self.desk, settings, document))
            }
            _ => return Err("Not here".to_owned()),
        })
    }

    /// The process step that a block of a form stands for.
    fn step_of(&self, block: AnyId) -> Option<Id<Step>> {
        match block {
            AnyId::Step(step) => Some(step),
            AnyId::Element(element) => {
                let element = self.desk.project().get(element)?;
                element.steps.iter().find_map(|link| link.to.present())
            }
            _ => None,
        }
    }

    /// Of a row, the item with a suspect link.
    fn suspect_holder(&self, selected: &Selected) -> AnyId {
        let project = self.desk.project();
        let mut candidates = vec![selected.row];
        if let AnyId::Risk(risk) = selected.row
            && let Some(risk) = project.get(risk)
        {
            candidates.extend([AnyId::from(risk.mode), risk.cause.into()]);
        }
        if let AnyId::Failure(mode) = candidates.get(1).copied().unwrap_or(selected.row)
            && let Some(mode) = project.get(mode)
            && let crate::model::fmea::Anchor::Function(function) = mode.anchor
        {
            candidates.push(function.into());
        }
        candidates.push(selected.block);
        let accepts = |item: &AnyId| self.desk.can(&Command::AcceptLinks { item: *item }).is_ok();
        candidates.iter().copied().find(accepts).unwrap_or(selected.row)
    }

    /// Does a command of the menu that stays within the project.
    pub fn menu(&mut self, command: MenuCommand, settings: &mut Settings, queue: &mut Vec<Request>) {
        match command {
            MenuCommand::Undo => {
                let result = self.desk.undo();
                self.settle(result, true);
            }
            MenuCommand::Redo => {
                let result = self.desk.redo();
                self.settle(result, true);
            }
            MenuCommand::ToggleTree => self.tree_open = !self.tree_open,
            MenuCommand::ToggleFindings => settings.findings_open = !settings.findings_open,
            MenuCommand::ToggleColumns => {
                if let Some(tab) = self.tabs.get_mut(self.active) {
                    tab.form.cells.toggle_all_columns();
                }
            }
            MenuCommand::NextDocument if !self.tabs.is_empty() => self.active = (self.active + 1) % self.tabs.len(),
            MenuCommand::PreviousDocument if !self.tabs.is_empty() => {
                self.active = (self.active + self.tabs.len() - 1) % self.tabs.len();
            }
            MenuCommand::NextFinding => self.step_findings(1),
            MenuCommand::PreviousFinding => self.step_findings(-1),
            _ => match self.meaning(command, settings) {
                Ok(Meaning::Change(change)) => {
                    let shown = matches!(change, Command::Insert { .. });
                    self.run(&change);
                    if shown {
                        self.edit_cursor();
                    }
                }
                Ok(Meaning::Dialog(dialog)) => queue.push(Request::Show(dialog)),
                Err(reason) => self.status.notice = Some(reason),
            },
        }
    }

    /// Opens the editor where the cursor goes next: in the row just added.
    fn edit_cursor(&mut self) {
        if let Some(tab) = self.tabs.get_mut(self.active) {
            tab.form.edit_when_there();
        }
    }

    /// Lists the findings again if the project changed: those of the files first, then those of the contents.
    fn list_findings(&mut self) {
        let revision = self.desk.project().revision();
        if self.listed.0 == Some(revision) {
            return;
        }
        let of_files =
            self.desk.file_findings().iter().map(|finding| Reported { finding: finding.clone(), approved: None });
        let of_contents = self.desk.checker().findings(self.desk.project()).into_iter().cloned();
        self.listed = (Some(revision), of_files.chain(of_contents).collect());
    }

    fn step_findings(&mut self, by: isize) {
        self.list_findings();
        let places: Vec<(usize, AnyId, Option<Field>)> = self
            .listed
            .1
            .iter()
            .enumerate()
            .filter(|(_, reported)| reported.approved.is_none())
            .filter_map(|(at, reported)| match &reported.finding.place {
                Place::Item { item, field } => Some((at, *item, *field)),
                Place::File { .. } => None,
            })
            .collect();
        if places.is_empty() {
            self.status.notice = Some("There are no findings".to_owned());
            return;
        }
        let count = places.len() as isize;
        let known = places.iter().position(|(at, ..)| Some(*at) == self.chosen_finding);
        let next = match known {
            Some(place) => (place as isize + by).rem_euclid(count),
            None if by > 0 => 0,
            None => count - 1,
        } as usize;
        let (at, item, field) = places[next];
        self.chosen_finding = Some(at);
        self.show_item(item, field);
    }

    /// Where the cursor stands, in words.
    fn place(&self) -> String {
        let Some(tab) = self.tabs.get(self.active) else { return String::new() };
        let rows = tab.form.cells.view.row_count();
        let range = tab.form.grid.selection().filter(|_| tab.form.grid.is_range());
        let cells = range.map_or_else(String::new, |range| {
            let plural =
                |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
            format!(" · {} × {} selected", plural(range.row_count, "line"), plural(range.columns.len(), "column"))
        });
        let rows = if rows == 1 { "1 line".to_owned() } else { format!("{rows} lines") };
        format!("{rows}{cells}")
    }

    /// Shows the project.
    pub fn show(&mut self, ui: &mut Ui, settings: &mut Settings, queue: &mut Vec<Request>) {
        let tokens = Tokens::of(ui);
        let bar = Frame::NONE.fill(tokens.panel).inner_margin(Margin::symmetric(10, 0));
        Panel::bottom("status").exact_size(size::STATUS_BAR).frame(bar).show(ui, |ui| {
            status::show(ui, &self.desk, &self.place(), &self.status);
        });
        self.show_findings(ui, settings, queue);
        if self.tree_open {
            let side = Frame::NONE.fill(tokens.panel).inner_margin(Margin::same(6));
            Panel::left("tree").resizable(true).default_size(212.0).size_range(140.0..=420.0).frame(side).show(
                ui,
                |ui| {
                    tree::show(ui, &self.desk, &self.tabs, self.active, queue);
                },
            );
        }
        Panel::top("tabs").exact_size(size::TOOLBAR).frame(Frame::NONE.fill(tokens.panel)).show(ui, |ui| {
            tabs::show(ui, &self.desk, self.document(), queue);
        });
        CentralPanel::no_frame().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            match self.tabs.get_mut(self.active) {
                Some(tab) => {
                    tab.form.show(ui, &self.desk, queue);
                    let highlight = tab.form.grid.highlight;
                    for tab in &mut self.tabs {
                        tab.form.grid.highlight = highlight;
                    }
                    self.look_up_selection();
                }
                None => {
                    let action = "Add a document";
                    let text = "A project holds a process flow, FMEAs and control plans.";
                    if crate::ui::kit::widgets::empty_state(ui, "No documents yet", text, Some(action)) {
                        queue.push(Request::Show(Dialog::add_document()));
                    }
                }
            }
        });
    }

    fn show_findings(&mut self, ui: &mut Ui, settings: &mut Settings, queue: &mut Vec<Request>) {
        let tokens = Tokens::of(ui);
        let frame = Frame::NONE.fill(tokens.panel).inner_margin(Margin::symmetric(6, 2));
        let head = |ui: &mut Ui, desk: &Desk, settings: &mut Settings| {
            let counts = findings::counts(desk);
            let worst = match (counts.errors, counts.warnings) {
                (0, 0) => crate::ui::kit::Severity::Info,
                (0, _) => crate::ui::kit::Severity::Warning,
                _ => crate::ui::kit::Severity::Error,
            };
            let text = format!("Findings   {}", findings::summary(desk));
            let remark = if settings.findings_open { "hide (F8)" } else { "show (F8)" };
            if crate::ui::kit::widgets::list_row(ui, Some(worst), &text, remark, false).clicked() {
                settings.findings_open = !settings.findings_open;
            }
        };
        if settings.findings_open {
            self.list_findings();
            Panel::bottom("findings").resizable(true).default_size(150.0).size_range(80.0..=420.0).frame(frame).show(
                ui,
                |ui| {
                    head(ui, &self.desk, settings);
                    findings::show(ui, &self.listed.1, self.chosen_finding, queue);
                },
            );
        } else {
            Panel::bottom("findings line").exact_size(30.0).frame(frame).show(ui, |ui| head(ui, &self.desk, settings));
        }
    }
}

/// What a command of the menu means where the cursor stands.
pub enum Meaning {
    /// A change.
    Change(Command),
    /// A question first.
    Dialog(Dialog),
}

/// The row under the cursor.
#[derive(Debug, Clone, Copy)]
struct Selected {
    row: AnyId,
    part: Option<AnyId>,
    deleted: AnyId,
    block: AnyId,
}

impl Selected {
    /// What moves: the item that the cursor's column stands for, as for deleting, but a step of an FMEA by its element.
    fn moved(&self, project: &crate::model::Project) -> AnyId {
        match project.item(self.deleted) {
            Some(Item::Action(_)) => self.row,
            Some(_) => self.deleted,
            None => self.part.unwrap_or(self.row),
        }
    }
}
