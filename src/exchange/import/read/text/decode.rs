//! Which characters the bytes of a text stand for.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::error::Fault;
use super::super::xml::line_feeds;

/// Bytes that the detector looks at. What they are shows long before.
const LOOKED_AT: usize = 1 << 20;

/// The text of a file, with line ends as LF and without NUL.
pub fn text(bytes: &[u8]) -> Result<String, Fault> {
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
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    detector.feed(looked_at, looked_at.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    // A text in which UTF-8 breaks only here and there is UTF-8 that was damaged.
    let (utf8, broken) = UTF_8.decode_without_bom_handling(bytes);
    if broken {
        let wrong = utf8.matches('\u{fffd}').count();
        let right = utf8.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
        if right > wrong.saturating_mul(20) {
            return UTF_8;
        }
    }
    if guess.is_single_byte() || !guess.decode_without_bom_handling(bytes).1 { guess } else { WINDOWS_1252 }
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
