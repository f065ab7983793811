//! Each operation, with edges of the range and many scalars in between.
use crate::numbers::{Once, fill};
use core::hint::black_box;
use firmware_common::{argument, entry, exit, measure, println};
use psa_p256::Backend;

type Number = [u8; 32];

/// The order of the curve (NIST SP 800-186, 3.2.1.3).
const ORDER: Number = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];
const HASH: Number = [0x42; 32];

/// With these two scalars, and no others, the assembly's agreement ends with the addition of equal points, which is
/// a doubling and takes a few instructions more. As its source says, that tells nothing: who suspects one of the two sees
/// it in the public key. To hide it, every agreement would have to double and invert once more.
const TWO_AND_ITS_NEGATIVE: [usize; 2] = [1, 3];

/// 1, 2, n-1, n-2, and long runs of zeros and ones.
const EDGES: [Number; 12] = {
    let mut edges = [[0; 32]; 12];
    edges[0][31] = 1;
    edges[1][31] = 2;
    edges[2] = ORDER;
    edges[2][31] -= 1;
    edges[3] = ORDER;
    edges[3][31] -= 2;
    // One bit, in each quarter; then ones: all below the highest bit, and one half, and the other.
    edges[4][0] = 0x80;
    edges[5][8] = 1;
    edges[6][16] = 0x10;
    edges[7] = [0xff; 32];
    edges[7][0] = 0x7f;
    let mut at = 0;
    while at < 16 {
        edges[8][16 + at] = 0xff;
        edges[9][at] = if at == 0 { 0x7f } else { 0xff };
        at += 1;
    }
    edges[10] = [0x55; 32];
    edges[11] = [0xaa; 32];
    edges
};

/// An operation on a secret, and a second one where it takes two; whether it succeeded.
type Operation = fn(Backend, &Number, &Number, &[u8; 65]) -> bool;

const OPERATIONS: [(&str, Operation); 5] = [
    ("check", |_, scalar, _, _| {
        black_box(psa_p256::check_private_key(black_box(scalar))).is_ok()
    }),
    ("public key", |backend, scalar, _, _| {
        black_box(backend.public_key(black_box(scalar))).is_ok()
    }),
    ("sign", |backend, scalar, nonce, _| {
        black_box(backend.sign(scalar, &HASH, &mut Once(Some(black_box(nonce))))).is_ok()
    }),
    ("sign, RFC 6979", |backend, scalar, _, _| {
        black_box(backend.sign_deterministic(black_box(scalar), &HASH)).is_ok()
    }),
    ("agree", |backend, scalar, _, peer| {
        black_box(backend.agree(black_box(scalar), peer)).is_ok()
    }),
];

/// Not constant time, on purpose: adds where a bit is set.
fn leaky(_: Backend, scalar: &Number, _: &Number, _: &[u8; 65]) -> bool {
    let mut sum = 0_u32;
    for bit in 0..256 {
        if black_box(scalar)[bit / 8] >> (bit % 8) & 1 == 1 {
            sum = black_box(sum + 1);
        }
    }
    true
}

/// A scalar in the middle of the range.
fn middle() -> Number {
    let mut middle = [0; 32];
    fill(&mut middle, 1);
    middle
}

/// What the operation takes. One that fails counts as no instructions at all.
fn instructions(operation: Operation, backend: Backend, scalar: &Number, nonce: &Number) -> u32 {
    let Ok(peer) = psa_p256::public_key(&middle()) else {
        return 0;
    };
    let mut succeeded = false;
    let count = measure::instructions(|| succeeded = operation(backend, scalar, nonce, &peer));
    if succeeded { count } else { 0 }
}

/// The fewest and the most instructions over the edges and `random` scalars, of each with itself and with one in the
/// middle of the range for the second.
fn spread(operation: Operation, backend: Backend, random: u32, but: &[usize]) -> (u32, u32) {
    let middle = middle();
    let (mut least, mut most) = (u32::MAX, 0);
    let mut see = |scalar: &Number, nonce: &Number| {
        let count = instructions(operation, backend, scalar, nonce);
        (least, most) = (least.min(count), most.max(count));
    };
    for (place, edge) in EDGES.iter().enumerate() {
        if !but.contains(&place) {
            see(edge, &middle);
        }
        see(&middle, edge);
    }
    let (mut scalar, mut nonce) = ([0; 32], [0; 32]);
    for seed in 0..random {
        fill(&mut scalar, 2 * seed);
        fill(&mut nonce, 2 * seed + 1);
        if psa_p256::check_private_key(&scalar).is_ok()
            && psa_p256::check_private_key(&nonce).is_ok()
        {
            see(&scalar, &nonce);
        }
    }
    (least, most)
}

/// How many scalars each back end is given, from the host; a thousand is what the assembly is promised for.
fn how_many(n: usize) -> u32 {
    argument(n, |text| text.parse().ok()).flatten().unwrap_or(0)
}

#[entry]
fn main() -> ! {
    println!(
        "a floating-point unit: {}",
        firmware_common::ram::float_unit()
    );
    let (mut failed, mut exceptions) = (0, 0);
    let mut say = |name: &str, backend: Backend, random: u32, (least, most): (u32, u32), equal| {
        // One that failed counts as nothing, and without random scalars little is shown.
        let holds = least > 0 && random > 0 && (least == most) == equal;
        failed += i32::from(!holds);
        let outcome = if holds { "ok  " } else { "FAIL" };
        println!(
            "{outcome} {name}, {backend:?}: {least} to {most} instructions, {random} random scalars and the edges"
        );
    };
    for backend in Backend::available() {
        let assembly = backend == Backend::Asm;
        let random = how_many(if assembly { 1 } else { 2 });
        for (name, operation) in OPERATIONS {
            let but: &[usize] = if assembly && name == "agree" {
                &TWO_AND_ITS_NEGATIVE
            } else {
                &[]
            };
            let spread = spread(operation, backend, random, but);
            say(name, backend, random, spread, true);
            if !but.is_empty() {
                let counts = TWO_AND_ITS_NEGATIVE
                    .map(|edge| instructions(operation, backend, &EDGES[edge], &middle()));
                let holds = counts[0] == counts[1] && counts[0] > spread.1;
                exceptions += i32::from(!holds);
                println!(
                    "{} {name}, {backend:?}, 2 and n-2: {counts:?} instructions",
                    if holds { "ok  " } else { "FAIL" }
                );
            }
        }
    }
    let spread = spread(leaky, Backend::current(), 10, &[]);
    say(
        "a leak, which must be seen",
        Backend::current(),
        10,
        spread,
        false,
    );
    exit(failed + exceptions)
}
