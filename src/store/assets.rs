//! The data that ships with the program: rating profiles, special-characteristic classes, drawn symbols.
//!
//! It goes through the same strict readers as a project's own profiles and class sets, and is read once.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;

use crate::model::class::{ClassSet, ClassSets};
use crate::model::language::Language;
use crate::model::profile::{ProfileSet, RatingProfile};
use crate::model::symbol::SymbolSet;
use crate::store::schema::class_set::ClassSetFile;
use crate::store::schema::language::LanguageFile;
use crate::store::schema::profile::ProfileFile;
use crate::store::schema::symbol_set::SymbolSetFile;

/// The format of these files that this version reads.
pub const ASSET_FORMAT: u32 = 1;

/// Files by name.
type Shipped = &'static [(&'static str, &'static str)];

const PROFILES: Shipped = &[
    ("aiag-vda-2019-pfmea.ron", include_str!("../../assets/profiles/aiag-vda-2019-pfmea.ron")),
    ("aiag-vda-2019-dfmea.ron", include_str!("../../assets/profiles/aiag-vda-2019-dfmea.ron")),
    ("aiag-vda-2019-msr.ron", include_str!("../../assets/profiles/aiag-vda-2019-msr.ron")),
    ("aiag-4-pfmea.ron", include_str!("../../assets/profiles/aiag-4-pfmea.ron")),
    ("aiag-4-dfmea.ron", include_str!("../../assets/profiles/aiag-4-dfmea.ron")),
];

const CLASS_SETS: Shipped = &[
    ("generic.ron", include_str!("../../assets/classes/generic.ron")),
    ("ford.ron", include_str!("../../assets/classes/ford.ron")),
    ("general-motors.ron", include_str!("../../assets/classes/general-motors.ron")),
    ("stellantis.ron", include_str!("../../assets/classes/stellantis.ron")),
    ("volkswagen.ron", include_str!("../../assets/classes/volkswagen.ron")),
    ("vda.ron", include_str!("../../assets/classes/vda.ron")),
    ("toyota.ron", include_str!("../../assets/classes/toyota.ron")),
    ("bmw.ron", include_str!("../../assets/classes/bmw.ron")),
    ("mercedes-benz.ron", include_str!("../../assets/classes/mercedes-benz.ron")),
    ("honda.ron", include_str!("../../assets/classes/honda.ron")),
];

const CLASS_SHAPES: (&str, &str) = ("class-shapes.ron", include_str!("../../assets/symbols/class-shapes.ron"));
/// Languages of reports besides English, by their tag.
const LANGUAGES: Shipped = &[("de", include_str!("../../assets/languages/de.ron"))];
const PROCESS_FLOW: (&str, &str) = ("process-flow.ron", include_str!("../../assets/symbols/process-flow.ron"));

/// Why a profile, class set or symbol set cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssetError {
    /// The file does not say its format first.
    #[error("{file}:1:1: expected `format: {ASSET_FORMAT}` as the first field")]
    NoFormat {
        /// The file.
        file: String,
    },
    /// The file is of another version of the program.
    #[error(
        "{file}: format {found} is not known here, only {ASSET_FORMAT}; a newer version of the program can read it"
    )]
    UnknownFormat {
        /// The file.
        file: String,
        /// What the file says.
        found: u32,
    },
    /// The file is not what it should be.
    #[error("{file}:{line}:{column}: {problem}")]
    Malformed {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong, and what was expected.
        problem: String,
    },
    /// The file can be read, but its content makes no sense.
    #[error("{file}: {problem}")]
    Inconsistent {
        /// The file.
        file: String,
        /// What is wrong.
        problem: String,
    },
}

/// The shipped rating profiles.
///
/// # Errors
/// If a shipped file is broken; the tests hold that none is.
pub fn profiles() -> Result<Arc<ProfileSet>, AssetError> {
    static READ: OnceLock<Result<Arc<ProfileSet>, AssetError>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut set = ProfileSet::default();
        for (file, text) in PROFILES {
            set.add(read_profile(file, text)?).map_err(|problem| inconsistent(file, &problem))?;
        }
        Ok(Arc::new(set))
    })
    .clone()
}

/// The shipped special-characteristic classes.
///
/// # Errors
/// If a shipped file is broken; the tests hold that none is.
pub fn class_sets() -> Result<Arc<ClassSets>, AssetError> {
    static READ: OnceLock<Result<Arc<ClassSets>, AssetError>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut sets = ClassSets::default();
        for (file, text) in CLASS_SETS {
            sets.add(read_class_set(file, text)?).map_err(|problem| inconsistent(file, &problem))?;
        }
        Ok(Arc::new(sets))
    })
    .clone()
}

/// The shapes that class sets put their letters into.
///
/// # Errors
/// If the shipped file is broken; the tests hold that it is not.
pub fn class_shapes() -> Result<Arc<SymbolSet>, AssetError> {
    static READ: OnceLock<Result<Arc<SymbolSet>, AssetError>> = OnceLock::new();
    READ.get_or_init(|| read_symbol_set(CLASS_SHAPES.0, CLASS_SHAPES.1).map(Arc::new)).clone()
}

/// The symbols of process-flow steps.
///
/// # Errors
/// If the shipped file is broken; the tests hold that it is not.
pub fn process_flow_symbols() -> Result<Arc<SymbolSet>, AssetError> {
    static READ: OnceLock<Result<Arc<SymbolSet>, AssetError>> = OnceLock::new();
    READ.get_or_init(|| read_symbol_set(PROCESS_FLOW.0, PROCESS_FLOW.1).map(Arc::new)).clone()
}

/// The tags of the languages in which reports are printed.
pub fn languages() -> impl Iterator<Item = &'static str> {
    std::iter::once("en").chain(LANGUAGES.iter().map(|(tag, _)| *tag))
}

/// A language of reports by its tag; English if there is none of it.
///
/// # Errors
/// If the shipped file is broken; the tests hold that it is not.
pub fn language(tag: &str) -> Result<Arc<Language>, AssetError> {
    static READ: OnceLock<Result<BTreeMap<String, Arc<Language>>, AssetError>> = OnceLock::new();
    let read_all = || {
        let file = |(tag, text): &(&str, &str)| {
            let language = read::<LanguageFile>(&format!("{tag}.ron"), text)?.into_language();
            Ok((language.tag.clone(), Arc::new(language)))
        };
        LANGUAGES.iter().map(file).collect()
    };
    let all = READ.get_or_init(read_all).as_ref().map_err(Clone::clone)?;
    Ok(all.get(tag).cloned().unwrap_or_else(|| Arc::new(Language::english())))
}

/// Reads a rating profile. `file` is its name for messages.
///
/// # Errors
/// If the file is malformed, of another format, or its scales and tables are not complete and unambiguous.
pub fn read_profile(file: &str, text: &str) -> Result<RatingProfile, AssetError> {
    read::<ProfileFile>(file, text)?.into_model().map_err(|problem| inconsistent(file, &problem))
}

/// Reads a class set. `file` is its name for messages.
///
/// # Errors
/// If the file is malformed, of another format, or names a shape that does not exist.
pub fn read_class_set(file: &str, text: &str) -> Result<ClassSet, AssetError> {
    let shapes = class_shapes()?;
    read::<ClassSetFile>(file, text)?.into_model(&shapes).map_err(|problem| inconsistent(file, &problem))
}

/// Reads a symbol set. `file` is its name for messages.
///
/// # Errors
/// If the file is malformed, of another format, or a shape is unusable.
pub fn read_symbol_set(file: &str, text: &str) -> Result<SymbolSet, AssetError> {
    read::<SymbolSetFile>(file, text)?.into_model().map_err(|problem| inconsistent(file, &problem))
}

fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, AssetError> {
    let found = format_of(text).ok_or_else(|| AssetError::NoFormat { file: file.to_owned() })?;
    if found != ASSET_FORMAT {
        return Err(AssetError::UnknownFormat { file: file.to_owned(), found });
    }
    ron::from_str(text).map_err(|error| AssetError::Malformed {
        file: file.to_owned(),
        line: error.span.start.line,
        column: error.span.start.col,
        problem: error.code.to_string(),
    })
}

/// The number in the first field, read without the rest: tomorrow's syntax may not parse.
fn format_of(text: &str) -> Option<u32> {
    let body = text.trim_start().trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let field = body.strip_prefix('(')?.trim_start().strip_prefix("format")?.trim_start().strip_prefix(':')?;
    let number = field.trim_start();
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok()
}

fn inconsistent(file: &str, problem: &dyn std::error::Error) -> AssetError {
    AssetError::Inconsistent { file: file.to_owned(), problem: problem.to_string() }
}
