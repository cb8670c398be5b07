//! Fonts of the system, with fonts made for it: which are looked for is set once for a whole process, so each test here runs in
//! a process of its own.

use std::process::Command;

use goldthread::base::fonts::{Style, fonts};
use goldthread::base::shaping::{self, Ink, Part, PlacedGlyph};
use goldthread::base::system_fonts::{Allowed, Rights, SystemFace, Tradition, allow, passed_over};
use goldthread::report::display::{Item, TextItem};
use goldthread::report::doc::{Cell, Column, Report, Row, Section, Table};
use goldthread::report::paper::{PageSetup, Paper};
use goldthread::report::{lay_out, to_pdf};
use lopdf::Document;
use unicode_script::Script;

use crate::report_engine::archive::{breaches, metadata};
use crate::report_engine::form::report;
use crate::report_engine::in_file::extracted;
use crate::report_engine::never_cut;

mod made;

use made::Made;

/// Set in the processes that run one test.
const ALONE: &str = "GOLDTHREAD_TEST_ALONE";

/// Runs a test of this module in a process of its own, with the fonts made for it.
fn alone(name: &str, test: impl FnOnce()) {
    if std::env::var_os(ALONE).is_some() {
        assert!(allow(Allowed::Files(files())));
        test();
        return;
    }
    let name = format!("system_fonts::{name}");
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).args(["--exact", &name, "--nocapture"]).env(ALONE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{name}: {said}\n{complained}");
}

fn made(family: &str, characters: impl Iterator<Item = char>) -> Made<'_> {
    Made { family, fs_type: 0, characters: characters.collect(), ink: [800, -100], joins: false }
}

fn hebrew() -> Made<'static> {
    made("Made for Hebrew", ('א'..='ת').chain(" ().,".chars()))
}

fn arabic() -> Made<'static> {
    Made { joins: true, fs_type: 8, ..made("Made for Arabic", ('\u{621}'..='\u{64a}').chain([' ', '،'])) }
}

/// Letters that are far too high and deep for a line.
fn thai() -> Made<'static> {
    Made { ink: [2100, -900], ..made("Made for Thai", '\u{e01}'..='\u{e5b}') }
}

/// May be embedded as it is.
fn armenian() -> Made<'static> {
    Made { fs_type: 0x100, ..made("Made for Armenian", 'Ա'..='Ֆ') }
}

/// Named as those that are asked first, but may not be embedded.
fn barred() -> Made<'static> {
    Made { fs_type: 2, ..made("Noto Sans Hebrew", ('א'..='ת').chain('\u{1200}'..='\u{1240}')) }
}

fn files() -> Vec<Vec<u8>> {
    let signs = ('一'..='淿').chain('ぁ'..='ん').chain('가'..='깋').chain(['、', '。']);
    let pictures = made("Made for pictures", ['😀', '🔧', '👩'].into_iter());
    [hebrew(), arabic(), thai(), armenian(), barred(), made("Made for signs", signs), pictures]
        .map(|font| font.file())
        .to_vec()
}

/// A report with a cell for each text.
fn with_cells(texts: &[&str]) -> Report {
    let row = |text: &&str| Row { cells: vec![Cell::plain(0, text)], ..Row::default() };
    let columns = vec![Column::text("Text", None, 1.0)];
    let table = Table { columns, rows: texts.iter().map(row).collect(), ..Table::default() };
    let mut report = report(0, Paper::A4);
    report.page = PageSetup::portrait(Paper::A4);
    report.watermark = None;
    report.sections = vec![Section { table, ..Section::default() }];
    report
}

fn cells(report: &Report) -> Vec<TextItem> {
    let pages = lay_out(report).unwrap().pages;
    let items = pages.into_iter().flat_map(|page| page.items);
    let of_cell = |item| match item {
        Item::Text(text) if matches!(text.region, goldthread::report::display::Region::Cell { .. }) => Some(text),
        _ => None,
    };
    items.filter_map(of_cell).collect()
}

/// The glyphs of a part; none for one that has bundled glyphs.
fn glyphs(part: &Part) -> &[PlacedGlyph] {
    if let Ink::Glyphs { glyphs, .. } = &part.ink { glyphs } else { &[] }
}

/// The words as they stand from left to right.
fn from_the_left(item: &TextItem) -> String {
    let parts = &item.shaped.as_ref().unwrap().parts;
    assert!(parts.is_sorted_by(|one, next| one.at[0] <= next.at[0]));
    parts.iter().map(|part| &item.text[part.range.clone()]).collect()
}

#[test]
fn the_rights_of_a_font_decide_before_its_place_in_the_order() {
    alone("the_rights_of_a_font_decide_before_its_place_in_the_order", || {
        let find = |c, script| SystemFace::find(&[c], script, Tradition::None, Style::Regular);
        let hebrew = find('ש', Script::Hebrew).unwrap();
        assert_eq!((hebrew.name(), hebrew.rights()), ("MadeforHebrew", Rights::Subset));
        assert_eq!(passed_over('ש'), ["Noto Sans Hebrew"]);
        let armenian = find('Ա', Script::Armenian).unwrap();
        assert_eq!((armenian.name(), armenian.rights()), ("MadeforArmenian", Rights::Whole));
        // Only the font that may not be embedded has it.
        assert_eq!(find('\u{1201}', Script::Ethiopic), None);
        assert_eq!(passed_over('\u{1201}'), ["Noto Sans Hebrew"]);
        assert_eq!((find('ក', Script::Khmer), passed_over('ក').len()), (None, 0));
    });
}

#[test]
fn plain_text_is_none_of_their_business() {
    alone("plain_text_is_none_of_their_business", || {
        for text in ["Torque too low", "Größe ≤ 0,1 µm Ω", "Łódź – Žilina", "x\u{302}", "Ελληνικά Русский"]
        {
            assert_eq!(shaping::line(Style::Regular, text), None, "{text}");
        }
    });
}

#[test]
fn hebrew_runs_to_the_left_with_numbers_and_latin_words_to_the_right() {
    alone("hebrew_runs_to_the_left_with_numbers_and_latin_words_to_the_right", || {
        let [item] = cells(&with_cells(&["לחץ (12 kN) חזק"])).try_into().unwrap();
        assert_eq!(item.text, "לחץ (12 kN) חזק");
        // By the Unicode rules a number before Latin letters stands right of them here.
        assert_eq!(from_the_left(&item), "קזח )kN 12( ץחל");
        let shaped = item.shaped.as_ref().unwrap();
        // The last letter stands at the left, the first at the right edge of the cell.
        assert_eq!(glyphs(&shaped.parts[0])[0].id, hebrew().glyph('ק', 0));
        // The bracket that opens looks like one that closes, and the other way round.
        let opening = shaped.parts.iter().find(|part| item.text[part.range.clone()].starts_with('(')).unwrap();
        assert_eq!(glyphs(opening)[0].id, hebrew().glyph(')', 0));
        let page = PageSetup::portrait(Paper::A4);
        let right = item.x + item.width();
        assert!(page.size().0 - page.margin - right < 5.0, "{right} of {page:?}");
        // Of a text that begins with Latin letters the left edge is kept.
        let [left] = cells(&with_cells(&["Spring קפיץ"])).try_into().unwrap();
        assert!(left.x < page.margin + 5.0);
        assert_eq!(from_the_left(&left), "Spring ץיפק");
    });
}

#[test]
fn arabic_letters_join() {
    alone("arabic_letters_join", || {
        let shaped = shaping::line(Style::Regular, "بمب").unwrap();
        let ids: Vec<u16> = shaped.parts.iter().map(|part| glyphs(part)[0].id).collect();
        let font = arabic();
        assert_eq!(ids, [font.glyph('ب', 3), font.glyph('م', 2), font.glyph('ب', 1)], "last, middle, first");
        let one = shaping::line(Style::Regular, "لا").unwrap();
        assert_eq!(one.parts.len(), 1);
        assert_eq!((one.parts[0].range.clone(), glyphs(&one.parts[0]).len()), (0..4, 1));
        // A line that ends within a word ends with a letter that is last.
        let alone = shaping::line(Style::Regular, "ب").unwrap();
        assert_eq!(glyphs(&alone.parts[0])[0].id, font.glyph('ب', 0));
    });
}

#[test]
fn letters_that_are_too_high_for_a_line_are_set_smaller() {
    alone("letters_that_are_too_high_for_a_line_are_set_smaller", || {
        let shaped = shaping::line(Style::Regular, "กข").unwrap();
        let scale = shaped.parts[0].scale;
        assert!(scale < 0.6 && scale > 0.4, "{scale}");
        assert!(shaped.parts.iter().all(|part| part.scale.to_bits() == scale.to_bits()), "all alike");
    });
}

#[test]
fn words_are_found_again_in_the_file() {
    alone("words_are_found_again_in_the_file", || {
        let texts =
            ["לחץ (12 kN) חזק", "مرحبا بالعالم لا", "停止、ひらがな 가각", "ԱԲԳ", "กข", "😀 ok", "Spring קפיץ 5 N"];
        let report = with_cells(&texts);
        let pdf = to_pdf(&report).unwrap();
        assert_eq!(pdf.missing, Vec::<char>::new());
        let broken = breaches(&pdf.bytes);
        assert!(broken.is_empty(), "{broken:?}");
        assert!(metadata(&Document::load_mem(&pdf.bytes).unwrap()).contains("pdfaid:part"));
        let found = extracted(&pdf.bytes).concat();
        for item in cells(&report) {
            let wanted: String = match &item.shaped {
                Some(_) => from_the_left(&item),
                None => item.text.clone(),
            };
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert!(visible(&found).contains(&visible(&wanted)), "{wanted} is not in {found}");
        }
        assert_eq!(to_pdf(&report).unwrap().bytes, pdf.bytes, "the same report gives the same bytes");
        let names = |document: &Document| {
            let fonts = document.objects.values().filter_map(|object| object.as_dict().ok());
            let names = fonts.filter_map(|font| font.get(b"FontName").ok()?.as_name().ok());
            names.map(|name| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>()
        };
        let names = names(&Document::load_mem(&pdf.bytes).unwrap());
        assert!(names.iter().any(|name| name.ends_with("+MadeforHebrew")), "{names:?}");
        assert!(names.iter().any(|name| name == "MadeforArmenian"), "whole, and so without a tag: {names:?}");
    });
}

#[test]
fn what_no_font_has_is_named_with_the_fonts_that_were_passed_over() {
    alone("what_no_font_has_is_named_with_the_fonts_that_were_passed_over", || {
        let pdf = to_pdf(&with_cells(&["שלום \u{1201} ក 停"])).unwrap();
        assert_eq!(pdf.missing, ['\u{1201}', 'ក']);
        assert!(!metadata(&Document::load_mem(&pdf.bytes).unwrap()).contains("pdfaid:part"));
        assert!(fonts().is_missing(Style::Regular, '停'), "a font of the system shows it");
        let said = crate::report_forms::warnings_of(Some("שלום \u{1201} ក")).join("\n");
        assert!(
            said.contains("“\u{1201}” (U+1201) prints as an empty box") && said.contains("Noto Sans Hebrew has it"),
            "{said}"
        );
        assert!(said.contains("U+1780") && !said.contains("U+05E9"), "{said}");
    });
}

#[test]
fn any_text_in_any_column_is_whole_with_fonts_of_the_system_too() {
    alone("any_text_in_any_column_is_whole_with_fonts_of_the_system_too", || {
        let shaped = never_cut::hold();
        assert!(shaped > 100, "{shaped}");
    });
}
