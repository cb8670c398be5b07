//! FMEAs of the layouts that the trade uses.

use goldthread::exchange::import::account::{As, Fate};
use goldthread::exchange::import::table::{Field as F, Meaning, TableKind};
use goldthread::model::document::{Document, DocumentKind};
use goldthread::model::flow::Step;
use goldthread::model::fmea::{Control, ControlKind, Element, ElementKind, FailureRole, WorkCategory};
use goldthread::model::project_data::{Person, UserField};
use goldthread::model::rating::Rating;
use goldthread::model::risk::{Action, ActionKind, ActionStatus, AssessmentState};

use super::{Sheets, is_imported};

const FOURTH: [F; 15] = [
    F::StepAndFunction,
    F::Requirement,
    F::Mode,
    F::Effect,
    F::Severity,
    F::Class,
    F::Cause,
    F::PreventionControl,
    F::Occurrence,
    F::DetectionControl,
    F::Detection,
    F::Rpn,
    F::Action,
    F::ResponsibleAndDate,
    F::ActionTakenAndDate,
];

#[test]
fn a_merged_fourth_edition_form_becomes_a_tree() {
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &FOURTH,
            &[
                &[
                    "10 Press bushing",
                    "Depth 8 mm",
                    "Too shallow",
                    "Noise",
                    "7",
                    "CC",
                    "Stop worn",
                    "Stop checked",
                    "3",
                    "Gauge",
                    "4",
                    "84",
                    "Hard stop",
                    "J. Novak 2026-03-01",
                    "",
                ],
                &["|", "|", "|", "|", "|", "", "Part not seated", "None", "2", "|", "4", "99", "", "", ""],
                &[
                    "^",
                    "Force 5 kN",
                    "Too loose",
                    "Falls out",
                    "9",
                    "",
                    "Wrong bushing",
                    "Stop checked",
                    "2",
                    "Visual",
                    "6",
                    "108",
                    "",
                    "",
                    "",
                ],
                &["20 Pack", "", "Wrong label", "Sorting at customer", "4", "", "", "", "", "", "", "", "", "", ""],
            ],
        )
        .import();
    assert_eq!(
        imported.lines(),
        [
            "Too loose | Wrong bushing | 9 2 6",
            "Too shallow | Part not seated | 7 2 4",
            "Too shallow | Stop worn | 7 3 4"
        ]
    );
    assert_eq!(imported.texts(FailureRole::Mode), ["Too loose", "Too shallow", "Wrong label"]);
    assert_eq!(imported.functions(), [" [Depth 8 mm]", " [Force 5 kN]"]);
    let steps: Vec<String> = imported.project.all_in_order::<Step>().iter().map(|step| step.label()).collect();
    assert_eq!(steps, ["10 Press bushing", "20 Pack"]);
    // One control for two lines that say the same, and none where the cell says that there is none.
    let controls: Vec<(ControlKind, &str)> =
        imported.project.all::<Control>().map(|control| (control.kind, control.text.as_str())).collect();
    assert_eq!(controls.len(), 3, "{controls:?}");
    assert_eq!(imported.left("H7"), "says that there is no control");
    assert_eq!(imported.risk("Part not seated").controls.len(), 1);
    // RPN is computed: told where it agrees, and where it does not.
    assert_eq!(imported.left("L6"), "computed here with the same result");
    assert_eq!(imported.left("L7"), "computed here as 56");
    let document = imported.project.documents_of(DocumentKind::ProcessFmea)[0];
    assert_eq!(document.rating_profile.as_str(), "aiag-4-pfmea");
    let action = imported.project.all::<Action>().next().unwrap();
    assert_eq!((action.kind, action.target_date), (ActionKind::Prevention, "2026-03-01".parse().ok()));
    assert_eq!(imported.project.all::<Person>().next().unwrap().name.as_str(), "J. Novak");
    assert_eq!(imported.risk("Stop worn").class.as_str(), "CC");
    // The flow that the steps stand in was made, without connections that nobody named.
    assert_eq!(imported.project.count::<Document>(), 2);
    assert_eq!(imported.project.count::<goldthread::model::flow::FlowEdge>(), 0);
}

#[test]
fn a_flat_list_that_repeats_itself_is_the_same_tree() {
    let fields =
        [F::StepNumber, F::Step, F::Mode, F::Effect, F::Severity, F::Cause, F::Control, F::Occurrence, F::Detection];
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &fields,
            &[
                &["10", "Press", "Too shallow", "Noise", "7", "Stop worn", "Gauge", "3", "4"],
                &["10", "Press", "Too shallow", "Noise", "7", "Not seated", "Gauge", "2", "4"],
                &["20", "Pack", "Wrong label", "Sorting", "4", "Mix-up", "Scanner", "2", "2"],
                &["10", "Press", "Too shallow", "Leak", "8", "Stop worn", "Gauge", "3", "4"],
                &["10", "Press", "Too shallow", "Noise", "5", "Stop worn", "Gauge", "5", "4"],
            ],
        )
        .import();
    assert_eq!(imported.texts(FailureRole::Mode), ["Too shallow", "Wrong label"]);
    assert_eq!(
        imported.lines(),
        [
            "Too shallow | Not seated | 8 2 4",
            "Too shallow | Stop worn | 8 3 4",
            // The same cause rated otherwise is a line of its own.
            "Too shallow | Stop worn | 8 5 4",
            "Wrong label | Mix-up | 4 2 2",
        ]
    );
    // Two severities of one effect: both stand, and it is said.
    assert_eq!(
        imported.effects_of("Too shallow"),
        ["End user: Noise (7)", "End user: Leak (8)", "End user: Noise (5)"]
    );
    assert!(imported.remarks("has severity 7 in another line and 5 here"));
    assert!(imported.remarks("taken for detection controls"));
    assert_eq!(imported.project.count::<Control>(), 2);
    assert_eq!(imported.project.count::<Element>(), 2);
}

#[test]
fn the_full_form_of_2019_has_all_its_levels() {
    let fields = [
        F::IssueNumber,
        F::History,
        F::HigherElement,
        F::StepNumber,
        F::Step,
        F::WorkElement,
        F::HigherFunction,
        F::Function,
        F::LowerFunction,
        F::Effect,
        F::Severity,
        F::Mode,
        F::Cause,
        F::PreventionControl,
        F::Occurrence,
        F::DetectionControl,
        F::Detection,
        F::ActionPriority,
        F::Class,
        F::FilterCode,
        F::PreventionAction,
        F::DetectionAction,
        F::Responsible,
        F::TargetDate,
        F::Status,
        F::ActionTaken,
        F::CompletionDate,
        F::LaterSeverity,
        F::LaterOccurrence,
        F::LaterDetection,
        F::LaterActionPriority,
        F::Remarks,
    ];
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &fields,
            &[
                &[
                    "1",
                    "CR 7",
                    "Bushing line",
                    "30 & 40",
                    "Press and caulk",
                    "Machine: Press 3",
                    "Deliver bushings",
                    "Press to depth",
                    "Apply force",
                    "Your plant: scrap (7)\nEnd user: noise (8)",
                    "8",
                    "Too shallow",
                    "Force too low",
                    "Window",
                    "4",
                    "Curve",
                    "6",
                    "M",
                    "SC",
                    "F1",
                    "Second sensor",
                    "",
                    "J. Novak",
                    "2026-03-01",
                    "erledigt",
                    "Sensor fitted",
                    "2026-02-20",
                    "8",
                    "2",
                    "6",
                    "L",
                    "ok now",
                ],
                &[
                    "",
                    "",
                    "^",
                    "^",
                    "^",
                    "Man",
                    "^",
                    "^",
                    "Load",
                    "^",
                    "^",
                    "^",
                    "Bushing upside down",
                    "Instruction",
                    "3",
                    "Curve",
                    "6",
                    "M",
                    "",
                    "",
                    "",
                    "Camera",
                    "Line 2",
                    "2026-Q3",
                    "on hold",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                ],
            ],
        )
        .import();
    let project = &imported.project;
    assert_eq!(imported.element("Bushing line").kind, ElementKind::Higher);
    let press = imported.element("Press 3");
    assert_eq!(press.kind, ElementKind::Work(WorkCategory::Machine));
    let focus = imported.element("Press and caulk");
    assert_eq!((focus.kind, focus.steps.len()), (ElementKind::Focus, 2));
    assert_eq!(press.parent, Some(focus.id));
    assert_eq!(imported.effects_of("Too shallow"), ["Your plant: scrap (7)", "End user: noise (8)"]);
    assert_eq!(imported.functions(), ["Apply force []", "Deliver bushings []", "Load []", "Press to depth []"]);
    let risk = imported.risk("Force too low");
    assert_eq!((risk.issue_number.as_str(), risk.history.as_str(), risk.filter_code.as_str()), ("1", "CR 7", "F1"));
    assert_eq!((risk.remarks.as_str(), risk.class.as_str()), ("ok now", "SC"));
    let later = risk.later().next().unwrap().1;
    assert_eq!(later.state, AssessmentState::Reached);
    // The severity did not change, so nothing overrides it.
    assert_eq!((later.occurrence.clone(), later.severity_override.clone()), (Some(Rating::Number(2)), None));
    let action = project.get(later.actions[0].present().unwrap()).unwrap();
    assert_eq!((action.status, action.completion_date), (ActionStatus::Completed, "2026-02-20".parse().ok()));
    let other = imported.risk("Bushing upside down").later().next().unwrap().1;
    assert_eq!(other.state, AssessmentState::Planned);
    let other = project.get(other.actions[0].present().unwrap()).unwrap();
    assert_eq!((other.kind, other.status, other.target_date), (ActionKind::Detection, ActionStatus::Open, None));
    assert_eq!(other.remarks.as_str(), "Target completion date: 2026-Q3\nStatus: on hold");
    assert!(is_imported(imported.fate("X7"), F::TargetDate));
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0];
    assert_eq!(fmea.rating_profile.as_str(), "aiag-vda-2019-pfmea");
}

#[test]
fn levels_that_a_form_does_not_have_are_not_made_up() {
    let imported = Sheets::new()
        .form(
            TableKind::DesignFmea,
            &[F::Step, F::Mode, F::Effect, F::Cause],
            &[&["Pump", "Leak", "Overheats", "Seal worn"], &["^", "^", "^", "Shaft bent"]],
        )
        .import();
    assert_eq!(imported.functions(), Vec::<String>::new());
    assert_eq!(imported.project.count::<Step>(), 0, "a design has no process steps");
    assert_eq!(imported.project.count::<Element>(), 1);
    assert_eq!(imported.lines(), ["Leak | Seal worn | - - -", "Leak | Shaft bent | - - -"]);
    assert_eq!(imported.project.documents_of(DocumentKind::DesignFmea).len(), 1);
}

#[test]
fn ratings_are_kept_as_they_are_written() {
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &[F::Step, F::Mode, F::Severity, F::Cause, F::Occurrence, F::Detection, F::Rpn],
            &[
                &["A", "m1", "7 ", "c1", "0.4", "H", "9"],
                &["B", "m2", "3.0", "c2", "50 %", "12", ""],
                &["C", "m3", "tbd", "c3", "-", "5 (moderate)", "10"],
            ],
        )
        .import();
    assert_eq!(imported.lines(), ["m1 | c1 | 7 0.4 H", "m2 | c2 | 3 50 % 12", "m3 | c3 | - - 5 (moderate)"]);
    assert!(imported.remarks("“0.4” is no value of the occurrence scale"));
    assert!(imported.remarks("“12” is no value of the detection scale"));
    assert_eq!(imported.left("C8"), "a sign that nothing is written");
    assert_eq!(imported.left("G6"), "not computed here, because a rating is missing or off its scale");
    // The severity has no effect to stand at: one without words.
    assert_eq!(imported.effects_of("m1"), ["End user:  (7)"]);
}

#[test]
fn one_severity_beside_three_levels_is_that_of_the_most_remote() {
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &[F::Step, F::Mode, F::EffectYourPlant, F::EffectShipToPlant, F::EffectEndUser, F::Severity, F::Cause],
            &[&["A", "m", "scrap", "sorting", "noise", "7", "c"], &["B", "n", "scrap", "", "", "5", "d"]],
        )
        .import();
    assert_eq!(
        imported.effects_of("m"),
        ["Your plant: scrap (-)", "Ship-to plant: sorting (-)", "End user: noise (7)"]
    );
    assert_eq!(imported.effects_of("n"), ["Your plant: scrap (5)"]);
    assert!(imported.remarks("the most remote level"));
}

#[test]
fn a_row_that_goes_on_adds_to_its_line_and_one_that_rates_again_is_a_line() {
    let imported = Sheets::new()
        .form(
            TableKind::ProcessFmea,
            &[
                F::Step,
                F::Mode,
                F::Cause,
                F::Occurrence,
                F::PreventionControl,
                F::DetectionControl,
                F::Detection,
                F::Action,
            ],
            &[
                &["A", "m", "c", "3", "p1", "d1", "4", "a1"],
                &["|", "|", "|", "|", "p2", "", "", "a2"],
                &["|", "|", "|", "|", "", "d2", "6", ""],
                // No cause, but an action: goes on with the line above.
                &["|", "|", "", "", "", "", "", "a3"],
            ],
        )
        .import();
    assert_eq!(imported.lines(), ["m | c | - 3 4", "m | c | - 3 6"]);
    let first = imported.project.all::<goldthread::model::risk::Risk>().find(|risk| risk.controls.len() == 3).unwrap();
    assert_eq!(first.current().unwrap().detection, Some(Rating::Number(4)));
    assert_eq!(imported.project.count::<Action>(), 3);
}

#[test]
fn what_no_field_fits_is_kept_under_its_heading() {
    let columns = [
        ("Step", Meaning::Field(F::Step)),
        ("Failure mode", Meaning::Field(F::Mode)),
        ("Cause", Meaning::Field(F::Cause)),
        ("Quality gate", Meaning::Own),
        ("Status", Meaning::Field(F::Status)),
        ("Junk", Meaning::Ignored),
        ("No.", Meaning::Field(F::LineNumber)),
        ("Sample size", Meaning::Field(F::SampleSize)),
    ];
    let imported = Sheets::new()
        .sheet(
            TableKind::ProcessFmea,
            &columns,
            &[
                &["A", "m", "c", "G3", "open", "x", "1", "5"],
                &["B", "n", "", "G4", "", "x", "2", ""],
                &["C", "", "", "G5", "", "", "3", ""],
            ],
        )
        .import();
    let fields: Vec<String> = imported
        .project
        .all_in_order::<UserField>()
        .iter()
        .map(|field| format!("{:?} {}", field.on, field.name))
        .collect();
    assert_eq!(
        fields,
        ["Risk Status", "Risk Quality gate", "Risk Sample size", "Failure Quality gate", "Element Quality gate"]
    );
    let risk = imported.risk("c");
    let values: Vec<&str> = risk.meta.as_ref().unwrap().values.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(values, ["open", "G3", "5"]);
    assert!(matches!(imported.fate("D6"), Fate::Imported { into: As::Own(name), .. } if name == "Quality gate"));
    assert_eq!(imported.left("F6"), "in a column that is not imported");
    assert_eq!(imported.left("G6"), "running number of the line");
}

#[test]
fn lines_of_a_cell_are_entries_if_a_person_says_so() {
    let columns = [
        F::Step,
        F::Requirement,
        F::Mode,
        F::Effect,
        F::Severity,
        F::Cause,
        F::DetectionControl,
        F::Action,
        F::Equipment,
    ];
    let row: &[&[&str]] = &[&[
        "10 Press",
        "Depth 8 mm\nForce 5 kN",
        "Too shallow",
        "- Noise\n- Leak",
        "7",
        "Stop worn\nor dirty",
        "1. Gauge\n2. Camera",
        "Hard stop\nAlarm",
        "Press 3\nFeeder",
    ]];
    let mut sheets = Sheets::new().form(TableKind::ProcessFmea, &columns, row);
    let whole = sheets.import();
    assert_eq!((whole.project.count::<Control>(), whole.project.count::<Action>()), (1, 1), "else a cell is one text");
    sheets.understood.tables[0].split_lines = true;
    let split = sheets.import();
    let mut controls: Vec<&str> = split.project.all::<Control>().map(|control| control.text.as_str()).collect();
    controls.sort_unstable();
    assert_eq!(controls, ["Camera", "Gauge"]);
    assert_eq!(split.effects_of("Too shallow"), ["End user: Noise (7)", "End user: Leak (7)"]);
    assert_eq!(split.functions(), [" [Depth 8 mm / Force 5 kN]"]);
    assert_eq!(split.project.count::<Action>(), 2);
    assert_eq!(split.risk("Stop worn\nor dirty").controls.len(), 2, "a cause is rated as a whole");
    let step = split.project.all::<Step>().next().unwrap();
    assert_eq!(step.equipment.len(), 2);
    let again = sheets.import_into(&split.project);
    assert!(again.built.items.iter().all(|item| split.project.item(item.id()).as_ref() == Some(item)));
    assert_eq!(again.built.differences, vec![]);
}
