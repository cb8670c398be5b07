//! What applies to some parts of a family only: written by number, shown in the forms, and kept when a part goes.

use goldthread::app::form_view::FormView;
use goldthread::base::{Id, OrderKey, Text};
use goldthread::edit::{Command, History, Refusal, plan};
use goldthread::model::applicability::Applicability;
use goldthread::model::document::DocumentKind;
use goldthread::model::flow::Step;
use goldthread::model::form::{Form, FormOptions, List};
use goldthread::model::item::AnyId;
use goldthread::model::project_data::Part;
use goldthread::model::risk::Risk;
use goldthread::model::{Changes, Op, Project};

use crate::edit_laws::author;
use crate::generate::generated;

struct Family {
    project: Project,
    history: History,
    parts: Vec<Id<Part>>,
}

impl Family {
    /// A project with three parts.
    fn new() -> Self {
        let mut project = generated(40, 11);
        let first = project.all::<Part>().next().unwrap().clone();
        let mut parts = vec![first.id];
        for (number, name) in [("AC-2040-02", "Actuator, right"), ("AC-2040-03", "Actuator, rear")] {
            let id = author_id(parts.len() as u64);
            let order = OrderKey::after(Some(&first.order));
            let part = Part { id, order, number: Text::from(number), name: Text::from(name), ..first.clone() };
            project.apply(&[Op::Put(part.into())]).unwrap();
            parts.push(id);
        }
        Self { project, history: History::default(), parts }
    }

    fn run(&mut self, command: &Command) -> Result<Changes, Refusal> {
        let mut author = author();
        author.ids = goldthread::base::IdSource::seeded(self.project.revision() + 1000);
        let transaction = plan(&self.project, command, &mut author)?;
        Ok(self.history.commit(&mut self.project, transaction).expect("what is planned can be made").changes)
    }

    fn write(&mut self, owner: impl Into<AnyId>, lines: &[&str]) -> Result<Changes, Refusal> {
        let lines = lines.iter().map(ToString::to_string).collect();
        self.run(&Command::SetList { owner: owner.into(), list: List::Parts, lines })
    }

    fn risk(&self) -> Id<Risk> {
        self.project.all::<Risk>().next().unwrap().id
    }

    fn of_risk(&self) -> Applicability {
        self.project.get(self.risk()).unwrap().applicability.clone()
    }

    fn form(&self, kind: DocumentKind, prompts: bool) -> Form {
        let document = self.project.documents_of(kind)[0];
        let options = FormOptions { prompts, phase: None };
        Form::new(&self.project, document, Form::usual_kind(&self.project, document), options)
    }
}

fn author_id(seed: u64) -> Id<Part> {
    goldthread::base::IdSource::seeded(seed + 77).next_id()
}

#[test]
fn parts_are_named_by_number_by_name_or_by_both_in_lines_or_with_commas() {
    let mut family = Family::new();
    let [first, second, third] = family.parts[..] else { panic!("three parts") };
    let risk = family.risk();
    let some = |parts: &[Id<Part>]| Applicability::Parts(parts.iter().map(|part| (*part).into()).collect());
    for (lines, wanted) in [
        (vec!["AC-2040-02"], some(&[second])),
        (vec!["ac-2040-02", "Actuator, rear"], some(&[second, third])),
        (vec!["AC-2040-03, AC-2040-01; AC-2040-03"], some(&[third, first])),
        (vec!["AC-2040-02 Actuator, right"], some(&[second])),
        (vec!["AC-2040-01", "AC-2040-02", "AC-2040-03"], Applicability::AllParts),
        (vec!["AC-2040-02"], some(&[second])),
        (vec!["all parts"], Applicability::AllParts),
        (vec!["AC-2040-02"], some(&[second])),
        (vec![], Applicability::AllParts),
    ] {
        family.write(risk, &lines).unwrap();
        assert_eq!(family.of_risk(), wanted, "{lines:?}");
    }
    let refusal = family.write(risk, &["AC-2040-02", "AC-9999"]).unwrap_err();
    assert!(refusal.reason.contains("AC-9999") && refusal.reason.contains("AC-2040-03"), "{refusal}");
    assert_eq!(family.of_risk(), Applicability::AllParts);
    let element = family.project.get(risk).unwrap().mode;
    assert!(family.write(element, &["AC-2040-02"]).is_err());
}

#[test]
fn a_part_that_was_deleted_stays_in_the_cell_until_its_line_goes() {
    let mut family = Family::new();
    let risk = family.risk();
    family.write(risk, &["AC-2040-02", "AC-2040-03"]).unwrap();
    family.run(&Command::Delete { items: vec![family.parts[1].into()] }).unwrap();
    let shown: Vec<String> = family.of_risk().parts().iter().map(|part| family.project.part_text(part)).collect();
    assert!(shown[0].contains("AC-2040-02"), "{shown:?}");
    let lines: Vec<&str> = shown.iter().map(String::as_str).collect();
    let before = family.of_risk();
    family.write(risk, &lines).unwrap();
    assert_eq!(family.of_risk(), before);
    family.write(risk, &lines[1..]).unwrap();
    assert_eq!(family.of_risk(), Applicability::Parts(vec![family.parts[2].into()]));
}

#[test]
fn paper_has_the_column_where_something_differs_by_part_and_an_editor_where_there_is_a_family() {
    let mut family = Family::new();
    for kind in [DocumentKind::ProcessFlow, DocumentKind::ProcessFmea, DocumentKind::ControlPlan] {
        assert!(family.form(kind, true).column("applies_to").is_some(), "{kind:?}");
        assert_eq!(family.form(kind, false).column("applies_to"), None, "{kind:?}");
    }
    let step = family.project.all::<Step>().next().unwrap().id;
    family.write(step, &["AC-2040-02"]).unwrap();
    assert!(family.form(DocumentKind::ProcessFlow, false).column("applies_to").is_some());
    assert_eq!(family.form(DocumentKind::ProcessFmea, false).column("applies_to"), None);
    assert_eq!(generated_form().column("applies_to"), None, "a project of one part says nothing about parts");
}

fn generated_form() -> Form {
    let project = generated(40, 11);
    let fmea = project.documents_of(DocumentKind::ProcessFmea)[0];
    Form::new(&project, fmea, Form::usual_kind(&project, fmea), FormOptions { prompts: true, phase: None })
}

#[test]
fn a_view_gets_the_column_with_the_first_restriction_and_keeps_its_blocks_at_the_next() {
    let mut family = Family::new();
    let fmea = family.project.documents_of(DocumentKind::ProcessFmea)[0];
    let options = FormOptions { prompts: false, phase: None };
    let mut view = FormView::new(&family.project, fmea, Form::usual_kind(&family.project, fmea), options);
    assert_eq!(view.form().column("applies_to"), None);
    let risk = family.risk();
    let changes = family.write(risk, &["AC-2040-02"]).unwrap();
    view.update(&family.project, &changes);
    let column = view.form().column("applies_to").expect("the column is there");
    let shows = |view: &mut FormView, project: &Project, words: &str| {
        let order = view.order().to_vec();
        order.into_iter().any(|key| {
            let block = view.block(project, key);
            block.cells.iter().any(|cell| cell.column == column && cell.text() == words)
        })
    };
    assert!(shows(&mut view, &family.project, "AC-2040-02"));
    let last = *view.order().last().unwrap();
    let before = view.summary(last);
    let changes = family.write(risk, &["AC-2040-03"]).unwrap();
    view.update(&family.project, &changes);
    assert!(shows(&mut view, &family.project, "AC-2040-03"));
    assert_eq!(view.summary(last), before, "other steps need not be shown anew");
}
