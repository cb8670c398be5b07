//! Reports in other languages: every word of the forms has a term, and what people wrote stays.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use goldthread::app::export::PdfOptions;
use goldthread::app::printing::Printable;
use goldthread::app::samples::SAMPLES;
use goldthread::base::clock::Date;
use goldthread::model::document::DocumentKind;
use goldthread::model::form::{Form, FormKind, FormOptions};
use goldthread::model::language::Language;
use goldthread::model::message::{Message, gaps};
use goldthread::model::ppap::Warrant;
use goldthread::model::project::Project;
use goldthread::report::display::Item;
use goldthread::report::lay_out;
use goldthread::rules::Checker;
use goldthread::store::assets;

use super::fixture::random_project;
use super::samples::{in_work, opened};

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
    let brake = in_work("electric-parking-brake");
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

/// The sentences that the sources say with gaps, and those of rules without: help and faults.
fn sentences() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, text) in sources() {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_rule =
            path.contains("/rules/") && !["catalogue.rs", "checker.rs"].iter().any(|name| path.ends_with(name));
        // What explains a rule is for the screen.
        let text = match text.split_once("RULES: &[Rule] = &[") {
            Some((_, behind)) if is_rule => behind.split_once("\n];").map_or("", |(_, behind)| behind),
            _ => text,
        };
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('"') {
            let end = behind.find('"').unwrap_or(behind.len());
            let words = behind[..end].split("\\\n").map(str::trim_start).collect::<Vec<_>>().concat();
            let is_said = before.trim_end().ends_with("says!(");
            let is_sentence = words.starts_with(char::is_uppercase) && words.matches(' ').count() >= 2;
            let is_title = before.trim_end().ends_with("title:");
            if is_said || (is_rule && is_sentence && !is_title) {
                found.insert(words);
            }
            rest = behind.get(end + 1..).unwrap_or_default();
        }
    }
    found
}

/// Path and text of every source file of the program.
fn sources() -> Vec<(String, String)> {
    fn below(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, found);
            } else {
                found.push((path.display().to_string().replace('\\', "/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[test]
fn every_sentence_of_a_rule_is_said_in_every_language_with_the_same_gaps() {
    let sentences = sentences();
    assert!(sentences.len() > 200, "{}", sentences.len());
    let mut faults = Vec::new();
    for language in others() {
        for english in &sentences {
            match language.sentence(english) {
                None => faults.push(format!("{}: {english}", language.tag)),
                Some(said) => {
                    let (mut asked, mut given): (Vec<&str>, Vec<&str>) =
                        (gaps(english).collect(), gaps(said).collect());
                    asked.sort_unstable();
                    given.sort_unstable();
                    if asked != given {
                        faults.push(format!("{}: {english} -> {said}", language.tag));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The words of the program that stand in the gaps of a message and of its parts.
fn terms(message: &Message, found: &mut BTreeSet<String>) {
    found.extend(message.terms().map(str::to_owned));
    message.parts().for_each(|part| terms(part, found));
}

#[test]
fn the_words_in_the_gaps_of_findings_are_said_in_every_language() {
    let mut found = BTreeSet::new();
    let mut lines = 0;
    for seed in 0..40 {
        let project = random_project(seed, 40);
        for finding in Checker::full(&project, TODAY).open() {
            terms(&finding.message, &mut found);
            terms(&finding.help, &mut found);
            lines += 1;
        }
    }
    assert!(lines > 1000 && found.len() > 15, "{lines} findings, {found:?}");
    for language in others() {
        let lacking: Vec<&String> =
            found.iter().filter(|term| language.word_in_sentence(term) == term.as_str()).collect();
        assert!(lacking.is_empty(), "{}: {lacking:#?}", language.tag);
    }
}
