//! Which part of a diagram is in sight, and how large.

use eframe::egui::{Pos2, Rect, Vec2, vec2};

use crate::report::diagram::{Area, Point};

/// Points on screen for a point of the drawing at 100 %: the smallest words are as large as captions then.
const BASE: f32 = 1.5;
/// The zooms there are, so that letters come in few sizes.
const ZOOMS: [f32; 14] = [0.2, 0.25, 0.33, 0.42, 0.5, 0.6, 0.75, 0.85, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0];
/// The place of 100 % among them.
const NORMAL: usize = 8;
/// The smallest zoom at which names can be read.
const READABLE: f32 = 0.6;

/// Which part of a diagram is in sight.
#[derive(Debug, Clone)]
pub(super) struct Camera {
    /// The point of the drawing in the upper left corner.
    origin: Point,
    zoom: usize,
    /// The size of the drawing.
    size: Point,
    /// Where the drawing is shown.
    rect: Rect,
    /// To be fitted to the room as soon as that is known.
    fits: Option<Fit>,
    /// What a pinch or a wheel has gathered towards the next zoom.
    gathered: f32,
}

/// What shall be in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The breadth, as long as names can be read.
    Breadth,
    /// Everything.
    Whole,
}

impl Default for Camera {
    fn default() -> Self {
        Self { origin: [0.0; 2], zoom: NORMAL, size: [1.0; 2], rect: Rect::ZERO, fits: None, gathered: 1.0 }
    }
}

impl Camera {
    /// Takes the room and the size of the drawing for this frame.
    pub fn begin(&mut self, rect: Rect, size: Point) {
        (self.rect, self.size) = (rect, size);
        if let Some(fit) = self.fits.take_if(|_| rect.width() > 1.0 && rect.height() > 1.0) {
            let fits = |zoom: f32| match fit {
                Fit::Breadth => size[0] * BASE * zoom <= rect.width(),
                Fit::Whole => size[0] * BASE * zoom <= rect.width() && size[1] * BASE * zoom <= rect.height(),
            };
            let least = if fit == Fit::Breadth { READABLE } else { 0.0 };
            let suitable = |at: &usize| ZOOMS[*at] <= 1.0 && (fits(ZOOMS[*at]) || ZOOMS[*at] <= least);
            self.zoom = (0..ZOOMS.len()).rev().find(suitable).unwrap_or(0);
            self.origin = [0.0; 2];
        }
        self.keep_in_sight();
    }

    /// Fits the drawing in the next frame.
    pub fn fit(&mut self, fit: Fit) {
        self.fits = Some(fit);
    }

    /// Points on screen for a point of the drawing.
    pub fn scale(&self) -> f32 {
        BASE * ZOOMS[self.zoom]
    }

    /// The zoom in percent.
    pub fn percent(&self) -> u32 {
        (ZOOMS[self.zoom] * 100.0).round() as u32
    }

    /// Where a point of the drawing stands on screen.
    pub fn at(&self, [x, y]: Point) -> Pos2 {
        self.rect.min + vec2(x - self.origin[0], y - self.origin[1]) * self.scale()
    }

    /// Where an area of the drawing stands on screen.
    pub fn area(&self, area: Area) -> Rect {
        Rect::from_min_max(self.at(area.min), self.at(area.max))
    }

    /// The point of the drawing under a point on screen.
    pub fn under(&self, at: Pos2) -> Point {
        let far = (at - self.rect.min) / self.scale();
        [self.origin[0] + far.x, self.origin[1] + far.y]
    }

    /// What is in sight.
    pub fn sight(&self) -> Area {
        Area { min: self.under(self.rect.min), max: self.under(self.rect.max) }
    }

    /// Whether everything is in sight.
    pub fn shows_all(&self) -> bool {
        self.size[0] * self.scale() <= self.rect.width() && self.size[1] * self.scale() <= self.rect.height()
    }

    /// Moves what is in sight.
    pub fn pan(&mut self, by: Vec2) {
        self.origin = [self.origin[0] - by.x / self.scale(), self.origin[1] - by.y / self.scale()];
        self.keep_in_sight();
    }

    /// Brings a point of the drawing into the middle.
    pub fn center_on(&mut self, [x, y]: Point) {
        let half = self.rect.size() / self.scale() / 2.0;
        self.origin = [x - half.x, y - half.y];
        self.keep_in_sight();
    }

    /// Brings an area into sight, moving as little as possible.
    pub fn show(&mut self, area: Area) {
        let room = self.rect.size() / self.scale();
        for (axis, room) in [(0, room.x), (1, room.y)] {
            let (low, high) = (area.min[axis] - 16.0, area.max[axis] + 16.0);
            let from = self.origin[axis];
            if low < from {
                self.origin[axis] = low;
            } else if high > from + room {
                self.origin[axis] = (high - room).min(low);
            }
        }
        self.keep_in_sight();
    }

    /// A zoom larger or smaller, around a point on screen or the middle.
    pub fn step(&mut self, larger: bool, around: Option<Pos2>) {
        let zoom = if larger { (self.zoom + 1).min(ZOOMS.len() - 1) } else { self.zoom.saturating_sub(1) };
        self.set(zoom, around);
    }

    /// 100 %.
    pub fn normal(&mut self) {
        self.set(NORMAL, None);
    }

    /// Follows a wheel or a pinch; the zoom changes once enough has gathered.
    pub fn pinch(&mut self, by: f32, around: Pos2) {
        self.gathered *= by;
        if !(0.85..=1.18).contains(&self.gathered) {
            self.step(self.gathered > 1.0, Some(around));
            self.gathered = 1.0;
        }
    }

    fn set(&mut self, zoom: usize, around: Option<Pos2>) {
        let around = around.unwrap_or(self.rect.center());
        let [x, y] = self.under(around);
        self.zoom = zoom;
        let far = (around - self.rect.min) / self.scale();
        self.origin = [x - far.x, y - far.y];
        self.keep_in_sight();
    }

    /// A drawing smaller than the room stands in its middle at the top; a larger one never leaves it.
    fn keep_in_sight(&mut self) {
        let room = self.rect.size() / self.scale();
        let [width, height] = self.size;
        self.origin[0] =
            if width <= room.x { (width - room.x) / 2.0 } else { self.origin[0].clamp(0.0, width - room.x) };
        self.origin[1] = if height <= room.y { 0.0 } else { self.origin[1].clamp(0.0, height - room.y) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::pos2;

    fn camera(width: f32, height: f32) -> Camera {
        let mut camera = Camera::default();
        camera.begin(Rect::from_min_size(pos2(10.0, 20.0), vec2(600.0, 400.0)), [width, height]);
        camera
    }

    #[test]
    fn what_is_under_a_point_stays_there_when_zooming() {
        let mut camera = camera(2000.0, 5000.0);
        camera.center_on([900.0, 2500.0]);
        let around = pos2(300.0, 210.0);
        let before = camera.under(around);
        for larger in [true, true, false, true] {
            camera.step(larger, Some(around));
            let after = camera.under(around);
            assert!((before[0] - after[0]).abs() < 0.01 && (before[1] - after[1]).abs() < 0.01, "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_drawing_never_leaves_the_room() {
        let mut camera = camera(2000.0, 5000.0);
        camera.pan(vec2(-1e6, -1e6));
        let sight = camera.sight();
        assert!((sight.max[0] - 2000.0).abs() < 0.1 && (sight.max[1] - 5000.0).abs() < 0.1, "{sight:?}");
        camera.pan(vec2(1e6, 1e6));
        assert!(camera.sight().min.iter().all(|place| place.abs() < 0.1));
    }

    #[test]
    fn a_drawing_is_fitted_but_stays_readable() {
        let mut camera = camera(350.0, 5000.0);
        assert_eq!(camera.percent(), 100);
        camera.begin(camera.rect, [3000.0, 5000.0]);
        camera.fit(Fit::Breadth);
        camera.begin(camera.rect, [3000.0, 5000.0]);
        assert_eq!(camera.percent(), 60);
        camera.fit(Fit::Whole);
        camera.begin(camera.rect, [700.0, 1000.0]);
        assert!(camera.shows_all());
    }
}
