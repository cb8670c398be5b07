//! A form with what paper prints around it, for who sets the rows himself: the same header, headings, foot and legend, in the
//! same words, over the blocks of the form.

use crate::model::document::Document;
use crate::model::form::{Block, Form, FormOptions};
use crate::model::language::Language;
use crate::model::project::Project;
use crate::report::doc::Report;

use super::columns::PrintedColumns;
use super::list::{PaperList, with_sections};
use super::symbols::Symbols;
use super::{FormPaper, confidentiality, header, legend, of_document, table, title, wording};

/// A form and its surroundings.
#[derive(Debug, Clone)]
pub struct Framed {
    /// The form as the project has it.
    pub form: Form,
    /// Its blocks in order; the values that the program gives in the language of the paper.
    pub blocks: Vec<Block>,
    /// SHA-256 over what the blocks print, before they were translated; see [`Form::content_hash`].
    pub content: String,
    /// The columns of the form that are printed, as indices into its columns.
    pub printed: Vec<usize>,
    /// Header, foot and sections: first the printed columns and their headings over no rows, then what stands behind the form.
    pub report: Report,
}

/// Takes soft hyphens out of what was translated: only the layout of paper knows what they mean.
fn without_soft_hyphens(blocks: &mut [Block], form: &Form, language: &Language) {
    if *language == Language::english() {
        return;
    }
    let concerned: Vec<bool> = form.columns.iter().map(wording::has_words_of_program).collect();
    let cells = blocks.iter_mut().flat_map(|block| &mut block.cells).filter(|cell| concerned[cell.column]);
    for part in cells.flat_map(|cell| &mut cell.parts).filter(|part| part.text.contains('\u{ad}')) {
        part.text = part.text.replace('\u{ad}', "");
    }
}

/// The form of a document. If nobody waits for it any more, what is there is not whole.
pub fn framed_form(project: &Project, document: &Document, paper: &FormPaper<'_>) -> Framed {
    let kind = paper.kind.unwrap_or_else(|| Form::usual_kind(project, document));
    let form = Form::new(project, document, kind, FormOptions { phase: paper.phase, ..FormOptions::default() });
    let mut blocks = paper.blocks(project, &form, form.blocks(project));
    let content = Form::hash_of(&blocks);
    let symbols = Symbols::of(project, &form, &blocks, paper.flow_symbols);
    wording::translate_cells(&mut blocks, &form, &paper.language);
    without_soft_hyphens(&mut blocks, &form, &paper.language);
    let columns = PrintedColumns::of(&form, paper.profile);
    let mut sections = vec![columns.printed(table::frame(&form, &blocks))];
    sections.extend(legend::sections(project, document, (&form, &columns), &blocks, &symbols));
    let fields = header::fields(project, document, kind, (paper.phase, confidentiality(document, paper)));
    let report = of_document(project, document, title(document.kind, kind), (fields, sections), paper);
    Framed { printed: columns.kept(&form), form, blocks, content, report }
}

/// A list over the whole project. If nobody waits for it any more, what is there is not whole.
pub fn framed_list(project: &Project, list: PaperList, paper: &FormPaper<'_>) -> Framed {
    let form = list.form(project);
    let mut blocks = paper.blocks(project, &form, list.blocks(project, &form));
    let content = Form::hash_of(&blocks);
    let symbols = Symbols::of(project, &form, &blocks, paper.flow_symbols);
    wording::translate_cells(&mut blocks, &form, &paper.language);
    without_soft_hyphens(&mut blocks, &form, &paper.language);
    let columns = PrintedColumns::of(&form, paper.profile);
    let mut sections = vec![columns.printed(table::frame(&form, &blocks))];
    sections.extend(legend::of_list(project, (&form, &columns), &symbols));
    let report = with_sections(project, list, sections, paper);
    Framed { printed: columns.kept(&form), form, blocks, content, report }
}
