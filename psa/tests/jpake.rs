//! EC J-PAKE between two of our own parties, and against published messages.
#![cfg(not(feature = "tfm"))]

mod common;

use common::hex;
use psa::{
    Algorithm, Attributes, Error, Hash, Hkdf, Jpake, JpakeRole, JpakeSecret, JpakeShare, Key,
    KeyDerivation, KeyDerivationOperation, KeyDerivationStep, KeyType, Pake, Result,
    Tls12EcjpakeToPms, Usage,
};

fn password(bytes: &[u8]) -> Key {
    psa::init().expect("the provider starts");
    let attributes = Attributes::new(KeyType::Password, 0)
        .usage(Usage::DERIVE)
        .algorithm(Pake::Jpake.into());
    Key::import(attributes, bytes).expect("a password")
}

fn exchange(client: &Key, server: &Key) -> Result<(JpakeSecret, JpakeSecret)> {
    let (client, from_client) = Jpake::start(JpakeRole::Client, client)?;
    let (server, from_server) = Jpake::start(JpakeRole::Server, server)?;
    let (client, second_from_client) = client.round_two(&from_server)?;
    let (server, second_from_server) = server.round_two(&from_client)?;
    Ok((
        client.finish(&second_from_server)?,
        server.finish(&second_from_client)?,
    ))
}

fn premaster(secret: JpakeSecret) -> Vec<u8> {
    let mut output = Tls12EcjpakeToPms.derive(secret).expect("a derivation");
    output.output_bytes(32).expect("32 bytes").to_vec()
}

#[test]
fn the_same_password_gives_the_same_secret_and_another_one_another() {
    let (right, wrong) = (password(b"threadjpaketest"), password(b"threadjpaketesT"));
    let (client, server) = exchange(&right, &right).unwrap();
    let (first, same) = (premaster(client), premaster(server));
    assert_eq!(first, same);
    let (client, server) = exchange(&right, &right).unwrap();
    let (second, same) = (premaster(client), premaster(server));
    assert_eq!(second, same);
    assert_ne!(first, second, "the keys of an exchange are its own");
    let (client, server) = exchange(&right, &wrong).unwrap();
    assert_ne!(
        premaster(client),
        premaster(server),
        "implicit authentication"
    );
}

#[test]
fn the_secret_goes_into_every_derivation_that_takes_one_and_becomes_no_key() {
    let key = password(b"threadjpaketest");
    let hkdf = Hkdf {
        hash: Hash::Sha256,
        salt: b"salt",
        info: b"info",
    };
    let (client, server) = exchange(&key, &key).unwrap();
    let client = hkdf.derive(client).unwrap().output_bytes(48).unwrap();
    hkdf.derive(server).unwrap().verify_bytes(&client).unwrap();

    let (client, server) = exchange(&key, &key).unwrap();
    let key_output = hkdf
        .derive(client)
        .unwrap()
        .output_key(Attributes::new(KeyType::Aes, 128));
    assert_eq!(
        key_output.err(),
        Some(Error::NotPermitted),
        "Mbed TLS 3.6 counts it as bytes"
    );
    let mut pbkdf2 = KeyDerivationOperation::new(KeyDerivation::Pbkdf2Hmac(Hash::Sha256)).unwrap();
    pbkdf2.input_integer(KeyDerivationStep::Cost, 1).unwrap();
    pbkdf2.input_bytes(KeyDerivationStep::Salt, b"").unwrap();
    assert_eq!(
        pbkdf2.input_pake(server),
        Err(Error::InvalidArgument),
        "a secret is no password"
    );
}

#[test]
fn every_damaged_share_is_refused() {
    let key = password(b"threadjpaketest");
    let damage = |share: &JpakeShare, place: usize| {
        let mut bytes = share.to_bytes();
        bytes[place] ^= 1;
        JpakeShare::from_bytes(&bytes)
    };
    // A point's form, a coordinate, the proof's point, the proof.
    for place in [0, 40, 65, 100, JpakeShare::LEN - 1] {
        for which in 0..2 {
            let (client, _) = Jpake::start(JpakeRole::Client, &key).unwrap();
            let (_, mut shares) = Jpake::start(JpakeRole::Server, &key).unwrap();
            shares[which] = damage(&shares[which], place);
            let answer = client.round_two(&shares).err();
            assert!(
                matches!(answer, Some(Error::DataInvalid | Error::InvalidArgument)),
                "{place}: {answer:?}"
            );
        }
        let (client, from_client) = Jpake::start(JpakeRole::Client, &key).unwrap();
        let (server, from_server) = Jpake::start(JpakeRole::Server, &key).unwrap();
        let (client, _) = client.round_two(&from_server).unwrap();
        let (_, second) = server.round_two(&from_client).unwrap();
        // What this part finds shows in the derivation, or at once.
        let answer = client.finish(&damage(&second, place)).err();
        assert!(
            matches!(answer, Some(Error::DataInvalid | Error::InvalidArgument)),
            "{place}: {answer:?}"
        );
    }
    // Its own shares, sent back.
    let (client, shares) = Jpake::start(JpakeRole::Client, &key).unwrap();
    assert_eq!(client.round_two(&shares).err(), Some(Error::DataInvalid));
    // Two with the same role.
    let (client, _) = Jpake::start(JpakeRole::Client, &key).unwrap();
    let (_, other_client) = Jpake::start(JpakeRole::Client, &key).unwrap();
    assert_eq!(
        client.round_two(&other_client).err(),
        Some(Error::DataInvalid)
    );
}

#[test]
fn a_password_of_the_wrong_kind_is_refused() {
    psa::init().unwrap();
    let start = |key_type, usage, algorithm: Algorithm| {
        let attributes = Attributes::new(key_type, 0)
            .usage(usage)
            .algorithm(algorithm);
        let key = Key::import(attributes, b"threadjpaketest").unwrap();
        Jpake::start(JpakeRole::Client, &key).err()
    };
    let jpake = Algorithm::from(Pake::Jpake);
    let hkdf = KeyDerivation::Hkdf(Hash::Sha256).into();
    assert_eq!(start(KeyType::Password, Usage::DERIVE, jpake), None);
    assert_eq!(start(KeyType::PasswordHash, Usage::DERIVE, jpake), None);
    assert_eq!(
        start(KeyType::Password, Usage::EXPORT, jpake),
        Some(Error::NotPermitted)
    );
    assert_eq!(
        start(KeyType::Password, Usage::DERIVE, hkdf),
        Some(Error::NotPermitted)
    );
    assert_eq!(
        start(KeyType::Derive, Usage::DERIVE, jpake),
        Some(Error::InvalidArgument)
    );
}

/// Parts with a byte for their length before them: draft-cragie-tls-ecjpake-01, section 7.
fn shares(message: &str) -> Vec<JpakeShare> {
    let bytes = hex(message);
    let mut rest = &bytes[..];
    let mut parts = Vec::new();
    while let Some((len, following)) = rest.split_first() {
        let (part, following) = following.split_at(usize::from(*len));
        parts.push(part);
        rest = following;
    }
    parts
        .chunks(3)
        .map(|parts| JpakeShare::from_parts(parts[0], parts[1], parts[2]).unwrap())
        .collect()
}

/// First messages of a Thread implementation, as Mbed TLS's own tests have them.
const FROM_CLIENT: &str = "4104accf0106ef858fa2d919331346805a78b58bbad0b844e5c7892879146187dd2666ada781bb7f111372251a8910621f634df128ac48e3 \
    81fd6ef9060731f694a441041dd0bd5d4566c9bed9ce7de701b5e82e08e84b730466018ab903c79eb982172236c0c1728ae4bf73610d34de \
    44246ef3d9c05a2236fb66a6583d7449308babce2072fe16662992e9235c25002f11b15087b82738e03c945bf7a2995dda1e98345841047e \
    a6e3a4487037a9e0dbd79262b2cc273e779930fc18409ac5361c5fe669d702e147790aeb4ce7fd6575ab0f6c7fd1c335939aa863ba37ec91 \
    b7e32bb013bb2b4104a49558d32ed1ebfc1816af4ff09b55fcb4ca47b2a02d1e7caf1179ea3fe1395b22b861964016fabaf72c975695d93d \
    4df0e5197fe9f040634ed59764937787be20bc4deebbf9b8d60a335f046ca3aa941e45864c7cadef9cf75b3d8b010e443ef0";
const FROM_SERVER: &str = "41047ea6e3a4487037a9e0dbd79262b2cc273e779930fc18409ac5361c5fe669d702e147790aeb4ce7fd6575ab0f6c7fd1c335939aa863ba \
    37ec91b7e32bb013bb2b410409f85b3d20ebd7885ce464c08d056d6428fe4dd9287aa365f131f4360ff386d846898bc4b41583c2a5197f65 \
    d78742746c12a5ec0a4ffe2f270a750a1d8fb51620934d74eb43e54df424fd96306c0117bf131afabf90a9d33d1198d90519373514410419 \
    0a07700ffa4be6ae1d79ee0f06aeb544cd5addaabedf70f8623321332c54f355f0fbfec783ed359e5d0bf7377a0fc4ea7ace473c9c112b41 \
    ccd41ac56a56124104360a1cea33fce641156458e0a4eac219e96831e6aebc88b3f3752f93a0281d1bf1fb106051db9694a8d6e862a5ef13 \
    24a3d9e27894f1ee4f7c59199965a8dd4a2091847d2d22df3ee55faa2a3fb33fd2d1e055a07a7c61ecfb8d80ec00c2c9eb12";

#[test]
fn first_messages_of_another_implementation_are_accepted_from_who_sent_them() {
    let key = password(b"threadjpaketest");
    let [client, server] = [FROM_CLIENT, FROM_SERVER]
        .map(|message| -> [JpakeShare; 2] { shares(message).try_into().expect("two shares") });
    let round_two = |role, shares: &[JpakeShare; 2]| {
        Jpake::start(role, &key).unwrap().0.round_two(shares).err()
    };
    assert_eq!(round_two(JpakeRole::Client, &server), None);
    assert_eq!(round_two(JpakeRole::Server, &client), None);
    // The proofs name who made them.
    assert_eq!(
        round_two(JpakeRole::Server, &server),
        Some(Error::DataInvalid)
    );
    assert_eq!(
        round_two(JpakeRole::Client, &client),
        Some(Error::DataInvalid)
    );
    let exchanged = [client[1], client[0]];
    assert_eq!(
        round_two(JpakeRole::Server, &exchanged),
        None,
        "each proof stands alone"
    );
}
