//! Which columns of a form are shown, in which order, and which of them stay while the others scroll.
//!
//! *Invariant:* however a layout was made, every column of the form has a place in it, so that a column that is new to the
//! form is neither lost nor shown twice.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::model::form::{Form, FormKind, ListKind};
use crate::model::ppap::ResultKind;

/// A choice of columns made once, for a kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Preset {
    /// What is filled as a rule.
    Usual,
    /// Structure, functions and failures.
    Structure,
    /// Failures with their controls and ratings.
    Risk,
    /// What is done about risks, and the ratings afterwards.
    Actions,
    /// The columns in the order of the 4th edition.
    FourthEdition,
    /// Every column.
    Full,
}

impl Preset {
    /// Every choice.
    pub const ALL: [Self; 6] =
        [Self::Usual, Self::Structure, Self::Risk, Self::Actions, Self::FourthEdition, Self::Full];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "Usual",
            Self::Structure => "Structure",
            Self::Risk => "Risk",
            Self::Actions => "Actions",
            Self::FourthEdition => "4th edition",
            Self::Full => "Full form",
        }
    }

    /// The choices that a form offers.
    pub fn of(form: &Form) -> Vec<Self> {
        let offers = |preset: &Self| match (form.kind, preset) {
            (_, Self::Usual | Self::Full) | (FormKind::FmeaAiagVda, _) => true,
            (FormKind::FmeaFourthEdition, preset) => *preset != Self::FourthEdition,
            _ => false,
        };
        Self::ALL.into_iter().filter(offers).collect()
    }

    /// The layout of a form.
    pub fn layout(self, form: &Form) -> Layout {
        let columns = match self {
            Self::Usual => return Layout::default(),
            Self::Full => form.columns.iter().map(|column| (column.key.to_string(), true)).collect(),
            Self::Structure => chosen(form, STRUCTURE),
            Self::Risk => chosen(form, RISK),
            Self::Actions => chosen(form, ACTIONS),
            Self::FourthEdition => chosen(form, FOURTH_EDITION),
        };
        Layout { columns: Some(columns), frozen: None }
    }
}

const STRUCTURE: &[&str] = &[
    "process_item",
    "process_step_number",
    "process_step",
    "work_element",
    "process_item_function",
    "process_step_function",
    "work_element_function",
    "requirement",
    "failure_effect",
    "severity",
    "failure_mode",
    "failure_cause",
];
const RISK: &[&str] = &[
    "process_step_number",
    "process_step",
    "failure_effect",
    "severity",
    "failure_mode",
    "failure_cause",
    "prevention_control",
    "occurrence",
    "detection_control",
    "detection",
    "action_priority",
    "rpn",
    "special_class",
    "control_plan",
    "remarks",
];
const ACTIONS: &[&str] = &[
    "process_step_number",
    "process_step",
    "failure_mode",
    "failure_cause",
    "severity",
    "occurrence",
    "detection",
    "action_priority",
    "rpn",
    "prevention_action",
    "detection_action",
    "recommended_action",
    "responsible",
    "target_date",
    "status",
    "action_taken",
    "completion_date",
    "severity_after",
    "occurrence_after",
    "detection_after",
    "action_priority_after",
    "rpn_after",
    "remarks",
];
const FOURTH_EDITION: &[&str] = &[
    "process_step_number",
    "process_step",
    "process_step_function",
    "failure_mode",
    "failure_effect",
    "severity",
    "special_class",
    "failure_cause",
    "prevention_control",
    "occurrence",
    "detection_control",
    "detection",
    "action_priority",
    "prevention_action",
    "detection_action",
    "responsible",
    "target_date",
    "status",
    "action_taken",
    "completion_date",
    "severity_after",
    "occurrence_after",
    "detection_after",
    "action_priority_after",
    "remarks",
];

/// The named columns in their order, then the others of the form, which are not shown; own fields always are.
fn chosen(form: &Form, keys: &[&str]) -> Vec<(String, bool)> {
    let named = keys.iter().filter(|key| form.column(key).is_some()).map(|key| ((*key).to_owned(), true));
    let others = form.columns.iter().filter(|column| !keys.contains(&&*column.key));
    named.chain(others.map(|column| (column.key.to_string(), column.is_own()))).collect()
}

/// The columns of a view as a person has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// The columns in their order, and whether each is shown; none for the usual ones.
    pub columns: Option<Vec<(String, bool)>>,
    /// The last column that stays while the others scroll; none for the usual one.
    pub frozen: Option<String>,
}

impl Layout {
    /// Every column of a form by its place, in the order of the layout, and whether it is shown. A column that the layout
    /// does not know stands behind the one before it in the form.
    pub fn of(&self, form: &Form) -> Vec<(usize, bool)> {
        let usual = |at: usize| (at, is_usual(&form.columns[at].key));
        let Some(kept) = &self.columns else { return (0..form.columns.len()).map(usual).collect() };
        let places: HashMap<&str, usize> =
            form.columns.iter().enumerate().map(|(at, column)| (&*column.key, at)).collect();
        let mut known = vec![false; form.columns.len()];
        let is_first = |(at, _): &(usize, bool)| !std::mem::replace(&mut known[*at], true);
        let kept = kept.iter().filter_map(|(key, shown)| Some((*places.get(key.as_str())?, *shown)));
        let kept: Vec<(usize, bool)> = kept.filter(is_first).collect();
        let unknown_from = |from: usize| (from..form.columns.len()).take_while(|at| !known[*at]).map(usual);
        let mut order: Vec<(usize, bool)> = unknown_from(0).collect();
        for (at, shown) in kept {
            order.push((at, shown));
            order.extend(unknown_from(at + 1));
        }
        if order.iter().all(|(_, shown)| !shown) {
            return (0..form.columns.len()).map(usual).collect();
        }
        order
    }

    /// How many of the shown columns stay while the others scroll.
    pub fn frozen_count(&self, form: &Form) -> usize {
        let shown = || self.of(form).into_iter().filter(|(_, shown)| *shown).map(|(at, _)| at);
        match &self.frozen {
            Some(key) => shown().position(|at| form.columns[at].key == *key).map_or(0, |at| at + 1),
            None => {
                let usual = form.column(usually_frozen(form.kind)).map_or(0, |last| last + 1);
                shown().take_while(|at| *at < usual).count()
            }
        }
    }

    /// Moves a column before another one, or to the end.
    pub fn move_column(&mut self, form: &Form, key: &str, before: Option<&str>) {
        let mut order = self.of(form);
        let at = |key: &str, order: &[(usize, bool)]| order.iter().position(|(at, _)| form.columns[*at].key == *key);
        let Some(from) = at(key, &order) else { return };
        let moved = order.remove(from);
        let to = before.and_then(|before| at(before, &order)).unwrap_or(order.len());
        order.insert(to, moved);
        self.set(form, &order);
    }

    /// Shows a column or hides it.
    pub fn show_column(&mut self, form: &Form, key: &str, shown: bool) {
        let mut order = self.of(form);
        for (at, is_shown) in &mut order {
            if form.columns[*at].key == *key {
                *is_shown = shown;
            }
        }
        self.set(form, &order);
    }

    fn set(&mut self, form: &Form, order: &[(usize, bool)]) {
        self.columns = Some(order.iter().map(|(at, shown)| (form.columns[*at].key.to_string(), *shown)).collect());
    }

    /// The choice this is, if it is one.
    pub fn preset(&self, form: &Form) -> Option<Preset> {
        if self.frozen.is_some() {
            return None;
        }
        Preset::of(form).into_iter().find(|preset| preset.layout(form).of(form) == self.of(form))
    }
}

/// Which columns are shown as a rule: those that people rarely fill wait until they are asked for.
fn is_usual(key: &str) -> bool {
    !matches!(key, "issue_number" | "history" | "filter_code" | "special_class_after")
}

/// The column up to which a form stays as a rule: the name of what its rows are about.
fn usually_frozen(kind: FormKind) -> &'static str {
    match kind {
        FormKind::List(ListKind::Actions) => "action",
        FormKind::List(ListKind::Characteristics | ListKind::CharacteristicMatrix) => "characteristic",
        FormKind::List(ListKind::PpapElements) => "ppap_element",
        FormKind::List(ListKind::Results(_)) => "requirement",
        FormKind::ControlPlan => "plan_row",
        FormKind::ProcessFlow | FormKind::FmeaAiagVda | FormKind::FmeaFourthEdition => "process_step",
    }
}

/// The name under which settings keep how a kind of form is shown.
pub fn view_name(kind: FormKind) -> &'static str {
    match kind {
        FormKind::ProcessFlow => "process-flow",
        FormKind::FmeaAiagVda => "fmea-aiag-vda",
        FormKind::FmeaFourthEdition => "fmea-4th-edition",
        FormKind::ControlPlan => "control-plan",
        FormKind::List(ListKind::Actions) => "actions",
        FormKind::List(ListKind::Characteristics) => "characteristics",
        FormKind::List(ListKind::CharacteristicMatrix) => "characteristic-matrix",
        FormKind::List(ListKind::PpapElements) => "ppap-elements",
        FormKind::List(ListKind::Results(ResultKind::Dimensional)) => "dimensional-results",
        FormKind::List(ListKind::Results(ResultKind::Material)) => "material-results",
        FormKind::List(ListKind::Results(ResultKind::Performance)) => "performance-results",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::DocumentKind;
    use crate::model::form::FormOptions;

    fn form() -> Form {
        let today = "2026-11-24".parse().unwrap();
        let project = crate::app::generate::generate(crate::app::library().unwrap(), 20, 1, today);
        let fmea = project.documents_of(DocumentKind::ProcessFmea)[0];
        Form::new(&project, fmea, Form::usual_kind(&project, fmea), FormOptions { prompts: true, phase: None })
    }

    fn shown(layout: &Layout, form: &Form) -> Vec<String> {
        let shown = layout.of(form).into_iter().filter(|(_, shown)| *shown);
        shown.map(|(at, _)| form.columns[at].key.to_string()).collect()
    }

    #[test]
    fn every_choice_names_columns_of_the_form_and_is_known_again() {
        let form = form();
        for preset in Preset::of(&form) {
            let layout = preset.layout(&form);
            assert_eq!(layout.preset(&form), Some(preset));
            assert_eq!(layout.of(&form).len(), form.columns.len(), "{preset:?}");
            assert!(layout.frozen_count(&form) > 0, "{preset:?}");
        }
        let risk = shown(&Preset::Risk.layout(&form), &form);
        assert!(risk.contains(&"control_plan".to_owned()) && !risk.contains(&"work_element".to_owned()), "{risk:?}");
    }

    #[test]
    fn columns_are_moved_and_hidden_and_new_ones_find_their_place() {
        let form = form();
        let mut layout = Layout::default();
        layout.move_column(&form, "action_priority", Some("failure_mode"));
        layout.show_column(&form, "remarks", false);
        let now = shown(&layout, &form);
        let place = |key: &str| now.iter().position(|known| known == key);
        assert_eq!(place("action_priority").unwrap() + 1, place("failure_mode").unwrap());
        assert_eq!(place("remarks"), None);
        assert_eq!(layout.preset(&form), None);
        layout.columns.as_mut().unwrap().retain(|(key, _)| key != "severity");
        let now = shown(&layout, &form);
        let place = |key: &str| now.iter().position(|known| known == key).unwrap();
        assert_eq!(place("failure_effect") + 1, place("severity"));
        // Nothing shown at all cannot be meant.
        layout.columns.as_mut().unwrap().iter_mut().for_each(|(_, shown)| *shown = false);
        assert!(!shown(&layout, &form).is_empty());
        layout.columns.as_mut().unwrap().clear();
        assert_eq!(shown(&layout, &form), shown(&Layout::default(), &form));
    }

    #[test]
    fn what_stays_in_sight_is_chosen() {
        let form = form();
        let layout = Layout { frozen: Some("failure_mode".into()), ..Preset::Risk.layout(&form) };
        assert_eq!(layout.frozen_count(&form), 5);
        assert_eq!(Layout { frozen: Some(String::new()), ..Layout::default() }.frozen_count(&form), 0);
    }
}
