//! The public point, remembered.

use core::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// The longest public point: P-521, uncompressed.
const POINT_MAX: usize = 133;
const WORDS: usize = POINT_MAX.div_ceil(4);

/// A public point that is written at most with one value, and read by any number of threads.
///
/// Computing it costs a multiplication on the curve, as much as a signature, so it is asked for once. Words are atomic
/// instead of locked: two threads that come first together write the same bytes.
pub(crate) struct PublicPoint {
    words: [AtomicU32; WORDS],
    len: AtomicUsize,
}

impl PublicPoint {
    pub(crate) const fn unknown() -> Self {
        Self {
            words: [const { AtomicU32::new(0) }; WORDS],
            len: AtomicUsize::new(0),
        }
    }

    /// Copies the point to the start of `output`, if it is known and there is room, and answers its length.
    pub(crate) fn get(&self, output: &mut [u8]) -> Option<usize> {
        // Acquire: whoever sees the length sees the words that were stored before it.
        let len = self.len.load(Ordering::Acquire);
        let output = output.get_mut(..len).filter(|_| len != 0)?;
        for (bytes, word) in output.chunks_mut(4).zip(&self.words) {
            bytes.copy_from_slice(&word.load(Ordering::Relaxed).to_ne_bytes()[..bytes.len()]);
        }
        Some(len)
    }

    /// Remembers a point; what is longer than any point, an RSA key, is not remembered.
    pub(crate) fn set(&self, point: &[u8]) {
        if point.len() > POINT_MAX {
            return;
        }
        for (bytes, word) in point.chunks(4).zip(&self.words) {
            let mut value = [0; 4];
            value[..bytes.len()].copy_from_slice(bytes);
            word.store(u32::from_ne_bytes(value), Ordering::Relaxed);
        }
        self.len.store(point.len(), Ordering::Release);
    }
}
