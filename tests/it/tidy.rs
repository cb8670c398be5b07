//! What reviewers would otherwise have to look for: which layer imports which, forgotten files, leftovers, paths of machines.

mod source;

use std::fs;
use std::path::{Path, PathBuf};

use source::{paths, read};

/// The layers of the crate and those that each may name, besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("model", &["base"]),
    ("rules", &["base", "model"]),
    ("edit", &["base", "model"]),
    ("store", &["base", "model"]),
    ("report", &["base", "model"]),
    ("exchange", &["base", "model"]),
    ("app", &["base", "model", "rules", "edit", "store", "report", "exchange"]),
    ("cli", &["base", "model", "rules", "edit", "store", "report", "exchange", "app"]),
    ("ui", &["base", "model", "rules", "edit", "store", "report", "exchange", "app"]),
];

/// What a module may not name, and why.
const BANNED: &[(&[&str], &[&str], &str)] = &[
    (
        &["base", "model", "rules", "edit", "store", "report", "exchange", "app", "cli"],
        &["egui", "eframe", "egui_extras", "rfd"],
        "the window belongs to `ui`",
    ),
    (
        &["base", "model", "rules", "edit", "store", "report", "exchange", "app", "ui"],
        &["clap"],
        "the command line belongs to `cli`",
    ),
    (
        &["model", "rules", "edit"],
        &["std::fs", "std::io", "std::env", "std::net", "tempfile", "serde", "ron"],
        "files belong to `store`",
    ),
    (
        &["model", "rules", "edit", "store", "report", "exchange"],
        &["std::time::SystemTime", "crate::base::clock::today", "crate::base::clock::time_of_day", "jiff"],
        "the day is handed in from `app`",
    ),
    (&["model"], &["std::time"], "the model does not know of time"),
    (
        &["ui::kit", "ui::grid"],
        &["crate::model", "crate::edit", "crate::rules", "crate::store", "crate::app"],
        "the kit and the grid know no domain",
    ),
    (
        &["base", "model", "rules", "edit", "store", "exchange", "app", "cli", "ui"],
        &["printpdf", "lopdf"],
        "paper belongs to `report`",
    ),
];

/// What a source file names and may not: a sentence each, with the line.
fn import_problems(file: &str, text: &str) -> Vec<String> {
    let module: Vec<&str> = file
        .trim_start_matches("src/")
        .trim_end_matches(".rs")
        .split('/')
        .filter(|part| !["mod", "lib", "main"].contains(part))
        .collect();
    let Some((layer, allowed)) = LAYERS.iter().find(|(layer, _)| module.first() == Some(layer)) else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    for path in paths(&read(text).code, &module) {
        let mut say = |why: String| problems.push(format!("{file}:{}: `{}`: {why}", path.line, path.text()));
        if let [root, other, ..] = path.segments.as_slice()
            && (root == "crate" || root == "goldthread")
            && LAYERS.iter().any(|(known, _)| known == other)
            && other != layer
            && !allowed.contains(&other.as_str())
        {
            say(format!("`{layer}` must not know `{other}`"));
        }
        for (modules, banned, why) in BANNED {
            let concerned = modules.iter().any(|concerned| {
                let concerned: Vec<&str> = concerned.split("::").collect();
                module.starts_with(&concerned)
            });
            if concerned && banned.iter().any(|banned| path.starts_with(banned)) {
                say((*why).to_owned());
            }
        }
    }
    problems
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the repository, as path from its root with forward slashes.
fn files_below(folder: &str) -> Vec<String> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() { collect(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    let mut names: Vec<String> = found
        .iter()
        .filter_map(|path| Some(path.strip_prefix(root()).ok()?.to_string_lossy().replace('\\', "/")))
        .collect();
    names.sort();
    names
}

fn extension(file: &str) -> Option<&str> {
    file.rsplit_once('.').map(|(_, extension)| extension)
}

fn sources_below(folder: &str) -> Vec<(String, String)> {
    let names = files_below(folder).into_iter().filter(|name| extension(name) == Some("rs"));
    let sources: Vec<_> =
        names.map(|name| (name.clone(), fs::read_to_string(root().join(&name)).expect("a source is UTF-8"))).collect();
    assert!(!sources.is_empty(), "no sources below {folder}");
    sources
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn layers_point_one_way() {
    let problems: Vec<String> =
        sources_below("src").iter().flat_map(|(file, text)| import_problems(file, text)).collect();
    assert_none(&problems);
}

#[test]
fn a_breach_of_the_layers_is_seen_however_it_is_written() {
    let seen = |file: &str, text: &str| import_problems(file, text).len();
    for (file, text) in [
        ("src/model/item.rs", "use crate::edit::Command;"),
        ("src/model/item.rs", "use crate::{\n    base::Id,\n    edit::{History},\n};"),
        ("src/model/item.rs", "pub use crate::{base::Id, ui};"),
        ("src/model/form/mod.rs", "fn f() -> crate::store::Opened { todo() }"),
        ("src/model/form/mod.rs", "type T = super::super::rules::Rule;"),
        ("src/model/op.rs", "mod tests { use super::super::super::rules::Rule; }"),
        ("src/model/item.rs", "macro_rules! m { () => { $crate::rules::x() } }"),
        ("src/model/item.rs", "use std::{fmt, fs};"),
        ("src/model/item.rs", "let _ = std::fs::read(path);"),
        ("src/model/item.rs", "use serde::Serialize;"),
        ("src/rules/mod.rs", "use crate::edit;"),
        ("src/rules/mod.rs", "let day = crate::base::clock::today();"),
        ("src/app/mod.rs", "use egui::Context;"),
        ("src/app/mod.rs", "use clap;"),
        ("src/cli/mod.rs", "crate::ui::run()"),
        ("src/ui/kit/table.rs", "use crate::model::Item;"),
        ("src/ui/grid/mod.rs", "use crate::{ui::kit, model as m};"),
        ("src/ui/views/mod.rs", "use crate::cli;"),
    ] {
        assert_eq!(seen(file, text), 1, "{file}: {text}\n{:?}", import_problems(file, text));
    }
    for (file, text) in [
        ("src/model/item.rs", "// crate::edit is another layer\n/* crate::ui */ use crate::base::Id;"),
        ("src/model/item.rs", "let s = \"crate::edit\"; let c = '\\''; let r = r#\"std::fs \" crate::ui\"#;"),
        ("src/model/item.rs", "fn f<'a>(x: &'a str) -> model::Item { model::edit::x(x) }"),
        ("src/model/form/mod.rs", "use super::item; mod tests { use super::*; use super::super::item; }"),
        ("src/edit/plan.rs", "use crate::model::{item::{AnyId, Item}, op::Op as Primitive}; pub(crate) fn f() {}"),
        ("src/ui/views/grid.rs", "use crate::app::Command;"),
        ("src/main.rs", "fn main() { goldthread::cli::run() }"),
    ] {
        assert_none(&import_problems(file, text));
    }
    let lines = import_problems("src/model/a.rs", "//! a\n\nuse crate::{\n    base,\n    edit,\n};\n");
    assert_eq!(lines, ["src/model/a.rs:5: `crate::edit`: `model` must not know `edit`"]);
}

#[test]
fn no_file_is_forgotten_by_its_module() {
    let mut problems = Vec::new();
    for folder in ["src", "tests/it"] {
        for name in files_below(folder).iter().filter(|name| extension(name) == Some("rs")) {
            let (parent, file) = name.rsplit_once('/').expect("below a folder");
            let (above, module) = match file.trim_end_matches(".rs") {
                "lib" | "main" => continue,
                "mod" => parent.rsplit_once('/').expect("below a folder"),
                module => (parent, module),
            };
            let candidates = [
                format!("{above}/mod.rs"),
                format!("{above}/lib.rs"),
                format!("{above}/main.rs"),
                format!("{above}.rs"),
            ];
            let declared =
                candidates.iter().filter_map(|file| fs::read_to_string(root().join(file)).ok()).any(|text| {
                    read(&text).code.lines().any(|line| {
                        let line = line.trim().trim_start_matches("pub(crate)").trim_start_matches("pub").trim();
                        line == format!("mod {module};") || line.starts_with(&format!("mod {module} {{"))
                    })
                });
            if !declared {
                problems.push(format!("{name}: no `mod {module};` names this file, so nobody compiles it"));
            }
        }
    }
    assert_none(&problems);
}

/// Leftovers of work in progress in a source.
fn leftovers(file: &str, text: &str) -> Vec<String> {
    let source = read(text);
    let in_code = ["todo!", "unimplemented!", "dbg!", "#[ignore"];
    let in_comments = ["TODO", "FIXME", "XXX"];
    let mut problems = Vec::new();
    for (lines, needles) in [(&source.code, &in_code[..]), (&source.comments, &in_comments[..])] {
        for (line, text) in lines.lines().enumerate() {
            for needle in needles.iter().filter(|needle| text.contains(**needle)) {
                problems.push(format!("{file}:{}: `{needle}` is left over", line + 1));
            }
        }
    }
    problems
}

#[test]
fn nothing_is_left_over() {
    let sources = sources_below("src").into_iter().chain(sources_below("tests"));
    let problems: Vec<String> = sources.flat_map(|(file, text)| leftovers(&file, &text)).collect();
    assert_none(&problems);
    assert_eq!(leftovers("a.rs", "fn f() {\n    todo!()\n}\n// FIXME\n").len(), 2, "the check sees what it looks for");
}

#[test]
fn every_source_says_what_it_is() {
    let problems: Vec<String> = sources_below("src")
        .into_iter()
        .chain(sources_below("tests"))
        .filter(|(file, text)| file != "src/main.rs" && !text.starts_with("//!"))
        .map(|(file, _)| format!("{file}:1: starts without a `//!` line that says what the file is for"))
        .collect();
    assert_none(&problems);
}

#[test]
fn no_source_grows_beyond_reading() {
    const MOST: usize = 800;
    let problems: Vec<String> = sources_below("src")
        .into_iter()
        .filter(|(_, text)| text.lines().count() > MOST)
        .map(|(file, text)| format!("{file}: {} lines; split it", text.lines().count()))
        .collect();
    assert_none(&problems);
}

/// Paths of somebody's machine in a text.
fn machine_paths(file: &str, text: &str) -> Vec<String> {
    // Put together here, so that this file passes its own check.
    let needles = ["work", "root", "tmp", "home", "Users"].map(|folder| format!("/{folder}/"));
    let mut problems = Vec::new();
    for (line, text) in text.lines().enumerate() {
        for needle in needles.iter().map(String::as_str).chain(["C:\\\\"]) {
            let place =
                text.find(needle).filter(|at| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '.'));
            if place.is_some() {
                problems.push(format!("{file}:{}: `{needle}` is a path of one machine", line + 1));
            }
        }
    }
    problems
}

#[test]
fn texts_are_plain_and_name_no_machine() {
    let mut files: Vec<String> =
        ["src", "tests", "assets", "samples", ".ci"].into_iter().flat_map(files_below).collect();
    files.extend(["Cargo.toml", "README.md", "CHANGELOG.md", ".gitignore", ".gitattributes"].map(str::to_owned));
    let mut problems = Vec::new();
    for file in files {
        let Ok(bytes) = fs::read(root().join(&file)) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if file != "tests/it/tidy.rs" {
            problems.extend(machine_paths(&file, &text));
        }
        if text.contains('\r') {
            problems.push(format!("{file}: has carriage returns; lines end in a line feed only"));
        }
        if !text.is_empty() && !text.ends_with('\n') {
            problems.push(format!("{file}: the last line does not end"));
        }
    }
    assert_none(&problems);
    let bad = ["see ", "/", "home/me/x"].concat();
    assert_eq!(machine_paths("a", &bad).len(), 1, "the check sees what it looks for");
}

#[test]
fn the_top_of_the_repository_stays_tidy() {
    let known = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "src",
        "assets",
        "samples",
        "tests",
        "target",
        "clippy.toml",
    ];
    let entries = fs::read_dir(root()).expect("the repository is readable");
    let problems: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !known.contains(&name.as_str()) && !name.starts_with('.') && !name.starts_with("LICENSE"))
        .map(|name| format!("{name}: does not belong at the top of the repository"))
        .collect();
    assert_none(&problems);
}

#[test]
fn samples_hold_project_files_only() {
    let mut problems = Vec::new();
    let files = files_below("samples");
    let mut folders: Vec<&str> = files.iter().filter_map(|file| file.split('/').nth(1)).collect();
    folders.dedup();
    for folder in folders {
        if !files.contains(&format!("samples/{folder}/project.ron")) {
            problems.push(format!("samples/{folder}: has no project.ron"));
        }
    }
    for file in &files {
        let inside = file.split('/').nth(2).unwrap_or_default();
        let belongs = extension(file) == Some("ron") || inside == "attachments" || inside == "README.md";
        if !belongs || inside.starts_with('.') {
            problems.push(format!("{file}: is not part of a project"));
        }
    }
    assert_none(&problems);
}
