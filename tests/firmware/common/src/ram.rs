//! All of RAM, word by word: what is left of a secret somewhere.
use core::hint::black_box;
use core::ops::Range;

/// Secrets are kept masked, so that looking for them does not leave what it looks for.
const MASK: u32 = 0xa5a5_a5a5;
/// Words of 32 bytes.
const WORDS: usize = 8;

/// A secret of 32 bytes to look for.
pub struct Pattern {
    /// The words as they stand in memory, masked; and with their bytes reversed, as numbers stand there.
    masked: [[u32; WORDS]; 2],
}

impl Pattern {
    /// The secret stays the caller's to wipe.
    pub fn of(secret: &[u8; 32]) -> Self {
        // Read and masked byte by byte, so that not even a register has a word of it, which might be put on the stack.
        // SAFETY: a byte that is there.
        let hide =
            |byte: &u8| unsafe { core::ptr::from_ref(byte).read_volatile() } ^ black_box(0xa5);
        let mut masked = [[0; WORDS]; 2];
        let [forwards, backwards] = &mut masked;
        for (bytes, (forwards, backwards)) in secret
            .chunks_exact(4)
            .zip(forwards.iter_mut().zip(backwards))
        {
            let mut hidden = [0; 4];
            for (hidden, byte) in hidden.iter_mut().zip(bytes) {
                *hidden = hide(byte);
            }
            *forwards = u32::from_le_bytes(hidden);
            *backwards = u32::from_be_bytes(hidden);
        }
        Self { masked }
    }

    /// Whether this is one of the words, in either order of its bytes.
    pub fn has(&self, word: u32) -> bool {
        let word = word ^ black_box(MASK);
        self.masked.iter().flatten().any(|masked| *masked == word)
    }
}

/// The first place in RAM, at any alignment, where one 32-bit word of a pattern stands, or two side by side, and which
/// pattern that is.
pub fn find(patterns: &[Pattern], side_by_side: bool) -> Option<(usize, usize)> {
    find_in(bounds(), patterns, side_by_side)
}

/// The same in a part of RAM.
///
/// # Panics
/// When it is not all RAM of this image.
pub fn find_in(
    Range { start, end }: Range<usize>,
    patterns: &[Pattern],
    side_by_side: bool,
) -> Option<(usize, usize)> {
    let all = bounds();
    assert!(all.start <= start && end <= all.end);
    // The eight bytes before `address`.
    let mut before = 0_u64;
    let mut address = start & !3;
    while address < end {
        // SAFETY: RAM of this image, aligned, and plain memory: reading it changes nothing.
        let word = unsafe { (address as *const u32).read_volatile() };
        // Most of it is empty.
        if before != 0 || word != 0 {
            for shift in 1..=4 {
                let bytes = u128::from(before) | u128::from(word) << 64;
                #[allow(clippy::cast_possible_truncation, reason = "its low half is meant")]
                let [first, second] = [
                    (bytes >> (8 * shift)) as u32,
                    (bytes >> (8 * (shift + 4))) as u32,
                ];
                let has = |pattern: &Pattern| {
                    pattern.has(second) && (!side_by_side || pattern.has(first))
                };
                if let Some(which) = patterns.iter().position(has) {
                    return Some((address - 4 + shift, which));
                }
            }
        }
        before = before >> 32 | u64::from(word) << 32;
        address += 4;
    }
    None
}

/// From the first static to the end of the stack, which are the ends of RAM.
fn bounds() -> Range<usize> {
    unsafe extern "C" {
        static __sdata: u32;
        static _stack_start: u32;
    }
    (&raw const __sdata).addr()..(&raw const _stack_start).addr()
}

/// Runs something far down the stack, where what it leaves is not overwritten by whoever looks for it.
#[inline(never)]
pub fn deep_down<T>(work: impl FnOnce() -> T) -> T {
    let distance = [0_u8; 4096];
    black_box(&distance);
    let made = work();
    black_box(&distance);
    made
}

/// Whether a register of the floating-point unit is not zero. The unit must be on.
pub fn in_float_registers() -> bool {
    let mut registers = [0_u32; 32];
    // SAFETY: stores 32 registers to as many words; it changes nothing else.
    unsafe {
        core::arch::asm!(
            ".fpu fpv5-sp-d16",
            "vstm {to}, {{s0-s31}}",
            to = in(reg) registers.as_mut_ptr(),
            options(nostack),
        );
    }
    let found = registers.iter().any(|register| *register != 0);
    registers.fill(0);
    black_box(&registers);
    found
}

/// Sets one register of the floating-point unit. The unit must be on.
pub fn set_float_register(word: u32) {
    // SAFETY: this image is compiled without the unit, so that no value of the compiler's is there.
    unsafe {
        core::arch::asm!(
            ".fpu fpv5-sp-d16",
            "vmov s7, {word}",
            word = in(reg) word,
            options(nomem, nostack, preserves_flags),
        );
    }
}

/// Switches the floating-point unit on, and says whether there is one.
pub fn float_unit() -> bool {
    const CPACR: *mut u32 = 0xE000_ED88 as *mut u32;
    const FULL_ACCESS: u32 = 0xf << 20;
    // SAFETY: the register by which privileged code, which this is, switches the unit on; nothing runs beside it. Without a
    // unit its bits stay zero.
    unsafe {
        CPACR.write_volatile(CPACR.read_volatile() | FULL_ACCESS);
        cortex_m::asm::dsb();
        cortex_m::asm::isb();
        CPACR.read_volatile() & FULL_ACCESS == FULL_ACCESS
    }
}
