//! All rating profiles that are known, and evaluations that need more than one of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::profile::{Evaluation, ProfileError, RatingProfile};
use crate::model::rating::{Priority, Rating};

/// The rating profiles by id, shipped and the project's own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProfileSet {
    profiles: BTreeMap<String, Arc<RatingProfile>>,
}

/// A value and whether it may be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluated<T> {
    /// The value.
    pub value: T,
    /// Whether the ratings were made on scales that the evaluation was not made for; output marks it "indicative".
    pub indicative: bool,
}

impl ProfileSet {
    /// Adds a profile.
    ///
    /// # Errors
    /// If its id is taken. Nothing is added then.
    pub fn add(&mut self, profile: RatingProfile) -> Result<(), ProfileError> {
        if self.profiles.contains_key(profile.id()) {
            return Err(ProfileError::DuplicateId(profile.id().to_owned()));
        }
        self.profiles.insert(profile.id().to_owned(), Arc::new(profile));
        Ok(())
    }

    /// The profile with this id.
    pub fn get(&self, id: &str) -> Option<&Arc<RatingProfile>> {
        self.profiles.get(id)
    }

    /// All profiles in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<RatingProfile>> {
        self.profiles.values()
    }

    /// The action priority of ratings made with `profile`: from its own table, or an indicative one from the table that
    /// it names, as forms of the 4th edition may show beside the number.
    pub fn action_priority(
        &self,
        profile: &RatingProfile,
        severity: &Rating,
        second: &Rating,
        third: &Rating,
    ) -> Option<Evaluated<Priority>> {
        match profile.evaluation() {
            Evaluation::ActionPriority { .. } => {
                let value = profile.action_priority(severity, second, third)?;
                Some(Evaluated { value, indicative: false })
            }
            Evaluation::RiskPriorityNumber { indicative_priority_from, .. } => {
                let table = self.get(indicative_priority_from.as_deref()?)?;
                let value = table.action_priority(severity, second, third)?;
                Some(Evaluated { value, indicative: true })
            }
        }
    }

    /// The risk priority number of ratings made with `profile`; indicative where the profile evaluates by priority.
    pub fn rpn(
        &self,
        profile: &RatingProfile,
        severity: &Rating,
        occurrence: &Rating,
        detection: &Rating,
    ) -> Option<Evaluated<i64>> {
        let value = profile.rpn(severity, occurrence, detection)?;
        Some(Evaluated { value, indicative: matches!(profile.evaluation(), Evaluation::ActionPriority { .. }) })
    }
}
