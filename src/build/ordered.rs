//! How is work shared among threads without losing the order? Results come out as if one thread had done it all.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many results may wait for an earlier one, for each thread: enough that a long report does not hold up the rest,
/// and little enough that memory stays bounded.
const AHEAD: usize = 8;

/// Applies `work` to every item on `jobs` threads and gives the results to `each` in the order of the items, on the
/// calling thread. No more than a few items a thread are under way at any time. When `each` breaks, no further item is
/// begun and the value of the break is returned.
pub(super) fn ordered<I, O, B>(
    jobs: usize,
    items: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> O + Sync,
    mut each: impl FnMut(O) -> ControlFlow<B>,
) -> Option<B>
where
    I: Send,
    O: Send,
{
    let jobs = jobs.max(1);
    let queue = Queue {
        items: Mutex::new(items.enumerate()),
        state: Mutex::new(State { done: BTreeMap::new(), given: 0, working: jobs, stopped: false }),
        changed: Condvar::new(),
        ahead: jobs * AHEAD,
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| queue.serve(&work));
        }
        // However this ends, the threads must not wait for room for ever.
        let _stop = StopOnDrop(&queue);
        while let Some(result) = queue.next() {
            if let ControlFlow::Break(value) = each(result) {
                return Some(value);
            }
        }
        None
    })
}

struct Queue<I, O> {
    items: Mutex<I>,
    state: Mutex<State<O>>,
    changed: Condvar,
    ahead: usize,
}

struct State<O> {
    /// Results that wait for an earlier one.
    done: BTreeMap<usize, O>,
    /// How many results have been given out.
    given: usize,
    /// Threads that may still bring results.
    working: usize,
    stopped: bool,
}

impl<I, T, O> Queue<I, O>
where
    I: Iterator<Item = (usize, T)>,
{
    /// What a thread does until there is nothing left.
    fn serve(&self, work: &impl Fn(T) -> O) {
        let _leave = LeaveOnDrop(self);
        loop {
            // A poisoned lock means that another thread panicked; the scope hands that panic on when it joins.
            let next = lock(&self.items).next();
            let Some((number, item)) = next else { return };
            let mut state = lock(&self.state);
            while number >= state.given + self.ahead && !state.stopped {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.stopped {
                return;
            }
            drop(state);
            let result = work(item);
            lock(&self.state).done.insert(number, result);
            self.changed.notify_all();
        }
    }
}

impl<I, O> Queue<I, O> {
    /// The next result in order, when it is there; `None` when all threads are done.
    fn next(&self) -> Option<O> {
        let mut state = lock(&self.state);
        loop {
            let number = state.given;
            if let Some(result) = state.done.remove(&number) {
                state.given += 1;
                drop(state);
                self.changed.notify_all();
                return Some(result);
            }
            if state.working == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

struct StopOnDrop<'a, I, O>(&'a Queue<I, O>);

impl<I, O> Drop for StopOnDrop<'_, I, O> {
    fn drop(&mut self) {
        lock(&self.0.state).stopped = true;
        self.0.changed.notify_all();
    }
}

struct LeaveOnDrop<'a, I, O>(&'a Queue<I, O>);

impl<I, O> Drop for LeaveOnDrop<'_, I, O> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.working -= 1;
        // Nobody would ever bring the result that the others are waiting for room behind.
        state.stopped |= std::thread::panicking();
        drop(state);
        self.0.changed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_on_any_number_of_threads() {
        for jobs in [1, 2, 3, 8] {
            let mut results = Vec::new();
            let slow_first = |n: u64| {
                if n.is_multiple_of(7) {
                    std::thread::sleep(Duration::from_millis(3));
                }
                n * n
            };
            let end = ordered(jobs, 0..100, slow_first, |square| {
                results.push(square);
                ControlFlow::<()>::Continue(())
            });
            assert_eq!(end, None);
            assert_eq!(results, (0..100).map(|n| n * n).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn only_a_few_items_are_under_way() {
        let begun = AtomicUsize::new(0);
        let mut given = 0;
        ordered(
            2,
            0..1000,
            |_| begun.fetch_add(1, Ordering::SeqCst),
            |_| {
                given += 1;
                assert!(begun.load(Ordering::SeqCst) <= given + 2 * AHEAD + 2);
                ControlFlow::<()>::Continue(())
            },
        );
        assert_eq!(given, 1000);
    }

    #[test]
    fn a_break_stops_the_work() {
        let begun = AtomicUsize::new(0);
        let end = ordered(
            3,
            0..100_000,
            |n| {
                begun.fetch_add(1, Ordering::SeqCst);
                n
            },
            |n| if n == 10 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) },
        );
        assert_eq!(end, Some("enough"));
        assert!(begun.load(Ordering::SeqCst) < 200);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_in_a_thread_is_neither_swallowed_nor_waited_for() {
        ordered(2, 0..1000, |n| assert_ne!(n, 5), |()| ControlFlow::<()>::Continue(()));
    }
}
