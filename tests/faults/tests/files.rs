//! A file system that is full, read-only or broken at the Nth call, below the folder of persistent keys and items.
#![cfg(target_os = "linux")]

use std::ffi::c_int;
use std::fs;
use std::path::Path;

use psa::storage::{Flags, Uid, internal};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, KeyId, Result, Sign, Usage};
use psa_faults::{Fault, Injected, Live, Mode, Point, Store, live, slots, with};

const ID: KeyId = KeyId::user(1).unwrap();
const BYSTANDER: KeyId = KeyId::user(2).unwrap();
const FILE: &str = "key-0000000000000001";
const BYSTANDERS_FILE: &str = "key-0000000000000002";
const UID: Uid = Uid::new(7).unwrap();
const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const SIGNER: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN.union(Usage::VERIFY))
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

/// What the system says, and what it means. Numbers of Linux.
const ERRNOS: [(c_int, Error); 6] = [
    (28, Error::InsufficientStorage),  // ENOSPC
    (122, Error::InsufficientStorage), // EDQUOT
    (30, Error::StorageFailure),       // EROFS
    (5, Error::StorageFailure),        // EIO
    (13, Error::StorageFailure),       // EACCES
    (24, Error::StorageFailure),       // EMFILE
];

fn signs(key: &Key) {
    let signature = key.sign_message(ECDSA, b"hello").unwrap();
    key.verify_message(ECDSA, b"hello", &signature).unwrap();
}

/// The key stands in the folder, whole.
fn is_whole(id: KeyId) -> bool {
    match Key::open(id) {
        Ok(key) => {
            key.purge().unwrap();
            signs(&key);
            true
        }
        Err(error) => {
            assert_eq!(error, Error::InvalidHandle);
            false
        }
    }
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name != "lock").collect();
    names.sort();
    names
}

/// The level of memory and key slots, and the folder.
fn level(folder: &Path) -> (Live, Store, Vec<String>) {
    (live(), slots(), files(folder))
}

/// Runs `work` with a fault at one call of the file system after the other, until none is left, and looks each time.
fn at_every_call(
    folder: &Path,
    work: fn() -> Result<()>,
    mut look: impl FnMut(&str, Mode, Result<()>),
) -> u32 {
    let mut runs = 0;
    for (errno, meant) in ERRNOS {
        for mode in [Mode::Once, Mode::Onwards] {
            for at in 1.. {
                let what = format!("errno {errno}, {mode:?}, call {at}");
                let before = level(folder);
                let (answer, Injected { faults, .. }) =
                    with(Point::File, Fault::With(errno), mode, at, work);
                if let Err(error) = answer {
                    assert_eq!(error, meant, "{what}");
                    assert!(faults > 0, "{what}");
                }
                look(&what, mode, answer);
                assert_eq!(level(folder), before, "{what}");
                if faults == 0 {
                    assert!(at > 1, "{what}: no fault happened");
                    break;
                }
                runs += 1;
            }
        }
    }
    runs
}

/// A folder of keys with one in it that nothing must happen to.
fn bystander(folder: &Path) -> Key {
    psa::storage::set_folder(folder).unwrap();
    psa::init().unwrap();
    let key = Key::generate(SIGNER.persistent(BYSTANDER)).unwrap();
    signs(&key);
    key
}

#[test]
fn keys_and_items_are_whole_or_absent_whatever_the_file_system_does() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("keys");
    let bystander = bystander(&folder);
    let folder = folder.as_path();

    let make = || Key::generate(SIGNER.persistent(ID)).map(drop);
    let creation = at_every_call(folder, make, |what, mode, answer| {
        let there = is_whole(ID);
        // What cannot be done while nothing can be written cannot be undone either.
        let stayed = there && mode == Mode::Onwards;
        assert!(there == answer.is_ok() || stayed, "{what}: {answer:?}");
        // What was being written when even removing failed goes with the next write.
        if !there {
            make().unwrap();
        }
        assert_eq!(files(folder), [FILE, BYSTANDERS_FILE], "{what}");
        Key::open(ID).unwrap().destroy().unwrap();
    });

    make().unwrap();
    Key::open(ID).unwrap().purge().unwrap();
    let open = || Key::open(ID).map(|key| signs(&key));
    let use_of_it = at_every_call(folder, open, |what, _, _| {
        assert!(is_whole(ID), "{what}");
        Key::open(ID).unwrap().purge().unwrap();
    });

    let destroy = || Key::open(ID)?.destroy();
    let end = at_every_call(folder, destroy, |what, _, answer| {
        let there = is_whole(ID);
        assert!(!(there && answer.is_ok()), "{what}");
        if !there {
            make().unwrap();
        }
        Key::open(ID).unwrap().purge().unwrap();
    });
    Key::open(ID).unwrap().destroy().unwrap();

    const OLD: &[u8] = &[7; 700];
    const NEW: &[u8] = b"another";
    internal::set(UID, OLD, Flags::NONE).unwrap();
    let replace = || internal::set(UID, NEW, Flags::NONE);
    let replacement = at_every_call(folder, replace, |what, _, answer| {
        let item = internal::get(UID).unwrap();
        let whole = if answer.is_ok() {
            item == NEW
        } else {
            item == OLD || item == NEW
        };
        assert!(whole, "{what}");
        internal::set(UID, OLD, Flags::NONE).unwrap();
    });
    let read = || {
        assert!(internal::get(UID)? == OLD);
        Ok(())
    };
    let reading = at_every_call(folder, read, |_, _, _| {});
    println!(
        "runs with a fault: {creation} of a key's creation, {use_of_it} of its use, {end} of its end, \
         {replacement} of an item's replacement, {reading} of its reading"
    );
    signs(&bystander);
    bystander.destroy().unwrap();
}
