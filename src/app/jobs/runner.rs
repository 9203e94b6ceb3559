//! The slots: starts work, replaces it, follows its progress, cancels it and collects its end.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::app::jobs::kind::JobKind;
use crate::inventory::Progress;

/// Wakes the window when a job has something to say.
pub(crate) type Wake = Arc<dyn Fn() + Send + Sync>;

/// What a job does.
type Work<End> = Box<dyn FnOnce(&Progress) -> End + Send>;

struct Running<End> {
    kind: JobKind,
    number: u64,
    progress: Progress,
    /// What it is to do, as long as it is held.
    held: Option<Work<End>>,
}

/// The slots, and the one channel on which every job reports its end.
pub(crate) struct Jobs<End> {
    running: Vec<Running<End>>,
    next: u64,
    sender: Sender<(u64, End)>,
    receiver: Receiver<(u64, End)>,
    wake: Wake,
}

impl<End: Send + 'static> Jobs<End> {
    pub(crate) fn new(wake: Wake) -> Self {
        let (sender, receiver) = channel();
        Self { running: Vec::new(), next: 0, sender, receiver, wake }
    }

    /// Starts work of a kind; what of that kind still runs is cancelled and forgotten.
    pub(crate) fn start(
        &mut self,
        kind: JobKind,
        work: impl FnOnce(&Progress) -> End + Send + 'static,
    ) {
        self.hold(kind, work);
        self.release(kind);
    }

    /// The same, but the work begins only once it is released; until then it counts as running.
    pub(crate) fn hold(
        &mut self,
        kind: JobKind,
        work: impl FnOnce(&Progress) -> End + Send + 'static,
    ) {
        self.cancel(kind);
        let (number, progress) = (self.next, Progress::default());
        self.next += 1;
        self.running.push(Running { kind, number, progress, held: Some(Box::new(work)) });
    }

    /// Lets work of a kind begin that is held; does nothing where none is.
    pub(crate) fn release(&mut self, kind: JobKind) {
        for running in self.running.iter_mut().filter(|running| running.kind == kind) {
            let Some(work) = running.held.take() else { continue };
            let (number, progress) = (running.number, running.progress.clone());
            let (sender, wake) = (self.sender.clone(), self.wake.clone());
            std::thread::spawn(move || {
                let end = work(&progress);
                // The window may have closed meanwhile; then nobody waits for the answer.
                if sender.send((number, end)).is_ok() {
                    wake();
                }
            });
        }
    }

    /// Whether work of a kind is held.
    #[cfg(test)]
    pub(crate) fn holds(&self, kind: JobKind) -> bool {
        self.running.iter().any(|running| running.kind == kind && running.held.is_some())
    }

    /// Whether work of a kind runs, whether somebody waits for it or not.
    pub(crate) fn runs(&self, kind: JobKind) -> bool {
        self.running.iter().any(|running| running.kind == kind)
    }

    /// Asks a job to stop; what it still reports is not listened to.
    pub(crate) fn cancel(&mut self, kind: JobKind) {
        for running in self.running.iter().filter(|running| running.kind == kind) {
            running.progress.cancel();
        }
        self.running.retain(|running| running.kind != kind);
    }

    /// The work that runs and that somebody waits for, and how far it is; what is held comes last.
    pub(crate) fn running(&self) -> impl Iterator<Item = (JobKind, &Progress)> {
        let all = &self.running;
        let awaited = move |held: bool| {
            let own = move |running: &&Running<End>| running.held.is_some() == held;
            all.iter().filter(own).filter(|running| running.kind.is_awaited())
        };
        awaited(false).chain(awaited(true)).map(|running| (running.kind, &running.progress))
    }

    /// What has ended since the last look, without waiting.
    pub(crate) fn ended(&mut self) -> Vec<End> {
        let mut ends = Vec::new();
        while let Ok((number, end)) = self.receiver.try_recv() {
            self.take(number, end, &mut ends);
        }
        ends
    }

    /// Waits until one running job has ended; nothing where none runs that somebody waits for. What is held
    /// begins where nothing else runs.
    pub(crate) fn wait(&mut self) -> Vec<End> {
        let mut ends = Vec::new();
        let awaited = self.running.iter().filter(|running| running.kind.is_awaited());
        if awaited.clone().all(|running| running.held.is_some()) {
            let held: Vec<JobKind> = awaited.map(|running| running.kind).collect();
            for kind in held {
                self.release(kind);
            }
        }
        while ends.is_empty() && self.running().next().is_some() {
            let Ok((number, end)) = self.receiver.recv() else { break };
            self.take(number, end, &mut ends);
        }
        ends
    }

    fn take(&mut self, number: u64, end: End, ends: &mut Vec<End>) {
        let before = self.running.len();
        self.running.retain(|running| running.number != number);
        if self.running.len() < before {
            ends.push(end);
        }
    }
}

impl<End> Drop for Jobs<End> {
    fn drop(&mut self) {
        for running in &self.running {
            running.progress.cancel();
        }
    }
}

/// Frees what may be large off the drawing thread.
pub(crate) fn drop_in_background<T: Send + 'static>(large: T) {
    std::thread::spawn(move || drop(large));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_job_of_a_kind_replaces_the_older_and_only_its_end_arrives() {
        let mut jobs: Jobs<u8> = Jobs::new(Arc::new(|| {}));
        jobs.start(JobKind::Paths, |progress| {
            while !progress.is_cancelled() {
                std::thread::yield_now();
            }
            1
        });
        jobs.start(JobKind::Paths, |_| 2);
        assert_eq!((jobs.running().count(), jobs.wait()), (1, vec![2]));
        assert_eq!(jobs.wait(), Vec::<u8>::new());
    }

    #[test]
    fn held_work_runs_only_once_it_is_released_and_can_be_cancelled_before() {
        let mut jobs: Jobs<u8> = Jobs::new(Arc::new(|| {}));
        jobs.hold(JobKind::Assessment, |_| 1);
        jobs.start(JobKind::Paths, |_| 2);
        assert!(jobs.runs(JobKind::Assessment) && jobs.holds(JobKind::Assessment));
        let named: Vec<JobKind> = jobs.running().map(|(kind, _)| kind).collect();
        assert_eq!(named, [JobKind::Paths, JobKind::Assessment]);
        assert_eq!(jobs.wait(), vec![2]);
        assert!(jobs.holds(JobKind::Assessment) && jobs.ended().is_empty());
        jobs.release(JobKind::Assessment);
        assert!(jobs.runs(JobKind::Assessment) && !jobs.holds(JobKind::Assessment));
        assert_eq!(jobs.wait(), vec![1]);
        jobs.hold(JobKind::Assessment, |_| 3);
        jobs.cancel(JobKind::Assessment);
        jobs.release(JobKind::Assessment);
        assert_eq!(jobs.wait(), Vec::<u8>::new());
        // Whoever waits for all does not wait for ever.
        jobs.hold(JobKind::Assessment, |_| 4);
        assert_eq!(jobs.wait(), vec![4]);
    }

    #[test]
    fn nobody_waits_for_a_watch_but_its_end_arrives() {
        let mut jobs: Jobs<u8> = Jobs::new(Arc::new(|| {}));
        jobs.start(JobKind::Watch, |_| 1);
        assert_eq!((jobs.running().count(), jobs.wait()), (0, Vec::new()));
        jobs.start(JobKind::Paths, |_| 2);
        let mut ends = Vec::new();
        while ends.len() < 2 {
            ends.extend(jobs.ended());
            std::thread::yield_now();
        }
        ends.sort_unstable();
        assert_eq!(ends, [1, 2]);
    }
}
