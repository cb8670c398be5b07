//! Find and replace over all documents: the fields, and below them every text that has the words, as it is and as it would be.

use std::collections::HashSet;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Checkbox, Color32, Context, Key, Modifiers, Response, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::app::desk::Desk;
use crate::app::find::{MOST, Occurrence, Pattern, Site};
use crate::app::lookup::Lookup;
use crate::base::text::quoted;
use crate::edit::Command;
use crate::ui::kit::{Icon, Tokens, Weight, font, size, widgets};
use crate::ui::page::Page;
use crate::ui::request::Request;

/// Height of a row of the list in points.
const ROW: f32 = 26.0;
/// Breadth of the fields in points.
const FIELD: f32 = 230.0;

/// What was typed, and what was found.
pub struct FindPanel {
    pattern: Pattern,
    by: String,
    /// Only in the document that is shown.
    here: bool,
    lookup: Lookup<Pattern>,
    found: Vec<Occurrence>,
    /// The texts that shall stay as they are.
    spared: HashSet<Site>,
    chosen: Option<usize>,
    focus: bool,
}

impl FindPanel {
    /// A panel that takes the focus.
    pub fn new(ctx: &Context, desk: &Desk) -> Self {
        let wake = ctx.clone();
        Self {
            pattern: Pattern::default(),
            by: String::new(),
            here: false,
            lookup: Lookup::new(desk.project().clone(), move || wake.request_repaint()),
            found: Vec::new(),
            spared: HashSet::new(),
            chosen: None,
            focus: true,
        }
    }

    /// Puts the cursor into the field for the words.
    pub fn take_focus(&mut self) {
        self.focus = true;
    }

    /// Shows the panel; whether it stays open.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, page: Option<Page>, queue: &mut Vec<Request>) -> bool {
        let stays = ui.horizontal(|ui| self.fields(ui, desk, queue)).inner;
        self.pattern.document = page.and_then(Page::document).filter(|_| self.here);
        self.lookup.renew(desk.project());
        self.lookup.ask(self.pattern.clone());
        if let Some(found) = self.lookup.take_answer() {
            self.found = found;
            self.chosen = self.chosen.filter(|at| *at < self.found.len());
        }
        ui.add_space(size::STEP);
        self.list(ui, queue);
        stays
    }

    fn fields(&mut self, ui: &mut Ui, desk: &Desk, queue: &mut Vec<Request>) -> bool {
        let mut stays = true;
        let words = field(ui, &mut self.pattern.words, "Find", "Find in all documents");
        if std::mem::take(&mut self.focus) {
            words.request_focus();
        }
        let by = field(ui, &mut self.by, "Replace with", "Replace with");
        if words.has_focus() || words.lost_focus() || by.has_focus() {
            let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
            if pressed(Modifiers::SHIFT, Key::Enter) {
                self.step(-1, queue);
                words.request_focus();
            } else if pressed(Modifiers::NONE, Key::Enter) {
                self.step(1, queue);
                words.request_focus();
            } else if pressed(Modifiers::NONE, Key::Escape) {
                stays = false;
            }
        }
        ui.checkbox(&mut self.pattern.match_case, "Match case");
        ui.checkbox(&mut self.pattern.whole_words, "Whole words");
        ui.checkbox(&mut self.here, "Only the document shown");
        let wanted = self.found.iter().filter(|found| !self.spared.contains(&found.site)).count();
        let refusal = if self.pattern.words.is_empty() {
            Some("Type what to look for")
        } else if wanted == 0 {
            Some("Nothing is ticked")
        } else {
            None
        };
        let text = if wanted == 1 { "Replace in 1 text".to_owned() } else { format!("Replace in {wanted} texts") };
        let button =
            ui.add_enabled_ui(refusal.is_none(), |ui| widgets::text_button(ui, &text, "One step for undo")).inner;
        if button.on_disabled_hover_text(refusal.unwrap_or_default()).clicked() {
            self.replace(desk, queue);
        }
        widgets::caption(ui, &self.count());
        if widgets::icon_button(ui, Icon::Cross, "Close find and replace").clicked() {
            stays = false;
        }
        stays
    }

    fn count(&self) -> String {
        match (self.pattern.words.is_empty(), self.found.len()) {
            (true, _) => String::new(),
            (_, 0) => "Not found".to_owned(),
            (_, 1) => "1 text".to_owned(),
            (_, count) if count >= MOST => format!("{count} texts and more"),
            (_, count) => format!("{count} texts"),
        }
    }

    /// Goes to the next occurrence, or to the one before.
    fn step(&mut self, by: isize, queue: &mut Vec<Request>) {
        let count = self.found.len() as isize;
        if count == 0 {
            return;
        }
        let next = self.chosen.map_or(if by > 0 { 0 } else { count - 1 }, |at| (at as isize + by).rem_euclid(count));
        self.go_to(next as usize, queue);
    }

    fn go_to(&mut self, at: usize, queue: &mut Vec<Request>) {
        self.chosen = Some(at);
        queue.push(match self.found[at].site {
            Site::Field(item, field) => Request::ShowItem(item, Some(field)),
            Site::Requirements(function) => Request::ShowItem(function.into(), None),
        });
    }

    /// Replaces in every ticked text as one change. What is refused stays as it is and is said.
    fn replace(&self, desk: &Desk, queue: &mut Vec<Request>) {
        let ticked = self.found.iter().filter(|found| !self.spared.contains(&found.site));
        let commands: Vec<Command> = ticked.map(|found| found.replacement(&self.pattern, &self.by)).collect();
        let (possible, refused): (Vec<_>, Vec<_>) =
            commands.into_iter().map(|command| (desk.can(&command), command)).partition(|(can, _)| can.is_ok());
        let words = quoted(&self.pattern.words);
        let label = format!("Replace {words} by {} in {} texts", quoted(&self.by), possible.len());
        if !possible.is_empty() {
            let commands = possible.into_iter().map(|(_, command)| command).collect();
            queue.push(Request::Run(Command::Several { label, commands }));
        }
        if let Some((Err(refusal), _)) = refused.first() {
            let count = refused.len();
            queue.push(Request::Notice(format!("{count} texts stay as they are: {}", refusal.reason)));
        }
    }

    fn list(&mut self, ui: &mut Ui, queue: &mut Vec<Request>) {
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("occurrences").auto_shrink([false, false]);
        area.show_rows(ui, ROW, self.found.len(), |ui, rows| {
            for at in rows {
                let found = &self.found[at];
                let after = (!self.by.is_empty()).then(|| self.pattern.replaced(&found.text, &self.by));
                let mut ticked = !self.spared.contains(&found.site);
                ui.push_id(at, |ui| {
                    ui.horizontal(|ui| {
                        ui.set_height(ROW);
                        let tick = ui.add(Checkbox::without_text(&mut ticked));
                        tick.widget_info(|| {
                            WidgetInfo::selected(Role::CheckBox, true, ticked, format!("Replace in {}", found.place))
                        });
                        if tick.on_hover_text("Replace here").changed() {
                            if ticked {
                                self.spared.remove(&found.site);
                            } else {
                                self.spared.insert(found.site);
                            }
                        }
                        if row(ui, found, after.as_deref(), self.chosen == Some(at)).clicked() {
                            clicked = Some(at);
                        }
                    });
                });
            }
        });
        if let Some(at) = clicked {
            self.go_to(at, queue);
        }
    }
}

fn field(ui: &mut Ui, text: &mut String, name: &str, hint: &str) -> Response {
    let field = TextEdit::singleline(text).hint_text(hint.to_owned()).desired_width(FIELD);
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    response
}

/// The text with the words lit up, what it would be, and where it stands.
fn row(ui: &mut Ui, found: &Occurrence, after: Option<&str>, chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    widgets::row_ground(ui, &response, chosen);
    let plain = |text: &str, points: f32, color: Color32, room: f32| {
        let mut job = LayoutJob::single_section(
            text.replace('\n', " "),
            TextFormat::simple(font(Weight::Regular, points), color),
        );
        job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(room.max(40.0));
        ui.painter().layout_job(job)
    };
    let shared = if found.uses > 1 { format!(" · used {}×", found.uses) } else { String::new() };
    let remark = format!("{} · {}{shared}", found.field, found.place);
    let remark_galley = plain(&remark, size::CAPTION_TEXT, tokens.quiet, rect.width() * 0.42);
    let room = rect.width() - remark_galley.size().x - 32.0;
    let share = if after.is_some() { room / 2.0 - 16.0 } else { room };
    let mut job = excerpt(found, tokens);
    job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(share.max(40.0));
    let before = ui.painter().layout_job(job);
    let middle = |height: f32| rect.center().y - height / 2.0;
    let mut left = rect.left() + 4.0;
    let breadth = before.size().x;
    let height = before.size().y;
    ui.painter().galley(pos2(left, middle(height)), before, tokens.text);
    if let Some(after) = after {
        left += breadth + 8.0;
        let arrow = plain("→", size::CHROME_TEXT, tokens.quiet, 20.0);
        ui.painter().galley(pos2(left, middle(arrow.size().y)), arrow, tokens.quiet);
        let after = plain(after, size::CHROME_TEXT, tokens.text, share);
        ui.painter().galley(pos2(left + 20.0, middle(after.size().y)), after, tokens.text);
    }
    let at = pos2(rect.right() - 8.0 - remark_galley.size().x, middle(remark_galley.size().y));
    ui.painter().galley(at, remark_galley, tokens.quiet);
    let spoken = format!("{}, {remark}", found.text);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &spoken));
    let hint = after.map_or_else(|| found.text.clone(), |after| format!("{}\n→ {after}", found.text));
    response.on_hover_text(hint)
}

/// The text from a little before the first hit on, hits underlined in gold.
fn excerpt(found: &Occurrence, tokens: &Tokens) -> LayoutJob {
    const BEFORE: usize = 30;
    let first = found.ranges.first().map_or(0, |range| range.start);
    let start = found.text[..first].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let plain = TextFormat::simple(font(Weight::Regular, size::CHROME_TEXT), tokens.text);
    let lit = TextFormat {
        underline: Stroke::new(2.0, tokens.gold),
        ..TextFormat::simple(font(Weight::Medium, size::CHROME_TEXT), tokens.text)
    };
    let mut job = LayoutJob::default();
    let mut append = |text: &str, format: &TextFormat| job.append(&text.replace('\n', " "), 0.0, format.clone());
    if start > 0 {
        append("…", &plain);
    }
    let mut at = start;
    for range in &found.ranges {
        append(&found.text[at..range.start], &plain);
        append(&found.text[range.clone()], &lit);
        at = range.end;
    }
    append(&found.text[at..], &plain);
    job
}
