//! The list of the sheets, and where their parts lie in the container.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::budget::Budget;
use super::super::days::Epoch;
use super::super::error::Fault;
use super::super::package::Package;
use super::super::xml::{Events, attribute, says_yes};

/// What the main part says.
#[derive(Debug, Default)]
pub struct Book {
    /// The worksheets in order.
    pub sheets: Vec<Tab>,
    /// Part of the shared strings.
    pub strings: Option<String>,
    /// Part of the cell formats.
    pub styles: Option<String>,
    /// How days are counted.
    pub epoch: Epoch,
}

/// A worksheet.
#[derive(Debug)]
pub struct Tab {
    /// Name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Its part.
    pub part: String,
}

/// The main part of an Office document, by the relationships of the container.
pub fn main_part(package: &mut Package<'_>, budget: &mut Budget) -> Result<Option<String>, Fault> {
    let relations = relations(package, "", budget)?;
    let part =
        relations.into_values().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target);
    // Some programs leave the relationships out.
    Ok(part.or_else(|| package.has("xl/workbook.xml").then(|| "xl/workbook.xml".to_owned())))
}

impl Book {
    /// Reads the main part.
    pub fn read(package: &mut Package<'_>, main: &str, budget: &mut Budget) -> Result<Self, Fault> {
        let relations = relations(package, main, budget)?;
        let part = |kind: &str| relations.values().find(|relation| relation.kind == kind).map(|r| r.target.clone());
        let mut book = Self { strings: part("sharedStrings"), styles: part("styles"), ..Self::default() };
        let text = package.text(main, budget)?.ok_or_else(|| Fault::damaged(main, "this part is missing"))?;
        let mut events = Events::of(&text, main);
        loop {
            match events.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "workbookPr" if attribute(&e, "date1904").is_some_and(|value| says_yes(&value)) => {
                        book.epoch = Epoch::From1904;
                    }
                    "sheet" => {
                        let name = attribute(&e, "name").unwrap_or_default().into_owned();
                        let relation = attribute(&e, "id").and_then(|id| relations.get(id.as_ref()));
                        // Charts and dialogues have tabs, too.
                        let Some(relation) = relation.filter(|relation| relation.kind == "worksheet") else { continue };
                        let hidden = attribute(&e, "state").is_some_and(|state| state != "visible");
                        book.sheets.push(Tab { name, hidden, part: relation.target.clone() });
                    }
                    _ => {}
                },
                Event::Eof => return Ok(book),
                _ => {}
            }
        }
    }
}

struct Relation {
    /// Last word of the type.
    kind: String,
    /// The part.
    target: String,
}

/// The relationships of a part by their ids; those of the container for the empty name.
fn relations(package: &mut Package<'_>, of: &str, budget: &mut Budget) -> Result<HashMap<String, Relation>, Fault> {
    let (folder, name) = of.rsplit_once('/').map_or(("", of), |(folder, name)| (folder, name));
    let part = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some(text) = package.text(&part, budget)? else { return Ok(HashMap::new()) };
    let mut relations = HashMap::new();
    let mut events = Events::of(&text, &part);
    loop {
        match events.next()? {
            Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                let (Some(id), Some(kind), Some(target)) =
                    (attribute(&e, "Id"), attribute(&e, "Type"), attribute(&e, "Target"))
                else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.insert(id.into_owned(), Relation { kind, target: resolve(folder, &target) });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The part that a relative or absolute target names.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}
