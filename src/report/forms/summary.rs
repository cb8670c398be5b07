//! The risk summary: action priorities before and after, severity × occurrence, where the risk lies, and what is done.

use std::sync::Arc;

use crate::base::fonts::Style;
use crate::base::shaping;
use crate::model::language::Language;
use crate::model::overview::{FmeaOverview, HeatMap, Overview, Priorities};
use crate::model::project::Project;
use crate::model::rating::Priority;
use crate::report::display::{Direction, Item, Region, TextItem, composed};
use crate::report::doc::{Align, Cell, Column, Drawn, DrawnPart, Report, Rgb, Row, Rule, Section, Table};

use super::table::priority_fill;
use super::{FormPaper, of_project};

/// What people call it.
pub const RISK_SUMMARY: &str = "Risk summary";

/// The order of the priorities in bars and tables, with their words.
const PRIORITIES: [(Option<Priority>, &str, &str); 4] = [
    (Some(Priority::High), "H", "High"),
    (Some(Priority::Medium), "M", "Medium"),
    (Some(Priority::Low), "L", "Low"),
    (None, "–", "Not rated"),
];

/// How a project stands as a report.
pub fn risk_summary(project: &Project, overview: &Overview, paper: &FormPaper<'_>) -> Report {
    let mut sections = Vec::new();
    for fmea in &overview.fmeas {
        sections.extend(of_fmea(fmea, &paper.language));
    }
    sections.push(statuses(overview, &paper.language));
    sections.extend(overdue(overview));
    let report = of_project(project, RISK_SUMMARY, sections, paper);
    // Figures that are read from afar.
    Report { body_size: report.body_size.max(7.0), ..report }
}

/// How the lines of an FMEA are rated at first, now, and after the actions.
pub(super) fn bars(fmea: &FmeaOverview, language: &Arc<Language>) -> Arc<dyn Drawn> {
    Arc::new(Bars {
        rows: fmea.moments.iter().map(|(moment, priorities, rpn)| (*moment, *priorities, *rpn)).collect(),
        by_number: fmea.by_number,
        words: Arc::clone(language),
    })
}

fn of_fmea(fmea: &FmeaOverview, language: &Arc<Language>) -> Vec<Section> {
    let mut first = Section::drawn(&fmea.title, bars(fmea, language));
    first.new_page = true;
    let mut sections = vec![first];
    sections.extend(heat_map(&fmea.heat));
    sections.extend(steps(fmea, language));
    sections
}

/// Severity × occurrence: how many lines, on the ground of the highest priority among them.
fn heat_map(heat: &HeatMap) -> Option<Section> {
    if heat.severities.is_empty() {
        return None;
    }
    let value = |title: &str| Column { characters: 12.0, align: Align::Center, ..Column::text(title, None, 0.0) };
    let mut columns = vec![Column { characters: 10.0, ..Column::text("Severity", None, 1.0) }];
    columns.extend(heat.seconds.iter().map(|second| value(second)));
    let row = |(severity, cells): (&String, &Vec<(usize, Option<Priority>)>)| {
        let mut all = vec![Cell::plain(0, severity)];
        for (column, (count, highest)) in cells.iter().enumerate() {
            let text = if *count == 0 { String::new() } else { count.to_string() };
            let cell = Cell::plain(column + 1, &text);
            all.push(match highest.filter(|_| *count > 0) {
                Some(priority) => cell.filled(priority_fill(priority)),
                None => cell,
            });
        }
        Row { cells: all, starts_group: true, rule: Rule::Mode, ..Row::default() }
    };
    let rows = heat.severities.iter().zip(&heat.cells).map(row).collect();
    let title = if heat.second == "frequency" { "Severity × frequency" } else { "Severity × occurrence" };
    Some(Section {
        title: Some(title.to_owned()),
        table: Table { columns, rows, ..Table::default() },
        ..Section::default()
    })
}

fn steps(fmea: &FmeaOverview, language: &Language) -> Option<Section> {
    if fmea.steps.is_empty() {
        return None;
    }
    let number = |title: &str| Column { characters: 8.0, align: Align::Center, ..Column::text(title, None, 0.0) };
    let mut columns = vec![Column { characters: 40.0, ..Column::text("Process step", None, 1.0) }];
    columns.extend(PRIORITIES.map(|(_, _, word)| number(word)));
    columns.push(number("RPN"));
    let rows = fmea.steps.iter().map(|step| {
        let mut cells = vec![Cell::plain(0, &step.label)];
        for (at, (priority, ..)) in PRIORITIES.into_iter().enumerate() {
            let count = step.priorities.of(priority);
            let cell = Cell::plain(at + 1, &count.to_string());
            cells.push(match priority.filter(|_| count > 0) {
                Some(priority) => cell.filled(priority_fill(priority)),
                None => cell,
            });
        }
        cells.push(Cell::plain(PRIORITIES.len() + 1, &step.rpn.to_string()));
        Row { cells, starts_group: true, ..Row::default() }
    });
    let mut rows: Vec<Row> = rows.collect();
    if fmea.more_steps > 0 {
        let more = format!("{} {}", fmea.more_steps, language.word("more steps with less risk"));
        rows.push(Row { cells: vec![Cell::plain(0, &more)], starts_group: true, ..Row::default() });
    }
    let table = Table { columns, rows, ..Table::default() };
    Some(Section { title: Some("Steps with most risk".to_owned()), table, ..Section::default() })
}

fn statuses(overview: &Overview, language: &Language) -> Section {
    let columns = vec![
        Column { characters: 30.0, ..Column::text("Status", None, 1.0) },
        Column { characters: 10.0, align: Align::Center, ..Column::text("Number", None, 0.0) },
    ];
    let row = |name: &str, count: usize| Row {
        cells: vec![Cell::plain(0, &language.word(name)), Cell::plain(1, &count.to_string())],
        starts_group: true,
        ..Row::default()
    };
    let mut rows: Vec<Row> = overview.statuses.iter().map(|(status, count)| row(status.name(), *count)).collect();
    rows.push(Row { rule: Rule::Step, ..row("Open past the target date", overview.overdue_count) });
    let table = Table { columns, rows, ..Table::default() };
    Section { title: Some("Actions".to_owned()), table, ..Section::default() }
}

fn overdue(overview: &Overview) -> Option<Section> {
    if overview.overdue.is_empty() {
        return None;
    }
    let columns = vec![
        Column { characters: 40.0, ..Column::text("Action", None, 3.0) },
        Column { characters: 16.0, ..Column::text("Responsible person", None, 1.0) },
        Column { characters: 10.0, ..Column::text("Target completion date", None, 0.0) },
    ];
    let rows = overview.overdue.iter().map(|late| Row {
        cells: vec![Cell::plain(0, &late.text), Cell::plain(1, &late.owner), Cell::plain(2, &late.due.to_string())],
        starts_group: true,
        ..Row::default()
    });
    let table = Table { columns, rows: rows.collect(), ..Table::default() };
    Some(Section { title: Some("Actions past their target date".to_owned()), table, ..Section::default() })
}

/// How the lines of an FMEA are rated at first, now, and after the actions: a bar each.
#[derive(Debug)]
struct Bars {
    rows: Vec<(&'static str, Priorities, i64)>,
    by_number: bool,
    words: Arc<Language>,
}

const ROW: f32 = 24.0;
const BAR: f32 = 16.0;
const NAMES: f32 = 100.0;
const FIGURES: f32 = 210.0;
const SIZE: f32 = 8.0;

impl Drawn for Bars {
    fn parts(&self, width: f32, _: f32, _: f32) -> Vec<DrawnPart> {
        let room = (width - NAMES - FIGURES).max(60.0);
        let mut items = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let top = ROW * at as f32 + 4.0;
            let baseline = top + BAR / 2.0 + SIZE * 0.36;
            items.push(text([0.0, baseline], &self.words.word(row.0), Style::Medium));
            let end = if self.by_number {
                self.sum(row.2, room, top, &mut items)
            } else {
                Self::stack(&row.1, room, top, &mut items)
            };
            let figures = if self.by_number { format!("RPN {}", row.2) } else { self.figures(&row.1) };
            items.push(text([NAMES + end + 8.0, baseline], &figures, Style::Regular));
        }
        vec![DrawnPart { height: ROW * self.rows.len() as f32 + 6.0, items }]
    }
}

impl Bars {
    /// The priorities side by side, each as broad as its share; where it ends.
    fn stack(priorities: &Priorities, room: f32, top: f32, items: &mut Vec<Item>) -> f32 {
        let all: usize = PRIORITIES.iter().map(|(priority, ..)| priorities.of(*priority)).sum();
        let mut x = 0.0;
        for (priority, letter, _) in PRIORITIES {
            let count = priorities.of(priority);
            if count == 0 {
                continue;
            }
            let breadth = room * count as f32 / all.max(1) as f32;
            let fill = priority.map_or(Rgb::HEADING, priority_fill);
            bar([NAMES + x, top, breadth, BAR], fill, items);
            let label = format!("{letter} {count}");
            if shaping::width(Style::Medium, &label) * SIZE + 4.0 < breadth {
                items.push(text([NAMES + x + 4.0, top + BAR / 2.0 + SIZE * 0.36], &label, Style::Medium));
            }
            x += breadth;
        }
        x
    }

    /// The sum of the risk priority numbers beside the largest; where it ends.
    fn sum(&self, rpn: i64, room: f32, top: f32, items: &mut Vec<Item>) -> f32 {
        let most = self.rows.iter().map(|(.., rpn)| *rpn).max().unwrap_or(0).max(1);
        let breadth = room * rpn as f32 / most as f32;
        bar([NAMES, top, breadth, BAR], Rgb::HEADING, items);
        breadth
    }

    fn figures(&self, priorities: &Priorities) -> String {
        let named = PRIORITIES.iter().filter(|(priority, ..)| priority.is_some() || priorities.of(*priority) > 0);
        let named = named.map(|(priority, _, word)| format!("{} {}", self.words.word(word), priorities.of(*priority)));
        named.collect::<Vec<_>>().join(" · ")
    }
}

/// A filled bar with an edge, so that it is seen in print without colours too.
fn bar([x, y, breadth, height]: [f32; 4], fill: Rgb, items: &mut Vec<Item>) {
    items.push(Item::Rect { area: [x, y, breadth, height], colour: fill });
    let (right, bottom) = (x + breadth, y + height);
    for ends in [[x, y, right, y], [x, bottom, right, bottom], [x, y, x, bottom], [right, y, right, bottom]] {
        items.push(Item::Line { ends, width: 0.5, colour: Rgb::LINE });
    }
}

fn text([x, y]: [f32; 2], words: &str, style: Style) -> Item {
    let (direction, hyphen, region, colour) = (Direction::Across, false, Region::Page, Rgb::TEXT);
    let shaped = composed(style, words);
    Item::Text(TextItem { x, y, size: SIZE, style, colour, direction, text: words.to_owned(), hyphen, region, shaped })
}
