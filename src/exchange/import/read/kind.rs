//! What a file is, by its contents.

use super::budget::Budget;
use super::error::Fault;
use super::package::Package;
use super::xlsx;

/// How the bytes are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A zip container.
    Container,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// Text with separators.
    Text,
}

/// What a text with tags is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// A web page, which many web systems hand out as `.xls`.
    Html,
    /// An XML Spreadsheet of Excel 2002 and 2003.
    Excel2003,
    /// A workbook in the OpenDocument format in one file.
    FlatOds,
}

/// What a zip container holds.
pub enum Inside {
    /// A workbook of Excel 2007 and later.
    Xlsx {
        /// Its main part.
        main: String,
    },
    /// A workbook of LibreOffice or another program with the OpenDocument format.
    Ods,
}

/// What people may do with a document that is no spreadsheet.
pub const NO_TABLE: &str = "copy its table into a spreadsheet, save that as xlsx and import it";
/// What they may do with a spreadsheet that is not read.
pub const AS_XLSX: &str = "open it in the spreadsheet program, save it as xlsx and import that";
/// What they may do with an archive.
const UNPACK: &str = "unpack it and import the spreadsheet in it";

/// Beginnings of files that are something else.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF document", NO_TABLE),
    (b"\x89PNG", "a picture", NO_TABLE),
    (b"\xFF\xD8\xFF", "a picture", NO_TABLE),
    (b"GIF8", "a picture", NO_TABLE),
    (b"BM", "a picture", NO_TABLE),
    (b"{\\rtf", "a text document (RTF)", NO_TABLE),
    (b"7z\xBC\xAF\x27\x1C", "an archive", UNPACK),
    (b"Rar!", "an archive", UNPACK),
    (b"\x1F\x8B", "an archive", UNPACK),
    (b"MZ", "a program", AS_XLSX),
    (b"SQLite format 3", "a database", NO_TABLE),
];

/// How a file is to be read.
pub fn of(bytes: &[u8]) -> Result<Kind, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Container);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Ok(Kind::Xls);
    }
    // Before Excel 97 the records stood in the file itself.
    if let [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08 | 0x10, 0x00, ..] = bytes {
        return Err(Fault::Foreign { what: "a workbook of Excel before 1997", remedy: AS_XLSX });
    }
    for (beginning, what, remedy) in FOREIGN {
        // Two letters may begin a text as well.
        if bytes.starts_with(beginning) && (beginning.len() > 2 || bytes.iter().take(64).any(|b| *b < 9)) {
            return Err(Fault::Foreign { what, remedy });
        }
    }
    Ok(Kind::Text)
}

/// Whether a text is markup, and which.
pub fn markup(text: &str) -> Result<Option<Markup>, Fault> {
    let text = text.trim_start();
    if text.starts_with("MIME-Version:") {
        return Err(Fault::Foreign { what: "a web archive", remedy: AS_XLSX });
    }
    if !text.starts_with('<') {
        return Ok(None);
    }
    let end = text.char_indices().nth(4000).map_or(text.len(), |(end, _)| end);
    let beginning = text[..end].to_lowercase();
    if beginning.contains("<?mso-application progid=\"excel.sheet\"") || beginning.contains("<workbook") {
        return Ok(Some(Markup::Excel2003));
    }
    if beginning.contains("<office:document") {
        return Ok(Some(Markup::FlatOds));
    }
    if ["<html", "<!doctype html", "<table", "<meta", "<style", "<body"].iter().any(|tag| beginning.contains(tag)) {
        return Ok(Some(Markup::Html));
    }
    if beginning.starts_with("<?xml") {
        return Err(Fault::Foreign { what: "an XML document", remedy: AS_XLSX });
    }
    Ok(None)
}

/// What a container holds.
pub fn inside(package: &mut Package<'_>, budget: &mut Budget) -> Result<Inside, Fault> {
    if let Some(mime) = package.bytes("mimetype", budget)? {
        let mime = String::from_utf8_lossy(&mime);
        if mime.contains("opendocument.spreadsheet") {
            return Ok(Inside::Ods);
        }
        if mime.contains("opendocument") {
            return Err(Fault::Foreign { what: "a document of another kind than a spreadsheet", remedy: NO_TABLE });
        }
    }
    if let Some(main) = xlsx::main_part(package, budget)? {
        if main.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("bin")) {
            return Err(Fault::Foreign { what: "a binary workbook (xlsb)", remedy: AS_XLSX });
        }
        if package.has_below("word/") {
            return Err(Fault::Foreign { what: "a text document (Word)", remedy: NO_TABLE });
        }
        if package.has_below("ppt/") {
            return Err(Fault::Foreign { what: "a presentation (PowerPoint)", remedy: NO_TABLE });
        }
        return Ok(Inside::Xlsx { main });
    }
    if package.has("index/document.iwa") || package.has("index.zip") {
        return Err(Fault::Foreign {
            what: "a document of Apple Numbers",
            remedy: "export it to Excel there and import that",
        });
    }
    if package.has("content.xml") {
        return Ok(Inside::Ods);
    }
    Err(Fault::Foreign { what: "an archive", remedy: UNPACK })
}
