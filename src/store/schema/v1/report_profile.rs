//! Report profiles in `project.ron`.

use crate::base::{Id, OrderKey, Text};
use crate::model::form::{FormKind, ListKind};
use crate::model::ppap::ResultKind;
use crate::model::report_profile::{LeftOut, Orientation, PageNumbers, Paper, ReportProfile, TextSize};
use crate::store::schema::scalar::TextSizeFile;
use crate::store::schema::v1::record::{Home, Stored, choice, record};

record! {
    /// A report profile.
    ReportProfileFile of ReportProfile {
        id: Id<ReportProfile>,
        order: OrderKey,
        ;
        name: Text,
        paper: Paper,
        orientation: Orientation,
        text_size: TextSize,
        language: Text,
        logo: Text,
        footer: Text,
        confidentiality: Text,
        page_numbers: PageNumbers,
        left_out: Vec<LeftOut>,
        ; meta
    }
}

record! {
    /// The columns of a form that are not printed.
    LeftOutFile of LeftOut {
        form: FormKind,
        ;
        columns: Vec<Text>,
    }
}

choice! {
    /// A size of paper.
    PaperFile of Paper default A3 { A4, Letter, A3, Tabloid }
}

choice! {
    /// Which side lies at the bottom.
    OrientationFile of Orientation default Landscape { Landscape, Portrait }
}

choice! {
    /// How pages are numbered.
    PageNumbersFile of PageNumbers default PageOfPages { PageOfPages, NumberOfPages, Page, Number }
}

impl Stored for TextSize {
    type File = TextSizeFile;
    fn to_file(&self) -> TextSizeFile {
        TextSizeFile(*self)
    }
    fn from_file(file: TextSizeFile, _: &Home) -> Self {
        file.0
    }
}

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[allow(missing_docs, reason = "the variants are those of the model, the lists among them by their own names")]
pub enum FormKindFile {
    ProcessFlow,
    FmeaAiagVda,
    FmeaFourthEdition,
    ControlPlan,
    Actions,
    Characteristics,
    CharacteristicMatrix,
    PpapElements,
    DimensionalResults,
    MaterialResults,
    PerformanceResults,
}

impl Stored for FormKind {
    type File = FormKindFile;
    fn to_file(&self) -> FormKindFile {
        match self {
            Self::ProcessFlow => FormKindFile::ProcessFlow,
            Self::FmeaAiagVda => FormKindFile::FmeaAiagVda,
            Self::FmeaFourthEdition => FormKindFile::FmeaFourthEdition,
            Self::ControlPlan => FormKindFile::ControlPlan,
            Self::List(ListKind::Actions) => FormKindFile::Actions,
            Self::List(ListKind::Characteristics) => FormKindFile::Characteristics,
            Self::List(ListKind::CharacteristicMatrix) => FormKindFile::CharacteristicMatrix,
            Self::List(ListKind::PpapElements) => FormKindFile::PpapElements,
            Self::List(ListKind::Results(ResultKind::Dimensional)) => FormKindFile::DimensionalResults,
            Self::List(ListKind::Results(ResultKind::Material)) => FormKindFile::MaterialResults,
            Self::List(ListKind::Results(ResultKind::Performance)) => FormKindFile::PerformanceResults,
        }
    }
    fn from_file(file: FormKindFile, _: &Home) -> Self {
        match file {
            FormKindFile::ProcessFlow => Self::ProcessFlow,
            FormKindFile::FmeaAiagVda => Self::FmeaAiagVda,
            FormKindFile::FmeaFourthEdition => Self::FmeaFourthEdition,
            FormKindFile::ControlPlan => Self::ControlPlan,
            FormKindFile::Actions => Self::List(ListKind::Actions),
            FormKindFile::Characteristics => Self::List(ListKind::Characteristics),
            FormKindFile::CharacteristicMatrix => Self::List(ListKind::CharacteristicMatrix),
            FormKindFile::PpapElements => Self::List(ListKind::PpapElements),
            FormKindFile::DimensionalResults => Self::List(ListKind::Results(ResultKind::Dimensional)),
            FormKindFile::MaterialResults => Self::List(ListKind::Results(ResultKind::Material)),
            FormKindFile::PerformanceResults => Self::List(ListKind::Results(ResultKind::Performance)),
        }
    }
}
