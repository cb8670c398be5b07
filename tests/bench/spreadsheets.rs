//! The PFMEA out as a workbook and in again, and what LibreOffice takes to print the same workbook where it is installed.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use goldthread::app::export::PdfOptions;
use goldthread::app::printing::Printable;
use goldthread::app::returned::compare;
use goldthread::app::workbook::xlsx_bytes;
use goldthread::base::clock::Date;
use goldthread::base::{Id, IdSource, Text};
use goldthread::exchange::import::build::{Stamp, build};
use goldthread::exchange::import::find::understand;
use goldthread::exchange::import::read::read;
use goldthread::model::Project;
use goldthread::model::document::Document;
use goldthread::report::Progress;

use crate::timed;

/// What spreadsheets cost.
pub struct Spreadsheets {
    /// From a project to the bytes of a workbook.
    pub out: Duration,
    /// From these bytes to items of a new project, with the account of every cell.
    pub back: Duration,
    /// The same without the hidden sheet that says what the columns are.
    pub foreign: Duration,
    /// The same upon the project that has all of it, which nothing new comes of.
    pub again: Duration,
    /// From these bytes to what was changed in them, beside the project.
    pub compared: Duration,
}

/// Measures both ways.
pub fn measure(project: &Project, fmea: Id<Document>, today: Date) -> Spreadsheets {
    let options = PdfOptions::default();
    let form = [Printable::Document(fmea)];
    let (out, made) = timed(3, || {
        xlsx_bytes(project, &form, today, &options, &Progress::default()).expect("the form fits into a workbook").bytes
    });
    let empty = Project::new(project.library().clone());
    let import = |stamped: bool, upon: &Project| {
        let mut workbook = read("pfmea.xlsx", &made).expect("the workbook is whole");
        workbook.sheets.retain(|sheet| stamped || !sheet.hidden);
        let understood = understand(&workbook, &[]);
        let stamp = Stamp { by: Text::from("Bench"), on: today };
        let built = build(upon, &workbook, &understood, &stamp, &mut IdSource::seeded(5));
        built.made.iter().map(|made| made.counts.causes).sum::<usize>()
    };
    let (back, lines) = timed(3, || import(true, &empty));
    let (foreign, _) = timed(3, || import(false, &empty));
    let (again, news) = timed(3, || import(false, project));
    assert_eq!(news, 0, "the project has every cause");
    let (compared, changed) = timed(3, || {
        let workbook = read("pfmea.xlsx", &made).expect("the workbook is whole");
        compare(project, &workbook, today).expect("it comes from the project").differences.len()
    });
    assert_eq!(changed, 0, "nobody changed the workbook");
    println!("  the workbook has {} kB; {lines} causes came back", made.len() / 1000);
    libreoffice(&made);
    Spreadsheets { out, back, foreign, again, compared }
}

/// Lets LibreOffice print the workbook, once, and says how long it took.
fn libreoffice(workbook: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for LibreOffice");
    let file = folder.path().join("pfmea.xlsx");
    fs::write(&file, workbook).expect("the workbook is written");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let (taken, printed) = timed(1, || {
        let mut command = Command::new("soffice");
        command.args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"]).arg(folder.path()).arg(&file);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status()
    });
    match printed {
        Ok(status) if status.success() => {
            println!("  LibreOffice prints the same workbook in {:.1} s", taken.as_secs_f64());
        }
        Ok(status) => println!("  LibreOffice does not print the workbook: {status}"),
        Err(_) => println!("  LibreOffice is not on this machine"),
    }
}
