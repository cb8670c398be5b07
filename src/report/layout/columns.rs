//! Widths of columns: first what each must have, then what spares broken words, then by weight.

use rayon::prelude::*;

use crate::base::fonts::{Style, fonts};
use crate::base::lines::Extent;

use super::super::doc::{Cell, Column, Paragraph, Rgb, Row, Table};
use super::setting::extent_of;
use super::{PADDING_X, padding};

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
    /// How much of it stays free at both sides.
    pub edges: f32,
}

/// The heading of a column as it is set.
pub(super) fn heading(title: &str) -> Paragraph {
    Paragraph::styled(title, Style::Medium, Rgb::TEXT)
}

/// What the cells of a table ask for, row by row and cell by cell in the order of the page model.
pub(super) struct Extents(Vec<Vec<Extent>>);

impl Extents {
    /// Measures every cell once, for one size of text.
    pub fn of(table: &Table, size: f32) -> Self {
        let row = |row: &Row| row.cells.iter().map(|cell| extent_of(&cell.content, size)).collect();
        Self(table.rows.par_iter().map(row).collect())
    }

    /// Rows with their cells of a single column.
    fn cells<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = (usize, &'a Cell, Extent)> {
        let rows = table.rows.iter().zip(&self.0).enumerate();
        rows.flat_map(|(at, (row, extents))| {
            row.cells.iter().zip(extents).map(move |(cell, extent)| (at, cell, *extent))
        })
        .filter(|(_, cell, _)| cell.columns <= 1)
    }
}

/// The needs of all columns of a table for the size of text that was measured.
pub(super) fn needs(table: &Table, extents: &Extents, size: f32) -> Vec<Need> {
    let limit = LONGEST_WORD * size;
    let mut words = vec![0.0_f32; table.columns.len()];
    for (_, cell, extent) in extents.cells(table) {
        if let Some(word) = words.get_mut(cell.column) {
            *word = word.max(extent.word.min(limit));
        }
    }
    table.columns.iter().zip(words).map(|(column, word)| need(column, word, size)).collect()
}

fn need(column: &Column, word: f32, size: f32) -> Need {
    let title = if column.turned { size } else { extent_of(&[heading(&column.title)], size).word };
    let edges = 2.0 * padding(column);
    let hard = column.characters * fonts().width(Style::Regular, "n") * size + edges;
    // A hair more than the word, so that rounding never breaks it.
    Need { hard, soft: hard.max(word.max(title) + edges + 0.05), weight: column.weight, edges }
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

/// Widths that fill `available` and keep the rows low: columns of prose whose cells make their rows high take width from
/// those whose cells do not, within bounds that leave the form recognisable. Nothing happens to columns that must break
/// words anyway.
pub(super) fn balanced(
    table: &Table,
    extents: &Extents,
    band: &[usize],
    needs: &[Need],
    scale: f32,
    available: f32,
) -> Option<Vec<f32>> {
    let first = widths(needs, available)?;
    if needs.iter().map(|need| need.soft).sum::<f32>() > available {
        return Some(first);
    }
    let demands = Demands::of(table, extents, band, needs, scale);
    let mut current = needs.to_vec();
    let (mut lowest, mut gains) = demands.heights(&first);
    let mut best = first;
    for _ in 0..ROUNDS {
        let average = gains.iter().sum::<f32>() / gains.iter().filter(|gain| **gain > 0.0).count().max(1) as f32;
        if average <= 0.0 {
            break;
        }
        for ((need, declared), gain) in current.iter_mut().zip(needs).zip(&gains) {
            let wanted = need.weight * (gain / average).powf(PACE).max(0.6);
            need.weight = wanted.clamp(declared.weight * NARROWEST, declared.weight * WIDEST);
        }
        let tried = widths(&current, available)?;
        let height;
        (height, gains) = demands.heights(&tried);
        if height < lowest {
            (best, lowest) = (tried, height);
        }
    }
    Some(best)
}

/// How often the widths are tried anew.
const ROUNDS: usize = 20;
/// How far a round follows what the rows ask for.
const PACE: f32 = 0.35;
/// Bounds of the weight of a column, as parts of what the form declares.
const NARROWEST: f32 = 0.4;
const WIDEST: f32 = 2.5;
/// The highest cell makes the height of a row; a high norm says nearly that, and can be followed step by step.
const NORM: i32 = 6;

/// What a cell of prose asks for.
#[derive(Debug, Clone, Copy)]
struct Demand {
    /// The first of its rows.
    first: usize,
    /// The column of the band.
    slot: usize,
    /// The length of its text.
    text: f32,
    /// Half a line for each paragraph.
    start: f32,
}

impl Demand {
    /// The height in lines.
    fn lines(&self, widths: &[f32]) -> f32 {
        self.text / room(widths[self.slot]) + self.start
    }

    /// How fast the height falls with the width.
    fn slope(&self, widths: &[f32]) -> f32 {
        let width = room(widths[self.slot]);
        self.text / (width * width)
    }
}

/// The cells of the columns of prose by the row they end in.
struct Demands {
    /// Cells of one row.
    single: Vec<Vec<Demand>>,
    /// Cells merged over rows.
    merged: Vec<Vec<Demand>>,
    columns: usize,
}

impl Demands {
    fn of(table: &Table, extents: &Extents, band: &[usize], needs: &[Need], scale: f32) -> Self {
        let mut slots = vec![None; table.columns.len()];
        for (slot, (column, need)) in band.iter().zip(needs).enumerate() {
            if let Some(place) = slots.get_mut(*column).filter(|_| need.weight > 0.0) {
                *place = Some(slot);
            }
        }
        let count = table.rows.len();
        let (mut single, mut merged) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (first, cell, extent) in extents.cells(table) {
            let Some(slot) = slots.get(cell.column).copied().flatten().filter(|_| extent.total > 0.0) else { continue };
            let last = (first + cell.rows.max(1) - 1).min(count - 1);
            let of_kind = if first == last { &mut single } else { &mut merged };
            of_kind[last].push(Demand {
                first,
                slot,
                text: extent.total * scale,
                start: 0.5 * cell.content.len() as f32,
            });
        }
        Self { single, merged, columns: needs.len() }
    }

    /// The sum of the heights of all rows in lines, and how much lower they all get for a little more width of each column.
    /// A merged cell that is higher than its rows makes the last of them higher, as on paper.
    fn heights(&self, widths: &[f32]) -> (f32, Vec<f32>) {
        let mut gains = vec![0.0_f32; self.columns];
        // Heights of the rows so far, from the first.
        let mut sums = vec![0.0_f64];
        for (row, (single, merged)) in self.single.iter().zip(&self.merged).enumerate() {
            let highest = single.iter().map(|cell| cell.lines(widths)).fold(0.0, f32::max);
            if highest > 0.0 {
                for cell in single {
                    gains[cell.slot] += (cell.lines(widths) / highest).powi(NORM - 1) * cell.slope(widths);
                }
            }
            let mut sum = sums[row] + f64::from(highest);
            for cell in merged {
                let wanted = sums[cell.first] + f64::from(cell.lines(widths));
                if wanted > sum {
                    sum = wanted;
                    gains[cell.slot] += cell.slope(widths);
                }
            }
            sums.push(sum);
        }
        (sums.last().map_or(0.0, |sum| *sum as f32), gains)
    }
}

/// What a width leaves for text: at the end of each line about half a word stays free.
fn room(width: f32) -> f32 {
    const HALF_A_WORD: f32 = 9.0;
    (width - 2.0 * PADDING_X - HALF_A_WORD).max(6.0)
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
        let needs = needs(&table, &Extents::of(&table, 7.0), 7.0);
        let widths = widths(&needs, 500.0).unwrap();
        assert!((widths.iter().sum::<f32>() - 500.0).abs() < 0.01);
        assert!((widths[1] / widths[0] - 3.0).abs() < 0.01);
        assert!((widths[2] - needs[2].soft).abs() < 0.01);
    }

    #[test]
    fn too_narrow_is_refused_and_never_below_nine_characters() {
        let table = table(&[1.0, 1.0]);
        let needs = needs(&table, &Extents::of(&table, 6.0), 6.0);
        let hard = needs[0].hard + needs[1].hard;
        assert_eq!(widths(&needs, hard - 0.1), None);
        let tight = widths(&needs, hard + 0.1).unwrap();
        assert!(tight.iter().all(|width| *width >= fonts().width(Style::Regular, "nnnnnnnnn") * 6.0));
    }

    #[test]
    fn a_column_with_much_to_say_gets_more_width_and_the_rows_get_lower() {
        let mut table = table(&[1.0, 1.0, 0.0]);
        let row = |_| Row {
            cells: vec![Cell::plain(0, &"many words to read ".repeat(20)), Cell::plain(1, "few words")],
            ..Row::default()
        };
        table.rows = (0..5).map(row).collect();
        let extents = Extents::of(&table, 7.0);
        let needs = needs(&table, &extents, 7.0);
        let band = [0, 1, 2];
        let plain = widths(&needs, 500.0).unwrap();
        let balanced = balanced(&table, &extents, &band, &needs, 1.0, 500.0).unwrap();
        assert!((balanced.iter().sum::<f32>() - 500.0).abs() < 0.01);
        let demands = Demands::of(&table, &extents, &band, &needs, 1.0);
        assert!(demands.heights(&balanced).0 < 0.8 * demands.heights(&plain).0);
        assert!(balanced[1] >= needs[1].soft && (balanced[2] - needs[2].soft).abs() < 0.01);
    }
}
