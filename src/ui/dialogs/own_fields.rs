//! User-defined fields: columns that a company adds to a kind of item.

use eframe::egui::{ComboBox, TextEdit, Ui};

use super::fields::{Drafts, refusal};
use super::frame::named;
use super::records::{Edit, RecordColumn, RecordState, RecordTable};
use crate::app::desk::Desk;
use crate::base::Text;
use crate::edit::Command;
use crate::model::field::Field;
use crate::model::item::Kind;
use crate::model::project_data::UserFieldType;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::primary_button;
use crate::ui::request::Request;

/// The kinds of item whose rows the forms show, with the words for them.
const CARRIERS: [(Kind, &str); 7] = [
    (Kind::Risk, "Risk (FMEA line)"),
    (Kind::Failure, "Failure mode"),
    (Kind::Function, "Function"),
    (Kind::Step, "Process step"),
    (Kind::PlanRow, "Control-plan row"),
    (Kind::PpapElement, "PPAP element"),
    (Kind::TestResult, "Test result (PPAP)"),
];

const TABLE: RecordTable = RecordTable {
    kind: Kind::UserField,
    columns: &[
        RecordColumn { field: Field::Name, heading: "Field name", breadth: 240.0, edit: Edit::Text },
        RecordColumn { field: Field::Kind, heading: "Column of", breadth: 170.0, edit: Edit::No },
        RecordColumn { field: Field::ValueType, heading: "Type", breadth: 100.0, edit: Edit::Choice },
        RecordColumn { field: Field::Choices, heading: "Choices, separated by ;", breadth: 0.0, edit: Edit::Text },
    ],
    add: None,
    purpose: "Fields of your own show as columns wherever the kind of item is shown.",
    arranged: true,
};

/// What people call the kind that carries an own field.
pub(super) fn carrier_name(kind: Kind) -> &'static str {
    CARRIERS.iter().find(|(carrier, _)| *carrier == kind).map_or(kind.noun(), |(_, name)| *name)
}

/// A field that is about to be added.
#[derive(Debug)]
pub(super) struct OwnFields {
    name: String,
    on: Kind,
    value_type: &'static str,
    choices: String,
}

impl Default for OwnFields {
    fn default() -> Self {
        Self { name: String::new(), on: Kind::Risk, value_type: "Text", choices: String::new() }
    }
}

impl OwnFields {
    fn value_type(&self) -> UserFieldType {
        match self.value_type {
            "Number" => UserFieldType::Number,
            "Date" => UserFieldType::Date,
            "Choice" => {
                let values = self.choices.split(';').map(str::trim).filter(|value| !value.is_empty());
                UserFieldType::Choice(values.map(Text::from).collect())
            }
            _ => UserFieldType::Text,
        }
    }

    /// Shows the fields there are, and a line to add one.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        state: &mut RecordState,
        drafts: &mut Drafts,
        queue: &mut Vec<Request>,
    ) {
        let command = Command::AddUserField { on: self.on, name: self.name.clone(), value_type: self.value_type() };
        let refused = desk.can(&command).err().map(|refusal| refusal.reason);
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut self.name).hint_text("Name of a new field").desired_width(200.0);
            let typed = named(ui.add(field), "Name of a new field");
            let combo = ComboBox::from_id_salt("carrier").width(190.0).selected_text(carrier_name(self.on));
            let shown = combo.show_ui(ui, |ui| {
                for (kind, name) in CARRIERS {
                    ui.selectable_value(&mut self.on, kind, name);
                }
            });
            named(shown.response, "Column of");
            let combo = ComboBox::from_id_salt("value type").width(80.0).selected_text(self.value_type);
            let shown = combo.show_ui(ui, |ui| {
                for name in UserFieldType::names() {
                    ui.selectable_value(&mut self.value_type, name, name);
                }
            });
            named(shown.response, "Type");
            if self.value_type == "Choice" {
                let edit = TextEdit::singleline(&mut self.choices).hint_text("Early; late; night").desired_width(160.0);
                named(ui.add(edit), "Choices, separated by semicolons");
            }
            let button = ui.add_enabled_ui(refused.is_none(), |ui| primary_button(ui, "Add field")).inner;
            let button = button.on_disabled_hover_text(refused.as_deref().unwrap_or_default());
            let enter = typed.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
            if refused.is_none() && (button.clicked() || enter) {
                queue.push(Request::Run(command));
                self.name.clear();
                self.choices.clear();
            }
        });
        if let Some(reason) = refused.filter(|_| !self.name.is_empty()) {
            refusal(ui, &reason);
        }
        ui.add_space(size::STEP);
        TABLE.show(ui, desk, state, drafts, queue);
    }
}
