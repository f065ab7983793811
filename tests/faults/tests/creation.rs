//! A key that was to be made, or to go, while something failed: it is whole or absent, and every other one is as it was.
#![cfg(target_os = "linux")]

mod campaign;

use psa::{
    Algorithm, Attributes, Curve, CustomKeyParameters, Error, Hash, Key, KeyId, Result, Sign, Usage,
};
use psa_faults::{Fault, Mode, Point, STORAGE, live, slots, with};

const ID: KeyId = KeyId::user(1).unwrap();
const BYSTANDER: KeyId = KeyId::user(2).unwrap();
const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const USAGE: Usage = Usage::SIGN
    .union(Usage::VERIFY)
    .union(Usage::EXPORT)
    .union(Usage::COPY);
const SIGNER: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(USAGE)
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

#[cfg(feature = "full")]
fn derived() -> Result<Key> {
    use psa::{Hkdf, KeyDerivation, KeyType};
    let secret = Attributes::new(KeyType::Derive, 0)
        .usage(Usage::DERIVE)
        .algorithm(KeyDerivation::Hkdf(Hash::Sha256).into());
    let secret = Key::import(secret, &[7; 32])?;
    let hkdf = Hkdf {
        hash: Hash::Sha256,
        salt: b"",
        info: b"device key",
    };
    hkdf.derive(&secret)?.output_key(SIGNER.persistent(ID))
}

type Make = fn() -> Result<Key>;

/// Each way to make a persistent key.
const MAKERS: &[(&str, Make)] = &[
    ("generate", || Key::generate(SIGNER.persistent(ID))),
    ("generate_custom", || {
        Key::generate_custom(SIGNER.persistent(ID), CustomKeyParameters::DEFAULT)
    }),
    ("import", || Key::import(SIGNER.persistent(ID), &[0x42; 32])),
    ("import_pem", || {
        let pem = include_str!("../../../conformance/data/p256/sec1.pem");
        Key::import_pem(SIGNER.persistent(ID), pem)
    }),
    ("copy", || {
        Key::import(SIGNER, &[0x42; 32])?.copy(SIGNER.persistent(ID))
    }),
    #[cfg(feature = "full")]
    ("output_key", derived),
];

/// What can fail, and how.
const FAULTS: [(Point, Fault); 6] = [
    (Point::Heap, Fault::Fails),
    (Point::Random, Fault::Fails),
    (Point::Storage, Fault::Fails),
    (Point::Storage, Fault::With(0)),
    (Point::Storage, Fault::Cut),
    (Point::Storage, Fault::Flipped),
];

fn signs(key: &Key) {
    let signature = key.sign_message(ECDSA, b"hello").unwrap();
    key.verify_message(ECDSA, b"hello", &signature).unwrap();
}

/// The key is there, and whole, as it stands in the storage.
fn is_whole(id: KeyId) -> bool {
    match Key::open(id) {
        Ok(key) => {
            key.purge().unwrap();
            signs(&key);
            assert_eq!(key.attributes().unwrap().id(), Some(id));
            true
        }
        Err(error) => {
            assert_eq!(error, Error::InvalidHandle);
            false
        }
    }
}

/// What a medium that lies has left: damaged, and said to be; whoever wants the identifier again removes it.
fn is_damaged(id: KeyId) -> bool {
    let damaged = match Key::open(id) {
        Ok(key) => {
            key.purge().unwrap();
            Key::open(id).err() == Some(Error::DataCorrupt)
        }
        Err(error) => error == Error::DataCorrupt,
    };
    if damaged {
        psa::storage::remove_damaged_key(id).unwrap();
    }
    damaged
}

#[test]
fn a_key_is_whole_or_absent_and_every_other_one_as_it_was() {
    let _turn = campaign::start();
    let bystander = Key::generate(SIGNER.persistent(BYSTANDER)).unwrap();
    let volatile = Key::generate(SIGNER).unwrap();
    let others = || {
        let contents = STORAGE.contents();
        let theirs = contents
            .into_iter()
            .filter(|(name, _)| name.uid != u64::from(ID.to_raw()));
        (
            theirs.collect::<Vec<_>>(),
            volatile.export().unwrap().to_vec(),
            bystander.export().unwrap().to_vec(),
        )
    };
    let before = others();
    let (mut runs, mut refused, mut lost) = (0u32, 0u32, 0u32);
    for &(name, make) in MAKERS {
        for (point, fault) in FAULTS {
            for mode in [Mode::Once, Mode::Onwards] {
                make().unwrap().destroy().unwrap();
                let level = (live(), slots());
                for at in 1.. {
                    let what = format!("{name}, {point:?} {fault:?} {mode:?} {at}");
                    let (made, injected) = with(point, fault, mode, at, make);
                    // What cannot be done while the medium fails cannot be undone either.
                    let lies = matches!(fault, Fault::Cut | Fault::Flipped);
                    let may_stay = point == Point::Storage && mode == Mode::Onwards;
                    if lies && is_damaged(ID) {
                        lost += 1;
                    } else if let Err(error) = &made {
                        refused += 1;
                        assert!(may_stay || !is_whole(ID), "{what}: {error:?}");
                    } else {
                        assert!(is_whole(ID), "{what}");
                    }
                    drop(made);
                    if let Ok(key) = Key::open(ID) {
                        key.destroy().unwrap();
                    }
                    assert!(others() == before, "{what}");
                    assert_eq!((live(), slots()), level, "{what}");
                    if injected.faults == 0 {
                        break;
                    }
                    runs += 1;
                }
            }
        }
    }
    println!(
        "{runs} runs with a fault: {refused} refused, {lost} damaged by the medium and said to be"
    );
    assert!(refused > 0 && lost > 0);
    signs(&bystander);
    bystander.destroy().unwrap();
}

#[test]
fn a_key_that_was_to_go_is_whole_or_gone_and_goes_the_next_time() {
    let _turn = campaign::start();
    let (mut runs, mut stayed) = (0u32, 0u32);
    for (point, fault) in FAULTS {
        for mode in [Mode::Once, Mode::Onwards] {
            for at in 1.. {
                let what = format!("{point:?} {fault:?} {mode:?} {at}");
                Key::generate(SIGNER.persistent(ID))
                    .unwrap()
                    .purge()
                    .unwrap();
                let destroy = || Key::open(ID)?.destroy();
                let (answer, injected) = with(point, fault, mode, at, destroy);
                match answer {
                    Ok(()) => assert!(!is_whole(ID), "{what}"),
                    Err(_) => {
                        if is_whole(ID) {
                            stayed += 1;
                            Key::open(ID).unwrap().destroy().unwrap();
                        }
                    }
                }
                assert!(!is_whole(ID), "{what}");
                if injected.faults == 0 {
                    break;
                }
                runs += 1;
            }
        }
    }
    println!("{runs} runs with a fault: the key stayed in {stayed}");
    assert!(stayed > 0);
}
