//! What the JSON of Wycheproof holds, for each schema that is used here.
use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Map, Value};

/// What a file holds: which parameters its groups have, and which fields its vectors.
#[derive(Clone, Copy)]
pub enum Kind {
    Ecdsa,
    /// Private keys are numbers there; here they have this many bytes.
    Ecdh {
        scalar: usize,
    },
    Xdh,
    Aead,
    Mac,
    Hkdf,
    Pbkdf2,
    Cipher,
    RsaVerify,
    RsaOaep,
    RsaDecrypt,
}

/// What must come of a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    Valid,
    Acceptable,
    Invalid,
}

/// One vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vector {
    pub id: u32,
    pub expected: Expected,
    pub flags: Vec<String>,
    /// Lengths of which each has its own vectors even on a device.
    pub class: Vec<usize>,
    pub fields: Vec<Vec<u8>>,
}

/// Vectors with the same parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub parameters: Vec<Vec<u8>>,
    pub vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    number_of_tests: usize,
    test_groups: Vec<JsonGroup>,
}

#[derive(Deserialize)]
struct JsonGroup {
    tests: Vec<JsonTest>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsonTest {
    tc_id: u32,
    result: Expected,
    flags: Vec<String>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Kind {
    /// The vectors of a file, in its order.
    pub fn read(self, json: &[u8]) -> Result<Vec<Group>> {
        let file: File = serde_json::from_slice(json)?;
        let mut groups: Vec<Group> = Vec::new();
        for group in file.test_groups {
            let parameters = self.parameters(&group.rest)?;
            let vectors: Vec<_> = group
                .tests
                .into_iter()
                .map(|test| self.vector(test))
                .collect::<Result<_>>()?;
            match groups.last_mut() {
                Some(last) if last.parameters == parameters => last.vectors.extend(vectors),
                _ => groups.push(Group {
                    parameters,
                    vectors,
                }),
            }
        }
        let count: usize = groups.iter().map(|group| group.vectors.len()).sum();
        ensure!(
            count == file.number_of_tests,
            "{count} vectors instead of {}",
            file.number_of_tests
        );
        Ok(groups)
    }

    fn parameters(self, group: &Map<String, Value>) -> Result<Vec<Vec<u8>>> {
        Ok(match self {
            Self::Ecdsa => vec![bytes(&group["publicKey"]["uncompressed"])?],
            Self::RsaVerify => vec![bytes(&group["publicKeyAsn"])?],
            Self::RsaOaep | Self::RsaDecrypt => vec![pkcs1(&bytes(&group["privateKeyPkcs8"])?)?],
            Self::Aead | Self::Mac => {
                let bits = group["tagSize"].as_u64().context("no size of the tag")?;
                ensure!(bits % 8 == 0, "a tag of {bits} bits");
                vec![number(bits / 8)]
            }
            Self::Ecdh { .. } | Self::Xdh | Self::Hkdf | Self::Pbkdf2 | Self::Cipher => Vec::new(),
        })
    }

    const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Ecdsa | Self::RsaVerify => &["msg", "sig"],
            Self::Ecdh { .. } | Self::Xdh => &["public", "private", "shared"],
            Self::Aead => &["key", "iv", "aad", "msg", "ct", "tag"],
            Self::Mac => &["key", "msg", "tag"],
            Self::Hkdf => &["ikm", "salt", "info", "size", "okm"],
            Self::Pbkdf2 => &["password", "salt", "iterationCount", "dkLen", "dk"],
            Self::Cipher => &["key", "iv", "msg", "ct"],
            Self::RsaOaep => &["msg", "ct", "label"],
            Self::RsaDecrypt => &["msg", "ct"],
        }
    }

    fn vector(self, test: JsonTest) -> Result<Vector> {
        let mut fields = Vec::new();
        for name in self.fields() {
            let value = test
                .rest
                .get(*name)
                .with_context(|| format!("no `{name}` in {}", test.tc_id))?;
            let value = match value.as_u64() {
                Some(value) => number(value),
                None => bytes(value)?,
            };
            fields.push(match (self, *name) {
                (Self::Ecdh { scalar }, "private") => of_length(&value, scalar)?,
                _ => value,
            });
        }
        let class = match self {
            // Key, nonce and tag.
            Self::Aead => [0, 1, 5].map(|field: usize| fields[field].len()).to_vec(),
            Self::Mac => [0, 2].map(|field: usize| fields[field].len()).to_vec(),
            Self::Cipher => vec![fields[0].len()],
            _ => Vec::new(),
        };
        Ok(Vector {
            id: test.tc_id,
            expected: test.result,
            flags: test.flags,
            class,
            fields,
        })
    }
}

/// A number without leading zeros, the most significant byte first.
fn number(value: u64) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    bytes.into_iter().skip_while(|byte| *byte == 0).collect()
}

fn of_length(number: &[u8], length: usize) -> Result<Vec<u8>> {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let digits = &number[zeros..];
    ensure!(digits.len() <= length, "a number of {} bytes", digits.len());
    Ok([&vec![0; length - digits.len()], digits].concat())
}

fn bytes(value: &Value) -> Result<Vec<u8>> {
    let text = value.as_str().context("no text where one is expected")?;
    ensure!(text.is_ascii() && text.len() % 2 == 0, "no bytes: {text}");
    (0..text.len())
        .step_by(2)
        .map(|at| Ok(u8::from_str_radix(&text[at..at + 2], 16)?))
        .collect()
}

/// The private key in PKCS#8, as PSA has it: PKCS#1.
fn pkcs1(pkcs8: &[u8]) -> Result<Vec<u8>> {
    match pkcs8::PrivateKeyInfoRef::try_from(pkcs8) {
        Ok(key) => Ok(key.private_key.as_bytes().to_vec()),
        Err(error) => bail!("no PKCS#8: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAC: &str = r#"{"numberOfTests": 2, "testGroups": [{"tagSize": 128, "keySize": 8, "tests": [
        {"tcId": 7, "comment": "", "flags": ["Ktv"], "key": "0a", "msg": "", "tag": "0b0C", "result": "valid"},
        {"tcId": 8, "comment": "", "flags": [], "key": "", "msg": "00", "tag": "", "result": "invalid"}]}]}"#;

    #[test]
    fn a_file_becomes_its_groups() {
        let groups = Kind::Mac.read(MAC.as_bytes()).unwrap();
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].parameters, [[16]]);
        let [first, second] = groups[0].vectors.as_slice() else {
            panic!("two vectors");
        };
        assert_eq!((first.id, first.expected), (7, Expected::Valid));
        assert_eq!(first.flags, ["Ktv"]);
        assert_eq!(first.fields, [&[0x0a][..], &[], &[0x0b, 0x0c]]);
        assert_eq!((second.id, second.expected), (8, Expected::Invalid));
    }

    #[test]
    fn a_missing_vector_or_field_is_an_error() {
        for (from, to) in [("Tests\": 2", "Tests\": 3"), ("\"msg\"", "\"message\"")] {
            assert!(Kind::Mac.read(MAC.replace(from, to).as_bytes()).is_err());
        }
    }

    #[test]
    fn numbers_have_the_length_that_is_asked_for() {
        assert!(number(0).is_empty());
        assert_eq!(number(0x0102), [1, 2]);
        assert_eq!(of_length(&[0, 0, 5], 2).unwrap(), [0, 5]);
        assert!(of_length(&[1, 0, 5], 2).is_err());
    }
}
