//! Filters that people ask for every day, by the columns that a form has.

use std::collections::BTreeSet;

use crate::app::arrange::{Condition, Filter};
use crate::model::form::{Form, FormKind, ListKind};
use crate::model::risk::ActionStatus;

/// The filters that a form offers, with their names; `author` is the person who looks.
pub fn quick_filters(form: &Form, author: &str) -> Vec<(String, Filter)> {
    let one_of = |values: &[&str]| Condition::OneOf(values.iter().map(ToString::to_string).collect());
    let open: BTreeSet<String> =
        ActionStatus::ALL.iter().filter(|status| status.is_open()).map(|status| status.name().to_owned()).collect();
    let candidates = [
        ("AP high", "action_priority", one_of(&["H"])),
        ("AP high or medium", "action_priority", one_of(&["H", "M"])),
        ("Severity 9 or 10", "severity", Condition::AtLeast(9)),
        ("Special characteristics", "special_class", Condition::Filled),
        ("Not rated yet", "occurrence", Condition::Blank),
        ("Open actions", "status", Condition::OneOf(open)),
        ("Without control-plan row", "control_plan", Condition::Blank),
    ];
    let mut filters = Vec::new();
    let mut add = |name: &str, column: &str, condition: Condition| {
        if form.column(column).is_some() {
            filters.push((
                name.to_owned(),
                Filter { columns: vec![(column.to_owned(), condition)], with_findings: false },
            ));
        }
    };
    for (name, column, condition) in candidates {
        // An action shows how far its risk was, too; there only what is to be done counts.
        let is_list = form.kind == FormKind::List(ListKind::Actions);
        if !(is_list && matches!(column, "occurrence" | "severity" | "special_class")) {
            add(name, column, condition);
        }
    }
    if !author.trim().is_empty() {
        add("My actions", "responsible", Condition::Contains(author.trim().to_owned()));
    }
    filters.push(("With findings".to_owned(), Filter { columns: Vec::new(), with_findings: true }));
    filters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::generate::generate;
    use crate::model::document::{Document, DocumentKind};
    use crate::model::form::FormOptions;

    #[test]
    fn every_form_offers_filters_for_its_own_columns_under_different_names() {
        let project = generate(crate::app::library().unwrap(), 20, 1, "2026-11-24".parse().unwrap());
        let options = FormOptions { prompts: true, phase: None };
        let of = |document: &Document| Form::new(&project, document, Form::usual_kind(&project, document), options);
        let fmea = of(project.documents_of(DocumentKind::ProcessFmea)[0]);
        let offered = quick_filters(&fmea, "Jana Example");
        let names: BTreeSet<&str> = offered.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), offered.len());
        assert!(
            names.contains("AP high") && names.contains("My actions") && names.contains("Without control-plan row")
        );
        for (name, filter) in &offered {
            assert!(filter.columns.iter().all(|(column, _)| fmea.column(column).is_some()), "{name}");
            assert!(!filter.is_empty(), "{name}");
        }
        assert!(quick_filters(&fmea, " ").iter().all(|(name, _)| name != "My actions"));
        let flow = of(project.documents_of(DocumentKind::ProcessFlow)[0]);
        let names: Vec<String> = quick_filters(&flow, "Jana").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Special characteristics", "With findings"]);
        let actions = Form::list(&project, ListKind::Actions, options);
        assert!(quick_filters(&actions, "Jana").iter().any(|(name, _)| name == "Open actions"));
    }
}
