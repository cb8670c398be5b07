//! How far a step is analysed and controlled. Read apart from the chart, so that an edit of the FMEA moves nothing.

use crate::base::Id;
use crate::model::flow::Step;
use crate::model::fmea::{Element, Failure, FailureRole, Function};
use crate::model::project::Project;
use crate::model::relation::Relation;

/// What other documents know of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepCounts {
    /// Failure modes in all FMEAs.
    pub modes: usize,
    /// Rows in all control plans.
    pub plan_rows: usize,
    /// Whether the flow says that no failure modes are expected, with a reason.
    pub needs_no_modes: bool,
    /// Whether the flow says that no control-plan row is expected, with a reason.
    pub needs_no_plan_rows: bool,
}

/// Counts what other documents know of a step.
pub fn counts(project: &Project, step: Id<Step>) -> StepCounts {
    let modes = |target: crate::model::AnyId, relation| {
        project.children::<Failure>(target, relation).filter(|failure| failure.role == FailureRole::Mode).count()
    };
    let of_element = |element: &Element| {
        let functions = project.children::<Function>(element.id, Relation::FunctionOfElement);
        let anchored = functions.map(|function| modes(function.id.into(), Relation::FailureOfFunction)).sum::<usize>();
        anchored + modes(element.id.into(), Relation::FailureOfElement)
    };
    let own = project.get(step);
    StepCounts {
        modes: project.children::<Element>(step, Relation::ElementStep).map(of_element).sum(),
        plan_rows: project.sources(step, Relation::RowStep).len(),
        needs_no_modes: own.is_some_and(|step| !step.no_analysis_because.is_blank()),
        needs_no_plan_rows: own.is_some_and(|step| !step.no_plan_row_because.is_blank()),
    }
}
