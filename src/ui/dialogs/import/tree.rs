//! What becomes of the file: counts, and the items as an outline that folds. Words are made for the rows in sight only.

use std::collections::HashSet;

use eframe::egui::{
    Align, Align2, Checkbox, Layout, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::app::import::outcome::Outcome;
use crate::app::import::outline::{self, Row, Words};
use crate::app::import::session::Session;
use crate::base::text::counted;
use crate::exchange::import::table::TableKind;
use crate::exchange::import::workbook::At;
use crate::model::item::AnyId;
use crate::model::rating::Priority;
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, named, row_ground, text_button};

/// Height of a row.
const ROW: f32 = 22.0;
/// How far a level is indented.
const INDENT: f32 = 18.0;

/// What is folded, and the rows that are left.
#[derive(Debug, Default)]
pub(super) struct Tree {
    folded: HashSet<usize>,
    visible: Option<Vec<usize>>,
    /// What a person leaves out.
    pub(super) left_out: HashSet<AnyId>,
    /// What stays out by that.
    out: HashSet<AnyId>,
}

impl Tree {
    /// Starts over with another outcome.
    pub(super) fn renew(&mut self) {
        self.folded.clear();
        self.visible = None;
        self.left_out.clear();
        self.out.clear();
    }

    /// Leaves out what a row proposes, or no longer. A row of what is there already stands for those below it.
    fn turn(&mut self, outcome: &Outcome, at: usize) {
        let Some(row) = outcome.rows.get(at) else { return };
        let is_in = is_in(outcome, at, &self.out);
        let below = &outcome.rows[at..=at + row.below];
        let turned = below.iter().filter(|below| can_be_left_out(below));
        for row in turned.filter(|below| below.item == row.item || !row.is_new || !is_in) {
            if is_in {
                self.left_out.insert(row.item);
            } else {
                self.left_out.remove(&row.item);
            }
        }
        if !is_in {
            self.bring_in(&outcome.rows, at);
        }
        self.out = outcome.stays_out(&self.left_out);
    }

    /// What comes in again needs what it stands below, but not what else stands there.
    fn bring_in(&mut self, rows: &[Row], at: usize) {
        let mut was_out = false;
        for (above, around) in rows[..at].iter().enumerate().filter(|(above, around)| above + around.below >= at) {
            was_out |= self.left_out.remove(&around.item);
            if was_out {
                let beside = (above + 1..=above + around.below).filter(|other| {
                    let is_next = rows[*other].depth == around.depth + 1;
                    is_next && !(*other..=*other + rows[*other].below).contains(&at)
                });
                let beside = beside.map(|other| &rows[other]).filter(|row| can_be_left_out(row));
                self.left_out.extend(beside.map(|row| row.item));
            }
        }
    }

    /// Shows the outline; the cell to show, if a row was chosen.
    pub(super) fn show(&mut self, ui: &mut Ui, outcome: &Outcome, session: Option<&Session>) -> Option<(usize, At)> {
        ui.horizontal(|ui| {
            let out = match self.out.len() {
                0 => String::new(),
                count => format!(" · {} left out", counted(count, "item")),
            };
            caption(ui, &(counts(outcome) + &out));
            if !self.left_out.is_empty() && text_button(ui, "Import all of it", "").clicked() {
                self.left_out.clear();
                self.out.clear();
            }
            if outcome.rows.len() > 1 {
                if text_button(ui, "Fold", "Show elements and steps only").clicked() {
                    let folds = |row: &Row| {
                        row.below > 0
                            && matches!(
                                row.item,
                                AnyId::Element(_) | AnyId::Step(_) | AnyId::Function(_) | AnyId::Failure(_)
                            )
                    };
                    self.folded = (0..outcome.rows.len()).filter(|at| folds(&outcome.rows[*at])).collect();
                    self.visible = None;
                }
                if text_button(ui, "Unfold", "Show everything").clicked() {
                    self.folded.clear();
                    self.visible = None;
                }
            }
        });
        let folded = &self.folded;
        let visible = self.visible.get_or_insert_with(|| visible(&outcome.rows, folded));
        let mut chosen = None;
        let (mut turned, mut ticked) = (None, None);
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = ui.available_height();
        ScrollArea::vertical().id_salt("outline").max_height(height).auto_shrink([false, false]).show_rows(
            ui,
            ROW,
            visible.len(),
            |ui, range| {
                for at in visible.get(range).unwrap_or_default() {
                    let Some(row) = outcome.rows.get(*at) else { continue };
                    let words = outline::words(&outcome.after, row);
                    let tick = can_turn(outcome, *at).then(|| is_in(outcome, *at, &self.out));
                    let needed = outcome.is_needed(row.item, &self.out).filter(|_| row.is_new && tick == Some(true));
                    match show_row(ui, *at, row, &words, (folded.contains(at), tick, needed.as_deref())) {
                        Clicked::Tick => ticked = Some(*at),
                        Clicked::Row => chosen = outline::origin(&outcome.after, row.item),
                        Clicked::Fold => turned = Some(*at),
                        Clicked::Nothing => {}
                    }
                }
            },
        );
        if let Some(at) = turned {
            if !self.folded.remove(&at) {
                self.folded.insert(at);
            }
            self.visible = None;
        }
        if let Some(at) = ticked {
            self.turn(outcome, at);
        }
        let (sheet, cell) = chosen?;
        let sheet = session?.opened.workbook.sheets.iter().position(|known| known.name == sheet)?;
        Some((sheet, At::parse(&cell)?))
    }
}

/// The rows that are not below a folded one.
fn visible(rows: &[Row], folded: &HashSet<usize>) -> Vec<usize> {
    let mut visible = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        visible.push(at);
        at += 1 + if folded.contains(&at) { row.below } else { 0 };
    }
    visible
}

/// Whether a row proposes something that can be left out by itself: the others go with what uses them.
fn can_be_left_out(row: &Row) -> bool {
    let is_own = row.level.is_none() && !matches!(row.item, AnyId::Characteristic(_));
    (row.is_new || row.is_extended) && is_own
}

/// Whether a row has a tick: its own, or that of those below it.
fn can_turn(outcome: &Outcome, at: usize) -> bool {
    let Some(row) = outcome.rows.get(at) else { return false };
    can_be_left_out(row) || (!row.is_new && outcome.rows[at..=at + row.below].iter().any(can_be_left_out))
}

/// Whether a row comes in, or anything below it.
fn is_in(outcome: &Outcome, at: usize, out: &HashSet<AnyId>) -> bool {
    let Some(row) = outcome.rows.get(at) else { return false };
    if row.is_new {
        return !out.contains(&row.item);
    }
    outcome.rows[at..=at + row.below].iter().any(|below| can_be_left_out(below) && !out.contains(&below.item))
}

enum Clicked {
    Nothing,
    Row,
    Fold,
    Tick,
}

/// `tick`: whether it comes in, if that is to be chosen; `needed`: why it cannot be left out.
fn show_row(
    ui: &mut Ui,
    at: usize,
    row: &Row,
    words: &Words,
    (is_folded, tick, needed): (bool, Option<bool>, Option<&str>),
) -> Clicked {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("row", at)), Sense::click());
    row_ground(ui, &response, false);
    let mut clicked = if response.clicked() { Clicked::Row } else { Clicked::Nothing };
    let mut left = rect.left() + 4.0 + f32::from(row.depth) * INDENT;
    if row.below > 0 {
        let place = Rect::from_center_size(pos2(left + 6.0, rect.center().y), vec2(16.0, ROW));
        let fold = ui.interact(place, ui.scope_id().with(("fold", at)), Sense::CLICK);
        let name = if is_folded { "Unfold" } else { "Fold" };
        fold.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name} {}", words.text)));
        let c = place.center();
        let points = if is_folded {
            vec![c + vec2(-2.0, -4.0), c + vec2(3.0, 0.0), c + vec2(-2.0, 4.0)]
        } else {
            vec![c + vec2(-4.0, -2.0), c + vec2(4.0, -2.0), c + vec2(0.0, 3.0)]
        };
        ui.painter().add(eframe::egui::Shape::convex_polygon(points, tokens.quiet, Stroke::NONE));
        if fold.clicked() {
            clicked = Clicked::Fold;
        }
    }
    left += 16.0;
    if let Some(is_in) = tick {
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(18.0, ROW));
        let mut is_in = is_in;
        let mut part = ui.new_child(UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)));
        let shown = part.add_enabled(needed.is_none(), Checkbox::without_text(&mut is_in));
        let shown = named(shown, &format!("Import {}: {}", words.kind, words.text));
        if shown.on_disabled_hover_text(needed.unwrap_or_default()).changed() {
            clicked = Clicked::Tick;
        }
    }
    left += 22.0;
    let small = font(Weight::Regular, size::CAPTION_TEXT);
    let kind =
        ui.painter().text(pos2(left, rect.center().y), Align2::LEFT_CENTER, words.kind, small.clone(), tokens.quiet);
    left = kind.right() + 8.0;
    // The ratings stand at the right, in line below each other.
    let mut right = rect.right() - 14.0;
    if let Some(priority) = words.priority {
        let (pair, letter) = match priority {
            Priority::High => (tokens.high, "H"),
            Priority::Medium => (tokens.medium, "M"),
            Priority::Low => (tokens.low, "L"),
        };
        let place = Rect::from_center_size(pos2(right - 16.0, rect.center().y), vec2(34.0, 16.0));
        ui.painter().rect_filled(place, f32::from(size::CORNER), pair.fill);
        ui.painter().text(place.center(), Align2::CENTER_CENTER, format!("AP {letter}"), small.clone(), pair.text);
    }
    let edge = right - 42.0;
    for (letter, value) in words.ratings.iter().rev() {
        let text = ui.painter().text(
            pos2(edge - column_of_rating(letter), rect.center().y),
            Align2::RIGHT_CENTER,
            format!("{letter} {value}"),
            small.clone(),
            tokens.text,
        );
        right = text.left() - 12.0;
    }
    right = right.min(edge);
    if !row.is_new {
        let text = ui.painter().text(
            pos2(right, rect.center().y),
            Align2::RIGHT_CENTER,
            if row.is_extended { "is there already, and gets more" } else { "is there already" },
            small.clone(),
            tokens.quiet,
        );
        right = text.left() - 12.0;
    }
    let weight = if matches!(row.item, AnyId::Document(_) | AnyId::Element(_) | AnyId::Step(_)) {
        Weight::Medium
    } else {
        Weight::Regular
    };
    let line = |text: &str, weight, points, color, room: f32| {
        let format = eframe::egui::text::TextFormat::simple(font(weight, points), color);
        let mut job = eframe::egui::text::LayoutJob::single_section(text.replace('\n', " "), format);
        job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(room.max(20.0));
        ui.painter().layout_job(job)
    };
    let room = if words.remark.is_empty() { right - left } else { (right - left) * 0.55 };
    let text = line(&words.text, weight, size::GRID_TEXT, tokens.text, room);
    let end = left + text.size().x;
    ui.painter().galley(pos2(left, rect.center().y - text.size().y / 2.0), text, tokens.text);
    if !words.remark.is_empty() {
        let remark = line(&words.remark, Weight::Regular, size::CAPTION_TEXT, tokens.quiet, right - end - 12.0);
        ui.painter().galley(pos2(end + 12.0, rect.center().y - remark.size().y / 2.0), remark, tokens.quiet);
    }
    let ratings: Vec<String> = words.ratings.iter().map(|(letter, value)| format!("{letter} {value}")).collect();
    let spoken = format!("{}: {} {}", words.kind, words.text, ratings.join(" "));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken.trim()));
    response.on_hover_ui(|ui| {
        ui.set_max_width(460.0);
        ui.label(&words.text);
        if !words.remark.is_empty() {
            caption(ui, &words.remark);
        }
        caption(ui, "Click to see the cell it comes from");
    });
    clicked
}

/// How far from the right a rating stands: each kind below its like.
fn column_of_rating(letter: &str) -> f32 {
    match letter {
        "RPN" => 0.0,
        "D" => 58.0,
        "O" => 94.0,
        _ => 130.0,
    }
}

/// What is made, in words.
fn counts(outcome: &Outcome) -> String {
    let counts = outcome.counts();
    let is_design = outcome.understood.tables.iter().all(|table| table.kind == TableKind::DesignFmea);
    let mut words = vec![counted(outcome.lines(), "line")];
    for (count, noun) in [
        (counts.steps, if is_design { "element" } else { "step" }),
        (counts.functions, "function"),
        (counts.failure_modes, "failure mode"),
        (counts.effects, "effect"),
        (counts.causes, "cause"),
        (counts.controls, "control"),
        (counts.actions, "action"),
        (counts.plan_rows, "control-plan row"),
        (counts.characteristics, "characteristic"),
    ] {
        if count > 0 {
            words.push(counted(count, noun));
        }
    }
    let cells = outcome.cells;
    format!("{}   –   {} of {} cells imported", words.join(" · "), cells.imported, cells.all)
}
