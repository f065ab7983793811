//! What crosses into the secure side, function by function, against the table of facts.
#![cfg(feature = "tfm")]

#[path = "marshalling/fixture.rs"]
mod fixture;

use fixture::*;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use tfm_sys::recorder::{Answer, Call, Recorder, with};
use tfm_sys::*;

const FUNCTIONS: &str = include_str!("../data/functions.tsv");
const LAYOUT: &str = include_str!("../data/layout.tsv");

/// A line of the table of functions.
struct Row {
    name: &'static str,
    id: u16,
    fields: Vec<&'static str>,
    inputs: Vec<&'static str>,
    outputs: Vec<&'static str>,
}

impl Row {
    /// Whether optional vectors are left out: both ways, where there are any.
    fn variants(&self) -> &'static [bool] {
        let mut vectors = self.inputs.iter().chain(&self.outputs);
        if vectors.any(|vector| vector.starts_with('[')) {
            &[false, true]
        } else {
            &[false]
        }
    }
}

fn number(text: &str) -> u64 {
    let parsed = match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16),
        None => text.parse(),
    };
    parsed.unwrap_or_else(|_| panic!("no number: {text}"))
}

fn rows() -> Vec<Row> {
    let lines = FUNCTIONS.lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<Row> = lines
        .map(|line| {
            let [name, id, fields, inputs, outputs] = line
                .split('\t')
                .collect::<Vec<_>>()
                .try_into()
                .expect("five columns");
            let words = |text: &'static str| text.split_whitespace().collect();
            let id = number(id).try_into().unwrap();
            Row {
                name,
                id,
                fields: words(fields),
                inputs: words(inputs),
                outputs: words(outputs),
            }
        })
        .collect();
    assert_eq!(rows.len(), 65);
    rows
}

/// Read once: Miri takes its time.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(rows);
static FIELDS: LazyLock<BTreeMap<&'static str, (usize, usize)>> = LazyLock::new(layout);

/// Where the fields of pack and attributes are: offset and size.
fn layout() -> BTreeMap<&'static str, (usize, usize)> {
    let column = |kind: &'static str| {
        let lines = LAYOUT
            .lines()
            .filter_map(move |line| line.strip_prefix(kind)?.strip_prefix('\t'));
        lines.map(|line| {
            let mut words = line.split('\t');
            let (name, value) = (words.next().unwrap(), words.next().unwrap());
            (name, usize::try_from(number(value)).unwrap())
        })
    };
    let widths: BTreeMap<_, _> = column("width").collect();
    let fields =
        column("offset").filter_map(|(name, offset)| Some((name, (offset, *widths.get(name)?))));
    fields.collect()
}

fn little_endian(name: &str) -> Vec<u8> {
    match name {
        "key_id" => KEY.to_le_bytes().to_vec(),
        "alg" => ALG.to_le_bytes().to_vec(),
        "op_handle" => HANDLE.to_le_bytes().to_vec(),
        "ad_length" => AD_LENGTH.to_le_bytes().to_vec(),
        "plaintext_length" => PLAINTEXT_LENGTH.to_le_bytes().to_vec(),
        "nonce" => NONCE.to_vec(),
        "nonce_length" => u32::try_from(NONCE.len()).unwrap().to_le_bytes().to_vec(),
        "step" => STEP.to_le_bytes().to_vec(),
        "capacity" => CAPACITY.to_le_bytes().to_vec(),
        "value" => VALUE.to_le_bytes().to_vec(),
        _ => panic!("no value of {name}"),
    }
}

fn expected_pack(row: &Row) -> Vec<u8> {
    let mut pack = vec![0; 56];
    let mut put = |name: &str, bytes: &[u8]| {
        let (offset, size) = FIELDS[name];
        assert!(bytes.len() <= size, "{name}");
        pack[offset..offset + bytes.len()].copy_from_slice(bytes);
    };
    put("function_id", &row.id.to_le_bytes());
    for field in &row.fields {
        put(field, &little_endian(field));
    }
    pack
}

/// The name of a vector, whether it is there, and its length where the table says it.
fn vector<'a>(text: &'a str, fixture: &Fixture) -> Option<(&'a str, Option<usize>)> {
    let optional = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if optional.is_some() && fixture.without_optional {
        return None;
    }
    let text = optional.unwrap_or(text);
    Some(match text.split_once(':') {
        Some((name, length)) => (name, Some(length.parse().unwrap())),
        None => (text, None),
    })
}

fn expected_call(row: &Row, fixture: &Fixture, attributes: &[u8]) -> Call {
    let mut inputs = vec![expected_pack(row)];
    for text in &row.inputs {
        let Some((name, length)) = vector(text, fixture) else {
            continue;
        };
        let bytes = match name {
            "attributes" => attributes.to_vec(),
            "target" => vec![0; 4],
            _ => {
                let given = fixture.inputs.iter().find(|(given, _)| *given == name);
                given
                    .unwrap_or_else(|| panic!("{}: no input {name}", row.name))
                    .1
                    .clone()
            }
        };
        assert!(
            length.is_none_or(|length| length == bytes.len()),
            "{}: {name}",
            row.name
        );
        inputs.push(bytes);
    }
    let mut output_sizes = Vec::new();
    for text in &row.outputs {
        let Some((name, length)) = vector(text, fixture) else {
            continue;
        };
        output_sizes.push(length.unwrap_or_else(|| {
            let given = fixture.outputs.iter().find(|output| output.name == name);
            given
                .unwrap_or_else(|| panic!("{}: no output {name}", row.name))
                .bytes
                .len()
        }));
    }
    let count = |vectors: usize| u32::try_from(vectors).unwrap();
    let counts = count(inputs.len()) << 24 | count(output_sizes.len()) << 16;
    Call {
        handle: 0x4000_0100,
        control_word: counts,
        inputs,
        output_sizes,
    }
}

fn attributes_bytes(fixture: &Fixture) -> Vec<u8> {
    // SAFETY: attributes are 24 bytes without padding.
    unsafe { fixture.attributes.as_ptr().cast::<[u8; 24]>().read() }.to_vec()
}

#[test]
fn every_function_crosses_with_the_pack_and_vectors_of_the_table() {
    for row in ROWS.iter() {
        for without_optional in row.variants() {
            let recorder = Arc::new(Recorder::new());
            let mut fixture = Fixture::new(*without_optional);
            let attributes = attributes_bytes(&fixture);
            let status = with(recorder.clone(), || fixture.call(row.name));
            assert_eq!(status, PSA_SUCCESS, "{}", row.name);
            let expected = expected_call(row, &fixture, &attributes);
            assert_eq!(recorder.calls(), [expected], "{}", row.name);
        }
    }
}

#[test]
fn outputs_and_their_lengths_arrive_where_the_caller_wants_them() {
    for row in ROWS.iter() {
        for without_optional in row.variants() {
            let recorder = Arc::new(Recorder::new());
            let mut fixture = Fixture::new(*without_optional);
            // Three bytes for buffers, whole words for handles, identifiers and attributes.
            let mut answer = Answer::new(PSA_SUCCESS);
            for text in &row.outputs {
                if let Some((_, length)) = vector(text, &fixture) {
                    answer = answer.output(&vec![3; length.unwrap_or(3)]);
                }
            }
            recorder.answer(answer);
            with(recorder, || fixture.call(row.name));
            for text in &row.outputs {
                let Some((name, _)) = vector(text, &fixture) else {
                    continue;
                };
                match name {
                    "op" => assert_eq!(fixture.handle, [0x0303_0303], "{}", row.name),
                    "target" => assert_eq!(fixture.target, [0x0303_0303], "{}", row.name),
                    "id" => assert_eq!(fixture.id, [0x0303_0303], "{}", row.name),
                    "attributes" => assert_eq!(attributes_bytes(&fixture), [3; 24]),
                    "capacity" => assert_eq!(fixture.capacity, [0x0303_0303], "{}", row.name),
                    _ => {
                        let output = fixture
                            .outputs
                            .iter()
                            .find(|output| output.name == name)
                            .unwrap();
                        assert_eq!(output.bytes[..4], [3, 3, 3, UNTOUCHED], "{}", row.name);
                        let no_length =
                            ["generate_random", "key_derivation_output_bytes"].contains(&row.name);
                        let expected = if no_length { NO_LENGTH } else { 3 };
                        assert_eq!(output.length, [expected], "{}: {name}", row.name);
                    }
                }
            }
        }
    }
}

#[test]
fn a_failure_comes_back_as_it_is_and_reports_no_length_and_no_key() {
    for row in ROWS.iter() {
        let recorder = Arc::new(Recorder::new());
        let mut fixture = Fixture::new(false);
        recorder.answer(Answer::new(PSA_ERROR_NOT_PERMITTED).lengths(7));
        let status = with(recorder, || fixture.call(row.name));
        assert_eq!(status, PSA_ERROR_NOT_PERMITTED, "{}", row.name);
        for output in &fixture.outputs {
            let no_length = ["generate_random", "key_derivation_output_bytes"].contains(&row.name);
            let expected = if no_length { NO_LENGTH } else { 0 };
            assert_eq!(output.length, [expected], "{}: {}", row.name, output.name);
        }
        if row.outputs.contains(&"id:4") {
            assert_eq!(fixture.id, [PSA_KEY_ID_NULL], "{}", row.name);
        }
        if row.outputs.contains(&"capacity:4") {
            assert_eq!(fixture.capacity, [0], "{}", row.name);
        }
        if row.name == "get_key_attributes" {
            assert_eq!(attributes_bytes(&fixture), [0; 24], "those of no key");
        }
        assert_eq!(fixture.handle, [HANDLE], "{}", row.name);
    }
}

#[test]
fn numbers_of_the_interface_are_those_of_the_table() {
    let size = |bytes: usize| i64::try_from(bytes).unwrap();
    let mut seen = 0;
    for line in LAYOUT.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split('\t').collect();
        let value = i64::try_from(number(words[2])).unwrap();
        let ours: i64 = match (words[0], words[1]) {
            ("handle", "crypto") => handle::CRYPTO.into(),
            ("handle", "protected_storage") => handle::PROTECTED_STORAGE.into(),
            ("handle", "internal_trusted_storage") => handle::INTERNAL_TRUSTED_STORAGE.into(),
            ("handle", "attestation") => handle::ATTESTATION.into(),
            ("handle", "firmware_update") => handle::FIRMWARE_UPDATE.into(),
            ("handle", "platform") => handle::PLATFORM.into(),
            ("sid", "crypto") => sid::CRYPTO.into(),
            ("sid", "protected_storage") => sid::PROTECTED_STORAGE.into(),
            ("sid", "internal_trusted_storage") => sid::INTERNAL_TRUSTED_STORAGE.into(),
            ("sid", "attestation") => sid::ATTESTATION.into(),
            ("sid", "firmware_update") => sid::FIRMWARE_UPDATE.into(),
            ("sid", "platform") => sid::PLATFORM.into(),
            ("type", "its_set" | "ps_set") => call_type::STORAGE_SET.into(),
            ("type", "its_get" | "ps_get") => call_type::STORAGE_GET.into(),
            ("type", "its_get_info" | "ps_get_info") => call_type::STORAGE_GET_INFO.into(),
            ("type", "its_remove" | "ps_remove") => call_type::STORAGE_REMOVE.into(),
            ("type", "ps_get_support") => call_type::STORAGE_GET_SUPPORT.into(),
            ("type", "attest_get_token") => call_type::ATTEST_GET_TOKEN.into(),
            ("type", "attest_get_token_size") => call_type::ATTEST_GET_TOKEN_SIZE.into(),
            ("type", "platform_nv_read") => call_type::PLATFORM_NV_READ.into(),
            ("type", "platform_nv_increment") => call_type::PLATFORM_NV_INCREMENT.into(),
            ("type", "platform_system_reset") => call_type::PLATFORM_SYSTEM_RESET.into(),
            ("type", "platform_ioctl") => call_type::PLATFORM_IOCTL.into(),
            ("size", "attributes") => size(size_of::<psa_key_attributes_t>()),
            ("align", "attributes") => size(align_of::<psa_key_attributes_t>()),
            ("size", name) if name.ends_with("_operation") => {
                size(size_of::<psa_aead_operation_t>())
            }
            ("limit", "vectors") => size(PSA_MAX_IOVEC),
            // The pack, the attributes' fields and the control word: see the calls above. Vectors are larger on a host.
            ("size" | "align" | "offset" | "width" | "control", _) | ("limit", "nonce") => continue,
            (kind, name) => panic!("{kind} {name}"),
        };
        assert_eq!(ours, value, "{line}");
        seen += 1;
    }
    assert_eq!(seen, 35);
}

#[test]
fn attributes_lie_where_the_table_says() {
    let fixture = Fixture::new(false);
    let bytes = attributes_bytes(&fixture);
    let field = |name: &str| {
        let (offset, size) = FIELDS[name];
        let mut word = [0; 4];
        word[..size].copy_from_slice(&bytes[offset..offset + size]);
        u32::from_le_bytes(word)
    };
    assert_eq!(field("type"), 0x7112);
    assert_eq!(field("bits"), 256);
    assert_eq!(field("lifetime"), 1);
    assert_eq!(field("usage"), 0x1400);
    assert_eq!(field("policy_alg"), ALG);
    assert_eq!(field("policy_alg2"), 0x0902_0000);
    assert_eq!(field("id"), 0x1234);
}
