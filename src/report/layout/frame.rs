//! What every page has: header block, footer, watermark.

use std::sync::Arc;

use crate::base::fonts::{Style, fonts};
use crate::base::shaping;
use crate::model::report_profile::PageNumbers;

use super::super::display::{Direction, Item, Region, TextItem, composed};
use super::super::doc::{Align, Field, Header, Paragraph, Report, Rgb};
use super::setting::{Frame, set};
use super::{PADDING_X, PADDING_Y, leading};

const TITLE_SIZE: f32 = 11.0;
const NAME_SIZE: f32 = 8.5;
const STRIP_SIZE: f32 = 7.0;
const LABEL_SIZE: f32 = 6.0;
const VALUE_SIZE: f32 = 7.0;
const FOOTER_SIZE: f32 = 6.5;
/// Shares of the width for the three parts of the strip.
const STRIP_SHARES: [f32; 3] = [0.3, 0.4, 0.3];
/// The most that a logo takes: its height, and its share of the left part of the strip.
const LOGO_HEIGHT: f32 = 28.0;
const LOGO_SHARE: f32 = 0.45;
/// Room behind a logo.
const LOGO_GAP: f32 = 7.0;
/// Room below the header and above the footer.
const GAP: f32 = 6.0;
/// A header with fields that would take more than this part of the page leaves the fields to a table.
const LARGEST_HEADER: f32 = 0.4;
const WATERMARK: Rgb = Rgb(0xf0, 0xf1, 0xf3);
const FRAME_LINE: f32 = 0.5;
const INNER_LINE: f32 = 0.25;

/// The header and the footer of a report with their heights.
pub(super) struct Furniture<'a> {
    report: &'a Report,
    strip_height: f32,
    row_heights: Vec<f32>,
    footer_height: f32,
}

impl<'a> Furniture<'a> {
    /// Measures what stands on every page.
    pub fn new(report: &'a Report) -> Self {
        let mut furniture = Self { report, strip_height: 0.0, row_heights: Vec::new(), footer_height: 0.0 };
        let parts = furniture.strip_parts(&page_mark(report, 9999, 9999));
        let heights = parts.iter().zip(furniture.strip_columns()).map(|(part, (_, width))| part_height(part, width));
        let logo = furniture.logo_size().map_or(0.0, |(_, height)| height);
        furniture.strip_height = heights.fold(logo, f32::max) + 2.0 * PADDING_Y + 2.0;
        furniture.row_heights = report.header.fields.iter().map(|row| furniture.row_height(row)).collect();
        let pitch = leading(FOOTER_SIZE);
        let parts = furniture.footer_parts("");
        let lines = parts.iter().map(|(text, width, _)| set(&[footer_paragraph(text)], FOOTER_SIZE, *width).len());
        let own = furniture.footer_text().map_or(0, |text| set(&[text], FOOTER_SIZE, report.page.width()).len());
        furniture.footer_height = (lines.max().unwrap_or(1) + own) as f32 * pitch;
        furniture
    }

    /// Whether the fields would push the form off the page.
    pub fn fields_are_too_high(&self) -> bool {
        let height = self.strip_height + self.row_heights.iter().sum::<f32>();
        height > LARGEST_HEADER * self.report.page.height()
    }

    /// Leaves the fields out, for a report that prints them in a table.
    pub fn leave_out_fields(&mut self) {
        self.row_heights.clear();
    }

    /// Upper edge of the room below the header.
    pub fn top(&self, first_page: bool) -> f32 {
        let fields = if self.shows_fields(first_page) { self.row_heights.iter().sum() } else { 0.0 };
        self.report.page.margin + self.strip_height + fields + GAP
    }

    /// Lower edge of the room above the footer.
    pub fn bottom(&self) -> f32 {
        self.report.page.size().1 - self.report.page.margin - self.footer_height - GAP
    }

    fn shows_fields(&self, first_page: bool) -> bool {
        first_page || self.report.header.fields_on_every_page
    }

    fn strip_columns(&self) -> [(f32, f32); 3] {
        let mut x = self.report.page.margin;
        let mut columns = STRIP_SHARES.map(|share| {
            let width = share * self.report.page.width();
            let column = (x + PADDING_X + 1.0, width - 2.0 * PADDING_X - 2.0);
            x += width;
            column
        });
        if let Some((width, _)) = self.logo_size() {
            columns[0].0 += width + LOGO_GAP;
            columns[0].1 -= width + LOGO_GAP;
        }
        columns
    }

    /// Width and height of the logo in points.
    fn logo_size(&self) -> Option<(f32, f32)> {
        let (width, height) = self.report.header.logo.as_ref()?.size();
        let (width, height) = (width as f32, height as f32);
        let room = LOGO_SHARE * STRIP_SHARES[0] * self.report.page.width();
        // A small picture is not blown up beyond 96 dots per inch: it would only show its pixels.
        let scale = (LOGO_HEIGHT / height).min(room / width).min(0.75);
        Some((width * scale, height * scale))
    }

    fn paint_logo(&self, items: &mut Vec<Item>) {
        let (Some(picture), Some((width, height))) = (&self.report.header.logo, self.logo_size()) else { return };
        let setup = self.report.page;
        let y = setup.margin + (self.strip_height - height) / 2.0;
        let area = [setup.margin + PADDING_X + 1.0, y, width, height];
        items.push(Item::Picture { area, picture: Arc::clone(picture) });
    }

    /// The text of its own line in the footer.
    fn footer_text(&self) -> Option<Paragraph> {
        let text = self.report.footer_text.trim();
        (!text.is_empty()).then(|| footer_paragraph(text))
    }

    /// Paragraphs with their sizes for the three parts of the strip.
    fn strip_parts(&self, page: &str) -> [Vec<(Paragraph, f32)>; 3] {
        let Header { organisation, organisation_detail, corner, .. } = &self.report.header;
        let line = |text: &str, style, colour, size| (Paragraph::styled(text, style, colour), size);
        let left = vec![
            line(organisation, Style::Bold, Rgb::TEXT, NAME_SIZE),
            line(organisation_detail, Style::Regular, Rgb::QUIET, STRIP_SIZE),
        ];
        let middle = vec![
            line(&self.report.title, Style::Bold, Rgb::TEXT, TITLE_SIZE),
            line(&self.report.number, Style::Medium, Rgb::TEXT, NAME_SIZE),
        ];
        let mut right: Vec<_> = corner.iter().map(|text| line(text, Style::Regular, Rgb::TEXT, STRIP_SIZE)).collect();
        right.push(line(page, Style::Medium, Rgb::TEXT, STRIP_SIZE));
        [left, middle, right].map(|part| part.into_iter().filter(|(text, _)| !is_empty(text)).collect())
    }

    fn row_height(&self, row: &[Field]) -> f32 {
        let lines = self.field_columns(row).into_iter().zip(row).map(|((_, width), field)| {
            let label = set(&[label_paragraph(&field.label)], LABEL_SIZE, width).len() as f32 * leading(LABEL_SIZE);
            let value = set(&field.value, VALUE_SIZE, width).len().max(1) as f32 * leading(VALUE_SIZE);
            label + value
        });
        lines.fold(0.0, f32::max) + 2.0 * PADDING_Y
    }

    fn field_columns(&self, row: &[Field]) -> Vec<(f32, f32)> {
        let total: f32 = row.iter().map(|field| field.weight.max(0.1)).sum();
        let mut x = self.report.page.margin;
        row.iter()
            .map(|field| {
                let width = field.weight.max(0.1) / total * self.report.page.width();
                let column = (x + PADDING_X + 1.0, width - 2.0 * PADDING_X - 2.0);
                x += width;
                column
            })
            .collect()
    }

    fn footer_parts(&self, page: &str) -> [(String, f32, Align); 3] {
        let width = self.report.page.width();
        let part = |text: &str, share: f32, align| (text.to_owned(), share * width, align);
        [
            part(&self.report.footer_left, 0.3, Align::Left),
            part(&self.report.footer_center, 0.4, Align::Center),
            part(page, 0.3, Align::Right),
        ]
    }

    /// Paints the watermark, which everything else stands on.
    pub fn paint_watermark(&self, items: &mut Vec<Item>) {
        if let Some(word) = &self.report.watermark {
            paint_watermark(word, self.report.page.size(), items);
        }
    }

    /// Paints header and footer of a page, counted from 1.
    pub fn paint(&self, page: usize, pages: usize, items: &mut Vec<Item>) {
        let setup = self.report.page;
        let (left, top, width) = (setup.margin, setup.margin, setup.width());
        let mark = page_mark(self.report, page, pages);
        self.paint_logo(items);
        let mut lines = Vec::new();
        let mut x = left;
        for (index, ((part, (text_x, text_width)), share)) in
            self.strip_parts(&mark).iter().zip(self.strip_columns()).zip(STRIP_SHARES).enumerate()
        {
            let mut y = top + (self.strip_height - part_height(part, text_width)) / 2.0;
            let align = [Align::Left, Align::Center, Align::Right][index];
            for (paragraph, size) in part {
                let pitch = leading(*size);
                let frame =
                    Frame { x: text_x, y, width: text_width, size: *size, leading: pitch, align, region: Region::Page };
                y += frame.paint_all(std::slice::from_ref(paragraph), items) as f32 * pitch;
            }
            x += share * width;
            if index < 2 {
                lines.push(([x, top, x, top + self.strip_height], INNER_LINE));
            }
        }
        let mut y = top + self.strip_height;
        if self.shows_fields(page == 1) {
            for (row, height) in self.report.header.fields.iter().zip(&self.row_heights) {
                lines.push(([left, y, left + width, y], INNER_LINE));
                self.paint_fields(row, y, *height, items, &mut lines);
                y += height;
            }
        }
        let (right, inset) = (left + width, FRAME_LINE / 2.0);
        lines.push(([left - inset, top, right + inset, top], FRAME_LINE));
        lines.push(([left - inset, y, right + inset, y], FRAME_LINE));
        lines.push(([left, top, left, y], FRAME_LINE));
        lines.push(([right, top, right, y], FRAME_LINE));
        items.extend(lines.into_iter().map(|(ends, width)| Item::Line { ends, width, colour: Rgb::LINE }));
        self.paint_footer(&mark, items);
    }

    fn paint_fields(
        &self,
        row: &[Field],
        y: f32,
        height: f32,
        items: &mut Vec<Item>,
        lines: &mut Vec<([f32; 4], f32)>,
    ) {
        for (index, (field, (x, width))) in row.iter().zip(self.field_columns(row)).enumerate() {
            let frame =
                |y, size| Frame { x, y, width, size, leading: leading(size), align: Align::Left, region: Region::Page };
            let label = [label_paragraph(&field.label)];
            let label_lines = frame(y + PADDING_Y, LABEL_SIZE).paint_all(&label, items) as f32;
            frame(y + PADDING_Y + label_lines * leading(LABEL_SIZE), VALUE_SIZE).paint_all(&field.value, items);
            if index > 0 {
                let edge = x - PADDING_X - 1.0;
                lines.push(([edge, y, edge, y + height], INNER_LINE));
            }
        }
    }

    fn paint_footer(&self, mark: &str, items: &mut Vec<Item>) {
        let mut x = self.report.page.margin;
        for (text, width, align) in self.footer_parts(mark) {
            let (y, leading) = (self.bottom() + GAP, leading(FOOTER_SIZE));
            let frame = Frame { x, y, width, size: FOOTER_SIZE, leading, align, region: Region::Page };
            frame.paint_all(&[footer_paragraph(&text)], items);
            x += width;
        }
        if let Some(text) = self.footer_text() {
            let (x, width, leading) = (self.report.page.margin, self.report.page.width(), leading(FOOTER_SIZE));
            let lines = set(std::slice::from_ref(&text), FOOTER_SIZE, width).len();
            let y = self.bottom() + GAP + self.footer_height - lines as f32 * leading;
            let (size, align, region) = (FOOTER_SIZE, Align::Center, Region::Page);
            Frame { x, y, width, size, leading, align, region }.paint_all(&[text], items);
        }
    }
}

/// Paints a word across a sheet of this width and height; nothing if it is blank.
pub fn paint_watermark(word: &str, (width, height): (f32, f32), items: &mut Vec<Item>) {
    if word.trim().is_empty() {
        return;
    }
    let direction = Direction::Diagonal;
    let (cosine, sine) = direction.vector();
    // As long as fits between the edges of the sheet, with room for the height of the letters.
    let longest = (0.62 * width / cosine).min(0.7 * height / sine);
    let per_point = shaping::width(Style::Bold, word).max(0.1);
    let size = (longest / per_point).min(height / 4.0);
    let length = per_point * size;
    let capitals = fonts().metrics(Style::Bold.face()).cap_height * size;
    items.push(Item::Text(TextItem {
        x: width / 2.0 - cosine * length / 2.0 + sine * capitals / 2.0,
        y: height / 2.0 + sine * length / 2.0 + cosine * capitals / 2.0,
        size,
        style: Style::Bold,
        colour: WATERMARK,
        direction,
        text: word.to_owned(),
        shaped: composed(Style::Bold, word),
        hyphen: false,
        region: Region::Page,
    }));
}

/// The number of a page as it stands in header and footer.
fn page_mark(report: &Report, page: usize, pages: usize) -> String {
    let mark = match report.page_numbers {
        PageNumbers::PageOfPages => "Page {page} of {pages}",
        PageNumbers::NumberOfPages => "{page} / {pages}",
        PageNumbers::Page => "Page {page}",
        PageNumbers::Number => "{page}",
    };
    let mark = report.words.word(mark).replace("{pages}", &pages.to_string());
    mark.replace("{page}", &page.to_string())
}

fn is_empty(paragraph: &Paragraph) -> bool {
    use super::super::doc::Piece;
    paragraph.pieces.iter().all(|piece| matches!(piece, Piece::Text { text, .. } if text.trim().is_empty()))
}

fn part_height(part: &[(Paragraph, f32)], width: f32) -> f32 {
    let height =
        |(text, size): &(Paragraph, f32)| set(std::slice::from_ref(text), *size, width).len() as f32 * leading(*size);
    part.iter().map(height).sum()
}

fn label_paragraph(label: &str) -> Paragraph {
    Paragraph::styled(label, Style::Regular, Rgb::QUIET)
}

fn footer_paragraph(text: &str) -> Paragraph {
    Paragraph::styled(text, Style::Regular, Rgb::QUIET)
}
