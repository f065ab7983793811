//! `modem keygen` and `modem cmng`: the vendor's published answers, answers made here with OpenSSL, and everything that
//! happens to such text on its way from a terminal.

#[path = "modem/cmng.rs"]
mod cmng;
#[path = "modem/keygen.rs"]
mod keygen;
#[path = "modem/openssl.rs"]
mod openssl;
