//! Drawn symbols: vector shapes given as data, crisp at any zoom and never dependent on a glyph of a font.

use std::sync::Arc;

use eframe::egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, epaint::Mesh, pos2, vec2};

use super::theme::{Weight, font};

/// What a closed shape is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SymbolFill {
    /// Nothing: what is below shows through.
    #[default]
    None,
    /// The colour of the strokes.
    Ink,
}

/// One shape of a symbol; coordinates lie in the unit square, x to the right and y down.
#[derive(Clone, Debug, PartialEq)]
pub enum SymbolShape {
    /// A closed polygon without self-intersection; it may be concave.
    Polygon {
        /// Corners in order.
        points: Vec<[f32; 2]>,
        /// What it is filled with.
        fill: SymbolFill,
    },
    /// An open line.
    Line {
        /// Points in order.
        points: Vec<[f32; 2]>,
    },
    /// A circle.
    Circle {
        /// Centre.
        center: [f32; 2],
        /// Radius as a share of the side.
        radius: f32,
        /// What it is filled with.
        fill: SymbolFill,
    },
    /// Letters inside the symbol, centred.
    Letters {
        /// The letters.
        text: Arc<str>,
        /// Centre of the letters.
        center: [f32; 2],
        /// Size of the letters as a share of the side.
        size: f32,
        /// Whether the letters stand on a filled shape and so take the colour of the paper.
        on_ink: bool,
    },
}

/// A symbol with the words it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// What a screen reader says and a copy takes.
    pub text: Arc<str>,
    /// The shapes, painted in order.
    pub shapes: Arc<[SymbolShape]>,
    /// Breadth divided by height; coordinates are stretched by it.
    pub aspect: f32,
}

/// The two colours a symbol is painted with.
#[derive(Clone, Copy, Debug)]
pub struct SymbolColors {
    /// Strokes, fills and letters.
    pub ink: Color32,
    /// Letters on filled shapes.
    pub paper: Color32,
}

/// Paints `symbol` into `rect`.
pub fn paint_symbol(painter: &Painter, rect: Rect, symbol: &Symbol, colors: SymbolColors) {
    let at = |point: [f32; 2]| pos2(rect.left() + point[0] * rect.width(), rect.top() + point[1] * rect.height());
    let stroke = Stroke::new((rect.height() / 13.0).max(1.0), colors.ink);
    for shape in symbol.shapes.iter() {
        match shape {
            SymbolShape::Polygon { points, fill } => {
                let points: Vec<Pos2> = points.iter().map(|point| at(*point)).collect();
                if *fill == SymbolFill::Ink {
                    painter.add(filled(&points, colors.ink));
                }
                painter.add(Shape::closed_line(points, stroke));
            }
            SymbolShape::Line { points } => {
                painter.add(Shape::line(points.iter().map(|point| at(*point)).collect(), stroke));
            }
            SymbolShape::Circle { center, radius, fill } => {
                let radius = radius * rect.height();
                if *fill == SymbolFill::Ink {
                    painter.circle_filled(at(*center), radius, colors.ink);
                }
                painter.circle_stroke(at(*center), radius, stroke);
            }
            SymbolShape::Letters { text, center, size, on_ink } => {
                let color = if *on_ink { colors.paper } else { colors.ink };
                let id = font(Weight::Medium, size * rect.height());
                painter.text(at(*center), Align2::CENTER_CENTER, text, id, color);
            }
        }
    }
}

/// The breadth of a symbol that is `height` high.
pub fn symbol_size(symbol: &Symbol, height: f32) -> eframe::egui::Vec2 {
    vec2(height * symbol.aspect, height)
}

fn filled(points: &[Pos2], color: Color32) -> Shape {
    let mut mesh = Mesh::default();
    for point in points {
        mesh.colored_vertex(*point, color);
    }
    for [a, b, c] in triangles(points) {
        mesh.add_triangle(a, b, c);
    }
    Shape::mesh(mesh)
}

/// Cuts a simple polygon into triangles by clipping ears; a polygon that crosses itself gives as many as can be cut.
fn triangles(points: &[Pos2]) -> Vec<[u32; 3]> {
    let cross = |a: Pos2, b: Pos2, c: Pos2| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let area: f32 = points.iter().zip(points.iter().cycle().skip(1)).map(|(a, b)| a.x * b.y - b.x * a.y).sum();
    let turn = if area < 0.0 { -1.0 } else { 1.0 };
    let mut left: Vec<usize> = (0..points.len()).collect();
    let mut found = Vec::with_capacity(points.len().saturating_sub(2));
    while left.len() > 2 {
        let count = left.len();
        let ear = (0..count).find(|&middle| {
            let corner = [left[(middle + count - 1) % count], left[middle], left[(middle + 1) % count]];
            let [a, b, c] = corner.map(|index| points[index]);
            turn * cross(a, b, c) > 0.0
                && left.iter().filter(|index| !corner.contains(index)).all(|&index| {
                    let point = points[index];
                    [(a, b), (b, c), (c, a)].iter().any(|&(from, to)| turn * cross(from, to, point) < 0.0)
                })
        });
        let Some(middle) = ear else { break };
        let corner = [left[(middle + count - 1) % count], left[middle], left[(middle + 1) % count]];
        found.push(corner.map(|index| index as u32));
        left.remove(middle);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(points: &[Pos2], triangles: &[[u32; 3]]) -> f32 {
        let size = |[a, b, c]: [u32; 3]| {
            let (a, b, c) = (points[a as usize], points[b as usize], points[c as usize]);
            ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).abs() / 2.0
        };
        triangles.iter().map(|corner| size(*corner)).sum()
    }

    #[test]
    fn a_concave_polygon_is_filled_exactly() {
        let arrow = [pos2(0.0, 0.0), pos2(4.0, 2.0), pos2(0.0, 4.0), pos2(1.0, 2.0)];
        for points in [arrow.to_vec(), arrow.iter().rev().copied().collect()] {
            let cut = triangles(&points);
            assert_eq!(cut.len(), 2);
            assert!((area(&points, &cut) - 6.0).abs() < 1e-4);
        }
    }

    #[test]
    fn a_degenerate_polygon_gives_nothing_and_ends() {
        assert!(triangles(&[]).is_empty());
        assert!(triangles(&[pos2(0.0, 0.0), pos2(1.0, 0.0)]).is_empty());
        assert!(triangles(&[pos2(0.0, 0.0); 5]).is_empty());
    }
}
