//! A document as its form: the grid over its rows, with symbols and findings.

use eframe::egui::{Frame, Panel, Ui};

use crate::app::desk::Desk;
use crate::app::form_view::FormView;
use crate::app::layout::view_name;
use crate::app::registry::MenuCommand;
use crate::app::settings::{Settings, ViewSettings};
use crate::base::Id;
use crate::model::document::{Document, DocumentKind, Phase};
use crate::model::field::Field;
use crate::model::flow::Step;
use crate::model::form::{Form, FormKind, FormOptions, ListKind};
use crate::model::{AnyId, Changes};
use crate::ui::grid::{CellAddress, CellRange, Grid, GridEvent, GridState, Kept};
use crate::ui::kit::widgets;
use crate::ui::request::Request;
use crate::ui::workspace::Sum;

use super::arranging::Arranging;
use super::blank;
use super::events;
use super::flow::{FlowDiagram, Look, Shown, Told};
use super::form_cells::FormCells;
use super::locate::{find, likely_block};
use super::names::{item_of, number_of, row_number};
use super::phases::PhaseTabs;
use super::source::FormSource;

/// Rows and prompts by which an editor invites to add what is missing.
const OPTIONS: FormOptions = FormOptions { prompts: true, phase: None };

/// A document or a list that is shown.
pub struct FormTab {
    /// The document; none for a list over the whole project.
    document: Option<Id<Document>>,
    /// Rows and cells.
    pub cells: FormCells,
    /// Cursor, scroll position, the edit under way.
    pub grid: GridState,
    /// What is filtered and sorted.
    pub arranging: Arranging,
    /// Where the cursor shall go as soon as the form has the place.
    wanted: Option<(AnyId, Option<Field>)>,
    /// Open the editor there.
    edits: bool,
    /// What shall come into sight, whether the cursor is there or not.
    revealed: Option<AnyId>,
    /// The phases, if the form is a control plan.
    phases: Option<PhaseTabs>,
    /// The diagram, if the form is a process flow.
    pub flow: Option<Box<FlowDiagram>>,
}

impl FormTab {
    /// The usual form of a document.
    pub fn new(desk: &Desk, document: &Document) -> Self {
        let project = desk.project();
        let view = FormView::new(project, document, Form::usual_kind(project, document), OPTIONS);
        let is_plan = document.kind == DocumentKind::ControlPlan;
        let is_flow = document.kind == DocumentKind::ProcessFlow;
        Self {
            phases: is_plan.then(|| PhaseTabs::new(project, document.id)),
            flow: is_flow.then(|| Box::new(FlowDiagram::new(document.id))),
            ..Self::of(view)
        }
    }

    /// A list over the whole project.
    pub fn list(desk: &Desk, list: ListKind) -> Self {
        Self::of(FormView::list(desk.project(), list, OPTIONS))
    }

    fn of(view: FormView) -> Self {
        Self {
            document: view.document(),
            cells: FormCells::new(view),
            grid: GridState::default(),
            wanted: None,
            edits: false,
            revealed: None,
            phases: None,
            flow: None,
            arranging: Arranging::default(),
        }
    }

    /// Takes over a change of the project. A document that changed its rating profile may be in another form now.
    pub fn update(&mut self, desk: &Desk, changes: &Changes) {
        let project = desk.project();
        if let Some(document) = self.document.and_then(|document| project.get(document))
            && Form::usual_kind(project, document) != self.cells.view.form().kind
        {
            self.cells = Self::new(desk, document).cells;
            return;
        }
        self.cells.update(desk, changes);
        if let Some(phases) = &mut self.phases {
            phases.update(project, changes);
        }
        if let Some(flow) = &mut self.flow {
            flow.update(changes);
        }
    }

    /// The phase whose control-plan rows are shown; none for all of them.
    pub fn phase(&self) -> Option<Phase> {
        self.cells.view.form().options.phase
    }

    /// Shows the control-plan rows of a phase only, or all of them; the cursor stays on its row if that is shown.
    pub fn show_phase(&mut self, desk: &Desk, phase: Option<Phase>) {
        if self.phase() == phase || self.phases.is_none() {
            return;
        }
        self.cells.view.show_phase(desk.project(), phase);
    }

    /// Moves the cursor to an item, and to one of its fields if it has a cell here.
    pub fn go_to(&mut self, item: AnyId, field: Option<Field>) {
        self.wanted = Some((item, field));
    }

    /// Scrolls to the block of an item and leaves the cursor where it is.
    pub fn reveal(&mut self, item: AnyId) {
        self.revealed = Some(item);
    }

    /// Shows the process flow as both, as diagram or as table, in turn; the keyboard goes to what is shown.
    pub fn show_next(&mut self) {
        let Some(flow) = &mut self.flow else { return };
        flow.shown = flow.shown.next();
        if flow.shows_diagram() {
            flow.focus();
        } else {
            self.grid.focus();
        }
    }

    /// Gives the keyboard to the diagram or to the table, whichever was worked in.
    pub fn take_keyboard_back(&mut self) {
        match &mut self.flow {
            Some(flow) if flow.takes_edits() => flow.focus(),
            _ => self.grid.focus(),
        }
    }

    /// Looks at the form larger or smaller: at the diagram where that was worked in last, else at the table.
    pub fn look(&mut self, look: Look) {
        match &mut self.flow {
            Some(flow) if flow.takes_edits() || matches!(look, Look::Breadth | Look::Whole) => flow.look(look),
            _ => match look {
                Look::Larger | Look::Smaller => self.grid.kept.step_zoom(look == Look::Larger),
                _ => self.grid.kept.zoom = 1.0,
            },
        }
    }

    /// Begins a new line in a column of the row of the cursor: another effect, another control. Whether the row has one.
    pub fn begin_line(&mut self, desk: &Desk, column: &'static str) -> bool {
        let Some(cursor) = self.grid.cursor().copied() else { return false };
        let at = CellAddress { column, ..cursor };
        let source = FormSource::new(desk, &mut self.cells);
        let Some((cell, _)) = source.cell(&at) else { return false };
        let Some(written) = source.written(&cell) else { return false };
        let text = if written.trim().is_empty() { String::new() } else { format!("{written}\n") };
        self.grid.show_cell(at);
        self.grid.edit_cell_with(at, text);
        true
    }

    /// Opens the editor where the cursor is about to go.
    pub fn edit_when_there(&mut self) {
        self.edits = self.wanted.is_some();
    }

    /// Takes over how the form was left.
    pub fn take_kept(&mut self, kept: &ViewSettings) {
        self.grid.kept = Kept { widths: kept.widths.clone(), zoom: kept.zoom };
        self.cells.set_layout(kept.layout.clone());
        if let (Some(flow), Some(shown)) = (&mut self.flow, Shown::of_key(&kept.shown)) {
            flow.shown = shown;
        }
    }

    /// The name under which settings keep how the form is left, and how that is, if it differs from what they say.
    pub fn changed(&self, kept: Option<&ViewSettings>) -> Option<(&'static str, ViewSettings)> {
        let name = view_name(self.cells.view.form().kind);
        let shown = self.flow.as_ref().map_or("", |flow| flow.shown.key());
        let usual = ViewSettings::default();
        let before = kept.unwrap_or(&usual);
        let same_zoom = (before.zoom - self.grid.kept.zoom()).abs() < 0.001;
        let same_shown = before.shown == shown || (before.shown.is_empty() && shown == Shown::default().key());
        let same =
            same_zoom && same_shown && before.widths == self.grid.kept.widths && before.layout == *self.cells.layout();
        let now = || ViewSettings {
            layout: self.cells.layout().clone(),
            widths: self.grid.kept.widths.clone(),
            zoom: self.grid.kept.zoom(),
            shown: shown.to_owned(),
        };
        (!same).then(|| (name, now()))
    }

    /// Shows the form.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, settings: &Settings, queue: &mut Vec<Request>) {
        self.cells.set_local(settings.local);
        self.seek(desk);
        self.seek_revealed(desk);
        if let Some(phases) = &self.phases
            && let Some(chosen) = phases.show(ui, desk, self.phase(), queue)
        {
            self.show_phase(desk, chosen);
        }
        match self.flow.take_if(|_| !self.cells.view.whole_is_empty()) {
            Some(mut flow) => {
                self.show_flow(ui, desk, &mut flow, settings, queue);
                self.flow = Some(flow);
            }
            None => self.show_table(ui, desk, settings, queue),
        }
    }

    /// Shows a process flow as diagram, as table, or both beside each other.
    fn show_flow(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        flow: &mut FlowDiagram,
        settings: &Settings,
        queue: &mut Vec<Request>,
    ) {
        flow.bar(ui);
        let (selected, lit) = (self.step_of_cursor(), self.grid.highlight);
        let told = match flow.shown {
            Shown::Table => Told::default(),
            Shown::Diagram => flow.show(ui, desk, selected, lit, queue),
            Shown::Both => {
                let room = ui.available_width();
                let breadth = flow.breadth(desk).min(room * 0.42);
                let panel = Panel::left("flow diagram").resizable(true).frame(Frame::NONE).default_size(breadth);
                let panel = panel.size_range(220.0..=(room - 260.0).max(220.0));
                panel.show(ui, |ui| flow.show(ui, desk, selected, lit, queue)).inner
            }
        };
        if let Some(lit) = told.lit {
            self.grid.highlight = lit;
        }
        if let Some(step) = told.chosen {
            self.go_to(step.into(), Some(Field::Name));
        }
        if flow.shows_table() {
            self.show_table(ui, desk, settings, queue);
        }
    }

    /// The step in whose row the cursor stands.
    fn step_of_cursor(&self) -> Option<Id<Step>> {
        match item_of(self.grid.cursor()?.row.block)? {
            AnyId::Step(step) => Some(step),
            _ => None,
        }
    }

    fn show_table(&mut self, ui: &mut Ui, desk: &Desk, settings: &Settings, queue: &mut Vec<Request>) {
        self.arranging.step(ui.ctx(), desk, &mut self.cells.view);
        if !self.cells.view.whole_is_empty() {
            self.arranging.show(ui, desk, &self.cells, settings, queue);
        }
        if self.arranging.is_on() && self.cells.view.order().is_empty() {
            let text = "Change the filter, or take it away.";
            if widgets::empty_state(ui, "No line fulfils the filter", text, Some("Show all lines")) {
                queue.push(Request::Menu(MenuCommand::ShowAllLines));
            }
            return;
        }
        if self.cells.view.order().is_empty() {
            match (self.cells.view.form().kind, self.document) {
                (FormKind::List(list), _) => blank::list(ui, list, queue),
                (_, Some(document)) => blank::document(ui, desk, document, queue),
                (_, None) => {}
            }
            return;
        }
        let document = self.document.and_then(|document| desk.project().get(document));
        let (name, salt) = match (self.cells.view.form().kind, document) {
            (FormKind::List(list), _) => (list.name(), list.name().to_owned()),
            (_, Some(document)) => (document.kind.name(), number_of(document.id.into()).to_string()),
            (_, None) => return,
        };
        self.cells.mark_columns(&self.arranging.filter, self.arranging.sort.as_ref());
        let source = FormSource::new(desk, &mut self.cells);
        let output = Grid::new(&salt, name).show(ui, &source, &mut self.grid);
        let mut on_columns = Vec::new();
        for event in output.events {
            match event {
                GridEvent::HeadingClicked(_) | GridEvent::ColumnMoved { .. } => on_columns.push(event),
                event => events::handle(ui, desk, &source, &mut self.grid, event, queue),
            }
        }
        for event in on_columns {
            self.work_on_columns(&event, queue);
        }
    }

    /// What was done with the heading of a column.
    fn work_on_columns(&mut self, event: &GridEvent, queue: &mut Vec<Request>) {
        match *event {
            GridEvent::HeadingClicked(column) => {
                queue.push(Request::Show(self.arranging.dialog(self.cells.view.form(), column)));
            }
            GridEvent::ColumnMoved { column, before } => {
                let mut layout = self.cells.layout().clone();
                layout.move_column(self.cells.view.form(), column, before);
                self.cells.set_layout(layout);
            }
            _ => {}
        }
    }

    /// The numbers in the selected cells, each cell once however many lines it covers.
    pub fn sum(&mut self, desk: &Desk, range: &CellRange) -> Sum {
        let source = FormSource::new(desk, &mut self.cells);
        let columns: Vec<usize> = range.columns.iter().filter_map(|key| source.form_column(key)).collect();
        let (mut sum, mut left) = (Sum { count: 0, total: 0.0 }, range.row_count);
        let Some(first) = range.columns.first() else { return sum };
        let mut is_first = true;
        source.each_row_from(&CellAddress { row: range.first, column: first }, &mut |block, row| {
            for column in &columns {
                let Some(cell) = block.cell_at(row, *column) else { continue };
                if (cell.row == row || is_first)
                    && let Ok(number) = cell.text().trim().parse::<f64>()
                {
                    sum = Sum { count: sum.count + 1, total: sum.total + number };
                }
            }
            is_first = false;
            left = left.saturating_sub(1);
            left > 0
        });
        sum
    }

    /// Scrolls to the first row of the block of an item.
    fn seek_revealed(&mut self, desk: &Desk) {
        let Some(item) = self.revealed.take() else { return };
        let Some(key) = likely_block(desk, self.cells.view.form(), item) else { return };
        let block = self.cells.view.block(desk.project(), key);
        if let (Some(row), Some(column)) = (block.rows.first(), self.cells.columns.first()) {
            self.grid.show_on_top(CellAddress::new(number_of(key), row_number(&row.id), column.key));
        }
    }

    /// Shows the row of an item although the filter hides it.
    fn uncover(&mut self, desk: &Desk, key: AnyId, item: AnyId, field: Option<Field>) {
        let view = &mut self.cells.view;
        if view.arrangement().is_none() {
            return;
        }
        let whole = view.whole_block(desk.project(), key);
        let Some((row, _)) = find(&whole, view.form(), item, field) else { return };
        let id = whole.rows[row].id;
        if !view.block(desk.project(), key).rows.iter().any(|shown| shown.id == id) {
            view.uncover(desk.project(), key, id);
        }
    }

    /// Puts the cursor on a cell and opens its editor, in the table or in the diagram.
    fn put_cursor(&mut self, at: CellAddress, edits: bool) {
        if self.flow.as_ref().is_some_and(|flow| !flow.shows_table()) {
            self.grid.rest_on(at);
        } else {
            self.grid.show_cell(at);
        }
        let step = item_of(at.row.block);
        match (&mut self.flow, step) {
            (Some(flow), Some(AnyId::Step(step))) if edits && flow.takes_edits() => flow.edit_name(step),
            _ if edits => self.grid.edit_cell(at),
            _ => {}
        }
    }

    fn seek(&mut self, desk: &Desk) {
        let Some((item, field)) = self.wanted.take() else { return };
        if let (AnyId::PlanRow(row), Some(phase)) = (item, self.phase())
            && desk.project().get(row).is_some_and(|row| !row.serves(phase))
        {
            self.show_phase(desk, None);
        }
        let likely = likely_block(desk, self.cells.view.form(), item);
        if let Some(key) = likely {
            self.uncover(desk, key, item, field);
        }
        let order: Vec<AnyId> = self.cells.view.order().to_vec();
        let blocks = likely.into_iter().chain(order);
        for key in blocks.take(2_000) {
            let block = self.cells.view.block(desk.project(), key);
            if let Some((row, column)) = find(&block, self.cells.view.form(), item, field) {
                let shown = &self.cells.view.form().columns[column].key;
                let column = if self.cells.form_column(shown).is_some() {
                    super::names::column_key(shown)
                } else {
                    self.cells.columns.first().map_or("", |column| column.key)
                };
                let row = row_number(&block.rows[row].id);
                let at = CellAddress::new(number_of(key), row, column);
                let edits = std::mem::take(&mut self.edits);
                self.put_cursor(at, edits);
                return;
            }
        }
    }
}
