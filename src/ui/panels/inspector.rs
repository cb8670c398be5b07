//! The inspector at the right: everything that hangs on the selected cell, each entry a way there.

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align2, CursorIcon, Label, Response, RichText, Role, ScrollArea, Sense, Stroke, TextFormat, Ui, WidgetInfo, vec2,
};

use crate::app::desk::Desk;
use crate::app::failure_net::{FailureNet, Node};
use crate::app::inspect::{ChangeLine, FindingLine, Inspection, LinkLine, Subject};
use crate::app::registry::MenuCommand;
use crate::edit::Command;
use crate::model::AnyId;
use crate::model::field::Field;
use crate::model::fmea::FailureRole;
use crate::ui::dialogs::Dialog;
use crate::ui::kit::{Icon, Tokens, Weight, font, paint_severity, size, widgets};
use crate::ui::request::Request;
use crate::ui::views::source::{severity, tone};

/// What the inspector shows, made again when the selection or the project changes.
#[derive(Default)]
pub struct Inspector {
    of: Option<(Option<Subject>, u64)>,
    /// Whether the project changed in this frame: what is said of it can wait for the next, which has less to do.
    waits: bool,
    inspection: Option<Inspection>,
    chain: Vec<(&'static str, Vec<Node>)>,
}

impl Inspector {
    /// Shows what there is to say of the subject.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, subject: Option<Subject>, queue: &mut Vec<Request>) {
        let key = (subject, desk.project().revision());
        let is_edited = self.of.is_some_and(|(_, revision)| revision != key.1);
        if self.of != Some(key) && is_edited && !self.waits {
            self.waits = true;
            ui.ctx().request_repaint();
        } else if self.of != Some(key) {
            self.waits = false;
            self.of = Some(key);
            self.inspection = subject.and_then(|subject| Inspection::of(desk, subject));
            self.chain = subject.map(|subject| chain(desk, subject)).unwrap_or_default();
        }
        ui.horizontal(|ui| {
            widgets::caption(ui, self.inspection.as_ref().map_or("Inspector", |shown| &shown.kind));
            ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
                if widgets::icon_button(ui, Icon::Cross, "Hide the inspector (F10)").clicked() {
                    queue.push(Request::Menu(MenuCommand::ToggleInspector));
                }
            });
        });
        let Some(shown) = &self.inspection else {
            widgets::caption(ui, "Select a cell to see its chain, where else it is used, its findings and its links.");
            return;
        };
        ScrollArea::vertical().id_salt("inspector").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let title = RichText::new(&shown.title).font(font(Weight::Medium, size::CHROME_TEXT + 1.0));
            ui.add(Label::new(title).wrap());
            self.show_chain(ui, subject, queue);
            show_uses(ui, shown, subject, queue);
            show_findings(ui, &shown.findings.shown, queue);
            more(ui, shown.findings.more);
            show_links(ui, &shown.links.shown, queue);
            more(ui, shown.links.more);
            show_changes(ui, &shown.changes.shown);
            more(ui, shown.changes.more);
        });
    }

    fn show_chain(&self, ui: &mut Ui, subject: Option<Subject>, queue: &mut Vec<Request>) {
        if self.chain.is_empty() {
            return;
        }
        widgets::section(ui, "Chain");
        for (heading, nodes) in &self.chain {
            if !nodes.is_empty() {
                widgets::caption(ui, heading);
            }
            for (at, node) in nodes.iter().enumerate() {
                let chosen = subject.is_some_and(|subject| subject.item == node.failure.into());
                let remark = remark_of(node);
                ui.push_id((heading, at), |ui| {
                    let response = entry(ui, &Lead::Chain(node), &node.text, &remark, chosen);
                    if response.clicked() {
                        queue.push(show(node));
                    }
                });
            }
        }
        if ui.link("Show the failure net (F7)").clicked() {
            queue.push(Request::Menu(MenuCommand::ToggleFailureNet));
        }
    }
}

/// Effects, mode and causes around the selected failure or risk.
fn chain(desk: &Desk, subject: Subject) -> Vec<(&'static str, Vec<Node>)> {
    let project = desk.project();
    let middle = match (subject.item, subject.row) {
        (AnyId::Risk(risk), _) | (_, AnyId::Risk(risk)) => project.get(risk).map(|risk| risk.mode),
        (AnyId::Failure(failure), _) => Some(failure),
        _ => None,
    };
    let Some(middle) = middle else { return Vec::new() };
    let mut net = FailureNet::next_to(project, middle);
    let mut take = |at: Option<usize>| {
        at.and_then(|at| net.columns.get_mut(at)).map(|column| {
            column.truncate(MOST);
            std::mem::take(column)
        })
    };
    let at = net.middle;
    let (above, own, below) = (take(at.checked_sub(1)), take(Some(at)), take(Some(at + 1)));
    let own_heading = own.as_ref().and_then(|own| own.first()).map_or("", |node| heading(node.role));
    let side = |nodes: Option<Vec<Node>>, otherwise: &'static str| {
        let nodes = nodes.unwrap_or_default();
        (nodes.first().map_or(otherwise, |node| heading(node.role)), nodes)
    };
    vec![side(above, "Effects"), (own_heading, own.unwrap_or_default()), side(below, "Causes")]
}

/// How many failures of a level the chain lists; the net shows more.
const MOST: usize = 12;

fn heading(role: FailureRole) -> &'static str {
    match role {
        FailureRole::Effect => "Effects",
        FailureRole::Mode => "Failure mode",
        FailureRole::Cause => "Causes",
    }
}

/// Place and ratings of a failure in a line.
pub fn remark_of(node: &Node) -> String {
    let mut words: Vec<&str> = Vec::new();
    words.extend(Some(node.place.as_str()).filter(|place| !place.is_empty()));
    words.extend(node.ratings.iter().map(String::as_str));
    words.join(" · ")
}

/// Goes to a failure of the chain: to the line of a cause, else to its own words.
pub fn show(node: &Node) -> Request {
    match node.risk {
        Some(risk) => Request::ShowItem(risk.into(), None),
        None => Request::ShowItem(node.failure.into(), Some(Field::Text)),
    }
}

fn show_uses(ui: &mut Ui, shown: &Inspection, subject: Option<Subject>, queue: &mut Vec<Request>) {
    if shown.used_in.is_empty() {
        return;
    }
    let count = shown.used_in.shown.len() + shown.used_in.more;
    widgets::section(ui, &format!("Used in {count} places"));
    for (at, (item, text, document)) in shown.used_in.shown.iter().enumerate() {
        ui.push_id(("use", at), |ui| {
            if entry(ui, &Lead::Thread, text, document, false).clicked() {
                queue.push(Request::ShowItem(*item, None));
            }
        });
    }
    if let (1.., Some(subject)) = (shown.used_in.more, subject)
        && ui.link(format!("Show all {count}")).clicked()
    {
        queue.push(Request::Show(Dialog::used_in(subject.item)));
    }
}

fn show_findings(ui: &mut Ui, findings: &[FindingLine], queue: &mut Vec<Request>) {
    if findings.is_empty() {
        return;
    }
    widgets::section(ui, "Findings");
    for (at, finding) in findings.iter().enumerate() {
        ui.push_id(("finding", at), |ui| {
            let response =
                entry(ui, &Lead::Severity(severity(finding.severity)), &finding.message, finding.code, false);
            if response.on_hover_text(&finding.help).clicked() {
                queue.push(Request::ShowItem(finding.item, finding.field));
            }
            if let Some(fix) = &finding.fix
                && widgets::text_button(ui, &fix.title, "Mend this finding; undo takes it back").clicked()
            {
                queue.push(Request::Run(Command::from(fix)));
            }
        });
    }
}

fn show_links(ui: &mut Ui, links: &[LinkLine], queue: &mut Vec<Request>) {
    if links.is_empty() {
        return;
    }
    widgets::section(ui, "Links");
    for (at, link) in links.iter().enumerate() {
        ui.push_id(("link", at), |ui| {
            let lead = if link.is_doubtful { Lead::BrokenThread } else { Lead::Thread };
            let text = format!("{} ({})", link.label, link.kind);
            if entry(ui, &lead, &text, &link.state, false).clicked()
                && let Some(target) = link.target
            {
                queue.push(Request::ShowItem(target, None));
            }
            if let Some(accept) = &link.accept
                && widgets::text_button(ui, "Accept the change", "The place was looked at and is right").clicked()
            {
                queue.push(Request::Run(accept.clone()));
            }
        });
    }
}

fn show_changes(ui: &mut Ui, changes: &[ChangeLine]) {
    if changes.is_empty() {
        return;
    }
    widgets::section(ui, "Changed since it was opened");
    let tokens = Tokens::of(ui);
    for change in changes {
        let value = |text: &str| if text.is_empty() { "blank".to_owned() } else { text.to_owned() };
        let mut job = LayoutJob::default();
        let quiet = TextFormat::simple(font(Weight::Regular, size::CAPTION_TEXT), tokens.quiet);
        let plain = TextFormat::simple(font(Weight::Regular, size::CAPTION_TEXT + 1.0), tokens.text);
        job.append(&format!("{}: ", change.field), 0.0, quiet.clone());
        match &change.before {
            Some(before) => {
                job.append(&value(before), 0.0, TextFormat { strikethrough: Stroke::new(1.0, tokens.quiet), ..quiet });
                job.append(&format!("  {}", value(&change.now)), 0.0, plain);
            }
            None => job.append(&format!("{} (new)", value(&change.now)), 0.0, plain),
        }
        ui.add(Label::new(job).wrap());
    }
}

fn more(ui: &mut Ui, count: usize) {
    if count > 0 {
        widgets::caption(ui, &format!("and {count} more"));
    }
}

/// What stands before an entry.
enum Lead<'a> {
    /// The gold thread.
    Thread,
    /// The gold thread of a suspect or missing link.
    BrokenThread,
    /// The sign of a finding.
    Severity(crate::ui::kit::Severity),
    /// A failure of the chain; its action priority stands at the right.
    Chain(&'a Node),
}

/// A line that leads somewhere: words, and what is quiet below them.
fn entry(ui: &mut Ui, lead: &Lead<'_>, text: &str, remark: &str, chosen: bool) -> Response {
    const LEFT: f32 = 22.0;
    let tokens = Tokens::of(ui);
    let breadth = ui.available_width();
    let badge = match lead {
        Lead::Chain(node) => node.priority,
        _ => None,
    };
    let right = if badge.is_some() { 30.0 } else { 6.0 };
    let room = (breadth - LEFT - right).max(60.0);
    let words = ui.painter().layout(text.to_owned(), font(Weight::Regular, 12.5), tokens.text, room);
    let below = ui.painter().layout(remark.to_owned(), font(Weight::Regular, size::CAPTION_TEXT), tokens.quiet, room);
    let has_remark = !remark.is_empty();
    let height = words.size().y + if has_remark { below.size().y } else { 0.0 } + 6.0;
    let (rect, response) = ui.allocate_exact_size(vec2(breadth, height), Sense::click());
    if ui.is_rect_visible(rect) {
        widgets::row_ground(ui, &response, chosen);
        let mark = rect.with_max_x(rect.left() + LEFT);
        match lead {
            Lead::Thread | Lead::BrokenThread => {
                let gaps = if matches!(lead, Lead::BrokenThread) { 3 } else { 1 };
                let line = mark.shrink2(vec2(0.0, 4.0));
                let part = line.height() / (2 * gaps - 1) as f32;
                for at in 0..gaps {
                    let from = line.top() + part * (2 * at) as f32;
                    let x = mark.left() + 10.0;
                    ui.painter().vline(x, from..=from + part, Stroke::new(size::THREAD, tokens.gold));
                }
            }
            Lead::Severity(severity) => {
                let at = eframe::egui::Rect::from_min_size(mark.min + vec2(4.0, 4.0), vec2(size::ICON, size::ICON));
                paint_severity(ui.painter(), at, *severity, tokens);
            }
            Lead::Chain(node) => {
                let sign = match node.role {
                    FailureRole::Effect => "↑",
                    FailureRole::Mode => "●",
                    FailureRole::Cause => "↓",
                };
                let at = mark.left_top() + vec2(11.0, 3.0 + words.size().y.min(16.0) / 2.0);
                ui.painter().text(at, Align2::CENTER_CENTER, sign, font(Weight::Regular, 11.0), tokens.quiet);
            }
        }
        let text_height = words.size().y;
        ui.painter().galley(rect.min + vec2(LEFT, 3.0), words, tokens.text);
        if has_remark {
            ui.painter().galley(rect.min + vec2(LEFT, 3.0 + text_height), below, tokens.quiet);
        }
        if let Some(priority) = badge {
            let pair = tokens.tone(tone(priority));
            let at = eframe::egui::Rect::from_min_size(rect.right_top() + vec2(-26.0, 3.0), vec2(20.0, 18.0));
            ui.painter().rect_filled(at, f32::from(size::CORNER), pair.fill);
            let letter = font(Weight::Medium, 12.0);
            ui.painter().text(at.center(), Align2::CENTER_CENTER, priority.letter(), letter, pair.text);
        }
    }
    let urgency = badge.map(|priority| format!(", AP {}", priority.letter())).unwrap_or_default();
    let name = if has_remark { format!("{text}, {remark}{urgency}") } else { format!("{text}{urgency}") };
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, &name));
    response.on_hover_cursor(CursorIcon::PointingHand)
}
