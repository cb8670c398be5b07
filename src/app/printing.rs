//! What can be printed: a document in its form, or a list over the whole project.

use crate::app::export::{ExportError, PdfOptions};
use crate::base::Id;
use crate::base::clock::Date;
use crate::model::Project;
use crate::model::document::Document;
use crate::model::form::{Form, FormOptions, ListKind};
use crate::model::item::AnyId;
use crate::report::doc::Report;
use crate::report::forms::{FormPaper, PaperList, form_report, list_report};
use crate::store::assets;

/// Something that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Printable {
    /// A document.
    Document(Id<Document>),
    /// A list.
    List(PaperList),
}

impl From<Id<Document>> for Printable {
    fn from(document: Id<Document>) -> Self {
        Self::Document(document)
    }
}

impl From<ListKind> for Printable {
    fn from(list: ListKind) -> Self {
        Self::List(PaperList::Whole(list))
    }
}

impl Printable {
    /// What people call it; blank if it is gone.
    pub fn name(self, project: &Project) -> String {
        match self {
            Self::Document(document) => {
                project.get(document).map(|document| project.document_label(document)).unwrap_or_default()
            }
            Self::List(list) => list.name().to_owned(),
        }
    }

    /// A name for a file of it, without the ending.
    pub fn file_name(self, project: &Project) -> String {
        match self {
            Self::Document(document) => {
                project.get(document).map(|document| document.file.to_string()).unwrap_or_default()
            }
            Self::List(list) => list.key().to_owned(),
        }
    }

    /// The form whose rows it shows.
    ///
    /// # Errors
    /// If the document is gone.
    pub fn form(self, project: &Project, options: &PdfOptions) -> Result<Form, ExportError> {
        match self {
            Self::Document(document) => {
                let document = project.get(document).ok_or(ExportError::NoDocument)?;
                let kind = options.kind.unwrap_or_else(|| Form::usual_kind(project, document));
                let phase = options.phase;
                Ok(Form::new(project, document, kind, FormOptions { phase, ..FormOptions::default() }))
            }
            Self::List(list) => Ok(list.form(project)),
        }
    }

    /// The blocks of its form, in order.
    pub fn blocks(self, project: &Project, form: &Form) -> Vec<AnyId> {
        match self {
            Self::Document(_) => form.blocks(project),
            Self::List(list) => list.blocks(project, form),
        }
    }

    /// The report.
    ///
    /// # Errors
    /// If the document is gone, or a file that ships with the program is broken.
    pub fn report(self, project: &Project, today: Date, options: &PdfOptions) -> Result<Report, ExportError> {
        let flow_symbols = assets::process_flow_symbols()?;
        let language = assets::language(options.language)?;
        let PdfOptions { kind, phase, page, body_size, .. } = *options;
        let paper = FormPaper { kind, phase, today, page, body_size, flow_symbols: &flow_symbols, language };
        match self {
            Self::Document(document) => {
                let document = project.get(document).ok_or(ExportError::NoDocument)?;
                Ok(form_report(project, document, &paper))
            }
            Self::List(list) => Ok(list_report(project, list, &paper)),
        }
    }
}
