//! Control plans and process flows.

use goldthread::exchange::import::table::{Field as F, TableKind, TitleField};
use goldthread::model::characteristic::{Characteristic, CharacteristicKind, StepCharacteristic};
use goldthread::model::control_plan::{PlanRow, Subject};
use goldthread::model::document::{DocumentKind, Phase};
use goldthread::model::equipment::Equipment;
use goldthread::model::flow::{FlowEdge, Step, StepKind};
use goldthread::model::project_data::{Part, Person, UserField};

use super::{Imported, Sheets};

const PLAN: [F; 14] = [
    F::StepNumber,
    F::Step,
    F::Equipment,
    F::CharacteristicNumber,
    F::ProductCharacteristic,
    F::ProcessCharacteristic,
    F::Class,
    F::Specification,
    F::MeasurementTechnique,
    F::SampleSize,
    F::SampleFrequency,
    F::ControlMethod,
    F::ReactionPlan,
    F::Remarks,
];

/// The rows as `step | subject | specification | method`.
fn rows(imported: &Imported) -> Vec<String> {
    let project = &imported.project;
    let mut found: Vec<&PlanRow> = project.all_in_order();
    found.sort_by_key(|row| project.get(row.step.to.present().unwrap()).unwrap().number.clone());
    let show = |row: &&PlanRow| {
        let step = project.get(row.step.to.present().unwrap()).unwrap();
        let (subject, specification) = match &row.subject {
            Subject::Characteristic(link) => {
                let found = project.get(link.to.present().unwrap()).unwrap();
                (format!("{} {}", found.kind.name(), found.label()), found.specification_text())
            }
            other => (format!("{other:?}").split('(').next().unwrap().to_owned(), String::new()),
        };
        format!("{} | {subject} | {specification} | {}", step.number, row.control_method)
    };
    found.iter().map(show).collect()
}

#[test]
fn a_row_is_a_control_of_a_subject_at_a_step() {
    let imported = Sheets::new()
        .form(
            TableKind::ControlPlan,
            &PLAN,
            &[
                &[
                    "10",
                    "Press",
                    "Press 3",
                    "1",
                    "Depth",
                    "",
                    "CC",
                    "8.0 ± 0.5 mm",
                    "Gauge",
                    "5",
                    "1/h",
                    "SPC chart",
                    "Stop",
                    "n1",
                ],
                &["|", "|", "|", "|", "|", "", "|", "|", "CMM", "1", "1/shift", "Report", "|", ""],
                &[
                    "|",
                    "|",
                    "Heater",
                    "",
                    "",
                    "Temperature",
                    "",
                    "180 - 200 °C",
                    "Sensor",
                    "100 %",
                    "",
                    "Interlock",
                    "Stop",
                    "",
                ],
                &[
                    "20",
                    "Pack",
                    "Manual",
                    "2",
                    "Label",
                    "",
                    "",
                    "as drawing",
                    "Visual",
                    "1",
                    "each",
                    "Check sheet",
                    "Sort",
                    "",
                ],
                &[
                    "30 & 40",
                    "Wash",
                    "",
                    "",
                    "Cleanliness",
                    "Pressure",
                    "",
                    "2 mg",
                    "Lab",
                    "1",
                    "day",
                    "Report",
                    "Rewash",
                    "",
                ],
            ],
        )
        .fact(TitleField::Phase, "Phase", "☐ Prototype ☒ Pre-launch ☐ Production")
        .fact(TitleField::Team, "Core team", "J. Novak, L. Ortega")
        .fact(TitleField::PartNumberAndChangeLevel, "Part no. / level", "4711-08 / C")
        .fact(TitleField::PartName, "Part name", "Bushing")
        .fact(TitleField::Customer, "Customer", "Example Motors")
        .import();
    assert_eq!(
        rows(&imported),
        [
            "10 | Product 1 Depth | 8.0 ± 0.5\u{a0}mm | SPC chart",
            "10 | Product 1 Depth | 8.0 ± 0.5\u{a0}mm | Report",
            "10 | Process Temperature | 180 – 200\u{a0}°C | Interlock",
            "20 | Product 2 Label | as drawing | Check sheet",
            "30 | Product Cleanliness | 2 mg | Report",
            "30 | Process Pressure |  | Report",
            "40 | Product Cleanliness | 2 mg | Report",
            "40 | Process Pressure |  | Report",
        ]
    );
    let project = &imported.project;
    let plan = project.documents_of(DocumentKind::ControlPlan)[0];
    assert_eq!(plan.phase, Some(Phase::PreLaunch));
    assert!(project.all::<PlanRow>().all(|row| row.phases == [Phase::PreLaunch]));
    assert_eq!((plan.title.as_str(), plan.team.len()), ("Bushing", 2));
    assert_eq!(project.data().customer.as_str(), "Example Motors");
    let part = project.all::<Part>().next().unwrap();
    assert_eq!((part.number.as_str(), part.change_level.as_str(), part.name.as_str()), ("4711-08", "C", "Bushing"));
    assert_eq!(project.count::<Equipment>(), 2, "what is done by hand is no equipment");
    assert!(project.all::<Step>().find(|step| *step.number == *"20").unwrap().manual);
    assert_eq!(project.count::<Person>(), 2);
    assert!(imported.remarks("became two rows"));
    assert!(imported.remarks("names 2 steps"));
    assert_eq!(project.all::<Characteristic>().find(|found| *found.name == *"Depth").unwrap().class.as_str(), "CC");
}

#[test]
fn limits_in_columns_are_a_specification() {
    let imported = Sheets::new()
        .form(
            TableKind::ControlPlan,
            &[
                F::StepNumber,
                F::Characteristic,
                F::Nominal,
                F::LowerLimit,
                F::UpperLimit,
                F::Unit,
                F::ControlMethod,
                F::Class,
            ],
            &[
                &["10", "Depth", "8", "7.5", "8.5", "mm", "SPC", "CC"],
                &["10", "Burr", "", "", "0.2", "mm", "Visual", "-"],
                &["10", "Colour", "blue", "", "", "", "Visual", ""],
                &["20", "Depth", "8", "7", "9", "mm", "SPC", "SC"],
            ],
        )
        .import();
    let found = rows(&imported);
    assert_eq!(
        found,
        [
            "10 | Product Depth | 8 ± 0.5\u{a0}mm | SPC",
            "10 | Product Burr | ≤ 0.2\u{a0}mm | Visual",
            "10 | Product Colour | nominal blue | Visual",
            // At another step the same name is another characteristic, unless its number says otherwise.
            "20 | Product Depth | 8 ± 1\u{a0}mm | SPC",
        ]
    );
    assert_eq!(imported.project.count::<StepCharacteristic>(), 4);
}

#[test]
fn a_flow_worksheet_is_a_line_of_steps() {
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFlow,
            &[
                F::StepNumber,
                F::Step,
                F::StepKind,
                F::StepInspection,
                F::Area,
                F::Equipment,
                F::ProductCharacteristic,
                F::VariationSource,
                F::ControlMethod,
            ],
            &[
                &["5", "Receive", "▽", "", "Dock", "", "", "Supplier", ""],
                &["10", "Press", "○", "x", "Hall 1", "Press 3", "Depth", "", "WI 10"],
                &["", "", "", "", "", "", "Force", "", ""],
                &["90", "Rework", "Nacharbeit", "", "", "", "", "", ""],
                &["20", "Check", "?!", "0", "", "", "", "", ""],
            ],
        )
        .import();
    let steps: Vec<(String, StepKind)> =
        imported.project.all_in_order::<Step>().iter().map(|step| (step.label(), step.kind)).collect();
    assert_eq!(
        steps,
        [
            ("5 Receive".to_owned(), StepKind::Storage),
            ("10 Press".to_owned(), StepKind::Operation),
            ("90 Rework".to_owned(), StepKind::Rework),
            ("20 Check".to_owned(), StepKind::Operation),
        ]
    );
    let press = imported.project.all::<Step>().find(|step| *step.number == *"10").unwrap();
    assert_eq!(press.further_kinds, [StepKind::Inspection]);
    assert_eq!((press.area.as_str(), press.work_instruction.as_str(), press.equipment.len()), ("Hall 1", "WI 10", 1));
    assert_eq!(imported.project.count::<StepCharacteristic>(), 2);
    // Rework stands beside the line.
    let number = |id| imported.project.get::<Step>(id).unwrap().number.to_string();
    let mut edges: Vec<(String, String)> =
        imported.project.all::<FlowEdge>().map(|edge| (number(edge.from), number(edge.to))).collect();
    edges.sort();
    assert_eq!(edges, [("10".to_owned(), "20".to_owned()), ("5".to_owned(), "10".to_owned())]);
    assert!(imported.remarks("“?!” is no kind of step"));
    assert_eq!(imported.left("D10"), "says that the step is not of this kind");
}

#[test]
fn a_word_says_whether_a_characteristic_is_of_the_product_or_the_process() {
    let imported = Sheets::new()
        .form(
            TableKind::ControlPlan,
            &[F::Step, F::Characteristic, F::CharacteristicKind, F::ControlMethod],
            &[
                &["10 Turn", "Diameter", "Product", "SPC"],
                &["10 Turn", "Feed", "Proc.", "Set-up sheet"],
                &["10 Turn", "Coolant", "both", "Refractometer"],
            ],
        )
        .import();
    let kind = |name: &str| imported.project.all::<Characteristic>().find(|found| *found.name == *name).unwrap().kind;
    assert_eq!(kind("Diameter"), CharacteristicKind::Product);
    assert_eq!(kind("Feed"), CharacteristicKind::Process);
    assert_eq!(kind("Coolant"), CharacteristicKind::Product);
    // What is neither is kept as it is written.
    assert!(imported.project.all::<UserField>().any(|field| *field.name == *F::CharacteristicKind.name()));
}
