//! The action-priority table: written as blocks, as the handbook shows it, and looked up as a dense array.

use crate::base::Text;
use crate::model::profile::Scale;
use crate::model::rating::{Priority, Rating};

/// Neighbouring values of a scale, from the better to the worse, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingSpan {
    /// The better end.
    pub from: Rating,
    /// The worse end; equal to `from` for a single value.
    pub to: Rating,
}

/// A row of a block table: one band of severities and one of the second scale, cut along the third scale.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorityBlock {
    /// The severities.
    pub severity: RatingSpan,
    /// The occurrences, or frequencies.
    pub second: RatingSpan,
    /// The detections, or monitorings, and what they lead to.
    pub cells: Vec<(RatingSpan, Priority)>,
    /// What nobody has confirmed about this block.
    pub unverified: Option<Text>,
}

/// A total and unambiguous table of priorities.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorityTable {
    blocks: Vec<PriorityBlock>,
    sizes: [usize; 3],
    dense: Box<[Priority]>,
}

/// Why blocks are no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A block names a value that its scale does not have.
    #[error("the priority table names {scale} {rating}, which is not on the scale")]
    OffScale {
        /// The scale.
        scale: &'static str,
        /// The value.
        rating: Rating,
    },
    /// A band runs from worse to better.
    #[error("the priority table has a {scale} band from {from} to {to}; write the better end first")]
    Reversed {
        /// The scale.
        scale: &'static str,
        /// The first end.
        from: Rating,
        /// The second end.
        to: Rating,
    },
    /// A combination has two priorities.
    #[error("the priority table gives {0} two priorities")]
    Overlap(String),
    /// A combination has no priority.
    #[error("the priority table gives {0} no priority")]
    Gap(String),
}

impl PriorityTable {
    /// Makes the dense table.
    ///
    /// # Errors
    /// If a band leaves its scale or is written backwards, or a combination of ratings has no priority or two.
    pub fn new(blocks: Vec<PriorityBlock>, scales: &[Scale; 3]) -> Result<Self, TableError> {
        let sizes = [0, 1, 2].map(|at: usize| scales[at].levels().len());
        let mut cells: Vec<Option<Priority>> = vec![None; sizes.iter().product()];
        for block in &blocks {
            let severities = positions(&block.severity, &scales[0])?;
            let seconds = positions(&block.second, &scales[1])?;
            for (span, priority) in &block.cells {
                for third in positions(span, &scales[2])? {
                    for place in severities.clone().flat_map(|s| seconds.clone().map(move |o| [s, o, third])) {
                        if cells[flat(place, sizes)].replace(*priority).is_some() {
                            return Err(TableError::Overlap(name(place, scales)));
                        }
                    }
                }
            }
        }
        if let Some(at) = cells.iter().position(Option::is_none) {
            let place = [at / (sizes[1] * sizes[2]), at / sizes[2] % sizes[1], at % sizes[2]];
            return Err(TableError::Gap(name(place, scales)));
        }
        Ok(Self { blocks, sizes, dense: cells.into_iter().flatten().collect() })
    }

    /// The priority at these positions of the three scales, counted from 0 at the best; `None` beyond a scale.
    pub fn get(&self, positions: [usize; 3]) -> Option<Priority> {
        let inside = positions.iter().zip(self.sizes).all(|(position, size)| *position < size);
        if inside { self.dense.get(flat(positions, self.sizes)).copied() } else { None }
    }

    /// The blocks as they were written, for showing the table.
    pub fn blocks(&self) -> &[PriorityBlock] {
        &self.blocks
    }
}

impl PriorityBlock {
    /// The bands in words, such as `S 7–8, F 5`.
    pub fn place(&self, scales: &[Scale; 3]) -> String {
        let words = |scale: &Scale, span: &RatingSpan| {
            let letter = scale.role().letter();
            if span.from == span.to {
                format!("{letter} {}", span.from)
            } else {
                format!("{letter} {}–{}", span.from, span.to)
            }
        };
        format!("{}, {}", words(&scales[0], &self.severity), words(&scales[1], &self.second))
    }
}

fn positions(span: &RatingSpan, scale: &Scale) -> Result<std::ops::RangeInclusive<usize>, TableError> {
    let place = |rating: &Rating| {
        let off_scale = || TableError::OffScale { scale: scale.role().word(), rating: rating.clone() };
        scale.position(rating).ok_or_else(off_scale)
    };
    let (from, to) = (place(&span.from)?, place(&span.to)?);
    if from > to {
        let (from, to) = (span.from.clone(), span.to.clone());
        return Err(TableError::Reversed { scale: scale.role().word(), from, to });
    }
    Ok(from..=to)
}

fn flat([severity, second, third]: [usize; 3], sizes: [usize; 3]) -> usize {
    (severity * sizes[1] + second) * sizes[2] + third
}

fn name(place: [usize; 3], scales: &[Scale; 3]) -> String {
    let word = |at: usize| format!("{} {}", scales[at].role().letter(), scales[at].levels()[place[at]].value);
    [0, 1, 2].map(word).join(", ")
}
