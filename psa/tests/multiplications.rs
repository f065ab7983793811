//! How often the driver multiplies on the curve. One test: the counter is the whole process's.
#![cfg(not(feature = "tfm"))]

use psa::{Algorithm, Attributes, Curve, Hash, Key, KeyId, Sign, Usage};

const DEVICE_KEY: KeyId = KeyId::user(0x1234).unwrap();
const SUBJECT: &str = "CN=device-0001,O=Example";

/// What the call answers, and how many multiplications it took.
fn counted<T>(call: impl FnOnce() -> psa::Result<T>) -> (T, usize) {
    let before = psa_p256::multiplications();
    let answer = call().expect("the call succeeds");
    (answer, psa_p256::multiplications() - before)
}

fn everything_public(key: &Key) -> psa::Result<()> {
    drop(key.private_key_pem()?);
    drop(key.private_key_pkcs8_pem()?);
    key.public_key_pem()?;
    key.public_key_der()?;
    key.export_public()?;
    Ok(())
}

#[test]
fn the_public_point_of_a_key_is_computed_once() {
    let home = tempfile::tempdir().unwrap();
    psa::storage::set_folder(home.path().join("keys")).unwrap();
    psa::init().unwrap();
    let volatile = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::SIGN | Usage::EXPORT | Usage::COPY)
        .algorithm(Algorithm::ecdsa(Hash::Sha256));
    for attributes in [volatile, volatile.persistent(DEVICE_KEY)] {
        let (key, generated) = counted(|| Key::generate(attributes));
        assert_eq!(generated, 0, "a scalar is drawn, no more");
        assert_eq!(counted(|| key.private_key_pem()).1, 1, "the point");
        assert_eq!(
            counted(|| key.csr(SUBJECT)?.to_pem()).1,
            1,
            "the nonce: two in all"
        );
        assert_eq!(counted(|| everything_public(&key)).1, 0);
        let hash = [7; 32];
        let mut buffer = [0; 64];
        let sign = |buffer: &mut [u8]| {
            key.sign_hash_into(Sign::Ecdsa(Hash::Sha256), &hash, buffer)
                .map(drop)
        };
        assert_eq!(counted(|| sign(&mut buffer)).1, 1);
        let scalar = key.export().unwrap();
        let (import, imported) = counted(|| Key::import(volatile, &scalar));
        assert_eq!(imported, 0);
        assert_eq!(counted(|| everything_public(&import)).1, 1);
    }

    // As long as nothing ends the key, another of its owners included.
    let key = Key::open(DEVICE_KEY).unwrap();
    let (public, first) = counted(|| key.export_public());
    assert_eq!(
        (counted(|| key.export_public()), first),
        ((public.clone(), 0), 1)
    );
    key.purge().unwrap();
    assert_eq!(counted(|| key.export_public()), (public.clone(), 1));
    Key::open(DEVICE_KEY).unwrap().destroy().unwrap();
    assert!(key.export_public().is_err());
    let other = Key::generate(volatile.persistent(DEVICE_KEY)).unwrap();
    let new = other.export_public().unwrap();
    assert_ne!(new, public);
    assert_eq!(key.export_public().unwrap(), new);
    assert_eq!(counted(|| everything_public(&key)).1, 0);
    other.destroy().unwrap();
}
