//! The services beside the PSA core, as the calls that cross to a secure side.

use psa::Error;
use psa::attestation::{self, Challenge};
use psa::storage::{Flags, Info, Uid, internal, protected};
use std::sync::Arc;
use tfm_sys::recorder::{Answer, Recorder, with};
use tfm_sys::{PSA_ERROR_DOES_NOT_EXIST, PSA_ERROR_NOT_PERMITTED, PSA_SUCCESS, handle};

const UID: Uid = Uid::new(0x0123_4567_89ab_cdef).unwrap();
const UID_BYTES: &[u8] = &[0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x01];

/// What was asked: service, inputs, sizes of the outputs.
type Asked = (i32, Vec<Vec<u8>>, Vec<usize>);

/// Runs `test` against a side that gives these answers.
fn asked<R>(
    answers: impl IntoIterator<Item = Answer>,
    test: impl FnOnce() -> R,
) -> (R, Vec<Asked>) {
    let side = Arc::new(Recorder::new());
    for answer in answers {
        side.answer(answer);
    }
    let result = with(side.clone(), test);
    let calls = side.take_calls().into_iter();
    let calls = calls.map(|call| (call.handle, call.inputs, call.output_sizes));
    (result, calls.collect())
}

#[test]
fn items_cross_with_identifier_data_and_flags() {
    for (service, set) in [
        (
            handle::INTERNAL_TRUSTED_STORAGE,
            internal::set as fn(Uid, &[u8], Flags) -> psa::Result<()>,
        ),
        (handle::PROTECTED_STORAGE, protected::set),
    ] {
        let flags = Flags::WRITE_ONCE | Flags::NO_REPLAY_PROTECTION;
        let (answer, calls) = asked([Answer::new(PSA_ERROR_NOT_PERMITTED)], || {
            set(UID, b"data", flags)
        });
        assert_eq!(answer, Err(Error::NotPermitted));
        let inputs = [UID_BYTES, b"data", &5u32.to_le_bytes()].map(<[u8]>::to_vec);
        assert_eq!(calls, [(service, inputs.to_vec(), vec![])]);
    }
}

#[test]
fn items_come_back_with_their_length() {
    let (answer, calls) = asked([Answer::new(PSA_SUCCESS).output(b"abc")], || {
        let mut buffer = [0; 8];
        protected::get_into(UID, 2, &mut buffer).map(|got| got.to_vec())
    });
    assert_eq!(answer.unwrap(), b"abc");
    let inputs = [UID_BYTES, &2u32.to_le_bytes()].map(<[u8]>::to_vec);
    assert_eq!(
        calls,
        [(handle::PROTECTED_STORAGE, inputs.to_vec(), vec![8])]
    );

    // A side that reports more than it was given room for.
    let (answer, _) = asked([Answer::new(PSA_SUCCESS).lengths(9)], || {
        let mut buffer = [0; 8];
        internal::get_into(UID, 0, &mut buffer).map(|got| got.len())
    });
    assert_eq!(answer, Err(Error::CorruptionDetected));
}

#[test]
fn information_removal_and_support_are_asked_for() {
    let words = [16u32, 3, 1].map(u32::to_le_bytes).concat();
    let (answer, _) = asked(
        [
            Answer::new(PSA_SUCCESS).output(&words),
            Answer::new(PSA_SUCCESS).output(b"abc"),
        ],
        || internal::get(UID),
    );
    assert_eq!(answer.unwrap(), b"abc");
    let (answer, _) = asked([Answer::new(PSA_SUCCESS).output(&words)], || {
        protected::info(UID)
    });
    let (capacity, size, flags) = (16, 3, Flags::WRITE_ONCE);
    let info = Info {
        capacity,
        size,
        flags,
    };
    assert_eq!(answer, Ok(info));
    let (answer, calls) = asked([Answer::new(PSA_ERROR_DOES_NOT_EXIST)], || {
        internal::remove(UID)
    });
    assert_eq!(answer, Err(Error::DoesNotExist));
    let inputs = vec![UID_BYTES.to_vec()];
    assert_eq!(calls, [(handle::INTERNAL_TRUSTED_STORAGE, inputs, vec![])]);
    for (flags, expected) in [(0u32, false), (1, true), (2, false)] {
        let answer = Answer::new(PSA_SUCCESS).output(&flags.to_le_bytes());
        let (supports, _) = asked([answer], protected::supports_set_extended);
        assert_eq!(supports, expected);
    }
}

#[test]
fn a_token_is_asked_for_with_the_whole_challenge() {
    let (answer, calls) = asked(
        [
            Answer::new(PSA_SUCCESS).output(&5u32.to_le_bytes()),
            Answer::new(PSA_SUCCESS).output(b"token"),
        ],
        || attestation::token(Challenge::from(&[7; 48])),
    );
    assert_eq!(answer.unwrap(), b"token");
    assert_eq!(
        calls,
        [
            (
                handle::ATTESTATION,
                vec![48u32.to_le_bytes().to_vec()],
                vec![4]
            ),
            (handle::ATTESTATION, vec![vec![7; 48]], vec![5]),
        ]
    );
    let (answer, _) = asked([Answer::new(PSA_SUCCESS).lengths(1000)], || {
        let mut buffer = [0; 100];
        attestation::token_into(Challenge::from(&[7; 64]), &mut buffer).map(<[u8]>::len)
    });
    assert_eq!(answer, Err(Error::CorruptionDetected));
}
