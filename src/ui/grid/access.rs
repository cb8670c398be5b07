//! What screen readers and tests by label see: a node per visible cell and column heading.

use eframe::egui::{Id, Rect, Sense, Ui, UiBuilder, accesskit};

use super::address::Place;
use super::draft::Leave;
use super::pass::Pass;

/// Whether anybody listens; without a listener nothing is made.
pub(super) fn is_on(ui: &Ui, grid: Id) -> bool {
    ui.ctx().accesskit_node_builder(grid, |_| ()).is_some()
}

/// What holds the nodes of headings and cells, below the node of the grid.
pub(super) fn container(ui: &mut Ui, grid: Id, rect: Rect) -> Ui {
    ui.new_child(UiBuilder::new().scope_id(grid.with("cells")).max_rect(rect).accessibility_parent(grid))
}

/// A node that was made, and the place of its cell.
pub(super) struct Node {
    place: Place,
    id: Id,
    rect: Rect,
    label: String,
    rows: usize,
    row_index: usize,
}

/// Collects the nodes of this frame, and moves the cursor if a listener clicked one.
pub(super) fn nodes(pass: &mut Pass<'_, '_>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut clicked = None;
    for seen in pass.seen_cells() {
        let key = seen.visible.block.key();
        let Some(row) = seen.visible.block.rows().get(seen.cell.rows.start) else { continue };
        let column = &pass.source.columns()[seen.cell.column];
        let id = pass.id.with((key.id, row.id, column.key));
        let position = super::address::Position { block: seen.visible.index, row: seen.cell.rows.start };
        let place = Place { position, column: seen.cell.column };
        let clip = pass.geometry.clip(pass.geometry.body, seen.cell.column);
        let text = seen.cell.content.plain_text();
        let text = match (&seen.cell.content.prompt, text.is_empty()) {
            (Some(prompt), true) => prompt.to_string(),
            _ => text,
        };
        let mut label = format!("{}, {}: {text}", column.spoken(), row.label);
        if let Some(finding) = &seen.cell.content.finding {
            label.push_str(", ");
            label.push_str(finding.severity.word());
        }
        if pass.ui.input(|input| input.has_accesskit_action_request(id, accesskit::Action::Click)) {
            clicked = Some(place);
        }
        nodes.push(Node {
            place,
            id,
            rect: seen.rect.intersect(clip),
            label,
            rows: seen.cell.rows.len(),
            row_index: position.row,
        });
    }
    if let Some(place) = clicked {
        if pass.asks(Leave::Unfocused) {
            return nodes;
        }
        pass.commit(0);
        pass.move_cursor(place, false);
        pass.state.wanted.focus = true;
    }
    nodes
}

/// Writes the nodes of headings and cells below the node of the grid.
pub(super) fn write(pass: &Pass<'_, '_>, cells: &Ui, name: &str, nodes: &[Node]) {
    let (ui, grid) = (pass.ui, pass.id);
    let current = pass.state.cursor.and_then(|cursor| {
        let first = pass.cell_rows(cursor.place).0;
        let place = Place { position: first, ..cursor.place };
        nodes.iter().find(|node| node.place == place).map(|node| node.id)
    });
    ui.ctx().accesskit_node_builder(grid, |node| {
        node.set_role(accesskit::Role::Grid);
        node.set_label(name);
        node.set_column_count(pass.geometry.columns.len());
        if let Some(current) = current {
            node.set_active_descendant(current.accesskit_id());
        }
    });
    for (index, column) in pass.source.columns().iter().enumerate() {
        if !pass.geometry.is_column_visible(index) {
            continue;
        }
        let (left, right) = pass.geometry.column_x(index);
        let rect = Rect::from_x_y_ranges(left..=right, pass.geometry.heading.y_range());
        let id = grid.with(("heading", column.key));
        let _response = cells.interact(rect, id, Sense::HOVER);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::ColumnHeader);
            node.set_label(match &column.group {
                Some(group) => format!("{}, {}", column.spoken(), group.heading),
                None => column.spoken(),
            });
            node.set_column_index(index);
            node.set_bounds(bounds(rect));
        });
    }
    for cell in nodes {
        let _response = cells.interact(cell.rect, cell.id, Sense::HOVER);
        ui.ctx().accesskit_node_builder(cell.id, |node| {
            node.set_role(accesskit::Role::GridCell);
            node.set_label(cell.label.as_str());
            node.set_column_index(cell.place.column);
            node.set_row_index(cell.row_index);
            node.set_row_span(cell.rows);
            node.set_bounds(bounds(cell.rect));
            node.add_action(accesskit::Action::Click);
            if Some(cell.id) == current {
                node.set_selected(true);
            }
        });
    }
}

fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect { x0: rect.min.x.into(), y0: rect.min.y.into(), x1: rect.max.x.into(), y1: rect.max.y.into() }
}
