//! Rows and columns: which steps make the main line, what stands beside it, and what must stand below what.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use crate::model::flow::Route;

use super::chart::Chart;

/// The place of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// Counted from the top.
    pub row: usize,
    /// Counted from the main line.
    pub column: usize,
    /// Below how many steps it lies.
    pub depth: usize,
}

/// The places of all steps.
#[derive(Debug, Default)]
pub(super) struct Placing {
    /// By step.
    pub places: Vec<Place>,
    /// By edge: whether it runs straight down from one step to the next in its column.
    pub straight: Vec<bool>,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// By step: the rows it takes with its sub-steps.
    pub spans: Vec<usize>,
}

/// An edge between steps of the top level, by their places in the chart.
#[derive(Debug, Clone, Copy)]
struct Lifted {
    from: usize,
    to: usize,
    route: Route,
}

/// Places the steps of a chart.
pub(super) fn place(chart: &Chart) -> Placing {
    let count = chart.steps.len();
    let tops = tops(chart);
    let mut spans = vec![1; count];
    for step in (0..count).rev() {
        if let Some(parent) = chart.steps[step].parent {
            spans[parent] += spans[step];
        }
    }
    let edges: Vec<Lifted> = chart
        .edges
        .iter()
        .map(|edge| Lifted { from: tops[edge.from], to: tops[edge.to], route: edge.route })
        .filter(|edge| edge.from != edge.to)
        .collect();
    let onward = onward(count, &tops, &edges);
    let order = topological(count, &tops, &onward);
    let chains = Chains::of(count, &order, &onward);
    let spine = spine(count, &tops, &edges, &chains);
    let mut rows = rows(&order, &onward, &chains, &spine, &spans);
    pull_down(&mut rows, &onward, &chains, &spine);
    let columns = columns(&rows, &chains, &spine, &spans, &tops);
    let mut placing = Placing { places: vec![Place::default(); count], spans, ..Placing::default() };
    for step in 0..count {
        placing.places[step] = if let Some(parent) = chart.steps[step].parent {
            let above = placing.places[parent];
            Place { row: above.row + (step - parent), depth: above.depth + 1, ..above }
        } else {
            Place { row: rows[step], column: columns[step], depth: 0 }
        };
    }
    placing.rows = placing.places.iter().map(|place| place.row + 1).max().unwrap_or(0);
    placing.columns = placing.places.iter().map(|place| place.column + 1).max().unwrap_or(0);
    placing.straight = straight(chart, &chains);
    placing
}

/// The step of the top level that each step belongs to.
fn tops(chart: &Chart) -> Vec<usize> {
    let mut tops = Vec::with_capacity(chart.steps.len());
    for (at, step) in chart.steps.iter().enumerate() {
        tops.push(step.parent.and_then(|parent| tops.get(parent).copied()).unwrap_or(at));
    }
    tops
}

/// The edges that lead onward: neither rework returns nor those that would close a circle.
fn onward(count: usize, tops: &[usize], edges: &[Lifted]) -> Vec<Lifted> {
    let rank = |route| match route {
        Route::Main => 0,
        Route::Alternate => 1,
        Route::Nok => 2,
        Route::ReworkReturn => 3,
    };
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut entered = vec![false; count];
    for (at, edge) in edges.iter().enumerate().filter(|(_, edge)| edge.route != Route::ReworkReturn) {
        leaving[edge.from].push(at);
        entered[edge.to] = true;
    }
    for list in &mut leaving {
        list.sort_by_key(|at| (rank(edges[*at].route), *at));
    }
    // Depth first from the starts; an edge to a step that is still under way goes back.
    let mut state = vec![0u8; count];
    let mut kept = Vec::new();
    let is_top = |step: &usize| tops[*step] == *step;
    let starts = (0..count).filter(|step| !entered[*step]).chain((0..count).filter(|step| entered[*step]));
    for start in starts.filter(is_top) {
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        let mut path = vec![(start, 0)];
        while let Some((step, next)) = path.last_mut() {
            let Some(at) = leaving[*step].get(*next).copied() else {
                state[*step] = 2;
                path.pop();
                continue;
            };
            *next += 1;
            let to = edges[at].to;
            match state[to] {
                0 => {
                    kept.push(at);
                    state[to] = 1;
                    path.push((to, 0));
                }
                2 => kept.push(at),
                _ => {}
            }
        }
    }
    kept.sort_unstable();
    kept.into_iter().map(|at| edges[at]).collect()
}

/// The steps of the top level, each behind all that lead to it, otherwise in the order of the chart.
fn topological(count: usize, tops: &[usize], onward: &[Lifted]) -> Vec<usize> {
    let mut waiting = vec![0usize; count];
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); count];
    for edge in onward {
        waiting[edge.to] += 1;
        leaving[edge.from].push(edge.to);
    }
    let free = |step: &usize| tops[*step] == *step && waiting[*step] == 0;
    let mut ready: BinaryHeap<Reverse<usize>> = (0..count).filter(free).map(Reverse).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(Reverse(step)) = ready.pop() {
        order.push(step);
        for to in &leaving[step] {
            waiting[*to] -= 1;
            if waiting[*to] == 0 {
                ready.push(Reverse(*to));
            }
        }
    }
    order
}

/// Runs of steps that stand below each other.
struct Chains {
    /// The step that follows straight below.
    next: Vec<Option<usize>>,
    /// The first step of the chain of each step.
    head: Vec<usize>,
    /// Each chain in order, by its first step; empty for other steps.
    members: Vec<Vec<usize>>,
    /// The first steps, in topological order.
    heads: Vec<usize>,
}

impl Chains {
    /// Each step goes on to the one that opens the longest line, if it comes along the longest line itself.
    fn of(count: usize, order: &[usize], onward: &[Lifted]) -> Self {
        let is_line = |edge: &&Lifted| matches!(edge.route, Route::Main | Route::Alternate);
        let (mut leaving, mut entering) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for edge in onward.iter().filter(is_line) {
            leaving[edge.from].push(*edge);
            entering[edge.to].push(*edge);
        }
        let (mut ahead, mut behind) = (vec![0usize; count], vec![0usize; count]);
        for step in order {
            for edge in entering[*step].iter().filter(|edge| edge.route == Route::Main) {
                behind[*step] = behind[*step].max(behind[edge.from] + 1);
            }
        }
        for step in order.iter().rev() {
            for edge in leaving[*step].iter().filter(|edge| edge.route == Route::Main) {
                ahead[*step] = ahead[*step].max(ahead[edge.to] + 1);
            }
        }
        // The first of equals is preferred.
        let best = |edges: &[Lifted], far: &dyn Fn(&Lifted) -> usize| {
            let rank = |(at, edge): &(usize, &Lifted)| (edge.route == Route::Main, far(edge), Reverse(*at));
            edges.iter().enumerate().max_by_key(rank).map(|(_, edge)| *edge)
        };
        let mut next = vec![None; count];
        let mut has_previous = vec![false; count];
        for step in order {
            let Some(out) = best(&leaving[*step], &|edge| ahead[edge.to]) else { continue };
            if best(&entering[out.to], &|edge| behind[edge.from]).is_some_and(|into| into.from == *step) {
                next[*step] = Some(out.to);
                has_previous[out.to] = true;
            }
        }
        let mut chains = Self { next, head: (0..count).collect(), members: vec![Vec::new(); count], heads: Vec::new() };
        for head in order.iter().copied().filter(|step| !has_previous[*step]) {
            chains.heads.push(head);
            let mut at = Some(head);
            while let Some(step) = at {
                chains.head[step] = head;
                chains.members[head].push(step);
                at = chains.next[step];
            }
        }
        chains
    }
}

/// Of every part of the chart that hangs together, the longest chain; by the heads, in the order of the chart, with the
/// part that each step belongs to.
struct Spine {
    is_spine: Vec<bool>,
    part: Vec<usize>,
}

/// The step that stands for the part of the chart that a step belongs to.
fn root(part: &mut [usize], mut step: usize) -> usize {
    while part[step] != step {
        part[step] = part[part[step]];
        step = part[step];
    }
    step
}

fn spine(count: usize, tops: &[usize], edges: &[Lifted], chains: &Chains) -> Spine {
    let mut part: Vec<usize> = (0..count).collect();
    for edge in edges {
        let (a, b) = (root(&mut part, edge.from), root(&mut part, edge.to));
        // The earlier step stands for the part, so that parts are in the order of the chart.
        part[a.max(b)] = a.min(b);
    }
    for step in 0..count {
        part[step] = root(&mut part, tops[step]);
    }
    let mut longest: Vec<Option<usize>> = vec![None; count];
    for head in &chains.heads {
        let best = &mut longest[part[*head]];
        let length = |head: usize| chains.members[head].len();
        if best.is_none_or(|known| length(*head) > length(known)) {
            *best = Some(*head);
        }
    }
    let mut is_spine = vec![false; count];
    for head in longest.into_iter().flatten() {
        for step in &chains.members[head] {
            is_spine[*step] = true;
        }
    }
    Spine { is_spine, part }
}

/// The row of every step of the top level: below all that lead to it, part below part.
fn rows(order: &[usize], onward: &[Lifted], chains: &Chains, spine: &Spine, spans: &[usize]) -> Vec<usize> {
    let count = spans.len();
    let mut entering: Vec<Vec<usize>> = vec![Vec::new(); count];
    for edge in onward {
        entering[edge.to].push(edge.from);
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); count];
    for step in order {
        parts[spine.part[*step]].push(*step);
    }
    let mut rows = vec![0; count];
    let mut top = 0;
    for steps in parts.into_iter().filter(|steps| !steps.is_empty()) {
        let mut end = top;
        for step in steps {
            let mut row = top;
            for from in &entering[step] {
                let same = chains.head[*from] == chains.head[step] || (spine.is_spine[*from] && spine.is_spine[step]);
                row = row.max(rows[*from] + if same { spans[*from] } else { 1 });
            }
            rows[step] = row;
            end = end.max(row + spans[step]);
        }
        top = end;
    }
    rows
}

/// Lines that begin beside the main line begin as late as they can, so that they are short.
fn pull_down(rows: &mut [usize], onward: &[Lifted], chains: &Chains, spine: &Spine) {
    let count = rows.len();
    let mut entered = vec![false; count];
    let mut leaving: Vec<Vec<Lifted>> = vec![Vec::new(); count];
    for edge in onward.iter().filter(|edge| chains.head[edge.from] != chains.head[edge.to]) {
        entered[chains.head[edge.to]] = true;
        leaving[chains.head[edge.from]].push(*edge);
    }
    let begins_beside = |head: &usize| !spine.is_spine[*head] && !entered[*head];
    for head in chains.heads.iter().rev().copied().filter(begins_beside) {
        let room = leaving[head].iter().map(|edge| rows[edge.to].saturating_sub(rows[edge.from] + 1)).min();
        for step in &chains.members[head] {
            rows[*step] += room.unwrap_or(0);
        }
    }
}

/// The main line takes the first column, every other chain the next one in which its rows are free.
fn columns(rows: &[usize], chains: &Chains, spine: &Spine, spans: &[usize], tops: &[usize]) -> Vec<usize> {
    let mut columns = vec![0; rows.len()];
    let mut taken: Vec<BTreeSet<usize>> = Vec::new();
    let mut beside: Vec<usize> = chains.heads.iter().copied().filter(|head| !spine.is_spine[*head]).collect();
    beside.sort_by_key(|head| (rows[*head], *head));
    for head in beside {
        let members = &chains.members[head];
        let end = members.last().map_or(rows[head], |last| rows[*last] + spans[*last]);
        let wanted = rows[head]..end;
        let column = taken.iter().position(|rows| rows.range(wanted.clone()).next().is_none());
        let column = column.unwrap_or_else(|| {
            taken.push(BTreeSet::new());
            taken.len() - 1
        });
        taken[column].extend(wanted);
        for step in members {
            columns[*step] = column + 1;
        }
    }
    (0..rows.len()).map(|step| columns[tops[step]]).collect()
}

/// The edges that need no way around: between neighbours of a chain, and between neighbouring sub-steps.
fn straight(chart: &Chart, chains: &Chains) -> Vec<bool> {
    let mut below: Vec<Option<usize>> = chains.next.clone();
    let mut last_of: std::collections::HashMap<usize, usize> = std::collections::HashMap::new();
    for (at, step) in chart.steps.iter().enumerate() {
        if let Some(parent) = step.parent
            && let Some(before) = last_of.insert(parent, at)
        {
            below[before] = Some(at);
        }
    }
    let mut used = vec![false; chart.steps.len()];
    chart
        .edges
        .iter()
        .map(|edge| {
            let fits = below[edge.from] == Some(edge.to) && edge.route != Route::ReworkReturn;
            fits && !std::mem::replace(&mut used[edge.from], true)
        })
        .collect()
}
