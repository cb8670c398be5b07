//! The findings that files can give, for lists and for `explain`.

use crate::base::Text;
use crate::model::finding::{Finding, Place, Severity};

/// A kind of finding about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileCode {
    /// Stable code.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// What it means and what to do.
    pub help: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $severity:ident, $title:literal, $help:literal;)*) => {
        $($(#[$doc])* pub const $name: FileCode =
            FileCode { code: $code, severity: Severity::$severity, title: $title, help: $help };)*

        /// Every kind of finding about files, by code.
        pub const FILE_CODES: &[FileCode] = &[$($name,)*];
    };
}

codes! {
    /// The text of a file is not what it should be.
    SYNTAX, "FIL-01", Error, "A file cannot be read",
        "The text of the file breaks the format at the line and column given: a bracket or a comma is missing, a field has an \
        unknown name, a value is of the wrong kind, or the file was cut off. The other documents are open; this one is left \
        alone on disk. Correct the place in a text editor, or take the file from the version control or a backup.";
    /// A newer version of the program wrote the file.
    NEWER, "FIL-02", Error, "A file is from a newer version",
        "The file says a format that this version does not know. It is not opened and never written. Open the project with a \
        newer version of Goldthread.";
    /// The file is not UTF-8.
    NOT_UTF8, "FIL-03", Error, "A file is not text in UTF-8",
        "Another program may have saved the file in a different encoding, or the file is damaged. Convert it to UTF-8, or take \
        it from the version control or a backup.";
    /// The file holds conflict markers of Git.
    CONFLICT, "FIL-04", Error, "A file holds an unresolved merge conflict",
        "Git could not merge the file and marked the places where both sides differ. Keep one side of each (or both items), \
        remove the lines with the markers, and open the project again.";
    /// Two items have the same identity.
    DUPLICATE, "FIL-05", Error, "Two items have the same identity",
        "An identity stands for one item in the whole project. It is found twice if an item was copied by hand in a text \
        editor, or if a whole file was copied. Remove the copy; to copy a document or a row use the program.";
    /// A link leads nowhere.
    DANGLING, "FIL-06", Error, "A file refers to something that does not exist",
        "The target of a link is in none of the files, as after a merge that removed it on one side. A plain link is shown as \
        missing and can be set again or removed. An item that cannot stand without its target is not shown, but kept in the \
        file. Bring the target back, or remove the item in a text editor.";
    /// Items contradict each other.
    STRUCTURE, "FIL-07", Error, "A file contradicts itself or another one",
        "Items of the file are arranged in a way that makes no sense: one lies inside itself, a failure causes itself, the same \
        cause stands twice at one mode, an item is in the wrong kind of document. The document is not opened and left alone on \
        disk. Correct the item in a text editor.";
    /// The file is too large.
    TOO_LARGE, "FIL-08", Error, "A file is too large",
        "Files of more than 256 MB are not opened. No document of the trade comes near; something else was written into it.";
    /// Files of different saves are mixed.
    MIXED, "FIL-09", Warning, "The files are from different saves",
        "A save wrote several files together, and one of them is older now: the save was interrupted while it replaced the \
        files, or an old copy of one file was put back. Check that the documents agree; saving them makes the set whole again.";
    /// The file is not in canonical form.
    NOT_CANONICAL, "FIL-10", Warning, "A file is not in canonical form",
        "The contents are in order, but written in another way than the program does it, so the next save will change lines \
        that mean the same. Run `goldthread fmt` on the project.";
    /// The system refuses to give the file.
    UNREADABLE, "FIL-11", Error, "A file cannot be opened",
        "The system refuses to give the file: missing rights, a drive that is gone, or another program that holds it. The \
        other documents are open; this one is left alone.";
    /// A file has a name that no project file has.
    UNKNOWN_NAME, "FIL-12", Warning, "A file with an unknown name is not read",
        "The documents of a project are `project.ron`, `characteristics.ron`, `equipment.ron`, `process-flow.ron`, \
        `control-plan.ron`, `ppap.ron`, and files that begin with `fmea-` or `control-plan-`, in small letters, digits and dashes. Rename \
        the file, or move it elsewhere.";
    /// A rating profile or class set of the project cannot be used.
    OWN_DATA, "FIL-13", Error, "A rating profile or class set of the project cannot be used",
        "A file in the folder `profiles` or `classes` of the project is broken, or its identity is taken by one that ships \
        with the program. Correct it; until then the documents that name it cannot be evaluated.";
    /// A file that the project names is not in its folder.
    GONE, "FIL-14", Warning, "An attachment or logo is missing",
        "The project names a file that does not lie in its folder any more: reports have no logo, and a PPAP package lacks the \
        evidence. Put the file back, attach it again, or remove what names it.";
}

impl FileCode {
    /// The kind of finding with this code.
    pub fn of(code: &str) -> Option<&'static Self> {
        FILE_CODES.iter().find(|known| known.code.eq_ignore_ascii_case(code))
    }

    /// A finding in a file, at line and column from 1 if they are known.
    pub fn at(&self, path: &str, position: Option<(usize, usize)>, message: String) -> Finding {
        Finding {
            code: self.code,
            severity: self.severity,
            message: message.into(),
            help: self.help.into(),
            place: Place::File { path: Text::from(path), position },
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }
}
