//! Moving, turning and scaling what is painted on a page (ISO 32000-1, 8.3.3).

use std::fmt;

/// The six numbers that PDF writes before `cm`: where the axes go, then where the origin goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f32; 6]);

impl Matrix {
    /// Moves nothing.
    pub const UNCHANGED: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Where a point goes.
    pub fn apply(self, (x, y): (f32, f32)) -> (f32, f32) {
        let Self(m) = self;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    /// First this, then the other.
    #[must_use]
    pub fn then(self, other: Self) -> Self {
        let origin = other.apply((0.0, 0.0));
        let direction = |x: f32, y: f32| {
            let end = other.apply((x, y));
            (end.0 - origin.0, end.1 - origin.1)
        };
        let Self(m) = self;
        let (across, up, start) = (direction(m[0], m[1]), direction(m[2], m[3]), other.apply((m[4], m[5])));
        Self([across.0, across.1, up.0, up.1, start.0, start.1])
    }

    /// The same `by` times as large.
    #[must_use]
    pub fn scaled(self, by: f32) -> Self {
        Self(self.0.map(|number| number * by))
    }

    /// The upright rectangle around a rectangle that is moved: left, bottom, right, top.
    pub fn around(self, [left, bottom, right, top]: [f32; 4]) -> [f32; 4] {
        let corners = [(left, bottom), (right, bottom), (left, top), (right, top)].map(|corner| self.apply(corner));
        corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |known, (x, y)| {
            [known[0].min(*x), known[1].min(*y), known[2].max(*x), known[3].max(*y)]
        })
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = self.0.map(|number| format!("{number:.5}"));
        f.write_str(&numbers.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_after_the_other_is_the_same_as_both() {
        let turned = Matrix([0.0, 1.0, -1.0, 0.0, 30.0, 4.0]);
        let stretched = Matrix([2.0, 0.0, 0.0, 3.0, -5.0, 1.0]);
        let at = (7.0, 11.0);
        assert_eq!(turned.then(stretched).apply(at), stretched.apply(turned.apply(at)));
        assert_eq!(turned.then(Matrix::UNCHANGED), turned);
        let around = turned.around([0.0, 0.0, 10.0, 20.0]);
        assert!(around.into_iter().zip([10.0, 4.0, 30.0, 14.0]).all(|(side, wanted)| (side - wanted).abs() < 1e-5));
        assert_eq!(stretched.scaled(0.5).to_string(), "1.00000 0.00000 0.00000 1.50000 -2.50000 0.50000");
    }
}
