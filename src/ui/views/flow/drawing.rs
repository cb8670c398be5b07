//! The diagram of a flow as the screen keeps it: laid out again only if an edit touched what it shows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::app::desk::Desk;
use crate::base::Id;
use crate::model::Changes;
use crate::model::document::Document;
use crate::model::flow::{FlowEdge, Step};
use crate::model::form::ColumnKind;
use crate::model::track::{Read, is_stale, track};
use crate::report::diagram::{Area, Chart, Diagram, StepCounts, arrange, counts};
use crate::ui::kit::Symbol;
use crate::ui::views::marks::symbol;

/// Height of a band of the drawing in points.
const BAND: f32 = 300.0;

/// Parts of a diagram by their places in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Things {
    /// Steps.
    pub nodes: Vec<usize>,
    /// Connections.
    pub lines: Vec<usize>,
    /// Dots at joins.
    pub joins: Vec<usize>,
    /// Grounds behind sub-steps.
    pub groups: Vec<usize>,
}

/// A laid-out diagram with what is looked up for it.
#[derive(Debug)]
pub(super) struct Drawing {
    flow: Id<Document>,
    /// Steps and lines with their places.
    pub diagram: Arc<Diagram>,
    reads: Vec<Read>,
    is_stale: bool,
    /// Counts up with every new layout.
    pub revision: u64,
    places: HashMap<Id<Step>, usize>,
    lines: HashMap<Id<FlowEdge>, usize>,
    /// By row: the last column in which a step stands.
    last_columns: Vec<usize>,
    /// What stands in each band, so that a frame looks at that only which can be in sight.
    bands: Vec<Things>,
    counts: HashMap<usize, (StepCounts, Vec<Read>)>,
    symbols: BTreeMap<String, Option<Symbol>>,
    classes: BTreeMap<String, Option<Symbol>>,
}

impl Drawing {
    /// The diagram of a flow, laid out when it is looked at.
    pub fn new(flow: Id<Document>) -> Self {
        Self {
            flow,
            diagram: Arc::default(),
            reads: Vec::new(),
            is_stale: true,
            revision: 0,
            places: HashMap::new(),
            lines: HashMap::new(),
            last_columns: Vec::new(),
            bands: Vec::new(),
            counts: HashMap::new(),
            symbols: BTreeMap::new(),
            classes: BTreeMap::new(),
        }
    }

    /// Takes over a change of the project.
    pub fn update(&mut self, changes: &Changes) {
        self.is_stale = self.is_stale || is_stale(&self.reads, &changes.touched);
        self.counts.retain(|_, (_, reads)| !is_stale(reads, &changes.touched));
        // The classes of another set may look otherwise.
        self.classes.clear();
    }

    /// Lays the diagram out, unless it is as it was.
    pub fn refresh(&mut self, desk: &Desk) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        let (chart, reads) = track(|| Chart::of(desk.project(), self.flow));
        self.reads = reads;
        self.diagram = Arc::new(arrange(&chart));
        self.revision += 1;
        self.places = self.diagram.nodes.iter().enumerate().map(|(at, node)| (node.step, at)).collect();
        self.lines = self.diagram.lines.iter().enumerate().map(|(at, line)| (line.edge, at)).collect();
        self.last_columns = vec![0; self.diagram.rows.len()];
        for node in &self.diagram.nodes {
            if let Some(last) = self.last_columns.get_mut(node.row) {
                *last = (*last).max(node.column);
            }
        }
        self.counts.clear();
        self.list_bands();
    }

    fn list_bands(&mut self) {
        let count = (self.diagram.size[1] / BAND).ceil().max(1.0) as usize;
        let mut bands = vec![Things::default(); count];
        let mut put = |from: f32, to: f32, list: fn(&mut Things) -> &mut Vec<usize>, at: usize| {
            let place = |y: f32| ((y / BAND).max(0.0) as usize).min(count - 1);
            bands[place(from)..=place(to)].iter_mut().for_each(|band| list(band).push(at));
        };
        for (at, node) in self.diagram.nodes.iter().enumerate() {
            put(node.area.min[1], node.area.max[1], |band| &mut band.nodes, at);
        }
        for (at, line) in self.diagram.lines.iter().enumerate() {
            let label = line.label.iter().flat_map(|(area, _)| [area.min[1], area.max[1]]);
            let heights = line.stroke.iter().map(|point| point[1]).chain(label);
            let (low, high) = heights.fold((f32::MAX, f32::MIN), |(low, high), y| (low.min(y), high.max(y)));
            if low <= high {
                put(low, high, |band| &mut band.lines, at);
            }
        }
        for (at, (point, _)) in self.diagram.joins.iter().enumerate() {
            put(point[1], point[1], |band| &mut band.joins, at);
        }
        for (at, group) in self.diagram.groups.iter().enumerate() {
            put(group.min[1], group.max[1], |band| &mut band.groups, at);
        }
        self.bands = bands;
    }

    /// What can be in sight.
    pub fn in_sight(&self, sight: Area) -> Things {
        let last = self.bands.len().saturating_sub(1);
        let place = |y: f32| ((y / BAND).max(0.0) as usize).min(last);
        let mut found = Things::default();
        for band in self.bands.get(place(sight.min[1])..=place(sight.max[1])).unwrap_or_default() {
            found.nodes.extend(&band.nodes);
            found.lines.extend(&band.lines);
            found.joins.extend(&band.joins);
            found.groups.extend(&band.groups);
        }
        for list in [&mut found.nodes, &mut found.lines, &mut found.joins, &mut found.groups] {
            list.sort_unstable();
            list.dedup();
        }
        found.nodes.retain(|at| self.diagram.nodes[*at].area.grown(12.0).overlaps(sight));
        found
    }

    /// The place of a step.
    pub fn place(&self, step: Id<Step>) -> Option<usize> {
        self.places.get(&step).copied()
    }

    /// Whether nothing stands to the right of a step in its row.
    pub fn is_last_in_row(&self, at: usize) -> bool {
        let node = &self.diagram.nodes[at];
        self.last_columns.get(node.row).is_none_or(|last| *last == node.column)
    }

    /// The place of a connection.
    pub fn line(&self, edge: Id<FlowEdge>) -> Option<usize> {
        self.lines.get(&edge).copied()
    }

    /// What other documents know of a step; kept for those in sight.
    pub fn counts(&mut self, desk: &Desk, at: usize) -> StepCounts {
        let step = self.diagram.nodes[at].step;
        self.counts.entry(at).or_insert_with(|| track(|| counts(desk.project(), step))).0
    }

    /// Forgets what was looked up for steps out of sight.
    pub fn forget_others(&mut self, in_sight: &[usize]) {
        self.counts.retain(|at, _| in_sight.binary_search(at).is_ok());
    }

    /// The symbol of a step.
    pub fn symbol(&mut self, desk: &Desk, key: &str) -> Option<&Symbol> {
        if !self.symbols.contains_key(key) {
            self.symbols.insert(key.to_owned(), symbol(desk, key, ColumnKind::Symbol));
        }
        self.symbols.get(key)?.as_ref()
    }

    /// The symbol of a special class.
    pub fn class(&mut self, desk: &Desk, code: &str) -> Option<&Symbol> {
        if !self.classes.contains_key(code) {
            self.classes.insert(code.to_owned(), symbol(desk, code, ColumnKind::Class));
        }
        self.classes.get(code)?.as_ref()
    }
}
