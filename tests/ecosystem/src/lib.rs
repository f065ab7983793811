//! Keys, hashes and ciphers of PSA at work in the crates that applications use: all of it is in `tests/`.
