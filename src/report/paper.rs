//! Sheets of paper and what is left of them within the margins.

/// Points in a millimetre.
pub const POINTS_PER_MM: f32 = 72.0 / 25.4;

pub use crate::model::report_profile::Paper;

impl Paper {
    /// Short and long side in points.
    pub const fn sides(self) -> (f32, f32) {
        match self {
            Self::A4 => (210.0 * POINTS_PER_MM, 297.0 * POINTS_PER_MM),
            Self::Letter => (612.0, 792.0),
            Self::A3 => (297.0 * POINTS_PER_MM, 420.0 * POINTS_PER_MM),
            Self::Tabloid => (792.0, 1224.0),
        }
    }

    /// The next larger size of the same family, for a form that does not fit.
    pub const fn larger(self) -> Option<Self> {
        match self {
            Self::A4 => Some(Self::A3),
            Self::Letter => Some(Self::Tabloid),
            Self::A3 | Self::Tabloid => None,
        }
    }
}

/// The sheet a report is printed on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSetup {
    /// The size of the sheet.
    pub paper: Paper,
    /// Whether the long side lies at the bottom.
    pub landscape: bool,
    /// The free edge on all sides, in points.
    pub margin: f32,
}

impl PageSetup {
    /// A sheet on its long side with margins of 10 mm.
    pub const fn landscape(paper: Paper) -> Self {
        Self { paper, landscape: true, margin: 10.0 * POINTS_PER_MM }
    }

    /// A sheet on its short side with margins of 10 mm.
    pub const fn portrait(paper: Paper) -> Self {
        Self { paper, landscape: false, margin: 10.0 * POINTS_PER_MM }
    }

    /// Width and height of the sheet in points.
    pub const fn size(&self) -> (f32, f32) {
        let (short, long) = self.paper.sides();
        if self.landscape { (long, short) } else { (short, long) }
    }

    /// The width between the margins.
    pub const fn width(&self) -> f32 {
        self.size().0 - 2.0 * self.margin
    }

    /// The height between the margins.
    pub const fn height(&self) -> f32 {
        self.size().1 - 2.0 * self.margin
    }
}

impl Default for PageSetup {
    fn default() -> Self {
        Self::landscape(Paper::A3)
    }
}
