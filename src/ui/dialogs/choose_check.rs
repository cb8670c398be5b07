//! A control-plan row that verifies a device, a set-up or a restart instead of a characteristic.

use eframe::egui::{Context, TextEdit, Ui};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, First, MEDIUM, named};
use super::picker::{Entry, Picked, Picker, Purpose};
use super::project_properties::{ProjectProperties, Tab};
use crate::base::Id;
use crate::edit::Command;
use crate::model::Project;
use crate::model::control_plan::{PlanRow, Subject};
use crate::model::equipment::{Equipment, EquipmentKind};
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::{caption, text_button};
use crate::ui::request::Request;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check {
    Device,
    SetUp,
    Restart,
}

/// The dialog with what was chosen.
#[derive(Debug)]
pub(super) struct ChooseCheck {
    row: Id<PlanRow>,
    check: Check,
    device: Option<Id<Equipment>>,
    text: String,
    listed: Option<u64>,
    ids: Vec<Id<Equipment>>,
    entries: Vec<Entry>,
    picker: Picker,
    first: First,
}

impl ChooseCheck {
    pub(super) fn new(row: Id<PlanRow>) -> Self {
        Self {
            row,
            check: Check::Device,
            device: None,
            text: String::new(),
            listed: None,
            ids: Vec::new(),
            entries: Vec::new(),
            picker: Picker::default(),
            first: First::default(),
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        self.list(desk.project());
        let mut edits = false;
        let shown = frame::show(ctx, "choose check", "Device or check of the row", MEDIUM, |ui| {
            ui.horizontal(|ui| {
                for (check, name) in [
                    (Check::Device, "Error-proofing device"),
                    (Check::SetUp, "Set-up check"),
                    (Check::Restart, "Restart check"),
                ] {
                    ui.radio_value(&mut self.check, check, name);
                }
            });
            ui.add_space(size::STEP);
            let done = match self.check {
                Check::Device => {
                    ui.horizontal(|ui| {
                        caption(ui, "The row verifies the device with its challenge part.");
                        edits = text_button(ui, "Edit devices…", "Add one in the project properties").clicked();
                    });
                    self.devices(ui)
                }
                Check::SetUp => {
                    caption(ui, "The row verifies the set-up, such as a first-off or last-off comparison.");
                    self.words(ui)
                }
                Check::Restart => {
                    caption(ui, "The row verifies the process after a planned or unplanned shutdown.");
                    self.words(ui)
                }
            };
            let refusal = match self.command() {
                None if self.check == Check::Device => Some("Choose a device".to_owned()),
                None => Some("Write what is checked".to_owned()),
                Some(command) => desk.can(&command).err().map(|refusal| refusal.reason),
            };
            let answer =
                Buttons { primary: Some("Set check"), refusal: refusal.as_deref(), other: None, cancel: "Cancel" }
                    .show(ui);
            if done && refusal.is_none() { Answer::Primary } else { answer }
        });
        if edits {
            queue.push(Request::Show(ProjectProperties::on(Tab::Equipment).into()));
            return false;
        }
        match shown.inner {
            Answer::Primary => queue.extend(self.command().map(Request::Run)),
            Answer::Open => return !shown.closed,
            Answer::Other | Answer::Cancel => {}
        }
        false
    }

    fn devices(&mut self, ui: &mut Ui) -> bool {
        let purpose = Purpose {
            filter: "Find a device",
            empty: "The project has no error-proofing devices yet. Add them in the project properties.",
            several: false,
            height: (frame::room(ui.ctx()) - 100.0).min(252.0),
        };
        let (ids, device) = (&self.ids, self.device);
        let picked = self.picker.show(ui, purpose, &self.entries, |at| ids.get(at).copied() == device);
        if let Some(Picked::Entry(at) | Picked::Done(at)) = picked {
            self.device = self.ids.get(at).copied();
        }
        matches!(picked, Some(Picked::Done(_)))
    }

    fn words(&mut self, ui: &mut Ui) -> bool {
        let edit = TextEdit::singleline(&mut self.text).hint_text("First-off check against the set-up sheet");
        let field = named(ui.add(edit.desired_width(f32::INFINITY)), "What is checked");
        self.first.claim(&field);
        false
    }

    fn command(&self) -> Option<Command> {
        let row = self.row;
        if self.check == Check::Device {
            return self.device.map(|device| Command::SetDevice { row, device });
        }
        let text = self.text.trim().to_owned();
        (!text.is_empty()).then(|| Command::SetCheck { row, restart: self.check == Check::Restart, text })
    }

    fn list(&mut self, project: &Project) {
        if self.listed == Some(project.revision()) {
            return;
        }
        if self.listed.is_none() {
            self.take_over(project);
        }
        self.listed = Some(project.revision());
        let all = project.all_in_order::<Equipment>();
        let devices = || all.iter().filter(|found| found.kind == EquipmentKind::ErrorProofing);
        self.ids = devices().map(|device| device.id).collect();
        self.entries =
            devices().map(|device| Entry { text: device.label(), remark: device.challenge_part.to_string() }).collect();
        self.picker.renew();
    }

    /// Starts with what the row has now.
    fn take_over(&mut self, project: &Project) {
        match project.get(self.row).map(|row| &row.subject) {
            Some(Subject::ErrorProofing(device)) => self.device = device.present(),
            Some(Subject::SetUp(text)) => (self.check, self.text) = (Check::SetUp, text.to_string()),
            Some(Subject::Restart(text)) => (self.check, self.text) = (Check::Restart, text.to_string()),
            Some(Subject::Characteristic(_) | Subject::Open) | None => {}
        }
    }
}
