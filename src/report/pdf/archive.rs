//! What makes the file fit for archives: PDF/A-2b (ISO 19005-2), with its metadata as XMP and a profile for its colours.

use lopdf::{Dictionary, Document, Object, Stream};
use moxcms::ColorProfile;
use xmp_writer::{DateTime, LangId, Timezone, XmpWriter};

use crate::base::clock::Date;
use crate::report::doc::Report;

use super::{CREATOR, PdfError, title};

/// When a profile was made stands at these places of its header. It is always the same, so that the file is.
const MADE: std::ops::Range<usize> = 24..36;
/// The first day of 2026: year, month, day, hour, minute, second as two bytes each.
const MADE_ON: [u8; 12] = [0x07, 0xea, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0];

/// Adds metadata and output intent to the catalog. The file says that it is PDF/A-2b if it `conforms`: a character without a
/// glyph is forbidden there.
pub(super) fn add(
    document: &mut Document,
    catalog: &mut Dictionary,
    report: &Report,
    conforms: bool,
) -> Result<(), PdfError> {
    let mut kind = Dictionary::new();
    kind.set("Type", "Metadata");
    kind.set("Subtype", "XML");
    // Programs that do not know PDF find the metadata only where it is not compressed.
    let packet = Stream::new(kind, metadata(report, conforms).into_bytes()).with_compression(false);
    catalog.set("Metadata", document.add_object(packet));

    let mut components = Dictionary::new();
    components.set("N", 3);
    let mut profile = Stream::new(components, srgb()?);
    profile.compress()?;
    let profile = document.add_object(profile);
    let mut intent = Dictionary::new();
    intent.set("Type", "OutputIntent");
    intent.set("S", "GTS_PDFA1");
    intent.set("OutputConditionIdentifier", Object::string_literal("sRGB IEC61966-2.1"));
    intent.set("Info", Object::string_literal("sRGB IEC61966-2.1"));
    intent.set("DestOutputProfile", profile);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    Ok(())
}

/// The same as the properties of the file, as ISO 19005-2, 6.6.3 asks for.
fn metadata(report: &Report, conforms: bool) -> String {
    let mut writer = XmpWriter::new();
    let title = title(report);
    if !title.is_empty() {
        writer.title([(None::<LangId<'_>>, title.as_str())]);
    }
    if !report.author.is_empty() {
        writer.creator([report.author.as_str()]);
    }
    if !report.subject.is_empty() {
        writer.description([(None::<LangId<'_>>, report.subject.as_str())]);
    }
    if !report.language.is_empty() {
        writer.language([LangId(&report.language)]);
    }
    writer.creator_tool(CREATOR);
    if let Some(date) = report.date {
        writer.create_date(midnight(date));
        writer.modify_date(midnight(date));
    }
    if conforms {
        writer.pdfa_part(2);
        writer.pdfa_conformance("B");
    }
    writer.finish(None)
}

fn midnight(date: Date) -> DateTime {
    DateTime {
        year: date.year().unsigned_abs(),
        month: Some(date.month().unsigned_abs()),
        day: Some(date.day().unsigned_abs()),
        hour: Some(0),
        minute: Some(0),
        second: Some(0),
        timezone: Some(Timezone::Utc),
    }
}

/// The sRGB colour space as an ICC profile.
fn srgb() -> Result<Vec<u8>, PdfError> {
    let mut profile = ColorProfile::new_srgb();
    // Code points for video belong to no document.
    profile.cicp = None;
    let mut bytes = profile.encode().map_err(|error| PdfError::Library(error.to_string()))?;
    match bytes.get_mut(MADE) {
        Some(made) => made.copy_from_slice(&MADE_ON),
        None => return Err(PdfError::Library("the colour profile has no header".to_owned())),
    }
    Ok(bytes)
}
