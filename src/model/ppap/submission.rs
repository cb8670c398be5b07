//! The submission as a whole: level, reasons, the manufacturing site, what is declared, and who signs.
//!
//! The fields are those of the part submission warrant (form CFG-1001 of AIAG PPAP, 4th edition, March 2006) that are the
//! same for every part of the submission.

use crate::base::clock::Date;
use crate::base::{Decimal, Id, OrderKey, Text};
use crate::model::item::entity;
use crate::model::meta::Meta;

/// What is sent to the customer, and what is kept (PPAP, submission levels).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Level {
    /// The warrant only.
    One,
    /// Warrant, samples and limited data.
    Two,
    /// Warrant, samples and complete data: the usual level.
    #[default]
    Three,
    /// Warrant and what the customer defines.
    Four,
    /// Complete data, reviewed at the manufacturing location.
    Five,
}

impl Level {
    /// Every level in order.
    pub const ALL: [Self; 5] = [Self::One, Self::Two, Self::Three, Self::Four, Self::Five];

    /// Its number as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
            Self::Five => "5",
        }
    }

    /// What it means, in our own words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::One => "Warrant only, with the appearance approval report where one is asked for",
            Self::Two => "Warrant with samples and limited supporting data",
            Self::Three => "Warrant with samples and complete supporting data",
            Self::Four => "Warrant and whatever else the customer defines",
            Self::Five => "Warrant with samples and complete data, reviewed at the manufacturing site",
        }
    }
}

/// Why something is submitted; the ten boxes of the warrant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A new part.
    Initial,
    /// A change of drawing, specification or material.
    EngineeringChange,
    /// Tooling was moved, replaced, refurbished or added.
    Tooling,
    /// A former submission was not in order.
    Correction,
    /// Tooling was not used for more than a year.
    ToolingInactive,
    /// Another construction or material that the drawing allows.
    OptionalConstruction,
    /// Another supplier, or another source of material.
    SourceChange,
    /// The process was changed.
    ProcessChange,
    /// The part is made at another place too.
    AdditionalLocation,
    /// Something else.
    Other,
}

impl Reason {
    /// Every reason in the order of the form.
    pub const ALL: [Self; 10] = [
        Self::Initial,
        Self::EngineeringChange,
        Self::Tooling,
        Self::Correction,
        Self::ToolingInactive,
        Self::OptionalConstruction,
        Self::SourceChange,
        Self::ProcessChange,
        Self::AdditionalLocation,
        Self::Other,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Initial => "Initial submission",
            Self::EngineeringChange => "Engineering change",
            Self::Tooling => "Tooling: transfer, replacement, refurbishment or additional",
            Self::Correction => "Correction of a discrepancy",
            Self::ToolingInactive => "Tooling inactive for more than a year",
            Self::OptionalConstruction => "Change to optional construction or material",
            Self::SourceChange => "Change of supplier or material source",
            Self::ProcessChange => "Change in part processing",
            Self::AdditionalLocation => "Parts made at an additional location",
            Self::Other => "Other",
        }
    }
}

/// An answer of the warrant; blank as long as nobody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question does not apply.
    NotApplicable,
}

impl Answer {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotApplicable];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::No => "No",
            Self::NotApplicable => "n/a",
        }
    }
}

/// How the substances in the material were reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportFormat {
    /// In the International Material Data System.
    Imds,
    /// In another form that the customer asks for.
    Other,
}

impl ReportFormat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Imds, Self::Other];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imds => "IMDS",
            Self::Other => "Other customer format",
        }
    }
}

/// A set of results that the warrant speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultSet {
    /// Dimensional measurements.
    Dimensional,
    /// Material and functional tests.
    MaterialAndFunctional,
    /// Appearance criteria.
    Appearance,
    /// Statistical process package.
    Statistical,
}

impl ResultSet {
    /// Every set in the order of the form.
    pub const ALL: [Self; 4] = [Self::Dimensional, Self::MaterialAndFunctional, Self::Appearance, Self::Statistical];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dimensional => "Dimensional measurements",
            Self::MaterialAndFunctional => "Material and functional tests",
            Self::Appearance => "Appearance criteria",
            Self::Statistical => "Statistical process package",
        }
    }
}

/// The address of the manufacturing site.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Site {
    /// Street and number.
    pub street: Text,
    /// City.
    pub city: Text,
    /// Region or state.
    pub region: Text,
    /// Postal code.
    pub postal_code: Text,
    /// Country.
    pub country: Text,
}

/// Who signs for the organisation. The signature itself is written on paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signature {
    /// Name in print.
    pub name: Text,
    /// Title.
    pub title: Text,
    /// Phone number.
    pub phone: Text,
    /// Fax number.
    pub fax: Text,
    /// E-mail address.
    pub mail: Text,
    /// Day of signing.
    pub date: Option<Date>,
}

/// How the weight of a part is given. Customers differ, so both are settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightRule {
    /// Digits behind the decimal point of the weight in kilograms; four as a rule.
    pub decimals: u16,
    /// Number of parts whose mean the weight is; ten as a rule.
    pub parts: u16,
}

impl Default for WeightRule {
    fn default() -> Self {
        Self { decimals: 4, parts: 10 }
    }
}

/// A submission to the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// Identity.
    pub id: Id<Self>,
    /// Place among the submissions.
    pub order: OrderKey,
    /// What it is for, such as the part family and the occasion.
    pub title: Text,
    /// The level that the customer asked for.
    pub level: Level,
    /// Why it is made, in the order of the form.
    pub reasons: Vec<Reason>,
    /// The reason that none of the boxes names.
    pub other_reason: Text,
    /// Day of submission.
    pub date: Option<Date>,
    /// Customer and division; blank for the customer of the project.
    pub division: Text,
    /// Buyer and buyer code.
    pub buyer: Text,
    /// Application: model year, vehicle, engine; blank for the programme of the project.
    pub application: Text,
    /// Manufacturing site.
    pub site: Site,
    /// Code of the supplier at the customer; blank for that of the project.
    pub supplier_code: Text,
    /// Whether substances of concern that the customer asks about were reported.
    pub substances_reported: Option<Answer>,
    /// In which form they were.
    pub report_format: Option<ReportFormat>,
    /// Identity and version of that report.
    pub report_number: Text,
    /// Date of that report.
    pub report_date: Option<Date>,
    /// Whether polymeric parts carry the marking codes of ISO.
    pub polymers_marked: Option<Answer>,
    /// The sets of results that the warrant speaks for, in the order of the form.
    pub results_for: Vec<ResultSet>,
    /// Whether the results meet all requirements.
    pub requirements_met: Option<bool>,
    /// Explanation and comments; has to say what is not met and why.
    pub explanation: Text,
    /// Number of parts made at the declared production rate.
    pub rate_parts: Option<Decimal>,
    /// Number of hours in which they were made.
    pub rate_hours: Option<Decimal>,
    /// Whether every tool that the customer owns is tagged and numbered.
    pub tools_tagged: Option<Answer>,
    /// Who signs.
    pub signature: Signature,
    /// How weights are given.
    pub weight: WeightRule,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(Submission, submissions, order: order;);

impl Submission {
    /// A submission at the usual level, with everything else open.
    pub fn draft(id: Id<Self>, order: OrderKey, title: &str) -> Self {
        Self {
            id,
            order,
            title: Text::from(title),
            level: Level::default(),
            reasons: Vec::new(),
            other_reason: Text::default(),
            date: None,
            division: Text::default(),
            buyer: Text::default(),
            application: Text::default(),
            site: Site::default(),
            supplier_code: Text::default(),
            substances_reported: None,
            report_format: None,
            report_number: Text::default(),
            report_date: None,
            polymers_marked: None,
            results_for: Vec::new(),
            requirements_met: None,
            explanation: Text::default(),
            rate_parts: None,
            rate_hours: None,
            tools_tagged: None,
            signature: Signature::default(),
            weight: WeightRule::default(),
            meta: None,
        }
    }
}
