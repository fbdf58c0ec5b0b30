//! Guards that fail on request: at random (`--jit=stress`), each N-th (`--deopt-every`), or one alone
//! (`--deopt-at`). What a program does must not depend on it.
//!
//! Native code of such an engine counts down before each guard and leaves where the count falls
//! below zero; [`taken`] then sets it anew. Under stress which of the two compilers makes a unit is chance, too.

use super::stats::JitStats;
use crate::vm::{Config, Deopt, JitMode, Vm};

/// Guards between two failures in stress mode, at most.
const STRESS_EVERY: u64 = 400;

/// Whether native code counts guards.
pub fn armed(c: &Config) -> bool {
    c.jit == JitMode::Stress || c.deopt.is_some()
}

/// Before the first unit is compiled: sets the countdown.
pub fn start(vm: &Vm) {
    if armed(&vm.config) && !vm.jit.started.replace(true) {
        wind(vm);
    }
}

/// Native code was left through a guard: whether it failed because it was its turn, not because of a bet.
pub fn taken(vm: &Vm) -> bool {
    if !armed(&vm.config) || vm.jit.stress.get() >= 0 {
        return false;
    }
    JitStats::bump(&vm.jit.stats.forced);
    match vm.config.deopt {
        Some(Deopt::At(_)) => vm.jit.stress.set(i64::MAX),
        Some(Deopt::Every(_)) | None => wind(vm),
    }
    true
}

/// Sets the countdown to the next guard that fails.
fn wind(vm: &Vm) {
    let passed = match vm.config.deopt {
        Some(Deopt::Every(n) | Deopt::At(n)) => n.saturating_sub(1),
        None => random(vm) % STRESS_EVERY,
    };
    vm.jit.stress.set(passed.min(i64::MAX as u64) as i64);
}

/// Whether the drafts' compiler makes the next unit: under stress it makes every other one, by chance.
pub fn drafted(vm: &Vm) -> bool {
    vm.config.jit == JitMode::Stress && (random(vm) >> 32) & 1 == 0
}

fn random(vm: &Vm) -> u64 {
    let mut x = vm.jit.random.get();
    if x == 0 {
        x = vm.config.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    }
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    vm.jit.random.set(x);
    x
}
