//! Several runs of QEMU at a time, which alone would use one core each.
use std::num::NonZero;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result};

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
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let waiting = Mutex::new(jobs.into_iter());
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    // Not as the condition of the loop, where the lock would be held meanwhile.
                    let Some(job) = waiting.lock().ok().and_then(|mut jobs| jobs.next()) else {
                        return;
                    };
                    let (name, begin) = (job.name.clone(), Instant::now());
                    let mut said = String::new();
                    let result = (job.run)(&mut |line| {
                        said.push_str(line);
                        said.push('\n');
                    });
                    let seconds = begin.elapsed().as_secs_f64();
                    // One call, so that no other run's lines come between.
                    println!("-- {name}\n{said}{name}: {seconds:.1} s");
                    if let Err(error) = result.context(name) {
                        println!("error: {error:#}");
                        if let Ok(mut failed) = failed.lock() {
                            failed.push(error);
                        }
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_default();
    match failed.into_iter().next() {
        Some(error) => Err(error),
        None => Ok(()),
    }
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
