//! Small files that claim or unpack to very much.

use goldthread::exchange::import::read::{Fault, read};

use super::seeds::{Part, compound, pack};

/// The most memory that this process ever had in use, in bytes.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

/// Reads a file and returns whether it was refused for its size.
fn refused(file: &str, bytes: &[u8]) -> bool {
    let outcome = read(file, bytes);
    #[cfg(target_os = "linux")]
    assert!(peak() < 1_000_000_000, "{file} needed {} MB", peak() / 1_000_000);
    match outcome {
        Ok(_) => false,
        Err(error) => {
            assert!(matches!(error.fault, Fault::TooLarge { .. }), "{error}");
            true
        }
    }
}

/// A workbook with this sheet, these shared strings and these cell formats.
fn xlsx(sheet: Vec<u8>, strings: Vec<u8>, formats: Vec<u8>) -> Vec<u8> {
    let relations = |of: &[(&str, &str)]| {
        let each = of
            .iter()
            .enumerate()
            .map(|(id, (kind, target))| format!(r#"<Relationship Id="r{id}" Type="x/{kind}" Target="{target}"/>"#));
        format!("<Relationships>{}</Relationships>", each.collect::<String>()).into_bytes()
    };
    let book = br#"<workbook><sheets><sheet name="S" r:id="r0"/></sheets></workbook>"#.to_vec();
    let parts: [Part; 6] = [
        ("_rels/.rels".into(), relations(&[("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml".into(), book),
        (
            "xl/_rels/workbook.xml.rels".into(),
            relations(&[("worksheet", "sheet.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml")]),
        ),
        ("xl/sheet.xml".into(), sheet),
        ("xl/strings.xml".into(), strings),
        ("xl/styles.xml".into(), formats),
    ];
    pack(&parts)
}

fn repeated(before: &str, text: &str, count: usize, behind: &str) -> Vec<u8> {
    [before.as_bytes(), &text.as_bytes().repeat(count), behind.as_bytes()].concat()
}

fn ods(content: &str) -> Vec<u8> {
    pack(&[
        ("mimetype".into(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("content.xml".into(), content.into()),
    ])
}

#[test]
fn what_unpacks_to_very_much() {
    let strings = repeated("<sst><si><t>", "a", 250_000_000, "</t></si></sst>");
    assert!(refused("strings.xlsx", &xlsx(Vec::new(), strings, Vec::new())));
}

#[test]
fn one_text_in_very_many_cells() {
    let cells = repeated("<sheetData>", "<row><c t=\"s\"><v>0</v></c></row>", 2_000, "</sheetData>");
    let strings = repeated("<sst><si><t>", "a", 900_000, "</t></si></sst>");
    assert!(refused("cells.xlsx", &xlsx(cells, strings, Vec::new())));
}

#[test]
fn claims_that_nothing_stands_behind() {
    let strings = b"<sst count=\"99999999999\" uniqueCount=\"99999999999\"/>".to_vec();
    let sheet = b"<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>\
                  <cols><col min=\"1\" max=\"4294967295\" hidden=\"1\"/></cols>"
        .to_vec();
    let formats = repeated("<styleSheet><cellXfs>", "<xf/>", 100_000, "</cellXfs></styleSheet>");
    assert!(!refused("claims.xlsx", &xlsx(sheet, strings, formats)));
}

#[test]
fn areas_merged_again_and_again() {
    let sheet = |area: &str, count: usize| xlsx(repeated("<s>", area, count, "</s>"), Vec::new(), Vec::new());
    assert!(refused("merged.xlsx", &sheet("<mergeCell ref=\"A1:Z100\"/>", 2_000)));
    assert!(!refused("background.xlsx", &sheet("<mergeCell ref=\"A1:XFD1048576\"/>", 2_000)));
}

#[test]
fn repetitions_of_repetitions() {
    let table = |cell: &str| {
        let row = format!("<table:table-row table:number-rows-repeated=\"4000000000\">{cell}</table:table-row>");
        ods(&format!("<d><table:table>{row}{row}</table:table></d>"))
    };
    let text = format!("office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>", "x".repeat(50_000));
    assert!(refused(
        "columns.ods",
        &table(&format!("<table:table-cell table:number-columns-repeated=\"4000000000\" {text}"))
    ));
    assert!(refused("rows.ods", &table(&format!("<table:table-cell {text}"))));
    assert!(refused(
        "spans.ods",
        &table(
            "<table:table-cell table:number-columns-repeated=\"9999\" table:number-rows-spanned=\"9\" table:number-columns-spanned=\"9\"/>"
        )
    ));
    assert!(!refused("empty.ods", &table("<table:table-cell table:number-columns-repeated=\"4000000000\"/>")));
}

/// A record of Excel 97.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// A workbook of Excel 97 with a sheet of these records.
fn xls(records: &[u8]) -> Vec<u8> {
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let place = begin.len() + 4 + 9 + end.len();
    let sheet = record(0x0085, &[&(place as u32).to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat());
    compound(&[&begin, &sheet, &end, &begin, records, &end].concat())
}

fn number(row: u16, column: u16) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    record(0x0203, &[&place[..], &1.5_f64.to_le_bytes()].concat())
}

#[test]
fn far_corners_of_old_sheets() {
    let dimensions = record(0x0200, &[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0]);
    assert!(!refused("corners.xls", &xls(&[dimensions, number(0, 0), number(65_535, 255)].concat())));
    let diagonal: Vec<u8> = (0..9_000).flat_map(|place| number(place, place)).collect();
    assert!(refused("diagonal.xls", &xls(&diagonal)));
}

#[test]
fn texts_of_nothing_but_separators() {
    assert!(refused("commas.csv", &b",".repeat(1_000_000)));
    assert!(refused("long.csv", &vec![0x80; 1_000_000]));
    assert!(refused("large.csv", &vec![b'x'; 31_000_000]));
}
