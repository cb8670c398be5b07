//! The sheets of the file: what each seems to be, and whether it is imported.

use eframe::egui::{Align, Checkbox, Layout, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::Import;
use crate::app::import::outcome::Outcome;
use crate::base::text::counted;
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, named, row_ground, section};

/// Height of a sheet in the list.
const ROW: f32 = 44.0;

impl Import {
    pub(super) fn show_sheets(&mut self, ui: &mut Ui, outcome: &Outcome) {
        section(ui, "Sheets");
        let Some(session) = &mut self.session else { return };
        let opened = std::sync::Arc::clone(&session.opened);
        let sheets = &opened.workbook.sheets;
        let height = ui.available_height();
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut chosen = None;
        ScrollArea::vertical().id_salt("sheets").max_height(height).auto_shrink([false, false]).show_rows(
            ui,
            ROW,
            sheets.len(),
            |ui, rows| {
                for index in rows {
                    let (Some(sheet), Some(choice)) = (sheets.get(index), session.choices.get(index)) else { continue };
                    let seems = seems(outcome, index, sheet.is_empty(), sheet.hidden);
                    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                    let response = ui.interact(rect, ui.scope_id().with(("sheet", index)), Sense::click());
                    row_ground(ui, &response, index == self.sheet);
                    response.widget_info(|| {
                        WidgetInfo::selected(
                            Role::Button,
                            true,
                            index == self.sheet,
                            format!("{}, {seems}", sheet.name),
                        )
                    });
                    if response.clicked() {
                        chosen = Some(index);
                    }
                    let mut row = ui.new_child(
                        eframe::egui::UiBuilder::new()
                            .max_rect(rect.shrink2(vec2(6.0, 4.0)))
                            .layout(Layout::left_to_right(Align::Center)),
                    );
                    // A hidden sheet is looked at when it is ticked; of another without a form there is nothing to import.
                    let can_be = sheet.hidden || outcome.tables_of(index).next().is_some();
                    let mut is_wanted = choice.is_wanted && can_be;
                    let tick = row.add_enabled(can_be, Checkbox::without_text(&mut is_wanted));
                    if named(tick, &format!("Import sheet {}", sheet.name)).changed() {
                        session.want(index, is_wanted);
                    }
                    row.with_layout(Layout::top_down(Align::LEFT), |ui| {
                        let tokens = Tokens::of(ui);
                        ui.spacing_mut().item_spacing.y = 0.0;
                        let name = eframe::egui::RichText::new(&sheet.name)
                            .font(font(Weight::Medium, size::CHROME_TEXT))
                            .color(tokens.text);
                        ui.add(eframe::egui::Label::new(name).truncate().selectable(false));
                        ui.style_mut().wrap_mode = Some(eframe::egui::TextWrapMode::Truncate);
                        ui.style_mut().interaction.selectable_labels = false;
                        caption(ui, &seems);
                    });
                    response.on_hover_text(format!("{}: {seems}", sheet.name));
                }
            },
        );
        if let Some(sheet) = chosen {
            (self.sheet, self.table, self.marked) = (sheet, 0, None);
        }
    }
}

/// What a sheet seems to be.
fn seems(outcome: &Outcome, sheet: usize, is_empty: bool, is_hidden: bool) -> String {
    let tables: Vec<String> = outcome
        .tables_of(sheet)
        .map(|table| format!("{}, {}", table.kind.name(), counted(table.records.len(), "line")))
        .collect();
    let found = match (tables.is_empty(), is_empty) {
        (false, _) => tables.join(" + "),
        (true, true) => "empty".to_owned(),
        (true, false) if is_hidden => return "hidden, not looked at".to_owned(),
        (true, false) => "no form found".to_owned(),
    };
    if is_hidden { format!("{found} (hidden)") } else { found }
}
