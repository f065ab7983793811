//! Operations of a program that is measured: without arguments it prints their names, with `NAME COUNT` it does that one
//! so often and prints the nanoseconds that it took.
//!
//! What counts instructions counts those inside [`measured`], by its name.

#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::time::Instant;

/// A name, and what is done; it ends the program when it fails.
pub type Operation<'a> = (&'a str, &'a mut dyn FnMut());

/// Does what the arguments say, those after the program's name.
pub fn run(operations: &mut [Operation<'_>], arguments: &[String]) -> ExitCode {
    match asked(operations, arguments) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn asked(operations: &mut [Operation<'_>], arguments: &[String]) -> Result<String, String> {
    match arguments {
        [] => {
            let names: Vec<_> = operations.iter().map(|(name, _)| *name).collect();
            Ok(names.join("\n"))
        }
        [name, count] => {
            let (_, operation) = operations
                .iter_mut()
                .find(|(known, _)| known == name)
                .ok_or_else(|| format!("{name}: no such operation"))?;
            let count = count.parse().map_err(|_| format!("{count}: no number"))?;
            // What is done at the first time only is not counted.
            operation();
            let begin = Instant::now();
            measured(*operation, count);
            Ok(begin.elapsed().as_nanos().to_string())
        }
        _ => Err("usage: [OPERATION COUNT]".to_owned()),
    }
}

/// The part that is counted.
#[inline(never)]
pub fn measured(operation: &mut dyn FnMut(), count: u32) {
    for _ in 0..count {
        operation();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn an_operation_runs_as_often_as_asked_and_once_before() {
        let (mut one, mut two) = (0, 0);
        let mut first = || one += 1;
        let mut second = || two += 1;
        let operations: &mut [Operation] = &mut [("one", &mut first), ("two", &mut second)];
        assert_eq!(asked(operations, &[]).unwrap(), "one\ntwo");
        let time = asked(operations, &strings(&["two", "5"])).unwrap();
        assert!(time.parse::<u64>().is_ok());
        for wrong in [&["three", "5"][..], &["one", "often"], &["one"]] {
            assert!(asked(operations, &strings(wrong)).is_err(), "{wrong:?}");
        }
        assert_eq!((one, two), (0, 6));
    }
}
