//! Failure effects as forms print them: `Your plant: 100 % scrap (7)`, a line each.

use std::collections::HashMap;

use crate::base::{Id, Text};
use crate::exchange::import::build::{Builder, effects::holder, link};
use crate::exchange::import::table::{Field, Record};
use crate::model::fmea::{Anchor, EffectLevel, Failure, FailureRole, LevelEffects, ModeEffects};
use crate::model::item::{AnyId, Kind};
use crate::model::rating::Rating;

use super::cells::Cells;

/// Effects by where they stand, words and severity: equal ones are one.
pub(super) type Effects = HashMap<(AnyId, String, Option<Rating>), Id<Failure>>;

/// What a line says at a level.
#[derive(Debug, PartialEq)]
enum Said {
    Effect { text: String, severity: Option<Rating> },
    NotKnown,
    NotApplicable(String),
}

/// A rating as a form prints it.
pub(super) fn rating(text: &str) -> Option<Rating> {
    let text = text.trim();
    let number = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
    match number {
        Some(number) => Some(Rating::Number(number)),
        None => (!text.is_empty()).then(|| Rating::Other(Text::from(text))),
    }
}

/// The lines of a cell of effects beside the severity of all of them.
fn read(text: &str, severity: &str) -> Vec<(EffectLevel, Said)> {
    let mut found: Vec<(EffectLevel, String)> = Vec::new();
    for line in text.split('\n') {
        let at_level = EffectLevel::ALL.into_iter().find_map(|level| {
            let rest = line.strip_prefix(level.name())?.strip_prefix(':')?;
            Some((level, rest.strip_prefix(' ').unwrap_or(rest).to_owned()))
        });
        match (at_level, found.last_mut()) {
            (Some(next), _) => found.push(next),
            (None, Some((_, last))) => {
                last.push('\n');
                last.push_str(line);
            }
            (None, None) => found.push((EffectLevel::EndUser, line.to_owned())),
        }
    }
    // A statement about a level stands there alone.
    let alone = |level: EffectLevel| found.iter().filter(|(other, _)| *other == level).count() == 1;
    let said = |level: EffectLevel, text: &str| match text.strip_prefix("not applicable: ") {
        Some(because) if alone(level) => Said::NotApplicable(because.to_owned()),
        None if text == "not known" && alone(level) => Said::NotKnown,
        _ => {
            let split = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).filter(|_| !severity.is_empty());
            let rated = split.filter(|(_, inside)| inside.parse::<i64>().is_ok() || *inside == severity);
            match rated.and_then(|(words, inside)| Some((words.strip_suffix(' ')?.to_owned(), rating(inside)))) {
                Some((text, severity)) => Said::Effect { text, severity },
                None => Said::Effect { text: text.to_owned(), severity: None },
            }
        }
    };
    found.iter().map(|(level, text)| (*level, said(*level, text))).collect()
}

impl<'t> Builder<'t> {
    /// The effects of a failure mode.
    pub(super) fn own_effects(
        &mut self,
        (cells, record): (&Cells<'t>, &'t Record),
        mode: Id<Failure>,
        anchor: Anchor,
        known: &mut Effects,
    ) {
        self.told(cells, record, &[Field::Effect, Field::Severity], Kind::Failure);
        let severity = cells.text(record, Field::Severity);
        let text = cells.text(record, Field::Effect);
        let mut effects = if text.is_empty() { Vec::new() } else { read(&text, &severity) };
        // The severity is that of an effect, if not of one that says so.
        let is_rated = |(_, said): &(EffectLevel, Said)| matches!(said, Said::Effect { severity: Some(_), .. });
        if !severity.is_empty() && !effects.iter().any(is_rated) {
            let first = effects.iter_mut().find_map(|(_, said)| match said {
                Said::Effect { severity, .. } => Some(severity),
                _ => None,
            });
            match first {
                Some(unrated) => *unrated = rating(&severity),
                None => effects
                    .push((EffectLevel::EndUser, Said::Effect { text: String::new(), severity: rating(&severity) })),
            }
        }
        let mut linked = ModeEffects::default();
        for (level, said) in effects {
            let slot = linked.at_mut(level);
            match said {
                Said::NotKnown => *slot = LevelEffects::NotKnown,
                Said::NotApplicable(because) => *slot = LevelEffects::NotApplicable { because: Text::from(because) },
                Said::Effect { text, severity } => {
                    let place = (holder(anchor), text, severity);
                    let is_here = |id: &Id<Failure>| matches!(&*slot, LevelEffects::Effects(links) if links.iter().any(|link| link.to.id() == *id));
                    let id = match known.get(&place).filter(|id| !is_here(id)) {
                        Some(id) => *id,
                        None => {
                            let at = cells.at(record, Field::Effect);
                            let id = self.failure(anchor, FailureRole::Effect, &place.1, cells.sheet, at);
                            if let Some(failure) = self.failures.get_mut(id) {
                                failure.severity.clone_from(&place.2);
                            }
                            known.insert(place, id);
                            id
                        }
                    };
                    match slot {
                        LevelEffects::Effects(links) => links.push(link(id)),
                        blank => *blank = LevelEffects::Effects(vec![link(id)]),
                    }
                }
            }
        }
        if let Some(mode) = self.failures.get_mut(mode) {
            mode.effects = linked;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_read_back() {
        let effect = |text: &str, severity: Option<i64>| Said::Effect {
            text: text.to_owned(),
            severity: severity.map(Rating::Number),
        };
        let text = "Your plant: scrap (100 %) (7)\nShip-to plant: not known\nEnd user: noise\nat high speed";
        let text = text.replace("Ship-to plant", EffectLevel::ShipToPlant.name());
        let found: Vec<Said> = read(&text, "7").into_iter().map(|(_, said)| said).collect();
        assert_eq!(found, [effect("scrap (100 %)", Some(7)), Said::NotKnown, effect("noise\nat high speed", None)]);
        // Without a severity beside it a number in brackets is none.
        assert_eq!(read("End user: scrap (7)", "")[0].1, effect("scrap (7)", None));
    }
}
