//! Cells of failure analysis (step 4): effects, severity, mode and cause.

use crate::model::field::Field;
use crate::model::fmea::{EffectLevel, ElementKind, Failure, LevelEffects};
use crate::model::form::table::{Filled, List, NewItem, Part, Target};
use crate::model::profile::ScaleRole;
use crate::model::reference::Link;
use crate::model::relation::Relation;

use super::Context;
use super::rows::Entry;

impl Context<'_> {
    pub(super) fn effects(&self, entry: &Entry<'_>) -> Filled {
        let Some(mode) = entry.mode else { return Filled::empty() };
        let mut parts = Vec::new();
        for level in EffectLevel::ALL {
            match mode.effects.at(level) {
                LevelEffects::NotConsidered => {}
                LevelEffects::NotKnown => {
                    parts.push(Part { quiet: true, ..Part::plain(format!("{}: not known", level.name())) });
                }
                LevelEffects::NotApplicable { because } => {
                    parts.push(Part {
                        quiet: true,
                        ..Part::plain(format!("{}: not applicable: {because}", level.name()))
                    });
                }
                LevelEffects::Effects(links) => parts.extend(links.iter().map(|link| self.effect_part(level, link))),
            }
        }
        Filled::new(parts, Target::List { owner: mode.id.into(), list: List::Effects }).prompted("+ effect")
    }

    fn effect_part(&self, level: EffectLevel, link: &Link<Failure>) -> Part {
        let mut part = Part { suspect: self.project.is_suspect(link), ..Part::default() };
        match link.to.present().and_then(|id| self.project.get(id)) {
            Some(effect) => {
                let severity = effect.severity.as_ref().map(|rating| format!(" ({rating})")).unwrap_or_default();
                part.text = format!("{}: {}{severity}", level.name(), effect.text);
                part.item = Some(effect.id.into());
                part.uses = self.project.sources(effect.id, Relation::ModeEffect).len();
            }
            None => {
                let label = link.to.last_label().map(ToString::to_string).unwrap_or_default();
                part.text = format!("{}: {label}", level.name());
                part.missing = true;
            }
        }
        part
    }

    pub(super) fn severity(&self, entry: &Entry<'_>) -> Filled {
        let Some(mode) = entry.mode else { return Filled::empty() };
        let scale = self
            .form
            .document
            .and_then(|fmea| self.project.profile(fmea))
            .and_then(|profile| profile.scale(ScaleRole::Severity));
        match self.project.mode_severity(mode, scale) {
            Some(found) => match found.path.last() {
                Some(rated) => Filled::field(*rated, Field::Severity, found.rating.to_string()),
                None => Filled::empty(),
            },
            None => match mode.effects.links().find_map(|(_, link)| link.to.present()) {
                Some(first) => Filled::field(first, Field::Severity, "").prompted("S"),
                None => Filled::empty(),
            },
        }
    }

    pub(super) fn mode(&self, entry: &Entry<'_>) -> Filled {
        match (entry.mode, entry.function) {
            (Some(mode), _) => {
                let mut filled = Filled::field(mode.id, Field::Text, mode.text.as_str());
                if let (Some(link), Some(part)) = (&mode.characteristic, filled.parts.first_mut()) {
                    part.suspect = self.project.is_suspect(link);
                }
                filled.prompted("+ failure mode")
            }
            (None, Some(function)) => Filled::create(function.id, NewItem::Mode, "+ failure mode"),
            (None, None) if entry.work.is_none() && self.focus.kind != ElementKind::Higher => {
                Filled::create(self.focus.id, NewItem::Mode, "+ failure mode")
            }
            (None, None) => Filled::empty(),
        }
    }

    pub(super) fn cause(&self, entry: &Entry<'_>) -> Filled {
        match (entry.cause, entry.mode) {
            (Some(cause), _) => {
                let mut filled = Filled::field(cause.id, Field::Text, cause.text.as_str());
                let uses = self.project.sources(cause.id, Relation::RiskOfCause).len();
                if let Some(part) = filled.parts.first_mut() {
                    part.item = Some(cause.id.into());
                    part.uses = uses;
                    part.suspect = cause.characteristic.as_ref().is_some_and(|link| self.project.is_suspect(link));
                }
                filled.prompted("+ cause")
            }
            (None, Some(mode)) => Filled::create(mode.id, NewItem::Cause, "+ cause"),
            (None, None) => Filled::empty(),
        }
    }
}
