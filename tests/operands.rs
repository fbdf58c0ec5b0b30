//! Operands whose types CPython only asserts: code that no compiler makes but a `.pyc` or `CodeType` may
//! hold. Each is checked when the instruction runs and is a SystemError, the same in every mode.

use std::sync::Arc;
use taipan::code::object::{CodeObject, Const, flags};
use taipan::code::opcode::Opcode::{self, *};
use taipan::compile::{Mode, compile};
use taipan::{Engine, JitMode};

fn text(s: &str) -> Const {
    Const::Str(s.into())
}
fn tuple(items: &[Const]) -> Const {
    Const::Tuple(items.into())
}

/// A module of these instructions, whose value is dropped.
fn module(consts: &[Const], ops: &[(Opcode, u8)]) -> CodeObject {
    let plain = compile("pass\n", "operands.py", Mode::Exec).expect("compiles");
    let mut consts = consts.to_vec();
    consts.push(Const::None);
    let none = (LOAD_CONST, consts.len() as u8 - 1);
    let end = [(POP_TOP, 0), none, (RETURN_VALUE, 0)];
    let code = ops.iter().chain(&end);
    CodeObject {
        code: code.flat_map(|(op, arg)| [*op as u8, *arg]).collect(),
        consts: consts.into(),
        names: ["f".into(), "c".into()].into(),
        stacksize: 8,
        ..(*plain).clone()
    }
}

/// A code object of a function, to be a constant; with a free variable if asked for.
fn function(free: bool) -> Const {
    let source = "def f():\n    c = 1\n    def g():\n        return c\n    def h(): pass\n";
    let m = compile(source, "f.py", Mode::Exec).expect("compiles");
    let inner = |c: &CodeObject, i: usize| {
        let mut all = c.consts.iter().filter_map(|k| match k {
            Const::Code(c) => Some(c.clone()),
            _other => None,
        });
        all.nth(i).expect("a nested function")
    };
    let f = inner(&m, 0);
    Const::Code(inner(&f, if free { 0 } else { 1 }))
}

/// What the module raises in every mode, first and when hot.
fn raises(code: CodeObject) -> String {
    let code = Arc::new(code);
    let mut texts = Vec::new();
    for mode in [JitMode::Off, JitMode::On, JitMode::Always, JitMode::Stress] {
        let mut e = Engine::builder().jit(mode).build().expect("an engine");
        e.run("def f(*a, **k): return a, k\n", "f.py").expect("f");
        for _ in 0..3 {
            match e.run_code(code.clone()) {
                Ok(()) => texts.push("nothing".to_string()),
                Err(taipan::Error::Python(p)) => {
                    texts.push(format!("{}: {}", p.type_name, p.message));
                }
                Err(other) => texts.push(format!("{other}")),
            }
        }
    }
    let first = texts[0].clone();
    assert!(texts.iter().all(|t| *t == first), "{texts:?}");
    first
}

const F: (Opcode, u8) = (LOAD_NAME, 0);
fn k(i: u8) -> (Opcode, u8) {
    (LOAD_CONST, i)
}

#[test]
fn make_function() {
    let name = text("name");
    let make = |consts: &[Const], ops: &[(Opcode, u8)]| raises(module(consts, ops));
    let float = Const::Float(1.5);
    assert_eq!(
        make(
            &[float.clone(), name.clone()],
            &[k(0), k(1), (MAKE_FUNCTION, 0)]
        ),
        "SystemError: MAKE_FUNCTION expects a code object"
    );
    assert_eq!(
        make(
            &[function(false), float.clone()],
            &[k(0), k(1), (MAKE_FUNCTION, 0)]
        ),
        "SystemError: MAKE_FUNCTION expects a str as qualified name"
    );
    let consts = [float, function(false), name.clone()];
    for flag in [1, 2, 4, 8] {
        assert_eq!(
            make(&consts, &[k(0), k(1), k(2), (MAKE_FUNCTION, flag)]),
            "SystemError: MAKE_FUNCTION operand of the wrong type",
            "{flag}"
        );
    }
    // Closures: none where one is wanted, one where none is, no cells in it, too many.
    let misfit = "SystemError: MAKE_FUNCTION closure does not fit the code object's free variables";
    let empty = tuple(&[]);
    let one = tuple(&[Const::None]);
    assert_eq!(
        make(
            &[function(true), name.clone()],
            &[k(0), k(1), (MAKE_FUNCTION, 0)]
        ),
        misfit
    );
    for (closure, free) in [(&empty, true), (&one, true), (&one, false)] {
        let consts = [closure.clone(), function(free), name.clone()];
        assert_eq!(
            make(&consts, &[k(0), k(1), k(2), (MAKE_FUNCTION, 8)]),
            misfit
        );
    }
    // Every flag with what fits it is fine.
    let consts = [one, function(false), name, empty];
    for (flag, ops) in [
        (1, vec![k(0)]),
        (2, vec![(BUILD_MAP, 0)]),
        (4, vec![(BUILD_MAP, 0)]),
        (8, vec![k(3)]),
        (15, vec![k(0), (BUILD_MAP, 0), (BUILD_MAP, 0), k(3)]),
    ] {
        let mut ops = ops;
        ops.extend([k(1), k(2), (MAKE_FUNCTION, flag)]);
        assert_eq!(make(&consts, &ops), "nothing", "{flag}");
    }
}

#[test]
fn names_of_keywords() {
    let bad = "SystemError: bad CALL_FUNCTION_KW names";
    let call = |names: Const, n: u8| {
        let consts = [Const::None, names];
        let mut ops = vec![F];
        ops.extend((0..n).map(|_| k(0)));
        ops.extend([k(1), (CALL_FUNCTION_KW, n)]);
        raises(module(&consts, &ops))
    };
    assert_eq!(call(Const::Float(1.0), 1), bad);
    assert_eq!(call(text("a"), 1), bad);
    assert_eq!(call(tuple(&[text("a"), text("b")]), 1), bad);
    assert_eq!(
        call(tuple(&[Const::None]), 1),
        "TypeError: f() keywords must be strings"
    );
    assert_eq!(call(tuple(&[text("a")]), 2), "nothing");
    assert_eq!(call(tuple(&[]), 2), "nothing");
}

#[test]
fn keys_of_maps() {
    let bad = "SystemError: bad BUILD_CONST_KEY_MAP keys argument";
    let build = |keys: Const, n: u8| {
        let consts = [Const::None, keys];
        let mut ops: Vec<(Opcode, u8)> = (0..n).map(|_| k(0)).collect();
        ops.extend([k(1), (BUILD_CONST_KEY_MAP, n)]);
        raises(module(&consts, &ops))
    };
    assert_eq!(build(Const::Float(1.0), 1), bad);
    assert_eq!(build(tuple(&[]), 1), bad);
    assert_eq!(build(tuple(&[text("a"), text("b")]), 1), bad);
    assert_eq!(build(tuple(&[text("a")]), 1), "nothing");
}

#[test]
fn containers_of_comprehensions() {
    let consts = [Const::Float(1.0)];
    let list = [k(0), k(0), (LIST_APPEND, 1)];
    assert_eq!(
        raises(module(&consts, &list)),
        "SystemError: LIST_APPEND expects a list"
    );
    let set = [k(0), k(0), (SET_ADD, 1)];
    assert_eq!(
        raises(module(&consts, &set)),
        "SystemError: SET_ADD expects a set"
    );
    let map = [k(0), k(0), k(0), (MAP_ADD, 1)];
    assert_eq!(
        raises(module(&consts, &map)),
        "SystemError: MAP_ADD expects a dict"
    );
    let fine = [(BUILD_LIST, 0), k(0), (LIST_APPEND, 1)];
    assert_eq!(raises(module(&consts, &fine)), "nothing");
}

/// What the verifier must not let through: instructions that look below what is there, and halves of
/// `with`.
#[test]
fn refused_before_they_run() {
    let consts = [Const::Float(1.0)];
    for ops in [
        vec![k(0), (LIST_APPEND, 1)],
        vec![k(0), k(0), (LIST_APPEND, 0)],
        vec![k(0), k(0), (MAP_ADD, 1)],
        vec![k(0), (SET_ADD, 7)],
        vec![(BUILD_TUPLE_UNPACK_WITH_CALL, 0)],
        vec![k(0), (BUILD_MAP_UNPACK_WITH_CALL, 0)],
        vec![k(0), (WITH_CLEANUP_START, 0)],
        vec![k(0), k(0), k(0), (WITH_CLEANUP_FINISH, 0)],
        vec![
            (BEGIN_FINALLY, 0),
            (WITH_CLEANUP_START, 0),
            (WITH_CLEANUP_FINISH, 0),
            (END_FINALLY, 0),
            k(0),
        ],
        vec![
            k(0),
            (BEGIN_FINALLY, 0),
            (WITH_CLEANUP_FINISH, 0),
            (END_FINALLY, 0),
            k(0),
        ],
        vec![
            k(0),
            (BEGIN_FINALLY, 0),
            (WITH_CLEANUP_START, 0),
            (END_FINALLY, 0),
            k(0),
        ],
        vec![k(0), k(0), (CALL_FUNCTION_EX, 1)],
        vec![k(0), (BUILD_SLICE, 3)],
        vec![(SETUP_WITH, 0), k(0)],
    ] {
        let got = raises(module(&consts, &ops));
        assert!(
            got.starts_with("SystemError: bad code object"),
            "{ops:?}: {got}"
        );
    }
    // A whole one without a body is let through; a float is no manager.
    let ops = [
        k(0),
        (SETUP_WITH, 6),
        (POP_TOP, 0),
        (POP_BLOCK, 0),
        (BEGIN_FINALLY, 0),
        (WITH_CLEANUP_START, 0),
        (WITH_CLEANUP_FINISH, 0),
        (END_FINALLY, 0),
        k(0),
    ];
    assert_eq!(raises(module(&consts, &ops)), "AttributeError: __enter__");
    // In a function's code there is no namespace.
    let mut code = module(&consts, &[(SETUP_ANNOTATIONS, 0), k(0)]);
    code.flags |= flags::OPTIMIZED | flags::NEWLOCALS;
    assert!(raises(code).starts_with("SystemError: bad code object"));
}
