//! A workbook of everything, imported into a new project, gives the same flat forms, cell for cell.

use goldthread::app::export::PdfOptions;
use goldthread::app::import::{Asked, command, command_with, prepare, understand_as};
use goldthread::app::library;
use goldthread::app::printing::Printable;
use goldthread::app::returned::{Chosen, accept, compare};
use goldthread::app::samples::{SAMPLES, sample};
use goldthread::app::workbook::{forms, xlsx_bytes};
use goldthread::base::{IdSource, Text};
use goldthread::edit::{Author, plan};
use goldthread::exchange::flat;
use goldthread::exchange::import::read::read;
use goldthread::exchange::import::workbook::{At, Cell, Sheet, Value, Workbook};
use goldthread::model::applicability::{ALL_PARTS, NO_PART};
use goldthread::model::document::{Document, DocumentState};
use goldthread::model::equipment::Equipment;
use goldthread::model::form::FormKind;
use goldthread::model::op::Op;
use goldthread::model::risk::{Assessment, Risk};
use goldthread::model::{Item, Project};
use goldthread::report::Progress;

use crate::edit_laws::random_commands;
use crate::fixture::random_project;
use crate::generate::{generated, today};
use crate::samples::opened;

/// The lines of a form below their headings. Line ends are those of spreadsheets, and white space at the ends of a cell does
/// not count.
fn lines(project: &Project, what: Printable, options: &PdfOptions) -> Vec<Vec<String>> {
    let form = what.form(project, options).unwrap().unwrap();
    let blocks = what.blocks(project, &form);
    let lines = blocks.into_iter().flat_map(|key| flat::lines(&form, &form.block(project, key)));
    let plain = |text: String| text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    std::iter::once(flat::headings(&form)).chain(lines).map(|line| line.into_iter().map(plain).collect()).collect()
}

/// A workbook of documents and lists.
fn exported(project: &Project, what: &[Printable], options: &PdfOptions) -> Workbook {
    let bytes = xlsx_bytes(project, what, today(), options, &Progress::default()).unwrap().bytes;
    read("book.xlsx", &bytes).unwrap()
}

/// Exports a project, imports it into a new one, and compares every document; says where the copy differs.
fn difference(project: &Project, options: &PdfOptions, has_header: bool) -> Option<String> {
    let all = forms(project);
    let workbook = exported(project, &all, options);
    let understood = understand_as(&workbook, &Asked::default()).unwrap();
    let mut author = Author { name: Text::from("Jana"), today: today(), ids: IdSource::seeded(5) };
    let mut copy = Project::new(project.library().clone());
    let built = prepare(&copy, &workbook, &understood, &mut author);
    let transaction = match plan(&copy, &command(&workbook, &built), &mut author) {
        Ok(transaction) => transaction,
        Err(refusal) => return Some(refusal.reason),
    };
    copy.apply(&transaction.ops).unwrap();
    let mut compared = 0;
    for (at, what) in all.iter().enumerate() {
        let Some(made) = built.made.iter().find(|made| understood.tables[made.table].sheet == at) else {
            let is_list = matches!(what, Printable::List(_));
            if !is_list {
                return Some(format!("{} did not come in", what.name(project)));
            }
            continue;
        };
        let (mut there, here) = (lines(project, *what, options), lines(&copy, made.document.into(), options));
        // A column that says the same of every line is only there because of items that no form shows.
        if let Some(at) = there[0].iter().position(|heading| heading == "applies_to")
            && !here[0].contains(&there[0][at])
            && there[1..].iter().all(|line| matches!(&*line[at], "" | ALL_PARTS | NO_PART))
        {
            for line in &mut there {
                line.remove(at);
            }
        }
        let what = what.name(project);
        for (row, (was, is)) in there.iter().zip(&here).enumerate() {
            for ((was, is), heading) in was.iter().zip(is).zip(&there[0]) {
                if was != is {
                    return Some(format!("{what}, line {row}, {heading}: {was:?} came in as {is:?}"));
                }
            }
        }
        if (there.len(), there[0].len()) != (here.len(), here[0].len()) {
            return Some(format!(
                "{what}: {} lines of {:?} came in as {} of {:?}",
                there.len(),
                there[0],
                here.len(),
                here[0]
            ));
        }
        compared += 1;
    }
    let sheets: Vec<(usize, Printable)> =
        built.made.iter().map(|made| (understood.tables[made.table].sheet, made.document.into())).collect();
    for (sheet, document) in sheets {
        let (was, is) = (&workbook.sheets[sheet], &exported(&copy, &[document], options).sheets[0]);
        let first =
            understood.tables.iter().find(|table| table.sheet == sheet).map(|table| *table.heading_rows.start());
        // Below the title with the state of release, which a copy does not have.
        for (at, cell) in was.cells().filter(|(at, _)| at.row > 1 && Some(at.row) < first) {
            let here = is.cell(at).map(|cell| cell.value.to_string()).unwrap_or_default();
            if has_header && here != cell.value.to_string() {
                return Some(format!("{}, {at}: {:?} came in as {here:?}", was.name, cell.value.to_string()));
            }
        }
    }
    if built.untold > 0 {
        let fates = (0..workbook.sheets.len())
            .flat_map(|sheet| built.account.fates(sheet).into_iter().map(move |fate| (sheet, fate)));
        let untold = fates.filter(|(_, (_, fate))| format!("{fate:?}").contains("no place was found"));
        let cells = untold.map(|(sheet, (at, _))| format!("{}!{at}", workbook.sheets[sheet].name));
        return Some(format!("cells of lines have no fate: {}", cells.collect::<Vec<_>>().join(", ")));
    }
    (compared == 0).then(|| "nothing came in".to_owned())
}

fn holds(projects: impl IntoIterator<Item = (String, Project)>, options: &PdfOptions) {
    same(projects, options, false);
}

fn same(projects: impl IntoIterator<Item = (String, Project)>, options: &PdfOptions, has_header: bool) {
    let differences =
        projects.into_iter().filter_map(|(name, project)| Some((name, difference(&project, options, has_header)?)));
    let differences: Vec<String> = differences.map(|(name, difference)| format!("{name}: {difference}")).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn brake() -> [(String, Project); 1] {
    [("brake".to_owned(), opened(sample("electric-parking-brake").unwrap()))]
}

#[test]
fn every_sample_comes_home_as_it_left() {
    same(SAMPLES.iter().map(|known| (known.name.to_owned(), opened(known))), &PdfOptions::default(), true);
}

#[test]
fn either_form_of_an_fmea_comes_home() {
    for kind in [FormKind::FmeaAiagVda, FormKind::FmeaFourthEdition] {
        holds(brake(), &PdfOptions { kind: Some(kind), ..PdfOptions::default() });
    }
}

#[test]
fn a_workbook_in_german_comes_home() {
    let samples = SAMPLES.iter().map(|known| (known.name.to_owned(), opened(known)));
    let all = samples.chain([("40 causes".to_owned(), generated(40, 3))]);
    same(all, &PdfOptions { language: "de", ..PdfOptions::default() }, true);
}

#[test]
fn generated_projects_come_home() {
    let sizes = [(0, 1), (1, 2), (40, 3), (400, 4)];
    holds(sizes.map(|(causes, seed)| (format!("{causes} causes"), generated(causes, seed))), &PdfOptions::default());
}

/// A random project, but without what its forms do not show or nobody can tell apart: rating profiles that are none,
/// ratings of monitoring, a severity in force that is not that of the effects, equipment that is called alike.
fn random(seed: u64) -> Project {
    let known = ["aiag-vda-2019-pfmea", "aiag-4-pfmea", "aiag-vda-2019-dfmea"];
    let senseless = random_project(seed, 4);
    let items = senseless.items().map(|item| match item {
        Item::Document(document) => {
            let rating_profile = Text::from(known[document.title.len() % known.len()]);
            Document { rating_profile, ..(*document).clone() }.into()
        }
        Item::Risk(risk) => {
            let assessments = risk.assessments.iter().cloned();
            let assessments = assessments.map(|rated| Assessment {
                profile: Text::default(),
                monitoring: None,
                severity_override: rated.severity_override.clone().filter(|_| rated.state.is_later()),
                ..rated
            });
            Risk { assessments: assessments.collect(), ..(*risk).clone() }.into()
        }
        Item::Equipment(found) => {
            let name = Text::from(format!("{} {}", found.name, found.id).replace(['\r', '\n'], " "));
            Equipment { name, ..(*found).clone() }.into()
        }
        other => other,
    });
    Project::from_items(library().unwrap(), items)
}

#[test]
fn random_projects_come_home() {
    holds((0..80).map(|seed| (format!("seed {seed}"), random(seed))), &PdfOptions::default());
}

#[test]
fn projects_come_home_whatever_was_done_to_them() {
    holds((0..60).step_by(2).map(|seed| (format!("seed {seed}"), random_commands(seed, 120))), &PdfOptions::default());
}

/// A workbook in which somebody changed so many cells at random: also those that say where it comes from.
fn damaged(workbook: &Workbook, seed: u64, changes: usize) -> Workbook {
    let mut random = IdSource::seeded(seed);
    let mut below = |end: usize| (random.next_u64() % end.max(1) as u64) as usize;
    let mut damaged = workbook.clone();
    for _ in 0..changes {
        let at = below(damaged.sheets.len());
        let old = &damaged.sheets[at];
        let cells: Vec<(At, Cell)> = old.cells().map(|(at, cell)| (at, cell.clone())).collect();
        if cells.is_empty() {
            continue;
        }
        let (hit, other) = (below(cells.len()), below(cells.len()));
        let kind = below(5);
        let mut sheet = Sheet::named(old.name.clone());
        sheet.hidden = old.hidden;
        for (place, (at, cell)) in cells.iter().enumerate() {
            // A row is lost, a cell is lost, or says what another one says, or something else.
            if (kind == 0 && at.row == cells[hit].0.row) || (kind == 1 && place == hit) {
                continue;
            }
            let value = match kind {
                2 if place == hit => cells[other].1.value.clone(),
                3 if place == hit => Value::Number(7.5),
                4 if place == hit => Value::Text("changed\nby somebody".to_owned()),
                _ => cell.value.clone(),
            };
            sheet.write(*at, Cell { value, formula: cell.formula });
        }
        for area in old.merges() {
            sheet.merge(*area);
        }
        damaged.sheets[at] = sheet;
    }
    damaged
}

#[test]
fn a_damaged_workbook_of_ours_is_accounted_for_and_gives_a_sound_project() {
    let project = generated(12, 8);
    let whole = exported(&project, &forms(&project), &PdfOptions::default());
    for seed in 16..40 {
        let workbook = damaged(&whole, seed, 1 + seed as usize % 12);
        let understood = understand_as(&workbook, &Asked::default()).unwrap();
        let mut author = Author { name: Text::from("Jana"), today: today(), ids: IdSource::seeded(seed) };
        let mut copy = Project::new(project.library().clone());
        let built = prepare(&copy, &workbook, &understood, &mut author);
        assert_eq!(built.untold, 0, "seed {seed}");
        let transaction = plan(&copy, &command(&workbook, &built), &mut author).unwrap();
        copy.apply(&transaction.ops).unwrap();
        assert_eq!(copy.violations(), [], "seed {seed}");
        // It may have lost where it comes from; then it says so.
        if let Ok(returned) = compare(&project, &workbook, today()) {
            let chosen = Chosen::all_cells(&returned);
            let accepted = accept(&project, &returned, &chosen, &mut author);
            let mut after = project.clone();
            after.apply(&accepted.transaction.ops).unwrap();
            assert_eq!(after.violations(), [], "seed {seed}");
        }
    }
}

/// The workbook of a project as anybody's, upon that project as people went on with it; whether it came in.
fn old_workbook_upon(seed: u64) -> bool {
    let (before, mut project) = (generated(12, seed), random_commands(seed, 80));
    // What is released takes nothing in.
    let drafts = project.all::<Document>().map(|document| Document { state: DocumentState::Draft, ..document.clone() });
    let drafts: Vec<Op> = drafts.map(|document| Op::Put(document.into())).collect();
    project.apply(&drafts).unwrap();
    let documents: Vec<Printable> = forms(&before).into_iter().filter(|what| what.document().is_some()).collect();
    let mut workbook = exported(&before, &documents, &PdfOptions::default());
    workbook.sheets.retain(|sheet| !sheet.hidden);
    let understood = understand_as(&workbook, &Asked::default()).unwrap();
    let mut author = Author { name: Text::from("Jana"), today: today(), ids: IdSource::seeded(5) };
    let built = prepare(&project, &workbook, &understood, &mut author);
    assert_eq!(built.untold, 0, "seed {seed}");
    let mut came_in = false;
    // Without and with all that the workbook says otherwise.
    for count in [0, built.differences.len()] {
        let taken = (0..count).collect();
        // A field that cannot take a value refuses all of it.
        let Ok(transaction) = plan(&project, &command_with(&workbook, &built, &taken), &mut author) else { continue };
        let mut after = project.clone();
        after.apply(&transaction.ops).unwrap();
        assert_eq!(after.violations(), [], "seed {seed}");
        let again = prepare(&after, &workbook, &understood, &mut author);
        let new = |item: &&Item| !after.contains(item.id());
        let news: Vec<_> = again.items.iter().filter(new).map(Item::id).collect();
        assert_eq!(news, [], "seed {seed}: the second time nothing is new");
        came_in = true;
    }
    came_in
}

#[test]
fn an_old_workbook_upon_a_project_that_went_on_breaks_nothing() {
    let came_in = (0..12).step_by(2).filter(|seed| old_workbook_upon(*seed)).count();
    assert!(came_in >= 4, "{came_in} of 6 came in");
}
