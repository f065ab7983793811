//! The table of what the peers do not have.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// One line: a peer, and the first words of what it lacks; `*` stands for any one word.
struct Line {
    peer: usize,
    words: String,
    used: bool,
    /// A task that the peer did although the line says that it cannot.
    done: Option<String>,
}

impl Line {
    fn covers(&self, peer: usize, label: &str) -> bool {
        let mut rest = label.split(' ');
        self.peer == peer
            && (self.words.split(' '))
                .all(|word| rest.next().is_some_and(|it| word == "*" || word == it))
    }
}

/// Every line must be true of all it covers, and what is not offered must have a line.
pub struct Lacks {
    lines: Vec<Line>,
}

impl Lacks {
    pub fn read(path: &Path, peers: &[&str]) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        Self::parse(&text, peers)
    }

    pub fn parse(text: &str, peers: &[&str]) -> Result<Self> {
        let mut lines = Vec::new();
        for line in text.lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fields: Vec<_> = line.split('\t').collect();
            ensure!(fields.len() == 3, "{line:?}: peer, what it lacks, why");
            let peer = peers
                .iter()
                .position(|name| *name == fields[0])
                .with_context(|| format!("{line:?}: no such peer"))?;
            lines.push(Line {
                peer,
                words: fields[1].to_owned(),
                used: false,
                done: None,
            });
        }
        Ok(Self { lines })
    }

    /// Whether a line says that the peer lacks this.
    pub fn explain(&mut self, peer: usize, label: &str) -> bool {
        let line = self.lines.iter_mut().find(|line| line.covers(peer, label));
        line.map(|line| line.used = true).is_some()
    }

    /// Notes that the peer has done this.
    pub fn done(&mut self, peer: usize, label: &str) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.covers(peer, label)) {
            line.done = Some(label.to_owned());
        }
    }

    /// The lines that are not true: peer, words, and why.
    pub fn wrong(&self) -> impl Iterator<Item = (usize, &str, String)> {
        self.lines.iter().filter_map(|line| {
            let why = match (&line.done, line.used) {
                (Some(label), _) => format!("yet it did `{label}`"),
                (None, false) => "which nothing asks for".to_owned(),
                (None, true) => return None,
            };
            Some((line.peer, line.words.as_str(), why))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_covers_whole_words_and_is_wrong_when_the_peer_has_it() {
        let table = "# why\nb\thash Sha\told\nb\thash\told\nb\tsign * Rsa\told\n";
        let mut lacks = Lacks::parse(table, &["a", "b"]).unwrap();
        assert!(!lacks.explain(0, "hash Sha1"));
        assert!(lacks.explain(1, "sign X Rsa"));
        assert!(lacks.explain(1, "hash Sha1"));
        assert!(!lacks.explain(1, "mac Cmac"));
        assert_eq!(lacks.wrong().count(), 1);
        lacks.done(1, "hash Md5");
        let wrong: Vec<_> = lacks.wrong().map(|(_, words, _)| words).collect();
        assert_eq!(wrong, ["hash Sha", "hash"]);
        assert!(Lacks::parse("c\thash\told", &["a"]).is_err());
    }
}
