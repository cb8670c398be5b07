//! The words that generated projects are made of: machining and assembly as a quality engineer would write them down.

use crate::model::fmea::WorkCategory;

/// What is done at a station.
pub(super) const OPERATIONS: &[&str] = &[
    "Press-fit",
    "Screw down",
    "Weld",
    "Turn",
    "Mill",
    "Drill",
    "Deburr",
    "Wash",
    "Grease",
    "Rivet",
    "Mark",
    "Bond",
    "Heat-stake",
    "Balance",
];

/// What is checked at a station.
pub(super) const INSPECTIONS: &[&str] =
    &["Leak-test", "Measure", "Run in", "Check by camera", "Weigh", "Function-test"];

/// What it is done to.
pub(super) const OBJECTS: &[&str] = &[
    "bearing",
    "housing",
    "shaft",
    "cover",
    "gear",
    "planet carrier",
    "bracket",
    "seal ring",
    "rotor",
    "connector",
    "spindle",
    "flange",
    "spring seat",
    "piston",
    "worm wheel",
    "end cap",
    "circuit board",
    "magnet ring",
    "bushing",
    "clip",
];

/// A product characteristic: name, nominal, tolerance and unit.
pub(super) struct Feature {
    pub name: &'static str,
    pub nominal: f64,
    pub tolerance: f64,
    pub places: usize,
    pub unit: &'static str,
}

const fn feature(name: &'static str, nominal: f64, tolerance: f64, places: usize, unit: &'static str) -> Feature {
    Feature { name, nominal, tolerance, places, unit }
}

/// Product characteristics of stations.
pub(super) const FEATURES: &[Feature] = &[
    feature("Press-in depth", 12.5, 0.2, 1, "mm"),
    feature("Tightening torque", 8.0, 0.5, 1, "N·m"),
    feature("Outer diameter", 24.0, 0.05, 2, "mm"),
    feature("Pull-off force", 420.0, 60.0, 0, "N"),
    feature("Radial runout", 0.06, 0.04, 2, "mm"),
    feature("Position of bore", 38.0, 0.1, 1, "mm"),
    feature("Grease quantity", 1.8, 0.3, 1, "g"),
    feature("Leak rate", 2.0, 1.5, 1, "cm³/min"),
    feature("Weld seam width", 3.2, 0.4, 1, "mm"),
    feature("Flatness of sealing face", 0.05, 0.03, 2, "mm"),
    feature("Contact resistance", 4.0, 2.0, 1, "mΩ"),
    feature("Surface roughness", 1.2, 0.6, 1, "µm"),
    feature("Residual imbalance", 0.8, 0.6, 1, "g·mm"),
    feature("Assembled height", 31.4, 0.15, 2, "mm"),
];

/// Process characteristics of stations.
pub(super) const PARAMETERS: &[Feature] = &[
    feature("Press force", 6.5, 0.8, 1, "kN"),
    feature("Spindle speed", 1800.0, 100.0, 0, "1/min"),
    feature("Clamping pressure", 5.5, 0.5, 1, "bar"),
    feature("Welding current", 4.2, 0.3, 1, "kA"),
    feature("Feed rate", 0.12, 0.02, 2, "mm/rev"),
    feature("Bath temperature", 60.0, 5.0, 0, "°C"),
    feature("Holding time", 2.5, 0.4, 1, "s"),
    feature("Dosing pressure", 3.0, 0.3, 1, "bar"),
];

/// How a measurable characteristic is violated. Follows the name of the characteristic.
pub(super) const DEVIATIONS: &[&str] =
    &["below its lower limit", "above its upper limit", "scatters within the batch", "differs between fixtures"];

/// How a load is wrong, for receiving, storage, transport and shipping.
pub(super) const LOAD_MODES: &[&str] = &[
    "Label missing on the load",
    "Material of another drawing level in the load",
    "Quantity differs from the papers",
    "Packaging of the load damaged",
    "Load mixed with blocked parts",
    "Shelf life of the load exceeded",
];

/// The effects at a level, from grave to slight. Each has the same severity wherever it stands.
pub(super) struct KnownEffect {
    pub text: &'static str,
    pub severity: i64,
    /// The class that the effect calls for.
    pub class: &'static str,
}

const fn effect(text: &'static str, severity: i64, class: &'static str) -> KnownEffect {
    KnownEffect { text, severity, class }
}

/// In the own plant, at the ship-to plant, for the end user; four each, grave ones first.
pub(super) const EFFECTS: [[KnownEffect; 4]; 3] = [
    [
        effect("Whole run scrapped", 8, ""),
        effect("Part of the run scrapped after sorting", 7, ""),
        effect("Part of the run reworked off line", 5, ""),
        effect("Part reworked in station", 3, ""),
    ],
    [
        effect("Line of the customer stops for more than a shift", 8, ""),
        effect("Line of the customer stops for an hour", 7, ""),
        effect("Sorting at the customer", 5, ""),
        effect("Complaint without sorting", 3, ""),
    ],
    [
        effect("Actuator does not hold the vehicle on a slope", 10, "CC"),
        effect("Actuator fails during service life", 8, "SC"),
        effect("Actuator works slower than agreed", 7, "SC"),
        effect("Actuator is audible when it moves", 4, ""),
    ],
];

/// What can go wrong by the kind of influence, as subject and predicate: every pair makes sense.
pub(super) fn causes(category: WorkCategory) -> (&'static [&'static str], &'static [&'static str]) {
    match category {
        WorkCategory::Man => (
            &[
                "Part inserted",
                "Fixture closed",
                "Setting sheet followed",
                "Container exchanged",
                "Program chosen",
                "Tool changed",
                "Label attached",
                "Restart confirmed",
                "Rework part returned",
                "First-off taken",
            ],
            &[
                "in the wrong orientation",
                "at the wrong moment",
                "for the variant before",
                "without its second check",
                "from the neighbouring station",
                "before the cycle has ended",
                "twice in one cycle",
                "under a wrong order number",
                "in the wrong sequence",
                "with a worn aid",
            ],
        ),
        WorkCategory::Machine => (
            &[
                "Clamping jaw",
                "Guide rail",
                "Pressure regulator",
                "Servo drive",
                "Press punch",
                "Tool insert",
                "Spindle bearing",
                "Position sensor",
                "Dosing valve",
                "Gripper finger",
                "Hydraulic hose",
                "Index table",
            ],
            &[
                "worn beyond its limit",
                "out of adjustment",
                "sticks after standstill",
                "contaminated by chips",
                "drifts while warming up",
                "loosened by vibration",
                "set for another variant",
                "damaged by a collision",
                "reacts too late",
                "leaks under load",
            ],
        ),
        WorkCategory::Material => (
            &[
                "Cooling lubricant",
                "Cleaning agent",
                "Assembly grease",
                "Adhesive",
                "Process gas",
                "Abrasive belt",
                "Marking ink",
                "Filter cartridge",
            ],
            &[
                "beyond its shelf life",
                "of a wrong concentration",
                "contaminated by oil",
                "too cold at the start of shift",
                "of another supplier",
                "with lumps",
                "mixed from two lots",
                "not topped up",
                "too old after opening",
                "not stirred",
            ],
        ),
        WorkCategory::Environment | WorkCategory::Method | WorkCategory::Measurement => (
            &[
                "Ambient temperature",
                "Humidity",
                "Dust from the aisle",
                "Light at the station",
                "Vibration of a press",
                "Draught",
                "Electrostatic charge",
                "Noise on the supply",
            ],
            &[
                "rises after noon",
                "falls at the weekend",
                "changes with the season",
                "disturbs the sensor",
                "reaches the open part",
                "varies during the shift",
                "exceeds its limit in summer",
                "hides the mark",
                "shifts the zero point",
                "is not monitored at night",
            ],
        ),
    }
}
