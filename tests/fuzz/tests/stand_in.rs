//! The calls of the stand-in secure side over their corpus, and over what damages make of it.
//!
//! One test: the stand-in has one state.

#[path = "../targets/psa_call.rs"]
mod psa_call;
mod support;

use stand_in::{CRYPTO, Call, Length, PROGRAMMER_ERROR, begin, call, control};

#[test]
fn the_stand_in_answers_whatever_a_caller_says() {
    hashes_as_the_standard_says();
    refuses_what_is_not_the_caller_s();
    support::holds("psa_call", psa_call::psa_call, 60);
}

/// `TFM_CRYPTO_HASH_COMPUTE_SID` of SHA-256, in the descriptor as this host lays it out.
fn hash_compute() -> [u8; 64] {
    let mut pack = [0; 64];
    pack[4..8].copy_from_slice(&0x0200_0009_u32.to_le_bytes());
    pack[52..54].copy_from_slice(&0x300_u16.to_le_bytes());
    pack
}

/// The first example of FIPS 180-2 for SHA-256.
fn hashes_as_the_standard_says() {
    const HASH: [u32; 8] = [
        0xba78_16bf,
        0x8f01_cfea,
        0x4141_40de,
        0x5dae_2223,
        0xb003_61a3,
        0x9617_7a9c,
        0xb410_ff61,
        0xf200_15ad,
    ];
    begin();
    let pack = hash_compute();
    let mut outputs = [(vec![0; 40], Length::True)];
    let (status, written) = call(&mut Call {
        handle: CRYPTO,
        control: control(0, 2, 1),
        inputs: &[(&pack, Length::True), (b"abc", Length::True)],
        outputs: &mut outputs,
    });
    assert_eq!((status, &written[..]), (0, &[32][..]));
    assert_eq!(
        outputs[0].0[..32],
        *HASH.map(u32::to_be_bytes).as_flattened()
    );
}

fn refuses_what_is_not_the_caller_s() {
    begin();
    let pack = hash_compute();
    for (input, output) in [
        (Length::More(1), Length::True),
        (Length::True, Length::More(1)),
        (Length::More(usize::MAX / 2), Length::True),
    ] {
        let (status, _) = call(&mut Call {
            handle: CRYPTO,
            control: control(0, 2, 1),
            inputs: &[(&pack, Length::True), (b"abc", input)],
            outputs: &mut [(vec![0; 40], output)],
        });
        assert_eq!(status, PROGRAMMER_ERROR, "{input:?} {output:?}");
    }
}
