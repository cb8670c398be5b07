//! Which characters the bytes of a text stand for.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::budget::too_large;
use super::super::error::Fault;
use super::super::xml::line_feeds;

/// Bytes of a text file. Written as UTF-8 they may become three times as many.
const MOST_TEXT_FILE: usize = 30_000_000;
/// Bytes that the detector looks at. What they are shows long before.
const LOOKED_AT: usize = 1 << 20;

/// The text of a file, with line ends as LF and without NUL.
pub fn text(bytes: &[u8]) -> Result<String, Fault> {
    if bytes.len() > MOST_TEXT_FILE {
        return Err(too_large(format!("it has more than {} MB of text", MOST_TEXT_FILE / 1_000_000)));
    }
    let encoding = encoding(bytes);
    let (text, ..) = encoding.decode(bytes);
    let text = if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { text };
    // Records of data programs and damaged files are full of control characters; texts have none.
    let strange =
        text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}'));
    if strange.take(10 + text.len() / 100).count() >= 10 + text.len() / 100 {
        return Err(Fault::Foreign {
            what: "a file of unknown kind",
            remedy: "open it in the program it comes from, save it as xlsx or csv and import that",
        });
    }
    Ok(line_feeds(text.into_owned()))
}

/// The encoding: by byte order mark, by the zeros of UTF-16, by validity as UTF-8, by the frequencies of letters.
fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = without_mark(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if let Some(encoding) = named(bytes) {
        return encoding;
    }
    if has_signs_alone(bytes) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    detector.feed(looked_at, looked_at.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    // A text in which UTF-8 breaks only here and there is UTF-8 that was damaged.
    let (utf8, _) = UTF_8.decode_without_bom_handling(looked_at);
    let wrong = utf8.matches('\u{fffd}').count();
    let right = utf8.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if right > wrong.saturating_mul(20) {
        return UTF_8;
    }
    if guess.is_single_byte() || !guess.decode_without_bom_handling(bytes).1 { guess } else { WINDOWS_1252 }
}

/// The encoding that a web page or an XML document names at its beginning.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    if !beginning.trim_start().starts_with('<') {
        return None;
    }
    let (_, name) = beginning.split_once("charset=").or_else(|| beginning.split_once("encoding="))?;
    let name: String = name
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    // What is no UTF-8 does not become it by saying so.
    Encoding::for_label(name.as_bytes()).filter(|encoding| encoding.is_single_byte())
}

/// Whether nothing but the signs of technical texts in Western Europe lies beyond ASCII: `Ø 5 ±0,1 µm`. Letter frequencies say
/// nothing about them, and where other encodings have letters in their place, those stand within words.
fn has_signs_alone(bytes: &[u8]) -> bool {
    let letter = |index: Option<usize>| index.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphabetic);
    let lower = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_lowercase);
    let alphanumeric = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphanumeric);
    bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).all(|(index, byte)| {
        let (before, behind) = (index.checked_sub(1), index + 1);
        match byte {
            // Dashes, quotes, dots, the euro.
            0x80 | 0x84 | 0x85 | 0x91..=0x97 => !(letter(before) && letter(Some(behind))),
            // ° ± µ · × ÷
            0xB0 | 0xB1 | 0xB5 | 0xB7 | 0xD7 | 0xF7 => !letter(before),
            // ² ³
            0xB2 | 0xB3 => before.is_some_and(alphanumeric) && !letter(Some(behind)),
            // Ø ø
            0xD8 | 0xF8 => !letter(before) && !lower(behind),
            _ => false,
        }
    })
}

/// UTF-16 without byte order mark: separators and digits have a zero beside them, always on the same side.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = sample.len() / 8;
    match () {
        () if odd > enough && even * 10 < odd => Some(UTF_16LE),
        () if even > enough && odd * 10 < even => Some(UTF_16BE),
        () => None,
    }
}
