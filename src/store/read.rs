//! Reads one file: size, encoding, merge conflicts, format, contents, identities, in this order.
//!
//! *Invariant:* whatever the bytes are, the answer is contents or a finding.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::base::text::quoted;
use crate::model::finding::Finding;
use crate::model::item::{AnyId, Item};
use crate::store::codes::{CONFLICT, DUPLICATE, FileCode, NEWER, NOT_UTF8, STRUCTURE, SYNTAX, TOO_LARGE, UNREADABLE};
use crate::store::disk::Disk;
use crate::store::error::reason;
use crate::store::homes::FileName;
use crate::store::migrate::{self, MigrateError, PRESENT};
use crate::store::schema::v1::files::Contents;

/// The largest file that is opened, in bytes.
pub const LARGEST_FILE: u64 = 256 << 20;

/// The bytes of a file, if the system gives them.
///
/// # Errors
/// A finding, if the file is too large or cannot be read.
pub fn bytes_of(disk: &dyn Disk, folder: &Path, name: &FileName) -> Result<Vec<u8>, Box<Finding>> {
    disk.read(&folder.join(name.as_str()), LARGEST_FILE).map_err(|error| {
        let code = if error.kind() == io::ErrorKind::FileTooLarge { TOO_LARGE } else { UNREADABLE };
        Box::new(code.at(name.as_str(), None, format!("{name} cannot be opened: {}", reason(&error))))
    })
}

/// The contents of a file.
///
/// # Errors
/// A finding with line and column, if the bytes are not a file of this kind in a format that is known.
pub fn contents_of(name: &FileName, bytes: &[u8]) -> Result<Contents, Box<Finding>> {
    let problem = |code: FileCode, position, message: String| Box::new(code.at(name.as_str(), position, message));
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let position = position_in(bytes, error.valid_up_to());
        problem(NOT_UTF8, Some(position), format!("{name} is not text in UTF-8"))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = conflict_marker(text) {
        let position = position_in(bytes, at);
        return Err(problem(CONFLICT, Some(position), format!("{name} holds a merge conflict that nobody resolved")));
    }
    let format = format_of(text).ok_or_else(|| {
        if let Some(at) = text.find('\0') {
            // Every second byte of UTF-16 is zero in these files.
            return problem(NOT_UTF8, Some(position_in(bytes, at)), format!("{name} is not text in UTF-8"));
        }
        let found = if text.trim().is_empty() { "is empty" } else { "does not begin with its format" };
        let mut finding = problem(SYNTAX, Some((1, 1)), format!("{name} {found}"));
        finding.help = format!("A file begins with `(format: {PRESENT},`. {}", SYNTAX.help).into();
        finding
    })?;
    let contents = migrate::read(format, name, text).map_err(|error| match error {
        MigrateError::Newer => {
            let message = format!("{name} has format {format}, which is newer than format {PRESENT} of this version");
            problem(NEWER, Some((1, 1)), message)
        }
        MigrateError::Unknown => problem(SYNTAX, Some((1, 1)), format!("{name} has format {format}, which never was")),
        MigrateError::Syntax(error) => {
            let position = (error.span.start.line, error.span.start.col);
            problem(SYNTAX, Some(position), format!("{name} cannot be read: {}", shortened(&in_words(&error.code))))
        }
    })?;
    check(name, text, &contents)?;
    Ok(contents)
}

/// What must hold within the file, before others are looked at.
fn check(name: &FileName, text: &str, contents: &Contents) -> Result<(), Box<Finding>> {
    let mut ids: Vec<AnyId> = contents.items.iter().map(Item::id).collect();
    ids.sort_unstable();
    if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        let places = Places::of(text);
        let position = places.definitions(pair[0]).nth(1);
        let message = format!("{name} holds two items with the identity `{}`", pair[0]);
        return Err(Box::new(DUPLICATE.at(name.as_str(), position, message)));
    }
    for item in &contents.items {
        if let Item::Document(document) = item
            && !name.kind().holds(document.kind)
        {
            let message = format!("{name} cannot hold a document of the kind {}", document.kind.name());
            let position = Places::of(text).definitions(item.id()).next();
            return Err(Box::new(STRUCTURE.at(name.as_str(), position, message)));
        }
    }
    Ok(())
}

/// The number in the first field, read without the rest: tomorrow's syntax may not parse. Comments and extensions of the
/// syntax may stand before it.
fn format_of(text: &str) -> Option<u64> {
    let mut body = past_space(text);
    while let Some(rest) = body.strip_prefix("#![") {
        body = past_space(rest.split_once(']')?.1);
    }
    let body = body.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let field = past_space(past_space(body).strip_prefix('(')?).strip_prefix("format")?;
    let number = past_space(past_space(field).strip_prefix(':')?);
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    // A number that does not fit is newer than anything.
    (end > 0).then(|| number[..end].parse().unwrap_or(u64::MAX))
}

/// What follows white space and comments.
fn past_space(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let (comment, end) = if let Some(comment) = text.strip_prefix("//") {
            (comment, "\n")
        } else if let Some(comment) = text.strip_prefix("/*") {
            (comment, "*/")
        } else {
            return text;
        };
        text = comment.split_once(end).map_or("", |(_, rest)| rest);
    }
}

/// The offset of a line that Git writes between two sides it could not merge. Such a line cannot stand in a canonical file,
/// where line ends within words are written as `\n`.
fn conflict_marker(text: &str) -> Option<usize> {
    static MARKER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)^(<{7}|>{7}|\|{7}) ").ok());
    MARKER.as_ref()?.find(text).map(|found| found.start())
}

/// What breaks the syntax, without the names that only programmers know.
fn in_words(error: &ron::Error) -> String {
    let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match error {
        ron::Error::Eof => "it ends in the middle; the rest was cut off".to_owned(),
        ron::Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("`{found}` is not one of {}", list(expected))
        }
        ron::Error::NoSuchStructField { expected, found, .. } => {
            format!("there is no field `{found}` here; there are {}", list(expected))
        }
        ron::Error::MissingStructField { field, .. } => format!("the field `{field}` is missing"),
        ron::Error::DuplicateStructField { field, .. } => format!("the field `{field}` stands twice"),
        other => other.to_string(),
    }
}

/// A message of a length that a person can read: what was found may be a cell of many megabytes.
fn shortened(message: &str) -> String {
    const LONGEST: usize = 300;
    message.char_indices().nth(LONGEST).map_or_else(|| message.to_owned(), |(end, _)| format!("{}…", &message[..end]))
}

/// Line and column, from 1, of a byte; the column counts characters.
fn position_in(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = &bytes[..at.min(bytes.len())];
    let lines = before.split(|byte| *byte == b'\n');
    let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    // Bytes that continue a character are not counted.
    let column = last.iter().filter(|byte| **byte & 0xc0 != 0x80).count() + 1;
    (lines.count(), column)
}

/// Where identities stand in a text: serde knows no positions, but an identity in quotes is unique.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    offsets: HashMap<AnyId, Vec<usize>>,
}

impl<'a> Places<'a> {
    /// Looks through a text once.
    pub fn of(text: &'a str) -> Self {
        /// Characters of the random part.
        const RANDOM: usize = 10;
        let mut offsets: HashMap<AnyId, Vec<usize>> = HashMap::new();
        for (at, _) in text.match_indices('_') {
            let start = text[..at].bytes().rposition(|byte| !byte.is_ascii_lowercase()).map_or(0, |before| before + 1);
            let end = at + 1 + RANDOM;
            if start > 0
                && text.as_bytes()[start - 1] == b'"'
                && text.as_bytes().get(end) == Some(&b'"')
                && let Some(Ok(id)) = text.get(start..end).map(str::parse)
            {
                offsets.entry(id).or_default().push(start - 1);
            }
        }
        Self { text, offsets }
    }

    /// Line and column of the items with this identity.
    pub fn definitions(&self, id: AnyId) -> impl Iterator<Item = (usize, usize)> {
        self.definitions_at(id).map(|at| position_in(self.text.as_bytes(), at))
    }

    /// Line and column of every item; of the first, where an identity stands twice.
    pub fn all_definitions(&self) -> HashMap<AnyId, (usize, usize)> {
        let mut at: Vec<(usize, AnyId)> =
            self.offsets.keys().filter_map(|id| self.definitions_at(*id).next().map(|offset| (offset, *id))).collect();
        at.sort_unstable();
        // One walk through the text for all of them.
        let (mut line, mut line_start, mut seen) = (1, 0, 0);
        let bytes = self.text.as_bytes();
        let place = |(offset, id): (usize, AnyId)| {
            for (index, byte) in bytes[seen..offset].iter().enumerate() {
                if *byte == b'\n' {
                    line += 1;
                    line_start = seen + index + 1;
                }
            }
            seen = offset;
            (id, (line, position_in(&bytes[line_start..], offset - line_start).1))
        };
        at.into_iter().map(place).collect()
    }

    /// Line and column where the item `from` names `target`.
    pub fn reference(&self, from: AnyId, target: AnyId) -> Option<(usize, usize)> {
        // The record of the project writes no identity of its own and stands first.
        let start = self.definitions_at(from).next().unwrap_or(0);
        let uses = self.offsets.get(&target)?;
        let at = uses.iter().find(|at| **at > start).or(uses.first())?;
        Some(position_in(self.text.as_bytes(), *at))
    }

    fn definitions_at(&self, id: AnyId) -> impl Iterator<Item = usize> {
        let uses = self.offsets.get(&id).map_or(&[][..], Vec::as_slice);
        uses.iter().copied().filter(|at| {
            let before = self.text[..*at].trim_end();
            before.strip_suffix(':').is_some_and(|field| {
                let field = field.trim_end();
                field.ends_with("id") && !field[..field.len() - 2].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            })
        })
    }
}

/// What people call an item that is not in a project, for messages.
pub fn words_for(item: &Item) -> String {
    let noun = item.id().kind().noun();
    let words = match item {
        Item::Step(step) => step.label(),
        Item::Characteristic(characteristic) => characteristic.label(),
        Item::Equipment(equipment) => equipment.label(),
        Item::Function(function) => function.text.to_string(),
        Item::Failure(failure) => failure.text.to_string(),
        Item::Control(control) => control.text.to_string(),
        Item::Action(action) => action.text.to_string(),
        Item::Document(document) => document.title.to_string(),
        Item::Element(element) => element.name.to_string(),
        Item::Submission(submission) => submission.title.to_string(),
        Item::PpapElement(element) => format!("{} {}", element.key, element.name()),
        Item::TestResult(result) => format!("{} {}", result.number, result.requirement).trim().to_owned(),
        _ => String::new(),
    };
    if words.trim().is_empty() { format!("An unnamed {noun}") } else { format!("The {noun} {}", quoted(&words)) }
}
