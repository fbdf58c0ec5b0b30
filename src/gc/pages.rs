//! Memory of buffers and large cells. From `MAPPED` bytes on each has a mapping of its own: what is freed goes back
//! to the system at once, and a buffer grows by moving pages, where the process's allocator would hold the old and
//! the new copy, and the holes that they leave: up to twice what is accounted.

use std::alloc::Layout;

/// Bytes from which memory is mapped.
#[cfg(all(target_os = "linux", not(miri)))]
const MAPPED: usize = 2 << 20;

/// As [`std::alloc::alloc`].
///
/// # Safety
/// As there.
pub unsafe fn alloc(l: Layout) -> *mut u8 {
    #[cfg(all(target_os = "linux", not(miri)))]
    if l.size() >= MAPPED {
        return linux::map(l.size());
    }
    // SAFETY: the caller's promise.
    unsafe { std::alloc::alloc(l) }
}

/// As [`std::alloc::alloc_zeroed`]: fresh pages need no work.
///
/// # Safety
/// As there.
pub unsafe fn alloc_zeroed(l: Layout) -> *mut u8 {
    #[cfg(all(target_os = "linux", not(miri)))]
    if l.size() >= MAPPED {
        return linux::map(l.size());
    }
    // SAFETY: the caller's promise.
    unsafe { std::alloc::alloc_zeroed(l) }
}

/// As [`std::alloc::dealloc`].
///
/// # Safety
/// As there; the memory is of [`alloc`] or [`realloc`] here.
pub unsafe fn dealloc(p: *mut u8, l: Layout) {
    #[cfg(all(target_os = "linux", not(miri)))]
    if l.size() >= MAPPED {
        // SAFETY: memory of this size is a mapping of `alloc`.
        return unsafe { linux::unmap(p, l.size()) };
    }
    // SAFETY: the caller's promise.
    unsafe { std::alloc::dealloc(p, l) }
}

/// As [`std::alloc::realloc`].
///
/// # Safety
/// As there; the memory is of [`alloc`] or [`realloc`] here.
pub unsafe fn realloc(p: *mut u8, l: Layout, size: usize) -> *mut u8 {
    #[cfg(all(target_os = "linux", not(miri)))]
    match (l.size() >= MAPPED, size >= MAPPED) {
        (false, false) => {}
        // SAFETY: a mapping of `alloc`.
        (true, true) => return unsafe { linux::remap(p, l.size(), size) },
        (true, false) | (false, true) => {
            // SAFETY: the caller's promise; both are valid for the smaller size.
            unsafe {
                let new = alloc(Layout::from_size_align_unchecked(size, l.align()));
                if !new.is_null() {
                    std::ptr::copy_nonoverlapping(p, new, size.min(l.size()));
                    dealloc(p, l);
                }
                return new;
            }
        }
    }
    // SAFETY: the caller's promise.
    unsafe { std::alloc::realloc(p, l, size) }
}

#[cfg(all(target_os = "linux", not(miri)))]
mod linux {
    /// Fresh pages, or null.
    pub fn map(size: usize) -> *mut u8 {
        let (prot, flags) = (
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
        );
        // SAFETY: a new mapping, wherever the system likes.
        let p = unsafe { libc::mmap(std::ptr::null_mut(), size, prot, flags, -1, 0) };
        match p == libc::MAP_FAILED {
            true => std::ptr::null_mut(),
            false => p.cast(),
        }
    }
    /// # Safety
    /// A mapping of `map` of this size, which nobody uses any more.
    pub unsafe fn unmap(p: *mut u8, size: usize) {
        // SAFETY: the caller's promise. It cannot fail for a whole mapping.
        unsafe { libc::munmap(p.cast(), size) };
    }
    /// # Safety
    /// A mapping of `map` of this size; not to be used under its old address.
    pub unsafe fn remap(p: *mut u8, was: usize, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise.
        let p = unsafe { libc::mremap(p.cast(), was, size, libc::MREMAP_MAYMOVE) };
        match p == libc::MAP_FAILED {
            true => std::ptr::null_mut(),
            false => p.cast(),
        }
    }
}
