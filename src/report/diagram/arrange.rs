//! From places in rows and columns to places in points.

use super::chart::Chart;
use super::placing::{Placing, place};
use super::routing::{Lanes, Routing, Way, route};
use super::strokes::draw;
use super::wording::{LABEL, SYMBOL, Setting, WORDS, node, shift};
use super::{Area, Diagram, Node, Words};

/// Room around everything.
const MARGIN: f32 = 14.0;
/// Distance of parallel lines.
const LANE: f32 = 8.0;
/// Room between the words of a column and the first upright line.
const CHANNEL: f32 = 10.0;
/// Least height between two rows.
const GAP: f32 = 20.0;
/// Room above the first level line of a gap, and below the last one for the arrow.
const ABOVE: f32 = 5.0;
const BELOW: f32 = 11.0;
/// From the line under a symbol to a label beside it.
const LABEL_GAP: f32 = 5.0;
/// Room between the words and the edge of a ground.
const GROUND: f32 = 5.0;

/// The level parts of the ways and their labels, in points.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels {
    /// By edge: the height at which it leaves, if it does not run straight.
    pub leaving: Vec<f32>,
    /// By net: the height at which it arrives.
    pub arriving: Vec<f32>,
    /// By net: where its upright line stands.
    pub upright: Vec<f32>,
    /// By edge.
    pub labels: Vec<Option<(Area, Vec<Words>)>>,
}

/// Lays a chart out.
pub fn arrange(chart: &Chart) -> Diagram {
    let placing = place(chart);
    let routing = route(chart, &placing);
    let mut nodes: Vec<Node> =
        chart.steps.iter().zip(&placing.places).map(|(step, place)| node(step, place.depth)).collect();
    for (node, place) in nodes.iter_mut().zip(&placing.places) {
        (node.row, node.column) = (place.row, place.column);
    }
    let (columns, uprights, width) = across(chart, &nodes, &placing, &routing);
    for node in &mut nodes {
        shift(node, columns[node.column], 0.0);
    }
    let mut gaps = Gaps::of(chart, &nodes, &placing, &routing, &uprights);
    let (rows, height) = down(&mut nodes, &placing, &mut gaps);
    let groups = grounds(&nodes, &placing);
    let levels = gaps.levels(uprights);
    let mut diagram = Diagram { nodes, groups, size: [width, height], rows, ..Diagram::default() };
    draw(chart, &placing, &routing, &levels, &mut diagram);
    diagram
}

/// Where the columns begin, where the upright line of each net stands, and the width of all.
fn across(chart: &Chart, nodes: &[Node], placing: &Placing, routing: &Routing) -> (Vec<f32>, Vec<f32>, f32) {
    let mut widths = vec![SYMBOL + WORDS / 2.0; placing.columns];
    for node in nodes {
        widths[node.column] = widths[node.column].max(node.area.max[0]);
    }
    for edge in chart.edges.iter().filter(|edge| !edge.label.is_empty()) {
        let from = &nodes[edge.from];
        let (_, area) = Setting::set(LABEL, &edge.label, [from.symbol.area.center()[0] + LABEL_GAP, 0.0], WORDS);
        widths[from.column] = widths[from.column].max(area.max[0]);
    }
    let breadth = |channel: usize| match routing.lanes[channel] {
        0 if channel == 0 || channel == placing.columns => 0.0,
        lanes => 2.0 * CHANNEL + lanes.saturating_sub(1) as f32 * LANE,
    };
    let mut starts = Vec::with_capacity(placing.columns + 1);
    let (mut columns, mut x) = (Vec::with_capacity(placing.columns), MARGIN);
    for (column, width) in widths.iter().enumerate() {
        starts.push(x);
        x += breadth(column);
        columns.push(x);
        x += width;
    }
    starts.push(x);
    x += breadth(placing.columns);
    let upright = |net: &super::routing::Net| {
        // On the left of the main line the first lane is the one next to it.
        let lane = if net.channel == 0 { routing.lanes[0] - 1 - net.lane } else { net.lane };
        starts[net.channel] + CHANNEL + lane as f32 * LANE
    };
    (columns, routing.nets.iter().map(upright).collect(), x + MARGIN)
}

/// Something level in the gap between two rows.
struct Level {
    part: Part,
    /// The zone of the gap and the lane in it.
    zone: usize,
    lane: usize,
    gap: usize,
}

#[derive(Clone, Copy)]
enum Part {
    Leaving(usize),
    Arriving(usize),
    /// The label of a straight connection.
    Label(usize),
}

/// The gaps above each row, and below the last one. Each has three zones: what leaves the row above, what crosses to the
/// next row, and what arrives at the row below; so nothing that arrives seems to leave again.
struct Gaps {
    levels: Vec<Level>,
    /// By gap and zone: the height of each lane.
    lanes: Vec<[Vec<f32>; 3]>,
    tops: Vec<f32>,
    labels: Vec<Option<(Area, Vec<Words>)>>,
    nets: usize,
}

impl Gaps {
    fn of(chart: &Chart, nodes: &[Node], placing: &Placing, routing: &Routing, uprights: &[f32]) -> Self {
        let mut free: Vec<[Lanes; 3]> = Vec::new();
        free.resize_with(placing.rows + 1, Default::default);
        let mut gaps = Self {
            levels: Vec::with_capacity(chart.edges.len() + routing.nets.len()),
            lanes: vec![Default::default(); placing.rows + 1],
            tops: vec![0.0; placing.rows + 1],
            labels: vec![None; chart.edges.len()],
            nets: routing.nets.len(),
        };
        let mut captions = Vec::new();
        let x = |step: usize| nodes[step].symbol.area.center()[0];
        for (at, edge) in chart.edges.iter().enumerate() {
            let from = x(edge.from);
            if !edge.label.is_empty() {
                let (words, area) = Setting::set(LABEL, &edge.label, [from + LABEL_GAP, 0.0], WORDS);
                gaps.labels[at] = Some((area, words));
            }
            let (to, zone) = match routing.ways[at] {
                Way::Straight => (from, 0),
                Way::Across => (x(edge.to), 1),
                Way::Net(net) => (uprights[net], 0),
            };
            let label = gaps.labels[at].as_ref().map(|(area, _)| *area);
            let straight = routing.ways[at] == Way::Straight;
            let part = if straight { Part::Label(at) } else { Part::Leaving(at) };
            let Some(end) = label.map(|label| label.max[0]).or((!straight).then_some(from)) else { continue };
            let height = LANE.max(label.map_or(0.0, |label| label.height() + 2.0));
            let span = if straight { (from + LABEL_GAP, end) } else { (from.min(to), end.max(to)) };
            let row = nodes[edge.from].row;
            if straight {
                captions.push((row, span, part, height));
            } else {
                gaps.take(&mut free, row + 1, zone, span, part, height);
            }
        }
        // What is written at a straight line stands below what leaves it, where it goes on.
        for (row, span, part, height) in captions {
            gaps.take(&mut free, row + 1, 0, span, part, height);
        }
        for (at, net) in routing.nets.iter().enumerate() {
            let (from, to) = (uprights[at], x(net.to));
            gaps.take(&mut free, nodes[net.to].row, 2, (from.min(to), from.max(to)), Part::Arriving(at), LANE);
        }
        gaps
    }

    fn take(&mut self, free: &mut [[Lanes; 3]], gap: usize, zone: usize, span: (f32, f32), part: Part, height: f32) {
        let lane = free[gap][zone].take(span.0, span.1);
        let heights = &mut self.lanes[gap][zone];
        if lane == heights.len() {
            heights.push(height);
        }
        heights[lane] = heights[lane].max(height);
        self.levels.push(Level { part, zone, lane, gap });
    }

    fn height(&self, gap: usize) -> f32 {
        let lanes: f32 = self.lanes[gap].iter().flatten().sum();
        let outer = gap == 0 || gap + 1 == self.lanes.len();
        if lanes > 0.0 {
            GAP.max(lanes + ABOVE + BELOW)
        } else if outer {
            0.0
        } else {
            GAP
        }
    }

    /// The heights of all level parts, once the gaps have their places.
    fn levels(mut self, upright: Vec<f32>) -> Levels {
        let mut levels = Levels {
            leaving: vec![0.0; self.labels.len()],
            arriving: vec![0.0; self.nets],
            upright,
            labels: Vec::new(),
        };
        for level in &self.levels {
            let zones = &self.lanes[level.gap];
            let before: f32 = zones[..level.zone].iter().flatten().sum();
            let bottom = self.tops[level.gap] + ABOVE + before + zones[level.zone][..=level.lane].iter().sum::<f32>();
            // A label stands upon its line.
            let line = bottom - 1.0;
            match level.part {
                Part::Leaving(edge) | Part::Label(edge) => {
                    if matches!(level.part, Part::Leaving(_)) {
                        levels.leaving[edge] = line;
                    }
                    if let Some((area, words)) = &mut self.labels[edge] {
                        let y = line - 0.5 - area.height();
                        *area = Area::at(area.min[0], y, area.width(), area.height());
                        for words in words {
                            words.at[1] += y;
                            words.area = Area::at(
                                words.area.min[0],
                                words.area.min[1] + y,
                                words.area.width(),
                                words.area.height(),
                            );
                        }
                    }
                }
                Part::Arriving(net) => levels.arriving[net] = line,
            }
        }
        levels.labels = self.labels;
        levels
    }
}

/// Puts rows and gaps below each other. Where each row begins with the end of the last, and the height of all.
fn down(nodes: &mut [Node], placing: &Placing, gaps: &mut Gaps) -> (Vec<f32>, f32) {
    let mut heights = vec![0.0f32; placing.rows];
    for node in nodes.iter() {
        heights[node.row] = heights[node.row].max(node.area.max[1]);
    }
    let mut tops = Vec::with_capacity(placing.rows + 1);
    let mut y = MARGIN;
    for (row, height) in heights.iter().enumerate() {
        gaps.tops[row] = y;
        y += gaps.height(row);
        tops.push(y);
        y += height;
    }
    gaps.tops[placing.rows] = y;
    y += gaps.height(placing.rows);
    for node in nodes.iter_mut() {
        shift(node, 0.0, tops[node.row]);
    }
    tops.push(y);
    (tops, y + MARGIN)
}

/// A ground behind each step of the top level that has sub-steps.
fn grounds(nodes: &[Node], placing: &Placing) -> Vec<Area> {
    let with_subs = (0..nodes.len()).filter(|at| nodes[*at].depth == 0 && placing.spans[*at] > 1);
    with_subs
        .map(|at| {
            let members = &nodes[at..(at + placing.spans[at]).min(nodes.len())];
            members.iter().map(|node| node.area).fold(nodes[at].area, Area::union).grown(GROUND)
        })
        .collect()
}
