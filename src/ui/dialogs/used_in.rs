//! Where one fact appears.

use eframe::egui::Context;

use super::DialogContext;
use super::frame::{self, MEDIUM};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::app::appearances::appearances;
use crate::model::item::AnyId;
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;

/// The dialog with the places.
#[derive(Debug)]
pub(super) struct UsedIn {
    item: AnyId,
    listed: Option<u64>,
    places: Vec<AnyId>,
    entries: Vec<Entry>,
    picker: Picker,
}

impl UsedIn {
    pub(super) fn new(item: AnyId) -> Self {
        Self { item, listed: None, places: Vec::new(), entries: Vec::new(), picker: Picker::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        let Some(desk) = cx.desk else { return false };
        let project = desk.project();
        if self.listed != Some(project.revision()) {
            self.listed = Some(project.revision());
            let found = appearances(project, self.item);
            self.places = found.iter().map(|place| place.item).collect();
            self.entries = found.into_iter().map(|place| Entry { text: place.text, remark: place.document }).collect();
            self.picker.renew();
        }
        let title = format!("Where “{}” appears", project.label(self.item));
        let mut jump = None;
        let shown = frame::show(ctx, "used in", &title, MEDIUM, |ui| {
            let count = match self.places.len() {
                1 => "One place".to_owned(),
                count => format!("{count} places"),
            };
            let noun = self.item.kind().noun();
            caption(ui, &format!("{count}. It is one {noun}: a change shows in all of them. Choose one to go there."));
            let purpose = Purpose {
                filter: "Find a place",
                empty: "It appears nowhere else yet.",
                several: false,
                height: (frame::room(ctx) - 40.0).min(364.0),
            };
            if let Some(Picked::Entry(at) | Picked::Done(at)) = self.picker.show(ui, purpose, &self.entries, |_| false)
            {
                jump = self.places.get(at).copied();
            }
            frame::stays_open(ui)
        });
        if let Some(place) = jump {
            queue.push(Request::ShowItem(place, None));
            return false;
        }
        shown.inner && !shown.closed
    }
}
