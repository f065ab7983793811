//! What became of functions: other names, and what 4.0 made private or removed.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What became of a function in 4.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Public, as far as is known.
    Public,
    /// Declared in a private header only.
    Private,
    /// Nowhere in the tree.
    Gone,
}

/// The fate of a function that was public in an earlier version.
pub(super) fn fate(name: &str) -> Fate {
    static FATES: OnceLock<BTreeMap<&str, Fate>> = OnceLock::new();
    let fates = FATES.get_or_init(|| {
        let text = include_str!("../../data/mbedtls-4.0.txt");
        let rows = text.lines().filter_map(|line| line.split_once(' '));
        rows.filter_map(|(word, name)| match word {
            "private" => Some((name, Fate::Private)),
            "gone" => Some((name, Fate::Gone)),
            _ => None,
        })
        .collect()
    });
    fates.get(name).copied().unwrap_or(Fate::Public)
}

/// A new name, and the version that brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) to: String,
    pub(super) since: &'static str,
}

/// The names that a function had in earlier versions.
pub(super) fn earlier(name: &str) -> Vec<String> {
    let table = include_str!("../../data/renamed.txt");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let renamed = rows.filter_map(|row| {
        let (old, rest) = row.split_once(' ')?;
        (rest.split(' ').next() == Some(name)).then(|| old.to_owned())
    });
    // What 2.x returned nothing from went by two names; 1.3 had no prefix.
    let with_result = name.starts_with("mbedtls_").then(|| format!("{name}_ret"));
    let bare = name.strip_prefix("mbedtls_").map(ToOwned::to_owned);
    renamed.chain(with_result).chain(bare).collect()
}

/// The later name of a function.
pub(super) fn renamed(name: &str) -> Option<Renamed> {
    let table = include_str!("../../data/renamed.txt");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    for row in rows {
        let mut words = row.split(' ');
        if words.next() == Some(name) {
            return Some(Renamed {
                to: words.next()?.to_owned(),
                since: words.next()?,
            });
        }
    }
    let known = |to: String, since| {
        super::index::Known::find(&to)
            .filter(|known| known.definition(None).is_some())
            .map(|_| Renamed { to, since })
    };
    if let Some(base) = name.strip_suffix("_ret") {
        return known(base.to_owned(), "3.0");
    }
    // 1.3 had no prefix; short names are anybody's.
    let plausible =
        name.contains('_') && !name.starts_with("mbedtls_") && !name.starts_with("psa_");
    plausible
        .then(|| known(format!("mbedtls_{name}"), "2.0"))
        .flatten()
}
