//! How long things take at 1,000, 10,000 and 100,000 causes, beside what they may take.
//!
//! `cargo bench` measures the first two sizes, `cargo bench -- --full` all three, `cargo bench -- --size 5000` one of your own.
//! The times are the medians of several runs. Nothing fails here: a slow machine is no fault, and a test never times.

#![allow(clippy::print_stdout, reason = "the table is what this program is for")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

mod spreadsheets;
mod window;

use std::time::{Duration, Instant};

use goldthread::app::completion::{Completion, TextKind};
use goldthread::app::export::{PdfOptions, pdf_bytes};
use goldthread::app::form_view::FormView;
use goldthread::app::generate::generate;
use goldthread::app::library;
use goldthread::base::clock::Date;
use goldthread::base::{Id, IdSource, Text};
use goldthread::edit::{Author, BatchKind, CellBatch, Command, History, TextRow, plan, write_cells};
use goldthread::model::Project;
use goldthread::model::document::{Document, DocumentKind};
use goldthread::model::field::Field;
use goldthread::model::fmea::{Failure, FailureRole};
use goldthread::model::form::{Form, FormOptions, FormRow};
use goldthread::model::op::{Changes, Op};
use goldthread::model::risk::Risk;
use goldthread::rules::Checker;
use goldthread::store::create::create;
use goldthread::store::folder::Folder;
use goldthread::store::open::open;

/// What is measured: its name, and what it may take at 10,000 causes on two cores.
const MEASURES: [(&str, Option<Duration>); 22] = [
    ("generate", None),
    ("open", Some(Duration::from_millis(150))),
    ("save after one edit", Some(Duration::from_millis(150))),
    ("one edit with its findings and visible rows", Some(Duration::from_millis(5))),
    ("of that: recheck", None),
    ("project two steps that nobody looked at yet", None),
    ("open the form (all row counts)", None),
    ("full check", Some(Duration::from_millis(100))),
    ("whole PFMEA to PDF", Some(Duration::from_millis(1500))),
    ("whole PFMEA to an Excel workbook", Some(Duration::from_millis(1500))),
    ("import of that workbook", Some(Duration::from_millis(1500))),
    ("import of it as anybody's (no stamp)", Some(Duration::from_millis(1500))),
    ("import of it upon the project that has it", Some(Duration::from_millis(1500))),
    ("compare it with its project", None),
    ("complete two letters among different causes", Some(Duration::from_millis(5))),
    ("paste 1000 occurrences", None),
    ("window: from nothing to the first frame", Some(Duration::from_millis(400))),
    ("window: frame while the PFMEA scrolls", Some(Duration::from_millis(2))),
    ("window: slowest of these frames", None),
    ("window: frame while a cell is typed into", Some(Duration::from_millis(2))),
    ("window: frames that take over an edit", Some(Duration::from_millis(2))),
    ("window: frame while the diagram scrolls", Some(Duration::from_millis(2))),
];

/// How many blocks a window shows at once, with some to spare.
const VISIBLE_BLOCKS: usize = 2;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut sizes = vec![1_000, 10_000];
    if arguments.iter().any(|argument| argument == "--full") {
        sizes.push(100_000);
    }
    let own = arguments.iter().position(|argument| argument == "--size").and_then(|at| arguments.get(at + 1));
    if let Some(own) = own {
        sizes = vec![own.parse().expect("--size takes a number of causes")];
    }
    let results: Vec<Vec<Duration>> = sizes.iter().map(|size| measure(*size)).collect();
    let line = |name: &str, cells: Vec<String>, target: String| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>15}")).collect();
        println!("{name:<46}{}{target:>20}", cells.concat());
    };
    line("", sizes.iter().map(|size| format!("{size} causes")).collect(), "target at 10000".to_owned());
    for (at, (name, target)) in MEASURES.iter().enumerate() {
        let target = target.map_or_else(String::new, |target| format!("≤ {}", shown(target)));
        line(name, results.iter().map(|result| shown(result[at])).collect(), target);
    }
    println!("\nAt 100000 causes, an edit and a frame may take 1.5 times what they take at 10000.");
}

fn shown(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1000.0;
    if milliseconds < 10.0 { format!("{milliseconds:.2} ms") } else { format!("{milliseconds:.0} ms") }
}

/// The median time of a step, and what its last run gave.
fn timed<T>(runs: usize, mut step: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::with_capacity(runs);
    loop {
        let start = Instant::now();
        let result = step();
        times.push(start.elapsed());
        if times.len() >= runs {
            times.sort_unstable();
            return (times[times.len() / 2], result);
        }
    }
}

fn today() -> Date {
    Date::new(2026, 11, 24).expect("a day")
}

fn author() -> Author {
    Author { name: Text::from("Bench"), today: today(), ids: IdSource::seeded(3) }
}

/// All measures of one size, in the order of [`MEASURES`].
fn measure(causes: usize) -> Vec<Duration> {
    println!("measuring {causes} causes …");
    let runs = if causes > 20_000 { 3 } else { 9 };
    let library = library().expect("the bundled data are whole");
    let (generating, project) = timed(1, || generate(library.clone(), causes, 1, today()));
    let folder = tempfile::tempdir().expect("a folder for the project");
    create(folder.path(), &project).expect("the project is written");
    let (opening, opened) = timed(runs, || open(folder.path(), library.clone()).expect("the project opens"));
    assert_eq!(opened.project.count::<Risk>(), causes, "all of it is read");
    let mut desk = Desk { project: opened.project, history: History::default(), author: author() };
    let saving = saved(&mut desk, opened.folder, runs);
    let (checking, mut checker) = timed(runs, || Checker::full(&desk.project, today()));
    let fmea = desk.project.documents_of(DocumentKind::ProcessFmea)[0].id;
    let (listing, mut view) = timed(runs, || view_of(&desk.project, fmea));
    let projecting = projected(&desk.project, fmea, runs);
    let (editing, rechecking) = edited(&mut desk, &mut checker, &mut view);
    let (printing, _) = timed(3, || {
        pdf_bytes(&desk.project, fmea, today(), &PdfOptions::default()).expect("the form fits on its paper").len()
    });
    let spreadsheets = spreadsheets::measure(&desk.project, fmea, today());
    let completing = completed(&desk.project, runs);
    let (pasting, _) = timed(3, || pasted(&desk.project, fmea));
    let frames = window::measure(folder.path());
    vec![
        generating,
        opening,
        saving,
        editing,
        rechecking,
        projecting,
        listing,
        checking,
        printing,
        spreadsheets.out,
        spreadsheets.back,
        spreadsheets.foreign,
        spreadsheets.again,
        spreadsheets.compared,
        completing,
        pasting,
        frames.first,
        frames.scrolling,
        frames.slowest,
        frames.typing,
        frames.editing,
        frames.diagram,
    ]
}

/// Completes a cause among as many different ones as there are.
fn completed(project: &Project, runs: usize) -> Duration {
    let mut project = project.clone();
    let causes = project.all::<Failure>().filter(|failure| failure.role == FailureRole::Cause).enumerate();
    let different = causes.map(|(at, cause)| {
        let text = Text::from(format!("{} no. {at}", cause.text));
        Op::Put(Failure { text, ..cause.clone() }.into())
    });
    let different: Vec<Op> = different.collect();
    project.apply(&different).expect("the project is whole");
    let mut completion = Completion::default();
    while !completion.prepare(&project) {
        std::thread::yield_now();
    }
    timed(runs, || completion.find(&project, TextKind::Failure(FailureRole::Cause), "to", 12).len()).0
}

/// Plans to write 1000 occurrences, a row each.
fn pasted(project: &Project, fmea: Id<Document>) -> usize {
    let document = project.get(fmea).expect("the FMEA");
    let form = Form::new(project, document, Form::usual_kind(project, document), FormOptions::default());
    let column = form.column("occurrence").expect("a column of every FMEA");
    let mut rows = Vec::new();
    for key in form.blocks(project) {
        let row = |row: &FormRow| TextRow { block: key, row: row.id, texts: vec![(column, "4".to_owned())] };
        rows.extend(form.block(project, key).rows.iter().map(row));
        if rows.len() >= 1_000 {
            break;
        }
    }
    rows.truncate(1_000);
    let (kind, beyond, outside, reach) = (BatchKind::Paste, Vec::new(), Vec::new(), None);
    let batch = CellBatch { form, kind, rows, beyond, behind: None, outside, reach };
    write_cells(project, &batch, &mut author(), &|| true).expect("nobody ends it").cells
}

/// A project that is being edited.
struct Desk {
    project: Project,
    history: History,
    author: Author,
}

impl Desk {
    /// Rates the occurrence of a cause another way.
    fn rate(&mut self, risk: Id<Risk>, rating: usize) -> Changes {
        let text = rating.to_string();
        let command = Command::SetField { item: risk.into(), field: Field::Occurrence, text, via: Some(risk.into()) };
        let transaction = plan(&self.project, &command, &mut self.author).expect("a rating can be set");
        self.history.commit(&mut self.project, transaction).expect("the project is whole").changes
    }

    /// Causes spread over the whole project.
    fn some_risks(&self, count: usize) -> Vec<Id<Risk>> {
        let step = (self.project.count::<Risk>() / count).max(1);
        self.project.all::<Risk>().step_by(step).take(count).map(|risk| risk.id).collect()
    }
}

/// Saves the FMEA after one edit each time.
fn saved(desk: &mut Desk, mut folder: Folder, runs: usize) -> Duration {
    let risks = desk.some_risks(runs);
    let mut times: Vec<Duration> = Vec::new();
    for (at, risk) in risks.into_iter().enumerate() {
        desk.rate(risk, 8 + at % 2);
        let start = Instant::now();
        folder.save(&desk.project).expect("the folder can be written");
        times.push(start.elapsed());
    }
    median(times)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn view_of(project: &Project, document: Id<Document>) -> FormView {
    let document = project.get(document).expect("the document");
    FormView::new(project, document, Form::usual_kind(project, document), FormOptions { prompts: true, phase: None })
}

/// The blocks in sight, as after a jump to a place that nobody looked at yet.
fn projected(project: &Project, document: Id<Document>, runs: usize) -> Duration {
    let mut view = view_of(project, document);
    let keys = view.order().to_vec();
    let stride = (keys.len() / runs).max(1);
    let times = keys.chunks(VISIBLE_BLOCKS).step_by(stride.div_ceil(VISIBLE_BLOCKS)).take(runs).map(|visible| {
        let start = Instant::now();
        for key in visible {
            view.block(project, *key);
        }
        start.elapsed()
    });
    median(times.collect())
}

/// An edit until findings and visible rows are up to date, and the share of the findings.
fn edited(desk: &mut Desk, checker: &mut Checker, view: &mut FormView) -> (Duration, Duration) {
    let (mut whole, mut rechecks) = (Vec::new(), Vec::new());
    for (at, risk) in desk.some_risks(25).into_iter().enumerate() {
        let keys: Vec<_> = view.order().iter().skip(at).take(VISIBLE_BLOCKS).copied().collect();
        let start = Instant::now();
        let changes = desk.rate(risk, 3 + at % 5);
        let rechecking = Instant::now();
        checker.update(&desk.project, &changes, today());
        rechecks.push(rechecking.elapsed());
        view.update(&desk.project, &changes);
        for key in keys {
            view.block(&desk.project, key);
        }
        whole.push(start.elapsed());
    }
    (median(whole), median(rechecks))
}
