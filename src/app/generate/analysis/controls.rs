//! The controls that the causes of a station share, each with the rating that its means allow (AIAG-VDA 2019, P2 and P3).

use crate::base::Text;
use crate::model::applicability::Applicability;
use crate::model::fmea::{Control, ControlKind, ControlMeans, Detects, WorkCategory};
use crate::model::reference::Ref;

use crate::app::generate::Maker;
use crate::app::generate::flow::Station;

/// Which kind of control-plan row carries a control out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app::generate) enum Carrier {
    /// None: another system does.
    Elsewhere,
    /// A check of every part by the machine.
    FullAutomatic,
    /// A sample with a gauge.
    Sample,
    /// A look at every part.
    Visual,
    /// The first part after set-up.
    FirstOff,
    /// The monitored parameter.
    Parameter,
    /// The verification of the error-proofing device.
    Device,
}

/// A control with the rating it stands for.
pub(in crate::app::generate) struct KnownControl {
    pub control: Control,
    /// The occurrence it leads to, or the detection.
    pub rating: i64,
    pub carrier: Carrier,
    pub used: bool,
}

/// The controls that the causes of a station may rely on.
pub(super) fn of_station(maker: &mut Maker, station: &Station) -> Vec<KnownControl> {
    use ControlKind::{Detection, Prevention};
    use ControlMeans::{Audit, Automatic, Behavioural, ErrorProofing, Human, SemiAutomatic, Technical};
    let number = station.step.number.as_str();
    let mut found = Vec::new();
    let mut add = |kind, means, text: String, rating, carrier, elsewhere: &str| {
        let evidence = if rating <= 4 { "Trial run and study of the line before" } else { "" };
        let control = Control {
            id: maker.ids.next_id(),
            fmea: maker.fmea,
            kind,
            text: Text::from(text),
            means: Some(means),
            detects: (kind == Detection).then_some(if means == Automatic { Detects::Mode } else { Detects::Cause }),
            equipment: match carrier {
                Carrier::Device => station.device.map(Ref::Item),
                Carrier::Sample => Some(Ref::Item(station.gauge)),
                _ => None,
            },
            evidence: Text::from(evidence),
            no_plan_row_because: Text::from(elsewhere),
            applicability: Applicability::AllParts,
            meta: None,
        };
        found.push(KnownControl { control, rating, carrier, used: false });
    };
    let elsewhere = Carrier::Elsewhere;
    add(
        Prevention,
        Behavioural,
        format!("Work instruction WI-{number} with pictures"),
        6,
        elsewhere,
        "Work instruction",
    );
    add(
        Detection,
        Human,
        format!("Visual check of every part at {number} against the limit sample"),
        7,
        Carrier::Visual,
        "",
    );
    add(Detection, Audit, format!("Process audit of {number} each quarter"), 9, elsewhere, "Audit plan");
    if station.handles_loads() {
        add(Prevention, Technical, format!("Label print bound to the order at {number}"), 3, Carrier::Visual, "");
        return found;
    }
    add(Prevention, Behavioural, format!("Set-up sheet and line clearance at {number}"), 5, Carrier::FirstOff, "");
    add(Prevention, Technical, format!("Parameter window with interlock at {number}"), 4, Carrier::Parameter, "");
    add(Prevention, Technical, format!("Preventive maintenance of station {number}"), 3, elsewhere, "Maintenance plan");
    add(Detection, SemiAutomatic, format!("Sample measured with gauge {number}"), 5, Carrier::Sample, "");
    add(
        Detection,
        Automatic,
        format!("Automatic check in station {number} stops the part"),
        3,
        Carrier::FullAutomatic,
        "",
    );
    if station.device.is_some() {
        add(Prevention, ErrorProofing, format!("Presence check at {number} locks the cycle"), 2, Carrier::Device, "");
    }
    found
}

/// The places of the controls that a cause of this kind relies on: one or two preventions, one or two detections.
pub(super) fn chosen(maker: &mut Maker, controls: &[KnownControl], category: WorkCategory) -> Vec<usize> {
    let fits = |control: &KnownControl| match (control.control.kind, category) {
        (ControlKind::Detection, _) => true,
        (_, WorkCategory::Man) => !matches!(control.carrier, Carrier::Parameter),
        _ => !matches!(control.carrier, Carrier::Device | Carrier::FirstOff),
    };
    let mut chosen = Vec::new();
    for kind in [ControlKind::Prevention, ControlKind::Detection] {
        let candidates: Vec<usize> =
            (0..controls.len()).filter(|at| controls[*at].control.kind == kind && fits(&controls[*at])).collect();
        let first = maker.below(candidates.len());
        chosen.extend(candidates.get(first));
        if maker.below(4) == 0 && candidates.len() > 1 {
            chosen.extend(candidates.get((first + 1) % candidates.len()));
        }
    }
    chosen
}
