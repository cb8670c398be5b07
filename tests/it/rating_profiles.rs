//! The shipped rating profiles are complete, agree with each other and keep their marks of doubt; broken ones are
//! refused with a place.

use goldthread::model::profile::{Evaluation, Method, RatingProfile, ScaleRole};
use goldthread::model::rating::{Priority, Rating};
use goldthread::store::assets::{self, AssetError};

fn profile(id: &str) -> std::sync::Arc<RatingProfile> {
    assets::profiles().unwrap().get(id).unwrap().clone()
}

/// The criteria of one column, best first.
fn column(id: &str, role: ScaleRole, at: usize) -> Vec<String> {
    profile(id).scale(role).unwrap().levels().iter().map(|level| level.criteria[at].to_string()).collect()
}

#[test]
fn every_level_of_every_profile_says_what_it_means() {
    let profiles = assets::profiles().unwrap();
    assert_eq!(profiles.iter().count(), 5);
    for profile in profiles.iter() {
        for scale in profile.scales() {
            let values: Vec<_> = scale.levels().iter().map(|level| level.value.clone()).collect();
            assert_eq!(values, (1..=10).map(Rating::Number).collect::<Vec<_>>(), "{} {}", profile.id(), scale.name());
            let mut texts: Vec<_> = scale.levels().iter().map(|level| &level.criteria).collect();
            texts.dedup();
            assert_eq!(texts.len(), 10, "two neighbours say the same: {} {}", profile.id(), scale.name());
            for level in scale.levels() {
                assert!(!level.label.is_blank() && !level.criteria[0].is_blank(), "{} {}", profile.id(), level.value);
            }
        }
    }
}

#[test]
fn the_same_effect_has_the_same_severity_for_every_method() {
    let end_user = column("aiag-vda-2019-pfmea", ScaleRole::Severity, 2);
    assert_eq!(end_user, column("aiag-vda-2019-dfmea", ScaleRole::Severity, 0));
    assert_eq!(end_user, column("aiag-vda-2019-msr", ScaleRole::Severity, 0));
    let customer = column("aiag-4-pfmea", ScaleRole::Severity, 0);
    assert_eq!(customer, column("aiag-4-dfmea", ScaleRole::Severity, 0));
}

#[test]
fn each_method_has_its_profiles() {
    for (method, ids) in [
        (Method::ProcessFmea, &["aiag-4-pfmea", "aiag-vda-2019-pfmea"][..]),
        (Method::DesignFmea, &["aiag-4-dfmea", "aiag-vda-2019-dfmea"]),
        (Method::MonitoringSystemResponse, &["aiag-vda-2019-msr"]),
    ] {
        let profiles = assets::profiles().unwrap();
        let found: Vec<_> = profiles.iter().filter(|profile| profile.applies_to().contains(&method)).collect();
        assert_eq!(found.iter().map(|profile| profile.id()).collect::<Vec<_>>(), ids);
    }
}

#[test]
fn doubt_stays_marked() {
    let monitoring = profile("aiag-vda-2019-msr");
    assert!(monitoring.output_note().is_some(), "output that rests on the table has to say so");
    let parts = monitoring.unverified_parts();
    let places: Vec<_> = parts.iter().map(|(place, _)| place.as_str()).collect();
    for place in ["Frequency", "Frequency 7", "Monitoring", "S 7–8, F 5", "S 2–3, F 5–6"] {
        assert!(places.contains(&place), "{place} lost its mark: {places:?}");
    }
    assert!(!places.contains(&"S 10, F 3"), "that block is confirmed");
    assert!(profile("aiag-4-dfmea").scale(ScaleRole::Detection).unwrap().unverified().is_some());
    assert!(profile("aiag-vda-2019-pfmea").output_note().is_none());
    assert_eq!(profile("aiag-4-pfmea").unverified_parts(), []);
}

#[test]
fn numbers_belong_to_the_4th_edition_and_priorities_to_2019() {
    let profiles = assets::profiles().unwrap();
    let [s, o, d] = [8, 4, 7].map(Rating::Number);
    let fourth = profile("aiag-4-pfmea");
    assert_eq!(fourth.rpn(&s, &o, &d), Some(224));
    assert_eq!(fourth.s_times_o(&s, &o), Some(32));
    assert_eq!(fourth.action_priority(&s, &o, &d), None);
    assert!(!profiles.rpn(&fourth, &s, &o, &d).unwrap().indicative);
    let indicated = profiles.action_priority(&fourth, &s, &o, &d).unwrap();
    assert_eq!((indicated.value, indicated.indicative), (Priority::High, true));

    let current = profile("aiag-vda-2019-pfmea");
    let number = profiles.rpn(&current, &s, &o, &d).unwrap();
    assert_eq!((number.value, number.indicative), (224, true));
    assert!(!profiles.action_priority(&current, &s, &o, &d).unwrap().indicative);
    assert_eq!(profile("aiag-vda-2019-msr").rpn(&s, &o, &d), None, "FMEA-MSR knows no such number");
    assert_eq!(fourth.rpn(&s, &o, &Rating::Number(11)), None);
}

#[test]
fn every_profile_named_for_indication_exists() {
    let profiles = assets::profiles().unwrap();
    let mut named = 0;
    for profile in profiles.iter() {
        if let Evaluation::RiskPriorityNumber { indicative_priority_from, rpn_threshold, .. } = profile.evaluation() {
            let other = profiles.get(indicative_priority_from.as_deref().unwrap()).unwrap();
            assert_eq!(other.applies_to(), profile.applies_to());
            assert_eq!(*rpn_threshold, None, "no threshold unless a customer sets one");
            named += 1;
        }
    }
    assert_eq!(named, 2);
}

/// A small profile of letters and numbers, as a customer might bring one; `{blocks}` are its blocks.
fn small(blocks: &str) -> String {
    let scale = |name: &str, values: &[&str]| {
        let level = |value: &&str| format!("(value: {value}, label: \"label\", criteria: [\"criterion\"]),");
        let levels: String = values.iter().map(level).collect();
        format!("{name}: (name: \"{name}\", columns: [\"Criteria\"], levels: [{levels}]),\n")
    };
    format!(
        "RatingProfile(\n    format: 1,\n    id: \"own\",\n    name: \"Own\",\n    edition: \"1\",\n    source: \"us\",\n    \
         applies_to: [ProcessFmea],\n    scales: Standard(\n{}{}{}),\n    \
         evaluation: ActionPriority(blocks: [{blocks}]),\n)\n",
        scale("severity", &["\"A\"", "\"B\"", "\"C\""]),
        scale("occurrence", &["1", "2"]),
        scale("detection", &["1", "2", "4"]),
    )
}

const LOW_HALF: &str = r#"(severity: ("A", "B"), occurrence: (1, 2), detection: [((1, 4), Low)]),"#;
const HIGH_HALF: &str = r#"(severity: ("C", "C"), occurrence: (1, 2), detection: [((1, 2), Medium), ((4, 4), High)]),"#;

fn refusal(text: &str) -> String {
    assets::read_profile("own.ron", text).unwrap_err().to_string()
}

#[test]
fn a_customers_own_scales_work() {
    let own = assets::read_profile("own.ron", &small(&format!("{LOW_HALF}{HIGH_HALF}"))).unwrap();
    let r = |text: &str| Rating::parse(text).unwrap();
    assert_eq!(own.action_priority(&r("C"), &r("2"), &r("4")), Some(Priority::High));
    assert_eq!(own.action_priority(&r("B"), &r("2"), &r("4")), Some(Priority::Low));
    assert_eq!(own.action_priority(&r("C"), &r("2"), &r("3")), None, "3 is not on the scale");
    assert_eq!(own.rpn(&r("C"), &r("2"), &r("4")), None, "letters have no product");
}

#[test]
fn a_table_with_a_gap_is_refused() {
    assert_eq!(refusal(&small(LOW_HALF)), "own.ron: the priority table gives S C, O 1, D 1 no priority");
}

#[test]
fn a_table_with_an_overlap_is_refused() {
    let twice = r#"(severity: ("B", "B"), occurrence: (2, 2), detection: [((2, 2), High)]),"#;
    let message = refusal(&small(&format!("{LOW_HALF}{HIGH_HALF}{twice}")));
    assert_eq!(message, "own.ron: the priority table gives S B, O 2, D 2 two priorities");
}

#[test]
fn a_table_off_its_scales_or_backwards_is_refused() {
    let off = r#"(severity: ("A", "D"), occurrence: (1, 2), detection: [((1, 4), Low)]),"#;
    assert_eq!(refusal(&small(off)), "own.ron: the priority table names severity D, which is not on the scale");
    let backwards = r#"(severity: ("A", "C"), occurrence: (2, 1), detection: [((1, 4), Low)]),"#;
    assert!(refusal(&small(backwards)).contains("occurrence band from 2 to 1; write the better end first"));
}

#[test]
fn unknown_fields_and_words_are_refused_with_their_place() {
    let whole = small(&format!("{LOW_HALF}{HIGH_HALF}"));
    let colour = whole.replace("    edition:", "    colour: 3,\n    edition:");
    let error = assets::read_profile("own.ron", &colour).unwrap_err();
    assert!(matches!(&error, AssetError::Malformed { line: 5, column: 5, .. }), "{error:?}");
    assert!(error.to_string().starts_with("own.ron:5:5: ") && error.to_string().contains("`colour`"), "{error}");
    assert!(refusal(&whole.replace("Medium", "Middling")).contains("Middling"));
    let deep = whole.replace("label: \"label\"", "lable: \"label\"");
    assert!(refusal(&deep).contains("`lable`"));
    assert!(refusal(&whole.replace("id: \"own\"", "id: \"Our Own\"")).contains("`Our Own`"));
    assert!(refusal(&whole[..whole.len() / 2]).starts_with("own.ron:"));
}

#[test]
fn a_level_without_words_is_refused() {
    let whole = small(&format!("{LOW_HALF}{HIGH_HALF}"));
    assert!(refusal(&whole.replacen("label: \"label\"", "label: \" \"", 1)).contains("lacks the label"));
    assert!(refusal(&whole.replacen("value: 2,", "value: 1,", 1)).contains("has the value 1 twice"));
    assert!(refusal(&whole.replacen("[\"Criteria\"]", "[\"Criteria\", \"More\"]", 1)).contains("but 2 columns"));
}

#[test]
fn another_format_is_refused_before_the_rest_is_read() {
    let newer = "RatingProfile(\n    format: 2,\n    {{ tomorrow's syntax";
    assert!(matches!(assets::read_profile("own.ron", newer), Err(AssetError::UnknownFormat { found: 2, .. })));
    for text in ["", "RatingProfile()", "(id: \"own\")", "(format: x)", "(format: 99999999999)"] {
        assert!(matches!(assets::read_profile("own.ron", text), Err(AssetError::NoFormat { .. })), "{text}");
    }
}
