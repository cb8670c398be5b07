//! `fmt`.

use std::path::Path;

use crate::model::finding::Place;
use crate::store::canonical::{forms, put_in_form};

use super::{Verdict, output};

/// Writes every file of a project in its canonical form, or only says which are not.
pub(super) fn fmt(folder: &Path, check: bool) -> Result<Verdict, String> {
    let mut verdict = Verdict::Clean;
    for form in forms(folder).map_err(|error| error.to_string())? {
        let name = form.name.as_str();
        match form.state {
            Ok(None) => {}
            Ok(Some(_)) if check => {
                output::progress(&format!("{name} is not canonical"));
                verdict = Verdict::Findings;
            }
            Ok(Some(bytes)) => {
                put_in_form(folder, &form.name, &bytes).map_err(|error| error.to_string())?;
                output::progress(&format!("wrote {name}"));
            }
            Err(finding) => {
                let place = match &finding.place {
                    Place::File { position: Some((line, column)), .. } => format!("{name}:{line}:{column}"),
                    _ => name.to_owned(),
                };
                output::error(&format!("{place}: {}", finding.message));
                verdict = Verdict::Findings;
            }
        }
    }
    Ok(verdict)
}
