//! Dialogs: one at a time, over the window.

use eframe::egui::Context;

use crate::app::desk::Desk;
use crate::app::settings::Settings;
use crate::ui::request::Request;

/// What a dialog reads.
#[derive(Clone, Copy)]
pub struct DialogContext<'a> {
    /// The open project.
    pub desk: Option<&'a Desk>,
    /// The settings.
    pub settings: &'a Settings,
}

/// A dialog with what was typed into it so far.
#[derive(Debug)]
pub enum Dialog {}

impl Dialog {
    /// Shows the dialog; whether it stays open.
    pub fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let _ = (ctx, cx, queue);
        match *self {}
    }
}
