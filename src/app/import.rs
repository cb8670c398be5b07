//! Spreadsheets come in: a file is read and understood, built upon a project, and made one entry of its history.

mod english;
pub mod mappings;
pub mod outcome;
pub mod outline;
mod proposals;
pub mod session;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::app::desk::Desk;
use crate::app::library;
use crate::edit::{Author, Command, plan};
use crate::exchange::import::build::{Built, Difference, Stamp, build};
use crate::exchange::import::read::read;
use crate::exchange::import::table::{Left, TableKind, Understood};
use crate::exchange::import::wish::{Wish, read_wishes};
use crate::exchange::import::workbook::Workbook;
use crate::model::Project;
use crate::store::create::create;

/// What a person asks of an import.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Names of the sheets to import; all of them if there is none.
    pub sheets: Vec<String>,
    /// Which form they hold, if it is not to be found.
    pub kind: Option<TableKind>,
    /// What is said sheet by sheet.
    pub wishes: Vec<Wish>,
}

/// Reads a spreadsheet.
///
/// # Errors
/// In words for a message, if the file cannot be read or is no spreadsheet.
pub fn open(path: &Path) -> Result<Workbook, String> {
    let bytes = fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    read(&name, &bytes).map_err(|error| error.to_string())
}

/// Reads a mapping file.
///
/// # Errors
/// In words for a message, if the file cannot be read or says something that there is not.
pub fn open_mapping(path: &Path) -> Result<Vec<Wish>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    read_wishes(&text).map_err(|error| format!("{} is no mapping file: {error}", path.display()))
}

/// Understands a workbook as a person asks.
///
/// # Errors
/// In words for a message, if a sheet is asked for that there is not.
pub fn understand_as(workbook: &Workbook, asked: &Asked) -> Result<Understood, String> {
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    for name in &asked.sheets {
        if !names.contains(&name.as_str()) {
            let known = names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
            return Err(format!("{} has no sheet “{name}”; it has {known}", workbook.file));
        }
    }
    let mut wishes = asked.wishes.clone();
    for wish in &mut wishes {
        wish.kind = asked.kind.or(wish.kind);
    }
    // What is said of a sheet by its name goes before what is said of all.
    wishes.sort_by_key(|wish| wish.sheet.is_none());
    for name in &asked.sheets {
        if !wishes.iter().any(|wish| wish.sheet.as_ref() == Some(name)) {
            let of_all = wishes.iter().find(|wish| wish.sheet.is_none()).cloned().unwrap_or_default();
            let kind = asked.kind.or(of_all.kind);
            wishes.insert(0, Wish { sheet: Some(name.clone()), kind, ..of_all });
        }
    }
    if let (true, Some(kind)) = (asked.sheets.is_empty(), asked.kind) {
        wishes.push(Wish { kind: Some(kind), ..Wish::default() });
    }
    let mut understood = english::understood(workbook, &wishes);
    if !asked.sheets.is_empty() {
        let is_asked =
            |sheet: usize| workbook.sheets.get(sheet).is_some_and(|sheet| asked.sheets.contains(&sheet.name));
        understood.tables.retain(|table| is_asked(table.sheet));
        understood.left.retain(|(sheet, ..)| is_asked(*sheet));
        for (index, sheet) in workbook.sheets.iter().enumerate().filter(|(index, _)| !is_asked(*index)) {
            let reason = Left::Other("the sheet was not asked for".to_owned());
            understood.left.extend(sheet.cells().map(|(at, _)| (index, at, reason.clone())));
        }
    }
    Ok(understood)
}

/// Builds what was understood upon a project, which is not changed.
pub fn prepare(project: &Project, workbook: &Workbook, understood: &Understood, author: &mut Author) -> Built {
    let stamp = Stamp { by: author.name.clone(), on: author.today };
    build(project, workbook, understood, &stamp, &mut author.ids)
}

/// The command that brings in what was built.
pub fn command(workbook: &Workbook, built: &Built) -> Command {
    command_with(workbook, built, &BTreeSet::new())
}

/// The command that brings in what was built, and takes over what the file says otherwise, by places in the list of
/// differences.
pub fn command_with(workbook: &Workbook, built: &Built, taken: &BTreeSet<usize>) -> Command {
    let label = format!("Import {}", workbook.file);
    let taken: Vec<&Difference> = taken.iter().filter_map(|at| built.differences.get(*at)).collect();
    let with = taken.iter().filter_map(|found| found.with.clone());
    let import = Command::Import { label: label.clone(), items: built.items.iter().cloned().chain(with).collect() };
    if taken.is_empty() {
        return import;
    }
    let taken = taken.into_iter().map(|found| Command::SetField {
        item: found.item,
        field: found.field,
        text: found.there.clone(),
        via: None,
    });
    Command::Several { label, commands: std::iter::once(import).chain(taken).collect() }
}

/// Imports into the project of a folder, which is made if there is none, and saves it.
///
/// # Errors
/// In words for a message, if the folder holds something else than a project, the project cannot take the items in, or it cannot be
/// written. Nothing was written then.
pub fn into_folder(
    folder: &Path,
    workbook: &Workbook,
    understood: &Understood,
    mut author: Author,
) -> Result<Built, String> {
    if folder.join("project.ron").exists() {
        let mut desk = Desk::open(folder, author.clone())?;
        if desk.is_read_only() {
            return Err(desk.notices().join(" "));
        }
        let built = prepare(desk.project(), workbook, understood, &mut author);
        desk.run(&command(workbook, &built)).map_err(|refusal| refusal.reason)?;
        desk.save()?;
        desk.close();
        return Ok(built);
    }
    let mut project = Project::new(library()?);
    let built = prepare(&project, workbook, understood, &mut author);
    let transaction = plan(&project, &command(workbook, &built), &mut author).map_err(|refusal| refusal.reason)?;
    project.apply(&transaction.ops).map_err(|error| error.to_string())?;
    create(folder, &project).map_err(|error| error.to_string())?;
    Ok(built)
}
