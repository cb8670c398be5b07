//! What stands where: nothing is lost, nothing collides, whatever the texts are.

use std::collections::{BTreeMap, BTreeSet};

use goldthread::base::fonts::{Style, fonts};
use goldthread::report::display::{Direction, Display, Item, Page, Region, TextItem};
use goldthread::report::doc::{Cell, Column, Field, Paragraph, Report, Row, Section, Table};
use goldthread::report::paper::{PageSetup, Paper};
use goldthread::report::{LayoutError, lay_out};
use proptest::prelude::*;

use super::form::{report, text_of, visible};

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

#[allow(clippy::float_cmp, reason = "a line is level or upright exactly or not at all")]
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
            let level = y1 == y2 && (place.top..place.bottom).contains(y1);
            let upright = x1 == x2 && (place.left + 0.1..place.right - 0.1).contains(x1);
            let across = level && x1.max(place.left + 0.1) < x2.min(place.right - 0.1);
            let through = upright && y1.max(place.top) < y2.min(place.bottom);
            assert!(!across && !through, "{text:?} crosses {item:?}");
        }
    }
    // Marks stand over the letter they belong to.
    let is_mark = |text: &TextItem| text.text.chars().all(unicode_normalization::char::is_combining_mark);
    let letters: Vec<_> = texts.iter().filter(|(_, text)| !is_mark(text)).collect();
    for (at, (one, text)) in letters.iter().enumerate() {
        for (two, other) in &letters[..at] {
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
            Item::Text(text) if matches!(text.region, Region::Cell { row: 0, column: 0, .. }) => {
                Some(text.text.as_str())
            }
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
        let texts: Vec<&str> = page
            .items
            .iter()
            .filter_map(|item| if let Item::Text(text) = item { Some(&*text.text) } else { None })
            .collect();
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
        &Report {
            sections: vec![Section { table: without_repeated_columns(&report), ..Section::default() }],
            ..Report::default()
        },
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
