//! Pages that are laid out off the frame, anew while one edits, and painted from the display list.

use std::fmt;

use eframe::egui::{Context, Rect, Ui};

use crate::app::desk::Desk;
use crate::app::lookup::Lookup;
use crate::app::preview::{Pages, PagesOf};

use super::paint::Sheets;

/// The pages of a report.
pub struct LaidOut {
    lookup: Lookup<PagesOf>,
    /// What was asked for last, and the revision of the project it was asked of.
    asked: Option<(u64, PagesOf)>,
    /// Whether its answer is still to come.
    waits: bool,
    /// The pages that are shown, and what they are of.
    shown: Option<(PagesOf, Result<Pages, String>)>,
    sheets: Sheets,
}

impl fmt::Debug for LaidOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LaidOut").field("asked", &self.asked).field("waits", &self.waits).finish_non_exhaustive()
    }
}

impl LaidOut {
    /// Nothing yet.
    pub fn new(ctx: &Context, desk: &Desk) -> Self {
        let wake = ctx.clone();
        Self {
            lookup: Lookup::new(desk.project().clone(), move || wake.request_repaint()),
            asked: None,
            waits: false,
            shown: None,
            sheets: Sheets::default(),
        }
    }

    /// Asks for pages once the last ones are there: never twice at once, however fast somebody edits.
    pub fn ask(&mut self, desk: &Desk, wanted: &PagesOf) {
        if let Some(answer) = self.lookup.take_answer()
            && let Some((_, of)) = &self.asked
        {
            self.waits = false;
            self.sheets.forget();
            self.shown = Some((of.clone(), answer));
        }
        let now = Some((desk.project().revision(), wanted.clone()));
        if !self.waits && self.asked != now {
            self.lookup.renew(desk.project());
            self.lookup.ask(wanted.clone());
            (self.asked, self.waits) = (now, true);
        }
    }

    /// Whether an answer is still to come.
    pub fn waits(&self) -> bool {
        self.waits
    }

    /// What is shown, whatever it is of.
    pub fn latest(&self) -> Option<&Result<Pages, String>> {
        self.shown.as_ref().map(|(_, shown)| shown)
    }

    /// What is shown of what is wanted, perhaps as it was before the last changes.
    pub fn shown(&self, wanted: &PagesOf) -> Option<&Result<Pages, String>> {
        self.shown.as_ref().filter(|(of, _)| of == wanted).map(|(_, shown)| shown)
    }

    /// Gets ready to paint pages at a scale: points on screen for a point on paper.
    pub(super) fn begin(&mut self, ctx: &Context, scale: f32) {
        self.sheets.begin(ctx, scale);
    }

    /// Paints a page into a rectangle.
    pub(super) fn paint(&mut self, ui: &Ui, number: usize, rect: Rect, scale: f32) {
        if let Some((_, Ok(pages))) = &self.shown
            && let Some(page) = pages.display.pages.get(number)
        {
            self.sheets.paint(ui, number, page, rect, scale);
        }
    }

    /// Paints the first page as large as it fits below the cursor, at most this high.
    pub fn show_first(&mut self, ui: &mut Ui, height: f32) {
        let Some((_, Ok(pages))) = &self.shown else { return };
        let Some(page) = pages.display.pages.first() else { return };
        let scale = (ui.available_width() / page.width).min(height / page.height);
        let size = eframe::egui::vec2(page.width, page.height) * scale;
        let (rect, response) = ui.allocate_exact_size(size, eframe::egui::Sense::hover());
        crate::ui::kit::widgets::named(response, "First page");
        self.begin(ui.ctx(), scale);
        self.paint(ui, 0, rect, scale);
    }
}
