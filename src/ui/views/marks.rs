//! What cells show besides words: drawn symbols and findings.

use std::collections::{BTreeMap, HashMap};

use crate::app::desk::Desk;
use crate::model::field::Field;
use crate::model::finding::{Finding, Place};
use crate::model::form::{Block, Cell, ColumnKind, Form, Target};
use crate::model::item::Kind;
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::risk::Risk;
use crate::model::{AnyId, Changes, Project};
use crate::ui::drawn::drawn;
use crate::ui::kit::{Severity, Symbol};

use super::locate::{field_column, likely_block, main_column};
use super::source::severity;

/// The drawing for a code: a class of the set in use, or a symbol of the process flow.
pub fn symbol(desk: &Desk, code: &str, kind: ColumnKind) -> Option<Symbol> {
    if kind == ColumnKind::Symbol {
        let symbols = crate::store::assets::process_flow_symbols().ok()?;
        let named = symbols.get(code)?;
        return Some(drawn(&named.shape, &named.name));
    }
    let class = desk.project().class(code)?;
    let shape = class.symbol.as_ref()?;
    Some(drawn(shape, &class.text_fallback))
}

/// The rows of a block whose own items have findings, in ascending order: most have none.
pub fn rows_with_findings(desk: &Desk, block: &Block) -> Vec<usize> {
    let has_some = |row: &usize| desk.checker().at(block.rows[*row].id.item).next().is_some();
    (0..block.rows.len()).filter(has_some).collect()
}

/// The worst open finding of what a cell shows, with its words. `rows` are those of [`rows_with_findings`].
pub fn cell_finding(
    desk: &Desk,
    form: &Form,
    (block, rows): (&Block, &[usize]),
    cell: &Cell,
) -> Option<(Severity, String)> {
    let key = form.columns[cell.column].key.as_ref();
    let mut worst: Option<(Severity, String)> = None;
    let mut consider = |item: AnyId, belongs: &dyn Fn(Option<Field>) -> bool| {
        for reported in desk.checker().at(item).filter(|reported| reported.approved.is_none()) {
            let Place::Item { field, .. } = &reported.finding.place else { continue };
            let grave = severity(reported.finding.severity);
            if belongs(*field) && worst.as_ref().is_none_or(|(known, _)| grave > *known) {
                worst = Some((grave, reported.finding.message.to_string()));
            }
        }
    };
    match &cell.target {
        Target::Field { item, field } => {
            // A finding without a field stands at the cell that names the item.
            let names = matches!(field, Field::Text | Field::Name);
            consider(*item, &|at| at == Some(*field) || (at.is_none() && names));
        }
        Target::List { owner, .. } | Target::Create { under: owner, .. } => {
            consider(*owner, &|at| at.and_then(|at| field_column(form, at)) == Some(cell.column));
        }
        Target::Derived => {}
    }
    let within = rows.partition_point(|row| *row < cell.row)..rows.partition_point(|row| *row < cell.row + cell.rows);
    for row in rows[within].iter().map(|row| &block.rows[*row]) {
        let main = main_column(form, row.id.item) == key;
        consider(row.id.item, &|at| match at {
            None => main,
            Some(field) => field_column(form, field).map_or(main, |column| column == cell.column),
        });
    }
    worst
}

/// The items whose findings a block shows, sorted: those of [`cell_finding`].
pub fn items_with_findings(block: &Block) -> Box<[AnyId]> {
    let of_cells = block.cells.iter().filter_map(|cell| match cell.target {
        Target::Field { item, .. } | Target::List { owner: item, .. } | Target::Create { under: item, .. } => {
            Some(item)
        }
        Target::Derived => None,
    });
    let mut items: Vec<AnyId> = of_cells.chain(block.rows.iter().map(|row| row.id.item)).collect();
    items.sort_unstable();
    items.dedup();
    items.into()
}

/// The blocks of a form with open findings, kept from edit to edit.
#[derive(Default)]
pub struct BlockMarks {
    /// The news of the checker that are known; none if the findings were never gone through.
    seen: Option<u64>,
    of_item: HashMap<AnyId, (AnyId, Severity)>,
    /// How many items of each severity there are in a block.
    of_block: BTreeMap<AnyId, [u32; 3]>,
}

impl BlockMarks {
    /// Takes over a change of the project: what changed may stand in another block now, and findings came and went.
    pub fn follow(&mut self, desk: &Desk, form: &Form, changes: &Changes) {
        let changed = |kind: Kind| changes.items.iter().any(|item| item.kind() == kind);
        if changed(Kind::Element) || changed(Kind::Function) {
            // Whole branches may stand elsewhere.
            self.seen = None;
        }
        if self.seen.is_none() {
            return;
        }
        for item in changes.items.iter().copied() {
            self.renew(desk, form, item);
            for below in below(desk.project(), item) {
                self.renew(desk, form, below);
            }
        }
    }

    /// The blocks, and the worst finding of each.
    pub fn worst(&mut self, desk: &Desk, form: &Form) -> impl Iterator<Item = (AnyId, Severity)> {
        match self.seen.and_then(|seen| desk.checker().changed_since(seen)) {
            Some(changed) => {
                for item in changed {
                    self.renew(desk, form, *item);
                }
            }
            None => {
                *self = Self::default();
                for item in desk.checker().open().filter_map(Finding::item) {
                    self.renew(desk, form, item);
                }
            }
        }
        self.seen = Some(desk.checker().news());
        self.of_block.iter().filter_map(|(block, counts)| {
            let worst = GRAVE_FIRST.into_iter().find(|severity| counts[*severity as usize] > 0)?;
            Some((*block, worst))
        })
    }

    fn renew(&mut self, desk: &Desk, form: &Form, item: AnyId) {
        let now =
            desk.checker().worst_at(item).and_then(|worst| Some((likely_block(desk, form, item)?, severity(worst))));
        let before = match now {
            Some(mark) => self.of_item.insert(item, mark),
            None => self.of_item.remove(&item),
        };
        if let Some((block, severity)) = before
            && let Some(counts) = self.of_block.get_mut(&block)
        {
            counts[severity as usize] -= 1;
            if *counts == [0; 3] {
                self.of_block.remove(&block);
            }
        }
        if let Some((block, severity)) = now {
            self.of_block.entry(block).or_default()[severity as usize] += 1;
        }
    }
}

const GRAVE_FIRST: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// What stands where a failure does: its lines, and what belongs to them.
fn below(project: &Project, item: AnyId) -> Vec<AnyId> {
    if !matches!(item, AnyId::Failure(_)) {
        return Vec::new();
    }
    let risks = [Relation::RiskOfMode, Relation::RiskOfCause].into_iter();
    let risks: Vec<&Risk> =
        risks.flat_map(|relation| project.children::<Risk>(item, relation)).take(MOST_LINES).collect();
    let actions = |risk: &&Risk| {
        let assessments = risk.assessments.iter();
        assessments.flat_map(|assessment| &assessment.actions).filter_map(Ref::present).map(AnyId::from).collect()
    };
    let of_risk = |risk: &&Risk| -> Vec<AnyId> {
        let actions: Vec<AnyId> = actions(risk);
        [AnyId::from(risk.id), risk.cause.into()].into_iter().chain(actions).collect()
    };
    risks.iter().flat_map(of_risk).collect()
}

/// As many lines are looked at for a failure that moved; more than any mode has.
const MOST_LINES: usize = 256;
