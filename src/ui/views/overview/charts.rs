//! The charts of the overview. Every bar and every cell has a name and can be clicked; colour never stands alone.

use eframe::egui::{
    Align2, Color32, CursorIcon, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::model::overview::{HeatMap, Priorities, StepRisk};
use crate::model::rating::Priority;
use crate::ui::kit::{Tokens, Tone, Weight, font, size};
use crate::ui::views::source::tone;

/// Height of a bar in points.
const BAR: f32 = 24.0;
/// Least breadth of a part of a bar.
const LEAST: f32 = 30.0;
/// The priorities of a bar from left to right; lines that are not rated come last.
const PARTS: [Option<Priority>; 4] = [Some(Priority::High), Some(Priority::Medium), Some(Priority::Low), None];

/// A part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// The lines of a priority.
    Rated(Priority),
    /// The lines that are not rated.
    NotRated,
}

/// What a part of a bar is called.
fn part_name(priority: Option<Priority>) -> String {
    priority.map_or_else(|| "not rated".to_owned(), |priority| format!("AP {}", priority.letter()))
}

/// A part of a chart that answers to pointer and keyboard; whether it was chosen.
fn part(ui: &mut Ui, rect: Rect, id: impl std::hash::Hash + std::fmt::Debug, name: &str) -> bool {
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(id), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if response.hovered() || response.has_focus() {
        let edge = Stroke::new(2.0, tokens.selection);
        ui.painter().rect_stroke(rect, f32::from(size::CORNER), edge, StrokeKind::Inside);
    }
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name).clicked()
}

/// Lines by priority as one bar per moment, all to the same scale.
pub fn priorities(ui: &mut Ui, moments: &[(&'static str, Priorities, i64)], lines: usize) -> Option<(usize, Share)> {
    const LABEL: f32 = 96.0;
    let mut chosen = None;
    for (at, (name, counts, _)) in moments.iter().enumerate() {
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), BAR + 10.0), Sense::hover());
        let tokens = Tokens::of(ui);
        label(ui, row.left_center(), Align2::LEFT_CENTER, name, tokens.quiet);
        let bar = Rect::from_min_max(pos2(row.left() + LABEL, row.top() + 5.0), pos2(row.right(), row.bottom() - 5.0));
        if let Some(priority) = stacked(ui, bar, counts, lines, name, at) {
            chosen = Some((at, priority));
        }
    }
    chosen
}

/// A bar of `counts` out of `whole`.
fn stacked(ui: &mut Ui, bar: Rect, counts: &Priorities, whole: usize, name: &str, salt: usize) -> Option<Share> {
    let tokens = Tokens::of(ui);
    let mut chosen = None;
    let mut left = bar.left();
    let filled = PARTS.into_iter().filter(|priority| counts.of(*priority) > 0).count() as f32;
    // However few the lines are, there is room for their number.
    let shared = (bar.width() - LEAST * filled).max(0.0);
    for priority in PARTS {
        let count = counts.of(priority);
        if count == 0 {
            continue;
        }
        let breadth = LEAST + shared * count as f32 / whole.max(1) as f32;
        let rect = Rect::from_min_size(pos2(left, bar.top()), vec2(breadth, bar.height()));
        left += breadth;
        let pair = tokens.tone(priority.map_or(Tone::Neutral, tone));
        let fill = if priority.is_none() { tokens.hover } else { pair.fill };
        ui.painter().rect(rect, 0.0, fill, Stroke::new(1.0, tokens.panel), StrokeKind::Inside);
        let letter = priority.map_or("–".to_owned(), |priority| priority.letter().to_string());
        let text = font(Weight::Medium, size::CAPTION_TEXT);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, format!("{letter} {count}"), text, pair.text);
        let spoken = format!("{name}: {count} of {whole} lines, {}", part_name(priority));
        if part(ui, rect, (salt, priority.map(Priority::letter)), &spoken) {
            chosen = Some(priority.map_or(Share::NotRated, Share::Rated));
        }
    }
    chosen
}

/// Severity × occurrence: the number of lines in each cell, on the ground of the highest priority among them.
pub fn heat_map(ui: &mut Ui, heat: &HeatMap) -> Option<(String, String)> {
    const HEAD: f32 = 22.0;
    if heat.severities.is_empty() {
        return None;
    }
    let (rows, columns) = (heat.severities.len() as f32, heat.seconds.len() as f32);
    let cell = ((ui.available_width() - HEAD) / columns).clamp(18.0, 44.0);
    let height = cell.min(30.0);
    let (area, _) = ui.allocate_exact_size(vec2(HEAD + columns * cell, rows * height + HEAD), Sense::hover());
    let tokens = Tokens::of(ui);
    let mut chosen = None;
    for (row, severity) in heat.severities.iter().enumerate() {
        let top = area.top() + row as f32 * height;
        label(ui, pos2(area.left() + 8.0, top + height / 2.0), Align2::CENTER_CENTER, severity, tokens.quiet);
        for (column, second) in heat.seconds.iter().enumerate() {
            let left = area.left() + HEAD + column as f32 * cell;
            let rect = Rect::from_min_size(pos2(left, top), vec2(cell, height));
            let (count, highest) = heat.cells[row][column];
            let pair = tokens.tone(highest.map_or(Tone::Neutral, tone));
            let fill = if count == 0 { tokens.paper } else { pair.fill };
            ui.painter().rect(rect, 0.0, fill, Stroke::new(1.0, tokens.line), StrokeKind::Middle);
            if count == 0 {
                continue;
            }
            let text = font(Weight::Medium, size::CAPTION_TEXT);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, count.to_string(), text, pair.text);
            let urgency = highest.map(|priority| format!(", up to AP {}", priority.letter())).unwrap_or_default();
            let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
            let name = format!("Severity {severity}, {} {second}: {lines}{urgency}", heat.second);
            if part(ui, rect, ("cell", row, column), &name) {
                chosen = Some((severity.clone(), second.clone()));
            }
        }
    }
    let foot = area.bottom() - HEAD / 2.0;
    for (column, second) in heat.seconds.iter().enumerate() {
        let at = pos2(area.left() + HEAD + (column as f32 + 0.5) * cell, foot);
        label(ui, at, Align2::CENTER_CENTER, second, tokens.quiet);
    }
    chosen
}

/// The steps by the risk that lies in them, with the share of all up to there (Pareto).
pub fn pareto(ui: &mut Ui, steps: &[StepRisk], by_number: bool, whole: f32) -> Option<usize> {
    /// Breadth of the figures at the right.
    const VALUE: f32 = 64.0;
    let weight = |step: &StepRisk| if by_number { step.rpn as f32 } else { urgent(&step.priorities) as f32 };
    let most = steps.iter().map(weight).fold(1.0, f32::max);
    let mut chosen = None;
    let mut so_far = 0.0;
    let mut shares: Vec<Pos2> = Vec::new();
    let bar_room = (ui.available_width() * 0.42).clamp(90.0, 260.0);
    for (at, step) in steps.iter().enumerate() {
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
        let tokens = Tokens::of(ui);
        let room = row.width() - bar_room - VALUE - 8.0;
        let mut job = eframe::egui::text::LayoutJob::simple_singleline(
            step.label.clone(),
            font(Weight::Regular, 12.0),
            tokens.text,
        );
        job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(room);
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(row.left() + 4.0, row.center().y - galley.size().y / 2.0), galley, tokens.text);
        let full =
            Rect::from_min_size(pos2(row.right() - bar_room - VALUE, row.top() + 4.0), vec2(bar_room, BAR - 8.0));
        let Priorities { high, medium, .. } = step.priorities;
        let segments: Vec<(f32, Color32)> = if by_number {
            vec![(step.rpn as f32, tokens.strong_line)]
        } else {
            vec![(high as f32, tokens.high.text), (medium as f32, tokens.medium.text)]
        };
        let mut left = full.left();
        for (value, fill) in segments {
            let breadth = full.width() * value / most;
            ui.painter().rect_filled(
                Rect::from_min_size(pos2(left, full.top()), vec2(breadth, full.height())),
                0.0,
                fill,
            );
            left += breadth;
        }
        so_far += weight(step);
        let share = so_far / whole.max(1.0);
        shares.push(pos2(full.left() + full.width() * share.min(1.0), row.center().y));
        let value = match (by_number, high, medium) {
            (true, ..) => format!("RPN {}", step.rpn),
            (_, 0, medium) => format!("{medium} M"),
            (_, high, 0) => format!("{high} H"),
            (_, high, medium) => format!("{high} H  {medium} M"),
        };
        label(ui, pos2(row.right() - 4.0, row.center().y), Align2::RIGHT_CENTER, &value, tokens.quiet);
        let name = format!("{}: {value}, {:.0} % of all up to here", step.label, share * 100.0);
        if part(ui, row, ("step", at), &name) {
            chosen = Some(at);
        }
    }
    if shares.len() > 1 {
        let tokens = Tokens::of(ui);
        ui.painter().add(Shape::line(shares.clone(), Stroke::new(1.5, tokens.gold)));
        for share in shares {
            ui.painter().circle_filled(share, 2.5, tokens.gold);
        }
    }
    chosen
}

/// The lines of a step that call for action.
pub fn urgent(counts: &Priorities) -> usize {
    counts.high + counts.medium
}

fn label(ui: &Ui, at: Pos2, align: Align2, text: &str, color: Color32) {
    ui.painter().text(at, align, text, font(Weight::Regular, size::CAPTION_TEXT), color);
}
