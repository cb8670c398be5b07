//! Several reports and files of others bound as one PDF: a front with page numbers that lead there, nested bookmarks, one
//! count of pages and one identity at the foot of every page.

mod foreign;
mod matrix;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::fonts::Style;
use crate::base::shaping;
use crate::model::language::Language;

pub use foreign::{CopiedPage, ForeignError, ForeignPdf, LARGEST};
pub use matrix::Matrix;

use super::display::{Direction, Display, Item, Outline, Page, Region, TextItem, composed};
use super::doc::{Report, Rgb};
use super::layout::{LayoutError, lay_out, paint_watermark};
use super::pdf::{Book, Link, Pdf, PdfError, write_book};
use super::progress::{Part, Progress};

/// Size of the line at the foot of the pages, in points.
const FOOT_SIZE: f32 = 6.0;
/// How far its baseline stands above the edge of the sheet: below the foot of a report, and where printers still print.
const FOOT_RISE: f32 = 14.0;
/// The strip at the lower edge that is the foot's alone, in points: pages of other files may print down to their edge, so
/// they are shown a little smaller above it. Eight millimetres.
pub const FOOT_ROOM: f32 = 22.68;
/// The strip takes no more than this share of a small sheet.
const MOST_OF_SHEET: f32 = 1.0 / 8.0;
/// How far it stays away from the sides.
const FOOT_INSET: f32 = 28.35;

/// Something that is bound.
#[derive(Debug)]
pub struct Volume<'a> {
    /// What people call it.
    pub title: String,
    /// What is bound.
    pub content: Content<'a>,
}

/// A row of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The bookmark under which it stands with others, such as the element of the submission.
    pub chapter: String,
    /// Its own bookmark.
    pub title: String,
    /// The volume it leads to; none if there is nothing to turn to. Several may lead to one, which is bound once.
    pub volume: Option<usize>,
}

/// What is bound.
#[derive(Debug)]
pub enum Content<'a> {
    /// A report.
    Report(Box<Report>),
    /// A file that somebody else made.
    Pdf(&'a ForeignPdf),
}

/// Why nothing was bound.
#[derive(Debug, thiserror::Error)]
#[error("{volume}: {reason}")]
pub struct BindError {
    /// The volume; the title of the front for what concerns all of them.
    pub volume: String,
    /// What went wrong.
    pub reason: PdfError,
}

/// What is on every page.
#[derive(Debug, Clone, Default)]
pub struct Foot {
    /// What tells this package from any other.
    pub identity: String,
    /// A word across every page; none if the package holds.
    pub watermark: Option<String>,
    /// The language of the page numbers.
    pub words: Arc<Language>,
}

/// Binds volumes behind their front. `front` makes it from the first pages of the volumes, counted from 1; the rows of its
/// section `contents` are the entries, and lead to their volumes, as do the bookmarks.
///
/// # Errors
/// If a report cannot be laid out, if a page of another file cannot be decoded, or if nobody waits for it any more.
pub fn bind(
    front: &(dyn Fn(&[usize]) -> Report + Sync),
    (contents, entries): (u32, &[Entry]),
    volumes: &[Volume<'_>],
    foot: &Foot,
    progress: &Progress,
) -> Result<Pdf, BindError> {
    progress.begin(Part::Rows, volumes.len());
    let of_volume = |volume: &Volume<'_>| {
        let goes_on = progress.step();
        let ended = || Err(LayoutError::Ended.into());
        if goes_on { display(volume, foot) } else { ended() }
            .map_err(|reason| BindError { volume: volume.title.clone(), reason })
    };
    let laid_out: Vec<Display> = volumes.par_iter().map(of_volume).collect::<Result<_, _>>()?;
    // Numbers of four digits are as wide as any; the front has as many pages with the right ones.
    let placeholders = vec![9999; volumes.len()];
    let of_front = |reason: PdfError| BindError { volume: front(&placeholders).title, reason };
    let lay_out_front = |report: &Report| lay_out(report).map_err(|error| of_front(error.into()));
    let front_pages = lay_out_front(&with_watermark(front(&placeholders), foot))?.pages.len();
    let mut firsts = Vec::with_capacity(volumes.len());
    let mut next = front_pages;
    for display in &laid_out {
        firsts.push(next);
        next += display.pages.len();
    }
    let numbers: Vec<usize> = firsts.iter().map(|first| first + 1).collect();
    let report = with_watermark(front(&numbers), foot);
    let mut whole = lay_out_front(&report)?;
    let targets: Vec<Option<usize>> = entries.iter().map(|entry| firsts.get(entry.volume?).copied()).collect();
    let links = links(&whole, contents, &targets, (report.page.margin, report.page.width()));
    let mut within: Vec<Vec<Outline>> = Vec::with_capacity(laid_out.len());
    for display in laid_out {
        within.push(display.outlines);
        whole.pages.extend(display.pages);
        whole.missing.extend(display.missing);
    }
    let mut chapter = "";
    for (entry, page) in entries.iter().zip(&targets) {
        let (Some(volume), Some(page)) = (entry.volume, *page) else { continue };
        if entry.chapter != chapter {
            chapter = &entry.chapter;
            whole.outlines.push(Outline { level: 0, title: chapter.to_owned(), page, y: 0.0 });
        }
        whole.outlines.push(Outline { level: 1, title: entry.title.clone(), page, y: 0.0 });
        // Its own bookmarks stand where it is named first.
        let own = within.get_mut(volume).map(std::mem::take).unwrap_or_default();
        whole.outlines.extend(own.into_iter().map(|outline| Outline {
            level: outline.level + 2,
            page: outline.page + page,
            ..outline
        }));
    }
    whole.missing.sort_unstable();
    whole.missing.dedup();
    let count = whole.pages.len();
    whole.pages.par_iter_mut().enumerate().for_each(|(at, page)| paint_foot(page, at + 1, count, foot));
    let foreign: Vec<(usize, &ForeignPdf, &str)> = volumes
        .iter()
        .zip(&firsts)
        .filter_map(|(volume, first)| match volume.content {
            Content::Pdf(file) => Some((*first, file, volume.title.as_str())),
            Content::Report(_) => None,
        })
        .collect();
    let conforms = foreign.iter().all(|(_, file, _)| file.conforms());
    let bytes =
        write_book(&Book { report: &report, display: &whole, conforms, foreign, links }, progress).map_err(of_front)?;
    Ok(Pdf { bytes, pages: count, missing: whole.missing })
}

fn with_watermark(report: Report, foot: &Foot) -> Report {
    Report { watermark: foot.watermark.clone().or(report.watermark), ..report }
}

/// The pages of a volume; those of another file are bare sheets of their size.
fn display(volume: &Volume<'_>, foot: &Foot) -> Result<Display, PdfError> {
    match &volume.content {
        Content::Report(report) => Ok(lay_out(&with_watermark(Report::clone(report), foot))?),
        Content::Pdf(file) => {
            let sheet = |(width, height): (f32, f32)| {
                let mut items = Vec::new();
                if let Some(word) = &foot.watermark {
                    paint_watermark(word, (width, height), &mut items);
                }
                Page { width, height, items }
            };
            Ok(Display { pages: file.sizes().into_iter().map(sheet).collect(), ..Display::default() })
        }
    }
}

/// The rows of the table of contents as places that lead to their pages.
fn links(front: &Display, contents: u32, targets: &[Option<usize>], (left, width): (f32, f32)) -> Vec<Link> {
    let mut links = Vec::new();
    for (page, sheet) in front.pages.iter().enumerate() {
        let mut rows: Vec<Option<Range<f32>>> = vec![None; targets.len()];
        for item in &sheet.items {
            if let Item::Text(TextItem { y, size, region: Region::Cell { section, row, .. }, .. }) = item
                && *section == contents
                && let Some(known) = rows.get_mut(*row as usize)
            {
                let (top, bottom) = (y - size, y + size * 0.3);
                *known = Some(known.take().map_or(top..bottom, |known| known.start.min(top)..known.end.max(bottom)));
            }
        }
        links.extend(rows.into_iter().zip(targets).filter_map(|(row, to)| {
            let Range { start, end } = row?;
            Some(Link { page, area: [left, start, width, end - start], to: (*to)? })
        }));
    }
    links
}

/// The English words of the page number.
const PAGE_MARK: &str = "Package page {page} of {pages}";

/// The matrix that shows a sheet of this size above the foot: smaller in proportion, and in the middle.
pub fn above_foot((width, height): (f32, f32)) -> Matrix {
    let room = FOOT_ROOM.min(height * MOST_OF_SHEET);
    let scale = (height - room) / height;
    Matrix([scale, 0.0, 0.0, scale, width * (1.0 - scale) / 2.0, room])
}

fn paint_foot(page: &mut Page, number: usize, count: usize, foot: &Foot) {
    let mark = foot.words.word(PAGE_MARK).replace("{pages}", &count.to_string());
    let mark = mark.replace("{page}", &number.to_string());
    let style = Style::Medium;
    let width = |text: &str| shaping::width(style, text) * FOOT_SIZE;
    let y = page.height - FOOT_RISE;
    let inset = FOOT_INSET.min(page.width / 12.0);
    let places = [(inset, foot.identity.clone()), ((page.width - inset - width(&mark)).max(inset), mark)];
    for (x, text) in places {
        page.items.push(Item::Text(TextItem {
            x,
            y,
            size: FOOT_SIZE,
            style,
            colour: Rgb::QUIET,
            direction: Direction::Across,
            shaped: composed(style, &text),
            text,
            hyphen: false,
            region: Region::Page,
        }));
    }
}
