//! What can be done from a terminal? One file a subcommand: its arguments and what it does with them.
//!
//! Only here does the program read its arguments and standard input, print, look at the clock and end with an exit code.

mod analyze;
mod audit;
mod backup;
mod build;
mod compare;
mod exit;
mod explain;
mod export;
mod extract;
mod hash;
mod mcp;
mod output;
mod queries;
mod query;
mod remove;
mod search;
mod serve;
mod signal;
mod stats;
mod validate;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use exit::{Exit, Outcome};

/// Reads Chinese annual reports on law-based government into a knowledge graph that cites its source for every fact.
#[derive(Debug, Parser)]
#[command(name = "fazhi", version, after_help = exit::HELP, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Extract(extract::Arguments),
    Query(query::Arguments),
    Queries(queries::Arguments),
    Search(search::Arguments),
    Analyze(analyze::Arguments),
    Audit(audit::Arguments),
    Validate(validate::Arguments),
    Export(export::Arguments),
    Serve(serve::Arguments),
    Mcp(mcp::Arguments),
    Hash(hash::Arguments),
    Stats(stats::Arguments),
    Remove(remove::Arguments),
    Backup(backup::Arguments),
    Explain(explain::Arguments),
    Compare(compare::Arguments),
}

/// Which store.
#[derive(Debug, Args)]
struct Place {
    /// Directory of the store
    #[arg(long, value_name = "DIR", default_value = "fazhi.store")]
    store: PathBuf,
}

/// Runs the program with the arguments and streams of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(message) => {
            // Help goes to standard output and is no failure; when nobody reads either stream, nothing is left to do.
            let _ = message.print();
            return if message.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    let outcome: Outcome = match cli.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Queries(arguments) => queries::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Analyze(arguments) => analyze::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Mcp(arguments) => mcp::run(&arguments),
        Command::Hash(arguments) => hash::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
        Command::Remove(arguments) => remove::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
    };
    exit::end(outcome)
}
