//! Inputs that overlap, inputs that are refused here, and the services beside crypto.
#![cfg(feature = "tfm")]

use core::ptr;
use std::sync::Arc;
use tfm_sys::recorder::{Answer, Call, Recorder, with};
use tfm_sys::*;

/// Runs a test with a recorder and returns what crossed.
fn record(test: impl FnOnce(&Recorder)) -> Vec<Call> {
    let recorder = Arc::new(Recorder::new());
    with(recorder.clone(), || test(&recorder));
    recorder.calls()
}

const MESSAGE: [u8; 200] = {
    let mut bytes = [0; 200];
    let mut value: u8 = 0;
    while value < 200 {
        bytes[value as usize] = value;
        value += 1;
    }
    bytes
};

#[test]
fn a_short_input_inside_a_long_one_is_copied_apart() {
    let calls = record(|_| {
        let base = MESSAGE.as_ptr();
        // SAFETY: all ranges are inside the message.
        unsafe {
            assert_eq!(
                psa_hash_compare(PSA_ALG_SHA_256, base, 200, base.add(100), 32),
                0
            );
            assert_eq!(psa_verify_message(1, 2, base.add(190), 10, base, 200), 0);
            assert_eq!(psa_verify_hash(1, 2, base, 32, base, 32), 0);
        }
    });
    assert_eq!(calls[0].inputs[1..], [&MESSAGE[..], &MESSAGE[100..132]]);
    assert_eq!(calls[1].inputs[1..], [&MESSAGE[190..], &MESSAGE[..]]);
    assert_eq!(calls[2].inputs[1..], [&MESSAGE[..32], &MESSAGE[..32]]);
}

#[test]
fn inputs_that_cross_never_overlap() {
    let calls = record(|_| {
        let base = MESSAGE.as_ptr();
        for first in (0..100).step_by(9) {
            for length in [0, 1, 30, 64] {
                let (input, mac) = (base.wrapping_add(20), base.wrapping_add(first));
                // SAFETY: both ranges are inside the message.
                let status = unsafe { psa_mac_verify(1, 2, input, 64, mac, length) };
                // The recorder refuses inputs that overlap, as TF-M does.
                assert_eq!(status, PSA_SUCCESS, "{first} {length}");
            }
        }
        let overlapping = [psa_invec {
            base: base.cast(),
            len: 10,
        }; 2];
        // SAFETY: both vectors are inside the message.
        let status = unsafe {
            psa_call(
                handle::CRYPTO,
                0,
                overlapping.as_ptr(),
                2,
                ptr::null_mut(),
                0,
            )
        };
        assert_eq!(status, PSA_ERROR_PROGRAMMER_ERROR);
    });
    assert_eq!(calls.len(), 12 * 4);
}

#[test]
fn two_long_inputs_that_overlap_are_refused_here() {
    let calls = record(|_| {
        let base = MESSAGE.as_ptr();
        // SAFETY: all ranges are inside the message.
        unsafe {
            let status = psa_verify_message(1, 2, base, 100, base.add(99), 65);
            assert_eq!(Error::check(status), Err(Error::InvalidArgument));
            // Side by side is not overlapping.
            assert_eq!(psa_verify_message(1, 2, base, 100, base.add(100), 65), 0);
        }
    });
    assert_eq!(calls.len(), 1);
}

#[test]
fn an_empty_input_inside_another_one_does_not_overlap() {
    let calls = record(|_| {
        let base = MESSAGE.as_ptr();
        // SAFETY: all ranges are inside the message.
        unsafe {
            assert_eq!(psa_verify_message(1, 2, base, 100, base.add(50), 0), 0);
            assert_eq!(psa_verify_message(1, 2, base.add(50), 0, base, 100), 0);
        }
    });
    assert_eq!(calls[0].inputs[2], []);
    assert_eq!(calls[1].inputs[1], []);
}

#[test]
fn attributes_that_overlap_the_imported_bytes_are_copied_apart() {
    let calls = record(|_| {
        let mut key = 0;
        let attributes = [psa_key_attributes_init(); 4];
        let base = attributes.as_ptr();
        // SAFETY: the data are the bytes of four attributes, which have no padding.
        unsafe { assert_eq!(psa_import_key(base, base.cast(), 96, &raw mut key), 0) };
    });
    assert_eq!(calls[0].inputs[1..], [vec![0; 24], vec![0; 96]]);
}

#[test]
fn what_the_c_client_checks_is_refused_without_a_call() {
    let calls = record(|_| {
        let (bytes, mut out, mut length) = ([0u8; 17], [0u8; 64], 99usize);
        let (base, to, written) = (bytes.as_ptr(), out.as_mut_ptr(), &raw mut length);
        // SAFETY: every pointer is to one of the arrays above, or NULL where that is what is refused.
        unsafe {
            // A nonce over 16 bytes.
            let status =
                psa_aead_encrypt(1, 2, base, 17, ptr::null(), 0, base, 16, to, 64, written);
            assert_eq!(status, PSA_ERROR_INVALID_ARGUMENT);
            // No additional data or salt, but a length of them.
            let status =
                psa_aead_decrypt(1, 2, base, 12, ptr::null(), 1, base, 16, to, 64, written);
            assert_eq!(status, PSA_ERROR_INVALID_ARGUMENT);
            let status = psa_asymmetric_encrypt(1, 2, base, 16, ptr::null(), 1, to, 64, written);
            assert_eq!(status, PSA_ERROR_INVALID_ARGUMENT);
            assert_eq!(*written, 0);
            // Nothing to fill.
            assert_eq!(psa_generate_random(to, 0), PSA_SUCCESS);
            // A clone into an operation that is active.
            let mut target = psa_hash_operation_init();
            (&raw mut target).cast::<u32>().write(5);
            let source = psa_hash_operation_init();
            assert_eq!(
                psa_hash_clone(&raw const source, &raw mut target),
                PSA_ERROR_BAD_STATE
            );
            // Aborting an operation that is not active.
            let mut operation = psa_mac_operation_init();
            assert_eq!(psa_mac_abort(&raw mut operation), PSA_SUCCESS);
            // A type that is not 0 to 32767, and too many vectors.
            for (call_type, in_len, out_len) in [
                (-1, 0, 0),
                (0x8000, 0, 0),
                (0, 5, 0),
                (0, 2, 3),
                (0, usize::MAX, 2),
            ] {
                let (no_inputs, no_outputs) = (ptr::null(), ptr::null_mut());
                let status = psa_call(
                    handle::CRYPTO,
                    call_type,
                    no_inputs,
                    in_len,
                    no_outputs,
                    out_len,
                );
                assert_eq!(status, PSA_ERROR_PROGRAMMER_ERROR);
            }
            // Optional data and outputs that are not there, though they have a length, and one without a place for its length.
            let mut aead = psa_aead_operation_init();
            (&raw mut aead).cast::<u32>().write(5);
            let (operation, no_bytes, nowhere) = (&raw mut aead, ptr::null(), ptr::null_mut());
            let refused = [
                psa_aead_update_ad(operation, no_bytes, 1),
                psa_aead_update(operation, no_bytes, 1, to, 64, written),
                psa_aead_finish(operation, nowhere, 1, written, to, 16, written),
                psa_aead_finish(operation, to, 1, ptr::null_mut(), to, 16, written),
                psa_aead_verify(operation, nowhere, 1, written, base, 16),
                psa_aead_verify(operation, to, 1, ptr::null_mut(), base, 16),
                // Two inputs at no address "overlap"; nothing is read there.
                psa_hash_compare(1, no_bytes, 5, no_bytes, 6),
                psa_its_get_info(1, ptr::null_mut()),
                psa_ps_get_info(1, ptr::null_mut()),
                psa_initial_attest_get_token_size(32, ptr::null_mut()),
            ];
            assert_eq!(refused, [PSA_ERROR_INVALID_ARGUMENT; 10]);
            // Where a length goes that is not there.
            assert_eq!(
                psa_its_get(1, 0, 1, to.cast(), ptr::null_mut()),
                PSA_ERROR_INVALID_ARGUMENT
            );
        }
    });
    assert_eq!(calls, []);
}

#[test]
fn what_needs_no_secure_side_is_answered_here() {
    let calls = record(|_| {
        let mut attributes = psa_key_attributes_init();
        // SAFETY: the attributes are the ones above; the rest takes no pointers that are used.
        unsafe {
            assert_eq!(psa_crypto_init(), PSA_SUCCESS);
            assert_eq!(psa_can_do_hash(PSA_ALG_SHA_256), 1);
            assert_eq!(psa_can_do_cipher(PSA_KEY_TYPE_AES, PSA_ALG_CTR), 1);
            psa_set_key_bits(&raw mut attributes, 5);
            psa_reset_key_attributes(&raw mut attributes);
            assert_eq!(attributes, psa_key_attributes_init());
            assert_eq!(
                psa_pake_setup(ptr::null_mut(), ptr::null()),
                PSA_ERROR_NOT_SUPPORTED
            );
            let mut operation = psa_sign_hash_interruptible_operation_init();
            let started = psa_sign_hash_start(&raw mut operation, 1, 2, ptr::null(), 0);
            assert_eq!(started, PSA_ERROR_NOT_SUPPORTED);
            assert_eq!(psa_sign_hash_abort(&raw mut operation), PSA_SUCCESS);
            let unusual = psa_custom_key_parameters_t { flags: 1 };
            let mut key = 9;
            let (attributes, unusual) = (&raw const attributes, &raw const unusual);
            let status = psa_generate_key_custom(attributes, unusual, ptr::null(), 0, &raw mut key);
            assert_eq!((status, key), (PSA_ERROR_NOT_SUPPORTED, 0));
        }
    });
    assert_eq!(calls, []);
}

#[test]
fn both_storages_cross_with_identifier_data_and_flags() {
    type Set = unsafe extern "C" fn(u64, usize, *const core::ffi::c_void, u32) -> i32;
    type Get = unsafe extern "C" fn(u64, usize, usize, *mut core::ffi::c_void, *mut usize) -> i32;
    type Info = unsafe extern "C" fn(u64, *mut psa_storage_info_t) -> i32;
    type Remove = unsafe extern "C" fn(u64) -> i32;
    let both: [(i32, Set, Get, Info, Remove); 2] = [
        (
            0x4000_0102,
            psa_its_set,
            psa_its_get,
            psa_its_get_info,
            psa_its_remove,
        ),
        (
            0x4000_0101,
            psa_ps_set,
            psa_ps_get,
            psa_ps_get_info,
            psa_ps_remove,
        ),
    ];
    let uid = 0x1122_3344_5566_7788_u64;
    for (service, set, get, info, remove) in both {
        let calls = record(|recorder| {
            let (mut out, mut length, mut known) = ([0u8; 8], 0, psa_storage_info_t::default());
            // SAFETY: every pointer is to one of the objects above.
            unsafe {
                assert_eq!(
                    set(uid, 4, MESSAGE.as_ptr().cast(), PSA_STORAGE_FLAG_WRITE_ONCE),
                    0
                );
                recorder.answer(Answer::new(0).output(b"stored"));
                assert_eq!(get(uid, 3, 8, out.as_mut_ptr().cast(), &raw mut length), 0);
                assert_eq!(&out[..length], b"stored");
                let words = [64u32, 5, 1].map(u32::to_le_bytes).concat();
                recorder.answer(Answer::new(0).output(&words));
                assert_eq!(info(uid, &raw mut known), 0);
                assert_eq!((known.capacity, known.size, known.flags), (64, 5, 1));
                assert_eq!(remove(uid), 0);
                recorder.answer(Answer::new(PSA_ERROR_DOES_NOT_EXIST));
                assert_eq!(remove(uid), PSA_ERROR_DOES_NOT_EXIST);
            }
        });
        let uid = uid.to_le_bytes().to_vec();
        let word = |value: u32| value.to_le_bytes().to_vec();
        let call = |control_word, inputs: Vec<Vec<u8>>, output_sizes: Vec<usize>| Call {
            handle: service,
            control_word,
            inputs,
            output_sizes,
        };
        let expected = [
            call(
                0x0300_0000 + 1001,
                vec![uid.clone(), MESSAGE[..4].to_vec(), word(1)],
                vec![],
            ),
            call(0x0201_0000 + 1002, vec![uid.clone(), word(3)], vec![8]),
            call(0x0101_0000 + 1003, vec![uid.clone()], vec![12]),
            call(0x0100_0000 + 1004, vec![uid.clone()], vec![]),
            call(0x0100_0000 + 1004, vec![uid.clone()], vec![]),
        ];
        assert_eq!(calls, expected);
    }
}

#[test]
fn attestation_platform_and_framework_cross_as_the_table_says() {
    let calls = record(|recorder| {
        let (mut token, mut length, mut counter) = ([0u8; 100], 0, [0u8; 4]);
        // SAFETY: every pointer is to one of the objects above.
        unsafe {
            recorder.answer(Answer::new(0).output(b"token"));
            let challenge = MESSAGE.as_ptr();
            let to = token.as_mut_ptr();
            assert_eq!(
                psa_initial_attest_get_token(challenge, 32, to, 100, &raw mut length),
                0
            );
            assert_eq!(&token[..length], b"token");
            recorder.answer(Answer::new(0).output(&300u32.to_le_bytes()));
            assert_eq!(psa_initial_attest_get_token_size(64, &raw mut length), 0);
            assert_eq!(length, 300);
            recorder.answer(Answer::new(0).output(&2u32.to_le_bytes()));
            assert_eq!(psa_ps_get_support(), 2);
            recorder.answer(Answer::new(0).output(&[9, 0, 0, 0]));
            assert_eq!(tfm_platform_nv_counter_read(7, 4, counter.as_mut_ptr()), 0);
            assert_eq!(counter, [9, 0, 0, 0]);
            recorder.answer(Answer::new(2));
            let invalid = tfm_platform_nv_counter_increment(7);
            assert_eq!(invalid, TFM_PLATFORM_ERR_INVALID_PARAM);
            assert_eq!(tfm_platform_system_reset(), 0);
            let mut input = psa_invec {
                base: challenge.cast(),
                len: 2,
            };
            let mut output = psa_outvec {
                base: counter.as_mut_ptr().cast(),
                len: 4,
            };
            assert_eq!(tfm_platform_ioctl(6, ptr::null_mut(), ptr::null_mut()), 0);
            assert_eq!(tfm_platform_ioctl(6, &raw mut input, &raw mut output), 0);
            assert_eq!(psa_version(sid::CRYPTO), 1);
            assert_eq!(psa_framework_version(), 0x0101);
            assert_eq!(psa_connect(0x99, 1), PSA_ERROR_CONNECTION_REFUSED);
        }
    });
    let crossed: Vec<_> = calls
        .iter()
        .map(|call| {
            let lengths: Vec<usize> = call.inputs.iter().map(Vec::len).collect();
            (
                call.handle,
                call.control_word,
                lengths,
                call.output_sizes.clone(),
            )
        })
        .collect();
    let expected = [
        (0x4000_0103, 0x0101_0000 + 1001, vec![32], vec![100]),
        (0x4000_0103, 0x0101_0000 + 1002, vec![4], vec![4]),
        (0x4000_0101, 0x0001_0000 + 1005, vec![], vec![4]),
        (0x4000_0105, 0x0101_0000 + 1010, vec![4], vec![4]),
        (0x4000_0105, 0x0100_0000 + 1011, vec![4], vec![]),
        (0x4000_0105, 1012, vec![], vec![]),
        (0x4000_0105, 0x0100_0000 + 1013, vec![4], vec![]),
        (0x4000_0105, 0x0201_0000 + 1013, vec![4, 2], vec![4]),
    ];
    assert_eq!(crossed, expected);
    assert_eq!(calls[1].inputs[0], 64u32.to_le_bytes());
    assert_eq!(calls[4].inputs[0], 7u32.to_le_bytes());
    assert_eq!(calls[7].inputs[1], MESSAGE[..2]);
}
