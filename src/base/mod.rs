//! Small vocabulary without any domain: identities, order, words, the day, the reading of text with fonts.
//!
//! *Invariant:* nothing here knows what a failure mode is.

pub mod clock;
pub mod dates;
pub mod decimal;
pub mod fonts;
mod hex;
pub mod id;
pub mod lines;
pub mod marks;
pub mod order;
pub mod shaping;
pub mod system_fonts;
pub mod text;
mod unspaced;

pub use decimal::Decimal;
pub use hex::hex;
pub use id::{Id, IdSource, Prefixed};
pub use order::OrderKey;
pub use text::Text;
