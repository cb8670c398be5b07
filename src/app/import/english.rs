//! Our own workbooks in another language: the words that the program gave are put back into English, in which they are read.

use crate::exchange::import::find::understand;
use crate::exchange::import::table::{Field, Meaning, Understood};
use crate::exchange::import::wish::Wish;
use crate::exchange::import::workbook::{Value, Workbook};
use crate::store::assets;

/// The fields in whose cells words of the program stand, alone or beside those of people.
const WITH_WORDS: [Field; 12] = [
    Field::StepKind,
    Field::CharacteristicRole,
    Field::Status,
    Field::Phases,
    Field::Effect,
    Field::WorkElement,
    Field::Remarks,
    Field::ProcessCharacteristic,
    Field::Specification,
    Field::NextStep,
    Field::Equipment,
    Field::AppliesTo,
];

/// Understands a workbook; what people say of its sheets goes before what is found.
pub(super) fn understood(workbook: &Workbook, wishes: &[Wish]) -> Understood {
    let mut understood = understand(workbook, wishes);
    for table in &mut understood.tables {
        let Some(own) = &table.own_form else { continue };
        let Ok(language) = assets::language(&own.language) else { continue };
        let has_words = |meaning| matches!(meaning, Meaning::Field(field) if WITH_WORDS.contains(&field));
        let concerned: Vec<bool> = table.columns.iter().map(|column| has_words(column.meaning)).collect();
        for fact in &mut table.title {
            fact.label = language.english_of(&fact.label);
        }
        for record in &mut table.records {
            let entries = record.entries.iter_mut().zip(&concerned).filter(|(_, concerned)| **concerned);
            for entry in entries.filter_map(|(entry, _)| entry.as_mut()) {
                if let Value::Text(text) = &mut entry.value {
                    let lines = text.split('\n').map(|line| language.english_of(line));
                    *text = lines.collect::<Vec<_>>().join("\n");
                }
            }
        }
    }
    understood
}
