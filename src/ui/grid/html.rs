//! Cells as a table in HTML, the way spreadsheets exchange merged cells and line breaks.

use std::fmt::Write;

/// A cell to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// What it says.
    pub(super) text: String,
    /// How many rows it covers; none if a cell above covers it.
    pub(super) rows: usize,
}

/// Writes rows as a table. Words stay words: "7-8" does not become a day.
pub(super) fn write(rows: &[Vec<Cell>]) -> String {
    let mut html = String::from("<meta charset=\"utf-8\"><table>");
    for row in rows {
        html.push_str("<tr>");
        for cell in row.iter().filter(|cell| cell.rows > 0) {
            html.push_str("<td");
            if cell.rows > 1 {
                // Writing to a string cannot fail.
                let _written = write!(html, " rowspan=\"{}\"", cell.rows);
            }
            if cell.text.parse::<f64>().is_err() {
                html.push_str(" style=\"mso-number-format:'\\@';vertical-align:top\"");
            }
            html.push('>');
            for char in cell.text.chars() {
                match char {
                    '&' => html.push_str("&amp;"),
                    '<' => html.push_str("&lt;"),
                    '>' => html.push_str("&gt;"),
                    // A new line in the cell, not a new cell.
                    '\n' => html.push_str("<br style=\"mso-data-placement:same-cell\">"),
                    char => html.push(char),
                }
            }
            html.push_str("</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
    html
}

/// The most cells that one cell of a foreign table may cover, against tables that lie.
const WIDEST: usize = 20_000;

/// Reads the first table; nothing where a merged cell goes on. None if there is no table.
pub(super) fn read(html: &str) -> Option<super::clipboard::Cells> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<table")?;
    let end = lower[start..].find("</table").map_or(html.len(), |end| start + end);
    let mut reader = Reader::default();
    let mut rest = &html[start..end];
    while let Some(open) = rest.find('<') {
        reader.words(&rest[..open]);
        rest = &rest[open..];
        let close = if rest.starts_with("<!--") { rest.find("-->").map(|at| at + 2) } else { rest.find('>') };
        let Some(close) = close else { break };
        reader.tag(&rest[1..close]);
        rest = &rest[close + 1..];
    }
    reader.words(rest);
    reader.end_row();
    Some(reader.rows)
}

#[derive(Default)]
struct Reader {
    rows: super::clipboard::Cells,
    row: Option<Vec<Option<String>>>,
    cell: Option<(String, usize, usize)>,
    /// Of each column, for how many more rows it is covered.
    covered: Vec<usize>,
    hidden: bool,
}

impl Reader {
    fn words(&mut self, words: &str) {
        let Some((text, ..)) = self.cell.as_mut().filter(|_| !self.hidden) else { return };
        for char in decoded(words).chars() {
            match char {
                '\u{a0}' => text.push(' '),
                char if char.is_ascii_whitespace() => {
                    if !text.is_empty() && !text.ends_with([' ', '\n']) {
                        text.push(' ');
                    }
                }
                char => text.push(char),
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let name: String =
            tag.chars().take_while(|char| !char.is_whitespace()).collect::<String>().to_ascii_lowercase();
        match name.trim_end_matches('/') {
            "tr" => {
                self.end_row();
                self.row = Some(Vec::new());
            }
            "/tr" => self.end_row(),
            "td" | "th" => {
                self.end_cell();
                self.row.get_or_insert_default();
                self.cell = Some((String::new(), span(tag, "rowspan"), span(tag, "colspan")));
            }
            "/td" | "/th" => self.end_cell(),
            "br" | "/p" | "/div" | "/li" => {
                if let Some((text, ..)) = &mut self.cell {
                    text.truncate(text.trim_end_matches(' ').len());
                    text.push('\n');
                }
            }
            "style" | "script" => self.hidden = true,
            "/style" | "/script" => self.hidden = false,
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let Some((text, rows, columns)) = self.cell.take() else { return };
        let Some(row) = &mut self.row else { return };
        fill_covered(row, &mut self.covered);
        let text = text.trim_matches([' ', '\n']).to_owned();
        for column in 0..columns {
            let at = row.len();
            row.push(if column == 0 { Some(text.clone()) } else { None });
            if self.covered.len() <= at {
                self.covered.resize(at + 1, 0);
            }
            self.covered[at] = rows - 1;
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(mut row) = self.row.take() {
            fill_covered(&mut row, &mut self.covered);
            self.rows.push(row);
        }
    }
}

/// Goes past the columns that cells above cover.
fn fill_covered(row: &mut Vec<Option<String>>, covered: &mut [usize]) {
    while let Some(more) = covered.get_mut(row.len()).filter(|more| **more > 0) {
        *more -= 1;
        row.push(None);
    }
}

/// A number in a tag; at least one.
fn span(tag: &str, name: &str) -> usize {
    let lower = tag.to_ascii_lowercase();
    let value = lower.find(name).map(|at| &lower[at + name.len()..]);
    let digits = value.map(|value| {
        let value = value.trim_start_matches([' ', '=', '"', '\'']);
        value.chars().take_while(char::is_ascii_digit).collect::<String>()
    });
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(1).clamp(1, WIDEST)
}

/// The text with its entities as letters; those that nobody writes into cells stay as they are.
fn decoded(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        found.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        let letter = end.and_then(|end| letter(&rest[1..end]));
        match (letter, end) {
            (Some(letter), Some(end)) => {
                found.push(letter);
                rest = &rest[end + 1..];
            }
            _ => {
                found.push('&');
                rest = &rest[1..];
            }
        }
    }
    found.push_str(rest);
    found
}

fn letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(number);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "deg" => '°',
        "plusmn" => '±',
        "micro" => 'µ',
        "Oslash" => 'Ø',
        "le" => '≤',
        "ge" => '≥',
        "ndash" => '–',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_table_of_excel_is_read() {
        let html = "<html><head><style><!-- td {mso-x:y} --></style></head><body><!--StartFragment-->\r\n\
            <table border=0 cellpadding=0><col width=64>\r\n <tr height=20>\r\n\
            <td rowspan=2 height=40 class=xl65>Torque\r\n  too low</td>\r\n  <td class=xl66>Bit worn<br>\r\n    or loose</td>\r\n\
            <td align=right>7</td>\r\n </tr>\r\n <tr height=20><td>5 &lt; 6 &amp; &#216;&nbsp;8</td><td></td></tr>\r\n\
            </table><!--EndFragment--></body></html>";
        let expected = vec![
            vec![Some("Torque too low".to_owned()), Some("Bit worn\nor loose".to_owned()), Some("7".to_owned())],
            vec![None, Some("5 < 6 & Ø 8".to_owned()), Some(String::new())],
        ];
        assert_eq!(read(html), Some(expected));
    }

    #[test]
    fn a_table_of_libreoffice_is_read() {
        let html = "<table cellspacing=\"0\" border=\"0\"><colgroup span=\"2\"></colgroup><tr>\n\
            <td height=\"17\" align=\"left\"><font face=\"Arial\">Gr&ouml;&szlig;e</font></td>\n\
            <td align=\"right\" sdval=\"46387\" sdnum=\"1031;0;TT.MM.JJ\">31.12.26</td>\n</tr>\n\
            <tr><td colspan=2>one</td></tr></table>";
        let expected =
            vec![vec![Some("Größe".to_owned()), Some("31.12.26".to_owned())], vec![Some("one".to_owned()), None]];
        assert_eq!(read(html), Some(expected));
    }

    #[test]
    fn tables_that_are_none_or_broken_do_no_harm() {
        assert_eq!(read("<p>words</p>"), None);
        assert_eq!(read("<table"), Some(Vec::new()));
        let broken = "<table><td rowspan=0>a<td rowspan=99999999999999999999>b<tr><td>&bogus; &#xFFFFFFFF; &";
        assert_eq!(
            read(broken),
            Some(vec![
                vec![Some("a".to_owned()), Some("b".to_owned())],
                vec![Some("&bogus; &#xFFFFFFFF; &".to_owned())]
            ])
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            rows in prop::collection::vec(prop::collection::vec("([a<&é漢😀ש\"]( |\n)?[b>;]){0,3}", 3), 1..4),
        ) {
            let cells: Vec<Vec<Cell>> = rows
                .iter()
                .map(|row| row.iter().map(|text| Cell { text: text.clone(), rows: 1 }).collect())
                .collect();
            let expected: super::super::clipboard::Cells =
                rows.into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
            prop_assert_eq!(read(&write(&cells)), Some(expected));
        }
    }
}
