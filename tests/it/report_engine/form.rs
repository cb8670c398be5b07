//! A form like the process FMEA, for the tests of the engine.

use std::sync::Arc;

use goldthread::model::symbol::{LabelArea, Outline, Paint, SymbolShape};
use goldthread::report::doc::{
    Bookmark, Cell, Column, ColumnGroup, Field, Header, Paragraph, Piece, Report, Rgb, Row, Rule, Section, Table,
};
use goldthread::report::paper::{PageSetup, Paper};

/// A diamond with a letter.
fn diamond() -> Arc<SymbolShape> {
    let points = vec![[0.5, 0.0], [1.0, 0.5], [0.5, 1.0], [0.0, 0.5]];
    let outline = Outline { points, closed: true, paint: Paint::Line };
    let area = LabelArea { min: [0.28, 0.28], max: [0.72, 0.72] };
    Arc::new(SymbolShape::new(vec![outline], area).unwrap().with_label("S".into()))
}

const COLUMNS: [(&str, usize, f32, bool); 26] = [
    ("Process item", 0, 1.0, false),
    ("Process step", 0, 1.1, false),
    ("Work element", 0, 1.0, false),
    ("Function of process item", 1, 1.1, false),
    ("Function of step and product characteristic", 1, 1.4, false),
    ("Function of work element and process characteristic", 1, 1.4, false),
    ("Failure effects", 2, 1.8, false),
    ("Severity", 2, 0.0, true),
    ("Failure mode", 2, 1.4, false),
    ("Failure cause", 2, 1.6, false),
    ("Current prevention controls", 3, 1.6, false),
    ("Occurrence", 3, 0.0, true),
    ("Current detection controls", 3, 1.6, false),
    ("Detection", 3, 0.0, true),
    ("Action priority", 3, 0.0, true),
    ("Special characteristics", 3, 0.0, true),
    ("Prevention action", 4, 1.3, false),
    ("Detection action", 4, 1.3, false),
    ("Responsible", 4, 0.8, false),
    ("Target date", 4, 0.6, false),
    ("Status", 4, 0.6, false),
    ("Action taken", 4, 1.2, false),
    ("Severity", 4, 0.0, true),
    ("Occurrence", 4, 0.0, true),
    ("Detection", 4, 0.0, true),
    ("Action priority", 4, 0.0, true),
];

/// A form with the columns of the process FMEA.
fn form(rows: usize) -> Table {
    let groups = [
        ("Structure analysis (step 2)", Rgb(0xe3, 0xea, 0xf4)),
        ("Function analysis (step 3)", Rgb(0xe2, 0xf0, 0xea)),
        ("Failure analysis (step 4)", Rgb(0xf6, 0xec, 0xdd)),
        ("Risk analysis (step 5)", Rgb(0xf5, 0xe4, 0xe2)),
        ("Optimisation (step 6)", Rgb(0xea, 0xe5, 0xf3)),
    ];
    let columns = COLUMNS.iter().map(|(title, group, weight, turned)| {
        if *turned {
            Column::narrow(title, Some(*group), 2.0, true)
        } else {
            Column::text(title, Some(*group), *weight)
        }
    });
    Table {
        columns: columns.collect(),
        groups: groups.into_iter().map(|(title, tint)| ColumnGroup { title: title.to_owned(), tint }).collect(),
        rows: (0..rows).map(|row| form_row(row, rows)).collect(),
        bands: vec![(0..16).collect(), [8, 9].into_iter().chain(16..26).collect()],
        ..Table::default()
    }
}

/// Six causes a step, three a failure mode.
fn form_row(row: usize, rows: usize) -> Row {
    let (of_step, of_mode) = ((rows - row).min(6), (rows - row).min(3));
    let (step, mode) = (row.is_multiple_of(6), row.is_multiple_of(3));
    let number = row / 6 * 10 + 10;
    let mut cells = Vec::new();
    if row == 0 {
        cells.push(Cell::plain(0, "Electric parking brake actuator, assembly line 4").over_rows(rows));
        cells.push(Cell::plain(3, "Own plant: assemble the actuator within the cycle time of 42 s.\nShip-to plant: fits the caliper.\nEnd user: holds the vehicle on a gradient of 30 %.").over_rows(rows));
    }
    if step {
        cells.push(Cell::plain(1, &format!("{number} Tighten gear cover with four M5×16 screws")).over_rows(of_step));
        cells.push(
            Cell::plain(4, "Cover tightened to 6.0 ± 0.5\u{a0}Nm at all four screws, gap ≤ 0.1\u{a0}mm")
                .over_rows(of_step),
        );
    }
    if mode {
        cells.push(Cell::plain(2, "Machine: EC screwdriver SD-4").over_rows(of_mode));
        cells.push(Cell::plain(5, "Spindle reaches the programmed torque and angle window").over_rows(of_mode));
        let effects = [
            "Own plant: scrap at end-of-line test, 100 %",
            "Ship-to plant: line stop of the caliper assembly",
            "End user: loss of the parking function on a slope",
        ];
        cells.push(Cell::new(6, effects.map(Paragraph::plain).to_vec()).over_rows(of_mode));
        cells.push(Cell::plain(7, "8").over_rows(of_mode));
        cells.push(Cell::plain(8, &format!("Screw torque too low (mode {})", row / 3 + 1)).over_rows(of_mode));
    }
    let priority = [("H", Rgb(0xfb, 0xe6, 0xe4)), ("M", Rgb(0xff, 0xf0, 0xcf)), ("L", Rgb(0xe4, 0xf3, 0xe8))][row % 3];
    cells.push(Cell::plain(9, &format!("Bit worn beyond limit, cause {}", row + 1)));
    cells.push(Cell::new(
        10,
        ["Tool life counter, 50,000 cycles", "Bit change by maintenance plan WI-0815"].map(Paragraph::plain).to_vec(),
    ));
    cells.push(Cell::plain(11, "4"));
    cells.push(Cell::plain(12, "Torque and angle monitoring 100 %, NOK part is locked"));
    cells.push(Cell::plain(13, "3"));
    cells.push(Cell::plain(14, priority.0).filled(priority.1));
    cells.push(Cell::new(15, vec![Paragraph::symbol(diamond(), "<S>")]));
    if row.is_multiple_of(4) {
        cells.push(Cell::plain(16, "Introduce torque transducer in line"));
        cells.push(Cell::plain(18, "M. Żółkiewski"));
        cells.push(Cell::plain(19, "2026-03-31"));
        cells.push(Cell::plain(20, "Completed"));
        cells.push(Cell::plain(21, "Transducer installed, see report 4711"));
        for (column, value) in [(22, "8"), (23, "2"), (24, "3")] {
            cells.push(Cell::plain(column, value));
        }
        cells.push(Cell::plain(25, "L").filled(Rgb(0xe4, 0xf3, 0xe8)));
    }
    let bookmarks = if step {
        vec![
            Bookmark { level: 0, title: format!("{number} Tighten gear cover") },
            Bookmark { level: 1, title: "Screw torque too low".to_owned() },
        ]
    } else {
        Vec::new()
    };
    let rule = if step {
        Rule::Step
    } else if mode {
        Rule::Mode
    } else {
        Rule::Hairline
    };
    Row { cells, rule, starts_group: mode, bookmarks }
}

/// A report with the form in it.
pub fn report(rows: usize, paper: Paper) -> Report {
    let fields = vec![
        vec![
            Field::new("Company name", "Brakes & Actuators GmbH", 2.0),
            Field::new("Manufacturing location", "Plant Žilina, hall 3", 2.0),
            Field::new("Customer", "Example Motors", 2.0),
            Field::new("Model year / program", "2027 / EPB-4", 1.5),
            Field::new("Confidentiality", "Confidential", 1.0),
        ],
        vec![
            Field::new("Subject", "Electric parking brake actuator, final assembly", 2.0),
            Field::new("Start date", "2026-01-12", 1.0),
            Field::new("Revision date", "2026-06-30", 1.0),
            Field::new(
                "Cross-functional team",
                "A. Novák (process), B. Weiß (quality), C. Łoś (maintenance), D. Smith (customer)",
                3.5,
            ),
            Field::new("Process responsibility", "A. Novák", 1.0),
        ],
    ];
    Report {
        title: "Process FMEA".to_owned(),
        number: "PFMEA-4711".to_owned(),
        language: "en".to_owned(),
        author: "A. Novák".to_owned(),
        subject: "Electric parking brake".to_owned(),
        date: Some(goldthread::base::clock::Date::constant(2026, 6, 30)),
        page: PageSetup::landscape(paper),
        body_size: 6.5,
        header: Header {
            logo: None,
            organisation: "Brakes & Actuators GmbH".to_owned(),
            organisation_detail: "Plant Žilina".to_owned(),
            corner: vec!["Revision B · 2026-06-30".to_owned()],
            fields,
            fields_on_every_page: false,
        },
        sections: vec![Section { title: Some("Process FMEA".to_owned()), table: form(rows), ..Section::default() }],
        footer_left: "Confidential".to_owned(),
        footer_center: "PFMEA-4711 revision B draft 3".to_owned(),
        watermark: Some("DRAFT".to_owned()),
        ..Report::default()
    }
}

/// The text without white space.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words of a cell without white space.
pub fn text_of(content: &[Paragraph]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text { text, .. } | Piece::Symbol { text, .. } => visible(text),
    };
    content.iter().flat_map(|paragraph| &paragraph.pieces).map(piece).collect()
}
