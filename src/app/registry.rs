//! Every command of the program, once: name, what it does, key, menu. Menus, palette and shortcut list are made from this.

/// A key with what is held beside it; `command` is Ctrl, or Cmd on a Mac.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key by its usual name: a capital letter, `F1`, `Delete`, `ArrowUp`.
    pub key: &'static str,
}

impl Shortcut {
    const fn command(key: &'static str) -> Self {
        Self { command: true, shift: false, alt: false, key }
    }

    const fn command_shift(key: &'static str) -> Self {
        Self { command: true, shift: true, alt: false, key }
    }

    const fn plain(key: &'static str) -> Self {
        Self { command: false, shift: false, alt: false, key }
    }

    const fn alt(key: &'static str) -> Self {
        Self { command: false, shift: false, alt: true, key }
    }

    /// The shortcut in words: `Ctrl+Shift+Z`.
    pub fn words(self) -> String {
        let mut words = String::new();
        for (held, name) in [(self.command, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                words.push_str(name);
            }
        }
        words.push_str(match self.key {
            "ArrowUp" => "Up",
            "ArrowDown" => "Down",
            "ArrowLeft" => "Left",
            "ArrowRight" => "Right",
            key => key,
        });
        words
    }
}

/// A menu of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Menu {
    /// Projects and files.
    File,
    /// Changes of what is selected.
    Edit,
    /// How things are shown.
    View,
    /// New rows and items.
    Insert,
    /// Moving about.
    Go,
    /// Reviewing, justifying, releasing.
    Review,
    /// Export.
    Report,
    /// Help.
    Help,
}

impl Menu {
    /// The menus from left to right.
    pub const ALL: [Self; 8] =
        [Self::File, Self::Edit, Self::View, Self::Insert, Self::Go, Self::Review, Self::Report, Self::Help];

    /// The name of the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Insert => "Insert",
            Self::Go => "Go",
            Self::Review => "Review",
            Self::Report => "Report",
            Self::Help => "Help",
        }
    }
}

macro_rules! commands {
    ($($name:ident, $menu:ident, $text:literal, $hint:literal, $shortcut:expr;)*) => {
        /// A command of the program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum MenuCommand { $(#[doc = $hint] $name,)* }

        impl MenuCommand {
            /// Every command, menu by menu.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The words of the menu entry.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it does, in a sentence.
            pub fn hint(self) -> &'static str {
                match self { $(Self::$name => $hint,)* }
            }

            /// The menu it stands in.
            pub fn menu(self) -> Menu {
                match self { $(Self::$name => Menu::$menu,)* }
            }

            /// Its key.
            pub fn shortcut(self) -> Option<Shortcut> {
                match self { $(Self::$name => $shortcut,)* }
            }
        }
    };
}

commands! {
    NewProject, File, "New project…", "Make an empty project in a folder", Some(Shortcut::command("N"));
    OpenProject, File, "Open project folder…", "Open a project from its folder", Some(Shortcut::command("O"));
    ImportSpreadsheet, File, "Import spreadsheet…", "Make process flow, FMEA and control plan of a spreadsheet, with an account of every cell", None;
    Save, File, "Save", "Write every changed document to the project folder", Some(Shortcut::command("S"));
    SaveAs, File, "Save as…", "Write the project to another folder and go on there", Some(Shortcut::command_shift("S"));
    ReadAgain, File, "Read again from disk", "Open the project as another program left it", None;
    ProjectProperties, File, "Project properties…", "Organisation, customer, parts, people, classes and own fields", None;
    PpapSubmission, File, "PPAP submission…", "Level, reasons, site and declaration of the submission, and the warrants of its parts", None;
    AddDocument, File, "Add document…", "Add an FMEA, a control plan or the process flow", None;
    Preferences, File, "Settings…", "Your name, theme, size, and how dates and numbers are written", Some(Shortcut::command("Comma"));
    CloseProject, File, "Close project", "Go back to the start screen", Some(Shortcut::command("W"));
    Quit, File, "Quit", "Close the window", Some(Shortcut::command("Q"));
    Undo, Edit, "Undo", "Take the latest change back", Some(Shortcut::command("Z"));
    Redo, Edit, "Redo", "Make the change that was taken back again", Some(Shortcut::command_shift("Z"));
    Cut, Edit, "Cut", "Copy the selected cells and clear them", Some(Shortcut::command("X"));
    Copy, Edit, "Copy", "Copy the selected cells, also for a spreadsheet", Some(Shortcut::command("C"));
    Paste, Edit, "Paste", "Write what was copied, here or in a spreadsheet, into the cells from the cursor on", Some(Shortcut::command("V"));
    PasteRows, Edit, "Paste as new rows", "Make rows of what was copied, behind the row of the cursor; nothing is overwritten", Some(Shortcut::command_shift("V"));
    FillDown, Edit, "Fill down", "Write the first selected row into the others; of a single row, the one above into it", Some(Shortcut::command("D"));
    FillRight, Edit, "Fill right", "Write the first selected column into the others; of a single column, the one before into it", Some(Shortcut::command("R"));
    ClearCells, Edit, "Clear cells", "Empty the selected cells", Some(Shortcut::plain("Delete"));
    Find, Edit, "Find and replace…", "Find words in all documents, and replace them after a look at what would change", Some(Shortcut::command("F"));
    DeleteRow, Edit, "Delete row", "Delete what the row shows, with all that belongs to it", Some(Shortcut::command("Minus"));
    Duplicate, Edit, "Duplicate", "Copy what the row shows, with all that belongs to it, right behind it", Some(Shortcut { command: false, shift: true, alt: true, key: "ArrowDown" });
    MoveUp, Edit, "Move up", "Move what the row shows before the one above", Some(Shortcut::alt("ArrowUp"));
    MoveDown, Edit, "Move down", "Move what the row shows behind the one below", Some(Shortcut::alt("ArrowDown"));
    MoveTo, Edit, "Move to…", "Move a failure cause to another mode, a mode to another function, a row or a step to another place", Some(Shortcut::command("M"));
    Renumber, Edit, "Number steps by tens", "Number the steps of the process flow 10, 20, 30", None;
    DocumentProperties, Edit, "Document properties…", "Number, title, header fields, team, approvals and rating profile", Some(Shortcut::command("I"));
    StepProperties, Edit, "Process step properties…", "Flags of the step, and why it is not analysed or controlled", None;
    ToggleTree, View, "Project tree", "Show or hide the project tree", Some(Shortcut::plain("F9"));
    FilterColumn, View, "Sort and filter…", "Sort and filter the lines by the column of the cursor", Some(Shortcut::command_shift("L"));
    FilterFindings, View, "Lines with findings", "Show only lines with open findings", None;
    ApplyFilter, View, "Apply filter again", "Judge the lines by what they say now", None;
    ShowAllLines, View, "Show all lines", "Take filter and order away", Some(Shortcut::command_shift("E"));
    SideBySide, View, "Side by side", "Show two pages beside each other, the selection in step, or one alone", Some(Shortcut::plain("F6"));
    OtherSide, View, "Other side", "Go to the other of two pages that stand beside each other", Some(Shortcut { command: false, shift: true, alt: false, key: "F6" });
    ToggleInspector, View, "Inspector", "Show or hide what hangs on the selected cell: chain, uses, findings, links, changes", Some(Shortcut::plain("F10"));
    ToggleFailureNet, View, "Failure net", "Show or hide the net of effects, mode and causes around the selected failure", Some(Shortcut::plain("F7"));
    ToggleProposals, View, "Proposals for the control plan", "Show or hide the rows that flow and FMEA ask for and the control plan lacks", Some(Shortcut::plain("F5"));
    ToggleFindings, View, "Findings", "Show or hide the list of findings", Some(Shortcut::plain("F8"));
    ToggleColumns, View, "All columns", "Show every column of the form, or only those that are filled as a rule", Some(Shortcut::command_shift("C"));
    ToggleDiagram, View, "Diagram or table", "Show the process flow as diagram and table, as diagram alone, or as table alone", Some(Shortcut::plain("F3"));
    ZoomIn, View, "Zoom in", "Show the form or the diagram larger", Some(Shortcut::alt("Plus"));
    ZoomOut, View, "Zoom out", "Show the form or the diagram smaller", Some(Shortcut::alt("Minus"));
    ZoomNormal, View, "Zoom 100 %", "Show the form or the diagram at 100 %", Some(Shortcut::alt("0"));
    ZoomWidth, View, "Whole width of the diagram", "Show the diagram of the process flow as broad as the room, as far as it can be read", None;
    ZoomWhole, View, "Whole diagram", "Show the whole diagram of the process flow", None;
    AllPhases, View, "All phases", "Show the control-plan rows of every phase", Some(Shortcut::alt("1"));
    Prototype, View, "Prototype phase", "Show the control-plan rows of the prototype only", Some(Shortcut::alt("2"));
    PreLaunch, View, "Pre-launch phase", "Show the control-plan rows of the pre-launch only", Some(Shortcut::alt("3"));
    SafeLaunch, View, "Safe-launch phase", "Show the control-plan rows of the safe launch only, with its exit criteria", Some(Shortcut::alt("4"));
    Production, View, "Production phase", "Show the control-plan rows of the production only", Some(Shortcut::alt("5"));
    ThemeSystem, View, "Theme of the system", "Light or dark as the system has it", None;
    ThemeLight, View, "Light theme", "Light theme", None;
    ThemeDark, View, "Dark theme", "Dark theme", None;
    Larger, View, "Larger", "Show everything larger", Some(Shortcut::command("Plus"));
    Smaller, View, "Smaller", "Show everything smaller", None;
    InsertStep, Insert, "Process step", "Add a process step behind the one of the row", None;
    InsertProductCharacteristic, Insert, "Product characteristic", "Add a product characteristic to the step of the row", None;
    InsertProcessCharacteristic, Insert, "Process characteristic", "Add a process characteristic to the step of the row", None;
    InsertAbove, Insert, "Row above", "Add a step, a failure cause or a control-plan row above the row", Some(Shortcut::command_shift("Enter"));
    ConnectSteps, Insert, "Connection between steps…", "Connect the step of the row to another", None;
    AnalyseMissing, Insert, "Missing process steps", "Add every step of the process flow that the FMEA does not analyse yet", None;
    InsertWorkElement, Insert, "Work element", "Add a work element to the step of the row", None;
    InsertFunction, Insert, "Function", "Add a function to the step of the row", Some(Shortcut::command_shift("F"));
    InsertMode, Insert, "Failure mode", "Add a failure mode to the function of the row", Some(Shortcut::command_shift("M"));
    InsertCause, Insert, "Failure cause", "Add a failure cause to the failure mode of the row", Some(Shortcut::command("Enter"));
    InsertEffect, Insert, "Failure effect", "Add a failure effect to the failure mode of the row", Some(Shortcut::alt("E"));
    InsertPreventionControl, Insert, "Prevention control", "Add a prevention control to the cause of the row", Some(Shortcut::alt("P"));
    InsertDetectionControl, Insert, "Detection control", "Add a detection control to the cause of the row", Some(Shortcut::alt("D"));
    InsertPreventionAction, Insert, "Prevention action", "Add a prevention action to the cause of the row", Some(Shortcut::command_shift("Q"));
    InsertDetectionAction, Insert, "Detection action", "Add a detection action to the cause of the row", Some(Shortcut::command_shift("D"));
    InsertPlanRow, Insert, "Control-plan row", "Add a row to the step of the row", Some(Shortcut::command_shift("R"));
    InsertPpapElement, Insert, "Further PPAP element", "Add an element that the customer asks for beyond those of the manual", None;
    InsertResult, Insert, "Test result", "Add a line to the results that are shown", None;
    MeasureCharacteristics, Insert, "Results of the characteristics", "Add a line of results for every product characteristic that has none there yet", None;
    Palette, Go, "Search or run a command…", "Every command, page and item by its words", Some(Shortcut::command_shift("P"));
    GoTo, Go, "Go to item…", "A step, a failure, a characteristic, an action by its words", Some(Shortcut::command("G"));
    Back, Go, "Back", "Go back to where the cursor was before", Some(Shortcut::alt("ArrowLeft"));
    Forward, Go, "Forward", "Go to where Back came from", Some(Shortcut::alt("ArrowRight"));
    Coverage, Go, "Covered causes or rows…", "The failure causes that the control-plan row covers, or the rows that cover the failure cause, and why", Some(Shortcut::command("J"));
    NextFinding, Go, "Next finding", "Go to the next finding", Some(Shortcut::plain("F4"));
    PreviousFinding, Go, "Previous finding", "Go to the finding before", Some(Shortcut { command: false, shift: true, alt: false, key: "F4" });
    NextDocument, Go, "Next document", "Show the next document", Some(Shortcut::command("PageDown"));
    PreviousDocument, Go, "Previous document", "Show the document before", Some(Shortcut::command("PageUp"));
    AcceptLinks, Review, "Accept changes of the row", "Accept that what the row refers to has changed", Some(Shortcut::command_shift("A"));
    Justify, Review, "Justify action priority…", "Say why an open action priority is acceptable", None;
    ManagementReview, Review, "Management review…", "Record that the management reviewed the risk", None;
    Promote, Review, "Promote ratings after action", "Make the ratings reached by actions the current ones", None;
    ChooseCharacteristic, Review, "Link characteristic…", "Choose the characteristic of the failure or of the control-plan row", None;
    ChooseControls, Review, "FMEA controls…", "Choose the FMEA controls that the control-plan row carries out", None;
    ChoosePhases, Review, "Phases of the row…", "Choose the phases in which the control-plan row is carried out", None;
    ChooseParts, Review, "Applies to parts…", "Choose the parts that the step, the failure cause or the control-plan row applies to", None;
    ChooseCheck, Review, "Device or check of the row…", "Let the row verify an error-proofing device, a set-up or a restart", None;
    ChooseEvidence, Review, "Evidence of the element…", "Choose the documents and files that prove the PPAP element, and attach files", None;
    RiskControls, Review, "Means of the controls…", "Means and evidence of the controls of the failure cause", None;
    AcceptProposals, Review, "Accept all proposed rows", "Add every row that flow and FMEA ask for to the control plan", None;
    Release, Review, "Release document…", "Freeze the document as a revision", None;
    StartDraft, Review, "Start next draft", "Work on a released document again", None;
    Preview, Report, "Print preview", "Show the printed pages of this document or list", Some(Shortcut::command("F2"));
    ExportPdf, Report, "Export as PDF…", "Write the form of this document, or this list, as PDF", Some(Shortcut::command("P"));
    ExportAllPdf, Report, "Export all documents as PDF…", "Write the forms of all documents as PDF into a folder", None;
    ExportXlsx, Report, "Export as Excel workbook…", "Write the form of this document, or this list, as an Excel workbook", None;
    ExportAllXlsx, Report, "Export the project as Excel workbook…", "Write all documents and lists as the sheets of one Excel workbook", None;
    ExportCsv, Report, "Export as CSV…", "Write the flat form of this document, or this list", None;
    ReportProfiles, Report, "Report profiles…", "Paper, text size, columns, logo, footer, confidentiality and page numbers of reports", None;
    PpapPackage, Report, "PPAP package…", "What stands in the way of the submission, and everything that is handed to the customer as one PDF", None;
    FirstSteps, Help, "First steps", "Show or hide what to try first", None;
    RatingScales, Help, "Rating scales…", "Read the scales and the action priority of the rating profile", Some(Shortcut::plain("F1"));
    ClassLegend, Help, "Special characteristics…", "The classes of special characteristics with their symbols and what they ask for", None;
    ShortcutList, Help, "Keyboard shortcuts…", "Every key of the program", None;
    About, Help, "About Goldthread…", "Version, licences", None;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut seen: HashMap<Shortcut, MenuCommand> = HashMap::new();
        for command in MenuCommand::ALL {
            if let Some(shortcut) = command.shortcut() {
                assert_eq!(seen.insert(shortcut, *command), None, "{}", shortcut.words());
            }
        }
    }

    #[test]
    fn every_menu_has_commands_and_every_command_says_what_it_does() {
        for menu in Menu::ALL {
            assert!(MenuCommand::ALL.iter().any(|command| command.menu() == menu), "{}", menu.name());
        }
        for command in MenuCommand::ALL {
            assert!(!command.hint().is_empty() && !command.text().is_empty());
        }
    }
}
