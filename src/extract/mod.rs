//! Doc to [`Findings`]: mentions, entities, times, places, events, dyads.

pub mod findings;

pub use findings::Findings;
