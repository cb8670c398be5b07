//! The edit layer.
