//! The PPAP submission: what its warrants declare, the state of its elements, and its results.

use crate::base::text::quoted;
use crate::model::characteristic::{Characteristic, CharacteristicKind};
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::finding::{Applicability, Fix, Severity};
use crate::model::message::{Message, Term, says};
use crate::model::op::Op;
use crate::model::ppap::streams::{self, Place, Stream};
use crate::model::ppap::{
    Answer, ElementStatus, PpapElement, Reason, ResultKind, ResultSet, Retention, STANDARD_ELEMENTS, Submission,
    TestResult, Verdict, Warrant,
};
use crate::model::project::Project;
use crate::model::project_data::Part;
use crate::model::reference::Ref;
use crate::model::relation::Relation;

use super::rule::{Check, Context, Docs, Report, Rule};

const WARRANT: &str = "AIAG PPAP 4th edition, part submission warrant";
const ELEMENTS: &str = "AIAG PPAP 4th edition, elements and levels";
const RESULTS: &str = "AIAG PPAP 4th edition, elements 9 and 10";

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "PPA-01",
        title: "Reason for submission missing",
        severity: Severity::Error,
        clause: WARRANT,
        docs: Docs {
            what: "A submission gives at least one reason; if that is \"Other\", it is named.",
            why: "The reason tells the customer what to look at, and the warrant asks for at least one tick.",
            example: "None of the ten reasons is ticked.",
            mend: "Tick the reason in the dialog of the submission.",
        },
        checks: &[Check::Submission(reasons)],
    },
    Rule {
        code: "PPA-03",
        title: "Unmet requirements without explanation",
        severity: Severity::Error,
        clause: WARRANT,
        docs: Docs {
            what: "A submission whose results do not meet all requirements explains what is not met and why.",
            why: "A bare \"No\" leaves the customer with nothing to decide on.",
            example: "\"All requirements met\" is answered with no, and the explanation is blank.",
            mend: "Write the explanation, with the agreement of the customer if there is one.",
        },
        checks: &[Check::Submission(explained)],
    },
    Rule {
        code: "PPA-04",
        title: "Production rate missing or not positive",
        severity: Severity::Error,
        clause: WARRANT,
        docs: Docs {
            what: "The declared production rate names a number of parts and of hours, both above zero.",
            why: "The samples have to come from a run at the quoted rate; a rate of nothing declares nothing.",
            example: "\"300 parts in 0 hours\".",
            mend: "Enter parts and hours of the significant production run.",
        },
        checks: &[Check::Submission(rate)],
    },
    Rule {
        code: "PPA-05",
        title: "Question of the warrant left open",
        severity: Severity::Warning,
        clause: WARRANT,
        docs: Docs {
            what: "The questions about substances of concern, marking of polymeric parts, customer tools and met requirements \
                   are answered, with n/a where they do not apply, and somebody is named to sign.",
            why: "Blank answers are a common reason for customers to send a warrant back. That n/a has to be written out is \
                  the practice of customers; we have not seen it in the manual itself.",
            example: "Nobody said whether customer tools are tagged.",
            mend: "Answer the question, or choose n/a.",
        },
        checks: &[Check::Submission(answers)],
    },
    Rule {
        code: "PPA-06",
        title: "Material report not identified",
        severity: Severity::Warning,
        clause: WARRANT,
        docs: Docs {
            what: "Where substances of concern were reported, the form of the report and its identity are given.",
            why: "The customer has to find the report in the material data system.",
            example: "\"Substances reported: Yes\" without an IMDS number.",
            mend: "Choose IMDS or the customer's format, and enter identity and version.",
        },
        checks: &[Check::Submission(material_report)],
    },
    Rule {
        code: "PPA-07",
        title: "Part without warrant",
        severity: Severity::Warning,
        clause: WARRANT,
        docs: Docs {
            what: "Every part of the project has a warrant in the submission.",
            why: "There is one warrant per part number, unless the customer agreed to something else.",
            example: "The project has a left and a right part, and only the left one has a warrant.",
            mend: "Add the warrant, or approve the finding with the agreement of the customer.",
        },
        checks: &[Check::Part(warranted)],
    },
    Rule {
        code: "PPA-10",
        title: "Warrant without part",
        severity: Severity::Error,
        clause: WARRANT,
        docs: Docs {
            what: "A warrant is for a part of the project that exists and has a number.",
            why: "Number, name, drawing and change level are taken from the part.",
            example: "The part of the warrant was deleted.",
            mend: "Choose the part, or delete the warrant.",
        },
        checks: &[Check::Warrant(for_part)],
    },
    Rule {
        code: "PPA-11",
        title: "Weight of the part missing or not as agreed",
        severity: Severity::Warning,
        clause: WARRANT,
        docs: Docs {
            what: "A warrant gives the weight of the part in kilograms, above zero, with as many digits behind the point as the \
                   submission says: four, unless the customer asks for another number.",
            why: "Logistics and vehicle engineering add up these weights. Sources differ in digits and in the number of parts \
                  to be averaged, so both are settings.",
            example: "\"0.62 kg\" where four digits are asked for.",
            mend: "Weigh the parts again or write all digits; or change the setting.",
        },
        checks: &[Check::Warrant(weight)],
    },
    Rule {
        code: "PPA-12",
        title: "Change level of warrant and part differ",
        severity: Severity::Warning,
        clause: WARRANT,
        docs: Docs {
            what: "The change level on a warrant is that of the part in the project.",
            why: "Warrant, drawing, FMEA, control plan and results have to speak of the same level.",
            example: "The warrant says level D, and the part was changed to E since.",
            mend: "Clear the level of the warrant so that it follows the part, or correct the part.",
        },
        checks: &[Check::Warrant(change_level)],
    },
    Rule {
        code: "PPA-13",
        title: "Safety or government regulation not answered",
        severity: Severity::Warning,
        clause: WARRANT,
        docs: Docs {
            what: "A warrant says whether the part falls under a safety or government regulation.",
            why: "It is a yes or no of the form, and decides about retention and handling at the customer.",
            example: "Neither box is ticked.",
            mend: "Answer the question at the warrant.",
        },
        checks: &[Check::Warrant(regulation)],
    },
    Rule {
        code: "PPA-14",
        title: "Cavity or mould without dimensional results",
        severity: Severity::Warning,
        clause: RESULTS,
        docs: Docs {
            what: "If the warrant speaks for dimensional measurements, every cavity and mould that it names has a dimensional \
                   result of its part. Cavities are read from the words of the warrant and from the stream of the result, such \
                   as \"cavities 1 to 4\".",
            why: "Each stream of a process makes parts of its own, and the customer gets parts of all of them.",
            example: "The warrant names cavities 1 and 2, and only cavity 1 was measured.",
            mend: "Measure parts of the cavity, and name it as the stream of the result.",
        },
        checks: &[Check::Warrant(cavities_measured)],
    },
    Rule {
        code: "PPA-20",
        title: "Element to be submitted is not ready",
        severity: Severity::Warning,
        clause: ELEMENTS,
        docs: Docs {
            what: "Every element that is sent at the level of the submission is ready, or does not apply.",
            why: "The package goes out complete. Elements that are only kept have to exist too, but do not hold it up.",
            example: "Level 3, and \"Initial process studies\" is in work.",
            mend: "Bring the evidence and set the status to ready, or say why the element does not apply.",
        },
        checks: &[Check::PpapElement(ready)],
    },
    Rule {
        code: "PPA-21",
        title: "Not applicable without reason",
        severity: Severity::Error,
        clause: ELEMENTS,
        docs: Docs {
            what: "An element that does not apply says why.",
            why: "At every level all elements exist, or it is on record that they do not apply.",
            example: "\"Appearance approval report\" is not applicable, without a reason.",
            mend: "Write the reason.",
        },
        checks: &[Check::PpapElement(not_applicable)],
    },
    Rule {
        code: "PPA-22",
        title: "Element ready without evidence",
        severity: Severity::Error,
        clause: ELEMENTS,
        docs: Docs {
            what: "An element that is ready names a document, an attached file or, in its remark, where the evidence is. Results \
                   and warrants of the submission prove their own elements.",
            why: "\"Ready\" with nothing behind it is found at the latest when the customer asks for it.",
            example: "\"Qualified laboratory documentation\" is ready, and nothing is attached.",
            mend: "Attach the evidence, or say in the remark where it lies.",
        },
        checks: &[Check::PpapElement(evidence)],
    },
    Rule {
        code: "PPA-23",
        title: "Element overdue",
        severity: Severity::Warning,
        clause: "good practice",
        docs: Docs {
            what: "The due date of an element that is neither ready nor not applicable is not in the past.",
            why: "The day of submission does not move because an element is late.",
            example: "Due on 1 March, still open on 2 March.",
            mend: "Finish the element, or agree another day.",
        },
        checks: &[Check::PpapElement(overdue)],
    },
    Rule {
        code: "PPA-24",
        title: "Document that no element names",
        severity: Severity::Warning,
        clause: ELEMENTS,
        docs: Docs {
            what: "A document whose kind is an element of the submission is linked to that element, unless the element does not \
                   apply.",
            why: "A document that was added after the submission was begun is missing in the package, and nobody notices.",
            example: "The submission was made with one PFMEA; a second one was added for a new line.",
            mend: "Link the document to its element, or approve the finding if it is not part of the submission.",
        },
        checks: &[Check::Document(linked)],
    },
    Rule {
        code: "PPA-30",
        title: "Result not in order",
        severity: Severity::Error,
        clause: RESULTS,
        docs: Docs {
            what: "No result lies outside of its limits or was judged not in order.",
            why: "Parts that are not in order may only be submitted with the agreement of the customer.",
            example: "Diameter 8.0 ± 0.1 mm, reading 8.13.",
            mend: "Correct process and parts and measure again, or approve the finding with the customer's agreement.",
        },
        checks: &[Check::TestResult(in_order)],
    },
    Rule {
        code: "PPA-31",
        title: "Verdict contradicts the readings",
        severity: Severity::Error,
        clause: RESULTS,
        docs: Docs {
            what: "Where limits and readings are numbers, nobody says the opposite of what they say.",
            why: "Either the reading, the limit or the verdict is wrong; forms print what the numbers say.",
            example: "Limit 8.1, reading 8.13, verdict OK.",
            mend: "Correct what is wrong, or clear the verdict so that it follows from the numbers.",
        },
        checks: &[Check::TestResult(contradiction)],
    },
    Rule {
        code: "PPA-32",
        title: "Result without verdict",
        severity: Severity::Warning,
        clause: RESULTS,
        docs: Docs {
            what: "Every line of the result forms is OK or NOK: by its readings, or by the word of a person.",
            why: "A line without verdict is a measurement that was planned and not made, or not judged.",
            example: "A line with limits and no readings.",
            mend: "Enter the readings; where they are no numbers, the verdict.",
        },
        checks: &[Check::TestResult(judged)],
    },
    Rule {
        code: "PPA-33",
        title: "Special characteristic without result",
        severity: Severity::Warning,
        clause: RESULTS,
        docs: Docs {
            what: "If the warrant speaks for dimensional measurements, every product characteristic of a special class has a \
                   line on one of the result forms.",
            why: "These are the characteristics that the customer looks for first.",
            example: "\"Clamping force\" is critical, and no result names it.",
            mend: "Add a result for the characteristic.",
        },
        checks: &[Check::Characteristic(special_measured)],
    },
];

fn reasons(_: &Context<'_>, submission: &Submission, report: &mut Report<'_>) {
    if submission.reasons.is_empty() {
        let message = "The PPAP submission gives no reason";
        report.add(submission.id, message, "Tick at least one reason for submission.").field(Field::Reasons);
    } else if submission.reasons.contains(&Reason::Other) && submission.other_reason.is_blank() {
        let message = "The PPAP submission does not name its other reason";
        report.add(submission.id, message, "Write which reason it is.").field(Field::OtherReason);
    }
}

fn explained(_: &Context<'_>, submission: &Submission, report: &mut Report<'_>) {
    if submission.requirements_met == Some(false) && submission.explanation.is_blank() {
        let message = "The results of the PPAP submission do not meet all requirements, and nobody says why";
        report.add(submission.id, message, "Explain what is not met and why.").field(Field::Explanation);
    }
}

fn rate(_: &Context<'_>, submission: &Submission, report: &mut Report<'_>) {
    for (given, field, noun) in
        [(&submission.rate_parts, Field::RateParts, "parts"), (&submission.rate_hours, Field::RateHours, "hours")]
    {
        let fault = match given {
            None => {
                says!("The declaration of the PPAP submission does not name the {noun} of the production rate", noun)
            }
            Some(number) if number.value() <= 0.0 => {
                says!("The production rate of the PPAP submission says {number} {noun}", number, noun = Term(noun))
            }
            Some(_) => continue,
        };
        report
            .add(submission.id, fault, says!("Enter the {noun} of the production run.", noun = Term(noun)))
            .field(field);
    }
}

fn answers(_: &Context<'_>, submission: &Submission, report: &mut Report<'_>) {
    for (open, field, question) in [
        (
            submission.substances_reported.is_none(),
            Field::SubstancesReported,
            "whether substances of concern were reported",
        ),
        (submission.polymers_marked.is_none(), Field::PolymersMarked, "whether polymeric parts are marked"),
        (submission.tools_tagged.is_none(), Field::ToolsTagged, "whether customer tools are tagged and numbered"),
        (submission.requirements_met.is_none(), Field::RequirementsMet, "whether all requirements are met"),
        (submission.signature.name.is_blank(), Field::Signatory, "who signs"),
    ] {
        if open {
            let message = says!("The PPAP submission does not say {question}", question = Term(question));
            report.add(submission.id, message, "Answer in the dialog of the submission.").field(field);
        }
    }
}

fn material_report(_: &Context<'_>, submission: &Submission, report: &mut Report<'_>) {
    let reported = submission.substances_reported == Some(Answer::Yes);
    if reported && (submission.report_format.is_none() || submission.report_number.is_blank()) {
        let message = "Substances of concern were reported, but the report is not identified";
        report
            .add(submission.id, message, "Choose the format and enter identity and version.")
            .field(Field::ReportNumber);
    }
}

fn warranted(context: &Context<'_>, part: &Part, report: &mut Report<'_>) {
    let Some(submission) = context.project.submission() else { return };
    let mut warrants = context.project.children::<Warrant>(part.id, Relation::WarrantPart);
    if !warrants.any(|warrant| warrant.submission == submission.id) {
        let name = quoted(&context.project.label(part.id.into()));
        let message = says!("The part {name} has no warrant in the PPAP submission", name);
        report.add(part.id, message, "Add a warrant for it, unless the customer agreed to something else.");
    }
}

fn warrant_name(project: &Project, warrant: &Warrant) -> Message {
    says!("The warrant of {part}", part = quoted(&project.label(warrant.id.into())))
}

fn for_part(context: &Context<'_>, warrant: &Warrant, report: &mut Report<'_>) {
    let message = match context.project.warranted_part(warrant) {
        Some(part) if !part.number.is_blank() => return,
        Some(_) => {
            says!("{warrant} is for a part without a number", warrant = warrant_name(context.project, warrant))
        }
        None if warrant.part.is_some() => {
            says!("{warrant} is for a part that was deleted", warrant = warrant_name(context.project, warrant))
        }
        None => "A warrant of the PPAP submission is for no part".into(),
    };
    report.add(warrant.id, message, "Choose the part of the warrant and give it its number.").field(Field::Part);
}

fn weight(context: &Context<'_>, warrant: &Warrant, report: &mut Report<'_>) {
    let Some(rule) = context.project.get(warrant.submission).map(|submission| submission.weight) else { return };
    let name = warrant_name(context.project, warrant);
    let asked = usize::from(rule.decimals);
    let message = match &warrant.weight {
        None => says!("{name} gives no weight", name),
        Some(weight) if weight.value() <= 0.0 => {
            says!("{name} gives a weight of {weight} kg", name, weight)
        }
        Some(weight) => {
            let digits = weight.as_str().split_once('.').map_or(0, |(_, digits)| digits.len());
            if digits == asked {
                return;
            }
            says!(
                "{name} gives the weight {weight} kg with {digits} digits behind the point instead of {asked}",
                name,
                weight,
                digits,
                asked
            )
        }
    };
    let help = says!(
        "Enter the mean of {parts} parts in kilograms with {asked} digits behind the point.",
        parts = rule.parts,
        asked
    );
    report.add(warrant.id, message, help).field(Field::Weight);
}

fn change_level(context: &Context<'_>, warrant: &Warrant, report: &mut Report<'_>) {
    let Some(part) = context.project.warranted_part(warrant) else { return };
    let own = &warrant.change_level;
    if !own.is_blank() && own.trim() != part.change_level.trim() {
        let name = warrant_name(context.project, warrant);
        let message = says!(
            "{name} says change level {own}, but the part has {level}",
            name,
            own,
            level = quoted(&part.change_level)
        );
        let help = "Clear the level of the warrant so that it follows the part, or correct the part.";
        report.add(warrant.id, message, help).field(Field::ChangeLevel).related(part.id);
    }
}

fn regulation(context: &Context<'_>, warrant: &Warrant, report: &mut Report<'_>) {
    if warrant.safety_regulation.is_none() {
        let name = warrant_name(context.project, warrant);
        let message = says!("{name} does not say whether a safety or government regulation applies", name);
        report.add(warrant.id, message, "Answer with yes or no.").field(Field::SafetyRegulation);
    }
}

fn cavities_measured(context: &Context<'_>, warrant: &Warrant, report: &mut Report<'_>) {
    let project = context.project;
    let named = streams::places(&warrant.streams);
    let speaks = |submission: &Submission| submission.results_for.contains(&ResultSet::Dimensional);
    if named.is_empty() || !project.get(warrant.submission).is_some_and(speaks) {
        return;
    }
    let part = warrant.part.as_ref().and_then(Ref::present);
    let of_part = |result: &&TestResult| {
        result.part.as_ref().and_then(Ref::present).is_none_or(|measured| Some(measured) == part)
    };
    let results: Vec<&TestResult> = project
        .children::<TestResult>(warrant.submission, Relation::ResultInSubmission)
        .filter(|result| result.kind == ResultKind::Dimensional)
        .filter(of_part)
        .collect();
    let is_measured = |place: &Place| results.iter().any(|result| streams::is_from(&result.stream, place));
    let missing = named.iter().filter(|place| !is_measured(place)).map(|Place { stream, number }| match stream {
        Stream::Cavity => says!("cavity {number}", number),
        Stream::Mould => says!("mould {number}", number),
    });
    let missing: Vec<Message> = missing.collect();
    if !missing.is_empty() {
        let places = Message::joined(missing, |first, next| says!("{first}, {next}", first, next));
        let name = warrant_name(project, warrant);
        let message = says!("{name} names streams without dimensional results: {places}", name, places);
        let help = "Add a dimensional result from each of them, with the cavity or mould as its stream.";
        report.add(warrant.id, message, help).field(Field::Streams);
    }
}

fn linked(context: &Context<'_>, document: &Document, report: &mut Report<'_>) {
    let project = context.project;
    let Some(submission) = project.submission() else { return };
    let standard = STANDARD_ELEMENTS.iter().find(|standard| standard.document == Some(document.kind));
    let Some(standard) = standard else { return };
    let elements: Vec<&PpapElement> =
        project.children::<PpapElement>(submission.id, Relation::PpapElementInSubmission).collect();
    let names = |element: &&PpapElement| element.documents.iter().any(|known| known.present() == Some(document.id));
    let is_its_own =
        |element: &&&PpapElement| element.key.trim() == standard.key && element.status != ElementStatus::NotApplicable;
    let Some(element) = elements.iter().find(is_its_own).filter(|_| !elements.iter().any(names)) else {
        return;
    };
    let mut with_document = PpapElement::clone(element);
    with_document.documents.push(Ref::Item(document.id));
    let name = quoted(&project.document_label(document));
    let element = quoted(&project.label(with_document.id.into()));
    let message = says!("{name} is not linked to the PPAP element {element}", name, element);
    let help = "Link it to the element, or approve the finding if it is not part of the submission.";
    let holder = with_document.id;
    report.add(document.id, message, help).related(holder).fix(Fix {
        title: "Link the document to its element".to_owned(),
        applicability: Applicability::Suggested,
        ops: vec![Op::Put(with_document.into())],
        gap: None,
    });
}

fn element_name(project: &Project, element: &PpapElement) -> Message {
    says!("The PPAP element {element}", element = quoted(&project.label(element.id.into())))
}

fn ready(context: &Context<'_>, element: &PpapElement, report: &mut Report<'_>) {
    let done = matches!(element.status, ElementStatus::Ready | ElementStatus::NotApplicable);
    let Some(submission) = context.project.get(element.submission).filter(|_| !done) else { return };
    if element.required_at(submission.level) == Retention::Submit {
        let name = element_name(context.project, element);
        let level = submission.level.name();
        let message = says!(
            "{name} is sent at level {level}, but {status}",
            name,
            level,
            status = Term(&element.status.name().to_lowercase())
        );
        report.add(element.id, message, "Bring the evidence, or say why it does not apply.").field(Field::Status);
    }
}

fn not_applicable(context: &Context<'_>, element: &PpapElement, report: &mut Report<'_>) {
    if element.status == ElementStatus::NotApplicable && element.not_applicable_because.is_blank() {
        let message =
            says!("{element} is not applicable without a reason", element = element_name(context.project, element));
        report.add(element.id, message, "Write why it does not apply.").field(Field::NotApplicableBecause);
    }
}

fn evidence(context: &Context<'_>, element: &PpapElement, report: &mut Report<'_>) {
    if element.status != ElementStatus::Ready || element.has_evidence() {
        return;
    }
    let project = context.project;
    let has_result = |kinds: &[ResultKind]| {
        let mut results = project.children::<TestResult>(element.submission, Relation::ResultInSubmission);
        results.any(|result| kinds.contains(&result.kind))
    };
    let proves_itself = match element.key.trim() {
        "9" => has_result(&[ResultKind::Dimensional]),
        "10" => has_result(&[ResultKind::Material, ResultKind::Performance]),
        "18" => !project.sources(element.submission, Relation::WarrantInSubmission).is_empty(),
        _ => false,
    };
    if !proves_itself {
        let message = says!("{element} is ready, but nothing proves it", element = element_name(project, element));
        report
            .add(element.id, message, "Choose a document, attach a file, or say in the remark where the evidence is.")
            .field(Field::Remarks);
    }
}

fn overdue(context: &Context<'_>, element: &PpapElement, report: &mut Report<'_>) {
    let done = matches!(element.status, ElementStatus::Ready | ElementStatus::NotApplicable);
    if let Some(due) = element.due.filter(|due| !done && *due < context.today) {
        let message = says!("{element} is overdue since {due}", element = element_name(context.project, element), due);
        report.add(element.id, message, "Finish it, or agree another day.").field(Field::TargetDate);
    }
}

fn result_name(project: &Project, result: &TestResult) -> Message {
    says!("The result of {name}", name = quoted(&project.label(result.id.into())))
}

fn in_order(context: &Context<'_>, result: &TestResult, report: &mut Report<'_>) {
    let project = context.project;
    if project.verdict(result) == Some(Verdict::NotOk) {
        let message = says!("{result} is not in order", result = result_name(project, result));
        let help = "Correct the parts and measure again, or agree with the customer.";
        report.add(result.id, message, help).field(Field::Readings);
    }
}

fn contradiction(context: &Context<'_>, result: &TestResult, report: &mut Report<'_>) {
    let project = context.project;
    if project.contradicts_readings(result) {
        let said = result.verdict.map_or("", Verdict::name);
        let message = says!(
            "{result} was judged {said}, but its readings say the opposite",
            result = result_name(project, result),
            said
        );
        report.add(result.id, message, "Correct reading, limit or verdict.").field(Field::Verdict);
    }
}

fn judged(context: &Context<'_>, result: &TestResult, report: &mut Report<'_>) {
    let project = context.project;
    if project.verdict(result).is_none() {
        let message = says!("{result} is neither OK nor NOK", result = result_name(project, result));
        report.add(result.id, message, "Enter readings within numeric limits, or the verdict.").field(Field::Verdict);
    }
}

fn special_measured(context: &Context<'_>, characteristic: &Characteristic, report: &mut Report<'_>) {
    let project = context.project;
    if characteristic.kind != CharacteristicKind::Product {
        return;
    }
    let Some(class) = project.special_class(characteristic) else { return };
    let speaks = |submission: &&Submission| submission.results_for.contains(&ResultSet::Dimensional);
    let Some(submission) = project.submission().filter(speaks) else { return };
    let mut results = project.children::<TestResult>(characteristic.id, Relation::ResultCharacteristic);
    if !results.any(|result| result.submission == submission.id) {
        let name = quoted(&project.label(characteristic.id.into()));
        let message = says!(
            "The characteristic {name} of class {class} has no result in the PPAP submission",
            name,
            class = &class.code
        );
        report.add(characteristic.id, message, "Add a result that names the characteristic.").related(submission.id);
    }
}
