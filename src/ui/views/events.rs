//! What a person did in a form, as commands.

use eframe::egui::{Key, Ui};

use crate::app::desk::Desk;
use crate::app::registry::MenuCommand;
use crate::base::Id;
use crate::edit::{Command, Destination};
use crate::model::AnyId;
use crate::model::document::{Document, Phase};
use crate::model::field::Field;
use crate::model::fmea::FailureRole;
use crate::model::form::{Cell, ListKind, NewItem, Target};
use crate::ui::dialogs::Dialog;
use crate::ui::grid::{CellAddress, ColumnKey, GridEvent, GridState, RowId};
use crate::ui::request::Request;
use crate::ui::workspace::Subject;

use super::cells;
use super::editing::write;
use super::names::item_of;
use super::source::FormSource;

/// Turns an event of the grid into requests.
pub fn handle(
    ui: &Ui,
    desk: &Desk,
    source: &FormSource<'_>,
    grid: &mut GridState,
    event: GridEvent,
    queue: &mut Vec<Request>,
) {
    match event {
        GridEvent::Commit { at, text, answer } => {
            if let Some(command) = commit(desk, source, grid, &at, text, answer) {
                queue.push(Request::Run(command));
            }
        }
        GridEvent::Delete(range) => cells::clear(source, &range, queue),
        GridEvent::Paste { at, range, rows } => cells::paste(source, &at, &range, &rows, queue),
        GridEvent::PasteRows { at, rows } => cells::paste_rows(source, &at, &rows, queue),
        GridEvent::Fill { range, down } => cells::fill(source, &range, down, queue),
        GridEvent::Key { key, modifiers, .. } => {
            let command = match (key, modifiers.shift) {
                (Key::Enter, true) => Some(MenuCommand::InsertAbove),
                (Key::Enter | Key::Insert | Key::Plus, false) => insert_here(desk, source),
                (Key::Minus | Key::Delete, _) => Some(MenuCommand::DeleteRow),
                (Key::ArrowUp, _) => Some(MenuCommand::MoveUp),
                (Key::ArrowDown, true) => Some(MenuCommand::Duplicate),
                (Key::ArrowDown, false) => Some(MenuCommand::MoveDown),
                _ => None,
            };
            queue.extend(command.map(Request::Menu));
        }
        GridEvent::Hover(fact) => {
            if grid.highlight != fact {
                grid.highlight = fact;
                ui.request_repaint();
            }
        }
        GridEvent::MarkClicked { fact, .. } => {
            if let Some(item) = item_of(fact) {
                queue.push(Request::Show(Dialog::used_in(item)));
            }
        }
        GridEvent::Activate(at) => activate(source, &at, queue),
        GridEvent::FindingClicked(_) => queue.push(Request::Menu(MenuCommand::ToggleFindings)),
        GridEvent::TooMany { rows, most } => {
            let text =
                format!("{rows} rows are too many to copy at once; {most} are not. The CSV export takes them all");
            queue.push(Request::Notice(text));
        }
        GridEvent::ContextMenu { position, .. } => queue.push(Request::OpenContext(Subject::Cell, position)),
        GridEvent::HeadingMenu { column, position } => {
            queue.push(Request::OpenContext(Subject::Column(column), position));
        }
        GridEvent::RowMoved { row, column, at, behind } => {
            if let (Some(item), Some(other)) = (dragged(desk, source, &row, column), source.row_item(&at)) {
                let to = dropped(desk, source, (&at, column), other, behind);
                queue.push(Request::Run(Command::MoveTo { item, to }));
            }
        }
        // What is done with headings is answered by their form, which knows the columns and the filter.
        GridEvent::HeadingClicked(_)
        | GridEvent::ColumnMoved { .. }
        | GridEvent::CursorMoved(_)
        | GridEvent::Copied { .. } => {}
    }
}

/// What is dragged by the margin: what a row is about, or what a merged cell of it stands for.
pub fn dragged(desk: &Desk, source: &FormSource<'_>, row: &RowId, column: Option<ColumnKey>) -> Option<AnyId> {
    match column {
        Some(column) => deleted_at(desk, source, &CellAddress { row: *row, column }),
        None => source.row_item(row),
    }
}

/// Where something is dropped: beside what its column shows there; where that is still to be made, into what it belongs to.
fn dropped(
    desk: &Desk,
    source: &FormSource<'_>,
    (row, column): (&RowId, Option<ColumnKey>),
    other: AnyId,
    behind: bool,
) -> Destination {
    let cell = column.and_then(|column| source.cell(&CellAddress { row: *row, column }));
    if let Some((Cell { target: Target::Create { under, .. }, .. }, _)) = cell {
        return Destination::Into(under);
    }
    let other = dragged(desk, source, row, column).unwrap_or(other);
    if behind { Destination::Behind(other) } else { Destination::Before(other) }
}

/// The row that belongs into this document.
fn insert_here(desk: &Desk, source: &FormSource<'_>) -> Option<MenuCommand> {
    use crate::model::document::DocumentKind;
    let Some(document) = source.document() else {
        return match source.list()? {
            ListKind::Characteristics | ListKind::CharacteristicMatrix => {
                Some(MenuCommand::InsertProductCharacteristic)
            }
            ListKind::Results(_) => Some(MenuCommand::InsertResult),
            ListKind::PpapElements => Some(MenuCommand::InsertPpapElement),
            ListKind::Actions => None,
        };
    };
    Some(match desk.project().get(document)?.kind {
        DocumentKind::ProcessFlow => MenuCommand::InsertStep,
        DocumentKind::ControlPlan => MenuCommand::InsertPlanRow,
        DocumentKind::ProcessFmea | DocumentKind::DesignFmea | DocumentKind::FmeaMsr => MenuCommand::InsertCause,
    })
}

/// The change that an edited cell means. Where it is refused, what was typed stays in the cell with the reason beside it.
pub fn commit(
    desk: &Desk,
    source: &FormSource<'_>,
    grid: &mut GridState,
    at: &CellAddress,
    text: String,
    answer: usize,
) -> Option<Command> {
    let (cell, row) = source.cell(at)?;
    let rows = source.items_at(at);
    let command = write(desk, &cell, row, &rows, source.read(cell.column, &text))?;
    // The question has two answers: everywhere, or only in the rows of the cell.
    let command = match answer {
        0 => command,
        _ => Command::OnlyHere { command: Box::new(command), rows },
    };
    match desk.can(&command) {
        Ok(()) => Some(command),
        Err(refusal) => {
            grid.edit_again(*at, text, refusal.reason);
            None
        }
    }
}

/// Opens what a cell that is not typed into is chosen by.
fn activate(source: &FormSource<'_>, at: &CellAddress, queue: &mut Vec<Request>) {
    let Some((_, row)) = source.cell(at) else { return };
    if let ("created_at" | "measured_at" | "failures" | "controlled_by", item @ AnyId::Characteristic(_)) =
        (at.column, row.item)
    {
        queue.push(Request::Show(Dialog::used_in(item)));
        return;
    }
    let command = match (at.column, row.item) {
        ("element_number" | "ppap_element" | "submit_or_retain", AnyId::PpapElement(_)) => {
            Some(MenuCommand::ChooseEvidence)
        }
        ("covers", AnyId::PlanRow(_)) => Some(MenuCommand::ChooseControls),
        ("error_proofing" | "product_characteristic" | "process_characteristic", AnyId::PlanRow(_)) => {
            Some(MenuCommand::ChooseCheck)
        }
        ("causes", AnyId::PlanRow(_)) | ("control_plan", AnyId::Risk(_)) => Some(MenuCommand::Coverage),
        ("next_steps", _) => Some(MenuCommand::ConnectSteps),
        ("action_priority" | "rpn", _) => Some(MenuCommand::Justify),
        _ => None,
    };
    queue.extend(command.map(Request::Menu));
}

/// What "Delete row" deletes at a cell: the item of the column where the column stands for one, else that of the row.
pub fn deleted_at(desk: &Desk, source: &FormSource<'_>, at: &CellAddress) -> Option<AnyId> {
    let (cell, row) = source.cell(at)?;
    let project = desk.project();
    let of_column = match cell.target {
        Target::Field { item: item @ AnyId::Failure(failure), field: Field::Text } => {
            project.get(failure).filter(|failure| failure.role == FailureRole::Mode).map(|_| item)
        }
        Target::Field {
            item: item @ (AnyId::Function(_) | AnyId::Action(_) | AnyId::StepCharacteristic(_)), ..
        } => Some(item),
        Target::Field { item: item @ AnyId::Element(_), field: Field::Name } if at.column == "work_element" => {
            Some(item)
        }
        _ => None,
    };
    // At the step of an FMEA the analysis of the step is meant, never the step of the process flow.
    let of_step = matches!(at.column, "process_step" | "process_step_number").then(|| item_of(at.row.block)).flatten();
    let characteristic = row.part.filter(|part| {
        matches!(part, AnyId::StepCharacteristic(_))
            && matches!(
                at.column,
                "characteristic_number"
                    | "product_characteristic"
                    | "process_characteristic"
                    | "specification"
                    | "special_class"
                    | "characteristic_role"
            )
    });
    let of_plan = matches!(row.item, AnyId::PlanRow(_)).then_some(row.item);
    // The open row of a list of results is none yet.
    let of_row = Some(row.item).filter(|item| !matches!(item, AnyId::Submission(_)));
    of_plan.or(characteristic).or(of_column).or(of_step).or(of_row)
}

/// What a command of the insert menu makes.
pub fn inserted_by(command: MenuCommand, document: Id<Document>, phase: Option<Phase>) -> Option<NewItem> {
    use crate::model::risk::ActionKind;
    Some(match command {
        MenuCommand::InsertStep => NewItem::Step,
        MenuCommand::InsertProductCharacteristic => NewItem::ProductCharacteristic,
        MenuCommand::InsertProcessCharacteristic => NewItem::ProcessCharacteristic,
        MenuCommand::InsertWorkElement => NewItem::WorkElement,
        MenuCommand::InsertFunction => NewItem::Function,
        MenuCommand::InsertMode => NewItem::Mode,
        MenuCommand::InsertCause => NewItem::Cause,
        MenuCommand::InsertPreventionAction => NewItem::Action(ActionKind::Prevention),
        MenuCommand::InsertDetectionAction => NewItem::Action(ActionKind::Detection),
        MenuCommand::InsertPlanRow => NewItem::PlanRow { plan: document, phase },
        _ => return None,
    })
}
