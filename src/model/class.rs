//! Special-characteristic classes: how a customer marks characteristics that need particular care, as data.
//!
//! A class belongs to the characteristic; flow, FMEA and control plan only show it, so that the same characteristic
//! carries the same symbol in every document (IATF 16949, 8.3.3.3).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Text;
use crate::model::rating::Rating;
use crate::model::symbol::SymbolShape;

/// How grave it is to miss the characteristic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClassRank {
    /// Safety of people or compliance with law.
    Critical,
    /// Fit, function, appearance or the customer's satisfaction.
    Significant,
    /// Anything else that a company marks, such as operator safety inside the plant.
    Other,
}

/// What kind of characteristic may carry a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClassScope {
    /// Product characteristics only.
    Product,
    /// Process characteristics only.
    Process,
    /// Both.
    Both,
}

/// What a class asks of the people who make the characteristic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obligation {
    /// A row in the control plan.
    ControlPlan,
    /// A mark on the drawing.
    DrawingMark,
    /// An initial process study.
    CapabilityStudy,
    /// Statistical process control in production.
    StatisticalProcessControl,
    /// A check of every part.
    FullInspection,
    /// Error-proofing.
    ErrorProofing,
    /// The customer's approval of FMEA and control plan.
    CustomerApproval,
    /// A product-safety approval and a way of escalation (IATF 16949, 4.4.1.2).
    ProductSafetyApproval,
    /// Parts that can be traced to their production data.
    Traceability,
    /// Records kept for the time that the customer asks for.
    RecordRetention,
}

impl Obligation {
    /// The words for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ControlPlan => "Control plan row",
            Self::DrawingMark => "Mark on the drawing",
            Self::CapabilityStudy => "Initial process study",
            Self::StatisticalProcessControl => "Statistical process control",
            Self::FullInspection => "100 % inspection",
            Self::ErrorProofing => "Error-proofing",
            Self::CustomerApproval => "Customer approval",
            Self::ProductSafetyApproval => "Product-safety approval",
            Self::Traceability => "Traceability",
            Self::RecordRetention => "Record retention",
        }
    }
}

/// How sure we are of what a class says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Read in a public source.
    Confirmed,
    /// A public source agrees in part.
    PartlyConfirmed,
    /// Not confirmed; such a class is shipped switched off.
    Unverified,
}

/// One class of one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecialClass {
    /// Stable name, unique over all sets, such as `ford-cc`; files refer to it and people never see it.
    pub id: String,
    /// The code that lists and conversion tables use, such as `CC`.
    pub code: Text,
    /// The drawn symbol; without one the code stands in a cell as text.
    pub symbol: Option<SymbolShape>,
    /// What search, CSV and copied text show, such as `<D>`.
    pub text_fallback: Text,
    /// What the class means, in a sentence.
    pub meaning: Text,
    /// How grave it is.
    pub rank: ClassRank,
    /// The lowest severity (1 to 10) at which the class is normal, if the customer says so.
    pub minimum_severity: Option<Rating>,
    /// The lowest occurrence (1 to 10) at which the class is normal, if the customer says so.
    pub minimum_occurrence: Option<Rating>,
    /// Which characteristics may carry it.
    pub applies_to: ClassScope,
    /// What it asks for.
    pub obligations: Vec<Obligation>,
    /// How sure these facts are.
    pub confidence: Confidence,
    /// Whether the class is offered; an unverified one is off until a person has asked the customer.
    pub enabled: bool,
    /// What to know before use.
    pub note: Option<Text>,
}

/// The classes of one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassSet {
    /// Stable name, such as `ford`.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// The customer or body that uses the classes.
    pub customer: Text,
    /// Where the facts come from, and what to check.
    pub source: Text,
    /// The classes, gravest first.
    pub classes: Vec<SpecialClass>,
}

/// All class sets that are known, shipped and the project's own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClassSets {
    sets: Vec<Arc<ClassSet>>,
    places: BTreeMap<String, (usize, usize)>,
}

/// Why a class set cannot join the others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClassError {
    /// Another set has this id.
    #[error("there are two class sets with the id `{0}`")]
    DuplicateSet(String),
    /// Another class, here or in another set, has this id.
    #[error("there are two special-characteristic classes with the id `{0}`")]
    DuplicateClass(String),
    /// A class that nobody confirmed is offered without a warning.
    #[error("class `{0}` is unverified: set `enabled: false` and say in `note` what to check with the customer")]
    UnverifiedInUse(String),
}

impl ClassSets {
    /// Adds a set.
    ///
    /// # Errors
    /// If the set's id or one of its classes' ids is taken, or an unverified class is switched on or has no note. Nothing is
    /// added then.
    pub fn add(&mut self, set: ClassSet) -> Result<(), ClassError> {
        if self.set(&set.id).is_some() {
            return Err(ClassError::DuplicateSet(set.id));
        }
        let mut places = self.places.clone();
        for (at, class) in set.classes.iter().enumerate() {
            if places.insert(class.id.clone(), (self.sets.len(), at)).is_some() {
                return Err(ClassError::DuplicateClass(class.id.clone()));
            }
            if class.confidence == Confidence::Unverified && (class.enabled || class.note.is_none()) {
                return Err(ClassError::UnverifiedInUse(class.id.clone()));
            }
        }
        self.places = places;
        self.sets.push(Arc::new(set));
        Ok(())
    }

    /// All sets, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &ClassSet> {
        self.sets.iter().map(Arc::as_ref)
    }

    /// The set with this id.
    pub fn set(&self, id: &str) -> Option<&ClassSet> {
        self.iter().find(|set| set.id == id)
    }

    /// The class with this id, of whatever set, switched on or not.
    pub fn class(&self, id: &str) -> Option<&SpecialClass> {
        let (set, class) = self.places.get(id)?;
        self.sets.get(*set)?.classes.get(*class)
    }
}
