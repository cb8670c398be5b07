//! A list to choose from, with a field that narrows it down. Only the visible rows cost anything.

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align2, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::frame::{First, named};
use crate::base::text::normalized;
use crate::ui::kit::icons::{Icon, paint_icon};
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, row_ground};

/// Height of a row.
const ROW: f32 = 28.0;
/// Side of a tick box.
const BOX: f32 = 15.0;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entry {
    /// What it is called.
    pub text: String,
    /// A quiet remark at the right.
    pub remark: String,
}

/// What a list is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Purpose<'t> {
    /// The prompt of the field, which is its name too.
    pub filter: &'t str,
    /// What to read if there is nothing to choose.
    pub empty: &'t str,
    /// Whether several may be chosen.
    pub several: bool,
    /// The height of the list.
    pub height: f32,
}

/// What a person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picked {
    /// Chose an entry, or took it out again where several may be chosen.
    Entry(usize),
    /// Chose an entry and wants to carry on.
    Done(usize),
}

/// What the list remembers between frames.
#[derive(Debug, Default)]
pub(super) struct Picker {
    filter: String,
    narrowed: Option<(String, usize)>,
    matches: Vec<usize>,
    first: First,
    /// Whether the list was shown, with what is chosen in view.
    opened: bool,
    /// Brings a row into view.
    reveal: Option<usize>,
}

impl Picker {
    /// Shows field and list.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        purpose: Purpose<'_>,
        entries: &[Entry],
        chosen: impl Fn(usize) -> bool,
    ) -> Option<Picked> {
        let id = ui.make_persistent_id(("picker", purpose.filter));
        let step = if ui.memory(|memory| memory.has_focus(id)) && !purpose.several { steps(ui) } else { 0 };
        let field = TextEdit::singleline(&mut self.filter).id(id).hint_text(purpose.filter.to_owned());
        let field = named(ui.add(field.desired_width(f32::INFINITY)), purpose.filter);
        self.first.claim(&field);
        self.narrow(entries);
        ui.add_space(size::STEP);
        if self.matches.is_empty() {
            let words = if entries.is_empty() { purpose.empty } else { "Nothing has these words." };
            ui.allocate_ui(vec2(ui.available_width(), purpose.height), |ui| {
                ui.set_min_height(purpose.height);
                caption(ui, words);
            });
            return None;
        }
        if !std::mem::replace(&mut self.opened, true) {
            self.reveal = self.matches.iter().position(|entry| chosen(*entry));
        }
        let mut picked = self.stepped(step, &chosen);
        if picked.is_none() && field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) && !purpose.several
        {
            // Enter takes the only match even if no arrow was pressed.
            let nothing = !self.matches.iter().any(|entry| chosen(*entry));
            picked =
                self.matches.first().filter(|_| nothing && self.matches.len() == 1).map(|entry| Picked::Done(*entry));
        }
        let mut area = ScrollArea::vertical().id_salt(("list", purpose.filter)).auto_shrink([false, false]);
        area = area.max_height(purpose.height).min_scrolled_height(purpose.height);
        if let Some(row) = self.reveal.take() {
            let middle = row as f32 * ROW - purpose.height / 2.0;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, self.matches.len(), |ui, range| {
            for entry in self.matches.get(range).unwrap_or_default() {
                let Some(Entry { text, remark }) = entries.get(*entry) else { continue };
                let response = row(ui, id.with(entry), text, remark, chosen(*entry), purpose.several);
                if response.double_clicked() && !purpose.several {
                    picked = Some(Picked::Done(*entry));
                } else if response.clicked() {
                    picked = Some(Picked::Entry(*entry));
                }
            }
        });
        picked
    }

    fn narrow(&mut self, entries: &[Entry]) {
        let wanted = (self.filter.clone(), entries.len());
        if self.narrowed.as_ref() == Some(&wanted) {
            return;
        }
        let words = normalized(&self.filter);
        let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
        let fits = |entry: &Entry| {
            let text = normalized(&format!("{} {}", entry.text, entry.remark));
            words.iter().all(|word| text.contains(word))
        };
        self.matches = (0..entries.len()).filter(|at| words.is_empty() || fits(&entries[*at])).collect();
        self.narrowed = Some(wanted);
    }

    fn stepped(&mut self, step: isize, chosen: &impl Fn(usize) -> bool) -> Option<Picked> {
        if step == 0 {
            return None;
        }
        let now = self.matches.iter().position(|entry| chosen(*entry));
        let last = self.matches.len().saturating_sub(1);
        let next = now.map_or(0, |now| now.saturating_add_signed(step).min(last));
        self.reveal = Some(next);
        self.matches.get(next).map(|entry| Picked::Entry(*entry))
    }

    /// Starts over, because the entries have changed.
    pub(super) fn renew(&mut self) {
        self.narrowed = None;
    }
}

/// How far the arrow keys ask to go.
fn steps(ui: &Ui) -> isize {
    ui.input_mut(|input| {
        let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown) as isize;
        down - input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp) as isize
    })
}

fn row(ui: &mut Ui, id: Id, text: &str, remark: &str, chosen: bool, boxed: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    let one_line = |text: &str, points: f32, color, room: f32| {
        let format = TextFormat::simple(font(Weight::Regular, points), color);
        let mut job = LayoutJob::single_section(text.replace('\n', " "), format);
        job.wrap = TextWrapping::truncate_at_width(room.max(40.0));
        ui.painter().layout_job(job)
    };
    let remark_galley = one_line(remark, size::CAPTION_TEXT, tokens.quiet, rect.width() * 0.5);
    let remark_size = remark_galley.size();
    let left = if boxed { 8.0 + BOX + 8.0 } else { 8.0 };
    let galley = one_line(text, size::CHROME_TEXT, tokens.text, rect.width() - left - remark_size.x - 24.0);
    row_ground(ui, &response, chosen && !boxed);
    if boxed {
        tick_box(
            ui,
            Rect::from_center_size(pos2(rect.left() + 8.0 + BOX / 2.0, rect.center().y), Vec2::splat(BOX)),
            chosen,
        );
    }
    let elided = galley.elided || remark_galley.elided;
    let at = Align2::LEFT_CENTER.anchor_size(pos2(rect.left() + left, rect.center().y), galley.size());
    ui.painter().galley(at.min, galley, tokens.text);
    let at = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right() - 8.0, rect.center().y), remark_size);
    ui.painter().galley(at.min, remark_galley, tokens.quiet);
    let role = if boxed { Role::CheckBox } else { Role::Button };
    let spoken = if remark.is_empty() { text.to_owned() } else { format!("{text}, {remark}") };
    response.widget_info(|| WidgetInfo::selected(role, ui.is_enabled(), chosen, &spoken));
    if elided { response.on_hover_text(spoken) } else { response }
}

fn tick_box(ui: &Ui, rect: Rect, ticked: bool) {
    let tokens = Tokens::of(ui);
    let (fill, edge) = if ticked { (tokens.selection, tokens.selection) } else { (tokens.paper, tokens.strong_line) };
    ui.painter().rect(rect, 3.0, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    if ticked {
        paint_icon(ui.painter(), rect.shrink(2.0), Icon::Check, tokens.paper);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_filter_must_be_found() {
        let entry = |text: &str, remark: &str| Entry { text: text.into(), remark: remark.into() };
        let entries =
            [entry("Torque M6", "Product"), entry("Screwdriver torque", "Process"), entry("Length", "Product")];
        let mut picker = Picker::default();
        for (filter, expected) in [("", &[0, 1, 2][..]), ("TORQUE", &[0, 1]), ("prod torque", &[0]), ("bore", &[])] {
            filter.clone_into(&mut picker.filter);
            picker.narrow(&entries);
            assert_eq!(picker.matches, expected, "{filter}");
        }
    }
}
