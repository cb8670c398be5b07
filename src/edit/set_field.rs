//! Text into fields: words as they are, ratings verbatim, dates and choices where the meaning is clear.

use std::sync::Arc;

use crate::base::Text;
use crate::base::text::{normalized, quoted};
use crate::model::applicability::Applicability;
use crate::model::characteristic::{CharacteristicKind, CharacteristicRole, PartSpecification};
use crate::model::control_plan::Subject;
use crate::model::document::{Document, Phase};
use crate::model::equipment::EquipmentKind;
use crate::model::field::Field;
use crate::model::flow::{Route, StepKind};
use crate::model::fmea::{ControlMeans, ElementKind, WorkCategory};
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::project_data::{Person, UserFieldType};
use crate::model::rating::Rating;
use crate::model::reference::Ref;
use crate::model::risk::{ActionStatus, Assessment, AssessmentState, Risk, Statement};
use crate::model::specification::Specification;

use super::assess::{confirm_in, statement};
use super::dates::read_date;
use super::own_field;
use super::plan::{Author, Focus, Refusal, Transaction, gone, set_label};
use super::ppap_fields;
use super::report_profiles;
use super::via::review_seen_links;

/// Plans to write a text into a field.
pub(super) fn plan(
    project: &Project,
    id: AnyId,
    field: Field,
    text: &str,
    via: Option<AnyId>,
    author: &Author,
) -> Result<Transaction, Refusal> {
    let mut item = project.item(id).ok_or_else(|| gone(id))?;
    let text = text.trim();
    if let (AnyId::StepCharacteristic(_), Field::Role, "") = (id, field, text) {
        // Without a role the characteristic is not at the step.
        return super::delete::plan(project, &[id]);
    }
    let unchanged = project.field_text(id, field).is_some_and(|shown| shown.trim() == text);
    set(project, &mut item, field, text, author)?;
    item.drop_empty_meta();
    let label = set_label(project, id, field, text);
    let focus = Some(Focus { item: via.unwrap_or(id), field: Some(field) });
    // Leaving a cell as it was changes nothing and says nothing about what the row links to.
    if unchanged || project.item(id).as_ref() == Some(&item) {
        return Ok(Transaction { label, ops: Vec::new(), focus });
    }
    let mut ops = vec![Op::Put(item)];
    if let Some(via) = via {
        review_seen_links(project, via, &mut ops, author);
    }
    if matches!(field, Field::Status | Field::OccurrenceAfter(_) | Field::DetectionAfter(_) | Field::SeverityAfter(_)) {
        confirm_in(project, &mut ops);
    }
    Ok(Transaction { label, ops, focus })
}

/// The values a field can be chosen from, as people see them; none for free text.
pub fn choices(project: &Project, id: AnyId, field: Field) -> Vec<String> {
    fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|value| name(*value).to_owned()).collect()
    }
    if let Some(choices) = ppap_fields::choices(project, id, field) {
        return choices;
    }
    let yes_or_no = || vec!["Yes".to_owned(), "No".to_owned()];
    match (id, field) {
        (AnyId::Step(_), Field::Kind) => names(&StepKind::ALL, StepKind::name),
        (AnyId::FlowEdge(_), Field::Route) => names(&Route::ALL, Route::name),
        (AnyId::Characteristic(_), Field::Kind) => names(&CharacteristicKind::ALL, CharacteristicKind::name),
        (AnyId::Step(_), Field::Manual | Field::Outsourced) | (AnyId::Characteristic(_), Field::PassThrough) => {
            yes_or_no()
        }
        (AnyId::UserField(_), Field::ValueType) => UserFieldType::names().map(str::to_owned).to_vec(),
        (_, Field::User(own)) => match project.get(own).map(|own| &own.value_type) {
            Some(UserFieldType::Choice(values)) => values.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        },
        (AnyId::StepCharacteristic(_), Field::Role) => names(&CharacteristicRole::ALL, CharacteristicRole::name),
        (AnyId::Equipment(_), Field::Kind) => names(&EquipmentKind::ALL, EquipmentKind::name),
        (AnyId::Element(_), Field::Kind) => names(&WorkCategory::ALL, WorkCategory::name),
        (AnyId::Control(_), Field::Means) => names(&ControlMeans::ALL, ControlMeans::name),
        (AnyId::Action(_), Field::Status) => names(&ActionStatus::ALL, ActionStatus::name),
        (AnyId::Action(_), Field::Owner) => {
            project.all_in_order::<Person>().iter().map(|person| person.name.to_string()).collect()
        }
        (AnyId::ReportProfile(_), _) => report_profiles::choices(field),
        (AnyId::PlanRow(_), Field::Phases) => phase_choices(),
        (AnyId::Document(_), Field::Phase) => names(&Phase::ALL, Phase::name),
        (AnyId::Document(_), Field::RatingProfile) => {
            project.library().profiles.iter().map(|profile| profile.id().to_owned()).collect()
        }
        (AnyId::ProjectData(_), Field::ClassSet) => {
            project.library().class_sets.iter().map(|set| set.id.clone()).collect()
        }
        (_, Field::SpecialClass) => {
            let classes = project.class_set().map(|set| set.classes.iter()).into_iter().flatten();
            classes.filter(|class| class.enabled).map(|class| class.code.to_string()).collect()
        }
        _ => Vec::new(),
    }
}

fn read_flag(text: &str) -> Result<bool, Refusal> {
    match normalized(text).as_str() {
        "yes" | "y" | "x" | "true" | "1" => Ok(true),
        "no" | "n" | "" | "false" | "0" => Ok(false),
        _ => Err(Refusal::new(format!("{} is neither yes nor no", quoted(text)))),
    }
}

/// One of a few values, by its name in any case.
pub(super) fn read_choice<T: Copy>(text: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, Refusal> {
    let wanted = normalized(text);
    let found = all.iter().find(|value| normalized(name(**value)) == wanted);
    found.copied().ok_or_else(|| {
        let names = all.iter().map(|value| name(*value)).collect::<Vec<_>>().join(", ");
        Refusal::new(format!("{} is not one of: {names}", quoted(text)))
    })
}

/// The role of a characteristic at a step, by its name or by its letter.
pub(super) fn read_role(text: &str) -> Result<CharacteristicRole, Refusal> {
    let by_letter = CharacteristicRole::ALL.into_iter().find(|role| role.letter().eq_ignore_ascii_case(text));
    by_letter.map_or_else(|| read_choice(text, &CharacteristicRole::ALL, CharacteristicRole::name), Ok)
}

fn unknown_field(item: &Item, field: Field) -> Refusal {
    Refusal::new(format!("A {} has no {}", item.id().kind().noun(), field.label()))
}

/// Writes a text into a field of an item.
pub(super) fn set(
    project: &Project,
    item: &mut Item,
    field: Field,
    text: &str,
    author: &Author,
) -> Result<(), Refusal> {
    match field {
        Field::Note => {
            item.meta_mut().note = Text::from(text);
            return Ok(());
        }
        Field::User(own) => {
            let text = own_field::value(project, own, text)?;
            let values = &mut item.meta_mut().values;
            match values.iter_mut().find(|(declared, _)| *declared == own) {
                _ if text.is_empty() => values.retain(|(declared, _)| *declared != own),
                Some((_, value)) => *value = text,
                None => values.push((own, text)),
            }
            return Ok(());
        }
        _ => {}
    }
    match item {
        Item::ProjectData(_)
        | Item::Part(_)
        | Item::Person(_)
        | Item::CustomerRequirement(_)
        | Item::UserField(_)
        | Item::Attachment(_)
        | Item::FindingApproval(_) => set_shared(project, item, field, text),
        Item::ReportProfile(profile) => report_profiles::set(project, Arc::make_mut(profile), field, text),
        Item::Document(document) => set_document(project, Arc::make_mut(document), field, text),
        Item::Step(_) | Item::FlowEdge(_) => set_flow(item, field, text),
        Item::Characteristic(_) | Item::StepCharacteristic(_) | Item::Equipment(_) => set_resource(item, field, text),
        Item::Element(_) | Item::Function(_) | Item::Failure(_) | Item::Control(_) => set_fmea(item, field, text),
        Item::Risk(risk) => set_risk(Arc::make_mut(risk), field, text, author),
        Item::Action(_) => set_action(project, item, field, text),
        Item::PlanRow(_) => set_row(item, field, text),
        Item::Submission(_) | Item::Warrant(_) | Item::PpapElement(_) | Item::TestResult(_) => {
            ppap_fields::set(project, item, field, text)
        }
    }
}

fn set_shared(project: &Project, item: &mut Item, field: Field, text: &str) -> Result<(), Refusal> {
    let refused = unknown_field(item, field);
    match item {
        Item::ProjectData(data) => {
            let data = Arc::make_mut(data);
            *match field {
                Field::Name => &mut data.name,
                Field::Organisation => &mut data.organisation,
                Field::Plant => &mut data.plant,
                Field::EngineeringLocation => &mut data.engineering_location,
                Field::SupplierCode => &mut data.supplier_code,
                Field::Customer => &mut data.customer,
                Field::Programme => &mut data.programme,
                Field::ClassSet => &mut data.class_set,
                _ => return Err(refused),
            } = Text::from(text);
        }
        Item::Part(part) => {
            let part = Arc::make_mut(part);
            match field {
                Field::Number => part.number = Text::from(text),
                Field::Name => part.name = Text::from(text),
                Field::ChangeLevel => part.change_level = Text::from(text),
                Field::ChangeDate => part.change_date = read_date(text)?,
                Field::Drawing => part.drawing = Text::from(text),
                _ => return Err(refused),
            }
        }
        Item::Person(person) => {
            let person = Arc::make_mut(person);
            *match field {
                Field::Name => &mut person.name,
                Field::Role => &mut person.role,
                Field::Discipline => &mut person.discipline,
                Field::Contact => &mut person.contact,
                _ => return Err(refused),
            } = Text::from(text);
        }
        Item::CustomerRequirement(requirement) => {
            let requirement = Arc::make_mut(requirement);
            *match field {
                Field::Customer => &mut requirement.customer,
                Field::Clause => &mut requirement.clause,
                Field::Requirement => &mut requirement.requirement,
                _ => return Err(refused),
            } = Text::from(text);
        }
        Item::UserField(own) if field == Field::ValueType => {
            let value_type = own_field::typed(project, own, text)?;
            Arc::make_mut(own).value_type = value_type;
        }
        Item::UserField(own) if field == Field::Choices => {
            let value_type = own_field::choices(project, own, text)?;
            Arc::make_mut(own).value_type = value_type;
        }
        Item::UserField(own) if field == Field::Name => Arc::make_mut(own).name = Text::from(text),
        Item::Attachment(attachment) if field == Field::Title => Arc::make_mut(attachment).title = Text::from(text),
        Item::FindingApproval(approval) if field == Field::Justification => {
            Arc::make_mut(approval).reason = Text::from(text);
        }
        _ => return Err(refused),
    }
    Ok(())
}

fn set_document(project: &Project, document: &mut Document, field: Field, text: &str) -> Result<(), Refusal> {
    let header = &mut document.header;
    match field {
        Field::Title => document.title = Text::from(text),
        Field::Number => document.number = Text::from(text),
        Field::Phase if text.is_empty() => document.phase = None,
        Field::Phase => document.phase = Some(read_choice(text, &Phase::ALL, Phase::name)?),
        Field::RatingProfile => {
            if !text.is_empty() && project.profile_named(text).is_none() {
                return Err(Refusal::new(format!("There is no rating profile {}", quoted(text))));
            }
            document.rating_profile = Text::from(text);
        }
        Field::Responsibility => header.responsibility = Text::from(text),
        Field::PreparedBy => header.prepared_by = Text::from(text),
        Field::KeyContact => header.key_contact = Text::from(text),
        Field::Programme => header.programme = Text::from(text),
        Field::StartDate => header.start_date = read_date(text)?,
        Field::RevisionDate => header.revision_date = read_date(text)?,
        Field::KeyDate => header.key_date = read_date(text)?,
        Field::ReviewDate => header.review_date = read_date(text)?,
        Field::Confidentiality => header.confidentiality = Text::from(text),
        Field::Scope => header.scope = Text::from(text),
        Field::SafeLaunchExit => header.safe_launch_exit = Text::from(text),
        Field::LinkedDocuments => header.linked_documents = Text::from(text),
        Field::Intent => header.planning.intent = Text::from(text),
        Field::Timing => header.planning.timing = Text::from(text),
        Field::Tasks => header.planning.tasks = Text::from(text),
        Field::Tools => header.planning.tools = Text::from(text),
        Field::InScope => header.planning.in_scope = Text::from(text),
        Field::OutOfScope => header.planning.out_of_scope = Text::from(text),
        Field::Baseline => header.planning.baseline = Text::from(text),
        _ => return Err(Refusal::new(format!("A document has no {}", field.label()))),
    }
    Ok(())
}

fn set_flow(item: &mut Item, field: Field, text: &str) -> Result<(), Refusal> {
    let refused = unknown_field(item, field);
    match item {
        Item::Step(step) => {
            let step = Arc::make_mut(step);
            match field {
                Field::Kind => step.kind = read_choice(text, &StepKind::ALL, StepKind::name)?,
                Field::Manual => step.manual = read_flag(text)?,
                Field::Outsourced => step.outsourced = read_flag(text)?,
                Field::Number => step.number = Text::from(text),
                Field::Name => step.name = Text::from(text),
                Field::Description => step.description = Text::from(text),
                Field::Area => step.area = Text::from(text),
                Field::NoAnalysisBecause => step.no_analysis_because = Text::from(text),
                Field::NoPlanRowBecause => step.no_plan_row_because = Text::from(text),
                Field::NokDisposition => step.nok_disposition = Text::from(text),
                Field::SourcesOfVariation => step.sources_of_variation = Text::from(text),
                Field::WorkInstruction => step.work_instruction = Text::from(text),
                _ => return Err(refused),
            }
        }
        Item::FlowEdge(edge) => {
            let edge = Arc::make_mut(edge);
            match field {
                Field::Route => edge.route = read_choice(text, &Route::ALL, Route::name)?,
                Field::Label => edge.label = Text::from(text),
                _ => return Err(refused),
            }
        }
        _ => return Err(refused),
    }
    Ok(())
}

fn set_resource(item: &mut Item, field: Field, text: &str) -> Result<(), Refusal> {
    let refused = unknown_field(item, field);
    match item {
        Item::Characteristic(characteristic) => {
            let characteristic = Arc::make_mut(characteristic);
            match field {
                Field::Kind => {
                    characteristic.kind = read_choice(text, &CharacteristicKind::ALL, CharacteristicKind::name)?;
                }
                Field::PassThrough => characteristic.pass_through = read_flag(text)?,
                Field::Specification => set_specifications(&mut characteristic.specifications, text)?,
                Field::Number => characteristic.number = Text::from(text),
                Field::Name => characteristic.name = Text::from(text),
                Field::SpecialClass => characteristic.class = Text::from(text),
                Field::Source => characteristic.source = Text::from(text),
                Field::Balloon => characteristic.balloon = Text::from(text),
                _ => return Err(refused),
            }
        }
        Item::StepCharacteristic(at_step) => {
            let at_step = Arc::make_mut(at_step);
            match field {
                Field::Role => at_step.role = read_role(text)?,
                Field::LocalSpecification => {
                    at_step.local_specification = (!text.is_empty()).then(|| Specification::parse(text));
                }
                Field::LocalReason => at_step.local_reason = Text::from(text),
                _ => return Err(refused),
            }
        }
        Item::Equipment(equipment) => {
            let equipment = Arc::make_mut(equipment);
            match field {
                Field::Kind => equipment.kind = read_choice(text, &EquipmentKind::ALL, EquipmentKind::name)?,
                Field::Name => equipment.name = Text::from(text),
                Field::AssetNumber => equipment.asset_number = Text::from(text),
                Field::ChallengePart => equipment.challenge_part = Text::from(text),
                Field::VerificationFrequency => equipment.verification_frequency = Text::from(text),
                _ => return Err(refused),
            }
        }
        _ => return Err(refused),
    }
    Ok(())
}

/// One specification for all parts, or a line for each entry there is already.
fn set_specifications(specifications: &mut Vec<PartSpecification>, text: &str) -> Result<(), Refusal> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if specifications.len() > 1 {
        if lines.len() != specifications.len() {
            return Err(Refusal::new(format!(
                "The specification differs by part and has {} lines. Keep one line for each part",
                specifications.len()
            )));
        }
        for (entry, line) in specifications.iter_mut().zip(lines) {
            if entry.specification.to_string() != line {
                entry.specification = Specification::parse(line);
            }
        }
        return Ok(());
    }
    let before = specifications.pop();
    if !text.is_empty() {
        let specification = match &before {
            Some(before) if before.specification.to_string() == text => before.specification.clone(),
            _ => Specification::parse(text),
        };
        let applicability = before.map_or(Applicability::AllParts, |before| before.applicability);
        specifications.push(PartSpecification { applicability, specification });
    }
    Ok(())
}

fn set_fmea(item: &mut Item, field: Field, text: &str) -> Result<(), Refusal> {
    let refused = unknown_field(item, field);
    match item {
        Item::Element(element) => {
            let element = Arc::make_mut(element);
            match field {
                Field::Name => {
                    let (category, name) = split_category(text);
                    if let (ElementKind::Work(_), Some(category)) = (element.kind, category) {
                        element.kind = ElementKind::Work(category);
                    }
                    element.name = Text::from(name);
                }
                Field::Kind if matches!(element.kind, ElementKind::Work(_)) => {
                    element.kind = ElementKind::Work(read_choice(text, &WorkCategory::ALL, WorkCategory::name)?);
                }
                _ => return Err(refused),
            }
        }
        Item::Function(function) if field == Field::Text => Arc::make_mut(function).text = Text::from(text),
        Item::Failure(failure) => {
            let failure = Arc::make_mut(failure);
            match field {
                Field::Text => failure.text = Text::from(text),
                Field::Severity => failure.severity = Rating::parse(text),
                Field::SpecialClass => failure.class = Text::from(text),
                _ => return Err(refused),
            }
        }
        Item::Control(control) => {
            let control = Arc::make_mut(control);
            match field {
                Field::Means if text.is_empty() => control.means = None,
                Field::Means => control.means = Some(read_choice(text, &ControlMeans::ALL, ControlMeans::name)?),
                Field::Text => control.text = Text::from(text),
                Field::Evidence => control.evidence = Text::from(text),
                Field::NoPlanRowBecause => control.no_plan_row_because = Text::from(text),
                _ => return Err(refused),
            }
        }
        _ => return Err(refused),
    }
    Ok(())
}

/// `Machine: screwdriver` as category and name.
pub(super) fn split_category(text: &str) -> (Option<WorkCategory>, &str) {
    let Some((head, name)) = text.split_once(':') else { return (None, text) };
    let head = normalized(head);
    match WorkCategory::ALL.into_iter().find(|category| normalized(category.name()) == head) {
        Some(category) => (Some(category), name.trim()),
        None => (None, text),
    }
}

fn set_risk(risk: &mut Risk, field: Field, text: &str, author: &Author) -> Result<(), Refusal> {
    match field {
        // Clearing a rating that nobody made does not make an assessment.
        Field::Occurrence | Field::OccurrenceRationale | Field::Detection | Field::DetectionRationale
            if text.is_empty() && risk.current().is_none() => {}
        Field::Occurrence => current(risk).occurrence = Rating::parse(text),
        Field::OccurrenceRationale => current(risk).occurrence_rationale = Text::from(text),
        Field::Detection => current(risk).detection = Rating::parse(text),
        Field::DetectionRationale => current(risk).detection_rationale = Text::from(text),
        Field::SeverityAfter(at) => later(risk, at)?.severity_override = Rating::parse(text),
        Field::OccurrenceAfter(at) => later(risk, at)?.occurrence = Rating::parse(text),
        Field::DetectionAfter(at) => later(risk, at)?.detection = Rating::parse(text),
        Field::Remarks => risk.remarks = Text::from(text),
        Field::IssueNumber => risk.issue_number = Text::from(text),
        Field::History => risk.history = Text::from(text),
        Field::FilterCode => risk.filter_code = Text::from(text),
        Field::SpecialClass => risk.class = Text::from(text),
        Field::Justification => restate(&mut risk.justification, text, author),
        Field::ManagementReview => restate(&mut risk.management_review, text, author),
        _ => return Err(Refusal::new(format!("A risk has no {}", field.label()))),
    }
    Ok(())
}

/// Writes a statement; one with the same words keeps its author and day.
fn restate(known: &mut Option<Statement>, text: &str, author: &Author) {
    if known.as_ref().is_none_or(|known| *known.text != *text) {
        *known = statement(text, author);
    }
}

/// The assessment in force, made if there is none.
fn current(risk: &mut Risk) -> &mut Assessment {
    let place = risk.assessments.iter().position(|entry| entry.state == AssessmentState::Current);
    let place = place.unwrap_or_else(|| {
        let before = risk.assessments.iter().position(|entry| entry.state.is_later());
        let place = before.unwrap_or(risk.assessments.len());
        risk.assessments.insert(place, Assessment::blank(AssessmentState::Current));
        place
    });
    &mut risk.assessments[place]
}

fn later(risk: &mut Risk, at: u8) -> Result<&mut Assessment, Refusal> {
    risk.assessments
        .get_mut(usize::from(at))
        .filter(|entry| entry.state.is_later())
        .ok_or_else(|| Refusal::new("Ratings after actions need an action first"))
}

fn set_action(project: &Project, item: &mut Item, field: Field, text: &str) -> Result<(), Refusal> {
    let refused = unknown_field(item, field);
    let Item::Action(action) = item else { return Err(refused) };
    let action = Arc::make_mut(action);
    match field {
        Field::Text => action.text = Text::from(text),
        Field::Owner if text.is_empty() => action.owner = None,
        Field::Owner => {
            let wanted = normalized(text);
            let people = project.all_in_order::<Person>();
            let person = people.iter().find(|person| normalized(&person.name) == wanted).ok_or_else(|| {
                Refusal::new(format!(
                    "{} is not among the people of the project. Add them in the project properties",
                    quoted(text)
                ))
            })?;
            action.owner = Some(Ref::Item(person.id));
        }
        Field::TargetDate => action.target_date = read_date(text)?,
        Field::Status => action.status = read_choice(text, &ActionStatus::ALL, ActionStatus::name)?,
        Field::ActionTaken => action.action_taken = Text::from(text),
        Field::CompletionDate => action.completion_date = read_date(text)?,
        Field::Remarks => action.remarks = Text::from(text),
        _ => return Err(refused),
    }
    Ok(())
}

/// What stands for no phase in particular.
const EVERY_PHASE: &str = "Every phase";

/// Every phase, each of them, and each with all that follow.
fn phase_choices() -> Vec<String> {
    let names = Phase::ALL.map(Phase::name);
    let onwards = (0..names.len() - 1).map(|first| names[first..].join(", ")).skip(1);
    [EVERY_PHASE, "Prototype, Pre-launch", "Pre-launch, Safe launch"]
        .map(str::to_owned)
        .into_iter()
        .chain(names.map(str::to_owned))
        .chain(onwards)
        .collect()
}

fn set_row(item: &mut Item, field: Field, text: &str) -> Result<(), Refusal> {
    let refused = unknown_field(item, field);
    let Item::PlanRow(row) = item else { return Err(refused) };
    let row = Arc::make_mut(row);
    match field {
        Field::MeasurementTechnique => row.measurement_technique = Text::from(text),
        Field::SampleSize => row.sample_size = Text::from(text),
        Field::SampleFrequency => row.sample_frequency = Text::from(text),
        Field::ControlMethod => row.control_method = Text::from(text),
        Field::Responsible => row.responsible = Text::from(text),
        Field::ReactionPlan => row.reaction_plan = Text::from(text),
        Field::ReactionPlanOwner => row.reaction_plan_owner = Text::from(text),
        Field::Phases => {
            let names = text.split([',', ';', '\n']).map(str::trim);
            let names = names.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case(EVERY_PHASE));
            row.phases = names.map(|name| read_choice(name, &Phase::ALL, Phase::name)).collect::<Result<_, _>>()?;
        }
        Field::Subject => match &mut row.subject {
            Subject::SetUp(words) | Subject::Restart(words) => *words = Text::from(text),
            Subject::Characteristic(_) | Subject::ErrorProofing(_) | Subject::Open => return Err(refused),
        },
        _ => return Err(refused),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_split_off() {
        assert_eq!(split_category("machine: press 3"), (Some(WorkCategory::Machine), "press 3"));
        assert_eq!(split_category("note: press"), (None, "note: press"));
    }
}
