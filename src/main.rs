//! The `closeloop` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything else: a fault in whatever comes next must leave nothing behind.
    closeloop::runtime::shield::first();
    closeloop::cli::run(std::env::args_os())
}
