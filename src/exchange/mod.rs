//! The exchange layer.
