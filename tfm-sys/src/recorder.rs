//! On a host there is no secure side: a test provides one, or records what would have crossed.
//!
//! ```
//! use tfm_sys::recorder::{Answer, Recorder, with};
//! use tfm_sys::{PSA_SUCCESS, psa_generate_random};
//! # use std::sync::Arc;
//!
//! let recorder = Arc::new(Recorder::new());
//! recorder.answer(Answer::new(PSA_SUCCESS).output(&[1, 2, 3]));
//! let mut bytes = [0; 3];
//! // SAFETY: the buffer is writable for its length.
//! with(recorder.clone(), || assert_eq!(unsafe { psa_generate_random(bytes.as_mut_ptr(), 3) }, 0));
//! assert_eq!(bytes, [1, 2, 3]);
//! assert_eq!(recorder.calls()[0].control_word, 0x0101_0000);
//! ```

use crate::*;
use core::ptr;
use core::sync::atomic::{AtomicBool, Ordering};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

/// The secure side as a test imagines it.
pub trait SecureSide: Send + Sync {
    /// The version of the framework.
    fn framework_version(&self) -> u32 {
        PSA_FRAMEWORK_VERSION
    }

    /// The version of a service.
    fn version(&self, sid: u32) -> u32 {
        let _ = sid;
        PSA_VERSION_NONE
    }

    /// A connection.
    fn connect(&self, sid: u32, version: u32) -> psa_handle_t {
        let _ = (sid, version);
        PSA_ERROR_CONNECTION_REFUSED
    }

    /// A call: writes the outputs and their lengths.
    fn call(
        &self,
        handle: psa_handle_t,
        control_word: u32,
        inputs: &[Vec<u8>],
        outputs: &mut [Output],
    ) -> psa_status_t;

    /// The end of a connection.
    fn close(&self, handle: psa_handle_t) {
        let _ = handle;
    }
}

/// An output vector of a call.
#[derive(Debug)]
pub struct Output {
    size: usize,
    written: Vec<u8>,
    len: Option<usize>,
}

impl Output {
    /// The space that the caller gave, in bytes.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Writes bytes and sets the length to theirs.
    ///
    /// # Panics
    /// When they do not fit: no secure side writes more than the caller gave.
    pub fn write(&mut self, bytes: &[u8]) {
        assert!(
            bytes.len() <= self.size,
            "{} bytes for an output of {}",
            bytes.len(),
            self.size
        );
        self.written = bytes.to_vec();
    }

    /// Sets the length that the caller is told, whatever was written.
    pub fn set_len(&mut self, len: usize) {
        self.len = Some(len);
    }
}

/// A call that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The service.
    pub handle: psa_handle_t,
    /// Type and counts of vectors.
    pub control_word: u32,
    /// What the input vectors held.
    pub inputs: Vec<Vec<u8>>,
    /// The space in each output vector, in bytes.
    pub output_sizes: Vec<usize>,
}

/// What a recorder answers to one call.
#[derive(Clone, Debug)]
pub struct Answer {
    status: psa_status_t,
    outputs: Vec<Vec<u8>>,
    lengths: Option<usize>,
}

impl Answer {
    /// An answer without outputs.
    pub fn new(status: psa_status_t) -> Self {
        Self {
            status,
            outputs: Vec::new(),
            lengths: None,
        }
    }

    /// Adds what is written to the next output vector.
    #[must_use]
    pub fn output(mut self, bytes: &[u8]) -> Self {
        self.outputs.push(bytes.to_vec());
        self
    }

    /// Sets every output's length to this, whatever was written.
    #[must_use]
    pub fn lengths(mut self, lengths: usize) -> Self {
        self.lengths = Some(lengths);
        self
    }
}

/// A secure side that writes down what it is asked and answers what it was told to, or success.
#[derive(Debug, Default)]
pub struct Recorder {
    calls: Mutex<Vec<Call>>,
    answers: Mutex<VecDeque<Answer>>,
}

impl Recorder {
    /// A recorder without answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the answer to the next call that has none yet.
    pub fn answer(&self, answer: Answer) {
        lock(&self.answers).push_back(answer);
    }

    /// The calls so far.
    pub fn calls(&self) -> Vec<Call> {
        lock(&self.calls).clone()
    }

    /// The calls so far, which are forgotten.
    pub fn take_calls(&self) -> Vec<Call> {
        core::mem::take(&mut lock(&self.calls))
    }
}

impl SecureSide for Recorder {
    fn version(&self, _sid: u32) -> u32 {
        1
    }

    fn call(
        &self,
        handle: psa_handle_t,
        control_word: u32,
        inputs: &[Vec<u8>],
        outputs: &mut [Output],
    ) -> psa_status_t {
        lock(&self.calls).push(Call {
            handle,
            control_word,
            inputs: inputs.to_vec(),
            output_sizes: outputs.iter().map(Output::size).collect(),
        });
        let Some(answer) = lock(&self.answers).pop_front() else {
            return PSA_SUCCESS;
        };
        for (output, bytes) in outputs.iter_mut().zip(&answer.outputs) {
            output.write(bytes);
        }
        if let Some(lengths) = answer.lengths {
            for output in outputs {
                output.set_len(lengths);
            }
        }
        answer.status
    }
}

static SIDE: Mutex<Option<Arc<dyn SecureSide>>> = Mutex::new(None);
static TURN: Mutex<()> = Mutex::new(());
static IN_HANDLER: AtomicBool = AtomicBool::new(false);

/// A test that panics must not take the others with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `test` with a secure side in place; there is one at a time, so tests wait for each other here.
pub fn with<R>(side: Arc<dyn SecureSide>, test: impl FnOnce() -> R) -> R {
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            *lock(&SIDE) = None;
            IN_HANDLER.store(false, Ordering::SeqCst);
        }
    }
    let _turn = lock(&TURN);
    let _reset = Reset;
    *lock(&SIDE) = Some(side);
    test()
}

/// Pretends that an interrupt handler is running, until it is unset or [`with`] ends.
pub fn set_in_handler(in_handler: bool) {
    IN_HANDLER.store(in_handler, Ordering::SeqCst);
}

pub(crate) fn in_handler() -> bool {
    IN_HANDLER.load(Ordering::SeqCst)
}

fn side() -> Option<Arc<dyn SecureSide>> {
    lock(&SIDE).clone()
}

pub(crate) unsafe fn tfm_psa_framework_version_veneer() -> u32 {
    side().map_or(0, |side| side.framework_version())
}

pub(crate) unsafe fn tfm_psa_version_veneer(sid: u32) -> u32 {
    side().map_or(PSA_VERSION_NONE, |side| side.version(sid))
}

pub(crate) unsafe fn tfm_psa_connect_veneer(sid: u32, version: u32) -> psa_handle_t {
    side().map_or(PSA_ERROR_CONNECTION_REFUSED, |side| {
        side.connect(sid, version)
    })
}

pub(crate) unsafe fn tfm_psa_close_veneer(handle: psa_handle_t) {
    if let Some(side) = side() {
        side.close(handle);
    }
}

/// Whether two of these inputs overlap, by TF-M's rule: an empty one inside another one does.
fn overlap(vectors: &[psa_invec]) -> bool {
    let range = |vector: &psa_invec| {
        let start = vector.base as usize;
        start..start + vector.len
    };
    vectors.iter().enumerate().any(|(index, first)| {
        vectors[..index].iter().any(|second| {
            let (first, second) = (range(first), range(second));
            first.start < second.end && second.start < first.end
        })
    })
}

/// # Safety
/// The vectors that the control word counts are there, and point to what may be read and written.
pub(crate) unsafe fn tfm_psa_call_veneer(
    handle: psa_handle_t,
    control_word: u32,
    in_vec: *const psa_invec,
    out_vec: *mut psa_outvec,
) -> psa_status_t {
    let Some(side) = side() else {
        return PSA_ERROR_CONNECTION_REFUSED;
    };
    let vectors: Vec<psa_invec> = (0..(control_word >> 24 & 7) as usize)
        // SAFETY: the caller promises that many input vectors.
        .map(|index| unsafe { *in_vec.add(index) })
        .collect();
    if overlap(&vectors) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    // As TF-M does it: inputs are read before outputs are written, since an input may overlap an output.
    let inputs: Vec<Vec<u8>> = vectors
        .iter()
        .map(|vector| {
            let mut bytes = std::vec![0; vector.len];
            if vector.len > 0 {
                // SAFETY: the caller promises what the vector points to; the target is new and as long.
                unsafe {
                    ptr::copy_nonoverlapping(vector.base.cast(), bytes.as_mut_ptr(), vector.len);
                }
            }
            bytes
        })
        .collect();
    let mut outputs: Vec<Output> = (0..(control_word >> 16 & 7) as usize)
        .map(|index| {
            // SAFETY: the caller promises that many output vectors.
            let space = unsafe { (*out_vec.add(index)).len };
            Output {
                size: space,
                written: Vec::new(),
                len: None,
            }
        })
        .collect();
    let status = side.call(handle, control_word, &inputs, &mut outputs);
    for (index, output) in outputs.iter().enumerate() {
        let (written, count) = (&output.written, output.written.len());
        // SAFETY: the index is one of the caller's vectors, and `write` checked that its space holds what was written.
        unsafe {
            let vector = &mut *out_vec.add(index);
            if count > 0 {
                ptr::copy_nonoverlapping(written.as_ptr(), vector.base.cast(), count);
            }
            vector.len = output.len.unwrap_or(count);
        }
    }
    status
}
