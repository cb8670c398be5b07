//! A part of the diagram on paper: the display list that PDF and preview paint.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::fonts::{Style, fonts};
use crate::model::flow::Route;
use crate::model::language::Language;
use crate::model::project::Project;
use crate::model::symbol::{LabelArea, Outline, Paint, SymbolSet, SymbolShape};

use super::super::display::{Direction, Item, Region, TextItem, composed};
use super::super::doc::Rgb;
use super::strokes::{dashed, rounded};
use super::{Diagram, Ink, Node, Point, StepCounts, Words, counts};

/// Radius of the dot at a join.
const DOT: f32 = 2.2;
/// Length of an arrow.
const ARROW: f32 = 6.0;

/// What a diagram needs besides itself to be painted on paper.
#[derive(Debug, Default)]
pub struct Drawing {
    steps: BTreeMap<String, Arc<SymbolShape>>,
    classes: BTreeMap<String, Arc<SymbolShape>>,
    counts: Vec<StepCounts>,
}

impl Drawing {
    /// The symbols and counts for a diagram of a flow of this project.
    pub fn new(project: &Project, diagram: &Diagram, symbols: &SymbolSet) -> Self {
        let mut drawing = Self::default();
        for node in &diagram.nodes {
            for mark in node.further.iter().chain([&node.symbol]) {
                if let Some(symbol) = symbols.get(&mark.key) {
                    drawing.steps.entry(mark.key.clone()).or_insert_with(|| Arc::new(symbol.shape.clone()));
                }
            }
            for mark in node.characteristics.iter().filter_map(|hanging| hanging.class.as_ref()) {
                if let Some(shape) = project.class(&mark.key).and_then(|class| class.symbol.clone()) {
                    drawing.classes.entry(mark.key.clone()).or_insert_with(|| Arc::new(shape));
                }
            }
            drawing.counts.push(counts(project, node.step));
        }
        drawing
    }
}

/// How the line of a route is dashed: lengths of lines and gaps in turn; empty for a whole line.
pub fn dashes(route: Route) -> &'static [f32] {
    match route {
        Route::Main => &[],
        Route::Nok => &[5.0, 2.5],
        Route::ReworkReturn => &[8.0, 2.5, 2.0, 2.5],
        Route::Alternate => &[2.0, 2.0],
    }
}

/// The width of the line of a route in points.
pub(super) fn width(route: Route) -> f32 {
    if route == Route::Main { 1.1 } else { 0.8 }
}

/// A part of the diagram on paper.
pub(super) struct Sheet<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) drawing: &'a Drawing,
    pub(super) words: &'a Language,
    /// Where the part begins in the diagram, y down.
    pub(super) from: f32,
    /// Where it ends.
    pub(super) to: f32,
    /// The corner on paper.
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) scale: f32,
}

impl Sheet<'_> {
    pub(super) fn items(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for group in &self.diagram.groups {
            let (top, bottom) = (group.min[1].max(self.from), group.max[1].min(self.to));
            if top < bottom {
                let [x, y] = self.point([group.min[0], top]);
                let area = [x, y, group.width() * self.scale, (bottom - top) * self.scale];
                items.push(Item::Rect { area, colour: Rgb::HEADING });
            }
        }
        for line in &self.diagram.lines {
            self.stroke(&rounded(&line.stroke), line.route, &mut items);
            if line.arrow
                && let [.., before, tip] = line.stroke.as_slice()
            {
                self.arrow(*before, *tip, &mut items);
            }
        }
        for (point, _) in &self.diagram.joins {
            let corner = [point[0] - DOT, point[1] - DOT];
            self.symbol(corner, 2.0 * DOT, dot(), "", &mut items);
        }
        for node in &self.diagram.nodes {
            self.node(node, &mut items);
        }
        for (at, counts) in self.drawing.counts.iter().enumerate() {
            let Some(node) = self.diagram.nodes.get(at) else { continue };
            self.count(counts.modes, "mode", node.modes.min, &mut items);
            self.count(counts.plan_rows, "plan row", node.plan_rows.min, &mut items);
        }
        for words in self.diagram.lines.iter().filter_map(|line| line.label.as_ref()).flat_map(|(_, words)| words) {
            self.words(words, &mut items);
        }
        items
    }

    pub(super) fn point(&self, [x, y]: Point) -> Point {
        [self.left + x * self.scale, self.top + (y - self.from) * self.scale]
    }

    fn shows(&self, y: f32) -> bool {
        (self.from..self.to).contains(&y)
    }

    fn node(&self, node: &Node, items: &mut Vec<Item>) {
        let mut mark = |mark: &super::Mark, of: &BTreeMap<String, Arc<SymbolShape>>| {
            let known = of.get(&mark.key).cloned();
            match known {
                Some(shape) => self.symbol(mark.area.min, mark.area.width(), Some(shape), &mark.key, items),
                None => self.words(&plain(&mark.key, mark.area.min), items),
            }
        };
        for step_mark in node.further.iter().chain([&node.symbol]) {
            mark(step_mark, &self.drawing.steps);
        }
        for hanging in &node.characteristics {
            if let Some(class) = &hanging.class {
                mark(class, &self.drawing.classes);
            }
        }
        for words in &node.words {
            self.words(words, items);
        }
    }

    fn count(&self, count: usize, noun: &str, at: Point, items: &mut Vec<Item>) {
        let plural = if count == 1 { "" } else { "s" };
        let noun = format!("{noun}{plural}");
        self.words(&plain(&format!("{count} {}", self.words.word(&noun)), at), items);
    }

    fn words(&self, words: &Words, items: &mut Vec<Item>) {
        if !self.shows(words.at[1]) || words.text.is_empty() {
            return;
        }
        let [x, y] = self.point(words.at);
        let text = if words.ink == Ink::Quiet { self.words.word(&words.text).into_owned() } else { words.text.clone() };
        items.push(Item::Text(TextItem {
            x,
            y,
            size: words.size * self.scale,
            style: words.style,
            colour: if words.ink == Ink::Text { Rgb::TEXT } else { Rgb::QUIET },
            direction: Direction::Across,
            shaped: composed(words.style, &text),
            text,
            hyphen: words.hyphen,
            region: Region::Page,
        }));
    }

    pub(super) fn symbol(
        &self,
        at: Point,
        side: f32,
        shape: Option<Arc<SymbolShape>>,
        text: &str,
        items: &mut Vec<Item>,
    ) {
        let Some(shape) = shape.filter(|_| self.shows(at[1] + side / 2.0)) else { return };
        let ([x, y], side, text, colour) = (self.point(at), side * self.scale, Arc::from(text), Rgb::TEXT);
        items.push(Item::Symbol { x, y, side, shape, text, colour, region: Region::Page });
    }

    fn arrow(&self, before: Point, tip: Point, items: &mut Vec<Item>) {
        let down = tip[1] > before[1];
        let up = tip[1] < before[1];
        let right = tip[0] > before[0];
        let (corner, points) = match (down, up, right) {
            (true, ..) => ([tip[0] - ARROW / 2.0, tip[1] - ARROW], [[0.15, 0.0], [0.85, 0.0], [0.5, 1.0]]),
            (_, true, _) => ([tip[0] - ARROW / 2.0, tip[1]], [[0.5, 0.0], [0.85, 1.0], [0.15, 1.0]]),
            (.., true) => ([tip[0] - ARROW - DOT, tip[1] - ARROW / 2.0], [[0.0, 0.15], [1.0, 0.5], [0.0, 0.85]]),
            _ => ([tip[0] + DOT, tip[1] - ARROW / 2.0], [[1.0, 0.15], [1.0, 0.85], [0.0, 0.5]]),
        };
        self.symbol(corner, ARROW, solid(points.to_vec()), "", items);
    }

    /// A dashed line, as much of it as stands on the sheet.
    fn stroke(&self, points: &[Point], route: Route, items: &mut Vec<Item>) {
        for [from, to] in dashed(points, dashes(route)) {
            self.piece(from, to, route, items);
        }
    }

    fn piece(&self, from: Point, to: Point, route: Route, items: &mut Vec<Item>) {
        let (low, high) = (from[1].min(to[1]), from[1].max(to[1]));
        if high < self.from || low > self.to {
            return;
        }
        let cut = |[x, y]: Point| self.point([x, y.clamp(self.from, self.to)]);
        let ([x0, y0], [x1, y1]) = (cut(from), cut(to));
        items.push(Item::Line { ends: [x0, y0, x1, y1], width: width(route) * self.scale, colour: Rgb::TEXT });
    }
}

/// Small quiet words from an upper left corner on.
fn plain(text: &str, [x, y]: Point) -> Words {
    let size = super::wording::SMALL;
    let capitals = fonts().metrics(Style::Regular.face()).cap_height * size;
    let at = [x, y + f32::midpoint(super::wording::leading(size), capitals)];
    let (style, ink) = (Style::Regular, Ink::Quiet);
    Words { at, size, style, ink, text: text.to_owned(), hyphen: false, area: super::Area::default() }
}

pub(super) fn solid(points: Vec<Point>) -> Option<Arc<SymbolShape>> {
    let area = LabelArea { min: [0.4, 0.4], max: [0.6, 0.6] };
    SymbolShape::new(vec![Outline { points, closed: true, paint: Paint::Solid }], area).ok().map(Arc::new)
}

/// A disc.
fn dot() -> Option<Arc<SymbolShape>> {
    let corner = |at: u8| {
        let turn = f32::from(at) / 16.0 * std::f32::consts::TAU;
        [0.5 + 0.5 * turn.cos(), 0.5 + 0.5 * turn.sin()].map(|place: f32| place.clamp(0.0, 1.0))
    };
    solid((0..16).map(corner).collect())
}
