//! Headings of many kinds of forms: every column must be taken for what it is.

use goldthread::exchange::import::table::TableKind;

use super::sheets::{mapping, merged, sheet, understood};

/// A value that a person would write below a heading of the field.
fn value(field: &str, line: usize) -> &'static str {
    let of = |values: &'static [&'static str]| values[line % values.len()];
    match field {
        "line_number" | "characteristic_number" => of(&["1", "2", "3", "4", "5", "6", "7", "8"]),
        "step_number" => of(&["10", "10", "20", "20", "30", "30", "40", "40"]),
        "process_step" => of(&[
            "Receiving",
            "Receiving",
            "Turning OD",
            "Turning OD",
            "Press bushing",
            "Press bushing",
            "Final inspection",
            "Final inspection",
        ]),
        "severity" | "severity_after" => of(&["8", "8", "7", "3"]),
        "occurrence" | "occurrence_after" => of(&["4", "2", "3", "5", "1"]),
        "detection" | "detection_after" => of(&["6", "2", "10"]),
        "rpn" | "rpn_after" => of(&["192", "32", "210", "90", "18"]),
        "action_priority" | "action_priority_after" => of(&["H", "M", "L"]),
        "responsible" | "reaction_plan_owner" => of(&["J. Miller", "Quality dept."]),
        "target_date" | "completion_date" => of(&["12.03.2026", "2026-05-01", "30/06/2026"]),
        "responsible_and_date" => of(&["J. Miller, 12.03.2026", "A. Kim 30/06/2026"]),
        "status" => of(&["Open", "Closed"]),
        "class" => of(&["SC", "CC", ""]),
        "characteristic_kind" => of(&["Product", "Process"]),
        "characteristic" | "product_characteristic" => of(&["Diameter", "Length", "Hardness"]),
        "process_characteristic" => of(&["Spindle speed", "Feed", "Temperature"]),
        "specification" => of(&["12 ±0.1 mm", "58-62 HRC", "no burr"]),
        "lower_limit" | "upper_limit" => of(&["1.25", "7.5", "0.4"]),
        "unit" => "mm",
        "sample_size" => of(&["1", "5", "100 %"]),
        "sample_frequency" => of(&["every hour", "per shift"]),
        "step_kind" => of(&["Operation", "Inspection"]),
        field if field.starts_with("step_is_") => of(&["X", ""]),
        "filter_code" | "history" | "issue_number" | "remarks" => of(&["", "", "see report", ""]),
        "failure_mode" => {
            of(&["Wrong diameter", "Wrong diameter", "Burr left", "Burr left", "Part not seated", "Torque too low"])
        }
        "failure_cause" => of(&["Tool worn out", "Operator forgets step", "Wrong program selected"]),
        _ => of(&["Cannot be assembled at the customer", "Visual inspection after each lot", "Work instruction 12"]),
    }
}

/// Heading rows (columns parted by `|`), areas merged in them, and the fields of the columns (`own` and blank for those that
/// are none).
struct Layout<'l> {
    name: &'l str,
    kind: TableKind,
    headings: &'l [&'l str],
    merges: &'l [[u32; 4]],
    fields: &'l str,
}

const S_O_D_RPN: &str = "severity_after occurrence_after detection_after rpn_after";

fn check(layout: &Layout<'_>) {
    let fields: Vec<&str> = layout
        .fields
        .split_whitespace()
        .flat_map(|field| if field == "*" { S_O_D_RPN.split_whitespace().collect::<Vec<_>>() } else { vec![field] })
        .collect();
    let mut rows: Vec<Vec<&str>> = layout.headings.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    for line in 0..8 {
        rows.push(fields.iter().map(|field| value(field, line)).collect());
    }
    let understood = understood(merged(sheet("Sheet1", &rows), layout.merges));
    let name = layout.name;
    assert_eq!(understood.tables.len(), 1, "{name}: tables");
    let table = &understood.tables[0];
    assert_eq!(table.kind, layout.kind, "{name}: kind");
    assert_eq!(table.records.len(), 8, "{name}: lines");
    assert_eq!(*table.heading_rows.end() as usize + 1, layout.headings.len(), "{name}: heading rows");
    let found: Vec<&str> = mapping(table).into_iter().map(|(_, field)| field).collect();
    assert_eq!(found, fields, "{name}");
}

#[test]
fn forms_of_the_fourth_edition_are_read() {
    let fields = "step_and_function requirement failure_mode effect severity class failure_cause prevention_control occurrence \
                  detection_control detection rpn recommended_action responsible_and_date action_taken_and_date *";
    check(&Layout {
        name: "merged parents",
        kind: TableKind::ProcessFmea,
        headings: &[
            "Process Step / Function|Requirement|Potential Failure Mode|Potential Effect(s) of Failure|Severity|Classification|Potential Cause(s) of Failure|Current Process||||RPN|Recommended Action|Responsibility & Target Completion Date|Action Results||||",
            "|||||||Controls Prevention|Occurrence|Controls Detection|Detection||||Actions Taken Completion Date|Severity|Occurrence|Detection|RPN",
        ],
        merges: &[
            [0, 7, 0, 10],
            [0, 14, 0, 18],
            [0, 0, 1, 0],
            [0, 1, 1, 1],
            [0, 2, 1, 2],
            [0, 3, 1, 3],
            [0, 11, 1, 11],
        ],
        fields,
    });
    check(&Layout {
        name: "parents that nobody merged",
        kind: TableKind::ProcessFmea,
        headings: &[
            "Process Function|Potential Failure Mode|Potential Effects of Failure|S|C|Potential Causes|Current Process Controls||||RPN|Recommended Actions|Resp.|Date|Action Results||||",
            "||||||Prevention|O|Detection|D|||||Actions Taken|S|O|D|RPN",
        ],
        merges: &[],
        fields: "function failure_mode effect severity class failure_cause prevention_control occurrence detection_control detection rpn \
                 recommended_action responsible target_date action_taken *",
    });
    check(&Layout {
        name: "vertical lettering",
        kind: TableKind::DesignFmea,
        headings: &[
            "Item|Function|Potential Failure Mode|Potential Effect|S|Potential Cause|O|Current Control|D|R|Recommended Actions|Responsibility and Target Date|S|O|D|R",
            "||||e||c||e|P|||e|c|e|P",
            "||||v||c||t|N|||v|c|t|N",
        ],
        merges: &[],
        fields: "process_step function failure_mode effect severity failure_cause occurrence current_control detection rpn recommended_action responsible_and_date *",
    });
    check(&Layout {
        name: "controls recommended and implemented",
        kind: TableKind::ProcessFmea,
        headings: &[
            "PROCESS STEP|POTENTIAL FAILURE MODE|POTENTIAL EFFECTS|SEV|CURRENT PROCESS CONTROL||OCC|DET|RPN|RECOMMENDED CONTROLS||IMPLEMENTED CONTROLS||SEV|OCC|DET|RPN",
            "||||PREVENTION|DETECTION||||PREVENTIVE CONTROLS|DETECTIVE CONTROLS|PREVENTIVE CONTROLS|DETECTIVE CONTROLS||||",
        ],
        merges: &[[0, 4, 0, 5], [0, 9, 0, 10], [0, 11, 0, 12]],
        fields: "process_step failure_mode effect severity prevention_control detection_control occurrence detection rpn prevention_action \
                 detection_action implemented_prevention_control implemented_detection_control *",
    });
    check(&Layout {
        name: "current design",
        kind: TableKind::DesignFmea,
        headings: &[
            "Item|Function|Failure Mode|Effect|Severity|Cause|CURRENT DESIGN||||RPN",
            "||||||CONTROLS PREVENTION|OCCUR|CONTROLS DETECTION|DETECTION|",
        ],
        merges: &[[0, 6, 0, 9]],
        fields: "process_step function failure_mode effect severity failure_cause prevention_control occurrence detection_control detection rpn",
    });
}

#[test]
fn forms_of_2019_are_read() {
    check(&Layout {
        name: "PFMEA with its steps",
        kind: TableKind::ProcessFmea,
        headings: &[
            "STRUCTURE ANALYSIS (STEP 2)|||FUNCTION ANALYSIS (STEP 3)|||FAILURE ANALYSIS (STEP 4)||||RISK ANALYSIS (STEP 5)|||||||OPTIMIZATION (STEP 6)|||||||||||",
            "1. Process Item\nName of Process|2. Process Step\nStation No. and Name of Focus Element|3. Process Work Element\n4M Type|1. Function of the Process Item|2. Function of the Process Step and Product Characteristic|3. Function of the Process Work Element and Process Characteristic|1. Failure Effects (FE)|Severity (S) of FE|2. Failure Mode (FM) of the Focus Element|3. Failure Cause (FC) of the Work Element|Current Prevention Control (PC) of FC|Occurrence (O) of FC|Current Detection Controls (DC) of FC or FM|Detection (D) of FC/FM|PFMEA AP|Special Characteristics|Filter Code (Optional)|Prevention Action|Detection Action|Responsible Person's Name|Target Completion Date|Status|Action Taken with Pointer to Evidence|Completion Date|Severity (S)|Occurrence (O)|Detection (D)|PFMEA AP|Remarks",
        ],
        merges: &[[0, 0, 0, 2], [0, 3, 0, 5], [0, 6, 0, 9], [0, 10, 0, 16], [0, 17, 0, 28]],
        fields: "process_item process_step work_element function_of_item function function_of_work_element effect severity failure_mode failure_cause \
                 prevention_control occurrence detection_control detection action_priority class filter_code prevention_action detection_action responsible \
                 target_date status action_taken completion_date severity_after occurrence_after detection_after action_priority_after remarks",
    });
    check(&Layout {
        name: "Spanish DFMEA",
        kind: TableKind::DesignFmea,
        headings: &[
            "1-SIGUIENTE NIVEL SUPERIOR (SISTEMA)|2-ELEMENTO FOCO (ELEMENTO DEL SISTEMA)|3-SIGUIENTE NIVEL INFERIOR O TIPO DE CARACTERISTICA (ELEMENTO COMPONENTE)|1-SIGUIENTE NIVEL DE FUNCION Y REQUERIMIENTOS|2-ELEMENTO FOCO-FUNCION Y REQUERIMIENTO|3-PROXIMO NIVEL MAS BAJO DE FUNCION Y REQUERIMIENTOS O CARACTERISTICAS|EFECTO DE LA FALLA (EF)|SEVERIDAD|MODOS DE FALLAS (FM) DE LOS ELEMENTOS FOCO|CAUSA DE LA FALLA (FC)|CONTROLES PREVENTIVOS CORRIENTES (PC) DE LA FC|OCURRENCIA|CONTROLES DETECTIVOS CORRIENTES DEL (FM) O DE LA (FC)|DETECCIÓN|AP DFMEA|ACCION PREVENTIVA|ACCION DETECTIVA|NOMBRE DE LA PERSONA RESPONSABLE|FECHA OBJETIVO DE TERMINACION|ESTATUS|ACCION TOMADA|FECHA DE TERMINACION|SEVERIDAD|OCURRENCIA|DETECCIÓN|AP DFMEA",
        ],
        merges: &[],
        fields: "process_item process_step work_element function_of_item function function_of_work_element effect severity failure_mode failure_cause \
                 prevention_control occurrence detection_control detection action_priority prevention_action detection_action responsible target_date status \
                 action_taken completion_date severity_after occurrence_after detection_after action_priority_after",
    });
}

#[test]
fn plain_lists_are_read() {
    for (name, kind, heading, fields) in [
        (
            "snake case",
            TableKind::ProcessFmea,
            "id|process_step|failure_mode|effect|cause|severity|occurrence|detection|rpn|recommended_action|owner|due_date|status|new_severity|new_occurrence|new_detection|new_rpn",
            "line_number process_step failure_mode effect failure_cause severity occurrence detection rpn recommended_action responsible target_date status *",
        ),
        (
            "camel case",
            TableKind::DesignFmea,
            "ComponentName|FailureMode|FailureCause|FailureEffect|Severity|Occurrence|Detection|RPN|CurrentControls|Mitigation",
            "process_step failure_mode failure_cause effect severity occurrence detection rpn current_control recommended_action",
        ),
        (
            "revised",
            TableKind::DesignFmea,
            "Item / Function|Potential Failure Mode|Potential Effect(s) of Failure|S (Severity 1-10)|Potential Cause(s)|O (Occurrence 1-10)|Current Design Controls|D (Detection 1-10)|RPN|Recommended Action(s)|Action Owner|Target Date|Actions Taken|Revised S|Revised O|Revised D|Revised RPN",
            "step_and_function failure_mode effect severity failure_cause occurrence current_control detection rpn recommended_action responsible target_date action_taken *",
        ),
        (
            "typing errors",
            TableKind::ProcessFmea,
            "Process Step|Potential Failiure Mode|Potential Efects|Sevrity|Potental Cause|Occurance|Current Controls|Detecton|RPN",
            "process_step failure_mode effect severity failure_cause occurrence current_control detection rpn",
        ),
    ] {
        check(&Layout { name, kind, headings: &[heading], merges: &[], fields });
    }
}

#[test]
fn eight_languages_are_read() {
    use TableKind::{DesignFmea, ProcessFmea};
    for (name, kind, heading, fields) in [
        (
            "German",
            ProcessFmea,
            "Prozessschritt|Funktion|Mögliche Fehlerart|Mögliche Fehlerfolgen|B|Mögliche Fehlerursache|Vermeidungsmaßnahme|A|Entdeckungsmaßnahme|E|RPZ|Empfohlene Maßnahme|Verantwortlich|Termin|Getroffene Maßnahmen|B|A|E|RPZ",
            "process_step function failure_mode effect severity failure_cause prevention_control occurrence detection_control detection rpn recommended_action responsible target_date action_taken *",
        ),
        (
            "French",
            DesignFmea,
            "Composants|Fonctions|Modes de défaillance|Causes potentielles|Effets potentiels|Modes de détection / Parade (contrôle)|F|G|D|C|Actions correctives / préventives",
            "process_step function failure_mode failure_cause effect detection_control occurrence severity detection rpn recommended_action",
        ),
        (
            "Spanish",
            ProcessFmea,
            "PROCESO / OPERACIÓN|FALLA POTENCIAL|EFECTO DE FALLA POTENCIAL|SEVERIDAD|CLASIFICACION|CAUSA POTENCIAL DE FALLA|OCURRENCIA|CONTROLES PREVENTIVOS|CONTROLES DE DETECCION|DETECCION|NPR|ACCIONES RECOMENDADAS|RESPONS. Y PLAZOS PREVISTOS|ACCIONES TOMADAS|SEVERIDAD|OCURRENCIA|DETECCION|NPR",
            "process_step failure_mode effect severity class failure_cause occurrence prevention_control detection_control detection rpn recommended_action responsible_and_date action_taken *",
        ),
        (
            "Italian",
            ProcessFmea,
            "Fase|Funzione|Modo di guasto|Effetti del guasto|G|Cause del guasto|P|Controlli attuali|R|IPR|Azioni raccomandate|Responsabile|Scadenza",
            "process_step function failure_mode effect severity failure_cause occurrence current_control detection rpn recommended_action responsible target_date",
        ),
        (
            "Portuguese",
            ProcessFmea,
            "Etapa do processo|Modo de falha potencial|Efeito potencial da falha|Severidade|Causa potencial da falha|Ocorrência|Controles atuais|Detecção|NPR|Ações recomendadas|Responsável e prazo",
            "process_step failure_mode effect severity failure_cause occurrence current_control detection rpn recommended_action responsible_and_date",
        ),
        (
            "Polish",
            ProcessFmea,
            "Nazwa operacji|Nazwa funkcji|Możliwa awaria|Konsekwencje awarii|Dotkliwość|Możliwa przyczyna awarii|Prawdopodobieństwo|Wykrywalność|RPN|Zalecane działania",
            "process_step function failure_mode effect severity failure_cause occurrence detection rpn recommended_action",
        ),
        (
            "Chinese",
            ProcessFmea,
            "序号|过程步骤|功能要求|潜在失效模式|潜在失效后果|严重度(S)|分类|潜在失效起因/机理|现行预防控制|频度(O)|现行探测控制|探测度(D)|RPN|建议措施|责任人及目标完成日期|采取的措施|严重度|频度|探测度|RPN",
            "line_number process_step function failure_mode effect severity class failure_cause prevention_control occurrence detection_control detection rpn recommended_action responsible_and_date action_taken *",
        ),
        (
            "Indonesian",
            ProcessFmea,
            "Proses|Kejadian Gagal|Dampak Kesulitan|Tingkat Kesulitan|Sumber Gagal|Tingkat Persistensi|Tindakan Pencegahan|Tindakan Deteksi|Tingkat Deteksi|RPN|Tindakan Korektif",
            "process_step failure_mode effect severity failure_cause occurrence prevention_control detection_control detection rpn recommended_action",
        ),
    ] {
        check(&Layout { name, kind, headings: &[heading], merges: &[], fields });
    }
}

#[test]
fn control_plans_are_read() {
    let fields = "step_number process_step equipment characteristic_number product_characteristic process_characteristic class specification \
                  measurement_technique sample_size sample_frequency control_method reaction_plan";
    let merges: &[[u32; 4]] = &[
        [0, 3, 0, 5],
        [0, 7, 0, 11],
        [1, 9, 1, 10],
        [0, 0, 2, 0],
        [0, 1, 2, 1],
        [0, 2, 2, 2],
        [1, 3, 2, 3],
        [1, 7, 2, 7],
    ];
    check(&Layout {
        name: "AIAG",
        kind: TableKind::ControlPlan,
        headings: &[
            "Part/ Process Number|Process Name/ Operation Description|Machine, Device, Jig, Tools for Mfg.|Characteristics|||Special Char. Class|Methods|||||Reaction Plan",
            "|||No.|Product|Process||Product/ Process Specification/ Tolerance|Evaluation/ Measurement Technique|Sample||Control Method|",
            "|||||||||Size|Freq.||",
        ],
        merges,
        fields,
    });
    check(&Layout {
        name: "Korean and English",
        kind: TableKind::ControlPlan,
        headings: &[
            "부품/공정 번호 Part/Process Number|공정명 / 작업설명 Process Name/Description|제조를 위한 기계, 장치, 지그, 공구 Device, Jig, Machine, Tools for MFG.|특성 Characteristics|||특별특성 분류 Special Characteristics|방법 Methods|||||대응계획 Reaction Plan",
            "|||번호 No.|제품 Product|공정 Process||제품 / 공정, 시방 / 공차 Product/Process Specification|평가 / 측정방법 Evaluation/Measurement Method|샘플 Sample||관리방법 Control Method|",
            "|||||||||크기 Size|주기 Frequency||",
        ],
        merges,
        fields,
    });
    check(&Layout {
        name: "limits in columns of their own",
        kind: TableKind::ControlPlan,
        headings: &[
            "Process Step|CTQ/Metric|LSL|USL|UOM|Measurement Method|Sample Size|Measure Frequency|Control Method|Responsible for Metric|Corrective Action",
        ],
        merges: &[],
        fields: "process_step characteristic lower_limit upper_limit unit measurement_technique sample_size sample_frequency control_method responsible reaction_plan",
    });
}

#[test]
fn process_flows_are_read() {
    check(&Layout {
        name: "words",
        kind: TableKind::ProcessFlow,
        headings: &[
            "Op. No.|Operation Description|Symbol|Machine / Equipment|Sources of Variation|Product Characteristics|Process Characteristics|Area",
        ],
        merges: &[],
        fields: "step_number process_step step_kind equipment source_of_variation product_characteristic process_characteristic area",
    });
    check(&Layout {
        name: "ticks",
        kind: TableKind::ProcessFlow,
        headings: &[
            "Step|Fabricate|Move|Store|Inspect|Operation Description|Product Characteristics|Process Characteristics",
        ],
        merges: &[],
        fields: "step_number step_is_operation step_is_transport step_is_storage step_is_inspection process_step product_characteristic process_characteristic",
    });
}

#[test]
fn what_is_no_form_is_said_to_be_none() {
    for heading in [
        "Risk ID|Risk Description|Probability|Impact|Score|Mitigation|Owner",
        "Item|Part Number|Description|Qty|Unit|Supplier|Price",
        "Subgroup|Time|Operator|Measurement 1|Measurement 2|LSL|USL|Target",
        "Date|Machine|Shift|Defects|Comment",
    ] {
        let mut rows: Vec<Vec<&str>> = vec![heading.split('|').collect()];
        let width = rows[0].len();
        rows.extend((0..8).map(|line| (0..width).map(|column| value(["x", "severity"][column % 2], line)).collect()));
        assert!(understood(sheet("data", &rows)).tables.is_empty(), "{heading}");
    }
}

#[test]
fn headings_that_people_wrote_themselves_are_read() {
    use TableKind::{ControlPlan, DesignFmea, ProcessFmea};
    for (name, kind, headings, fields) in [
        (
            "dashes",
            ProcessFmea,
            &[
                "OPN. No|OPN. NAME|PROCESS FUNCTION / REQUIREMENTS (DESIRED OUTCOME)|POTENTIAL FAILURE MODE|POTENTIAL EFFECTS OF FAILURE|SEV|CLASS|POTENTIAL CAUSES , MECHANISM OF FAILURE|current design - controls prevention|current design occur|current design -controls detection|current design - detection|rpn|recommended actions|responsibility & target completion date|action results - action taken& completion date|action results - sev|action results - occur|action results -detec|action results - rpn",
            ][..],
            "step_number process_step function failure_mode effect severity class failure_cause prevention_control occurrence detection_control detection rpn recommended_action responsible_and_date action_taken_and_date *",
        ),
        (
            "items of a process",
            ProcessFmea,
            &[
                "Item|Failure Mode|Effect(s)|SEV|Cause(s)|OCC|Current Process Controls Prevention|Current Process Controls Detection|DET|RPN",
            ][..],
            "process_step failure_mode effect severity failure_cause occurrence prevention_control detection_control detection rpn",
        ),
        (
            "tasks of maintenance",
            DesignFmea,
            &["Component|Function|Failure Mode|Effect|S|O|D|RPN|Task|Responsibility"][..],
            "process_step function failure_mode effect severity occurrence detection rpn own responsible",
        ),
        (
            "evaluation in short",
            ControlPlan,
            &[
                "Op No|Operation|Char No.|Characteristic|Prod/Proc|Class|Spec/Tolerance|Eval Method|Sample Size|Frequency|Control Method|Reaction Plan",
            ][..],
            "step_number process_step characteristic_number characteristic characteristic_kind class specification measurement_technique sample_size sample_frequency control_method reaction_plan",
        ),
        (
            "results below a parent",
            DesignFmea,
            &[
                "ITEM|FUNCTION|FAILURE MODE|EFFECT|SEVERITY|CAUSE|OCCURRENCE|DETECTION|RPN|RECOMMENDED ACTION|RESULTS||||",
                "||||||||||CORRECTIVE ACTION|SEVERITY|OCCURRENCE|DETECTION|RPN",
            ],
            "process_step function failure_mode effect severity failure_cause occurrence detection rpn recommended_action action_taken *",
        ),
        (
            "rated again",
            DesignFmea,
            &[
                "Composants|Fonctions|Mode de défaillance|Causes|Effets|Criticité||||Action préventive|Recotation Criticité|||",
                "|||||F|G|D|C||F|G|D|C",
            ],
            "process_step function failure_mode failure_cause effect occurrence severity detection rpn prevention_action occurrence_after severity_after detection_after rpn_after",
        ),
        (
            "action priority and a former RPN",
            ProcessFmea,
            &[
                "Process Step|Function|Failure Mode (FM)|Failure Effect (FE)|Severity (S)|Failure Cause (FC)|Current Prevention Control|Occurrence (O)|Current Detection Control|Detection (D)|Action Priority|AP Rationale|Legacy RPN (Reference Only)|Recommended Action|Action Owner|Target Date|Action Status|Revised S|Revised O|Revised D|Revised AP",
            ],
            "process_step function failure_mode effect severity failure_cause prevention_control occurrence detection_control detection action_priority own rpn recommended_action responsible target_date status severity_after occurrence_after detection_after action_priority_after",
        ),
        (
            "a German form of the eighties",
            DesignFmea,
            &[
                "Nr.|System / Merkmal|Potentielle Fehler|Potentielle Folgen des Fehlers|B|Potentielle Fehlerursachen|Derzeitiger Zustand||||Empfohlene Abstellmaßnahmen|V/T|Verbesserter Zustand||||",
                "||||||Vorgesehene Prüfmaßnahmen|A|E|RPZ|||Getroffene Maßnahmen|A|B|E|RPZ",
            ],
            "line_number process_step failure_mode effect severity failure_cause current_control occurrence detection rpn recommended_action responsible_and_date action_taken occurrence_after severity_after detection_after rpn_after",
        ),
        (
            "process and process step",
            ProcessFmea,
            &["Process|Process Step|Failure Mode|Effect|Severity|Cause|Occurrence|Detection|RPN"],
            "process_item process_step failure_mode effect severity failure_cause occurrence detection rpn",
        ),
        (
            "who controls and who acts",
            ControlPlan,
            &[
                "Process Step|CTQ/Metric|Specification/ Requirement||Measurement Method|Sample Size|Measure Frequency|Responsible for Metric|Link or Report Name|Corrective Action|Responsible for Action",
                "||LSL|USL|||||||",
            ],
            "process_step characteristic lower_limit upper_limit measurement_technique sample_size sample_frequency responsible control_method reaction_plan reaction_plan_owner",
        ),
    ] {
        check(&Layout { name, kind, headings, merges: &[], fields });
    }
}
