//! The kit of the window: theme, icons, symbols and small widgets.
//!
//! *Invariant:* it knows no domain; it never names the model.

pub mod icons;
pub mod symbol;
pub mod system_fonts;
pub mod theme;
pub mod tokens;
pub mod widgets;

pub use icons::{Icon, paint_icon, paint_severity, severity_icon};
pub use symbol::{Symbol, SymbolColors, SymbolFill, SymbolShape, paint_symbol};
pub use theme::{Weight, font};
pub use tokens::{Severity, Tokens, Tone, size};
