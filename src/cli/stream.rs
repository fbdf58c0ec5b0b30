//! stdout and stderr of the process, buffered; a reader that has gone away ends the program quietly.

use std::io::{BufWriter, IsTerminal, LineWriter, Result, Write};

/// A stream that ends the process when nobody reads it any more, as a signal ends other programs.
pub struct Quiet<W: Write>(W);

impl<W: Write> Quiet<W> {
    fn check<T>(r: Result<T>) -> Result<T> {
        match r {
            // 128 + SIGPIPE
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(141),
            Ok(_) | Err(_) => r,
        }
    }
}
impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, b: &[u8]) -> Result<usize> {
        Self::check(self.0.write(b))
    }
    fn flush(&mut self) -> Result<()> {
        Self::check(self.0.flush())
    }
}

/// What the program prints to. Rust's own stdout is line buffered even into a file.
pub fn stdout() -> Box<dyn Write + Send> {
    let out = std::io::stdout();
    if out.is_terminal() {
        Box::new(Quiet(LineWriter::new(out)))
    } else {
        Box::new(Quiet(BufWriter::with_capacity(1 << 16, out)))
    }
}
/// `sys.stderr`: not buffered past a line.
pub fn stderr() -> Box<dyn Write + Send> {
    Box::new(Quiet(std::io::stderr()))
}
