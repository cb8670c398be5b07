//! Workbooks of Excel 97 to 2003. The fixtures were written with xlwt.

use super::{cells, merges, only_sheet, workbook};

const BOOK: &[u8] = include_bytes!("../../fixtures/excel-97.xls");
const FROM_1904: &[u8] = include_bytes!("../../fixtures/excel-97-days-from-1904.xls");

#[test]
fn cells_say_what_people_see() {
    let book = workbook("x.xls", BOOK);
    let sheet = &book.sheets[0];
    assert_eq!(
        cells(sheet),
        [
            "A1 text Größe ≥ 5 µm",
            "B1 number 7",
            "C1 number 3.5",
            "D1 day 2024-03-01",
            "E1 text 5%",
            "G1 truth TRUE",
            "H1 text OP 010",
            "I1 text 14:30",
            "J1 text 2024-03-01 06:30",
            "A3 text Press\nfit",
            "A7 text hidden row",
            "K9 number 1",
            "L9 number 2",
            "M9 number 3",
            "N9 number 4",
            "IV65536 text far",
        ]
    );
    // xlwt computes nothing.
    assert_eq!(sheet.empty_formulas().map(|at| at.to_string()).collect::<Vec<_>>(), ["F1"]);
    assert_eq!(merges(sheet), ["A3:B5"]);
    assert_eq!(sheet.hidden_rows.iter().collect::<Vec<_>>(), [&6]);
    assert_eq!(sheet.hidden_columns.iter().collect::<Vec<_>>(), [&3]);
    assert!(!sheet.hidden);
    let lists = &book.sheets[1];
    assert_eq!((lists.name.as_str(), lists.hidden, cells(lists)), ("Lists", true, vec!["B2 text hidden sheet".into()]));
}

#[test]
fn days_are_counted_from_where_the_workbook_says() {
    assert_eq!(cells(&only_sheet("x.xls", FROM_1904)), ["A1 day 2024-03-01"]);
}
