//! What the words around a number say about its owner.
use Axis::{
    Count, Errno, EspIdf, Linux, Lwip, Mbedtls, Modem, Newlib, Other, Psa, Resolver, Result, Tfm,
    Version2, Version3, Version4, Windows, Wolfssl,
};

/// What a word can speak for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Axis {
    /// Mbed TLS, or TLS and certificates in general.
    Mbedtls,
    Psa,
    Tfm,
    /// The C library, an RTOS, drivers and sockets.
    Errno,
    Wolfssl,
    EspIdf,
    /// A modem and its AT commands.
    Modem,
    /// DNS: `getaddrinfo` has numbers of its own.
    Resolver,
    /// A function that returns a count when all went well.
    Count,
    /// "error", "returned": there is a result somewhere near.
    Result,
    /// "error" stands right before the number.
    ErrorBeside,
    /// "returned" stands right before the number, or the name of a function and a colon.
    ResultBeside,
    /// What is printed so is printed in hexadecimal digits without `0x`.
    PrintsHex,
    /// A size, flag, state or port, not a result.
    Other,
    Version2,
    Version3,
    Version4,
    /// A system that numbers errno as newlib does.
    Newlib,
    Linux,
    /// lwIP's own functions, which number errors in their own way.
    Lwip,
    /// Windows, whose sockets do so too.
    Windows,
}

const AXES: usize = Windows as usize + 1;

/// The weight of the evidence for each axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Evidence([i16; AXES]);

impl Evidence {
    pub(super) fn of(&self, axis: Axis) -> i16 {
        self.0[axis as usize]
    }

    pub(super) fn set(&mut self, axis: Axis) {
        self.0[axis as usize] = CAP;
    }

    pub(super) fn has(&self, axis: Axis) -> bool {
        self.of(axis) > 0
    }

    /// Adds a share of a word's weights, in percent.
    pub(super) fn add(&mut self, hint: &Hint, percent: i16) {
        for (axis, weight) in hint.0 {
            let sum = &mut self.0[*axis as usize];
            *sum = (*sum + weight * percent / 100).min(CAP);
        }
    }
}

impl Evidence {
    /// Keeps a share, in percent, of what an earlier line said about owners.
    pub(super) fn keep_owners(&mut self, earlier: &Self, percent: i16) {
        for axis in [
            Mbedtls, Psa, Tfm, Errno, Wolfssl, EspIdf, Version2, Version3, Version4, Newlib, Linux,
            Lwip, Modem, Windows,
        ] {
            let kept = earlier.of(axis) * percent / 100;
            let sum = &mut self.0[axis as usize];
            *sum = (*sum).max(kept);
        }
    }
}

/// What a word right before a number says of it.
pub(super) fn beside(word: &str) -> Option<Axis> {
    const ERROR: &[&str] = &[
        "error",
        "err",
        "errno",
        "errcode",
        "failed",
        "failure",
        "fail",
        "oserror",
        "exception",
        "reason",
    ];
    const RESULT: &[&str] = &[
        "returned",
        "returns",
        "return",
        "returning",
        "ret",
        "rc",
        "rv",
        "res",
        "result",
        "status",
    ];
    let is = |list: &[&str]| list.iter().any(|other| other.eq_ignore_ascii_case(word));
    if is(ERROR) {
        return Some(Axis::ErrorBeside);
    }
    is(RESULT).then_some(Axis::ResultBeside)
}

/// What a named system speaks for.
pub(super) const fn platform(axis: Axis) -> &'static Hint {
    const ZEPHYR: Hint = Hint(&[(Newlib, 60), (Errno, 10)]);
    const ESP_IDF: Hint = Hint(&[(EspIdf, 30), (Newlib, 60)]);
    const LINUX: Hint = Hint(&[(Linux, 60)]);
    match axis {
        Newlib => &ZEPHYR,
        EspIdf => &ESP_IDF,
        _ => &LINUX,
    }
}

/// No amount of words speaks louder than this.
const CAP: i16 = 70;

/// What one word speaks for, and how loudly.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hint(&'static [(Axis, i16)]);

/// The number of a line.
pub(super) const NOT_A_RESULT: Hint = Hint(&[(Other, 60)]);

impl Hint {
    /// The greatest of its weights.
    pub(super) fn loudness(&self) -> i16 {
        self.0.iter().map(|(_, weight)| *weight).max().unwrap_or(0)
    }

    /// Whether the word is the name of a function of Mbed TLS or PSA.
    pub(super) fn is_function(&self) -> bool {
        let names = |(axis, weight): &(Axis, i16)| matches!(axis, Mbedtls | Psa) && *weight >= 30;
        self.0.iter().any(names)
    }

    /// Whether it speaks for an owner, not only for a result.
    pub(super) fn is_about_owner(&self) -> bool {
        use Axis::{Count, Other, Result};
        let about = |(axis, _): &(Axis, i16)| !matches!(axis, Count | Other | Result);
        self.0.iter().any(about)
    }
}

/// Beginnings of identifiers, sorted.
const PREFIXES: &[(&str, Hint)] = &[
    ("adc", Hint(&[(Errno, 24)])),
    ("altcp_", Hint(&[(Lwip, 40)])),
    ("at_", Hint(&[(Errno, 16)])),
    ("aws_iot", Hint(&[(Errno, 12)])),
    ("bluetooth", Hint(&[(Errno, 20)])),
    ("bt_", Hint(&[(Errno, 24), (Newlib, 20)])),
    ("can_", Hint(&[(Errno, 28)])),
    ("certificate", Hint(&[(Mbedtls, 6)])),
    ("coap", Hint(&[(Errno, 18)])),
    ("counter_", Hint(&[(Errno, 24)])),
    ("ctr_drbg", Hint(&[(Mbedtls, 25)])),
    ("cyassl", Hint(&[(Wolfssl, 60)])),
    ("device_", Hint(&[(Errno, 20), (Newlib, 14)])),
    ("dfu", Hint(&[(Errno, 18)])),
    ("disk_", Hint(&[(Errno, 20)])),
    ("display_", Hint(&[(Errno, 20)])),
    ("dma", Hint(&[(Errno, 24)])),
    ("ecdh", Hint(&[(Mbedtls, 8)])),
    ("ecdsa", Hint(&[(Mbedtls, 8)])),
    ("errno", Hint(&[(Errno, 45)])),
    ("esp32", Hint(&[(EspIdf, 12), (Newlib, 10)])),
    ("esp8266", Hint(&[(EspIdf, 12), (Newlib, 10)])),
    ("esp_", Hint(&[(EspIdf, 14), (Newlib, 10)])),
    ("esp_err", Hint(&[(EspIdf, 40), (Newlib, 10)])),
    ("flash", Hint(&[(Errno, 18)])),
    ("fota", Hint(&[(Errno, 20)])),
    ("fs_", Hint(&[(Errno, 20)])),
    ("gaierror", Hint(&[(Errno, 24), (Resolver, 50)])),
    ("getaddrinfo", Hint(&[(Errno, 24), (Resolver, 50)])),
    ("gpio", Hint(&[(Errno, 28)])),
    ("handshak", Hint(&[(Mbedtls, 24)])),
    ("hci", Hint(&[(Errno, 24), (Newlib, 20)])),
    ("hwinfo", Hint(&[(Errno, 24)])),
    ("i2c", Hint(&[(Errno, 28)])),
    ("i2s", Hint(&[(Errno, 28)])),
    ("k_", Hint(&[(Errno, 24), (Newlib, 24)])),
    ("lte", Hint(&[(Errno, 20), (Newlib, 14)])),
    ("lwip", Hint(&[(Lwip, 40), (Newlib, 10)])),
    ("lwm2m", Hint(&[(Errno, 20), (Newlib, 14)])),
    ("mbedtls_", Hint(&[(Mbedtls, 40)])),
    ("mbedtls_net_", Hint(&[(Mbedtls, 40)])),
    (
        "mbedtls_ssl_get_verify",
        Hint(&[(Mbedtls, 40), (Other, 60)]),
    ),
    ("modem", Hint(&[(Errno, 20), (Newlib, 14), (Modem, 20)])),
    (
        "modem_key_mgmt",
        Hint(&[(Errno, 40), (Newlib, 20), (Modem, 12)]),
    ),
    ("mqtt", Hint(&[(Errno, 22)])),
    ("net_config", Hint(&[(Errno, 18), (Newlib, 20)])),
    ("net_if", Hint(&[(Errno, 18), (Newlib, 20)])),
    ("net_sock", Hint(&[(Errno, 14), (Newlib, 10)])),
    ("netconn_", Hint(&[(Lwip, 40)])),
    ("netread", Hint(&[(Errno, 30)])),
    ("network", Hint(&[(Errno, 14)])),
    ("netwrite", Hint(&[(Errno, 30)])),
    ("nrf_cloud", Hint(&[(Errno, 20), (Newlib, 20)])),
    ("nrf_modem", Hint(&[(Errno, 24), (Newlib, 20)])),
    ("nvs_", Hint(&[(Errno, 14), (EspIdf, 14)])),
    ("oserror", Hint(&[(Result, 20), (Errno, 26)])),
    ("pk_", Hint(&[(Mbedtls, 16)])),
    ("pm_", Hint(&[(Errno, 24)])),
    ("polarssl", Hint(&[(Mbedtls, 30), (Version2, 12)])),
    ("preverify", Hint(&[(Wolfssl, 45)])),
    ("provision", Hint(&[(Errno, 22)])),
    ("psa_", Hint(&[(Psa, 36)])),
    ("psa_call", Hint(&[(Psa, 30), (Tfm, 30)])),
    ("psa_connect", Hint(&[(Psa, 30), (Tfm, 40)])),
    ("psa_fwu_", Hint(&[(Psa, 30), (Tfm, 40)])),
    ("pwm", Hint(&[(Errno, 24)])),
    ("regulator", Hint(&[(Errno, 24)])),
    ("rtc_", Hint(&[(Errno, 20)])),
    ("sdhc", Hint(&[(Errno, 24)])),
    ("sdmmc", Hint(&[(Errno, 14), (EspIdf, 14)])),
    ("sec_tag", Hint(&[(Errno, 16), (Newlib, 20)])),
    ("sensor", Hint(&[(Errno, 24)])),
    ("settings_", Hint(&[(Errno, 24)])),
    ("socket", Hint(&[(Errno, 16)])),
    ("spi", Hint(&[(Errno, 28)])),
    ("ssl_", Hint(&[(Mbedtls, 16)])),
    ("ssl_cli", Hint(&[(Mbedtls, 20), (Version2, 15)])),
    ("ssl_srv", Hint(&[(Mbedtls, 20), (Version2, 15)])),
    ("ssl_tls12_", Hint(&[(Mbedtls, 20), (Version3, 15)])),
    ("ssl_tls13_", Hint(&[(Mbedtls, 20), (Version3, 15)])),
    ("tfm", Hint(&[(Psa, 14), (Tfm, 36)])),
    ("uart", Hint(&[(Errno, 28)])),
    ("usb", Hint(&[(Errno, 24)])),
    ("watchdog", Hint(&[(Errno, 20)])),
    ("wc_", Hint(&[(Wolfssl, 45)])),
    ("wdt", Hint(&[(Errno, 24)])),
    ("wifi", Hint(&[(Errno, 14)])),
    ("winerror", Hint(&[(Windows, 40), (Result, 20)])),
    ("winsock", Hint(&[(Windows, 40)])),
    ("wolf", Hint(&[(Wolfssl, 60)])),
    ("wsa", Hint(&[(Windows, 30)])),
    ("x509", Hint(&[(Mbedtls, 20)])),
    ("zbus", Hint(&[(Errno, 24), (Newlib, 20)])),
    ("zsock_", Hint(&[(Errno, 30), (Newlib, 20)])),
];

/// Whole words, sorted.
const WORDS: &[(&str, Hint)] = &[
    ("addr", Hint(&[(Other, 30)])),
    ("address", Hint(&[(Other, 30)])),
    ("arch", Hint(&[(Linux, 16)])),
    ("asn1", Hint(&[(Mbedtls, 16)])),
    ("bind", Hint(&[(Errno, 12)])),
    ("bytes", Hint(&[(Count, 30)])),
    ("cc3xx", Hint(&[(Psa, 14)])),
    ("cert", Hint(&[(Mbedtls, 6)])),
    ("cme", Hint(&[(Modem, 40)])),
    ("cmng", Hint(&[(Modem, 40)])),
    ("code", Hint(&[(Result, 16)])),
    ("connect", Hint(&[(Errno, 10)])),
    ("connection", Hint(&[(Errno, 6)])),
    ("cracen", Hint(&[(Psa, 14)])),
    ("crt", Hint(&[(Mbedtls, 8)])),
    ("crypto", Hint(&[(Psa, 6)])),
    ("csr", Hint(&[(Mbedtls, 8)])),
    ("curl", Hint(&[(Linux, 24)])),
    ("dbm", Hint(&[(Other, 60)])),
    ("debian", Hint(&[(Linux, 30)])),
    ("dns", Hint(&[(Errno, 10), (Resolver, 24)])),
    ("drbg", Hint(&[(Mbedtls, 20)])),
    ("dtls", Hint(&[(Mbedtls, 12)])),
    ("entropy", Hint(&[(Mbedtls, 14)])),
    ("err", Hint(&[(Result, 20), (Errno, 6)])),
    ("errcode", Hint(&[(Result, 20)])),
    ("error", Hint(&[(Result, 20)])),
    ("errors", Hint(&[(Result, 10)])),
    ("esp", Hint(&[(EspIdf, 14), (Newlib, 10)])),
    ("exception", Hint(&[(Result, 14)])),
    ("f_recv", Hint(&[(Count, 40)])),
    ("f_send", Hint(&[(Count, 40)])),
    ("fail", Hint(&[(Result, 18)])),
    ("failed", Hint(&[(Result, 20)])),
    ("fails", Hint(&[(Result, 20)])),
    ("failure", Hint(&[(Result, 18)])),
    ("flags", Hint(&[(Other, 45)])),
    ("freertos", Hint(&[(Newlib, 12)])),
    ("gcm", Hint(&[(Mbedtls, 16)])),
    ("godot", Hint(&[(Linux, 20)])),
    ("heap", Hint(&[(Other, 30)])),
    ("heartbeat", Hint(&[(Other, 10)])),
    ("http", Hint(&[(Errno, 8)])),
    ("http_status", Hint(&[(Other, 40)])),
    ("https", Hint(&[(Mbedtls, 6)])),
    ("idf", Hint(&[(EspIdf, 14), (Newlib, 10)])),
    ("import", Hint(&[(Psa, 6)])),
    ("its", Hint(&[(Psa, 2)])),
    ("julia", Hint(&[(Linux, 20)])),
    ("key", Hint(&[(Psa, 4)])),
    ("keygen", Hint(&[(Modem, 30)])),
    ("len", Hint(&[(Other, 4)])),
    ("length", Hint(&[(Other, 20)])),
    ("line", Hint(&[(Other, 30)])),
    ("linux", Hint(&[(Linux, 30)])),
    ("mbed", Hint(&[(Mbedtls, 18)])),
    ("mbedtls", Hint(&[(Mbedtls, 28)])),
    ("micropython", Hint(&[(Newlib, 8)])),
    ("ncs", Hint(&[(Newlib, 24)])),
    ("nrf", Hint(&[(Newlib, 24)])),
    ("oberon", Hint(&[(Psa, 14)])),
    ("openwrt", Hint(&[(Linux, 30)])),
    ("ota", Hint(&[(Errno, 8)])),
    ("pem", Hint(&[(Mbedtls, 10)])),
    ("poll", Hint(&[(Errno, 12)])),
    ("port", Hint(&[(Other, 45)])),
    ("psa", Hint(&[(Psa, 24)])),
    ("python", Hint(&[(Linux, 10)])),
    ("rc", Hint(&[(Result, 20)])),
    ("reason", Hint(&[(Result, 12)])),
    ("recv", Hint(&[(Errno, 8), (Count, 10)])),
    ("recvfrom", Hint(&[(Errno, 14)])),
    ("res", Hint(&[(Result, 20)])),
    ("resolution", Hint(&[(Resolver, 24)])),
    ("resolve", Hint(&[(Resolver, 16)])),
    ("result", Hint(&[(Result, 20)])),
    ("ret", Hint(&[(Result, 20)])),
    ("return", Hint(&[(Result, 20)])),
    ("returned", Hint(&[(Result, 20)])),
    ("returns", Hint(&[(Result, 20)])),
    ("rng", Hint(&[(Mbedtls, 8)])),
    ("rsa", Hint(&[(Mbedtls, 10)])),
    ("rsrp", Hint(&[(Other, 60)])),
    ("rssi", Hint(&[(Other, 60)])),
    ("rv", Hint(&[(Result, 20)])),
    ("send", Hint(&[(Errno, 8), (Count, 10)])),
    ("sendto", Hint(&[(Errno, 14)])),
    ("size", Hint(&[(Other, 20)])),
    ("ssl", Hint(&[(Mbedtls, 12)])),
    ("state", Hint(&[(Other, 30)])),
    ("status", Hint(&[(Result, 18)])),
    ("stm32", Hint(&[(Newlib, 12)])),
    ("strerror", Hint(&[(Mbedtls, 8)])),
    ("tcp", Hint(&[(Errno, 8)])),
    ("tls", Hint(&[(Mbedtls, 12)])),
    ("ubuntu", Hint(&[(Linux, 30)])),
    ("udp", Hint(&[(Errno, 8)])),
    ("windows", Hint(&[(Windows, 20)])),
    ("zephyr", Hint(&[(Errno, 8), (Newlib, 24)])),
];

/// Endings of identifiers: functions that return a count.
const SUFFIXES: &[(&str, Hint)] = &[
    ("_read", Hint(&[(Count, 30)])),
    ("_write", Hint(&[(Count, 30)])),
    ("_recv", Hint(&[(Count, 30)])),
    ("_send", Hint(&[(Count, 30)])),
    ("_input", Hint(&[(Count, 10)])),
];

type Hints = [(&'static str, Hint)];

/// Where the words of each letter begin in a sorted list.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a list has less than 256 words; no conversion is const yet"
)]
const fn letters(list: &Hints) -> [u8; 27] {
    let mut begin = [0; 27];
    let mut i = 0;
    while i < list.len() {
        let letter = list[i].0.as_bytes()[0] - b'a';
        i += 1;
        let mut next = letter as usize + 1;
        while next < begin.len() {
            begin[next] = i as u8;
            next += 1;
        }
    }
    begin
}

static PREFIX_LETTERS: [u8; 27] = letters(PREFIXES);
static WORD_LETTERS: [u8; 27] = letters(WORDS);

/// What a word speaks for: its whole or beginning, and its ending.
pub(super) fn hint(word: &str) -> [Option<&'static Hint>; 2] {
    let bytes = word.as_bytes();
    let Some(first) = bytes.first().map(u8::to_ascii_lowercase) else {
        return [None; 2];
    };
    let main = first.is_ascii_lowercase().then(|| {
        let letter = usize::from(first - b'a');
        let same = |list: &'static Hints, letters: &[u8; 27]| {
            list[usize::from(letters[letter])..usize::from(letters[letter + 1])].iter()
        };
        let is = |(other, _): &&(&str, Hint)| other.as_bytes().eq_ignore_ascii_case(bytes);
        let begins = |(prefix, _): &&(&str, Hint)| {
            let head = bytes.get(..prefix.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
        };
        let exact = same(WORDS, &WORD_LETTERS).find(is);
        // The longest beginning is the last one.
        exact.or_else(|| same(PREFIXES, &PREFIX_LETTERS).rfind(begins))
    });
    let ends = |(suffix, _): &&(&str, Hint)| {
        let tail = bytes.len().checked_sub(suffix.len()).map(|at| &bytes[at..]);
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(suffix.as_bytes()))
    };
    let suffix = SUFFIXES.iter().find(ends);
    [
        main.flatten().map(|(_, hint)| hint),
        suffix.map(|(_, hint)| hint),
    ]
}

/// What the version that follows a product's name speaks for: `Mbed TLS 2.28.1`, `ESP-IDF v5.1`.
pub(super) fn version_hint(product: &str, version: &str) -> Option<&'static Hint> {
    const TWO: Hint = Hint(&[(Version2, 25)]);
    const THREE: Hint = Hint(&[(Version3, 25)]);
    const FOUR: Hint = Hint(&[(Version4, 25)]);
    let product = |name: &str| product.eq_ignore_ascii_case(name);
    let major = version.trim_start_matches(['v', 'V']).split('.').next()?;
    match major {
        _ if product("idf") => match major {
            "3" | "4" => Some(&TWO),
            "5" => Some(&THREE),
            _ => None,
        },
        _ if !(product("mbedtls") || product("tls") || product("mbed")) => None,
        "2" => Some(&TWO),
        "3" => Some(&THREE),
        "4" => Some(&FOUR),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_in_lower_case() {
        for list in [PREFIXES, WORDS] {
            assert!(list.len() < 256);
            assert!(list.windows(2).all(|pair| pair[0].0 < pair[1].0));
            assert!(
                list.iter()
                    .all(|(word, _)| word.to_ascii_lowercase() == *word && word.len() <= 24)
            );
        }
    }

    #[test]
    fn the_longest_beginning_speaks() {
        let loudness = |word: &str| hint(word)[0].map(Hint::loudness);
        assert_eq!(loudness("psa_connect"), Some(40));
        assert_eq!(loudness("PSA_generate_key"), Some(36));
        assert_eq!(loudness("ssl_tls13_client"), Some(20));
        assert_eq!(loudness("errors"), Some(10));
        assert_eq!(loudness("banana"), None);
    }
}
