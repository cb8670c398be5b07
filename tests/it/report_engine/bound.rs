//! Reports and files of others, bound as one PDF.

use goldthread::base::clock::Date;
use goldthread::report::bind::{Content, Entry, FOOT_ROOM, Foot, ForeignError, ForeignPdf, Volume, above_foot, bind};
use goldthread::report::doc::{Cell, Column, Header, Report, Row, Section, Table};
use goldthread::report::paper::Paper;
use goldthread::report::{Pdf, Progress, to_pdf};
use lopdf::{Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};

use super::form::report;
use super::in_file::extracted;

/// A file as other programs make it: a turned page whose content is in two streams, with inherited sheet and font, and a
/// form field that somebody filled in.
pub fn of_another_program() -> Document {
    let mut document = Document::with_version("1.4");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    // The first stream leaves the state of the painter changed.
    let first = document.add_object(Stream::new(Dictionary::new(), b"q 2 0 0 2 0 0 cm BT /F1 12 Tf 20 20 Td".to_vec()));
    let second = document.add_object(Stream::new(Dictionary::new(), b"(Certificate 4711) Tj ET".to_vec()));
    let whole = b"BT /F1 12 Tf 120 120 Td (Certificate 4711) Tj ET".to_vec();
    let whole = document.add_object(Stream::new(Dictionary::new(), whole));
    let look = document.add_object(Stream::new(
        dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 50.into(), 10.into()], "Resources" => resources },
        b"BT /F1 8 Tf (Signed) Tj ET".to_vec(),
    ));
    let field = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "Rect" => vec![100.into(), 100.into(), 200.into(), 120.into()],
        "AP" => dictionary! { "N" => look },
    });
    let turned = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => vec![first.into(), second.into()], "Rotate" => 90,
        "Annots" => vec![field.into()],
    });
    let plain = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => whole, "CropBox" => vec![100.into(), 100.into(), 300.into(), 500.into()],
    });
    document.set_object(
        tree,
        dictionary! {
            "Type" => "Pages", "Count" => 2, "Kids" => vec![turned.into(), plain.into()], "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        },
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
        .trailer
        .set("ID", vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")]);
    document
}

/// The same with a password.
pub fn locked() -> Vec<u8> {
    let mut document = of_another_program();
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "secret",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    saved(document)
}

pub fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

const TITLES: [&str; 3] = ["PFMEA", "Certificate", "Control plan"];

fn front(pages: &[usize]) -> Report {
    let row = |(title, page): (&&str, &usize)| Row {
        cells: vec![Cell::plain(0, title), Cell::plain(1, &page.to_string())],
        ..Row::default()
    };
    let columns = vec![Column::text("Document", None, 1.0), Column::narrow("Page", None, 5.0, false)];
    let table = Table { columns, rows: TITLES.iter().zip(pages).map(row).collect(), ..Table::default() };
    Report {
        title: "Package".to_owned(),
        language: "en".to_owned(),
        date: Some(Date::constant(2026, 11, 27)),
        body_size: 7.0,
        header: Header { organisation: "Muster GmbH".to_owned(), ..Header::default() },
        sections: vec![Section { title: Some("Contents".to_owned()), table, ..Section::default() }],
        ..Report::default()
    }
}

fn bound(file: &ForeignPdf, watermark: Option<&str>) -> Pdf {
    let report = || Content::Report(Box::new(report(120, Paper::A3)));
    let contents = [report(), Content::Pdf(file), report()];
    let volumes: Vec<Volume<'_>> =
        TITLES.iter().zip(contents).map(|(title, content)| Volume { title: (*title).to_owned(), content }).collect();
    let entry = |(at, title): (usize, &&str)| Entry {
        chapter: "Elements".to_owned(),
        title: (*title).to_owned(),
        volume: Some(at),
    };
    let entries: Vec<Entry> = TITLES.iter().enumerate().map(entry).collect();
    let foot = Foot { identity: "PPAP 1f2e3d".to_owned(), watermark: watermark.map(str::to_owned), ..Foot::default() };
    bind(&front, (0, &entries), &volumes, &foot, &Progress::default()).unwrap()
}

fn page(document: &Document, at: usize) -> &Dictionary {
    document.get_dictionary(document.get_pages()[&(at as u32 + 1)]).unwrap()
}

#[test]
fn every_page_is_counted_and_the_contents_lead_to_them() {
    let file = ForeignPdf::read(&saved(of_another_program())).unwrap();
    let single = to_pdf(&report(120, Paper::A3)).unwrap().pages;
    let pdf = bound(&file, None);
    let count = 1 + single + 2 + single;
    assert_eq!(pdf.pages, count);
    let document = Document::load_mem(&pdf.bytes).unwrap();
    assert_eq!(document.get_pages().len(), count);
    let texts = extracted(&pdf.bytes);
    for (at, text) in texts.iter().enumerate() {
        assert!(text.contains(&format!("Package page {} of {count}", at + 1)), "page {at}: {text}");
        assert!(text.contains("PPAP 1f2e3d"));
    }
    let firsts = [2, 2 + single, 4 + single];
    for (title, first) in TITLES.iter().zip(firsts) {
        assert!(texts[0].contains(*title) && texts[0].contains(&first.to_string()), "{}", texts[0]);
    }
    let links = page(&document, 0).get(b"Annots").unwrap().as_array().unwrap();
    let pages = document.get_pages();
    let targets: Vec<_> = links
        .iter()
        .map(|link| link.as_dict().unwrap().get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap())
        .collect();
    assert_eq!(targets, firsts.map(|first| pages[&(first as u32)]));
}

#[test]
fn a_page_of_another_file_is_shown_upright_with_what_was_filled_in() {
    let file = ForeignPdf::read(&saved(of_another_program())).unwrap();
    assert_eq!(file.sizes(), [(842.0, 595.0), (200.0, 400.0)]);
    let pdf = bound(&file, Some("DRAFT"));
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let first = to_pdf(&report(120, Paper::A3)).unwrap().pages + 1;
    let texts = extracted(&pdf.bytes);
    assert!(texts[first].contains("Certificate 4711") && texts[first].contains("Signed"), "{}", texts[first]);
    assert!(texts[first + 1].contains("Certificate 4711"));
    assert!(texts.iter().all(|text| text.contains("DRAFT")), "the watermark is on every page");
    let turned = page(&document, first);
    assert!(turned.get(b"Rotate").is_err());
    let sides: Vec<f32> =
        turned.get(b"MediaBox").unwrap().as_array().unwrap().iter().map(|side| side.as_float().unwrap()).collect();
    assert_eq!(sides, [0.0, 0.0, 842.0, 595.0]);
}

#[test]
fn only_a_whole_fit_for_archives_says_so() {
    let of_others = ForeignPdf::read(&saved(of_another_program())).unwrap();
    assert!(!of_others.conforms());
    let says_so = |pdf: &Pdf| String::from_utf8_lossy(&pdf.bytes).contains("pdfaid:part");
    assert!(!says_so(&bound(&of_others, None)));
    let own = ForeignPdf::read(&to_pdf(&report(3, Paper::A4)).unwrap().bytes).unwrap();
    assert!(own.conforms());
    assert!(says_so(&bound(&own, None)));
}

#[test]
fn the_same_volumes_give_the_same_bytes() {
    let file = ForeignPdf::read(&saved(of_another_program())).unwrap();
    assert_eq!(bound(&file, None).bytes, bound(&file, None).bytes);
}

#[test]
fn what_cannot_be_bound_is_refused_with_the_reason() {
    for bytes in [&b""[..], b"no PDF at all", b"%PDF-1.7\n%%EOF"] {
        assert!(matches!(ForeignPdf::read(bytes), Err(ForeignError::Damaged(_))), "{bytes:?}");
    }
    let whole = saved(of_another_program());
    assert!(ForeignPdf::read(&whole[..whole.len() / 2]).is_err());
    assert_eq!(ForeignPdf::read(&locked()).unwrap_err(), ForeignError::Encrypted);
}

/// The page of another file may print down to its edge; the foot is below that.
#[test]
fn the_foot_has_a_strip_of_its_own() {
    for (width, height) in [(842.0, 595.0), (595.0, 842.0), (200.0, 60.0)] {
        let matrix = above_foot((width, height));
        let [left, bottom, right, top] = matrix.around([0.0, 0.0, width, height]);
        let room = FOOT_ROOM.min(height / 8.0);
        assert!((bottom - room).abs() < 0.01 && (top - height).abs() < 0.01, "{bottom} {top}");
        assert!(left > 0.0 && (left - (width - right)).abs() < 0.01, "in the middle");
        assert!(((right - left) / (top - bottom) - width / height).abs() < 0.001, "in proportion");
    }
}
