//! Lists over the whole project on paper: actions, characteristics, the special ones alone, and the matrix.

use crate::model::characteristic::Characteristic;
use crate::model::form::{Form, FormOptions, ListKind};
use crate::model::item::AnyId;
use crate::model::ppap::ResultKind;
use crate::model::project::Project;
use crate::report::doc::{Header, Report, Section};
use crate::report::paper::PageSetup;

use super::columns::PrintedColumns;
use super::symbols::Symbols;
use super::{FormPaper, legend, of_project, small_sheet, submission, table, wording};

/// What a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperList {
    /// Everything.
    Whole(ListKind),
    /// The characteristics that have a special class.
    SpecialCharacteristics,
}

impl PaperList {
    /// Every list.
    pub const ALL: [Self; 8] = [
        Self::SpecialCharacteristics,
        Self::Whole(ListKind::Characteristics),
        Self::Whole(ListKind::CharacteristicMatrix),
        Self::Whole(ListKind::Actions),
        Self::Whole(ListKind::PpapElements),
        Self::Whole(ListKind::Results(ResultKind::Dimensional)),
        Self::Whole(ListKind::Results(ResultKind::Material)),
        Self::Whole(ListKind::Results(ResultKind::Performance)),
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole(list) => list.name(),
            Self::SpecialCharacteristics => "Special characteristics",
        }
    }

    /// Whether the project has it: forms of a submission are there only if something is submitted.
    pub fn is_in(self, project: &Project) -> bool {
        match self {
            Self::Whole(list) => !list.is_of_submission() || project.submission().is_some(),
            Self::SpecialCharacteristics => true,
        }
    }

    /// Its name as the command line and files have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Whole(ListKind::Actions) => "actions",
            Self::Whole(ListKind::Characteristics) => "characteristics",
            Self::Whole(ListKind::CharacteristicMatrix) => "characteristic-matrix",
            Self::Whole(ListKind::PpapElements) => "ppap-elements",
            Self::Whole(ListKind::Results(ResultKind::Dimensional)) => "dimensional-results",
            Self::Whole(ListKind::Results(ResultKind::Material)) => "material-results",
            Self::Whole(ListKind::Results(ResultKind::Performance)) => "performance-results",
            Self::SpecialCharacteristics => "special-characteristics",
        }
    }

    /// The form whose rows it has.
    pub fn form(self, project: &Project) -> Form {
        let kind = match self {
            Self::Whole(list) => list,
            Self::SpecialCharacteristics => ListKind::Characteristics,
        };
        Form::list(project, kind, FormOptions::default())
    }

    /// The blocks of the form that it has, in order.
    pub fn blocks(self, project: &Project, form: &Form) -> Vec<AnyId> {
        form.blocks(project).into_iter().filter(|key| self.shows(project, *key)).collect()
    }

    fn shows(self, project: &Project, key: AnyId) -> bool {
        let is_special = |id| project.get(id).is_some_and(|found: &Characteristic| !found.class.is_blank());
        match (self, key) {
            (Self::SpecialCharacteristics, AnyId::Characteristic(id)) => is_special(id),
            _ => true,
        }
    }
}

/// A list as a report.
pub fn list_report(project: &Project, list: PaperList, paper: &FormPaper<'_>) -> Report {
    let form = list.form(project);
    let mut blocks = paper.blocks(project, &form, list.blocks(project, &form));
    let symbols = Symbols::of(project, &form, &blocks, paper.flow_symbols);
    wording::translate_cells(&mut blocks, &form, &paper.language);
    let columns = PrintedColumns::of(&form, paper.profile);
    let sections = match list {
        PaperList::Whole(ListKind::CharacteristicMatrix) => table::matrix(&form, &blocks, &symbols),
        _ => vec![table::section(&form, &blocks, &symbols)],
    };
    let mut sections: Vec<Section> = sections.into_iter().map(|section| columns.printed(section)).collect();
    sections.extend(legend::of_list(project, (&form, &columns), &symbols));
    with_sections(project, list, sections, paper)
}

/// A list with what stands around it.
pub(super) fn with_sections(
    project: &Project,
    list: PaperList,
    mut sections: Vec<Section>,
    paper: &FormPaper<'_>,
) -> Report {
    match list {
        PaperList::Whole(kind) if kind.is_of_submission() => {
            sections.extend(submission::foot(project, kind));
            let page = PageSetup::landscape(small_sheet(paper));
            let shell = of_project(project, list.name(), Vec::new(), &FormPaper { page, ..paper.clone() });
            let header = Header { fields: submission::fields(project, kind, paper), ..shell.header };
            let mut report = Report { header, sections, ..shell };
            wording::translate(&mut report);
            report
        }
        _ => of_project(project, list.name(), sections, paper),
    }
}
