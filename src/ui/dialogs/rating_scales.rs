//! The scales of a rating profile with every criterion, and the priority that follows from three ratings.

use eframe::egui::{Align, ComboBox, Context, Label, Layout, RichText, ScrollArea, Ui};
use egui_extras::{Column, TableBuilder};

use super::DialogContext;
use super::frame::{self, First, LARGE, named};
use super::priority_matrix;
use crate::model::profile::{Evaluation, RatingProfile, Scale};
use crate::ui::kit::theme::{Weight, font};
use crate::ui::kit::tokens::{Severity, Tokens, size};
use crate::ui::kit::widgets::{caption, empty_state};
use crate::ui::kit::{icons::severity_icon, tokens::Pair};
use crate::ui::request::Request;

/// Which page is shown: one of the three scales, or what follows from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Scale(usize),
    Evaluation,
}

/// The dialog.
#[derive(Debug)]
pub(super) struct RatingScales {
    profile: String,
    page: Page,
    first: First,
}

impl RatingScales {
    pub(super) fn new(profile: String) -> Self {
        Self { profile, page: Page::Scale(0), first: First::default() }
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, _: &mut Vec<Request>) -> bool {
        let known = match cx.desk {
            Some(desk) => desk.project().library().profiles.clone(),
            None => crate::store::assets::profiles().unwrap_or_default(),
        };
        if known.get(&self.profile).is_none()
            && let Some(any) = known.iter().next()
        {
            any.id().clone_into(&mut self.profile);
        }
        let shown = frame::show(ctx, "rating scales", "Rating scales", LARGE, |ui| {
            let Some(profile) = known.get(&self.profile) else {
                empty_state(ui, "No rating profile", "The project names none that is known.", None);
                return frame::stays_open(ui);
            };
            let combo = ComboBox::from_id_salt("profile").width(420.0).selected_text(profile.name().to_string());
            let shown = combo.show_ui(ui, |ui| {
                for other in known.iter() {
                    ui.selectable_value(&mut self.profile, other.id().to_owned(), other.name().as_str());
                }
            });
            self.first.claim(&named(shown.response, "Rating profile"));
            caption(ui, profile.source());
            for doubt in profile.unverified() {
                unverified(ui, doubt);
            }
            let evaluation = match profile.evaluation() {
                Evaluation::ActionPriority { .. } => "Action priority",
                Evaluation::RiskPriorityNumber { .. } => "RPN",
            };
            let scales = profile.scales();
            let pages = [0, 1, 2].map(|at| (Page::Scale(at), scales[at].name().as_str()));
            let pages = [pages[0], pages[1], pages[2], (Page::Evaluation, evaluation)];
            frame::tabs(ui, &pages, &mut self.page);
            let height = (frame::room(ctx) - 70.0).min(440.0);
            frame::steady_body(ui, height, |ui| match self.page {
                Page::Scale(at) => scale_table(ui, &scales[at.min(2)]),
                Page::Evaluation => evaluation_page(ui, profile),
            });
            frame::stays_open(ui)
        });
        shown.inner && !shown.closed
    }
}

/// A doubt, marked so that nobody takes it for confirmed.
pub(super) fn unverified(ui: &mut Ui, doubt: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        severity_icon(ui, Severity::Warning);
        let text = RichText::new(format!("Not verified: {doubt}")).size(size::CAPTION_TEXT).color(tokens.warning);
        ui.add(Label::new(text).wrap());
    });
}

fn scale_table(ui: &mut Ui, scale: &Scale) {
    if let Some(note) = scale.note() {
        caption(ui, note);
    }
    if let Some(doubt) = scale.unverified() {
        unverified(ui, doubt);
    }
    let tokens = Tokens::of(ui);
    let columns = scale.columns().len().max(1);
    let gap = ui.spacing().item_spacing.x;
    let breadth = (ui.available_width() - 46.0 - 130.0 - 16.0) / columns as f32 - gap;
    let body = font(Weight::Regular, size::GRID_TEXT);
    let height_of = |text: &str, breadth: f32| {
        ui.painter().layout(text.to_owned(), body.clone(), tokens.text, breadth.max(40.0)).size().y
    };
    // The worst level first, as people look for the highest rating that applies.
    let levels: Vec<_> = scale.levels().iter().rev().collect();
    let heights: Vec<f32> = levels
        .iter()
        .map(|level| {
            let criteria = level.criteria.iter().map(|text| height_of(text, breadth - 8.0));
            let doubt = level.unverified.as_ref().map_or(0.0, |doubt| height_of(doubt, breadth - 30.0) + 26.0);
            let tallest = criteria.fold(height_of(&level.label, 118.0), f32::max);
            tallest + doubt + 12.0
        })
        .collect();
    let height = ui.available_height();
    TableBuilder::new(ui)
        .id_salt(("scale", scale.name().as_str()))
        .striped(true)
        .auto_shrink([false, false])
        .min_scrolled_height(0.0)
        .max_scroll_height(height - 30.0)
        .cell_layout(Layout::top_down(Align::LEFT))
        .column(Column::exact(46.0))
        .column(Column::exact(130.0))
        .columns(Column::exact(breadth.max(60.0)).clip(true), columns)
        .header(22.0, |mut header| {
            header.col(|ui| drop(caption(ui, &scale.role().letter().to_string())));
            header.col(|ui| drop(caption(ui, "Level")));
            for column in scale.columns() {
                header.col(|ui| drop(caption(ui, column)));
            }
        })
        .body(|rows| {
            rows.heterogeneous_rows(heights.into_iter(), |mut row| {
                let Some(level) = levels.get(row.index()) else { return };
                row.col(|ui| {
                    ui.add_space(size::STEP);
                    ui.label(RichText::new(level.value.to_string()).font(font(Weight::Medium, size::TITLE_TEXT)));
                });
                row.col(|ui| cell(ui, &level.label));
                for (place, text) in level.criteria.iter().enumerate() {
                    row.col(|ui| {
                        cell(ui, text);
                        if let (0, Some(doubt)) = (place, &level.unverified) {
                            unverified(ui, doubt);
                        }
                    });
                }
            });
        });
}

fn cell(ui: &mut Ui, text: &str) {
    ui.add_space(size::STEP);
    ui.add(Label::new(RichText::new(text).size(size::GRID_TEXT)).wrap());
}

fn evaluation_page(ui: &mut Ui, profile: &RatingProfile) {
    if let Some(note) = profile.output_note() {
        unverified(ui, note);
    }
    match profile.evaluation() {
        Evaluation::ActionPriority { table, mitigated_severity_at } => {
            if let Some(rating) = mitigated_severity_at {
                caption(
                    ui,
                    &format!(
                        "Where monitoring is rated {rating}, the severity after the response of the system counts."
                    ),
                );
            }
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                priority_matrix::show(ui, table.blocks(), profile.scales());
            });
        }
        Evaluation::RiskPriorityNumber { rpn_threshold, severity_occurrence_threshold, indicative_priority_from } => {
            ui.label("The risk priority number is severity × occurrence × detection; S×O is severity × occurrence.");
            let threshold = |name: &str, value: Option<i64>| match value {
                Some(value) => format!("A customer asks for action from {name} {value} on."),
                None => format!("No threshold of {name} is set. The handbook advises against a fixed one."),
            };
            ui.label(threshold("RPN", *rpn_threshold));
            ui.label(threshold("S×O", *severity_occurrence_threshold));
            if indicative_priority_from.is_some() {
                ui.label("An action priority shown beside these ratings is marked as indicative.");
            }
        }
    }
}

/// The colours of a priority.
pub(super) fn colors(tokens: &Tokens, priority: crate::model::rating::Priority) -> Pair {
    use crate::model::rating::Priority;
    match priority {
        Priority::High => tokens.high,
        Priority::Medium => tokens.medium,
        Priority::Low => tokens.low,
    }
}
