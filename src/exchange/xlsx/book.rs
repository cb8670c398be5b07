//! What a workbook is made of. Words are in the language of the workbook already.

use std::collections::BTreeMap;

use crate::base::clock::Date;
use crate::model::form::{Block, Form};
use crate::model::rating::Priority;
use crate::model::report_profile::{PageNumbers, Paper};

/// A colour as red, green and blue.
pub type Colour = [u8; 3];

/// A workbook.
#[derive(Debug, Clone)]
pub struct Book<'a> {
    /// What the properties of the file say.
    pub properties: Properties,
    /// The day it is made; the only time in the file.
    pub day: Date,
    /// Identity and name of the project.
    pub project: [String; 2],
    /// The tag of the language.
    pub language: String,
    /// The set of special-characteristic classes that the forms print.
    pub class_set: String,
    /// The words of the workbook itself.
    pub words: Words,
    /// Whether risk priority numbers and action priorities are formulas over their ratings.
    pub formulas: bool,
    /// The forms.
    pub sheets: Vec<Sheet<'a>>,
}

/// What the properties of the file say.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    /// Title.
    pub title: String,
    /// Subject.
    pub subject: String,
    /// Author.
    pub author: String,
    /// Company.
    pub company: String,
}

/// The words that a workbook has beyond those of its forms.
#[derive(Debug, Clone)]
pub struct Words {
    /// The name of the sheet for texts that no cell can hold.
    pub long_texts: String,
    /// How a page is numbered, with `{page}` and `{pages}`.
    pub page: String,
}

/// A form with what stands around it.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// The name of its tab, as far as spreadsheets can have it.
    pub name: String,
    /// The form.
    pub form: &'a Form,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// The columns that are written, from left to right.
    pub columns: Vec<Column>,
    /// The upper headings; columns name theirs.
    pub groups: Vec<Group>,
    /// The block on top.
    pub head: Head,
    /// What stands behind the form, line by line.
    pub notes: Vec<Note>,
    /// How it is printed.
    pub page: Page,
    /// What the stamp says of it.
    pub stamp: Stamp,
    /// The action priorities of whole ratings from 1 to 10, if the form has them: by severity, then occurrence, then detection.
    pub priorities: Option<Vec<Option<Priority>>>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Which column of the form it is.
    pub at: usize,
    /// The heading.
    pub heading: String,
    /// Whether the heading runs upwards.
    pub turned: bool,
    /// The place of the upper heading.
    pub group: usize,
    /// The width in points.
    pub width: f32,
    /// Where its text stands.
    pub align: Align,
    /// What a user-defined field is, for the stamp; blank for the columns of the form.
    pub own_field: String,
    /// Texts that show otherwise than they are written, as long as they stand in a cell: text and format of a text.
    pub signs: Vec<(String, String)>,
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// An upper heading.
#[derive(Debug, Clone)]
pub struct Group {
    /// The words.
    pub heading: String,
    /// Its ground, and that of the headings below it.
    pub tint: Colour,
}

/// The block on top of a form.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// A picture as PNG, with its width and height in dots.
    pub logo: Option<(Vec<u8>, u32, u32)>,
    /// Who issues the document.
    pub organisation: String,
    /// A line under it.
    pub detail: String,
    /// What the form is called.
    pub title: String,
    /// The number of the document.
    pub number: String,
    /// Revision, state of release, day.
    pub corner: Vec<String>,
    /// Rows of labelled fields.
    pub fields: Vec<Vec<Field>>,
}

/// A labelled field.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// What the form calls it.
    pub label: String,
    /// What stands in it, line by line.
    pub value: String,
    /// Its share of the width.
    pub weight: f32,
}

/// A line behind the form.
#[derive(Debug, Clone, Default)]
pub struct Note {
    /// The words.
    pub text: String,
    /// Whether it is a title.
    pub title: bool,
}

/// How a form is printed.
#[derive(Debug, Clone)]
pub struct Page {
    /// The size of the sheet.
    pub paper: Paper,
    /// Whether the long side lies at the bottom.
    pub landscape: bool,
    /// The free edge in points.
    pub margin: f32,
    /// The foot of every page at the left and in the middle.
    pub foot: [String; 2],
    /// A further line at the foot.
    pub foot_text: String,
    /// How pages are numbered.
    pub numbers: PageNumbers,
}

/// What the stamp says of a form: by which it is found again in its project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// What it shows, as the command line names it.
    pub what: String,
    /// Identity of the document; blank for a list.
    pub document: String,
    /// The form, as the command line names it.
    pub form: String,
    /// The phase whose rows it has; blank for all of them.
    pub phase: String,
    /// Revision or state of release.
    pub state: String,
    /// SHA-256 over what the form printed.
    pub content: String,
    /// What kind of document it is, by the word of the files; blank for a list.
    pub kind: String,
    /// The rating profile of an FMEA.
    pub rating_profile: String,
}

/// What the stamp of a workbook says, as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StampOfBook {
    /// Identity of the project.
    pub project: String,
    /// Its name when the workbook was made.
    pub project_name: String,
    /// The day when the workbook was made.
    pub day: String,
    /// The version of the program that made it.
    pub program: String,
    /// The tag of the language.
    pub language: String,
    /// The set of special-characteristic classes; blank if the workbook does not say it.
    pub class_set: String,
    /// The name of the sheet for texts that no cell can hold.
    pub long_texts: String,
    /// What the sheets show, by the names of their tabs.
    pub sheets: BTreeMap<String, StampOfSheet>,
}

/// Where a form stands on its sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StampOfSheet {
    /// What it shows.
    pub stamp: Stamp,
    /// The keys of its columns from left to right. Behind them are the hidden ones.
    pub columns: Vec<String>,
    /// Their headings, by which they are found where somebody has put columns of his own between them.
    pub headings: Vec<String>,
    /// What the user-defined fields among them are, blank for the others.
    pub own_fields: Vec<String>,
}
