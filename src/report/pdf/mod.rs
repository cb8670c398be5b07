//! From the display list to the bytes of a PDF file.
//!
//! printpdf makes the document and its fonts; the pages are written here, all at once, because they are most of the work.
//! Nothing in the file is random and nothing asks for the time: the same report gives the same bytes.
//!
//! The files are not tagged: they have no tree of headings, rows and cells beside their pages. printpdf writes none, and one
//! written here would hold an object for each cell, more of them than everything else in the report of a large analysis. The
//! texts of a cell follow each other in reading order, and everything can be searched and copied. PDF/A-2b asks for no more.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use printpdf::{PdfDocument, PdfSaveOptions};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;

use crate::base::clock::Date;
use crate::base::fonts::Face;

use super::bind::{CopiedPage, ForeignPdf};
use super::display::{Display, Page};
use super::doc::Report;
use super::layout::{LayoutError, lay_out_watched};
use super::progress::{Part, Progress};

mod archive;
mod codes;
mod content;
mod fonts;
mod foreign;
mod glyphs;
mod outline;
mod pictures;
mod shaped;
mod system_fonts;

use codes::Codes;
use content::font_name;
use fonts::Embedded;
use glyphs::SystemGlyphs;
use pictures::Pictures;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The report does not fit on its paper.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A font could not be reduced.
    #[error("font {name} cannot be embedded: {reason}")]
    Font {
        /// The font.
        name: &'static str,
        /// What the font library says.
        reason: String,
    },
    /// printpdf did something else than asked.
    #[error("the PDF library reports: {0}")]
    Library(String),
    /// The structure of the file is not as expected.
    #[error("the PDF cannot be put together: {0}")]
    Structure(#[from] lopdf::Error),
    /// A page of another file cannot be bound.
    #[error("{0}")]
    Foreign(String),
    /// Compression or writing failed.
    #[error("the PDF cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// A report as a file.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// Characters that no font has, sorted. They are printed as empty boxes, but can be searched and copied.
    pub missing: Vec<char>,
}

/// Lays a report out and writes it as PDF.
///
/// # Errors
/// If the report does not fit on its paper, or if the PDF libraries refuse.
pub fn to_pdf(report: &Report) -> Result<Pdf, PdfError> {
    to_pdf_watched(report, &Progress::default())
}

/// Lays a report out and writes it as PDF for somebody who watches how far it is and may end it.
///
/// # Errors
/// Those of [`to_pdf`], and [`LayoutError::Ended`].
pub fn to_pdf_watched(report: &Report, progress: &Progress) -> Result<Pdf, PdfError> {
    let display = lay_out_watched(report, progress)?;
    let bytes = write(report, &display, progress)?;
    Ok(Pdf { bytes, pages: display.pages.len(), missing: display.missing })
}

/// Writes a laid-out report as PDF.
///
/// # Errors
/// If the PDF libraries refuse, or if nobody waits for it any more.
pub fn write(report: &Report, display: &Display, progress: &Progress) -> Result<Vec<u8>, PdfError> {
    write_book(&Book { report, display, conforms: true, foreign: Vec::new(), links: Vec::new() }, progress)
}

/// Pages and everything else that makes a file.
pub(super) struct Book<'a> {
    /// Title, author, language and date of the file.
    pub report: &'a Report,
    /// The pages; where a page of another file is bound, what is painted on top of it.
    pub display: &'a Display,
    /// Whether all that is bound is fit for archives.
    pub conforms: bool,
    /// Files of others with the places of their first pages and what people call them.
    pub foreign: Vec<(usize, &'a ForeignPdf, &'a str)>,
    /// Places that lead to a page.
    pub links: Vec<Link>,
}

/// A place on a page that leads to another page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    /// The page, counted from 0.
    pub page: usize,
    /// Left, top, width, height, y down.
    pub area: [f32; 4],
    /// The page it leads to.
    pub to: usize,
}

/// Writes pages as PDF.
///
/// # Errors
/// If the PDF libraries refuse, if a page of another file cannot be decoded, or if nobody waits for it any more.
pub(super) fn write_book(book: &Book<'_>, progress: &Progress) -> Result<Vec<u8>, PdfError> {
    let Book { report, display, .. } = *book;
    let codes = Codes::of_pages(&display.pages);
    let glyphs = SystemGlyphs::of_pages(&display.pages);
    let mut source = PdfDocument::new(&report.title);
    let embedded = fonts::embed(&mut source, &codes)?;
    let mut warnings = Vec::new();
    let mut document = source.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PdfError::Library(warning.msg.clone()));
    }
    let resources = take_resources(&mut document, &embedded, &glyphs)?;
    document.compress();
    let pictures = Pictures::of_pages(&display.pages);
    pictures.add(&mut document, resources)?;

    progress.begin(Part::File, 2 * display.pages.len());
    let content = |page| if progress.step() { content::content(page, &codes, &glyphs, &pictures) } else { Vec::new() };
    let contents: Vec<Vec<u8>> = display.pages.par_iter().map(content).collect();
    let identity = identity(report, &contents, &pictures);
    let stream = |content: Vec<u8>| if progress.step() { deflate(&content) } else { Ok(Vec::new()) };
    let streams = contents.into_par_iter().map(stream).collect::<Result<Vec<_>, std::io::Error>>()?;
    if progress.is_ended() {
        return Err(LayoutError::Ended.into());
    }
    let mut copied: BTreeMap<usize, CopiedPage> = BTreeMap::new();
    for (first, file, name) in &book.foreign {
        let pages = file.copy_pages(&mut document).map_err(|error| PdfError::Foreign(format!("{name}: {error}")))?;
        copied.extend((*first..).zip(pages));
    }

    let root = document.trailer.get(b"Root")?.as_reference()?;
    let tree = document.get_dictionary(root)?.get(b"Pages")?.as_reference()?;
    let pages: Vec<ObjectId> = display.pages.iter().map(|_| document.new_object_id()).collect();
    for (at, (page, stream)) in display.pages.iter().zip(streams).enumerate() {
        let mut filter = Dictionary::new();
        filter.set("Filter", "FlateDecode");
        let stream = Stream::new(filter, stream);
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "Page");
        dictionary.set("Parent", tree);
        dictionary.set("MediaBox", vec![0.into(), 0.into(), Object::Real(page.width), Object::Real(page.height)]);
        let (resources, contents) = match copied.get(&at) {
            Some(below) => foreign::covered(&mut document, below, (page, stream), resources)?,
            None => (resources.into(), document.add_object(stream)),
        };
        dictionary.set("Resources", resources);
        dictionary.set("Contents", contents);
        let links = book.links.iter().filter(|link| link.page == at);
        let links: Vec<Object> = links.filter_map(|link| annotation(link, page, *pages.get(link.to)?)).collect();
        if !links.is_empty() {
            dictionary.set("Annots", links);
        }
        if pictures.are_transparent() {
            dictionary.set("Group", transparency_group());
        }
        document.set_object(pages[at], dictionary);
    }
    let mut kids = Dictionary::new();
    kids.set("Type", "Pages");
    kids.set("Count", pages.len() as i64);
    kids.set("Kids", pages.iter().map(|page| Object::Reference(*page)).collect::<Vec<_>>());
    document.set_object(tree, kids);

    let outlines = outline::write(&mut document, display, &pages);
    let mut catalog = catalog(report, tree, outlines);
    archive::add(&mut document, &mut catalog, report, book.conforms && display.missing.is_empty())?;
    document.set_object(root, catalog);
    let information = document.trailer.get(b"Info")?.as_reference()?;
    document.set_object(information, self::information(report));
    let identity = Object::String(identity, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identity.clone(), identity]);
    document.prune_objects();
    "1.7".clone_into(&mut document.version);

    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}

/// Takes the page away that printpdf was given to see the fonts, and keeps the fonts as resources of all pages.
fn take_resources(
    document: &mut Document,
    embedded: &BTreeMap<Face, Embedded>,
    glyphs: &SystemGlyphs,
) -> Result<ObjectId, PdfError> {
    let page = *document.get_pages().get(&1).ok_or_else(|| PdfError::Library("no page was made".to_owned()))?;
    let dictionary = document.get_dictionary(page)?;
    let contents = dictionary.get(b"Contents")?.as_reference()?;
    let resources = dictionary.get(b"Resources")?.as_reference()?;
    let fonts = document.get_dictionary(resources)?.get(b"Font")?.clone();
    document.objects.remove(&page);
    document.objects.remove(&contents);
    let by_name = match &fonts {
        Object::Reference(id) => document.get_dictionary(*id)?.clone(),
        other => other.as_dict()?.clone(),
    };
    for (face, embedded) in embedded {
        let font = by_name.get(font_name(*face).as_bytes())?.as_reference()?;
        let map = document.add_object(Stream::new(Dictionary::new(), embedded.code_to_glyph.clone()));
        let descendants = document.get_dictionary_mut(font)?.get_mut(b"DescendantFonts")?.as_array_mut()?;
        for descendant in descendants {
            descendant.as_dict_mut()?.set("CIDToGIDMap", map);
        }
    }
    let fonts = match glyphs.faces().next() {
        None => fonts,
        Some(_) => {
            let mut by_name = by_name;
            system_fonts::add(document, glyphs, &mut by_name)?;
            by_name.into()
        }
    };
    let mut dictionary = Dictionary::new();
    dictionary.set("Font", fonts);
    document.set_object(resources, dictionary);
    Ok(resources)
}

/// A link as a note on its page (ISO 32000-1, 12.5.6.5); printed, as archives ask for.
fn annotation(link: &Link, page: &Page, to: ObjectId) -> Option<Object> {
    let [x, y, width, height] = link.area;
    let sides = [x, page.height - y - height, x + width, page.height - y];
    let mut note = Dictionary::new();
    note.set("Type", "Annot");
    note.set("Subtype", "Link");
    note.set("Rect", sides.map(Object::Real).to_vec());
    note.set("Border", vec![0.into(), 0.into(), 0.into()]);
    note.set("F", 4);
    note.set("Dest", vec![to.into(), "Fit".into()]);
    (width > 0.0 && height > 0.0).then(|| note.into())
}

/// In which colours a page is put together where something lets the paper through.
fn transparency_group() -> Dictionary {
    let mut group = Dictionary::new();
    group.set("Type", "Group");
    group.set("S", "Transparency");
    group.set("CS", "DeviceRGB");
    group
}

fn catalog(report: &Report, tree: ObjectId, outlines: Option<ObjectId>) -> Dictionary {
    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", tree);
    if !report.language.is_empty() {
        catalog.set("Lang", text_string(&report.language));
    }
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", preferences);
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    catalog
}

/// What made the file.
const CREATOR: &str = concat!("Goldthread ", env!("CARGO_PKG_VERSION"));

/// The title of the file.
fn title(report: &Report) -> String {
    let title = [report.title.as_str(), report.number.as_str()];
    title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The properties that a viewer shows.
fn information(report: &Report) -> Dictionary {
    let mut information = Dictionary::new();
    let title = title(report);
    for (key, value) in
        [("Title", title.as_str()), ("Author", &report.author), ("Subject", &report.subject), ("Creator", CREATOR)]
    {
        if !value.is_empty() {
            information.set(key, text_string(value));
        }
    }
    if let Some(date) = report.date {
        let stamp = Object::string_literal(time_stamp(date));
        information.set("CreationDate", stamp.clone());
        information.set("ModDate", stamp);
    }
    information
}

/// A day as PDF writes it, at midnight of universal time.
fn time_stamp(date: Date) -> String {
    format!("D:{:04}{:02}{:02}000000Z", date.year(), date.month(), date.day())
}

/// Text outside of pages: plain where it is ASCII, else UTF-16 with its mark.
fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// The identity of the file: a hash of what it says.
fn identity(report: &Report, contents: &[Vec<u8>], pictures: &Pictures<'_>) -> Vec<u8> {
    let mut hash = Sha256::new();
    for text in [&report.title, &report.number, &report.author, &report.subject, &report.language] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    for digest in contents.par_iter().map(Sha256::digest).collect::<Vec<_>>() {
        hash.update(digest);
    }
    pictures.hashes().for_each(|picture| hash.update(picture));
    hash.finalize().iter().copied().take(16).collect()
}

fn deflate(content: &[u8]) -> Result<Vec<u8>, std::io::Error> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 3), Compression::new(5));
    encoder.write_all(content)?;
    encoder.finish()
}
