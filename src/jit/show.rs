//! Frames that run natively, for those who look at frames.

use crate::interp::frame::FramePtr;
use crate::vm::{Raised, Vm};

/// Puts every Python frame that runs natively on the VM stack, written, as if the interpreter ran it: then
/// `vm.stack.top_frame()` and what is below are the frames of the program, all of them. The
/// interpreter goes on with them: nothing that is active now goes on natively.
///
/// Called by who looks at frames (`sys._getframe`, `locals()` …) or wants to be told of what they do
/// (`sys.settrace`), from code that Python called.
///
/// # Errors
/// MemoryError; then nothing has changed.
pub fn show(vm: &mut Vm) -> Result<(), Raised> {
    #[cfg(feature = "jit")]
    return super::deopt::show::show(vm);
    #[cfg(not(feature = "jit"))]
    {
        let _ = vm;
        Ok(())
    }
}

/// A program has asked for a collection, which is done. What the native frames that wait for it let go of may lie
/// in them still: they leave when their calls end, and then there is another. Only the innermost
/// activations: the others would have it for each collection that a loop in them asks for.
///
/// # Errors
/// A TERMINATE.
pub fn after_collection(vm: &mut Vm) -> Result<(), Raised> {
    #[cfg(feature = "jit")]
    {
        use super::native::callout::Activation;
        if Activation::current(vm).is_none() {
            return Ok(());
        }
        if let Err(r) = show(vm) {
            // Nothing has changed, and the program has its collection.
            vm.catch(r, crate::object::ClassId::BaseException)?;
            return Ok(());
        }
        let innermost = Activation::newest(vm);
        let both = [innermost, innermost.and_then(Activation::outer)];
        for a in both.into_iter().flatten() {
            a.collects.set(true);
        }
    }
    #[cfg(not(feature = "jit"))]
    let _ = vm;
    Ok(())
}

/// Whether native code waits for a call that it made.
pub fn any_native(vm: &Vm) -> bool {
    #[cfg(feature = "jit")]
    return super::native::callout::Activation::current(vm).is_some();
    #[cfg(not(feature = "jit"))]
    {
        let _ = vm;
        false
    }
}

/// Whether a program may ask for the frames of a traceback.
pub fn wanted(vm: &Vm) -> bool {
    #[cfg(feature = "jit")]
    return vm.jit.frames.get();
    #[cfg(not(feature = "jit"))]
    {
        let _ = vm;
        false
    }
}

/// Whether native code runs on top of this frame of the VM stack, and is not shown: what lies above the
/// frame was not called by it, or not by what is written in it.
pub fn calls_natively(vm: &Vm, f: FramePtr) -> bool {
    #[cfg(feature = "jit")]
    return super::native::callout::Activation::current(vm)
        .is_some_and(|a| a.innermost() == Some(f) && !a.shown.get());
    #[cfg(not(feature = "jit"))]
    {
        let _ = (vm, f);
        false
    }
}
