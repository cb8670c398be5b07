//! The front of a PPAP package: whose submission it is, what is bound and where, and which released state it shows.

use std::sync::Arc;

use crate::base::text::is_blank;
use crate::model::ppap::{Submission, Warrant};
use crate::model::project::Project;
use crate::model::relation::Relation;
use crate::report::display::Item;
use crate::report::doc::{Align, Cell, Column, Drawn, DrawnPart, Field, Paragraph, Report, Row, Rule, Section, Table};
use crate::report::paper::PageSetup;
use crate::report::picture::Picture;

use super::{FormPaper, of_project, small_sheet, wording};

/// What people call the package.
pub const PACKAGE: &str = "PPAP submission package";

/// The place of the table of contents among the sections of the front.
pub const CONTENTS: u32 = 0;

/// A line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContentsLine {
    /// Number of the element.
    pub element: String,
    /// What the element is.
    pub element_title: String,
    /// What is bound.
    pub title: String,
    /// Its revision, or that it is a draft.
    pub revision: String,
    /// Which of the volumes it is; none if there is nothing to turn to.
    pub volume: Option<usize>,
}

/// A document in the state that the package shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenDocument {
    /// The document.
    pub title: String,
    /// Number and date of the revision; blank for a draft.
    pub revision: String,
    /// Who released it.
    pub released_by: String,
    /// SHA-256 over what it prints, in hexadecimal digits.
    pub hash: String,
}

/// What the front says.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// What tells this package from any other.
    pub identity: String,
    /// What is bound, in order.
    pub contents: Vec<ContentsLine>,
    /// The documents.
    pub documents: Vec<FrozenDocument>,
    /// What stands in the way, if the package is a draft.
    pub obstacles: Vec<String>,
}

/// The front, with the first page of each volume.
pub fn front_report(
    project: &Project,
    submission: &Submission,
    front: &Front,
    pages: &[usize],
    paper: &FormPaper<'_>,
) -> Report {
    let page = PageSetup::portrait(small_sheet(paper));
    let mut sections = vec![contents(front, pages, paper)];
    if !front.documents.is_empty() {
        sections.push(documents(front));
    }
    if !front.obstacles.is_empty() {
        let lines = front.obstacles.iter().map(|line| Paragraph::plain(&format!("• {line}"))).collect();
        sections.push(Section::prose(Some("Open before the submission"), lines));
    }
    let mut report = of_project(project, PACKAGE, sections, &FormPaper { page, ..paper.clone() });
    report.header.fields = fields(project, submission, &front.identity, paper);
    wording::translate(&mut report);
    report.footer_center.clear();
    report.author = submission.signature.name.to_string();
    report
}

/// How the fields of the front share its width: the identity of the package stays on one line.
const LEFT: f32 = 1.7;
/// See [`LEFT`].
const RIGHT: f32 = 1.3;

fn fields(project: &Project, submission: &Submission, identity: &str, paper: &FormPaper<'_>) -> Vec<Vec<Field>> {
    let data = project.data();
    let say = |words: &str| paper.language.word(words).into_owned();
    let warrants = project.children::<Warrant>(submission.id, Relation::WarrantInSubmission);
    let part = |warrant: &Warrant| -> Option<String> {
        let part = project.warranted_part(warrant)?;
        let (level, _) = project.warrant_level(warrant);
        let words = [part.number.to_string(), part.name.to_string(), level.to_string()];
        Some(words.into_iter().filter(|word| !is_blank(word)).collect::<Vec<_>>().join(" · "))
    };
    let parts: Vec<String> = warrants.filter_map(part).collect();
    let reasons: Vec<String> = submission.reasons.iter().map(|reason| say(reason.name())).collect();
    let date = submission.date.map(|date| date.to_string()).unwrap_or_default();
    let level = format!("{} – {}", submission.level.name(), say(submission.level.meaning()));
    let customer = if submission.division.is_blank() { &data.customer } else { &submission.division };
    let code = if submission.supplier_code.is_blank() { &data.supplier_code } else { &submission.supplier_code };
    vec![
        vec![Field::new("Customer", customer, LEFT), Field::new("Supplier / vendor code", code, RIGHT)],
        vec![Field::new("Part number, name and change level", &parts.join("\n"), LEFT + RIGHT)],
        vec![Field::new("Submission level", &level, LEFT), Field::new("Date", &date, RIGHT)],
        vec![Field::new("Reason for submission", &reasons.join("; "), LEFT), Field::new("Package", identity, RIGHT)],
    ]
}

fn contents(front: &Front, pages: &[usize], paper: &FormPaper<'_>) -> Section {
    let columns = vec![
        Column::narrow("No.", None, 5.0, false),
        Column::text("Element", None, 2.0),
        Column::text("Document", None, 3.0),
        Column::text("Revision", None, 1.2),
        Column { align: Align::Right, ..Column::narrow("Page", None, 5.0, false) },
    ];
    let mut rows: Vec<Row> = Vec::with_capacity(front.contents.len());
    let mut start = 0;
    for (at, line) in front.contents.iter().enumerate() {
        let is_first = at == 0 || front.contents[at - 1].element != line.element;
        if is_first {
            start = at;
        }
        let mut cells = Vec::new();
        if is_first {
            let same = front.contents[start..].iter().take_while(|other| other.element == line.element).count();
            cells.push(Cell::plain(0, &line.element).over_rows(same));
            cells.push(Cell::plain(1, &paper.language.word(&line.element_title)).over_rows(same));
        }
        cells.push(Cell::plain(2, &paper.language.word(&line.title)));
        cells.push(Cell::plain(3, &line.revision));
        cells.push(Cell::plain(
            4,
            &line.volume.and_then(|at| pages.get(at)).map(ToString::to_string).unwrap_or_default(),
        ));
        let rule = if is_first { Rule::Mode } else { Rule::Hairline };
        rows.push(Row { cells, rule, starts_group: is_first, ..Row::default() });
    }
    let table = Table { columns, rows, ..Table::default() };
    Section { title: Some("Contents".to_owned()), table, ..Section::default() }
}

fn documents(front: &Front) -> Section {
    let columns = vec![
        Column::text("Document", None, 2.8),
        Column::text("Revision", None, 1.0),
        Column::text("Released by", None, 0.95),
        Column { characters: 34.0, ..Column::text("SHA-256 of the contents", None, 1.6) },
    ];
    let row = |document: &FrozenDocument| Row {
        cells: vec![
            Cell::plain(0, &document.title),
            Cell::plain(1, &document.revision),
            Cell::plain(2, &document.released_by),
            Cell::plain(3, &grouped(&document.hash)),
        ],
        starts_group: true,
        ..Row::default()
    };
    let table = Table { columns, rows: front.documents.iter().map(row).collect(), ..Table::default() };
    Section { title: Some("Released state".to_owned()), table, ..Section::default() }
}

/// A hash in groups of sixteen digits: it is compared group by group, and broken between them without a hyphen.
fn grouped(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    digits.chunks(16).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A picture on a page of its own.
pub fn picture_report(project: &Project, title: &str, picture: Arc<Picture>, paper: &FormPaper<'_>) -> Report {
    let (width, height) = picture.size();
    let sheet = small_sheet(paper);
    let page = if width > height { PageSetup::landscape(sheet) } else { PageSetup::portrait(sheet) };
    let section = Section::drawn(title, Arc::new(PaperPicture(picture)));
    let mut report = of_project(project, PACKAGE, vec![section], &FormPaper { page, ..paper.clone() });
    report.header.fields.clear();
    title.clone_into(&mut report.footer_center);
    report
}

#[derive(Debug)]
struct PaperPicture(Arc<Picture>);

impl Drawn for PaperPicture {
    fn parts(&self, width: f32, first: f32, _: f32) -> Vec<DrawnPart> {
        let (across, down) = self.0.size();
        // As large as the page allows, but not beyond 150 dots an inch.
        let scale = (width / across as f32).min(first / down as f32).min(72.0 / 150.0 * MOST_GROWTH);
        let (wide, high) = (across as f32 * scale, down as f32 * scale);
        let area = [(width - wide) / 2.0, 0.0, wide, high];
        vec![DrawnPart { height: high, items: vec![Item::Picture { area, picture: Arc::clone(&self.0) }] }]
    }
}

/// A small picture is shown twice as large as it would print at 150 dots an inch, and not more.
const MOST_GROWTH: f32 = 2.0;
