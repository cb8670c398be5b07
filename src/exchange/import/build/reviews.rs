//! New links are born reviewed. What they point at is finished last, so this comes at the end.

use std::collections::HashMap;

use crate::base::Id;
use crate::model::Project;
use crate::model::control_plan::Subject;
use crate::model::fmea::{EffectLevel, Failure, FailureRole, LevelEffects};
use crate::model::reference::{Link, Review};
use crate::model::review::{Reviewed, review};

use super::draft::Drafts;
use super::{Builder, Stamp};

impl Builder<'_> {
    /// Links are born reviewed, against their targets as they are in the end.
    pub fn review_links(&mut self) {
        let Self { project, stamp, steps, characteristics, failures, elements, functions, rows, controls, .. } = self;
        for element in elements.iter_mut() {
            element.steps.iter_mut().for_each(|link| review_link(link, project, steps, stamp));
        }
        for function in functions.iter_mut() {
            function.characteristics.iter_mut().for_each(|link| review_link(link, project, characteristics, stamp));
        }
        for row in rows.iter_mut() {
            review_link(&mut row.step, project, steps, stamp);
            if let Subject::Characteristic(link) = &mut row.subject {
                review_link(link, project, characteristics, stamp);
            }
            row.controls.iter_mut().for_each(|link| review_link(link, project, controls, stamp));
        }
        let effects: HashMap<Id<Failure>, Review> = failures
            .iter()
            .filter(|failure| failure.role == FailureRole::Effect)
            .map(|failure| (failure.id, review(failure, &stamp.by, Some(stamp.on))))
            .collect();
        for failure in failures.iter_mut() {
            if let Some(link) = &mut failure.characteristic {
                review_link(link, project, characteristics, stamp);
            }
            for level in EffectLevel::ALL {
                if let LevelEffects::Effects(links) = failure.effects.at_mut(level) {
                    for link in links {
                        if let Some(reviewed) = effects.get(&link.to.id()) {
                            link.reviewed = reviewed.clone();
                        }
                    }
                }
            }
        }
    }
}

fn review_link<T: Reviewed>(link: &mut Link<T>, project: &Project, drafts: &Drafts<T>, stamp: &Stamp) {
    if link.reviewed.values.is_empty()
        && let Some(target) = drafts.look(project, link.to.id())
    {
        link.reviewed = review(target, &stamp.by, Some(stamp.on));
    }
}
