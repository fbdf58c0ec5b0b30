//! Standard input: what the embedder gave, or the process's. A thread reads that, so that Ctrl-C and limits reach an engine that
//! waits for a line.

use crate::types::stream;
use crate::vm::host::guarded;
use crate::vm::{Capability, Raised, Vm};
use std::io::Read;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, OnceLock, TryLockError};
use std::time::Duration;

/// Bytes asked for at once.
const CHUNK: usize = 1 << 16;
/// Longest wait between two looks at the limit word.
const SLICE: Duration = Duration::from_millis(20);

struct Reader {
    ask: SyncSender<()>,
    got: Receiver<std::io::Result<Vec<u8>>>,
    /// Asked, and not answered yet.
    waiting: bool,
    have: Vec<u8>,
    at: usize,
}

fn start() -> std::io::Result<Reader> {
    let (ask, asked) = sync_channel::<()>(1);
    let (give, got) = sync_channel(1);
    std::thread::Builder::new()
        .name("stdin".into())
        .stack_size(128 << 10)
        .spawn(move || {
            while asked.recv().is_ok() {
                let mut b = vec![0; CHUNK];
                let r = std::io::stdin().lock().read(&mut b).map(|n| {
                    b.truncate(n);
                    b
                });
                if give.send(r).is_err() {
                    break;
                }
            }
        })?;
    Ok(Reader {
        ask,
        got,
        waiting: false,
        have: Vec::new(),
        at: 0,
    })
}

/// Reads some bytes; none at the end of input.
///
/// # Errors
/// OSError, KeyboardInterrupt, a TERMINATE.
pub fn read(vm: &mut Vm, max: usize) -> Result<Vec<u8>, Raised> {
    vm.require(Capability::Stdin, None)?;
    if let Some(mut given) = vm.host.stdin.take() {
        let mut b = vec![0; max.min(CHUNK)];
        let r = guarded(|| given.read(&mut b));
        vm.host.stdin = Some(given);
        return match r {
            Ok(n) => {
                b.truncate(n);
                Ok(b)
            }
            Err(e) => Err(stream::io_error(vm, e)),
        };
    }
    static READER: OnceLock<Mutex<Option<Reader>>> = OnceLock::new();
    let shared = READER.get_or_init(|| Mutex::new(None));
    loop {
        vm.poll()?;
        let mut guard = match shared.try_lock() {
            Ok(g) => g,
            Err(TryLockError::Poisoned(p)) => p.into_inner(),
            // Another engine waits for input.
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(SLICE);
                continue;
            }
        };
        let r = match &mut *guard {
            Some(r) => r,
            None => match start() {
                Ok(r) => guard.insert(r),
                Err(e) => {
                    drop(guard);
                    return Err(stream::io_error(vm, e));
                }
            },
        };
        if r.at < r.have.len() {
            let n = max.min(r.have.len() - r.at);
            let out = r.have[r.at..r.at + n].to_vec();
            r.at += n;
            return Ok(out);
        }
        if !r.waiting {
            r.waiting = r.ask.send(()).is_ok();
        }
        match r.got.recv_timeout(SLICE) {
            Ok(Ok(b)) => {
                r.waiting = false;
                r.have = b;
                r.at = 0;
                if r.have.is_empty() {
                    return Ok(Vec::new());
                }
            }
            Ok(Err(e)) => {
                r.waiting = false;
                drop(guard);
                return Err(stream::io_error(vm, e));
            }
            Err(RecvTimeoutError::Timeout) => (),
            Err(RecvTimeoutError::Disconnected) => {
                *guard = None;
                return Ok(Vec::new());
            }
        }
    }
}
