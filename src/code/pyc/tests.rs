use super::*;
use crate::code::object::{Const, flags};

fn sample(consts: Vec<Const>) -> CodeObject {
    CodeObject {
        version: Version::V38,
        argcount: 1,
        posonlyargcount: 1,
        kwonlyargcount: 0,
        nlocals: 1,
        stacksize: 1,
        flags: flags::FAST,
        code: [100, 0, 83, 0].into(),
        consts: consts.into(),
        names: ["print".into(), "\u{e9}t\u{e9}".into()].into(),
        varnames: ["print".into()].into(),
        freevars: [].into(),
        cellvars: [].into(),
        filename: "a\u{20ac}.py".into(),
        name: "f".into(),
        firstlineno: 3,
        lnotab: [0, 1].into(),
    }
}

fn every_kind() -> Vec<Const> {
    let mut lone = crate::code::wtf8::Wtf8Buf::from("x");
    lone.push_code_point(0xD800);
    lone.push_code_point(0xDC00);
    let ints = [
        "0",
        "-1",
        "2147483647",
        "-2147483648",
        "2147483648",
        "32768",
        "1073741824",
    ];
    let mut all: Vec<Const> = ints
        .iter()
        .map(|i| Const::Int(i.parse().unwrap()))
        .collect();
    all.push(Const::Int((num_bigint::BigInt::from(-7)) << 1000));
    all.extend([
        Const::None,
        Const::Ellipsis,
        Const::Bool(true),
        Const::Bool(false),
        Const::Float(-0.0),
        Const::Float(f64::NAN),
        Const::Complex(0.0, -1.5),
        Const::Str(lone),
        Const::Str("a".repeat(300).as_str().into()),
        Const::Str("".into()),
        Const::Bytes((0..=255).collect()),
        Const::Tuple([].into()),
        Const::Tuple(vec![Const::Int(1.into()); 300].into()),
        Const::FrozenSet([Const::Str("a b".into()), Const::Float(1.0)].into()),
        Const::FrozenSet([].into()),
        Const::Code(std::sync::Arc::new(sample(vec![Const::Int(1.into())]))),
    ]);
    all
}

#[test]
fn what_is_written_reads_back() {
    let code = sample(every_kind());
    let bytes = save(&code, 7, 9).unwrap();
    assert_eq!(
        &bytes[..16],
        [0x55, 13, 13, 10, 0, 0, 0, 0, 7, 0, 0, 0, 9, 0, 0, 0]
    );
    assert_eq!(*load(&bytes, "x").unwrap(), code);
}

#[test]
fn cut_off_anywhere_is_an_error() {
    let bytes = save(&sample(every_kind()), 0, 0).unwrap();
    for n in 0..bytes.len() {
        let e = load(&bytes[..n], "x").unwrap_err();
        assert!(
            matches!(e.kind, ErrorKind::Eof | ErrorKind::Import),
            "{n}: {e}"
        );
    }
}

fn said(body: &[u8]) -> String {
    match read(body, Version::V38) {
        Ok(_) => "read".into(),
        Err(e) => e.to_string(),
    }
}

#[test]
fn the_texts_are_cpythons() {
    for (body, want) in [
        (&b""[..], "EOFError: EOF read where object expected"),
        (b"(\x02\0\0\0N", "EOFError: EOF read where object expected"),
        (b"i\0\0", "EOFError: marshal data too short"),
        (b"s\xff\0\0\0x", "EOFError: marshal data too short"),
        (
            b"s\xff\xff\xff\xff",
            "ValueError: bad marshal data (bytes object size out of range)",
        ),
        (
            b"(\xff\xff\xff\xff",
            "ValueError: bad marshal data (tuple size out of range)",
        ),
        (
            b"u\xff\xff\xff\xff",
            "ValueError: bad marshal data (string size out of range)",
        ),
        (
            b">\xff\xff\xff\xff",
            "ValueError: bad marshal data (set size out of range)",
        ),
        (
            b"l\0\0\0\x80",
            "ValueError: bad marshal data (long size out of range)",
        ),
        (
            b"l\x01\0\0\0\0\0",
            "ValueError: bad marshal data (unnormalized long data)",
        ),
        (
            b"l\x01\0\0\0\0\x80",
            "ValueError: bad marshal data (digit out of range in long)",
        ),
        (
            b"r\0\0\0\0",
            "ValueError: bad marshal data (invalid reference)",
        ),
        (
            b"\xbe\x01\0\0\0r\0\0\0\0",
            "ValueError: bad marshal data (invalid reference)",
        ),
        (b"?", "ValueError: bad marshal data (unknown type code)"),
        (
            b")\x010",
            "TypeError: NULL object in marshal data for tuple",
        ),
        (b"0", "TypeError: NULL object in marshal data for object"),
        (
            b"u\x01\0\0\0\xff",
            "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
        ),
    ] {
        assert_eq!(said(body), want, "{body:?}");
    }
    let deep = b")\x01".repeat(2001);
    assert_eq!(said(&deep), "ValueError: recursion limit exceeded");
    assert_eq!(
        load(b"\x00\x01\r\n", "a'b").unwrap_err().to_string(),
        "ImportError: bad magic number in \"a'b\": b'\\x00\\x01\\r\\n'"
    );
    assert_eq!(
        load(b"\x55\r\r\n\0", "x").unwrap_err().to_string(),
        "EOFError: reached EOF while reading pyc header of 'x'"
    );
    assert_eq!(
        load(b"\x55\r\r\n\x08\0\0\0\0\0\0\0\0\0\0\0N", "x")
            .unwrap_err()
            .to_string(),
        "ImportError: invalid flags 8 in 'x'"
    );
    assert_eq!(
        load(b"\x42\r\r\n\0\0\0\0\0\0\0\0\0\0\0\0N", "x")
            .unwrap_err()
            .to_string(),
        "ImportError: Non-code object in 'x'"
    );
}

/// A code object whose constants are these bytes.
fn with_consts(consts: &[u8]) -> Vec<u8> {
    let mut b = b"\x55\r\r\n\0\0\0\0\0\0\0\0\0\0\0\0c".to_vec();
    b.extend([0; 24]);
    b.extend(b"s\x02\0\0\0S\0");
    b.extend(consts);
    b.extend(b")\0)\0)\0)\0z\x01fz\x01f\x01\0\0\0s\0\0\0\0");
    b
}

#[test]
fn what_is_no_constant_is_refused() {
    assert!(load(&with_consts(b")\x01N"), "x").is_ok());
    for (consts, what) in [
        (&b")\x01[\0\0\0\0"[..], "a list"),
        (b")\x01{0", "a dict"),
        (b")\x01S", "StopIteration"),
        (b"\xa9\x01r\0\0\0\0", "an object that contains itself"),
    ] {
        let e = load(&with_consts(consts), "x").unwrap_err();
        assert_eq!(e.msg, format!("bad marshal data ({what} in a code object)"));
    }
}

#[test]
fn shared_parts_do_not_multiply() {
    // Sixty tuples, each of which holds the one before a hundred times.
    let mut consts = b")\x3d".to_vec();
    consts.extend(b"\xa9\x01i\0\0\0\0");
    for i in 0..60u32 {
        consts.extend(b"\xa9\x64");
        for _ in 0..100 {
            consts.push(b'r');
            consts.extend(i.to_le_bytes());
        }
    }
    let e = load(&with_consts(&consts), "x").unwrap_err();
    assert_eq!(e.kind, ErrorKind::Memory);
}

#[test]
fn deep_constants_are_read_and_dropped_on_a_small_stack() {
    let mut consts = b")\x01".repeat(1998);
    consts.push(b'N');
    let code = load(&with_consts(&consts), "x").unwrap();
    assert!(dump(&code).is_ok());
}
