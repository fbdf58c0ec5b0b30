//! stdout and stderr of the process.

use std::io::{BufWriter, IsTerminal, LineWriter, Result, Write};

/// A stream that holds nothing back.
struct Direct(std::io::Stdout);

impl Write for Direct {
    fn write(&mut self, b: &[u8]) -> Result<usize> {
        self.0.write_all(b)?;
        self.0.flush()?;
        Ok(b.len())
    }
    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

/// What the program prints to. Rust's own stdout is line buffered even into a file.
pub fn stdout(unbuffered: bool) -> Box<dyn Write + Send> {
    let out = std::io::stdout();
    if unbuffered {
        Box::new(Direct(out))
    } else if out.is_terminal() {
        Box::new(LineWriter::new(out))
    } else {
        Box::new(BufWriter::with_capacity(1 << 16, out))
    }
}
/// `sys.stderr`: not buffered past a line.
pub fn stderr() -> Box<dyn Write + Send> {
    Box::new(std::io::stderr())
}
