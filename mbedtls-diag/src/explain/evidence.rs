//! What the words around a number say about its owner.
use Axis::{
    Count, Errno, EspIdf, Linux, Mbedtls, Newlib, Other, Psa, Result, Tfm, Version2, Version3,
    Version4, Wolfssl,
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
    /// A function that returns a count when all went well.
    Count,
    /// "error", "returned": there is a result somewhere near.
    Result,
    /// "error" stands right before the number.
    ErrorBeside,
    /// "returned" stands right before the number, or the name of a function and a colon.
    ResultBeside,
    /// A size, flag, state or port, not a result.
    Other,
    Version2,
    Version3,
    Version4,
    /// A system that numbers errno as newlib does.
    Newlib,
    Linux,
}

const AXES: usize = Linux as usize + 1;

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

/// Beginnings of identifiers.
const PREFIXES: &[(&str, Hint)] = &[
    ("mbedtls_net_", Hint(&[(Mbedtls, 40)])),
    ("mbedtls_", Hint(&[(Mbedtls, 40)])),
    ("polarssl", Hint(&[(Mbedtls, 30), (Version2, 12)])),
    ("ssl_tls13_", Hint(&[(Mbedtls, 20), (Version3, 15)])),
    ("ssl_tls12_", Hint(&[(Mbedtls, 20), (Version3, 15)])),
    ("ssl_cli", Hint(&[(Mbedtls, 20), (Version2, 15)])),
    ("ssl_srv", Hint(&[(Mbedtls, 20), (Version2, 15)])),
    ("ssl_", Hint(&[(Mbedtls, 16)])),
    ("x509", Hint(&[(Mbedtls, 20)])),
    ("pk_", Hint(&[(Mbedtls, 16)])),
    ("ctr_drbg", Hint(&[(Mbedtls, 25)])),
    ("net_sock", Hint(&[(Errno, 14), (Newlib, 10)])),
    ("psa_connect", Hint(&[(Psa, 30), (Tfm, 40)])),
    ("psa_call", Hint(&[(Psa, 30), (Tfm, 30)])),
    ("psa_fwu_", Hint(&[(Psa, 30), (Tfm, 40)])),
    ("psa_", Hint(&[(Psa, 36)])),
    ("tfm", Hint(&[(Psa, 14), (Tfm, 36)])),
    ("preverify", Hint(&[(Wolfssl, 45)])),
    ("wolf", Hint(&[(Wolfssl, 60)])),
    ("wc_", Hint(&[(Wolfssl, 45)])),
    ("cyassl", Hint(&[(Wolfssl, 60)])),
    ("esp_err", Hint(&[(EspIdf, 40), (Newlib, 10)])),
    ("esp_", Hint(&[(EspIdf, 14), (Newlib, 10)])),
    ("esp32", Hint(&[(EspIdf, 12), (Newlib, 10)])),
    ("esp8266", Hint(&[(EspIdf, 12), (Newlib, 10)])),
    ("nvs_", Hint(&[(Errno, 14), (EspIdf, 14)])),
    ("zsock_", Hint(&[(Errno, 30), (Newlib, 20)])),
    ("net_config", Hint(&[(Errno, 18), (Newlib, 20)])),
    ("bt_", Hint(&[(Errno, 24), (Newlib, 20)])),
    ("bluetooth", Hint(&[(Errno, 20)])),
    ("mqtt", Hint(&[(Errno, 22)])),
    ("coap", Hint(&[(Errno, 18)])),
    ("lwm2m", Hint(&[(Errno, 20), (Newlib, 14)])),
    ("aws_iot", Hint(&[(Errno, 12)])),
    ("nrf_cloud", Hint(&[(Errno, 20), (Newlib, 20)])),
    ("nrf_modem", Hint(&[(Errno, 24), (Newlib, 20)])),
    ("sec_tag", Hint(&[(Errno, 16), (Newlib, 20)])),
    ("modem_key_mgmt", Hint(&[(Errno, 40), (Newlib, 20)])),
    ("modem", Hint(&[(Errno, 20), (Newlib, 14)])),
    ("lte", Hint(&[(Errno, 20), (Newlib, 14)])),
    ("at_", Hint(&[(Errno, 16)])),
    ("uart", Hint(&[(Errno, 28)])),
    ("i2c", Hint(&[(Errno, 28)])),
    ("spi", Hint(&[(Errno, 28)])),
    ("gpio", Hint(&[(Errno, 28)])),
    ("usb", Hint(&[(Errno, 24)])),
    ("adc", Hint(&[(Errno, 24)])),
    ("pwm", Hint(&[(Errno, 24)])),
    ("flash", Hint(&[(Errno, 18)])),
    ("settings_", Hint(&[(Errno, 24)])),
    ("sensor", Hint(&[(Errno, 24)])),
    ("fota", Hint(&[(Errno, 20)])),
    ("dfu", Hint(&[(Errno, 18)])),
    ("fs_", Hint(&[(Errno, 20)])),
    ("wifi", Hint(&[(Errno, 14)])),
    ("provision", Hint(&[(Errno, 22)])),
    ("socket", Hint(&[(Errno, 16)])),
    ("getaddrinfo", Hint(&[(Errno, 24)])),
    ("network", Hint(&[(Errno, 14)])),
    ("netread", Hint(&[(Errno, 30)])),
    ("netwrite", Hint(&[(Errno, 30)])),
    ("errno", Hint(&[(Errno, 45)])),
    ("oserror", Hint(&[(Result, 20), (Errno, 26)])),
    ("certificate", Hint(&[(Mbedtls, 6)])),
    ("handshak", Hint(&[(Mbedtls, 24)])),
    ("ecdsa", Hint(&[(Mbedtls, 8)])),
    ("ecdh", Hint(&[(Mbedtls, 8)])),
];

/// Whole words.
const WORDS: &[(&str, Hint)] = &[
    ("mbedtls", Hint(&[(Mbedtls, 28)])),
    ("mbed", Hint(&[(Mbedtls, 18)])),
    ("tls", Hint(&[(Mbedtls, 12)])),
    ("dtls", Hint(&[(Mbedtls, 12)])),
    ("ssl", Hint(&[(Mbedtls, 12)])),
    ("https", Hint(&[(Mbedtls, 6)])),
    ("cert", Hint(&[(Mbedtls, 6)])),
    ("crt", Hint(&[(Mbedtls, 8)])),
    ("csr", Hint(&[(Mbedtls, 8)])),
    ("pem", Hint(&[(Mbedtls, 10)])),
    ("rsa", Hint(&[(Mbedtls, 10)])),
    ("rng", Hint(&[(Mbedtls, 8)])),
    ("drbg", Hint(&[(Mbedtls, 20)])),
    ("entropy", Hint(&[(Mbedtls, 14)])),
    ("strerror", Hint(&[(Mbedtls, 8)])),
    ("gcm", Hint(&[(Mbedtls, 16)])),
    ("asn1", Hint(&[(Mbedtls, 16)])),
    ("psa", Hint(&[(Psa, 24)])),
    ("its", Hint(&[(Psa, 2)])),
    ("oberon", Hint(&[(Psa, 14)])),
    ("cc3xx", Hint(&[(Psa, 14)])),
    ("cracen", Hint(&[(Psa, 14)])),
    ("crypto", Hint(&[(Psa, 6)])),
    ("import", Hint(&[(Psa, 6)])),
    ("key", Hint(&[(Psa, 4)])),
    ("zephyr", Hint(&[(Errno, 8), (Newlib, 24)])),
    ("ncs", Hint(&[(Newlib, 24)])),
    ("nrf", Hint(&[(Newlib, 24)])),
    ("freertos", Hint(&[(Newlib, 12)])),
    ("stm32", Hint(&[(Newlib, 12)])),
    ("micropython", Hint(&[(Newlib, 8)])),
    ("linux", Hint(&[(Linux, 30)])),
    ("ubuntu", Hint(&[(Linux, 30)])),
    ("debian", Hint(&[(Linux, 30)])),
    ("arch", Hint(&[(Linux, 16)])),
    ("openwrt", Hint(&[(Linux, 30)])),
    ("curl", Hint(&[(Linux, 24)])),
    ("python", Hint(&[(Linux, 10)])),
    ("godot", Hint(&[(Linux, 20)])),
    ("julia", Hint(&[(Linux, 20)])),
    ("idf", Hint(&[(EspIdf, 14), (Newlib, 10)])),
    ("esp", Hint(&[(EspIdf, 14), (Newlib, 10)])),
    ("connect", Hint(&[(Errno, 10)])),
    ("connection", Hint(&[(Errno, 6)])),
    ("poll", Hint(&[(Errno, 12)])),
    ("bind", Hint(&[(Errno, 12)])),
    ("send", Hint(&[(Errno, 8), (Count, 10)])),
    ("recv", Hint(&[(Errno, 8), (Count, 10)])),
    ("sendto", Hint(&[(Errno, 14)])),
    ("recvfrom", Hint(&[(Errno, 14)])),
    ("ota", Hint(&[(Errno, 8)])),
    ("http", Hint(&[(Errno, 8)])),
    ("dns", Hint(&[(Errno, 10)])),
    ("tcp", Hint(&[(Errno, 8)])),
    ("udp", Hint(&[(Errno, 8)])),
    ("err", Hint(&[(Result, 20), (Errno, 6)])),
    ("error", Hint(&[(Result, 20)])),
    ("errors", Hint(&[(Result, 10)])),
    ("errcode", Hint(&[(Result, 20)])),
    ("returned", Hint(&[(Result, 20)])),
    ("returns", Hint(&[(Result, 20)])),
    ("return", Hint(&[(Result, 20)])),
    ("ret", Hint(&[(Result, 20)])),
    ("rc", Hint(&[(Result, 20)])),
    ("rv", Hint(&[(Result, 20)])),
    ("res", Hint(&[(Result, 20)])),
    ("result", Hint(&[(Result, 20)])),
    ("status", Hint(&[(Result, 18)])),
    ("code", Hint(&[(Result, 16)])),
    ("failed", Hint(&[(Result, 20)])),
    ("fails", Hint(&[(Result, 20)])),
    ("failure", Hint(&[(Result, 18)])),
    ("fail", Hint(&[(Result, 18)])),
    ("reason", Hint(&[(Result, 12)])),
    ("exception", Hint(&[(Result, 14)])),
    ("bytes", Hint(&[(Count, 30)])),
    ("f_recv", Hint(&[(Count, 40)])),
    ("f_send", Hint(&[(Count, 40)])),
    ("flags", Hint(&[(Other, 45)])),
    ("len", Hint(&[(Other, 4)])),
    ("size", Hint(&[(Other, 20)])),
    ("length", Hint(&[(Other, 20)])),
    ("port", Hint(&[(Other, 45)])),
    ("heap", Hint(&[(Other, 30)])),
    ("state", Hint(&[(Other, 30)])),
    ("address", Hint(&[(Other, 30)])),
    ("addr", Hint(&[(Other, 30)])),
    ("line", Hint(&[(Other, 30)])),
    ("http_status", Hint(&[(Other, 40)])),
    ("rssi", Hint(&[(Other, 60)])),
    ("rsrp", Hint(&[(Other, 60)])),
    ("dbm", Hint(&[(Other, 60)])),
    ("heartbeat", Hint(&[(Other, 10)])),
];

/// Endings of identifiers: functions that return a count.
const SUFFIXES: &[(&str, Hint)] = &[
    ("_read", Hint(&[(Count, 30)])),
    ("_write", Hint(&[(Count, 30)])),
    ("_recv", Hint(&[(Count, 30)])),
    ("_send", Hint(&[(Count, 30)])),
    ("_input", Hint(&[(Count, 10)])),
];

/// What a word speaks for.
pub(super) fn hint(word: &str) -> [Option<&'static Hint>; 2] {
    let mut lower = [0; 24];
    let bytes = word.as_bytes();
    let length = bytes.len().min(lower.len());
    lower[..length].copy_from_slice(&bytes[..length]);
    lower[..length].make_ascii_lowercase();
    let head = &lower[..length];
    let exact = (bytes.len() <= lower.len())
        .then(|| WORDS.iter().find(|(word, _)| word.as_bytes() == head))
        .flatten();
    let main = exact.or_else(|| {
        let begins = |(prefix, _): &&(&str, Hint)| head.starts_with(prefix.as_bytes());
        PREFIXES.iter().find(begins)
    });
    let ends = |(suffix, _): &&(&str, Hint)| {
        let tail = bytes.len().checked_sub(suffix.len()).map(|at| &bytes[at..]);
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(suffix.as_bytes()))
    };
    let suffix = SUFFIXES.iter().find(ends);
    [main.map(|(_, hint)| hint), suffix.map(|(_, hint)| hint)]
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
