//! A window that shows one dialog over a sample and carries out what it asks for.

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use goldthread::app::desk::Desk;
use goldthread::app::samples::{sample, write_to};
use goldthread::app::settings::Settings;
use goldthread::base::clock::Date;
use goldthread::base::{Id, IdSource, Text};
use goldthread::edit::{Author, Command};
use goldthread::model::document::{Document, DocumentKind};
use goldthread::ui::dialogs::{Dialog, DialogContext};
use goldthread::ui::kit::theme as kit_theme;
use goldthread::ui::request::Request;
use tempfile::TempDir;

use crate::cpu_renderer::CpuRenderer;
use crate::samples::put_back_to_drafts;

/// What the tests see.
pub struct Window {
    pub desk: Desk,
    pub settings: Settings,
    pub dialog: Option<Dialog>,
    pub requests: Vec<Request>,
    _folder: TempDir,
}

impl Window {
    /// The commands that were asked for, in order.
    pub fn commands(&self) -> Vec<&Command> {
        let runs = self.requests.iter().filter_map(|request| match request {
            Request::Run(command) => Some(command),
            _ => None,
        });
        runs.collect()
    }
}

/// A desk with the folder it stands for.
pub struct Rig {
    pub desk: Desk,
    pub folder: TempDir,
}

/// A desk with a copy of a sample on it.
pub fn desk(name: &str) -> Rig {
    let author =
        Author { name: Text::from("A. Muster"), today: Date::new(2026, 11, 24).unwrap(), ids: IdSource::seeded(7) };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("project");
    write_to(sample(name).unwrap(), &path).unwrap();
    put_back_to_drafts(&path);
    Rig { desk: Desk::open(&path, author).unwrap(), folder }
}

/// The document of a kind.
pub fn document(desk: &Desk, kind: DocumentKind) -> Id<Document> {
    desk.project().documents_of(kind)[0].id
}

/// A window over a desk that shows what `make` makes.
pub fn window(rig: Rig, theme: Theme, make: impl FnOnce(&Desk, &Settings) -> Dialog) -> Harness<'static, Window> {
    let settings = Settings { author: "A. Muster".to_owned(), ..Settings::default() };
    let Rig { desk, folder } = rig;
    let dialog = Some(make(&desk, &settings));
    let mut harness = Harness::builder()
        .with_size(vec2(1366.0, 768.0))
        .with_theme(theme)
        .with_context_setup(kit_theme::install)
        .with_render_cursor(false)
        .with_max_steps(60)
        .with_step_dt(0.05)
        .renderer(CpuRenderer::default())
        .build_ui_state(frame, Window { desk, settings, dialog, requests: Vec::new(), _folder: folder });
    harness.run();
    harness
}

fn frame(ui: &mut egui::Ui, window: &mut Window) {
    let mut queue = Vec::new();
    if let Some(dialog) = &mut window.dialog {
        let cx = DialogContext { desk: Some(&window.desk), settings: &window.settings };
        if !dialog.show(ui.ctx(), cx, &mut queue) {
            window.dialog = None;
        }
    }
    for request in queue {
        if let Request::Run(command) = &request {
            window.desk.run(command).unwrap();
        }
        window.requests.push(request);
    }
}

/// The light window over the small sample.
pub fn light(make: impl FnOnce(&Desk, &Settings) -> Dialog) -> Harness<'static, Window> {
    window(desk("stamped-bracket"), Theme::Light, make)
}

/// Replaces the text of a field and goes on to the next.
pub fn fill(harness: &mut Harness<'_, Window>, name: &str, text: &str) {
    write(harness, name, text);
    key(harness, Key::Tab);
}

/// Replaces the text of a field and stays there.
pub fn write(harness: &mut Harness<'_, Window>, name: &str, text: &str) {
    field(harness, name).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    field(harness, name).type_text(text);
    harness.run();
}

/// The text field with this name.
pub fn field<'h>(harness: &'h Harness<'_, Window>, name: &'h str) -> Node<'h> {
    let is_field = |node: &Node<'_>| matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput);
    let mut found = harness.get_all_by_label(name).filter(is_field);
    found.next().unwrap_or_else(|| panic!("no field {name}"))
}

/// Presses a button.
pub fn press(harness: &mut Harness<'_, Window>, button: &str) {
    harness.get_by_label(button).click();
    harness.run();
}

/// Presses a key.
pub fn key(harness: &mut Harness<'_, Window>, key: Key) {
    harness.key_press(key);
    harness.run();
}
