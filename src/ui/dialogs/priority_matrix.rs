//! The action-priority table as a coloured matrix: a row for each band of severity and occurrence, a column for each band of
//! detection.

use eframe::egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::rating_scales::{colors, unverified};
use crate::model::profile::{PriorityBlock, RatingSpan, Scale};
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::caption;

/// Height of a row.
const ROW: f32 = 24.0;
/// Breadth of the two columns of bands.
const BAND: f32 = 140.0;

/// Shows the table with its letters, and below it what nobody has confirmed.
pub(super) fn show(ui: &mut Ui, blocks: &[PriorityBlock], scales: &[Scale; 3]) {
    let columns = bands(blocks, &scales[2]);
    let room = ui.available_width() - 2.0 * BAND - 16.0;
    let breadth = (room / columns.len().max(1) as f32).clamp(28.0, 110.0);
    let tokens = Tokens::of(ui);
    let full = vec2(2.0 * BAND + breadth * columns.len() as f32, ROW);
    let (head, _) = ui.allocate_exact_size(full, Sense::hover());
    let heading = font(Weight::Medium, size::HEADING_TEXT);
    let text = |rect: Rect, words: &str| {
        ui.painter().text(
            rect.left_center() + vec2(6.0, 0.0),
            Align2::LEFT_CENTER,
            words,
            heading.clone(),
            tokens.quiet,
        );
    };
    text(head, scales[0].name());
    text(head.translate(vec2(BAND, 0.0)), scales[1].name());
    for (at, (from, to)) in columns.iter().enumerate() {
        let words = span_words(&scales[2], *from, *to);
        let left = head.left() + 2.0 * BAND + at as f32 * breadth;
        let center = pos2(left + breadth / 2.0, head.center().y);
        ui.painter().text(center, Align2::CENTER_CENTER, words, heading.clone(), tokens.quiet);
    }
    let mut last_severity: Option<&RatingSpan> = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    for block in blocks {
        let (rect, response) = ui.allocate_exact_size(full, Sense::hover());
        let new_band = last_severity != Some(&block.severity);
        last_severity = Some(&block.severity);
        row(ui, rect, block, scales, &columns, breadth, new_band);
        let spoken = spoken(block, scales);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        response.on_hover_text(spoken);
    }
    ui.spacing_mut().item_spacing.y = size::STEP;
    ui.add_space(2.0 * size::STEP);
    caption(ui, "H high, M medium, L low. The priority ranks the need for action, not the size of the risk.");
    for block in blocks {
        if let Some(doubt) = &block.unverified {
            unverified(ui, &format!("{}: {doubt}", block.place(scales)));
        }
    }
}

fn row(
    ui: &Ui,
    rect: Rect,
    block: &PriorityBlock,
    scales: &[Scale; 3],
    columns: &[(usize, usize)],
    breadth: f32,
    new_band: bool,
) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let body = font(Weight::Regular, size::CHROME_TEXT);
    if new_band {
        painter.hline(rect.x_range(), rect.top(), Stroke::new(1.0, tokens.strong_line));
        let words = span_of(&scales[0], &block.severity);
        painter.text(rect.left_center() + vec2(6.0, 0.0), Align2::LEFT_CENTER, words, body.clone(), tokens.text);
    }
    let mut second = span_of(&scales[1], &block.second);
    if block.unverified.is_some() {
        second.push_str(" (not verified)");
    }
    painter.text(rect.left_center() + vec2(BAND + 6.0, 0.0), Align2::LEFT_CENTER, second, body, tokens.text);
    for (at, (from, to)) in columns.iter().enumerate() {
        let priority = block.cells.iter().find(|(span, _)| {
            let [start, end] = ends(&scales[2], span);
            start <= *from && *to <= end
        });
        let Some((_, priority)) = priority else { continue };
        let left = rect.left() + 2.0 * BAND + at as f32 * breadth;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(breadth, ROW));
        let pair = colors(tokens, *priority);
        painter.rect(cell, 0.0, pair.fill, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
        let letter = font(Weight::Medium, size::CHROME_TEXT);
        painter.text(cell.center(), Align2::CENTER_CENTER, priority.letter(), letter, pair.text);
    }
}

fn ends(scale: &Scale, span: &RatingSpan) -> [usize; 2] {
    [&span.from, &span.to].map(|rating| scale.position(rating).unwrap_or(usize::MAX))
}

/// The finest bands of the third scale that the blocks use, worst first.
fn bands(blocks: &[PriorityBlock], scale: &Scale) -> Vec<(usize, usize)> {
    let mut starts: Vec<usize> = blocks
        .iter()
        .flat_map(|block| &block.cells)
        .flat_map(|(span, _)| {
            let [start, end] = ends(scale, span);
            [start, end.saturating_add(1)]
        })
        .filter(|place| *place < scale.levels().len())
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let behind = starts.iter().skip(1).copied().chain([scale.levels().len()]);
    let mut bands: Vec<_> = starts.iter().copied().zip(behind).map(|(start, next)| (start, next - 1)).collect();
    bands.reverse();
    bands
}

fn span_words(scale: &Scale, from: usize, to: usize) -> String {
    let value = |at: usize| scale.levels().get(at).map(|level| level.value.to_string()).unwrap_or_default();
    let letter = scale.role().letter();
    if from == to { format!("{letter} {}", value(from)) } else { format!("{letter} {}–{}", value(from), value(to)) }
}

fn span_of(scale: &Scale, span: &RatingSpan) -> String {
    let [from, to] = ends(scale, span);
    span_words(scale, from, to)
}

fn spoken(block: &PriorityBlock, scales: &[Scale; 3]) -> String {
    let cells = block.cells.iter().map(|(span, priority)| format!("{} {}", span_of(&scales[2], span), priority.word()));
    format!("{}: {}", block.place(scales), cells.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::profile::Evaluation;

    #[test]
    fn the_columns_cover_the_scale_and_every_cell_of_a_block_lies_in_whole_columns() {
        let profiles = crate::store::assets::profiles().unwrap();
        for profile in profiles.iter() {
            let Evaluation::ActionPriority { table, .. } = profile.evaluation() else { continue };
            let scale = &profile.scales()[2];
            let columns = bands(table.blocks(), scale);
            let covered: usize = columns.iter().map(|(from, to)| to - from + 1).sum();
            assert_eq!(covered, scale.levels().len(), "{}", profile.id());
            for block in table.blocks() {
                let filled = columns.iter().filter(|(from, to)| {
                    block.cells.iter().any(|(span, _)| {
                        let [start, end] = ends(scale, span);
                        start <= *from && *to <= end
                    })
                });
                assert_eq!(filled.count(), columns.len(), "{}", block.place(profile.scales()));
            }
        }
    }
}
