//! The print preview: the pages of a report as the PDF will have them, laid out anew off the frame while one edits.

mod laid_out;
mod paint;

pub use laid_out::LaidOut;

use eframe::egui::scroll_area::ScrollBarVisibility;
use eframe::egui::{ComboBox, Context, Rect, RichText, ScrollArea, Sense, Ui, Vec2, pos2, vec2};

use crate::app::desk::Desk;
use crate::app::export::{language_of, profile_in_force};
use crate::app::preview::PagesOf;
use crate::app::printing::Printable;
use crate::app::registry::MenuCommand;
use crate::app::unprintable;
use crate::base::Id;
use crate::model::Project;
use crate::model::document::Phase;
use crate::model::report_profile::ReportProfile;
use crate::report::display::Display;
use crate::store::assets;
use crate::ui::kit::icons::Icon;
use crate::ui::kit::{Tokens, size, widgets};
use crate::ui::request::Request;

use super::flow::Look;

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
    /// The tag of the language, where the report profile says none.
    pub language: &'static str,
    /// The report profile; none for the usual one.
    pub profile: Option<Id<ReportProfile>>,
}

impl Previewed {
    /// Asks for its pages.
    pub fn pages(self, desk: &Desk) -> PagesOf {
        let Self { what, phase, language, profile } = self;
        PagesOf { what, phase, today: desk.author().today, language, profile, folder: desk.folder().to_owned() }
    }
}

/// The preview as it is kept between frames.
pub struct PreviewPage {
    pages: LaidOut,
    /// What the page followed when something else was chosen here.
    chosen: Option<(Previewed, Printable)>,
    zoom: Zoom,
    /// The scale of the last frame.
    scale: f32,
}

impl PreviewPage {
    /// A preview that lays out as soon as it is shown.
    pub fn new(ctx: &Context, desk: &Desk) -> Self {
        Self { pages: LaidOut::new(ctx, desk), chosen: None, zoom: Zoom::Breadth, scale: 1.0 }
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
        let question = wanted.pages(desk);
        self.pages.ask(desk, &question);
        let view = ui.available_size() - vec2(0.0, size::TOOLBAR);
        self.bar(ui, desk, followed, wanted, queue);
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, tokens.pressed);
        match self.pages.shown(&question) {
            Some(Ok(found)) => {
                self.scale = scale(self.zoom, &found.display, view);
                let sizes = found.display.pages.iter().map(|page| vec2(page.width, page.height)).collect::<Vec<_>>();
                pages(ui, &sizes, &mut self.pages, self.scale);
            }
            Some(Err(reason)) => {
                widgets::empty_state(ui, "This cannot be printed", reason, None);
            }
            None => {
                widgets::empty_state(ui, "Laying out…", "The pages appear here in a moment.", None);
            }
        }
    }

    fn bar(&mut self, ui: &mut Ui, desk: &Desk, followed: Previewed, wanted: Previewed, queue: &mut Vec<Request>) {
        let project = desk.project();
        let all = Printable::all(project);
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
            let profile = profile_in_force(project, wanted.profile);
            profile_choice(ui, project, profile, queue);
            language_choice(ui, profile, wanted.language, queue);
            if widgets::text_button(ui, "Export as PDF…", "Write these pages to a file").clicked() {
                queue.push(Request::Menu(MenuCommand::ExportPdf));
            }
            let shown = self.pages.latest().and_then(|shown| shown.as_ref().ok());
            let count = shown.map(|shown| shown.display.pages.len());
            let pages = match count {
                Some(1) => "1 page".to_owned(),
                Some(count) => format!("{count} pages"),
                None => String::new(),
            };
            let updating = if self.pages.waits() && count.is_some() { " · laying out again…" } else { "" };
            widgets::caption(ui, &format!("{pages}{updating}"));
            if let Some(warnings) = shown.map(|shown| &shown.warnings).filter(|warnings| !warnings.is_empty()) {
                let text = RichText::new(warnings.join(". ")).color(Tokens::of(ui).error);
                ui.label(text).on_hover_text(warnings.join("\n"));
            }
            let boxes = shown.map(|shown| unprintable::remark(&shown.display.missing)).unwrap_or_default();
            if !boxes.is_empty() {
                let warned = RichText::new(boxes).size(size::CAPTION_TEXT).color(Tokens::of(ui).warning);
                ui.label(warned)
                    .on_hover_text("No font has a glyph for it; searching and copying finds it all the same");
            }
        };
        widgets::strip(ui, size::TOOLBAR, |ui| {
            let area = ScrollArea::horizontal().scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
            area.max_width(room).show(ui, |ui| ui.horizontal_centered(tools));
        });
    }
}

/// Chooses the report profile, once there is one.
fn profile_choice(ui: &mut Ui, project: &Project, current: Option<&ReportProfile>, queue: &mut Vec<Request>) {
    let Some(current) = current else {
        if widgets::text_button(ui, "Report profiles…", MenuCommand::ReportProfiles.hint()).clicked() {
            queue.push(Request::Menu(MenuCommand::ReportProfiles));
        }
        return;
    };
    let combo = ComboBox::from_id_salt("report profile").width(140.0).truncate();
    let shown = combo.selected_text(project.label(current.id.into())).show_ui(ui, |ui| {
        for profile in project.report_profiles() {
            if ui.selectable_label(profile.id == current.id, project.label(profile.id.into())).clicked() {
                queue.push(Request::SetReportProfile(profile.id));
            }
        }
        ui.separator();
        if ui.selectable_label(false, "Edit…").clicked() {
            queue.push(Request::Menu(MenuCommand::ReportProfiles));
        }
    });
    widgets::named(shown.response, "Report profile");
}

/// Chooses the language, unless the report profile says one.
fn language_choice(ui: &mut Ui, profile: Option<&ReportProfile>, language: &'static str, queue: &mut Vec<Request>) {
    let fixed = profile.and_then(language_of);
    let current = fixed.unwrap_or(language);
    let name = |tag: &'static str| assets::language(tag).map_or(tag.to_owned(), |known| known.name.clone());
    let add = |ui: &mut Ui| {
        let combo = ComboBox::from_id_salt("language").width(90.0).selected_text(name(current));
        let shown = combo.show_ui(ui, |ui| {
            for tag in assets::languages() {
                if ui.selectable_label(tag == current, name(tag)).clicked() {
                    queue.push(Request::SetReportLanguage(tag));
                }
            }
        });
        widgets::named(shown.response, "Language of reports");
    };
    let shown = ui.add_enabled_ui(fixed.is_none(), add);
    shown.response.on_hover_text(if fixed.is_some() { "The report profile says the language" } else { "" });
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
fn pages(ui: &mut Ui, sizes: &[Vec2], laid_out: &mut LaidOut, scale: f32) {
    let area = ScrollArea::both().id_salt("preview").auto_shrink([false, false]);
    area.scroll_bar_visibility(ScrollBarVisibility::VisibleWhenNeeded).show_viewport(ui, |ui, sight| {
        let breadth = sizes.iter().map(|page| page.x * scale).fold(0.0, f32::max) + 2.0 * GAP;
        let height = sizes.iter().map(|page| page.y * scale + GAP).sum::<f32>() + GAP;
        let room = vec2(breadth.max(sight.width()), height);
        let (whole, response) = ui.allocate_exact_size(room, Sense::click());
        // Whoever comes here by a key goes on with keys.
        if response.clicked() || ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        scroll_by_keys(ui, &response, sight, sizes, scale);
        laid_out.begin(ui.ctx(), scale);
        let mut top = GAP;
        for (number, page) in sizes.iter().enumerate() {
            let size = *page * scale;
            let is_seen = top + size.y >= sight.top() && top <= sight.bottom();
            if is_seen {
                let at = pos2(whole.left() + (room.x - size.x) / 2.0, whole.top() + top);
                let rect = Rect::from_min_size(at, size);
                laid_out.paint(ui, number, rect, scale);
                let name = format!("Page {} of {}", number + 1, sizes.len());
                let node = ui.interact(rect, ui.scope_id().with(("page", number)), Sense::hover());
                widgets::named(node, &name);
            }
            top += size.y + GAP;
        }
    });
}

fn scroll_by_keys(ui: &Ui, response: &eframe::egui::Response, sight: Rect, sizes: &[Vec2], scale: f32) {
    use eframe::egui::Key;
    if !response.has_focus() {
        return;
    }
    let page = sizes.first().map_or(sight.height(), |page| page.y * scale + GAP);
    let by = ui.input(|input| {
        let keys = [
            (Key::PageDown, -sight.height()),
            (Key::PageUp, sight.height()),
            (Key::ArrowDown, -40.0),
            (Key::ArrowUp, 40.0),
            (Key::Home, page * sizes.len() as f32),
            (Key::End, -page * sizes.len() as f32),
        ];
        keys.into_iter().filter(|(key, _)| input.key_pressed(*key)).map(|(_, by)| by).sum::<f32>()
    });
    if by != 0.0 {
        ui.scroll_with_delta(vec2(0.0, by));
    }
}
