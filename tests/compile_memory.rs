//! Compiling a source takes no more than the cap, whatever its constants come to: products of them are charged as they
//! are made.

mod counting;

use taipan::Engine;

const CAP: usize = 24 << 20;

#[test]
fn products_of_constants_are_charged() {
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
