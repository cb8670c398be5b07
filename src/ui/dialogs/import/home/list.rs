//! The lists of what was changed in a workbook, with a tick for each line.

use std::borrow::Cow;
use std::collections::BTreeSet;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align, Checkbox, Color32, Layout, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::app::returned::{Difference, Returned};
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, named, row_ground};

/// Height of a line.
const ROW: f32 = 24.0;
/// Room for the tick.
const TICK: f32 = 26.0;

/// A piece of text in a column.
struct Piece<'t> {
    text: &'t str,
    color: Color32,
    weight: Weight,
}

/// A column: its share of the room, and its pieces one behind the other.
type Column<'t> = (f32, Vec<Piece<'t>>);

/// A tick in front of a line; none where there is nothing to be chosen.
struct Tick<'t> {
    name: String,
    /// Why it cannot be ticked.
    refusal: Option<&'t str>,
}

/// The shares of the columns of changed cells.
const OF_CELLS: [f32; 4] = [0.20, 0.20, 0.30, 0.30];

/// A line of the list of changed cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// The sheet of the cells below, by the first of them.
    Sheet(usize),
    /// A cell.
    Cell(usize),
}

/// The lines of a sheet, or those of all sheets with their names.
pub(super) fn lines(returned: &Returned, sheet: Option<&str>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut last = None;
    for (at, found) in returned.differences.iter().enumerate() {
        match sheet {
            Some(sheet) if found.sheet != sheet => continue,
            None if last != Some(&found.sheet) => lines.push(Line::Sheet(at)),
            _ => {}
        }
        last = Some(&found.sheet);
        lines.push(Line::Cell(at));
    }
    lines
}

/// Cells that were changed.
pub(super) fn cells(ui: &mut Ui, returned: &Returned, lines: &[Line], chosen: &mut BTreeSet<usize>) {
    headings(ui, &["Cell", "Row", "The project says", "The workbook says"], &OF_CELLS);
    rows(ui, "home cells", lines.len(), |ui, at| match lines.get(at) {
        Some(Line::Sheet(first)) => {
            if let Some(found) = returned.differences.get(*first) {
                sheet_name(ui, &found.sheet);
            }
        }
        Some(Line::Cell(place)) => {
            if let Some(found) = returned.differences.get(*place) {
                cell(ui, *place, found, chosen);
            }
        }
        None => {}
    });
}

fn cell(ui: &mut Ui, place: usize, found: &Difference, chosen: &mut BTreeSet<usize>) {
    let tokens = Tokens::of(ui);
    let plain = |text, color| Piece { text, color, weight: Weight::Regular };
    let heading = found.heading.replace('\n', " ");
    let address = format!("{} · {heading}", found.cell);
    let [before, here, there, behind] = differing(&found.here, &found.there);
    let before = end_of(before);
    let strong = |own| {
        let own = Piece { text: own, color: tokens.text, weight: Weight::Medium };
        vec![plain(&before, tokens.quiet), own, plain(behind, tokens.quiet)]
    };
    let remark = match (&found.refused, found.both) {
        (Some(reason), _) => format!("{reason} · "),
        (None, true) => "Changed here, too · ".to_owned(),
        (None, false) => String::new(),
    };
    let row = vec![
        Piece { text: &remark, color: tokens.warning, weight: Weight::Medium },
        plain(found.row.as_str(), tokens.quiet),
    ];
    let columns = [
        (OF_CELLS[0], vec![plain(address.as_str(), tokens.text)]),
        (OF_CELLS[1], row),
        (OF_CELLS[2], strong(here)),
        (OF_CELLS[3], strong(there)),
    ];
    let tick = Tick { name: format!("Take over {} {}", found.sheet, found.cell), refusal: found.refused.as_deref() };
    line(ui, place, &columns, Some((tick, chosen)), |ui| {
        caption(ui, &format!("{}, {address}", found.sheet));
        caption(ui, &format!("{remark}{}", found.row));
        ui.label(format!("The project says: {}", said(&found.here)));
        ui.label(format!("The workbook says: {}", said(&found.there)));
    });
}

/// The name of a sheet above its cells.
fn sheet_name(ui: &mut Ui, name: &str) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, tokens.line));
    paint(ui, rect, &[(1.0, vec![Piece { text: name, color: tokens.text, weight: Weight::Medium }])]);
}

/// The end of what both texts begin with: what differs behind it has to be seen.
fn end_of(before: &str) -> Cow<'_, str> {
    const MOST: usize = 42;
    const KEPT: usize = 30;
    match before.char_indices().rev().nth(KEPT) {
        Some((at, _)) if before.chars().count() > MOST => Cow::Owned(format!("…{}", &before[at..])),
        _ => Cow::Borrowed(before),
    }
}

fn said(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// What both texts begin with, what each says of its own, and what both end with.
fn differing<'t>(here: &'t str, there: &'t str) -> [&'t str; 4] {
    let same = here.chars().zip(there.chars()).take_while(|(left, right)| left == right);
    let before: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let (own_here, own_there) = (&here[before..], &there[before..]);
    let same = own_here.chars().rev().zip(own_there.chars().rev()).take_while(|(left, right)| left == right);
    let behind: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let cut = |text: &'t str| &text[..text.len() - behind];
    [&here[..before], cut(own_here), cut(own_there), &own_here[own_here.len() - behind..]]
}

/// Rows that somebody added.
pub(super) fn added(ui: &mut Ui, returned: &Returned, sheet: Option<&str>, chosen: &mut BTreeSet<usize>) {
    let of_sheet = |at: &usize| sheet.is_none_or(|sheet| returned.added[*at].sheet == sheet);
    let shown: Vec<usize> = (0..returned.added.len()).filter(of_sheet).collect();
    if shown.is_empty() {
        caption(ui, "Nobody added a row in the workbook.");
        return;
    }
    let tokens = Tokens::of(ui);
    headings(ui, &["Cell", "Behind", "What it says"], &[0.16, 0.24, 0.6]);
    rows(ui, "home added", shown.len(), |ui, at| {
        let Some((place, found)) = shown.get(at).and_then(|place| Some((*place, returned.added.get(*place)?))) else {
            return;
        };
        let plain = |text, color| vec![Piece { text, color, weight: Weight::Regular }];
        let address = format!("{} · {}", found.sheet, found.cell);
        let texts = found.texts.iter().map(|(heading, text)| format!("{}: {text}", heading.replace('\n', " ")));
        let texts = texts.collect::<Vec<_>>().join(" · ");
        let columns = [
            (0.16, plain(address.as_str(), tokens.text)),
            (0.24, plain(found.behind.as_str(), tokens.quiet)),
            (0.6, plain(texts.as_str(), tokens.text)),
        ];
        let refusal = (!found.has_place()).then_some("No row of the project stands above it in the workbook");
        let tick = Tick { name: format!("Add row {} {}", found.sheet, found.cell), refusal };
        line(ui, place, &columns, Some((tick, chosen)), |ui| {
            found.texts.iter().for_each(|(heading, text)| {
                ui.label(format!("{}: {text}", heading.replace('\n', " ")));
            });
        });
    });
}

/// Rows of the project that the workbook does not have.
pub(super) fn lacking(ui: &mut Ui, returned: &Returned, sheet: Option<&str>, chosen: &mut BTreeSet<usize>) {
    let of_sheet = |at: &usize| sheet.is_none_or(|sheet| returned.lacking[*at].sheet == sheet);
    let shown: Vec<usize> = (0..returned.lacking.len()).filter(of_sheet).collect();
    if shown.is_empty() {
        caption(ui, "Every row of the project is in the workbook.");
        return;
    }
    caption(ui, "A tick deletes the row in the project, too.");
    let tokens = Tokens::of(ui);
    headings(ui, &["Sheet", "Row", ""], &[0.24, 0.46, 0.3]);
    rows(ui, "home lacking", shown.len(), |ui, at| {
        let Some((place, found)) = shown.get(at).and_then(|place| Some((*place, returned.lacking.get(*place)?))) else {
            return;
        };
        let plain = |text, color| vec![Piece { text, color, weight: Weight::Regular }];
        let why = if found.deleted_there { "deleted in the workbook" } else { "deleted there, or added here since" };
        let columns = [
            (0.24, plain(found.sheet.as_str(), tokens.quiet)),
            (0.46, plain(found.row.as_str(), tokens.text)),
            (0.3, plain(why, tokens.quiet)),
        ];
        let tick = Tick { name: format!("Delete {}", found.row), refusal: None };
        line(ui, place, &columns, Some((tick, chosen)), |ui| {
            ui.label(format!("{}: {}", found.sheet, found.row));
            ui.label(why);
        });
    });
}

/// What could not be compared.
pub(super) fn remarks(ui: &mut Ui, returned: &Returned) {
    if returned.remarks.is_empty() {
        caption(ui, "Everything in the workbook could be compared.");
        return;
    }
    let tokens = Tokens::of(ui);
    rows(ui, "home remarks", returned.remarks.len(), |ui, at| {
        let Some(remark) = returned.remarks.get(at) else { return };
        let piece = Piece { text: remark, color: tokens.text, weight: Weight::Regular };
        line(ui, at, &[(1.0, vec![piece])], None, |ui| {
            ui.label(remark);
        });
    });
}

fn headings(ui: &mut Ui, texts: &[&str], shares: &[f32]) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let columns: Vec<Column<'_>> = texts
        .iter()
        .zip(shares)
        .map(|(text, share)| (*share, vec![Piece { text, color: tokens.quiet, weight: Weight::Medium }]))
        .collect();
    paint(ui, rect.with_min_x(rect.left() + TICK), &columns);
}

fn rows(ui: &mut Ui, name: &str, count: usize, mut show: impl FnMut(&mut Ui, usize)) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt(name).auto_shrink([false, false]);
    area.show_rows(ui, ROW, count, |ui, range| range.for_each(|at| show(ui, at)));
}

/// A line with its tick, which a click anywhere in the line changes.
fn line(
    ui: &mut Ui,
    place: usize,
    columns: &[Column<'_>],
    tick: Option<(Tick<'_>, &mut BTreeSet<usize>)>,
    hover: impl FnOnce(&mut Ui),
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("home", place)), Sense::click());
    row_ground(ui, &response, false);
    if let Some((tick, chosen)) = tick {
        let mut is_on = chosen.contains(&place);
        let can_be = tick.refusal.is_none();
        let at = Rect::from_min_size(pos2(rect.left() + 4.0, rect.top()), vec2(TICK - 4.0, ROW));
        let mut part = ui.new_child(UiBuilder::new().max_rect(at).layout(Layout::left_to_right(Align::Center)));
        let shown = part.add_enabled(can_be, Checkbox::without_text(&mut is_on));
        let changed = named(shown, &tick.name).changed();
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
}

fn paint(ui: &Ui, rect: Rect, columns: &[Column<'_>]) {
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
