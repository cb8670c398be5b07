//! Find and replace over every document: which texts have the words, and what they would be afterwards.

use std::ops::Range;

use regex::{NoExpand, Regex, RegexBuilder};

use crate::app::lookup::{IsCurrent, Question};
use crate::edit::Command;
use crate::model::document::Document;
use crate::model::field::Field;
use crate::model::fmea::Function;
use crate::model::form::List;
use crate::model::home::Home;
use crate::model::item::{AnyId, Entity, Kind};
use crate::model::project_data::UserField;
use crate::model::{Item, Project};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern {
    /// The words as they were typed.
    pub words: String,
    /// Capital and small letters differ.
    pub match_case: bool,
    /// Only whole words.
    pub whole_words: bool,
    /// Only in this document.
    pub document: Option<crate::base::Id<Document>>,
}

impl Pattern {
    fn regex(&self) -> Option<Regex> {
        if self.words.is_empty() {
            return None;
        }
        let words = regex::escape(&self.words);
        // A boundary makes sense only beside a letter or a digit.
        let edge = |at: Option<char>| if at.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
        let whole = if self.whole_words {
            format!("{}{words}{}", edge(self.words.chars().next()), edge(self.words.chars().last()))
        } else {
            words
        };
        RegexBuilder::new(&whole).case_insensitive(!self.match_case).build().ok()
    }

    /// The text with every occurrence replaced, word for word.
    pub fn replaced(&self, text: &str, by: &str) -> String {
        self.regex().map_or_else(|| text.to_owned(), |regex| regex.replace_all(text, NoExpand(by)).into_owned())
    }
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    /// In a field of an item.
    Field(AnyId, Field),
    /// Among the requirements of a function.
    Requirements(crate::base::Id<Function>),
}

impl Site {
    /// The item.
    pub fn item(self) -> AnyId {
        match self {
            Self::Field(item, _) => item,
            Self::Requirements(function) => function.into(),
        }
    }
}

/// A text that has the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Where.
    pub site: Site,
    /// The text.
    pub text: String,
    /// Where in the text the words stand, in bytes.
    pub ranges: Vec<Range<usize>>,
    /// Item and document, in words.
    pub place: String,
    /// What is called so: the field.
    pub field: String,
    /// In how many places the text shows; 1 for a text that nobody shares.
    pub uses: usize,
}

impl Occurrence {
    /// The change that replaces the words.
    pub fn replacement(&self, pattern: &Pattern, by: &str) -> Command {
        let text = pattern.replaced(&self.text, by);
        match self.site {
            Site::Field(item, field) => Command::SetField { item, field, text, via: None },
            Site::Requirements(function) => Command::SetList {
                owner: function.into(),
                list: List::Requirements,
                lines: text.lines().map(str::to_owned).collect(),
            },
        }
    }
}

/// Most occurrences that are listed; nobody reads more, and the count says that there are.
pub const MOST: usize = 10_000;

impl Question for Pattern {
    type Answer = Vec<Occurrence>;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Vec<Occurrence>> {
        let Some(regex) = self.regex() else { return Some(Vec::new()) };
        let own: Vec<Field> = project.members::<UserField>().into_iter().map(Field::User).collect();
        let mut found = Vec::new();
        for (count, item) in project.items().enumerate() {
            if count % 256 == 0 && !is_current() {
                return None;
            }
            let id = item.id();
            if self.document.is_some_and(|document| project.home(id) != Some(Home::Document(document))) {
                continue;
            }
            for field in texts_of(id.kind()).iter().chain(&own) {
                if let Some(text) = project.field_text(id, *field) {
                    take(project, &regex, Site::Field(id, *field), text, &mut found);
                }
            }
            if let Item::Function(function) = &item {
                let lines: Vec<&str> = function.requirements.iter().map(crate::base::Text::as_str).collect();
                take(project, &regex, Site::Requirements(function.id), lines.join("\n"), &mut found);
            }
            if found.len() >= MOST {
                break;
            }
        }
        Some(found)
    }
}

fn take(project: &Project, regex: &Regex, site: Site, text: String, found: &mut Vec<Occurrence>) {
    let ranges: Vec<Range<usize>> = regex.find_iter(&text).map(|found| found.range()).collect();
    if ranges.is_empty() {
        return;
    }
    let field = match site {
        Site::Field(_, Field::User(own)) => project.label(own.into()),
        Site::Field(item, Field::Text) => noun(project, item).to_owned(),
        Site::Field(_, field) => field.label().to_owned(),
        Site::Requirements(_) => "requirements".to_owned(),
    };
    let uses = project.referrers(site.item()).len().max(1);
    found.push(Occurrence { place: place(project, site.item()), site, text, ranges, field, uses });
}

fn noun(project: &Project, item: AnyId) -> &'static str {
    match item {
        AnyId::Failure(failure) => project.get(failure).map_or("failure", |failure| failure.role.name()),
        _ => item.kind().noun(),
    }
}

/// The item and the document in which it lives.
fn place(project: &Project, item: AnyId) -> String {
    let label = project.label(item);
    match project.home(item) {
        Some(Home::Document(document)) if Document::any(document) != item => {
            let kind = project.get(document).map_or("", |document| document.kind.name());
            format!("{kind} · {label}")
        }
        _ => label,
    }
}

/// The fields of a kind of item that hold words. Numbers, dates, ratings and choices are changed where they stand.
pub(super) fn texts_of(kind: Kind) -> &'static [Field] {
    use Field as F;
    match kind {
        Kind::ProjectData => &[F::Name, F::Organisation, F::Plant, F::EngineeringLocation, F::Customer, F::Programme],
        Kind::Part => &[F::Number, F::Name, F::ChangeLevel, F::Drawing],
        Kind::Person => &[F::Name, F::Role, F::Discipline, F::Contact],
        Kind::CustomerRequirement => &[F::Customer, F::Clause, F::Requirement],
        Kind::UserField | Kind::Element => &[F::Name],
        Kind::Attachment => &[F::Title],
        Kind::ReportProfile => &[F::Name, F::Footer, F::Confidentiality],
        Kind::Document => &[
            F::Number,
            F::Title,
            F::Responsibility,
            F::PreparedBy,
            F::KeyContact,
            F::Confidentiality,
            F::Scope,
            F::SafeLaunchExit,
            F::LinkedDocuments,
            F::Intent,
            F::Timing,
            F::Tasks,
            F::Tools,
            F::InScope,
            F::OutOfScope,
            F::Baseline,
        ],
        Kind::Step => &[
            F::Number,
            F::Name,
            F::Description,
            F::Area,
            F::SourcesOfVariation,
            F::WorkInstruction,
            F::NokDisposition,
            F::NoAnalysisBecause,
            F::NoPlanRowBecause,
            F::Note,
        ],
        Kind::FlowEdge => &[F::Label],
        Kind::Characteristic => &[F::Number, F::Name, F::Specification, F::Source, F::Balloon, F::Note],
        Kind::StepCharacteristic => &[F::LocalSpecification, F::LocalReason],
        Kind::Equipment => &[F::Name, F::AssetNumber, F::ChallengePart, F::VerificationFrequency, F::Note],
        Kind::Function | Kind::Failure => &[F::Text, F::Note],
        Kind::Risk => &[
            F::Remarks,
            F::IssueNumber,
            F::History,
            F::FilterCode,
            F::OccurrenceRationale,
            F::DetectionRationale,
            F::Note,
        ],
        Kind::Control => &[F::Text, F::Evidence, F::Note],
        Kind::Action => &[F::Text, F::ActionTaken, F::Remarks, F::Note],
        Kind::PlanRow => &[
            F::MeasurementTechnique,
            F::SampleSize,
            F::SampleFrequency,
            F::ControlMethod,
            F::Responsible,
            F::ReactionPlan,
            F::ReactionPlanOwner,
            F::Note,
        ],
        Kind::Submission => &[
            F::Title,
            F::OtherReason,
            F::Division,
            F::Buyer,
            F::Application,
            F::Street,
            F::City,
            F::Region,
            F::Country,
            F::Explanation,
            F::Signatory,
            F::SignatoryTitle,
            F::Note,
        ],
        Kind::Warrant => &[
            F::OwnNumber,
            F::Drawing,
            F::ChangeLevel,
            F::FurtherChanges,
            F::PurchaseOrder,
            F::CheckingAid,
            F::CheckingAidLevel,
            F::Streams,
            F::Note,
        ],
        Kind::PpapElement => &[F::Title, F::Remarks, F::NotApplicableBecause, F::Responsible, F::Note],
        Kind::TestResult => {
            &[F::Number, F::Requirement, F::Specification, F::Laboratory, F::MaterialSupplier, F::Stream, F::Note]
        }
        Kind::FindingApproval => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::plan;

    fn pattern(words: &str) -> Pattern {
        Pattern { words: words.to_owned(), ..Pattern::default() }
    }

    #[test]
    fn case_and_words_count_if_they_shall() {
        assert_eq!(pattern("bit").replaced("Bit worn, orbit", "tip"), "tip worn, ortip");
        let exact = Pattern { match_case: true, ..pattern("Bit") };
        assert_eq!(exact.replaced("Bit worn, bit", "Tip"), "Tip worn, bit");
        let whole = Pattern { whole_words: true, ..pattern("bit") };
        assert_eq!(whole.replaced("Bit worn, orbit", "tip"), "tip worn, orbit");
        let symbols = Pattern { whole_words: true, ..pattern("0.5 ±") };
        assert_eq!(symbols.replaced("10.5 ± 1, 0.5 ± 1", "$1"), "10.5 ± 1, $1 1");
        assert_eq!(pattern("Ö").replaced("öl", "Ä"), "Äl");
    }

    #[test]
    fn every_text_of_the_fields_can_be_written_back() {
        let today = "2026-11-24".parse().unwrap();
        let project = crate::app::generate::generate(crate::app::library().unwrap(), 20, 1, today);
        let ids = crate::base::IdSource::seeded(1);
        let mut author = crate::edit::Author { name: "T".into(), today, ids };
        let found = pattern("e").answer(&project, &|| true).unwrap();
        assert!(found.len() > 100);
        for occurrence in found {
            let command = occurrence.replacement(&pattern("e"), "ee");
            let planned = plan(&project, &command, &mut author);
            assert!(planned.is_ok(), "{command:?}: {planned:?}");
        }
    }
}
