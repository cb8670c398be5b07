//! Small valid files of every format, and the containers to damage them within.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A part of a container: its name and its bytes.
pub type Part = (String, Vec<u8>);

/// A record stream of Excel 97 in its container.
pub const XLS: &[u8] = include_bytes!("../fixtures/excel-97.xls");

/// A workbook with everything that the reader looks at.
pub fn xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["Step", "Failure mode", "S", "O", "D", "RPN", "Date", "Share"].into_iter().enumerate() {
        sheet.write(2, column as u16, heading).unwrap();
    }
    sheet.merge_range(0, 0, 1, 7, "PFMEA", &Format::new()).unwrap();
    for row in 3..9 {
        sheet.write(row, 0, "OP 10 – Größe\nPress").unwrap();
        sheet.write(row, 2, f64::from(row)).unwrap();
        sheet.write(row, 3, true).unwrap();
        sheet.write(row, 5, Formula::new("=C4*D4*E4").set_result("#REF!")).unwrap();
        sheet.write_with_format(row, 6, 45_352.25, &Format::new().set_num_format("dd.mm.yyyy hh:mm")).unwrap();
        sheet.write_with_format(row, 7, 0.05, &Format::new().set_num_format("0%")).unwrap();
    }
    sheet.set_row_hidden(4).unwrap();
    sheet.set_column_hidden(1).unwrap();
    book.save_to_buffer().unwrap()
}

/// A workbook in the OpenDocument format.
pub fn ods() -> Vec<u8> {
    let content = r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="T">
        <table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"
        office:value-type="string"><text:p>a<text:s text:c="3"/>&amp;</text:p><text:p>b</text:p></table:table-cell><table:covered-table-cell/>
        <table:table-cell office:value-type="float" office:value="7" table:formula="of:=1"><text:p>007</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2024-03-01" table:number-columns-repeated="3"/></table:table-row>
        </table:table></office:spreadsheet></office:body></office:document-content>"#;
    pack(&[
        ("mimetype".into(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("content.xml".into(), content.into()),
    ])
}

/// Text, HTML and XML that systems call spreadsheets.
pub const TEXTS: [&str; 4] = [
    "sep=;\r\nStep;Mode;S\r\n10;\"torn; \"\"bent\"\"\nor worn\";3,5\r\n\r\n007;;1.234,5\r\n",
    "工序号\t失效模式\t严重度\n10\t尺寸超差\t8\n",
    "<html><meta charset=utf-8><table><tr><td rowspan=2>a<br>b<td colspan='3'>&auml;&#x20;</tr><tr><td>1,5</table></html>",
    "<?xml version=\"1.0\"?><Workbook><Styles><Style ss:ID=\"p\"><NumberFormat ss:Format=\"0%\"/></Style></Styles><Worksheet ss:Name=\"S\"><Table>\
     <Column ss:Index=\"3\" ss:Span=\"2\" ss:Hidden=\"1\"/><Row ss:Index=\"4\"><Cell ss:MergeAcross=\"2\" ss:MergeDown=\"1\" ss:StyleID=\"p\">\
     <Data ss:Type=\"Number\">0.5</Data></Cell></Row></Table></Worksheet></Workbook>",
];

/// The parts of a zip container.
pub fn unpack(bytes: &[u8]) -> Vec<Part> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    parts
}

/// A zip container of parts, so that damage stands within a part and not in its checksum.
pub fn pack(parts: &[Part]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The record stream of a workbook of Excel 97.
pub fn records(bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).unwrap();
    let mut records = Vec::new();
    file.open_stream("Workbook").unwrap().read_to_end(&mut records).unwrap();
    records
}

/// A workbook of Excel 97 with these records.
pub fn compound(records: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(records).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}
