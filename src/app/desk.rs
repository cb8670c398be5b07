//! The open project: its state, history and findings, and the one path for every change.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::app::completion::{Completion, Suggestion, TextKind};
use crate::app::jobs::{Done, Jobs};
use crate::app::library;
use crate::app::local::Local;
use crate::app::logo;
use crate::app::settings::Settings;
use crate::base::clock::{self, Date};
use crate::base::{Id, IdSource, Text};
use crate::edit::{
    Author, CellBatch, Command, Committed, History, Refusal, Transaction, WrittenCells, can, plan, write_cells,
};
use crate::model::document::{Document, DocumentKind};
use crate::model::field::Field;
use crate::model::finding::Finding;
use crate::model::op::Changes;
use crate::model::project_data::ProjectData;
use crate::model::release::ReleaseState;
use crate::model::{OpError, Project};
use crate::rules::{Checker, Counts};
use crate::store::attachments::Attached;
use crate::store::autosave::Autosave;
use crate::store::create::create;
use crate::store::folder::Folder;
use crate::store::homes::FileName;
use crate::store::lock::{Holder, Lock, LockState};
use crate::store::open::{Opened, open};

/// How long changes wait before they are kept aside.
const AUTOSAVE_EVERY: Duration = Duration::from_secs(20);

/// How many checks an edit or a frame does at the most; some milliseconds' worth.
const CHECKS_AT_ONCE: usize = 256;

/// An open project.
pub struct Desk {
    project: Project,
    /// As it was when it was opened; a snapshot costs a few pointers.
    opened: Project,
    history: History,
    checker: Checker,
    author: Author,
    /// How dates and numbers are written.
    local: Local,
    folder: Folder,
    file_findings: Vec<Finding>,
    notices: Vec<String>,
    autosave: Option<Autosave>,
    /// Held as long as the project is open.
    lock: Option<Lock>,
    unseen: Changes,
    completion: RefCell<Completion>,
    kept_state: u64,
    kept_at: Instant,
    /// How often the project was saved: who looks at the files off the frame knows by it whether they are as they were.
    saves: Arc<AtomicU64>,
    /// Restored changes are unsaved although the history is empty.
    restored: bool,
}

/// What a new project begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewProject<'a> {
    /// Name of the project.
    pub name: &'a str,
    /// Organisation.
    pub organisation: &'a str,
    /// Customer.
    pub customer: &'a str,
    /// Identity of the rating profile of the process FMEA; blank for AIAG & VDA 2019.
    pub rating_profile: &'a str,
}

/// Who edits, by the settings.
///
/// # Errors
/// If the system offers no randomness for fresh identities.
pub fn author(settings: &Settings, today: Date) -> Result<Author, String> {
    let ids = IdSource::random().map_err(|error| format!("No random numbers for new identities: {error}"))?;
    Ok(Author { name: Text::from(settings.author.as_str()), today, ids })
}

impl Desk {
    /// Opens the project in a folder and takes hold of it. If somebody else holds it, it is open for reading.
    ///
    /// # Errors
    /// In words for a message: no such folder, no project in it, or no rights to read it.
    pub fn open(folder: &Path, author: Author) -> Result<Self, String> {
        let opened = open(folder, library()?).map_err(|error| error.to_string())?;
        Ok(Self::of_opened(opened, author))
    }

    /// Makes a project with an empty process flow, process FMEA and control plan in an empty folder, and opens it.
    ///
    /// # Errors
    /// In words for a message, if the folder is not empty or cannot be written.
    pub fn create(folder: &Path, start: &NewProject<'_>, mut author: Author) -> Result<Self, String> {
        let mut project = Project::new(library()?);
        let data = ProjectData::ID.into();
        let set = |field, text: &str| Command::SetField { item: data, field, text: text.to_owned(), via: None };
        let title = if start.name.is_empty() { "New product" } else { start.name };
        let add = |kind| Command::AddDocument { kind, title: title.to_owned() };
        let commands = [
            set(Field::Name, title),
            set(Field::Organisation, start.organisation),
            set(Field::Customer, start.customer),
            add(DocumentKind::ProcessFlow),
            add(DocumentKind::ProcessFmea),
            add(DocumentKind::ControlPlan),
        ];
        let mut run = |project: &mut Project, command: &Command| -> Result<(), String> {
            let transaction = plan(project, command, &mut author).map_err(|refusal| refusal.reason)?;
            project.apply(&transaction.ops).map_err(|error| error.to_string()).map(|_| ())
        };
        for command in &commands {
            run(&mut project, command)?;
        }
        if !start.rating_profile.is_empty() {
            let fmeas: Vec<_> =
                project.documents_of(DocumentKind::ProcessFmea).iter().map(|document| document.id).collect();
            for fmea in fmeas {
                let text = start.rating_profile.to_owned();
                let field = Field::RatingProfile;
                run(&mut project, &Command::SetField { item: fmea.into(), field, text, via: None })?;
            }
        }
        let folder = create(folder, &project).map_err(|error| error.to_string())?;
        Ok(Self::of_opened(Opened { project, folder, findings: Vec::new() }, author))
    }

    /// Makes a project with nothing in it in an empty folder, and opens it: what is imported makes its documents.
    ///
    /// # Errors
    /// In words for a message, if the folder is not empty or cannot be written.
    pub fn create_empty(folder: &Path, author: Author) -> Result<Self, String> {
        let project = Project::new(library()?);
        let folder = create(folder, &project).map_err(|error| error.to_string())?;
        Ok(Self::of_opened(Opened { project, folder, findings: Vec::new() }, author))
    }

    fn of_opened(opened: Opened, author: Author) -> Self {
        let Opened { project, mut folder, findings } = opened;
        let mut notices = Vec::new();
        let lock = match Lock::take(folder.path(), &Holder::this_process(&clock::time_of_day())) {
            Ok(lock) => Some(lock),
            Err(state) => {
                let reason = match state {
                    LockState::Other(Some(holder)) => format!("it is open elsewhere: {holder}"),
                    LockState::ThisApp => "this program has it open already".to_owned(),
                    LockState::Unknown(reason) => format!("it cannot be locked: {reason}"),
                    LockState::Other(None) | LockState::Stale(_) | LockState::Unlocked => {
                        "another program has it open".to_owned()
                    }
                };
                notices.push(format!("The project is open for reading only, because {reason}."));
                folder.set_read_only(true);
                None
            }
        };
        let broken: Vec<&str> = folder.broken().map(FileName::as_str).collect();
        if !broken.is_empty() {
            let files = broken.join(", ");
            notices.push(format!(
                "These files could not be read and will not be written: {files}. The findings say why and where."
            ));
        }
        let autosave = folder.autosaved().filter(|_| lock.is_some());
        let checker = Checker::full_for(&project, author.today, &author.name);
        Self {
            opened: project.clone(),
            project,
            history: History::default(),
            checker,
            author,
            local: Local::default(),
            folder,
            file_findings: findings,
            notices,
            autosave,
            lock,
            unseen: Changes::default(),
            completion: RefCell::default(),
            kept_state: 0,
            kept_at: Instant::now(),
            saves: Arc::default(),
            restored: false,
        }
    }

    /// What to know about the way the project was opened.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// What is wrong with the files.
    pub fn file_findings(&self) -> &[Finding] {
        &self.file_findings
    }

    /// When the changes were kept aside that a crash left; none if there are none.
    pub fn restorable(&self) -> Option<String> {
        self.autosave.as_ref().map(|autosave| autosave.at.clone())
    }

    /// Takes over, or gives up, the changes that a crash left.
    ///
    /// # Errors
    /// In words for a message, if they cannot be read.
    pub fn restore(mut self, take: bool) -> Result<Self, String> {
        let Some(autosave) = self.autosave.take() else { return Ok(self) };
        if !take {
            self.folder.discard_autosave();
            return Ok(self);
        }
        let opened = self.folder.restore(&autosave, library()?).map_err(|error| error.to_string())?;
        // The hold on the folder goes with the old desk, and the new one takes it again.
        let author = self.author.clone();
        drop(self);
        let mut desk = Self::of_opened(opened, author);
        desk.autosave = None;
        desk.restored = true;
        Ok(desk)
    }

    /// Whether the project may not be saved here.
    pub fn is_read_only(&self) -> bool {
        self.folder.is_read_only()
    }

    /// Whether there is something to save.
    pub fn is_dirty(&self) -> bool {
        self.restored || self.history.is_dirty()
    }

    /// Writes what changed.
    ///
    /// # Errors
    /// In words for a message; nothing on disk has changed then.
    pub fn save(&mut self) -> Result<(), String> {
        self.saves.fetch_add(1, Ordering::Relaxed);
        let saved = self.folder.save(&self.project).map_err(|error| error.to_string())?;
        self.history.mark_saved(self.history.state());
        self.restored = false;
        if saved.kept_back.is_empty() {
            return Ok(());
        }
        let files: Vec<&str> = saved.kept_back.iter().map(FileName::as_str).collect();
        Err(format!(
            "Everything was saved but {}: the file could not be read when the project was opened, so it is not written. \
             Repair or remove it, then open the project again.",
            files.join(", ")
        ))
    }

    /// Writes the project to a new or empty folder and goes on there. The old folder stays as it is, and is let go of.
    ///
    /// # Errors
    /// In words for a message; the project is where it was then.
    pub fn save_as(&mut self, path: &Path) -> Result<(), String> {
        let folder = self.folder.save_as(path, &self.project).map_err(|error| error.to_string())?;
        if self.lock.is_some() {
            self.folder.discard_autosave();
        }
        self.folder = folder;
        let holder = Holder::this_process(&clock::time_of_day());
        self.lock = Lock::take(self.folder.path(), &holder).ok();
        self.autosave = None;
        self.restored = false;
        self.history.mark_saved(self.history.state());
        Ok(())
    }

    /// Keeps unsaved changes aside, off the frame, if it is time to. How long to wait until it is, if there are some.
    pub fn autosave_when_due(&mut self, jobs: &Jobs) -> Option<Duration> {
        let state = self.history.state();
        if self.lock.is_none() || !self.is_dirty() || state == self.kept_state {
            return None;
        }
        let waited = self.kept_at.elapsed();
        if waited < AUTOSAVE_EVERY {
            return Some(AUTOSAVE_EVERY.saturating_sub(waited));
        }
        self.kept_state = state;
        self.kept_at = Instant::now();
        let (folder, project, at) = (self.folder.clone(), self.project.clone(), clock::time_of_day());
        jobs.start("Keeping a copy…", move || {
            folder
                .autosave(&project, &at)
                .map(|()| Done::default())
                .map_err(|error| format!("Unsaved changes could not be kept aside, so save soon: {error}"))
        });
        None
    }

    /// Looks off the frame whether another program changed files of the project, and says so.
    pub fn look_for_changes(&self, jobs: &Jobs) {
        let (folder, saves) = (self.folder.clone(), Arc::clone(&self.saves));
        let before = saves.load(Ordering::Relaxed);
        jobs.start("Looking at the files…", move || {
            let mut changed = folder.changed_on_disk();
            if saves.load(Ordering::Relaxed) != before {
                // What was found may be what this program wrote meanwhile; the next look will tell.
                changed.clear();
            }
            let text = match changed.as_slice() {
                [] => String::new(),
                [only] => format!("{only} was changed by another program. File → Read again from disk shows it"),
                [first, others @ ..] => format!(
                    "{first} and {} more were changed by another program. File → Read again from disk shows them",
                    others.len()
                ),
            };
            Ok(Done { text, made: None })
        });
    }

    /// How dates and numbers are written on screen.
    pub fn local(&self) -> Local {
        self.local
    }

    /// Writes dates and numbers in another way.
    pub fn set_local(&mut self, local: Local) {
        self.local = local;
    }

    /// Lets another name stand at what is reviewed and released from now on.
    pub fn set_author(&mut self, name: &str) {
        self.author.name = Text::from(name.trim());
    }

    /// Lets go of the project. Unsaved changes are given up.
    pub fn close(self) {
        if self.lock.is_some() && self.autosave.is_none() {
            self.folder.discard_autosave();
        }
    }

    /// The project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The project as it was when it was opened.
    pub fn as_opened(&self) -> &Project {
        &self.opened
    }

    /// The folder of the project.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Copies a picture into the project folder, unless it lies there. Gives its path from there on.
    ///
    /// # Errors
    /// In words for a message, if it cannot be printed as a logo, or if it cannot be copied.
    pub fn attach_logo(&self, file: &Path) -> Result<String, String> {
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        logo::read(file, &name).map_err(|error| error.to_string())?;
        self.attach(file, logo::MOST_BYTES).map(|attached| attached.path)
    }

    /// Copies a file of at most so many bytes into the project folder, unless it lies there.
    ///
    /// # Errors
    /// In words for a message, if it cannot be read or copied, or is larger.
    pub fn attach(&self, file: &Path, at_most: u64) -> Result<Attached, String> {
        self.folder.attach(file, at_most).map_err(|error| error.to_string())
    }

    /// Undo and redo.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The findings.
    pub fn checker(&self) -> &Checker {
        &self.checker
    }

    /// How many findings of which severity there are.
    pub fn counts(&self) -> Counts {
        self.checker.counts()
    }

    /// Who edits.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// Whether a command can be done now.
    ///
    /// # Errors
    /// The reason why not.
    pub fn can(&self, command: &Command) -> Result<(), Refusal> {
        can(&self.project, command, &self.author)
    }

    /// Does a command.
    ///
    /// # Errors
    /// The reason why it cannot be done; nothing has changed then.
    pub fn run(&mut self, command: &Command) -> Result<Committed, Refusal> {
        let transaction = plan(&self.project, command, &mut self.author)?;
        self.commit(transaction)
    }

    /// What writing texts into cells would come to; nothing changes yet.
    pub fn write_cells(&mut self, batch: &CellBatch) -> Option<WrittenCells> {
        write_cells(&self.project, batch, &mut self.author, &|| true)
    }

    /// Does what was planned for the project as it is now.
    ///
    /// # Errors
    /// If the structure of the project would be broken; nothing has changed then.
    pub fn commit(&mut self, transaction: Transaction) -> Result<Committed, Refusal> {
        let committed = self.history.commit(&mut self.project, transaction).map_err(|error| refusal(&error))?;
        self.follow(&committed.changes);
        Ok(committed)
    }

    /// Takes the latest change back.
    ///
    /// # Errors
    /// If there is none.
    pub fn undo(&mut self) -> Result<Committed, Refusal> {
        let undone = self.history.undo(&mut self.project).map_err(|error| refusal(&error))?;
        let undone = undone.ok_or_else(|| Refusal::new("There is nothing to undo"))?;
        self.follow(&undone.changes);
        Ok(undone)
    }

    /// Makes the change that was taken back again.
    ///
    /// # Errors
    /// If there is none.
    pub fn redo(&mut self) -> Result<Committed, Refusal> {
        let redone = self.history.redo(&mut self.project).map_err(|error| refusal(&error))?;
        let redone = redone.ok_or_else(|| Refusal::new("There is nothing to redo"))?;
        self.follow(&redone.changes);
        Ok(redone)
    }

    fn follow(&mut self, changes: &Changes) {
        self.checker.note(&self.project, changes, self.author.today);
        self.checker.catch_up(&self.project, CHECKS_AT_ONCE);
        self.completion.get_mut().update(changes);
        self.unseen.merge(changes.clone());
    }

    /// Makes sure that there is something to complete from, or will be soon.
    pub fn prepare_completion(&self) {
        self.completion.borrow_mut().prepare(&self.project);
    }

    /// Whether there will soon be something to complete from.
    pub fn completion_is_pending(&self) -> bool {
        self.completion.borrow().is_pending()
    }

    /// The texts of a kind that fit to what was typed, the best first.
    pub fn complete(&self, kind: TextKind, typed: &str, most: usize) -> Vec<Suggestion> {
        self.completion.borrow().find(&self.project, kind, typed, most)
    }

    /// The text of a kind that says the same.
    pub fn known_text(&self, kind: TextKind, text: &str) -> Option<Suggestion> {
        self.completion.borrow().same(&self.project, kind, text)
    }

    /// Does some of the checks that wait since an edit made very many stale; whether there were any.
    pub fn catch_up(&mut self) -> bool {
        let is_behind = self.checker.is_behind();
        if is_behind {
            self.checker.catch_up(&self.project, CHECKS_AT_ONCE);
        }
        is_behind
    }

    /// What changed since this was asked last, for whoever keeps derived values.
    pub fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.unseen)
    }

    /// SHA-256 over what the usual form of a document prints now.
    pub fn content_hash(&self, document: Id<Document>) -> Option<String> {
        Some(self.project.content_hash(self.project.get(document)?))
    }

    /// Whether a document is what its latest revision froze.
    pub fn is_as_released(&self, document: &Document) -> bool {
        matches!(self.project.release_state(document), ReleaseState::Released(_))
    }
}

fn refusal(error: &OpError) -> Refusal {
    Refusal::new(error.to_string())
}
