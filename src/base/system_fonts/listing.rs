//! The faces that are there, in an order of their own, and which of them shows a character.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use fontdb::{Database, FaceInfo, ID, Source, Stretch, Style as Slant};
use harfrust::{ShapePlan, ShaperData};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::OutlineGlyphFormat;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use unicode_script::Script;

use super::families::{Tradition, rank};
use super::rights::Rights;
use super::{Allowed, SystemFace};
use crate::base::fonts::{Metrics, Style};

/// A font that may only be embedded whole and is larger than this is passed over: the file of every report would carry it.
const LARGEST_WHOLE: usize = 4 << 20;

/// All faces of the machine.
#[derive(Debug)]
pub(super) struct Listing {
    database: Database,
    faces: Vec<Listed>,
    orders: RwLock<HashMap<Wanted, Arc<[usize]>>>,
    chosen: RwLock<HashMap<(Wanted, char), Option<usize>>>,
}

/// What decides on the order of the faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    pub script: Script,
    pub tradition: Tradition,
    pub style: Style,
}

/// One face.
#[derive(Debug)]
pub(super) struct Listed {
    id: ID,
    pub family: String,
    pub name: String,
    weight: u16,
    slant: Slant,
    stretch: Stretch,
    is_monospaced: bool,
    known: OnceLock<Known>,
    loaded: OnceLock<Option<Loaded>>,
}

/// What tells whether a face will do.
#[derive(Debug, Default)]
struct Known {
    /// First and last of the characters that have a glyph, in order.
    covered: Vec<(u32, u32)>,
    /// `None` for a face without outlines, and for one that cannot be read.
    rights: Option<Rights>,
}

/// What setting text needs.
pub(super) struct Loaded {
    pub bytes: Vec<u8>,
    pub index: u32,
    pub shaper: ShaperData,
    pub units: f32,
    pub metrics: Metrics,
    pub is_truetype: bool,
    pub rights: Rights,
    pub ink: RwLock<HashMap<u16, [f32; 4]>>,
    /// Which rules of the font hold for a script, direction and tradition.
    pub plans: RwLock<HashMap<(Script, bool, Tradition), Arc<ShapePlan>>>,
    /// See [`super::numbered`].
    pub numbered: OnceLock<Option<Vec<u8>>>,
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loaded").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl Listing {
    /// Looks for fonts. The order of the faces depends on their names and places only.
    pub fn read(allowed: &Allowed) -> Self {
        let mut database = Database::new();
        match allowed {
            Allowed::System => database.load_system_fonts(),
            Allowed::Folders(folders) => folders.iter().for_each(|folder| database.load_fonts_dir(folder)),
            Allowed::Files(files) => files.iter().for_each(|bytes| database.load_font_data(bytes.clone())),
        }
        let place = |info: &FaceInfo| match &info.source {
            Source::File(path) | Source::SharedFile(path, _) => path.clone(),
            Source::Binary(_) => PathBuf::new(),
        };
        let mut found: Vec<(PathBuf, u32, Listed)> =
            database.faces().filter_map(|info| Some((place(info), info.index, Listed::new(info)?))).collect();
        let key = |(place, index, face): &(PathBuf, u32, Listed)| {
            (face.family.clone(), face.name.clone(), place.clone(), *index)
        };
        found.sort_by_cached_key(key);
        let faces = found.into_iter().map(|(.., face)| face).collect();
        Self { database, faces, orders: RwLock::default(), chosen: RwLock::default() }
    }

    pub fn face(&self, at: usize) -> &Listed {
        &self.faces[at]
    }

    /// The first face in the order of what is wanted that shows the character.
    pub fn choose(&self, wanted: Wanted, character: char) -> Option<usize> {
        let known = self.chosen.read().unwrap_or_else(PoisonError::into_inner).get(&(wanted, character)).copied();
        known.unwrap_or_else(|| {
            let chosen = self.order(wanted).iter().copied().find(|at| self.can_show(*at, character));
            self.chosen.write().unwrap_or_else(PoisonError::into_inner).insert((wanted, character), chosen);
            chosen
        })
    }

    /// The first face in the order of what is wanted that shows all of the characters.
    pub fn choose_for_all(&self, wanted: Wanted, characters: &[char]) -> Option<usize> {
        let shows_all = |at: &usize| characters.iter().all(|character| self.covers(*at, *character));
        let chosen = characters.first().and_then(|first| self.choose(wanted, *first)).filter(shows_all);
        chosen.or_else(|| {
            let usable = |at: &usize| shows_all(at) && self.can_show(*at, characters[0]);
            self.order(wanted).iter().copied().find(usable)
        })
    }

    fn order(&self, wanted: Wanted) -> Arc<[usize]> {
        if let Some(order) = self.orders.read().unwrap_or_else(PoisonError::into_inner).get(&wanted) {
            return Arc::clone(order);
        }
        let mut order: Vec<usize> = (0..self.faces.len()).collect();
        order.sort_by_cached_key(|at| {
            let face = &self.faces[*at];
            let weight = match wanted.style {
                Style::Regular | Style::Italic => 400,
                Style::Medium => 500,
                Style::Bold => 700,
            };
            let width = (i32::from(face.stretch.to_number()) - i32::from(Stretch::Normal.to_number())).abs();
            (
                rank(&face.family, wanted.script, wanted.tradition),
                face.is_monospaced,
                face.family.clone(),
                // Few scripts lean, and a slanted face of the machine may lean the wrong way.
                face.slant != Slant::Normal,
                width,
                face.weight.abs_diff(weight),
                *at,
            )
        });
        let order: Arc<[usize]> = order.into();
        self.orders.write().unwrap_or_else(PoisonError::into_inner).insert(wanted, Arc::clone(&order));
        order
    }

    /// Whether the face has a glyph for the character.
    pub fn covers(&self, at: usize, character: char) -> bool {
        self.known(at).covers(character)
    }

    /// Whether a document may show the character with this face.
    fn can_show(&self, at: usize, character: char) -> bool {
        let known = self.known(at);
        matches!(known.rights, Some(Rights::Subset | Rights::Whole))
            && known.covers(character)
            && self.has_ink(at, character)
    }

    /// Whether the glyph is more than an empty place: fonts of colour pictures have those.
    fn has_ink(&self, at: usize, character: char) -> bool {
        let drawn = |data: &[u8], index| {
            let font = FontRef::from_index(data, index).ok()?;
            let glyph = font.charmap().map(character)?;
            let bounds = font.glyph_metrics(Size::unscaled(), LocationRef::default()).bounds(glyph)?;
            (bounds.x_max > bounds.x_min).then_some(())
        };
        character.is_whitespace() || self.database.with_face_data(self.faces[at].id, drawn).flatten().is_some()
    }

    fn known(&self, at: usize) -> &Known {
        let face = &self.faces[at];
        face.known.get_or_init(|| self.database.with_face_data(face.id, Known::read).flatten().unwrap_or_default())
    }

    /// The face with all that setting text needs, read once.
    pub fn loaded(&self, at: usize) -> Option<&Loaded> {
        let face = &self.faces[at];
        let load = || self.database.with_face_data(face.id, Loaded::read).flatten();
        face.loaded.get_or_init(load).as_ref()
    }

    /// Families that have the character but may not be embedded.
    pub fn passed_over(&self, character: char) -> Vec<&str> {
        let barred = |at: &usize| {
            let known = self.known(*at);
            known.rights == Some(Rights::Barred) && known.covers(character) && self.has_ink(*at, character)
        };
        let families: BTreeSet<&str> =
            (0..self.faces.len()).filter(barred).map(|at| self.faces[at].family.as_str()).collect();
        families.into_iter().collect()
    }
}

impl Listed {
    fn new(info: &FaceInfo) -> Option<Self> {
        let family = info.families.first().map(|(family, _)| family.clone())?;
        // Fonts that systems hide from people, and those that have a picture of "no glyph" for every character.
        let is_hidden = family.starts_with('.') || family.replace(' ', "").eq_ignore_ascii_case("LastResort");
        (!is_hidden).then(|| Self {
            id: info.id,
            family,
            name: info.post_script_name.clone(),
            weight: info.weight.0,
            slant: info.style,
            stretch: info.stretch,
            is_monospaced: info.monospaced,
            known: OnceLock::new(),
            loaded: OnceLock::new(),
        })
    }
}

impl Known {
    fn read(data: &[u8], index: u32) -> Option<Self> {
        let font = FontRef::from_index(data, index).ok()?;
        let mut codes: Vec<u32> =
            font.charmap().mappings().filter(|(_, id)| id.to_u32() != 0).map(|(c, _)| c).collect();
        codes.sort_unstable();
        codes.dedup();
        let mut covered: Vec<(u32, u32)> = Vec::new();
        for code in codes {
            match covered.last_mut() {
                Some((_, last)) if *last + 1 == code => *last = code,
                _ => covered.push((code, code)),
            }
        }
        Some(Self { covered, rights: rights(&font, data, index) })
    }

    fn covers(&self, character: char) -> bool {
        let code = u32::from(character);
        let at = self.covered.partition_point(|(_, last)| *last < code);
        self.covered.get(at).is_some_and(|(first, _)| *first <= code)
    }
}

/// How a face may be embedded, or `None` if the libraries cannot.
fn rights(font: &FontRef<'_>, data: &[u8], index: u32) -> Option<Rights> {
    let format = font.outline_glyphs().format()?;
    let rights = Rights::of(font.os2().ok().map(|table| table.fs_type()));
    match format {
        OutlineGlyphFormat::Cff2 => None,
        // A collection or another kind of outlines would have to be written anew, and that is no whole font any more.
        OutlineGlyphFormat::Cff if rights == Rights::Whole => Some(Rights::Barred),
        _ if rights == Rights::Whole && (index > 0 || data.starts_with(b"ttcf") || data.len() > LARGEST_WHOLE) => {
            Some(Rights::Barred)
        }
        _ => Some(rights),
    }
}

impl Loaded {
    fn read(data: &[u8], index: u32) -> Option<Self> {
        let font = FontRef::from_index(data, index).ok()?;
        let shaper = ShaperData::new(&harfrust::FontRef::from_index(data, index).ok()?);
        let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        let metrics = font.metrics(Size::new(1.0), LocationRef::default());
        let bounds = metrics.bounds.map_or([0.0, -0.25, 1.0, 1.0], |b| [b.x_min, b.y_min, b.x_max, b.y_max]);
        let cap_height = metrics.cap_height.filter(|height| *height > 0.0).unwrap_or(0.7);
        Some(Self {
            bytes: data.to_vec(),
            index,
            shaper,
            units: f32::from(units).max(1.0),
            metrics: Metrics { ascent: metrics.ascent, descent: -metrics.descent, cap_height, bounds },
            is_truetype: font.outline_glyphs().format() == Some(OutlineGlyphFormat::Glyf),
            rights: rights(&font, data, index)?,
            ink: RwLock::default(),
            plans: RwLock::default(),
            numbered: OnceLock::new(),
        })
    }

    /// The font for measures and outlines. It was read before.
    pub fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.bytes, self.index).ok()
    }
}

/// What may be looked for, and what was found once somebody asked.
static ALLOWED: OnceLock<Allowed> = OnceLock::new();
static LISTING: OnceLock<Listing> = OnceLock::new();

/// Sets once what may be looked for; says whether it holds now.
pub(super) fn allow(allowed: Allowed) -> bool {
    ALLOWED.set(allowed).is_ok()
}

/// Whether anything may be looked for.
pub(super) fn is_allowed() -> bool {
    ALLOWED.get().is_some()
}

/// The faces of the machine, looked for when somebody first asks.
pub(super) fn listing() -> Option<&'static Listing> {
    ALLOWED.get().map(|allowed| LISTING.get_or_init(|| Listing::read(allowed)))
}

/// A face with its data, if it can be read.
pub(super) fn handle(at: usize) -> Option<SystemFace> {
    let listing = listing()?;
    (at < listing.faces.len() && listing.loaded(at).is_some()).then_some(SystemFace(u16::try_from(at).ok()?))
}
