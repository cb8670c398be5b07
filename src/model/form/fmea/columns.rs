//! The columns of the FMEA forms: AIAG & VDA 2019 and AIAG 4th edition.

use crate::model::document::DocumentKind;
use crate::model::item::Kind;
use crate::model::project::Project;

use crate::model::form::FormOptions;
use crate::model::form::shared::{parts_column, user_columns};
use crate::model::form::table::{Column, ColumnKind, Group};

/// Columns by AIAG & VDA 2019; of a process FMEA, or of the two design types with their own headings.
pub(in crate::model::form) fn aiag_vda_columns(
    project: &Project,
    kind: DocumentKind,
    options: FormOptions,
) -> (Vec<Group>, Vec<Column>) {
    use ColumnKind::{Class, Date, Priority, Rating};
    let process = kind == DocumentKind::ProcessFmea;
    let pick = |for_process: &'static str, for_design: &'static str| if process { for_process } else { for_design };
    let groups = vec![
        Group::of_step("Continuous improvement", 0),
        Group::of_step("Structure analysis (step 2)", 2),
        Group::of_step("Function analysis (step 3)", 3),
        Group::of_step("Failure analysis (step 4)", 4),
        Group::of_step("Risk analysis (step 5)", 5),
        Group::of_step("Optimization (step 6)", 6),
    ];
    let mut columns = vec![
        Column::text("issue_number", "Issue no.", 0, 6.0),
        Column::text("history", "History / change author\u{AD}ization", 0, 10.0),
        Column::text("process_item", pick("1. Process item", "1. Next higher level"), 1, 11.0),
        Column::text("process_step_number", "No.", 1, 4.5),
        Column::text("process_step", pick("2. Process step", "2. Focus element"), 1, 13.0),
        Column::text("work_element", pick("3. Process work element (4M)", "3. Next lower level"), 1, 14.0),
        Column::text(
            "process_item_function",
            pick("1. Function of the process item", "1. Function of the next higher level"),
            2,
            15.0,
        ),
        Column::text(
            "process_step_function",
            pick(
                "2. Function of the process step and product character\u{AD}istic",
                "2. Function of the focus element and requirement",
            ),
            2,
            18.0,
        ),
        Column::text(
            "work_element_function",
            pick(
                "3. Function of the process work element and process character\u{AD}istic",
                "3. Function of the next lower level and character\u{AD}istic",
            ),
            2,
            17.0,
        ),
        Column::text("failure_effect", "1. Failure effects (FE) to the next higher level and/or end user", 3, 24.0),
        Column::value("severity", "Severity (S) of FE", 3, 3.5, Rating),
        Column::text(
            "failure_mode",
            pick("2. Failure mode (FM) of the process step", "2. Failure mode (FM) of the focus element"),
            3,
            16.0,
        ),
        Column::text(
            "failure_cause",
            pick("3. Failure cause (FC) of the work element", "3. Failure cause (FC) of the next lower level"),
            3,
            18.0,
        ),
        Column::text("prevention_control", "Current prevention control (PC) of FC", 4, 19.0),
        Column::value("occurrence", "Occurrence (O) of FC", 4, 3.5, Rating),
        Column::text("detection_control", "Current detection control (DC) of FC or FM", 4, 19.0),
        Column::value("detection", "Detection (D) of FC/FM", 4, 3.5, Rating),
        Column::value("action_priority", "AP", 4, 3.5, Priority),
        Column::value("special_class", "Special character\u{AD}istics", 4, 6.0, Class),
        Column::text("filter_code", "Filter code", 4, 6.0),
        Column::text("prevention_action", "Prevention action", 5, 16.0),
        Column::text("detection_action", "Detection action", 5, 16.0),
        Column::choice("responsible", "Respon\u{AD}sible person", 5, 10.0, ColumnKind::Choice),
        Column::choice("target_date", "Target completion date", 5, 8.5, Date),
        Column::choice("status", "Status", 5, 9.5, ColumnKind::Choice),
        Column::text("action_taken", "Action taken with pointer to evidence", 5, 15.0),
        Column::choice("completion_date", "Completion date", 5, 8.5, Date),
        Column::value("severity_after", "S", 5, 3.0, Rating),
        Column::value("occurrence_after", "O", 5, 3.0, Rating),
        Column::value("detection_after", "D", 5, 3.0, Rating),
        Column::value("special_class_after", "Special character\u{AD}istics", 5, 6.0, Class),
        Column::value("action_priority_after", "AP", 5, 3.5, Priority),
    ];
    columns.extend(parts_column(project, 5, Kind::Risk, options));
    columns.push(Column::text("remarks", "Remarks", 5, 14.0));
    insert_plan_rows(&mut columns, "filter_code", kind, options);
    columns.extend(user_columns(project, 5, &[Kind::Risk, Kind::Failure, Kind::Function]));
    (groups, columns)
}

/// Columns by AIAG 4th edition.
pub(in crate::model::form) fn fourth_edition_columns(
    project: &Project,
    kind: DocumentKind,
    options: FormOptions,
) -> (Vec<Group>, Vec<Column>) {
    use ColumnKind::{Class, Date, Rating};
    let groups = vec![
        Group::of_step("Process", 2),
        Group::of_step("Potential failure", 4),
        Group::of_step("Current process", 5),
        Group::of_step("Action results", 6),
    ];
    let mut columns = vec![
        Column::text("process_step_number", "No.", 0, 4.5),
        Column::text("process_step", "Process step", 0, 13.0),
        Column::text("process_step_function", "Function", 0, 16.0),
        Column::text("requirement", "Requirements", 0, 15.0),
        Column::text("failure_mode", "Potential failure mode", 1, 16.0),
        Column::text("failure_effect", "Potential effect(s) of failure", 1, 24.0),
        Column::value("severity", "Severity", 1, 3.5, Rating),
        Column::value("special_class", "Classifi\u{AD}cation", 1, 6.0, Class),
        Column::text("failure_cause", "Potential cause(s) of failure", 2, 18.0),
        Column::text("prevention_control", "Controls: prevention", 2, 18.0),
        Column::value("occurrence", "Occur\u{AD}rence", 2, 3.5, Rating),
        Column::text("detection_control", "Controls: detection", 2, 18.0),
        Column::value("detection", "Detec\u{AD}tion", 2, 3.5, Rating),
        Column::value("rpn", "RPN", 2, 4.0, Rating),
        Column::text("recommended_action", "Recommended action(s)", 3, 18.0),
        Column::choice("responsible", "Responsi\u{AD}bility", 3, 10.0, ColumnKind::Choice),
        Column::choice("target_date", "Target completion date", 3, 8.5, Date),
        Column::choice("status", "Status", 3, 9.5, ColumnKind::Choice),
        Column::text("action_taken", "Actions taken", 3, 15.0),
        Column::choice("completion_date", "Completion date", 3, 8.5, Date),
        Column::value("severity_after", "Severity", 3, 3.5, Rating),
        Column::value("occurrence_after", "Occur\u{AD}rence", 3, 3.5, Rating),
        Column::value("detection_after", "Detec\u{AD}tion", 3, 3.5, Rating),
        Column::value("rpn_after", "RPN", 3, 4.0, Rating),
    ];
    columns.extend(parts_column(project, 3, Kind::Risk, options));
    columns.push(Column::text("remarks", "Remarks", 3, 14.0));
    insert_plan_rows(&mut columns, "rpn", kind, options);
    columns.extend(user_columns(project, 3, &[Kind::Risk, Kind::Failure, Kind::Function]));
    (groups, columns)
}

/// In an editor a process FMEA shows behind the risk analysis which control-plan rows cover each cause.
fn insert_plan_rows(columns: &mut Vec<Column>, behind: &str, kind: DocumentKind, options: FormOptions) {
    if !options.prompts || kind != DocumentKind::ProcessFmea {
        return;
    }
    if let Some(at) = columns.iter().position(|column| column.key == behind) {
        let group = columns[at].group;
        columns.insert(at + 1, Column::text("control_plan", "Control plan", group, 8.0));
    }
}
