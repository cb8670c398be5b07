//! The menu of a cell or of a column heading, where it was asked for.

use eframe::egui::containers::menu::menu_style;
use eframe::egui::{Align, Id, Layout, Popup, PopupCloseBehavior, PopupKind, Pos2, Ui};

use crate::app::arrange::Sort;
use crate::app::registry::{Menu, MenuCommand};
use crate::app::settings::Settings;
use crate::model::document::DocumentKind;
use crate::model::form::{FormKind, ListKind};
use crate::ui::available::available;
use crate::ui::dialogs::Dialog;
use crate::ui::panels::menu::entry_called;
use crate::ui::request::Request;

use super::Workspace;

/// What a menu is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The cell of the cursor.
    Cell,
    /// A column, by its key.
    Column(&'static str),
}

impl Workspace {
    /// Opens the menu.
    pub fn open_context(&mut self, subject: Subject, position: Pos2) {
        self.context = Some((subject, position));
    }

    /// Shows the menu that is open.
    pub(super) fn show_context(&mut self, ui: &Ui, settings: &Settings, queue: &mut Vec<Request>) {
        let Some((subject, position)) = self.context else { return };
        let mut open = true;
        let popup = Popup::new(Id::unique("context menu"), ui.ctx().clone(), position, ui.layer_id());
        let popup = popup.kind(PopupKind::Menu).close_behavior(PopupCloseBehavior::CloseOnClick).style(menu_style);
        let popup = popup.layout(Layout::top_down_justified(Align::Min)).gap(0.0);
        popup.open_bool(&mut open).show(|ui| {
            ui.set_min_width(240.0);
            match subject {
                Subject::Cell => self.cell_menu(ui, settings, queue),
                Subject::Column(key) => self.column_menu(ui, key, queue),
            }
        });
        if !open {
            self.context = None;
        }
    }

    fn cell_menu(&self, ui: &mut Ui, settings: &Settings, queue: &mut Vec<Request>) {
        use MenuCommand as C;
        let kind = self.document().and_then(|shown| self.desk.project().get(shown)).map(|document| document.kind);
        let list = self.form().and_then(|form| match form.cells.view.form().kind {
            FormKind::List(list) => Some(list),
            _ => None,
        });
        let inserts: &[C] = match (kind, list) {
            (Some(DocumentKind::ProcessFlow), _) => &[
                C::InsertStep,
                C::InsertAbove,
                C::InsertProductCharacteristic,
                C::InsertProcessCharacteristic,
                C::ConnectSteps,
            ],
            (Some(DocumentKind::ControlPlan), _) => &[C::InsertPlanRow, C::InsertAbove],
            (Some(_), _) => &[
                C::InsertFunction,
                C::InsertMode,
                C::InsertCause,
                C::InsertAbove,
                C::InsertEffect,
                C::InsertPreventionControl,
                C::InsertDetectionControl,
                C::InsertPreventionAction,
                C::InsertDetectionAction,
                C::InsertWorkElement,
            ],
            (None, Some(ListKind::Characteristics | ListKind::CharacteristicMatrix)) => {
                &[C::InsertProductCharacteristic, C::InsertProcessCharacteristic]
            }
            (None, Some(ListKind::PpapElements)) => &[C::InsertPpapElement],
            (None, Some(ListKind::Results(_))) => &[C::InsertResult, C::MeasureCharacteristics],
            (None, _) => &[],
        };
        let about: &[C] = match kind {
            Some(DocumentKind::ProcessFlow) => &[C::StepProperties, C::ChooseParts],
            Some(DocumentKind::ControlPlan) => &[
                C::ChooseCharacteristic,
                C::ChooseControls,
                C::ChooseCheck,
                C::ChoosePhases,
                C::ChooseParts,
                C::Coverage,
            ],
            Some(_) => &[C::ChooseCharacteristic, C::RiskControls, C::ChooseParts, C::Justify, C::Coverage],
            None if list == Some(ListKind::PpapElements) => &[C::ChooseEvidence, C::PpapSubmission],
            None => &[],
        };
        let groups: [&[C]; 5] = [
            &[C::Cut, C::Copy, C::Paste, C::PasteRows, C::ClearCells, C::FillDown],
            inserts,
            &[C::Duplicate, C::MoveUp, C::MoveDown, C::MoveTo, C::DeleteRow],
            about,
            &[C::AcceptLinks, C::FilterColumn],
        ];
        let mut is_first = true;
        for group in groups.into_iter().filter(|group| !group.is_empty()) {
            if !std::mem::take(&mut is_first) {
                ui.separator();
            }
            for command in group {
                let name = match command.text() {
                    noun if command.menu() == Menu::Insert && *command != C::ConnectSteps => {
                        format!("Add {}", noun.to_lowercase())
                    }
                    name => name.to_owned(),
                };
                entry_called(ui, &name, *command, &|command| available(command, Some(self), settings), queue);
            }
        }
    }

    fn column_menu(&self, ui: &mut Ui, key: &'static str, queue: &mut Vec<Request>) {
        let Some(shown) = self.form() else { return };
        let form = shown.cells.view.form();
        let arrange =
            |sort: Option<Sort>| Request::Arrange { page: None, filter: shown.arranging.filter.clone(), sort };
        for (text, descending) in [("Sort ascending", false), ("Sort descending", true)] {
            if ui.button(text).clicked() {
                queue.push(arrange(Some(Sort { column: key.to_owned(), descending })));
            }
        }
        if shown.arranging.sort.is_some() && ui.button("Order of the document").clicked() {
            queue.push(arrange(None));
        }
        if ui.button("Filter…").clicked() {
            queue.push(Request::Show(shown.arranging.dialog(form, key)));
        }
        ui.separator();
        let layout = shown.cells.layout();
        if ui.button("Hide column").clicked() {
            let mut layout = layout.clone();
            layout.show_column(form, key, false);
            queue.push(Request::SetLayout(layout));
        }
        if ui.button("Keep columns up to here in sight").clicked() {
            let mut layout = layout.clone();
            layout.frozen = Some(key.to_owned());
            queue.push(Request::SetLayout(layout));
        }
        if ui.button("Columns…").clicked() {
            queue.push(Request::Show(Dialog::choose_columns(form.clone(), layout.clone())));
        }
    }
}
