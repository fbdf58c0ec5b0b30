//! Makes a program smaller for as long as something holds of it.

use super::tree::{Stmt, list_at, lists, text};

/// Whether a smaller program still shows what the first one showed.
pub type Holds<'a> = &'a mut dyn FnMut(&[Stmt]) -> bool;

/// The smallest program found with at most `tries` questions.
pub fn shrink(program: Vec<Stmt>, tries: usize, holds: Holds<'_>) -> Vec<Stmt> {
    let mut s = Shrink {
        best: program,
        left: tries,
        holds,
    };
    loop {
        let before = super::tree::source(&s.best).len();
        s.cut();
        s.unwrap();
        s.expressions();
        if s.left == 0 || super::tree::source(&s.best).len() == before {
            return s.best;
        }
    }
}

struct Shrink<'a> {
    best: Vec<Stmt>,
    left: usize,
    holds: Holds<'a>,
}

impl Shrink<'_> {
    /// Keeps this one if it will do.
    fn offer(&mut self, candidate: Vec<Stmt>) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let good = (self.holds)(&candidate);
        if good {
            self.best = candidate;
        }
        good
    }

    /// Leaves out statements: halves of a list first, then ever shorter runs.
    fn cut(&mut self) {
        // Outer lists first: what goes there takes the most with it.
        for path in lists(&self.best).into_iter().rev() {
            let Some(mut n) = list_at(&mut self.best, &path).map(|l| l.len()) else {
                continue;
            };
            let mut run = n;
            while run > 0 && self.left > 0 {
                let mut at = 0;
                while at < n {
                    let mut c = self.best.clone();
                    let Some(l) = list_at(&mut c, &path) else {
                        break;
                    };
                    let end = (at + run).min(l.len());
                    l.drain(at.min(end)..end);
                    let gone = end.saturating_sub(at);
                    if gone > 0 && self.offer(c) {
                        n -= gone;
                    } else {
                        at += run;
                    }
                }
                run /= 2;
            }
        }
    }

    /// Puts what is indented below a line in the place of that line and its clauses.
    fn unwrap(&mut self) {
        for path in lists(&self.best) {
            let mut i = 0;
            loop {
                let mut c = self.best.clone();
                let Some(l) = list_at(&mut c, &path) else {
                    break;
                };
                let Some(s) = l.get_mut(i) else { break };
                if s.is_clause() || s.head.has("def ") || s.head.has("class ") {
                    i += 1;
                    continue;
                }
                let Some(body) = s.body.take() else {
                    i += 1;
                    continue;
                };
                let end = l[i + 1..].iter().take_while(|s| s.is_clause()).count() + i + 1;
                l.splice(i..end, body);
                if !self.offer(c) {
                    i += 1;
                }
            }
        }
    }

    /// Puts a part of an expression, or 1, in its place.
    fn expressions(&mut self) {
        for path in lists(&self.best) {
            let mut i = 0;
            while list_at(&mut self.best, &path).is_some_and(|l| i < l.len()) {
                self.expressions_of(&path, i);
                i += 1;
            }
        }
    }
    fn expressions_of(&mut self, path: &[usize], i: usize) {
        let mut skip = 0;
        loop {
            let mut ways = Vec::new();
            let Some(s) = list_at(&mut self.best, path).and_then(|l| l.get(i)) else {
                return;
            };
            s.head
                .each(&mut Vec::new(), &mut |p, _| ways.push(p.to_vec()));
            let Some(way) = ways.get(skip).cloned() else {
                return;
            };
            let Some(old) = list_at(&mut self.best, path)
                .and_then(|l| l.get_mut(i)?.head.at(&way))
                .cloned()
            else {
                return;
            };
            let shown = old.show();
            let mut instead: Vec<_> = old.subs().cloned().collect();
            if shown.len() > 1 {
                instead.push(text("1"));
                instead.push(text(""));
            }
            let mut taken = false;
            for e in instead {
                let mut c = self.best.clone();
                let place = list_at(&mut c, path).and_then(|l| l.get_mut(i)?.head.at(&way));
                let Some(place) = place else { continue };
                *place = e;
                if self.offer(c) {
                    taken = true;
                    break;
                }
            }
            if !taken || self.left == 0 {
                skip += 1;
            }
            if self.left == 0 {
                return;
            }
        }
    }
}
