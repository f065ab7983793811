//! The calls into C.

use super::Call;

/// As many vectors as three bits of a call can count.
const VECTORS: usize = 7;

#[repr(C)]
#[derive(Clone, Copy)]
struct Input {
    base: *const u8,
    len: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Output {
    base: *mut u8,
    len: usize,
}

#[repr(C)]
struct Range {
    start: *const u8,
    length: usize,
    writable: bool,
}

unsafe extern "C" {
    safe fn spe_host_begin() -> i32;
    fn spe_host_call(
        handle: i32,
        control: u32,
        inputs: *const Input,
        outputs: *mut Output,
        ranges: *const Range,
        count: usize,
    ) -> i32;
}

/// Begins anew, as after a reset: no key, no operation, nothing stored.
///
/// # Panics
/// When the PSA core does not start.
pub fn begin() {
    assert_eq!(spe_host_begin(), 0, "the PSA core starts");
}

/// Calls; what comes back, and how much was written to each output.
///
/// # Panics
/// When there are more than seven vectors of a kind.
pub fn call(call: &mut Call<'_>) -> (i32, Vec<usize>) {
    let nothing = [0u8; 0];
    let mut inputs = [Input {
        base: nothing.as_ptr(),
        len: 0,
    }; VECTORS];
    let mut outputs = [Output {
        base: std::ptr::null_mut(),
        len: 0,
    }; VECTORS];
    assert!(call.inputs.len() <= VECTORS && call.outputs.len() <= VECTORS);
    let mut ranges = Vec::new();
    for (vector, (bytes, length)) in inputs.iter_mut().zip(call.inputs) {
        *vector = Input {
            base: bytes.as_ptr(),
            len: length.of(bytes.len()),
        };
        ranges.push(Range {
            start: bytes.as_ptr(),
            length: bytes.len(),
            writable: false,
        });
    }
    for (vector, (bytes, length)) in outputs.iter_mut().zip(call.outputs.iter_mut()) {
        let len = bytes.len();
        let base = bytes.as_mut_ptr();
        *vector = Output {
            base,
            len: length.of(len),
        };
        ranges.push(Range {
            start: base,
            length: len,
            writable: true,
        });
    }
    ranges.push(Range {
        start: inputs.as_ptr().cast(),
        length: size_of_val(&inputs),
        writable: false,
    });
    ranges.push(Range {
        start: outputs.as_ptr().cast(),
        length: size_of_val(&outputs),
        writable: true,
    });
    // SAFETY: both arrays of descriptors have the seven places that three bits can count; the ranges are memory of ours that
    // nothing else uses during the call, and the services touch no memory that a range does not contain, which is what is
    // tested here; the structures are those of `host.c` and `psa/client.h`.
    let status = unsafe {
        spe_host_call(
            call.handle,
            call.control,
            inputs.as_ptr(),
            outputs.as_mut_ptr(),
            ranges.as_ptr(),
            ranges.len(),
        )
    };
    let written = outputs.iter().take(call.outputs.len());
    (status, written.map(|output| output.len).collect())
}
