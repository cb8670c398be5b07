//! What a rule is, what it is handed and how it reports.

use crate::base::Text;
use crate::base::clock::Date;
use crate::model::Project;
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::PlanRow;
use crate::model::document::{Document, DocumentKind};
use crate::model::equipment::Equipment;
use crate::model::field::Field;
use crate::model::finding::{Finding, Fix, Place, Severity};
use crate::model::flow::Step;
use crate::model::fmea::{Control, Element, Failure, Function};
use crate::model::item::{AnyId, Item, Kind};
use crate::model::message::Message;
use crate::model::plan_gap::Gap;
use crate::model::ppap::{PpapElement, Submission, TestResult, Warrant};
use crate::model::project_data::{CustomerRequirement, Part};
use crate::model::risk::Action;

use super::ground::Ground;
use super::peers::Peers;
use super::risk_case::RiskCase;

/// A rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Stable code, such as `LNK-15`. A retired code is never used again.
    pub code: &'static str,
    /// The fault in a few words.
    pub title: &'static str,
    /// How grave a finding is; a document with an error cannot be released.
    pub severity: Severity,
    /// Where the demand comes from: clauses of IATF 16949:2016 unless said otherwise, "good practice" where none is behind it.
    pub clause: &'static str,
    /// For people who want to know more.
    pub docs: Docs,
    /// The checks, each of one kind of item.
    pub checks: &'static [Check],
}

/// The explanation of a rule.
#[derive(Debug, Clone, Copy)]
pub struct Docs {
    /// What is checked.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// A case in which it fires.
    pub example: &'static str,
    /// How to mend it.
    pub mend: &'static str,
}

/// A check with the kind of item it is made for.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// For each document.
    Document(fn(&Context<'_>, &Document, &mut Report<'_>)),
    /// For each document, over its whole printed contents: only made by a full check.
    Contents(fn(&Context<'_>, &Document, &mut Report<'_>)),
    /// For each customer-specific requirement.
    CustomerRequirement(fn(&Context<'_>, &CustomerRequirement, &mut Report<'_>)),
    /// For each part.
    Part(fn(&Context<'_>, &Part, &mut Report<'_>)),
    /// For each step.
    Step(fn(&Context<'_>, &Step, &mut Report<'_>)),
    /// For each characteristic.
    Characteristic(fn(&Context<'_>, &Characteristic, &mut Report<'_>)),
    /// For each piece of equipment.
    Equipment(fn(&Context<'_>, &Equipment, &mut Report<'_>)),
    /// For each structure element.
    Element(fn(&Context<'_>, &Element, &mut Report<'_>)),
    /// For each function.
    Function(fn(&Context<'_>, &Function, &mut Report<'_>)),
    /// For each failure.
    Failure(fn(&Context<'_>, &Failure, &mut Report<'_>)),
    /// For each risk, with what belongs to it looked up once for all rules.
    Risk(fn(&Context<'_>, &RiskCase<'_>, &mut Report<'_>)),
    /// For each control.
    Control(fn(&Context<'_>, &Control, &mut Report<'_>)),
    /// For each action.
    Action(fn(&Context<'_>, &Action, &mut Report<'_>)),
    /// For each row of a control plan.
    PlanRow(fn(&Context<'_>, &PlanRow, &mut Report<'_>)),
    /// For each PPAP submission.
    Submission(fn(&Context<'_>, &Submission, &mut Report<'_>)),
    /// For each part submission warrant.
    Warrant(fn(&Context<'_>, &Warrant, &mut Report<'_>)),
    /// For each PPAP element.
    PpapElement(fn(&Context<'_>, &PpapElement, &mut Report<'_>)),
    /// For each test result.
    TestResult(fn(&Context<'_>, &TestResult, &mut Report<'_>)),
}

impl Check {
    /// The kind of item the check is made for.
    pub fn unit(self) -> Kind {
        match self {
            Self::Document(_) | Self::Contents(_) => Kind::Document,
            Self::CustomerRequirement(_) => Kind::CustomerRequirement,
            Self::Step(_) => Kind::Step,
            Self::Characteristic(_) => Kind::Characteristic,
            Self::Equipment(_) => Kind::Equipment,
            Self::Element(_) => Kind::Element,
            Self::Function(_) => Kind::Function,
            Self::Failure(_) => Kind::Failure,
            Self::Risk(_) => Kind::Risk,
            Self::Control(_) => Kind::Control,
            Self::Action(_) => Kind::Action,
            Self::PlanRow(_) => Kind::PlanRow,
            Self::Part(_) => Kind::Part,
            Self::Submission(_) => Kind::Submission,
            Self::Warrant(_) => Kind::Warrant,
            Self::PpapElement(_) => Kind::PpapElement,
            Self::TestResult(_) => Kind::TestResult,
        }
    }
}

/// What every check is handed.
pub struct Context<'p> {
    /// The project.
    pub project: &'p Project,
    /// The day.
    pub today: Date,
    /// In whose name fixes review links.
    pub reviewer: &'p Text,
    pub(super) ground: &'p Ground,
    pub(super) peers: &'p Peers,
}

impl Context<'_> {
    /// Whether the document is an FMEA of a process.
    pub(super) fn is_process_fmea(&self, document: crate::base::Id<Document>) -> bool {
        self.ground.kind(document) == Some(DocumentKind::ProcessFmea)
    }

    /// Whether the project has a process FMEA.
    pub(super) fn has_process_fmea(&self) -> bool {
        self.ground.has(DocumentKind::ProcessFmea)
    }

    /// Whether the project has a control plan.
    pub(super) fn has_control_plan(&self) -> bool {
        self.ground.has(DocumentKind::ControlPlan)
    }
}

/// Where a check puts its findings.
pub struct Report<'r> {
    pub(super) rule: &'static Rule,
    pub(super) findings: &'r mut Vec<Finding>,
}

impl Report<'_> {
    /// Adds a finding at an item: what is wrong in one sentence, and what to do about it.
    pub(super) fn add(
        &mut self,
        item: impl Into<AnyId>,
        message: impl Into<Message>,
        help: impl Into<Message>,
    ) -> Added<'_> {
        let finding = Finding::at(self.rule.code, self.rule.severity, item, message).help(help);
        Added(self.findings.push_mut(finding))
    }
}

/// A finding that was just added, to say more about it.
pub(super) struct Added<'r>(&'r mut Finding);

impl Added<'_> {
    /// Names the field.
    pub(super) fn field(self, named: Field) -> Self {
        if let Place::Item { field, .. } = &mut self.0.place {
            *field = Some(named);
        }
        self
    }

    /// Names another item that matters.
    pub(super) fn related(self, item: impl Into<AnyId>) -> Self {
        self.0.related.push(item.into());
        self
    }

    /// Offers the control-plan row that would close the gap, if flow and FMEA say where it belongs.
    pub(super) fn propose_row(self, context: &Context<'_>, gap: Gap) -> Self {
        if context.project.gap_proposal(gap).is_some() { self.fix(Fix::add_row(gap)) } else { self }
    }

    /// Offers a way to mend it.
    pub(super) fn fix(self, fix: Fix) -> Self {
        self.0.fixes.push(fix);
        self
    }
}

/// Runs one check on an item of its kind; an item of another kind is left alone.
pub(super) fn run(check: Check, context: &Context<'_>, item: &Item, report: &mut Report<'_>) {
    match (check, item) {
        (Check::Document(check) | Check::Contents(check), Item::Document(item)) => check(context, item, report),
        (Check::CustomerRequirement(check), Item::CustomerRequirement(item)) => check(context, item, report),
        (Check::Step(check), Item::Step(item)) => check(context, item, report),
        (Check::Characteristic(check), Item::Characteristic(item)) => check(context, item, report),
        (Check::Equipment(check), Item::Equipment(item)) => check(context, item, report),
        (Check::Element(check), Item::Element(item)) => check(context, item, report),
        (Check::Function(check), Item::Function(item)) => check(context, item, report),
        (Check::Failure(check), Item::Failure(item)) => check(context, item, report),
        (Check::Control(check), Item::Control(item)) => check(context, item, report),
        (Check::Action(check), Item::Action(item)) => check(context, item, report),
        (Check::PlanRow(check), Item::PlanRow(item)) => check(context, item, report),
        (Check::Part(check), Item::Part(item)) => check(context, item, report),
        (Check::Submission(check), Item::Submission(item)) => check(context, item, report),
        (Check::Warrant(check), Item::Warrant(item)) => check(context, item, report),
        (Check::PpapElement(check), Item::PpapElement(item)) => check(context, item, report),
        (Check::TestResult(check), Item::TestResult(item)) => check(context, item, report),
        // Risks are run with their case, see `checker`.
        _ => {}
    }
}
