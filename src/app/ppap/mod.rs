//! The PPAP package: what stands in its way, and the one PDF that is handed to the customer.

mod evidence;
mod gate;
mod package;

pub use evidence::Evidence;
pub use gate::{Gate, GateOf, Obstacle};
pub use package::{Package, PackageError, package, package_to_file};
