//! Which answers agree.

use std::collections::BTreeMap;

use exchange::Answer;

use crate::lacks::Lacks;
use crate::{Expected, Round};

/// How often a peer agreed, did not, and does not have what was asked.
#[derive(Clone, Copy, Default)]
struct Count {
    agreed: usize,
    differed: usize,
    not_offered: usize,
}

pub struct Report<'a> {
    peers: &'a [&'a str],
    /// By the first word of the task, by peer.
    counts: BTreeMap<String, Vec<Count>>,
    undocumented: Vec<String>,
    /// By peer and kind of task, how many differ.
    different: BTreeMap<(usize, String), usize>,
}

/// How many differences of a peer in one kind of task are shown.
const SHOWN: usize = 2;

impl<'a> Report<'a> {
    pub fn new(peers: &'a [&'a str]) -> Self {
        Self {
            peers,
            counts: BTreeMap::new(),
            undocumented: Vec::new(),
            different: BTreeMap::new(),
        }
    }

    /// Judges all answers of a round.
    pub fn judge(&mut self, round: &Round, lacks: &mut Lacks) {
        for (index, job) in round.jobs.iter().enumerate() {
            let label = job.task.to_string();
            let answers: Vec<&Answer> = round.answers.iter().map(|of| &of[index]).collect();
            let right = right(&job.expected, &answers);
            for (peer, answer) in answers.iter().enumerate() {
                if **answer == Answer::NotOffered {
                    self.not_offered(peer, &label, lacks);
                    continue;
                }
                lacks.done(peer, &label);
                match &right {
                    Some(right) if *answer == right => self.count(&label, peer).agreed += 1,
                    Some(right) => self.differs(peer, &label, &job.task, answer, right),
                    // What nobody can compare must be an output at least.
                    None if matches!(answer, Answer::Bytes(_)) => {}
                    None => self.differs(peer, &label, &job.task, answer, &Answer::bytes("")),
                }
            }
        }
    }

    fn count(&mut self, label: &str, peer: usize) -> &mut Count {
        let row = label.split(' ').next().unwrap_or_default().to_owned();
        let peers = self.peers.len();
        let counts = self.counts.entry(row);
        &mut counts.or_insert_with(|| vec![Count::default(); peers])[peer]
    }

    fn not_offered(&mut self, peer: usize, label: &str, lacks: &mut Lacks) {
        self.count(label, peer).not_offered += 1;
        if !lacks.explain(peer, label) {
            let line = format!("{}\t{label}", self.peers[peer]);
            if !self.undocumented.contains(&line) {
                self.undocumented.push(line);
            }
        }
    }

    fn differs(
        &mut self,
        peer: usize,
        label: &str,
        task: &exchange::Task,
        answer: &Answer,
        right: &Answer,
    ) {
        self.count(label, peer).differed += 1;
        let seen = self.different.entry((peer, label.to_owned())).or_default();
        *seen += 1;
        if *seen <= SHOWN {
            println!(
                "{}: {label}\n  answers {answer:?}\n  not     {right:?}\n  to      {task:?}",
                self.peers[peer]
            );
        }
    }

    /// Prints the table; whether everything is as it should be.
    pub fn end(&self, lacks: &Lacks) -> bool {
        let mut sum = Count::default();
        println!("\nagreed / differed / not offered");
        print!("{:<12}", "");
        for peer in self.peers {
            print!(" {peer:>20}");
        }
        println!();
        for (row, counts) in &self.counts {
            print!("{row:<12}");
            for count in counts {
                let text = format!(
                    "{} / {} / {}",
                    count.agreed, count.differed, count.not_offered
                );
                print!(" {text:>20}");
                sum.agreed += count.agreed;
                sum.differed += count.differed;
            }
            println!();
        }
        let mut failed = sum.differed;
        for ((peer, label), count) in &self.different {
            println!("{} differs in `{label}`, {count} times", self.peers[*peer]);
        }
        for line in &self.undocumented {
            println!("not offered, and not in the table: {line}");
            failed += 1;
        }
        for (peer, words, why) in lacks.wrong() {
            println!("in the table: {} lacks `{words}`, {why}", self.peers[peer]);
            failed += 1;
        }
        println!("{} agreed, {failed} failed", sum.agreed);
        failed == 0 && sum.agreed != 0
    }
}

/// The answer that is right. `None`: there is nothing to compare with.
fn right(expected: &Expected, answers: &[&Answer]) -> Option<Answer> {
    match expected {
        Expected::Is(answer) => Some(answer.clone()),
        Expected::Fresh => None,
        Expected::Same => {
            let mut outputs = answers
                .iter()
                .filter(|answer| matches!(answer, Answer::Bytes(_)));
            let first = outputs.next()?;
            let Some(second) = outputs.next() else {
                // One output, and perhaps failures beside it.
                let failed = |answer: &&Answer| matches!(answer, Answer::Failed(_));
                return answers.iter().any(failed).then(|| Answer::clone(first));
            };
            // Two of three outvote one; of two that differ, both are shown.
            let outvoted = first != second && outputs.any(|other| other == second);
            Some(Answer::clone(if outvoted { second } else { first }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_alone_is_not_compared_and_two_outvote_one() {
        let (a, b) = (Answer::bytes("a"), Answer::bytes("b"));
        let not = Answer::NotOffered;
        assert_eq!(right(&Expected::Same, &[&a, &not]), None);
        assert_eq!(right(&Expected::Same, &[&a, &not, &b]), Some(a.clone()));
        assert_eq!(right(&Expected::Same, &[&a, &b, &b]), Some(b.clone()));
        assert_eq!(right(&Expected::Is(b.clone()), &[&a]), Some(b));
    }
    #[test]
    fn a_wrong_answer_and_one_not_offered_without_a_line_in_the_table_fail() {
        let peers = ["a", "b"];
        let judge = |answers: [Answer; 2], table: &str| {
            let mut lacks = Lacks::parse(table, &peers).unwrap();
            let mut report = Report::new(&peers);
            let hash = exchange::Hash::Sha256;
            let input = exchange::Bytes(Vec::new());
            let round = Round {
                jobs: vec![crate::Job {
                    task: exchange::Task::Hash { hash, input },
                    expected: Expected::Is(Answer::bytes("right")),
                }],
                answers: answers.into_iter().map(|answer| vec![answer]).collect(),
            };
            report.judge(&round, &mut lacks);
            report.end(&lacks)
        };
        let right = Answer::bytes("right");
        assert!(judge([right.clone(), right.clone()], ""));
        assert!(!judge([right.clone(), Answer::bytes("wrong")], ""));
        assert!(!judge([right.clone(), Answer::Rejected], ""));
        assert!(!judge([right.clone(), Answer::NotOffered], ""));
        assert!(judge([right.clone(), Answer::NotOffered], "b\thash\told"));
        assert!(!judge([right.clone(), right], "b\thash\told"));
    }
}
