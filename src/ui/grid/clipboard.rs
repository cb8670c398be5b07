//! The clipboard of the system: cells as text with tabs and, where the system takes it, as a table.
//!
//! Only the real window has it. Without it, and under Wayland, text travels the way of the toolkit, and what was copied in
//! this program is remembered beside it.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex, PoisonError};

use eframe::egui::{Context, Id};

use super::{html, tsv};

/// Cells as they travel: by rows; nothing where a merged cell goes on.
pub type Cells = Vec<Vec<Option<String>>>;

/// The clipboard of the system. It lives as long as the window, since on some systems what was copied goes with its owner.
#[derive(Clone)]
struct System(Arc<Mutex<arboard::Clipboard>>);

impl Debug for System {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("System")
    }
}

/// What was copied last in this program.
#[derive(Clone)]
struct Copied {
    text: String,
    cells: Arc<Cells>,
}

fn key() -> Id {
    Id::unique("clipboard of cells")
}

/// Lets the grids of a window use the clipboard of the system for tables. Where that cannot be reached, text remains.
pub fn use_system(ctx: &Context) {
    // Under Wayland only the toolkit knows the clipboard.
    if cfg!(target_os = "linux") && std::env::var_os("WAYLAND_DISPLAY").is_some() {
        return;
    }
    if let Ok(clipboard) = arboard::Clipboard::new() {
        ctx.data_mut(|data| data.insert_temp(key(), System(Arc::new(Mutex::new(clipboard)))));
    }
}

fn system(ctx: &Context) -> Option<System> {
    ctx.data(|data| data.get_temp(key()))
}

/// Copies cells. `shown` is what others get, `written` what this program pastes again.
pub(super) fn copy(ctx: &Context, shown: &[Vec<html::Cell>], written: Cells) {
    let text = tsv::write(shown.iter().map(|row| row.iter().map(|cell| cell.text.as_str().into()).collect()));
    let taken = system(ctx).is_some_and(|System(clipboard)| {
        let mut clipboard = clipboard.lock().unwrap_or_else(PoisonError::into_inner);
        clipboard.set().html(html::write(shown), Some(text.clone())).is_ok()
    });
    if !taken {
        ctx.copy_text(text.clone());
    }
    ctx.data_mut(|data| data.insert_temp(key(), Copied { text, cells: Arc::new(written) }));
}

/// The cells of a pasted text: as they were copied here, or as the table that the clipboard holds beside the text, or from
/// the text alone.
pub(super) fn pasted(ctx: &Context, text: &str) -> Cells {
    let copied: Option<Copied> = ctx.data(|data| data.get_temp(key()));
    if let Some(copied) = copied.filter(|copied| same_words(&copied.text, text)) {
        return Cells::clone(&copied.cells);
    }
    let table = system(ctx)
        .and_then(|System(clipboard)| clipboard.lock().unwrap_or_else(PoisonError::into_inner).get().html().ok());
    let read = || tsv::read(text).into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
    table.and_then(|table| html::read(&table)).filter(|cells| is_the_same(cells, text)).unwrap_or_else(read)
}

/// Whether a table says what the text says: then they were copied together.
fn is_the_same(cells: &Cells, text: &str) -> bool {
    let table: String = cells.iter().flatten().flatten().map(String::as_str).collect();
    same_words(&table, text)
}

fn same_words(one: &str, other: &str) -> bool {
    // Quotes around cells with line breaks belong to the text alone.
    let words = |text: &str| text.chars().filter(|char| !char.is_whitespace() && *char != '"').collect::<String>();
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_here_is_pasted_with_its_merged_cells() {
        let ctx = Context::default();
        let cell = |text: &str, rows| html::Cell { text: text.to_owned(), rows };
        let shown = [vec![cell("mode", 2), cell("one", 1)], vec![cell("", 0), cell("two", 1)]];
        let some = |text: &str| Some(text.to_owned());
        let written = vec![vec![some("mode"), some("one")], vec![None, some("two")]];
        copy(&ctx, &shown, written.clone());
        assert_eq!(pasted(&ctx, "mode\tone\r\n\ttwo\r\n"), written);
        assert_eq!(pasted(&ctx, "other\n"), [[some("other")]]);
    }
}
