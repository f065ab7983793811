//! Values: nothing reaches the preprocessor that is not exactly what an option takes.

use crate::error::Error;
use crate::facts::OptionFact;

/// Values longer than this are no configuration.
const LONGEST: usize = 512;

/// The files of the configuration itself: the build names them.
const THE_BUILDS: [&str; 4] = [
    "MBEDTLS_CONFIG_FILE",
    "MBEDTLS_PSA_CRYPTO_CONFIG_FILE",
    "MBEDTLS_PSA_CRYPTO_USER_CONFIG_FILE",
    "MBEDTLS_USER_CONFIG_FILE",
];

/// Refuses what only the build may set.
pub(crate) fn not_the_builds(option: &OptionFact) -> Result<(), Error> {
    if THE_BUILDS.contains(&option.name) {
        let reason = "the build sets it, to the header that this configuration becomes";
        return Err(Error::BadValue {
            option: option.name.to_owned(),
            value: String::new(),
            reason,
        });
    }
    Ok(())
}

/// Checks a value for an option. Each kind of value is an allow-list of characters, so that no value can end its line,
/// open a comment, continue a line, or form a trigraph.
pub(crate) fn check(option: &OptionFact, value: &str) -> Result<(), Error> {
    let fail = |reason| {
        Err(Error::BadValue {
            option: option.name.to_owned(),
            value: value.escape_debug().to_string(),
            reason,
        })
    };
    not_the_builds(option)?;
    let Some(example) = option.example else {
        return fail("it takes no value; enable it instead");
    };
    if value.is_empty() || value.len() > LONGEST {
        return fail("the value is empty or far too long");
    }
    let fits = match example.as_bytes() {
        [b'<', ..] => is_path(value, '<', '>') || is_path(value, '"', '"'),
        [b'"', ..] => is_path(value, '"', '"'),
        [b'0'..=b'9', ..] => {
            return if is_integer(value) {
                Ok(())
            } else {
                fail("it takes a whole number")
            };
        }
        _ if example.contains(',') => {
            return if value.split(',').all(is_name) {
                Ok(())
            } else {
                fail("it takes names, separated by commas")
            };
        }
        _ => {
            return if is_name(value) {
                Ok(())
            } else {
                fail("it takes the name of a C identifier")
            };
        }
    };
    if fits {
        Ok(())
    } else {
        fail("it takes a file name in quotes, made of letters, digits and / . _ - only")
    }
}

fn is_name(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_integer(value: &str) -> bool {
    let digits = value.trim_end_matches(['u', 'U', 'l', 'L']);
    let suffix = value.len() - digits.len();
    let valid = match digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"))
    {
        Some(hex) => u64::from_str_radix(hex, 16).is_ok() && !hex.starts_with('+'),
        None => digits.bytes().all(|c| c.is_ascii_digit()) && digits.parse::<u64>().is_ok(),
    };
    valid && suffix <= 3
}

fn is_path(value: &str, open: char, close: char) -> bool {
    let Some(inner) = value
        .strip_prefix(open)
        .and_then(|rest| rest.strip_suffix(close))
    else {
        return false;
    };
    !inner.is_empty()
        && !inner.contains("//")
        && inner
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'))
}
