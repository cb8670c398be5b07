//! What web systems hand out as `.xls`: tables in HTML, and XML Spreadsheets.

use super::{cells, merges, only_sheet, workbook};

#[test]
fn tables_in_html_are_read() {
    let page = "<!DOCTYPE html><html><head><title>unseen</title><STYLE>td { color: red }</style></head><body>
        <h1>PFMEA&nbsp;4711</h1><!-- <td>unseen</td> -->
        <table><tr><th rowspan=\"2\">Step</th><th colspan=2>Failure</th></tr>
        <tr><td>Mode</td><td>Effect</td></tr>
        <tr><td>10</td><td>Gr&ouml;&szlig;e &lt; 5&#160;mm<br>or > 6</td><td align='left'>  several\n   words  </td></TR>
        <tr><td>20<td>3,5<td><p>one</p><p>two</p></table>
        <p>Page 1</p></body></html>";
    let sheet = only_sheet("export.xls", page.as_bytes());
    assert_eq!(
        cells(&sheet),
        [
            "A1 text PFMEA 4711",
            "A2 text Step",
            "B2 text Failure",
            "B3 text Mode",
            "C3 text Effect",
            "A4 number 10",
            "B4 text Größe < 5 mm\nor > 6",
            "C4 text several words",
            "A5 number 20",
            "B5 number 3.5",
            "C5 text one\ntwo",
            "A6 text Page 1",
        ]
    );
    assert_eq!(merges(&sheet), ["A2:A3", "B2:C2"]);
    assert_eq!(sheet.name, "export");
}

#[test]
fn a_page_names_its_encoding() {
    let page = b"<html><meta charset=\"iso-8859-2\"><table><tr><td>B\xB3\xB1d</td></tr></table></html>";
    assert_eq!(cells(&only_sheet("x.xls", page)), ["A1 text Błąd"]);
}

#[test]
fn xml_spreadsheets_of_excel_2003_are_read() {
    let text = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
        <Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="o"><NumberFormat ss:Format="&quot;OP &quot;0"/></Style>
        <Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>
        <Worksheet ss:Name="FMEA"><Table><Column/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>
        <Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">a&#10;b</Data><Comment><ss:Data>note</ss:Data></Comment></Cell>
          <Cell ss:StyleID="p"><Data ss:Type="Number">0.05</Data></Cell><Cell ss:StyleID="o"><Data ss:Type="Number">10</Data></Cell></Row>
        <Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="d"><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell>
          <Cell ss:Formula="=RC[-1]"><Data ss:Type="Number">7</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
        </Table></Worksheet>
        <Worksheet ss:Name="Lists"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"#;
    let book = workbook("x.xls", text.as_bytes());
    let sheet = &book.sheets[0];
    assert_eq!(
        cells(sheet),
        [
            "A1 text a\nb",
            "C1 text 5.00%",
            "D1 text OP 10",
            "B4 day 2024-03-01",
            "C4 =number 7",
            "D4 truth TRUE",
            "E4 fault #N/A",
        ]
    );
    assert_eq!(merges(sheet), ["A1:B2"]);
    assert_eq!(sheet.hidden_rows.iter().collect::<Vec<_>>(), [&3]);
    assert_eq!(sheet.hidden_columns.iter().collect::<Vec<_>>(), [&2, &3]);
    assert_eq!((sheet.hidden, book.sheets[1].hidden), (false, true));
}
