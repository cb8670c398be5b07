//! What all files share: references, reviewed links, notes and origins, applicability, specifications.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::clock::Date;
use crate::base::{Decimal, Id, Prefixed, Text};
use crate::model::applicability::Applicability;
use crate::model::item::Entity;
use crate::model::meta::{Meta, Origin};
use crate::model::project_data::{Part, UserField};
use crate::model::reference::{Link, Ref, Review};
use crate::model::specification::Specification;
use crate::store::schema::v1::record::{Home, Stored, is_default, record};

/// A reference: the identity in quotes, or `(missing: "…", last_label: "…")` if the target was deleted.
///
/// A target that nobody ever saw has no label; it is written as a plain identity, so that a document whose neighbour could
/// not be read keeps its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct RefFile<T>(Ref<T>);

impl<T: Prefixed> Serialize for RefFile<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ref::Missing { id, last_label } if !last_label.is_empty() => {
                let mut fields = serializer.serialize_struct("Missing", 2)?;
                fields.serialize_field("missing", id)?;
                fields.serialize_field("last_label", last_label)?;
                fields.end()
            }
            Ref::Item(id) | Ref::Missing { id, .. } => id.serialize(serializer),
        }
    }
}

impl<'de, T: Prefixed> Deserialize<'de> for RefFile<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RefVisitor(PhantomData)).map(Self)
    }
}

struct RefVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: Prefixed> Visitor<'de> for RefVisitor<T> {
    type Value = Ref<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an identity in quotes, or (missing: \"…\", last_label: \"…\")")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Ref<T>, E> {
        text.parse().map(Ref::Item).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Ref<T>, A::Error> {
        let (mut missing, mut last_label) = (None, None);
        while let Some(name) = fields.next_key::<FieldName>()? {
            match name.0.as_str() {
                "missing" if missing.is_none() => missing = Some(fields.next_value()?),
                "last_label" if last_label.is_none() => last_label = Some(fields.next_value()?),
                "missing" => return Err(A::Error::duplicate_field("missing")),
                "last_label" => return Err(A::Error::duplicate_field("last_label")),
                other => return Err(A::Error::unknown_field(other, &["missing", "last_label"])),
            }
        }
        Ok(Ref::Missing {
            id: missing.ok_or_else(|| A::Error::missing_field("missing"))?,
            last_label: last_label.ok_or_else(|| A::Error::missing_field("last_label"))?,
        })
    }
}

/// The name of a field, which is not in quotes.
struct FieldName(String);

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = FieldName;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }
            fn visit_str<E: Error>(self, name: &str) -> Result<FieldName, E> {
                Ok(FieldName(name.to_owned()))
            }
        }
        deserializer.deserialize_identifier(NameVisitor)
    }
}

impl<T: Entity> Stored for Ref<T> {
    type File = RefFile<T>;
    fn to_file(&self) -> RefFile<T> {
        RefFile(self.clone())
    }
    fn from_file(file: RefFile<T>, _: &Home) -> Self {
        file.0
    }
}

record! {
    /// What a link was reviewed against.
    ReviewFile of Review {
        ;
        scheme: u16,
        by: Text,
        on: Option<Date>,
        values: Vec<(Text, Text)>,
    }
}

impl Default for ReviewFile {
    fn default() -> Self {
        Review::default().to_file()
    }
}

/// A reviewed link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "T: Prefixed + PartialEq")]
pub struct LinkFile<T> {
    to: RefFile<T>,
    #[serde(default, skip_serializing_if = "is_default")]
    reviewed: ReviewFile,
}

impl<T: Entity> Stored for Link<T> {
    type File = LinkFile<T>;
    fn to_file(&self) -> LinkFile<T> {
        let Self { to, reviewed } = self;
        LinkFile { to: to.to_file(), reviewed: reviewed.to_file() }
    }
    fn from_file(file: LinkFile<T>, home: &Home) -> Self {
        Self { to: Ref::from_file(file.to, home), reviewed: Review::from_file(file.reviewed, home) }
    }
}

record! {
    /// Note, external identities, origin and values of user-defined fields.
    MetaFile of Meta {
        ;
        note: Text,
        external: Vec<(Text, Text)>,
        origin: Option<Origin>,
        values: Vec<(Id<UserField>, Text)>,
    }
}

/// The form of what an item carries besides its fields; none if it is empty.
pub(super) fn meta_to_file(meta: Option<&Meta>) -> Option<MetaFile> {
    meta.filter(|meta| !meta.is_empty()).map(Meta::to_file)
}

/// What an item carries besides its fields; none if it is empty.
pub(super) fn meta_from_file(file: Option<MetaFile>, home: &Home) -> Option<Box<Meta>> {
    file.map(|file| Box::new(Meta::from_file(file, home))).filter(|meta| !meta.is_empty())
}

/// Where an item came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the fields are those of the model")]
pub enum OriginFile {
    Cell { file: Text, sheet: Text, cell: Text },
    Foundation { id: Text, revision: Text },
}

impl Stored for Origin {
    type File = OriginFile;
    fn to_file(&self) -> OriginFile {
        match self.clone() {
            Self::Cell { file, sheet, cell } => OriginFile::Cell { file, sheet, cell },
            Self::Foundation { id, revision } => OriginFile::Foundation { id, revision },
        }
    }
    fn from_file(file: OriginFile, _: &Home) -> Self {
        match file {
            OriginFile::Cell { file, sheet, cell } => Self::Cell { file, sheet, cell },
            OriginFile::Foundation { id, revision } => Self::Foundation { id, revision },
        }
    }
}

/// Which parts something applies to; left out where it is all of them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are those of the model")]
pub enum ApplicabilityFile {
    #[default]
    AllParts,
    Parts(Vec<RefFile<Part>>),
}

impl Stored for Applicability {
    type File = ApplicabilityFile;
    fn to_file(&self) -> ApplicabilityFile {
        match self {
            Self::AllParts => ApplicabilityFile::AllParts,
            Self::Parts(parts) => ApplicabilityFile::Parts(parts.to_file()),
        }
    }
    fn from_file(file: ApplicabilityFile, home: &Home) -> Self {
        match file {
            ApplicabilityFile::AllParts => Self::AllParts,
            ApplicabilityFile::Parts(parts) => Self::Parts(Stored::from_file(parts, home)),
        }
    }
}

/// A specification: limits with a unit, or words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the fields are those of the model")]
pub enum SpecificationFile {
    Limits {
        #[serde(default, skip_serializing_if = "is_default")]
        nominal: Option<Decimal>,
        #[serde(default, skip_serializing_if = "is_default")]
        lower: Option<Decimal>,
        #[serde(default, skip_serializing_if = "is_default")]
        upper: Option<Decimal>,
        #[serde(default, skip_serializing_if = "is_default")]
        unit: Text,
    },
    Words(Text),
}

impl Stored for Specification {
    type File = SpecificationFile;
    fn to_file(&self) -> SpecificationFile {
        match self.clone() {
            Self::Limits { nominal, lower, upper, unit } => SpecificationFile::Limits { nominal, lower, upper, unit },
            Self::Words(words) => SpecificationFile::Words(words),
        }
    }
    fn from_file(file: SpecificationFile, _: &Home) -> Self {
        match file {
            SpecificationFile::Limits { nominal, lower, upper, unit } => Self::Limits { nominal, lower, upper, unit },
            SpecificationFile::Words(words) => Self::Words(words),
        }
    }
}
