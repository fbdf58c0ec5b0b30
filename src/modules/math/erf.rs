//! The error function: quotients of polynomials, one for each stretch of the line (the coefficients are
//! those of Sun's fdlibm, 1993). The sums are taken in the order in which glibc takes them, so that the
//! results are the same to the bit.

/// Where the polynomials around 1 start from: erf(1), nearly.
const NEAR_ONE: f64 = 0.8450629115104675;
/// 2/sqrt(pi) - 1
const SLOPE: f64 = 0.1283791670955126;
/// Below 0.84375.
const PP: [f64; 5] = [
    0.12837916709551256,
    -0.3250421072470015,
    -0.02848174957559851,
    -0.005770270296489442,
    -2.3763016656650163e-05,
];
/// Below 0.84375.
const QQ: [f64; 6] = [
    1.0,
    0.39791722395915535,
    0.0650222499887673,
    0.005081306281875766,
    0.00013249473800432164,
    -3.960228278775368e-06,
];
/// From there to 1.25.
const PA: [f64; 7] = [
    -0.0023621185607526594,
    0.41485611868374833,
    -0.3722078760357013,
    0.31834661990116175,
    -0.11089469428239668,
    0.035478304325618236,
    -0.002166375594868791,
];
/// From there to 1.25.
const QA: [f64; 7] = [
    1.0,
    0.10642088040084423,
    0.540397917702171,
    0.07182865441419627,
    0.12617121980876164,
    0.01363708391202905,
    0.011984499846799107,
];
/// From there to 1/0.35.
const RA: [f64; 8] = [
    -0.009864944034847148,
    -0.6938585727071818,
    -10.558626225323291,
    -62.375332450326006,
    -162.39666946257347,
    -184.60509290671104,
    -81.2874355063066,
    -9.814329344169145,
];
/// From there to 1/0.35.
const SA: [f64; 9] = [
    1.0,
    19.651271667439257,
    137.65775414351904,
    434.56587747522923,
    645.3872717332679,
    429.00814002756783,
    108.63500554177944,
    6.570249770319282,
    -0.0604244152148581,
];
/// Beyond.
const RB: [f64; 7] = [
    -0.0098649429247001,
    -0.799283237680523,
    -17.757954917754752,
    -160.63638485582192,
    -637.5664433683896,
    -1025.0951316110772,
    -483.5191916086514,
];
/// Beyond.
const SB: [f64; 8] = [
    1.0,
    30.33806074348246,
    325.7925129965739,
    1536.729586084437,
    3199.8582195085955,
    2553.0504064331644,
    474.52854120695537,
    -22.44095244658582,
];

/// The polynomial, two terms at a time, times the even powers.
fn polynomial(c: &[f64], s: f64) -> f64 {
    let s2 = s * s;
    let s4 = s2 * s2;
    let powers = [1.0, s2, s4, s4 * s2, s4 * s4];
    let mut sum = 0.0;
    for (pair, power) in c.chunks(2).zip(powers) {
        let term = match pair {
            [a, b] => a + s * b,
            _ => pair[0],
        };
        sum += power * term;
    }
    sum
}

/// `exp(-x*x) * …`: the tail beyond 1.25, times x; `x` is positive.
fn tail(x: f64, r: f64) -> f64 {
    // The square of the upper half is exact.
    let z = f64::from_bits(x.to_bits() & 0xFFFF_FFFF_0000_0000);
    (-z * z - 0.5625).exp() * ((z - x) * (z + x) + r).exp()
}
/// Upper half of the bits of |x|: how the stretches are told apart.
fn high(x: f64) -> u32 {
    (x.to_bits() >> 32) as u32 & 0x7FFF_FFFF
}

/// The error function.
pub fn erf(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let (a, h) = (x.abs(), high(x));
    if h < 0x3FEB_0000 {
        if h < 0x3E30_0000 {
            // Scaled, so that nothing is lost where numbers are subnormal.
            return match h < 0x0080_0000 {
                true => 0.0625 * (16.0 * x + (16.0 * SLOPE) * x),
                false => x + SLOPE * x,
            };
        }
        let z = x * x;
        return x + x * (polynomial(&PP, z) / polynomial(&QQ, z));
    }
    let r = if h < 0x3FF4_0000 {
        let s = a - 1.0;
        NEAR_ONE + polynomial(&PA, s) / polynomial(&QA, s)
    } else if h >= 0x4018_0000 {
        1.0
    } else {
        let s = 1.0 / (a * a);
        let q = match h < 0x4006_DB6E {
            true => polynomial(&RA, s) / polynomial(&SA, s),
            false => polynomial(&RB, s) / polynomial(&SB, s),
        };
        1.0 - tail(a, q) / a
    };
    r.copysign(x)
}

/// 1 less the error function.
pub fn erfc(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let (a, h) = (x.abs(), high(x));
    if h < 0x3FEB_0000 {
        if h < 0x3C70_0000 {
            return 1.0 - x;
        }
        let z = x * x;
        let y = polynomial(&PP, z) / polynomial(&QQ, z);
        return match x < 0.25 {
            true => 1.0 - (x + x * y),
            false => 0.5 - (x * y + (x - 0.5)),
        };
    }
    if h < 0x3FF4_0000 {
        let s = a - 1.0;
        let q = polynomial(&PA, s) / polynomial(&QA, s);
        return match x >= 0.0 {
            true => (1.0 - NEAR_ONE) - q,
            false => 1.0 + (NEAR_ONE + q),
        };
    }
    if h >= 0x403C_0000 || x < -6.0 {
        return if x > 0.0 { 0.0 } else { 2.0 };
    }
    let s = 1.0 / (a * a);
    let q = match h < 0x4006_DB6D {
        true => polynomial(&RA, s) / polynomial(&SA, s),
        false => polynomial(&RB, s) / polynomial(&SB, s),
    };
    let r = tail(a, q) / a;
    if x > 0.0 { r } else { 2.0 - r }
}
