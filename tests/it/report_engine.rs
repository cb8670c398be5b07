//! The report engine on a form like the process FMEA: its bytes as other programs see them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use goldthread::base::fonts::{Style, fonts};
use goldthread::model::symbol::{LabelArea, Outline, Paint, SymbolShape};
use goldthread::report::display::{Direction, Display, Item, Page, Region, TextItem};
use goldthread::report::doc::{
    Bookmark, Cell, Column, ColumnGroup, Field, Header, Paragraph, Piece, Report, Rgb, Row, Rule, Section, Table,
};
use goldthread::report::paper::{PageSetup, Paper};
use goldthread::report::{LayoutError, lay_out, to_pdf};
use lopdf::{Dictionary, Document, Object};
use proptest::prelude::*;

/// A diamond with a letter.
fn diamond() -> Arc<SymbolShape> {
    let points = vec![[0.5, 0.0], [1.0, 0.5], [0.5, 1.0], [0.0, 0.5]];
    let outline = Outline { points, closed: true, paint: Paint::Line };
    let area = LabelArea { min: [0.28, 0.28], max: [0.72, 0.72] };
    Arc::new(SymbolShape::new(vec![outline], area).unwrap().with_label("S".into()))
}

const COLUMNS: [(&str, usize, f32, bool); 26] = [
    ("Process item", 0, 1.0, false),
    ("Process step", 0, 1.1, false),
    ("Work element", 0, 1.0, false),
    ("Function of process item", 1, 1.1, false),
    ("Function of step and product characteristic", 1, 1.4, false),
    ("Function of work element and process characteristic", 1, 1.4, false),
    ("Failure effects", 2, 1.8, false),
    ("Severity", 2, 0.0, true),
    ("Failure mode", 2, 1.4, false),
    ("Failure cause", 2, 1.6, false),
    ("Current prevention controls", 3, 1.6, false),
    ("Occurrence", 3, 0.0, true),
    ("Current detection controls", 3, 1.6, false),
    ("Detection", 3, 0.0, true),
    ("Action priority", 3, 0.0, true),
    ("Special characteristics", 3, 0.0, true),
    ("Prevention action", 4, 1.3, false),
    ("Detection action", 4, 1.3, false),
    ("Responsible", 4, 0.8, false),
    ("Target date", 4, 0.6, false),
    ("Status", 4, 0.6, false),
    ("Action taken", 4, 1.2, false),
    ("Severity", 4, 0.0, true),
    ("Occurrence", 4, 0.0, true),
    ("Detection", 4, 0.0, true),
    ("Action priority", 4, 0.0, true),
];

fn form(rows: usize) -> Table {
    let groups = [
        ("Structure analysis (step 2)", Rgb(0xe3, 0xea, 0xf4)),
        ("Function analysis (step 3)", Rgb(0xe2, 0xf0, 0xea)),
        ("Failure analysis (step 4)", Rgb(0xf6, 0xec, 0xdd)),
        ("Risk analysis (step 5)", Rgb(0xf5, 0xe4, 0xe2)),
        ("Optimisation (step 6)", Rgb(0xea, 0xe5, 0xf3)),
    ];
    let columns = COLUMNS.iter().map(|(title, group, weight, turned)| {
        if *turned { Column::narrow(title, Some(*group), 2.0, true) } else { Column::text(title, Some(*group), *weight) }
    });
    Table {
        columns: columns.collect(),
        groups: groups.into_iter().map(|(title, tint)| ColumnGroup { title: title.to_owned(), tint }).collect(),
        rows: (0..rows).map(|row| form_row(row, rows)).collect(),
        bands: vec![(0..16).collect(), [8, 9].into_iter().chain(16..26).collect()],
        ..Table::default()
    }
}

/// Six causes a step, three a failure mode.
fn form_row(row: usize, rows: usize) -> Row {
    let (of_step, of_mode) = ((rows - row).min(6), (rows - row).min(3));
    let (step, mode) = (row.is_multiple_of(6), row.is_multiple_of(3));
    let number = row / 6 * 10 + 10;
    let mut cells = Vec::new();
    if row == 0 {
        cells.push(Cell::plain(0, "Electric parking brake actuator, assembly line 4").over_rows(rows));
        cells.push(Cell::plain(3, "Own plant: assemble the actuator within the cycle time of 42 s.\nShip-to plant: fits the caliper.\nEnd user: holds the vehicle on a gradient of 30 %.").over_rows(rows));
    }
    if step {
        cells.push(Cell::plain(1, &format!("{number} Tighten gear cover with four M5×16 screws")).over_rows(of_step));
        cells.push(Cell::plain(4, "Cover tightened to 6.0 ± 0.5\u{a0}Nm at all four screws, gap ≤ 0.1\u{a0}mm").over_rows(of_step));
    }
    if mode {
        cells.push(Cell::plain(2, "Machine: EC screwdriver SD-4").over_rows(of_mode));
        cells.push(Cell::plain(5, "Spindle reaches the programmed torque and angle window").over_rows(of_mode));
        let effects = ["Own plant: scrap at end-of-line test, 100 %", "Ship-to plant: line stop of the caliper assembly", "End user: loss of the parking function on a slope"];
        cells.push(Cell::new(6, effects.map(Paragraph::plain).to_vec()).over_rows(of_mode));
        cells.push(Cell::plain(7, "8").over_rows(of_mode));
        cells.push(Cell::plain(8, &format!("Screw torque too low (mode {})", row / 3 + 1)).over_rows(of_mode));
    }
    let priority = [("H", Rgb(0xfb, 0xe6, 0xe4)), ("M", Rgb(0xff, 0xf0, 0xcf)), ("L", Rgb(0xe4, 0xf3, 0xe8))][row % 3];
    cells.push(Cell::plain(9, &format!("Bit worn beyond limit, cause {}", row + 1)));
    cells.push(Cell::new(10, ["Tool life counter, 50,000 cycles", "Bit change by maintenance plan WI-0815"].map(Paragraph::plain).to_vec()));
    cells.push(Cell::plain(11, "4"));
    cells.push(Cell::plain(12, "Torque and angle monitoring 100 %, NOK part is locked"));
    cells.push(Cell::plain(13, "3"));
    cells.push(Cell::plain(14, priority.0).filled(priority.1));
    cells.push(Cell::new(15, vec![Paragraph::symbol(diamond(), "<S>")]));
    if row.is_multiple_of(4) {
        cells.push(Cell::plain(16, "Introduce torque transducer in line"));
        cells.push(Cell::plain(18, "M. Żółkiewski"));
        cells.push(Cell::plain(19, "2026-03-31"));
        cells.push(Cell::plain(20, "Completed"));
        cells.push(Cell::plain(21, "Transducer installed, see report 4711"));
        for (column, value) in [(22, "8"), (23, "2"), (24, "3")] {
            cells.push(Cell::plain(column, value));
        }
        cells.push(Cell::plain(25, "L").filled(Rgb(0xe4, 0xf3, 0xe8)));
    }
    let bookmarks = if step {
        vec![Bookmark { level: 0, title: format!("{number} Tighten gear cover") }, Bookmark { level: 1, title: "Screw torque too low".to_owned() }]
    } else {
        Vec::new()
    };
    let rule = if step { Rule::Step } else if mode { Rule::Mode } else { Rule::Hairline };
    Row { cells, rule, starts_group: mode, bookmarks }
}

fn report(rows: usize, paper: Paper) -> Report {
    let fields = vec![
        vec![
            Field::new("Company name", "Brakes & Actuators GmbH", 2.0),
            Field::new("Manufacturing location", "Plant Žilina, hall 3", 2.0),
            Field::new("Customer", "Example Motors", 2.0),
            Field::new("Model year / program", "2027 / EPB-4", 1.5),
            Field::new("Confidentiality", "Confidential", 1.0),
        ],
        vec![
            Field::new("Subject", "Electric parking brake actuator, final assembly", 2.0),
            Field::new("Start date", "2026-01-12", 1.0),
            Field::new("Revision date", "2026-06-30", 1.0),
            Field::new("Cross-functional team", "A. Novák (process), B. Weiß (quality), C. Łoś (maintenance), D. Smith (customer)", 3.5),
            Field::new("Process responsibility", "A. Novák", 1.0),
        ],
    ];
    Report {
        title: "Process FMEA".to_owned(),
        number: "PFMEA-4711".to_owned(),
        language: "en".to_owned(),
        author: "A. Novák".to_owned(),
        subject: "Electric parking brake".to_owned(),
        date: Some(goldthread::base::clock::Date::constant(2026, 6, 30)),
        page: PageSetup::landscape(paper),
        body_size: 6.5,
        header: Header {
            organisation: "Brakes & Actuators GmbH".to_owned(),
            organisation_detail: "Plant Žilina".to_owned(),
            corner: vec!["Revision B · 2026-06-30".to_owned()],
            fields,
            fields_on_every_page: false,
        },
        sections: vec![Section { title: Some("Process FMEA".to_owned()), table: form(rows), new_page: false }],
        footer_left: "Confidential".to_owned(),
        footer_center: "PFMEA-4711 revision B draft 3".to_owned(),
        watermark: Some("DRAFT".to_owned()),
    }
}

/// The words of each cell in page order, white space left out, without the marks of continued cells.
fn words_of_cells(display: &Display) -> BTreeMap<(u32, u32), String> {
    let mut words: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for item in display.pages.iter().flat_map(|page| &page.items) {
        let (region, text) = match item {
            Item::Text(text) if text.style != Style::Italic => (text.region, text.text.as_str()),
            Item::Symbol { region, text, .. } => (*region, &**text),
            _ => continue,
        };
        if let Region::Cell { row, column, .. } = region {
            words.entry((row, column)).or_default().push_str(&visible(text));
        }
    }
    words
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text_of(content: &[Paragraph]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text { text, .. } | Piece::Symbol { text, .. } => visible(text),
    };
    content.iter().flat_map(|paragraph| &paragraph.pieces).map(piece).collect()
}

/// Every cell stands on paper whole at least once, and what is repeated is repeated whole.
fn assert_nothing_is_lost(report: &Report, display: &Display) {
    let shown = words_of_cells(display);
    for (row, cells) in report.sections[0].table.rows.iter().enumerate() {
        for cell in &cells.cells {
            let wanted = text_of(&cell.content);
            let found = shown.get(&(row as u32, cell.column as u32)).map_or("", String::as_str);
            let copies = if wanted.is_empty() { 0 } else { (found.len() / wanted.len()).max(1) };
            assert_eq!(found, wanted.repeat(copies), "row {row}, column {}", cell.column);
        }
    }
}

/// No word leaves the sheet, crosses a line of the form or stands on another word.
fn assert_nothing_collides(page: &Page, margin: f32) {
    struct Box {
        left: f32,
        right: f32,
        top: f32,
        bottom: f32,
    }
    let boxed = |text: &TextItem| {
        let capitals = fonts().metrics(text.style.face()).cap_height * text.size;
        let width = fonts().width(text.style, &text.text) * text.size;
        let width = width + if text.hyphen { fonts().width(text.style, "-") * text.size } else { 0.0 };
        Box { left: text.x, right: text.x + width, top: text.y - capitals, bottom: text.y }
    };
    let texts = page.items.iter().filter_map(|item| match item {
        Item::Text(text) if text.direction == Direction::Across && !text.text.is_empty() => Some((boxed(text), text)),
        _ => None,
    });
    let texts: Vec<(Box, &TextItem)> = texts.collect();
    for (place, text) in &texts {
        assert!(place.left >= margin - 0.1 && place.right <= page.width - margin + 0.1, "{text:?} leaves the sheet");
        assert!(place.top >= margin && place.bottom <= page.height - margin, "{text:?} leaves the sheet");
        for item in &page.items {
            let Item::Line { ends: [x1, y1, x2, y2], .. } = item else { continue };
            let across = x1.max(place.left + 0.1) < x2.min(place.right - 0.1) && (place.top..place.bottom).contains(y1);
            let upright = y1.max(place.top) < y2.min(place.bottom) && x1 == x2 && place.left + 0.1 < *x1 && *x1 < place.right - 0.1;
            assert!(!(across && y1 == y2) && !upright, "{text:?} crosses {item:?}");
        }
    }
    for (at, (one, text)) in texts.iter().enumerate() {
        for (two, other) in &texts[..at] {
            let apart = one.left >= two.right - 0.1 || two.left >= one.right - 0.1;
            let apart = apart || one.top >= two.bottom - 0.1 || two.top >= one.bottom - 0.1;
            assert!(apart, "{text:?} stands on {other:?}");
        }
    }
}

#[test]
fn the_form_stands_on_paper_whole() {
    for paper in Paper::ALL {
        let report = report(40, paper);
        let display = lay_out(&report).unwrap();
        assert_nothing_is_lost(&report, &display);
        display.pages.iter().for_each(|page| assert_nothing_collides(page, report.page.margin));
    }
}

#[test]
fn a_cut_cell_is_repeated_with_a_mark() {
    let report = report(60, Paper::A3);
    let display = lay_out(&report).unwrap();
    assert!(display.pages.len() > 1);
    for page in &display.pages[1..] {
        let first_column = page.items.iter().filter_map(|item| match item {
            Item::Text(text) if matches!(text.region, Region::Cell { row: 0, column: 0, .. }) => Some(text.text.as_str()),
            _ => None,
        });
        let words = first_column.collect::<Vec<_>>().join(" ");
        assert!(words.starts_with("Electric") && words.ends_with("line 4 (cont.)"), "{words}");
    }
}

#[test]
fn column_headings_and_page_numbers_stand_on_every_page() {
    let report = report(60, Paper::A3);
    let display = lay_out(&report).unwrap();
    for (number, page) in display.pages.iter().enumerate() {
        let texts: Vec<&str> =
            page.items.iter().filter_map(|item| if let Item::Text(text) = item { Some(&*text.text) } else { None }).collect();
        assert!(texts.contains(&format!("Page {} of {}", number + 1, display.pages.len()).as_str()));
        assert!(texts.contains(&"Failure effects") && texts.contains(&"Structure analysis (step 2)"));
        assert!(texts.contains(&"DRAFT"));
    }
}

#[test]
fn a_row_higher_than_a_page_goes_on_over_the_pages() {
    let mut report = report(3, Paper::A4);
    let long = (0..2000).map(|word| format!("word{word}")).collect::<Vec<_>>().join(" ");
    report.sections[0].table.rows[1].cells[0] = Cell::plain(9, &long);
    let display = lay_out(&report).unwrap();
    assert!(display.pages.len() > 5);
    assert_nothing_is_lost(&report, &display);
    display.pages.iter().for_each(|page| assert_nothing_collides(page, report.page.margin));
}

#[test]
fn a_narrow_sheet_gets_bands_and_without_bands_a_proposal() {
    let mut report = report(12, Paper::Letter);
    report.page = PageSetup::portrait(Paper::Letter);
    let display = lay_out(&report).unwrap();
    assert_nothing_is_lost(
        &Report { sections: vec![Section { table: without_repeated_columns(&report), ..Section::default() }], ..Report::default() },
        &display,
    );
    let sizes = display.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Text(text) if matches!(text.region, Region::Cell { .. }) => Some(text.size),
        _ => None,
    });
    assert!(sizes.fold(f32::MAX, f32::min) >= 6.0);
    report.sections[0].table.bands.clear();
    let refusal = lay_out(&report).unwrap_err();
    assert!(matches!(refusal, LayoutError::TooNarrow { larger: Some(Paper::Tabloid), .. }));
    assert!(refusal.to_string().contains("print it on Tabloid"), "{refusal}");
}

/// The form without the two columns that stand in both bands.
fn without_repeated_columns(report: &Report) -> Table {
    let mut table = report.sections[0].table.clone();
    for row in &mut table.rows {
        row.cells.retain(|cell| !matches!(cell.column, 8 | 9));
    }
    table
}

#[test]
fn too_many_header_fields_become_a_table() {
    let mut report = report(3, Paper::A4);
    let team = (0..900).map(|member| format!("Member{member}")).collect::<Vec<_>>().join(", ");
    report.header.fields[1].push(Field::new("Guests", &team, 1.0));
    let display = lay_out(&report).unwrap();
    let shown: BTreeSet<String> = display
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| if let Item::Text(text) = item { Some(text.text.clone()) } else { None })
        .flat_map(|text| text.split([' ', ',']).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!((0..900).all(|member| shown.contains(&format!("Member{member}"))));
    display.pages.iter().for_each(|page| assert_nothing_collides(page, report.page.margin));
}

/// What a reader of the file finds: the text of each page through the fonts' own maps, and what stands in for drawings.
fn extracted(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).unwrap();
    document.get_pages().values().map(|page| extracted_page(&document, *page)).collect()
}

fn extracted_page(document: &Document, page: lopdf::ObjectId) -> String {
    let fonts = document.get_page_fonts(page).unwrap();
    let maps: BTreeMap<&[u8], BTreeMap<u16, String>> =
        fonts.iter().map(|(name, font)| (name.as_slice(), unicode_map(document, font))).collect();
    let mut text = String::new();
    let mut map = None;
    let mut spans = vec![];
    for operation in document.get_and_decode_page_content(page).unwrap().operations {
        match operation.operator.as_str() {
            "Tf" => map = maps.get(operation.operands[0].as_name().unwrap()),
            "BMC" => spans.push(false),
            "BDC" => {
                let actual = operation.operands[1].as_dict().unwrap().get(b"ActualText").unwrap().as_str().unwrap();
                let units: Vec<u16> = actual[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                text.push_str(&String::from_utf16(&units).unwrap());
                spans.push(true);
            }
            "EMC" => drop(spans.pop()),
            "Tm" => text.push('\n'),
            "Tj" if !spans.contains(&true) => {
                for code in operation.operands[0].as_str().unwrap().chunks(2) {
                    text.push_str(&map.unwrap()[&u16::from_be_bytes([code[0], code[1]])]);
                }
            }
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
        let units: Vec<u16> =
            text.as_bytes().chunks(4).map(|unit| u16::from_str_radix(str::from_utf8(unit).unwrap(), 16).unwrap()).collect();
        Some((u16::from_str_radix(code, 16).ok()?, String::from_utf16(&units).unwrap()))
    };
    str::from_utf8(&content).unwrap().lines().filter(|line| *line != "<0000> <FFFF>").filter_map(entry).collect()
}

#[test]
fn the_text_of_the_file_is_the_text_of_the_form() {
    let mut report = report(12, Paper::A3);
    report.sections[0].table.rows[2].cells[0] = Cell::plain(9, "Ω at 23\u{a0}°C ≥ 4 µm\u{2009}(漢) Überwachungseinrichtungsverantwortlichkeitszuordnung 𝛼");
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

#[test]
fn a_wrong_page_model_is_refused() {
    let mut report = report(3, Paper::A3);
    report.sections[0].table.rows[1].cells.push(Cell::plain(26, "outside"));
    assert_eq!(lay_out(&report), Err(LayoutError::CellOutside { section: 0, row: 1, column: 26 }));
}

/// A column as the heights of its merged cells, with their texts.
fn column() -> impl Strategy<Value = Vec<(usize, Vec<String>)>> {
    let text = prop_oneof![
        4 => "[a-zA-Z0-9 ,.%-]{0,40}",
        2 => "\\PC{0,30}",
        1 => "([A-Za-zäöüß\u{ad}]{1,40} ?){1,6}",
        1 => "(word ){200,900}",
        1 => "[ -~\n\t\u{0}-\u{1f}\u{a0}]{0,60}",
    ];
    prop::collection::vec((1..12_usize, prop::collection::vec(text, 0..3)), 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_in_any_merged_cell_stands_on_paper(columns in prop::collection::vec(column(), 1..7), groups in any::<u64>()) {
        let rows = columns.iter().map(|cells| cells.iter().map(|(rows, _)| rows).sum::<usize>()).max().unwrap_or(0);
        let mut table = Table {
            columns: columns.iter().map(|_| Column::text("Heading", None, 1.0)).collect(),
            rows: (0..rows).map(|row| Row { starts_group: groups >> (row % 64) & 1 == 1, ..Row::default() }).collect(),
            ..Table::default()
        };
        for (column, cells) in columns.iter().enumerate() {
            let mut row = 0;
            for (height, texts) in cells {
                let content = texts.iter().map(|text| Paragraph::plain(text)).collect();
                table.rows[row].cells.push(Cell::new(column, content).over_rows(*height));
                row += height;
            }
        }
        let mut report = report(0, Paper::A4);
        report.sections[0].table = table;
        let display = lay_out(&report).unwrap();
        assert_nothing_is_lost(&report, &display);
        display.pages.iter().for_each(|page| assert_nothing_collides(page, report.page.margin));
    }
}
