//! What an editor says beyond the words of a cell: where they come from, and why. Made only when somebody asks.

use crate::base::Id;
use crate::model::control_plan::PlanRow;
use crate::model::coverage::RowNumbers;
use crate::model::project::Project;
use crate::model::risk::Risk;

/// How many causes or rows a tip names.
const NAMED: usize = 20;

/// What there is to say about a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Tip {
    /// These words.
    Words(String),
    /// Why which control-plan rows cover a risk.
    RowsCovering(Id<Risk>),
    /// Why a control-plan row covers which risks.
    RisksCovered(Id<PlanRow>),
}

impl Tip {
    /// The words, a line each; none if what they are about is gone.
    pub fn words(&self, project: &Project) -> String {
        let because = |who: String, reason: crate::model::coverage::CoverReason| {
            format!("{who}, because {}", reason.in_words(project))
        };
        let lines: Vec<String> = match self {
            Self::Words(words) => return words.clone(),
            Self::RowsCovering(risk) => {
                let numbers = RowNumbers::new(project);
                let rows = project.get(*risk).map(|risk| project.rows_covering(risk)).unwrap_or_default();
                rows.into_iter()
                    .map(|(row, reason)| because(format!("{} covers it", numbers.of(row)), reason))
                    .collect()
            }
            Self::RisksCovered(row) => {
                let risks = project.get(*row).map(|row| project.risks_covered(row)).unwrap_or_default();
                risks
                    .into_iter()
                    .map(|(risk, reason)| because(format!("{}: the row covers it", project.label(risk.into())), reason))
                    .collect()
            }
        };
        let more = lines.len().saturating_sub(NAMED);
        let mut shown: Vec<String> = lines.into_iter().take(NAMED).collect();
        shown.extend((more > 0).then(|| format!("and {more} more")));
        shown.join("\n")
    }
}
