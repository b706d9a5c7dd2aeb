//! `fazhi backup`: a copy of the store as it is now.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::store::Store;

/// Copy the store to a new directory, which is then a store of its own
///
/// On the same file system the copy is made in a moment and takes no room until one of the two changes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The new directory
    target: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::open_existing(&arguments.place.store)?;
    store.backup(&arguments.target)?;
    let mut out = Output::open(None)?;
    writeln!(out, "copied {} to {}", arguments.place.store.display(), arguments.target.display())?;
    out.finish()?;
    Ok(Exit::Done)
}
