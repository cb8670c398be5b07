//! What was understood of a sheet: which form of the trade it is, where its headings stand, what its columns mean, and its lines.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use serde::Deserialize;

use super::workbook::{At, Value};
use crate::base::Text;
use crate::model::document::DocumentKind;
use crate::model::form::RowId;
use crate::model::item::Kind;
use crate::model::project_data::UserFieldType;

/// A form that a sheet may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    /// Process FMEA.
    ProcessFmea,
    /// Design FMEA.
    DesignFmea,
    /// Control plan.
    ControlPlan,
    /// Process flow worksheet.
    ProcessFlow,
}

impl TableKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::ProcessFmea, Self::DesignFmea, Self::ControlPlan, Self::ProcessFlow];

    /// The word on the command line and in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ProcessFmea => "pfmea",
            Self::DesignFmea => "dfmea",
            Self::ControlPlan => "control-plan",
            Self::ProcessFlow => "process-flow",
        }
    }

    /// The kind for a word of the command line.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProcessFmea => "PFMEA",
            Self::DesignFmea => "DFMEA",
            Self::ControlPlan => "Control plan",
            Self::ProcessFlow => "Process flow",
        }
    }

    /// Whether it is an FMEA.
    pub const fn is_fmea(self) -> bool {
        matches!(self, Self::ProcessFmea | Self::DesignFmea)
    }
}

macro_rules! fields {
    ($($variant:ident $key:literal $name:literal $(= $doc:literal)?;)*) => {
        /// What a column of a form holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $(#[doc = concat!($name, ".", $(" ", $doc)?)] $variant,)* }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in mapping files and reports.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// What people call it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The field for a word of a mapping file.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().find(|field| field.key() == key).copied()
            }
        }
    };
}

fields! {
    // Structure and function.
    LineNumber "line_number" "Line number" = "A running number of the lines, which says nothing.";
    IssueNumber "issue_number" "Issue number";
    History "history" "History / change authorisation";
    HigherElement "process_item" "Process item / next higher level";
    StepNumber "step_number" "Process step number";
    Step "process_step" "Process step / focus element" = "Number and name may stand in one cell.";
    StepDescription "step_description" "Description of the process step";
    WorkElement "work_element" "Work element / next lower level";
    WorkCategory "work_category" "4M category";
    HigherFunction "function_of_item" "Function of the process item / next higher level";
    Function "function" "Function";
    LowerFunction "function_of_work_element" "Function of the work element / next lower level";
    StepAndFunction "step_and_function" "Process step / function in one column" = "As in the AIAG 4th edition form.";
    Requirement "requirement" "Requirement";
    // Failure.
    Effect "effect" "Failure effect";
    EffectYourPlant "effect_your_plant" "Failure effect in your plant / local effect";
    EffectShipToPlant "effect_ship_to_plant" "Failure effect at the ship-to plant / next higher level";
    EffectEndUser "effect_end_user" "Failure effect for the end user";
    Severity "severity" "Severity";
    Class "class" "Special characteristic class";
    Mode "failure_mode" "Failure mode";
    Cause "failure_cause" "Failure cause";
    // Risk.
    PreventionControl "prevention_control" "Current prevention control";
    Occurrence "occurrence" "Occurrence";
    DetectionControl "detection_control" "Current detection control";
    Control "current_control" "Current controls, undivided";
    Detection "detection" "Detection";
    Rpn "rpn" "RPN" = "Risk priority number, or another product of ratings.";
    ActionPriority "action_priority" "Action priority";
    FilterCode "filter_code" "Filter code";
    // Optimisation.
    PreventionAction "prevention_action" "Prevention action";
    DetectionAction "detection_action" "Detection action";
    Action "recommended_action" "Recommended action";
    Responsible "responsible" "Responsible";
    TargetDate "target_date" "Target completion date";
    ResponsibleAndDate "responsible_and_date" "Responsibility and target completion date";
    Status "status" "Status";
    ActionTaken "action_taken" "Action taken";
    CompletionDate "completion_date" "Completion date";
    ActionTakenAndDate "action_taken_and_date" "Action taken and completion date";
    ImplementedPrevention "implemented_prevention_control" "Implemented prevention control";
    ImplementedDetection "implemented_detection_control" "Implemented detection control";
    LaterSeverity "severity_after" "Severity after actions";
    LaterOccurrence "occurrence_after" "Occurrence after actions";
    LaterDetection "detection_after" "Detection after actions";
    LaterRpn "rpn_after" "RPN after actions";
    LaterActionPriority "action_priority_after" "Action priority after actions";
    LaterClass "class_after" "Special characteristic class after actions";
    Remarks "remarks" "Remarks";
    // Characteristics, control plan and process flow.
    CharacteristicNumber "characteristic_number" "Characteristic number";
    Characteristic "characteristic" "Characteristic" = "Product or process, not said which.";
    ProductCharacteristic "product_characteristic" "Product characteristic";
    ProcessCharacteristic "process_characteristic" "Process characteristic";
    Specification "specification" "Specification / tolerance";
    Nominal "nominal" "Nominal value / target";
    LowerLimit "lower_limit" "Lower specification limit";
    UpperLimit "upper_limit" "Upper specification limit";
    Unit "unit" "Unit";
    Equipment "equipment" "Machine, device, jig, tools";
    MeasurementTechnique "measurement_technique" "Evaluation / measurement technique";
    SampleSize "sample_size" "Sample size";
    SampleFrequency "sample_frequency" "Sample frequency";
    SampleSizeAndFrequency "sample_size_and_frequency" "Sample size and frequency";
    ControlMethod "control_method" "Control method";
    ReactionPlan "reaction_plan" "Reaction plan";
    ReactionPlanOwner "reaction_plan_owner" "Owner of the reaction plan";
    ErrorProofing "error_proofing" "Error proofing";
    Phases "phases" "Phases of the control";
    FmeaControls "fmea_controls" "FMEA controls that are carried out";
    AppliesTo "applies_to" "Parts it applies to";
    CharacteristicKind "characteristic_kind" "Product or process characteristic" = "The word that says which of both a characteristic is.";
    CharacteristicRole "characteristic_role" "Role of the characteristic at the step";
    NokDisposition "nok_disposition" "Disposition of nonconforming product";
    StepKind "step_kind" "Kind of step (symbol)";
    StepOperation "step_is_operation" "Tick for operation";
    StepTransport "step_is_transport" "Tick for transport";
    StepStorage "step_is_storage" "Tick for storage";
    StepInspection "step_is_inspection" "Tick for inspection";
    StepDelay "step_is_delay" "Tick for delay";
    Area "area" "Area / line";
    VariationSource "source_of_variation" "Incoming source of variation";
    NextStep "next_step" "Next step";
}

/// A field of the header block above a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleField {
    /// Number of the document.
    DocumentNumber,
    /// Subject, item or title.
    Subject,
    /// Organisation.
    Organisation,
    /// Plant or location.
    Plant,
    /// Supplier code.
    SupplierCode,
    /// Customer.
    Customer,
    /// Model year or programme.
    Programme,
    /// Part number.
    PartNumber,
    /// Part name.
    PartName,
    /// Part number and change level in one cell.
    PartNumberAndChangeLevel,
    /// Engineering change level.
    ChangeLevel,
    /// Drawing number.
    Drawing,
    /// Process or design responsibility.
    Responsibility,
    /// Who prepared it.
    PreparedBy,
    /// Who approved it.
    ApprovedBy,
    /// Key contact with phone.
    KeyContact,
    /// Names of the team.
    Team,
    /// Date of the first issue.
    StartDate,
    /// Date of the latest revision.
    RevisionDate,
    /// Key date.
    KeyDate,
    /// Revision.
    Revision,
    /// Confidentiality.
    Confidentiality,
    /// Phase of a control plan.
    Phase,
    /// A field of the header of our own forms, by its label.
    OfOwnForm,
}

impl TitleField {
    /// The word in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::DocumentNumber => "document_number",
            Self::Subject => "subject",
            Self::Organisation => "organisation",
            Self::Plant => "plant",
            Self::SupplierCode => "supplier_code",
            Self::Customer => "customer",
            Self::Programme => "programme",
            Self::PartNumber => "part_number",
            Self::PartName => "part_name",
            Self::PartNumberAndChangeLevel => "part_number_and_change_level",
            Self::ChangeLevel => "change_level",
            Self::Drawing => "drawing",
            Self::Responsibility => "responsibility",
            Self::PreparedBy => "prepared_by",
            Self::ApprovedBy => "approved_by",
            Self::KeyContact => "key_contact",
            Self::Team => "team",
            Self::StartDate => "start_date",
            Self::RevisionDate => "revision_date",
            Self::KeyDate => "key_date",
            Self::Revision => "revision",
            Self::Confidentiality => "confidentiality",
            Self::Phase => "phase",
            Self::OfOwnForm => "header",
        }
    }
}

/// A fact of the header block.
#[derive(Debug, Clone, PartialEq)]
pub struct TitleFact {
    /// What it is.
    pub field: TitleField,
    /// The label as it is written.
    pub label: String,
    /// Where the label stands.
    pub label_at: At,
    /// What it says.
    pub value: Value,
    /// Where that stands; the cell of the label if both share one.
    pub at: At,
}

/// What a column is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A field of the form.
    Field(Field),
    /// A field that the company adds: kept as a user-defined field under its heading.
    Own,
    /// Left out.
    Ignored,
}

impl Meaning {
    /// The word in mapping files and reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Field(field) => field.key(),
            Self::Own => "own",
            Self::Ignored => "ignored",
        }
    }

    /// The meaning for a word of a mapping file.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "own" => Some(Self::Own),
            "ignored" => Some(Self::Ignored),
            key => Field::from_key(key).map(Self::Field),
        }
    }
}

/// How sure a meaning is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Nothing speaks for it but that nothing else fits.
    Guessed,
    /// Heading or values speak for it.
    Likely,
    /// Heading and values speak for it, or a person said so.
    Sure,
}

impl Certainty {
    /// The word in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Guessed => "guessed",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Column of the sheet, from zero.
    pub column: u32,
    /// Its headings from top to bottom, joined by ` / `.
    pub heading: String,
    /// What it is taken for.
    pub meaning: Meaning,
    /// How sure that is.
    pub certainty: Certainty,
    /// Why, in a sentence for people.
    pub why: String,
}

/// Where the value of an entry came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// The cell itself.
    Here,
    /// The merged area the cell belongs to.
    Merged,
    /// A cell further up in the column: this one is blank or holds a ditto mark.
    Above,
}

/// What a line of a table says in one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it says.
    pub value: Value,
    /// The cell in which that is written.
    pub at: At,
    /// How the line came to it.
    pub given: Given,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Row of the sheet, from zero.
    pub row: u32,
    /// What it says, in the order of [`Table::columns`]; `None` where nothing is said.
    pub entries: Vec<Option<Entry>>,
}

/// A form found on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Index of the sheet in the workbook.
    pub sheet: usize,
    /// Which form it is.
    pub kind: TableKind,
    /// Rows of the headings, from zero.
    pub heading_rows: RangeInclusive<u32>,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The lines from top to bottom.
    pub records: Vec<Record>,
    /// The header block.
    pub title: Vec<TitleFact>,
    /// Whether a person said that each line of a cell of effects, controls, actions, requirements or equipment is an entry of its
    /// own.
    pub split_lines: bool,
    /// What this program said of the form when it exported it; nothing if it is none of ours.
    pub own_form: Option<OwnForm>,
}

/// A form that this program exported: each of its cells begins where the item begins that it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnForm {
    /// What kind of document it is.
    pub document: DocumentKind,
    /// The rating profile of an FMEA; blank for others.
    pub rating_profile: Text,
    /// The set of special-characteristic classes.
    pub class_set: Text,
    /// The tag of the language whose words it has.
    pub language: String,
    /// What the lines show, in the order of [`Table::records`]; nothing for a line that somebody added.
    pub rows: Vec<Option<RowId>>,
    /// What the user-defined fields are, by column of the sheet.
    pub own_fields: BTreeMap<u32, (Kind, UserFieldType)>,
}

impl Table {
    /// The position, in [`Table::columns`] and [`Record::entries`], of the first column taken for a field.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.meaning == Meaning::Field(field))
    }

    /// What a record says in the first column taken for a field.
    pub fn entry<'r>(&self, record: &'r Record, field: Field) -> Option<&'r Entry> {
        record.entries.get(self.position(field)?)?.as_ref()
    }
}

/// Why a cell was not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Part of the heading of the table, here or repeated on a printed page.
    Heading,
    /// A label of the header block.
    Label,
    /// Above the table, and no field of the header.
    AboveTable,
    /// Below the table: signatures, revisions, page numbers.
    Footer,
    /// Beside the table: a legend, another table.
    BesideTable,
    /// A column that nothing was found for, or that a person left out.
    Column,
    /// A running number that says nothing.
    LineNumber,
    /// A ditto mark: what stands above is said again.
    AsAbove,
    /// A text that is merged across the table and heads no lines.
    Across,
    /// A value that is computed here, and agrees.
    Computed,
    /// A value that is computed here, and differs: what it is here.
    Differs(String),
    /// A formula without a result in a line without contents.
    EmptyFormula,
    /// The sheet holds no table.
    NoTable,
    /// Anything else, in a sentence.
    Other(String),
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heading => f.write_str("heading"),
            Self::Label => f.write_str("label in the header"),
            Self::AboveTable => f.write_str("above the table, not a known field of the header"),
            Self::Footer => f.write_str("below the table"),
            Self::BesideTable => f.write_str("beside the table"),
            Self::Column => f.write_str("in a column that is not imported"),
            Self::Across => f.write_str("a text across the table"),
            Self::AsAbove => f.write_str("ditto mark: as above"),
            Self::LineNumber => f.write_str("running number of the line"),
            Self::Computed => f.write_str("computed here with the same result"),
            Self::Differs(here) => write!(f, "computed here as {here}"),
            Self::EmptyFormula => f.write_str("formula without contents"),
            Self::NoTable => f.write_str("no table was found on the sheet"),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

/// What was understood of a workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Understood {
    /// The forms found, in the order of the sheets.
    pub tables: Vec<Table>,
    /// The fate of every cell outside the lines of a table: index of the sheet, cell, reason.
    pub left: Vec<(usize, At, Left)>,
}
