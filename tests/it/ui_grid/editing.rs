//! Editing in place: what starts it, what is committed, and what never moves.

use eframe::egui::{self, Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use goldthread::ui::grid::{CellAddress, GridEvent};

use super::{at, cell, enter_text, press, press_with, window};

#[test]
fn typing_replaces_and_enter_commits_and_goes_down() {
    let mut harness = at(3, 1000, 100, "cause");
    enter_text(&mut harness, "Worn");
    assert!(harness.state().grid.is_editing());
    harness.get_by_label("Edit Failure cause, 10 line 1");
    press(&mut harness, &[Key::Enter]);
    let window = harness.state();
    assert_eq!(window.commits(), [(CellAddress::new(1000, 100, "cause"), "Worn")]);
    assert_eq!(window.cursor(), (1000, 101, "cause"));
    cell(&harness, "Failure cause, 10 line 1: Worn");
}

#[test]
fn f2_keeps_the_text_and_escape_gives_up() {
    let mut harness = at(3, 1000, 100, "cause");
    press(&mut harness, &[Key::F2]);
    enter_text(&mut harness, " out");
    press(&mut harness, &[Key::Escape]);
    assert!(!harness.state().grid.is_editing());
    assert!(harness.state().commits().is_empty());
    press(&mut harness, &[Key::F2]);
    enter_text(&mut harness, " out");
    press(&mut harness, &[Key::Enter]);
    assert_eq!(harness.state().commits(), [(CellAddress::new(1000, 100, "cause"), "Bit worn out")]);
}

#[test]
fn an_edit_that_changes_nothing_is_no_commit_and_tab_moves_on() {
    let mut harness = at(3, 1000, 101, "mode");
    press(&mut harness, &[Key::F2, Key::Tab]);
    assert!(harness.state().commits().is_empty());
    assert_eq!(harness.state().cursor(), (1000, 101, "cause"));
    enter_text(&mut harness, "New");
    press_with(&mut harness, Modifiers::SHIFT, Key::Tab);
    assert_eq!(harness.state().commits(), [(CellAddress::new(1000, 101, "cause"), "New")]);
    assert_eq!(harness.state().cursor(), (1000, 101, "mode"));
}

#[test]
fn a_merged_cell_commits_by_its_first_row_from_any_of_its_rows() {
    let mut harness = at(3, 1000, 103, "mode");
    enter_text(&mut harness, "x");
    press(&mut harness, &[Key::Enter]);
    assert_eq!(harness.state().commits(), [(CellAddress::new(1000, 100, "mode"), "x")]);
    assert_eq!(harness.state().cursor(), (1000, 104, "mode"));
}

#[test]
fn a_rating_of_one_waits_for_ten() {
    let mut harness = at(3, 1000, 100, "occurrence");
    enter_text(&mut harness, "1");
    assert!(harness.state().grid.is_editing());
    enter_text(&mut harness, "0");
    press(&mut harness, &[Key::Enter]);
    enter_text(&mut harness, "1");
    press(&mut harness, &[Key::Tab]);
    let texts: Vec<_> = harness.state().commits().into_iter().map(|commit| commit.1).collect();
    assert_eq!(texts, ["10", "1"]);
}

#[test]
fn a_rating_that_is_not_on_the_scale_is_passed_on_as_typed() {
    let mut harness = at(3, 1000, 100, "occurrence");
    enter_text(&mut harness, "77");
    press(&mut harness, &[Key::Enter]);
    assert_eq!(harness.state().commits(), [(CellAddress::new(1000, 100, "occurrence"), "77")]);
}

#[test]
fn a_choice_is_filtered_while_typing_and_walked_with_arrows() {
    let mut harness = at(3, 1000, 101, "status");
    enter_text(&mut harness, "pend");
    harness.get_by_label("Decision pending");
    assert!(harness.query_by_label("Completed").is_none());
    press(&mut harness, &[Key::ArrowDown, Key::Enter]);
    enter_text(&mut harness, " ");
    assert!(harness.query_by_label("Completed").is_some(), "space opens the whole list");
    harness.get_by_label("Completed").click();
    harness.run();
    let texts: Vec<_> = harness.state().commits().into_iter().map(|commit| commit.1).collect();
    assert_eq!(texts, ["Implementation pending", "Completed"]);
    assert!(!harness.state().grid.is_editing());
}

#[test]
fn completions_appear_while_typing_and_are_only_taken_by_choice() {
    let mut harness = at(3, 1000, 101, "cause");
    enter_text(&mut harness, "th");
    harness.get_by_label("Thread contaminated by grease from the step before");
    press(&mut harness, &[Key::Enter]);
    enter_text(&mut harness, "th");
    press(&mut harness, &[Key::ArrowDown, Key::Enter]);
    let texts: Vec<_> = harness.state().commits().into_iter().map(|commit| commit.1).collect();
    assert_eq!(texts, ["th"]);
    assert_eq!(harness.state().cursor(), (1000, 103, "cause"), "row 102 already said what was chosen");
}

#[test]
fn alt_enter_breaks_the_line() {
    let mut harness = at(3, 1000, 100, "cause");
    enter_text(&mut harness, "a");
    press_with(&mut harness, Modifiers::ALT, Key::Enter);
    enter_text(&mut harness, "b");
    press(&mut harness, &[Key::Enter]);
    assert_eq!(harness.state().commits(), [(CellAddress::new(1000, 100, "cause"), "a\nb")]);
}

#[test]
fn what_is_typed_within_one_frame_lands_in_the_right_cells() {
    let mut harness = at(3, 1000, 100, "occurrence");
    let key = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let text = |text: &str| Event::Text(text.to_owned());
    harness.input_mut().events.extend([text("1"), text("0"), key(Key::Enter), text("8"), key(Key::Enter)]);
    harness.run();
    let commits = harness.state().commits();
    assert_eq!(
        commits,
        [(CellAddress::new(1000, 100, "occurrence"), "10"), (CellAddress::new(1000, 101, "occurrence"), "8")]
    );
}

#[test]
fn a_long_draft_moves_nothing_else() {
    let mut harness = at(3, 1000, 102, "cause");
    let label = "Failure cause, 10 line 5: Bit worn";
    let before = cell(&harness, label).rect();
    press(&mut harness, &[Key::F2]);
    for _ in 0..30 {
        enter_text(&mut harness, " and more words");
    }
    assert_eq!(cell(&harness, label).rect(), before);
    let field = harness.get_by_label("Edit Failure cause, 10 line 3").rect();
    assert!(field.bottom() > before.top(), "the field grows over its neighbours");
}

#[test]
fn pointing_elsewhere_commits_the_draft() {
    let mut harness = at(3, 1000, 100, "cause");
    enter_text(&mut harness, "Draft");
    cell(&harness, "Failure cause, 10 line 5: Bit worn").click();
    harness.run();
    assert_eq!(harness.state().commits(), [(CellAddress::new(1000, 100, "cause"), "Draft")]);
    assert_eq!(harness.state().cursor(), (1000, 104, "cause"));
    assert!(!harness.state().grid.is_editing());
}

#[test]
fn a_draft_can_be_taken_before_another_command() {
    let mut harness = at(3, 1000, 100, "cause");
    enter_text(&mut harness, "Draft");
    let draft = harness.state_mut().grid.take_draft();
    assert_eq!(draft, Some((CellAddress::new(1000, 100, "cause"), "Draft".to_owned())));
    harness.run();
    assert!(harness.state().commits().is_empty());
    assert!(harness.state_mut().grid.take_draft().is_none());
}

#[test]
fn a_double_click_edits_and_a_read_only_cell_asks_its_view() {
    let mut harness = window(3);
    for label in ["Failure cause, 10 line 1: Bit worn", "AP, 10 line 1: H"] {
        let pos = cell(&harness, label).rect().center();
        for pressed in [true, false, true, false] {
            harness.event(Event::PointerMoved(pos));
            let button = egui::PointerButton::Primary;
            harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        }
        harness.run();
        if label.starts_with("AP") {
            assert!(!harness.state().grid.is_editing());
        } else {
            assert!(harness.state().grid.is_editing());
            press(&mut harness, &[Key::Escape]);
        }
    }
    let asked = GridEvent::Activate(CellAddress::new(1000, 100, "priority"));
    assert!(harness.state().events.contains(&asked));
}

#[test]
fn a_refused_commit_can_be_reopened_with_what_was_typed() {
    let mut harness = at(3, 1000, 100, "occurrence");
    harness.state_mut().obey = false;
    enter_text(&mut harness, "77");
    press(&mut harness, &[Key::Enter]);
    let at = CellAddress::new(1000, 100, "occurrence");
    harness.state_mut().grid.edit_again(at, "77".to_owned(), "Not on the scale".to_owned());
    harness.run();
    assert_eq!(harness.get_by_label("Edit O, 10 line 1").value().as_deref(), Some("77"));
    assert_eq!(harness.state().cursor(), (1000, 100, "occurrence"));
    harness.get_by_label("Not on the scale");
    enter_text(&mut harness, "8");
    assert!(harness.query_by_label("Not on the scale").is_none(), "it was about what was typed before");
    press(&mut harness, &[Key::Escape]);
    assert!(!harness.state().grid.is_editing());
}

/// The answers that came with commits.
fn answers(harness: &egui_kittest::Harness<'_, super::Window>) -> Vec<usize> {
    let answer = |event: &GridEvent| match event {
        GridEvent::Commit { answer, .. } => Some(*answer),
        _ => None,
    };
    harness.state().events.iter().filter_map(answer).collect()
}

#[test]
fn what_has_to_be_answered_is_asked_at_the_cell_and_by_keyboard() {
    let mut harness = at(3, 1000, 100, "cause");
    enter_text(&mut harness, "shared words");
    press(&mut harness, &[Key::Enter]);
    harness.get_by_label("It is used 12×");
    assert!(harness.state().commits().is_empty());
    press(&mut harness, &[Key::Escape]);
    assert!(harness.query_by_label("It is used 12×").is_none());
    assert!(harness.state().grid.is_editing(), "Escape goes back to the text");
    press(&mut harness, &[Key::Enter, Key::Enter]);
    assert_eq!((answers(&harness), harness.state().cursor()), (vec![0], (1000, 101, "cause")));

    enter_text(&mut harness, "shared too");
    press(&mut harness, &[Key::Tab, Key::ArrowDown, Key::Enter]);
    assert_eq!((answers(&harness), harness.state().cursor()), (vec![0, 1], (1000, 101, "class")));
}

#[test]
fn pointing_elsewhere_asks_first_and_moves_then() {
    let mut harness = at(3, 1000, 100, "cause");
    enter_text(&mut harness, "shared words");
    cell(&harness, "Failure cause, 10 line 5: Bit worn").click();
    harness.run();
    harness.get_by_label("It is used 12×");
    assert!(harness.state().grid.is_editing());
    harness.get_by_label("Only here").click();
    harness.run();
    assert_eq!(answers(&harness), [1]);
    assert!(!harness.state().grid.is_editing());
}

#[test]
fn what_follows_from_a_rating_is_said_while_typing() {
    let mut harness = at(3, 1000, 100, "occurrence");
    enter_text(&mut harness, "4");
    harness.get_by_label("AP H → M");
    enter_text(&mut harness, "2");
    assert!(harness.query_by_label("AP H → M").is_none());
}
