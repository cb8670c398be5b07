//! Lists in a cell, one entry per line. A line that names something the project knows already links it instead of copying it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::base::text::{normalized, quoted};
use crate::base::{Id, OrderKey, Text};
use crate::model::applicability::Applicability;
use crate::model::document::Document;
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::model::fmea::{
    Anchor, Control, ControlKind, EffectLevel, Element, ElementKind, Failure, FailureRole, Function, LevelEffects,
    ModeEffects,
};
use crate::model::form::List;
use crate::model::item::{AnyId, Item};
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::rating::Rating;
use crate::model::reference::{Link, Ref};
use crate::model::relation::Relation;
use crate::model::review::review;
use crate::model::risk::Risk;

use super::arrange::key_behind;
use super::delete::with_orphans;
use super::plan::{Author, Refusal, Transaction, existing, gone};

/// Plans to write a list.
pub(super) fn plan(
    project: &Project,
    owner: AnyId,
    list: List,
    lines: &[String],
    author: &mut Author,
) -> Result<Transaction, Refusal> {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let ops = match (owner, list) {
        (AnyId::Element(element), List::Functions) => functions(project, element, &lines, author)?,
        (AnyId::Function(function), List::Requirements) => {
            let mut function = existing(project, function)?.clone();
            function.requirements = lines.iter().map(|line| Text::from(*line)).collect();
            vec![Op::Put(function.into())]
        }
        (AnyId::Failure(mode), List::Effects) => effects(project, mode, &lines, author)?,
        (AnyId::Risk(risk), List::Controls(kind)) => controls(project, risk, kind, &lines, author)?,
        (AnyId::Step(_) | AnyId::PlanRow(_), List::Equipment) => equipment(project, owner, &lines, author)?,
        (AnyId::PpapElement(element), List::Documents) => super::ppap::documents(project, element, &lines)?,
        (AnyId::PpapElement(element), List::Attachments) => super::ppap::attachments(project, element, &lines)?,
        (_, List::Parts) => super::applicability::plan(project, owner, &lines)?,
        (AnyId::PlanRow(_), List::CarriedOut) => {
            return Err(Refusal::new("Choose the FMEA controls of this row with “FMEA controls…”"));
        }
        _ => return Err(Refusal::new(format!("A {} has no such list", owner.kind().noun()))),
    };
    let what = match list {
        List::Functions => "functions",
        List::Requirements => "requirements",
        List::Effects => "failure effects",
        List::Controls(ControlKind::Prevention) => "prevention controls",
        List::Controls(ControlKind::Detection) => "detection controls",
        List::Equipment => "equipment",
        List::CarriedOut => "FMEA controls",
        List::Parts => "the parts",
        List::Documents => "the documents",
        List::Attachments => "the attachments",
    };
    let label = format!("Change {what} of {}", quoted(&project.label(owner)));
    Ok(Transaction::new(label, with_orphans(project, ops)).focus(owner, None))
}

/// Which entry of the old list a new line stands for: the one with equal words; else, if the line is known elsewhere, none;
/// else the one that stood in its place and is not taken by another line.
fn matched<T: Copy>(old: &[(T, String)], lines: &[&str], known: impl Fn(&str) -> Option<T>) -> Vec<Matched<T>> {
    let mut taken: HashSet<usize> = HashSet::new();
    let mut result: Vec<Option<Matched<T>>> = lines
        .iter()
        .map(|line| {
            let at = (0..old.len()).find(|at| !taken.contains(at) && normalized(&old[*at].1) == normalized(line))?;
            taken.insert(at);
            Some(if old[at].1 == *line { Matched::Same(old[at].0) } else { Matched::Renamed(old[at].0) })
        })
        .collect();
    for (at, line) in lines.iter().enumerate() {
        if result[at].is_none() {
            result[at] = Some(match known(line) {
                Some(found) => Matched::Same(found),
                // As many lines as before: a line was rewritten. More: a line was added.
                None if at < old.len() && !taken.contains(&at) && lines.len() <= old.len() => {
                    taken.insert(at);
                    Matched::Renamed(old[at].0)
                }
                None => Matched::New,
            });
        }
    }
    result.into_iter().flatten().collect()
}

enum Matched<T> {
    Same(T),
    Renamed(T),
    New,
}

fn functions(project: &Project, id: Id<Element>, lines: &[&str], author: &mut Author) -> Result<Vec<Op>, Refusal> {
    existing(project, id)?;
    let old: Vec<(Id<Function>, String)> = project
        .children::<Function>(id, Relation::FunctionOfElement)
        .map(|function| (function.id, function.text.to_string()))
        .collect();
    let mut ops = Vec::new();
    let mut kept = HashSet::new();
    let mut key = project.sources(id, Relation::FunctionOfElement).last().and_then(|last| last.order.clone());
    for (found, line) in matched(&old, lines, |_| None).into_iter().zip(lines) {
        match found {
            Matched::Same(function) => {
                kept.insert(function);
            }
            Matched::Renamed(function) => {
                kept.insert(function);
                ops.push(Op::Put(Function { text: Text::from(*line), ..existing(project, function)?.clone() }.into()));
            }
            Matched::New => {
                let order = OrderKey::after(key.as_ref());
                key = Some(order.clone());
                ops.push(Op::Put(new_function(author.ids.next_id(), id, order, line).into()));
            }
        }
    }
    for (function, text) in old.iter().filter(|(function, _)| !kept.contains(function)) {
        if !project.sources(*function, Relation::FailureOfFunction).is_empty() {
            return Err(Refusal::new(format!("The function {} has failures. Delete those first", quoted(text))));
        }
        ops.extend(super::delete::removal(project, &[(*function).into()]));
    }
    Ok(ops)
}

/// A function with words only.
pub(super) fn new_function(id: Id<Function>, element: Id<Element>, order: OrderKey, text: &str) -> Function {
    Function {
        id,
        element,
        order,
        text: Text::from(text),
        requirements: Vec::new(),
        characteristics: Vec::new(),
        meta: None,
    }
}

/// A line of an effects cell: `End user: brake does not hold (10)`.
struct EffectLine<'t> {
    level: EffectLevel,
    /// All that stands behind the level.
    rest: &'t str,
    text: &'t str,
    severity: Option<Rating>,
}

fn effect_line(line: &str) -> EffectLine<'_> {
    let (level, rest) = match line.split_once(':') {
        Some((head, rest)) => match level_named(head) {
            Some(level) => (Some(level), rest.trim()),
            None => (None, line),
        },
        None => (None, line),
    };
    let (text, severity) = match rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((text, digits)) if !text.trim().is_empty() && digits.trim().parse::<u8>().is_ok() => {
            (text.trim(), Rating::parse(digits))
        }
        _ => (rest, None),
    };
    EffectLine { level: level.unwrap_or(EffectLevel::EndUser), rest, text, severity }
}

fn level_named(text: &str) -> Option<EffectLevel> {
    match normalized(text).as_str() {
        "your plant" | "plant" | "own plant" | "yp" => Some(EffectLevel::YourPlant),
        "ship to plant" | "ship to" | "customer" | "stp" => Some(EffectLevel::ShipToPlant),
        "end user" | "user" | "vehicle" | "eu" => Some(EffectLevel::EndUser),
        _ => None,
    }
}

fn effects(project: &Project, id: Id<Failure>, lines: &[&str], author: &mut Author) -> Result<Vec<Op>, Refusal> {
    let mode = existing(project, id)?;
    let fmea = project.element_of(mode).map(|element| element.fmea).ok_or_else(|| gone(id.into()))?;
    let anchor = effect_anchor(project, mode).ok_or_else(|| gone(id.into()))?;
    let mut ops = Vec::new();
    let mut changed = ModeEffects::default();
    let mut made: Vec<(String, Failure)> = Vec::new();
    for level in EffectLevel::ALL {
        let before = mode.effects.at(level).links();
        // A lost effect stays for as long as its line does, or if it has no label that could stand in a line.
        let mut lost: Vec<&Link<Failure>> = before.iter().filter(|link| link.to.present().is_none()).collect();
        let mut links: Vec<Link<Failure>> = Vec::new();
        let mut here: Vec<EffectLine<'_>> = Vec::new();
        for line in lines.iter().map(|line| effect_line(line)).filter(|line| line.level == level) {
            let label = |link: &&Link<Failure>| link.to.last_label().is_some_and(|label| label.trim() == line.rest);
            match lost.iter().position(label) {
                Some(at) => links.push(lost.remove(at).clone()),
                None if line.text.is_empty() => {}
                None => here.push(line),
            }
        }
        links.extend(
            lost.into_iter().filter(|link| link.to.last_label().is_some_and(|label| label.trim().is_empty())).cloned(),
        );
        let slot = changed.at_mut(level);
        if let [only] = here.as_slice() {
            let words = normalized(only.text);
            if words == "not known" || words == "not known yet" {
                *slot = LevelEffects::NotKnown;
                continue;
            }
            if words.starts_with("not applicable") {
                let because = only.rest.split_once([':', ',']).map_or("", |(_, because)| because.trim());
                *slot = LevelEffects::NotApplicable { because: Text::from(because) };
                continue;
            }
        }
        let old: Vec<(Id<Failure>, String)> = mode
            .effects
            .at(level)
            .links()
            .iter()
            .filter_map(|link| Some((link.to.present()?, project.get(link.to.present()?)?.text.to_string())))
            .collect();
        let texts: Vec<&str> = here.iter().map(|line| line.text).collect();
        let known = |text: &str| known_effect(project, fmea, text);
        for (found, line) in matched(&old, &texts, known).into_iter().zip(&here) {
            let before = match found {
                Matched::Same(effect) | Matched::Renamed(effect) => Some(existing(project, effect)?.clone()),
                Matched::New => {
                    made.iter().find(|(words, _)| *words == normalized(line.text)).map(|(_, effect)| effect.clone())
                }
            };
            let mut effect = before.clone().unwrap_or_else(|| {
                let order = key_after_made(project, anchor, made.last().map(|(_, effect)| &effect.order));
                new_failure(author.ids.next_id(), anchor, order, FailureRole::Effect, line.text)
            });
            if matches!(found, Matched::Renamed(_)) {
                effect.text = Text::from(line.text);
            }
            if line.severity.is_some() {
                effect.severity.clone_from(&line.severity);
            }
            if links.iter().any(|link| link.to.id() == effect.id) {
                continue;
            }
            let unchanged = mode.effects.at(level).links().iter().find(|link| link.to.id() == effect.id);
            links.push(match unchanged {
                Some(link) if before.as_ref() == Some(&effect) => link.clone(),
                _ => Link { to: Ref::Item(effect.id), reviewed: review(&effect, &author.name, Some(author.today)) },
            });
            if before.as_ref() != Some(&effect) {
                if before.is_none() {
                    made.push((normalized(line.text), effect.clone()));
                }
                ops.push(Op::Put(effect.into()));
            }
        }
        // Lines in another order are the same effects.
        let place = |link: &Link<Failure>| before.iter().position(|known| known.to.id() == link.to.id());
        if links.len() == before.len() && links.iter().all(|link| place(link).is_some()) {
            links.sort_by_key(place);
        }
        if !links.is_empty() {
            *slot = LevelEffects::Effects(links);
        }
    }
    ops.push(Op::Put(Failure { effects: changed, ..mode.clone() }.into()));
    Ok(ops)
}

fn key_after_made(project: &Project, anchor: Anchor, last_made: Option<&OrderKey>) -> OrderKey {
    match (last_made, anchor) {
        (Some(last), _) => OrderKey::after(Some(last)),
        (None, Anchor::Function(function)) => key_behind(project, function.into(), Relation::FailureOfFunction, None),
        (None, Anchor::Element(element)) => key_behind(project, element.into(), Relation::FailureOfElement, None),
    }
}

/// Effects stand at the process item, or at the step where there is none above it.
fn effect_anchor(project: &Project, mode: &Failure) -> Option<Anchor> {
    let focus = project.element_of(mode)?;
    let higher =
        focus.parent.and_then(|parent| project.get(parent)).filter(|parent| parent.kind == ElementKind::Higher);
    let element = higher.unwrap_or(focus);
    let function = project.children::<Function>(element.id, Relation::FunctionOfElement).next();
    Some(match function.filter(|_| higher.is_some()) {
        Some(function) => Anchor::Function(function.id),
        None => Anchor::Element(element.id),
    })
}

/// An effect of the same FMEA with these words.
fn known_effect(project: &Project, fmea: Id<Document>, text: &str) -> Option<Id<Failure>> {
    let wanted = normalized(text);
    let found = project.all::<Failure>().find(|failure| {
        failure.role == FailureRole::Effect
            && normalized(&failure.text) == wanted
            && project.element_of(failure).is_some_and(|element| element.fmea == fmea)
    });
    found.map(|failure| failure.id)
}

/// A failure with words only.
pub(super) fn new_failure(id: Id<Failure>, anchor: Anchor, order: OrderKey, role: FailureRole, text: &str) -> Failure {
    Failure {
        id,
        anchor,
        order,
        role,
        text: Text::from(text.trim()),
        severity: None,
        class: Text::default(),
        characteristic: None,
        effects: ModeEffects::default(),
        meta: None,
    }
}

/// Plans to say that effects at a level are not known or not applicable.
pub(super) fn effect_level(
    project: &Project,
    id: Id<Failure>,
    level: EffectLevel,
    not_applicable_because: Option<&str>,
) -> Result<Transaction, Refusal> {
    let mut mode = existing(project, id)?.clone();
    *mode.effects.at_mut(level) = match not_applicable_because {
        Some(because) if because.trim().is_empty() => return Err(Refusal::new("Say why the level is not applicable")),
        Some(because) => LevelEffects::NotApplicable { because: Text::from(because.trim()) },
        None => LevelEffects::NotKnown,
    };
    let state = if not_applicable_because.is_some() { "not applicable" } else { "not known" };
    let label = format!("Mark effects of {} for {} as {state}", quoted(&mode.text), level.name().to_lowercase());
    Ok(Transaction::new(label, with_orphans(project, vec![Op::Put(mode.into())])).focus(id, None))
}

fn controls(
    project: &Project,
    id: Id<Risk>,
    kind: ControlKind,
    lines: &[&str],
    author: &mut Author,
) -> Result<Vec<Op>, Refusal> {
    let mut risk = existing(project, id)?.clone();
    let of_kind = |reference: &Ref<Control>| match reference.present().and_then(|control| project.get(control)) {
        Some(control) => control.kind == kind,
        // A lost control shows with the prevention controls; clearing its line lets it go.
        None => {
            kind == ControlKind::Prevention
                && !lines
                    .iter()
                    .any(|line| reference.last_label().is_some_and(|label| normalized(label) == normalized(line)))
        }
    };
    let old: Vec<(Id<Control>, String)> = risk
        .controls
        .iter()
        .filter_map(|reference| project.get(reference.present()?))
        .filter(|control| control.kind == kind)
        .map(|control| (control.id, control.text.to_string()))
        .collect();
    let lost: Vec<String> = risk.controls.iter().filter_map(Ref::last_label).map(|label| normalized(label)).collect();
    let lines: Vec<&str> = lines.iter().copied().filter(|line| !lost.contains(&normalized(line))).collect();
    let known = |text: &str| {
        let wanted = normalized(text);
        let mut candidates = project.children::<Control>(risk.fmea, Relation::ControlInFmea);
        candidates.find(|control| control.kind == kind && normalized(&control.text) == wanted).map(|control| control.id)
    };
    let mut ops = Vec::new();
    let mut chosen = Vec::new();
    let mut new: Vec<(String, Id<Control>)> = Vec::new();
    for (found, line) in matched(&old, &lines, known).into_iter().zip(&lines) {
        let control = match found {
            Matched::Same(control) => control,
            Matched::Renamed(control) => {
                ops.push(Op::Put(Control { text: Text::from(*line), ..existing(project, control)?.clone() }.into()));
                control
            }
            Matched::New => match new.iter().find(|(words, _)| *words == normalized(line)) {
                Some((_, made)) => *made,
                None => {
                    let control = new_control(author.ids.next_id(), risk.fmea, kind, line);
                    let made = control.id;
                    new.push((normalized(line), made));
                    ops.push(Op::Put(control.into()));
                    made
                }
            },
        };
        if !chosen.contains(&Ref::Item(control)) {
            chosen.push(Ref::Item(control));
        }
    }
    let before: Vec<Ref<Control>> = risk.controls.iter().filter(|reference| of_kind(reference)).cloned().collect();
    // The places among the controls of the other kind matter to nobody, so the same lines change nothing.
    if before != chosen {
        let kept: Vec<Ref<Control>> = risk.controls.iter().filter(|reference| !of_kind(reference)).cloned().collect();
        risk.controls = match kind {
            ControlKind::Prevention => chosen.into_iter().chain(kept).collect(),
            ControlKind::Detection => kept.into_iter().chain(chosen).collect(),
        };
        ops.push(Op::Put(risk.into()));
    }
    Ok(ops)
}

fn new_control(id: Id<Control>, fmea: Id<Document>, kind: ControlKind, text: &str) -> Control {
    Control {
        id,
        fmea,
        kind,
        text: Text::from(text),
        means: None,
        detects: None,
        equipment: None,
        evidence: Text::default(),
        no_plan_row_because: Text::default(),
        applicability: Applicability::AllParts,
        meta: None,
    }
}

fn equipment(project: &Project, owner: AnyId, lines: &[&str], author: &mut Author) -> Result<Vec<Op>, Refusal> {
    let holder = project.item(owner).ok_or_else(|| gone(owner))?;
    let (own, shown, manual): (&[Ref<Equipment>], Vec<&Ref<Equipment>>, bool) = match &holder {
        Item::Step(step) => (&step.equipment, step.equipment.iter().collect(), step.manual),
        Item::PlanRow(row) => {
            let step = row.step.to.present().and_then(|step| project.get(step));
            (&row.equipment, project.manufacturing_equipment(row), step.is_some_and(|step| step.manual))
        }
        _ => return Err(gone(owner)),
    };
    let mut ops = Vec::new();
    let mut list: Vec<Ref<Equipment>> = Vec::new();
    let mut before = shown.clone();
    let mut made: Vec<Equipment> = Vec::new();
    let mut last: Option<OrderKey> = project.all_in_order::<Equipment>().last().map(|last| last.order.clone());
    for line in lines {
        let wanted = normalized(line);
        // The form says so of a step without equipment.
        if manual && shown.is_empty() && wanted == "manual" {
            continue;
        }
        let is_wanted =
            |equipment: &&Equipment| normalized(&equipment.label()) == wanted || normalized(&equipment.name) == wanted;
        let listed = before.iter().position(|reference| project.target_text(*reference).trim() == *line);
        let reference = match listed {
            Some(at) => before.remove(at).clone(),
            None => match project.all::<Equipment>().find(is_wanted).or_else(|| made.iter().find(is_wanted)) {
                Some(known) => Ref::Item(known.id),
                None => {
                    let order = OrderKey::after(last.as_ref());
                    last = Some(order.clone());
                    made.push(new_equipment(author.ids.next_id(), order, line));
                    made.last().map_or_else(|| Err(gone(owner)), |made| Ok(Ref::Item(made.id)))?
                }
            },
        };
        if !list.contains(&reference) {
            list.push(reference);
        }
    }
    // A row that shows the equipment of its step goes on doing so.
    let list = if own.is_empty() && list.iter().eq(shown.iter().copied()) { Vec::new() } else { list };
    ops.extend(made.into_iter().map(|made| Op::Put(made.into())));
    ops.push(Op::Put(match holder {
        Item::Step(mut step) => {
            Arc::make_mut(&mut step).equipment = list;
            Item::Step(step)
        }
        Item::PlanRow(mut row) => {
            Arc::make_mut(&mut row).equipment = list;
            Item::PlanRow(row)
        }
        other => other,
    }));
    Ok(ops)
}

/// A machine from a line: its name, and behind it the asset number in brackets.
fn new_equipment(id: Id<Equipment>, order: OrderKey, line: &str) -> Equipment {
    let (name, asset_number) = match line.strip_suffix(')').and_then(|line| line.rsplit_once('(')) {
        Some((name, asset_number)) => (name.trim(), asset_number.trim()),
        None => (line, ""),
    };
    Equipment {
        id,
        order,
        kind: EquipmentKind::Machine,
        name: Text::from(name),
        asset_number: Text::from(asset_number),
        challenge_part: Text::default(),
        verification_frequency: Text::default(),
        meta: None,
    }
}
