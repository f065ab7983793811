//! Calls of the stand-in secure side, with whatever a caller may say.

use stand_in::{CRYPTO, Call, Length, PROGRAMMER_ERROR, RESET, SERVICES, begin, call, control};

/// Calls of one sequence.
const CALLS: usize = 24;
/// What stands in an output before the call.
const UNTOUCHED: u8 = 0xa5;
/// Bytes of the descriptor of crypto's calls on this host.
const PACK: usize = 64;
/// Where the parts of the descriptor stand.
const KEY: usize = 0;
const FUNCTION: usize = 52;
/// Where the ids of keys that the secure side gives to volatile keys begin, and how many of them are tried.
const VOLATILE: u32 = 0x7fff_0000;

/// The input, as numbers and bytes; at its end come zeros.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, len: usize) -> &'a [u8] {
        let (first, rest) = self.0.split_at(len.min(self.0.len()));
        self.0 = rest;
        first
    }

    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    fn number<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }
}

/// Keys and operations that earlier calls of the sequence were given.
#[derive(Default)]
struct Given {
    keys: Vec<u32>,
    operations: Vec<u32>,
}

/// A sequence of calls: each has an answer, nobody else's memory is touched, and no output is longer than its room.
pub fn psa_call(data: &[u8]) {
    begin();
    let mut bytes = Bytes(data);
    let mut given = Given::default();
    for _ in 0..CALLS {
        if bytes.0.is_empty() {
            break;
        }
        one(&mut bytes, &mut given);
    }
}

fn one(bytes: &mut Bytes<'_>, given: &mut Given) {
    let service = bytes.byte();
    let handle = match service % 16 {
        0..=8 => CRYPTO,
        9..=14 => SERVICES[usize::from(service) % SERVICES.len()],
        _ => i32::from_le_bytes(bytes.number()),
    };
    let kind = match (handle, service & 0x80) {
        (CRYPTO, 0) => 0,
        _ => u16::from_le_bytes(bytes.number()),
    };
    let shape = bytes.byte();
    let (count_in, count_out) = (shape & 7, shape >> 3 & 7);
    let lies = shape >> 6 == 3;

    let mut pack = [0; PACK];
    let packed = handle == CRYPTO && count_in > 0 && service & 0x40 == 0;
    let mut inputs: Vec<(&[u8], Length)> = Vec::new();
    if packed {
        pack = descriptor(bytes, given);
        inputs.push((&pack, Length::True));
    }
    while inputs.len() < usize::from(count_in) {
        let len = length(bytes);
        // Each in an allocation of its own, so that reading beyond it is seen.
        inputs.push((bytes.take(len), said(bytes, lies)));
    }
    let copies: Vec<Box<[u8]>> = inputs.iter().map(|(input, _)| (*input).into()).collect();
    let lengths = inputs.iter().map(|(_, length)| *length);
    let inputs: Vec<_> = copies.iter().map(AsRef::as_ref).zip(lengths).collect();
    let mut outputs: Vec<(Vec<u8>, Length)> = (0..count_out)
        .map(|_| (vec![UNTOUCHED; length(bytes)], said(bytes, lies)))
        .collect();

    let (status, written) = call(&mut Call {
        handle,
        control: control(kind, count_in, count_out),
        inputs: &inputs,
        outputs: &mut outputs,
    });
    let lied = inputs
        .iter()
        .any(|(input, length)| length.of(input.len()) > input.len())
        || outputs
            .iter()
            .any(|(output, length)| length.of(output.len()) > output.len());
    let too_many = count_in + count_out > 4;
    if too_many || lied {
        assert_eq!(
            status, PROGRAMMER_ERROR,
            "{count_in} and {count_out} vectors"
        );
        assert!(outputs.iter().all(|(output, _)| untouched(output)));
        return;
    }
    assert!(
        status == RESET || (-255..=0).contains(&status) || status > 0,
        "{status}"
    );
    for ((output, _), written) in outputs.iter().zip(&written) {
        assert!(*written <= output.len(), "more than there is room for");
        assert!(untouched(&output[*written..]) || status == RESET);
    }
    if packed && status == 0 {
        note(given, &pack, &outputs);
    }
}

fn untouched(output: &[u8]) -> bool {
    output.iter().all(|byte| *byte == UNTOUCHED)
}

/// Mostly the sizes that occur, sometimes any.
fn length(bytes: &mut Bytes<'_>) -> usize {
    const USUAL: [usize; 16] = [
        0, 1, 4, 8, 12, 13, 16, 24, 28, 32, 48, 64, 65, 128, 133, 256,
    ];
    match bytes.byte() {
        chosen @ 0..64 => USUAL[usize::from(chosen) % USUAL.len()],
        chosen @ 64..224 => usize::from(chosen - 64),
        _ => usize::from(u16::from_le_bytes(bytes.number())) % 6000,
    }
}

fn said(bytes: &mut Bytes<'_>, lies: bool) -> Length {
    match if lies { bytes.byte() % 4 } else { 0 } {
        1 => Length::More(usize::from(bytes.byte()) + 1),
        2 => Length::More(usize::MAX),
        3 => Length::More(usize::MAX / 2),
        _ => Length::True,
    }
}

/// Crypto's descriptor: the parts that decide what is done come from few bytes, the others as they stand.
fn descriptor(bytes: &mut Bytes<'_>, given: &Given) -> [u8; PACK] {
    let mut pack = [0; PACK];
    let key = match bytes.byte() {
        chosen @ 0..128 => pick(&given.keys, chosen).unwrap_or(VOLATILE),
        chosen @ 128..192 => u32::from(chosen - 128),
        _ => u32::from_le_bytes(bytes.number()),
    };
    pack[KEY..4].copy_from_slice(&key.to_le_bytes());
    pack[4..8].copy_from_slice(&bytes.number::<4>());
    let operation = match bytes.byte() {
        chosen @ 0..128 => pick(&given.operations, chosen).unwrap_or(0),
        chosen => u32::from(chosen - 128),
    };
    pack[8..12].copy_from_slice(&operation.to_le_bytes());
    let function = u16::from_le_bytes(bytes.number());
    pack[FUNCTION..FUNCTION + 2].copy_from_slice(&function.to_le_bytes());
    pack[FUNCTION + 2..FUNCTION + 4].copy_from_slice(&bytes.number::<2>());
    match bytes.byte() % 4 {
        0 => {}
        // Lengths of what is encrypted, a nonce, and a number.
        1 => {
            let [additional, plaintext, nonce, number] = bytes.number();
            pack[16] = additional;
            pack[24] = plaintext;
            let nonce_bytes = bytes.take(16);
            pack[32..32 + nonce_bytes.len()].copy_from_slice(nonce_bytes);
            pack[48] = nonce;
            pack[56] = number;
        }
        _ => {
            let rest = bytes.take(36);
            pack[16..16 + rest.len()].copy_from_slice(rest);
            let number = bytes.take(8);
            pack[56..56 + number.len()].copy_from_slice(number);
        }
    }
    pack
}

fn pick(known: &[u32], chosen: u8) -> Option<u32> {
    known.get(usize::from(chosen) % known.len().max(1)).copied()
}

/// Remembers what a call that succeeded has made: every one of four bytes could be a key or an operation.
fn note(given: &mut Given, pack: &[u8; PACK], outputs: &[(Vec<u8>, Length)]) {
    const KEYS: u8 = 2;
    let Some(made) = outputs.first().and_then(|(output, _)| output.first_chunk()) else {
        return;
    };
    let made = u32::from_le_bytes(*made);
    let group = pack[FUNCTION + 1];
    let list = match (group, made) {
        (_, 1..=8) => &mut given.operations,
        (KEYS, _) | (_, VOLATILE..) => &mut given.keys,
        _ => return,
    };
    if list.len() < 16 && !list.contains(&made) {
        list.push(made);
    }
}
