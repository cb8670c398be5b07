//! The palette: every command, page and item by its words. What cannot be done now is listed with the reason.

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align2, Color32, Context, Frame, Id, Key, Margin, Modal, Modifiers, Rect, Role, ScrollArea, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::app::desk::Desk;
use crate::app::lookup::Lookup;
use crate::app::registry::{MenuCommand, Shortcut};
use crate::app::search::{Hit, Words, rank};
use crate::base::text::normalized;
use crate::ui::kit::{Tokens, Weight, font, size, widgets};
use crate::ui::page::Page;
use crate::ui::panels::menu::Availability;
use crate::ui::request::Request;

/// Breadth in points.
const BREADTH: f32 = 680.0;
/// Height of an entry in points.
const ROW: f32 = 28.0;
/// How many entries are in sight.
const IN_SIGHT: usize = 12;

/// The palette with what was typed into it.
pub struct Palette {
    question: String,
    /// What the entries were made for; `None` makes them afresh.
    answered: Option<String>,
    with_commands: bool,
    entries: Vec<Entry>,
    chosen: usize,
    lookup: Option<Lookup<Words>>,
    hits: Vec<Hit>,
    /// The field takes the focus in the first frame.
    is_new: bool,
    reveal: bool,
}

/// Something that can be done or gone to.
struct Entry {
    text: String,
    remark: String,
    /// None if it cannot be done now; the remark says why.
    request: Option<Target>,
}

#[derive(Clone, Copy)]
enum Target {
    Command(MenuCommand),
    Page(Page),
    Item(crate::model::AnyId),
}

impl Target {
    fn request(self) -> Request {
        match self {
            Self::Command(command) => Request::Menu(command),
            Self::Page(page) => Request::ShowPage(page),
            Self::Item(item) => Request::ShowItem(item, None),
        }
    }
}

impl Palette {
    /// A palette over the open project, if there is one; with the commands of the program, or for places only.
    pub fn new(ctx: &Context, desk: Option<&Desk>, with_commands: bool) -> Self {
        let wake = ctx.clone();
        Self {
            question: String::new(),
            answered: None,
            with_commands,
            entries: Vec::new(),
            chosen: 0,
            lookup: desk.map(|desk| Lookup::new(desk.project().clone(), move || wake.request_repaint())),
            hits: Vec::new(),
            is_new: true,
            reveal: false,
        }
    }

    /// Shows the palette; whether it stays open.
    pub fn show(
        &mut self,
        ctx: &Context,
        desk: Option<&Desk>,
        available: Availability<'_>,
        queue: &mut Vec<Request>,
    ) -> bool {
        let keys = take_keys(ctx);
        let id = Id::unique("palette");
        let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, 40.0));
        let modal = Modal::new(id).area(area).backdrop_color(Color32::TRANSPARENT).frame(Frame::NONE);
        let shown = modal.show(ctx, |ui| {
            let tokens = Tokens::of(ui);
            Frame::popup(ui.style()).fill(tokens.panel).inner_margin(Margin::same(8)).show(ui, |ui| {
                ui.set_width(BREADTH.min(ui.ctx().content_rect().width() - 40.0));
                self.field(ui);
                self.look_up(desk, available);
                ui.add_space(size::STEP);
                self.list(ui)
            })
        });
        let count = self.entries.len();
        if keys.step != 0 && count > 0 {
            self.chosen = (self.chosen as isize + keys.step).rem_euclid(count as isize) as usize;
            self.reveal = true;
            ctx.request_repaint();
        }
        let clicked = shown.inner.inner;
        let taken = clicked.or_else(|| keys.enter.then_some(self.chosen));
        let target = taken.and_then(|at| self.entries.get(at)).and_then(|entry| entry.request);
        if let Some(target) = target {
            queue.push(target.request());
            return false;
        }
        !keys.escape && !shown.backdrop_response.clicked()
    }

    fn field(&mut self, ui: &mut Ui) {
        let hint = if self.with_commands {
            "A command, a step, a failure, a characteristic…"
        } else {
            "A step, a failure, a characteristic…"
        };
        let field = TextEdit::singleline(&mut self.question).hint_text(hint).desired_width(f32::INFINITY);
        let response = ui.add(field.font(font(Weight::Regular, 15.0)).margin(vec2(8.0, 6.0)));
        response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search or run a command"));
        if std::mem::take(&mut self.is_new) || !response.has_focus() {
            response.request_focus();
        }
    }

    /// Makes the entries for what was typed.
    fn look_up(&mut self, desk: Option<&Desk>, available: Availability<'_>) {
        let answer = self.lookup.as_mut().and_then(|lookup| {
            lookup.ask(Words::new(&self.question));
            lookup.take_answer()
        });
        let is_news = answer.is_some();
        if let Some(hits) = answer {
            self.hits = hits;
        }
        if !is_news && self.answered.as_ref() == Some(&self.question) {
            return;
        }
        if self.answered.as_ref() != Some(&self.question) {
            self.chosen = 0;
            self.reveal = true;
        }
        self.answered = Some(self.question.clone());
        let question = normalized(&self.question);
        let mut ranked: Vec<(u32, Entry)> = Vec::new();
        if self.with_commands {
            ranked.extend(MenuCommand::ALL.iter().filter_map(|command| {
                let text = format!("{} {}", command.menu().name(), command.text());
                let by_text =
                    rank(&question, &normalized(command.text())).or_else(|| rank(&question, &normalized(&text)));
                let by_hint = || rank(&question, &normalized(command.hint())).map(|rank| rank + 6_000);
                let rank = if question.is_empty() { Some(0) } else { by_text.or_else(by_hint) };
                Some((rank?, command_entry(*command, available)))
            }));
        }
        if let Some(desk) = desk {
            ranked.extend(Page::all(desk).into_iter().filter_map(|page| {
                let text = page.name(desk);
                let rank = if question.is_empty() { Some(0) } else { rank(&question, &normalized(&text)) };
                Some((rank?, Entry { text, remark: "page".into(), request: Some(Target::Page(page)) }))
            }));
        }
        ranked.sort_by_key(|(rank, entry)| (*rank, entry.request.is_none()));
        self.entries = ranked.into_iter().map(|(_, entry)| entry).collect();
        self.entries.extend(self.hits.iter().map(|hit| Entry {
            text: hit.label.clone(),
            remark: hit.remark.clone(),
            request: Some(Target::Item(hit.item)),
        }));
        self.chosen = self.chosen.min(self.entries.len().saturating_sub(1));
    }

    /// The entries in sight; the one that was clicked.
    fn list(&mut self, ui: &mut Ui) -> Option<usize> {
        let tokens = Tokens::of(ui);
        if self.entries.is_empty() {
            let words =
                if self.question.trim().is_empty() { "Type what you look for." } else { "Nothing has these words." };
            ui.allocate_ui(vec2(ui.available_width(), ROW), |ui| {
                ui.label(eframe::egui::RichText::new(words).color(tokens.quiet));
            });
            return None;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = ROW * self.entries.len().min(IN_SIGHT) as f32;
        let mut area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
        if std::mem::take(&mut self.reveal) {
            let middle = (self.chosen as f32 + 0.5) * ROW - height / 2.0;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
        let mut clicked = None;
        area.show_rows(ui, ROW, self.entries.len(), |ui, rows| {
            for at in rows {
                if row(ui, &self.entries[at], at == self.chosen) {
                    clicked = Some(at);
                }
            }
        });
        clicked
    }
}

fn command_entry(command: MenuCommand, available: Availability<'_>) -> Entry {
    let text = format!("{}: {}", command.menu().name(), command.text().trim_end_matches('…'));
    match available(command) {
        Ok(()) => Entry {
            text,
            remark: command.shortcut().map(Shortcut::words).unwrap_or_default(),
            request: Some(Target::Command(command)),
        },
        Err(reason) => Entry { text, remark: reason, request: None },
    }
}

fn row(ui: &mut Ui, entry: &Entry, chosen: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    widgets::row_ground(ui, &response, chosen);
    let line = |text: &str, points: f32, color: Color32, room: f32| {
        let format = TextFormat::simple(font(Weight::Regular, points), color);
        let mut job = LayoutJob::single_section(text.replace('\n', " "), format);
        job.wrap = TextWrapping::truncate_at_width(room.max(40.0));
        ui.painter().layout_job(job)
    };
    let color = if entry.request.is_some() { tokens.text } else { tokens.quiet };
    let remark = line(&entry.remark, size::CAPTION_TEXT, tokens.quiet, rect.width() * 0.45);
    let text = line(&entry.text, size::CHROME_TEXT, color, rect.width() - remark.size().x - 32.0);
    let elided = text.elided || remark.elided;
    let at = |left: f32, height: f32| pos2(left, rect.center().y - height / 2.0);
    let right = Rect::from_min_size(at(rect.right() - 8.0 - remark.size().x, remark.size().y), remark.size());
    ui.painter().galley(at(rect.left() + 8.0, text.size().y), text, color);
    ui.painter().galley(right.min, remark, tokens.quiet);
    let spoken = if entry.remark.is_empty() { entry.text.clone() } else { format!("{}, {}", entry.text, entry.remark) };
    let enabled = entry.request.is_some();
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, enabled, chosen, &spoken));
    let response = if elided { response.on_hover_text(spoken) } else { response };
    response.clicked()
}

struct Keys {
    step: isize,
    enter: bool,
    escape: bool,
}

fn take_keys(ctx: &Context) -> Keys {
    ctx.input_mut(|input| {
        let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key) as isize;
        let lines = count(Key::ArrowDown) - count(Key::ArrowUp);
        let pages = count(Key::PageDown) - count(Key::PageUp);
        Keys { step: lines + pages * IN_SIGHT as isize, enter: count(Key::Enter) > 0, escape: count(Key::Escape) > 0 }
    })
}
