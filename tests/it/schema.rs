//! The tables for programs: what the JSON export writes is what the published schema says.

use goldthread::app::export::{csv_bytes, json_bytes};
use goldthread::app::samples::SAMPLES;
use goldthread::app::workbook::forms;
use goldthread::exchange::schema::{schema, table_name};
use goldthread::model::form::Form;
use serde_json::Value;

use super::cli::{code, goldthread, sample, stdout};
use super::fixture::random_project;
use super::samples::opened;

/// What is wrong with a value by as much of JSON Schema as the schema uses.
fn problems(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = match &schema["type"] {
        Value::String(only) => only == name,
        Value::Array(several) => several.iter().any(|known| known == name),
        other => panic!("{at}: no type but {other}"),
    };
    if !fits {
        found.push(format!("{at} is a {name}"));
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let of_key = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
        problems(of_key, value, &format!("{at}.{key}"), found);
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() {
            found.push(format!("{at} has no {key}"));
        }
    }
    for (number, value) in value.as_array().into_iter().flatten().enumerate() {
        problems(&schema["items"], value, &format!("{at}[{number}]"), found);
    }
}

#[test]
fn every_table_of_every_project_is_as_the_schema_says() {
    let schema = schema();
    let mut found = Vec::new();
    let random = (0..4).map(|seed| random_project(seed, 80));
    for project in SAMPLES.iter().map(opened).chain(random) {
        for what in forms(&project) {
            let form: Form = what.form(&project, &goldthread::app::export::PdfOptions::default()).unwrap().unwrap();
            let kind = what.document().and_then(|document| project.get(document)).map(|document| document.kind);
            let name = table_name(kind, form.kind);
            let rows: Value = serde_json::from_slice(&json_bytes(&project, what, None).unwrap()).unwrap();
            problems(&schema["$defs"][name], &rows, name, &mut found);
            // The flat CSV has the same lines under the same headings.
            let csv = csv_bytes(&project, what, None).unwrap();
            let mut csv = csv::Reader::from_reader(csv.as_slice());
            let headings: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
            let lines: Vec<_> = csv.records().map(Result::unwrap).collect();
            assert_eq!(lines.len(), rows.as_array().unwrap().len(), "{name}");
            for (line, row) in lines.iter().zip(rows.as_array().unwrap()) {
                assert_eq!(row.as_object().unwrap().len(), headings.len() + 3, "{name}");
                for (heading, text) in headings.iter().zip(line.iter()) {
                    let same = match &row[heading] {
                        Value::Null => text.is_empty(),
                        Value::Number(number) => text.replace(',', ".").parse::<f64>().ok() == number.as_f64(),
                        value => value.as_str() == Some(text),
                    };
                    assert!(same, "{name}, {heading}: {text} is {}", row[heading]);
                }
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_wrong_table_would_be_found() {
    let mut found = Vec::new();
    let of = schema()["$defs"]["control-plan"].clone();
    problems(&of, &serde_json::json!([{ "row_id": 7, "sample_size": true }]), "plan", &mut found);
    assert!(found.contains(&"plan[0].row_id is a number".to_owned()), "{found:?}");
    assert!(found.contains(&"plan[0].sample_size is a boolean".to_owned()), "{found:?}");
    assert!(found.contains(&"plan[0] has no \"reaction_plan\"".to_owned()), "{found:?}");
}

#[test]
fn the_command_line_prints_schema_and_tables() {
    let printed = goldthread(&["schema"]);
    assert_eq!(code(&printed), 0);
    assert_eq!(serde_json::from_str::<Value>(&stdout(&printed)).unwrap(), schema());
    let (_folder, path) = sample("stamped-bracket");
    let table = goldthread(&["export", &path, "--to", "json", "--document", "control-plan", "-o", "-"]);
    assert_eq!(code(&table), 0);
    let rows: Value = serde_json::from_str(&stdout(&table)).unwrap();
    assert!(rows.as_array().unwrap().iter().all(|row| row["row_id"].as_str().unwrap().starts_with("row_")));
}
