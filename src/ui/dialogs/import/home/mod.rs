//! A workbook that comes home: what was changed in it beside what the project says, to be taken over or not, cell by cell.

mod list;

use std::sync::Arc;

use eframe::egui::{Align, Context, Layout, ScrollArea, Ui, vec2};

use crate::app::import::session::Opened;
use crate::app::lookup::Lookup;
use crate::app::returned::{Chosen, Compare, Returned, is_stamped};
use crate::base::clock::Date;
use crate::base::text::counted;
use crate::model::Project;
use crate::ui::dialogs::frame;
use crate::ui::kit::widgets::{caption, list_row, primary_button, section, text_button};

/// A workbook that came home, and what of it a person wants.
#[derive(Debug)]
pub struct TakenOver {
    /// What was changed in it.
    pub returned: Arc<Returned>,
    /// What is taken over.
    pub chosen: Chosen,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tab {
    #[default]
    Cells,
    Added,
    Lacking,
    Remarks,
}

/// What is known of the workbook.
#[derive(Debug, Default)]
enum Known {
    /// Nothing yet.
    #[default]
    Nothing,
    /// It comes from elsewhere, or a person wants a copy of it.
    Foreign,
    /// It comes from the open project.
    Home(Arc<Returned>),
}

/// The comparison.
#[derive(Debug, Default)]
pub(super) struct Home {
    lookup: Option<Lookup<Compare>>,
    known: Known,
    chosen: Chosen,
    tab: Tab,
    /// The sheet whose changes are shown; none for all.
    sheet: Option<String>,
    /// The lines of that sheet.
    lines: Option<(Option<String>, Arc<Vec<list::Line>>)>,
}

/// What a person did.
pub(super) enum Answer {
    /// Nothing yet.
    Open,
    /// Everything stays as it is.
    Cancel,
    /// This is taken over.
    TakeOver(Arc<TakenOver>),
}

impl Home {
    /// Asks whether the file comes from the open project, off the frame. Whether that is not known yet.
    pub(super) fn ask(&mut self, ctx: &Context, project: &Project, opened: &Arc<Opened>, today: Date) -> bool {
        if !matches!(self.known, Known::Nothing) {
            return false;
        }
        if !is_stamped(&opened.workbook) {
            self.known = Known::Foreign;
            return false;
        }
        let wake = ctx.clone();
        let lookup = self.lookup.get_or_insert_with(|| Lookup::new(project.clone(), move || wake.request_repaint()));
        lookup.ask(Compare { opened: Arc::clone(opened), today });
        match lookup.take_answer() {
            Some(Some(returned)) => {
                self.chosen = Chosen::without_conflicts(&returned);
                self.known = Known::Home(returned);
            }
            Some(None) => self.known = Known::Foreign,
            None => return true,
        }
        false
    }

    /// The comparison, if the file comes from the open project.
    pub(super) fn returned(&self) -> Option<Arc<Returned>> {
        match &self.known {
            Known::Home(returned) => Some(Arc::clone(returned)),
            Known::Nothing | Known::Foreign => None,
        }
    }

    pub(super) fn body(&mut self, ui: &mut Ui, returned: &Returned) {
        const SHEETS: f32 = 216.0;
        let whole = ui.max_rect();
        caption(ui, &introduction(returned));
        ui.add_space(6.0);
        let below = whole.with_min_y(ui.next_widget_position().y);
        let left = below.with_max_x(below.left() + SHEETS);
        let right = below.with_min_x(left.right() + 12.0);
        super::within(ui, left, "home sheets", |ui| self.sheets(ui, returned));
        super::within(ui, right, "home list", |ui| {
            let titles = [
                format!("Changed cells ({})", returned.differences.len()),
                format!("Added rows ({})", returned.added.len()),
                format!("Rows that are gone ({})", returned.lacking.len()),
                format!("Remarks ({})", returned.remarks.len()),
            ];
            let all = [Tab::Cells, Tab::Added, Tab::Lacking, Tab::Remarks];
            let tabs: Vec<(Tab, &str)> =
                all.into_iter().zip(&titles).map(|(tab, title)| (tab, title.as_str())).collect();
            frame::tabs(ui, &tabs, &mut self.tab);
            match self.tab {
                Tab::Cells => self.cells(ui, returned),
                Tab::Added => list::added(ui, returned, self.sheet.as_deref(), &mut self.chosen.added),
                Tab::Lacking => list::lacking(ui, returned, self.sheet.as_deref(), &mut self.chosen.deleted),
                Tab::Remarks => list::remarks(ui, returned),
            }
        });
    }

    /// The sheets with changes; choosing one shows only its own.
    fn sheets(&mut self, ui: &mut Ui, returned: &Returned) {
        section(ui, "Sheets");
        let count = |name: &str| {
            returned.differences.iter().filter(|found| found.sheet == name).count()
                + returned.added.iter().filter(|found| found.sheet == name).count()
                + returned.lacking.iter().filter(|found| found.sheet == name).count()
        };
        ScrollArea::vertical().id_salt("home sheet names").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let all = returned.differences.len() + returned.added.len() + returned.lacking.len();
            if list_row(ui, None, "All sheets", &all.to_string(), self.sheet.is_none()).clicked() {
                self.sheet = None;
            }
            for name in returned.stamp.sheets.keys() {
                let is_chosen = self.sheet.as_ref() == Some(name);
                let row = ui.push_id(name, |ui| list_row(ui, None, name, &count(name).to_string(), is_chosen)).inner;
                if row.clicked() {
                    self.sheet = if is_chosen { None } else { Some(name.clone()) };
                }
            }
        });
    }

    fn cells(&mut self, ui: &mut Ui, returned: &Returned) {
        let known = self.lines.as_ref().filter(|(sheet, _)| *sheet == self.sheet);
        let lines = known
            .map_or_else(|| Arc::new(list::lines(returned, self.sheet.as_deref())), |(_, lines)| Arc::clone(lines));
        self.lines = Some((self.sheet.clone(), Arc::clone(&lines)));
        if lines.is_empty() {
            caption(ui, "No cell was changed in the workbook.");
            return;
        }
        let shown = || {
            lines.iter().filter_map(|line| match line {
                list::Line::Cell(at) => Some(*at),
                list::Line::Sheet(_) => None,
            })
        };
        let can_be = |at: &usize| returned.differences[*at].refused.is_none();
        ui.horizontal(|ui| {
            let hint = "Also those that the project changed since";
            if text_button(ui, "Take over all", hint).clicked() {
                self.chosen.cells.extend(shown().filter(can_be));
            }
            if text_button(ui, "Only what was not changed here", "").clicked() {
                let is_safe = |at: &usize| can_be(at) && !returned.differences[*at].both;
                for at in shown() {
                    self.chosen.cells.remove(&at);
                }
                self.chosen.cells.extend(shown().filter(is_safe));
            }
            if text_button(ui, "Keep mine everywhere", "").clicked() {
                for at in shown() {
                    self.chosen.cells.remove(&at);
                }
            }
        });
        list::cells(ui, returned, &lines, &mut self.chosen.cells);
    }

    pub(super) fn foot(&mut self, ui: &mut Ui, returned: &Arc<Returned>) -> Answer {
        let mut answer = Answer::Open;
        let count = self.chosen.len();
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 28.0), Layout::right_to_left(Align::Center), |ui| {
            let words = format!("Take over {}", counted(count, "change"));
            let button = ui.add_enabled_ui(count > 0, |ui| primary_button(ui, &words)).inner;
            let button = button.on_disabled_hover_text("Tick what is to be taken over");
            if button.clicked() || (count > 0 && frame::confirmed(ui)) {
                let (returned, chosen) = (Arc::clone(returned), self.chosen.clone());
                answer = Answer::TakeOver(Arc::new(TakenOver { returned, chosen }));
            }
            if text_button(ui, "Cancel", "").clicked() {
                answer = Answer::Cancel;
            }
            let hint = "Its documents become further documents of the project";
            if text_button(ui, "Import as a second copy…", hint).clicked() {
                self.known = Known::Foreign;
            }
        });
        ui.with_layout(Layout::top_down(Align::RIGHT), |ui| {
            caption(ui, "One undo takes all of it back. What is not ticked stays as the project has it.");
        });
        answer
    }
}

/// Where the workbook comes from, and what is to be known of it.
fn introduction(returned: &Returned) -> String {
    let stamp = &returned.stamp;
    let from = format!("“{}” was exported from this project on {}.", returned.file, stamp.day);
    let here = match returned.changed_here {
        0 => String::new(),
        1 => " One cell was changed in the project only since; it stays.".to_owned(),
        count => format!(" {count} cells were changed in the project only since; they stay."),
    };
    from + &here
}
