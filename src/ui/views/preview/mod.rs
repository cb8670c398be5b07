//! The print preview: the pages of a report as the PDF will have them, laid out anew off the frame while one edits.

mod paint;

use eframe::egui::scroll_area::ScrollBarVisibility;
use eframe::egui::{ComboBox, Context, Rect, ScrollArea, Sense, Ui, Vec2, pos2, vec2};

use crate::app::desk::Desk;
use crate::app::lookup::Lookup;
use crate::app::preview::PagesOf;
use crate::app::printing::Printable;
use crate::app::registry::MenuCommand;
use crate::model::document::Phase;
use crate::report::display::Display;
use crate::store::assets;
use crate::ui::kit::icons::Icon;
use crate::ui::kit::{Tokens, size, widgets};
use crate::ui::request::Request;

use super::flow::Look;
use paint::Sheets;

/// Room between pages, and around them.
const GAP: f32 = 14.0;
/// Points on screen for a point on paper: the least and the most.
const ZOOM: (f32, f32) = (0.1, 6.0);

/// How large the pages are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Zoom {
    /// As broad as the view.
    Breadth,
    /// A whole page in the view.
    Whole,
    /// Points on screen for a point on paper.
    Scale(f32),
}

/// What is printed: a document or a list, and of a control plan the phase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Previewed {
    /// The document or the list.
    pub what: Printable,
    /// The phase.
    pub phase: Option<Phase>,
    /// The tag of the language.
    pub language: &'static str,
}

/// The preview as it is kept between frames.
pub struct PreviewPage {
    lookup: Lookup<PagesOf>,
    /// What was asked for last, and the revision of the project it was asked of.
    asked: Option<(u64, PagesOf)>,
    /// Whether its answer is still to come.
    waits: bool,
    /// The pages that are shown, and what they are of.
    shown: Option<(PagesOf, Result<Display, String>)>,
    sheets: Sheets,
    /// What the page followed when something else was chosen here.
    chosen: Option<(Previewed, Printable)>,
    zoom: Zoom,
    /// The scale of the last frame.
    scale: f32,
}

impl PreviewPage {
    /// A preview that lays out as soon as it is shown.
    pub fn new(ctx: &Context, desk: &Desk) -> Self {
        let wake = ctx.clone();
        Self {
            lookup: Lookup::new(desk.project().clone(), move || wake.request_repaint()),
            asked: None,
            waits: false,
            shown: None,
            sheets: Sheets::default(),
            chosen: None,
            zoom: Zoom::Breadth,
            scale: 1.0,
        }
    }

    /// What is printed: what was chosen here, until another page is looked at.
    pub fn printed(&self, followed: Previewed) -> Previewed {
        match self.chosen {
            Some((before, what)) if (before.what, before.phase) == (followed.what, followed.phase) => {
                Previewed { what, phase: None, ..followed }
            }
            _ => followed,
        }
    }

    /// Looks at the pages larger or smaller.
    pub fn look(&mut self, look: Look) {
        let step = 1.2;
        self.zoom = match look {
            Look::Larger => Zoom::Scale((self.scale * step).min(ZOOM.1)),
            Look::Smaller => Zoom::Scale((self.scale / step).max(ZOOM.0)),
            Look::Normal => Zoom::Scale(1.0),
            Look::Breadth => Zoom::Breadth,
            Look::Whole => Zoom::Whole,
        };
    }

    /// Shows the pages of what was looked at last.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, followed: Previewed, queue: &mut Vec<Request>) {
        let wanted = self.printed(followed);
        self.ask(desk, wanted);
        let view = ui.available_size() - vec2(0.0, size::TOOLBAR);
        self.bar(ui, desk, followed, wanted, queue);
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, tokens.pressed);
        let is_wanted = |of: &PagesOf| (of.what, of.phase, of.language) == (wanted.what, wanted.phase, wanted.language);
        match &self.shown {
            Some((of, Ok(display))) if is_wanted(of) => {
                self.scale = scale(self.zoom, display, view);
                pages(ui, display, &mut self.sheets, self.scale);
            }
            Some((of, Err(reason))) if is_wanted(of) => {
                widgets::empty_state(ui, "This cannot be printed", reason, None);
            }
            _ => {
                widgets::empty_state(ui, "Laying out…", "The pages appear here in a moment.", None);
            }
        }
    }

    /// Asks for the pages once the last ones are there: never twice at once, however fast somebody edits.
    fn ask(&mut self, desk: &Desk, wanted: Previewed) {
        if let Some(answer) = self.lookup.take_answer()
            && let Some((_, of)) = self.asked
        {
            self.waits = false;
            self.sheets.forget();
            self.shown = Some((of, answer));
        }
        let question =
            PagesOf { what: wanted.what, phase: wanted.phase, today: desk.author().today, language: wanted.language };
        let now = (desk.project().revision(), question);
        if !self.waits && self.asked != Some(now) {
            self.lookup.renew(desk.project());
            self.lookup.ask(question);
            (self.asked, self.waits) = (Some(now), true);
        }
    }

    fn bar(&mut self, ui: &mut Ui, desk: &Desk, followed: Previewed, wanted: Previewed, queue: &mut Vec<Request>) {
        let project = desk.project();
        let documents = project.documents().into_iter().map(|document| Printable::Document(document.id));
        let all: Vec<Printable> = documents.chain(Printable::others()).collect();
        let room = ui.available_width() - 2.0 * GAP;
        let tools = |ui: &mut Ui| {
            let combo =
                ComboBox::from_id_salt("previewed").width((0.3 * room).clamp(120.0, 260.0)).height(400.0).truncate();
            let combo = combo.selected_text(wanted.what.name(project));
            let shown = combo.show_ui(ui, |ui| {
                for what in all {
                    if ui.selectable_label(what == wanted.what, what.name(project)).clicked() {
                        self.chosen = Some((followed, what));
                    }
                }
            });
            widgets::named(shown.response, "Printed document");
            for (icon, name, look) in [(Icon::Minus, "Smaller", Look::Smaller), (Icon::Plus, "Larger", Look::Larger)] {
                if widgets::icon_button(ui, icon, name).clicked() {
                    self.look(look);
                }
            }
            ui.label(format!("{:.0} %", self.scale * 100.0));
            for (name, zoom) in [("Page width", Zoom::Breadth), ("Whole page", Zoom::Whole)] {
                if ui.selectable_label(self.zoom == zoom, name).clicked() {
                    self.zoom = zoom;
                }
            }
            ui.separator();
            let name = |tag: &'static str| assets::language(tag).map_or(tag.to_owned(), |known| known.name.clone());
            let combo = ComboBox::from_id_salt("language").width(90.0).selected_text(name(wanted.language));
            let shown = combo.show_ui(ui, |ui| {
                for tag in assets::languages() {
                    if ui.selectable_label(tag == wanted.language, name(tag)).clicked() {
                        queue.push(Request::SetReportLanguage(tag));
                    }
                }
            });
            widgets::named(shown.response, "Language of reports");
            if widgets::text_button(ui, "Export as PDF…", "Write these pages to a file").clicked() {
                queue.push(Request::Menu(MenuCommand::ExportPdf));
            }
            let count = self.shown.as_ref().and_then(|(_, shown)| shown.as_ref().ok()).map(|shown| shown.pages.len());
            let pages = match count {
                Some(1) => "1 page".to_owned(),
                Some(count) => format!("{count} pages"),
                None => String::new(),
            };
            let updating = if self.waits && count.is_some() { " · laying out again…" } else { "" };
            widgets::caption(ui, &format!("{pages}{updating}"));
        };
        widgets::strip(ui, size::TOOLBAR, |ui| {
            let area = ScrollArea::horizontal().scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
            area.max_width(room).show(ui, |ui| ui.horizontal_centered(tools));
        });
    }
}

fn scale(zoom: Zoom, display: &Display, view: Vec2) -> f32 {
    let Some(page) = display.pages.first() else { return 1.0 };
    let breadth = (view.x - 2.0 * GAP - size::SCROLL_BAR) / page.width;
    let fitting = match zoom {
        Zoom::Breadth => breadth,
        Zoom::Whole => breadth.min((view.y - 2.0 * GAP) / page.height),
        Zoom::Scale(scale) => scale,
    };
    fitting.clamp(ZOOM.0, ZOOM.1)
}

/// The pages below each other; only those in sight are painted.
fn pages(ui: &mut Ui, display: &Display, sheets: &mut Sheets, scale: f32) {
    let area = ScrollArea::both().id_salt("preview").auto_shrink([false, false]);
    area.scroll_bar_visibility(ScrollBarVisibility::VisibleWhenNeeded).show_viewport(ui, |ui, sight| {
        let breadth = display.pages.iter().map(|page| page.width * scale).fold(0.0, f32::max) + 2.0 * GAP;
        let height = display.pages.iter().map(|page| page.height * scale + GAP).sum::<f32>() + GAP;
        let room = vec2(breadth.max(sight.width()), height);
        let (whole, response) = ui.allocate_exact_size(room, Sense::click());
        // Whoever comes here by a key goes on with keys.
        if response.clicked() || ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        scroll_by_keys(ui, &response, sight, display, scale);
        sheets.begin(ui.ctx(), scale);
        let mut top = GAP;
        for (number, page) in display.pages.iter().enumerate() {
            let size = vec2(page.width, page.height) * scale;
            let is_seen = top + size.y >= sight.top() && top <= sight.bottom();
            if is_seen {
                let at = pos2(whole.left() + (room.x - size.x) / 2.0, whole.top() + top);
                let rect = Rect::from_min_size(at, size);
                sheets.paint(ui, number, page, rect, scale);
                let name = format!("Page {} of {}", number + 1, display.pages.len());
                let node = ui.interact(rect, ui.scope_id().with(("page", number)), Sense::hover());
                widgets::named(node, &name);
            }
            top += size.y + GAP;
        }
    });
}

fn scroll_by_keys(ui: &Ui, response: &eframe::egui::Response, sight: Rect, display: &Display, scale: f32) {
    use eframe::egui::Key;
    if !response.has_focus() {
        return;
    }
    let page = display.pages.first().map_or(sight.height(), |page| page.height * scale + GAP);
    let by = ui.input(|input| {
        let keys = [
            (Key::PageDown, -sight.height()),
            (Key::PageUp, sight.height()),
            (Key::ArrowDown, -40.0),
            (Key::ArrowUp, 40.0),
            (Key::Home, page * display.pages.len() as f32),
            (Key::End, -page * display.pages.len() as f32),
        ];
        keys.into_iter().filter(|(key, _)| input.key_pressed(*key)).map(|(_, by)| by).sum::<f32>()
    });
    if by != 0.0 {
        ui.scroll_with_delta(vec2(0.0, by));
    }
}
