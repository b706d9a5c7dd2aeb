//! How does the program end? With an exit code that a script can act on, and a message that a person can.

use std::error::Error;
use std::io;
use std::process::ExitCode;

use super::output::say;

/// What a subcommand returns: how it ended, or what stopped it.
pub(super) type Outcome = Result<Exit, Box<dyn Error + Send + Sync>>;

/// The exit codes, as they are told to the user.
pub(super) const HELP: &str = "\
Exit codes:
  0    everything was done
  1    nothing could be done
  2    the command line is not understood
  3    done, but some inputs were skipped; each is named with the reason
  4    validated: the store does not conform to the shapes
  130  interrupted; what was done until then is kept";

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// All is well.
    Done,
    /// Nothing could be done.
    Failed,
    /// The command line is not understood.
    Usage,
    /// Done, but for some of the inputs.
    Skipped,
    /// The store does not conform to the shapes.
    Broken,
    /// Stopped by Ctrl-C.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Skipped => 3,
            Exit::Broken => 4,
            Exit::Interrupted => 130,
        })
    }
}

/// Prints what stopped the program, if anything did, as one chain of causes.
pub(super) fn end(outcome: Outcome) -> ExitCode {
    let error = match outcome {
        Ok(exit) => return exit.into(),
        Err(error) => error,
    };
    if is_broken_pipe(error.as_ref()) {
        // Whoever read the output (`head`, a pager) has had enough.
        return Exit::Done.into();
    }
    let mut said = error.to_string();
    say(&format!("error: {said}"));
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        // Some errors repeat their cause in their own words.
        if !said.contains(&text) {
            say(&format!("  because: {text}"));
        }
        said = text;
        source = cause.source();
    }
    Exit::Failed.into()
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            return true;
        }
        next = error.source();
    }
    false
}
