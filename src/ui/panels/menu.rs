//! Menus and keys, both made from the registry.

use eframe::egui::{Align, Button, Context, Event, InputState, Key, Layout, MenuBar, Modifiers, Ui};

use crate::app::registry::{Menu, MenuCommand, Shortcut};
use crate::ui::request::Request;

/// Whether a command can be done now: `Err` gives the reason.
pub type Availability<'a> = &'a dyn Fn(MenuCommand) -> Result<(), String>;

/// Shows the menu bar.
pub fn menu_bar(ui: &mut Ui, available: Availability<'_>, queue: &mut Vec<Request>) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.name(), |ui| {
                ui.set_min_width(240.0);
                for command in MenuCommand::ALL.iter().copied().filter(|command| command.menu() == menu) {
                    entry(ui, command, available, queue);
                    if ends_group(command) {
                        ui.separator();
                    }
                }
            });
        }
        palette_button(ui, queue);
    });
}

/// The way to everything, at the right end of the bar.
fn palette_button(ui: &mut Ui, queue: &mut Vec<Request>) {
    let command = MenuCommand::Palette;
    let keys = command.shortcut().map(Shortcut::words).unwrap_or_default();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let button = Button::new(command.text().trim_end_matches('…')).shortcut_text(keys);
        if ui.add(button).on_hover_text(command.hint()).clicked() {
            queue.push(Request::Menu(command));
        }
    });
}

/// An entry of a menu: the command with its key, or why it cannot be done now.
pub fn entry(ui: &mut Ui, command: MenuCommand, available: Availability<'_>, queue: &mut Vec<Request>) {
    entry_called(ui, command.text(), command, available, queue);
}

/// The same under another name, for menus whose title does not say what becomes of it.
pub fn entry_called(
    ui: &mut Ui,
    name: &str,
    command: MenuCommand,
    available: Availability<'_>,
    queue: &mut Vec<Request>,
) {
    let allowed = available(command);
    let keys = command.shortcut().map(Shortcut::words).unwrap_or_default();
    let button = Button::new(name).shortcut_text(keys);
    let response = ui.add_enabled(allowed.is_ok(), button);
    let response = match allowed {
        Ok(()) => response.on_hover_text(command.hint()),
        Err(reason) => response.on_disabled_hover_text(reason),
    };
    if response.clicked() {
        queue.push(Request::Menu(command));
        ui.close();
    }
}

fn ends_group(command: MenuCommand) -> bool {
    use MenuCommand as C;
    matches!(
        command,
        C::OpenProject
            | C::Save
            | C::AddDocument
            | C::Preferences
            | C::Redo
            | C::ClearCells
            | C::Find
            | C::MoveTo
            | C::ToggleFindings
            | C::ToggleColumns
            | C::ZoomWhole
            | C::Production
            | C::ThemeDark
            | C::ConnectSteps
            | C::AnalyseMissing
            | C::InsertDetectionAction
            | C::GoTo
            | C::Forward
            | C::PreviousFinding
            | C::Promote
            | C::ChooseCheck
            | C::ExportAllPdf
    )
}

/// Takes the keys of commands out of the input and queues the commands. While somebody types, keys that a text field needs
/// stay with it.
pub fn take_keys(ctx: &Context, typing: bool, queue: &mut Vec<Request>) {
    // Those with more keys held first, so that Ctrl+Shift+Z is not taken for Ctrl+Z.
    let mut commands: Vec<(MenuCommand, Shortcut)> =
        MenuCommand::ALL.iter().filter_map(|command| Some((*command, command.shortcut()?))).collect();
    commands
        .sort_by_key(|(_, keys)| std::cmp::Reverse(u8::from(keys.shift) + u8::from(keys.alt) + u8::from(keys.command)));
    for (command, keys) in commands {
        if (typing && belongs_to_text(command)) || belongs_to_grid(command) {
            continue;
        }
        let Some(key) = Key::from_name(keys.key) else { continue };
        let mut modifiers = Modifiers::NONE;
        modifiers.command = keys.command;
        modifiers.shift = keys.shift;
        modifiers.alt = keys.alt;
        if ctx.input_mut(|input| consume(input, modifiers, key)) {
            queue.push(Request::Menu(command));
        }
    }
}

/// Takes a key out of the input. Alt has to be held or not as the shortcut says: with AltGr, Windows reports Ctrl and Alt
/// together, and the @ of a German keyboard must not quit the program.
fn consume(input: &mut InputState, modifiers: Modifiers, key: Key) -> bool {
    let is_it = |event: &Event| match event {
        Event::Key { key: pressed, modifiers: held, pressed: true, .. } => {
            *pressed == key && held.alt == modifiers.alt && held.matches_logically(modifiers)
        }
        _ => false,
    };
    let before = input.events.len();
    input.events.retain(|event| !is_it(event));
    let is_taken = input.events.len() < before;
    if is_taken && modifiers.alt {
        // Some systems report the character of the key besides; nobody meant to type it.
        input.events.retain(|event| !matches!(event, Event::Text(text) if text == key.name()));
    }
    is_taken
}

fn belongs_to_text(command: MenuCommand) -> bool {
    use MenuCommand as C;
    matches!(
        command,
        C::Undo
            | C::Redo
            | C::DeleteRow
            | C::MoveUp
            | C::MoveDown
            | C::InsertCause
            | C::Back
            | C::Forward
            // With Alt and a letter or digit some keyboards write.
            | C::InsertEffect
            | C::InsertPreventionControl
            | C::InsertDetectionControl
            | C::ZoomIn
            | C::ZoomOut
            | C::ZoomNormal
    )
}

/// Keys that the grid hands on together with the cell they were pressed in.
fn belongs_to_grid(command: MenuCommand) -> bool {
    use MenuCommand as C;
    matches!(
        command,
        C::DeleteRow
            | C::MoveUp
            | C::MoveDown
            | C::Duplicate
            | C::InsertCause
            | C::InsertAbove
            | C::Cut
            | C::Copy
            | C::Paste
            | C::FillDown
            | C::FillRight
            | C::ClearCells
    )
}
