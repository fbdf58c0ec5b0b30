//! The programs of `benches/programs` in Rust: the same algorithms on checked i64, which panic where an
//! int would grow beyond 64 bits. (Handing `None` upwards instead makes fib a fifth slower.)

/// A program: its file, the function in it that does the work, a size, and the twin.
pub struct Twin {
    pub program: &'static str,
    #[allow(dead_code)] // for the one that calls it in its own process
    pub function: &'static str,
    pub n: i64,
    pub work: fn(i64) -> i64,
}

const fn row(program: &'static str, function: &'static str, n: i64, work: fn(i64) -> i64) -> Twin {
    Twin {
        program,
        function,
        n,
        work,
    }
}

pub const TWINS: &[Twin] = &[
    row("fib", "fib", 35, fib),
    row("nested", "nested", 3_000_000, nested::run),
    row("levels", "levels", 1_000_000, levels::run),
    row("ackermann", "ackermann", 8, ackermann),
    row("tak", "work", 8, |n| tak(mul(3, n), mul(2, n), n)),
    row("even_odd", "even_odd", 100_000, even_odd),
    row("float_rec", "float_rec", 21, float_rec),
    row("collatz", "collatz", 200_000, collatz),
    row("gcd", "gcds", 1500, gcds),
    row("mandelbrot", "mandelbrot", 500, mandelbrot),
    row("sieve", "sieve", 3_000_000, sieve),
    row("int_loop", "int_loop", 5_000_000, int_loop),
    row("float_loop", "float_loop", 10_000_000, float_loop),
];

#[inline(always)]
fn add(a: i64, b: i64) -> i64 {
    a.checked_add(b).expect("beyond 64 bits")
}
#[inline(always)]
fn sub(a: i64, b: i64) -> i64 {
    a.checked_sub(b).expect("beyond 64 bits")
}
#[inline(always)]
fn mul(a: i64, b: i64) -> i64 {
    a.checked_mul(b).expect("beyond 64 bits")
}
/// Python's `//`, by what is above zero.
#[inline(always)]
fn div(a: i64, b: i64) -> i64 {
    a.div_euclid(b)
}
/// Python's `%`, by what is above zero.
#[inline(always)]
fn rem(a: i64, b: i64) -> i64 {
    a.rem_euclid(b)
}

fn fib(n: i64) -> i64 {
    if n < 2 {
        return n;
    }
    add(fib(sub(n, 1)), fib(sub(n, 2)))
}

mod nested {
    use super::{add, div, mul, rem, sub};

    fn h(x: i64) -> i64 {
        add(div(x, 2), rem(x, 5))
    }
    fn g(x: i64) -> i64 {
        sub(mul(x, 3), div(x, 7))
    }
    fn f(x: i64) -> i64 {
        add(rem(x, 1009), 1)
    }
    pub fn run(n: i64) -> i64 {
        let mut s = 0;
        for i in 0..n {
            s = add(s, f(g(h(i))));
            s = sub(s, rem(h(f(g(add(i, 3)))), 16));
        }
        s
    }
}

mod levels {
    use super::{add, div, mul, rem, sub};

    fn h(x: i64) -> i64 {
        add(div(x, 3), rem(x, 7))
    }
    fn g(x: i64) -> i64 {
        sub(mul(h(x), 3), div(h(add(x, 7)), 4))
    }
    fn f(x: i64) -> i64 {
        add(rem(g(x), 1009), div(g(add(x, 1)), 16))
    }
    pub fn run(n: i64) -> i64 {
        let mut s = 0;
        for i in 0..n {
            s = add(s, f(i));
            s = sub(s, f(rem(s, 64)));
        }
        s
    }
}

fn ack(m: i64, n: i64) -> i64 {
    if m == 0 {
        return add(n, 1);
    }
    if n == 0 {
        return ack(sub(m, 1), 1);
    }
    ack(sub(m, 1), ack(m, sub(n, 1)))
}
fn ackermann(n: i64) -> i64 {
    ack(3, n)
}

fn tak(x: i64, y: i64, z: i64) -> i64 {
    if y >= x {
        return z;
    }
    let (a, b) = (tak(sub(x, 1), y, z), tak(sub(y, 1), z, x));
    tak(a, b, tak(sub(z, 1), x, y))
}

fn is_even(n: i64) -> bool {
    n == 0 || is_odd(sub(n, 1))
}
fn is_odd(n: i64) -> bool {
    n != 0 && is_even(sub(n, 1))
}
fn even_odd(n: i64) -> i64 {
    let mut evens = 0;
    for i in 0..n {
        if is_even(rem(i, 500)) {
            evens = add(evens, 1);
        }
    }
    evens
}

fn area(a: f64, b: f64, depth: i64) -> f64 {
    let m = (a + b) * 0.5;
    if depth == 0 {
        return (m * m + 1.0) * (b - a);
    }
    area(a, m, sub(depth, 1)) + area(m, b, sub(depth, 1))
}
fn float_rec(n: i64) -> i64 {
    (area(0.0, 2.0, n) * 1e12) as i64
}

fn collatz(limit: i64) -> i64 {
    let mut best = 0;
    for i in 1..limit {
        let (mut n, mut steps) = (i, 0);
        while n != 1 {
            n = match rem(n, 2) {
                0 => div(n, 2),
                _ => add(mul(3, n), 1),
            };
            steps = add(steps, 1);
        }
        if steps > best {
            best = steps;
        }
    }
    best
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a.checked_rem_euclid(b).expect("beyond 64 bits"));
    }
    a
}
fn gcds(n: i64) -> i64 {
    let mut s = 0;
    for i in 1..n {
        for j in 1..i {
            s = add(s, gcd(i, j));
        }
    }
    s
}

fn mandelbrot(n: i64) -> i64 {
    let mut inside = 0;
    for y in 0..n {
        for x in 0..n {
            let cr = 3.0 * x as f64 / n as f64 - 2.0;
            let ci = 2.0 * y as f64 / n as f64 - 1.0;
            let (mut zr, mut zi, mut i) = (0.0f64, 0.0f64, 0);
            while i < 50 && zr * zr + zi * zi < 4.0 {
                (zr, zi) = (zr * zr - zi * zi + cr, 2.0 * zr * zi + ci);
                i = add(i, 1);
            }
            if i == 50 {
                inside = add(inside, 1);
            }
        }
    }
    inside
}

fn sieve(n: i64) -> i64 {
    let size = usize::try_from(n).expect("a size");
    let mut prime = vec![true; size];
    let mut i = 2;
    while i * i < size {
        if prime[i] {
            for j in (i * i..size).step_by(i) {
                prime[j] = false;
            }
        }
        i += 1;
    }
    let mut s = 0;
    for (i, &p) in prime.iter().enumerate().skip(2) {
        if p {
            s = add(s, i as i64);
        }
    }
    s
}

fn int_loop(n: i64) -> i64 {
    let (mut x, mut s) = (1, 0);
    for i in 0..n {
        x = rem(mul(x, 16807), 2147483647);
        s = add(s, sub(rem(x, 7), rem(div(x, 65536), 5)));
        if x < 1_000_000 {
            s = sub(s, i);
        }
    }
    s
}

fn float_loop(n: i64) -> i64 {
    let (mut x, mut s, mut low) = (0.5f64, 0.0f64, 1.0f64);
    for _ in 0..n {
        x = 3.7 * x * (1.0 - x);
        s += x / 2.0;
        if x < low {
            low = x;
        }
    }
    add((s * 1e6) as i64, (low * 1e6) as i64)
}
