//! Nothing is ever cut: whatever is written into whatever columns stands in the file character by character, and no ink
//! leaves its cell.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use goldthread::base::fonts::{Style, fonts};
use goldthread::base::shaping::Ink;
use goldthread::report::display::{Direction, Display, Item, Page, Region, TextItem};
use goldthread::report::doc::{Align, Cell, Column, ColumnGroup, Paragraph, Report, Rgb, Row, Section, Table};
use goldthread::report::paper::{PageSetup, Paper};
use goldthread::report::{LayoutError, lay_out, to_pdf};
use proptest::prelude::*;
use proptest::strategy::Union;
use proptest::test_runner::TestRunner;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::form::{report, text_of, visible};
use super::in_file::extracted;

/// What leaves ink or an empty box; the others (controls, joiners, marks of direction) take no place on paper.
fn inked(text: &str) -> String {
    visible(text).chars().filter(|c| fonts().glyph(Style::Regular, *c).is_some()).collect()
}

const EMOJI: [&str; 8] = ["😀", "👩\u{200d}🔧", "🇩🇪", "❤\u{fe0f}", "👍🏽", "1\u{fe0f}\u{20e3}", "⚠", "✓"];

/// Texts that people paste, and worse.
fn text() -> impl Strategy<Value = String> {
    Union::new_weighted(vec![
        (2, Just(String::new()).boxed()),
        (4, "[ -~]{0,40}".boxed()),
        // Very long words.
        (2, "[A-Za-zÄÖÜäöüß]{60,400}".boxed()),
        (1, "[0-9A-F]{60,200}".boxed()),
        (1, "W{100}|M{90}[.]|_{120}|-{150}|/{99}".boxed()),
        // Chinese, Japanese, Korean.
        (2, "[一-龥ぁ-んァ-ヶ가-힣、。]{0,80}".boxed()),
        // Hebrew and Arabic with marks of direction.
        (2, "([א-תء-ي]{1,9}[ \u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]){0,9}".boxed()),
        (2, prop::collection::vec(prop::sample::select(EMOJI.to_vec()), 0..20).prop_map(|all| all.concat()).boxed()),
        // Combining marks, alone and in heaps.
        (2, "([\u{300}-\u{36f}]{0,2}[A-Za-z][\u{300}-\u{36f}]{0,8} ?){0,20}".boxed()),
        // Signs of the trade, arrows, operators, technical signs, letters of mathematics.
        (2, "[±×÷≤≥≈∞∅⌀Ωµ°‰½←-⇿∀-⋿⌀-⏿■-◿✀-➿⟰-⟿⤀-⥿𝐀-𝟿ﬀ-ﬆ]{0,50}".boxed()),
        (1, "[ -~\u{0}-\u{1f}\u{7f}-\u{a0}\u{ad}\u{85}\u{2028}\u{2029}]{0,60}".boxed()),
        (1, "[\u{e000}-\u{e0ff}\u{fff0}-\u{ffff}\u{10fff0}-\u{10ffff}]{0,20}".boxed()),
        (2, any::<String>().boxed()),
        // 5,000 characters.
        (1, "[a-zA-ZäöüéłŽ ,.\u{300}]{5000}".boxed()),
        (1, Just("漢字 abc ".repeat(700)).boxed()),
    ])
}

/// A column of any kind.
fn column() -> impl Strategy<Value = Column> {
    let align = prop::sample::select(vec![Align::Left, Align::Center, Align::Right]);
    (any::<bool>(), 0.0..3.0_f32, 3.0..20.0_f32, align, prop::option::of(0..2_usize)).prop_map(
        |(is_narrow, weight, characters, align, group)| {
            if is_narrow {
                Column::narrow("Value of it", group, characters / 2.0, weight > 1.5)
            } else {
                Column { characters: characters.max(9.0), align, ..Column::text("Heading", group, weight) }
            }
        },
    )
}

/// What is drawn for a table: how many rows and columns a cell would like to cover, and its texts.
type Wish = (usize, usize, Vec<String>);

fn wishes() -> impl Strategy<Value = (Vec<Column>, Vec<Vec<Wish>>)> {
    let wish = || (1..4_usize, 1..3_usize, prop::collection::vec(text(), 0..3));
    (1..7_usize).prop_flat_map(move |count| {
        let rows = prop::collection::vec(prop::collection::vec(wish(), count), 1..7);
        (prop::collection::vec(column(), count), rows)
    })
}

/// The table: cells that cover what is still free, each on a ground of its own, by which its place on paper is known.
fn table(columns: Vec<Column>, wishes: Vec<Vec<Wish>>) -> Table {
    let (count, height) = (columns.len(), wishes.len());
    let mut free = vec![vec![true; count]; height];
    let mut rows = Vec::new();
    for (at, wishes) in wishes.into_iter().enumerate() {
        let mut cells = Vec::new();
        for (column, (rows, columns, texts)) in wishes.into_iter().enumerate() {
            if !free[at][column] {
                continue;
            }
            let rows = rows.min(height - at);
            let columns = (1..=columns.min(count - column))
                .take_while(|width| (at..at + rows).all(|row| free[row][column + width - 1]))
                .last()
                .unwrap_or(1);
            let rows = if columns == 1 && !(at..at + rows).all(|row| free[row][column]) { 1 } else { rows };
            for row in &mut free[at..at + rows] {
                row[column..column + columns].fill(false);
            }
            let content = texts.iter().map(|text| Paragraph::plain(text)).collect();
            cells.push(Cell { columns, ..Cell::new(column, content).over_rows(rows).filled(ground(at, column)) });
        }
        rows.push(Row { cells, starts_group: at % 2 == 0, ..Row::default() });
    }
    let groups = ["One", "Two"].map(|title| ColumnGroup { title: title.to_owned(), tint: Rgb::HEADING });
    Table { columns, groups: groups.to_vec(), rows, ..Table::default() }
}

/// The colour of a cell.
fn ground(row: usize, column: usize) -> Rgb {
    Rgb(0xff, row as u8, column as u8)
}

/// Every cell stands on paper whole, once or several times.
fn assert_whole(table: &Table, display: &Display) -> Result<(), TestCaseError> {
    let mut shown: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for text in texts(&display.pages) {
        if let (Region::Cell { row, column, .. }, true) = (text.region, text.style != Style::Italic) {
            shown.entry((row, column)).or_default().push_str(&visible(&text.text));
        }
    }
    for (row, cells) in table.rows.iter().enumerate() {
        for cell in &cells.cells {
            let wanted = text_of(&cell.content);
            let found = shown.get(&(row as u32, cell.column as u32)).map_or("", String::as_str);
            let copies = if wanted.is_empty() { 0 } else { (found.len() / wanted.len()).max(1) };
            prop_assert_eq!(found, wanted.repeat(copies), "row {}, column {}", row, cell.column);
        }
    }
    Ok(())
}

fn texts(pages: &[Page]) -> impl Iterator<Item = &TextItem> {
    let items = pages.iter().flat_map(|page| &page.items);
    items.filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None })
}

/// No ink of a cell is outside of the places that the cell has on the page, and the ink of none stands on a line of it.
fn assert_ink_is_inside(page: &Page) -> Result<(), TestCaseError> {
    let mut places: BTreeMap<Rgb, Vec<[f32; 4]>> = BTreeMap::new();
    for item in &page.items {
        if let Item::Rect { area, colour } = item {
            places.entry(*colour).or_default().push(*area);
        }
    }
    for text in texts(std::slice::from_ref(page)) {
        let Region::Cell { row, column, .. } = text.region else { continue };
        let Some([left, top, right, bottom]) = ink(text) else { continue };
        let areas = places.get(&ground(row as usize, column as usize)).map_or(&[][..], Vec::as_slice);
        let is_inside = areas.iter().any(|[x, y, width, height]| {
            left >= x - 0.01 && right <= x + width + 0.01 && top >= y - 0.01 && bottom <= y + height + 0.01
        });
        prop_assert!(is_inside, "{:?} with ink {:?} leaves {:?}", text, [left, top, right, bottom], areas);
    }
    Ok(())
}

/// What a text covers with ink: left, top, right, bottom.
fn ink(text: &TextItem) -> Option<[f32; 4]> {
    assert_eq!(text.direction, Direction::Across);
    let mut covered = Vec::new();
    match &text.shaped {
        None => {
            let words = format!("{}{}", text.text, if text.hyphen { "-" } else { "" });
            bundled(&words, text.style, [text.x, text.y], text.size, &mut covered);
        }
        Some(shaped) => {
            for part in &shaped.parts {
                let at = [text.x + part.at[0] * text.size, text.y - part.at[1] * text.size];
                match &part.ink {
                    Ink::Text => {
                        let words = &text.text[part.range.clone()];
                        bundled(words, text.style, at, text.size * part.scale, &mut covered);
                    }
                    Ink::Mirrored(character) => {
                        let words = character.to_string();
                        bundled(&words, text.style, at, text.size * part.scale, &mut covered);
                    }
                    Ink::Glyphs { face, glyphs } => {
                        for glyph in glyphs {
                            let [right, up] = glyph.shift.map(|part| part * text.size);
                            let at = [at[0] + right, at[1] - up];
                            covered.extend(bounds(face.file(), glyph.id, at, text.size * part.scale));
                        }
                    }
                }
            }
        }
    }
    covered
        .into_iter()
        .reduce(|one, other| [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])])
}

/// What characters cover, each with its bundled glyph.
fn bundled(words: &str, style: Style, [mut pen, y]: [f32; 2], size: f32, covered: &mut Vec<[f32; 4]>) {
    for glyph in words.chars().filter_map(|character| fonts().glyph(style, character)) {
        covered.extend(bounds((glyph.face.bytes(), 0), glyph.id, [pen, y], size));
        pen += f32::from(glyph.advance) * size / 1000.0;
    }
}

fn bounds((file, index): (&[u8], u32), glyph: u16, [x, y]: [f32; 2], size: f32) -> Option<[f32; 4]> {
    let font = FontRef::from_index(file, index).unwrap();
    let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
    let bounds = metrics.bounds(GlyphId::new(u32::from(glyph))).filter(|bounds| bounds.x_max > bounds.x_min)?;
    Some([x + bounds.x_min, y - bounds.y_max, x + bounds.x_max, y - bounds.y_min])
}

/// A cell that goes on on another page says so there, if it has room to say it.
fn assert_cut_cells_say_so(display: &Display, table: &Table) -> Result<(), TestCaseError> {
    for (row, cells) in table.rows.iter().enumerate() {
        for cell in cells.cells.iter().filter(|cell| !text_of(&cell.content).is_empty()) {
            let region = |text: &&TextItem| matches!(text.region, Region::Cell { row: r, column: c, .. } if (r as usize, c as usize) == (row, cell.column));
            let mut has_begun = false;
            for page in &display.pages {
                let here: Vec<&TextItem> = texts(std::slice::from_ref(page)).filter(region).collect();
                if here.is_empty() {
                    continue;
                }
                let place = page.items.iter().find_map(|item| match item {
                    Item::Rect { area, colour } if *colour == ground(row, cell.column) => Some(*area),
                    _ => None,
                });
                let [.., width, height] = place.unwrap_or_default();
                let says = here.iter().any(|text| text.style == Style::Italic && text.text.starts_with("(cont"));
                let has_room = width > 40.0 && height > 30.0;
                let is_long = cell.rows > 1 || text_of(&cell.content).len() > 12;
                prop_assert!(!has_begun || says || !has_room || !is_long, "row {}, column {}", row, cell.column);
                has_begun = true;
            }
        }
    }
    Ok(())
}

/// The file holds what the pages hold, in the same order.
fn assert_file_is_whole(report: &Report, display: &Display) -> Result<(), TestCaseError> {
    let pdf = to_pdf(report).unwrap();
    let found = extracted(&pdf.bytes);
    prop_assert_eq!(found.len(), display.pages.len());
    for (page, found) in display.pages.iter().zip(&found) {
        let wanted: String = texts(std::slice::from_ref(page)).map(|text| inked(&from_the_left(text))).collect();
        // Marks that show nothing may stand with the letters they belong to.
        prop_assert_eq!(inked(found), wanted);
    }
    let boxes: BTreeSet<char> = texts(&display.pages)
        .flat_map(|text| match &text.shaped {
            None => text.text.chars().filter(|c| fonts().is_missing(text.style, *c)).collect::<Vec<_>>(),
            Some(shaped) => shaped.missing(text.style, &text.text).collect(),
        })
        .collect();
    prop_assert_eq!(pdf.missing, boxes.into_iter().collect::<Vec<_>>(), "whoever prints is told of every empty box");
    Ok(())
}

/// The words as they stand on paper, from the left to the right.
fn from_the_left(text: &TextItem) -> String {
    match &text.shaped {
        None => text.text.clone(),
        Some(shaped) => shaped.parts.iter().map(|part| &text.text[part.range.clone()]).collect(),
    }
}

fn with_table(table: Table, page: PageSetup) -> Report {
    let mut report = report(0, Paper::A4);
    report.page = page;
    report.watermark = None;
    report.sections = vec![Section { title: Some("Form".to_owned()), table, ..Section::default() }];
    report
}

#[test]
fn any_text_in_any_column_is_in_the_file_and_inside_its_cell() {
    assert_eq!(hold(), 0, "nothing is shaped without fonts of the system");
}

/// Lays out whatever somebody might write; how many texts needed to be shaped.
pub fn hold() -> usize {
    let shaped = std::cell::Cell::new(0);
    let anything = (wishes(), prop::sample::select(Paper::ALL.to_vec()), any::<bool>());
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) });
    let held = runner.run(&anything, |((columns, wishes), paper, landscape)| {
        let table = table(columns, wishes);
        let page = if landscape { PageSetup::landscape(paper) } else { PageSetup::portrait(paper) };
        let report = with_table(table.clone(), page);
        let display = match lay_out(&report) {
            // What does not fit is refused with a proposal, never cut.
            Err(LayoutError::TooNarrow { .. }) => return Ok(()),
            done => done.unwrap(),
        };
        assert_whole(&table, &display)?;
        display.pages.iter().try_for_each(assert_ink_is_inside)?;
        assert_cut_cells_say_so(&display, &table)?;
        shaped.set(shaped.get() + texts(&display.pages).filter(|text| text.shaped.is_some()).count());
        assert_file_is_whole(&report, &display)
    });
    assert!(held.is_ok(), "{}", held.unwrap_err());
    shaped.get()
}

#[test]
fn marks_stand_over_their_letters_and_not_over_the_next() {
    let cell = |text: &str| {
        let cells = vec![Cell::plain(0, text).filled(ground(0, 0))];
        let columns = vec![Column::text("", None, 1.0)];
        let table = Table { columns, rows: vec![Row { cells, ..Row::default() }], ..Table::default() };
        let display = lay_out(&with_table(table, PageSetup::landscape(Paper::A4))).unwrap();
        let found = texts(&display.pages).filter(|text| matches!(text.region, Region::Cell { .. }));
        found.cloned().collect::<Vec<_>>()
    };
    // Letters that come in pieces, as some systems write them, are whole on paper.
    let whole = cell("Pru\u{308}fung in Z\u{30c}ilina");
    assert_eq!(whole.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), ["Prüfung in Žilina"]);
    let parts = cell("mq\u{302}m");
    let [before, mark, after] = parts.as_slice() else { panic!("{parts:?}") };
    let [left, _, right, _] = ink(mark).unwrap();
    let end = before.x + fonts().width(before.style, &before.text) * before.size;
    let letter = end - fonts().width(before.style, "q") * before.size;
    assert!(left >= letter && right <= end, "{left} to {right} is not over {letter} to {end}");
    assert!((after.x - end).abs() < 0.01, "the mark takes no place");
}

#[test]
fn no_glyph_of_a_bundled_font_leaves_a_cell_of_its_own() {
    for style in [Style::Regular, Style::Italic] {
        let all = (0..0x2_0000_u32).filter_map(char::from_u32);
        let drawn: Vec<char> = all.filter(|c| fonts().glyph(style, *c).is_some_and(|glyph| glyph.id != 0)).collect();
        assert!(drawn.len() > 1000, "{}", drawn.len());
        for (at, some) in drawn.chunks(16).enumerate() {
            let columns = some.iter().map(|_| Column::narrow("", None, 2.0, false)).collect();
            let cell = |(column, character): (usize, &char)| {
                let content = vec![Paragraph::styled(&character.to_string(), style, Rgb::TEXT)];
                Cell::new(column, content).filled(ground(0, column))
            };
            let cells = some.iter().enumerate().map(cell).collect();
            let table = Table { columns, rows: vec![Row { cells, ..Row::default() }], ..Table::default() };
            let display = lay_out(&with_table(table, PageSetup::landscape(Paper::A4))).unwrap();
            let inside = display.pages.iter().try_for_each(assert_ink_is_inside);
            assert!(inside.is_ok(), "{at}: {inside:?}");
        }
    }
}

#[test]
fn a_row_higher_than_a_page_says_on_every_page_that_it_goes_on() {
    let mut long: String = (0..).map(|word| format!("word{word} ")).take(900).collect();
    long.truncate(5000);
    let columns = vec![Column::text("Narrow", None, 0.0), Column::text("Wide", None, 1.0)];
    let cells = vec![Cell::plain(0, &long).filled(ground(0, 0)), Cell::plain(1, "short").filled(ground(0, 1))];
    let table = Table { columns, rows: vec![Row { cells, ..Row::default() }], ..Table::default() };
    let report = with_table(table.clone(), PageSetup::landscape(Paper::A4));
    let display = lay_out(&report).unwrap();
    assert!(display.pages.len() > 3, "{}", display.pages.len());
    assert_whole(&table, &display).unwrap();
    for page in &display.pages[1..] {
        let first = texts(std::slice::from_ref(page)).find(|text| matches!(text.region, Region::Cell { .. }));
        assert_eq!(first.map(|text| text.text.as_str()), Some("(cont.)"), "in a column too narrow for the longer mark");
    }
    assert_cut_cells_say_so(&display, &table).unwrap();
}

/// What `pdftotext` finds, if it is on this machine.
fn asked(bytes: &[u8]) -> Option<String> {
    let mut program = Command::new("pdftotext");
    let program = program.args(["-enc", "UTF-8", "-raw", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = program.stderr(Stdio::null()).spawn().ok()?;
    let mut input = running.stdin.take()?;
    let bytes = bytes.to_vec();
    let writing = std::thread::spawn(move || input.write_all(&bytes));
    let output = running.wait_with_output().ok()?;
    writing.join().ok()?.ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn another_program_finds_every_character_too() {
    let all = [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(4),
        "停止 沖縄県 ひらがな カタカナ 한국어".to_owned(),
        "שלום עולם \u{200f}مرحبا\u{202b} بالعالم\u{202c}".to_owned(),
        "😀 👩\u{200d}🔧 🇩🇪 👍🏽 ✓ ⚠".to_owned(),
        "≤ ≥ ± Ø ∅ ⌀ ½ Ω µ °C × → 𝛼 ﬁ Žilina Łódź".to_owned(),
    ];
    let rows = all.iter().enumerate().map(|(row, text)| Row {
        cells: vec![Cell::plain(0, &(row + 1).to_string()), Cell::plain(1, text)],
        ..Row::default()
    });
    let columns = vec![Column::text("No.", None, 0.0), Column::text("Text", None, 1.0)];
    let table = Table { columns, rows: rows.collect(), ..Table::default() };
    let report = with_table(table, PageSetup::portrait(Paper::A4));
    let pdf = to_pdf(&report).unwrap();
    let own: BTreeSet<char> = extracted(&pdf.bytes).concat().chars().collect();
    let other: Option<BTreeSet<char>> = asked(&pdf.bytes).map(|text| text.chars().collect());
    for character in all.iter().flat_map(|text| inked(text).chars().collect::<Vec<_>>()) {
        assert!(own.contains(&character), "{character:?} is not in the file");
        // A program may part a ligature into its letters, which are there as well.
        let found = other.as_ref().is_none_or(|found| found.contains(&character) || character == 'ﬁ');
        assert!(found, "{character:?} is not found by pdftotext");
    }
}
