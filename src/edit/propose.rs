//! Proposed control-plan rows: accepted as new rows, or dismissed with a reason. Rows that are there are left alone.

use crate::base::text::quoted;
use crate::base::{Id, Text};
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::field::Field;
use crate::model::finding::Fix;
use crate::model::op::Op;
use crate::model::plan_gap::{Gap, Proposal, ProposedSubject};
use crate::model::project::Project;
use crate::model::project_data::{Approved, FindingApproval};
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::review::reviewed_link;

use super::Command;
use super::arrange::key_behind;
use super::plan::{Author, Refusal, Transaction, existing};

impl From<&Fix> for Command {
    /// The change by which a finding is mended.
    fn from(fix: &Fix) -> Self {
        match fix.gap {
            Some(gap) => Self::AcceptProposals { plan: None, phase: None, gaps: vec![gap] },
            None => Self::Fix { title: fix.title.clone(), ops: fix.ops.clone() },
        }
    }
}

/// Plans to add the proposed row of every gap that is still open when its turn comes: a row may close several.
pub(super) fn accept(
    project: &Project,
    plan: Option<Id<Document>>,
    phase: Option<Phase>,
    gaps: &[Gap],
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let first = || project.documents_of(DocumentKind::ControlPlan).first().map(|plan| plan.id);
    let plan = plan.or_else(first).ok_or_else(|| Refusal::new("The project has no control plan yet"))?;
    let mut scratch = project.clone();
    let mut ops = Vec::new();
    let mut names = Vec::new();
    let mut focus = None;
    for gap in gaps {
        let Some(proposal) = scratch.gap_proposal(*gap) else { continue };
        let row = row(&scratch, plan, phase, &proposal, author)?;
        focus = focus.or(Some(row.id));
        names.push(scratch.label(gap.item()));
        let op = Op::Put(row.into());
        scratch.apply(std::slice::from_ref(&op)).map_err(|error| Refusal::new(error.to_string()))?;
        ops.push(op);
    }
    let label = match names.as_slice() {
        [] => return Err(Refusal::new("The control plan has the proposed rows already")),
        [name] => format!("Add the proposed row for {}", quoted(name)),
        names => format!("Add {} proposed rows", names.len()),
    };
    let transaction = Transaction::new(label, ops);
    Ok(match focus {
        Some(row) => transaction.focus(row, Some(Field::ControlMethod)),
        None => transaction,
    })
}

fn row(
    project: &Project,
    plan: Id<Document>,
    phase: Option<Phase>,
    proposal: &Proposal,
    author: &mut Author,
) -> Result<PlanRow, Refusal> {
    let step = reviewed_link(existing(project, proposal.step)?, &author.name, Some(author.today));
    let order = key_behind(project, proposal.step.into(), Relation::RowStep, None);
    let subject = match &proposal.subject {
        ProposedSubject::Characteristic(characteristic) => Subject::Characteristic(reviewed_link(
            existing(project, *characteristic)?,
            &author.name,
            Some(author.today),
        )),
        ProposedSubject::Device(device) => Subject::ErrorProofing(Ref::Item(*device)),
        ProposedSubject::SetUp(text) => Subject::SetUp(Text::from(text.as_str())),
        ProposedSubject::Open => Subject::Open,
    };
    let link = |control: &Id<_>| Ok(reviewed_link(existing(project, *control)?, &author.name, Some(author.today)));
    let controls = proposal.controls.iter().map(link).collect::<Result<_, Refusal>>()?;
    let text = |text: &String| Text::from(text.as_str());
    Ok(PlanRow {
        subject,
        controls,
        measurement_technique: text(&proposal.measurement_technique),
        sample_size: text(&proposal.sample_size),
        sample_frequency: text(&proposal.sample_frequency),
        control_method: text(&proposal.control_method),
        responsible: text(&proposal.responsible),
        reaction_plan: text(&proposal.reaction_plan),
        reaction_plan_owner: text(&proposal.reaction_plan_owner),
        phases: phase.into_iter().collect(),
        ..PlanRow::empty(author.ids.next_id(), plan, step, order)
    })
}

/// Plans to remember why a proposed row is not wanted. It counts until what the proposal rests on changes.
pub(super) fn dismiss(project: &Project, gap: Gap, reason: &str, author: &mut Author) -> Result<Transaction, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::new("Say why no row is needed"));
    }
    if !project.is_gap(gap) {
        return Err(Refusal::new("The control plan has the proposed row already"));
    }
    let code = project.gap_code(gap);
    let fingerprint = Text::from(project.gap_fingerprint(gap));
    let mut earlier = project.children::<FindingApproval>(gap.item(), Relation::ApprovedFinding);
    // A dismissal that holds is worded again; others stay, because they may be about another finding.
    let known = earlier.find(|approval| *approval.code == *code && approval.fingerprint == fingerprint);
    let approval = FindingApproval {
        id: known.map_or_else(|| author.ids.next_id(), |known| known.id),
        code: Text::from(code),
        item: Approved(gap.item()),
        fingerprint,
        reason: Text::from(reason),
        by: author.name.clone(),
        on: Some(author.today),
        meta: None,
    };
    let label = format!("Dismiss the proposed row for {}", quoted(&project.label(gap.item())));
    Ok(Transaction::new(label, vec![Op::Put(approval.into())]))
}

/// Plans to propose a dismissed row again.
pub(super) fn propose_again(project: &Project, gap: Gap) -> Result<Transaction, Refusal> {
    let dismissal = project.gap_dismissal(gap).ok_or_else(|| Refusal::new("The row is not dismissed"))?;
    let label = format!("Propose the row for {} again", quoted(&project.label(gap.item())));
    Ok(Transaction::new(label, vec![Op::Remove(dismissal.id.into())]))
}
