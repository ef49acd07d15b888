//! A bug that strikes one article must not end a run over a million.
//!
//! [`catch`] turns a panic into a message. A program that wants the place of the bug in that message, and no
//! backtrace on its terminal, calls [`install_hook`] once.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// Where the last panic of this thread began.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Makes panics silent and remembers where they began.
pub fn install_hook() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line()));
        PLACE.with(|p| p.set(place));
    }));
}

/// Runs `work`.
///
/// # Errors
/// What went wrong and where, in one line, when it panics. Whatever `work` was changing is then in an unknown state
/// and must be thrown away.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown panic");
        let place = PLACE.with(Cell::take).map(|place| format!(" at {place}")).unwrap_or_default();
        // Assertions print their operands on lines of their own.
        format!("bug: {}{place}", text.split_whitespace().collect::<Vec<_>>().join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_one_line() {
        let empty: Vec<u32> = Vec::new();
        let message = catch(|| empty[7]).unwrap_err();
        assert!(message.starts_with("bug: index out of bounds"), "{message}");
        assert!(!message.contains('\n'));
        assert_eq!(catch(|| 7), Ok(7));
    }
}
