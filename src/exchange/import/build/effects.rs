//! Failure modes and their effects with severities.
//!
//! Equal words below the same function are one mode. The effects of a mode are collected over all its lines and made in the
//! end, so that a severity that stands in a later line finds its effect.

use std::collections::HashMap;

use crate::base::text::quoted;
use crate::base::{Id, Text};
use crate::exchange::import::table::{Field, Record};
use crate::exchange::import::workbook::At;
use crate::model::fmea::{Anchor, EffectLevel, Failure, FailureRole, Function, LevelEffects, ModeEffects};
use crate::model::item::{AnyId, Kind};
use crate::model::profile::ScaleRole;
use crate::model::rating::Rating;

use super::fmea::Fmea;
use super::lines::Said;
use super::ratings::worst;
use super::structure::Place;
use super::{Builder, key, link, words};

/// A failure mode while its lines are read.
pub(super) struct Mode {
    pub id: Id<Failure>,
    effects: Vec<Effect>,
    /// Lines of the mode by the work element and the words of their cause; the latest one of each.
    pub lines: HashMap<(String, String), usize>,
    /// The severity in the end.
    pub severity: Option<Rating>,
}

struct Effect {
    level: EffectLevel,
    text: String,
    severity: Option<Rating>,
    at: At,
    anchor: Anchor,
}

/// An effect as a line names it.
struct Named<'t> {
    level: EffectLevel,
    text: String,
    /// The severity behind the words, in brackets.
    severity: Option<Rating>,
    said: Said<'t>,
}

const COLUMNS: [(Field, EffectLevel); 3] = [
    (Field::EffectYourPlant, EffectLevel::YourPlant),
    (Field::EffectShipToPlant, EffectLevel::ShipToPlant),
    (Field::EffectEndUser, EffectLevel::EndUser),
];

impl Builder<'_> {
    /// The failure mode of a line, made if it is new.
    pub fn mode<'t>(
        &mut self,
        f: &mut Fmea<'t>,
        record: &'t Record,
        place: &Place,
        function: Option<Id<Function>>,
    ) -> usize {
        let said = f.lines.said(record, Field::Mode);
        let anchor = function.map_or(Anchor::Element(place.focus), Anchor::Function);
        let holder = holder(anchor);
        let mode_key = match &said {
            Some(said) => key(&said.text),
            // Lines without a mode belong together if they say the same effects.
            None => format!(
                "\u{1}{}",
                named(f, record).iter().map(|effect| key(&effect.text)).collect::<Vec<_>>().join("\u{1}")
            ),
        };
        if let Some(said) = &said {
            self.take(f.lines.sheet, said, Kind::Failure);
        }
        if let Some(known) = f.mode_places.get(&(holder, mode_key.clone())) {
            return *known;
        }
        let at = said
            .as_ref()
            .map_or(At::new(record.row, f.lines.table.columns.first().map_or(0, |column| column.column)), |said| {
                said.at
            });
        let text = said.map(|said| said.text).unwrap_or_default();
        let failure = self.failure(anchor, FailureRole::Mode, &text, f.lines.sheet, at);
        let place = f.modes.len();
        f.modes.push(Mode { id: failure, effects: Vec::new(), lines: HashMap::new(), severity: None });
        f.mode_places.insert((holder, mode_key), place);
        place
    }

    /// A new failure.
    pub fn failure(&mut self, anchor: Anchor, role: FailureRole, text: &str, sheet: usize, at: At) -> Id<Failure> {
        let order = self.next_order(holder(anchor), Kind::Failure);
        let failure = Failure {
            id: self.ids.next_id(),
            anchor,
            order,
            role,
            text: Text::from(text),
            severity: None,
            class: Text::default(),
            characteristic: None,
            effects: ModeEffects::default(),
            meta: self.origin(sheet, at),
        };
        self.failures.put(failure)
    }

    /// Takes in the effects of a line with their severity.
    pub fn effects<'t>(&mut self, f: &mut Fmea<'t>, record: &'t Record, place: &Place, mode: usize) {
        let sheet = f.lines.sheet;
        let mut effects = named(f, record);
        let higher = self.higher_function(f, record, place);
        let anchor = higher.map_or(Anchor::Element(place.effects_at), Anchor::Function);
        let severity = f.lines.decided(record, Field::Severity);
        let rating =
            severity.as_ref().and_then(|said| self.rating(sheet, said, ScaleRole::Severity, f.profile.as_deref()));
        if let Some(said) = &severity {
            self.take(sheet, said, Kind::Failure);
        }
        for effect in &effects {
            self.take(sheet, &effect.said, Kind::Failure);
        }
        if effects.is_empty()
            && let (Some(rating), Some(said)) = (&rating, &severity)
        {
            // A severity without an effect in the line is that of the effects the mode has, or of one without words.
            let rated = f.modes[mode]
                .effects
                .iter_mut()
                .find(|effect| effect.severity.as_ref().is_none_or(|known| known == rating));
            match rated {
                Some(effect) => effect.severity = Some(rating.clone()),
                None => {
                    let level = EffectLevel::EndUser;
                    let severity = Some(rating.clone());
                    f.modes[mode].effects.push(Effect { level, text: String::new(), severity, at: said.at, anchor });
                }
            }
            return;
        }
        // One severity beside several levels is that of the most remote one, unless the effects say their own.
        let remote = effects.iter().map(|effect| effect.level).max();
        let levels: usize =
            EffectLevel::ALL.iter().filter(|level| effects.iter().any(|effect| effect.level == **level)).count();
        let say_their_own = effects.iter().any(|effect| effect.severity.is_some());
        if levels > 1 && rating.is_some() && !say_their_own && !f.remarked_levels {
            f.remarked_levels = true;
            let text =
                "one severity stands beside effects at several levels: it is taken for that of the most remote level";
            self.account.remark(sheet, severity.as_ref().map(|said| said.at), text);
        }
        for effect in &mut effects {
            if effect.severity.is_none() && !say_their_own && Some(effect.level) == remote {
                effect.severity.clone_from(&rating);
            }
        }
        for effect in effects {
            self.add_effect(f, mode, effect, anchor);
        }
    }

    fn add_effect(&mut self, f: &mut Fmea<'_>, mode: usize, named: Named<'_>, anchor: Anchor) {
        let effects = &mut f.modes[mode].effects;
        let same = |effect: &&mut Effect| effect.level == named.level && key(&effect.text) == key(&named.text);
        let severities: Vec<Option<Rating>> =
            effects.iter_mut().filter(same).map(|effect| effect.severity.clone()).collect();
        if severities.contains(&named.severity) || (named.severity.is_none() && !severities.is_empty()) {
            return;
        }
        if let Some(unrated) = effects.iter_mut().filter(same).find(|effect| effect.severity.is_none()) {
            unrated.severity = named.severity;
            return;
        }
        if let (Some(Some(before)), Some(now)) = (severities.first(), &named.severity) {
            let text = format!(
                "the effect {} of one failure mode has severity {before} in another line and {now} here: both stand in the project, the higher one counts",
                quoted(&named.text)
            );
            self.account.remark(f.lines.sheet, Some(named.said.at), text);
        }
        effects.push(Effect {
            level: named.level,
            text: named.text,
            severity: named.severity,
            at: named.said.at,
            anchor,
        });
    }

    /// Makes the effects of all modes. Equal effects at the same place of the structure are one.
    pub fn finish_effects(&mut self, f: &mut Fmea<'_>) {
        let mut known: HashMap<(AnyId, String, Option<Rating>), Id<Failure>> = HashMap::new();
        for place in 0..f.modes.len() {
            let effects = std::mem::take(&mut f.modes[place].effects);
            f.modes[place].severity =
                worst(effects.iter().filter_map(|effect| effect.severity.as_ref()), f.profile.as_deref()).cloned();
            let mut linked = ModeEffects::default();
            for effect in effects {
                let effect_key = (holder(effect.anchor), key(&effect.text), effect.severity.clone());
                let id = match known.get(&effect_key) {
                    Some(id) => *id,
                    None => {
                        let id =
                            self.failure(effect.anchor, FailureRole::Effect, &effect.text, f.lines.sheet, effect.at);
                        if let Some(failure) = self.failures.get_mut(id) {
                            failure.severity = effect.severity;
                        }
                        known.insert(effect_key, id);
                        id
                    }
                };
                match linked.at_mut(effect.level) {
                    LevelEffects::Effects(links) if links.iter().any(|link| link.to.id() == id) => {}
                    LevelEffects::Effects(links) => links.push(link(id)),
                    blank => *blank = LevelEffects::Effects(vec![link(id)]),
                }
            }
            if let Some(mode) = self.failures.get_mut(f.modes[place].id) {
                mode.effects = linked;
            }
        }
    }
}

/// What holds the failures of an anchor.
pub(super) fn holder(anchor: Anchor) -> AnyId {
    match anchor {
        Anchor::Function(function) => function.into(),
        Anchor::Element(element) => element.into(),
    }
}

/// The effects that a line names.
fn named<'t>(f: &Fmea<'t>, record: &'t Record) -> Vec<Named<'t>> {
    let mut found = Vec::new();
    for (field, level) in COLUMNS {
        if let Some(said) = f.lines.said(record, field) {
            for said in f.lines.entries(&said) {
                found.push(Named { level, text: said.text.clone(), severity: None, said });
            }
        }
    }
    if let Some(said) = f.lines.said(record, Field::Effect) {
        match labelled(&said.text) {
            Some(effects) => found.extend(effects.into_iter().map(|(level, text, severity)| Named {
                level,
                text,
                severity,
                said: said.clone(),
            })),
            None => {
                let level = EffectLevel::EndUser;
                let entries = f.lines.entries(&said).into_iter();
                found.extend(entries.map(|said| Named { level, text: said.text.clone(), severity: None, said }));
            }
        }
    }
    found
}

/// Effects with the labels of their levels in front, as `Your plant: 100 % scrap (7)`; lines without a label go on with the one
/// above. `None` if the text does not begin with a label.
fn labelled(text: &str) -> Option<Vec<(EffectLevel, String, Option<Rating>)>> {
    let mut found: Vec<(EffectLevel, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let split =
            line.split_once([':', '：']).and_then(|(label, rest)| Some((words::effect_level(label)?, rest.trim())));
        match split {
            Some((level, rest)) => found.push((level, rest.to_owned())),
            None => {
                let (_, last) = found.last_mut()?;
                last.push('\n');
                last.push_str(line);
            }
        }
    }
    found.retain(|(_, text)| !text.is_empty());
    if found.is_empty() {
        return None;
    }
    let rated = |(level, text): (EffectLevel, String)| {
        let split = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        match split.and_then(|(words, digits)| Some((words.trim().to_owned(), digits.trim().parse::<u8>().ok()?))) {
            Some((words, number)) if !words.is_empty() => (level, words, Some(Rating::Number(number.into()))),
            _ => (level, text, None),
        }
    };
    Some(found.into_iter().map(rated).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_levels_part_effects_and_nothing_else_does() {
        let found = labelled("Your plant: 100 % scrap (7)\nEnd user: noise\nat high speed").unwrap();
        assert_eq!(
            found,
            [
                (EffectLevel::YourPlant, "100 % scrap".to_owned(), Some(Rating::Number(7))),
                (EffectLevel::EndUser, "noise\nat high speed".to_owned(), None),
            ]
        );
        for text in ["scrap\nrework", "Note: scrap", "1. scrap 2. rework", "scrap (7)", ""] {
            assert_eq!(labelled(text), None, "{text}");
        }
    }
}
