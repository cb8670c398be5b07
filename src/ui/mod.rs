//! The window: a kit without domain, a grid, and views that read the project and queue commands.
//!
//! *Invariant:* a frame only reads; what people do is queued as requests and carried out between frames.

pub mod available;
pub mod dialogs;
pub mod drawn;
pub mod grid;
pub mod kit;
pub mod page;
pub mod palette;
pub mod panels;
pub mod request;
pub mod root;
pub mod run;
pub mod views;
pub mod workspace;
