//! Persistent keys on a host: what is there in the next process, what is refused, what damage does, what a crash leaves.
#![cfg(all(not(feature = "tfm"), unix))]

mod processes;

use processes::{Home, Processes};
use psa::storage::{self, FolderError};
use psa::{
    Algorithm, Attributes, Curve, Error, Hash, Key, KeyId, KeyType, Lifetime, Location,
    Persistence, Sign, Usage,
};
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::Path;
use std::time::Duration;

const ID: KeyId = KeyId::user(0x1234).unwrap();
const OTHER: KeyId = KeyId::USER_MAX;
const FILE: &str = "key-0000000000001234";
const OTHER_FILE: &str = "key-000000003fffffff";

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const USAGE: Usage = Usage::SIGN
    .union(Usage::VERIFY)
    .union(Usage::EXPORT)
    .union(Usage::COPY);
const SIGNER: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(USAGE)
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

/// Starts the provider with the process's folder.
fn start(home: &Home) {
    storage::set_folder(home.keys()).expect("a folder");
    psa::init().expect("the provider starts");
}

fn sign(key: &Key) -> psa::Result<()> {
    let mut buffer = [0; 64];
    let signature = key.sign_message_into(ECDSA, b"hello", &mut buffer)?;
    key.verify_message(ECDSA, b"hello", signature)
}

#[test]
fn a_key_is_there_in_the_next_process_until_it_is_destroyed() {
    Processes::in_turn(
        "a_key_is_there_in_the_next_process_until_it_is_destroyed",
        &[
            |home| {
                start(home);
                let key = Key::generate(SIGNER.persistent(ID)).unwrap();
                assert_eq!(key.id(), ID);
                home.keep("public", key.export_public().unwrap());
                // Dropping the owner does not destroy it.
                drop(key);
                let imported = Key::import(SIGNER.persistent(OTHER), &[0x42; 32]).unwrap();
                assert_eq!(imported.attributes().unwrap().id(), Some(OTHER));
                assert_eq!(home.files(), [FILE, OTHER_FILE, "lock"]);
            },
            |home| {
                start(home);
                let key = Key::open(ID).unwrap();
                assert_eq!(key.export_public().unwrap(), home.kept("public"));
                sign(&key).unwrap();
                let attributes = key.attributes().unwrap();
                assert_eq!(attributes.key_lifetime(), Lifetime::PERSISTENT);
                assert_eq!(attributes.curve(), Some(Curve::P256));
                assert_eq!(
                    attributes.permitted_algorithm(),
                    SIGNER.permitted_algorithm()
                );
                assert_eq!(attributes.permitted_usage(), SIGNER.permitted_usage());
                let other = Key::open(OTHER).unwrap();
                assert_eq!(*other.export().unwrap(), [0x42; 32]);
                key.destroy().unwrap();
                assert_eq!(home.files(), [OTHER_FILE, "lock"]);
                assert_eq!(Key::open(ID).err(), Some(Error::InvalidHandle));
            },
            |home| {
                start(home);
                assert_eq!(Key::open(ID).err(), Some(Error::InvalidHandle));
                drop(Key::open(OTHER).unwrap());
            },
        ],
    );
}

#[test]
fn without_a_folder_persistent_keys_are_refused_with_a_word_and_nothing_is_written() {
    Processes::in_turn(
        "without_a_folder_persistent_keys_are_refused_with_a_word_and_nothing_is_written",
        &[|home| {
            psa::init().unwrap();
            let persistent = SIGNER.persistent(ID);
            let none = Some(Error::NoStorage);
            assert_eq!(Key::generate(persistent).err(), none);
            assert_eq!(Key::import(persistent, &[0x42; 32]).err(), none);
            assert_eq!(Key::open(ID).err(), none);
            let volatile = Key::generate(SIGNER).unwrap();
            sign(&volatile).unwrap();
            assert_eq!(volatile.copy(persistent).err(), none);
            assert_eq!(storage::remove_damaged_key(ID).err(), none);
            assert!(Error::NoStorage.to_string().contains("set_folder"));
            assert!(!home.keys().exists());
            // Named late, it serves from then on.
            start(home);
            drop(volatile.copy(persistent).unwrap());
        }],
    );
}

#[test]
fn the_folder_and_its_files_are_the_owners_alone() {
    Processes::in_turn(
        "the_folder_and_its_files_are_the_owners_alone",
        &[|home| {
            start(home);
            drop(Key::generate(SIGNER.persistent(ID)).unwrap());
            assert!(matches!(
                storage::set_folder("elsewhere"),
                Err(FolderError::AlreadySet)
            ));
            assert_eq!(home.files(), [FILE, "lock"]);
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&home.keys()), 0o700);
            for file in home.files() {
                assert_eq!(mode(&home.keys().join(file)), 0o600);
            }
        }],
    );
}

#[test]
fn a_folder_that_others_may_write_to_is_refused() {
    Processes::in_turn(
        "a_folder_that_others_may_write_to_is_refused",
        &[|home| {
            fs::create_dir(home.keys()).unwrap();
            let set_mode = |mode| {
                let permissions = fs::Permissions::from_mode(mode);
                fs::set_permissions(home.keys(), permissions).unwrap();
            };
            for mode in [0o777, 0o770, 0o702] {
                set_mode(mode);
                let refused = storage::set_folder(home.keys());
                assert!(matches!(refused, Err(FolderError::NotPrivate)), "{mode:o}");
            }
            // Root can give the folder away; to anybody else the root of all folders is another user's.
            set_mode(0o755);
            let anothers = match chown(home.keys(), Some(12345), None) {
                Ok(()) => home.keys(),
                Err(_) => "/".into(),
            };
            let refused = storage::set_folder(&anothers);
            assert!(
                matches!(refused, Err(FolderError::NotPrivate)),
                "{anothers:?}"
            );
            if anothers == home.keys() {
                chown(home.keys(), Some(0), None).unwrap();
            }
            let missing = storage::set_folder(home.keys().join("no/such"));
            assert!(matches!(missing, Err(FolderError::Io(_))));
            let file = home.keys().join("file");
            fs::write(&file, "").unwrap();
            storage::set_folder(file).unwrap_err();
            set_mode(0o755);
            start(home);
            drop(Key::generate(SIGNER.persistent(ID)).unwrap());
        }],
    );
}

#[test]
fn a_folder_has_one_process_at_a_time() {
    let processes = Processes::new(
        "a_folder_has_one_process_at_a_time",
        &[
            |home| {
                start(home);
                home.keep("holding", "");
                std::thread::sleep(Duration::from_secs(60));
            },
            |home| {
                let refused = storage::set_folder(home.keys());
                assert!(matches!(refused, Err(FolderError::InUse)), "{refused:?}");
            },
            start,
        ],
    );
    let holder = processes.start(0);
    processes.home().wait_for("holding");
    processes.run(1);
    drop(holder);
    processes.run(2);
}

#[test]
fn the_working_directory_may_change() {
    Processes::in_turn(
        "the_working_directory_may_change",
        &[|home| {
            symlink(home.keys(), home.keys().with_extension("link")).unwrap();
            std::env::set_current_dir(home.keys().parent().unwrap()).unwrap();
            storage::set_folder("keys").unwrap();
            psa::init().unwrap();
            std::env::set_current_dir("working").unwrap();
            drop(Key::generate(SIGNER.persistent(ID)).unwrap());
            assert_eq!(home.files(), [FILE, "lock"]);
        }],
    );
}

#[test]
fn an_identifier_is_taken_until_its_key_is_destroyed() {
    Processes::in_turn(
        "an_identifier_is_taken_until_its_key_is_destroyed",
        &[|home| {
            start(home);
            let persistent = SIGNER.persistent(ID);
            let key = Key::generate(persistent).unwrap();
            let taken = Some(Error::AlreadyExists);
            assert_eq!(Key::generate(persistent).err(), taken);
            assert_eq!(Key::import(persistent, &[0x42; 32]).err(), taken);
            assert_eq!(key.copy(persistent).err(), taken);
            key.purge().unwrap();
            assert_eq!(Key::generate(persistent).err(), taken);
            sign(&key).unwrap();
            key.destroy().unwrap();
            let again = Key::generate(persistent).unwrap();
            // An owner that is given up leaves the key to whoever knows its identifier.
            let id = again.into_id();
            Key::from_id(id).unwrap().destroy().unwrap();
            assert_eq!(home.files(), ["lock"]);
        }],
    );
}

#[test]
fn a_copy_may_outlive_the_volatile_key_that_it_was_made_of() {
    Processes::in_turn(
        "a_copy_may_outlive_the_volatile_key_that_it_was_made_of",
        &[
            |home| {
                start(home);
                let volatile = Key::generate(SIGNER).unwrap();
                home.keep("public", volatile.export_public().unwrap());
                let narrow = Attributes::from_file()
                    .usage(Usage::SIGN)
                    .algorithm(SIGNER.permitted_algorithm());
                drop(volatile.copy(narrow.persistent(ID)).unwrap());
                drop(volatile);
            },
            |home| {
                start(home);
                let key = Key::open(ID).unwrap();
                assert_eq!(key.export_public().unwrap(), home.kept("public"));
                assert_eq!(key.export().err(), Some(Error::NotPermitted));
                let copy = key.copy(SIGNER.usage(Usage::SIGN));
                assert_eq!(copy.err(), Some(Error::NotPermitted));
            },
        ],
    );
}

#[test]
fn a_purged_key_is_read_again() {
    Processes::in_turn(
        "a_purged_key_is_read_again",
        &[|home| {
            start(home);
            let key = Key::generate(SIGNER.persistent(ID)).unwrap();
            let file = home.keys().join(FILE);
            let aside = home.keys().join("aside");
            fs::rename(&file, &aside).unwrap();
            // From memory.
            sign(&key).unwrap();
            key.purge().unwrap();
            key.purge().unwrap();
            assert_eq!(sign(&key), Err(Error::InvalidHandle));
            fs::rename(&aside, &file).unwrap();
            sign(&key).unwrap();
        }],
    );
}

#[test]
fn read_only_and_unknown_lifetimes_are_refused_and_leave_nothing() {
    Processes::in_turn(
        "read_only_and_unknown_lifetimes_are_refused_and_leave_nothing",
        &[|home| {
            start(home);
            for (lifetime, error) in [
                (
                    Lifetime::new(Persistence::ReadOnly, Location::LocalStorage),
                    Error::InvalidArgument,
                ),
                (
                    Lifetime::new(Persistence::Default, Location::PrimarySecureElement),
                    Error::InvalidArgument,
                ),
                (
                    Lifetime::new(Persistence::Default, Location::Raw(0x80_0001)),
                    Error::InvalidArgument,
                ),
            ] {
                let key = Key::generate(SIGNER.persistent(ID).lifetime(lifetime));
                assert_eq!(key.err(), Some(error), "{lifetime:?}");
            }
            // Identifiers that are not the application's.
            for id in [0, 0x4000_0000, 0x7fff_ffff, 0xffff_ff52, u32::MAX] {
                let key = Key::generate(SIGNER.persistent(KeyId::from_raw(id)));
                assert_eq!(key.err(), Some(Error::InvalidArgument), "{id:#x}");
            }
            assert_eq!(home.files(), ["lock"]);
        }],
    );
}

#[test]
fn every_damage_is_noticed_and_healed() {
    Processes::in_turn(
        "every_damage_is_noticed_and_healed",
        &[|home| {
            start(home);
            let attributes = Attributes::new(KeyType::RawData, 0).usage(Usage::EXPORT);
            let key = Key::import(attributes.persistent(ID), &[0x42; 40]).unwrap();
            let file = home.keys().join(FILE);
            let whole = fs::read(&file).unwrap();
            let check = |damaged: &[u8]| {
                key.purge().unwrap();
                fs::write(&file, damaged).unwrap();
                assert_eq!(Key::open(ID).err(), Some(Error::DataCorrupt));
                assert_eq!(key.export().err(), Some(Error::DataCorrupt));
                let import = Key::import(attributes.persistent(ID), &[0x42; 40]);
                assert_eq!(import.err(), Some(Error::DataCorrupt));
            };
            for bit in 0..whole.len() * 8 {
                let mut damaged = whole.clone();
                damaged[bit / 8] ^= 1 << (bit % 8);
                check(&damaged);
            }
            for len in 0..whole.len() {
                check(&whole[..len]);
            }
            check(&[&whole[..], b"\0"].concat());
            check(&whole.repeat(2));
            // Another key's file under this name.
            drop(Key::import(attributes.persistent(OTHER), &[0x42; 40]).unwrap());
            check(&fs::read(home.keys().join(OTHER_FILE)).unwrap());

            fs::write(&file, &whole).unwrap();
            assert_eq!(*key.export().unwrap(), [0x42; 40]);
            let refused = storage::remove_damaged_key(ID);
            assert_eq!(refused, Err(Error::NotPermitted));
            key.purge().unwrap();
            fs::write(&file, &whole[1..]).unwrap();
            storage::remove_damaged_key(ID).unwrap();
            assert!(!file.exists());
            let missing = storage::remove_damaged_key(ID);
            assert_eq!(missing, Err(Error::DoesNotExist));
            drop(Key::import(attributes.persistent(ID), b"healed").unwrap());
        }],
    );
}

/// CRC-32 as IEEE 802.3 has it, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[test]
fn the_file_is_the_documented_header_and_what_mbed_tls_stores() {
    Processes::in_turn(
        "the_file_is_the_documented_header_and_what_mbed_tls_stores",
        &[|home| {
            start(home);
            assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
            let attributes = Attributes::new(KeyType::RawData, 0).usage(Usage::EXPORT);
            let key = Key::import(attributes.persistent(ID), b"abc").unwrap();
            let path = home.keys().join(FILE);
            let file = fs::read(&path).unwrap();
            let (header, data) = file.split_at(20);
            let sealed = |data: &[u8]| {
                let len = u32::try_from(data.len()).unwrap().to_le_bytes();
                let name = 0x1234u64.to_le_bytes();
                let checked = [&[0], &name[..], &len, &[0; 4], data].concat();
                let check = crc32(&checked).to_le_bytes();
                [b"mbpsa-1\0", &len[..], &[0; 4], &check, data].concat()
            };
            assert_eq!(header, &sealed(data)[..20]);
            assert_eq!(&data[..8], b"PSA\0KEY\0");
            assert_eq!(&data[data.len() - 3..], b"abc");

            // A key that cannot be destroyed can only be written by somebody else. Its lifetime stands after magic and
            // version.
            let mut read_only = data.to_vec();
            read_only[12..16].copy_from_slice(&0xffu32.to_le_bytes());
            key.purge().unwrap();
            fs::write(&path, sealed(&read_only)).unwrap();
            let key = Key::open(ID).unwrap();
            assert_eq!(
                key.attributes().unwrap().key_lifetime().persistence(),
                Persistence::ReadOnly
            );
            assert_eq!(key.destroy().err(), Some(Error::NotPermitted));
            assert_eq!(home.files(), [FILE, "lock"]);

            // Whole, and not of this Mbed TLS.
            Key::open(ID).unwrap().purge().unwrap();
            fs::write(&path, sealed(b"PSA\0KEY\0 and more of another kind")).unwrap();
            assert_eq!(Key::open(ID).err(), Some(Error::DataInvalid));
        }],
    );
}

#[test]
fn a_medium_that_fails_is_named_and_leaves_nothing() {
    Processes::in_turn(
        "a_medium_that_fails_is_named_and_leaves_nothing",
        &[|home| {
            start(home);
            let key = Key::generate(SIGNER.persistent(ID)).unwrap();
            // A folder where the file should be: root, too, is refused.
            fs::create_dir(home.keys().join(OTHER_FILE)).unwrap();
            let failed = Some(Error::StorageFailure);
            assert_eq!(Key::generate(SIGNER.persistent(OTHER)).err(), failed);
            assert_eq!(Key::open(OTHER).err(), failed);
            fs::remove_dir(home.keys().join(OTHER_FILE)).unwrap();
            fs::create_dir(home.keys().join(OTHER_FILE.to_owned() + ".new")).unwrap();
            assert_eq!(Key::generate(SIGNER.persistent(OTHER)).err(), failed);
            fs::remove_dir(home.keys().join(OTHER_FILE.to_owned() + ".new")).unwrap();
            // The folder is gone.
            let aside = home.keys().with_extension("aside");
            fs::rename(home.keys(), &aside).unwrap();
            assert!(Key::generate(SIGNER.persistent(OTHER)).is_err());
            assert!(!home.keys().exists());
            fs::rename(&aside, home.keys()).unwrap();
            drop(Key::generate(SIGNER.persistent(OTHER)).unwrap());
            sign(&key).unwrap();
        }],
    );
}

/// Nothing can be written, which is this error. What is there is used as before, and so is what needs no storage.
fn uses_what_is_there(home: &Home, error: Error) {
    start(home);
    let refused = Some(error);
    let persistent = SIGNER.persistent(OTHER);
    assert_eq!(Key::generate(persistent).err(), refused);
    assert_eq!(Key::import(persistent, &[0x42; 32]).err(), refused);
    let volatile = Key::generate(SIGNER).unwrap();
    sign(&volatile).unwrap();
    assert_eq!(volatile.copy(persistent).err(), refused);
    let uid = storage::Uid::new(7).unwrap();
    let set = storage::internal::set(uid, b"an item", storage::Flags::NONE);
    assert_eq!(set.err(), refused);
    assert_eq!(storage::internal::get(uid).err(), Some(Error::DoesNotExist));
    let key = Key::open(ID).unwrap();
    sign(&key).unwrap();
    key.purge().unwrap();
    sign(&key).unwrap();
    assert_eq!(home.files(), [FILE, "lock"]);
}

#[test]
fn a_disk_that_is_full_is_named_and_what_is_there_is_used() {
    let processes = Processes::new(
        "a_disk_that_is_full_is_named_and_what_is_there_is_used",
        &[
            |home| {
                start(home);
                drop(Key::generate(SIGNER.persistent(ID)).unwrap());
            },
            |home| {
                uses_what_is_there(home, Error::InsufficientStorage);
                // Room is made by removing, which needs none.
                Key::open(ID).unwrap().destroy().unwrap();
            },
            |home| {
                start(home);
                drop(Key::generate(SIGNER.persistent(OTHER)).unwrap());
                assert_eq!(home.files(), [OTHER_FILE, "lock"]);
            },
        ],
    );
    processes.run(0);
    processes.run_on_a_full_disk(1);
    processes.run(2);
}

#[test]
fn a_folder_that_is_read_only_is_named_and_what_is_there_is_used() {
    let processes = Processes::new(
        "a_folder_that_is_read_only_is_named_and_what_is_there_is_used",
        &[
            |home| {
                start(home);
                drop(Key::generate(SIGNER.persistent(ID)).unwrap());
            },
            |home| {
                uses_what_is_there(home, Error::StorageFailure);
                // What cannot be removed is still there, and says so.
                let destroyed = Key::open(ID).unwrap().destroy();
                assert_eq!(destroyed.err(), Some(Error::StorageFailure));
                sign(&Key::open(ID).unwrap()).unwrap();
            },
            |home| {
                start(home);
                Key::open(ID).unwrap().destroy().unwrap();
                drop(Key::generate(SIGNER.persistent(OTHER)).unwrap());
            },
        ],
    );
    processes.run(0);
    processes.run_with_a_read_only_folder(1);
    processes.run(2);
}

#[test]
fn threads_may_make_and_destroy_keys_at_once() {
    Processes::in_turn(
        "threads_may_make_and_destroy_keys_at_once",
        &[|home| {
            start(home);
            std::thread::scope(|scope| {
                for thread in 0..4u32 {
                    scope.spawn(move || {
                        for round in 0..10 {
                            let id = KeyId::user(1 + thread * 100 + round).unwrap();
                            let key = Key::generate(SIGNER.persistent(id)).unwrap();
                            key.purge().unwrap();
                            sign(&key).unwrap();
                            key.destroy().unwrap();
                        }
                    });
                }
            });
            assert_eq!(home.files(), ["lock"]);
            // Of those that want the same identifier, one gets it.
            let made: usize = std::thread::scope(|scope| {
                let threads = [(); 4].map(|()| {
                    scope.spawn(|| match Key::generate(SIGNER.persistent(ID)) {
                        Ok(_) => 1,
                        Err(error) => {
                            assert_eq!(error, Error::AlreadyExists);
                            0
                        }
                    })
                });
                threads.map(|thread| thread.join().unwrap()).iter().sum()
            });
            assert_eq!(made, 1);
            sign(&Key::open(ID).unwrap()).unwrap();
        }],
    );
}

/// A key and an item that are there before, and that nothing must happen to.
const BYSTANDER: KeyId = KeyId::user(9).unwrap();
const BYSTANDERS: [&str; 2] = ["item-0000000000000009", "key-0000000000000009"];

fn bystander_item() -> (storage::Uid, Vec<u8>) {
    (storage::Uid::new(9).unwrap(), vec![9; 1000])
}

fn bystanders(home: &Home) {
    start(home);
    let key = Key::generate(SIGNER.persistent(BYSTANDER)).unwrap();
    home.keep("public", key.export_public().unwrap());
    let (uid, item) = bystander_item();
    storage::internal::set(uid, &item, storage::Flags::NONE).unwrap();
}

/// Keys 1 to 3: makes and destroys them until it is killed.
fn churn(home: &Home) {
    sound(home);
    for round in 0u32.. {
        let id = KeyId::user(1 + round % 3).unwrap();
        if let Ok(key) = Key::open(id) {
            key.destroy().unwrap();
        } else {
            drop(Key::generate(SIGNER.persistent(id)).unwrap());
        }
        if round == 0 {
            home.keep("churning", "");
        }
    }
}

/// Every key is there and signs, or is not there; nothing else lies about.
fn sound(home: &Home) {
    start(home);
    let bystander = Key::open(BYSTANDER).unwrap();
    sign(&bystander).unwrap();
    assert_eq!(bystander.export_public().unwrap(), home.kept("public"));
    let (uid, item) = bystander_item();
    assert_eq!(storage::internal::get(uid).unwrap(), item);
    let mut there = ["lock"]
        .into_iter()
        .chain(BYSTANDERS)
        .map(str::to_owned)
        .collect::<Vec<_>>();
    for number in 1..4 {
        match Key::open(KeyId::user(number).unwrap()) {
            Ok(key) => {
                sign(&key).unwrap();
                there.push(format!("key-{number:016x}"));
            }
            Err(error) => assert_eq!(error, Error::InvalidHandle),
        }
    }
    there.sort();
    assert_eq!(home.files(), there);
}

#[test]
fn a_process_that_is_killed_leaves_keys_whole_or_absent() {
    let processes = Processes::new(
        "a_process_that_is_killed_leaves_keys_whole_or_absent",
        &[bystanders, churn, sound],
    );
    processes.run(0);
    let home = processes.home();
    let rounds = std::env::var("PSA_KILL_ROUNDS").map_or(50, |text| text.parse().unwrap());
    let mut unfinished = 0;
    for round in 0..rounds {
        let running = processes.start(1);
        home.wait_for("churning");
        // At another moment each time: a generation takes less than 8 ms.
        std::thread::sleep(Duration::from_micros(u64::from(round * 997u32 % 8000)));
        drop(running);
        home.forget("churning");
        unfinished += u32::from(home.files().iter().any(|file| file.contains(".new")));
        processes.run(2);
    }
    // A test that never interrupts a write would prove nothing.
    println!("{unfinished} of {rounds} were killed while they wrote");
    assert!(unfinished > 0);
}

#[test]
fn an_owner_of_a_key_that_was_replaced_tells_nothing_of_the_old_one() {
    Processes::in_turn(
        "an_owner_of_a_key_that_was_replaced_tells_nothing_of_the_old_one",
        &[|home| {
            start(home);
            let key = Key::generate(SIGNER.persistent(ID)).unwrap();
            let old = key.export_public().unwrap();
            Key::open(ID).unwrap().destroy().unwrap();
            assert_eq!(key.export_public().err(), Some(Error::InvalidHandle));
            assert!(key.csr("CN=device").unwrap().to_pem().is_err());
            let replacement = Key::generate(SIGNER.persistent(ID)).unwrap();
            let new = replacement.export_public().unwrap();
            assert_ne!(old, new);
            assert_eq!(key.export_public().unwrap(), new);
            replacement.destroy().unwrap();
        }],
    );
}

#[test]
fn a_volatile_key_that_is_gone_is_no_matter_of_storage() {
    Processes::in_turn(
        "a_volatile_key_that_is_gone_is_no_matter_of_storage",
        &[|_| {
            psa::init().unwrap();
            let id = Key::generate(SIGNER).unwrap().into_id();
            let gone = Key::from_id(id).unwrap();
            Key::from_id(id).unwrap().destroy().unwrap();
            assert_eq!(sign(&gone), Err(Error::InvalidHandle));
            assert_eq!(gone.attributes(), Err(Error::InvalidHandle));
            assert_eq!(gone.destroy(), Err(Error::InvalidHandle));
        }],
    );
}
