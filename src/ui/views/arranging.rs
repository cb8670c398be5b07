//! What is filtered and sorted in a form: chips above the grid, judged off the frame while the rows of before stay.

use std::collections::HashSet;
use std::sync::Arc;

use eframe::egui::{Align, Context, Layout, Ui};

use crate::app::arrange::{Arrange, Condition, Filter, Sort};
use crate::app::desk::Desk;
use crate::app::form_view::FormView;
use crate::app::lookup::Lookup;
use crate::app::registry::MenuCommand;
use crate::model::form::Form;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{size, widgets};
use crate::ui::request::Request;

/// What is asked of the lines of a form, and in which order they stand.
#[derive(Default)]
pub struct Arranging {
    /// Which lines are shown.
    pub filter: Filter,
    /// In which order.
    pub sort: Option<Sort>,
    /// To be asked in the next frame.
    wanted: bool,
    lookup: Option<(Lookup<Arrange>, u64)>,
    /// The revision of the project by which the lines were judged.
    judged: Option<u64>,
}

impl Arranging {
    /// Asks something else of the lines.
    pub fn set(&mut self, filter: Filter, sort: Option<Sort>) {
        (self.filter, self.sort) = (filter, sort);
        self.wanted = true;
    }

    /// Judges the lines again, after they were edited.
    pub fn judge_again(&mut self) {
        self.wanted = true;
    }

    /// Whether anything is asked.
    pub fn is_on(&self) -> bool {
        !self.filter.is_empty() || self.sort.is_some()
    }

    /// Asks and takes the answer over; done once a frame.
    pub fn step(&mut self, ctx: &Context, desk: &Desk, view: &mut FormView) {
        let project = desk.project();
        if !self.is_on() {
            (self.lookup, self.judged, self.wanted) = (None, None, false);
            if view.arrangement().is_some() {
                view.arrange(project, None, true);
            }
            return;
        }
        // A form with other columns or another phase begins anew.
        let lost = view.arrangement().is_none() && self.lookup.is_none();
        if std::mem::take(&mut self.wanted) || lost {
            let wake = ctx.clone();
            let mut lookup = Lookup::new(project.clone(), move || wake.request_repaint());
            lookup.ask(self.question(desk, view.form()));
            self.lookup = Some((lookup, project.revision()));
        }
        let answer = self.lookup.as_mut().and_then(|(lookup, revision)| Some((lookup.take_answer()?, *revision)));
        if let Some((arrangement, revision)) = answer {
            view.arrange(project, Some(arrangement), revision == project.revision());
            (self.lookup, self.judged) = (None, Some(revision));
        }
    }

    fn question(&self, desk: &Desk, form: &Form) -> Arrange {
        let marked: HashSet<_> = if self.filter.with_findings {
            desk.checker().open().filter_map(crate::model::finding::Finding::item).collect()
        } else {
            HashSet::new()
        };
        Arrange { form: form.clone(), filter: self.filter.clone(), sort: self.sort.clone(), marked: Arc::new(marked) }
    }

    /// Shows what is asked as chips, and how many lines are left.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, view: &FormView, queue: &mut Vec<Request>) {
        let form = view.form();
        let mut filter = self.filter.clone();
        let mut sort = self.sort.clone();
        widgets::toolbar(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for (key, condition) in &self.filter.columns {
                let text = format!("{}: {}", heading(form, key), words(condition));
                match ui.push_id(key, |ui| widgets::chip(ui, &text, true)).inner {
                    Some(widgets::ChipAction::Remove) => filter.set(key, None),
                    Some(widgets::ChipAction::Open) => queue.push(Request::Show(self.dialog(form, key))),
                    None => {}
                }
            }
            if self.filter.with_findings && widgets::chip(ui, "With findings", true).is_some() {
                filter.with_findings = false;
            }
            if let Some(shown) = &self.sort {
                let arrow = if shown.descending { "↓" } else { "↑" };
                let text = format!("{arrow} {}", heading(form, &shown.column));
                match widgets::chip(ui, &text, true) {
                    Some(widgets::ChipAction::Remove) => sort = None,
                    Some(widgets::ChipAction::Open) => {
                        sort = Some(Sort { descending: !shown.descending, ..shown.clone() });
                    }
                    None => {}
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::text_button(ui, "Show all", "Take filter and order away (Ctrl+Shift+E)").clicked() {
                    queue.push(Request::Menu(MenuCommand::ShowAllLines));
                }
                if self.judged.is_some_and(|judged| judged != desk.project().revision())
                    && widgets::text_button(ui, "Apply again", "Judge the lines by what they say now").clicked()
                {
                    queue.push(Request::Menu(MenuCommand::ApplyFilter));
                }
                widgets::caption(ui, &count(view));
                ui.add_space(size::STEP);
            });
        });
        if filter != self.filter || sort != self.sort {
            self.set(filter, sort);
        }
    }

    /// The dialog about a column.
    pub fn dialog(&self, form: &Form, column: &str) -> Dialog {
        Dialog::filter_column(form.clone(), column, self.filter.clone(), self.sort.clone())
    }
}

/// How many lines are shown.
fn count(view: &FormView) -> String {
    let Some(arrangement) = view.arrangement() else { return "Looking…".to_owned() };
    let partly = match arrangement.partly {
        0 => String::new(),
        1 => " · 1 group partly shown".to_owned(),
        count => format!(" · {count} groups partly shown"),
    };
    format!("{} of {} lines{partly}", view.row_count(), view.line_count())
}

/// The heading of a column without its soft hyphens.
pub fn heading(form: &Form, key: &str) -> String {
    form.column(key).map_or_else(|| key.to_owned(), |at| form.columns[at].heading.replace('\u{ad}', ""))
}

/// A condition in words.
fn words(condition: &Condition) -> String {
    match condition {
        Condition::OneOf(values) => {
            let mut named: Vec<&str> =
                values.iter().take(3).map(|value| if value.is_empty() { "(blank)" } else { value }).collect();
            if values.len() > 3 {
                named.push("…");
            }
            let text = named.join(", ");
            if text.chars().count() > 40 { format!("{}…", text.chars().take(39).collect::<String>()) } else { text }
        }
        Condition::Contains(words) => format!("has “{words}”"),
        Condition::AtLeast(least) => format!("≥ {least}"),
        Condition::Filled => "filled".to_owned(),
        Condition::Blank => "blank".to_owned(),
    }
}
