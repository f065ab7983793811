//! Work of which each piece keeps one core busy: as many pieces at a time as there are cores.
use std::num::NonZero;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many pieces are done at a time.
pub fn count() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does all pieces, and answers what came of them in the order in which they ended.
pub fn each<T, R: Send>(
    pieces: impl IntoIterator<Item = T, IntoIter: Send>,
    run: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let waiting = Mutex::new(pieces.into_iter());
    // Not in the loop's condition itself, where the lock would be held until the end of its body.
    let next = || locked(&waiting).next();
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..count() {
            scope.spawn(|| {
                while let Some(piece) = next() {
                    let result = run(piece);
                    locked(&done).push(result);
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::{Duration, Instant};

    #[test]
    fn every_piece_is_done_once() {
        let mut done = each(0..100, |piece| piece);
        done.sort_unstable();
        assert!(done.into_iter().eq(0..100));
    }

    #[test]
    fn as_many_at_a_time_as_there_are_cores() {
        let arrived = AtomicUsize::new(0);
        let met = each(0..count(), |_| {
            arrived.fetch_add(1, Ordering::SeqCst);
            let begin = Instant::now();
            while arrived.load(Ordering::SeqCst) < count() {
                if begin.elapsed() > Duration::from_secs(20) {
                    return false;
                }
                thread::yield_now();
            }
            true
        });
        assert_eq!(met, vec![true; count()]);
    }
}
