//! The bytes as other programs see them: text, bookmarks, properties.

use std::collections::BTreeMap;

use goldthread::report::doc::Cell;
use goldthread::report::paper::Paper;
use goldthread::report::to_pdf;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

use super::form::{report, text_of, visible};

/// What a reader of the file finds: the text of each page through the fonts' own maps, and what stands in for drawings.
pub fn extracted(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).unwrap();
    document.get_pages().values().map(|page| extracted_page(&document, *page)).collect()
}

fn extracted_page(document: &Document, page: lopdf::ObjectId) -> String {
    let resources = document.get_dictionary(page).unwrap().get(b"Resources").unwrap();
    let content = document.get_and_decode_page_content(page).unwrap();
    painted(document, document.dereference(resources).unwrap().1.as_dict().unwrap(), &content)
}

/// The text of a page, or of a part of it that is painted on its own.
fn painted(document: &Document, resources: &Dictionary, content: &Content) -> String {
    let of_kind = |kind: &[u8]| -> BTreeMap<Vec<u8>, &Object> {
        let found = resources.get(kind).map(|found| document.dereference(found).unwrap().1.as_dict().unwrap());
        let entries = found.into_iter().flatten();
        entries.map(|(name, object)| (name.clone(), document.dereference(object).unwrap().1)).collect()
    };
    let forms = of_kind(b"XObject");
    let maps: BTreeMap<Vec<u8>, Option<BTreeMap<u16, String>>> = of_kind(b"Font")
        .into_iter()
        .map(|(name, font)| {
            let font = font.as_dict().unwrap();
            (name, font.has(b"ToUnicode").then(|| unicode_map(document, font)))
        })
        .collect();
    let mut text = String::new();
    let mut map = None;
    let mut spans = vec![];
    for operation in &content.operations {
        match operation.operator.as_str() {
            "Tf" => map = maps.get(operation.operands[0].as_name().unwrap()),
            "Do" => {
                let form = forms[operation.operands[0].as_name().unwrap()].as_stream().unwrap();
                if form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
                    continue;
                }
                let own = document.dereference(form.dict.get(b"Resources").unwrap()).unwrap().1.as_dict().unwrap();
                let content = Content::decode(&form.get_plain_content().unwrap()).unwrap();
                text.push_str(&painted(document, own, &content));
            }
            "BMC" => spans.push(false),
            "BDC" => {
                let actual = operation.operands[1].as_dict().unwrap().get(b"ActualText").unwrap().as_str().unwrap();
                let units: Vec<u16> =
                    actual[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                if !units.is_empty() {
                    text.push('\n');
                    text.push_str(&String::from_utf16(&units).unwrap());
                }
                spans.push(true);
            }
            "EMC" => drop(spans.pop()),
            "Tm" => text.push('\n'),
            "Tj" if !spans.contains(&true) => match map.unwrap() {
                Some(map) => {
                    for code in operation.operands[0].as_str().unwrap().chunks(2) {
                        text.push_str(&map[&u16::from_be_bytes([code[0], code[1]])]);
                    }
                }
                None => text.push_str(&String::from_utf8_lossy(operation.operands[0].as_str().unwrap())),
            },
            _ => {}
        }
    }
    text
}

/// The lines `<code> <text>` of a ToUnicode map.
fn unicode_map(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = document.get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap();
    let content = stream.as_stream().unwrap().get_plain_content().unwrap();
    let entry = |line: &str| {
        let (code, text) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <")?;
        let units: Vec<u16> = text
            .as_bytes()
            .chunks(4)
            .map(|unit| u16::from_str_radix(str::from_utf8(unit).unwrap(), 16).unwrap())
            .collect();
        Some((u16::from_str_radix(code, 16).ok()?, String::from_utf16(&units).unwrap()))
    };
    str::from_utf8(&content).unwrap().lines().filter(|line| *line != "<0000> <FFFF>").filter_map(entry).collect()
}

#[test]
fn the_text_of_the_file_is_the_text_of_the_form() {
    let mut report = report(12, Paper::A3);
    report.sections[0].table.rows[2].cells[0] =
        Cell::plain(9, "Ω at 23\u{a0}°C ≥ 4 µm\u{2009}(漢) Überwachungseinrichtungsverantwortlichkeitszuordnung 𝛼");
    let pdf = to_pdf(&report).unwrap();
    assert!(pdf.missing.contains(&'漢'));
    let pages = extracted(&pdf.bytes);
    assert_eq!(pages.len(), pdf.pages);
    let text = visible(&pages.concat());
    for cell in report.sections[0].table.rows.iter().flat_map(|row| &row.cells) {
        assert!(text.contains(&text_of(&cell.content)), "{:?} is not found", text_of(&cell.content));
    }
    let fields = report.header.fields.iter().flatten().map(|field| text_of(&field.value));
    fields.for_each(|field| assert!(text.contains(&field), "{field} is not found"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = report(30, Paper::A3);
    assert_eq!(to_pdf(&report).unwrap().bytes, to_pdf(&report).unwrap().bytes);
    let mut other = report.clone();
    other.number.push('a');
    assert_ne!(identity(&to_pdf(&report).unwrap().bytes), identity(&to_pdf(&other).unwrap().bytes));
}

fn identity(bytes: &[u8]) -> Object {
    Document::load_mem(bytes).unwrap().trailer.get(b"ID").unwrap().clone()
}

#[test]
fn bookmarks_make_a_tree_that_leads_to_the_steps() {
    let pdf = to_pdf(&report(60, Paper::A3)).unwrap();
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let root = document.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let sections = children(&document, root);
    assert_eq!(sections.iter().map(|(title, _, _)| title.as_str()).collect::<Vec<_>>(), ["Process FMEA"]);
    let steps = children(&document, sections[0].1);
    assert_eq!(steps.len(), 10);
    assert_eq!(steps[9].0, "100 Tighten gear cover");
    assert_eq!(children(&document, steps[9].1)[0].0, "Screw torque too low");
    let pages: Vec<lopdf::ObjectId> = document.get_pages().into_values().collect();
    assert_eq!(steps[0].2, pages[0]);
    assert_eq!(Some(&steps[9].2), pages.last());
}

/// Title, object and page of the entries below one.
fn children(document: &Document, parent: lopdf::ObjectId) -> Vec<(String, lopdf::ObjectId, lopdf::ObjectId)> {
    let reference = |id, key: &[u8]| document.get_dictionary(id).unwrap().get(key).and_then(Object::as_reference).ok();
    let mut found = Vec::new();
    let mut next = reference(parent, b"First");
    while let Some(id) = next {
        let entry = document.get_dictionary(id).unwrap();
        let title = String::from_utf8(entry.get(b"Title").unwrap().as_str().unwrap().to_vec()).unwrap();
        let page = entry.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        found.push((title, id, page));
        next = reference(id, b"Next");
    }
    assert_eq!(reference(parent, b"Last"), found.last().map(|(_, id, _)| *id));
    found
}

#[test]
fn properties_of_the_file_are_those_of_the_report() {
    let pdf = to_pdf(&report(3, Paper::A3)).unwrap();
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let information = document.get_dictionary(document.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let author: Vec<u8> = "\u{feff}A. Novák".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(information.get(b"Title").unwrap().as_str().unwrap(), b"Process FMEA PFMEA-4711");
    assert_eq!(information.get(b"Author").unwrap().as_str().unwrap(), author);
    assert_eq!(information.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20260630000000Z");
    assert_eq!(document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"en");
}
