//! The samples that ship with the program: complete projects to look at, to learn on and to start from.

use std::path::{Path, PathBuf};

use crate::store::create::create_from;
use crate::store::error::StoreError;

/// The files of a folder below `samples/`, by name.
macro_rules! files {
    ($folder:literal: $($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!("../../samples/", $folder, "/", $file)))),*]
    };
}

/// The files of the folder `attachments` of a sample, by name.
macro_rules! attachments {
    ($folder:literal: $($file:literal),* $(,)?) => {
        &[$(($file, include_bytes!(concat!("../../samples/", $folder, "/attachments/", $file)).as_slice())),*]
    };
}

/// A sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// What the command line calls it; also the name of its folder.
    pub name: &'static str,
    /// Title.
    pub title: &'static str,
    /// What it shows, in one sentence or two.
    pub summary: &'static str,
    /// Its files by name, in the order of a project folder.
    pub files: &'static [(&'static str, &'static str)],
    /// Its attachments by name.
    pub attachments: &'static [(&'static str, &'static [u8])],
}

/// Every sample, the small one to learn on first.
pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "stamped-bracket",
        title: "Stamped bracket",
        summary: "The small one to learn on: five steps from coil to box and ten failure causes, rated by AIAG & VDA.",
        files: files!("stamped-bracket":
            "project.ron",
            "characteristics.ron",
            "equipment.ron",
            "process-flow.ron",
            "fmea-stamped-bracket.ron",
            "control-plan.ron",
        ),
        attachments: &[],
    },
    Sample {
        name: "connector-housing",
        title: "Connector housing",
        summary: "Injection moulding and assembly in nine steps, with the form of the AIAG 4th edition, requirements and RPN.",
        files: files!("connector-housing":
            "project.ron",
            "characteristics.ron",
            "equipment.ron",
            "process-flow.ron",
            "fmea-connector-housing.ron",
            "control-plan.ron",
            "ppap.ron",
        ),
        attachments: &[],
    },
    Sample {
        name: "electric-parking-brake",
        title: "Electric parking brake",
        summary: "An actuator line from receiving to shipping with an outsourced step, rework, more than a hundred failure \
                  causes and a control plan for pre-launch and production, rated by AIAG & VDA.",
        files: files!("electric-parking-brake":
            "project.ron",
            "characteristics.ron",
            "equipment.ron",
            "process-flow.ron",
            "fmea-electric-parking-brake.ron",
            "control-plan.ron",
            "ppap.ron",
        ),
        attachments: attachments!("electric-parking-brake":
            "logo.png",
            "drawing-LA-31.0472-E-sheet-1.pdf",
            "msa-26-031.pdf",
            "process-study-26-112.pdf",
            "laboratory-D-PL-00417.pdf",
            "actuator-left-L-01.png",
        ),
    },
];

/// The sample with this name.
pub fn sample(name: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.name == name)
}

/// Writes the files of a sample into a folder, which is made if it does not exist and must be empty if it does.
///
/// # Errors
/// If the folder cannot be made, holds something, which then stays as it is, or if a file cannot be written; the folder is
/// then as empty as before.
pub fn write_to(sample: &Sample, folder: &Path) -> Result<(), StoreError> {
    create_from(folder, sample.files, sample.attachments)
}

/// The person's own copy of a sample, made the first time it is asked for.
///
/// # Errors
/// In words for a message, if there is no such sample or the copy cannot be written.
pub fn own_copy(name: &str) -> Result<PathBuf, String> {
    let sample = sample(name).ok_or_else(|| format!("There is no sample {name}"))?;
    let folders = directories::ProjectDirs::from("", "", "Goldthread");
    let base = folders.map_or_else(std::env::temp_dir, |folders| folders.data_dir().to_owned());
    let folder = base.join("samples").join(name);
    if !folder.join("project.ron").exists() {
        write_to(sample, &folder).map_err(|error| error.to_string())?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Files = BTreeMap<String, Vec<u8>>;

    fn embedded(sample: &Sample) -> Files {
        let files = sample.files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        let attachments = sample.attachments.iter();
        files.chain(attachments.map(|(name, bytes)| (format!("attachments/{name}"), bytes.to_vec()))).collect()
    }

    fn in_folder(folder: &Path) -> Files {
        let mut files = Files::new();
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                let inner = in_folder(&entry.path()).into_iter();
                files.extend(inner.map(|(inside, bytes)| (format!("{name}/{inside}"), bytes)));
            } else {
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
        files
    }

    #[test]
    fn the_list_is_what_lies_in_the_folders() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let mut folders: Vec<String> =
            std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        folders.sort_unstable();
        let mut listed: Vec<&str> = SAMPLES.iter().map(|sample| sample.name).collect();
        listed.sort_unstable();
        assert_eq!(listed, folders);
        for sample in SAMPLES {
            assert_eq!(embedded(sample), in_folder(&root.join(sample.name)), "{}", sample.name);
        }
    }

    #[test]
    fn a_sample_is_written_once_and_never_over_something_else() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("below/bracket");
        let bracket = sample("stamped-bracket").unwrap();
        write_to(bracket, &folder).unwrap();
        assert_eq!(in_folder(&folder), embedded(bracket));
        let brake = sample("electric-parking-brake").unwrap();
        write_to(brake, &scratch.path().join("brake")).unwrap();
        assert_eq!(in_folder(&scratch.path().join("brake")), embedded(brake));
        std::fs::write(folder.join("equipment.ron"), "mine").unwrap();
        assert!(matches!(write_to(bracket, &folder), Err(StoreError::NotEmpty(_))));
        assert_eq!(in_folder(&folder)["equipment.ron"], b"mine");
        assert_eq!(sample("no such sample"), None);
    }
}
