//! The diagram of the process flow: nothing lies on anything else, every connection is drawn, the same chart looks the same.

use std::sync::Arc;

use goldthread::app::samples::sample;
use goldthread::base::{Id, IdSource};
use goldthread::model::Project;
use goldthread::model::document::DocumentKind;
use goldthread::model::flow::{Route, StepKind};
use goldthread::report::diagram::{
    Area, Chart, ChartCharacteristic, ChartEdge, ChartStep, Diagram, Drawing, PaperDiagram, Point, arrange,
};
use goldthread::report::display::Item;
use goldthread::report::doc::{Drawn, DrawnPart};
use goldthread::store::assets;
use proptest::prelude::*;

use super::generate::generated;
use super::samples::opened;

/// Everything that no line may touch, with the steps it belongs to.
fn obstacles(diagram: &Diagram) -> Vec<(Area, String)> {
    let mut found = Vec::new();
    for node in &diagram.nodes {
        let marks = node.further.iter().chain([&node.symbol]).map(|mark| mark.area);
        let words = node.words.iter().filter(|words| !words.text.is_empty()).map(|words| words.area);
        let hanging = node.characteristics.iter().map(|hanging| hanging.area);
        found.extend(
            marks
                .chain(words)
                .chain(hanging)
                .chain([node.modes, node.plan_rows])
                .map(|area| (area, format!("row {} column {}", node.row, node.column))),
        );
    }
    found.extend(diagram.lines.iter().filter_map(|line| Some((line.label.as_ref()?.0, "a label".to_owned()))));
    found
}

fn segment(from: Point, to: Point) -> Area {
    Area { min: [from[0].min(to[0]), from[1].min(to[1])], max: [from[0].max(to[0]), from[1].max(to[1])] }.grown(0.3)
}

fn hundredths(place: f32) -> i64 {
    (f64::from(place) * 100.0).round() as i64
}

fn same(a: f32, b: f32) -> bool {
    hundredths(a) == hundredths(b)
}

/// Checks a diagram of a chart.
fn check(chart: &Chart) -> Diagram {
    let diagram = arrange(chart);
    assert_eq!(diagram, arrange(chart), "the same chart looks the same");
    assert_eq!(diagram.nodes.len(), chart.steps.len());
    assert_eq!(diagram.lines.len(), chart.edges.len());
    let whole = Area { min: [0.0, 0.0], max: diagram.size };
    for (at, node) in diagram.nodes.iter().enumerate() {
        assert!(whole.contains(node.area.min) && whole.contains(node.area.max), "{:?} in {whole:?}", node.area);
        for other in &diagram.nodes[at + 1..] {
            assert!(!node.area.overlaps(other.area), "{:?} lies on {:?}", node.area, other.area);
        }
    }
    let obstacles = obstacles(&diagram);
    for (line, edge) in diagram.lines.iter().zip(&chart.edges) {
        let (from, to) = (diagram.nodes[edge.from].symbol.area, diagram.nodes[edge.to].symbol.area);
        assert_eq!(line.way.first(), Some(&[from.center()[0], from.max[1]]), "the way begins under its symbol");
        assert_eq!(line.way.last(), Some(&[to.center()[0], to.min[1]]), "the way ends at its symbol");
        assert!(line.stroke.len() >= 2, "something is drawn for every connection");
        assert_eq!(line.label.is_some(), !edge.label.is_empty());
        for ends in line.way.windows(2) {
            let part = segment(ends[0], ends[1]);
            assert!(same(ends[0][0], ends[1][0]) || same(ends[0][1], ends[1][1]), "lines are level or upright");
            for (area, what) in &obstacles {
                assert!(!part.overlaps(area.grown(-0.6)), "a {:?} line {part:?} meets {area:?} of {what}", line.route);
            }
        }
    }
    apart(&diagram);
    drawn(&diagram);
    diagram
}

/// Strokes run along each other nowhere.
fn apart(diagram: &Diagram) {
    let mut level: Vec<(i64, f32, f32, usize)> = Vec::new();
    let mut upright = Vec::new();
    for (at, line) in diagram.lines.iter().enumerate() {
        for ends in line.stroke.windows(2) {
            let ([x0, y0], [x1, y1]) = (ends[0], ends[1]);
            if same(y0, y1) {
                level.push((hundredths(y0), x0.min(x1), x0.max(x1), at));
            } else {
                upright.push((hundredths(x0), y0.min(y1), y0.max(y1), at));
            }
        }
    }
    for mut parts in [level, upright] {
        parts.sort_by(|a, b| a.partial_cmp(b).unwrap());
        for pair in parts.windows(2) {
            let ((place, _, end, a), (other, start, _, b)) = (pair[0], pair[1]);
            assert!(place != other || start > end - 0.01, "{a} and {b} run along each other at {place}: {pair:?}");
        }
    }
}

/// Every point of every way is drawn by some stroke.
fn drawn(diagram: &Diagram) {
    let strokes: Vec<(Area, usize)> = diagram
        .lines
        .iter()
        .flat_map(|line| line.stroke.windows(2).map(|ends| (segment(ends[0], ends[1]), line.to)))
        .collect();
    let mut by_height: Vec<&(Area, usize)> = strokes.iter().collect();
    by_height.sort_by(|a, b| a.0.min[1].total_cmp(&b.0.min[1]));
    for line in &diagram.lines {
        for ends in line.way.windows(2) {
            for part in [0.25, 0.75] {
                let along = |axis: usize| ends[0][axis] + (ends[1][axis] - ends[0][axis]) * part;
                let point = [along(0), along(1)];
                assert!(
                    by_height.iter().any(|(area, _)| area.contains(point)),
                    "{point:?} of {:?} is not drawn",
                    line.way
                );
            }
        }
    }
}

fn chart_of(steps: usize, random: &mut dyn FnMut(usize) -> usize) -> Chart {
    let mut ids = IdSource::seeded(7);
    let mut chart = Chart::default();
    for at in 0..steps {
        let parent = (at > 0 && random(6) == 0).then(|| {
            // The step before, or the one it is a part of: sub-steps stand behind their step.
            let before: &ChartStep = &chart.steps[at - 1];
            before.parent.filter(|_| random(3) > 0).unwrap_or(at - 1)
        });
        let characteristics = (0..random(9)).map(|place| ChartCharacteristic {
            id: ids.next_id(),
            text: format!("{at}.{place} Characteristic number {place} with some words"),
            of_process: place % 2 == 0,
            class: if place % 3 == 0 { "SC".to_owned() } else { String::new() },
        });
        chart.steps.push(ChartStep {
            id: Id::from_raw(at as u64 + 1),
            parent,
            kind: StepKind::ALL[at % StepKind::ALL.len()],
            further_kinds: if at % 4 == 0 { vec![StepKind::Transport, StepKind::Inspection] } else { Vec::new() },
            number: format!("{}", (at + 1) * 10),
            name: "Press bearing onto the spindle of the gear ".repeat(at % 4),
            remarks: if at % 5 == 0 { vec!["Outsourced".to_owned()] } else { Vec::new() },
            characteristics: characteristics.collect(),
        });
    }
    chart
}

fn connect(chart: &mut Chart, edges: &[(usize, usize, usize, usize)]) {
    let count = chart.steps.len();
    for (at, (from, to, route, label)) in edges.iter().enumerate() {
        let words = [
            "",
            "",
            "OK",
            "Cannot be reworked",
            "To be sorted by the supplier before anything else is done with the lot",
        ];
        chart.edges.push(ChartEdge {
            id: Id::from_raw(at as u64 + 1),
            from: from % count,
            to: to % count,
            route: Route::ALL[*route],
            label: words[*label].to_owned(),
        });
    }
}

fn random_edges() -> impl Strategy<Value = Vec<(usize, usize, usize, usize)>> {
    prop::collection::vec((0..64usize, 0..64usize, 0..4usize, 0..5usize), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_chart_is_drawn_without_anything_on_anything_else(
        steps in 1..32usize, choices in prop::collection::vec(0..1000usize, 500), edges in random_edges()
    ) {
        let mut next = choices.into_iter().cycle();
        let mut chart = chart_of(steps, &mut |end| next.next().unwrap_or(0) % end);
        // A line from step to step, as most flows have, and anything beside it.
        let line: Vec<_> = (1..steps).map(|at| (at - 1, at, 0, 0)).collect();
        if edges.len() % 2 == 0 {
            connect(&mut chart, &line);
        }
        connect(&mut chart, &edges);
        check(&chart);
    }
}

#[test]
fn the_samples_are_drawn_with_the_main_line_straight_down() {
    for name in ["electric-parking-brake", "connector-housing", "stamped-bracket"] {
        let project = opened(sample(name).unwrap());
        let flow = project.documents_of(DocumentKind::ProcessFlow)[0].id;
        let chart = Chart::of(&project, flow);
        let diagram = check(&chart);
        let main: Vec<_> = diagram.nodes.iter().filter(|node| node.column == 0 && node.depth == 0).collect();
        assert!(main.len() * 2 > diagram.nodes.len(), "most steps of {name} stand in the main line");
        assert!(main.windows(2).all(|pair| same(pair[0].symbol.area.center()[0], pair[1].symbol.area.center()[0])));
    }
}

#[test]
fn routes_leave_to_the_side_they_belong_to() {
    let project = opened(sample("electric-parking-brake").unwrap());
    let flow = project.documents_of(DocumentKind::ProcessFlow)[0].id;
    let diagram = arrange(&Chart::of(&project, flow));
    for line in &diagram.lines {
        let (from, to) = (&diagram.nodes[line.from], &diagram.nodes[line.to]);
        let reaches = |side: fn(f32, f32) -> f32| line.way.iter().map(|point| point[0]).reduce(side).unwrap();
        match line.route {
            Route::Nok if from.column == 0 => assert!(reaches(f32::max) > from.area.max[0], "to the right"),
            Route::ReworkReturn => assert!(reaches(f32::min) < to.symbol.area.min[0], "from the left"),
            _ => {}
        }
    }
}

#[test]
fn steps_without_connections_stand_below_each_other_in_their_order() {
    let chart = chart_of(12, &mut |end| end - 1);
    let diagram = check(&chart);
    assert!(diagram.nodes.windows(2).all(|pair| pair[0].area.max[1] < pair[1].area.min[1]));
    assert!(diagram.nodes.iter().all(|node| node.column == 0));
}

#[test]
fn a_large_flow_is_drawn_like_a_small_one() {
    let project = generated(20_000, 3);
    let flow = project.documents_of(DocumentKind::ProcessFlow)[0].id;
    let diagram = check(&Chart::of(&project, flow));
    let columns = diagram.nodes.iter().map(|node| node.column).max();
    assert_eq!(columns, Some(1), "rework stands beside the main line, not further and further out");
}

/// The diagram of a sample or of a generated flow on paper of a size.
fn on_paper(project: &Project, width: f32, first: f32, other: f32) -> (Diagram, Vec<DrawnPart>) {
    let flow = project.documents_of(DocumentKind::ProcessFlow)[0].id;
    let diagram = Arc::new(arrange(&Chart::of(project, flow)));
    let drawing = Drawing::new(project, &diagram, &assets::process_flow_symbols().unwrap());
    let parts =
        PaperDiagram { diagram: Arc::clone(&diagram), drawing, words: Arc::default() }.parts(width, first, other);
    (Diagram::clone(&diagram), parts)
}

fn texts(part: &DrawnPart) -> Vec<&str> {
    part.items
        .iter()
        .filter_map(|item| if let Item::Text(text) = item { Some(text.text.as_str()) } else { None })
        .collect()
}

#[test]
fn paper_shows_every_word_of_the_diagram_within_its_room() {
    for (project, width, first, other) in [
        (opened(sample("electric-parking-brake").unwrap()), 1133.0, 400.0, 760.0),
        (opened(sample("electric-parking-brake").unwrap()), 560.0, 300.0, 300.0),
        (generated(2_000, 3), 785.0, 250.0, 480.0),
    ] {
        let (diagram, parts) = on_paper(&project, width, first, other);
        let shown: Vec<&str> = parts.iter().flat_map(texts).collect();
        for words in diagram.nodes.iter().flat_map(|node| &node.words).filter(|words| !words.text.is_empty()) {
            assert!(shown.contains(&words.text.as_str()), "{}", words.text);
        }
        for (at, part) in parts.iter().enumerate() {
            let room = if at == 0 { first } else { other };
            assert!(part.height <= room + 0.5, "part {at} is {} high in {room}", part.height);
            for item in &part.items {
                let (x, y) = match item {
                    Item::Text(text) => (text.x, text.y),
                    Item::Symbol { x, y, side, .. } => (*x, y + side),
                    Item::Line { ends: [x0, y0, x1, y1], .. } => (x0.max(*x1), y0.max(*y1)),
                    Item::Rect { area: [x, y, w, h], .. } | Item::Picture { area: [x, y, w, h], .. } => (x + w, y + h),
                };
                assert!((-0.5..=width + 0.5).contains(&x) && (-0.5..=room + 0.5).contains(&y), "{item:?}");
            }
        }
    }
}

#[test]
fn a_line_that_is_cut_has_the_same_letter_at_both_ends() {
    let (_, parts) = on_paper(&generated(2_000, 3), 785.0, 250.0, 480.0);
    assert!(parts.len() > 2, "the flow is longer than two pages");
    let is_letter = |text: &&str| text.len() <= 2 && text.chars().all(|letter| letter.is_ascii_uppercase());
    let mut letters: Vec<&str> = parts.iter().flat_map(texts).filter(is_letter).collect();
    letters.sort_unstable();
    assert!(letters.len() >= 2 * (parts.len() - 1), "{letters:?}");
    for pair in letters.chunks(2) {
        assert_eq!(pair[0], pair.get(1).copied().unwrap_or_default(), "{letters:?}");
    }
    let doubles: Vec<&str> = letters.chunks(2).map(|pair| pair[0]).collect();
    assert!(doubles.windows(2).all(|pair| pair[0] != pair[1]), "no letter is used for two lines: {letters:?}");
}
