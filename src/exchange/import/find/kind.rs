//! Whether an FMEA is of a process or of a design.

use super::meaning::{Form, Reading};
use super::window::Window;
use super::words::words;
use crate::exchange::import::table::{Field, TableKind};
use crate::exchange::import::workbook::{Sheet, Workbook};

const PROCESS: [&str; 22] = [
    "process",
    "processes",
    "operation",
    "operations",
    "station",
    "prozess",
    "proceso",
    "processo",
    "processus",
    "proces",
    "arbeitsgang",
    "manufacturing",
    "assembly",
    "machining",
    "welding",
    "operacion",
    "operazione",
    "operacao",
    "operacja",
    "etape",
    "pfmea",
    "line",
];
const DESIGN: [&str; 18] = [
    "design",
    "dfmea",
    "component",
    "components",
    "subsystem",
    "system",
    "composant",
    "composants",
    "komponente",
    "bauteil",
    "componente",
    "hardware",
    "circuit",
    "konstruktion",
    "conception",
    "diseno",
    "progetto",
    "device",
];

/// The kind of the table. `above` is the first row that can belong to its header block.
pub fn kind(workbook: &Workbook, sheet: &Sheet, window: &Window, above: u32) -> TableKind {
    match window.reading.form {
        Form::ControlPlan => return TableKind::ControlPlan,
        Form::ProcessFlow => return TableKind::ProcessFlow,
        Form::Fmea => {}
    }
    let mut score = by_step(&window.reading);
    for heading in &window.headings {
        score += leaning(&heading.shown(), 1);
    }
    score += leaning(&sheet.name, 3) + leaning(workbook.file.rsplit_once('.').map_or("", |(stem, _)| stem), 2);
    for row in above..*window.rows.start() {
        for (_, cell) in sheet.row(row) {
            let text = cell.value.to_string();
            if text.chars().count() <= 80 {
                score += leaning(&text, 1);
            }
        }
    }
    if score >= 0 { TableKind::ProcessFmea } else { TableKind::DesignFmea }
}

fn by_step(reading: &Reading) -> i32 {
    if reading.by_component {
        -3
    } else if reading.has(Field::Step) {
        3
    } else {
        0
    }
}

/// Positive for a process, negative for a design.
fn leaning(text: &str, weight: i32) -> i32 {
    let words = words(text);
    let says = |abbreviation: &str, word: &str| {
        words.iter().any(|known| known == abbreviation)
            || words
                .windows(2)
                .any(|pair| pair[0] == word && matches!(pair[1].as_str(), "fmea" | "failure" | "amef" | "amdec"))
    };
    let strong = i32::from(says("pfmea", "process")) - i32::from(says("dfmea", "design"));
    // "Current process controls" stand in forms of processes; those of designs are filled in for processes, too.
    let controls =
        words.windows(2).any(|pair| pair[0] == "process" && matches!(pair[1].as_str(), "control" | "controls"));
    let process = words.iter().filter(|word| PROCESS.contains(&word.as_str())).count().min(2) as i32;
    let design = words.iter().filter(|word| DESIGN.contains(&word.as_str())).count().min(2) as i32;
    weight * (process - design) + 8 * strong + 3 * i32::from(controls)
}
