//! Widths of columns: first what each must have, then what spares broken words, then by weight.

use rayon::prelude::*;

use crate::base::fonts::{Style, fonts};

use super::super::doc::{Column, Paragraph, Rgb, Table};
use super::PADDING_X;
use super::setting::widest;

/// Words wider than this many times the font size are broken without asking for more width.
const LONGEST_WORD: f32 = 11.0;

/// What a column needs at a size of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    /// Below this the form is refused.
    pub hard: f32,
    /// Below this words are broken.
    pub soft: f32,
}

/// The heading of a column as it is set.
pub(super) fn heading(title: &str) -> Paragraph {
    Paragraph::styled(title, Style::Medium, Rgb::TEXT)
}

/// The needs of all columns of a table for one size of text.
pub(super) fn needs(table: &Table, size: f32) -> Vec<Need> {
    let limit = LONGEST_WORD * size;
    let nothing = || vec![0.0_f32; table.columns.len()];
    let content = table
        .rows
        .par_iter()
        .fold(nothing, |mut widths, row| {
            for cell in row.cells.iter().filter(|cell| cell.columns <= 1) {
                if let Some(width) = widths.get_mut(cell.column)
                    && *width < limit
                {
                    *width = width.max(widest(&cell.content, size, limit));
                }
            }
            widths
        })
        .reduce(nothing, |left, right| left.into_iter().zip(right).map(|(a, b)| a.max(b)).collect());
    table.columns.iter().zip(content).map(|(column, content)| need(column, content, size)).collect()
}

fn need(column: &Column, content: f32, size: f32) -> Need {
    let title = if column.turned { size } else { widest(&[heading(&column.title)], size, 2.0 * LONGEST_WORD * size) };
    let hard = column.characters * fonts().width(Style::Regular, "n") * size + 2.0 * PADDING_X;
    // A hair more than the word, so that rounding never breaks it.
    Need { hard, soft: hard.max(content.max(title) + 2.0 * PADDING_X + 0.05) }
}

/// Widths that fill `available`, or `None` if the columns do not fit.
pub(super) fn widths(columns: &[&Column], needs: &[Need], available: f32) -> Option<Vec<f32>> {
    let hard: f32 = needs.iter().map(|need| need.hard).sum();
    let soft: f32 = needs.iter().map(|need| need.soft).sum();
    if hard > available {
        return None;
    }
    if soft > available {
        let share = (available - hard) / (soft - hard);
        return Some(needs.iter().map(|need| need.hard + share * (need.soft - need.hard)).collect());
    }
    Some(fill(columns, needs, available))
}

/// Each column gets the same amount per weight, but never less than its words need.
fn fill(columns: &[&Column], needs: &[Need], available: f32) -> Vec<f32> {
    let mut fixed: Vec<bool> = columns.iter().map(|column| column.weight <= 0.0).collect();
    loop {
        let taken: f32 = needs.iter().zip(&fixed).filter(|(_, fixed)| **fixed).map(|(need, _)| need.soft).sum();
        let weight: f32 = columns.iter().zip(&fixed).filter(|(_, fixed)| !**fixed).map(|(column, _)| column.weight).sum();
        if weight <= 0.0 {
            // Nothing may grow by weight: all grow alike, so that the form still fills the sheet.
            let spare = (available - taken) / columns.len().max(1) as f32;
            return needs.iter().map(|need| need.soft + spare).collect();
        }
        let unit = (available - taken) / weight;
        let mut settled = true;
        for ((column, need), fixed) in columns.iter().zip(needs).zip(&mut fixed) {
            if !*fixed && column.weight * unit < need.soft {
                *fixed = true;
                settled = false;
            }
        }
        if settled {
            let width = |((column, need), fixed): ((&&Column, &Need), &bool)| {
                if *fixed { need.soft } else { column.weight * unit }
            };
            return columns.iter().zip(needs).zip(&fixed).map(width).collect();
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
        let columns: Vec<&Column> = table.columns.iter().collect();
        let widths = widths(&columns, &needs, 500.0).unwrap();
        assert!((widths.iter().sum::<f32>() - 500.0).abs() < 0.01);
        assert!((widths[1] / widths[0] - 3.0).abs() < 0.01);
        assert!((widths[2] - needs[2].soft).abs() < 0.01);
    }

    #[test]
    fn too_narrow_is_refused_and_never_below_nine_characters() {
        let table = table(&[1.0, 1.0]);
        let needs = needs(&table, 6.0);
        let columns: Vec<&Column> = table.columns.iter().collect();
        let hard = needs[0].hard + needs[1].hard;
        assert_eq!(widths(&columns, &needs, hard - 0.1), None);
        let tight = widths(&columns, &needs, hard + 0.1).unwrap();
        assert!(tight.iter().all(|width| *width >= fonts().width(Style::Regular, "nnnnnnnnn") * 6.0));
    }
}
