//! What does Ctrl-C do? Once: what is under way is finished. Twice: the program ends at once, which harms no store.

use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::Exit;
use super::output::say;

/// True once Ctrl-C was pressed, or the process was asked to end.
static STOP: AtomicBool = AtomicBool::new(false);

/// Begins to listen and returns the flag.
#[expect(clippy::exit, reason = "there is no other way out of a signal handler's thread")]
pub(super) fn stop() -> &'static AtomicBool {
    // Where no handler can be set, the system's own ends the process, which harms no store either.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        say("stopping; what is stored stays, and the same command goes on from here. Again to stop at once.");
    });
    &STOP
}

/// How a command ends that was or was not stopped.
pub(super) fn exit_unless_stopped(exit: Exit) -> Exit {
    if STOP.load(Ordering::SeqCst) { Exit::Interrupted } else { exit }
}
