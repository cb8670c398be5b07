//! The tabs of the workspace: which pages there are, which is shown, and how an item is found in them.

use std::collections::BTreeMap;

use eframe::egui::{Context, Ui};

use crate::app::arrange::{Filter, Sort};
use crate::app::desk::Desk;
use crate::app::layout::{Layout, view_name};
use crate::app::printing::Printable;
use crate::app::settings::{Settings, ViewSettings};
use crate::base::Id;
use crate::model::AnyId;
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::field::Field;
use crate::model::form::ListKind;
use crate::model::home::Home;
use crate::model::report_profile::ReportProfile;
use crate::model::{Changes, Project};
use crate::ui::grid::{CellAddress, GridAct};
use crate::ui::page::Page;
use crate::ui::request::Request;
use crate::ui::views::form::FormTab;
use crate::ui::views::overview::OverviewPage;
use crate::ui::views::preview::{PreviewPage, Previewed};

use super::Workspace;

/// A page with what it keeps between frames.
pub struct Tab {
    /// What it shows.
    pub page: Page,
    /// The form, made when the page is shown for the first time.
    form: Option<Box<FormTab>>,
    /// The overview, made when the page is shown for the first time.
    overview: Option<Box<OverviewPage>>,
    /// The preview, made when the page is shown for the first time.
    preview: Option<Box<PreviewPage>>,
}

impl Tab {
    fn new(page: Page) -> Self {
        Self { page, form: None, overview: None, preview: None }
    }

    /// The form, if the page was shown before.
    pub fn shown(&self) -> Option<&FormTab> {
        self.form.as_deref()
    }

    /// The form, if the page was shown before.
    pub fn shown_mut(&mut self) -> Option<&mut FormTab> {
        self.form.as_deref_mut()
    }

    /// The form, made now if this is the first time; none if the document is gone.
    pub fn form(&mut self, desk: &Desk, views: &BTreeMap<String, ViewSettings>) -> Option<&mut FormTab> {
        if self.form.is_none() {
            self.form = match self.page {
                Page::Document(document) => {
                    desk.project().get(document).map(|document| Box::new(FormTab::new(desk, document)))
                }
                Page::List(list) => Some(Box::new(FormTab::list(desk, list))),
                Page::Overview | Page::Preview => None,
            };
            if let Some(form) = &mut self.form
                && let Some(kept) = views.get(view_name(form.cells.view.form().kind))
            {
                form.take_kept(kept);
            }
        }
        self.form.as_deref_mut()
    }

    /// The overview, if the page is that, made now if this is the first time.
    pub fn overview(&mut self, ctx: &Context, desk: &Desk) -> Option<&mut OverviewPage> {
        if self.page != Page::Overview {
            return None;
        }
        Some(self.overview.get_or_insert_with(|| Box::new(OverviewPage::new(ctx, desk))))
    }

    /// The preview, if the page is that, made now if this is the first time.
    pub fn preview(&mut self, ctx: &Context, desk: &Desk) -> Option<&mut PreviewPage> {
        if self.page != Page::Preview {
            return None;
        }
        Some(self.preview.get_or_insert_with(|| Box::new(PreviewPage::new(ctx, desk))))
    }

    /// The preview, if the page is that and was shown before.
    pub fn shown_preview(&mut self) -> Option<&mut PreviewPage> {
        self.preview.as_deref_mut()
    }

    fn update(&mut self, desk: &Desk, views: &BTreeMap<String, ViewSettings>, changes: &Changes) {
        if let Some(form) = &mut self.form {
            let before = form.cells.view.form().kind;
            form.update(desk, changes);
            let now = form.cells.view.form().kind;
            if now != before {
                form.take_kept(views.get(view_name(now)).unwrap_or(&ViewSettings::default()));
            }
        }
    }
}

/// The list on which an item of the PPAP submission has a row.
fn list_of(project: &Project, item: AnyId) -> Option<ListKind> {
    match item {
        AnyId::TestResult(result) => project.get(result).map(|result| ListKind::Results(result.kind)),
        AnyId::PpapElement(_) => Some(ListKind::PpapElements),
        _ => None,
    }
}

impl Workspace {
    /// One tab per page of the project; what was open stays as it was.
    pub(super) fn open_tabs(&mut self) {
        let shown = self.page();
        let mut before = std::mem::take(&mut self.tabs);
        for page in Page::all(&self.desk) {
            let known = before.iter().position(|tab| tab.page == page);
            self.tabs.push(known.map_or_else(|| Tab::new(page), |at| before.swap_remove(at)));
        }
        self.active = shown
            .and_then(|shown| self.tabs.iter().position(|tab| tab.page == shown))
            .unwrap_or_else(|| self.active.min(self.tabs.len().saturating_sub(1)));
    }

    /// Takes what changed over into every tab.
    pub(super) fn follow(&mut self) {
        let changes = self.desk.take_changes();
        if changes.is_empty() {
            return;
        }
        if let Some(guide) = &mut self.guide {
            guide.note_changes(&changes);
        }
        if changes.items.iter().any(|item| matches!(item, AnyId::Document(_) | AnyId::Submission(_))) {
            self.open_tabs();
        }
        for tab in &mut self.tabs {
            tab.update(&self.desk, &self.views, &changes);
        }
    }

    /// Goes on with the checks of an edit that made very many stale, a few each frame.
    pub fn catch_up(&mut self, ctx: &Context) {
        if self.desk.catch_up() {
            let desk = &self.desk;
            for form in self.tabs.iter_mut().filter_map(Tab::shown_mut) {
                form.cells.renew_findings(desk);
            }
            // Sorting the whole list pays only once all is checked.
            if !self.desk.checker().is_behind() {
                self.listing.renew();
            }
            ctx.request_repaint();
        }
    }

    /// The page that is shown.
    pub fn page(&self) -> Option<Page> {
        self.tabs.get(self.active).map(|tab| tab.page)
    }

    /// Filters and sorts the lines of a page, or of the one that is shown.
    pub fn arrange(&mut self, page: Option<Page>, filter: Filter, sort: Option<Sort>) {
        if let Some(page) = page {
            self.leave_place();
            self.show_page(page);
        }
        if let Some((_, form)) = self.form_mut() {
            form.arranging.set(filter, sort);
        }
    }

    /// Whether the page that is shown has lines to filter.
    pub fn has_lines(&self) -> bool {
        self.form().is_some()
    }

    /// Whether the lines of the page that is shown are filtered or sorted.
    pub fn is_arranged(&self) -> bool {
        self.form().is_some_and(|form| form.arranging.is_on())
    }

    /// Whether the cursor stands in a row of an FMEA.
    pub fn is_in_fmea(&self) -> bool {
        let shown = self.document().and_then(|document| self.desk.project().get(document));
        shown.is_some_and(|document| document.kind.is_fmea()) && self.has_cursor()
    }

    /// Whether a process flow is shown, which has a diagram.
    pub fn shows_flow(&self) -> bool {
        self.form().is_some_and(|form| form.flow.is_some())
    }

    /// Whether the print preview is shown.
    pub fn shows_preview(&self) -> bool {
        self.page() == Some(Page::Preview)
    }

    /// Shows other columns of the form that is shown.
    pub fn set_layout(&mut self, layout: Layout) {
        if let Some((_, form)) = self.form_mut() {
            form.cells.set_layout(layout);
        }
    }

    /// Keeps how the forms are left, as soon as the pointer has let go of what it changed.
    pub(super) fn keep_views(&mut self, ui: &Ui, settings: &mut Settings, queue: &mut Vec<Request>) {
        if ui.input(|input| input.pointer.any_down()) {
            return;
        }
        let sides = [self.page(), self.split.map(|split| split.other)];
        let mut changed = Vec::new();
        for form in self.tabs.iter().filter(|tab| sides.contains(&Some(tab.page))).filter_map(Tab::shown) {
            let name = view_name(form.cells.view.form().kind);
            changed.extend(form.changed(self.views.get(name)));
        }
        for (name, kept) in changed {
            self.views.insert(name.to_owned(), kept.clone());
            settings.views.insert(name.to_owned(), kept);
            queue.push(Request::KeepSettings);
        }
    }

    /// The document that is shown.
    pub fn document(&self) -> Option<Id<Document>> {
        self.page().and_then(Page::document)
    }

    /// The form that is shown.
    pub(super) fn form(&self) -> Option<&FormTab> {
        self.tabs.get(self.active).and_then(Tab::shown)
    }

    /// The form that is shown, made now if need be, with the desk it reads from.
    pub(super) fn form_mut(&mut self) -> Option<(&Desk, &mut FormTab)> {
        let form = self.tabs.get_mut(self.active)?.form(&self.desk, &self.views)?;
        Some((&self.desk, form))
    }

    /// Shows a page.
    pub fn show_page(&mut self, page: Page) {
        if self.page() == Some(page) {
            return;
        }
        if self.split.is_some_and(|split| split.other == page) {
            return self.activate_other();
        }
        if let Some(at) = self.tabs.iter().position(|tab| tab.page == page) {
            self.before = self.page();
            self.active = at;
        }
    }

    /// The phase whose control-plan rows are shown; none for all of them.
    pub fn phase(&self) -> Option<Phase> {
        self.form().and_then(FormTab::phase)
    }

    /// Whether a control plan is shown, which has phases.
    pub fn shows_phases(&self) -> bool {
        let shown = self.document().and_then(|document| self.desk.project().get(document));
        shown.is_some_and(|document| document.kind == DocumentKind::ControlPlan)
    }

    /// Shows the control-plan rows of a phase only, or all of them.
    pub(super) fn show_phase(&mut self, phase: Option<Phase>) {
        if let Some((desk, form)) = self.form_mut() {
            form.show_phase(desk, phase);
        }
    }

    /// Shows the page behind the one that is shown, or before it, all around.
    pub(super) fn turn(&mut self, by: isize) {
        if !self.tabs.is_empty() {
            let next = (self.active as isize + by).rem_euclid(self.tabs.len() as isize) as usize;
            self.show_page(self.tabs[next].page);
        }
    }

    /// Shows an item in the document where it lives, or where it is used if it lives in a list that all documents share.
    /// What is shown already stays in front if it has the item, too.
    pub fn show_item(&mut self, item: AnyId, field: Option<Field>) {
        self.leave_place();
        if let AnyId::Document(document) = item {
            return self.show_page(Page::Document(document));
        }
        if self.form().is_some_and(|form| form.cells.view.place(item).is_some()) {
            return self.go_to(item, field);
        }
        if let AnyId::Submission(_) | AnyId::Warrant(_) = item {
            // They have a dialog, which stays open.
            return;
        }
        let project = self.desk.project();
        if let Some(list) = list_of(project, item) {
            self.show_page(Page::List(list));
            return self.go_to(item, field);
        }
        if let Some(Home::Document(document)) = project.home(item) {
            self.show_page(Page::Document(document));
            return self.go_to(item, field);
        }
        let here = self.document();
        let users = project.referrers(item).into_iter().filter_map(|(_, user)| match project.home(user) {
            Some(Home::Document(document)) => Some((document, user)),
            _ => None,
        });
        match (users.min_by_key(|(document, _)| Some(*document) != here), item) {
            (Some((document, user)), _) => {
                self.show_page(Page::Document(document));
                self.go_to(user, field);
            }
            (None, AnyId::Characteristic(_)) => {
                self.show_page(Page::List(ListKind::Characteristics));
                self.go_to(item, field);
            }
            (None, _) => self.status.notice = Some("Not used in any document yet".to_owned()),
        }
    }

    /// Puts the cursor on a cell of a page.
    pub fn show_cell(&mut self, page: Page, at: CellAddress) {
        self.leave_place();
        self.show_page(page);
        if let Some((_, form)) = self.form_mut() {
            form.grid.show_cell(at);
            form.grid.focus();
        }
    }

    /// Whether the form that is shown has a cursor.
    pub fn has_cursor(&self) -> bool {
        self.form().is_some_and(|form| form.grid.cursor().is_some())
    }

    /// Lets the grid do something with the selected cells.
    pub(super) fn act(&mut self, act: GridAct) {
        if let Some((_, form)) = self.form_mut() {
            form.grid.act(act);
            form.grid.focus();
        }
    }

    /// Gives the keyboard back to the form.
    pub fn focus_grid(&mut self) {
        if let Some((_, form)) = self.form_mut() {
            form.grid.focus();
        }
    }

    /// What the preview shows, and an export writes: the page that is shown, or the one that was looked at last.
    pub fn printed(&self) -> Option<Previewed> {
        let followed = self.followed("en", None)?;
        match self.tabs.get(self.active) {
            Some(Tab { preview: Some(preview), .. }) => Some(preview.printed(followed)),
            _ => Some(followed),
        }
    }

    /// The document or the list that the preview follows.
    pub(super) fn followed(&self, language: &'static str, profile: Option<Id<ReportProfile>>) -> Option<Previewed> {
        let is_form = |page: &Page| page.is_form();
        let first = || self.tabs.iter().map(|tab| tab.page).find(is_form);
        let is_printed = |page: &Page| *page != Page::Preview;
        let page = self.page().filter(is_printed).or(self.printed_last).or_else(first)?;
        let tab = self.tabs.iter().find(|tab| tab.page == page)?;
        let what = match page {
            Page::Document(document) => document.into(),
            Page::List(list) => list.into(),
            Page::Overview => Printable::RiskSummary,
            Page::Preview => return None,
        };
        Some(Previewed { what, phase: tab.shown().and_then(FormTab::phase), language, profile })
    }

    /// Gives the keyboard back to what is worked in, as when a dialog closes.
    pub fn take_keyboard_back(&mut self) {
        if let Some((_, form)) = self.form_mut() {
            form.take_keyboard_back();
        }
    }

    /// Lets the paste that was just asked for make rows of its own.
    pub fn paste_as_rows(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        if let Some((_, form)) = self.form_mut() {
            form.grid.paste_as_rows(now);
        }
    }

    pub(super) fn go_to(&mut self, item: AnyId, field: Option<Field>) {
        if let Some((_, form)) = self.form_mut() {
            form.go_to(item, field);
        }
    }
}
