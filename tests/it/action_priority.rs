//! Every cell of both action-priority tables against rule chains that were typed by hand from the block tables, not
//! generated from the data that ships.

use goldthread::model::profile::RatingProfile;
use goldthread::model::rating::{Priority, Rating};
use goldthread::store::assets;

const RATINGS: std::ops::RangeInclusive<i64> = 1..=10;

fn profile(id: &str) -> std::sync::Arc<RatingProfile> {
    assets::profiles().unwrap().get(id).unwrap().clone()
}

fn shipped(profile: &RatingProfile, s: i64, second: i64, third: i64) -> char {
    profile.action_priority(&Rating::Number(s), &Rating::Number(second), &Rating::Number(third)).unwrap().letter()
}

/// Process and design FMEA.
#[allow(clippy::match_same_arms, reason = "one arm per rule, in the order of the table")]
fn by_rules(s: i64, o: i64, d: i64) -> char {
    if s == 1 || o == 1 {
        return 'L';
    }
    match s {
        9 | 10 => match o {
            6.. => 'H',
            4 | 5 if d > 1 => 'H',
            4 | 5 => 'M',
            _ if d >= 7 => 'H',
            _ if d >= 5 => 'M',
            _ => 'L',
        },
        7 | 8 => match o {
            8.. => 'H',
            6 | 7 if d > 1 => 'H',
            6 | 7 => 'M',
            4 | 5 if d >= 7 => 'H',
            4 | 5 => 'M',
            _ if d >= 5 => 'M',
            _ => 'L',
        },
        4..=6 => match o {
            8.. if d >= 5 => 'H',
            8.. => 'M',
            6 | 7 if d > 1 => 'M',
            4 | 5 if d >= 7 => 'M',
            _ => 'L',
        },
        _ if o >= 8 && d >= 5 => 'M',
        _ => 'L',
    }
}

/// FMEA-MSR, by the severity that counts.
#[allow(clippy::match_same_arms, reason = "one arm per rule, in the order of the table")]
fn monitoring_by_rules(s: i64, f: i64, m: i64) -> char {
    if s == 1 || f == 1 {
        return 'L';
    }
    match (s, f) {
        (10, 5..) | (9, 4..) | (7 | 8, 6..) | (2..=6, 7..) => 'H',
        (10, 4) if m == 1 => 'M',
        (10, 4) => 'H',
        (10, 3) if m >= 4 => 'H',
        (10, 3) if m >= 2 => 'M',
        (10, 3) => 'L',
        (10, _) if m >= 4 => 'M',
        (10, _) => 'L',
        (9, _) if m >= 2 => 'H',
        (9, _) => 'L',
        (7 | 8, 5) | (4..=6, 5 | 6) => {
            if m >= 6 {
                'H'
            } else {
                'M'
            }
        }
        (7 | 8, 4) => match m {
            7.. => 'H',
            4..=6 => 'M',
            _ => 'L',
        },
        (7 | 8, 3) => match m {
            9.. => 'H',
            7 | 8 => 'M',
            _ => 'L',
        },
        (4..=8, _) | (_, 5 | 6) if m >= 7 => 'M',
        _ => 'L',
    }
}

fn cells() -> impl Iterator<Item = (i64, i64, i64)> {
    RATINGS.flat_map(|s| RATINGS.flat_map(move |second| RATINGS.map(move |third| (s, second, third))))
}

/// How many cells are high, medium and low.
fn counts(priority: impl Fn(i64, i64, i64) -> char) -> [usize; 3] {
    ['H', 'M', 'L'].map(|letter| cells().filter(|(s, second, third)| priority(*s, *second, *third) == letter).count())
}

#[test]
fn every_cell_for_process_and_design_is_right() {
    for id in ["aiag-vda-2019-pfmea", "aiag-vda-2019-dfmea"] {
        let profile = profile(id);
        for (s, o, d) in cells() {
            assert_eq!(shipped(&profile, s, o, d), by_rules(s, o, d), "{id}: S {s}, O {o}, D {d}");
        }
        assert_eq!(counts(|s, o, d| shipped(&profile, s, o, d)), [318, 214, 468], "{id}");
    }
}

#[test]
fn every_severity_band_has_its_count() {
    let profile = profile("aiag-vda-2019-pfmea");
    for (band, expected) in [
        (9..=10, [152, 12, 36]),
        (7..=8, [112, 52, 36]),
        (4..=6, [54, 114, 132]),
        (2..=3, [0, 36, 164]),
        (1..=1, [0, 0, 100]),
    ] {
        let within = counts(|s, o, d| if band.contains(&s) { shipped(&profile, s, o, d) } else { ' ' });
        assert_eq!(within, expected, "S {band:?}");
    }
}

#[test]
fn every_cell_for_monitoring_is_right() {
    let profile = profile("aiag-vda-2019-msr");
    for (s, f, m) in cells() {
        assert_eq!(shipped(&profile, s, f, m), monitoring_by_rules(s, f, m), "S {s}, F {f}, M {m}");
    }
    assert_eq!(counts(|s, f, m| shipped(&profile, s, f, m)), [516, 120, 364]);
}

/// How often the priority falls when one rating rises by one and the others stay.
fn falls(profile: &RatingProfile, axis: usize) -> usize {
    let urgency = |[s, second, third]: [i64; 3]| Priority::from_letter(shipped(profile, s, second, third));
    cells()
        .map(|(s, second, third)| [s, second, third])
        .filter(|place| place[axis] < 10)
        .filter(|place| {
            let mut worse = *place;
            worse[axis] += 1;
            urgency(worse) < urgency(*place)
        })
        .count()
}

#[test]
fn a_worse_rating_never_lowers_the_priority() {
    for id in ["aiag-vda-2019-pfmea", "aiag-vda-2019-dfmea"] {
        for axis in 0..3 {
            assert_eq!(falls(&profile(id), axis), 0, "{id}, axis {axis}");
        }
    }
}

#[test]
fn monitoring_is_monotone_but_for_the_step_from_severity_9_to_10() {
    let profile = profile("aiag-vda-2019-msr");
    assert_eq!(falls(&profile, 1), 0);
    assert_eq!(falls(&profile, 2), 0);
    // A breach of law (9) is treated more strictly than harm (10) at frequencies 2 and 3: by design of the table.
    assert_eq!(falls(&profile, 0), 12);
}

#[test]
fn perfect_monitoring_counts_the_severity_after_the_response() {
    let profile = profile("aiag-vda-2019-msr");
    let n = Rating::Number;
    let priority = |mitigated: Option<i64>, monitoring: i64| {
        profile.monitoring_priority(&n(10), mitigated.map(n).as_ref(), &n(7), &n(monitoring))
    };
    assert_eq!(priority(Some(2), 2), Some(Priority::High), "M 2 keeps the original effect");
    assert_eq!(priority(None, 2), Some(Priority::High), "and does not need the other one");
    assert_eq!(priority(Some(1), 1), Some(Priority::Low), "M 1 takes the effect after the response");
    assert_eq!(priority(Some(4), 1), Some(Priority::High));
    assert_eq!(priority(None, 1), None, "which has to be rated then");
}

#[test]
fn ratings_off_the_scale_have_no_priority() {
    let profile = profile("aiag-vda-2019-pfmea");
    for stranger in ["0", "11", "-1", "B", "7.0", "9223372036854775807"] {
        let stranger = Rating::parse(stranger).unwrap();
        let seven = Rating::Number(7);
        assert_eq!(profile.action_priority(&stranger, &seven, &seven), None);
        assert_eq!(profile.action_priority(&seven, &stranger, &seven), None);
        assert_eq!(profile.action_priority(&seven, &seven, &stranger), None);
    }
}
