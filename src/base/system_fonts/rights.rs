//! What the maker of a font allows: whether its glyphs may stand in a file that is handed on.

/// How a font may be embedded into a document that others read and print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// The glyphs in use.
    Subset,
    /// The whole font or nothing.
    Whole,
    /// Not at all.
    Barred,
}

impl Rights {
    /// The rights that `fsType` states (OpenType specification, table OS/2). Where older fonts set several of the usage
    /// bits, the least restrictive holds. A font without the table restricts nothing.
    pub fn of(fs_type: Option<u16>) -> Self {
        /// Restricted licence, preview and print, editable.
        const USAGE: u16 = 0x000e;
        const RESTRICTED: u16 = 0x0002;
        const NO_SUBSETTING: u16 = 0x0100;
        const BITMAPS_ONLY: u16 = 0x0200;
        let stated = fs_type.unwrap_or_default();
        if stated & USAGE == RESTRICTED || stated & BITMAPS_ONLY != 0 {
            Self::Barred
        } else if stated & NO_SUBSETTING != 0 {
            Self::Whole
        } else {
            Self::Subset
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_restrictive_usage_holds_and_the_other_bits_restrict_further() {
        let rights = |fs_type| Rights::of(Some(fs_type));
        for free in [0x0000, 0x0004, 0x0008, 0x000c, 0x0006, 0x000a, 0x0001] {
            assert_eq!(rights(free), Rights::Subset, "{free:04x}");
        }
        for barred in [0x0002, 0x0102, 0x0200, 0x0208, 0x0300] {
            assert_eq!(rights(barred), Rights::Barred, "{barred:04x}");
        }
        assert_eq!((rights(0x0100), rights(0x0108)), (Rights::Whole, Rights::Whole));
        assert_eq!(Rights::of(None), Rights::Subset);
    }
}
