//! Reports in other languages: every word of the forms has a term, and what people wrote stays.

use std::collections::BTreeSet;

use goldthread::app::export::PdfOptions;
use goldthread::app::printing::Printable;
use goldthread::app::samples::{SAMPLES, sample};
use goldthread::base::clock::Date;
use goldthread::model::document::DocumentKind;
use goldthread::model::form::{Form, FormKind, FormOptions};
use goldthread::model::language::Language;
use goldthread::model::ppap::Warrant;
use goldthread::model::project::Project;
use goldthread::report::display::Item;
use goldthread::report::lay_out;
use goldthread::store::assets;

use super::samples::opened;

const TODAY: Date = Date::constant(2026, 11, 24);

fn others() -> Vec<std::sync::Arc<Language>> {
    assets::languages().filter(|tag| *tag != "en").map(|tag| assets::language(tag).unwrap()).collect()
}

fn everything(project: &Project) -> Vec<Printable> {
    Printable::all(project)
}

#[test]
fn every_heading_of_every_form_has_a_term() {
    let mut lacking = BTreeSet::new();
    for language in others() {
        let mut ask = |words: &str| {
            if !language.knows(words) && words.chars().any(char::is_alphabetic) {
                lacking.insert(format!("{}: {words}", language.tag));
            }
        };
        for known in SAMPLES {
            let project = opened(known);
            for document in project.documents() {
                let kinds = match document.kind {
                    DocumentKind::ProcessFlow => vec![FormKind::ProcessFlow],
                    DocumentKind::ControlPlan => vec![FormKind::ControlPlan],
                    _ => vec![FormKind::FmeaAiagVda, FormKind::FmeaFourthEdition],
                };
                for kind in kinds {
                    let form = Form::new(&project, document, kind, FormOptions::default());
                    form.groups.iter().for_each(|group| ask(&group.heading));
                    form.columns.iter().filter(|column| !column.is_own()).for_each(|column| ask(&column.heading));
                }
            }
            // What is called by the words of people.
            let documents = project.documents().into_iter().map(|document| project.document_label(document));
            let warrants = project.members::<Warrant>().into_iter().map(|warrant| project.label(warrant.into()));
            let named: BTreeSet<String> = documents.chain(warrants).collect();
            for what in everything(&project) {
                let report = what.report(&project, TODAY, &PdfOptions::default()).unwrap();
                ask(&report.title);
                let titles = report.sections.iter().filter_map(|section| section.title.as_deref());
                titles.filter(|title| !named.contains(*title)).for_each(&mut ask);
                report.header.fields.iter().flatten().for_each(|field| ask(&field.label));
            }
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn a_report_in_german_has_german_words_around_the_words_of_people() {
    let brake = opened(sample("electric-parking-brake").unwrap());
    let options = PdfOptions { language: "de", ..PdfOptions::default() };
    let mut said = String::new();
    for what in everything(&brake) {
        let report = what.report(&brake, TODAY, &options).unwrap();
        assert_eq!(report.language, "de");
        for page in lay_out(&report).unwrap().pages {
            for item in page.items {
                if let Item::Text(text) = item {
                    said.push_str(&text.text);
                    said.push('\n');
                }
            }
        }
    }
    let lines: BTreeSet<&str> = said.lines().collect();
    for german in ["Seite 1 von 5", "Prozessablaufdiagramm", "Hauptlinie", "Wareneingang", "Abgeschlossen", "ENTWURF"] {
        assert!(lines.contains(german), "{german}");
    }
    assert!(said.contains("Eigenes Werk:") && said.contains("Fehlerart"));
    for english in ["Process flow diagram", "Page 1 of 5", "Main line", "Completed", "DRAFT", "Worksheet"] {
        assert!(!lines.contains(english), "{english}");
    }
    assert!(said.contains("Receive purchased parts"), "what people wrote stays");
}
