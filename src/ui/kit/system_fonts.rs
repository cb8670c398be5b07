//! Fonts of the system on screen: for characters that no bundled font has, and for the glyphs of shaped words.
//!
//! To look for fonts takes longer than a frame has. A character that is met for the first time is asked for beside the frames;
//! until the answer is there it shows as a box.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use eframe::egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use eframe::egui::{Context, FontData, FontFamily, FontId};
use unicode_script::UnicodeScript;

use super::theme::{Weight, weight_of};
use crate::base::fonts::Style;
use crate::base::system_fonts::{SystemFace, Tradition, are_allowed, numbered};

/// Begins the name of the family that has the glyphs of a face by number.
const NUMBERED: &str = "glyphs of face ";

/// The family in which each glyph of a face has a character of its own.
pub fn numbered_font(face: SystemFace, points: f32) -> FontId {
    FontId::new(points, FontFamily::Name(format!("{NUMBERED}{}", face.number()).into()))
}

/// How often windows had to read their fonts anew because of fonts of the system: texts that were laid out before point at
/// nothing.
pub fn generation() -> u64 {
    GENERATION.load(Ordering::Relaxed)
}

static GENERATION: AtomicU64 = AtomicU64::new(0);

/// Lets a window use fonts of the system, if the program may.
pub fn install(ctx: &Context) {
    if are_allowed() {
        let provider = Provider { ctx: ctx.clone(), answers: Arc::default(), was_asked: AtomicBool::new(true) };
        ctx.add_font_provider(Arc::new(provider));
    }
}

struct Provider {
    ctx: Context,
    answers: Arc<Mutex<Answers>>,
    /// The toolkit asks a provider that is new to it once it has read its fonts anew.
    was_asked: AtomicBool,
}

/// An answer about a character.
#[derive(Clone, Copy)]
enum Answer {
    /// Somebody looks for it.
    Awaited,
    /// No font shows it.
    None,
    /// This one does.
    Face(SystemFace),
}

/// What was asked for, with the answers.
#[derive(Default)]
struct Answers {
    known: HashMap<(char, Style), Answer>,
    open: Vec<(Vec<char>, Style)>,
    is_busy: bool,
}

impl FontProvider for Provider {
    fn fonts_for_family(&self, family: &FontFamily) -> Vec<FontInsert> {
        if !self.was_asked.swap(true, Ordering::Relaxed) {
            GENERATION.fetch_add(1, Ordering::Relaxed);
        }
        let face = match family {
            FontFamily::Name(name) => name.strip_prefix(NUMBERED).and_then(|number| number.parse().ok()),
            FontFamily::Proportional | FontFamily::Monospace => None,
        };
        let bytes = face.and_then(SystemFace::with_number).and_then(numbered);
        let insert =
            |bytes: &'static [u8]| FontInsert::new(&format!("{family:?}"), FontData::from_static(bytes), Vec::new());
        bytes.map(insert).into_iter().collect()
    }

    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let style = match weight_of(request.family)? {
            Weight::Regular => Style::Regular,
            Weight::Medium => Style::Medium,
            Weight::Bold => Style::Bold,
            Weight::Italic => Style::Italic,
        };
        let characters: Vec<char> = request.cluster.chars().collect();
        let first = *characters.first()?;
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answers.known.get(&(first, style)) {
            let Answer::Face(face) = answer else { return None };
            let (bytes, index) = face.file();
            let data = FontData { index, ..FontData::from_static(bytes) };
            return Some(FontInsert::new(&format!("face {}", face.number()), data, Vec::new()));
        }
        answers.known.insert((first, style), Answer::Awaited);
        answers.open.push((characters, style));
        if !answers.is_busy {
            answers.is_busy = true;
            let provider = self.anew();
            std::thread::spawn(move || provider.answer());
        }
        None
    }
}

impl Provider {
    fn anew(&self) -> Self {
        Self { ctx: self.ctx.clone(), answers: Arc::clone(&self.answers), was_asked: AtomicBool::new(false) }
    }

    /// Answers whatever is asked for, and lets the window ask again.
    fn answer(self) {
        loop {
            let open = {
                let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
                let open = std::mem::take(&mut answers.open);
                answers.is_busy = !open.is_empty();
                open
            };
            if open.is_empty() {
                break;
            }
            for (characters, style) in open {
                let Some(first) = characters.first().copied() else { continue };
                let tradition = Tradition::of(&String::from_iter(&characters));
                let visible: Vec<char> = characters.into_iter().filter(|c| !c.is_control()).collect();
                let face = SystemFace::find(&visible, first.script(), tradition, style);
                let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
                answers.known.insert((first, style), face.map_or(Answer::None, Answer::Face));
            }
        }
        // Answers are kept by the toolkit until it has other providers.
        self.ctx.set_font_providers(vec![Arc::new(self.anew())]);
    }
}
