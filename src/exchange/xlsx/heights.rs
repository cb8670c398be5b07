//! How high rows have to be. Spreadsheets fit the height of a row to its texts only where no cells are merged, so the heights
//! are reckoned here and written.

use crate::base::fonts::{Style, fonts};

/// The size of body text in points.
pub(super) const BODY: f32 = 8.0;
/// The height of a line of body text.
const LINE: f32 = 11.0;
/// What a row has above and below its text.
const ROW_EDGE: f32 = 2.0;
/// What a cell has beside its text.
const CELL_EDGE: f32 = 5.0;
/// The highest row that spreadsheets have.
pub(super) const HIGHEST: f32 = 409.0;
/// How wide the letters of workbooks run beside those measured by, with some room for other programs and printers.
const RUNS: f32 = 0.97;

/// How high a text is in a cell of this width.
pub(super) fn height(text: &str, width: f32, size: f32) -> f32 {
    ROW_EDGE + lines(text, width, size) as f32 * LINE * size / BODY
}

/// On how many lines a text stands.
fn lines(text: &str, width: f32, size: f32) -> usize {
    let room = ((width - CELL_EDGE).max(size) / (size * RUNS) * 1000.0) as u32;
    text.split('\n').map(|paragraph| lines_of(paragraph, room)).sum()
}

fn lines_of(paragraph: &str, room: u32) -> usize {
    let fonts = fonts();
    let (mut lines, mut used, mut word) = (1, 0_u32, 0_u32);
    for character in paragraph.chars() {
        let advance = fonts.advance(Style::Regular, character);
        if character == ' ' {
            used += word + advance;
            word = 0;
            continue;
        }
        word += advance;
        if used + word > room {
            lines += 1;
            if used == 0 {
                // A word that is longer than the line is broken anywhere.
                word = advance;
            }
            used = 0;
        }
        if character == '-' || character == '/' {
            used += word;
            word = 0;
        }
    }
    lines
}

/// How wide a text is on one line.
pub(super) fn width(text: &str, size: f32) -> f32 {
    fonts().width(Style::Medium, text) * size * RUNS
}

/// The heights of the rows of a block, from what its cells need: first those of one row, then the merged ones, whose need is
/// shared by their rows.
#[derive(Debug)]
pub(super) struct Heights {
    rows: Vec<f32>,
    merged: Vec<(usize, usize, f32)>,
}

impl Heights {
    /// So many rows of one line.
    pub(super) fn new(rows: usize) -> Self {
        Self { rows: vec![LINE + ROW_EDGE; rows], merged: Vec::new() }
    }

    /// A cell needs a height.
    pub(super) fn need(&mut self, row: usize, rows: usize, height: f32) {
        if rows > 1 {
            self.merged.push((row, rows, height));
        } else if let Some(known) = self.rows.get_mut(row) {
            *known = known.max(height.min(HIGHEST));
        }
    }

    /// The heights from top to bottom.
    pub(super) fn rows(mut self) -> Vec<f32> {
        // Short merges first, so that long ones find the room that these have made.
        self.merged.sort_by_key(|(row, rows, _)| (*rows, *row));
        for (row, rows, height) in self.merged {
            let Some(rows) = self.rows.get_mut(row..row + rows) else { continue };
            let lacking = height - rows.iter().sum::<f32>();
            if lacking > 0.0 {
                let share = lacking / rows.len() as f32;
                for row in rows {
                    *row = (*row + share).min(HIGHEST);
                }
            }
        }
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_words_and_long_words_anywhere() {
        assert_eq!(lines("", 50.0, BODY), 1);
        assert_eq!(lines("one\ntwo\n\nfour", 50.0, BODY), 4);
        let narrow = lines("Torque of the screw not reached", 50.0, BODY);
        assert!((3..=5).contains(&narrow), "{narrow}");
        assert_eq!(lines("Torque of the screw not reached", 500.0, BODY), 1);
        assert!(lines(&"x".repeat(100), 50.0, BODY) > 5);
    }

    #[test]
    fn merged_cells_share_what_they_need() {
        let mut heights = Heights::new(3);
        heights.need(0, 1, 50.0);
        heights.need(0, 3, 130.0);
        heights.need(2, 1, 900.0);
        let rows = heights.rows();
        assert_eq!(rows, vec![50.0, 13.0, HIGHEST]);
        let mut heights = Heights::new(2);
        heights.need(0, 2, 46.0);
        assert_eq!(heights.rows(), vec![23.0, 23.0]);
    }
}
