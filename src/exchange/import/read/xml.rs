//! What the readers of XML formats share: events, attributes and texts.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::error::Fault;

/// The text of an XML file by its byte order mark; UTF-8 without one. `None` if it is neither UTF-8 nor UTF-16.
pub fn decode(bytes: Vec<u8>) -> Option<String> {
    match bytes.get(..3) {
        Some([0xEF, 0xBB, 0xBF]) => String::from_utf8(bytes[3..].to_vec()).ok(),
        Some([0xFF, 0xFE, _]) => {
            encoding_rs::UTF_16LE.decode_without_bom_handling_and_without_replacement(&bytes[2..]).map(Cow::into_owned)
        }
        Some([0xFE, 0xFF, _]) => {
            encoding_rs::UTF_16BE.decode_without_bom_handling_and_without_replacement(&bytes[2..]).map(Cow::into_owned)
        }
        _ => String::from_utf8(bytes).ok(),
    }
}

/// The events of a part, with empty elements as a start and an end.
pub struct Events<'x> {
    reader: Reader<&'x [u8]>,
    place: &'x str,
}

impl<'x> Events<'x> {
    /// The events of a text; `place` names it in errors.
    pub fn of(text: &'x str, place: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, place }
    }

    /// The next event; [`Event::Eof`] at the end.
    pub fn next(&mut self) -> Result<Event<'x>, Fault> {
        self.reader
            .read_event()
            .map_err(|error| Fault::damaged(self.place, format!("{error}, at byte {}", self.reader.error_position())))
    }

    /// Goes on to the end of the element whose start was just read.
    pub fn skip(&mut self, start: &BytesStart<'x>) -> Result<(), Fault> {
        self.reader.read_to_end(start.name()).map(|_| ()).map_err(|error| Fault::damaged(self.place, error))
    }
}

/// The value of an attribute, whatever the prefix of its name.
pub fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| plain(attribute.value))
}

/// The value of an attribute without its references.
pub fn plain(value: Cow<'_, str>) -> Cow<'_, str> {
    if !value.contains('&') {
        return value;
    }
    match quick_xml::escape::unescape(&value) {
        Ok(plain) => Cow::Owned(plain.into_owned()),
        Err(_) => value,
    }
}

/// Whether an attribute says yes.
pub fn says_yes(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}

/// Appends what a text event says; other events say nothing.
pub fn append(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => append_reference(reference, text),
        _ => {}
    }
}

/// An unknown reference stays as it is written.
fn append_reference(reference: &BytesRef<'_>, text: &mut String) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        text.push(c);
        return;
    }
    let name = reference.xml10_content();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(known) => text.push_str(known),
        None => {
            text.push('&');
            text.push_str(&name);
            text.push(';');
        }
    }
}

/// Line ends as LF.
pub fn line_feeds(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
