//! The texts of the fields of a submission, as an editor shows them.

use crate::base::clock::Date;
use crate::base::{Decimal, Text};
use crate::model::field::Field;
use crate::model::item::{Entity, Item};
use crate::model::ppap::{Answer, PpapElement, Submission, TestResult, Warrant};
use crate::model::project::Project;
use crate::model::reference::Ref;

/// What stands between the entries of a set that is written as one text.
pub const BETWEEN: &str = "; ";

impl Project {
    /// The text of a field of an item of a submission.
    pub(in crate::model) fn ppap_field(&self, item: &Item, field: Field) -> Option<String> {
        match item {
            Item::Submission(submission) => of_submission(submission, field),
            Item::Warrant(warrant) => self.of_warrant(warrant, field),
            Item::PpapElement(element) => of_element(element, field),
            Item::TestResult(result) => self.of_result(result, field),
            _ => None,
        }
    }

    fn of_warrant(&self, warrant: &Warrant, field: Field) -> Option<String> {
        Some(match field {
            Field::Part => self.named(warrant.part.as_ref()),
            Field::OwnNumber => warrant.own_number.to_string(),
            Field::Drawing => warrant.drawing.to_string(),
            Field::ChangeLevel => warrant.change_level.to_string(),
            Field::ChangeDate => date(warrant.change_date),
            Field::FurtherChanges => warrant.further_changes.to_string(),
            Field::FurtherChangesDate => date(warrant.further_changes_date),
            Field::SafetyRegulation => yes_or_no(warrant.safety_regulation),
            Field::PurchaseOrder => warrant.purchase_order.to_string(),
            Field::Weight => number(warrant.weight.as_ref()),
            Field::CheckingAid => warrant.checking_aid.to_string(),
            Field::CheckingAidLevel => warrant.checking_aid_level.to_string(),
            Field::CheckingAidDate => date(warrant.checking_aid_date),
            Field::Streams => warrant.streams.to_string(),
            _ => return None,
        })
    }

    fn of_result(&self, result: &TestResult, field: Field) -> Option<String> {
        Some(match field {
            Field::Part => self.named(result.part.as_ref()),
            Field::Characteristic => self.named(result.characteristic.as_ref()),
            Field::Number => result.number.to_string(),
            Field::Requirement => result.requirement.to_string(),
            Field::Specification => result.specification.to_string(),
            Field::Laboratory => result.laboratory.to_string(),
            Field::MaterialSupplier => result.material_supplier.to_string(),
            Field::TestDate => date(result.test_date),
            Field::Quantity => result.quantity.to_string(),
            Field::Readings => result.readings.to_string(),
            Field::Stream => result.stream.to_string(),
            Field::Verdict => result.verdict.map_or("", |verdict| verdict.name()).to_owned(),
            _ => return None,
        })
    }

    fn named<T: Entity>(&self, reference: Option<&Ref<T>>) -> String {
        reference.map(|reference| self.target_text(reference)).unwrap_or_default()
    }
}

fn of_submission(submission: &Submission, field: Field) -> Option<String> {
    let (site, signature) = (&submission.site, &submission.signature);
    let text = |text: &Text| text.to_string();
    Some(match field {
        Field::Title => text(&submission.title),
        Field::SubmissionLevel => submission.level.name().to_owned(),
        Field::Reasons => listed(submission.reasons.iter().map(|reason| reason.name())),
        Field::OtherReason => text(&submission.other_reason),
        Field::Date => date(submission.date),
        Field::Division => text(&submission.division),
        Field::Buyer => text(&submission.buyer),
        Field::Application => text(&submission.application),
        Field::Street => text(&site.street),
        Field::City => text(&site.city),
        Field::Region => text(&site.region),
        Field::PostalCode => text(&site.postal_code),
        Field::Country => text(&site.country),
        Field::SupplierCode => text(&submission.supplier_code),
        Field::SubstancesReported => answer(submission.substances_reported),
        Field::ReportFormat => submission.report_format.map_or("", |format| format.name()).to_owned(),
        Field::ReportNumber => text(&submission.report_number),
        Field::ReportDate => date(submission.report_date),
        Field::PolymersMarked => answer(submission.polymers_marked),
        Field::ResultsFor => listed(submission.results_for.iter().map(|results| results.name())),
        Field::RequirementsMet => yes_or_no(submission.requirements_met),
        Field::Explanation => text(&submission.explanation),
        Field::RateParts => number(submission.rate_parts.as_ref()),
        Field::RateHours => number(submission.rate_hours.as_ref()),
        Field::ToolsTagged => answer(submission.tools_tagged),
        Field::Signatory => text(&signature.name),
        Field::SignatoryTitle => text(&signature.title),
        Field::Phone => text(&signature.phone),
        Field::Fax => text(&signature.fax),
        Field::Mail => text(&signature.mail),
        Field::SignatureDate => date(signature.date),
        Field::WeightDecimals => submission.weight.decimals.to_string(),
        Field::WeightParts => submission.weight.parts.to_string(),
        _ => return None,
    })
}

fn of_element(element: &PpapElement, field: Field) -> Option<String> {
    Some(match field {
        Field::Number => element.key.to_string(),
        Field::Title => element.title.to_string(),
        Field::Status => element.status.name().to_owned(),
        Field::Retention => element.retention.map_or("", |retention| retention.name()).to_owned(),
        Field::Remarks => element.remarks.to_string(),
        Field::NotApplicableBecause => element.not_applicable_because.to_string(),
        Field::Responsible => element.responsible.to_string(),
        Field::TargetDate => date(element.due),
        _ => return None,
    })
}

fn date(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn number(number: Option<&Decimal>) -> String {
    number.map(ToString::to_string).unwrap_or_default()
}

fn answer(answer: Option<Answer>) -> String {
    answer.map_or("", Answer::name).to_owned()
}

fn yes_or_no(yes: Option<bool>) -> String {
    yes.map_or("", |yes| if yes { Answer::Yes } else { Answer::No }.name()).to_owned()
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(BETWEEN)
}
