//! The provider starts while something fails: an error, and the next start succeeds.
#![cfg(target_os = "linux")]

use psa::{Attributes, Error, Key, KeyType};
use psa_faults::{Fault, Live, Mode, Point, live, start_anew, with};

/// Starts and makes a key.
fn start() -> psa::Result<()> {
    psa::init()?;
    Key::generate(Attributes::new(KeyType::RawData, 128))?.destroy()
}

#[test]
fn a_start_that_fails_says_so_and_leaves_nothing() {
    start().unwrap();
    start_anew();
    assert_eq!(live(), Live::default());
    const NO_ENTROPY: &[Error] = &[Error::InsufficientEntropy];
    for (point, fault, errors) in [
        // Without memory the bytes of the source cannot be mixed.
        (
            Point::Heap,
            Fault::Fails,
            &[Error::InsufficientMemory, Error::InsufficientEntropy][..],
        ),
        (Point::Entropy, Fault::Fails, NO_ENTROPY),
        // A source that has nothing to give, however often it is asked: it stalls.
        (Point::Entropy, Fault::Cut, NO_ENTROPY),
    ] {
        for mode in [Mode::Once, Mode::Onwards] {
            for at in 1.. {
                let what = format!("{point:?} {fault:?} {mode:?} {at}");
                let (answer, injected) = with(point, fault, mode, at, start);
                if injected.faults == 0 {
                    assert_eq!(answer, Ok(()), "{what}");
                    assert!(at > 1, "{what}: no fault happened");
                    start_anew();
                    break;
                }
                // One poll that gives nothing is asked again.
                let asked_again = fault == Fault::Cut && mode == Mode::Once && answer == Ok(());
                let refused = answer.is_err_and(|error| errors.contains(&error));
                assert!(asked_again || refused, "{what}: {answer:?}");
                start().unwrap_or_else(|error| panic!("{what}, the next time: {error}"));
                start_anew();
                assert_eq!(live(), Live::default(), "{what}");
            }
        }
    }
}
