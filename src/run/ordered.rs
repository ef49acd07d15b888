//! Work done by several threads, taken up in the order it was handed out.
//!
//! One thread produces items, several turn each into a result, and the caller's thread consumes the results in the
//! order of the items, whatever the order they were finished in. At most `window` items exist at any moment between
//! the first and the last of these steps, so memory is bounded by the window and never by the corpus, and one slow
//! item (a book among news briefs) cannot make the others pile up behind it.

use crossbeam_channel::{Receiver, Sender, bounded};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Stack of a worker. The default of 2 MiB is enough for everything we do ourselves; the rest is for the page that
/// nests deeper than any page should.
const WORKER_STACK: usize = 8 << 20;

/// Where a producer puts its items.
pub(crate) struct Feed<T> {
    next: u64,
    credits: Receiver<()>,
    work: Sender<(u64, T)>,
}

impl<T> Feed<T> {
    /// Hands one item to the workers; waits while the window is full. False when nobody wants any more.
    #[must_use]
    pub(crate) fn put(&mut self, item: T) -> bool {
        // A credit is an item's right to exist. The consumer gives it back; when it is gone, so are its credits.
        if self.credits.recv().is_err() || self.work.send((self.next, item)).is_err() {
            return false;
        }
        self.next += 1;
        true
    }
}

/// Runs `produce` on a thread of its own, a worker made by `new_worker` on each of `threads` rayon threads, and `consume`
/// here, in the order in which items were produced.
///
/// # Errors
/// The first error of `consume`. Producer and workers are stopped then.
///
/// # Panics
/// When one of the three panics, once the others have ended.
pub(crate) fn ordered<T, R, E, P, M, W, C>(
    threads: usize,
    window: usize,
    produce: P,
    new_worker: M,
    mut consume: C,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    P: FnOnce(Feed<T>) + Send,
    M: Fn() -> W + Sync,
    W: FnMut(T) -> R,
    C: FnMut(R) -> Result<(), E>,
{
    let window = window.max(threads);
    let (credit, credits) = bounded(window);
    for () in std::iter::repeat_n((), window) {
        credit.send(()).unwrap_or_else(|_| unreachable!("the receiver is still here"));
    }
    // Never fuller than the window, so that no `send` below waits.
    let (work, todo) = bounded::<(u64, T)>(window);
    let (done, results) = bounded(window);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|n| format!("analyse-{n}"))
        .stack_size(WORKER_STACK)
        .build()
        .expect("the system gives no more threads");
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().name("read".to_owned()).stack_size(WORKER_STACK);
        reader
            .spawn_scoped(scope, move || produce(Feed { next: 0, credits, work }))
            .expect("the system gives no more threads");
        // The caller's thread stays outside the pool: it takes results up while all rayon workers work.
        pool.in_place_scope(|workers| {
            for _ in 0..threads {
                let (todo, done, new_worker) = (todo.clone(), done.clone(), &new_worker);
                workers.spawn(move |_| {
                    let mut worker = new_worker();
                    for (number, item) in todo {
                        // A panic must travel through the same door: a number that never comes would block the rest.
                        let result = catch_unwind(AssertUnwindSafe(|| worker(item)));
                        let broken = result.is_err();
                        if done.send((number, result)).is_err() || broken {
                            break;
                        }
                    }
                });
            }
            drop((todo, done));
            let outcome = consume_in_order(&results, &credit, &mut consume);
            // Ends the producer's wait for a credit and the workers' for room.
            drop((results, credit));
            outcome
        })
    })
}

fn consume_in_order<R, E>(
    results: &Receiver<(u64, std::thread::Result<R>)>,
    credit: &Sender<()>,
    consume: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, result) in results {
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            consume(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
            // Fails only when the producer has nothing left to spend it on.
            let _ = credit.send(());
            next += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
