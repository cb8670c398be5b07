//! Symbols of the model as the kit paints them.

use std::sync::Arc;

use crate::model::symbol::{Paint, Point, SymbolShape};
use crate::ui::kit::symbol::{self as kit, Symbol, SymbolFill};

/// A symbol of the model for the painter; `words` is what a screen reader says and a copy takes.
pub fn drawn(shape: &SymbolShape, words: &str) -> Symbol {
    let mut shapes: Vec<kit::SymbolShape> = shape
        .outlines()
        .iter()
        .map(|outline| {
            let points = outline.points.clone();
            match (outline.closed, outline.paint) {
                (true, Paint::Solid) => kit::SymbolShape::Polygon { points, fill: SymbolFill::Ink },
                (true, Paint::Line) => kit::SymbolShape::Polygon { points, fill: SymbolFill::None },
                (false, _) => kit::SymbolShape::Line { points },
            }
        })
        .collect();
    if let Some(label) = shape.label() {
        let area = shape.label_area();
        let center = [f32::midpoint(area.min[0], area.max[0]), f32::midpoint(area.min[1], area.max[1])];
        let breadth = (area.max[0] - area.min[0]) / (0.68 * label.chars().count().max(1) as f32);
        let size = (1.25 * (area.max[1] - area.min[1])).min(breadth);
        let on_ink = shape
            .outlines()
            .iter()
            .any(|outline| outline.closed && outline.paint == Paint::Solid && contains(&outline.points, center));
        shapes.push(kit::SymbolShape::Letters { text: Arc::from(label.as_str()), center, size, on_ink });
    }
    Symbol { text: Arc::from(words), shapes: shapes.into(), aspect: 1.0 }
}

/// Whether a point lies inside a convex polygon.
fn contains(polygon: &[Point], [x, y]: Point) -> bool {
    let sides = polygon.iter().zip(polygon.iter().cycle().skip(1));
    let turns: Vec<f32> = sides.map(|([ax, ay], [bx, by])| (bx - ax) * (y - ay) - (by - ay) * (x - ax)).collect();
    turns.iter().all(|turn| *turn >= 0.0) || turns.iter().all(|turn| *turn <= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::symbol::{LabelArea, Outline};

    fn square(paint: Paint) -> SymbolShape {
        let points = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let area = LabelArea { min: [0.2, 0.2], max: [0.8, 0.8] };
        SymbolShape::new(vec![Outline { points, closed: true, paint }], area).unwrap().with_label("S".into())
    }

    #[test]
    fn letters_on_a_solid_shape_take_the_colour_of_the_paper() {
        for (paint, expected) in [(Paint::Solid, true), (Paint::Line, false)] {
            let symbol = drawn(&square(paint), "<S>");
            let Some(kit::SymbolShape::Letters { on_ink, center, .. }) = symbol.shapes.last() else {
                panic!("letters come last");
            };
            assert_eq!(*on_ink, expected);
            assert!((center[0] - 0.5).abs() < 1e-6 && (center[1] - 0.5).abs() < 1e-6);
        }
    }
}
