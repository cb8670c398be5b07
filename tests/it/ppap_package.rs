//! The PPAP package: the gate, the one PDF for the customer, what cannot be bound, and the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use goldthread::app::export::PdfOptions;
use goldthread::app::library;
use goldthread::app::ppap::{Gate, Package, PackageError, package, package_to_file};
use goldthread::app::samples::{sample, write_to};
use goldthread::base::Text;
use goldthread::base::clock::Date;
use goldthread::edit::{Command, plan};
use goldthread::model::control_plan::PlanRow;
use goldthread::model::document::{Document, DocumentKind};
use goldthread::model::fmea::Control;
use goldthread::model::form::{Form, FormOptions};
use goldthread::model::item::{AnyId, Item};
use goldthread::model::op::Op;
use goldthread::model::ppap::{ElementStatus, PpapElement, Warrant};
use goldthread::model::project::Project;
use goldthread::model::project_data::Attachment;
use goldthread::model::reference::Ref;
use goldthread::report::Progress;
use goldthread::report::bind::LARGEST;
use goldthread::store::create::create;
use goldthread::store::open::open;
use lopdf::Object;
use tempfile::TempDir;

use crate::cli::{code, goldthread as run, stderr, stdout};
use crate::edit_laws::author;
use crate::report_engine::bound::{locked, of_another_program, saved};
use crate::report_engine::form::visible;
use crate::report_engine::in_file::extracted;
use crate::samples::put_back_to_drafts;

const TODAY: Date = Date::constant(2026, 11, 24);
const BRAKE: &str = "electric-parking-brake";
const HOUSING: &str = "connector-housing";
/// The evidence of element 8, which other files take the place of.
const MSA: &str = "attachments/msa-26-031.pdf";

/// A copy of a sample.
struct Desk {
    scratch: TempDir,
    folder: PathBuf,
    project: Project,
}

impl Desk {
    /// With documents that are being worked on.
    fn of(name: &str) -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join(name);
        write_to(sample(name).unwrap(), &folder).unwrap();
        put_back_to_drafts(&folder);
        let project = open(&folder, library().unwrap()).unwrap().project;
        Self { scratch, folder, project }
    }

    /// The brake as it ships: a submission that can be handed over.
    fn shipped() -> Self {
        let mut desk = Self::of(BRAKE);
        write_to(sample(BRAKE).unwrap(), &desk.scratch.path().join("shipped")).unwrap();
        desk.folder = desk.scratch.path().join("shipped");
        desk.project = open(&desk.folder, library().unwrap()).unwrap().project;
        desk
    }

    /// The brake with all of its documents released on another day.
    fn released() -> Self {
        let mut desk = Self::of(BRAKE);
        let documents: Vec<Document> = desk.project.all::<Document>().cloned().collect();
        for document in documents {
            let kind = Form::usual_kind(&desk.project, &document);
            let form = Form::new(&desk.project, &document, kind, FormOptions::default());
            desk.run(&Command::Release {
                document: document.id,
                number: "E".to_owned(),
                date: TODAY,
                author: "Miriam Vogt".to_owned(),
                note: "For the submission.".to_owned(),
                content_hash: form.content_hash(&desk.project),
            });
        }
        desk
    }

    fn run(&mut self, command: &Command) {
        let transaction =
            plan(&self.project, command, &mut author()).unwrap_or_else(|why| panic!("{command:?}: {why}"));
        self.project.apply(&transaction.ops).unwrap();
    }

    /// Writes an item as it is, past the commands that keep released documents from being changed.
    fn put(&mut self, item: impl Into<Item>) {
        self.project.apply(&[Op::Put(item.into())]).unwrap();
    }

    fn document(&self, kind: DocumentKind) -> &Document {
        self.project.documents_of(kind)[0]
    }

    fn element(&self, key: &str) -> PpapElement {
        self.project.all::<PpapElement>().find(|element| *element.key == *key).unwrap().clone()
    }

    fn gate(&self) -> Gate {
        Gate::of(&self.project, &self.folder, TODAY, &[])
    }

    fn options(&self) -> PdfOptions {
        PdfOptions { folder: self.folder.clone(), ..PdfOptions::default() }
    }

    fn package(&self, as_draft: bool) -> Result<Package, PackageError> {
        package(&self.project, (TODAY, as_draft, &[]), &self.options(), &Progress::default())
    }

    /// Names another file as the evidence of element 8.
    fn point(&mut self, path: &str) {
        let id = self.element("8").attachments[0].present().unwrap();
        let known = self.project.get(id).unwrap().clone();
        self.put(Attachment { path: Text::from(path), hash: Text::default(), ..known });
    }

    /// Writes the project into a new folder with its attachments.
    fn saved(&self) -> String {
        let folder = self.scratch.path().join("saved");
        create(&folder, &self.project).unwrap();
        fs::create_dir_all(folder.join("attachments")).unwrap();
        for file in fs::read_dir(self.folder.join("attachments")).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), folder.join("attachments").join(file.file_name())).unwrap();
        }
        folder.display().to_string()
    }
}

/// The package of the released brake; laid out once.
fn submitted() -> &'static Package {
    static PACKAGE: OnceLock<Package> = OnceLock::new();
    PACKAGE.get_or_init(|| Desk::released().package(false).unwrap_or_else(|why| panic!("{why}")))
}

/// Level, title and page, counted from 1, of each bookmark.
fn bookmarks(bytes: &[u8]) -> Vec<(usize, String, usize)> {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<lopdf::ObjectId> = document.get_pages().into_values().collect();
    let root = document.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let mut found = Vec::new();
    below(&document, &pages, (root, 1), &mut found);
    found
}

fn below(
    document: &lopdf::Document,
    pages: &[lopdf::ObjectId],
    (parent, level): (lopdf::ObjectId, usize),
    found: &mut Vec<(usize, String, usize)>,
) {
    let reference = |id, key: &[u8]| document.get_dictionary(id).unwrap().get(key).and_then(Object::as_reference).ok();
    let mut next = reference(parent, b"First");
    while let Some(id) = next {
        let entry = document.get_dictionary(id).unwrap();
        let title = lopdf::decode_text_string(entry.get(b"Title").unwrap()).unwrap();
        let page = entry.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        found.push((level, title, pages.iter().position(|known| *known == page).unwrap() + 1));
        below(document, pages, (id, level + 1), found);
        next = reference(id, b"Next");
    }
}

fn titles(bookmarks: &[(usize, String, usize)], level: usize) -> Vec<&str> {
    bookmarks.iter().filter(|known| known.0 == level).map(|known| known.1.as_str()).collect()
}

#[test]
fn the_brake_can_be_handed_over_as_it_ships() {
    let desk = Desk::shipped();
    assert_eq!(desk.gate(), Gate::default());
    let folder = desk.folder.display().to_string();
    let checked = run(&["ppap", &folder, "--check"]);
    assert_eq!(stdout(&checked), "ready for submission: nothing stands in the way\n", "{}", stderr(&checked));
    let whole = desk.package(false).unwrap();
    assert_eq!(whole.warnings, Vec::<String>::new());
    assert!(extracted(&whole.bytes).iter().all(|text| !visible(text).contains("NOTFORSUBMISSION")));
    assert!(extracted(&whole.bytes).iter().all(|text| !visible(text).contains("DRAFT")));
}

#[test]
fn releasing_the_documents_opens_the_gate_of_the_sample() {
    let draft = Desk::of(BRAKE).gate();
    assert_eq!(draft.obstacles.len(), 3, "{:?}", draft.obstacles);
    let desk = Desk::released();
    assert_eq!(desk.gate(), Gate::default());
    let folder = desk.saved();
    let checked = run(&["ppap", &folder, "--check", "--today", "2026-11-24"]);
    assert_eq!(stdout(&checked), "ready for submission: nothing stands in the way\n", "{}", stderr(&checked));
    assert_eq!(code(&checked), 0);
}

/// A way to spoil a project that is ready, with the place that is to be named.
type Spoil = fn(&mut Desk) -> AnyId;

#[test]
fn each_obstacle_is_named_with_its_place_and_nothing_is_written() {
    let first_row = |desk: &Desk| desk.project.all_in_order::<PlanRow>()[0].clone();
    assert!(!first_row(&Desk::of(BRAKE)).reaction_plan.is_blank());
    let spoils: [(&str, &str, Spoil); 6] = [
        ("", "Control plan, EPB actuator line 3 is not released", |desk| {
            let document = desk.document(DocumentKind::ControlPlan).id;
            desk.run(&Command::StartDraft { document });
            document.into()
        }),
        ("", "has changed since revision E was released", |desk| {
            let row = desk.project.all_in_order::<PlanRow>()[0].clone();
            let plan = row.plan;
            desk.put(PlanRow { reaction_plan: Text::from("Stop and call the shift leader"), ..row });
            plan.into()
        }),
        ("LNK-20", "", |desk| {
            let linked = |row: &&PlanRow| row.controls.iter().any(|link| link.to.present().is_some());
            let row = desk.project.all_in_order::<PlanRow>().into_iter().find(linked).unwrap().clone();
            let id = row.controls.iter().find_map(|link| link.to.present()).unwrap();
            let control: Control = desk.project.get(id).unwrap().clone();
            desk.put(Control { text: Text::from("Something else altogether"), ..control });
            row.id.into()
        }),
        ("CP-01", "", |desk| {
            let row = desk.project.all_in_order::<PlanRow>()[0].clone();
            desk.put(PlanRow { reaction_plan: Text::default(), ..row.clone() });
            row.id.into()
        }),
        ("PPA-20", "", |desk| {
            let element = desk.element("11");
            desk.put(PpapElement { status: ElementStatus::InWork, ..element.clone() });
            element.id.into()
        }),
        ("PPA-12", "", |desk| {
            let warrant = desk.project.all::<Warrant>().next().unwrap().clone();
            desk.put(Warrant { change_level: Text::from("D"), ..warrant.clone() });
            warrant.id.into()
        }),
    ];
    let ready = Desk::released();
    for (code, words, spoil) in spoils {
        let mut desk = Desk { project: ready.project.clone(), ..Desk::of(BRAKE) };
        let place = spoil(&mut desk);
        let gate = desk.gate();
        let is_named = gate.obstacles.iter().any(|obstacle| {
            obstacle.code == code
                && obstacle.text.contains(words)
                && !obstacle.text.is_empty()
                && obstacle.place.is_some_and(|(item, _)| item == place)
        });
        assert!(is_named, "{code} {words} at {place:?}: {:#?}", gate.obstacles);
        refused(&desk, code);
    }
    let without = Desk::of("stamped-bracket");
    let gate = without.gate();
    assert_eq!((gate.obstacles.len(), gate.obstacles[0].place), (1, None));
    assert!(gate.obstacles[0].text.contains("make one under File → PPAP submission"));
    assert!(matches!(without.package(true), Err(PackageError::NoSubmission)), "not even a draft");
}

fn refused(desk: &Desk, words: &str) {
    let target = desk.scratch.path().join("package.pdf");
    fs::write(&target, "old").unwrap();
    let wanted = (TODAY, false, &[][..]);
    let why = package_to_file(&desk.project, wanted, &desk.options(), &target, &Progress::default()).unwrap_err();
    assert!(matches!(&why, PackageError::Stopped(gate) if !gate.is_open()), "{why}");
    assert!(why.to_string().contains(words), "{why}");
    assert_eq!(fs::read(&target).unwrap(), b"old");
    let beside: Vec<_> = fs::read_dir(desk.scratch.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "nothing but the project and the old file: {beside:?}");
}

#[test]
fn what_is_wrong_with_files_stops_a_submission_too() {
    let desk = Desk::released();
    let folder = desk.saved();
    let plan = Path::new(&folder).join("equipment.ron");
    let text = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, text.replacen("kind: Machine", "kind: Machin", 1)).unwrap();
    let checked = run(&["ppap", &folder, "--check", "--today", "2026-11-24"]);
    assert_eq!(code(&checked), 1);
    assert!(stdout(&checked).contains("equipment.ron"), "{}", stdout(&checked));
}

#[test]
fn a_draft_says_so_on_every_page_and_names_what_is_left_out() {
    let mut desk = Desk::of(BRAKE);
    desk.point("attachments/lost.pdf");
    let draft = desk.package(true).unwrap();
    let texts = extracted(&draft.bytes);
    assert_eq!(texts.len(), draft.pages);
    for (at, text) in texts.iter().enumerate() {
        assert!(visible(text).contains("NOTFORSUBMISSION"), "page {}", at + 1);
    }
    let front = visible(&texts[0]);
    for obstacle in desk.gate().obstacles {
        assert!(front.contains(&visible(&obstacle.to_string())), "{obstacle}");
    }
    assert!(front.contains("lost.pdf") && !front.contains("MSAreports,summary"), "{front}");
    let named: Vec<&String> =
        draft.warnings.iter().filter(|warning| warning.contains("attachments/lost.pdf")).collect();
    assert_eq!(named.len(), 1, "{:?}", draft.warnings);
    assert!(texts.iter().any(|text| visible(text).contains("154±0.3")), "the attached drawing is there");
    let whole = submitted();
    assert_ne!(draft.identity, whole.identity);
    assert!(extracted(&whole.bytes).iter().all(|text| !visible(text).contains("NOTFORSUBMISSION")));
}

#[test]
fn the_package_is_in_order_with_contents_that_lead_to_the_pages() {
    let whole = submitted();
    assert_eq!(whole.warnings, Vec::<String>::new());
    let texts = extracted(&whole.bytes);
    let count = whole.pages;
    assert_eq!(texts.len(), count);
    for (at, text) in texts.iter().enumerate() {
        let (text, number) = (visible(text), at + 1);
        assert!(text.contains(&visible(&format!("Package page {number} of {count}"))), "page {number}");
        assert!(text.contains(&visible(&whole.identity)), "page {number}");
    }
    let found = bookmarks(&whole.bytes);
    let elements: Vec<&str> = titles(&found, 1)
        .iter()
        .map(|title| title.split(' ').next().unwrap())
        .skip_while(|key| *key != "PPAP")
        .collect();
    assert_eq!(elements, ["PPAP", "18", "1", "5", "6", "7", "8", "9", "10", "11", "12", "14"]);
    assert!(found.windows(2).all(|two| two[0].2 <= two[1].2), "in the order of the pages");
    // Element, document, rows.
    let plan = found.iter().position(|known| known.1 == "7 Control plan").unwrap();
    assert_eq!((found[plan + 1].0, found[plan + 1].1.as_str()), (2, "CP-31.0472 Control plan, EPB actuator line 3"));
    let rows = found[plan + 2..].iter().take_while(|known| known.0 > 2).count();
    assert!(rows > 10, "{rows} rows below the control plan");
    // The contents name the page on which each document begins.
    let front = visible(&texts[0]);
    let bound: Vec<_> = found.iter().filter(|known| known.0 == 2).collect();
    assert_eq!(bound.len(), 13, "{bound:?}");
    // What is not bound is named with the reason, and has no page.
    for (element, remark) in [
        ("3 Customer engineering approval", "Release letter of the chassis division of 2026-07-03"),
        ("13 Appearance approval report", "Not applicable: No appearance item agreed"),
    ] {
        assert!(front.contains(&visible(&format!("{element} {remark}"))), "{element}: {front}");
    }
    assert_eq!((bound[0].2, bound[1].2), (2, 3), "the note below the checklist needs no page of its own");
    for (_, title, page) in bound {
        let revision = if title.contains("-31.0472 ") && !title.contains("LA-") { "E (2026-11-24)" } else { "" };
        assert!(front.contains(&visible(&format!("{title}{revision}{page}"))), "{title} {page}: {front}");
        let first = visible(&texts[page - 1]);
        assert!(first.contains("Page1of") || first.contains("1/"), "{title} begins on page {page}");
    }
    assert!(visible(&texts[count - 1]).contains(&visible("Actuator left, sample L-01")));
}

#[test]
fn the_same_project_gives_the_same_bytes_and_others_another_identity() {
    let mut desk = Desk::released();
    let again = desk.package(false).unwrap();
    assert!(again.bytes == submitted().bytes);
    assert_eq!(again.identity, submitted().identity);
    let warrant = desk.project.all::<Warrant>().next().unwrap().clone();
    desk.put(Warrant { purchase_order: Text::from("4500999999"), ..warrant });
    assert_ne!(desk.package(false).unwrap().identity, submitted().identity);
}

#[test]
fn it_is_fit_for_archives_only_if_all_attachments_are() {
    let says_so = |package: &Package| package.bytes.windows(11).any(|window| window == b"pdfaid:part");
    assert!(says_so(submitted()));
    let mut desk = Desk::released();
    fs::write(desk.folder.join("attachments/plain.pdf"), saved(of_another_program())).unwrap();
    desk.point("attachments/plain.pdf");
    let package = desk.package(false).unwrap();
    assert!(!says_so(&package));
    assert!(extracted(&package.bytes).iter().any(|text| text.contains("Certificate 4711")));
    assert_eq!(package.warnings, ["the package is no PDF/A, because these attachments are none: MSA reports, summary"]);
}

#[test]
fn level_one_holds_only_what_is_sent_at_level_one() {
    let desk = Desk::of(HOUSING);
    let package = desk.package(false).unwrap();
    assert_eq!(titles(&bookmarks(&package.bytes), 1)[1..], ["PPAP elements", "18 Part submission warrant"]);
    let front = visible(&extracted(&package.bytes)[0]);
    assert!(!front.contains("Releasedstate"), "no document is handed over");
}

#[test]
fn a_german_package_has_german_words() {
    let desk = Desk::of(BRAKE);
    let options = PdfOptions { language: "de", ..desk.options() };
    let draft = package(&desk.project, (TODAY, true, &[]), &options, &Progress::default()).unwrap();
    let texts = extracted(&draft.bytes);
    let front = visible(&texts[0]);
    for german in ["PPAP-Vorlagepaket", "Inhalt", "FreigegebenerStand", "OffenvorderVorlage", "NICHTZURVORLAGE"] {
        assert!(front.contains(german), "{german}: {front}");
    }
    for english in ["Contents", "Releasedby", "Packagepage", "Submissionlevel", "NOTFOR", "Partnumber"] {
        assert!(!front.contains(english), "{english}: {front}");
    }
    assert!(visible(&texts[1]).contains(&format!("PaketSeite2von{}", draft.pages)));
}

#[test]
fn what_cannot_be_bound_is_named_with_a_remedy() {
    let mut desk = Desk::released();
    let folder = desk.folder.join("attachments");
    let whole = saved(of_another_program());
    fs::create_dir(folder.join("folder.pdf")).unwrap();
    fs::write(folder.join("locked.pdf"), locked()).unwrap();
    fs::write(folder.join("half.pdf"), &whole[..whole.len() / 2]).unwrap();
    fs::write(folder.join("text.pdf"), "just words").unwrap();
    fs::write(folder.join("empty.pdf"), "").unwrap();
    fs::File::create(folder.join("huge.pdf")).unwrap().set_len(LARGEST + 10).unwrap();
    let picture = fs::read(folder.join("actuator-left-L-01.png")).unwrap();
    fs::write(folder.join("wide.png"), enlarged(&picture, 20_000)).unwrap();
    fs::write(desk.scratch.path().join("outside.pdf"), &whole).unwrap();
    for (path, reason, remedy) in [
        ("attachments/none.pdf", "missing", "attach it again"),
        ("attachments/folder.pdf", "folder", "attach the file"),
        ("attachments/locked.pdf", "encrypted", "save it without password"),
        ("attachments/half.pdf", "damaged", "save or print it as PDF again"),
        ("attachments/text.pdf", "neither a PDF nor a PNG", "save or print it as PDF"),
        ("attachments/empty.pdf", "empty", "attach it again"),
        ("attachments/huge.pdf", "more than 200 MB", "save it with smaller pictures"),
        ("attachments/wide.png", "20000 × 20000 pixels", "save it smaller"),
        ("../outside.pdf", "does not lie in the project folder", "attach the file again"),
        ("/etc/hosts", "does not lie in the project folder", "attach the file again"),
    ] {
        desk.point(path);
        let gate = desk.gate();
        let [obstacle] = gate.obstacles.as_slice() else { panic!("{path}: {:#?}", gate.obstacles) };
        for words in [path, reason, remedy] {
            assert!(obstacle.text.contains(words), "{words}: {}", obstacle.text);
        }
        assert_eq!(obstacle.place.map(|place| place.0), Some(desk.element("8").id.into()));
        assert!(matches!(desk.package(false), Err(PackageError::Stopped(_))), "{path}");
    }
}

/// A PNG file whose head promises another size.
fn enlarged(png: &[u8], side: u32) -> Vec<u8> {
    let mut file = png.to_vec();
    file[16..20].copy_from_slice(&side.to_be_bytes());
    file[20..24].copy_from_slice(&side.to_be_bytes());
    let mut crc = u32::MAX;
    for byte in &file[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    file[29..33].copy_from_slice(&(!crc).to_be_bytes());
    file
}

#[test]
fn an_attachment_that_was_changed_since_is_an_obstacle() {
    let desk = Desk::released();
    let file = desk.folder.join(MSA);
    fs::write(&file, saved(of_another_program())).unwrap();
    let gate = desk.gate();
    assert_eq!(gate.obstacles.len(), 1);
    let text = &gate.obstacles[0].text;
    assert!(text.contains("“MSA reports, summary” was changed since it was attached"), "{text}");
}

#[test]
fn an_element_that_does_not_apply_is_not_bound() {
    let mut desk = Desk::released();
    let element = desk.element("12");
    desk.put(PpapElement {
        status: ElementStatus::NotApplicable,
        not_applicable_because: Text::from("Measured at the customer"),
        ..element
    });
    // Nor does what proved it before stand in the way.
    fs::remove_file(desk.folder.join("attachments/laboratory-D-PL-00417.pdf")).unwrap();
    assert_eq!(desk.gate(), Gate::default());
    let found = bookmarks(&desk.package(false).unwrap().bytes);
    assert!(titles(&found, 1).iter().all(|title| !title.starts_with("12 ")));
}

#[test]
fn an_attachment_that_was_deleted_does_not_hold_the_package_up_by_a_crash() {
    let mut desk = Desk::released();
    let mut element = desk.element("8");
    let id = element.attachments[0].present().unwrap();
    element.attachments.clear();
    desk.put(element);
    desk.run(&Command::Delete { items: vec![id.into()] });
    assert!(desk.element("8").attachments.iter().find_map(Ref::present).is_none());
    let found = bookmarks(&desk.package(true).unwrap().bytes);
    assert!(titles(&found, 1).iter().all(|title| !title.starts_with("8 ")));
}

#[test]
fn the_command_line_checks_and_writes() {
    let today = ["--today", "2026-11-24"];
    let on = |arguments: &[&str]| run(&[arguments, &today[..]].concat());
    let desk = Desk::of(BRAKE);
    let folder = desk.folder.display().to_string();
    let checked = on(&["ppap", &folder, "--check"]);
    assert_eq!((code(&checked), stdout(&checked).lines().count()), (1, 3));
    assert!(stderr(&checked).contains("3 things stand in the way"), "{}", stderr(&checked));
    assert_eq!(code(&on(&["ppap", "no such folder", "--check"])), 2);
    assert_eq!(code(&on(&["ppap", &folder])), 2, "neither --check nor -o");
    assert_eq!(code(&on(&["ppap", &folder, "--check", "--draft"])), 2);

    let target = desk.scratch.path().join("package.pdf");
    let path = target.display().to_string();
    let refused = on(&["ppap", &folder, "-o", &path]);
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("--draft") && !target.exists(), "{}", stderr(&refused));
    let draft = on(&["ppap", &folder, "-o", &path, "--draft"]);
    assert_eq!(code(&draft), 0, "{}", stderr(&draft));
    assert!(fs::read(&target).unwrap().starts_with(b"%PDF"));

    let (_scratch, housing) = crate::cli::sample(HOUSING);
    let piped = on(&["ppap", &housing, "-o", "-"]);
    assert_eq!(code(&piped), 0, "{}", stderr(&piped));
    let exported = on(&["export", &housing, "--to", "pdf", "--document", "ppap", "-o", "-"]);
    assert_eq!(code(&exported), 0, "{}", stderr(&exported));
    assert!(piped.stdout.starts_with(b"%PDF") && piped.stdout == exported.stdout);
    assert_eq!(code(&on(&["ppap", &housing, "--check"])), 0);

    let missing = desk.scratch.path().join("nowhere").join("package.pdf").display().to_string();
    let failed = on(&["ppap", &housing, "-o", &missing]);
    assert_eq!(code(&failed), 2);
    assert!(stderr(&failed).contains("nowhere"), "{}", stderr(&failed));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_keeps_the_old_file() {
    use std::os::unix::fs::PermissionsExt;
    let (scratch, housing) = crate::cli::sample(HOUSING);
    let folder = scratch.path().join("sealed");
    fs::create_dir(&folder).unwrap();
    let target = folder.join("package.pdf");
    fs::write(&target, "old").unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let is_sealed = fs::write(folder.join("probe"), "").is_err();
    let written = run(&["ppap", &housing, "-o", &target.display().to_string(), "--today", "2026-11-24"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    if is_sealed {
        assert_eq!(code(&written), 2);
        assert!(stderr(&written).contains("package.pdf"), "{}", stderr(&written));
        assert_eq!(fs::read(&target).unwrap(), b"old");
    } else {
        // Permissions do not bind the administrator.
        assert_eq!(code(&written), 0, "{}", stderr(&written));
        assert!(fs::read(&target).unwrap().starts_with(b"%PDF"));
    }
}

#[test]
fn what_proves_two_elements_is_bound_once_and_found_from_both() {
    let mut desk = Desk::released();
    let (plan, drawing) = (desk.document(DocumentKind::ControlPlan).id, desk.element("1").attachments);
    let element = desk.element("16");
    let asked = desk.element("17");
    desk.put(PpapElement { documents: vec![plan.into()], ..element });
    desk.put(PpapElement { documents: vec![plan.into()], attachments: drawing, ..asked });
    let twice = desk.package(false).unwrap();
    assert_eq!(twice.pages, submitted().pages, "nothing is bound a second time");
    let found = bookmarks(&twice.bytes);
    let named = |title: &str| -> Vec<usize> {
        found.iter().filter(|known| known.0 == 2 && known.1.starts_with(title)).map(|known| known.2).collect()
    };
    for title in ["CP-31.0472", "Drawing LA-31.0472"] {
        let pages = named(title);
        assert_eq!(pages.len(), 2, "{title}: the element that is only kept leads nowhere");
        assert_eq!(pages[0], pages[1], "{title}");
    }
    let contents = visible(&extracted(&twice.bytes)[0]);
    assert!(contents.contains(&visible("17 Compliance with customer-specific requirements")));
}
