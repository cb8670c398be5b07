//! A new, empty project is brought to a clean check inside the window.

use eframe::egui::Key;
use goldthread::app;
use goldthread::store::open::open;

use super::rig::{Start, Window};

/// What the new project knows of a step: name and kind; function, mode, effect, cause, prevention and detection control;
/// product characteristic with specification, equipment, and the row of the control plan.
struct Work {
    step: &'static str,
    kind: &'static str,
    analysis: [(&'static str, &'static str); 7],
    characteristic: [&'static str; 3],
    row: [(&'static str, &'static str); 7],
}

const WORK: [Work; 3] = [
    Work {
        step: "Receive bushes",
        kind: "Receiving",
        analysis: [
            ("2. Function of the process step", "Take over bushes as ordered"),
            ("2. Failure mode", "Wrong bushes taken over"),
            ("3. Failure cause", "Labels exchanged at the supplier"),
            ("Current prevention", "Supplier label by the delivery instruction"),
            ("Current detection", "Diameter of five bushes of each box"),
            ("Occurrence", "3"),
            ("Detection (D)", "4"),
        ],
        characteristic: ["Bush diameter", "30.0 ± 0.1 mm", "Caliper"],
        row: [
            ("Control method", "Booking refused without values"),
            ("Evaluation", "Caliper"),
            ("Sample size", "5"),
            ("Sample frequency", "Each box"),
            ("Responsible", "Goods receipt"),
            ("Reaction plan", "Block the delivery, label it red, return it to the supplier"),
            ("Owner of reaction plan", "Supplier quality engineer"),
        ],
    },
    Work {
        step: "Press bush",
        kind: "Operation",
        analysis: [
            ("2. Function of the process step", "Press the bush to its depth"),
            ("2. Failure mode", "Bush too deep"),
            ("3. Failure cause", "Stop not locked after setting"),
            ("Current prevention", "Stop locked, confirmed on the set-up sheet"),
            ("Current detection", "Depth of every arm measured by the press"),
            ("Occurrence", "3"),
            ("Detection (D)", "3"),
        ],
        characteristic: ["Press-in depth", "12.0 ± 0.2 mm", "Press 20 kN"],
        row: [
            ("Control method", "Press stops on a value out of limits"),
            ("Evaluation", "Depth sensor of the press"),
            ("Sample size", "1"),
            ("Sample frequency", "Each arm"),
            ("Responsible", "Press operator"),
            ("Reaction plan", "Stop the press, sort the arms since the last good one, call the setter"),
            ("Owner of reaction plan", "Shift leader"),
        ],
    },
    Work {
        step: "Ship arms",
        kind: "Shipping",
        analysis: [
            ("2. Function of the process step", "Ship complete boxes"),
            ("2. Failure mode", "Box incomplete"),
            ("3. Failure cause", "Count interrupted"),
            ("Current prevention", "Boxes with nests for 50 arms"),
            ("Current detection", "Weight of each box"),
            ("Occurrence", "3"),
            ("Detection (D)", "3"),
        ],
        characteristic: ["Content of the box", "50 arms", "Scale"],
        row: [
            ("Control method", "Label printed only at the right weight"),
            ("Evaluation", "Scale"),
            ("Sample size", "1"),
            ("Sample frequency", "Each box"),
            ("Responsible", "Packer"),
            ("Reaction plan", "Hold the box, count it again"),
            ("Owner of reaction plan", "Shift leader"),
        ],
    },
];

#[test]
fn a_new_project_is_brought_to_a_clean_check() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("bush");
    let mut window = Window::start(scratch, Start::default());
    window.click("New project…");
    window.fill("Project name", "Pressed bush");
    window.fill("Organisation", "Bush Works");
    window.fill("Customer", "Axle Works");
    window.fill("Folder", folder.to_str().unwrap());
    window.click("Create project");

    window.show("Process flow");
    for (place, work) in WORK.iter().enumerate() {
        if place == 0 {
            window.click("Add the first step");
            window.write("Operation", "line 1", work.step);
        } else {
            window.select("Operation", WORK[place - 1].step);
            window.menu("Insert", "Process step");
            window.enter(work.step);
            window.press(Key::Enter);
        }
        window.write("Kind", work.step, work.kind);
        let [characteristic, specification, equipment] = work.characteristic;
        window.write("Product characteristic", work.step, characteristic);
        window.write("Specification", work.step, specification);
        window.write("Machine", work.step, equipment);
    }
    window.menu("Edit", "Number steps by tens");

    window.show("PFMEA");
    window.click("Take over the process steps");
    for work in &WORK {
        for (column, text) in work.analysis {
            window.write(column, work.step, text);
            if column == "2. Failure mode" {
                let effects = "Your plant: Arms sorted (4)\nShip-to plant: not known\nEnd user: No effect (1)";
                window.write_lines("1. Failure effects", work.step, effects);
            }
        }
        assert_eq!(window.cell("Severity (S)", work.step).as_deref(), Some("4"));
    }

    window.show("Control plan");
    for work in &WORK {
        for (column, text) in work.row {
            window.write(column, work.step, text);
        }
        window.write("Product", work.step, work.characteristic[0]);
        window.write("Machine", work.step, work.characteristic[2]);
        window.select("Control method", work.step);
        window.menu("Review", "FMEA controls");
        assert_eq!(window.tick_all("this step"), 2);
        window.click("Carry out 2 controls");
    }
    assert_eq!(window.findings(), [""; 0]);
    window.command(Key::S);
    assert!(window.says("No findings") && !window.says("Not saved"));

    let library = app::library().unwrap();
    drop(window.harness);
    let opened = open(&folder, library).unwrap();
    assert!(opened.findings.is_empty());
}
