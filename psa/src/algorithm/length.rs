//! Lengths of MACs and tags.

/// The length of a truncated MAC or a shortened tag: 1 to 63 bytes.
///
/// Which of them an algorithm really has, and how short is still safe, the provider and you decide: the specification
/// warns of less than 4 bytes.
///
/// ```
/// use psa::TagLength;
///
/// const EIGHT: TagLength = TagLength::new(8).unwrap();
/// assert_eq!(EIGHT.bytes(), 8);
/// assert_eq!(TagLength::new(0), None);
/// assert_eq!(TagLength::new(64), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TagLength(u8);

impl TagLength {
    const MAX: usize = 63;

    /// A length in bytes, if there can be such a MAC or tag.
    #[must_use]
    pub const fn new(bytes: usize) -> Option<Self> {
        #[allow(clippy::cast_possible_truncation, reason = "checked in this line")]
        if bytes >= 1 && bytes <= Self::MAX {
            Some(Self(bytes as u8))
        } else {
            None
        }
    }

    /// The length in bytes.
    #[must_use]
    pub const fn bytes(self) -> usize {
        self.0 as usize
    }
}
