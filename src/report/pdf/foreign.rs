//! A page of another file below what we paint on it.

use std::io::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::report::bind::{CopiedPage, above_foot};
use crate::report::display::Page;

use super::PdfError;

/// The name of what we paint among the resources of the page.
const ON_TOP: &str = "OnTop";

/// The name of the state of the painter in which it is painted.
const DARKENING: &str = "Darkening";

/// Resources and contents of a page that shows `below`, a little smaller so that the foot has a strip of its own, and on top
/// of it what was painted for the page.
pub(super) fn covered(
    document: &mut Document,
    below: &CopiedPage,
    (page, on_top): (&Page, Stream),
    resources: ObjectId,
) -> Result<(Object, ObjectId), PdfError> {
    let mut forms = Dictionary::new();
    let mut content = Vec::new();
    let above = above_foot(below.size);
    for (at, (matrix, form)) in below.painted.iter().enumerate() {
        let name = format!("Below{at}");
        let matrix = matrix.then(above);
        writeln!(content, "q {matrix} cm /{name} Do Q")?;
        forms.set(name, *form);
    }
    // A watermark darkens what is below it and hides nothing.
    writeln!(content, "q /{DARKENING} gs /{ON_TOP} Do Q")?;
    let mut form = on_top;
    form.dict.set("Type", "XObject");
    form.dict.set("Subtype", "Form");
    form.dict.set("BBox", vec![0.into(), 0.into(), Object::Real(page.width), Object::Real(page.height)]);
    form.dict.set("Resources", resources);
    forms.set(ON_TOP, document.add_object(form));
    let mut state = Dictionary::new();
    state.set("Type", "ExtGState");
    state.set("BM", "Multiply");
    let mut states = Dictionary::new();
    states.set(DARKENING, state);
    let mut own = Dictionary::new();
    own.set("XObject", forms);
    own.set("ExtGState", states);
    Ok((own.into(), document.add_object(Stream::new(Dictionary::new(), content))))
}
