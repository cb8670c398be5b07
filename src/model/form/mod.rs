//! The forms of the trade as neutral tables: which columns, which rows, which cells are merged, where each cell comes from.
//!
//! The grid, the paper and the flat export all show these tables, which is why they agree. A table is projected block by
//! block (a block is a process step), so that nobody pays for what is not looked at.

mod control_plan;
mod fmea;
mod kept;
mod lists;
mod process_flow;
mod shared;
mod table;
mod tip;

pub(in crate::model) use fmea::risks_in_order;
pub use kept::KeptBlock;
pub use lists::{CONTROLLED, STEP as MATRIX_STEP};
pub use shared::uses_of_step;
pub use table::{Align, Block, Cell, Column, ColumnKind, FormRow, Group, List, NewItem, Part, RowId, Rule, Target};
pub use tip::Tip;

use crate::base::{Id, hex};
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::item::AnyId;
use crate::model::ppap::ResultKind;
use crate::model::profile::Evaluation;
use crate::model::project::Project;

/// The steps of a flow in the order of the worksheet, sub-steps behind their step.
pub fn flow_steps(project: &Project, flow: Id<Document>) -> Vec<&crate::model::flow::Step> {
    process_flow::steps_in_order(project, flow)
}

/// Which form a document is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormKind {
    /// Process flow worksheet.
    ProcessFlow,
    /// FMEA by AIAG & VDA, 2019.
    FmeaAiagVda,
    /// FMEA by AIAG, 4th edition.
    FmeaFourthEdition,
    /// Control plan (AIAG, with the columns of 2024).
    ControlPlan,
    /// A list over the whole project.
    List(ListKind),
}

/// A list over the whole project in the shape of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    /// The actions of all FMEAs with the ratings before and after.
    Actions,
    /// The product and process characteristics: what they are, and where they are controlled.
    Characteristics,
    /// Which characteristic is created, changed, measured or passed on at which step (characteristic matrix).
    CharacteristicMatrix,
    /// The elements of the PPAP submission with their evidence.
    PpapElements,
    /// The results of a result form of the PPAP submission.
    Results(ResultKind),
}

impl ListKind {
    /// Every list.
    pub const ALL: [Self; 7] = [
        Self::Characteristics,
        Self::CharacteristicMatrix,
        Self::Actions,
        Self::PpapElements,
        Self::Results(ResultKind::Dimensional),
        Self::Results(ResultKind::Material),
        Self::Results(ResultKind::Performance),
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actions => "Actions",
            Self::Characteristics => "Characteristics",
            Self::CharacteristicMatrix => "Characteristic matrix",
            Self::PpapElements => "PPAP elements",
            Self::Results(kind) => kind.name(),
        }
    }

    /// Whether it shows the PPAP submission, and so is there only if the project has one.
    pub fn is_of_submission(self) -> bool {
        matches!(self, Self::PpapElements | Self::Results(_))
    }
}

/// What a form is asked for besides its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct FormOptions {
    /// Also give rows and prompts by which an editor invites to add what is missing, and columns that follow from other
    /// documents. Paper and export go without.
    pub prompts: bool,
    /// Only the control-plan rows of this phase.
    pub phase: Option<Phase>,
}

/// A form of a document, or a list over the whole project: columns now, rows block by block.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The document; none for a list over the whole project.
    pub document: Option<Id<Document>>,
    /// The kind.
    pub kind: FormKind,
    /// What was asked for.
    pub options: FormOptions,
    /// Heading groups, which are the steps of the method where it has some.
    pub groups: Vec<Group>,
    /// Columns in printed order.
    pub columns: Vec<Column>,
}

impl Form {
    /// The form a document is usually shown in: by its kind and by its rating profile.
    pub fn usual_kind(project: &Project, document: &Document) -> FormKind {
        match document.kind {
            DocumentKind::ProcessFlow => FormKind::ProcessFlow,
            DocumentKind::ControlPlan => FormKind::ControlPlan,
            DocumentKind::ProcessFmea | DocumentKind::DesignFmea | DocumentKind::FmeaMsr => {
                match project.profile(document.id).map(crate::model::profile::RatingProfile::evaluation) {
                    Some(Evaluation::RiskPriorityNumber { .. }) => FormKind::FmeaFourthEdition,
                    Some(Evaluation::ActionPriority { .. }) | None => FormKind::FmeaAiagVda,
                }
            }
        }
    }

    /// The form of a document.
    pub fn new(project: &Project, document: &Document, kind: FormKind, options: FormOptions) -> Self {
        let (groups, columns) = match kind {
            FormKind::ProcessFlow => process_flow::columns(project, options),
            FormKind::FmeaAiagVda => fmea::aiag_vda_columns(project, document.kind, options),
            FormKind::FmeaFourthEdition => fmea::fourth_edition_columns(project, document.kind, options),
            FormKind::ControlPlan => control_plan::columns(project, options),
            FormKind::List(list) => return Self::list(project, list, options),
        };
        Self { document: Some(document.id), kind, options, groups, columns }
    }

    /// A list over the whole project.
    pub fn list(project: &Project, list: ListKind, options: FormOptions) -> Self {
        let (groups, columns) = lists::columns(project, list, options);
        Self { document: None, kind: FormKind::List(list), options, groups, columns }
    }

    /// The blocks of the form in order: a process step each, or an entry of a list.
    pub fn blocks(&self, project: &Project) -> Vec<AnyId> {
        match (self.kind, self.document) {
            (FormKind::ProcessFlow, Some(flow)) => process_flow::blocks(project, flow),
            (FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition, Some(fmea)) => fmea::blocks(project, fmea),
            (FormKind::ControlPlan, Some(plan)) => control_plan::blocks(project, self, plan),
            (FormKind::List(list), _) => lists::blocks(project, list, self.options),
            (_, None) => Vec::new(),
        }
    }

    /// Rows and cells of a block.
    pub fn block(&self, project: &Project, key: AnyId) -> Block {
        match (self.kind, key) {
            (FormKind::ProcessFlow, AnyId::Step(step)) => process_flow::block(project, self, step),
            (FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition, AnyId::Element(element)) => {
                fmea::block(project, self, element)
            }
            (FormKind::ControlPlan, AnyId::Step(step)) => control_plan::block(project, self, step),
            (FormKind::ControlPlan, AnyId::Document(plan)) => control_plan::lost_block(project, self, plan),
            (FormKind::List(list), key) => lists::block(project, self, list, key),
            _ => Block::empty(key),
        }
    }

    /// How many rows a block has, at a fraction of the price of its cells.
    pub fn row_count(&self, project: &Project, key: AnyId) -> usize {
        match (self.kind, key) {
            (FormKind::ProcessFlow, AnyId::Step(step)) => process_flow::row_count(project, step),
            (FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition, AnyId::Element(element)) => {
                project.get(element).map_or(0, |focus| fmea::entries(project, focus).len())
            }
            (FormKind::ControlPlan, AnyId::Step(step)) => control_plan::row_count(project, self, step),
            (FormKind::List(list), key) => lists::row_count(project, list, key),
            _ => self.block(project, key).rows.len(),
        }
    }

    /// The place of the column with this key.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// SHA-256 over everything the form prints, which identifies what a revision froze.
    pub fn content_hash(&self, project: &Project) -> String {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for key in self.blocks(project) {
            add_to(&mut hash, &self.block(project, key));
        }
        hex(&hash.finalize())
    }

    /// The [`content_hash`](Self::content_hash) of a form whose blocks are all there.
    pub fn hash_of(blocks: &[Block]) -> String {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for block in blocks {
            add_to(&mut hash, block);
        }
        hex(&hash.finalize())
    }
}

fn add_to(hash: &mut sha2::Sha256, block: &Block) {
    use sha2::Digest;
    for cell in &block.cells {
        hash.update((cell.row as u64).to_le_bytes());
        hash.update((cell.column as u64).to_le_bytes());
        hash.update(cell.text().as_bytes());
        hash.update([0]);
    }
}
