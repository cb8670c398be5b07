//! The PPAP package: what stands in the way of the submission, each as a way there, and the export.

use eframe::egui::{Context, RichText};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, MEDIUM};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::app::lookup::Lookup;
use crate::app::ppap::{Gate, GateOf};
use crate::ui::kit::Tokens;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog.
#[derive(Debug, Default)]
pub(super) struct PpapPackage {
    lookup: Option<Lookup<GateOf>>,
    gate: Option<Gate>,
    entries: Vec<Entry>,
    picker: Picker,
}

impl PpapPackage {
    /// Looks at the gate off the frame; what was found stays until the answer for a newer project is there.
    fn look(&mut self, ctx: &Context, cx: DialogContext<'_>) {
        let Some(desk) = cx.desk else { return };
        let lookup = self.lookup.get_or_insert_with(|| {
            let wake = ctx.clone();
            Lookup::new(desk.project().clone(), move || wake.request_repaint())
        });
        lookup.renew(desk.project());
        lookup.ask(GateOf {
            folder: desk.folder().to_owned(),
            today: desk.author().today,
            of_files: desk.file_findings().to_vec(),
        });
        if let Some(gate) = lookup.take_answer() {
            let remark = |code: &str| if code.is_empty() { String::new() } else { format!("Finding {code}") };
            let entry = |text: &str, code: &str| Entry { text: text.to_owned(), remark: remark(code) };
            self.entries = gate.obstacles.iter().map(|obstacle| entry(&obstacle.text, obstacle.code)).collect();
            self.gate = Some(gate);
            self.picker.renew();
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        self.look(ctx, cx);
        let has_submission = cx.desk.is_some_and(|desk| desk.project().submission().is_some());
        let mut chosen = None;
        let shown = frame::show(ctx, "ppap package", "PPAP package", MEDIUM, |ui| {
            let refusal = match &self.gate {
                None => {
                    caption(ui, "Looking at documents, elements, results and attachments…");
                    Some("Wait until everything was looked at")
                }
                Some(gate) if gate.is_open() => {
                    let words = "Nothing stands in the way: the package can be submitted.";
                    ui.label(RichText::new(words).color(Tokens::of(ui).text));
                    None
                }
                Some(_) => {
                    caption(ui, "This stands in the way of the submission. Choose an entry to go there.");
                    let purpose = Purpose {
                        filter: "Find",
                        empty: "",
                        several: false,
                        height: (frame::room(ctx) - 60.0).min(364.0),
                    };
                    if let Some(Picked::Entry(at) | Picked::Done(at)) =
                        self.picker.show(ui, purpose, &self.entries, |_| false)
                    {
                        chosen = Some(at);
                    }
                    Some("Something stands in the way; a draft says so on every page")
                }
            };
            let draft = refusal.is_some() && self.gate.is_some() && has_submission;
            let other = draft.then_some("Export as draft…");
            Buttons { primary: Some("Export package…"), refusal, other, cancel: "Close" }.show(ui)
        });
        let place = chosen.and_then(|at| self.gate.as_ref()?.obstacles.get(at)?.place);
        if let Some((item, field)) = place {
            queue.push(Request::ShowItem(item, field));
            return false;
        }
        match shown.inner {
            Answer::Primary => queue.push(Request::AskPackage { as_draft: false }),
            Answer::Other => queue.push(Request::AskPackage { as_draft: true }),
            Answer::Open => return !shown.closed,
            Answer::Cancel => {}
        }
        false
    }
}
