//! The `tidings` command.

use std::process::ExitCode;

/// Workers allocate and free row by row; the system's allocator makes them wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match tidings::cli::run(std::env::args_os()) {
        Ok(code) => code.into(),
        Err(failure) => {
            failure.report();
            failure.exit_code().into()
        }
    }
}
