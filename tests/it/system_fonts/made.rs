//! Fonts made for tests: each letter is a box, so wide that it can be told from its neighbours.

use kurbo::{Rect, Shape};
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::gsub::{
    Gsub, Ligature, LigatureSet, LigatureSubstFormat1, SingleSubst, SubstitutionLookup, SubstitutionLookupList,
};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::layout::{
    Feature, FeatureList, FeatureRecord, LangSys, Lookup, LookupFlag, Script, ScriptList, ScriptRecord,
};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::tables::os2::Os2;
use write_fonts::tables::post::Post;
use write_fonts::types::{FWord, GlyphId, GlyphId16, NameId, Tag, UfWord};

/// Parts of the font size.
const UNITS: u16 = 1000;

/// A font for tests.
pub struct Made<'a> {
    pub family: &'a str,
    /// The rights, as the table OS/2 has them.
    pub fs_type: u16,
    pub characters: Vec<char>,
    /// How high and how deep the boxes are.
    pub ink: [i16; 2],
    /// Whether letters have other forms at the beginning, in the middle and at the end of a word, as in Arabic, and lam and
    /// alef one together.
    pub joins: bool,
}

impl Made<'_> {
    /// The font file. Glyph 0 is the empty box, and the others follow in the order of the characters; of a font that joins,
    /// each character has four: alone, first, middle, last.
    pub fn file(&self) -> Vec<u8> {
        let forms = if self.joins { 4 } else { 1 };
        let letters = self.characters.len() * forms;
        let count = 1 + letters + usize::from(self.joins);
        let mut builder = GlyfLocaBuilder::new();
        let mut metrics = Vec::new();
        for glyph in 0..count {
            let is_blank = glyph > 0 && self.characters.get((glyph - 1) / forms).is_some_and(|c| c.is_whitespace());
            let form = if glyph > 0 { (glyph - 1) % forms } else { 0 };
            let width = 500 + 10 * (glyph / forms % 13) as i16 + 40 * form as i16;
            metrics.push(LongMetric::new(width as u16, 50));
            if is_blank {
                builder.add_glyph(&Glyph::Empty).unwrap();
            } else {
                builder.add_glyph(&boxed(50, width - 50, self.ink)).unwrap();
            }
        }
        let (glyf, loca, format) = builder.build();
        let [top, bottom] = self.ink;
        let head = Head {
            units_per_em: UNITS,
            x_max: 700,
            y_max: top,
            y_min: bottom,
            index_to_loc_format: i16::from(matches!(format, LocaFormat::Long)),
            ..Head::default()
        };
        let hhea = Hhea {
            ascender: FWord::new(900),
            descender: FWord::new(-200),
            advance_width_max: UfWord::new(1000),
            number_of_h_metrics: count as u16,
            ..Hhea::default()
        };
        let maxp = Maxp {
            max_points: Some(4),
            max_contours: Some(1),
            max_composite_points: Some(0),
            max_composite_contours: Some(0),
            max_zones: Some(1),
            max_twilight_points: Some(0),
            max_storage: Some(0),
            max_function_defs: Some(0),
            max_instruction_defs: Some(0),
            max_stack_elements: Some(0),
            max_size_of_instructions: Some(0),
            max_component_elements: Some(0),
            max_component_depth: Some(0),
            ..Maxp::new(count as u16)
        };
        let os2 = Os2 { us_weight_class: 400, us_width_class: 5, fs_type: self.fs_type, ..Os2::default() };
        let names = [(1, self.family.to_owned()), (2, "Regular".to_owned()), (6, self.family.replace(' ', ""))];
        let name = |(id, text): (u16, String)| NameRecord::new(3, 1, 0x409, NameId::new(id), text.into());
        let glyph = |(at, character): (usize, &char)| (*character, GlyphId::new((1 + at * forms) as u32));
        let mut font = FontBuilder::new();
        font.add_table(&head).unwrap();
        font.add_table(&hhea).unwrap();
        font.add_table(&maxp).unwrap();
        font.add_table(&Hmtx::new(metrics, Vec::new())).unwrap();
        font.add_table(&os2).unwrap();
        font.add_table(&Name::new(names.into_iter().map(name).collect())).unwrap();
        font.add_table(&Post::default()).unwrap();
        font.add_table(&Cmap::from_mappings(self.characters.iter().enumerate().map(glyph)).unwrap()).unwrap();
        font.add_table(&glyf).unwrap();
        font.add_table(&loca).unwrap();
        if self.joins {
            font.add_table(&self.joining(count - 1)).unwrap();
        }
        font.build()
    }

    /// The number of the glyph of a character, in the form with this number.
    pub fn glyph(&self, character: char, form: usize) -> u16 {
        let at = self.characters.iter().position(|known| *known == character).unwrap();
        (1 + at * if self.joins { 4 } else { 1 } + form) as u16
    }

    /// What makes letters join.
    fn joining(&self, ligature: usize) -> Gsub {
        let glyph = |at: usize| GlyphId16::new(at as u16);
        let alone: Vec<GlyphId16> = (0..self.characters.len()).map(|at| glyph(1 + 4 * at)).collect();
        let single = |form: u16| {
            let others = alone.iter().map(|glyph| GlyphId16::new(glyph.to_u16() + form)).collect();
            let table = SingleSubst::format_2(alone.iter().copied().collect(), others);
            SubstitutionLookup::Single(Lookup::new(LookupFlag::empty(), vec![table]))
        };
        let (lam, alef) = (self.glyph('ل', 1), self.glyph('ا', 3));
        let pair = Ligature::new(glyph(ligature), vec![GlyphId16::new(alef)]);
        let pairs =
            LigatureSubstFormat1::new([GlyphId16::new(lam)].into_iter().collect(), vec![LigatureSet::new(vec![pair])]);
        let pairs = SubstitutionLookup::Ligature(Lookup::new(LookupFlag::empty(), vec![pairs]));
        let lookups = vec![single(1), single(2), single(3), pairs];
        let features = [b"init", b"medi", b"fina", b"rlig"];
        let mut records: Vec<(Tag, u16)> = features.iter().zip(0..).map(|(tag, at)| (Tag::new(tag), at)).collect();
        records.sort_unstable();
        let feature = |(tag, lookup): &(Tag, u16)| FeatureRecord::new(*tag, Feature::new(None, vec![*lookup]));
        let script = || Script::new(Some(LangSys::new((0..4).collect())), Vec::new());
        let scripts = [b"DFLT", b"arab"].map(|tag| ScriptRecord::new(Tag::new(tag), script()));
        Gsub::new(
            ScriptList::new(scripts.to_vec()),
            FeatureList::new(records.iter().map(feature).collect()),
            SubstitutionLookupList::new(lookups),
        )
    }
}

fn boxed(left: i16, right: i16, [top, bottom]: [i16; 2]) -> SimpleGlyph {
    let [left, right, top, bottom] = [left, right, top, bottom].map(f64::from);
    SimpleGlyph::from_bezpath(&Rect::new(left, bottom, right, top).to_path(0.1)).unwrap()
}
