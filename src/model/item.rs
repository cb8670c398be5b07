//! Every kind of item a project holds, in one table: identity, arena, prefix and the noun people know it by.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::base::id::IdError;
use crate::base::{Id, OrderKey, Prefixed, Text};
use crate::model::characteristic::{Characteristic, StepCharacteristic};
use crate::model::control_plan::PlanRow;
use crate::model::document::Document;
use crate::model::equipment::Equipment;
use crate::model::flow::{FlowEdge, Step};
use crate::model::fmea::{Control, Element, Failure, Function};
use crate::model::meta::Meta;
use crate::model::ppap::{PpapElement, Submission, TestResult, Warrant};
use crate::model::project_data::{
    Attachment, CustomerRequirement, FindingApproval, Part, Person, ProjectData, UserField,
};
use crate::model::relation::Relation;
use crate::model::report_profile::ReportProfile;
use crate::model::risk::{Action, Risk};

/// The items of one kind, by identity, in a fixed order.
pub type Arena<T> = imbl::OrdMap<Id<T>, Arc<T>>;

/// What every item offers to the machinery of the project.
pub trait Entity: Prefixed + Clone + PartialEq + fmt::Debug + Send + Sync + Sized {
    /// The kind in the table.
    const KIND: Kind;
    /// The identity of any kind.
    fn any(id: Id<Self>) -> AnyId;
    /// The item of any kind.
    fn item(self) -> Item;
    /// The arena that holds the kind.
    fn arena(arenas: &Arenas) -> &Arena<Self>;
    /// The identity of this item.
    fn id(&self) -> Id<Self>;
    /// Note, origin, external identities and user-defined values.
    fn meta(&self) -> Option<&Meta>;
    /// The place among siblings, for items that have one.
    fn order(&self) -> Option<&OrderKey>;
    /// Visits every reference whose target exists.
    fn visit(&self, found: &mut dyn FnMut(Relation, AnyId));
    /// Turns references to `target` into missing ones.
    fn detach(&mut self, target: AnyId, label: &Text);
    /// Turns references to what does not exist into missing ones and heals the others; whether anything changed.
    fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool;
}

macro_rules! entities {
    ($($name:ident, $arena:ident, $prefix:literal, $noun:literal;)*) => {
        /// The kind of an item.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(#[doc = concat!("A ", $noun, ".")] $name,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What people call an item of this kind.
            pub fn noun(self) -> &'static str {
                match self { $(Self::$name => $noun,)* }
            }

            /// The prefix of identities in files.
            pub fn prefix(self) -> &'static str {
                match self { $(Self::$name => $prefix,)* }
            }
        }

        /// The identity of an item of any kind.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum AnyId { $(#[doc = concat!("Of a ", $noun, ".")] $name(Id<$name>),)* }

        impl AnyId {
            /// The kind of the item.
            pub fn kind(self) -> Kind {
                match self { $(Self::$name(_) => Kind::$name,)* }
            }

            /// The identity of a kind with this random part.
            pub fn of(kind: Kind, raw: u64) -> Self {
                match kind { $(Kind::$name => Self::$name(Id::from_raw(raw)),)* }
            }

            /// The random part of the identity.
            pub fn raw(self) -> u64 {
                match self { $(Self::$name(id) => id.raw(),)* }
            }
        }

        impl fmt::Display for AnyId {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$name(id) => id.fmt(f),)* }
            }
        }

        impl FromStr for AnyId {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                match text.rsplit_once('_').map_or("", |(prefix, _)| prefix) {
                    $($prefix => text.parse().map(Self::$name),)*
                    _ => Err(IdError::Malformed(text.to_owned())),
                }
            }
        }

        /// An item of any kind; copies share the contents.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Item { $(#[doc = concat!("A ", $noun, ".")] $name(Arc<$name>),)* }

        impl Item {
            /// The identity of the item.
            pub fn id(&self) -> AnyId {
                match self { $(Self::$name(item) => AnyId::$name(item.id),)* }
            }

            /// The place among siblings.
            pub fn order(&self) -> Option<&OrderKey> {
                match self { $(Self::$name(item) => item.order(),)* }
            }

            /// Note, origin, external identities and user-defined values.
            pub fn meta(&self) -> Option<&Meta> {
                match self { $(Self::$name(item) => item.meta.as_deref(),)* }
            }

            /// Note, origin, external identities and user-defined values, to be changed.
            pub fn meta_mut(&mut self) -> &mut Meta {
                match self { $(Self::$name(item) => Arc::make_mut(item).meta.get_or_insert_default(),)* }
            }

            /// Lets go of notes and values that hold nothing, so that clearing them leaves no trace.
            pub fn drop_empty_meta(&mut self) {
                match self {
                    $(Self::$name(item) => {
                        if item.meta.as_ref().is_some_and(|meta| meta.is_empty()) {
                            Arc::make_mut(item).meta = None;
                        }
                    })*
                }
            }

            /// Visits every reference whose target exists.
            pub fn visit(&self, found: &mut dyn FnMut(Relation, AnyId)) {
                match self { $(Self::$name(item) => item.visit(found),)* }
            }

            /// Turns references to `target` into missing ones.
            pub fn detach(&mut self, target: AnyId, label: &Text) {
                match self { $(Self::$name(item) => Arc::make_mut(item).detach(target, label),)* }
            }

            /// See [`Entity::reconcile`].
            pub fn reconcile(&mut self, exists: &dyn Fn(AnyId) -> bool) -> bool {
                match self { $(Self::$name(item) => Arc::make_mut(item).reconcile(exists),)* }
            }
        }

        /// The arenas of a project.
        #[derive(Debug, Clone, Default)]
        pub struct Arenas { $(#[doc = concat!("By identity: every ", $noun, ".")] pub $arena: Arena<$name>,)* }

        impl Arenas {
            /// The item with this identity.
            pub fn get(&self, id: AnyId) -> Option<Item> {
                match id { $(AnyId::$name(id) => self.$arena.get(&id).cloned().map(Item::$name),)* }
            }

            /// Whether the item exists.
            pub fn contains(&self, id: AnyId) -> bool {
                match id { $(AnyId::$name(id) => self.$arena.contains_key(&id),)* }
            }

            /// Inserts or replaces; what was there before.
            pub(crate) fn put(&mut self, item: Item) -> Option<Item> {
                match item { $(Item::$name(item) => self.$arena.insert(item.id, item).map(Item::$name),)* }
            }

            /// Removes; what was there before.
            pub(crate) fn remove(&mut self, id: AnyId) -> Option<Item> {
                match id { $(AnyId::$name(id) => self.$arena.remove(&id).map(Item::$name),)* }
            }

            /// Every item, kind by kind, in the order of identities.
            pub fn items(&self) -> impl Iterator<Item = Item> + '_ {
                std::iter::empty() $(.chain(self.$arena.values().cloned().map(Item::$name)))*
            }

            /// Number of items of all kinds.
            pub fn len(&self) -> usize {
                0 $(+ self.$arena.len())*
            }

            /// Whether there is no item at all.
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }
        }

        $(
            impl Prefixed for $name { const PREFIX: &'static str = $prefix; }
            impl From<Id<$name>> for AnyId { fn from(id: Id<$name>) -> Self { Self::$name(id) } }
            impl From<$name> for Item { fn from(item: $name) -> Self { Self::$name(Arc::new(item)) } }
            impl From<Arc<$name>> for Item { fn from(item: Arc<$name>) -> Self { Self::$name(item) } }
        )*
    };
}

entities! {
    ProjectData, project_data, "project", "project";
    Part, parts, "part", "part";
    Person, people, "pers", "person";
    CustomerRequirement, customer_requirements, "csr", "customer-specific requirement";
    UserField, user_fields, "field", "user-defined field";
    Attachment, attachments, "att", "attachment";
    FindingApproval, finding_approvals, "appr", "approved finding";
    ReportProfile, report_profiles, "rprof", "report profile";
    Document, documents, "doc", "document";
    Step, steps, "step", "process step";
    FlowEdge, flow_edges, "edge", "flow connection";
    Characteristic, characteristics, "char", "characteristic";
    StepCharacteristic, step_characteristics, "stch", "characteristic at a step";
    Equipment, equipment, "eq", "equipment";
    Element, elements, "elem", "structure element";
    Function, functions, "func", "function";
    Failure, failures, "fail", "failure";
    Risk, risks, "risk", "risk";
    Control, controls, "ctrl", "control";
    Action, actions, "act", "action";
    PlanRow, plan_rows, "row", "control-plan row";
    Submission, submissions, "sub", "PPAP submission";
    Warrant, warrants, "psw", "part submission warrant";
    PpapElement, ppap_elements, "ppel", "PPAP element";
    TestResult, test_results, "res", "test result";
}

impl fmt::Debug for AnyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Declares the references of an entity once: `field => Relation`. The reverse index, deletion and loading all go by it.
macro_rules! entity {
    ($name:ident, $arena:ident $(, order: $order:ident)?; $($field:ident => $relation:ident),* $(; also $extra:ident)?) => {
        impl $crate::model::item::Entity for $name {
            const KIND: $crate::model::item::Kind = $crate::model::item::Kind::$name;
            fn any(id: $crate::base::Id<Self>) -> $crate::model::item::AnyId {
                $crate::model::item::AnyId::$name(id)
            }
            fn item(self) -> $crate::model::item::Item {
                self.into()
            }
            fn arena(arenas: &$crate::model::item::Arenas) -> &$crate::model::item::Arena<Self> {
                &arenas.$arena
            }
            fn id(&self) -> $crate::base::Id<Self> {
                self.id
            }
            fn meta(&self) -> Option<&$crate::model::meta::Meta> {
                self.meta.as_deref()
            }
            fn order(&self) -> Option<&$crate::base::OrderKey> {
                $(return Some(&self.$order);)?
                #[allow(unreachable_code, reason = "only items without an order come here")]
                None
            }
            #[allow(unused_variables, reason = "some kinds hold no references")]
            fn visit(&self, found: &mut dyn FnMut($crate::model::relation::Relation, $crate::model::item::AnyId)) {
                $($crate::model::reference::Reference::visit(
                    &self.$field, $crate::model::relation::Relation::$relation, found);)*
                $(self.$extra(found);)?
            }
            #[allow(unused_variables, reason = "some kinds hold no references")]
            fn detach(&mut self, target: $crate::model::item::AnyId, label: &$crate::base::Text) {
                $($crate::model::reference::Reference::detach(&mut self.$field, target, label);)*
            }
            #[allow(unused_variables, unused_mut, reason = "some kinds hold no references")]
            fn reconcile(&mut self, exists: &dyn Fn($crate::model::item::AnyId) -> bool) -> bool {
                let mut changed = false;
                $(changed |= $crate::model::reference::Reference::reconcile(&mut self.$field, exists);)*
                changed
            }
        }
    };
}
pub(crate) use entity;
