//! An open project on screen: its tabs, panels and the commands that need to know what is selected.

mod context;
mod listing;
mod meaning;
mod pages;
mod place;
mod sides;
mod tabs;
mod trail;
mod writing;

use std::collections::BTreeMap;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Pos2, Ui};

use crate::app::arrange::Filter;
use crate::app::desk::Desk;
use crate::app::layout::Preset;
use crate::app::registry::MenuCommand;
use crate::app::settings::{FirstSteps, Settings, ViewSettings};
use crate::edit::{Command, Committed, Focus, Refusal};
use crate::model::Kind;
use crate::model::document::Phase;
use crate::ui::grid::GridAct;
use crate::ui::kit::{Tokens, size};
use crate::ui::page::Page;
use crate::ui::panels::failure_net::NetPanel;
use crate::ui::panels::find::FindPanel;
use crate::ui::panels::guide::{Did, Guide};
use crate::ui::panels::inspector::Inspector;
use crate::ui::panels::proposals::ProposalsPanel;
use crate::ui::panels::refused::RefusedPanel;
use crate::ui::panels::{self, status};
use crate::ui::request::Request;
use crate::ui::views::events;
use crate::ui::views::flow::Look;
use crate::ui::views::source::FormSource;

pub use self::context::Subject;
use self::listing::Listing;
pub use self::meaning::Meaning;
use self::meaning::Selected;
use self::pages::Split;
use self::place::Counted;
pub use self::place::Sum;
pub use self::tabs::Tab;
use self::trail::Trail;

/// An open project on screen.
pub struct Workspace {
    /// The project.
    pub desk: Desk,
    /// Its pages.
    pub tabs: Vec<Tab>,
    /// The one that is shown.
    active: usize,
    /// What the foot of the window says.
    pub status: status::Status,
    selected: Option<Selected>,
    listing: Listing,
    trail: Trail,
    find: Option<FindPanel>,
    inspector: Inspector,
    net: NetPanel,
    refused: Option<RefusedPanel>,
    proposals: Option<ProposalsPanel>,
    underway: Option<writing::Underway>,
    split: Option<Split>,
    /// The document or the list that was looked at last.
    printed_last: Option<Page>,
    /// The menu that is open.
    context: Option<(Subject, Pos2)>,
    counted: Counted,
    /// The first steps, while they are shown.
    guide: Option<Guide>,
    /// How each kind of form was left.
    views: BTreeMap<String, ViewSettings>,
    /// The page that was active before the one that is.
    before: Option<Page>,
    tree_open: bool,
    /// Whether the inspector was shown in the latest frame.
    inspector_open: bool,
}

impl Workspace {
    /// Shows a project, its first document in front.
    pub fn new(desk: Desk, views: BTreeMap<String, ViewSettings>) -> Self {
        let mut workspace = Self {
            desk,
            tabs: Vec::new(),
            active: 0,
            status: status::Status::default(),
            selected: None,
            listing: Listing::default(),
            trail: Trail::default(),
            find: None,
            inspector: Inspector::default(),
            net: NetPanel::default(),
            refused: None,
            proposals: None,
            underway: None,
            split: None,
            printed_last: None,
            context: None,
            counted: Counted::default(),
            guide: None,
            views,
            before: None,
            tree_open: true,
            inspector_open: false,
        };
        workspace.open_tabs();
        workspace
    }

    /// Does a command and shows where it was.
    pub fn run(&mut self, command: &Command) {
        let result = self.desk.run(command);
        let opens = matches!(
            command,
            Command::Create { .. }
                | Command::Insert { .. }
                | Command::Duplicate { .. }
                | Command::AcceptProposals { .. }
                | Command::Import { .. }
        );
        self.settle(result, opens);
    }

    /// Does a command that makes a row, and opens the editor in it.
    pub fn run_and_edit(&mut self, command: &Command) {
        let result = self.desk.run(command);
        self.settle(result, true);
        self.edit_cursor();
    }

    fn settle(&mut self, result: Result<Committed, Refusal>, show: bool) {
        match result {
            Ok(committed) => {
                (self.status.notice, self.status.made) = (None, None);
                self.follow();
                if let Some(Focus { item, field }) = committed.focus.filter(|_| show) {
                    self.show_item(item, field);
                }
            }
            Err(refusal) => self.status.notice = Some(refusal.reason),
        }
    }

    /// Takes over what was typed and not committed yet: saving and every other command do so first. Whether nothing was
    /// refused; what was stays in its cell.
    pub fn commit_draft(&mut self) -> bool {
        let Some((desk, form)) = self.form_mut() else { return true };
        if let Some(command) = form.flow.as_mut().and_then(|flow| flow.take_draft()) {
            self.run(&command);
            return true;
        }
        let Some((at, text)) = form.grid.take_draft().or_else(|| form.grid.take_refused()) else { return true };
        let command = events::commit(desk, &FormSource::new(desk, &mut form.cells), &mut form.grid, &at, text, 0);
        if let Some(command) = command {
            self.run(&command);
        }
        !self.form_mut().is_some_and(|(_, form)| form.grid.is_refused())
    }

    /// Does a command of the menu that stays within the project.
    pub fn menu(&mut self, command: MenuCommand, settings: &mut Settings, queue: &mut Vec<Request>) {
        match command {
            MenuCommand::Undo => {
                let result = self.desk.undo();
                self.settle(result, true);
                self.note(Did::Undid);
            }
            MenuCommand::Redo => {
                let result = self.desk.redo();
                self.settle(result, true);
            }
            MenuCommand::ToggleTree => self.tree_open = !self.tree_open,
            MenuCommand::ShowAllLines => self.arrange(None, Filter::default(), None),
            MenuCommand::ApplyFilter => {
                if let Some((_, form)) = self.form_mut() {
                    form.arranging.judge_again();
                }
            }
            MenuCommand::FilterFindings => {
                if let Some((_, form)) = self.form_mut() {
                    let mut filter = form.arranging.filter.clone();
                    filter.with_findings = !filter.with_findings;
                    let sort = form.arranging.sort.clone();
                    form.arranging.set(filter, sort);
                }
            }
            MenuCommand::SideBySide => self.toggle_split(),
            MenuCommand::OtherSide => self.activate_other(),
            MenuCommand::ToggleInspector => settings.inspector_open = Some(!self.inspector_open),
            MenuCommand::ToggleFailureNet => settings.failure_net_open = !settings.failure_net_open,
            MenuCommand::ToggleProposals => settings.proposals_open = !settings.proposals_open,
            MenuCommand::AcceptProposals => match self.accept_all_proposals() {
                Ok(command) => self.run(&command),
                Err(reason) => self.status.notice = Some(reason),
            },
            MenuCommand::ToggleFindings => {
                settings.findings_open = !settings.findings_open;
                if settings.findings_open {
                    self.note(Did::OpenedFindings);
                }
            }
            MenuCommand::ToggleColumns => {
                if let Some((_, form)) = self.form_mut() {
                    let shown = form.cells.view.form();
                    let is_full = form.cells.preset() == Some(Preset::Full);
                    let preset = if is_full { Preset::Usual } else { Preset::Full };
                    form.cells.set_layout(preset.layout(shown));
                }
            }
            MenuCommand::InsertEffect => self.begin_line("failure_effect"),
            MenuCommand::InsertPreventionControl => self.begin_line("prevention_control"),
            MenuCommand::InsertDetectionControl => self.begin_line("detection_control"),
            MenuCommand::FirstSteps => self.toggle_guide(),
            MenuCommand::ToggleDiagram => {
                if let Some((_, form)) = self.form_mut() {
                    form.show_next();
                }
            }
            MenuCommand::ZoomIn
            | MenuCommand::ZoomOut
            | MenuCommand::ZoomNormal
            | MenuCommand::ZoomWidth
            | MenuCommand::ZoomWhole => {
                if let Some(preview) = self.tabs.get_mut(self.active).and_then(Tab::shown_preview) {
                    preview.look(look_of(command));
                } else if let Some((_, form)) = self.form_mut() {
                    form.look(look_of(command));
                }
            }
            MenuCommand::FillDown => self.act(GridAct::FillDown),
            MenuCommand::FillRight => self.act(GridAct::FillRight),
            MenuCommand::ClearCells => self.act(GridAct::Clear),
            MenuCommand::AllPhases
            | MenuCommand::Prototype
            | MenuCommand::PreLaunch
            | MenuCommand::SafeLaunch
            | MenuCommand::Production => self.show_phase(phase_of(command)),
            MenuCommand::Back => self.go(-1),
            MenuCommand::Forward => self.go(1),
            MenuCommand::Preview => self.show_page(Page::Preview),
            MenuCommand::NextDocument => self.turn(1),
            MenuCommand::PreviousDocument => self.turn(-1),
            MenuCommand::NextFinding => self.step_findings(1),
            MenuCommand::PreviousFinding => self.step_findings(-1),
            _ => match self.meaning(command, settings) {
                // It is filled in a dialog, which opens as soon as it is made.
                Ok(Meaning::Change(change @ Command::AddRecord { kind: Kind::Submission })) => {
                    queue.push(Request::Run(change));
                }
                Ok(Meaning::Change(change)) => {
                    let shown =
                        matches!(change, Command::Insert { .. } | Command::Create { .. } | Command::Duplicate { .. });
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

    /// Begins a new line in a column of the row of the cursor.
    fn begin_line(&mut self, column: &'static str) {
        if !self.form_mut().is_some_and(|(desk, form)| form.begin_line(desk, column)) {
            self.status.notice = Some("Show the column first: it is hidden".to_owned());
        }
    }

    /// Shows the first steps, or no longer.
    pub fn toggle_guide(&mut self) {
        self.guide = if self.guide.is_some() { None } else { Some(Guide::default()) };
    }

    /// Tells the first steps what was done.
    pub fn note(&mut self, did: Did) {
        if let Some(guide) = &mut self.guide {
            guide.note(did);
        }
    }

    fn show_guide(&mut self, ui: &mut Ui, settings: &mut Settings, queue: &mut Vec<Request>) {
        let kind = self.document().and_then(|shown| self.desk.project().get(shown)).map(|document| document.kind);
        if let Some(kind) = kind {
            self.note(Did::Showed(kind));
        }
        let Some(mut guide) = self.guide.take() else { return };
        let panel = Panel::top("first steps").exact_size(size::TOOLBAR).frame(Frame::NONE);
        if panel.show(ui, |ui| guide.show(ui, &self.desk, queue)).inner {
            self.guide = Some(guide);
        } else {
            settings.first_steps = FirstSteps::Closed;
            queue.push(Request::KeepSettings);
        }
    }

    /// Opens the editor where the cursor goes next: in the row just added.
    fn edit_cursor(&mut self) {
        if let Some((_, form)) = self.form_mut() {
            form.edit_when_there();
        }
    }

    /// Shows the project.
    pub fn show(&mut self, ui: &mut Ui, settings: &mut Settings, queue: &mut Vec<Request>) {
        self.count_for_status(ui.ctx());
        let tokens = Tokens::of(ui);
        let bar = Frame::NONE.fill(tokens.panel).inner_margin(Margin::symmetric(10, 0));
        Panel::bottom("status").exact_size(size::STATUS_BAR).frame(bar).show(ui, |ui| {
            status::show(ui, &self.desk, &self.place(), &self.status, queue);
        });
        self.show_findings(ui, settings, queue);
        self.show_find(ui, queue);
        if let Some(mut panel) = self.refused.take()
            && panel.show(ui, queue)
        {
            self.refused = Some(panel);
        }
        self.show_sides(ui, settings, queue);
        Panel::top("tabs").exact_size(size::TOOLBAR).frame(Frame::NONE.fill(tokens.panel)).show(ui, |ui| {
            panels::tabs::show(ui, &self.desk, &self.tabs, self.active, queue);
        });
        self.show_guide(ui, settings, queue);
        self.show_net(ui, settings, queue);
        self.show_proposals(ui, settings, queue);
        CentralPanel::no_frame().show(ui, |ui| self.show_pages(ui, settings, queue));
        self.show_context(ui, settings, queue);
        self.keep_views(ui, settings, queue);
    }
}

/// The look at a form that a command means.
fn look_of(command: MenuCommand) -> Look {
    match command {
        MenuCommand::ZoomIn => Look::Larger,
        MenuCommand::ZoomOut => Look::Smaller,
        MenuCommand::ZoomWidth => Look::Breadth,
        MenuCommand::ZoomWhole => Look::Whole,
        _ => Look::Normal,
    }
}

/// The phase that a command shows; none for all of them.
fn phase_of(command: MenuCommand) -> Option<Phase> {
    match command {
        MenuCommand::Prototype => Some(Phase::Prototype),
        MenuCommand::PreLaunch => Some(Phase::PreLaunch),
        MenuCommand::SafeLaunch => Some(Phase::SafeLaunch),
        MenuCommand::Production => Some(Phase::Production),
        _ => None,
    }
}
