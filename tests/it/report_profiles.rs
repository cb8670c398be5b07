//! Report profiles: how they are edited and kept, and what they do to the paper.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use goldthread::app::export::{PdfOptions, printed, profile_in_force};
use goldthread::app::printing::Printable;
use goldthread::app::samples::{sample, write_to};
use goldthread::base::clock::Date;
use goldthread::base::{Id, Text};
use goldthread::edit::{Command, Refusal, choices, plan};
use goldthread::model::document::DocumentKind;
use goldthread::model::field::Field;
use goldthread::model::form::{Form, FormKind, FormOptions, ListKind};
use goldthread::model::item::{Entity, Kind};
use goldthread::model::report_profile::ReportProfile;
use goldthread::model::{Op, Project};
use goldthread::report::display::Item;
use goldthread::report::doc::Report;
use goldthread::report::{Progress, lay_out};
use goldthread::store;

use crate::cli::{code, goldthread as run_program, stderr};
use crate::edit_laws::author;
use crate::samples::opened;

const TODAY: Date = Date::constant(2026, 11, 24);

/// A sample without the profiles that it brings.
fn bracket() -> Project {
    let mut project = opened(sample("stamped-bracket").unwrap());
    let ops: Vec<Op> = project.all::<ReportProfile>().map(|profile| Op::Remove(profile.id.into())).collect();
    project.apply(&ops).unwrap();
    project
}

fn try_run(project: &mut Project, command: &Command) -> Result<String, Refusal> {
    let mut author = author();
    author.ids = goldthread::base::IdSource::seeded(project.revision() + 1000);
    let transaction = plan(project, command, &mut author)?;
    project.apply(&transaction.ops).unwrap();
    Ok(transaction.label)
}

fn add(project: &mut Project) -> Id<ReportProfile> {
    try_run(project, &Command::AddRecord { kind: Kind::ReportProfile }).unwrap();
    project.report_profiles().last().unwrap().id
}

fn try_set(project: &mut Project, id: Id<ReportProfile>, field: Field, text: &str) -> Result<String, Refusal> {
    try_run(project, &Command::SetField { item: id.into(), field, text: text.to_owned(), via: None })
}

fn set(project: &mut Project, id: Id<ReportProfile>, field: Field, text: &str) {
    try_set(project, id, field, text).unwrap_or_else(|refusal| panic!("{field:?}: {refusal}"));
}

/// The words on each page of a report.
fn pages(report: &Report) -> Vec<String> {
    let words = |items: Vec<Item>| {
        let texts = items.into_iter().filter_map(|item| match item {
            Item::Text(text) => Some(text.text),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    };
    lay_out(report).unwrap().pages.into_iter().map(|page| words(page.items)).collect()
}

fn report(project: &Project, what: Printable, language: &'static str) -> Report {
    let options = PdfOptions::by_profile(project, Path::new(""), None, language);
    what.report(project, TODAY, &options).unwrap()
}

fn first(project: &Project, kind: DocumentKind) -> Printable {
    project.documents_of(kind)[0].id.into()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbaImage::from_fn(width, height, |x, y| {
        image::Rgba([x as u8, y as u8, 90, if (x / 8 + y / 8) % 2 == 0 { 255 } else { 0 }])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn profiles_are_added_filled_moved_and_deleted() {
    let mut project = bracket();
    let (one, two) = (add(&mut project), add(&mut project));
    let names = |project: &Project| -> Vec<String> {
        project.report_profiles().iter().map(|profile| profile.name.to_string()).collect()
    };
    assert_eq!(names(&project), ["Report profile", "Report profile 2"]);
    for (field, text, kept) in [
        (Field::Name, "Customer A", "Customer A"),
        (Field::Paper, "letter", "Letter"),
        (Field::Orientation, "portrait", "Portrait"),
        (Field::TextSize, "7,0", "7"),
        (Field::PageNumbers, "3 / 12", "3 / 12"),
        (Field::Language, "de", "de"),
        (Field::Logo, "attachments/logo.png", "attachments/logo.png"),
        (Field::Footer, "F-0815", "F-0815"),
        (Field::Confidentiality, "Internal", "Internal"),
    ] {
        set(&mut project, two, field, text);
        assert_eq!(project.field_text(two.into(), field).as_deref(), Some(kept));
    }
    for (field, text, reason) in [
        (Field::Name, "", "Give it one"),
        (Field::Name, "REPORT profile", "already"),
        (Field::Paper, "A5", "is not one of: A4, Letter, A3, Tabloid"),
        (Field::TextSize, "5.5", "from 6 to 14 points"),
        (Field::Logo, "../logo.png", "project folder"),
        (Field::Logo, "D:logo.png", "project folder"),
        (Field::Severity, "7", "has no severity"),
    ] {
        let refusal = try_set(&mut project, two, field, text).unwrap_err();
        assert!(refusal.reason.contains(reason), "{field:?}: {refusal}");
    }
    assert_eq!(choices(&project, two.into(), Field::PageNumbers), ["Page 3 of 12", "3 / 12", "Page 3", "3"]);
    try_run(&mut project, &Command::Move { item: two.into(), up: true }).unwrap();
    assert_eq!(names(&project), ["Customer A", "Report profile"]);
    assert_eq!(profile_in_force(&project, None).unwrap().id, two);
    assert_eq!(profile_in_force(&project, Some(one)).unwrap().id, one);
    let label = try_run(&mut project, &Command::Delete { items: vec![one.into()] }).unwrap();
    assert_eq!(label, "Delete report profile “Report profile”");
    assert_eq!(profile_in_force(&project, Some(one)).unwrap().id, two, "one that is gone is no choice");
}

#[test]
fn a_profile_survives_in_the_files_and_bad_ones_are_told_with_their_place() {
    let mut project = bracket();
    let (plain, full) = (add(&mut project), add(&mut project));
    for (field, text) in [(Field::Paper, "A4"), (Field::TextSize, "7.5"), (Field::Footer, "a\nb")] {
        set(&mut project, full, field, text);
    }
    let columns = vec![Text::from("history"), Text::from("remarks"), Text::from("history")];
    let form = FormKind::List(ListKind::Actions);
    try_run(&mut project, &Command::SetLeftOut { profile: full, form, columns }).unwrap();
    assert_eq!(project.get(full).unwrap().left_out_of(form).len(), 2);

    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("project");
    store::create::create(&folder, &project).unwrap();
    let text = fs::read_to_string(folder.join("project.ron")).unwrap();
    let blank =
        format!("id: \"{plain}\",\n            order: \"a1\",\n            name: \"Report profile\",\n        ),");
    assert!(text.contains(&blank), "what is as usual is not written: {text}");
    assert!(text.contains("text_size: \"7.5\",") && text.contains("paper: A4,") && text.contains("form: Actions,"));
    let read = store::open::open(&folder, project.library().clone()).unwrap();
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    for id in [plain, full] {
        assert_eq!(read.project.get(id), project.get(id));
    }
    for (good, bad, reason) in [
        ("text_size: \"7.5\"", "text_size: \"3\"", "from 6 to 14 points"),
        ("text_size: \"7.5\"", "text_size: \"7.50\"", "from 6 to 14 points"),
        ("paper: A4", "paper: A9", "A9"),
        ("form: Actions", "form: Letters", "Letters"),
        ("paper: A4", "paper: A4, weight: 80", "weight"),
    ] {
        fs::write(folder.join("project.ron"), text.replace(good, bad)).unwrap();
        let findings = store::open::open(&folder, project.library().clone()).unwrap().findings;
        let finding = findings.iter().find(|finding| finding.message.contains(reason));
        let finding = finding.unwrap_or_else(|| panic!("{bad}: {findings:?}"));
        assert!(format!("{:?}", finding.place).contains("project.ron"), "{finding:?}");
    }
}

#[test]
fn without_a_profile_the_paper_is_as_ever_and_a_new_one_changes_nothing() {
    let mut project = bracket();
    let what = first(&project, DocumentKind::ProcessFmea);
    let bytes = |project: &Project, options: &PdfOptions| {
        printed(project, what, TODAY, options, &Progress::default()).unwrap().bytes
    };
    let plain = bytes(&project, &PdfOptions::default());
    assert_eq!(bytes(&project, &PdfOptions::by_profile(&project, Path::new(""), None, "en")), plain);
    add(&mut project);
    assert_eq!(bytes(&project, &PdfOptions::by_profile(&project, Path::new(""), None, "en")), plain);
}

#[test]
fn footer_confidentiality_and_page_numbers_stand_on_every_page() {
    let mut project = bracket();
    let profile = add(&mut project);
    set(&mut project, profile, Field::Footer, "Form F-0815, kept for 15 years");
    set(&mut project, profile, Field::Confidentiality, "Strictly internal");
    set(&mut project, profile, Field::Paper, "A4");
    let what = first(&project, DocumentKind::ProcessFmea);
    let Printable::Document(document) = what else { panic!("a document") };
    let confidential = |project: &mut Project, text: &str| {
        let (item, text) = (document.into(), text.to_owned());
        let command = Command::SetField { item, field: Field::Confidentiality, text, via: None };
        try_run(project, &command).unwrap();
    };
    confidential(&mut project, "");
    for (style, second) in [("Page 3 of 12", "Page 2 of {}"), ("3 / 12", "2 / {}"), ("Page 3", "Page 2"), ("3", "2")] {
        set(&mut project, profile, Field::PageNumbers, style);
        let pages = pages(&report(&project, what, "en"));
        assert!(pages.len() > 1);
        let mark = second.replace("{}", &pages.len().to_string());
        // In the header and in the footer.
        assert_eq!(pages[1].lines().filter(|line| *line == mark).count(), 2, "{style}: {}", pages[1]);
        for page in &pages {
            assert!(page.contains("Form F-0815, kept for 15 years"));
            assert!(page.lines().any(|line| line == "Strictly internal"), "{page}");
        }
    }
    set(&mut project, profile, Field::PageNumbers, "Page 3");
    set(&mut project, profile, Field::Language, "de");
    assert!(pages(&report(&project, what, "en"))[1].contains("Seite 2"), "the profile says the language");

    // What a document says itself counts, in the field of the form, too.
    let words = pages(&report(&project, what, "en")).concat();
    assert!(words.matches("Strictly internal").count() > pages(&report(&project, what, "en")).len());
    confidential(&mut project, "Customer A only");
    let words = pages(&report(&project, what, "en")).concat();
    assert!(words.contains("Customer A only") && !words.contains("Strictly internal"));
    let list = report(&project, ListKind::Actions.into(), "en");
    assert!(pages(&list).concat().contains("Strictly internal"), "a list has none of its own");
}

#[test]
fn columns_that_are_left_out_are_gone_and_named_in_the_legend() {
    let mut project = bracket();
    let profile = add(&mut project);
    let kinds = [DocumentKind::ProcessFlow, DocumentKind::ProcessFmea, DocumentKind::ControlPlan];
    for (language, note) in
        [("en", "Columns that are not on this paper:"), ("de", "Spalten, die nicht auf diesem Papier")]
    {
        for kind in kinds {
            let document = project.documents_of(kind)[0].clone();
            let form = Form::new(&project, &document, Form::usual_kind(&project, &document), FormOptions::default());
            for every in [2, 3] {
                let keys: Vec<Text> =
                    form.columns.iter().step_by(every).map(|column| Text::from(&*column.key)).collect();
                let command = Command::SetLeftOut { profile, form: form.kind, columns: keys.clone() };
                try_run(&mut project, &command).unwrap();
                let report = report(&project, document.id.into(), language);
                let section = report.sections.iter().find(|section| !section.table.groups.is_empty()).unwrap();
                assert_eq!(section.table.columns.len(), form.columns.len() - keys.len());
                let legend = pages(&report).concat().replace('\n', " ");
                assert!(legend.contains(note), "{kind:?}: {legend}");
                for row in &section.table.rows {
                    let columns: BTreeSet<usize> = row.cells.iter().map(|cell| cell.column).collect();
                    assert_eq!(columns.len(), row.cells.len());
                    assert!(columns.iter().all(|column| *column < section.table.columns.len()));
                }
            }
            // One that leaves nothing is not meant.
            let all = form.columns.iter().map(|column| Text::from(&*column.key)).collect();
            try_run(&mut project, &Command::SetLeftOut { profile, form: form.kind, columns: all }).unwrap();
            let whole = pages(&report(&project, document.id.into(), language)).concat();
            assert!(!whole.contains(note));
            let none = Command::SetLeftOut { profile, form: form.kind, columns: Vec::new() };
            try_run(&mut project, &none).unwrap();
        }
    }
    assert!(project.get(profile).unwrap().left_out.is_empty());
    // A whole group goes by its own name, and the words of what is left out are not on the paper.
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0].clone();
    let form = Form::new(&project, &fmea, FormKind::FmeaAiagVda, FormOptions::default());
    let group = form.columns[form.column("prevention_action").unwrap()].group;
    let keys = form.columns.iter().filter(|column| column.group == group).map(|column| Text::from(&*column.key));
    let command = Command::SetLeftOut { profile, form: form.kind, columns: keys.collect() };
    try_run(&mut project, &command).unwrap();
    let report = report(&project, fmea.id.into(), "en");
    let note = report.sections.iter().flat_map(|section| &section.table.rows).flat_map(|row| &row.cells);
    let note = note.flat_map(|cell| &cell.content).find(|text| format!("{text:?}").contains("not on this paper"));
    assert!(format!("{note:?}").contains(&form.groups[group].heading), "{note:?}");
}

#[test]
fn a_logo_is_printed_and_a_bad_one_is_told_and_left_out() {
    let mut project = bracket();
    let profile = add(&mut project);
    set(&mut project, profile, Field::Logo, "attachments/logo.png");
    let scratch = tempfile::tempdir().unwrap();
    let attachments = scratch.path().join("attachments");
    fs::create_dir(&attachments).unwrap();
    let what = first(&project, DocumentKind::ControlPlan);
    let options = PdfOptions::by_profile(&project, scratch.path(), None, "en");
    let pictures = |project: &Project, options: &PdfOptions| {
        let display = lay_out(&what.report(project, TODAY, options).unwrap()).unwrap();
        let items = display.pages.iter().map(|page| &page.items);
        let counts: Vec<usize> =
            items.map(|items| items.iter().filter(|item| matches!(item, Item::Picture { .. })).count()).collect();
        assert!(counts.iter().all(|count| *count == counts[0]));
        counts[0]
    };
    let warnings = |project: &Project| printed(project, what, TODAY, &options, &Progress::default()).unwrap().warnings;

    assert_eq!(pictures(&project, &options), 0);
    let told = warnings(&project);
    assert!(told[0].contains("attachments/logo.png") && told[0].contains("no such file"), "{told:?}");
    fs::write(attachments.join("logo.png"), png(200, 120)).unwrap();
    assert_eq!((pictures(&project, &options), warnings(&project)), (1, Vec::new()));

    fs::write(attachments.join("logo.png"), &png(200, 120)[..400]).unwrap();
    let told = warnings(&project);
    assert!(told[0].contains("attachments/logo.png") && told[0].contains("damaged"), "{told:?}");
    fs::write(attachments.join("logo.png"), "no picture").unwrap();
    assert!(warnings(&project)[0].contains("save the picture as PNG"));
    fs::File::create(attachments.join("logo.png")).unwrap().set_len(40 << 20).unwrap();
    assert!(warnings(&project)[0].contains("32 MB"));
    fs::remove_file(attachments.join("logo.png")).unwrap();
    fs::create_dir(attachments.join("logo.png")).unwrap();
    assert!(warnings(&project)[0].contains("it is no file"));
    assert_eq!(pictures(&project, &options), 0, "the report is made without it");

    // A file that was edited by hand cannot reach out of the folder.
    let mut edited = project.get(profile).unwrap().clone();
    edited.logo = Text::from("../secret.png");
    edited.language = Text::from("tlh");
    fs::write(scratch.path().join("secret.png"), png(20, 20)).unwrap();
    project.apply(&[Op::Put(edited.item())]).unwrap();
    let inside = scratch.path().join("attachments");
    let options = PdfOptions { folder: inside, ..options.clone() };
    let told = printed(&project, what, TODAY, &options, &Progress::default()).unwrap().warnings.join("\n");
    assert!(told.contains("does not lie in the project folder") && told.contains("“tlh”"), "{told}");
    assert_eq!(pictures(&project, &options), 0);
}

#[test]
fn a_logo_stays_in_its_place_on_every_paper() {
    let mut project = bracket();
    let profile = add(&mut project);
    set(&mut project, profile, Field::Logo, "logo.png");
    let scratch = tempfile::tempdir().unwrap();
    let what = first(&project, DocumentKind::ProcessFlow);
    for (width, height) in [(1600, 90), (90, 1600), (8, 8), (400, 300)] {
        fs::write(scratch.path().join("logo.png"), png(width, height)).unwrap();
        for paper in ["A4", "A3", "Letter", "Tabloid"] {
            set(&mut project, profile, Field::Paper, paper);
            for orientation in ["Landscape", "Portrait"] {
                set(&mut project, profile, Field::Orientation, orientation);
                let options = PdfOptions::by_profile(&project, scratch.path(), None, "en");
                let Ok(display) = lay_out(&what.report(&project, TODAY, &options).unwrap()) else { continue };
                let page = &display.pages[0];
                let found = page.items.iter().find_map(|item| match item {
                    Item::Picture { area, .. } => Some(*area),
                    _ => None,
                });
                let [x, y, w, h] = found.expect("a logo");
                assert!((w / h - width as f32 / height as f32).abs() < 0.02 * w / h + 0.1, "{w} × {h}");
                assert!(h <= 28.01 && w <= 0.15 * page.width);
                for item in &page.items {
                    if let Item::Text(text) = item {
                        let apart = text.x >= x + w || text.y <= y || text.y - text.size * 0.7 >= y + h;
                        let is_watermark = text.text == "DRAFT";
                        assert!(apart || is_watermark, "{paper} {orientation}: {} lies on the logo", text.text);
                    }
                }
            }
        }
    }
}

#[test]
fn the_command_line_prints_by_a_profile_and_its_options_count_more() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("bracket");
    write_to(sample("stamped-bracket").unwrap(), &folder).unwrap();
    let out = scratch.path().join("plan.pdf");
    let export = |more: &[&str]| {
        let fixed = ["export", folder.to_str().unwrap(), "--document", "control-plan", "--today", "2026-11-24", "-o"];
        let output = run_program(&[&fixed[..], &[out.to_str().unwrap()], more].concat());
        (code(&output), stderr(&output))
    };
    let size = || {
        let document = lopdf::Document::load(&out).unwrap();
        let page = document.get_pages()[&1];
        let bounds = document.get_dictionary(page).unwrap().get(b"MediaBox").unwrap().as_array().unwrap().clone();
        (bounds[2].as_float().unwrap().round() as i32, bounds[3].as_float().unwrap().round() as i32)
    };
    let (code, said) = export(&["--to", "pdf", "--profile", "Customer A"]);
    assert!(code == 2 && said.contains("the project has none: leave --profile out"), "{said}");

    let mut project = store::open::open(&folder, goldthread::app::library().unwrap()).unwrap();
    let (usual, other) = (add(&mut project.project), add(&mut project.project));
    set(&mut project.project, usual, Field::Name, "Customer A");
    set(&mut project.project, usual, Field::Logo, "attachments/none.png");
    set(&mut project.project, other, Field::Name, "Shop floor");
    set(&mut project.project, other, Field::Paper, "A4");
    project.folder.save(&project.project).unwrap();
    let (code, said) = export(&["--to", "pdf"]);
    assert!(code == 0 && said.contains("attachments/none.png") && said.contains("no such file"), "{said}");
    assert_eq!(size(), (1191, 842));
    let (code, said) = export(&["--to", "pdf", "--profile", "shop FLOOR"]);
    assert!(code == 0 && !said.contains("warning"), "{said}");
    assert_eq!(size(), (842, 595));
    let (code, ..) = export(&["--to", "pdf", "--profile", "Shop floor", "--paper", "tabloid", "--text-size", "7"]);
    assert_eq!((code, size()), (0, (1224, 792)));
    let (code, ..) = export(&["--to", "pdf", "--paper", "a3", "--orientation", "portrait"]);
    assert_eq!((code, size()), (0, (842, 1191)));
    let (code, said) = export(&["--to", "pdf", "--profile", "Customer B"]);
    assert!(code == 2 && said.contains("--profile takes: “Customer A”, “Shop floor”"), "{said}");
    let (code, said) = export(&["--to", "csv", "--profile", "Shop floor"]);
    assert!(code == 2 && said.contains("--profile is about paper"), "{said}");
    let (code, said) = export(&["--to", "pdf", "--text-size", "3"]);
    assert!(code == 2 && said.contains("from 6 to 14 points"), "{said}");
}
