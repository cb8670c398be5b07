//! What a command of the menu means where the cursor stands.

use crate::app::registry::MenuCommand;
use crate::app::settings::Settings;
use crate::base::Id;
use crate::edit::Command;
use crate::model::characteristic::{Characteristic, CharacteristicKind};
use crate::model::document::{Document, DocumentKind, DocumentState};
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::form::{Cell, ListKind, NewItem, Target};
use crate::model::ppap::TestResult;
use crate::model::project_data::ProjectData;
use crate::model::relation::Relation;
use crate::model::{AnyId, Item, Kind};
use crate::ui::dialogs::Dialog;
use crate::ui::page::Page;
use crate::ui::views::events::{deleted_at, inserted_by};
use crate::ui::views::names::item_of;
use crate::ui::views::source::FormSource;

use super::Workspace;

/// What a command of the menu means where the cursor stands.
pub enum Meaning {
    /// A change.
    Change(Command),
    /// A question first.
    Dialog(Dialog),
}

/// The row under the cursor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Selected {
    /// The item of the row.
    pub row: AnyId,
    /// A second item, such as the action of a risk.
    part: Option<AnyId>,
    /// The item that the cell shows or edits.
    pub shown: AnyId,
    /// What deleting means here.
    deleted: AnyId,
    /// The item of the block.
    pub block: AnyId,
}

/// The item that a cell shows: the one fact it holds, the item it edits, else the item of its row.
fn shown_by(cell: &Cell, row: AnyId) -> AnyId {
    let only = match cell.parts.as_slice() {
        [only] => only.item,
        _ => None,
    };
    only.unwrap_or(match &cell.target {
        Target::Field { item, .. } | Target::List { owner: item, .. } | Target::Create { under: item, .. } => *item,
        Target::Derived => row,
    })
}

impl Selected {
    /// What is duplicated: what deleting would delete, but the row instead of a part of it.
    fn duplicated(&self) -> AnyId {
        match self.deleted {
            AnyId::StepCharacteristic(_) | AnyId::Action(_) => self.row,
            deleted => deleted,
        }
    }

    /// What moves: the item that the cursor's column stands for, as for deleting, but a step of an FMEA by its element.
    fn moved(&self, project: &crate::model::Project) -> AnyId {
        match project.item(self.deleted) {
            Some(Item::Action(_)) => self.row,
            Some(_) => self.deleted,
            None => self.part.unwrap_or(self.row),
        }
    }
}

impl Workspace {
    /// Looks up the row under the cursor; done once a frame, so that menus and keys need not.
    pub(super) fn look_up_selection(&mut self) {
        self.selected = self.form_mut().and_then(|(desk, form)| {
            let at = form.grid.cursor().copied()?;
            let source = FormSource::new(desk, &mut form.cells);
            let (cell, row) = source.cell(&at)?;
            let shown = shown_by(&cell, row.item);
            let (deleted, block) = (deleted_at(desk, &source, &at)?, item_of(at.row.block)?);
            Some(Selected { row: row.item, part: row.part, shown, deleted, block })
        });
    }

    /// The row under the cursor, if what it shows still exists.
    pub(super) fn selected(&self) -> Option<Selected> {
        self.selected.filter(|selected| self.desk.project().contains(selected.row))
    }

    /// The change that a command of the menu makes here, or the dialog it opens.
    ///
    /// # Errors
    /// The reason why it cannot be done here.
    pub fn meaning(&self, command: MenuCommand, settings: &Settings) -> Result<Meaning, String> {
        let document = || self.document().ok_or_else(|| "Show a document first".to_owned());
        let kind = self.document().and_then(|shown| self.desk.project().get(shown)).map(|document| document.kind);
        let selected = || self.selected().ok_or_else(|| "Select a row first".to_owned());
        let risk = || match selected()?.row {
            AnyId::Risk(risk) => Ok(risk),
            AnyId::Action(_) => match selected()?.part {
                Some(AnyId::Risk(risk)) => Ok(risk),
                _ => Err("No risk rests on the action".to_owned()),
            },
            _ => Err("Select a row with a failure cause first".to_owned()),
        };
        let row = || match selected()?.row {
            AnyId::PlanRow(row) => Ok(row),
            _ => Err("Select a row of the control plan first".to_owned()),
        };
        let applying = || match selected()?.row {
            row @ (AnyId::Risk(_) | AnyId::PlanRow(_) | AnyId::Step(_)) => Ok(row),
            AnyId::Action(_) => risk().map(AnyId::from),
            _ => Err("Select a step, a failure cause or a row of the control plan first".to_owned()),
        };
        if let Some(change) = self.insertion(command, kind) {
            return change.map(Meaning::Change);
        }
        Ok(match command {
            MenuCommand::DeleteRow => {
                let deleted = selected()?.deleted;
                let change = || Meaning::Change(Command::Delete { items: vec![deleted] });
                match deleted {
                    AnyId::Step(_) if kind == Some(DocumentKind::ControlPlan) => {
                        return Err("The step has no row here. Steps are deleted in the process flow".to_owned());
                    }
                    AnyId::Characteristic(used) => {
                        Dialog::delete_used(&self.desk, used).map_or_else(change, Meaning::Dialog)
                    }
                    _ => change(),
                }
            }
            MenuCommand::MoveUp | MenuCommand::MoveDown => Meaning::Change(Command::Move {
                item: selected()?.moved(self.desk.project()),
                up: command == MenuCommand::MoveUp,
            }),
            MenuCommand::Duplicate => Meaning::Change(Command::Duplicate { item: selected()?.duplicated() }),
            MenuCommand::MoveTo => match selected()?.duplicated() {
                item @ (AnyId::Risk(_) | AnyId::Failure(_) | AnyId::PlanRow(_) | AnyId::Step(_)) => {
                    Meaning::Dialog(Dialog::move_to(item))
                }
                _ => {
                    return Err("Select a failure cause, a failure mode, a control-plan row or a step first".to_owned());
                }
            },
            MenuCommand::InsertAbove => {
                let what = match kind {
                    Some(DocumentKind::ProcessFlow) => MenuCommand::InsertStep,
                    Some(DocumentKind::ControlPlan) => MenuCommand::InsertPlanRow,
                    Some(_) => MenuCommand::InsertCause,
                    None => return Err("This list has no such rows".to_owned()),
                };
                match self.insertion(what, kind) {
                    Some(Ok(Command::Insert { near, what, document, .. })) => {
                        Meaning::Change(Command::Insert { near, what, document, above: true })
                    }
                    Some(Err(reason)) => return Err(reason),
                    _ => return Err("Not here".to_owned()),
                }
            }
            MenuCommand::Renumber if kind == Some(DocumentKind::ProcessFlow) => {
                Meaning::Change(Command::Renumber { flow: document()? })
            }
            MenuCommand::Renumber => return Err("Only the process flow has steps to number".to_owned()),
            MenuCommand::AnalyseMissing if kind == Some(DocumentKind::ProcessFmea) => {
                Meaning::Change(Command::AnalyseMissingSteps { fmea: document()? })
            }
            MenuCommand::AnalyseMissing => return Err("Only a PFMEA analyses the steps of the process flow".to_owned()),
            MenuCommand::AcceptLinks => {
                Meaning::Change(Command::AcceptLinks { item: self.suspect_holder(&selected()?) })
            }
            MenuCommand::Promote => Meaning::Change(Command::Promote { risk: risk()? }),
            MenuCommand::StartDraft => Meaning::Change(Command::StartDraft { document: document()? }),
            MenuCommand::Justify => Meaning::Dialog(Dialog::justify(&self.desk, risk()?)),
            MenuCommand::ManagementReview => Meaning::Dialog(Dialog::management_review(&self.desk, risk()?)),
            MenuCommand::ConnectSteps => match selected()?.block {
                AnyId::Step(step) => Meaning::Dialog(Dialog::connect_steps(step)),
                _ => return Err("Select a row of the process flow first".to_owned()),
            },
            MenuCommand::StepProperties => match self.step_of(selected()?.block) {
                Some(step) => Meaning::Dialog(Dialog::step_properties(step)),
                None => return Err("Select a row of a process step first".to_owned()),
            },
            MenuCommand::RiskControls => Meaning::Dialog(Dialog::risk_controls(risk()?)),
            MenuCommand::ChooseControls => Meaning::Dialog(Dialog::choose_controls(&self.desk, row()?)),
            MenuCommand::ChoosePhases => Meaning::Dialog(Dialog::choose_phases(&self.desk, row()?)),
            MenuCommand::ChooseParts => Meaning::Dialog(Dialog::choose_parts(applying()?)),
            MenuCommand::Coverage => match selected()?.row {
                row @ (AnyId::PlanRow(_) | AnyId::Risk(_)) => Meaning::Dialog(Dialog::coverage(row)),
                _ => return Err("Select a row of the control plan or a failure cause first".to_owned()),
            },
            MenuCommand::ChooseCheck => Meaning::Dialog(Dialog::choose_check(row()?)),
            MenuCommand::ChooseCharacteristic => match (selected()?.row, selected()?.deleted) {
                (AnyId::PlanRow(row), _) => Meaning::Dialog(Dialog::choose_characteristic_of_row(row)),
                (_, AnyId::Failure(failure)) => Meaning::Dialog(Dialog::choose_characteristic_of_failure(failure)),
                (AnyId::Risk(risk), _) => match self.desk.project().get(risk) {
                    Some(risk) => Meaning::Dialog(Dialog::choose_characteristic_of_failure(risk.cause)),
                    None => return Err("Select a failure first".to_owned()),
                },
                _ => return Err("Select a failure mode, a failure cause or a row of the control plan first".to_owned()),
            },
            MenuCommand::DocumentProperties => Meaning::Dialog(Dialog::document_properties(document()?)),
            MenuCommand::FilterColumn => {
                let form = self.form().ok_or_else(|| "Show a document or a list first".to_owned())?;
                let at = form.grid.cursor().ok_or_else(|| "Select a cell of the column first".to_owned())?;
                Meaning::Dialog(form.arranging.dialog(form.cells.view.form(), at.column))
            }
            MenuCommand::PpapSubmission | MenuCommand::ChooseEvidence | MenuCommand::PpapPackage => {
                return self.submission_meant(command);
            }
            MenuCommand::ReportProfiles => {
                Meaning::Dialog(Dialog::report_profiles(settings.report_profile(self.desk.folder())))
            }
            MenuCommand::ProjectProperties => Meaning::Dialog(Dialog::project_properties()),
            MenuCommand::AddDocument => Meaning::Dialog(Dialog::add_document()),
            MenuCommand::ClassLegend if self.desk.project().class_set().is_some() => {
                Meaning::Dialog(Dialog::class_legend())
            }
            MenuCommand::ClassLegend => return Err("Choose a set of classes in the project properties".to_owned()),
            MenuCommand::RatingScales => return self.scales_meant(document()?),
            MenuCommand::Release => {
                let document = document()?;
                let released =
                    self.desk.project().get(document).is_some_and(|document| document.state == DocumentState::Released);
                if released {
                    return Err("The document is released already. Start its next draft first".to_owned());
                }
                Meaning::Dialog(Dialog::release(&self.desk, settings, document))
            }
            _ => return Err("Not here".to_owned()),
        })
    }

    /// The rating scales of an FMEA.
    fn scales_meant(&self, document: Id<Document>) -> Result<Meaning, String> {
        let profile = self.desk.project().get(document).map(|document| document.rating_profile.to_string());
        match profile.filter(|profile| !profile.is_empty()) {
            Some(profile) => Ok(Meaning::Dialog(Dialog::rating_scales(profile))),
            None => Err("Only an FMEA has rating scales".to_owned()),
        }
    }

    /// What a command means for the PPAP submission: its dialog, or making it; the evidence of the element of the row; its
    /// package.
    fn submission_meant(&self, command: MenuCommand) -> Result<Meaning, String> {
        let submission = self.desk.project().submission();
        match (command, submission, self.selected().map(|selected| selected.row)) {
            (MenuCommand::ChooseEvidence, _, Some(AnyId::PpapElement(element))) => {
                Ok(Meaning::Dialog(Dialog::choose_evidence(element)))
            }
            (MenuCommand::ChooseEvidence, ..) => Err("Select a PPAP element first".to_owned()),
            (MenuCommand::PpapPackage, Some(_), _) => Ok(Meaning::Dialog(Dialog::ppap_package())),
            (MenuCommand::PpapPackage, None, _) => {
                Err("The project has no PPAP submission: make one with File → PPAP submission".to_owned())
            }
            (_, Some(submission), _) => Ok(Meaning::Dialog(Dialog::submission(submission.id, None))),
            (_, None, _) => Ok(Meaning::Change(Command::AddRecord { kind: Kind::Submission })),
        }
    }

    /// The change that adds an element that the manual does not know.
    fn element_added(&self, near: Option<AnyId>) -> Result<Command, String> {
        let (Some(Page::List(ListKind::PpapElements)), Some(submission)) =
            (self.page(), self.desk.project().submission())
        else {
            return Err("Show the PPAP elements first".to_owned());
        };
        let (what, text) = (NewItem::PpapElement, String::new());
        let after = near.filter(|near| matches!(near, AnyId::PpapElement(_)));
        Ok(Command::Create { under: submission.id.into(), what, text, after })
    }

    /// The change that adds a line of results, or one for each product characteristic that has none yet.
    fn results_added(&self, command: MenuCommand, near: Option<AnyId>) -> Result<Command, String> {
        let (Some(Page::List(ListKind::Results(kind))), Some(submission)) =
            (self.page(), self.desk.project().submission())
        else {
            return Err("Show a list of results first".to_owned());
        };
        let what = NewItem::Result { kind, field: Field::Requirement };
        let create = |text: String, after| Command::Create { under: submission.id.into(), what, text, after };
        if command == MenuCommand::InsertResult {
            return Ok(create(String::new(), near.filter(|near| matches!(near, AnyId::TestResult(_)))));
        }
        let project = self.desk.project();
        let has_result = |id: Id<Characteristic>| {
            let mut results = project.children::<TestResult>(id, Relation::ResultCharacteristic);
            results.any(|result| result.kind == kind)
        };
        let all = project.all_in_order::<Characteristic>();
        let lacking =
            all.into_iter().filter(|known| known.kind == CharacteristicKind::Product && !has_result(known.id));
        let commands: Vec<Command> = lacking.map(|known| create(known.label(), None)).collect();
        match commands.len() {
            0 => Err("Every product characteristic has a line here".to_owned()),
            count => Ok(Command::Several { label: format!("Add {count} lines of results"), commands }),
        }
    }

    /// The change by which a command of the insert menu adds something here; none for other commands.
    fn insertion(&self, command: MenuCommand, kind: Option<DocumentKind>) -> Option<Result<Command, String>> {
        let lists = [ListKind::Characteristics, ListKind::CharacteristicMatrix].map(|list| Some(Page::List(list)));
        let characteristics = lists.contains(&self.page());
        let near = self.selected().map(|selected| selected.row);
        let project = AnyId::from(ProjectData::ID);
        let of_list = match command {
            MenuCommand::InsertProductCharacteristic if characteristics => Some(CharacteristicKind::Product),
            MenuCommand::InsertProcessCharacteristic if characteristics => Some(CharacteristicKind::Process),
            _ => None,
        };
        if let Some(of_list) = of_list {
            let (what, text) = (NewItem::Characteristic(of_list), String::new());
            return Some(Ok(Command::Create { under: project, what, text, after: near }));
        }
        if command == MenuCommand::InsertPpapElement {
            return Some(self.element_added(near));
        }
        if let MenuCommand::InsertResult | MenuCommand::MeasureCharacteristics = command {
            return Some(self.results_added(command, near));
        }
        let Some(document) = self.document() else {
            let is_insertion = inserted_by(command, Id::MIN, None).is_some();
            return is_insertion.then(|| Err("This list has no such rows".to_owned()));
        };
        let what = inserted_by(command, document, self.phase())?;
        let fits = match command {
            MenuCommand::InsertStep
            | MenuCommand::InsertProductCharacteristic
            | MenuCommand::InsertProcessCharacteristic => kind == Some(DocumentKind::ProcessFlow),
            MenuCommand::InsertPlanRow => kind == Some(DocumentKind::ControlPlan),
            _ => kind.is_some_and(DocumentKind::is_fmea),
        };
        if !fits {
            return Some(Err("This document has no such rows".to_owned()));
        }
        let near = match (near, command) {
            (Some(near), _) => near,
            (None, MenuCommand::InsertStep) => document.into(),
            (None, _) => return Some(Err("Select a row first".to_owned())),
        };
        Some(Ok(Command::Insert { near, what, document, above: false }))
    }

    /// The process step that a block of a form stands for.
    pub(super) fn step_of(&self, block: AnyId) -> Option<Id<Step>> {
        match block {
            AnyId::Step(step) => Some(step),
            AnyId::Element(element) => {
                let element = self.desk.project().get(element)?;
                element.steps.iter().find_map(|link| link.to.present())
            }
            _ => None,
        }
    }

    /// Of a row, the item with a suspect link.
    fn suspect_holder(&self, selected: &Selected) -> AnyId {
        let project = self.desk.project();
        let mut candidates = vec![selected.row];
        if let AnyId::Risk(risk) = selected.row
            && let Some(risk) = project.get(risk)
        {
            candidates.extend([AnyId::from(risk.mode), risk.cause.into()]);
        }
        if let AnyId::Failure(mode) = candidates.get(1).copied().unwrap_or(selected.row)
            && let Some(mode) = project.get(mode)
            && let crate::model::fmea::Anchor::Function(function) = mode.anchor
        {
            candidates.push(function.into());
        }
        candidates.push(selected.block);
        let accepts = |item: &AnyId| self.desk.can(&Command::AcceptLinks { item: *item }).is_ok();
        candidates.iter().copied().find(accepts).unwrap_or(selected.row)
    }
}
