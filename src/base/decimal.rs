//! Numbers as people write them on drawings: the digits are kept, so `8.50` stays `8.50`.

use std::fmt;
use std::sync::Arc;

/// A decimal number with the digits it was written with. A decimal comma is read as a point.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Arc<str>);

/// A text that is no decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a number")]
pub struct DecimalError(pub String);

impl Decimal {
    /// Reads digits with an optional sign and one decimal point or comma.
    ///
    /// # Errors
    /// If the text is anything else, exponents and group separators included.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let refused = || DecimalError(text.to_owned());
        let plain = text.trim().replace(',', ".").replace('−', "-");
        let unsigned = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits(whole) && digits(fraction) && unsigned.len() <= 24 {
            Ok(Self(Arc::from(plain.strip_prefix('+').unwrap_or(&plain))))
        } else {
            Err(refused())
        }
    }

    /// The number for comparisons.
    pub fn value(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The digits as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        for (text, kept) in [("8.50", "8.50"), ("-0,2", "-0.2"), ("+3", "3"), ("−1", "-1")] {
            assert_eq!(Decimal::parse(text).unwrap().as_str(), kept);
        }
        for text in ["", ".", "1.", "1e3", "1.2.3", "five", "1 000"] {
            assert!(Decimal::parse(text).is_err(), "{text}");
        }
    }
}
