//! Random bytes, and valid files with random damage: to the file, to a part of its container, to its records.

use std::sync::OnceLock;

use goldthread::exchange::import::read::read;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::seeds;

/// A change to bytes, with places as shares of their length.
#[derive(Debug, Clone)]
enum Damage {
    Set(f64, u8),
    Flip(f64, u8),
    Cut(f64),
    Remove(f64, usize),
    Repeat(f64, usize),
    Fill(f64, usize, u8),
    /// The next digit becomes a large number.
    Grow(f64, usize),
}

impl Damage {
    fn any() -> impl Strategy<Value = Self> {
        let place = 0.0..1.0_f64;
        prop_oneof![
            (place.clone(), any::<u8>()).prop_map(|(place, byte)| Self::Set(place, byte)),
            (place.clone(), 0..8_u8).prop_map(|(place, bit)| Self::Flip(place, bit)),
            place.clone().prop_map(Self::Cut),
            (place.clone(), 1..64_usize).prop_map(|(place, len)| Self::Remove(place, len)),
            (place.clone(), 1..64_usize).prop_map(|(place, len)| Self::Repeat(place, len)),
            (place.clone(), 1..5_usize, prop_oneof![Just(0xFF), Just(0x00), Just(0x7F), Just(0x80)])
                .prop_map(|(place, len, byte)| Self::Fill(place, len, byte)),
            (place, 1..10_usize).prop_map(|(place, len)| Self::Grow(place, len)),
        ]
    }

    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let index = |place: f64| (place * bytes.len() as f64) as usize;
        match *self {
            Self::Set(place, byte) => {
                let at = index(place);
                bytes[at] = byte;
            }
            Self::Flip(place, bit) => {
                let at = index(place);
                bytes[at] ^= 1 << bit;
            }
            Self::Cut(place) => bytes.truncate(index(place)),
            Self::Remove(place, len) => {
                let at = index(place);
                bytes.drain(at..(at + len).min(bytes.len()));
            }
            Self::Repeat(place, len) => {
                let at = index(place);
                let part = bytes[at..(at + len).min(bytes.len())].to_vec();
                bytes.splice(at..at, part);
            }
            Self::Fill(place, len, byte) => {
                let at = index(place);
                let end = (at + len).min(bytes.len());
                bytes[at..end].fill(byte);
            }
            Self::Grow(place, len) => {
                let at = index(place);
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    bytes.splice(at + digit..at + digit, std::iter::repeat_n(b'9', len));
                }
            }
        }
    }
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec(Damage::any(), 1..6)
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        damage.apply(&mut bytes);
    }
    bytes
}

/// Runs a property over the same cases every time.
fn check<S: Strategy>(cases: u32, strategy: &S, property: impl Fn(S::Value)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(strategy, |value| {
        property(value);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// An error is a sentence that begins with the name of the file; the reader catches no panic of its own making.
fn reads(file: &str, bytes: &[u8]) {
    match read(file, bytes) {
        Ok(workbook) => assert_eq!(workbook.file, file),
        Err(error) => assert!(error.to_string().starts_with(file), "{error}"),
    }
}

#[test]
fn random_bytes() {
    let beginning = prop::sample::select(vec![
        &b""[..],
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        b"\xFF\xFE",
        b"\xFE\xFF",
        b"\xEF\xBB\xBF",
        b"<?xml version=\"1.0\"?><Workbook>",
        b"<html><table>",
        b"sep=;\n",
    ]);
    check(2000, &(beginning, prop::collection::vec(any::<u8>(), 0..400)), |(beginning, rest)| {
        reads("x.xlsx", &[beginning, &rest].concat());
    });
}

#[test]
fn random_characters() {
    check(
        1000,
        &(prop::sample::select(vec!["", "<table>", "<Workbook><Worksheet><Table>"]), "[\\PC;,\t\n\"<>&'=/]{0,200}"),
        |(beginning, rest)| {
            reads("x.csv", format!("{beginning}{rest}").as_bytes());
        },
    );
}

#[test]
fn damaged_files() {
    let seeds: Vec<Vec<u8>> = [seeds::xlsx(), seeds::ods(), seeds::XLS.to_vec()]
        .into_iter()
        .chain(seeds::TEXTS.iter().map(|text| text.as_bytes().to_vec()))
        .collect();
    check(1500, &(prop::sample::select(seeds), damages()), |(seed, damages)| {
        reads("x.xls", &damaged(seed, &damages));
    });
}

#[test]
fn damaged_parts() {
    static PACKAGES: OnceLock<Vec<Vec<seeds::Part>>> = OnceLock::new();
    let packages = PACKAGES.get_or_init(|| vec![seeds::unpack(&seeds::xlsx()), seeds::unpack(&seeds::ods())]);
    check(500, &(0..packages.len(), any::<prop::sample::Index>(), damages()), |(package, part, damages)| {
        let mut parts = packages[package].clone();
        let part = part.index(parts.len());
        parts[part].1 = damaged(std::mem::take(&mut parts[part].1), &damages);
        reads("x.xlsx", &seeds::pack(&parts));
    });
}

#[test]
fn damaged_records() {
    let records = seeds::records(seeds::XLS);
    check(1500, &damages(), |damages| {
        reads("x.xls", &seeds::compound(&damaged(records.clone(), &damages)));
    });
}
