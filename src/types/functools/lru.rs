//! What `lru_cache` makes of a function. The results lie in a dict, the one used longest ago first:
//! a hit moves its key to the end.

use crate::object::method::R;
use crate::object::{
    Args, ClassId, Conv, Gc, Header, Kind, MethodDef, Object, Slot, Tracer, Value,
};
use crate::protocol::{attr, hash, number, truth};
use crate::raise;
use crate::types::builtin::methods::is_callable;
use crate::types::class::ops as class;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::int::ops as int;
use crate::types::list::ops as list;
use crate::types::{Getter, args};
use crate::vm::Vm;
use std::cell::Cell;

/// A function with a cache.
#[repr(C)]
pub struct LruObj {
    pub h: Header,
    pub func: Slot,
    /// A dict from keys to results.
    pub cache: Slot,
    /// The class of `cache_info()`'s result.
    pub info: Slot,
    /// Its attributes, once it has some.
    pub dict: Slot,
    /// Results at most; -1: any number.
    pub most: Cell<i64>,
    /// Arguments of different types are different.
    pub typed: Cell<bool>,
    pub hits: Cell<i64>,
    pub misses: Cell<i64>,
}
impl Object for LruObj {
    const KIND: Kind = Kind::LruCache;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [&self.func, &self.cache, &self.info, &self.dict] {
            t.slot(s);
        }
    }
}

macro_rules! rows {
    ($($name:literal $conv:expr, $doc:literal;)*) => {
        &[$(MethodDef { name: $name, conv: $conv, doc: $doc }),*]
    };
}
/// Rows.
pub const METHODS: &[MethodDef] = rows! {
    "cache_info" Conv::NoArgs(info), "Return the counters of the cache.";
    "cache_clear" Conv::NoArgs(clear), "Forget all results and counts.";
    "__reduce__" Conv::NoArgs(|vm, f| {
        let name = vm.intern("__qualname__")?;
        attr::get_attr(vm, f, name)
    }), "What makes it again.";
    "__copy__" Conv::NoArgs(|_, f| Ok(f)), "It is its own copy.";
    "__deepcopy__" Conv::One(|_, f, _| Ok(f)), "It is its own copy.";
};
/// Computed attributes.
pub const GETTERS: &[Getter] = &[Getter {
    name: "__dict__",
    get: crate::types::instance::DICT.get,
    set: crate::types::instance::DICT.set,
}];

/// `_lru_cache_wrapper(user_function, maxsize, typed, cache_info_type)`
pub fn construct(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let names = ["user_function", "maxsize", "typed", "cache_info_type"];
    let [f, most, typed, info] =
        args::parse(vm, "lru_cache", a, names, 4, 4)?.map(|v| v.unwrap_or(Value::NONE));
    let typed = truth::is_true(vm, typed)?;
    if !is_callable(vm, f)? {
        return Err(raise!(vm, TypeError, "the first argument must be callable"));
    }
    let most = match most.is_none() {
        true => -1,
        false => {
            let i = crate::protocol::user::try_index(vm, most)?;
            if !int::is_int(i) {
                return Err(raise!(vm, TypeError, "maxsize should be integer or None"));
            }
            number::as_index_i64(vm, i, ClassId::OverflowError)?.max(0)
        }
    };
    let cache = vm.new_dict()?;
    let l = vm.alloc(LruObj {
        h: Header::new(Kind::LruCache, ClassId::LruCache as u32),
        func: Slot::of(f),
        cache: Slot::of(cache.value()),
        info: Slot::of(info),
        dict: Slot::new(None),
        most: Cell::new(most),
        typed: Cell::new(typed),
        hits: Cell::new(0),
        misses: Cell::new(0),
    })?;
    Ok(l.value())
}

/// What a call is known by: a lone str or int as it is, a tuple of the arguments, or a tuple of
/// everything that counts.
fn key_of(vm: &mut Vm, l: Gc<LruObj>, a: Args<'_>) -> R {
    let typed = l.get(vm).typed.get();
    if !typed && a.nkw() == 0 {
        return match a.positional() {
            [v] if v.is_small_int()
                || !v.is_user() && matches!(vm.class_of(*v), ClassId::Str | ClassId::Int) =>
            {
                Ok(*v)
            }
            all => vm.new_tuple(all),
        };
    }
    let parts = vm.new_list(a.positional())?;
    if a.nkw() > 0 {
        // Stands between the positional arguments and the named ones; no program has it.
        list::push(vm, parts, Value::MARK)?;
        for (i, &v) in a.kw_values().iter().enumerate() {
            let k = args::kwname(vm, a, i);
            list::push(vm, parts, k)?;
            list::push(vm, parts, v)?;
        }
    }
    if typed {
        for &v in a.all() {
            let t = class::type_of(vm, v)?;
            list::push(vm, parts, t)?;
        }
    }
    list::to_tuple(vm, parts)
}

/// `f(…)`
pub fn call(vm: &mut Vm, f: Value, a: Args<'_>) -> R {
    let Some(l) = f.cast::<LruObj>() else {
        return Ok(Value::NONE);
    };
    let o = l.get(vm);
    let (func, most) = (o.func.get_or_none(), o.most.get());
    let cache = o.cache.get().and_then(|d| d.cast::<DictObj>());
    let Some(cache) = cache.filter(|_| most != 0) else {
        o.misses.set(o.misses.get() + 1);
        return vm.call(func, a);
    };
    let key = key_of(vm, l, a)?;
    let h = hash::hash(vm, key)?;
    if let Some(i) = dict::find(vm, cache, key, h)? {
        let o = l.get(vm);
        o.hits.set(o.hits.get() + 1);
        if let Some((_, v)) = dict::item_at(vm, cache, i) {
            if most > 0 && i + 1 != cache.get(vm).entries.len() {
                dict::move_to_end(vm, cache, i, true)?;
            }
            return Ok(v);
        }
    }
    let o = l.get(vm);
    o.misses.set(o.misses.get() + 1);
    let v = vm.call(func, a)?;
    if most < 0 {
        dict::set_hashed(vm, cache, key, h, v)?;
        return Ok(v);
    }
    // The call itself may have put the key there.
    if dict::find(vm, cache, key, h)?.is_some() {
        return Ok(v);
    }
    if dict::len(vm, cache) as i64 >= most
        && let Some(i) = dict::first(vm, cache)
    {
        dict::take(vm, cache, i);
    }
    dict::insert_new(vm, cache, key, h, v)?;
    Ok(v)
}

fn info(vm: &mut Vm, f: Value) -> R {
    let Some(o) = f.get::<LruObj>(vm) else {
        return Ok(Value::NONE);
    };
    let (class, most) = (o.info.get_or_none(), o.most.get());
    let n = o
        .cache
        .get()
        .and_then(|d| d.cast())
        .map_or(0, |d| dict::len(vm, d));
    let (hits, misses) = (o.hits.get(), o.misses.get());
    let most = match most < 0 {
        true => Value::NONE,
        false => vm.new_int(most)?,
    };
    let (hits, misses, n) = (
        vm.new_int(hits)?,
        vm.new_int(misses)?,
        vm.new_int(n as i64)?,
    );
    vm.call(class, Args::pos(&[hits, misses, most, n]))
}
fn clear(vm: &mut Vm, f: Value) -> R {
    if let Some(o) = f.get::<LruObj>(vm) {
        o.hits.set(0);
        o.misses.set(0);
        if let Some(d) = o.cache.get().and_then(|d| d.cast()) {
            dict::clear(vm, d);
        }
    }
    Ok(Value::NONE)
}
