//! Workbooks of Excel 2007 and later.

use rust_xlsxwriter::{Format, Formula, Workbook};

use super::{cells, container, merges, only_sheet, workbook};

fn format(code: &str) -> Format {
    Format::new().set_num_format(code)
}

/// A workbook whose only sheet has these rows as XML, with shared strings and cell formats as XML.
fn written(workbook: &str, sheet: &str, strings: &str, formats: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            r#"<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
        )
    };
    let relations = format!(
        "<Relationships>{}{}{}</Relationships>",
        relation("r1", "worksheet", "/xl/worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
        relation("r3", "styles", "../xl/styles.xml"),
    );
    container(&[
        (
            "_rels/.rels",
            &format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml")),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook>{workbook}<sheets><sheet name="A &amp; B" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("XL\\Worksheets\\Sheet1.xml", &format!("<worksheet>{sheet}</worksheet>")),
        ("xl/sharedStrings.xml", &format!("<sst>{strings}</sst>")),
        ("xl/styles.xml", &format!("<styleSheet>{formats}</styleSheet>")),
    ])
}

#[test]
fn cells_say_what_people_see() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("PFMEA").unwrap();
    sheet.write(0, 0, "Größe ≥ 5 µm\nnext line").unwrap();
    sheet.write(0, 1, 7).unwrap();
    sheet.write(0, 2, 0.1 + 0.2).unwrap();
    sheet.write(0, 3, true).unwrap();
    sheet.write(0, 4, "007").unwrap();
    sheet.write_with_format(1, 0, 0.05, &format("0%")).unwrap();
    sheet.write_with_format(1, 1, 10, &format("\"OP \"000")).unwrap();
    sheet.write_with_format(1, 2, 2.5, &format("0.00\" mm\"")).unwrap();
    sheet.write_with_format(1, 3, 1234.5, &format("#,##0.00")).unwrap();
    sheet.write_with_format(2, 0, 45_352, &format("dd.mm.yyyy")).unwrap();
    sheet.write_with_format(2, 1, 45_352.25, &format("yyyy-mm-dd hh:mm")).unwrap();
    sheet.write_with_format(2, 2, 0.604_166_667, &format("h:mm")).unwrap();
    sheet.write_with_format(2, 3, 59, &format("mm/dd/yy")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        cells(&only_sheet("x.xlsx", &bytes)),
        [
            "A1 text Größe ≥ 5 µm\nnext line",
            "B1 number 7",
            "C1 number 0.3",
            "D1 truth TRUE",
            "E1 text 007",
            "A2 text 5%",
            "B2 text OP 010",
            "C2 text 2.50 mm",
            "D2 number 1234.5",
            "A3 day 2024-03-01",
            "B3 text 2024-03-01 06:00",
            "C3 text 14:30",
            "D3 day 1900-02-28",
        ]
    );
}

#[test]
fn formulas_are_known_with_and_without_a_result() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, Formula::new("=B1*2").set_result("14")).unwrap();
    sheet.write(0, 1, Formula::new("=\"OP\"&10").set_result("OP10")).unwrap();
    sheet.write(0, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(1, 0, Formula::new("=IF(B2=\"\",\"\",B2)").set_result(" ")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let sheet = only_sheet("x.xlsx", &bytes);
    assert_eq!(cells(&sheet), ["A1 =number 14", "B1 =text OP10", "C1 =fault #DIV/0!"]);
    assert_eq!(sheet.empty_formulas().map(|at| at.to_string()).collect::<Vec<_>>(), ["A2"]);

    let rows = r#"<sheetData><row><c r="A1"><f>B1</f></c><c r="B1" t="str"><f>C1</f><v></v></c></row></sheetData>"#;
    let sheet = only_sheet("x.xlsx", &written("", rows, "", ""));
    assert_eq!(sheet.empty_formulas().map(|at| at.to_string()).collect::<Vec<_>>(), ["A1", "B1"]);
}

#[test]
fn merged_and_hidden_areas_are_known() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(1, 0, 3, 1, "Press", &Format::new()).unwrap();
    sheet.write(5, 0, "x").unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.set_column_hidden(2).unwrap();
    sheet.set_column_hidden(3).unwrap();
    let second = book.add_worksheet();
    second.set_name("Lists").unwrap();
    second.set_hidden(true);
    let book = workbook("x.xlsx", &book.save_to_buffer().unwrap());
    let sheet = &book.sheets[0];
    assert_eq!(merges(sheet), ["A2:B4"]);
    assert_eq!(sheet.hidden_rows.iter().collect::<Vec<_>>(), [&5]);
    assert_eq!(sheet.hidden_columns.iter().collect::<Vec<_>>(), [&2, &3]);
    assert_eq!((book.sheets[0].hidden, book.sheets[1].hidden), (false, true));
    assert_eq!(book.sheets[1].name, "Lists");
}

#[test]
fn days_are_counted_from_where_the_workbook_says() {
    let formats = r#"<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>"#;
    let rows = r#"<sheetData><row r="1"><c r="A1" s="1"><v>43890</v></c></row></sheetData>"#;
    let at = |properties: &str| cells(&only_sheet("x.xlsx", &written(properties, rows, "", formats)));
    assert_eq!(at(r#"<workbookPr date1904="1"/>"#), ["A1 day 2024-03-01"]);
    assert_eq!(at(""), ["A1 day 2020-02-29"]);
}

/// What other programs write, and Excel reads as well.
#[test]
fn what_other_programs_write_is_read() {
    let strings = "<si><t>plain</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb=\"0\" eb=\"1\"><t>aid</t></rPh></si>\
                   <si/><si><t>a_x000D_&#10;b &lt; c</t></si>";
    let rows = r#"<sheetData>
        <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>
        <row><c t="inlineStr"><is><t>in</t><phoneticPr/></is></c><c t="d"><v>2024-03-01T00:00:00</v></c><c t="e"><v>#REF!</v></c>
             <c t="b"><v>0</v></c><c><v>1e2</v></c><c><v>n/a</v></c></row>
        <row r="9"><c r="C9" t="n"><v> 5 </v></c><c s="99"><v>6</v></c></row>
        </sheetData><mergeCells><mergeCell ref="C9:B8"/><mergeCell ref="nonsense"/></mergeCells>"#;
    let sheet = only_sheet("folder/x.xlsx", &written("", rows, strings, ""));
    assert_eq!(sheet.name, "A & B");
    assert_eq!(
        cells(&sheet),
        [
            "A1 text plain",
            "B1 text rich text",
            "D1 text a\nb < c",
            "A2 text in",
            "B2 day 2024-03-01",
            "C2 fault #REF!",
            "D2 truth FALSE",
            "E2 number 100",
            "F2 text n/a",
            "C9 number 5",
            "D9 number 6",
        ]
    );
    assert_eq!(merges(&sheet), ["B8:C9"]);
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let mut book = Workbook::new();
    book.add_worksheet().write(1_048_575, 16_383, "far").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(cells(&only_sheet("x.xlsx", &bytes)), ["XFD1048576 text far"]);
}

#[test]
fn what_it_is_is_not_said_by_the_ending() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "x").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    for file in ["x.xls", "x.csv", "x", "folder\\x.xlsm"] {
        assert_eq!(cells(&only_sheet(file, &bytes)), ["A1 text x"]);
    }
    assert_eq!(workbook("folder\\x.xlsm", &bytes).file, "x.xlsm");
}

#[test]
fn damage_is_located() {
    let error = |rows: &str| match super::fault("x.xlsx", &written("", rows, "", "")) {
        goldthread::exchange::import::read::Fault::Damaged { place, .. } => place,
        other => panic!("{other}"),
    };
    assert_eq!(error(r#"<sheetData><row><c r="B7" t="s"><v>5</v></c></row></sheetData>"#), "sheet “A & B”, cell B7");
    assert_eq!(error(r#"<sheetData><row><c r="B7"><v>5</c></row></sheetData>"#), "sheet “A & B”");
    assert_eq!(error(r#"<sheetData><row><c r="7-B"><v>5</v></c></row></sheetData>"#), "sheet “A & B”");
}
