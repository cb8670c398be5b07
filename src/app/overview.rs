//! How the project stands, counted off the frame.

use crate::app::lookup::{IsCurrent, Question};
use crate::base::Id;
use crate::base::clock::Date;
use crate::model::Project;
use crate::model::document::Document;
use crate::model::overview::{Overview, Priorities};

/// Asks how the project stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HowItStands {
    /// The day by which actions are late.
    pub today: Date,
}

impl Question for HowItStands {
    type Answer = Overview;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Overview> {
        Overview::of(project, self.today, is_current)
    }
}

/// Asks how many lines of an FMEA have each priority now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountPriorities {
    /// The document.
    pub fmea: Id<Document>,
}

impl Question for CountPriorities {
    /// None for an FMEA that is evaluated by the risk priority number.
    type Answer = Option<Priorities>;

    fn answer(&self, project: &Project, is_current: IsCurrent<'_>) -> Option<Option<Priorities>> {
        Priorities::count(project, self.fmea, is_current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::generate::generate;
    use crate::app::samples;
    use crate::model::risk::{Action, Risk};

    fn stands(project: &Project) -> Overview {
        HowItStands { today: "2026-11-24".parse().unwrap() }.answer(project, &|| true).unwrap()
    }

    #[test]
    fn every_line_is_counted_once_in_every_figure() {
        let project = generate(crate::app::library().unwrap(), 200, 1, "2026-11-24".parse().unwrap());
        let overview = stands(&project);
        let [fmea] = overview.fmeas.as_slice() else { panic!("one FMEA") };
        assert_eq!(fmea.lines, project.count::<Risk>());
        let sum = |found: &Priorities| found.high + found.medium + found.low + found.unrated;
        for (moment, priorities, _) in &fmea.moments {
            assert_eq!(sum(priorities), fmea.lines, "{moment}");
        }
        let in_map: usize = fmea.heat.cells.iter().flatten().map(|(count, _)| count).sum();
        assert_eq!(in_map + fmea.heat.outside, fmea.lines);
        assert_eq!(overview.statuses.iter().map(|(_, count)| count).sum::<usize>(), project.count::<Action>());
    }

    #[test]
    fn the_worst_step_of_a_sample_comes_first_and_actions_lower_the_risk() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("brake");
        samples::write_to(samples::sample("electric-parking-brake").unwrap(), &folder).unwrap();
        let project = crate::store::open::open(&folder, crate::app::library().unwrap()).unwrap().project;
        let overview = stands(&project);
        let fmea = &overview.fmeas[0];
        let [_, (_, now, rpn_now), (_, after, rpn_after)] = fmea.moments;
        assert!(after.high < now.high && rpn_after < rpn_now, "{:?}", fmea.moments);
        let urgent: Vec<usize> = fmea.steps.iter().map(|step| step.priorities.high).collect();
        assert!(urgent.is_sorted_by(|left, right| left >= right), "{urgent:?}");
        assert!(overview.overdue.len() <= overview.overdue_count);
    }
}
