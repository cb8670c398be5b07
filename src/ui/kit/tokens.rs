//! Colours and sizes of the window, in one place, for the light and the dark theme.
//!
//! *Invariant:* views and the grid take every colour and every size from here, so that one change reaches the whole window.

use eframe::egui::{Color32, Ui};

/// Sizes in points; space goes in steps of four.
pub mod size {
    /// Text of menus, panels and dialogs.
    pub const CHROME_TEXT: f32 = 13.0;
    /// Text of grid cells.
    pub const GRID_TEXT: f32 = 12.5;
    /// Text of column headings.
    pub const HEADING_TEXT: f32 = 11.5;
    /// Captions; nothing is set smaller.
    pub const CAPTION_TEXT: f32 = 11.0;
    /// Title of a dialog or of an empty view.
    pub const TITLE_TEXT: f32 = 17.0;
    /// Height of a line of grid text as a multiple of its size.
    pub const GRID_LINE_HEIGHT: f32 = 1.3;
    /// The smallest step of space.
    pub const STEP: f32 = 4.0;
    /// Space left and right of the text in a cell.
    pub const CELL_PAD_X: f32 = 6.0;
    /// Space above and below the text in a cell.
    pub const CELL_PAD_Y: f32 = 4.0;
    /// Corner radius of everything that has corners.
    pub const CORNER: u8 = 4;
    /// Height of a toolbar.
    pub const TOOLBAR: f32 = 32.0;
    /// Height of the menu bar.
    pub const MENU_BAR: f32 = 28.0;
    /// Height of the status bar.
    pub const STATUS_BAR: f32 = 24.0;
    /// Breadth of the scroll bars of a grid.
    pub const SCROLL_BAR: f32 = 13.0;
    /// Breadth of the margin of a grid that shows the findings.
    pub const GRID_MARGIN: f32 = 20.0;
    /// Breadth of the gold thread at the left edge of a cell.
    pub const THREAD: f32 = 3.0;
    /// Side of a severity icon.
    pub const ICON: f32 = 14.0;
}

/// A text colour with the fill it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Colour of the text.
    pub text: Color32,
    /// Colour of the ground below the text.
    pub fill: Color32,
}

/// How urgent a letter or a mark is; the colours follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing special.
    Neutral,
    /// Low action priority, or something that is in order.
    Low,
    /// Medium action priority.
    Medium,
    /// High action priority.
    High,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; drawn as a dot.
    Info,
    /// Something that should be looked at; drawn as a triangle.
    Warning,
    /// Something that is wrong; drawn as an octagon.
    Error,
}

impl Severity {
    /// The word a screen reader says.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "Note",
            Self::Warning => "Warning",
            Self::Error => "Error",
        }
    }
}

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Behind everything.
    pub ground: Color32,
    /// Panels and toolbars.
    pub panel: Color32,
    /// The sheets that hold the documents, and fields.
    pub paper: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Lines between failure modes, and edges that matter.
    pub strong_line: Color32,
    /// Lines between process steps.
    pub step_line: Color32,
    /// Text.
    pub text: Color32,
    /// Text that stays in the background: captions, prompts.
    pub quiet: Color32,
    /// The edge of the selection, links and the focus.
    pub selection: Color32,
    /// Fill of a button the pointer rests on.
    pub hover: Color32,
    /// Fill of a pressed button or a chosen tab.
    pub pressed: Color32,
    /// The gold thread.
    pub gold: Color32,
    /// High action priority.
    pub high: Pair,
    /// Medium action priority.
    pub medium: Pair,
    /// Low action priority.
    pub low: Pair,
    /// Findings of error severity.
    pub error: Color32,
    /// Findings of warning severity.
    pub warning: Color32,
    /// Notes.
    pub info: Color32,
    /// Grounds of the column headings of the seven steps.
    pub tints: [Color32; 7],
    /// Share of the selection colour in a selected cell, out of 255.
    selection_alpha: u8,
    /// Share of gold in a cell that the pointer lights up elsewhere, out of 255.
    gold_alpha: u8,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const LIGHT: Tokens = Tokens {
    ground: rgb(0x00F6_F6F4),
    panel: rgb(0x00FB_FBFA),
    paper: rgb(0x00FF_FFFF),
    line: rgb(0x00DD_E0E4),
    strong_line: rgb(0x00A9_B0B9),
    step_line: rgb(0x007B_8590),
    text: rgb(0x001A_1D21),
    quiet: rgb(0x0059_626D),
    selection: rgb(0x001F_5FD0),
    hover: rgb(0x00EB_ECEE),
    pressed: rgb(0x00DF_E3E8),
    gold: rgb(0x00B9_8900),
    high: Pair { text: rgb(0x009F_1D16), fill: rgb(0x00FB_E6E4) },
    medium: Pair { text: rgb(0x007A_5200), fill: rgb(0x00FF_F0CF) },
    low: Pair { text: rgb(0x001D_6236), fill: rgb(0x00E4_F3E8) },
    error: rgb(0x00B3_261E),
    warning: rgb(0x0092_6200),
    info: rgb(0x001F_5FD0),
    tints: [
        rgb(0x00EC_EFF2),
        rgb(0x00E9_F0F9),
        rgb(0x00E6_F3F0),
        rgb(0x00F8_EDEA),
        rgb(0x00FA_F2DF),
        rgb(0x00EC_F3E3),
        rgb(0x00F0_ECF7),
    ],
    selection_alpha: 31,
    gold_alpha: 46,
};

const DARK: Tokens = Tokens {
    ground: rgb(0x0016_181B),
    panel: rgb(0x001C_1F23),
    paper: rgb(0x0021_2428),
    line: rgb(0x0033_383E),
    strong_line: rgb(0x0059_616B),
    step_line: rgb(0x0083_8D99),
    text: rgb(0x00E6_E8EB),
    quiet: rgb(0x00A3_ABB5),
    selection: rgb(0x006E_A0FF),
    hover: rgb(0x002B_3036),
    pressed: rgb(0x0036_3C44),
    gold: rgb(0x00E2_B93B),
    high: Pair { text: rgb(0x00FF_B4AC), fill: rgb(0x004A_1C19) },
    medium: Pair { text: rgb(0x00FF_D58A), fill: rgb(0x0044_330F) },
    low: Pair { text: rgb(0x009B_DDB0), fill: rgb(0x0017_3A24) },
    error: rgb(0x00FF_8A80),
    warning: rgb(0x00FF_CB6B),
    info: rgb(0x008A_B4FF),
    tints: [
        rgb(0x002A_2E33),
        rgb(0x0025_2D39),
        rgb(0x0022_3230),
        rgb(0x0037_2929),
        rgb(0x0036_2F20),
        rgb(0x002A_3225),
        rgb(0x002F_2A39),
    ],
    selection_alpha: 46,
    gold_alpha: 42,
};

impl Tokens {
    /// The light theme.
    pub const fn light() -> &'static Self {
        &LIGHT
    }

    /// The dark theme.
    pub const fn dark() -> &'static Self {
        &DARK
    }

    /// The theme that `ui` is painted in.
    pub fn of(ui: &Ui) -> &'static Self {
        if ui.visuals().dark_mode { Self::dark() } else { Self::light() }
    }

    /// Fill of selected cells, to be laid over what is below.
    pub fn selection_fill(&self) -> Color32 {
        with_alpha(self.selection, self.selection_alpha)
    }

    /// Fill of cells that show the fact under the pointer, to be laid over what is below.
    pub fn gold_fill(&self) -> Color32 {
        with_alpha(self.gold, self.gold_alpha)
    }

    /// The colours of a tone; a neutral one has text on paper.
    pub const fn tone(&self, tone: Tone) -> Pair {
        match tone {
            Tone::Neutral => Pair { text: self.text, fill: self.paper },
            Tone::Low => self.low,
            Tone::Medium => self.medium,
            Tone::High => self.high,
        }
    }

    /// The colour of a finding.
    pub const fn severity(&self, severity: Severity) -> Color32 {
        match severity {
            Severity::Info => self.info,
            Severity::Warning => self.warning,
            Severity::Error => self.error,
        }
    }

    /// The ground of column headings for tint `index`; it wraps round after seven.
    pub fn tint(&self, index: u8) -> Color32 {
        self.tints.get(usize::from(index) % self.tints.len()).copied().unwrap_or(self.panel)
    }
}

fn with_alpha(color: Color32, alpha: u8) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r(), color.g(), color.b(), alpha)
}

/// The contrast of two opaque colours by WCAG 2, from 1 to 21.
pub fn contrast(one: Color32, other: Color32) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Color32) -> f32 {
    let linear = |channel: u8| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(below: Color32, above: Color32) -> Color32 {
        below.blend(above)
    }

    #[test]
    fn contrast_of_black_and_white_is_21() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(Color32::WHITE, Color32::WHITE) - 1.0).abs() < 0.01);
    }

    #[test]
    fn every_text_stands_out_from_every_ground_it_can_be_on() {
        for (name, tokens) in [("light", Tokens::light()), ("dark", Tokens::dark())] {
            let mut grounds = vec![tokens.ground, tokens.panel, tokens.paper, tokens.hover];
            grounds.extend(tokens.tints);
            grounds.push(over(tokens.paper, tokens.selection_fill()));
            grounds.push(over(tokens.paper, tokens.gold_fill()));
            let texts = [
                ("text", tokens.text),
                ("quiet", tokens.quiet),
                ("selection", tokens.selection),
                ("error", tokens.error),
                ("warning", tokens.warning),
                ("info", tokens.info),
            ];
            for (what, text) in texts {
                // Links and findings are not set on coloured headings or filled cells.
                let on = if matches!(what, "text" | "quiet") { &grounds[..] } else { &grounds[..3] };
                for ground in on {
                    let found = contrast(text, *ground);
                    assert!(found >= 4.5, "{name}: {what} on {ground:?} has {found:.2}");
                }
            }
            assert!(contrast(tokens.text, tokens.pressed) >= 4.5);
            for tone in [Tone::Neutral, Tone::Low, Tone::Medium, Tone::High] {
                let pair = tokens.tone(tone);
                assert!(contrast(pair.text, pair.fill) >= 4.5, "{name}: {tone:?}");
            }
        }
    }

    #[test]
    fn marks_that_are_no_text_have_three_to_one() {
        for tokens in [Tokens::light(), Tokens::dark()] {
            for mark in [tokens.gold, tokens.selection, tokens.step_line] {
                assert!(contrast(mark, tokens.paper) >= 3.0, "{mark:?}");
            }
        }
    }
}
