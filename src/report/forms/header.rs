//! The header blocks of the forms: which fields, in which order, under which words.
//!
//! FMEA: step 1 of AIAG & VDA 2019, and AIAG 4th edition. Control plan: AIAG APQP with the type "safe launch" of the 2024
//! manual. The process flow has no mandated header; it takes what the others share.

use std::sync::Arc;

use crate::base::clock::Date;
use crate::model::applicability::Applicability;
use crate::model::document::{Approval, Document, DocumentKind, Phase};
use crate::model::form::FormKind;
use crate::model::project::Project;
use crate::model::project_data::Part;
use crate::model::symbol::{LabelArea, Outline, Paint, SymbolShape};
use crate::report::doc::{Field, Paragraph};

/// The rows of fields of a form.
pub(super) fn fields(
    project: &Project,
    document: &Document,
    kind: FormKind,
    (phase, confidentiality): (Option<Phase>, &str),
) -> Vec<Vec<Field>> {
    let facts = Facts { project, document, confidentiality };
    match kind {
        FormKind::ProcessFlow | FormKind::List(_) => facts.process_flow(),
        FormKind::FmeaAiagVda => facts.aiag_vda(),
        FormKind::FmeaFourthEdition => facts.fourth_edition(),
        FormKind::ControlPlan => facts.control_plan(phase.or(document.phase)),
    }
}

/// The rows that say which FMEA it is, without the team and what it sets itself to do: reports on its steps say that at
/// length.
pub(super) fn identifying(
    project: &Project,
    document: &Document,
    kind: FormKind,
    confidentiality: &str,
) -> Vec<Vec<Field>> {
    let mut rows = fields(project, document, kind, (None, confidentiality));
    rows.truncate(2);
    rows
}

/// What a list over the whole project says of it.
pub(super) fn of_project(project: &Project) -> Vec<Vec<Field>> {
    let data = project.data();
    let parts: Vec<&Part> = project.all_in_order();
    vec![vec![
        Field::new("Organization / plant", &joined(&data.organisation, " / ", &data.plant), 2.5),
        Field::new("Customer", &data.customer, 1.5),
        Field::new("Model year(s) / program(s)", &data.programme, 2.0),
        parts_field("Part number, name / change level", &parts, 4.0),
    ]]
}

fn parts_field(label: &str, parts: &[&Part], weight: f32) -> Field {
    let line = |part: &&Part| {
        let named = [part.number.as_str(), part.name.as_str()];
        let named = named.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        joined(&named, " / ", &level(part))
    };
    several(label, &distinct(parts.iter().map(line)), weight)
}

struct Facts<'p> {
    project: &'p Project,
    document: &'p Document,
    /// Its own, or that of all documents.
    confidentiality: &'p str,
}

impl Facts<'_> {
    fn aiag_vda(&self) -> Vec<Vec<Field>> {
        let (data, header) = (self.project.data(), &self.document.header);
        let is_process = self.document.kind == DocumentKind::ProcessFmea;
        let kind = self.document.kind.name();
        let location = if is_process {
            Field::new("Manufacturing location", &data.plant, 2.0)
        } else {
            Field::new("Engineering location", &data.engineering_location, 2.0)
        };
        let responsibility = if is_process { "Process responsibility" } else { "Design responsibility" };
        vec![
            vec![
                Field::new("Company name", &data.organisation, 2.0),
                location,
                Field::new("Customer name", &data.customer, 2.0),
                Field::new("Model year(s) / program(s)", self.programme(), 2.0),
                Field::new(&format!("{kind} ID number"), &self.document.number, 1.5),
                Field::new("Confidentiality level", self.confidentiality, 1.2),
            ],
            vec![
                Field::new("Subject", &self.document.title, 2.0),
                self.parts("Part number, name / change level", 4.0),
                Field::new(responsibility, &header.responsibility, 2.0),
                Field::new(&format!("{kind} start date"), &date(header.start_date), 1.5),
                Field::new(&format!("{kind} revision date"), &date(header.revision_date), 1.2),
            ],
            self.team_and_scope("Cross-functional team"),
        ]
        .into_iter()
        .chain(self.approvals())
        .collect()
    }

    fn fourth_edition(&self) -> Vec<Vec<Field>> {
        let header = &self.document.header;
        let is_design = self.document.kind == DocumentKind::DesignFmea;
        let responsibility = if is_design { "Design responsibility" } else { "Process responsibility" };
        vec![
            vec![
                Field::new("Item", &self.document.title, 2.5),
                self.parts("Part number, name / change level", 3.5),
                Field::new(responsibility, &header.responsibility, 2.0),
                Field::new("FMEA number", &self.document.number, 1.5),
                Field::new("Customer", &self.project.data().customer, 1.5),
            ],
            vec![
                Field::new("Model year(s) / program(s)", self.programme(), 2.5),
                Field::new("Prepared by", &header.prepared_by, 3.5),
                Field::new("Key date", &date(header.key_date), 2.0),
                Field::new("FMEA date (orig.)", &date(header.start_date), 1.5),
                Field::new("FMEA date (rev.)", &date(header.revision_date), 1.5),
            ],
            self.team_and_scope("Core team"),
        ]
        .into_iter()
        .chain(self.approvals())
        .collect()
    }

    fn process_flow(&self) -> Vec<Vec<Field>> {
        let (data, header) = (self.project.data(), &self.document.header);
        vec![
            vec![
                Field::new("Organization / plant", &joined(&data.organisation, " / ", &data.plant), 2.5),
                Field::new("Customer", &data.customer, 1.5),
                Field::new("Model year(s) / program(s)", self.programme(), 2.0),
                Field::new("Flow number", &self.document.number, 1.5),
                Field::new("Date (orig.)", &date(header.start_date), 1.0),
                Field::new("Date (rev.)", &date(header.revision_date), 1.0),
            ],
            vec![
                Field::new("Description", &self.document.title, 2.5),
                self.parts("Part number, name / change level", 3.5),
                Field::new("Process responsibility", &header.responsibility, 1.5),
                Field::new("Prepared by", &header.prepared_by, 2.0),
            ],
            self.team_and_scope("Core team"),
        ]
        .into_iter()
        .chain(self.approvals())
        .collect()
    }

    fn control_plan(&self, phase: Option<Phase>) -> Vec<Vec<Field>> {
        let (data, header) = (self.project.data(), &self.document.header);
        let Approvals { customer_engineering, customer_quality, plant, other } =
            Approvals::of(&self.document.approvals);
        let approval = |label: &str, found: &[&Approval]| Field {
            label: label.to_owned(),
            value: found.iter().map(|approval| Paragraph::plain(&signed(approval))).collect(),
            weight: 2.0,
        };
        let mut others = other.chunks(other.len().div_ceil(2).max(1));
        let mut other = || Field {
            label: "Other approval / date (if required)".to_owned(),
            value: others
                .next()
                .unwrap_or_default()
                .iter()
                .map(|approval| Paragraph::plain(&joined(&approval.role, ": ", &signed(approval))))
                .collect(),
            weight: 2.0,
        };
        let parts = self.covered_parts();
        let lines = |line: &dyn Fn(&Part) -> String| distinct(parts.iter().map(|part| line(part)));
        let mut rows = vec![
            vec![
                Field { label: "Control plan type".to_owned(), value: vec![type_boxes(phase)], weight: 3.0 },
                Field::new("Control plan number", &self.document.number, 1.5),
                Field::new("Key contact / phone", &header.key_contact, 2.5),
                Field::new("Date (orig.)", &date(header.start_date), 1.0),
                Field::new("Date (rev.)", &date(header.revision_date), 1.0),
            ],
            vec![
                several("Part number / latest change level", &lines(&|part| number_and_level(part)), 2.5),
                Field::new("Core team", &self.team(), 4.5),
                approval("Customer engineering approval / date (if required)", &customer_engineering),
            ],
            vec![
                several("Part name / description", &lines(&|part| part.name.to_string()), 2.5),
                Field::new("Description of the plan", &self.document.title, 2.5),
                approval("Organization / plant approval / date", &plant),
                approval("Customer quality approval / date (if required)", &customer_quality),
            ],
            vec![
                Field::new("Organization / plant", &joined(&data.organisation, " / ", &data.plant), 2.5),
                Field::new("Organization code", &data.supplier_code, 1.2),
                Field::new("Customer", &data.customer, 1.3),
                other(),
                other(),
            ],
        ];
        let further = [
            ("Linked documents", &header.linked_documents),
            ("Scope", &header.scope),
            ("Exit criteria of safe launch", &header.safe_launch_exit),
        ];
        let further: Vec<Field> = further
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| Field::new(label, text, 1.0))
            .collect();
        if !further.is_empty() {
            rows.push(further);
        }
        rows
    }

    fn programme(&self) -> &str {
        let own = &self.document.header.programme;
        if own.is_blank() { &self.project.data().programme } else { own }
    }

    fn team_and_scope(&self, label: &str) -> Vec<Field> {
        let mut row = vec![Field::new(label, &self.team(), 6.0)];
        let scope = &self.document.header.scope;
        if !scope.is_empty() {
            row.push(Field::new("Scope", scope, 4.0));
        }
        let linked = &self.document.header.linked_documents;
        if !linked.is_empty() {
            row.push(Field::new("Linked documents", linked, 2.0));
        }
        row
    }

    /// Name and discipline of each member.
    fn team(&self) -> String {
        let member = |person: &crate::model::reference::Ref<crate::model::project_data::Person>| {
            let known = person.present().and_then(|id| self.project.get(id));
            known.map_or_else(
                || person.last_label().map(ToString::to_string).unwrap_or_default(),
                |person| {
                    let does = if person.discipline.is_empty() { &person.role } else { &person.discipline };
                    if does.is_empty() { person.name.to_string() } else { format!("{} ({does})", person.name) }
                },
            )
        };
        self.document.team.iter().map(member).collect::<Vec<_>>().join(", ")
    }

    fn covered_parts(&self) -> Vec<&Part> {
        match &self.document.applicability {
            Applicability::AllParts => self.project.all_in_order(),
            Applicability::Parts(parts) => parts.iter().filter_map(|part| self.project.get(part.present()?)).collect(),
        }
    }

    fn parts(&self, label: &str, weight: f32) -> Field {
        parts_field(label, &self.covered_parts(), weight)
    }

    /// A row of approvals, if there are any.
    fn approvals(&self) -> Option<Vec<Field>> {
        let approvals = &self.document.approvals;
        let field = |approval: &Approval| {
            let role = if approval.role.is_empty() { "Approval" } else { approval.role.as_str() };
            Field::new(&format!("{role} / date"), &signed(approval), 1.0)
        };
        (!approvals.is_empty()).then(|| approvals.iter().map(field).collect())
    }
}

/// The approvals of a control plan by the boxes of its header.
#[derive(Default)]
struct Approvals<'a> {
    customer_engineering: Vec<&'a Approval>,
    customer_quality: Vec<&'a Approval>,
    plant: Vec<&'a Approval>,
    other: Vec<&'a Approval>,
}

impl<'a> Approvals<'a> {
    /// Sorts approvals by the words of their role.
    fn of(approvals: &'a [Approval]) -> Self {
        let mut sorted = Self::default();
        for approval in approvals {
            let role = crate::base::text::normalized(&approval.role);
            let says = |words: &[&str]| words.iter().any(|word| role.contains(word));
            let boxed = match (says(&["customer"]), says(&["engineering"]), says(&["quality"])) {
                (true, true, _) => &mut sorted.customer_engineering,
                (true, _, true) => &mut sorted.customer_quality,
                (false, ..) if says(&["plant", "supplier", "organization", "organisation"]) => &mut sorted.plant,
                _ => &mut sorted.other,
            };
            boxed.push(approval);
        }
        sorted
    }
}

fn signed(approval: &Approval) -> String {
    joined(&approval.name, " / ", &date(approval.date))
}

fn joined(left: &str, between: &str, right: &str) -> String {
    match (left.is_empty(), right.is_empty()) {
        (_, true) => left.to_owned(),
        (true, false) => right.to_owned(),
        (false, false) => format!("{left}{between}{right}"),
    }
}

fn date(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn level(part: &Part) -> String {
    joined(&part.change_level, " ", &part.change_date.map(|date| format!("({date})")).unwrap_or_default())
}

fn number_and_level(part: &Part) -> String {
    joined(&part.number, " / ", &level(part))
}

fn distinct(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        if !line.is_empty() && !found.contains(&line) {
            found.push(line);
        }
    }
    found
}

fn several(label: &str, lines: &[String], weight: f32) -> Field {
    let value = lines.iter().map(|line| Paragraph::plain(line)).collect();
    Field { label: label.to_owned(), value, weight }
}

/// The tick boxes of the control-plan type, drawn, with the words behind them.
fn type_boxes(ticked: Option<Phase>) -> Paragraph {
    let mut line = Paragraph::default();
    for (at, phase) in Phase::ALL.into_iter().enumerate() {
        let is_ticked = ticked == Some(phase);
        if at > 0 {
            line = line.with_text("   ");
        }
        if let Some(shape) = tick_box(is_ticked) {
            line = line.with_symbol(shape, if is_ticked { "[x]" } else { "[ ]" });
        }
        line = line.with_text(&format!("\u{a0}{}", phase.name()));
    }
    line
}

/// A square, with a cross if it is ticked.
pub(super) fn tick_box(ticked: bool) -> Option<Arc<SymbolShape>> {
    let line = |points: &[[f32; 2]], closed| Outline { points: points.to_vec(), closed, paint: Paint::Line };
    let mut outlines = vec![line(&[[0.15, 0.15], [0.85, 0.15], [0.85, 0.85], [0.15, 0.85]], true)];
    if ticked {
        outlines.push(line(&[[0.15, 0.15], [0.85, 0.85]], false));
        outlines.push(line(&[[0.85, 0.15], [0.15, 0.85]], false));
    }
    SymbolShape::new(outlines, LabelArea { min: [0.3, 0.3], max: [0.7, 0.7] }).ok().map(Arc::new)
}
