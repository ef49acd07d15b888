//! SIGINT and SIGTERM: the first asks the run to stop after the batch in hand, the second ends the process at once.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Listens for the rest of the process.
#[derive(Debug, Default)]
pub(super) struct Signals {
    received: Arc<AtomicUsize>,
}

impl Signals {
    pub(super) fn listen() -> Self {
        let signals = Self::default();
        let again = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds `again` unset and sets it, the second finds it set.
            let handlers = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&again))
                .and_then(|_| flag::register(signal, Arc::clone(&again)))
                .and_then(|_| flag::register_usize(signal, Arc::clone(&signals.received), signal as usize));
            if let Err(error) = handlers {
                tracing::warn!("cannot listen for signal {signal}: {error}");
            }
        }
        signals
    }

    /// The first signal received.
    pub(super) fn received(&self) -> Option<i32> {
        i32::try_from(self.received.load(Ordering::Relaxed)).ok().filter(|&signal| signal != 0)
    }
}
