//! The control-plan rows that flow and FMEA ask for, in words. Looked up off the frame.

use crate::app::lookup::{IsCurrent, Question};
use crate::model::Project;
use crate::model::field::statement_text;
use crate::model::plan_gap::{Gap, Proposal, ProposedSubject};
use crate::model::risk::Statement;

/// What is proposed, and what was dismissed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposals {
    /// Rows that are missing, in the order of the flow.
    pub open: Vec<ProposedRow>,
    /// Those that somebody dismissed.
    pub dismissed: Vec<DismissedRow>,
}

/// A proposed row in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedRow {
    /// What it is for.
    pub gap: Gap,
    /// The step it belongs to.
    pub step: String,
    /// Why it is proposed.
    pub reason: String,
    /// What would stand in it.
    pub contents: String,
}

/// A dismissed row in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DismissedRow {
    /// What it is for.
    pub gap: Gap,
    /// Why it was proposed.
    pub reason: String,
    /// Why it was dismissed, by whom and when.
    pub dismissal: String,
}

/// Asks what the control plans lack.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIsMissing;

impl Question for WhatIsMissing {
    type Answer = Proposals;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Proposals> {
        let open = project.plan_proposals(is_current)?;
        let dismissed = project.dismissed_gaps().into_iter().filter_map(|gap| {
            let given = project.gap_dismissal(gap)?;
            let statement = Statement { text: given.reason.clone(), by: given.by.clone(), on: given.on };
            Some(DismissedRow { gap, reason: project.gap_reason(gap), dismissal: statement_text(&statement) })
        });
        Some(Proposals {
            open: open.iter().map(|proposal| in_words(project, proposal)).collect(),
            dismissed: dismissed.collect(),
        })
    }
}

fn in_words(project: &Project, proposal: &Proposal) -> ProposedRow {
    let subject = match &proposal.subject {
        ProposedSubject::Characteristic(characteristic) => project.label((*characteristic).into()),
        ProposedSubject::Device(device) => project.label((*device).into()),
        ProposedSubject::SetUp(text) => text.clone(),
        ProposedSubject::Open => "characteristic to be chosen".to_owned(),
    };
    let fields = [
        subject.as_str(),
        &proposal.measurement_technique,
        &proposal.control_method,
        &proposal.sample_size,
        &proposal.sample_frequency,
    ];
    let words: Vec<&str> = fields.into_iter().filter(|word| !word.trim().is_empty()).collect();
    ProposedRow {
        gap: proposal.gap,
        step: project.label(proposal.step.into()),
        reason: project.gap_reason(proposal.gap),
        contents: words.join(" · "),
    }
}
