//! Key derivation: RFC 5869, RFC 5246 and RFC 4279 (TLS 1.2), RFC 7914 and RFC 6070 (PBKDF2).

use crate::check::{refused, same};
use crate::vectors::hex;
use crate::{Result, Test};
use psa::{
    Error, Hash, Hkdf, HkdfExpand, HkdfExtract, KeyDerivationOutput, Pbkdf2Hmac, Tls12Prf,
    Tls12PskToMs,
};

/// A case of RFC 5869, appendix A.
struct Case {
    secret: &'static [u8],
    salt: &'static [u8],
    info: &'static [u8],
    /// What extraction gives.
    key: &'static [u8],
    output: &'static [u8],
}

/// Bytes that count up, which is what most of these inputs are.
const fn counting<const N: usize>(first: u8) -> [u8; N] {
    let mut bytes = [first; N];
    let mut index = 1;
    while index < N {
        bytes[index] = bytes[index - 1].wrapping_add(1);
        index += 1;
    }
    bytes
}

const SHA256: &[Case] = &[
    Case {
        secret: &[0x0b; 22],
        salt: &counting::<13>(0),
        info: &counting::<10>(0xf0),
        key: &hex::<32>("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"),
        output: &hex::<42>(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
    },
    Case {
        secret: &counting::<80>(0),
        salt: &counting::<80>(0x60),
        info: &counting::<80>(0xb0),
        key: &hex::<32>("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244"),
        output: &hex::<82>(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        ),
    },
    Case {
        secret: &[0x0b; 22],
        salt: b"",
        info: b"",
        key: &hex::<32>("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"),
        output: &hex::<42>(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    },
];

const SHA1: &[Case] = &[Case {
    secret: &[0x0b; 11],
    salt: &counting::<13>(0),
    info: &counting::<10>(0xf0),
    key: &hex::<20>("9b6c18c432a7bf8f0e71c8eb88f4b30baa2ba243"),
    output: &hex::<42>(
        "085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2c22e422478d305f3f896",
    ),
}];

pub const TESTS: &[Test] = &[
    Test::new("HKDF, SHA-256: RFC 5869", |_| hkdf(Hash::Sha256, SHA256)).needs(&["HKDF"]),
    Test::new("HKDF, SHA-1: RFC 5869", |_| hkdf(Hash::Sha1, SHA1)).needs(&["HKDF", "SHA-1"]),
    Test::new("HKDF in two halves, SHA-256: RFC 5869", |_| halves(Hash::Sha256, SHA256))
        .needs(&["HKDF in two halves"]),
    Test::new("HKDF in two halves, SHA-1: RFC 5869", |_| halves(Hash::Sha1, SHA1))
        .needs(&["HKDF in two halves", "SHA-1"]),
    Test::new("TLS 1.2 PRF, SHA-256: RFC 5246, section 5", |_| {
        tls12_prf(
            Hash::Sha256,
            &hex::<16>("9bbe436ba940f017b17652849a71db35"),
            &hex::<16>("a0ba9f936cda311827a6f796ffd5198c"),
            &hex::<100>("e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66"),
        )
    })
    .needs(&["TLS 1.2 derivations"]),
    Test::new("TLS 1.2 PRF, SHA-384: RFC 5246, section 5", |_| {
        tls12_prf(
            Hash::Sha384,
            &hex::<16>("b80b733d6ceefcdc71566ea48e5567df"),
            &hex::<16>("cd665cf6a8447dd6ff8b27555edb7465"),
            &hex::<148>("7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f"),
        )
    })
    .needs(&["TLS 1.2 derivations", "SHA-384"]),
    Test::new("TLS 1.2 master secret of a shared key: RFC 4279, section 2", |_| tls12_psk_to_ms())
        .needs(&["TLS 1.2 derivations"]),
    Test::new("PBKDF2, HMAC with SHA-256: RFC 7914, section 11", |_| {
        pbkdf2(
            Hash::Sha256,
            1,
            b"passwd",
            &hex::<64>("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"),
        )
    })
    .needs(&["PBKDF2"]),
    Test::new("PBKDF2, HMAC with SHA-1: RFC 6070", |_| {
        pbkdf2(Hash::Sha1, 2, b"password", &hex::<20>("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"))?;
        pbkdf2(Hash::Sha1, 4096, b"password", &hex::<20>("4b007901b765489abead49d926f721d065a429c1"))
    })
    .needs(&["PBKDF2", "SHA-1"]),
];

fn gives(mut output: KeyDerivationOutput, expected: &[u8]) -> Result<()> {
    let mut buffer = [0; 160];
    let (first, rest) = expected.split_at(expected.len() / 3);
    same(
        &*output.output_bytes_into(&mut buffer[..first.len()])?,
        first,
    )?;
    same(&*output.output_bytes_into(&mut buffer[..rest.len()])?, rest)
}

fn hkdf(hash: Hash, cases: &[Case]) -> Result<()> {
    for case in cases {
        let Case {
            secret, salt, info, ..
        } = *case;
        gives(Hkdf { hash, salt, info }.derive(secret)?, case.output)?;
        let limit = 255 * hash.len();
        let mut output = Hkdf { hash, salt, info }.derive(secret)?;
        same(&output.capacity()?, &limit)?;
        refused(output.set_capacity(limit + 1), &[Error::InvalidArgument])?;
        output.set_capacity(7)?;
        refused(
            output.output_bytes_into(&mut [0; 8]),
            &[Error::InsufficientData],
        )?;
    }
    Ok(())
}

fn halves(hash: Hash, cases: &[Case]) -> Result<()> {
    for case in cases {
        let Case {
            secret, salt, info, ..
        } = *case;
        gives(HkdfExtract { hash, salt }.derive(secret)?, case.key)?;
        gives(HkdfExpand { hash, info }.derive(case.key)?, case.output)?;
    }
    Ok(())
}

/// The inputs are those of the known answers that were posted to the working group of TLS.
fn tls12_prf(hash: Hash, secret: &[u8], seed: &[u8], output: &[u8]) -> Result<()> {
    let label = b"test label";
    gives(Tls12Prf { hash, label, seed }.derive(secret)?, output)
}

fn tls12_psk_to_ms() -> Result<()> {
    let seed = &counting::<64>(0);
    let (hash, label) = (Hash::Sha256, b"master secret");
    gives(
        Tls12PskToMs { hash, label, seed }.derive(&counting::<16>(0))?,
        &hex::<48>(
            "deb5ea0aabb5a89d2dbe02561ada3ced3ff6626813425bddaed85718423f4edd0b9ea64c8942ddd47e38d4f3c4ca710c",
        ),
    )
}

fn pbkdf2(hash: Hash, iterations: u64, password: &[u8], output: &[u8]) -> Result<()> {
    let salt = b"salt";
    gives(
        Pbkdf2Hmac {
            hash,
            iterations,
            salt,
        }
        .derive(password)?,
        output,
    )
}
