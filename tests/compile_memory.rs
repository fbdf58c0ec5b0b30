//! Compiling a source takes no more than the cap, whatever its constants come to: products of them are charged as they
//! are made.

mod counting;

use std::sync::Mutex;
use taipan::Engine;
use taipan::compile::{self, Mode, Options, Text, memory_bound};

const CAP: usize = 24 << 20;

/// What all threads take is measured: one test at a time.
static TURN: Mutex<()> = Mutex::new(());

#[test]
fn products_of_constants_are_charged() {
    let _turn = TURN.lock();
    for line in [
        "x = (1, 2) * 128\n",
        "x = 'ab' * 2048\n",
        "x = b'abc' * 1365\n",
        "x = (((7, 8) * 16,) * 16,)\n",
    ] {
        let mut e = Engine::builder().max_memory(CAP).build().unwrap();
        let (r, peak) = counting::peak(|| e.run(&line.repeat(4000), "fold.py"));
        let err = r.unwrap_err();
        assert_eq!(err.type_name(), Some("MemoryError"), "{line}: {err}");
        assert!(peak < CAP as isize, "{line}: {peak}");
        // What fits is compiled, and is what CPython makes of it.
        e.run(&line.repeat(40), "fold.py").unwrap();
        let n: usize = e.eval("len(x)").unwrap();
        assert!(n == 1 || n >= 32, "{line}: {n}");
    }
}

#[test]
fn compile_and_imports_are_charged_too() {
    let _turn = TURN.lock();
    let mut e = Engine::builder().max_memory(CAP).build().unwrap();
    let text = "
try:
    compile('x = (9,) * 256\\n' * 5000, 'fold.py', 'exec')
except MemoryError as e:
    said = repr(e)
";
    let (r, peak) = counting::peak(|| e.run(text, "outer.py"));
    r.unwrap();
    assert_eq!(e.get_global::<String>("said").unwrap(), "MemoryError()");
    assert!(peak < CAP as isize, "{peak}");
}

/// Wherever it is compiled, a source takes no more than is asked for.
#[test]
fn a_source_takes_no_more_than_its_bound() {
    let _turn = TURN.lock();
    let rows = [
        "x = 1\n",
        "x=y(z)\n",
        "def f(a, b): return a * b + f'{a}'\n",
        "if x:\n\tfor y in z: pass\n",
        "x = 'some text', b'more'\n",
        "# A comment.\n\n",
        "class C:\n    a = lambda self: self.a[0]\n",
    ];
    let items = [
        "1,",
        "'ab',",
        "x,",
        "x.y,",
        "1+2,",
        "{},",
        "f(),",
        "None,",
        "x if y else z,",
    ];
    let mut sources = vec![
        format!("x = '{}'\n", "a".repeat(1 << 20)),
        format!("x = '{}'\n", "é\\n".repeat(1 << 18)),
        format!("x = b'{}'\n", "a".repeat(1 << 20)),
        format!("x = f'{{y}}{}'\n", "a".repeat(1 << 20)),
        format!("#{}\n", "a".repeat(1 << 20)),
    ];
    for n in [1 << 15, 1 << 20] {
        sources.extend(rows.map(|r| r.repeat(n / r.len())));
        sources.extend(rows.map(|r| r.repeat(n / r.len()) + "x = = y\n"));
        sources.extend(items.map(|i| format!("x = [{}]\n", i.repeat(n / i.len()))));
        sources.extend(items.map(|i| format!("x = [{}", i.repeat(n / i.len()))));
    }
    for s in &sources {
        fits(Text::Str(s.as_str().into()));
        fits(Text::Bytes(s.as_bytes().into()));
    }
    // In an encoding of its own a byte may become three, and each a token.
    let coded: [(&[u8], &[u8], &[u8]); 4] = [
        (b"# coding: cp037\n", b"\xba\xbbk", b""),
        (b"# coding: cp500\n", b"\x4a\x5a\x6b", b""),
        (b"# coding: cp437\nx = '", b"\xb0", b"'\n"),
        (b"# coding: latin-1\nx = '", b"\xe9", b"'\n"),
    ];
    for (start, body, end) in coded {
        for n in [1 << 15, 1 << 20] {
            fits(Text::Bytes(
                [start, &body.repeat(n / body.len()), end].concat().into(),
            ));
        }
    }
}

/// Compiling the text takes no more than was said.
fn fits(text: Text<'_>) {
    let bound = memory_bound(&text, || true);
    let bytes = text.bytes();
    let what = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
    let n = bytes.len();
    let options = Options {
        argument: true,
        ..Default::default()
    };
    let compile = || compile::compile_watched(text, "f", Mode::Exec, options, &|| true, &mut None);
    let (r, peak) = counting::peak_of_all(compile);
    println!("{what:?} {n}: {peak} of {bound}, {}", r.is_ok());
    assert!(peak <= bound as isize, "{what:?} {n}: {peak} of {bound}");
}
