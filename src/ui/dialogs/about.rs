//! Version and licences.

use eframe::egui::{CollapsingHeader, Context, Label, RichText};

use super::DialogContext;
use super::frame::{self, MEDIUM};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::request::Request;

/// The bundled fonts: name, and the licence as it was delivered with them.
const FONTS: [(&str, &str); 3] = [
    ("Goldthread Sans, made from Inter", include_str!("../../../assets/fonts/OFL-Inter.txt")),
    ("Noto Sans Math, subset", include_str!("../../../assets/fonts/OFL-NotoSansMath.txt")),
    ("Noto Sans Symbols 2, subset", include_str!("../../../assets/fonts/OFL-NotoSansSymbols2.txt")),
];

/// The dialog.
#[derive(Debug)]
pub(super) struct About;

impl About {
    #[allow(clippy::unused_self, reason = "every dialog is shown in the same way")]
    pub(super) fn show(&mut self, ctx: &Context, _: DialogContext<'_>, _: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "about", "About Goldthread", MEDIUM, |ui| {
            let tokens = Tokens::of(ui);
            frame::body(ui, |ui| {
                ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
                ui.label(
                    "Editor for process flow, FMEA and control plan, where each fact is written once and every document \
                     shows it.",
                );
                ui.add_space(2.0 * size::STEP);
                ui.label("Licensed under MIT or Apache-2.0, at your choice.");
                ui.label(
                    RichText::new(
                        "The rating scales are in our own words and replace no handbook. Where a value is not confirmed, \
                         the scales say so.",
                    )
                    .color(tokens.quiet),
                );
                ui.add_space(2.0 * size::STEP);
                ui.label("Fonts, each under the SIL Open Font License 1.1:");
                for (name, licence) in FONTS {
                    CollapsingHeader::new(name).show(ui, |ui| {
                        ui.add(Label::new(RichText::new(licence).size(size::CAPTION_TEXT)).wrap());
                    });
                }
            });
            frame::stays_open(ui)
        });
        shown.inner && !shown.closed
    }
}
