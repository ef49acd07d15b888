use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn numbers(n: u64) -> impl FnOnce(Feed<u64>) + Send {
    move |mut feed| {
        for i in 0..n {
            if !feed.put(i) {
                return;
            }
        }
    }
}

#[test]
fn results_come_in_the_order_of_the_items_for_any_number_of_threads() {
    for threads in [1, 2, 3, 8] {
        let mut seen = Vec::new();
        let slow_now_and_then = || {
            |i: u64| {
                if i.is_multiple_of(7) {
                    std::thread::sleep(Duration::from_millis(1));
                }
                i * 2
            }
        };
        let done = ordered(threads, 4, numbers(200), slow_now_and_then, |r| {
            seen.push(r);
            Ok::<_, ()>(())
        });
        assert_eq!(done, Ok(()));
        assert_eq!(seen, (0..200).map(|i| i * 2).collect::<Vec<_>>());
    }
}

#[test]
fn no_more_items_are_alive_than_the_window_holds_even_behind_a_slow_one() {
    static ALIVE: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    let produce = |mut feed: Feed<u64>| {
        for i in 0..100 {
            if !feed.put(i) {
                return;
            }
        }
    };
    let worker = || {
        |i: u64| {
            MOST.fetch_max(ALIVE.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(if i == 0 { 50 } else { 0 }));
            i
        }
    };
    ordered(2, 5, produce, worker, |_| {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
        Ok::<_, ()>(())
    })
    .unwrap();
    assert!(MOST.load(Ordering::SeqCst) <= 5, "{MOST:?}");
    assert_eq!(ALIVE.load(Ordering::SeqCst), 0);
}

#[test]
fn an_error_of_the_consumer_stops_everything() {
    let result = ordered(2, 4, numbers(u64::MAX), || |i| i, |i| if i == 10 { Err("disk full") } else { Ok(()) });
    assert_eq!(result, Err("disk full"));
}

#[test]
#[should_panic(expected = "worker bug")]
fn a_panicking_worker_ends_the_run_instead_of_blocking_it() {
    let worker = || {
        |i: u64| {
            assert!(i != 3, "worker bug");
            i
        }
    };
    let _ = ordered(2, 4, numbers(1000), worker, |_| Ok::<_, ()>(()));
}

#[test]
fn nothing_to_do_is_done() {
    assert_eq!(ordered(2, 4, numbers(0), || |i| i, |_| Ok::<_, ()>(())), Ok(()));
}
