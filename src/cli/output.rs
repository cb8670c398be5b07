//! The only place that prints.

use std::io::{self, Write};

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

/// Prints an error to standard error.
pub fn error(message: &str) {
    progress(&format!("goldthread: error: {message}"));
}
