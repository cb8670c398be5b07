//! Ratings: whether they are complete, on their scale, and borne out by the controls.

use crate::base::text::quoted;
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::finding::Severity;
use crate::model::fmea::{Control, ControlKind, ControlMeans, Failure};
use crate::model::message::{Message, Term, says};
use crate::model::profile::{RatingProfile, Scale, ScaleRole};
use crate::model::rating::Rating;
use crate::model::risk::{Assessment, AssessmentState};

use super::risk_case::RiskCase;
use super::rule::{Check, Context, Docs, Report, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "RAT-01",
        title: "Rating incomplete",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, step 5",
        docs: Docs {
            what: "If one of severity, occurrence and detection (FMEA-MSR: severity, frequency and monitoring) is rated, all \
                   three are.",
            why: "Action priority and RPN need all three; a line that looks rated and is not slips through.",
            example: "A cause has occurrence 4 and no detection.",
            mend: "Rate what is missing. The severity is rated at the failure effect.",
        },
        checks: &[Check::Risk(complete)],
    },
    Rule {
        code: "RAT-02",
        title: "Rating off the scale",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, step 5",
        docs: Docs {
            what: "Every rating is a value of its scale in the rating profile.",
            why: "Values off the scale have no meaning and no priority. They are kept as written until a person decides.",
            example: "An imported occurrence reads \"3-4\".",
            mend: "Choose a value of the scale.",
        },
        checks: &[Check::Risk(on_scale), Check::Failure(severity_on_scale)],
    },
    Rule {
        code: "RAT-04",
        title: "Same effect with different severities",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, step 5",
        docs: Docs {
            what: "Effects of the same words, wherever they stand in the project, are rated with the same severity. Reported at \
                   those below the highest.",
            why: "The same harm cannot be worse in one line than in the other; an auditor finds this first.",
            example: "\"Vehicle stops\" is rated 8 at one place and 7 at another.",
            mend: "Use one effect for all failure modes that lead to it, or word what makes the difference.",
        },
        checks: &[Check::Failure(one_severity)],
    },
    Rule {
        code: "RAT-09",
        title: "Lowest occurrence without technical prevention",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, table P2",
        docs: Docs {
            what: "In a PFMEA by AIAG-VDA, an occurrence of 1 rests on a prevention control whose means are technical or \
                   error-proofing.",
            why: "The lowest value says that design or process exclude the cause; instructions and care cannot.",
            example: "Occurrence 1 with \"Operator training\" as the only prevention control.",
            mend: "Name the technical control, state its means, or rate the occurrence higher.",
        },
        checks: &[Check::Risk(lowest_occurrence)],
    },
    Rule {
        code: "RAT-11",
        title: "Occurrence rated without prevention control",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, table P2",
        docs: Docs {
            what: "In a PFMEA by AIAG-VDA, an occurrence better than the worst value rests on a prevention control, or on an \
                   incident rate in its rationale.",
            why: "Without prevention the table gives the worst value.",
            example: "Occurrence 4, and the prevention controls are blank.",
            mend: "Name the control, write the evidence into the rationale, or rate the worst value.",
        },
        checks: &[Check::Risk(occurrence_without_control)],
    },
    Rule {
        code: "RAT-12",
        title: "Detection rated without detection control",
        severity: Severity::Error,
        clause: "AIAG-VDA 2019, table P3; AIAG 4th edition",
        docs: Docs {
            what: "A detection better than the worst value rests on a detection control.",
            why: "What nobody looks for is not found.",
            example: "Detection 5, and the detection controls are blank.",
            mend: "Name the control, or rate the worst value.",
        },
        checks: &[Check::Risk(detection_without_control)],
    },
    Rule {
        code: "RAT-13",
        title: "Human check rated too well",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, table P3",
        docs: Docs {
            what: "In a PFMEA by AIAG-VDA, a detection better than 6 rests on more than checks by people or audits.",
            why: "A check by people alone reaches 6 if its ability is proven, and 8 otherwise.",
            example: "Detection 4 with a visual inspection as the only control.",
            mend: "Rate 6 or worse, or add a detection by a machine.",
        },
        checks: &[Check::Risk(human_detection)],
    },
    Rule {
        code: "RAT-14",
        title: "Detection expects an automatic control",
        severity: Severity::Warning,
        clause: "AIAG-VDA 2019, table P3",
        docs: Docs {
            what: "In a PFMEA by AIAG-VDA, a detection of 4 or better rests on an automatic or error-proofing control.",
            why: "The better half of the table describes detection by machines that need nobody.",
            example: "Detection 3 with a gauge that the operator has to use.",
            mend: "Rate 5 or worse, or state the means of the control if it is automatic.",
        },
        checks: &[Check::Risk(automatic_detection)],
    },
    Rule {
        code: "RAT-23",
        title: "Rating profile not verified",
        severity: Severity::Info,
        clause: "good practice",
        docs: Docs {
            what: "Says which documents rest on scales or tables that nobody has compared with the licensed handbook yet.",
            why: "Their priorities may be wrong in single cells; output that rests on them says so, too.",
            example: "An FMEA-MSR is rated with the shipped profile.",
            mend: "Compare the profile with your handbook, and bring your own confirmed copy along with the project.",
        },
        checks: &[Check::Document(unverified_profile)],
    },
    Rule {
        code: "RAT-24",
        title: "Rating profile unknown",
        severity: Severity::Error,
        clause: "data integrity",
        docs: Docs {
            what: "The rating profile that an FMEA or one of its assessments names exists.",
            why: "Without its scales no rating can be judged and no priority be found.",
            example: "A project was copied without its own rating profile.",
            mend: "Choose a rating profile in the properties of the FMEA, or bring the missing one back.",
        },
        checks: &[Check::Document(unknown_profile), Check::Risk(unknown_assessment_profile)],
    },
];

fn complete(_: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let Some(profile) = case.profile else { return };
    let (second, third) = case.current.map_or((None, None), |current| match &current.monitoring {
        Some(msr) => (msr.frequency.as_ref(), msr.monitoring.as_ref()),
        None => (current.occurrence.as_ref(), current.detection.as_ref()),
    });
    let rated = [case.evaluated.severity.as_ref(), second, third];
    let missing: Vec<Message> = rated
        .iter()
        .zip(profile.scales())
        .filter(|(rating, _)| rating.is_none())
        .map(|(_, scale)| Message::from(scale.role().word()))
        .collect();
    if missing.is_empty() || missing.len() == 3 {
        return;
    }
    let field = match (rated[1], rated[2]) {
        (None, _) => Field::Occurrence,
        (_, None) => Field::Detection,
        _ => Field::Severity,
    };
    let missing = Message::joined(missing, |first, next| says!("{first} and {next}", first, next));
    let message = says!("{line} is rated in part: {missing} missing", line = case.name(), missing);
    report.add(case.risk.id, message, "Rate what is missing; the severity is rated at the effect.").field(field);
}

fn on_scale(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    for (at, assessment) in case.risk.assessments.iter().enumerate() {
        let Some(profile) = context.project.assessment_profile(case.risk, assessment) else { continue };
        let msr = assessment.monitoring.as_deref();
        let ratings: [(ScaleRole, Option<&Rating>); 6] = [
            (ScaleRole::Severity, assessment.severity_override.as_ref()),
            (ScaleRole::Occurrence, assessment.occurrence.as_ref()),
            (ScaleRole::Detection, assessment.detection.as_ref()),
            (ScaleRole::Frequency, msr.and_then(|msr| msr.frequency.as_ref())),
            (ScaleRole::Monitoring, msr.and_then(|msr| msr.monitoring.as_ref())),
            (ScaleRole::Severity, msr.and_then(|msr| msr.mitigated_severity.as_ref())),
        ];
        for (role, rating) in ratings {
            let Some(rating) = rating.filter(|rating| !profile.fits(role, rating)) else { continue };
            let shown = quoted(&rating.to_string());
            let message = says!(
                "{line} has the {rating} {shown}, which is not on the scale",
                line = case.name(),
                rating = Term(role.word()),
                shown
            );
            report.add(case.risk.id, message, choose(profile, role)).field(field_of(role, assessment, at));
        }
    }
}

/// Says from where to where the scale goes.
fn choose(profile: &RatingProfile, role: ScaleRole) -> Message {
    let levels = profile.scale(role).map(Scale::levels).unwrap_or_default();
    match levels {
        [first, .., last] => {
            says!("Choose a value of the scale: {first} to {last}.", first = &first.value, last = &last.value)
        }
        _ => "Choose a value of the scale.".into(),
    }
}

fn field_of(role: ScaleRole, assessment: &Assessment, at: usize) -> Field {
    let later = assessment.state.is_later().then(|| u8::try_from(at).ok()).flatten();
    match (role.place(), later) {
        (0, None) => Field::Severity,
        (1, None) => Field::Occurrence,
        (_, None) => Field::Detection,
        (0, Some(at)) => Field::SeverityAfter(at),
        (1, Some(at)) => Field::OccurrenceAfter(at),
        (_, Some(at)) => Field::DetectionAfter(at),
    }
}

fn severity_on_scale(context: &Context<'_>, failure: &Failure, report: &mut Report<'_>) {
    let Some(severity) = &failure.severity else { return };
    let profile = context.project.element_of(failure).and_then(|element| context.project.profile(element.fmea));
    if let Some(profile) = profile.filter(|profile| !profile.fits(ScaleRole::Severity, severity)) {
        let name = quoted(&context.project.label(failure.id.into()));
        let shown = quoted(&severity.to_string());
        let message =
            says!("The failure effect {name} has the severity {shown}, which is not on the scale", name, shown);
        report.add(failure.id, message, choose(profile, ScaleRole::Severity)).field(Field::Severity);
    }
}

fn one_severity(context: &Context<'_>, effect: &Failure, report: &mut Report<'_>) {
    let Some(own) = &effect.severity else { return };
    let Some(highest) = context.peers.severities_of(effect).last().filter(|highest| *highest != own) else { return };
    let message = says!(
        "The failure effect {effect} has severity {own} here and {highest} elsewhere",
        effect = quoted(&effect.text),
        own,
        highest
    );
    let help = "Use one effect for all failure modes that lead to it, or word what makes the difference.";
    report.add(effect.id, message, help).field(Field::Severity);
}

/// The case, if it is one of a PFMEA that is rated by AIAG-VDA: only there the tables P2 and P3 hold.
fn by_process_tables<'c, 'p>(
    context: &Context<'_>,
    case: &'c RiskCase<'p>,
) -> Option<(&'c RiskCase<'p>, &'p Assessment)> {
    let applies = context.is_process_fmea(case.risk.fmea) && case.rates_by_priority();
    Some((case, case.current.filter(|_| applies)?))
}

fn has_means(control: &Control, means: &[ControlMeans]) -> bool {
    control.means.is_some_and(|found| means.contains(&found))
}

/// Whether the rating is on its scale and better than the worst value.
fn beats_worst(case: &RiskCase<'_>, role: ScaleRole, rating: &Rating) -> bool {
    case.profile
        .and_then(|profile| profile.scale(role))
        .is_some_and(|scale| scale.position(rating).is_some_and(|place| place + 1 < scale.levels().len()))
}

fn lowest_occurrence(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let Some((case, current)) = by_process_tables(context, case) else { return };
    let lowest =
        current.occurrence.as_ref().is_some_and(|rating| case.rank_of_ten(ScaleRole::Occurrence, rating) == Some(1));
    let technical = |control: &Control| has_means(control, &[ControlMeans::Technical, ControlMeans::ErrorProofing]);
    if lowest && !case.controls_of(ControlKind::Prevention).any(technical) {
        let message = says!("{line} has occurrence 1, but no technical prevention control", line = case.name());
        let help = "Name the technical control, state its means, or rate the occurrence higher.";
        report.add(case.risk.id, message, help).field(Field::Occurrence);
    }
}

fn occurrence_without_control(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let Some((case, current)) = by_process_tables(context, case) else { return };
    let Some(occurrence) = &current.occurrence else { return };
    // Occurrence 1 without prevention is reported as the graver fault.
    let counts = beats_worst(case, ScaleRole::Occurrence, occurrence)
        && case.rank_of_ten(ScaleRole::Occurrence, occurrence) != Some(1);
    let has_control = case.controls_of(ControlKind::Prevention).next().is_some();
    if counts && !has_control && current.occurrence_rationale.is_blank() {
        let message =
            says!("{line} has occurrence {occurrence} without a prevention control", line = case.name(), occurrence);
        let help = "Name the control, write the evidence into the rationale, or rate the worst value.";
        report.add(case.risk.id, message, help).field(Field::Occurrence);
    }
}

fn detection_without_control(_: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let Some(detection) = case.current.and_then(|current| current.detection.as_ref()) else { return };
    let has_control = case.controls_of(ControlKind::Detection).next().is_some();
    if beats_worst(case, ScaleRole::Detection, detection) && !has_control {
        let message =
            says!("{line} has detection {detection} without a detection control", line = case.name(), detection);
        report.add(case.risk.id, message, "Name the control, or rate the worst value.").field(Field::Detection);
    }
}

/// The detection in force with its rank, if there are detection controls and the means of all of them are stated.
fn stated_detection<'c>(
    context: &Context<'_>,
    case: &'c RiskCase<'_>,
) -> Option<(&'c Rating, usize, Vec<ControlMeans>)> {
    let (case, current) = by_process_tables(context, case)?;
    let detection = current.detection.as_ref()?;
    let rank = case.rank_of_ten(ScaleRole::Detection, detection)?;
    let means: Option<Vec<ControlMeans>> =
        case.controls_of(ControlKind::Detection).map(|control| control.means).collect();
    means.filter(|means| !means.is_empty()).map(|means| (detection, rank, means))
}

fn is_human(means: ControlMeans) -> bool {
    matches!(means, ControlMeans::Human | ControlMeans::Audit | ControlMeans::Behavioural)
}

fn human_detection(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let Some((detection, rank, means)) = stated_detection(context, case) else { return };
    if rank < 6 && means.into_iter().all(is_human) {
        let message =
            says!("{line} has detection {detection}, but is only checked by people", line = case.name(), detection);
        let help = "Rate 6 or worse, or add a detection by a machine.";
        report.add(case.risk.id, message, help).field(Field::Detection);
    }
}

fn automatic_detection(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    let Some((detection, rank, means)) = stated_detection(context, case) else { return };
    let automatic = |means: &ControlMeans| {
        matches!(means, ControlMeans::Automatic | ControlMeans::ErrorProofing | ControlMeans::Technical)
    };
    // A check by people alone is reported as such.
    if rank <= 4 && !means.iter().any(automatic) && !means.iter().copied().all(is_human) {
        let message = says!(
            "{line} has detection {detection}, but no automatic detection control",
            line = case.name(),
            detection
        );
        let help = "Rate 5 or worse, or state the means of the control if it is automatic.";
        report.add(case.risk.id, message, help).field(Field::Detection);
    }
}

fn unverified_profile(context: &Context<'_>, fmea: &Document, report: &mut Report<'_>) {
    let Some(profile) = context.project.profile_named(&fmea.rating_profile).filter(|_| fmea.kind.is_fmea()) else {
        return;
    };
    if let Some(note) = profile.output_note() {
        let name = quoted(&context.project.document_label(fmea));
        let message = says!(
            "{name} rests on the rating profile {profile}, which is not verified",
            name,
            profile = quoted(profile.name())
        );
        report.add(fmea.id, message, says!("{note}", note = Term(note))).field(Field::RatingProfile);
    }
}

fn unknown_profile(context: &Context<'_>, fmea: &Document, report: &mut Report<'_>) {
    if !fmea.kind.is_fmea() || context.project.profile_named(&fmea.rating_profile).is_some() {
        return;
    }
    let name = quoted(&context.project.document_label(fmea));
    let message = if fmea.rating_profile.is_blank() {
        says!("{name} has no rating profile", name)
    } else {
        says!(
            "{name} names the rating profile {profile}, which is unknown",
            name,
            profile = quoted(&fmea.rating_profile)
        )
    };
    report
        .add(fmea.id, message, "Choose a rating profile in the properties of the document.")
        .field(Field::RatingProfile);
}

fn unknown_assessment_profile(context: &Context<'_>, case: &RiskCase<'_>, report: &mut Report<'_>) {
    for assessment in &case.risk.assessments {
        let named = &assessment.profile;
        if !named.is_blank()
            && assessment.state != AssessmentState::Former
            && context.project.profile_named(named).is_none()
        {
            let message = says!(
                "{line} was rated by the profile {profile}, which is unknown",
                line = case.name(),
                profile = quoted(named)
            );
            report.add(case.risk.id, message, "Rate the line anew, or bring the profile back.");
        }
    }
}
