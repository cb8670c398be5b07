//! What is no spreadsheet, protected, damaged or too large: refused with a sentence that says so and what to do.

use std::io::{Cursor, Write};

use goldthread::exchange::import::read::{Fault, read};

use super::{container, fault};

fn message(file: &str, bytes: &[u8]) -> String {
    read(file, bytes).map(|_| ()).expect_err(file).to_string()
}

#[test]
fn what_is_something_else_is_named() {
    let relations = |main: &str| {
        format!(r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="{main}"/></Relationships>"#)
    };
    let word = container(&[("_rels/.rels", &relations("word/document.xml")), ("word/document.xml", "<document/>")]);
    let slides = container(&[("_rels/.rels", &relations("ppt/presentation.xml")), ("ppt/presentation.xml", "<p/>")]);
    let binary = container(&[("_rels/.rels", &relations("xl/workbook.bin")), ("xl/workbook.bin", "x")]);
    let writer = container(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]);
    let archive = container(&[("fmea.xlsx", "x")]);
    for (file, bytes, what) in [
        ("x.pdf", &b"%PDF-1.7\n"[..], "a PDF document"),
        ("x.xlsx", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("x.csv", b"\xFF\xD8\xFF\xE0", "a picture"),
        ("x.doc", b"{\\rtf1 text}", "a text document (RTF)"),
        ("x.7z", b"7z\xBC\xAF\x27\x1C", "an archive"),
        ("x.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00", "a workbook of Excel before 1997"),
        ("x.xlsx", &word, "a text document (Word)"),
        ("x.xlsx", &slides, "a presentation (PowerPoint)"),
        ("x.xlsb", &binary, "a binary workbook (xlsb)"),
        ("x.ods", &writer, "a document of another kind than a spreadsheet"),
        ("x.zip", &archive, "an archive"),
        ("x.xml", b"<?xml version=\"1.0\"?><orders/>", "an XML document"),
        ("x.mht", b"MIME-Version: 1.0\r\n", "a web archive"),
        ("x.dat", &[1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20], "a file of unknown kind"),
    ] {
        match fault(file, bytes) {
            Fault::Foreign { what: found, .. } => assert_eq!(found, what),
            other => panic!("{file}: {other}"),
        }
    }
    assert_eq!(
        message("x.pdf", b"%PDF-1.7\n"),
        "x.pdf is a PDF document, not a spreadsheet: copy its table into a spreadsheet, save that as xlsx and import it"
    );
    assert_eq!(message("x.csv", b""), "x.csv is empty");
}

/// A compound file with this stream.
fn compound(stream: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(bytes).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn what_is_protected_is_said_to_be() {
    // A workbook of Excel 2007 and later that is encrypted stands in a compound file; that of Excel 97 has a record for it.
    let begin = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let protected = [&begin[..], &[0x2F, 0x00, 0x06, 0x00, 1, 0, 1, 0, 1, 0], &[0x0A, 0x00, 0x00, 0x00]].concat();
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let ods = container(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "\u{1}\u{2}"),
    ]);
    for bytes in [compound("EncryptedPackage", b"secret"), compound("Workbook", &protected), ods] {
        assert_eq!(
            message("x.xlsx", &bytes),
            "x.xlsx is protected with a password: open it in the spreadsheet program, save a copy without password and import that"
        );
    }
    assert!(matches!(fault("x.doc", &compound("WordDocument", b"x")), Fault::Foreign { .. }));
    assert!(matches!(fault("x.msg", &compound("__properties", b"x")), Fault::Foreign { .. }));
}

#[test]
fn what_is_damaged_is_said_to_be() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "x").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    for damaged in [&bytes[..bytes.len() / 2], &bytes[..bytes.len() - 1], &b"PK\x03\x04"[..], &b"PK\x05\x06rest"[..]] {
        assert!(matches!(fault("x.xlsx", damaged), Fault::Damaged { .. }));
    }
    let xls = include_bytes!("../../fixtures/excel-97.xls");
    for cut in [8, 600, xls.len() / 2] {
        assert!(matches!(fault("x.xls", &xls[..cut]), Fault::Damaged { .. }), "{cut}");
    }
}

/// A workbook with this sheet.
fn with_sheet(sheet: &str) -> Vec<u8> {
    container(&[
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>"#),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>"#,
        ),
        ("xl/s.xml", sheet),
    ])
}

#[test]
fn what_is_too_large_is_refused_with_what_is() {
    let cell = |place: &str| with_sheet(&format!(r#"<sheetData><row><c r="{place}"><v>1</v></c></row></sheetData>"#));
    for (file, bytes, part) in [
        ("x.xlsx", cell("XFE1"), "sheet “S” has a cell at XFE1"),
        ("x.xlsx", cell("A1048577"), "sheet “S” has a cell at A1048577"),
        ("x.csv", ",".repeat(20_000).into_bytes(), "a line has 20001 columns, where a sheet has 16384"),
        ("x.csv", [&b"\n".repeat(1_048_576)[..], b"x"].concat(), "sheet “x” has more than 1048576 rows"),
        ("x.csv", vec![b'x'; 2_000_000], "cell A1 of sheet “x” holds more than 1 MB of text"),
        (
            "x.xls",
            format!("<table>{}</table>", "<td colspan=1000>x".repeat(20)).into_bytes(),
            "it has more than 16384 columns",
        ),
    ] {
        assert_eq!(
            message(file, &bytes),
            format!(
                "{file} is too large to import: {part}. Delete what is not needed in the spreadsheet program, or split the file"
            )
        );
    }
}
