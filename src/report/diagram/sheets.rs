//! The diagram on pages: cut between rows, with several parts beside each other where the sheet is wide enough, and a
//! connector with the same letter at both ends of every line that is cut.

use std::sync::Arc;

use crate::base::fonts::Style;
use crate::base::shaping;
use crate::model::flow::Route;
use crate::model::language::Language;
use crate::model::symbol::{LabelArea, Outline, Paint, SymbolShape};

use super::super::display::{Direction, Item, Region, TextItem, composed};
use super::super::doc::{Drawn, DrawnPart, Rgb};
use super::paint::{Drawing, Sheet, dashes};
use super::{Diagram, Point};

/// Room between parts of the diagram that stand beside each other.
const GUTTER: f32 = 18.0;
/// The breadth of a connector.
const CONNECTOR: f32 = 13.0;
/// The line between a connector and the cut, long enough for an arrow that begins there.
const LEAD: f32 = 7.0;
/// How much further a connector stands out that would lie on its neighbour.
const STEP: f32 = CONNECTOR + 1.0;
/// Room for what the lines mean, above the diagram.
const KEY: f32 = 15.0;
/// The size of its words.
const KEY_SIZE: f32 = 7.0;
/// The length of a line in the key.
const SAMPLE: f32 = 30.0;

/// A diagram with what it needs to be painted on paper.
#[derive(Debug)]
pub struct PaperDiagram {
    /// The diagram.
    pub diagram: Arc<Diagram>,
    /// Symbols and counts.
    pub drawing: Drawing,
    /// The language of its words.
    pub words: Arc<Language>,
}

/// A part between two cuts, and where it stands on its page.
struct Piece {
    from: f32,
    to: f32,
    left: f32,
}

/// A line that is cut.
struct Crossing {
    /// Where the cut is in the diagram.
    cut: f32,
    /// Where the line crosses it.
    x: f32,
    route: Route,
    /// 0 stands next to the cut.
    level: u8,
    letter: String,
}

impl Drawn for PaperDiagram {
    fn parts(&self, width: f32, first: f32, other: f32) -> Vec<DrawnPart> {
        let scale = (width / self.diagram.size[0].max(1.0)).min(1.0);
        let pages = self.pieces(width, first - KEY, other, scale);
        let cuts = pages.iter().flatten().skip(1).map(|piece| piece.from);
        let mut crossings: Vec<Crossing> = cuts.flat_map(|cut| crossings(&self.diagram, cut, scale)).collect();
        for (number, crossing) in (0..).zip(&mut crossings) {
            crossing.letter = letter(number);
        }
        pages.iter().enumerate().map(|(at, pieces)| self.part(at == 0, pieces, &crossings, scale)).collect()
    }
}

impl PaperDiagram {
    /// Cuts the diagram: pages, and on each the parts beside each other.
    fn pieces(&self, width: f32, first: f32, other: f32, scale: f32) -> Vec<Vec<Piece>> {
        let [breadth, height] = self.diagram.size;
        let step = breadth * scale + GUTTER;
        let mut pages: Vec<Vec<Piece>> = Vec::new();
        let mut from = 0.0;
        while from < height || pages.is_empty() {
            let room = if pages.is_empty() { first } else { other };
            let mut page = Vec::new();
            let mut left = 0.0;
            while from < height && (page.is_empty() || left + step - GUTTER <= width) {
                let to = self.parting(from, room - self.room_at(from, scale), scale);
                page.push(Piece { from, to, left });
                (from, left) = (to, left + step);
            }
            pages.push(page);
        }
        pages
    }

    /// The height that the connectors at a cut take.
    fn room_at(&self, cut: f32, scale: f32) -> f32 {
        let levels = crossings(&self.diagram, cut, scale).iter().map(|crossing| crossing.level).max();
        levels.map_or(0.0, |level| LEAD + CONNECTOR + f32::from(level) * STEP)
    }

    /// Where a part ends that begins at `from`: at the end of the diagram; above the last row that does not fit with its
    /// connectors; or within a row that is higher than the page.
    fn parting(&self, from: f32, room: f32, scale: f32) -> f32 {
        if (self.diagram.size[1] - from) * scale <= room {
            return self.diagram.size[1];
        }
        let fits = |row: &f32| *row > from + 1.0 && (row - from) * scale + self.room_at(*row, scale) <= room;
        let rows = self.diagram.rows.iter().map(|row| row - 3.0);
        let within = || {
            let most = from + (room / scale).max(1.0);
            most - self.room_at(most, scale).min(room / 2.0) / scale
        };
        rows.filter(fits).reduce(f32::max).unwrap_or_else(within)
    }

    fn part(&self, is_first: bool, pieces: &[Piece], crossings: &[Crossing], scale: f32) -> DrawnPart {
        let mut items = if is_first { self.key() } else { Vec::new() };
        let above = if is_first { KEY } else { 0.0 };
        let mut height = above;
        for piece in pieces {
            let (diagram, drawing) = (&*self.diagram, &self.drawing);
            let (from, to, left) = (piece.from, piece.to, piece.left);
            let top = above + self.room_at(from, scale);
            let words = &*self.words;
            let sheet = Sheet { diagram, drawing, words, from, to, left, top, scale };
            items.extend(sheet.items());
            let end = sheet.point([0.0, to])[1];
            for crossing in crossings {
                let [x, _] = sheet.point([crossing.x, 0.0]);
                if is_same(crossing.cut, from) {
                    connector([x, top], -1.0, crossing, &mut items);
                } else if is_same(crossing.cut, to) {
                    connector([x, end], 1.0, crossing, &mut items);
                }
            }
            height = height.max(end + self.room_at(to, scale));
        }
        DrawnPart { height, items }
    }

    /// What the lines mean, as far as there is more than the main line.
    fn key(&self) -> Vec<Item> {
        let routes = [Route::Main, Route::Nok, Route::ReworkReturn, Route::Alternate];
        let shown = routes.into_iter().filter(|route| self.diagram.lines.iter().any(|line| line.route == *route));
        let shown: Vec<Route> = shown.collect();
        let mut items = Vec::new();
        let (mut x, y) = (0.0, 5.0);
        for route in shown.iter().copied().filter(|_| shown.len() > 1) {
            for [from, to] in super::dashed(&[[x, y], [x + SAMPLE, y]], dashes(route)) {
                let ends = [from[0], from[1], to[0], to[1]];
                items.push(Item::Line { ends, width: super::paint::width(route), colour: Rgb::TEXT });
            }
            x += SAMPLE + 5.0;
            let name = self.words.word(route.name());
            items.push(text([x, y + 2.4], &name, KEY_SIZE, Rgb::TEXT));
            x += KEY_SIZE * shaping::width(Style::Regular, &name) + 16.0;
        }
        items
    }
}

/// Where the lines of the diagram cross a height; none at its ends.
fn crossings(diagram: &Diagram, cut: f32, scale: f32) -> Vec<Crossing> {
    let mut found: Vec<Crossing> = Vec::new();
    for line in &diagram.lines {
        for pair in line.stroke.windows(2) {
            let [[x, above], [_, below]] = [pair[0], pair[1]];
            let is_new = !found.iter().any(|known| (known.x - x).abs() < 0.5);
            if above.min(below) < cut && cut < above.max(below) && is_new {
                found.push(Crossing { cut, x, route: line.route, level: 0, letter: String::new() });
            }
        }
    }
    found.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut ends: Vec<f32> = Vec::new();
    for crossing in &mut found {
        let x = crossing.x * scale;
        let free = ends.iter().position(|end| *end < x - CONNECTOR).unwrap_or(ends.len());
        crossing.level = u8::try_from(free).unwrap_or(u8::MAX);
        if free == ends.len() {
            ends.push(x);
        } else {
            ends[free] = x;
        }
    }
    found
}

/// Whether two places are the same cut.
fn is_same(one: f32, other: f32) -> bool {
    (one - other).abs() < 0.01
}

/// A, B … Z, AA, AB …
fn letter(number: u32) -> String {
    let last = char::from(b'A' + (number % 26) as u8);
    let before = if number < 26 { String::new() } else { letter(number / 26 - 1) };
    format!("{before}{last}")
}

/// A circle with a letter at the end of a line that is cut at a point: above the cut (`way` is -1) or below it (1).
fn connector([x, cut]: Point, way: f32, crossing: &Crossing, items: &mut Vec<Item>) {
    let corner = |at: u8| {
        let turn = f32::from(at) / 24.0 * std::f32::consts::TAU;
        [0.5 + 0.5 * turn.cos(), 0.5 + 0.5 * turn.sin()].map(|place: f32| place.clamp(0.0, 1.0))
    };
    let outline = Outline { points: (0..24).map(corner).collect(), closed: true, paint: Paint::Line };
    let Ok(shape) = SymbolShape::new(vec![outline], LabelArea { min: [0.2, 0.2], max: [0.8, 0.8] }) else { return };
    let edge = cut + way * (LEAD + f32::from(crossing.level) * STEP);
    for [from, to] in super::dashed(&[[x, cut], [x, edge]], dashes(crossing.route)) {
        let ends = [from[0], from[1], to[0], to[1]];
        items.push(Item::Line { ends, width: super::paint::width(crossing.route), colour: Rgb::TEXT });
    }
    let y = edge + way * CONNECTOR / 2.0;
    let (left, top, colour) = (x - CONNECTOR / 2.0, y - CONNECTOR / 2.0, Rgb::TEXT);
    let (shape, words, region) = (Arc::new(shape), Arc::from(""), Region::Page);
    items.push(Item::Symbol { x: left, y: top, side: CONNECTOR, shape, text: words, colour, region });
    let letter = &crossing.letter;
    let size = if letter.len() > 1 { 6.0 } else { 7.0 };
    let breadth = size * shaping::width(Style::Regular, letter);
    items.push(text([x - breadth / 2.0, y + size * 0.36], letter, size, Rgb::TEXT));
}

fn text([x, y]: Point, words: &str, size: f32, colour: Rgb) -> Item {
    let (style, direction, hyphen, region) = (Style::Regular, Direction::Across, false, Region::Page);
    let shaped = composed(style, words);
    Item::Text(TextItem { x, y, size, style, colour, direction, text: words.to_owned(), hyphen, region, shaped })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connectors_never_run_out_of_letters() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letter).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
