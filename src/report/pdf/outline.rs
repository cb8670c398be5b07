//! The list of bookmarks as a tree of PDF objects.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::display::{Display, Outline};
use super::text_string;

/// Writes the bookmarks. Gives the root for the catalog, or `None` if there are none.
pub(super) fn write(document: &mut Document, display: &Display, pages: &[ObjectId]) -> Option<ObjectId> {
    if display.outlines.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = display.outlines.iter().map(|_| document.new_object_id()).collect();
    let parents = parents(&display.outlines);
    // Children of the root are last.
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); ids.len() + 1];
    for (entry, parent) in parents.iter().enumerate() {
        children[parent.unwrap_or(ids.len())].push(entry);
    }
    for (entry, outline) in display.outlines.iter().enumerate() {
        let mut dictionary = Dictionary::new();
        dictionary.set("Title", text_string(&outline.title));
        dictionary.set("Parent", parents[entry].map_or(root, |parent| ids[parent]));
        if let (Some(page), Some(sheet)) = (pages.get(outline.page), display.pages.get(outline.page)) {
            let top = Object::Real((sheet.height - outline.y).round());
            dictionary.set("Dest", vec![(*page).into(), "XYZ".into(), Object::Null, top, Object::Null]);
        }
        let siblings = &children[parents[entry].unwrap_or(ids.len())];
        if let Ok(at) = siblings.binary_search(&entry) {
            if at > 0 {
                dictionary.set("Prev", ids[siblings[at - 1]]);
            }
            if let Some(next) = siblings.get(at + 1) {
                dictionary.set("Next", ids[*next]);
            }
        }
        link_children(&mut dictionary, &children[entry], &ids, -1);
        document.set_object(ids[entry], dictionary);
    }
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", "Outlines");
    link_children(&mut dictionary, &children[ids.len()], &ids, 1);
    document.set_object(root, dictionary);
    Some(root)
}

/// First, last and number of children; the number is negative where the list starts folded.
fn link_children(dictionary: &mut Dictionary, children: &[usize], ids: &[ObjectId], sign: i64) {
    if let (Some(first), Some(last)) = (children.first(), children.last()) {
        dictionary.set("First", ids[*first]);
        dictionary.set("Last", ids[*last]);
        dictionary.set("Count", sign * children.len() as i64);
    }
}

/// For each entry the nearest one before it with a lower level.
fn parents(outlines: &[Outline]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(outlines.len());
    for (entry, outline) in outlines.iter().enumerate() {
        while open.last().is_some_and(|last| outlines[*last].level >= outline.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(entry);
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_make_a_tree_even_where_one_is_left_out() {
        let outline = |level| Outline { level, title: String::new(), page: 0, y: 0.0 };
        let outlines = [0, 1, 3, 1, 0, 2, 1].map(outline);
        assert_eq!(parents(&outlines), [None, Some(0), Some(1), Some(0), None, Some(4), Some(4)]);
    }
}
