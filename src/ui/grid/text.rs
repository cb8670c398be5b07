//! Texts of cells laid out once and kept while their block is in sight.

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{
    Align, Color32, Galley, Ui, Vec2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::columns::{Columns, Metrics};
use super::source::{Block, CellAlign, Column, Content, Look, Part, PartStyle};
use crate::ui::kit::{Weight, font, system_fonts};

/// How many blocks keep their texts after they went out of sight.
const KEPT_BLOCKS: usize = 48;

/// What texts were laid out for; anything else needs another layout.
#[derive(Clone, Debug, PartialEq)]
struct Stamp {
    widths: Vec<f32>,
    metrics: Metrics,
    /// Pixels per point, bit by bit.
    scale: u32,
    dark: bool,
    /// See [`system_fonts::generation`].
    fonts: u64,
}

/// The texts of cells, by block and cell.
#[derive(Default)]
pub(super) struct TextCache {
    stamp: Option<Stamp>,
    fill: f32,
    frame: u64,
    blocks: HashMap<u64, BlockTexts>,
}

struct BlockTexts {
    /// What the texts are of.
    block: Arc<Block>,
    used: u64,
    cells: Vec<Option<Arc<CellText>>>,
}

/// The texts of a cell, stacked.
#[derive(Debug)]
pub(super) struct CellText {
    pub(super) parts: Vec<PlacedPart>,
    /// Without padding.
    pub(super) size: Vec2,
}

/// One text of a cell.
#[derive(Debug)]
pub(super) struct PlacedPart {
    pub(super) galley: Arc<Galley>,
    /// From the top of the text of the cell.
    pub(super) y: f32,
    pub(super) height: f32,
    /// Room for the symbol before the text.
    pub(super) indent: f32,
}

/// What is needed to lay text out.
pub(super) struct Setter<'a> {
    pub(super) ui: &'a Ui,
    pub(super) source_columns: &'a [Column],
    pub(super) columns: &'a Columns,
    pub(super) metrics: Metrics,
}

impl TextCache {
    /// Forgets what no longer holds; returns whether columns or sizes changed, so that heights have to be found anew.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is not general enough in its lifetimes"
    )]
    pub(super) fn begin_frame(&mut self, setter: &Setter<'_>) -> bool {
        let ctx = setter.ui.ctx();
        let stamp = Stamp {
            widths: setter.columns.widths.clone(),
            metrics: setter.metrics,
            scale: ctx.pixels_per_point().to_bits(),
            dark: setter.ui.visuals().dark_mode,
            fonts: system_fonts::generation(),
        };
        // When the atlas of glyphs runs full, egui starts a new one and old layouts point at nothing.
        let fill = ctx.fonts(|fonts| fonts.font_atlas_fill_ratio());
        let frame = ctx.cumulative_pass_nr();
        let atlas_may_be_new = fill < self.fill || frame > self.frame + 1;
        let changed = self.stamp.as_ref() != Some(&stamp);
        if changed || atlas_may_be_new {
            self.blocks.clear();
        }
        let heights_changed = self.stamp.as_ref().is_none_or(|old| {
            old.fonts != stamp.fonts
                || old.widths != stamp.widths
                || old.metrics != stamp.metrics
                || old.scale != stamp.scale
        });
        self.stamp = Some(stamp);
        self.fill = fill;
        self.frame = frame;
        if self.blocks.len() > KEPT_BLOCKS {
            self.blocks.retain(|_, texts| texts.used + 1 >= frame);
        }
        heights_changed
    }

    /// The text of cell `index` of `block`.
    pub(super) fn get(&mut self, setter: &Setter<'_>, block: &Arc<Block>, index: usize) -> Option<Arc<CellText>> {
        let key = block.key();
        let cell = block.cells().get(index)?;
        let column = setter.source_columns.get(cell.column)?;
        let width = setter.columns.widths.get(cell.column)? - 2.0 * setter.metrics.pad_x;
        let texts = self.blocks.entry(key.id).or_insert_with(|| BlockTexts::new(block));
        if texts.block.key().revision != key.revision {
            texts.renew(block);
        }
        texts.used = self.frame;
        let slot = texts.cells.get_mut(index)?;
        Some(Arc::clone(slot.get_or_insert_with(|| Arc::new(set(setter, column, &cell.content, width)))))
    }
}

impl BlockTexts {
    fn new(block: &Arc<Block>) -> Self {
        Self { block: Arc::clone(block), used: 0, cells: vec![None; block.cells().len()] }
    }

    /// Takes over a block that changed: cells that say the same keep their texts.
    fn renew(&mut self, block: &Arc<Block>) {
        let before = std::mem::replace(self, Self::new(block));
        let mut known = before.block.cells().iter().zip(before.cells).peekable();
        let place = |cell: &super::source::Cell| (cell.column, cell.rows.start);
        for (cell, text) in block.cells().iter().zip(&mut self.cells) {
            while known.next_if(|(old, _)| place(old) < place(cell)).is_some() {}
            if let Some((old, kept)) = known.next_if(|(old, _)| place(old) == place(cell))
                && cell.content.is_laid_out_as(&old.content)
            {
                *text = kept;
            }
        }
    }
}

/// A rough height of the text of a cell without laying it out, for rows that were never in sight.
pub(super) fn estimate(metrics: &Metrics, content: &Content, width: f32) -> f32 {
    let per_line = ((width - 2.0 * metrics.pad_x) / (metrics.text * 0.53)).max(1.0);
    let lines = |part: &Part| -> f32 {
        part.text.lines().map(|line| (line.chars().count() as f32 / per_line).ceil().max(1.0)).sum::<f32>().max(1.0)
    };
    let lines: f32 = content.parts.iter().map(lines).sum::<f32>().max(1.0);
    lines * metrics.line_height + 2.0 * metrics.pad_y
}

fn set(setter: &Setter<'_>, column: &Column, content: &Content, width: f32) -> CellText {
    let metrics = &setter.metrics;
    let mut parts = Vec::with_capacity(content.parts.len());
    let mut size = vec2(0.0, 0.0);
    let gap = (2.0 * metrics.zoom).round();
    for part in content.shown_parts() {
        let symbol_width = part.symbol.as_ref().map_or(0.0, |symbol| symbol_height(metrics) * symbol.aspect);
        let indent = match (&part.symbol, part.text.is_empty()) {
            (Some(_), false) => symbol_width + 4.0 * metrics.zoom,
            (Some(_), true) => symbol_width,
            (None, _) => 0.0,
        };
        let align = if content.look == Look::Text { column.align } else { CellAlign::Center };
        let galley =
            lay_out(setter.ui, metrics, &part.text, text_style(content, part), align, (width - indent).max(8.0));
        let height = galley.size().y.max(if part.symbol.is_some() { symbol_height(metrics) } else { 0.0 });
        if !parts.is_empty() {
            size.y += gap;
        }
        let y = size.y;
        size.y += height;
        size.x = size.x.max(galley.size().x + indent);
        parts.push(PlacedPart { galley, y, height, indent });
    }
    size.y = size.y.max(metrics.line_height);
    CellText { parts, size }
}

/// The height of a symbol in a cell.
pub(super) fn symbol_height(metrics: &Metrics) -> f32 {
    (metrics.line_height - 1.0).max(10.0)
}

fn text_style(content: &Content, part: &Part) -> PartStyle {
    if matches!(content.look, Look::Priority(_)) { PartStyle::Medium } else { part.style }
}

fn lay_out(ui: &Ui, metrics: &Metrics, text: &str, style: PartStyle, align: CellAlign, width: f32) -> Arc<Galley> {
    let weight = match style {
        PartStyle::Normal | PartStyle::Quiet => Weight::Regular,
        PartStyle::Medium => Weight::Medium,
        PartStyle::Italic => Weight::Italic,
    };
    let format = TextFormat {
        font_id: font(weight, metrics.text),
        line_height: Some(metrics.line_height),
        color: Color32::PLACEHOLDER,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    job.halign = match align {
        CellAlign::Left => Align::LEFT,
        CellAlign::Center => Align::Center,
        CellAlign::Right => Align::RIGHT,
    };
    ui.painter().layout_job(job)
}

/// A prompt, or other quiet words of one column.
pub(super) fn lay_out_prompt(setter: &Setter<'_>, text: &str, align: CellAlign, width: f32) -> Arc<Galley> {
    lay_out(setter.ui, &setter.metrics, text, PartStyle::Normal, align, width.max(8.0))
}
