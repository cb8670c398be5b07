//! Report profiles: how the paper of a project looks, for a customer or a purpose.
//!
//! A project has any number of them in an order; the first one is the usual one. Without any, reports look as the program has
//! them.

use std::fmt;

use crate::base::{Id, OrderKey, Text};
use crate::model::form::FormKind;
use crate::model::item::entity;
use crate::model::meta::Meta;
use crate::model::project::Project;

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Paper {
    /// ISO 216, 210 × 297 mm.
    A4,
    /// 8½ × 11 inches.
    Letter,
    /// ISO 216, 297 × 420 mm.
    #[default]
    A3,
    /// 11 × 17 inches.
    Tabloid,
}

impl Paper {
    /// Every size, small ones first.
    pub const ALL: [Self; 4] = [Self::A4, Self::Letter, Self::A3, Self::Tabloid];

    /// The name people order it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "Letter",
            Self::A3 => "A3",
            Self::Tabloid => "Tabloid",
        }
    }
}

/// Which side of a sheet lies at the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Orientation {
    /// The long one.
    #[default]
    Landscape,
    /// The short one.
    Portrait,
}

impl Orientation {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Landscape, Self::Portrait];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Landscape => "Landscape",
            Self::Portrait => "Portrait",
        }
    }
}

/// How the number of a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PageNumbers {
    /// `Page 3 of 12`, as IATF forms have it: nobody can take a page away unseen.
    #[default]
    PageOfPages,
    /// `3 / 12`
    NumberOfPages,
    /// `Page 3`
    Page,
    /// `3`
    Number,
}

impl PageNumbers {
    /// Every style.
    pub const ALL: [Self; 4] = [Self::PageOfPages, Self::NumberOfPages, Self::Page, Self::Number];

    /// An example, by which people know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PageOfPages => "Page 3 of 12",
            Self::NumberOfPages => "3 / 12",
            Self::Page => "Page 3",
            Self::Number => "3",
        }
    }
}

/// Size of body text, in tenths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextSize(u16);

impl TextSize {
    /// The smallest: 6 points.
    pub const SMALLEST: Self = Self(60);
    /// The largest: 14 points. A form of larger letters fits on no paper.
    pub const LARGEST: Self = Self(140);

    /// Reads points with at most one decimal: `6.5`; none for anything else, and for what is too small or too large.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace(',', ".");
        let (whole, tenth) = text.split_once('.').unwrap_or((&text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(tenth) || tenth.len() > 1 {
            return None;
        }
        let tenths = whole.parse::<u16>().ok()?.checked_mul(10)?.checked_add(tenth.parse().ok()?)?;
        Some(Self(tenths)).filter(|size| (Self::SMALLEST..=Self::LARGEST).contains(size))
    }

    /// The size in points.
    pub fn points(self) -> f32 {
        f32::from(self.0) / 10.0
    }
}

impl Default for TextSize {
    fn default() -> Self {
        Self(65)
    }
}

impl fmt::Display for TextSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{}", self.0 / 10),
            tenth => write!(f, "{}.{tenth}", self.0 / 10),
        }
    }
}

/// The columns of a form that are not printed. What is new to a form is printed until somebody leaves it out.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The form.
    pub form: FormKind,
    /// The keys of the columns; those that the form does not have mean nothing.
    pub columns: Vec<Text>,
}

/// How reports look.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportProfile {
    /// Identity.
    pub id: Id<Self>,
    /// Place among the profiles; the first one is the usual one.
    pub order: OrderKey,
    /// Name, by which it is chosen.
    pub name: Text,
    /// The size of the sheet.
    pub paper: Paper,
    /// How it lies.
    pub orientation: Orientation,
    /// Size of body text.
    pub text_size: TextSize,
    /// The tag of the language of reports, such as `de`; blank leaves it to who prints.
    pub language: Text,
    /// The picture in the header: its path below the project folder, with forward slashes; blank for none.
    pub logo: Text,
    /// A text at the foot of every page.
    pub footer: Text,
    /// The confidentiality of documents that do not say one themselves, and of lists.
    pub confidentiality: Text,
    /// How pages are numbered.
    pub page_numbers: PageNumbers,
    /// What is not printed, form by form.
    pub left_out: Vec<LeftOut>,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(ReportProfile, report_profiles, order: order;);

impl ReportProfile {
    /// A profile that prints as the program does without one.
    pub fn new(id: Id<Self>, order: OrderKey, name: &str) -> Self {
        Self {
            id,
            order,
            name: Text::from(name),
            paper: Paper::default(),
            orientation: Orientation::default(),
            text_size: TextSize::default(),
            language: Text::default(),
            logo: Text::default(),
            footer: Text::default(),
            confidentiality: Text::default(),
            page_numbers: PageNumbers::default(),
            left_out: Vec::new(),
            meta: None,
        }
    }

    /// The keys of the columns of a form that are not printed.
    pub fn left_out_of(&self, form: FormKind) -> &[Text] {
        self.left_out.iter().find(|left_out| left_out.form == form).map_or(&[], |left_out| &left_out.columns)
    }
}

impl Project {
    /// The report profiles in the order people gave them.
    pub fn report_profiles(&self) -> Vec<&ReportProfile> {
        self.all_in_order()
    }

    /// The report profile with this name, in any case.
    pub fn report_profile_named(&self, name: &str) -> Option<&ReportProfile> {
        let wanted = crate::base::text::normalized(name);
        self.report_profiles().into_iter().find(|profile| crate::base::text::normalized(&profile.name) == wanted)
    }
}

/// Whether a text is the path of a file below a folder that stays there on every system: parts with forward slashes between
/// them, no drive, no way up, nothing hidden.
pub fn is_path_below(path: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    path.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_text_are_points_with_a_tenth() {
        for (typed, kept) in [("6", "6"), ("6,5", "6.5"), (" 8.0 ", "8"), ("14", "14")] {
            assert_eq!(TextSize::parse(typed).unwrap().to_string(), kept);
        }
        for typed in ["", "5.9", "14.1", "6.55", "-7", "7.", ".5", "seven", "99999", "+7"] {
            assert_eq!(TextSize::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_path_stays_below_the_folder() {
        for good in ["logo.png", "attachments/our logo.png"] {
            assert!(is_path_below(good), "{good}");
        }
        for bad in [
            "",
            "../logo.png",
            "a/../../logo.png",
            "/etc/logo.png",
            "C:/logo.png",
            "a\\..\\b.png",
            ".git/x.png",
            "a//b",
        ] {
            assert!(!is_path_below(bad), "{bad}");
        }
    }
}
