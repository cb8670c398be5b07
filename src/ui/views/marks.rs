//! What cells show besides words: drawn symbols and findings.

use crate::app::desk::Desk;
use crate::model::AnyId;
use crate::model::field::Field;
use crate::model::finding::Place;
use crate::model::form::{Block, Cell, ColumnKind, Form, Target};
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

/// The worst open finding of what a cell shows, with its words.
pub fn cell_finding(desk: &Desk, form: &Form, block: &Block, cell: &Cell) -> Option<(Severity, String)> {
    let key = form.columns[cell.column].key.as_ref();
    let mut worst: Option<(Severity, String)> = None;
    let mut consider = |item: AnyId, belongs: &dyn Fn(Option<Field>) -> bool| {
        for reported in desk.checker().at(item).filter(|reported| reported.approved.is_none()) {
            let Place::Item { field, .. } = &reported.finding.place else { continue };
            let grave = severity(reported.finding.severity);
            if belongs(*field) && worst.as_ref().is_none_or(|(known, _)| grave > *known) {
                worst = Some((grave, reported.finding.message.clone()));
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
    for row in &block.rows[cell.row..(cell.row + cell.rows).min(block.rows.len())] {
        let main = main_column(form, row.id.item) == key;
        consider(row.id.item, &|at| match at {
            None => main,
            Some(field) => field_column(form, field).map_or(main, |column| column == cell.column),
        });
    }
    worst
}

/// The blocks of a document with open findings, and the worst of each.
pub fn findings_of(desk: &Desk, form: &Form) -> Vec<(AnyId, Severity)> {
    let mut blocks: std::collections::BTreeMap<AnyId, Severity> = std::collections::BTreeMap::new();
    for finding in desk.checker().open() {
        let Some(block) = finding.item().and_then(|item| likely_block(desk, form, item)) else { continue };
        let grave = severity(finding.severity);
        let known = blocks.entry(block).or_insert(grave);
        *known = (*known).max(grave);
    }
    blocks.into_iter().collect()
}
