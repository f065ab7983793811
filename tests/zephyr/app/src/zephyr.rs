//! What the crate `zephyr` gives an application: output, memory, the end of a panic. Here it is the miniature kernel's.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::{c_char, c_int, c_void};
use core::fmt::{self, Write as _};
use core::panic::PanicInfo;

unsafe extern "C" {
    fn app_print(text: *const c_char);
    fn app_exit(status: c_int) -> !;
    fn app_locks_held() -> u32;
    fn app_in_isr(handler: extern "C" fn(*mut c_void), argument: *mut c_void);
    fn malloc(size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
}

/// The console.
pub struct Console;

impl fmt::Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut buffer = [0_u8; 64];
        for part in text.as_bytes().chunks(buffer.len() - 1) {
            buffer.fill(0);
            buffer[..part.len()].copy_from_slice(part);
            // SAFETY: a text that ends with a zero byte and lives through the call.
            unsafe { app_print(buffer.as_ptr().cast()) };
        }
        Ok(())
    }
}

/// Ends the run.
pub fn exit(status: i32) -> ! {
    // SAFETY: takes a number.
    unsafe { app_exit(status) }
}

/// How often the kernel's mutexes are held at this moment.
pub fn locks_held() -> u32 {
    // SAFETY: reads a number.
    unsafe { app_locks_held() }
}

/// What `call` answers in an interrupt handler.
pub fn in_isr<R>(call: impl FnOnce() -> R) -> R {
    struct Both<F, R>(Option<F>, Option<R>);
    extern "C" fn handler<F: FnOnce() -> R, R>(argument: *mut c_void) {
        // SAFETY: `in_isr` gives the kernel this pointer, and waits.
        let both = unsafe { &mut *argument.cast::<Both<F, R>>() };
        both.1 = both.0.take().map(|call| call());
    }
    fn of<F: FnOnce() -> R, R>(_: &Both<F, R>) -> extern "C" fn(*mut c_void) {
        handler::<F, R>
    }
    let mut both = Both(Some(call), None);
    let handler = of(&both);
    // SAFETY: the kernel calls the handler once with the pointer before it comes back.
    unsafe { app_in_isr(handler, (&raw mut both).cast()) };
    both.1.expect("the handler ran")
}

struct Heap;

// SAFETY: the C library's heap, which aligns for every type that this application allocates.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: asks for memory; null is an answer.
        unsafe { malloc(layout.size()).cast() }
    }

    unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
        // SAFETY: `alloc` gave it.
        unsafe { free(memory.cast()) }
    }
}

#[global_allocator]
static HEAP: Heap = Heap;

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    let _ = writeln!(Console, "FAIL {info}");
    exit(1)
}
