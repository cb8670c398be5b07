//! Workbooks in the OpenDocument format.

use super::{cells, container, merges, workbook};

/// What stands around the tables of `content.xml`.
fn content(tables: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><office:document-content><office:automatic-styles>
        <style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>
        <style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    )
}

fn ods(tables: &str) -> Vec<u8> {
    container(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content(tables))])
}

const TABLES: &str = r#"<table:table table:name="Blatt" table:style-name="ta1">
    <table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
    <table:table-header-rows><table:table-row>
      <table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2"><office:annotation><text:p>note</text:p></office:annotation><text:p>two</text:p><text:p>li<text:span>nes</text:span><text:s text:c="2"/>&amp;<text:tab/>x</text:p></table:table-cell>
      <table:covered-table-cell/>
      <table:table-cell office:value-type="float" office:value="7"><text:p>7,00</text:p></table:table-cell>
      <table:table-cell office:value-type="percentage" office:value="0.05"><text:p>5%</text:p></table:table-cell>
      <table:table-cell office:value-type="percentage" office:value="0.125"><text:p>13%</text:p></table:table-cell>
      <table:table-cell office:value-type="float" office:value="10"><text:p>OP 010</text:p></table:table-cell>
      <table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell>
      <table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>01.03.24</text:p></table:table-cell>
      <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>
      <table:table-cell office:value-type="time" office:time-value="PT14H30M00S"><text:p>14:30</text:p></table:table-cell>
      <table:table-cell table:formula="of:=[.C1]*2" office:value-type="float" office:value="14"><text:p>14</text:p></table:table-cell>
      <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
      <table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>
    </table:table-row></table:table-header-rows>
    <table:table-row><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row>
    <table:table-row table:number-rows-repeated="3" table:visibility="collapse"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>twice</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="1048569" table:visibility="filter"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
    </table:table><table:table table:name="Listen" table:style-name="ta2"/>"#;

#[test]
fn cells_say_what_people_see() {
    let book = workbook("x.ods", &ods(TABLES));
    let sheet = &book.sheets[0];
    assert_eq!(
        cells(sheet),
        [
            "A1 text two\nlines  &\tx",
            "C1 number 7",
            "D1 text 5%",
            "E1 text 12.5%",
            "F1 text OP 010",
            "G1 text 007",
            "H1 day 2024-03-01",
            "I1 truth TRUE",
            "J1 text 14:30",
            "K1 =number 14",
            "L1 =fault #DIV/0!",
            "C2 text x",
            "D2 text x",
            "A6 text twice",
            "A7 text twice",
        ]
    );
    assert_eq!(sheet.empty_formulas().map(|at| at.to_string()).collect::<Vec<_>>(), ["M1"]);
    assert_eq!(merges(sheet), ["A1:B2"]);
    assert_eq!(sheet.hidden_rows.iter().copied().collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(sheet.hidden_columns.iter().collect::<Vec<_>>(), [&2]);
    assert_eq!((sheet.hidden, book.sheets[1].hidden), (false, true));
    assert_eq!(book.sheets[1].name, "Listen");
}

#[test]
fn a_flat_file_says_the_same() {
    let flat = content(TABLES).replace("office:document-content", "office:document");
    assert_eq!(
        cells(&workbook("x.fods", flat.as_bytes()).sheets[0]),
        cells(&workbook("x.ods", &ods(TABLES)).sheets[0])
    );
}
