//! Typed identities: random, prefixed by kind, never reused and never shown to people.
//!
//! An identity is fifty random bits, written as ten characters after the prefix of its kind (`step_7k3m9q2w4x`), so that
//! a link to the wrong kind fails when a file is read and a text search finds every use.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

/// Crockford's alphabet: digits and lower-case letters without i, l, o and u, so that ids survive being read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const CHARACTERS: u32 = 10;
/// Number of random bits in an identity.
pub const ID_BITS: u32 = CHARACTERS * 5;

/// Implemented by everything that has an identity of its own.
pub trait Prefixed: 'static {
    /// The prefix of the identity in files, without the underscore, such as `step`.
    const PREFIX: &'static str;
}

/// The identity of a `T`.
pub struct Id<T> {
    raw: u64,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The smallest and the largest identity, as bounds of a search.
    pub const MIN: Self = Self { raw: 0, kind: PhantomData };
    /// See [`Id::MIN`].
    pub const MAX: Self = Self { raw: (1 << ID_BITS) - 1, kind: PhantomData };

    /// An identity from a number, of which only the low [`ID_BITS`] bits count.
    pub const fn from_raw(raw: u64) -> Self {
        Self { raw: raw & ((1 << ID_BITS) - 1), kind: PhantomData }
    }

    /// The number behind the identity.
    pub const fn raw(self) -> u64 {
        self.raw
    }
}

// Written by hand, because a derive would ask the same of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}

impl<T: Prefixed> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", T::PREFIX, encode(self.raw))
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode(self.raw))
    }
}

/// Why a text is not an identity of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text is an identity of another kind.
    #[error("expected an id that starts with `{expected}_`, found `{found}`")]
    WrongKind {
        /// The prefix that was wanted.
        expected: &'static str,
        /// The text that was met.
        found: String,
    },
    /// The characters after the prefix are not ten characters of the alphabet.
    #[error("`{0}` is not an id: ten characters of 0-9 and a-z without i, l, o, u follow the prefix")]
    Malformed(String),
}

impl<T: Prefixed> FromStr for Id<T> {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let body = text
            .strip_prefix(T::PREFIX)
            .and_then(|rest| rest.strip_prefix('_'))
            .ok_or_else(|| IdError::WrongKind { expected: T::PREFIX, found: text.to_owned() })?;
        decode(body).map(Self::from_raw).ok_or_else(|| IdError::Malformed(text.to_owned()))
    }
}

fn encode(raw: u64) -> String {
    (0..CHARACTERS).rev().map(|place| ALPHABET[(raw >> (place * 5) & 31) as usize] as char).collect()
}

fn decode(body: &str) -> Option<u64> {
    if body.len() != CHARACTERS as usize {
        return None;
    }
    body.bytes().try_fold(0_u64, |raw, byte| {
        let digit = ALPHABET.iter().position(|candidate| *candidate == byte)?;
        Some(raw << 5 | digit as u64)
    })
}

/// A stream of fresh identities: random in use, seeded in tests and generators.
#[derive(Debug, Clone)]
pub struct IdSource {
    state: u64,
}

impl IdSource {
    /// A stream that is fixed by its seed.
    pub const fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A stream seeded by the operating system.
    ///
    /// # Errors
    /// If the operating system has no source of randomness to offer.
    pub fn random() -> Result<Self, getrandom::Error> {
        getrandom::u64().map(Self::seeded)
    }

    /// The next number of the stream (the SplitMix64 sequence).
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// The next identity of the stream.
    pub fn next_id<T>(&mut self) -> Id<T> {
        Id::from_raw(self.next_u64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Step;
    impl Prefixed for Step {
        const PREFIX: &'static str = "step";
    }

    #[test]
    fn an_id_survives_its_text() {
        let mut ids = IdSource::seeded(7);
        for _ in 0..1000 {
            let id: Id<Step> = ids.next_id();
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn wrong_kinds_and_characters_are_refused() {
        assert!(matches!("cause_0123456789".parse::<Id<Step>>(), Err(IdError::WrongKind { .. })));
        for text in ["step_", "step_0123", "step_0123456789a", "step_012345678u", "step_012345678é"] {
            assert!(matches!(text.parse::<Id<Step>>(), Err(IdError::Malformed(_))), "{text}");
        }
    }
}
