//! A rules engine over JSON: rules are Python functions, facts are JSON documents, and what a rule says about a
//! document is read as a Rust type.
//!
//! `cargo run --example rules`

use serde::Deserialize;
use std::io::Write;
use std::time::Duration;
use taipan::{Engine, Error, Function, Object, Serde};

type Done = Result<(), Box<dyn std::error::Error>>;

/// As an operator would write them. A rule is a function whose name begins with `rule_`.
const RULES: &str = "
def rule_large(order):
    total = sum(line['price'] * line['count'] for line in order['lines'])
    if total > LARGE:
        return {'Review': {'reason': f'{total:.2f} is a lot', 'score': min(100, int(total // 100))}}

def rule_gift(order):
    if order.get('gift') and len(order['lines']) > 1:
        return 'Wrap'

def rule_far(order):
    if order['country'] not in ('DE', 'FR'):
        return {'Ship': order['country']}
";

const ORDERS: &str = r#"[
    {"id": 1, "country": "DE", "lines": [{"price": 9.5, "count": 2}]},
    {"id": 2, "country": "NZ", "gift": true, "lines": [{"price": 1200.0, "count": 3}, {"price": 1, "count": 1}]},
    {"id": 3, "country": "FR", "lines": [{"price": "free"}]}
]"#;

/// What a rule may say.
#[derive(Deserialize, Debug)]
enum Verdict {
    Wrap,
    Ship(String),
    Review { reason: String, score: u8 },
}

type Rule = Function<(Serde<serde_json::Value>,), Option<Serde<Verdict>>>;

fn rules(engine: &mut Engine) -> Result<Vec<(String, Rule)>, Error> {
    engine.set_global("LARGE", 1000)?;
    engine.run(RULES, "rules.py")?;
    let names: Vec<String> = engine
        .eval::<Object>("sorted(n for n in globals() if n.startswith('rule_'))")?
        .extract(engine)?;
    names
        .into_iter()
        .map(|n| engine.function(&n).map(|f| (n, f)))
        .collect()
}

/// Applies every rule to every order.
pub fn run(out: &mut impl Write) -> Done {
    let mut engine = Engine::builder()
        .max_time(Duration::from_millis(100))
        .build()?;
    let rules = rules(&mut engine)?;
    let orders: Vec<serde_json::Value> = serde_json::from_str(ORDERS)?;
    for order in orders {
        writeln!(out, "order {}", order["id"])?;
        for (name, rule) in &rules {
            match rule.call(&mut engine, (Serde(order.clone()),)) {
                Ok(None) => {}
                Ok(Some(Serde(Verdict::Review { reason, score }))) => {
                    writeln!(out, "  {name}: review ({score} of 100): {reason}")?;
                }
                Ok(Some(Serde(Verdict::Ship(to)))) => writeln!(out, "  {name}: ship to {to}")?,
                Ok(Some(Serde(Verdict::Wrap))) => writeln!(out, "  {name}: wrap it")?,
                // A rule that fails does not stop the others.
                Err(Error::Python(e)) => {
                    writeln!(out, "  {name} failed: {}: {}", e.type_name, e.message)?;
                }
                Err(e) => return Err(e.into()),
            }
        }
    }
    Ok(())
}

#[allow(dead_code)] // its test calls `run`
fn main() -> Done {
    run(&mut std::io::stdout())
}
