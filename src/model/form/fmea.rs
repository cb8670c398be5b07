//! The FMEA forms: AIAG & VDA 2019 and AIAG 4th edition, from the same lines.

use crate::base::Id;
use crate::model::document::DocumentKind;
use crate::model::field::{Field, statement_text};
use crate::model::fmea::{ControlKind, EffectLevel, Element, ElementKind, Function, LevelEffects};
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::profile::ScaleRole;
use crate::model::project::Project;
use crate::model::project_data::UserField;
use crate::model::reference::Ref;
use crate::model::relation::Relation;
use crate::model::risk::{ActionKind, Assessment, Risk};
use crate::model::severity::Evaluated;

use super::fmea_rows::{Entry, Level, entries, rows};
use super::table::{Block, Column, ColumnKind, Filled, Group, List, NewItem, Part, Target, runs};
use super::{Form, FormKind};

fn group(heading: &str, step: Option<u8>) -> Group {
    Group { heading: heading.to_owned(), step }
}

/// Columns by AIAG & VDA 2019; of a process FMEA, or of the two design types with their own headings.
pub(super) fn aiag_vda_columns(project: &Project, kind: DocumentKind) -> (Vec<Group>, Vec<Column>) {
    use ColumnKind::{Class, Date, Priority, Rating};
    let process = kind == DocumentKind::ProcessFmea;
    let pick = |for_process: &'static str, for_design: &'static str| if process { for_process } else { for_design };
    let groups = vec![
        group("Continuous improvement", Some(0)),
        group("Structure analysis (step 2)", Some(2)),
        group("Function analysis (step 3)", Some(3)),
        group("Failure analysis (step 4)", Some(4)),
        group("Risk analysis (step 5)", Some(5)),
        group("Optimization (step 6)", Some(6)),
    ];
    let mut columns = vec![
        Column::text("issue_number", "Issue no.", 0, 6.0),
        Column::text("history", "History / change author\u{AD}ization", 0, 10.0),
        Column::text("process_item", pick("1. Process item", "1. Next higher level"), 1, 11.0),
        Column::text("process_step_number", "No.", 1, 4.5),
        Column::text("process_step", pick("2. Process step", "2. Focus element"), 1, 13.0),
        Column::text("work_element", pick("3. Process work element (4M)", "3. Next lower level"), 1, 14.0),
        Column::text(
            "process_item_function",
            pick("1. Function of the process item", "1. Function of the next higher level"),
            2,
            15.0,
        ),
        Column::text(
            "process_step_function",
            pick(
                "2. Function of the process step and product character\u{AD}istic",
                "2. Function of the focus element and requirement",
            ),
            2,
            18.0,
        ),
        Column::text(
            "work_element_function",
            pick(
                "3. Function of the process work element and process character\u{AD}istic",
                "3. Function of the next lower level and character\u{AD}istic",
            ),
            2,
            17.0,
        ),
        Column::text("failure_effect", "1. Failure effects (FE) to the next higher level and/or end user", 3, 24.0),
        Column::value("severity", "Severity (S) of FE", 3, 3.5, Rating),
        Column::text(
            "failure_mode",
            pick("2. Failure mode (FM) of the process step", "2. Failure mode (FM) of the focus element"),
            3,
            16.0,
        ),
        Column::text(
            "failure_cause",
            pick("3. Failure cause (FC) of the work element", "3. Failure cause (FC) of the next lower level"),
            3,
            18.0,
        ),
        Column::text("prevention_control", "Current prevention control (PC) of FC", 4, 19.0),
        Column::value("occurrence", "Occurrence (O) of FC", 4, 3.5, Rating),
        Column::text("detection_control", "Current detection control (DC) of FC or FM", 4, 19.0),
        Column::value("detection", "Detection (D) of FC/FM", 4, 3.5, Rating),
        Column::value("action_priority", "AP", 4, 3.5, Priority),
        Column::value("special_class", "Special character\u{AD}istics", 4, 6.0, Class),
        Column::text("filter_code", "Filter code", 4, 6.0),
        Column::text("prevention_action", "Prevention action", 5, 16.0),
        Column::text("detection_action", "Detection action", 5, 16.0),
        Column::choice("responsible", "Respon\u{AD}sible person", 5, 10.0, ColumnKind::Choice),
        Column::choice("target_date", "Target completion date", 5, 8.5, Date),
        Column::choice("status", "Status", 5, 9.5, ColumnKind::Choice),
        Column::text("action_taken", "Action taken with pointer to evidence", 5, 15.0),
        Column::choice("completion_date", "Completion date", 5, 8.5, Date),
        Column::value("severity_after", "S", 5, 3.0, Rating),
        Column::value("occurrence_after", "O", 5, 3.0, Rating),
        Column::value("detection_after", "D", 5, 3.0, Rating),
        Column::value("special_class_after", "Special character\u{AD}istics", 5, 6.0, Class),
        Column::value("action_priority_after", "AP", 5, 3.5, Priority),
        Column::text("remarks", "Remarks", 5, 14.0),
    ];
    columns.extend(user_columns(project, 5, &[Kind::Risk, Kind::Failure, Kind::Function]));
    (groups, columns)
}

/// Columns by AIAG 4th edition.
pub(super) fn fourth_edition_columns(project: &Project) -> (Vec<Group>, Vec<Column>) {
    use ColumnKind::{Class, Date, Rating};
    let groups = vec![
        group("Process", Some(2)),
        group("Potential failure", Some(4)),
        group("Current process", Some(5)),
        group("Action results", Some(6)),
    ];
    let mut columns = vec![
        Column::text("process_step_number", "No.", 0, 4.5),
        Column::text("process_step", "Process step", 0, 13.0),
        Column::text("process_step_function", "Function", 0, 16.0),
        Column::text("requirement", "Requirements", 0, 15.0),
        Column::text("failure_mode", "Potential failure mode", 1, 16.0),
        Column::text("failure_effect", "Potential effect(s) of failure", 1, 24.0),
        Column::value("severity", "Severity", 1, 3.5, Rating),
        Column::value("special_class", "Classifi\u{AD}cation", 1, 6.0, Class),
        Column::text("failure_cause", "Potential cause(s) of failure", 2, 18.0),
        Column::text("prevention_control", "Controls: prevention", 2, 18.0),
        Column::value("occurrence", "Occur\u{AD}rence", 2, 3.5, Rating),
        Column::text("detection_control", "Controls: detection", 2, 18.0),
        Column::value("detection", "Detec\u{AD}tion", 2, 3.5, Rating),
        Column::value("rpn", "RPN", 2, 4.0, Rating),
        Column::text("recommended_action", "Recommended action(s)", 3, 18.0),
        Column::choice("responsible", "Responsi\u{AD}bility", 3, 10.0, ColumnKind::Choice),
        Column::choice("target_date", "Target completion date", 3, 8.5, Date),
        Column::choice("status", "Status", 3, 9.5, ColumnKind::Choice),
        Column::text("action_taken", "Actions taken", 3, 15.0),
        Column::choice("completion_date", "Completion date", 3, 8.5, Date),
        Column::value("severity_after", "Severity", 3, 3.5, Rating),
        Column::value("occurrence_after", "Occur\u{AD}rence", 3, 3.5, Rating),
        Column::value("detection_after", "Detec\u{AD}tion", 3, 3.5, Rating),
        Column::value("rpn_after", "RPN", 3, 4.0, Rating),
        Column::text("remarks", "Remarks", 3, 14.0),
    ];
    columns.extend(user_columns(project, 3, &[Kind::Risk, Kind::Failure, Kind::Function]));
    (groups, columns)
}

/// A column per user-defined field of the kinds, in their order. Its key is the name in snake_case.
pub(super) fn user_columns(project: &Project, group: usize, kinds: &[Kind]) -> Vec<Column> {
    let fields = project.all_in_order::<UserField>().into_iter().filter(|field| kinds.contains(&field.on));
    fields
        .map(|field| Column {
            key: format!("user:{}", AnyId::from(field.id)).into(),
            heading: field.name.to_string().into(),
            ..Column::text("", "", group, 12.0)
        })
        .collect()
}

/// Rows and cells of a focus element.
pub(super) fn block(project: &Project, form: &Form, element: Id<Element>) -> Block {
    let Some(focus) = project.get(element) else { return Block::empty(element.into()) };
    let entries = entries(project, focus);
    let cx = Context { project, form, focus };
    let mut cells = Vec::with_capacity(form.columns.len() * entries.len() / 2);
    for (at, column) in form.columns.iter().enumerate() {
        let level = level_of(&column.key);
        for (row, count) in runs(entries.len(), |row| entries[row].groups[level as usize]) {
            cells.push(cx.fill(column, &entries[row]).cell(at, row, count));
        }
    }
    Block { key: element.into(), rows: rows(focus, &entries), cells }
}

fn level_of(key: &str) -> Level {
    match key {
        "process_item" | "process_step_number" | "process_step" | "process_item_function" => Level::Step,
        "process_step_function" | "requirement" => Level::Function,
        "failure_effect" | "severity" | "failure_mode" => Level::Mode,
        "work_element" => Level::Work,
        "severity_after"
        | "occurrence_after"
        | "detection_after"
        | "special_class_after"
        | "action_priority_after"
        | "rpn_after" => Level::Later,
        "prevention_action" | "detection_action" | "recommended_action" | "responsible" | "target_date" | "status"
        | "action_taken" | "completion_date" => Level::Action,
        _ => Level::Cause,
    }
}

struct Context<'p> {
    project: &'p Project,
    form: &'p Form,
    focus: &'p Element,
}

impl Context<'_> {
    fn fill(&self, column: &Column, entry: &Entry<'_>) -> Filled {
        match &*column.key {
            "process_item" => self.process_item(),
            "process_step_number" => self.step_number(),
            "process_step" => self.step_name(),
            "process_item_function" => self.item_function(),
            "process_step_function" => self.step_function(entry),
            "requirement" => requirements(entry.function),
            "work_element" => self.work_element(entry),
            "work_element_function" => self.work_function(entry),
            "failure_effect" => self.effects(entry),
            "severity" => self.severity(entry),
            "failure_mode" => self.mode(entry),
            "failure_cause" => self.cause(entry),
            key if key.starts_with("user:") => self.user_value(column, entry),
            _ => match entry.risk {
                Some(risk) => self.risk_cell(&column.key, entry, risk),
                None => Filled::empty(),
            },
        }
    }

    fn parent(&self) -> Option<&Element> {
        match self.focus.kind {
            ElementKind::Higher => Some(self.focus),
            _ => self.focus.parent.and_then(|parent| self.project.get(parent)),
        }
    }

    fn process_item(&self) -> Filled {
        self.parent().map_or_else(Filled::empty, |parent| Filled::field(parent.id, Field::Name, parent.name.as_str()))
    }

    /// Number of the step, or numbers of the steps.
    fn step_number(&self) -> Filled {
        if self.focus.kind == ElementKind::Higher {
            return Filled::empty();
        }
        let steps = &self.focus.steps;
        let mut part = Part::default();
        let numbers = steps.iter().map(|link| match link.to.present().and_then(|step| self.project.get(step)) {
            Some(step) => step.number.to_string(),
            None => link.to.last_label().map(ToString::to_string).unwrap_or_default(),
        });
        part.text = numbers.collect::<Vec<_>>().join(" & ");
        part.suspect = steps.iter().any(|link| self.project.is_suspect(link));
        part.missing = steps.iter().any(|link| link.to.present().is_none());
        let target = match steps.as_slice() {
            [only] => match only.to.present() {
                Some(step) => {
                    part.item = Some(step.into());
                    part.uses = self.uses_of_step(step);
                    Target::Field { item: step.into(), field: Field::Number }
                }
                None => Target::Derived,
            },
            _ => Target::Derived,
        };
        Filled::new(if part.text.is_empty() { Vec::new() } else { vec![part] }, target)
    }

    fn uses_of_step(&self, step: Id<crate::model::flow::Step>) -> usize {
        1 + self.project.sources(step, Relation::ElementStep).len()
            + self.project.sources(step, Relation::RowStep).len()
    }

    fn step_name(&self) -> Filled {
        let focus = self.focus;
        if focus.kind == ElementKind::Higher {
            return Filled::empty();
        }
        match focus.steps.as_slice() {
            [only] if focus.name.is_blank() => match only.to.present().and_then(|step| self.project.get(step)) {
                Some(step) => {
                    let mut filled = Filled::field(step.id, Field::Name, step.name.as_str());
                    for part in &mut filled.parts {
                        part.item = Some(step.id.into());
                        part.uses = self.uses_of_step(step.id);
                        part.suspect = self.project.is_suspect(only);
                    }
                    filled
                }
                None => Filled::field(focus.id, Field::Name, self.project.element_label(focus)),
            },
            [] => Filled::field(focus.id, Field::Name, focus.name.as_str()),
            steps if focus.name.is_blank() => {
                let names = steps.iter().filter_map(|link| self.project.get(link.to.present()?));
                let names = names.map(|step| step.name.to_string()).collect::<Vec<_>>().join(" & ");
                Filled::field(focus.id, Field::Name, names)
            }
            _ => Filled::field(focus.id, Field::Name, focus.name.as_str()),
        }
    }

    fn item_function(&self) -> Filled {
        let Some(parent) = self.parent() else { return Filled::empty() };
        let functions = self.project.children::<Function>(parent.id, Relation::FunctionOfElement);
        let parts = functions.map(|function| Part::plain(function.text.as_str())).collect();
        Filled::new(parts, Target::List { owner: parent.id.into(), list: List::Functions }).prompted("+ function")
    }

    fn step_function(&self, entry: &Entry<'_>) -> Filled {
        if self.focus.kind == ElementKind::Higher
            || (entry.function.is_none() && (entry.mode.is_some() || entry.work.is_some()))
        {
            return Filled::empty();
        }
        match entry.function {
            Some(function) => self.function_cell(function, self.form.kind == FormKind::FmeaAiagVda),
            None => Filled::create(self.focus.id, NewItem::Function, "+ function"),
        }
    }

    /// The function, its requirements where the form has no column for them, and its characteristics.
    fn function_cell(&self, function: &Function, with_requirements: bool) -> Filled {
        let mut filled = Filled::field(function.id, Field::Text, function.text.as_str());
        if with_requirements {
            filled
                .parts
                .extend(function.requirements.iter().map(|text| Part { quiet: true, ..Part::plain(text.as_str()) }));
        }
        for link in &function.characteristics {
            filled.parts.push(self.characteristic_part(link));
        }
        filled.prompted("+ function")
    }

    fn characteristic_part(
        &self,
        link: &crate::model::reference::Link<crate::model::characteristic::Characteristic>,
    ) -> Part {
        let mut part = Part { quiet: true, ..Part::default() };
        match link.to.present().and_then(|id| self.project.get(id)) {
            Some(characteristic) => {
                let specification = characteristic.specification_text();
                part.text = if specification.is_empty() {
                    characteristic.label()
                } else {
                    format!("{}: {specification}", characteristic.label())
                };
                part.item = Some(characteristic.id.into());
                part.uses = self.project.sources(characteristic.id, Relation::FunctionCharacteristic).len()
                    + self.project.sources(characteristic.id, Relation::RowCharacteristic).len();
                part.suspect = self.project.is_suspect(link);
            }
            None => {
                part.text = link.to.last_label().map(ToString::to_string).unwrap_or_default();
                part.missing = true;
            }
        }
        part
    }

    fn work_element(&self, entry: &Entry<'_>) -> Filled {
        let Some(work) = entry.work else {
            return match entry.cause {
                // A cause that stands at the step itself: naming a work element moves it there.
                Some(cause) => Filled::create(cause.id, NewItem::WorkElement, "+ work element"),
                None if entry.mode.is_none() && entry.function.is_none() => {
                    Filled::create(self.focus.id, NewItem::WorkElement, "+ work element")
                }
                None => Filled::empty(),
            };
        };
        let mut filled = Filled::field(work.id, Field::Name, self.project.element_label(work));
        if let (ElementKind::Work(category), Some(part)) = (work.kind, filled.parts.first_mut()) {
            part.text = format!("{}: {}", category.name(), part.text);
        }
        filled
    }

    fn work_function(&self, entry: &Entry<'_>) -> Filled {
        match (entry.work_function, entry.work) {
            (Some(function), _) => self.function_cell(function, true),
            (None, Some(work)) => {
                let under = entry.cause.map_or_else(|| work.id.into(), |cause| AnyId::from(cause.id));
                Filled::create(under, NewItem::Function, "+ function")
            }
            (None, None) => Filled::empty(),
        }
    }

    fn effects(&self, entry: &Entry<'_>) -> Filled {
        let Some(mode) = entry.mode else { return Filled::empty() };
        let mut parts = Vec::new();
        for level in EffectLevel::ALL {
            match mode.effects.at(level) {
                LevelEffects::NotConsidered => {}
                LevelEffects::NotKnown => {
                    parts.push(Part { quiet: true, ..Part::plain(format!("{}: not known", level.name())) });
                }
                LevelEffects::NotApplicable { because } => {
                    parts.push(Part {
                        quiet: true,
                        ..Part::plain(format!("{}: not applicable: {because}", level.name()))
                    });
                }
                LevelEffects::Effects(links) => parts.extend(links.iter().map(|link| self.effect_part(level, link))),
            }
        }
        Filled::new(parts, Target::List { owner: mode.id.into(), list: List::Effects }).prompted("+ effect")
    }

    fn effect_part(
        &self,
        level: EffectLevel,
        link: &crate::model::reference::Link<crate::model::fmea::Failure>,
    ) -> Part {
        let mut part = Part { suspect: self.project.is_suspect(link), ..Part::default() };
        match link.to.present().and_then(|id| self.project.get(id)) {
            Some(effect) => {
                let severity = effect.severity.as_ref().map(|rating| format!(" ({rating})")).unwrap_or_default();
                part.text = format!("{}: {}{severity}", level.name(), effect.text);
                part.item = Some(effect.id.into());
                part.uses = self.project.sources(effect.id, Relation::ModeEffect).len();
            }
            None => {
                let label = link.to.last_label().map(ToString::to_string).unwrap_or_default();
                part.text = format!("{}: {label}", level.name());
                part.missing = true;
            }
        }
        part
    }

    fn severity(&self, entry: &Entry<'_>) -> Filled {
        let Some(mode) = entry.mode else { return Filled::empty() };
        let scale = self.project.profile(self.form.document).and_then(|profile| profile.scale(ScaleRole::Severity));
        match self.project.mode_severity(mode, scale) {
            Some(found) => match found.path.last() {
                Some(rated) => Filled::field(*rated, Field::Severity, found.rating.to_string()),
                None => Filled::empty(),
            },
            None => match mode.effects.links().find_map(|(_, link)| link.to.present()) {
                Some(first) => Filled::field(first, Field::Severity, "").prompted("S"),
                None => Filled::empty(),
            },
        }
    }

    fn mode(&self, entry: &Entry<'_>) -> Filled {
        match (entry.mode, entry.function) {
            (Some(mode), _) => {
                let mut filled = Filled::field(mode.id, Field::Text, mode.text.as_str());
                if let (Some(link), Some(part)) = (&mode.characteristic, filled.parts.first_mut()) {
                    part.suspect = self.project.is_suspect(link);
                }
                filled.prompted("+ failure mode")
            }
            (None, Some(function)) => Filled::create(function.id, NewItem::Mode, "+ failure mode"),
            (None, None) if entry.work.is_none() && self.focus.kind != ElementKind::Higher => {
                Filled::create(self.focus.id, NewItem::Mode, "+ failure mode")
            }
            (None, None) => Filled::empty(),
        }
    }

    fn cause(&self, entry: &Entry<'_>) -> Filled {
        match (entry.cause, entry.mode) {
            (Some(cause), _) => {
                let mut filled = Filled::field(cause.id, Field::Text, cause.text.as_str());
                let uses = self.project.sources(cause.id, Relation::RiskOfCause).len();
                if let Some(part) = filled.parts.first_mut() {
                    part.item = Some(cause.id.into());
                    part.uses = uses;
                    part.suspect = cause.characteristic.as_ref().is_some_and(|link| self.project.is_suspect(link));
                }
                filled.prompted("+ cause")
            }
            (None, Some(mode)) => Filled::create(mode.id, NewItem::Cause, "+ cause"),
            (None, None) => Filled::empty(),
        }
    }

    fn risk_cell(&self, key: &str, entry: &Entry<'_>, risk: &Risk) -> Filled {
        let text =
            |field| Filled::field(risk.id, field, self.project.field_text(risk.id.into(), field).unwrap_or_default());
        match key {
            "issue_number" => text(Field::IssueNumber),
            "history" => text(Field::History),
            "filter_code" => text(Field::FilterCode),
            "remarks" => self.remarks(risk),
            "prevention_control" => self.controls(risk, &risk.controls, ControlKind::Prevention),
            "detection_control" => self.controls(risk, &risk.controls, ControlKind::Detection),
            "occurrence" => text(Field::Occurrence).prompted("O"),
            "detection" => text(Field::Detection).prompted("D"),
            "action_priority" => priority(&self.project.evaluate_current(risk)),
            "rpn" => rpn(&self.project.evaluate_current(risk)),
            "special_class" => self.class(entry, risk),
            "prevention_action" => self.action_text(entry, risk, Some(ActionKind::Prevention)),
            "detection_action" => self.action_text(entry, risk, Some(ActionKind::Detection)),
            "recommended_action" => self.action_text(entry, risk, None),
            "responsible" => self.action_field(entry, Field::Owner),
            "target_date" => self.action_field(entry, Field::TargetDate),
            "status" => self.action_field(entry, Field::Status),
            "action_taken" => self.action_field(entry, Field::ActionTaken),
            "completion_date" => self.action_field(entry, Field::CompletionDate),
            _ => self.after(key, entry, risk),
        }
    }

    fn controls(&self, risk: &Risk, controls: &[Ref<crate::model::fmea::Control>], kind: ControlKind) -> Filled {
        let mut parts = Vec::new();
        for reference in controls {
            match reference.present().and_then(|id| self.project.get(id)) {
                Some(control) if control.kind == kind => parts.push(Part {
                    item: Some(control.id.into()),
                    uses: self.project.sources(control.id, Relation::RiskControl).len()
                        + self.project.sources(control.id, Relation::RowControl).len(),
                    ..Part::plain(control.text.as_str())
                }),
                // Of a lost control nobody knows the kind; it shows with the prevention controls.
                None if kind == ControlKind::Prevention => {
                    let label = reference.last_label().map(ToString::to_string).unwrap_or_default();
                    parts.push(Part { missing: true, ..Part::plain(label) });
                }
                Some(_) | None => {}
            }
        }
        let prompt = if kind == ControlKind::Prevention { "+ prevention" } else { "+ detection" };
        Filled::new(parts, Target::List { owner: risk.id.into(), list: List::Controls(kind) }).prompted(prompt)
    }

    /// The class of the characteristic of cause or mode, or of the function's; else that of the line.
    fn class(&self, entry: &Entry<'_>, risk: &Risk) -> Filled {
        let of_failure =
            [entry.cause, entry.mode].into_iter().flatten().filter_map(|failure| failure.characteristic.as_ref());
        for link in of_failure {
            if let Some(characteristic) = link.to.present().and_then(|id| self.project.get(id))
                && !characteristic.class.is_blank()
            {
                let mut filled = Filled::field(characteristic.id, Field::SpecialClass, characteristic.class.as_str());
                for part in &mut filled.parts {
                    part.symbol = Some(characteristic.class.to_string());
                    part.item = Some(characteristic.id.into());
                    part.uses = 2;
                }
                return filled;
            }
        }
        let mut filled = Filled::field(risk.id, Field::SpecialClass, risk.class.as_str());
        for part in &mut filled.parts {
            part.symbol = Some(risk.class.to_string());
        }
        filled
    }

    fn action_text(&self, entry: &Entry<'_>, risk: &Risk, kind: Option<ActionKind>) -> Filled {
        match (entry.action, kind) {
            (Some(action), Some(kind)) if action.kind != kind => Filled::empty(),
            (Some(action), _) => {
                let mut filled = Filled::field(action.id, Field::Text, action.text.as_str());
                if let Some(part) = filled.parts.first_mut() {
                    part.item = Some(action.id.into());
                    part.uses = self.project.sources(action.id, Relation::RiskAction).len();
                }
                filled
            }
            (None, kind) => Filled::create(risk.id, NewItem::Action(kind.unwrap_or(ActionKind::Prevention)), ""),
        }
    }

    fn action_field(&self, entry: &Entry<'_>, field: Field) -> Filled {
        entry.action.map_or_else(Filled::empty, |action| {
            Filled::field(action.id, field, self.project.field_text(action.id.into(), field).unwrap_or_default())
        })
    }

    fn after(&self, key: &str, entry: &Entry<'_>, risk: &Risk) -> Filled {
        let Some((at, later)) = entry.later else { return Filled::empty() };
        let index = u8::try_from(at).unwrap_or(u8::MAX);
        let evaluated = || self.project.evaluate(risk, later);
        let rating =
            |rating: Option<&crate::model::rating::Rating>| rating.map(ToString::to_string).unwrap_or_default();
        match key {
            "severity_after" => {
                // Severity stays unless the design changed; it is shown as soon as the assessment is rated.
                let shown = if is_rated(later) { rating(evaluated().severity.as_ref()) } else { String::new() };
                Filled::field(risk.id, Field::SeverityAfter(index), shown)
            }
            "occurrence_after" => {
                Filled::field(risk.id, Field::OccurrenceAfter(index), rating(later.occurrence.as_ref()))
            }
            "detection_after" => Filled::field(risk.id, Field::DetectionAfter(index), rating(later.detection.as_ref())),
            "action_priority_after" => priority(&evaluated()),
            "rpn_after" => rpn(&evaluated()),
            "special_class_after" if is_rated(later) => Filled { target: Target::Derived, ..self.class(entry, risk) },
            _ => Filled::empty(),
        }
    }

    /// The remarks of the line, then what else a reader has to know: statements, and why an action was given up.
    fn remarks(&self, risk: &Risk) -> Filled {
        let mut filled = Filled::field(risk.id, Field::Remarks, risk.remarks.as_str());
        if let Some(justification) = &risk.justification {
            filled.parts.push(Part::plain(format!("Justification: {}", statement_text(justification))));
        }
        if let Some(review) = &risk.management_review {
            filled.parts.push(Part::plain(format!("Management review: {}", statement_text(review))));
        }
        for action in risk.assessments.iter().flat_map(|assessment| &assessment.actions) {
            if let Some(action) = action.present().and_then(|id| self.project.get(id))
                && !action.remarks.is_blank()
            {
                filled.parts.push(Part::plain(format!("{}: {}", action.status.name(), action.remarks)));
            }
        }
        filled
    }

    fn user_value(&self, column: &Column, entry: &Entry<'_>) -> Filled {
        let Some(Ok(AnyId::UserField(field))) = column.key.strip_prefix("user:").map(str::parse) else {
            return Filled::empty();
        };
        let Some(declared) = self.project.get(field) else { return Filled::empty() };
        let item: Option<AnyId> = match declared.on {
            Kind::Risk => entry.risk.map(|risk| risk.id.into()),
            Kind::Failure => entry.mode.map(|mode| mode.id.into()),
            Kind::Function => entry.function.map(|function| function.id.into()),
            _ => None,
        };
        item.map_or_else(Filled::empty, |item| {
            Filled::field(
                item,
                Field::User(field),
                self.project.field_text(item, Field::User(field)).unwrap_or_default(),
            )
        })
    }
}

fn requirements(function: Option<&Function>) -> Filled {
    function.map_or_else(Filled::empty, |function| {
        let parts = function.requirements.iter().map(|text| Part::plain(text.as_str())).collect();
        Filled::new(parts, Target::List { owner: Function::any(function.id), list: List::Requirements })
            .prompted("+ requirement")
    })
}

fn is_rated(assessment: &Assessment) -> bool {
    assessment.occurrence.is_some() || assessment.detection.is_some() || assessment.severity_override.is_some()
}

fn priority(evaluated: &Evaluated) -> Filled {
    let parts = evaluated.priority.map(|priority| Part::plain(priority.letter().to_string())).into_iter().collect();
    Filled {
        priority: evaluated.priority,
        indicative: evaluated.priority_is_indicative && evaluated.priority.is_some(),
        ..Filled::new(parts, Target::Derived)
    }
}

fn rpn(evaluated: &Evaluated) -> Filled {
    let parts = evaluated.rpn.map(|rpn| Part::plain(rpn.to_string())).into_iter().collect();
    Filled { indicative: evaluated.rpn_is_indicative && evaluated.rpn.is_some(), ..Filled::new(parts, Target::Derived) }
}
