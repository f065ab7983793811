//! Cellular modems: `+CME ERROR` (3GPP TS 27.007, section 9.2) and what the nRF91 series adds.

type Text = &'static str;

/// Meaning, causes and actions of a `+CME ERROR`.
pub(in crate::explain) fn cme(code: i64) -> (Text, &'static [Text], &'static [Text]) {
    let row = CODES.iter().find(|(codes, ..)| codes.contains(&code));
    row.map_or_else(
        || {
            let meaning = "an error of the cellular modem, not of Mbed TLS; its number is not in the table here";
            (meaning, &[][..], &["look it up in the AT command reference of the modem"][..])
        },
        |(_, meaning, causes, actions)| (*meaning, *causes, *actions),
    )
}

/// Codes, meaning, causes and actions.
type Row = (&'static [i64], Text, &'static [Text], &'static [Text]);

#[rustfmt::skip]
static CODES: &[Row] = &[
    (&[0], "the modem failed", &[], &[]),
    (&[1], "no connection to the modem", &[], &[]),
    (&[3], "the modem does not allow this now", &["the command needs another functional mode"], &["check AT+CFUN?"]),
    (&[4], "the modem does not support this", &["an older modem firmware"], &["check the firmware version: AT+CGMR"]),
    (&[10], "no SIM is inserted", &[], &[]),
    (&[11, 12, 17, 18], "the SIM wants a PIN or PUK", &[], &["check AT+CPIN?"]),
    (&[13, 14, 15], "the SIM failed, is busy or is the wrong one", &[], &[]),
    (&[16], "the password is wrong", &[], &[]),
    (&[20], "the modem's memory is full", &[], &[]),
    (&[21, 22], "there is no such entry", &[], &[]),
    (&[23], "the modem's memory failed", &[], &[]),
    (&[24, 25], "the text is too long or has characters that are not allowed", &[], &[]),
    (&[30], "there is no network service", &[], &[]),
    (&[31], "the network did not answer in time", &[], &[]),
    (&[32], "the network allows emergency calls only", &[], &[]),
    (&[50], "the parameters of the command are wrong", &["a quote or line end is missing, or a parameter is out of range"], &[]),
    (&[51], "the command is not in this firmware", &[], &[]),
    (&[60, 100], "the modem does not say why", &[], &[]),
    (&[513], "nothing is stored there", &["the security tag or type is another"], &["AT%CMNG=1 lists what is stored"]),
    (&[514], "the modem does not allow this", &["reading a private key, or writing a credential that is protected"], &["private keys cannot be read back by design"]),
    (&[515], "the modem's credential memory is full", &[], &["delete what is no longer used: AT%CMNG=3,<sec_tag>,<type>"]),
    (&[518], "not allowed while the modem is active", &["credentials and keys change only when the modem is offline"], &["AT+CFUN=4 first"]),
    (&[519], "it exists already", &["a key or credential with this security tag and type is stored"], &["delete it first, or take another security tag"]),
    (&[520], "the authentication of the command failed", &["a signature of AT%XSUDO that does not verify"], &[]),
    (&[521], "the modem wants the command to be authenticated", &[], &["AT%XSUDO"]),
    (&[523], "the modem could not generate the key", &["the security tag holds a key already", "wrong attributes in the request"], &["try another security tag, then without attributes"]),
    (&[527], "the content of the certificate is invalid for the modem", &["line ends are CRLF; they must be LF", "two certificates in one credential", "a key where a certificate is expected, or an encrypted key"], &["mbedtls-diag modem cmng --tag N --type ca|cert|key FILE prints a command with the right line ends, and checks the file"]),
    (&[528], "not allowed while the power-off warning is active", &["the supply voltage is too low to write"], &["check the supply, see AT%XPOFWARN"]),
];
