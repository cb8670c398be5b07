//! The rows that flow and FMEA ask for and the control plan lacks, below the plan: accept, edit or dismiss each.

use eframe::egui::{Context, Rect, ScrollArea, Ui, UiBuilder, vec2};

use crate::app::desk::Desk;
use crate::app::lookup::Lookup;
use crate::app::proposals::{DismissedRow, Proposals, ProposedRow, WhatIsMissing};
use crate::app::registry::MenuCommand;
use crate::base::Id;
use crate::edit::Command;
use crate::model::document::{Document, Phase};
use crate::model::plan_gap::Gap;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{Tokens, Weight, font, size, widgets};
use crate::ui::request::Request;

/// Height of a proposal in points: the reason, and what would stand in the row.
const ROW: f32 = 40.0;

/// The proposals as they are kept between frames; the former ones stay until the new ones are there.
pub struct ProposalsPanel {
    lookup: Lookup<WhatIsMissing>,
    shown: Option<Proposals>,
    shows_dismissed: bool,
}

/// Where accepted rows go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// The control plan.
    pub plan: Id<Document>,
    /// The phase that is shown; none for all of them.
    pub phase: Option<Phase>,
}

impl Goal {
    fn accept(self, gaps: Vec<Gap>) -> Command {
        Command::AcceptProposals { plan: Some(self.plan), phase: self.phase, gaps }
    }
}

impl ProposalsPanel {
    /// A panel that looks the proposals up as soon as it is shown.
    pub fn new(ctx: &Context, desk: &Desk) -> Self {
        let wake = ctx.clone();
        let lookup = Lookup::new(desk.project().clone(), move || wake.request_repaint());
        Self { lookup, shown: None, shows_dismissed: false }
    }

    /// Asks again if the project changed, and takes over the answer.
    pub fn renew(&mut self, desk: &Desk) {
        self.lookup.renew(desk.project());
        self.lookup.ask(WhatIsMissing);
        if let Some(answer) = self.lookup.take_answer() {
            self.shown = Some(answer);
        }
    }

    /// Adds every proposed row; none if nothing is proposed.
    pub fn accept_all(&self, goal: Goal) -> Option<Command> {
        let open = &self.shown.as_ref()?.open;
        (!open.is_empty()).then(|| goal.accept(open.iter().map(|row| row.gap).collect()))
    }

    /// One line with the number of proposals; whether it was clicked.
    pub fn head(&self, ui: &mut Ui, is_open: bool) -> bool {
        let text = match &self.shown {
            None => "Proposals".to_owned(),
            Some(shown) if shown.open.is_empty() => {
                "Proposals   The plan lacks nothing that flow and FMEA ask for".to_owned()
            }
            Some(shown) => format!("Proposals ({})   rows that flow and FMEA ask for", shown.open.len()),
        };
        let remark = if is_open { "hide (F5)" } else { "show (F5)" };
        widgets::list_row(ui, None, &text, remark, false).clicked()
    }

    /// The list.
    pub fn show(&mut self, ui: &mut Ui, goal: Goal, queue: &mut Vec<Request>) {
        let Some(shown) = &self.shown else {
            widgets::caption(ui, "Looking through flow and FMEA…");
            return;
        };
        let (open, dismissed) = (shown.open.len(), shown.dismissed.len());
        let lists_dismissed = self.shows_dismissed && dismissed > 0;
        ui.horizontal(|ui| {
            if lists_dismissed {
                widgets::caption(ui, "Dismissed until what they rest on changes:");
            } else if open > 0 {
                let hint = "Add every proposed row; undo takes them all back";
                if widgets::text_button(ui, &format!("Accept all {open}"), hint).clicked() {
                    queue.push(Request::Menu(MenuCommand::AcceptProposals));
                }
            } else {
                widgets::caption(ui, "Every control, characteristic and urgent cause has its row.");
            }
            if dismissed > 0 {
                ui.checkbox(&mut self.shows_dismissed, format!("Show dismissed ({dismissed})"));
            }
        });
        let count = if lists_dismissed { dismissed } else { open };
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt("proposals").auto_shrink([false, false]).show_rows(
            ui,
            ROW,
            count,
            |ui, rows| {
                for at in rows {
                    ui.push_id(at, |ui| {
                        if lists_dismissed {
                            dismissed_row(ui, &shown.dismissed[at], queue);
                        } else {
                            open_row(ui, &shown.open[at], goal, queue);
                        }
                    });
                }
            },
        );
    }
}

fn open_row(ui: &mut Ui, row: &ProposedRow, goal: Goal, queue: &mut Vec<Request>) {
    let title = format!("{}: {}", row.step, row.reason);
    let name = |verb: &str| format!("{verb} the row: {title}");
    line(ui, &title, &row.contents, 250.0, |ui| {
        if button(ui, "Dismiss…", &name("Dismiss")) {
            queue.push(Request::Show(Dialog::dismiss_proposal(row.gap)));
        }
        if button(ui, "Edit", &name("Add and edit")) {
            queue.push(Request::RunAndEdit(goal.accept(vec![row.gap])));
        }
        if button(ui, "Accept", &name("Accept")) {
            queue.push(Request::Run(goal.accept(vec![row.gap])));
        }
    });
}

fn dismissed_row(ui: &mut Ui, row: &DismissedRow, queue: &mut Vec<Request>) {
    line(ui, &row.reason, &row.dismissal, 130.0, |ui| {
        if button(ui, "Propose again", &format!("Propose again: {}", row.reason)) {
            queue.push(Request::Run(Command::ProposeAgain { gap: row.gap }));
        }
    });
}

/// Two lines of words at the left, buttons at the right from the last to the first.
fn line(ui: &mut Ui, title: &str, below: &str, buttons: f32, add: impl FnOnce(&mut Ui)) {
    use eframe::egui::{Align, Label, Layout, RichText, Sense, Stroke};
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens.line));
    let words = Rect::from_min_max(rect.min + vec2(8.0, 3.0), rect.max - vec2(buttons + 8.0, 2.0));
    let mut left = ui.new_child(UiBuilder::new().max_rect(words).layout(Layout::top_down(Align::LEFT)));
    left.spacing_mut().item_spacing.y = 0.0;
    left.add(Label::new(RichText::new(title).color(tokens.text)).truncate()).on_hover_text(title);
    let quiet = RichText::new(below).font(font(Weight::Regular, size::CAPTION_TEXT)).color(tokens.quiet);
    left.add(Label::new(quiet).truncate()).on_hover_text(below);
    let at = Rect::from_min_max(rect.min + vec2(rect.width() - buttons, 0.0), rect.max - vec2(8.0, 0.0));
    let mut right = ui.new_child(UiBuilder::new().max_rect(at).layout(Layout::right_to_left(Align::Center)));
    add(&mut right);
}

/// A button whose name for a screen reader says which row it is about.
fn button(ui: &mut Ui, text: &str, name: &str) -> bool {
    let response = widgets::text_button(ui, text, name);
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
    response.clicked()
}
