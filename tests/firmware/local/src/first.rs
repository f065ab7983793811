//! What happens before the application has given the library what it needs, and when it gives it twice.

use core::sync::atomic::Ordering;
use firmware_common::outcome;
use firmware_local::storage::MEMORY;
use firmware_local::{BROKEN, HEAP, memory, test_entropy_not_random};
use mbedtls_psa::platform::{self, MIN_HEAP, SetupError};
use psa::storage::{self, StorageError};
use psa::{Attributes, Curve, Error, Key, KeyId};

/// Sets it up step by step, looks at each what is refused, and answers how many promises do not hold.
pub fn tested() -> i32 {
    let mut failed = 0;
    let mut test = |name, holds| {
        outcome(name, holds);
        failed += i32::from(!holds);
    };
    let no_entropy = Err(Error::InsufficientEntropy);
    test(
        "without a random source init fails",
        psa::init() == no_entropy,
    );
    BROKEN.store(true, Ordering::Relaxed);
    let set = platform::set_random_source(test_entropy_not_random);
    test("a random source is set", set.is_ok());
    test(
        "a random source that fails fails init",
        psa::init() == no_entropy,
    );
    BROKEN.store(false, Ordering::Relaxed);
    let again = platform::set_random_source(|_| Ok(()));
    let refused = again == Err(SetupError::RandomSourceAlreadySet);
    test("a second random source is refused", refused);

    // The library's generator cannot be seeded without memory.
    test("without a heap init fails", psa::init() == no_entropy);
    let (heap, rest) = memory().split_at_mut(HEAP - 2 * MIN_HEAP);
    let (more, small) = rest.split_at_mut(MIN_HEAP + 1);
    let refused = platform::set_heap(small) == Err(SetupError::HeapTooSmall);
    test("a heap that is too small is refused", refused);
    test("a heap is set", platform::set_heap(heap).is_ok());
    let refused = platform::set_heap(more) == Err(SetupError::HeapAlreadySet);
    test("a second heap is refused", refused);
    test(
        "then there are keys",
        psa::init()
            .and_then(|()| Key::generate(Attributes::ecc_key_pair(Curve::P256)))
            .is_ok(),
    );

    let persistent = Attributes::ecc_key_pair(Curve::P256).persistent(KeyId::USER_MIN);
    let no_storage = Some(Error::NoStorage);
    let refused = Key::generate(persistent).err() == no_storage
        && Key::open(KeyId::USER_MIN).err() == no_storage;
    test("without a storage persistent keys are refused", refused);
    let set = storage::set_storage(&MEMORY);
    test("a storage is set", set.is_ok());
    let refused = storage::set_storage(&MEMORY) == Err(StorageError::AlreadySet);
    test("a second storage is refused", refused);
    failed
}
