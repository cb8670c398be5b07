//! Connections of a process flow: as the sheet names them, or from step to step.

use std::collections::HashSet;

use crate::base::text::quoted;
use crate::base::{Id, Text};
use crate::exchange::import::workbook::At;
use crate::model::document::Document;
use crate::model::flow::{FlowEdge, Route, Step, StepKind};
use crate::model::item::Kind;

use super::lines::{Lines, Said};
use super::numbers::{number_key, split_numbers};
use super::{Builder, key};

impl Builder<'_> {
    /// A worksheet lists the steps in their order: that is the main line, without rework and scrap, which stand beside it.
    pub fn connect_in_order(&mut self, lines: &Lines<'_>, flow: Id<Document>, sequence: &[(Id<Step>, At)]) {
        let is_beside = |step: &Step| matches!(step.kind, StepKind::Rework | StepKind::Scrap);
        let main: Vec<(Id<Step>, At)> = sequence
            .iter()
            .filter(|(id, _)| self.steps.look(self.project, *id).is_some_and(|step| !is_beside(step)))
            .copied()
            .collect();
        let mut seen: HashSet<Id<Step>> = HashSet::new();
        for pair in main.windows(2) {
            let ((from, _), (to, at)) = (pair[0], pair[1]);
            seen.insert(from);
            // A step that is named again further down is no way back.
            let is_known = self.steps.get(from).is_none() && self.steps.get(to).is_none();
            if from != to && !seen.contains(&to) && !is_known {
                self.edge(lines.sheet, flow, (from, to), Route::Main, "", at);
            }
        }
    }

    fn edge(
        &mut self,
        sheet: usize,
        flow: Id<Document>,
        (from, to): (Id<Step>, Id<Step>),
        route: Route,
        label: &str,
        at: At,
    ) {
        let edge = FlowEdge {
            id: self.ids.next_id(),
            flow,
            from,
            to,
            order: self.next_order(from, Kind::FlowEdge),
            route,
            label: Text::from(label),
            meta: self.origin(sheet, at),
        };
        self.edges.put(edge);
    }

    /// Connections that the sheet names, a line each: `→ 30`, `NOK → 90 (scrap)`, `Rework return → 20`, or numbers alone.
    pub fn connect(&mut self, lines: &Lines<'_>, flow: Id<Document>, next: Vec<(Id<Step>, Said<'_>)>) {
        let mut made: HashSet<(Id<Step>, Id<Step>)> =
            self.project.all::<FlowEdge>().map(|edge| (edge.from, edge.to)).collect();
        for (from, said) in next {
            let mut unknown = Vec::new();
            for line in said.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let (route, numbers, label) = route_line(line);
                let targets: Vec<Option<Id<Step>>> =
                    numbers.iter().map(|number| self.step_book.numbered(number)).collect();
                if targets.is_empty() || targets.iter().any(Option::is_none) {
                    unknown.push(line.to_owned());
                    continue;
                }
                for to in targets.into_iter().flatten() {
                    if to != from && made.insert((from, to)) {
                        self.edge(lines.sheet, flow, (from, to), route, label, said.at);
                    }
                }
            }
            if unknown.is_empty() {
                self.take(lines.sheet, &said, Kind::FlowEdge);
            } else {
                self.account.remark(
                    lines.sheet,
                    Some(said.at),
                    format!("no step goes by {}; it is kept in the note of the step", quoted(&unknown.join(", "))),
                );
                self.note_at_step(lines, from, &said);
            }
        }
    }
}

/// Route, numbers and label of a connection.
fn route_line(line: &str) -> (Route, Vec<String>, &str) {
    let (head, rest) = line.split_once(['→', '➔', '⇒']).unwrap_or(("", line));
    let head = head.trim().trim_end_matches(':');
    let route =
        Route::ALL.into_iter().find(|route| key(route.name()) == key(head)).unwrap_or(match key(head).as_str() {
            "nok" | "not ok" | "no" | "n.i.o" | "nio" => Route::Nok,
            "rework" | "nacharbeit" => Route::ReworkReturn,
            "alternate" | "alternative" => Route::Alternate,
            _ => Route::Main,
        });
    let (numbers, label) = match rest.trim().strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((numbers, label)) => (numbers.trim(), label.trim()),
        None => (rest.trim(), ""),
    };
    let label = if label.is_empty() && Route::ALL.iter().all(|route| key(route.name()) != key(head)) && !head.is_empty()
    {
        head
    } else {
        label
    };
    let numbers = split_numbers(numbers).into_iter().filter(|number| !number_key(number).is_empty()).collect();
    (route, numbers, label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_are_read() {
        for (line, wanted) in [
            ("→ 30", (Route::Main, vec!["30"], "")),
            ("NOK → 90 (scrap)", (Route::Nok, vec!["90"], "scrap")),
            ("Rework return → 20", (Route::ReworkReturn, vec!["20"], "")),
            ("30, 40", (Route::Main, vec!["30", "40"], "")),
            ("OP 30", (Route::Main, vec!["OP 30"], "")),
            ("OK → 30", (Route::Main, vec!["30"], "OK")),
        ] {
            let (route, numbers, label) = route_line(line);
            assert_eq!((route, numbers.iter().map(String::as_str).collect::<Vec<_>>(), label), wanted, "{line}");
        }
    }
}
