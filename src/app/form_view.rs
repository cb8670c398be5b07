//! A form as a view keeps it: blocks projected when they are looked at, and again only if an edit touched what they read.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::arrange::Arrangement;
use crate::base::Id;
use crate::model::document::{Document, Phase};
use crate::model::form::{Block, Form, FormKind, FormOptions, KeptBlock, ListKind, RowId};
use crate::model::op::Changes;
use crate::model::readers::{ReadKey, Readers, Slot};
use crate::model::track::{Read, is_stale, track};
use crate::model::{AnyId, Project};

/// A form with its projected blocks.
#[derive(Debug, Clone)]
pub struct FormView {
    form: Form,
    columns_reads: Vec<Read>,
    /// The blocks in the order of the document.
    natural: Vec<AnyId>,
    /// The blocks that are shown, in the order in which they are.
    order: Vec<AnyId>,
    order_reads: Vec<Read>,
    places: HashMap<AnyId, usize>,
    blocks: HashMap<AnyId, Kept>,
    /// Every block there ever was, by its slot.
    slots: Vec<AnyId>,
    /// Which blocks read what, so that an edit looks at those only that it can have touched.
    readers: Readers,
    /// Which rows are shown, and in which order; none for all of them as the document has them.
    arrangement: Option<Arrangement>,
    row_count: usize,
    line_count: usize,
    revision: u64,
    /// The block that is being projected off the frame.
    ahead: Option<Ahead>,
    /// The blocks that the latest update changed.
    changed: Vec<AnyId>,
    /// Whether it left the order of the blocks as it was.
    keeps_order: bool,
}

/// So many blocks that an edit touched are projected again at once, if they were looked at; more wait until they are.
const AT_ONCE: usize = 2;

/// A block on its way.
#[derive(Debug, Clone)]
struct Ahead {
    key: AnyId,
    /// The view for which it holds.
    revision: u64,
    answer: Arc<Mutex<Option<KeptBlock>>>,
}

#[derive(Debug, Clone)]
struct Kept {
    slot: Slot,
    /// How many rows it has.
    lines: usize,
    /// How many of them are shown.
    rows: usize,
    count_reads: Vec<Read>,
    revision: u64,
    /// The block with all its rows, as far as it was looked at.
    whole: Option<KeptBlock>,
    /// What is shown of it, where that is less or in another order.
    shown: Option<Arc<Block>>,
}

impl Kept {
    /// The block as it is shown, if it is up to date.
    fn ready(&self, is_arranged: bool) -> Option<&Arc<Block>> {
        let whole = self.whole.as_ref().filter(|whole| whole.is_current())?;
        if is_arranged { self.shown.as_ref() } else { Some(whole.block()) }
    }
}

impl FormView {
    /// A view of a document in one of its forms.
    pub fn new(project: &Project, document: &Document, kind: FormKind, options: FormOptions) -> Self {
        Self::of(project, 1, track(|| Form::new(project, document, kind, options)))
    }

    fn of(project: &Project, revision: u64, (form, columns_reads): (Form, Vec<Read>)) -> Self {
        let mut view = Self {
            form,
            columns_reads,
            natural: Vec::new(),
            order: Vec::new(),
            order_reads: Vec::new(),
            places: HashMap::new(),
            blocks: HashMap::new(),
            slots: Vec::new(),
            readers: Readers::default(),
            arrangement: None,
            row_count: 0,
            line_count: 0,
            revision,
            ahead: None,
            changed: Vec::new(),
            keeps_order: false,
        };
        view.list_blocks(project);
        view
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// A view of a list over the whole project.
    pub fn list(project: &Project, list: ListKind, options: FormOptions) -> Self {
        Self::of(project, 1, track(|| Form::list(project, list, options)))
    }

    /// The document; none for a list over the whole project.
    pub fn document(&self) -> Option<Id<Document>> {
        self.form.document
    }

    /// Counts up with every change that reached the view.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The blocks in order.
    pub fn order(&self) -> &[AnyId] {
        &self.order
    }

    /// The place of a block.
    pub fn place(&self, key: AnyId) -> Option<usize> {
        self.places.get(&key).copied()
    }

    /// Number of rows of a block and the revision of its contents.
    pub fn summary(&self, key: AnyId) -> (usize, u64) {
        self.blocks.get(&key).map_or((0, 0), |kept| (kept.rows, kept.revision))
    }

    /// Whether the document has nothing to show, filtered or not.
    pub fn whole_is_empty(&self) -> bool {
        self.natural.is_empty()
    }

    /// Number of rows that are shown.
    pub fn row_count(&self) -> usize {
        self.row_count
    }

    /// Number of rows of the whole form.
    pub fn line_count(&self) -> usize {
        self.line_count
    }

    /// Which rows are shown, and in which order.
    pub fn arrangement(&self) -> Option<&Arrangement> {
        self.arrangement.as_ref()
    }

    /// Shows only some rows, or in another order, or everything again. If the project `is_as_judged`, the rows need not be
    /// counted again.
    pub fn arrange(&mut self, project: &Project, arrangement: Option<Arrangement>, is_as_judged: bool) {
        self.arrangement = arrangement;
        self.revision += 1;
        for key in self.natural.clone() {
            let left = self.arrangement.as_ref().filter(|_| is_as_judged).and_then(|known| known.left(key));
            if let Some(kept) = self.blocks.get_mut(&key) {
                kept.shown = None;
                kept.revision = self.revision;
                kept.rows = left.unwrap_or(kept.rows);
            }
            if left.is_none() {
                self.count_shown(project, key);
            }
        }
        self.order_blocks();
    }

    /// Shows a row although the filter hides it, for whoever goes there.
    pub fn uncover(&mut self, project: &Project, key: AnyId, row: RowId) {
        let Some(arrangement) = &mut self.arrangement else { return };
        arrangement.show(key, row);
        self.revision += 1;
        if let Some(kept) = self.blocks.get_mut(&key) {
            kept.shown = None;
            kept.revision = self.revision;
        }
        self.count_shown(project, key);
        self.order_blocks();
    }

    /// A block with all its rows, whatever is shown of it.
    pub fn whole_block(&self, project: &Project, key: AnyId) -> Block {
        self.form.block(project, key)
    }

    /// Counts the rows of a block that are shown, for which a filter has to look at them.
    fn count_shown(&mut self, project: &Project, key: AnyId) {
        let Some(lines) = self.blocks.get(&key).map(|kept| kept.lines) else { return };
        let rows = if self.arrangement.is_some() { self.block(project, key).rows.len() } else { lines };
        if let Some(kept) = self.blocks.get_mut(&key) {
            kept.rows = rows;
        }
    }

    fn order_blocks(&mut self) {
        self.order = match &self.arrangement {
            Some(arrangement) => {
                arrangement.order(&self.natural, |key| self.blocks.get(&key).map_or(0, |kept| kept.rows))
            }
            None => self.natural.clone(),
        };
        self.places = self.order.iter().enumerate().map(|(place, key)| (*key, place)).collect();
        self.row_count = self.blocks.values().map(|kept| kept.rows).sum();
        self.line_count = self.blocks.values().map(|kept| kept.lines).sum();
    }

    /// Whether a block need not be projected before it is shown.
    pub fn is_projected(&self, key: AnyId) -> bool {
        self.blocks.get(&key).is_none_or(|kept| kept.ready(self.arrangement.is_some()).is_some())
    }

    /// A block, projected now if it was not looked at since it changed.
    pub fn block(&mut self, project: &Project, key: AnyId) -> Arc<Block> {
        let Some(kept) = self.blocks.get_mut(&key) else { return Arc::new(Block::empty(key)) };
        if let Some(block) = kept.ready(self.arrangement.is_some()) {
            return Arc::clone(block);
        }
        kept.shown = None;
        match kept.whole.take() {
            Some(whole) => {
                let (whole, reads) = whole.renewed(project, &self.form);
                self.keep(key, whole, reads)
            }
            None => self.keep_new(key, KeptBlock::new(project, &self.form, key)),
        }
    }

    fn keep_new(&mut self, key: AnyId, whole: KeptBlock) -> Arc<Block> {
        let reads = whole.reads();
        self.keep(key, whole, reads)
    }

    /// Keeps a block that was projected, from something that it was not made from before; gives what is shown of it.
    fn keep(&mut self, key: AnyId, whole: KeptBlock, reads: Vec<Read>) -> Arc<Block> {
        let shown = match &self.arrangement {
            Some(arrangement) => Arc::new(arrangement.apply(whole.block())),
            None => Arc::clone(whole.block()),
        };
        if let Some(kept) = self.blocks.get_mut(&key) {
            for read in reads {
                self.readers.add(ReadKey::from(read), kept.slot);
            }
            kept.shown = self.arrangement.is_some().then(|| Arc::clone(&shown));
            kept.whole = Some(whole);
        }
        shown
    }

    /// Has a block projected off the frame, for when it will be looked at; `wake` is called when it is there. Whether it is
    /// still to come.
    pub fn prepare(&mut self, project: &Project, key: AnyId, wake: impl FnOnce() + Send + 'static) -> bool {
        if let Some(ahead) = self.ahead.take_if(|ahead| ahead.revision == self.revision) {
            let answer = ahead.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
            match answer {
                Some(whole) => {
                    self.keep_new(ahead.key, whole);
                }
                None => {
                    self.ahead = Some(ahead);
                    return true;
                }
            }
        }
        if self.is_projected(key) {
            return false;
        }
        // What is shown of a block follows from more than the project where rows are filtered.
        if self.arrangement.is_some() {
            self.block(project, key);
            return true;
        }
        let answer = Arc::default();
        self.ahead = Some(Ahead { key, revision: self.revision, answer: Arc::clone(&answer) });
        let (project, form) = (project.clone(), self.form.clone());
        rayon::spawn(move || {
            let whole = KeptBlock::new(&project, &form, key);
            *answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(whole);
            wake();
        });
        true
    }

    /// Takes over a change of the project.
    pub fn update(&mut self, project: &Project, changes: &Changes) {
        if changes.is_empty() {
            return;
        }
        self.revision += 1;
        self.keeps_order = true;
        if is_stale(&self.columns_reads, &changes.touched)
            && let Some((form, reads)) = self.form_now(project)
        {
            if form != self.form {
                *self = Self::of(project, self.revision, (form, reads));
                return;
            }
            self.columns_reads = reads;
        }
        let revision = self.revision;
        let readers = &self.readers;
        let concerned: BTreeSet<Slot> =
            changes.touched.iter().flat_map(|read| readers.of(ReadKey::from(*read))).collect();
        let mut reorder = false;
        // A block that was looked at is projected again at once where that is as cheap as counting its rows.
        let at_once = concerned.len() <= AT_ONCE;
        self.changed.clear();
        for slot in concerned {
            let key = self.slots[slot as usize];
            let Some(kept) = self.blocks.get_mut(&key).filter(|kept| kept.slot == slot) else { continue };
            let is_touched = kept.whole.as_mut().is_some_and(|whole| whole.touch(&changes.touched));
            let recount = is_stale(&kept.count_reads, &changes.touched);
            let (lines, rows) = (kept.lines, kept.rows);
            let whole = kept.whole.take_if(|whole| recount && at_once && whole.is_by_row());
            if let Some(whole) = whole {
                let (whole, reads) = whole.renewed(project, &self.form);
                (kept.lines, kept.count_reads) = (whole.block().rows.len(), whole.outline().to_vec());
                self.keep(key, whole, reads);
            } else if recount {
                let (lines, reads) = track(|| self.form.row_count(project, key));
                // An edit of a field leaves what is counted as it is.
                if reads != kept.count_reads {
                    for read in &reads {
                        self.readers.add(ReadKey::from(*read), slot);
                    }
                }
                (kept.lines, kept.count_reads) = (lines, reads);
            }
            if recount || is_touched {
                self.changed.push(key);
                if let Some(kept) = self.blocks.get_mut(&key) {
                    kept.revision = revision;
                }
            }
            self.count_shown(project, key);
            if let Some(kept) = self.blocks.get(&key) {
                self.row_count = self.row_count + kept.rows - rows;
                self.line_count = self.line_count + kept.lines - lines;
                // A block comes into sight with its first row, and goes with its last.
                reorder |= (kept.rows == 0) != (rows == 0);
            }
        }
        if is_stale(&self.order_reads, &changes.touched) {
            self.list_blocks(project);
            self.keeps_order = false;
        } else if reorder && self.arrangement.is_some() {
            self.order_blocks();
            self.keeps_order = false;
        }
    }

    /// The blocks that the latest [`update`](Self::update) changed; none if their order or number may be another since.
    pub fn changed(&self) -> Option<&[AnyId]> {
        self.keeps_order.then_some(&self.changed)
    }

    /// Shows the control-plan rows of a phase only, or all of them.
    pub fn show_phase(&mut self, project: &Project, phase: Option<Phase>) {
        self.form.options.phase = phase;
        self.revision += 1;
        if let Some(made) = self.form_now(project) {
            // Nobody takes a block of the view before for one of this.
            *self = Self::of(project, self.revision, made);
        }
    }

    /// The form made afresh, if what it shows still exists.
    fn form_now(&self, project: &Project) -> Option<(Form, Vec<Read>)> {
        let Form { document, kind, options, .. } = self.form;
        match (kind, document) {
            (FormKind::List(list), _) => Some(track(|| Form::list(project, list, options))),
            (kind, Some(document)) => {
                let document = project.get(document)?;
                Some(track(|| Form::new(project, document, kind, options)))
            }
            (_, None) => None,
        }
    }

    fn list_blocks(&mut self, project: &Project) {
        let (order, reads) = track(|| self.form.blocks(project));
        (self.natural, self.order_reads) = (order, reads);
        let mut before = std::mem::take(&mut self.blocks);
        let is_first = self.slots.is_empty();
        let mut reads: Vec<(ReadKey, Slot)> = Vec::new();
        let mut added = Vec::new();
        for key in &self.natural {
            let kept = before.remove(key).unwrap_or_else(|| {
                let (lines, count_reads) = track(|| self.form.row_count(project, *key));
                added.push(*key);
                let slot = self.slots.len() as Slot;
                self.slots.push(*key);
                reads.extend(count_reads.iter().map(|read| (ReadKey::from(*read), slot)));
                Kept { slot, lines, rows: lines, count_reads, revision: self.revision, whole: None, shown: None }
            });
            self.blocks.insert(*key, kept);
        }
        if is_first {
            self.readers = Readers::new(reads);
        } else {
            for (read, slot) in reads {
                self.readers.add(read, slot);
            }
        }
        if self.arrangement.is_some() {
            for key in added {
                self.count_shown(project, key);
            }
        }
        self.order_blocks();
    }
}
