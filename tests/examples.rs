//! The examples do what they say.

#[path = "../examples/calculator.rs"]
mod calculator;
#[path = "../examples/columns.rs"]
mod columns;
#[path = "../examples/game.rs"]
mod game;
#[cfg(feature = "serde")]
#[path = "../examples/rules.rs"]
mod rules;
#[path = "../examples/tenants.rs"]
mod tenants;

fn text(f: impl FnOnce(&mut Vec<u8>) -> Result<(), Box<dyn std::error::Error>>) -> String {
    let mut out = Vec::new();
    f(&mut out).expect("it runs");
    String::from_utf8(out).expect("text")
}

#[test]
fn the_calculator_answers() {
    let formulas = [
        "price('tea') * 3",
        "_ + hypot(3, 4)",
        "2 ** 100",
        "price('gold')",
        "open('/etc/passwd')",
        "1 +",
        "sum(iter(int, 1))",
        "'x' * 10 ** 9",
        "_ + 1",
    ]
    .map(String::from);
    let shown = text(|out| calculator::run(&formulas, out));
    let want = "\
price('tea') * 3 = 7.5
_ + hypot(3, 4) = 12.5
2 ** 100 = 1267650600228229401496703205376
price('gold') = KeyError: 'nothing is called gold'
open('/etc/passwd') = PermissionError: [Errno 1] files not granted to this engine: '/etc/passwd'
1 + = that is no formula
sum(iter(int, 1)) = stopped: the deadline has passed
'x' * 10 ** 9 = MemoryError: 
_ + 1 = 1267650600228229401496703205377
";
    assert_eq!(shown, want);
}

#[test]
#[cfg(feature = "serde")]
fn the_rules_judge() {
    let want = "\
order 1
order 2
  rule_far: ship to NZ
  rule_gift: wrap it
  rule_large: review (36 of 100): 3601.00 is a lot
order 3
  rule_large failed: KeyError: 'count'
";
    assert_eq!(text(rules::run), want);
}

#[test]
fn the_game_goes_on_without_the_one_that_is_stuck() {
    let shown = text(|out| game::run(4, out));
    let want = "\
turn 1: rabbit 4, fox 1, stuck -4
turn 2: stuck leaves the game: out of fuel
turn 2: rabbit 5, fox 2, stuck -4
turn 3: rabbit 4, fox 3, stuck -4
turn 4: rabbit 5, fox 4, stuck -4
";
    assert_eq!(shown, want);
}

#[test]
fn each_tenant_has_limits_of_its_own() {
    let want = "\
counts words: to 4000
eats memory: MemoryError: 
never ends: the deadline has passed
prints a lot: too much output
reads files: PermissionError: [Errno 1] files not granted to this engine: '/etc/passwd'
";
    assert_eq!(text(|out| tenants::run(1, out)), want);
}

#[test]
fn both_columns_are_the_same() {
    let ([python, rust], speeds) = columns::compare(5000).expect("it runs");
    assert!((python - rust).abs() < 1e-6 * rust, "{python} {rust}");
    assert!(speeds.iter().all(|s| *s > 0.0));
}
