//! Keeps the findings of a project from edit to edit.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use crate::base::clock::Date;
use crate::base::{Id, Text};
use crate::model::Project;
use crate::model::document::{Document, DocumentState};
use crate::model::finding::{Finding, Severity};
use crate::model::home::Home;
use crate::model::item::{AnyId, Item, Kind};
use crate::model::op::{Changes, Op};
use crate::model::readers::{ReadKey, Readers, Slot, digest};
use crate::model::track::{Read, track};

use super::approval::{Reported, reported};
use super::catalogue::checks_of;
use super::ground::Ground;
use super::peers::Peers;
use super::place::{document_of, rank};
use super::risk_case::RiskCase;
use super::rule::{Check, Context, Report, run};

/// What is checked at once: all checks of an item, or one check of a document.
type Unit = (AnyId, u16);

/// Findings by severity. Approved ones are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Open errors.
    pub errors: usize,
    /// Open warnings.
    pub warnings: usize,
    /// Open notes.
    pub infos: usize,
    /// Findings of any severity that somebody approved.
    pub approved: usize,
}

/// The findings of a project, kept up to date after each change at the cost of what the change touched.
#[derive(Debug, Clone)]
pub struct Checker {
    today: Date,
    reviewer: Text,
    ground: Ground,
    peers: Peers,
    units: Vec<Unit>,
    slots: HashMap<Unit, Slot>,
    readers: Readers,
    /// What each unit read last, as one number: most edits change values and not what is looked at.
    digests: HashMap<Slot, u64>,
    found: HashMap<Slot, Vec<Reported>>,
    places: HashMap<AnyId, BTreeSet<Slot>>,
    /// What waits to be checked again.
    stale: HashSet<Slot>,
    counts: Counts,
    news: News,
}

/// At which items findings came or went lately, so that whoever shows them looks at these only.
#[derive(Debug, Clone, Default)]
struct News {
    /// How many there were before the first that is still known.
    forgotten: u64,
    items: Vec<AnyId>,
}

/// How many items of [`News`] are remembered at the least.
const NEWS_KEPT: usize = 1024;

/// What the checks of some units gave.
#[derive(Default)]
struct Batch {
    reads: Vec<(ReadKey, Slot)>,
    digests: Vec<(Slot, u64)>,
    found: Vec<(Slot, Vec<Reported>)>,
}

impl Checker {
    /// Checks everything, on all cores.
    pub fn full(project: &Project, today: Date) -> Self {
        Self::full_for(project, today, &Text::default())
    }

    /// Checks everything for somebody: fixes that review a link do it in this name.
    pub fn full_for(project: &Project, today: Date, reviewer: &Text) -> Self {
        let ground = Ground::of(project);
        let peers = Peers::of(project);
        let units: Vec<Unit> = project
            .arenas()
            .items()
            .map(|item| item.id())
            .flat_map(|id| (0..parts(id.kind())).map(move |part| (id, part)))
            .collect();
        let context = Context { project, today, reviewer, ground: &ground, peers: &peers };
        let batches: Vec<Batch> = units
            .par_chunks(256)
            .enumerate()
            .map(|(chunk, units)| {
                let mut batch = Batch::default();
                for (at, unit) in units.iter().enumerate() {
                    check_unit(&context, *unit, (chunk * 256 + at) as Slot, &mut batch);
                }
                batch
            })
            .collect();
        let mut reads = Vec::with_capacity(batches.iter().map(|batch| batch.reads.len()).sum());
        let mut checker = Self {
            today,
            reviewer: reviewer.clone(),
            ground,
            peers,
            slots: units.iter().copied().zip(0..).collect(),
            units,
            readers: Readers::default(),
            digests: HashMap::new(),
            found: HashMap::new(),
            places: HashMap::new(),
            stale: HashSet::new(),
            counts: Counts::default(),
            news: News::default(),
        };
        for mut batch in batches {
            reads.append(&mut batch.reads);
            checker.digests.extend(batch.digests);
            for (slot, found) in batch.found {
                checker.set(slot, found);
            }
        }
        checker.readers = Readers::new(reads);
        checker.news = News::default();
        checker
    }

    /// Brings the findings up to date after a change: `project` is the project after it. Checks over the whole contents of a
    /// document are not repeated; see [`Checker::full`].
    pub fn update(&mut self, project: &Project, changes: &Changes, today: Date) {
        self.note(project, changes, today);
        self.catch_up(project, usize::MAX);
    }

    /// Notes which checks a change made stale, to be done by [`Checker::catch_up`]: a fact that thousands of lines share makes
    /// as many checks stale, and nobody shall wait for them.
    pub fn note(&mut self, project: &Project, changes: &Changes, today: Date) {
        let ground = Ground::of(project);
        if today != self.today || ground != self.ground {
            let news = News { forgotten: self.news() + 1, items: Vec::new() };
            *self = Self { news, ..Self::full_for(project, today, &self.reviewer) };
            return;
        }
        for read in &changes.touched {
            self.stale.extend(self.readers.of(ReadKey::from(*read)));
        }
        let peers = self.peers.update(project, changes);
        for id in changes.items.iter().chain(&peers) {
            let exists = project.arenas().contains(*id);
            for part in 0..parts(id.kind()) {
                let unit = (*id, part);
                if !exists {
                    if let Some(slot) = self.slots.remove(&unit) {
                        self.clear(slot);
                    }
                } else if is_contents(unit) {
                    // What a full check found may hold no longer, and is cheap to find again off the frame.
                    if let Some(slot) = self.slots.get(&unit) {
                        self.clear(*slot);
                    }
                } else {
                    let slot = self.slot(unit);
                    self.stale.insert(slot);
                }
            }
        }
    }

    /// Whether checks wait to be done again.
    pub fn is_behind(&self) -> bool {
        !self.stale.is_empty()
    }

    /// Does stale checks again, at the most so many; the latest project has to be handed in.
    pub fn catch_up(&mut self, project: &Project, most: usize) {
        let stale: Vec<Slot> = if self.stale.len() <= most {
            self.stale.drain().collect()
        } else {
            let some: Vec<Slot> = self.stale.iter().copied().take(most).collect();
            for slot in &some {
                self.stale.remove(slot);
            }
            some
        };
        // Slots of what is gone may still be named by reads; they are never given to anything else.
        let stale: Vec<(Slot, Unit)> = stale
            .into_iter()
            .map(|slot| (slot, self.units[slot as usize]))
            .filter(|(slot, unit)| self.slots.get(unit) == Some(slot))
            .collect();
        let today = self.today;
        let context = Context { project, today, reviewer: &self.reviewer, ground: &self.ground, peers: &self.peers };
        let check = |(slot, unit): &(Slot, Unit)| {
            let mut batch = Batch::default();
            check_unit(&context, *unit, *slot, &mut batch);
            batch
        };
        // Few checks are done before other threads have woken up.
        let batches: Vec<Batch> = if stale.len() > 512 {
            stale.par_iter().with_min_len(64).map(check).collect()
        } else {
            stale.iter().map(check).collect()
        };
        for ((slot, _), batch) in stale.iter().zip(batches) {
            let now = batch.digests.first().map(|(_, now)| *now);
            if now.is_some() && self.digests.get(slot).copied() != now {
                for (key, slot) in batch.reads {
                    self.readers.add(key, slot);
                }
                self.digests.extend(batch.digests);
            }
            let found = batch.found.into_iter().next().map(|(_, found)| found).unwrap_or_default();
            if self.found.get(slot).map_or(&[][..], Vec::as_slice) != found {
                self.clear(*slot);
                self.set(*slot, found);
            }
        }
    }

    /// A number that grows with every item at which findings come or go.
    pub fn news(&self) -> u64 {
        self.news.forgotten + self.news.items.len() as u64
    }

    /// The items at which findings came or went since [`Checker::news`] gave this number, with repetitions; none if that
    /// is too long ago.
    pub fn changed_since(&self, seen: u64) -> Option<&[AnyId]> {
        let known = usize::try_from(seen.checked_sub(self.news.forgotten)?).ok()?;
        self.news.items.get(known..)
    }

    /// All findings in the order of the documents, the grave ones of each first, then from top to bottom.
    pub fn findings(&self, project: &Project) -> Vec<&Reported> {
        let mut found: Vec<&Reported> = self.found.values().flatten().collect();
        found.sort_by_cached_key(|reported| (rank(project, &reported.finding), reported.finding.message.clone()));
        found
    }

    /// The findings that nobody approved, in no particular order.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.found.values().flatten().filter(|reported| reported.approved.is_none()).map(|reported| &reported.finding)
    }

    /// The findings at an item.
    pub fn at(&self, item: AnyId) -> impl Iterator<Item = &Reported> {
        let slots = self.places.get(&item).into_iter().flatten();
        slots
            .filter_map(|slot| self.found.get(slot))
            .flatten()
            .filter(move |reported| reported.finding.item() == Some(item))
    }

    /// The gravest open finding at an item.
    pub fn worst_at(&self, item: AnyId) -> Option<Severity> {
        let open = self.at(item).filter(|reported| reported.approved.is_none());
        open.map(|reported| reported.finding.severity).max()
    }

    /// How many findings there are.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The day the findings hold for.
    pub fn today(&self) -> Date {
        self.today
    }

    fn slot(&mut self, unit: Unit) -> Slot {
        *self.slots.entry(unit).or_insert_with(|| {
            self.units.push(unit);
            (self.units.len() - 1) as Slot
        })
    }

    fn set(&mut self, slot: Slot, found: Vec<Reported>) {
        for reported in &found {
            *self.counts.of(reported) += 1;
            if let Some(item) = reported.finding.item() {
                self.news.add(item);
                self.places.entry(item).or_default().insert(slot);
            }
        }
        if !found.is_empty() {
            self.found.insert(slot, found);
        }
    }

    fn clear(&mut self, slot: Slot) {
        for reported in self.found.remove(&slot).unwrap_or_default() {
            *self.counts.of(&reported) -= 1;
            let Some(item) = reported.finding.item() else { continue };
            self.news.add(item);
            if let Some(slots) = self.places.get_mut(&item) {
                slots.remove(&slot);
                if slots.is_empty() {
                    self.places.remove(&item);
                }
            }
        }
    }
}

impl News {
    fn add(&mut self, item: AnyId) {
        if self.items.len() == 2 * NEWS_KEPT {
            self.items.drain(..NEWS_KEPT);
            self.forgotten += NEWS_KEPT as u64;
        }
        self.items.push(item);
    }
}

impl Counts {
    fn of(&mut self, reported: &Reported) -> &mut usize {
        match (reported.approved, reported.finding.severity) {
            (Some(_), _) => &mut self.approved,
            (None, Severity::Error) => &mut self.errors,
            (None, Severity::Warning) => &mut self.warnings,
            (None, Severity::Info) => &mut self.infos,
        }
    }
}

/// The open errors that stand in the way of releasing a document: its own as it would be checked once it is released, and
/// those of what it shares with others.
pub fn release_obstacles(project: &Project, document: Id<Document>, today: Date) -> Vec<Finding> {
    let mut released = project.clone();
    if let Some(draft) = project.get(document) {
        let as_released = Document { state: DocumentState::Released, ..draft.clone() };
        // A change of state breaks no structure; if it were refused, the draft is checked as it is.
        let _refused = released.apply(&[Op::Put(as_released.into())]);
    }
    let checker = Checker::full(&released, today);
    let open = checker.findings(&released).into_iter().filter(|reported| {
        let item = reported.finding.item();
        let place = item.and_then(|item| document_of(&released, item));
        // What is wrong with a submission holds no document up.
        let is_submitted = item.and_then(|item| released.home(item)) == Some(Home::Ppap);
        reported.approved.is_none()
            && !is_submitted
            && reported.finding.severity == Severity::Error
            && place.is_none_or(|place| place == document)
    });
    open.map(|reported| reported.finding.clone()).collect()
}

/// Into how many units an item of this kind is divided. Documents are checked rule by rule, because some of their rules
/// walk over much and others read the header.
fn parts(kind: Kind) -> u16 {
    let checks = checks_of(kind).len();
    if kind == Kind::Document { checks as u16 } else { u16::from(checks > 0) }
}

fn is_contents((id, part): Unit) -> bool {
    id.kind() == Kind::Document
        && checks_of(Kind::Document).get(part as usize).is_some_and(|(_, check)| matches!(check, Check::Contents(_)))
}

fn check_unit(context: &Context<'_>, unit: Unit, slot: Slot, batch: &mut Batch) {
    let (id, part) = unit;
    let Some(item) = context.project.arenas().get(id) else { return };
    let (found, reads) = track(|| {
        let mut findings = Vec::new();
        run_checks(context, &item, part, &mut findings);
        findings.into_iter().map(|finding| reported(context.project, finding)).collect::<Vec<_>>()
    });
    if !is_contents(unit) {
        let own = Read::Item(id);
        let is_document = id.kind() == Kind::Document;
        // What all checks may ask of documents is held as the ground, see there.
        let counts = |read: &Read| match read {
            Read::Item(AnyId::Document(_) | AnyId::ProjectData(_)) => is_document,
            _ => true,
        };
        let keys = reads.into_iter().filter(|read| *read != own && counts(read));
        let start = batch.reads.len();
        batch.reads.extend(keys.map(|read| (ReadKey::from(read), slot)));
        batch.digests.push((slot, digest(&batch.reads[start..])));
    }
    if !found.is_empty() {
        batch.found.push((slot, found));
    }
}

fn run_checks(context: &Context<'_>, item: &Item, part: u16, findings: &mut Vec<Finding>) {
    let checks = checks_of(item.id().kind());
    match item {
        Item::Document(_) => {
            if let Some((rule, check)) = checks.get(part as usize) {
                run(*check, context, item, &mut Report { rule, findings });
            }
        }
        Item::Risk(risk) => {
            let case = RiskCase::new(context.project, risk);
            for (rule, check) in checks {
                if let Check::Risk(check) = check {
                    check(context, &case, &mut Report { rule, findings: &mut *findings });
                }
            }
        }
        _ => {
            for (rule, check) in checks {
                run(*check, context, item, &mut Report { rule, findings: &mut *findings });
            }
        }
    }
}
