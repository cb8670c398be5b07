//! Cells as text with tabs, the way spreadsheets exchange them.

/// Writes rows; a cell with a tab, a line break or a quote is quoted.
pub(super) fn write<'a>(rows: impl Iterator<Item = Vec<std::borrow::Cow<'a, str>>>) -> String {
    let mut text = String::new();
    for (index, row) in rows.enumerate() {
        if index > 0 {
            text.push('\n');
        }
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                text.push('\t');
            }
            if cell.contains(['\t', '\n', '\r', '"']) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(cell);
            }
        }
    }
    text
}

/// Reads rows; one line break at the end is not a row.
pub(super) fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    let mut begun = false;
    while let Some(char) = chars.next() {
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() && !begun => quoted = true,
            '\t' if !quoted => {
                row.push(std::mem::take(&mut cell));
                begun = false;
                continue;
            }
            '\r' if !quoted && chars.peek() == Some(&'\n') => continue,
            '\n' | '\r' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                begun = false;
                continue;
            }
            '\r' if chars.peek() == Some(&'\n') => continue,
            _ => cell.push(char),
        }
        begun = true;
    }
    if begun || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_and_line_breaks_stay_in_their_cell() {
        let text = "a\t\"two\nlines\"\t\"say \"\"yes\"\"\"\r\n\tplain\t5\" bore\n";
        let rows = read(text);
        assert_eq!(rows, [vec!["a", "two\nlines", "say \"yes\""], vec!["", "plain", "5\" bore"]]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            rows in (1_usize..4)
                .prop_flat_map(|n| prop::collection::vec(prop::collection::vec("[a\"\t\n é]{0,4}", n), 1..4)),
        ) {
            prop_assume!(rows.last().is_some_and(|row| row.len() > 1 || !row[0].is_empty()));
            let text = write(rows.iter().map(|row| row.iter().map(|cell| cell.as_str().into()).collect()));
            prop_assert_eq!(read(&text), rows);
        }
    }
}
