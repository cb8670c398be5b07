//! The lines of the connections: which part each one draws, where lines join, how corners are rounded.

use super::arrange::Levels;
use super::chart::Chart;
use super::placing::Placing;
use super::routing::{Routing, Way};
use super::{Diagram, Line, Point};

/// Radius of corners.
const CORNER: f32 = 4.0;
/// How many straight pieces stand for the bend of a corner.
const BENDS: usize = 4;

/// Draws all connections into the diagram.
pub(super) fn draw(chart: &Chart, placing: &Placing, routing: &Routing, levels: &Levels, diagram: &mut Diagram) {
    let trunks = Trunks::of(chart, placing, routing, levels);
    let mut labels = levels.labels.clone();
    let mut joins = Vec::new();
    for (at, edge) in chart.edges.iter().enumerate() {
        let (from, to) = (&diagram.nodes[edge.from].symbol.area, &diagram.nodes[edge.to].symbol.area);
        let (start, end) = ([from.center()[0], from.max[1]], [to.center()[0], to.min[1]]);
        let level = levels.leaving[at];
        let mut way = vec![start];
        match routing.ways[at] {
            Way::Straight => {}
            Way::Across => way.extend([[start[0], level], [end[0], level]]),
            Way::Net(net) => {
                let (x, y) = (levels.upright[net], levels.arriving[net]);
                way.extend([[start[0], level], [x, level], [x, y], [end[0], y]]);
            }
        }
        way.push(end);
        let mut stroke = way.clone();
        let mut arrow = true;
        let mut join = |point: Point| joins.push((point, edge.route));
        if let Way::Net(net) = routing.ways[at]
            && let Some(meets) = trunks.meets(at, net)
        {
            // The rest of the way runs in the line of the net.
            stroke.truncate(2);
            stroke.push([levels.upright[net], level]);
            if meets == Meets::Arrival {
                stroke.push([levels.upright[net], levels.arriving[net]]);
            }
            stroke.last().copied().into_iter().for_each(&mut join);
            arrow = false;
        } else if routing.ways[at] != Way::Straight && trunks.into[edge.to] != Some(at) {
            stroke.pop();
            join(way[way.len() - 2]);
        }
        if routing.ways[at] != Way::Straight && trunks.out_of[edge.from] != Some(at) {
            stroke.remove(0);
            join([start[0], level]);
        }
        diagram.lines.push(Line {
            edge: edge.id,
            from: edge.from,
            to: edge.to,
            route: edge.route,
            way,
            stroke,
            arrow,
            label: labels[at].take(),
        });
    }
    diagram.joins = joins;
}

/// Which connection draws the line under a step, the line into it, and the upright line of each net.
struct Trunks {
    out_of: Vec<Option<usize>>,
    into: Vec<Option<usize>>,
    /// By net: the connection that comes from furthest above, and the one from furthest below.
    ends: Vec<(Option<usize>, Option<usize>)>,
}

impl Trunks {
    fn of(chart: &Chart, placing: &Placing, routing: &Routing, levels: &Levels) -> Self {
        let count = placing.places.len();
        let mut trunks = Self { out_of: vec![None; count], into: vec![None; count], ends: Vec::new() };
        // Straight lines run all the way; else the lowest that leaves and the highest that arrives do.
        let height = |at: usize| match routing.ways[at] {
            Way::Straight => f32::INFINITY,
            _ => levels.leaving[at],
        };
        for (at, edge) in chart.edges.iter().enumerate() {
            let out = &mut trunks.out_of[edge.from];
            if out.is_none_or(|known| height(at) > height(known)) {
                *out = Some(at);
            }
        }
        for net in &routing.nets {
            let (to, mut above, mut below) = (levels.arriving[trunks.ends.len()], None, None);
            for at in net.edges.iter().copied() {
                let level = levels.leaving[at];
                let end = if level < to { &mut above } else { &mut below };
                let further = |known: usize| (level - to).abs() > (levels.leaving[known] - to).abs();
                if end.is_none_or(further) {
                    *end = Some(at);
                }
            }
            trunks.ends.push((above, below));
        }
        let arrival = |at: usize| match routing.ways[at] {
            Way::Straight => f32::NEG_INFINITY,
            Way::Across => levels.leaving[at],
            Way::Net(net) => levels.arriving[net],
        };
        for (at, edge) in chart.edges.iter().enumerate() {
            if let Way::Net(net) = routing.ways[at]
                && trunks.runs_through(net) != Some(at)
            {
                continue;
            }
            let into = &mut trunks.into[edge.to];
            if into.is_none_or(|known| arrival(at) < arrival(known)) {
                *into = Some(at);
            }
        }
        trunks
    }

    /// The connection that draws the whole line of a net.
    fn runs_through(&self, net: usize) -> Option<usize> {
        let (above, below) = self.ends[net];
        above.or(below)
    }

    /// Where a connection meets the line of its net; none if it draws that line itself.
    fn meets(&self, at: usize, net: usize) -> Option<Meets> {
        if self.runs_through(net) == Some(at) {
            return None;
        }
        // The lowest one that comes from below leads up to where the others arrive.
        Some(if self.ends[net].1 == Some(at) { Meets::Arrival } else { Meets::Level })
    }
}

/// Where a connection meets the line of its net.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meets {
    /// At the height at which it leaves its step.
    Level,
    /// At the height at which the net arrives.
    Arrival,
}

/// A line with its corners rounded.
pub fn rounded(points: &[Point]) -> Vec<Point> {
    let mut line = Vec::with_capacity(points.len() * (BENDS + 1));
    for (at, point) in points.iter().enumerate() {
        let around = at.checked_sub(1).and_then(|before| points.get(before)).zip(points.get(at + 1));
        let Some((before, after)) = around else {
            line.push(*point);
            continue;
        };
        let toward = |other: &Point| {
            let (x, y) = (other[0] - point[0], other[1] - point[1]);
            let length = x.hypot(y);
            let reach = CORNER.min(length / 2.0);
            if length > 0.0 { [point[0] + x / length * reach, point[1] + y / length * reach] } else { *point }
        };
        let (from, to) = (toward(before), toward(after));
        for bend in 0..=BENDS {
            let t = bend as f32 / BENDS as f32;
            let blend =
                |axis: usize| (1.0 - t).powi(2) * from[axis] + 2.0 * t * (1.0 - t) * point[axis] + t.powi(2) * to[axis];
            line.push([blend(0), blend(1)]);
        }
    }
    line
}

/// The pieces of a line that are drawn where it is dashed by lengths of lines and gaps in turn; a blank pattern draws all.
pub fn dashed(points: &[Point], pattern: &[f32]) -> Vec<[Point; 2]> {
    let mut pieces = Vec::new();
    let (mut at, mut left) = (0, pattern.first().copied().unwrap_or(f32::INFINITY));
    for ends in points.windows(2) {
        let ([x0, y0], [x1, y1]) = (ends[0], ends[1]);
        let length = (x1 - x0).hypot(y1 - y0);
        let along = |far: f32| [x0 + (x1 - x0) * far / length, y0 + (y1 - y0) * far / length];
        let mut done = 0.0;
        while done < length {
            let part = left.min(length - done);
            if at % 2 == 0 {
                pieces.push([along(done), along(done + part)]);
            }
            done += part;
            left -= part;
            if left <= 0.0 {
                at = (at + 1) % pattern.len().max(1);
                left = pattern.get(at).copied().unwrap_or(f32::INFINITY);
            }
        }
    }
    pieces
}
