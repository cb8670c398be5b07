//! Widths of columns: first what each must have, then what spares broken words, then by weight.

use rayon::prelude::*;

use crate::base::fonts::{Style, fonts};

use super::super::doc::{Column, Paragraph, Rgb, Table};
use super::PADDING_X;
use super::setting::extent_of;

/// Words wider than this many times the font size are broken without asking for more width.
const LONGEST_WORD: f32 = 11.0;

/// What a column needs at a size of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    /// Below this the form is refused.
    pub hard: f32,
    /// Below this words are broken.
    pub soft: f32,
    /// The share of the width that is left.
    pub weight: f32,
}

/// The heading of a column as it is set.
pub(super) fn heading(title: &str) -> Paragraph {
    Paragraph::styled(title, Style::Medium, Rgb::TEXT)
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, Default)]
struct Content {
    /// The widest word.
    word: f32,
    /// Length of text per row that a cell covers, summed up.
    text: f32,
}

/// The needs of all columns of a table for one size of text.
pub(super) fn needs(table: &Table, size: f32) -> Vec<Need> {
    let limit = LONGEST_WORD * size;
    let nothing = || vec![Content::default(); table.columns.len()];
    let content = table
        .rows
        .par_iter()
        .fold(nothing, |mut contents, row| {
            for cell in row.cells.iter().filter(|cell| cell.columns <= 1) {
                if let Some(content) = contents.get_mut(cell.column) {
                    let extent = extent_of(&cell.content, size);
                    content.word = content.word.max(extent.word.min(limit));
                    content.text += extent.total / cell.rows.max(1) as f32;
                }
            }
            contents
        })
        .reduce(nothing, |left, right| {
            let both = |(a, b): (Content, Content)| Content { word: a.word.max(b.word), text: a.text + b.text };
            left.into_iter().zip(right).map(both).collect()
        });
    // Only columns of prose share what is left: more to those that have more to say, but the form stays recognisable.
    let prose = || table.columns.iter().zip(&content).filter(|(column, _)| column.weight > 0.0);
    let average = prose().map(|(_, content)| content.text).sum::<f32>() / prose().count().max(1) as f32;
    table
        .columns
        .iter()
        .zip(&content)
        .map(|(column, content)| {
            let share = if average > 0.0 { (content.text / average).sqrt().clamp(0.6, 1.7) } else { 1.0 };
            need(column, content.word, share, size)
        })
        .collect()
}

fn need(column: &Column, word: f32, share: f32, size: f32) -> Need {
    let title = if column.turned { size } else { extent_of(&[heading(&column.title)], size).word };
    let hard = column.characters * fonts().width(Style::Regular, "n") * size + 2.0 * PADDING_X;
    // A hair more than the word, so that rounding never breaks it.
    Need { hard, soft: hard.max(word.max(title) + 2.0 * PADDING_X + 0.05), weight: column.weight * share }
}

/// Widths that fill `available`, or `None` if the columns do not fit.
pub(super) fn widths(needs: &[Need], available: f32) -> Option<Vec<f32>> {
    let hard: f32 = needs.iter().map(|need| need.hard).sum();
    let soft: f32 = needs.iter().map(|need| need.soft).sum();
    if hard > available {
        return None;
    }
    if soft > available {
        let share = (available - hard) / (soft - hard);
        return Some(needs.iter().map(|need| need.hard + share * (need.soft - need.hard)).collect());
    }
    Some(fill(needs, available))
}

/// Each column gets the same amount per weight, but never less than its words need.
fn fill(needs: &[Need], available: f32) -> Vec<f32> {
    let mut fixed: Vec<bool> = needs.iter().map(|need| need.weight <= 0.0).collect();
    loop {
        let sum = |wanted: bool, part: fn(&Need) -> f32| -> f32 {
            needs.iter().zip(&fixed).filter(|(_, fixed)| **fixed == wanted).map(|(need, _)| part(need)).sum()
        };
        let (taken, weight) = (sum(true, |need| need.soft), sum(false, |need| need.weight));
        if weight <= 0.0 {
            // Nothing may grow by weight: all grow alike, so that the form still fills the sheet.
            let spare = (available - taken) / needs.len().max(1) as f32;
            return needs.iter().map(|need| need.soft + spare).collect();
        }
        let unit = (available - taken) / weight;
        let mut settled = true;
        for (need, fixed) in needs.iter().zip(&mut fixed) {
            if !*fixed && need.weight * unit < need.soft {
                *fixed = true;
                settled = false;
            }
        }
        if settled {
            let width = |(need, fixed): (&Need, &bool)| if *fixed { need.soft } else { need.weight * unit };
            return needs.iter().zip(&fixed).map(width).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(weights: &[f32]) -> Table {
        let column = |weight: &f32| Column { weight: *weight, ..Column::text("Word", None, 1.0) };
        Table { columns: weights.iter().map(column).collect(), ..Table::default() }
    }

    #[test]
    fn widths_fill_the_sheet_and_follow_the_weights() {
        let table = table(&[1.0, 3.0, 0.0]);
        let needs = needs(&table, 7.0);
        let widths = widths(&needs, 500.0).unwrap();
        assert!((widths.iter().sum::<f32>() - 500.0).abs() < 0.01);
        assert!((widths[1] / widths[0] - 3.0).abs() < 0.01);
        assert!((widths[2] - needs[2].soft).abs() < 0.01);
    }

    #[test]
    fn too_narrow_is_refused_and_never_below_nine_characters() {
        let table = table(&[1.0, 1.0]);
        let needs = needs(&table, 6.0);
        let hard = needs[0].hard + needs[1].hard;
        assert_eq!(widths(&needs, hard - 0.1), None);
        let tight = widths(&needs, hard + 0.1).unwrap();
        assert!(tight.iter().all(|width| *width >= fonts().width(Style::Regular, "nnnnnnnnn") * 6.0));
    }
}
