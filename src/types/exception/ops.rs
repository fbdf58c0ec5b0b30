//! Exceptions below `call`: context, arguments, tracebacks, the MemoryError that needs no memory.

use super::value::{ExceptionObj, TracebackObj};
use crate::object::{ClassId, Gc, Header, Kind, Slot, Value};
use crate::types::frame::value::FrameObj;
use crate::types::list::value::ListObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Raised, Terminate, Vm};

/// Makes the exception being handled the `__context__` of `exc`, without closing a cycle.
pub fn set_context(vm: &mut Vm, exc: Value) {
    let Some(ctx) = vm.handled.get() else { return };
    if ctx == exc {
        return;
    }
    // Break the chain where `exc` already stands in it. A program may have closed a cycle in it;
    // `slow` walks at half the speed, so that the two meet there.
    let mut at = ctx;
    let mut slow = ctx;
    let mut odd = false;
    let next_of = |v: Value| v.get::<ExceptionObj>(vm).and_then(|o| o.context.get());
    while let Some(next) = next_of(at) {
        if next == exc {
            if let Some(o) = at.get::<ExceptionObj>(vm) {
                o.context.write(&vm.heap, None);
            }
            break;
        }
        at = next;
        if odd {
            slow = next_of(slow).unwrap_or(slow);
            if slow == at {
                break;
            }
        }
        odd = !odd;
    }
    if let Some(o) = exc.get::<ExceptionObj>(vm) {
        o.context.write(&vm.heap, Some(ctx));
    }
}

/// The named fields of the classes that have several.
pub fn fields_of(c: ClassId) -> &'static [&'static str] {
    if c.is_subclass(ClassId::OSError) {
        &["errno", "strerror", "filename", "filename2"]
    } else if c.is_subclass(ClassId::ImportError) {
        &["msg", "name", "path"]
    } else if c.is_subclass(ClassId::SyntaxError) {
        &[
            "msg",
            "filename",
            "lineno",
            "offset",
            "text",
            "print_file_and_line",
        ]
    } else if c == ClassId::UnicodeTranslateError {
        &["object", "start", "end", "reason"]
    } else if c.is_subclass(ClassId::UnicodeError) && c != ClassId::UnicodeError {
        &["encoding", "object", "start", "end", "reason"]
    } else {
        &[]
    }
}

/// Argument `i`.
pub fn arg(vm: &Vm, e: &ExceptionObj, i: usize) -> Option<Value> {
    e.args.get()?.get::<TupleObj>(vm)?.get(i)
}
/// Number of arguments.
pub fn nargs(vm: &Vm, e: &ExceptionObj) -> usize {
    let t = e.args.get().and_then(|a| a.get::<TupleObj>(vm));
    t.map_or(0, |t| t.len)
}

/// Fills `extra` from `args`. Where memory is short the fields are missing, and nothing else happens:
/// a MemoryError is perhaps being made.
pub fn init_extra(vm: &mut Vm, e: Gc<ExceptionObj>) {
    let o = e.get(vm);
    let class = vm.class_of(e.value());
    let n = nargs(vm, o);
    let a = |i: usize| arg(vm, o, i);
    if class.is_subclass(ClassId::StopIteration) {
        let v = a(0);
        o.extra.write(&vm.heap, v);
        return;
    }
    if class.is_subclass(ClassId::SystemExit) {
        let v = if n > 1 { o.args.get() } else { a(0) };
        o.extra.write(&vm.heap, v);
        return;
    }
    let count = fields_of(class).len();
    if count == 0 {
        return;
    }
    let none = Value::NONE;
    let or = |v: Option<Value>| v.unwrap_or(none);
    let mut f = [none; 6];
    if class.is_subclass(ClassId::OSError) {
        if !(2..=5).contains(&n) {
            return;
        }
        // The fourth argument is Windows' error number.
        f = [or(a(0)), or(a(1)), or(a(2)), or(a(4)), none, none];
    } else if class.is_subclass(ClassId::ImportError) {
        if n == 1 {
            f[0] = or(a(0));
        }
    } else if class.is_subclass(ClassId::SyntaxError) {
        f[0] = or(a(0));
        if n == 2
            && let Some(t) = a(1).and_then(|t| t.get::<TupleObj>(vm))
        {
            for (i, v) in t.iter().take(4).enumerate() {
                f[i + 1] = v;
            }
        }
    } else {
        for (i, v) in f.iter_mut().take(count).enumerate() {
            *v = or(a(i));
        }
    }
    if let Ok(l) = vm.heap.alloc(ListObj {
        h: Header::new(Kind::List, ClassId::List as u32),
        items: crate::gc::Buf::new(),
    }) && l
        .get(vm)
        .items
        .extend_from_slice(&vm.heap, &f[..count])
        .is_ok()
    {
        e.get(vm).extra.write(&vm.heap, Some(l.value()));
    }
    // OSError keeps the file names out of `args`.
    if class.is_subclass(ClassId::OSError)
        && n > 2
        && let Ok(t) = vm.new_tuple(&f[..2])
    {
        e.get(vm).args.write(&vm.heap, Some(t));
    }
}

/// Field `name` of an exception of a class that has fields.
pub fn field(vm: &Vm, e: Value, name: &str) -> Option<Value> {
    let o = e.get::<ExceptionObj>(vm)?;
    let i = fields_of(vm.class_of(e)).iter().position(|f| *f == name)?;
    o.extra.get()?.get::<ListObj>(vm)?.items.get(i)
}
/// Assigns a field.
pub fn set_field(vm: &mut Vm, e: Value, name: &str, v: Value) -> Result<(), Raised> {
    let Some(o) = e.get::<ExceptionObj>(vm) else {
        return Ok(());
    };
    let fields = fields_of(vm.class_of(e));
    let Some(i) = fields.iter().position(|f| *f == name) else {
        return Ok(());
    };
    if o.extra.get().is_none() {
        let l = vm.new_list(&[Value::NONE; 6][..fields.len()])?.value();
        if let Some(o) = e.get::<ExceptionObj>(vm) {
            o.extra.write(&vm.heap, Some(l));
        }
    }
    let extra = e.get::<ExceptionObj>(vm).and_then(|o| o.extra.get());
    if let Some(l) = extra.and_then(|l| l.cast::<ListObj>()) {
        crate::types::list::ops::put(vm, l, i, v);
    }
    Ok(())
}

/// The class that an error number asks OSError for.
pub fn os_error_class(no: i32) -> ClassId {
    match no {
        libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => ClassId::BlockingIOError,
        libc::EPIPE | libc::ESHUTDOWN => ClassId::BrokenPipeError,
        libc::ECHILD => ClassId::ChildProcessError,
        libc::ECONNABORTED => ClassId::ConnectionAbortedError,
        libc::ECONNREFUSED => ClassId::ConnectionRefusedError,
        libc::ECONNRESET => ClassId::ConnectionResetError,
        libc::EEXIST => ClassId::FileExistsError,
        libc::ENOENT => ClassId::FileNotFoundError,
        libc::EISDIR => ClassId::IsADirectoryError,
        libc::ENOTDIR => ClassId::NotADirectoryError,
        libc::EINTR => ClassId::InterruptedError,
        libc::EACCES | libc::EPERM => ClassId::PermissionError,
        libc::ESRCH => ClassId::ProcessLookupError,
        libc::ETIMEDOUT => ClassId::TimeoutError,
        _ => ClassId::OSError,
    }
}

/// `exc.__traceback__`
pub fn traceback(vm: &Vm, exc: Value) -> Value {
    exc.get::<ExceptionObj>(vm)
        .map_or(Value::NONE, |e| e.traceback.get_or_none())
}

/// What is handled is raised again: its traceback is what it was when its handler began, whatever has been added or
/// assigned since.
pub fn restore_traceback(vm: &Vm, tb: Value) {
    if tb.is_kind(Kind::Traceback)
        && let Some(e) = vm.handled.get().and_then(|e| e.get::<ExceptionObj>(vm))
    {
        e.traceback.write(&vm.heap, Some(tb));
    }
}

/// Puts a line before an exception's traceback: the frame it is leaving, with its object if there is
/// one. Without memory for it the line is missing.
///
/// The line before it is that of the frame it called, which may not know its caller yet.
pub fn add_traceback(
    vm: &mut Vm,
    exc: Value,
    code: Value,
    lasti: i32,
    line: u32,
    frame: Option<Value>,
) {
    let next = exc.get::<ExceptionObj>(vm).and_then(|e| e.traceback.get());
    if let Some(f) = frame {
        link_called(vm, next, f);
    }
    let init = |vm: &Vm| {
        vm.heap.alloc(TracebackObj {
            frame: Slot::new(frame),
            pending: Slot::new(None),
            depth: std::cell::Cell::new(0),
            level: std::cell::Cell::new(0),
            h: Header::new(Kind::Traceback, ClassId::Traceback as u32),
            next: Slot::new(next),
            code: Slot::of(code),
            lasti,
            line: line as i32,
        })
    };
    let made = match init(vm) {
        Ok(t) => Some(t),
        Err(_) if vm.heap.enter_reserve() => {
            let t = init(vm).ok();
            vm.heap.leave_reserve();
            t
        }
        Err(_) => None,
    };
    if let (Some(t), Some(e)) = (made, exc.get::<ExceptionObj>(vm)) {
        e.traceback.write(&vm.heap, Some(t.value()));
    }
}

/// The frame of the next line learns who called it, if it does not know.
pub fn link_called(vm: &Vm, next: Option<Value>, caller: Value) {
    if caller.is_kind(Kind::Frame)
        && let Some(t) = next.and_then(|t| t.get::<TracebackObj>(vm))
        && let Some(called) = t.frame.get().and_then(|c| c.get::<FrameObj>(vm))
        && called.orphan.replace(false)
        && called.back.get().is_none()
    {
        called.back.write(&vm.heap, Some(caller));
    }
}

/// Raises MemoryError from the heap's reserve; when even that is used up, the engine stops.
pub fn raise_memory(vm: &mut Vm) -> Raised {
    if !vm.heap.enter_reserve() {
        return vm.raise_terminate(Terminate::Memory);
    }
    let made = vm.new_exception(ClassId::MemoryError, &[]);
    vm.heap.leave_reserve();
    match made {
        Ok(e) => vm.raise_value(e),
        Err(r) => r,
    }
}
