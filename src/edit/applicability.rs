//! Which parts something applies to.

use crate::base::Text;
use crate::base::text::{normalized, quoted};
use crate::model::applicability::{ALL_PARTS, Applicability, NO_PART};
use crate::model::item::AnyId;
use crate::model::op::Op;
use crate::model::project::Project;
use crate::model::project_data::Part;
use crate::model::reference::Ref;

use super::plan::{Refusal, gone};

/// How many parts a refusal names.
const NAMED: usize = 6;

/// Plans to let an item apply to the parts that the lines name; without a line, and with every part, to all of them.
pub(super) fn plan(project: &Project, owner: AnyId, lines: &[&str]) -> Result<Vec<Op>, Refusal> {
    let holder = project.item(owner).ok_or_else(|| gone(owner))?;
    let Some(before) = holder.applicability() else {
        return Err(Refusal::new(format!("A {} applies to all parts", owner.kind().noun())));
    };
    let applicability = read(project, before, lines)?;
    Ok(vec![Op::Put(holder.applying_to(applicability))])
}

/// What lines say. A line is a part, or several of them with a comma or semicolon between them.
fn read(project: &Project, before: &Applicability, lines: &[&str]) -> Result<Applicability, Refusal> {
    let says = |line: &str, words: &str| normalized(line) == normalized(words);
    match lines {
        [] => return Ok(Applicability::AllParts),
        [only] if says(only, ALL_PARTS) || says(only, "all") => return Ok(Applicability::AllParts),
        [only] if says(only, NO_PART) && before.parts().is_empty() => return Ok(before.clone()),
        _ => {}
    }
    let mut parts: Vec<Ref<Part>> = Vec::new();
    let mut add = |part: Ref<Part>| {
        if !parts.iter().any(|known| known.id() == part.id()) {
            parts.push(part);
        }
    };
    for line in lines {
        match part_of(project, before, line) {
            Some(part) => add(part),
            None => {
                for words in line.split([',', ';']).map(str::trim).filter(|words| !words.is_empty()) {
                    add(part_of(project, before, words).ok_or_else(|| unknown(project, words))?);
                }
            }
        }
    }
    let every: Vec<_> = project.members::<Part>();
    let all_named = every.iter().all(|part| parts.contains(&Ref::Item(*part)));
    Ok(if all_named && parts.len() == every.len() { Applicability::AllParts } else { Applicability::Parts(parts) })
}

/// A part by its words; also one that was deleted and is still named.
fn part_of(project: &Project, before: &Applicability, words: &str) -> Option<Ref<Part>> {
    let lost = |part: &&Ref<Part>| {
        part.present().is_none() && normalized(part.last_label().map_or("", Text::as_str)) == normalized(words)
    };
    let known = project.part_called(words).map(|part| Ref::Item(part.id));
    known.or_else(|| before.parts().iter().find(lost).cloned())
}

fn unknown(project: &Project, words: &str) -> Refusal {
    let parts: Vec<String> =
        project.all_in_order::<Part>().iter().map(|part| project.part_text(&part.id.into())).collect();
    let more = if parts.len() > NAMED { ", …" } else { "" };
    let known = match parts.len() {
        0 => "It has none yet: add them in the project properties".to_owned(),
        _ => format!("It has {}{more}", parts[..parts.len().min(NAMED)].join(", ")),
    };
    Refusal::new(format!("The project has no part {}. {known}", quoted(words)))
}
