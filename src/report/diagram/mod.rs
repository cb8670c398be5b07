//! The diagram of a process flow: symbols, words and lines with their places, for screen and paper alike.
//!
//! The steps stand in rows and columns: the main line straight down in the first column, branches, rework and what takes
//! nonconforming product to the right of it. Lines run level only between two rows and upright only between two columns or
//! under a symbol, each in a lane of its own, so that none ever meets a symbol or a word. What leads to the same step by
//! the same route is gathered in one line, with a dot at each join.
//!
//! *Invariant:* the same chart gives the same drawing; its cost grows with the chart and with nothing else.

use crate::base::Id;
use crate::base::fonts::Style;
use crate::model::characteristic::StepCharacteristic;
use crate::model::flow::{FlowEdge, Route, Step};

mod arrange;
mod chart;
mod counts;
mod paint;
mod placing;
mod routing;
mod sheets;
mod strokes;
mod wording;

pub use arrange::arrange;
pub use chart::{Chart, ChartCharacteristic, ChartEdge, ChartStep};
pub use counts::{StepCounts, counts};
pub use paint::{Drawing, dashes};
pub use sheets::PaperDiagram;
pub use strokes::{dashed, rounded};

/// A point in points, y down.
pub type Point = [f32; 2];

/// A rectangle in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Upper left corner.
    pub min: Point,
    /// Lower right corner.
    pub max: Point,
}

impl Area {
    /// From the upper left corner and the size.
    pub fn at(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { min: [x, y], max: [x + width, y + height] }
    }

    /// The smallest rectangle around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    /// The same, so much larger on every side.
    pub fn grown(self, by: f32) -> Self {
        Self { min: [self.min[0] - by, self.min[1] - by], max: [self.max[0] + by, self.max[1] + by] }
    }

    /// Whether both have a point in common that lies on the edge of neither.
    pub fn overlaps(self, other: Self) -> bool {
        self.min[0] < other.max[0]
            && other.min[0] < self.max[0]
            && self.min[1] < other.max[1]
            && other.min[1] < self.max[1]
    }

    /// Whether the point lies within.
    pub fn contains(self, [x, y]: Point) -> bool {
        (self.min[0]..=self.max[0]).contains(&x) && (self.min[1]..=self.max[1]).contains(&y)
    }

    /// Width.
    pub fn width(self) -> f32 {
        self.max[0] - self.min[0]
    }

    /// Height.
    pub fn height(self) -> f32 {
        self.max[1] - self.min[1]
    }

    /// The middle.
    pub fn center(self) -> Point {
        [f32::midpoint(self.min[0], self.max[0]), f32::midpoint(self.min[1], self.max[1])]
    }
}

/// The ink of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// What the step is called.
    Text,
    /// Characteristics and remarks.
    Quiet,
}

/// Words on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Where the baseline starts.
    pub at: Point,
    /// Size in points.
    pub size: f32,
    /// How they are set.
    pub style: Style,
    /// Their ink.
    pub ink: Ink,
    /// The words.
    pub text: String,
    /// Whether a hyphen follows that is not in the words.
    pub hyphen: bool,
    /// The line they fill.
    pub area: Area,
}

/// A drawn symbol in a square.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The square.
    pub area: Area,
    /// The key in the set of process-flow symbols, or the code of a special-characteristic class.
    pub key: String,
}

/// A characteristic that hangs beside its step.
#[derive(Debug, Clone, PartialEq)]
pub struct Hanging {
    /// Which one.
    pub id: Id<StepCharacteristic>,
    /// Where its words and its symbol stand.
    pub area: Area,
    /// Its special class.
    pub class: Option<Mark>,
}

/// A step on the diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Which one.
    pub step: Id<Step>,
    /// Everything of it.
    pub area: Area,
    /// The symbol of its kind, to which the lines lead.
    pub symbol: Mark,
    /// Further symbols.
    pub further: Vec<Mark>,
    /// Where the number stands.
    pub number: Area,
    /// Where the name stands, all of its lines.
    pub name: Area,
    /// All words: number, name, characteristics, remarks.
    pub words: Vec<Words>,
    /// The characteristics that are shown, the special ones first where there are too many.
    pub characteristics: Vec<Hanging>,
    /// The place for the number of failure modes that an FMEA knows at the step.
    pub modes: Area,
    /// The place for the number of control-plan rows of the step.
    pub plan_rows: Area,
    /// How deep it lies below the steps of the flow: 0, or more for a sub-step.
    pub depth: usize,
    /// Its row, counted from 0 at the top.
    pub row: usize,
    /// Its column; 0 is the main line.
    pub column: usize,
}

/// A connection on the diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which one.
    pub edge: Id<FlowEdge>,
    /// The step it leaves, as an index of the nodes.
    pub from: usize,
    /// The step it leads to.
    pub to: usize,
    /// Its route.
    pub route: Route,
    /// The whole way from symbol to symbol.
    pub way: Vec<Point>,
    /// The part of the way that is drawn for this connection; the rest runs in the line of another one.
    pub stroke: Vec<Point>,
    /// Whether the stroke ends in an arrow.
    pub arrow: bool,
    /// The place of its label with its lines; none if it has none.
    pub label: Option<(Area, Vec<Words>)>,
}

/// A process flow as it is drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagram {
    /// The steps in the order of the chart.
    pub nodes: Vec<Node>,
    /// The connections in the order of the chart.
    pub lines: Vec<Line>,
    /// Where lines join or part.
    pub joins: Vec<(Point, Route)>,
    /// Grounds behind steps with their sub-steps.
    pub groups: Vec<Area>,
    /// Everything, from 0, 0.
    pub size: Point,
    /// Where each row begins, and the end of the last: a good place to part the drawing.
    pub rows: Vec<f32>,
}

impl Diagram {
    /// The place of a step among the nodes.
    pub fn place(&self, step: Id<Step>) -> Option<usize> {
        self.nodes.iter().position(|node| node.step == step)
    }
}
