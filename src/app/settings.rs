//! What the program remembers between sessions, apart from any project.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::arrange::{Filter, Sort};
use crate::app::import::mappings::KeptMapping;
use crate::app::layout::Layout;
use crate::app::local::Local;
use crate::base::Id;
use crate::model::report_profile::ReportProfile;
use crate::store::assets;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Whether samples show what to try first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FirstSteps {
    /// As soon as a sample is opened.
    #[default]
    Shown,
    /// Only when they are asked for: they were closed once.
    Closed,
}

/// How a kind of form was left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewSettings {
    /// The columns.
    pub layout: Layout,
    /// Breadths of columns that were dragged, in points at 100 %, by column key.
    pub widths: BTreeMap<String, f32>,
    /// Zoom, 0.5 to 2.
    pub zoom: f32,
    /// What of a process flow is shown: both, diagram or table.
    pub shown: String,
}

impl Default for ViewSettings {
    fn default() -> Self {
        Self { layout: Layout::default(), widths: BTreeMap::new(), zoom: 1.0, shown: String::new() }
    }
}

/// A filter that was given a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFilter {
    /// What the person calls it.
    pub name: String,
    /// The kind of form it is made for.
    pub view: String,
    /// Which lines.
    pub filter: Filter,
    /// In which order.
    pub sort: Option<Sort>,
}

impl KeptFilter {
    /// Whether it is the filter with this name for a kind of form.
    pub fn is_called(&self, view: &str, name: &str) -> bool {
        self.view == view && self.name == name.trim()
    }
}

/// How Excel workbooks say what follows from ratings: RPN and action priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkbookResults {
    /// As values.
    Values,
    /// As formulas, which follow when somebody changes a rating in the workbook.
    Formulas,
}

/// Settings of the person who uses the program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Name that reviews, justifications and releases carry.
    pub author: String,
    /// Light or dark.
    pub theme: Theme,
    /// Size of everything on screen, 0.8 to 2.
    pub scale: f32,
    /// How dates and numbers are written on screen.
    pub local: Local,
    /// The tag of the language of reports.
    pub report_language: String,
    /// How Excel workbooks say what follows from ratings.
    pub workbook_results: WorkbookResults,
    /// The report profile chosen for a project, by its folder; identities as in files.
    pub report_profiles: BTreeMap<PathBuf, String>,
    /// Folders of projects opened lately, the latest first.
    pub recent: Vec<PathBuf>,
    /// How each kind of form was left, by its name.
    pub views: BTreeMap<String, ViewSettings>,
    /// Filters that were given a name.
    pub filters: Vec<KeptFilter>,
    /// What was said of the columns of spreadsheets, by their headings; the latest last.
    pub import_mappings: Vec<KeptMapping>,
    /// Whether the list of findings is open.
    pub findings_open: bool,
    /// Whether the inspector is open; where nobody said so, it is open in wide windows.
    pub inspector_open: Option<bool>,
    /// Whether samples show the first steps.
    pub first_steps: FirstSteps,
    /// Whether the failure net is open.
    pub failure_net_open: bool,
    /// Whether the proposals for a control plan are open.
    pub proposals_open: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            author: std::env::var("USERNAME").or_else(|_| std::env::var("USER")).unwrap_or_default(),
            theme: Theme::System,
            scale: 1.0,
            local: Local::default(),
            report_language: "en".to_owned(),
            workbook_results: WorkbookResults::Values,
            report_profiles: BTreeMap::new(),
            recent: Vec::new(),
            views: BTreeMap::new(),
            filters: Vec::new(),
            import_mappings: Vec::new(),
            findings_open: false,
            inspector_open: None,
            first_steps: FirstSteps::Shown,
            failure_net_open: false,
            proposals_open: false,
        }
    }
}

/// How many recent projects are remembered.
const MOST_RECENT: usize = 12;

impl Settings {
    /// The language of reports, one of those that there are.
    pub fn language(&self) -> &'static str {
        assets::languages().find(|tag| *tag == self.report_language).unwrap_or("en")
    }

    /// The file of the settings on this system, if the system names a folder for them.
    pub fn default_path() -> Option<PathBuf> {
        Some(directories::ProjectDirs::from("", "", "Goldthread")?.config_dir().join("settings.ron"))
    }

    /// Reads the settings. What cannot be read is replaced by the usual values: settings are never worth a refusal to start.
    pub fn read(path: &Path) -> Self {
        let mut settings: Self =
            fs::read_to_string(path).ok().and_then(|text| ron::from_str(&text).ok()).unwrap_or_default();
        settings.scale = settings.scale.clamp(0.8, 2.0);
        settings
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// If the folder cannot be made or the file cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).map_err(io::Error::other)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.persist(path).map(|_| ()).map_err(|error| error.error)
    }

    /// Keeps a filter, in the place of the one with its name.
    pub fn keep_filter(&mut self, kept: KeptFilter) {
        self.filters.retain(|known| !known.is_called(&kept.view, &kept.name));
        self.filters.push(kept);
    }

    /// Puts a project at the head of the recent ones.
    pub fn remember(&mut self, folder: &Path) {
        self.recent.retain(|known| known != folder);
        self.recent.insert(0, folder.to_owned());
        self.recent.truncate(MOST_RECENT);
        self.report_profiles.retain(|folder, _| self.recent.contains(folder));
    }

    /// The report profile chosen for the project in a folder; none for the usual one.
    pub fn report_profile(&self, folder: &Path) -> Option<Id<ReportProfile>> {
        self.report_profiles.get(folder)?.parse().ok()
    }

    /// Chooses the report profile of the project in a folder.
    pub fn choose_report_profile(&mut self, folder: &Path, profile: Id<ReportProfile>) {
        self.report_profiles.insert(folder.to_owned(), profile.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_and_bad_ones_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("settings.ron");
        let mut settings = Settings { author: "A. Muster".into(), scale: 1.5, ..Settings::default() };
        for number in 0..20 {
            settings.remember(Path::new(&format!("project-{number}")));
        }
        settings.remember(Path::new("project-15"));
        for number in [3, 19] {
            settings.choose_report_profile(Path::new(&format!("project-{number}")), Id::from_raw(number));
        }
        settings.remember(Path::new("project-14"));
        assert_eq!(settings.report_profiles.len(), 1, "what was long ago is forgotten");
        assert_eq!(settings.report_profile(Path::new("project-19")), Some(Id::from_raw(19)));
        settings.write(&path).unwrap();
        let read = Settings::read(&path);
        assert_eq!(read, settings);
        assert_eq!(read.recent.len(), MOST_RECENT);
        assert_eq!(read.recent[..2], [Path::new("project-14"), Path::new("project-15")]);
        fs::write(&path, "(scale: 99.0, later: true").unwrap();
        assert_eq!(Settings::read(&path), Settings::default());
    }
}
