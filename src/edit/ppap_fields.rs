//! Text into the fields of a submission: sets of choices, answers, numbers and references where the meaning is clear.

use std::sync::Arc;

use crate::base::text::{normalized, quoted};
use crate::base::{Decimal, Text};
use crate::model::field::Field;
use crate::model::item::{AnyId, Item};
use crate::model::ppap::{
    Answer, BETWEEN, ElementStatus, Level, PpapElement, Reason, ReportFormat, ResultSet, Retention, Submission,
    TestResult, Verdict, Warrant,
};
use crate::model::project::Project;
use crate::model::project_data::{Part, Person};
use crate::model::reference::Ref;

use super::dates::read_date;
use super::plan::Refusal;
use super::ppap::{characteristic_called, part_called};
use super::set_field::read_choice;

/// The most digits behind the point of a weight.
const MOST_DECIMALS: u16 = 6;

/// Writes a text into a field of an item of a submission.
pub(super) fn set(project: &Project, item: &mut Item, field: Field, text: &str) -> Result<(), Refusal> {
    let known = match item {
        Item::Submission(submission) => set_submission(Arc::make_mut(submission), field, text)?,
        Item::Warrant(warrant) => set_warrant(project, Arc::make_mut(warrant), field, text)?,
        Item::PpapElement(element) => {
            if field == Field::Number {
                super::ppap::allow_number(project, element, text)?;
            }
            set_element(Arc::make_mut(element), field, text)?
        }
        Item::TestResult(result) => set_result(project, Arc::make_mut(result), field, text)?,
        _ => false,
    };
    let noun = item.id().kind().noun();
    if known { Ok(()) } else { Err(Refusal::new(format!("A {noun} has no {}", field.label()))) }
}

/// The values that a field of a submission can be chosen from; none for free text.
pub(super) fn choices(project: &Project, id: AnyId, field: Field) -> Option<Vec<String>> {
    fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|value| name(*value).to_owned()).collect()
    }
    let yes_or_no = || names(&[Answer::Yes, Answer::No], Answer::name);
    Some(match (id, field) {
        (AnyId::Submission(_), Field::SubmissionLevel) => names(&Level::ALL, Level::name),
        (AnyId::Submission(_), Field::SubstancesReported | Field::PolymersMarked | Field::ToolsTagged) => {
            names(&Answer::ALL, Answer::name)
        }
        (AnyId::Submission(_), Field::ReportFormat) => names(&ReportFormat::ALL, ReportFormat::name),
        (AnyId::Submission(_), Field::RequirementsMet) | (AnyId::Warrant(_), Field::SafetyRegulation) => yes_or_no(),
        (AnyId::PpapElement(_), Field::Status) => names(&ElementStatus::ALL, ElementStatus::name),
        (AnyId::PpapElement(_), Field::Retention) => names(&Retention::ALL, Retention::name),
        (AnyId::PpapElement(_), Field::Responsible) => {
            project.all_in_order::<Person>().iter().map(|person| person.name.to_string()).collect()
        }
        (AnyId::TestResult(_), Field::Verdict) => names(&Verdict::ALL, Verdict::name),
        (AnyId::Warrant(_) | AnyId::TestResult(_), Field::Part) => {
            project.all_in_order::<Part>().iter().map(|part| project.part_text(&Ref::Item(part.id))).collect()
        }
        _ => return None,
    })
}

fn set_submission(submission: &mut Submission, field: Field, text: &str) -> Result<bool, Refusal> {
    let (site, signature) = (&mut submission.site, &mut submission.signature);
    match field {
        Field::SubmissionLevel => {
            let number = text.trim_start_matches(|c: char| !c.is_ascii_digit());
            submission.level = read_choice(if number.is_empty() { text } else { number }, &Level::ALL, Level::name)?;
        }
        Field::Reasons => submission.reasons = read_set(text, &Reason::ALL, Reason::name)?,
        Field::Date => submission.date = read_date(text)?,
        Field::SubstancesReported => submission.substances_reported = read_answer(text)?,
        Field::ReportFormat => submission.report_format = optional(text, &ReportFormat::ALL, ReportFormat::name)?,
        Field::ReportDate => submission.report_date = read_date(text)?,
        Field::PolymersMarked => submission.polymers_marked = read_answer(text)?,
        Field::ResultsFor => submission.results_for = read_set(text, &ResultSet::ALL, ResultSet::name)?,
        Field::RequirementsMet => submission.requirements_met = read_yes_or_no(text)?,
        Field::RateParts => submission.rate_parts = read_number(text)?,
        Field::RateHours => submission.rate_hours = read_number(text)?,
        Field::ToolsTagged => submission.tools_tagged = read_answer(text)?,
        Field::SignatureDate => signature.date = read_date(text)?,
        Field::WeightDecimals => submission.weight.decimals = read_count(text, 0, MOST_DECIMALS)?,
        Field::WeightParts => submission.weight.parts = read_count(text, 1, u16::MAX)?,
        _ => {
            *match field {
                Field::Title => &mut submission.title,
                Field::OtherReason => &mut submission.other_reason,
                Field::Division => &mut submission.division,
                Field::Buyer => &mut submission.buyer,
                Field::Application => &mut submission.application,
                Field::Street => &mut site.street,
                Field::City => &mut site.city,
                Field::Region => &mut site.region,
                Field::PostalCode => &mut site.postal_code,
                Field::Country => &mut site.country,
                Field::SupplierCode => &mut submission.supplier_code,
                Field::ReportNumber => &mut submission.report_number,
                Field::Explanation => &mut submission.explanation,
                Field::Signatory => &mut signature.name,
                Field::SignatoryTitle => &mut signature.title,
                Field::Phone => &mut signature.phone,
                Field::Fax => &mut signature.fax,
                Field::Mail => &mut signature.mail,
                _ => return Ok(false),
            } = Text::from(text);
        }
    }
    Ok(true)
}

fn set_warrant(project: &Project, warrant: &mut Warrant, field: Field, text: &str) -> Result<bool, Refusal> {
    match field {
        Field::Part => warrant.part = read_part(project, warrant.part.take(), text)?,
        Field::ChangeDate => warrant.change_date = read_date(text)?,
        Field::FurtherChangesDate => warrant.further_changes_date = read_date(text)?,
        Field::SafetyRegulation => warrant.safety_regulation = read_yes_or_no(text)?,
        Field::Weight => warrant.weight = read_number(text.trim_end_matches("kg").trim_end())?,
        Field::CheckingAidDate => warrant.checking_aid_date = read_date(text)?,
        _ => {
            *match field {
                Field::OwnNumber => &mut warrant.own_number,
                Field::Drawing => &mut warrant.drawing,
                Field::ChangeLevel => &mut warrant.change_level,
                Field::FurtherChanges => &mut warrant.further_changes,
                Field::PurchaseOrder => &mut warrant.purchase_order,
                Field::CheckingAid => &mut warrant.checking_aid,
                Field::CheckingAidLevel => &mut warrant.checking_aid_level,
                Field::Streams => &mut warrant.streams,
                _ => return Ok(false),
            } = Text::from(text);
        }
    }
    Ok(true)
}

fn set_element(element: &mut PpapElement, field: Field, text: &str) -> Result<bool, Refusal> {
    match field {
        Field::Status => element.status = read_choice(text, &ElementStatus::ALL, ElementStatus::name)?,
        Field::Retention => element.retention = optional(text, &Retention::ALL, Retention::name)?,
        Field::TargetDate => element.due = read_date(text)?,
        _ => {
            *match field {
                Field::Number => &mut element.key,
                Field::Title => &mut element.title,
                Field::Remarks => &mut element.remarks,
                Field::NotApplicableBecause => &mut element.not_applicable_because,
                Field::Responsible => &mut element.responsible,
                _ => return Ok(false),
            } = Text::from(text);
        }
    }
    Ok(true)
}

fn set_result(project: &Project, result: &mut TestResult, field: Field, text: &str) -> Result<bool, Refusal> {
    match field {
        Field::Part => result.part = read_part(project, result.part.take(), text)?,
        Field::Characteristic if text.is_empty() => result.characteristic = None,
        Field::Characteristic => {
            let is_same = |held: &Ref<_>| project.target_text(held).trim() == text;
            if !result.characteristic.as_ref().is_some_and(is_same) {
                let found = characteristic_called(project, text).ok_or_else(|| {
                    let name = quoted(text);
                    Refusal::new(format!("{name} is no characteristic, or several go by it. Write it as requirement"))
                })?;
                result.characteristic = Some(Ref::Item(found.id));
            }
        }
        Field::TestDate => result.test_date = read_date(text)?,
        Field::Verdict => result.verdict = read_verdict(text)?,
        _ => {
            *match field {
                Field::Number => &mut result.number,
                Field::Requirement => &mut result.requirement,
                Field::Specification => &mut result.specification,
                Field::Laboratory => &mut result.laboratory,
                Field::MaterialSupplier => &mut result.material_supplier,
                Field::Quantity => &mut result.quantity,
                Field::Readings => &mut result.readings,
                Field::Stream => &mut result.stream,
                _ => return Ok(false),
            } = Text::from(text);
        }
    }
    Ok(true)
}

/// The part that a text names; one that was named before stays, also if it is gone.
fn read_part(project: &Project, before: Option<Ref<Part>>, text: &str) -> Result<Option<Ref<Part>>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    match before {
        Some(held) if project.target_text(&held).trim() == text => Ok(Some(held)),
        _ => part_called(project, text).map(|part| Some(Ref::Item(part))),
    }
}

/// Several of a few values, one behind the other as people list them; kept in the order of the form.
fn read_set<T: Copy + Ord>(text: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<Vec<T>, Refusal> {
    let separator = BETWEEN.trim();
    let names = text.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty() && *name != separator);
    let mut found = names.map(|one| read_choice(one, all, &name)).collect::<Result<Vec<T>, Refusal>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn optional<T: Copy>(text: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<Option<T>, Refusal> {
    if text.is_empty() { Ok(None) } else { read_choice(text, all, name).map(Some) }
}

fn read_answer(text: &str) -> Result<Option<Answer>, Refusal> {
    match normalized(text).as_str() {
        "" => Ok(None),
        "yes" | "y" | "x" => Ok(Some(Answer::Yes)),
        "no" | "n" => Ok(Some(Answer::No)),
        "n/a" | "n a" | "na" | "not applicable" => Ok(Some(Answer::NotApplicable)),
        _ => Err(Refusal::new(format!("{} is none of yes, no and n/a", quoted(text)))),
    }
}

fn read_yes_or_no(text: &str) -> Result<Option<bool>, Refusal> {
    match read_answer(text) {
        Ok(None) => Ok(None),
        Ok(Some(Answer::Yes)) => Ok(Some(true)),
        Ok(Some(Answer::No)) => Ok(Some(false)),
        _ => Err(Refusal::new(format!("{} is neither yes nor no", quoted(text)))),
    }
}

fn read_verdict(text: &str) -> Result<Option<Verdict>, Refusal> {
    match normalized(text).as_str() {
        "" => Ok(None),
        "ok" | "yes" | "pass" | "passed" | "i o" | "io" => Ok(Some(Verdict::Ok)),
        "nok" | "not ok" | "no" | "fail" | "failed" | "n i o" | "nio" => Ok(Some(Verdict::NotOk)),
        _ => Err(Refusal::new(format!("{} is neither OK nor NOK", quoted(text)))),
    }
}

fn read_number(text: &str) -> Result<Option<Decimal>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    Decimal::parse(text)
        .map(Some)
        .map_err(|_| Refusal::new(format!("{} is not a number. Write it as 12.5", quoted(text))))
}

fn read_count(text: &str, least: u16, most: u16) -> Result<u16, Refusal> {
    let count = text.parse::<u16>().ok().filter(|count| (least..=most).contains(count));
    count.ok_or_else(|| Refusal::new(format!("{} is not a whole number from {least} to {most}", quoted(text))))
}
