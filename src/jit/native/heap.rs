//! The process's code heap: regions mapped twice, one writable, one executable.
//!
//! A region is one memory file; its writable mapping and its executable mapping lie at different
//! addresses, so no address is ever both. Chunks of a few cache lines are handed out first-fit and
//! coalesced when they come back; whole pages that fall free are given back to the system.

use std::sync::{Mutex, MutexGuard};

/// Bytes of one region: address space, not memory, until code is written to it. Calls between the
/// functions of one unit stay in it, within reach of a relative call on every target.
const REGION: usize = 16 << 20;
/// Chunks start at, and are rounded to, this many bytes.
const GRAIN: usize = 64;
const PAGE: usize = 4096;

/// One double mapping.
struct Region {
    rw: usize,
    rx: usize,
    size: usize,
    /// Free runs (offset, length), in order, never adjacent.
    free: Vec<(usize, usize)>,
    /// Bytes handed out.
    used: usize,
    /// The process that made it. A forked child sees the same memory: it must not write there.
    pid: u32,
}

/// Every region of the process. Holds no values: engines share nothing but the space.
static POOL: Mutex<Vec<Region>> = Mutex::new(Vec::new());

fn pool() -> MutexGuard<'static, Vec<Region>> {
    // A panic inside cannot leave the lists half changed in a way that hands memory out twice.
    POOL.lock().unwrap_or_else(|e| e.into_inner())
}

/// A run of code memory; given back when dropped, so its owner makes sure that nothing runs in it.
#[derive(Debug)]
pub struct Chunk {
    rw: usize,
    rx: usize,
    len: usize,
}

impl Chunk {
    /// `len` bytes of code memory.
    pub fn new(len: usize) -> Result<Chunk, String> {
        let len = len.max(1).next_multiple_of(GRAIN);
        let mut pool = pool();
        let pid = std::process::id();
        for r in pool.iter_mut().filter(|r| r.pid == pid) {
            if let Some(c) = r.take(len) {
                return Ok(c);
            }
        }
        let mut r = Region::map(len.next_multiple_of(PAGE).max(REGION))?;
        let c = r.take(len);
        pool.push(r);
        c.ok_or_else(|| "code region too small".to_string())
    }
    /// Where to write it.
    pub fn rw(&self) -> *mut u8 {
        self.rw as *mut u8
    }
    /// Where to run it.
    pub fn rx(&self) -> usize {
        self.rx
    }
    /// Bytes.
    pub fn len(&self) -> usize {
        self.len
    }
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// Makes what was written visible to instruction fetch.
    pub fn flush(&self) {
        super::icache::flush(self.rw, self.rx, self.len);
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        let mut pool = pool();
        let Some(at) = pool
            .iter()
            .position(|r| self.rx >= r.rx && self.rx < r.rx + r.size)
            .filter(|&i| pool[i].pid == std::process::id())
        else {
            return;
        };
        let r = &mut pool[at];
        r.give(self.rx - r.rx, self.len);
        // One empty region is kept: an engine that comes and goes would map it again at once.
        if pool[at].used == 0 && pool.iter().filter(|r| r.used == 0).count() > 1 {
            pool.swap_remove(at).unmap();
        }
    }
}

impl Region {
    fn take(&mut self, len: usize) -> Option<Chunk> {
        let i = self.free.iter().position(|&(_, n)| n >= len)?;
        let (off, n) = self.free[i];
        if n == len {
            self.free.remove(i);
        } else {
            self.free[i] = (off + len, n - len);
        }
        self.used += len;
        Some(Chunk {
            rw: self.rw + off,
            rx: self.rx + off,
            len,
        })
    }
    fn give(&mut self, off: usize, len: usize) {
        self.used -= len;
        let i = self.free.partition_point(|&(o, _)| o < off);
        self.free.insert(i, (off, len));
        if i + 1 < self.free.len() && off + len == self.free[i + 1].0 {
            self.free[i].1 += self.free.remove(i + 1).1;
        }
        if i > 0 && self.free[i - 1].0 + self.free[i - 1].1 == off {
            self.free[i - 1].1 += self.free.remove(i).1;
        }
        let from = off.next_multiple_of(PAGE);
        let to = (off + len) / PAGE * PAGE;
        if from < to {
            self.discard(from, to - from);
        }
    }
}

#[cfg(target_os = "linux")]
impl Region {
    fn map(size: usize) -> Result<Region, String> {
        let failed = |what: &str| format!("{what}: {}", std::io::Error::last_os_error());
        // SAFETY: plain system calls on a descriptor and mappings that this function owns until it
        // returns them; both mappings are shared views of one file of `size` bytes.
        unsafe {
            let fd = libc::memfd_create(c"code".as_ptr(), libc::MFD_CLOEXEC);
            if fd < 0 {
                return Err(failed("memfd_create"));
            }
            let view = |prot| libc::mmap(std::ptr::null_mut(), size, prot, libc::MAP_SHARED, fd, 0);
            let result = if libc::ftruncate(fd, size as libc::off_t) != 0 {
                Err(failed("ftruncate"))
            } else {
                let rx = view(libc::PROT_READ | libc::PROT_EXEC);
                let rw = view(libc::PROT_READ | libc::PROT_WRITE);
                if rx == libc::MAP_FAILED || rw == libc::MAP_FAILED {
                    let e = failed("mmap");
                    for p in [rx, rw] {
                        if p != libc::MAP_FAILED {
                            libc::munmap(p, size);
                        }
                    }
                    Err(e)
                } else {
                    Ok(Region {
                        rw: rw as usize,
                        rx: rx as usize,
                        size,
                        free: vec![(0, size)],
                        used: 0,
                        pid: std::process::id(),
                    })
                }
            };
            libc::close(fd);
            result
        }
    }
    fn unmap(self) {
        // SAFETY: this region's own mappings; no chunk of it is out.
        unsafe {
            libc::munmap(self.rw as *mut _, self.size);
            libc::munmap(self.rx as *mut _, self.size);
        }
    }
    fn discard(&self, off: usize, len: usize) {
        // SAFETY: whole pages of a free run of this region; failure only keeps the memory.
        unsafe {
            libc::madvise((self.rw + off) as *mut _, len, libc::MADV_REMOVE);
        }
    }
}

#[cfg(not(target_os = "linux"))]
impl Region {
    fn map(_size: usize) -> Result<Region, String> {
        Err("no double mapping of code on this system".to_string())
    }
    fn unmap(self) {}
    fn discard(&self, _off: usize, _len: usize) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_come_back_and_coalesce() {
        let mut r = Region {
            rw: 0,
            rx: 1 << 30,
            size: 4 * PAGE,
            free: vec![(0, 4 * PAGE)],
            used: 0,
            pid: 0,
        };
        let c: Vec<Chunk> = (0..4).map(|_| r.take(GRAIN).unwrap()).collect();
        assert_eq!(r.used, 4 * GRAIN);
        for i in [1, 3, 0, 2] {
            let off = c[i].rx - r.rx;
            r.used -= GRAIN;
            r.used += GRAIN;
            let i = r.free.len();
            r.give(off, GRAIN);
            assert!(r.free.len() <= i + 1);
        }
        assert_eq!((r.free.clone(), r.used), (vec![(0, 4 * PAGE)], 0));
        std::mem::forget(c);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn no_page_is_writable_and_executable() {
        let c = Chunk::new(100).unwrap();
        // SAFETY: both views of the chunk are `len` bytes long and nobody else has them.
        unsafe {
            c.rw().write(0x5A);
            assert_eq!(*(c.rx() as *const u8), 0x5A);
        }
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        assert!(!maps.lines().any(|l| {
            l.split_whitespace()
                .nth(1)
                .is_some_and(|p| p.starts_with("rwx"))
        }));
    }
}
