//! What a number may mean, before it is put into words.
use super::Notation;
use super::decode::Parts;

/// One way to read a number or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub value: i64,
    pub notation: Notation,
    pub meaning: Meaning,
    /// How well the reading fits; comparable between the readings of one number.
    pub score: i16,
    /// Whether another number, name or text beside it says the same.
    pub confirmed: bool,
    /// Whether a name or text beside it says so, not only another way to write the number.
    pub named: bool,
}

/// Whose number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Mbedtls(Parts),
    /// Two high-level codes added up.
    Sum {
        outer: u16,
        inner: u16,
    },
    Psa,
    Tfm,
    /// A status that TF-M 2.1 changes on its way: it was this one.
    TfmChanged,
    /// A positive status of before 2019; the value is today's.
    Psa2018,
    Errno {
        name: &'static str,
        numbering: Numbering,
    },
    /// What `getaddrinfo` returned; `lwip` numbers so.
    Resolver {
        name: &'static str,
        lwip: bool,
    },
    Wolfssl(&'static str),
    AxTls(&'static str),
    /// What functions of lwIP return, `err_t`.
    Lwip(&'static str),
    /// What `WSAGetLastError` returned.
    Winsock(&'static str),
    EspIdf {
        name: &'static str,
        old: bool,
    },
    /// `+CME ERROR: n`.
    Cme,
    /// What `nrf_modem_at_*` returns for a response that is not OK.
    AtResponse,
    Success(Success),
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Success {
    /// Zero.
    Done,
    /// A number of bytes.
    Bytes,
    /// A number of certificates that could not be parsed.
    Skipped,
    /// A positive PSA status.
    Status,
}

/// The systems in which an errno has this name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbering {
    /// newlib and what follows it: Zephyr, nRF Connect SDK, ESP-IDF.
    pub newlib: bool,
    pub linux: bool,
    /// Zephyr's own C library until 2021.
    pub zephyr_2020: bool,
}

impl Candidate {
    pub(super) fn new(value: i64, notation: Notation, meaning: Meaning, score: i16) -> Self {
        Self {
            value,
            notation,
            meaning,
            score,
            confirmed: false,
            named: false,
        }
    }

    /// Whether two readings say the same.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let same_kind = match (self.meaning, other.meaning) {
            (Meaning::Mbedtls(a), Meaning::Mbedtls(b)) => a.versions.meets(b.versions),
            // The C library counts errno upwards, functions return it negated.
            (Meaning::Errno { name: a, .. }, Meaning::Errno { name: b, .. }) => return a == b,
            (Meaning::Success(_), Meaning::Success(_))
            | (Meaning::Psa | Meaning::Tfm, Meaning::Psa2018)
            | (Meaning::Psa2018, Meaning::Psa) => true,
            (a, b) => a == b,
        };
        self.value == other.value && same_kind
    }
}
