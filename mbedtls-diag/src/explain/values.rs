//! The values that a written number can stand for.
use super::Notation;
use super::scan::{Form, Number};

/// A value that a number can stand for, and how readily it is written so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub value: i64,
    pub notation: Notation,
    /// 0 for the usual ways, less for the strange ones.
    pub ease: i16,
}

/// Every value that a number can stand for; `prints_hex` says that digits are hexadecimal where it
/// was printed.
pub(super) fn values(number: &Number, prints_hex: bool) -> impl Iterator<Item = Written> + use<> {
    let values = if number.negative {
        with_sign(number)
    } else {
        without_sign(number)
    };
    let ease = match number.negative {
        true if prints_hex => 6,
        true => -6,
        false => -14,
    };
    let hex = hex_reading(number, if prints_hex { 2 } else { 3 })
        .map(|hex| written(-hex, Notation::HexWithoutPrefix, ease));
    values
        .into_iter()
        .chain([hex, truncated_digits(number)])
        .flatten()
}

const fn written(value: i64, notation: Notation, ease: i16) -> Written {
    Written {
        value,
        notation,
        ease,
    }
}

/// The magnitude as it stands there.
fn plain(number: &Number) -> i64 {
    i64::try_from(number.magnitude).unwrap_or(i64::MAX)
}

/// The notation of a number with its sign.
pub(super) fn signed(number: &Number) -> Notation {
    match number.form {
        Form::Decimal => Notation::Decimal,
        Form::Hex => Notation::Hex,
        Form::BareHex => Notation::HexWithoutPrefix,
    }
}

fn with_sign(number: &Number) -> [Option<Written>; 3] {
    let plain = plain(number);
    match truncated(number.magnitude) {
        // `-0x%x` of a number that was not negated, or was not negative.
        Some((value, bits)) if bits > 16 => [
            Some(written(-value, Notation::NegatedUnsigned, 0)),
            Some(written(value, unsigned(bits), -10)),
            None,
        ],
        Some((value, _)) => [
            Some(written(-plain, signed(number), 0)),
            Some(written(value, Notation::U16, -40)),
            None,
        ],
        None => {
            let ease = match number.form {
                Form::Hex if number.digits >= 3 => 6,
                Form::Decimal if is_padded(number) => -30,
                _ => 0,
            };
            [Some(written(-plain, signed(number), ease)), None, None]
        }
    }
}

fn without_sign(number: &Number) -> [Option<Written>; 3] {
    let plain = plain(number);
    let bare = if number.form == Form::BareHex { -12 } else { 0 };
    let positive = Some(written(plain, Notation::Positive, bare));
    let Some((value, bits)) = truncated(number.magnitude) else {
        let ease = match number.form {
            Form::Hex if number.digits >= 3 => 0,
            Form::Hex => -12,
            Form::BareHex => -16,
            Form::Decimal => -22,
        };
        let magnitude = written(-plain, Notation::PositiveMagnitude, ease);
        return [(plain != 0).then_some(magnitude), positive, None];
    };
    if bits > 16 {
        return [Some(written(value, unsigned(bits), bare)), None, None];
    }
    let decimal = if number.form == Form::Decimal { -10 } else { 0 };
    [
        Some(written(value, Notation::U16, bare + decimal)),
        Some(written(-plain, Notation::PositiveMagnitude, bare - 25)),
        positive,
    ]
}

/// `8880` for 0x8880: cut off to 16 bits, and by chance without a letter.
fn truncated_digits(number: &Number) -> Option<Written> {
    let hex = hexadecimal(number).filter(|_| !number.negative && number.digits == 4)?;
    let (value, bits) = truncated(hex)?;
    (bits == 16).then(|| written(value, Notation::U16, -18))
}

/// Decimal digits read as hexadecimal ones: what `-%x` prints.
fn hex_reading(number: &Number, least: usize) -> Option<i64> {
    // Two digits are hexadecimal only where zeros pad them, or where they are printed so.
    if number.form != Form::Decimal || !(least..=4).contains(&number.digits) {
        return None;
    }
    let hex = hexadecimal(number)?;
    i64::try_from(hex).ok().filter(|hex| *hex <= 0x7FFF)
}

/// Up to four decimal digits, taken for hexadecimal ones.
fn hexadecimal(number: &Number) -> Option<u64> {
    if number.form != Form::Decimal || number.digits > 4 {
        return None;
    }
    let digits = (0..4).map(|place| number.magnitude / 10_u64.pow(place) % 10);
    Some(digits.rev().fold(0, |hex, digit| 16 * hex + digit))
}

/// Whether zeros stand before the digits of a decimal number.
fn is_padded(number: &Number) -> bool {
    let digits = number.magnitude.checked_ilog10().map_or(1, |log| log + 1);
    number.digits > digits as usize
}

/// A two's complement of 16, 32 or 64 bits: its value and its width.
fn truncated(magnitude: u64) -> Option<(i64, u32)> {
    let value = i64::from_ne_bytes(magnitude.to_ne_bytes());
    let half = |bits: u32| 1_u64 << (bits - 1);
    let small = |value: i64| (value > -0x1_0000).then_some(value);
    if magnitude >= half(64) {
        return small(value).map(|value| (value, 64));
    }
    if (half(32)..1 << 32).contains(&magnitude) {
        return small(value - (1 << 32)).map(|value| (value, 32));
    }
    (half(16)..1 << 16)
        .contains(&magnitude)
        .then(|| (value - (1 << 16), 16))
}

const fn unsigned(bits: u32) -> Notation {
    match bits {
        64 => Notation::U64,
        32 => Notation::U32,
        _ => Notation::U16,
    }
}
