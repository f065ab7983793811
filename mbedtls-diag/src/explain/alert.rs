//! TLS alerts by number.

/// The number of the alert that a log names: `is a fatal alert message (msg 40)`.
pub(super) fn find(text: &str) -> Option<u8> {
    const BEFORE: &[&str] = &[
        "alert message (msg ",
        "fatal alert message (msg ",
        "alert number ",
        "SSL alert number ",
    ];
    BEFORE.iter().find_map(|before| {
        let rest = text.split(before).nth(1)?;
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse().ok()
    })
}

/// What an alert of this number means; RFC 8446, section 6, and RFC 5246.
pub(super) const fn describe(number: u8) -> Option<&'static str> {
    Some(match number {
        10 => "the log names alert 10, unexpected_message: the peer met a message out of order",
        20 => "the log names alert 20, bad_record_mac: the peer could not authenticate a record",
        22 => "the log names alert 22, record_overflow: a record was longer than the peer allows",
        40 => {
            "the log names alert 40, handshake_failure: the peer shares no cipher suite, group or signature algorithm, or wants a client certificate"
        }
        42 => {
            "the log names alert 42, bad_certificate: the peer could not use this side's certificate"
        }
        43 => {
            "the log names alert 43, unsupported_certificate: the peer does not take this kind of certificate"
        }
        44 => {
            "the log names alert 44, certificate_revoked: the peer holds this side's certificate for revoked"
        }
        45 => {
            "the log names alert 45, certificate_expired: the peer holds this side's certificate for expired"
        }
        46 => {
            "the log names alert 46, certificate_unknown: the peer refused this side's certificate"
        }
        47 => {
            "the log names alert 47, illegal_parameter: the peer refused a field of the handshake"
        }
        48 => {
            "the log names alert 48, unknown_ca: the peer does not trust the CA of this side's certificate"
        }
        49 => "the log names alert 49, access_denied: the certificate is valid but not allowed",
        50 => "the log names alert 50, decode_error: the peer could not read a message",
        51 => {
            "the log names alert 51, decrypt_error: a signature or Finished message did not verify at the peer"
        }
        70 => {
            "the log names alert 70, protocol_version: the peer takes none of the TLS versions offered"
        }
        71 => {
            "the log names alert 71, insufficient_security: the peer wants stronger cipher suites"
        }
        80 => "the log names alert 80, internal_error: the peer failed for its own reasons",
        86 => {
            "the log names alert 86, inappropriate_fallback: a version lower than possible was offered"
        }
        109 => "the log names alert 109, missing_extension: the peer misses an extension",
        110 => "the log names alert 110, unsupported_extension: the peer refused an extension",
        112 => {
            "the log names alert 112, unrecognized_name: the peer does not know the host name asked for"
        }
        115 => {
            "the log names alert 115, unknown_psk_identity: the peer does not know the pre-shared key's identity"
        }
        116 => "the log names alert 116, certificate_required: the peer wants a client certificate",
        120 => "the log names alert 120, no_application_protocol: no ALPN protocol is shared",
        _ => return None,
    })
}
