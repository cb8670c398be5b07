//! Dialogs: one at a time, over the window.
//!
//! A dialog only reads the project. What a person decides becomes a [`Request`]; what the project would refuse cannot be
//! asked for, and the dialog says why.

mod about;
mod add_document;
mod approvals;
mod choose_characteristic;
mod choose_check;
mod choose_columns;
mod choose_controls;
mod choose_evidence;
mod choose_phases;
mod class_legend;
mod connect_steps;
mod coverage;
mod delete_used;
mod dismiss_proposal;
mod document_fields;
mod document_properties;
mod fields;
mod filter_column;
mod folder_field;
mod frame;
mod import;
mod keep_filter;
mod move_to;
mod new_project;
mod own_fields;
mod parts;
mod picker;
mod ppap_package;
mod preferences;
mod priority_matrix;
mod project_properties;
mod questions;
mod rating_scales;
mod records;
mod release;
mod report_profiles;
mod risk_controls;
mod save_as;
mod shared_facts;
mod shortcuts;
mod statement;
mod step_properties;
mod submission;
mod used_in;
mod warrants;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::Context;

use crate::app::arrange::{Filter, Sort};
use crate::app::desk::Desk;
use crate::app::layout::Layout;
use crate::app::settings::{KeptFilter, Settings};
use crate::base::Id;
use crate::base::clock::Date;
use crate::edit::{CellBatch, WrittenCells};
use crate::model::AnyId;
use crate::model::characteristic::Characteristic;
use crate::model::control_plan::PlanRow;
use crate::model::document::Document;
use crate::model::flow::Step;
use crate::model::fmea::Failure;
use crate::model::form::Form;
use crate::model::plan_gap::Gap;
use crate::model::ppap::{PpapElement, Submission, Warrant};
use crate::model::report_profile::ReportProfile;
use crate::model::risk::Risk;
use crate::ui::request::{After, Request};

use choose_characteristic::Seeker;
pub use import::{Destination, Imported, TakenOver};

/// What a dialog reads.
#[derive(Clone, Copy)]
pub struct DialogContext<'a> {
    /// The open project.
    pub desk: Option<&'a Desk>,
    /// The settings.
    pub settings: &'a Settings,
}

/// A dialog with what was typed into it so far.
#[derive(Debug)]
pub struct Dialog(Kind);

macro_rules! dialogs {
    ($($name:ident($state:ty),)*) => {
        #[derive(Debug)]
        enum Kind { $($name(Box<$state>),)* }

        impl Dialog {
            /// Shows the dialog; whether it stays open.
            pub fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
                match &mut self.0 { $(Kind::$name(state) => state.show(ctx, cx, queue),)* }
            }
        }

        $(impl From<$state> for Dialog {
            fn from(state: $state) -> Self { Self(Kind::$name(Box::new(state))) }
        })*
    };
}

dialogs! {
    NewProject(new_project::NewProjectDialog),
    SaveAs(save_as::SaveAs),
    ProjectProperties(project_properties::ProjectProperties),
    DocumentProperties(document_properties::DocumentProperties),
    AddDocument(add_document::AddDocument),
    Release(release::Release),
    Unsaved(questions::Unsaved),
    Restore(questions::Restore),
    Message(questions::Message),
    Statement(statement::StatementDialog),
    ChooseCharacteristic(choose_characteristic::ChooseCharacteristic),
    ChooseColumns(choose_columns::ChooseColumns),
    KeepFilter(keep_filter::KeepFilter),
    ChooseControls(choose_controls::ChooseControls),
    ChooseEvidence(choose_evidence::ChooseEvidence),
    Submission(submission::SubmissionDialog),
    ChooseCheck(choose_check::ChooseCheck),
    ChooseParts(parts::ChooseParts),
    ChoosePhases(choose_phases::ChoosePhases),
    Coverage(coverage::Coverage),
    PpapPackage(ppap_package::PpapPackage),
    DeleteUsed(delete_used::DeleteUsed),
    DismissProposal(dismiss_proposal::DismissProposal),
    ConnectSteps(connect_steps::ConnectSteps),
    MoveTo(move_to::MoveTo),
    RatingScales(rating_scales::RatingScales),
    StepProperties(step_properties::StepProperties),
    RiskControls(risk_controls::RiskControls),
    Import(import::Import),
    ImportAccount(import::ImportAccount),
    Preferences(preferences::Preferences),
    Shortcuts(shortcuts::Shortcuts),
    About(about::About),
    UsedIn(used_in::UsedIn),
    ClassLegend(class_legend::ClassLegend),
    FilterColumn(filter_column::FilterColumn),
    SharedFacts(shared_facts::SharedFacts),
    ReportProfiles(report_profiles::ReportProfiles),
}

impl Dialog {
    /// Asks for folder and names of a project to be made.
    pub fn new_project(settings: &Settings) -> Self {
        new_project::NewProjectDialog::new(settings).into()
    }

    /// Asks for another folder for the project.
    pub fn save_as(desk: &Desk) -> Self {
        save_as::SaveAs::new(desk.folder()).into()
    }

    /// What all documents share: organisation and customer, parts, people, characteristics, equipment, own fields.
    pub fn project_properties() -> Self {
        project_properties::ProjectProperties::default().into()
    }

    /// The header, team, approvals and revisions of a document.
    pub fn document_properties(document: Id<Document>) -> Self {
        document_properties::DocumentProperties::new(document).into()
    }

    /// Asks for kind and title of a document to be added.
    pub fn add_document() -> Self {
        add_document::AddDocument::default().into()
    }

    /// Asks for number, date, author and note of a release, or lists what stands in its way.
    pub fn release(desk: &Desk, settings: &Settings, document: Id<Document>) -> Self {
        release::Release::new(desk, settings, document).into()
    }

    /// Asks what shall become of unsaved changes before the project is closed.
    pub fn unsaved(after: After) -> Self {
        questions::Unsaved::new(after).into()
    }

    /// Offers what was saved automatically before the program ended without saving; `when` says when that was.
    pub fn restore(when: String) -> Self {
        questions::Restore::new(when).into()
    }

    /// Asks why an open action priority is acceptable.
    pub fn justify(desk: &Desk, risk: Id<Risk>) -> Self {
        statement::StatementDialog::justification(desk, risk).into()
    }

    /// Asks for the result of a review by the management.
    pub fn management_review(desk: &Desk, risk: Id<Risk>) -> Self {
        statement::StatementDialog::management_review(desk, risk).into()
    }

    /// Chooses the characteristic that a failure mode violates or a cause deviates from.
    pub fn choose_characteristic_of_failure(failure: Id<Failure>) -> Self {
        choose_characteristic::ChooseCharacteristic::new(Seeker::Failure(failure)).into()
    }

    /// Chooses the characteristic that a control-plan row controls.
    pub fn choose_characteristic_of_row(row: Id<PlanRow>) -> Self {
        choose_characteristic::ChooseCharacteristic::new(Seeker::Row(row)).into()
    }

    /// Chooses filter and order by a column of a form.
    pub fn filter_column(form: Form, column: &str, filter: Filter, sort: Option<Sort>) -> Self {
        filter_column::FilterColumn::new(form, column, filter, sort).into()
    }

    /// Chooses the columns of a form and their order.
    pub fn choose_columns(form: Form, layout: Layout) -> Self {
        choose_columns::ChooseColumns::new(form, layout).into()
    }

    /// Asks for the name of a filter.
    pub fn keep_filter(kept: KeptFilter) -> Self {
        keep_filter::KeepFilter::new(kept).into()
    }

    /// Chooses the FMEA controls that a control-plan row carries out.
    pub fn choose_controls(desk: &Desk, row: Id<PlanRow>) -> Self {
        choose_controls::ChooseControls::new(desk, row).into()
    }

    /// Lets a control-plan row verify an error-proofing device, a set-up or a restart.
    pub fn choose_check(row: Id<PlanRow>) -> Self {
        choose_check::ChooseCheck::new(row).into()
    }

    /// Chooses what proves a PPAP element.
    pub fn choose_evidence(element: Id<PpapElement>) -> Self {
        choose_evidence::ChooseEvidence::new(element).into()
    }

    /// The PPAP submission with the warrants of its parts, at one of the warrants if it is named.
    pub fn submission(submission: Id<Submission>, warrant: Option<Id<Warrant>>) -> Self {
        submission::SubmissionDialog::new(submission, warrant).into()
    }

    /// What stands in the way of the PPAP submission, and its package.
    pub fn ppap_package() -> Self {
        ppap_package::PpapPackage::default().into()
    }

    /// Chooses the phases that a control-plan row serves.
    pub fn choose_phases(desk: &Desk, row: Id<PlanRow>) -> Self {
        choose_phases::ChoosePhases::new(desk, row).into()
    }

    /// Chooses the parts that a document, a step, a risk or a control-plan row applies to.
    pub fn choose_parts(item: AnyId) -> Self {
        parts::ChooseParts::new(item).into()
    }

    /// Lists the failure causes that a control-plan row covers, or the rows that cover a risk.
    pub fn coverage(item: impl Into<AnyId>) -> Self {
        coverage::Coverage::new(item.into()).into()
    }

    /// Asks before a characteristic is deleted that documents use; none if nobody uses it.
    pub fn delete_used(desk: &Desk, characteristic: Id<Characteristic>) -> Option<Self> {
        let (count, _) = delete_used::uses(desk.project(), characteristic);
        (count > 0).then(|| delete_used::DeleteUsed::new(characteristic).into())
    }

    /// Asks why the row that is proposed for a gap is not needed.
    pub fn dismiss_proposal(gap: Gap) -> Self {
        dismiss_proposal::DismissProposal::new(gap).into()
    }

    /// Connects a process step to others, and takes connections out.
    pub fn connect_steps(step: Id<Step>) -> Self {
        connect_steps::ConnectSteps::new(step).into()
    }

    /// Chooses where an item goes.
    pub fn move_to(item: AnyId) -> Self {
        move_to::MoveTo::new(item).into()
    }

    /// What a process step is beyond what the worksheet shows.
    pub fn step_properties(step: Id<Step>) -> Self {
        step_properties::StepProperties::new(step).into()
    }

    /// Means and evidence of the controls that a risk relies on.
    pub fn risk_controls(risk: Id<Risk>) -> Self {
        risk_controls::RiskControls::new(risk).into()
    }

    /// Shows the scales and the action priority of a rating profile, given by its identity.
    pub fn rating_scales(profile: String) -> Self {
        rating_scales::RatingScales::new(profile).into()
    }

    /// The classes of special characteristics with their symbols.
    pub fn class_legend() -> Self {
        class_legend::ClassLegend.into()
    }

    /// What is in a spreadsheet, what becomes of it, and what is left.
    pub fn import(path: PathBuf, today: Date, settings: &Settings, has_project: bool) -> Self {
        import::Import::new(path, today, settings, has_project).into()
    }

    /// What was left of a spreadsheet that was imported.
    pub fn import_account(imported: Arc<Imported>) -> Self {
        import::ImportAccount::new(imported).into()
    }

    /// The settings of the person.
    pub fn preferences(settings: &Settings) -> Self {
        preferences::Preferences::new(settings).into()
    }

    /// Lists every key of the program.
    pub fn shortcuts() -> Self {
        shortcuts::Shortcuts.into()
    }

    /// Version and licences.
    pub fn about() -> Self {
        about::About.into()
    }

    /// Lists where one fact appears.
    pub fn used_in(item: impl Into<AnyId>) -> Self {
        used_in::UsedIn::new(item.into()).into()
    }

    /// Asks what becomes of facts in pasted cells that other rows show too.
    pub fn shared_facts(desk: &Desk, batch: CellBatch, written: &WrittenCells) -> Self {
        shared_facts::SharedFacts::new(desk, batch, written).into()
    }

    /// How the paper of the project looks, beginning with the report profile that was chosen.
    pub fn report_profiles(chosen: Option<Id<ReportProfile>>) -> Self {
        report_profiles::ReportProfiles::new(chosen).into()
    }

    /// Says something that needs to be read.
    pub fn message(title: impl Into<String>, text: impl Into<String>) -> Self {
        questions::Message::new(title.into(), text.into()).into()
    }
}
