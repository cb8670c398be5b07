//! Which parts something applies to, so that one project can serve a family.

use crate::base::Text;
use crate::base::text::normalized;
use crate::model::control_plan::PlanRow;
use crate::model::document::Document;
use crate::model::flow::Step;
use crate::model::fmea::Control;
use crate::model::item::{AnyId, Item, Kind};
use crate::model::project::Project;
use crate::model::project_data::Part;
use crate::model::reference::{Ref, Reference};
use crate::model::relation::Relation;
use crate::model::risk::Risk;

/// Which parts something applies to: one type for steps, risks, controls, rows and specifications, so that one project can
/// serve a family.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Applicability {
    /// Every part.
    #[default]
    AllParts,
    /// The named parts only.
    Parts(Vec<Ref<Part>>),
}

impl Reference for Applicability {
    fn visit(&self, relation: Relation, found: &mut dyn FnMut(Relation, AnyId)) {
        if let Self::Parts(parts) = self {
            parts.visit(relation, found);
        }
    }

    fn detach(&mut self, target: AnyId, label: &Text) {
        if let Self::Parts(parts) = self {
            parts.detach(target, label);
        }
    }

    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
        match self {
            Self::AllParts => false,
            Self::Parts(parts) => parts.reconcile(exists),
        }
    }
}

impl Applicability {
    /// The named parts; none if it is every part.
    pub fn parts(&self) -> &[Ref<Part>] {
        match self {
            Self::AllParts => &[],
            Self::Parts(parts) => parts,
        }
    }
}

impl Item {
    /// Which parts the item applies to, if that is said of its kind.
    pub fn applicability(&self) -> Option<&Applicability> {
        Some(match self {
            Self::Document(document) => &document.applicability,
            Self::Step(step) => &step.applicability,
            Self::Risk(risk) => &risk.applicability,
            Self::Control(control) => &control.applicability,
            Self::PlanRow(row) => &row.applicability,
            _ => return None,
        })
    }

    /// The item applying to other parts; unchanged if that is not said of its kind.
    #[must_use]
    pub fn applying_to(self, applicability: Applicability) -> Self {
        match self {
            Self::Document(document) => Document { applicability, ..(*document).clone() }.into(),
            Self::Step(step) => Step { applicability, ..(*step).clone() }.into(),
            Self::Risk(risk) => Risk { applicability, ..(*risk).clone() }.into(),
            Self::Control(control) => Control { applicability, ..(*control).clone() }.into(),
            Self::PlanRow(row) => PlanRow { applicability, ..(*row).clone() }.into(),
            other => other,
        }
    }
}

/// What stands for every part.
pub const ALL_PARTS: &str = "All parts";
/// What stands for a list without parts, which remains when the last of them was deleted.
pub const NO_PART: &str = "No part";

impl Project {
    /// How forms name a part: by its number, or by all that is known of it if it has none.
    pub fn part_text(&self, reference: &Ref<Part>) -> String {
        match reference.present().and_then(|id| self.get(id)) {
            Some(part) if !part.number.is_blank() => part.number.to_string(),
            _ => self.target_text(reference),
        }
    }

    /// The parts that something applies to, in words: every part, or their numbers.
    pub fn applicability_text(&self, applicability: &Applicability) -> String {
        match applicability {
            Applicability::AllParts => ALL_PARTS.to_owned(),
            Applicability::Parts(parts) if parts.is_empty() => NO_PART.to_owned(),
            Applicability::Parts(parts) => parts.iter().map(|part| self.part_text(part)).collect::<Vec<_>>().join(", "),
        }
    }

    /// The part that goes by these words: its number, its name, or both.
    pub fn part_called(&self, words: &str) -> Option<&Part> {
        let wanted = normalized(words);
        let parts = self.all_in_order::<Part>();
        let goes_by = |words: &str| normalized(words) == wanted;
        let by_number = parts.iter().find(|part| goes_by(&part.number));
        let by_more = || parts.iter().find(|part| goes_by(&part.name) || goes_by(&self.label(part.id.into())));
        by_number.or_else(by_more).copied().filter(|_| !wanted.is_empty())
    }

    /// Whether anything of a kind applies to some parts only.
    pub fn differs_by_part(&self, kind: Kind) -> bool {
        let applies = |part| self.sources(part, Relation::AppliesToPart);
        self.members::<Part>().into_iter().any(|part| applies(part).iter().any(|source| source.id.kind() == kind))
    }
}
