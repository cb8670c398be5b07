//! The file of a rating profile.

use serde::Deserialize;

use crate::base::Text;
use crate::model::profile::{
    EvaluationParts, Level, Method, PriorityBlock, ProfileError, ProfileParts, RatingProfile, RatingSpan, Scale,
    ScaleRole,
};
use crate::model::rating::Priority;
use crate::store::schema::rating::RatingFile;

/// A rating profile as it stands in a file. See [`RatingProfile`] for what the fields mean.
#[derive(Debug, Deserialize)]
#[serde(rename = "RatingProfile", deny_unknown_fields)]
pub struct ProfileFile {
    #[serde(rename = "format")]
    _format: u32,
    id: String,
    name: String,
    edition: String,
    source: String,
    applies_to: Vec<MethodFile>,
    scales: ScalesFile,
    evaluation: EvaluationFile,
    #[serde(default)]
    unverified: Vec<String>,
    #[serde(default)]
    output_note: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum MethodFile {
    ProcessFmea,
    DesignFmea,
    MonitoringSystemResponse,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
enum ScalesFile {
    Standard { severity: ScaleFile, occurrence: ScaleFile, detection: ScaleFile },
    Monitoring { severity: ScaleFile, frequency: ScaleFile, monitoring: ScaleFile },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleFile {
    name: String,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    unverified: Option<String>,
    columns: Vec<String>,
    levels: Vec<LevelFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelFile {
    value: RatingFile,
    label: String,
    criteria: Vec<String>,
    #[serde(default)]
    examples: String,
    #[serde(default)]
    unverified: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
enum EvaluationFile {
    ActionPriority {
        blocks: Vec<BlockFile>,
    },
    MonitoringActionPriority {
        mitigated_severity_at: RatingFile,
        blocks: Vec<MonitoringBlockFile>,
    },
    RiskPriorityNumber {
        #[serde(default)]
        rpn_threshold: Option<i64>,
        #[serde(default)]
        severity_occurrence_threshold: Option<i64>,
        #[serde(default)]
        indicative_priority_from: Option<String>,
    },
}

type SpanFile = (RatingFile, RatingFile);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockFile {
    severity: SpanFile,
    occurrence: SpanFile,
    detection: Vec<(SpanFile, PriorityFile)>,
    #[serde(default)]
    unverified: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MonitoringBlockFile {
    severity: SpanFile,
    frequency: SpanFile,
    monitoring: Vec<(SpanFile, PriorityFile)>,
    #[serde(default)]
    unverified: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum PriorityFile {
    High,
    Medium,
    Low,
}

impl ProfileFile {
    /// The checked profile.
    ///
    /// # Errors
    /// As [`RatingProfile::new`].
    pub fn into_model(self) -> Result<RatingProfile, ProfileError> {
        let scales = match self.scales {
            ScalesFile::Standard { severity, occurrence, detection } => [
                severity.into_model(ScaleRole::Severity)?,
                occurrence.into_model(ScaleRole::Occurrence)?,
                detection.into_model(ScaleRole::Detection)?,
            ],
            ScalesFile::Monitoring { severity, frequency, monitoring } => [
                severity.into_model(ScaleRole::Severity)?,
                frequency.into_model(ScaleRole::Frequency)?,
                monitoring.into_model(ScaleRole::Monitoring)?,
            ],
        };
        RatingProfile::new(ProfileParts {
            id: self.id,
            name: self.name.into(),
            edition: self.edition.into(),
            source: self.source.into(),
            applies_to: self.applies_to.into_iter().map(MethodFile::into_model).collect(),
            scales,
            evaluation: self.evaluation.into_model(),
            unverified: self.unverified.into_iter().map(Text::from).collect(),
            output_note: self.output_note.map(Text::from),
        })
    }
}

impl MethodFile {
    fn into_model(self) -> Method {
        match self {
            Self::ProcessFmea => Method::ProcessFmea,
            Self::DesignFmea => Method::DesignFmea,
            Self::MonitoringSystemResponse => Method::MonitoringSystemResponse,
        }
    }
}

impl ScaleFile {
    fn into_model(self, role: ScaleRole) -> Result<Scale, ProfileError> {
        let columns = self.columns.into_iter().map(Text::from).collect();
        let levels = self.levels.into_iter().map(LevelFile::into_model).collect();
        let scale = Scale::new(role, self.name.into(), columns, levels)?;
        Ok(scale.with_notes(self.note.map(Text::from), self.unverified.map(Text::from)))
    }
}

impl LevelFile {
    fn into_model(self) -> Level {
        Level {
            value: self.value.0,
            label: self.label.into(),
            criteria: self.criteria.into_iter().map(Text::from).collect(),
            examples: self.examples.into(),
            unverified: self.unverified.map(Text::from),
        }
    }
}

impl EvaluationFile {
    fn into_model(self) -> EvaluationParts {
        match self {
            Self::ActionPriority { blocks } => {
                let blocks = blocks.into_iter().map(BlockFile::into_model).collect();
                EvaluationParts::ActionPriority { blocks, mitigated_severity_at: None }
            }
            Self::MonitoringActionPriority { mitigated_severity_at: RatingFile(at), blocks } => {
                let blocks = blocks.into_iter().map(MonitoringBlockFile::into_model).collect();
                EvaluationParts::ActionPriority { blocks, mitigated_severity_at: Some(at) }
            }
            Self::RiskPriorityNumber { rpn_threshold, severity_occurrence_threshold, indicative_priority_from } => {
                EvaluationParts::RiskPriorityNumber {
                    rpn_threshold,
                    severity_occurrence_threshold,
                    indicative_priority_from,
                }
            }
        }
    }
}

impl BlockFile {
    fn into_model(self) -> PriorityBlock {
        block(self.severity, self.occurrence, self.detection, self.unverified)
    }
}

impl MonitoringBlockFile {
    fn into_model(self) -> PriorityBlock {
        block(self.severity, self.frequency, self.monitoring, self.unverified)
    }
}

fn block(
    severity: SpanFile,
    second: SpanFile,
    cells: Vec<(SpanFile, PriorityFile)>,
    unverified: Option<String>,
) -> PriorityBlock {
    let cells = cells.into_iter().map(|(third, priority)| (span(third), priority.into_model())).collect();
    PriorityBlock { severity: span(severity), second: span(second), cells, unverified: unverified.map(Text::from) }
}

fn span((RatingFile(from), RatingFile(to)): SpanFile) -> RatingSpan {
    RatingSpan { from, to }
}

impl PriorityFile {
    fn into_model(self) -> Priority {
        match self {
            Self::High => Priority::High,
            Self::Medium => Priority::Medium,
            Self::Low => Priority::Low,
        }
    }
}
