//! The elements of a submission with their evidence, and the table that says which of them is sent at which level.

use crate::base::clock::Date;
use crate::base::{Id, OrderKey, Text};
use crate::model::document::{Document, DocumentKind};
use crate::model::item::entity;
use crate::model::meta::Meta;
use crate::model::ppap::{Level, Submission};
use crate::model::project::Project;
use crate::model::project_data::Attachment;
use crate::model::reference::Ref;

/// What becomes of the record of an element (PPAP, table of submission and retention).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Retention {
    /// S: sent to the customer, a copy is kept.
    Submit,
    /// R: kept, and shown on request.
    Retain,
    /// *: kept, and sent on request.
    OnRequest,
}

impl Retention {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Submit, Self::Retain, Self::OnRequest];

    /// The letter of the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submit => "S",
            Self::Retain => "R",
            Self::OnRequest => "*",
        }
    }
}

/// An element that the manual names.
#[derive(Debug, Clone, Copy)]
pub struct StandardElement {
    /// Its number, such as `1a`.
    pub key: &'static str,
    /// What it is.
    pub title: &'static str,
    /// What becomes of it at the levels 1 to 5.
    pub at_level: [Retention; 5],
    /// The kind of document of the project that is its evidence.
    pub document: Option<DocumentKind>,
}

const fn standard(key: &'static str, title: &'static str, letters: [u8; 5]) -> StandardElement {
    let mut at_level = [Retention::Retain; 5];
    let mut level = 0;
    while level < 5 {
        at_level[level] = match letters[level] {
            b'S' => Retention::Submit,
            b'*' => Retention::OnRequest,
            _ => Retention::Retain,
        };
        level += 1;
    }
    StandardElement { key, title, at_level, document: None }
}

const fn proved_by(element: StandardElement, document: DocumentKind) -> StandardElement {
    StandardElement { document: Some(document), ..element }
}

/// The elements of AIAG PPAP, 4th edition, with submission (S), retention (R) and retention with submission on request (*)
/// at the levels 1 to 5. Level 4 is what the customer defines: each element can say its own there.
pub const STANDARD_ELEMENTS: [StandardElement; 21] = [
    standard("1", "Design record", *b"RSS*R"),
    standard("1a", "Design record: proprietary components and details", *b"RRR*R"),
    standard("1b", "Design record: all other components and details", *b"RSS*R"),
    standard("2", "Engineering change documents", *b"RSS*R"),
    standard("3", "Customer engineering approval", *b"RRS*R"),
    proved_by(standard("4", "Design FMEA", *b"RRS*R"), DocumentKind::DesignFmea),
    proved_by(standard("5", "Process flow diagram", *b"RRS*R"), DocumentKind::ProcessFlow),
    proved_by(standard("6", "Process FMEA", *b"RRS*R"), DocumentKind::ProcessFmea),
    proved_by(standard("7", "Control plan", *b"RRS*R"), DocumentKind::ControlPlan),
    standard("8", "Measurement system analysis", *b"RRS*R"),
    standard("9", "Dimensional results", *b"RSS*R"),
    standard("10", "Material and performance test results", *b"RSS*R"),
    standard("11", "Initial process studies", *b"RRS*R"),
    standard("12", "Qualified laboratory documentation", *b"RSS*R"),
    standard("13", "Appearance approval report", *b"SSS*R"),
    standard("14", "Sample product", *b"RSS*R"),
    standard("15", "Master sample", *b"RRR*R"),
    standard("16", "Checking aids", *b"RRR*R"),
    standard("17", "Compliance with customer-specific requirements", *b"RRS*R"),
    standard("18", "Part submission warrant", *b"SSSSR"),
    standard("BMRC", "Bulk material requirements checklist", *b"SSSSR"),
];

impl StandardElement {
    /// The element with this number, in capitals or not.
    pub fn of(key: &str) -> Option<&'static Self> {
        STANDARD_ELEMENTS.iter().find(|element| element.key.eq_ignore_ascii_case(key.trim()))
    }

    /// What becomes of it at a level.
    pub fn at(&self, level: Level) -> Retention {
        self.at_level[level as usize]
    }
}

/// How far an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ElementStatus {
    /// Nothing was done yet.
    #[default]
    Open,
    /// Somebody works on it.
    InWork,
    /// The evidence is there.
    Ready,
    /// The element does not apply; the reason has to be given.
    NotApplicable,
}

impl ElementStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Open, Self::InWork, Self::Ready, Self::NotApplicable];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::InWork => "In work",
            Self::Ready => "Ready",
            Self::NotApplicable => "Not applicable",
        }
    }
}

/// An element of a submission.
#[derive(Debug, Clone, PartialEq)]
pub struct PpapElement {
    /// Identity.
    pub id: Id<Self>,
    /// The submission.
    pub submission: Id<Submission>,
    /// Place among the elements.
    pub order: OrderKey,
    /// Its number: one of [`STANDARD_ELEMENTS`], or one of the customer's own.
    pub key: Text,
    /// What it is; blank for the title of the standard element.
    pub title: Text,
    /// How far it is.
    pub status: ElementStatus,
    /// What becomes of it at level 4, or at any level if the manual does not know it; none if nobody said so.
    pub retention: Option<Retention>,
    /// Documents of the project that prove it.
    pub documents: Vec<Ref<Document>>,
    /// Files that prove it, in the order in which they are handed over.
    pub attachments: Vec<Ref<Attachment>>,
    /// Remark, such as where a sample is kept.
    pub remarks: Text,
    /// Why it does not apply.
    pub not_applicable_because: Text,
    /// Who brings the evidence.
    pub responsible: Text,
    /// Until when.
    pub due: Option<Date>,
    /// Note, origin and user-defined values.
    pub meta: Option<Box<Meta>>,
}

entity!(PpapElement, ppap_elements, order: order;
    submission => PpapElementInSubmission, documents => PpapElementDocument, attachments => AttachedTo);

impl PpapElement {
    /// An element that nobody worked on yet.
    pub fn open(id: Id<Self>, submission: Id<Submission>, order: OrderKey, key: &str) -> Self {
        Self {
            id,
            submission,
            order,
            key: Text::from(key),
            title: Text::default(),
            status: ElementStatus::Open,
            retention: None,
            documents: Vec::new(),
            attachments: Vec::new(),
            remarks: Text::default(),
            not_applicable_because: Text::default(),
            responsible: Text::default(),
            due: None,
            meta: None,
        }
    }

    /// What it is: its own title, or that of the standard element.
    pub fn name(&self) -> &str {
        let standard = || StandardElement::of(&self.key).map_or("", |element| element.title);
        if self.title.is_blank() { standard() } else { &self.title }
    }

    /// Whether the forms use its own title rather than a term of the trade.
    pub fn has_own_title(&self) -> bool {
        !self.title.is_blank() || self.is_own()
    }

    /// Whether it is none of the manual, but one that the customer asks for.
    pub fn is_own(&self) -> bool {
        StandardElement::of(&self.key).is_none()
    }

    /// Whether its letter is chosen by a person: at level 4, and for what the manual does not know.
    pub fn has_own_retention(&self, level: Level) -> bool {
        level == Level::Four || self.is_own()
    }

    /// What becomes of it at a level. Of an element that the manual does not know the customer says so, at whatever level; it
    /// is sent on request if he does not.
    pub fn required_at(&self, level: Level) -> Retention {
        let standard = StandardElement::of(&self.key).map_or(Retention::OnRequest, |element| element.at(level));
        if self.has_own_retention(level) { self.retention.unwrap_or(standard) } else { standard }
    }

    /// Whether anything shows that it is there.
    pub fn has_evidence(&self) -> bool {
        let documents = self.documents.iter().any(|document| document.present().is_some());
        let attachments = self.attachments.iter().any(|attachment| attachment.present().is_some());
        documents || attachments || !self.remarks.is_blank()
    }
}

impl Project {
    /// How the forms of a submission name a document: by number and title, or by kind and title if it has no number.
    pub fn document_name(&self, reference: &Ref<Document>) -> String {
        match reference.present().and_then(|id| self.get(id)) {
            Some(document) if !document.number.is_blank() => {
                format!("{} {}", document.number, document.title).trim().to_owned()
            }
            _ => self.target_text(reference),
        }
    }

    /// What becomes of an element at the level of its submission.
    pub fn required(&self, element: &PpapElement) -> Option<Retention> {
        self.get(element.submission).map(|submission| element.required_at(submission.level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table row by row, as the trade has it.
    #[test]
    fn the_table_of_levels_is_complete() {
        let rows: Vec<String> = STANDARD_ELEMENTS
            .iter()
            .map(|element| {
                let letters: Vec<&str> = element.at_level.into_iter().map(Retention::name).collect();
                format!("{} {}", element.key, letters.concat())
            })
            .collect();
        let expected = "1 RSS*R;1a RRR*R;1b RSS*R;2 RSS*R;3 RRS*R;4 RRS*R;5 RRS*R;6 RRS*R;7 RRS*R;8 RRS*R;9 RSS*R;10 RSS*R;\
                        11 RRS*R;12 RSS*R;13 SSS*R;14 RSS*R;15 RRR*R;16 RRR*R;17 RRS*R;18 SSSSR;BMRC SSSSR";
        assert_eq!(rows.join(";"), expected);
    }

    #[test]
    fn level_four_is_what_the_customer_defines() {
        let mut element = PpapElement::open(Id::MIN, Id::MIN, OrderKey::first(), "11");
        assert_eq!(element.required_at(Level::Four), Retention::OnRequest);
        element.retention = Some(Retention::Submit);
        assert_eq!(element.required_at(Level::Four), Retention::Submit);
        assert_eq!(element.required_at(Level::Two), Retention::Retain, "its own letter holds at level 4 only");
        element.key = Text::from("PPF 5.4");
        assert_eq!(element.required_at(Level::Three), Retention::Submit, "the customer asks for it at any level");
        element.retention = None;
        assert_eq!(element.required_at(Level::Three), Retention::OnRequest);
        assert_eq!(element.name(), "");
        element.key = Text::from("1A");
        assert_eq!(element.name(), "Design record: proprietary components and details");
    }
}
