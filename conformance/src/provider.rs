//! What each provider offers.

/// Rows: what a test may need; columns: providers.
const OFFERS: &str = include_str!("../data/offers.tsv");

/// A provider, which is a column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provider(usize);

impl Provider {
    /// The provider of this name, if the table knows it.
    ///
    /// ```
    /// # use psa_conformance::Provider;
    /// assert!(Provider::named("tfm-2.1-medium").unwrap().offers("P-256"));
    /// assert_eq!(Provider::named("abacus"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::names().position(|known| known == name).map(Self)
    }

    /// Every provider.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let heading = rows().next().unwrap_or_default();
        heading.split('\t').skip(1)
    }

    /// Whether it has what this row of the table names; what has no row is offered by nobody.
    pub fn offers(self, need: &str) -> bool {
        rows()
            .filter_map(|row| row.split_once('\t'))
            .find(|(name, _)| *name == need)
            .and_then(|(_, cells)| cells.split('\t').nth(self.0))
            == Some("yes")
    }
}

fn rows() -> impl Iterator<Item = &'static str> {
    OFFERS.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::collections::HashSet;
    use std::vec::Vec;

    #[test]
    fn the_table_is_whole_and_knows_what_tests_need() {
        let providers = Provider::names().count();
        let mut known = HashSet::new();
        for row in rows().skip(1) {
            let cells: Vec<_> = row.split('\t').collect();
            assert_eq!(cells.len(), providers + 1, "{row}");
            assert!(
                cells[1..].iter().all(|cell| ["yes", "no"].contains(cell)),
                "{row}"
            );
            assert!(known.insert(cells[0]), "{row} stands there twice");
        }
        let needed: HashSet<_> = crate::tests()
            .flat_map(|test| test.needs.iter().copied())
            .collect();
        assert!(needed.is_subset(&known));
    }

    #[test]
    fn each_status_is_seen_by_a_test_or_says_why_not() {
        const STATUSES: &str = include_str!("../data/statuses.tsv");
        let names: HashSet<_> = crate::tests().map(crate::Test::name).collect();
        let rows = STATUSES.lines().filter(|line| !line.starts_with('#'));
        for row in rows.skip(1) {
            let cells: Vec<_> = row.split('\t').collect();
            let [_, _, test] = cells[..] else {
                panic!("three cells: {row}");
            };
            assert!(test.starts_with("no: ") || names.contains(test), "{row}");
        }
    }

    #[test]
    fn no_two_tests_have_one_name() {
        let mut names = HashSet::new();
        for test in crate::tests() {
            assert!(names.insert(test.name()), "{}", test.name());
        }
    }
}
