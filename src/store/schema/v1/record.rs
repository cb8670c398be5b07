//! How file types are declared: field by field beside the model type, with the way there and back in one place.

use crate::base::clock::Date;
use crate::base::{Decimal, Id, OrderKey, Prefixed, Text};
use crate::model::document::Document;
use crate::model::item::{AnyId, Item};
use crate::model::project_data::ProjectData;
use crate::model::rating::Rating;
use crate::store::schema::rating::RatingFile;
use crate::store::schema::scalar::DateFile;

/// What the contents of a file leave out because the file itself says it.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// The document of the file.
    pub document: Option<Id<Document>>,
    /// The name of the file without its ending.
    pub file: Text,
}

impl Home {
    /// The same file, known to hold the document, if it is one.
    pub fn with_document(mut self, head: &Item) -> Self {
        if let Item::Document(document) = head {
            self.document = Some(document.id);
        }
        self
    }

    /// The identity of the document; the smallest identity in files that belong to no document.
    pub fn document(&self) -> Id<Document> {
        self.document.unwrap_or(Id::MIN)
    }

    /// The identity of the one record of the project.
    #[allow(clippy::unused_self, reason = "one of the things that a file implies, asked for like the others")]
    pub fn project(&self) -> Id<ProjectData> {
        ProjectData::ID
    }

    /// The name of the file without its ending.
    pub fn file(&self) -> Text {
        self.file.clone()
    }
}

/// A value of the model that has a form in the file.
pub trait Stored: Sized {
    /// The form.
    type File;
    /// The value as it is written.
    fn to_file(&self) -> Self::File;
    /// The value as it was read.
    fn from_file(file: Self::File, home: &Home) -> Self;
}

/// Whether a field is left out of the file: the one rule for all of them.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

macro_rules! as_it_is {
    ($($value:ty),*) => { $(
        impl Stored for $value {
            type File = Self;
            fn to_file(&self) -> Self {
                self.clone()
            }
            fn from_file(file: Self, _: &Home) -> Self {
                file
            }
        }
    )* };
}

as_it_is!(bool, u16, Text, OrderKey, Decimal, AnyId);

impl<T: Prefixed> Stored for Id<T> {
    type File = Self;
    fn to_file(&self) -> Self {
        *self
    }
    fn from_file(file: Self, _: &Home) -> Self {
        file
    }
}

impl Stored for Date {
    type File = DateFile;
    fn to_file(&self) -> DateFile {
        DateFile(*self)
    }
    fn from_file(file: DateFile, _: &Home) -> Self {
        file.0
    }
}

impl Stored for Rating {
    type File = RatingFile;
    fn to_file(&self) -> RatingFile {
        RatingFile(self.clone())
    }
    fn from_file(file: RatingFile, _: &Home) -> Self {
        file.0
    }
}

impl<T: Stored> Stored for Option<T> {
    type File = Option<T::File>;
    fn to_file(&self) -> Self::File {
        self.as_ref().map(T::to_file)
    }
    fn from_file(file: Self::File, home: &Home) -> Self {
        file.map(|file| T::from_file(file, home))
    }
}

impl<T: Stored> Stored for Vec<T> {
    type File = Vec<T::File>;
    fn to_file(&self) -> Self::File {
        self.iter().map(T::to_file).collect()
    }
    fn from_file(file: Self::File, home: &Home) -> Self {
        file.into_iter().map(|file| T::from_file(file, home)).collect()
    }
}

impl<T: Stored> Stored for Box<T> {
    type File = T::File;
    fn to_file(&self) -> Self::File {
        (**self).to_file()
    }
    fn from_file(file: Self::File, home: &Home) -> Self {
        Self::new(T::from_file(file, home))
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    type File = (A::File, B::File);
    fn to_file(&self) -> Self::File {
        (self.0.to_file(), self.1.to_file())
    }
    fn from_file((first, second): Self::File, home: &Home) -> Self {
        (A::from_file(first, home), B::from_file(second, home))
    }
}

/// Declares the file type of a struct. Fields before the semicolon are always written; those behind it only if they are not
/// blank. `home` fields are not written at all. An entity ends in `meta`, which is left out if there is nothing in it.
macro_rules! record {
    ($(#[$doc:meta])* $file:ident of $model:ident $(home $home:ident = $from:ident)? {
        $($required:ident: $required_type:ty,)* ; $($optional:ident: $optional_type:ty,)* $(; $meta:ident)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $file {
            $(pub(in crate::store::schema) $required:
                <$required_type as $crate::store::schema::v1::record::Stored>::File,)*
            $(#[serde(default, skip_serializing_if = "crate::store::schema::v1::record::is_default")]
            pub(in crate::store::schema) $optional:
                <$optional_type as $crate::store::schema::v1::record::Stored>::File,)*
            $(#[serde(default, skip_serializing_if = "Option::is_none")]
            pub(in crate::store::schema) $meta: Option<$crate::store::schema::v1::common::MetaFile>,)?
        }

        impl $crate::store::schema::v1::record::Stored for $model {
            type File = $file;
            fn to_file(&self) -> $file {
                // Every field by name, so that a new one cannot be forgotten.
                let Self { $($home: _,)? $($required,)* $($optional,)* $($meta,)? } = self;
                $file {
                    $($required: $crate::store::schema::v1::record::Stored::to_file($required),)*
                    $($optional: $crate::store::schema::v1::record::Stored::to_file($optional),)*
                    $($meta: $crate::store::schema::v1::common::meta_to_file($meta.as_deref()),)?
                }
            }
            #[allow(unused_variables, reason = "small structs hold nothing that needs it")]
            fn from_file(file: $file, home: &$crate::store::schema::v1::record::Home) -> Self {
                Self {
                    $($home: home.$from(),)?
                    $($required: $crate::store::schema::v1::record::Stored::from_file(file.$required, home),)*
                    $($optional: $crate::store::schema::v1::record::Stored::from_file(file.$optional, home),)*
                    $($meta: $crate::store::schema::v1::common::meta_from_file(file.$meta, home),)?
                }
            }
        }
    };
}

/// Declares the file type of an enum without contents: the variants have the names of the model.
macro_rules! choice {
    ($(#[$doc:meta])* $file:ident of $model:ident $(default $default:ident)? { $($variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[allow(missing_docs, reason = "the variants are those of the model")]
        pub enum $file { $($variant,)* }

        $(impl Default for $file {
            fn default() -> Self {
                Self::$default
            }
        })?

        impl $crate::store::schema::v1::record::Stored for $model {
            type File = $file;
            fn to_file(&self) -> $file {
                match self { $(Self::$variant => $file::$variant,)* }
            }
            fn from_file(file: $file, _: &$crate::store::schema::v1::record::Home) -> Self {
                match file { $($file::$variant => Self::$variant,)* }
            }
        }
    };
}

pub(super) use {choice, record};
