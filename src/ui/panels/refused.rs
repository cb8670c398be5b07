//! Texts that cells did not take: where, what, and why. They stay until they are closed, and each leads to its cell.

use eframe::egui::{Frame, Key, Margin, Modifiers, Panel, ScrollArea, Ui};

use crate::base::text::quoted;
use crate::edit::RefusedCell;
use crate::model::form::Form;
use crate::ui::grid::CellAddress;
use crate::ui::kit::{Icon, Severity, Tokens, widgets};
use crate::ui::page::Page;
use crate::ui::request::Request;
use crate::ui::views::names::{column_key, number_of, row_number};

/// Height of a row of the list in points.
const ROW: f32 = 26.0;

/// The texts of one paste that were refused.
pub struct RefusedPanel {
    page: Page,
    cells: Vec<(Option<CellAddress>, RefusedCell)>,
    chosen: Option<usize>,
}

impl RefusedPanel {
    /// What a form of a page did not take.
    pub fn new(page: Page, form: &Form, refused: Vec<RefusedCell>) -> Self {
        let address = |cell: &RefusedCell| {
            let (block, row, column) = cell.at?;
            let column = column_key(&form.columns.get(column)?.key);
            Some(CellAddress::new(number_of(block), row_number(&row), column))
        };
        let cells = refused.into_iter().map(|cell| (address(&cell), cell)).collect();
        Self { page, cells, chosen: None }
    }

    /// Shows the panel; whether it stays.
    pub fn show(&mut self, ui: &mut Ui, queue: &mut Vec<Request>) -> bool {
        let frame = Frame::NONE.fill(Tokens::of(ui).panel).inner_margin(Margin::symmetric(6, 4));
        let rows = self.cells.len().clamp(1, 5) as f32;
        let area = Panel::bottom("refused").resizable(true).default_size(ROW.mul_add(rows, 44.0));
        let area = area.size_range(70.0..=420.0).frame(frame);
        area.show(ui, |ui| self.contents(ui, queue)).inner
    }

    fn contents(&mut self, ui: &mut Ui, queue: &mut Vec<Request>) -> bool {
        let mut stays = true;
        ui.horizontal(|ui| {
            let count = match self.cells.len() {
                1 => "1 text was not taken over".to_owned(),
                count => format!("{count} texts were not taken over"),
            };
            ui.label(count);
            widgets::caption(ui, "Everything else was. Choose one to go to its cell.");
            if widgets::icon_button(ui, Icon::Cross, "Close the list of texts that were not taken over").clicked() {
                stays = false;
            }
        });
        if ui.memory(|memory| memory.focused().is_none())
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            stays = false;
        }
        let area = ScrollArea::vertical().id_salt("refused").auto_shrink([false, false]);
        area.show_rows(ui, ROW, self.cells.len(), |ui, rows| {
            for at in rows {
                let (address, cell) = &self.cells[at];
                let text = if cell.text.is_empty() { "(empty)".to_owned() } else { quoted(&cell.text) };
                // Some reasons begin with the text themselves.
                let line = match cell.reason.strip_prefix(&text) {
                    Some(_) => cell.reason.clone(),
                    None => format!("{text} – {}", cell.reason),
                };
                let chosen = self.chosen == Some(at);
                let row =
                    ui.push_id(at, |ui| widgets::list_row(ui, Some(Severity::Warning), &line, &cell.place, chosen));
                if row.inner.on_hover_text(format!("{}\n{}\n{}", cell.place, cell.text, cell.reason)).clicked() {
                    self.chosen = Some(at);
                    queue.extend(address.map(|address| Request::ShowCell(self.page, address)));
                }
            }
        });
        stays
    }
}
