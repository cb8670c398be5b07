//! Pasting, filling and clearing as the workspace does it: at once if it is little, off the frame if it is much.

use eframe::egui::Context;

use crate::app::lookup::Lookup;
use crate::app::returned::Accepted;
use crate::app::writing::Writing;
use crate::base::IdSource;
use crate::edit::{Author, BatchKind, CellBatch, WrittenCells};
use crate::ui::dialogs::Dialog;
use crate::ui::panels::refused::RefusedPanel;
use crate::ui::request::Request;

use super::Workspace;

/// The most cells that are written at once between two frames.
const AT_ONCE: usize = 400;

/// What is being written off the frame.
pub(super) struct Underway {
    batch: CellBatch,
    revision: u64,
    lookup: Lookup<Writing>,
}

impl Workspace {
    /// Writes texts into cells: those that fit, as one change, and lists the others with the reasons.
    pub fn write(&mut self, ctx: &Context, batch: CellBatch, queue: &mut Vec<Request>) {
        let cells: usize = batch.rows.iter().map(|row| row.texts.len()).chain(batch.beyond.iter().map(Vec::len)).sum();
        if cells <= AT_ONCE {
            if let Some(written) = self.desk.write_cells(&batch) {
                self.take_written(batch, written, queue);
            }
            return;
        }
        let Ok(ids) = IdSource::random() else {
            self.status.notice = Some("No random numbers for new identities".to_owned());
            return;
        };
        let author = Author { ids, ..self.desk.author().clone() };
        let wake = ctx.clone();
        let mut lookup = Lookup::new(self.desk.project().clone(), move || wake.request_repaint());
        lookup.ask(Writing { batch: batch.clone(), author });
        self.status.writing = Some(format!("Writing {cells} cells… (Esc ends it)"));
        self.underway = Some(Underway { batch, revision: self.desk.project().revision(), lookup });
    }

    /// Takes over what was written off the frame. If the project changed in the meantime, it is written again.
    pub fn follow_writing(&mut self, ctx: &Context, queue: &mut Vec<Request>) {
        let Some(underway) = &mut self.underway else { return };
        let Some(written) = underway.lookup.take_answer() else { return };
        let Some(Underway { batch, revision, .. }) = self.underway.take() else { return };
        self.status.writing = None;
        if revision == self.desk.project().revision() {
            self.take_written(batch, written, queue);
        } else {
            self.write(ctx, batch, queue);
        }
    }

    /// Whether something is being written off the frame.
    pub fn is_writing(&self) -> bool {
        self.underway.is_some()
    }

    /// Ends what is being written off the frame; nothing of it has changed anything yet.
    pub fn end_writing(&mut self) {
        self.underway = None;
        self.status.writing = None;
        self.status.notice = Some("Ended; nothing was written".to_owned());
    }

    /// Takes over what was changed in a workbook that came home.
    pub fn take_returned(&mut self, accepted: Accepted, file: &str) {
        if accepted.transaction.ops.is_empty() {
            self.status.notice = Some(format!("Nothing of {file} was taken over"));
            return;
        }
        let (label, refused) = (accepted.transaction.label.clone(), accepted.refused.len());
        let result = self.desk.commit(accepted.transaction);
        let failed = result.is_err();
        self.settle(result, false);
        if !failed {
            let rest = if refused > 0 { format!(" · {refused} not taken over") } else { String::new() };
            self.status.notice = Some(label.replacen("Take", "Took", 1) + &rest);
        }
    }

    fn take_written(&mut self, batch: CellBatch, written: WrittenCells, queue: &mut Vec<Request>) {
        if !written.shared.is_empty() {
            queue.push(Request::Show(Dialog::shared_facts(&self.desk, batch, &written)));
            return;
        }
        let page = self.page();
        self.focus_grid();
        let result =
            if written.transaction.ops.is_empty() { None } else { Some(self.desk.commit(written.transaction)) };
        self.refused = None;
        if let Some(result) = result {
            let failed = result.is_err();
            self.settle(result, false);
            if failed {
                return;
            }
        }
        let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
        let verb = match batch.kind {
            BatchKind::Paste => "Pasted",
            BatchKind::Fill => "Filled",
            BatchKind::Clear => "Cleared",
        };
        let mut said = match written.cells {
            0 => vec!["Nothing changed".to_owned()],
            cells => vec![format!("{verb} {}", plural(cells, "cell"))],
        };
        if written.rows > 0 {
            said.push(format!("added {}", plural(written.rows, "row")));
        }
        if written.elsewhere > 0 {
            said.push(format!("{} of them show elsewhere too", written.elsewhere));
        }
        if !written.refused.is_empty() {
            said.push(format!("{} not taken over", written.refused.len()));
            self.refused = page.map(|page| RefusedPanel::new(page, &batch.form, written.refused));
        }
        self.status.notice = Some(said.join(" · "));
    }
}
