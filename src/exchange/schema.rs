//! The published schema of the tables: which keys the objects of the JSON export and the columns of the flat CSV have, and what
//! they mean. It follows from the columns of the forms, so that it cannot say anything else than they do.

use serde_json::{Map, Value, json};

use crate::base::{Id, OrderKey};
use crate::model::Project;
use crate::model::document::{Document, DocumentKind};
use crate::model::form::{ColumnKind, Form, FormKind, FormOptions, ListKind};

use super::json::IDENTITIES;

/// The version of the schema. It grows when a key goes or changes its meaning; keys may come without that.
pub const VERSION: u32 = 1;

/// The tables of documents by their names, with kind of document and form.
const DOCUMENTS: [(&str, DocumentKind, FormKind); 8] = [
    ("process-flow", DocumentKind::ProcessFlow, FormKind::ProcessFlow),
    ("pfmea", DocumentKind::ProcessFmea, FormKind::FmeaAiagVda),
    ("pfmea-fourth-edition", DocumentKind::ProcessFmea, FormKind::FmeaFourthEdition),
    ("dfmea", DocumentKind::DesignFmea, FormKind::FmeaAiagVda),
    ("dfmea-fourth-edition", DocumentKind::DesignFmea, FormKind::FmeaFourthEdition),
    ("fmea-msr", DocumentKind::FmeaMsr, FormKind::FmeaAiagVda),
    ("fmea-msr-fourth-edition", DocumentKind::FmeaMsr, FormKind::FmeaFourthEdition),
    ("control-plan", DocumentKind::ControlPlan, FormKind::ControlPlan),
];

/// Keys that a table has only if the project needs them, with kind and description.
const SOMETIMES: [(&str, ColumnKind, &str); 5] = [
    ("applies_to", ColumnKind::Text, "Applies to: the parts, where something applies to some of them only"),
    ("action_priority", ColumnKind::Priority, "AP, where an FMEA is evaluated by it"),
    ("action_priority_after", ColumnKind::Priority, "AP after the action, where an FMEA is evaluated by it"),
    ("rpn", ColumnKind::Rating, "RPN, where an FMEA is evaluated by it"),
    ("rpn_after", ColumnKind::Rating, "RPN after the action, where an FMEA is evaluated by it"),
];

/// The name of the table that a form of a document, or a list, makes.
pub fn table_name(document: Option<DocumentKind>, form: FormKind) -> &'static str {
    let found = DOCUMENTS.iter().find(|(_, kind, of)| Some(*kind) == document && *of == form);
    match (found, form) {
        (Some((name, ..)), _) => name,
        (None, FormKind::List(list)) => list_name(list),
        (None, _) => "process-flow",
    }
}

fn list_name(list: ListKind) -> &'static str {
    use crate::model::ppap::ResultKind;
    match list {
        ListKind::Actions => "actions",
        ListKind::Characteristics => "characteristics",
        ListKind::CharacteristicMatrix => "characteristic-matrix",
        ListKind::PpapElements => "ppap-elements",
        ListKind::Results(ResultKind::Dimensional) => "dimensional-results",
        ListKind::Results(ResultKind::Material) => "material-results",
        ListKind::Results(ResultKind::Performance) => "performance-results",
    }
}

/// The schema of every table as JSON Schema, 2020-12. `$defs` has a definition per table.
pub fn schema() -> Value {
    let project = Project::default();
    let mut tables = Map::new();
    for (name, kind, form) in DOCUMENTS {
        let document = Document::draft(Id::MIN, OrderKey::first(), kind, name, name);
        tables.insert(name.to_owned(), table(name, &Form::new(&project, &document, form, FormOptions::default())));
    }
    for list in ListKind::ALL {
        let name = list_name(list);
        tables.insert(name.to_owned(), table(name, &Form::list(&project, list, FormOptions::default())));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tables of Goldthread",
        "description": "The tables that `goldthread export --to json` and `--to csv` write. A table is an array with an object per \
            line: per failure cause of an FMEA, per row of the other forms. The headings of CSV are the same keys without \
            the identities. Merged cells are repeated in every line; several entries of a cell have a line each within the \
            text. Fields that a project declares itself follow under their own names.",
        "version": VERSION,
        "$defs": tables,
        "anyOf": tables.keys().map(|name| json!({ "$ref": format!("#/$defs/{name}") })).collect::<Vec<_>>(),
    })
}

fn table(name: &str, form: &Form) -> Value {
    let mut properties = Map::new();
    for (key, says) in IDENTITIES {
        let types = if key == "second_row_id" { json!(["string", "null"]) } else { json!("string") };
        properties.insert(key.to_owned(), json!({ "type": types, "description": says }));
    }
    let mut required: Vec<String> = IDENTITIES.iter().map(|(key, _)| (*key).to_owned()).collect();
    for column in &form.columns {
        let group = form.groups.get(column.group).map_or("", |group| group.heading.trim());
        let heading = column.heading.replace('\u{ad}', "");
        let says = if group.is_empty() { heading } else { format!("{group}: {heading}") };
        properties.insert(column.key.to_string(), property(column.kind, &says));
        if !SOMETIMES.iter().any(|(key, ..)| *key == column.key) {
            required.push(column.key.to_string());
        }
    }
    for (key, kind, says) in SOMETIMES {
        if !properties.contains_key(key) {
            properties.insert(key.to_owned(), property(kind, says));
        }
    }
    json!({
        "title": name,
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": required,
            // Fields of the project's own, and the steps of a matrix.
            "additionalProperties": { "type": ["string", "number", "null"] },
        },
    })
}

fn property(kind: ColumnKind, says: &str) -> Value {
    match kind {
        // A scale may be one of letters, and a value that does not fit its scale is kept as it was written.
        ColumnKind::Rating | ColumnKind::Number => {
            json!({ "type": ["number", "string", "null"], "description": says })
        }
        // An FMEA has a line per cause, and a cause may have several actions: then there is a day per line of the text.
        ColumnKind::Date => json!({ "type": ["string", "null"], "description": format!("{says} (YYYY-MM-DD)") }),
        ColumnKind::Priority => {
            json!({ "type": ["string", "null"], "description": format!("{says} (H, M or L)") })
        }
        ColumnKind::Text | ColumnKind::Class | ColumnKind::Choice | ColumnKind::Symbol => {
            json!({ "type": ["string", "null"], "description": says })
        }
    }
}
