//! What a form without rows says, and the first thing to do.

use eframe::egui::Ui;

use crate::app::desk::Desk;
use crate::base::Id;
use crate::edit::Command;
use crate::model::characteristic::CharacteristicKind;
use crate::model::document::{Document, DocumentKind};
use crate::model::form::{ListKind, NewItem};
use crate::model::project_data::ProjectData;
use crate::ui::kit::widgets;
use crate::ui::page::Page;
use crate::ui::request::Request;

/// What a list without rows says, and the first thing to do.
pub fn list(ui: &mut Ui, list: ListKind, queue: &mut Vec<Request>) {
    match list {
        ListKind::Actions => {
            let text = "Actions stand at the failure causes of an FMEA. Add them there; here they are followed up.";
            widgets::empty_state(ui, "No actions yet", text, None);
        }
        ListKind::PpapElements | ListKind::Results(_) => {
            let text = "A submission brings its elements along; results are written into the open row of their list.";
            widgets::empty_state(ui, "Nothing to submit yet", text, None);
        }
        ListKind::Characteristics | ListKind::CharacteristicMatrix => {
            let text = "Product and process characteristics are written once and used in every document.";
            let action = "Add a product characteristic";
            if widgets::empty_state(ui, "No characteristics yet", text, Some(action)) {
                let what = NewItem::Characteristic(CharacteristicKind::Product);
                let under = ProjectData::ID.into();
                queue.push(Request::Run(Command::Create { under, what, text: String::new(), after: None }));
            }
        }
    }
}

/// What a form without rows says, and the first thing to do.
pub fn document(ui: &mut Ui, desk: &Desk, document: Id<Document>, queue: &mut Vec<Request>) {
    let Some(shown) = desk.project().get(document) else { return };
    let (title, text, action, command) = match shown.kind {
        DocumentKind::ProcessFlow => (
            "The process flow is empty",
            "List the steps from receiving to shipping. The FMEA and the control plan take them from here.",
            "Add the first step",
            Command::Create { under: document.into(), what: NewItem::Step, text: String::new(), after: None },
        ),
        DocumentKind::ControlPlan => (
            "The control plan has no steps to control yet",
            "Its rows stand at the steps of the process flow. Add steps there first.",
            "Show the process flow",
            Command::Renumber { flow: document },
        ),
        DocumentKind::ProcessFmea => (
            "The FMEA is empty",
            "It analyses the steps of the process flow: take them over, then write functions, failure modes and causes.",
            "Take over the process steps",
            Command::AnalyseMissingSteps { fmea: document },
        ),
        DocumentKind::DesignFmea | DocumentKind::FmeaMsr => (
            "The FMEA is empty",
            "Start with the next higher level, then add its elements.",
            "Add the next higher level",
            Command::Create {
                under: document.into(),
                what: NewItem::ProcessItem,
                text: shown.title.to_string(),
                after: None,
            },
        ),
    };
    if !widgets::empty_state(ui, title, text, Some(action)) {
        return;
    }
    if shown.kind == DocumentKind::ControlPlan {
        let flow = desk.project().documents_of(DocumentKind::ProcessFlow).first().map(|flow| flow.id);
        queue.push(flow.map_or_else(
            || Request::Notice("The project has no process flow yet".into()),
            |flow| Request::ShowPage(Page::Document(flow)),
        ));
    } else {
        queue.push(Request::Run(command));
    }
}
