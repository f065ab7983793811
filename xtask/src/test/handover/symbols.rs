//! What a linker's map says of symbols that are there twice.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use object::read::archive::ArchiveFile;
use object::{Object as _, ObjectSymbol as _};

/// The C library's and the API's.
const PREFIXES: [&str; 3] = ["psa_", "mbedtls_", "tfm_"];

/// Each symbol of Mbed TLS and of the PSA APIs has one definition in what was linked, none of them in Rust, and those of the
/// API are in `provider`.
///
/// The link allows double definitions, so the linker says nothing of them.
pub fn defined_once(map: &Path, provider: &str) -> Result<()> {
    let folder = map.parent().context("a map in a folder")?;
    let text = fs::read_to_string(map).with_context(|| map.display().to_string())?;
    let mut definitions = BTreeMap::new();
    for (archive, members) in linked(&text) {
        let path = folder.join(&archive);
        let data = fs::read(&path).with_context(|| path.display().to_string())?;
        for (member, symbols) in of_archive(&data)? {
            if members.contains(&member) {
                for symbol in symbols {
                    let places: &mut Vec<String> = definitions.entry(symbol).or_default();
                    places.push(format!("{archive}({member})"));
                }
            }
        }
    }
    let names = ["psa_generate_key", "psa_hash_setup", "psa_crypto_init"];
    for name in names {
        let found = definitions.get(name).map(Vec::as_slice);
        ensure!(
            matches!(found, Some([place]) if place.contains(provider)),
            "{name} should be defined in {provider} alone, and is in {found:?}"
        );
    }
    let twice = twice(&definitions);
    ensure!(twice.is_empty(), "defined twice:\n{}", twice.join("\n"));
    let in_rust = definitions
        .iter()
        .filter(|(_, places)| places.iter().any(|place| place.contains("librustapp.a")));
    let in_rust: Vec<_> = in_rust.map(|(name, _)| name.as_str()).collect();
    ensure!(
        in_rust.is_empty(),
        "the application defines {}",
        in_rust.join(", ")
    );
    println!("{} symbols, each defined once", definitions.len());
    Ok(())
}

fn twice(definitions: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let twice = definitions.iter().filter(|(_, places)| places.len() > 1);
    twice
        .map(|(name, places)| format!("{name}: {}", places.join(", ")))
        .collect()
}

/// The members of archives that the map says were linked.
fn linked(map: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for word in map.split_whitespace() {
        if let Some((archive, member)) = word
            .strip_suffix(')')
            .and_then(|word| word.split_once(".a("))
        {
            let members = found.entry(format!("{archive}.a")).or_default();
            members.insert(member.to_owned());
        }
    }
    found
}

/// The strong definitions of each member.
fn of_archive(data: &[u8]) -> Result<Vec<(String, Vec<String>)>> {
    let mut members = Vec::new();
    for member in ArchiveFile::parse(data)?.members() {
        let member = member?;
        let name = String::from_utf8_lossy(member.name()).into_owned();
        // Rust's archives hold metadata as well.
        let Ok(object) = object::File::parse(member.data(data)?) else {
            continue;
        };
        let ours = |name: &&str| PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        let symbols = object
            .symbols()
            .filter(|symbol| symbol.is_definition() && symbol.is_global() && !symbol.is_weak())
            .filter_map(|symbol| symbol.name().ok().filter(ours).map(str::to_owned))
            .collect();
        members.push((name, symbols));
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_linked_is_read_from_the_map() {
        let map = "\
Archive member included to satisfy reference by file (symbol)

libb.a(two.o)                 one.o (two)

Discarded input sections

 .text.one      0x0000000000000000        0xb /x/liba.a(one.c.o)
 .text          0x0000000000012000        0x0 /x/liba.a(other.c.o)
LOAD libc.a
";
        let linked = linked(map);
        let names: Vec<_> = linked.keys().map(String::as_str).collect();
        assert_eq!(names, ["/x/liba.a", "libb.a"]);
        assert_eq!(linked["/x/liba.a"].len(), 2);
    }

    #[test]
    fn two_definitions_are_found_with_their_places() {
        let places = |places: &[&str]| places.iter().map(|&place| place.to_owned()).collect();
        let definitions = BTreeMap::from([
            ("psa_a".to_owned(), places(&["liba.a(a.o)"])),
            ("psa_b".to_owned(), places(&["liba.a(a.o)", "libb.a(b.o)"])),
        ]);
        assert_eq!(twice(&definitions), ["psa_b: liba.a(a.o), libb.a(b.o)"]);
    }
}
