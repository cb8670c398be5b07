//! The window: a kit without domain, a grid, and views that read the project and queue commands.

pub mod dialogs;
pub mod drawn;
pub mod grid;
pub mod kit;
pub mod request;
