//! Which parts something applies to: in a dialog of its own, and as a field of other dialogs.

use eframe::egui::{Context, Response, ScrollArea, Ui};

use super::DialogContext;
use super::frame::{self, SMALL, named};
use crate::app::desk::Desk;
use crate::base::text::quoted;
use crate::edit::Command;
use crate::model::applicability::{ALL_PARTS, Applicability};
use crate::model::form::List;
use crate::model::item::AnyId;
use crate::model::project_data::Part;
use crate::model::reference::Ref;
use crate::ui::kit::tokens::size;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// How high a long list of parts grows.
const HIGHEST: f32 = 320.0;

/// The dialog. What is ticked is done at once and can be undone.
#[derive(Debug)]
pub(super) struct ChooseParts {
    item: AnyId,
}

impl ChooseParts {
    pub(super) fn new(item: AnyId) -> Self {
        Self { item }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let shown = frame::show(ctx, "choose parts", "Applies to parts", SMALL, |ui| {
            let name = quoted(&desk.project().label(self.item));
            caption(ui, &format!("To which parts does {name} apply?"));
            ui.add_space(size::STEP);
            tick_parts(ui, desk, self.item, queue);
            ui.add_space(size::STEP);
            frame::stays_open(ui)
        });
        shown.inner && !shown.closed
    }
}

/// A button that says which parts an item applies to and opens the list of them.
pub(super) fn parts_field(ui: &mut Ui, desk: &Desk, item: AnyId, name: &str, queue: &mut Vec<Request>) -> Response {
    let held = desk.project().item(item);
    let text = held.as_ref().and_then(|held| held.applicability());
    let text = text.map_or_else(|| ALL_PARTS.to_owned(), |applies| desk.project().applicability_text(applies));
    let opened = ui.menu_button(text, |ui| tick_parts(ui, desk, item, queue));
    named(opened.response, name)
}

/// A tick for every part of the project.
fn tick_parts(ui: &mut Ui, desk: &Desk, item: AnyId, queue: &mut Vec<Request>) {
    let project = desk.project();
    let Some(held) = project.item(item) else { return };
    let Some(applies) = held.applicability() else { return };
    let parts = project.all_in_order::<Part>();
    if parts.is_empty() {
        caption(ui, "The project has no parts yet. Add them in the project properties.");
        return;
    }
    let is_all = *applies == Applicability::AllParts;
    let ticked = |part: &Part| is_all || applies.parts().contains(&Ref::Item(part.id));
    let mut set = |lines: Vec<String>| {
        queue.push(Request::Run(Command::SetList { owner: item, list: List::Parts, lines }));
    };
    let mut all = is_all;
    let every = ui.add_enabled(!is_all, eframe::egui::Checkbox::new(&mut all, ALL_PARTS));
    if every.on_disabled_hover_text("Take the tick from a part to leave it out").changed() {
        set(Vec::new());
    }
    ui.separator();
    ScrollArea::vertical().max_height(HIGHEST).show(ui, |ui| {
        let count = parts.iter().filter(|part| ticked(part)).count();
        for part in &parts {
            let was = ticked(part);
            let mut now = was;
            let is_last = was && count == 1;
            let tick = eframe::egui::Checkbox::new(&mut now, project.label(part.id.into()));
            let response = ui.add_enabled(!is_last, tick);
            if response.on_disabled_hover_text("Something applies to one part at least").changed() {
                let left = parts.iter().filter(|other| if other.id == part.id { now } else { ticked(other) });
                set(left.map(|part| project.part_text(&part.id.into())).collect());
            }
        }
    });
}
