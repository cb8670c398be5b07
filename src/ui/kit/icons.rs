//! Small icons painted as vectors: severities by shape, and the signs of toolbar buttons.

use std::f32::consts::{FRAC_PI_8, TAU};

use eframe::egui::{Color32, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::tokens::{Severity, Tokens, size};

/// Paints the sign of a severity into `rect`: octagon, triangle or dot, so that colour never stands alone.
pub fn paint_severity(painter: &Painter, rect: Rect, severity: Severity, tokens: &Tokens) {
    let color = tokens.severity(severity);
    let center = rect.center();
    let radius = rect.width().min(rect.height()) / 2.0;
    let stroke = Stroke::new((radius / 4.5).max(1.2), tokens.paper);
    match severity {
        Severity::Error => {
            let corner = |index: u8| center + radius * Vec2::angled(FRAC_PI_8 + f32::from(index) * TAU / 8.0);
            painter.add(Shape::convex_polygon((0..8).map(corner).collect(), color, Stroke::NONE));
            let arm = radius * 0.38;
            painter.line_segment([center - vec2(arm, arm), center + vec2(arm, arm)], stroke);
            painter.line_segment([center + vec2(-arm, arm), center + vec2(arm, -arm)], stroke);
        }
        Severity::Warning => {
            let points = vec![
                center + radius * vec2(0.0, -0.95),
                center + radius * vec2(1.05, 0.85),
                center + radius * vec2(-1.05, 0.85),
            ];
            painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
            painter.line_segment([center + radius * vec2(0.0, -0.35), center + radius * vec2(0.0, 0.28)], stroke);
            painter.circle_filled(center + radius * vec2(0.0, 0.58), stroke.width * 0.55, tokens.paper);
        }
        Severity::Info => {
            painter.circle_filled(center, radius * 0.62, color);
        }
    }
}

/// Shows the sign of a severity as a widget of the line height.
pub fn severity_icon(ui: &mut Ui, severity: Severity) -> eframe::egui::Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::ICON), Sense::hover());
    paint_severity(ui.painter(), rect, severity, Tokens::of(ui));
    response
        .widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Image, ui.is_enabled(), severity.word()));
    response
}

/// The signs of toolbar buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Add.
    Plus,
    /// Remove.
    Minus,
    /// Close or clear.
    Cross,
    /// Done.
    Check,
    /// Something opens downwards.
    ChevronDown,
    /// Something moves up.
    ChevronUp,
    /// Something opens to the right.
    ChevronRight,
    /// Search.
    Search,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Filter.
    Filter,
    /// Save.
    Save,
}

/// Paints an icon into `rect`.
pub fn paint_icon(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let side = rect.width().min(rect.height());
    let origin = rect.center() - Vec2::splat(side / 2.0);
    let at = |x: f32, y: f32| pos2(origin.x + x * side, origin.y + y * side);
    let stroke = Stroke::new((side / 10.0).max(1.2), color);
    let line = |points: &[Pos2]| {
        painter.add(Shape::line(points.to_vec(), stroke));
    };
    match icon {
        Icon::Plus => {
            line(&[at(0.5, 0.15), at(0.5, 0.85)]);
            line(&[at(0.15, 0.5), at(0.85, 0.5)]);
        }
        Icon::Minus => line(&[at(0.15, 0.5), at(0.85, 0.5)]),
        Icon::Cross => {
            line(&[at(0.22, 0.22), at(0.78, 0.78)]);
            line(&[at(0.78, 0.22), at(0.22, 0.78)]);
        }
        Icon::Check => line(&[at(0.15, 0.52), at(0.4, 0.77), at(0.85, 0.25)]),
        Icon::ChevronDown => line(&[at(0.22, 0.37), at(0.5, 0.65), at(0.78, 0.37)]),
        Icon::ChevronUp => line(&[at(0.22, 0.63), at(0.5, 0.35), at(0.78, 0.63)]),
        Icon::ChevronRight => line(&[at(0.37, 0.22), at(0.65, 0.5), at(0.37, 0.78)]),
        Icon::Search => {
            painter.circle_stroke(at(0.43, 0.43), side * 0.27, stroke);
            line(&[at(0.63, 0.63), at(0.88, 0.88)]);
        }
        Icon::Undo | Icon::Redo => {
            let x = |value: f32| if icon == Icon::Undo { value } else { 1.0 - value };
            let bend = |index: u8| {
                let angle = -TAU / 4.0 + f32::from(index) * TAU / 16.0;
                at(x(0.58 + 0.24 * angle.cos()), 0.6 + 0.24 * angle.sin())
            };
            let mut points = vec![at(x(0.12), 0.36)];
            points.extend((0..=8).map(bend));
            points.push(at(x(0.34), 0.84));
            line(&points);
            line(&[at(x(0.32), 0.14), at(x(0.12), 0.36), at(x(0.32), 0.58)]);
        }
        Icon::Filter => {
            let points = [
                at(0.12, 0.18),
                at(0.88, 0.18),
                at(0.58, 0.55),
                at(0.58, 0.88),
                at(0.42, 0.78),
                at(0.42, 0.55),
                at(0.12, 0.18),
            ];
            line(&points);
        }
        Icon::Save => {
            line(&[at(0.15, 0.15), at(0.7, 0.15), at(0.85, 0.3), at(0.85, 0.85), at(0.15, 0.85), at(0.15, 0.15)]);
            line(&[at(0.3, 0.85), at(0.3, 0.55), at(0.7, 0.55), at(0.7, 0.85)]);
            line(&[at(0.33, 0.15), at(0.33, 0.35), at(0.6, 0.35), at(0.6, 0.15)]);
        }
    }
}
