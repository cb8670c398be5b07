//! Lines that are not plain: their pieces stand where their scripts put them, and lines of paragraphs that run to the left
//! begin at the right.

use crate::base::fonts::{Style, fonts};
use crate::base::shaping::Composer;

use super::super::display::{Direction, Item, TextItem};
use super::super::doc::{Align, Paragraph, Piece};
use super::setting::{CellLine, Frame, SYMBOL};

impl Frame {
    /// Paints a line of a paragraph, given with its words, into the frame. The items follow each other in the order of the
    /// text.
    pub(super) fn paint_composed(
        &self,
        composer: &Composer<'_>,
        paragraph: &Paragraph,
        words: &str,
        CellLine { line, indent, .. }: &CellLine,
        index: usize,
        items: &mut Vec<Item>,
    ) {
        let set = composer.line(line.range.clone());
        let hyphen_style = |piece: &Piece| if let Piece::Text { style, .. } = piece { *style } else { Style::Regular };
        let last = set.pieces.last().and_then(|placed| paragraph.pieces.get(placed.piece));
        let style = last.map(hyphen_style).unwrap_or_default();
        let has_hyphen = line.hyphen && set.ends_at_the_right;
        let hyphen = if has_hyphen { fonts().width(style, "-") } else { 0.0 };
        // Letters of a word that had to be broken may be wider apart from each other than they were together.
        let room = self.width - indent;
        let wanted = (set.width + set.beyond[0] + set.beyond[1] + hyphen) * self.size;
        let scale = if wanted > room && wanted > 0.0 { (room / wanted).max(0.0) } else { 1.0 };
        let size = self.size * scale;
        let wide = wanted * scale;
        let left = match self.align {
            Align::Left if composer.runs_left(line.range.start) => self.x + room - wide,
            Align::Left => self.x + indent,
            Align::Center => self.x + (self.width - wide) / 2.0,
            Align::Right => self.x + self.width - wide,
        };
        let start = left + set.beyond[0] * size;
        let capitals = fonts().metrics(Style::Regular.face()).cap_height * self.size;
        let middle = self.y + (index as f32 + 0.5) * self.leading;
        let baseline = middle + capitals / 2.0;
        let text = |text: &str, x: f32, style, colour| TextItem {
            x,
            y: baseline,
            size,
            style,
            colour,
            direction: Direction::Across,
            text: text.to_owned(),
            hyphen: false,
            region: self.region,
            shaped: None,
        };
        for placed in set.pieces {
            let x = start + placed.x * size;
            match paragraph.pieces.get(placed.piece) {
                Some(Piece::Text { style, colour, .. }) => {
                    let item = text(&words[placed.range], x, *style, *colour);
                    items.push(Item::Text(TextItem { shaped: placed.shaped.map(Box::new), ..item }));
                }
                Some(Piece::Symbol { shape, text, colour }) => {
                    let side = SYMBOL * size;
                    let (shape, text, colour, region) = (shape.clone(), text.clone(), *colour, self.region);
                    items.push(Item::Symbol { x, y: middle - side / 2.0, side, shape, text, colour, region });
                }
                None => {}
            }
        }
        if has_hyphen && let Some(Piece::Text { style, colour, .. }) = last {
            let item = text("", start + set.width * size, *style, *colour);
            items.push(Item::Text(TextItem { hyphen: true, ..item }));
        }
    }
}
