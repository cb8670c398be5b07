//! The ways of the connections through the gaps between rows and columns, each in a lane of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::flow::Route;

use super::chart::Chart;
use super::placing::Placing;

/// How a connection runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Straight down.
    Straight,
    /// Level through one gap between two rows, then down.
    Across,
    /// Level to the line of its net, upright along it, then level to its step.
    Net(usize),
}

/// Connections of one route to one step, gathered in one upright line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Net {
    /// The step they lead to.
    pub to: usize,
    /// The gap between columns: that before column 0, 1, and so on.
    pub channel: usize,
    /// The lane in the gap.
    pub lane: usize,
    /// The connections.
    pub edges: Vec<usize>,
}

/// The ways of all connections.
#[derive(Debug, Default)]
pub(super) struct Routing {
    /// By edge.
    pub ways: Vec<Way>,
    /// The nets.
    pub nets: Vec<Net>,
    /// How many lanes each gap between columns has.
    pub lanes: Vec<usize>,
}

/// Lanes in which nothing overlaps: each takes the first one that is free over its whole length.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    taken: Vec<Vec<(f32, f32)>>,
}

impl Lanes {
    /// The lane for something from one place to another, both included.
    pub fn take(&mut self, from: f32, to: f32) -> usize {
        let free = |taken: &Vec<(f32, f32)>| taken.iter().all(|(start, end)| *end < from || to < *start);
        let lane = self.taken.iter().position(free).unwrap_or(self.taken.len());
        if lane == self.taken.len() {
            self.taken.push(Vec::new());
        }
        self.taken[lane].push((from, to));
        lane
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.taken.len()
    }
}

/// Finds the ways of all connections.
pub(super) fn route(chart: &Chart, placing: &Placing) -> Routing {
    let places = &placing.places;
    let mut ways = Vec::with_capacity(chart.edges.len());
    let mut nets: BTreeMap<(usize, Route, usize), Vec<usize>> = BTreeMap::new();
    let mut wanted: BTreeMap<(usize, Route), usize> = BTreeMap::new();
    for edge in &chart.edges {
        *wanted.entry((edge.to, edge.route)).or_default() += 1;
    }
    let mut straight_from: BTreeSet<usize> = chart
        .edges
        .iter()
        .zip(&placing.straight)
        .filter(|(_, straight)| **straight)
        .map(|(edge, _)| edge.from)
        .collect();
    // By gap and column: whether something leaves, and arrives, in the middle of the gap.
    let mut middle: BTreeMap<(usize, usize), (bool, bool)> = BTreeMap::new();
    for (at, edge) in chart.edges.iter().enumerate() {
        let (from, to) = (places[edge.from], places[edge.to]);
        if placing.straight[at] {
            ways.push(Way::Straight);
            continue;
        }
        // Below its step, though of another line.
        let below = (to.row, to.column, to.depth) == (from.row + 1, from.column, from.depth);
        if below && edge.route != Route::ReworkReturn && straight_from.insert(edge.from) {
            ways.push(Way::Straight);
            continue;
        }
        let neighbours = to.row == from.row + 1 && (to.column, to.depth) != (from.column, from.depth);
        let alone = wanted[&(edge.to, edge.route)] == 1 && edge.route != Route::ReworkReturn;
        if neighbours && alone {
            let arrives = middle.get(&(to.row, from.column)).is_some_and(|(_, arrives)| *arrives);
            let leaves = middle.get(&(to.row, to.column)).is_some_and(|(leaves, _)| *leaves);
            if !arrives && !leaves {
                middle.entry((to.row, from.column)).or_default().0 = true;
                middle.entry((to.row, to.column)).or_default().1 = true;
                ways.push(Way::Across);
                continue;
            }
        }
        let beside_main = edge.route == Route::Nok && from.column == to.column && to.column > 0;
        let channel = match edge.route {
            Route::ReworkReturn => to.column,
            _ if to.column > from.column || beside_main => to.column,
            _ => to.column + 1,
        };
        nets.entry((edge.to, edge.route, channel)).or_default().push(at);
        ways.push(Way::Net(0));
    }
    let mut routing = Routing { ways, nets: Vec::with_capacity(nets.len()), lanes: vec![0; placing.columns + 1] };
    for ((to, _, channel), edges) in nets {
        for edge in &edges {
            routing.ways[*edge] = Way::Net(routing.nets.len());
        }
        routing.nets.push(Net { to, channel, lane: 0, edges });
    }
    take_lanes(chart, placing, &mut routing);
    routing
}

/// The upright lanes, short lines nearest to the steps they come from.
fn take_lanes(chart: &Chart, placing: &Placing, routing: &mut Routing) {
    let rows = |net: &Net| {
        // What leaves a gap is above what arrives in it.
        let arrival = placing.places[net.to].row as f32 + 0.5;
        let leaves = net.edges.iter().map(|edge| placing.places[chart.edges[*edge].from].row as f32 + 1.0);
        leaves.fold((arrival, arrival), |(low, high), row| (low.min(row), high.max(row)))
    };
    let mut order: Vec<(usize, f32, f32)> = routing
        .nets
        .iter()
        .enumerate()
        .map(|(at, net)| {
            let (low, high) = rows(net);
            (at, low, high)
        })
        .collect();
    order.sort_by(|a, b| (a.2 - a.1).total_cmp(&(b.2 - b.1)).then(a.1.total_cmp(&b.1)).then(a.0.cmp(&b.0)));
    let mut lanes: Vec<Lanes> = Vec::new();
    lanes.resize_with(placing.columns + 1, Lanes::default);
    for (at, low, high) in order {
        let net = &mut routing.nets[at];
        net.lane = lanes[net.channel].take(low, high);
    }
    routing.lanes = lanes.iter().map(Lanes::count).collect();
}
