//! Each rule fires where it should and stays silent at its near miss.

use std::collections::BTreeSet;

use goldthread::base::{Decimal, Id, OrderKey, Text};
use goldthread::edit::{Command, plan};
use goldthread::model::control_plan::Subject;
use goldthread::model::document::{Document, DocumentKind, DocumentState, Phase, Revision};
use goldthread::model::finding::Severity;
use goldthread::model::flow::{FlowEdge, Route, Step, StepKind};
use goldthread::model::fmea::{Control, ControlMeans, Element, Failure, Function, LevelEffects, ModeEffects};
use goldthread::model::form::{Form, FormOptions};
use goldthread::model::item::Entity;
use goldthread::model::ppap::{Answer, ElementStatus, PpapElement, Reason, Verdict};
use goldthread::model::project_data::{FindingApproval, ProjectData};
use goldthread::model::rating::Rating;
use goldthread::model::risk::{ActionStatus, AssessmentState, Statement};
use goldthread::model::specification::Specification;
use goldthread::model::{AnyId, Kind, Op};
use goldthread::rules::{Checker, Reported, catalogue, explain, fingerprint, release_obstacles, rule};

use crate::rules_fixture::*;

type Spoil = fn(&mut Bench);

/// Code, a change that makes the rule fire, and one that comes close and does not.
const CASES: &[(&str, Spoil, Spoil)] = &[
    ("DOC-03", |b| released(b, FMEA, |d| d.team = vec![QUALITY.into()]), |b| released(b, FMEA, |_| {})),
    ("DOC-04", |b| released(b, PLAN, |d| d.number = blank()), |b| b.edit(PLAN, |d| d.number = blank())),
    (
        "DOC-12",
        |b| {
            freeze(b);
            b.edit(TIGHTEN, |s| s.name = Text::from("Fasten"));
        },
        freeze,
    ),
    (
        "PFD-01",
        |b| b.edit(INSPECT, |s| s.number = Text::from("20")),
        |b| b.edit(INSPECT, |s| s.number = Text::from("20A")),
    ),
    ("PFD-03", |b| b.apply(&[Op::Remove(edge(1).into())]), |b| b.apply(&[Op::Remove(edge(6).into())])),
    ("PFD-05", |b| b.apply(&[Op::Remove(edge(5).into())]), |b| b.edit(edge(5), |e| e.route = Route::Alternate)),
    (
        "PFD-06",
        |b| b.edit(INSPECT, |s| s.nok_disposition = Text::from("tbd")),
        |b| {
            b.edit(INSPECT, |s| s.nok_disposition = blank());
            add_edge(b, INSPECT, REWORK, Route::Nok);
        },
    ),
    (
        "PFD-07",
        |b| b.apply(&[Op::Remove(edge(6).into()), Op::Remove(edge(7).into())]),
        |b| b.edit(REWORK, |s| s.no_analysis_because = Text::from("analysed all the same")),
    ),
    ("PFD-08", |b| b.edit(INSPECT, |s| s.manual = false), |b| b.edit(TIGHTEN, |s| s.equipment.truncate(1))),
    (
        "STR-01",
        |b| b.edit(SHIP, |s| s.no_analysis_because = blank()),
        |b| {
            b.put(Step::operation(Id::from_raw(21), FLOW, OrderKey::first(), "20.1", "First screw"));
            b.edit(Id::<Step>::from_raw(21), |s| s.parent = Some(TIGHTEN));
        },
    ),
    ("STR-02", |b| b.edit(TIGHTENING, |e| e.steps.clear()), |b| b.edit(CHECKING, |e| e.steps.truncate(1))),
    (
        "STR-04",
        |b| new_element(b, |_| {}),
        |b| {
            new_element(b, |_| {});
            let mode = b.project.get(TOO_LOW).unwrap().clone();
            let anchor = goldthread::model::fmea::Anchor::Element(NEW_ELEMENT);
            b.put(Failure { id: Id::from_raw(90), anchor, ..mode });
        },
    ),
    (
        "STR-06",
        |b| b.put(Function { id: Id::from_raw(90), text: Text::from("Mark"), ..function(b, TIGHTEN_FUNCTION) }),
        |b| b.put(Function { id: Id::from_raw(90), text: Text::from("Turn"), ..function(b, MACHINE_FUNCTION) }),
    ),
    (
        "STR-07",
        |b| b.edit(NOT_FOUND, |f| f.effects = ModeEffects::default()),
        |b| b.edit(NOT_FOUND, |f| f.text = Text::from("Other words")),
    ),
    (
        "STR-08",
        |b| b.edit(NOT_FOUND, |f| f.effects.your_plant = LevelEffects::NotConsidered),
        |b| b.edit(NOT_FOUND, |f| f.effects.end_user = LevelEffects::NotKnown),
    ),
    (
        "STR-10",
        |b| b.edit(WRONG_PROGRAM, |f| f.text = Text::from("Torque: too LOW")),
        |b| b.edit(WRONG_PROGRAM, |f| f.text = Text::from("Torque too low at start")),
    ),
    (
        "RAT-01",
        |b| b.edit(LOW, |r| r.assessments[0].detection = None),
        |b| b.edit(HIGH, |r| r.assessments[2].detection = None),
    ),
    (
        "RAT-02",
        |b| b.edit(LOW, |r| r.assessments[0].occurrence = Rating::parse("2-3")),
        |b| b.edit(LOW, |r| r.assessments[0].occurrence = Rating::parse("10")),
    ),
    ("RAT-04", |b| twin_effect(b, "customer line STOPS.", 7), |b| twin_effect(b, "customer line STOPS.", 6)),
    (
        "RAT-09",
        |b| b.edit(MEDIUM, |r| r.assessments[0].occurrence = Some(Rating::Number(1))),
        |b| b.edit(LOW, |r| r.assessments[0].occurrence = Some(Rating::Number(1))),
    ),
    (
        "RAT-11",
        |b| b.edit(LOW, |r| r.controls.remove(0).present().map_or((), |_| ())),
        |b| {
            b.edit(LOW, |r| {
                r.controls.remove(0);
                r.assessments[0].occurrence_rationale = Text::from("2 in 10 000, field data");
            });
        },
    ),
    (
        "RAT-12",
        |b| b.edit(LOW, |r| r.controls.truncate(1)),
        |b| {
            b.edit(LOW, |r| {
                r.controls.truncate(1);
                r.assessments[0].detection = Some(Rating::Number(10));
            });
        },
    ),
    (
        "RAT-13",
        |b| b.edit(MEDIUM, |r| r.assessments[0].detection = Some(Rating::Number(5))),
        |b| b.edit(MEDIUM, |r| r.assessments[0].detection = Some(Rating::Number(6))),
    ),
    (
        "RAT-14",
        |b| b.edit(MONITORING, |c| c.means = Some(ControlMeans::SemiAutomatic)),
        |b| b.edit(MONITORING, |c| c.means = None),
    ),
    (
        "RAT-23",
        |b| b.edit(FMEA, |d| d.rating_profile = Text::from("aiag-vda-2019-msr")),
        |b| b.edit(FMEA, |d| d.rating_profile = Text::from("aiag-4-pfmea")),
    ),
    (
        "RAT-24",
        |b| b.edit(FMEA, |d| d.rating_profile = Text::from("house")),
        |b| b.edit(FLOW, |d| d.rating_profile = Text::from("house")),
    ),
    (
        "ACT-01",
        |b| b.edit(CAMERA_AND_INTERLOCK, |r| r.assessments.truncate(1)),
        |b| {
            b.edit(HIGH, |r| {
                r.assessments.truncate(1);
                r.justification = Some(Statement { text: Text::from("100 % tested"), ..Statement::default() });
            });
        },
    ),
    ("ACT-02", |b| b.edit(MEDIUM, |r| r.justification = None), |b| b.edit(LOW, |r| r.justification = None)),
    ("ACT-03", |b| b.edit(HIGH, |r| r.management_review = None), |b| b.edit(MEDIUM, |r| r.management_review = None)),
    ("ACT-04", |b| b.edit(CAMERA, |a| a.target_date = None), |b| b.edit(INTERLOCK, |a| a.target_date = None)),
    (
        "ACT-05",
        |b| b.edit(CAMERA, |a| a.target_date = Some(day(2026, 6, 14))),
        |b| b.edit(CAMERA, |a| a.target_date = Some(today())),
    ),
    ("ACT-06", |b| b.edit(INTERLOCK, |a| a.completion_date = None), |b| b.edit(CAMERA, |a| a.action_taken = blank())),
    (
        "ACT-07",
        |b| b.edit(HIGH, |r| r.assessments[1].occurrence = None),
        |b| b.edit(HIGH, |r| r.assessments[2].occurrence = None),
    ),
    (
        "ACT-08",
        |b| {
            b.edit(HIGH, |r| {
                r.assessments[1].actions = vec![CAMERA.into()];
            });
        },
        |b| {
            b.edit(HIGH, |r| {
                r.assessments[1].actions = vec![CAMERA.into()];
                r.assessments[1].state = AssessmentState::Planned;
            });
        },
    ),
    (
        "ACT-10",
        |b| b.edit(HIGH, |r| r.assessments[2].actions = vec![CAMERA.into()]),
        |b| {
            b.edit(HIGH, |r| {
                r.assessments[2].actions = vec![CAMERA.into()];
                r.assessments[2].occurrence = Some(Rating::Number(5));
            });
        },
    ),
    (
        "ACT-11",
        |b| b.edit(HIGH, |r| r.assessments[1].detection = Some(Rating::Number(2))),
        |b| b.edit(HIGH, |r| r.assessments[1].detection = Some(Rating::Number(4))),
    ),
    (
        "ACT-14",
        |b| b.edit(CAMERA, |a| a.status = ActionStatus::NotImplemented),
        |b| {
            b.edit(CAMERA, |a| {
                a.status = ActionStatus::NotImplemented;
                a.remarks = Text::from("Too slow; accepted by C. Gruber");
            });
        },
    ),
    (
        "ACT-15",
        |b| b.edit(INTERLOCK, |a| a.completion_date = Some(day(2026, 6, 16))),
        |b| b.edit(INTERLOCK, |a| a.completion_date = Some(today())),
    ),
    ("SC-01", |b| b.edit(SPEED, |c| c.class = Text::from("SC")), |b| b.edit(SPEED, |c| c.class = Text::from("KC"))),
    (
        "SC-02",
        |b| {
            b.apply(&[Op::Remove(TORQUE_ROW.into())]);
            b.apply(&[Op::Remove(AUDIT_ROW.into())]);
        },
        |b| b.apply(&[Op::Remove(AUDIT_ROW.into())]),
    ),
    ("SC-05", |b| b.edit(SPEED, |c| c.class = Text::from("YC")), |b| b.edit(SPEED, |c| c.class = Text::from("kc"))),
    (
        "SC-06",
        |b| {
            b.edit(TORQUE_ROW, |r| r.sample_size = blank());
            b.edit(AUDIT_ROW, |r| r.control_method = blank());
        },
        |b| b.edit(TORQUE_ROW, |r| r.sample_size = blank()),
    ),
    (
        "SC-09",
        |b| b.edit(TORQUE, |c| c.class = blank()),
        |b| {
            b.edit(TORQUE, |c| c.class = blank());
            b.edit(FOR_DRIVER, |f| f.class = Text::from("CC"));
        },
    ),
    (
        "LNK-02",
        |b| b.apply(&[Op::Remove(SET_UP_ROW.into())]),
        |b| {
            b.apply(&[Op::Remove(SET_UP_ROW.into())]);
            b.edit(REWORK, |s| s.no_plan_row_because = Text::from("covered at step 30"));
        },
    ),
    (
        "LNK-03",
        |b| b.apply(&[Op::Remove(role(3).into())]),
        |b| {
            b.apply(&[Op::Remove(role(3).into())]);
            b.edit(SPEED, |c| c.source = Text::from("Drawing 12"));
        },
    ),
    (
        "LNK-04",
        |b| b.edit(LIGHT_STANDARD, |c| c.no_plan_row_because = blank()),
        |b| {
            let idle = Control { id: Id::from_raw(90), ..b.project.get(BARCODE).unwrap().clone() };
            b.put(idle);
        },
    ),
    (
        "LNK-06",
        |b| b.apply(&[Op::Remove(SPEED_ROW.into())]),
        |b| {
            b.apply(&[Op::Remove(SPEED_ROW.into())]);
            b.edit(TIGHTEN, |s| s.no_plan_row_because = Text::from("automatic"));
        },
    ),
    (
        "LNK-07",
        |b| b.edit(AUDIT_ROW, |r| r.step.to = REWORK.into()),
        |b| b.edit(AUDIT_ROW, |r| r.step.to = TIGHTEN.into()),
    ),
    (
        "LNK-09",
        |b| b.edit(AUDIT_ROW, |r| r.controls.clear()),
        |b| {
            b.edit(AUDIT_ROW, |r| r.controls.clear());
            let torque = b.link(TORQUE);
            b.edit(NOT_FOUND, |f| f.characteristic = Some(torque));
        },
    ),
    ("LNK-15", |b| b.remove(SPINDLE), |b| b.remove(SPEED_ROW)),
    (
        "LNK-20",
        |b| b.edit(SPEED, |c| c.specifications[0].specification = Specification::parse("310 ± 20 1/min")),
        |b| b.edit(SPEED, |c| c.name = Text::from("Speed of the spindle")),
    ),
    ("CP-01", |b| b.edit(SPEED_ROW, |r| r.reaction_plan = Text::from(" - ")), |b| keep(b)),
    (
        "CP-02",
        |b| b.edit(SPEED, |c| c.specifications.clear()),
        |b| {
            b.edit(SPEED, |c| c.specifications.clear());
            b.edit(role(3), |r| r.local_specification = Some(Specification::parse("n/a")));
        },
    ),
    (
        "CP-03",
        |b| b.edit(SPEED_ROW, |r| r.measurement_technique = blank()),
        |b| b.edit(SENSOR_ROW, |r| r.measurement_technique = blank()),
    ),
    (
        "CP-04",
        |b| b.edit(SPEED_ROW, |r| r.sample_frequency = blank()),
        |b| b.edit(SENSOR_ROW, |r| r.sample_frequency = blank()),
    ),
    ("CP-05", |b| b.edit(SPEED_ROW, |r| r.control_method = Text::from("?")), |b| keep(b)),
    ("CP-07", |b| b.edit(SET_UP_ROW, |r| r.subject = Subject::Open), |b| keep(b)),
    (
        "CP-10",
        |b| b.edit(SPEED_ROW, |r| r.sample_frequency = Text::from("As needed.")),
        |b| b.edit(SPEED_ROW, |r| r.sample_frequency = Text::from("regularly, each hour")),
    ),
    (
        "CP-11",
        |b| b.edit(SPEED_ROW, |r| r.reaction_plan = Text::from("Inform supervisor")),
        |b| b.edit(SPEED_ROW, |r| r.reaction_plan = Text::from("Inform supervisor; Quarantine the box")),
    ),
    ("CP-12", |b| b.edit(SPEED_ROW, |r| r.reaction_plan_owner = blank()), |b| keep(b)),
    (
        "CP-14",
        |b| b.apply(&[Op::Remove(SENSOR_ROW.into())]),
        |b| b.edit(SENSOR, |e| e.verification_frequency = blank()),
    ),
    (
        "PPA-01",
        |b| submitted(b, SUBMISSION, |s| s.reasons.clear()),
        |b| {
            submitted(b, SUBMISSION, |s| {
                s.reasons = vec![Reason::Other];
                s.other_reason = Text::from("Re-sourcing");
            });
        },
    ),
    (
        "PPA-03",
        |b| submitted(b, SUBMISSION, |s| s.requirements_met = Some(false)),
        |b| {
            submitted(b, SUBMISSION, |s| {
                s.requirements_met = Some(false);
                s.explanation = Text::from("Colour under deviation 12");
            });
        },
    ),
    (
        "PPA-04",
        |b| submitted(b, SUBMISSION, |s| s.rate_hours = number("0")),
        |b| {
            submitted(b, SUBMISSION, |s| s.rate_hours = number("0.5"));
        },
    ),
    (
        "PPA-05",
        |b| submitted(b, SUBMISSION, |s| s.tools_tagged = None),
        |b| {
            submitted(b, SUBMISSION, |s| s.tools_tagged = Some(Answer::No));
        },
    ),
    (
        "PPA-06",
        |b| submitted(b, SUBMISSION, |s| s.substances_reported = Some(Answer::Yes)),
        |b| {
            submitted(b, SUBMISSION, |s| s.substances_reported = Some(Answer::No));
        },
    ),
    (
        "PPA-07",
        |b| submitted(b, WARRANT, |w| w.part = None),
        |b| {
            // Without a submission no part needs a warrant.
            submitted(b, SUBMISSION, |_| {});
            let elements = (1..=21).map(|raw| Op::Remove(AnyId::from(Id::<PpapElement>::from_raw(raw))));
            let rest = [TORQUE_RESULT.into(), WARRANT.into(), SUBMISSION.into()].map(Op::Remove);
            b.apply(&elements.chain(rest).collect::<Vec<Op>>());
        },
    ),
    ("PPA-10", |b| submitted(b, WARRANT, |w| w.part = None), |b| submitted(b, WARRANT, |w| w.drawing = blank())),
    (
        "PPA-11",
        |b| submitted(b, WARRANT, |w| w.weight = number("0.125")),
        |b| {
            submitted(b, WARRANT, |w| w.weight = number("0.125"));
            b.edit(SUBMISSION, |s| s.weight.decimals = 3);
        },
    ),
    (
        "PPA-12",
        |b| submitted(b, WARRANT, |w| w.change_level = Text::from("B")),
        |b| {
            submitted(b, WARRANT, |w| w.change_level = Text::from("C"));
        },
    ),
    (
        "PPA-13",
        |b| submitted(b, WARRANT, |w| w.safety_regulation = None),
        |b| {
            submitted(b, WARRANT, |w| w.safety_regulation = Some(true));
        },
    ),
    (
        "PPA-14",
        |b| submitted(b, WARRANT, |w| w.streams = Text::from("Tool 7, cavities 1 and 2")),
        |b| {
            submitted(b, WARRANT, |w| w.streams = Text::from("Tool 7, cavity 1; press B"));
            b.edit(TORQUE_RESULT, |r| r.stream = Text::from("Cavity 1"));
        },
    ),
    (
        "PPA-20",
        |b| submitted(b, element("11"), |e| e.status = ElementStatus::InWork),
        |b| {
            // Master samples are only kept at level 3.
            submitted(b, element("15"), |e| e.status = ElementStatus::InWork);
        },
    ),
    (
        "PPA-21",
        |b| submitted(b, element("13"), |e| e.status = ElementStatus::NotApplicable),
        |b| {
            submitted(b, element("13"), |e| {
                e.status = ElementStatus::NotApplicable;
                e.not_applicable_because = Text::from("No appearance item");
            });
        },
    ),
    (
        "PPA-22",
        |b| submitted(b, element("12"), |e| e.remarks = blank()),
        |b| {
            // Its results prove element 9.
            submitted(b, element("9"), |e| e.remarks = blank());
        },
    ),
    (
        "PPA-23",
        |b| {
            submitted(b, element("15"), |e| {
                e.status = ElementStatus::Open;
                e.due = Some(day(2026, 6, 14));
            });
        },
        |b| submitted(b, element("15"), |e| e.due = Some(day(2026, 6, 14))),
    ),
    (
        "PPA-24",
        |b| {
            submit(b);
            b.put(Document::draft(NEW_DOCUMENT, OrderKey::first(), DocumentKind::ControlPlan, "plan-2", "Line 2"));
        },
        |b| {
            // No element of the manual is an FMEA-MSR, and no control plan is asked for where the element does not apply.
            submitted(b, element("7"), |e| {
                e.status = ElementStatus::NotApplicable;
                e.not_applicable_because = Text::from("Agreed");
                e.documents.clear();
            });
            b.put(Document::draft(NEW_DOCUMENT, OrderKey::first(), DocumentKind::FmeaMsr, "msr", "Line 2"));
        },
    ),
    (
        "PPA-30",
        |b| submitted(b, TORQUE_RESULT, |r| r.readings = Text::from("8.0 8.51")),
        |b| {
            submitted(b, TORQUE_RESULT, |r| r.readings = Text::from("8.0 8.50"));
        },
    ),
    (
        "PPA-31",
        |b| submitted(b, TORQUE_RESULT, |r| r.verdict = Some(Verdict::NotOk)),
        |b| {
            submitted(b, TORQUE_RESULT, |r| r.verdict = Some(Verdict::Ok));
        },
    ),
    (
        "PPA-32",
        |b| submitted(b, TORQUE_RESULT, |r| r.readings = blank()),
        |b| {
            submitted(b, TORQUE_RESULT, |r| {
                r.readings = Text::from("no wear");
                r.verdict = Some(Verdict::Ok);
            });
        },
    ),
    (
        "PPA-33",
        |b| submitted(b, TORQUE_RESULT, |r| r.characteristic = None),
        |b| {
            submitted(b, TORQUE_RESULT, |r| r.characteristic = None);
            b.edit(SUBMISSION, |s| s.results_for.clear());
        },
    ),
];

/// The line with both actions.
const CAMERA_AND_INTERLOCK: Id<goldthread::model::risk::Risk> = HIGH;
const NEW_DOCUMENT: Id<Document> = Id::from_raw(91);
const NEW_ELEMENT: Id<Element> = Id::from_raw(90);

/// Nothing is changed: the good project itself is the near miss.
fn keep(_: &mut Bench) {}

fn blank() -> Text {
    Text::default()
}

fn edge(id: u64) -> Id<FlowEdge> {
    Id::from_raw(id)
}

fn role(id: u64) -> Id<goldthread::model::characteristic::StepCharacteristic> {
    Id::from_raw(id)
}

fn function(bench: &Bench, id: Id<Function>) -> Function {
    bench.project.get(id).unwrap().clone()
}

fn add_edge(bench: &mut Bench, from: Id<Step>, to: Id<Step>, route: Route) {
    let edge = bench.project.get(edge(1)).unwrap().clone();
    bench.put(FlowEdge { id: Id::from_raw(90), from, to, route, ..edge });
}

fn new_element(bench: &mut Bench, change: fn(&mut Element)) {
    let mut element = Element { id: NEW_ELEMENT, ..bench.project.get(TIGHTENING).unwrap().clone() };
    change(&mut element);
    bench.put(element);
}

fn twin_effect(bench: &mut Bench, text: &str, severity: i64) {
    let effect = bench.project.get(AT_CUSTOMER).unwrap().clone();
    let severity = Some(Rating::Number(severity));
    bench.put(Failure { id: Id::from_raw(90), text: Text::from(text), severity, ..effect });
}

fn released(bench: &mut Bench, id: Id<Document>, change: fn(&mut Document)) {
    bench.edit(id, |document| {
        document.state = DocumentState::Released;
        change(document);
    });
}

/// Releases the flow with what it prints.
fn freeze(bench: &mut Bench) {
    let flow = bench.project.get(FLOW).unwrap();
    let form = Form::new(&bench.project, flow, Form::usual_kind(&bench.project, flow), FormOptions::default());
    let content_hash = Text::from(form.content_hash(&bench.project));
    let (number, author, note) = (Text::from("A"), Text::from("A. Moser"), Text::from("First issue"));
    bench.edit(FLOW, |flow| {
        flow.state = DocumentState::Released;
        flow.revisions.push(Revision { number, date: Some(today()), author, note, content_hash });
    });
}

fn found<'c>(checker: &'c Checker, bench: &Bench, code: &str) -> Vec<&'c Reported> {
    checker.findings(&bench.project).into_iter().filter(|reported| reported.finding.code == code).collect()
}

fn messages(checker: &Checker, bench: &Bench) -> Vec<String> {
    let findings = checker.findings(&bench.project);
    findings.iter().map(|reported| format!("{} {}", reported.finding.code, reported.finding.message)).collect()
}

/// A submission with something changed in it.
fn submitted<T: Entity>(bench: &mut Bench, id: Id<T>, change: impl FnOnce(&mut T)) {
    submit(bench);
    bench.edit(id, change);
}

fn number(text: &str) -> Option<Decimal> {
    Decimal::parse(text).ok()
}

#[test]
fn nothing_is_wrong_with_a_complete_submission() {
    let mut bench = good();
    submit(&mut bench);
    assert!(bench.project.violations().is_empty());
    assert_eq!(messages(&Checker::full(&bench.project, today()), &bench), Vec::<String>::new());
}

#[test]
fn what_is_wrong_with_a_submission_holds_no_document_up() {
    let mut bench = good();
    submitted(&mut bench, SUBMISSION, |submission| submission.reasons.clear());
    assert_eq!(release_obstacles(&bench.project, PLAN, today()), []);
}

#[test]
fn nothing_is_wrong_with_the_good_project() {
    let bench = good();
    assert!(bench.project.violations().is_empty());
    assert_eq!(messages(&Checker::full(&bench.project, today()), &bench), Vec::<String>::new());
}

#[test]
fn each_rule_fires_and_stays_silent() {
    for (code, fires, silent) in CASES {
        let mut bench = good();
        fires(&mut bench);
        let checker = Checker::full(&bench.project, today());
        let firing = found(&checker, &bench, code);
        assert!(!firing.is_empty(), "{code} did not fire: {:?}", messages(&checker, &bench));
        for Reported { finding, approved } in firing {
            assert_eq!((finding.severity, *approved), (rule(code).unwrap().severity, None));
            assert!(!finding.help.is_empty() && !finding.message.ends_with('.'), "{code}");
            for id in finding.item().iter().chain(&finding.related) {
                assert!(bench.project.contains(*id), "{code} points to nothing");
            }
            let prose = format!("{} {}", finding.message, finding.help);
            let names_an_id = Kind::ALL.iter().any(|kind| prose.contains(&format!("{}_0", kind.prefix())));
            assert!(!names_an_id, "{code}: {prose}");
        }
        let mut bench = good();
        silent(&mut bench);
        let checker = Checker::full(&bench.project, today());
        assert!(found(&checker, &bench, code).is_empty(), "{code} fired: {:?}", messages(&checker, &bench));
    }
}

#[test]
fn every_rule_has_docs_and_a_case() {
    let codes: BTreeSet<&str> = catalogue().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), catalogue().count(), "a code stands twice");
    let tried: BTreeSet<&str> = CASES.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes, tried);
    for rule in catalogue() {
        let text = explain(&rule.code.to_lowercase()).unwrap();
        for part in [rule.title, rule.clause, rule.docs.what, rule.docs.why, rule.docs.example, rule.docs.mend] {
            assert!(!part.trim().is_empty() && text.contains(part), "{}", rule.code);
        }
        assert!(!rule.checks.is_empty(), "{}", rule.code);
    }
    assert_eq!(explain("LNK-99"), None);
}

#[test]
fn fixes_end_their_finding() {
    let mut fixed = 0;
    for (code, fires, _) in CASES {
        let mut bench = good();
        fires(&mut bench);
        let checker = Checker::full(&bench.project, today());
        let all = found(&checker, &bench, code);
        for fix in all.iter().flat_map(|reported| &reported.finding.fixes) {
            let mut mended = bench.clone();
            let author = &mut crate::edit_laws::author();
            mended.apply(&plan(&mended.project, &Command::from(fix), author).unwrap().ops);
            let after = Checker::full(&mended.project, today());
            assert!(found(&after, &mended, code).len() < all.len(), "{code}: {}", fix.title);
            fixed += 1;
        }
    }
    assert!(fixed >= 2, "no fix was tried");
}

#[test]
fn every_lost_reference_can_be_removed() {
    let mut bench = good();
    let torque = Op::Remove(TORQUE.into());
    let mut ops = Vec::new();
    for (_, holder) in bench.project.referrers(TORQUE.into()) {
        match bench.project.item(holder).unwrap() {
            contained @ goldthread::model::Item::StepCharacteristic(_) => ops.push(Op::Remove(contained.id())),
            mut item => {
                item.detach(TORQUE.into(), &Text::from("Torque"));
                ops.push(Op::Put(item));
            }
        }
    }
    ops.push(torque);
    bench.apply(&ops);
    for gone in [SPINDLE, SENSOR] {
        bench.remove(gone);
    }
    for gone in [QUALITY, PROCESS] {
        bench.remove(gone);
    }
    for gone in [BARCODE, MONITORING] {
        bench.remove(gone);
    }
    bench.remove(CAMERA);
    let mut rounds = 0;
    loop {
        let checker = Checker::full(&bench.project, today());
        let lost = found(&checker, &bench, "LNK-15");
        let Some(fix) = lost.iter().find_map(|reported| reported.finding.fixes.first()) else {
            assert!(lost.is_empty(), "left: {:?}", lost[0].finding.message);
            break;
        };
        bench.apply(&fix.ops);
        rounds += 1;
        assert!(rounds < 100, "the same reference is removed again and again");
    }
    assert!(rounds > 10);
}

#[test]
fn a_change_that_is_taken_back_withdraws_its_suspect_marks() {
    let mut bench = good();
    let applied = bench.project.apply(&[Op::Put({
        let mut step = bench.project.get(TIGHTEN).unwrap().clone();
        step.kind = StepKind::Inspection;
        step.into()
    })]);
    let applied = applied.unwrap();
    let checker = Checker::full(&bench.project, today());
    let suspects = found(&checker, &bench, "LNK-20");
    assert_eq!(suspects.len(), 4, "one process step and three rows");
    assert!(suspects[0].finding.message.contains("kind “Inspection” instead of “Operation”"));
    bench.project.apply(&applied.inverse).unwrap();
    assert!(found(&Checker::full(&bench.project, today()), &bench, "LNK-20").is_empty());
}

#[test]
fn accepting_a_change_is_signed_by_whoever_the_check_is_for() {
    let mut bench = good();
    let reviewer = Text::from("D. Wolf");
    let mut checker = Checker::full_for(&bench.project, today(), &reviewer);
    bench.edit(SPEED, |speed| speed.specifications.clear());
    checker.update(&bench.project, &bench.changes, today());
    let fixes = found(&checker, &bench, "LNK-20")[0].finding.fixes.clone();
    bench.apply(&fixes[0].ops);
    let row = bench.project.get(SPEED_ROW).unwrap();
    let Subject::Characteristic(link) = &row.subject else { panic!("{row:?}") };
    assert_eq!((&link.reviewed.by, link.reviewed.on), (&reviewer, Some(today())));
    assert!(!bench.project.is_suspect(link));
}

#[test]
fn an_approval_silences_one_finding_until_it_says_something_else() {
    let mut bench = good();
    bench.edit(CAMERA, |action| action.target_date = Some(day(2026, 6, 1)));
    let checker = Checker::full(&bench.project, today());
    let fingerprint = Text::from(fingerprint(&found(&checker, &bench, "ACT-05")[0].finding));
    let item = goldthread::model::project_data::Approved(CAMERA.into());
    let (reason, by) = (Text::from("Supplier is late"), Text::from("A. Moser"));
    let (id, code) = (Id::from_raw(1), Text::from("ACT-05"));
    bench.put(FindingApproval { id, code, item, fingerprint, reason, by, on: Some(today()), meta: None });
    let mut checker = Checker::full(&bench.project, today());
    assert_eq!(found(&checker, &bench, "ACT-05")[0].approved, Some(Id::from_raw(1)));
    assert_eq!((checker.counts().warnings, checker.counts().approved), (0, 1));
    assert_eq!(checker.worst_at(CAMERA.into()), None);

    bench.changes = goldthread::model::op::Changes::default();
    bench.edit(CAMERA, |action| action.target_date = Some(day(2026, 6, 2)));
    checker.update(&bench.project, &bench.changes, today());
    assert_eq!(found(&checker, &bench, "ACT-05")[0].approved, None);
    assert_eq!((checker.counts().warnings, checker.counts().approved), (1, 0));
    assert_eq!(checker.worst_at(CAMERA.into()), Some(Severity::Warning));
}

#[test]
fn findings_come_document_by_document_and_the_grave_ones_first() {
    let mut bench = good();
    bench.edit(SPEED_ROW, |row| row.reaction_plan = blank());
    bench.edit(TORQUE_ROW, |row| row.sample_frequency = Text::from("often"));
    bench.edit(SET_UP_ROW, |row| row.control_method = blank());
    bench.edit(SHIP, |step| step.no_analysis_because = blank());
    bench.edit(SPEED, |characteristic| characteristic.class = Text::from("XX"));
    let checker = Checker::full(&bench.project, today());
    let codes: Vec<&str> = checker.findings(&bench.project).iter().map(|reported| reported.finding.code).collect();
    // The flow; the plan with its errors by step, and its warnings by row; what all documents share.
    assert_eq!(codes, ["STR-01", "CP-01", "CP-05", "CP-10", "LNK-20", "SC-05"]);
}

#[test]
fn a_draft_is_told_what_stands_in_the_way_of_its_release() {
    let mut bench = good();
    assert_eq!(release_obstacles(&bench.project, PLAN, today()), []);
    bench.edit(PLAN, |plan| {
        plan.team.clear();
        plan.phase = None;
    });
    bench.edit(ProjectData::ID, |data| data.plant = blank());
    bench.edit(SHIP, |step| step.no_analysis_because = blank());
    assert!(Checker::full(&bench.project, today()).findings(&bench.project).iter().all(|f| f.finding.code == "STR-01"));
    let obstacles: Vec<_> = release_obstacles(&bench.project, PLAN, today()).iter().map(|f| f.code).collect();
    assert_eq!(obstacles, ["DOC-03", "DOC-04", "DOC-04"]);
}

#[test]
fn rules_of_the_2019_tables_leave_the_4th_edition_alone() {
    let mut bench = good();
    bench.edit(FMEA, |fmea| fmea.rating_profile = Text::from("aiag-4-pfmea"));
    bench.edit(LOW, |risk| {
        risk.controls.remove(0);
        risk.assessments[0].occurrence = Some(Rating::Number(1));
    });
    bench.edit(MEDIUM, |risk| {
        risk.assessments[0].detection = Some(Rating::Number(3));
        risk.justification = None;
    });
    bench.edit(NOT_FOUND, |mode| mode.effects.end_user = LevelEffects::NotConsidered);
    assert_eq!(messages(&Checker::full(&bench.project, today()), &bench), Vec::<String>::new());
}

#[test]
fn a_project_with_nothing_in_it_is_quiet() {
    let empty = goldthread::model::Project::new(good().project.library().clone());
    let checker = Checker::full(&empty, today());
    assert!(checker.findings(&empty).is_empty());
    let flow = Document::draft(FLOW, OrderKey::first(), DocumentKind::ProcessFlow, "process-flow", "");
    let mut bench = Bench { project: empty, changes: goldthread::model::op::Changes::default() };
    bench.put(flow);
    assert!(Checker::full(&bench.project, today()).findings(&bench.project).is_empty());
}

#[test]
fn a_whole_flow_without_connections_is_one_finding() {
    let mut bench = good();
    let edges: Vec<Op> = (1..=7).map(|id| Op::Remove(AnyId::from(edge(id)))).collect();
    bench.apply(&edges);
    assert_eq!(found(&Checker::full(&bench.project, today()), &bench, "PFD-03").len(), 1);
}

#[test]
fn a_loop_without_a_way_out_is_found() {
    let mut bench = good();
    bench.edit(edge(4), |edge| edge.to = REWORK);
    bench.apply(&[Op::Remove(edge(7).into())]);
    let checker = Checker::full(&bench.project, today());
    let found: Vec<_> = found(&checker, &bench, "PFD-03").iter().map(|r| r.finding.message.clone()).collect();
    assert!(
        found.iter().any(|message| message == "No way leads from “40 Retighten” to the end of the flow"),
        "{found:?}"
    );
    assert!(found.iter().any(|message| message == "No step leads to “50 Ship”"), "{found:?}");
}

#[test]
fn each_phase_may_be_released() {
    for phase in Phase::ALL {
        let mut bench = good();
        bench.edit(PLAN, |plan| plan.phase = Some(phase));
        assert_eq!(release_obstacles(&bench.project, PLAN, today()), []);
    }
}

#[test]
fn a_reaction_plan_in_another_language_is_not_judged() {
    let says = |text: &str| {
        let mut bench = good();
        bench.edit(SPEED_ROW, |row| row.reaction_plan = Text::from(text));
        !found(&Checker::full(&bench.project, today()), &bench, "CP-11").is_empty()
    };
    assert!(says("Inform the supervisor"));
    for contained in
        ["Schichtführer informieren, Teile sperren", "OCAP 12", "Red tag, 100 % check back to the last good part"]
    {
        assert!(!says(contained), "{contained}");
    }
}
