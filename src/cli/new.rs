//! `new` and `generate`.

use std::path::Path;

use crate::app::{self, desk, generate, samples};
use crate::base::clock::{self, Date};
use crate::store;

use super::{Verdict, output};

/// Makes a project.
pub(super) fn new(folder: &Path, sample: Option<&str>) -> Result<Verdict, String> {
    match sample {
        Some(name) => {
            let sample = samples::sample(name).ok_or_else(|| {
                let names: Vec<&str> = samples::SAMPLES.iter().map(|sample| sample.name).collect();
                format!("there is no sample {name}; there are: {}", names.join(", "))
            })?;
            samples::write_to(sample, folder).map_err(|error| error.to_string())?;
        }
        None => {
            let author = desk::author(&app::settings::Settings::default(), clock::today())?;
            let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let start = desk::NewProject { name: &name, ..desk::NewProject::default() };
            desk::Desk::create(folder, &start, author)?.close();
        }
    }
    output::progress(&format!("wrote {}", folder.display()));
    Ok(Verdict::Clean)
}

/// Makes a project of any size.
pub(super) fn generate(folder: &Path, causes: usize, seed: u64, today: Date) -> Result<Verdict, String> {
    let project = generate::generate(app::library()?, causes, seed, today);
    store::create::create(folder, &project).map_err(|error| error.to_string())?;
    output::progress(&format!("wrote {} with {causes} failure causes", folder.display()));
    Ok(Verdict::Clean)
}
