//! What a campaign is for: it notices a leak, a key that stays, a lie and a panic.
#![cfg(target_os = "linux")]

use psa::{Attributes, Key, KeyType};
use psa_faults::{Case, Fault, Mode, Outcome, Point, Record, Work, leak};

fn key() -> psa::Result<Key> {
    Key::generate(Attributes::new(KeyType::RawData, 8))
}

/// The defects of a case, of which the heap fails at the first call.
fn defects(run: fn() -> Outcome) -> String {
    let mut record = Record::new(Point::Heap, Fault::Fails, Mode::Once);
    record.add(&Case::new("a case", run), 1, Work::or(1));
    record.defects.join("\n")
}

#[test]
fn what_must_not_be_is_noticed() {
    psa::init().unwrap();
    let sound = || match key().and_then(Key::destroy) {
        Ok(()) => Outcome::Passed,
        Err(error) => Outcome::Refused(error.to_string()),
    };
    assert_eq!(sound(), Outcome::Passed);
    assert_eq!(defects(sound), "");

    let leaks = defects(|| {
        let outcome = match key().and_then(Key::destroy) {
            Ok(()) => Outcome::Passed,
            Err(error) => Outcome::Refused(error.to_string()),
        };
        leak();
        outcome
    });
    assert!(leaks.contains("call 1 of 1: Level"), "{leaks}");

    let stays = defects(|| match key() {
        Ok(key) => {
            let _ = key.into_id();
            Outcome::Passed
        }
        Err(error) => Outcome::Refused(error.to_string()),
    });
    assert!(stays.contains("volatile: 1"), "{stays}");

    let lies = defects(|| match key().and_then(Key::destroy) {
        Ok(()) => Outcome::Passed,
        Err(_) => Outcome::Lied("signed with nothing".into()),
    });
    assert!(lies.contains("signed with nothing"), "{lies}");

    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let panics = defects(|| {
        key().and_then(Key::destroy).unwrap();
        Outcome::Passed
    });
    std::panic::set_hook(hook);
    assert!(panics.contains("panicked: "), "{panics}");

    let refuses = defects(|| Outcome::Refused("always".into()));
    assert!(
        refuses.contains("no fault") || refuses.contains("afterwards"),
        "{refuses}"
    );
}
