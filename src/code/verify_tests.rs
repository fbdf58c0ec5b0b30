//! Code of CPython 3.8 passes; code made wrong in random ways is refused or passes, without a panic.

use super::*;
use crate::code::object::Const;
use crate::code::wtf8::Wtf8Buf;

/// The code objects of `tests/verify/goldens.txt` (made by `make.py` there).
fn goldens() -> Vec<CodeObject> {
    let names = |n: usize, p: &str| -> Box<[Wtf8Buf]> {
        (0..n).map(|i| format!("{p}{i}").into()).collect()
    };
    include_str!("../../tests/verify/goldens.txt")
        .lines()
        .map(|l| {
            let w: Vec<&str> = l.split(' ').collect();
            let n: Vec<u32> = w[..11].iter().map(|x| x.parse().unwrap()).collect();
            let hex = w[11].as_bytes();
            let code = hex
                .chunks(2)
                .map(|p| u8::from_str_radix(std::str::from_utf8(p).unwrap(), 16).unwrap())
                .collect();
            CodeObject {
                version: Default::default(),
                argcount: n[0],
                posonlyargcount: n[1],
                kwonlyargcount: n[2],
                nlocals: n[3],
                stacksize: n[4],
                flags: n[5],
                code,
                consts: vec![Const::None; n[7] as usize].into(),
                names: names(n[8] as usize, "n"),
                varnames: names(n[3] as usize, "v"),
                cellvars: names(n[9] as usize, "c"),
                freevars: names(n[10] as usize, "f"),
                filename: "golden".into(),
                name: "golden".into(),
                firstlineno: n[6],
                lnotab: Box::new([]),
            }
        })
        .collect()
}

fn assemble(ops: &[(Opcode, u8)]) -> CodeObject {
    CodeObject {
        version: Default::default(),
        argcount: 0,
        posonlyargcount: 0,
        kwonlyargcount: 0,
        nlocals: 1,
        stacksize: 10,
        flags: flags::FAST,
        code: ops.iter().flat_map(|&(o, a)| [o as u8, a]).collect(),
        consts: vec![Const::None].into(),
        names: vec!["n".into()].into(),
        varnames: vec!["v".into()].into(),
        freevars: Box::new([]),
        cellvars: Box::new([]),
        filename: "t".into(),
        name: "t".into(),
        firstlineno: 1,
        lnotab: Box::new([]),
    }
}

/// What must hold of every result: it is checked apart from how it was computed.
fn consistent(v: &Verified) {
    let n = v.instrs.len();
    assert!(
        [
            v.depth.len(),
            v.block.len(),
            v.targets.len(),
            v.loop_head.len()
        ] == [n; 4]
    );
    let withs = v.instrs.iter().any(|i| i.op == Opcode::WITH_CLEANUP_FINISH);
    for i in 0..n {
        if v.depth[i] == UNREACHABLE {
            continue;
        }
        assert!(v.depth[i] <= v.max_depth);
        let ins = v.instrs[i];
        for b in v.blocks_at(i as u32) {
            assert!(b.depth <= v.depth[i]);
            let (at, may_be_moved) = match b.kind {
                BlockKind::Finally { handler } => (handler, false),
                // WITH_CLEANUP_FINISH takes `__exit__` from below the six.
                BlockKind::Handler { entry } => (entry, withs),
            };
            let six = v.depth[at as usize] - b.depth;
            assert!(six == 6 || may_be_moved && six == 7);
        }
        if ins.target().is_some() {
            let t = v.targets[i] as usize;
            assert_ne!(v.depth[t], UNREACHABLE);
            assert_eq!(
                v.instrs[t].offset,
                v.instrs[v.index[ins.target().unwrap() as usize / 2] as usize].offset
            );
        }
        let stops = ins.op.has(NOFALL)
            || ins.op == Opcode::END_FINALLY && !v.end_finally(i as u32).unwrap().falls;
        if !stops {
            assert_eq!(v.instrs[i + 1].start, ins.next(), "{ins:?}");
            assert_ne!(v.depth[i + 1], UNREACHABLE);
        }
        if ins.op == Opcode::CALL_FINALLY {
            assert_eq!(v.depth[i + 1], v.depth[i]);
            assert_eq!(v.block[i + 1], v.block[i]);
        }
        for s in v.return_sites(i as u32) {
            assert_eq!(v.instrs[s as usize - 1].op, Opcode::CALL_FINALLY);
            assert_eq!(v.depth[s as usize] + 6, v.depth[i]);
        }
    }
}

#[test]
fn code_of_cpython_passes() {
    let all = goldens();
    let mut variants = 0;
    for (i, c) in all.iter().enumerate() {
        let v = verify(c).unwrap_or_else(|e| panic!("line {} of goldens.txt: {e}", i + 1));
        consistent(&v);
        assert!(v.depth[0] == 0 && v.proper as usize <= v.instrs.len());
        variants += (v.instrs.len() > v.proper as usize) as u32;
    }
    println!("{} code objects, {variants} with variants", all.len());
    assert!(all.len() > 500 && variants > 10);
}

#[test]
fn mutated_code_is_refused_or_consistent() {
    let all = goldens();
    let mut x = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = move || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        x
    };
    let (mut passed, mut refused) = (0, 0);
    for _ in 0..30_000 {
        let mut c = all[next() as usize % all.len()].clone();
        for _ in 0..1 + next() % 3 {
            let i = next() as usize % c.code.len();
            match next() % 5 {
                0 => c.code[i] = next() as u8,
                1 => c.code[i] = Opcode::ALL[next() as usize % Opcode::ALL.len()] as u8,
                2 => c.code[i] = c.code[i].wrapping_add(1),
                3 => {
                    let j = (next() as usize % c.code.len()) & !1;
                    let (a, b) = (c.code[i & !1], c.code[j]);
                    (c.code[i & !1], c.code[j]) = (b, a);
                }
                _ => match next() % 6 {
                    0 => c.argcount = next() as u32 % 4,
                    1 => c.flags = next() as u32 & 0x7F,
                    2 => c.nlocals = next() as u32,
                    3 => c.stacksize = 0,
                    4 => c.code = c.code[..i].into(),
                    _ => c.kwonlyargcount = next() as u32,
                },
            }
            if c.code.is_empty() {
                break;
            }
        }
        match verify(&c) {
            Ok(v) => {
                consistent(&v);
                passed += 1
            }
            Err(e) => {
                assert!(!e.to_string().is_empty());
                refused += 1
            }
        }
    }
    println!("{passed} passed, {refused} refused");
    assert!(passed > 1000 && refused > 1000);
}

/// Random instruction sequences reach corners that mutations of good code do not.
#[test]
fn random_code_does_not_panic() {
    let mut x = 88172645463325252u64;
    let mut next = move || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        x
    };
    use Opcode::*;
    let likely = [
        SETUP_FINALLY,
        BEGIN_FINALLY,
        CALL_FINALLY,
        END_FINALLY,
        SETUP_WITH,
        WITH_CLEANUP_START,
        WITH_CLEANUP_FINISH,
        POP_FINALLY,
        POP_EXCEPT,
        POP_BLOCK,
        ROT_FOUR,
        LOAD_CONST,
        POP_TOP,
        LOAD_METHOD,
        CALL_METHOD,
        JUMP_ABSOLUTE,
        POP_JUMP_IF_TRUE,
        RETURN_VALUE,
        EXTENDED_ARG,
    ];
    let mut passed = 0;
    for _ in 0..200_000 {
        let n = 2 + next() as usize % 14;
        let ops: Vec<(Opcode, u8)> = (0..n)
            .map(|_| {
                (
                    likely[next() as usize % likely.len()],
                    (next() % 3 * 2 * (next() % 5)) as u8,
                )
            })
            .collect();
        if let Ok(v) = verify(&assemble(&ops)) {
            consistent(&v);
            passed += 1;
        }
    }
    println!("{passed} passed");
}

#[test]
fn refusals_name_the_opcode_and_its_place() {
    use Opcode::*;
    let text = |ops: &[(Opcode, u8)]| verify(&assemble(ops)).unwrap_err().to_string();
    let e = verify(&assemble(&[
        (LOAD_CONST, 0),
        (YIELD_VALUE, 0),
        (RETURN_VALUE, 0),
    ]))
    .unwrap_err();
    assert_eq!(
        e.to_string(),
        "opcode YIELD_VALUE at 2 is in code that is no generator's"
    );
    assert!(!e.unsupported && e.offset == Some(2));
    assert_eq!(
        text(&[(LOAD_CONST, 0)]),
        "opcode LOAD_CONST at 0 falls off the end of the code"
    );
    assert_eq!(
        text(&[(LOAD_CONST, 1), (RETURN_VALUE, 0)]),
        "opcode LOAD_CONST at 0 has the operand 1"
    );
    assert_eq!(
        text(&[(POP_TOP, 0), (RETURN_VALUE, 0)]),
        "opcode POP_TOP at 0 takes more than is on the stack"
    );
    assert_eq!(
        text(&[(JUMP_ABSOLUTE, 1)]),
        "opcode JUMP_ABSOLUTE at 0 jumps to 1, which is no instruction"
    );
    assert_eq!(
        text(&[(LOAD_CONST, 0), (JUMP_ABSOLUTE, 0)]),
        "opcode JUMP_ABSOLUTE at 2 comes to 0 with a stack of 1 where another way has 0"
    );
    assert_eq!(
        text(&[(LOAD_CONST, 0), (POP_EXCEPT, 0)]),
        "opcode POP_EXCEPT at 2 is not in a handler"
    );
    assert_eq!(
        text(&[
            (LOAD_CONST, 0),
            (LOAD_METHOD, 0),
            (ROT_TWO, 0),
            (RETURN_VALUE, 0)
        ]),
        "opcode ROT_TWO at 4 takes what is no value"
    );
    assert_eq!(
        text(&[
            (SETUP_FINALLY, 4),
            (LOAD_CONST, 0),
            (RETURN_VALUE, 0),
            (END_FINALLY, 0)
        ]),
        "opcode RETURN_VALUE at 4 returns out of an open block"
    );
    assert_eq!(
        text(&[(EXTENDED_ARG, 0)]),
        "EXTENDED_ARG at 0 extends nothing"
    );
}

#[test]
fn a_returned_value_below_the_body_makes_a_variant() {
    use Opcode::*;
    // try: return v  finally: pass
    let ops = [
        (SETUP_FINALLY, 8),
        (LOAD_FAST, 0),
        (POP_BLOCK, 0),
        (CALL_FINALLY, 2),
        (RETURN_VALUE, 0),
        (END_FINALLY, 0),
        (LOAD_CONST, 0),
        (RETURN_VALUE, 0),
    ];
    let v = verify(&assemble(&ops)).unwrap();
    assert_eq!((v.proper, v.instrs.len()), (8, 9));
    assert_eq!((v.depth[5], v.depth[8], v.targets[3]), (6, 7, 8));
    let (proper, variant) = (v.end_finally(5).unwrap(), v.end_finally(8).unwrap());
    assert_eq!((&proper.sites[..], proper.falls), (&[][..], false));
    assert_eq!(
        (&variant.sites[..], variant.falls, variant.mixed),
        (&[4][..], false, true)
    );
    assert_eq!(v.depth[6], UNREACHABLE);
}
