//! The frame of every dialog: title, body that scrolls if it must, buttons. Escape closes, Enter does what the coloured
//! button does.

use eframe::egui::{
    Align, Context, Frame, Id, Key, Layout, Margin, Modal, Modifiers, Popup, Response, RichText, ScrollArea, Stroke,
    Ui, vec2,
};

use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
pub(super) use crate::ui::kit::widgets::named;
use crate::ui::kit::widgets::{caption, primary_button, text_button};

/// Breadth of a dialog that asks one thing.
pub(super) const SMALL: f32 = 480.0;
/// Breadth of a dialog with a form or a list.
pub(super) const MEDIUM: f32 = 720.0;
/// Breadth of a dialog with tables.
pub(super) const LARGE: f32 = 1220.0;

/// What the frame gives back.
pub(super) struct Shown<T> {
    /// What the body gave.
    pub inner: T,
    /// Whether the person asked to close it with Escape.
    pub closed: bool,
}

/// Shows a dialog. `name` tells dialogs apart; two that are open at once need different ones.
pub(super) fn show<T>(
    ctx: &Context,
    name: &str,
    title: &str,
    breadth: f32,
    add: impl FnOnce(&mut Ui) -> T,
) -> Shown<T> {
    let screen = ctx.content_rect().size();
    let modal = Modal::new(Id::unique(("dialog", name))).frame(Frame::NONE).show(ctx, |ui| {
        let tokens = Tokens::of(ui);
        Frame::popup(ui.style()).fill(tokens.panel).inner_margin(Margin::symmetric(20, 16)).show(ui, |ui| {
            ui.set_width(breadth.min(screen.x - 80.0));
            // Fields and tick boxes stand on a panel here, not on paper: their edges need more contrast.
            ui.visuals_mut().widgets.inactive.bg_stroke.color = tokens.strong_line;
            ui.label(RichText::new(title).font(font(Weight::Medium, size::TITLE_TEXT)).color(tokens.text));
            ui.add_space(2.0 * size::STEP);
            add(ui)
        })
    });
    let escape = || ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let closed = modal.is_top_modal && !modal.any_popup_open && escape();
    Shown { inner: modal.inner.inner, closed }
}

/// The height that a body can have so that the whole dialog fits the window.
pub(super) fn room(ctx: &Context) -> f32 {
    (ctx.content_rect().height() - 190.0).max(120.0)
}

/// The body of a dialog; it scrolls where the window is too low.
pub(super) fn body<T>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> T) -> T {
    let room = room(ui.ctx());
    ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, add).inner
}

/// The body of a dialog with tabs: always as high as `height`, if the window is.
pub(super) fn steady_body<T>(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui) -> T) -> T {
    let height = height.min(room(ui.ctx()));
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::LEFT), |ui| {
        ui.set_min_size(size);
        ui.set_max_size(size);
        add(ui)
    })
    .inner
}

/// The buttons below a dialog.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Buttons<'t> {
    /// What the dialog is for, as a verb; none for dialogs that only show something.
    pub primary: Option<&'t str>,
    /// Why that cannot be done now.
    pub refusal: Option<&'t str>,
    /// A second way out.
    pub other: Option<&'t str>,
    /// The way out that changes nothing.
    pub cancel: &'t str,
}

/// What a person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing yet.
    Open,
    /// The coloured button, or Enter.
    Primary,
    /// The second way out.
    Other,
    /// To change nothing.
    Cancel,
}

impl Buttons<'_> {
    /// Shows the buttons, and above them why the coloured one cannot be used.
    pub(super) fn show(self, ui: &mut Ui) -> Answer {
        let tokens = Tokens::of(ui);
        let mut answer = Answer::Open;
        ui.add_space(2.0 * size::STEP);
        let line = ui.available_rect_before_wrap();
        ui.painter().hline(line.x_range(), line.top(), Stroke::new(1.0, tokens.line));
        ui.add_space(2.0 * size::STEP);
        if self.primary.is_some() {
            caption(ui, self.refusal.unwrap_or(" "));
        }
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 28.0), Layout::right_to_left(Align::Center), |ui| {
            if let Some(text) = self.primary {
                let enabled = self.refusal.is_none();
                let button = ui.add_enabled_ui(enabled, |ui| primary_button(ui, text)).inner;
                let button = button.on_disabled_hover_text(self.refusal.unwrap_or_default());
                if button.clicked() || (enabled && confirmed(ui)) {
                    answer = Answer::Primary;
                }
            }
            if let Some(text) = self.other
                && text_button(ui, text, "").clicked()
            {
                answer = Answer::Other;
            }
            let cancel = text_button(ui, self.cancel, "");
            if cancel.clicked() || (self.primary.is_none() && confirmed(ui)) {
                answer = Answer::Cancel;
            }
        });
        answer
    }
}

/// Whether Enter was pressed where it means "carry on": not on a button, not in a list that is open, not in a field of
/// several lines.
pub(super) fn confirmed(ui: &Ui) -> bool {
    let enter = ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.any());
    enter && ui.memory(|memory| memory.focused().is_none()) && !Popup::is_any_open(ui.ctx())
}

/// The button of dialogs that only show something; whether the dialog stays open.
pub(super) fn stays_open(ui: &mut Ui) -> bool {
    Buttons { cancel: "Close", ..Buttons::default() }.show(ui) == Answer::Open
}

/// Gives the keyboard to the first field when a dialog opens.
#[derive(Debug, Default)]
pub(super) struct First(bool);

impl First {
    /// Claims the keyboard for a widget, once.
    pub(super) fn claim(&mut self, response: &Response) {
        if !self.0 && response.enabled() {
            self.0 = true;
            response.request_focus();
        }
    }
}

/// A row of tabs; the one that is shown.
pub(super) fn tabs<T: Copy + PartialEq>(ui: &mut Ui, all: &[(T, &str)], shown: &mut T) {
    ui.horizontal(|ui| {
        for (tab, name) in all {
            ui.selectable_value(shown, *tab, *name);
        }
    });
    let tokens = Tokens::of(ui);
    let line = ui.available_rect_before_wrap();
    ui.painter().hline(line.x_range(), line.top(), Stroke::new(1.0, tokens.line));
    ui.add_space(2.0 * size::STEP);
}
