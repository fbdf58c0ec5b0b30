//! The two borders of native code that machine code has to guard: where Rust enters it, and where it
//! calls Rust. What is noted at both lets [`replay`] run the exits of native frames that wait in a call,
//! on a copy of their stack, so that they say what is in them (`deopt::show`).
//!
//! * [`enter`] notes the stack pointer at which native code starts, in an [`Activation`].
//! * A helper is called through a thunk, which leaves a [`Callout`] on the stack while the helper
//!   runs: the registers that native code relies on to be kept, its frame and its return address.
//!   Where native code relies on all of them (a cold path of a loop), the thunk is called through
//!   `quiet_asm`, which keeps the others on the stack.
//!
//! The Vm holds the newest of each; they alternate: an activation is entered, it calls out, from there
//! another is entered.

use crate::interp::frame::FramePtr;
use crate::jit::runtime::Pair;
use crate::object::Value;
use crate::vm::Vm;
use std::cell::Cell;

/// One run of native code, from its entry to its end: lies in the frame of `call_frame`.
#[repr(C)]
pub struct Activation {
    /// The stack pointer at its first instruction.
    sp: Cell<usize>,
    /// Address of the activation that was the newest before it.
    before: usize,
    /// Address of the frame on the VM stack whose code it runs first; of the innermost one, if that code has none
    /// (`beneath`); 0: the host calls, and there is none.
    frame: usize,
    /// Address of the newest callout before it. Not beside `before`: the two were read and written as one then, for
    /// which the processor waits where one was written on its own just now.
    callout: usize,
    /// Python frames, that whose code it runs first included.
    pub depth: u32,
    /// Its native frames are on the VM stack: none of them goes on natively.
    pub shown: Cell<bool>,
    /// A program asked for a collection out of it, to which what it let go of lay in its native frames: there
    /// is to be another when they are gone. Behind `shown`: a generator's activation begins with these three false.
    pub collects: Cell<bool>,
    /// What it runs first has no frame on the VM stack: the open entry of a function.
    beneath: bool,
}
// A generator's thunk clears as many bytes.
const _: () = {
    let shown = std::mem::offset_of!(Activation, shown);
    assert!(std::mem::offset_of!(Activation, collects) - shown < 4);
    assert!(std::mem::offset_of!(Activation, beneath) - shown < 4);
    assert!(shown % 4 == 0 && shown + 4 <= size_of::<Activation>());
};

/// Bytes of a machine stack that it takes.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
const ACTIVATION: usize = size_of::<Activation>().next_multiple_of(16);

impl Activation {
    #[inline(always)]
    fn new(vm: &Vm, frame: Option<FramePtr>, depth: u32, beneath: bool) -> Activation {
        Activation {
            sp: Cell::new(0),
            before: vm.jit.activation.get(),
            callout: vm.jit.callout.get(),
            frame: frame.map_or(0, |f| f.address()),
            depth,
            shown: Cell::new(false),
            collects: Cell::new(false),
            beneath,
        }
    }
    /// Of the code of a frame.
    pub fn of(vm: &Vm, frame: FramePtr, depth: u32) -> Activation {
        Activation::new(vm, Some(frame), depth, false)
    }
    /// Of a function that has no frame: `innermost` is that of the VM stack.
    pub fn beneath(vm: &Vm, innermost: Option<FramePtr>, depth: u32) -> Activation {
        Activation::new(vm, innermost, depth, true)
    }
    /// The innermost frame on the VM stack when it was entered: its own, if it has one.
    pub fn innermost(&self) -> Option<FramePtr> {
        (self.frame != 0).then(|| FramePtr::from_address(self.frame))
    }
    /// The frame on the VM stack whose code it runs first, if there is one.
    pub fn own(&self) -> Option<FramePtr> {
        self.innermost().filter(|_| !self.beneath)
    }
    /// The newest.
    pub fn current(vm: &Vm) -> Option<&Activation> {
        Self::at(vm.jit.activation.get())
    }
    /// The newest, for who changes the Vm meanwhile: it lives until native code returns.
    pub fn newest<'a>(vm: &Vm) -> Option<&'a Activation> {
        Self::at(vm.jit.activation.get())
    }
    /// The one that was the newest before.
    pub fn outer<'a>(&self) -> Option<&'a Activation> {
        Self::at(self.before)
    }
    fn at<'a>(address: usize) -> Option<&'a Activation> {
        // SAFETY: `call_frame` sets the address to its own activation, and back when that ends;
        // who asks runs inside it.
        unsafe { (address as *const Activation).as_ref() }
    }
    /// Its callout; none while nothing is called out of it.
    pub fn callout<'a>(&self, newest: usize) -> Option<&'a Callout> {
        if newest == self.callout {
            return None;
        }
        // SAFETY: a callout newer than the activation lies on the stack until its helper returns.
        unsafe { (newest as *const Callout).as_ref() }
    }
    /// The newest callout before it.
    pub fn callout_before(&self) -> usize {
        self.callout
    }
    /// Frame pointer of its outermost native frame: below the return address and what the frame
    /// pointer was.
    pub fn outermost(&self) -> usize {
        self.sp.get().wrapping_sub(BELOW_ENTRY)
    }
    /// Makes it the newest.
    pub fn begin(&self, vm: &Vm) {
        vm.jit.activation.set(std::ptr::from_ref(self) as usize);
    }
    /// Makes the one before the newest again.
    pub fn end(&self, vm: &Vm) {
        vm.jit.activation.set(self.before);
    }
}

/// Whether the native frame that called us is on the VM stack already: it must not go on.
#[inline(always)]
pub fn is_shown(vm: &Vm) -> bool {
    Activation::current(vm).is_some_and(|a| a.shown.get())
}

/// From the stack pointer at the first instruction down to the frame pointer.
const BELOW_ENTRY: usize = if cfg!(target_arch = "x86_64") { 8 } else { 16 };

#[cfg(target_arch = "x86_64")]
mod arch {
    /// What a thunk leaves on the stack, lowest address first.
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct Callout {
        /// The newest callout before.
        pub link: usize,
        /// r15 r14 r13 r12 rbx
        pub kept: [usize; 5],
        /// rbp: the frame pointer of the native frame.
        pub fp: usize,
        pub ret: usize,
    }

    /// `extern "C" fn(helper's words) -> Pair` around `$real`. `$vm` loads the Vm into rbx.
    #[macro_export]
    macro_rules! thunk_asm {
        ($vm:literal, $real:ident $(, $name:ident = $value:expr)*) => {
            std::arch::naked_asm!(
                "push rbp",
                "push rbx",
                "push r12",
                "push r13",
                "push r14",
                "push r15",
                $vm,
                "push qword ptr [rbx + {link}]",
                "mov [rbx + {link}], rsp",
                "call {real}",
                "pop rcx",
                "mov [rbx + {link}], rcx",
                "mov rbx, [rsp + 32]",
                "add rsp, 48",
                "ret",
                link = const std::mem::offset_of!($crate::vm::Vm, jit.callout),
                real = sym $real,
                $($name = const $value,)*
            )
        };
    }
    /// How a thunk gets the Vm: it is the first word, or lies behind it.
    #[macro_export]
    macro_rules! thunk_vm {
        (helper, $real:ident) => {
            $crate::thunk_asm!("mov rbx, rdi", $real)
        };
        (leave, $real:ident, $at:expr) => {
            $crate::thunk_asm!("mov rbx, [rdi + {at}]", $real, at = $at)
        };
    }

    /// Around a thunk or a plain helper `$real`: keeps every register that the C convention does not,
    /// and leaves the pair in the Vm, the first word. `replay` runs its end on the copied stack.
    #[macro_export]
    macro_rules! quiet_asm {
        ($real:ident) => {
            std::arch::naked_asm!(
                "push rax",
                "push rcx",
                "push rdx",
                "push rsi",
                "push rdi",
                "push r8",
                "push r9",
                "push r10",
                "push r11",
                "sub rsp, 256",
                "movups [rsp + 0], xmm0",
                "movups [rsp + 16], xmm1",
                "movups [rsp + 32], xmm2",
                "movups [rsp + 48], xmm3",
                "movups [rsp + 64], xmm4",
                "movups [rsp + 80], xmm5",
                "movups [rsp + 96], xmm6",
                "movups [rsp + 112], xmm7",
                "movups [rsp + 128], xmm8",
                "movups [rsp + 144], xmm9",
                "movups [rsp + 160], xmm10",
                "movups [rsp + 176], xmm11",
                "movups [rsp + 192], xmm12",
                "movups [rsp + 208], xmm13",
                "movups [rsp + 224], xmm14",
                "movups [rsp + 240], xmm15",
                "call {real}",
                "mov rdi, [rsp + 288]",
                "mov [rdi + {answer}], rax",
                "mov [rdi + {answer} + 8], rdx",
                "movups xmm0, [rsp + 0]",
                "movups xmm1, [rsp + 16]",
                "movups xmm2, [rsp + 32]",
                "movups xmm3, [rsp + 48]",
                "movups xmm4, [rsp + 64]",
                "movups xmm5, [rsp + 80]",
                "movups xmm6, [rsp + 96]",
                "movups xmm7, [rsp + 112]",
                "movups xmm8, [rsp + 128]",
                "movups xmm9, [rsp + 144]",
                "movups xmm10, [rsp + 160]",
                "movups xmm11, [rsp + 176]",
                "movups xmm12, [rsp + 192]",
                "movups xmm13, [rsp + 208]",
                "movups xmm14, [rsp + 224]",
                "movups xmm15, [rsp + 240]",
                "add rsp, 256",
                "pop r11",
                "pop r10",
                "pop r9",
                "pop r8",
                "pop rdi",
                "pop rsi",
                "pop rdx",
                "pop rcx",
                "pop rax",
                "ret",
                real = sym $real,
                answer = const std::mem::offset_of!($crate::vm::Vm, jit.answer),
            )
        };
    }

    // SAFETY: a plain jump: all registers are as the C convention wants them at the entry.
    #[unsafe(naked)]
    pub(super) extern "C" fn enter(
        slots: *mut u64,
        depth: u64,
        entry: usize,
        sp: *mut usize,
    ) -> crate::jit::runtime::Pair {
        std::arch::naked_asm!("mov [rcx], rsp", "jmp rdx")
    }
    // SAFETY: as above.
    #[unsafe(naked)]
    pub(super) extern "C" fn enter_open(
        args: *const u64,
        depth: u64,
        function: u64,
        entry: usize,
        sp: *mut usize,
        vm: *mut crate::vm::Vm,
    ) -> crate::jit::runtime::Pair {
        std::arch::naked_asm!("mov [r8], rsp", "jmp rcx")
    }

    /// Enters a generator's frame from native code: a callout, and an activation on it.
    // SAFETY: called by native code with its Vm, the slots of a generator's frame that it has put on top of the
    // chain, and an entry for it; keeps the registers that the C convention keeps.
    #[unsafe(naked)]
    pub extern "C" fn generator_thunk(
        vm: *mut crate::vm::Vm,
        slots: *mut u64,
        depth: u64,
        entry: usize,
    ) -> crate::jit::runtime::Pair {
        std::arch::naked_asm!(
            "push rbp",
            "push rbx",
            "push r12",
            "push r13",
            "push r14",
            "push r15",
            "mov rbx, rdi",
            "push qword ptr [rbx + {link}]",
            "mov [rbx + {link}], rsp",
            "lea r8, [rsp]",
            "sub rsp, {size}",
            "mov rax, [rbx + {newest}]",
            "mov [rsp + {before}], rax",
            "mov [rsp + {callout}], r8",
            "lea rax, [rsi - {frame_bytes}]",
            "mov [rsp + {frame}], rax",
            "mov [rsp + {depth}], edx",
            "mov dword ptr [rsp + {shown}], 0",
            "lea rax, [rsp - 8]",
            "mov [rsp + {sp}], rax",
            "mov [rbx + {newest}], rsp",
            "mov rdi, rsi",
            "mov rsi, rdx",
            "call rcx",
            "mov rcx, [rsp + {before}]",
            "mov [rbx + {newest}], rcx",
            "add rsp, {size}",
            "pop rcx",
            "mov [rbx + {link}], rcx",
            "mov rbx, [rsp + 32]",
            "add rsp, 48",
            "ret",
            link = const std::mem::offset_of!(crate::vm::Vm, jit.callout),
            newest = const std::mem::offset_of!(crate::vm::Vm, jit.activation),
            size = const super::ACTIVATION,
            frame_bytes = const size_of::<crate::interp::frame::Frame>(),
            sp = const std::mem::offset_of!(super::Activation, sp),
            before = const std::mem::offset_of!(super::Activation, before),
            callout = const std::mem::offset_of!(super::Activation, callout),
            frame = const std::mem::offset_of!(super::Activation, frame),
            depth = const std::mem::offset_of!(super::Activation, depth),
            shown = const std::mem::offset_of!(super::Activation, shown),
        )
    }

    // SAFETY: keeps its caller's registers for `landing`, which gives them back.
    #[unsafe(naked)]
    pub(super) extern "C" fn resume(from: *const Callout, sp: usize, end: *mut usize) {
        std::arch::naked_asm!(
            "push rbp",
            "push rbx",
            "push r12",
            "push r13",
            "push r14",
            "push r15",
            "mov [rdx], rsp",
            "mov r15, [rdi + 8]",
            "mov r14, [rdi + 16]",
            "mov r13, [rdi + 24]",
            "mov r12, [rdi + 32]",
            "mov rbx, [rdi + 40]",
            "mov rbp, [rdi + 48]",
            "mov rcx, [rdi + 56]",
            "mov rsp, rsi",
            "mov eax, 1",
            "mov edx, {boxed}",
            "jmp rcx",
            boxed = const crate::jit::lower::status::BOXED,
        )
    }
    // SAFETY: is returned to with the stack pointer at the word that `resume` wrote.
    #[unsafe(naked)]
    pub(super) extern "C" fn landing() {
        std::arch::naked_asm!(
            "mov rsp, [rsp]",
            "pop r15",
            "pop r14",
            "pop r13",
            "pop r12",
            "pop rbx",
            "pop rbp",
            "ret",
        )
    }
}

#[cfg(target_arch = "aarch64")]
mod arch {
    /// What a thunk leaves on the stack, lowest address first.
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct Callout {
        /// x29: the frame pointer of the native frame.
        pub fp: usize,
        pub ret: usize,
        /// x19 to x28, d8 to d15
        pub kept: [usize; 18],
        /// The newest callout before.
        pub link: usize,
        _pad: usize,
    }

    /// `extern "C" fn(helper's words) -> Pair` around `$real`. `$vm` loads the Vm into x19.
    #[macro_export]
    macro_rules! thunk_asm {
        ($vm:literal, $real:ident $(, $name:ident = $value:expr)*) => {
            std::arch::naked_asm!(
                "stp x29, x30, [sp, #-176]!",
                "stp x19, x20, [sp, #16]",
                "stp x21, x22, [sp, #32]",
                "stp x23, x24, [sp, #48]",
                "stp x25, x26, [sp, #64]",
                "stp x27, x28, [sp, #80]",
                "stp d8, d9, [sp, #96]",
                "stp d10, d11, [sp, #112]",
                "stp d12, d13, [sp, #128]",
                "stp d14, d15, [sp, #144]",
                $vm,
                "ldr x9, [x19, #{link}]",
                "str x9, [sp, #160]",
                "mov x9, sp",
                "str x9, [x19, #{link}]",
                "bl {real}",
                "ldr x9, [sp, #160]",
                "str x9, [x19, #{link}]",
                "ldr x19, [sp, #16]",
                "ldp x29, x30, [sp], #176",
                "ret",
                link = const std::mem::offset_of!($crate::vm::Vm, jit.callout),
                real = sym $real,
                $($name = const $value,)*
            )
        };
    }
    /// How a thunk gets the Vm: it is the first word, or lies behind it.
    #[macro_export]
    macro_rules! thunk_vm {
        (helper, $real:ident) => {
            $crate::thunk_asm!("mov x19, x0", $real)
        };
        (leave, $real:ident, $at:expr) => {
            $crate::thunk_asm!("ldr x19, [x0, #{at}]", $real, at = $at)
        };
    }

    /// Around a thunk or a plain helper `$real`: keeps every register that the C convention does not,
    /// and leaves the pair in the Vm, the first word. `replay` runs its end on the copied stack.
    #[macro_export]
    macro_rules! quiet_asm {
        ($real:ident) => {
            std::arch::naked_asm!(
                "sub sp, sp, #672",
                "stp x0, x1, [sp, #0]",
                "stp x2, x3, [sp, #16]",
                "stp x4, x5, [sp, #32]",
                "stp x6, x7, [sp, #48]",
                "stp x8, x9, [sp, #64]",
                "stp x10, x11, [sp, #80]",
                "stp x12, x13, [sp, #96]",
                "stp x14, x15, [sp, #112]",
                "stp x16, x17, [sp, #128]",
                "str x30, [sp, #144]",
                "stp q0, q1, [sp, #160]",
                "stp q2, q3, [sp, #192]",
                "stp q4, q5, [sp, #224]",
                "stp q6, q7, [sp, #256]",
                "stp q8, q9, [sp, #288]",
                "stp q10, q11, [sp, #320]",
                "stp q12, q13, [sp, #352]",
                "stp q14, q15, [sp, #384]",
                "stp q16, q17, [sp, #416]",
                "stp q18, q19, [sp, #448]",
                "stp q20, q21, [sp, #480]",
                "stp q22, q23, [sp, #512]",
                "stp q24, q25, [sp, #544]",
                "stp q26, q27, [sp, #576]",
                "stp q28, q29, [sp, #608]",
                "stp q30, q31, [sp, #640]",
                "bl {real}",
                "ldr x9, [sp]",
                "str x0, [x9, #{answer}]",
                "str x1, [x9, #{answer} + 8]",
                "ldp q0, q1, [sp, #160]",
                "ldp q2, q3, [sp, #192]",
                "ldp q4, q5, [sp, #224]",
                "ldp q6, q7, [sp, #256]",
                "ldp q8, q9, [sp, #288]",
                "ldp q10, q11, [sp, #320]",
                "ldp q12, q13, [sp, #352]",
                "ldp q14, q15, [sp, #384]",
                "ldp q16, q17, [sp, #416]",
                "ldp q18, q19, [sp, #448]",
                "ldp q20, q21, [sp, #480]",
                "ldp q22, q23, [sp, #512]",
                "ldp q24, q25, [sp, #544]",
                "ldp q26, q27, [sp, #576]",
                "ldp q28, q29, [sp, #608]",
                "ldp q30, q31, [sp, #640]",
                "ldp x0, x1, [sp, #0]",
                "ldp x2, x3, [sp, #16]",
                "ldp x4, x5, [sp, #32]",
                "ldp x6, x7, [sp, #48]",
                "ldp x8, x9, [sp, #64]",
                "ldp x10, x11, [sp, #80]",
                "ldp x12, x13, [sp, #96]",
                "ldp x14, x15, [sp, #112]",
                "ldp x16, x17, [sp, #128]",
                "ldr x30, [sp, #144]",
                "add sp, sp, #672",
                "ret",
                real = sym $real,
                answer = const std::mem::offset_of!($crate::vm::Vm, jit.answer),
            )
        };
    }

    // SAFETY: a plain jump: all registers are as the C convention wants them at the entry.
    #[unsafe(naked)]
    pub(super) extern "C" fn enter(
        slots: *mut u64,
        depth: u64,
        entry: usize,
        sp: *mut usize,
    ) -> crate::jit::runtime::Pair {
        std::arch::naked_asm!("mov x9, sp", "str x9, [x3]", "br x2")
    }
    // SAFETY: as above.
    #[unsafe(naked)]
    pub(super) extern "C" fn enter_open(
        args: *const u64,
        depth: u64,
        function: u64,
        entry: usize,
        sp: *mut usize,
        vm: *mut crate::vm::Vm,
    ) -> crate::jit::runtime::Pair {
        std::arch::naked_asm!("mov x9, sp", "str x9, [x4]", "br x3")
    }

    /// Enters a generator's frame from native code: a callout, and an activation on it.
    // SAFETY: called by native code with its Vm, the slots of a generator's frame that it has put on top of the
    // chain, and an entry for it; keeps the registers that the C convention keeps.
    #[unsafe(naked)]
    pub extern "C" fn generator_thunk(
        vm: *mut crate::vm::Vm,
        slots: *mut u64,
        depth: u64,
        entry: usize,
    ) -> crate::jit::runtime::Pair {
        std::arch::naked_asm!(
            "stp x29, x30, [sp, #-176]!",
            "stp x19, x20, [sp, #16]",
            "stp x21, x22, [sp, #32]",
            "stp x23, x24, [sp, #48]",
            "stp x25, x26, [sp, #64]",
            "stp x27, x28, [sp, #80]",
            "stp d8, d9, [sp, #96]",
            "stp d10, d11, [sp, #112]",
            "stp d12, d13, [sp, #128]",
            "stp d14, d15, [sp, #144]",
            "mov x19, x0",
            "ldr x9, [x19, #{link}]",
            "str x9, [sp, #160]",
            "mov x9, sp",
            "str x9, [x19, #{link}]",
            "sub sp, sp, #{size}",
            "ldr x10, [x19, #{newest}]",
            "str x10, [sp, #{before}]",
            "str x9, [sp, #{callout}]",
            "sub x10, x1, #{frame_bytes}",
            "str x10, [sp, #{frame}]",
            "str w2, [sp, #{depth}]",
            "str wzr, [sp, #{shown}]",
            "mov x10, sp",
            "str x10, [sp, #{sp_at}]",
            "str x10, [x19, #{newest}]",
            "mov x0, x1",
            "mov x1, x2",
            "blr x3",
            "ldr x9, [sp, #{before}]",
            "str x9, [x19, #{newest}]",
            "add sp, sp, #{size}",
            "ldr x9, [sp, #160]",
            "str x9, [x19, #{link}]",
            "ldr x19, [sp, #16]",
            "ldp x29, x30, [sp], #176",
            "ret",
            link = const std::mem::offset_of!(crate::vm::Vm, jit.callout),
            newest = const std::mem::offset_of!(crate::vm::Vm, jit.activation),
            size = const super::ACTIVATION,
            frame_bytes = const size_of::<crate::interp::frame::Frame>(),
            sp_at = const std::mem::offset_of!(super::Activation, sp),
            before = const std::mem::offset_of!(super::Activation, before),
            callout = const std::mem::offset_of!(super::Activation, callout),
            frame = const std::mem::offset_of!(super::Activation, frame),
            depth = const std::mem::offset_of!(super::Activation, depth),
            shown = const std::mem::offset_of!(super::Activation, shown),
        )
    }

    // SAFETY: keeps its caller's registers for `landing`, which gives them back.
    #[unsafe(naked)]
    pub(super) extern "C" fn resume(from: *const Callout, sp: usize, end: *mut usize) {
        std::arch::naked_asm!(
            "stp x29, x30, [sp, #-160]!",
            "stp x19, x20, [sp, #16]",
            "stp x21, x22, [sp, #32]",
            "stp x23, x24, [sp, #48]",
            "stp x25, x26, [sp, #64]",
            "stp x27, x28, [sp, #80]",
            "stp d8, d9, [sp, #96]",
            "stp d10, d11, [sp, #112]",
            "stp d12, d13, [sp, #128]",
            "stp d14, d15, [sp, #144]",
            "mov x9, sp",
            "str x9, [x2]",
            "ldp x29, x9, [x0]",
            "ldp x19, x20, [x0, #16]",
            "ldp x21, x22, [x0, #32]",
            "ldp x23, x24, [x0, #48]",
            "ldp x25, x26, [x0, #64]",
            "ldp x27, x28, [x0, #80]",
            "ldp d8, d9, [x0, #96]",
            "ldp d10, d11, [x0, #112]",
            "ldp d12, d13, [x0, #128]",
            "ldp d14, d15, [x0, #144]",
            "mov sp, x1",
            "mov x0, #1",
            "mov x1, #{boxed}",
            "br x9",
            boxed = const crate::jit::lower::status::BOXED,
        )
    }
    // SAFETY: is returned to with the stack pointer at the word that `resume` wrote.
    #[unsafe(naked)]
    pub(super) extern "C" fn landing() {
        std::arch::naked_asm!(
            "ldr x9, [sp]",
            "mov sp, x9",
            "ldp x19, x20, [sp, #16]",
            "ldp x21, x22, [sp, #32]",
            "ldp x23, x24, [sp, #48]",
            "ldp x25, x26, [sp, #64]",
            "ldp x27, x28, [sp, #80]",
            "ldp d8, d9, [sp, #96]",
            "ldp d10, d11, [sp, #112]",
            "ldp d12, d13, [sp, #128]",
            "ldp d14, d15, [sp, #144]",
            "ldp x29, x30, [sp], #160",
            "ret",
        )
    }
}

// `isa::host` refuses other machines: this is here so that the crate compiles for them.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
mod arch {
    /// There is none.
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct Callout {
        pub link: usize,
        pub fp: usize,
        pub ret: usize,
    }
    pub(super) extern "C" fn enter(
        _: *mut u64,
        _: u64,
        _: usize,
        _: *mut usize,
    ) -> crate::jit::runtime::Pair {
        crate::jit::runtime::Pair::new(0, crate::jit::lower::status::MISMATCH)
    }
    pub(super) extern "C" fn enter_open(
        _: *const u64,
        _: u64,
        _: u64,
        _: usize,
        _: *mut usize,
        _: *mut crate::vm::Vm,
    ) -> crate::jit::runtime::Pair {
        crate::jit::runtime::Pair::new(0, crate::jit::lower::status::MISMATCH)
    }
    pub extern "C" fn generator_thunk(
        _: *mut crate::vm::Vm,
        _: *mut u64,
        _: u64,
        _: usize,
    ) -> crate::jit::runtime::Pair {
        crate::jit::runtime::Pair::new(0, crate::jit::lower::status::MISMATCH)
    }
    pub(super) extern "C" fn resume(_: *const Callout, _: usize, _: *mut usize) {}
    pub(super) extern "C" fn landing() {}
}

pub use arch::{Callout, generator_thunk};

impl Callout {
    /// The native frame's stack pointer after the call.
    pub fn sp(&self) -> usize {
        std::ptr::from_ref(self) as usize + size_of::<Callout>()
    }
}

/// Enters native code.
///
/// # Safety
/// `entry` is a frame entry that lives, and `slots` the slots of a frame of its code.
pub unsafe fn enter(slots: *mut u64, depth: u64, entry: usize, a: &Activation) -> Pair {
    arch::enter(slots, depth, entry, a.sp.as_ptr())
}

/// Enters native code at a function's open entry. The Vm is given to nobody: that it could be lets its address out
/// (see `call_frame`).
///
/// # Safety
/// `entry` is an open entry, which lives, of this function's code, and there are as many arguments as it takes.
#[inline(always)]
pub unsafe fn enter_open(
    vm: &mut Vm,
    args: &[Value],
    depth: u64,
    function: u64,
    entry: usize,
    a: &Activation,
) -> Pair {
    let args = args.as_ptr() as *const u64;
    arch::enter_open(args, depth, function, entry, a.sp.as_ptr(), vm)
}

/// Sixteen bytes of a stack.
#[repr(C, align(16))]
#[derive(Clone, Copy)]
struct Unit([usize; 2]);

/// Left below the copy for what native code's exits call: `leave`, which only takes a note.
const ROOM: usize = 128 << 10;

/// Bytes that [`replay`] needs for this.
pub fn bytes(a: &Activation, c: &Callout) -> usize {
    ROOM + a.outermost().wrapping_add(16).wrapping_sub(c.sp()) + 32
}

/// Lets the native frames of an activation leave, from the callout up to the entry, on a copy of their
/// stack: nothing of them changes. Each calls `leave`, with its values, and is told that its callee is
/// not what it expected, as it is told in turn by the one above.
///
/// The copy is laid out as the stack is, so what lies at fixed distances from the stack pointer or the
/// frame pointer is found in it; frame pointers are moved. An address of the stack that a
/// frame computed before the call still points to the original: see `moved`.
///
/// # Errors
/// No memory (`false`), or a stack that does not look as it should (`true`).
///
/// # Safety
/// The callout is the activation's, and the helper behind it still runs. `leave` takes notes
/// now, and neither raises nor calls anything.
pub unsafe fn replay(a: &Activation, c: &Callout, begin: impl FnOnce(Moved)) -> Result<(), bool> {
    let (low, high) = (c.sp(), a.outermost().wrapping_add(16));
    let Some(n) = high.checked_sub(low).filter(|n| n % 16 == 0) else {
        return Err(true);
    };
    let mut copy: Vec<Unit> = Vec::new();
    if copy.try_reserve_exact((ROOM + n) / 16 + 1).is_err() {
        return Err(false);
    }
    let at = copy.as_mut_ptr() as usize + ROOM;
    let by = at.wrapping_sub(low);
    // SAFETY: the stack from the callout to the entry is mapped, and the copy has room for it.
    unsafe { std::ptr::copy_nonoverlapping(low as *const u8, at as *mut u8, n) };
    let mut fp = c.fp;
    let outermost = a.outermost();
    while fp != outermost {
        if fp < low || fp >= outermost || !fp.is_multiple_of(8) {
            return Err(true);
        }
        let word = fp.wrapping_add(by) as *mut usize;
        // SAFETY: within the copy, as was just checked.
        let next = unsafe { word.read() };
        if next <= fp {
            return Err(true);
        }
        // SAFETY: as above.
        unsafe { word.write(next.wrapping_add(by)) };
        fp = next;
    }
    let mut from = *c;
    from.fp = from.fp.wrapping_add(by);
    // SAFETY: the return address of the outermost native frame, in the copy: above its frame pointer.
    unsafe {
        let ret = outermost.wrapping_add(8).wrapping_add(by) as *mut usize;
        ret.write(arch::landing as *const () as usize);
    }
    begin(Moved { low, high, by });
    // The word behind the copy holds our stack pointer meanwhile.
    arch::resume(&from, at, high.wrapping_add(by) as *mut usize);
    Ok(())
}

/// Where the copy is.
#[derive(Clone, Copy, Default)]
pub struct Moved {
    low: usize,
    high: usize,
    by: usize,
}

impl Moved {
    /// Where in the copy an address of the original is; others stay.
    pub fn moved(&self, address: usize) -> usize {
        if (self.low..self.high).contains(&address) {
            address.wrapping_add(self.by)
        } else {
            address
        }
    }
}
