//! What can be said of a sheet as a whole: its form, and where the headings stand.

use eframe::egui::{ComboBox, DragValue, Ui};

use super::Import;
use crate::app::import::outcome::Outcome;
use crate::base::text::counted;
use crate::exchange::import::table::{Table, TableKind};
use crate::ui::kit::widgets::{caption, named, text_button};

impl Import {
    /// The line above the preview.
    pub(super) fn show_choices(&mut self, ui: &mut Ui, outcome: &Outcome) {
        let sheet = self.sheet;
        let tables: Vec<&Table> = outcome.tables_of(sheet).collect();
        let table = tables.get(self.table).or(tables.first()).copied();
        let Some(session) = &mut self.session else { return };
        let Some(choice) = session.choices.get(sheet).cloned() else { return };
        ui.horizontal(|ui| {
            caption(ui, "Form");
            let chosen = choice.kind.map_or("As found", TableKind::name);
            let combo = ComboBox::from_id_salt("form").width(112.0).selected_text(chosen).show_ui(ui, |ui| {
                let mut kind = choice.kind;
                ui.selectable_value(&mut kind, None, "As found");
                for known in TableKind::ALL {
                    ui.selectable_value(&mut kind, Some(known), known.name());
                }
                kind
            });
            named(combo.response, "Form of the sheet");
            if let Some(kind) = combo.inner {
                session.choose_kind(sheet, kind);
            }
            caption(ui, "Headings in rows");
            let found = table.map_or((0, 0), |table| (*table.heading_rows.start(), *table.heading_rows.end()));
            let (first, last) = choice.heading_rows.unwrap_or(found);
            let (mut from, mut to) = (first.saturating_add(1), last.saturating_add(1));
            let one = named(ui.add(DragValue::new(&mut from).range(1..=1_048_576).speed(0.1)), "First heading row");
            caption(ui, "to");
            let two = named(ui.add(DragValue::new(&mut to).range(1..=1_048_576).speed(0.1)), "Last heading row");
            if one.changed() || two.changed() {
                // The row that was changed is meant; the other follows.
                let (from, to) = if two.changed() { (from.min(to), to) } else { (from, to.max(from)) };
                session.choose_headings(sheet, from.saturating_sub(1), to.saturating_sub(1));
            }
            if table.is_some_and(|table| table.own_form.is_none()) {
                let mut splits = choice.split_lines;
                let shown = ui.checkbox(&mut splits, "Split cells by line").on_hover_text(
                    "Each line of a cell of effects, controls, actions, requirements or equipment becomes an entry of its own; \
                     without it a cell stays one text",
                );
                if shown.changed() {
                    session.choose_split(sheet, splits);
                }
            }
            if !choice.says_nothing() && text_button(ui, "As found", "Take back what you said of this sheet").clicked()
            {
                session.forget(sheet);
            }
            if tables.len() > 1 {
                for (index, table) in tables.iter().enumerate() {
                    let words = format!("{}, row {}", table.kind.name(), table.heading_rows.start().saturating_add(1));
                    let shown = ui.selectable_label(self.table == index, words);
                    if shown
                        .on_hover_text(
                            "The sheet holds several tables. What you say of a column counts for each of them",
                        )
                        .clicked()
                    {
                        self.table = index;
                        (self.marked, self.reveals) =
                            (Some(crate::exchange::import::workbook::At::new(*table.heading_rows.start(), 0)), true);
                    }
                }
            } else if let Some(table) = table {
                caption(ui, &counted(table.records.len(), "line"));
            }
            if choice.is_recalled {
                caption(ui, "Columns as you said last time for these headings");
            }
            if self.waits {
                caption(ui, "Looking again…");
            }
        });
    }
}
