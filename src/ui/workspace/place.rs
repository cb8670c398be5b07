//! Where the cursor stands and what is selected, in words, for the foot of the window.

use eframe::egui::Context;

use crate::app::lookup::Lookup;
use crate::app::overview::CountPriorities;
use crate::model::overview::Priorities;
use crate::ui::grid::CellRange;

use super::Workspace;

/// What the foot of the window has counted.
#[derive(Default)]
pub(super) struct Counted {
    priorities: Option<Lookup<CountPriorities>>,
    /// The counts of the FMEA that is shown, for the question they answer.
    answer: Option<(CountPriorities, Priorities)>,
    /// The numbers in the selected cells, for a selection and a revision of the form.
    sum: Option<(CellRange, u64, Option<Sum>)>,
}

/// Numbers in selected cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sum {
    /// How many.
    pub count: usize,
    /// Their sum.
    pub total: f64,
}

/// As many lines as are added up: a frame has time for no more of them where nobody looked at them yet.
const MOST: usize = 400;

impl Workspace {
    /// Counts what the foot of the window says, unless it is known.
    pub(super) fn count_for_status(&mut self, ctx: &Context) {
        self.count_priorities(ctx);
        self.add_up();
    }

    fn count_priorities(&mut self, ctx: &Context) {
        let shown = self.document().and_then(|shown| self.desk.project().get(shown));
        let Some(fmea) = shown.filter(|document| document.kind.is_fmea()).map(|document| document.id) else { return };
        let project = self.desk.project();
        let question = CountPriorities { fmea };
        let lookup = self.counted.priorities.get_or_insert_with(|| {
            let wake = ctx.clone();
            Lookup::new(project.clone(), move || wake.request_repaint())
        });
        lookup.renew(project);
        lookup.ask(question);
        if let Some(answer) = lookup.take_answer() {
            self.counted.answer = answer.map(|counts| (question, counts));
        }
    }

    fn add_up(&mut self) {
        let Some((desk, form)) = self.tabs.get_mut(self.active).and_then(|tab| {
            let form = tab.shown_mut()?;
            Some((&self.desk, form))
        }) else {
            return;
        };
        let Some(range) = form.grid.selection().filter(|_| form.grid.is_range()) else {
            self.counted.sum = None;
            return;
        };
        let revision = form.cells.view.revision();
        if self.counted.sum.as_ref().is_some_and(|(known, at, _)| known == range && *at == revision) {
            return;
        }
        let range = range.clone();
        let sum = (range.row_count <= MOST).then(|| form.sum(desk, &range));
        self.counted.sum = Some((range, revision, sum));
    }

    /// Where the cursor stands, in words.
    pub(super) fn place(&self) -> String {
        let Some(form) = self.form() else { return String::new() };
        let rows = form.cells.view.row_count();
        let mut words = vec![match form.grid.line() {
            Some(line) => format!("Line {line} of {rows}"),
            None if rows == 1 => "1 line".to_owned(),
            None => format!("{rows} lines"),
        }];
        if let Some(range) = form.grid.selection().filter(|_| form.grid.is_range()) {
            let plural =
                |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
            let (lines, columns) = (plural(range.row_count, "line"), plural(range.columns.len(), "column"));
            words.push(format!("{lines} × {columns} selected"));
        }
        if let Some((_, _, Some(sum))) = &self.counted.sum
            && sum.count > 1
        {
            let average = sum.total / sum.count as f64;
            words.push(format!("Sum {}", rounded(sum.total)));
            words.push(format!("Average {}", rounded(average)));
        }
        if let Some((CountPriorities { fmea }, Priorities { high, medium, low, unrated })) = self.counted.answer
            && self.document() == Some(fmea)
        {
            words.push(format!("AP H {high}  M {medium}  L {low}"));
            words.extend((unrated > 0).then(|| format!("{unrated} not rated")));
        }
        words.join(" · ")
    }
}

/// A number with two decimals at most.
fn rounded(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
