//! The public point, remembered.

use crate::ffi::key::CURVE_BITS_MAX;
use core::sync::atomic::{AtomicU32, Ordering, fence};

/// The longest public point that the provider has: uncompressed, of 133 bytes for P-521.
const POINT_MAX: usize = 1 + 2 * CURVE_BITS_MAX.div_ceil(8);
const WORDS: usize = POINT_MAX.div_ceil(4);

/// Counters of epochs; identifiers share one.
const COUNTERS: usize = 16;
static EPOCHS: [AtomicU32; COUNTERS] = [const { AtomicU32::new(0) }; COUNTERS];

fn counter(id: u32) -> &'static AtomicU32 {
    &EPOCHS[id as usize % COUNTERS]
}

/// The epoch of an identifier. A persistent key can be destroyed and made anew through another [`Key`](crate::Key) while
/// one for the same identifier lives: in a new epoch it may be another key.
pub(crate) fn epoch(id: u32) -> u32 {
    // Acquire: whoever sees that a key has ended does not take what it asks now for that of the old one.
    counter(id).load(Ordering::Acquire)
}

/// Runs what ends a key, between two epochs: what was known before does not count after it, nor what is learnt meanwhile.
pub(crate) fn ending<T>(id: u32, end: impl FnOnce() -> T) -> T {
    counter(id).fetch_add(1, Ordering::AcqRel);
    let answer = end();
    counter(id).fetch_add(1, Ordering::AcqRel);
    answer
}

/// A public point of one epoch, which any number of threads read and write.
///
/// Computing it costs a multiplication on the curve, as much as a signature, so it is asked for once. Nobody waits: who
/// comes while another writes computes it, and keeps it for itself.
pub(crate) struct PublicPoint {
    /// Odd while somebody writes, 0 while nothing is known.
    sequence: AtomicU32,
    words: [AtomicU32; WORDS],
    len: AtomicU32,
    epoch: AtomicU32,
}

impl PublicPoint {
    pub(crate) const fn unknown() -> Self {
        Self {
            sequence: AtomicU32::new(0),
            words: [const { AtomicU32::new(0) }; WORDS],
            len: AtomicU32::new(0),
            epoch: AtomicU32::new(0),
        }
    }

    /// Copies the point of this epoch to the start of `output`, if it is known and there is room, and answers its length.
    pub(crate) fn get(&self, epoch: u32, output: &mut [u8]) -> Option<usize> {
        // Acquire: whoever sees the number that a writer left sees what it wrote.
        let before = self.sequence.load(Ordering::Acquire);
        if before == 0 || before & 1 == 1 || self.epoch.load(Ordering::Relaxed) != epoch {
            return None;
        }
        let len = self.len.load(Ordering::Relaxed) as usize;
        let output = output.get_mut(..len)?;
        for (bytes, word) in output.chunks_mut(4).zip(&self.words) {
            bytes.copy_from_slice(&word.load(Ordering::Relaxed).to_ne_bytes()[..bytes.len()]);
        }
        // With the writer's fence: who has read a word of a later writer sees its number here.
        fence(Ordering::Acquire);
        (self.sequence.load(Ordering::Relaxed) == before).then_some(len)
    }

    /// Remembers a point; what is longer than any point, an RSA key, is not remembered.
    pub(crate) fn set(&self, epoch: u32, point: &[u8]) {
        let before = self.sequence.load(Ordering::Relaxed);
        let Some(len) = u32::try_from(point.len())
            .ok()
            .filter(|_| point.len() <= POINT_MAX && before & 1 == 0)
        else {
            return;
        };
        let writing = before | 1;
        let claimed =
            self.sequence
                .compare_exchange(before, writing, Ordering::Acquire, Ordering::Relaxed);
        if claimed.is_err() {
            return;
        }
        fence(Ordering::Release);
        for (bytes, word) in point.chunks(4).zip(&self.words) {
            let mut value = [0; 4];
            value[..bytes.len()].copy_from_slice(bytes);
            word.store(u32::from_ne_bytes(value), Ordering::Relaxed);
        }
        self.len.store(len, Ordering::Relaxed);
        self.epoch.store(epoch, Ordering::Relaxed);
        // Never 0 again: that is for nothing known.
        let known = writing.checked_add(1).unwrap_or(2);
        self.sequence.store(known, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::thread;

    #[test]
    fn a_point_is_known_in_its_epoch_only() {
        let point = PublicPoint::unknown();
        let mut buffer = [0; POINT_MAX];
        assert_eq!(point.get(0, &mut buffer), None);
        point.set(0, &[4; 33]);
        assert_eq!(point.get(0, &mut buffer), Some(33));
        assert_eq!(point.get(0, &mut buffer[..32]), None);
        assert_eq!(point.get(1, &mut buffer), None);
        point.set(1, &[5; POINT_MAX]);
        assert_eq!(point.get(1, &mut buffer), Some(POINT_MAX));
        assert_eq!(buffer, [5; POINT_MAX]);
        point.set(2, &[6; POINT_MAX + 1]);
        assert_eq!(point.get(2, &mut buffer), None);
    }

    #[test]
    fn an_epoch_ends_before_and_after_what_ends_a_key() {
        let before = epoch(3);
        let meanwhile = ending(3, || epoch(3));
        assert!(meanwhile != before && epoch(3) != meanwhile);
    }

    #[test]
    fn threads_that_read_and_write_see_whole_points() {
        let point = PublicPoint::unknown();
        thread::scope(|scope| {
            for value in 1..=4_u8 {
                let point = &point;
                scope.spawn(move || {
                    let mut buffer = [0; POINT_MAX];
                    for _ in 0..20_000 {
                        point.set(0, &[value; POINT_MAX]);
                        if point.get(0, &mut buffer).is_some() {
                            assert!(buffer.iter().all(|byte| *byte == buffer[0]));
                        }
                    }
                });
            }
        });
    }
}
