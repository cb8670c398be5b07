//! Drawn symbols: special-characteristic classes and process-flow steps as vector shapes.
//!
//! A symbol is data in the unit square, so that screen and paper paint the same thing and nothing depends on whether a
//! font has the glyph. Curves are flattened before they come here.

use crate::base::Text;

/// A point of the unit square: x to the right, y down, both 0 to 1.
pub type Point = [f32; 2];

/// How an outline is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A line along the points; its width is the painter's choice.
    Line,
    /// The area, in the colour of the line. Solid outlines are closed and convex.
    Solid,
}

/// A run of straight pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The corners, at least two; the first is not repeated at the end of a closed outline.
    pub points: Vec<Point>,
    /// Whether the last corner is joined with the first.
    pub closed: bool,
    /// Line or area.
    pub paint: Paint,
}

/// The part of a symbol that is free for letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelArea {
    /// Upper left corner.
    pub min: Point,
    /// Lower right corner.
    pub max: Point,
}

/// A vector shape with letters inside, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct SymbolShape {
    outlines: Vec<Outline>,
    label_area: LabelArea,
    label: Option<Text>,
}

/// What makes a shape unusable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    /// There is nothing to draw.
    #[error("a symbol needs at least one outline, and each outline at least two points")]
    Empty,
    /// A coordinate is below 0, above 1 or no number.
    #[error("the point ({0}, {1}) lies outside the unit square; coordinates run from 0 to 1")]
    Outside(String, String),
    /// An area that painters cannot fill.
    #[error("a solid outline must be closed and convex")]
    NotConvex,
    /// The upper left corner of the label area is not above and left of the lower right one.
    #[error("the label area has no size")]
    NoLabelArea,
}

impl SymbolShape {
    /// A shape from its outlines in painting order and the room for letters.
    ///
    /// # Errors
    /// If there is nothing to draw, a point lies outside the unit square, a solid outline is open or not convex, or the
    /// label area has no size.
    pub fn new(outlines: Vec<Outline>, label_area: LabelArea) -> Result<Self, SymbolError> {
        if outlines.is_empty() || outlines.iter().any(|outline| outline.points.len() < 2) {
            return Err(SymbolError::Empty);
        }
        let corners = [label_area.min, label_area.max];
        for [x, y] in outlines.iter().flat_map(|outline| &outline.points).chain(&corners) {
            if !((0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)) {
                return Err(SymbolError::Outside(x.to_string(), y.to_string()));
            }
        }
        if outlines
            .iter()
            .any(|outline| outline.paint == Paint::Solid && !(outline.closed && is_convex(&outline.points)))
        {
            return Err(SymbolError::NotConvex);
        }
        if label_area.min[0] >= label_area.max[0] || label_area.min[1] >= label_area.max[1] {
            return Err(SymbolError::NoLabelArea);
        }
        Ok(Self { outlines, label_area, label: None })
    }

    /// The same shape with letters inside.
    pub fn with_label(mut self, label: Text) -> Self {
        self.label = Some(label);
        self
    }

    /// What to paint, in this order.
    pub fn outlines(&self) -> &[Outline] {
        &self.outlines
    }

    /// Where the letters go: centred, as large as fits.
    pub fn label_area(&self) -> LabelArea {
        self.label_area
    }

    /// The letters inside, such as `S` in a shield.
    pub fn label(&self) -> Option<&Text> {
        self.label.as_ref()
    }
}

/// One named symbol of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedSymbol {
    /// What the set's users look it up by, such as `transport`.
    pub key: String,
    /// The name in legends, and what search and copied text show in place of the drawing.
    pub name: Text,
    /// The drawing.
    pub shape: SymbolShape,
}

/// A theme of symbols. Sources differ in how they draw the steps of a process flow, so the drawing is data.
#[derive(Debug, Clone, PartialEq)]
pub struct SymbolSet {
    /// Stable name of the set.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// The symbols in the order of the legend, without duplicate keys.
    pub symbols: Vec<NamedSymbol>,
}

impl SymbolSet {
    /// The symbol with this key.
    pub fn get(&self, key: &str) -> Option<&NamedSymbol> {
        self.symbols.iter().find(|symbol| symbol.key == key)
    }
}

/// Whether all corners turn the same way.
fn is_convex(points: &[Point]) -> bool {
    let corner = |at: usize| points[at % points.len()];
    let turns = (0..points.len()).map(|at| {
        let ([ax, ay], [bx, by], [cx, cy]) = (corner(at), corner(at + 1), corner(at + 2));
        (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
    });
    let (mut left, mut right) = (false, false);
    for turn in turns {
        left |= turn < -f32::EPSILON;
        right |= turn > f32::EPSILON;
    }
    points.len() >= 3 && left != right
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: LabelArea = LabelArea { min: [0.2, 0.2], max: [0.8, 0.8] };

    fn solid(points: &[Point]) -> Result<SymbolShape, SymbolError> {
        SymbolShape::new(vec![Outline { points: points.to_vec(), closed: true, paint: Paint::Solid }], AREA)
    }

    #[test]
    fn shapes_outside_the_unit_square_are_refused() {
        assert!(matches!(solid(&[[0.0, 0.0], [1.1, 0.0], [0.5, 1.0]]), Err(SymbolError::Outside(..))));
        assert!(matches!(solid(&[[0.0, 0.0], [f32::NAN, 0.0], [0.5, 1.0]]), Err(SymbolError::Outside(..))));
    }

    #[test]
    fn only_convex_areas_are_filled() {
        assert!(solid(&[[0.0, 0.0], [1.0, 0.0], [0.5, 1.0]]).is_ok());
        assert_eq!(solid(&[[0.0, 0.0], [1.0, 0.0], [0.5, 0.2], [0.5, 1.0]]), Err(SymbolError::NotConvex));
        assert_eq!(solid(&[[0.0, 0.0], [1.0, 0.0]]), Err(SymbolError::NotConvex));
        assert_eq!(SymbolShape::new(Vec::new(), AREA), Err(SymbolError::Empty));
    }
}
