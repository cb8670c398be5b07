//! PDF/A-2b (ISO 19005-2), clause by clause, as far as a file with a logo and without forms can break it.

use std::collections::BTreeSet;
use std::sync::Arc;

use goldthread::app::export::{PdfOptions, pdf_bytes};
use goldthread::app::printing::Printable;
use goldthread::app::samples::sample;
use goldthread::base::clock::Date;
use goldthread::report::doc::Cell;
use goldthread::report::paper::Paper;
use goldthread::report::picture::Picture;
use goldthread::report::to_pdf;
use lopdf::{Dictionary, Document, Object};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

use super::form::report;
use crate::samples::opened;

fn resolved<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).unwrap().1
}

pub fn metadata(document: &Document) -> String {
    let packet = resolved(document, document.catalog().unwrap().get(b"Metadata").unwrap()).as_stream().unwrap();
    // 6.6.2: programs that do not know PDF find it.
    assert!(packet.dict.get(b"Filter").is_err());
    String::from_utf8(packet.content.clone()).unwrap()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let from = text.find(start)? + start.len();
    Some(&text[from..from + text[from..].find(end)?])
}

/// Says what is wrong with a file, by clause.
pub fn breaches(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut ask = |holds: bool, clause: &str| found.extend((!holds).then(|| clause.to_owned()));
    // 6.1.2: the header, and a comment with four bytes above 127.
    ask(bytes.starts_with(b"%PDF-1."), "6.1.2 header");
    ask(bytes[9] == b'%' && bytes[10..14].iter().all(|byte| *byte > 127), "6.1.2 comment");
    let document = Document::load_mem(bytes).unwrap();
    // 6.1.3: identity, no encryption, nothing behind the end.
    ask(document.trailer.get(b"ID").is_ok(), "6.1.3 identity");
    ask(document.trailer.get(b"Encrypt").is_err(), "6.1.3 encryption");
    ask(bytes.trim_ascii_end().ends_with(b"%%EOF"), "6.1.3 end");
    let catalog = document.catalog().unwrap();
    // 6.2.3: the output intent with its profile.
    let intents = resolved(&document, catalog.get(b"OutputIntents").unwrap()).as_array().unwrap();
    let intent = resolved(&document, &intents[0]).as_dict().unwrap();
    ask(intent.get(b"S").unwrap().as_name().unwrap() == b"GTS_PDFA1", "6.2.3 intent");
    let profile = resolved(&document, intent.get(b"DestOutputProfile").unwrap()).as_stream().unwrap();
    let icc = profile.get_plain_content().unwrap();
    let size = u32::from_be_bytes(icc[..4].try_into().unwrap()) as usize;
    ask(size == icc.len() && &icc[36..40] == b"acsp" && icc[8] <= 4, "6.2.3 profile");
    ask(
        &icc[12..16] == b"mntr" && &icc[16..20] == b"RGB " && profile.dict.get(b"N").unwrap().as_i64().unwrap() == 3,
        "6.2.3 colours",
    );
    for object in document.objects.values() {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => {
                // 6.1.7: no data outside of the file, no LZW.
                ask(stream.dict.get(b"F").is_err(), "6.1.7.1 external data");
                ask(
                    stream.dict.get(b"Filter").map_or(true, |filter| filter.as_name().unwrap() == b"FlateDecode"),
                    "6.1.7.2 filter",
                );
                &stream.dict
            }
            Object::String(text, _) => {
                ask(text.len() <= 32_767, "6.1.13 string");
                continue;
            }
            _ => continue,
        };
        // 6.5: no actions; 6.2.10: no transparency but that of soft masks; 6.2.9: no images by reference or PostScript.
        for key in [&b"AA"[..], b"JS", b"Launch", b"BM", b"CA", b"ca", b"TR", b"HTP", b"OPI", b"Ref"] {
            ask(dictionary.get(key).is_err(), &format!("forbidden {}", String::from_utf8_lossy(key)));
        }
        if dictionary.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image") {
            image(&document, object, &mut ask);
        } else {
            ask(dictionary.get(b"SMask").is_err(), "6.2.10 soft mask of something else than a picture");
        }
        if dictionary.get(b"Type").and_then(Object::as_name).ok() == Some(b"Font") {
            fonts(&document, dictionary, &mut ask);
        }
    }
    // 6.2.2: operators of the standard only, and states saved as often as restored.
    let known: BTreeSet<&str> =
        "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG \
         rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \""
            .split(' ')
            .collect();
    for page in document.get_pages().values() {
        // 6.2.10: what lets the paper through is put together in colours that are known.
        if let Ok(group) = document.get_dictionary(*page).unwrap().get(b"Group") {
            let colours = resolved(&document, group).as_dict().unwrap().get(b"CS").unwrap();
            ask(colours.as_name().unwrap() == b"DeviceRGB", "6.2.10 colours of a group");
        }
        let mut depth = 0;
        for operation in document.get_and_decode_page_content(*page).unwrap().operations {
            ask(known.contains(operation.operator.as_str()), "6.2.2 operator");
            depth += match operation.operator.as_str() {
                "q" => 1,
                "Q" => -1,
                _ => 0,
            };
            ask((0..=28).contains(&depth), "6.1.13 saved states");
        }
        ask(depth == 0, "6.2.2 saved states");
    }
    found
}

/// 6.2.8 and 6.2.4.3: pictures are not interpolated, have no alternates, and colours that the output intent covers; they have
/// as many bytes as they say.
fn image(document: &Document, object: &Object, ask: &mut impl FnMut(bool, &str)) {
    let stream = object.as_stream().unwrap();
    let number = |key: &[u8]| stream.dict.get(key).unwrap().as_i64().unwrap();
    let colours = stream.dict.get(b"ColorSpace").unwrap().as_name().unwrap();
    ask(stream.dict.get(b"Interpolate").is_err(), "6.2.8.2 interpolation");
    ask(stream.dict.get(b"Alternates").is_err(), "6.2.8.1 alternates");
    ask(matches!(colours, b"DeviceRGB" | b"DeviceGray"), "6.2.4.3 colours");
    let components = if colours == b"DeviceRGB" { 3 } else { 1 };
    let bytes = number(b"Width") * number(b"Height") * components * number(b"BitsPerComponent") / 8;
    ask(stream.get_plain_content().unwrap().len() as i64 == bytes, "ISO 32000-1, 8.9.5 samples");
    if let Ok(mask) = stream.dict.get(b"SMask") {
        let mask = resolved(document, mask).as_stream().unwrap();
        let of_mask = |key: &[u8]| mask.dict.get(key).unwrap().as_i64().unwrap();
        ask(mask.dict.get(b"ColorSpace").unwrap().as_name().unwrap() == b"DeviceGray", "8.9.5 colours of a mask");
        ask((of_mask(b"Width"), of_mask(b"Height")) == (number(b"Width"), number(b"Height")), "8.9.5 size of a mask");
    }
}

/// 6.2.11: fonts are in the file, with their own maps, and as broad as they say.
fn fonts(document: &Document, font: &Dictionary, ask: &mut impl FnMut(bool, &str)) {
    match font.get(b"Subtype").and_then(Object::as_name).ok() {
        Some(b"Type0") => {
            ask(font.get(b"ToUnicode").is_ok(), "6.2.11.7 map to Unicode");
            let descendants = resolved(document, font.get(b"DescendantFonts").unwrap()).as_array().unwrap();
            for descendant in descendants {
                descendant_font(document, resolved(document, descendant).as_dict().unwrap(), ask);
            }
        }
        Some(b"CIDFontType0" | b"CIDFontType2") => {}
        other => ask(false, &format!("6.2.11 font of type {other:?}")),
    }
}

fn descendant_font(document: &Document, font: &Dictionary, ask: &mut impl FnMut(bool, &str)) {
    let descriptor = resolved(document, font.get(b"FontDescriptor").unwrap()).as_dict().unwrap();
    let program = resolved(document, descriptor.get(b"FontFile2").unwrap()).as_stream().unwrap();
    let program = program.get_plain_content().unwrap();
    let map = match resolved(document, font.get(b"CIDToGIDMap").unwrap()) {
        Object::Name(name) => {
            // 6.2.11.3.2: the only map that has a name.
            ask(name == b"Identity", "6.2.11.3.2 map to glyphs");
            None
        }
        map => Some(map.as_stream().unwrap().get_plain_content().unwrap()),
    };
    let face = skrifa::FontRef::new(&program).unwrap();
    let metrics = face.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units = f32::from(face.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    for (code, width) in widths(document, font) {
        let mapped = |map: &Vec<u8>| u16::from_be_bytes([map[2 * code], map[2 * code + 1]]);
        let glyph = map.as_ref().map_or(code as u16, mapped);
        let advance = metrics.advance_width(skrifa::GlyphId::from(glyph)).unwrap() * 1000.0 / units;
        ask((advance - width).abs() <= 1.0, "6.2.11.5 width of a glyph");
        ask(glyph != 0, "6.2.11.8 glyph that stands for none");
    }
}

/// The widths of a font by code: `first [width width …]` or `first last width`.
fn widths(document: &Document, font: &Dictionary) -> Vec<(usize, f32)> {
    let list = resolved(document, font.get(b"W").unwrap()).as_array().unwrap();
    let number = |object: &Object| match object {
        Object::Integer(number) => *number as f32,
        other => other.as_float().unwrap(),
    };
    let (mut found, mut rest) = (Vec::new(), list.as_slice());
    while let [first, next, tail @ ..] = rest {
        let first = number(first) as usize;
        match resolved(document, next) {
            Object::Array(widths) => {
                found.extend(widths.iter().enumerate().map(|(at, width)| (first + at, number(width))));
                rest = tail;
            }
            last => {
                found.extend((first..=number(last) as usize).map(|code| (code, number(&tail[0]))));
                rest = &tail[1..];
            }
        }
    }
    assert!(!found.is_empty());
    found
}

#[test]
fn every_report_of_a_sample_is_fit_for_archives_and_says_so() {
    let brake = opened(sample("electric-parking-brake").unwrap());
    let today = Date::constant(2026, 11, 24);
    for what in Printable::all(&brake) {
        for language in ["en", "de"] {
            let options = PdfOptions { language, ..PdfOptions::default() };
            let bytes = pdf_bytes(&brake, what, today, &options).unwrap();
            let breaches = breaches(&bytes);
            assert!(breaches.is_empty(), "{}: {:?}", what.name(&brake), breaches.iter().collect::<BTreeSet<_>>());
            let packet = metadata(&Document::load_mem(&bytes).unwrap());
            assert_eq!(between(&packet, "<pdfaid:part>", "<"), Some("2"));
            assert_eq!(between(&packet, "<pdfaid:conformance>", "<"), Some("B"));
        }
    }
}

#[test]
fn a_logo_keeps_a_report_fit_for_archives_and_is_in_the_file_once() {
    for transparent in [true, false] {
        let alpha = if transparent { 90 } else { 255 };
        let picture = image::RgbaImage::from_pixel(300, 90, image::Rgba([200, 40, 10, alpha]));
        let mut png = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let mut report = report(60, Paper::A4);
        let without = to_pdf(&report).unwrap();
        report.header.logo = Some(Arc::new(Picture::read(&png.into_inner()).unwrap()));
        let pdf = to_pdf(&report).unwrap();
        assert!(pdf.pages > 3);
        let breaches = breaches(&pdf.bytes);
        assert!(breaches.is_empty(), "{:?}", breaches.iter().collect::<BTreeSet<_>>());
        let document = Document::load_mem(&pdf.bytes).unwrap();
        assert!(metadata(&document).contains("pdfaid:part"));
        let is_image = |object: &&Object| {
            object
                .as_stream()
                .is_ok_and(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image"))
        };
        assert_eq!(document.objects.values().filter(is_image).count(), if transparent { 2 } else { 1 });
        for page in document.get_pages().values() {
            let content = document.get_and_decode_page_content(*page).unwrap().operations;
            assert_eq!(content.iter().filter(|operation| operation.operator == "Do").count(), 1);
        }
        assert_eq!(to_pdf(&report).unwrap().bytes, pdf.bytes);
        let id = |bytes: &[u8]| Document::load_mem(bytes).unwrap().trailer.get(b"ID").unwrap().clone();
        assert_ne!(id(&pdf.bytes), id(&without.bytes));
    }
}

#[test]
fn the_metadata_say_what_the_properties_say() {
    let pdf = to_pdf(&report(3, Paper::A3)).unwrap();
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let packet = metadata(&document);
    // 6.6.3: title, author, subject, program and dates are the same in both.
    for words in ["Process FMEA PFMEA-4711", "A. Novák", "Electric parking brake", "Goldthread "] {
        assert!(packet.contains(words), "{words}: {packet}");
    }
    for date in ["xmp:CreateDate", "xmp:ModifyDate"] {
        assert_eq!(between(&packet, &format!("<{date}>"), "<"), Some("2026-06-30T00:00:00Z"), "{packet}");
    }
}

#[test]
fn a_character_without_a_glyph_takes_the_claim_away() {
    let mut report = report(3, Paper::A3);
    report.sections[0].table.rows[2].cells[0] = Cell::plain(9, "漢");
    let pdf = to_pdf(&report).unwrap();
    assert_eq!(pdf.missing, ['漢']);
    assert!(!metadata(&Document::load_mem(&pdf.bytes).unwrap()).contains("pdfaid:part"));
    assert!(breaches(&pdf.bytes).iter().any(|breach| breach.starts_with("6.2.11.8")));
}
