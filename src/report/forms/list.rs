//! Lists over the whole project on paper: actions, characteristics, the special ones alone, and the matrix.

use rayon::prelude::*;

use crate::model::characteristic::Characteristic;
use crate::model::form::{Block, Form, FormOptions, ListKind};
use crate::model::item::AnyId;
use crate::model::project::Project;
use crate::report::doc::Report;

use super::symbols::Symbols;
use super::{FormPaper, legend, of_project, table, wording};

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
    pub const ALL: [Self; 4] = [
        Self::SpecialCharacteristics,
        Self::Whole(ListKind::Characteristics),
        Self::Whole(ListKind::CharacteristicMatrix),
        Self::Whole(ListKind::Actions),
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole(list) => list.name(),
            Self::SpecialCharacteristics => "Special characteristics",
        }
    }

    /// Its name as the command line and files have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Whole(ListKind::Actions) => "actions",
            Self::Whole(ListKind::Characteristics) => "characteristics",
            Self::Whole(ListKind::CharacteristicMatrix) => "characteristic-matrix",
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
    let mut blocks: Vec<Block> =
        list.blocks(project, &form).into_par_iter().map(|key| form.block(project, key)).collect();
    let symbols = Symbols::of(project, &form, &blocks, paper.flow_symbols);
    wording::translate_cells(&mut blocks, &form, &paper.language);
    let mut sections = match list {
        PaperList::Whole(ListKind::CharacteristicMatrix) => table::matrix(&form, &blocks, &symbols),
        _ => vec![table::section(&form, &blocks, &symbols)],
    };
    sections.extend(legend::of_list(project, &form, &symbols));
    of_project(project, list.name(), sections, paper)
}
