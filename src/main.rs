//! The program: the command line, and the window if nothing else is asked.

use std::process::ExitCode;

use goldthread::base::system_fonts::{self, Allowed};
use goldthread::cli::{self, Asked};
use goldthread::ui;

/// Names the folders in which fonts are looked for in place of those of the system; empty for none. With it, machines with
/// other fonts print the same pages.
const FONTS: &str = "GOLDTHREAD_FONTS";

fn main() -> ExitCode {
    let folders = std::env::var_os(FONTS).map(|folders| std::env::split_paths(&folders).collect());
    system_fonts::allow(folders.map_or(Allowed::System, Allowed::Folders));
    match cli::run(std::env::args_os()) {
        Asked::Done(code) => code,
        Asked::Editor(project) => match ui::run::run(project) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => cli::failed(&message),
        },
    }
}
