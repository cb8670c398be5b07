//! Paints the cells in sight. Nothing here changes anything.

use eframe::egui::{
    Align2, Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, epaint::RectShape, pos2, vec2,
};

use super::columns::Geometry;
use super::pass::{Pass, Seen};
use super::source::{CellAlign, Content, LineWeight, Look, Mark, PartStyle};
use super::text::{CellText, Setter, lay_out_prompt, symbol_height};
use crate::ui::kit::{
    Severity, SymbolColors, Tokens, Tone, Weight, font, paint_severity, paint_symbol, size, symbol::symbol_size,
};

/// Where the text of a cell begins: at its top, or lower while its top is scrolled out, as long as it fits.
pub(super) fn text_top(geometry: &Geometry, rect: Rect, height: f32) -> f32 {
    let pad = geometry.metrics.pad_y;
    let lowest = (rect.bottom() - pad - height).max(rect.top() + pad);
    (rect.top() + pad).max(geometry.body.top() + pad).min(lowest).round()
}

/// Paints grounds, texts, lines, selection and the margin.
pub(super) fn paint(pass: &mut Pass<'_, '_>) {
    let (geometry, tokens) = (pass.geometry.clone(), pass.tokens);
    let painter = pass.ui.painter().with_clip_rect(geometry.body.intersect(pass.ui.clip_rect()));
    painter.rect_filled(geometry.body, 0.0, tokens.ground);
    let sheet = sheet(pass, &geometry);
    painter.rect_filled(sheet, 0.0, tokens.paper);
    let selected = pass.selected();
    let several = pass.state.corner.is_some();
    let highlight = pass.state.highlight;

    let seen: Vec<_> = pass
        .seen_cells()
        .map(|seen| (std::sync::Arc::clone(&seen.visible.block), seen.visible.index, seen.cell_index, seen.rect))
        .collect();
    let setter_columns = pass.source.columns();
    for (block, block_index, cell_index, rect) in seen {
        let cell = &block.cells()[cell_index];
        let clip = geometry.clip(geometry.body, cell.column).intersect(pass.ui.clip_rect());
        let painter = pass.ui.painter().with_clip_rect(clip);
        let in_range = several
            && selected.is_some_and(|(first, last)| {
                let row = |row| super::address::Position { block: block_index, row };
                (first.column..=last.column).contains(&cell.column)
                    && row(cell.rows.start) <= last.position
                    && row(cell.rows.end - 1) >= first.position
            });
        if highlight.is_some_and(|fact| cell.content.has_fact(fact)) {
            painter.rect_filled(rect, 0.0, tokens.gold_fill());
        }
        if in_range {
            painter.rect_filled(rect, 0.0, tokens.selection_fill());
        }
        let Some(text) = pass.walk(|walker, _| walker.texts.get(walker.setter, &block, cell_index)) else { continue };
        let align = setter_columns.get(cell.column).map_or(CellAlign::Left, |column| column.align);
        let brush = Brush { painter: &painter, geometry: &geometry, tokens };
        if cell.content.is_empty() {
            if let Some(prompt) = &cell.content.prompt {
                let width = rect.width() - 2.0 * geometry.metrics.pad_x;
                let galley = pass.walk(|walker, _| {
                    let setter: &Setter<'_> = walker.setter;
                    lay_out_prompt(setter, prompt, align, width)
                });
                let x = aligned(align, rect, geometry.metrics.pad_x);
                let at = pos2(x, text_top(&geometry, rect, galley.size().y));
                painter.galley(at, galley, tokens.quiet);
            }
        } else {
            brush.content(rect, &cell.content, &text, align);
        }
        if let Some(finding) = &cell.content.finding {
            brush.corner(rect, finding.severity);
        }
        let weight = block.rows().get(cell.rows.start).map_or(LineWeight::Hair, |row| row.line);
        brush.line_above(rect, weight);
    }
    lines(pass, &geometry, sheet);
    margin(pass, &geometry, sheet);
    cursor(pass, &geometry);
}

/// The part of the body that rows and columns cover.
fn sheet(pass: &Pass<'_, '_>, geometry: &Geometry) -> Rect {
    let bottom = pass.visible.last().map_or(geometry.body.top(), |last| {
        let starts = pass.state.rows.starts(last.index);
        geometry.body.top() + last.top + starts.get(last.rows.end).copied().unwrap_or(0.0)
    });
    let right = geometry.body.left() + geometry.columns.total - geometry.scroll_x;
    let corner = pos2(right.min(geometry.body.right()), bottom.min(geometry.body.bottom()));
    super::pass::snap(pass.ui, Rect::from_min_max(geometry.body.min, corner))
}

struct Brush<'a> {
    painter: &'a Painter,
    geometry: &'a Geometry,
    tokens: &'static Tokens,
}

impl Brush<'_> {
    fn content(&self, rect: Rect, content: &Content, text: &CellText, align: CellAlign) {
        let metrics = &self.geometry.metrics;
        let align = if content.look == Look::Text { align } else { CellAlign::Center };
        let top = text_top(self.geometry, rect, text.size.y);
        if let Look::Priority(tone) = content.look {
            self.priority(rect, top, text, tone);
            return;
        }
        for (part, placed) in content.shown_parts().zip(&text.parts) {
            let y = top + placed.y;
            let color = match part.style {
                PartStyle::Quiet => self.tokens.quiet,
                PartStyle::Normal | PartStyle::Medium | PartStyle::Italic => self.tokens.text,
            };
            let mut x = aligned(align, rect, metrics.pad_x);
            if let Some(symbol) = &part.symbol {
                let size = symbol_size(symbol, symbol_height(metrics));
                let left = if part.text.is_empty() && align == CellAlign::Center {
                    rect.center().x - size.x / 2.0
                } else {
                    rect.left() + metrics.pad_x
                };
                let at = Rect::from_min_size(pos2(left.round(), (y + 0.5).round()), size);
                paint_symbol(self.painter, at, symbol, SymbolColors { ink: color, paper: self.tokens.paper });
                if align == CellAlign::Left {
                    x += placed.indent;
                }
            }
            self.painter.galley(pos2(x, y), std::sync::Arc::clone(&placed.galley), color);
            if let Some(mark) = part.mark {
                self.thread(rect, y, placed.height, mark);
            }
        }
    }

    fn priority(&self, rect: Rect, top: f32, text: &CellText, tone: Tone) {
        let Some(placed) = text.parts.first() else { return };
        let pair = self.tokens.tone(tone);
        let size = vec2((text.size.x + 12.0).max(24.0), text.size.y + 4.0);
        let chip = Rect::from_min_size(pos2((rect.center().x - size.x / 2.0).round(), top - 2.0), size);
        if tone != Tone::Neutral {
            self.painter.rect_filled(chip, f32::from(size::CORNER), pair.fill);
        }
        let at = pos2(rect.center().x, top + placed.y);
        self.painter.galley(at, std::sync::Arc::clone(&placed.galley), pair.text);
    }

    /// The gold thread at the left edge of a cell: whole, or broken with a question mark.
    fn thread(&self, rect: Rect, y: f32, height: f32, mark: Mark) {
        let left = rect.left();
        let bar = |from: f32, to: f32| {
            let rect = Rect::from_min_max(pos2(left, from), pos2(left + size::THREAD, to));
            self.painter.rect_filled(rect, 0.0, self.tokens.gold);
        };
        if !mark.suspect {
            bar(y, y + height);
            return;
        }
        let mut from = y;
        while from < y + height {
            bar(from, (from + 3.0).min(y + height));
            from += 5.0;
        }
        let at = pos2(rect.right() - 3.0, y);
        let id = font(Weight::Medium, size::CAPTION_TEXT);
        self.painter.text(at, Align2::RIGHT_TOP, "?", id, self.tokens.warning);
    }

    /// A corner that says which cell of the row the finding in the margin is about.
    fn corner(&self, rect: Rect, severity: Severity) {
        let side = 6.0;
        let top = rect.top().max(self.geometry.body.top()) + 1.0;
        let right = rect.right() - 1.0;
        let points = vec![pos2(right - side, top), pos2(right, top), pos2(right, top + side)];
        self.painter.add(Shape::convex_polygon(points, self.tokens.severity(severity), Stroke::NONE));
    }

    fn line_above(&self, rect: Rect, weight: LineWeight) {
        let (color, width) = line(weight, self.tokens);
        // The line lies on the edge: a thick one takes its second pixel from the row above.
        let rect =
            Rect::from_min_max(pos2(rect.left(), rect.top() + 1.0 - width), pos2(rect.right(), rect.top() + 1.0));
        self.painter.add(RectShape::filled(rect, CornerRadius::ZERO, color));
    }
}

fn line(weight: LineWeight, tokens: &Tokens) -> (Color32, f32) {
    match weight {
        LineWeight::Hair => (tokens.line, 1.0),
        LineWeight::Mode => (tokens.strong_line, 1.0),
        LineWeight::Step => (tokens.step_line, 2.0),
    }
}

/// Where a galley begins that was set for an alignment.
fn aligned(align: CellAlign, rect: Rect, pad: f32) -> f32 {
    match align {
        CellAlign::Left => rect.left() + pad,
        CellAlign::Center => rect.center().x,
        CellAlign::Right => rect.right() - pad,
    }
}

/// Lines between columns, at the end of the sheet, and at the edge of the frozen columns.
fn lines(pass: &Pass<'_, '_>, geometry: &Geometry, sheet: Rect) {
    let tokens = pass.tokens;
    let columns = pass.source.columns();
    for column in 0..geometry.columns.len() {
        if !geometry.is_column_visible(column) {
            continue;
        }
        let (_, right) = geometry.column_x(column);
        let group_ends = columns.get(column + 1).is_none_or(|next| next.group != columns[column].group);
        let color = if group_ends { tokens.strong_line } else { tokens.line };
        let clip = geometry.clip(geometry.body.expand2(vec2(0.5, 0.0)), column).intersect(pass.ui.clip_rect());
        let painter = pass.ui.painter().with_clip_rect(clip);
        let right = right.round();
        painter.rect_filled(
            Rect::from_min_max(pos2(right - 1.0, sheet.top()), pos2(right, sheet.bottom())),
            0.0,
            color,
        );
    }
    let painter = pass.ui.painter().with_clip_rect(geometry.body.intersect(pass.ui.clip_rect()));
    if sheet.bottom() < geometry.body.bottom() {
        let end = Rect::from_min_max(pos2(sheet.left(), sheet.bottom() - 1.0), sheet.max);
        painter.rect_filled(end, 0.0, tokens.strong_line);
    }
    if geometry.columns.frozen > 0 && geometry.longest_scroll_x() > 0.0 {
        let x = (geometry.body.left() + geometry.columns.frozen_width).round();
        let edge = Rect::from_min_max(pos2(x - 1.0, sheet.top()), pos2(x + 1.0, sheet.bottom()));
        painter.rect_filled(edge, 0.0, tokens.strong_line);
        if geometry.scroll_x > 0.0 {
            for step in 0..4_u8 {
                let x = x + 1.0 + f32::from(step);
                let fade = Color32::from_black_alpha(18 - 4 * step);
                painter.rect_filled(Rect::from_min_max(pos2(x, sheet.top()), pos2(x + 1.0, sheet.bottom())), 0.0, fade);
            }
        }
    }
}

/// The margin: the worst finding that begins in each row, and where the cursor is.
fn margin(pass: &Pass<'_, '_>, geometry: &Geometry, sheet: Rect) {
    let tokens = pass.tokens;
    let painter = pass.ui.painter().with_clip_rect(geometry.margin.intersect(pass.ui.clip_rect()));
    painter.rect_filled(geometry.margin, 0.0, tokens.panel);
    let edge = geometry.margin.right();
    painter.rect_filled(
        Rect::from_min_max(pos2(edge - 1.0, geometry.margin.top()), pos2(edge, sheet.bottom())),
        0.0,
        tokens.strong_line,
    );
    if let Some((first, last)) = pass.selected() {
        for visible in &pass.visible {
            let starts = pass.state.rows.starts(visible.index);
            let inside = |row: usize| {
                let here = super::address::Position { block: visible.index, row };
                (first.position..=last.position).contains(&here)
            };
            for row in visible.rows.clone().filter(|row| inside(*row)) {
                let (Some(top), Some(bottom)) = (starts.get(row), starts.get(row + 1)) else { continue };
                let y = geometry.body.top() + visible.top;
                let bar = Rect::from_min_max(pos2(edge - 3.0, y + top), pos2(edge, y + bottom));
                painter.rect_filled(bar, 0.0, tokens.selection);
            }
        }
    }
    for visible in &pass.visible {
        let starts = pass.state.rows.starts(visible.index);
        let mut worst: Vec<(usize, Severity, usize)> = Vec::new();
        for cell in visible.block.cells() {
            let Some(finding) = &cell.content.finding else { continue };
            let row = cell.rows.start;
            if cell.rows.end <= visible.rows.start || row >= visible.rows.end {
                continue;
            }
            match worst.iter_mut().find(|entry| entry.0 == row) {
                Some(entry) => {
                    entry.1 = entry.1.max(finding.severity);
                    entry.2 = entry.2.min(cell.rows.end);
                }
                None => worst.push((row, finding.severity, cell.rows.end)),
            }
        }
        for (row, severity, end) in worst {
            let (Some(top), Some(bottom)) = (starts.get(row), starts.get(end)) else { continue };
            let y = geometry.body.top() + visible.top;
            // A finding on a merged cell stays in sight with the text of the cell.
            let rect = Rect::from_min_max(pos2(geometry.margin.left(), y + top), pos2(edge, y + bottom));
            let at = pos2(geometry.margin.left() + 2.0, text_top(geometry, rect, size::ICON) + 1.0);
            paint_severity(&painter, Rect::from_min_size(at, vec2(size::ICON, size::ICON)), severity, tokens);
        }
    }
}

fn cursor(pass: &Pass<'_, '_>, geometry: &Geometry) {
    let Some(cursor) = pass.state.cursor else { return };
    let Some(Seen { rect, .. }) = pass.seen(cursor.place) else { return };
    let clip = geometry.clip(geometry.body, cursor.place.column).expand(1.0).intersect(pass.ui.clip_rect());
    let focused = pass.ui.memory(|memory| memory.has_focus(pass.id)) || pass.state.editing.is_some();
    let color = if focused { pass.tokens.selection } else { pass.tokens.strong_line };
    let painter = pass.ui.painter().with_clip_rect(clip);
    painter.rect_stroke(rect, 0.0, Stroke::new(2.0, color), StrokeKind::Inside);
}
