//! An edit under way: what was typed, what can be chosen, what is asked before it is taken over.

use eframe::egui::Rect;

use super::address::{CellAddress, Place};
use super::source::{EditKind, EditOption, GridSource, Question, Remark};

/// The most options that are laid out at once.
const MOST_OPTIONS: usize = 200;

/// What was typed and not taken, and why.
pub(super) struct Refused {
    pub(super) text: String,
    pub(super) reason: String,
}

/// An edit under way.
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts about the field, the list and the keyboard that do not depend"
)]
pub(super) struct Editing {
    pub(super) at: CellAddress,
    pub(super) place: Place,
    pub(super) kind: EditKind,
    pub(super) text: String,
    pub(super) original: String,
    pub(super) serial: u64,
    pub(super) options: Vec<EditOption>,
    /// Indexes of the options that fit what was typed.
    pub(super) fitting: Vec<usize>,
    /// Which of the fitting options is lit; `by_hand` if arrows or the pointer chose it.
    pub(super) lit: Option<usize>,
    pub(super) by_hand: bool,
    /// The text the options were asked for.
    pub(super) asked: Option<(String, usize)>,
    pub(super) list_closed: bool,
    pub(super) had_focus: bool,
    pub(super) height: f32,
    pub(super) popup_rect: Option<Rect>,
    /// Shown beside the field until something else is typed.
    pub(super) refused: Option<Refused>,
    /// Asked before the commit.
    pub(super) ask: Option<Ask>,
    /// The line of the cursor, counted from 0.
    pub(super) line: usize,
    /// There will soon be more options.
    pub(super) waits: bool,
    /// Where the cursor shall go, in characters.
    pub(super) cursor: Option<usize>,
    /// The keyboard went elsewhere and shall come back.
    pub(super) refocus: bool,
    pub(super) remarks: Vec<Remark>,
}

/// How the person left the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// Enter, or Shift+Enter upwards.
    Down { back: bool },
    /// Tab, or Shift+Tab backwards.
    Along { back: bool },
    /// Ctrl+Enter while several cells are selected: into all of them.
    Fill,
    /// The focus went elsewhere.
    Unfocused,
    /// An option was clicked.
    Chosen,
    /// An answer to what was asked before the commit.
    Answered(usize),
    /// Escape.
    GiveUp,
}

/// What has to be answered before a commit.
pub(super) struct Ask {
    pub(super) answers: Vec<EditOption>,
    pub(super) words: String,
    pub(super) lit: usize,
    /// How the person wanted to leave.
    pub(super) leave: Leave,
}

impl Ask {
    pub(super) fn new(question: Question, leave: Leave) -> Self {
        let answers = question.answers.into_iter().map(|answer| EditOption::new(answer.clone(), answer)).collect();
        Self { answers, words: question.words, lit: 0, leave }
    }

    pub(super) fn light(&mut self, down: bool) {
        let last = self.answers.len().saturating_sub(1);
        self.lit = if down { (self.lit + 1).min(last) } else { self.lit.saturating_sub(1) };
    }
}

impl Editing {
    pub(super) fn new(
        at: CellAddress,
        place: Place,
        kind: EditKind,
        original: String,
        typed: Option<String>,
        serial: u64,
    ) -> Self {
        Self {
            at,
            place,
            kind,
            text: typed.unwrap_or_else(|| original.clone()),
            original,
            serial,
            options: Vec::new(),
            fitting: Vec::new(),
            lit: None,
            by_hand: false,
            asked: None,
            list_closed: false,
            had_focus: false,
            height: 0.0,
            popup_rect: None,
            refused: None,
            ask: None,
            line: 0,
            waits: false,
            cursor: None,
            refocus: false,
            remarks: Vec::new(),
        }
    }

    /// The field gets the keyboard in the next frame.
    pub(super) fn take_focus_back(&mut self) {
        self.refocus = true;
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, EditKind::Text | EditKind::Lines)
    }

    /// The line of the cursor in a cell of lines, else all of it.
    pub(super) fn line(&self) -> &str {
        match self.kind {
            EditKind::Lines => self.text.split('\n').nth(self.line).unwrap_or_default(),
            _ => &self.text,
        }
    }

    /// Writes the lit option into the line of the cursor; where the cursor belongs then, in characters.
    pub(super) fn take_line(&mut self) -> Option<usize> {
        let value = self.options.get(*self.fitting.get(self.lit?)?)?.value.clone();
        let mut lines: Vec<&str> = self.text.split('\n').collect();
        *lines.get_mut(self.line)? = &value;
        let end = lines[..=self.line].iter().map(|line| line.chars().count() + 1).sum::<usize>() - 1;
        self.text = lines.join("\n");
        self.list_closed = true;
        self.asked = Some((self.text.clone(), self.line));
        self.waits = true;
        (self.lit, self.by_hand) = (None, false);
        Some(end)
    }

    /// Whether a commit would change anything.
    pub(super) fn changed(&self) -> bool {
        self.value() != self.original
    }

    /// What a commit says: the option that is lit, or what was typed.
    pub(super) fn value(&self) -> String {
        let lit = self.lit.and_then(|lit| self.options.get(*self.fitting.get(lit)?));
        match lit {
            Some(option)
                if self.by_hand && self.kind != EditKind::Lines || self.kind == EditKind::Choice && self.touched() =>
            {
                option.value.clone()
            }
            _ if self.is_text() => self.text.clone(),
            _ => self.text.trim().to_owned(),
        }
    }

    pub(super) fn touched(&self) -> bool {
        self.text != self.original && !self.text.is_empty()
    }

    pub(super) fn list_is_open(&self) -> bool {
        !self.list_closed && !self.fitting.is_empty()
    }

    /// Asks for options when the text changed, and finds those that fit.
    pub(super) fn find_options(&mut self, source: &dyn GridSource) {
        let same = self.asked.as_ref().is_some_and(|(text, line)| *text == self.text && *line == self.line);
        if same && !self.waits {
            return;
        }
        let first = self.asked.is_none();
        let other_text = self.asked.as_ref().is_none_or(|(text, _)| *text != self.text);
        if first || self.is_text() {
            self.options = source.options(&self.at, self.line());
        }
        self.remarks = source.remarks(&self.at, &self.text, self.line());
        self.asked = Some((self.text.clone(), self.line));
        self.waits = source.options_are_pending();
        let typed = self.text.trim().to_lowercase();
        let all = self.text == self.original || typed.is_empty() || self.is_text();
        self.fitting.clear();
        if all {
            self.fitting.extend(0..self.options.len());
        } else {
            let starts = |option: &EditOption| option.value.to_lowercase().starts_with(&typed);
            let holds = |option: &EditOption| option.label.to_lowercase().contains(&typed);
            self.fitting.extend((0..self.options.len()).filter(|&index| starts(&self.options[index])));
            let more =
                (0..self.options.len()).filter(|&index| !starts(&self.options[index]) && holds(&self.options[index]));
            self.fitting.extend(more.collect::<Vec<_>>());
        }
        self.fitting.truncate(MOST_OPTIONS);
        let exact = self.fitting.iter().position(|&index| {
            let option = &self.options[index];
            option.value.to_lowercase() == typed || option.label.to_lowercase() == typed
        });
        self.by_hand = false;
        self.lit = match self.kind {
            EditKind::Choice if self.touched() => exact.or(if self.fitting.is_empty() { None } else { Some(0) }),
            EditKind::Choice | EditKind::Rating => exact,
            EditKind::Text | EditKind::Lines | EditKind::None => None,
        };
        // Completions of a text appear once something was typed.
        if same {
            // Options that were waited for change nothing about whether the list is open.
        } else if self.is_text() && !self.touched() || !other_text && !first {
            self.list_closed = true;
        } else if !first {
            self.list_closed = false;
        }
    }

    pub(super) fn light(&mut self, down: bool) {
        let count = self.fitting.len();
        self.by_hand = true;
        self.lit = Some(match (self.lit, down) {
            (None, true) => 0,
            (None, false) => count.saturating_sub(1),
            (Some(lit), true) => (lit + 1).min(count.saturating_sub(1)),
            (Some(lit), false) => lit.saturating_sub(1),
        });
    }
}
