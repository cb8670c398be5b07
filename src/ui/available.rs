//! Whether a command can be done now. Menus, keys and palette ask here, and show the reason where it cannot.

use crate::app::registry::MenuCommand;
use crate::app::settings::Settings;

use super::workspace::{Meaning, Workspace};

/// Whether a command can be done now.
///
/// # Errors
/// The reason why it cannot, in a sentence.
pub fn available(command: MenuCommand, workspace: Option<&Workspace>, settings: &Settings) -> Result<(), String> {
    use MenuCommand as C;
    let always = matches!(
        command,
        C::NewProject
            | C::OpenProject
            | C::ImportSpreadsheet
            | C::Quit
            | C::ThemeSystem
            | C::ThemeLight
            | C::ThemeDark
            | C::Larger
            | C::Smaller
            | C::Palette
            | C::Preferences
            | C::ShortcutList
            | C::About
    );
    if always {
        return Ok(());
    }
    let workspace = workspace.ok_or("Open a project first")?;
    match command {
        C::Save if workspace.desk.is_read_only() => {
            Err("The project is open for reading only. Save it to another folder with “Save as…”".to_owned())
        }
        C::Save if !workspace.desk.is_dirty() => Err("Everything is saved".to_owned()),
        C::Undo => {
            workspace.desk.history().undo_label().map(|_| ()).ok_or_else(|| "There is nothing to undo".to_owned())
        }
        C::Redo => {
            workspace.desk.history().redo_label().map(|_| ()).ok_or_else(|| "There is nothing to redo".to_owned())
        }
        C::Cut | C::Copy | C::Paste | C::PasteRows | C::FillDown | C::FillRight | C::ClearCells => {
            workspace.has_cursor().then_some(()).ok_or_else(|| "Select a cell first".to_owned())
        }
        C::Back if !workspace.can_go(-1) => Err("There is nowhere to go back to".to_owned()),
        C::AcceptProposals => workspace.accept_all_proposals().map(|_| ()),
        C::ToggleProposals if !workspace.shows_phases() => Err("Show a control plan first".to_owned()),
        C::AllPhases | C::Prototype | C::PreLaunch | C::SafeLaunch | C::Production if workspace.shows_phases() => {
            Ok(())
        }
        C::AllPhases | C::Prototype | C::PreLaunch | C::SafeLaunch | C::Production => {
            Err("Only a control plan has phases".to_owned())
        }
        C::Forward if !workspace.can_go(1) => Err("There is nowhere to go forward to".to_owned()),
        C::OtherSide if !workspace.is_split() => Err("Only one page is shown".to_owned()),
        C::ShowAllLines | C::ApplyFilter if !workspace.is_arranged() => {
            Err("Every line is shown, in the order of the document".to_owned())
        }
        C::InsertEffect | C::InsertPreventionControl | C::InsertDetectionControl => {
            workspace.is_in_fmea().then_some(()).ok_or_else(|| "Select a row of an FMEA first".to_owned())
        }
        C::ZoomWidth | C::ZoomWhole | C::ZoomIn | C::ZoomOut | C::ZoomNormal if workspace.shows_preview() => Ok(()),
        C::ToggleDiagram | C::ZoomWidth | C::ZoomWhole if !workspace.shows_flow() => {
            Err("Only a process flow has a diagram".to_owned())
        }
        C::FilterFindings | C::ToggleColumns | C::ZoomIn | C::ZoomOut | C::ZoomNormal if !workspace.has_lines() => {
            Err("Show a document or a list first".to_owned())
        }
        C::ShowAllLines
        | C::ApplyFilter
        | C::FilterFindings
        | C::ToggleColumns
        | C::FirstSteps
        | C::ToggleDiagram
        | C::ZoomIn
        | C::ZoomOut
        | C::ZoomNormal
        | C::ZoomWidth
        | C::ZoomWhole
        | C::SideBySide
        | C::OtherSide
        | C::Save
        | C::SaveAs
        | C::ReadAgain
        | C::GoTo
        | C::Find
        | C::Back
        | C::Forward
        | C::CloseProject
        | C::ToggleTree
        | C::ToggleInspector
        | C::ToggleFailureNet
        | C::ToggleFindings
        | C::ToggleProposals
        | C::NextFinding
        | C::PreviousFinding
        | C::NextDocument
        | C::PreviousDocument
        | C::Preview
        | C::ExportPdf
        | C::ExportAllPdf
        | C::ExportCsv
        | C::ExportXlsx
        | C::ExportAllXlsx
        | C::ProjectProperties
        | C::ReportProfiles
        | C::AddDocument => Ok(()),
        _ => match workspace.meaning(command, settings)? {
            Meaning::Change(change) => workspace.desk.can(&change).map_err(|refusal| refusal.reason),
            Meaning::Dialog(_) => Ok(()),
        },
    }
}
