//! The words and marks of a step, set beside its symbol.

use crate::base::fonts::{Style, fonts};
use crate::base::lines::break_lines;
use crate::base::shaping::Ruler;
use crate::model::flow::StepKind;

use super::chart::{ChartCharacteristic, ChartStep};
use super::{Area, Hanging, Ink, Mark, Node, Words};

/// Side of the symbol of a step.
pub(super) const SYMBOL: f32 = 28.0;
/// Side of the symbol of a sub-step.
const SUB_SYMBOL: f32 = 20.0;
/// How far the symbol of a sub-step stands in.
pub(super) const INDENT: f32 = 27.0;
/// From the symbol to the words.
const GAP: f32 = 8.0;
/// The width of the words.
pub(super) const WORDS: f32 = 172.0;
/// Size of number and name.
const NAME: f32 = 9.5;
/// Size of characteristics, remarks and labels.
pub(super) const SMALL: f32 = 7.5;
/// Side of further symbols and of class symbols.
const MARK: f32 = 11.0;
/// How many characteristics a step shows.
const SHOWN: usize = 6;
/// The places for the two counts.
const COUNT: [f32; 2] = [48.0, 11.0];

/// Distance of lines for a size of text.
pub(super) fn leading(size: f32) -> f32 {
    size * 1.26
}

/// Words that are set into a width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub style: Style,
    pub size: f32,
    pub ink: Ink,
}

impl Setting {
    /// The lines of a text from a point on, and what they cover.
    pub fn set(self, text: &str, [x, y]: [f32; 2], width: f32) -> (Vec<Words>, Area) {
        let Self { style, size, ink } = self;
        let step = leading(size);
        let mut area = Area::at(x, y, 0.0, 0.0);
        let capitals = fonts().metrics(style.face()).cap_height * size;
        let lines = break_lines(text, width, &Ruler::new(style, size, text));
        let set = |(number, line): (usize, crate::base::lines::Line)| {
            let top = y + number as f32 * step;
            let line_area = Area::at(x, top, line.width, step);
            area = area.union(line_area);
            let at = [x, top + f32::midpoint(step, capitals)];
            let text = text[line.range].replace('\t', " ");
            Words { at, size, style, ink, text, hyphen: line.hyphen, area: line_area }
        };
        let words = lines.into_iter().enumerate().map(set).collect();
        (words, area)
    }
}

const NUMBER: Setting = Setting { style: Style::Bold, size: NAME, ink: Ink::Text };
const TITLE: Setting = Setting { style: Style::Medium, size: NAME, ink: Ink::Text };
const DETAIL: Setting = Setting { style: Style::Regular, size: SMALL, ink: Ink::Quiet };
/// Labels of connections.
pub(super) const LABEL: Setting = Setting { style: Style::Italic, size: SMALL, ink: Ink::Text };

/// The main symbol of a step, and those that stand beside it: an operation with an inspection has a symbol of its own.
fn symbols(step: &ChartStep) -> (&'static str, Vec<&'static str>) {
    let mut further: Vec<StepKind> = step.further_kinds.clone();
    let partner = match step.kind {
        StepKind::Operation => Some(StepKind::Inspection),
        StepKind::Inspection => Some(StepKind::Operation),
        _ => None,
    };
    let both = partner.and_then(|partner| further.iter().position(|kind| *kind == partner));
    let main = match both {
        Some(at) => {
            further.remove(at);
            "operation_inspection"
        }
        None => step.kind.symbol(),
    };
    (main, further.into_iter().map(StepKind::symbol).collect())
}

/// A step at the place 0, 0: the upper left corner of its column and row.
pub(super) fn node(step: &ChartStep, depth: usize) -> Node {
    let (main, further) = symbols(step);
    let side = if depth == 0 { SYMBOL } else { SUB_SYMBOL };
    let center = SYMBOL / 2.0 + depth as f32 * INDENT;
    let symbol = Mark { area: Area::at(center - side / 2.0, 0.0, side, side), key: main.to_owned() };
    let x = center + side / 2.0 + GAP;
    let (mut words, number) = NUMBER.set(&step.number, [x, 0.0], WORDS);
    let name_x = if step.number.is_empty() { x } else { number.max[0] + 6.0 };
    let room = WORDS - (name_x - x);
    // A number that leaves no room for the name stands above it.
    let (name_at, room) = if room < WORDS / 3.0 { ([x, number.max[1]], WORDS) } else { ([name_x, 0.0], room) };
    let (name_words, name) = TITLE.set(&step.name, name_at, room);
    words.extend(name_words);
    let mut y = number.max[1].max(name.max[1]) + 1.5;
    let mut characteristics = Vec::new();
    let shown = shown(&step.characteristics);
    for characteristic in &shown {
        let (hanging, lines) = hang(characteristic, [x, y]);
        y = hanging.area.max[1];
        words.extend(lines);
        characteristics.push(hanging);
    }
    let left_out = step.characteristics.len() - shown.len();
    if left_out > 0 {
        let (lines, area) = DETAIL.set(&format!("and {left_out} more characteristics"), [x, y], WORDS);
        words.extend(lines);
        y = area.max[1];
    }
    if !step.remarks.is_empty() {
        let (lines, area) = DETAIL.set(&step.remarks.join(" · "), [x, y], WORDS);
        words.extend(lines);
        y = area.max[1];
    }
    y += 1.5;
    let modes = Area::at(x, y, COUNT[0], COUNT[1]);
    let plan_rows = Area::at(modes.max[0] + 4.0, y, COUNT[0], COUNT[1]);
    let mark = |(at, key): (usize, &str)| {
        let x = plan_rows.max[0] + 6.0 + at as f32 * (MARK + 2.0);
        Mark { area: Area::at(x, y, MARK, MARK), key: key.to_owned() }
    };
    let further: Vec<Mark> = further.into_iter().enumerate().map(mark).collect();
    let parts = words.iter().map(|line| line.area).chain(further.iter().map(|mark| mark.area));
    let parts = parts.chain(characteristics.iter().map(|hanging| hanging.area));
    let area = parts.fold(symbol.area.union(plan_rows).union(modes), Area::union);
    Node {
        step: step.id,
        area,
        symbol,
        further,
        number,
        name,
        words,
        characteristics,
        modes,
        plan_rows,
        depth,
        row: 0,
        column: 0,
    }
}

/// The characteristics that a step shows, in their order; the special ones first where there are too many.
fn shown(all: &[ChartCharacteristic]) -> Vec<&ChartCharacteristic> {
    let mut places: Vec<usize> = (0..all.len()).collect();
    places.sort_by_key(|at| all[*at].class.is_empty());
    places.truncate(SHOWN);
    places.sort_unstable();
    places.into_iter().map(|at| &all[at]).collect()
}

/// A characteristic with its class symbol before it.
fn hang(characteristic: &ChartCharacteristic, [x, y]: [f32; 2]) -> (Hanging, Vec<Words>) {
    let style = if characteristic.of_process { Style::Italic } else { Style::Regular };
    let has_class = !characteristic.class.is_empty();
    let text_x = x + MARK + 3.0;
    let (lines, area) = Setting { style, ..DETAIL }.set(&characteristic.text, [text_x, y + 0.8], x + WORDS - text_x);
    let class = has_class.then(|| Mark { area: Area::at(x, y, MARK, MARK), key: characteristic.class.clone() });
    let area = area.union(Area::at(x, y, MARK, MARK));
    (Hanging { id: characteristic.id, area, class }, lines)
}

/// Moves everything of a step.
pub(super) fn shift(node: &mut Node, x: f32, y: f32) {
    let shift = |area: &mut Area| {
        *area = Area { min: [area.min[0] + x, area.min[1] + y], max: [area.max[0] + x, area.max[1] + y] };
    };
    shift(&mut node.symbol.area);
    node.further.iter_mut().for_each(|mark| shift(&mut mark.area));
    for words in &mut node.words {
        shift(&mut words.area);
        words.at = [words.at[0] + x, words.at[1] + y];
    }
    for hanging in &mut node.characteristics {
        shift(&mut hanging.area);
        if let Some(class) = &mut hanging.class {
            shift(&mut class.area);
        }
    }
    for area in [&mut node.area, &mut node.number, &mut node.name, &mut node.modes, &mut node.plan_rows] {
        shift(area);
    }
}
