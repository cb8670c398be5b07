//! Results documentation (AIAG & VDA 2019, step 7): what an FMEA comes to, for those who decide and for the customer. It says
//! what the analysis says, and leaves lines to sign on.

use std::sync::Arc;

use crate::base::clock::Date;
use crate::model::characteristic::Characteristic;
use crate::model::document::{Document, DocumentKind};
use crate::model::field::statement_text;
use crate::model::language::Language;
use crate::model::project::Project;
use crate::model::results::{ActionResult, Ratings, Results, RiskResult, SpecialResult};
use crate::model::risk::Statement;
use crate::report::doc::{Align, Cell, Column, ColumnGroup, Paragraph, Report, Rgb, Row, Rule, Section, Table};

use super::planning::{method, signatures};
use super::sheet::{Topic, blank, narrow, row, table_or_none, topics, wide};
use super::summary::bars;
use super::table::priority_fill;
use super::{FormPaper, legend, sheet_of, symbols::Symbols};

/// How many rows the commitment leaves to sign in where the document names nobody who approves it.
const SIGNATURES: usize = 3;

/// The title over the bars, where the action priority counts.
const PRIORITIES: &str = "Action priority before and after";

/// The same where the risk priority number counts.
const NUMBERS: &str = "Risk priority numbers before and after";

/// The results of an FMEA as a report.
pub fn results_report(
    project: &Project,
    document: &Document,
    results: &Results<'_>,
    title: &str,
    paper: &FormPaper<'_>,
) -> Report {
    let words = &*paper.language;
    let maker = Maker { project, document, results, words, today: paper.today };
    let mut sections = vec![maker.scope()];
    if results.overview.lines > 0 {
        let title = if results.overview.by_number { NUMBERS } else { PRIORITIES };
        sections.push(Section::drawn(title, bars(&results.overview, &paper.language)));
    }
    sections.extend(maker.risks());
    sections.push(maker.actions("Actions taken", &results.taken, Shown::Taken));
    sections.push(maker.actions("Open actions", &results.open, Shown::Open));
    if !results.discarded.is_empty() {
        sections.push(maker.actions("Actions not implemented", &results.discarded, Shown::Discarded));
    }
    sections.push(maker.justified());
    let (special, symbols) = maker.special();
    sections.push(special);
    if !results.overview.by_number || !results.reviews.is_empty() {
        sections.push(maker.reviews());
    }
    sections.extend(maker.commitment());
    sections.extend(legend::of_results(project, document, &symbols, results.overview.by_number));
    sheet_of(project, document, title, sections, paper)
}

/// Which actions a table shows: the last columns differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Taken,
    Open,
    Discarded,
}

struct Maker<'a> {
    project: &'a Project,
    document: &'a Document,
    results: &'a Results<'a>,
    words: &'a Language,
    today: Date,
}

impl Maker<'_> {
    fn is_process(&self) -> bool {
        self.document.kind == DocumentKind::ProcessFmea
    }

    /// The heading over steps or focus elements.
    fn step_heading(&self) -> &'static str {
        if self.is_process() { "Process step" } else { "Focus element" }
    }

    fn word(&self, words: &str) -> String {
        self.words.word(words).into_owned()
    }

    fn scope(&self) -> Section {
        let header = &self.document.header;
        let steps = if self.is_process() { "Process steps" } else { "Focus elements" };
        let counted = [
            (steps, self.results.steps),
            ("Failure modes", self.results.modes),
            ("Failure causes", self.results.overview.lines),
        ];
        let extent = counted.map(|(what, count)| Paragraph::plain(&format!("{}: {count}", self.word(what))));
        let mut found = vec![Topic::text("Scope", 3.0, &header.scope)];
        for (heading, text) in
            [("In scope", &header.planning.in_scope), ("Out of scope", &header.planning.out_of_scope)]
        {
            if !text.is_empty() {
                found.push(Topic::text(heading, 2.0, text));
            }
        }
        found.push(Topic::new("Rated by", 1.0, method(self.project, self.document)));
        found.push(Topic::new("Extent", 1.0, extent.to_vec()));
        topics("Scope and method", found)
    }

    /// The high risks and those that are not resolved, with what is done about them.
    fn risks(&self) -> Vec<Section> {
        let by_number = self.results.overview.by_number;
        let (title, which) = if by_number {
            (
                "Risks that call for attention",
                "Listed are the two highest severities, what reaches a threshold of the rating profile, and what has actions.",
            )
        } else {
            (
                "High and unresolved risks",
                "Listed is what has or had a high action priority, and what is medium without a justification.",
            )
        };
        let rows: Vec<Row> = self.results.risks.iter().flat_map(|line| self.risk_rows(line)).collect();
        if rows.is_empty() {
            return vec![table_or_none(title, Vec::new(), rows, self.words)];
        }
        let is_msr = self.document.kind == DocumentKind::FmeaMsr;
        let ratings = if is_msr { ["S", "F", "M"] } else { ["S", "O", "D"] };
        let verdict = if by_number { "RPN" } else { "AP" };
        let grouped = |column: Column, group| Column { group: Some(group), ..column };
        let mut columns =
            [self.step_heading(), "Failure mode", "Failure cause"].map(|title| grouped(wide(title, 12.0), 0)).to_vec();
        let rated = |columns: &mut Vec<Column>, group| {
            let value = |title| Column { align: Align::Center, ..grouped(narrow(title, 2.6), group) };
            columns.extend(ratings.into_iter().chain([verdict]).map(value));
        };
        rated(&mut columns, 1);
        columns.push(grouped(wide("Action", 16.0), 2));
        columns.push(grouped(wide("Responsible person", 9.0), 2));
        columns.push(grouped(narrow("Target completion date", 9.0), 2));
        columns.push(grouped(narrow("Status", 11.0), 2));
        rated(&mut columns, 3);
        let group = |title: &str| ColumnGroup { title: title.to_owned(), tint: Rgb::HEADING };
        let groups = ["Failure", "Before", "Actions", "After"].map(group).to_vec();
        // Where the sheet is too narrow: the risk, then what is done about it.
        let bands = vec![(0..7).collect(), std::iter::once(2).chain(7..columns.len()).collect()];
        let table = Table { columns, groups, rows, bands, ..Table::default() };
        let parentheses = "Ratings in parentheses are expected from the actions and not yet confirmed.";
        let notes = [which, parentheses].map(Paragraph::plain).to_vec();
        vec![Section { title: Some(title.to_owned()), table, ..Section::default() }, Section::prose(None, notes)]
    }

    /// A row per action, at least one.
    fn risk_rows(&self, line: &RiskResult<'_>) -> Vec<Row> {
        let count = line.actions.len().max(1);
        let mut rows: Vec<Row> = (0..count).map(|_| Row::default()).collect();
        let mut cells = [&line.step, &line.mode, &line.cause]
            .into_iter()
            .enumerate()
            .map(|(at, text)| Cell::plain(at, text))
            .collect();
        self.rate(3, &line.before, true, &mut cells);
        if let Some(after) = &line.after {
            self.rate(11, after, line.reached, &mut cells);
        }
        if line.actions.is_empty()
            && let Some(justification) = &line.risk.justification
        {
            let text = self.word(&format!("Justification: {}", statement_text(justification)));
            cells.push(Cell { columns: 4, ..Cell::plain(7, &text) });
        }
        rows[0] = Row {
            cells: cells
                .into_iter()
                .map(|cell: Cell| if cell.columns > 1 { cell } else { cell.over_rows(count) })
                .collect(),
            rule: Rule::Mode,
            starts_group: true,
            ..Row::default()
        };
        for (action, row) in line.actions.iter().zip(&mut rows) {
            let owner = action.owner.as_ref().map(|owner| self.project.target_text(owner)).unwrap_or_default();
            let status = self.status(action.status.name(), action.status.is_open(), action.target_date);
            let texts = [action.text.to_string(), owner, shown(action.target_date), status];
            row.cells.extend(texts.iter().enumerate().map(|(at, text)| Cell::plain(7 + at, text)));
        }
        rows
    }

    /// Four ratings from a column on; in parentheses as long as they are only expected.
    fn rate(&self, first: usize, ratings: &Ratings, holds: bool, cells: &mut Vec<Cell>) {
        let by_number = self.results.overview.by_number;
        let verdict = if by_number {
            ratings.evaluated.rpn.map(|rpn| rpn.to_string())
        } else {
            ratings.evaluated.priority.map(|priority| priority.letter().to_string())
        };
        let values = ratings.values.iter().cloned().chain([verdict.unwrap_or_default()]);
        for (at, value) in values.enumerate() {
            let value = if holds || value.is_empty() { value } else { format!("({value})") };
            let mut cell = Cell::plain(first + at, &value);
            cell.fill = ratings.evaluated.priority.filter(|_| at == 3 && !by_number).map(priority_fill);
            cells.push(cell);
        }
    }

    fn status(&self, name: &str, is_open: bool, target: Option<Date>) -> String {
        let name = self.word(name);
        let is_late = is_open && target.is_some_and(|due| due < self.today);
        if is_late { format!("{name}, {}", self.word("overdue")) } else { name }
    }

    fn actions(&self, title: &str, actions: &[ActionResult<'_>], which: Shown) -> Section {
        let mut columns = vec![wide("Action", 28.0), wide("Failure causes", 28.0), wide("Responsible person", 12.0)];
        columns.extend(match which {
            Shown::Taken => [narrow("Completion date", 11.0), wide("Action taken with pointer to evidence", 28.0)],
            Shown::Open => [narrow("Target completion date", 11.0), wide("Status", 14.0)],
            Shown::Discarded => [narrow("Target completion date", 11.0), wide("Remarks", 28.0)],
        });
        let row = |found: &ActionResult<'_>| {
            let action = found.action;
            let (date, last) = match which {
                Shown::Taken => (action.completion_date, action.action_taken.to_string()),
                Shown::Open => (action.target_date, self.status(action.status.name(), true, action.target_date)),
                Shown::Discarded => (action.target_date, action.remarks.to_string()),
            };
            row(vec![
                Cell::plain(0, &action.text),
                Cell::new(1, found.about.iter().map(|about| Paragraph::plain(about)).collect()),
                Cell::plain(2, &found.owner),
                Cell::plain(3, &shown(date)),
                Cell::plain(4, &last),
            ])
        };
        table_or_none(title, columns, actions.iter().map(row).collect(), self.words)
    }

    /// The first cells of a row about a line, up to its priority or number.
    fn line(&self, line: &RiskResult<'_>) -> Vec<Cell> {
        let mut cells: Vec<Cell> = [&line.step, &line.mode, &line.cause]
            .into_iter()
            .enumerate()
            .map(|(at, text)| Cell::plain(at, text))
            .collect();
        let mut rated = Vec::new();
        self.rate(3, &line.before, true, &mut rated);
        let kept = rated.into_iter().filter(|cell| matches!(cell.column, 3 | 6));
        cells.extend(kept.map(|cell| Cell { column: if cell.column == 3 { 3 } else { 4 }, ..cell }));
        cells
    }

    fn statements(&self, title: &str, what: &str, lines: &[(&RiskResult<'_>, Option<&Statement>)]) -> Section {
        let verdict = if self.results.overview.by_number { "RPN" } else { "AP" };
        let value = |title| Column { align: Align::Center, ..narrow(title, 3.0) };
        let columns = vec![
            wide(self.step_heading(), 14.0),
            wide("Failure mode", 18.0),
            wide("Failure cause", 18.0),
            value("S"),
            value(verdict),
            wide(what, 28.0),
            wide("Name", 12.0),
            narrow("Date", 11.0),
        ];
        let rows = lines.iter().map(|(line, statement)| {
            let mut cells = self.line(line);
            if let Some(statement) = statement {
                cells.push(Cell::plain(5, &statement.text));
                cells.push(Cell::plain(6, &statement.by));
                cells.push(Cell::plain(7, &shown(statement.on)));
            } else {
                cells.push(Cell::new(5, blank()));
            }
            row(cells)
        });
        table_or_none(title, columns, rows.collect(), self.words)
    }

    fn justified(&self) -> Section {
        let lines: Vec<_> = self.results.justified.iter().map(|(line, why)| (line, Some(*why))).collect();
        self.statements("Priorities left open with a justification", "Justification", &lines)
    }

    fn reviews(&self) -> Section {
        let lines: Vec<_> = self.results.reviews.iter().map(|(line, review)| (line, *review)).collect();
        self.statements("Management review", "Result of the review", &lines)
    }

    /// The special characteristics, and the symbols of their classes.
    fn special(&self) -> (Section, Symbols) {
        let mut symbols = Symbols::default();
        let found = &self.results.characteristics;
        for code in found.iter().map(|special| special.class.clone()) {
            let shape = self.project.class(&code).and_then(|class| class.symbol.clone()).map(Arc::new);
            symbols.classes.insert(code, shape);
        }
        let columns = vec![
            Column { align: Align::Center, ..narrow("Class", 8.0) },
            narrow("Char. no.", 9.0),
            wide("Characteristic", 24.0),
            wide("Specification / tolerance", 20.0),
            wide("Failure modes and causes", 40.0),
        ];
        let row = |special: &SpecialResult<'_>| {
            let class = match symbols.classes.get(&special.class) {
                Some(Some(shape)) => Paragraph::symbol(shape.clone(), &special.class),
                _ => Paragraph::plain(&special.class),
            };
            let own = special.characteristic;
            row(vec![
                Cell::new(0, vec![class]),
                Cell::plain(1, own.map_or("", |own| own.number.as_str())),
                Cell::plain(2, own.map_or("", |own| own.name.as_str())),
                Cell::plain(3, &own.map(Characteristic::specification_text).unwrap_or_default()),
                Cell::new(4, special.about.iter().map(|about| Paragraph::plain(about)).collect()),
            ])
        };
        let rows = found.iter().map(row).collect();
        (table_or_none("Special characteristics", columns, rows, self.words), symbols)
    }

    /// Who stands for what was decided, with room to sign.
    fn commitment(&self) -> [Section; 2] {
        let declaration = "Whoever signs has read these results, accepts the risks that stay, and sees to it that the open \
                           actions are completed by their target dates.";
        let mut signed = signatures(self.document, SIGNATURES);
        let title = signed.title.take();
        let declared = Paragraph::plain(declaration);
        [Section::prose(title.as_deref(), vec![declared]), signed]
    }
}

fn shown(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}
