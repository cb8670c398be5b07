//! The failure net around one failure: what it leads to, level by level, and what leads to it.

use std::collections::HashSet;

use crate::base::Id;
use crate::model::Project;
use crate::model::fmea::{Failure, FailureRole};
use crate::model::profile::ScaleRole;
use crate::model::rating::Priority;
use crate::model::relation::Relation;
use crate::model::risk::Risk;

/// How many levels are shown on each side of the failure.
const LEVELS: usize = 2;
/// How many failures are shown of one level; the others are counted.
const MOST: usize = 40;

/// A failure of the net.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The failure.
    pub failure: Id<Failure>,
    /// The part it plays in the net: the failure in the middle keeps its own.
    pub role: FailureRole,
    /// The failure in words.
    pub text: String,
    /// Whom an effect hits, or where a mode or cause stands.
    pub place: String,
    /// Its ratings, such as "S 8" or "O 3".
    pub ratings: Vec<String>,
    /// The action priority of the risk that joins it to the failure it was reached from.
    pub priority: Option<Priority>,
    /// The line of the form in which it stands as the cause of the failure it was reached from.
    pub risk: Option<Id<Risk>>,
}

/// A line of the net from cause to effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The column and row of the failure that leads to the other.
    pub from: (usize, usize),
    /// The column and row of what it leads to.
    pub to: (usize, usize),
    /// The severity in the middle comes along this line.
    pub gives_severity: bool,
}

/// The net: effects in the first columns, causes in the last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FailureNet {
    /// The failures, column by column.
    pub columns: Vec<Vec<Node>>,
    /// What joins them.
    pub edges: Vec<Edge>,
    /// The column of the failure in the middle.
    pub middle: usize,
    /// How many failures were left out.
    pub left_out: usize,
}

/// The levels on one side of the middle, nearest first, and what joins them: level, row in the nearer column, row in the
/// farther one.
type Side = (Vec<Vec<Node>>, Vec<(usize, usize, usize)>);

/// A step from one failure to a neighbour.
struct Neighbour {
    failure: Id<Failure>,
    risk: Option<Id<Risk>>,
    place: Option<String>,
}

impl FailureNet {
    /// The net around a failure; empty if it does not exist.
    pub fn around(project: &Project, middle: Id<Failure>) -> Self {
        Self::within(project, middle, LEVELS)
    }

    /// The failures that lead to one or come from it, and nothing beyond them.
    pub fn next_to(project: &Project, middle: Id<Failure>) -> Self {
        Self::within(project, middle, 1)
    }

    fn within(project: &Project, middle: Id<Failure>, most: usize) -> Self {
        let Some(failure) = project.get(middle) else { return Self::default() };
        let mut left_out = 0;
        let mut seen = HashSet::from([middle]);
        let start = vec![node(project, failure, failure.role, None, None)];
        let mut side = |neighbours, role| levels(project, &start, (&mut seen, &mut left_out), most, neighbours, role);
        let (above, edges_above) = side(upwards, FailureRole::Effect);
        let (below, edges_below) = side(downwards, FailureRole::Cause);
        let at = above.len();
        let scale = document_of(project, failure).and_then(|fmea| project.profile(fmea));
        let path = project
            .mode_severity(failure, scale.and_then(|profile| profile.scale(ScaleRole::Severity)))
            .map(|found| found.path)
            .unwrap_or_default();
        let mut columns: Vec<Vec<Node>> = above.into_iter().rev().collect();
        columns.push(start);
        columns.extend(below);
        let on_path = |place: (usize, usize)| {
            let failure = columns[place.0][place.1].failure;
            failure == middle || path.contains(&failure)
        };
        let mut edges = Vec::with_capacity(edges_above.len() + edges_below.len());
        for (level, near, far) in edges_above {
            let (from, to) = ((at - level, near), (at - level - 1, far));
            edges.push(Edge { from, to, gives_severity: on_path(from) && on_path(to) });
        }
        for (level, near, far) in edges_below {
            edges.push(Edge { from: (at + level + 1, far), to: (at + level, near), gives_severity: false });
        }
        Self { columns, edges, middle: at, left_out }
    }
}

/// Follows the neighbours level by level.
fn levels(
    project: &Project,
    start: &[Node],
    (seen, left_out): (&mut HashSet<Id<Failure>>, &mut usize),
    most: usize,
    neighbours: fn(&Project, Id<Failure>) -> Vec<Neighbour>,
    role: FailureRole,
) -> Side {
    let mut columns: Vec<Vec<Node>> = Vec::new();
    let mut edges = Vec::new();
    for level in 0..most {
        let nearer: Vec<Id<Failure>> =
            columns.last().map_or(start, Vec::as_slice).iter().map(|node| node.failure).collect();
        let mut column: Vec<Node> = Vec::new();
        for (near, failure) in nearer.into_iter().enumerate() {
            for found in neighbours(project, failure) {
                let known = column.iter().position(|node| node.failure == found.failure);
                let Some(target) = project.get(found.failure) else { continue };
                let far = match known {
                    Some(far) => far,
                    None if seen.contains(&found.failure) => continue,
                    None if column.len() >= MOST => {
                        *left_out += 1;
                        continue;
                    }
                    None => {
                        seen.insert(found.failure);
                        let role = part_played(target, role);
                        column.push(node(project, target, role, found.risk, found.place));
                        column.len() - 1
                    }
                };
                edges.push((level, near, far));
            }
        }
        if column.is_empty() {
            break;
        }
        columns.push(column);
    }
    (columns, edges)
}

/// Between effects and causes a mode stays a mode: it is what it mainly is.
fn part_played(failure: &Failure, side: FailureRole) -> FailureRole {
    if failure.role == FailureRole::Mode { FailureRole::Mode } else { side }
}

fn upwards(project: &Project, from: Id<Failure>) -> Vec<Neighbour> {
    let Some(failure) = project.get(from) else { return Vec::new() };
    let effects = failure.effects.links().filter_map(|(level, link)| {
        let place = Some(level.name().to_owned());
        Some(Neighbour { failure: link.to.present()?, risk: None, place })
    });
    let modes = project.children::<Risk>(from, Relation::RiskOfCause).map(|risk| Neighbour {
        failure: risk.mode,
        risk: Some(risk.id),
        place: None,
    });
    effects.chain(modes).collect()
}

fn downwards(project: &Project, from: Id<Failure>) -> Vec<Neighbour> {
    let causes = project.children::<Risk>(from, Relation::RiskOfMode).map(|risk| Neighbour {
        failure: risk.cause,
        risk: Some(risk.id),
        place: None,
    });
    let modes = project.children::<Failure>(from, Relation::ModeEffect).map(|mode| Neighbour {
        failure: mode.id,
        risk: None,
        place: None,
    });
    causes.chain(modes).collect()
}

fn document_of(project: &Project, failure: &Failure) -> Option<Id<crate::model::document::Document>> {
    project.element_of(failure).map(|element| element.fmea)
}

fn node(
    project: &Project,
    failure: &Failure,
    role: FailureRole,
    risk: Option<Id<Risk>>,
    place: Option<String>,
) -> Node {
    let profile = document_of(project, failure).and_then(|fmea| project.profile(fmea));
    let scale = profile.and_then(|profile| profile.scale(ScaleRole::Severity));
    let severity = match &failure.severity {
        Some(rating) => Some(rating.clone()),
        None => project.mode_severity(failure, scale).map(|found| found.rating),
    };
    let mut ratings: Vec<String> = severity.map(|rating| format!("S {rating}")).into_iter().collect();
    let mut priority = None;
    if let Some(risk) = risk.and_then(|risk| project.get(risk)) {
        let evaluated = project.evaluate_current(risk);
        priority = evaluated.priority.filter(|_| !evaluated.priority_is_indicative);
        if let Some(current) = risk.current().filter(|_| role == FailureRole::Cause) {
            ratings.extend(current.occurrence.as_ref().map(|rating| format!("O {rating}")));
            ratings.extend(current.detection.as_ref().map(|rating| format!("D {rating}")));
        }
        if let Some(rpn) = evaluated.rpn.filter(|_| !evaluated.rpn_is_indicative) {
            ratings.push(format!("RPN {rpn}"));
        }
    }
    let place = place.unwrap_or_else(|| {
        project.element_of(failure).map(|element| project.element_label(element)).unwrap_or_default()
    });
    let risk = risk.filter(|_| role == FailureRole::Cause);
    Node { failure: failure.id, role, text: failure.text.to_string(), place, ratings, priority, risk }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::generate::generate;

    fn project() -> Project {
        generate(crate::app::library().unwrap(), 60, 1, "2026-11-24".parse().unwrap())
    }

    fn of_role(project: &Project, role: FailureRole) -> Id<Failure> {
        let joined = |failure: &&Failure| {
            failure.role == role
                && (role != FailureRole::Mode || !project.sources(failure.id, Relation::RiskOfMode).is_empty())
        };
        project.all::<Failure>().find(joined).unwrap().id
    }

    #[test]
    fn a_mode_stands_between_its_effects_and_its_causes() {
        let project = project();
        let mode = of_role(&project, FailureRole::Mode);
        let net = FailureNet::around(&project, mode);
        assert_eq!(net.columns[net.middle][0].failure, mode);
        let effects = project.get(mode).unwrap().effects.links().count();
        assert_eq!(net.columns[net.middle - 1].len(), effects);
        assert_eq!(net.columns[net.middle + 1].len(), project.sources(mode, Relation::RiskOfMode).len());
        assert!(net.edges.iter().any(|edge| edge.gives_severity), "the severity of the mode has a way");
        for edge in &net.edges {
            assert_eq!(edge.from.0, edge.to.0 + 1, "a line joins neighbouring levels");
            assert!(edge.from.1 < net.columns[edge.from.0].len() && edge.to.1 < net.columns[edge.to.0].len());
        }
    }

    #[test]
    fn a_cause_reaches_the_effects_of_its_modes_and_an_effect_their_causes() {
        let project = project();
        let of_cause = FailureNet::around(&project, of_role(&project, FailureRole::Cause));
        assert_eq!(of_cause.middle, 2, "modes, then effects");
        let of_effect = FailureNet::around(&project, of_role(&project, FailureRole::Effect));
        assert_eq!((of_effect.middle, of_effect.columns.len()), (0, 3), "modes, then causes");
        let counted: usize = of_effect.columns.iter().map(Vec::len).sum();
        let distinct: HashSet<_> = of_effect.columns.iter().flatten().map(|node| node.failure).collect();
        assert_eq!(counted, distinct.len(), "nothing stands twice");
    }
}
