//! The embedded fonts: reduced to the glyphs in use, laid out by printpdf, with an exact map from codes to glyphs.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, Pt, TextItem,
};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::base::fonts::{Face, fonts};

use super::PdfError;
use super::codes::{Codes, Used};
use super::content::font_name;

/// What embedding a face gives.
pub(super) struct Embedded {
    /// For each code the glyph of the reduced font, two bytes each, for the font dictionary.
    pub code_to_glyph: Vec<u8>,
}

/// Gives the document all fonts in use, and one page that uses each of their codes, so that printpdf writes them out.
pub(super) fn embed(document: &mut PdfDocument, codes: &Codes) -> Result<BTreeMap<Face, Embedded>, PdfError> {
    let mut ops = vec![Op::StartTextSection];
    let mut embedded = BTreeMap::new();
    for (face, used) in &codes.used {
        let id = FontId(font_name(*face).to_owned());
        let (font, code_to_glyph) = reduced(*face, used)?;
        document.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
        ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        let glyphs = used.iter().zip(1..=u16::MAX);
        let codepoint =
            |(used, code): (&Used, u16)| Codepoint { gid: code, offset: 0.0, cid: Some(used.character.to_string()) };
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.map(codepoint).collect())] });
        embedded.insert(*face, Embedded { code_to_glyph });
    }
    ops.push(Op::EndTextSection);
    document.pages = vec![PdfPage::new(Mm(10.0), Mm(10.0), ops)];
    Ok(embedded)
}

/// The face with only the glyphs in use, described by codes in place of glyphs, and the map from codes to glyphs.
fn reduced(face: Face, used: &[Used]) -> Result<(ParsedFont, Vec<u8>), PdfError> {
    let mut glyphs = GlyphRemapper::new();
    let mut code_to_glyph = vec![0, 0];
    for used in used {
        code_to_glyph.extend_from_slice(&glyphs.remap(used.glyph.id).to_be_bytes());
    }
    let bytes = subsetter::subset(face.bytes(), 0, &glyphs)
        .map_err(|error| PdfError::Font { name: face.name(), reason: error.to_string() })?;
    let name = format!("{}+{}", tag(&bytes), face.name());
    let metrics = fonts().metrics(face);
    let thousandths = |part: f32| (part * 1000.0).round() as i16;
    let [left, bottom, right, top] = metrics.bounds.map(thousandths);
    let (slant, weight) = match face {
        Face::Italic => (164, 400),
        Face::Medium => (0, 500),
        Face::Bold => (0, 700),
        Face::Regular | Face::Math | Face::Symbols => (0, 400),
    };
    let font = ParsedFont {
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(name),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: (1..=u16::MAX).zip(used).map(|(code, used)| (code, used.glyph.advance)).collect(),
        units_per_em: 1000,
        font_metrics: FontMetrics { ascent: thousandths(metrics.ascent), descent: -thousandths(metrics.descent) },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min: left,
            y_min: bottom,
            x_max: right,
            y_max: top,
            caret_slope_rise: 1000,
            caret_slope_run: slant,
            us_weight_class: weight,
        },
    };
    Ok((font, code_to_glyph))
}

/// Six letters that tell one subset of a font from another.
pub(super) fn tag(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
