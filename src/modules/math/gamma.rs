//! The gamma function and its logarithm, by Lanczos' sum with 13 terms: CPython's own way, which asks
//! no C library, so that the results are the same everywhere.

use super::real::Fault;
use std::f64::consts::PI;

/// Lanczos' g, chosen for 13 terms in doubles.
const G: f64 = 6.02468004077673;
const G_LESS_HALF: f64 = 5.52468004077673;
/// The sum as a quotient of polynomials, lowest power first.
const OVER: [f64; 13] = [
    23531376880.41076,
    42919803642.6491,
    35711959237.35567,
    17921034426.03721,
    6039542586.352028,
    1439720407.3117216,
    248874557.86205417,
    31426415.585400194,
    2876370.6289353725,
    186056.26539522348,
    8071.672002365816,
    210.82427775157936,
    2.5066282746310002,
];
const UNDER: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];
const LN_PI: f64 = 1.1447298858494002;

/// Lanczos' sum at a positive `x`: large ones by powers of 1/x, so that nothing overflows.
fn sum(x: f64) -> f64 {
    let (mut n, mut d) = (0.0, 0.0);
    if x < 5.0 {
        for (a, b) in OVER.iter().zip(&UNDER).rev() {
            n = n * x + a;
            d = d * x + b;
        }
    } else {
        for (a, b) in OVER.iter().zip(&UNDER) {
            n = n / x + a;
            d = d / x + b;
        }
    }
    n / d
}

/// sin(pi*x), exact where x is a multiple of a half.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * r
}

/// Γ(x)
pub fn gamma(x: f64) -> Result<f64, Fault> {
    if x.is_nan() || x == f64::INFINITY {
        return Ok(x);
    }
    if x == f64::NEG_INFINITY || x == 0.0 {
        return Err(Fault::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Fault::Domain);
        }
        if x <= 23.0 {
            // Factorials that are doubles, each of the products on the way too.
            return Ok((1..x as u32).fold(1.0, |p, k| p * f64::from(k)));
        }
    }
    let a = x.abs();
    let finite = |r: f64| match r.is_infinite() {
        true => Err(Fault::Range),
        false => Ok(r),
    };
    if a < 1e-20 {
        return finite(1.0 / x);
    }
    if a > 200.0 {
        return match x < 0.0 {
            true => Ok(0.0 / sin_pi(x)),
            false => Err(Fault::Range),
        };
    }
    let y = a + G_LESS_HALF;
    // What the sum before lost to rounding.
    let z = if a > G_LESS_HALF {
        (y - a) - G_LESS_HALF
    } else {
        (y - G_LESS_HALF) - a
    };
    let z = z * G / y;
    let mut r;
    if x < 0.0 {
        r = -PI / sin_pi(a) / a * y.exp() / sum(a);
        r -= z * r;
        if a < 140.0 {
            r /= y.powf(a - 0.5);
        } else {
            // In two steps: the power itself may be too large.
            let root = y.powf(a / 2.0 - 0.25);
            r /= root;
            r /= root;
        }
    } else {
        r = sum(a) / y.exp();
        r += z * r;
        if a < 140.0 {
            r *= y.powf(a - 0.5);
        } else {
            let root = y.powf(a / 2.0 - 0.25);
            r *= root;
            r *= root;
        }
    }
    finite(r)
}

/// log |Γ(x)|
pub fn lgamma(x: f64) -> Result<f64, Fault> {
    if x.is_nan() {
        return Ok(x);
    }
    if x.is_infinite() {
        return Ok(f64::INFINITY);
    }
    if x == x.floor() && x <= 2.0 {
        return match x <= 0.0 {
            true => Err(Fault::Domain),
            false => Ok(0.0),
        };
    }
    let a = x.abs();
    if a < 1e-20 {
        return Ok(-a.ln());
    }
    let mut r = sum(a).ln() - G;
    r += (a - 0.5) * ((a + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        r = LN_PI - sin_pi(a).abs().ln() - a.ln() - r;
    }
    match r.is_infinite() {
        true => Err(Fault::Range),
        false => Ok(r),
    }
}
