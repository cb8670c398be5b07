//! The file of a set of drawn symbols: lines, circles, arcs and curves in the unit square, y down.

use serde::Deserialize;

use crate::base::Text;
use crate::model::symbol::{LabelArea, NamedSymbol, Outline, Paint, Point, SymbolError, SymbolSet, SymbolShape};

/// Straight pieces of a full circle: at the size of a cell no corner can be seen, on a poster hardly.
const PIECES_OF_A_CIRCLE: f32 = 64.0;
/// Straight pieces of a curve.
const PIECES_OF_A_CURVE: usize = 16;

/// A symbol set as it stands in a file.
#[derive(Debug, Deserialize)]
#[serde(rename = "SymbolSet", deny_unknown_fields)]
pub struct SymbolSetFile {
    #[serde(rename = "format")]
    _format: u32,
    id: String,
    name: String,
    symbols: Vec<SymbolFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SymbolFile {
    key: String,
    name: String,
    label_area: (Point, Point),
    outlines: Vec<OutlineFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
enum OutlineFile {
    /// A line along the points.
    Line(Vec<Point>),
    /// A closed line along the points.
    Polygon(Vec<Point>),
    /// A filled area.
    Solid(Vec<Point>),
    Circle {
        center: Point,
        radius: f32,
    },
    Path {
        closed: bool,
        pieces: Vec<PieceFile>,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
enum PieceFile {
    /// A straight line to the point; the first piece of a path says where it starts.
    To(Point),
    /// Part of a circle, in degrees clockwise from the right; joined to the piece before by a straight line.
    Arc { center: Point, radius: f32, from: f32, to: f32 },
    /// A cubic Bézier curve from the piece before.
    Curve { first: Point, second: Point, to: Point },
}

/// What is wrong with a symbol set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SymbolSetError {
    /// A key occurs twice.
    #[error("there are two symbols `{0}`")]
    DuplicateKey(String),
    /// A shape is unusable.
    #[error("symbol `{key}`: {problem}")]
    Shape {
        /// The symbol.
        key: String,
        /// What is wrong with it.
        problem: SymbolError,
    },
}

impl SymbolSetFile {
    /// The checked set, curves flattened.
    ///
    /// # Errors
    /// If a key occurs twice or a shape is unusable, see [`SymbolShape::new`].
    pub fn into_model(self) -> Result<SymbolSet, SymbolSetError> {
        let mut symbols: Vec<NamedSymbol> = Vec::with_capacity(self.symbols.len());
        for SymbolFile { key, name, label_area: (min, max), outlines } in self.symbols {
            if symbols.iter().any(|symbol| symbol.key == key) {
                return Err(SymbolSetError::DuplicateKey(key));
            }
            let outlines = outlines.into_iter().map(OutlineFile::into_model).collect();
            match SymbolShape::new(outlines, LabelArea { min, max }) {
                Ok(shape) => symbols.push(NamedSymbol { key, name: name.into(), shape }),
                Err(problem) => return Err(SymbolSetError::Shape { key, problem }),
            }
        }
        Ok(SymbolSet { id: self.id, name: Text::from(self.name), symbols })
    }
}

impl OutlineFile {
    fn into_model(self) -> Outline {
        match self {
            Self::Line(points) => Outline { points, closed: false, paint: Paint::Line },
            Self::Polygon(points) => Outline { points, closed: true, paint: Paint::Line },
            Self::Solid(points) => Outline { points, closed: true, paint: Paint::Solid },
            Self::Circle { center, radius } => {
                let mut points = Vec::new();
                flatten_arc(&mut points, center, radius, 0.0, 360.0);
                points.pop();
                Outline { points, closed: true, paint: Paint::Line }
            }
            Self::Path { closed, pieces } => {
                let mut points = Vec::new();
                for piece in pieces {
                    match piece {
                        PieceFile::To(point) => points.push(point),
                        PieceFile::Arc { center, radius, from, to } => {
                            flatten_arc(&mut points, center, radius, from, to);
                        }
                        PieceFile::Curve { first, second, to } => flatten_curve(&mut points, first, second, to),
                    }
                }
                Outline { points, closed, paint: Paint::Line }
            }
        }
    }
}

fn flatten_arc(points: &mut Vec<Point>, [x, y]: Point, radius: f32, from: f32, to: f32) {
    // Bounded, so that an absurd angle in a file costs nothing.
    let pieces = ((to - from).abs() / 360.0 * PIECES_OF_A_CIRCLE).ceil().clamp(1.0, PIECES_OF_A_CIRCLE);
    for step in 0..=pieces as usize {
        let angle = (from + (to - from) * step as f32 / pieces).to_radians();
        points.push([x + radius * angle.cos(), y + radius * angle.sin()]);
    }
}

fn flatten_curve(points: &mut Vec<Point>, first: Point, second: Point, to: Point) {
    let start = points.last().copied().unwrap_or(first);
    for step in 1..=PIECES_OF_A_CURVE {
        let t = step as f32 / PIECES_OF_A_CURVE as f32;
        let s = 1.0 - t;
        let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        let along = |axis: usize| {
            let corners = [start[axis], first[axis], second[axis], to[axis]];
            weights.iter().zip(corners).map(|(weight, corner)| weight * corner).sum()
        };
        points.push([along(0), along(1)]);
    }
}
