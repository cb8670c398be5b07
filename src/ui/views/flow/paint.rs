//! How steps and lines of a diagram look on screen.

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::base::fonts::Style;
use crate::model::flow::Route;
use crate::report::diagram::{Area, Ink, Line, Node, Point, StepCounts, Words, dashed, dashes, rounded};
use crate::ui::kit::symbol::{SymbolColors, paint_symbol};
use crate::ui::kit::{Symbol, Tokens, Weight, font, size};

use super::camera::Camera;

/// Words smaller than this on screen are left out: they would only be grey.
const LEAST_WORDS: f32 = 5.0;

/// Below this scale names are written beside the symbols in letters of their own size.
const SMALL: f32 = 0.7;
/// Breadth of the words of a step in the drawing.
const WORDS: f32 = 172.0;

/// What is painted with.
pub(super) struct Brush<'a> {
    pub painter: &'a Painter,
    pub camera: &'a Camera,
    pub tokens: &'a Tokens,
}

/// How a step stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Standing {
    /// It is the step of the cursor.
    pub selected: bool,
    /// The pointer lights it up, here or in another view.
    pub lit: bool,
    /// Something is about to be dropped on it.
    pub target: bool,
}

/// The colour of the line of a route; the dashes tell the same.
pub(super) fn ink(tokens: &Tokens, route: Route) -> Color32 {
    match route {
        Route::Main => tokens.text,
        Route::Nok => tokens.error,
        Route::ReworkReturn => tokens.warning,
        Route::Alternate => tokens.quiet,
    }
}

impl Brush<'_> {
    /// The ground behind a step with sub-steps.
    pub fn group(&self, group: Area) {
        self.painter.rect_filled(self.camera.area(group), f32::from(size::CORNER), self.tokens.panel);
    }

    /// A connection.
    pub fn line(&self, line: &Line, emphasis: bool) {
        let color = if emphasis { self.tokens.selection } else { ink(self.tokens, line.route) };
        let scale = self.camera.scale();
        let base = if line.route == Route::Main { 1.1 } else { 0.9 };
        let width = (base * scale).clamp(1.0, 3.0) + if emphasis { 1.0 } else { 0.0 };
        let stroke = Stroke::new(width, color);
        let points = rounded(&line.stroke);
        let pattern = if scale < 0.5 { &[] } else { dashes(line.route) };
        if pattern.is_empty() {
            let points = points.into_iter().map(|point| self.camera.at(point)).collect();
            self.painter.add(Shape::line(points, stroke));
        } else {
            let sight = self.camera.sight();
            for ends in dashed(&points, pattern) {
                if ends.iter().any(|end| sight.contains(*end)) {
                    self.painter.line_segment(ends.map(|end| self.camera.at(end)), stroke);
                }
            }
        }
        if line.arrow
            && let [.., before, tip] = line.stroke.as_slice()
        {
            self.arrow(self.camera.at(*before), self.camera.at(*tip), color);
        }
        for words in line.label.iter().flat_map(|(_, words)| words) {
            self.words(words, if emphasis { self.tokens.selection } else { self.tokens.text });
        }
    }

    fn arrow(&self, before: Pos2, tip: Pos2, color: Color32) {
        let length = 6.0 * self.camera.scale();
        let along = (tip - before).normalized() * length;
        let across = along.rot90() * 0.36;
        let points = vec![tip, tip - along + across, tip - along - across];
        self.painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
    }

    /// The dot where lines join.
    pub fn join(&self, point: Point, route: Route) {
        self.painter.circle_filled(self.camera.at(point), 2.2 * self.camera.scale(), ink(self.tokens, route));
    }

    /// What lies behind a step.
    pub fn ground(&self, node: &Node, standing: Standing) {
        let rect = self.camera.area(node.area.grown(4.0));
        let corner = f32::from(size::CORNER);
        if standing.lit && !standing.selected {
            self.painter.rect_filled(rect, corner, self.tokens.gold_fill());
        }
        if standing.selected {
            self.painter.rect_filled(rect, corner, self.tokens.selection_fill());
        }
        if standing.selected || standing.target {
            let stroke = Stroke::new(2.0, self.tokens.selection);
            self.painter.rect_stroke(rect, corner, stroke, StrokeKind::Outside);
        }
    }

    /// Whether the drawing is so small that a step shows its symbol and a line of words beside it only.
    pub fn is_small(&self) -> bool {
        self.camera.scale() < SMALL
    }

    /// Number and name of a step on one line, in letters that can be read however small the drawing is.
    pub fn caption(&self, label: &str, node: &Node, has_room: bool) {
        let symbol = self.camera.area(node.symbol.area);
        let room = if has_room { f32::INFINITY } else { (WORDS * self.camera.scale()).max(70.0) };
        let text = font(Weight::Regular, size::CAPTION_TEXT);
        let mut job = LayoutJob::simple_singleline(label.to_owned(), text, self.tokens.text);
        job.wrap = TextWrapping::truncate_at_width(room);
        let galley = self.painter.layout_job(job);
        let at = pos2(symbol.right() + 5.0, symbol.center().y - galley.size().y / 2.0);
        // Lines may run below; the words stay readable.
        let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(2.0, 0.0));
        self.painter.rect_filled(ground, 2.0, self.tokens.paper);
        self.painter.galley(at, galley, self.tokens.text);
    }

    /// The words of a step; a name that is being edited is left out.
    pub fn node_words(&self, node: &Node, is_edited: bool) {
        let is_name = |words: &Words| node.name.overlaps(words.area) && words.style == Style::Medium;
        for words in node.words.iter().filter(|words| !(is_edited && is_name(words))) {
            let color = if words.ink == Ink::Text { self.tokens.text } else { self.tokens.quiet };
            self.words(words, color);
        }
    }

    /// A symbol in its square.
    pub fn symbol(&self, area: Area, symbol: Option<&Symbol>, key: &str) {
        let rect = self.camera.area(area);
        match symbol {
            Some(symbol) => {
                let colors = SymbolColors { ink: self.tokens.text, paper: self.tokens.paper };
                paint_symbol(self.painter, rect, symbol, colors);
            }
            None => {
                let points = rect.height() * 0.8;
                self.painter.text(
                    rect.left_center(),
                    Align2::LEFT_CENTER,
                    key,
                    font(Weight::Medium, points),
                    self.tokens.text,
                );
            }
        }
    }

    /// How far a step is analysed and controlled.
    pub fn counts(&self, node: &Node, counts: StepCounts, is_leaf: bool) {
        let missing_modes = is_leaf && counts.modes == 0 && !counts.needs_no_modes;
        let missing_rows = is_leaf && counts.plan_rows == 0 && !counts.needs_no_plan_rows;
        self.count(node.modes, counts.modes, "mode", missing_modes);
        self.count(node.plan_rows, counts.plan_rows, "plan row", missing_rows);
    }

    fn count(&self, area: Area, count: usize, noun: &str, is_missing: bool) {
        let points = 7.5 * self.camera.scale();
        if points < LEAST_WORDS {
            return;
        }
        let text = match count {
            0 => format!("no {noun}s"),
            1 => format!("1 {noun}"),
            _ => format!("{count} {noun}s"),
        };
        let color = if is_missing { self.tokens.medium.text } else { self.tokens.quiet };
        let galley = self.painter.layout_no_wrap(text, font(Weight::Regular, points), color);
        let rect = self.camera.area(area);
        let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        if is_missing {
            let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(2.0, 0.0));
            self.painter.rect_filled(ground, 3.0, self.tokens.medium.fill);
        }
        self.painter.galley(at, galley, color);
    }

    fn words(&self, words: &Words, color: Color32) {
        let points = words.size * self.camera.scale();
        if points < LEAST_WORDS || words.text.is_empty() {
            return;
        }
        let weight = match words.style {
            Style::Regular => Weight::Regular,
            Style::Medium => Weight::Medium,
            Style::Bold => Weight::Bold,
            Style::Italic => Weight::Italic,
        };
        let text = if words.hyphen { format!("{}-", words.text) } else { words.text.clone() };
        let galley = self.painter.layout_no_wrap(text, font(weight, points), color);
        let rect = self.camera.area(words.area);
        self.painter.galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, color);
    }
}
