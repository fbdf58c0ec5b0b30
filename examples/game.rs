//! A game loop: the host owns the world and the clock, scripts steer what is in it. Each script is a generator
//! that yields what it wants to do next; it has a budget of fuel for each turn, so that no script holds up a frame.
//!
//! `cargo run --example game`

use std::io::Write;
use std::sync::{Arc, Mutex};
use taipan::{Engine, Error, Function, Object};

type Done = Result<(), Box<dyn std::error::Error>>;

const SCRIPTS: [(&str, &str); 3] = [
    (
        "rabbit",
        "
def play():
    while True:
        for step in (1, 1, -1):
            yield step
",
    ),
    (
        "fox",
        "
def play():
    while True:
        target = near('rabbit')
        yield (target > here()) - (target < here())
",
    ),
    (
        "stuck",
        "
def play():
    yield 5
    while True:
        pass
",
    ),
];

/// Units of fuel that a script may burn in a turn.
const BUDGET: u64 = 10_000;

struct Player {
    name: &'static str,
    engine: Engine,
    /// `next(script)`: the step.
    turn: Function<(Object,), i64>,
    script: Object,
    alive: bool,
}

/// Where everybody stands.
type World = Arc<Mutex<Vec<(&'static str, i64)>>>;

fn at(world: &World, name: &str) -> i64 {
    let w = world.lock().unwrap_or_else(|e| e.into_inner());
    w.iter().find(|(n, _)| *n == name).map_or(0, |(_, x)| *x)
}

fn player(world: &World, name: &'static str, source: &str) -> Result<Player, Error> {
    let mut engine = Engine::builder().max_memory(4 << 20).build()?;
    let w = world.clone();
    engine.register("here", move || at(&w, name))?;
    let w = world.clone();
    engine.register("near", move |who: String| at(&w, &who))?;
    engine.run(source, name)?;
    let script: Object = engine.call("play", ())?;
    Ok(Player {
        name,
        turn: engine.function("next")?,
        engine,
        script,
        alive: true,
    })
}

/// Plays some turns.
pub fn run(turns: usize, out: &mut impl Write) -> Done {
    let world: World = Arc::new(Mutex::new(vec![("rabbit", 3), ("fox", 0), ("stuck", -9)]));
    let mut players = Vec::new();
    for (name, source) in SCRIPTS {
        players.push(player(&world, name, source)?);
    }
    for turn in 1..=turns {
        for p in players.iter_mut().filter(|p| p.alive) {
            p.engine.set_fuel(Some(BUDGET));
            match p.turn.call(&mut p.engine, (p.script.clone(),)) {
                Ok(step) => {
                    let mut w = world.lock().unwrap_or_else(|e| e.into_inner());
                    for (_, x) in w.iter_mut().filter(|(n, _)| *n == p.name) {
                        *x += step;
                    }
                }
                Err(why) => {
                    p.alive = false;
                    let why = why.to_string();
                    let last = why.trim_end().lines().last().unwrap_or_default();
                    writeln!(out, "turn {turn}: {} leaves the game: {last}", p.name)?;
                }
            }
        }
        let all: Vec<_> = players
            .iter()
            .map(|p| format!("{} {}", p.name, at(&world, p.name)))
            .collect();
        writeln!(out, "turn {turn}: {}", all.join(", "))?;
    }
    Ok(())
}

#[allow(dead_code)] // its test calls `run`
fn main() -> Done {
    run(6, &mut std::io::stdout())
}
