//! The program: the command line, and the window if nothing else is asked.

use std::process::ExitCode;

use goldthread::cli::{self, Asked};
use goldthread::ui;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Asked::Done(code) => code,
        Asked::Editor(project) => match ui::run::run(project) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => cli::failed(&message),
        },
    }
}
