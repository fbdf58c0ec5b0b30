//! Methods of `_random.Random`. The generator is that of Matsumoto and Nishimura, 1998; its seeding by
//! an array is theirs of 2002.

use super::value::RandomObj;
use crate::gc::{Buf, Heap};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Header, Kind, MethodDef, Value};
use crate::protocol::{hash, item};
use crate::raise;
use crate::types::args;
use crate::types::int::ops as int;
use crate::types::stream;
use crate::types::tuple::ops as tuple;
use crate::types::tuple::value::TupleObj;
use crate::vm::{Capability, Raised, Vm};
use num_bigint::{BigInt, BigUint};
use std::cell::Cell;

/// Words of the table, and how far apart those are that are mixed.
const N: usize = 624;
const M: usize = 397;

/// Rows.
pub const METHODS: &[MethodDef] = &[
    MethodDef {
        name: "random",
        conv: Conv::NoArgs(|vm, r| {
            let r = this(vm, r)?;
            let (a, b) = (r.get(vm).word(&vm.heap) >> 5, r.get(vm).word(&vm.heap) >> 6);
            let x = (f64::from(a) * 67_108_864.0 + f64::from(b)) / 9_007_199_254_740_992.0;
            Ok(Value::float(x))
        }),
        doc: "Return the next number from 0.0 to 1.0, of 53 bits.",
    },
    MethodDef {
        name: "seed",
        conv: Conv::Pos(0, 1, |vm, r, a| {
            let r = this(vm, r)?;
            seed(vm, r, a.get(0))?;
            Ok(Value::NONE)
        }),
        doc: "Start anew: from entropy, an int or an object's hash.",
    },
    MethodDef {
        name: "getstate",
        conv: Conv::NoArgs(get_state),
        doc: "Return the table and the place in it.",
    },
    MethodDef {
        name: "setstate",
        conv: Conv::One(set_state),
        doc: "Go on where getstate() was.",
    },
    MethodDef {
        name: "getrandbits",
        conv: Conv::One(get_bits),
        doc: "Return the next number of so many bits.",
    },
];

impl RandomObj {
    fn at(&self, i: usize) -> u32 {
        self.words.get(i).unwrap_or(0)
    }
    /// The next 32 bits.
    fn word(&self, heap: &Heap) -> u32 {
        if self.at.get() >= N {
            for i in 0..N {
                let y = self.at(i) & 0x8000_0000 | self.at((i + 1) % N) & 0x7FFF_FFFF;
                let odd = if y & 1 == 1 { 0x9908_B0DF } else { 0 };
                self.words.set(heap, i, self.at((i + M) % N) ^ y >> 1 ^ odd);
            }
            self.at.set(0);
        }
        let mut y = self.at(self.at.get());
        self.at.set(self.at.get() + 1);
        y ^= y >> 11;
        y ^= y << 7 & 0x9D2C_5680;
        y ^= y << 15 & 0xEFC6_0000;
        y ^ y >> 18
    }
    /// A table from a fixed seed, into which the words of the key are mixed.
    fn start(&self, heap: &Heap, key: &[u32]) {
        let put = |i: usize, x: u32| self.words.set(heap, i, x);
        let mut x: u32 = 19_650_218;
        put(0, x);
        for i in 1..N {
            x = (x ^ x >> 30)
                .wrapping_mul(1_812_433_253)
                .wrapping_add(i as u32);
            put(i, x);
        }
        let (mut i, mut j) = (1, 0);
        x = self.at(0);
        for _ in 0..N.max(key.len()) {
            let y = self.at(i) ^ (x ^ x >> 30).wrapping_mul(1_664_525);
            x = y.wrapping_add(key[j]).wrapping_add(j as u32);
            put(i, x);
            i += 1;
            j = (j + 1) % key.len();
            if i == N {
                put(0, x);
                i = 1;
            }
        }
        for _ in 1..N {
            let y = self.at(i) ^ (x ^ x >> 30).wrapping_mul(1_566_083_941);
            x = y.wrapping_sub(i as u32);
            put(i, x);
            i += 1;
            if i == N {
                put(0, x);
                i = 1;
            }
        }
        put(0, 0x8000_0000);
        self.at.set(N);
    }
}

fn this(vm: &mut Vm, v: Value) -> Result<Gc<RandomObj>, Raised> {
    match v.cast() {
        Some(r) => Ok(r),
        None => {
            let t = vm.type_name(v);
            Err(raise!(
                vm,
                TypeError,
                "a _random.Random is required, not '{t}'"
            ))
        }
    }
}

/// `Random(…)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    args::no_keywords(vm, "Random", a)?;
    // CPython 3.8 takes the tuple of the arguments for the seed, whatever is in it.
    let given = vm.new_tuple(a.positional())?;
    let words = vm.with_room(4 * N, |vm| Buf::filled(&vm.heap, N, 0u32))?;
    let r = vm.alloc(RandomObj {
        h: Header::new(Kind::Random, ClassId::Random as u32),
        words: Buf::new(),
        at: Cell::new(N),
    });
    let r = match r {
        Ok(r) => r,
        Err(e) => {
            words.free(&vm.heap);
            return Err(e);
        }
    };
    r.get(vm).words.swap(&words);
    seed(vm, r, Some(given))?;
    Ok(r.value())
}

fn seed(vm: &mut Vm, r: Gc<RandomObj>, v: Option<Value>) -> Result<(), Raised> {
    let Some(v) = v.filter(|v| !v.is_none()) else {
        // Without randomness the numbers are the same each time: no program can tell that from chance.
        let mut bytes = [0; 4 * N];
        if vm.config.grants.has(Capability::Random)
            && let Err(e) = vm.host.fill(&mut bytes)
        {
            return Err(stream::io_error(vm, e));
        }
        let (words, _) = bytes.as_chunks::<4>();
        let key: [u32; N] = std::array::from_fn(|i| u32::from_le_bytes(words[i]));
        r.get(vm).start(&vm.heap, &key);
        return Ok(());
    };
    let key = match int::get(vm, v) {
        Some(i) => {
            let n = usize::try_from(i.big().bits() / 8).unwrap_or(usize::MAX);
            crate::types::int::big::room_bytes(vm, n.saturating_add(8))?;
            vm.poll()?;
            match int::get(vm, v) {
                Some(i) => i.big().magnitude().to_u32_digits(),
                None => Vec::new(),
            }
        }
        None => {
            let h = hash::hash(vm, v)?;
            BigUint::from(h).to_u32_digits()
        }
    };
    match key.is_empty() {
        true => r.get(vm).start(&vm.heap, &[0]),
        false => r.get(vm).start(&vm.heap, &key),
    }
    Ok(())
}

fn get_bits(vm: &mut Vm, r: Value, k: Value) -> R {
    let r = this(vm, r)?;
    let k = item::as_c_int(vm, k)?;
    if k <= 0 {
        return Err(raise!(
            vm,
            ValueError,
            "number of bits must be greater than zero"
        ));
    }
    if k <= 32 {
        let w = r.get(vm).word(&vm.heap) >> (32 - k);
        return vm.new_int(i64::from(w));
    }
    let n = (k as usize).div_ceil(32);
    crate::types::int::big::room_bytes(vm, 8 * n)?;
    let mut words = Vec::with_capacity(n);
    for i in 0..n {
        if i & 0xFFFF == 0xFFFF {
            vm.poll()?;
        }
        words.push(r.get(vm).word(&vm.heap));
    }
    if let Some(last) = words.last_mut()
        && k % 32 != 0
    {
        *last >>= 32 - k % 32;
    }
    vm.new_bigint(BigInt::from(BigUint::new(words)))
}

fn get_state(vm: &mut Vm, r: Value) -> R {
    let r = this(vm, r)?;
    tuple::build(vm, N + 1, |vm, i| {
        let r = r.get(vm);
        let n = if i < N {
            r.at(i) as i64
        } else {
            r.at.get() as i64
        };
        Some(Value::int_unchecked(n))
    })
}
fn set_state(vm: &mut Vm, r: Value, state: Value) -> R {
    let r = this(vm, r)?;
    let Some(n) = state.get::<TupleObj>(vm).map(|t| t.len) else {
        return Err(raise!(vm, TypeError, "state vector must be a tuple"));
    };
    if n != N + 1 {
        return Err(raise!(vm, ValueError, "state vector is the wrong size"));
    }
    let mut words = [0u32; N];
    for (i, w) in words.iter_mut().enumerate() {
        let v = state.get::<TupleObj>(vm).and_then(|t| t.get(i));
        let Some(x) = v.and_then(|v| int::get(vm, v)) else {
            return Err(raise!(vm, TypeError, "an integer is required"));
        };
        if x.is_negative() {
            return Err(raise!(
                vm,
                OverflowError,
                "can't convert negative value to unsigned int"
            ));
        }
        match x.small() {
            Some(x) => *w = x as u32,
            None if x.bits() <= 64 => *w = x.big().magnitude().to_u32_digits()[0],
            None => {
                return Err(raise!(
                    vm,
                    OverflowError,
                    "Python int too large to convert to C unsigned long"
                ));
            }
        }
    }
    let last = state.get::<TupleObj>(vm).and_then(|t| t.get(N));
    let at = item::as_ssize(vm, last.unwrap_or(Value::NONE))?;
    let Some(at) = usize::try_from(at).ok().filter(|i| *i <= N) else {
        return Err(raise!(vm, ValueError, "invalid state"));
    };
    let o = r.get(vm);
    for (i, w) in words.into_iter().enumerate() {
        o.words.set(&vm.heap, i, w);
    }
    o.at.set(at);
    Ok(Value::NONE)
}
