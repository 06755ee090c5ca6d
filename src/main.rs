//! The `closeloop` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    closeloop::cli::run(std::env::args_os())
}
