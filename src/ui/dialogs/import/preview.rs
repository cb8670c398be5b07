//! The sheet as it is written, with what each column is taken for above it. Only the cells in sight cost anything.
//!
//! Headings stay in view while the lines scroll by, and row numbers while the columns do.

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align2, Color32, Popup, PopupCloseBehavior, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{Import, mapping, within};
use crate::app::import::outcome::Outcome;
use crate::exchange::import::account::{As, Fate};
use crate::exchange::import::table::{Left, Meaning, Table};
use crate::exchange::import::workbook::{At, Sheet, column_letters};
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::caption;

/// Height of a row.
const ROW: f32 = 21.0;
/// Height of the line of letters and meanings.
const HEAD: f32 = 40.0;
/// Breadth of the row numbers.
const GUTTER: f32 = 48.0;
/// So many columns are shown; what lies beyond is in the loss report.
const MOST_COLUMNS: u32 = 200;
/// So many rows say how broad a column is.
const MEASURED: usize = 400;

/// How far a sheet reaches, and how broad its columns are.
#[derive(Debug, Default)]
pub(super) struct Extent {
    sheet: Option<usize>,
    rows: u32,
    /// Left edges of the columns, and the right edge of the last.
    edges: Vec<f32>,
    /// The room that the columns fill, if they need less.
    room: f32,
}

impl Extent {
    fn renew(&mut self, index: usize, sheet: &Sheet, room: f32) {
        if self.sheet == Some(index) && (self.room - room).abs() < 1.0 {
            return;
        }
        let mut longest: Vec<usize> = Vec::new();
        let mut rows = 0;
        for (at, cell) in sheet.cells() {
            if at.row != rows {
                rows = at.row;
            }
            if at.column >= MOST_COLUMNS {
                continue;
            }
            let column = at.column as usize;
            if longest.len() <= column {
                longest.resize(column + 1, 0);
            }
            if at.row < MEASURED as u32 && sheet.merge_of(at).is_none_or(|area| area.first.column == area.last.column) {
                longest[column] = longest[column].max(cell.value.to_string().chars().count());
            }
        }
        let mut edges = vec![0.0];
        let mut edge = 0.0;
        for longest in longest {
            edge += (longest as f32 * 6.4 + 14.0).clamp(84.0, 230.0);
            edges.push(edge);
        }
        let stretch = (room / edge.max(1.0)).clamp(1.0, 1.6);
        for edge in &mut edges {
            *edge = (*edge * stretch).floor();
        }
        *self = Self { sheet: Some(index), rows: rows + 1, edges, room };
    }

    fn columns(&self) -> u32 {
        self.edges.len().saturating_sub(1) as u32
    }

    fn edge(&self, column: u32) -> f32 {
        self.edges.get(column as usize).or(self.edges.last()).copied().unwrap_or_default()
    }

    /// The columns within a stretch.
    fn within(&self, from: f32, to: f32) -> std::ops::Range<u32> {
        let first = self.edges.partition_point(|edge| *edge <= from).saturating_sub(1);
        let last = self.edges.partition_point(|edge| *edge < to);
        first as u32..(last as u32).min(self.columns())
    }
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Above,
    Heading,
    Line,
    NoLine,
    Below,
}

fn row_kind(tables: &[&Table], row: u32) -> RowKind {
    for table in tables {
        if table.heading_rows.contains(&row) {
            return RowKind::Heading;
        }
        if row < *table.heading_rows.start() {
            return RowKind::Above;
        }
        if row <= super::last_row(table) {
            let is_line = table.records.binary_search_by_key(&row, |record| record.row).is_ok();
            return if is_line { RowKind::Line } else { RowKind::NoLine };
        }
    }
    if tables.is_empty() { RowKind::Above } else { RowKind::Below }
}

impl Import {
    pub(super) fn show_preview(&mut self, ui: &mut Ui, outcome: &Outcome) {
        self.show_choices(ui, outcome);
        ui.add_space(size::STEP);
        let Some(opened) = self.session.as_ref().map(|session| std::sync::Arc::clone(&session.opened)) else { return };
        let Some(sheet) = opened.workbook.sheets.get(self.sheet) else { return };
        self.preview.renew(self.sheet, sheet, ui.available_width() - GUTTER - 14.0);
        if sheet.is_empty() {
            caption(ui, "Nothing is written on this sheet.");
            return;
        }
        let tokens = Tokens::of(ui);
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect(whole, 0.0, tokens.panel, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
        let cells = Rect::from_min_max(whole.min + vec2(GUTTER, HEAD), whole.max);
        let tables: Vec<&Table> = outcome.tables_of(self.sheet).collect();
        let offset = self.cells(ui, cells, sheet, &tables, outcome);
        let gutter = Rect::from_min_max(pos2(whole.left(), cells.top()), pos2(cells.left(), whole.bottom()));
        within(ui, gutter.shrink(1.0), "gutter", |ui| self.numbers(ui, gutter, offset.y, &tables));
        let head = Rect::from_min_max(pos2(cells.left(), whole.top()), pos2(whole.right(), cells.top()));
        within(ui, head.shrink(1.0), "head", |ui| self.head(ui, head, offset.x, &tables));
        ui.painter().hline(whole.x_range(), cells.top(), Stroke::new(1.0, tokens.strong_line));
    }

    /// The cells in sight; how far they are scrolled.
    fn cells(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        sheet: &Sheet,
        tables: &[&Table],
        outcome: &Outcome,
    ) -> eframe::egui::Vec2 {
        let extent = vec2(self.preview.edge(self.preview.columns()), self.preview.rows as f32 * ROW);
        let mut area = ScrollArea::both().id_salt(("cells", self.sheet)).auto_shrink([false, false]);
        if let (true, Some(at)) = (std::mem::take(&mut self.reveals), self.marked) {
            let down = at.row as f32 * ROW - rect.height() / 2.0;
            let right = self.preview.edge(at.column) - rect.width() / 2.0;
            area = area.scroll_offset(vec2(
                right.clamp(0.0, (extent.x - rect.width()).max(0.0)),
                down.clamp(0.0, (extent.y - rect.height()).max(0.0)),
            ));
        }
        let shown = within(ui, rect, "cells", |ui| {
            area.show_viewport(ui, |ui, view| {
                ui.set_min_size(extent);
                let corner = ui.min_rect().min;
                let first = (view.top() / ROW).floor().max(0.0) as u32;
                let last = ((view.bottom() / ROW).ceil() as u32).min(self.preview.rows);
                for row in first..last {
                    let kind = row_kind(tables, row);
                    for column in self.preview.within(view.left(), view.right()) {
                        let place = Rect::from_min_max(
                            corner + vec2(self.preview.edge(column), row as f32 * ROW),
                            corner + vec2(self.preview.edge(column + 1), (row + 1) as f32 * ROW),
                        );
                        self.cell(ui, place, sheet, At::new(row, column), kind, outcome);
                    }
                }
            })
        });
        shown.state.clamped_offset()
    }

    fn cell(&mut self, ui: &mut Ui, rect: Rect, sheet: &Sheet, at: At, kind: RowKind, outcome: &Outcome) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let fill = match kind {
            RowKind::Heading => tokens.tint(1),
            RowKind::Line => tokens.paper,
            RowKind::Above | RowKind::NoLine | RowKind::Below => tokens.ground,
        };
        painter.rect_filled(rect, 0.0, fill);
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens.line));
        painter.vline(rect.right() - 0.5, rect.y_range(), Stroke::new(1.0, tokens.line));
        let Some((written_at, cell)) = sheet.seen(at) else { return };
        let is_own = written_at == at;
        // A line says again what is merged from above; what is merged beside each other is said once.
        if !is_own && (kind != RowKind::Line || written_at.column != at.column) {
            return;
        }
        let fate = outcome.fate(self.sheet, written_at);
        let is_left = !matches!(fate, Some(Fate::Imported { .. }));
        let is_loss = is_own && kind == RowKind::Line && matches!(fate, Some(Fate::Left(left)) if is_loss(left));
        let text = cell.value.to_string().replace(['\n', '\r'], " ");
        let color = if is_left && kind != RowKind::Heading || !is_own { tokens.quiet } else { tokens.text };
        let weight = if kind == RowKind::Heading { Weight::Medium } else { Weight::Regular };
        one_line(ui, rect, &text, weight, color, kind == RowKind::NoLine && is_own);
        let painter = ui.painter();
        if is_loss {
            let corner = rect.right_top() + vec2(-1.0, 0.0);
            let points = vec![corner, corner + vec2(-8.0, 0.0), corner + vec2(0.0, 8.0)];
            painter.add(eframe::egui::Shape::convex_polygon(points, tokens.warning, Stroke::NONE));
        }
        if self.marked == Some(at) {
            painter.rect_stroke(rect.shrink(1.0), 0.0, Stroke::new(2.0, tokens.selection), StrokeKind::Inside);
        }
        let response = ui.interact(rect, ui.scope_id().with(("cell", at)), Sense::CLICK);
        let place = if is_own { at.to_string() } else { format!("{at}, merged with {written_at}") };
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{place}: {text}")));
        if response.clicked() {
            self.marked = Some(at);
        }
        response.on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            ui.label(cell.value.to_string());
            caption(ui, &format!("{place}: {}", fate_words(fate)));
        });
    }

    fn numbers(&mut self, ui: &mut Ui, rect: Rect, scrolled: f32, tables: &[&Table]) {
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(rect, 0.0, tokens.panel);
        let first = (scrolled / ROW).floor().max(0.0) as u32;
        let last = (((scrolled + rect.height()) / ROW).ceil() as u32).min(self.preview.rows);
        for row in first..last {
            let top = rect.top() + row as f32 * ROW - scrolled;
            let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), ROW));
            let number = row.saturating_add(1);
            let kind = row_kind(tables, row);
            let response = ui.interact(place, ui.scope_id().with(row), Sense::CLICK);
            if response.hovered() {
                ui.painter().rect_filled(place, 0.0, tokens.hover);
            }
            let color = if matches!(kind, RowKind::Line | RowKind::Heading) { tokens.text } else { tokens.quiet };
            let face =
                font(if kind == RowKind::Heading { Weight::Medium } else { Weight::Regular }, size::CAPTION_TEXT);
            ui.painter().text(place.right_center() - vec2(6.0, 0.0), Align2::RIGHT_CENTER, number, face, color);
            let what = match kind {
                RowKind::Heading => "heading",
                RowKind::Line => "line",
                RowKind::NoLine => "no line",
                RowKind::Above => "above the table",
                RowKind::Below => "below the table",
            };
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Row {number}, {what}")));
            self.row_menu(&response, row, tables);
            response.on_hover_text(format!("Row {number}: {what}. Click to say that the headings begin or end here"));
        }
    }

    fn row_menu(&mut self, anchor: &eframe::egui::Response, row: u32, tables: &[&Table]) {
        let sheet = self.sheet;
        let table = tables.get(self.table).or(tables.first());
        let Some(session) = &mut self.session else { return };
        let said = session.choices.get(sheet).and_then(|choice| choice.heading_rows);
        let known = said.or(table.map(|table| (*table.heading_rows.start(), *table.heading_rows.end())));
        Popup::menu(anchor).close_behavior(PopupCloseBehavior::CloseOnClick).show(|ui| {
            if ui.button("Headings are this row").clicked() {
                session.choose_headings(sheet, row, row);
            }
            if ui.button("Headings from this row").clicked() {
                session.choose_headings(sheet, row, known.map_or(row, |(_, last)| last));
            }
            if ui.button("Headings to this row").clicked() {
                session.choose_headings(sheet, known.map_or(row, |(first, _)| first.min(row)), row);
            }
        });
    }

    fn head(&mut self, ui: &mut Ui, rect: Rect, scrolled: f32, tables: &[&Table]) {
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(rect, 0.0, tokens.panel);
        let table = tables.get(self.table).or(tables.first()).copied();
        for index in self.preview.within(scrolled, scrolled + rect.width()) {
            let left = rect.left() + self.preview.edge(index) - scrolled;
            let right = rect.left() + self.preview.edge(index + 1) - scrolled;
            let letters = column_letters(index);
            let place = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.top() + 15.0));
            ui.painter().text(
                place.center(),
                Align2::CENTER_CENTER,
                &letters,
                font(Weight::Regular, size::CAPTION_TEXT),
                tokens.quiet,
            );
            let column = table.and_then(|table| table.columns.iter().find(|column| column.column == index));
            let button = Rect::from_min_max(pos2(left + 2.0, place.bottom()), pos2(right - 2.0, rect.bottom() - 3.0));
            let response = ui.interact(button, ui.scope_id().with(("meaning", index)), Sense::click());
            let pair = mapping::colors(tokens, column);
            let edge = if response.hovered() || response.has_focus() { tokens.selection } else { tokens.line };
            ui.painter().rect(button, f32::from(size::CORNER), pair.fill, Stroke::new(1.0, edge), StrokeKind::Inside);
            let words = mapping::words(column);
            let room = button.with_max_x(button.right() - 12.0);
            one_line(ui, room, &words, Weight::Medium, pair.text, false);
            let tip = button.right_center() - vec2(9.0, 0.0);
            let arrow = vec![tip + vec2(-3.5, -2.0), tip + vec2(3.5, -2.0), tip + vec2(0.0, 3.0)];
            ui.painter().add(eframe::egui::Shape::convex_polygon(arrow, pair.text, Stroke::NONE));
            response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Column {letters}: {words}")));
            let kind = table.map_or(crate::exchange::import::table::TableKind::ProcessFmea, |table| table.kind);
            let chosen = self.mapping.show(&response, index, kind, column.map(|column| column.meaning));
            if let (Some(meaning), Some(session)) = (chosen, &mut self.session) {
                session.choose_column(self.sheet, index, meaning);
            }
            response.on_hover_ui(|ui| {
                ui.set_max_width(360.0);
                mapping::tip(ui, &letters, column);
            });
        }
    }
}

/// Whether somebody may miss what a cell of a line says.
fn is_loss(left: &Left) -> bool {
    matches!(left, Left::Other(_) | Left::Column | Left::Differs(_))
}

/// What became of a cell, in words.
pub(super) fn fate_words(fate: Option<&Fate>) -> String {
    match fate {
        Some(Fate::Imported { into, .. }) => match into {
            As::Field(field) => format!("imported as {}", mapping::name(Meaning::Field(*field)).to_lowercase()),
            As::Title(field) => format!("imported into the header as {}", field.key().replace('_', " ")),
            As::Own(name) => format!("imported as own field “{name}”"),
        },
        Some(Fate::Left(left)) => format!("not imported: {left}"),
        None => "not looked at".to_owned(),
    }
}

/// Paints a text into a line, cut where the line ends.
fn one_line(ui: &Ui, rect: Rect, text: &str, weight: Weight, color: Color32, is_struck: bool) {
    // What is far longer than any column need not be laid out.
    let text: String = text.chars().take(160).collect();
    let mut format = TextFormat::simple(font(weight, size::HEADING_TEXT), color);
    if is_struck {
        format.strikethrough = Stroke::new(1.0, color);
    }
    let mut job = LayoutJob::single_section(text, format);
    job.wrap = TextWrapping::truncate_at_width((rect.width() - 10.0).max(8.0));
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.left() + 5.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
}
