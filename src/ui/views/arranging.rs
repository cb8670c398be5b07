//! What is filtered and sorted in a form: chips above the grid, judged off the frame while the rows of before stay.

use std::collections::HashSet;
use std::sync::Arc;

use eframe::egui::{self, Align, Context, Ui};

use crate::app::arrange::{Arrange, Condition, Filter, Sort};
use crate::app::desk::Desk;
use crate::app::form_view::FormView;
use crate::app::layout::{Preset, view_name};
use crate::app::lookup::Lookup;
use crate::app::quick_filters::quick_filters;
use crate::app::registry::MenuCommand;
use crate::app::settings::{KeptFilter, Settings};
use crate::model::form::Form;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{size, widgets};
use crate::ui::request::Request;
use crate::ui::views::form_cells::FormCells;

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

    /// Shows the line above the rows: the columns, what is asked as chips, and how many lines are left.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, cells: &FormCells, settings: &Settings, queue: &mut Vec<Request>) {
        let view = &cells.view;
        let form = view.form();
        let mut filter = self.filter.clone();
        let mut sort = self.sort.clone();
        widgets::strip(ui, size::MENU_BAR, |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            columns_menu(ui, cells, queue);
            self.filters_menu(ui, form, settings, queue);
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
            if self.is_on() {
                self.show_count(ui, desk, view, queue);
            }
        });
        if filter != self.filter || sort != self.sort {
            self.set(filter, sort);
        }
    }

    fn show_count(&self, ui: &mut Ui, desk: &Desk, view: &FormView, queue: &mut Vec<Request>) {
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
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
    }

    /// Filters that are ready to use, and those that were kept.
    fn filters_menu(&self, ui: &mut Ui, form: &Form, settings: &Settings, queue: &mut Vec<Request>) {
        let view = view_name(form.kind);
        ui.menu_button("Filter ▾", |ui| {
            ui.set_min_width(220.0);
            let mut ask = |filter: &Filter, sort: &Option<Sort>| {
                let (filter, sort) = (filter.clone(), sort.clone());
                queue.push(Request::Arrange { page: None, filter, sort });
            };
            for (name, filter) in quick_filters(form, &settings.author) {
                if ui.radio(self.filter == filter, &name).clicked() {
                    ask(&filter, &self.sort);
                    ui.close();
                }
            }
            let kept: Vec<&KeptFilter> = settings.filters.iter().filter(|kept| kept.view == view).collect();
            if !kept.is_empty() {
                ui.separator();
            }
            for kept in &kept {
                if ui.radio(self.filter == kept.filter && self.sort == kept.sort, &kept.name).clicked() {
                    ask(&kept.filter, &kept.sort);
                    ui.close();
                }
            }
            ui.separator();
            if ui.button("By the column of the cursor…").clicked() {
                queue.push(Request::Menu(MenuCommand::FilterColumn));
            }
            if self.is_on() && ui.button("Keep this filter…").clicked() {
                let (filter, sort) = (self.filter.clone(), self.sort.clone());
                let kept = KeptFilter { name: String::new(), view: view.to_owned(), filter, sort };
                queue.push(Request::Show(Dialog::keep_filter(kept)));
            }
            if !kept.is_empty() {
                ui.menu_button("Forget", |ui| {
                    for kept in kept {
                        if ui.button(&kept.name).clicked() {
                            queue.push(Request::ForgetFilter(kept.clone()));
                            ui.close();
                        }
                    }
                });
            }
        });
    }

    /// The dialog about a column.
    pub fn dialog(&self, form: &Form, column: &str) -> Dialog {
        Dialog::filter_column(form.clone(), column, self.filter.clone(), self.sort.clone())
    }
}

/// Which columns are shown: a choice made once, or one by one.
fn columns_menu(ui: &mut Ui, cells: &FormCells, queue: &mut Vec<Request>) {
    let (form, layout) = (cells.view.form(), cells.layout());
    let now = cells.preset();
    let name = now.map_or("as chosen", Preset::name);
    ui.menu_button(format!("Columns: {name} ▾"), |ui| {
        ui.set_min_width(180.0);
        for preset in Preset::of(form) {
            if ui.radio(now == Some(preset), preset.name()).clicked() {
                queue.push(Request::SetLayout(preset.layout(form)));
                ui.close();
            }
        }
        ui.separator();
        if ui.button("Choose columns…").clicked() {
            queue.push(Request::Show(Dialog::choose_columns(form.clone(), layout.clone())));
        }
    });
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
