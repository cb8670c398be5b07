//! The program: hands the arguments over to the command line, which opens the window if nothing else is asked.

use std::process::ExitCode;

fn main() -> ExitCode {
    goldthread::cli::main()
}
