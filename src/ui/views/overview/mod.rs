//! The overview: how the project stands, and from every figure the way to the lines behind it.

mod charts;

use eframe::egui::{Context, Frame, Margin, ScrollArea, Stroke, Ui, vec2};

use crate::app::arrange::{Condition, Filter};
use crate::app::desk::Desk;
use crate::app::lookup::Lookup;
use crate::app::overview::HowItStands;
use crate::model::finding::Severity;
use crate::model::form::ListKind;
use crate::model::overview::{FmeaOverview, Overview};
use crate::rules::family;
use crate::ui::kit::{Tokens, size, widgets};
use crate::ui::page::Page;
use crate::ui::request::Request;
use crate::ui::views::source::severity;

/// Least breadth of a card in points.
const CARD: f32 = 350.0;
/// Space between cards.
const GAP: f32 = 12.0;

/// The page as it is kept between frames.
pub struct OverviewPage {
    lookup: Lookup<HowItStands>,
    shown: Option<Overview>,
    /// Which of the FMEAs is looked at.
    fmea: usize,
    /// Findings by family and the revision they were counted at.
    families: (Option<u64>, Vec<(&'static str, Severity, usize)>),
}

impl OverviewPage {
    /// A page that counts as soon as it is shown.
    pub fn new(ctx: &Context, desk: &Desk) -> Self {
        let wake = ctx.clone();
        Self {
            lookup: Lookup::new(desk.project().clone(), move || wake.request_repaint()),
            shown: None,
            fmea: 0,
            families: (None, Vec::new()),
        }
    }

    /// Shows the page; the figures of before stay until the new ones are there.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, queue: &mut Vec<Request>) {
        self.lookup.renew(desk.project());
        self.lookup.ask(HowItStands { today: desk.checker().today() });
        if let Some(answer) = self.lookup.take_answer() {
            self.shown = Some(answer);
        }
        self.count_families(desk);
        let Some(overview) = &self.shown else {
            widgets::empty_state(ui, "Counting…", "The figures of the project appear here in a moment.", None);
            return;
        };
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(ui.max_rect(), 0.0, tokens.ground);
        let margin = Frame::NONE.inner_margin(Margin::same(12));
        ScrollArea::vertical().id_salt("overview").auto_shrink([false, false]).show(ui, |ui| {
            margin.show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(GAP, GAP);
                if overview.fmeas.len() > 1 {
                    ui.horizontal(|ui| {
                        for (at, fmea) in overview.fmeas.iter().enumerate() {
                            if ui.selectable_label(at == self.fmea, &fmea.title).clicked() {
                                self.fmea = at;
                            }
                        }
                    });
                }
                let room = ui.available_width();
                let count = ((room + GAP) / (CARD + GAP)).floor().clamp(1.0, 3.0);
                let breadth = (room - GAP * (count - 1.0)) / count;
                let fmea = overview.fmeas.get(self.fmea).or(overview.fmeas.first());
                ui.horizontal_top(|ui| {
                    ui.set_width(room);
                    let of_fmea =
                        fmea.into_iter().flat_map(|fmea| [Card::Priorities(fmea), Card::Heat(fmea), Card::Steps(fmea)]);
                    let others = [Card::Actions(overview), Card::Findings(&self.families.1)];
                    let cards: Vec<Card<'_>> = of_fmea.chain(others).collect();
                    columns(ui, count as usize, breadth, &cards, queue);
                });
            });
        });
    }

    /// Counts the open findings by family, when the project changed.
    fn count_families(&mut self, desk: &Desk) {
        let revision = Some(desk.project().revision());
        if self.families.0 == revision {
            return;
        }
        let mut counted: Vec<(&'static str, Severity, usize)> = Vec::new();
        for finding in desk.checker().open() {
            let name = family(finding.code);
            match counted.iter_mut().find(|(known, grave, _)| *known == name && *grave == finding.severity) {
                Some((_, _, count)) => *count += 1,
                None => counted.push((name, finding.severity, 1)),
            }
        }
        counted.sort_by(|left, right| right.1.cmp(&left.1).then(right.2.cmp(&left.2)).then(left.0.cmp(right.0)));
        self.families = (revision, counted);
    }
}

/// What a card shows.
#[derive(Debug, Clone, Copy)]
enum Card<'a> {
    Priorities(&'a FmeaOverview),
    Heat(&'a FmeaOverview),
    Steps(&'a FmeaOverview),
    Actions(&'a Overview),
    Findings(&'a [(&'static str, Severity, usize)]),
}

impl Card<'_> {
    fn show(self, ui: &mut Ui, queue: &mut Vec<Request>) {
        match self {
            Self::Priorities(fmea) => priorities(ui, fmea, queue),
            Self::Heat(fmea) => heat(ui, fmea, queue),
            Self::Steps(fmea) => steps(ui, fmea, queue),
            Self::Actions(overview) => actions(ui, overview, queue),
            Self::Findings(families) => findings(ui, families, queue),
        }
    }
}

/// The cards in columns of the same breadth, from left to right and top to bottom.
fn columns(ui: &mut Ui, count: usize, breadth: f32, cards: &[Card<'_>], queue: &mut Vec<Request>) {
    for column in 0..count {
        ui.push_id(column, |ui| {
            ui.vertical(|ui| {
                ui.set_width(breadth);
                for card in cards.iter().skip(column).step_by(count) {
                    framed(ui, |ui| card.show(ui, queue));
                }
            });
        });
    }
}

fn framed(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let frame = Frame::NONE
        .fill(tokens.paper)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(size::CORNER)
        .inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        add(ui);
    });
}

fn title(ui: &mut Ui, text: &str, remark: &str) {
    let tokens = Tokens::of(ui);
    let medium = crate::ui::kit::font(crate::ui::kit::Weight::Medium, size::CHROME_TEXT + 1.0);
    ui.label(eframe::egui::RichText::new(text).font(medium).color(tokens.text));
    if !remark.is_empty() {
        widgets::caption(ui, remark);
    }
    ui.add_space(size::STEP);
}

fn priorities(ui: &mut Ui, fmea: &FmeaOverview, queue: &mut Vec<Request>) {
    let lines = if fmea.lines == 1 { "1 line".to_owned() } else { format!("{} lines", fmea.lines) };
    if fmea.by_number {
        title(ui, "Risk priority number", &format!("{}, {lines}: the sum of all", fmea.title));
        for (name, _, rpn) in &fmea.moments {
            ui.horizontal(|ui| {
                ui.set_min_height(24.0);
                widgets::caption(ui, name);
                ui.label(rpn.to_string());
            });
        }
        return;
    }
    title(ui, "Action priority before and after", &format!("{}, {lines}", fmea.title));
    if let Some((moment, share)) = charts::priorities(ui, &fmea.moments, fmea.lines) {
        // What stood there at first has no column; the lines of now come nearest.
        let column = if moment == 2 { "action_priority_after" } else { "action_priority" };
        let value = match share {
            charts::Share::Rated(priority) => priority.letter().to_string(),
            charts::Share::NotRated => String::new(),
        };
        show_lines(queue, Page::Document(fmea.document), &[(column, &value)]);
    }
}

fn heat(ui: &mut Ui, fmea: &FmeaOverview, queue: &mut Vec<Request>) {
    let outside = match fmea.heat.outside {
        0 => String::new(),
        1 => " · 1 line not rated".to_owned(),
        count => format!(" · {count} lines not rated"),
    };
    let title_text = format!("Severity × {}", fmea.heat.second);
    let shade = if fmea.by_number { "lines" } else { "lines, on the ground of the highest AP among them" };
    title(ui, &title_text, &format!("Severity upwards, {} to the right; {shade}{outside}", fmea.heat.second));
    if let Some((severity, second)) = charts::heat_map(ui, &fmea.heat) {
        show_lines(queue, Page::Document(fmea.document), &[("severity", &severity), (fmea.heat.second, &second)]);
    }
}

fn steps(ui: &mut Ui, fmea: &FmeaOverview, queue: &mut Vec<Request>) {
    let what = if fmea.by_number { "by the sum of their RPN" } else { "by their lines of AP H and M" };
    title(ui, "Where the risk lies", &format!("Steps {what}; the gold line is the share of all so far"));
    let whole = if fmea.by_number { fmea.moments[1].2 as f32 } else { charts::urgent(&fmea.moments[1].1) as f32 };
    if let Some(at) = charts::pareto(ui, &fmea.steps, fmea.by_number, whole) {
        queue.push(Request::ShowItem(fmea.steps[at].element.into(), None));
    }
    if fmea.more_steps > 0 {
        widgets::caption(ui, &format!("and {} more steps", fmea.more_steps));
    }
}

fn actions(ui: &mut Ui, overview: &Overview, queue: &mut Vec<Request>) {
    let late = match overview.overdue_count {
        0 => "None is overdue".to_owned(),
        1 => "1 is overdue".to_owned(),
        count => format!("{count} are overdue"),
    };
    title(ui, "Actions", &late);
    for (status, count) in &overview.statuses {
        let clicked = ui.push_id(status, |ui| widgets::list_row(ui, None, status.name(), &count.to_string(), false));
        if clicked.inner.clicked() {
            show_lines(queue, Page::List(ListKind::Actions), &[("status", status.name())]);
        }
    }
    if !overview.overdue.is_empty() {
        widgets::section(ui, "Overdue");
    }
    for late in &overview.overdue {
        let remark =
            if late.owner.is_empty() { late.due.to_string() } else { format!("{} · {}", late.owner, late.due) };
        let sign = Some(crate::ui::kit::Severity::Warning);
        let row = ui.push_id(late.action.raw(), |ui| widgets::list_row(ui, sign, &late.text, &remark, false));
        if row.inner.clicked() {
            queue.push(Request::ShowPage(Page::List(ListKind::Actions)));
            queue.push(Request::ShowItem(late.action.into(), None));
        }
    }
}

/// Shows the lines of a page that have these values in these columns.
fn show_lines(queue: &mut Vec<Request>, page: Page, values: &[(&str, &str)]) {
    let mut filter = Filter::default();
    for (column, value) in values {
        filter.set(column, Some(Condition::OneOf([(*value).to_owned()].into())));
    }
    queue.push(Request::Arrange { page: Some(page), filter, sort: None });
}

fn findings(ui: &mut Ui, families: &[(&'static str, Severity, usize)], queue: &mut Vec<Request>) {
    title(ui, "Findings", if families.is_empty() { "Nothing to complain about: every rule is kept." } else { "" });
    for (name, grave, count) in families {
        let row = ui.push_id((name, grave), |ui| {
            widgets::list_row(ui, Some(severity(*grave)), name, &count.to_string(), false)
        });
        if row.inner.clicked() {
            queue.push(Request::ShowFindings);
        }
    }
}
