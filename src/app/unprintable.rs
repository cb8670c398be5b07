//! Characters that no bundled font can show, and where they stand: paper has a box there, and somebody has to know.

use crate::base::text::quoted;
use crate::model::Project;
use crate::model::form::Form;

/// How many characters are named one by one.
const MOST: usize = 8;

/// A sentence per character that prints as a box, with the first cell of the form in which it stands.
pub(super) fn warnings(project: &Project, name: &str, form: Option<&Form>, missing: &[char]) -> Vec<String> {
    if missing.is_empty() {
        return Vec::new();
    }
    let mut places: Vec<Option<String>> = vec![None; missing.len()];
    let blocks = form.into_iter().flat_map(|form| form.blocks(project).into_iter().map(move |key| (form, key)));
    for (form, key) in blocks {
        if places.iter().all(Option::is_some) {
            break;
        }
        for cell in &form.block(project, key).cells {
            let text = cell.text();
            for (place, character) in places.iter_mut().zip(missing) {
                if place.is_none() && text.contains(*character) {
                    let heading = form.columns[cell.column].heading.replace('\u{ad}', "");
                    *place = Some(format!("{}, {heading}", quoted(&project.label(key))));
                }
            }
        }
    }
    let sentence = |(character, place): (&char, &Option<String>)| {
        let code = u32::from(*character);
        let place = place.as_deref().unwrap_or("the header or the legend");
        format!("{name}: “{character}” (U+{code:04X}) prints as an empty box, first in {place}")
    };
    let mut said: Vec<String> = missing.iter().zip(&places).take(MOST).map(sentence).collect();
    if missing.len() > MOST {
        said.push(format!("{name}: and {} more characters print as empty boxes", missing.len() - MOST));
    }
    said
}
