//! Where the cursor was: back and forward, as in a browser.

use crate::model::AnyId;
use crate::ui::page::Page;

use super::Workspace;

/// How many places are remembered.
const LONGEST: usize = 200;

/// A place: a page and, if the cursor stood on a row, the item of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    page: Page,
    item: Option<AnyId>,
}

/// The places in the order in which they were visited.
#[derive(Debug, Default)]
pub(super) struct Trail {
    places: Vec<Place>,
    at: usize,
}

impl Trail {
    /// Notes a place. Moving about on a page is one place; what lay ahead is forgotten.
    fn note(&mut self, place: Place) {
        if let Some(now) = self.places.get_mut(self.at).filter(|now| now.page == place.page) {
            now.item = place.item.or(now.item);
            return;
        }
        self.push(place);
    }

    fn push(&mut self, place: Place) {
        self.places.truncate(self.at + 1);
        self.places.push(place);
        if self.places.len() > LONGEST {
            self.places.remove(0);
        }
        self.at = self.places.len() - 1;
    }

    fn step(&self, by: isize) -> Option<usize> {
        self.at.checked_add_signed(by).filter(|at| *at < self.places.len())
    }
}

impl Workspace {
    /// Notes where the cursor stands; done once a frame.
    pub(super) fn note_place(&mut self) {
        if let Some(page) = self.page() {
            let item = self.selected.map(|selected| selected.row);
            self.trail.note(Place { page, item });
        }
    }

    /// Keeps the place where the cursor stands before it jumps to another.
    pub(super) fn leave_place(&mut self) {
        self.note_place();
        if let Some(now) = self.trail.places.get(self.trail.at).copied() {
            self.trail.push(now);
        }
    }

    /// Whether there is a place before (-1) or behind (1) this one.
    pub fn can_go(&self, by: isize) -> bool {
        self.trail.step(by).is_some()
    }

    /// Goes to the place before (-1) or behind (1) this one; places that are gone are passed over.
    pub(super) fn go(&mut self, by: isize) {
        while let Some(at) = self.trail.step(by) {
            self.trail.at = at;
            let place = self.trail.places[at];
            let exists = self.tabs.iter().any(|tab| tab.page == place.page);
            let here = Some(place) == self.page().map(|page| Place { page, item: self.selected.map(|now| now.row) });
            if !exists || here {
                continue;
            }
            self.show_page(place.page);
            if let Some(item) = place.item.filter(|item| self.desk.project().contains(*item)) {
                self.go_to(item, None);
            }
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::form::ListKind;

    #[test]
    fn a_new_way_forgets_what_lay_ahead() {
        let place = |list| Place { page: Page::List(list), item: None };
        let mut trail = Trail::default();
        trail.note(place(ListKind::Actions));
        trail.note(place(ListKind::Actions));
        trail.note(place(ListKind::Characteristics));
        assert_eq!((trail.places.len(), trail.at), (2, 1));
        trail.at = trail.step(-1).unwrap();
        assert_eq!(trail.step(-1), None);
        trail.note(place(ListKind::CharacteristicMatrix));
        assert_eq!(trail.places, [place(ListKind::Actions), place(ListKind::CharacteristicMatrix)]);
        assert_eq!(trail.step(1), None);
    }
}
