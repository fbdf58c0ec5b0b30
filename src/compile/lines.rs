//! Byte offsets ↔ lines, and the table `co_lnotab` that maps instructions to lines.

use super::lower::Fail;
use super::parts::Watch;

fn line_starts(src: &str) -> impl Iterator<Item = u32> {
    let ends = memchr::memchr_iter(b'\n', src.as_bytes());
    std::iter::once(0).chain(ends.map(|i| i as u32 + 1))
}

/// Where each line of a source starts.
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// The index of a text whose lines end in `\n`.
    pub fn new(src: &str) -> Self {
        LineIndex {
            starts: line_starts(src).collect(),
        }
    }
    /// The same of a long text.
    ///
    /// # Errors
    /// As [`Watch::did`].
    pub fn watched(src: &str, watch: &Watch<'_>) -> Result<Self, Fail> {
        let mut starts = Vec::new();
        let mut seen = 0;
        for at in line_starts(src) {
            watch.did((at - seen) as usize)?;
            seen = at;
            starts.push(at);
        }
        watch.look()?;
        Ok(LineIndex { starts })
    }
    /// The line of a byte offset, from 1.
    pub fn line(&self, pos: u32) -> u32 {
        self.starts.partition_point(|&s| s <= pos) as u32
    }
    /// The byte offset where a line (from 1) starts.
    pub fn start(&self, line: u32) -> u32 {
        let i = (line as usize).saturating_sub(1);
        self.starts.get(i).copied().unwrap_or(u32::MAX)
    }
    /// How many lines there are.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }
    /// The text of a line (from 1), without its end.
    pub fn text<'s>(&self, src: &'s str, line: u32) -> Option<&'s str> {
        if line == 0 || line > self.count() {
            return None;
        }
        let start = self.start(line) as usize;
        let end = match self.starts.get(line as usize) {
            Some(&e) => e as usize - 1,
            None => src.len(),
        };
        src.get(start..end)
    }
}

/// Builds `co_lnotab` while instructions are emitted in order.
pub struct Lnotab {
    bytes: Vec<u8>,
    line: i64,
    offset: i64,
}

impl Lnotab {
    /// An empty table for code that starts at this line.
    pub fn new(firstlineno: u32) -> Self {
        Lnotab {
            bytes: Vec::new(),
            line: firstlineno as i64,
            offset: 0,
        }
    }
    /// The instruction at this byte offset is the first of a line.
    pub fn mark(&mut self, offset: usize, line: u32) {
        let mut d_code = offset as i64 - self.offset;
        let mut d_line = line as i64 - self.line;
        if d_code == 0 && d_line == 0 {
            return;
        }
        while d_code > 255 {
            self.bytes.extend([255, 0]);
            d_code -= 255;
        }
        // A step is a signed byte; the code step goes with the first of several. A last step
        // of 0 lines is written too.
        if !(-128..=127).contains(&d_line) {
            let k = if d_line < 0 { -128 } else { 127 };
            for _ in 0..d_line / k {
                self.bytes.extend([d_code as u8, k as i8 as u8]);
                d_code = 0;
            }
            d_line %= k;
        }
        self.bytes.extend([d_code as u8, d_line as i8 as u8]);
        self.line = line as i64;
        self.offset = offset as i64;
    }
    /// The table.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}
