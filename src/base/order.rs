//! Fractional keys: the order of siblings as a field of each sibling.
//!
//! A key is a text of digits and letters read as a fraction in base 62. Between two different keys there is always a third,
//! so an insertion or a move changes one item only and two branches that insert at one place merge without a conflict.

use std::fmt;
use std::sync::Arc;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The place of an item among its siblings. Equal keys are told apart by the identity of the item.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(Arc<str>);

/// A text that is no order key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an order key: digits and letters a-z, A-Z, not ending in 0")]
pub struct OrderKeyError(pub String);

impl OrderKey {
    /// The key of an only child.
    pub fn first() -> Self {
        Self::between(None, None)
    }

    /// The smallest key there is, as the bound of a search; never given to an item.
    pub fn lowest() -> Self {
        Self(Arc::from(""))
    }

    /// A key from its text.
    ///
    /// # Errors
    /// If the text is empty, holds other characters than digits and ASCII letters, or ends in `0`, behind which there would
    /// be no room for a smaller key.
    pub fn parse(text: &str) -> Result<Self, OrderKeyError> {
        let valid = !text.is_empty() && text.bytes().all(|byte| DIGITS.contains(&byte)) && !text.ends_with('0');
        if valid { Ok(Self(Arc::from(text))) } else { Err(OrderKeyError(text.to_owned())) }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key behind `before` and in front of `after`; a missing bound is open. Bounds that are not in order give a key
    /// behind `before`.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        let low = before.map_or("", |key| &key.0).as_bytes();
        let high = after.map(|key| key.0.as_bytes()).filter(|high| low < *high);
        Self(Arc::from(String::from_utf8_lossy(&midpoint(low, high)).as_ref()))
    }

    /// `count` keys in order behind `before`, spread so that none grows long.
    pub fn run(before: Option<&Self>, count: usize) -> Vec<Self> {
        let mut keys: Vec<Self> = Vec::with_capacity(count);
        for _ in 0..count {
            let key = Self::after(keys.last().or(before));
            keys.push(key);
        }
        keys
    }

    /// A short key behind `before`: counts up in the last places instead of halving the rest.
    pub fn after(before: Option<&Self>) -> Self {
        let Some(before) = before else { return Self(Arc::from("a1")) };
        // The first character says how many places follow ("a": one, "b": two, ...), as in a counter that grows.
        let bytes = before.0.as_bytes();
        let places = match bytes[0] {
            head @ b'a'..=b'y' => usize::from(head - b'a') + 1,
            _ => return Self::between(Some(before), None),
        };
        let mut digits: Vec<usize> = (1..=places).map(|at| bytes.get(at).map_or(0, |byte| digit_of(*byte))).collect();
        for at in (0..places).rev() {
            if digits[at] + 1 < DIGITS.len() {
                digits[at] += 1;
                for lower in &mut digits[at + 1..] {
                    *lower = 0;
                }
                let mut text = vec![bytes[0]];
                text.extend(digits.iter().map(|digit| DIGITS[*digit]));
                while text.last() == Some(&b'0') {
                    text.pop();
                }
                let key = Self(Arc::from(String::from_utf8_lossy(&text).as_ref()));
                return if key > *before { key } else { Self::between(Some(before), None) };
            }
        }
        let mut text = vec![bytes[0] + 1];
        text.extend(std::iter::repeat_n(b'0', places));
        text.push(b'1');
        Self(Arc::from(String::from_utf8_lossy(&text).as_ref()))
    }
}

fn digit_of(byte: u8) -> usize {
    DIGITS.iter().position(|digit| *digit == byte).unwrap_or(0)
}

/// The shortest fraction strictly between `low` and `high` (open above where `high` is missing).
fn midpoint(low: &[u8], high: Option<&[u8]>) -> Vec<u8> {
    if let Some(high) = high {
        let common = high.iter().enumerate().take_while(|(at, byte)| low.get(*at).unwrap_or(&b'0') == *byte).count();
        if common > 0 {
            let mut key = high[..common].to_vec();
            key.extend(midpoint(low.get(common..).unwrap_or(&[]), Some(&high[common..])));
            return key;
        }
    }
    let low_digit = low.first().map_or(0, |byte| digit_of(*byte));
    let high_digit = high.and_then(|high| high.first()).map_or(DIGITS.len(), |byte| digit_of(*byte));
    if high_digit - low_digit > 1 {
        return vec![DIGITS[usize::midpoint(low_digit, high_digit)]];
    }
    if let Some(high) = high
        && high.len() > 1
    {
        return high[..1].to_vec();
    }
    let mut key = vec![DIGITS[low_digit]];
    key.extend(midpoint(low.get(1..).unwrap_or(&[]), None));
    key
}

impl fmt::Debug for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_is_always_a_key_between(places in prop::collection::vec(0..200_usize, 1..200)) {
            let mut keys: Vec<OrderKey> = Vec::new();
            for place in places {
                let at = place % (keys.len() + 1);
                let key = OrderKey::between(at.checked_sub(1).and_then(|left| keys.get(left)), keys.get(at));
                prop_assert!(OrderKey::parse(key.as_str()).is_ok());
                keys.insert(at, key);
                prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }

    #[test]
    fn a_long_run_stays_short() {
        let keys = OrderKey::run(None, 10_000);
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(keys.iter().all(|key| key.as_str().len() <= 5 && OrderKey::parse(key.as_str()).is_ok()));
        let inside = OrderKey::between(Some(&keys[61]), Some(&keys[62]));
        assert!(keys[61] < inside && inside < keys[62]);
        assert!(OrderKey::after(Some(&inside)) > inside);
    }
}
