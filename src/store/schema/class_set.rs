//! The file of a set of special-characteristic classes.

use serde::Deserialize;

use crate::base::Text;
use crate::model::class::{ClassRank, ClassScope, ClassSet, Confidence, Obligation, SpecialClass};
use crate::model::symbol::{SymbolSet, SymbolShape};
use crate::store::schema::rating::RatingFile;

/// A class set as it stands in a file. See [`ClassSet`] and [`SpecialClass`] for what the fields mean.
#[derive(Debug, Deserialize)]
#[serde(rename = "ClassSet", deny_unknown_fields)]
pub struct ClassSetFile {
    #[serde(rename = "format")]
    _format: u32,
    id: String,
    name: String,
    customer: String,
    source: String,
    classes: Vec<ClassFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    id: String,
    code: String,
    symbol: Option<ClassSymbolFile>,
    text_fallback: String,
    meaning: String,
    rank: RankFile,
    #[serde(default)]
    minimum_severity: Option<RatingFile>,
    #[serde(default)]
    minimum_occurrence: Option<RatingFile>,
    applies_to: ScopeFile,
    obligations: Vec<ObligationFile>,
    confidence: ConfidenceFile,
    enabled: bool,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassSymbolFile {
    shape: String,
    #[serde(default)]
    label: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum RankFile {
    Critical,
    Significant,
    Other,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum ScopeFile {
    Product,
    Process,
    Both,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum ConfidenceFile {
    Confirmed,
    PartlyConfirmed,
    Unverified,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum ObligationFile {
    ControlPlan,
    DrawingMark,
    CapabilityStudy,
    StatisticalProcessControl,
    FullInspection,
    ErrorProofing,
    CustomerApproval,
    ProductSafetyApproval,
    Traceability,
    RecordRetention,
}

/// A class names a shape that the shapes file does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("class `{class}` names the shape `{shape}`, which does not exist; known are {known}")]
pub struct UnknownShape {
    class: String,
    shape: String,
    known: String,
}

impl ClassSetFile {
    /// The set, its symbols drawn by `shapes`.
    ///
    /// # Errors
    /// If a class names a shape that is not among `shapes`.
    pub fn into_model(self, shapes: &SymbolSet) -> Result<ClassSet, UnknownShape> {
        let classes = self.classes.into_iter().map(|class| class.into_model(shapes)).collect::<Result<_, _>>()?;
        Ok(ClassSet {
            id: self.id,
            name: self.name.into(),
            customer: self.customer.into(),
            source: self.source.into(),
            classes,
        })
    }
}

impl ClassFile {
    fn into_model(self, shapes: &SymbolSet) -> Result<SpecialClass, UnknownShape> {
        let symbol = match self.symbol {
            Some(symbol) => Some(symbol.into_model(&self.id, shapes)?),
            None => None,
        };
        Ok(SpecialClass {
            id: self.id,
            code: self.code.into(),
            symbol,
            text_fallback: self.text_fallback.into(),
            meaning: self.meaning.into(),
            rank: match self.rank {
                RankFile::Critical => ClassRank::Critical,
                RankFile::Significant => ClassRank::Significant,
                RankFile::Other => ClassRank::Other,
            },
            minimum_severity: self.minimum_severity.map(|RatingFile(rating)| rating),
            minimum_occurrence: self.minimum_occurrence.map(|RatingFile(rating)| rating),
            applies_to: match self.applies_to {
                ScopeFile::Product => ClassScope::Product,
                ScopeFile::Process => ClassScope::Process,
                ScopeFile::Both => ClassScope::Both,
            },
            obligations: self.obligations.into_iter().map(ObligationFile::into_model).collect(),
            confidence: match self.confidence {
                ConfidenceFile::Confirmed => Confidence::Confirmed,
                ConfidenceFile::PartlyConfirmed => Confidence::PartlyConfirmed,
                ConfidenceFile::Unverified => Confidence::Unverified,
            },
            enabled: self.enabled,
            note: self.note.map(Text::from),
        })
    }
}

impl ClassSymbolFile {
    fn into_model(self, class: &str, shapes: &SymbolSet) -> Result<SymbolShape, UnknownShape> {
        let Some(found) = shapes.get(&self.shape) else {
            let known: Vec<_> = shapes.symbols.iter().map(|symbol| symbol.key.as_str()).collect();
            return Err(UnknownShape { class: class.to_owned(), shape: self.shape, known: known.join(", ") });
        };
        let shape = found.shape.clone();
        Ok(match self.label {
            Some(label) => shape.with_label(Text::from(label)),
            None => shape,
        })
    }
}

impl ObligationFile {
    fn into_model(self) -> Obligation {
        match self {
            Self::ControlPlan => Obligation::ControlPlan,
            Self::DrawingMark => Obligation::DrawingMark,
            Self::CapabilityStudy => Obligation::CapabilityStudy,
            Self::StatisticalProcessControl => Obligation::StatisticalProcessControl,
            Self::FullInspection => Obligation::FullInspection,
            Self::ErrorProofing => Obligation::ErrorProofing,
            Self::CustomerApproval => Obligation::CustomerApproval,
            Self::ProductSafetyApproval => Obligation::ProductSafetyApproval,
            Self::Traceability => Obligation::Traceability,
            Self::RecordRetention => Obligation::RecordRetention,
        }
    }
}
