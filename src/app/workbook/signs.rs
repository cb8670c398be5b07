//! How texts show: symbols of process charts in front of the kinds of steps, and the signs that stand for the symbols of
//! special-characteristic classes in plain text. The texts themselves stay what they are.

use crate::model::Project;
use crate::model::flow::StepKind;
use crate::model::form::ColumnKind;
use crate::model::language::Language;

/// The texts of a column that show otherwise than they are written: text and format of a text.
pub(super) fn signs(project: &Project, kind: ColumnKind, language: &Language) -> Vec<(String, String)> {
    match kind {
        ColumnKind::Symbol => {
            let sign = |kind: StepKind| {
                let sign = sign_of_step(kind)?;
                Some((language.word(kind.name()).into_owned(), format!("\"{sign} \"@")))
            };
            StepKind::ALL.into_iter().filter_map(sign).collect()
        }
        ColumnKind::Class => {
            let set = project.library().class_sets.set(&project.data().class_set);
            let classes = set.map_or(&[][..], |set| &set.classes).iter();
            let shown = classes.filter(|class| class.text_fallback != class.code && !class.text_fallback.contains('"'));
            shown.map(|class| (class.code.to_string(), format!("\"{}\"", class.text_fallback))).collect()
        }
        _ => Vec::new(),
    }
}

/// The characters of the usual symbols of process charts (ASME): circle, square, arrow, triangle, D, diamond.
const fn sign_of_step(kind: StepKind) -> Option<char> {
    match kind {
        StepKind::Operation => Some('○'),
        StepKind::Inspection => Some('□'),
        StepKind::Transport => Some('⇒'),
        StepKind::Storage => Some('▽'),
        StepKind::Delay => Some('D'),
        StepKind::Decision => Some('◇'),
        StepKind::Rework | StepKind::Scrap | StepKind::Receiving | StepKind::Shipping => None,
    }
}
