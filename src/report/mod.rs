//! Reports: page model → layout → display list → PDF bytes. The preview on screen paints the same display list.
//!
//! *Invariant:* every word of the page model stands on some page, whole or in numbered parts; the same report gives the
//! same bytes.

pub mod bind;
pub mod diagram;
pub mod display;
pub mod doc;
pub mod forms;
pub mod layout;
pub mod paper;
pub mod pdf;
pub mod picture;
pub mod progress;

pub use forms::{FormPaper, form_report};
pub use layout::{LayoutError, lay_out};
pub use pdf::{Pdf, PdfError, to_pdf, to_pdf_watched};
pub use progress::Progress;
