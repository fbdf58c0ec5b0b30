//! The other processor's code, made but not run: so that no op is forgotten there.

use super::{Env, Links, Open, lower};
use crate::jit::ssa::func::Func;
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_frontend::FunctionBuilderContext;

/// Compiles what `lower` gives for AArch64, and returns the bytes of code: nothing is executed.
pub fn check_aarch64(func: &Func) -> Result<usize, String> {
    let isa: OwnedTargetIsa = crate::jit::native::isa::aarch64()?;
    let env = Env {
        vm: 0x1000,
        unit: 0x2000,
        heap: 0x2800,
        guard: 0x3000,
        depth: 0x4000,
        recursion_limit: 0x4008,
        fixed_limit: None,
        answer: 0x4030,
        caught: 0x4038,
        top: 0x4040,
        handled: 0x4048,
        resumes: 0x4050,
        taking: 0x4058,
        given: 0x4060,
        fuel: 0x4010,
        burns: false,
        native_calls: 0x4020,
        count: true,
        coverage: None,
        stress: Some(0x4028),
    };
    let mut fctx = FunctionBuilderContext::new();
    let lowered = lower(
        func,
        &env,
        Links {
            cell: &|_, _| Some(0x5000),
            is_first: &|_, _| true,
            suspends: &|_, _| Some((0x6000, 0x7000)),
            open: Some(Open {
                cells: &[],
                globals: 0x8000,
            }),
        },
        isa.default_call_conv(),
        &mut fctx,
    )
    .map_err(|e| e.0)?;
    let mut bytes = 0;
    for (name, f) in lowered.funcs {
        let mut ctx = cranelift_codegen::Context::for_function(f);
        let code = ctx
            .compile(&*isa, &mut Default::default())
            .map_err(|e| format!("{name}: {:?}", e.inner))?;
        bytes += code.code_buffer().len();
    }
    Ok(bytes)
}
