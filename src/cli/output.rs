//! The only place that prints.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::report::Progress;

/// Prints data to standard output.
///
/// # Errors
/// If standard output cannot be written to; a reader that went away, such as `head`, is no error.
pub fn data(bytes: &[u8]) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output could not be written: {error}"))
        }
        _ => Ok(()),
    }
}

/// Prints a line to standard error. Where that fails there is nobody to tell.
pub fn progress(line: &str) {
    writeln!(io::stderr().lock(), "{line}").unwrap_or_default();
}

/// How long work is quiet: what takes less needs no progress.
const QUIET: Duration = Duration::from_millis(400);

/// Does work that takes long. Somebody at a terminal sees how far it is; a file or a pipe gets nothing of that.
pub fn watched<T>(work: impl FnOnce(&Progress) -> T) -> T {
    if !io::stderr().is_terminal() {
        return work(&Progress::default());
    }
    let begun = Instant::now();
    let progress = Progress::new(move |progress| {
        if begun.elapsed() > QUIET {
            write!(io::stderr().lock(), "\r{:3} %", progress.percent()).unwrap_or_default();
        }
    });
    let done = work(&progress);
    if begun.elapsed() > QUIET {
        // The line goes again.
        write!(io::stderr().lock(), "\r\x1b[K").unwrap_or_default();
    }
    done
}

/// Prints an error to standard error.
pub fn error(message: &str) {
    progress(&format!("goldthread: error: {message}"));
}
