//! Filter and order of a form by one of its columns.

use std::collections::BTreeSet;

use eframe::egui::{Context, TextEdit};

use super::DialogContext;
use super::frame::{self, Answer, Buttons, MEDIUM, named};
use super::picker::{Entry, Picked, Picker, Purpose};
use crate::app::arrange::{Condition, Filter, Sort, Values};
use crate::app::lookup::Lookup;
use crate::model::form::{ColumnKind, Form};
use crate::ui::kit::widgets::caption;
use crate::ui::request::Request;
use crate::ui::views::arranging::heading;

/// The dialog with what was ticked and typed.
#[derive(Debug)]
pub(super) struct FilterColumn {
    form: Form,
    column: String,
    filter: Filter,
    sort: Option<Sort>,
    lookup: Option<Lookup<Values>>,
    values: Vec<String>,
    entries: Vec<Entry>,
    ticked: BTreeSet<String>,
    words: String,
    least: String,
    picker: Picker,
}

impl FilterColumn {
    pub(super) fn new(form: Form, column: &str, filter: Filter, sort: Option<Sort>) -> Self {
        let (mut ticked, mut words, mut least) = (BTreeSet::new(), String::new(), String::new());
        match filter.of(column) {
            Some(Condition::OneOf(values)) => ticked.clone_from(values),
            Some(Condition::Contains(known)) => words.clone_from(known),
            Some(Condition::AtLeast(known)) => least = known.to_string(),
            Some(Condition::Filled | Condition::Blank) | None => {}
        }
        Self {
            form,
            column: column.to_owned(),
            filter,
            sort,
            lookup: None,
            values: Vec::new(),
            entries: Vec::new(),
            ticked,
            words,
            least,
            picker: Picker::default(),
        }
    }

    /// Takes the texts of the column over as soon as they are counted.
    fn listen(&mut self, ctx: &Context, cx: DialogContext<'_>) {
        let Some(desk) = cx.desk else { return };
        let lookup = self.lookup.get_or_insert_with(|| {
            let wake = ctx.clone();
            Lookup::new(desk.project().clone(), move || wake.request_repaint())
        });
        lookup.ask(Values { form: self.form.clone(), column: self.column.clone() });
        if let Some(counts) = lookup.take_answer() {
            let kind = self.form.column(&self.column).map_or(ColumnKind::Text, |at| self.form.columns[at].kind);
            let lines = |count: &usize| if *count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
            self.entries = counts
                .iter()
                .map(|(text, count)| Entry {
                    text: if text.is_empty() { "(blank)".to_owned() } else { desk.local().shown(kind, text) },
                    remark: lines(count),
                })
                .collect();
            self.values = counts.into_iter().map(|(text, _)| text).collect();
            self.picker.renew();
        }
    }

    fn is_number(&self) -> bool {
        self.form.column(&self.column).is_some_and(|at| self.form.columns[at].kind.is_number())
    }

    /// What is typed counts before what is ticked.
    fn condition(&self) -> Result<Option<Condition>, &'static str> {
        match self.least.trim() {
            "" => {}
            least => return least.parse().map(|least| Some(Condition::AtLeast(least))).map_err(|_| "Type a number"),
        }
        if !self.words.trim().is_empty() {
            return Ok(Some(Condition::Contains(self.words.trim().to_owned())));
        }
        Ok((!self.ticked.is_empty()).then(|| Condition::OneOf(self.ticked.clone())))
    }

    pub(super) fn show(&mut self, ctx: &Context, cx: DialogContext<'_>, queue: &mut Vec<Request>) -> bool {
        self.listen(ctx, cx);
        let title = format!("Sort and filter: {}", heading(&self.form, &self.column));
        let shown = frame::show(ctx, "filter column", &title, MEDIUM, |ui| {
            ui.horizontal(|ui| {
                caption(ui, "Order");
                let now = self.sort.as_ref().filter(|sort| sort.column == self.column).map(|sort| sort.descending);
                for (words, order) in
                    [("As in the document", None), ("Ascending", Some(false)), ("Descending", Some(true))]
                {
                    let is_now = if order.is_none() { self.sort.is_none() } else { now == order };
                    if ui.selectable_label(is_now, words).clicked() {
                        self.sort = order.map(|descending| Sort { column: self.column.clone(), descending });
                    }
                }
            });
            let field = TextEdit::singleline(&mut self.words).hint_text("Has the words").desired_width(f32::INFINITY);
            named(ui.add(field), "Has the words");
            if self.is_number() {
                let field = TextEdit::singleline(&mut self.least).hint_text("At least").desired_width(120.0);
                named(ui.add(field), "At least");
            }
            let purpose = Purpose {
                filter: "Find a value",
                empty: "Counting…",
                several: true,
                height: (frame::room(ctx) - 150.0).clamp(80.0, 300.0),
            };
            let (values, ticked) = (&self.values, &self.ticked);
            let is_ticked = |at: usize| values.get(at).is_some_and(|value| ticked.contains(value));
            if let Some(Picked::Entry(at) | Picked::Done(at)) = self.picker.show(ui, purpose, &self.entries, is_ticked)
                && let Some(value) = self.values.get(at)
                && !self.ticked.remove(value)
            {
                self.ticked.insert(value.clone());
            }
            let refusal = self.condition().err();
            let has_filter = self.filter.of(&self.column).is_some();
            let other = has_filter.then_some("Take the filter away");
            Buttons { primary: Some("Show these lines"), refusal, other, cancel: "Cancel" }.show(ui)
        });
        let mut filter = self.filter.clone();
        match (shown.inner, self.condition()) {
            (Answer::Primary, Ok(condition)) => filter.set(&self.column, condition),
            (Answer::Other, _) => filter.set(&self.column, None),
            (Answer::Open | Answer::Primary, _) => return !shown.closed,
            (Answer::Cancel, _) => return false,
        }
        queue.push(Request::Arrange { page: None, filter, sort: self.sort.clone() });
        false
    }
}
