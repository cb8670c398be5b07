//! Lists whose lines have a tick: what a person takes over of what a file says.

use std::borrow::Cow;
use std::collections::BTreeSet;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align, Checkbox, Color32, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{named, row_ground};

/// Height of a line.
pub(super) const ROW: f32 = 24.0;
/// Room for the tick.
const TICK: f32 = 26.0;

/// A piece of text in a column.
pub(super) struct Piece<'t> {
    pub text: &'t str,
    pub color: Color32,
    pub weight: Weight,
}

/// A column: its share of the room, and its pieces one behind the other.
pub(super) type Column<'t> = (f32, Vec<Piece<'t>>);

/// A tick in front of a line; none where there is nothing to be chosen.
pub(super) struct Tick<'t> {
    pub name: String,
    /// Why it cannot be ticked.
    pub refusal: Option<&'t str>,
}

/// The end of what both texts begin with: what differs behind it has to be seen.
pub(super) fn end_of(before: &str) -> Cow<'_, str> {
    const MOST: usize = 42;
    const KEPT: usize = 30;
    match before.char_indices().rev().nth(KEPT) {
        Some((at, _)) if before.chars().count() > MOST => Cow::Owned(format!("…{}", &before[at..])),
        _ => Cow::Borrowed(before),
    }
}

/// What both texts begin with, what each says of its own, and what both end with.
pub(super) fn differing<'t>(here: &'t str, there: &'t str) -> [&'t str; 4] {
    let same = here.chars().zip(there.chars()).take_while(|(left, right)| left == right);
    let before: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let (own_here, own_there) = (&here[before..], &there[before..]);
    let same = own_here.chars().rev().zip(own_there.chars().rev()).take_while(|(left, right)| left == right);
    let behind: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let cut = |text: &'t str| &text[..text.len() - behind];
    [&here[..before], cut(own_here), cut(own_there), &own_here[own_here.len() - behind..]]
}

pub(super) fn headings(ui: &mut Ui, texts: &[&str], shares: &[f32]) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let columns: Vec<Column<'_>> = texts
        .iter()
        .zip(shares)
        .map(|(text, share)| (*share, vec![Piece { text, color: tokens.quiet, weight: Weight::Medium }]))
        .collect();
    paint(ui, rect.with_min_x(rect.left() + TICK), &columns);
}

pub(super) fn rows(ui: &mut Ui, name: &str, count: usize, mut show: impl FnMut(&mut Ui, usize)) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt(name).auto_shrink([false, false]);
    area.show_rows(ui, ROW, count, |ui, range| range.for_each(|at| show(ui, at)));
}

/// A line with its tick, which a click anywhere in the line changes; whether it was clicked.
pub(super) fn line(
    ui: &mut Ui,
    place: usize,
    columns: &[Column<'_>],
    tick: Option<(Tick<'_>, &mut BTreeSet<usize>)>,
    hover: impl FnOnce(&mut Ui),
) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("home", place)), Sense::click());
    row_ground(ui, &response, false);
    let mut clicked = response.clicked();
    if let Some((tick, chosen)) = tick {
        let mut is_on = chosen.contains(&place);
        let can_be = tick.refusal.is_none();
        let at = Rect::from_min_size(pos2(rect.left() + 4.0, rect.top()), vec2(TICK - 4.0, ROW));
        let mut part = ui.new_child(UiBuilder::new().max_rect(at).layout(Layout::left_to_right(Align::Center)));
        let shown = part.add_enabled(can_be, Checkbox::without_text(&mut is_on));
        let changed = named(shown, &tick.name).changed();
        clicked |= changed;
        if can_be && response.clicked() && !changed {
            is_on = !is_on;
        }
        if is_on && can_be {
            chosen.insert(place);
        } else {
            chosen.remove(&place);
        }
    }
    paint(ui, rect.with_min_x(rect.left() + TICK), columns);
    response.on_hover_ui(|ui| {
        ui.set_max_width(520.0);
        hover(ui);
    });
    clicked
}

pub(super) fn paint(ui: &Ui, rect: Rect, columns: &[Column<'_>]) {
    let mut left = rect.left() + 6.0;
    let room = rect.width() - 20.0;
    for (share, pieces) in columns {
        let wide = room * share;
        let mut job = LayoutJob::default();
        for piece in pieces {
            let text: String = piece.text.chars().take(300).map(|c| if c.is_control() { ' ' } else { c }).collect();
            job.append(&text, 0.0, TextFormat::simple(font(piece.weight, size::HEADING_TEXT), piece.color));
        }
        job.wrap = TextWrapping::truncate_at_width((wide - 10.0).max(8.0));
        let galley = ui.painter().layout_job(job);
        let top = rect.center().y - galley.size().y / 2.0;
        ui.painter().galley(pos2(left, top), galley, Color32::PLACEHOLDER);
        left += wide;
    }
}

#[cfg(test)]
mod tests {
    use super::differing;

    #[test]
    fn what_differs_is_found() {
        assert_eq!(differing("tool worn", "tool broken"), ["tool ", "wor", "broke", "n"]);
        assert_eq!(differing("", "new"), ["", "", "new", ""]);
        assert_eq!(differing("aa", "aaa"), ["aa", "", "a", ""]);
        assert_eq!(differing("größer", "größter"), ["größ", "", "t", "er"]);
    }
}
