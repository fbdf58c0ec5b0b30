//! THE SSA TABLE: one row for each instruction.
//!
//! `Name "text" (operands; rest) [immediates] -> (results) reads writes flags "meaning";`
//!
//! Operand and result types are those of `Ty`, or `any`. `rest` is the type of any number of
//! further operands. `sig` as a result is the return type of a signature; `many` means as many
//! `val`s as the `Idx` immediate says. Every arithmetic row on `i64` means Python's int, and
//! leaves when 64 bits are not enough.
//!
//! States (see `frame_state`): an op with `EXITS` names a reason and a state `at` (nothing of that
//! bytecode has happened) or `after`; one with `RAISES` names a state `in` (its operands are popped,
//! its result is not pushed): what an exception unwinds from and what a result is pushed on
//! when the call ends in the interpreter.

use super::effect::*;
use super::types::Ty;

/// What an operand or a result is in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TySpec {
    Is(Ty),
    Any,
    /// The return type of the signature named by an immediate, or of the unit.
    Sig,
    /// As many values as the `Idx` immediate says.
    Many,
}

/// What an immediate is in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImmKind {
    Int,
    Float,
    Bool,
    Const,
    Cmp,
    Opc,
    Idx,
    Sig,
}

/// Calls `$m! { rows }` with every row of the table.
#[macro_export]
macro_rules! for_each_ssa_op {
    ($m:ident) => {
        $m! {
            // ---- states
            State "state" (;) [] -> () NONE NONE (STATE)
                "The frame is as the state says, until the next write.";

            Cover "cover" (;) [Opc] -> () NONE NONE (KEEP)
                "Marks the opcode as run natively (`Vm::coverage`).";

            // ---- constants
            ConstI64 "const_i64" (;) [Int] -> (i64) NONE NONE (PLAIN) "An int.";
            ConstF64 "const_f64" (;) [Float] -> (f64) NONE NONE (PLAIN) "A float.";
            ConstBool "const_bool" (;) [Bool] -> (bool) NONE NONE (PLAIN) "A bool.";
            ConstVal "const_val" (;) [Const] -> (val) NONE NONE (PLAIN) "A value of the pool.";
            ConstEmpty "const_empty" (;) [] -> (val) NONE NONE (PLAIN) "The word 0: nothing.";

            // ---- boxing
            BoxI64 "box_i64" (i64;) [] -> (val) NONE NONE (PLAIN)
                "The int as a value. Cannot fail: past the memory cap it still gets its 16 bytes and asks for attention.";
            BoxF64 "box_f64" (f64;) [] -> (val) NONE NONE (PLAIN) "The float as a value (NaN made canonical).";
            BoxBool "box_bool" (bool;) [] -> (val) NONE NONE (PLAIN) "The bool as a value.";

            // ---- guards
            GuardInt "guard_int" (val;) [] -> (i64) NONE NONE (EXITS | KEEP)
                "Inline int or Int64 object; not a bool. Else NotInt.";
            GuardFloat "guard_float" (val;) [] -> (f64) NONE NONE (EXITS | KEEP) "A float, else NotFloat.";
            GuardWhole "guard_whole" (f64;) [] -> (f64) NONE NONE (EXITS | KEEP)
                "The same; a whole number (or -0.0) between -2^51 and 2^51, else NotWhole.";
            GuardBool "guard_bool" (val;) [] -> (bool) NONE NONE (EXITS | KEEP) "True or False, else NotBool.";
            GuardBound "guard_bound" (val;) [] -> (val) NONE NONE (EXITS | KEEP | PASSES) "Not the word 0, else UnboundLocal.";
            GuardRangeIter "guard_range_iter" (val;) [] -> (val) NONE NONE (EXITS | KEEP | PASSES)
                "A RangeIter object, else NotRangeIter.";
            GuardClass "guard_class" (val;) [Int] -> (val) NONE NONE (EXITS | KEEP | PASSES)
                "An object of exactly the builtin class of that number, else WrongCallee.";
            GuardTuple "guard_tuple" (val;) [Int] -> (val) NONE NONE (EXITS | KEEP | PASSES)
                "A tuple of so many items, else NotTuple.";
            GuardRangeUp "guard_range_up" (val;) [] -> (val) NONE NONE (EXITS | KEEP | PASSES)
                "Of a RangeIter object: what is still to come is not negative, counts up and ends below 2^47, else RangeDown. What is so stays so, whoever advances it.";
            GuardKeysVersion "guard_keys_version" (;) [Const Int] -> () KEYS NONE (EXITS | KEEP)
                "That dict's keys_version is that number, else GlobalChanged.";
            GuardFuncVersion "guard_func_version" (val;) [Const Int] -> () FIXED NONE (EXITS | KEEP)
                "The operand is that function and its version is that number, else WrongCallee.";
            GuardFuncCode "guard_func_code" (val;) [Const Int] -> (val) OBJECTS NONE (EXITS | KEEP)
                "The operand is a function of that code object and of the globals it belongs to, with so many defaults (-1: however many), else WrongCallee.";

            GuardKeywords "guard_keywords" (val; val) [] -> () ALL NONE (EXITS | KEEP)
                "The dict that rt_bind_keywords has made holds these names and values, in turn, and nothing else, else WrongCallee.";
            GuardUncaught "guard_uncaught" (;) [] -> () EXC NONE (EXITS | KEEP)
                "Where the frame returns: it has caught no exception natively whose traceback a program may ask for the frame, else Caught.";

            // ---- ints. What is checked stays, used or not: `range` and `thread` decide by what it lets pass.
            AddI64 "add_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP) "Else Overflow.";
            SubI64 "sub_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP) "Else Overflow.";
            MulI64 "mul_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP) "Else Overflow.";
            NegI64 "neg_i64" (i64;) [] -> (i64) NONE NONE (EXITS | KEEP) "Else Overflow.";
            FloorDivI64 "floordiv_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP)
                "Rounds down. Divisor 0: DivByZero; the least int by -1: Overflow.";
            ModI64 "mod_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP)
                "Has the divisor's sign. Divisor 0: DivByZero; by -1 it is 0.";
            ShlI64 "shl_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP)
                "Negative count, or 64 and more: ShiftCount; bits lost: Overflow.";
            ShrI64 "shr_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP)
                "Arithmetic; a count of 64 and more leaves the sign. Negative count: ShiftCount.";
            AndI64 "and_i64" (i64 i64;) [] -> (i64) NONE NONE (PLAIN) "`&`";
            OrI64 "or_i64" (i64 i64;) [] -> (i64) NONE NONE (PLAIN) "`|`";
            XorI64 "xor_i64" (i64 i64;) [] -> (i64) NONE NONE (PLAIN) "`^`";
            NotI64 "not_i64" (i64;) [] -> (i64) NONE NONE (PLAIN) "`~`";
            WrapAddI64 "wrap_add_i64" (i64 i64;) [] -> (i64) NONE NONE (PLAIN)
                "Wraps round: for the counters of range iterators, and where it is known not to leave 64 bits.";
            WrapSubI64 "wrap_sub_i64" (i64 i64;) [] -> (i64) NONE NONE (PLAIN) "Where it is known not to leave 64 bits.";
            WrapMulI64 "wrap_mul_i64" (i64 i64;) [] -> (i64) NONE NONE (PLAIN) "Where it is known not to leave 64 bits.";
            AddUpI64 "add_up_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP) "`+`; known: the second is not negative. Else Overflow.";
            SubUpI64 "sub_up_i64" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP) "`-`; known: the second is not negative. Else Overflow.";
            KnownI64 "known_i64" (i64;) [Int] -> (i64) NONE NONE (PLAIN) "The same; known: it is not negative and not above that.";
            UdivI64 "udiv_i64" (i64 i64;) [Idx] -> (i64) NONE NONE (PLAIN)
                "Quotient; known: no operand is negative, the divisor not 0, the dividend has at most so many bits.";
            UremI64 "urem_i64" (i64 i64;) [Idx] -> (i64) NONE NONE (PLAIN)
                "Rest; known: no operand is negative, the divisor not 0, the dividend has at most so many bits.";
            SelectI64 "select_i64" (bool i64 i64;) [] -> (i64) NONE NONE (PLAIN) "The second where the first is true, else the third.";
            IcmpI64 "icmp" (i64 i64;) [Cmp] -> (bool) NONE NONE (PLAIN) "Compares ints.";

            // ---- floats
            AddF64 "add_f64" (f64 f64;) [] -> (f64) NONE NONE (PLAIN) "`+`";
            SubF64 "sub_f64" (f64 f64;) [] -> (f64) NONE NONE (PLAIN) "`-`";
            MulF64 "mul_f64" (f64 f64;) [] -> (f64) NONE NONE (PLAIN) "`*`";
            DivF64 "div_f64" (f64 f64;) [] -> (f64) NONE NONE (EXITS | KEEP) "`/`; by zero: DivByZero.";
            FloorDivF64 "floordiv_f64" (f64 f64;) [] -> (f64) NONE NONE (EXITS | KEEP)
                "Python's float `//`; by zero: DivByZero.";
            ModF64 "mod_f64" (f64 f64;) [] -> (f64) NONE NONE (EXITS | KEEP) "Python's float `%`; by zero: DivByZero.";
            PowF64 "pow_f64" (f64 f64;) [] -> (f64) NONE NONE (EXITS | KEEP)
                "`**` of a positive number. Of another, or where a number or the result is not finite: Overflow.";
            NegF64 "neg_f64" (f64;) [] -> (f64) NONE NONE (PLAIN) "Unary `-`.";
            FcmpF64 "fcmp" (f64 f64;) [Cmp] -> (bool) NONE NONE (PLAIN) "Compares floats; NaN is unequal to all.";

            StrCmp "str_cmp" (val val;) [Cmp] -> (bool) NONE NONE (PLAIN)
                "Compares strs: guard_class gave each, or it is a constant.";

            StrLen "str_len" (val;) [] -> (i64) NONE NONE (PLAIN) "How many bytes a str has that guard_class gave.";
            GuardAscii "guard_ascii" (val;) [] -> (val) NONE NONE (EXITS | KEEP | PASSES)
                "Of a str that guard_class gave: it is ASCII, else the reason named.";
            StrByte "str_byte" (val i64;) [] -> (i64) NONE NONE (PLAIN) "Str, place below its length: the byte.";
            RtChar "rt_char" (i64;) [] -> (val) NONE NONE (RAISES | RARELY | OBJECT)
                "chr(number). There is one str for each ASCII code, once one was asked for.";

            // ---- complex numbers (values that guard_class or new_complex gave)
            ComplexPart "complex_part" (val;) [Idx] -> (f64) NONE NONE (PLAIN)
                "The real part (0) or the imaginary one (1).";
            NewComplex "new_complex" (f64 f64;) [] -> (val) NONE NONE (NEW | OBJECT)
                "A new complex number of these parts. Cannot fail, as box_i64.";
            VirtualComplex "virtual_complex" (f64 f64;) [] -> (val) NONE NONE (OBJECT)
                "One that only states (and virtual tuples) name: an exit makes it.";
            HypotF64 "hypot" (f64 f64;) [] -> (f64) NONE NONE (EXITS | KEEP)
                "`abs()` of the complex number of these parts. Too large though they are finite: Overflow.";
            HypotCmp "hypot_cmp" (f64 f64 f64;) [Cmp] -> (bool) NONE NONE (EXITS | KEEP)
                "Compares the same with the third. Leaves as it does.";

            // ---- conversions and bools
            I64ToF64 "i64_to_f64" (i64;) [] -> (f64) NONE NONE (PLAIN) "The nearest float, ties to even.";
            I64ToF64Exact "i64_to_f64_exact" (i64;) [] -> (f64) NONE NONE (EXITS)
                "The float equal to it when it is within ±2^53, else Inexact.";
            BoolToI64 "bool_to_i64" (bool;) [] -> (i64) NONE NONE (PLAIN) "0 or 1.";
            NotBool "not_bool" (bool;) [] -> (bool) NONE NONE (PLAIN) "`not`";
            IsVal "is_val" (val val;) [] -> (bool) NONE NONE (PLAIN)
                "Python's `is`: the same word, or Int64 objects of equal number.";
            IsBound "is_bound" (val;) [] -> (bool) NONE NONE (PLAIN) "Not the word 0.";

            // ---- globals and cells
            LoadGlobalCell "load_global_cell" (;) [Const] -> (val) GLOBALS NONE (EXITS | KEEP)
                "The value in that global cell; empty: GlobalChanged (a NameError, be the value used or not).";
            StoreGlobalCell "store_global_cell" (val;) [Const] -> () NONE GLOBALS (EXITS | KEEP)
                "Stores into that global cell; empty: GlobalChanged, and nothing is stored.";
            GuardGlobal "guard_global" (;) [Const Const] -> (val) FIXED NONE (EXITS | KEEP)
                "That global cell, which is watched from now on, holds that function: gives it. Else WrongCallee.";
            LoadCell "load_cell" (val;) [] -> (val) CELLS NONE (PLAIN)
                "The value in a closure cell; the word 0 when it is empty.";
            StoreCell "store_cell" (val val;) [] -> () NONE CELLS (KEEP)
                "Cell, value: stores (the word 0 empties it).";
            LoadFuncDefault "load_func_default" (val;) [Int] -> (val) OBJECTS NONE (PLAIN)
                "Of a function that guard_func_code gave: that one of its defaults.";
            LoadFuncCell "load_func_cell" (val;) [Int] -> (val) NONE NONE (PLAIN)
                "Of a function that guard_func_code gave: the cell of that free variable.";
            LoadTupleItem "load_tuple_item" (val;) [Int] -> (val) NONE NONE (PLAIN)
                "That item of a tuple that guard_tuple gave.";

            // ---- range iterators (a value that guard_range_iter or range_iter gave)
            RangeNext "range_next" (val;) [] -> (i64) RANGE NONE (PLAIN) "Field `next`.";
            RangeStep "range_step" (val;) [] -> (i64) NONE NONE (PLAIN) "Field `step`.";
            RangeRemaining "range_remaining" (val;) [] -> (i64) RANGE NONE (PLAIN)
                "Field `remaining`: how many numbers are still to come.";
            RangeAdvance "range_advance" (val i64 i64;) [] -> () NONE RANGE (KEEP)
                "Iterator, next, remaining: stores both.";

            RangeCount "range_count" (i64 i64 i64;) [] -> (i64) NONE NONE (PLAIN)
                "Start, stop, step: how many numbers that range has, as 64 bits without a sign. A step of 0 counts as 1.";
            RangeIter "range_iter" (i64 i64 i64;) [] -> (val) NONE NONE (NEW)
                "Next, step, remaining: a new iterator. Cannot fail, as box_i64.";

            // ---- lists, tuples and their iterators (values that their guards gave)
            GuardTrue "guard_true" (bool;) [] -> () NONE NONE (EXITS | KEEP) "True, else the reason named.";
            GuardRoom "guard_room" (;) [Idx] -> () OBJECTS NONE (EXITS | KEEP)
                "The recursion limit leaves room for that many levels more, else OutOfRange.";
            GuardIs "guard_is" (val;) [Const] -> () NONE NONE (EXITS | KEEP)
                "That very object, else WrongCallee.";
            GuardList "guard_list" (val;) [] -> (val) NONE NONE (EXITS | KEEP | PASSES | OBJECT) "A list, else NotList.";
            GuardAnyTuple "guard_any_tuple" (val;) [] -> (val) NONE NONE (EXITS | KEEP | PASSES | OBJECT) "A tuple, else NotTuple.";
            GuardIter "guard_iter" (val;) [Idx] -> (val) NONE NONE (EXITS | KEEP | PASSES)
                "An iterator of the class of that number, which goes over a list or a tuple, or is `enumerate` or `zip`; else NotIter.";
            Index "index" (i64 i64;) [] -> (i64) NONE NONE (EXITS | KEEP)
                "Index, length: the place it names, counted from the end if negative; else OutOfRange.";
            ListLen "list_len" (val;) [] -> (i64) LENGTHS NONE (PLAIN) "How many items a list has.";
            ListGet "list_get" (val i64;) [] -> (val) ITEMS NONE (PLAIN) "List, place below its length: the item.";
            ListSet "list_set" (val i64 val;) [] -> () NONE ITEMS (KEEP)
                "List, place below its length, value: stores it.";
            ListPush "list_push" (val val;) [] -> () NONE LISTS (RAISES | RARELY) "List, value: appends it.";
            ListCut "list_cut" (val i64;) [] -> () NONE LISTS (KEEP) "List, place below its length: takes that item out.";
            ListInsert "list_insert" (val val i64;) [] -> () NONE LISTS (RAISES)
                "List, value, place as `insert` takes it: puts it there.";
            ListPart "list_part" (val i64 i64;) [Int] -> (val) LISTS NONE (RAISES | OBJECT)
                "List, start, stop, and the step: that part of it, a new list.";
            ListMove "list_move" (val val; i64) [Int] -> () NONE LISTS (RAISES)
                "Two lists, start and stop of each, and the second's step: that part of the second takes the place of that of the first, and is no list meanwhile.";
            TupleLen "tuple_len" (val;) [] -> (i64) NONE NONE (PLAIN) "How many items a tuple has.";
            TupleGet "tuple_get" (val i64;) [] -> (val) NONE NONE (PLAIN) "Tuple, place below its length: the item.";
            IterSeq "iter_seq" (val;) [] -> (val) SEQS NONE (PLAIN)
                "What an iterator goes over, or the word 0 when it has ended. Of `enumerate` the iterator under it, of `zip` the tuple of them.";
            IterAt "iter_at" (val;) [] -> (i64) RANGE NONE (PLAIN) "The place of its next item; not negative.";
            IterAdvance "iter_advance" (val i64;) [] -> () NONE RANGE (KEEP) "Iterator, place: stores it.";
            IterEnd "iter_end" (val;) [] -> () NONE SEQS (KEEP) "It has ended.";
            IterCount "iter_count" (val;) [] -> (i64) RANGE NONE (PLAIN) "Of an `enumerate`: the number of its next item.";
            IterBig "iter_big" (val;) [] -> (val) OBJECTS NONE (PLAIN)
                "Of an `enumerate`: that number once 64 bits do not hold it, else the word 0.";
            CountAdvance "count_advance" (val i64;) [] -> () NONE RANGE (KEEP) "`enumerate`, number: stores it.";
            GuardApart "guard_apart" (val val;) [] -> (val) NONE NONE (EXITS | KEEP)
                "Two iterators: the second, which is not the first; else NotIter.";

            // ---- instances of classes that programs make (values that guard_slots gave)
            GuardShape "guard_shape" (val;) [Int] -> (val) SHAPES NONE (EXITS | KEEP | PASSES | OBJECT)
                "An object of the shape of that number, else WrongShape.";
            GuardSlots "guard_slots" (val;) [Int] -> (val) NONE NONE (EXITS | KEEP | PASSES | OBJECT)
                "Of an instance whose shape guard_shape has seen: it has so many slots behind it, else NoSlot.";
            GuardVersion "guard_version" (;) [Const Int] -> () VERSIONS NONE (EXITS | KEEP)
                "That class has that version, else ClassChanged.";
            GuardObject "guard_object" (val;) [] -> (val) NONE NONE (EXITS | KEEP | PASSES | OBJECT) "No number, no bool, not None: an object, else WrongShape.";
            GuardShapes "guard_shapes" (val; any) [] -> (val) SHAPES_AND_VERSIONS NONE (EXITS | KEEP | PASSES | OBJECT)
                "Of the constants shape, class, version, shape, class, version ...: an object of one of these shapes, whose class has that version; else WrongShape. As for guard_shape, slots that all of them have are there.";
            IsShape "is_shape" (val;) [Int] -> (bool) SHAPES NONE (PLAIN)
                "Whether it is an object of the shape of that number.";
            AsShape "as_shape" (val;) [Int] -> (val) NONE NONE (NEW | PASSES | OBJECT)
                "The same, where a branch has found it to be of the shape of that number: stays behind that.";
            SlotGet "slot_get" (val;) [Int] -> (val) SLOTS NONE (PLAIN)
                "What is in that slot, which is there; the word 0: nothing.";
            SlotSet "slot_set" (val val;) [Int] -> () NONE SLOTS (KEEP) "Instance, value: stores it in that slot.";
            SlotAdd "slot_add" (val val;) [Int Idx] -> () NONE SLOTS_AND_SHAPES (KEEP)
                "The same with an attribute that it gains: its shape becomes the one of that number.";
            FieldGet "field_get" (val;) [Idx] -> (val) OBJECTS NONE (PLAIN)
                "What an object of a builtin layout keeps in that `Field`; the word 0: nothing.";
            GuardItem "guard_item" (val;) [Const Int] -> (val) OBJECTS NONE (EXITS | KEEP | PASSES | OBJECT)
                "A dict of the builtin class, no namespace, whose entry of that number has that very key, else NoSlot.";
            ItemGet "item_get" (val;) [Int] -> (val) OBJECTS NONE (PLAIN)
                "The value of that entry, which is there.";
            ItemSet "item_set" (val val;) [Int] -> () NONE OBJECTS (KEEP) "Dict, value: stores it in that entry.";
            RtNewInstance "rt_new_instance" (; val) [Int Idx] -> (val) NONE NONE (RAISES | OBJECT | RARELY)
                "A new instance with so many slots, of the shape of that number; what is in the first of them (the word 0: nothing).";
            RtNewException "rt_new_exception" (val val;) [Idx] -> (val) NONE NONE (RAISES | OBJECT | RARELY)
                "A new exception of the shape of that number, or of the builtin class: the tuple of its arguments, and the store of its attributes (the word 0: none).";
            RtBindMethod "rt_bind_method" (val val;) [] -> (val) NONE NONE (RAISES | OBJECT | RARELY)
                "A new bound method: function, receiver.";
            RtMake "rt_make" (val; val) [Int] -> (val) ALL ALL (RAISES | CALLS)
                "A call of a class, by what the site at that address knows: class, arguments.";
            RtGetSite "rt_get_site" (val;) [Int] -> (val) ALL ALL (RAISES | CALLS)
                "LOAD_ATTR by what the site at that address knows.";
            RtSetSite "rt_set_site" (val val;) [Int] -> () ALL ALL (RAISES | CALLS)
                "STORE_ATTR, as above: object, value.";
            RtMethodSite "rt_method_site" (val;) [Int] -> (val val) ALL ALL (RAISES | CALLS)
                "LOAD_METHOD, as above; results as those of rt_load_method.";

            SuperMethod "super_method" (val val;) [Const] -> (val) ALL NONE (PLAIN)
                "Class, object: the Python function that `super` of both finds by that name and binds to the object; the word 0: something else.";

            // ---- entry, loops
            Enter "enter" (;) [Idx] -> () LIMIT DEPTH (EXITS | KEEP)
                "First in a function: looks at the limit word, counts the frame (depth, and fuel if the immediate is 1). When the word asks for attention, fuel is short or the depth would reach its limit (so that a comparison, which counts one level more, cannot overflow natively), nothing is counted and the interpreter enters the frame as if it had been called (reason Poll).";
            EnterInlined "enter_inlined" (;) [Idx] -> () NONE FUEL (EXITS | KEEP)
                "First in an inlined function, where something counts: counts the call, and fuel if the immediate is 1. When fuel is short nothing is counted and the interpreter enters the frame as if it had been called.";
            Poll "poll" (;) [] -> () LIMIT NONE (EXITS | KEEP)
                "At a back edge: when the limit word asks for it, the helper collects garbage and goes on, or leaves (Poll) so that the interpreter's own jump raises.";
            Charge "charge" (;) [Idx] -> () NONE FUEL (EXITS | KEEP)
                "Burns that many units of fuel; when too few are left none is burnt and the interpreter does it (Fuel).";

            // ---- calls
            RtMakeCell "rt_make_cell" (val;) [] -> (val) NONE NONE (RAISES | RARELY)
                "A new cell with that in it (the word 0: nothing).";
            RtBindKeywords "rt_bind_keywords" (; val) [] -> (val) NONE NONE (RAISES)
                "The dict of a `**` parameter: name, value, name, value … The names are strings.";
            CallSelf "call_self" (; any) [] -> (sig) ALL ALL (RAISES | CALLS | SPECIAL)
                "Calls this unit's function entry with operands as its signature says, then its cells and free variables. Another representation of the result than the signature's goes on in the interpreter.";
            CallUnit "call_unit" (; any) [Const Sig] -> (sig) ALL ALL (RAISES | CALLS | SPECIAL)
                "Calls the native entry of that code object through its entry cell, by that signature; its cells and free variables follow the arguments.";
            RtCall "rt_call" (val; val) [] -> (val) ALL ALL (RAISES | CALLS)
                "Callee, positional arguments: the interpreter's own dispatch.";
            RtCallKw "rt_call_kw" (val val; val) [] -> (val) ALL ALL (RAISES | CALLS)
                "Callee, tuple of names, arguments (the named ones last).";
            RtCallMethod "rt_call_method" (val val; val) [] -> (val) ALL ALL (RAISES | CALLS)
                "CALL_METHOD: the two results of rt_load_method, then the arguments.";
            RtCallDescr "rt_call_descr" (val; val) [Const] -> (val) ALL ALL (RAISES | CALLS)
                "A method descriptor of the receiver's class; the receiver, the arguments.";
            RtDictGet "rt_dict_get" (val val val;) [Const] -> (val) ALL ALL (RAISES | CALLS)
                "As rt_call_descr of the method `get` of dicts, where no tuple is looked for: the receiver, the key, the default.";

            // ---- the interpreter's protocols
            RtBinary "rt_binary" (val val;) [Opc] -> (val) ALL ALL (RAISES | CALLS) "BINARY_* or INPLACE_*.";
            RtUnary "rt_unary" (val;) [Opc] -> (val) ALL ALL (RAISES | CALLS) "UNARY_POSITIVE, _NEGATIVE, _INVERT.";
            RtCompare "rt_compare" (val val;) [Cmp] -> (val) ALL ALL (RAISES | CALLS) "Rich comparison: any value.";
            RtContains "rt_contains" (val val;) [] -> (bool) ALL ALL (RAISES | CALLS) "Item, container: `item in container`.";
            RtInText "rt_in_text" (val val;) [Int Int] -> (bool) ALL ALL (RAISES | CALLS)
                "As rt_contains, where the container is a constant, an ASCII str: the bits of the characters in it, those below 64 first.";
            RtExcMatch "rt_exc_match" (val val;) [] -> (bool) ALL ALL (RAISES | CALLS) "Exception, class or tuple of them.";
            RtIsInstance "rt_is_instance" (val val;) [Const] -> (bool) ALL ALL (RAISES | CALLS)
                "isinstance(object, class or tuple of them); the constant is what the class is likely to be.";
            RtIsTrue "rt_is_true" (val;) [] -> (bool) ALL ALL (RAISES | CALLS) "Truth.";
            RtLen "rt_len" (val val;) [] -> (val) ALL ALL (RAISES | CALLS) "`len` itself, and what it is called with.";
            RtGetItem "rt_get_item" (val val;) [] -> (val) ALL ALL (RAISES | CALLS) "Object, key.";
            RtSetItem "rt_set_item" (val val val;) [] -> () ALL ALL (RAISES | CALLS) "Object, key, value.";
            RtGetChar "rt_get_char" (val i64;) [] -> (val) ALL ALL (RAISES | CALLS | RARELY)
                "As rt_get_item with that int as the key, where strs were seen.";
            RtGetSlice "rt_get_slice" (val val val; val) [] -> (val) ALL ALL (RAISES | CALLS)
                "BUILD_SLICE and BINARY_SUBSCR: object; start, stop and step of the slice.";
            RtSetSlice "rt_set_slice" (val val val val; val) [] -> () ALL ALL (RAISES | CALLS)
                "BUILD_SLICE and STORE_SUBSCR: object, value; start, stop and step of the slice.";
            RtGetAttr "rt_get_attr" (val;) [Const] -> (val) ALL ALL (RAISES | CALLS) "Object; the name is the constant.";
            RtSetAttr "rt_set_attr" (val val;) [Const] -> () ALL ALL (RAISES | CALLS) "Object, value.";
            RtLoadMethod "rt_load_method" (val;) [Const] -> (val val) ALL ALL (RAISES | CALLS)
                "Object: the two slots that LOAD_METHOD pushes, lower first: callable and receiver, or MARK and callable.";
            RtLoadGlobal "rt_load_global" (val;) [Const] -> (val) ALL ALL (RAISES | CALLS)
                "Globals; looks in builtins too; NameError.";
            RtStoreGlobal "rt_store_global" (val val;) [Const] -> () ALL ALL (RAISES | CALLS) "Globals, value.";
            RtLoadName "rt_load_name" (val val;) [Const] -> (val) ALL ALL (RAISES | CALLS) "Namespace, globals.";
            RtStoreName "rt_store_name" (val val;) [Const] -> () ALL ALL (RAISES | CALLS) "Namespace, value.";
            RtDeleteName "rt_delete_name" (val;) [Const] -> () ALL ALL (RAISES | CALLS) "Namespace.";
            RtGetIter "rt_get_iter" (val;) [] -> (val) ALL ALL (RAISES | CALLS) "iter(v).";
            RtForIter "rt_for_iter" (val;) [] -> (val) ALL ALL (RAISES | CALLS) "The next item, or 0 at the end.";
            RtUnpack "rt_unpack" (val;) [Idx] -> (many) ALL ALL (RAISES | CALLS)
                "UNPACK_SEQUENCE: the items, first item first.";
            RtBuildTuple "rt_build_tuple" (; val) [] -> (val) NONE NONE (RAISES | RARELY) "A new tuple.";
            VirtualTuple "virtual_tuple" (; any) [] -> (val) NONE NONE (PLAIN)
                "A tuple that only states (and others of its kind) name: an exit makes it.";
            VirtualFunction "virtual_function" (val val val; val) [Idx] -> (val) NONE NONE (PLAIN)
                "A function, of what rt_make_function takes, that only states name: an exit makes it.";
            VirtualDict "virtual_dict" (; any) [] -> (val) NONE NONE (PLAIN)
                "A dict of keywords, name, value, name, value …, that only states name: an exit makes it.";
            RtBuildList "rt_build_list" (; val) [] -> (val) NONE NONE (RAISES) "A new list.";
            RtBuildMap "rt_build_map" (; val) [] -> (val) ALL ALL (RAISES | CALLS) "key, value, key, value …";
            RtBuildConstKeyMap "rt_build_const_key_map" (val; val) [] -> (val) ALL ALL (RAISES | CALLS)
                "Tuple of keys, values.";
            RtBuildString "rt_build_string" (; val) [] -> (val) NONE NONE (RAISES) "Joins strings.";
            RtFormat "rt_format" (val; val) [Idx] -> (val) ALL ALL (RAISES | CALLS)
                "FORMAT_VALUE: value, and the spec if the flags have 4.";
            RtMakeFunction "rt_make_function" (val val val; val) [Idx] -> (val) NONE NONE (RAISES)
                "MAKE_FUNCTION: globals, code, qualified name, then what the flags name, lowest bit first. With 256 in the flags it is known that these are what they should be.";
            RtImportName "rt_import_name" (val val val val;) [Const] -> (val) ALL ALL (RAISES | CALLS)
                "Globals, locals or None, level, fromlist.";
            RtCallEx "rt_call_ex" (val val; val) [] -> (val) ALL ALL (RAISES | CALLS)
                "CALL_FUNCTION_EX: callee, iterable of arguments, and the mapping if there is one.";
            RtCollect "rt_collect" (; val) [Opc] -> (val) ALL ALL (RAISES | CALLS)
                "BUILD_SET, BUILD_SLICE, BUILD_*_UNPACK; those WITH_CALL take the callee first.";
            RtListAppend "rt_list_append" (val val;) [] -> () NONE LISTS (RAISES) "LIST_APPEND: list, item.";
            RtAdd "rt_add" (val val; val) [Opc] -> () ALL ALL (RAISES | CALLS)
                "SET_ADD: set, item. MAP_ADD: dict, key, value.";
            RtDelItem "rt_del_item" (val val;) [] -> () ALL ALL (RAISES | CALLS) "Object, key.";
            RtDelAttr "rt_del_attr" (val;) [Const] -> () ALL ALL (RAISES | CALLS) "Object.";
            RtUnpackEx "rt_unpack_ex" (val;) [Int Idx] -> (many) ALL ALL (RAISES | CALLS)
                "UNPACK_EX with that operand: the items, first item first, in as many parts as the index says.";
            RtImportFrom "rt_import_from" (val;) [Const] -> (val) ALL ALL (RAISES | CALLS) "Module; the name.";
            RtImportStar "rt_import_star" (val val;) [] -> () ALL ALL (RAISES | CALLS) "Namespace, module.";
            RtAnnotations "rt_annotations" (val;) [] -> () ALL ALL (RAISES | CALLS) "SETUP_ANNOTATIONS: namespace.";
            RtBuildClass "rt_build_class" (val;) [] -> (val) ALL ALL (RAISES | CALLS) "LOAD_BUILD_CLASS: globals.";
            RtClassDeref "rt_class_deref" (val val val;) [Idx] -> (val) ALL ALL (RAISES | CALLS)
                "LOAD_CLASSDEREF: namespace, cell, code object; which cell or free variable.";
            RtPrintExpr "rt_print_expr" (val;) [] -> () ALL ALL (RAISES | CALLS) "sys.displayhook(v).";
            RtSetupWith "rt_setup_with" (val;) [] -> (val val) ALL ALL (RAISES | CALLS)
                "Manager: its `__exit__`, and what its `__enter__` gave.";
            RtWithStart "rt_with_start" (val val val val;) [] -> (val val) ALL ALL (RAISES | CALLS)
                "WITH_CLEANUP_START: `__exit__`, traceback, exception, topmost of the six: the class or None, and what `__exit__` returned.";
            LoadHandled "load_handled" (;) [] -> (val) EXC NONE (PLAIN)
                "The exception being handled, or None: slot 1 of the six that a `finally` body entered normally finds.";
            RtCatch "rt_catch" (; val) [Idx Idx Idx] -> (val val val val) ALL ALL (RAISES | CALLS)
                "An exception reaches a handler and is the one being handled. How it was raised is the first immediate (`How`), whether this frame's line is to be added to its traceback, too. So many frames of the state's, inlined ones, end by it, as the second says: their lines are added with objects that keep their variables, then that of the next, which catches it, and whose stack is as deep as the third says. The operands: the exception if it is at hand, and if handlers end by it, what was handled before the outermost of them. Gives what was handled before, the traceback, the exception and its class.";
            RtRaise "rt_raise" (; val) [Idx] -> () ALL ALL (RAISES | CALLS)
                "As `raise`, and a `catch` follows. The frame's line is in the traceback then.";
            RtPopExcept "rt_pop_except" (val;) [Idx Idx] -> () NONE EXC (KEEP)
                "POP_EXCEPT: what was handled before (slot 1 of the handler's six) is handled again. The immediates are the depth of the stack below the six, and of the frame among inlined ones.";
            RtRestoreTraceback "rt_restore_traceback" (val;) [] -> () NONE EXC (KEEP)
                "Slot 2 of a handler's six: what is handled is about to be raised again, and if this is a traceback, it is what that had.";
            RtPopFinally "rt_pop_finally" (val val;) [Idx Idx] -> () NONE EXC (KEEP)
                "POP_FINALLY on slot 1 and the topmost of the six: if an exception had entered the body, the former is handled again. Immediates as above.";

            RtNewGenerator "rt_new_generator" (val val val; val) [] -> (val) NONE NONE (RAISES | OBJECT)
                "Globals, code, qualified name; arguments, then cells: the generator that a call of such a function gives, which takes these arguments and no other.";
            RtForGen "rt_for_gen" (val;) [] -> (val) ALL ALL (RAISES | CALLS)
                "As rt_for_iter, where generators were seen: one that native code has suspended goes on without the runtime.";
            RtDelegate "rt_delegate" (val val;) [] -> (val val) ALL ALL (RAISES | CALLS)
                "YIELD_FROM: iterator, value to send: what it yields, or the word 0 and what it has returned.";
            RtAwait "rt_await" (val;) [Opc Int] -> (val) ALL ALL (RAISES | CALLS)
                "GET_AWAITABLE, GET_AITER, GET_ANEXT, GET_YIELD_FROM_ITER: what the instruction makes of its operand. The number says where it stands: the opcode before it, and `co_flags` above the lowest 8 bits.";
            RtBeforeAsyncWith "rt_before_async_with" (val;) [] -> (val val) ALL ALL (RAISES | CALLS)
                "Manager: its `__aexit__`, and what its `__aenter__` gave.";
            RtWrapYield "rt_wrap_yield" (val;) [] -> (val) NONE NONE (RAISES)
                "What an asynchronous generator yields, in its wrapper.";
            AsyncEnded "async_ended" (val;) [] -> (bool) OBJECTS NONE (PLAIN)
                "END_ASYNC_FOR: whether the exception is a StopAsyncIteration.";

            // ---- terminators
            Jump "jump" (;) [] -> () NONE NONE (TERM | T1) "Goes to its target.";
            Brif "brif" (bool;) [] -> () NONE NONE (TERM | T2) "True: the first target, false: the second.";
            Catch "catch" (;) [] -> () NONE NONE (TERM | T2)
                "The op before it may raise. It did not: the first target, which alone may use its results. It did: the second. (When the engine stops for good, it leaves.)";
            Ret "ret" (any;) [] -> () NONE NONE (TERM) "Returns, in the signature's representation.";
            RetBoxed "ret_boxed" (val;) [] -> () NONE NONE (TERM)
                "Returns a value although the signature says otherwise.";
            Yield "yield" (val; val) [Idx Bool] -> () ALL NONE (TERM)
                "The frame, a generator's, is suspended at that instruction, delegating or not, and gives the value. What follows are its locals and its stack, which are stored into it.";
            Exit "exit" (;) [] -> () NONE NONE (TERM | EXITS) "Leaves to the interpreter for good.";
            Raise "raise" (; val) [Idx] -> () ALL ALL (TERM | RAISES | CALLS)
                "RAISE_VARARGS with that many operands. With none it raises again: no new traceback entry for this frame.";
            Reraise "reraise" (val val val val val val;) [] -> () ALL ALL (TERM | RAISES)
                "END_FINALLY on the six slots, bottom first, when it neither falls through nor returns: raises again, without a new traceback entry for this frame (or SystemError).";
        }
    };
}

macro_rules! spec {
    (i64) => {
        TySpec::Is(Ty::I64)
    };
    (f64) => {
        TySpec::Is(Ty::F64)
    };
    (bool) => {
        TySpec::Is(Ty::Bool)
    };
    (val) => {
        TySpec::Is(Ty::Val)
    };
    (any) => {
        TySpec::Any
    };
    (sig) => {
        TySpec::Sig
    };
    (many) => {
        TySpec::Many
    };
}

macro_rules! define_ops {
    ($($name:ident $text:literal ($($arg:ident)*; $($rest:ident)?) [$($imm:ident)*] -> ($($res:ident)*)
       $reads:ident $writes:ident ($($flag:ident)|*) $doc:literal;)*) => {
        /// An SSA instruction.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum Op { $(#[doc = $doc] $name),* }

        impl Op {
            /// Every op, in the order of the table.
            pub const ALL: &'static [Op] = &[$(Op::$name),*];
            /// Its name in SSA text.
            pub const fn name(self) -> &'static str {
                match self { $(Op::$name => $text),* }
            }
            /// The op of this name.
            pub fn from_name(s: &str) -> Option<Op> {
                match s { $($text => Some(Op::$name),)* _ => None }
            }
            /// The operands that are always there.
            pub const fn args(self) -> &'static [TySpec] {
                match self { $(Op::$name => &[$(spec!($arg)),*]),* }
            }
            /// The type of further operands, if it takes any.
            pub const fn rest(self) -> Option<TySpec> {
                #[allow(unused_mut, unused_assignments)]
                match self { $(Op::$name => { let mut r = None; $(r = Some(spec!($rest));)? r }),* }
            }
            /// The immediates.
            pub const fn imms(self) -> &'static [ImmKind] {
                match self { $(Op::$name => &[$(ImmKind::$imm),*]),* }
            }
            /// The results.
            pub const fn results(self) -> &'static [TySpec] {
                match self { $(Op::$name => &[$(spec!($res)),*]),* }
            }
            /// Memory it depends on.
            pub const fn reads(self) -> Heap {
                match self { $(Op::$name => $reads),* }
            }
            /// Memory it may change.
            pub const fn writes(self) -> Heap {
                match self { $(Op::$name => $writes),* }
            }
            /// `EXITS | RAISES | …`
            pub const fn flags(self) -> Flags {
                match self { $(Op::$name => 0 $(| $flag)*),* }
            }
            /// What it does, in words.
            pub const fn doc(self) -> &'static str {
                match self { $(Op::$name => $doc),* }
            }
        }
    };
}
for_each_ssa_op!(define_ops);

/// The representations that are no words: the op that makes the word, and the guard that looks into one.
pub const BOXING: [(Ty, Op, Op); 3] = [
    (Ty::I64, Op::BoxI64, Op::GuardInt),
    (Ty::F64, Op::BoxF64, Op::GuardFloat),
    (Ty::Bool, Op::BoxBool, Op::GuardBool),
];

/// How an exception came up that `rt_catch` takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum How {
    /// `raise` was behind it: it has the line of the frame. (A `catch` leads here from its op, as below.)
    HasLine,
    /// An op raised it.
    Raised,
    /// `raise` of this exception.
    Object,
    /// END_FINALLY, of what is at hand: it has the line. What is no exception is a SystemError, which has not.
    Again,
}
impl How {
    pub const ALL: [How; 4] = [How::HasLine, How::Raised, How::Object, How::Again];
    /// Whether it is the first operand.
    pub const fn at_hand(self) -> bool {
        matches!(self, How::Object | How::Again)
    }
}

/// A field of an object of a builtin layout, by which the attributes of such objects are reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum Field {
    /// The dict of a function's own attributes.
    FunctionDict,
    /// What holds an exception's own: an instance, or a dict.
    ExceptionDict,
    /// The arguments of an exception.
    ExceptionArgs,
}
impl Field {
    pub const ALL: [Field; 3] = [
        Field::FunctionDict,
        Field::ExceptionDict,
        Field::ExceptionArgs,
    ];
}

/// What an exit makes of items.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Makes {
    Tuple,
    /// Of key, value, key, value …
    Dict,
    /// Of globals, code, name, and perhaps a closure.
    Function,
    /// Of two floats.
    Complex,
}

/// What need not be made where only states name it: the op that makes it, the one that stands for it then, and
/// what exits make.
pub const VIRTUAL: [(Op, Op, Makes); 4] = [
    (Op::RtBuildTuple, Op::VirtualTuple, Makes::Tuple),
    (Op::RtBindKeywords, Op::VirtualDict, Makes::Dict),
    (Op::RtMakeFunction, Op::VirtualFunction, Makes::Function),
    (Op::NewComplex, Op::VirtualComplex, Makes::Complex),
];

impl Op {
    /// The representation that it makes a word of.
    pub fn boxes(self) -> Option<Ty> {
        BOXING.iter().find(|r| r.1 == self).map(|r| r.0)
    }
    /// The representation that it looks for in a word.
    pub fn unboxes(self) -> Option<Ty> {
        BOXING.iter().find(|r| r.2 == self).map(|r| r.0)
    }
    /// The op that makes a word of this representation; none: it is one.
    pub fn boxer(t: Ty) -> Option<Op> {
        BOXING.iter().find(|r| r.0 == t).map(|r| r.1)
    }
    /// What exits make where it stands for an object.
    pub fn makes(self) -> Option<Makes> {
        VIRTUAL.iter().find(|r| r.1 == self).map(|r| r.2)
    }
    /// What may stand for the object that it makes.
    pub fn stand_in(self) -> Option<Op> {
        VIRTUAL.iter().find(|r| r.0 == self).map(|r| r.1)
    }
    /// Whether the flag is set in its row.
    #[inline]
    pub const fn has(self, f: Flags) -> bool {
        self.flags() & f != 0
    }
    /// Ends a block.
    #[inline]
    pub const fn is_term(self) -> bool {
        self.has(TERM)
    }
    /// Stands for an object that exits make.
    pub fn is_virtual(self) -> bool {
        self.makes().is_some()
    }
    /// Has a state.
    pub const fn has_state(self) -> bool {
        self.has(EXITS | RAISES | STATE)
    }
    /// How many targets it has.
    pub const fn targets(self) -> usize {
        self.has(T1) as usize + 2 * self.has(T2) as usize
    }
    /// May vanish when none of its results is used.
    pub const fn removable(self) -> bool {
        self.writes() == 0 && !self.has(RAISES | CALLS | TERM | KEEP | STATE)
    }
    /// Gives the same results for the same operands as long as what it reads was not written; a
    /// second one dominated by a first is redundant (its exit would have been taken by the first).
    pub const fn repeatable(self) -> bool {
        self.writes() == 0
            && !self.has(RAISES | CALLS | TERM | STATE | NEW)
            && self.reads() & LIMIT == 0
    }
    /// Ends the states before it: what it did must not be done again.
    pub const fn ends_states(self) -> bool {
        self.writes() != 0 || self.has(RAISES | CALLS)
    }
}
