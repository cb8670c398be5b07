//! The file of a language of reports.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::language::Language;

/// A language as it stands in a file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Language", deny_unknown_fields)]
pub struct LanguageFile {
    #[serde(rename = "format")]
    _format: u32,
    tag: String,
    name: String,
    terms: BTreeMap<String, String>,
    sentences: BTreeMap<String, String>,
}

impl LanguageFile {
    /// The language.
    pub fn into_language(self) -> Language {
        Language::new(self.tag, self.name, self.terms).with_sentences(self.sentences)
    }
}
