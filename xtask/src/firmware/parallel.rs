//! Several runs of QEMU at a time, which alone would use one core each.
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::workers;

/// What a run prints, line by line.
type Show<'a> = &'a mut dyn FnMut(&str);

/// A run with its name.
pub struct Job<'a> {
    name: String,
    run: Box<dyn FnOnce(Show) -> Result<()> + Send + 'a>,
}

impl<'a> Job<'a> {
    pub fn new(name: String, run: impl FnOnce(Show) -> Result<()> + Send + 'a) -> Self {
        Self {
            name,
            run: Box::new(run),
        }
    }
}

/// Runs them all, as many at a time as there are cores, and prints what each has said when it ends. The first error is
/// handed on after the last run.
pub fn run(jobs: Vec<Job>) -> Result<()> {
    let results = workers::each(jobs, |job| {
        let (name, begin) = (job.name, Instant::now());
        let mut said = String::new();
        let result = (job.run)(&mut |line| {
            said.push_str(line);
            said.push('\n');
        });
        let seconds = begin.elapsed().as_secs_f64();
        // One call, so that no other run's lines come between.
        println!("-- {name}\n{said}{name}: {seconds:.1} s");
        result
            .context(name)
            .inspect_err(|error| println!("error: {error:#}"))
    });
    results.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn every_run_runs_and_one_that_fails_fails_all() {
        let runs = AtomicUsize::new(0);
        let job = |fails: bool| {
            let runs = &runs;
            Job::new("a run".to_owned(), move |show: Show| {
                show("a line");
                runs.fetch_add(1, Ordering::Relaxed);
                if fails {
                    bail!("on purpose");
                }
                Ok(())
            })
        };
        run((0..5).map(|_| job(false)).collect()).unwrap();
        assert_eq!(runs.load(Ordering::Relaxed), 5);
        let error = run((0..5).map(|n| job(n == 2)).collect()).unwrap_err();
        assert_eq!(runs.load(Ordering::Relaxed), 10);
        assert_eq!(format!("{error:#}"), "a run: on purpose");
    }
}
