//! Numbers that are not Mbed TLS's, and how often each small number is met.
use super::evidence::{Axis, Evidence};
use super::reading::Numbering;
use crate::tables::foreign::{
    AXTLS, ERRNO_LINUX, ERRNO_NEWLIB, ERRNO_ZEPHYR_2018, ESP_IDF, ESP_IDF_4_2, GETADDRINFO,
    GETADDRINFO_LWIP, LWIP, PSA_2018, WINSOCK, WOLFSSL,
};

type List = &'static [(i32, &'static str)];

fn find(list: List, value: i64) -> Option<&'static str> {
    let value = i32::try_from(value).ok()?;
    let at = list.binary_search_by_key(&value, |row| row.0).ok()?;
    Some(list[at].1)
}

fn value_of(list: List, name: &str) -> Option<i32> {
    let row = list.iter().find(|(_, other)| *other == name)?;
    Some(row.0)
}

/// The errno names of a positive number, each with the systems that number so and a score.
pub(super) fn errno(
    number: i64,
    evidence: &Evidence,
) -> impl Iterator<Item = (&'static str, Numbering, i16)> + use<> {
    let find = |list| (number < 0x100).then(|| find(list, number)).flatten();
    let newlib = find(ERRNO_NEWLIB);
    let linux = find(ERRNO_LINUX);
    let zephyr = find(ERRNO_ZEPHYR_2018);
    let (for_newlib, for_linux) = (evidence.of(Axis::Newlib), evidence.of(Axis::Linux));
    let names = [newlib, linux, zephyr];
    (0..3).filter_map(move |i| {
        let name = names[i]?;
        if names[..i].contains(&Some(name)) {
            return None;
        }
        let numbering = Numbering {
            newlib: newlib == Some(name),
            linux: linux == Some(name),
            zephyr_2020: zephyr == Some(name),
        };
        let system = match numbering {
            Numbering {
                newlib: true,
                linux: true,
                ..
            } => for_newlib.max(for_linux),
            Numbering { newlib: true, .. } => for_newlib - for_linux,
            Numbering { linux: true, .. } => for_linux - for_newlib,
            Numbering { .. } => for_newlib / 2 - for_linux - 16,
        };
        let common = if COMMON_ERRNO.contains(&name) { 44 } else { 20 };
        Some((name, numbering, common + system / 3))
    })
}

/// The errno that programs report day by day.
const COMMON_ERRNO: &[&str] = &[
    "ENOENT",
    "EIO",
    "EAGAIN",
    "ENOMEM",
    "EACCES",
    "EFAULT",
    "EBUSY",
    "EEXIST",
    "ENODEV",
    "EINVAL",
    "EBADF",
    "ENOSPC",
    "ENOSYS",
    "EOPNOTSUPP",
    "ENOTSUP",
    "ECONNRESET",
    "ENOBUFS",
    "ECONNREFUSED",
    "EADDRINUSE",
    "ECONNABORTED",
    "ENETUNREACH",
    "ENETDOWN",
    "ETIMEDOUT",
    "EHOSTUNREACH",
    "EINPROGRESS",
    "EALREADY",
    "EMSGSIZE",
    "ENOTCONN",
    "EISCONN",
    "EPIPE",
    "EBADMSG",
    "ECANCELED",
];

/// A number that an errno name has in newlib.
pub(super) fn errno_of(name: &str) -> Option<i32> {
    value_of(ERRNO_NEWLIB, name).or_else(|| value_of(ERRNO_LINUX, name))
}

/// Every owner's name: its number, as an error is returned.
pub(super) fn wolfssl_of(name: &str) -> Option<i32> {
    value_of(WOLFSSL, name)
}

pub(super) fn esp_idf_of(name: &str) -> Option<i32> {
    value_of(ESP_IDF, name)
}

/// The number of what `getaddrinfo` returned, outside lwIP.
pub(super) fn resolver_of(name: &str) -> Option<i32> {
    value_of(GETADDRINFO, name)
}

/// The names of what `getaddrinfo` returned; `true` for lwIP's numbering.
pub(super) fn resolver(magnitude: i64) -> Option<(&'static str, bool)> {
    let usual = find(GETADDRINFO, magnitude).map(|name| (name, false));
    usual.or_else(|| find(GETADDRINFO_LWIP, magnitude).map(|name| (name, true)))
}

pub(super) fn axtls(value: i64) -> Option<&'static str> {
    find(AXTLS, value)
}

pub(super) fn lwip(value: i64) -> Option<&'static str> {
    find(LWIP, value)
}

pub(super) fn winsock(value: i64) -> Option<&'static str> {
    find(WINSOCK, value)
}

pub(super) fn wolfssl(value: i64) -> Option<&'static str> {
    find(WOLFSSL, value)
}

/// The ESP-IDF names of a number; `true` for the numbering of ESP-TLS in older releases.
pub(super) fn esp_idf(value: i64) -> impl Iterator<Item = (&'static str, bool)> {
    let now = find(ESP_IDF, value).map(|name| (name, false));
    let old = find(ESP_IDF_4_2, value).map(|name| (name, true));
    now.into_iter().chain(old)
}

/// Today's value of a positive PSA status of before 2019.
pub(super) fn psa_2018(value: i64) -> Option<i64> {
    let name = find(PSA_2018, value)?;
    let code = crate::tables::by_name(name).find(|code| code.value < 0);
    code.map(|code| code.value.into())
}

/// Statuses that TF-M adds to those of PSA Crypto.
pub(super) const fn is_tfm(value: i64) -> bool {
    matches!(value, -131..=-129 | -157..=-156 | -161..=-160)
}

/// What an nRF91 modem answers to commands about keys and credentials, and hardly anything else is.
pub(super) const fn is_cme(value: i64) -> bool {
    matches!(value, 513..=528)
}

/// What `nrf_modem_at_*` returns for `ERROR`, `+CME ERROR` and `+CMS ERROR`.
pub(super) const fn is_at_response(value: i64) -> bool {
    matches!(value, 0x1_0000 | 0x2_0000..=0x2_0400 | 0x3_0000..=0x3_0400)
}

/// How often a low-level code of Mbed TLS comes alone.
pub(super) const fn commonness(value: i64) -> i16 {
    match -value {
        // Nothing but an initial value, or "failed".
        1 => 16,
        // Sockets.
        0x42..=0x52 if value % 2 == 0 => 52,
        // Entropy and random numbers.
        0x34 | 0x3C | 0x3D | 0x3F | 0x40 => 54,
        // Base64, big number memory, DER.
        0x10 | 0x2C | 0x60 | 0x62 | 0x64 | 0x66 => 44,
        // Authentication failed.
        0x0F | 0x12 | 0x56 => 42,
        // Accelerators of 2.x: names that hardly any code returns.
        0x11 | 0x13 | 0x17 | 0x19 | 0x25 | 0x27 | 0x29 | 0x2B | 0x2D | 0x2F | 0x31 | 0x33
        | 0x35 | 0x37 | 0x39 | 0x55 | 0x58 | 0x5B | 0x7A => 8,
        // The reader of MPS, used nowhere yet.
        0x101..=0x107 => 6,
        _ => 34,
    }
}
