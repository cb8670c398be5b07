//! The window: start screen or open project, one dialog at a time, and the queue that carries out what a frame asked for.

mod exports;
mod imports;
mod projects;

use std::path::{Path, PathBuf};

use eframe::egui::{CentralPanel, Context, Frame, Key, Margin, Modifiers, Panel, Ui, ViewportCommand};

use crate::app::desk::Desk;
use crate::app::export::Format;
use crate::app::jobs::Gate;
use crate::app::registry::MenuCommand;
use crate::app::samples;
use crate::app::settings::{FirstSteps, Settings, Theme};
use crate::base::clock::Date;
use crate::edit::Command;
use crate::model::{AnyId, Kind};
use crate::ui::available::available;
use crate::ui::dialogs::{Dialog, DialogContext};
use crate::ui::kit::{Tokens, size, theme};
use crate::ui::palette::Palette;
use crate::ui::panels::guide::Did;
use crate::ui::panels::{menu, start};
use crate::ui::request::{After, Request};
use crate::ui::workspace::Workspace;

/// The program in its window.
pub struct Root {
    settings: Settings,
    settings_path: Option<PathBuf>,
    workspace: Option<Box<Workspace>>,
    dialog: Option<Dialog>,
    palette: Option<Palette>,
    queue: Vec<Request>,
    jobs: crate::app::jobs::Jobs,
    title: String,
    quits: bool,
    /// Whether the window had the focus in the latest frame.
    has_focus: bool,
    /// The day that rules and releases count from, if it is fixed.
    today: Option<Date>,
}

impl Root {
    /// A window with these settings; they are written to `settings_path` when they change.
    pub fn new(ctx: &Context, settings: Settings, settings_path: Option<PathBuf>) -> Self {
        theme::install(ctx);
        let repaint = ctx.clone();
        let root = Self {
            settings,
            settings_path,
            workspace: None,
            dialog: None,
            palette: None,
            queue: Vec::new(),
            jobs: crate::app::jobs::Jobs::new(move || repaint.request_repaint()),
            title: String::new(),
            quits: false,
            has_focus: true,
            today: None,
        };
        root.apply_settings(ctx);
        root
    }

    /// Opens a project as soon as the window is there.
    pub fn open_at_start(&mut self, folder: PathBuf) {
        self.queue.push(Request::Open(folder));
    }

    /// Fixes the day that rules and releases count from, for pictures that are the same on every day.
    pub fn fix_today(&mut self, today: Date) {
        self.today = Some(today);
    }

    /// The open project, for tests.
    pub fn desk(&self) -> Option<&Desk> {
        self.workspace.as_ref().map(|workspace| &workspace.desk)
    }

    /// Asks for something as a view does, for tests of what the dialogs of the system stand before.
    pub fn ask(&mut self, request: Request) {
        self.queue.push(request);
    }

    /// The gate of jobs, for tests.
    pub fn job_gate(&self) -> Gate {
        self.jobs.gate()
    }

    fn apply_settings(&self, ctx: &Context) {
        use eframe::egui::ThemePreference;
        ctx.set_theme(match self.settings.theme {
            Theme::System => ThemePreference::System,
            Theme::Light => ThemePreference::Light,
            Theme::Dark => ThemePreference::Dark,
        });
        ctx.set_zoom_factor(self.settings.scale);
    }

    fn keep_settings(&mut self) {
        if let Some(path) = &self.settings_path
            && let Err(error) = self.settings.write(path)
        {
            self.notice(format!("The settings could not be written: {error}"));
        }
    }

    fn notice(&mut self, text: impl Into<String>) {
        let text = text.into();
        match &mut self.workspace {
            Some(workspace) => (workspace.status.notice, workspace.status.made) = (Some(text), None),
            None => self.dialog = Some(Dialog::message("Goldthread", text)),
        }
    }

    /// What happens between frames: jobs that ended, requests of the last frame, autosave.
    pub fn logic(&mut self, ctx: &Context) {
        for result in self.jobs.take_finished() {
            match result {
                Ok(done) => {
                    self.notice(done.text);
                    if let Some(workspace) = &mut self.workspace {
                        workspace.status.made = done.made;
                    }
                }
                Err(reason) => self.dialog = Some(Dialog::message("That did not work", reason)),
            }
        }
        if let Some(workspace) = &mut self.workspace {
            workspace.follow_writing(ctx, &mut self.queue);
            workspace.catch_up(ctx);
            workspace.status.job = self.jobs.running();
            workspace.status.job_may_end = self.jobs.may_end();
            if let Some(wait) = workspace.desk.autosave_when_due(&self.jobs) {
                ctx.request_repaint_after(wait);
            }
        }
        self.take_dropped(ctx);
        let has_focus = ctx.input(|input| input.focused);
        if has_focus
            && !std::mem::replace(&mut self.has_focus, has_focus)
            && let Some(workspace) = &self.workspace
        {
            workspace.desk.look_for_changes(&self.jobs);
        }
        self.has_focus = has_focus;
        let typing = ctx.text_edit_focused();
        if let Some(workspace) = &mut self.workspace
            && workspace.is_writing()
            && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            workspace.end_writing();
        }
        let is_free = self.dialog.is_none() && self.palette.is_none() && !typing;
        if is_free && self.jobs.may_end() && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            self.jobs.end();
        }
        if self.dialog.is_none() && self.palette.is_none() {
            menu::take_keys(ctx, typing, &mut self.queue);
        }
        for request in std::mem::take(&mut self.queue) {
            self.carry_out(ctx, request);
        }
        self.guard_close(ctx);
        self.name_window(ctx);
    }

    fn take_dropped(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped.clone().filter(|path| imports::is_spreadsheet(path)) {
            self.queue.push(Request::ImportFile(path));
        } else if let Some(path) = dropped {
            let folder = if path.is_file() { path.parent().map(Path::to_owned).unwrap_or(path) } else { path };
            self.queue.push(Request::Open(folder));
        }
    }

    fn guard_close(&mut self, ctx: &Context) {
        let asked = ctx.input(|input| input.viewport().close_requested());
        if !asked || self.quits {
            return;
        }
        if !self.workspace.as_mut().is_none_or(|workspace| workspace.commit_draft()) {
            // The cell that is refused says why.
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        } else if self.is_dirty() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::unsaved(After::Quit));
        }
    }

    fn is_dirty(&self) -> bool {
        self.workspace.as_ref().is_some_and(|workspace| workspace.desk.is_dirty())
    }

    fn name_window(&mut self, ctx: &Context) {
        let title = match &self.workspace {
            Some(workspace) => {
                let name = &workspace.desk.project().data().name;
                let mark = if workspace.desk.is_dirty() { "• " } else { "" };
                format!("{mark}{name} – Goldthread")
            }
            None => "Goldthread".to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Paints a frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let mut queue = std::mem::take(&mut self.queue);
        let bar = Frame::NONE.fill(tokens.panel).inner_margin(Margin::symmetric(6, 1));
        Panel::top("menu").exact_size(size::MENU_BAR).frame(bar).show(ui, |ui| {
            let available = |command: MenuCommand| self.available(command);
            menu::menu_bar(ui, &available, &mut queue);
        });
        match &mut self.workspace {
            Some(workspace) => workspace.show(ui, &mut self.settings, &mut queue),
            None => {
                let ground = Frame::NONE.fill(tokens.ground).inner_margin(Margin::symmetric(24, 0));
                CentralPanel::no_frame().frame(ground).show(ui, |ui| start::show(ui, &self.settings, &mut queue));
            }
        }
        if let Some(mut dialog) = self.dialog.take() {
            let desk = self.workspace.as_ref().map(|workspace| &workspace.desk);
            let cx = DialogContext { desk, settings: &self.settings };
            if dialog.show(ui.ctx(), cx, &mut queue) {
                self.dialog = Some(dialog);
            } else if let Some(workspace) = &mut self.workspace {
                workspace.take_keyboard_back();
            }
        }
        if let Some(mut palette) = self.palette.take() {
            let available = |command: MenuCommand| self.available(command);
            let desk = self.workspace.as_ref().map(|workspace| &workspace.desk);
            if palette.show(ui.ctx(), desk, &available, &mut queue) {
                self.palette = Some(palette);
            }
        }
        if !queue.is_empty() {
            ui.ctx().request_repaint();
        }
        self.queue = queue;
    }

    /// Whether a command can be done now, with the reason why not.
    fn available(&self, command: MenuCommand) -> Result<(), String> {
        available(command, self.workspace.as_deref(), &self.settings)
    }

    fn carry_out(&mut self, ctx: &Context, request: Request) {
        match request {
            Request::Menu(command) => self.menu(ctx, command),
            Request::Show(dialog) => self.dialog = Some(dialog),
            Request::SetReportLanguage(tag) => {
                tag.clone_into(&mut self.settings.report_language);
                self.keep_settings();
            }
            Request::SetReportProfile(profile) => {
                if let Some(workspace) = &self.workspace {
                    self.settings.choose_report_profile(workspace.desk.folder(), profile);
                    self.keep_settings();
                }
            }
            Request::TakeLogo(profile, file) => self.take_logo(profile, &file),
            Request::Open(folder) => self.open(&folder),
            Request::OpenSample(name) => match samples::own_copy(name) {
                Ok(folder) => {
                    self.open(&folder);
                    if let Some(workspace) =
                        self.workspace.as_mut().filter(|_| self.settings.first_steps == FirstSteps::Shown)
                    {
                        workspace.toggle_guide();
                    }
                }
                Err(reason) => self.dialog = Some(Dialog::message("The sample could not be copied", reason)),
            },
            Request::ImportFile(path) => self.look_at_import(path),
            Request::Import(imported) => self.import(&imported),
            Request::TakeOver(taken) => self.take_over(&taken),
            Request::AskLossReport(imported) => self.ask_loss_report(&imported),
            Request::SaveLossReport(imported, path) => self.save_loss_report(imported, path),
            Request::CreateProject(wanted) => self.create(&wanted),
            Request::Export(target) => self.export(target),
            Request::AskPackage { as_draft } => self.ask_package(as_draft),
            Request::ExportPackage { path, as_draft } => self.export_package(path, as_draft),
            Request::EndJob => self.jobs.end(),
            Request::Discard(after) => self.leave(ctx, after),
            Request::SaveAnd(after) => {
                if self.save() {
                    self.leave(ctx, after);
                }
            }
            Request::SaveTo(folder) => self.save_to(&folder),
            Request::Restore(take) => self.restore(take),
            Request::Notice(text) => self.notice(text),
            Request::Nothing => {
                self.dialog = None;
                if let Some(workspace) = &mut self.workspace {
                    workspace.focus_grid();
                }
            }
            Request::RunAndEdit(command) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.run_and_edit(&command);
                }
            }
            Request::Run(command) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.run(&command);
                    if matches!(command, Command::StartDraft { .. }) {
                        // What was typed into the released document waits in its cell.
                        workspace.commit_draft();
                    }
                    if let (Command::AddRecord { kind: Kind::Submission }, Some(made)) =
                        (&command, workspace.desk.project().submission())
                    {
                        self.dialog = Some(Dialog::submission(made.id, None));
                    }
                }
            }
            Request::Attach(element, file) => self.attach(element, &file),
            Request::Write(batch) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.write(ctx, *batch, &mut self.queue);
                }
            }
            Request::ShowCell(page, at) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.commit_draft();
                    workspace.show_cell(page, at);
                }
            }
            Request::ShowPage(page) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.commit_draft();
                    workspace.show_page(page);
                }
            }
            Request::Arrange { page, filter, sort } => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.arrange(page, filter, sort);
                }
            }
            Request::SetLayout(layout) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.set_layout(layout);
                }
            }
            Request::KeepFilter(kept) => {
                self.settings.keep_filter(kept);
                self.keep_settings();
            }
            Request::ForgetFilter(kept) => {
                self.settings.filters.retain(|known| *known != kept);
                self.keep_settings();
            }
            Request::KeepSettings => self.keep_settings(),
            Request::UseSettings(settings) => self.use_settings(ctx, *settings),
            Request::OpenFile(path) => {
                if let Err(error) = open::that_detached(&path) {
                    self.notice(format!("{} could not be opened: {error}", path.display()));
                }
            }
            Request::OpenContext(subject, position) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.open_context(subject, position);
                }
            }
            Request::ShowFindings => {
                self.settings.findings_open = true;
                self.keep_settings();
            }
            // What has no row of its own is shown in its dialog.
            Request::ShowItem(AnyId::Submission(submission), _) => {
                self.dialog = Some(Dialog::submission(submission, None));
            }
            Request::ShowItem(AnyId::Warrant(warrant), _) => {
                let known = self.desk().and_then(|desk| desk.project().get(warrant));
                self.dialog = known.map(|known| Dialog::submission(known.submission, Some(warrant)));
            }
            Request::ShowItem(item, field) => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.show_item(item, field);
                }
            }
        }
    }

    fn menu(&mut self, ctx: &Context, command: MenuCommand) {
        if let Err(reason) = self.available(command) {
            self.notice(reason);
            return;
        }
        // What else there is can be saved; anything but saving waits for the cell that does not hold yet.
        if let Some(workspace) = &mut self.workspace
            && !workspace.commit_draft()
            && !matches!(command, MenuCommand::Save | MenuCommand::StartDraft)
        {
            return;
        }
        match command {
            MenuCommand::NewProject if self.is_dirty() => self.dialog = Some(Dialog::unsaved(After::NewProject)),
            MenuCommand::NewProject => self.dialog = Some(Dialog::new_project(&self.settings)),
            MenuCommand::OpenProject => {
                if let Some(folder) = rfd::FileDialog::new().set_title("Open project folder").pick_folder() {
                    self.open(&folder);
                }
            }
            MenuCommand::ImportSpreadsheet => self.ask_import(),
            MenuCommand::Save => {
                self.save();
            }
            MenuCommand::ReadAgain => {
                if let Some(folder) = self.workspace.as_ref().map(|shown| shown.desk.folder().to_owned()) {
                    self.dialog = self.is_dirty().then(|| Dialog::unsaved(After::Open(folder.clone())));
                    if self.dialog.is_none() {
                        self.leave(ctx, After::Open(folder));
                    }
                }
            }
            MenuCommand::SaveAs => self.dialog = self.workspace.as_ref().map(|shown| Dialog::save_as(&shown.desk)),
            MenuCommand::CloseProject if self.is_dirty() => self.dialog = Some(Dialog::unsaved(After::Start)),
            MenuCommand::CloseProject => self.leave(ctx, After::Start),
            MenuCommand::Quit if self.is_dirty() => self.dialog = Some(Dialog::unsaved(After::Quit)),
            MenuCommand::Quit => self.leave(ctx, After::Quit),
            MenuCommand::ThemeSystem => self.set_theme(ctx, Theme::System),
            MenuCommand::ThemeLight => self.set_theme(ctx, Theme::Light),
            MenuCommand::ThemeDark => self.set_theme(ctx, Theme::Dark),
            MenuCommand::Larger => self.set_scale(ctx, 0.1),
            MenuCommand::Smaller => self.set_scale(ctx, -0.1),
            MenuCommand::Cut => self.ask_clipboard(ctx, ViewportCommand::RequestCut),
            MenuCommand::Copy => self.ask_clipboard(ctx, ViewportCommand::RequestCopy),
            MenuCommand::Paste => self.ask_clipboard(ctx, ViewportCommand::RequestPaste),
            MenuCommand::PasteRows => {
                self.ask_clipboard(ctx, ViewportCommand::RequestPaste);
                if let Some(workspace) = &mut self.workspace {
                    workspace.paste_as_rows(ctx);
                }
            }
            MenuCommand::Find => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.open_find(ctx);
                }
            }
            MenuCommand::Palette | MenuCommand::GoTo => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.note(Did::OpenedPalette);
                }
                let desk = self.workspace.as_ref().map(|workspace| &workspace.desk);
                self.palette = Some(Palette::new(ctx, desk, command == MenuCommand::Palette));
            }
            MenuCommand::Preferences => self.dialog = Some(Dialog::preferences(&self.settings)),
            MenuCommand::ShortcutList => self.dialog = Some(Dialog::shortcuts()),
            MenuCommand::About => self.dialog = Some(Dialog::about()),
            MenuCommand::ExportPdf => self.ask_export(Format::Pdf, false),
            MenuCommand::ExportCsv => self.ask_export(Format::Csv, false),
            MenuCommand::ExportXlsx => self.ask_export(Format::Xlsx, false),
            MenuCommand::ExportAllPdf => self.ask_export(Format::Pdf, true),
            MenuCommand::ExportAllXlsx => self.ask_export(Format::Xlsx, true),
            _ => {
                if let Some(workspace) = &mut self.workspace {
                    workspace.menu(command, &mut self.settings, &mut self.queue);
                }
                if matches!(
                    command,
                    MenuCommand::ToggleFindings
                        | MenuCommand::ToggleProposals
                        | MenuCommand::ToggleInspector
                        | MenuCommand::ToggleFailureNet
                ) {
                    self.keep_settings();
                }
            }
        }
    }

    /// Lets the system send what the keys of the clipboard send, to the grid.
    fn ask_clipboard(&mut self, ctx: &Context, command: ViewportCommand) {
        if let Some(workspace) = &mut self.workspace {
            workspace.focus_grid();
            ctx.send_viewport_cmd(command);
        }
    }

    fn set_theme(&mut self, ctx: &Context, theme: Theme) {
        self.settings.theme = theme;
        self.apply_settings(ctx);
        self.keep_settings();
    }

    /// Takes over what the settings dialog knows of; what was kept meanwhile, such as columns, stays.
    fn use_settings(&mut self, ctx: &Context, chosen: Settings) {
        let Settings { author, theme, scale, local, report_language, .. } = chosen;
        self.settings = Settings { author, theme, scale, local, report_language, ..self.settings.clone() };
        if let Some(workspace) = &mut self.workspace {
            workspace.desk.set_author(&self.settings.author);
            workspace.desk.set_local(self.settings.local);
        }
        self.apply_settings(ctx);
        self.keep_settings();
    }

    fn set_scale(&mut self, ctx: &Context, by: f32) {
        self.settings.scale = ((self.settings.scale + by) * 10.0).round().clamp(8.0, 20.0) / 10.0;
        self.apply_settings(ctx);
        self.keep_settings();
    }
}

impl eframe::App for Root {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }
}
