//! Fonts of the system in the file: composite fonts whose codes are the numbers of their glyphs (ISO 32000-1, 9.7), reduced
//! to the glyphs in use where their makers allow it.

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::base::system_fonts::{Rights, SystemFace};

use super::PdfError;
use super::fonts::tag;
use super::glyphs::{SystemGlyphs, Used};

/// The name of a font of the system among the resources of a page.
pub(super) fn font_name(number: usize) -> String {
    format!("S{}", number + 1)
}

/// Adds the fonts to the document and to the fonts of all pages.
pub(super) fn add(document: &mut Document, glyphs: &SystemGlyphs, fonts: &mut Dictionary) -> Result<(), PdfError> {
    for (face, used) in glyphs.faces() {
        let font = font(document, face, used)?;
        fonts.set(font_name(used.number), font);
    }
    Ok(())
}

fn font(document: &mut Document, face: SystemFace, used: &Used) -> Result<ObjectId, PdfError> {
    let (name, program) = program(face, used)?;
    let mut stream = Dictionary::new();
    let (kind, key) = if face.is_truetype() {
        stream.set("Length1", program.len() as i64);
        ("CIDFontType2", "FontFile2")
    } else {
        stream.set("Subtype", "CIDFontType0C");
        ("CIDFontType0", "FontFile3")
    };
    let program = document.add_object(Stream::new(stream, program));
    let metrics = face.metrics();
    let thousandths = |part: f32| Object::Integer((part * 1000.0).round() as i64);
    let mut descriptor = Dictionary::new();
    descriptor.set("Type", "FontDescriptor");
    descriptor.set("FontName", Object::Name(name.clone().into_bytes()));
    // Symbolic: its characters are not those of the Latin alphabet.
    descriptor.set("Flags", 4);
    descriptor.set("FontBBox", metrics.bounds.map(thousandths).to_vec());
    descriptor.set("ItalicAngle", 0);
    descriptor.set("Ascent", thousandths(metrics.ascent));
    descriptor.set("Descent", thousandths(-metrics.descent));
    descriptor.set("CapHeight", thousandths(metrics.cap_height));
    descriptor.set("StemV", 80);
    descriptor.set(key, program);
    let descriptor = document.add_object(descriptor);

    let mut system = Dictionary::new();
    system.set("Registry", Object::string_literal("Adobe"));
    system.set("Ordering", Object::string_literal("Identity"));
    system.set("Supplement", 0);
    let mut descendant = Dictionary::new();
    descendant.set("Type", "Font");
    descendant.set("Subtype", kind);
    descendant.set("BaseFont", Object::Name(name.clone().into_bytes()));
    descendant.set("CIDSystemInfo", system);
    descendant.set("FontDescriptor", descriptor);
    descendant.set("DW", 1000);
    descendant.set("W", widths(used));
    if face.is_truetype() {
        descendant.set("CIDToGIDMap", "Identity");
    }
    let descendant = document.add_object(descendant);

    let map = document.add_object(Stream::new(Dictionary::new(), unicode_map(used)));
    let mut font = Dictionary::new();
    font.set("Type", "Font");
    font.set("Subtype", "Type0");
    font.set("BaseFont", Object::Name(name.into_bytes()));
    font.set("Encoding", "Identity-H");
    font.set("DescendantFonts", vec![descendant.into()]);
    font.set("ToUnicode", map);
    Ok(document.add_object(font))
}

/// The name of the font in the file, and its program.
fn program(face: SystemFace, used: &Used) -> Result<(String, Vec<u8>), PdfError> {
    let (file, index) = face.file();
    let failed = |reason: String| PdfError::Font { name: face.name(), reason };
    // Names of fonts are plain; what is not would have to be escaped, which some programs do not understand.
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let own: String = face.name().chars().filter(is_plain).collect();
    if face.rights() == Rights::Whole {
        return Ok((own, file.to_vec()));
    }
    let reduced = subsetter::subset(file, index, &used.remapper).map_err(|error| failed(error.to_string()))?;
    let name = format!("{}+{own}", tag(&reduced));
    if face.is_truetype() {
        return Ok((name, reduced));
    }
    let outlines = table(&reduced, *b"CFF ").ok_or_else(|| failed("its outlines are not found".to_owned()))?;
    Ok((name, outlines.to_vec()))
}

/// A table of a font file.
fn table(file: &[u8], wanted: [u8; 4]) -> Option<&[u8]> {
    let font = skrifa::FontRef::new(file).ok()?;
    font.table_data(skrifa::Tag::new(&wanted)).map(|data| data.as_bytes())
}

/// Codes that follow each other with their widths: `first [width width …]`.
fn widths(used: &Used) -> Vec<Object> {
    let mut codes: Vec<(u16, u16)> = used.glyphs.values().map(|code| (code.code, code.advance)).collect();
    codes.sort_unstable();
    let mut widths = Vec::new();
    for run in codes.chunk_by(|(one, _), (next, _)| one + 1 == *next) {
        widths.push(Object::Integer(i64::from(run[0].0)));
        widths.push(Object::Array(run.iter().map(|(_, width)| Object::Integer(i64::from(*width))).collect()));
    }
    widths
}

/// What each code says (ISO 32000-1, 9.10.3). A code that says nothing alone is a private character: something must be there.
fn unicode_map(used: &Used) -> Vec<u8> {
    /// How many entries one list may have.
    const LONGEST: usize = 100;
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let mut codes: Vec<(u16, &str)> = used.glyphs.values().map(|code| (code.code, code.text.as_str())).collect();
    codes.sort_unstable();
    for some in codes.chunks(LONGEST) {
        // Writing into memory cannot fail.
        let _ = writeln!(map, "{} beginbfchar", some.len());
        for (code, text) in some {
            let text = if text.is_empty() { "\u{e000}" } else { text };
            let units: String = text.encode_utf16().fold(String::new(), |units, unit| format!("{units}{unit:04X}"));
            let _ = writeln!(map, "<{code:04X}> <{units}>");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map.into_bytes()
}
