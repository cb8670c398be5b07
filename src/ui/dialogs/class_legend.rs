//! The classes of a set with their drawn symbols and what they mean.

use eframe::egui::{Align, Context, Layout, RichText, Sense, Ui, vec2};

use super::DialogContext;
use super::frame::{self, MEDIUM};
use crate::model::class::{ClassSet, SpecialClass};
use crate::ui::drawn::drawn;
use crate::ui::kit::symbol::{SymbolColors, paint_symbol, symbol_size};
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Tokens, size};
use crate::ui::kit::widgets::{caption, empty_state};
use crate::ui::request::Request;

/// Height of a drawn symbol.
const SYMBOL: f32 = 24.0;
/// Breadth of the column of symbols and codes.
const CODES: f32 = 110.0;

/// The legend as a dialog of its own.
#[derive(Debug)]
pub(super) struct ClassLegend;

impl ClassLegend {
    #[allow(clippy::unused_self, reason = "every dialog is shown in the same way")]
    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, _: &mut Vec<Request>) -> bool {
        let shown = frame::show(ctx, "class legend", "Special characteristics", MEDIUM, |ui| {
            match cx.desk.and_then(|desk| desk.project().class_set()) {
                Some(set) => frame::body(ui, |ui| show(ui, set)),
                None => {
                    empty_state(ui, "No classes", "Choose a set of classes in the project properties.", None);
                }
            }
            frame::stays_open(ui)
        });
        shown.inner && !shown.closed
    }
}

/// Shows the legend of a set.
pub(super) fn show(ui: &mut Ui, set: &ClassSet) {
    caption(ui, &format!("{}. {}", set.customer, set.source));
    ui.add_space(size::STEP);
    for class in &set.classes {
        row(ui, class);
    }
}

fn row(ui: &mut Ui, class: &SpecialClass) {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(CODES, SYMBOL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(CODES);
            if let Some(shape) = &class.symbol {
                let symbol = drawn(shape, &class.text_fallback);
                let (rect, _) = ui.allocate_exact_size(symbol_size(&symbol, SYMBOL), Sense::hover());
                let colors = SymbolColors { ink: tokens.text, paper: tokens.panel };
                paint_symbol(ui.painter(), rect, &symbol, colors);
            }
            ui.label(RichText::new(class.code.as_str()).font(font(Weight::Medium, size::CHROME_TEXT)));
        });
        ui.vertical(|ui| {
            ui.add_space(size::STEP);
            let text = RichText::new(class.meaning.as_str());
            ui.label(if class.enabled { text } else { text.color(tokens.quiet) });
            let mut remarks: Vec<String> = class.note.iter().map(ToString::to_string).collect();
            if !class.enabled {
                remarks.insert(0, "Not offered until somebody has confirmed it with the customer.".to_owned());
            }
            if !class.obligations.is_empty() {
                let words: Vec<&str> = class.obligations.iter().map(|obligation| obligation.words()).collect();
                remarks.push(format!("Asks for: {}.", words.join(", ")));
            }
            if !remarks.is_empty() {
                caption(ui, &remarks.join(" "));
            }
        });
    });
    ui.add_space(size::STEP);
}
