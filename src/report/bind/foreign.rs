//! Pages of PDF files that others made: checked, and copied into our file with everything that they need.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::matrix::Matrix;

/// What is allowed to be bound, so that a slip does not cost the memory of the machine.
pub const LARGEST: u64 = 200 * 1024 * 1024;

/// Why a file cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForeignError {
    /// It wants a password.
    #[error("it is encrypted; save it without password or restrictions")]
    Encrypted,
    /// It is no PDF, or it is damaged.
    #[error("it is damaged or no PDF ({0}); open it in a viewer and save or print it as PDF again")]
    Damaged(String),
    /// It has nothing to show.
    #[error("it has no pages")]
    NoPages,
}

/// A PDF file that somebody else made.
#[derive(Debug)]
pub struct ForeignPdf {
    document: Document,
    pages: Vec<ObjectId>,
    conforms: bool,
}

/// What a page inherits from the tree it stands in.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// As deep as a tree of pages is climbed; a damaged one may run in circles.
const DEEPEST: usize = 64;

/// A page copied into another file.
#[derive(Debug, Clone, PartialEq)]
pub struct CopiedPage {
    /// Width and height as the page is shown, in points.
    pub size: (f32, f32),
    /// What is painted, each with the matrix that takes it to the page as it is shown: the page itself, then its notes and
    /// form fields.
    pub painted: Vec<(Matrix, ObjectId)>,
}

impl ForeignPdf {
    /// Reads a file.
    ///
    /// # Errors
    /// If it is encrypted, damaged, or without pages.
    pub fn read(bytes: &[u8]) -> Result<Self, ForeignError> {
        let document = Document::load_mem(bytes).map_err(|error| match error {
            lopdf::Error::Decryption(_) => ForeignError::Encrypted,
            error => ForeignError::Damaged(error.to_string()),
        })?;
        if document.is_encrypted() || document.trailer.has(b"Encrypt") {
            return Err(ForeignError::Encrypted);
        }
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        if pages.is_empty() {
            return Err(ForeignError::NoPages);
        }
        if let Some(broken) = pages.iter().position(|page| document.get_dictionary(*page).is_err()) {
            return Err(ForeignError::Damaged(format!("page {} cannot be read", broken + 1)));
        }
        let conforms = claims_archive(&document);
        Ok(Self { document, pages, conforms })
    }

    /// Number of pages.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Never; a file without pages is refused.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Width and height of each page as it is shown, in points.
    pub fn sizes(&self) -> Vec<(f32, f32)> {
        self.pages.iter().map(|page| self.sheet(*page).size()).collect()
    }

    /// Whether it says that it is PDF/A-1 or PDF/A-2, and its colours are not meant for another kind of device than ours.
    pub fn conforms(&self) -> bool {
        self.conforms
    }

    /// What a page or its ancestors say.
    fn of_page(&self, page: ObjectId, key: &[u8]) -> Option<&Object> {
        let mut at = page;
        for _ in 0..DEEPEST {
            let dictionary = self.document.get_dictionary(at).ok()?;
            if let Ok(found) = dictionary.get(key) {
                return Some(found);
            }
            if !INHERITED.contains(&key) {
                return None;
            }
            at = dictionary.get(b"Parent").ok()?.as_reference().ok()?;
        }
        None
    }

    /// A rectangle in page units: left, bottom, right, top.
    fn rectangle(&self, found: &Object) -> Option<[f32; 4]> {
        let (_, found) = self.document.dereference(found).ok()?;
        let number = |object: &Object| self.document.dereference(object).ok()?.1.as_float().ok();
        let sides: Vec<f32> =
            found.as_array().ok()?.iter().filter_map(number).filter(|side| side.is_finite()).collect();
        let [x0, y0, x1, y1] = *sides.as_slice() else { return None };
        Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
    }

    /// The sheet of a page.
    fn sheet(&self, page: ObjectId) -> Sheet {
        let is_room = |[left, bottom, right, top]: &[f32; 4]| right - left >= 1.0 && top - bottom >= 1.0;
        let named = |key: &[u8]| self.of_page(page, key).and_then(|found| self.rectangle(found)).filter(is_room);
        let media = named(b"MediaBox").unwrap_or(LETTER);
        let crop = named(b"CropBox")
            .map(|[x0, y0, x1, y1]| [x0.max(media[0]), y0.max(media[1]), x1.min(media[2]), y1.min(media[3])]);
        let value = |key: &[u8]| Some(self.document.dereference(self.of_page(page, key)?).ok()?.1);
        let turned = value(b"Rotate").and_then(|found| found.as_i64().ok()).unwrap_or(0);
        let unit = value(b"UserUnit").and_then(|found| found.as_float().ok()).unwrap_or(1.0);
        Sheet {
            area: crop.filter(is_room).unwrap_or(media),
            turned: turned.rem_euclid(360) / 90 * 90,
            unit: if unit.is_finite() && unit > 0.0 { unit } else { 1.0 },
        }
    }

    /// Copies all pages into another file, with everything that they need.
    ///
    /// # Errors
    /// If a page cannot be decoded.
    pub fn copy_pages(&self, into: &mut Document) -> Result<Vec<CopiedPage>, ForeignError> {
        let mut copy = Copy { from: &self.document, known: HashMap::new(), waiting: Vec::new() };
        let pages = self.pages.iter().enumerate().map(|(at, page)| {
            let sheet = self.sheet(*page);
            let damaged = |error: lopdf::Error| ForeignError::Damaged(format!("page {}: {error}", at + 1));
            let content = self.content(*page).map_err(damaged)?;
            let mut form = copy.object(&Object::Stream(content), into);
            if let Ok(form) = form.as_stream_mut() {
                form.dict.set("Type", "XObject");
                form.dict.set("Subtype", "Form");
                form.dict.set("BBox", sheet.area.map(Object::Real).to_vec());
                let resources = self.of_page(*page, b"Resources").map(|found| copy.object(found, into));
                form.dict.set("Resources", resources.unwrap_or_else(|| Dictionary::new().into()));
                if let Some(group) = self.of_page(*page, b"Group") {
                    form.dict.set("Group", copy.object(group, into));
                }
            }
            let mut painted = vec![(sheet.matrix(), into.add_object(form))];
            for (matrix, appearance) in self.appearances(*page) {
                if let Object::Reference(id) = copy.object(&Object::Reference(appearance), into) {
                    painted.push((matrix.then(sheet.matrix()), id));
                }
            }
            Ok(CopiedPage { size: sheet.size(), painted })
        });
        let pages = pages.collect::<Result<Vec<_>, ForeignError>>()?;
        while let Some((old, new)) = copy.waiting.pop() {
            let object = copy.from.objects.get(&old).map_or(Object::Null, |found| copy.object(found, into));
            into.set_object(new, object);
        }
        Ok(pages)
    }

    /// What a page paints, as one stream.
    fn content(&self, page: ObjectId) -> Result<Stream, lopdf::Error> {
        let streams = self.document.get_page_contents(page);
        if let [only] = streams.as_slice() {
            return Ok(self.document.get_object(*only)?.as_stream()?.clone());
        }
        let mut whole = Vec::new();
        for stream in streams {
            whole.extend(self.document.get_object(stream)?.as_stream()?.get_plain_content()?);
            // A word does not go on in the next stream.
            whole.push(b'\n');
        }
        let mut content = Stream::new(Dictionary::new(), whole);
        content.compress()?;
        Ok(content)
    }

    /// How notes and form fields of a page look, each with the matrix that puts it in its place (ISO 32000-1, 12.5.5).
    fn appearances(&self, page: ObjectId) -> Vec<(Matrix, ObjectId)> {
        let list =
            self.of_page(page, b"Annots").and_then(|found| self.document.dereference(found).ok()?.1.as_array().ok());
        list.into_iter().flatten().filter_map(|entry| self.appearance(entry)).collect()
    }

    fn appearance(&self, entry: &Object) -> Option<(Matrix, ObjectId)> {
        let note = self.document.dereference(entry).ok()?.1.as_dict().ok()?;
        let flags = note.get(b"F").and_then(Object::as_i64).unwrap_or(0);
        if flags & HIDDEN != 0 || note.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Popup") {
            return None;
        }
        let looks = self.document.dereference(note.get(b"AP").ok()?).ok()?.1.as_dict().ok()?;
        let (mut id, mut normal) = self.document.dereference(looks.get(b"N").ok()?).ok()?;
        if let Ok(states) = normal.as_dict() {
            let state = note.get(b"AS").and_then(Object::as_name).ok()?;
            (id, normal) = self.document.dereference(states.get(state).ok()?).ok()?;
        }
        let form = &normal.as_stream().ok()?.dict;
        let target = self.rectangle(note.get(b"Rect").ok()?)?;
        let own = form.get(b"BBox").ok().and_then(|found| self.rectangle(found))?;
        let matrix = form.get(b"Matrix").ok().and_then(|found| self.matrix(found)).unwrap_or(Matrix::UNCHANGED);
        let [left, bottom, right, top] = matrix.around(own);
        if right <= left || top <= bottom {
            return None;
        }
        let (wide, high) = ((target[2] - target[0]) / (right - left), (target[3] - target[1]) / (top - bottom));
        let placed = Matrix([wide, 0.0, 0.0, high, target[0] - left * wide, target[1] - bottom * high]);
        Some((placed, id?))
    }

    fn matrix(&self, found: &Object) -> Option<Matrix> {
        let (_, found) = self.document.dereference(found).ok()?;
        let number = |object: &Object| self.document.dereference(object).ok()?.1.as_float().ok();
        let numbers: Vec<f32> = found.as_array().ok()?.iter().filter_map(number).collect();
        numbers.try_into().ok().map(Matrix)
    }
}

/// A sheet whose size its file does not say.
const LETTER: [f32; 4] = [0.0, 0.0, 612.0, 792.0];

/// Flags of notes that are not seen: hidden, and not viewed (ISO 32000-1, table 165).
const HIDDEN: i64 = 0b10_0010;

/// The sheet of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sheet {
    /// Left, bottom, right, top in the units of the page.
    area: [f32; 4],
    /// Clockwise by 0, 90, 180 or 270 degrees when it is shown.
    turned: i64,
    /// Points in a unit.
    unit: f32,
}

impl Sheet {
    /// Width and height as they are shown.
    fn size(self) -> (f32, f32) {
        let [left, bottom, right, top] = self.area;
        let (width, height) = ((right - left) * self.unit, (top - bottom) * self.unit);
        if self.turned % 180 == 0 { (width, height) } else { (height, width) }
    }

    /// The matrix that takes the units of the page to the sheet as it is shown.
    fn matrix(self) -> Matrix {
        let [left, bottom, right, top] = self.area;
        let turned = match self.turned {
            90 => [0.0, -1.0, 1.0, 0.0, -bottom, right],
            180 => [-1.0, 0.0, 0.0, -1.0, right, top],
            270 => [0.0, 1.0, -1.0, 0.0, top, -left],
            _ => [1.0, 0.0, 0.0, 1.0, -left, -bottom],
        };
        Matrix(turned).scaled(self.unit)
    }
}

/// Copies objects from one file to another, each once, without going deeper than an object at a time.
struct Copy<'d> {
    from: &'d Document,
    known: HashMap<ObjectId, ObjectId>,
    waiting: Vec<(ObjectId, ObjectId)>,
}

/// What ties an object to structures of its file that stay behind.
const TIES: [&[u8]; 3] = [b"StructParents", b"StructParent", b"PieceInfo"];

impl Copy<'_> {
    fn object(&mut self, object: &Object, into: &mut Document) -> Object {
        match object {
            Object::Reference(id) => {
                if let Some(new) = self.known.get(id) {
                    return Object::Reference(*new);
                }
                let new = into.new_object_id();
                self.known.insert(*id, new);
                self.waiting.push((*id, new));
                Object::Reference(new)
            }
            Object::Array(objects) => Object::Array(objects.iter().map(|object| self.object(object, into)).collect()),
            Object::Dictionary(dictionary) => Object::Dictionary(self.dictionary(dictionary, into)),
            Object::Stream(stream) => {
                let mut copy = stream.clone();
                copy.dict = self.dictionary(&stream.dict, into);
                Object::Stream(copy)
            }
            plain => plain.clone(),
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary, into: &mut Document) -> Dictionary {
        let mut copy = Dictionary::new();
        for (key, value) in dictionary {
            if !TIES.contains(&key.as_slice()) {
                copy.set(key.clone(), self.object(value, into));
            }
        }
        copy
    }
}

/// More metadata than any file has.
const LARGEST_METADATA: usize = 16 * 1024 * 1024;

/// Whether the metadata say that the file is PDF/A-1 or PDF/A-2, and its output intent is not for printing inks.
fn claims_archive(document: &Document) -> bool {
    let claim = || -> Option<bool> {
        let catalog = document.catalog().ok()?;
        let (_, metadata) = document.dereference(catalog.get(b"Metadata").ok()?).ok()?;
        let stream = metadata.as_stream().ok()?;
        let text = stream.get_plain_content_with_limit(LARGEST_METADATA).ok()?;
        let text = String::from_utf8_lossy(&text);
        let part = text.split("pdfaid:part").nth(1)?.chars().find(char::is_ascii_digit)?;
        Some(matches!(part, '1' | '2') && has_our_colours(document, catalog))
    };
    claim().unwrap_or(false)
}

fn has_our_colours(document: &Document, catalog: &Dictionary) -> bool {
    let Ok(intents) = catalog.get(b"OutputIntents") else { return true };
    let colours = || -> Option<bool> {
        let (_, intents) = document.dereference(intents).ok()?;
        let (_, intent) = document.dereference(intents.as_array().ok()?.first()?).ok()?;
        let (_, profile) = document.dereference(intent.as_dict().ok()?.get(b"DestOutputProfile").ok()?).ok()?;
        Some(profile.as_stream().ok()?.dict.get(b"N").ok()?.as_i64().ok()? == 3)
    };
    colours().unwrap_or(false)
}
