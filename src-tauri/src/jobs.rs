//! Long work: how far it has come, told a few times a second, and a flag that stops it.

use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Emitter};

/// A window shows no more than this anyway.
const BETWEEN: Duration = Duration::from_millis(66);

/// What the work is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Bytes are read in the worker.
    Reading,
    /// Rows are held against the ledger.
    Planning,
    /// Rows are written.
    Saving,
    /// Flags are looked for.
    Looking,
}

/// How far it has come; `total` is 0 where it is unknown.
#[derive(Debug, Clone, Serialize)]
pub struct Progress {
    stage: Stage,
    done: u64,
    total: u64,
}

/// The long work under way. Cancelling stops every job begun before, and none begun after.
#[derive(Default)]
pub struct Jobs {
    /// How often something was cancelled.
    cancelled: Arc<AtomicU64>,
}

impl Jobs {
    /// Begins a job that tells its progress to the window.
    pub fn begin(&self, handle: &AppHandle, stage: Stage) -> Job {
        let handle = handle.clone();
        // A window that is gone needs no telling.
        self.begin_with(stage, move |progress| drop(handle.emit("progress", progress)))
    }

    fn begin_with(&self, stage: Stage, tell: impl FnMut(Progress) + Send + 'static) -> Job {
        Job {
            cancelled: Arc::clone(&self.cancelled),
            begun_at: self.cancelled.load(Ordering::SeqCst),
            stage,
            told: None,
            tell: Box::new(tell),
        }
    }

    /// Stops the long work under way.
    pub fn cancel(&self) {
        self.cancelled.fetch_add(1, Ordering::SeqCst);
    }
}

/// One piece of long work.
pub struct Job {
    cancelled: Arc<AtomicU64>,
    begun_at: u64,
    stage: Stage,
    told: Option<Instant>,
    tell: Box<dyn FnMut(Progress) + Send>,
}

impl Job {
    /// Says how far it has come; the answer is whether to go on.
    pub fn reached(&mut self, done: u64, total: u64) -> bool {
        let due = self.told.is_none_or(|at| at.elapsed() >= BETWEEN) || (total > 0 && done >= total);
        if due {
            self.told = Some(Instant::now());
            (self.tell)(Progress { stage: self.stage, done, total });
        }
        self.goes_on()
    }

    /// Whether nobody has stopped it.
    pub fn goes_on(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst) == self.begun_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_hundred_thousand_steps_are_told_a_few_times() {
        let (tell, told) = mpsc::channel();
        let mut job =
            Jobs::default().begin_with(Stage::Saving, move |progress| tell.send(progress.done).unwrap());
        let began = Instant::now();
        for done in 1..=100_000 {
            job.reached(done, 100_000);
        }
        let most = 3 + began.elapsed().as_millis() / BETWEEN.as_millis();
        let told: Vec<u64> = told.try_iter().collect();
        assert!((told.len() as u128) <= most, "{} times", told.len());
        assert_eq!(told.first(), Some(&1));
        assert_eq!(told.last(), Some(&100_000));
    }

    #[test]
    fn cancelling_stops_what_runs_and_not_what_comes() {
        let jobs = Jobs::default();
        let mut running = jobs.begin_with(Stage::Reading, |_| {});
        assert!(running.reached(1, 0));
        jobs.cancel();
        assert!(!running.reached(2, 0));
        assert!(jobs.begin_with(Stage::Reading, |_| {}).reached(1, 0));
    }
}
