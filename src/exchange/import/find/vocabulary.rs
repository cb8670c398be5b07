//! What headings and labels mean, by the words of `assets/import/headings.ron`.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::Deserialize;

use super::words::{bare, essential, joined, parts, words};
use crate::exchange::import::table::{Field, TitleField};

/// What a heading says on its own; some say it only together with what stands around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concept {
    /// A field.
    Field(Field),
    /// A component, part or system.
    Item,
    /// A component and its function in one column.
    ItemAndFunction,
    /// A corrective action: recommended in an FMEA, the reaction in a control plan.
    CorrectiveAction,
    /// A number or identity of something.
    Number,
    /// Detection: a rating, a control or an action.
    Detection,
    /// Prevention: a control or an action.
    Prevention,
    /// Detective: a control or an action.
    Detective,
    /// "Product": a characteristic below that heading, an item elsewhere.
    Product,
    /// "Process": a characteristic below that heading, a step elsewhere.
    Process,
    /// "Impact": an effect or its severity.
    Impact,
}

impl Concept {
    fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "item" => Self::Item,
            "item_and_function" => Self::ItemAndFunction,
            "corrective_action" => Self::CorrectiveAction,
            "number" => Self::Number,
            "detection" => Self::Detection,
            "prevention" => Self::Prevention,
            "detective" => Self::Detective,
            "product" => Self::Product,
            "process" => Self::Process,
            "impact" => Self::Impact,
            "detection_rating" => Self::Field(Field::Detection),
            _ => Self::Field(Field::ALL.iter().copied().find(|field| field.key() == key)?),
        })
    }
}

/// What stands above a heading and says of what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Controls in place.
    Controls,
    /// What was reached by actions.
    Results,
    /// Actions recommended.
    Actions,
    /// Characteristics.
    Characteristics,
    /// Sample.
    Sample,
    /// Methods of a control plan.
    Methods,
    /// Reaction plan.
    Reaction,
    /// Specification.
    Specification,
    /// Structure analysis.
    Structure,
    /// Function analysis.
    Functions,
    /// Failure analysis.
    Failures,
    /// Failure effects.
    Effects,
    /// First ratings.
    Initial,
}

#[derive(Deserialize)]
struct Words {
    fields: BTreeMap<String, Vec<String>>,
    doubtful: BTreeMap<String, Vec<String>>,
    groups: BTreeMap<Group, Vec<String>>,
    titles: BTreeMap<TitleField, Vec<String>>,
    labels: Vec<String>,
    footers: Vec<String>,
}

/// Phrases and what they say, each with how strongly (1 for a phrase that means nothing else).
struct Phrases<T> {
    exact: HashMap<String, Vec<(T, f32)>>,
    essential: HashMap<String, Vec<(T, f32)>>,
    /// The essential phrases by their length in letters, for those with slips.
    by_length: BTreeMap<usize, Vec<String>>,
    longest: usize,
}

impl<T: Copy + PartialEq> Phrases<T> {
    fn new(entries: impl Iterator<Item = (T, String)>) -> Self {
        let mut phrases =
            Self { exact: HashMap::new(), essential: HashMap::new(), by_length: BTreeMap::new(), longest: 0 };
        for (meaning, phrase) in entries {
            // A tilde marks a phrase that is also used for much else.
            let (phrase, strength) = phrase.strip_prefix('~').map_or((phrase.as_str(), 1.0), |rest| (rest, 0.6));
            let words = words(phrase);
            let essential = essential(&words);
            phrases.longest = phrases.longest.max(words.len());
            add(&mut phrases.exact, joined(&words), meaning, strength);
            // "S No" is not "No", "New S" is not "New", "Severity 2" is not "Severity".
            let tells = |word: &String| word.chars().count() == 1 || word.chars().all(|c| c.is_ascii_digit());
            if words.len() > 3 || essential.len() == words.len() || !words.iter().any(tells) {
                add(&mut phrases.essential, joined(&essential), meaning, strength);
            }
        }
        for phrase in phrases.essential.keys() {
            phrases.by_length.entry(phrase.chars().count()).or_default().push(phrase.clone());
        }
        for phrases in phrases.by_length.values_mut() {
            phrases.sort();
        }
        phrases
    }

    /// What a text says, best first.
    fn meanings(&self, text: &str) -> Vec<(T, f32)> {
        let mut found: Vec<(T, f32)> = Vec::new();
        self.of_words(&words(text), 1.0, &mut found);
        let parts = parts(text);
        if parts.len() > 1 {
            // What is known as a whole is less often meant by one of its parts.
            let whole = if found.iter().any(|(_, score)| *score >= 0.95) { 0.85 } else { 1.0 };
            for (at, part) in parts.iter().enumerate() {
                // The first part leads; what stands in brackets behind adds to it.
                self.of_words(&words(part), whole * if at == 0 { 0.95 } else { 0.85 }, &mut found);
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }

    fn of_words(&self, heading: &[String], weight: f32, found: &mut Vec<(T, f32)>) {
        if heading.is_empty() || heading.len() > 24 || self.is_title(heading) {
            return;
        }
        let mut say = |entries: Option<&Vec<(T, f32)>>, score: f32| {
            for (meaning, strength) in entries.into_iter().flatten() {
                note(found, *meaning, score * strength * weight);
            }
        };
        let essential = essential(heading);
        let bare = bare(heading);
        say(self.exact.get(&joined(heading)), 1.0);
        say(self.essential.get(&joined(&essential)), 0.95);
        if bare != essential {
            say(self.exact.get(&joined(&bare)), 0.9);
            say(self.essential.get(&joined(&bare)), 0.88);
        }
        for length in (1..essential.len().min(self.longest + 1)).rev() {
            for start in 0..=essential.len() - length {
                let phrase = joined(&essential[start..start + length]);
                // A single letter within other words is a letter.
                if length == 1 && phrase.chars().count() == 1 {
                    continue;
                }
                let share = length as f32 / essential.len() as f32;
                let score = if start == 0 { 0.5 + 0.4 * share } else { 0.35 + 0.5 * share };
                say(self.exact.get(&phrase), score);
                say(self.essential.get(&phrase), score * 0.97);
            }
        }
        if found.iter().all(|(_, score)| *score < 0.7) {
            self.with_typing_errors(&joined(&essential), weight, found);
        }
    }

    /// Whether words are the title of a document rather than of a column: "process failure mode and effects analysis".
    fn is_title(&self, heading: &[String]) -> bool {
        const TITLES: [&str; 10] =
            ["analysis", "analyse", "analisis", "analisi", "analise", "analiza", "amdec", "amfe", "amef", "worksheet"];
        heading.iter().any(|word| TITLES.contains(&word.as_str())) && !self.exact.contains_key(&joined(heading))
    }

    /// A slip in every six letters is forgiven.
    fn with_typing_errors(&self, text: &str, weight: f32, found: &mut Vec<(T, f32)>) {
        let letters = text.chars().count();
        if !(6..=60).contains(&letters) || text.chars().any(|c| c.is_ascii_digit()) {
            return;
        }
        let allowed = (letters / 6).max(1);
        let counts = letters_of(text);
        for phrase in self
            .by_length
            .range(letters.saturating_sub(allowed).max(5)..=letters + allowed)
            .flat_map(|(_, phrases)| phrases)
        {
            // Most phrases differ in more letters than could be slips.
            let differing: u32 = counts.iter().zip(letters_of(phrase)).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
            if differing as usize > 2 * allowed {
                continue;
            }
            let slips = strsim::osa_distance(text, phrase);
            if slips > 0 && slips <= allowed {
                for (meaning, strength) in self.essential.get(phrase).into_iter().flatten() {
                    note(found, *meaning, 0.85 * strength * weight * (1.0 - 0.05 * slips as f32));
                }
            }
        }
    }
}

/// How often each letter occurs.
fn letters_of(text: &str) -> [u8; 27] {
    let mut counts = [0_u8; 27];
    for c in text.chars() {
        let index = if c.is_ascii_lowercase() { c as usize - 'a' as usize } else { 26 };
        counts[index] = counts[index].saturating_add(1);
    }
    counts
}

fn add<T: Copy + PartialEq>(map: &mut HashMap<String, Vec<(T, f32)>>, phrase: String, meaning: T, strength: f32) {
    let entries = map.entry(phrase).or_default();
    match entries.iter_mut().find(|(known, _)| *known == meaning) {
        Some((_, known)) => *known = known.max(strength),
        None => entries.push((meaning, strength)),
    }
}

fn note<T: PartialEq>(found: &mut Vec<(T, f32)>, meaning: T, score: f32) {
    match found.iter_mut().find(|(known, _)| *known == meaning) {
        Some((_, known)) => *known = known.max(score),
        None => found.push((meaning, score)),
    }
}

/// Everything the vocabulary knows.
pub struct Vocabulary {
    concepts: Phrases<Concept>,
    /// What texts were found to say: the same headings are asked for again and again while windows are compared.
    known: Mutex<HashMap<String, Vec<(Concept, f32)>>>,
    groups: Phrases<Group>,
    titles: Phrases<TitleField>,
    labels: Vec<String>,
    footers: Vec<String>,
}

impl Vocabulary {
    /// The vocabulary of the program.
    pub fn get() -> &'static Self {
        static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
        VOCABULARY.get_or_init(|| {
            // Held by a test: the file ships with the program.
            let words: Words =
                ron::from_str(include_str!("../../../../assets/import/headings.ron")).unwrap_or_else(|_| Words {
                    fields: BTreeMap::new(),
                    doubtful: BTreeMap::new(),
                    groups: BTreeMap::new(),
                    titles: BTreeMap::new(),
                    labels: Vec::new(),
                    footers: Vec::new(),
                });
            Self::new(words)
        })
    }

    fn new(asset: Words) -> Self {
        let concepts = asset.fields.into_iter().chain(asset.doubtful).filter_map(|(key, phrases)| {
            let concept = Concept::from_key(&key)?;
            Some(phrases.into_iter().map(move |phrase| (concept, phrase)))
        });
        Self {
            concepts: Phrases::new(concepts.flatten()),
            known: Mutex::new(HashMap::new()),
            groups: Phrases::new(pairs(asset.groups)),
            titles: Phrases::new(pairs(asset.titles)),
            labels: asset.labels.iter().map(|phrase| joined(&words(phrase))).collect(),
            footers: asset.footers.iter().map(|phrase| joined(&words(phrase))).collect(),
        }
    }

    /// What a heading says, best first, each with a score up to 1.
    pub fn concepts(&self, heading: &str) -> Vec<(Concept, f32)> {
        /// So many answers are kept.
        const KEPT: usize = 4096;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(heading) {
            return found.clone();
        }
        let found = self.concepts.meanings(heading);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(heading.to_owned(), found.clone());
        found
    }

    /// What a heading says as a whole, whatever its parts say.
    pub fn whole(&self, heading: &str) -> Vec<(Concept, f32)> {
        let mut found = Vec::new();
        self.concepts.of_words(&words(heading), 1.0, &mut found);
        found
    }

    /// Whether a text is a heading word for word. Asked of every line, so nothing is looked for that comes near.
    pub fn is_heading(&self, text: &str) -> bool {
        let words = words(text);
        self.concepts.exact.contains_key(&joined(&words))
            || self.concepts.essential.contains_key(&joined(&essential(&words)))
    }

    /// What a heading above others says.
    pub fn groups(&self, heading: &str) -> Vec<(Group, f32)> {
        self.groups.meanings(heading).into_iter().filter(|(_, score)| *score >= 0.7).collect()
    }

    /// What a label of the header block says: all of it, not a part.
    pub fn title(&self, label: &str) -> Option<TitleField> {
        let words = words(label);
        let exact = self.titles.exact.get(&joined(&words));
        // "Plant 2" is a plant, not the label of one.
        let with_number = words.iter().any(|word| word.chars().all(|c| c.is_ascii_digit()));
        let essential = (!with_number).then(|| joined(&essential(&words)));
        let found = exact.or_else(|| self.titles.essential.get(&essential?));
        found.and_then(|entries| entries.first()).map(|(field, _)| *field)
    }

    /// Whether a text is a label of the header block, whether or not a field goes by it.
    pub fn is_label(&self, text: &str) -> bool {
        self.title(text).is_some() || self.labels.contains(&joined(&words(text)))
    }

    /// Whether a text begins as what stands below a form.
    pub fn is_footer(&self, text: &str) -> bool {
        let text = joined(&words(text));
        self.footers.iter().any(|footer| {
            text.strip_prefix(footer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        }) && text.len() < 120
    }
}

fn pairs<T: Copy>(map: BTreeMap<T, Vec<String>>) -> impl Iterator<Item = (T, String)> {
    map.into_iter().flat_map(|(meaning, phrases)| phrases.into_iter().map(move |phrase| (meaning, phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(heading: &str) -> Option<Concept> {
        Vocabulary::get().concepts(heading).first().map(|(concept, _)| *concept)
    }

    #[test]
    fn the_words_that_ship_are_read_and_every_key_is_known() {
        let asset: Words = ron::from_str(include_str!("../../../../assets/import/headings.ron")).unwrap();
        for key in asset.fields.keys().chain(asset.doubtful.keys()) {
            assert!(Concept::from_key(key).is_some(), "{key}");
        }
        for field in Field::ALL {
            let key = if *field == Field::Detection { "detection_rating" } else { field.key() };
            assert!(asset.fields.contains_key(key), "no words for {key}");
        }
    }

    #[test]
    fn headings_of_many_languages_are_known() {
        for (heading, field) in [
            ("Potential Failure Mode(s)", Field::Mode),
            ("Potential Failiure Mode", Field::Mode),
            ("Mode de défaillance", Field::Mode),
            ("Fehlerart", Field::Mode),
            ("失效模式", Field::Mode),
            ("Możliwa awaria", Field::Mode),
            ("Modo de falha potencial", Field::Mode),
            ("Potential Effect(s) of Failure", Field::Effect),
            ("SEV", Field::Severity),
            ("严重度(S)", Field::Severity),
            ("S (Severity 1-10)", Field::Severity),
            ("Severity (1-10, 10 = most severe)", Field::Severity),
            ("Occurance", Field::Occurrence),
            ("VOTO SEVERITY", Field::Severity),
            ("Responsibility & Target Completion Date", Field::ResponsibleAndDate),
            ("Risk Preference Number (RPN)", Field::Rpn),
            ("Potential Causes(s) / Mechanism(s) of Failure", Field::Cause),
            ("CAUSA DE LA FALLA (FC) DE LOS ELEMENTOS MAS BAJOS O CARACTERISTICAS", Field::Cause),
            ("공정명 / 작업설명 Process Name/Description", Field::Step),
            ("MEASURING TECIINIQUE / INSTRUMENT USED", Field::MeasurementTechnique),
            ("ESPECIFICACIONES / TOLERANCIAS DE PRODUCTO / PROCESO", Field::Specification),
            ("Actions Taken Completion Date", Field::ActionTakenAndDate),
            ("Current Prevention Control (PC) of FC", Field::PreventionControl),
        ] {
            assert_eq!(best(heading), Some(Concept::Field(field)), "{heading}");
        }
    }

    #[test]
    fn other_words_mean_nothing() {
        for heading in ["Temperature", "Revenue", "Zylinderkopf", "Latitude"] {
            assert!(Vocabulary::get().concepts(heading).first().is_none_or(|(_, score)| *score < 0.6), "{heading}");
        }
    }
}
