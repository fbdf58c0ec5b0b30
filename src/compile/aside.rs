//! A long source is compiled aside, on a thread of its own, while the thread that asked for it looks at the limits.
//!
//! The parser is another crate's and cannot be interrupted, and trees and tables of millions of nodes take their time to
//! be dropped. So where a limit strikes, the thread that waits goes at once. The other one hears of it at its next look,
//! or when the parser is done, and drops there what it has made. Looks are taken by the thread that waits, each that the
//! compiler asks for and one now and then besides: how many, at least, depends on the source alone.

use std::io;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle, sleep};
use std::time::Duration;

/// Bytes of source from which on it is worth a thread.
pub const LONG: usize = 1 << 17;
/// Between two looks where the compiler asks for none.
const PAUSE: Duration = Duration::from_millis(1);
/// For what is done before and after the compilation, which has a stack to itself: nested code that nobody wants any
/// more is dropped there.
const STACK: usize = 1 << 20;

/// What is done aside; it asks now and then whether to go on.
type Job<T> = Box<dyn FnOnce(&dyn Fn() -> bool) -> T + Send>;

/// What comes back.
enum Word<T> {
    Look,
    Done(T),
}

/// A thread that has nothing to do yet.
pub struct Aside<T> {
    give: SyncSender<Job<T>>,
    hear: Receiver<Word<T>>,
    thread: JoinHandle<()>,
}

/// A thread that nobody waits for, at work still.
pub struct Left(JoinHandle<()>);

impl Left {
    #[cfg(test)]
    pub fn of(work: impl FnOnce() + Send + 'static) -> Left {
        Left(std::thread::spawn(work))
    }
    /// Whether it has ended, and all that it made is gone.
    pub fn is_over(&self) -> bool {
        self.0.is_finished()
    }
    /// Gives it some time.
    pub fn wait(&self) {
        sleep(PAUSE);
    }
}

impl<T: Send + 'static> Aside<T> {
    /// # Errors
    /// The system gives no thread.
    pub fn new() -> io::Result<Aside<T>> {
        let (give, get) = sync_channel::<Job<T>>(1);
        // Without room: what is said is heard, or comes back to be dropped where it was made.
        let (say, hear) = sync_channel(0);
        let thread = Builder::new()
            .name("compiler".into())
            .stack_size(STACK)
            .spawn(move || {
                if let Ok(job) = get.recv() {
                    let r = job(&|| say.send(Word::Look).is_ok());
                    drop(say.send(Word::Done(r)));
                }
            })?;
        Ok(Aside { give, hear, thread })
    }
    /// What the job gives, unless `goes_on` says no while it runs.
    ///
    /// # Errors
    /// It runs on by itself.
    ///
    /// # Panics
    /// As the job does.
    pub fn run(
        self,
        job: impl FnOnce(&dyn Fn() -> bool) -> T + Send + 'static,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<T, Left> {
        let Aside { give, hear, thread } = self;
        // It waits for this; should it be gone, that is heard.
        drop(give.send(Box::new(job)));
        loop {
            match hear.recv_timeout(PAUSE) {
                Ok(Word::Done(r)) => {
                    // It has nothing left to do.
                    drop(thread.join());
                    return Ok(r);
                }
                Ok(Word::Look) | Err(RecvTimeoutError::Timeout) => {
                    if !goes_on() {
                        return Err(Left(thread));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => match thread.join() {
                    Err(panic) => resume_unwind(panic),
                    Ok(()) => unreachable!(),
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::mpsc::channel;
    use std::thread::{ThreadId, current};

    /// Says where it is dropped.
    struct Tells(std::sync::mpsc::Sender<ThreadId>);
    impl Drop for Tells {
        fn drop(&mut self) {
            self.0.send(current().id()).unwrap();
        }
    }

    fn ends(left: &Left) {
        while !left.is_over() {
            left.wait();
        }
    }

    /// Who is told to stop goes, whatever the job does; what that makes afterwards is dropped where it is made.
    #[test]
    fn nobody_waits_for_what_is_not_wanted() {
        let (go, gone) = channel();
        let (tell, told) = channel();
        let looks = Cell::new(0);
        let job = move |_: &dyn Fn() -> bool| {
            gone.recv().unwrap();
            Tells(tell)
        };
        let r = Aside::new().unwrap().run(job, &|| {
            looks.set(looks.get() + 1);
            looks.get() < 3
        });
        let left = r.err().unwrap();
        assert_eq!(looks.get(), 3);
        assert!(!left.is_over());
        go.send(()).unwrap();
        ends(&left);
        assert_ne!(told.recv().unwrap(), current().id());
    }

    /// A look of the job is one of who waits, and it hears the answer at the next at the latest.
    #[test]
    fn looks_are_passed_on() {
        for most in [0, 1, 7, 99] {
            let (tell, told) = channel();
            let looks = Cell::new(0);
            let job = move |goes_on: &dyn Fn() -> bool| {
                let n = (0..100).take_while(|_| goes_on()).count();
                tell.send(n).unwrap();
            };
            let r = Aside::new().unwrap().run(job, &|| {
                looks.set(looks.get() + 1);
                looks.get() <= most
            });
            ends(&r.err().unwrap());
            assert_eq!(looks.get(), most + 1);
            assert!(told.recv().unwrap() <= most + 1);
        }
        let looks = Cell::new(0);
        let job = |goes_on: &dyn Fn() -> bool| (0..100).take_while(|_| goes_on()).count();
        let r = Aside::new().unwrap().run(job, &|| {
            looks.set(looks.get() + 1);
            true
        });
        assert_eq!(r.ok(), Some(100));
        assert!(looks.get() >= 100);
    }

    #[test]
    fn a_panic_passes_on() {
        let run = || {
            Aside::<()>::new()
                .unwrap()
                .run(|_| panic!("here"), &|| true)
        };
        let p = catch_unwind(AssertUnwindSafe(run)).err().unwrap();
        assert_eq!(p.downcast_ref(), Some(&"here"));
    }
}
