//! The shared strings: every text of a workbook once, and the escapes in them.

use quick_xml::events::Event;

use super::super::budget::Budget;
use super::super::error::Fault;
use super::super::package::Package;
use super::super::xml::{Events, append, line_feeds};

/// The shared strings, one behind the other.
#[derive(Debug, Default)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Reads their part; none if there is no such part.
    pub fn read(package: &mut Package<'_>, part: &str, budget: &mut Budget) -> Result<Self, Fault> {
        let mut strings = Self::default();
        let Some(text) = package.text(part, budget)? else { return Ok(strings) };
        let mut events = Events::of(&text, part);
        let mut current = String::new();
        loop {
            match events.next()? {
                Event::Start(e) if e.local_name().as_ref() == "si" => {
                    current.clear();
                    collect(&mut events, "si", &mut current)?;
                    strings.text.push_str(&current);
                    strings.ends.push(strings.text.len() as u32);
                }
                Event::Eof => return Ok(strings),
                _ => {}
            }
        }
    }

    /// The string with a number.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }
}

/// Collects the texts of a string up to the end of its element: plain or in runs of formatting, without the reading aids of
/// Japanese.
pub fn collect(events: &mut Events<'_>, element: &str, text: &mut String) -> Result<(), Fault> {
    let mut inside = false;
    loop {
        let event = events.next()?;
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "t" => inside = true,
                "rPh" => events.skip(e)?,
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "t" => inside = false,
                name if name == element => return Ok(()),
                _ => {}
            },
            Event::Eof => return Ok(()),
            event if inside => append(event, text),
            _ => {}
        }
    }
}

/// A text as people see it: escapes such as `_x000D_` resolved, line ends as LF.
pub fn readable(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::with_capacity(text.len());
    while let Some(place) = rest.find("_x") {
        let (before, from) = rest.split_at(place);
        plain.push_str(before);
        match escaped(from) {
            Some(c) => {
                plain.push(c);
                rest = &from[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &from[2..];
            }
        }
    }
    plain.push_str(rest);
    line_feeds(plain)
}

/// The character of an escape `_xHHHH_` at the beginning of a text. Control characters that nobody sees stay escaped.
fn escaped(text: &str) -> Option<char> {
    let digits = text.get(2..6)?;
    if text.as_bytes().get(6) != Some(&b'_') || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (!c.is_control() || matches!(c, '\t' | '\n' | '\r')).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        for (written, read) in [
            ("one_x000D_\ntwo", "one\ntwo"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("_x005F_x000D_", "_x000D_"),
            ("max_x1_x", "max_x1_x"),
            ("_x0007_", "_x0007_"),
            ("_xüöä_", "_xüöä_"),
            ("_x00e4_", "ä"),
            ("_x", "_x"),
        ] {
            assert_eq!(readable(written), read);
        }
    }
}
