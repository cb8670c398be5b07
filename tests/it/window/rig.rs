//! A window without a screen on a copy of a sample, with the steps that tests are written in.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Event, Key, Modifiers, UiBuilder, ViewportCommand, ViewportEvent, accesskit::Role, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use goldthread::app::desk::Desk;
use goldthread::app::samples;
use goldthread::app::settings::{Settings, Theme};
use goldthread::rules::Reported;
use goldthread::ui::kit::theme;
use goldthread::ui::root::Root;
use tempfile::TempDir;

use crate::cpu_renderer::CpuRenderer;
use crate::samples::put_back_to_drafts;

/// Wide enough for every column of every form, so that every cell of the rows in sight can be found.
const ROOMY: egui::Vec2 = vec2(4600.0, 1500.0);

/// What a window starts with.
pub struct Start {
    /// Points.
    pub size: egui::Vec2,
    /// Light or dark.
    pub theme: Theme,
    /// The project to open, if any.
    pub folder: Option<PathBuf>,
    /// Whether the list of findings is open.
    pub findings_open: bool,
}

/// A window.
pub struct Window {
    pub harness: Harness<'static, Option<Root>>,
    /// Where its project lies; deleted with the window.
    scratch: TempDir,
}

impl Window {
    /// A roomy window with a copy of a sample.
    pub fn on_sample(name: &str) -> Self {
        let (scratch, folder) = copy_of(name);
        Self::start(scratch, Start { folder: Some(folder), ..Start::default() })
    }

    /// A roomy window with a copy of a sample as it ships: its documents may be released.
    pub fn on_shipped(name: &str) -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join(name);
        samples::write_to(samples::sample(name).unwrap(), &folder).unwrap();
        Self::start(scratch, Start { folder: Some(folder), ..Start::default() })
    }

    /// A window that has just been opened.
    pub fn start(scratch: TempDir, start: Start) -> Self {
        let Start { size, theme, folder, findings_open } = start;
        let settings = Settings { author: "T. Tester".into(), theme, findings_open, ..Settings::default() };
        let frame = move |ui: &mut egui::Ui, root: &mut Option<Root>| {
            let root = root.get_or_insert_with(|| {
                let mut root = Root::new(ui.ctx(), settings.clone(), None);
                root.fix_today("2026-11-24".parse().unwrap());
                if let Some(folder) = folder.clone() {
                    root.open_at_start(folder);
                }
                root
            });
            root.logic(ui.ctx());
            // The whole window: the harness leaves a margin.
            let whole = ui.ctx().content_rect();
            let mut window = ui.new_child(UiBuilder::new().max_rect(whole));
            window.set_clip_rect(whole);
            root.ui(&mut window);
        };
        let mut harness = Harness::builder()
            .with_size(size)
            .with_context_setup(theme::install)
            .with_os(egui::os::OperatingSystem::Nix)
            .with_render_cursor(false)
            .with_max_steps(200)
            .with_step_dt(0.05)
            .renderer(CpuRenderer::default())
            .build_ui_state(frame, None);
        harness.run();
        Self { harness, scratch }
    }

    /// The folder of the project.
    pub fn folder(&self) -> PathBuf {
        self.desk().folder().to_owned()
    }

    /// The folder in which the project's folder lies.
    pub fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// Closes the window as a crash would and gives back what lies on the disk.
    pub fn crash(self) -> TempDir {
        self.scratch
    }

    /// The open project.
    pub fn desk(&self) -> &Desk {
        self.root().desk().expect("a project is open")
    }

    /// The program.
    pub fn root(&self) -> &Root {
        self.harness.state().as_ref().expect("the first frame makes it")
    }

    /// The names of everything that has one.
    pub fn names(&self) -> Vec<String> {
        let named = |node: Node<'_>| {
            let node = node.accesskit_node();
            node.label().or_else(|| node.value()).filter(|name| !name.is_empty())
        };
        self.harness.root().children_recursive().filter_map(named).collect()
    }

    /// Whether something has these words in its name.
    pub fn says(&self, words: &str) -> bool {
        self.names().iter().any(|known| known.contains(words))
    }

    /// The first thing with this name.
    pub fn get<'a>(&'a self, name: &'a str) -> Node<'a> {
        let found = self.harness.query_all_by_label(name).next();
        found.unwrap_or_else(|| panic!("nothing is called “{name}” among\n{}", self.names().join("\n")))
    }

    /// Clicks what has this name.
    pub fn click(&mut self, name: &str) {
        self.get(name).click();
        self.harness.run();
    }

    /// Clicks the last button whose name begins so: menu entries carry their keys behind it.
    pub fn click_button(&mut self, words: &str) {
        let fits = |node: &Node<'_>| node.accesskit_node().label().is_some_and(|label| label.starts_with(words));
        let found = self.harness.query_all_by_role(Role::Button).rfind(fits);
        let found = found.unwrap_or_else(|| panic!("no button “{words}” among\n{}", self.names().join("\n")));
        found.click();
        self.harness.run();
    }

    /// Chooses a command from a menu.
    pub fn menu(&mut self, menu: &str, command: &str) {
        self.click(menu);
        self.click_button(command);
    }

    /// Presses a key.
    pub fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.harness.run();
    }

    /// Presses a key with Ctrl.
    pub fn command(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, key);
        self.harness.run();
    }

    /// Types, letter by letter.
    pub fn enter(&mut self, text: &str) {
        for letter in text.chars() {
            self.harness.event(Event::Text(letter.to_string()));
        }
        self.harness.run();
    }

    /// Writes into a field of a dialog, over what it held.
    pub fn fill(&mut self, name: &str, text: &str) {
        let fields = self.harness.root().children_recursive().filter(|node| {
            let node = node.accesskit_node();
            matches!(node.role(), Role::TextInput | Role::MultilineTextInput) && node.label().as_deref() == Some(name)
        });
        let field = fields.last().unwrap_or_else(|| panic!("no field “{name}” among\n{}", self.names().join("\n")));
        field.click();
        self.harness.run();
        self.command(Key::A);
        self.enter(text);
    }

    /// The findings, for messages.
    pub fn findings(&self) -> Vec<String> {
        let desk = self.desk();
        let line = |reported: &&Reported| format!("{} {}", reported.finding.code, reported.finding.message);
        desk.checker().findings(desk.project()).iter().map(line).collect()
    }

    /// Shows the document of a kind.
    pub fn show(&mut self, kind: &str) {
        let name = |node: &Node<'_>| {
            node.accesskit_node().label().is_some_and(|label| label.starts_with(&format!("{kind}, ")))
        };
        let tab = self.harness.query_all_by_role(Role::Tab).find(name);
        tab.unwrap_or_else(|| panic!("no tab {kind}")).click();
        self.harness.run();
    }

    /// The words of the first cell of a column whose row's name contains `row`, if there is one.
    pub fn cell(&self, heading: &str, row: &str) -> Option<String> {
        let node = self.harness.query_all_by_role(Role::GridCell).find(|node| is_cell(node, heading, row))?;
        let label = node.accesskit_node().label()?;
        let (_, line) = label.split_once(", line ")?;
        Some(line.split_once(": ")?.1.to_owned())
    }

    /// The name of the cell with the cursor.
    pub fn cursor(&self) -> Option<String> {
        let cell = self
            .harness
            .query_all_by_role(Role::GridCell)
            .find(|node| node.accesskit_node().is_selected() == Some(true))?;
        cell.accesskit_node().label()
    }

    /// Puts the cursor on a cell.
    pub fn select(&mut self, heading: &str, row: &str) {
        let found = self.harness.query_all_by_role(Role::GridCell).find(|node| is_cell(node, heading, row));
        let found = found.unwrap_or_else(|| panic!("no cell “{heading}, {row}” among\n{}", self.names().join("\n")));
        found.click_accesskit();
        self.harness.run();
    }

    /// Writes into a cell, over what it held.
    pub fn write(&mut self, heading: &str, row: &str, text: &str) {
        self.select(heading, row);
        self.enter(text);
        self.press(Key::Enter);
    }

    /// Writes several lines into a cell, over what it held.
    pub fn write_lines(&mut self, heading: &str, row: &str, text: &str) {
        self.select(heading, row);
        self.press(Key::F2);
        self.command(Key::A);
        self.harness.event(Event::Paste(text.to_owned()));
        self.harness.run();
        self.press(Key::Enter);
    }

    /// Ticks every box whose name contains these words; how many there were.
    pub fn tick_all(&mut self, words: &str) -> usize {
        let boxes = self.harness.query_all_by_role(Role::CheckBox);
        let names: Vec<String> = boxes.filter_map(|node| node.accesskit_node().label()).collect();
        let wanted: Vec<String> = names.into_iter().filter(|name| name.contains(words)).collect();
        for name in &wanted {
            self.click(name);
        }
        wanted.len()
    }

    /// Asks the window to close, as its frame would; whether it does.
    pub fn close(&mut self) -> bool {
        let id = egui::ViewportId::ROOT;
        self.harness.input_mut().viewports.entry(id).or_default().events.push(ViewportEvent::Close);
        self.harness.step();
        let output = &self.harness.output().viewport_output[&id];
        let kept = output.commands.contains(&ViewportCommand::CancelClose);
        if let Some(viewport) = self.harness.input_mut().viewports.get_mut(&id) {
            viewport.events.clear();
        }
        self.harness.run();
        !kept
    }
}

impl Default for Start {
    fn default() -> Self {
        Self { size: ROOMY, theme: Theme::Light, folder: None, findings_open: false }
    }
}

fn is_cell(node: &Node<'_>, heading: &str, row: &str) -> bool {
    node.accesskit_node().label().is_some_and(|label| label.starts_with(heading) && label.contains(row))
}

/// A sample in a folder of its own, with documents that are being worked on.
pub fn copy_of(name: &str) -> (TempDir, PathBuf) {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join(name);
    samples::write_to(samples::sample(name).unwrap(), &folder).unwrap();
    put_back_to_drafts(&folder);
    (scratch, folder)
}
