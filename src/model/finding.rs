//! Findings: what is wrong or missing in people's documents. They never stop work.

use std::fmt;

use crate::base::Text;
use crate::model::field::Field;
use crate::model::item::AnyId;
use crate::model::message::Message;
use crate::model::op::Op;
use crate::model::plan_gap::Gap;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Needs an action or a comment.
    Warning,
    /// The document cannot be released.
    Error,
}

impl Severity {
    /// The word for people, in small letters.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// At an item, and at one of its fields if that is known.
    Item {
        /// The item.
        item: AnyId,
        /// The field.
        field: Option<Field>,
    },
    /// In a file.
    File {
        /// Path below the project folder.
        path: Text,
        /// Line from 1, column from 1.
        position: Option<(usize, usize)>,
    },
}

/// Whether a fix may be made without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// May be made together with others without asking.
    Safe,
    /// A person has to look.
    Suggested,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as a verb: "Accept the change".
    pub title: String,
    /// Whether it may be made without asking.
    pub applicability: Applicability,
    /// The changes; none where a control-plan row is proposed.
    pub ops: Vec<Op>,
    /// Adds the control-plan row that would close this gap.
    pub gap: Option<Gap>,
}

impl Fix {
    /// A fix that adds the control-plan row for a gap.
    pub fn add_row(gap: Gap) -> Self {
        let title = "Add the proposed row".to_owned();
        Self { title, applicability: Applicability::Suggested, ops: Vec::new(), gap: Some(gap) }
    }
}

/// Something wrong or missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable code, such as `LNK-15`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in one sentence that names the item.
    pub message: Message,
    /// What to do about it.
    pub help: Message,
    /// Where it is.
    pub place: Place,
    /// Other items that matter.
    pub related: Vec<AnyId>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding at an item without related items and fixes.
    pub fn at(code: &'static str, severity: Severity, item: impl Into<AnyId>, message: impl Into<Message>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            help: Message::said(""),
            place: Place::Item { item: item.into(), field: None },
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Names the field.
    pub fn field(mut self, named: Field) -> Self {
        if let Place::Item { field, .. } = &mut self.place {
            *field = Some(named);
        }
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = help.into();
        self
    }

    /// Names another item that matters.
    pub fn related(mut self, item: impl Into<AnyId>) -> Self {
        self.related.push(item.into());
        self
    }

    /// Offers a way to mend it.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// The item the finding is at.
    pub fn item(&self) -> Option<AnyId> {
        match &self.place {
            Place::Item { item, .. } => Some(*item),
            Place::File { .. } => None,
        }
    }
}
