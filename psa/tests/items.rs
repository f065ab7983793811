//! Items of the application in this image's storage.
#![cfg(all(not(feature = "tfm"), unix))]

mod processes;

use processes::{Home, Processes};
use psa::storage::{self, Flags, Info, Uid, internal};
use psa::{Attributes, Curve, Error, Key, KeyId};
use std::fs;
use std::time::Duration;

const ONE: Uid = Uid::new(1).unwrap();
const LAST: Uid = Uid::new(u64::MAX).unwrap();
const ONE_FILE: &str = "item-0000000000000001";

fn start(home: &Home) {
    storage::set_folder(home.keys()).expect("a folder");
}

#[test]
fn an_item_is_there_in_the_next_process_until_it_is_removed() {
    Processes::in_turn(
        "an_item_is_there_in_the_next_process_until_it_is_removed",
        &[
            |home| {
                start(home);
                assert_eq!(internal::info(ONE), Err(Error::DoesNotExist));
                assert_eq!(internal::get(ONE), Err(Error::DoesNotExist));
                assert_eq!(internal::remove(ONE), Err(Error::DoesNotExist));
                internal::set(ONE, b"another", Flags::NONE).unwrap();
                internal::set(ONE, b"0123456789", Flags::NO_CONFIDENTIALITY).unwrap();
                internal::set(LAST, b"", Flags::NONE).unwrap();
                assert_eq!(home.files(), [ONE_FILE, "item-ffffffffffffffff", "lock"]);
            },
            |home| {
                start(home);
                let flags = Flags::NO_CONFIDENTIALITY;
                let (capacity, size) = (10, 10);
                let info = Info {
                    capacity,
                    size,
                    flags,
                };
                assert_eq!(internal::info(ONE), Ok(info));
                let mut buffer = [0; 16];
                let mut get = |offset, size: usize| {
                    internal::get_into(ONE, offset, &mut buffer[..size]).map(|got| got.to_vec())
                };
                assert_eq!(get(0, 16).unwrap(), b"0123456789");
                assert_eq!(get(0, 4).unwrap(), b"0123");
                assert_eq!(get(7, 16).unwrap(), b"789");
                assert_eq!(get(7, 2).unwrap(), b"78");
                assert_eq!(get(10, 16).unwrap(), b"");
                assert_eq!(get(3, 0).unwrap(), b"");
                for beyond in [11, usize::MAX] {
                    assert_eq!(get(beyond, 16), Err(Error::InvalidArgument));
                }
                assert_eq!(internal::get(LAST).unwrap(), b"");
                internal::remove(ONE).unwrap();
                assert_eq!(internal::info(ONE), Err(Error::DoesNotExist));
            },
        ],
    );
}

#[test]
fn what_is_written_once_stays_and_unknown_flags_are_refused() {
    Processes::in_turn(
        "what_is_written_once_stays_and_unknown_flags_are_refused",
        &[|home| {
            assert_eq!(internal::set(ONE, b"", Flags::NONE), Err(Error::NoStorage));
            assert_eq!(internal::get(ONE), Err(Error::NoStorage));
            assert!(!home.keys().exists());
            start(home);
            internal::set(ONE, b"for ever", Flags::WRITE_ONCE).unwrap();
            for flags in [Flags::NONE, Flags::WRITE_ONCE] {
                let again = internal::set(ONE, b"not so", flags);
                assert_eq!(again, Err(Error::NotPermitted));
            }
            assert_eq!(internal::remove(ONE), Err(Error::NotPermitted));
            assert_eq!(internal::get(ONE).unwrap(), b"for ever");
            let unknown = internal::set(LAST, b"", Flags::from_raw(8));
            assert_eq!(unknown, Err(Error::NotSupported));
        }],
    );
}

#[test]
fn items_and_keys_of_the_same_number_are_apart() {
    Processes::in_turn(
        "items_and_keys_of_the_same_number_are_apart",
        &[|home| {
            start(home);
            psa::init().unwrap();
            let id = KeyId::user(1).unwrap();
            let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).persistent(id)).unwrap();
            assert_eq!(internal::info(ONE), Err(Error::DoesNotExist));
            internal::set(ONE, b"an item", Flags::NONE).unwrap();
            key.purge().unwrap();
            key.export_public().unwrap();
            let key_file = fs::read(home.keys().join("key-0000000000000001")).unwrap();
            // One under the name of the other is damage.
            fs::write(home.keys().join(ONE_FILE), key_file).unwrap();
            assert_eq!(internal::get(ONE), Err(Error::DataCorrupt));
            internal::remove(ONE).unwrap();
            key.destroy().unwrap();
            assert_eq!(home.files(), ["lock"]);
        }],
    );
}

/// More than is read at once, at every edge of that.
#[test]
fn long_items_are_read_whole_and_in_parts_and_their_damage_is_noticed() {
    Processes::in_turn(
        "long_items_are_read_whole_and_in_parts_and_their_damage_is_noticed",
        &[|home| {
            start(home);
            let bytes: Vec<u8> = (0..100_000u32).map(|n| (n % 251) as u8).collect();
            for len in [235, 236, 237, 255, 256, 257, 491, 492, 493, 748, 100_000] {
                internal::set(ONE, &bytes[..len], Flags::NONE).unwrap();
                assert_eq!(internal::get(ONE).unwrap(), bytes[..len]);
                let mut buffer = [0; 300];
                for offset in [0, 1, 235, 236, 237, 490, len - 2, len]
                    .into_iter()
                    .filter(|at| *at <= len)
                {
                    let end = len.min(offset + buffer.len());
                    let got = internal::get_into(ONE, offset, &mut buffer).unwrap();
                    assert_eq!(got, &bytes[offset..end], "{len} {offset}");
                }
            }
            let file = home.keys().join(ONE_FILE);
            let whole = fs::read(&file).unwrap();
            for at in [0, 9, 20, 256, 50_000, whole.len() - 1] {
                let mut damaged = whole.clone();
                damaged[at] ^= 0x10;
                fs::write(&file, damaged).unwrap();
                let mut buffer = [0xff; 40];
                // Wherever the damage is, nothing of the item is handed out.
                let got = internal::get_into(ONE, 0, &mut buffer);
                assert_eq!(got, Err(Error::DataCorrupt));
                assert_eq!(buffer, [0; 40]);
            }
            // Writing heals.
            internal::set(ONE, b"whole again", Flags::NONE).unwrap();
            assert_eq!(internal::get(ONE).unwrap(), b"whole again");
        }],
    );
}

/// Item 1 is always so many times the same byte, never another length or mixed.
fn sound(home: &Home) {
    start(home);
    match internal::get(ONE) {
        Ok(item) => {
            let byte = item[0];
            assert_eq!(item, vec![byte; 1000 * (1 + usize::from(byte))]);
        }
        Err(error) => assert_eq!(error, Error::DoesNotExist),
    }
    assert!(
        home.files()
            .iter()
            .all(|file| file == ONE_FILE || file == "lock")
    );
}

fn overwrite(home: &Home) {
    sound(home);
    for round in 0u32.. {
        let byte = (round % 100) as u8;
        let item = vec![byte; 1000 * (1 + usize::from(byte))];
        internal::set(ONE, &item, Flags::NONE).unwrap();
        if round == 0 {
            home.keep("overwriting", "");
        }
    }
}

#[test]
fn a_process_that_is_killed_leaves_the_old_item_or_the_new() {
    let processes = Processes::new(
        "a_process_that_is_killed_leaves_the_old_item_or_the_new",
        &[overwrite, sound],
    );
    let home = processes.home();
    let rounds = std::env::var("PSA_KILL_ROUNDS").map_or(50, |text| text.parse().unwrap());
    let mut unfinished = 0;
    for round in 0..rounds {
        let running = processes.start(0);
        home.wait_for("overwriting");
        std::thread::sleep(Duration::from_micros(u64::from(round * 997u32 % 8000)));
        drop(running);
        home.forget("overwriting");
        unfinished += u32::from(home.files().contains(&format!("{ONE_FILE}.new")));
        processes.run(1);
    }
    // A test that never interrupts a write would prove nothing.
    println!("{unfinished} of {rounds} were killed while they wrote");
    assert!(unfinished > 0);
}
