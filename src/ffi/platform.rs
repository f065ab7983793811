//! The hooks of the C library for memory and randomness on bare metal.
use core::alloc::Layout;
use core::cell::UnsafeCell;
use core::ffi::{c_int, c_uchar, c_void};
use core::mem::MaybeUninit;
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering, compiler_fence};

use linked_list_allocator::Heap;
use zeroize::Zeroize;

use crate::ffi::lock;
use crate::platform::{HeapUse, RandomSource, SetupError};
use crate::sys;

/// See [`crate::platform::MIN_HEAP`].
pub(crate) const MIN_HEAP: usize = 4096;

/// The alignment of what C asks for, which `calloc` promises for every type.
const ALIGN: usize = 8;
/// Before each block stands its size: C frees without telling it.
const HEADER: usize = 8;

struct Shared(UnsafeCell<Heap>);

// SAFETY: only one context at a time is inside the library (see `lock`), and only the library and `set_heap`, which takes
// the same lock, reach this.
unsafe impl Sync for Shared {}

static HEAP: Shared = Shared(UnsafeCell::new(Heap::empty()));
static IS_SET: AtomicBool = AtomicBool::new(false);
static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

pub(crate) fn set_heap(memory: &'static mut [MaybeUninit<u8>]) -> Result<(), SetupError> {
    if memory.len() < MIN_HEAP {
        return Err(SetupError::HeapTooSmall);
    }
    let _lock = lock::take().map_err(|_| SetupError::Busy)?;
    claim()?;
    // SAFETY: under the lock, so nobody else has a reference to the heap.
    unsafe { &mut *HEAP.0.get() }.init_from_slice(memory);
    install(calloc, free);
    Ok(())
}

/// `calloc` of C: `count` times `size` bytes, all zero, aligned for every type; null when there are none.
pub type Calloc = unsafe extern "C" fn(count: usize, size: usize) -> *mut c_void;
/// `free` of C: gives back what the other has given; null is allowed.
pub type Free = unsafe extern "C" fn(memory: *mut c_void);

/// Gives the library an allocator of the application instead of a heap, once and for good
/// (`mbedtls_platform_set_calloc_free`).
///
/// # Safety
/// The functions do what `calloc` and `free` of C do, in every context that calls this crate.
///
/// # Errors
/// [`SetupError::HeapAlreadySet`] the second time, and after [`set_heap`](crate::platform::set_heap).
pub unsafe fn set_allocator(calloc: Calloc, free: Free) -> Result<(), SetupError> {
    let _lock = lock::take().map_err(|_| SetupError::Busy)?;
    claim()?;
    install(calloc, free);
    Ok(())
}

/// Once: what was allocated with one pair of functions must not be freed with another.
fn claim() -> Result<(), SetupError> {
    if IS_SET.swap(true, Ordering::Relaxed) {
        return Err(SetupError::HeapAlreadySet);
    }
    Ok(())
}

fn install(calloc: Calloc, free: Free) {
    // SAFETY: stores the two functions; under the lock, so the library is not reading them. Nothing is allocated yet:
    // without a heap nothing could be.
    unsafe { sys::mbedtls_platform_set_calloc_free(Some(calloc), Some(free)) };
}

pub(crate) fn heap_use() -> HeapUse {
    HeapUse {
        now: NOW.load(Ordering::Relaxed),
        peak: PEAK.load(Ordering::Relaxed),
    }
}

fn count(used: usize) {
    NOW.store(used, Ordering::Relaxed);
    PEAK.fetch_max(used, Ordering::Relaxed);
}

fn layout(bytes: usize) -> Option<Layout> {
    Layout::from_size_align(bytes, ALIGN).ok()
}

unsafe extern "C" fn calloc(count_of: usize, size: usize) -> *mut c_void {
    let bytes = count_of.checked_mul(size);
    let Some(layout) = bytes.and_then(|bytes| layout(bytes.checked_add(HEADER)?)) else {
        return ptr::null_mut();
    };
    // SAFETY: C allocates inside a call that has the lock, so nobody else has a reference to the heap.
    let heap = unsafe { &mut *HEAP.0.get() };
    let Ok(block) = heap.allocate_first_fit(layout) else {
        return ptr::null_mut();
    };
    count(heap.used());
    // SAFETY: the block has `layout.size()` bytes, HEADER of them for the size, and is aligned for it.
    unsafe {
        block.write_bytes(0, layout.size());
        block.cast::<usize>().write(layout.size());
        block.add(HEADER).as_ptr().cast()
    }
}

unsafe extern "C" fn free(memory: *mut c_void) {
    let Some(memory) = NonNull::new(memory.cast::<u8>()) else {
        return;
    };
    // SAFETY: C frees what `calloc` gave, before which the size stands; it frees inside a call that has the lock, so
    // nobody else has a reference to the heap.
    unsafe {
        let block = memory.sub(HEADER);
        if let Some(layout) = layout(block.cast::<usize>().read()) {
            // The library wipes most of its secrets before it frees them, but not all; here none outlives its block. The
            // fence keeps the compiler from leaving out what nobody reads.
            block.write_bytes(0, layout.size());
            compiler_fence(Ordering::SeqCst);
            let heap = &mut *HEAP.0.get();
            heap.deallocate(block, layout);
            count(heap.used());
        }
    }
}

/// A [`RandomSource`], or null.
static SOURCE: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

pub(crate) fn set_random_source(source: RandomSource) -> Result<(), SetupError> {
    SOURCE
        .compare_exchange(
            ptr::null_mut(),
            source as *mut (),
            Ordering::Release,
            Ordering::Relaxed,
        )
        .map(drop)
        .map_err(|_| SetupError::RandomSourceAlreadySet)
}

/// Where the library's entropy comes from; in this package, like the C that calls it, so that every linker finds it.
///
/// # Safety
/// `output` is writable for `len` bytes, and `written` for a length.
#[unsafe(no_mangle)]
unsafe extern "C" fn mbedtls_hardware_poll(
    _data: *mut c_void,
    output: *mut c_uchar,
    len: usize,
    written: *mut usize,
) -> c_int {
    let source = SOURCE.load(Ordering::Acquire);
    if source.is_null() {
        return sys::MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
    }
    // SAFETY: what is not null was stored by `set_random_source`, from a function of this type.
    let source = unsafe { core::mem::transmute::<*mut (), RandomSource>(source) };
    // SAFETY: the caller's promise; written first, because a slice has no uninitialised bytes.
    let bytes = unsafe {
        output.write_bytes(0, len);
        core::slice::from_raw_parts_mut(output, len)
    };
    if source(bytes).is_err() {
        bytes.zeroize();
        return sys::MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
    }
    // SAFETY: the caller's promise.
    unsafe { written.write(len) };
    0
}
