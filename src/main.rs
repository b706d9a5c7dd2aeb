//! The command line of fazhi; see [`fazhi::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    fazhi::cli::main()
}
