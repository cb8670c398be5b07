//! Whether the files that a project names lie in its folder: attachments and the logos of report profiles. The rules know no
//! files, and the store knows no meaning of a path.

use std::path::Path;

use crate::base::text::{is_blank, quoted};
use crate::model::Project;
use crate::model::finding::{Finding, Place};
use crate::model::item::AnyId;
use crate::model::project_data::Attachment;
use crate::model::report_profile::{ReportProfile, is_path_below};
use crate::store::codes::GONE;

/// A finding for each file that is not there, at the item that names it.
pub fn missing(project: &Project, folder: &Path) -> Vec<Finding> {
    let attachments = project.all::<Attachment>().map(|known| {
        let name = if is_blank(&known.title) { &known.path } else { &known.title };
        (AnyId::from(known.id), format!("attachment {}", quoted(name)), &known.path)
    });
    let logos = project.all::<ReportProfile>().map(|known| {
        (AnyId::from(known.id), format!("logo of the report profile {}", quoted(&known.name)), &known.logo)
    });
    let is_missing = |path: &str| !is_blank(path) && is_path_below(path) && !folder.join(path).is_file();
    let named = attachments.chain(logos).filter(|(_, _, path)| is_missing(path));
    let finding = |(item, what, path): (AnyId, String, &crate::base::Text)| {
        let message = format!("The {what} is missing on disk: {path}");
        Finding { place: Place::Item { item, field: None }, ..GONE.at(path, None, message) }
    };
    named.map(finding).collect()
}
