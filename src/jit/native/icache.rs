//! Instruction caches: x86-64 keeps them coherent by itself, AArch64 does not.

/// Makes the code written at `rw` visible to fetches at `rx`, on every processor that may run it.
#[cfg(not(target_arch = "aarch64"))]
pub fn flush(_rw: usize, _rx: usize, _len: usize) {}

#[cfg(target_arch = "aarch64")]
pub fn flush(rw: usize, rx: usize, len: usize) {
    use std::arch::asm;
    let ctr: u64;
    // SAFETY: reads a register that Linux lets user code read.
    unsafe { asm!("mrs {}, ctr_el0", out(reg) ctr, options(nomem, nostack)) };
    let dline = 4usize << ((ctr >> 16) & 15);
    let iline = 4usize << (ctr & 15);
    // SAFETY: cache maintenance by address over mapped memory changes no data. Data lines are
    // cleaned to the point of unification first, then the aliases that are fetched are dropped.
    unsafe {
        let mut a = rw & !(dline - 1);
        while a < rw + len {
            asm!("dc cvau, {}", in(reg) a, options(nostack));
            a += dline;
        }
        asm!("dsb ish", options(nostack));
        let mut a = rx & !(iline - 1);
        while a < rx + len {
            asm!("ic ivau, {}", in(reg) a, options(nostack));
            a += iline;
        }
        asm!("dsb ish", "isb", options(nostack));
    }
    other_processors();
}

/// Has the other processors that run this process drop what they prefetched.
#[cfg(all(target_arch = "aarch64", target_os = "linux"))]
fn other_processors() {
    const REGISTER: libc::c_long = 1 << 6;
    const SYNC_CORE: libc::c_long = 1 << 5;
    // SAFETY: membarrier takes two numbers; a kernel without it says so, and then the context
    // switch that moves an engine to another thread is the barrier.
    unsafe {
        if libc::syscall(libc::SYS_membarrier, SYNC_CORE, 0) != 0 {
            libc::syscall(libc::SYS_membarrier, REGISTER, 0);
            libc::syscall(libc::SYS_membarrier, SYNC_CORE, 0);
        }
    }
}
#[cfg(all(target_arch = "aarch64", not(target_os = "linux")))]
fn other_processors() {}
