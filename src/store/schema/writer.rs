//! The canonical writer: the same value gives the same bytes, laid out so that a changed cell is one changed line.
//!
//! It writes the syntax of the `ron` crate in the layout of its pretty writer, with two differences: words keep their
//! apostrophes and everything else a person can see, and writing costs about as much as copying.

use std::fmt::{self, Write};

use serde::Serialize;
use serde::ser::{
    Error, Impossible, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, Serializer,
};

/// Levels that are laid out one field or element a line: root, list, item, and the lists and structs of an item.
const LEVELS: usize = 4;
const INDENT: &str = "    ";

/// A value that has no place in a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unwritable(String);

impl Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The canonical text of a value, without a line end behind it.
///
/// # Errors
/// If the value holds something that no file type has, such as a map.
pub fn to_string<T: Serialize>(value: &T) -> Result<String, Unwritable> {
    let mut writer = Writer { text: String::new(), level: 0 };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

struct Writer {
    text: String,
    level: usize,
}

impl Writer {
    fn is_laid_out(&self) -> bool {
        self.level <= LEVELS
    }

    /// What stands between the opening bracket and an element.
    fn before_element(&mut self, is_first: bool) {
        if !is_first {
            self.text.push(',');
        }
        if self.is_laid_out() {
            self.text.push('\n');
            self.indent(self.level);
        } else if !is_first {
            self.text.push(' ');
        }
    }

    /// Closes a list or a struct.
    fn close(&mut self, is_empty: bool, bracket: char) {
        if self.is_laid_out() && !is_empty {
            self.text.push_str(",\n");
            self.indent(self.level - 1);
        }
        self.level -= 1;
        self.text.push(bracket);
    }

    fn indent(&mut self, levels: usize) {
        for _ in 0..levels {
            self.text.push_str(INDENT);
        }
    }

    fn open(&mut self, bracket: char) -> Elements<'_> {
        self.text.push(bracket);
        self.level += 1;
        Elements { writer: self, is_first: true }
    }

    fn display(&mut self, value: impl fmt::Display) -> Result<(), Unwritable> {
        write!(self.text, "{value}").map_err(Unwritable::custom)
    }

    /// Words in quotes. Only what would end them or break a line, or cannot be seen, gets a backslash.
    fn words(&mut self, words: &str) {
        self.text.reserve(words.len() + 2);
        self.text.push('"');
        let mut start = 0;
        for (at, c) in words.char_indices().filter(|(_, c)| needs_escape(*c)) {
            self.text.push_str(&words[start..at]);
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                _ => self.text.extend(c.escape_unicode()),
            }
            start = at + c.len_utf8();
        }
        self.text.push_str(&words[start..]);
        self.text.push('"');
    }
}

/// Quotes, backslashes, control characters, and marks that nobody sees: those without width, those that break lines, and those
/// that turn the direction of the text.
fn needs_escape(c: char) -> bool {
    matches!(
        c,
        '"' | '\\'
            | '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// The elements of a list or a tuple, or the fields of a struct, while they are written.
struct Elements<'a> {
    writer: &'a mut Writer,
    is_first: bool,
}

impl Elements<'_> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Unwritable> {
        self.writer.before_element(std::mem::take(&mut self.is_first));
        self.writer.text.push_str(name);
        self.writer.text.push_str(": ");
        value.serialize(&mut *self.writer)
    }
}

impl SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.writer.before_element(std::mem::take(&mut self.is_first));
        value.serialize(&mut *self.writer)
    }
    fn end(self) -> Result<(), Unwritable> {
        self.writer.close(self.is_first, ']');
        Ok(())
    }
}

/// The members of a tuple, always in one line.
struct Members<'a> {
    writer: &'a mut Writer,
    is_first: bool,
}

impl SerializeTuple for Members<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        if !std::mem::take(&mut self.is_first) {
            self.writer.text.push_str(", ");
        }
        value.serialize(&mut *self.writer)
    }
    fn end(self) -> Result<(), Unwritable> {
        self.writer.text.push(')');
        Ok(())
    }
}

impl SerializeStruct for Elements<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        self.field(name, value)
    }
    fn end(self) -> Result<(), Unwritable> {
        self.writer.close(self.is_first, ')');
        Ok(())
    }
}

impl SerializeStructVariant for Elements<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        self.field(name, value)
    }
    fn end(self) -> Result<(), Unwritable> {
        self.writer.close(self.is_first, ')');
        Ok(())
    }
}

macro_rules! numbers {
    ($($method:ident $number:ty,)*) => { $(
        fn $method(self, value: $number) -> Result<(), Unwritable> {
            self.display(value)
        }
    )* };
}

macro_rules! unwritable {
    ($($method:ident($($argument:ty),*) -> $result:ty;)*) => { $(
        fn $method(self, $(_: $argument),*) -> Result<$result, Unwritable> {
            Err(Unwritable::custom("no file type holds such a value"))
        }
    )* };
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Members<'a>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Impossible<(), Unwritable>;
    type SerializeStruct = Elements<'a>;
    type SerializeStructVariant = Elements<'a>;

    numbers! {
        serialize_bool bool,
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
    }

    unwritable! {
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<(), Unwritable> {
        Err(Unwritable::custom("no file type holds such a value"))
    }

    fn serialize_str(self, words: &str) -> Result<(), Unwritable> {
        self.words(words);
        Ok(())
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        // Identities and days, which hold nothing that needs a backslash.
        self.display(format_args!("\"{value}\""))
    }

    fn serialize_none(self) -> Result<(), Unwritable> {
        self.text.push_str("None");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        self.text.push_str("Some(");
        value.serialize(&mut *self)?;
        self.text.push(')');
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unwritable> {
        self.text.push_str(variant);
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.text.push_str(variant);
        self.text.push('(');
        value.serialize(&mut *self)?;
        self.text.push(')');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, Unwritable> {
        Ok(self.open('['))
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'a>, Unwritable> {
        self.text.push('(');
        Ok(Members { writer: self, is_first: true })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Elements<'a>, Unwritable> {
        Ok(self.open('('))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements<'a>, Unwritable> {
        self.text.push_str(variant);
        Ok(self.open('('))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::Text;

    #[derive(Serialize)]
    enum Choice {
        Plain,
        Wrapped(Vec<Level>),
        Named { because: String, none: Option<u8> },
    }

    #[derive(Serialize)]
    struct Level {
        choice: Choice,
        pairs: Vec<(String, i64)>,
        empty: Vec<u8>,
        deeper: Option<Vec<Level>>,
    }

    fn levels(depth: usize) -> Vec<Level> {
        let pairs = || vec![("one".to_owned(), 1), ("two".to_owned(), -2)];
        let level = |choice| Level {
            choice,
            pairs: pairs(),
            empty: Vec::new(),
            deeper: (depth > 0).then(|| levels(depth - 1)),
        };
        let named = Choice::Named { because: "of it".to_owned(), none: None };
        let wrapped = Choice::Wrapped(if depth > 0 { levels(depth - 1) } else { Vec::new() });
        vec![level(Choice::Plain), level(named), level(wrapped)]
    }

    #[test]
    fn the_layout_is_that_of_the_pretty_writer() {
        let layout = ron::ser::PrettyConfig::new().new_line("\n").indentor(INDENT).depth_limit(LEVELS);
        for depth in 0..4 {
            let value = levels(depth);
            assert_eq!(to_string(&value).unwrap(), ron::ser::to_string_pretty(&value, layout.clone()).unwrap());
        }
    }

    #[test]
    fn words_stay_readable() {
        for (words, file) in [
            ("plain", "\"plain\""),
            ("operator's Größe ±0.5\u{a0}µm – “ok”", "\"operator's Größe ±0.5\u{a0}µm – “ok”\""),
            ("a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\""),
            ("two\nlines\r\n\tand a tab", "\"two\\nlines\\r\\n\\tand a tab\""),
            ("\u{202e}\0\u{feff}", "\"\\u{202e}\\u{0}\\u{feff}\""),
        ] {
            let text = Text::from(words);
            assert_eq!(to_string(&text).unwrap(), file);
            assert_eq!(ron::from_str::<Text>(file).unwrap(), text);
        }
    }

    proptest! {
        #[test]
        fn any_words_survive(words in any::<String>()) {
            let text = Text::from(words);
            let file = to_string(&text).unwrap();
            prop_assert!(!file.contains('\n'));
            prop_assert_eq!(&ron::from_str::<Text>(&file).unwrap(), &text);
            prop_assert_eq!(crate::store::schema::quick::from_str::<Text>(&file).unwrap(), text);
        }
    }
}
