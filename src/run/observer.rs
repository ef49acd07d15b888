//! [`Observer`]: how a run tells its surroundings how far it is, and hears that it should stop.
//!
//! The run itself prints nothing and installs no signal handler; a terminal, a log, a notebook each bring their own.

use super::summary::Counts;
use crate::tables::RejectRow;

/// Who watches a run. All calls come from the thread that called [`run`](super::run()).
pub trait Observer {
    /// The input has been listed.
    fn planned(&self, _files: u64, _bytes: u64) {}

    /// A batch of records has been written. `done` counts everything since the start; `bytes_done` of the planned bytes
    /// have been used up.
    fn progress(&self, _done: &Counts, _bytes_done: u64) {}

    /// A record was rejected.
    fn rejected(&self, _reject: &RejectRow) {}

    /// The number of the signal that asks the run to stop, once there is one.
    fn stop(&self) -> Option<i32> {
        None
    }
}

/// Watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {}
