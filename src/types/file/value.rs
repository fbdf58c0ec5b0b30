//! Layout of files.

use super::codec::Codec;
use crate::gc::Heap;
use crate::object::{Header, Kind, Object, Slot, Tracer};
use crate::types::stream::Stream;
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::Write;

/// Where the bytes are.
pub enum Device {
    Disk(File),
    /// A stream of the engine or, for stdin, of the process.
    Std(Stream),
    Closed,
}

/// How lines end: the argument `newline` of `open`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Newline {
    /// None: any end, read as `\n`.
    Universal,
    /// `''`: any end, left as it is.
    Any,
    Lf,
    Cr,
    CrLf,
}
impl Newline {
    /// What `\n` is written as.
    pub fn written(self) -> &'static [u8] {
        match self {
            Newline::Universal | Newline::Any | Newline::Lf => b"\n",
            Newline::Cr => b"\r",
            Newline::CrLf => b"\r\n",
        }
    }
}

/// What a file knows of its bytes. All of it has a bounded size (a chunk), but for a line that is
/// longer than a chunk, which whoever reads it has made room for.
pub struct State {
    pub device: Device,
    pub readable: bool,
    pub writable: bool,
    /// Read ahead, from `at` on (binary files).
    pub ahead: Vec<u8>,
    pub at: usize,
    /// Written, not yet handed over.
    pub pending: Vec<u8>,
    /// Of a text file: decoded text, read up to `taken`.
    pub text: Vec<u8>,
    pub taken: usize,
    /// The bytes that `text` was decoded from, and where they begin in the file.
    pub raw: Vec<u8>,
    pub raw_start: u64,
    /// Bytes behind `raw` that are no whole character or line end yet.
    pub rest: Vec<u8>,
    pub eof: bool,
    pub codec: Codec,
    pub newline: Newline,
    /// Line ends seen: 1 `\n`, 2 `\r`, 4 `\r\n`.
    pub seen: u8,
    pub line_buffered: bool,
    /// Not buffered at all (`buffering=0`).
    pub raw_io: bool,
    /// False while lines are iterated over.
    pub telling: bool,
}

/// A file object: `TextIOWrapper`, `BufferedReader`, `BufferedWriter`, `BufferedRandom` or `FileIO`, as
/// its class says.
#[repr(C)]
pub struct FileObj {
    pub h: Header,
    /// The engine's own stream, of the three standard ones.
    pub std: Option<Stream>,
    pub name: Slot,
    /// `mode`, `encoding` and `errors` as they are shown: strs.
    pub mode: Slot,
    pub encoding: Slot,
    pub errors: Slot,
    /// The binary file of a standard stream, once asked for.
    pub buffer: Slot,
    pub state: RefCell<State>,
    /// Bytes the heap was charged for the buffers.
    pub accounted: Cell<usize>,
}

impl State {
    /// A closed file.
    pub fn closed() -> State {
        State {
            device: Device::Closed,
            readable: false,
            writable: false,
            ahead: Vec::new(),
            at: 0,
            pending: Vec::new(),
            text: Vec::new(),
            taken: 0,
            raw: Vec::new(),
            raw_start: 0,
            rest: Vec::new(),
            eof: false,
            codec: Codec::default(),
            newline: Newline::Universal,
            seen: 0,
            line_buffered: false,
            raw_io: false,
            telling: true,
        }
    }
    pub fn is_closed(&self) -> bool {
        matches!(self.device, Device::Closed)
    }
    /// Hands what is pending to the system; what did not go stays pending.
    ///
    /// # Errors
    /// The system's.
    pub fn hand_over(&mut self) -> std::io::Result<()> {
        let Device::Disk(f) = &mut self.device else {
            return Ok(());
        };
        let mut done = 0;
        let r = loop {
            if done == self.pending.len() {
                break Ok(());
            }
            match f.write(&self.pending[done..]) {
                Ok(0) => break Err(std::io::ErrorKind::WriteZero.into()),
                Ok(n) => done += n,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => (),
                Err(e) => break Err(e),
            }
        };
        self.pending.drain(..done);
        r
    }
    /// Forgets what was read ahead.
    pub fn forget(&mut self) {
        self.ahead.clear();
        self.at = 0;
        self.text.clear();
        self.taken = 0;
        self.raw.clear();
        self.rest.clear();
        self.eof = false;
        self.telling = true;
    }
}

impl Object for FileObj {
    const KIND: Kind = Kind::File;
    const RELEASES: bool = true;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.name,
            &self.mode,
            &self.encoding,
            &self.errors,
            &self.buffer,
        ] {
            t.slot(s);
        }
    }
    /// A file nobody refers to is flushed and closed; nobody can be told of an error.
    fn release(&mut self, heap: &Heap) {
        let s = self.state.get_mut();
        let _ = s.hand_over();
        *s = State::closed();
        heap.unaccount(self.accounted.take());
    }
}
