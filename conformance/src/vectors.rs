//! Keys, signatures and files that others have made; `data/README.md` says who and how.

use psa::{Curve, Hash, KeyType};

/// The bytes that a text of hexadecimal digits stands for, of either case.
///
/// # Panics
/// When it is no such text, or of another length; for a constant that is an error of the compiler.
///
/// ```
/// const BYTES: [u8; 2] = psa_conformance::hex("3eFf");
/// assert_eq!(BYTES, [0x3e, 0xff]);
/// ```
pub const fn hex<const N: usize>(text: &str) -> [u8; N] {
    const fn digit(character: u8) -> u8 {
        match character {
            b'0'..=b'9' => character - b'0',
            b'A'..=b'F' => character - b'A' + 10,
            b'a'..=b'f' => character - b'a' + 10,
            _ => panic!("no hexadecimal digit"),
        }
    }
    let text = text.as_bytes();
    assert!(text.len() == 2 * N);
    let mut bytes = [0; N];
    let mut index = 0;
    while index < N {
        bytes[index] = digit(text[2 * index]) << 4 | digit(text[2 * index + 1]);
        index += 1;
    }
    bytes
}

/// A secret key of this type: of AES 128 bits, which every provider has.
pub fn bytes_of(key_type: KeyType) -> &'static [u8] {
    match key_type {
        KeyType::Aes => &[7; 16],
        _ => &[7; 32],
    }
}

/// What is signed in RFC 6979, appendix A.2.
pub const MESSAGE: &[u8] = b"sample";

/// A curve with the key of RFC 6979, appendix A.2, and that key in the files that openssl writes.
pub struct EcdsaCurve {
    pub curve: Curve,
    pub hash: Hash,
    pub private: &'static [u8],
    pub public: &'static [u8],
    /// The deterministic signature of [`MESSAGE`].
    pub signature: &'static [u8],
    pub sec1: &'static str,
    pub pkcs8: &'static str,
    pub public_pem: &'static str,
    /// Issued for this key, by itself.
    pub certificate: &'static str,
}

macro_rules! file {
    ($folder:literal, $name:literal) => {
        include_str!(concat!("../data/", $folder, "/", $name))
    };
}

macro_rules! ecdsa_curve {
    ($name:ident, $folder:literal, $hash:ident, $private:literal, $public:literal, $r:literal, $s:literal) => {
        pub const $name: EcdsaCurve = EcdsaCurve {
            curve: Curve::$name,
            hash: Hash::$hash,
            private: &hex::<{ $private.len() / 2 }>($private),
            public: &hex::<{ $public.len() / 2 }>($public),
            signature: &hex::<{ $private.len() }>(concat!($r, $s)),
            sec1: file!($folder, "sec1.pem"),
            pkcs8: file!($folder, "pkcs8.pem"),
            public_pem: file!($folder, "public.pem"),
            certificate: file!($folder, "certificate.pem"),
        };
    };
}

ecdsa_curve!(
    P224,
    "p224",
    Sha224,
    "F220266E1105BFE3083E03EC7A3A654651F45E37167E88600BF257C1",
    "0400CF08DA5AD719E42707FA431292DEA11244D64FC51610D94B130D6CEEAB6F3DEBE455E3DBF85416F7030CBD94F34F2D6F232C69F3C1385A",
    "1CDFE6662DDE1E4A1EC4CDEDF6A1F5A2FB7FBD9145C12113E6ABFD3E",
    "A6694FD7718A21053F225D3F46197CA699D45006C06F871808F43EBC"
);
ecdsa_curve!(
    P256,
    "p256",
    Sha256,
    "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
    "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB67903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
    "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
    "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
);
ecdsa_curve!(
    P384,
    "p384",
    Sha384,
    "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
    "04EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64DEF8F0EA9055866064A254515480BC138015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1288B231C3AE0D4FE7344FD2533264720",
    "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46",
    "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8"
);
ecdsa_curve!(
    P521,
    "p521",
    Sha512,
    "00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538",
    "0401894550D0785932E00EAA23B694F213F8C3121F86DC97A04E5A7167DB4E5BCD371123D46E45DB6B5D5370A7F20FB633155D38FFA16D2BD761DCAC474B9A2F5023A400493101C962CD4D2FDDF782285E64584139C2F91B47F87FF82354D6630F746A28A0DB25741B5B34A828008B22ACC23F924FAAFBD4D33F81EA66956DFEAA2BFDFCF5",
    "00C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA",
    "00617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A"
);

/// Every test of a list on every curve, each under the curve's name and with its needs: the curve, and its hash unless the
/// list begins with `without hash;`.
macro_rules! on_each_curve {
    (without hash; $($name:literal: $function:path $(, $need:literal)*;)*) => {
        pub const TESTS: &[&[$crate::Test]] = &[
            $crate::vectors::on_each_curve!(@one "P-256", P256; $($name: $function $(, $need)*;)*),
            $crate::vectors::on_each_curve!(@one "P-384", P384; $($name: $function $(, $need)*;)*),
            $crate::vectors::on_each_curve!(@one "P-521", P521; $($name: $function $(, $need)*;)*),
            $crate::vectors::on_each_curve!(@one "P-224", P224; $($name: $function $(, $need)*;)*),
        ];
    };
    (@one $curve:literal, $vectors:ident; $($name:literal: $function:path $(, $need:literal)*;)*) => {
        &[$($crate::vectors::on_each_curve!(
            @test $curve, $vectors, $name, $function, [$curve $(, $need)*]
        )),*]
    };
    (@hashing $curve:literal, $vectors:ident, $hash:literal; $($name:literal: $function:path $(, $need:literal)*;)*) => {
        &[$($crate::vectors::on_each_curve!(
            @test $curve, $vectors, $name, $function, [$curve, $hash $(, $need)*]
        )),*]
    };
    (@test $curve:literal, $vectors:ident, $name:literal, $function:path, [$($need:literal),*]) => {
        $crate::Test::new(concat!($curve, ": ", $name), |ctx| $function(ctx, &$crate::vectors::$vectors))
            .needs(&[$($need),*])
    };
    ($($name:literal: $function:path $(, $need:literal)*;)*) => {
        pub const TESTS: &[&[$crate::Test]] = &[
            $crate::vectors::on_each_curve!(@hashing "P-256", P256, "SHA-256"; $($name: $function $(, $need)*;)*),
            $crate::vectors::on_each_curve!(@hashing "P-384", P384, "SHA-384"; $($name: $function $(, $need)*;)*),
            $crate::vectors::on_each_curve!(@hashing "P-521", P521, "SHA-512"; $($name: $function $(, $need)*;)*),
            $crate::vectors::on_each_curve!(@hashing "P-224", P224, "SHA-224"; $($name: $function $(, $need)*;)*),
        ];
    };
}
pub(crate) use on_each_curve;

/// An RSA key of 2048 bits.
pub mod rsa {
    pub const BITS: usize = 2048;
    pub const PKCS1: &str = file!("rsa", "pkcs1.pem");
    pub const PKCS8: &str = file!("rsa", "pkcs8.pem");
    pub const PUBLIC_PEM: &str = file!("rsa", "public.pem");
    /// PKCS#1 v1.5 with SHA-256 of [`super::MESSAGE`].
    pub const SIGNATURE: &[u8] = include_bytes!("../data/rsa/sample.sha256.pkcs1v15.sig");
}

/// The key of [`P256`] under a password.
pub const P256_ENCRYPTED: &str = file!("p256", "encrypted.pem");
