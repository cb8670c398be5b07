//! The grid in a window without a screen: keyboard, pointer, editing, ranges, what a screen reader sees.

mod editing;
mod fixture;
mod keys;

use eframe::egui::{
    self, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, OutputCommand, Pos2, TouchPhase, vec2,
};
use egui_kittest::{Harness, Node, SnapshotOptions, kittest::Queryable};
use goldthread::ui::grid::{CellAddress, Grid, GridEvent, GridState, RowId};
use goldthread::ui::kit::theme;

use crate::cpu_renderer::CpuRenderer;
use fixture::{CAUSES, Form, MODES, ROWS};

/// What the tests see of the window.
struct Window {
    form: Form,
    grid: GridState,
    events: Vec<GridEvent>,
    /// Whether commits are carried out, as a view would.
    obey: bool,
}

impl Window {
    fn commits(&self) -> Vec<(CellAddress, &str)> {
        let commit = |event| match event {
            &GridEvent::Commit { at, ref text, .. } => Some((at, text.as_str())),
            _ => None,
        };
        self.events.iter().filter_map(commit).collect()
    }

    fn cursor(&self) -> (u64, u64, &str) {
        let at = self.grid.cursor().unwrap();
        (at.row.block, at.row.row, at.column)
    }
}

fn themed(steps: usize, size: egui::Vec2, theme: egui::Theme) -> Harness<'static, Window> {
    let state = Window { form: Form::new(steps), grid: GridState::default(), events: Vec::new(), obey: true };
    Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_context_setup(theme::install)
        .with_render_cursor(false)
        .with_max_steps(200)
        .with_step_dt(0.05)
        .renderer(CpuRenderer::default())
        .build_ui_state(
            |ui, window: &mut Window| {
                let output = Grid::new("form", "Process FMEA").show(ui, &window.form, &mut window.grid);
                for event in &output.events {
                    if let (GridEvent::Commit { at, text, .. }, true) = (event, window.obey) {
                        window.form.set(*at, text);
                    }
                }
                window.events.extend(output.events);
            },
            state,
        )
}

/// A window of the smallest size that is asked for.
fn window(steps: usize) -> Harness<'static, Window> {
    themed(steps, vec2(1366.0, 768.0), egui::Theme::Light)
}

/// A window whose cursor stands on a cell and that has the keyboard.
fn at(steps: usize, block: u64, row: u64, column: &'static str) -> Harness<'static, Window> {
    let mut harness = window(steps);
    harness.state_mut().grid.show_cell(CellAddress::new(block, row, column));
    harness.state_mut().grid.focus();
    harness.run();
    harness.state_mut().events.clear();
    harness
}

fn press(harness: &mut Harness<'_, Window>, keys: &[Key]) {
    for key in keys {
        harness.key_press(*key);
    }
    harness.run();
}

fn press_with(harness: &mut Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn enter_text(harness: &mut Harness<'_, Window>, text: &str) {
    for char in text.chars() {
        harness.event(Event::Text(char.to_string()));
    }
    harness.run();
}

fn wheel(harness: &mut Harness<'_, Window>, points: f32) {
    harness.hover_at(Pos2::new(600.0, 400.0));
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -points),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
        source: MouseWheelSource::Wheel,
    });
    harness.run();
}

fn cell<'h>(harness: &'h Harness<'_, Window>, label: &'h str) -> Node<'h> {
    harness.get_by_label(label)
}

#[test]
fn cells_and_headings_can_be_found_by_name() {
    let harness = window(3);
    let found = cell(&harness, "Failure cause, 10 line 1: Bit worn");
    assert!(found.rect().width() > 100.0);
    cell(&harness, "S, 10 line 1: 8");
    cell(&harness, "Current prevention control, 10 line 8: + prevention control");
    cell(&harness, "Process step, 2 Structure");
    harness.get_by_role_and_label(egui::Role::Grid, "Process FMEA");
    let merged = cell(&harness, "Failure mode, 10 line 1: Torque too low");
    assert!(merged.rect().height() > 2.0 * found.rect().height());
}

#[test]
fn arrows_walk_over_merged_cells_and_remember_the_row() {
    let mut harness = at(3, 1000, 102, "cause");
    press(&mut harness, &[Key::ArrowLeft]);
    assert_eq!(harness.state().cursor(), (1000, 102, "mode"));
    press(&mut harness, &[Key::ArrowRight]);
    assert_eq!(harness.state().cursor(), (1000, 102, "cause"));
    press(&mut harness, &[Key::ArrowLeft, Key::ArrowDown]);
    assert_eq!(harness.state().cursor(), (1000, 100 + CAUSES as u64, "mode"));
    press(&mut harness, &[Key::ArrowUp]);
    assert_eq!(harness.state().cursor(), (1000, 100 + CAUSES as u64 - 1, "mode"));
    press(&mut harness, &[Key::Home, Key::ArrowDown]);
    assert_eq!(harness.state().cursor(), (1001, 100, "step"));
    press(&mut harness, &[Key::End]);
    assert_eq!(harness.state().cursor(), (1001, 100, "priority_after"));
    press_with(&mut harness, Modifiers::COMMAND, Key::ArrowDown);
    assert_eq!(harness.state().cursor(), (1002, 100, "priority_after"));
    let moves = harness.state().events.iter().filter(|event| matches!(event, GridEvent::CursorMoved(_))).count();
    assert_eq!(moves, 9);
}

#[test]
fn a_form_of_ten_thousand_rows_goes_to_its_end_and_back_without_projecting_it() {
    let mut harness = at(500, 1000, 100, "cause");
    assert_eq!(500 * ROWS, 10_000);
    press_with(&mut harness, Modifiers::COMMAND, Key::End);
    let last_row = format!("Target date, 5000 line {ROWS}: ");
    let bottom = cell(&harness, &last_row).rect().bottom();
    assert!((bottom - 747.0).abs() < 3.0, "the last row ends at the end of the view, not at {bottom}");
    press(&mut harness, &[Key::PageUp, Key::PageUp]);
    assert!(harness.state().cursor().0 < 1500);
    press_with(&mut harness, Modifiers::COMMAND, Key::Home);
    assert_eq!(harness.state().cursor(), (1000, 100, "step"));
    let top = cell(&harness, "Failure cause, 10 line 1: Bit worn").rect().top();
    assert!((top - 52.0).abs() < 4.0, "{top}");
    let projected = harness.state().form.projected.get();
    assert!(projected < 20, "{projected} blocks were projected");
}

#[test]
fn wheel_steps_forth_and_back_show_the_same_again() {
    let mut harness = at(500, 1000, 100, "cause");
    wheel(&mut harness, 3000.0);
    let label = "Failure cause, 30 line 17: Bit worn";
    let before = cell(&harness, label).rect();
    for _ in 0..6 {
        wheel(&mut harness, 90.0);
    }
    for _ in 0..6 {
        wheel(&mut harness, -90.0);
    }
    let after = cell(&harness, label).rect();
    assert!((before.top() - after.top()).abs() <= 1.0, "{before} {after}");
    wheel(&mut harness, -1.0e7);
    assert!(cell(&harness, "Failure cause, 10 line 1: Bit worn").rect().top() > 50.0);
}

#[test]
fn the_text_of_a_merged_cell_stays_in_sight() {
    let mut harness = at(20, 1000, 100, "cause");
    wheel(&mut harness, 400.0);
    harness.remove_cursor();
    harness.run();
    cell(&harness, "Process step, 10 line 1: 10 Receive and check purchased parts");
    assert!(harness.query_by_label("Failure cause, 10 line 1: Bit worn").is_none(), "the cell begins above the view");
    harness.snapshot_options("grid_sticky", &exact());
}

#[test]
fn ranges_are_copied_as_rows_with_merged_cells_once() {
    let mut harness = at(3, 1000, 102, "mode");
    for key in [Key::ArrowRight, Key::ArrowDown, Key::ArrowDown] {
        press_with(&mut harness, Modifiers::SHIFT, key);
    }
    let range = harness.state().grid.selection().unwrap().clone();
    assert_eq!(range.first, RowId { block: 1000, row: 100 }, "the merged mode is selected as a whole");
    assert_eq!(range.columns, ["mode", "cause"]);
    harness.event(Event::Copy);
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    let lines: Vec<&str> = copied.lines().collect();
    assert_eq!(lines.len(), range.row_count);
    assert_eq!(lines[0], "Torque too low\tBit worn");
    assert_eq!(lines[3], "\tAir pressure below 5.5 bar");
}

#[test]
fn paste_and_delete_are_reported_with_their_cells() {
    let mut harness = at(3, 1000, 101, "cause");
    harness.event(Event::Paste("a\tb\nc\td\n".to_owned()));
    harness.run();
    let pasted = harness.state().events.iter().find_map(|event| match event {
        GridEvent::Paste { at, rows, .. } => Some((*at, rows.clone())),
        _ => None,
    });
    assert_eq!(
        pasted,
        Some((
            CellAddress::new(1000, 101, "cause"),
            [["a", "b"], ["c", "d"]].map(|row| row.map(|text| Some(text.to_owned())).to_vec()).to_vec()
        ))
    );
    press_with(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, &[Key::Delete]);
    let Some(GridEvent::Delete(range)) = harness.state().events.last() else { panic!("no deletion") };
    assert_eq!((range.first.row, range.last.row, range.row_count), (101, 102, 2));
}

#[test]
fn sorting_hiding_and_removing_never_change_what_is_hit() {
    let mut harness = at(6, 1001, 107, "cause");
    harness.state_mut().form.reverse();
    harness.state_mut().form.hide_column("class");
    harness.run();
    press(&mut harness, &[Key::Delete]);
    let Some(GridEvent::Delete(range)) = harness.state().events.last() else { panic!("no deletion") };
    assert_eq!((range.first, range.columns.as_slice()), (RowId { block: 1001, row: 107 }, &["cause"][..]));

    harness.state_mut().form.remove_row(1001, 107);
    harness.run();
    assert_eq!(harness.state().cursor(), (1001, 108, "cause"), "the row that stands in its place");
    harness.state_mut().form.hide(1001);
    harness.state_mut().grid.show_cell(CellAddress::new(1001, 108, "cause"));
    harness.state_mut().grid.edit_cell(CellAddress::new(1001, 108, "cause"));
    harness.run();
    assert!(!harness.state().grid.is_editing(), "a hidden row cannot be edited");
    assert_ne!(harness.state().cursor().0, 1001);
}

#[test]
fn an_emptied_form_is_shown_without_a_cursor() {
    let mut harness = at(1, 1000, 100, "cause");
    harness.state_mut().form.hide(1000);
    harness.run();
    assert!(harness.state().grid.cursor().is_none());
    press(&mut harness, &[Key::ArrowDown, Key::PageDown, Key::Delete, Key::F2]);
    wheel(&mut harness, 500.0);
    assert!(harness.state().grid.selection().is_none());
}

#[test]
fn a_column_edge_can_be_dragged_and_the_breadth_is_kept() {
    let mut harness = window(3);
    let before =
        cell(&harness, "Failure cause, 10 line 2: Screwdriving programme of the sister part chosen after change-over")
            .rect();
    let edge = Pos2::new(before.right(), 40.0);
    harness.hover_at(edge);
    harness.run();
    harness.drag_at(edge);
    harness.run();
    harness.hover_at(edge + vec2(120.0, 0.0));
    harness.run();
    harness.drop_at(edge + vec2(120.0, 0.0));
    harness.run();
    let label = "Failure cause, 10 line 2: Screwdriving programme of the sister part chosen after change-over";
    let after = cell(&harness, label).rect();
    assert!((after.width() - before.width() - 120.0).abs() < 2.0, "{before} {after}");
    assert_eq!(harness.state().grid.kept.widths.len(), 1);
    assert!(harness.state().grid.kept.widths.contains_key("cause"));
}

#[test]
fn the_thumb_reaches_the_last_row() {
    let mut harness = window(500);
    let from = Pos2::new(1352.0, 20.0);
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run();
    harness.hover_at(Pos2::new(1352.0, 900.0));
    harness.run();
    cell(&harness, "Process step, 5000 line 1: 5000 Press bearing into housing");
    let last = cell(&harness, &format!("AP, 5000 line {ROWS}: M")).rect();
    assert!((last.bottom() - 747.0).abs() < 3.0, "{last}");
}

#[test]
fn the_gold_thread_is_pointed_at_and_clicked() {
    let mut harness = window(3);
    let rect = cell(&harness, "Process step, 10 line 1: 10 Receive and check purchased parts").rect();
    let thread = rect.left_top() + vec2(3.0, 12.0);
    harness.hover_at(thread);
    harness.run();
    assert!(harness.state().events.contains(&GridEvent::Hover(Some(0))));
    harness.drag_at(thread);
    harness.drop_at(thread);
    harness.run();
    let clicked = harness.state().events.iter().any(|event| {
        matches!(event, GridEvent::MarkClicked { fact: 0, at, .. } if *at == CellAddress::new(1000, 100, "step"))
    });
    assert!(clicked);
    assert_eq!(harness.state().events.last(), Some(&GridEvent::Hover(None)));
}

#[test]
fn a_dragged_range_and_a_context_menu_on_it_belong_together() {
    let mut harness = window(3);
    let from = cell(&harness, "Failure cause, 10 line 1: Bit worn").rect().center();
    let to = cell(&harness, "Failure cause, 10 line 3: Thread contaminated by grease from the step before, Warning")
        .rect()
        .center();
    harness.hover_at(from);
    harness.drag_at(from);
    harness.hover_at(from + vec2(0.0, 20.0));
    harness.hover_at(to);
    harness.run();
    harness.drop_at(to);
    harness.run();
    assert_eq!(harness.state().grid.selection().unwrap().row_count, 3);
    cell(&harness, "Failure cause, 10 line 2: Screwdriving programme of the sister part chosen after change-over")
        .click_secondary();
    harness.run();
    assert!(harness.state().events.iter().any(|event| matches!(event, GridEvent::ContextMenu { .. })));
    assert_eq!(harness.state().grid.selection().unwrap().row_count, 3, "the range stays");
}

#[test]
fn keys_that_belong_to_the_view_reach_it() {
    let mut harness = at(3, 1000, 105, "mode");
    press(&mut harness, &[Key::Insert]);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    let keys: Vec<_> = harness
        .state()
        .events
        .iter()
        .filter_map(|event| match event {
            GridEvent::Key { key, at, .. } => Some((*key, *at)),
            _ => None,
        })
        .collect();
    let at = CellAddress::new(1000, 104, "mode");
    assert_eq!(keys, [(Key::Insert, at), (Key::Enter, at)]);
}

#[test]
fn all_rows_can_be_selected() {
    let mut harness = at(500, 1000, 100, "cause");
    press_with(&mut harness, Modifiers::COMMAND, Key::A);
    let range = harness.state().grid.selection().unwrap();
    assert_eq!(range.row_count, 500 * MODES * CAUSES);
    assert_eq!(range.columns.len(), 20);
    assert!(harness.state().form.projected.get() < 10);
}

fn look(name: &str, theme: egui::Theme) {
    let mut harness = themed(30, vec2(1366.0, 768.0), theme);
    harness.state_mut().grid.show_cell(CellAddress::new(1001, 105, "cause"));
    harness.state_mut().grid.highlight = Some(501);
    harness.state_mut().grid.focus();
    harness.run();
    harness.snapshot_options(name, &exact());
}

#[test]
fn the_light_theme_looks_as_it_should() {
    look("grid_light", egui::Theme::Light);
}

#[test]
fn the_dark_theme_looks_as_it_should() {
    look("grid_dark", egui::Theme::Dark);
}

#[test]
fn an_open_list_looks_as_it_should() {
    let mut harness = at(3, 1000, 101, "occurrence");
    enter_text(&mut harness, "1");
    harness.snapshot_options("grid_rating_list", &exact());
}

/// Pictures are the same on every machine: hardly anything may differ.
fn exact() -> SnapshotOptions {
    SnapshotOptions::new().threshold(0.1)
}

#[test]
fn a_window_of_any_size_is_painted() {
    for (width, height) in [(1.0, 1.0), (30.0, 200.0), (200.0, 30.0), (60.0, 60.0)] {
        let mut harness = themed(3, vec2(width, height), egui::Theme::Light);
        harness.state_mut().grid.edit_cell(CellAddress::new(1001, 105, "cause"));
        harness.run();
        let inside = Pos2::new(width / 2.0, height / 2.0);
        harness.hover_at(inside);
        harness.drag_at(inside);
        harness.hover_at(Pos2::new(width * 3.0, height * 3.0));
        harness.run();
        harness.drop_at(inside);
        press(&mut harness, &[Key::PageDown, Key::End, Key::ArrowUp, Key::F2, Key::Escape]);
        let image = harness.render().unwrap();
        assert_eq!((image.width() as f32, image.height() as f32), (width, height));
    }
}

#[test]
fn a_zoomed_grid_is_larger_throughout() {
    let mut harness = at(3, 1000, 100, "cause");
    let label = "Failure cause, 10 line 1: Bit worn";
    let before = cell(&harness, label).rect();
    harness.state_mut().grid.kept.zoom = 1.5;
    harness.run();
    let after = cell(&harness, label).rect();
    assert!((after.width() / before.width() - 1.5).abs() < 0.05, "{before} {after}");
    assert!(after.height() > before.height() * 1.3);
}
